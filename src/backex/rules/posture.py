"""BX1xx: cues that cannot be followed together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.posture import Cue, PostureGuideline, contradict
from backex.references import article, derived, library_default
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.step import Step

__all__ = ["RULES", "cues_against"]


def _contradiction(one: Cue, other: Cue, *, at: str) -> Fault:
    """Return the fault that two cues cannot be followed together."""
    return Fault(
        f'cue "{one.id}" ({_in_words(one)}) contradicts cue "{other.id}" ({_in_words(other)})',
        at=at,
        hint=f'remove one of the two, or lower the degree that "{one.id}" asks for',
        meta={"cues": (one.id, other.id), "region": one.region.value},
    )


def _in_words(cue: Cue) -> str:
    degree = f"{cue.degree.value} " if cue.degree else ""
    movement = cue.movement.value.replace("-", " ")
    return f"{cue.polarity.value} {degree}{movement} of the {cue.region.value.replace('-', ' ')}"


def _contradictory(holder: PostureGuideline | Step) -> Iterator[Fault]:
    for (_, one), (index, other) in combinations(enumerate(holder.cues), 2):
        if contradict(one, other):
            yield _contradiction(one, other, at=f".cues[{index}]")


def cues_against(guideline: PostureGuideline, steps: Sequence[Step], *, at: str) -> Iterator[Fault]:
    """Yield each cue of `steps` that a guideline's cue contradicts; `at` leads to the steps."""
    for step_index, step in enumerate(steps):
        for cue_index, cue in enumerate(step.cues):
            for guiding in guideline.cues:
                if contradict(cue, guiding):
                    yield _contradiction(cue, guiding, at=f"{at}[{step_index}].cues[{cue_index}]")


def _against_own_guidelines(exercise: Exercise) -> Iterator[Fault]:
    for guideline in exercise.guidelines:
        yield from cues_against(guideline, exercise.steps, at=".steps")


def _duplicate_cues(guideline: PostureGuideline) -> Iterator[Fault]:
    yield from duplicates((each.id for each in guideline.cues), "cue", ".cues")


RULES: tuple[Rule, ...] = (
    Rule(
        code="BX101",
        title="contradictory cues in a guideline",
        why="A person cannot follow both, and will follow the one that was read last.",
        severity=Severity.ERROR,
        on=PostureGuideline,
        check=_contradictory,
        sources=derived("GS4", note="a retraction squeeze contradicts the cue that avoids it"),
    ),
    Rule(
        code="BX102",
        title="contradictory cues in a step",
        why="A person cannot do and avoid the same movement in one step.",
        severity=Severity.ERROR,
        on=Step,
        check=_contradictory,
        sources=library_default("what cannot be followed must not be asked for"),
    ),
    Rule(
        code="BX103",
        title="cue contradicts the exercise's guideline",
        why="The guideline guides the exercise; a step cannot ask for what it avoids.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_against_own_guidelines,
        sources=article("P6") + derived("GS4", note="a squeeze contradicts the cue against it"),
    ),
    Rule(
        code="BX104",
        title="duplicate cue id in a guideline",
        why="A step that refers to the cue would refer to two.",
        severity=Severity.ERROR,
        on=PostureGuideline,
        check=_duplicate_cues,
        sources=UNIQUE,
    ),
)
