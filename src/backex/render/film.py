"""A film: how a body moves through one repetition, moment by moment, as a timeline plays it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import final

from attrs import frozen

from backex.anatomy import Phase, Side
from backex.body import Body
from backex.events import Event, EventKind
from backex.ids import StepId
from backex.render.scene import Scene
from backex.repetitions import repetition_of, set_up_of
from backex.routine import Prescription
from backex.timelines import Timeline

__all__ = ["Film", "film"]

#: Moments on the way of each movement.
_MOMENTS = 8
#: At most how long, in seconds, a body takes into the pose of a hold, if that has its own.
_SETTLES = 1.0


@final
@frozen
class Film:
    """A repetition, or the set-up and a repetition, to be shown over and over."""

    #: The poses that it goes through.
    scene: Scene
    #: What is done, in order, the first from second 0.
    events: tuple[Event, ...]
    #: Where each event leads: the step that is done then.
    ends: tuple[StepId, ...]
    #: The body at a moment, in seconds from the beginning: at 0, at the end and between.
    moments: tuple[tuple[float, Body], ...]

    @property
    def starts(self) -> tuple[int, ...]:
        """When each event begins, in seconds."""
        return tuple(accumulate((event.seconds for event in self.events[:-1]), initial=0))

    @property
    def seconds(self) -> int:
        """How long it takes."""
        return sum(event.seconds for event in self.events)

    @property
    def peak(self) -> int:
        """The place of the event that shows best what it is about: the last before returning."""
        kinds = [event.kind for event in self.events]
        return max(kinds.index(EventKind.RETURN) - 1, 0) if EventKind.RETURN in kinds else -1


def film(played: Timeline, item: Prescription, side: Side, *, set_up: bool) -> Film | None:
    """Return the film of an item, with its set-up if wanted; None where it has no poses.

    A repetition begins where the last one ended. Where nothing returns it begins after the set-up,
    where a return without a pose of its own leads to as well.
    """
    scene = Scene.of(item.variant, side)
    if not scene.stances:
        return None
    of_all = () if played.routine.guideline is None else (played.routine.guideline,)
    guidelines = (*of_all, *item.exercise.guidelines)
    events = (
        *(set_up_of(item, played.pacing) if set_up else ()),
        *repetition_of(item, guidelines, played.pacing),
    )
    ends = _ends(scene, events)
    start = ends[-1] if events[-1].kind is EventKind.RETURN else _home(scene)
    if set_up:
        start = ends[0]
    return Film(scene, events, ends, tuple(_moments(scene, events, (start, *ends))))


def _home(scene: Scene) -> StepId:
    """Return the step after which repetitions begin: the last of the set-up, or the first known."""
    first, *_ = scene.stances
    into = [each.id for each in scene.variant.steps if each.phase is Phase.SETUP]
    return next((id for id in reversed(into) if id in scene.stances), first)


def _ends(scene: Scene, events: Sequence[Event]) -> tuple[StepId, ...]:
    """Return the step in whose pose each event ends: of several the one listed last."""
    posed = {each.id for each in scene.variant.steps if each.pose}
    ends: list[StepId] = []
    for event in events:
        known = [id for id in scene.stances if id in event.steps]
        if event.kind is EventKind.RETURN and posed.isdisjoint(known):
            ends.append(_home(scene))
        else:
            ends.append(known[-1] if known else (ends or [_home(scene)])[-1])
    return tuple(ends)


def _moments(
    scene: Scene, events: Sequence[Event], stops: Sequence[StepId]
) -> Iterator[tuple[float, Body]]:
    now = 0.0
    yield now, scene.bodies[stops[0]]
    for event, start, end in zip(events, stops[:-1], stops[1:], strict=True):
        there, moves = scene.bodies[end], 0.0
        if scene.bodies[start] != there:
            is_held = event.kind is EventKind.HOLD
            moves = min(_SETTLES, event.seconds / 2) if is_held else event.seconds
            for share in (number / _MOMENTS for number in range(1, _MOMENTS)):
                yield now + moves * share, scene.on_the_way(end, _eased(share), start)
            yield now + moves, there
        if moves < event.seconds:
            yield now + event.seconds, there
        now += event.seconds


def _eased(share: float) -> float:
    """Return how far a movement is that begins and ends slowly."""
    return share * share * (3 - 2 * share)
