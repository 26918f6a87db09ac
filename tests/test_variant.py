"""Variants: one form for the same moves, where they stand, what is next to them, what differs."""

from __future__ import annotations

import copy
import operator
import pickle
from collections.abc import Callable
from itertools import permutations

import attrs
import pytest

from backex.anatomy import Contact, Laterality, Limb, Position, Region
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
    Remove,
)
from backex.axes import PartKind as Kind
from backex.catalog.building import bears, spares
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
)
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId, ExerciseId, LevelId
from backex.progression import (
    AddLowerQuarter,
    AddResistance,
    ChangeReach,
    CustomProgression,
    ExtendArm,
    LowerQuarterFunction,
    Progression,
    ReachDirection,
    axis_of,
    move_to,
    place_of,
)
from backex.quantities import HEAVIEST_GRAMS, Mass, kg
from backex.variant import (
    Difference,
    Place,
    Variant,
    differences,
    has_cycle,
    has_place,
    vary,
)

PACE, VEST, PAD = AxisId("pace"), AxisId("vest"), AxisId("pad")
HAND, FOOT, RIBS = Contact(Region.HAND), Contact(Region.FOOT), Contact(Region.RIB_CAGE)


def _level(id: str, *exceeds: str, name: str | None = None) -> Level:
    return Level(
        id=LevelId(id), name=name or id.replace("-", " "), exceeds=frozenset(map(LevelId, exceeds))
    )


def _levels(*levels: Level, id: AxisId = PACE) -> LevelAxis:
    return LevelAxis(id=id, name=id, levels=levels)


def _loads(*, maximum: int | None = 1000, increment: int = 250) -> LoadAxis:
    return LoadAxis(
        id=VEST,
        name="weight of the vest",
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
        contacts=(bears("hand", HAND, ()), bears("foot", FOOT, ()), spares("ribs", RIBS, ())),
        axes=axes,
    )


def _at(axis: AxisId, place: str | Mass) -> CustomProgression:
    return CustomProgression(axis, place if isinstance(place, Mass) else LevelId(place))


#: Free, then slow and still, neither harder than the other, then both at once.
DIAMOND = _levels(
    _level("free"),
    _level("slow", "free"),
    _level("still", "free"),
    _level("slow-and-still", "slow", "still"),
)
#: A base with something easier and something harder.
MIDDLE = _levels(_level("usual", "held"), _level("held"), _level("fast", "usual"))
#: No order at all.
LOOSE = _levels(_level("left"), _level("right"), _level("both"))
CYCLE = _levels(_level("free"), _level("slow", "fast"), _level("fast", "slow"))
MOVES: tuple[Progression, ...] = (
    AddResistance(kg(1)),
    ExtendArm(),
    ChangeReach(OVERHEAD),
    AddLowerQuarter(LIFT_UPPER_LEG),
)


# Moves.


@pytest.mark.parametrize(
    ("move", "axis", "place"),
    [
        (AddResistance(kg(2)), RESISTANCE, kg(2)),
        (ExtendArm(), SUPPORT, LevelId("extended-arm")),
        (ChangeReach(FORWARD), REACH, LevelId("forward")),
        (AddLowerQuarter(LIFT_PELVIS), LOWER_QUARTER, LevelId("pelvis-lift")),
        (_at(PACE, "slow"), PACE, LevelId("slow")),
        (_at(VEST, kg(1)), VEST, kg(1)),
    ],
)
def test_a_move_and_its_place_on_an_axis_tell_each_other(
    move: Progression, axis: AxisId, place: LevelId | Mass
) -> None:
    assert (axis_of(move), place_of(move)) == (axis, place)
    assert move_to(axis, place) == move


@pytest.mark.parametrize(
    ("axis", "place"),
    [
        (RESISTANCE, LevelId("heavy")),
        (SUPPORT, LevelId("forearm")),
        (SUPPORT, kg(1)),
        (REACH, kg(1)),
        (LOWER_QUARTER, kg(1)),
    ],
)
def test_a_built_in_axis_has_no_other_moves(axis: AxisId, place: LevelId | Mass) -> None:
    assert move_to(axis, place) is None


@pytest.mark.parametrize("axis", [RESISTANCE, SUPPORT, REACH, LOWER_QUARTER])
def test_a_move_on_a_built_in_axis_has_one_value(axis: AxisId) -> None:
    with pytest.raises(InvalidValue) as caught:
        _at(axis, "extended-arm")
    assert caught.value == InvalidValue(
        "CustomProgression",
        "axis",
        axis,
        "an axis of the app's own; this one has a progression of its own type",
    )


# The one form of a variant.


def test_moves_are_kept_in_the_order_of_the_axes() -> None:
    asked = {vary(OBLIQUE_SIT, *order) for order in permutations(MOVES)}
    assert asked == {Variant(OBLIQUE_SIT, MOVES)}
    assert asked.pop().progressions == MOVES


def test_moves_along_unknown_axes_come_last_by_axis_and_place() -> None:
    odd = (_at(PACE, "fast"), _at(PACE, "slow"), _at(VEST, kg(1)))
    variant = vary(OBLIQUE_SIT, odd[2], MOVES[3], odd[1], MOVES[0], odd[0])
    assert variant.progressions == (MOVES[0], MOVES[3], *odd)


@pytest.mark.parametrize(
    ("exercise", "move"),
    [
        (OBLIQUE_SIT, ChangeReach(ReachDirection("obliquely-forward"))),
        (OBLIQUE_SIT, AddLowerQuarter(LowerQuarterFunction("none"))),
        (_lean(MIDDLE), _at(PACE, "usual")),
    ],
)
def test_a_move_to_the_base_is_no_move(exercise: Exercise, move: Progression) -> None:
    assert vary(exercise, move) == vary(exercise)
    assert vary(exercise, move).progressions == ()


def test_the_base_of_one_axis_is_a_move_on_another() -> None:
    move = _at(PACE, "forearm")
    assert vary(OBLIQUE_SIT, move).progressions == (move,)


@pytest.mark.parametrize(
    ("fields", "path"),
    [
        ((PACE, ()), "Variant.exercise"),
        ((OBLIQUE_SIT, [ExtendArm()]), "Variant.progressions"),
        ((OBLIQUE_SIT, (ExtendArm(), "extended-arm")), "Variant.progressions[1]"),
    ],
)
def test_what_is_no_exercise_and_no_move_is_refused(
    fields: tuple[object, object], path: str
) -> None:
    with pytest.raises(InvalidValue) as caught:
        Variant(*fields)  # type: ignore[arg-type]
    assert caught.value.path == path


@pytest.mark.parametrize(
    "copied",
    [
        copy.copy,
        copy.deepcopy,
        attrs.evolve,
        lambda variant: pickle.loads(pickle.dumps(variant)),
    ],
)
def test_a_copy_is_an_equal_variant(copied: Callable[[Variant], Variant]) -> None:
    variant = vary(OBLIQUE_SIT, *MOVES)
    steps, contacts = variant.steps, variant.contacts
    twin = copied(variant)
    assert (twin, twin.steps, twin.contacts) == (variant, steps, contacts)
    assert hash(twin) == hash(variant)


def test_moves_are_put_in_the_order_of_another_exercise() -> None:
    turned = attrs.evolve(OBLIQUE_SIT, axes=OBLIQUE_SIT.axes[::-1])
    moved = attrs.evolve(vary(OBLIQUE_SIT, *MOVES), exercise=turned)
    assert moved.progressions == MOVES[::-1]


# Where it stands.


@pytest.mark.parametrize(
    ("moves", "pace", "vest"),
    [
        ((), "free", None),
        ((_at(PACE, "still"),), "still", None),
        ((_at(VEST, kg("0.5")), _at(PACE, "slow")), "slow", kg("0.5")),
        ((_at(PACE, "slow"), _at(PACE, "still"), _at(VEST, kg(1))), "free", kg(1)),
        ((_at(PACE, "asleep"), _at(VEST, kg("0.3"))), "free", None),
        ((_at(PACE, kg(1)), _at(VEST, "heavy")), "free", None),
    ],
)
def test_a_variant_stands_where_the_moves_that_apply_lead(
    moves: tuple[Progression, ...], pace: Place, vest: Place
) -> None:
    variant = vary(_lean(DIAMOND, _loads()), *moves)
    assert (variant.place(PACE), variant.place(VEST)) == (pace, vest)


def test_a_variant_stands_nowhere_on_an_axis_that_its_exercise_lacks() -> None:
    variant = vary(OBLIQUE_SIT, _at(PAD, "soft"))
    with pytest.raises(InvalidValue, match="resistance, support, reach, lower-quarter") as caught:
        variant.place(PAD)
    assert caught.value.path == "Variant.place.axis"


@pytest.mark.parametrize(
    ("axes", "moves", "applying"),
    [
        ((DIAMOND, _loads()), (), ()),
        ((DIAMOND, _loads()), (_at(PACE, "slow"), _at(VEST, kg(1))), (True, True)),
        ((DIAMOND,), (_at(PACE, "asleep"),), (False,)),
        ((DIAMOND,), (_at(PACE, kg(1)),), (False,)),
        ((DIAMOND,), (_at(PAD, "soft"),), (False,)),
        ((DIAMOND,), (_at(PACE, "slow"), _at(PACE, "still")), (False, False)),
        ((_loads(), DIAMOND), (_at(VEST, kg(2)), _at(PACE, "slow")), (False, True)),
        ((_loads(),), (_at(VEST, kg("0.1")),), (False,)),
        ((_loads(),), (_at(VEST, "heavy"),), (False,)),
    ],
)
def test_a_move_applies_where_its_axis_has_the_place_and_no_other_move(
    axes: tuple[Axis, ...], moves: tuple[Progression, ...], applying: tuple[bool, ...]
) -> None:
    variant = vary(_lean(*axes), *moves)
    assert variant.progressions == moves
    assert tuple(map(variant.applies, moves)) == applying
    assert variant.is_sound is all(applying)


def test_no_variant_of_an_exercise_with_a_circular_order_is_sound() -> None:
    exercise = _lean(DIAMOND, attrs.evolve(CYCLE, id=PAD))
    variant = vary(exercise, _at(PACE, "slow"))
    assert not variant.is_sound
    assert variant.applies(_at(PACE, "slow"))
    assert variant.place(PACE) == "slow"
    assert not variant > vary(exercise)


@pytest.mark.parametrize(
    ("axis", "circular"),
    [
        (DIAMOND, False),
        (MIDDLE, False),
        (LOOSE, False),
        (CYCLE, True),
        (_levels(_level("free"), _level("slow", "slow")), True),
        (_levels(_level("free", "slow"), _level("slow", "lost")), False),
        (_loads(), False),
    ],
)
def test_a_cycle_is_a_level_harder_than_itself(axis: Axis, circular: bool) -> None:  # noqa: FBT001
    assert has_cycle(axis) is circular


@pytest.mark.parametrize(
    ("axis", "place", "has"),
    [
        (DIAMOND, LevelId("free"), True),
        (DIAMOND, LevelId("slow"), True),
        (DIAMOND, LevelId("fast"), False),
        (DIAMOND, kg(1), False),
        (_loads(), kg(1), True),
        (_loads(), kg("1.25"), False),
        (_loads(), kg("0.1"), False),
        (_loads(), LevelId("free"), False),
    ],
)
def test_an_axis_has_its_levels_or_the_loads_that_it_carries(
    axis: Axis,
    place: LevelId | Mass,
    has: bool,  # noqa: FBT001
) -> None:
    assert has_place(axis, place) is has


# Changing it.


def test_with_replaces_what_stands_on_its_axis_be_it_two_moves() -> None:
    exercise = _lean(DIAMOND, _loads())
    odd = vary(exercise, _at(PACE, "slow"), _at(PACE, "still"), _at(VEST, kg(1)))
    assert odd.with_(_at(PACE, "slow")) == vary(exercise, _at(PACE, "slow"), _at(VEST, kg(1)))
    assert odd.with_(_at(PACE, "free")) == vary(exercise, _at(VEST, kg(1)))
    assert odd.with_() == odd


def test_with_keeps_several_moves_asked_for_on_one_axis_for_validation_to_report() -> None:
    exercise = _lean(DIAMOND)
    both = (_at(PACE, "slow"), _at(PACE, "still"))
    assert vary(exercise, _at(PACE, "slow-and-still")).with_(*both) == vary(exercise, *both)


def test_without_undoes_every_move_on_its_axis_known_or_not() -> None:
    exercise = _lean(DIAMOND, _loads())
    moves = (_at(PACE, "slow"), _at(VEST, kg(1)), _at(PAD, "firm"), _at(PAD, "soft"))
    variant = vary(exercise, *moves)
    assert variant.without(PAD) == vary(exercise, *moves[:2])
    assert variant.without(PACE) == vary(exercise, *moves[1:])
    with pytest.raises(InvalidValue, match='an axis of "lean": pace, vest') as caught:
        variant.without(AxisId("paec"))
    assert caught.value.path == "Variant.without.axis"


def test_moves_on_an_axis_are_those_along_it() -> None:
    variant = vary(_lean(DIAMOND), _at(PAD, "firm"), _at(PACE, "slow"), _at(PAD, "soft"))
    assert variant.moves_on(PAD) == (_at(PAD, "firm"), _at(PAD, "soft"))
    assert variant.moves_on(PACE) == (_at(PACE, "slow"),)
    assert variant.moves_on(VEST) == ()


def test_what_bears_weight_is_as_the_moves_change_it() -> None:
    edits = (
        Put(part=bears("elbow", Contact(Region.ELBOW), ())),
        Remove(kind=Kind.SUPPORT, id="hand"),
        Remove(kind=Kind.SUPPORT, id="ribs"),
    )
    lowered = attrs.evolve(_level("slow"), edits=edits)
    exercise = _lean(_levels(_level("free"), lowered))
    assert vary(exercise).supports == {HAND, FOOT}
    variant = vary(exercise, _at(PACE, "slow"))
    assert variant.supports == {FOOT, Contact(Region.ELBOW)}
    assert [each.id for each in variant.contacts] == ["foot", "elbow"]
    assert vary(exercise, _at(PACE, "slow"), _at(PACE, "fast")).supports == {HAND, FOOT}


# Order.


@pytest.mark.parametrize(
    ("axis", "easier", "harder"),
    [
        (DIAMOND, "free", "slow"),
        (DIAMOND, "free", "slow-and-still"),
        (DIAMOND, "still", "slow-and-still"),
        (MIDDLE, "held", "usual"),
        (MIDDLE, "held", "fast"),
        (_loads(), Mass(250), Mass(1000)),
    ],
)
def test_what_exceeds_is_harder(axis: Axis, easier: Place, harder: Place) -> None:
    exercise = _lean(axis)
    one, other = (vary(exercise, _at(axis.id, place)) for place in (easier, harder) if place)
    assert (one <= other, one < other, one >= other, one > other) == (True, True, False, False)
    assert (other <= one, other < one, other >= one, other > one) == (False, False, True, True)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (vary(_lean(DIAMOND), _at(PACE, "slow")), vary(_lean(DIAMOND), _at(PACE, "still"))),
        (vary(_lean(LOOSE)), vary(_lean(LOOSE), _at(PACE, "both"))),
        (
            vary(_lean(DIAMOND, _loads()), _at(PACE, "slow")),
            vary(_lean(DIAMOND, _loads()), _at(VEST, kg(1))),
        ),
        (vary(_lean(DIAMOND)), vary(_lean(DIAMOND, _loads()), _at(PACE, "slow"))),
        (vary(OBLIQUE_SIT), vary(ALL_FOURS_ROTATION)),
        (vary(_lean(DIAMOND)), vary(_lean(DIAMOND), _at(PACE, "asleep"))),
        (vary(_lean(CYCLE)), vary(_lean(CYCLE), _at(PACE, "slow"))),
        (vary(_lean(CYCLE), _at(PACE, "slow")), vary(_lean(CYCLE), _at(PACE, "fast"))),
    ],
)
def test_what_has_no_order_compares_neither_way(one: Variant, other: Variant) -> None:
    operators = (operator.le, operator.lt, operator.ge, operator.gt)
    assert not any(compare(one, other) or compare(other, one) for compare in operators)


@pytest.mark.parametrize(
    "variant",
    [vary(OBLIQUE_SIT, *MOVES), vary(OBLIQUE_SIT, _at(PAD, "soft")), vary(_lean(CYCLE))],
)
def test_a_variant_is_at_most_and_at_least_itself(variant: Variant) -> None:
    twin = attrs.evolve(variant)
    assert (variant <= twin, variant >= twin) == (True, True)
    assert (variant < twin, variant > twin) == (False, False)


@pytest.mark.parametrize("compare", [operator.le, operator.lt, operator.ge, operator.gt])
def test_a_variant_has_no_order_with_anything_else(
    compare: Callable[[object, object], bool],
) -> None:
    with pytest.raises(TypeError):
        compare(vary(OBLIQUE_SIT), OBLIQUE_SIT)


# Neighbors.


def _around(exercise: Exercise, *moves: Progression) -> tuple[list[str], list[str], list[str]]:
    """Return the neighbors, the regressions and the advances in words."""
    variant = vary(exercise, *moves)
    found = (variant.neighbors(), variant.regressions(), variant.advances())
    neighbors, regressions, advances = ([str(each) for each in some] for some in found)
    return neighbors, regressions, advances


def _said(*places: str) -> list[str]:
    return [f"Lean (pace: {place})" if place else "Lean" for place in places]


@pytest.mark.parametrize(
    ("axis", "place", "neighbors", "regressions", "advances"),
    [
        (DIAMOND, "free", ("slow", "still"), (), ("slow", "still")),
        (DIAMOND, "slow", ("", "still", "slow and still"), ("",), ("slow and still",)),
        (DIAMOND, "slow-and-still", ("slow", "still"), ("slow", "still"), ()),
        (MIDDLE, "usual", ("held", "fast"), ("held",), ("fast",)),
        (MIDDLE, "held", ("",), (), ("",)),
        (MIDDLE, "fast", ("",), ("",), ()),
        (LOOSE, "left", ("right", "both"), (), ()),
        (LOOSE, "right", ("", "both"), (), ()),
        (_levels(_level("alone")), "alone", (), (), ()),
    ],
)
def test_levels_next_to_each_other(
    axis: LevelAxis,
    place: str,
    neighbors: tuple[str, ...],
    regressions: tuple[str, ...],
    advances: tuple[str, ...],
) -> None:
    expected = (_said(*neighbors), _said(*regressions), _said(*advances))
    assert _around(_lean(axis), _at(PACE, place)) == expected


@pytest.mark.parametrize(
    ("axis", "load", "lighter", "heavier"),
    [
        (_loads(), None, [], ["0.25 kg"]),
        (_loads(), 250, ["Lean"], ["0.5 kg"]),
        (_loads(), 1000, ["0.75 kg"], []),
        (_loads(maximum=1100), 1000, ["0.75 kg"], []),
        (_loads(maximum=200), None, [], []),
        (_loads(maximum=None), HEAVIEST_GRAMS, ["999.75 kg"], []),
        (_loads(maximum=None, increment=1), 5_000, ["4.999 kg"], ["5.001 kg"]),
        (_loads(maximum=None, increment=999), 999, ["Lean"], ["1.998 kg"]),
    ],
)
def test_loads_next_to_each_other(
    axis: LoadAxis, load: int | None, lighter: list[str], heavier: list[str]
) -> None:
    moves = () if load is None else (_at(VEST, Mass(load)),)
    below, above = (
        [each if each == "Lean" else f"Lean (weight of the vest: {each})" for each in some]
        for some in (lighter, heavier)
    )
    assert _around(_lean(axis), *moves) == (below + above, below, above)


def test_neighbors_of_the_oblique_sit() -> None:
    neighbors, regressions, advances = _around(
        OBLIQUE_SIT, AddResistance(kg(1)), ChangeReach(FORWARD), AddLowerQuarter(LIFT_PELVIS)
    )
    said = "Oblique Sit (resistance: {}reach: {}; lower quarter: {})".format
    easier = [
        said("0.75 kg; ", "straight forward", "pelvis raised"),
        "Oblique Sit (resistance: 1 kg; reach: straight forward)",
    ]
    harder = [
        said("1.25 kg; ", "straight forward", "pelvis raised"),
        said("1 kg; support: extended arm; ", "straight forward", "pelvis raised"),
    ]
    aside = [
        "Oblique Sit (resistance: 1 kg; lower quarter: pelvis raised)",
        said("1 kg; ", "obliquely overhead", "pelvis raised"),
        said("1 kg; ", "straight forward", "upper leg raised"),
    ]
    assert neighbors == [easier[0], *harder, *aside[:2], easier[1], aside[2]]
    assert regressions == easier
    assert advances == harder


def test_a_variant_with_a_fault_has_no_neighbors() -> None:
    odd = (_at(PAD, "soft"),)
    assert _around(OBLIQUE_SIT, ExtendArm(), *odd) == ([], [], [])
    assert _around(_lean(CYCLE), _at(PACE, "slow")) == ([], [], [])


def test_a_place_to_which_no_move_leads_is_no_neighbor() -> None:
    support = _levels(_level("forearm"), _level("extended-arm"), _level("fist"), id=SUPPORT)
    assert _around(_lean(support))[0] == ["Lean (support: extended arm)"]


# In words.


@pytest.mark.parametrize(
    ("moves", "said"),
    [
        ((), "Oblique Sit"),
        ((AddResistance(kg(2)), ExtendArm()), "(resistance: 2 kg; support: extended arm)"),
        ((ChangeReach(OVERHEAD),), "(reach: obliquely overhead)"),
        ((ChangeReach(ReachDirection("nowhere")),), "(reach: nowhere)"),
        ((ChangeReach(FORWARD), ChangeReach(OVERHEAD)), "(reach: forward and obliquely-overhead)"),
        ((AddResistance(kg("0.3")),), "(resistance: 0.3 kg)"),
        ((_at(PAD, "soft"), _at(VEST, kg(1))), "(pad: soft; vest: 1 kg)"),
    ],
)
def test_a_variant_reads_as_the_exercise_and_its_moves(
    moves: tuple[Progression, ...], said: str
) -> None:
    expected = said if said == "Oblique Sit" else f"Oblique Sit {said}"
    assert str(vary(OBLIQUE_SIT, *moves)) == expected


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ((), (), []),
        ((), (ExtendArm(),), ["support: forearm → extended arm"]),
        ((ExtendArm(),), (), ["support: extended arm → forearm"]),
        ((), (AddResistance(kg(2)),), ["resistance: none → 2 kg"]),
        ((AddResistance(kg("1.5")),), (AddResistance(kg(2)),), ["resistance: 1.5 kg → 2 kg"]),
        (
            (ChangeReach(FORWARD), ExtendArm()),
            (AddLowerQuarter(LIFT_PELVIS), ExtendArm()),
            [
                "reach: straight forward → obliquely forward",
                "lower quarter: at rest → pelvis raised",
            ],
        ),
        (
            (_at(VEST, kg(1)),),
            (_at(PAD, "soft"), AddResistance(kg(1))),
            ["resistance: none → 1 kg", "vest: 1 kg → none", "pad: none → soft"],
        ),
        (
            (ChangeReach(FORWARD), ChangeReach(OVERHEAD)),
            (ChangeReach(ReachDirection("nowhere")),),
            ["reach: forward and obliquely-overhead → nowhere"],
        ),
    ],
)
def test_differences_read_axis_by_axis(
    before: tuple[Progression, ...], after: tuple[Progression, ...], said: list[str]
) -> None:
    found = differences(vary(OBLIQUE_SIT, *before), vary(OBLIQUE_SIT, *after))
    assert [str(each) for each in found] == said


def test_a_difference_names_the_axis_by_id_and_by_name() -> None:
    exercise = _lean(DIAMOND, _loads())
    assert differences(vary(exercise), vary(exercise, _at(VEST, kg(1)))) == (
        Difference(VEST, "weight of the vest", "none", "1 kg"),
    )


TWINS = _levels(_level("free"), _level("one", name="slow"), _level("other", name="slow"))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (vary(_lean(TWINS), _at(PACE, "one")), vary(_lean(TWINS), _at(PACE, "other"))),
        (vary(_lean(DIAMOND)), vary(_lean(DIAMOND), _at(PAD, "none"))),
        (vary(_lean(_loads())), vary(_lean(_loads()), _at(VEST, "none"))),
        (vary(_lean(TWINS), _at(PACE, "one")), vary(_lean(TWINS), _at(PACE, "slow"))),
    ],
    ids=["levels of one name", "unknown axis", "no load", "unknown level"],
)
def test_unequal_variants_differ_though_their_places_have_one_name(
    one: Variant, other: Variant
) -> None:
    (found,) = differences(one, other)
    assert found.before != found.after


def test_variants_of_two_exercises_have_no_differences() -> None:
    with pytest.raises(InvalidValue, match=r"differences.after .* a variant of \"oblique-sit\""):
        differences(vary(OBLIQUE_SIT), vary(ALL_FOURS_ROTATION))
