"""Stopping: policies of rules, and the monitor that a log of reports is fed to.

The decision is the greatest action of the rules that are set. Unknown never permits progression and
never releases a rule. How one rule is set and released is in `backex.latches`.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from functools import cached_property
from typing import Any, final

import attrs
from attrs import Attribute, field, frozen

from backex.checks import (
    FLAG,
    IDENTIFIER,
    SEVERITY,
    UNLIMITED,
    And,
    Exactly,
    Integer,
    MapOf,
    OneOf,
    Optional,
    SetOf,
    TupleOf,
)
from backex.conditions import (
    Occasion,
    Situation,
    is_unknown,
    reacts_to,
)
from backex.decision import Action, Decision, Finding, deciding
from backex.errors import ConflictingClearance, InvalidValue, LateReport
from backex.ids import PolicyId, PrescriptionId
from backex.latches import RuleState, StoppingRule, Track, advanced
from backex.making import unchecked
from backex.mappings import FrozenMap, frozen_map
from backex.provenance import SOURCES, Source
from backex.symptoms import Channel, Clearance, Moment, RedFlag, SymptomReport, severity_map

__all__ = [
    "Entry",
    "Monitor",
    "StoppingPolicy",
    "Tolerance",
    "decide",
    "joined",
    "log_order",
    "unmet_flags",
]


@final
@frozen(kw_only=True)
class Tolerance:
    """What a policy accepts without reacting; by default nothing above the person's baseline.

    Raises:
        InvalidValue: a severity or a rise outside 0–10, or a malformed channel.
    """

    #: For each channel, the severity up to which it is accepted whatever the baseline is.
    severity_at_most: Mapping[Channel, int] = field(
        default={}, converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=20)
    )
    #: For each channel, the rise above the baseline up to which it is accepted.
    rise_at_most: Mapping[Channel, int] = field(
        default={}, converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=20)
    )


@final
@frozen(kw_only=True)
class StoppingPolicy:
    """The rules by which symptoms stop exercise, and what has to be asked for them.

    Raises:
        InvalidValue: a malformed id or a field of the wrong type.
    """

    #: Which policy.
    id: PolicyId = field(validator=IDENTIFIER)
    #: The rules; their order does not matter.
    rules: tuple[StoppingRule, ...] = field(validator=TupleOf(Exactly(StoppingRule), high=50))
    #: The channels that every report at the moments of `asks_at` must rate.
    asks: frozenset[Channel] = field(validator=SetOf(IDENTIFIER, high=20))
    #: The moments at which they are asked. One of them at each check-in makes it known, but not for
    #: rules that look at certain moments only.
    asks_at: frozenset[Moment] = field(
        default=frozenset({Moment.AFTER, Moment.NEXT_MORNING}),
        validator=SetOf(Exactly(Moment), low=1),
    )
    #: Whether red flags must be asked for at those moments.
    asks_red_flags: bool = field(default=False, validator=FLAG)
    #: What it accepts without reacting.
    tolerance: Tolerance = field(factory=Tolerance, validator=Exactly(Tolerance))
    #: The least action with which it answers what is outside its tolerance.
    answer: Action = field(default=Action.REST, validator=Exactly(Action))
    #: Where it comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    def start(self, baseline: SymptomReport | None = None) -> Monitor:
        """Return a monitor that has observed nothing yet.

        `baseline` is the person's usual state before the first session; without it a rise cannot be
        told, so the decision never gets past hold.
        """
        states = tuple(RuleState() for _ in self.rules)
        usual: Mapping[Channel, int] = {} if baseline is None else baseline.severities
        return Monitor(policy=self, baseline=usual, baseline_next=usual, session=Track(states))


#: What a monitor observes.
Entry = SymptomReport | Clearance
_ENTRY = OneOf((SymptomReport, Clearance))
_NUMBER = Integer(0, 1_000_000_000)


def _tracks(value: Mapping[PrescriptionId, Track]) -> Mapping[PrescriptionId, Track]:
    return frozen_map(value)


_new_occasion = unchecked(Occasion)
_new_situation = unchecked(Situation)
_new_track = unchecked(Track)
_new_finding = unchecked(Finding)
_new_decision = unchecked(Decision)
_NOTHING = Occasion()
_NO_ACTIONS: Mapping[PrescriptionId, Action] = FrozenMap()
_NOTHING_OPEN: Mapping[PrescriptionId, tuple[str, ...]] = FrozenMap()


def joined(policy: StoppingPolicy, occasion: Occasion, report: SymptomReport) -> Occasion:
    """Return what is known of a check-in after one more of its reports, in whatever order."""
    reports: tuple[SymptomReport, ...] = (report,)
    if occasion.reports:
        by_moment = {each.moment: each for each in occasion.reports}
        known = by_moment.get(report.moment)
        by_moment[report.moment] = report if known is None else known.joined(report)
        reports = tuple([by_moment[moment] for moment in Moment if moment in by_moment])
    if report.moment not in policy.asks_at:
        return _new_occasion(
            reports=reports,
            answered=occasion.answered,
            left_out=occasion.left_out,
            flags_left_out=occasion.flags_left_out,
        )
    return _new_occasion(
        reports=reports,
        answered=True,
        left_out=occasion.left_out | policy.asks.difference(report.severities.keys()),
        flags_left_out=occasion.flags_left_out or report.red_flags is None,
    )


def unmet_flags(policy: StoppingPolicy, occasion: Occasion) -> frozenset[RedFlag]:
    """Return the red flags of a check-in to which no rule of the policy reacts."""
    flags = [flag for report in occasion.reports if report.red_flags for flag in report.red_flags]
    if not flags:
        return frozenset()
    return frozenset(
        flag for flag in flags if not any(reacts_to(rule.when, flag) for rule in policy.rules)
    )


def _fits(instance: Monitor, attribute: Attribute[Any], value: Track) -> None:
    _all_fit(instance, attribute, {"session": value})


def _all_fit(instance: Monitor, attribute: Attribute[Any], value: Mapping[str, Track]) -> None:
    # Once for all tracks: a policy can be as long as there are many of them.
    counts = [len(rule.persistences) for rule in instance.policy.rules]
    for track in value.values():
        fits = len(track.before) == len(counts) and all(
            len(state.counts) in {0, count}
            for state, count in zip(track.before, counts, strict=True)
        )
        if not fits:
            allowed = "a track with one state for each rule of the policy, and its counts"
            raise InvalidValue("Monitor", attribute.name, track, allowed)


@final
@frozen(eq=False)
class _Standing:
    """How a track stands after what is known of the open check-in."""

    policy: StoppingPolicy
    occasion: Occasion
    #: What each rule sees.
    situations: tuple[Situation, ...]
    #: What each rule comes to.
    states: tuple[RuleState, ...]


@final
@frozen(eq=False)
class _Judged:
    """What a track asks for, and what of it is open."""

    standing: _Standing
    #: The places of the rules that could not be judged.
    unknown: tuple[int, ...]
    #: The red flags to which no rule reacts.
    unmet: frozenset[RedFlag]
    #: What keeps a rule from being judged, in words.
    unanswered: tuple[str, ...]
    #: What it asks for.
    action: Action

    @property
    def open_referrals(self) -> list[int]:
        """The places of the rules that refer the person and could not be judged."""
        rules = self.standing.policy.rules
        return [place for place in self.unknown if rules[place].then >= Action.REFER]

    @property
    def may_refer(self) -> bool:
        """Whether it is open whether the person is to be referred."""
        return bool(self.unmet or self.open_referrals)

    def findings(self, item: PrescriptionId | None) -> list[Finding]:
        """Return the rules in force, with what set them."""
        return [
            _new_finding(
                rule=rule.id,
                action=rule.then,
                condition=rule.when,
                reports=state.latch.reports,
                baseline=state.latch.baseline,
                item=item,
                advice=rule.advice,
                measures=rule.measures,
                concerns=rule.concerns,
                sources=rule.all_sources,
            )
            for rule, state in zip(self.standing.policy.rules, self.standing.states, strict=True)
            if state.latch is not None
        ]


def _distinct(situations: tuple[Situation, ...]) -> Collection[Situation]:
    """Return what rules see, once: most often all see the same."""
    return {id(each): each for each in situations}.values()


def _judge(standing: _Standing) -> _Judged:
    rules, situations = standing.policy.rules, standing.situations
    complete = all(each.is_complete for each in _distinct(situations))
    unknown = tuple(
        [
            place
            for place, rule in enumerate(rules)
            # Where all is known, only a limit to moments can leave something open.
            if (rule.moments or not complete) and is_unknown(rule.when, situations[place])
        ]
    )
    unmet = unmet_flags(standing.policy, standing.occasion)
    is_open = unknown or unmet or not complete or not rules
    unanswered = tuple(_unanswered(standing, unknown, unmet)) if is_open else ()
    actions = [
        rule.then
        for rule, state in zip(rules, standing.states, strict=True)
        if state.latch is not None
    ]
    least = Action.HOLD if unanswered else Action.CONTINUE
    return _new_judged(standing, unknown, unmet, unanswered, max([least, *actions]))


def _unanswered(
    standing: _Standing, unknown: tuple[int, ...], unmet: frozenset[RedFlag]
) -> Iterable[str]:
    """Yield in words what keeps a rule of a track from being judged."""
    policy = standing.policy
    if not policy.rules:
        yield "anything, for the policy has no rules"
        return
    situations = _distinct(standing.situations)
    occasions = [each.occasion for each in situations]
    if not all(each.answered for each in occasions):
        asked = sorted([moment.value.replace("-", " ") for moment in policy.asks_at])
        when = "since the clearance" if standing.occasion.answered else "at this check-in"
        yield f"how it feels ({' or '.join(asked)}) {when}"
    yield from sorted(frozenset().union(*[each.left_out for each in occasions]))
    if policy.asks_red_flags and any(each.flags_left_out for each in occasions):
        yield "red flags"
    yield from dict.fromkeys(_untold(standing, unknown))
    usual = [each.asks.difference(each.baseline.keys()) for each in situations]
    for channel in sorted(frozenset().union(*usual)):
        yield f"the usual level of {channel}"
    for flag in sorted(unmet):
        yield f"what to do about {flag.replace('-', ' ')}, a red flag that no rule answers"


def _untold(standing: _Standing, unknown: tuple[int, ...]) -> Iterable[str]:
    """Yield the moments to which rules are limited and at which nothing was said."""
    for place in unknown:
        situation = standing.situations[place]
        if situation.occasion.answered:
            for limit in standing.policy.rules[place].moments:
                if not situation.was_told(limit):
                    asked = [each for each in Moment if each in limit & situation.asks_at]
                    words = " or ".join(each.value.replace("-", " ") for each in asked)
                    yield f"how it feels ({words}) at this check-in"


_new_standing = unchecked(_Standing)
_new_judged = unchecked(_Judged)


@final
@frozen(kw_only=True)
class Monitor:
    """A policy at work on one person: an immutable value, as large as rules × reported items.

    There is one track for the session and one for each item that was reported on, forked from the
    session's. Reports on the session go to all tracks, reports on an item to its own.
    """

    #: The policy at work.
    policy: StoppingPolicy = field(validator=Exactly(StoppingPolicy))
    #: The usual severities with which the open check-in is compared.
    baseline: Mapping[Channel, int] = field(
        converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=UNLIMITED)
    )
    #: The same from the next check-in on; a clearance changes it.
    baseline_next: Mapping[Channel, int] = field(
        converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=UNLIMITED)
    )
    #: The track of the session.
    session: Track = field(validator=And(Exactly(Track), _fits))
    #: The tracks of items.
    items: Mapping[PrescriptionId, Track] = field(
        default={},
        converter=_tracks,
        validator=And(MapOf(IDENTIFIER, Exactly(Track), high=UNLIMITED), _all_fit),
    )
    #: The open check-in. None: none yet.
    checkin: int | None = field(default=None, validator=Optional(_NUMBER))
    #: The newest entry's `seq` in the open check-in. None: no entry there yet.
    seq: int | None = field(default=None, validator=Optional(_NUMBER))
    #: The newest entry where that is a clearance.
    clearance: Clearance | None = field(default=None, validator=Optional(Exactly(Clearance)))

    def observe(self, entry: Entry) -> Monitor:
        """Return the monitor after one more entry.

        Entries come in the order of check-in and seq; those that share both may come in any order,
        clearances first.

        Raises:
            LateReport: the entry is older than the newest one observed.
            ConflictingClearance: another clearance has the same check-in and seq.
        """
        if type(entry) is Clearance:
            if entry == self.clearance:
                return self
            self._refuse_late(entry)
            return self.at(entry.checkin)._cleared(entry)  # noqa: SLF001 (its own class)
        if type(entry) is not SymptomReport:
            raise InvalidValue("observe", "entry", entry, _ENTRY.allowed)
        self._refuse_late(entry)
        return self._reported(entry)

    def _refuse_late(self, entry: Entry) -> None:
        if self.checkin is None or entry.checkin > self.checkin:
            return
        newest = (self.checkin, self.seq or 0)
        if entry.key < newest:
            raise LateReport(entry.key, newest)
        if self.seq is None or entry.key > newest or type(entry) is SymptomReport:
            return
        if self.clearance is None:
            raise LateReport(entry.key, newest)
        raise ConflictingClearance(entry.key)

    def at(self, checkin: int) -> Monitor:
        """Return the monitor with that check-in opened, of which nothing is known yet.

        Raises:
            InvalidValue: it is no number of a check-in.
            LateReport: a later check-in is already open.
        """
        if not _NUMBER.accepts(checkin):
            raise InvalidValue("Monitor", "checkin", checkin, _NUMBER.allowed)
        if self.checkin is not None and checkin < self.checkin:
            raise LateReport((checkin, 0), (self.checkin, self.seq or 0))
        if checkin == self.checkin:
            return self
        session, items = self._opened(checkin)
        return _new_monitor(
            policy=self.policy,
            baseline=self.baseline_next,
            baseline_next=self.baseline_next,
            session=session,
            items=items,
            checkin=checkin,
        )

    def _opened(self, checkin: int) -> tuple[Track, Mapping[PrescriptionId, Track]]:
        """Return the tracks of the session and of the items as a later check-in begins."""
        skipped = self.checkin is not None and checkin > self.checkin + 1
        session = self._closed(self._standing, skipped=skipped)
        if not self.items:
            return session, self.items
        standings = self._standings.items()
        return session, FrozenMap(
            {item: self._closed(standing, skipped=skipped) for item, standing in standings}
        )

    def _closed(self, standing: _Standing, *, skipped: bool) -> Track:
        states = standing.states
        if skipped:
            states = self._stands(_new_track(states)).states
        return _new_track(states)

    def _stands(self, track: Track) -> _Standing:
        """Return how a track stands after what is known of the open check-in."""
        policy = self.policy
        now = self._situation(track.occasion, self.baseline)
        situations = (now,) * len(policy.rules)
        if track.since_clearance:
            since = {
                rule: self._situation(occasion, self.baseline_next)
                for rule, occasion in track.since_clearance.items()
            }
            situations = tuple([since.get(rule.id, now) for rule in policy.rules])
        states = tuple(map(advanced, policy.rules, track.before, situations))
        return _new_standing(policy, track.occasion, situations, states)

    def _situation(self, occasion: Occasion, baseline: Mapping[Channel, int]) -> Situation:
        return _new_situation(
            occasion=occasion,
            baseline=baseline,
            asks=self.policy.asks,
            asks_at=self.policy.asks_at,
            asks_red_flags=self.policy.asks_red_flags,
        )

    # What the decision is made from is what the next check-in begins with.
    @cached_property
    def _standing(self) -> _Standing:
        return self._stands(self.session)

    @cached_property
    def _standings(self) -> dict[PrescriptionId, _Standing]:
        return {item: self._stands(track) for item, track in self.items.items()}

    def _reported(self, report: SymptomReport) -> Monitor:
        session, items, baseline = self.session, self.items, self.baseline
        if report.checkin != self.checkin:
            session, items = self._opened(report.checkin)
            baseline = self.baseline_next
        if report.item is not None:
            heard = self._heard(items.get(report.item, session), report)
            items = FrozenMap({**items, report.item: heard})
        else:
            session = self._heard(session, report)
            if items:
                items = FrozenMap({item: self._heard(each, report) for item, each in items.items()})
        return _new_monitor(
            policy=self.policy,
            baseline=baseline,
            baseline_next=self.baseline_next,
            session=session,
            items=items,
            checkin=report.checkin,
            seq=report.seq,
        )

    def _heard(self, track: Track, report: SymptomReport) -> Track:
        since = track.since_clearance
        if since:
            since = FrozenMap(
                {rule: joined(self.policy, each, report) for rule, each in since.items()}
            )
        return _new_track(track.before, joined(self.policy, track.occasion, report), since)

    def _cleared(self, clearance: Clearance) -> Monitor:
        usual = dict(self.baseline_next)
        if clearance.new_baseline is not None:
            usual.update(clearance.new_baseline.severities)
        return attrs.evolve(
            self,
            seq=clearance.seq,
            clearance=clearance,
            # A lower level counts at once, a higher one from the next check-in on.
            baseline={
                channel: min(severity, self.baseline.get(channel, severity))
                for channel, severity in {**self.baseline, **usual}.items()
                if channel in self.baseline
            },
            baseline_next=usual,
            session=self._released(self.session, clearance),
            items={item: self._released(track, clearance) for item, track in self.items.items()},
        )

    def _released(self, track: Track, clearance: Clearance) -> Track:
        rules = self.policy.rules
        before = tuple(
            RuleState() if rule.id in clearance.rules else state
            for rule, state in zip(rules, track.before, strict=True)
        )
        named = {rule.id: _NOTHING for rule in rules if rule.id in clearance.rules}
        return Track(before, track.occasion, {**track.since_clearance, **named})

    @cached_property
    def decision(self) -> Decision:
        """What to do next, by all that has been observed."""
        session = _judge(self._standing)
        found, action = session.findings(None), session.action
        unknown, unanswered = session.unknown, session.unanswered
        actions, left_open = _NO_ACTIONS, _NOTHING_OPEN
        if self.items:
            items = {item: _judge(each) for item, each in self._standings.items()}
            for item, judged in items.items():
                found.extend(each for each in judged.findings(item) if not _repeats(each, found))
            # A referral concerns the person, whichever item it was reported on.
            referred = [each.action for each in items.values() if each.action >= Action.REFER]
            in_doubt = [item for item, each in items.items() if each.may_refer]
            doubt = Action.HOLD if in_doubt else Action.CONTINUE
            action = max([action, doubt, *referred])
            actions = FrozenMap({item: max(action, each.action) for item, each in items.items()})
            of_items = {
                item: tuple(each for each in judged.unanswered if each not in session.unanswered)
                for item, judged in items.items()
            }
            left_open = FrozenMap({item: each for item, each in of_items.items() if each})
            referrals = [place for item in in_doubt for place in items[item].open_referrals]
            unknown = tuple({*unknown, *referrals})
            said = [f"{each} for {item}" for item in in_doubt for each in of_items[item]]
            unanswered = (*unanswered, *said)
        found.sort(key=lambda each: (-each.action.rank, each.rule))
        decisive = deciding(found, action) if found else ()
        measures = [each.measures for each in decisive if action < Action.REFER]
        return _new_decision(
            action=action,
            policy=self.policy.id,
            findings=tuple(found),
            unknown=tuple(sorted([self.policy.rules[place].id for place in unknown])),
            unanswered=unanswered,
            items=actions,
            items_unanswered=left_open,
            measures=frozenset().union(*measures),
            concerns=frozenset().union(*[each.concerns for each in decisive]),
        )


_new_monitor = unchecked(Monitor)


def _repeats(finding: Finding, found: Iterable[Finding]) -> bool:
    """Tell whether an item's finding only repeats one of the session, which holds for all items."""
    return any(each.rule == finding.rule and each.item is None for each in found)


def log_order(entry: Entry) -> tuple[int, int, int]:
    """Return the key by which a log is sorted: check-in, seq, clearances before reports."""
    return (*entry.key, 0 if isinstance(entry, Clearance) else 1)


def decide(
    policy: StoppingPolicy | None,
    entries: Iterable[Entry],
    *,
    baseline: SymptomReport | None = None,
    checkin: int | None = None,
) -> Decision:
    """Return what to do next by `policy`, after a whole log in any order.

    `checkin` is the check-in at which it is asked; without it, that of the newest entry. Where the
    log has nothing of it yet, or of those before it, they are missing check-ins.

    Without a policy, without rules, without a report at the newest check-in or with something
    asked for left open, the decision is at least to hold.

    Raises:
        ConflictingClearance: two different clearances have the same check-in and seq.
        LateReport: an entry is of a check-in after `checkin`.
    """
    if policy is None:
        return Decision(action=Action.HOLD, policy=None)
    monitor = policy.start(baseline)
    for entry in sorted(entries, key=log_order):
        monitor = monitor.observe(entry)
    return (monitor if checkin is None else monitor.at(checkin)).decision
