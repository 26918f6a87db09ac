"""How many values a second `backex.strategies` draws, beside `from_type` over the bare classes.

Run it with `python benchmarks/strategies.py [SECONDS [CLASS]]`, on a machine that does nothing
else.

Left alone, `from_type` leaves out every field that has a default, and the classes refuse almost all
of the rest: any text is no id, any number no severity. So that there is something to compare with,
it is told to draw all fields, and their checks are switched off while it does. What comes out makes
no sense even by itself.
"""

from __future__ import annotations

import os
import sys
import time
from functools import partial
from typing import Any

# As if backex had no entry point: Hypothesis infers the classes.
os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"

import attrs
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.statistics import collector

from backex import (
    AllCriteria,
    AllOf,
    AnyCriterion,
    AnyOf,
    AtLeast,
    Dose,
    EffortAtMost,
    Exercise,
    InARow,
    Persists,
    Plan,
    PostureGuideline,
    Routine,
    StoppingPolicy,
    SymptomReport,
)
from backex.codec import KINDS
from backex.strategies import doses, exercises, guidelines, plans, policies, reports, routines

COMPARED: dict[type, st.SearchStrategy[Any]] = {
    Dose: doses(),
    SymptomReport: reports(),
    PostureGuideline: guidelines(),
    StoppingPolicy: policies(safe=False),
    Exercise: exercises(),
    Routine: routines(),
    Plan: plans(),
}


#: For classes that hold more of their own kind, what they hold: without an end, nothing is drawn.
INSIDE: dict[type, dict[str, type]] = {
    AnyOf: {"conditions": AtLeast},
    AllOf: {"conditions": AtLeast},
    Persists: {"condition": AtLeast},
    AnyCriterion: {"criteria": EffortAtMost},
    AllCriteria: {"criteria": EffortAtMost},
    InARow: {"criterion": EffortAtMost},
}


def draw_all_fields() -> None:
    """Let `from_type` draw every field of every class by its type, with a default or not."""
    for cls in KINDS.values():
        made: Any = attrs.resolve_types(cls)
        every: Any = {field.alias: ... for field in attrs.fields(made)}
        for name, inside in INSIDE.get(cls, {}).items():
            one = _later(inside)
            every[name] = st.tuples(one) if name.endswith(("s", "a")) else one
        st.register_type_strategy(made, partial(_built, every))


def _later(cls: type) -> st.SearchStrategy[Any]:
    return st.deferred(lambda: st.from_type(cls))


def _built(fields: dict[str, Any], of: type) -> st.SearchStrategy[Any]:
    return st.builds(of, **fields)


def draws_per_second(strategy: st.SearchStrategy[Any], seconds: float) -> tuple[float, float]:
    """Return how many values are drawn in a second, in batches of a test's usual size.

    And which share of the draws was discarded, in the first batch.
    """
    drawn = 0
    cases: list[str] = []

    def tell(statistics: dict[str, Any]) -> None:
        phase = statistics.get("generate-phase", {"test-cases": []})
        cases.extend(case["status"] for case in phase["test-cases"])

    @settings(
        max_examples=100,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def drawing(value: object) -> None:
        nonlocal drawn
        drawn += value is not None

    with collector.with_value(tell):  # type: ignore[arg-type]
        drawing()  # once, so that what is kept for later draws is there
    drawn = 0
    started = time.perf_counter()
    while time.perf_counter() < started + seconds:
        drawing()
    speed = drawn / (time.perf_counter() - started)
    return speed, sum(case == "invalid" for case in cases) / len(cases)


def main() -> None:
    """Print a line for each class: both speeds, and how many times faster."""
    seconds = float(sys.argv[1]) if sys.argv[1:] else 3.0
    draw_all_fields()
    named = {cls.__name__: cls for cls in COMPARED}
    compared = [named[sys.argv[2]]] if sys.argv[2:] else list(COMPARED)
    print(f"{'draws per second':<20}{'strategies':>12}{'from_type':>12}")
    for cls in compared:
        own, discarded = draws_per_second(COMPARED[cls], seconds)
        with attrs.validators.disabled():
            bare, _ = draws_per_second(st.from_type(cls), seconds)
        speeds = f"{own:>12.0f}{bare:>12.0f}   × {own / bare:.1f}"
        print(f"{cls.__name__:<20}{speeds}   {discarded:.0%} discarded")


if __name__ == "__main__":
    main()
