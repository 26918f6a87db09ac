"""BX3xx: ladders that do not climb, and plans that never progress."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import attrs

from backex.criteria import (
    AllCriteria,
    AnyCriterion,
    Criterion,
    EffortAtMost,
    InARow,
    SymptomAtMost,
)
from backex.diagnostics import Severity
from backex.dose import same_amounts
from backex.errors import key_step
from backex.ids import SourceId, suggestion
from backex.ladders import Ladder, Rung
from backex.plan import Plan
from backex.posture import EffortLevel
from backex.provenance import Source, SourceKind
from backex.quantities import Span
from backex.references import library_default
from backex.rules.rule import Fault, Rule
from backex.symptoms import Channel
from backex.variant import differences
from backex.wording import listed

__all__ = ["RULES"]


def _other_exercise(ladder: Ladder) -> Iterator[Fault]:
    first = ladder.rungs[0].variant.exercise
    for index, rung in enumerate(ladder.rungs):
        if rung.variant.exercise != first:
            yield Fault(
                f'the ladder begins with "{first.id}"; this rung is of another exercise, '
                f'"{rung.variant.exercise.id}"',
                at=f".rungs[{index}]",
                hint="climb one exercise by a ladder; give another exercise an item of its own",
                meta={"rung": index},
            )


def _easier_rung(ladder: Ladder) -> Iterator[Fault]:
    for index, rung in enumerate(ladder.rungs):
        for place, earlier in reversed([*enumerate(ladder.rungs[:index])]):
            if rung.variant < earlier.variant or _less_of_the_same(earlier, rung):
                yield Fault(
                    f"rung {index} is easier than rung {place}",
                    at=f".rungs[{index}]",
                    hint="order the rungs from the easiest up",
                    meta={"rung": index},
                )
                break


def _easier_by_dose(plan: Plan) -> Iterator[Fault]:
    """Yield rungs that are easier once the item's dose stands where a rung states none."""
    for id, ladder in plan.ladders.items():
        item = plan.routine.item(id)
        for index, (before, after) in enumerate(pairwise(ladder.rungs), start=1):
            if item is None or (before.dose is None) is (after.dose is None):
                continue
            stated = [attrs.evolve(each, dose=each.dose or item.dose) for each in (before, after)]
            if _less_of_the_same(*stated):
                which = index if after.dose is None else index - 1
                yield Fault(
                    f"rung {index} asks for less than rung {index - 1}: "
                    f'rung {which} has the dose of "{id}"',
                    at=f".ladders{key_step(id)}.rungs[{index}]",
                    hint="order the rungs from the easiest up",
                    meta={"item": id, "rung": index},
                )


def _repeated_rung(ladder: Ladder) -> Iterator[Fault]:
    for index, rung in enumerate(ladder.rungs):
        for place, earlier in enumerate(ladder.rungs[:index]):
            if rung.variant == earlier.variant and same_amounts(rung.dose, earlier.dose):
                yield Fault(
                    f"rung {index} asks for the same as rung {place}",
                    at=f".rungs[{index}]",
                    hint="take one of the two out",
                    meta={"rung": index, "same_as": place},
                )
                break


def _never_progresses(plan: Plan) -> Iterator[Fault]:
    policy, baseline = plan.routine.stopping, plan.baseline
    if not plan.ladders or policy is None:
        return
    unknown = sorted(policy.asks - (baseline.severities.keys() if baseline else set()))
    if baseline is None or unknown:
        yield Fault(
            "the usual level is not known"
            + (f" for {listed(unknown)}" if baseline else "")
            + ", so every decision is to hold",
            at=".baseline",
            hint="give a report of the person's usual state that rates all that the policy asks",
            meta={"channels": tuple(unknown)},
        )
    for id, ladder in plan.ladders.items():
        for index, rung in enumerate(ladder.rungs):
            for channel in sorted(_channels(rung.advance) - policy.asks):
                yield Fault(
                    f'rung {index} waits for "{channel}", which the policy does not ask',
                    at=f".ladders{key_step(id)}.rungs[{index}].advance",
                    hint=suggestion(channel, sorted(policy.asks)),
                    meta={"item": id, "rung": index, "channel": channel},
                )


def _channels(criterion: Criterion | None) -> frozenset[Channel]:
    match criterion:
        case SymptomAtMost():
            return frozenset({criterion.channel})
        case InARow():
            return _channels(criterion.criterion)
        case AllCriteria() | AnyCriterion():
            return frozenset().union(*map(_channels, criterion.criteria))
        case _:
            return frozenset()


def _less_of_the_same(before: Rung, after: Rung) -> bool:
    if before.variant != after.variant or before.dose is None or after.dose is None:
        return False
    pairs = [
        (_most(getattr(before.dose, name)), _most(getattr(after.dose, name)))
        for name in ("sets", "reps", "hold_seconds")
    ]
    known = [(one, other) for one, other in pairs if one is not None and other is not None]
    return all(other <= one for one, other in known) and any(other < one for one, other in known)


def _most(span: Span | None) -> int | None:
    return None if span is None else span.low if span.high is None else span.high


def _several_at_once(ladder: Ladder) -> Iterator[Fault]:
    for index, (before, after) in enumerate(pairwise(ladder.rungs), start=1):
        if before.variant.exercise != after.variant.exercise:
            continue
        if not (before.variant.is_sound and after.variant.is_sound):
            continue
        changed = [str(each) for each in differences(before.variant, after.variant)]
        dosed = not same_amounts(before.dose, after.dose)
        if len(changed) + dosed > 1:
            said = [*changed, *(["the dose"] if dosed else [])]
            yield Fault(
                f"rung {index} changes more than one thing: {'; '.join(said)}",
                at=f".rungs[{index}]",
                hint="change one thing at a time, so that it is known what symptoms answer to",
                meta={"rung": index, "changes": tuple(said)},
            )


def _never_left(ladder: Ladder) -> Iterator[Fault]:
    for index, rung in enumerate(ladder.rungs[:-1]):
        if rung.advance is None:
            yield Fault(
                f"rung {index} has no criterion, so the rungs above it are never reached",
                at=f".rungs[{index}].advance",
                hint="say what has to be shown to leave it",
                meta={"rung": index},
            )


def _starts_elsewhere(plan: Plan) -> Iterator[Fault]:
    for id, ladder in plan.ladders.items():
        item, first = plan.routine.item(id), ladder.rungs[0]
        if item is None:
            continue
        at = f".ladders{key_step(id)}.rungs[0]"
        if first.variant != item.variant:
            yield Fault(
                f'the ladder of "{id}" starts at {first.variant}; its item stands at '
                f"{item.variant}",
                at=f"{at}.variant",
                hint="begin the ladder with the item's own variant",
                meta={"item": id},
            )
        if first.dose is not None and not same_amounts(first.dose, item.dose):
            yield Fault(
                f'the ladder of "{id}" starts with {first.dose}; its item has '
                f"{item.dose or 'no dose'}",
                at=f"{at}.dose",
                hint="begin the ladder with the item's own dose, or state none",
                meta={"item": id},
            )


def _ladder_without_item(plan: Plan) -> Iterator[Fault]:
    items = [str(item.id) for item in plan.routine.items]
    for id in plan.ladders:
        if id not in items:
            yield Fault(
                f'there is a ladder for "{id}", but no such item',
                at=f".ladders{key_step(id)}",
                hint=suggestion(id, items),
                meta={"item": id, "items": tuple(items)},
            )


#: The greatest effort out of 10 that the words still cover.
_MOST_EFFORT = {EffortLevel.LOW: 4, EffortLevel.MODERATE: 6}


def _left_at_effort(rung: Rung) -> Iterator[Fault]:
    level = rung.variant.exercise.effort
    if level is None or level not in _MOST_EFFORT or rung.advance is None:
        return
    effort = _most_effort(rung.advance)
    if effort is not None and effort > _MOST_EFFORT[level]:
        yield Fault(
            f"the rung is left upward at an effort of {effort} of 10, while the exercise should "
            f"take {level.value} effort",
            at=".advance",
            hint=f"ask for an effort of at most {_MOST_EFFORT[level]}",
            meta={"effort": effort, "exercise_effort": level.value},
        )


def _most_effort(criterion: Criterion) -> int | None:
    """Return the greatest effort at which a criterion can be met, where it speaks of effort."""
    match criterion:
        case EffortAtMost():
            return criterion.effort
        case InARow():
            return _most_effort(criterion.criterion)
        case AllCriteria() | AnyCriterion():
            parts = [_most_effort(each) for each in criterion.criteria]
            known = [each for each in parts if each is not None]
            lenient = max if isinstance(criterion, AnyCriterion) else min
            return lenient(known, default=None)
        case _:
            return None


_UPWARD = library_default("a ladder is climbed from the easiest rung")


_EFFORT = (
    Source(
        id=SourceId("physical-activity-guidelines-2018"),
        title="Physical Activity Guidelines for Americans, 2nd edition",
        author="U.S. Department of Health and Human Services",
        kind=SourceKind.LITERATURE,
        note="on a scale of 0 to 10, moderate is 5 or 6, and vigorous begins at 7 or 8",
    ),
    *library_default("what is said there of endurance is taken for any exercise"),
)

RULES: tuple[Rule, ...] = (
    Rule(
        code="BX307",
        title="rung easier than the one before",
        why="Whoever has shown enough to go up would be sent down.",
        severity=Severity.ERROR,
        on=Ladder,
        check=_easier_rung,
        sources=_UPWARD,
    ),
    Rule(
        code="BX308",
        title="more than one thing changed in a rung",
        why="When symptoms answer, nobody can tell to which change.",
        severity=Severity.WARNING,
        on=Ladder,
        check=_several_at_once,
        sources=library_default("one thing is changed at a time"),
    ),
    Rule(
        code="BX309",
        title="ladder that starts elsewhere than its item",
        why="The first session would differ from the one that was prescribed.",
        severity=Severity.ERROR,
        on=Plan,
        check=_starts_elsewhere,
        sources=_UPWARD,
    ),
    Rule(
        code="BX314",
        title="ladder for an item that is not there",
        why="The item that was meant never progresses.",
        severity=Severity.ERROR,
        on=Plan,
        check=_ladder_without_item,
        sources=library_default("a reference must lead somewhere"),
    ),
    Rule(
        code="BX315",
        title="rung that is never left",
        why="The rungs above it are out of reach.",
        severity=Severity.WARNING,
        on=Ladder,
        check=_never_left,
        sources=_UPWARD,
    ),
    Rule(
        code="BX316",
        title="rung of another exercise",
        why="Two exercises have no common order, so nobody can say which is harder.",
        severity=Severity.ERROR,
        on=Ladder,
        check=_other_exercise,
        sources=_UPWARD,
    ),
    Rule(
        code="BX322",
        title="rung easier than the one before, with the dose of its item",
        why="Whoever has shown enough to go up would be sent down.",
        severity=Severity.ERROR,
        on=Plan,
        check=_easier_by_dose,
        sources=_UPWARD,
    ),
    Rule(
        code="BX323",
        title="rung that repeats an earlier one",
        why="Going up would change nothing, or lead back.",
        severity=Severity.WARNING,
        on=Ladder,
        check=_repeated_rung,
        sources=_UPWARD,
    ),
    Rule(
        code="BX324",
        title="plan that never progresses",
        why="What is never known never permits to go up, and nobody would be told.",
        severity=Severity.WARNING,
        on=Plan,
        check=_never_progresses,
        sources=library_default("unknown never progresses"),
    ),
    Rule(
        code="BX331",
        title="rung left at more effort than the exercise should take",
        why="What is hard already is made harder.",
        severity=Severity.WARNING,
        on=Rung,
        check=_left_at_effort,
        sources=_EFFORT,
    ),
)
