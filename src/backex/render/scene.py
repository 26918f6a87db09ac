"""Scenes: the bodies of an exercise as it is done, each resting where the one before rested."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import final

from attrs import frozen

from backex.anatomy import Contact, Position, Side
from backex.body import Body, Landmark, Stance, body_in, on_the_way, side_of, stance
from backex.ids import StepId
from backex.poses import bearing, poses, raised
from backex.poses import bodies as bodies_of
from backex.posture import Polarity
from backex.render.weights import Weight, weights
from backex.spatial import Vector, added, between, scaled
from backex.step import Step
from backex.variant import Variant

__all__ = ["Scene"]


@final
@frozen
class Scene:
    """The bodies of an exercise as it is done on one side."""

    #: What is done.
    variant: Variant
    #: The side at work.
    side: Side
    #: The angles at the end of each step, from the first on that has a pose.
    stances: Mapping[StepId, Stance]
    #: The body at the end of each step.
    bodies: Mapping[StepId, Body]

    @classmethod
    @lru_cache(maxsize=8)
    def of(cls, variant: Variant, side: Side) -> Scene:
        """Return the scene of a variant; empty where it has no poses."""
        position = variant.exercise.position
        stances = {id: stance(position, angles) for id, angles in poses(variant).items()}
        alone = bodies_of(variant, side)
        bodies: dict[StepId, Body] = {}
        before: tuple[Step, Body] | None = None
        for step in variant.steps:
            if step.id not in stances:
                continue
            if before is None:
                body = alone[step.id]
            elif stances[step.id] == stances[before[0].id]:
                body = before[1]
            else:
                body = alone[step.id]
                body = body.moved(_kept(variant, side, before, (step, body)))
            bodies[step.id] = body
            before = step, body
        return cls(variant, side, stances, bodies)

    def before(self, step: StepId) -> StepId | None:
        """Return the step before a step that has a pose, if it has one as well."""
        ids = list(self.stances)
        index = ids.index(step)
        return ids[index - 1] if index else None

    def carried(self, step: StepId) -> frozenset[Weight]:
        """Return what the person carries at a step."""
        return weights(self.variant, step, self.side)

    def on_the_way(self, step: StepId, share: float, start: StepId | None = None) -> Body:
        """Return the body on its way to a step: at 0 where it starts, at 1 where the step ends.

        It starts at the end of the step before, or of `start`. On its way it rests on the floor,
        and what bears weight at both ends stays there.
        """
        start = start or self.before(step) or step
        angles = on_the_way(self.stances[start], self.stances[step], share)
        body = body_in(self.variant.exercise.position, angles, self.side)
        steps = {each.id: each for each in self.variant.steps}
        one, other = ((steps[each], self.bodies[each]) for each in (start, step))
        if self.variant.exercise.position is Position.SITTING:
            body = raised(body, one[1].landmarks[Landmark.PELVIS][2])
        from_one = _kept(self.variant, self.side, one, (other[0], body))
        from_other = _kept(self.variant, self.side, other, (one[0], body))
        return body.moved(added(scaled(from_one, 1 - share), scaled(from_other, share)))

    def drifting(self, step: StepId, share: float) -> Body:
        """Return the body on its way to a step as if there were no floor, which it may cut."""
        start = self.before(step) or step
        here, there = (self.bodies[each].landmarks[Landmark.PELVIS] for each in (start, step))
        return body_in(
            self.variant.exercise.position,
            on_the_way(self.stances[start], self.stances[step], share),
            self.side,
            added(scaled(here, 1 - share), scaled(there, share)),
        )


def _kept(
    variant: Variant, side: Side, before: tuple[Step, Body], after: tuple[Step, Body]
) -> Vector:
    """Return by how much to move the later body so that what bears weight in both stays there."""
    both = [dict(_borne(variant, side, *each)) for each in (before, after)]
    keys = [key for key in both[0] if key in both[1]]
    if variant.exercise.is_unilateral:
        # The side at work is what moves.
        keys = [key for key in keys if key[1] is not side] or keys
    shared = [between(both[1][key], both[0][key]) for key in keys]
    if not shared:
        start, end = (body.landmarks[Landmark.PELVIS] for _, body in (before, after))
        shared = [between(end, start)]
    x, y = (sum(way[axis] for way in shared) / len(shared) for axis in (0, 1))
    return x, y, 0.0


def _borne(
    variant: Variant, side: Side, step: Step, body: Body
) -> Iterator[tuple[tuple[Contact, Side | None], Vector]]:
    """Yield where weight rests at the end of a step, by the contact and the side that it is on."""
    for support in bearing(variant, step.phase):
        if support.polarity is Polarity.DO:
            contact = support.contact
            at = body.touch(contact, side)
            sides = Side if contact.limb is None else side_of(contact.limb, side)
            of = [each for each in Side if each in sides]
            for number, point in enumerate(at):
                yield (contact, of[number] if len(at) == len(of) else None), point
