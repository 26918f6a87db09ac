"""Decisions beside rule engines and a state machine, verification beside a solver."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from importlib import import_module
from random import Random
from statistics import median
from typing import Any

from benchmarks.engines import Answer, Engine, Keeper, Said, by_rule_engine, by_zen, folded
from benchmarks.runner import Row, by_turns

from backex import (
    PAIN,
    SORENESS,
    STIFFNESS,
    Action,
    Calmed,
    Channel,
    Decision,
    Moment,
    Persists,
    PolicyId,
    RuleId,
    Severity,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Trend,
    Worsened,
    decide,
    report,
    verify,
)
from backex.catalog.upper_back import STOPPING_POLICY

__all__ = ["STOPPING_POLICY", "by_z3", "nine_rules", "rows", "verify"]

_REPORTS = 10_000


def rows() -> Iterator[Row]:
    """Yield the rows."""
    yield from _observe()
    yield _fold()
    yield _history()
    yield from _verify()


# ---- what people say ----------------------------------------------------------------------------


def _log(count: int, seed: int, *, known: float = 0.9) -> list[Said]:
    """Return reports as they are drawn: most complete, some check-ins missing, some with several.

    `known` is the share of the ratings that are not left out.
    """
    rng = Random(seed)  # noqa: S311 (what a person reports, no secret)

    def happens(share: float) -> bool:
        return rng.random() < share

    log: list[Said] = []
    checkin, seq = 1, 0
    while len(log) < count:
        if log and happens(0.2):
            seq += 1
        else:
            checkin, seq = checkin + (2 if happens(0.1) else 1), 0
        pain, stiffness, soreness = (
            rng.randrange(limit) if happens(share) else None
            for limit, share in ((6, known), (6, known), (5, 0.3))
        )
        log.append(
            {
                "checkin": checkin,
                "seq": seq,
                "moment": rng.choice(["after", "after", "after", "next-morning", "during"]),
                "pain": pain,
                "stiffness": stiffness,
                "soreness": soreness,
                "trend": rng.choice([None, None, None, "better", "same", "worse"]),
                "wanted": happens(0.1),
                "flags": frozenset({"numbness"}) if happens(0.03) else None,
            }
        )
    return log


def _report(said: Said) -> SymptomReport:
    return report(
        said["checkin"],
        pain=said["pain"],
        stiffness=said["stiffness"],
        soreness=said["soreness"],
        seq=said["seq"],
        moment=Moment(said["moment"]),
        trend=None if said["trend"] is None else Trend(said["trend"]),
        red_flags=said["flags"],
        evaluation_wanted=said["wanted"],
    )


def _usual(severities: Mapping[str, int]) -> dict[str, int | None]:
    return {each: severities.get(each) for each in ("pain", "stiffness", "soreness")}


def _baseline(severities: Mapping[str, int]) -> SymptomReport:
    return report(0, severities={Channel(each): n for each, n in severities.items()})


def _answer(decision: Decision) -> Answer:
    """Return a decision as the peers give theirs."""
    return Answer(
        action=decision.action.value,
        in_force={
            finding.rule: tuple(
                (
                    each.checkin,
                    each.seq,
                    each.moment.value,
                    *(each.severities.get(channel) for channel in (PAIN, STIFFNESS, SORENESS)),
                )
                for each in finding.reports
            )
            for finding in decision.findings
        },
        unknown=decision.unknown,
        unanswered=decision.unanswered,
    )


#: The usual levels of several people: known, in part, not at all.
_PEOPLE: tuple[dict[str, int], ...] = (
    {"pain": 2, "stiffness": 1},
    {"pain": 2, "stiffness": 1, "soreness": 2},
    {"stiffness": 1},
    {},
)


# ---- one report ---------------------------------------------------------------------------------


def _decided(reports: Iterable[SymptomReport], baseline: SymptomReport) -> list[Decision]:
    """Return the decision after each of the reports."""
    decisions = []
    monitor = STOPPING_POLICY.start(baseline)
    for each in reports:
        monitor = monitor.observe(each)
        decisions.append(monitor.decision)
    return decisions


def _kept(engine: Engine, log: Iterable[Said], usual: Mapping[str, int | None]) -> list[Answer]:
    """Return the peer's answer after each of the reports."""
    answers = []
    keeper = Keeper(engine, usual)
    for said in log:
        keeper.observe(said)
        answers.append(keeper.answer())
    return answers


def _observe() -> Iterator[Row]:
    engines = {
        "zen-engine, its decision table": by_zen(("rise", "wish", "part-of-wish", "calm")),
        "rule-engine, its rules": by_rule_engine(),
    }
    for number, severities in enumerate(_PEOPLE):
        for known in (1.0, 0.9, 0.5):
            log = _log(150, number, known=known)
            decisions = _decided(map(_report, log), _baseline(severities))
            expected = list(map(_answer, decisions))
            for engine in engines.values():
                assert _kept(engine, log, _usual(severities)) == expected
    usual, baseline = _usual(_PEOPLE[0]), _baseline(_PEOPLE[0])
    own, *others = by_turns(
        partial(_both, 200),
        lambda given: _decided(given[0], baseline),
        *(partial(_kept_of, engine, usual) for engine in engines.values()),
        each=200,
    )
    for peer, other in zip(engines, others, strict=True):
        yield Row(
            work="decide: one observe, and its decision, along a log",
            peer=f"{peer}, with as much around it",
            own=own,
            other=other,
            goal=1 / 10,
            wanted="≥ 10 ×",
        )


def _both(count: int, seed: int) -> tuple[list[SymptomReport], list[Said]]:
    """Return a log of its own for each round, in the form of either side."""
    log = _log(count, seed)
    return list(map(_report, log)), log


def _kept_of(
    engine: Engine,
    usual: Mapping[str, int | None],
    given: tuple[list[SymptomReport], list[Said]],
) -> object:
    return _kept(engine, given[1], usual)


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


def _fold() -> Row:
    engine = by_rule_engine()
    for number, severities in enumerate(_PEOPLE):
        for length in range(60):
            log = _log(length, number, known=0.8)
            Random(length).shuffle(log)  # noqa: S311 (an order, no secret)
            decision = decide(_LATCH, map(_report, log), baseline=_baseline(severities))
            assert _answer(decision) == folded(engine, log, _usual(severities)), log
    usual, baseline = _usual(_PEOPLE[0]), _baseline(_PEOPLE[0])
    own, other = by_turns(
        partial(_both, _REPORTS),
        lambda given: decide(_LATCH, given[0], baseline=baseline),
        lambda given: folded(engine, given[1], usual),
        rounds=5,
    )
    return Row(
        work=f"decide: a fold over {_REPORTS:,} reports",
        peer="rule-engine, its latch by transitions, with as much around it",
        own=own,
        other=other,
        goal=1 / 10,
        wanted="≥ 10 ×",
    )


def _history() -> Row:
    entries = list(map(_report, _log(_REPORTS + 200, 1)))
    young = _LATCH.start(_baseline(_PEOPLE[0]))
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
