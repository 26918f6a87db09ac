"""BX3xx: moves that do not apply, and axes that cannot be combined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import combinations

from backex.anatomy import Movement
from backex.axes import (
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
    Axis,
    Edit,
    LevelAxis,
    LoadAxis,
    Part,
    Put,
    Remove,
    SetText,
    Slot,
    names_mass,
    part_kind,
    slot_of,
)
from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.ids import closest, suggestion
from backex.posture import Cue, Polarity, contradict
from backex.progression import EXTENDED_ARM, Progression, axis_of, place_of
from backex.quantities import HEAVIEST_GRAMS, Mass
from backex.references import library_default
from backex.rules.exercise import leaving_the_floor, same_limb, weight_on_avoided
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.step import Effect, Step
from backex.variant import Variant, has_cycle, has_place

__all__ = ["RULES", "cues_by_moves"]


_BUILT_IN_MOVES: dict[str, str] = {
    RESISTANCE: "AddResistance",
    SUPPORT: "ExtendArm",
    REACH: "ChangeReach",
    LOWER_QUARTER: "AddLowerQuarter",
}


_PLACEHOLDER = re.compile(r"\{[a-z_]+\}")


def _moves(variant: Variant) -> Iterator[tuple[str, Progression, Axis | None]]:
    for index, move in enumerate(variant.progressions):
        yield f".progressions[{index}]", move, variant.exercise.axis(axis_of(move))


def _axis_lacking(variant: Variant) -> Iterator[Fault]:
    axes = [str(axis.id) for axis in variant.exercise.axes]
    for at, move, axis in _moves(variant):
        if axis is None:
            yield Fault(
                f'"{variant.exercise.id}" cannot be changed along "{axis_of(move)}"',
                at=at,
                hint=suggestion(axis_of(move), axes) + _built_in_move(axis_of(move), axes),
                meta={"axis": axis_of(move), "axes": tuple(axes)},
            )


def _built_in_move(name: str, axes: list[str]) -> str:
    """Return what moves along the built-in axis that seems to be meant, if one does."""
    meant = closest(name, axes)
    found = (move for axis, move in _BUILT_IN_MOVES.items() if f'"{axis}"' in meant)
    return next((f" its move is {move}" for move in found), "")


def _two_on_one_axis(variant: Variant) -> Iterator[Fault]:
    first: dict[str, Progression] = {}
    for at, move, _ in _moves(variant):
        axis = axis_of(move)
        if axis in first:
            yield Fault(
                f'a second move along "{axis}", besides the one to {place_of(first[axis])}',
                at=at,
                hint="keep one of the two; variant.with_(move) puts one in place of the other",
                meta={"axis": axis},
            )
        first.setdefault(axis, move)


def _unknown_level(variant: Variant) -> Iterator[Fault]:
    for at, move, axis in _moves(variant):
        place = place_of(move)
        if axis is None or has_place(axis, place) or _is_load(axis, place):
            continue
        levels = [str(level.id) for level in axis.levels] if isinstance(axis, LevelAxis) else []
        yield Fault(
            f'axis "{axis.id}" of "{variant.exercise.id}" has no place "{place}"',
            at=at,
            hint=suggestion(str(place), levels) if levels else "it has: loads, such as kg(1)",
            meta={"axis": axis.id, "place": str(place), "levels": tuple(levels)},
        )


def _is_load(axis: Axis, place: object) -> bool:
    return isinstance(axis, LoadAxis) and isinstance(place, Mass)


def _load_unfit(variant: Variant) -> Iterator[Fault]:
    for at, move, axis in _moves(variant):
        place = place_of(move)
        if not isinstance(axis, LoadAxis) or not isinstance(place, Mass) or axis.carries(place):
            continue
        most = axis.maximum_grams
        limit = (
            f"the most is {Mass(most)}"
            if most is not None and place.grams > most
            else f"loads grow by {Mass(axis.increment_grams)}"
        )
        yield Fault(
            f'{place} does not fit axis "{axis.id}": {limit}',
            at=at,
            hint=f"the nearest that fit: {', '.join(_nearest(axis, place)) or 'none'}",
            meta={
                "axis": axis.id,
                "grams": place.grams,
                "increment_grams": axis.increment_grams,
                "maximum_grams": most,
            },
        )


def _nearest(axis: LoadAxis, mass: Mass) -> list[str]:
    """Return the next lighter and the next heavier load that fit."""
    most = axis.maximum_grams or HEAVIEST_GRAMS
    lighter = min(mass.grams, most) // axis.increment_grams * axis.increment_grams
    loads = (lighter, lighter + axis.increment_grams)
    return [str(Mass(grams)) for grams in loads if 0 < grams <= most]


def _edits(axis: Axis) -> tuple[Edit, ...]:
    if isinstance(axis, LoadAxis):
        return axis.edits
    return tuple(edit for level in axis.levels for edit in level.edits)


def _conflicting_edits(exercise: Exercise) -> Iterator[Fault]:
    for (_, one), (index, other) in combinations(enumerate(exercise.axes), 2):
        written = _by_slot(one)
        loads = isinstance(one, LoadAxis) or isinstance(other, LoadAxis)
        for slot, edits in _by_slot(other).items():
            both = written.get(slot, frozenset()) | edits
            # Equal edits of one slot agree, unless each names its own load.
            differ = len(both) > 1 or (loads and any(map(names_mass, both)))
            if slot in written and differ:
                yield Fault(
                    f'axes "{one.id}" and "{other.id}" both write {_slot_in_words(slot)}',
                    at=f".axes[{index}]",
                    hint="let each axis write slots of its own, such as a cue with another id",
                    meta={"axes": (one.id, other.id), "step": slot[1], "part": slot[2]},
                )


def _by_slot(axis: Axis) -> dict[Slot, frozenset[Edit]]:
    slots: dict[Slot, frozenset[Edit]] = {}
    for edit in _edits(axis):
        slot = slot_of(edit)
        slots[slot] = slots.get(slot, frozenset()) | {edit}
    return slots


def _slot_in_words(slot: Slot) -> str:
    kind, step, part = slot
    if kind is None:
        return f'the text of step "{step}"'
    return f'{kind.value} "{part}"' + (f' of step "{step}"' if step else "")


def _twice_written(exercise: Exercise) -> Iterator[Fault]:
    for index, axis in enumerate(exercise.axes):
        at = f".axes[{index}]"
        if isinstance(axis, LoadAxis):
            yield from _same_slot(axis.edits, "any load", f"{at}.edits", {"axis": axis.id})
            continue
        for place, level in enumerate(axis.levels):
            about = {"axis": axis.id, "level": level.id}
            where = f"{at}.levels[{place}].edits"
            yield from _same_slot(level.edits, f'level "{level.id}"', where, about)


def _same_slot(
    edits: Sequence[Edit], what: str, at: str, about: Mapping[str, object]
) -> Iterator[Fault]:
    first: dict[Slot, Edit] = {}
    for place, edit in enumerate(edits):
        if first.setdefault(slot_of(edit), edit) != edit:
            yield Fault(
                f"{what} writes {_slot_in_words(slot_of(edit))} twice",
                at=f"{at}[{place}]",
                hint="keep one of the two edits",
                meta=about,
            )


def _base_edits(axis: LevelAxis) -> Iterator[Fault]:
    if axis.base.edits:
        yield Fault(
            f'level "{axis.base.id}" is the base of axis "{axis.id}", whose edits are never made',
            at=".levels[0].edits",
            hint="describe the base in the exercise itself; edits belong to the other levels",
            meta={"axis": axis.id, "level": axis.base.id},
        )


def _bears_and_reaches(variant: Variant) -> Iterator[Fault]:
    for step in variant.steps:
        for motion in step.motions:
            if motion.movement is not Movement.REACH:
                continue
            for support in variant.contacts:
                bears = support.polarity is Polarity.DO
                then = not support.phases or step.phase in support.phases
                if bears and then and same_limb(motion.limb, support.contact.limb):
                    yield Fault(
                        f'in step "{step.id}" the {support.contact} bears weight, '
                        "and the same limb reaches",
                        hint="let another limb reach, or limit the contact to other phases",
                        meta={"step": step.id, "motion": motion.id, "contact": support.id},
                    )


def _cycle(axis: LevelAxis) -> Iterator[Fault]:
    if has_cycle(axis):
        circling = tuple(level.id for level in axis.levels if level.id in axis.below(level.id))
        yield Fault(
            f'axis "{axis.id}" makes levels harder than themselves: {", ".join(circling)}',
            at=".levels",
            hint="take one of them out of what another exceeds",
            meta={"axis": axis.id, "levels": circling},
        )


def _level_ids(axis: LevelAxis) -> Iterator[Fault]:
    yield from duplicates((level.id for level in axis.levels), "level", ".levels")


def _exceeds_nothing(axis: LevelAxis) -> Iterator[Fault]:
    known = {level.id for level in axis.levels}
    for index, level in enumerate(axis.levels):
        for missing in sorted(level.exceeds - known):
            yield Fault(
                f'level "{level.id}" exceeds "{missing}", which axis "{axis.id}" lacks',
                at=f".levels[{index}].exceeds",
                hint=suggestion(missing, sorted(known)),
                meta={"axis": axis.id, "level": level.id, "missing": missing},
            )


def _edit_of_nothing(exercise: Exercise) -> Iterator[Fault]:
    steps = {step.id: step for step in exercise.steps}
    for index, axis in enumerate(exercise.axes):
        for edit in _edits(axis):
            if edit.step is not None and edit.step not in steps:
                what = f'step "{edit.step}"'
            elif isinstance(edit, Remove) and not _has_part(exercise, edit):
                what = _slot_in_words(slot_of(edit))
            else:
                continue
            yield Fault(
                f'axis "{axis.id}" changes {what}, which "{exercise.id}" lacks',
                at=f".axes[{index}]",
                hint="edit a step or part that is there",
                meta={"axis": axis.id, "step": edit.step},
            )


def _has_part(exercise: Exercise, edit: Remove) -> bool:
    step = None if edit.step is None else exercise.step(edit.step)
    if step is None:
        return any(each.id == edit.id for each in exercise.contacts)
    of_a_step: tuple[Part, ...] = (*step.motions, *step.cues, *step.effects, *step.targets)
    parts = (*of_a_step, *step.pose)
    return any(part_kind(each) is edit.kind and each.id == edit.id for each in parts)


def _built_in_shape(axis: Axis) -> str | None:
    """Return what a built-in axis must be, where it is not."""
    if axis.id == RESISTANCE:
        return None if isinstance(axis, LoadAxis) else "a LoadAxis"
    if axis.id not in {SUPPORT, REACH, LOWER_QUARTER}:
        return None
    if not isinstance(axis, LevelAxis):
        return "a LevelAxis"
    others = [level.id for level in axis.levels[1:]]
    fits = axis.id != SUPPORT or others == [EXTENDED_ARM]
    return None if fits else f'a LevelAxis of a base and "{EXTENDED_ARM}"'


def _built_in_taken_over(exercise: Exercise) -> Iterator[Fault]:
    for index, axis in enumerate(exercise.axes):
        expected = _built_in_shape(axis)
        if expected is not None:
            yield Fault(
                f'axis "{axis.id}" is built in and has to be {expected}',
                at=f".axes[{index}]",
                hint="give an axis of the app's own an id of its own",
                meta={"axis": axis.id},
            )


def cues_by_moves(variant: Variant) -> Iterator[tuple[Step, Cue]]:
    """Yield each cue that the moves of a variant add or change, with its step."""
    described = {step.id: step.cues for step in variant.exercise.steps}
    for step in variant.steps:
        yield from ((step, cue) for cue in step.cues if cue not in described[step.id])


def _contradictory_by_moves(variant: Variant) -> Iterator[Fault]:
    guiding = [cue for guideline in variant.exercise.guidelines for cue in guideline.cues]
    moved = set(cues_by_moves(variant))
    for step in variant.steps:
        for index, cue in enumerate(step.cues):
            earlier = step.cues[:index]
            if (step, cue) in moved:
                against = [*earlier, *guiding]
            else:
                against = [other for other in earlier if (step, other) in moved]
            for other in against:
                if contradict(cue, other):
                    yield Fault(
                        f'with these moves, cue "{cue.id}" of step "{step.id}" contradicts '
                        f'cue "{other.id}"',
                        at=".progressions",
                        hint="undo one of the moves, or mend the edits of its axis",
                        meta={"step": step.id, "cues": (cue.id, other.id)},
                    )


def _weight_by_moves(variant: Variant) -> Iterator[Fault]:
    described = set(weight_on_avoided(variant.exercise.contacts))
    for bearing, refused in weight_on_avoided(variant.contacts):
        if (bearing, refused) not in described:
            yield Fault(
                f"with these moves, weight rests on the {bearing.contact}, where it is to be "
                "avoided",
                at=".progressions",
                hint="undo one of the moves, or mend the edits of its axis",
                meta={"contacts": (bearing.id, refused.id)},
            )


def _shift_to_nowhere(variant: Variant) -> Iterator[Fault]:
    for step in variant.steps:
        for effect in step.effects:
            for contact in (effect.load_from, effect.load_to):
                if contact is not None and contact not in variant.supports:
                    yield Fault(
                        f'in step "{step.id}" weight shifts by way of the {contact}, '
                        "which bears none",
                        hint="mend the effect, or list the contact among those that bear weight",
                        meta={"step": step.id, "effect": effect.id},
                    )


def _nothing_bears(variant: Variant) -> Iterator[Fault]:
    if variant.exercise.supports and not variant.supports:
        yield Fault(
            "with these moves, the body rests on nothing",
            at=".progressions",
            hint="put the contact that bears the weight in place of the one that is removed",
            meta={"exercise": variant.exercise.id},
        )


def _label_only(exercise: Exercise) -> Iterator[Fault]:
    for index, axis in enumerate(exercise.axes):
        if isinstance(axis, LoadAxis):
            empty = [] if axis.edits else [("", f'a load on axis "{axis.id}"')]
        else:
            empty = [
                (f".levels[{place}]", f'level "{level.id}" of axis "{axis.id}"')
                for place, level in enumerate(axis.levels)
                if place and not level.edits
            ]
        for at, what in empty:
            yield Fault(
                f"{what} changes nothing in the exercise",
                at=f".axes[{index}]{at}",
                hint="say in its edits what is done differently",
                meta={"axis": axis.id},
            )


def _no_load_fits(axis: LoadAxis) -> Iterator[Fault]:
    if axis.maximum_grams is not None and axis.maximum_grams < axis.increment_grams:
        yield Fault(
            f'axis "{axis.id}" has no load: the most is less than one increment',
            at=".maximum_grams",
            hint=f"allow at least {Mass(axis.increment_grams)}",
            meta={"axis": axis.id},
        )


def _unfilled(exercise: Exercise) -> Iterator[Fault]:
    for index, axis in enumerate(exercise.axes):
        filled = {"{mass}"} if isinstance(axis, LoadAxis) else set[str]()
        for edit in _edits(axis):
            for text in _texts(edit):
                for found in dict.fromkeys(_PLACEHOLDER.findall(text)):
                    if found not in filled:
                        yield Fault(
                            f'axis "{axis.id}" writes a text with {found}, which nothing fills in',
                            at=f".axes[{index}]",
                            hint="{mass} stands for the load on a load axis; there is no other",
                            meta={"axis": axis.id, "placeholder": found},
                        )


def _texts(edit: Edit) -> tuple[str, ...]:
    match edit:
        case SetText():
            return (edit.text,)
        case Put(part=Cue(text=text, reason=reason)):
            return (text, reason or "")
        case Put(part=Effect(text=text)):
            return (text,)
        case _:
            return ()


def _lifted_by_moves(variant: Variant) -> Iterator[Fault]:
    described = {
        (step.id, motion, support)
        for _, _, step, motion, support in leaving_the_floor(
            variant.exercise.steps, variant.exercise.contacts
        )
    }
    for _, _, step, motion, support in leaving_the_floor(variant.steps, variant.contacts):
        lifted = motion.movement is Movement.LIFT
        if lifted and (step.id, motion, support) not in described:
            yield Fault(
                f'with these moves, in step "{step.id}" the {support.contact} bears weight, and '
                "the same limb is lifted",
                at=".progressions",
                hint="undo one of the moves, or mend the edits of its axis",
                meta={"step": step.id, "motion": motion.id, "contact": support.id},
            )


_OFFERED = library_default("a move that an exercise does not offer changes nothing")


_ORDERLESS = library_default("the edits of different axes must not depend on an order")


_ONE_OR_THE_OTHER = library_default("a limb does one or the other")

RULES: tuple[Rule, ...] = (
    Rule(
        code="BX301",
        title="move along an axis that the exercise lacks",
        why="The exercise stays as it was, while the person is told that it has changed.",
        severity=Severity.ERROR,
        on=Variant,
        check=_axis_lacking,
        acceptable=False,
        sources=_OFFERED,
    ),
    Rule(
        code="BX302",
        title="two moves along one axis",
        why="One body cannot be at two places of one axis; neither move is made.",
        severity=Severity.ERROR,
        on=Variant,
        check=_two_on_one_axis,
        acceptable=False,
        sources=_OFFERED,
    ),
    Rule(
        code="BX303",
        title="move to a level that the axis lacks",
        why="The exercise stays as it was, while the person is told that it has changed.",
        severity=Severity.ERROR,
        on=Variant,
        check=_unknown_level,
        acceptable=False,
        sources=_OFFERED,
    ),
    Rule(
        code="BX304",
        title="load off the increment or over the maximum",
        why="The load cannot be put together, or is more than was allowed.",
        severity=Severity.ERROR,
        on=Variant,
        check=_load_unfit,
        acceptable=False,
        sources=_OFFERED,
    ),
    Rule(
        code="BX305",
        title="axes that write one slot differently",
        why="With both moves made, the steps would depend on the order in which axes are listed.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_conflicting_edits,
        sources=_ORDERLESS,
    ),
    Rule(
        code="BX306",
        title="limb that bears weight and reaches",
        why="A limb that holds the body up cannot leave the floor.",
        severity=Severity.ERROR,
        on=Variant,
        check=_bears_and_reaches,
        after=frozenset({"BX207"}),
        sources=_ONE_OR_THE_OTHER,
    ),
    Rule(
        code="BX310",
        title="order of levels with a cycle",
        why="A level harder than itself makes every comparison meaningless.",
        severity=Severity.ERROR,
        on=LevelAxis,
        check=_cycle,
        sources=library_default("harder than is a partial order"),
    ),
    Rule(
        code="BX311",
        title="level that exceeds one that is not there",
        why="The order that was meant is not the one that holds.",
        severity=Severity.ERROR,
        on=LevelAxis,
        check=_exceeds_nothing,
        sources=library_default("a reference must lead somewhere"),
    ),
    Rule(
        code="BX312",
        title="edit of something that is not there",
        why="The change would be dropped without a word.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_edit_of_nothing,
        sources=library_default("a reference must lead somewhere"),
    ),
    Rule(
        code="BX313",
        title="built-in axis of another shape",
        why="The progressions made for it would not lead anywhere on it.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_built_in_taken_over,
        sources=library_default("a built-in progression leads to a place of its own axis"),
    ),
    Rule(
        code="BX317",
        title="moves that make cues contradict",
        why="A person cannot do and avoid the same movement in one step.",
        severity=Severity.ERROR,
        on=Variant,
        check=_contradictory_by_moves,
        sources=library_default("what cannot be followed must not be asked for"),
    ),
    Rule(
        code="BX318",
        title="place that writes one slot twice",
        why="One of the two edits is lost.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_twice_written,
        sources=_ORDERLESS,
    ),
    Rule(
        code="BX319",
        title="duplicate level id",
        why="A move to the level could mean either.",
        severity=Severity.ERROR,
        on=LevelAxis,
        check=_level_ids,
        sources=UNIQUE,
    ),
    Rule(
        code="BX320",
        title="base level that edits",
        why="No move leads to the base, so what it would change is never seen.",
        severity=Severity.ERROR,
        on=LevelAxis,
        check=_base_edits,
        sources=library_default("the first level is the exercise as it is described"),
    ),
    Rule(
        code="BX321",
        title="weight by a move where it is to be avoided",
        why="The body cannot rest on a part that must not bear weight.",
        severity=Severity.ERROR,
        on=Variant,
        check=_weight_by_moves,
        sources=library_default("the body cannot rest on what is not to be rested on"),
    ),
    Rule(
        code="BX325",
        title="weight shifts by way of a contact that bears none",
        why="The person would look for a support that is not there.",
        severity=Severity.ERROR,
        on=Variant,
        check=_shift_to_nowhere,
        sources=library_default("weight goes only where something bears it"),
    ),
    Rule(
        code="BX326",
        title="moves that leave nothing to rest on",
        why="Nobody can take up the position.",
        severity=Severity.ERROR,
        on=Variant,
        check=_nothing_bears,
        sources=library_default("the body always rests on something"),
    ),
    Rule(
        code="BX327",
        title="place that changes nothing",
        why="The person is told of a progression and does the same as before.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_label_only,
        sources=library_default("a progression changes what is done"),
    ),
    Rule(
        code="BX328",
        title="load axis without a load",
        why="No move along it can ever be made.",
        severity=Severity.ERROR,
        on=LoadAxis,
        check=_no_load_fits,
        sources=_OFFERED,
    ),
    Rule(
        code="BX329",
        title="placeholder that nothing fills in",
        why="The person would read a word in braces in place of what to do.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_unfilled,
        sources=library_default("what is shown must be readable"),
    ),
    Rule(
        code="BX330",
        title="limb that bears weight and is lifted by a move",
        why="A limb that holds the body up cannot leave the floor.",
        severity=Severity.ERROR,
        on=Variant,
        check=_lifted_by_moves,
        sources=_ONE_OR_THE_OTHER,
    ),
)
