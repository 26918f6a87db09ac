"""What an exercise consists of when it is played: getting ready, its set-up and one repetition.

Each event is made once, as if it began at 0; `backex.timelines` places it, as often as it is done.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain

import attrs

from backex.anatomy import Movement, Phase
from backex.checks import clipped
from backex.events import Event, EventKind, Prompt
from backex.exercise import Exercise
from backex.ids import StepId
from backex.pacing import Amount, Pacing
from backex.posture import Cue, Polarity, PostureGuideline, Timing
from backex.routine import Prescription, Sides
from backex.step import Step
from backex.wording import listed

__all__ = ["get_ready", "repetition_of", "set_up_of", "together"]

Guidelines = Sequence[PostureGuideline]


def together(steps: Sequence[Step]) -> tuple[tuple[Step, ...], ...]:
    """Return steps in the order of their phases, each with those that happen during it behind it.

    One that happens during an unknown step, or one of another phase, is by itself: a hold is held
    and a return made in its own time. Of those that happen during each other the first leads.
    """
    places: dict[StepId | None, int] = {}
    for index, step in enumerate(steps):
        places.setdefault(step.id, index)
    led: dict[int, list[int]] = {}
    for index in range(len(steps)):
        led.setdefault(_lead(index, steps, places), []).append(index)
    groups = (
        (steps[lead], *(steps[each] for each in group if each != lead))
        for lead, group in sorted(led.items())
    )
    return tuple(sorted(groups, key=lambda group: group[0].phase.rank))


def _lead(index: int, steps: Sequence[Step], places: Mapping[StepId | None, int]) -> int:
    """Return the place of the step that the one at `index` accompanies in the end, or its own."""
    path = [index]
    while (following := places.get(steps[path[-1]].during)) is not None:
        if steps[following].phase is not steps[index].phase:
            break
        if following in path:
            return min(path[path.index(following) :])
        path.append(following)
    return path[-1]


_SIDES = {
    Sides.BOTH: ", left side first",
    Sides.LEFT: ", left side",
    Sides.RIGHT: ", right side",
    Sides.NOT_APPLICABLE: "",
}


def get_ready(item: Prescription, guidelines: Guidelines, pacing: Pacing) -> Event:
    """Return the event that names an item, what it needs and what to check before it begins."""
    needed = sorted(item.exercise.equipment)
    needs = f" You need: {listed(needed)}." if needed else ""
    return Event(
        kind=EventKind.GET_READY,
        seconds=pacing.get_ready_seconds,
        text=clipped(f"Get ready: {item.variant}{_SIDES[item.sides]}.{needs}"),
        cues=_texts(
            cue for each in guidelines for cue in each.cues if cue.timing is not Timing.THROUGHOUT
        ),
    )


def set_up_of(item: Prescription, pacing: Pacing) -> tuple[Event, ...]:
    """Return the steps into position."""
    return tuple(
        _played(EventKind.SET_UP, pacing.set_up_seconds, steps, _asked(steps, item.exercise))
        for steps in together(item.variant.steps)
        if steps[0].phase is Phase.SETUP
    )


def repetition_of(item: Prescription, guidelines: Guidelines, pacing: Pacing) -> tuple[Event, ...]:
    """Return one repetition: preparing, moving, one hold and returning, whichever there are.

    Preparing is part of it, because a return may undo it: it lets go of a brace, or comes down. All
    steps of holding are done together for as long as the dose says. A hold after which no step
    returns is let go of, so that the next repetition is another one.
    """
    kept_up = [cue for each in guidelines for cue in each.cues if cue.timing is Timing.THROUGHOUT]
    groups = together(item.variant.steps)

    def played(phase: Phase, kind: EventKind, seconds: int) -> Iterator[Event]:
        for steps in groups:
            if steps[0].phase is phase:
                yield _played(kind, seconds, steps, [*_asked(steps, item.exercise), *kept_up])

    holding = tuple(chain.from_iterable(steps for steps in groups if steps[0].phase is Phase.HOLD))
    held: list[Event] = []
    if holding or (item.dose is not None and item.dose.hold_seconds is not None):
        held = [_hold(item, holding, [*_asked(holding, item.exercise), *kept_up], pacing)]
    returning = list(played(Phase.RETURN, EventKind.RETURN, pacing.return_seconds))
    if held and not returning:
        returning = [
            Event(kind=EventKind.RETURN, seconds=pacing.return_seconds, text="Let go slowly.")
        ]
    events = (
        *played(Phase.PREPARE, EventKind.PREPARE, pacing.prepare_seconds),
        *played(Phase.MOVE, EventKind.MOVE, pacing.move_seconds),
        *held,
        *returning,
    )
    unsaid = Event(
        kind=EventKind.MOVE,
        seconds=pacing.move_seconds,
        text="Do one repetition.",
        cues=_texts(kept_up),
    )
    return events or (unsaid,)


def _hold(
    item: Prescription, steps: tuple[Step, ...], cues: Sequence[Cue], pacing: Pacing
) -> Event:
    seconds, assumed = pacing.played(Amount.HOLD_SECONDS, item.dose)
    every = pacing.breath_seconds or seconds
    breathe = next((cue.text for cue in cues if _is_to_breathe(cue)), "Keep breathing.")
    return attrs.evolve(
        _played(EventKind.HOLD, seconds, steps, cues),
        # None so late that the breath would run into the end.
        prompts=tuple(
            Prompt(after_seconds=after, text=breathe)
            for after in range(every, seconds - every + 1, every)
        ),
        assumed=assumed,
    )


def _is_to_breathe(cue: Cue) -> bool:
    return cue.movement is Movement.DIAPHRAGMATIC_BREATHING and cue.polarity is Polarity.DO


def _asked(steps: Iterable[Step], exercise: Exercise) -> list[Cue]:
    """Return what steps ask for and to avoid, with the cues of guidelines that they refer to."""
    return [
        cue
        for step in steps
        for cue in (*map(exercise.referred, step.guideline_cues), *step.cues)
        if cue is not None
    ]


def _played(kind: EventKind, seconds: int, steps: tuple[Step, ...], cues: Iterable[Cue]) -> Event:
    return Event(
        kind=kind,
        seconds=seconds,
        text=clipped(" ".join(step.text for step in steps)) or "Hold.",
        steps=tuple(step.id for step in steps),
        cues=_texts(cues),
    )


def _texts(cues: Iterable[Cue]) -> tuple[str, ...]:
    """Return what cues say, each once."""
    return tuple(dict.fromkeys(cue.text for cue in cues))
