"""BX1xx: cues that cannot be followed together."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from backex.anatomy import Degree, Movement
from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline, contradict
from backex.references import article, derived, library_default
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.step import Step

__all__ = ["RULES", "contradiction", "cues_against"]


def contradiction(one: Cue, other: Cue, *, at: str, where: str = "") -> Fault:
    """Return the fault that two cues cannot be followed together."""
    return Fault(
        f'cue "{one.id}"{where} ({_in_words(one)}) contradicts '
        f'cue "{other.id}" ({_in_words(other)})',
        at=at,
        hint=f'remove one of the two, or lower the degree that "{one.id}" asks for',
        meta={"cues": (one.id, other.id), "region": one.region.value},
    )


def _in_words(cue: Cue) -> str:
    return f"{cue.polarity.value} {_movement_in_words(cue)}"


def _movement_in_words(cue: Cue) -> str:
    degree = f"{cue.degree.value} " if cue.degree else ""
    movement = cue.movement.value.replace("-", " ")
    return f"{degree}{movement} of the {cue.region.value.replace('-', ' ')}"


def _contradictory(holder: PostureGuideline | Step) -> Iterator[Fault]:
    for (_, one), (index, other) in combinations(enumerate(holder.cues), 2):
        if contradict(one, other):
            yield contradiction(one, other, at=f".cues[{index}]")


def cues_against(guideline: PostureGuideline, steps: Sequence[Step], *, at: str) -> Iterator[Fault]:
    """Yield each cue of `steps` that a guideline's cue contradicts; `at` leads to the steps."""
    for step_index, step in enumerate(steps):
        for cue_index, cue in enumerate(step.cues):
            for guiding in guideline.cues:
                if contradict(cue, guiding):
                    yield contradiction(cue, guiding, at=f"{at}[{step_index}].cues[{cue_index}]")


def _against_own_guidelines(exercise: Exercise) -> Iterator[Fault]:
    for guideline in exercise.guidelines:
        yield from cues_against(guideline, exercise.steps, at=".steps")


def _duplicate_cues(guideline: PostureGuideline) -> Iterator[Fault]:
    yield from duplicates((each.id for each in guideline.cues), "cue", ".cues")


#: What takes no strain, however much of it is asked for.
_EASY = frozenset({Movement.DIAPHRAGMATIC_BREATHING, Movement.RELAXATION, Movement.RESTING})


def _more_than_low_effort(guideline: PostureGuideline) -> Iterator[Fault]:
    if guideline.effort is not EffortLevel.LOW:
        return
    for index, cue in enumerate(guideline.cues):
        marked = cue.polarity is Polarity.DO and cue.degree is Degree.MARKED
        if marked and cue.movement not in _EASY:
            yield Fault(
                f'cue "{cue.id}" asks for {_movement_in_words(cue)}, '
                "but keeping to the guideline should take little effort",
                at=f".cues[{index}].degree",
                hint="lower the degree, or state the effort that the cue takes",
                meta={"cue": cue.id, "effort": EffortLevel.LOW.value},
            )


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
    Rule(
        code="BX105",
        title="cue that takes more effort than its guideline",
        why="Who strains to hold a posture tires of it, and gives it up.",
        severity=Severity.WARNING,
        on=PostureGuideline,
        check=_more_than_low_effort,
        sources=library_default("low effort is no significant strain, and what is marked strains"),
    ),
)
