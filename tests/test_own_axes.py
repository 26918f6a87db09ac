"""An app's own exercise and axes, in code and in a document: nothing is registered, all works."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping

import attrs
import pytest
from jsonschema import Draft202012Validator

from backex.anatomy import Contact, Direction, Laterality, Limb, Movement, Phase, Position, Region
from backex.axes import Axis, Level, LevelAxis, LoadAxis, PartKind, Put, Remove, SetText
from backex.catalog.building import bears, do, effect, motion, spares, step
from backex.catalog.upper_back import OBLIQUE_SIT, STOPPING_POLICY
from backex.codec import digest, dumps, loads, schema
from backex.criteria import Completed
from backex.diagnostics import Report, Severity
from backex.dose import Dose
from backex.exercise import Exercise
from backex.ids import AxisId, ExerciseId, LevelId, RoutineId, SourceId, StepId
from backex.ladders import Ladder, ladder
from backex.plan import Plan, SessionRecord, as_planned, next_session
from backex.progression import AddResistance, CustomProgression, ExtendArm, Progression
from backex.provenance import Source, SourceKind
from backex.quantities import Mass, kg
from backex.routine import Routine, prescribe
from backex.rules import Fault, Rule
from backex.space import count_variants, variants
from backex.symptoms import report
from backex.training import TrainingQuality
from backex.validation import validate
from backex.variant import Variant, differences, vary

CLINIC = (Source(id=SourceId("clinic"), title="Our clinic", kind=SourceKind.APP),)
GROUND, CUFF = AxisId("ground"), AxisId("cuff")
SLIDE, HOLD = StepId("slide"), StepId("stay")
WALL = Contact(Region.UPPER_BACK)
FEET = Contact(Region.FOOT, Limb.BOTH_LEGS)
HEELS = Contact(Region.ANKLE, Limb.BOTH_LEGS)

# The exercise in code.


def _level(id: str, name: str, *edits: SetText | Put | Remove, over: tuple[str, ...] = ()) -> Level:
    return Level(
        id=LevelId(id),
        name=name,
        edits=edits,
        exceeds=frozenset(map(LevelId, over)),
        sources=CLINIC,
        order_sources=CLINIC if over else (),
    )


#: On the floor; with a chair beside, which is easier; on a pad or in the dark, which are harder.
GROUND_AXIS = LevelAxis(
    id=GROUND,
    name="ground",
    levels=(
        _level("floor", "on the floor", over=("chair",)),
        _level(
            "chair",
            "beside a chair",
            Put(
                step=HOLD,
                part=do("chair", "Hold on to the chair.", Movement.GRIP, Region.HAND, CLINIC),
            ),
        ),
        _level(
            "pad",
            "on a pad",
            SetText(step=StepId("stand"), text="Stand on the pad.", sources=CLINIC),
            Remove(kind=PartKind.EFFECT, id="heels-sink", step=SLIDE),
            Put(part=bears("feet", HEELS, CLINIC)),
            over=("floor",),
        ),
        _level(
            "dark",
            "with closed eyes",
            Put(
                step=HOLD, part=do("eyes", "Close them.", Movement.RELAXATION, Region.EYES, CLINIC)
            ),
            over=("floor",),
        ),
    ),
    sources=CLINIC,
)
CUFF_AXIS = LoadAxis(
    id=CUFF,
    name="weight cuff",
    limb=Limb.BOTH_ARMS,
    increment_grams=500,
    maximum_grams=1500,
    edits=(
        Put(
            step=SLIDE,
            part=do("cuff", "Lift the {mass} along.", Movement.LIFT, Region.UPPER_LIMB, CLINIC),
        ),
    ),
    sources=CLINIC,
)
WALL_SLIDE = Exercise(
    id=ExerciseId("wall-slide"),
    name="Wall Slide",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    steps=(
        step("stand", Phase.SETUP, "Stand with the back to the wall.", CLINIC),
        step(
            "slide",
            Phase.MOVE,
            "Slide both arms up the wall.",
            CLINIC,
            motion(
                "arms-up",
                Movement.REACH,
                Region.UPPER_LIMB,
                CLINIC,
                limb=Limb.BOTH_ARMS,
                direction=Direction.UPWARD,
            ),
            effect("heels-sink", "The heels sink.", Movement.WEIGHT_SHIFT, Region.FOOT, CLINIC),
        ),
        step(
            "stay",
            Phase.HOLD,
            "Stay there.",
            CLINIC,
            do(
                "breath",
                "Keep breathing.",
                Movement.DIAPHRAGMATIC_BREATHING,
                Region.ABDOMEN,
                CLINIC,
            ),
        ),
    ),
    contacts=(bears("feet", FEET, CLINIC), spares("back", WALL, CLINIC, Phase.SETUP)),
    qualities=frozenset({TrainingQuality.STABILIZATION, TrainingQuality.MOVEMENT}),
    axes=(GROUND_AXIS, CUFF_AXIS),
)

# The same exercise as an app writes it down.

SAID = [{"id": "clinic", "kind": "app", "title": "Our clinic"}]
DOCUMENT: Mapping[str, object] = {
    "@format": 1,
    "@kind": "exercise",
    "id": "wall-slide",
    "name": "Wall Slide",
    "position": "standing",
    "laterality": "bilateral",
    "steps": [
        {
            "id": "stand",
            "phase": "set-up",
            "text": "Stand with the back to the wall.",
            "sources": SAID,
        },
        {
            "id": "slide",
            "phase": "move",
            "text": "Slide both arms up the wall.",
            "motions": [
                {
                    "id": "arms-up",
                    "movement": "reach",
                    "region": "upper-limb",
                    "limb": "both-arms",
                    "direction": "upward",
                    "sources": SAID,
                }
            ],
            "effects": [
                {
                    "id": "heels-sink",
                    "text": "The heels sink.",
                    "movement": "weight-shift",
                    "region": "foot",
                    "sources": SAID,
                }
            ],
            "sources": SAID,
        },
        {
            "id": "stay",
            "phase": "hold",
            "text": "Stay there.",
            "cues": [
                {
                    "id": "breath",
                    "text": "Keep breathing.",
                    "polarity": "do",
                    "movement": "diaphragmatic-breathing",
                    "region": "abdomen",
                    "sources": SAID,
                }
            ],
            "sources": SAID,
        },
    ],
    "contacts": [
        {
            "id": "feet",
            "contact": {"region": "foot", "limb": "both-legs"},
            "polarity": "do",
            "sources": SAID,
        },
        {
            "id": "back",
            "contact": {"region": "upper-back"},
            "polarity": "avoid",
            "phases": ["set-up"],
            "sources": SAID,
        },
    ],
    "qualities": ["movement", "stabilization"],
    "axes": [
        {
            "@kind": "level-axis",
            "id": "ground",
            "name": "ground",
            "levels": [
                {
                    "id": "floor",
                    "name": "on the floor",
                    "exceeds": ["chair"],
                    "sources": SAID,
                    "order_sources": SAID,
                },
                {
                    "id": "chair",
                    "name": "beside a chair",
                    "edits": [
                        {
                            "@kind": "put",
                            "step": "stay",
                            "part": {
                                "@kind": "cue",
                                "id": "chair",
                                "text": "Hold on to the chair.",
                                "polarity": "do",
                                "movement": "grip",
                                "region": "hand",
                                "sources": SAID,
                            },
                        }
                    ],
                    "sources": SAID,
                },
                {
                    "id": "pad",
                    "name": "on a pad",
                    "edits": [
                        {
                            "@kind": "set-text",
                            "step": "stand",
                            "text": "Stand on the pad.",
                            "sources": SAID,
                        },
                        {"@kind": "remove", "kind": "effect", "id": "heels-sink", "step": "slide"},
                        {
                            "@kind": "put",
                            "part": {
                                "@kind": "support",
                                "id": "feet",
                                "contact": {"region": "ankle", "limb": "both-legs"},
                                "polarity": "do",
                                "sources": SAID,
                            },
                        },
                    ],
                    "exceeds": ["floor"],
                    "sources": SAID,
                    "order_sources": SAID,
                },
                {
                    "id": "dark",
                    "name": "with closed eyes",
                    "edits": [
                        {
                            "@kind": "put",
                            "step": "stay",
                            "part": {
                                "@kind": "cue",
                                "id": "eyes",
                                "text": "Close them.",
                                "polarity": "do",
                                "movement": "relaxation",
                                "region": "eyes",
                                "sources": SAID,
                            },
                        }
                    ],
                    "exceeds": ["floor"],
                    "sources": SAID,
                    "order_sources": SAID,
                },
            ],
            "sources": SAID,
        },
        {
            "@kind": "load-axis",
            "id": "cuff",
            "name": "weight cuff",
            "limb": "both-arms",
            "increment_grams": 500,
            "maximum_grams": 1500,
            "edits": [
                {
                    "@kind": "put",
                    "step": "slide",
                    "part": {
                        "@kind": "cue",
                        "id": "cuff",
                        "text": "Lift the {mass} along.",
                        "polarity": "do",
                        "movement": "lift",
                        "region": "upper-limb",
                        "sources": SAID,
                    },
                }
            ],
            "sources": SAID,
        },
    ],
}


def _read() -> Exercise:
    return loads(json.dumps(DOCUMENT), Exercise)


def test_the_document_and_the_code_are_one_exercise() -> None:
    assert _read() == WALL_SLIDE
    assert json.loads(dumps(WALL_SLIDE)) == DOCUMENT
    assert digest(_read()) == digest(WALL_SLIDE)


EXERCISES = pytest.mark.parametrize("exercise", [WALL_SLIDE, _read()], ids=["code", "document"])


def _on(place: str) -> CustomProgression:
    return CustomProgression(GROUND, LevelId(place))


def _with(mass: Mass) -> CustomProgression:
    return CustomProgression(CUFF, mass)


PAD, DARK, CHAIR = _on("pad"), _on("dark"), _on("chair")
HALF, ONE = _with(kg("0.5")), _with(kg(1))


@EXERCISES
def test_it_is_sound(exercise: Exercise) -> None:
    assert validate(exercise).diagnostics == ()


@EXERCISES
def test_a_move_changes_its_slots_alone(exercise: Exercise) -> None:
    variant = vary(exercise, ONE, PAD)
    stand, slide, stay = exercise.steps
    lift = do("cuff", "Lift the 1 kg along.", Movement.LIFT, Region.UPPER_LIMB, CLINIC)
    assert variant.steps == (
        attrs.evolve(stand, text="Stand on the pad."),
        attrs.evolve(slide, cues=(lift,), effects=()),
        stay,
    )
    assert variant.contacts == (bears("feet", HEELS, CLINIC), exercise.contacts[1])
    assert variant.supports == {HEELS}


@EXERCISES
def test_the_order_of_asking_and_of_the_axes_does_not_matter(exercise: Exercise) -> None:
    variant = vary(exercise, PAD, ONE)
    assert vary(exercise, ONE, PAD, ONE) == variant
    assert digest(vary(exercise, ONE, PAD)) == digest(variant)
    turned = vary(attrs.evolve(exercise, axes=exercise.axes[::-1]), PAD, ONE)
    assert turned.progressions == (ONE, PAD)
    assert (turned.steps, turned.contacts) == (variant.steps, variant.contacts)


@EXERCISES
def test_it_has_an_order_and_a_way_back(exercise: Exercise) -> None:
    chair, base, pad, dark = (vary(exercise, *moves) for moves in ((CHAIR,), (), (PAD,), (DARK,)))
    assert chair < base < pad
    assert base < dark
    assert not pad <= dark
    assert not dark <= pad
    assert base.regressions() == (chair,)
    assert base.advances() == (pad, dark, vary(exercise, HALF))
    assert pad.with_(ONE).regressions() == (base.with_(ONE), pad.with_(HALF))
    assert pad.with_(ONE).without(GROUND) == base.with_(ONE)
    assert pad.with_(CHAIR) == chair
    assert chair.with_(_on("floor")) == base


@EXERCISES
def test_all_its_variants_are_sound_and_can_be_stored(exercise: Exercise) -> None:
    found = list(variants(exercise))
    assert len(set(found)) == len(found) == count_variants(exercise) == 4 * 4
    assert count_variants(exercise, heaviest=kg(1)) == 4 * 3
    for variant in found:
        loaded = loads(dumps(variant), Variant)
        assert loaded == variant
        assert (loaded.steps, loaded.contacts) == (variant.steps, variant.contacts)
    routine = Routine(
        id=RoutineId("all"),
        title="All",
        items=tuple(
            prescribe(variant, Dose(sets=1, hold_seconds=5), id=f"item-{number}")
            for number, variant in enumerate(found)
        ),
        stopping=STOPPING_POLICY,
    )
    assert validate(routine).diagnostics == ()


@EXERCISES
def test_differences_read_in_the_apps_words(exercise: Exercise) -> None:
    assert str(vary(exercise, ONE, PAD)) == "Wall Slide (ground: on a pad; weight cuff: 1 kg)"
    found = differences(vary(exercise, CHAIR), vary(exercise, HALF))
    assert [str(each) for each in found] == [
        "ground: beside a chair → on the floor",
        "weight cuff: none → 0.5 kg",
    ]


@EXERCISES
@pytest.mark.parametrize(
    ("move", "code", "hint"),
    [
        (_on("pat"), "BX303", 'did you mean "pad"?'),
        (_with(kg("0.75")), "BX304", None),
        (_with(kg(2)), "BX304", None),
        (CustomProgression(CUFF, LevelId("heavy")), "BX303", "it has: loads, such as kg(1)"),
        (CustomProgression(AxisId("cuffs"), kg(1)), "BX301", 'did you mean "cuff"?'),
        (ExtendArm(), "BX301", "it has: ground, cuff"),
        (AddResistance(kg(1)), "BX301", "it has: ground, cuff"),
    ],
)
def test_a_move_that_it_does_not_offer_is_reported(
    exercise: Exercise, move: Progression, code: str, hint: str | None
) -> None:
    item = prescribe(vary(exercise, move), Dose(hold_seconds=5))
    routine = Routine(id=RoutineId("odd"), title="Odd", items=(item,), stopping=STOPPING_POLICY)
    (found,) = validate(routine).diagnostics
    assert (found.code, found.path) == (code, "$.items[0].variant.progressions[0]")
    assert hint in {None, found.hint}
    assert item.variant.steps == exercise.steps


@EXERCISES
def test_an_axis_that_writes_what_another_writes_is_reported(exercise: Exercise) -> None:
    tempo = LevelAxis(
        id=AxisId("tempo"),
        name="tempo",
        levels=(
            _level("free", "free"),
            _level("slow", "slow", SetText(step=StepId("stand"), text="Stand still.")),
        ),
    )
    axes: tuple[Axis, ...] = (*exercise.axes, tempo)
    (found,) = validate(attrs.evolve(exercise, axes=axes)).diagnostics
    assert (found.code, found.path, found.meta["axes"]) == (
        "BX305",
        "$.axes[2]",
        ("ground", "tempo"),
    )


def _plan(climbed: Ladder) -> Plan:
    item = prescribe(climbed.rungs[0].variant, Dose(sets=1, hold_seconds=5))
    routine = Routine(id=RoutineId("own"), title="Our own", items=(item,), stopping=STOPPING_POLICY)
    return Plan(
        routine=routine, ladders={item.id: climbed}, baseline=report(0, pain=2, stiffness=2)
    )


@EXERCISES
def test_a_ladder_on_its_axes_is_sound_and_is_climbed(exercise: Exercise) -> None:
    climbed = (
        ladder(vary(exercise, CHAIR), advance=Completed())
        .then(_on("floor"))
        .ramp(kg("0.5"), kg(1), by=kg("0.5"), axis=CUFF)
        .then(PAD)
    )
    plan = _plan(climbed)
    assert validate(plan).diagnostics == ()
    assert loads(dumps(plan), Plan) == plan
    log: list[SessionRecord] = []
    performed = []
    for checkin in range(1, 6):
        routine = next_session(plan, log).routine
        assert routine is not None
        (item,) = routine.items
        performed.append(item.variant)
        log.append(
            SessionRecord(
                checkin=checkin,
                completed={item.id: as_planned(item, done=True)},
                entries=(report(checkin, pain=2, stiffness=2),),
            )
        )
    assert performed == [
        vary(exercise, *moves) for moves in ((CHAIR,), (), (HALF,), (ONE,), (ONE, PAD))
    ]


# An axis on a copy of a catalog exercise.

OWN_SIT = attrs.evolve(
    OBLIQUE_SIT,
    id=ExerciseId("sit-on-a-pad"),
    name="Sit on a Pad",
    axes=(
        *OBLIQUE_SIT.axes,
        LevelAxis(
            id=GROUND,
            name="ground",
            levels=(
                _level("floor", "on the floor"),
                _level(
                    "pad",
                    "on a pad",
                    Put(
                        step=StepId("press-up"),
                        part=do(
                            "pad-still",
                            "Keep the pad still.",
                            Movement.WEIGHT_BEARING,
                            Region.UPPER_LIMB,
                            CLINIC,
                        ),
                    ),
                    over=("floor",),
                ),
            ),
        ),
    ),
)


def test_the_schema_describes_it() -> None:
    described = Draft202012Validator(schema(Exercise))
    assert described.is_valid(DOCUMENT)
    assert not described.is_valid({**DOCUMENT, "axes": [{"@kind": "speed-axis", "id": "speed"}]})


def _too_long(routine: Routine) -> Iterator[Fault]:
    yield Fault("a title of one word will do", meta={"title": routine.title, "most": kg(1)})


def test_what_an_own_rule_finds_and_what_is_accepted_of_it_is_stored() -> None:
    mine = Rule(
        code="CLI001",
        title="A long title",
        why="It has to fit on a card.",
        severity=Severity.WARNING,
        on=Routine,
        check=_too_long,
    )
    accepting = prescribe(WALL_SLIDE, suppress={"CLI001": "the card is large"})
    routine = Routine(
        id=RoutineId("wall"), title="At the wall", items=(accepting,), stopping=STOPPING_POLICY
    )
    found = validate(routine, rules=[mine])
    assert [each.code for each in found.diagnostics][:1] == ["CLI001"]
    assert loads(dumps(found), Report) == found
    assert loads(dumps(routine), Routine) == routine


def test_an_own_axis_goes_with_those_of_the_catalog() -> None:
    variant = vary(OWN_SIT, PAD, ExtendArm())
    extended = vary(OBLIQUE_SIT, ExtendArm())
    assert variant.progressions == (ExtendArm(), PAD)
    assert variant.contacts == extended.contacts
    assert [step.text for step in variant.steps] == [step.text for step in extended.steps]
    changed = [new.id for old, new in zip(extended.steps, variant.steps, strict=True) if old != new]
    assert changed == ["press-up"]
    assert variant.regressions() == (vary(OWN_SIT, PAD), vary(OWN_SIT, ExtendArm()))
    assert count_variants(OWN_SIT, heaviest=kg("0.5")) == 2 * 54
    assert validate(OWN_SIT).diagnostics == ()


def test_a_copy_is_stored_in_full_and_the_catalogs_as_a_reference() -> None:
    variant = vary(OWN_SIT, PAD)
    text = dumps(variant)
    assert "Keep the pad still." in text
    assert loads(text, Variant) == variant
    # To whoever has no catalog at all it means the same.
    assert loads(text, Variant, catalog=None) == variant
    assert "@catalog" in dumps(vary(OBLIQUE_SIT))
    assert variant != vary(OBLIQUE_SIT, PAD)


def test_the_axis_of_a_copy_is_none_of_the_originals() -> None:
    assert OBLIQUE_SIT.axis(GROUND) is None
    odd = vary(OBLIQUE_SIT, PAD)
    assert not odd.is_sound
    assert odd.steps == OBLIQUE_SIT.steps
