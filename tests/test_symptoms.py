"""What a symptom report and a clearance hold, what they refuse, and how two reports join."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone

import pytest
from attrs import evolve
from attrs.exceptions import FrozenInstanceError

from backex import (
    CHEST_PAIN,
    NUMBNESS,
    PAIN,
    SORENESS,
    SPREAD,
    STIFFNESS,
    Channel,
    Clearance,
    InvalidValue,
    Moment,
    PrescriptionId,
    RedFlag,
    RuleId,
    SymptomReport,
    Trend,
    report,
)
from backex.mappings import FrozenMap

FIRST = datetime(2024, 3, 1, 8, 30, tzinfo=UTC)
IDS = (
    "an id of at most 64 characters: lowercase letters and digits in words "
    'joined by single hyphens, such as "oblique-sit"'
)
COUNTER = "a whole number from 0 to 1000000000"
SEVERITY = "a whole number from 0 to 10"


def test_a_report_that_says_nothing_leaves_everything_unknown() -> None:
    assert report(3) == SymptomReport(
        checkin=3,
        seq=0,
        moment=Moment.AFTER,
        severities={},
        trend=None,
        red_flags=None,
        evaluation_wanted=False,
        item=None,
        at=None,
    )


def test_every_argument_of_the_short_form_reaches_its_field() -> None:
    assert report(
        4,
        pain=1,
        stiffness=2,
        soreness=3,
        spread=4,
        severities={Channel("itch"): 5},
        seq=6,
        moment=Moment.DURING,
        trend=Trend.BETTER,
        red_flags=frozenset({NUMBNESS}),
        evaluation_wanted=True,
        item="oblique-sit",
        at=FIRST,
    ) == SymptomReport(
        checkin=4,
        seq=6,
        moment=Moment.DURING,
        severities={PAIN: 1, STIFFNESS: 2, SORENESS: 3, SPREAD: 4, Channel("itch"): 5},
        trend=Trend.BETTER,
        red_flags=frozenset({NUMBNESS}),
        evaluation_wanted=True,
        item=PrescriptionId("oblique-sit"),
        at=FIRST,
    )


def test_a_severity_of_none_is_unknown_and_one_of_zero_is_known() -> None:
    assert report(0, pain=None, stiffness=0).severities == {STIFFNESS: 0}


def test_a_named_channel_wins_over_the_same_one_in_the_mapping() -> None:
    assert report(0, pain=3, severities={PAIN: 1}).severities == {PAIN: 3}


def test_a_report_does_not_follow_the_mapping_that_it_was_made_of() -> None:
    given = {PAIN: 1}
    made = report(0, severities=given)
    given[PAIN] = 9
    assert made.severities == FrozenMap({PAIN: 1})


def test_a_report_cannot_be_changed() -> None:
    made = report(0)
    with pytest.raises(FrozenInstanceError):
        made.checkin = 1  # type: ignore[misc]


def test_not_asked_and_asked_without_red_flags_are_different_answers() -> None:
    assert report(0, red_flags=None) != report(0, red_flags=frozenset())


@pytest.mark.parametrize(
    ("make", "error"),
    [
        (
            lambda: report(-1),
            InvalidValue("SymptomReport", "checkin", -1, COUNTER),
        ),
        (
            lambda: report(1_000_000_001),
            InvalidValue("SymptomReport", "checkin", 1_000_000_001, COUNTER),
        ),
        (
            lambda: report(True),  # noqa: FBT003 (a boolean is what it must refuse)
            InvalidValue("SymptomReport", "checkin", True, COUNTER),  # noqa: FBT003
        ),
        (
            lambda: report(0, seq=-1),
            InvalidValue("SymptomReport", "seq", -1, COUNTER),
        ),
        (
            lambda: report(0, pain=11),
            InvalidValue("SymptomReport", "severities.pain", 11, SEVERITY),
        ),
        (
            lambda: report(0, pain=-1),
            InvalidValue("SymptomReport", "severities.pain", -1, SEVERITY),
        ),
        (
            lambda: report(0, pain=float("nan")),  # type: ignore[arg-type]
            InvalidValue("SymptomReport", "severities.pain", float("nan"), SEVERITY),
        ),
        (
            lambda: report(0, severities={Channel("Low Back"): 1}),
            InvalidValue("SymptomReport", "severities", "Low Back", IDS),
        ),
        (
            lambda: report(0, item="A"),
            InvalidValue("SymptomReport", "item", "A", f"{IDS}, or None"),
        ),
        (
            lambda: report(0, evaluation_wanted=1),  # type: ignore[arg-type]
            InvalidValue("SymptomReport", "evaluation_wanted", 1, "True or False"),
        ),
        (
            lambda: report(0, trend="worse"),  # type: ignore[arg-type]
            InvalidValue(
                "SymptomReport",
                "trend",
                "worse",
                "one of Trend.BETTER, Trend.SAME, Trend.WORSE, or None",
            ),
        ),
        (
            lambda: report(0, moment=None),  # type: ignore[arg-type]
            InvalidValue(
                "SymptomReport",
                "moment",
                None,
                "one of Moment.BEFORE, Moment.DURING, Moment.AFTER, Moment.NEXT_MORNING",
            ),
        ),
        (
            lambda: Clearance(checkin=0, rules=frozenset(), by="Dr. Lee"),
            InvalidValue(
                "Clearance",
                "rules",
                frozenset(),
                f"a frozenset of at least 1 and at most 200 members, each {IDS}",
            ),
        ),
        (
            lambda: Clearance(checkin=0, rules=frozenset({RuleId("r")}), by=" "),
            InvalidValue(
                "Clearance",
                "by",
                " ",
                "a line of text of 1 to 200 characters, not blank and without control characters",
            ),
        ),
        (
            lambda: Clearance(checkin=-1, rules=frozenset({RuleId("r")}), by="Dr. Lee"),
            InvalidValue("Clearance", "checkin", -1, COUNTER),
        ),
        (
            lambda: Clearance(
                checkin=0,
                rules=frozenset({RuleId("r")}),
                by="Dr. Lee",
                new_baseline=3,  # type: ignore[arg-type]
            ),
            InvalidValue("Clearance", "new_baseline", 3, "a SymptomReport, or None"),
        ),
    ],
)
def test_what_makes_no_sense_is_refused(make: Callable[[], object], error: InvalidValue) -> None:
    with pytest.raises(InvalidValue) as raised:
        make()
    assert raised.value == error


@pytest.mark.parametrize(
    "flags", [{CHEST_PAIN}, [CHEST_PAIN], frozenset({"Chest pain"}), "dizziness"]
)
def test_red_flags_are_a_frozen_set_of_ids(flags: frozenset[RedFlag]) -> None:
    with pytest.raises(InvalidValue) as raised:
        report(0, red_flags=flags)
    assert (raised.value.class_name, raised.value.field) == ("SymptomReport", "red_flags")


def test_an_instant_is_kept_in_utc_whatever_its_zone() -> None:
    elsewhere = FIRST.astimezone(timezone(timedelta(hours=9)))
    made = report(0, at=elsewhere)
    assert (made, made.at and made.at.tzinfo) == (report(0, at=FIRST), UTC)


class _Stamp(datetime):
    """A subclass, such as those that data-frame libraries use."""


@pytest.mark.parametrize(
    "at",
    [
        datetime(2024, 3, 1, 8, 30),  # noqa: DTZ001 (it must refuse a naive time)
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-1))),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=1))),
        _Stamp(2024, 3, 1, 8, 30, tzinfo=UTC),
        "2024-03-01T08:30:00Z",
    ],
    ids=["naive", "after the calendar", "before the calendar", "subclass", "text"],
)
def test_what_is_no_instant_in_the_calendar_is_refused(at: datetime) -> None:
    with pytest.raises(InvalidValue) as raised:
        report(0, at=at)
    assert (raised.value.field, raised.value.allowed) == (
        "at",
        "a datetime with a time zone, or None",
    )


def test_trends_are_ordered_from_good_to_bad() -> None:
    assert sorted([Trend.WORSE, Trend.BETTER, Trend.SAME]) == [
        Trend.BETTER,
        Trend.SAME,
        Trend.WORSE,
    ]


def test_the_key_of_an_entry_is_its_check_in_and_seq() -> None:
    clearance = Clearance(checkin=5, seq=2, rules=frozenset({RuleId("r")}), by="Dr. Lee")
    assert (report(4, seq=3).key, clearance.key) == ((4, 3), (5, 2))


FULL = report(
    2,
    pain=3,
    stiffness=6,
    seq=1,
    trend=Trend.SAME,
    red_flags=frozenset({NUMBNESS}),
    item="a",
    at=FIRST,
)


@pytest.mark.parametrize(
    ("other", "joined"),
    [
        (FULL, FULL),
        (report(2), FULL),
        (report(2, pain=5, stiffness=1), evolve(FULL, severities={PAIN: 5, STIFFNESS: 6})),
        (
            report(2, soreness=0),
            evolve(FULL, severities={PAIN: 3, STIFFNESS: 6, SORENESS: 0}),
        ),
        (report(2, trend=Trend.WORSE), evolve(FULL, trend=Trend.WORSE)),
        (report(2, trend=Trend.BETTER), FULL),
        (report(2, red_flags=frozenset()), FULL),
        (
            report(2, red_flags=frozenset({CHEST_PAIN})),
            evolve(FULL, red_flags=frozenset({CHEST_PAIN, NUMBNESS})),
        ),
        (report(2, evaluation_wanted=True), evolve(FULL, evaluation_wanted=True)),
        (report(2, seq=3), evolve(FULL, seq=3)),
        (report(2, at=FIRST + timedelta(hours=1)), evolve(FULL, at=FIRST + timedelta(hours=1))),
        (report(2, at=FIRST - timedelta(hours=1)), FULL),
    ],
)
def test_two_reports_join_to_the_worst_of_both_whichever_is_asked(
    other: SymptomReport, joined: SymptomReport
) -> None:
    assert (FULL.joined(other), other.joined(FULL)) == (joined, joined)


def test_what_neither_of_two_joined_reports_says_stays_unknown() -> None:
    assert report(1).joined(report(1)) == report(1)


def test_joining_keeps_that_red_flags_were_asked_for_and_none_was_there() -> None:
    assert report(1).joined(report(1, red_flags=frozenset())).red_flags == frozenset()
