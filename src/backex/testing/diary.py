"""A diary: a log in a few words, for tests of what an app makes of it."""

from __future__ import annotations

from typing import Any

import attrs

from backex.criteria import Completion
from backex.decision import Decision
from backex.ids import RuleId
from backex.plan import Next, Plan, SessionRecord, next_session
from backex.stopping import Entry
from backex.symptoms import Clearance, Moment, SymptomReport, report
from backex.testing.drawing import done

__all__ = ["Diary"]


class Diary:
    """What happens to one person who follows a plan, written down day by day.

    Each method adds to the newest check-in or begins the next one, and returns the diary, so that
    days can be strung together.

    >>> from backex.catalog.upper_back import ROUTINE
    >>> diary = Diary(Plan(routine=ROUTINE, baseline=report(0, pain=2, stiffness=2)))
    >>> str(diary.usual(days=2).report(pain=4).decision.action)
    'Action.REST'
    """

    def __init__(self, plan: Plan) -> None:
        """Begin before the first check-in of `plan`."""
        #: The plan that is followed.
        self.plan: Plan = plan
        #: The newest check-in; 0 before the first.
        self.checkin: int = 0
        self._records: list[SessionRecord] = []

    @property
    def log(self) -> tuple[SessionRecord, ...]:
        """All that was recorded, as `next_session` takes it."""
        return tuple(self._records)

    @property
    def entries(self) -> tuple[Entry, ...]:
        """All that was reported, as `decide` takes it."""
        return tuple(entry for record in self._records for entry in record.entries)

    @property
    def next(self) -> Next:
        """What comes next by the plan."""
        return next_session(self.plan, self._records)

    @property
    def decision(self) -> Decision:
        """What the policy of the plan decides."""
        return self.next.decision

    def usual(self, *, days: int = 1, trained: bool = False) -> Diary:
        """Add days at the person's baseline, with or without the proposed session done in full."""
        for _ in range(days):
            done = self._done() if trained else {}
            self.checkin += 1
            self._records.append(
                SessionRecord(checkin=self.checkin, completed=done, entries=(self._usual(),))
            )
        return self

    def report(self, **said: Any) -> Diary:  # noqa: ANN401 (those of `backex.report`)
        """Add a day on which the person says this; the names are those of `backex.report`."""
        self.checkin += 1
        return self.also(**said)

    def also(self, **said: Any) -> Diary:  # noqa: ANN401 (those of `backex.report`)
        """Add to the newest check-in what the person says as well."""
        return self._add(report(self.checkin, **said))

    def skip(self, days: int = 1) -> Diary:
        """Leave days without any record."""
        self.checkin += days
        return self

    def clear(self, *rules: str, by: str = "A professional") -> Diary:
        """Add a day on which a professional clears rules."""
        self.checkin += 1
        named = frozenset(map(RuleId, rules))
        return self._add(Clearance(checkin=self.checkin, rules=named, by=by))

    def _add(self, entry: Entry) -> Diary:
        self._records.append(SessionRecord(checkin=self.checkin, entries=(entry,)))
        return self

    def _done(self) -> dict[Any, Completion]:
        routine = self.next.routine
        items = () if routine is None else routine.items
        return {item.id: done(item.variant, item.dose) for item in items}

    def _usual(self) -> SymptomReport:
        policy, baseline = self.plan.routine.stopping, self.plan.baseline
        moments = [each for each in Moment if policy is None or each in policy.asks_at]
        said = SymptomReport(checkin=self.checkin) if baseline is None else baseline
        return attrs.evolve(
            said, checkin=self.checkin, seq=0, moment=moments[0], red_flags=frozenset()
        )
