"""The course of a log: what a monitor made of it, check-in by check-in, for a picture of it.

Nothing is decided here: every decision and every latch is read off the monitor.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import final

import attrs
from attrs import field, frozen

from backex.conditions import Occasion
from backex.decision import Action, Decision
from backex.ids import PrescriptionId, RuleId
from backex.latches import StoppingRule
from backex.stopping import Entry, Monitor, StoppingPolicy, log_order
from backex.symptoms import Channel, Clearance, SymptomReport, Trend

__all__ = ["Bar", "CheckIn", "Course", "course"]

# A longer run of check-ins without an entry becomes one column.
_SHOWN_ONE_BY_ONE = 3


@final
@frozen(kw_only=True)
class CheckIn:
    """One check-in, or a long run of missing ones, as it stood when it was over."""

    #: Its number, or that of the first missing one.
    first: int
    #: The same, or the number of the last missing one.
    last: int
    #: Whether there is no entry for it.
    is_missing: bool
    #: What was said.
    occasion: Occasion
    #: What was asked for and not answered: channels and red flags.
    unanswered: tuple[str, ...]
    #: The usual severities with which it was compared.
    baseline: Mapping[Channel, int]
    #: What was decided.
    decision: Decision
    #: The action of that decision for what the picture is about.
    action: Action
    #: The clearances given at it.
    clearances: tuple[Clearance, ...]

    @property
    def worst(self) -> Mapping[Channel, int]:
        """The worst known severity of each channel."""
        worst: dict[Channel, int] = {}
        for report in self.occasion.reports:
            for channel, severity in report.severities.items():
                worst[channel] = max(severity, worst.get(channel, severity))
        return worst

    @property
    def red_flags(self) -> frozenset[str]:
        """The red flags present."""
        return frozenset().union(*(each.red_flags or () for each in self.occasion.reports))

    @property
    def is_said_to_be_worse(self) -> bool:
        """Whether the person put the change as "worse"."""
        return any(each.trend is Trend.WORSE for each in self.occasion.reports)

    @property
    def is_evaluation_wanted(self) -> bool:
        """Whether the person would like a professional evaluation."""
        return any(each.evaluation_wanted for each in self.occasion.reports)


@final
@frozen(kw_only=True)
class Bar:
    """How long a rule was set, as positions in `Course.checkins`."""

    #: Where it was set.
    start: int
    #: Where it was released. None: it is set to the end.
    end: int | None


@final
@frozen(kw_only=True)
class Course:
    """A log as a monitor saw it."""

    #: The check-ins from the first to the last, missing ones included.
    checkins: tuple[CheckIn, ...]
    #: For each rule, the greatest action first, how long it was set: by item where only the
    #: referral on that item tells why the decision is what it is, else without one.
    bars: tuple[tuple[StoppingRule, PrescriptionId | None, tuple[Bar, ...]], ...]
    #: The decision after all of it.
    decision: Decision
    #: The items that were reported on.
    items: frozenset[PrescriptionId]


#: For each item and None for the view of the picture: its rules in force, and where they were set.
_InForce = Mapping[PrescriptionId | None, Mapping[RuleId, int]]


@final
@frozen
class _Seen:
    """The rules in force at one instant that may begin or end a bar."""

    #: Position of the check-in.
    position: int
    #: Its number.
    checkin: int
    #: What was in force.
    in_force: _InForce
    #: The rules to which it matters. None: all.
    rules: frozenset[RuleId] | None = field(default=None)


def course(
    policy: StoppingPolicy,
    entries: Iterable[Entry],
    *,
    baseline: SymptomReport | None,
    item: PrescriptionId | None,
) -> Course:
    """Return the course of a log in any order, about the session or about one item.

    Raises:
        ConflictingClearance: two different clearances have the same check-in and seq.
    """
    monitor = policy.start(baseline)
    checkins: list[CheckIn] = []
    seen: list[_Seen] = []
    for number, group in groupby(sorted(entries, key=log_order), key=lambda each: each.checkin):
        if checkins:
            checkins += _missing(monitor, checkins[-1].first + 1, number - 1, item)
        position, given = len(checkins), tuple(group)
        for entry in given:
            if isinstance(entry, Clearance):
                # A rule that was set and cleared within one check-in is told by its clearance.
                seen += _around(entry, monitor.at(number), position, item)
            monitor = monitor.observe(entry)
        clearances = tuple(dict.fromkeys(each for each in given if isinstance(each, Clearance)))
        checkins.append(_checkin(monitor, number, number, item, clearances))
        seen.append(_Seen(position, number, _in_force(monitor, item)))
    return Course(
        checkins=tuple(checkins),
        bars=tuple(_bars(policy, seen, sorted(monitor.items))),
        decision=monitor.decision,
        items=frozenset(monitor.items),
    )


def _missing(
    monitor: Monitor, first: int, last: int, item: PrescriptionId | None
) -> Iterator[CheckIn]:
    """Return the check-ins between two entries, as the monitor stands at them."""
    if last - first >= _SHOWN_ONE_BY_ONE:
        yield _checkin(monitor.at(first), first, last, item)
        return
    for number in range(first, last + 1):
        yield _checkin(monitor.at(number), number, number, item)


def _checkin(
    monitor: Monitor,
    first: int,
    last: int,
    item: PrescriptionId | None,
    clearances: tuple[Clearance, ...] | None = None,
) -> CheckIn:
    occasion = _seen_from(monitor, item).session.occasion
    decision = monitor.decision
    return CheckIn(
        first=first,
        last=last,
        is_missing=clearances is None,
        occasion=occasion,
        unanswered=() if clearances is None else _unanswered(monitor.policy, occasion),
        baseline=monitor.baseline,
        decision=decision,
        action=decision.action if item is None else decision.action_for(item),
        clearances=clearances or (),
    )


def _unanswered(policy: StoppingPolicy, occasion: Occasion) -> tuple[str, ...]:
    asked = policy.asks if not occasion.answered else policy.asks & occasion.left_out
    flags = policy.asks_red_flags and (occasion.flags_left_out or not occasion.answered)
    return (*sorted(asked), *(["red flags"] if flags else []))


def _seen_from(monitor: Monitor, item: PrescriptionId | None) -> Monitor:
    """Return the monitor with the track of an item, once it has one, in place of the session's."""
    track = None if item is None else monitor.items.get(item)
    return monitor if track is None else attrs.evolve(monitor, session=track, items={})


def _in_force(monitor: Monitor, item: PrescriptionId | None) -> _InForce:
    found: dict[PrescriptionId | None, dict[RuleId, int]] = {
        each: _set_at(_seen_from(monitor, each)) for each in monitor.items
    }
    view = _set_at(monitor)
    for rule, checkin in found.get(item, {}).items():
        # What stops the item is its own track or the session's; the one set first is shown.
        view[rule] = min(checkin, view.get(rule, checkin))
    found[None] = view
    return found


def _set_at(monitor: Monitor) -> dict[RuleId, int]:
    return {
        each.rule: each.report.checkin for each in monitor.decision.findings if each.item is None
    }


def _around(
    clearance: Clearance, monitor: Monitor, position: int, item: PrescriptionId | None
) -> Iterator[_Seen]:
    for each in (monitor, monitor.observe(clearance)):
        yield _Seen(position, clearance.checkin, _in_force(each, item), clearance.rules)


def _bars(
    policy: StoppingPolicy, seen: Sequence[_Seen], items: Sequence[PrescriptionId]
) -> Iterator[tuple[StoppingRule, PrescriptionId | None, tuple[Bar, ...]]]:
    for rule in sorted(policy.rules, key=lambda each: (-each.then.rank, each.id)):
        yield rule, None, tuple(_bars_of(rule.id, None, seen))
        if rule.then < Action.REFER:
            continue
        for item in items:
            alone = any(
                rule.id in each.in_force.get(item, {}) and rule.id not in each.in_force[None]
                for each in seen
            )
            if alone:
                yield rule, item, tuple(_bars_of(rule.id, item, seen))


def _bars_of(rule: RuleId, item: PrescriptionId | None, seen: Sequence[_Seen]) -> Iterator[Bar]:
    position_of = {each.checkin: each.position for each in seen}
    start: int | None = None
    for each in seen:
        if each.rules is not None and rule not in each.rules:
            continue
        found = each.in_force.get(item, {}).get(rule)
        if start is not None and found is None:
            yield Bar(start=start, end=each.position)
            start = None
        elif start is None and found is not None:
            start = position_of[found]
    if start is not None:
        yield Bar(start=start, end=None)
