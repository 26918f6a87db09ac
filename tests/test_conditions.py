"""When each condition holds, when it is unknown, and what it says of itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from attrs import evolve

from backex import (
    CHEST_PAIN,
    DIZZINESS,
    NUMBNESS,
    PAIN,
    SORENESS,
    STIFFNESS,
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Channel,
    Condition,
    EvaluationWanted,
    InvalidValue,
    Moment,
    Persists,
    RedFlagPresent,
    Source,
    SourceId,
    SourceKind,
    SymptomReport,
    Trend,
    Worsened,
    report,
)
from backex.conditions import (
    Occasion,
    Situation,
    channels_in,
    condition_sources,
    evidence,
    flags_in,
    holds,
    is_unknown,
    persistences,
    reacts_to,
)

MORNING = frozenset({Moment.NEXT_MORNING})
USUAL = {PAIN: 2, STIFFNESS: 3}
AS_USUAL = report(1, pain=2, stiffness=3)
PAIN_4 = AtLeast(channel=PAIN, severity=4)
STIFF_4 = AtLeast(channel=STIFFNESS, severity=4)
WANTED = EvaluationWanted()
FLAG = RedFlagPresent()
HURTS_TWICE = Persists(condition=PAIN_4, checkins=2)


def situation(
    *reports: SymptomReport,
    baseline: Mapping[Channel, int] = USUAL,
    left_out: frozenset[Channel] = frozenset(),
    asks_red_flags: bool = False,
    flags_left_out: bool = False,
    answered: bool | None = None,
) -> Situation:
    """Return a check-in with those reports, at which pain and stiffness were asked for."""
    return Situation(
        occasion=Occasion(
            reports=reports,
            answered=bool(reports) if answered is None else answered,
            left_out=left_out,
            flags_left_out=flags_left_out,
        ),
        baseline=baseline,
        asks=frozenset({PAIN, STIFFNESS}),
        asks_at=frozenset({Moment.AFTER, Moment.NEXT_MORNING}),
        asks_red_flags=asks_red_flags,
    )


NOTHING = situation()


def source(id: str) -> tuple[Source, ...]:
    return (Source(id=SourceId(id), title=id, kind=SourceKind.APP),)


@pytest.mark.parametrize(
    ("make", "field", "value"),
    [
        (lambda: AtLeast(channel=PAIN, severity=0), "severity", 0),
        (lambda: AtLeast(channel=PAIN, severity=11), "severity", 11),
        (lambda: AtLeast(channel=Channel("P"), severity=1), "channel", "P"),
        (lambda: AtLeast(channel=PAIN, severity=1, moments=MORNING | {1}), "moments", 1),  # type: ignore[arg-type]
        (lambda: Worsened(by=0), "by", 0),
        (lambda: Worsened(by=11), "by", 11),
        (lambda: Worsened(channel=Channel("")), "channel", ""),
        (lambda: RedFlagPresent(flags={"x"}), "flags", {"x"}),  # type: ignore[arg-type]
        (lambda: EvaluationWanted(sources=("x",)), "sources[0]", "x"),  # type: ignore[arg-type]
        (lambda: AnyOf(conditions=()), "conditions", ()),
        (lambda: AllOf(conditions=()), "conditions", ()),
        (lambda: AllOf(conditions=(Calmed(),)), "conditions[0]", Calmed()),  # type: ignore[arg-type]
        (lambda: AnyOf(conditions=(FLAG,) * 21), "conditions", (FLAG,) * 21),
        (lambda: Persists(condition=FLAG, checkins=1), "checkins", 1),
        (lambda: Persists(condition=FLAG, checkins=61), "checkins", 61),
        (lambda: Persists(condition="x", checkins=2), "condition", "x"),  # type: ignore[arg-type]
        (lambda: Persists(condition=HURTS_TWICE, checkins=2), "condition", HURTS_TWICE),
        (
            lambda: Persists(condition=AnyOf(conditions=(FLAG, HURTS_TWICE)), checkins=2),
            "condition",
            AnyOf(conditions=(FLAG, HURTS_TWICE)),
        ),
        (lambda: Calmed(checkins=0), "checkins", 0),
        (lambda: Calmed(checkins=61), "checkins", 61),
    ],
)
def test_a_condition_that_makes_no_sense_is_refused(
    make: Callable[[], object], field: str, value: object
) -> None:
    with pytest.raises(InvalidValue) as raised:
        make()
    error = raised.value
    assert error == InvalidValue(error.class_name, field, value, error.allowed)


def test_the_smallest_rise_and_one_calm_check_in_are_meant_where_nothing_is_said() -> None:
    assert (Worsened(), Calmed()) == (Worsened(by=1), Calmed(checkins=1))


def nested(levels: int) -> Condition:
    deep: Condition = FLAG
    for _ in range(levels):
        deep = AnyOf(conditions=(deep,))
    return deep


def test_the_red_flags_that_a_condition_names() -> None:
    fever = RedFlagPresent(flags=frozenset({CHEST_PAIN}))
    both = AllOf(
        conditions=(Persists(condition=fever, checkins=2), FLAG, AtLeast(channel=PAIN, severity=3))
    )
    assert flags_in(both) == {CHEST_PAIN} | flags_in(FLAG)
    assert flags_in(Worsened()) == frozenset()


@pytest.mark.parametrize("levels", [9, 2000])
def test_conditions_are_nested_at_most_eight_deep(levels: int) -> None:
    assert channels_in(nested(8)) == frozenset()
    with pytest.raises(InvalidValue) as raised:
        nested(levels)
    assert (raised.value.class_name, raised.value.field) == ("AnyOf", "conditions")


@pytest.mark.parametrize(
    ("condition", "said", "expected"),
    [
        (PAIN_4, report(1, pain=4), True),
        (PAIN_4, report(1, pain=3), False),
        (PAIN_4, report(1, stiffness=9), False),
        (AtLeast(channel=SORENESS, severity=1), report(1, soreness=1), True),
        (AtLeast(channel=SORENESS, severity=1), report(1, pain=9), False),
        (Worsened(), report(1, pain=3), True),
        (Worsened(), report(1, stiffness=4), True),
        (Worsened(), AS_USUAL, False),
        (Worsened(), report(1, soreness=10), False),
        (Worsened(by=2), report(1, pain=3), False),
        (Worsened(by=2), report(1, pain=4), True),
        (Worsened(channel=STIFFNESS), report(1, pain=9), False),
        (Worsened(channel=STIFFNESS), report(1, stiffness=4), True),
        (Worsened(channel=SORENESS), report(1, soreness=9), False),
        (Worsened(), report(1, trend=Trend.WORSE), True),
        (Worsened(), report(1, trend=Trend.SAME), False),
        (Worsened(), report(1, pain=3, trend=Trend.BETTER), True),
        (Worsened(channel=STIFFNESS), report(1, trend=Trend.WORSE), True),
        (FLAG, report(1, red_flags=frozenset({DIZZINESS})), True),
        (FLAG, report(1, red_flags=frozenset()), False),
        (FLAG, report(1), False),
        (
            RedFlagPresent(flags=frozenset({CHEST_PAIN, NUMBNESS})),
            report(1, red_flags=frozenset({DIZZINESS, NUMBNESS})),
            True,
        ),
        (
            RedFlagPresent(flags=frozenset({CHEST_PAIN})),
            report(1, red_flags=frozenset({DIZZINESS})),
            False,
        ),
        (RedFlagPresent(flags=frozenset({CHEST_PAIN})), report(1), False),
        (WANTED, report(1, evaluation_wanted=True), True),
        (WANTED, report(1), False),
        (AllOf(conditions=(PAIN_4, WANTED)), report(1, pain=4, evaluation_wanted=True), True),
        (AllOf(conditions=(PAIN_4, WANTED)), report(1, pain=4), False),
        (AnyOf(conditions=(PAIN_4, WANTED)), report(1, pain=4), True),
        (AnyOf(conditions=(PAIN_4, WANTED)), report(1, pain=3), False),
    ],
)
def test_a_condition_holds_on_what_one_report_says(
    condition: Condition, said: SymptomReport, *, expected: bool
) -> None:
    assert holds(condition, situation(said), {}) is expected


def test_the_smallest_rise_above_an_unknown_usual_level_is_no_known_rise() -> None:
    assert not holds(Worsened(), situation(report(1, pain=10), baseline={STIFFNESS: 3}), {})


def test_a_channel_that_is_missing_has_not_risen_from_none() -> None:
    seen = situation(report(1, pain=0), baseline={PAIN: 0, STIFFNESS: 0})
    assert not holds(Worsened(), seen, {})


def test_the_worst_moment_of_a_check_in_decides() -> None:
    day = situation(
        report(1, pain=0, moment=Moment.BEFORE),
        report(1, pain=9, moment=Moment.DURING),
        report(1, pain=0),
    )
    assert holds(PAIN_4, day, {})


def test_all_parts_may_hold_at_different_moments_of_one_check_in() -> None:
    day = situation(report(1, pain=4), report(1, stiffness=4, moment=Moment.NEXT_MORNING))
    assert holds(AllOf(conditions=(PAIN_4, STIFF_4)), day, {})


@pytest.mark.parametrize(
    "condition",
    [
        AtLeast(channel=PAIN, severity=4, moments=MORNING),
        Worsened(moments=MORNING),
    ],
)
def test_a_condition_limited_to_moments_looks_at_those_alone(condition: Condition) -> None:
    bad = report(1, pain=9, trend=Trend.WORSE)
    in_the_morning = evolve(bad, moment=Moment.NEXT_MORNING)
    assert [holds(condition, situation(said), {}) for said in (bad, in_the_morning)] == [
        False,
        True,
    ]


@pytest.mark.parametrize(("before", "expected"), [(0, False), (1, False), (2, True), (3, True)])
def test_persistence_takes_as_many_check_ins_as_it_says_this_one_included(
    before: int, *, expected: bool
) -> None:
    node = Persists(condition=PAIN_4, checkins=3)
    assert holds(node, situation(report(1, pain=4)), {node: before}) is expected


def test_what_was_never_counted_has_not_persisted() -> None:
    assert not holds(HURTS_TWICE, situation(report(1, pain=4)), {})


def test_what_persisted_before_does_not_hold_at_a_check_in_without_it() -> None:
    node = Persists(condition=PAIN_4, checkins=2)
    assert not holds(node, situation(report(1, pain=3)), {node: 2})


def test_each_persistence_in_a_condition_has_its_own_count() -> None:
    pain, stiff = (Persists(condition=each, checkins=2) for each in (PAIN_4, STIFF_4))
    bad = situation(report(1, pain=4, stiffness=4))
    either, both = AnyOf(conditions=(pain, stiff)), AllOf(conditions=(pain, stiff))
    assert [holds(each, bad, {pain: 1, stiff: 0}) for each in (either, both)] == [True, False]


@pytest.mark.parametrize(
    ("condition", "seen", "expected"),
    [
        (PAIN_4, situation(AS_USUAL), False),
        (PAIN_4, NOTHING, True),
        (PAIN_4, situation(AS_USUAL, left_out=frozenset({PAIN})), True),
        (PAIN_4, situation(AS_USUAL, left_out=frozenset({STIFFNESS})), False),
        (PAIN_4, situation(report(1, pain=9, moment=Moment.DURING), answered=False), True),
        (AtLeast(channel=SORENESS, severity=1), situation(AS_USUAL), False),
        (Worsened(), situation(AS_USUAL), False),
        (Worsened(), NOTHING, True),
        (Worsened(), situation(AS_USUAL, left_out=frozenset({STIFFNESS})), True),
        (Worsened(channel=PAIN), situation(AS_USUAL, left_out=frozenset({STIFFNESS})), False),
        (Worsened(), situation(AS_USUAL, baseline={PAIN: 2}), True),
        (Worsened(channel=PAIN), situation(AS_USUAL, baseline={PAIN: 2}), False),
        (Worsened(channel=SORENESS), situation(AS_USUAL), False),
        (Worsened(channel=SORENESS), NOTHING, False),
        (Worsened(moments=frozenset({Moment.AFTER})), situation(AS_USUAL), False),
        (Worsened(moments=frozenset({Moment.NEXT_MORNING})), situation(AS_USUAL), True),
        (Worsened(moments=frozenset({Moment.DURING})), situation(AS_USUAL), False),
        (
            Worsened(moments=frozenset({Moment.DURING, Moment.NEXT_MORNING})),
            situation(AS_USUAL, report(1, pain=2, moment=Moment.DURING)),
            True,
        ),
        (FLAG, situation(AS_USUAL), False),
        (FLAG, situation(AS_USUAL, asks_red_flags=True), False),
        (FLAG, situation(AS_USUAL, asks_red_flags=True, flags_left_out=True), True),
        (FLAG, situation(asks_red_flags=True), True),
        (WANTED, situation(AS_USUAL), False),
        (WANTED, NOTHING, True),
        (AllOf(conditions=(PAIN_4, WANTED)), situation(AS_USUAL), False),
        (
            AllOf(conditions=(WANTED, PAIN_4)),
            situation(AS_USUAL, left_out=frozenset({PAIN})),
            True,
        ),
        (
            AnyOf(conditions=(PAIN_4, WANTED)),
            situation(AS_USUAL, left_out=frozenset({PAIN})),
            True,
        ),
        (HURTS_TWICE, situation(AS_USUAL, left_out=frozenset({PAIN})), True),
        (HURTS_TWICE, situation(AS_USUAL), False),
    ],
)
def test_a_condition_is_unknown_where_it_looks_at_what_was_asked_and_not_answered(
    condition: Condition, seen: Situation, *, expected: bool
) -> None:
    assert is_unknown(condition, seen) is expected


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (situation(AS_USUAL), True),
        (situation(report(1, pain=0, stiffness=0)), True),
        (situation(report(1, pain=3, stiffness=3)), False),
        (situation(AS_USUAL, report(1, pain=3, stiffness=3, moment=Moment.DURING)), False),
        (situation(evolve(AS_USUAL, trend=Trend.BETTER)), True),
        (situation(evolve(AS_USUAL, trend=Trend.WORSE)), False),
        (situation(evolve(AS_USUAL, red_flags=frozenset({DIZZINESS}))), False),
        (situation(evolve(AS_USUAL, red_flags=frozenset()), asks_red_flags=True), True),
        (situation(AS_USUAL, asks_red_flags=True, flags_left_out=True), False),
        (situation(AS_USUAL, left_out=frozenset({PAIN})), False),
        (situation(AS_USUAL, baseline={PAIN: 2}), False),
        (
            situation(report(1, pain=2, stiffness=3, soreness=4), baseline={**USUAL, SORENESS: 3}),
            False,
        ),
        (situation(report(1, pain=2, stiffness=3, soreness=9)), True),
        (NOTHING, False),
        (situation(AS_USUAL, answered=False), False),
    ],
)
def test_calm_is_all_known_and_nothing_above_the_persons_own_baseline(
    seen: Situation, *, expected: bool
) -> None:
    assert seen.is_calm is expected


def test_the_evidence_is_the_reports_in_which_a_part_holds_in_the_order_of_the_day() -> None:
    before = report(1, evaluation_wanted=True, moment=Moment.BEFORE)
    during = report(1, pain=3, moment=Moment.DURING)
    after = report(1, pain=5, evaluation_wanted=True)
    day = situation(before, during, after)
    both = AllOf(conditions=(PAIN_4, WANTED))
    assert [
        evidence(each, day) for each in (PAIN_4, both, Persists(condition=both, checkins=2))
    ] == [
        (after,),
        (before, after),
        (before, after),
    ]


def test_the_evidence_of_a_condition_limited_to_moments_is_of_those_moments() -> None:
    evening, morning = report(1, pain=9), report(1, pain=9, moment=Moment.NEXT_MORNING)
    limited = AtLeast(channel=PAIN, severity=4, moments=MORNING)
    assert evidence(limited, situation(evening, morning)) == (morning,)


MIXED = AnyOf(
    conditions=(
        AllOf(
            conditions=(
                AtLeast(channel=SORENESS, severity=2, sources=source("soreness")),
                Worsened(channel=STIFFNESS, sources=source("worsened")),
                Worsened(sources=source("worsened")),
                RedFlagPresent(sources=source("flag")),
            )
        ),
        Persists(condition=PAIN_4, checkins=2, sources=source("row")),
        Persists(
            condition=AtLeast(channel=PAIN, severity=1, sources=source("pain")),
            checkins=2,
            sources=source("row"),
        ),
        Persists(condition=PAIN_4, checkins=2, sources=source("row")),
        EvaluationWanted(sources=source("wanted")),
    )
)


def test_every_persistence_inside_is_found_once_in_order() -> None:
    assert persistences(MIXED) == (MIXED.conditions[1], MIXED.conditions[2])


def test_every_channel_named_inside_is_found() -> None:
    assert channels_in(MIXED) == {SORENESS, STIFFNESS, PAIN}


def test_every_source_inside_is_found_once_in_order() -> None:
    assert [each.id for each in condition_sources(MIXED)] == [
        "soreness",
        "worsened",
        "flag",
        "row",
        "pain",
        "wanted",
    ]


ANY_FLAG = RedFlagPresent()
NUMB = RedFlagPresent(flags=frozenset({NUMBNESS}))
CHEST = RedFlagPresent(flags=frozenset({CHEST_PAIN}))


@pytest.mark.parametrize(
    ("condition", "reacts"),
    [
        (ANY_FLAG, True),
        (NUMB, True),
        (CHEST, False),
        (PAIN_4, False),
        (EvaluationWanted(), False),
        (Worsened(), False),
        (AnyOf(conditions=(CHEST, PAIN_4, NUMB)), True),
        (AnyOf(conditions=(CHEST, PAIN_4)), False),
        (AllOf(conditions=(ANY_FLAG, NUMB)), True),
        (AllOf(conditions=(NUMB, PAIN_4)), False),
        (AllOf(conditions=(NUMB, CHEST)), False),
        (AllOf(conditions=(AnyOf(conditions=(CHEST, NUMB)), ANY_FLAG)), True),
        (Persists(condition=NUMB, checkins=2), False),
    ],
    ids=range(13),
)
def test_a_condition_reacts_to_a_warning_sign_that_alone_makes_it_hold(
    condition: Condition,
    reacts: bool,  # noqa: FBT001 (a parameter of the test)
) -> None:
    assert reacts_to(condition, NUMBNESS) is reacts
