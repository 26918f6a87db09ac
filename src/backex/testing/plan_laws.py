"""The laws of plans, over one plan of an app's own with its ladders and its policy."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

import attrs
from hypothesis import strategies as st

from backex.codec import dumps, loads
from backex.criteria import Criterion, InARow
from backex.decision import Action
from backex.ids import PolicyId, PrescriptionId
from backex.plan import Next, Plan, SessionRecord, next_session
from backex.rules import RULES, Rule
from backex.stopping import Entry, StoppingPolicy, decide
from backex.testing.assertions import assert_valid
from backex.testing.comparing import difference
from backex.testing.drawing import Words, done, logs, with_less, words_of, worse
from backex.testing.laws import Laws, drawn, require

__all__ = ["PlanLaws"]

_NO_POLICY = StoppingPolicy(id=PolicyId("none"), rules=(), asks=frozenset())


class PlanLaws(Laws):
    """A plan leads up where all goes well, and nowhere else.

    An app with another way to the next session, such as a service or a copy in another language,
    overrides `proposed`; one that stores records elsewhere overrides `stored`.
    """

    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ("plan",)
    #: The plan.
    plan: ClassVar[Plan]
    #: The rules by which it and its sessions are to be sound.
    rules: ClassVar[tuple[Rule, ...]] = RULES

    def proposed(self, log: Iterable[SessionRecord]) -> Next:
        """Return what to do next after a log in any order."""
        return next_session(self.plan, log)

    def stored(self, record: SessionRecord) -> SessionRecord:
        """Store a record and load it again."""
        return loads(dumps(record), SessionRecord)

    @property
    def _words(self) -> Words:
        items = (item.id for item in self.plan.routine.items)
        return words_of(self.plan.routine.stopping or _NO_POLICY, self.plan.baseline, items)

    def test_it_is_sound(self) -> None:
        """Nothing is wrong with the plan, its ladders and its routine."""
        assert_valid(self.plan, rules=self.rules)

    def test_a_clean_log_climbs_to_the_top(self) -> None:
        """Someone who does everything well, without symptoms, reaches the top of every ladder."""
        log: list[SessionRecord] = []
        needed = max([1, *map(_sessions, self._criteria())])
        rungs = sum(len(each.rungs) for each in self.plan.ladders.values())
        for checkin in range(1, needed * max(1, rungs) + 2):
            log.append(self._well_done(checkin, self.proposed(log)))
        reached = self.proposed(log)
        tops = {item.id: self._top(item.id) for item in self.plan.routine.items}
        short = {
            item: (reached.rungs.get(item), top)
            for item, top in tops.items()
            if reached.rungs.get(item) != top
        }
        said = "; ".join(f"{item} on rung {at} of {top}" for item, (at, top) in short.items())
        why = "\n".join(reached.reasons)
        require(not short, f"after {len(log)} faultless sessions: {said}\n{why}")

    @drawn
    def test_more_symptoms_never_lead_higher(self, data: st.DataObject) -> None:
        """Someone who did the same and felt worse is never given something harder."""
        log = data.draw(logs(self.plan, self._words), label="log")
        sicker = [
            attrs.evolve(
                record,
                entries=tuple(data.draw(worse(self._words, each)) for each in record.entries),
            )
            for record in log
        ]
        self._require_no_higher(self.proposed(sicker), self.proposed(log), "with worse symptoms")

    @drawn
    def test_missing_answers_never_lead_higher(self, data: st.DataObject) -> None:
        """A check-in with a question left open, or without a report, takes nothing up."""
        log = data.draw(logs(self.plan, self._words, regular=True), label="log")
        before = self.proposed(log)
        full = self._well_done(len(log) + 1, before)
        left: list[tuple[Entry, ...]] = [
            (each,) for each in with_less(self._words, self._words.usual(full.checkin))
        ]
        require(left, "the policy asks nothing, so nothing can ever be missing")
        entries = data.draw(st.sampled_from([(), *left]), label="said")
        after = self.proposed([*log, attrs.evolve(full, entries=entries)])
        self._require_no_progress(before, after, "after a check-in with an open question")

    @drawn
    def test_only_what_was_done_leads_higher(self, data: st.DataObject) -> None:
        """An item that is not recorded as done in full does not go up."""
        log = data.draw(logs(self.plan, self._words, regular=True), label="log")
        before = self.proposed(log)
        full = self._well_done(len(log) + 1, before)
        undone = {
            item: attrs.evolve(each, done=data.draw(st.sampled_from([None, False])))
            for item, each in full.completed.items()
            if data.draw(st.booleans(), label=f"{item} is recorded")
        }
        after = self.proposed([*log, attrs.evolve(full, completed=undone)])
        self._require_no_progress(before, after, "without having been done")

    @drawn
    def test_order_and_duplicates_change_nothing(self, data: st.DataObject) -> None:
        """Records in any order, with some repeated, lead to the same session."""
        log = data.draw(logs(self.plan, self._words), label="log")
        again = data.draw(st.lists(st.sampled_from(log), max_size=3)) if log else []
        shuffled = data.draw(st.permutations([*log, *again]), label="shuffled")
        self._require_same(self.proposed(shuffled), self.proposed(log), "the order or a repetition")

    @drawn
    def test_storing_changes_nothing(self, data: st.DataObject) -> None:
        """Records that were stored lead to the same session as those that never were."""
        log = data.draw(logs(self.plan, self._words), label="log")
        kept = [self.stored(record) for record in log]
        self._require_same(self.proposed(kept), self.proposed(log), "storing the records")

    @drawn
    def test_every_day_goes_on_from_the_day_before(self, data: st.DataObject) -> None:
        """Replaying the log from its start agrees, day by day, with what was proposed then."""
        log = data.draw(logs(self.plan, self._words, regular=True), label="log")
        before = self.proposed([])
        for number in range(1, len(log) + 1):
            after = self.proposed(log[:number])
            for item in self.plan.routine.items:
                was, now = _rung(before, item.id), _rung(after, item.id)
                message = f"{item.id} went from rung {was} to {now} at check-in {number}"
                require(abs(now - was) <= 1, message)
                allowed = after.decision.action_for(item.id) is Action.CONTINUE
                require(now <= was or allowed, f"{message}, against: {after.decision}")
            self._require_decided(after, log[:number])
            before = after

    @drawn
    def test_every_session_is_sound(self, data: st.DataObject) -> None:
        """Nothing is wrong with any session to which it leads."""
        log = data.draw(logs(self.plan, self._words), label="log")
        routine = self.proposed(log).routine
        if routine is not None:
            assert_valid(routine, rules=self.rules)

    def _require_decided(self, found: Next, log: Iterable[SessionRecord]) -> None:
        entries = [entry for record in log for entry in record.entries]
        policy = self.plan.routine.stopping
        alone = decide(policy, entries, baseline=self.plan.baseline)
        if entries and max(each.checkin for each in entries) == _newest(log):
            places = "\n  ".join(difference(found.decision, alone))
            require(not places, f"the policy alone decides otherwise:\n  {places}")

    def _require_same(self, found: Next, expected: Next, cause: str) -> None:
        places = "\n  ".join(difference(found, expected))
        require(found == expected, f"{cause} changes the next session:\n  {places}")

    def _require_no_higher(self, found: Next, expected: Next, why: str) -> None:
        higher = {
            item.id: (_place(found, item.id), _place(expected, item.id))
            for item in self.plan.routine.items
            if _place(found, item.id) > _place(expected, item.id)
        }
        said = "; ".join(f"{item} on rung {a}, not {b}" for item, (a, b) in higher.items())
        require(not higher, f"{said}, {why}")

    def _require_no_progress(self, before: Next, after: Next, why: str) -> None:
        """Nothing goes up; that an item returns to its lowest rung after a rest is no progress."""
        raised = {
            item.id: (_rung(before, item.id), _rung(after, item.id))
            for item in self.plan.routine.items
            if _rung(after, item.id) > max(0, _rung(before, item.id))
        }
        said = "; ".join(f"{item} went from rung {a} to {b}" for item, (a, b) in raised.items())
        require(not raised, f"{said}, {why}")

    def _criteria(self) -> list[Criterion]:
        ladders = self.plan.ladders.values()
        return [each.advance for ladder in ladders for each in ladder.rungs if each.advance]

    def _top(self, item: PrescriptionId) -> int:
        ladder = self.plan.ladders.get(item)
        return 0 if ladder is None else len(ladder.rungs) - 1

    def _well_done(self, checkin: int, planned: Next) -> SessionRecord:
        """Return the record of someone who did all that was proposed, without symptoms."""
        items = () if planned.routine is None else planned.routine.items
        words = self._words
        fine = words.usual(checkin, severities=dict.fromkeys(words.channels, 0))
        return SessionRecord(
            checkin=checkin,
            completed={item.id: done(item.variant, item.dose) for item in items},
            entries=(fine,),
        )


def _sessions(criterion: Criterion) -> int:
    """Return at how many sessions something must have been shown to meet a criterion, at most."""
    if isinstance(criterion, InARow):
        return criterion.sessions
    return max([1, *map(_sessions, getattr(criterion, "criteria", ()))])


def _newest(log: Iterable[SessionRecord]) -> int:
    return max(record.checkin for record in log)


def _rung(planned: Next, item: PrescriptionId) -> int:
    """Return the rung of an item, below 0 where it is left out."""
    rung = planned.rungs[item]
    return -1 if rung is None else rung


def _place(planned: Next, item: PrescriptionId) -> int:
    """Return the rung at which an item is part of the session, below 0 where it is not."""
    present = planned.routine is not None and planned.routine.item(item) is not None
    return _rung(planned, item) if present else -1
