"""Where rules find their faults, and what is just not one; the other files `test_rules_` go on."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from attrs import evolve, frozen

from backex import (
    MAT,
    RULES,
    Action,
    AtLeast,
    AxisId,
    Calmed,
    Channel,
    Checkable,
    Cleared,
    Condition,
    Contact,
    Cue,
    CueId,
    Degree,
    Dose,
    Effect,
    EffectId,
    Equipment,
    Exercise,
    ExerciseId,
    Fault,
    GuidelineId,
    GuidelineReference,
    InvalidValue,
    Laterality,
    Level,
    LevelAxis,
    LevelId,
    Motion,
    MotionId,
    Movement,
    Phase,
    Polarity,
    PolicyId,
    Position,
    PostureGuideline,
    Prescription,
    Purpose,
    PurposeId,
    Region,
    Release,
    Routine,
    RoutineId,
    Rule,
    RuleId,
    Severity,
    Sides,
    Span,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    Support,
    SupportId,
    Target,
    TargetId,
    TrainingQuality,
    Unit,
    Worsened,
    prescribe,
    report,
    validate,
)
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
)
from backex.symptoms import PAIN
from backex.verification import BUDGET


def cue(
    id: str,
    movement: Movement = Movement.RETRACTION,
    region: Region = Region.SHOULDER_GIRDLE,
    *,
    polarity: Polarity = Polarity.DO,
    degree: Degree | None = None,
) -> Cue:
    return Cue(
        id=CueId(id), text=id, polarity=polarity, movement=movement, region=region, degree=degree
    )


DO_SQUEEZE = cue("squeeze", degree=Degree.MARKED)
DO_SET_BACK = cue("squeeze", degree=Degree.SLIGHT)
NO_SQUEEZE = cue("no-squeeze", polarity=Polarity.AVOID, degree=Degree.MODERATE)


def guideline(*cues: Cue) -> PostureGuideline:
    return PostureGuideline(
        id=GuidelineId("g"), title="g", regions=frozenset({Region.UPPER_BACK}), cues=cues
    )


def step(id: str = "set-up", phase: Phase = Phase.SETUP, *cues: Cue) -> Step:
    return Step(id=StepId(id), phase=phase, text=id, cues=cues)


SETUP, MOVE = step(), step("move", Phase.MOVE)
SOUND = Exercise(
    id=ExerciseId("e"),
    name="E",
    position=Position.PRONE,
    laterality=Laterality.BILATERAL,
    steps=(SETUP, MOVE),
    qualities=frozenset({TrainingQuality.STABILIZATION}),
)
ONE_SIDED = evolve(SOUND, laterality=Laterality.UNILATERAL, both_sides_required=True)
HELD = evolve(SOUND, steps=(SETUP, step("hold", Phase.HOLD)))
BASE = evolve(SOUND, id=ExerciseId("base"), foundation_for=frozenset({Region.UPPER_QUARTER}))
BUILT_ON_IT = evolve(SOUND, focus=frozenset({Region.UPPER_BACK}))
ELSEWHERE = evolve(SOUND, focus=frozenset({Region.KNEE}))


def support(id: str, *phases: Phase, polarity: Polarity = Polarity.DO) -> Support:
    ribs = Contact(Region.RIB_CAGE)
    return Support(id=SupportId(id), contact=ribs, polarity=polarity, phases=frozenset(phases))


def purpose(id: str) -> Purpose:
    quality = frozenset({TrainingQuality.CONTROL})
    return Purpose(id=PurposeId(id), text=id, trains=quality, region=Region.UPPER_BACK)


def axis(id: str) -> LevelAxis:
    return LevelAxis(id=AxisId(id), name=id, levels=(Level(id=LevelId("base"), name="base"),))


def motion(id: str) -> Motion:
    return Motion(id=MotionId(id), movement=Movement.LIFT, region=Region.CHEST)


def effect(id: str) -> Effect:
    return Effect(id=EffectId(id), text=id, movement=Movement.LIFT, region=Region.CHEST)


def target(id: str) -> Target:
    return Target(
        id=TargetId(id),
        movement=Movement.LIFT,
        region=Region.CHEST,
        span=Span.of(5),
        unit=Unit.CENTIMETRE,
        approximate=True,
    )


def refers_to(guideline: str, cue: str) -> Step:
    reference = GuidelineReference(guideline=GuidelineId(guideline), cue=CueId(cue))
    return evolve(MOVE, guideline_cues=(reference,))


def stopping(*ids: str) -> StoppingPolicy:
    return StoppingPolicy(
        id=PolicyId("p"),
        rules=tuple(
            StoppingRule(
                id=RuleId(id),
                when=AtLeast(channel=PAIN, severity=5),
                then=Action.REST,
                until=Calmed(),
            )
            for id in ids
        ),
        asks=frozenset({PAIN}),
    )


def answering(*rules: StoppingRule) -> StoppingPolicy:
    return StoppingPolicy(id=PolicyId("p"), rules=rules, asks=frozenset({PAIN}))


def worsens(by: int) -> StoppingRule:
    return watching(Worsened(by=by))


def watching(
    when: Condition,
    until: Release | None = None,
    *,
    id: str = "r",
    then: Action = Action.REST,
) -> StoppingRule:
    return StoppingRule(id=RuleId(id), when=when, then=then, until=until or Calmed())


def shown(rule: str | None, usual: list[int], pains: list[int]) -> dict[str, object]:
    """Return the particulars of a fault that pains at check-ins in a row show."""
    return {
        "rule": rule,
        "baseline": report(0, pain=usual[0]),
        "counterexample": tuple(report(at, pain=pain) for at, pain in enumerate(pains, start=1)),
    }


def routine(*items: Prescription) -> Routine:
    return Routine(id=RoutineId("r"), title="R", items=items)


ITEM = prescribe(SOUND)


@frozen
class Example:
    """A value that a rule objects to, what it finds there, and the value mended."""

    code: str
    faulty: Checkable
    #: The path and the particulars of each fault.
    finds: tuple[tuple[str, Mapping[str, object]], ...]
    mended: Checkable


EXAMPLES = [
    Example(
        "BX101",
        guideline(DO_SQUEEZE, NO_SQUEEZE),
        (("$.cues[1]", {"cues": ("squeeze", "no-squeeze"), "region": "shoulder-girdle"}),),
        guideline(DO_SET_BACK, NO_SQUEEZE),
    ),
    Example(
        "BX102",
        evolve(SOUND, steps=(SETUP, step("move", Phase.MOVE, NO_SQUEEZE, cue("a"), DO_SQUEEZE))),
        (
            (
                "$.steps[1].cues[1]",
                {"cues": ("no-squeeze", "a"), "region": "shoulder-girdle"},
            ),
            (
                "$.steps[1].cues[2]",
                {"cues": ("no-squeeze", "squeeze"), "region": "shoulder-girdle"},
            ),
        ),
        evolve(SOUND, steps=(SETUP, step("move", Phase.MOVE, NO_SQUEEZE, DO_SET_BACK))),
    ),
    Example(
        "BX103",
        evolve(
            SOUND,
            guidelines=(guideline(NO_SQUEEZE),),
            steps=(SETUP, step("move", Phase.MOVE, DO_SET_BACK, evolve(DO_SQUEEZE, id=CueId("b")))),
        ),
        (
            (
                "$.steps[1].cues[1]",
                {"cues": ("b", "no-squeeze"), "region": "shoulder-girdle"},
            ),
        ),
        evolve(
            SOUND,
            guidelines=(guideline(NO_SQUEEZE),),
            steps=(SETUP, step("move", Phase.MOVE, DO_SET_BACK)),
        ),
    ),
    Example(
        "BX104",
        guideline(cue("a"), cue("b"), cue("a"), cue("a")),
        (("$.cues[2]", {"id": "a"}), ("$.cues[3]", {"id": "a"})),
        guideline(cue("a"), cue("b")),
    ),
    Example(
        "BX201",
        evolve(SOUND, steps=(MOVE,)),
        (("$.steps", {"exercise": "e"}),),
        evolve(SOUND, steps=(SETUP, MOVE)),
    ),
    Example(
        "BX202",
        evolve(SOUND, steps=(SETUP, MOVE, step("prepare", Phase.PREPARE))),
        (("$.steps[2]", {"steps": ("move", "prepare")}),),
        evolve(SOUND, steps=(SETUP, step("prepare", Phase.PREPARE), MOVE, step("on", Phase.MOVE))),
    ),
    Example(
        "BX203",
        evolve(
            SOUND,
            contacts=(
                support("spared", Phase.HOLD, polarity=Polarity.AVOID),
                support("bearing", Phase.MOVE, Phase.HOLD),
            ),
        ),
        (("$.contacts[1]", {"contacts": ("bearing", "spared")}),),
        evolve(
            SOUND,
            contacts=(
                support("spared", Phase.HOLD, polarity=Polarity.AVOID),
                support("bearing", Phase.SETUP, Phase.MOVE),
            ),
        ),
    ),
    Example(
        "BX204",
        evolve(
            SOUND,
            steps=(SETUP, step("set-up")),
            contacts=(support("c"), support("c")),
            purposes=(purpose("p"), purpose("p")),
            axes=(axis("a"), axis("a")),
        ),
        (
            ("$.steps[1]", {"id": "set-up"}),
            ("$.contacts[1]", {"id": "c"}),
            ("$.purposes[1]", {"id": "p"}),
            ("$.axes[1]", {"id": "a"}),
        ),
        # One id may stand for things of different kinds.
        evolve(
            SOUND,
            steps=(step("a"), step("b")),
            contacts=(support("a"), support("b")),
            purposes=(purpose("a"), purpose("b")),
            axes=(axis("a"), axis("b")),
        ),
    ),
    Example(
        "BX205",
        evolve(
            SOUND,
            steps=(
                evolve(
                    SETUP,
                    motions=(motion("a"), motion("a")),
                    cues=(cue("a"), cue("a")),
                    effects=(effect("a"), effect("a")),
                    targets=(target("a"), target("a")),
                ),
            ),
        ),
        (
            ("$.steps[0].motions[1]", {"id": "a"}),
            ("$.steps[0].cues[1]", {"id": "a"}),
            ("$.steps[0].effects[1]", {"id": "a"}),
            ("$.steps[0].targets[1]", {"id": "a"}),
        ),
        evolve(
            SOUND,
            steps=(
                evolve(
                    SETUP,
                    motions=(motion("a"), motion("b")),
                    cues=(cue("a"), cue("b")),
                    effects=(effect("a"), effect("b")),
                    targets=(target("a"), target("b")),
                ),
                step("again", Phase.MOVE, cue("a")),
            ),
        ),
    ),
    Example(
        "BX206",
        evolve(SOUND, guidelines=(guideline(cue("a")),), steps=(SETUP, refers_to("g", "b"))),
        (("$.steps[1].guideline_cues[0]", {"guideline": "g", "cue": "b"}),),
        evolve(SOUND, guidelines=(guideline(cue("a")),), steps=(SETUP, refers_to("g", "a"))),
    ),
    Example(
        "BX401",
        routine(ITEM),
        (("$.stopping", {"routine": "r"}),),
        evolve(routine(ITEM), stopping=stopping()),
    ),
    Example("BX402", stopping(), (("$.rules", {"policy": "p"}),), stopping("a")),
    Example(
        "BX403",
        stopping("a", "b", "a"),
        (("$.rules[2]", {"id": "a"}),),
        stopping("a", "b", "c"),
    ),
    Example(
        "BX411",
        answering(worsens(2)),
        (("$", shown(None, [0], [1])),),
        answering(worsens(1)),
    ),
    Example(
        "BX412",
        answering(worsens(1), watching(AtLeast(channel=PAIN, severity=8), id="level")),
        (("$", shown("level", [8], [8, 8])),),
        answering(worsens(1), watching(AtLeast(channel=PAIN, severity=8), Cleared(), id="level")),
    ),
    Example(
        "BX413",
        answering(watching(Worsened(), then=Action.REFER)),
        (("$", shown("r", [0], [1, 0])),),
        answering(watching(Worsened(), Cleared(), then=Action.REFER)),
    ),
    Example(
        "BX415",
        answering(worsens(1), watching(Worsened(by=2), id="shadowed")),
        (("$.rules[1]", {"rule": "shadowed"}),),
        answering(worsens(1), watching(Worsened(by=2), id="seen", then=Action.COMFORT)),
    ),
    Example(
        "BX417",
        evolve(answering(worsens(1)), asks=frozenset(Channel(f"c{n}") for n in range(20))),
        (("$", {"budget": BUDGET, "estimate": 2 * 2**20}),),
        answering(worsens(1)),
    ),
    Example("BX501", routine(), (("$.items", {"routine": "r"}),), routine(ITEM)),
    Example(
        "BX502",
        routine(prescribe(BUILT_ON_IT), prescribe(BASE)),
        (("$.items[0]", {"item": "e", "foundation": ("base",)}),),
        routine(prescribe(BASE), prescribe(BUILT_ON_IT)),
    ),
    Example(
        "BX503",
        routine(ITEM, prescribe(ONE_SIDED, id="one", sides=Sides.RIGHT)),
        (("$.items[1].sides", {"item": "one", "sides": "right"}),),
        routine(ITEM, prescribe(ONE_SIDED, id="one", sides=Sides.BOTH)),
    ),
    Example(
        "BX504",
        routine(ITEM, prescribe(ONE_SIDED, id="e")),
        (("$.items[1]", {"id": "e"}),),
        routine(ITEM, prescribe(ONE_SIDED, id="f")),
    ),
    Example(
        "BX505",
        routine(ITEM, prescribe(ONE_SIDED, id="changed")),
        (
            (
                "$.items[1].variant.exercise",
                {"exercise": "e", "items": ("e", "changed")},
            ),
        ),
        routine(ITEM, prescribe(SOUND, id="again")),
    ),
    Example(
        "BX506",
        routine(prescribe(evolve(SOUND, qualities=frozenset({TrainingQuality.STRENGTH})))),
        (("$.items", {"routine": "r"}),),
        routine(ITEM),
    ),
    Example(
        "BX507",
        routine(prescribe(HELD, Dose(sets=2))),
        (("$.items[0].dose.hold_seconds", {"item": "e"}),),
        routine(prescribe(HELD, Dose(hold_seconds=5))),
    ),
    Example(
        "BX508",
        evolve(routine(prescribe(HELD, Dose(reps=4, hold_seconds=16))), time_budget_seconds=63),
        (("$.time_budget_seconds", {"least_seconds": 64, "budget_seconds": 63}),),
        evolve(routine(prescribe(HELD, Dose(reps=4, hold_seconds=16))), time_budget_seconds=64),
    ),
    Example(
        "BX509",
        evolve(
            routine(
                prescribe(
                    evolve(SOUND, equipment=frozenset({Equipment("ball"), MAT, Equipment("band")}))
                )
            ),
            equipment=frozenset({MAT}),
        ),
        (
            (
                "$.items[0].variant.exercise.equipment",
                {"item": "e", "missing": ("ball", "band")},
            ),
        ),
        evolve(
            routine(prescribe(evolve(SOUND, equipment=frozenset({MAT})))),
            equipment=frozenset({MAT, Equipment("ball")}),
        ),
    ),
    Example(
        "BX510",
        routine(
            prescribe(SOUND, sides=Sides.LEFT),
            prescribe(ONE_SIDED, id="one", sides=Sides.NOT_APPLICABLE),
        ),
        (
            ("$.items[0].sides", {"item": "e", "sides": "left"}),
            ("$.items[1].sides", {"item": "one", "sides": "not-applicable"}),
        ),
        routine(
            prescribe(SOUND, sides=Sides.NOT_APPLICABLE),
            prescribe(ONE_SIDED, id="one", sides=Sides.LEFT),
        ),
    ),
    Example(
        "BX511",
        evolve(
            routine(prescribe(evolve(SOUND, steps=(SETUP, step("m", Phase.MOVE, DO_SQUEEZE))))),
            guideline=guideline(NO_SQUEEZE),
        ),
        (
            (
                "$.items[0].variant.exercise.steps[1].cues[0]",
                {"cues": ("squeeze", "no-squeeze"), "region": "shoulder-girdle"},
            ),
        ),
        evolve(
            routine(prescribe(evolve(SOUND, steps=(SETUP, step("m", Phase.MOVE, DO_SET_BACK))))),
            guideline=guideline(NO_SQUEEZE),
        ),
    ),
]


def found(code: str, value: Checkable) -> tuple[tuple[str, Mapping[str, object]], ...]:
    """Return the path and the particulars of all that one rule finds."""
    report = validate(value, select=[code])
    severity = next(rule.severity for rule in RULES if rule.code == code)
    assert {(each.code, each.severity) for each in report.diagnostics} <= {(code, severity)}
    return tuple((each.path, each.meta) for each in report.diagnostics)


def test_every_rule_has_a_code_of_its_own_and_stands_at_its_place() -> None:
    codes = [rule.code for rule in RULES]
    assert codes == sorted(set(codes))


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda example: example.code)
def test_a_rule_finds_its_fault_where_it_is_and_nothing_once_it_is_mended(
    example: Example,
) -> None:
    assert (found(example.code, example.faulty), found(example.code, example.mended)) == (
        example.finds,
        (),
    )


#: What can be meant so, or is only worth knowing.
LESSER = {
    **dict.fromkeys(
        (
            *(
                "BX105",
                "BX209",
                "BX211",
                "BX212",
                "BX213",
                "BX214",
                "BX332",
                "BX308",
                "BX315",
                "BX323",
                "BX324",
                "BX327",
                "BX331",
            ),
            *("BX405", "BX415", "BX502", "BX506", "BX507", "BX512", "BX517"),
        ),
        Severity.WARNING,
    ),
    **dict.fromkeys(("BX419", "BX513", "BX514", "BX516"), Severity.INFO),
}


def test_only_what_can_be_meant_so_is_less_than_an_error() -> None:
    lesser = {rule.code: rule.severity for rule in RULES if rule.severity is not Severity.ERROR}
    assert lesser == LESSER


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_every_rule_says_where_it_comes_from(rule: Rule) -> None:
    assert rule.sources


# Contradictions.


def against_the_article(asked: Cue) -> tuple[str, ...]:
    steps = (*OBLIQUE_SIT.steps[:-1], step("x", Phase.HOLD, asked))
    asking = evolve(OBLIQUE_SIT, steps=steps, axes=())
    return validate(asking).codes


@pytest.mark.parametrize(
    ("asked", "codes"),
    [
        (cue("a", Movement.RETRACTION, degree=Degree.MARKED), ("BX103",)),
        (cue("a", Movement.RETRACTION), ("BX103",)),
        (cue("a", Movement.RETRACTION, degree=Degree.SLIGHT), ()),
        (cue("a", Movement.DEPRESSION, degree=Degree.SLIGHT), ()),
        (cue("a", Movement.DEPRESSION, degree=Degree.MARKED), ("BX103",)),
        (cue("a", Movement.RETRACTION, Region.KNEE, degree=Degree.MARKED), ()),
    ],
    ids=[
        "squeeze back",
        "back, no degree stated",
        "slightly back",
        "slightly down",
        "squeeze down",
        "another region",
    ],
)
def test_a_squeeze_contradicts_the_guideline_and_slight_lowering_does_not(
    asked: Cue, codes: tuple[str, ...]
) -> None:
    assert against_the_article(asked) == codes


def test_a_guideline_of_the_exercise_itself_is_not_reported_again_by_the_routine() -> None:
    posture = guideline(NO_SQUEEZE)
    asking = evolve(SOUND, guidelines=(posture,), steps=(SETUP, step("m", Phase.MOVE, DO_SQUEEZE)))
    plan = evolve(routine(prescribe(asking)), guideline=posture)
    assert validate(plan, select=["BX1", "BX511"]).codes == ("BX103",)


def test_cues_of_two_different_steps_do_not_contradict_each_other() -> None:
    steps = (step("a", Phase.SETUP, DO_SQUEEZE), step("b", Phase.MOVE, NO_SQUEEZE))
    assert found("BX102", evolve(SOUND, steps=steps)) == ()


# Contacts.


@pytest.mark.parametrize(
    ("bearing", "spared", "objects"),
    [
        ((), (), True),
        ((Phase.HOLD,), (), True),
        ((), (Phase.HOLD,), True),
        ((Phase.HOLD,), (Phase.HOLD, Phase.MOVE), True),
        ((Phase.HOLD,), (Phase.MOVE,), False),
    ],
)
def test_a_contact_cannot_bear_weight_and_be_spared_in_one_phase(
    bearing: tuple[Phase, ...], spared: tuple[Phase, ...], *, objects: bool
) -> None:
    contacts = (support("b", *bearing), support("s", *spared, polarity=Polarity.AVOID))
    assert bool(found("BX203", evolve(SOUND, contacts=contacts))) is objects


def test_sparing_one_contact_says_nothing_of_another() -> None:
    elbow = evolve(support("b"), contact=Contact(Region.ELBOW))
    contacts = (elbow, support("s", polarity=Polarity.AVOID))
    assert found("BX203", evolve(SOUND, contacts=contacts)) == ()


# Foundations.


@pytest.mark.parametrize(
    ("exercises", "finds"),
    [
        ((BUILT_ON_IT,), (("$.items[0]", {"item": "e", "foundation": ()}),)),
        ((BASE, BUILT_ON_IT), ()),
        (
            (ELSEWHERE, BASE),
            (("$.items[0]", {"item": "e", "foundation": ()}),),
        ),
        ((SOUND,), ()),
        ((BASE,), ()),
        (
            (BUILT_ON_IT, evolve(BASE, focus=frozenset({Region.UPPER_BACK}))),
            (("$.items[0]", {"item": "e", "foundation": ("base",)}),),
        ),
    ],
    ids=["missing", "before", "for other regions", "no focus", "alone", "later"],
)
def test_a_foundation_comes_before_what_is_built_on_it(
    exercises: tuple[Exercise, ...], finds: tuple[tuple[str, Mapping[str, object]], ...]
) -> None:
    assert found("BX502", routine(*map(prescribe, exercises))) == finds


def test_the_first_of_several_foundations_counts() -> None:
    again = prescribe(BASE, id="again")
    assert found("BX502", routine(prescribe(BASE), prescribe(BUILT_ON_IT), again)) == ()
    late = routine(prescribe(BUILT_ON_IT), prescribe(BASE), again)
    assert found("BX502", late) == (("$.items[0]", {"item": "e", "foundation": ("base", "again")}),)


def test_the_rotation_alone_lacks_its_foundation_and_the_head_raise_alone_does_not() -> None:
    assert [
        validate(routine(prescribe(each)), select=["BX502"]).codes
        for each in (ALL_FOURS_ROTATION, PRONE_HEAD_RAISE)
    ] == [("BX502",), ()]


# Sides, holds, equipment.


@pytest.mark.parametrize(
    ("sides", "paths"),
    [
        ((Sides.LEFT, Sides.RIGHT), ()),
        ((Sides.LEFT, Sides.BOTH), ()),
        ((Sides.LEFT, Sides.LEFT), ("$.items[0].sides", "$.items[1].sides")),
        ((Sides.NOT_APPLICABLE, Sides.RIGHT), ("$.items[1].sides",)),
    ],
)
def test_the_items_of_one_exercise_may_do_its_sides_together(
    sides: tuple[Sides, Sides], paths: tuple[str, ...]
) -> None:
    one, other = (
        prescribe(ONE_SIDED, id=id, sides=each) for id, each in zip("ab", sides, strict=True)
    )
    assert tuple(path for path, _ in found("BX503", routine(one, other))) == paths


@pytest.mark.parametrize("required", [None, False])
def test_one_side_is_enough_where_both_are_not_required(*, required: bool | None) -> None:
    relaxed = evolve(ONE_SIDED, both_sides_required=required)
    assert found("BX503", routine(prescribe(relaxed, sides=Sides.LEFT))) == ()


@pytest.mark.parametrize(
    ("exercise", "dose", "paths"),
    [
        (HELD, None, ("$.items[0].dose",)),
        (HELD, Dose(), ("$.items[0].dose.hold_seconds",)),
        (SOUND, None, ()),
    ],
)
def test_only_an_exercise_that_holds_a_position_needs_to_say_for_how_long(
    exercise: Exercise, dose: Dose | None, paths: tuple[str, ...]
) -> None:
    assert tuple(path for path, _ in found("BX507", routine(prescribe(exercise, dose)))) == paths


def test_a_routine_that_does_not_say_what_is_at_hand_lacks_nothing() -> None:
    needs_a_mat = prescribe(evolve(SOUND, equipment=frozenset({MAT})))
    assert [
        found("BX509", evolve(routine(needs_a_mat), equipment=at_hand)) != ()
        for at_hand in (None, frozenset[Equipment]())
    ] == [False, True]


def test_equipment_that_is_optional_may_be_missing() -> None:
    nice_to_have = prescribe(evolve(SOUND, optional_equipment=frozenset({MAT})))
    assert found("BX509", evolve(routine(nice_to_have), equipment=frozenset())) == ()


def test_a_routine_without_a_time_budget_may_take_any_time() -> None:
    assert found("BX508", routine(prescribe(HELD, Dose(hold_seconds=3600)))) == ()


# What a rule may be.


def finds_nothing(_: Routine) -> tuple[Fault, ...]:
    return ()


def rule(**fields: object) -> Rule:
    given: dict[str, object] = {
        "code": "APP001",
        "title": "title",
        "why": "why",
        "severity": Severity.INFO,
        "on": Routine,
        "check": finds_nothing,
    }
    return Rule(**(given | fields))  # type: ignore[arg-type]


@pytest.mark.parametrize("code", ["BX001", "ABCDE999"])
def test_a_code_is_capitals_and_three_digits(code: str) -> None:
    assert rule(code=code).code == code


@pytest.mark.parametrize(
    "code",
    ["A001", "ABCDEF001", "bx001", "BX1", "BX0001", "BX001 ", "BX\u0661\u0662\u0663", "", None, 1],
)
def test_any_other_code_is_refused(code: object) -> None:
    with pytest.raises(InvalidValue) as raised:
        rule(code=code)
    assert raised.value == InvalidValue(
        "Rule", "code", code, 'two to five capitals and three digits, such as "BX503"'
    )


@pytest.mark.parametrize(
    ("field", "value", "refused_at"),
    [
        ("title", "", "title"),
        ("title", "two\nlines", "title"),
        ("why", " ", "why"),
        ("severity", "error", "severity"),
        ("on", "Routine", "on"),
        ("check", None, "check"),
        ("after", {"BX501"}, "after"),
        ("after", frozenset({""}), "after"),
        ("sources", ("article",), "sources[0]"),
    ],
)
def test_a_rule_that_makes_no_sense_is_refused(field: str, value: object, refused_at: str) -> None:
    with pytest.raises(InvalidValue) as raised:
        rule(**{field: value})
    assert (raised.value.class_name, raised.value.field) == ("Rule", refused_at)


def test_rules_compare_by_value() -> None:
    assert rule() == rule()
    assert rule() != rule(severity=Severity.ERROR)


def test_the_particulars_of_a_fault_are_kept_as_they_were() -> None:
    meta = {"item": "a"}
    fault = Fault("message", meta=meta)
    meta["item"] = "b"
    assert fault == Fault("message", at="", hint=None, meta={"item": "a"})
