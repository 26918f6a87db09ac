"""Plans: a routine with ladders, and the next session as a pure fold over the whole log.

Nothing is counted between calls: the log says it all, so an old record that is corrected corrects
everything after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import final

import attrs
from attrs import field, frozen

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


@final
@frozen
class _Standing:
    """Where an item stands: its rung, and what of the log still matters."""

    #: The rung; -1 below the lowest: left out.
    rung: int = 0
    #: The sessions in a row that count toward the criterion.
    row: tuple[Attempt, ...] = ()
    #: Whether it was performed and no easing has answered that yet.
    answerable: bool = False
    #: Whether it is part of the next session.
    present: bool = True
    #: The rung at which it was last part of one.
    last: int = 0
    #: The rules for which it is left out.
    left_out_by: tuple[str, ...] = ()
    #: Why it stands there.
    reasons: tuple[str, ...] = ("nothing has been recorded yet",)


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

    def attempt(self, item: PrescriptionId) -> Attempt | None:
        """Return how the item went, or None where that is not known."""
        completion = self.completed.get(item)
        if completion is None:
            return None
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
    for day in days:
        monitor = None if monitor is None else _observed(monitor, day)
        decision = _decision(monitor)
        before = standings
        broken = previous is not None and day.checkin != previous + 1
        standings = {
            item: _moved(
                attrs.evolve(standing, row=()) if broken else standing,
                rungs[item],
                day,
                decision,
                item,
            )
            for item, standing in standings.items()
        }
        previous = day.checkin
    stands = (f"{item}: {'; '.join(each.reasons)}" for item, each in standings.items())
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
        return days.setdefault(checkin, _Day(checkin))

    for record in log:
        completed = at(record.checkin).completed
        for item, completion in record.completed.items():
            agreed = completed.get(item, completion) == completion
            completed[item] = completion if agreed else None
        for entry in record.entries:
            at(entry.checkin).entries.append(entry)
    disputes = [each for _, day in sorted(days.items()) for each in _disputed(day)]
    return [day for _, day in sorted(days.items())], disputes


def _disputed(day: _Day) -> Iterable[str]:
    """Take out clearances that contradict each other, and say so."""
    cleared: dict[int, Clearance] = {}
    disputed: set[int] = set()
    for entry in day.entries:
        if isinstance(entry, Clearance) and cleared.setdefault(entry.seq, entry) != entry:
            disputed.add(entry.seq)
    day.entries[:] = [
        each for each in day.entries if not (isinstance(each, Clearance) and each.seq in disputed)
    ]
    for seq in sorted(disputed):
        yield f"check-in {day.checkin} has different clearances with seq {seq}: none of them counts"


def _decision(monitor: Monitor | None) -> Decision:
    return Decision(action=Action.HOLD) if monitor is None else monitor.decision


def _observed(monitor: Monitor, day: _Day) -> Monitor:
    opened = monitor.at(day.checkin)
    for entry in sorted(day.entries, key=log_order):
        opened = opened.observe(entry)
    return opened


def _rungs_of(plan: Plan, item: Prescription) -> tuple[Rung, ...]:
    """Return an item's rungs, each with its dose; without a ladder, its own form is the one."""
    ladder = plan.ladders.get(item.id)
    if ladder is None:
        return (Rung(variant=item.variant, dose=item.dose),)
    return tuple(
        attrs.evolve(rung, dose=item.dose if rung.dose is None else rung.dose)
        for rung in ladder.rungs
    )


def _moved(
    standing: _Standing,
    rungs: tuple[Rung, ...],
    day: _Day,
    decision: Decision,
    item: PrescriptionId,
) -> _Standing:
    """Return where an item stands after one more check-in."""
    kept = attrs.evolve(
        standing, answerable=standing.answerable or day.was_performed(item), present=True
    )
    action = decision.action_for(item)
    if action >= Action.EASE:
        moved = _eased(kept, decision, item)
    elif action is Action.HOLD:
        why = _why(decision, item, action)
        moved = attrs.evolve(kept, row=(), present=standing.rung >= 0, reasons=why)
    elif not standing.present:
        # A session in spite of a rest shows nothing. An item below its lowest rung counts as
        # performed, so that the same symptoms drop it again.
        out = standing.rung < 0
        moved = attrs.evolve(
            kept,
            rung=max(0, standing.rung),
            row=(),
            answerable=out or kept.answerable,
            reasons=(_let_back(standing, day, item),),
        )
    else:
        moved = _continued(kept, rungs, day.attempt(item))
    return attrs.evolve(moved, last=moved.rung) if moved.present else moved


def _eased(standing: _Standing, decision: Decision, item: PrescriptionId) -> _Standing:
    action = decision.action_for(item)
    why = _why(decision, item, action)
    rung = max(-1, standing.rung - 1) if standing.answerable else standing.rung
    if not standing.answerable:
        why = (*why, "it was not performed since that was last answered")
    present = action.allows_exercise and rung >= 0
    rules = tuple(str(each.rule) for each in _asking(decision, item))
    return attrs.evolve(
        standing,
        rung=rung,
        row=(),
        answerable=False,
        present=present,
        left_out_by=() if present else rules,
        reasons=why,
    )


def _leads_to(rung: Rung, other: Rung) -> bool:
    return other.variant.is_sound and rung.variant.exercise == other.variant.exercise


def _continued(standing: _Standing, rungs: tuple[Rung, ...], attempt: Attempt | None) -> _Standing:
    rung = rungs[standing.rung]
    if attempt is None:
        said = "it was not recorded at the newest check-in"
        return attrs.evolve(standing, row=(), reasons=(said,))
    missing = _shortcoming(rung, attempt.completion)
    if missing is not None:
        return attrs.evolve(standing, row=(), reasons=(missing,))
    row = (*standing.row, attempt)
    if rung.advance is None or standing.rung + 1 == len(rungs):
        said = "it stands on the highest rung that it leads to"
        return attrs.evolve(standing, row=row, reasons=(said,))
    wanted = criterion_in_words(rung.advance)
    looked_at = row[-window(rung.advance) :]
    numbers = "; ".join(numbers_for(rung.advance, looked_at))
    checkins = ", ".join(str(each.checkin) for each in looked_at)
    shown = f"{wanted}; check-ins {checkins}: {numbers}"
    if not is_met(rung.advance, row):
        return attrs.evolve(standing, row=row, reasons=(f"has not met its criterion yet: {shown}",))
    above = rungs[standing.rung + 1]
    if not _leads_to(rung, above) or above.variant < rung.variant:
        said = f"rung {standing.rung + 1} is no sound step up: validate the plan"
        return attrs.evolve(standing, row=row, reasons=(said,))
    return attrs.evolve(
        standing, rung=standing.rung + 1, row=(), reasons=(f"met its criterion: {shown}",)
    )


def _shortcoming(rung: Rung, done: Completion) -> str | None:
    """Return why a completion does not count toward a rung, or None where it does."""
    if done.done is not True:
        return "it was not recorded as done in full"
    if not rung.variant <= done.performed:
        ours, other = rung.variant.exercise, done.performed.exercise
        version = " in this version" if other.id == ours.id and other != ours else ""
        return f"{done.performed} does not count for {rung.variant}{version}"
    if rung.dose is not None and not (done.dose or Dose()).covers(rung.dose):
        return f"a dose of {done.dose or 'unknown size'} does not count for {rung.dose}"
    return None


def _asking(decision: Decision, item: PrescriptionId) -> list[Finding]:
    """Return the findings that concern an item: its own, the session's, and any referral."""
    return [
        each
        for each in decision.findings
        if each.item in {None, item} or each.action >= Action.REFER
    ]


def _let_back(standing: _Standing, day: _Day, item: PrescriptionId) -> str:
    """Return which rules no longer leave an item out, at which check-in and with what numbers."""
    by = sorted(
        {
            each.by
            for each in day.entries
            if isinstance(each, Clearance) and each.rules.intersection(standing.left_out_by)
        }
    )
    how = f"cleared by {listed(by)}" if by else "no longer set"
    rated = ", ".join(f"{channel} {n}" for channel, n in day.severities(item).items())
    rules = list(dict.fromkeys(standing.left_out_by))
    said = f"rule {rules[0]} is" if len(rules) == 1 else f"rules {listed(rules)} are"
    return f"{said} {how} at check-in {day.checkin}: {rated or 'nothing rated'}"


def _why(decision: Decision, item: PrescriptionId, action: Action) -> tuple[str, ...]:
    """Return why an action was decided for an item, a reason for each rule that asks for it."""
    said = [str(each) for each in _asking(decision, item)]
    unknown = f"not known: {', '.join(decision.unanswered) or 'whether it is safe to go on'}"
    first, *others = said or [unknown]
    return (f"{action.value}, for {first}", *others)


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
            reasons=tuple(map(clipped, standing.reasons)),
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
