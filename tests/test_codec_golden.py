"""Documents of every version of the format: they load to the values that they were made of.

A golden file is never changed. A new version of the format gets files of its own beside those of
the older ones, and every file goes on loading to the value below.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path

import attrs
import pytest

from backex import (
    MAT,
    NUMBNESS,
    PAIN,
    STIFFNESS,
    Action,
    AddLowerQuarter,
    AddResistance,
    Audit,
    AxisId,
    Calmed,
    CatalogId,
    Change,
    ChangeKind,
    ChangeReach,
    Clearance,
    ComfortMeasure,
    Completed,
    Completion,
    Concern,
    CustomProgression,
    Decision,
    Diagnostic,
    Difference,
    Dose,
    EffortAtMost,
    Equipment,
    EvaluationWanted,
    Exercise,
    ExerciseId,
    ExtendArm,
    Finding,
    Freedom,
    InARow,
    JointAngle,
    Ladder,
    Laterality,
    LevelId,
    Limb,
    Mass,
    Moment,
    Next,
    Persists,
    Phase,
    Plan,
    PolicyId,
    Position,
    Prescription,
    PrescriptionId,
    Principle,
    PrincipleId,
    Quality,
    QualityAtLeast,
    QualityDefinition,
    Region,
    Report,
    Routine,
    RoutineId,
    RuleId,
    Rung,
    Schedule,
    SessionRecord,
    Severity,
    Sides,
    Source,
    SourceId,
    SourceKind,
    Span,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    SymptomAtMost,
    Tolerance,
    TrainingQuality,
    Trend,
    Verdict,
    Worsened,
    prescribe,
    report,
    vary,
)
from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG, LIFT_PELVIS, OVERHEAD, UPPER_QUARTER_POSTURE
from backex.codec import FORMAT, KINDS, digest, dumps, loads
from backex.conditions import Occasion
from backex.criteria import AllCriteria, AnyCriterion
from backex.latches import Latch, RuleState, Track
from backex.stopping import Monitor
from backex.training import Coordination

GOLDEN = Path(__file__).parent / "golden"
FILES = sorted(GOLDEN.glob(f"format-{FORMAT}-*.json"))

SAID = (Source(id=SourceId("clinic"), title="Clinic", kind=SourceKind.APP),)
REACH, TEMPO, WORSE = PrescriptionId("reach"), AxisId("tempo"), RuleId("worse")
LEAN = Exercise(
    id=ExerciseId("lean"),
    name="Lean",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    stated_by={"position": SAID},
)
SLOWLY = vary(LEAN, CustomProgression(TEMPO, LevelId("slow")))
TWICE = Dose(sets=2)
DONE = Completion(performed=SLOWLY, dose=TWICE, done=True, quality=Quality.FAIR, effort=4)
FELT = report(1, pain=3, moment=Moment.DURING, trend=Trend.WORSE, red_flags=frozenset({NUMBNESS}))
USUAL = report(0, pain=1)
SHORT = Routine(id=RoutineId("short"), title="Short", items=(prescribe(LEAN, TWICE, id="reach"),))
POLICY = StoppingPolicy(
    id=PolicyId("short"),
    rules=(
        StoppingRule(
            id=WORSE,
            when=Persists(condition=Worsened(by=1), checkins=3),
            then=Action.REST,
            until=Calmed(checkins=2),
        ),
    ),
    asks=frozenset({PAIN}),
    asks_at=frozenset({Moment.AFTER}),
    asks_red_flags=False,
    tolerance=Tolerance(severity_at_most={PAIN: 5}),
    answer=Action.REST,
)
CLEARANCE = Clearance(
    checkin=1,
    seq=1,
    rules=frozenset({WORSE}),
    by="A professional",
    new_baseline=USUAL,
)
OCCASION = Occasion(
    reports=(FELT,), answered=True, left_out=frozenset({STIFFNESS}), flags_left_out=True
)
TRACK = Track(
    before=(RuleState(latch=Latch(reports=(FELT,), baseline={PAIN: 1}), counts=(2,), calm=1),),
    occasion=OCCASION,
    since_clearance={WORSE: OCCASION},
)
DECISION = Decision(
    action=Action.REST,
    policy=PolicyId("short"),
    findings=(
        Finding(
            rule=WORSE,
            action=Action.REST,
            condition=EvaluationWanted(sources=SAID),
            reports=(FELT,),
            baseline={PAIN: 1},
            item=REACH,
            advice="Rest.",
            measures=frozenset({ComfortMeasure.ICE}),
            concerns=frozenset({Concern.SUITABILITY}),
            sources=SAID,
        ),
    ),
    unknown=(WORSE,),
    unanswered=("stiffness",),
    items={REACH: Action.EASE},
    items_unanswered={REACH: ("pain",)},
    measures=frozenset({ComfortMeasure.ICE}),
    concerns=frozenset({Concern.SUITABILITY}),
)
NOTED = Diagnostic(
    code="BX901",
    severity=Severity.INFO,
    path="$.items[0]",
    message="message",
    hint="hint",
    meta={"anything": (1, "a", None, True, {"b": ()}), "values": (Mass(500),)},
)
ADVANCE = InARow(
    criterion=AllCriteria(
        criteria=(
            Completed(sources=SAID),
            AnyCriterion(
                criteria=(
                    QualityAtLeast(quality=Quality.GOOD, sources=SAID),
                    EffortAtMost(effort=4, sources=SAID),
                )
            ),
            SymptomAtMost(channel=PAIN, severity=2, sources=SAID),
        )
    ),
    sessions=3,
    sources=SAID,
)
VALUES: Mapping[str, object] = {
    "audit": Audit(
        decision=DECISION,
        decision_digest=f"sha256:{0:064}",
        policy_digest=f"sha256:{1:064}",
        baseline_digest=f"sha256:{2:064}",
        entries_digest=f"sha256:{3:064}",
        entry_count=3,
        backex_version="0.1.0",
        format_version=1,
        at=datetime(2026, 1, 31, 8, 0, 0, 250_000, tzinfo=UTC),
    ),
    "catalog": Catalog(
        id=CatalogId("mine"),
        title="Mine",
        exercises=(LEAN,),
        principles=(
            Principle(
                id=PrincipleId("whole"),
                text="Train the whole.",
                region=Region.SPINE,
                advises=frozenset({TrainingQuality.CONTROL}),
                serves=frozenset({TrainingQuality.MOBILITY}),
                coordination=Coordination.COORDINATED,
                supported_limb=True,
                sources=SAID,
            ),
        ),
        definitions=(
            QualityDefinition(
                quality=TrainingQuality.CONTROL,
                region=Region.SPINE,
                text="Control.",
                sources=SAID,
            ),
        ),
    ),
    "difference": Difference(axis=TEMPO, name="tempo", before="free", after="slow"),
    "monitor": Monitor(
        policy=POLICY,
        baseline={PAIN: 1},
        baseline_next={PAIN: 2, STIFFNESS: 0},
        session=TRACK,
        items={REACH: TRACK},
        checkin=1,
        seq=2,
        clearance=CLEARANCE,
    ),
    "next": Next(
        routine=SHORT,
        decision=DECISION,
        changes=(
            Change(
                item=REACH,
                kind=ChangeKind.PROGRESSED,
                before=0,
                after=1,
                differences=("tempo: free → slow",),
                reasons=("met its criterion",),
            ),
        ),
        reasons=("reach: met its criterion",),
        rungs={REACH: 1, PrescriptionId("sit"): None},
    ),
    "plan": Plan(
        routine=SHORT,
        ladders={
            REACH: Ladder(
                (Rung(variant=vary(LEAN), dose=TWICE, advance=ADVANCE), Rung(variant=SLOWLY))
            )
        },
        baseline=USUAL,
    ),
    "report": Report(diagnostics=(NOTED,), suppressed=(NOTED,)),
    "routine-in-full": Routine(
        id=RoutineId("full"),
        title="Full",
        items=(
            Prescription(
                id=REACH,
                variant=vary(
                    LEAN,
                    AddResistance(Mass(1500)),
                    ExtendArm(),
                    ChangeReach(OVERHEAD),
                    AddLowerQuarter(LIFT_PELVIS),
                    CustomProgression(TEMPO, LevelId("slow")),
                    CustomProgression(AxisId("vest"), Mass(500)),
                ),
                dose=Dose(
                    sets=2,
                    reps=Span(8, 10),
                    hold_seconds=Span(5, None),
                    rest_seconds=Span(None, 60),
                    sources=SAID,
                ),
                sides=Sides.LEFT,
                suppress={"BX503": "one arm is in a sling"},
                sources=SAID,
            ),
        ),
        guideline=UPPER_QUARTER_POSTURE,
        stopping=POLICY,
        schedule=Schedule(
            sessions_per_day=1, days_per_week=Span(3, 5), rest_hours=Span(20, 24), sources=SAID
        ),
        time_budget_seconds=900,
        equipment=frozenset({MAT, Equipment("wall")}),
        metadata={"Notiz": "früh"},
        sources=SAID,
    ),
    "session-record": SessionRecord(
        checkin=1,
        completed={REACH: DONE},
        entries=(FELT, CLEARANCE, attrs.evolve(FELT, item=REACH)),
    ),
    "step": Step(
        id=StepId("kneel"),
        phase=Phase.SETUP,
        text="Kneel down.",
        pose=(
            JointAngle(
                joint=Region.KNEE,
                freedom=Freedom.FLEXION,
                degrees=90,
                limb=Limb.BOTH_LEGS,
                sources=SAID,
            ),
            JointAngle(joint=Region.LUMBAR_SPINE, freedom=Freedom.LATERAL_FLEXION, degrees=-5),
        ),
    ),
    "symptom-report": report(
        2,
        pain=8,
        seq=4,
        evaluation_wanted=True,
        item="reach",
        at=datetime(2026, 1, 31, 8, tzinfo=UTC),
    ),
    "verdict": Verdict(
        proved=False,
        faults=(NOTED,),
        states=4,
        transitions=28,
        tolerance=Tolerance(severity_at_most={PAIN: 5}, rise_at_most={STIFFNESS: 0}),
    ),
}


def _kinds_in(value: object) -> Iterator[str]:
    """Yield the kind of every value in and below one, with each field that is stated."""
    if isinstance(value, tuple | frozenset):
        for member in value:
            yield from _kinds_in(member)
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from _kinds_in(member)
    elif attrs.has(cls := type(value)):
        for each in attrs.fields(cls):
            member = getattr(value, each.name)
            if member != each.default:
                yield f"{cls.__name__}.{each.name}"
            yield from _kinds_in(member)


def _loaded(file: Path) -> object:
    text = file.read_text(encoding="utf-8")
    value: object = loads(text, KINDS[json.loads(text)["@kind"]])
    return value


@pytest.mark.parametrize("name", VALUES)
def test_a_document_of_format_1_loads_and_is_still_written_so(name: str) -> None:
    file = GOLDEN / f"format-1-{name}.json"
    assert _loaded(file) == VALUES[name]
    assert dumps(VALUES[name], indent=2) + "\n" == file.read_text(encoding="utf-8")


def test_every_field_of_every_kind_stands_in_a_document_of_the_current_format() -> None:
    stated = {field for file in FILES for field in _kinds_in(_loaded(file))}
    known = {f"{cls.__name__}.{each.name}" for cls in KINDS.values() for each in attrs.fields(cls)}
    assert known - stated == set()


#: A stored reference names one of these: an exercise that changes is refused there (BX019).
DIGESTS = {
    "prone-head-raise": "sha256:9d81e878f402a7fc3fdb65888f120a91bcb67d67f86ea1e09562820fc2d45323",
    "oblique-sit": "sha256:df5065738e10046c5e8f43c57b3805cb6f6cbd0cbe3101aff43cdf33b5ff02a6",
    "all-fours-rotation": "sha256:26e619ec0ce6b4948c5a835c0c6cce7f48f33303f42b8daf3de79a0e5e968854",
}
_PRINTS_DIGESTS = """
from backex.catalog.upper_back import CATALOG
from backex.codec import digest

for exercise in CATALOG.exercises:
    print(exercise.id, digest(exercise))
"""


def test_the_digests_of_the_catalogs_exercises_are_what_stored_references_say() -> None:
    assert {each.id: digest(each) for each in CATALOG.exercises} == DIGESTS


@pytest.mark.parametrize("seed", ["0", "1", "random"])
def test_a_digest_is_the_same_in_every_process(seed: str) -> None:
    ran = subprocess.run(
        [sys.executable, "-c", _PRINTS_DIGESTS],
        env={**os.environ, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=True,
        text=True,
    )
    assert dict(line.split() for line in ran.stdout.splitlines()) == DIGESTS
