"""A session as a player plays it."""

from __future__ import annotations

import pytest

from backex import Dose, EventKind, InvalidValue, Playback, prescribe, timeline
from backex.catalog.upper_back import ALL_FOURS_ROTATION, PRONE_HEAD_RAISE, ROUTINE

SHORT = ROUTINE
for _item in ROUTINE.items:
    SHORT = SHORT.removing(_item.id)
SHORT = SHORT.with_item(prescribe(PRONE_HEAD_RAISE, Dose(sets=1, reps=1, hold_seconds=10)))
SHORT = SHORT.with_item(prescribe(ALL_FOURS_ROTATION, Dose(sets=1, reps=1)))
START = Playback(timeline(SHORT))


def test_a_player_learns_what_goes_on_how_long_and_what_is_next() -> None:
    held = START.advance(60)
    assert (held.event.step, held.seconds_left, held.says) == ("hold", 7, None)
    assert held.next_event is not None
    assert held.next_event.step == "lower"
    assert held.total_seconds_left == held.timeline.total_seconds - 60
    assert not held.is_finished


def test_everything_is_said_once_at_its_second() -> None:
    said, playback = [], START
    while not playback.is_finished:
        said.append(playback.says)
        playback = playback.advance()
    texts = [each for each in [*said, playback.says] if each]
    wanted = []
    for event in START.timeline.events:
        wanted += [event.text, *(prompt.text for prompt in event.prompts)]
    assert texts == wanted
    assert "Go on breathing into the belly." in texts


def test_skipping_through_events_and_items() -> None:
    assert START.skip().event.step == "lie-face-down"
    following = START.advance(60).skip_item()
    assert (following.event.kind, following.event.item) == (
        EventKind.GET_READY,
        "all-fours-rotation",
    )
    asked = following.skip_item()
    assert asked.event is START.timeline.last_check_in
    assert asked.skip_item().is_finished
    assert asked.skip().skip() == asked.skip().skip_item() == asked.skip()


def test_breaking_off_asks_how_it_feels_and_then_it_is_over() -> None:
    stopped = START.advance(60).pause().stop()
    assert stopped.event.kind is EventKind.CHECK_IN
    assert (stopped.stopped, stopped.paused) == (True, False)
    over = stopped.advance(30)
    assert (over.is_finished, over.stopped, over.says) == (True, True, "That was all.")


def test_whoever_came_to_the_last_check_in_has_broken_off_nothing() -> None:
    asked = START.advance(START.timeline.last_check_in.start_second)
    assert asked.stop() == asked
    assert not asked.stopped


def test_a_second_after_the_end_is_the_end() -> None:
    over = Playback(START.timeline, 80_000)
    assert over.event is START.timeline.events[-1]
    assert (over.seconds_left, over.total_seconds_left, over.is_finished) == (0, 0, True)
    assert over.advance(5) == over.skip() == over.stop() == over


@pytest.mark.parametrize("seconds", [-1, 1.0, True, None])
def test_time_goes_forward_in_whole_seconds(seconds: int) -> None:
    with pytest.raises(InvalidValue, match="a whole number from 0"):
        START.advance(seconds)
