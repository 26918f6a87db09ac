"""Storage of sound values: documents that load back the same, canonical text and digests."""

from __future__ import annotations

import gc
import hashlib
import json
import math
import os
import subprocess
import sys
import weakref
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

import attrs
import pytest
import rfc8785

from backex import (
    BRISK,
    CALM,
    CHEST_PAIN,
    MAT,
    NUMBNESS,
    PAIN,
    SPREAD,
    STIFFNESS,
    Action,
    AddLowerQuarter,
    AddResistance,
    AllOf,
    Amount,
    AnyOf,
    AtLeast,
    AxisId,
    BackexError,
    Calmed,
    CatalogId,
    ChangeReach,
    Channel,
    Clearance,
    Cleared,
    ComfortMeasure,
    Concern,
    Contact,
    Cue,
    CueId,
    CustomProgression,
    Degree,
    Diagnostic,
    Direction,
    Dose,
    Effect,
    EffectId,
    EffortLevel,
    Equipment,
    EvaluationWanted,
    Exercise,
    ExerciseId,
    ExtendArm,
    GuidelineId,
    GuidelineReference,
    InvalidValue,
    Laterality,
    Level,
    LevelAxis,
    LevelId,
    Limb,
    LoadAxis,
    Mass,
    Moment,
    Motion,
    MotionId,
    Movement,
    PartKind,
    Persists,
    Phase,
    Playback,
    Polarity,
    PolicyId,
    Position,
    PostureGuideline,
    Purpose,
    PurposeId,
    Put,
    RangeEnd,
    RedFlagPresent,
    Region,
    Remove,
    Routine,
    RoutineId,
    RuleId,
    Schedule,
    SetText,
    Severity,
    SideOrder,
    Source,
    SourceId,
    SourceKind,
    Span,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    Support,
    SupportId,
    SymptomReport,
    Target,
    TargetId,
    Timing,
    Tolerance,
    TrainingQuality,
    Trend,
    Unit,
    View,
    Worsened,
    kg,
    prescribe,
    report,
    timeline,
    validate,
    vary,
)
from backex.catalog import Catalog
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    CATALOG,
    DEFINITIONS,
    LIFT_PELVIS,
    OBLIQUE_SIT,
    OVERHEAD,
    PRINCIPLES,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.codec import KINDS, digest, dumps, loads
from backex.training import Coordination

GOLDEN = Path(__file__).parent / "golden"

BOOK = (Source(id=SourceId("book"), title="A book", kind=SourceKind.LITERATURE),)
APP = (
    Source(
        id=SourceId("clinic"),
        title="Klinik für Rücken · 背中",
        kind=SourceKind.APP,
        locator="sheet 2",
        author="T. Therapist",
        note="chosen at the first visit\nand kept since",
    ),
)
LEAN_BACK = Motion(
    id=MotionId("lean-back"),
    movement=Movement.EXTENSION,
    region=Region.THORACIC_SPINE,
    limb=Limb.BOTH_ARMS,
    degree=Degree.SLIGHT,
    direction=Direction.BACKWARD,
    toward=Region.HIP,
    sources=BOOK,
)
CHIN_IN = Cue(
    id=CueId("chin-in"),
    text="Keep the chin in.",
    polarity=Polarity.AVOID,
    movement=Movement.PROTRACTION,
    region=Region.CERVICAL_SPINE,
    degree=Degree.MODERATE,
    view=View.LATERAL,
    timing=Timing.THROUGHOUT,
    reason="It strains the neck.",
    sources=BOOK,
)
WEIGHT_ON_HANDS = Effect(
    id=EffectId("weight-on-hands"),
    text="Weight shifts into the hands.",
    movement=Movement.WEIGHT_SHIFT,
    region=Region.HAND,
    degree=Degree.MARKED,
    load_from=Contact(Region.FOOT, Limb.BOTH_LEGS),
    load_to=Contact(Region.HAND),
    sources=BOOK,
)
LEAN = Target(
    id=TargetId("lean"),
    movement=Movement.EXTENSION,
    region=Region.THORACIC_SPINE,
    limb=Limb.BOTH_ARMS,
    span=Span(10, None),
    unit=Unit.DEGREE,
    approximate=True,
    sources=BOOK,
)
FEET = Support(
    id=SupportId("feet"),
    contact=Contact(Region.FOOT, Limb.BOTH_LEGS),
    polarity=Polarity.AVOID,
    phases=frozenset({Phase.MOVE, Phase.HOLD}),
    sources=BOOK,
)
#: Every field of an exercise and of its parts is stated.
WALL_LEAN = Exercise(
    id=ExerciseId("wall-lean"),
    name="Wall lean “Überkopf”",
    position=Position.STANDING,
    laterality=Laterality.UNILATERAL,
    both_sides_required=False,
    steps=(
        Step(id=StepId("stand"), phase=Phase.SETUP, text="Stand\n\tat a wall."),
        Step(
            id=StepId("lean"),
            phase=Phase.MOVE,
            text="Lean back.",
            motions=(LEAN_BACK,),
            cues=(CHIN_IN,),
            guideline_cues=(
                GuidelineReference(
                    guideline=GuidelineId("tall"), cue=CueId("grow-tall"), sources=BOOK
                ),
            ),
            effects=(WEIGHT_ON_HANDS,),
            targets=(LEAN,),
            during=StepId("stand"),
            sources=BOOK,
        ),
    ),
    contacts=(FEET,),
    guidelines=(
        PostureGuideline(
            id=GuidelineId("tall"),
            title="Tall",
            regions=frozenset({Region.SPINE, Region.HEAD}),
            cues=(
                Cue(
                    id=CueId("grow-tall"),
                    text="Grow tall.",
                    polarity=Polarity.DO,
                    movement=Movement.AXIAL_ELONGATION,
                    region=Region.SPINE,
                ),
            ),
            effort=EffortLevel.LOW,
            stated_by={"effort": BOOK, "regions": APP},
        ),
    ),
    purposes=(
        Purpose(
            id=PurposeId("upright"),
            text="Staying upright.",
            trains=frozenset({TrainingQuality.CONTROL, TrainingQuality.ENDURANCE}),
            region=Region.UPPER_BACK,
            limb=Limb.BOTH_ARMS,
            together_with=frozenset({PurposeId("breath")}),
            sources=BOOK,
        ),
    ),
    qualities=frozenset({TrainingQuality.MOBILITY, TrainingQuality.CONTROL}),
    focus=frozenset({Region.UPPER_BACK}),
    coordination=Coordination.COORDINATED,
    supported_limb=True,
    effort=EffortLevel.MODERATE,
    foundation_for=frozenset({Region.UPPER_QUARTER}),
    axes=(
        LevelAxis(
            id=AxisId("distance"),
            name="Distance",
            levels=(
                Level(id=LevelId("near"), name="Near"),
                Level(
                    id=LevelId("far"),
                    name="Far",
                    edits=(
                        SetText(step=StepId("lean"), text="Lean far back.", sources=APP),
                        Put(part=LEAN_BACK, step=StepId("lean")),
                        Put(part=FEET),
                        Remove(kind=PartKind.CUE, id="chin-in", step=StepId("lean")),
                        Remove(kind=PartKind.SUPPORT, id="feet"),
                    ),
                    exceeds=frozenset({LevelId("near")}),
                    sources=APP,
                    order_sources=APP,
                ),
            ),
            sources=APP,
        ),
        LoadAxis(
            id=AxisId("vest"),
            name="Vest",
            limb=Limb.BOTH_ARMS,
            increment_grams=500,
            maximum_grams=5000,
            edits=(SetText(step=StepId("stand"), text="Put on {mass}."),),
            sources=APP,
        ),
    ),
    equipment=frozenset({Equipment("wall"), MAT}),
    optional_equipment=frozenset({Equipment("vest")}),
    stated_by={"position": BOOK, "name": APP},
)
#: Every kind of condition, every field of a rule and of a policy.
THOROUGH_POLICY = StoppingPolicy(
    id=PolicyId("thorough"),
    rules=(
        StoppingRule(
            id=RuleId("any"),
            when=AnyOf(
                conditions=(
                    AtLeast(
                        channel=PAIN,
                        severity=7,
                        moments=frozenset({Moment.DURING, Moment.AFTER}),
                        sources=BOOK,
                    ),
                    Worsened(by=2, channel=SPREAD, moments=frozenset({Moment.AFTER}), sources=BOOK),
                )
            ),
            then=Action.COMFORT,
            until=Calmed(checkins=2, sources=BOOK),
            advice="Rest, with ice or heat.",
            measures=frozenset({ComfortMeasure.ICE, ComfortMeasure.HEAT}),
            concerns=frozenset({Concern.SUITABILITY}),
            sources=BOOK,
        ),
        StoppingRule(
            id=RuleId("flag"),
            when=RedFlagPresent(flags=frozenset({NUMBNESS, CHEST_PAIN}), sources=BOOK),
            then=Action.REFER_URGENTLY,
            until=Cleared(sources=BOOK),
        ),
        StoppingRule(
            id=RuleId("lasting"),
            when=Persists(
                condition=AllOf(conditions=(Worsened(by=1), EvaluationWanted(sources=BOOK))),
                checkins=3,
                sources=BOOK,
            ),
            then=Action.REFER,
            until=Cleared(),
        ),
    ),
    asks=frozenset({STIFFNESS, PAIN}),
    asks_at=frozenset({Moment.AFTER}),
    asks_red_flags=True,
    tolerance=Tolerance(severity_at_most={PAIN: 2}, rise_at_most={STIFFNESS: 1, PAIN: 0}),
    answer=Action.EASE,
    sources=BOOK,
)
MOVED = vary(
    OBLIQUE_SIT,
    AddResistance(kg("1.5")),
    ExtendArm(),
    ChangeReach(OVERHEAD),
    AddLowerQuarter(LIFT_PELVIS),
    CustomProgression(AxisId("tempo"), LevelId("slow")),
    CustomProgression(AxisId("vest"), Mass(500)),
)
FULL_ROUTINE = Routine(
    id=RoutineId("full"),
    title="Full",
    items=(
        attrs.evolve(
            prescribe(
                MOVED,
                Dose(
                    sets=2,
                    reps=Span(8, 10),
                    hold_seconds=Span(5, None),
                    rest_seconds=Span(None, 60),
                    sources=APP,
                ),
                id="reach",
                suppress={"BX503": "one arm is in a sling"},
            ),
            sources=APP,
        ),
        prescribe(WALL_LEAN),
    ),
    guideline=UPPER_QUARTER_POSTURE,
    stopping=THOROUGH_POLICY,
    schedule=Schedule(sessions_per_day=1, days_per_week=Span(3, 5), sources=APP),
    time_budget_seconds=900,
    equipment=frozenset(),
    metadata={"Notiz": "früh", "ﬁ": "last in UTF-16", "🦴": "last in code points"},
    sources=APP,
)
FULL_REPORT = report(
    2,
    pain=8,
    severities={Channel("mood"): 0},
    seq=4,
    moment=Moment.DURING,
    trend=Trend.WORSE,
    red_flags=frozenset({NUMBNESS}),
    evaluation_wanted=True,
    item="reach",
    at=datetime(2026, 1, 31, 8, 0, 0, 250_000, tzinfo=UTC),
)
CLEARANCE = Clearance(
    checkin=2,
    seq=5,
    rules=frozenset({RuleId("flag")}),
    by="Dr. Who",
    new_baseline=report(2, pain=1, stiffness=1),
)
MONITOR = (
    THOROUGH_POLICY.start(report(0, pain=1, stiffness=2))
    .observe(report(1, pain=9, stiffness=3, red_flags=frozenset()))
    .observe(FULL_REPORT)
    .observe(CLEARANCE)
    .observe(report(2, pain=8, seq=6))
)
NOTED = Diagnostic(
    code="BX901",
    severity=Severity.INFO,
    path="$.items[0]",
    message="m",
    hint="h",
    meta={"number": -3, "flag": True, "none": None, "texts": ("a", ("b",))},
)
UNDER_WAY = Playback(
    timeline(
        Routine(
            id=RoutineId("short"),
            title="Short",
            items=(prescribe(OBLIQUE_SIT, Dose(sets=2, reps=Span(4, 6), hold_seconds=10)),),
        ),
        pacing=attrs.evolve(
            CALM, range_end=RangeEnd.MOST, side_order=SideOrder.EACH_SET, sources=APP
        ),
    ),
    second=70,
    paused=True,
    stopped=True,
)
#: With all that an event can say, though no event of a timeline says both.
HOLD = attrs.evolve(
    next(event for event in UNDER_WAY.timeline.events if event.prompts),
    moment=Moment.AFTER,
    assumed=frozenset({Amount.HOLD_SECONDS}),
)
STORED: dict[str, object] = {
    "catalog": CATALOG,
    "routine": ROUTINE,
    "routine with every field": FULL_ROUTINE,
    "guideline": UPPER_QUARTER_POSTURE,
    "policy": STOPPING_POLICY,
    "policy with every condition": THOROUGH_POLICY,
    "head raise": PRONE_HEAD_RAISE,
    "oblique sit": OBLIQUE_SIT,
    "rotation": ALL_FOURS_ROTATION,
    "exercise with every field": WALL_LEAN,
    "variant": MOVED,
    "principle": PRINCIPLES[0],
    "definition": DEFINITIONS[0],
    "report": FULL_REPORT,
    "clearance": CLEARANCE,
    "monitor": MONITOR,
    "decision": MONITOR.decision,
    "findings": validate(attrs.evolve(ROUTINE, stopping=None)),
    "diagnostic": NOTED,
    "pacing": BRISK,
    "timeline": timeline(ROUTINE),
    "event": HOLD,
    "playback": UNDER_WAY,
}
stored = pytest.mark.parametrize("value", STORED.values(), ids=STORED.keys())


def _parts(value: object) -> Iterator[object]:
    """Yield every attrs value in and below `value`."""
    if isinstance(value, tuple | frozenset):
        for member in value:
            yield from _parts(member)
    elif attrs.has(cls := type(value)):
        yield value
        for each in attrs.fields(cls):
            yield from _parts(getattr(value, each.name))


def _canonical(text: str) -> str:
    return rfc8785.dumps(json.loads(text)).decode()


@stored
@pytest.mark.parametrize("catalog", [CATALOG, None], ids=["referring", "written out"])
def test_a_document_loads_back_the_same_and_is_written_the_same_again(
    value: object, catalog: Catalog | None
) -> None:
    text = dumps(value, catalog=catalog)
    again = loads(text, type(value), catalog=catalog)
    assert again == value
    assert hash(again) == hash(value)
    assert dumps(again, catalog=catalog) == text


@stored
def test_a_document_is_canonical_json(value: object) -> None:
    for catalog in (CATALOG, None):
        text = dumps(value, catalog=catalog)
        assert text == _canonical(text)


def test_every_part_of_every_catalog_exercise_is_a_document_of_its_own() -> None:
    parts = [part for part in _parts(CATALOG) if type(part) is not Catalog]
    assert {type(part) for part in parts} >= {Cue, Effect, LevelAxis, LoadAxis, Put, Source, Target}
    for part in parts:
        assert loads(dumps(part), type(part)) == part


def test_only_what_is_stated_is_written() -> None:
    assert dumps(Span(None, 3)) == '{"@format":1,"@kind":"span","high":3,"low":null}'
    assert dumps(Dose()) == '{"@format":1,"@kind":"dose"}'
    assert dumps(report(7)) == (
        '{"@format":1,"@kind":"symptom-report","checkin":7,"evaluation_wanted":false,'
        '"moment":"after","seq":0}'
    )


def test_an_empty_answer_is_told_from_none() -> None:
    nothing = report(7, red_flags=frozenset())
    assert json.loads(dumps(nothing))["red_flags"] == []
    assert loads(dumps(nothing), SymptomReport) != loads(dumps(report(7)), SymptomReport)


@stored
def test_an_indented_document_is_easier_to_read_and_loads_back(value: object) -> None:
    text = dumps(value, indent=2)
    assert text.splitlines()[1] == '  "@format": 1,'
    assert json.loads(text) == json.loads(dumps(value))
    assert loads(text, type(value)) == value


@stored
def test_text_and_its_bytes_load_the_same(value: object) -> None:
    text = dumps(value)
    assert loads(text.encode(), type(value)) == loads(text, type(value))


def test_neither_the_order_of_keys_nor_white_space_nor_escapes_matter() -> None:
    document = json.loads(dumps(FULL_ROUTINE))
    shuffled = dict(sorted(document.items(), reverse=True))
    shuffled["equipment"] = list(reversed(document["equipment"]))
    assert loads(json.dumps(shuffled, indent="\t"), Routine) == FULL_ROUTINE


@pytest.mark.parametrize("text", ["Ärger", "日本語", "עברית", "👩‍🦽 a\tb\nc", '"\\/', "\u00a0x"])
def test_text_in_every_script_survives(text: str) -> None:
    value = attrs.evolve(CHIN_IN, text=text)
    assert loads(dumps(value), Cue).text == text


def test_equal_values_have_one_text_however_their_mappings_and_sets_were_filled() -> None:
    one = report(1, severities={PAIN: 1, STIFFNESS: 2}, red_flags=frozenset([NUMBNESS, CHEST_PAIN]))
    other = report(
        1, severities={STIFFNESS: 2, PAIN: 1}, red_flags=frozenset([CHEST_PAIN, NUMBNESS])
    )
    assert dumps(one) == dumps(other)


@pytest.mark.parametrize(
    ("written", "instant"),
    [
        ("2026-01-31T08:00:00Z", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("2026-01-31T08:00:00+00:00", datetime(2026, 1, 31, 8, tzinfo=UTC)),
        ("2026-01-31T01:30:00+05:30", datetime(2026, 1, 30, 20, tzinfo=UTC)),
        ("2026-12-31T23:00:00-23:59", datetime(2027, 1, 1, 22, 59, tzinfo=UTC)),
        ("2026-01-31T08:00:00.5Z", datetime(2026, 1, 31, 8, 0, 0, 500_000, tzinfo=UTC)),
        ("2024-02-29T08:00:00.000001Z", datetime(2024, 2, 29, 8, 0, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_time_becomes_utc(written: str, instant: datetime) -> None:
    document = json.loads(dumps(report(1))) | {"at": written}
    at = loads(json.dumps(document), SymptomReport).at
    assert (at, at and at.tzinfo) == (instant, UTC)


def test_one_instant_has_one_text_in_every_zone() -> None:
    zones = (UTC, timezone(timedelta(hours=5, minutes=30)), timezone(timedelta(hours=-11)))
    instant = datetime(2026, 1, 31, 8, 0, 0, 1, tzinfo=UTC)
    documents = {dumps(report(1, at=instant.astimezone(zone))) for zone in zones}
    assert [json.loads(text)["at"] for text in documents] == ["2026-01-31T08:00:00.000001+00:00"]


def test_an_exercise_equal_to_the_catalogs_is_stored_as_a_reference() -> None:
    equal = loads(dumps(OBLIQUE_SIT, catalog=None), Exercise, catalog=None)
    assert equal is not OBLIQUE_SIT
    assert json.loads(dumps(equal)) == {
        "@format": 1,
        "@kind": "exercise",
        "@catalog": "upper-back",
        "@digest": digest(OBLIQUE_SIT),
        "id": "oblique-sit",
    }


@pytest.mark.parametrize(
    "other",
    [
        WALL_LEAN,
        attrs.evolve(OBLIQUE_SIT, name="Oblique Sit, my way"),
        attrs.evolve(OBLIQUE_SIT, id=ExerciseId("my-oblique-sit")),
        attrs.evolve(OBLIQUE_SIT, id=PRONE_HEAD_RAISE.id),
    ],
    ids=["new", "changed", "renamed", "under another's id"],
)
def test_every_other_exercise_is_written_out(other: Exercise) -> None:
    document = json.loads(dumps(other))
    assert "@catalog" not in document
    assert dumps(other) == dumps(other, catalog=None)
    assert document["name"] == other.name


def test_exercises_are_referred_to_wherever_they_stand() -> None:
    routine = attrs.evolve(ROUTINE, items=(*ROUTINE.items, prescribe(WALL_LEAN)))
    written = [item["variant"]["exercise"] for item in json.loads(dumps(routine))["items"]]
    assert [each["id"] for each in written if "@catalog" in each] == [
        "prone-head-raise",
        "oblique-sit",
        "all-fours-rotation",
    ]
    assert written[3]["name"] == WALL_LEAN.name


def test_an_app_can_refer_to_a_catalog_of_its_own() -> None:
    mine = Catalog(id=CatalogId("mine"), title="Mine", exercises=(WALL_LEAN,))
    routine = attrs.evolve(ROUTINE, items=(prescribe(WALL_LEAN), prescribe(OBLIQUE_SIT)))
    text = dumps(routine, catalog=mine)
    own, article = (item["variant"]["exercise"] for item in json.loads(text)["items"])
    assert own == {"@catalog": "mine", "@digest": digest(WALL_LEAN), "id": "wall-lean"}
    assert article["name"] == OBLIQUE_SIT.name
    assert loads(text, Routine, catalog=mine) == routine


@stored
def test_a_digest_is_sha256_over_the_canonical_document_with_all_written_out(value: object) -> None:
    expanded = _canonical(dumps(value, catalog=None))
    assert digest(value) == "sha256:" + hashlib.sha256(expanded.encode()).hexdigest()


def test_a_digest_changes_with_anything_that_a_value_means() -> None:
    steps = (*OBLIQUE_SIT.steps[:-1], attrs.evolve(OBLIQUE_SIT.steps[-1], text="Rest."))
    changed = attrs.evolve(OBLIQUE_SIT, steps=steps)
    routines = [
        attrs.evolve(ROUTINE, items=(prescribe(exercise),)) for exercise in (OBLIQUE_SIT, changed)
    ]
    assert len({digest(each) for each in (OBLIQUE_SIT, changed, *routines)}) == 4


def test_a_digest_names_the_kind_of_value() -> None:
    assert digest(EvaluationWanted()) != digest(Cleared())


@pytest.mark.parametrize("function", [dumps, digest])
@pytest.mark.parametrize("value", [None, 3, "x", [1], {"a": 1}, Trend.WORSE, Routine, (FEET,)])
def test_what_has_no_kind_is_not_written(function: Callable[[object], str], value: object) -> None:
    with pytest.raises(InvalidValue) as caught:
        function(value)
    allowed = "a value of one of the classes in KINDS"
    assert caught.value == InvalidValue(function.__name__, "value", value, allowed)


@pytest.mark.parametrize("cls", [int, dict, Trend, object, type(None), list[int]])
def test_what_has_no_kind_is_not_read(cls: type) -> None:
    with pytest.raises(InvalidValue) as caught:
        loads("{}", cls)
    assert caught.value == InvalidValue("loads", "type", cls, "one of the classes in KINDS")


def test_every_kind_is_named_after_its_class() -> None:
    assert {kind.replace("-", "") for kind in KINDS} == {
        cls.__name__.lower() for cls in KINDS.values()
    }
    assert KINDS["red-flag-present"] is RedFlagPresent


def test_the_document_holds_at_most_what_the_limits_allow() -> None:
    text = dumps(Dose())
    padded = text + " " * (256 * 1024 - len(text))
    assert loads(padded, Dose) == Dose()
    note = attrs.evolve(APP[0], note="é" * 2000)
    assert loads(dumps(note), Source) == note
    lists: object = "deep"
    for _ in range(30):
        lists = (lists,)
    deep = Diagnostic(code="X", severity=Severity.INFO, path="$", message="m", meta={"at": lists})
    assert loads(dumps(deep), Diagnostic) == deep
    # The object, the values of its seven keys and the list are nine of the 20,000 values.
    many = attrs.evolve(deep, meta={"at": (0,) * (20_000 - 9)})
    assert loads(dumps(many), Diagnostic) == many


def test_a_diagnostic_as_long_as_one_can_be_survives() -> None:
    long = Diagnostic(code="BX901", severity=Severity.INFO, path="$", message="m" * 2000)
    assert loads(dumps(long), Diagnostic) == long


@pytest.mark.parametrize("value", [1.5, math.nan, 2**60, b"x", {1}, Severity.INFO, {1: "x"}])
def test_particulars_that_no_document_can_hold_are_not_written(value: object) -> None:
    with pytest.raises(BackexError):
        dumps(attrs.evolve(NOTED, meta={"particular": value}))


def test_the_largest_numbers_that_every_json_parser_keeps_are_kept() -> None:
    document = json.loads(dumps(STORED["diagnostic"]))
    for number in (2**53 - 1, -(2**53 - 1)):
        text = json.dumps(document | {"meta": {"n": number}})
        assert loads(text, Diagnostic).meta == {"n": number}


def test_minus_zero_is_zero() -> None:
    text = '{"@format":1,"@kind":"span","high":3,"low":-0}'
    assert dumps(loads(text, Span)) == text.replace("-0", "0")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("routine", ROUTINE),
        ("exercise", WALL_LEAN),
        ("policy", THOROUGH_POLICY),
        ("event", HOLD),
        ("playback", UNDER_WAY),
    ],
)
def test_a_document_of_format_1_loads_and_is_still_written_so(name: str, value: object) -> None:
    text = (GOLDEN / f"format-1-{name}.json").read_text(encoding="utf-8")
    assert loads(text, type(value)) == value
    assert dumps(value, indent=2) + "\n" == text


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (Mass(1500), "2c56f251e4cc73f962526c7f14ffa7eed1341af9feba60fdc85cfea705d90900"),
        (WALL_LEAN, "bb846a5e9b175d5ef31bed0d86f36d240b32d74377d5a79c11069817e1fdf59b"),
        (THOROUGH_POLICY, "db82bff82389998e2412196598aee0558ea580a7678d401686cc18c596950296"),
    ],
    ids=["mass", "exercise", "policy"],
)
def test_a_digest_of_format_1_never_changes(value: object, expected: str) -> None:
    assert digest(value) == "sha256:" + expected


_FIRST_USE = """
import json, sys, threading
from pathlib import Path
from backex import DecodeError
from backex.codec import KINDS, digest, dumps, loads

names = ("exercise", "policy", "routine")
golden = [Path(sys.argv[1], f"format-1-{name}.json").read_bytes() for name in names]
misspelled = [text.replace(b'"sources"', b'"sourcess"') for text in golden]
together, seen = threading.Barrier(8), [None] * 8

def outcome(text):
    try:
        value = loads(text, KINDS[json.loads(text)["@kind"]])
    except DecodeError as error:
        return str(error)
    return [dumps(value), digest(value)]

def use(index):
    together.wait()
    seen[index] = [outcome(text) for text in golden + misspelled]

threads = [threading.Thread(target=use, args=(index,)) for index in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
if any(each != seen[0] for each in seen):
    sys.exit("the threads see different things")
print(json.dumps(seen[0]))
"""


def _outcomes(seed: str, *flags: str) -> object:
    """Return what eight threads of a new process, using the codec for the first time, all see."""
    ran = subprocess.run(
        [sys.executable, "-W", "error", *flags, "-c", _FIRST_USE, str(GOLDEN)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert (ran.returncode, ran.stderr) == (0, "")
    return json.loads(ran.stdout)


def test_every_process_and_thread_sees_the_same_whatever_its_flags_and_hash_seed() -> None:
    one = _outcomes("1")
    assert _outcomes("2", "-OO") == one
    assert _outcomes("3", "-X", "dev", "-bb") == one
    assert isinstance(one, list)
    assert one[1] == [dumps(THOROUGH_POLICY), digest(THOROUGH_POLICY)]


def test_a_refused_document_leaves_nothing_behind() -> None:
    good = dumps(FULL_ROUTINE)
    before = (loads(good, Routine), digest(FULL_ROUTINE))
    mine = Catalog(id=CatalogId("mine"), title="Mine", exercises=(WALL_LEAN,))
    for bad in (
        "[",
        good.replace('"full"', '"Full"'),
        good.replace("standing", "standin"),
        good[:-1],
    ):
        for catalog in (mine, None, CATALOG):
            with pytest.raises(ValueError, match="BX"):
                loads(bad, Routine, catalog=catalog)
            assert (loads(good, Routine), digest(FULL_ROUTINE)) == before
            assert dumps(FULL_ROUTINE) == good
            assert json.loads(dumps(OBLIQUE_SIT))["@catalog"] == "upper-back"


def test_values_among_the_particulars_of_a_diagnostic_are_kept_as_values() -> None:
    noted = attrs.evolve(NOTED, meta={"seen": (Mass(1500), "x", None, True)})
    assert loads(dumps(noted), Diagnostic) == noted


def test_nothing_is_written_that_is_too_large_to_be_read() -> None:
    own = attrs.evolve(OBLIQUE_SIT, id=ExerciseId("own"))
    items = tuple(prescribe(own, id=f"item-{number}") for number in range(20))
    long = Routine(id=RoutineId("long"), title="Long", items=items)
    with pytest.raises(InvalidValue, match="at most 262144 bytes"):
        dumps(long)
    ours = Catalog(id=CatalogId("ours"), title="Ours", exercises=(own,))
    assert loads(dumps(long, catalog=ours), Routine, catalog=ours) == long


def test_nothing_is_written_that_is_nested_without_bounds() -> None:
    nested: object = "inside"
    for _ in range(5_000):
        nested = (nested,)
    deep = attrs.evolve(NOTED, meta={"deep": nested})
    with pytest.raises(InvalidValue, match="nested at most 32 deep"):
        dumps(deep)


def test_texts_are_remembered_of_no_end_of_values() -> None:
    """What was written of a value is let go in the end, and the value with it."""
    first = _source(0)
    gone, text = weakref.ref(first), dumps(first)
    del first
    for number in range(1, 2000):
        assert f'"id":"app-{number}"' in dumps(_source(number))
    gc.collect()
    assert gone() is None
    assert dumps(_source(0)) == text


def _source(number: int) -> Source:
    return Source(id=SourceId(f"app-{number}"), title="App", kind=SourceKind.APP)
