"""Progressions and variants: one form for the same moves, and steps that the moves change."""

from __future__ import annotations

import copy
import pickle
from itertools import permutations, product

import attrs
import pytest

from backex.anatomy import Contact, Laterality, Limb, Movement, Phase, Position, Region
from backex.axes import (
    BUILT_IN_AXES,
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
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
    Slot,
    part_kind,
    slot_of,
)
from backex.catalog.upper_back import (
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
    PRONE_HEAD_RAISE,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import (
    AxisId,
    CueId,
    EffectId,
    ExerciseId,
    LevelId,
    MotionId,
    StepId,
    SupportId,
    TargetId,
)
from backex.posture import Cue, Polarity
from backex.progression import (
    EXTENDED_ARM,
    AddLowerQuarter,
    AddResistance,
    ChangeReach,
    CustomProgression,
    ExtendArm,
    LowerQuarterFunction,
    Progression,
    ReachDirection,
    axis_of,
    place_of,
)
from backex.quantities import Mass, Span, Unit, kg
from backex.references import article, library_default
from backex.step import Effect, Motion, Step, Support, Target
from backex.variant import Variant, vary

PACE, WEIGHT = AxisId("pace"), AxisId("weight")
LEAN, STAY = StepId("lean"), StepId("stay")


def _motion(id: str, region: Region = Region.CHEST) -> Motion:
    return Motion(id=MotionId(id), movement=Movement.LIFT, region=region)


def _cue(id: str, text: str = "Stay tall.") -> Cue:
    return Cue(
        id=CueId(id),
        text=text,
        polarity=Polarity.DO,
        movement=Movement.AXIAL_ELONGATION,
        region=Region.SPINE,
    )


def _effect(id: str, text: str = "It gets long.") -> Effect:
    return Effect(id=EffectId(id), text=text, movement=Movement.STRETCH, region=Region.SPINE)


def _target(id: str, degrees: int = 45) -> Target:
    return Target(
        id=TargetId(id),
        movement=Movement.FLEXION,
        region=Region.HIP,
        span=Span.of(degrees),
        unit=Unit.DEGREE,
        approximate=False,
    )


def _support(id: str, region: Region) -> Support:
    return Support(id=SupportId(id), contact=Contact(region))


STEPS = (
    Step(
        id=LEAN,
        phase=Phase.MOVE,
        text="Lean.",
        motions=(_motion("up"), _motion("on")),
        cues=(_cue("tall"), _cue("still")),
        effects=(_effect("long"),),
        targets=(_target("angle"),),
        sources=article("O9"),
    ),
    Step(id=STAY, phase=Phase.HOLD, text="Stay.", cues=(_cue("tall"),), sources=article("O12")),
)
CONTACTS = (_support("hand", Region.HAND), _support("foot", Region.FOOT))


def _leaning(*axes: Axis) -> Exercise:
    return Exercise(
        id=ExerciseId("lean"),
        name="Lean",
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        steps=STEPS,
        contacts=CONTACTS,
        axes=axes,
    )


def _levels(id: AxisId, **edits: tuple[Edit, ...]) -> LevelAxis:
    """Return an axis with a base and one level for each of `edits`."""
    levels = (Level(id=LevelId(name), name=name, edits=made) for name, made in edits.items())
    return LevelAxis(id=id, name=id, levels=(Level(id=LevelId("base"), name="base"), *levels))


def _loads(*edits: Edit, maximum: int | None = None) -> LoadAxis:
    return LoadAxis(
        id=WEIGHT,
        name="weight",
        limb=Limb.BOTH_ARMS,
        increment_grams=250,
        maximum_grams=maximum,
        edits=edits,
    )


def _at(axis: AxisId, place: str | Mass) -> CustomProgression:
    return CustomProgression(axis, place if isinstance(place, Mass) else LevelId(place))


def _edited(*edits: Edit) -> Variant:
    """Return the leaning exercise with those edits made."""
    return vary(_leaning(_levels(PACE, slow=edits)), _at(PACE, "slow"))


# What a progression is.


@pytest.mark.parametrize(
    ("progression", "axis", "place"),
    [
        (AddResistance(kg(2)), RESISTANCE, Mass(2000)),
        (ExtendArm(), SUPPORT, "extended-arm"),
        (ChangeReach(FORWARD), REACH, FORWARD),
        (AddLowerQuarter(LIFT_PELVIS), LOWER_QUARTER, LIFT_PELVIS),
        (_at(PACE, "slow"), PACE, "slow"),
        (_at(WEIGHT, kg(1)), WEIGHT, Mass(1000)),
    ],
    ids=str,
)
def test_a_progression_moves_to_one_place_on_one_axis(
    progression: Progression, axis: str, place: str | Mass
) -> None:
    assert (axis_of(progression), place_of(progression)) == (axis, place)


@pytest.mark.parametrize("axis", sorted(BUILT_IN_AXES))
def test_a_move_on_a_built_in_axis_has_one_value(axis: AxisId) -> None:
    with pytest.raises(InvalidValue) as caught:
        CustomProgression(axis, EXTENDED_ARM)
    assert caught.value == InvalidValue(
        "CustomProgression",
        "axis",
        axis,
        "an axis of the app's own; this one has a progression of its own type",
    )


# The one form of a variant.

MOVES: tuple[Progression, ...] = (
    AddResistance(kg(1)),
    ExtendArm(),
    ChangeReach(OVERHEAD),
    AddLowerQuarter(LIFT_UPPER_LEG),
)


def test_moves_are_kept_in_the_order_of_the_axes_however_they_were_asked_for() -> None:
    asked = [vary(OBLIQUE_SIT, *order) for order in permutations(MOVES)]
    assert [variant.progressions for variant in asked] == [MOVES] * 24
    assert set(asked) == {Variant(OBLIQUE_SIT, MOVES)}


def test_moves_along_unknown_axes_come_last_by_the_id_of_the_axis() -> None:
    unknown = (_at(AxisId("angle"), "wide"), _at(AxisId("pace"), "slow"))
    variant = vary(OBLIQUE_SIT, unknown[1], MOVES[3], unknown[0], MOVES[0])
    assert variant.progressions == (MOVES[0], MOVES[3], *unknown)


def test_the_same_move_twice_is_one() -> None:
    variant = vary(
        OBLIQUE_SIT, ExtendArm(), AddResistance(kg(1)), AddResistance(Mass(1000)), ExtendArm()
    )
    assert variant.progressions == (AddResistance(kg(1)), ExtendArm())


def test_two_moves_on_one_axis_are_kept_in_the_order_of_their_places() -> None:
    moves = (ChangeReach(FORWARD), ChangeReach(OVERHEAD))
    assert vary(OBLIQUE_SIT, *reversed(moves)).progressions == moves
    masses = (_at(WEIGHT, kg(1)), _at(WEIGHT, kg(2)))
    assert vary(_leaning(_loads()), *reversed(masses)).progressions == masses


@pytest.mark.parametrize(
    "move",
    [
        ChangeReach(ReachDirection("obliquely-forward")),
        AddLowerQuarter(LowerQuarterFunction("none")),
    ],
    ids=str,
)
def test_a_move_to_the_base_is_no_move(move: Progression) -> None:
    assert vary(OBLIQUE_SIT, move) == vary(OBLIQUE_SIT)
    assert vary(OBLIQUE_SIT, move, ExtendArm()) == vary(OBLIQUE_SIT, ExtendArm())


def test_a_place_that_is_the_base_of_another_axis_is_a_move() -> None:
    move = _at(PACE, "forearm")
    assert vary(OBLIQUE_SIT, move).progressions == (move,)


def test_without_moves_an_exercise_is_in_its_base_form() -> None:
    variant = vary(OBLIQUE_SIT)
    assert variant == Variant(OBLIQUE_SIT)
    assert variant.progressions == ()
    assert (variant.steps, variant.contacts, variant.supports) == (
        OBLIQUE_SIT.steps,
        OBLIQUE_SIT.contacts,
        OBLIQUE_SIT.supports,
    )


def test_variants_of_different_exercises_differ() -> None:
    assert vary(OBLIQUE_SIT) != vary(PRONE_HEAD_RAISE)
    assert vary(OBLIQUE_SIT, ExtendArm()) != vary(OBLIQUE_SIT)


@pytest.mark.parametrize(
    "copied", [lambda v: pickle.loads(pickle.dumps(v)), copy.copy, copy.deepcopy]
)
def test_a_copied_variant_has_the_same_steps(copied: type[Variant]) -> None:
    variant = vary(OBLIQUE_SIT, *MOVES)
    steps = variant.steps
    twin = copied(variant)  # type: ignore[arg-type]
    assert (twin, twin.steps, twin.contacts) == (variant, steps, variant.contacts)


# What an edit changes.


def _with_first(**changes: object) -> tuple[Step, Step]:
    """Return the steps of the leaning exercise with changes in the first."""
    return (attrs.evolve(STEPS[0], **changes), STEPS[1])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("edit", "steps"),
    [
        (
            SetText(step=LEAN, text="Lean slowly.", sources=article("O17")),
            _with_first(text="Lean slowly.", sources=article("O17")),
        ),
        (
            Put(step=LEAN, part=_motion("up", Region.HEAD)),
            _with_first(motions=(_motion("up", Region.HEAD), _motion("on"))),
        ),
        (
            Put(step=LEAN, part=_motion("down")),
            _with_first(motions=(_motion("up"), _motion("on"), _motion("down"))),
        ),
        (
            Put(step=LEAN, part=_cue("still", "Do not sway.")),
            _with_first(cues=(_cue("tall"), _cue("still", "Do not sway."))),
        ),
        (
            Put(step=LEAN, part=_effect("long", "It gets longer.")),
            _with_first(effects=(_effect("long", "It gets longer."),)),
        ),
        (
            Put(step=LEAN, part=_target("angle", 60)),
            _with_first(targets=(_target("angle", 60),)),
        ),
        (Remove(kind=PartKind.MOTION, id="up", step=LEAN), _with_first(motions=(_motion("on"),))),
        (Remove(kind=PartKind.CUE, id="tall", step=LEAN), _with_first(cues=(_cue("still"),))),
        (Remove(kind=PartKind.EFFECT, id="long", step=LEAN), _with_first(effects=())),
        (Remove(kind=PartKind.TARGET, id="angle", step=LEAN), _with_first(targets=())),
    ],
)
def test_an_edit_of_a_step_writes_its_slot_and_nothing_else(
    edit: Edit, steps: tuple[Step, ...]
) -> None:
    variant = _edited(edit)
    assert (variant.steps, variant.contacts) == (steps, CONTACTS)


@pytest.mark.parametrize(
    ("edit", "contacts"),
    [
        (
            Put(part=_support("hand", Region.FOREARM)),
            (_support("hand", Region.FOREARM), CONTACTS[1]),
        ),
        (
            Put(part=_support("back", Region.UPPER_BACK)),
            (*CONTACTS, _support("back", Region.UPPER_BACK)),
        ),
        (Remove(kind=PartKind.SUPPORT, id="hand"), CONTACTS[1:]),
    ],
)
def test_an_edit_of_a_support_writes_its_slot_and_nothing_else(
    edit: Edit, contacts: tuple[Support, ...]
) -> None:
    variant = _edited(edit)
    assert (variant.steps, variant.contacts) == (STEPS, contacts)
    assert variant.supports == {support.contact for support in contacts}


def test_a_support_to_avoid_bears_no_weight() -> None:
    spared = attrs.evolve(CONTACTS[0], polarity=Polarity.AVOID)
    assert _edited(Put(part=spared)).supports == {Contact(Region.FOOT)}


@pytest.mark.parametrize(
    "edit",
    [
        SetText(step=StepId("no-such-step"), text="Lost."),
        Put(step=StepId("no-such-step"), part=_cue("lost")),
        Remove(kind=PartKind.CUE, id="lost", step=LEAN),
        Remove(kind=PartKind.EFFECT, id="tall", step=LEAN),
        Remove(kind=PartKind.SUPPORT, id="lost"),
    ],
)
def test_an_edit_of_what_is_not_there_changes_nothing(edit: Edit) -> None:
    variant = _edited(edit)
    assert (variant.steps, variant.contacts) == (STEPS, CONTACTS)


def test_all_edits_of_a_level_are_made_and_new_parts_come_in_the_order_of_their_ids() -> None:
    variant = _edited(
        SetText(step=STAY, text="Stay on."),
        Put(step=STAY, part=_cue("zeal")),
        Remove(kind=PartKind.CUE, id="tall", step=STAY),
        Put(step=STAY, part=_cue("ease")),
        Put(step=LEAN, part=_cue("ease")),
    )
    assert variant.steps == (
        attrs.evolve(STEPS[0], cues=(_cue("tall"), _cue("still"), _cue("ease"))),
        attrs.evolve(STEPS[1], text="Stay on.", cues=(_cue("ease"), _cue("zeal")), sources=()),
    )


# Loads.


def test_a_load_is_named_in_the_texts_of_its_edits() -> None:
    exercise = _leaning(
        _loads(
            SetText(step=LEAN, text="Lean with {mass}, all {mass}."),
            Put(step=STAY, part=_cue("carry", "Carry {mass}.")),
            Put(step=STAY, part=_effect("pull", "{mass} pulls.")),
            Put(step=STAY, part=_motion("up")),
            Put(step=STAY, part=_target("angle")),
            Put(part=_support("back", Region.UPPER_BACK)),
            Remove(kind=PartKind.CUE, id="tall", step=LEAN),
        )
    )
    variant = vary(exercise, _at(WEIGHT, kg(1.5)))
    assert variant.steps == (
        attrs.evolve(
            STEPS[0], text="Lean with 1.5 kg, all 1.5 kg.", cues=(_cue("still"),), sources=()
        ),
        attrs.evolve(
            STEPS[1],
            cues=(_cue("tall"), _cue("carry", "Carry 1.5 kg.")),
            effects=(_effect("pull", "1.5 kg pulls."),),
            motions=(_motion("up"),),
            targets=(_target("angle"),),
        ),
    )
    assert variant.contacts == (*CONTACTS, _support("back", Region.UPPER_BACK))


def test_no_load_is_named_in_the_texts_of_a_level() -> None:
    text = "The {mass} stays as it is."
    assert _edited(SetText(step=LEAN, text=text)).steps[0].text == text


# Moves that do not apply.

SLOWLY = SetText(step=LEAN, text="Lean slowly.")
HEAVILY = SetText(step=STAY, text="Stay with {mass}.")
PACED = _leaning(_levels(PACE, slow=(SLOWLY,), slower=(SLOWLY,)), _loads(HEAVILY, maximum=1000))


@pytest.mark.parametrize(
    "moves",
    [
        (_at(AxisId("angle"), "wide"),),
        (ExtendArm(),),
        (AddResistance(kg(1)),),
        (_at(PACE, "fast"),),
        (_at(PACE, kg(1)),),
        (_at(WEIGHT, "slow"),),
        (_at(WEIGHT, Mass(1250)),),
        (_at(WEIGHT, Mass(300)),),
        (_at(PACE, "slow"), _at(PACE, "slower")),
        (_at(WEIGHT, kg(1)), _at(WEIGHT, Mass(500))),
    ],
)
def test_a_move_that_does_not_apply_is_kept_and_changes_nothing(
    moves: tuple[Progression, ...],
) -> None:
    variant = vary(PACED, *moves)
    assert set(variant.progressions) == set(moves)
    assert (variant.steps, variant.contacts) == (STEPS, CONTACTS)


def test_moves_that_apply_are_made_beside_those_that_do_not() -> None:
    variant = vary(PACED, _at(PACE, "slow"), _at(PACE, "slower"), _at(WEIGHT, kg(1)))
    assert variant.steps == (STEPS[0], attrs.evolve(STEPS[1], text="Stay with 1 kg.", sources=()))


def test_where_two_axes_write_one_slot_the_first_of_them_does() -> None:
    quiet = SetText(step=LEAN, text="Lean without a sound.")
    paces, noises = _levels(PACE, slow=(SLOWLY,)), _levels(AxisId("noise"), quiet=(quiet,))
    moves = (_at(PACE, "slow"), _at(AxisId("noise"), "quiet"))
    assert vary(_leaning(paces, noises), *moves).steps[0].text == "Lean slowly."
    assert vary(_leaning(noises, paces), *moves).steps[0].text == "Lean without a sound."


# The Oblique Sit.


#: The moves to every point in the product of its axes.
POINTS: list[tuple[Progression, ...]] = [
    tuple(move for move in chosen if move is not None)
    for chosen in product(
        (None, AddResistance(kg(1))),
        (None, ExtendArm()),
        (None, ChangeReach(FORWARD), ChangeReach(OVERHEAD)),
        (None, AddLowerQuarter(LIFT_UPPER_LEG), AddLowerQuarter(LIFT_PELVIS)),
    )
]


def test_all_points_in_the_product_of_the_axes_differ() -> None:
    variants = [vary(OBLIQUE_SIT, *moves) for moves in POINTS]
    assert len(set(variants)) == 36
    assert len({(variant.steps, variant.contacts) for variant in variants}) == 36


@pytest.mark.parametrize("moves", POINTS)
def test_the_order_of_the_axes_leaves_the_edited_steps_unchanged(
    moves: tuple[Progression, ...],
) -> None:
    variant = vary(OBLIQUE_SIT, *moves)
    for axes in permutations(OBLIQUE_SIT.axes):
        permuted = vary(attrs.evolve(OBLIQUE_SIT, axes=axes), *moves)
        assert (permuted.steps, permuted.contacts) == (variant.steps, variant.contacts)


def test_the_extended_arm_changes_steps_contacts_and_the_shift_of_weight() -> None:
    variant = vary(OBLIQUE_SIT, ExtendArm())
    elbow, forearm, hand = (
        Contact(region, Limb.LOWER_SIDE_ARM)
        for region in (Region.ELBOW, Region.FOREARM, Region.HAND)
    )
    assert variant.supports == OBLIQUE_SIT.supports - {elbow, forearm} | {hand}
    assert {elbow, forearm} <= OBLIQUE_SIT.supports
    assert [step.id for step in variant.steps] == [step.id for step in OBLIQUE_SIT.steps]
    assert [_shifts_to(steps) for steps in (OBLIQUE_SIT.steps, variant.steps)] == [forearm, hand]


def _shifts_to(steps: tuple[Step, ...]) -> Contact | None:
    (shift,) = (
        each for step in steps for each in step.effects if each.movement is Movement.WEIGHT_SHIFT
    )
    return shift.load_to


@pytest.mark.parametrize("move", [moves[0] for moves in POINTS if len(moves) == 1], ids=str)
def test_what_no_move_edits_keeps_its_provenance(move: Progression) -> None:
    written = {slot_of(edit) for edit in _edits_of(move)}
    assert written != set()
    for before, after in zip(OBLIQUE_SIT.steps, vary(OBLIQUE_SIT, move).steps, strict=True):
        if (None, before.id, "") not in written:
            assert (after.text, after.sources) == (before.text, before.sources)
        assert _unwritten(after, written) == _unwritten(before, written)


def _edits_of(move: Progression) -> tuple[Edit, ...]:
    axis, place = OBLIQUE_SIT.axis(axis_of(move)), place_of(move)
    if isinstance(axis, LevelAxis):
        return next(level.edits for level in axis.levels if level.id == place)
    assert axis is not None
    return axis.edits


def _unwritten(step: Step, written: set[Slot]) -> list[Part]:
    parts: tuple[Part, ...] = (*step.motions, *step.cues, *step.effects, *step.targets)
    return [part for part in parts if (part_kind(part), step.id, part.id) not in written]


def test_a_load_of_the_oblique_sit_says_how_much() -> None:
    said = [
        cue.text
        for step in vary(OBLIQUE_SIT, AddResistance(kg(1.5))).steps
        for cue in step.cues
        if cue.movement is Movement.GRIP
    ]
    assert said != []
    assert [text for text in said if "1.5 kg" not in text or "{mass}" in text] == []


def test_an_app_declares_an_axis_of_its_own_on_a_copy_of_a_catalog_exercise() -> None:
    slow = SetText(step=StepId("reach"), text="Reach slowly.", sources=library_default("calmer"))
    exercise = attrs.evolve(OBLIQUE_SIT, axes=(*OBLIQUE_SIT.axes, _levels(PACE, slow=(slow,))))
    variant = vary(exercise, _at(PACE, "slow"), ExtendArm())
    assert variant.progressions == (ExtendArm(), _at(PACE, "slow"))
    extended = vary(OBLIQUE_SIT, ExtendArm())
    assert variant.contacts == extended.contacts
    assert variant.steps == tuple(
        attrs.evolve(step, text=slow.text, sources=slow.sources) if step.id == slow.step else step
        for step in extended.steps
    )
