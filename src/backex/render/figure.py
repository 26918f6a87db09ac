"""Figures: a person in the pose of a step, drawn from its joint angles.

A figure shows where weight rests (a triangle under the floor) and where it must not (a cross), what
has moved since the step before (an arrow, and as a shade where it was), what is to be kept straight
(a dashed line), where to look (a dotted line), where to breathe to or to brace (a double arrow),
what the hand or the leg carries (a dumbbell, a cuff) and whether to stay (two bars). None of this
is told by color alone. It follows a reader's light or dark scheme, and has no words in it: a
caption says what the step is.

Needs the extra ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

import svg

from backex.anatomy import Phase, Position, Side, View
from backex.body import body_at
from backex.errors import InvalidValue
from backex.ids import StepId
from backex.poses import bearing
from backex.posture import Polarity, PostureGuideline
from backex.render.camera import camera_for
from backex.render.canvas import Canvas
from backex.render.phrases import side_in_words
from backex.render.scene import Scene
from backex.render.signs import (
    arrow_signs,
    bearing_signs,
    breath_signs,
    breathes,
    gaze_signs,
    ghost_signs,
    grown_signs,
    is_kept_straight,
    lift_signs,
    looks_down,
    stay_signs,
    straight_signs,
    turn_signs,
)
from backex.render.weights import loads_in_words
from backex.step import Step
from backex.variant import Variant
from backex.wording import listed

__all__ = [
    "figure",
    "figure_in_words",
    "guideline_figure",
    "guideline_figure_in_words",
    "step_signs",
]


def figure(
    variant: Variant, step: StepId, *, side: Side = Side.RIGHT, view: View | None = None
) -> str | None:
    """Return the figure of a step as SVG, or None where no step so far has a pose.

    `side` is the one at work. `view` is from where a guideline looks; None: from where it is seen
    best.

    Raises:
        InvalidValue: an argument of the wrong type, or a step that the exercise does not have.
    """
    _step(variant, step, side, view)
    scene, canvas = _scene(variant, side, view)
    if canvas is None or step not in scene.stances:
        return None
    return canvas.as_text(step_signs(scene, canvas, step))


def _step(variant: Variant, step: StepId, side: Side, view: View | None) -> Step:
    """Return the step with that id, or refuse what no figure can be drawn of."""
    for name, value, of, allowed in (
        ("variant", variant, Variant, "a Variant, such as vary(exercise)"),
        ("side", side, Side, "a Side"),
        ("view", view or View.LATERAL, View, "a View, or None"),
    ):
        if type(value) is not of:
            raise InvalidValue("figure", name, value, allowed)
    found = next((each for each in variant.steps if each.id == step), None)
    if found is None:
        allowed = f"a step of {variant.exercise.id}: {listed(each.id for each in variant.steps)}"
        raise InvalidValue("figure", "step", step, allowed)
    return found


@lru_cache(maxsize=8)
def _scene(variant: Variant, side: Side, view: View | None) -> tuple[Scene, Canvas | None]:
    """Return the scene of a variant and the paper for all of its figures, if it has poses."""
    scene = Scene.of(variant, side)
    camera = camera_for(variant.exercise.position, view, side)
    return scene, Canvas(camera, list(scene.bodies.values())) if scene.bodies else None


def guideline_figure(guideline: PostureGuideline, view: View) -> str | None:
    """Return the figure of an upright person and what a guideline asks to keep straight.

    None where the guideline asks for nothing in that view.
    """
    cues = [cue for cue in guideline.cues if cue.view is view]
    if not cues:
        return None
    body = body_at(Position.STANDING, ())
    canvas = Canvas(camera_for(Position.STANDING, view), [body])
    wanted = {cue.movement for cue in cues if cue.polarity is Polarity.DO}
    return canvas.as_text(
        [
            canvas.floor(),
            *canvas.person(body),
            *straight_signs(canvas, body, cues),
            *grown_signs(canvas, body, wanted),
        ]
    )


_POSITIONS = {
    Position.PRONE: "lying face down",
    Position.SIDE_LYING: "lying on one side",
    Position.QUADRUPED: "on hands and knees",
    Position.SUPINE: "lying on the back",
    Position.SITTING: "sitting",
    Position.STANDING: "standing",
}
_SEEN = {
    View.POSTERIOR: "seen from behind",
    View.LATERAL: "seen from the side",
    View.ANTERIOR: "seen from the front",
}


def figure_in_words(
    variant: Variant, step: StepId, *, side: Side = Side.RIGHT, view: View | None = None
) -> str:
    """Return what the figure of a step shows, for those who do not see it.

    Raises:
        InvalidValue: an argument of the wrong type, or a step that the exercise does not have.
    """
    found = _step(variant, step, side, view)
    contacts = bearing(variant, found.phase)
    borne = [str(each.contact) for each in contacts if each.polarity is Polarity.DO]
    spared = [str(each.contact) for each in contacts if each.polarity is Polarity.AVOID]
    position = variant.exercise.position
    at_work = ""
    if variant.exercise.is_unilateral:
        is_up = position is Position.SIDE_LYING
        at_work = (
            f", {side_in_words(side, position)}" if is_up else f", the {side.value} side at work"
        )
    seen = "" if view is None else f", {_SEEN[view]}"
    return " ".join(
        [
            f"A person who began {_POSITIONS[position]}{seen}{at_work}.",
            found.text,
            *([f"Weight rests on: {listed(borne)}."] if borne else []),
            *([f"No weight rests on: {listed(spared)}."] if spared else []),
            *loads_in_words(variant, step),
            *_signs_in_words(found),
        ]
    )


def _signs_in_words(step: Step) -> Iterator[str]:
    """Yield what the signs besides weight and movement say."""
    if is_kept_straight(step.cues):
        yield "A dashed line: this part of the spine is kept straight."
    if breathes(step):
        yield "A double arrow: to breathe into the belly, or to brace it."
    if looks_down(step):
        yield "A dotted line: the eyes are on the floor."
    if step.phase is Phase.HOLD:
        yield "Two bars: to stay there."


def guideline_figure_in_words(guideline: PostureGuideline, view: View) -> str:
    """Return what the figure of a guideline shows, for those who do not see it."""
    asked = (cue.text for cue in guideline.cues if cue.view is view)
    return " ".join([f"An upright person, {_SEEN[view]}.", *asked])


def step_signs(scene: Scene, canvas: Canvas, id: StepId) -> Iterator[svg.Element]:
    """Yield the floor, the body at the end of a step that has a pose, and all signs of the step."""
    step = next(each for each in scene.variant.steps if each.id == id)
    body = scene.bodies[id]
    before = scene.before(id)
    yield canvas.floor()
    if scene.variant.exercise.position is Position.SITTING:
        yield canvas.seat(body)
    if before is not None:
        yield from ghost_signs(canvas, scene.bodies[before], body)
    yield from canvas.person(body, scene.carried(id))
    yield from straight_signs(canvas, body, step.cues)
    yield from breath_signs(canvas, body, step)
    yield from gaze_signs(canvas, body, step)
    yield from lift_signs(canvas, body, step)
    yield from bearing_signs(canvas, scene, step)
    if before is not None:
        yield from arrow_signs(canvas, scene, step)
        yield from turn_signs(canvas, scene, step, before)
    if step.phase is Phase.HOLD:
        yield from stay_signs()
