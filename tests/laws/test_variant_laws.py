"""The laws of variants, over exercises that are drawn with all their axes.

`exercises` draws sound ones: their axes share steps and never a slot. In those of `sharing` the
axes write the same slots, alike or not. What a law compares with is worked out here from what was
drawn alone: the order of an axis from what its levels exceed, an edited exercise as a mapping from
slots to what stands in them.
"""

from __future__ import annotations

import json
import tracemalloc
from collections.abc import Iterable, Mapping
from functools import partial
from itertools import combinations, product
from math import prod
from random import Random

import attrs
import pytest
from hypothesis import Phase as Stage
from hypothesis import find, given, settings
from hypothesis import strategies as st

from backex import editing
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
    Slot,
    slot_of,
)
from backex.catalog.building import about, bears, do, effect, motion, step
from backex.codec import digest, dumps, loads
from backex.diagnostics import Report
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId, ExerciseId, LevelId, RoutineId, StepId
from backex.pose import Freedom, JointAngle
from backex.posture import Cue
from backex.progression import (
    EXTENDED_ARM,
    CustomProgression,
    Progression,
    axis_of,
    move_to,
    place_of,
)
from backex.provenance import Source
from backex.quantities import HEAVIEST_GRAMS, Mass, Span, Unit
from backex.references import library_default
from backex.routine import Routine, prescribe
from backex.space import count_variants, variants
from backex.step import Effect, Step, Support
from backex.validation import Checkable, validate
from backex.variant import Place, Variant, differences, vary

Moves = tuple[Progression, ...]
#: Which of two places of an axis is easier: pairs of the easier and the harder one.
Order = frozenset[tuple[Place, Place]]

STEPS = tuple(zip(("lie", "press", "lift", "stay"), list(Phase)[:4], strict=True))
LEVEL_AXES = ("tempo", "range", "reach", "lower-quarter", "support")
LOAD_AXES = ("vest", "band", "resistance")
INCREMENTS = (1, 250, 999)
#: The slots that all axes of a sharing exercise write.
SHARED: list[Slot] = [
    (None, StepId("lie"), ""),
    (PartKind.CUE, StepId("lie"), "b"),
    (PartKind.SUPPORT, None, "b"),
]


#: Joints that angles are of, by the ids of those angles; not in the order of their ids.
_LIMBS = {Region.KNEE: Limb.BOTH_LEGS}
JOINTS_BY_ID = {
    "lumbar-spine-flexion": Region.LUMBAR_SPINE,
    "knee-flexion-both-legs": Region.KNEE,
}


# What is drawn.


def _by(who: str) -> tuple[Source, ...]:
    return library_default(f"by {who}")


def _part(kind: PartKind, id: str, who: str) -> Part:
    """Return a part that tells who wrote it; no two of them contradict each other."""
    match kind:
        case PartKind.MOTION:
            return motion(id, Movement.LIFT, Region.CHEST, _by(who))
        case PartKind.CUE:
            return do(id, f"As {who} says.", Movement.LIFT, Region.CHEST, _by(who))
        case PartKind.EFFECT:
            return effect(id, f"As {who} says.", Movement.LIFT, Region.CHEST, _by(who))
        case PartKind.TARGET:
            # No pose tells how high the eyes are, so that none can miss it.
            return about(id, Movement.LIFT, Region.EYES, Span.of(5), Unit.CENTIMETRE, _by(who))
        case PartKind.JOINT_ANGLE:
            # What it is the angle of is its id.
            joint = JOINTS_BY_ID[id]
            return JointAngle(
                joint=joint,
                freedom=Freedom.FLEXION,
                degrees=len(who),
                limb=_LIMBS.get(joint),
                sources=_by(who),
            )
        case PartKind.SUPPORT:
            return bears(id, Contact(Region.FOOT), _by(who))


def _put(slot: Slot, who: str) -> Edit:
    """Return the edit by which `who` writes a slot."""
    kind, of, id = slot
    if kind is not None:
        return Put(part=_part(kind, id, who), step=of)
    assert of is not None
    return SetText(step=of, text=f"As {who} says.", sources=_by(who))


def _slots(steps: Iterable[str]) -> list[Slot]:
    kinds = [kind for kind in PartKind if kind is not PartKind.SUPPORT]
    found: list[Slot] = []
    for of in map(StepId, steps):
        found.append((None, of, ""))
        for kind in kinds:
            ids = JOINTS_BY_ID if kind is PartKind.JOINT_ANGLE else "ba"
            found += [(kind, of, id) for id in ids]
    return [*found, *((PartKind.SUPPORT, None, id) for id in "ba")]


@st.composite
def _edits(
    draw: st.DrawFn, slots: list[Slot], there: frozenset[Slot], words: tuple[str, ...]
) -> tuple[Edit, ...]:
    """Return edits of some of `slots` in some of `words`; only what is there is ever removed."""
    chosen = draw(st.lists(st.sampled_from(slots), unique=True, max_size=4)) if slots else []
    edits: list[Edit] = []
    for slot in chosen:
        word = draw(st.sampled_from(words))
        removed = slot in there and draw(st.booleans())
        kind, of, id = slot
        if removed and kind is not None:
            edits.append(Remove(kind=kind, id=id, step=of))
        else:
            edits.append(_put(slot, word))
    return tuple(edits)


@st.composite
def _level_axis(
    draw: st.DrawFn,
    name: str,
    words: tuple[str, ...],
    slots: list[Slot],
    there: frozenset[Slot],
) -> LevelAxis:
    """Return an axis of up to four levels in a random partial order; names may be alike."""
    ids = ["forearm", EXTENDED_ARM] if name == "support" else "pqrs"[: draw(st.integers(1, 4))]
    order = draw(st.permutations(ids))
    levels: list[Level] = []
    for id in ids:
        easier = order[: order.index(id)]
        exceeds = draw(st.lists(st.sampled_from(easier), unique=True)) if easier else []
        said = tuple(f"{word} {id}" if word == name else word for word in words)
        levels.append(
            Level(
                id=LevelId(id),
                name=draw(st.sampled_from((f"{name} {id}", "a twin"))),
                edits=draw(_edits(slots, there, said)) if levels else (),
                exceeds=frozenset(map(LevelId, exceeds)),
            )
        )
    return LevelAxis(id=AxisId(name), name=name, levels=tuple(levels))


@st.composite
def _load_axis(
    draw: st.DrawFn,
    name: str,
    words: tuple[str, ...],
    slots: list[Slot],
    there: frozenset[Slot],
    *,
    bounded: bool,
) -> LoadAxis:
    """Return an axis of up to three loads where `bounded`, else perhaps without a maximum."""
    increment = draw(st.sampled_from(INCREMENTS))
    maximum = st.integers(1, 4 * increment - 1)
    said = (f"{words[0]} with {{mass}}", *words)
    return LoadAxis(
        id=AxisId(name),
        name=name,
        limb=Limb.BOTH_ARMS,
        increment_grams=increment,
        maximum_grams=draw(maximum if bounded else st.none() | maximum),
        edits=draw(_edits(slots, there, said)),
    )


@st.composite
def exercises(
    draw: st.DrawFn,
    *,
    axes: tuple[int, int] = (1, 4),
    bounded: bool = False,
    sharing: bool = False,
) -> Exercise:
    """Return sound exercises whose axes edit the same steps; where `sharing`, the same slots."""
    steps = STEPS[: draw(st.integers(1, len(STEPS)))]
    slots = _slots(id for id, _ in steps)
    there = frozenset(draw(st.lists(st.sampled_from(slots), unique=True, max_size=8)))
    offered = LEVEL_AXES[:2] + LOAD_AXES if sharing else LEVEL_AXES + LOAD_AXES
    names = draw(st.permutations(offered))[: draw(st.integers(*axes))]
    # One draw in place of one for each slot.
    owners = Random(draw(st.integers(0, 9_999))).choices(names, k=len(slots))
    owned = {
        name: SHARED if sharing else [s for s, by in zip(slots, owners, strict=True) if by == name]
        for name in names
    }
    words = {name: ("someone", "another") if sharing else (name,) for name in names}
    parts = [
        (slot, _part(slot[0], slot[2], "nobody")) for slot in slots if slot in there and slot[0]
    ]
    return Exercise(
        id=ExerciseId("drawn"),
        name="Drawn",
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        steps=tuple(
            step(
                id,
                phase,
                "As nobody says.",
                _by("nobody"),
                *(part for slot, part in parts if slot[1] == id and not isinstance(part, Support)),
            )
            for id, phase in steps
        ),
        contacts=tuple(part for _, part in parts if isinstance(part, Support)),
        axes=tuple(
            draw(_level_axis(name, words[name], owned[name], there))
            if name in LEVEL_AXES
            else draw(_load_axis(name, words[name], owned[name], there, bounded=bounded))
            for name in names
        ),
    )


sharing = partial(exercises, axes=(2, 3), sharing=True)
#: Few enough variants to look at every pair of them.
small = partial(exercises, axes=(1, 2), bounded=True)


def _places(axis: Axis) -> list[Place]:
    """Return the places of an axis, of an unbounded one the first few; the base comes first."""
    if isinstance(axis, LevelAxis):
        return [level.id for level in axis.levels]
    most = min(axis.maximum_grams or HEAVIEST_GRAMS, 3 * axis.increment_grams)
    loads = range(axis.increment_grams, most + 1, axis.increment_grams)
    return [None, *map(Mass, loads)]


def _move(axis: Axis, place: Place) -> Moves:
    """Return the move to a place; none to the base."""
    move = None if place is None or place == _places(axis)[0] else move_to(axis.id, place)
    return () if move is None else (move,)


def moves_of(exercise: Exercise) -> st.SearchStrategy[Moves]:
    """Return moves that apply: at most one on each axis, in the order of the axes."""
    places = [st.sampled_from(_places(axis)).map(partial(_move, axis)) for axis in exercise.axes]
    return st.tuples(*places).map(lambda chosen: sum(chosen, ()))


@st.composite
def drawn_variants(draw: st.DrawFn, of: st.SearchStrategy[Exercise] | None = None) -> Variant:
    """Return sound variants."""
    exercise = draw(exercises() if of is None else of)
    return vary(exercise, *draw(moves_of(exercise)))


def _odd_moves(exercise: Exercise) -> list[tuple[str, Moves]]:
    """Return moves that do not apply, each with the code of what is wrong."""
    found: list[tuple[str, Moves]] = [
        ("BX301", (CustomProgression(AxisId("unknown"), LevelId("p")),)),
        ("BX301", (CustomProgression(AxisId("unknown"), Mass(250)),)),
    ]
    for axis in exercise.axes:
        moves = [move for place in _places(axis) for move in _move(axis, place)]
        found += [("BX302", pair) for pair in combinations(moves, 2)]
        nowhere = move_to(axis.id, LevelId("nowhere"))
        found += [("BX303", (nowhere,))] if nowhere else []
        if isinstance(axis, LoadAxis):
            unfit = [grams for grams in (1, axis.increment_grams + 1) if axis.increment_grams > 1]
            over = (axis.maximum_grams or HEAVIEST_GRAMS) // axis.increment_grams + 1
            unfit += [over * axis.increment_grams] if axis.maximum_grams else []
            moved = (move_to(axis.id, Mass(grams)) for grams in unfit)
            found += [("BX304", (move,)) for move in moved if move]
    return found


@st.composite
def faulty(draw: st.DrawFn) -> tuple[Variant, Moves, str]:
    """Return a sound variant, moves of one axis that do not apply to it, and their code."""
    variant = draw(drawn_variants())
    code, moves = draw(st.sampled_from(_odd_moves(variant.exercise)))
    return variant, moves, code


# What it is compared with.


def _order(axis: Axis) -> Order:
    """Return which places are easier than which, by way of others too."""
    if isinstance(axis, LoadAxis):
        return frozenset(combinations(_places(axis), 2))
    pairs = {(easier, level.id) for level in axis.levels for easier in level.exceeds}
    while True:
        further = {(a, d) for a, b in pairs for c, d in pairs if b == c} - pairs
        if not further:
            return frozenset(pairs)
        pairs |= further


def _at_most(one: Variant, other: Variant) -> bool:
    return all(
        one.place(axis.id) == other.place(axis.id)
        or (one.place(axis.id), other.place(axis.id)) in _order(axis)
        for axis in one.exercise.axes
    )


def _one_place_away(axis: Axis, one: Place, other: Place) -> bool:
    """Tell whether nothing lies between two places, or they have no order."""
    order = _order(axis)
    return one != other and not any(
        {(one, middle), (middle, other)} <= order or {(other, middle), (middle, one)} <= order
        for middle in _places(axis)
    )


def _all(exercise: Exercise) -> list[Variant]:
    """Return every variant, by way of the places of each axis."""
    chosen = product(*([_move(axis, place) for place in _places(axis)] for axis in exercise.axes))
    return [vary(exercise, *sum(moves, ())) for moves in chosen]


def _contents(steps: tuple[Step, ...], contacts: tuple[Support, ...]) -> dict[Slot, object]:
    """Return what stands in each slot."""
    found: dict[Slot, object] = {(PartKind.SUPPORT, None, each.id): each for each in contacts}
    for each in steps:
        found[None, each.id, ""] = (each.text, each.sources)
        found |= {(PartKind.MOTION, each.id, part.id): part for part in each.motions}
        found |= {(PartKind.CUE, each.id, part.id): part for part in each.cues}
        found |= {(PartKind.EFFECT, each.id, part.id): part for part in each.effects}
        found |= {(PartKind.TARGET, each.id, part.id): part for part in each.targets}
        found |= {(PartKind.JOINT_ANGLE, each.id, part.id): part for part in each.pose}
    return found


def _written(variant: Variant) -> dict[Slot, object]:
    """Return what the places of a variant write, None where they remove; masses are filled in."""
    found: dict[Slot, object] = {}
    for axis in variant.exercise.axes:
        for move in variant.moves_on(axis.id):
            found |= _edits_at(axis, place_of(move))
    return found


def _edits_at(axis: Axis, place: Place) -> dict[Slot, object]:
    if isinstance(axis, LevelAxis):
        edits = next(level.edits for level in axis.levels if level.id == place)
    else:
        edits = axis.edits
    return {slot_of(edit): _content(edit, str(place)) for edit in edits}


def _content(edit: Edit, mass: str) -> object:
    match edit:
        case Remove():
            return None
        case SetText():
            return edit.text.replace("{mass}", mass), edit.sources
        case Put(part=Cue() | Effect() as part):
            return attrs.evolve(part, text=part.text.replace("{mass}", mass))
        case Put():
            return edit.part


def _routine(variant: Variant) -> Routine:
    return Routine(id=RoutineId("drawn"), title="Drawn", items=(prescribe(variant),))


# Edits.


def _report(value: Checkable) -> Report:
    """Return what is wrong with progressions.

    Some drawn places change nothing or leave nothing to rest on, and some drawn axes have no place:
    that is of no account here.
    """
    return validate(value, select=["BX3"], ignore=["BX326", "BX327", "BX328"])


def _without(variant: Variant, axis: AxisId) -> Variant:
    """Return a variant without moves on an axis, which its exercise may lack."""
    return variant if variant.exercise.axis(axis) is None else variant.without(axis)


@given(exercises())
def test_drawn_exercises_are_sound(exercise: Exercise) -> None:
    assert _report(exercise).diagnostics == ()


@given(drawn_variants())
def test_an_edit_writes_its_slot_and_nothing_else(variant: Variant) -> None:
    """Model: "An edit writes exactly one slot: the text of a step; one cue, effect or target by its
    id; one support."
    """
    exercise = variant.exercise
    expected = _contents(exercise.steps, exercise.contacts) | _written(variant)
    assert _contents(variant.steps, variant.contacts) == {
        slot: content for slot, content in expected.items() if content is not None
    }


@given(drawn_variants())
def test_what_is_not_edited_keeps_its_provenance(variant: Variant) -> None:
    """Model: "what is not edited keeps its provenance" """
    written = _written(variant)
    before = _contents(variant.exercise.steps, variant.exercise.contacts)
    after = _contents(variant.steps, variant.contacts)
    for slot in before.keys() - written.keys():
        # Not an equal one: the very same.
        kept = after[slot] is before[slot] if slot[0] else after[slot] == before[slot]
        assert kept, slot
    touched = {of for _, of, _ in written}
    for old, new in zip(variant.exercise.steps, variant.steps, strict=True):
        assert new is old or new.id in touched
        assert (new.id, new.phase, new.during, new.guideline_cues) == (
            old.id,
            old.phase,
            old.during,
            old.guideline_cues,
        )


@given(drawn_variants())
def test_parts_keep_their_places_and_new_ones_follow_by_id(variant: Variant) -> None:
    def ids(steps: tuple[Step, ...], contacts: tuple[Support, ...]) -> list[list[str]]:
        parts = [
            part
            for each in steps
            for part in (each.motions, each.cues, each.effects, each.targets, each.pose)
        ]
        return [[each.id for each in some] for some in (*parts, contacts)]

    before = ids(variant.exercise.steps, variant.exercise.contacts)
    after = ids(variant.steps, variant.contacts)
    for old, new in zip(before, after, strict=True):
        kept = [id for id in old if id in new]
        assert new == kept + sorted(set(new) - set(old))


# The order of the axes.

Permuted = tuple[Exercise, tuple[Axis, ...], Moves]


@st.composite
def permuted(draw: st.DrawFn, of: st.SearchStrategy[Exercise]) -> Permuted:
    """Return an exercise, its axes in another order, and moves."""
    exercise = draw(of)
    return exercise, tuple(draw(st.permutations(exercise.axes))), draw(moves_of(exercise))


def _differs(drawn: Permuted) -> bool:
    """Tell whether the order of the axes changes what is edited."""
    exercise, axes, moves = drawn
    one, other = vary(exercise, *moves), vary(attrs.evolve(exercise, axes=axes), *moves)
    return (one.steps, one.contacts) != (other.steps, other.contacts)


def _found(of: st.SearchStrategy[Permuted]) -> Permuted:
    """Return an example where the order of the axes matters."""
    quick = settings(max_examples=2_000, database=None, phases=[Stage.generate])
    return find(of, _differs, settings=quick, random=Random(0))


@given(permuted(exercises()))
def test_the_order_of_the_axes_does_not_matter(drawn: Permuted) -> None:
    """Model: "without such faults, permuting `exercise.axes` leaves the edited steps unchanged" """
    assert not _differs(drawn)


@given(permuted(sharing()))
def test_the_order_of_the_axes_matters_only_where_that_is_reported(drawn: Permuted) -> None:
    """Model: "without such faults, permuting `exercise.axes` leaves the edited steps unchanged" """
    assert not _differs(drawn) or "BX305" in _report(drawn[0]).codes


def test_the_order_of_the_axes_does_matter_where_they_write_one_slot_differently() -> None:
    exercise, _, _ = _found(permuted(sharing()))
    assert set(_report(exercise).codes) == {"BX305"}


BREAKS = {
    "parts are added in the order of the axes": ("sorted", list),
    "all parts of a kind are one slot": ("slot_of", lambda edit: (*slot_of(edit)[:2], "")),
}


@pytest.mark.parametrize(("name", "broken"), BREAKS.values(), ids=BREAKS)
def test_edits_that_depend_on_the_order_of_the_axes_break_the_law(
    name: str, broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(editing, name, broken, raising=False)
    exercise, axes, _ = _found(permuted(exercises()))
    assert exercise.axes != axes
    assert _report(exercise).diagnostics == ()


@given(sharing())
def test_axes_that_write_one_slot_differently_are_reported(exercise: Exercise) -> None:
    """Model: "Two levels on different axes that write one slot differently are a fault **of the
    exercise**, reported when the exercise is validated."
    """
    expected = {
        (one.id, other.id)
        for one, other in combinations(exercise.axes, 2)
        for here, there in product(_some_places(one), _some_places(other))
        if _clash(_edits_at(one, here), _edits_at(other, there))
    }
    report = _report(exercise)
    assert {each.meta["axes"] for each in report.diagnostics} == expected
    assert set(report.codes) <= {"BX305"}


def _some_places(axis: Axis) -> list[Place]:
    """Return the places that edit; of a load axis two, for its maximum may be raised."""
    if isinstance(axis, LevelAxis):
        return _places(axis)[1:]
    return [Mass(axis.increment_grams), Mass(2 * axis.increment_grams)]


def _clash(one: Mapping[Slot, object], other: Mapping[Slot, object]) -> bool:
    return any(one[slot] != other[slot] for slot in one.keys() & other.keys())


# The one form of a variant.


@st.composite
def asked(draw: st.DrawFn) -> tuple[Exercise, Moves, Moves]:
    """Return moves, some of which may not apply, and the same ones asked for in another way."""
    variant, odd, _ = draw(faulty())
    moves = variant.progressions + (odd if draw(st.booleans()) else ())
    again = draw(st.lists(st.sampled_from(moves))) if moves else []
    return variant.exercise, moves, tuple(draw(st.permutations([*moves, *again])))


@given(asked())
def test_however_moves_are_asked_for_the_variant_is_one(
    drawn: tuple[Exercise, Moves, Moves],
) -> None:
    """Model: "the same move twice is one"; "different axes commute" """
    exercise, moves, otherwise = drawn
    one, other = vary(exercise, *moves), vary(exercise, *otherwise)
    assert one == other
    assert hash(one) == hash(other)
    assert digest(one) == digest(other)
    assert dumps(one) == dumps(other)


@given(asked())
def test_moves_are_stored_in_the_order_of_the_axes(drawn: tuple[Exercise, Moves, Moves]) -> None:
    """Model: "store what was asked, in the exercise's axis order, unknown axes last." """
    exercise, moves, otherwise = drawn
    stored = vary(exercise, *otherwise).progressions
    known = [axis.id for axis in exercise.axes]
    ranks = [known.index(axis) if axis in known else len(known) for axis in map(axis_of, stored)]
    assert set(stored) == set(moves)
    assert len(stored) == len(set(moves))
    assert ranks == sorted(ranks)


@given(st.data(), exercises())
def test_a_move_to_the_base_is_no_move(data: st.DataObject, exercise: Exercise) -> None:
    """Model: "The first level is the base; a move to the base is no move." """
    moves = data.draw(moves_of(exercise))
    back = [
        move
        for axis in exercise.axes
        if isinstance(axis, LevelAxis)
        for move in (move_to(axis.id, axis.levels[0].id),)
        if move and axis.id not in map(axis_of, moves)
    ]
    assert vary(exercise, *back, *moves) == vary(exercise, *moves)


@given(st.data(), drawn_variants())
def test_with_replaces_and_without_undoes(data: st.DataObject, variant: Variant) -> None:
    """Model: "`with_` replaces the move on its axis"; "`without(axis)` undoes every move on it" """
    exercise = variant.exercise
    axis = data.draw(st.sampled_from(exercise.axes))
    places = st.sampled_from(_places(axis))
    first, second = _move(axis, data.draw(places)), _move(axis, data.draw(places))
    others = tuple(move for move in variant.progressions if axis_of(move) != axis.id)
    bare = vary(exercise, *others)
    assert variant.without(axis.id) == bare
    assert bare.without(axis.id) == bare
    assert bare.place(axis.id) == _places(axis)[0]
    assert variant.with_(*first).without(axis.id) == bare
    if second:
        assert variant.with_(*first).with_(*second) == vary(exercise, *others, *second)


@given(st.data(), exercises(axes=(2, 4)))
def test_moves_on_different_axes_commute(data: st.DataObject, exercise: Exercise) -> None:
    """Model: "different axes commute" """
    start, asked = (data.draw(moves_of(exercise)) for _ in range(2))
    one = other = vary(exercise, *start)
    for move in asked:
        one = one.with_(move)
    for move in data.draw(st.permutations(asked)):
        other = other.with_(move)
    assert one == other == vary(exercise, *start).with_(*asked)


# The order of variants.


@given(small())
def test_order_is_the_product_of_the_orders_of_the_axes(exercise: Exercise) -> None:
    """Model: "Order is the product of the axes' orders" """
    for one, other in product(_all(exercise), repeat=2):
        at_most, at_least = _at_most(one, other), _at_most(other, one)
        assert (one <= other, one >= other) == (at_most, at_least)
        assert (one < other, one > other) == (at_most and not at_least, at_least and not at_most)


@given(small())
def test_order_is_partial(exercise: Exercise) -> None:
    """Model: "Laws: partial order" """
    found = _all(exercise)
    numbers = range(len(found))
    pairs = {(a, b) for a, b in product(numbers, repeat=2) if found[a] <= found[b]}
    assert all((a, a) in pairs for a in numbers)
    assert all(a == b for a, b in pairs if (b, a) in pairs)
    assert all((a, d) in pairs for a, b in pairs for c, d in pairs if b == c)


@given(drawn_variants())
def test_neighbors_are_one_place_away_on_one_axis(variant: Variant) -> None:
    """Model: "`neighbors` are one place away on one axis, unordered axes included" """
    moved = [
        (axis, variant.place(axis.id), each.place(axis.id), each)
        for each in variant.neighbors()
        for axis in variant.exercise.axes
        if each.place(axis.id) != variant.place(axis.id)
    ]
    assert [each for *_, each in moved] == list(variant.neighbors())
    for axis in variant.exercise.axes:
        here = variant.place(axis.id)
        # One increment further than what is listed, for an axis without a maximum.
        reached = [there for at, _, there, _ in moved if at is axis]
        expected = [there for there in _further(axis, here) if _one_place_away(axis, here, there)]
        assert sorted(map(str, reached)) == sorted(map(str, expected))


def _further(axis: Axis, place: Place) -> list[Place]:
    if isinstance(axis, LevelAxis) or axis.maximum_grams is not None:
        return _places(axis)
    grams = place.grams if isinstance(place, Mass) else 0
    around = (grams - axis.increment_grams, grams + axis.increment_grams)
    return [Mass(each) if each else None for each in around if each >= 0]


@given(drawn_variants())
def test_neighbors_have_each_other(variant: Variant) -> None:
    assert all(variant in each.neighbors() for each in variant.neighbors())


@given(drawn_variants())
def test_regressions_are_the_easier_neighbors(variant: Variant) -> None:
    """Model: "`regressions` the comparable easier ones" """
    around = variant.neighbors()
    assert variant.regressions() == tuple(each for each in around if each < variant)
    assert variant.advances() == tuple(each for each in around if variant < each)


@given(small())
def test_neighbors_cover_the_order(exercise: Exercise) -> None:
    """Model: "`neighbors` covers it" """
    found = _all(exercise)
    for start in found:
        reached: set[Variant] = set()
        edge = [start]
        while edge:
            further = set(edge.pop().advances()) - reached
            reached |= further
            edge.extend(further)
        assert reached == {each for each in found if start < each}


# Moves that do not apply.


@given(faulty())
def test_a_move_that_does_not_apply_edits_nothing(drawn: tuple[Variant, Moves, str]) -> None:
    """Model: "A move that does not apply, or a second one on an axis, edits nothing" """
    variant, moves, _ = drawn
    odd = variant.with_(*moves)
    rest = _without(variant, axis_of(moves[0]))
    assert (odd.steps, odd.contacts) == (rest.steps, rest.contacts)
    assert odd.without(axis_of(moves[0])) == rest


@given(faulty())
def test_a_move_that_does_not_apply_is_reported(drawn: tuple[Variant, Moves, str]) -> None:
    """Model: "and is reported by `validate`" """
    variant, moves, code = drawn
    assert _report(_routine(variant)).diagnostics == ()
    odd = variant.with_(*moves)
    (found,) = _report(_routine(odd)).diagnostics
    place = max(odd.progressions.index(move) for move in moves)
    assert (found.code, found.path) == (code, f"$.items[0].variant.progressions[{place}]")


@given(st.data(), faulty())
def test_variants_with_faults_are_incomparable(
    data: st.DataObject, drawn: tuple[Variant, Moves, str]
) -> None:
    """Model: "variants with faults are incomparable" """
    variant, moves, _ = drawn
    odd = variant.with_(*moves)
    others = [
        variant,
        _without(variant, axis_of(moves[0])),
        vary(variant.exercise),
        vary(variant.exercise, *data.draw(moves_of(variant.exercise))),
        vary(variant.exercise, *moves),
    ]
    for other in others:
        same = odd == other
        assert (odd <= other, odd >= other) == (same, same)
        assert not odd < other
        assert not odd > other
    assert (odd.neighbors(), odd.regressions(), odd.advances()) == ((), (), ())


# The space of all variants.


@given(exercises(bounded=True), st.integers(1, 4_000))
def test_enumeration_yields_each_variant_once(exercise: Exercise, heaviest: int) -> None:
    expected = [
        each
        for each in _all(exercise)
        if all(
            not isinstance(place, Mass) or place.grams <= heaviest
            for place in map(place_of, each.progressions)
        )
    ]
    found = list(variants(exercise, heaviest=Mass(heaviest)))
    assert found[0] == vary(exercise)
    assert len(set(found)) == len(found)
    assert set(found) == set(expected)
    assert count_variants(exercise, heaviest=Mass(heaviest)) == len(expected)


@given(exercises(bounded=True))
def test_more_variants_than_the_limit_are_refused(exercise: Exercise) -> None:
    count = prod(len(_places(axis)) for axis in exercise.axes)
    assert len(list(variants(exercise, limit=count))) == count
    with pytest.raises(InvalidValue) as caught:
        variants(exercise, limit=count - 1)
    assert caught.value == InvalidValue(
        "variants", "limit", count - 1, f"at least {count}, for so many there are"
    )


@given(exercises(), st.integers(1, HEAVIEST_GRAMS))
def test_loads_by_the_gram_do_not_explode(exercise: Exercise, grams: int) -> None:
    fine = LoadAxis(
        id=AxisId("by-the-gram"), name="by the gram", limb=Limb.BOTH_ARMS, increment_grams=1
    )
    alone = attrs.evolve(exercise, axes=(fine,))
    several = attrs.evolve(exercise, axes=(*exercise.axes, fine))
    others = count_variants(exercise, heaviest=Mass(grams))
    assert count_variants(alone, heaviest=Mass(grams)) == grams + 1
    assert count_variants(several, heaviest=Mass(grams)) == others * (grams + 1)
    (move,) = _move(fine, Mass(grams))
    assert len(vary(alone, move).neighbors()) == (1 if grams == HEAVIEST_GRAMS else 2)


def test_the_first_variant_comes_before_the_others_are_made() -> None:
    fine = LoadAxis(
        id=AxisId("by-the-gram"),
        name="by the gram",
        limb=Limb.BOTH_ARMS,
        increment_grams=1,
        maximum_grams=20_000,
    )
    exercise = Exercise(
        id=ExerciseId("fine"),
        name="Fine",
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        axes=(fine,),
    )
    tracemalloc.start()
    try:
        assert next(variants(exercise, limit=30_000)) == vary(exercise)
        _, most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert most < 100_000


# Differences.


@given(st.data(), exercises())
def test_differences_are_empty_only_between_equal_variants(
    data: st.DataObject, exercise: Exercise
) -> None:
    one, other = (vary(exercise, *data.draw(moves_of(exercise))) for _ in range(2))
    apart = [axis for axis in exercise.axes if one.place(axis.id) != other.place(axis.id)]
    found = differences(one, other)
    assert [(each.axis, each.name) for each in found] == [(axis.id, axis.name) for axis in apart]
    assert [(each.after, each.before) for each in differences(other, one)] == [
        (each.before, each.after) for each in found
    ]
    assert differences(one, one) == ()


# Storage.


@given(asked())
def test_variants_are_stored_by_what_was_asked(drawn: tuple[Exercise, Moves, Moves]) -> None:
    """Model: "`steps` and `supports` are derived and never stored." """
    exercise, moves, _ = drawn
    variant = vary(exercise, *moves)
    text = dumps(variant)
    loaded = loads(text, Variant)
    assert loaded == variant
    assert dumps(loaded) == text
    assert digest(loaded) == digest(variant)
    assert (loaded.steps, loaded.contacts) == (variant.steps, variant.contacts)
    assert json.loads(text).keys() <= {"@format", "@kind", "exercise", "progressions"}
