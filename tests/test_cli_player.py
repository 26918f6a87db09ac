"""A session as the player knows it: what was done, what is asked and what is to be seen."""

from __future__ import annotations

from collections.abc import Callable

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backex import (
    BRISK,
    CHEST_PAIN,
    PAIN,
    SPREAD,
    Action,
    AllOf,
    AnyOf,
    AtLeast,
    Channel,
    Clearance,
    Cleared,
    Dose,
    Event,
    EventKind,
    Moment,
    Persists,
    Plan,
    Playback,
    PolicyId,
    PrescriptionId,
    RedFlag,
    RedFlagPresent,
    Routine,
    RoutineId,
    RuleId,
    SessionRecord,
    Sides,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Trend,
    as_planned,
    next_session,
    prescribe,
    report,
    timeline,
)
from backex.catalog.upper_back import OBLIQUE_SIT, PRONE_HEAD_RAISE, STOPPING_POLICY
from backex.cli.player.face import Face, face, flat
from backex.cli.player.lettering import enlarged
from backex.cli.player.questions import Answer, Questionnaire, questionnaire
from backex.cli.player.session import Session

RAISE, SIT = PrescriptionId("prone-head-raise"), PrescriptionId("oblique-sit")
ROUTINE = Routine(
    id=RoutineId("short"),
    title="Short",
    items=(
        prescribe(PRONE_HEAD_RAISE, Dose(sets=2, reps=2, hold_seconds=12, rest_seconds=3)),
        prescribe(OBLIQUE_SIT, Dose(sets=1, reps=1, hold_seconds=2), sides=Sides.BOTH),
    ),
    stopping=STOPPING_POLICY,
)
PLAN = Plan(routine=ROUTINE, baseline=report(0, pain=2, stiffness=1))
ASKS_DURING = StoppingPolicy(
    id=PolicyId("during"),
    rules=(
        StoppingRule(
            id=RuleId("hurts"),
            when=AtLeast(channel=PAIN, severity=5),
            then=Action.REST,
            until=Cleared(),
        ),
    ),
    asks=frozenset({PAIN}),
    asks_at=frozenset({Moment.DURING, Moment.AFTER}),
)
#: Every event takes as long as it needs to be told apart, and no longer.
QUICK = attrs.evolve(
    BRISK,
    get_ready_seconds=2,
    set_up_seconds=1,
    prepare_seconds=1,
    move_seconds=1,
    return_seconds=1,
    switch_seconds=2,
    between_items_seconds=2,
    check_in_seconds=9,
)
Change = Callable[[Session], Session]


def begun(plan: Plan = PLAN, *log: SessionRecord, checkin: int = 1) -> Session:
    playback = Playback(timeline(plan.routine, pacing=QUICK))
    return Session(plan=plan, log=log, checkin=checkin, playback=playback)


def during() -> Plan:
    return attrs.evolve(PLAN, routine=attrs.evolve(ROUTINE, stopping=ASKS_DURING))


def at(session: Session, kind: EventKind, seconds: int = 0) -> Session:
    """Play on to the next event of a kind, and some seconds of it."""
    while session.playback.event.kind is not kind:
        session = session.tick()
    for _ in range(seconds):
        session = session.tick()
    return session


def said(session: Session, *answers: Answer) -> Questionnaire:
    return attrs.evolve(session.questions, answers=answers)


RAISED, SAT = (as_planned(item, done=True) for item in ROUTINE.items)
UNFINISHED = {RAISE: as_planned(ROUTINE.items[0], done=False)}


def test_what_was_played_to_the_end_is_done() -> None:
    asked = at(begun(), EventKind.CHECK_IN)
    assert asked.tick() is asked
    ended = asked.answered(said(asked, ("2",), ("1",), (), ("s",), ("n",)))
    assert ended.playback.is_finished
    assert ended.tick() is ended
    assert ended.record == SessionRecord(
        checkin=1,
        completed={RAISE: RAISED, SIT: SAT},
        entries=(report(1, pain=2, stiffness=1, trend=Trend.SAME),),
    )
    assert ended.decision == next_session(PLAN, [ended.record]).decision
    assert ended.decision.action is Action.CONTINUE


def test_no_time_passes_in_a_pause() -> None:
    paused = begun().tick().toggled()
    assert paused.tick() is paused
    assert paused.toggled().tick().playback.second == 2


@pytest.mark.parametrize("kind", [EventKind.GET_READY, EventKind.SET_UP, EventKind.SWITCH_SIDE])
def test_who_is_ready_earlier_leaves_out_nothing(kind: EventKind) -> None:
    ended = at(at(begun(), kind).skipped(), EventKind.CHECK_IN)
    assert ended.completed == {RAISE: RAISED, SIT: SAT}


@pytest.mark.parametrize(
    "kind",
    [EventKind.PREPARE, EventKind.MOVE, EventKind.HOLD, EventKind.RETURN, EventKind.REST],
    ids=lambda kind: str(kind.value),
)
def test_what_was_skipped_in_part_is_not_done(kind: EventKind) -> None:
    ended = at(at(begun(), kind).skipped(), EventKind.CHECK_IN)
    assert ended.completed == {**UNFINISHED, SIT: SAT}


def test_an_item_that_was_skipped_before_it_was_begun_is_not_recorded() -> None:
    assert at(begun().item_skipped(), EventKind.CHECK_IN).completed == {SIT: SAT}


def test_an_item_that_was_skipped_in_the_middle_is_not_done() -> None:
    ended = at(at(begun(), EventKind.HOLD).item_skipped(), EventKind.CHECK_IN)
    assert ended.completed == {**UNFINISHED, SIT: SAT}


def test_who_stops_is_asked_and_what_is_not_answered_is_unknown() -> None:
    asked = at(begun(), EventKind.HOLD, 2).stopped()
    assert asked.asks
    ended = asked.answered(asked.questions)
    assert ended.record == SessionRecord(checkin=1, completed=UNFINISHED)
    assert ended.decision.action is Action.HOLD


def test_in_the_last_second_it_is_not_done_yet() -> None:
    last = max(e.end_second for e in timeline(ROUTINE, pacing=QUICK).of_item("prone-head-raise"))
    session = begun()
    while session.playback.second < last - 1:
        session = session.tick()
    assert session.completed == UNFINISHED
    assert session.tick().completed == {RAISE: RAISED}


def test_of_a_session_that_never_began_nothing_is_known() -> None:
    before = SessionRecord(checkin=4, entries=(report(4, pain=2, stiffness=1),))
    stopped = begun(PLAN, before, checkin=5).tick().stopped()
    ended = stopped.answered(stopped.questions)
    assert ended.record is None
    assert ended.decision == next_session(PLAN, [before]).decision


def test_what_is_said_counts_even_if_nothing_was_done() -> None:
    stopped = begun().stopped()
    ended = stopped.answered(said(stopped, ("9",)))
    assert ended.record == SessionRecord(checkin=1, entries=(report(1, pain=9),))
    assert ended.decision.action is Action.REST


def test_a_session_of_which_nothing_more_is_heard_holds() -> None:
    fine = SessionRecord(checkin=1, entries=(report(1, pain=2, stiffness=1),))
    assert next_session(PLAN, [fine]).decision.action is Action.CONTINUE
    opening = begun(PLAN, fine, checkin=2).opening
    assert next_session(PLAN, [fine, opening]).decision.action is Action.HOLD


def test_the_opening_record_says_nothing_beside_the_whole_one() -> None:
    asked = at(begun(), EventKind.CHECK_IN)
    record = asked.answered(said(asked, ("2",), ("1",))).record
    assert record is not None
    assert next_session(PLAN, [asked.opening, record, record]) == next_session(PLAN, [record])


def test_a_report_comes_after_all_others_of_its_check_in() -> None:
    clearance = Clearance(checkin=3, seq=4, rules=frozenset({RuleId("worsened")}), by="Dr. Example")
    later = SessionRecord(checkin=9, entries=(report(9, seq=7),))
    now = SessionRecord(checkin=3, entries=(clearance, report(3, seq=2)))
    log = (now, later)
    stopped = begun(PLAN, *log, checkin=3).stopped()
    (told,) = stopped.answered(said(stopped, ("1",))).reports
    assert told.key == (3, 5)


def test_a_policy_that_asks_during_a_session_is_answered_for_each_item() -> None:
    asked = at(begun(during()), EventKind.CHECK_IN)
    assert asked.completed == {RAISE: RAISED}
    going_on = asked.answered(said(asked, ("1",)))
    first = report(1, pain=1, moment=Moment.DURING)
    assert going_on.reports == (first,)
    again = at(going_on, EventKind.CHECK_IN)
    last = at(again.answered(again.questions), EventKind.CHECK_IN)
    ended = last.answered(said(last, ("2",)))
    assert ended.reports == (first, report(1, pain=2, seq=1))
    assert ended.completed == {RAISE: RAISED, SIT: SAT}


def test_what_allows_no_exercise_ends_the_session() -> None:
    plan = during()
    session = attrs.evolve(begun(plan), reports=(report(1, pain=8, moment=Moment.DURING),))
    asked = at(session, EventKind.CHECK_IN)
    stopped = asked.answered(asked.questions)
    assert stopped.playback.stopped
    assert stopped.playback.event.moment is Moment.AFTER
    assert stopped.completed == {RAISE: RAISED}


@pytest.mark.parametrize("answer", ["5", "10"])
def test_who_says_between_exercises_that_it_hurts_does_not_go_on(answer: str) -> None:
    asked = at(begun(during()), EventKind.CHECK_IN)
    stopped = asked.answered(said(asked, (answer,)))
    assert stopped.playback.stopped
    assert stopped.decision.action is Action.REST
    assert stopped.reports == (report(1, pain=int(answer), moment=Moment.DURING),)


def test_who_leaves_between_exercises_does_not_go_on() -> None:
    asked = at(begun(during()), EventKind.CHECK_IN)
    stopped = asked.answered(said(asked, ("0",)), leaving=True)
    assert stopped.playback.stopped
    assert stopped.asks
    assert stopped.decision.allows_exercise
    assert stopped.answered(stopped.questions, leaving=True).playback.is_finished


def test_a_question_is_not_skipped_and_nothing_is_answered_that_was_not_asked() -> None:
    asked = begun().stopped()
    assert asked.skipped() is asked
    assert asked.item_skipped() is asked
    assert asked.stopped() is asked
    playing = begun()
    assert playing.answered(said(playing, ("9",))) is playing


WORK = {
    EventKind.PREPARE,
    EventKind.MOVE,
    EventKind.HOLD,
    EventKind.RETURN,
}
CHANGES: dict[str, Change] = {
    "tick": Session.tick,
    "pause": Session.toggled,
    "skip": Session.skipped,
    "next": Session.item_skipped,
    "stop": Session.stopped,
    "answer": lambda session: session.answered(session.questions),
}


@given(
    st.lists(
        st.tuples(
            st.sampled_from(["tick"] * 8 + [each for each in CHANGES if each != "tick"]),
            st.integers(1, 30),
        ),
        max_size=12,
    )
)
def test_done_is_what_was_lived_through_second_by_second(changes: list[tuple[str, int]]) -> None:
    session, lived = begun(), set[int]()
    for name, times in changes:
        for _ in range(times if name == "tick" else 1):
            after = CHANGES[name](session)
            if name == "tick" and after is not session:
                lived.add(session.playback.second)
            session = after
    for item in ROUTINE.items:
        own = session.playback.timeline.of_item(item.id)
        dose = seconds(own, {*WORK, EventKind.REST})
        if seconds(own, {*WORK, EventKind.SET_UP}) & lived:
            assert session.completed[item.id] == as_planned(item, done=dose <= lived)
        else:
            assert item.id not in session.completed


def seconds(events: tuple[Event, ...], kinds: set[EventKind]) -> set[int]:
    return {
        second
        for event in events
        if event.kind in kinds
        for second in range(event.start_second, event.end_second)
    }


FEVER = RedFlag("fever")
ASKS_ALL = StoppingPolicy(
    id=PolicyId("all"),
    rules=(
        StoppingRule(
            id=RuleId("flags"),
            when=AnyOf(
                conditions=(
                    Persists(condition=RedFlagPresent(flags=frozenset({FEVER})), checkins=2),
                    AllOf(conditions=(RedFlagPresent(), AtLeast(channel=PAIN, severity=5))),
                )
            ),
            then=Action.REFER,
            until=Cleared(),
        ),
    ),
    asks=frozenset({SPREAD, PAIN, Channel("knee-pain")}),
    asks_red_flags=True,
)


def test_what_a_policy_asks_for_is_asked() -> None:
    knee, pain, spread, flags, change, looked_at = questionnaire(ASKS_ALL).questions
    assert knee.text == "Knee pain, from 0 (none) to 10 (the worst imaginable)?"
    assert pain.about == "Pain"
    assert spread.text == "Spread, from 0 (not at all) to 10 (to the tips of the limb)?"
    assert flags.choices == {
        "0": "none",
        "1": "bladder or bowel change",
        "2": "breathlessness",
        "3": "chest pain",
        "4": "dizziness",
        "5": "fever",
        "6": "numbness",
        "7": "weakness",
    }
    assert list(change.choices.values()) == ["better", "same", "worse"]
    assert looked_at.choices == {"y": "yes", "n": "no"}


def test_without_a_policy_nothing_is_rated() -> None:
    abouts = [each.about for each in questionnaire(None).questions]
    assert abouts == ["Warning signs", "Change", "To be looked at"]


@pytest.mark.parametrize("policy", [None, ASKS_DURING, STOPPING_POLICY], ids=["none", "own", "2"])
def test_warning_signs_are_asked_whatever_a_policy_asks(policy: StoppingPolicy | None) -> None:
    (flags,) = (each for each in questionnaire(policy).questions if each.about == "Warning signs")
    assert {"chest pain", "breathlessness", "bladder or bowel change"} <= set(
        flags.choices.values()
    )


def test_who_stopped_is_asked_why_and_that_is_in_no_report() -> None:
    asked = questionnaire(None, stopped=True)
    assert asked.questions[-1].text == "Did you stop because of how it felt?"
    assert len(asked.questions) == len(questionnaire(None).questions) + 1
    assert asked.stopped_as_felt is None
    for answer, known in [(("y",), True), (("n",), False), ((), None)]:
        told = attrs.evolve(asked, answers=((), (), (), answer))
        assert told.stopped_as_felt is known
    assert attrs.evolve(asked, answers=((), (), (), ("y",))).report(BLANK) == BLANK


def test_a_warning_sign_between_exercises_ends_the_session_without_a_rule_for_it() -> None:
    asked = at(begun(during()), EventKind.CHECK_IN)
    stopped = asked.answered(said(asked, ("0",), ("3",)))
    assert stopped.playback.stopped
    assert stopped.decision.allows_exercise
    assert not asked.answered(said(asked, ("0",), ("0",))).playback.stopped


@pytest.mark.parametrize(
    ("index", "typed", "answer"),
    [
        (0, "7", ("7",)),
        (0, " 10 ", ("10",)),
        (0, "0", ("0",)),
        (0, "", ()),
        (0, "  ", ()),
        (0, "11", None),
        (0, "-1", None),
        (0, "3.5", None),
        (0, "3 4", None),
        (0, "07", None),
        (0, "three", None),
        (3, "3, 1", ("3", "1")),
        (3, "3 3", ("3",)),
        (3, "0", ("0",)),
        (3, "0 3", None),
        (3, "8", None),
        (3, "", ()),
        (4, "W", ("w",)),
        (4, "worse", ("w",)),
        (4, "b w", None),
        (5, "yes", ("y",)),
        (5, "maybe", None),
    ],
)
def test_what_is_typed_is_understood_as_it_is_meant_or_not_at_all(
    index: int, typed: str, answer: Answer | None
) -> None:
    assert questionnaire(ASKS_ALL).questions[index].read(typed) == answer


BLANK = SymptomReport(checkin=3, seq=2)


@pytest.mark.parametrize(
    ("answers", "told"),
    [
        ((), None),
        (((), (), ()), None),
        (((), ("0",)), attrs.evolve(BLANK, severities={PAIN: 0})),
        (
            ((), ("10",), (), ("0",)),
            attrs.evolve(BLANK, severities={PAIN: 10}, red_flags=frozenset()),
        ),
        (
            ((), (), (), ("3", "5")),
            attrs.evolve(BLANK, red_flags=frozenset({CHEST_PAIN, FEVER})),
        ),
        (
            ((), (), (), (), ("b",), ("y",)),
            attrs.evolve(BLANK, trend=Trend.BETTER, evaluation_wanted=True),
        ),
        (((), (), (), (), (), ("n",)), BLANK),
    ],
    ids=["nothing", "left-out", "zero", "no-flags", "flags", "wishes", "no-wish"],
)
def test_what_is_left_out_stays_unknown(
    answers: tuple[Answer, ...], told: SymptomReport | None
) -> None:
    asked = attrs.evolve(questionnaire(ASKS_ALL), answers=answers)
    assert asked.report(BLANK) == told


def test_who_does_not_wish_to_be_looked_at_need_not_say_so() -> None:
    looked_at = questionnaire(None).questions[-1]
    assert looked_at.told(()) == "To be looked at: no"


def test_an_answer_can_be_taken_back() -> None:
    asked = questionnaire(STOPPING_POLICY)
    assert asked.back() == asked
    answered = asked.answered(("3",)).answered(())
    assert answered.told == ("Pain: 3", "Stiffness: not known")
    assert answered.question == asked.questions[2]
    assert answered.back() == asked.answered(("3",))
    assert answered.answered(()).answered(()).answered(()).question is None


def test_the_face_of_a_session_that_waits_to_begin() -> None:
    waiting = attrs.evolve(begun(), playback=begun().playback.pause())
    total = timeline(ROUTINE, pacing=QUICK).last_check_in.start_second
    seen = face(waiting)
    assert attrs.evolve(seen, cues=seen.cues[:1]) == Face(
        word="READY",
        count="2",
        where="Prone Head Raise · 1 of 2",
        left=f"{total // 60}:{total % 60:02} left",
        part="",
        text="Get ready: Prone Head Raise. You need: mat.",
        prompt="",
        cues=("Let the shoulders spread out to both sides.",),
        following="Next: Start on your front on the mat.",
        waiting="Press space to begin",
    )


def test_the_face_of_a_hold() -> None:
    seen = face(at(begun(), EventKind.HOLD, 6).toggled())
    assert (seen.word, seen.count, seen.part) == ("HOLD", "6", "set 1 of 2 · rep 1 of 2")
    assert seen.text == "Stay up there."
    assert seen.prompt == "Go on breathing into the belly."
    assert seen.following == "Next: Come down again slowly and let go of the brace."
    assert seen.waiting == "PAUSED: space goes on"


def test_before_a_hold_its_length_is_told() -> None:
    seen = face(at(begun(), EventKind.MOVE))
    assert (seen.word, seen.prompt, seen.waiting) == ("MOVE", "", "")
    assert seen.following == "Next: hold 12 s. Stay up there."


def test_the_face_of_a_switch_tells_the_side() -> None:
    seen = face(at(begun(), EventKind.SWITCH_SIDE))
    assert (seen.word, seen.part) == ("RIGHT", "RIGHT SIDE")
    assert (seen.where, seen.text) == ("Oblique Sit · 2 of 2", "Switch to the right side.")
    held = face(at(at(begun(), EventKind.SWITCH_SIDE), EventKind.HOLD))
    assert held.part == "RIGHT SIDE · rep 1 of 1"


def test_amounts_that_no_dose_states_are_shown_as_chosen_by_backex() -> None:
    open_dose = attrs.evolve(ROUTINE.items[0], dose=Dose())
    routine = attrs.evolve(ROUTINE, items=(open_dose,))
    session = at(begun(attrs.evolve(PLAN, routine=routine)), EventKind.MOVE)
    event = session.playback.event
    own = session.playback.timeline.of_item(RAISE)
    sets = max(each.set_number or 0 for each in own)
    reps = max(each.repetition or 0 for each in own)
    chosen = "(chosen by backex)"
    work = f"set {event.set_number} of {sets} {chosen} · rep {event.repetition} of {reps} {chosen}"
    assert face(session).part == work
    held = at(session, EventKind.HOLD)
    length = f"hold {held.playback.event.seconds} s {chosen}"
    assert face(session).following.startswith(f"Next: {length}. ")
    assert face(held).part == f"{work} · {length}"


def test_between_exercises_the_routine_is_named() -> None:
    session = at(begun(), EventKind.GET_READY)
    while session.playback.event.item is not None:
        session = session.tick()
    seen = face(session)
    assert (seen.word, seen.where, seen.part) == ("REST", "Short", "")


def test_long_times_are_counted_in_minutes() -> None:
    slow = attrs.evolve(QUICK, get_ready_seconds=100)
    session = attrs.evolve(begun(), playback=Playback(timeline(ROUTINE, pacing=slow)))
    assert face(session).count == "1:40"
    assert face(session.tick()).count == "99"


def test_the_end_has_nothing_behind_it() -> None:
    seen = face(begun().stopped().answered(questionnaire(None)))
    assert (seen.word, seen.count, seen.following) == ("DONE", "0", "")


def test_texts_of_a_document_are_seen_in_one_line_as_they_are() -> None:
    text = "[bold red]Up[/]\n\tand\N{NO-BREAK SPACE}on \x1b[2J"
    assert flat(text) == r"[bold red]Up[/] and on \u001b[2J"


WORDS = ["READY", "SET UP", "PREPARE", "MOVE", "HOLD", "RETURN", "REST", "LEFT", "RIGHT", "SIDE"]
WORDS += ["DONE", "STOPPED", " ", "0123456789:"]


@pytest.mark.parametrize("word", WORDS)
def test_letters_are_as_large_as_fit(word: str) -> None:
    sizes = {}
    for height in range(1, 30):
        lines = enlarged(word, 100, height).split("\n")
        assert len(lines) <= height
        assert max(map(len, lines)) <= 100
        sizes[height] = len(lines)
    assert list(sizes.values()) == sorted(sizes.values())
    assert enlarged(word, 100, 2) == word
    assert enlarged(word, 3, 30) == word or word == " "
    assert sizes[3] == 3


def test_letters_of_blocks() -> None:
    assert enlarged("42", 9, 3) == "█  █ ▀▀▀█\n▀▀▀█ █▀▀▀\n   ▀ ▀▀▀▀"
    assert enlarged("1", 8, 5) == "    ██  \n  ████  \n    ██  \n    ██  \n    ██  "
