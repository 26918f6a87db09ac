"""Timelines: what happens, second by second, when a routine is done.

Derived from a routine and a pacing, never stored: a timeline holds those two, and its events follow
from them. It plays what is prescribed and does not validate it; an unsound routine is played as far
as it can be understood, so `validate` comes first. Moves that an exercise does not offer change
none of its steps, as in `Variant`.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import groupby, product
from operator import itemgetter
from typing import Any, final

import attrs
from attrs import field, frozen

from backex.anatomy import Side
from backex.checks import Exactly, clipped
from backex.dose import Dose
from backex.errors import InvalidValue
from backex.events import LONGEST_SECONDS, Event, EventKind
from backex.pacing import CALM, Amount, Pacing, SideOrder
from backex.posture import PostureGuideline
from backex.repetitions import get_ready, repetition_of, set_up_of
from backex.routine import Prescription, Routine
from backex.symptoms import Moment
from backex.wording import listed

__all__ = ["Timeline", "timeline"]

#: Fields of an event that tell one repetition, set and side from another.
Numbers = dict[str, Any]


@final
@frozen
class Timeline:
    """The events of a routine at a pacing, from second 0 and without gaps.

    Each item is got ready for; then its set-up is done once on each side that it comes to, and each
    repetition goes through preparing, moving, holding and returning. A step that happens during
    another one is part of the same event. Sets of a side are apart by the rest of the dose. At the
    end there is always a check-in, then `FINISH`; a policy that asks `Moment.DURING` has one after
    each item as well. A routine without items is a check-in. The check-in before the exercise,
    which decides whether to begin, is the app's.

    It takes at least `routine.least_seconds`.

    Raises:
        InvalidValue: no `Routine`, or no `Pacing`.
    """

    #: What is done.
    routine: Routine = field(validator=Exactly(Routine))
    #: How long each thing takes.
    pacing: Pacing = field(default=CALM, validator=Exactly(Pacing))

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """What happens, in order; the last is `FINISH`, the only one that takes no time.

        Raises:
            InvalidValue: the session would take more than a day.
        """
        start, events = 0, []
        for event, numbers in _session(self.routine, self.pacing):
            events.append(attrs.evolve(event, start_second=start, **numbers))
            start += event.seconds
            if start > LONGEST_SECONDS:
                allowed = f"a routine done within a day ({LONGEST_SECONDS} seconds) at its pacing"
                raise InvalidValue("Timeline", "routine", self.routine.id, allowed)
        return tuple(events)

    @property
    def total_seconds(self) -> int:
        """How long it takes."""
        return self.events[-1].start_second

    @property
    def last_check_in(self) -> Event:
        """The check-in at the end, which a session that is broken off goes to."""
        return self.events[-2]

    def index_at(self, second: int) -> int:
        """Return the place among the events of the one at a second; from the end on, the last.

        Raises:
            InvalidValue: not a whole number, or a negative one.
        """
        if type(second) is not int or second < 0:
            raise InvalidValue("Timeline.at", "second", second, "a whole number from 0")
        return bisect_right(self.events, second, key=_start) - 1

    def at(self, second: int) -> Event:
        """Return the event at a second; from the end on, `FINISH`.

        Raises:
            InvalidValue: not a whole number, or a negative one.
        """
        return self.events[self.index_at(second)]

    def of_item(self, id: str) -> tuple[Event, ...]:
        """Return the events of the item with that id, in order; none where there is none."""
        return tuple(event for event in self.events if event.item == id)


def timeline(routine: Routine, *, pacing: Pacing = CALM) -> Timeline:
    """Return what happens, second by second, when `routine` is done at a pacing.

    Raises:
        InvalidValue: an argument of the wrong type. `Timeline.events` is refused where it would
            take more than a day.

    >>> from backex.catalog.upper_back import ROUTINE
    >>> timeline(ROUTINE).at(60).text
    'Stay up there.'
    """
    return Timeline(routine, pacing)


def _start(event: Event) -> int:
    return event.start_second


def _session(routine: Routine, pacing: Pacing) -> Iterator[tuple[Event, Numbers]]:
    """Yield what is done, in order, each as if it began at 0, and what it is to be numbered with.

    One event stands for all of its repetitions, so that each is made only once for good.
    """
    policy = routine.stopping
    asks = [] if policy is None else sorted(policy.asks)
    during = policy is not None and Moment.DURING in policy.asks_at
    for index, item in enumerate(routine.items):
        if index and pacing.between_items_seconds:
            seconds, text = pacing.between_items_seconds, "Rest before the next exercise."
            yield Event(kind=EventKind.REST, seconds=seconds, text=text), {}
        of_all = () if routine.guideline is None else (routine.guideline,)
        for event, numbers in _item(item, (*of_all, *item.exercise.guidelines), pacing):
            yield event, numbers | {"item": item.id}
        if during:
            yield _check_in(Moment.DURING, asks, pacing), {"item": item.id}
    yield _check_in(Moment.AFTER, asks, pacing), {}
    yield Event(kind=EventKind.FINISH, seconds=0, text="That was all."), {}


def _check_in(moment: Moment, asks: Sequence[str], pacing: Pacing) -> Event:
    rated = f" Rate {listed(asks)} from 0 to 10." if asks else ""
    return Event(
        kind=EventKind.CHECK_IN,
        seconds=pacing.check_in_seconds,
        text=clipped(f"How does it feel now?{rated}"),
        moment=moment,
    )


def _item(
    item: Prescription, guidelines: Sequence[PostureGuideline], pacing: Pacing
) -> Iterator[tuple[Event, Numbers]]:
    """Yield what is done of an item: at each coming to a side the set-up, then sets there."""
    dose, sides = item.dose, item.sides.in_turn
    sets, sets_assumed = pacing.played(Amount.SETS, dose)
    reps, reps_assumed = pacing.played(Amount.REPS, dose)
    set_up = set_up_of(item, pacing)
    repetition = [
        attrs.evolve(each, assumed=each.assumed | sets_assumed | reps_assumed)
        for each in repetition_of(item, guidelines, pacing)
    ]
    rest = [
        attrs.evolve(each, assumed=each.assumed | sets_assumed) for each in _rests(dose, pacing)
    ]
    turns: Iterable[tuple[Side | None, int]] = product(sides, range(1, sets + 1))
    if pacing.side_order is SideOrder.EACH_SET:
        turns = ((side, number) for number, side in product(range(1, sets + 1), sides))
    yield get_ready(item, guidelines, pacing), {"side": sides[0]}
    for index, (side, stay) in enumerate(groupby(turns, key=itemgetter(0))):
        if index and side:
            text, seconds = f"Switch to the {side.value} side.", pacing.switch_seconds
            yield Event(kind=EventKind.SWITCH_SIDE, seconds=seconds, text=text), {"side": side}
        yield from ((each, {"side": side}) for each in set_up)
        for _, number in stay:
            at = {"side": side, "set_number": number}
            for count in range(1, reps + 1):
                yield from ((each, at | {"repetition": count}) for each in repetition)
            yield from ((each, at) for each in rest if number < sets)


def _rests(dose: Dose | None, pacing: Pacing) -> Iterator[Event]:
    """Yield the rest after a set, if it takes any time."""
    seconds, assumed = pacing.played(Amount.REST_SECONDS, dose)
    if seconds:
        yield Event(kind=EventKind.REST, seconds=seconds, text="Rest.", assumed=assumed)
