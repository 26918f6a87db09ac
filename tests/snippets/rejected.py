"""Wrong uses of the public API. A type checker has to object to each marked line, and no other.

After ``# error:`` stand the codes that mypy gives its errors. `tests/check_snippets.py` compares.
Nothing here is ever run.
"""

from __future__ import annotations

from typing import assert_never

from backex import (
    PAIN,
    Action,
    AddLowerQuarter,
    AddResistance,
    AllOf,
    AtLeast,
    AxisId,
    Calmed,
    ChangeReach,
    Clearance,
    Completed,
    CueId,
    CustomProgression,
    Decision,
    Dose,
    Exercise,
    ExerciseId,
    ExtendArm,
    GuidelineReference,
    InARow,
    LevelId,
    Mass,
    Persists,
    Phase,
    Plan,
    PolicyId,
    Prescription,
    PrescriptionId,
    Progression,
    ReachDirection,
    Release,
    Routine,
    RuleId,
    Rung,
    SessionRecord,
    Severity,
    Sides,
    Source,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    Timeline,
    decide,
    differences,
    kg,
    ladder,
    next_session,
    prescribe,
    report,
    timeline,
    validate,
    vary,
    verify,
)
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.codec import dumps, loads, loads_any
from backex.render.text import routine_as_text

a_rule = RuleId("a")
calm = Calmed()
step_id = StepId("lift")
exercise_id = ExerciseId("oblique-sit")
item_id = PrescriptionId("oblique-sit")
pain = AtLeast(channel=PAIN, severity=4)
plan = Plan(routine=ROUTINE)
decision = decide(STOPPING_POLICY, [report(1, pain=2)])
session = next_session(plan, [])
easy = vary(OBLIQUE_SIT)
item = prescribe(easy)


# Ids of one sort are not those of another, and no plain text.

Step(id=exercise_id, phase=Phase.MOVE, text="Lift.")  # error: arg-type
Step(id="lift", phase=Phase.MOVE, text="Lift.")  # error: arg-type
Routine(id="mornings", title="Mornings")  # error: arg-type
Routine(id=PolicyId("mornings"), title="Mornings")  # error: arg-type
GuidelineReference("upright", CueId("tall"))  # error: arg-type call-arg
CustomProgression(LevelId("wall"), AxisId("wall"))  # error: arg-type
Clearance(checkin=1, rules=frozenset({step_id}), by="GP")  # error: arg-type
decision.action_for(exercise_id)  # error: arg-type
Plan(routine=ROUTINE, ladders={"a": ladder(easy)})  # error: dict-item
SessionRecord(checkin=1, completed={exercise_id: None})  # error: dict-item
bare: PrescriptionId = "oblique-sit"  # error: assignment
other: RuleId = step_id  # error: assignment


# Values never change.

item.sides = Sides.LEFT  # error: misc
ROUTINE.title = "Mornings"  # error: misc
kg(1).grams = 5  # error: misc
decision.action = Action.CONTINUE  # error: misc
STOPPING_POLICY.answer = Action.CONTINUE  # error: misc
ROUTINE.items.append(item)  # error: attr-defined
ROUTINE.metadata["seen"] = "yes"  # error: index
STOPPING_POLICY.asks.add(PAIN)  # error: attr-defined
decision.items[item_id] = Action.REST  # error: index
decision.allows_exercise = True  # error: misc
Action.REFER = Action.CONTINUE  # error: assignment misc


# Classes are final, and so are the enums.


class SpecialExercise(Exercise):  # error: misc
    """One."""


class LenientPolicy(StoppingPolicy):  # error: misc
    """One."""


class Harder(ExtendArm):  # error: misc
    """One."""


class MoreActions(Action):  # error: misc
    """One."""


# What is misspelt, left out or added.

prescribe(easy).dosage  # error: attr-defined
OBLIQUE_SIT.titel  # error: attr-defined
Action.PAUSE  # error: attr-defined
Dose(sets=2, repetitions=8)  # error: call-arg
Dose(2, 8)  # error: call-arg
AtLeast(channel=PAIN)  # error: call-arg
StoppingRule(id=a_rule, when=pain, then=Action.REST)  # error: call-arg
prescribe(easy, side=Sides.LEFT)  # error: call-arg
prescribe(easy, None, Sides.LEFT)  # error: call-arg
decide(STOPPING_POLICY)  # error: call-arg
decide(STOPPING_POLICY, [], report(0))  # error: call-arg
report(1, headache=3)  # error: call-arg
Source(id="a", title="A")  # error: arg-type call-arg


# What may be None, or one of several things, is to be looked at first.

item.dose.reps  # error: union-attr
ROUTINE.stopping.rules  # error: union-attr
session.routine.items  # error: union-attr
easy.exercise.effort.value  # error: union-attr
routine_as_text(session.routine)  # error: arg-type
limit: int = ROUTINE.time_budget_seconds  # error: assignment
easy.progressions[0].mass  # error: union-attr
STOPPING_POLICY.rules[0].until.checkins  # error: union-attr
report(1).severities.get(PAIN) > 3  # error: operator


# Values of another type.

Dose(reps="8")  # error: arg-type
Dose(hold_seconds=2.5)  # error: arg-type
Mass(1.5)  # error: arg-type
kg(None)  # error: arg-type
kg(1) + 500  # error: operator
kg(1) < 2  # error: operator
report("1")  # error: arg-type
report(1, moment="after")  # error: arg-type
AtLeast(channel="pain", severity=4)  # error: arg-type
Persists(condition=[pain], checkins=2)  # error: arg-type
AllOf(conditions=[pain])  # error: arg-type
InARow(criterion=pain, sessions=3)  # error: arg-type
StoppingRule(id=a_rule, when=Completed(), then=Action.REST, until=calm)  # error: arg-type
StoppingRule(id=a_rule, when=pain, then="rest", until=calm)  # error: arg-type
StoppingRule(id=a_rule, when=pain, then=Severity.ERROR, until=calm)  # error: arg-type
prescribe(ROUTINE)  # error: arg-type
prescribe("oblique-sit")  # error: arg-type
Prescription(id=item_id, variant=OBLIQUE_SIT, sides=Sides.BOTH)  # error: arg-type
Rung(variant=OBLIQUE_SIT)  # error: arg-type
decide(ROUTINE, [])  # error: arg-type
decide(STOPPING_POLICY, report(1))  # error: arg-type
decide(STOPPING_POLICY, [decision])  # error: list-item
next_session(ROUTINE, [])  # error: arg-type
next_session(plan, [report(1)])  # error: list-item
verify(ROUTINE)  # error: arg-type
validate(decision)  # error: arg-type
validate(ROUTINE, select=[503])  # error: list-item
timeline(plan)  # error: arg-type
Source(id="a", title="A", kind="seed")  # error: arg-type


# Progressions are values of their own classes.

vary(OBLIQUE_SIT, "extend-arm")  # error: arg-type
vary(OBLIQUE_SIT, ExtendArm)  # error: arg-type
vary(OBLIQUE_SIT, [ExtendArm()])  # error: arg-type
vary(OBLIQUE_SIT, kg(1))  # error: arg-type
vary(easy, ExtendArm())  # error: arg-type
AddResistance(2)  # error: arg-type
AddResistance(kilograms=2)  # error: call-arg
ExtendArm(kg(1))  # error: call-arg
AddLowerQuarter(ReachDirection("forward"))  # error: arg-type
ChangeReach("forward")  # error: arg-type
CustomProgression(AxisId("wall"), 3)  # error: arg-type
easy.with_(OBLIQUE_SIT)  # error: arg-type
easy.place("resistance")  # error: arg-type
differences(easy, OBLIQUE_SIT)  # error: arg-type


# What comes back is of the class that was asked for.

as_a_routine: Routine = loads("{}", Plan)  # error: assignment
of_two: Routine = loads_any("{}", Routine, Plan)  # error: assignment
as_bytes: bytes = dumps(ROUTINE)  # error: assignment
loads({}, Routine)  # error: arg-type
found: Decision = verify(STOPPING_POLICY)  # error: assignment
first: str = validate(ROUTINE).diagnostics[0]  # error: assignment
ended: Timeline = next_session(plan, [])  # error: assignment


# A union is not taken apart unless every member is.


def name_of(release: Release) -> str:
    """Forget one of two releases."""
    if isinstance(release, Calmed):
        return "calmed"
    assert_never(release)  # error: arg-type


def worded(progression: Progression) -> str:
    """Forget most progressions."""
    match progression:
        case ExtendArm():
            return "extend"
        case AddResistance(mass):
            return str(mass)
        case _:
            assert_never(progression)  # error: arg-type
