"""For each rule of backex one value that it objects to, and the same value mended.

`explain`, the rule reference and the tests share them. Nothing imports this module before somebody
asks: it makes some hundred values that most programs never look at.
"""

from __future__ import annotations

import ast
import inspect
import re
import sys
import textwrap
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType
from typing import Any, final

from attrs import evolve, frozen

from backex.anatomy import (
    Contact,
    Degree,
    Laterality,
    Limb,
    Movement,
    Phase,
    Position,
    Region,
)
from backex.axes import Edit, Level, LevelAxis, LoadAxis, PartKind, Put, Remove, SetText
from backex.conditions import (
    AtLeast,
    Calmed,
    Cleared,
    Condition,
    RedFlagPresent,
    Release,
    Worsened,
)
from backex.criteria import Completed, Criterion, EffortAtMost
from backex.decision import Action
from backex.dose import Dose, Schedule
from backex.exercise import MAT, Exercise
from backex.ids import (
    AxisId,
    CueId,
    EffectId,
    ExerciseId,
    GuidelineId,
    LevelId,
    MotionId,
    PolicyId,
    PrescriptionId,
    PurposeId,
    RoutineId,
    RuleId,
    StepId,
    SupportId,
    TargetId,
)
from backex.ladders import Ladder, Rung
from backex.latches import StoppingRule
from backex.plan import Plan
from backex.pose import Freedom, JointAngle
from backex.posture import Cue, EffortLevel, Polarity, PostureGuideline
from backex.progression import CustomProgression
from backex.quantities import Mass, Span, Unit, kg
from backex.routine import Prescription, Routine, Sides, prescribe
from backex.step import Effect, GuidelineReference, Motion, Step, Support, Target
from backex.stopping import StoppingPolicy, Tolerance
from backex.symptoms import PAIN, Channel, Moment, report
from backex.training import Purpose, TrainingQuality
from backex.variant import Variant, vary

__all__ = [
    "BREATHE",
    "EXAMPLES",
    "FEET",
    "FREE",
    "GROW",
    "HELD",
    "LEAN",
    "LIFTING",
    "MOVING",
    "ONE_SIDED",
    "PACED",
    "REACHING",
    "RED_FLAG",
    "SAG",
    "SLOW",
    "SLOWER",
    "STAND",
    "SUPPORTING",
    "VEST",
    "Example",
    "Sample",
    "axis",
    "bent",
    "cue",
    "drops",
    "exercise",
    "flexed",
    "guideline",
    "hand",
    "helpers",
    "item",
    "level",
    "motion",
    "on",
    "onto",
    "plan",
    "policy",
    "purpose",
    "puts",
    "reference",
    "routine",
    "rung",
    "says",
    "snippets",
    "step",
    "to",
]

#: What an example can be.
Sample = Routine | Plan | Ladder | Variant | Exercise | PostureGuideline | StoppingPolicy


@final
@frozen(kw_only=True)
class Example:
    """A minimal value that a rule objects to, and the same value mended."""

    #: The rule finds something here, and no other rule does.
    failing: Sample
    #: No rule finds anything here.
    passing: Sample


# Below: what the examples are made of.


def cue(
    movement: Movement,
    region: Region = Region.SPINE,
    degree: Degree | None = None,
    polarity: Polarity = Polarity.DO,
) -> Cue:
    """Return a cue under the name of its movement."""
    return Cue(
        id=CueId(f"{polarity.value}-{movement.value}"),
        text="What is said to the person.",
        polarity=polarity,
        movement=movement,
        region=region,
        degree=degree,
    )


GROW, SAG = cue(Movement.AXIAL_ELONGATION), cue(Movement.SAGGING)
BREATHE = cue(Movement.DIAPHRAGMATIC_BREATHING, Region.ABDOMEN)


def guideline(*cues: Cue, **changes: Any) -> PostureGuideline:  # noqa: ANN401
    """Return a guideline for the back."""
    return PostureGuideline(
        id=GuidelineId("tall"),
        title="Tall",
        regions=frozenset({Region.SPINE}),
        cues=cues,
        **changes,
    )


def step(id: str, phase: Phase = Phase.MOVE, *cues: Cue, **changes: Any) -> Step:  # noqa: ANN401
    """Return a step with those cues."""
    return Step(id=StepId(id), phase=phase, text="What the person does.", cues=cues, **changes)


STAND, LEAN = step("stand", Phase.SETUP), step("lean")


def exercise(*steps: Step, id: str = "lean", **changes: Any) -> Exercise:  # noqa: ANN401
    """Return an exercise with those steps, or else two that are sound."""
    sound = Exercise(
        id=ExerciseId(id),
        name=id.capitalize(),
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        steps=steps or (STAND, LEAN),
        qualities=frozenset({TrainingQuality.STABILIZATION}),
    )
    return evolve(sound, **changes)


ONE_SIDED = exercise(id="side-lean", laterality=Laterality.UNILATERAL)
HELD = exercise(STAND, step("stay", Phase.HOLD, BREATHE), id="stay")


def policy(*rules: StoppingRule, **changes: Any) -> StoppingPolicy:  # noqa: ANN401
    """Return a policy that rests when pain gets worse, with further rules."""
    worse = StoppingRule(id=RuleId("worse"), when=Worsened(), then=Action.REST, until=Calmed())
    asking = StoppingPolicy(id=PolicyId("rest"), rules=(worse, *rules), asks=frozenset({PAIN}))
    return evolve(asking, **changes)


RED_FLAG = StoppingRule(
    id=RuleId("red-flag"), when=RedFlagPresent(), then=Action.REFER, until=Cleared()
)


def on(
    when: Condition,
    then: Action = Action.REST,
    until: Release = Calmed(),  # noqa: B008
) -> StoppingRule:
    """Return another rule of a policy."""
    return StoppingRule(id=RuleId("other"), when=when, then=then, until=until)


def item(
    of: Exercise | Variant = exercise(),  # noqa: B008 (immutable)
    dose: Dose | None = None,
    sides: Sides | None = None,
    **changes: Any,  # noqa: ANN401
) -> Prescription:
    """Return an exercise as prescribed."""
    return evolve(prescribe(of, dose, sides=sides), **changes)


def routine(*items: Prescription, **changes: Any) -> Routine:  # noqa: ANN401
    """Return a routine with a stopping policy."""
    sound = Routine(id=RoutineId("mine"), title="Mine", items=items, stopping=policy())
    return evolve(sound, **changes)


def says(text: str, of: str = "lean") -> SetText:
    """Return the edit that says a step in other words."""
    return SetText(step=StepId(of), text=text)


def level(id: str, *edits: Edit, over: str | None = "free") -> Level:
    """Return a level that is harder than another."""
    exceeds = frozenset() if over is None else frozenset({LevelId(over)})
    changes = edits or (() if over is None else (says(f"Lean, {id}."),))
    return Level(id=LevelId(id), name=id, edits=changes, exceeds=exceeds)


def axis(*levels: Level, id: str = "pace") -> LevelAxis:
    """Return an axis of those levels after the base, which is free."""
    return LevelAxis(id=AxisId(id), name=id, levels=(level("free", over=None), *levels))


VEST = LoadAxis(
    id=AxisId("vest"),
    name="vest",
    limb=Limb.BOTH_ARMS,
    increment_grams=250,
    edits=(says("Lean with {mass}."),),
)


def puts(part: Motion | Cue | Support | JointAngle, of: str = "lean") -> Put:
    """Return the edit that puts a part into a step, or a contact into the exercise."""
    return Put(part=part, step=None if isinstance(part, Support) else StepId(of))


def drops(support: Support) -> Remove:
    """Return the edit that takes a contact away."""
    return Remove(kind=PartKind.SUPPORT, id=support.id)


def to(place: str | Mass, axis: str = "pace") -> CustomProgression:
    """Return the move to a place on an axis."""
    where = place if isinstance(place, Mass) else LevelId(place)
    return CustomProgression(AxisId(axis), where)


PACED = exercise(axes=(axis(level("slow"), level("slower", over="slow")),))
FREE, SLOW, SLOWER = vary(PACED), vary(PACED, to("slow")), vary(PACED, to("slower"))


def motion(movement: Movement, region: Region, **changes: Any) -> Motion:  # noqa: ANN401
    """Return a motion under the name of its movement."""
    return Motion(id=MotionId(movement.value), movement=movement, region=region, **changes)


REACHING = motion(Movement.REACH, Region.UPPER_LIMB, limb=Limb.MOVING_ARM)
LIFTING = motion(Movement.LIFT, Region.HAND, limb=Limb.MOVING_ARM)


def hand(limb: Limb, polarity: Polarity = Polarity.DO, *phases: Phase) -> Support:
    """Return a hand that bears weight, or must not, in those phases or in all."""
    return Support(
        id=SupportId(f"{polarity.value}-hand"),
        contact=Contact(Region.HAND, limb),
        polarity=polarity,
        phases=frozenset(phases),
    )


SUPPORTING, MOVING = hand(Limb.SUPPORTING_ARM), hand(Limb.MOVING_ARM)


def onto(limb: Limb) -> Effect:
    """Return the effect that weight shifts onto a hand."""
    return Effect(
        id=EffectId("shift"),
        text="Weight shifts onto the hand.",
        movement=Movement.WEIGHT_SHIFT,
        region=Region.HAND,
        load_to=Contact(Region.HAND, limb),
    )


def rung(
    variant: Variant,
    dose: Dose | None = None,
    advance: Criterion | None = Completed(),  # noqa: B008
) -> Rung:
    """Return a rung that is left when it is done."""
    return Rung(variant=variant, dose=dose, advance=advance)


def plan(*rungs: Rung, of: str = "lean", **changes: Any) -> Plan:  # noqa: ANN401
    """Return a plan of one item with a ladder."""
    first = item(rungs[0].variant, rungs[0].dose)
    ladders = {PrescriptionId(of): Ladder(rungs)}
    usual = report(0, pain=1)
    return evolve(Plan(routine=routine(first), ladders=ladders, baseline=usual), **changes)


def flexed(degrees: int) -> Target:
    """Return a knee bent by so many degrees."""
    return Target(
        id=TargetId("knee"),
        movement=Movement.FLEXION,
        region=Region.KNEE,
        span=Span.of(degrees),
        unit=Unit.DEGREE,
        approximate=True,
    )


def bent(degrees: int, limb: Limb = Limb.BOTH_LEGS) -> JointAngle:
    """Return how a knee stands."""
    return JointAngle(joint=Region.KNEE, freedom=Freedom.FLEXION, degrees=degrees, limb=limb)


FEET = Support(id=SupportId("feet"), contact=Contact(Region.FOOT, Limb.BOTH_LEGS))


def reference(cue: str) -> GuidelineReference:
    """Return a reference to a cue of the guideline."""
    return GuidelineReference(guideline=GuidelineId("tall"), cue=CueId(cue))


def purpose(id: str, together_with: str) -> Purpose:
    """Return a purpose that is served together with another."""
    return Purpose(
        id=PurposeId(id),
        text="What it is for.",
        trains=frozenset({TrainingQuality.CONTROL}),
        region=Region.SPINE,
        together_with=frozenset({PurposeId(together_with)}),
    )


# Above: what the examples are made of.

_EXAMPLES = {
    "BX101": Example(
        failing=guideline(GROW, SAG),
        passing=guideline(GROW),
    ),
    "BX102": Example(
        failing=exercise(STAND, step("lean", Phase.MOVE, GROW, SAG)),
        passing=exercise(STAND, step("lean", Phase.MOVE, GROW), step("rest", Phase.RETURN, SAG)),
    ),
    "BX103": Example(
        failing=exercise(STAND, step("lean", Phase.MOVE, SAG), guidelines=(guideline(GROW),)),
        passing=exercise(STAND, step("lean", Phase.MOVE, GROW), guidelines=(guideline(GROW),)),
    ),
    "BX104": Example(
        failing=guideline(GROW, GROW),
        passing=guideline(GROW, BREATHE),
    ),
    "BX105": Example(
        failing=guideline(
            cue(Movement.AXIAL_ELONGATION, degree=Degree.MARKED), effort=EffortLevel.LOW
        ),
        passing=guideline(
            cue(Movement.AXIAL_ELONGATION, degree=Degree.SLIGHT), effort=EffortLevel.LOW
        ),
    ),
    "BX201": Example(
        failing=exercise(LEAN),
        passing=exercise(STAND, LEAN),
    ),
    "BX202": Example(
        failing=exercise(STAND, LEAN, step("brace", Phase.PREPARE)),
        passing=exercise(STAND, step("brace", Phase.PREPARE), LEAN),
    ),
    "BX203": Example(
        failing=exercise(contacts=(SUPPORTING, hand(Limb.SUPPORTING_ARM, Polarity.AVOID))),
        passing=exercise(
            contacts=(
                hand(Limb.SUPPORTING_ARM, Polarity.DO, Phase.SETUP),
                hand(Limb.SUPPORTING_ARM, Polarity.AVOID, Phase.MOVE),
            )
        ),
    ),
    "BX204": Example(
        failing=exercise(STAND, LEAN, step("lean")),
        passing=exercise(STAND, LEAN, step("lean-on")),
    ),
    "BX205": Example(
        failing=exercise(STAND, step("lean", Phase.MOVE, GROW, GROW)),
        passing=exercise(STAND, step("lean", Phase.MOVE, GROW), step("on", Phase.MOVE, GROW)),
    ),
    "BX206": Example(
        failing=exercise(
            STAND,
            step("lean", guideline_cues=(reference("do-sagging"),)),
            guidelines=(guideline(GROW),),
        ),
        passing=exercise(
            STAND,
            step("lean", guideline_cues=(reference("do-axial-elongation"),)),
            guidelines=(guideline(GROW),),
        ),
    ),
    "BX207": Example(
        failing=exercise(STAND, step("lean", motions=(LIFTING,)), contacts=(MOVING,)),
        passing=exercise(STAND, step("lean", motions=(LIFTING,)), contacts=(SUPPORTING,)),
    ),
    "BX208": Example(
        failing=exercise(STAND, step("lean", targets=(flexed(900),))),
        passing=exercise(STAND, step("lean", targets=(flexed(90),))),
    ),
    "BX209": Example(
        failing=exercise(STAND, step("stay", Phase.HOLD)),
        passing=exercise(STAND, step("stay", Phase.HOLD, BREATHE)),
    ),
    "BX210": Example(
        failing=exercise(STAND, LEAN, step("turn-palm", during=StepId("leen"))),
        passing=exercise(STAND, LEAN, step("turn-palm", during=StepId("lean"))),
    ),
    "BX211": Example(
        failing=exercise(
            STAND,
            step("lean", Phase.MOVE, cue(Movement.PRESS, Region.HAND, Degree.MARKED)),
            effort=EffortLevel.LOW,
        ),
        passing=exercise(
            STAND,
            step("lean", Phase.MOVE, cue(Movement.PRESS, Region.HAND, Degree.SLIGHT)),
            effort=EffortLevel.LOW,
        ),
    ),
    "BX212": Example(
        failing=exercise(
            *(STAND, step("lean", pose=(bent(90),))), position=Position.PRONE, contacts=(FEET,)
        ),
        passing=exercise(
            *(STAND, step("lean", pose=(bent(90),))),
            position=Position.PRONE,
            contacts=(evolve(FEET, phases=frozenset({Phase.SETUP})),),
        ),
    ),
    "BX213": Example(
        failing=exercise(
            *(STAND, step("lean", pose=(bent(9),))),
            contacts=(evolve(FEET, polarity=Polarity.AVOID),),
        ),
        passing=exercise(STAND, step("lean", pose=(bent(9),)), contacts=(FEET,)),
    ),
    "BX214": Example(
        failing=exercise(STAND, step("lean", targets=(flexed(90),), pose=(bent(30),))),
        passing=exercise(STAND, step("lean", targets=(flexed(90),), pose=(bent(90),))),
    ),
    "BX215": Example(
        failing=exercise(STAND, step("lean", pose=(bent(90), bent(9, Limb.MOVING_LEG)))),
        passing=exercise(
            STAND, step("lean", pose=(bent(90, Limb.SUPPORTING_LEG), bent(9, Limb.MOVING_LEG)))
        ),
    ),
    "BX301": Example(
        failing=vary(exercise(), to("slow")),
        passing=vary(PACED, to("slow")),
    ),
    "BX302": Example(
        failing=vary(PACED, to("slow"), to("slower")),
        passing=vary(PACED, to("slower")),
    ),
    "BX303": Example(
        failing=vary(PACED, to("slo")),
        passing=vary(PACED, to("slow")),
    ),
    "BX304": Example(
        failing=vary(exercise(axes=(VEST,)), to(kg("1.1"), "vest")),
        passing=vary(exercise(axes=(VEST,)), to(kg(1), "vest")),
    ),
    "BX305": Example(
        failing=exercise(
            axes=(
                axis(level("slow", says("Lean slowly."))),
                axis(level("pad", says("Lean on a pad.")), id="floor"),
            )
        ),
        passing=exercise(
            axes=(
                axis(level("slow", says("Lean slowly."))),
                axis(level("pad", says("Stand on a pad.", "stand")), id="floor"),
            )
        ),
    ),
    "BX306": Example(
        failing=vary(
            exercise(
                contacts=(MOVING,),
                axes=(axis(level("slow", puts(REACHING))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                contacts=(SUPPORTING,),
                axes=(axis(level("slow", puts(REACHING))),),
            ),
            to("slow"),
        ),
    ),
    "BX307": Example(
        failing=plan(rung(FREE), rung(SLOWER), rung(SLOW)),
        passing=plan(rung(FREE), rung(SLOW), rung(SLOWER)),
    ),
    "BX308": Example(
        failing=plan(rung(FREE, Dose(sets=2)), rung(SLOW, Dose(sets=3))),
        passing=plan(rung(FREE, Dose(sets=2)), rung(SLOW, Dose(sets=2))),
    ),
    "BX309": Example(
        failing=plan(rung(SLOW), rung(SLOWER), routine=routine(item(FREE))),
        passing=plan(rung(SLOW), rung(SLOWER), routine=routine(item(SLOW))),
    ),
    "BX310": Example(
        failing=exercise(axes=(axis(level("slow", over="slow")),)),
        passing=exercise(axes=(axis(level("slow", over="free")),)),
    ),
    "BX311": Example(
        failing=exercise(axes=(axis(level("slow", over="fast")),)),
        passing=exercise(axes=(axis(level("fast"), level("slow", over="fast")),)),
    ),
    "BX312": Example(
        failing=exercise(axes=(axis(level("slow", says("Lean slowly.", "leen"))),)),
        passing=exercise(axes=(axis(level("slow", says("Lean slowly.", "lean"))),)),
    ),
    "BX313": Example(
        failing=exercise(axes=(axis(level("fist"), id="support"),)),
        passing=exercise(axes=(axis(level("extended-arm"), id="support"),)),
    ),
    "BX314": Example(
        failing=plan(rung(FREE), of="leen"),
        passing=plan(rung(FREE), of="lean"),
    ),
    "BX315": Example(
        failing=plan(rung(FREE, advance=None), rung(SLOW)),
        passing=plan(rung(FREE, advance=Completed()), rung(SLOW)),
    ),
    "BX316": Example(
        failing=plan(rung(FREE), rung(vary(HELD))),
        passing=plan(rung(FREE), rung(SLOW)),
    ),
    "BX317": Example(
        failing=vary(
            exercise(
                STAND,
                step("lean", Phase.MOVE, GROW),
                axes=(axis(level("slow", puts(SAG))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                STAND,
                step("lean", Phase.MOVE, GROW),
                axes=(axis(level("slow", puts(BREATHE))),),
            ),
            to("slow"),
        ),
    ),
    "BX318": Example(
        failing=exercise(axes=(axis(level("slow", says("Slowly."), says("Slower."))),)),
        passing=exercise(axes=(axis(level("slow", says("Slowly."))),)),
    ),
    "BX319": Example(
        failing=exercise(axes=(axis(level("slow"), level("slow")),)),
        passing=exercise(axes=(axis(level("slow"), level("slower")),)),
    ),
    "BX320": Example(
        failing=exercise(axes=(evolve(axis(), levels=(level("free", says("Lean."), over=None),)),)),
        passing=exercise(axes=(evolve(axis(), levels=(level("free", over=None),)),)),
    ),
    "BX321": Example(
        failing=vary(
            exercise(
                contacts=(hand(Limb.SUPPORTING_ARM, Polarity.AVOID),),
                axes=(axis(level("slow", puts(SUPPORTING))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                contacts=(hand(Limb.MOVING_ARM, Polarity.AVOID),),
                axes=(axis(level("slow", puts(SUPPORTING))),),
            ),
            to("slow"),
        ),
    ),
    "BX322": Example(
        failing=plan(
            rung(FREE), rung(FREE, Dose(reps=5)), routine=routine(item(FREE, Dose(reps=8)))
        ),
        passing=plan(
            rung(FREE), rung(FREE, Dose(reps=9)), routine=routine(item(FREE, Dose(reps=8)))
        ),
    ),
    "BX323": Example(
        failing=plan(rung(FREE), rung(FREE)),
        passing=plan(rung(FREE), rung(SLOW)),
    ),
    "BX324": Example(
        failing=plan(rung(FREE), baseline=None),
        passing=plan(rung(FREE), baseline=report(0, pain=1)),
    ),
    "BX325": Example(
        failing=vary(
            exercise(
                STAND,
                step("lean", effects=(onto(Limb.MOVING_ARM),)),
                contacts=(SUPPORTING,),
            )
        ),
        passing=vary(
            exercise(
                STAND,
                step("lean", effects=(onto(Limb.SUPPORTING_ARM),)),
                contacts=(SUPPORTING,),
            )
        ),
    ),
    "BX326": Example(
        failing=vary(
            exercise(
                contacts=(SUPPORTING,),
                axes=(axis(level("slow", drops(SUPPORTING))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                contacts=(SUPPORTING,),
                axes=(
                    axis(
                        level(
                            "slow",
                            drops(SUPPORTING),
                            puts(evolve(SUPPORTING, id=SupportId("other"))),
                        )
                    ),
                ),
            ),
            to("slow"),
        ),
    ),
    "BX327": Example(
        failing=exercise(axes=(axis(Level(id=LevelId("slow"), name="slow")),)),
        passing=exercise(
            axes=(axis(Level(id=LevelId("slow"), name="slow", edits=(says("Slowly."),))),)
        ),
    ),
    "BX328": Example(
        failing=exercise(axes=(evolve(VEST, maximum_grams=200),)),
        passing=exercise(axes=(evolve(VEST, maximum_grams=500),)),
    ),
    "BX329": Example(
        failing=exercise(axes=(evolve(VEST, edits=(says("Lean with {weight}."),)),)),
        passing=exercise(axes=(evolve(VEST, edits=(says("Lean with {mass}."),)),)),
    ),
    "BX330": Example(
        failing=vary(
            exercise(
                contacts=(MOVING,),
                axes=(axis(level("slow", puts(LIFTING))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                contacts=(SUPPORTING,),
                axes=(axis(level("slow", puts(LIFTING))),),
            ),
            to("slow"),
        ),
    ),
    "BX331": Example(
        failing=plan(rung(vary(exercise(effort=EffortLevel.LOW)), advance=EffortAtMost(effort=8))),
        passing=plan(rung(vary(exercise(effort=EffortLevel.LOW)), advance=EffortAtMost(effort=3))),
    ),
    "BX332": Example(
        failing=vary(
            exercise(
                *(STAND, step("lean", targets=(flexed(90),), pose=(bent(90),))),
                axes=(axis(level("slow", puts(bent(30)))),),
            ),
            to("slow"),
        ),
        passing=vary(
            exercise(
                *(STAND, step("lean", targets=(flexed(90),), pose=(bent(90),))),
                axes=(axis(level("slow", puts(bent(85)))),),
            ),
            to("slow"),
        ),
    ),
    "BX401": Example(
        failing=routine(item(), stopping=None),
        passing=routine(item(), stopping=policy()),
    ),
    "BX402": Example(
        failing=policy(rules=()),
        passing=policy(),
    ),
    "BX403": Example(
        failing=policy(evolve(RED_FLAG, id=RuleId("worse")), asks_red_flags=True),
        passing=policy(evolve(RED_FLAG, id=RuleId("alarm")), asks_red_flags=True),
    ),
    "BX404": Example(
        failing=policy(RED_FLAG),
        passing=policy(RED_FLAG, asks_red_flags=True),
    ),
    "BX405": Example(
        failing=policy(asks_at=frozenset({Moment.DURING})),
        passing=policy(asks_at=frozenset({Moment.DURING, Moment.NEXT_MORNING})),
    ),
    "BX406": Example(
        failing=policy(asks=frozenset()),
        passing=policy(asks=frozenset({PAIN})),
    ),
    "BX407": Example(
        failing=policy(tolerance=Tolerance(severity_at_most={PAIN: 10})),
        passing=policy(tolerance=Tolerance(severity_at_most={PAIN: 5})),
    ),
    "BX408": Example(
        failing=policy(asks_red_flags=True),
        passing=policy(RED_FLAG, asks_red_flags=True),
    ),
    "BX411": Example(
        failing=policy(rules=(on(Worsened(by=2)),)),
        passing=policy(rules=(on(Worsened(by=1)),)),
    ),
    "BX412": Example(
        failing=policy(on(AtLeast(channel=PAIN, severity=8))),
        passing=policy(on(AtLeast(channel=PAIN, severity=8), until=Cleared())),
    ),
    "BX413": Example(
        failing=policy(rules=(on(Worsened(), Action.REFER),)),
        passing=policy(rules=(on(Worsened(), Action.REFER, Cleared()),)),
    ),
    "BX415": Example(
        failing=policy(on(Worsened(by=2))),
        passing=policy(on(Worsened(by=2), Action.COMFORT)),
    ),
    "BX417": Example(
        failing=policy(asks=frozenset(Channel(f"c-{number}") for number in range(20))),
        passing=policy(asks=frozenset({PAIN})),
    ),
    "BX501": Example(
        failing=routine(),
        passing=routine(item()),
    ),
    "BX502": Example(
        failing=routine(
            item(exercise(id="turn", focus=frozenset({Region.UPPER_BACK}))),
            item(exercise(foundation_for=frozenset({Region.UPPER_QUARTER}))),
        ),
        passing=routine(
            item(exercise(foundation_for=frozenset({Region.UPPER_QUARTER}))),
            item(exercise(id="turn", focus=frozenset({Region.UPPER_BACK}))),
        ),
    ),
    "BX503": Example(
        failing=routine(item(evolve(ONE_SIDED, both_sides_required=True), sides=Sides.RIGHT)),
        passing=routine(item(evolve(ONE_SIDED, both_sides_required=True), sides=Sides.BOTH)),
    ),
    "BX504": Example(
        failing=routine(item(), item()),
        passing=routine(item(), item(id=PrescriptionId("lean-again"))),
    ),
    "BX505": Example(
        failing=routine(item(), item(exercise(name="Bend"), id=PrescriptionId("bend"))),
        passing=routine(item(), item(exercise(name="Bend", id="bend"))),
    ),
    "BX506": Example(
        failing=routine(item(exercise(qualities=frozenset({TrainingQuality.STRENGTH})))),
        passing=routine(item(exercise(qualities=frozenset({TrainingQuality.STABILIZATION})))),
    ),
    "BX507": Example(
        failing=routine(item(HELD, Dose(sets=2))),
        passing=routine(item(HELD, Dose(sets=2, hold_seconds=10))),
    ),
    "BX508": Example(
        failing=routine(item(HELD, Dose(reps=5, hold_seconds=20)), time_budget_seconds=60),
        passing=routine(item(HELD, Dose(reps=3, hold_seconds=20)), time_budget_seconds=60),
    ),
    "BX509": Example(
        failing=routine(item(exercise(equipment=frozenset({MAT}))), equipment=frozenset()),
        passing=routine(item(exercise(equipment=frozenset({MAT}))), equipment=frozenset({MAT})),
    ),
    "BX510": Example(
        failing=routine(item(exercise(), sides=Sides.LEFT)),
        passing=routine(item(exercise(), sides=Sides.NOT_APPLICABLE)),
    ),
    "BX511": Example(
        failing=routine(
            item(exercise(STAND, step("lean", Phase.MOVE, SAG))), guideline=guideline(GROW)
        ),
        passing=routine(
            item(exercise(STAND, step("lean", Phase.MOVE, GROW))), guideline=guideline(GROW)
        ),
    ),
    "BX512": Example(
        failing=routine(
            item(ONE_SIDED, Dose(reps=8), Sides.LEFT),
            item(ONE_SIDED, Dose(reps=5), Sides.RIGHT, id=PrescriptionId("other-side")),
        ),
        passing=routine(
            item(ONE_SIDED, Dose(reps=8), Sides.LEFT),
            item(ONE_SIDED, Dose(reps=8), Sides.RIGHT, id=PrescriptionId("other-side")),
        ),
    ),
    "BX513": Example(
        failing=routine(
            item(ONE_SIDED, Dose(hold_seconds=20), Sides.BOTH),
            item(evolve(ONE_SIDED, id=ExerciseId("turn")), Dose(hold_seconds=20), Sides.LEFT),
        ),
        passing=routine(
            item(ONE_SIDED, Dose(hold_seconds=20), Sides.BOTH),
            item(evolve(ONE_SIDED, id=ExerciseId("turn")), Dose(hold_seconds=20), Sides.BOTH),
        ),
    ),
    "BX514": Example(
        failing=routine(
            item(exercise(id="lean")),
            item(exercise(id="curl", position=Position.SUPINE)),
            item(exercise(id="turn")),
        ),
        passing=routine(
            item(exercise(id="lean")),
            item(exercise(id="turn")),
            item(exercise(id="curl", position=Position.SUPINE)),
        ),
    ),
    "BX515": Example(
        failing=routine(item(), schedule=Schedule(days_per_week=5, rest_hours=48)),
        passing=routine(item(), schedule=Schedule(days_per_week=3, rest_hours=48)),
    ),
    "BX516": Example(
        failing=routine(item(suppress={"BX507": "held for one breath"})),
        passing=routine(item(HELD, suppress={"BX507": "held for one breath"})),
    ),
    "BX517": Example(
        failing=routine(item(HELD, Dose(hold_seconds=5), suppress={"BX5077": "held for a breath"})),
        passing=routine(item(HELD, Dose(sets=2), suppress={"BX507": "held for a breath"})),
    ),
}

#: The examples by code.
EXAMPLES: Mapping[str, Example] = MappingProxyType(_EXAMPLES)


_FOR_THE_LINTER = re.compile(r"  # noqa: .*")


@cache
def _source() -> str:
    try:
        return inspect.getsource(sys.modules[__name__])
    except (OSError, TypeError):  # an application that ships no sources
        return ""


def helpers() -> str:
    """Return the Python code of what the examples are made of; empty where there is no source."""
    _, _, after = _source().partition("# Below: what the examples are made of.\n")
    code = after.partition("# Above: what the examples are made of.\n")[0].strip()
    return _FOR_THE_LINTER.sub("", code)


def snippets(code: str) -> tuple[str, str] | None:
    """Return the Python code of what fails and of what passes, or None where there is no example.

    >>> snippets("BX501")
    ('routine()', 'routine(item())')
    """
    return _snippets().get(code)


@cache
def _snippets() -> Mapping[str, tuple[str, str]]:
    found: dict[str, tuple[str, str]] = {}
    for node in ast.walk(ast.parse(_source())):
        if isinstance(node, ast.Dict):
            for key, value in zip(node.keys, node.values, strict=True):
                if isinstance(key, ast.Constant) and isinstance(value, ast.Call):
                    failing, passing = (_text(keyword.value) for keyword in value.keywords)
                    found[str(key.value)] = failing, passing
    return found


def _text(node: ast.expr) -> str:
    """Return the source of an expression, with its lines moved to the left."""
    text = ast.get_source_segment(_source(), node) or ""
    first, *others = text.split("\n")
    return "\n".join([first, textwrap.dedent("\n".join(others))] if others else [first])
