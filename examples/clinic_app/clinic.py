"""A small clinic's app: an exercise, a rule, a stopping policy and a storage, all its own."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path

from backex import (
    PAIN,
    Action,
    AxisId,
    Calmed,
    Channel,
    Clearance,
    Cleared,
    Completed,
    CustomProgression,
    Dose,
    Exercise,
    ExerciseId,
    Fault,
    InARow,
    Laterality,
    Level,
    LevelAxis,
    LevelId,
    Phase,
    Plan,
    PolicyId,
    Position,
    RedFlagPresent,
    Routine,
    RoutineId,
    Rule,
    RuleId,
    SessionRecord,
    SetText,
    Severity,
    Source,
    SourceId,
    SourceKind,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Tolerance,
    TrainingQuality,
    Worsened,
    ladder,
    prescribe,
    report,
)
from backex.codec import dumps, loads

OURS = (Source(id=SourceId("our-clinic"), title="Our clinic's protocol", kind=SourceKind.APP),)

# An exercise with an axis of its own.

HEIGHT = AxisId("height")
SLIDE = StepId("slide")


def _up_to(id: str, text: str, *, over: str) -> Level:
    return Level(
        id=LevelId(id),
        name=f"up to the {id}",
        edits=(SetText(step=SLIDE, text=text, sources=OURS),),
        exceeds=frozenset({LevelId(over)}),
        sources=OURS,
    )


WALL_SLIDE = Exercise(
    id=ExerciseId("wall-slide"),
    name="Wall Slide",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    steps=(
        Step(
            id=StepId("stand"),
            phase=Phase.SETUP,
            text="Stand with your back to a wall, the forearms against it.",
            sources=OURS,
        ),
        Step(
            id=SLIDE,
            phase=Phase.MOVE,
            text="Slide the forearms up to the height of the chest.",
            sources=OURS,
        ),
        Step(id=StepId("return"), phase=Phase.RETURN, text="Slide them down.", sources=OURS),
    ),
    qualities=frozenset({TrainingQuality.STABILIZATION}),
    axes=(
        LevelAxis(
            id=HEIGHT,
            name="height",
            levels=(
                Level(id=LevelId("chest"), name="up to the chest", sources=OURS),
                _up_to("eyes", "Slide the forearms up to the height of the eyes.", over="chest"),
                _up_to("top", "Slide the forearms up as far as they go.", over="eyes"),
            ),
            sources=OURS,
        ),
    ),
)


def raised_to(height: str) -> CustomProgression:
    """Return the move to a height."""
    return CustomProgression(HEIGHT, LevelId(height))


# A rule of its own.

MOST_SETS = 4


def _too_many_sets(dose: Dose) -> Iterator[Fault]:
    most = None if dose.sets is None else dose.sets.high
    if most is not None and most > MOST_SETS:
        yield Fault(
            f"{most} sets of one exercise",
            at=".sets",
            hint=f"prescribe at most {MOST_SETS}, and another exercise beside it",
            meta={"sets": most},
        )


TOO_MANY_SETS = Rule(
    code="CLIN001",
    title="too many sets",
    why="Our patients skip what takes too long.",
    severity=Severity.WARNING,
    on=Dose,
    check=_too_many_sets,
    sources=OURS,
)

# A stopping policy of its own, with a channel of its own.

TINGLING = Channel("tingling")

POLICY = StoppingPolicy(
    id=PolicyId("our-clinic"),
    rules=(
        StoppingRule(
            id=RuleId("more-pain"),
            when=Worsened(by=2, channel=PAIN),
            then=Action.EASE,
            until=Calmed(),
            sources=OURS,
        ),
        StoppingRule(
            id=RuleId("more-tingling"),
            when=Worsened(channel=TINGLING),
            then=Action.REST,
            until=Calmed(checkins=2),
            advice="Leave it until the tingling is back to what it was.",
            sources=OURS,
        ),
        StoppingRule(
            id=RuleId("red-flag"),
            when=RedFlagPresent(),
            then=Action.REFER_URGENTLY,
            until=Cleared(),
            sources=OURS,
        ),
    ),
    asks=frozenset({PAIN, TINGLING}),
    asks_red_flags=True,
    tolerance=Tolerance(rise_at_most={PAIN: 1}),
    answer=Action.EASE,
    sources=OURS,
)

# A plan.

_TWICE = InARow(criterion=Completed(), sessions=2)
_HEIGHTS = ladder(WALL_SLIDE, Dose(sets=2, reps=8), advance=_TWICE)
_ITEM = prescribe(WALL_SLIDE, _HEIGHTS.rungs[0].dose)

PLAN = Plan(
    routine=Routine(
        id=RoutineId("first-weeks"), title="The first weeks", items=(_ITEM,), stopping=POLICY
    ),
    ladders={_ITEM.id: _HEIGHTS.then(raised_to("eyes")).then(raised_to("top"))},
    baseline=report(0, severities={PAIN: 2, TINGLING: 0}),
)

# A storage: a table of documents.

Stored = SymptomReport | Clearance | SessionRecord

_CLASSES: dict[str, type[Stored]] = {
    cls.__name__: cls for cls in (SymptomReport, Clearance, SessionRecord)
}


class Log:
    """What a patient reported and did, in a file."""

    def __init__(self, file: Path) -> None:
        """Open the file, and make it where it is not there."""
        self._table = sqlite3.connect(file)
        self._table.execute("CREATE TABLE IF NOT EXISTS log (class TEXT, document TEXT)")

    def append(self, entry: Stored) -> None:
        """Keep an entry."""
        with self._table:
            row = (type(entry).__name__, dumps(entry))
            self._table.execute("INSERT INTO log VALUES (?, ?)", row)

    def correct(self, old: Stored, new: Stored) -> None:
        """Keep `new` in place of `old`."""
        with self._table:
            row = (type(new).__name__, dumps(new), dumps(old))
            self._table.execute("UPDATE log SET class = ?, document = ? WHERE document = ?", row)

    def read(self) -> Iterator[Stored]:
        """Yield every entry."""
        for name, document in self._table.execute("SELECT class, document FROM log"):
            yield loads(document, _CLASSES[name])

    def close(self) -> None:
        """Close the file."""
        self._table.close()
