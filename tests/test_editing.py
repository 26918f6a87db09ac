"""Edits applied: each writes its slot, in a fixed order of parts, and leaves all else as it was."""

from __future__ import annotations

import attrs
import pytest

from backex.anatomy import Contact, Laterality, Limb, Movement, Phase, Position, Region
from backex.axes import (
    Axis,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    Part,
    PartKind,
    Put,
    Remove,
    SetText,
    part_kind,
)
from backex.catalog.building import about, bears, do, effect, motion, step
from backex.editing import edited, edits_at
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId, ExerciseId, LevelId, StepId
from backex.pose import JOINTS, Freedom, JointAngle
from backex.posture import Cue
from backex.provenance import Source
from backex.quantities import Mass, Span, Unit, kg
from backex.references import article, library_default
from backex.step import Effect, Motion, Step, Support, Target

OURS, THEIRS = library_default("ours"), article("O9")
STAND, LEAN = StepId("stand"), StepId("lean")


def _motion(id: str, by: tuple[Source, ...] = OURS) -> Motion:
    return motion(id, Movement.LIFT, Region.CHEST, by)


def _cue(id: str, text: str = "Stay tall.", by: tuple[Source, ...] = OURS) -> Cue:
    return do(id, text, Movement.AXIAL_ELONGATION, Region.SPINE, by)


def _effect(id: str, text: str = "It gets long.", by: tuple[Source, ...] = OURS) -> Effect:
    return effect(id, text, Movement.STRETCH, Region.SPINE, by)


def _target(id: str, by: tuple[Source, ...] = OURS) -> Target:
    return about(id, Movement.FLEXION, Region.HIP, Span.of(45), Unit.DEGREE, by)


#: Angles have ids of their own, which say what they are the angle of.
_BENT = {"low": Region.ANKLE, "mid": Region.HIP, "up": Region.KNEE}


def _angle(id: str, by: tuple[Source, ...] = OURS) -> JointAngle:
    joint = _BENT[id]
    (freedom, *_) = JOINTS[joint]
    return JointAngle(joint=joint, freedom=freedom, degrees=9, limb=Limb.BOTH_LEGS, sources=by)


def _support(id: str, by: tuple[Source, ...] = OURS) -> Support:
    return bears(id, Contact(Region.FOOT), by)


#: A part of each kind, with the field of a step that holds its like.
PARTS: list[tuple[str, Part, Part]] = [
    ("motions", _motion("mid"), _motion("mid", THEIRS)),
    ("cues", _cue("mid"), _cue("mid", "Stay long.", THEIRS)),
    ("effects", _effect("mid"), _effect("mid", "It gets longer.", THEIRS)),
    ("targets", _target("mid"), _target("mid", THEIRS)),
]
EXERCISE = Exercise(
    id=ExerciseId("lean"),
    name="Lean",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    steps=(
        step("stand", Phase.SETUP, "Stand.", THEIRS, _cue("mid"), _motion("mid")),
        step(
            "lean",
            Phase.MOVE,
            "Lean.",
            THEIRS,
            *(
                make(id)
                for make in (_motion, _cue, _effect, _target, _angle)
                for id in ("low", "mid", "up")
            ),
        ),
    ),
    contacts=(_support("low"), _support("mid"), _support("up")),
)


def _lean(**changes: object) -> tuple[Step, ...]:
    """Return the steps with changes in the second."""
    return (EXERCISE.steps[0], attrs.evolve(EXERCISE.steps[1], **changes))  # type: ignore[arg-type]


def _ids(parts: tuple[Part, ...]) -> list[str]:
    return [part.id for part in parts]


# What a place on an axis asks for.

SLOW = SetText(step=LEAN, text="Lean slowly.")
PACE = LevelAxis(
    id=AxisId("pace"),
    name="pace",
    levels=(
        Level(id=LevelId("free"), name="free"),
        Level(id=LevelId("slow"), name="slow", edits=(SLOW,)),
    ),
)
VEST = LoadAxis(
    id=AxisId("vest"),
    name="vest",
    limb=Limb.BOTH_ARMS,
    increment_grams=250,
    maximum_grams=2000,
    edits=(SLOW,),
)


@pytest.mark.parametrize(
    ("axis", "place", "edits"),
    [
        (PACE, LevelId("free"), ()),
        (PACE, LevelId("slow"), (SLOW,)),
        (PACE, LevelId("fast"), ()),
        (PACE, kg(1), ()),
        (VEST, kg(1), (SLOW,)),
        (VEST, kg("1.1"), ()),
        (VEST, kg("2.25"), ()),
        (VEST, LevelId("slow"), ()),
    ],
)
def test_a_place_asks_for_its_edits_and_what_is_no_place_for_none(
    axis: Axis, place: LevelId | Mass, edits: tuple[Edit, ...]
) -> None:
    assert edits_at(axis, place) == edits


def _of_load(edit: Edit) -> Edit:
    """Return the edit that 1.5 kg makes of the one of its axis."""
    (made,) = edits_at(attrs.evolve(VEST, edits=(edit,)), kg(1.5))
    return made


@pytest.mark.parametrize(
    ("edit", "made"),
    [
        (
            SetText(step=LEAN, text="Lean with {mass}.", sources=THEIRS),
            SetText(step=LEAN, text="Lean with 1.5 kg.", sources=THEIRS),
        ),
        (
            SetText(step=LEAN, text="{mass} {mass} {kg}"),
            SetText(step=LEAN, text="1.5 kg 1.5 kg {kg}"),
        ),
        (
            Put(step=LEAN, part=_cue("hold", "Hold {mass}.", THEIRS)),
            Put(step=LEAN, part=_cue("hold", "Hold 1.5 kg.", THEIRS)),
        ),
        (
            Put(step=LEAN, part=_effect("sink", "{mass} sink.")),
            Put(step=LEAN, part=_effect("sink", "1.5 kg sink.")),
        ),
        (
            Put(step=LEAN, part=attrs.evolve(_cue("hold"), reason="As {mass} pull down.")),
            Put(step=LEAN, part=attrs.evolve(_cue("hold"), reason="As 1.5 kg pull down.")),
        ),
    ],
)
def test_the_load_stands_where_the_texts_of_its_axis_leave_room(edit: Edit, made: Edit) -> None:
    assert _of_load(edit) == made


@pytest.mark.parametrize(
    "edit",
    [
        *(Put(step=LEAN, part=part) for _, part, _ in PARTS),
        Put(part=_support("mid")),
        Remove(kind=PartKind.CUE, id="mid", step=LEAN),
        Remove(kind=PartKind.SUPPORT, id="mid"),
    ],
)
def test_an_edit_that_leaves_no_room_for_the_load_stays_as_it_is(edit: Edit) -> None:
    assert _of_load(edit) == edit


def test_a_text_that_a_load_would_make_too_long_is_refused_with_its_axis() -> None:
    fine = attrs.evolve(VEST, increment_grams=1, maximum_grams=None)
    longest = "999.999 kg"
    room = 2000 - len(longest)
    fits = SetText(step=LEAN, text="x" * room + "{mass}")
    (made,) = edits_at(attrs.evolve(fine, edits=(fits,)), kg("999.999"))
    assert made == SetText(step=LEAN, text="x" * room + longest)
    for part in (_cue("hold", "x" * (room + 1) + "{mass}"), _effect("sink", "{mass} " * 285)):
        with pytest.raises(InvalidValue) as caught:
            attrs.evolve(fine, edits=(fits, Put(step=LEAN, part=part)))
        assert caught.value.path == "LoadAxis.edits[1]"


def test_only_a_load_fills_in_the_mass() -> None:
    said = SetText(step=LEAN, text="Lean with {mass}.")
    level = attrs.evolve(PACE.levels[1], edits=(said,))
    axis = attrs.evolve(PACE, levels=(PACE.base, level))
    assert edits_at(axis, level.id) == (said,)


# Which edits there are.


@pytest.mark.parametrize(
    ("part", "of"), [*((part, None) for _, part, _ in PARTS), (_support("mid"), LEAN)]
)
def test_a_part_belongs_to_a_step_and_a_support_to_none(part: Part, of: StepId | None) -> None:
    allowed = "no step for a support, and the id of a step for every other part"
    with pytest.raises(InvalidValue) as put:
        Put(part=part, step=of)
    assert put.value == InvalidValue("Put", "step", of, allowed)
    with pytest.raises(InvalidValue) as removed:
        Remove(kind=part_kind(part), id=part.id, step=of)
    assert removed.value == InvalidValue("Remove", "step", of, allowed)


def test_only_a_part_can_be_put() -> None:
    with pytest.raises(InvalidValue) as caught:
        Put(part=STAND, step=LEAN)  # type: ignore[arg-type]
    assert caught.value.path == "Put.part"


# What an edit writes.


def test_without_edits_all_is_the_very_same() -> None:
    steps, contacts = edited(EXERCISE, ())
    assert steps is EXERCISE.steps
    assert contacts is EXERCISE.contacts


def test_a_text_is_written_with_its_sources() -> None:
    steps, contacts = edited(EXERCISE, [SetText(step=LEAN, text="Lean on.", sources=OURS)])
    assert steps == _lean(text="Lean on.", sources=OURS)
    assert contacts == EXERCISE.contacts


def test_a_text_without_sources_does_not_borrow_those_of_the_old_one() -> None:
    steps, _ = edited(EXERCISE, [SetText(step=LEAN, text="Lean on.")])
    assert steps == _lean(text="Lean on.", sources=())


@pytest.mark.parametrize(("holder", "part", "other"), PARTS)
def test_a_part_stands_where_the_one_that_it_replaces_stood(
    holder: str, part: Part, other: Part
) -> None:
    low, _, up = getattr(EXERCISE.steps[1], holder)
    assert part == getattr(EXERCISE.steps[1], holder)[1]
    steps, contacts = edited(EXERCISE, [Put(step=LEAN, part=other)])
    assert steps == _lean(**{holder: (low, other, up)})
    assert contacts == EXERCISE.contacts


@pytest.mark.parametrize(("holder", "part"), [(holder, part) for holder, part, _ in PARTS])
def test_new_parts_follow_by_their_ids(holder: str, part: Part) -> None:
    new = [attrs.evolve(part, id=id) for id in ("zeta", "aim", "up-2")]  # type: ignore[arg-type]
    steps, _ = edited(EXERCISE, [Put(step=LEAN, part=each) for each in new])
    old = getattr(EXERCISE.steps[1], holder)
    assert steps == _lean(**{holder: (*old, new[1], new[2], new[0])})


@pytest.mark.parametrize("kind", [kind for kind in PartKind if kind is not PartKind.SUPPORT])
def test_a_part_that_is_removed_leaves_the_others(kind: PartKind) -> None:
    holder = "pose" if kind is PartKind.JOINT_ANGLE else f"{kind.value}s"
    low, middle, up = getattr(EXERCISE.steps[1], holder)
    steps, contacts = edited(EXERCISE, [Remove(kind=kind, id=middle.id, step=LEAN)])
    assert steps == _lean(**{holder: (low, up)})
    assert contacts == EXERCISE.contacts


def test_angles_are_replaced_and_added_by_what_they_are_the_angle_of() -> None:
    other = attrs.evolve(_angle("mid"), degrees=30)
    spine = JointAngle(joint=Region.LUMBAR_SPINE, freedom=Freedom.FLEXION, degrees=5)
    elbow = JointAngle(joint=Region.ELBOW, freedom=Freedom.FLEXION, degrees=5, limb=Limb.BOTH_ARMS)
    steps, _ = edited(EXERCISE, [Put(step=LEAN, part=each) for each in (spine, other, elbow)])
    assert steps == _lean(pose=(_angle("low"), other, _angle("up"), elbow, spine))


def test_contacts_are_replaced_added_and_removed_like_parts() -> None:
    other = _support("mid", THEIRS)
    edits: list[Edit] = [
        Put(part=_support("zeta")),
        Put(part=other),
        Remove(kind=PartKind.SUPPORT, id="low"),
        Put(part=_support("aim")),
    ]
    steps, contacts = edited(EXERCISE, edits)
    assert contacts == (other, _support("up"), _support("aim"), _support("zeta"))
    assert steps == EXERCISE.steps


def test_all_slots_are_written_in_one_go_whatever_their_order() -> None:
    edits: list[Edit] = [
        SetText(step=LEAN, text="Lean on.", sources=OURS),
        *(Put(step=LEAN, part=other) for _, _, other in PARTS),
        *(Put(step=LEAN, part=attrs.evolve(part, id="aim")) for _, part, _ in PARTS),  # type: ignore[arg-type]
        *(Put(step=LEAN, part=attrs.evolve(part, id="zeta")) for _, part, _ in PARTS),  # type: ignore[arg-type]
        Remove(kind=PartKind.SUPPORT, id="mid"),
    ]
    steps, contacts = edited(EXERCISE, edits)
    assert (steps, contacts) == edited(EXERCISE, reversed(edits))
    assert steps[0] == EXERCISE.steps[0]
    assert steps[1].text == "Lean on."
    assert [_ids(getattr(steps[1], holder)) for holder, *_ in PARTS] == [
        ["low", "mid", "up", "aim", "zeta"]
    ] * 4
    assert [getattr(steps[1], holder)[1] for holder, *_ in PARTS] == [o for *_, o in PARTS]
    assert _ids(contacts) == ["low", "up"]


def test_of_two_edits_of_one_slot_the_first_counts() -> None:
    one, other = SetText(step=LEAN, text="Lean on."), SetText(step=LEAN, text="Lean off.")
    assert edited(EXERCISE, [one, other])[0] == _lean(text="Lean on.", sources=())
    put, remove = Put(part=_support("new")), Remove(kind=PartKind.SUPPORT, id="new")
    assert _ids(edited(EXERCISE, [put, remove])[1]) == ["low", "mid", "up", "new"]
    assert _ids(edited(EXERCISE, [remove, put])[1]) == ["low", "mid", "up"]


@pytest.mark.parametrize(
    "edit",
    [
        SetText(step=StepId("jump"), text="Jump."),
        Put(step=StepId("jump"), part=_cue("mid", "Jump.")),
        Remove(kind=PartKind.CUE, id="mid", step=StepId("jump")),
        Remove(kind=PartKind.CUE, id="absent", step=LEAN),
        Remove(kind=PartKind.SUPPORT, id="absent"),
    ],
)
def test_an_edit_of_something_that_is_not_there_changes_nothing(edit: Edit) -> None:
    assert edited(EXERCISE, [edit]) == (EXERCISE.steps, EXERCISE.contacts)


def test_an_id_that_two_kinds_share_names_two_slots() -> None:
    steps, _ = edited(EXERCISE, [Remove(kind=PartKind.MOTION, id="mid", step=STAND)])
    assert steps == (attrs.evolve(EXERCISE.steps[0], motions=()), EXERCISE.steps[1])
    assert _ids(steps[0].cues) == ["mid"]


# What is left alone.


def test_what_no_edit_writes_is_the_very_same() -> None:
    steps, contacts = edited(EXERCISE, [Put(step=LEAN, part=_cue("mid", "Stay long."))])
    assert contacts is EXERCISE.contacts
    assert steps[0] is EXERCISE.steps[0]
    old, new = EXERCISE.steps[1], steps[1]
    for holder in ("motions", "effects", "targets", "pose", "guideline_cues", "sources"):
        assert getattr(new, holder) is getattr(old, holder)
    assert new.cues[0] is old.cues[0]
    assert new.cues[2] is old.cues[2]
