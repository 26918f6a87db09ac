"""The laws of stopping policies, over one policy of an app's own."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import product
from typing import ClassVar

import attrs
from hypothesis import strategies as st

from backex.codec import dumps, loads
from backex.conditions import Calmed, Cleared
from backex.decision import Action, Decision
from backex.ids import PrescriptionId, RuleId
from backex.latches import StoppingRule
from backex.stopping import Entry, Monitor, StoppingPolicy, decide, log_order
from backex.symptoms import Clearance, Moment, SymptomReport
from backex.testing.assertions import assert_valid
from backex.testing.comparing import difference
from backex.testing.drawing import Words, histories, reports, with_less, words_of, worse
from backex.testing.laws import Laws, drawn, require
from backex.verification import verify

__all__ = ["PolicyLaws"]

#: Longer than any release by calm takes.
_WEEKS = 60
_ITEMS = (PrescriptionId("one-item"), PrescriptionId("another-item"))


class PolicyLaws(Laws):
    """A policy stops what is to be stopped, and lets nobody go on who must not.

    An app with another way to a decision, such as a service or a copy in another language,
    overrides `decided`; one that stores monitors elsewhere overrides `stored`.
    """

    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ("policy",)
    #: The policy.
    policy: ClassVar[StoppingPolicy]
    #: The person's usual state. None: every channel at 1.
    baseline: ClassVar[SymptomReport | None] = None

    def decided(self, entries: Iterable[Entry]) -> Decision:
        """Return the decision after a log in any order."""
        return decide(self.policy, entries, baseline=self._usual)

    def stored(self, monitor: Monitor) -> Monitor:
        """Store a monitor and load it again."""
        return loads(dumps(monitor), Monitor)

    @property
    def _words(self) -> Words:
        return words_of(self.policy, self.baseline, _ITEMS)

    @property
    def _usual(self) -> SymptomReport:
        if self.baseline is not None:
            return self.baseline
        return SymptomReport(checkin=0, severities=self._words.baseline)

    def test_it_is_sound(self) -> None:
        """Nothing is wrong with the policy as a value."""
        assert_valid(self.policy)

    def test_it_is_proved(self) -> None:
        """`backex.verify` proves it."""
        verdict = verify(self.policy)
        require(verdict.proved, f"verify does not prove it:\n\n{verdict}")

    @drawn
    def test_worse_is_never_weaker(self, data: st.DataObject) -> None:
        """A history in which something is worse, and nothing less known, gives no weaker action."""
        log = data.draw(histories(self._words), label="history")
        sicker = [data.draw(worse(self._words, each), label="worse") for each in log]
        before, after = self._actions(log), self._actions(sicker)
        weaker = {who: (one, after[who]) for who, one in before.items() if after[who] < one}
        said = "; ".join(
            f"{who}: {one.value}, and {other.value} where it was worse"
            for who, (one, other) in weaker.items()
        )
        require(not weaker, said)

    @drawn
    def test_unknown_never_progresses(self, data: st.DataObject) -> None:
        """Whatever was before, a question that is left open holds."""
        words = self._words
        log = data.draw(histories(words), label="history")
        newest = max([0, *(each.checkin for each in log)]) + 1
        open_ones = with_less(words, words.usual(newest))
        require(open_ones, "the policy asks nothing, so nothing can ever be missing")
        left = data.draw(st.sampled_from([None, *open_ones]), label="newest")
        if left is None:
            # Something was said, but not about the day as a whole.
            left = words.usual(newest, item=_ITEMS[0], severities={})
        decision = self.decided([*log, left])
        require(not decision.permits_progression, f"it permits progress after {left}: {decision}")

    @drawn
    def test_unknown_never_releases(self, data: st.DataObject) -> None:
        """A day of which something asked is not known releases no rule."""
        words = self._words
        log = data.draw(histories(words), label="history")
        newest = max([0, *(each.checkin for each in log)]) + 1
        unasked = [each for each in Moment if each not in self.policy.asks_at]
        left = with_less(words, words.usual(newest))
        left += [words.usual(newest, moment=each, severities={}) for each in unasked]
        require(left, "the policy asks nothing, so nothing can ever be missing")
        said = data.draw(st.sampled_from(left), label="newest")
        released = self._in_force(log) - self._in_force([*log, said])
        require(not released, f"released by what was not said: {_named(released)}")

    @drawn
    def test_order_and_duplicates_change_nothing(self, data: st.DataObject) -> None:
        """A log in any order, with entries repeated, gives the same decision."""
        log = data.draw(histories(self._words), label="history")
        again = data.draw(st.lists(st.sampled_from(log), max_size=3)) if log else []
        shuffled = data.draw(st.permutations([*log, *again]), label="shuffled")
        one, other = self.decided(shuffled), self.decided(log)
        places = "\n  ".join(difference(one, other))
        require(one == other, f"the order or a repetition changes the decision:\n  {places}")

    @drawn
    def test_storing_after_every_entry_changes_nothing(self, data: st.DataObject) -> None:
        """A monitor stored after every entry is the one never stored, and decides as a fold."""
        log = sorted(data.draw(histories(self._words), label="history"), key=log_order)
        kept = never = self.policy.start(self._usual)
        for entry in log:
            never = never.observe(entry)
            kept = self.stored(kept.observe(entry))
            places = "\n  ".join(difference(kept, never))
            require(kept == never, f"the stored monitor is another one:\n  {places}")
        places = "\n  ".join(difference(self.decided(log), never.decision))
        require(not places, f"the whole log decides otherwise than its entries:\n  {places}")

    def test_every_rule_can_be_set_by_what_is_asked(self) -> None:
        """The worst answers to all that is asked set every rule."""
        idle = {rule.id for rule in self.policy.rules} - {
            rule for rule, _ in self._in_force(self._worst())
        }
        message = (
            f"nothing that is asked can set {', '.join(sorted(idle))}: "
            f"asked are {', '.join(sorted(self.policy.asks)) or 'no channels'}"
        )
        require(not idle, message)

    def test_rules_are_released_as_declared(self) -> None:
        """A rule that calm releases stays until then and no longer; any other until cleared."""
        words, worst = self._words, self._worst()
        for rule in self.policy.rules:
            if (rule.id, None) not in self._in_force(worst):
                continue
            last = worst[-1].checkin
            calm = [words.usual(last + day) for day in range(1, _WEEKS + 1)]
            needed = rule.until.checkins if isinstance(rule.until, Calmed) else _WEEKS + 1
            early = self._in_force([*worst, *calm[: needed - 1]])
            declared = f"{rule.id} is to be released by {_release(rule)}"
            require((rule.id, None) in early, f"{declared}, and is after {needed - 1} calm days")
            if isinstance(rule.until, Calmed):
                late = self._in_force([*worst, *calm[:needed]])
                require((rule.id, None) not in late, f"{declared}, and is not after so many")
            given = Clearance(checkin=last + 1, rules=frozenset({rule.id}), by="A professional")
            cleared = self._in_force([*worst, given, *calm[:1]])
            require((rule.id, None) not in cleared, f"{rule.id} is not released by a clearance")

    def test_a_referral_never_ends_by_itself(self) -> None:
        """No number of calm days ends a referral to a professional."""
        by_calm = sorted(
            rule.id
            for rule in self.policy.rules
            if rule.then >= Action.REFER and not isinstance(rule.until, Cleared)
        )
        require(not by_calm, f"these refer, and end without a clearance: {', '.join(by_calm)}")
        worst = self._worst()
        calm = [self._words.usual(worst[-1].checkin + day) for day in range(1, _WEEKS + 1)]
        before, after = self.decided(worst).action, self.decided([*worst, *calm]).action
        ended = before >= Action.REFER > after
        require(not ended, f"{before.value} ended by {_WEEKS} calm days, in {after.value}")

    def test_calm_days_lead_back(self) -> None:
        """At one's usual level a person goes on again, once what needs a clearance has one."""
        words, worst = self._words, self._worst()
        last = worst[-1].checkin
        every = frozenset(rule.id for rule in self.policy.rules)
        require(every, "it has no rules, so it never lets anyone go on")
        given = Clearance(checkin=last + 1, rules=every, by="A professional")
        days = [words.usual(last + day) for day in range(1, words.longest_calm + 1)]
        decision = self.decided([*worst, given, *days])
        require(
            decision.permits_progression,
            f"after {len(days)} days at the usual level it still says: {decision}",
        )

    def test_what_is_not_tolerated_is_answered(self) -> None:
        """A severity outside the tolerance is answered at once with the policy's answer or more."""
        words, tolerance = self._words, self.policy.tolerance
        for channel, moment in product(sorted(self.policy.asks), words.asked_at):
            usual = words.baseline[channel]
            accepted = max(
                tolerance.severity_at_most.get(channel, 0),
                usual + tolerance.rise_at_most.get(channel, 0),
            )
            for severity in range(accepted + 1, 11):
                calm = words.usual(1, moment=moment)
                said = attrs.evolve(calm, severities={**calm.severities, channel: severity})
                found = self.decided([said]).action
                require(
                    found >= self.policy.answer,
                    f"{channel} {severity} (usually {usual}) is outside the tolerance and is "
                    f"answered with {found.value}, not {self.policy.answer.value}",
                )

    @drawn
    def test_an_item_neither_weakens_nor_permits_the_session(self, data: st.DataObject) -> None:
        """What is said of one item never makes the decision for the session weaker."""
        words = self._words
        log = data.draw(histories(words, of_items=False), label="history")
        newest = max([1, *(each.checkin for each in log)])
        said = data.draw(
            st.lists(reports(words, newest).map(_of_an_item), max_size=2), label="of an item"
        )
        before, after = self.decided(log), self.decided([*log, *said])
        message = f"{before.action.value} became {after.action.value} by what was said of an item"
        require(after.action >= before.action, message)
        item = after.action_for(_ITEMS[0])
        require(item >= after.action, f"an item may do more than the session: {item.value}")

    def _worst(self) -> Sequence[SymptomReport]:
        """Return the worst that can be answered, for as many check-ins as any rule counts."""
        row = range(1, self._words.longest_row + 1)
        return [report for checkin in row for report in self._words.worst(checkin)]

    def _actions(self, log: Iterable[Entry]) -> dict[str, Action]:
        decision = self.decided(log)
        items = {str(item): decision.action_for(item) for item in _ITEMS}
        return {"the session": decision.action, **items}

    def _in_force(self, log: Iterable[Entry]) -> set[tuple[RuleId, PrescriptionId | None]]:
        """Return the rules in force, each with what it is in force for."""
        return {
            (finding.rule, who)
            for finding in self.decided(log).findings
            for who in (None, *_ITEMS)
            if finding.item in {None, who}
        }


def _of_an_item(report: SymptomReport) -> SymptomReport:
    return report.joined(SymptomReport(checkin=report.checkin, item=_ITEMS[0]))


def _named(rules: Iterable[tuple[RuleId, PrescriptionId | None]]) -> str:
    return ", ".join(sorted({f"{rule} for {who or 'the session'}" for rule, who in rules}))


def _release(rule: StoppingRule) -> str:
    if isinstance(rule.until, Calmed):
        return f"{rule.until.checkins} calm check-ins"
    return "a clearance alone"
