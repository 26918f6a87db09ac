"""All variants of an exercise: how many, which, and what the Oblique Sit says at each of them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

import attrs
import pytest

from backex.anatomy import Contact, Direction, Laterality, Limb, Movement, Phase, Position, Region
from backex.axes import (
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
    Axis,
    Level,
    LevelAxis,
    LoadAxis,
    Put,
)
from backex.catalog.upper_back import (
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
    ROUTINE,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise, contacts_of
from backex.ids import AxisId, ExerciseId, LevelId
from backex.posture import Cue, Polarity
from backex.progression import (
    AddLowerQuarter,
    AddResistance,
    ChangeReach,
    ExtendArm,
    Progression,
)
from backex.provenance import Source, SourceKind
from backex.quantities import HEAVIEST_GRAMS, Mass, kg
from backex.references import article
from backex.routine import prescribe
from backex.space import count_variants, variants
from backex.step import Step
from backex.validation import validate
from backex.variant import Variant, vary


def _levels(id: str, *levels: str) -> LevelAxis:
    return LevelAxis(
        id=AxisId(id),
        name=id,
        levels=tuple(Level(id=LevelId(level), name=level) for level in levels),
    )


def _loads(id: str, increment: int = 250, maximum: int | None = None) -> LoadAxis:
    return LoadAxis(
        id=AxisId(id),
        name=id,
        limb=Limb.BOTH_ARMS,
        increment_grams=increment,
        maximum_grams=maximum,
    )


def _lean(*axes: Axis) -> Exercise:
    return Exercise(
        id=ExerciseId("lean"),
        name="Lean",
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        axes=axes,
    )


PACE = _levels("pace", "free", "slow", "slower")


# How many there are.


@pytest.mark.parametrize(
    ("axes", "heaviest", "count"),
    [
        ((), None, 1),
        ((PACE,), None, 3),
        ((PACE, _levels("pad", "none", "soft")), None, 6),
        ((_levels("pad", "none"), PACE), kg(1), 3),
        ((_loads("vest", maximum=1000),), None, 5),
        ((_loads("vest", maximum=1000),), kg("0.5"), 3),
        ((_loads("vest", maximum=1000),), kg(2), 5),
        ((_loads("vest", maximum=1100),), None, 5),
        ((_loads("vest"),), kg(1), 5),
        ((_loads("vest"),), Mass(249), 1),
        ((_loads("vest"), PACE, _loads("band", 500, 1500)), kg(1), 45),
        ((_loads("vest", 1),), Mass(HEAVIEST_GRAMS), HEAVIEST_GRAMS + 1),
        ((_loads("vest", 1), _loads("band", 1), PACE), Mass(HEAVIEST_GRAMS), 3 * 1_000_001**2),
    ],
)
def test_variants_are_counted_by_their_places(
    axes: tuple[Axis, ...], heaviest: Mass | None, count: int
) -> None:
    assert count_variants(_lean(*axes), heaviest=heaviest) == count


@pytest.mark.parametrize("counting", [count_variants, variants])
def test_an_axis_without_a_maximum_needs_the_heaviest_load(
    counting: Callable[[Exercise], object],
) -> None:
    exercise = _lean(_loads("vest", maximum=1000), _loads("band"))
    with pytest.raises(InvalidValue) as caught:
        counting(exercise)
    assert caught.value == InvalidValue(
        "variants", "heaviest", None, 'a Mass, for the axis "band" states no maximum'
    )


# Which there are.


def test_variants_come_one_by_one_the_base_form_first() -> None:
    exercise = _lean(PACE, _loads("vest", maximum=500))
    found = variants(exercise)
    assert isinstance(found, Iterator)
    assert [str(each) for each in found] == [
        "Lean",
        "Lean (vest: 0.25 kg)",
        "Lean (vest: 0.5 kg)",
        "Lean (pace: slow)",
        "Lean (pace: slow; vest: 0.25 kg)",
        "Lean (pace: slow; vest: 0.5 kg)",
        "Lean (pace: slower)",
        "Lean (pace: slower; vest: 0.25 kg)",
        "Lean (pace: slower; vest: 0.5 kg)",
    ]


def test_an_exercise_without_axes_has_one_variant() -> None:
    assert list(variants(_lean())) == [vary(_lean())]


@pytest.mark.parametrize(
    ("axes", "limit"),
    [((PACE,), 2), ((_loads("vest", 1, 10_000),), 10_000), ((PACE,), 0)],
)
def test_more_than_the_limit_are_refused_at_once(axes: tuple[Axis, ...], limit: int) -> None:
    count = count_variants(_lean(*axes))
    with pytest.raises(InvalidValue) as caught:
        variants(_lean(*axes), limit=limit)
    assert caught.value == InvalidValue(
        "variants", "limit", limit, f"at least {count}, for so many there are"
    )


def test_as_many_as_the_limit_are_not_refused() -> None:
    assert len(list(variants(_lean(PACE), limit=3))) == 3


def test_by_default_ten_thousand_are_the_limit() -> None:
    variants(_lean(_loads("vest", 1, 9_999)))
    with pytest.raises(InvalidValue, match="at least 10001"):
        variants(_lean(_loads("vest", 1, 10_000)))


# The axes of the Oblique Sit.


def _level_axis(id: AxisId) -> LevelAxis:
    axis = OBLIQUE_SIT.axis(id)
    assert isinstance(axis, LevelAxis)
    return axis


def _kinds(sources: tuple[Source, ...]) -> set[SourceKind]:
    return {source.kind for source in sources}


def _new_cues(level: Level) -> list[Cue]:
    """Return the cues that a level adds."""
    base = {(step.id, cue.id) for step in OBLIQUE_SIT.steps for cue in step.cues}
    puts = [edit for edit in level.edits if isinstance(edit, Put)]
    return [
        put.part
        for put in puts
        if isinstance(put.part, Cue) and (put.step, put.part.id) not in base
    ]


def test_the_oblique_sit_can_be_changed_in_four_ways() -> None:
    assert [axis.id for axis in OBLIQUE_SIT.axes] == [RESISTANCE, SUPPORT, REACH, LOWER_QUARTER]


def test_resistance_is_a_mass_on_the_upper_arm_with_no_maximum_of_the_catalogs() -> None:
    axis = OBLIQUE_SIT.axis(RESISTANCE)
    assert isinstance(axis, LoadAxis)
    assert (axis.limb, axis.increment_grams, axis.maximum_grams) == (
        Limb.UPPER_SIDE_ARM,
        250,
        None,
    )
    assert axis.sources[:1] == article("O15")
    assert _kinds(axis.sources) == {SourceKind.SEED, SourceKind.LIBRARY_DEFAULT}


def test_an_app_sets_the_maximum_on_its_own_copy() -> None:
    resistance, *others = OBLIQUE_SIT.axes
    assert isinstance(resistance, LoadAxis)
    own = attrs.evolve(
        OBLIQUE_SIT,
        id=ExerciseId("light-oblique-sit"),
        axes=(attrs.evolve(resistance, maximum_grams=2000), *others),
    )
    assert count_variants(own) == 9 * 2 * 3 * 3
    assert vary(own, AddResistance(kg(2))).advances() == tuple(
        vary(own, AddResistance(kg(2)), move)
        for move in (ExtendArm(), AddLowerQuarter(LIFT_UPPER_LEG), AddLowerQuarter(LIFT_PELVIS))
    )
    report = validate(ROUTINE.with_item(prescribe(vary(own, AddResistance(kg("2.25"))))))
    assert [(each.code, each.meta["maximum_grams"]) for each in report.errors] == [("BX304", 2000)]


def test_that_the_extended_arm_is_harder_is_derived() -> None:
    forearm, extended = _level_axis(SUPPORT).levels
    assert not forearm.exceeds
    assert extended.exceeds == frozenset({forearm.id})
    assert (forearm.sources, extended.sources) == (article("O5"), article("O17"))
    assert vary(OBLIQUE_SIT) < vary(OBLIQUE_SIT, ExtendArm())
    assert [(source.kind, source.locator) for source in extended.order_sources] == [
        (SourceKind.DERIVED, "O17")
    ]


def test_the_articles_reach_is_the_base_and_every_other_the_librarys() -> None:
    axis = _level_axis(REACH)
    base, *others = axis.levels
    assert (base.id, base.edits, base.sources) == ("obliquely-forward", (), article("O9", "O16"))
    assert tuple(map(str, (level.id for level in others))) == (FORWARD, OVERHEAD)
    for level in others:
        (cue,) = _new_cues(level)
        assert _kinds(level.sources + cue.sources) == {SourceKind.LIBRARY_DEFAULT}
    assert len({cue.id for level in others for cue in _new_cues(level)}) == len(others)
    assert all(not level.exceeds and not level.order_sources for level in axis.levels)


@pytest.mark.parametrize(
    ("moves", "direction"),
    [
        ((), Direction.OBLIQUELY_FORWARD),
        ((ChangeReach(FORWARD),), Direction.FORWARD),
        ((ChangeReach(OVERHEAD),), Direction.OBLIQUELY_OVERHEAD),
    ],
)
def test_the_upper_arm_reaches_where_the_variant_says(
    moves: tuple[Progression, ...], direction: Direction
) -> None:
    reaches = [
        (step.id, motion.limb, motion.direction)
        for step in vary(OBLIQUE_SIT, *moves).steps
        for motion in step.motions
        if motion.movement is Movement.REACH
    ]
    assert reaches == [("reach", Limb.UPPER_SIDE_ARM, direction)]


def test_lower_quarter_functions_are_the_librarys_and_harder_than_none() -> None:
    none, *functions = _level_axis(LOWER_QUARTER).levels
    assert (none.id, none.edits, none.exceeds) == ("none", (), frozenset())
    assert tuple(map(str, (level.id for level in functions))) == (LIFT_UPPER_LEG, LIFT_PELVIS)
    for level in functions:
        assert _kinds(level.sources) == {SourceKind.LIBRARY_DEFAULT}
        assert (level.exceeds, level.order_sources) == (frozenset({none.id}), article("O18"))
        assert _new_cues(level)
    base, leg, pelvis = (
        vary(OBLIQUE_SIT, *moves)
        for moves in ((), (AddLowerQuarter(LIFT_UPPER_LEG),), (AddLowerQuarter(LIFT_PELVIS),))
    )
    assert base < leg
    assert base < pelvis
    assert not leg <= pelvis
    assert not pelvis <= leg


# What the Oblique Sit says at each of its variants.

EVERY = list(variants(OBLIQUE_SIT, heaviest=kg("0.5")))
EXTENDED = [each for each in EVERY if ExtendArm() in each.progressions]
ON_FOREARM = [each for each in EVERY if ExtendArm() not in each.progressions]
HAND, ELBOW, FOREARM = (
    Contact(region, Limb.LOWER_SIDE_ARM) for region in (Region.HAND, Region.ELBOW, Region.FOREARM)
)
STRAIGHT = "supporting-arm-straight"


def _texts(step: Step) -> list[str]:
    reasons = [cue.reason for cue in step.cues if cue.reason]
    return [
        step.text,
        *(cue.text for cue in step.cues),
        *reasons,
        *(effect.text for effect in step.effects),
    ]


def _said(variant: Variant) -> list[str]:
    return [text for step in variant.steps for text in _texts(step)]


def test_there_are_54_variants_up_to_half_a_kilogram_and_each_reads_otherwise() -> None:
    assert len(EVERY) == 3 * 2 * 3 * 3
    assert len({(*_said(each), each.contacts) for each in EVERY}) == 54


def test_every_variant_is_sound() -> None:
    item = ROUTINE.item("oblique-sit")
    assert item is not None
    for variant in EVERY:
        routine = ROUTINE.replacing(attrs.evolve(item, variant=variant))
        assert validate(routine).diagnostics == (), variant


def _lower_arm(variant: Variant) -> dict[Phase, set[Contact]]:
    """Return what of the lower arm bears weight in the phases in which it holds the body up."""
    return {
        phase: {
            contact
            for contact in contacts_of(variant.contacts, phase=phase)
            if contact.limb is Limb.LOWER_SIDE_ARM
        }
        for phase in (Phase.PREPARE, Phase.MOVE, Phase.HOLD)
    }


def test_on_the_extended_arm_the_weight_is_on_the_hand_of_a_straight_arm() -> None:
    for variant in EXTENDED:
        assert list(_lower_arm(variant).values()) == [{HAND}] * 3
        assert {
            (step.id, motion.movement, motion.region)
            for step in variant.steps
            for motion in step.motions
            if motion.limb is Limb.LOWER_SIDE_ARM
        } == {
            ("place-arm", Movement.PLACEMENT, Region.HAND),
            ("press-up", Movement.EXTENSION, Region.ELBOW),
            ("press-up", Movement.PRESS, Region.HAND),
        }
        assert {
            (step.id, cue.id, cue.polarity)
            for step in variant.steps
            for cue in step.cues
            if (cue.movement, cue.region) == (Movement.EXTENSION, Region.ELBOW)
        } == {("press-up", STRAIGHT, Polarity.DO), ("hold", STRAIGHT, Polarity.DO)}
        assert [
            (effect.region, effect.load_to)
            for step in variant.steps
            for effect in step.effects
            if effect.movement is Movement.WEIGHT_SHIFT
        ] == [(Region.HAND, HAND)]
        placed, pressed = (
            step.text for step in variant.steps if step.id in {"place-arm", "press-up"}
        )
        assert re.search("lower hand .* elbow bent", placed)
        assert re.search("lower hand .* straighten that arm", pressed)


def test_on_the_extended_arm_nothing_speaks_of_elbow_or_forearm_as_support() -> None:
    for variant in EXTENDED:
        assert variant.supports.isdisjoint({ELBOW, FOREARM})
        for step in variant.steps:
            for effect in step.effects:
                assert {effect.load_from, effect.load_to}.isdisjoint({ELBOW, FOREARM})
        about = [text for text in _said(variant) if re.search("elbow|forearm", text.lower())]
        assert about == [
            "Set the lower hand on the floor straight below its shoulder, the elbow bent.",
            "Keep the lower arm straight, without locking its elbow.",
            "Bend the lower elbow slowly until the chest is down.",
        ]


def test_on_the_forearm_nothing_speaks_of_the_hand_as_support() -> None:
    for variant in ON_FOREARM:
        assert list(_lower_arm(variant).values()) == [{ELBOW, FOREARM}] * 3
        assert HAND not in variant.supports
        spoken = "straight lower arm|lower arm straight|straighten|lower hand"
        assert not [text for text in _said(variant) if re.search(spoken, text)]


def test_weight_shifts_between_contacts_that_bear_it() -> None:
    odd = [
        (str(variant), effect.text)
        for variant in EVERY
        for step in variant.steps
        for effect in step.effects
        if not {effect.load_from, effect.load_to} - {None}
        <= contacts_of(variant.contacts, phase=step.phase)
    ]
    assert odd == []


def test_at_no_time_the_body_rests_on_nothing() -> None:
    odd = [
        (str(variant), step.text)
        for variant in EVERY
        for step in variant.steps
        if not contacts_of(variant.contacts, phase=step.phase)
    ]
    assert odd == []


def test_a_load_is_named_wherever_it_is_handled_and_no_other_load() -> None:
    for variant in EVERY:
        named = {
            (step.id, mass)
            for step in variant.steps
            for text in _texts(step)
            for mass in re.findall(r"[0-9.]+ kg", text)
        }
        loads = [str(move.mass) for move in variant.progressions if isinstance(move, AddResistance)]
        assert named >= {(step, load) for load in loads for step in ("reach", "hold")}
        assert {mass for _, mass in named} == set(loads)
        assert not [text for text in _said(variant) if re.search("[{}]", text)]


@pytest.mark.parametrize(
    "move",
    [AddResistance(kg(2)), AddLowerQuarter(LIFT_UPPER_LEG), AddLowerQuarter(LIFT_PELVIS)],
    ids=str,
)
def test_what_was_taken_up_is_put_down_on_the_way_back(move: Progression) -> None:
    usual = OBLIQUE_SIT.steps[-1]
    back = vary(OBLIQUE_SIT, move).steps[-1]
    assert usual.phase is back.phase is Phase.RETURN
    assert _texts(back) != _texts(usual)
