"""BX2xx: what is wrong with an exercise by itself."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from backex.anatomy import Phase
from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.posture import Polarity
from backex.references import derived, library_default
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.step import Step

__all__ = ["RULES"]


def _without_setup(exercise: Exercise) -> Iterator[Fault]:
    if all(step.phase is not Phase.SETUP for step in exercise.steps):
        yield Fault(
            f'exercise "{exercise.id}" never says how to get into position',
            at=".steps",
            hint="begin with a step of phase set-up",
            meta={"exercise": exercise.id},
        )


def _backward(exercise: Exercise) -> Iterator[Fault]:
    for index, (before, after) in enumerate(pairwise(exercise.steps), start=1):
        if after.phase < before.phase:
            yield Fault(
                f'step "{after.id}" ({after.phase.value}) follows step "{before.id}" '
                f"({before.phase.value})",
                at=f".steps[{index}]",
                hint="order the steps as " + ", ".join(phase.value for phase in Phase),
                meta={"steps": (before.id, after.id)},
            )


def _weight_on_avoided(exercise: Exercise) -> Iterator[Fault]:
    avoided = [each for each in exercise.contacts if each.polarity is Polarity.AVOID]
    for index, bearing in enumerate(exercise.contacts):
        if bearing.polarity is Polarity.AVOID:
            continue
        for refused in avoided:
            apart = bearing.phases and refused.phases and bearing.phases.isdisjoint(refused.phases)
            if bearing.contact == refused.contact and not apart:
                yield Fault(
                    f"weight rests on the {bearing.contact}, where it is to be avoided",
                    at=f".contacts[{index}]",
                    hint=f'remove "{bearing.id}" or "{refused.id}", or limit them to phases',
                    meta={"contacts": (bearing.id, refused.id)},
                )


def _duplicate_ids(exercise: Exercise) -> Iterator[Fault]:
    yield from duplicates((step.id for step in exercise.steps), "step", ".steps")
    yield from duplicates((each.id for each in exercise.contacts), "contact", ".contacts")
    yield from duplicates((each.id for each in exercise.purposes), "purpose", ".purposes")
    yield from duplicates((axis.id for axis in exercise.axes), "axis", ".axes")


def _duplicate_parts(step: Step) -> Iterator[Fault]:
    yield from duplicates((each.id for each in step.motions), "motion", ".motions")
    yield from duplicates((each.id for each in step.cues), "cue", ".cues")
    yield from duplicates((each.id for each in step.effects), "effect", ".effects")
    yield from duplicates((each.id for each in step.targets), "target", ".targets")


def _unknown_references(exercise: Exercise) -> Iterator[Fault]:
    offered = {
        (guideline.id, cue.id) for guideline in exercise.guidelines for cue in guideline.cues
    }
    for step_index, step in enumerate(exercise.steps):
        for index, reference in enumerate(step.guideline_cues):
            if (reference.guideline, reference.cue) not in offered:
                yield Fault(
                    f'step "{step.id}" refers to cue "{reference.cue}" of guideline '
                    f'"{reference.guideline}", which the exercise does not have',
                    at=f".steps[{step_index}].guideline_cues[{index}]",
                    hint="add the guideline to the exercise, or refer to a cue that it has",
                    meta={"guideline": reference.guideline, "cue": reference.cue},
                )


RULES: tuple[Rule, ...] = (
    Rule(
        code="BX201",
        title="no set-up step",
        why="Nobody can begin an exercise without knowing how to lie, sit or stand.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_without_setup,
        sources=library_default("an exercise must be described so that it can be repeated"),
    ),
    Rule(
        code="BX202",
        title="phases run backward",
        why="A step that prepares what has already been done is done too late or not at all.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_backward,
        sources=library_default("set-up, prepare, move, hold, return is the order of doing"),
    ),
    Rule(
        code="BX203",
        title="weight on a contact to avoid",
        why="The body cannot rest on a part that must not bear weight.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_weight_on_avoided,
        sources=derived("H13", note="what is not to be rested on must not be listed as bearing"),
    ),
    Rule(
        code="BX204",
        title="duplicate id in an exercise",
        why="An edit, a log or a translation that names the id would reach the wrong one.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_duplicate_ids,
        sources=UNIQUE,
    ),
    Rule(
        code="BX205",
        title="duplicate id in a step",
        why="An edit, a log or a translation that names the id would reach the wrong one.",
        severity=Severity.ERROR,
        on=Step,
        check=_duplicate_parts,
        sources=UNIQUE,
    ),
    Rule(
        code="BX206",
        title="reference to a cue that is not there",
        why="The person would be sent to a cue that nobody can show.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_unknown_references,
        sources=library_default("a reference must lead somewhere"),
    ),
)
