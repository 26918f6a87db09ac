"""What the rules say, where docs/rules.md shows one of several messages of a rule."""

from __future__ import annotations

import pytest
from attrs import evolve

from backex.anatomy import Degree, Limb, Movement, Phase, Region
from backex.axes import LOWER_QUARTER, REACH, RESISTANCE, SUPPORT, Edit
from backex.conditions import AtLeast
from backex.criteria import AllCriteria, AnyCriterion, Criterion, EffortAtMost, SymptomAtMost
from backex.decision import Action
from backex.dose import Dose
from backex.exercise import Equipment, Exercise
from backex.ids import AxisId, LevelId, PurposeId
from backex.plan import Plan
from backex.posture import EffortLevel, Polarity
from backex.quantities import Mass
from backex.routine import Sides
from backex.rules.examples import (
    FREE,
    GROW,
    LIFTING,
    MOVING,
    ONE_SIDED,
    SAG,
    SLOW,
    STAND,
    SUPPORTING,
    VEST,
    axis,
    cue,
    drops,
    exercise,
    flexed,
    guideline,
    item,
    level,
    motion,
    on,
    onto,
    plan,
    policy,
    purpose,
    puts,
    routine,
    rung,
    says,
    step,
    to,
)
from backex.stopping import Tolerance
from backex.symptoms import PAIN, Channel, Moment, SymptomReport, report
from backex.validation import Checkable, validate
from backex.variant import Variant, vary


def twice(what: str, id: str, at: str) -> tuple[str, str]:
    return (f'{what} id "{id}" is used before, at .{at}[0]', f"give each {what} an id of its own")


ALONE = evolve(purpose("upper", "lower"), together_with=frozenset())
BOUND = evolve(ALONE, together_with=frozenset(map(PurposeId, ("neck", "arms", "legs", "hips"))))
SQUEEZE = cue(Movement.RETRACTION, Region.SHOULDER_GIRDLE)
TALL = evolve(GROW, text="Stand tall.")
BEYOND = evolve(
    level("slow"), exceeds=frozenset(map(LevelId, ("free", "bent", "heavy", "rough", "wild")))
)
SAME = axis(level("slow", says("Lean with {mass}.")))


def loaded(grams: int, *, increment: int, most: int | None) -> Variant:
    vest = evolve(VEST, increment_grams=increment, maximum_grams=most)
    return vary(exercise(axes=(vest,)), to(Mass(grams), "vest"))


def unfit(load: str, limit: str, nearest: str) -> list[tuple[str, str]]:
    return [(f'{load} does not fit axis "vest": {limit}', f"the nearest that fit: {nearest}")]


def both_write(one: str, other: str, what: str) -> list[tuple[str, str]]:
    hint = "let each axis write slots of its own, such as a cue with another id"
    return [(f'axes "{one}" and "{other}" both write {what}', hint)]


def each_making(one: Edit, other: Edit) -> Exercise:
    return exercise(axes=(axis(level("slow", one)), axis(level("pad", other), id="pad")))


ASKED = frozenset(map(Channel, ("pain", "stiffness", "numbness", "weakness", "aching", "tingling")))
EASY = EffortAtMost(effort=4)
UNASKED = tuple(
    SymptomAtMost(channel=Channel(channel), severity=2)
    for channel in ("zeal", "gloom", "fog", "buzzing")
)


def climbing(
    *, asks: frozenset[Channel], usual: SymptomReport | None, waits: Criterion = EASY
) -> Plan:
    today = routine(item(FREE), stopping=policy(asks=asks))
    return plan(rung(FREE, advance=waits), rung(SLOW), routine=today, baseline=usual)


def unasked(rule: str, what: str) -> tuple[str, str]:
    return (
        f'rule "{rule}" looks at what nobody is asked for: {what}',
        "let the policy ask for it, or look at what it asks for",
    )


#: A foundation for parts of which only one is trained by what is built on it.
FOUNDATION = exercise(id="base", foundation_for=frozenset({Region.HIP, Region.SPINE}))
BUILT_ON_IT = item(exercise(focus=frozenset({Region.SPINE})))
NEEDED = frozenset(map(Equipment, ("wall", "band", "chair", "ball")))
SAGGING = vary(exercise(axes=(axis(level("slow", puts(SAG))),)), to("slow"))
PACE = axis(level("slow"))
#: A code, a value in which it is found, and the messages with the hints.
SAID: list[tuple[str, Checkable, list[tuple[str, str]]]] = [
    (
        "BX101",
        guideline(SQUEEZE, cue(SQUEEZE.movement, SQUEEZE.region, polarity=Polarity.AVOID)),
        [
            (
                (
                    'cue "do-retraction" (do retraction of the shoulder girdle) contradicts '
                    'cue "avoid-retraction" (avoid retraction of the shoulder girdle)'
                ),
                'remove one of the two, or lower the degree that "do-retraction" asks for',
            )
        ],
    ),
    (
        "BX204",
        exercise(
            *(STAND, STAND),
            contacts=(MOVING, MOVING),
            purposes=(ALONE, ALONE),
            axes=(axis(), axis()),
        ),
        [
            twice("step", "stand", "steps"),
            twice("contact", "do-hand", "contacts"),
            twice("purpose", "upper", "purposes"),
            twice("axis", "pace", "axes"),
        ],
    ),
    (
        "BX205",
        exercise(
            STAND,
            step(
                *("lean", Phase.MOVE, GROW, GROW),
                motions=(LIFTING, LIFTING),
                effects=(onto(Limb.MOVING_ARM), onto(Limb.MOVING_ARM)),
                targets=(flexed(9), flexed(9)),
            ),
        ),
        [
            twice("motion", "lift", "motions"),
            twice("cue", "do-axial-elongation", "cues"),
            twice("effect", "shift", "effects"),
            twice("target", "knee", "targets"),
        ],
    ),
    (
        "BX208",
        exercise(
            STAND,
            step(
                "lean",
                targets=(
                    evolve(
                        flexed(130),
                        movement=Movement.LATERAL_FLEXION,
                        region=Region.CERVICAL_SPINE,
                    ),
                ),
            ),
        ),
        [
            (
                (
                    "about 130° of lateral flexion of the cervical spine is more than any body "
                    "does: it goes from -120° to 120°"
                ),
                "look for a slip of the pen or a wrong unit",
            )
        ],
    ),
    (
        "BX210",
        exercise(purposes=(BOUND,)),
        [
            (
                f'purpose "upper" is served together with "{missing}", which is no purpose',
                "it has: none",
            )
            for missing in ("arms", "hips", "legs", "neck")
        ],
    ),
    (
        "BX211",
        exercise(
            STAND,
            step(
                "lean",
                motions=(motion(Movement.ABDOMINAL_BRACING, Region.ABDOMEN, degree=Degree.MARKED),),
            ),
            effort=EffortLevel.LOW,
        ),
        [
            (
                (
                    'step "lean" asks for marked abdominal bracing, but the exercise should take '
                    "little effort"
                ),
                "lower the degree, or state the effort that the exercise takes",
            )
        ],
    ),
    (
        "BX304",
        loaded(100, increment=250, most=None),
        unfit("0.1 kg", "loads grow by 0.25 kg", "0.25 kg"),
    ),
    (
        "BX304",
        loaded(300, increment=250, most=1000),
        unfit("0.3 kg", "loads grow by 0.25 kg", "0.25 kg, 0.5 kg"),
    ),
    (
        "BX304",
        loaded(1000, increment=300, most=1000),
        unfit("1 kg", "loads grow by 0.3 kg", "0.9 kg"),
    ),
    (
        "BX304",
        loaded(2000, increment=250, most=1000),
        unfit("2 kg", "the most is 1 kg", "1 kg"),
    ),
    (
        "BX304",
        loaded(2, increment=1, most=1),
        unfit("0.002 kg", "the most is 0.001 kg", "0.001 kg"),
    ),
    (
        "BX304",
        loaded(500, increment=1000, most=500),
        unfit("0.5 kg", "loads grow by 1 kg", "none"),
    ),
    ("BX305", exercise(axes=(VEST, SAME)), both_write("vest", "pace", 'the text of step "lean"')),
    ("BX305", exercise(axes=(SAME, VEST)), both_write("pace", "vest", 'the text of step "lean"')),
    # Without a load axis, no place is named.
    ("BX305", exercise(axes=(SAME, evolve(SAME, id=AxisId("other")))), []),
    (
        "BX305",
        each_making(puts(GROW), puts(TALL)),
        both_write("pace", "pad", 'cue "do-axial-elongation" of step "lean"'),
    ),
    (
        "BX305",
        each_making(puts(SUPPORTING), drops(SUPPORTING)),
        both_write("pace", "pad", 'support "do-hand"'),
    ),
    (
        "BX318",
        exercise(
            axes=(
                evolve(VEST, edits=(says("Lean."), says("Bow."))),
                axis(level("slow", puts(GROW), puts(TALL))),
            )
        ),
        [
            ('any load writes the text of step "lean" twice', "keep one of the two edits"),
            (
                'level "slow" writes cue "do-axial-elongation" of step "lean" twice',
                "keep one of the two edits",
            ),
        ],
    ),
    (
        "BX310",
        exercise(axes=(axis(level("slow", over="slower"), level("slower", over="slow")),)),
        [
            (
                'axis "pace" makes levels harder than themselves: slow, slower',
                "take one of them out of what another exceeds",
            )
        ],
    ),
    (
        "BX311",
        exercise(axes=(axis(BEYOND, level("fast"), level("even")),)),
        [
            (
                f'level "slow" exceeds "{id}", which axis "pace" lacks',
                "it has: even, fast, free, slow",
            )
            for id in ("bent", "heavy", "rough", "wild")
        ],
    ),
    (
        "BX324",
        climbing(asks=ASKED, usual=report(0, pain=1)),
        [
            (
                (
                    "the usual level is not known for aching, numbness, stiffness, tingling and "
                    "weakness, so every decision is to hold"
                ),
                "give a report of the person's usual state that rates all that the policy asks",
            )
        ],
    ),
    (
        "BX324",
        climbing(asks=frozenset(), usual=None),
        [
            (
                "the usual level is not known, so every decision is to hold",
                "give a report of the person's usual state that rates all that the policy asks",
            )
        ],
    ),
    *(
        (
            "BX324",
            climbing(asks=ASKED, usual=report(0, severities=dict.fromkeys(ASKED, 1)), waits=waits),
            [
                (
                    f'rung 0 waits for "{channel}", which the policy does not ask',
                    "it has: aching, numbness, pain, stiffness, tingling, weakness",
                )
                for channel in ("buzzing", "fog", "gloom", "zeal")
            ],
        )
        for waits in (AllCriteria(criteria=UNASKED), AnyCriterion(criteria=UNASKED))
    ),
    *(
        (
            "BX309",
            plan(rung(FREE, Dose(reps=5)), rung(SLOW), routine=routine(item(FREE, dose))),
            [
                (
                    f'the ladder of "lean" starts with 5 repetitions; its item has {words}',
                    "begin the ladder with the item's own dose, or state none",
                )
            ],
        )
        for dose, words in ((None, "no dose"), (Dose(reps=8), "8 repetitions"))
    ),
    (
        "BX404",
        policy(on(AtLeast(channel=PAIN, severity=5)), asks=frozenset()),
        [
            unasked("worse", "any symptom asked for, of which there is none"),
            unasked("other", "pain"),
        ],
    ),
    (
        "BX404",
        policy(
            on(
                AtLeast(
                    channel=PAIN,
                    severity=5,
                    moments=frozenset({Moment.NEXT_MORNING, Moment.DURING}),
                )
            ),
            asks_at=frozenset({Moment.AFTER}),
        ),
        [unasked("other", "symptoms during or next morning")],
    ),
    ("BX406", policy(rules=(), asks=frozenset()), []),
    (
        "BX407",
        policy(
            asks=ASKED,
            tolerance=Tolerance(
                severity_at_most={Channel("fog"): 3}, rise_at_most={Channel("gloom"): 3}
            ),
        ),
        [
            (
                f'the tolerance is for "{channel}", which the policy does not ask',
                "it has: aching, numbness, pain, stiffness, tingling, weakness",
            )
            for channel in ("fog", "gloom")
        ],
    ),
    (
        "BX407",
        policy(answer=Action.HOLD),
        [
            (
                "what is outside the tolerance is answered with hold: with no less than before",
                "let the answer be to ease at least",
            )
        ],
    ),
    (
        "BX502",
        routine(BUILT_ON_IT, item(FOUNDATION)),
        [
            (
                'the foundation exercise for what "lean" trains comes only later',
                "put the foundation exercise before it",
            )
        ],
    ),
    (
        "BX502",
        routine(BUILT_ON_IT, item(exercise(id="hips", foundation_for=frozenset({Region.HIP})))),
        [
            (
                'the foundation exercise for what "lean" trains is not in the routine',
                "put the foundation exercise before it",
            )
        ],
    ),
    ("BX502", routine(item(FOUNDATION), BUILT_ON_IT), []),
    (
        "BX510",
        routine(item(ONE_SIDED, sides=Sides.NOT_APPLICABLE)),
        [
            (
                '"Side-lean" has left and right form; it is prescribed for: not-applicable',
                "use Sides.BOTH, LEFT or RIGHT",
            )
        ],
    ),
    (
        "BX509",
        routine(item(exercise(equipment=NEEDED)), equipment=frozenset()),
        [
            (
                '"Lean" needs what is not at hand: ball, band, chair, wall',
                "add it to the routine's equipment, or choose another exercise",
            )
        ],
    ),
    (
        "BX511",
        routine(item(SAGGING), guideline=guideline(GROW)),
        [
            (
                (
                    'cue "do-sagging" of step "lean" (do sagging of the spine) contradicts '
                    'cue "do-axial-elongation" (do axial elongation of the spine)'
                ),
                'remove one of the two, or lower the degree that "do-sagging" asks for',
            )
        ],
    ),
    (
        "BX313",
        exercise(
            axes=(
                evolve(PACE, id=RESISTANCE),
                evolve(VEST, id=REACH),
                evolve(PACE, id=SUPPORT),
            )
        ),
        [
            (
                f'axis "{id}" is built in and has to be a {shape}',
                "give an axis of the app's own an id of its own",
            )
            for id, shape in (
                (RESISTANCE, "LoadAxis"),
                (REACH, "LevelAxis"),
                (SUPPORT, 'LevelAxis of a base and "extended-arm"'),
            )
        ],
    ),
    (
        "BX327",
        exercise(axes=(evolve(VEST, edits=()),)),
        [
            (
                'a load on axis "vest" changes nothing in the exercise',
                "say in its edits what is done differently",
            )
        ],
    ),
    *(
        (
            "BX301",
            vary(exercise(axes=(evolve(PACE, id=id),)), to("slow", id[:-1])),
            [
                (
                    f'"lean" cannot be changed along "{id[:-1]}"',
                    f'did you mean "{id}"? its move is {move}',
                )
            ],
        )
        for id, move in (
            (RESISTANCE, "AddResistance"),
            (SUPPORT, "ExtendArm"),
            (REACH, "ChangeReach"),
            (LOWER_QUARTER, "AddLowerQuarter"),
        )
    ),
]


@pytest.mark.parametrize(("code", "value", "said"), SAID, ids=[code for code, *_ in SAID])
def test_what_is_said(code: str, value: Checkable, said: list[tuple[str, str]]) -> None:
    found = validate(value, select=code).diagnostics
    assert [(each.message, each.hint) for each in found] == said
