"""Figures: every step of the catalog gets one, and what it shows is told by form."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import product
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import attrs
import pytest

from backex.anatomy import (
    Contact,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
    Side,
    View,
)
from backex.axes import LevelAxis, LoadAxis
from backex.body import Landmark, body_at
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    UPPER_QUARTER_POSTURE,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import CueId, ExerciseId, MotionId, StepId, SupportId
from backex.pose import Freedom, JointAngle
from backex.poses import bodies, pose_at
from backex.posture import Cue, Polarity
from backex.progression import AddResistance, move_to
from backex.quantities import Mass
from backex.render import canvas, signs
from backex.render.camera import camera_for
from backex.render.canvas import Canvas
from backex.render.figure import (
    figure,
    figure_in_words,
    guideline_figure,
    guideline_figure_in_words,
)
from backex.render.scene import Scene
from backex.render.weights import solid_of, weights
from backex.spatial import Vector, between, dot, length, scaled
from backex.step import Motion, Step, Support
from backex.variant import Variant, vary

SVG = "{http://www.w3.org/2000/svg}"
MOVES = [
    (OBLIQUE_SIT, move_to(axis.id, level.id))
    for axis in OBLIQUE_SIT.axes
    if isinstance(axis, LevelAxis)
    for level in axis.levels
]
VARIANTS = list(
    {
        str(variant): variant
        for variant in (
            *map(vary, (PRONE_HEAD_RAISE, OBLIQUE_SIT, ALL_FOURS_ROTATION)),
            *(vary(exercise, move) for exercise, move in MOVES if move is not None),
        )
    }.values()
)
EVIL = '<script>"&'


def _drawn(text: str | None) -> ET.Element:
    assert text is not None
    return ET.fromstring(text)


def _of(root: ET.Element, name: str) -> list[ET.Element]:
    return [each for each in root.iter() if name in each.get("class", "").split()]


@pytest.mark.parametrize("side", Side, ids=lambda side: side.value)
@pytest.mark.parametrize("variant", VARIANTS, ids=str)
def test_every_step_of_the_catalog_has_a_figure(variant: Variant, side: Side) -> None:
    for step in variant.steps:
        root = _drawn(figure(variant, step.id, side=side))
        assert float(root.attrib["width"]) == 480
        assert float(root.attrib["height"]) <= 360
        (style,) = root.iter(f"{SVG}style")
        assert "".join(root.itertext()).strip() == (style.text or "").strip()
        assert step.text in figure_in_words(variant, step.id, side=side)


@pytest.mark.parametrize("view", View, ids=lambda view: view.value)
@pytest.mark.parametrize("position", Position, ids=lambda position: position.value)
def test_every_position_is_seen_from_every_side(position: Position, view: View) -> None:
    variant = vary(attrs.evolve(_own(), position=position))
    root = _drawn(figure(variant, StepId("open"), view=view))
    assert len(_of(root, "bx-cloth-fill")) + len(_of(root, "bx-far-cloth-fill")) >= 9
    assert "seen from" in figure_in_words(variant, StepId("open"), view=view)


def test_the_left_side_is_as_in_a_mirror() -> None:
    for step, view in product(("lie-on-side", "reach"), (None, *View)):
        left, right = (
            _drawn(figure(vary(OBLIQUE_SIT), StepId(step), side=side, view=view)) for side in Side
        )
        ends = zip(_boxes(left), _boxes(right), strict=True)
        for (low, high, top, bottom), (other_low, other_high, *others) in ends:
            assert (480 - high, 480 - low) == pytest.approx((other_low, other_high), abs=0.25)
            assert (top, bottom) == pytest.approx(others, abs=0.25)


def _boxes(root: ET.Element) -> list[tuple[float, float, float, float]]:
    boxes = []
    for each in root.iter(f"{SVG}polygon"):
        spots = [spot.split(",") for spot in each.attrib["points"].split()]
        across, down = ([float(spot[axis]) for spot in spots] for axis in (0, 1))
        boxes.append((min(across), max(across), min(down), max(down)))
    return sorted(boxes, key=lambda box: (round(box[2]), round(box[3]), round(box[1] - box[0])))


def test_a_hold_has_bars_and_no_arrow() -> None:
    root = _drawn(figure(vary(PRONE_HEAD_RAISE), StepId("hold")))
    assert len(list(root.iter(f"{SVG}rect"))) == 2
    assert not _of(root, "bx-way-fill")


def test_the_arrow_of_a_lift_goes_up() -> None:
    root = _drawn(figure(vary(PRONE_HEAD_RAISE), StepId("lift")))
    assert not list(root.iter(f"{SVG}rect"))
    (way, *_) = _of(root, "bx-way-stroke")
    heights = [float(spot.split(",")[1]) for spot in way.attrib["points"].split()]
    assert heights[-1] < heights[0] - 18


def test_no_two_signs_differ_by_color_alone() -> None:
    """Weight is a triangle, none a cross of two lines, straight is dashed and sight is dotted."""
    root = _drawn(figure(vary(PRONE_HEAD_RAISE), StepId("hold")))
    triangles = [each for each in _of(root, "bx-mark-fill") if each.tag == f"{SVG}polygon"]
    marks = _of(root, "bx-mark-stroke")
    dashes = [each.get("stroke-dasharray") for each in marks]
    assert [len(each.attrib["points"].split()) for each in triangles] == [3] * 3
    assert dashes.count(None) == 2
    straight = [each.get("stroke-dasharray") for each in _of(root, "bx-line-stroke")]
    assert len({*filter(None, dashes), *filter(None, straight)}) == 2


def _luminance(color: str) -> float:
    shares = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in shares
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("line", "cloth"),
        ("line", "skin"),
        ("line", "far-skin"),
        ("line", "far-cloth"),
        ("mark", "mat"),
        ("mark", "halo"),
        ("way", "halo"),
        ("ghost", "halo"),
        ("cloth", "halo"),
        ("weight", "halo"),
        ("weight", "mat"),
    ],
)
def test_what_has_to_be_told_apart_stands_out(one: str, other: str, scheme: int) -> None:
    """At least 3 to 1, as WCAG asks of graphics; a halo has the color of the paper."""
    colors = canvas.COLORS
    assert _contrast(colors[one][scheme], colors[other][scheme]) >= 3


def _own() -> Exercise:
    def elbows(degrees: int) -> tuple[JointAngle, ...]:
        return tuple(
            JointAngle(joint=Region.SHOULDER, freedom=freedom, degrees=angle, limb=Limb.BOTH_ARMS)
            for freedom, angle in (
                (Freedom.ELEVATION, degrees),
                (Freedom.PLANE_OF_ELEVATION, 0),
            )
        )

    breathe, up = (
        Cue(
            id=CueId(movement.value),
            text="As you like.",
            polarity=Polarity.AVOID if movement is Movement.SAGGING else Polarity.DO,
            movement=movement,
            region=Region.SPINE,
        )
        for movement in (Movement.DIAPHRAGMATIC_BREATHING, Movement.SAGGING)
    )
    return Exercise(
        id=ExerciseId("chest-opening"),
        name=f"Chest Opening {EVIL}",
        position=Position.SITTING,
        laterality=Laterality.BILATERAL,
        steps=(
            Step(id=StepId("think"), phase=Phase.SETUP, text=f"Think {EVIL}"),
            Step(id=StepId("sit"), phase=Phase.SETUP, text="Sit upright.", pose=elbows(6)),
            Step(
                id=StepId("open"),
                phase=Phase.MOVE,
                text="Take both arms out.",
                cues=(breathe, up),
                pose=elbows(85),
            ),
        ),
        contacts=(Support(id=SupportId("feet"), contact=Contact(Region.FOOT, Limb.BOTH_LEGS)),),
    )


def test_an_exercise_of_an_app_has_figures_too() -> None:
    variant = vary(_own())
    root = _drawn(figure(variant, StepId("open")))
    assert _of(root, "bx-way-fill")
    assert figure(variant, StepId("think")) is None
    words = figure_in_words(variant, StepId("open"))
    assert words.startswith("A person who began sitting. Take both arms out. Weight rests on:")
    assert "No weight" not in words


def test_without_poses_there_is_no_figure() -> None:
    bare = attrs.evolve(_own(), steps=tuple(attrs.evolve(step, pose=()) for step in _own().steps))
    assert figure(vary(bare), StepId("open")) is None
    with pytest.raises(InvalidValue, match="a step of chest-opening"):
        figure_in_words(vary(bare), StepId("close"))


def test_what_must_not_bear_weight_is_said() -> None:
    words = figure_in_words(vary(PRONE_HEAD_RAISE), StepId("hold"))
    assert "No weight rests on: " in words
    right = figure_in_words(vary(OBLIQUE_SIT), StepId("reach"), side=Side.RIGHT)
    assert ", right side up (lying on the left)." in right


def test_a_guideline_is_drawn_in_the_views_that_it_speaks_of() -> None:
    views = {cue.view for cue in UPPER_QUARTER_POSTURE.cues if cue.view is not None}
    assert views
    for view in View:
        drawn = guideline_figure(UPPER_QUARTER_POSTURE, view)
        assert (drawn is not None) == (view in views)
        assert guideline_figure_in_words(UPPER_QUARTER_POSTURE, view).startswith("An upright")
    assert guideline_figure(attrs.evolve(UPPER_QUARTER_POSTURE, cues=()), View.LATERAL) is None


def test_the_floor_is_a_line_where_it_is_seen_from_its_edge() -> None:
    body = body_at(Position.STANDING, ())
    tags = {
        view: Canvas(camera_for(Position.STANDING, view), [body]).floor().element_name
        for view in (None, View.LATERAL)
    }
    assert tags == {None: "polygon", View.LATERAL: "polyline"}


def test_a_scene_knows_what_comes_before() -> None:
    scene = Scene.of(vary(_own()), Side.RIGHT)
    assert scene.before(StepId("sit")) is None
    assert scene.before(StepId("open")) == "sit"
    first = scene.on_the_way(StepId("sit"), 0.5)
    assert first.landmarks == scene.bodies[StepId("sit")].landmarks


def test_a_figure_has_the_same_bytes_in_every_process() -> None:
    program = (
        "from backex import vary; from backex.catalog.upper_back import OBLIQUE_SIT;"
        "from backex.render.figure import figure;"
        "print(figure(vary(OBLIQUE_SIT), 'reach'), end='')"
    )
    here = figure(vary(OBLIQUE_SIT), StepId("reach"))
    there = subprocess.run(
        [sys.executable, "-c", program],
        env=os.environ | {"PYTHONHASHSEED": "5"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert there.stdout == here


def test_before_the_first_pose_nothing_is_known() -> None:
    variant = vary(_own())
    assert list(bodies(variant)) == ["sit", "open"]
    assert pose_at(variant, StepId("close")) == ()


def test_a_guideline_that_asks_for_one_thing_gets_the_signs_of_that() -> None:
    wide = [cue for cue in UPPER_QUARTER_POSTURE.cues if cue.movement is Movement.BROADENING]
    asked = tuple(attrs.evolve(cue, view=View.ANTERIOR) for cue in wide)
    root = _drawn(guideline_figure(attrs.evolve(UPPER_QUARTER_POSTURE, cues=asked), View.ANTERIOR))
    assert len(_of(root, "bx-way-stroke")) == 2


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"variant": OBLIQUE_SIT}, r"figure\.variant cannot be .*: it takes a Variant"),
        ({"side": "left"}, r"figure\.side cannot be 'left': it takes a Side"),
        ({"view": "lateral"}, r"figure\.view cannot be 'lateral': it takes a View, or None"),
        ({"step": "hodl"}, r"figure\.step cannot be 'hodl': it takes a step of oblique-sit"),
    ],
    ids=["variant", "side", "view", "step"],
)
def test_what_cannot_be_drawn_is_refused(arguments: dict[str, Any], said: str) -> None:
    usual: dict[str, Any] = {"variant": vary(OBLIQUE_SIT), "step": StepId("hold")}
    with pytest.raises(InvalidValue, match=said):
        figure(**usual | arguments)


def test_what_spreads_toward_whoever_looks_has_no_arrow() -> None:
    spread = attrs.evolve(
        next(cue for cue in UPPER_QUARTER_POSTURE.cues if cue.movement is Movement.BROADENING),
        view=View.LATERAL,
    )
    root = _drawn(
        guideline_figure(attrs.evolve(UPPER_QUARTER_POSTURE, cues=(spread,)), View.LATERAL)
    )
    assert not _of(root, "bx-way-fill")


def _forearm(*turns: tuple[int, int, int]) -> Variant:
    """Return an exercise that raises an arm in a plane while its forearm turns."""

    def pose(elevation: int, plane: int, supination: int) -> tuple[JointAngle, ...]:
        return tuple(
            JointAngle(joint=joint, freedom=freedom, degrees=degrees, limb=Limb.MOVING_ARM)
            for joint, freedom, degrees in (
                (Region.SHOULDER, Freedom.ELEVATION, elevation),
                (Region.SHOULDER, Freedom.PLANE_OF_ELEVATION, plane),
                (Region.FOREARM, Freedom.SUPINATION, supination),
            )
        )

    turned = Motion(
        id=MotionId("turn"),
        movement=Movement.SUPINATION,
        region=Region.FOREARM,
        limb=Limb.MOVING_ARM,
    )
    steps = tuple(
        Step(
            id=StepId(f"step-{number}"),
            phase=Phase.MOVE,
            text="Turn the palm up.",
            motions=(turned,),
            pose=pose(*angles),
        )
        for number, angles in enumerate(turns)
    )
    return vary(
        Exercise(
            id=ExerciseId("palm-up"),
            name="Palm Up",
            position=Position.STANDING,
            laterality=Laterality.UNILATERAL,
            steps=steps,
        )
    )


@pytest.mark.parametrize("plane", [0, 45, 90])
@pytest.mark.parametrize("side", Side)
def test_a_turn_is_that_of_the_joint_whatever_the_limb_does(side: Side, plane: int) -> None:
    """The palm turns up: around a right forearm as its fingers see it, around a left one back."""
    still = Scene.of(_forearm((0, plane, -60), (0, plane, 60)), side)
    raised = Scene.of(_forearm((0, plane, -60), (90, plane, 60)), side)
    steps = (StepId("step-0"), StepId("step-1"))
    ways = [signs.turn_of(scene, steps, Region.FOREARM, side) for scene in (still, raised)]
    assert ways == [1 if side is Side.RIGHT else -1] * 2
    assert signs.turn_of(still, steps[::-1], Region.FOREARM, side) == -ways[0]


def test_what_does_not_turn_has_no_arrow_and_what_points_at_one_has_one() -> None:
    still, forward = _forearm((90, 90, 0), (90, 90, 0)), _forearm((90, 90, -60), (90, 90, 60))
    assert not _of(_drawn(figure(still, StepId("step-1"))), "bx-way-fill")
    assert _of(_drawn(figure(forward, StepId("step-1"), view=View.ANTERIOR)), "bx-way-fill")


def test_a_seat_stays_as_high_as_it_is() -> None:
    knees = JointAngle(joint=Region.KNEE, freedom=Freedom.FLEXION, degrees=10, limb=Limb.BOTH_LEGS)
    sat, stretched = _own().steps[1:]
    stretched = attrs.evolve(stretched, pose=(*stretched.pose, knees))
    variant = vary(attrs.evolve(_own(), steps=(sat, stretched)))
    scene = Scene.of(variant, Side.RIGHT)
    on_the_way = scene.on_the_way(stretched.id, 0.5)
    heights = [
        body.landmarks[Landmark.PELVIS][2]
        for body in (*bodies(variant).values(), *scene.bodies.values(), on_the_way)
    ]
    assert heights == pytest.approx([heights[0]] * 5)


def test_whoever_steps_forward_keeps_the_other_foot_where_it_is() -> None:
    feet = Support(id=SupportId("feet"), contact=Contact(Region.FOOT, Limb.BOTH_LEGS))
    hip = [
        JointAngle(joint=Region.HIP, freedom=Freedom.FLEXION, degrees=degrees, limb=limb)
        for degrees, limb in (
            (0, Limb.BOTH_LEGS),
            (25, Limb.MOVING_LEG),
            (-25, Limb.SUPPORTING_LEG),
        )
    ]
    steps = (
        Step(id=StepId("stand"), phase=Phase.SETUP, text="Stand.", pose=(hip[0],)),
        Step(id=StepId("step"), phase=Phase.MOVE, text="Step forward.", pose=tuple(hip[1:])),
    )
    lunge = vary(
        Exercise(
            id=ExerciseId("lunge"),
            name="Lunge",
            position=Position.STANDING,
            laterality=Laterality.UNILATERAL,
            steps=steps,
            contacts=(feet,),
        )
    )
    scene = Scene.of(lunge, Side.RIGHT)
    before, after = (
        scene.bodies[step.id].touch(Contact(Region.FOOT, Limb.SUPPORTING_LEG)) for step in steps
    )
    assert before[0][:2] == pytest.approx(after[0][:2])


@pytest.mark.parametrize("position", Position, ids=lambda each: each.value)
def test_the_side_at_work_is_nearer_where_a_body_is_seen_from_its_side(position: Position) -> None:
    if position is Position.SIDE_LYING:  # one side is above the other there
        return
    for view in (None, View.LATERAL):
        toward = camera_for(position, view).toward
        marks = body_at(position, ()).landmarks
        right, left = (
            dot(marks[each], toward) for each in (Landmark.RIGHT_SHOULDER, Landmark.LEFT_SHOULDER)
        )
        assert right > left, view


def test_a_body_that_others_see_too_cannot_be_changed() -> None:
    body = bodies(vary(OBLIQUE_SIT))[StepId("hold")]
    with pytest.raises(TypeError):
        body.landmarks[Landmark.NOSE] = (0.0, 0.0, 0.0)  # type: ignore[index]


def test_what_the_signs_say_is_in_the_words() -> None:
    words = figure_in_words(vary(PRONE_HEAD_RAISE), StepId("hold"))
    for sign in ("A dashed line", "A double arrow", "A dotted line", "Two bars"):
        assert sign in words
    assert "Two bars" not in figure_in_words(vary(PRONE_HEAD_RAISE), StepId("place-legs"))


def _loaded(limb: Limb) -> Variant:
    """Return the sit with a load on another limb, which no step speaks of."""
    resistance = OBLIQUE_SIT.axes[0]
    assert type(resistance) is LoadAxis
    axis = attrs.evolve(resistance, limb=limb, edits=())
    return vary(attrs.evolve(OBLIQUE_SIT, axes=(axis,)), AddResistance(Mass(1_500)))


def _weights(variant: Variant, step: StepId, side: Side = Side.RIGHT) -> list[float]:
    """Return how far to the right the middle of each piece of a weight is."""
    pieces = _of(_drawn(figure(variant, step, side=side)), "bx-weight-fill")
    places = [[float(xy.split(",")[0]) for xy in each.attrib["points"].split()] for each in pieces]
    return sorted((min(each) + max(each)) / 2 for each in places)


def test_a_load_is_carried_from_the_step_on_that_takes_it() -> None:
    loaded = vary(OBLIQUE_SIT, AddResistance(Mass(1_500)))
    ids = [step.id for step in loaded.steps]
    taken = ids.index(StepId("rest-upper-limbs"))
    for number, step in enumerate(ids):
        assert len(_weights(loaded, step)) == (3 if number >= taken else 0)
        says = figure_in_words(loaded, step)
        assert ("A dumbbell: 1.5 kg, upper hand." in says) is (number >= taken)
        assert not _weights(vary(OBLIQUE_SIT), step)
        assert "dumbbell" not in figure_in_words(vary(OBLIQUE_SIT), step)


@pytest.mark.parametrize(
    ("limb", "pieces", "words"),
    [
        (Limb.UPPER_SIDE_ARM, 3, "A dumbbell: 1.5 kg, upper hand."),
        (Limb.LOWER_SIDE_ARM, 3, "A dumbbell: 1.5 kg, lower hand."),
        (Limb.BOTH_ARMS, 6, "A dumbbell: 1.5 kg, both hands."),
        (Limb.UPPER_SIDE_LEG, 1, "A cuff: 1.5 kg, upper ankle."),
        (Limb.LOWER_SIDE_LEG, 1, "A cuff: 1.5 kg, lower ankle."),
        (Limb.BOTH_LEGS, 2, "A cuff: 1.5 kg, both ankles."),
    ],
)
def test_a_load_is_drawn_on_its_limb_on_either_side(limb: Limb, pieces: int, words: str) -> None:
    loaded = _loaded(limb)
    first = loaded.steps[0].id
    assert words in figure_in_words(loaded, first)
    right, left = (_weights(loaded, first, side) for side in (Side.RIGHT, Side.LEFT))
    assert len(right) == len(left) == pieces
    assert right == pytest.approx([canvas.WIDTH - each for each in left[::-1]], abs=0.5)


@pytest.mark.parametrize("side", Side)
def test_a_dumbbell_is_in_the_hand_and_a_cuff_above_the_foot(side: Side) -> None:
    for limb, names in (
        (Limb.UPPER_SIDE_ARM, ("wrist", "index")),
        (Limb.UPPER_SIDE_LEG, ("knee", "ankle")),
    ):
        loaded = _loaded(limb)
        for step in loaded.steps:
            body = Scene.of(loaded, side).bodies[step.id]
            ends = [body.landmarks[Landmark(f"{side.value}_{name}")] for name in names]
            solids = [solid_of(each, body) for each in weights(loaded, step.id, side)]
            balls = [ball.center for solid in solids for ball in solid.balls]
            middle = scaled(_sum(balls), 1 / len(balls))
            assert length(between(ends[0], middle)) + length(between(middle, ends[1])) == (
                pytest.approx(length(between(*ends)))
            )


@pytest.mark.parametrize("side", Side)
def test_nothing_but_the_limb_itself_covers_what_it_carries(side: Side) -> None:
    loaded = _loaded(Limb.UPPER_SIDE_ARM)
    scene = Scene.of(loaded, side)
    paper = Canvas(camera_for(Position.SIDE_LYING, None, side), list(scene.bodies.values()))
    for step, body in scene.bodies.items():
        carried = scene.carried(step)
        painted = [paint.what for paint in paper.painted(body, carried)]
        first = next(place for place, what in enumerate(painted) if what in carried)
        (arm,) = (each for each in canvas.PARTS if {piece.part for piece in carried} & {*each})
        assert {*painted[first:]} <= {*arm, *carried}


def _sum(vectors: list[Vector]) -> Vector:
    x, y, z = (sum(each) for each in zip(*vectors, strict=True))
    return x, y, z


def test_a_load_that_does_not_apply_is_not_drawn() -> None:
    wrong = vary(OBLIQUE_SIT, AddResistance(Mass(333)))
    assert not wrong.is_sound
    assert not _weights(wrong, wrong.steps[-1].id)


def test_the_docs_show_the_figure_as_it_is() -> None:
    shown = Path(__file__).parent.parent / "docs" / "oblique-sit-hold.svg"
    assert shown.read_text(encoding="utf-8") == figure(vary(OBLIQUE_SIT), StepId("hold"))
