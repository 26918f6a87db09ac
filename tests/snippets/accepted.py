"""Right uses of the public API, to which no type checker objects, and the types that come of them.

`tests/check_snippets.py` looks at them as at those in `rejected.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import assert_never, assert_type

from backex import (
    PAIN,
    Action,
    AddLowerQuarter,
    AddResistance,
    AllOf,
    AtLeast,
    Calmed,
    ChangeReach,
    Channel,
    Clearance,
    Cleared,
    Completion,
    CustomProgression,
    Decision,
    Diagnostic,
    Dose,
    EffortLevel,
    Entry,
    Exercise,
    ExtendArm,
    Ladder,
    LevelId,
    Mass,
    Monitor,
    Next,
    Persists,
    Plan,
    PolicyId,
    Prescription,
    PrescriptionId,
    Progression,
    Release,
    Report,
    Routine,
    RoutineId,
    RuleId,
    SessionRecord,
    Sides,
    Span,
    StoppingPolicy,
    StoppingRule,
    Timeline,
    Variant,
    Verdict,
    as_planned,
    decide,
    kg,
    ladder,
    next_session,
    prescribe,
    report,
    timeline,
    validate,
    variants,
    vary,
    verify,
)
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.codec import dumps, loads, loads_any

# Building: numbers and spans of numbers, exercises and variants of them.

dose = Dose(sets=2, reps=Span(8, 12), rest_seconds=None)
assert_type(dose.sets, Span | None)
loaded = vary(OBLIQUE_SIT, AddResistance(kg("0.5")), ExtendArm())
assert_type(loaded, Variant)
assert_type(kg(1) < kg(2), bool)
item = prescribe(loaded, dose, sides=Sides.BOTH, id="loaded", suppress={"BX503": "agreed"})
assert_type(item, Prescription)
assert_type(prescribe(OBLIQUE_SIT).dose, Dose | None)
routine = Routine(id=RoutineId("mornings"), title="Mornings", items=(item,)).with_item(item)
assert_type(routine, Routine)
assert_type(routine.item("loaded"), Prescription | None)
assert_type(routine.items[0].variant.exercise, Exercise)
steps = ladder(OBLIQUE_SIT).ramp(kg(0.5), kg(1), by=kg(0.5)).then(ExtendArm())
assert_type(steps, Ladder)

# Checking.

found = validate(routine, select=["BX503"], severities={})
assert_type(found, Report)
assert_type(found.diagnostics, tuple[Diagnostic, ...])
assert_type(validate(steps).ok, bool)

# Stopping.

policy = StoppingPolicy(
    id=PolicyId("mine"),
    rules=(
        StoppingRule(
            id=RuleId("sore"),
            when=AllOf(
                conditions=(
                    AtLeast(channel=PAIN, severity=4),
                    Persists(condition=AtLeast(channel=PAIN, severity=3), checkins=2),
                )
            ),
            then=Action.REST,
            until=Calmed(checkins=2),
        ),
    ),
    asks=frozenset({PAIN}),
)
entries: list[Entry] = [
    report(1, pain=2, item=item.id, at=datetime.now(UTC)),
    Clearance(checkin=2, rules=frozenset({RuleId("sore")}), by="GP"),
]
decision = decide(policy, entries, baseline=report(0, pain=1))
assert_type(decision, Decision)
assert_type(decide(None, iter(())).action, Action)
assert_type(decision.action < Action.REFER, bool)
assert_type(decision.items, Mapping[PrescriptionId, Action])
assert_type(policy.start().observe(entries[0]), Monitor)
assert_type(report(1).severities.get(PAIN), int | None)
assert_type(verify(policy, at_least_as_safe_as=STOPPING_POLICY), Verdict)
own_channel = Channel("itching")
assert_type(AtLeast(channel=own_channel, severity=1).channel, Channel)

# Going on.

done = as_planned(item, done=True, effort=4)
assert_type(done, Completion)
record = SessionRecord(checkin=1, completed={item.id: done}, entries=(report(1, pain=2),))
session = next_session(Plan(routine=ROUTINE, ladders={item.id: steps}), (record,))
assert_type(session, Next)
if session.routine is not None:
    assert_type(timeline(session.routine), Timeline)
if (effort := OBLIQUE_SIT.effort) is not None:
    assert_type(effort, EffortLevel)

# Storing: what comes back is of the class that was asked for.

assert_type(loads(dumps(routine), Routine), Routine)
assert_type(loads(b"{}", StoppingPolicy, catalog=None), StoppingPolicy)
either: object = loads_any("{}", Routine, Plan)

# Unions can be taken apart whole.


def place_of(progression: Progression) -> str | Mass | LevelId:
    """Return what a progression says of its place."""
    match progression:
        case ExtendArm():
            return "extended"
        case AddResistance(mass=mass):
            return assert_type(mass, Mass)
        case ChangeReach(direction=direction):
            return direction
        case AddLowerQuarter(function=function):
            return function
        case CustomProgression(level=level):
            return assert_type(level, LevelId | Mass)
        case _:
            assert_never(progression)


def checkins_of(release: Release) -> int | None:
    """Return after how many calm check-ins a rule is released."""
    match release:
        case Calmed(checkins=checkins):
            return checkins
        case Cleared():
            return None
        case _:
            assert_never(release)


def sound(exercise: Exercise) -> Iterator[Variant]:
    """Yield the variants to which no rule objects."""
    return (each for each in variants(exercise) if validate(each).ok)
