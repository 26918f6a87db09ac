"""Decisions beside rule engines and a state machine, verification beside a solver."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from importlib import import_module
from itertools import product
from random import Random
from statistics import median
from typing import Any

import zen
from benchmarks.runner import Row, by_turns
from rule_engine import Rule
from transitions import Machine

from backex import (
    PAIN,
    STIFFNESS,
    Action,
    Calmed,
    Channel,
    Persists,
    PolicyId,
    RuleId,
    Severity,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Worsened,
    decide,
    report,
    verify,
)
from backex.catalog.upper_back import STOPPING_POLICY

__all__ = ["STOPPING_POLICY", "by_z3", "nine_rules", "rows", "verify"]

_BASELINE = report(0, pain=2, stiffness=1)
_REPORTS = 10_000


def rows() -> Iterator[Row]:
    """Yield the rows."""
    yield from _observe()
    yield _fold()
    yield _history()
    yield from _verify()


# ---- one report ---------------------------------------------------------------------------------

#: What the policy of the catalog does at a first check-in, as conditions on one report.
_TABLE = (
    ("pain >= 4 and stiffness >= 4 and wanted", Action.REFER),
    ("pain - 2 >= 1 or stiffness - 1 >= 1", Action.REST),
    ("true", Action.CONTINUE),
)
_RULES = [(Rule(condition), action) for condition, action in _TABLE]
_ZEN_TABLE = {
    "nodes": [
        {"id": "in", "type": "inputNode", "name": "in", "position": {"x": 0, "y": 0}},
        {
            "id": "table",
            "type": "decisionTableNode",
            "name": "table",
            "position": {"x": 0, "y": 0},
            "content": {
                "hitPolicy": "first",
                # A column without a field holds whole conditions.
                "inputs": [{"id": "when", "name": "when"}],
                "outputs": [{"id": "action", "name": "action", "field": "action"}],
                "rules": [
                    {"_id": str(number), "when": condition, "action": f"'{action.value}'"}
                    for number, (condition, action) in enumerate(_TABLE)
                ],
            },
        },
        {"id": "out", "type": "outputNode", "name": "out", "position": {"x": 0, "y": 0}},
    ],
    "edges": [
        {"id": "1", "sourceId": "in", "targetId": "table", "type": "edge"},
        {"id": "2", "sourceId": "table", "targetId": "out", "type": "edge"},
    ],
}


def _by_backex(said: dict[str, Any]) -> Action:
    return _START.observe(_report(1, said)).decision.action


def _by_rules(said: dict[str, Any]) -> Action:
    return next(action for rule, action in _RULES if rule.matches(said))


def _by_zen(said: dict[str, Any]) -> Action:
    return Action(_ZEN.evaluate(said)["result"]["action"])


_START = STOPPING_POLICY.start(_BASELINE)
_ZEN = zen.ZenEngine().create_decision(json.dumps(_ZEN_TABLE))


def _report(checkin: int, said: dict[str, Any]) -> SymptomReport:
    return report(
        checkin, pain=said["pain"], stiffness=said["stiffness"], evaluation_wanted=said["wanted"]
    )


def _observe() -> Iterator[Row]:
    combined = product(range(11), range(11), (False, True))
    everything = [{"pain": p, "stiffness": s, "wanted": w} for p, s, w in combined]
    for said in everything:
        assert _by_backex(said) is _by_rules(said) is _by_zen(said), said
    reports = [_report(1, said) for said in everything]
    own, rules, by_zen = by_turns(
        lambda _: None,
        lambda _: [_START.observe(each).decision.action for each in reports],
        lambda _: [_by_rules(each) for each in everything],
        lambda _: [_by_zen(each) for each in everything],
        each=len(everything),
    )
    for peer, other in (("zen-engine", by_zen), ("rule-engine", rules)):
        yield Row(
            work="decide: one observe, and its decision",
            peer=f"{peer}, a table of three rows",
            own=own,
            other=other,
            goal=1 / 10,
            wanted="≥ 10 ×",
        )


# ---- many reports -------------------------------------------------------------------------------

_LATCH = StoppingPolicy(
    id=PolicyId("latch"),
    rules=(
        StoppingRule(
            id=RuleId("worsened"),
            when=Worsened(by=2, channel=PAIN),
            then=Action.REST,
            until=Calmed(checkins=1),
            advice="Rest.",
        ),
    ),
    asks=frozenset({PAIN}),
)


class _Person:
    """What `transitions` moves between its states."""

    state: str
    calm: Any
    worsen: Any


def _machine() -> _Person:
    person = _Person()
    Machine(
        person, states=["well", "resting"], initial="well", auto_transitions=False
    ).add_transitions([["worsen", "*", "resting"], ["calm", "*", "well"]])
    return person


_WORSENED, _CALM = Rule("pain - 2 >= 2"), Rule("pain <= 2")


def _fold_peer(said: list[dict[str, int]]) -> str:
    person = _machine()
    for each in said:
        if _WORSENED.matches(each):
            person.worsen()
        elif _CALM.matches(each):
            person.calm()
    return person.state


def _said(count: int) -> list[dict[str, int]]:
    rng = Random(1)  # noqa: S311 (what a person reports, no secret)
    return [{"pain": rng.randrange(6)} for _ in range(count)]


def _entries(said: list[dict[str, int]]) -> list[SymptomReport]:
    return [report(checkin, pain=each["pain"]) for checkin, each in enumerate(said, 1)]


def _fold() -> Row:
    said = _said(_REPORTS)
    entries = _entries(said)
    for length in range(1, 60):
        is_resting = decide(_LATCH, entries[:length], baseline=_BASELINE).action is Action.REST
        assert is_resting is (_fold_peer(said[:length]) == "resting")
    own, other = by_turns(
        lambda _: None,
        lambda _: decide(_LATCH, entries, baseline=_BASELINE),
        lambda _: _fold_peer(said),
        rounds=3,
    )
    return Row(
        work=f"decide: a fold over {_REPORTS:,} reports",
        peer="rule-engine, its latch by transitions",
        own=own,
        other=other,
        goal=1 / 10,
        wanted="≥ 10 ×",
    )


def _history() -> Row:
    entries = _entries(_said(_REPORTS + 200))
    young = _LATCH.start(_BASELINE)
    for entry in entries[:100]:
        young = young.observe(entry)
    old = young
    for entry in entries[100:_REPORTS]:
        old = old.observe(entry)
    early, late = entries[100:200], entries[_REPORTS : _REPORTS + 100]

    def observed(monitor: Any, following: list[SymptomReport]) -> object:
        for entry in following:
            monitor = monitor.observe(entry)
        return monitor

    after_many, after_few = by_turns(
        lambda _: None,
        lambda _: observed(old, late),
        lambda _: observed(young, early),
        each=100,
    )
    return Row(
        work=f"decide: one observe after {_REPORTS:,} reports",
        peer="the same after 100",
        own=after_many,
        other=after_few,
        goal=1.2,
        wanted="independent of the history",
    )


# ---- verification -------------------------------------------------------------------------------


def nine_rules() -> StoppingPolicy:
    """Return a policy with more rules, and longer windows, than most need."""
    channels = [Channel("pain"), Channel("stiffness")]
    rules = tuple(
        StoppingRule(
            id=RuleId(f"rule-{number}"),
            when=Persists(
                condition=Worsened(by=1 + number % 3, channel=channels[number % 2]), checkins=4
            ),
            then=(Action.REST, Action.COMFORT, Action.HOLD)[number // 3],
            until=Calmed(checkins=1 + number % 2),
            advice="Rest.",
        )
        for number in range(9)
    )
    return StoppingPolicy(id=PolicyId("nine"), rules=rules, asks=frozenset({PAIN, STIFFNESS}))


def _cold(expression: str) -> float:
    """Return the seconds that a fresh process takes for it, once all is imported."""
    code = (
        "import time, z3, tests.laws.test_verification_agreement; "
        "from benchmarks.policies import *; "
        f"started = time.process_time(); {expression}; print(time.process_time() - started)"
    )
    found = subprocess.run(  # noqa: S603 (own code)
        [sys.executable, "-c", code], check=True, capture_output=True, text=True
    )
    return float(found.stdout)


def by_z3(policy: StoppingPolicy, length: int) -> Any:
    """Return the faults that z3 finds within so many check-ins."""
    import z3  # noqa: PLC0415 (its start is not what is measured)

    # By its name: where the tests are checked, their modules are known by another one.
    tests = import_module("tests.laws.test_verification_agreement")
    return tests.Symbolic(z3, policy, length).faults()


def _faults(policy: StoppingPolicy) -> set[tuple[str, str | None]]:
    return {
        (fault.code, None if (rule := fault.meta.get("rule")) is None else str(rule))
        for fault in verify(policy).faults
        if fault.severity is Severity.ERROR
    }


def _verify() -> Iterator[Row]:
    # Long enough to set every rule of the policy from anywhere, and to let it calm down.
    length = 7 + 6
    assert _faults(STOPPING_POLICY) == by_z3(STOPPING_POLICY, length) == set()
    own = median(_cold("verify(STOPPING_POLICY)") for _ in range(3))
    other = median(_cold(f"by_z3(STOPPING_POLICY, {length})") for _ in range(3))
    yield Row(
        work="verify: the policy of the catalog, cold",
        peer="z3, the same properties",
        own=own,
        other=other,
        goal=1.0,
        wanted="faster",
    )
    yield Row(
        work="verify: the policy of the catalog, cold",
        peer="two seconds",
        own=own,
        other=2.0,
        goal=1.0,
        wanted="≤ 2 s",
    )
    yield Row(
        work="verify: nine rules, windows of four",
        peer="a minute",
        own=_cold("verify(nine_rules())"),
        other=60.0,
        goal=1.0,
        wanted="an answer, or a refusal with an estimate (stretch)",
    )
