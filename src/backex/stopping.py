"""Stopping: policies of rules, and the monitor that a log of reports is fed to.

The decision is the greatest action of the rules that are set. Unknown never permits progression and
never releases a rule. How one rule is set and released is in `backex.latches`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    Optional,
    SetOf,
    TupleOf,
)
from backex.conditions import (
    Occasion,
    Situation,
    condition_sources,
    is_unknown,
    moments_in,
    persistences,
    reacts_to,
)
from backex.decision import Action, Decision, Finding, deciding
from backex.errors import ConflictingClearance, InvalidValue, LateReport
from backex.ids import PolicyId, PrescriptionId, RuleId
from backex.latches import RuleState, StoppingRule, Track, advanced
from backex.mappings import frozen_map
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


def _tracks(value: Mapping[PrescriptionId, Track]) -> Mapping[PrescriptionId, Track]:
    return frozen_map(value)


def joined(policy: StoppingPolicy, occasion: Occasion, report: SymptomReport) -> Occasion:
    """Return what is known of a check-in after one more of its reports, in whatever order."""
    by_moment = {each.moment: each for each in occasion.reports}
    known = by_moment.get(report.moment)
    by_moment[report.moment] = report if known is None else known.joined(report)
    asked = report.moment in policy.asks_at
    return Occasion(
        reports=tuple(by_moment[moment] for moment in Moment if moment in by_moment),
        answered=occasion.answered or asked,
        left_out=occasion.left_out
        | (policy.asks - report.severities.keys() if asked else frozenset()),
        flags_left_out=occasion.flags_left_out or (asked and report.red_flags is None),
    )


def unmet_flags(policy: StoppingPolicy, occasion: Occasion) -> frozenset[RedFlag]:
    """Return the red flags of a check-in to which no rule of the policy reacts."""
    return frozenset(
        flag
        for report in occasion.reports
        for flag in report.red_flags or ()
        if not any(reacts_to(rule.when, flag) for rule in policy.rules)
    )


def _fits(instance: Monitor, attribute: Attribute[Any], value: Track) -> None:
    _all_fit(instance, attribute, {"session": value})


def _all_fit(instance: Monitor, attribute: Attribute[Any], value: Mapping[str, Track]) -> None:
    # Once for all tracks: a policy can be as long as there are many of them.
    counts = [len(persistences(rule.when)) for rule in instance.policy.rules]
    for track in value.values():
        fits = len(track.before) == len(counts) and all(
            len(state.counts) in {0, count}
            for state, count in zip(track.before, counts, strict=True)
        )
        if not fits:
            allowed = "a track with one state for each rule of the policy, and its counts"
            raise InvalidValue("Monitor", attribute.name, track, allowed)


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
    checkin: int | None = field(default=None, validator=Optional(Integer(0, 1_000_000_000)))
    #: The newest entry's `seq` in the open check-in. None: no entry there yet.
    seq: int | None = field(default=None, validator=Optional(Integer(0, 1_000_000_000)))
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
        if type(entry) is Clearance and entry == self.clearance:
            return self
        self._refuse_late(entry)
        opened = self.at(entry.checkin)
        if isinstance(entry, Clearance):
            return opened._cleared(entry)  # noqa: SLF001 (its own class)
        return opened._reported(entry)  # noqa: SLF001 (its own class)

    def _refuse_late(self, entry: Entry) -> None:
        if self.checkin is None:
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
            LateReport: a later check-in is already open.
        """
        if self.checkin == checkin:
            return self
        if self.checkin is not None and checkin < self.checkin:
            raise LateReport((checkin, 0), (self.checkin, self.seq or 0))
        skipped = self.checkin is not None and checkin > self.checkin + 1
        return attrs.evolve(
            self,
            checkin=checkin,
            seq=None,
            clearance=None,
            baseline=self.baseline_next,
            session=self._closed(self.session, skipped=skipped),
            items={
                item: self._closed(track, skipped=skipped) for item, track in self.items.items()
            },
        )

    def _closed(self, track: Track, *, skipped: bool) -> Track:
        states = self._states(track)
        if skipped:
            states = self._states(Track(states))
        return Track(states)

    def _states(self, track: Track) -> tuple[RuleState, ...]:
        return tuple(
            advanced(rule, before, self._situation(track, rule))
            for rule, before in zip(self.policy.rules, track.before, strict=True)
        )

    def _situation(self, track: Track, rule: StoppingRule) -> Situation:
        since = track.since_clearance.get(rule.id)
        return Situation(
            occasion=track.occasion if since is None else since,
            baseline=self.baseline if since is None else self.baseline_next,
            asks=self.policy.asks,
            asks_at=self.policy.asks_at,
            asks_red_flags=self.policy.asks_red_flags,
        )

    def _reported(self, report: SymptomReport) -> Monitor:
        if report.item is None:
            return attrs.evolve(
                self,
                seq=report.seq,
                clearance=None,
                session=self._heard(self.session, report),
                items={item: self._heard(track, report) for item, track in self.items.items()},
            )
        forked = self.items.get(report.item, self.session)
        items = {**self.items, report.item: self._heard(forked, report)}
        return attrs.evolve(self, seq=report.seq, clearance=None, items=items)

    def _heard(self, track: Track, report: SymptomReport) -> Track:
        since = {
            rule: joined(self.policy, each, report) for rule, each in track.since_clearance.items()
        }
        return Track(track.before, joined(self.policy, track.occasion, report), since)

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
        named = {rule.id: Occasion() for rule in rules if rule.id in clearance.rules}
        return Track(before, track.occasion, {**track.since_clearance, **named})

    @cached_property
    def decision(self) -> Decision:
        """What to do next, by all that has been observed."""
        found = [*self._findings(self.session, None)]
        for item, track in self.items.items():
            found.extend(each for each in self._findings(track, item) if not _repeats(each, found))
        own = {item: self._track_action(track) for item, track in self.items.items()}
        # A referral concerns the person, whichever item it was reported on.
        referred = [action for action in own.values() if action >= Action.REFER]
        in_doubt = [item for item, track in self.items.items() if self._may_refer(track)]
        doubt = Action.HOLD if in_doubt else Action.CONTINUE
        action = max([self._track_action(self.session), doubt, *referred])
        findings = tuple(sorted(found, key=lambda each: (-each.action.rank, each.rule)))
        decisive = deciding(findings, action)
        measures = [each.measures for each in decisive if action < Action.REFER]
        unanswered = self._unanswered(self.session)
        of_items = {
            item: tuple(each for each in self._unanswered(track) if each not in unanswered)
            for item, track in self.items.items()
        }
        return Decision(
            action=action,
            policy=self.policy.id,
            findings=findings,
            unknown=self._unknown(in_doubt),
            unanswered=(
                *unanswered,
                *(f"{each} for {item}" for item in in_doubt for each in of_items[item]),
            ),
            items={item: max(action, each) for item, each in own.items()},
            items_unanswered={item: each for item, each in of_items.items() if each},
            measures=frozenset().union(*measures),
            concerns=frozenset().union(*(each.concerns for each in decisive)),
        )

    def _track_action(self, track: Track) -> Action:
        findings = [finding.action for finding in self._findings(track, None)]
        return max([*findings, Action.HOLD if self._unanswered(track) else Action.CONTINUE])

    def _may_refer(self, track: Track) -> bool:
        """Tell whether an item's reports leave open whether the person is to be referred."""
        return bool(unmet_flags(self.policy, track.occasion)) or any(
            rule.then >= Action.REFER and is_unknown(rule.when, self._situation(track, rule))
            for rule in self.policy.rules
        )

    def _unknown(self, in_doubt: Iterable[PrescriptionId]) -> tuple[RuleId, ...]:
        """Return the rules not judged for the session, and those that may refer for an item."""
        tracks = [self.items[item] for item in in_doubt]
        return tuple(
            sorted(
                rule.id
                for rule in self.policy.rules
                if any(
                    is_unknown(rule.when, self._situation(track, rule))
                    for track in [self.session, *(tracks if rule.then >= Action.REFER else ())]
                )
            )
        )

    def _unanswered(self, track: Track) -> tuple[str, ...]:
        """Return in words what keeps a rule of a track from being judged."""
        if not self.policy.rules:
            return ("anything, for the policy has no rules",)
        situations = [self._situation(track, rule) for rule in self.policy.rules]
        occasions = [each.occasion for each in situations]
        words = []
        if not all(each.answered for each in occasions):
            asked = sorted(moment.value.replace("-", " ") for moment in self.policy.asks_at)
            when = "since the clearance" if track.occasion.answered else "at this check-in"
            words.append(f"how it feels ({' or '.join(asked)}) {when}")
        words += sorted(frozenset().union(*(each.left_out for each in occasions)))
        if self.policy.asks_red_flags and any(each.flags_left_out for each in occasions):
            words.append("red flags")
        usual = sorted({each for one in situations for each in one.asks - one.baseline.keys()})
        return (
            *words,
            *dict.fromkeys(self._untold(situations)),
            *(f"the usual level of {each}" for each in usual),
            *(
                f"what to do about {flag.replace('-', ' ')}, a red flag that no rule answers"
                for flag in sorted(unmet_flags(self.policy, track.occasion))
            ),
        )

    def _untold(self, situations: Iterable[Situation]) -> Iterable[str]:
        """Yield the moments to which rules are limited and at which nothing was said."""
        for rule, situation in zip(self.policy.rules, situations, strict=True):
            if situation.occasion.answered and is_unknown(rule.when, situation):
                for limit in moments_in(rule.when):
                    if not situation.was_told(limit):
                        asked = [each for each in Moment if each in limit & situation.asks_at]
                        words = " or ".join(each.value.replace("-", " ") for each in asked)
                        yield f"how it feels ({words}) at this check-in"

    def _findings(self, track: Track, item: PrescriptionId | None) -> Iterable[Finding]:
        for rule, state in zip(self.policy.rules, self._states(track), strict=True):
            if state.latch is not None:
                yield Finding(
                    rule=rule.id,
                    action=rule.then,
                    condition=rule.when,
                    reports=state.latch.reports,
                    baseline=state.latch.baseline,
                    item=item,
                    advice=rule.advice,
                    measures=rule.measures,
                    concerns=rule.concerns,
                    sources=tuple(dict.fromkeys(rule.sources + condition_sources(rule.when))),
                )


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
