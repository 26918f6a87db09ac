"""Plans: what each check-in of a log does to the items of a routine, and how that is explained."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import attrs
import pytest

from backex import (
    NUMBNESS,
    PAIN,
    STIFFNESS,
    Action,
    AddResistance,
    AllCriteria,
    AnyCriterion,
    AtLeast,
    AxisId,
    Calmed,
    Change,
    ChangeKind,
    ChangeReach,
    Channel,
    Clearance,
    Cleared,
    Completed,
    Completion,
    Condition,
    CustomProgression,
    Decision,
    Dose,
    EffortAtMost,
    Entry,
    ExerciseId,
    ExtendArm,
    InARow,
    InvalidValue,
    Ladder,
    Level,
    LevelAxis,
    LevelId,
    LoadAxis,
    Moment,
    Next,
    Plan,
    PolicyId,
    PrescriptionId,
    Quality,
    QualityAtLeast,
    RedFlag,
    RedFlagPresent,
    Release,
    Routine,
    RoutineId,
    RuleId,
    Rung,
    SessionRecord,
    Source,
    SourceId,
    SourceKind,
    Span,
    StoppingPolicy,
    StoppingRule,
    SymptomAtMost,
    SymptomReport,
    Variant,
    Worsened,
    as_planned,
    kg,
    ladder,
    next_session,
    prescribe,
    vary,
)
from backex import report as felt
from backex.catalog.upper_back import FORWARD, OBLIQUE_SIT, PRONE_HEAD_RAISE, STOPPING_POLICY
from backex.codec import dumps, loads

SIT, RAISE = PrescriptionId("oblique-sit"), PrescriptionId("prone-head-raise")
BASE = vary(OBLIQUE_SIT)
LOADED = vary(OBLIQUE_SIT, AddResistance(kg(0.5)))
EXTENDED = LOADED.with_(ExtendArm())
RAISED = vary(PRONE_HEAD_RAISE)
DOSE = Dose(sets=2, reps=5)
#: Base, loaded, extended: each left by one complete session.
THREE = ladder(OBLIQUE_SIT, advance=Completed()).then(AddResistance(kg(0.5))).then(ExtendArm())
USUAL = felt(0, pain=2, stiffness=2)


def policy(
    then: Action, when: Condition | None = None, until: Release | None = None, **asking: object
) -> StoppingPolicy:
    """Return a policy of one rule: by default any rise, until calm."""
    rule = StoppingRule(
        id=RuleId("worse"), when=when or Worsened(), then=then, until=until or Calmed()
    )
    asked = {"asks": frozenset({PAIN, STIFFNESS}), **asking}
    return StoppingPolicy(id=PolicyId("one-rule"), rules=(rule,), **asked)  # type: ignore[arg-type]


EASING, RESTING, HOLDING = (policy(each) for each in (Action.EASE, Action.REST, Action.HOLD))


REFERRING = attrs.evolve(
    RESTING,
    rules=tuple(
        attrs.evolve(RESTING.rules[0], id=RuleId(id), then=Action.REFER, until=Cleared())
        for id in ("worse", "worse-too")
    ),
)
CLEARED_TWICE = Clearance(
    checkin=2,
    rules=frozenset({RuleId("worse"), RuleId("worse-too")}),
    by="Dr. Green",
    new_baseline=felt(2, pain=3, stiffness=2),
)
#: By three people, while a fourth one clears something else.
CLEARED_BY_THREE = tuple(
    Clearance(checkin=2, seq=seq, rules=frozenset({RuleId(rule)}), by=by)
    for seq, (rule, by) in enumerate(
        [
            ("worse-too", "Dr. Green"),
            ("worse", "Dr. Brown"),
            ("worse", "Dr. White"),
            ("other", "Dr. Gray"),
        ]
    )
)


def plan(
    stopping: StoppingPolicy | None = EASING,
    climbed: Ladder = THREE,
    *,
    baseline: SymptomReport | None = USUAL,
) -> Plan:
    """Return a plan of the Oblique Sit on a ladder and the Prone Head Raise without one."""
    routine = Routine(
        id=RoutineId("two-items"),
        title="Two items",
        items=(prescribe(climbed.rungs[0].variant, DOSE, id=SIT), prescribe(RAISED, DOSE)),
        stopping=stopping,
    )
    return Plan(routine=routine, ladders={SIT: climbed}, baseline=baseline)


def done(
    performed: Variant = EXTENDED,
    *,
    dose: Dose | None = DOSE,
    done: bool | None = True,
    effort: int | None = 3,
) -> Completion:
    return Completion(performed=performed, dose=dose, done=done, effort=effort)


def day(
    checkin: int,
    *entries: SymptomReport | Clearance,
    sit: Completion | None = done(),  # noqa: B008 (a value)
    raised: bool = False,
    pain: int | None = 2,
) -> SessionRecord:
    """Return a check-in with the Oblique Sit done; with no entries given, pain is reported."""
    completed = {} if sit is None else {SIT: sit}
    reported = () if pain is None else (felt(checkin, pain=pain, stiffness=2),)
    return SessionRecord(
        checkin=checkin,
        completed={**completed, RAISE: done(RAISED)} if raised else completed,
        entries=entries or reported,
    )


def rest_day(checkin: int, pain: int = 2) -> SessionRecord:
    return day(checkin, sit=None, pain=pain)


def rungs(given: Plan, log: Sequence[SessionRecord]) -> list[int | None]:
    """Return the rung of the Oblique Sit at the start and after each check-in, None if absent."""
    found: list[int | None] = []
    for number in range(len(log) + 1):
        planned = next_session(given, log[:number])
        present = planned.routine is not None and planned.routine.item(SIT) is not None
        found.append(planned.rungs[SIT] if present else None)
    return found


def sit_reason(given: Plan, log: Sequence[SessionRecord]) -> str:
    return next_session(given, log).reasons[0]


def test_before_any_checkin_the_routine_is_as_it_was_prescribed() -> None:
    given = plan()
    assert next_session(given, []) == Next(
        routine=given.routine,
        decision=EASING.start(USUAL).decision,
        changes=(),
        reasons=(
            "oblique-sit: nothing has been recorded yet",
            "prone-head-raise: nothing has been recorded yet",
        ),
        rungs={SIT: 0, RAISE: 0},
    )


def test_an_item_goes_up_one_rung_at_a_time_and_stays_on_top() -> None:
    assert rungs(plan(), [day(1), day(2), day(3), day(4)]) == [0, 1, 2, 2, 2]


def test_a_rung_gives_the_session_its_variant_and_keeps_the_rest_of_the_item() -> None:
    given = plan()
    sit, head = given.routine.items
    planned = next_session(given, [day(1)])
    assert planned.routine == attrs.evolve(
        given.routine, items=(attrs.evolve(sit, variant=LOADED), head)
    )
    assert planned.changes == (
        Change(
            item=SIT,
            kind=ChangeKind.PROGRESSED,
            before=0,
            after=1,
            differences=("resistance: none → 0.5 kg",),
            reasons=("met its criterion: the whole dose done; check-ins 1: done yes",),
        ),
    )


def test_a_rung_without_a_criterion_is_not_left() -> None:
    assert rungs(plan(climbed=THREE.leaving(None)), [day(1), day(2), day(3)]) == [0, 1, 2, 2]
    stuck = Ladder((Rung(variant=BASE), Rung(variant=LOADED)))
    assert rungs(plan(climbed=stuck), [day(1), day(2)]) == [0, 0, 0]


def test_symptoms_of_an_item_ease_that_item_alone() -> None:
    sore = felt(2, pain=5, stiffness=2, item=SIT)
    log = [day(1, raised=True), day(2, sore, felt(2, pain=2, stiffness=2), raised=True)]
    planned = next_session(plan(), log)
    assert planned.rungs == {SIT: 0, RAISE: 0}
    assert [(each.item, each.kind) for each in planned.changes] == [(SIT, ChangeKind.EASED)]


def test_symptoms_of_the_session_ease_every_item() -> None:
    log = [day(1, raised=True), day(2, raised=True, pain=5)]
    assert next_session(plan(), log).rungs == {SIT: 0, RAISE: None}


def test_one_performance_is_answered_once() -> None:
    log = [day(1), day(2), day(3, pain=5), rest_day(4, pain=5), rest_day(5, pain=5)]
    assert rungs(plan(), log) == [0, 1, 2, 1, 1, 1]
    assert rungs(plan(), [*log, day(6, pain=5)]) == [0, 1, 2, 1, 1, 1, 0]


def test_symptoms_of_a_later_day_answer_what_was_performed_before() -> None:
    assert rungs(plan(), [day(1), rest_day(2), rest_day(3, pain=5)]) == [0, 1, 1, 0]


def test_what_was_not_done_in_full_was_performed_all_the_same() -> None:
    started = done(done=False)
    assert rungs(plan(), [day(1), day(2, sit=started), rest_day(3, pain=5)]) == [0, 1, 1, 0]


def test_at_the_lowest_rung_an_item_is_left_out_and_comes_back() -> None:
    log = [day(1, pain=5), rest_day(2, pain=5), rest_day(3)]
    assert rungs(plan(), log) == [0, None, None, 0]
    assert rungs(plan(), [*log, day(4)]) == [0, None, None, 0, 1]


def test_an_item_without_a_ladder_is_left_out_and_comes_back() -> None:
    given = plan()
    log = [day(1, raised=True, pain=5), rest_day(2)]
    assert next_session(given, log[:1]).rungs == {SIT: None, RAISE: None}
    assert next_session(given, log[:1]).routine is None
    assert next_session(given, log).routine == given.routine


def test_an_item_stays_away_until_the_decision_is_to_continue() -> None:
    unknown = day(2, sit=None, pain=None)
    assert rungs(plan(), [day(1, pain=5), unknown]) == [0, None, None]
    cautious = attrs.evolve(
        EASING,
        rules=(
            *EASING.rules,
            StoppingRule(
                id=RuleId("caution"),
                when=AtLeast(channel=PAIN, severity=5),
                then=Action.HOLD,
                until=Calmed(checkins=2),
            ),
        ),
    )
    assert rungs(plan(cautious), [day(1, pain=5), rest_day(2), rest_day(3)]) == [0, None, None, 0]


def test_an_item_that_came_back_is_left_out_again_by_the_same_symptoms() -> None:
    log = [day(1, pain=5), rest_day(2), rest_day(3, pain=5)]
    assert rungs(plan(), log) == [0, None, 0, None]


def test_a_rest_of_an_item_leaves_it_out_of_a_session_that_goes_on() -> None:
    given = plan(RESTING)
    sore = felt(2, pain=5, stiffness=2, item=SIT)
    log = [day(1), day(2, sore, felt(2, pain=2, stiffness=2)), rest_day(3)]
    planned = next_session(given, log[:2])
    assert planned.routine == given.routine.removing(SIT)
    assert planned.changes[0].kind is ChangeKind.DROPPED
    assert rungs(given, log) == [0, 1, None, 0]


def test_a_rest_of_the_session_leaves_no_session() -> None:
    given = plan(RESTING)
    planned = next_session(given, [day(1), day(2, pain=3)])
    assert planned.routine is None
    assert planned.decision.action is Action.REST
    assert planned.rungs == {SIT: 0, RAISE: 0}
    assert [(each.item, each.before, each.after) for each in planned.changes] == [
        (SIT, 1, None),
        (RAISE, 0, None),
    ]


def test_what_stays_left_out_has_not_changed() -> None:
    log = [day(1), day(2, pain=3), rest_day(3, pain=3), day(4, pain=3)]
    assert next_session(plan(RESTING), log[:3]).changes == ()
    planned = next_session(plan(RESTING), log)
    assert (planned.rungs[SIT], planned.changes) == (None, ())


def test_after_a_rest_an_item_is_one_rung_lower() -> None:
    log = [day(1), day(2), day(3, pain=4), rest_day(4, pain=4), rest_day(5), day(6)]
    assert rungs(plan(RESTING), log) == [0, 1, 2, None, None, 1, 2]


def test_symptoms_after_a_rest_are_answered_only_where_something_was_performed() -> None:
    rested = [day(1), day(2, pain=3)]
    for back, rung in ((rest_day(3), 0), (day(3), None)):
        again = [*rested, back, rest_day(4, pain=3)]
        assert next_session(plan(RESTING), again).rungs[SIT] == rung


def test_a_session_done_in_spite_of_a_rest_takes_nothing_up() -> None:
    log = [day(1), day(2), day(3, pain=4), day(4)]
    assert rungs(plan(RESTING), log) == [0, 1, 2, None, 1]


def test_a_referral_reported_on_an_item_stops_the_session() -> None:
    refer = policy(Action.REFER, RedFlagPresent(), Cleared())
    numb = felt(1, pain=2, stiffness=2, item=SIT, red_flags=frozenset({NUMBNESS}))
    given = plan(refer)
    log = [day(1, numb, felt(1, pain=2, stiffness=2)), rest_day(2)]
    assert [next_session(given, log[:number]).routine for number in (1, 2)] == [None, None]
    cleared = Clearance(checkin=3, rules=frozenset({RuleId("worse")}), by="Dr. Green")
    back = next_session(given, [*log, day(3, cleared, felt(3, pain=2, stiffness=2), sit=None)])
    assert back.routine == given.routine


@pytest.mark.parametrize(
    ("given", "entries", "unknown"),
    [
        (plan(), (), "how it feels (after or next morning) at this check-in"),
        (plan(), (felt(2, pain=2),), "stiffness"),
        (plan(), (felt(2, pain=2, stiffness=2), felt(2, stiffness=2, seq=1)), "pain"),
        (
            plan(),
            (felt(2, pain=2, stiffness=2, moment=Moment.BEFORE),),
            "how it feels (after or next morning) at this check-in",
        ),
        (
            plan(),
            (felt(2, pain=2, stiffness=2, item=RAISE),),
            "how it feels (after or next morning) at this check-in",
        ),
        (
            plan(policy(Action.EASE, asks_red_flags=True)),
            (felt(2, pain=2, stiffness=2),),
            "red flags",
        ),
        (
            plan(baseline=felt(0, pain=2)),
            (felt(2, pain=2, stiffness=2),),
            "the usual level of stiffness",
        ),
        (
            plan(baseline=None),
            (felt(2, pain=2, stiffness=2),),
            "the usual level of pain, the usual level of stiffness",
        ),
        (
            plan(attrs.evolve(EASING, rules=())),
            (felt(2, pain=2, stiffness=2),),
            "anything, for the policy has no rules",
        ),
        (plan(None), (felt(2, pain=2, stiffness=2),), "whether it is safe to go on"),
    ],
)
def test_what_is_unknown_holds_every_item(
    given: Plan, entries: tuple[SymptomReport, ...], unknown: str
) -> None:
    blank = SessionRecord(checkin=2, completed={SIT: done()}, entries=entries)
    planned = next_session(given, [rest_day(1), blank])
    assert planned.decision.action is Action.HOLD
    assert planned.routine == given.routine
    assert planned.changes == ()
    assert planned.reasons == (
        f"oblique-sit: hold, for not known: {unknown}",
        f"prone-head-raise: hold, for not known: {unknown}",
    )


def test_without_a_policy_the_decision_is_to_hold() -> None:
    assert next_session(plan(None), [day(1)]).decision == Decision(action=Action.HOLD)


def test_a_rule_that_asks_to_hold_keeps_the_rung() -> None:
    assert rungs(plan(HOLDING), [day(1), day(2, pain=3), day(3, pain=3), day(4)]) == [0, 1, 1, 1, 2]


@pytest.mark.parametrize(
    ("performed", "after"),
    [
        (LOADED, 2),
        (EXTENDED, 2),
        (BASE, 1),
        (vary(OBLIQUE_SIT, ExtendArm()), 1),
        (LOADED.with_(ChangeReach(FORWARD)), 1),
        (LOADED.with_(CustomProgression(AxisId("pad"), LevelId("soft"))), 1),
        (RAISED, 1),
    ],
)
def test_a_completion_counts_at_the_rung_or_harder(performed: Variant, after: int) -> None:
    assert rungs(plan(), [day(1), day(2, sit=done(performed))]) == [0, 1, after]


@pytest.mark.parametrize("said", [None, False])
def test_what_is_not_recorded_as_done_does_not_count(said: bool | None) -> None:  # noqa: FBT001
    easy = ladder(OBLIQUE_SIT, advance=EffortAtMost(effort=9)).then(ExtendArm())
    assert rungs(plan(climbed=easy), [day(1, sit=done(done=said))]) == [0, 0]


TWICE = ladder(
    OBLIQUE_SIT,
    advance=InARow(
        criterion=AllCriteria(criteria=(Completed(), EffortAtMost(effort=4))), sessions=2
    ),
).then(AddResistance(kg(0.5)))


@pytest.mark.parametrize(
    "between",
    [
        pytest.param([], id="a missing check-in"),
        pytest.param([rest_day(2)], id="a day without the item"),
        pytest.param([day(2, pain=None)], id="a day without a report"),
        pytest.param([day(2, felt(2, pain=2))], id="an answer left out"),
        pytest.param([day(2, sit=done(done=False))], id="a session not done in full"),
        pytest.param([day(2, sit=done(done=None))], id="a session not known to be done"),
        pytest.param([day(2, sit=done(RAISED))], id="a session of something else"),
        pytest.param([day(2, sit=done(effort=5))], id="a session that was too hard"),
        pytest.param([day(2, sit=done(effort=None))], id="a session whose effort is not known"),
    ],
)
def test_a_row_begins_anew_with(between: list[SessionRecord]) -> None:
    log = [day(1), *between, day(3), day(4)]
    assert rungs(plan(climbed=TWICE), log)[-3:] == [0, 0, 1]


def test_a_row_begins_anew_on_every_rung() -> None:
    higher = TWICE.then(ExtendArm())
    log = [day(number) for number in range(1, 6)]
    assert rungs(plan(climbed=higher), log) == [0, 0, 1, 1, 2, 2]


def test_a_row_begins_anew_after_easing() -> None:
    higher = TWICE.then(ExtendArm())
    log = [day(1), day(2), day(3), day(4, pain=5), day(5), day(6)]
    assert rungs(plan(climbed=higher), log) == [0, 0, 1, 1, 0, 0, 1]


@pytest.mark.parametrize(
    ("said", "after"),
    [
        ((felt(1, pain=2, stiffness=2),), 1),
        ((felt(1, pain=2, stiffness=1), felt(1, pain=2, stiffness=2, item=SIT)), 1),
        ((felt(1, pain=2, stiffness=1), felt(1, pain=2, stiffness=2, item=RAISE)), 1),
        ((felt(1, pain=1, stiffness=3, moment=Moment.BEFORE), felt(1, pain=2, stiffness=2)), 0),
        ((felt(1, pain=2, stiffness=2), felt(1, pain=2, stiffness=3, item=SIT)), 0),
        ((felt(1, pain=2, stiffness=2), felt(1, pain=2, stiffness=3, item=RAISE)), 1),
    ],
)
def test_a_symptom_criterion_looks_at_the_worst_of_the_session_and_the_item(
    said: tuple[SymptomReport, ...], after: int
) -> None:
    calm = ladder(OBLIQUE_SIT, advance=SymptomAtMost(channel=STIFFNESS, severity=2))
    tolerant = policy(Action.EASE, Worsened(by=9))
    assert rungs(plan(tolerant, calm.then(ExtendArm())), [day(1, *said)]) == [0, after]


def test_two_unequal_stories_about_one_session_are_not_believed() -> None:
    twice = [day(1), day(1)]
    assert rungs(plan(), twice)[-1] == 1
    for other in (done(effort=9), done(BASE), done(done=False)):
        told = [day(1), day(1, sit=other)]
        for log in (told, told[::-1], [*told, day(1)]):
            assert rungs(plan(), log)[-1] == 0


def test_the_parts_of_one_checkin_are_joined() -> None:
    apart = [
        SessionRecord(checkin=1, completed={RAISE: done(RAISED)}),
        SessionRecord(checkin=1, entries=(felt(1, pain=2, stiffness=2),)),
        SessionRecord(checkin=1, completed={SIT: done()}),
    ]
    assert next_session(plan(), apart) == next_session(plan(), [day(1, raised=True)])


def test_an_entry_counts_at_the_checkin_that_it_names() -> None:
    late = felt(1, pain=2, stiffness=2)
    held = [day(1, pain=None), day(2)]
    told = [day(1, pain=None), day(2, late, felt(2, pain=2, stiffness=2))]
    assert rungs(plan(), held)[-1] == 1
    assert rungs(plan(), told)[-1] == 2
    assert next_session(plan(), told) == next_session(plan(), [day(1), day(2)])


def test_an_entry_alone_makes_a_checkin() -> None:
    log = [day(1), day(3, felt(2, pain=2, stiffness=2), felt(3, pain=2, stiffness=2))]
    assert next_session(plan(), log) == next_session(plan(), [day(1), rest_day(2), day(3)])


def test_correcting_an_old_record_corrects_all_that_follows() -> None:
    mistaken = [day(1), day(2, pain=5), day(3)]
    corrected = [mistaken[0], day(2), mistaken[2]]
    assert rungs(plan(), mistaken) == [0, 1, 0, 1]
    assert rungs(plan(), corrected) == [0, 1, 2, 2]


def test_items_that_the_routine_lacks_are_passed_over() -> None:
    gone = PrescriptionId("gone")
    log = [attrs.evolve(day(1), completed={SIT: done(), gone: done()})]
    given = attrs.evolve(plan(), ladders={SIT: THREE, gone: THREE})
    assert next_session(given, log) == next_session(plan(), [day(1)])


def test_a_report_on_an_item_that_the_routine_lacks_is_heard() -> None:
    gone = felt(1, pain=9, stiffness=2, item="gone")
    usual = felt(1, pain=2, stiffness=2)
    assert rungs(plan(EASING), [day(1, gone, usual)]) == [0, 1]
    refer = policy(Action.REFER, Worsened(by=5), Cleared())
    assert next_session(plan(refer), [day(1, gone, usual)]).routine is None


def test_clearances_that_are_not_believed_are_named_in_order() -> None:
    one = Clearance(checkin=1, rules=frozenset({RuleId("worse")}), by="Dr. Green")
    pairs = [
        tuple(
            attrs.evolve(one, checkin=checkin, seq=seq, by=by) for by in ("Dr. Green", "Dr. Brown")
        )
        for checkin, seq in ((2, 0), (1, 8), (1, 1))
    ]
    log = [SessionRecord(checkin=0, entries=pair) for pair in pairs]
    assert next_session(plan(), log).reasons[2:] == (
        "check-in 1 has different clearances with seq 1: none of them counts",
        "check-in 1 has different clearances with seq 8: none of them counts",
        "check-in 2 has different clearances with seq 0: none of them counts",
    )


def test_a_report_under_the_number_of_such_clearances_counts() -> None:
    one = Clearance(checkin=1, rules=frozenset({RuleId("worse")}), by="Dr. Green")
    worse = felt(1, pain=5, stiffness=2)
    told = [day(1, worse, one, attrs.evolve(one, by="Dr. Brown"))]
    assert next_session(plan(REFERRING), told).decision.action is Action.REFER


def test_of_two_clearances_under_one_number_none_counts() -> None:
    one = Clearance(checkin=1, rules=frozenset({RuleId("worse")}), by="Dr. Green")
    other = attrs.evolve(one, by="Dr. Brown")
    referring = plan(policy(Action.REFER, until=Cleared()))
    worse, usual = felt(1, pain=5, stiffness=2), felt(2, pain=2, stiffness=2)
    for entries, present in (((one,), True), ((one, one), True), ((one, other), False)):
        planned = next_session(referring, [day(0, pain=5), day(1, *entries, pain=2), day(2, usual)])
        assert (planned.routine is not None) is present
        said = "check-in 1 has different clearances with seq 0: none of them counts"
        assert (said in planned.reasons) is not present
    later = attrs.evolve(other, seq=1)
    assert (
        next_session(referring, [day(1, worse, one, other, later)])
        .reasons[-1]
        .endswith("clearances with seq 0: none of them counts")
    )


# What counts as performed, and with what dose.


@pytest.mark.parametrize(
    ("dose", "rung"),
    [
        (None, 0),
        (Dose(), 0),
        (Dose(sets=2), 0),
        (Dose(sets=1, reps=5), 0),
        (Dose(sets=2, reps=Span(4, 8)), 0),
        (Dose(sets=2, reps=Span(None, 8)), 0),
        (Dose(sets=2, reps=5), 1),
        (Dose(sets=2, reps=Span(5, None)), 1),
        (Dose(sets=3, reps=6, hold_seconds=5), 1),
    ],
)
def test_only_a_dose_as_great_as_that_of_the_rung_counts(dose: Dose | None, rung: int) -> None:
    planned = next_session(plan(), [day(1, sit=done(dose=dose))])
    assert planned.rungs[SIT] == rung
    if not rung:
        said = dose or "unknown size"
        reason = f"a dose of {said} does not count for 2 sets of 5 repetitions"
        assert planned.reasons[0] == f"oblique-sit: {reason}"


def test_where_no_dose_is_stated_any_counts() -> None:
    given = plan()
    (sit, raised) = given.routine.items
    items = (attrs.evolve(sit, dose=None), raised)
    undosed = attrs.evolve(given, routine=attrs.evolve(given.routine, items=items))
    assert rungs(undosed, [day(1, sit=done(dose=None))]) == [0, 1]


def test_the_dose_grows_only_by_doses_that_were_done() -> None:
    climbed = ladder(OBLIQUE_SIT, Dose(reps=5), advance=Completed())
    for reps in (10, 20):
        climbed = climbed.then(dose=Dose(reps=reps))
    log = [day(number, sit=done(BASE, dose=Dose(reps=5))) for number in (1, 2, 3)]
    assert rungs(plan(climbed=climbed), log) == [0, 1, 1, 1]


def test_what_was_planned_is_recorded_by_its_prescription() -> None:
    item = plan().routine.items[0]
    assert as_planned(item, done=True, quality=Quality.GOOD, effort=3) == Completion(
        performed=item.variant, dose=DOSE, done=True, quality=Quality.GOOD, effort=3
    )
    assert as_planned(item, done=None).done is None
    with pytest.raises(InvalidValue):
        as_planned(item, done=True, effort=11)


@pytest.mark.parametrize(
    ("moment", "rung"), [(Moment.DURING, 1), (Moment.AFTER, 1), (Moment.BEFORE, 2)]
)
def test_a_report_on_an_item_during_or_after_tells_that_it_was_performed(
    moment: Moment, rung: int
) -> None:
    hurt = felt(4, pain=8, stiffness=2, item=SIT, moment=moment)
    log = [day(1), day(2), day(3, pain=5, sit=None), day(4, hurt, sit=None, pain=2)]
    standing = [rungs(plan(), log[:2])[-1], rungs(plan(), log)[-1]]
    assert standing == [2, rung - 1 if rung == 1 else 1]
    usual = felt(4, pain=2, stiffness=2)
    told = [*log[:3], day(4, hurt, usual, sit=None)]
    assert rungs(plan(), told) == rungs(plan(), log)


def test_symptoms_are_answered_once_and_the_reason_says_so() -> None:
    log = [day(1), day(2), day(3, pain=5), rest_day(4, pain=5), rest_day(5, pain=5)]
    assert rungs(plan(), log) == [0, 1, 2, 1, 1, 1]
    assert sit_reason(plan(), log) == (
        f"oblique-sit: ease, for rule worse {RULE} was set by check-in 3 (after): pain 5 (usually "
        "2), stiffness 2 (usually 2); it was not performed since that was last answered"
    )
    assert "not performed" not in sit_reason(plan(), log[:3])


def test_two_stories_of_one_session_agree_that_it_was_performed() -> None:
    log = [day(1), day(2), day(3, pain=5), day(4, sit=None, pain=5)]
    told = [*log, day(4, sit=done(done=True), pain=5), day(4, sit=done(done=False), pain=5)]
    assert (rungs(plan(), log)[-1], rungs(plan(), told)[-1]) == (1, 0)


# Rungs that no sound ladder has.


def test_nothing_goes_up_to_a_rung_that_is_unsound_or_easier() -> None:
    heavy = ladder(OBLIQUE_SIT, advance=Completed()).then(AddResistance(kg("0.3")))
    falling = ladder(LOADED, advance=Completed()).then(AddResistance(kg("0.25")))
    for climbed in (heavy, falling):
        planned = next_session(plan(climbed=climbed), [day(1)])
        assert (planned.rungs[SIT], planned.changes) == (0, ())
        assert planned.reasons[0] == "oblique-sit: rung 1 is no sound step up: validate the plan"


def test_a_clearance_sets_from_what_level_symptoms_count() -> None:
    cleared = Clearance(
        checkin=2,
        rules=frozenset({RuleId("worse")}),
        by="Dr. Green",
        new_baseline=felt(2, pain=5, stiffness=2),
    )
    log = [day(1, pain=5), day(2, cleared, sit=None), day(3, pain=5)]
    assert rungs(plan(), log) == [0, None, None, 0]
    assert rungs(plan(), [*log, day(4, pain=5)])[-1] == 1


def test_a_day_that_is_not_known_ends_no_rest() -> None:
    slow = policy(Action.REST, until=Calmed(checkins=2))
    unknown = day(3, sit=None, pain=None)
    log = [day(1, pain=3), rest_day(2), unknown, rest_day(4), rest_day(5)]
    assert rungs(plan(slow), log) == [0, None, None, None, None, 0]


RULE = "(any symptom asked for is 1 or more above the usual level, or said to be worse)"
STEADY = "the whole dose done and effort at most 4 of 10, at 2 sessions in a row"


@pytest.mark.parametrize(
    ("given", "log", "sentence"),
    [
        (
            plan(climbed=TWICE),
            [day(1), day(2)],
            (
                f"oblique-sit progressed (resistance: none → 0.5 kg): met its criterion: {STEADY}; "
                "check-ins 1, 2: done yes, yes; effort 3, 3"
            ),
        ),
        (
            plan(),
            [day(1), day(2, felt(2, pain=2, stiffness=2), felt(2, pain=5, stiffness=2, item=SIT))],
            (
                "oblique-sit eased (resistance: 0.5 kg → none): ease, for rule worse for "
                f"oblique-sit {RULE} was set by check-in 2 (after): pain 5 (usually 2), "
                "stiffness 2 (usually 2)"
            ),
        ),
        (
            plan(),
            [day(1, pain=3)],
            (
                f"oblique-sit dropped: ease, for rule worse {RULE} was set by check-in 1 (after): "
                "pain 3 (usually 2), stiffness 2 (usually 2)"
            ),
        ),
        (
            plan(RESTING),
            [day(1), day(2, pain=3)],
            (
                "oblique-sit dropped: rest, for rule worse "
                f"{RULE} was set by check-in 2 (after): pain 3 (usually 2), stiffness 2 (usually 2)"
            ),
        ),
        (
            plan(),
            [day(1, pain=3), rest_day(2)],
            "oblique-sit returned: rule worse is no longer set at check-in 2: pain 2, stiffness 2",
        ),
        (
            plan(RESTING),
            [day(1), day(2, pain=3), rest_day(3)],
            (
                "oblique-sit returned (resistance: 0.5 kg → none): "
                "rule worse is no longer set at check-in 3: pain 2, stiffness 2"
            ),
        ),
        (
            plan(REFERRING),
            [
                day(1, pain=3),
                day(2, *CLEARED_BY_THREE, felt(2, pain=2, stiffness=2, seq=4), sit=None),
            ],
            (
                "oblique-sit returned: rules worse and worse-too are cleared by Dr. Brown, "
                "Dr. Green and Dr. White at check-in 2: pain 2, stiffness 2"
            ),
        ),
        (
            plan(
                policy(
                    Action.REST, RedFlagPresent(), asks=frozenset[Channel](), asks_red_flags=True
                )
            ),
            [
                day(1, felt(1, red_flags=frozenset({NUMBNESS}))),
                day(2, felt(2, red_flags=frozenset()), sit=None),
            ],
            "oblique-sit returned: rule worse is no longer set at check-in 2: nothing rated",
        ),
        (
            plan(REFERRING),
            [day(1, pain=3), day(2, CLEARED_TWICE, felt(2, pain=3, stiffness=2), sit=None)],
            (
                "oblique-sit returned: rules worse and worse-too are cleared by Dr. Green at "
                "check-in 2: pain 3, stiffness 2"
            ),
        ),
    ],
    ids=[
        *("progressed", "eased", "dropped", "dropped by a rest", "returned"),
        *("returned easier", "cleared by three", "nothing rated", "cleared"),
    ],
)
def test_a_change_is_explained_in_a_sentence(
    given: Plan, log: list[SessionRecord], sentence: str
) -> None:
    assert str(next_session(given, log).changes[0]) == sentence


def test_a_change_is_explained_by_all_differences_and_reasons() -> None:
    change = Change(
        item=SIT,
        kind=ChangeKind.EASED,
        before=1,
        after=0,
        differences=("less load", "another dose"),
        reasons=("pain", "stiffness"),
    )
    assert str(change) == "oblique-sit eased (less load; another dose): pain; stiffness"


@pytest.mark.parametrize(
    ("log", "reason"),
    [
        ([rest_day(1)], "it was not recorded at the newest check-in"),
        ([day(1, sit=done(done=None))], "it was not recorded as done in full"),
        (
            [day(1, sit=done(RAISED))],
            "Prone Head Raise does not count for Oblique Sit",
        ),
        (
            [day(1), day(2), day(3, sit=done(BASE))],
            "Oblique Sit does not count for Oblique Sit (resistance: 0.5 kg)",
        ),
        ([day(1)], f"has not met its criterion yet: {STEADY}; check-ins 1: done yes; effort 3"),
        ([day(1), day(2), day(3)], "it stands on the highest rung that it leads to"),
    ],
)
def test_an_item_that_stays_says_why(log: list[SessionRecord], reason: str) -> None:
    assert sit_reason(plan(climbed=TWICE), log) == f"oblique-sit: {reason}"


def test_a_reason_names_the_checkins_that_its_numbers_are_of() -> None:
    log = [day(1, sit=done(effort=9)), day(2), day(3)]
    assert next_session(plan(climbed=TWICE), log).changes[0].reasons == (
        f"met its criterion: {STEADY}; check-ins 2, 3: done yes, yes; effort 3, 3",
    )


def test_a_rung_may_change_the_dose_alone() -> None:
    more, less = Dose(sets=3, reps=5), Dose(sets=1, reps=5)
    climbed = ladder(OBLIQUE_SIT, less, advance=Completed()).then(dose=more)
    given = plan(climbed=climbed)
    first, planned = next_session(given, []), next_session(given, [day(1)])
    assert first.routine is not None
    assert planned.routine is not None
    assert [each.items[0].dose for each in (first.routine, planned.routine)] == [less, more]
    assert planned.changes[0].differences == (
        "dose: 1 set of 5 repetitions → 3 sets of 5 repetitions",
    )


def test_a_rung_without_a_dose_keeps_that_of_the_item() -> None:
    dosed = Dose(sets=3, reps=5)
    climbed = ladder(OBLIQUE_SIT, advance=Completed()).then(ExtendArm(), dose=dosed)
    change = next_session(plan(climbed=climbed), [day(1)]).changes[0]
    assert change.differences == (
        "support: forearm → extended arm",
        "dose: 2 sets of 5 repetitions → 3 sets of 5 repetitions",
    )


def test_a_dose_that_is_not_stated_is_said_to_be_so() -> None:
    climbed = ladder(OBLIQUE_SIT, advance=Completed()).then(dose=DOSE)
    given = plan(climbed=climbed)
    undosed = given.routine.replacing(prescribe(BASE, id=SIT))
    change = next_session(attrs.evolve(given, routine=undosed), [day(1)]).changes[0]
    assert change.differences == ("dose: not stated → 2 sets of 5 repetitions",)


def test_a_dose_that_is_not_stated_any_more_is_said_to_be_so() -> None:
    climbed = Ladder((Rung(variant=BASE, dose=DOSE, advance=Completed()), Rung(variant=LOADED)))
    given = plan(climbed=climbed)
    undosed = given.routine.replacing(prescribe(BASE, id=SIT))
    change = next_session(attrs.evolve(given, routine=undosed), [day(1)]).changes[0]
    assert change.differences == (
        "resistance: none → 0.5 kg",
        "dose: 2 sets of 5 repetitions → not stated",
    )


def test_a_dose_from_another_source_alone_is_no_difference() -> None:
    ours = Source(id=SourceId("ours"), title="Ours", kind=SourceKind.APP)
    climbed = ladder(OBLIQUE_SIT, DOSE, advance=Completed())
    sourced = climbed.then(ExtendArm(), dose=attrs.evolve(DOSE, sources=(ours,)))
    change = next_session(plan(climbed=sourced), [day(1)]).changes[0]
    assert change.differences == ("support: forearm → extended arm",)


PAD = AxisId("pad")
ON_A_PAD = attrs.evolve(
    OBLIQUE_SIT,
    id=ExerciseId("padded-sit"),
    axes=(
        LevelAxis(
            id=PAD,
            name="pad",
            levels=(
                Level(id=LevelId("none"), name="none"),
                Level(id=LevelId("soft"), name="soft pad", exceeds=frozenset({LevelId("none")})),
                Level(id=LevelId("air"), name="air pad", exceeds=frozenset({LevelId("soft")})),
            ),
        ),
    ),
)


def test_a_ladder_may_climb_an_axis_of_the_app() -> None:
    soft, air = (CustomProgression(PAD, LevelId(each)) for each in ("soft", "air"))
    padded = ladder(ON_A_PAD, advance=Completed()).then(soft).then(air)
    given = plan(climbed=padded)
    log = [day(number, sit=done(vary(ON_A_PAD, air))) for number in (1, 2, 3)]
    assert rungs(given, log) == [0, 1, 2, 2]
    assert str(next_session(given, log[:2]).changes[0]) == (
        "oblique-sit progressed (pad: soft pad → air pad): met its criterion: the whole dose done; "
        "check-ins 2: done yes"
    )
    assert rungs(given, [*log, day(4, sit=done(vary(ON_A_PAD, air)), pain=5)])[-1] == 1


def test_a_ladder_that_leads_into_another_exercise_is_not_climbed() -> None:
    crossing = Ladder((Rung(variant=BASE, advance=Completed()), Rung(variant=RAISED)))
    planned = next_session(plan(climbed=crossing), [day(1)])
    assert planned.routine is not None
    assert planned.routine.items[0].variant == BASE
    assert planned.reasons[0] == "oblique-sit: rung 1 is no sound step up: validate the plan"


def test_a_completion_of_another_version_of_the_exercise_says_so() -> None:
    other = attrs.evolve(OBLIQUE_SIT, name="Oblique Sit")
    load = OBLIQUE_SIT.axes[0]
    assert isinstance(load, LoadAxis)
    capped = other.with_axis(attrs.evolve(load, maximum_grams=2000))
    planned = next_session(plan(), [day(1, sit=done(vary(capped)))])
    assert planned.reasons[0] == (
        "oblique-sit: Oblique Sit does not count for Oblique Sit in this version"
    )


def test_a_change_after_a_long_row_of_sessions_is_explained() -> None:
    easy = ladder(OBLIQUE_SIT, advance=EffortAtMost(effort=3)).then(ExtendArm())
    log = [day(number, sit=done(effort=5)) for number in range(1, 400)]
    assert next_session(plan(climbed=easy), [*log, day(400)]).changes[0].reasons == (
        "met its criterion: effort at most 3 of 10; check-ins 400: effort 3",
    )


def test_a_change_that_many_rules_ask_for_is_explained() -> None:
    rules = tuple(
        attrs.evolve(EASING.rules[0], id=RuleId(f"worse-{number}")) for number in range(20)
    )
    planned = next_session(plan(attrs.evolve(EASING, rules=rules)), [day(1), day(2, pain=5)])
    assert [(each.item, each.kind) for each in planned.changes] == [(SIT, ChangeKind.EASED)]


def rated(checkin: int, name: str, count: int, *, item: str | None = None) -> SymptomReport:
    own = {Channel(f"{name}-{number}"): 1 for number in range(count)}
    return felt(checkin, pain=2, stiffness=2, severities=own, item=item)


@pytest.mark.parametrize(
    "entries",
    [
        pytest.param([rated(1, "a", 15), rated(1, "b", 15)], id="many channels"),
        pytest.param(
            [
                attrs.evolve(rated(1, "a", 0), red_flags=frozenset(map(RedFlag, flags)))
                for flags in ([f"a-{n}" for n in range(30)], [f"b-{n}" for n in range(30)])
            ],
            id="many red flags",
        ),
        pytest.param([rated(1, "a", 0, item=f"item-{n}") for n in range(201)], id="many items"),
        pytest.param(
            [
                Clearance(
                    checkin=number,
                    rules=frozenset({RuleId("worse")}),
                    by="Dr. Green",
                    new_baseline=rated(0, f"c-{number}", 18),
                )
                for number in range(1, 4)
            ],
            id="many usual levels",
        ),
    ],
)
def test_however_much_is_reported_is_heard(entries: list[Entry]) -> None:
    log = [SessionRecord(checkin=entry.checkin, entries=(entry,)) for entry in entries]
    assert next_session(plan(), log).rungs[SIT] == 0


LOG = [day(1, raised=True), day(2, pain=5), rest_day(3)]
CLEARED = Clearance(
    checkin=2, rules=frozenset({RuleId("worse")}), by="Dr. Green", new_baseline=felt(2, pain=3)
)
EVERY_CRITERION = InARow(
    criterion=AllCriteria(
        criteria=(
            Completed(),
            QualityAtLeast(quality=Quality.GOOD),
            EffortAtMost(effort=4),
            AnyCriterion(criteria=(SymptomAtMost(channel=PAIN, severity=2), Completed())),
        )
    ),
    sessions=3,
)


@pytest.mark.parametrize(
    "value",
    [
        plan(),
        plan(None, baseline=None),
        plan(STOPPING_POLICY, THREE.then(dose=DOSE).leaving(EVERY_CRITERION)),
        THREE,
        ladder(ON_A_PAD, advance=EVERY_CRITERION),
        day(2, CLEARED, felt(2, pain=3, item=SIT, red_flags=frozenset()), raised=True),
        SessionRecord(checkin=1),
        *(next_session(plan(), LOG[:number]) for number in range(4)),
        next_session(plan(RESTING), LOG[:2]),
        next_session(plan(None), LOG),
    ],
    ids=lambda value: type(value).__name__,
)
def test_a_value_survives_storage(value: Plan | Ladder | SessionRecord | Next) -> None:
    assert loads(dumps(value), type(value)) == value


@pytest.mark.parametrize(
    ("build", "field"),
    [
        (lambda: SessionRecord(checkin=-1), "SessionRecord.checkin"),
        (lambda: SessionRecord(checkin=1_000_000_001), "SessionRecord.checkin"),
        (lambda: moved(before=201, after=0), "Change.before"),
        (lambda: moved(before=0, after=201), "Change.after"),
        (
            lambda: SessionRecord(checkin=1, entries=(day(1),)),  # type: ignore[arg-type]
            "SessionRecord.entries[0]",
        ),
        (
            lambda: SessionRecord(checkin=1, completed={SIT: BASE}),  # type: ignore[dict-item]
            "SessionRecord.completed.oblique-sit",
        ),
        (lambda: Plan(routine=BASE), "Plan.routine"),  # type: ignore[arg-type]
        (
            lambda: Plan(routine=plan().routine, ladders={SIT: BASE}),  # type: ignore[dict-item]
            "Plan.ladders.oblique-sit",
        ),
    ],
)
def test_what_makes_no_sense_is_refused(build: Callable[[], object], field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        build()
    assert refused.value.path == field


def moved(*, before: int, after: int) -> Change:
    return Change(item=SIT, kind=ChangeKind.PROGRESSED, before=before, after=after)


def test_a_checkin_and_a_rung_have_a_highest_number() -> None:
    assert SessionRecord(checkin=1_000_000_000).checkin == 1_000_000_000
    change = moved(before=200, after=200)
    assert (change.before, change.after) == (200, 200)


def test_a_plan_and_a_record_cannot_be_changed_through_what_they_were_made_of() -> None:
    ladders, completed = {SIT: THREE}, {SIT: done()}
    given = Plan(routine=plan().routine, ladders=ladders, baseline=USUAL)
    record = SessionRecord(checkin=1, completed=completed, entries=(felt(1, pain=2, stiffness=2),))
    ladders.clear()
    completed.clear()
    assert (given, record) == (plan(), day(1))
