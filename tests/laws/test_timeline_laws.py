"""The laws of timelines and playbacks, over drawn routines at drawn pacings.

What an event has to say is worked out here from the steps and the dose alone.
"""

from __future__ import annotations

from collections import Counter
from itertools import pairwise

import attrs
from hypothesis import given, settings
from hypothesis import strategies as st

from backex import (
    Amount,
    Dose,
    Event,
    EventKind,
    Pacing,
    Phase,
    Playback,
    Routine,
    RoutineId,
    Side,
    Sides,
    Timeline,
    timeline,
)
from backex.routine import Prescription
from backex.strategies import pacings, playbacks, routines, timelines, values

few = settings(max_examples=settings().max_examples // 4)

WORK = {EventKind.PREPARE, EventKind.MOVE, EventKind.HOLD, EventKind.RETURN}
BY_PHASE = {
    Phase.SETUP: EventKind.SET_UP,
    Phase.PREPARE: EventKind.PREPARE,
    Phase.MOVE: EventKind.MOVE,
    Phase.HOLD: EventKind.HOLD,
    Phase.RETURN: EventKind.RETURN,
}


def _with_doses(routine: Routine, dose: Dose | None) -> Routine:
    items = tuple(attrs.evolve(item, dose=dose) for item in routine.items)
    return attrs.evolve(routine, items=items)


def _played(item: Prescription, pacing: Pacing, amount: Amount) -> int:
    return pacing.played(amount, item.dose)[0]


def _repetitions(events: tuple[Event, ...]) -> list[tuple[Side | None, int | None, int | None]]:
    """Return side, set and repetition of each repetition, in the order in which they are done."""
    numbered = [(each.side, each.set_number, each.repetition) for each in events if each.repetition]
    return [one for one, before in zip(numbered, [None, *numbered], strict=False) if one != before]


@few
@given(timelines())
def test_events_follow_each_other_from_0_and_only_the_end_takes_no_time(played: Timeline) -> None:
    """A timeline is "from second 0 and without gaps"."""
    assert played.events[0].start_second == 0
    assert all(one.end_second == two.start_second for one, two in pairwise(played.events))
    instant = [event.kind for event in played.events if event.seconds == 0]
    assert instant == [EventKind.FINISH]
    assert played.events[-1].kind is EventKind.FINISH
    assert played.total_seconds == sum(event.seconds for event in played.events)


@few
@given(timelines())
def test_it_ends_with_a_check_in_and_each_item_begins_with_get_ready(played: Timeline) -> None:
    *_, last, _ = played.events
    assert last is played.last_check_in
    assert last.kind is EventKind.CHECK_IN
    ready = [event.item for event in played.events if event.kind is EventKind.GET_READY]
    assert ready == [item.id for item in played.routine.items]
    assert played.events[0].kind is EventKind.GET_READY


@few
@given(timelines())
def test_every_set_and_repetition_is_done_once_on_every_side(played: Timeline) -> None:
    """`Dose`: "in one session, on each side that is done"."""
    for item in played.routine.items:
        sets = _played(item, played.pacing, Amount.SETS)
        reps = _played(item, played.pacing, Amount.REPS)
        wanted = Counter(
            (side, number, repetition)
            for side in item.sides.in_turn
            for number in range(1, sets + 1)
            for repetition in range(1, reps + 1)
        )
        assert Counter(_repetitions(played.of_item(item.id))) == wanted


@few
@given(timelines())
def test_both_sides_get_equal_time_for_all_but_getting_there(played: Timeline) -> None:
    def on(item: Prescription, side: Side) -> Counter[tuple[EventKind, int]]:
        there = {EventKind.GET_READY, EventKind.SWITCH_SIDE}
        events = played.of_item(item.id)
        return Counter(
            (each.kind, each.seconds)
            for each in events
            if each.side is side and each.kind not in there
        )

    for item in played.routine.items:
        if item.sides is Sides.BOTH:
            assert on(item, Side.LEFT) == on(item, Side.RIGHT) != Counter()


@few
@given(timelines())
def test_the_steps_of_the_variant_are_played_each_with_what_happens_during_it(
    played: Timeline,
) -> None:
    """`Step.during`: "the step during which it happens"."""
    for item in played.routine.items:
        steps = item.variant.steps
        phases = {step.id: step.phase for step in steps}
        first = [
            event
            for event in played.of_item(item.id)
            if event.kind is EventKind.SET_UP or event.kind in WORK
        ]
        sets, sides = _played(item, played.pacing, Amount.SETS), len(item.sides.in_turn)
        in_turn = played.pacing.side_order.value == "each-set" and sides == 2
        visits = sides * (sets if in_turn else 1)
        repetitions = sides * sets * _played(item, played.pacing, Amount.REPS)
        times = Counter(id for event in first for id in event.steps)
        for step in steps:
            [event] = {
                (each.kind, each.steps, each.text) for each in first if step.id in each.steps
            }
            kind, together, text = event
            assert step.text in text
            assert kind is BY_PHASE[phases[together[0]]]
            if step.during is not None and phases[step.during] is step.phase:
                assert step.during in together
            assert times[step.id] == (visits if kind is EventKind.SET_UP else repetitions)


@few
@given(timelines())
def test_a_repetition_goes_through_its_phases_in_order(played: Timeline) -> None:
    order = list(BY_PHASE.values())
    for one, two in pairwise(played.events):
        same = (one.item, one.side, one.set_number, one.repetition)
        if one.repetition and same == (two.item, two.side, two.set_number, two.repetition):
            assert order.index(one.kind) <= order.index(two.kind)


@few
@given(timelines())
def test_a_dosed_hold_is_held_and_prompts_lie_inside_it(played: Timeline) -> None:
    for item in played.routine.items:
        seconds = _played(item, played.pacing, Amount.HOLD_SECONDS)
        holds = [each for each in played.of_item(item.id) if each.kind is EventKind.HOLD]
        assert {hold.seconds for hold in holds} <= {seconds}
        if item.dose and item.dose.hold_seconds:
            assert len(holds) == len(set(_repetitions(played.of_item(item.id))))
        every = played.pacing.breath_seconds
        for hold in holds:
            after = [each.after_seconds for each in hold.prompts]
            assert after == (
                []
                if every is None
                else [
                    second
                    for second in range(1, seconds)
                    if second % every == 0 and second + every <= seconds
                ]
            )


@few
@given(timelines())
def test_it_takes_at_least_what_the_routine_certainly_takes(played: Timeline) -> None:
    """`Routine.least_seconds`: "the least time that a session certainly takes"."""
    for item in played.routine.items:
        dosed = [
            event
            for event in played.of_item(item.id)
            if event.kind in {EventKind.HOLD, EventKind.REST}
        ]
        assert sum(event.seconds for event in dosed) >= item.least_seconds
    assert played.total_seconds > played.routine.least_seconds


@few
@given(timelines())
def test_what_no_dose_states_is_marked_where_it_counts(played: Timeline) -> None:
    for item in played.routine.items:
        assumed = {each for each in Amount if played.pacing.played(each, item.dose)[1]}
        for event in played.of_item(item.id):
            counts: set[Amount] = set()
            if event.set_number:
                counts.add(Amount.SETS)
            if event.repetition:
                counts.add(Amount.REPS)
            if event.kind is EventKind.HOLD:
                counts.add(Amount.HOLD_SECONDS)
            if event.kind is EventKind.REST:
                counts.add(Amount.REST_SECONDS)
            assert event.assumed == counts & assumed


@few
@given(routines(), pacings(), st.integers(1, 3), st.integers(1, 4))
def test_twice_the_repetitions_take_twice_the_work_and_nothing_else(
    routine: Routine, pacing: Pacing, sets: int, reps: int
) -> None:
    def spent(dose: Dose) -> tuple[int, int]:
        events = timeline(_with_doses(routine, dose), pacing=pacing).events
        work = sum(event.seconds for event in events if event.repetition)
        return work, sum(event.seconds for event in events) - work

    work, rest = spent(Dose(sets=sets, reps=reps))
    assert spent(Dose(sets=sets, reps=2 * reps)) == (2 * work, rest)


@few
@given(routines(), pacings(), st.integers(1, 30))
def test_twice_the_hold_adds_that_hold_to_every_repetition(
    routine: Routine, pacing: Pacing, seconds: int
) -> None:
    def played(hold: int) -> Timeline:
        return timeline(_with_doses(routine, Dose(hold_seconds=hold)), pacing=pacing)

    once = played(seconds)
    count = sum(len(_repetitions(once.of_item(item.id))) for item in routine.items)
    assert played(2 * seconds).total_seconds == once.total_seconds + count * seconds


@few
@given(routines(), pacings())
def test_the_same_routine_and_pacing_have_the_same_events(routine: Routine, pacing: Pacing) -> None:
    one, other = timeline(routine, pacing=pacing), timeline(routine, pacing=pacing)
    assert (one, one.events, hash(one)) == (other, other.events, hash(other))


@few
@given(st.integers(0, 3).flatmap(lambda count: st.lists(values(Prescription), max_size=count)))
def test_whatever_can_be_constructed_can_be_played(items: list[Prescription]) -> None:
    """An unsound routine "is played as far as it can be understood"."""
    small = [attrs.evolve(item, dose=None) for item in items]
    routine = Routine(id=RoutineId("any"), title="Any", items=tuple(small))
    assert timeline(routine).events[-1].kind is EventKind.FINISH


@few
@given(timelines(), st.data())
def test_what_is_going_on_at_a_second_is_the_event_around_it(
    played: Timeline, data: st.DataObject
) -> None:
    second = data.draw(st.integers(0, played.total_seconds + 3))
    event = played.at(second)
    if second < played.total_seconds:
        assert event.start_second <= second < event.end_second
    else:
        assert event is played.events[-1]


# Playbacks.


seconds = st.integers(0, 400)


@few
@given(playbacks(), seconds, seconds)
def test_time_adds_up(playback: Playback, one: int, two: int) -> None:
    assert playback.advance(one).advance(two) == playback.advance(one + two)
    assert playback.advance(0) == playback


@few
@given(playbacks(), seconds)
def test_what_is_paused_stands_still_until_it_is_resumed(playback: Playback, time: int) -> None:
    paused = playback.pause()
    assert paused.advance(time) == paused
    assert paused.resume() == playback.resume()
    assert paused.resume().advance(time).second == min(
        playback.second + time, playback.timeline.total_seconds
    )


@few
@given(playbacks())
def test_skipping_leads_to_the_beginning_of_an_event(playback: Playback) -> None:
    for skipped in (playback.skip(), playback.skip_item()):
        assert skipped.event.start_second == skipped.second
        assert skipped.second > playback.second or playback.is_finished
        assert skipped.is_finished or not playback.is_finished
        assert (skipped.paused, skipped.stopped) == (playback.paused, playback.stopped)
    assert playback.skip().event == (playback.next_event or playback.event)


@few
@given(playbacks())
def test_skipping_an_item_skips_no_check_in(playback: Playback) -> None:
    after = playback.skip_item()
    between = [
        event.kind
        for event in playback.timeline.events
        if playback.second < event.start_second < after.second
    ]
    assert EventKind.CHECK_IN not in between
    assert EventKind.GET_READY not in between


@few
@given(playbacks())
def test_stopping_leads_to_the_check_in_and_stays_there_or_after_it(playback: Playback) -> None:
    stopped = playback.stop()
    last = playback.timeline.last_check_in
    assert stopped.second == max(playback.second, last.start_second)
    assert stopped.stop() == stopped
    if playback.second < last.start_second:
        assert (stopped.stopped, stopped.paused, stopped.event) == (True, False, last)
    else:
        assert stopped == playback


@few
@given(playbacks())
def test_it_is_finished_exactly_when_no_time_is_left(playback: Playback) -> None:
    end = playback.resume().advance(playback.total_seconds_left)
    assert end.is_finished
    assert end.event.kind is EventKind.FINISH
    assert (end.seconds_left, end.next_event) == (0, None)
    assert playback.is_finished is (playback.second == playback.timeline.total_seconds)
    assert playback.is_finished is (playback.seconds_left == 0)
