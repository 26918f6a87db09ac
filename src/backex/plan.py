"""Plans: a routine with ladders, and the next session as a pure fold over the whole log.

Nothing is counted between calls: the log says it all, so an old record that is corrected corrects
everything after it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from functools import partial
from typing import final

import attrs
from attrs import define, field, frozen

from backex.checks import (
    IDENTIFIER,
    TEXT,
    Exactly,
    Integer,
    MapOf,
    OneOf,
    Optional,
    TupleOf,
    clipped,
)
from backex.criteria import (
    Attempt,
    Completion,
    Criterion,
    Quality,
    criterion_in_words,
    is_met,
    numbers_for,
    window,
)
from backex.decision import Action, Decision, Finding
from backex.dose import Dose, same_amounts
from backex.ids import PrescriptionId
from backex.ladders import Ladder, Rung
from backex.mappings import frozen_map
from backex.routine import Prescription, Routine
from backex.stopping import Entry, Monitor, log_order
from backex.symptoms import Channel, Clearance, Moment, SymptomReport
from backex.variant import differences
from backex.wording import listed

__all__ = ["Change", "ChangeKind", "Next", "Plan", "SessionRecord", "as_planned", "next_session"]


def _ladders(value: Mapping[PrescriptionId, Ladder]) -> Mapping[PrescriptionId, Ladder]:
    return frozen_map(value)


def _completions(
    value: Mapping[PrescriptionId, Completion],
) -> Mapping[PrescriptionId, Completion]:
    return frozen_map(value)


_HIGHEST = 200


@final
@frozen(kw_only=True)
class Plan:
    """A routine to begin with, and how its items progress.

    Raises:
        InvalidValue: a malformed id or a field of the wrong type.
    """

    #: The first session, with the stopping policy.
    routine: Routine = field(validator=Exactly(Routine))
    #: The ladder of each item that has one; it begins with the item's own variant.
    ladders: Mapping[PrescriptionId, Ladder] = field(
        default={}, converter=_ladders, validator=MapOf(IDENTIFIER, Exactly(Ladder))
    )
    #: The person's usual state. None: not known, so that nothing ever progresses.
    baseline: SymptomReport | None = field(default=None, validator=Optional(Exactly(SymptomReport)))


@final
@frozen(kw_only=True)
class SessionRecord:
    """What happened at one check-in: a session, or a day without one.

    Raises:
        InvalidValue: a malformed id, a negative number or a field of the wrong type.
    """

    #: Number of the check-in.
    checkin: int = field(validator=Integer(0, 1_000_000_000))
    #: How each item went that was performed.
    completed: Mapping[PrescriptionId, Completion] = field(
        default={}, converter=_completions, validator=MapOf(IDENTIFIER, Exactly(Completion))
    )
    #: What was reported. An entry that names another check-in counts there.
    entries: tuple[Entry, ...] = field(
        default=(), validator=TupleOf(OneOf((SymptomReport, Clearance)))
    )


def _rungs(value: Mapping[PrescriptionId, int | None]) -> Mapping[PrescriptionId, int | None]:
    return frozen_map(value)


class ChangeKind(Enum):
    """What became of an item."""

    #: One rung up.
    PROGRESSED = "progressed"
    #: One rung down.
    EASED = "eased"
    #: Left out of the next session.
    DROPPED = "dropped"
    #: Back after it had been left out.
    RETURNED = "returned"


@final
@frozen(kw_only=True)
class Change:
    """A change of one item by the newest check-in, and why.

    Raises:
        InvalidValue: a malformed id, blank text or a field of the wrong type.
    """

    #: Which item.
    item: PrescriptionId = field(validator=IDENTIFIER)
    #: What became of it.
    kind: ChangeKind = field(validator=Exactly(ChangeKind))
    #: Its rung before, counted from 0. None: left out.
    before: int | None = field(validator=Optional(Integer(0, _HIGHEST)))
    #: Its rung from here on. None: left out.
    after: int | None = field(validator=Optional(Integer(0, _HIGHEST)))
    #: What is different in the exercise, in words.
    differences: tuple[str, ...] = field(default=(), validator=TupleOf(TEXT))
    #: The rule or criterion, the check-ins and the numbers.
    reasons: tuple[str, ...] = field(default=(), validator=TupleOf(TEXT))

    def __str__(self) -> str:
        """Return the change in a sentence."""
        what = f" ({'; '.join(self.differences)})" if self.differences else ""
        return f"{self.item} {self.kind.value}{what}: {'; '.join(self.reasons)}"


@final
@frozen(kw_only=True)
class Next:
    """What to do next, and why.

    Raises:
        InvalidValue: a malformed id or a field of the wrong type.
    """

    #: The next session. None: do not exercise.
    routine: Routine | None = field(validator=Optional(Exactly(Routine)))
    #: The decision by the routine's stopping policy.
    decision: Decision = field(validator=Exactly(Decision))
    #: What changed by the newest check-in.
    changes: tuple[Change, ...] = field(default=(), validator=TupleOf(Exactly(Change)))
    #: Why each item stands where it does, a sentence each.
    reasons: tuple[str, ...] = field(default=(), validator=TupleOf(TEXT))
    #: The rung, counted from 0, at which each item stands, or will stand when a rest is over.
    #: None: below the lowest one, so left out until its symptoms allow it again.
    rungs: Mapping[PrescriptionId, int | None] = field(
        default={}, converter=_rungs, validator=MapOf(IDENTIFIER, Optional(Integer(0, _HIGHEST)))
    )


def _nothing_yet() -> tuple[str, ...]:
    return ("nothing has been recorded yet",)


@final
@define
class _Standing:
    """Where an item stands as the log is gone through, and what of the log still matters."""

    #: The rung; -1 below the lowest: left out.
    rung: int = 0
    #: The sessions in a row that count toward the criterion, as many as it looks at.
    row: tuple[Attempt, ...] = ()
    #: Whether it was performed and no easing has answered that yet.
    answerable: bool = False
    #: Whether it is part of the next session.
    present: bool = True
    #: The rung at which it was last part of one.
    last: int = 0
    #: The rules for which it is left out.
    left_out_by: tuple[str, ...] = ()
    #: Says why it stands there: of a long log, only what comes last is put into words.
    why: Callable[[], tuple[str, ...]] = _nothing_yet


@final
@frozen
class _Day:
    """A check-in with all that the log says of it."""

    checkin: int
    #: None: different stories were recorded, of which none is believed.
    completed: dict[PrescriptionId, Completion | None] = field(factory=dict)
    entries: list[Entry] = field(factory=list)

    def was_performed(self, item: PrescriptionId) -> bool:
        """Tell whether the item was begun, however it went."""
        return item in self.completed or any(
            isinstance(each, SymptomReport)
            and each.item == item
            and each.moment in {Moment.DURING, Moment.AFTER}
            for each in self.entries
        )

    def severities(self, item: PrescriptionId) -> dict[Channel, int]:
        """Return the worst severities reported on the item or the session."""
        worst: dict[Channel, int] = {}
        for entry in self.entries:
            if isinstance(entry, SymptomReport) and entry.item in {None, item}:
                for channel, severity in entry.severities.items():
                    worst[channel] = max(severity, worst.get(channel, severity))
        return worst

    def attempt(self, item: PrescriptionId, completion: Completion) -> Attempt:
        """Return how the item went, with what was reported there."""
        return Attempt(
            checkin=self.checkin, completion=completion, severities=self.severities(item)
        )


def as_planned(
    item: Prescription,
    *,
    done: bool | None,
    quality: Quality | None = None,
    effort: int | None = None,
) -> Completion:
    """Return how an item went that was performed in the variant and with the dose prescribed.

    Raises:
        InvalidValue: an effort outside 0–10, or an argument of the wrong type.
    """
    return Completion(
        performed=item.variant, dose=item.dose, done=done, quality=quality, effort=effort
    )


def next_session(plan: Plan, log: Iterable[SessionRecord]) -> Next:
    """Return the next session after a whole log, which may come in any order.

    An item goes up one rung when the decision for it is to continue and its criterion is met, never
    on missing data and never to a rung that is unsound or easier. Symptoms that ask to ease, or for
    more, take it one rung down, once for each time that it was performed: a completion tells that,
    or a report on it during or after. Below the lowest rung it is left out until the decision for
    it is to continue again. A rest leaves it out as long as it lasts.

    Of records, equal ones count once and the parts of unequal ones under one check-in are joined;
    two unequal completions of one item there count as none, and so do two unequal clearances of one
    number. A missing check-in begins every row anew. Completions of items that the routine lacks
    are passed over; reports on them are not.
    """
    days, disputes = _days(log)
    monitor = None if plan.routine.stopping is None else plan.routine.stopping.start(plan.baseline)
    rungs = {item.id: _rungs_of(plan, item) for item in plan.routine.items}
    standings = {item: _Standing() for item in rungs}
    before = standings
    decision = _decision(monitor)
    previous: int | None = None
    for number, day in enumerate(days, start=1):
        monitor = None if monitor is None else _observed(monitor, day)
        decision = _decision(monitor)
        if number == len(days):
            before = {item: attrs.evolve(standing) for item, standing in standings.items()}
        broken = previous is not None and day.checkin != previous + 1
        for item, standing in standings.items():
            if broken:
                standing.row = ()
            _move(standing, rungs[item], day, decision, item)
        previous = day.checkin
    stands = (f"{item}: {'; '.join(each.why())}" for item, each in standings.items())
    return Next(
        routine=_routine(plan, rungs, standings, decision),
        decision=decision,
        changes=tuple(_changes(rungs, before, standings)),
        reasons=tuple(map(clipped, (*stands, *disputes))),
        rungs={item: each.rung if each.rung >= 0 else None for item, each in standings.items()},
    )


def _days(log: Iterable[SessionRecord]) -> tuple[list[_Day], list[str]]:
    """Sort a log into check-ins; return as well what it contradicts itself in."""
    days: dict[int, _Day] = {}

    def at(checkin: int) -> _Day:
        day = days.get(checkin)
        if day is None:
            day = days[checkin] = _Day(checkin)
        return day

    for record in log:
        completed = at(record.checkin).completed
        for item, completion in record.completed.items():
            agreed = item not in completed or completed[item] == completion
            completed[item] = completion if agreed else None
        for entry in record.entries:
            at(entry.checkin).entries.append(entry)
    ordered = [day for _, day in sorted(days.items())]
    return ordered, [said for day in ordered for said in _disputed(day)]


def _disputed(day: _Day) -> Iterable[str]:
    """Take out clearances that contradict each other, and say so."""
    cleared: dict[int, Clearance] = {}
    disputed: set[int] = set()
    for entry in day.entries:
        if isinstance(entry, Clearance) and cleared.setdefault(entry.seq, entry) != entry:
            disputed.add(entry.seq)
    if disputed:
        day.entries[:] = [
            each
            for each in day.entries
            if not (isinstance(each, Clearance) and each.seq in disputed)
        ]
    for seq in sorted(disputed):
        yield f"check-in {day.checkin} has different clearances with seq {seq}: none of them counts"


def _decision(monitor: Monitor | None) -> Decision:
    return Decision(action=Action.HOLD) if monitor is None else monitor.decision


def _observed(monitor: Monitor, day: _Day) -> Monitor:
    if not day.entries:
        return monitor.at(day.checkin)
    for entry in sorted(day.entries, key=log_order):
        monitor = monitor.observe(entry)
    return monitor


def _rungs_of(plan: Plan, item: Prescription) -> tuple[Rung, ...]:
    """Return an item's rungs, each with its dose; without a ladder, its own form is the one."""
    ladder = plan.ladders.get(item.id)
    if ladder is None:
        return (Rung(variant=item.variant, dose=item.dose),)
    return tuple(
        attrs.evolve(rung, dose=item.dose if rung.dose is None else rung.dose)
        for rung in ladder.rungs
    )


def _move(
    standing: _Standing,
    rungs: tuple[Rung, ...],
    day: _Day,
    decision: Decision,
    item: PrescriptionId,
) -> None:
    """Take an item from where it stands to where it stands after one more check-in."""
    was_present, standing.present = standing.present, True
    standing.answerable = standing.answerable or day.was_performed(item)
    action = decision.action_for(item)
    if action >= Action.EASE:
        _ease(standing, decision, item)
    elif action is Action.HOLD:
        standing.row = ()
        standing.present = standing.rung >= 0
        standing.why = partial(_why, decision, item, action)
    elif not was_present:
        # A session in spite of a rest shows nothing. An item below its lowest rung counts as
        # performed, so that the same symptoms drop it again.
        standing.answerable = standing.rung < 0 or standing.answerable
        standing.rung = max(0, standing.rung)
        standing.row = ()
        standing.why = partial(_let_back, standing.left_out_by, day, item)
    else:
        _continue(standing, rungs, day, item)
    if standing.present:
        standing.last = standing.rung


def _ease(standing: _Standing, decision: Decision, item: PrescriptionId) -> None:
    action = decision.action_for(item)
    standing.why = partial(_why_eased, decision, item, action, answered=not standing.answerable)
    if standing.answerable:
        standing.rung = max(-1, standing.rung - 1)
    standing.row = ()
    standing.answerable = False
    standing.present = action.allows_exercise and standing.rung >= 0
    rules = tuple(str(each.rule) for each in _asking(decision, item))
    standing.left_out_by = () if standing.present else rules


def _leads_to(rung: Rung, other: Rung) -> bool:
    return other.variant.is_sound and rung.variant.exercise == other.variant.exercise


def _continue(
    standing: _Standing, rungs: tuple[Rung, ...], day: _Day, item: PrescriptionId
) -> None:
    rung = rungs[standing.rung]
    completion = day.completed.get(item)
    row, standing.row = standing.row, ()
    if completion is None:
        standing.why = _not_recorded
    elif not _counts(rung, completion):
        standing.why = partial(_shortcoming, rung, completion)
    elif rung.advance is None or standing.rung + 1 == len(rungs):
        standing.why = _at_the_top
    else:
        row = (*row, day.attempt(item, completion))[-window(rung.advance) :]
        if not is_met(rung.advance, row):
            standing.row = row
            standing.why = partial(_shown, "has not met its criterion yet", rung.advance, row)
            return
        above = rungs[standing.rung + 1]
        if not _leads_to(rung, above) or above.variant < rung.variant:
            standing.row = row
            standing.why = partial(_no_step_up, standing.rung + 1)
            return
        standing.rung += 1
        standing.why = partial(_shown, "met its criterion", rung.advance, row)


def _not_recorded() -> tuple[str, ...]:
    return ("it was not recorded at the newest check-in",)


def _at_the_top() -> tuple[str, ...]:
    return ("it stands on the highest rung that it leads to",)


def _no_step_up(rung: int) -> tuple[str, ...]:
    return (f"rung {rung} is no sound step up: validate the plan",)


def _shown(what: str, criterion: Criterion, row: tuple[Attempt, ...]) -> tuple[str, ...]:
    """Return what came of a criterion, with the check-ins and the numbers that it looks at."""
    wanted = criterion_in_words(criterion)
    numbers = "; ".join(numbers_for(criterion, row))
    checkins = ", ".join(str(each.checkin) for each in row)
    return (f"{what}: {wanted}; check-ins {checkins}: {numbers}",)


def _counts(rung: Rung, done: Completion) -> bool:
    """Tell whether a completion counts toward a rung."""
    return done.done is True and _reaches(rung, done) and _is_enough(rung, done)


# In most logs what was planned was performed, and is the same object.


def _reaches(rung: Rung, done: Completion) -> bool:
    return rung.variant is done.performed or rung.variant <= done.performed


def _is_enough(rung: Rung, done: Completion) -> bool:
    if rung.dose is None or rung.dose is done.dose:
        return True
    return (done.dose or Dose()).covers(rung.dose)


def _shortcoming(rung: Rung, done: Completion) -> tuple[str, ...]:
    """Return why a completion does not count toward a rung."""
    if done.done is not True:
        return ("it was not recorded as done in full",)
    if not _reaches(rung, done):
        ours, other = rung.variant.exercise, done.performed.exercise
        version = " in this version" if other.id == ours.id and other != ours else ""
        return (f"{done.performed} does not count for {rung.variant}{version}",)
    return (f"a dose of {done.dose or 'unknown size'} does not count for {rung.dose}",)


def _asking(decision: Decision, item: PrescriptionId) -> list[Finding]:
    """Return the findings that concern an item: its own, the session's, and any referral."""
    return [
        each
        for each in decision.findings
        if each.item in {None, item} or each.action >= Action.REFER
    ]


def _let_back(left_out_by: tuple[str, ...], day: _Day, item: PrescriptionId) -> tuple[str, ...]:
    """Return which rules no longer leave an item out, at which check-in and with what numbers."""
    by = sorted(
        {
            each.by
            for each in day.entries
            if isinstance(each, Clearance) and each.rules.intersection(left_out_by)
        }
    )
    how = f"cleared by {listed(by)}" if by else "no longer set"
    rated = ", ".join(f"{channel} {n}" for channel, n in day.severities(item).items())
    rules = list(dict.fromkeys(left_out_by))
    said = f"rule {rules[0]} is" if len(rules) == 1 else f"rules {listed(rules)} are"
    return (f"{said} {how} at check-in {day.checkin}: {rated or 'nothing rated'}",)


def _why(decision: Decision, item: PrescriptionId, action: Action) -> tuple[str, ...]:
    """Return why an action was decided for an item, a reason for each rule that asks for it."""
    said = [str(each) for each in _asking(decision, item)]
    unknown = f"not known: {', '.join(decision.unanswered) or 'whether it is safe to go on'}"
    first, *others = said or [unknown]
    return (f"{action.value}, for {first}", *others)


def _why_eased(
    decision: Decision, item: PrescriptionId, action: Action, *, answered: bool
) -> tuple[str, ...]:
    why = _why(decision, item, action)
    return (*why, "it was not performed since that was last answered") if answered else why


def _routine(
    plan: Plan,
    rungs: Mapping[PrescriptionId, tuple[Rung, ...]],
    standings: Mapping[PrescriptionId, _Standing],
    decision: Decision,
) -> Routine | None:
    items = tuple(
        _at_rung(item, rungs[item.id][standings[item.id].rung])
        for item in plan.routine.items
        if standings[item.id].present
    )
    if not items or not decision.allows_exercise:
        return None
    return attrs.evolve(plan.routine, items=items)


def _at_rung(item: Prescription, rung: Rung) -> Prescription:
    return attrs.evolve(item, variant=rung.variant, dose=rung.dose)


def _changes(
    rungs: Mapping[PrescriptionId, tuple[Rung, ...]],
    before: Mapping[PrescriptionId, _Standing],
    after: Mapping[PrescriptionId, _Standing],
) -> Iterable[Change]:
    for item, standing in after.items():
        past = before[item]
        kind = _kind(past, standing)
        if kind is None:
            continue
        changed = _differences(rungs[item][past.last], rungs[item][standing.rung])
        yield Change(
            item=item,
            kind=kind,
            before=past.rung if past.present else None,
            after=standing.rung if standing.present else None,
            differences=tuple(map(clipped, changed)) if standing.present else (),
            reasons=tuple(map(clipped, standing.why())),
        )


def _differences(before: Rung, after: Rung) -> Iterable[str]:
    """Yield what is different between two rungs, of which an item left both."""
    yield from map(str, differences(before.variant, after.variant))
    if not same_amounts(before.dose, after.dose):
        yield f"dose: {before.dose or 'not stated'} → {after.dose or 'not stated'}"


def _kind(past: _Standing, standing: _Standing) -> ChangeKind | None:
    if past.present and not standing.present:
        return ChangeKind.DROPPED
    if standing.present and not past.present:
        return ChangeKind.RETURNED
    if standing.rung == past.rung or not standing.present:
        return None
    return ChangeKind.PROGRESSED if standing.rung > past.rung else ChangeKind.EASED
