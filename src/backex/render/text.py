"""Routines and what they are made of as plain text, for a person to read and do."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator
from itertools import zip_longest

from backex.criteria import criterion_in_words
from backex.exercise import Exercise
from backex.ladders import Ladder
from backex.plan import Plan
from backex.posture import Cue, Polarity, PostureGuideline, Timing
from backex.provenance import Source, SourceKind
from backex.render.phrases import (
    DISCLAIMER,
    HEADINGS,
    contact_in_words,
    dose_in_words,
    sides_in_words,
    target_in_words,
)
from backex.routine import Prescription, Routine
from backex.step import Step
from backex.stopping import StoppingPolicy
from backex.variant import Variant
from backex.wording import condition_in_words, listed, release_in_words

__all__ = [
    "guideline_as_text",
    "plan_as_text",
    "policy_as_text",
    "routine_as_text",
    "sides_in_words",
    "variant_as_text",
]

_WIDTH = 88


def routine_as_text(routine: Routine) -> str:
    """Return a routine as text: posture, each exercise step by step, and when to stop."""
    parts = [
        _underlined(routine.title, "="),
        *([_guideline(routine.guideline)] if routine.guideline else []),
        *(_item(number, item) for number, item in enumerate(routine.items, start=1)),
        _stopping(routine.stopping),
        DISCLAIMER,
    ]
    return "\n\n".join(parts) + "\n"


def plan_as_text(plan: Plan) -> str:
    """Return a plan as text: its first routine, and how its items progress from there."""
    ladders = [line for item, ladder in plan.ladders.items() for line in _rungs(item, ladder)]
    severities = plan.baseline.severities if plan.baseline else {}
    usual = [f"{channel} {severity}" for channel, severity in severities.items()]
    progress = [
        _underlined("How it goes on", "-"),
        *(ladders or ["No item has a ladder, so none is made harder."]),
        *_wrapped("Usual level: ", ", ".join(usual) or "not known, so nothing progresses"),
    ]
    return "\n".join([routine_as_text(plan.routine), *progress]) + "\n"


def variant_as_text(variant: Variant) -> str:
    """Return an exercise in one of its variants as text: step by step, and what bears weight."""
    exercise = variant.exercise
    lines = [_underlined(str(variant), "="), *_needed(exercise), *_performed(variant)]
    axes = [axis.name for axis in exercise.axes]
    lines += _wrapped("Can be changed in: ", listed(axes)) if axes else []
    return "\n".join(lines) + "\n"


def policy_as_text(policy: StoppingPolicy) -> str:
    """Return a stopping policy as text: when to do what, and until when."""
    return _stopping(policy, policy.id, "=") + "\n"


def guideline_as_text(guideline: PostureGuideline) -> str:
    """Return a guideline as text: what to see to, and when."""
    return _guideline(guideline) + "\n"


def _underlined(title: str, line: str) -> str:
    return f"{title}\n{line * len(title)}"


def _guideline(guideline: PostureGuideline) -> str:
    groups = (
        ("Just before you begin", Timing.JUST_BEFORE),
        ("All the way through", Timing.THROUGHOUT),
        ("And always", None),
    )
    lines = [_underlined(guideline.title, "-")]
    for title, timing in groups:
        cues = [cue for cue in guideline.cues if cue.timing is timing]
        lines += [f"{title}:", *_cue_lines(cues)] if cues else []
    if guideline.effort is not None:
        lines.append(f"Effort for keeping to it: {guideline.effort.value}.")
    return "\n".join(lines)


def _cue_lines(cues: Iterable[Cue], start: str = "  ") -> Iterator[str]:
    listed_cues = list(cues)
    for cue, following in zip_longest(listed_cues, listed_cues[1:]):
        mark = "+" if cue.polarity is Polarity.DO else "-"
        shared = following is not None and following.reason == cue.reason
        reason = "" if cue.reason is None or shared else f" {cue.reason}"
        yield from _wrapped(f"{start}{mark} ", f"{cue.text}{reason}")


def _wrapped(start: str, text: str) -> list[str]:
    return textwrap.wrap(
        text, _WIDTH, initial_indent=start, subsequent_indent=" " * len(start)
    ) or [start]


def _item(number: int, item: Prescription) -> str:
    exercise, variant = item.exercise, item.variant
    sides = sides_in_words(item.sides, item.exercise.position)
    lines = [
        _underlined(f"{number}. {exercise.name}", "-"),
        *_wrapped("Dose:  ", dose_in_words(item.dose)),
        *([f"Sides: {sides}"] if sides else []),
        *_needed(exercise),
        *_performed(variant),
    ]
    return "\n".join(lines)


def _needed(exercise: Exercise) -> list[str]:
    return [f"Needs: {listed(sorted(exercise.equipment))}"] if exercise.equipment else []


def _performed(variant: Variant) -> list[str]:
    """Return the steps of a variant and what bears weight in it."""
    lines: list[str] = []
    for count, step in enumerate(variant.steps, start=1):
        lines += _step(count, step, variant.exercise)
    bearing = [contact_in_words(each) for each in variant.contacts if each.polarity is Polarity.DO]
    sparing = [
        contact_in_words(each) for each in variant.contacts if each.polarity is Polarity.AVOID
    ]
    lines += _wrapped("Weight on: ", listed(dict.fromkeys(bearing))) if bearing else []
    lines += _wrapped("No weight on: ", listed(dict.fromkeys(sparing))) if sparing else []
    return lines


def _step(count: int, step: Step, exercise: Exercise) -> Iterator[str]:
    targets = (
        f" ({', '.join(target_in_words(each) for each in step.targets)})" if step.targets else ""
    )
    yield from _wrapped(f"{count:>3}. ", f"{HEADINGS[step.phase]}: {step.text}{targets}")
    guiding = map(exercise.referred, step.guideline_cues)
    yield from _cue_lines([*(cue for cue in guiding if cue), *step.cues], "     ")
    for effect in step.effects:
        yield from _wrapped("     = ", effect.text)


def _rungs(item: str, ladder: Ladder) -> Iterator[str]:
    yield f"{item}:"
    for count, rung in enumerate(ladder.rungs, start=1):
        dose = f", {rung.dose}" if rung.dose else ""
        on = f"; on when {criterion_in_words(rung.advance)}" if rung.advance else ""
        yield from _wrapped(f"{count:>3}. ", f"{rung.variant}{dose}{on}")


def _stopping(policy: StoppingPolicy | None, heading: str = "When to stop", line: str = "-") -> str:
    title = _underlined(heading, line)
    if policy is None:
        return f"{title}\nNothing is stated, so no progress can be judged safe."
    lines = [title]
    for rule in policy.rules:
        lines += _wrapped(
            "  ! ",
            f"When {condition_in_words(rule.when)}: {rule.then.value}, until "
            f"{release_in_words(rule.until)}. {rule.advice or ''}".rstrip(),
        )
        if rule.measures:
            either = listed(sorted(each.value for each in rule.measures), last="or")
            lines.append(f"    If wanted, either {either} may be tried.")
    lines += [f"Source: {each}" for each in _documents(policy)]
    return "\n".join(lines)


def _documents(policy: StoppingPolicy) -> list[str]:
    sources: Iterable[Source] = (source for rule in policy.rules for source in rule.sources)
    named = {
        f"{source.title}{', ' + source.author if source.author else ''}"
        for source in sources
        if source.kind in {SourceKind.SEED, SourceKind.LITERATURE}
    }
    return sorted(named)
