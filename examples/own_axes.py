"""An app's own axes: a tempo for a catalog exercise, and a band whose resistance is a color."""

from __future__ import annotations

import attrs

from backex import (
    AxisId,
    Completed,
    Cue,
    CueId,
    CustomProgression,
    Dose,
    Equipment,
    Exercise,
    ExerciseId,
    ExtendArm,
    InARow,
    Laterality,
    Level,
    LevelAxis,
    LevelId,
    Movement,
    Phase,
    Plan,
    Polarity,
    Position,
    Put,
    Region,
    Routine,
    RoutineId,
    SessionRecord,
    SetText,
    Source,
    SourceId,
    SourceKind,
    Step,
    StepId,
    TrainingQuality,
    as_planned,
    count_variants,
    differences,
    kg,
    ladder,
    next_session,
    prescribe,
    report,
    validate,
    vary,
)
from backex.catalog.upper_back import OBLIQUE_SIT, STOPPING_POLICY
from backex.codec import dumps, loads

OURS = (Source(id=SourceId("our-clinic"), title="Our clinic's protocol", kind=SourceKind.APP),)

TEMPO = AxisId("tempo")
SLOW = CustomProgression(TEMPO, LevelId("slow"))
PAUSED = CustomProgression(TEMPO, LevelId("paused"))


def pace(id: str, text: str) -> Cue:
    """Return a cue on how fast to reach."""
    return Cue(
        id=CueId(id),
        text=text,
        polarity=Polarity.DO,
        movement=Movement.REACH,
        region=Region.UPPER_LIMB,
        sources=OURS,
    )


#: The catalog's exercise under an id of this app's own, with one more axis.
PACED_OBLIQUE_SIT = attrs.evolve(
    OBLIQUE_SIT, id=ExerciseId("paced-oblique-sit"), name="Paced Oblique Sit"
).with_axis(
    LevelAxis(
        id=TEMPO,
        name="tempo",
        levels=(
            Level(id=LevelId("free"), name="free"),
            Level(
                id=LevelId("slow"),
                name="slow",
                edits=(
                    Put(
                        step=StepId("reach"),
                        part=pace("pace", "Take four seconds for the reach."),
                    ),
                ),
                exceeds=frozenset({LevelId("free")}),
            ),
            Level(
                id=LevelId("paused"),
                name="slow with a pause",
                edits=(
                    Put(
                        step=StepId("reach"),
                        part=pace("pace", "Take four seconds, with a stop halfway."),
                    ),
                ),
                exceeds=frozenset({LevelId("slow")}),
            ),
        ),
        sources=OURS,
    )
)

BAND = AxisId("band")
COLORS = ("yellow", "red", "green", "blue")


def band_levels() -> tuple[Level, ...]:
    """Return a level for each color, each harder than the one before."""
    return tuple(
        Level(
            id=LevelId(color),
            name=f"{color} band",
            edits=()
            if color == COLORS[0]
            else (
                SetText(
                    step=StepId("take-band"),
                    text=f"Take the {color} band, one end in each hand.",
                    sources=OURS,
                ),
            ),
            exceeds=frozenset(LevelId(easier) for easier in COLORS[: COLORS.index(color)][-1:]),
            sources=OURS,
        )
        for color in COLORS
    )


#: An exercise that is all this app's own.
BAND_PULL_APART = Exercise(
    id=ExerciseId("band-pull-apart"),
    name="Band Pull-Apart",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    steps=(
        Step(id=StepId("stand"), phase=Phase.SETUP, text="Stand tall.", sources=OURS),
        Step(
            id=StepId("take-band"),
            phase=Phase.SETUP,
            text="Take the yellow band, one end in each hand.",
            sources=OURS,
        ),
        Step(
            id=StepId("pull"),
            phase=Phase.MOVE,
            text="Draw the ends apart at the height of the chest.",
            sources=OURS,
        ),
        Step(id=StepId("give"), phase=Phase.RETURN, text="Give way slowly.", sources=OURS),
    ),
    qualities=frozenset({TrainingQuality.STRENGTH, TrainingQuality.STABILIZATION}),
    axes=(LevelAxis(id=BAND, name="band", levels=band_levels(), sources=OURS),),
    equipment=frozenset({Equipment("band")}),
)


def colored(color: str) -> CustomProgression:
    """Return the move to a color."""
    return CustomProgression(BAND, LevelId(color))


def plan() -> Plan:
    """Return a plan of both exercises, each with a ladder."""
    twice = InARow(criterion=Completed(), sessions=2)
    sit = ladder(PACED_OBLIQUE_SIT, Dose(sets=2, reps=5, hold_seconds=10), advance=twice)
    pull = ladder(BAND_PULL_APART, Dose(sets=2, reps=10), advance=twice)
    routine = Routine(
        id=RoutineId("own-axes"),
        title="Axes of our own",
        items=(
            prescribe(PACED_OBLIQUE_SIT, sit.rungs[0].dose),
            prescribe(BAND_PULL_APART, pull.rungs[0].dose),
        ),
        stopping=STOPPING_POLICY,
    )
    ladders = {
        routine.items[0].id: sit.then(SLOW).then(PAUSED).then(ExtendArm()),
        routine.items[1].id: pull.then(colored("red"))
        .then(dose=Dose(sets=3, reps=10))
        .then(colored("green")),
    }
    return Plan(routine=routine, ladders=ladders, baseline=report(0, pain=2, stiffness=2))


def climb(ours: Plan) -> None:
    """Follow the plan through a week without symptoms."""
    log: list[SessionRecord] = []
    for checkin in range(1, 8):
        planned = next_session(ours, log)
        for change in planned.changes:
            print(f"  before session {checkin}: {change}")
        items = planned.routine.items if planned.routine else ()
        log.append(
            SessionRecord(
                checkin=checkin,
                completed={item.id: as_planned(item, done=True) for item in items},
                entries=(report(checkin, pain=2, stiffness=2),),
            )
        )


def main() -> None:
    """Show that own axes work as built-in ones do."""
    print("All variants of the paced exercise, loads up to 2 kg:", end=" ")
    print(count_variants(PACED_OBLIQUE_SIT, heaviest=kg(2)))

    hard = vary(PACED_OBLIQUE_SIT, ExtendArm(), PAUSED)
    print(f"{hard}\n  harder than its base: {hard > vary(PACED_OBLIQUE_SIT)}")
    print("  one step easier:", ", ".join(str(each) for each in hard.regressions()))
    for difference in differences(vary(BAND_PULL_APART), vary(BAND_PULL_APART, colored("green"))):
        print(f"{BAND_PULL_APART.name}: {difference}")

    print("\nA color that nobody sells:")
    odd = prescribe(vary(BAND_PULL_APART, colored("grean")), Dose(sets=2, reps=10))
    print(validate(attrs.evolve(plan().routine, items=(odd,))))

    ours = plan()
    validate(ours).raise_for_errors()
    print(f"\nThe plan is sound; equal after a round trip: {loads(dumps(ours), Plan) == ours}")
    print("A week of it:")
    climb(ours)


if __name__ == "__main__":
    main()
