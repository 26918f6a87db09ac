"""Which strategy `hypothesis.strategies.from_type` takes for each public type."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NewType

import attrs
from hypothesis import strategies as st

from backex.catalog.upper_back import CATALOG
from backex.diagnostics import Diagnostic, InvalidRoutine, Report, Severity
from backex.dose import Dose
from backex.errors import (
    BackexError,
    ConflictingClearance,
    DecodeError,
    InvalidValue,
    LateReport,
    Problem,
)
from backex.exercise import Exercise
from backex.ladders import Ladder
from backex.pacing import Pacing
from backex.plan import Plan
from backex.playback import Playback
from backex.posture import PostureGuideline
from backex.routine import Prescription, Routine
from backex.rules import RULES, Fault, Rule
from backex.stopping import StoppingPolicy
from backex.strategies.exercises import exercises, guidelines, variants
from backex.strategies.routines import doses, ladders, plans, prescriptions, routines
from backex.strategies.stopping import policies, reports
from backex.strategies.timelines import pacings, playbacks, timelines
from backex.strategies.values import identifiers, texts, values
from backex.symptoms import SymptomReport
from backex.timelines import Timeline
from backex.variant import Variant

__all__ = ["strategy_for"]

Strategy = st.SearchStrategy[Any]


def strategy_for(of: Any) -> Strategy:
    """Return the strategy for a public type: of sound values, by themselves or altogether."""
    if isinstance(of, NewType):
        return identifiers()
    return _STRATEGIES.get(of, partial(values, of))()


_KEYS = st.tuples(st.integers(0, 30), st.integers(0, 3))
_LINES = texts(single_line=True)
_CODES = st.sampled_from(sorted(rule.code for rule in RULES))


def _problems() -> st.SearchStrategy[Problem]:
    return st.builds(Problem, _CODES, st.just("$"), _LINES)


def _unsound() -> st.SearchStrategy[InvalidRoutine]:
    found = values(Diagnostic).map(lambda each: attrs.evolve(each, severity=Severity.ERROR))
    return found.map(lambda each: InvalidRoutine(Report((each,))))


_STRATEGIES: dict[Any, Callable[[], Strategy]] = {
    Dose: doses,
    Exercise: lambda: exercises(catalog=CATALOG),
    Ladder: ladders,
    Pacing: pacings,
    Plan: plans,
    Playback: playbacks,
    PostureGuideline: guidelines,
    Prescription: prescriptions,
    Routine: lambda: routines(catalog=CATALOG),
    StoppingPolicy: policies,
    SymptomReport: reports,
    Timeline: timelines,
    Variant: variants,
    Fault: lambda: st.builds(Fault, _LINES),
    Rule: lambda: st.sampled_from(RULES),
    Problem: _problems,
    BackexError: lambda: st.builds(BackexError, _CODES, st.just("$"), _LINES),
    ConflictingClearance: lambda: st.builds(ConflictingClearance, _KEYS),
    DecodeError: lambda: st.builds(DecodeError, _problems()),
    InvalidRoutine: _unsound,
    InvalidValue: lambda: st.builds(InvalidValue, _LINES, _LINES, _LINES, _LINES),
    LateReport: lambda: st.builds(LateReport, _KEYS, _KEYS),
}
