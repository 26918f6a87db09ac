"""Edits applied: the steps and contacts of an exercise with some of its slots written.

Every edit writes one slot, so the result depends on which slots are written with what, and not on
the order in which axes or edits are listed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

import attrs

from backex.axes import (
    PART_KINDS,
    Axis,
    Edit,
    LevelAxis,
    LoadAxis,
    Put,
    SetText,
    Slot,
    loaded,
    slot_of,
)
from backex.exercise import Exercise
from backex.ids import LevelId, StepId
from backex.pose import JointAngle
from backex.posture import Cue
from backex.quantities import Mass
from backex.step import Effect, Motion, Step, Support, Target

__all__ = ["edited", "edits_at"]

P = TypeVar("P", Motion, Cue, Effect, Target, Support, JointAngle)


def edits_at(axis: Axis, place: LevelId | Mass) -> tuple[Edit, ...]:
    """Return the edits that a place on an axis makes, none where the axis has no such place."""
    if isinstance(axis, LevelAxis) and isinstance(place, str):
        level = axis.level(place)
        return () if level is None else level.edits
    if isinstance(axis, LoadAxis) and isinstance(place, Mass) and axis.carries(place):
        return tuple(loaded(edit, place) for edit in axis.edits)
    return ()


def edited(
    exercise: Exercise, edits: Iterable[Edit]
) -> tuple[tuple[Step, ...], tuple[Support, ...]]:
    """Return the steps and contacts of `exercise` with those edits made.

    A part that is put in place of another stays where that was; new parts follow in the order of
    their ids. Of two edits of one slot the first counts: a fault that `validate` reports.
    """
    writes: dict[Slot, Edit] = {}
    for edit in edits:
        writes.setdefault(slot_of(edit), edit)
    if not writes:
        return exercise.steps, exercise.contacts
    steps = tuple(_edited_step(step, writes) for step in exercise.steps)
    return steps, _edited_parts(Support, exercise.contacts, None, writes)


def _edited_step(step: Step, writes: Mapping[Slot, Edit]) -> Step:
    if all(at != step.id for _, at, _ in writes):
        return step
    said = writes.get((None, step.id, ""))
    if isinstance(said, SetText):
        step = attrs.evolve(step, text=said.text, sources=said.sources)
    return attrs.evolve(
        step,
        motions=_edited_parts(Motion, step.motions, step.id, writes),
        cues=_edited_parts(Cue, step.cues, step.id, writes),
        effects=_edited_parts(Effect, step.effects, step.id, writes),
        targets=_edited_parts(Target, step.targets, step.id, writes),
        pose=_edited_parts(JointAngle, step.pose, step.id, writes),
    )


def _edited_parts(
    of: type[P], parts: tuple[P, ...], step: StepId | None, writes: Mapping[Slot, Edit]
) -> tuple[P, ...]:
    kind = PART_KINDS[of]
    here = {slot[2]: edit for slot, edit in writes.items() if slot[:2] == (kind, step)}
    if not here:
        return parts
    kept: list[P | Edit] = [here.pop(part.id, part) for part in parts]
    added: list[Edit] = [here[id] for id in sorted(here)]
    entries = (entry.part if isinstance(entry, Put) else entry for entry in (*kept, *added))
    return tuple(entry for entry in entries if isinstance(entry, of))
