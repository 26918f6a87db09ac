"""Ready-made policies: what each zone asks for, what is refused, and that all are proved."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from attrs import evolve

from backex import (
    CHEST_PAIN,
    PAIN,
    Action,
    Clearance,
    Concern,
    Entry,
    InvalidValue,
    Moment,
    RedFlagPresent,
    RuleId,
    Source,
    SourceKind,
    StoppingPolicy,
    SymptomReport,
    Tolerance,
    Trend,
    decide,
    report,
    validate,
    verify,
)
from backex.conditions import condition_sources
from backex.presets import pain_monitoring, traffic_light

GO, HOLD, EASE, REST = Action.CONTINUE, Action.HOLD, Action.EASE, Action.REST
REFER, URGENT = Action.REFER, Action.REFER_URGENTLY
MONITORED = pain_monitoring(acceptable=5, persisting_checkins=3)
LIGHTS = traffic_light(amber_from=4, red_from=6, persisting_checkins=3)
PRESETS = [MONITORED, LIGHTS]


def after(checkin: int, pain: int, trend: Trend | None = None) -> SymptomReport:
    return report(checkin, pain=pain, trend=trend, red_flags=frozenset())


def morning(checkin: int, pain: int) -> SymptomReport:
    return report(checkin, pain=pain, seq=1, moment=Moment.NEXT_MORNING, red_flags=frozenset())


def action(by: StoppingPolicy, *entries: Entry, usual: int = 1) -> Action:
    return decide(by, entries, baseline=report(0, pain=usual)).action


@pytest.mark.parametrize(
    ("by", "usual", "actions"),
    [
        (MONITORED, 1, [GO] * 6 + [REST] * 5),
        (MONITORED, 7, [GO] * 8 + [REST] * 3),
        (MONITORED, 10, [GO] * 11),
        (LIGHTS, 1, [GO] * 4 + [HOLD] * 2 + [REST] * 5),
        (LIGHTS, 5, [GO] * 6 + [REST] * 5),
        (LIGHTS, 4, [GO] * 5 + [HOLD] + [REST] * 5),
        (LIGHTS, 8, [GO] * 9 + [REST] * 2),
    ],
)
def test_each_pain_after_exercise_falls_in_its_zone_unless_it_is_usual(
    by: StoppingPolicy, usual: int, actions: list[Action]
) -> None:
    settled = morning(1, usual)
    assert [action(by, after(1, pain), settled, usual=usual) for pain in range(11)] == actions


@pytest.mark.parametrize("by", PRESETS)
def test_until_the_next_morning_is_known_nothing_goes_on(by: StoppingPolicy) -> None:
    evening = decide(by, [after(1, 1)], baseline=report(0, pain=1))
    assert (evening.action, evening.allows_exercise) == (HOLD, True)
    assert "how it feels (next morning) at this check-in" in evening.unanswered
    mornings = [entry for day in (1, 2, 3, 4) for entry in (after(day, 1), morning(day, 2))]
    told = [*mornings[:4], after(3, 1), *mornings[6:]]
    assert [action(by, *mornings[:4], after(3, 1)), action(by, *told)] == [HOLD, REFER]


@pytest.mark.parametrize("by", PRESETS)
@pytest.mark.parametrize(("pain", "told"), [(0, GO), (1, GO), (2, EASE), (3, EASE), (6, REST)])
def test_what_is_above_the_usual_level_on_the_next_morning_means_ease(
    by: StoppingPolicy, pain: int, told: Action
) -> None:
    assert action(by, after(1, 1), morning(1, pain)) is told


@pytest.mark.parametrize("by", PRESETS)
def test_mornings_in_a_row_above_the_usual_level_mean_refer(by: StoppingPolicy) -> None:
    log = [entry for day in (1, 2, 3) for entry in (after(day, 1), morning(day, 2))]
    assert [action(by, *log[:end]) for end in (2, 4, 6)] == [EASE, EASE, REFER]
    broken = [*log[:4], after(3, 1), morning(3, 1), after(4, 1), morning(4, 2)]
    assert action(by, *broken) is EASE


@pytest.mark.parametrize("by", PRESETS)
def test_a_referral_stays_until_a_clearance_and_rest_until_the_usual_level(
    by: StoppingPolicy,
) -> None:
    mornings = [morning(day, 2) for day in (1, 2, 3)]
    calm = [each for day in range(4, 9) for each in (after(day, 1), morning(day, 1))]
    cleared = Clearance(checkin=4, rules=frozenset({RuleId("persisting")}), by="Dr. Lee")
    assert action(by, *mornings, *calm) is REFER
    assert action(by, *mornings, cleared, *calm) is GO
    days = [(after(1, 9), after(2, pain), morning(2, pain)) for pain in (2, 1)]
    assert [action(by, *each) for each in days] == [REST, GO]


@pytest.mark.parametrize("by", PRESETS)
def test_any_red_flag_means_refer_urgently_and_is_asked_for(by: StoppingPolicy) -> None:
    flagged = report(1, pain=0, red_flags=frozenset({CHEST_PAIN}))
    assert action(by, flagged, *(after(day, 0) for day in range(2, 9))) is URGENT
    assert action(by, report(1, pain=0)) is HOLD


@pytest.mark.parametrize("by", PRESETS)
def test_rest_raises_whether_the_exercises_are_right(by: StoppingPolicy) -> None:
    decision = decide(by, [after(1, 9)], baseline=report(0, pain=1))
    assert decision.concerns == {Concern.SUITABILITY}
    assert decision.advice


@pytest.mark.parametrize("by", PRESETS)
def test_whatever_is_said_to_be_worse_while_it_is_in_a_zone_is_answered(
    by: StoppingPolicy,
) -> None:
    assert action(by, after(1, 7, Trend.WORSE), usual=7) is REST


@pytest.mark.parametrize(
    ("by", "accepted"),
    [
        *((pain_monitoring(acceptable=n, persisting_checkins=2), n) for n in (1, 5, 9)),
        *(
            (traffic_light(amber_from=amber, red_from=red, persisting_checkins=2), red - 1)
            for amber, red in [(1, 2), (4, 6), (4, 7), (9, 10)]
        ),
    ],
)
def test_every_preset_is_proved_against_the_tolerance_that_it_declares(
    by: StoppingPolicy, accepted: int
) -> None:
    assert by.tolerance == Tolerance(severity_at_most={PAIN: accepted})
    assert validate(by).ok
    found = verify(by)
    assert (found.proved, [fault.code for fault in found.faults]) == (True, [])


@pytest.mark.parametrize("by", PRESETS)
def test_a_preset_is_not_proved_against_less_than_it_declares(by: StoppingPolicy) -> None:
    (fault,) = verify(evolve(by, tolerance=Tolerance())).faults
    assert fault.code == "BX411"


@pytest.mark.parametrize("by", PRESETS)
def test_every_rule_of_a_preset_says_where_it_comes_from_and_none_claims_the_article(
    by: StoppingPolicy,
) -> None:
    assert all(each.sources and each.until.sources and each.when for each in by.rules)
    kinds = {source.kind for each in by.rules for source in (*each.sources, *each.until.sources)}
    assert kinds <= {SourceKind.LITERATURE, SourceKind.LIBRARY_DEFAULT}


def cited(sources: tuple[Source, ...]) -> list[tuple[str, SourceKind]]:
    return [(source.id, source.kind) for source in sources]


CHOSEN = ("backex", SourceKind.LIBRARY_DEFAULT)
STUDY = ("silbernagel-2007", SourceKind.LITERATURE)
FRAMEWORK = ("finucane-2020", SourceKind.LITERATURE)


@pytest.mark.parametrize("by", PRESETS)
def test_that_any_flag_counts_and_what_to_do_is_chosen_and_not_the_word_of_the_framework(
    by: StoppingPolicy,
) -> None:
    flagged = by.rules[0]
    assert isinstance(flagged.when, RedFlagPresent)
    assert cited(flagged.when.sources) == cited(flagged.sources) == [FRAMEWORK, CHOSEN]
    note, any_flag = (source.note or "" for source in flagged.when.sources)
    assert "cauda equina, fracture, malignancy and infection, with little evidence" in note
    assert "any one flag counts" in any_flag
    assert "at once is chosen" in (flagged.sources[1].note or "")


@pytest.mark.parametrize("by", PRESETS)
def test_a_red_flag_says_where_to_get_help_and_diagnoses_nothing(by: StoppingPolicy) -> None:
    flagged = report(1, pain=9, red_flags=frozenset({CHEST_PAIN}))
    decision = decide(by, [flagged, morning(1, 9)])
    assert str(decision).startswith(
        "Stop: no exercise, and see a professional at once. Stop, and get medical help at once: "
        "in an emergency call the emergency services. Not known: the usual level of pain. "
        "Why: rule red-flag "
    )


def test_red_says_nothing_of_amber() -> None:
    said = str(decide(LIGHTS, [after(1, 9), morning(1, 9)], baseline=report(0, pain=1)))
    assert said.startswith(
        "Rest: no exercise for now. Red: no exercise until it has settled. "
        "These exercises may not be right for this person. Why: rule red "
    )
    assert "Amber:" not in said


def test_only_the_zones_are_taken_from_the_clinic_pages() -> None:
    on_clinics = {
        each.id
        for each in LIGHTS.rules
        for source in (*each.sources, *condition_sources(each.when), *each.until.sources)
        if "clinic pages" in (source.note or "")
    }
    assert on_clinics == {"red", "amber"}


def test_the_study_is_cited_for_the_limit_and_the_next_morning_and_for_no_action() -> None:
    by_rule = {each.id: each for each in MONITORED.rules}
    for rule in ("too-much-pain", "not-settled"):
        assert cited(by_rule[RuleId(rule)].sources)[0] == STUDY
        assert cited(by_rule[RuleId(rule)].sources)[-1] == CHOSEN
        assert CHOSEN in cited(condition_sources(by_rule[RuleId(rule)].when))
    assert cited(by_rule[RuleId("persisting")].sources) == [CHOSEN]


def test_pain_monitoring_says_that_it_was_studied_on_another_part_of_the_body() -> None:
    (study,) = MONITORED.sources
    assert "Achilles" in study.title
    assert "not on backs" in (study.note or "")


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (lambda: pain_monitoring(acceptable=0, persisting_checkins=3), "acceptable"),
        (lambda: pain_monitoring(acceptable=10, persisting_checkins=3), "acceptable"),
        (lambda: pain_monitoring(acceptable=True, persisting_checkins=3), "acceptable"),
        (lambda: pain_monitoring(acceptable=5, persisting_checkins=1), "checkins"),
        (lambda: pain_monitoring(acceptable=5, persisting_checkins=61), "checkins"),
        (lambda: traffic_light(amber_from=0, red_from=6, persisting_checkins=3), "amber_from"),
        (lambda: traffic_light(amber_from=10, red_from=10, persisting_checkins=3), "amber_from"),
        (lambda: traffic_light(amber_from=6, red_from=6, persisting_checkins=3), "red_from"),
        (lambda: traffic_light(amber_from=6, red_from=11, persisting_checkins=3), "red_from"),
    ],
)
def test_a_number_out_of_range_is_refused(make: Callable[[], StoppingPolicy], field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        make()
    assert caught.value.field == field
