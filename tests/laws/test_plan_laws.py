"""The laws of plans and ladders, over drawn plans, stopping policies and logs.

Each docstring quotes the sentence of the model that the law proves. Plans are sound by
construction; logs are whatever people record: gaps, repeats, blanks, entries for other check-ins,
clearances.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import attrs
from hypothesis import assume, given
from hypothesis import strategies as st

from backex import (
    NUMBNESS,
    PAIN,
    SORENESS,
    SPREAD,
    STIFFNESS,
    Action,
    AddLowerQuarter,
    AddResistance,
    AllCriteria,
    AllOf,
    AnyCriterion,
    AnyOf,
    AtLeast,
    AxisId,
    Calmed,
    ChangeReach,
    Channel,
    Clearance,
    Cleared,
    Completed,
    Completion,
    Condition,
    ConflictingClearance,
    Criterion,
    CustomProgression,
    Dose,
    EffortAtMost,
    Entry,
    EvaluationWanted,
    Exercise,
    ExerciseId,
    ExtendArm,
    InARow,
    Ladder,
    Laterality,
    Level,
    LevelAxis,
    LevelId,
    Limb,
    LoadAxis,
    Moment,
    Next,
    Persists,
    Phase,
    Plan,
    PolicyId,
    Position,
    PrescriptionId,
    Quality,
    QualityAtLeast,
    RedFlagPresent,
    Routine,
    RoutineId,
    RuleId,
    Rung,
    SessionRecord,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    SymptomAtMost,
    SymptomReport,
    Trend,
    Variant,
    Worsened,
    as_planned,
    kg,
    next_session,
    prescribe,
    validate,
    vary,
)
from backex.catalog.upper_back import FORWARD, LIFT_PELVIS, OBLIQUE_SIT, STOPPING_POLICY
from backex.ids import PrescriptionId as ItemId
from backex.strategies import values

Log = Sequence[SessionRecord]

TEMPO, PACK, FOOTING = AxisId("tempo"), AxisId("pack"), AxisId("footing")


def _levels(*ids: str) -> tuple[Level, ...]:
    """Return a base, and levels that exceed it and nothing else."""
    base = frozenset({LevelId(ids[0])})
    return tuple(
        Level(id=LevelId(id), name=id, exceeds=base if index else frozenset())
        for index, id in enumerate(ids)
    )


#: An app's own exercise: one axis that is ordered, one partly ordered, one of loads.
WALL_PRESS = Exercise(
    id=ExerciseId("wall-press"),
    name="Wall Press",
    position=Position.STANDING,
    laterality=Laterality.BILATERAL,
    steps=(
        Step(id=StepId("stand"), phase=Phase.SETUP, text="Stand before a wall."),
        Step(id=StepId("press"), phase=Phase.MOVE, text="Press into the wall."),
    ),
    axes=(
        LevelAxis(id=TEMPO, name="tempo", levels=_levels("free", "slow")),
        LoadAxis(id=PACK, name="pack", limb=Limb.BOTH_ARMS, increment_grams=500),
        LevelAxis(id=FOOTING, name="footing", levels=_levels("firm", "soft", "tilted")),
    ),
)


def _chain(exercise: Exercise, *moves: object) -> tuple[Variant, ...]:
    found = [vary(exercise)]
    for move in moves:
        found.append(found[-1].with_(move))  # type: ignore[arg-type]
    return tuple(found)


#: For each exercise, variants of which each is harder than the one before.
CHAINS = {
    exercise.id: _chain(exercise, *moves)
    for exercise, moves in (
        (
            WALL_PRESS,
            (
                CustomProgression(TEMPO, LevelId("slow")),
                CustomProgression(PACK, kg(0.5)),
                CustomProgression(PACK, kg(1)),
                CustomProgression(FOOTING, LevelId("soft")),
            ),
        ),
        (
            OBLIQUE_SIT,
            (
                AddResistance(kg(0.5)),
                AddResistance(kg(1)),
                ExtendArm(),
                AddLowerQuarter(LIFT_PELVIS),
            ),
        ),
    )
}
#: Variants that are at least no rung of a ladder, but for its lowest ones.
ASIDE = (
    vary(WALL_PRESS, CustomProgression(FOOTING, LevelId("tilted"))),
    vary(WALL_PRESS, CustomProgression(AxisId("pace"), LevelId("slow"))),
    vary(OBLIQUE_SIT, ChangeReach(FORWARD)),
)


def _policy(id: str, *rules: StoppingRule, **asking: object) -> StoppingPolicy:
    asks = {"asks": frozenset({PAIN, STIFFNESS}), **asking}
    return StoppingPolicy(id=PolicyId(id), rules=rules, **asks)  # type: ignore[arg-type]


def _rule(id: str, when: Condition, then: Action, *, calm: int | None = 1) -> StoppingRule:
    until = Cleared() if calm is None else Calmed(checkins=calm)
    return StoppingRule(id=RuleId(id), when=when, then=then, until=until)


#: Policies that react to what is above the usual level, and to nothing else.
REACTING = (
    STOPPING_POLICY,
    _policy("easing", _rule("up", Worsened(), Action.EASE)),
    _policy("easing-for-long", _rule("up", Worsened(by=2), Action.EASE, calm=2)),
    _policy("holding", _rule("up", Worsened(), Action.HOLD)),
    _policy(
        "by-channel",
        _rule("pain-up", Worsened(channel=PAIN), Action.EASE),
        _rule("stiff-up", Worsened(by=2, channel=STIFFNESS), Action.HOLD, calm=2),
        _rule(
            "stiff-in-the-morning",
            Worsened(by=3, channel=STIFFNESS, moments=frozenset({Moment.NEXT_MORNING})),
            Action.REST,
        ),
        _rule("stays", Persists(condition=Worsened(), checkins=3), Action.REFER, calm=None),
    ),
    _policy(
        "asking-for-flags",
        _rule("flagged", RedFlagPresent(), Action.REFER_URGENTLY, calm=None),
        _rule("up", Worsened(), Action.EASE),
        asks_red_flags=True,
        asks_at=frozenset({Moment.AFTER}),
    ),
)
#: Policies with thresholds as well, and those that never permit progress.
POLICIES = (
    *REACTING,
    _policy("threshold", _rule("high", AtLeast(channel=PAIN, severity=5), Action.EASE, calm=2)),
    _policy(
        "unasked-channels",
        _rule("sore", AtLeast(channel=SORENESS, severity=6), Action.HOLD),
        _rule("spreading", AtLeast(channel=SPREAD, severity=3), Action.REST, calm=2),
        _rule("up", Worsened(by=2), Action.EASE),
    ),
    _policy("without-rules"),
    None,
)

CHANNELS = (PAIN, STIFFNESS, SORENESS, SPREAD)
channels = st.sampled_from(CHANNELS)
moments = st.sampled_from([frozenset[Moment](), frozenset({Moment.AFTER, Moment.DURING})])
leaves: st.SearchStrategy[Condition] = st.one_of(
    st.builds(Worsened, by=st.integers(1, 3), channel=st.none() | channels, moments=moments),
    st.builds(AtLeast, channel=channels, severity=st.integers(3, 8), moments=moments),
    st.just(RedFlagPresent()),
    st.just(EvaluationWanted()),
)
once: st.SearchStrategy[Condition] = st.one_of(
    leaves,
    st.builds(AnyOf, conditions=st.tuples(leaves, leaves)),
    st.builds(AllOf, conditions=st.tuples(leaves, leaves)),
)
lasting = st.builds(Persists, condition=once, checkins=st.integers(2, 3))
conditions = st.one_of(once, once, lasting, st.builds(AnyOf, conditions=st.tuples(once, lasting)))


@st.composite
def policies(draw: st.DrawFn) -> StoppingPolicy:
    """Draw a policy of one to three rules, of any kind."""
    actions = st.sampled_from([Action.EASE, Action.EASE, *Action])
    releases = st.sampled_from([1, 1, 2, 3, None])
    return _policy(
        "drawn",
        *(
            _rule(f"r{number}", draw(conditions), draw(actions), calm=draw(releases))
            for number in range(draw(st.integers(1, 3)))
        ),
        asks=draw(st.frozensets(channels, min_size=1, max_size=3)),
        asks_at=draw(
            st.sampled_from(
                [frozenset({Moment.AFTER, Moment.NEXT_MORNING}), frozenset({Moment.AFTER})]
            )
        ),
        asks_red_flags=draw(st.booleans()),
    )


_single: st.SearchStrategy[Criterion] = st.one_of(
    st.just(Completed()),
    st.builds(QualityAtLeast, quality=st.sampled_from(Quality)),
    st.builds(EffortAtMost, effort=st.integers(1, 9)),
    st.builds(SymptomAtMost, channel=channels, severity=st.integers(1, 6)),
)
_joint: st.SearchStrategy[Criterion] = st.one_of(
    _single,
    st.builds(AllCriteria, criteria=st.tuples(_single, _single)),
    st.builds(AnyCriterion, criteria=st.tuples(_single, _single)),
)
_rows = st.builds(InARow, criterion=_joint, sessions=st.integers(2, 3))
criteria: st.SearchStrategy[Criterion] = st.one_of(
    _joint,
    _rows,
    st.builds(AllCriteria, criteria=st.tuples(_single, _rows)),
    st.builds(AnyCriterion, criteria=st.tuples(_rows, _single)),
)


@st.composite
def ladders(draw: st.DrawFn) -> Ladder:
    """Draw one to five rungs, each harder than the one before or the same with a greater dose."""
    chain = CHAINS[draw(st.sampled_from(sorted(CHAINS)))]
    places = sorted(draw(st.lists(st.integers(0, len(chain) - 1), min_size=1, max_size=5)))
    return Ladder(
        tuple(
            Rung(
                variant=chain[place],
                dose=Dose(sets=2, reps=5 + number),
                advance=draw(st.none() | criteria if draw(st.integers(0, 9)) == 0 else criteria),
            )
            for number, place in enumerate(places)
        )
    )


@st.composite
def plans(draw: st.DrawFn, *, by: Sequence[StoppingPolicy | None] | None = None) -> Plan:
    """Draw one to three items, each with a ladder or not, under a policy."""
    policy = draw(policies() | st.sampled_from(POLICIES) if by is None else st.sampled_from(by))
    climbed = draw(st.lists(ladders(), min_size=1, max_size=3))
    items = tuple(
        prescribe(each.rungs[0].variant, each.rungs[0].dose, id=f"item-{number}")
        for number, each in enumerate(climbed)
    )
    kept = {
        item.id: each
        for item, each in zip(items, climbed, strict=True)
        if draw(st.integers(0, 4)) > 0
    }
    return Plan(
        routine=Routine(
            id=RoutineId("drawn"), title="Drawn", items=items, stopping=policy, guideline=None
        ),
        ladders=kept,
        baseline=_usual(0) if by is not None or draw(st.integers(0, 9)) else None,
    )


USUAL: Mapping[Channel, int] = dict.fromkeys(CHANNELS, 2)


def _usual(checkin: int) -> SymptomReport:
    return SymptomReport(checkin=checkin, severities=USUAL, red_flags=frozenset())


_WHEN = st.sampled_from(
    [(0, Moment.AFTER)] * 8 + [(seq, moment) for seq in (0, 1, 2) for moment in Moment]
)
_HEARD = st.sampled_from(["usual"] * 6 + ["blank", "worse", "worse", "anything"])
_HEARD_WHEN_CALM = st.sampled_from(["usual"] * 8 + ["blank"])
_RATINGS = {
    "blank": st.sampled_from([2, 2, 2, None]),
    "worse": st.sampled_from([2, 2, 2, 3, 4, 9]),
    "anything": st.none() | st.integers(0, 10),
}
_TRENDS = st.none() | st.sampled_from(Trend)
_FLAGS = st.sampled_from([None, frozenset(), frozenset({NUMBNESS})])
_EFFORTS = st.none() | st.integers(0, 10)
_QUALITIES = st.none() | st.sampled_from(Quality)
_DONE = st.sampled_from([True, True, True, False, None])
_SELDOM = st.sampled_from([False] * 9 + [True])


@st.composite
def reports(
    draw: st.DrawFn, checkin: int, items: Sequence[ItemId | None], *, calm: bool = False
) -> SymptomReport:
    """Draw a report, mostly the usual; a calm one says nothing else."""
    seq, moment = draw(_WHEN)
    about = items[0] if len(items) == 1 else draw(st.sampled_from(items))
    heard = draw(_HEARD_WHEN_CALM if calm else _HEARD)
    usual = attrs.evolve(_usual(checkin), seq=seq, moment=moment, item=about)
    if heard == "usual":
        return usual
    rated = {channel: draw(_RATINGS[heard]) for channel in CHANNELS}
    said = {channel: severity for channel, severity in rated.items() if severity is not None}
    report = attrs.evolve(usual, severities=said)
    if heard == "blank":
        return attrs.evolve(report, red_flags=None if draw(_SELDOM) else frozenset())
    if heard == "worse":
        return report
    return attrs.evolve(
        report, trend=draw(_TRENDS), red_flags=draw(_FLAGS), evaluation_wanted=draw(_SELDOM)
    )


#: More than any rung asks for.
PLENTY = Dose(sets=9, reps=99, hold_seconds=99)
_DOSES = st.sampled_from([PLENTY, None, Dose(), Dose(sets=2, reps=6), Dose(reps=99)])


@st.composite
def completions(draw: st.DrawFn, planned: Ladder) -> Completion:
    """Draw how an item went: mostly well, as the hardest of all or as one of its rungs."""
    top = CHAINS[planned.top.variant.exercise.id][-1]
    rungs = [rung.variant for rung in planned.rungs]
    if draw(st.integers(0, 3)):
        performed = draw(st.sampled_from([top, top, *rungs]))
        return Completion(
            performed=performed, dose=PLENTY, done=True, quality=Quality.GOOD, effort=1
        )
    return Completion(
        performed=draw(st.sampled_from([top, *rungs, *ASIDE])),
        dose=draw(_DOSES),
        done=draw(_DONE),
        quality=draw(_QUALITIES),
        effort=draw(_EFFORTS),
    )


def ladder_of(plan: Plan, item: ItemId) -> Ladder:
    """Return the item's ladder; without one, its own form is the only rung."""
    prescribed = next(each for each in plan.routine.items if each.id == item)
    alone = Ladder((Rung(variant=prescribed.variant, dose=prescribed.dose),))
    return plan.ladders.get(item, alone)


_APART = st.sampled_from([1] * 8 + [2, 3])
_APART_OR_AGAIN = st.sampled_from([1] * 8 + [2, 0])
_HOW_MANY = st.sampled_from([(1, 0)] * 5 + [(0, 0), (1, 1), (1, 2), (0, 1), (2, 0)])


@st.composite
def logs(
    draw: st.DrawFn, plan: Plan, *, calm: bool = False, regular: bool = False, most: int = 7
) -> list[SessionRecord]:
    """Draw records in the order of their check-ins.

    Regular ones have a check-in each, and all their entries there.
    """
    ids = [item.id for item in plan.routine.items]
    items: list[ItemId | None] = [None, None, None, *ids, PrescriptionId("gone")]
    found: list[SessionRecord] = []
    checkin = 0
    for number in range(draw(st.just(most) | st.integers(0, most))):
        checkin += draw(_APART if regular else _APART_OR_AGAIN)
        performed = {
            id: draw(completions(ladder_of(plan, id))) for id in ids if draw(st.integers(0, 6))
        }
        on_the_session, on_items = draw(_HOW_MANY)
        entries: list[Entry] = [
            draw(reports(checkin, [None] if count < on_the_session else items, calm=calm))
            for count in range(on_the_session + on_items)
        ]
        if not calm and draw(_SELDOM):
            rules = () if plan.routine.stopping is None else plan.routine.stopping.rules
            cleared = frozenset(rule.id for rule in rules) or frozenset({RuleId("none")})
            # The number makes its key the only one in the log.
            entries.append(
                Clearance(
                    checkin=checkin,
                    seq=draw(st.integers(0, 2)) * 100 + number,
                    rules=draw(st.frozensets(st.sampled_from(sorted(cleared)), min_size=1)),
                    by="A professional",
                    new_baseline=draw(st.none() | reports(checkin, [None])),
                )
            )
        if not regular and draw(_SELDOM):
            elsewhere = max(0, checkin + draw(st.integers(-3, 1)))
            entries.append(draw(reports(elsewhere, items, calm=calm)))
        found.append(SessionRecord(checkin=checkin, completed=performed, entries=tuple(entries)))
    return found


def with_entries(record: SessionRecord, entries: Iterable[Entry]) -> SessionRecord:
    return attrs.evolve(record, entries=tuple(entries))


@st.composite
def worse(draw: st.DrawFn, said: SymptomReport) -> SymptomReport:
    """Draw a report of the same things, of which some are worse."""
    if draw(st.booleans()):
        return said
    rises = st.sampled_from([0, 0, 1, 2, 4, 10])
    flags = said.red_flags
    return attrs.evolve(
        said,
        severities={
            channel: min(10, severity + draw(rises))
            for channel, severity in said.severities.items()
        },
        trend=draw(st.sampled_from([said.trend, said.trend, Trend.WORSE])),
        red_flags=flags and flags | draw(st.sampled_from([flags, frozenset({NUMBNESS})])),
        evaluation_wanted=said.evaluation_wanted or draw(st.integers(0, 5)) == 0,
    )


@st.composite
def worse_logs(draw: st.DrawFn, log: Log) -> list[SessionRecord]:
    """Draw the log of someone who did the same and said the same, of which some is worse.

    What is worse stands in place of what it was, or beside it.
    """
    found = []
    for record in log:
        entries: list[Entry] = []
        for entry in record.entries:
            changed = entry if isinstance(entry, Clearance) else draw(worse(entry))
            beside = changed != entry and draw(st.booleans())
            entries += [entry, changed] if beside else [changed]
        found.append(with_entries(record, entries))
    return found


def place(planned: Next, item: ItemId) -> int:
    """Return the rung at which an item is part of the next session, below 0 where it is not."""
    if planned.routine is None:
        return -2
    rung = planned.rungs[item]
    return -1 if planned.routine.item(item) is None or rung is None else rung


def places(plan: Plan, log: Log) -> dict[ItemId, int]:
    planned = next_session(plan, log)
    return {item.id: place(planned, item.id) for item in plan.routine.items}


def exceeding(one: Mapping[ItemId, int], other: Mapping[ItemId, int]) -> dict[ItemId, int]:
    """Return where `one` is harder than `other`."""
    return {item: rung for item, rung in one.items() if rung > other[item]}


@given(st.data())
def test_the_drawn_plans_are_sound(data: st.DataObject) -> None:
    plan = data.draw(plans())
    of_the_policy = ("BX4",)
    assert validate(plan, ignore=of_the_policy).errors == ()


@given(st.data())
def test_more_symptoms_never_give_a_harder_session(data: st.DataObject) -> None:
    """Worse is never followed by harder.

    "For a fixed state a worse report, known wherever the other is known, never gives a weaker
    action; with every reference the baseline this holds for whole histories." "“Harder” in the laws
    compares rungs."
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan))
    sicker = data.draw(worse_logs(log))
    assert exceeding(places(plan, sicker), places(plan, log)) == {}


def said_all(entry: Entry, policy: StoppingPolicy | None) -> bool:
    """Tell whether an entry leaves nothing open that the policy asks for."""
    if policy is None or isinstance(entry, Clearance) or entry.moment not in policy.asks_at:
        return True
    flags_said = entry.red_flags is not None or not policy.asks_red_flags
    return flags_said and policy.asks <= entry.severities.keys()


def without_channel(report: SymptomReport, channel: Channel) -> SymptomReport:
    kept = {each: severity for each, severity in report.severities.items() if each != channel}
    return attrs.evolve(report, severities=kept)


def with_completion(
    record: SessionRecord, item: ItemId, completion: Completion | None
) -> SessionRecord:
    """Return a record with another completion of an item, or with none."""
    others = {id: each for id, each in record.completed.items() if id != item}
    completed = others if completion is None else {**others, item: completion}
    return attrs.evolve(record, completed=completed)


@st.composite
def lacking(
    draw: st.DrawFn, record: SessionRecord, policy: StoppingPolicy | None
) -> list[SessionRecord]:
    """Draw what is left of a record without one answer, one completion, one report or all of it.

    A report that leaves something open stays: it is what tells that the answer is missing.
    """
    entries = record.entries
    left: list[list[SessionRecord]] = [[record]]
    if all(said_all(entry, policy) for entry in entries):
        left.append([])
    for item, completion in record.completed.items():
        less = [
            None,
            attrs.evolve(completion, done=None),
            attrs.evolve(completion, dose=None),
            attrs.evolve(completion, quality=None),
            attrs.evolve(completion, effort=None),
        ]
        left += [[with_completion(record, item, each)] for each in less]
    for index, entry in enumerate(entries):
        if isinstance(entry, SymptomReport):
            blank = [without_channel(entry, channel) for channel in entry.severities]
            blank.append(attrs.evolve(entry, red_flags=None))
            rest = [(each,) for each in blank] + [()] * said_all(entry, policy)
            left += [
                [with_entries(record, (*entries[:index], *each, *entries[index + 1 :]))]
                for each in rest
            ]
    return draw(st.sampled_from(left))


@given(st.data())
def test_nothing_that_is_left_out_gives_a_harder_session(data: st.DataObject) -> None:
    """A log of usual symptoms with less in it leads no higher.

    "Unknown never progresses." "Unknown gives at least hold, never sets and never releases;
    removing a field never permits progression."
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan, calm=True))
    policy = plan.routine.stopping
    left = [each for record in log for each in data.draw(lacking(record, policy))]
    assert exceeding(places(plan, left), places(plan, log)) == {}


@given(st.data())
def test_a_checkin_with_an_open_question_takes_nothing_up(data: st.DataObject) -> None:
    """Whatever came before, one answer left out of each report holds every item.

    "Removing a field never permits progression and never releases a latch."
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan, regular=True))
    assume(log)
    asked = plan.routine.stopping.asks if plan.routine.stopping else frozenset(CHANNELS)
    reported = [each for each in log[-1].entries if isinstance(each, SymptomReport)]
    blank = [without_channel(each, data.draw(st.sampled_from(sorted(asked)))) for each in reported]
    newest = with_entries(log[-1], blank)
    assert exceeding(places(plan, [*log[:-1], newest]), places(plan, log[:-1])) == {}


@given(st.data())
def test_an_item_that_is_not_recorded_as_done_does_not_progress(data: st.DataObject) -> None:
    """Whatever else is known, only what was done goes up.

    "Unknown never progresses." "Only what was recorded as done": a rest day or an unknown breaks a
    streak.
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan, regular=True))
    assume(log and log[-1].completed)
    item = data.draw(st.sampled_from(sorted(log[-1].completed)))
    undone = attrs.evolve(log[-1].completed[item], done=data.draw(st.none() | st.just(value=False)))
    newest = with_completion(log[-1], item, data.draw(st.sampled_from([None, undone])))
    before = next_session(plan, log[:-1]).rungs[item]
    after = next_session(plan, [*log[:-1], newest]).rungs[item]
    returned = before is None and after == 0
    assert returned or after is None or (before is not None and after <= before)


@given(st.data())
def test_a_completion_below_the_rung_counts_as_none(data: st.DataObject) -> None:
    """What counts is decided by the rung on which the item stood then.

    "A completion names the variant that was performed and counts only if that is at least the rung
    recomputed for then."
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan, calm=True, regular=True))
    assume(log)
    index = data.draw(st.integers(0, len(log) - 1))
    item = data.draw(st.sampled_from([each.id for each in plan.routine.items]))
    stood = next_session(plan, log[:index]).rungs[item]
    assert stood is not None
    rung = ladder_of(plan, item).rungs[stood].variant
    every = [*ASIDE, *(variant for chain in CHAINS.values() for variant in chain)]
    performed = data.draw(st.sampled_from([each for each in every if not rung <= each]))
    well = Completion(performed=performed, dose=PLENTY, done=True, quality=Quality.GOOD, effort=0)
    top = attrs.evolve(well, performed=CHAINS[rung.exercise.id][-1])
    easier = data.draw(
        st.sampled_from(
            [
                well,
                *(
                    attrs.evolve(top, dose=less)
                    for less in (None, Dose(sets=2), Dose(sets=2, reps=4), Dose(sets=1, reps=99))
                ),
            ]
        )
    )
    with_easier, with_none = (
        [*log[:index], with_completion(log[index], item, each), *log[index + 1 :]]
        for each in (easier, None)
    )
    assert places(plan, with_easier) == places(plan, with_none)


def sessions_for(criterion: Criterion) -> int:
    """Return how many sessions without a fault meet a criterion."""
    match criterion:
        case InARow():
            return criterion.sessions
        case AllCriteria():
            return max(sessions_for(each) for each in criterion.criteria)
        case AnyCriterion():
            return min(sessions_for(each) for each in criterion.criteria)
        case _:
            return 1


def climbed(planned: Ladder, sessions: int) -> int:
    """Return the rung after as many sessions without a fault."""
    for number, rung in enumerate(planned.rungs[:-1]):
        needed = None if rung.advance is None else sessions_for(rung.advance)
        if needed is None or sessions < needed:
            return number
        sessions -= needed
    return len(planned.rungs) - 1


@given(st.data())
def test_a_clean_log_climbs_to_the_top_and_stays(data: st.DataObject) -> None:
    """Every item goes up as soon as its criterion is met, and not before.

    "It progresses only on `continue`, at most one rung per item; and a clean log does climb the
    ladder."
    """
    plan = data.draw(plans(by=[each for each in POLICIES if each is not None and each.rules]))
    items = [item.id for item in plan.routine.items]
    log: list[SessionRecord] = []
    for number in range(1, 15):
        planned = next_session(plan, log).routine
        assert planned is not None
        log.append(
            SessionRecord(
                checkin=number,
                completed={
                    item.id: as_planned(item, done=True, quality=Quality.GOOD, effort=0)
                    for item in planned.items
                },
                entries=tuple(
                    SymptomReport(
                        checkin=number,
                        moment=moment,
                        severities=dict.fromkeys(CHANNELS, 0),
                        red_flags=frozenset(),
                    )
                    for moment in (Moment.AFTER, Moment.NEXT_MORNING)
                ),
            )
        )
        expected = {item: climbed(ladder_of(plan, item), number) for item in items}
        assert next_session(plan, log).rungs == expected


@given(st.data())
def test_every_checkin_goes_on_from_what_was_proposed_before(data: st.DataObject) -> None:
    """Replaying the log from its start agrees with what each of its beginnings proposed.

    "`next_session(plan, log)` is a pure fold over the whole log with no stored counters." "It
    progresses only on `continue`, at most one rung per item."
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan, regular=True))
    before = next_session(plan, [])
    for number in range(1, len(log) + 1):
        after = next_session(plan, log[:number])
        expected = {}
        for item in (each.id for each in plan.routine.items):
            one, other = (
                -1 if planned.rungs[item] is None else planned.rungs[item]
                for planned in (before, after)
            )
            assert one is not None
            assert other is not None
            assert abs(other - one) <= 1
            if other > one:
                assert after.decision.action_for(item) is Action.CONTINUE
            was, now = max(-1, place(before, item)), max(-1, place(after, item))
            if was != now:
                expected[item] = (None if was < 0 else was, None if now < 0 else now)
        said = {each.item: (each.before, each.after) for each in after.changes}
        assert said == expected
        before = after


@given(st.data())
def test_the_session_holds_what_the_rungs_say(data: st.DataObject) -> None:
    """Each item stands in the session with its rung's variant and dose, in the routine's order.

    "Rest for an item drops that item, rest for the session drops the session."
    """
    plan = data.draw(plans())
    planned = next_session(plan, data.draw(logs(plan)))
    present = [] if planned.routine is None else [item.id for item in planned.routine.items]
    items = []
    for item in plan.routine.items:
        rung = planned.rungs[item.id]
        resting = not planned.decision.action_for(item.id).allows_exercise
        assert (item.id in present) is (rung is not None and not resting)
        if item.id in present and rung is not None:
            standing = ladder_of(plan, item.id).rungs[rung]
            items.append(attrs.evolve(item, variant=standing.variant, dose=standing.dose))
    expected = attrs.evolve(plan.routine, items=tuple(items)) if items else None
    assert planned.routine == expected


@given(st.data())
def test_neither_order_nor_duplicates_matter(data: st.DataObject) -> None:
    """Records may be split, repeated and shuffled, and their entries stand in any of them.

    "Equal keys join by the worst, so an exact duplicate changes nothing"; "folds sort first".
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan))
    assume(log)
    checkins = st.sampled_from([record.checkin for record in log])
    pieces = [SessionRecord(checkin=record.checkin) for record in log]
    for record in log:
        pieces += [
            SessionRecord(checkin=record.checkin, completed={item: completion})
            for item, completion in record.completed.items()
        ]
        pieces += [
            SessionRecord(checkin=data.draw(checkins), entries=(entry,)) for entry in record.entries
        ]
    repeated = data.draw(st.lists(st.sampled_from([*pieces, *log]), max_size=4))
    shuffled = data.draw(st.permutations([*pieces, *repeated]))
    assert next_session(plan, shuffled) == next_session(plan, log)


@given(st.data())
def test_nothing_is_kept_between_calls(data: st.DataObject) -> None:
    """Another log in between changes nothing, nor does the kind of iterable.

    "The same input gives the same output"; "correcting an old entry corrects all after it".
    """
    plan = data.draw(plans())
    log = data.draw(logs(plan))
    kept = list(log)
    first = next_session(plan, log)
    next_session(plan, data.draw(worse_logs(log)))
    assert next_session(plan, iter(log)) == first
    assert log == kept


@st.composite
def unsound(draw: st.DrawFn, plan: Plan) -> Plan:
    """Draw a plan with ladders that lead into another exercise, and with an item twice."""
    other = draw(ladders())
    crossed = {item: Ladder((*each.rungs, *other.rungs)) for item, each in plan.ladders.items()}
    twice = attrs.evolve(plan.routine, items=(*plan.routine.items, plan.routine.items[0]))
    return attrs.evolve(plan, ladders=crossed, routine=draw(st.sampled_from([plan.routine, twice])))


@given(st.data())
def test_whatever_is_recorded_is_answered(data: st.DataObject) -> None:
    """A log is never refused, however little sense the plan or the records make.

    "A value that makes no sense by itself cannot be constructed. A combination that is unsound is
    constructed, and `validate` reports it."
    """
    sound = data.draw(plans())
    plan = data.draw(unsound(sound))
    log = data.draw(logs(sound) | st.lists(values(SessionRecord), max_size=3))
    try:
        answered = next_session(plan, log)
    except ConflictingClearance:
        return
    assert answered.rungs.keys() == {item.id for item in plan.routine.items}
