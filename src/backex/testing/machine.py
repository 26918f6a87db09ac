"""A person's weeks of check-ins, as a state machine that an app runs over its own storage."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar, assert_never

import attrs
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from backex.criteria import Quality
from backex.decision import Decision
from backex.errors import LateReport
from backex.ids import PrescriptionId, RuleId
from backex.plan import Next, Plan, SessionRecord, next_session
from backex.stopping import Entry, Monitor, StoppingPolicy, decide, log_order
from backex.symptoms import Clearance, RedFlag, SymptomReport
from backex.testing.comparing import difference
from backex.testing.drawing import Words, done, reports, with_less, words_of
from backex.testing.laws import require

__all__ = ["CheckinMachine", "Kept"]

#: What an app stores: a report, a clearance, or a record of a session.
Kept = SymptomReport | Clearance | SessionRecord

_SKIPPED = st.sampled_from([1, 1, 1, 2, 3])


class CheckinMachine(RuleBasedStateMachine):
    """Weeks of one person, stored by an app, beside a model that keeps everything in memory.

    After every step the app must come to the decision and the next session to which the model
    comes. A storage may give back what it was given in any order and more than once; one that loses
    or changes something is found out.

    Use it by a subclass with `plan`, `save` and `load`, and let pytest find its ``TestCase``::

        class Weeks(CheckinMachine):
            plan = OUR_PLAN

            def __init__(self):
                self.storage = OurStorage()
                super().__init__()

            def save(self, entry):
                self.storage.append(entry)

            def load(self):
                return self.storage.entries()


        TestWeeks = Weeks.TestCase

    An app that corrects records overrides `replace`; one whose storage is closed and opened again
    overrides `reopen`; one with its own way to a decision overrides `decided` and `proposed`.
    """

    #: The plan that the person follows, with a stopping policy in its routine.
    plan: ClassVar[Plan]

    def __init__(self) -> None:
        """Begin before the first check-in.

        Raises:
            TypeError: there is no plan, or its routine has no stopping policy.
        """
        super().__init__()
        plan = getattr(self, "plan", None)
        if plan is None or plan.routine.stopping is None:
            msg = f"{type(self).__name__} needs a plan with a stopping policy"
            raise TypeError(msg)
        self._policy: StoppingPolicy = plan.routine.stopping
        self._monitor: Monitor = self._policy.start(plan.baseline)
        self._kept: list[Kept] = []
        self._checkin = 1
        self._seq = 0
        self._agreed = False

    def save(self, entry: Kept) -> None:
        """Store what came in."""
        raise NotImplementedError

    def load(self) -> Iterable[Kept]:
        """Return all that is stored, in any order."""
        raise NotImplementedError

    def replace(self, old: Kept, new: Kept) -> None:
        """Store `new` in place of `old`, which was a mistake; without it nothing is corrected."""
        raise NotImplementedError

    def reopen(self) -> None:
        """Close the storage and open it again, as after a restart of the app."""

    def decided(self) -> Decision:
        """Return the app's decision by what it has stored."""
        return decide(self._policy, _entries(self.load()), baseline=self.plan.baseline)

    def proposed(self) -> Next:
        """Return the app's next session by what it has stored."""
        return next_session(self.plan, _records(self.load()))

    @property
    def _words(self) -> Words:
        items = (item.id for item in self.plan.routine.items)
        return words_of(self._policy, self.plan.baseline, items)

    @property
    def _corrects(self) -> bool:
        return type(self).replace is not CheckinMachine.replace

    def _reports(self, checkin: int) -> st.SearchStrategy[SymptomReport]:
        return reports(self._words, checkin)

    def _keep(self, kept: Kept) -> None:
        self.save(kept)
        self._kept.append(kept)
        self._agreed = False

    def _say(self, entry: Entry) -> None:
        """Store an entry, and let the model observe it if it comes in its turn."""
        self._keep(entry)
        try:
            self._monitor = self._monitor.observe(entry)
        except LateReport:
            self._observe_all()

    def _observe_all(self) -> None:
        self._monitor = self._policy.start(self.plan.baseline)
        for entry in sorted(_entries(self._kept), key=log_order):
            self._monitor = self._monitor.observe(entry)

    def _next_seq(self) -> int:
        self._seq += 1
        return self._seq

    @rule(days=_SKIPPED)
    def another_day(self, days: int) -> None:
        """Go on to the next check-in, or leave some out."""
        self._checkin += days

    @rule(said=st.runner().flatmap(lambda self: self._reports(self._checkin)))
    def report(self, said: SymptomReport) -> None:
        """Say anything that the policy listens to, at any moment of the day."""
        self._say(attrs.evolve(said, seq=self._next_seq()))

    @rule(days=st.integers(1, 4), trained=st.booleans())
    def usual_days(self, days: int, *, trained: bool) -> None:
        """Spend days at the usual level, with the proposed session or at rest."""
        for _ in range(days):
            self._checkin += 1
            planned = next_session(self.plan, _records(self._kept))
            if trained and planned.routine is not None:
                self._keep(
                    SessionRecord(
                        checkin=self._checkin,
                        completed={
                            item.id: done(item.variant, item.dose) for item in planned.routine.items
                        },
                    )
                )
            self._say(self._words.usual(self._checkin, seq=self._next_seq()))

    @rule(data=st.data())
    def leave_a_question_open(self, data: st.DataObject) -> None:
        """Answer all that is asked but one question, or nothing at all."""
        words = self._words
        usual = words.usual(self._checkin, seq=self._next_seq())
        blank = attrs.evolve(usual, severities={}, red_flags=None)
        self._say(data.draw(st.sampled_from([blank, *with_less(words, usual)]), label="said"))

    @rule(flag=st.runner().flatmap(lambda self: st.sampled_from(self._words.flags)))
    def raise_a_red_flag(self, flag: RedFlag) -> None:
        """Say at the usual level that there is a red flag."""
        usual = self._words.usual(self._checkin, seq=self._next_seq())
        self._say(attrs.evolve(usual, red_flags=frozenset({flag})))

    @rule(
        in_full=st.sampled_from([True, False, None]),
        quality=st.none() | st.sampled_from(Quality),
        effort=st.none() | st.integers(0, 10),
        item=st.runner().flatmap(
            lambda self: st.none() | st.sampled_from([None, *self._words.items])
        ),
    )
    def train(
        self,
        in_full: bool | None,  # noqa: FBT001 (rules are called by name)
        quality: Quality | None,
        effort: int | None,
        item: PrescriptionId | None,
    ) -> None:
        """Do the routine as it began, or one item of it, well or badly."""
        completed = {
            each.id: done(each.variant, each.dose, in_full=in_full, quality=quality, effort=effort)
            for each in self.plan.routine.items
            if item in {None, each.id}
        }
        self._keep(SessionRecord(checkin=self._checkin, completed=completed))

    @rule(
        ago=st.integers(1, 5),
        data=st.data(),
    )
    def report_late(self, ago: int, data: st.DataObject) -> None:
        """Say only now how it was some days ago."""
        checkin = max(1, self._checkin - ago)
        said = data.draw(self._reports(checkin), label="said")
        self._say(attrs.evolve(said, seq=self._next_seq()))

    @precondition(lambda self: self._kept)
    @rule(kept=st.runner().flatmap(lambda self: st.sampled_from(self._kept)))
    def send_again(self, kept: Kept) -> None:
        """Store once more what was stored before, as a phone does that got no answer."""
        self._keep(kept)

    @precondition(lambda self: self._corrects and self._kept)
    @rule(data=st.data())
    def correct(self, data: st.DataObject) -> None:
        """Correct something that was stored before, wherever it was stored twice as well."""
        old = data.draw(st.sampled_from(self._kept), label="old")
        new = data.draw(self._corrected(old), label="new")
        self.replace(old, new)
        self._kept = [new if each == old else each for each in self._kept]
        self._observe_all()
        self._agreed = False

    def _corrected(self, old: Kept) -> st.SearchStrategy[Kept]:
        match old:
            case SymptomReport():
                return self._reports(old.checkin).map(lambda new: attrs.evolve(new, seq=old.seq))
            case Clearance():
                return st.sampled_from(["A surgeon", "A physiotherapist"]).map(
                    lambda by: attrs.evolve(old, by=by)
                )
            case SessionRecord():
                flipped = {
                    item: attrs.evolve(each, done=not each.done)
                    for item, each in old.completed.items()
                }
                return st.sampled_from([{}, flipped]).map(
                    lambda completed: attrs.evolve(old, completed=completed)
                )
            case _:
                assert_never(old)

    @precondition(lambda self: self._policy.rules)
    @rule(data=st.data())
    def clear(self, data: st.DataObject) -> None:
        """Have a professional clear rules, and say perhaps from what level to go on."""
        rules = sorted(each.id for each in self._policy.rules)
        named: frozenset[RuleId] = data.draw(
            st.frozensets(st.sampled_from(rules), min_size=1), label="rules"
        )
        usual = data.draw(st.none() | self._reports(self._checkin), label="new baseline")
        self._say(
            Clearance(
                checkin=self._checkin,
                seq=self._next_seq(),
                rules=named,
                by="A professional",
                new_baseline=usual,
            )
        )

    @rule()
    def restart(self) -> None:
        """Close the storage and open it again."""
        self.reopen()
        self._agreed = False

    @invariant()
    def what_is_stored_leads_to_the_same(self) -> None:
        """Compare the decision and the session by what is stored with those of the model."""
        __tracebackhide__ = True
        if self._agreed:
            return
        _require_same("the decision", self.decided(), self._monitor.decision)
        expected = next_session(self.plan, _records(self._kept))
        _require_same("the next session", self.proposed(), expected)
        self._agreed = True


def _require_same(what: str, found: object, expected: object) -> None:
    __tracebackhide__ = True
    places = "\n  ".join(difference(found, expected))
    require(found == expected, f"{what} by the storage is not that of the model:\n  {places}")


def _entries(kept: Iterable[Kept]) -> list[Entry]:
    return [entry for record in _records(kept) for entry in record.entries]


def _records(kept: Iterable[Kept]) -> list[SessionRecord]:
    return [
        each
        if isinstance(each, SessionRecord)
        else SessionRecord(checkin=each.checkin, entries=(each,))
        for each in kept
    ]
