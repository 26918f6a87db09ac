"""Short ways to write the parts of an exercise in a catalog module."""

from __future__ import annotations

from typing import TypedDict, Unpack

import attrs

from backex.anatomy import (
    Contact,
    Degree,
    Direction,
    Limb,
    Movement,
    Phase,
    Region,
    View,
)
from backex.ids import CueId, EffectId, MotionId, StepId, SupportId, TargetId
from backex.pose import Freedom, JointAngle
from backex.posture import Cue, Polarity, Timing
from backex.provenance import Source
from backex.quantities import Span, Unit
from backex.step import Effect, GuidelineReference, Motion, Step, Support, Target

__all__ = ["about", "avoid", "bears", "do", "effect", "motion", "spares", "stands", "step"]

Sources = tuple[Source, ...]


class _Details(TypedDict, total=False):
    """What a cue may state besides."""

    degree: Degree | None
    view: View | None
    timing: Timing | None
    reason: str | None


def do(
    id: str,
    text: str,
    movement: Movement,
    region: Region,
    sources: Sources,
    **details: Unpack[_Details],
) -> Cue:
    """Return a cue for a movement."""
    return Cue(
        id=CueId(id),
        text=text,
        polarity=Polarity.DO,
        movement=movement,
        region=region,
        sources=sources,
        **details,
    )


def avoid(
    id: str,
    text: str,
    movement: Movement,
    region: Region,
    sources: Sources,
    **details: Unpack[_Details],
) -> Cue:
    """Return a cue against a movement."""
    cue = do(id, text, movement, region, sources, **details)
    return attrs.evolve(cue, polarity=Polarity.AVOID)


def motion(
    id: str,
    movement: Movement,
    region: Region,
    sources: Sources,
    *,
    limb: Limb | None = None,
    degree: Degree | None = None,
    direction: Direction | None = None,
    toward: Region | None = None,
) -> Motion:
    """Return a motion."""
    return Motion(
        id=MotionId(id),
        movement=movement,
        region=region,
        limb=limb,
        degree=degree,
        direction=direction,
        toward=toward,
        sources=sources,
    )


def effect(
    id: str,
    text: str,
    movement: Movement,
    region: Region,
    sources: Sources,
    *,
    degree: Degree | None = None,
    load_from: Contact | None = None,
    load_to: Contact | None = None,
) -> Effect:
    """Return an effect."""
    return Effect(
        id=EffectId(id),
        text=text,
        movement=movement,
        region=region,
        degree=degree,
        load_from=load_from,
        load_to=load_to,
        sources=sources,
    )


def about(
    id: str,
    movement: Movement,
    region: Region,
    span: Span,
    unit: Unit,
    sources: Sources,
    *,
    limb: Limb | None = None,
) -> Target:
    """Return a target that its source gives as a rough figure."""
    return Target(
        id=TargetId(id),
        movement=movement,
        region=region,
        limb=limb,
        span=span,
        unit=unit,
        approximate=True,
        sources=sources,
    )


class _Degrees(TypedDict, total=False):
    """The angles of a joint, in degrees, by the names of its freedoms."""

    flexion: int
    lateral_flexion: int
    rotation: int
    abduction: int
    internal_rotation: int
    elevation: int
    plane_of_elevation: int
    protraction: int
    supination: int
    dorsiflexion: int


def stands(
    joint: Region, limb: Limb | None = None, **degrees: Unpack[_Degrees]
) -> tuple[JointAngle, ...]:
    """Return how a joint stands at the end of a step, as chosen for the figure."""
    return tuple(
        JointAngle(joint=joint, freedom=Freedom[name.upper()], degrees=angle, limb=limb)
        for name, angle in degrees.items()
        if isinstance(angle, int)
    )


def bears(id: str, contact: Contact, sources: Sources, *phases: Phase) -> Support:
    """Return a contact that bears weight, in those phases or in all."""
    return Support(id=SupportId(id), contact=contact, phases=frozenset(phases), sources=sources)


def spares(id: str, contact: Contact, sources: Sources, *phases: Phase) -> Support:
    """Return a contact that must not bear weight, in those phases or in all."""
    return Support(
        id=SupportId(id),
        contact=contact,
        polarity=Polarity.AVOID,
        phases=frozenset(phases),
        sources=sources,
    )


def step(
    id: str,
    phase: Phase,
    text: str,
    sources: Sources,
    *parts: Motion | Cue | Effect | Target | GuidelineReference | JointAngle,
    during: str | None = None,
) -> Step:
    """Return a step with its parts sorted by kind."""
    return Step(
        id=StepId(id),
        phase=phase,
        text=text,
        motions=tuple(part for part in parts if isinstance(part, Motion)),
        cues=tuple(part for part in parts if isinstance(part, Cue)),
        guideline_cues=tuple(part for part in parts if isinstance(part, GuidelineReference)),
        effects=tuple(part for part in parts if isinstance(part, Effect)),
        targets=tuple(part for part in parts if isinstance(part, Target)),
        pose=tuple(part for part in parts if isinstance(part, JointAngle)),
        during=None if during is None else StepId(during),
        sources=sources,
    )
