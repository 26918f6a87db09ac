"""BX3xx: for each rule what it finds, where, how to mend it, and what is just not a fault."""

from __future__ import annotations

from collections.abc import Mapping

import attrs
import pytest
from attrs import field, frozen

from backex.anatomy import Contact, Laterality, Limb, Movement, Phase, Position, Region
from backex.axes import (
    LOWER_QUARTER,
    REACH,
    RESISTANCE,
    SUPPORT,
    Axis,
    Edit,
    Level,
    LevelAxis,
    LoadAxis,
    PartKind,
    Put,
    Remove,
    SetText,
)
from backex.catalog.building import avoid, bears, do, effect, motion, spares, step
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    FORWARD,
    OBLIQUE_SIT,
    OVERHEAD,
    UPPER_QUARTER_POSTURE,
)
from backex.conditions import Calmed, Worsened
from backex.criteria import AnyCriterion, Completed, InARow, SymptomAtMost
from backex.decision import Action
from backex.diagnostics import Severity
from backex.dose import Dose
from backex.exercise import Exercise
from backex.ids import (
    AxisId,
    ExerciseId,
    LevelId,
    PolicyId,
    PrescriptionId,
    RoutineId,
    RuleId,
    StepId,
)
from backex.ladders import Ladder, Rung, ladder
from backex.latches import StoppingRule
from backex.plan import Plan
from backex.posture import Cue, PostureGuideline
from backex.progression import (
    AddResistance,
    ChangeReach,
    CustomProgression,
    ExtendArm,
    Progression,
    ReachDirection,
)
from backex.quantities import Mass, Span, kg
from backex.references import library_default
from backex.routine import Routine, prescribe
from backex.step import Effect, Motion, Step, Support
from backex.stopping import StoppingPolicy
from backex.symptoms import PAIN, Channel, SymptomReport, report
from backex.validation import Checkable, validate
from backex.variant import Variant, vary

PACE, PAD, VEST = AxisId("pace"), AxisId("pad"), AxisId("vest")
LEAN = StepId("lean")
FOOT, RIBS = Contact(Region.FOOT), Contact(Region.RIB_CAGE)


# Short ways to write what is checked.


def _level(id: str, *edits: Edit, over: tuple[str, ...] = ()) -> Level:
    return Level(id=LevelId(id), name=id, edits=edits, exceeds=frozenset(map(LevelId, over)))


def _levels(*levels: Level, id: AxisId = PACE) -> LevelAxis:
    """Return an axis with those levels, each of which changes something."""
    changing = (
        level if level.edits else attrs.evolve(level, edits=(_as(f"{id}-{level.id}"),))
        for level in levels
    )
    return LevelAxis(id=id, name=id, levels=(_level("free"), *changing))


def _as(id: str) -> Put:
    """Return an edit that no other one conflicts with."""
    return Put(step=StepId("stand"), part=do(f"as-{id}", "So.", Movement.GRIP, Region.HAND, ()))


def _loads(*edits: Edit, id: AxisId = VEST, maximum: int | None = None) -> LoadAxis:
    return LoadAxis(
        id=id,
        name=id,
        limb=Limb.BOTH_ARMS,
        increment_grams=250,
        maximum_grams=maximum,
        edits=edits or (_as(id),),
    )


def _says(text: str, step: StepId = LEAN) -> SetText:
    return SetText(step=step, text=text)


def _cue(id: str = "tall", text: str = "Stay tall.") -> Cue:
    return do(id, text, Movement.AXIAL_ELONGATION, Region.SPINE, ())


STAND = step("stand", Phase.SETUP, "Stand.", ())
MOVE = step("lean", Phase.MOVE, "Lean.", (), _cue())


def _lean(
    *axes: Axis,
    steps: tuple[Step, ...] = (STAND, MOVE),
    contacts: tuple[Support, ...] = (bears("foot", FOOT, ()),),
    guidelines: tuple[PostureGuideline, ...] = (),
) -> Exercise:
    return Exercise(
        id=ExerciseId("lean"),
        name="Lean",
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        steps=steps,
        contacts=contacts,
        guidelines=guidelines,
        axes=axes,
    )


def _at(axis: AxisId, place: str | Mass) -> CustomProgression:
    return CustomProgression(axis, place if isinstance(place, Mass) else LevelId(place))


SLOW = _at(PACE, "slow")


def _routine(exercise: Exercise | Variant, *moves: Progression) -> Routine:
    """Return a routine of one item, whose path is ``$.items[0]``."""
    variant = exercise if isinstance(exercise, Variant) else vary(exercise, *moves)
    return Routine(id=RoutineId("one"), title="One", items=(prescribe(variant),))


def _plan(climbed: Ladder, **others: Ladder) -> Plan:
    """Return a plan of one item that stands at the first rung."""
    item = prescribe(climbed.rungs[0].variant, climbed.rungs[0].dose)
    ladders = {item.id: climbed} | {PrescriptionId(id): each for id, each in others.items()}
    return Plan(
        routine=Routine(id=RoutineId("one"), title="One", items=(item,)),
        ladders=ladders,
    )


def _rungs(*variants: Variant, doses: tuple[Dose | None, ...] = ()) -> Plan:
    """Return a plan with a ladder of those rungs, each left when done."""
    doses = doses or (None,) * len(variants)
    return _plan(
        Ladder(
            tuple(
                Rung(variant=variant, dose=dose, advance=Completed())
                for variant, dose in zip(variants, doses, strict=True)
            )
        )
    )


def _dosed(dose: Dose, plan: Plan) -> Plan:
    """Return a plan with another dose for its item."""
    (item,) = plan.routine.items
    return attrs.evolve(plan, routine=plan.routine.replacing(attrs.evolve(item, dose=dose)))


def _asking(plan: Plan, baseline: SymptomReport | None) -> Plan:
    """Return a plan whose policy asks for pain."""
    stopping = StoppingPolicy(
        id=PolicyId("asks"),
        rules=(StoppingRule(id=RuleId("up"), when=Worsened(), then=Action.REST, until=Calmed()),),
        asks=frozenset({PAIN}),
    )
    routine = attrs.evolve(plan.routine, stopping=stopping)
    return attrs.evolve(plan, routine=routine, baseline=baseline)


def _waiting(channel: str) -> Plan:
    """Return a plan that waits for a symptom to be slight."""
    slight = SymptomAtMost(channel=Channel(channel), severity=2)
    either = AnyCriterion(criteria=(Completed(), InARow(criterion=slight, sessions=2)))
    climbed = ladder(FREE, advance=either).then(SLOW).leaving(None)
    return _asking(_plan(climbed), report(0, pain=1))


def _effect(text: str) -> Effect:
    return effect("sinks", text, Movement.LOWERING, Region.CHEST, ())


def _shifting(phase: Phase) -> Exercise:
    """Return an exercise in which weight shifts onto the ribs, which a level takes away."""
    onto = effect(
        "onto-ribs", "Weight shifts.", Movement.WEIGHT_SHIFT, Region.RIB_CAGE, (), load_to=RIBS
    )
    return _lean(
        _levels(_level("slow", Remove(kind=PartKind.SUPPORT, id="ribs"))),
        steps=(STAND, step("lean", phase, "Lean.", (), onto)),
        contacts=(bears("foot", FOOT, ()), bears("ribs", RIBS, ())),
    )


# One minimal pair for each way to go wrong.


@frozen(kw_only=True)
class Case:
    """Something sound, and the same with one fault."""

    code: str
    sound: Checkable
    faulty: Checkable
    path: str
    hint: str
    meta: Mapping[str, object]
    severity: Severity = field(default=Severity.ERROR)


FOUR = ("resistance", "support", "reach", "lower-quarter")
AT_FIRST = "$.items[0].variant.progressions[0]"
PACED = _lean(_levels(_level("slow")))
LOADED = _lean(_loads(maximum=1000))
THREE = _lean(_levels(_level("slow", over=("free",)), _level("slower", over=("slow",))))
FREE, SLOWLY, SLOWER = vary(THREE), vary(THREE, SLOW), vary(THREE, _at(PACE, "slower"))


def _at_places(exercise: Exercise, *places: tuple[Axis, str | Mass]) -> Routine:
    return _routine(exercise, *(_at(axis.id, place) for axis, place in places))


def _written_twice(id: AxisId, other: AxisId, step: str | None, part: str) -> dict[str, object]:
    return {"axes": (id, other), "step": step, "part": part}


OWN_SLOTS = "let each axis write slots of its own, such as a cue with another id"
THERE = "edit a step or part that is there"
OWN_ID = "give an axis of the app's own an id of its own"
OTHER_LIMB = "let another limb reach, or limit the contact to other phases"
UNDO = "undo one of the moves, or mend the edits of its axis"
ONE_AT_A_TIME = "change one thing at a time, so that it is known what symptoms answer to"
REACHING = step(
    "lean",
    Phase.MOVE,
    "Lean.",
    (),
    motion("out", Movement.REACH, Region.UPPER_LIMB, (), limb=Limb.MOVING_ARM),
)
SAGGING = avoid("no-sag", "Don't sag.", Movement.SAGGING, Region.SPINE, ())
SAG = do("sag", "Sag.", Movement.SAGGING, Region.SPINE, ())
SQUEEZE = do("squeeze", "Squeeze them.", Movement.RETRACTION, Region.SHOULDER_GIRDLE, ())


def _bearing(*supports: Support) -> Exercise:
    return _lean(steps=(STAND, REACHING), contacts=supports)


def _hand(limb: Limb, *phases: Phase) -> Support:
    return bears("hand", Contact(Region.HAND, limb), (), *phases)


CASES = {
    "axis lacking": Case(
        code="BX301",
        sound=_routine(OBLIQUE_SIT, ExtendArm()),
        faulty=_routine(OBLIQUE_SIT, ExtendArm(), _at(PAD, "soft")),
        path="$.items[0].variant.progressions[1]",
        hint="it has: resistance, support, reach, lower-quarter",
        meta={"axis": "pad", "axes": FOUR},
    ),
    "axis misspelled": Case(
        code="BX301",
        sound=_routine(OBLIQUE_SIT, AddResistance(kg(1))),
        faulty=_routine(OBLIQUE_SIT, _at(AxisId("resistence"), kg(1))),
        path=AT_FIRST,
        hint='did you mean "resistance"? its move is AddResistance',
        meta={"axis": "resistence", "axes": FOUR},
    ),
    "no axis at all": Case(
        code="BX301",
        sound=_routine(ALL_FOURS_ROTATION),
        faulty=_routine(ALL_FOURS_ROTATION, ExtendArm()),
        path=AT_FIRST,
        hint="it has: none",
        meta={"axis": "support", "axes": ()},
    ),
    "two moves": Case(
        code="BX302",
        sound=_routine(OBLIQUE_SIT, ChangeReach(OVERHEAD), ExtendArm()),
        faulty=_routine(OBLIQUE_SIT, ChangeReach(OVERHEAD), ExtendArm(), ChangeReach(FORWARD)),
        path="$.items[0].variant.progressions[2]",
        hint="keep one of the two; variant.with_(move) puts one in place of the other",
        meta={"axis": "reach"},
    ),
    "level lacking": Case(
        code="BX303",
        sound=_routine(PACED, SLOW),
        faulty=_routine(PACED, _at(PACE, "quiet")),
        path=AT_FIRST,
        hint="it has: free, slow",
        meta={"axis": "pace", "place": "quiet", "levels": ("free", "slow")},
    ),
    "level misspelled": Case(
        code="BX303",
        sound=_routine(OBLIQUE_SIT, ChangeReach(FORWARD)),
        faulty=_routine(OBLIQUE_SIT, ChangeReach(ReachDirection("forwards"))),
        path=AT_FIRST,
        hint='did you mean "forward"?',
        meta={
            "axis": "reach",
            "place": "forwards",
            "levels": ("obliquely-forward", "forward", "obliquely-overhead"),
        },
    ),
    "mass for a level": Case(
        code="BX303",
        sound=_routine(PACED, SLOW),
        faulty=_routine(PACED, _at(PACE, kg(1))),
        path=AT_FIRST,
        hint="it has: free, slow",
        meta={"axis": "pace", "place": "1 kg", "levels": ("free", "slow")},
    ),
    "level for a mass": Case(
        code="BX303",
        sound=_routine(LOADED, _at(VEST, kg(1))),
        faulty=_routine(LOADED, _at(VEST, "heavy")),
        path=AT_FIRST,
        hint="it has: loads, such as kg(1)",
        meta={"axis": "vest", "place": "heavy", "levels": ()},
    ),
    "load off the increment": Case(
        code="BX304",
        sound=_routine(LOADED, _at(VEST, kg("0.5"))),
        faulty=_routine(LOADED, _at(VEST, kg("0.6"))),
        path=AT_FIRST,
        hint="the nearest that fit: 0.5 kg, 0.75 kg",
        meta={"axis": "vest", "grams": 600, "increment_grams": 250, "maximum_grams": 1000},
    ),
    "load over the maximum": Case(
        code="BX304",
        sound=_routine(LOADED, _at(VEST, kg(1))),
        faulty=_routine(LOADED, _at(VEST, kg("1.25"))),
        path=AT_FIRST,
        hint="the nearest that fit: 1 kg",
        meta={"axis": "vest", "grams": 1250, "increment_grams": 250, "maximum_grams": 1000},
    ),
    "load off the increment of an axis without a maximum": Case(
        code="BX304",
        sound=_routine(OBLIQUE_SIT, ExtendArm(), AddResistance(kg(2))),
        faulty=_routine(OBLIQUE_SIT, ExtendArm(), AddResistance(kg("2.1"))),
        path=AT_FIRST,
        hint="the nearest that fit: 2 kg, 2.25 kg",
        meta={"axis": "resistance", "grams": 2100, "increment_grams": 250, "maximum_grams": None},
    ),
    "one text of two axes": Case(
        code="BX305",
        sound=_lean(
            _levels(_level("slow", _says("Lean slowly."))),
            _levels(_level("soft", _says("Stand on a pad.", StepId("stand"))), id=PAD),
        ),
        faulty=_lean(
            _levels(_level("slow", _says("Lean slowly."))),
            _levels(_level("soft", _says("Lean on a pad.")), id=PAD),
        ),
        path="$.axes[1]",
        hint=OWN_SLOTS,
        meta=_written_twice(PACE, PAD, "lean", ""),
    ),
    "one cue of a level and a load": Case(
        code="BX305",
        sound=_lean(
            _levels(),
            _loads(Put(step=LEAN, part=_cue("hold", "Hold {mass}."))),
            _levels(_level("slow", Put(step=LEAN, part=_cue("steady", "Hold on."))), id=PAD),
        ),
        faulty=_lean(
            _levels(),
            _loads(Put(step=LEAN, part=_cue("hold", "Hold {mass}."))),
            _levels(_level("slow", Put(step=LEAN, part=_cue("hold", "Hold on."))), id=PAD),
        ),
        path="$.axes[2]",
        hint=OWN_SLOTS,
        meta=_written_twice(VEST, PAD, "lean", "hold"),
    ),
    "one contact that is put and removed": Case(
        code="BX305",
        sound=_lean(
            _levels(_level("slow", Remove(kind=PartKind.SUPPORT, id="foot"))),
            _levels(_level("soft", Remove(kind=PartKind.SUPPORT, id="foot")), id=PAD),
        ),
        faulty=_lean(
            _levels(_level("slow", Remove(kind=PartKind.SUPPORT, id="foot"))),
            _levels(_level("soft", Put(part=bears("foot", RIBS, ()))), id=PAD),
        ),
        path="$.axes[1]",
        hint=OWN_SLOTS,
        meta=_written_twice(PACE, PAD, None, "foot"),
    ),
    "one text of two axes that differs at one level": Case(
        code="BX305",
        sound=_lean(
            _levels(_level("slow", _says("A.")), _level("slower", _says("A."))),
            _levels(_level("soft", _says("A.")), id=PAD),
        ),
        faulty=_lean(
            _levels(_level("slow", _says("A.")), _level("slower", _says("B."))),
            _levels(_level("soft", _says("A.")), id=PAD),
        ),
        path="$.axes[1]",
        hint=OWN_SLOTS,
        meta=_written_twice(PACE, PAD, "lean", ""),
    ),
    "one text of two loads that names the mass": Case(
        code="BX305",
        sound=_lean(_loads(_says("Lean, loaded.")), _loads(_says("Lean, loaded."), id=PAD)),
        faulty=_lean(
            _loads(_says("Lean with {mass}.")), _loads(_says("Lean with {mass}."), id=PAD)
        ),
        path="$.axes[1]",
        hint=OWN_SLOTS,
        meta=_written_twice(VEST, PAD, "lean", ""),
    ),
    "limb that bears and reaches": Case(
        code="BX306",
        sound=_routine(_bearing(_hand(Limb.SUPPORTING_ARM))),
        faulty=_routine(_bearing(_hand(Limb.MOVING_ARM))),
        path="$.items[0].variant",
        hint=OTHER_LIMB,
        meta={"step": "lean", "motion": "out", "contact": "hand"},
    ),
    "limb that bears after a move": Case(
        code="BX306",
        sound=_routine(
            attrs.evolve(
                _bearing(),
                axes=(_levels(_level("slow", Put(part=_hand(Limb.BOTH_ARMS, Phase.HOLD)))),),
            ),
            SLOW,
        ),
        faulty=_routine(
            attrs.evolve(
                _bearing(),
                axes=(_levels(_level("slow", Put(part=_hand(Limb.BOTH_ARMS, Phase.MOVE)))),),
            ),
            SLOW,
        ),
        path="$.items[0].variant",
        hint=OTHER_LIMB,
        meta={"step": "lean", "motion": "out", "contact": "hand"},
    ),
    "easier variant above": Case(
        code="BX307",
        sound=_rungs(FREE, SLOWLY, SLOWER),
        faulty=_rungs(FREE, SLOWER, SLOWLY),
        path="$.ladders.lean.rungs[2]",
        hint="order the rungs from the easiest up",
        meta={"rung": 2},
    ),
    "less of the same above": Case(
        code="BX307",
        sound=_rungs(FREE, FREE, doses=(Dose(sets=2, reps=5), Dose(sets=2, reps=6))),
        faulty=_rungs(FREE, FREE, doses=(Dose(sets=2, reps=6), Dose(sets=2, reps=5))),
        path="$.ladders.lean.rungs[1]",
        hint="order the rungs from the easiest up",
        meta={"rung": 1},
    ),
    "two moves in a rung": Case(
        code="BX308",
        sound=_rungs(vary(OBLIQUE_SIT), vary(OBLIQUE_SIT, AddResistance(kg(1)))),
        faulty=_rungs(vary(OBLIQUE_SIT), vary(OBLIQUE_SIT, AddResistance(kg(1)), ExtendArm())),
        path="$.ladders.oblique-sit.rungs[1]",
        hint=ONE_AT_A_TIME,
        meta={
            "rung": 1,
            "changes": ("resistance: none → 1 kg", "support: forearm → extended arm"),
        },
        severity=Severity.WARNING,
    ),
    "a move and a dose in a rung": Case(
        code="BX308",
        sound=_rungs(FREE, SLOWLY, doses=(Dose(sets=2), Dose(sets=2))),
        faulty=_rungs(FREE, SLOWLY, doses=(Dose(sets=2), Dose(sets=3))),
        path="$.ladders.lean.rungs[1]",
        hint=ONE_AT_A_TIME,
        meta={"rung": 1, "changes": ("pace: free → slow", "the dose")},
        severity=Severity.WARNING,
    ),
    "ladder that starts elsewhere": Case(
        code="BX309",
        sound=_rungs(SLOWLY, SLOWER),
        faulty=attrs.evolve(_rungs(SLOWLY, SLOWER), routine=_routine(FREE)),
        path="$.ladders.lean.rungs[0].variant",
        hint="begin the ladder with the item's own variant",
        meta={"item": "lean"},
    ),
    "levels in a circle": Case(
        code="BX310",
        sound=_lean(_levels(_level("a"), _level("b", over=("a",)), _level("c", over=("b",)))),
        faulty=_lean(
            _levels(_level("a", over=("b",)), _level("b", over=("a",)), _level("c", over=("b",)))
        ),
        path="$.axes[0].levels",
        hint="take one of them out of what another exceeds",
        meta={"axis": "pace", "levels": ("a", "b")},
    ),
    "level harder than itself": Case(
        code="BX310",
        sound=_lean(_loads(), _levels(_level("a"))),
        faulty=_lean(_loads(), _levels(_level("a", over=("a",)))),
        path="$.axes[1].levels",
        hint="take one of them out of what another exceeds",
        meta={"axis": "pace", "levels": ("a",)},
    ),
    "exceeds a level that is not there": Case(
        code="BX311",
        sound=_lean(_levels(_level("slow", over=("free",)))),
        faulty=_lean(_levels(_level("slow", over=("free", "fast")))),
        path="$.axes[0].levels[1].exceeds",
        hint="it has: free, slow",
        meta={"axis": "pace", "level": "slow", "missing": "fast"},
    ),
    "text of a step that is not there": Case(
        code="BX312",
        sound=_lean(_levels(_level("slow", _says("Slowly.")))),
        faulty=_lean(_levels(_level("slow", _says("Slowly.", StepId("jump"))))),
        path="$.axes[0]",
        hint=THERE,
        meta={"axis": "pace", "step": "jump"},
    ),
    "cue for a step that is not there": Case(
        code="BX312",
        sound=_lean(_levels(), _loads(Put(step=LEAN, part=_cue("new")))),
        faulty=_lean(_levels(), _loads(Put(step=StepId("jump"), part=_cue("new")))),
        path="$.axes[1]",
        hint=THERE,
        meta={"axis": "vest", "step": "jump"},
    ),
    "removal from a step that is not there": Case(
        code="BX312",
        sound=_lean(_loads(Remove(kind=PartKind.CUE, id="tall", step=LEAN))),
        faulty=_lean(_loads(Remove(kind=PartKind.CUE, id="tall", step=StepId("jump")))),
        path="$.axes[0]",
        hint=THERE,
        meta={"axis": "vest", "step": "jump"},
    ),
    "removal of a part that is not there": Case(
        code="BX312",
        sound=_lean(_loads(Remove(kind=PartKind.CUE, id="tall", step=LEAN))),
        faulty=_lean(_loads(Remove(kind=PartKind.EFFECT, id="tall", step=LEAN))),
        path="$.axes[0]",
        hint=THERE,
        meta={"axis": "vest", "step": "lean"},
    ),
    "removal of a contact that is not there": Case(
        code="BX312",
        sound=_lean(_loads(Remove(kind=PartKind.SUPPORT, id="foot"))),
        faulty=_lean(_loads(Remove(kind=PartKind.SUPPORT, id="hand"))),
        path="$.axes[0]",
        hint=THERE,
        meta={"axis": "vest", "step": None},
    ),
    "resistance without loads": Case(
        code="BX313",
        sound=_lean(_loads(id=RESISTANCE)),
        faulty=_lean(_levels(_level("heavy"), id=RESISTANCE)),
        path="$.axes[0]",
        hint=OWN_ID,
        meta={"axis": "resistance"},
    ),
    "reach of loads": Case(
        code="BX313",
        sound=_lean(_loads(), _levels(_level("a"), _level("b"), id=REACH)),
        faulty=_lean(_loads(), _loads(id=REACH)),
        path="$.axes[1]",
        hint=OWN_ID,
        meta={"axis": "reach"},
    ),
    "lower quarter of loads": Case(
        code="BX313",
        sound=_lean(_levels(id=LOWER_QUARTER)),
        faulty=_lean(_loads(id=LOWER_QUARTER)),
        path="$.axes[0]",
        hint=OWN_ID,
        meta={"axis": "lower-quarter"},
    ),
    "support with a third level": Case(
        code="BX313",
        sound=_lean(_levels(_level("extended-arm"), id=SUPPORT)),
        faulty=_lean(_levels(_level("extended-arm"), _level("fist"), id=SUPPORT)),
        path="$.axes[0]",
        hint=OWN_ID,
        meta={"axis": "support"},
    ),
    "support without the extended arm": Case(
        code="BX313",
        sound=_lean(_levels(_level("extended-arm"), id=SUPPORT)),
        faulty=_lean(_levels(_level("fist"), id=SUPPORT)),
        path="$.axes[0]",
        hint=OWN_ID,
        meta={"axis": "support"},
    ),
    "ladder of a misspelled item": Case(
        code="BX314",
        sound=_rungs(FREE, SLOWLY),
        faulty=_plan(ladder(FREE), leen=ladder(FREE)),
        path="$.ladders.leen",
        hint='did you mean "lean"?',
        meta={"item": "leen", "items": ("lean",)},
    ),
    "ladder of no item": Case(
        code="BX314",
        sound=_rungs(FREE, SLOWLY),
        faulty=_plan(ladder(FREE), squat=ladder(FREE)),
        path="$.ladders.squat",
        hint="it has: lean",
        meta={"item": "squat", "items": ("lean",)},
    ),
    "rung without a criterion": Case(
        code="BX315",
        sound=_plan(ladder(FREE, advance=Completed()).then(SLOW).leaving(None)),
        faulty=_plan(ladder(FREE).then(SLOW)),
        path="$.ladders.lean.rungs[0].advance",
        hint="say what has to be shown to leave it",
        meta={"rung": 0},
        severity=Severity.WARNING,
    ),
    "rung of another exercise": Case(
        code="BX316",
        sound=_rungs(FREE, SLOWLY, SLOWER),
        faulty=_rungs(FREE, SLOWLY, vary(ALL_FOURS_ROTATION)),
        path="$.ladders.lean.rungs[2]",
        hint="climb one exercise by a ladder; give another exercise an item of its own",
        meta={"rung": 2},
    ),
    "cue of a move against one of the step": Case(
        code="BX317",
        sound=_routine(_lean(_levels(_level("slow", Put(step=LEAN, part=SAGGING)))), SLOW),
        faulty=_routine(_lean(_levels(_level("slow", Put(step=LEAN, part=SAG)))), SLOW),
        path="$.items[0].variant.progressions",
        hint=UNDO,
        meta={"step": "lean", "cues": ("sag", "tall")},
    ),
    "cues of two moves": Case(
        code="BX317",
        sound=_routine(
            _lean(
                _levels(_level("slow", Put(step=StepId("stand"), part=SAGGING))),
                _levels(_level("soft", Put(step=StepId("stand"), part=_cue())), id=PAD),
            ),
            SLOW,
            _at(PAD, "soft"),
        ),
        faulty=_routine(
            _lean(
                _levels(_level("slow", Put(step=StepId("stand"), part=SAGGING))),
                _levels(_level("soft", Put(step=StepId("stand"), part=SAG)), id=PAD),
            ),
            SLOW,
            _at(PAD, "soft"),
        ),
        path="$.items[0].variant.progressions",
        hint=UNDO,
        meta={"step": "stand", "cues": ("sag", "no-sag")},
    ),
    "cue of a move that takes the place of another": Case(
        code="BX317",
        sound=_routine(
            _lean(_levels(_level("slow", Put(step=LEAN, part=_cue("tall", "Grow."))))), SLOW
        ),
        faulty=_routine(
            _lean(
                _levels(_level("slow", Put(step=LEAN, part=attrs.evolve(SAG, id=_cue().id)))),
                steps=(STAND, attrs.evolve(MOVE, cues=(_cue(), _cue("long")))),
            ),
            SLOW,
        ),
        path="$.items[0].variant.progressions",
        hint=UNDO,
        meta={"step": "lean", "cues": ("long", "tall")},
    ),
    "cue of a move against the exercise's guideline": Case(
        code="BX317",
        sound=_routine(_lean(_levels(_level("slow", Put(step=LEAN, part=SQUEEZE)))), SLOW),
        faulty=_routine(
            _lean(
                _levels(_level("slow", Put(step=LEAN, part=SQUEEZE))),
                guidelines=(UPPER_QUARTER_POSTURE,),
            ),
            SLOW,
        ),
        path="$.items[0].variant.progressions",
        hint=UNDO,
        meta={"step": "lean", "cues": ("squeeze", "no-squeeze-back")},
    ),
    "level that says two things": Case(
        code="BX318",
        sound=_lean(_levels(_level("slow", _says("A."), _says("A.")))),
        faulty=_lean(_levels(_level("slow", _says("A."), _says("B.")))),
        path="$.axes[0].levels[1].edits[1]",
        hint="keep one of the two edits",
        meta={"axis": "pace", "level": "slow"},
    ),
    "level that puts and removes": Case(
        code="BX318",
        sound=_lean(
            _levels(_level("slow", Remove(kind=PartKind.CUE, id="tall", step=LEAN), _says("A.")))
        ),
        faulty=_lean(
            _levels(
                _level("fast"),
                _level(
                    "slow",
                    Remove(kind=PartKind.CUE, id="tall", step=LEAN),
                    _says("A."),
                    Put(step=LEAN, part=_cue()),
                ),
            )
        ),
        path="$.axes[0].levels[2].edits[2]",
        hint="keep one of the two edits",
        meta={"axis": "pace", "level": "slow"},
    ),
    "two levels of one id": Case(
        code="BX319",
        sound=_lean(_levels(_level("slow"), _level("slower"))),
        faulty=_lean(_levels(_level("slow"), _level("slow"))),
        path="$.axes[0].levels[2]",
        hint="give each level an id of its own",
        meta={"id": "slow"},
    ),
    "load that says two things": Case(
        code="BX318",
        sound=_lean(_loads(_says("A."), _says("A."))),
        faulty=_lean(_levels(_level("slow")), _loads(_says("A."), _says("B."))),
        path="$.axes[1].edits[1]",
        hint="keep one of the two edits",
        meta={"axis": "vest"},
    ),
    "base that edits": Case(
        code="BX320",
        sound=_lean(
            LevelAxis(id=PACE, name="pace", levels=(_level("free"), _level("slow", _as("slow"))))
        ),
        faulty=_lean(
            _levels(_level("slow"), id=PAD),
            LevelAxis(
                id=PACE,
                name="pace",
                levels=(_level("free", _says("A.")), _level("slow", _as("slow"))),
            ),
        ),
        path="$.axes[1].levels[0].edits",
        hint="describe the base in the exercise itself; edits belong to the other levels",
        meta={"axis": "pace", "level": "free"},
    ),
    "rung easier than one further down": Case(
        code="BX307",
        sound=_rungs(FREE, SLOWLY, SLOWER),
        faulty=_rungs(SLOWLY, SLOWER, FREE),
        path="$.ladders.lean.rungs[2]",
        hint="order the rungs from the easiest up",
        meta={"rung": 2},
    ),
    "ladder that starts with another dose": Case(
        code="BX309",
        sound=_rungs(FREE, SLOWLY, doses=(Dose(sets=1), Dose(sets=1))),
        faulty=_dosed(Dose(sets=2), _rungs(FREE, SLOWLY, doses=(Dose(sets=1), Dose(sets=1)))),
        path="$.ladders.lean.rungs[0].dose",
        hint="begin the ladder with the item's own dose, or state none",
        meta={"item": "lean"},
    ),
    "rung easier than the item's dose": Case(
        code="BX322",
        sound=_dosed(Dose(sets=2), _rungs(FREE, FREE, doses=(None, Dose(sets=3)))),
        faulty=_dosed(Dose(sets=2), _rungs(FREE, FREE, doses=(None, Dose(sets=1)))),
        path="$.ladders.lean.rungs[1]",
        hint="order the rungs from the easiest up",
        meta={"item": "lean", "rung": 1},
    ),
    "rung that repeats another": Case(
        code="BX323",
        severity=Severity.WARNING,
        sound=_rungs(FREE, SLOWLY),
        faulty=_rungs(FREE, SLOWLY, SLOWLY),
        path="$.ladders.lean.rungs[2]",
        hint="take one of the two out",
        meta={"rung": 2, "same_as": 1},
    ),
    "plan without a usual level": Case(
        code="BX324",
        severity=Severity.WARNING,
        sound=_asking(_rungs(FREE, SLOWLY), baseline=report(0, pain=1)),
        faulty=_asking(_rungs(FREE, SLOWLY), baseline=None),
        path="$.baseline",
        hint="give a report of the person's usual state that rates all that the policy asks",
        meta={"channels": ("pain",)},
    ),
    "plan with a usual level of something else": Case(
        code="BX324",
        severity=Severity.WARNING,
        sound=_asking(_rungs(FREE, SLOWLY), baseline=report(0, pain=1)),
        faulty=_asking(_rungs(FREE, SLOWLY), baseline=report(0, stiffness=1)),
        path="$.baseline",
        hint="give a report of the person's usual state that rates all that the policy asks",
        meta={"channels": ("pain",)},
    ),
    "rung that waits for what nobody asks": Case(
        code="BX324",
        severity=Severity.WARNING,
        sound=_waiting("pain"),
        faulty=_waiting("pian"),
        path="$.ladders.lean.rungs[0].advance",
        hint='did you mean "pain"?',
        meta={"item": "lean", "rung": 0, "channel": "pian"},
    ),
    "rung that waits for another symptom": Case(
        code="BX324",
        severity=Severity.WARNING,
        sound=_waiting("pain"),
        faulty=_waiting("stiffness"),
        path="$.ladders.lean.rungs[0].advance",
        hint="it has: pain",
        meta={"item": "lean", "rung": 0, "channel": "stiffness"},
    ),
    "weight that shifts to what a move removes": Case(
        code="BX325",
        sound=_routine(_shifting(Phase.MOVE)),
        faulty=_routine(_shifting(Phase.MOVE), SLOW),
        path="$.items[0].variant",
        hint="mend the effect, or list the contact among those that bear weight",
        meta={"step": "lean", "effect": "onto-ribs"},
    ),
    "move that leaves nothing to rest on": Case(
        code="BX326",
        sound=_routine(_lean(_levels(_level("slow", _says("A."))))),
        faulty=_routine(
            _lean(_levels(_level("slow", Remove(kind=PartKind.SUPPORT, id="foot")))), SLOW
        ),
        path="$.items[0].variant.progressions",
        hint="put the contact that bears the weight in place of the one that is removed",
        meta={"exercise": "lean"},
    ),
    "level that is a label": Case(
        code="BX327",
        severity=Severity.WARNING,
        sound=_lean(LevelAxis(id=PACE, name="pace", levels=(_level("free"),))),
        faulty=_lean(LevelAxis(id=PACE, name="pace", levels=(_level("free"), _level("slow")))),
        path="$.axes[0].levels[1]",
        hint="say in its edits what is done differently",
        meta={"axis": "pace"},
    ),
    "load that is a label": Case(
        code="BX327",
        severity=Severity.WARNING,
        sound=_lean(_loads()),
        faulty=_lean(attrs.evolve(_loads(), edits=())),
        path="$.axes[0]",
        hint="say in its edits what is done differently",
        meta={"axis": "vest"},
    ),
    "load axis without a load": Case(
        code="BX328",
        sound=_lean(_loads(maximum=250)),
        faulty=_lean(_loads(maximum=249)),
        path="$.axes[0].maximum_grams",
        hint="allow at least 0.25 kg",
        meta={"axis": "vest"},
    ),
    "load in the text of a level": Case(
        code="BX329",
        sound=_lean(_loads(_says("Take {mass}."))),
        faulty=_lean(_levels(_level("slow", _says("Take {mass}.")))),
        path="$.axes[0]",
        hint="{mass} stands for the load on a load axis; there is no other",
        meta={"axis": "pace", "placeholder": "{mass}"},
    ),
    "misspelled placeholder of a cue": Case(
        code="BX329",
        sound=_lean(_loads(Put(step=LEAN, part=_cue("hold", "Hold {mass}.")))),
        faulty=_lean(
            _loads(Put(step=LEAN, part=attrs.evolve(_cue("hold", "Hold {mass}."), reason="{load}")))
        ),
        path="$.axes[0]",
        hint="{mass} stands for the load on a load axis; there is no other",
        meta={"axis": "vest", "placeholder": "{load}"},
    ),
    "misspelled placeholder of an effect": Case(
        code="BX329",
        sound=_lean(_loads(Put(step=LEAN, part=_effect("{mass} sink.")))),
        faulty=_lean(_loads(Put(step=LEAN, part=_effect("{masses} sink.")))),
        path="$.axes[0]",
        hint="{mass} stands for the load on a load axis; there is no other",
        meta={"axis": "vest", "placeholder": "{masses}"},
    ),
    "weight by a move where it is to be avoided": Case(
        code="BX321",
        sound=_routine(
            _lean(
                _levels(_level("slow", Put(part=bears("ribs", RIBS, (), Phase.MOVE)))),
                contacts=(bears("foot", FOOT, ()), spares("no-ribs", RIBS, (), Phase.HOLD)),
            ),
            SLOW,
        ),
        faulty=_routine(
            _lean(
                _levels(_level("slow", Put(part=bears("ribs", RIBS, (), Phase.MOVE)))),
                contacts=(bears("foot", FOOT, ()), spares("no-ribs", RIBS, ())),
            ),
            SLOW,
        ),
        path="$.items[0].variant.progressions",
        hint=UNDO,
        meta={"contacts": ("ribs", "no-ribs")},
    ),
}


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_finds_its_fault_and_says_how_to_mend_it(case: Case) -> None:
    (found,) = validate(case.faulty, select=["BX3"]).diagnostics
    assert (found.code, found.severity, found.path, found.hint, dict(found.meta)) == (
        case.code,
        case.severity,
        case.path,
        case.hint,
        case.meta,
    )
    assert found.message
    assert not found.message.endswith(".")


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_a_rule_is_silent_where_the_fault_is_mended(case: Case) -> None:
    assert validate(case.sound, select=["BX3"]).diagnostics == ()


# What else the rules tell apart.


def _codes(value: Checkable) -> tuple[str, ...]:
    return validate(value, select=["BX3"]).codes


def test_every_move_that_does_not_apply_is_reported() -> None:
    variant = vary(
        LOADED,
        _at(VEST, kg("0.1")),
        _at(VEST, kg(1)),
        _at(VEST, "heavy"),
        _at(PAD, "firm"),
        _at(PAD, "soft"),
    )
    found = [
        (each.code, each.path[-2]) for each in validate(_routine(variant), select=["BX3"]).errors
    ]
    assert [
        str(move.level) for move in variant.progressions if isinstance(move, CustomProgression)
    ] == [
        "0.1 kg",
        "1 kg",
        "heavy",
        "firm",
        "soft",
    ]
    assert found == [
        ("BX301", "3"),
        ("BX301", "4"),
        ("BX302", "1"),
        ("BX302", "2"),
        ("BX302", "4"),
        ("BX303", "2"),
        ("BX304", "0"),
    ]


@pytest.mark.parametrize(
    ("motion_limb", "support", "codes"),
    [
        (Limb.MOVING_ARM, _hand(Limb.MOVING_ARM), ("BX306",)),
        (Limb.MOVING_ARM, _hand(Limb.BOTH_ARMS), ("BX306",)),
        (Limb.BOTH_ARMS, _hand(Limb.LOWER_SIDE_ARM), ("BX306",)),
        (Limb.BOTH_LEGS, _hand(Limb.SUPPORTING_LEG), ("BX306",)),
        (Limb.MOVING_LEG, _hand(Limb.BOTH_LEGS, Phase.MOVE, Phase.HOLD), ("BX306",)),
        (Limb.MOVING_ARM, _hand(Limb.MOVING_ARM, Phase.SETUP, Phase.HOLD), ()),
        (Limb.MOVING_ARM, _hand(Limb.SUPPORTING_ARM), ()),
        (Limb.MOVING_ARM, _hand(Limb.BOTH_LEGS), ()),
        (Limb.MOVING_ARM, spares("hand", Contact(Region.HAND, Limb.MOVING_ARM), ()), ()),
        (None, _hand(Limb.MOVING_ARM), ()),
        (Limb.MOVING_ARM, bears("hand", Contact(Region.HAND), ()), ()),
    ],
)
def test_a_limb_reaches_or_bears_weight(
    motion_limb: Limb | None, support: Support, codes: tuple[str, ...]
) -> None:
    reach = motion("out", Movement.REACH, Region.UPPER_LIMB, (), limb=motion_limb)
    exercise = _lean(steps=(STAND, attrs.evolve(MOVE, motions=(reach,))), contacts=(support,))
    assert _codes(_routine(exercise)) == codes
    lifting: Motion = attrs.evolve(reach, movement=Movement.LIFT)
    lifted = attrs.evolve(exercise, steps=(STAND, attrs.evolve(MOVE, motions=(lifting,))))
    assert _codes(_routine(lifted)) == ()


@pytest.mark.parametrize(
    ("before", "after", "easier"),
    [
        (Dose(sets=3), Dose(sets=2), True),
        (Dose(hold_seconds=10), Dose(hold_seconds=9), True),
        (Dose(sets=2, reps=5), Dose(sets=2, reps=4), True),
        (Dose(sets=2, reps=5), Dose(sets=1, reps=4), True),
        (Dose(reps=Span(5, 8)), Dose(reps=Span(5, 7)), True),
        (Dose(reps=Span(5, None)), Dose(reps=Span(4, None)), True),
        (Dose(reps=Span(None, 8)), Dose(reps=Span(None, 7)), True),
        (Dose(sets=2, reps=5), Dose(sets=2, reps=5), False),
        (Dose(sets=2, reps=5), Dose(sets=3, reps=4), False),
        (Dose(sets=2), Dose(reps=5), False),
        (Dose(sets=3), None, False),
        (None, Dose(sets=3), False),
        (Dose(rest_seconds=60), Dose(rest_seconds=30), False),
    ],
)
def test_less_of_the_same_is_easier(
    before: Dose | None,
    after: Dose | None,
    easier: bool,  # noqa: FBT001
) -> None:
    found = [code for code in _codes(_rungs(FREE, FREE, doses=(before, after))) if code != "BX323"]
    assert found == (["BX307"] if easier else [])
    # Beside a harder variant the dose may fall; that is more than one change.
    beside = _codes(_rungs(FREE, SLOWLY, doses=(before, after)))
    assert "BX307" not in beside


@pytest.mark.parametrize(
    ("before", "after", "codes"),
    [
        (None, None, ()),
        (Dose(sets=2), Dose(sets=2, sources=library_default("as before")), ()),
        (Dose(sets=2), None, ("BX308",)),
        (None, Dose(sets=2), ("BX308",)),
        (Dose(), Dose(rest_seconds=30), ("BX308",)),
        (Dose(hold_seconds=5), Dose(hold_seconds=6), ("BX308",)),
        (Dose(reps=5), Dose(reps=Span(5, 6)), ("BX308",)),
    ],
)
def test_a_rung_changes_the_variant_or_the_dose(
    before: Dose | None, after: Dose | None, codes: tuple[str, ...]
) -> None:
    assert _codes(_rungs(FREE, SLOWLY, doses=(before, after))) == codes


def test_an_unordered_change_is_neither_easier_nor_more_than_one() -> None:
    plan = _rungs(vary(OBLIQUE_SIT), vary(OBLIQUE_SIT, ChangeReach(FORWARD)))
    assert _codes(plan) == ()


def test_a_rung_that_does_not_apply_is_reported_as_that_alone() -> None:
    odd = FREE.with_(_at(PAD, "soft"), SLOW)
    assert _codes(_rungs(FREE, odd)) == ("BX301",)
    assert _codes(_rungs(SLOWER, odd.without(PACE))) == ("BX301",)
    assert _codes(_rungs(odd, SLOWER)) == ("BX301", "BX301")  # the item stands there too
    assert _codes(_rungs(FREE, odd.without(PAD))) == ()


def test_a_rung_of_another_exercise_is_not_compared() -> None:
    other = vary(attrs.evolve(THREE, name="Lean back"), SLOW)
    assert _codes(_rungs(FREE, other)) == ("BX316",)


def test_a_ladder_for_an_absent_item_starts_nowhere() -> None:
    plan = attrs.evolve(_rungs(SLOWLY), routine=Routine(id=RoutineId("none"), title="None"))
    found = validate(plan, select=["BX3"]).diagnostics
    assert [(each.code, each.hint) for each in found] == [("BX314", "it has: none")]


def test_without_its_item_no_rung_of_a_ladder_has_the_dose_of_one() -> None:
    climbing = _rungs(FREE, FREE, doses=(None, Dose(sets=1)))
    plan = attrs.evolve(climbing, routine=Routine(id=RoutineId("none"), title="None"))
    assert validate(plan, select=["BX3"]).codes == ("BX314",)


def test_a_rung_that_repeats_two_is_reported_once() -> None:
    found = validate(_rungs(SLOWLY, SLOWLY, SLOWLY), select="BX323").diagnostics
    assert [each.meta for each in found] == [
        {"rung": 1, "same_as": 0},
        {"rung": 2, "same_as": 0},
    ]


def test_without_ladders_there_is_nothing_to_climb() -> None:
    plan = _asking(_rungs(FREE, SLOWLY), baseline=None)
    assert _codes(plan) == ("BX324",)
    assert _codes(attrs.evolve(plan, ladders={})) == ()


def test_the_last_rung_needs_no_criterion() -> None:
    plan = _plan(ladder(FREE, advance=Completed()).then(SLOW).leaving(None))
    assert _codes(plan) == ()
    assert _codes(_plan(ladder(FREE))) == ()


def test_contradictions_that_no_move_makes_are_left_to_other_rules() -> None:
    steps = (STAND, attrs.evolve(MOVE, cues=(_cue(), SAG)))
    exercise = _lean(_levels(_level("slow", _says("Slowly."))), steps=steps)
    assert validate(_routine(exercise, SLOW), select=["BX1", "BX3"]).codes == ("BX102",)


def test_a_cue_of_a_move_may_contradict_each_of_several() -> None:
    steps = (STAND, attrs.evolve(MOVE, cues=(_cue("long"), _cue("tall"))))
    exercise = _lean(_levels(_level("slow", Put(step=LEAN, part=SAG))), steps=steps)
    found = validate(_routine(exercise, SLOW), select=["BX3"]).diagnostics
    assert [each.meta["cues"] for each in found] == [("sag", "long"), ("sag", "tall")]


def test_every_pair_of_axes_that_write_one_slot_is_reported() -> None:
    axes = tuple(
        _levels(_level("one", _says(f"{id}."), Put(step=LEAN, part=_cue("tall", f"{id}."))), id=id)
        for id in (PACE, PAD, VEST)
    )
    found = validate(_lean(*axes), select=["BX3"]).diagnostics
    assert [(each.path, each.meta["axes"], each.meta["part"]) for each in found] == [
        (f"$.axes[{index}]", pair, part)
        for index, pair in ((1, (PACE, PAD)), (2, (PACE, VEST)), (2, (PAD, VEST)))
        for part in ("", "tall")
    ]


def test_every_kind_of_part_can_be_removed_where_it_is_there() -> None:
    parts = (
        motion("up", Movement.LIFT, Region.CHEST, ()),
        effect("long", "It gets long.", Movement.STRETCH, Region.SPINE, ()),
    )
    steps = (STAND, step("lean", Phase.MOVE, "Lean.", (), _cue(), *parts))
    edits = [
        Remove(kind=kind, id=id, step=LEAN)
        for kind, id in ((PartKind.MOTION, "up"), (PartKind.CUE, "tall"), (PartKind.EFFECT, "long"))
    ]
    assert _codes(_lean(_loads(*edits), steps=steps)) == ()
    lacking = [Remove(kind=kind, id="none", step=LEAN) for kind in list(PartKind)[:4]]
    assert _codes(_lean(_loads(*lacking), steps=steps)) == ("BX312",) * 4


# What a move makes unsound with other parts of a routine.


def test_a_cue_of_a_move_is_held_against_the_guideline_of_the_routine() -> None:
    exercise = _lean(_levels(_level("slow", Put(step=LEAN, part=SQUEEZE))))
    moved, described = _routine(exercise, SLOW), _routine(exercise)
    guided = [attrs.evolve(each, guideline=UPPER_QUARTER_POSTURE) for each in (moved, described)]
    (found,) = validate(guided[0], select=["BX3", "BX511"]).diagnostics
    assert (found.path, found.meta["cues"]) == (
        "$.items[0].variant.progressions",
        ("squeeze", "no-squeeze-back"),
    )
    assert 'of step "lean"' in found.message
    assert validate(guided[1], select=["BX3", "BX511"]).codes == ()


def test_what_is_waited_for_in_vain_is_reported_in_one_order_in_every_process() -> None:
    names = [f"symptom-{letter}" for letter in "gbfadec"]
    waits = tuple(SymptomAtMost(channel=Channel(each), severity=2) for each in names)
    climbed = ladder(FREE, advance=AnyCriterion(criteria=waits)).then(SLOW).leaving(None)
    found = validate(_asking(_plan(climbed), report(0, pain=1)), select=["BX324"]).diagnostics
    assert [each.meta["channel"] for each in found] == sorted(names)


def test_weight_that_no_move_brings_is_left_to_another_rule() -> None:
    contacts = (bears("foot", FOOT, ()), spares("no-foot", FOOT, ()))
    exercise = _lean(_levels(_level("slow", _says("Slowly."))), contacts=contacts)
    assert validate(_routine(exercise, SLOW), select=["BX2", "BX3"]).codes == ("BX203",)
