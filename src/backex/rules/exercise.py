"""BX2xx: what is wrong with an exercise by itself."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise, product

from backex.anatomy import Degree, Limb, Movement, Phase, Region, overlap
from backex.diagnostics import Severity
from backex.exercise import Exercise
from backex.ids import SourceId, closest, suggestion
from backex.posture import Cue, EffortLevel, Polarity, Timing
from backex.provenance import Source, SourceKind
from backex.quantities import Unit
from backex.references import derived, library_default
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.step import Motion, Step, Support, Target

__all__ = ["RULES", "leaving_the_floor", "same_limb", "weight_on_avoided"]


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


def weight_on_avoided(contacts: Sequence[Support]) -> Iterator[tuple[Support, Support]]:
    """Yield each contact that bears weight with one that says that it must not, at some time."""
    for bearing, refused in product(contacts, repeat=2):
        if (bearing.polarity, refused.polarity) == (Polarity.DO, Polarity.AVOID):
            apart = bearing.phases and refused.phases and bearing.phases.isdisjoint(refused.phases)
            if bearing.contact == refused.contact and not apart:
                yield bearing, refused


def _weight_on_avoided(exercise: Exercise) -> Iterator[Fault]:
    for bearing, refused in weight_on_avoided(exercise.contacts):
        yield Fault(
            f"weight rests on the {bearing.contact}, where it is to be avoided",
            at=f".contacts[{exercise.contacts.index(bearing)}]",
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
    yield from duplicates((each.id for each in step.pose), "joint angle", ".pose")


def _unknown_references(exercise: Exercise) -> Iterator[Fault]:
    offered = {
        (guideline.id, cue.id) for guideline in exercise.guidelines for cue in guideline.cues
    }
    for step_index, step in enumerate(exercise.steps):
        for index, reference in enumerate(step.guideline_cues):
            if (reference.guideline, reference.cue) not in offered:
                own = [cue for guideline, cue in offered if guideline == reference.guideline]
                yield Fault(
                    f'step "{step.id}" refers to cue "{reference.cue}" of guideline '
                    f'"{reference.guideline}", which the exercise does not have',
                    at=f".steps[{step_index}].guideline_cues[{index}]",
                    hint=closest(reference.cue, own)
                    or "add the guideline to the exercise, or refer to a cue that it has",
                    meta={"guideline": reference.guideline, "cue": reference.cue},
                )


_BOTH = {
    Limb.BOTH_ARMS: {
        Limb.UPPER_SIDE_ARM,
        Limb.LOWER_SIDE_ARM,
        Limb.MOVING_ARM,
        Limb.SUPPORTING_ARM,
    },
    Limb.BOTH_LEGS: {
        Limb.UPPER_SIDE_LEG,
        Limb.LOWER_SIDE_LEG,
        Limb.MOVING_LEG,
        Limb.SUPPORTING_LEG,
    },
}


def same_limb(one: Limb | None, other: Limb | None) -> bool:
    """Tell whether two roles are, or include, one limb; None is the trunk and no limb."""
    if one is None or other is None:
        return False
    return one is other or other in _BOTH.get(one, ()) or one in _BOTH.get(other, ())


def _stands_on_its_toes(motion: Motion, support: Support) -> bool:
    """Tell whether a heel is raised, which leaves the rest of the foot on the floor."""
    lower_end = {Region.FOOT, Region.ANKLE}
    return {motion.region, support.contact.region} <= lower_end


def leaving_the_floor(
    steps: Sequence[Step], contacts: Sequence[Support]
) -> Iterator[tuple[int, int, Step, Motion, Support]]:
    """Yield each motion by which a limb leaves the floor while it bears weight, and the contact.

    The motion comes with the places of its step and of itself. Other motions of a limb that bears
    weight are possible: a squat bends the knees of both feet on the floor.
    """
    for place, step in enumerate(steps):
        for index, motion in enumerate(step.motions):
            for support in contacts:
                bears = support.polarity is Polarity.DO
                then = not support.phases or step.phase in support.phases
                reaches = motion.movement is Movement.REACH
                lifted = motion.movement is Movement.LIFT and (
                    overlap(motion.region, support.contact.region)
                    and not _stands_on_its_toes(motion, support)
                )
                same = same_limb(motion.limb, support.contact.limb)
                if bears and then and same and (reaches or lifted):
                    yield place, index, step, motion, support


def _bears_and_leaves(exercise: Exercise) -> Iterator[Fault]:
    for place, index, step, motion, support in leaving_the_floor(exercise.steps, exercise.contacts):
        yield Fault(
            f'in step "{step.id}" the {support.contact} bears weight, and the same limb leaves '
            "the floor",
            at=f".steps[{place}].motions[{index}]",
            hint="let another limb move, or limit the contact to other phases",
            meta={"step": step.id, "motion": motion.id, "contact": support.id},
        )


# The movements of one plane.
_BEND = (Movement.FLEXION, Movement.EXTENSION)
_SPREAD = (Movement.ABDUCTION, Movement.ADDUCTION)
_TILT = (Movement.LATERAL_FLEXION,)
_TIP = (Movement.ANTERIOR_TILT, Movement.POSTERIOR_TILT)
_TURN = (
    Movement.ROTATION,
    Movement.ROTATION_FORWARD,
    Movement.ROTATION_UPWARD,
    Movement.INTERNAL_ROTATION,
    Movement.EXTERNAL_ROTATION,
)
_ROLL = (Movement.SUPINATION, Movement.PRONATION)
_NECK = ((_BEND, 180), (_TILT, 120), (_TURN, 200))
_THORAX = ((_BEND, 110), (_TILT, 110), (_TURN, 140))
_LOINS = ((_BEND, 150), (_TILT, 100), (_TURN, 80))
#: The most degrees through which a joint moves in a plane, from one end to the other, above what
#: published tables give for adults. A target may be measured from either end: an elbow is straight
#: at 0 degrees for some, at 180 for others.
_MOST_DEGREES = {
    (region, movement): degrees
    for region, planes in {
        Region.HEAD: _NECK,
        Region.CERVICAL_SPINE: _NECK,
        Region.THORACIC_SPINE: _THORAX,
        Region.UPPER_BACK: _THORAX,
        Region.LUMBAR_SPINE: _LOINS,
        Region.LOW_BACK: _LOINS,
        Region.PELVIS: ((_TIP, 90),),
        Region.SHOULDER: ((_BEND, 280), (_SPREAD, 260), (_TURN, 240)),
        Region.ELBOW: ((_BEND, 180),),
        Region.FOREARM: ((_ROLL, 200),),
        Region.WRIST: ((_BEND, 200), (_SPREAD, 90)),
        Region.HIP: ((_BEND, 210), (_SPREAD, 140), (_TURN, 160)),
        Region.KNEE: ((_BEND, 180), (_TURN, 90)),
        Region.ANKLE: ((_BEND, 130),),
    }.items()
    for movements, degrees in planes
    for movement in movements
}
_WHOLE_TURN = 360
#: No part of a body moves farther than an outstretched arm can reach up.
_LONGEST_CENTIMETRES = 300


def _outside_human_range(target: Target) -> Iterator[Fault]:
    least, most, unit = 0, _LONGEST_CENTIMETRES, " cm"
    ends = target.in_unit(Unit.CENTIMETRE)
    if target.unit is Unit.DEGREE:
        most = _MOST_DEGREES.get((target.region, target.movement), _WHOLE_TURN)
        least, unit = -most, "°"
        ends = target.in_unit(Unit.DEGREE)
    if any(end is not None and not least <= end <= most for end in ends or ()):
        what = f"{target.movement.value} of the {target.region.value}".replace("-", " ")
        yield Fault(
            f"{target} of {what} is more than any body does: it goes from {least}{unit} to "
            f"{most}{unit}",
            at=".span",
            hint="look for a slip of the pen or a wrong unit",
            meta={"target": target.id, "least": least, "most": most},
        )


def _is_about_breath(cue: Cue) -> bool:
    return (cue.polarity, cue.movement) in {
        (Polarity.DO, Movement.DIAPHRAGMATIC_BREATHING),
        (Polarity.AVOID, Movement.BREATH_HOLDING),
    }


def _hold_without_breath(exercise: Exercise) -> Iterator[Fault]:
    holds = {
        step.id: index for index, step in enumerate(exercise.steps) if step.phase is Phase.HOLD
    }
    said = [cue for guideline in exercise.guidelines for cue in guideline.cues]
    breathing = False
    for step in exercise.steps:
        held = step.id in holds or step.during in holds
        said += [cue for cue in step.cues if held or cue.timing is Timing.THROUGHOUT]
        breathing |= held and Movement.DIAPHRAGMATIC_BREATHING in step.movements
    if holds and not breathing and not any(map(_is_about_breath, said)):
        yield Fault(
            f'"{exercise.name}" holds a position, but nothing reminds the person to breathe',
            at=f".steps[{min(holds.values())}]",
            hint="add a cue for breathing to the hold, or to a guideline of the exercise",
            meta={"steps": tuple(holds)},
        )


def _references_to_nothing(exercise: Exercise) -> Iterator[Fault]:
    steps = [str(step.id) for step in exercise.steps]
    purposes = [str(purpose.id) for purpose in exercise.purposes]
    for index, step in enumerate(exercise.steps):
        others = [each for each in steps if each != step.id]
        if step.during is not None and step.during not in others:
            yield Fault(
                f'step "{step.id}" happens during "{step.during}", which is no other step',
                at=f".steps[{index}].during",
                hint=suggestion(step.during, others),
                meta={"step": step.id, "missing": step.during},
            )
    for index, purpose in enumerate(exercise.purposes):
        for missing in sorted(purpose.together_with - set(purposes)):
            yield Fault(
                f'purpose "{purpose.id}" is served together with "{missing}", which is no purpose',
                at=f".purposes[{index}].together_with",
                hint=suggestion(missing, [each for each in purposes if each != purpose.id]),
                meta={"purpose": purpose.id, "missing": missing},
            )


#: What takes effort in proportion to how much of it is asked for.
_WORK = frozenset({Movement.ABDOMINAL_BRACING, Movement.PRESS, Movement.PULL, Movement.GRIP})


def _more_than_low_effort(exercise: Exercise) -> Iterator[Fault]:
    if exercise.effort is not EffortLevel.LOW:
        return
    for index, step in enumerate(exercise.steps):
        asked: tuple[tuple[str, int, Motion | Cue], ...] = (
            *(("motions", place, motion) for place, motion in enumerate(step.motions)),
            *(
                ("cues", place, cue)
                for place, cue in enumerate(step.cues)
                if cue.polarity is Polarity.DO
            ),
        )
        for parts, place, part in asked:
            if part.movement in _WORK and part.degree is Degree.MARKED:
                movement = part.movement.value.replace("-", " ")
                yield Fault(
                    f'step "{step.id}" asks for marked {movement}, but the exercise should take '
                    "little effort",
                    at=f".steps[{index}].{parts}[{place}].degree",
                    hint="lower the degree, or state the effort that the exercise takes",
                    meta={"step": step.id, "part": part.id, "effort": EffortLevel.LOW.value},
                )


_RANGES = (
    Source(
        id=SourceId("aaos-joint-motion"),
        title="Joint Motion: Method of Measuring and Recording",
        author="American Academy of Orthopaedic Surgeons",
        kind=SourceKind.LITERATURE,
        note="normal ranges as secondary tables give them; the limits here lie above them",
    ),
    *library_default(
        "the limit of a joint is the whole arc of a plane and a margin for supple people; that of "
        "a length is 300 cm"
    ),
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
    Rule(
        code="BX207",
        title="limb that bears weight and leaves the floor",
        why="A limb that holds the body up cannot be lifted or reach out at the same time.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_bears_and_leaves,
        sources=library_default("a heel may be raised, and a joint bend, over a foot that bears"),
    ),
    Rule(
        code="BX208",
        title="target outside human range",
        why="Who tries to reach it forces a joint, or gives up.",
        severity=Severity.ERROR,
        on=Target,
        check=_outside_human_range,
        sources=_RANGES,
    ),
    Rule(
        code="BX209",
        title="hold without a cue to breathe",
        why="People hold their breath with the position, which raises the pressure in the body.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_hold_without_breath,
        sources=library_default("a set ends at held breath, so the person must know to breathe"),
    ),
    Rule(
        code="BX210",
        title="reference to a step or purpose that is not there",
        why="Whoever shows the exercise would have nothing to show there.",
        severity=Severity.ERROR,
        on=Exercise,
        check=_references_to_nothing,
        sources=library_default("a reference must lead somewhere"),
    ),
    Rule(
        code="BX211",
        title="step that takes more effort than its exercise",
        why="The person is told to take it easy and to work hard at once.",
        severity=Severity.WARNING,
        on=Exercise,
        check=_more_than_low_effort,
        sources=library_default("marked bracing, pressing, pulling or gripping is no low effort"),
    ),
)
