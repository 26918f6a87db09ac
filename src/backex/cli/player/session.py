"""A session while it is played: where it stands, what was done of it, and what follows from that.

There is no clock and no terminal in here. Every change returns a new session.
"""

from __future__ import annotations

from typing import final

import attrs
from attrs import frozen

from backex.cli.player.questions import Questionnaire, questionnaire
from backex.criteria import Completion
from backex.decision import Decision
from backex.events import EventKind
from backex.ids import PrescriptionId
from backex.plan import Plan, SessionRecord, as_planned, next_session
from backex.playback import Playback
from backex.routine import Prescription
from backex.symptoms import SymptomReport

__all__ = ["Session"]

#: What a dose consists of. Who is ready earlier, or in position, has left out nothing of it.
_OF_THE_DOSE = frozenset(
    {EventKind.PREPARE, EventKind.MOVE, EventKind.HOLD, EventKind.RETURN, EventKind.REST}
)
#: With what an item is begun: from the set-up on, the body is at it.
_AT_WORK = frozenset(
    {EventKind.SET_UP, EventKind.PREPARE, EventKind.MOVE, EventKind.HOLD, EventKind.RETURN}
)


@final
@frozen(kw_only=True)
class Session:
    """A playback with what it belongs to: a plan, the log so far, and the check-in that it is."""

    #: What decides. Of a routine by itself, a plan without a usual level.
    plan: Plan
    #: What was recorded before.
    log: tuple[SessionRecord, ...]
    #: The number of this check-in.
    checkin: int
    #: Where it stands.
    playback: Playback
    #: The items of which some work was played.
    begun: frozenset[PrescriptionId] = frozenset()
    #: The items of which a part of the dose was skipped or broken off.
    cut: frozenset[PrescriptionId] = frozenset()
    #: What was reported in it.
    reports: tuple[SymptomReport, ...] = ()
    #: Whether the person stopped because of how it felt. None: not known.
    stopped_as_felt: bool | None = None
    #: Whether nothing is to be played, and it begins with the questions.
    resting: bool = False

    @property
    def questions(self) -> Questionnaire:
        """What is asked at the check-in that it is at."""
        return questionnaire(self.playback.timeline.routine.stopping, stopped=self.playback.stopped)

    @property
    def asks(self) -> bool:
        """Whether it waits for answers; it goes on by `answered` only."""
        return self.playback.event.moment is not None

    @property
    def items(self) -> tuple[Prescription, ...]:
        """What it consists of."""
        return self.playback.timeline.routine.items

    @property
    def completed(self) -> dict[PrescriptionId, Completion]:
        """How each item went that was begun: done only if its whole dose was played."""
        return {
            item.id: as_planned(item, done=self._is_done(item.id))
            for item in self.items
            if item.id in self.begun
        }

    @property
    def opening(self) -> SessionRecord:
        """A record of nothing but that there was a session.

        Kept as soon as it is begun, it lets a session of which nothing more is ever heard count as
        one that is unknown, and not as none.
        """
        return SessionRecord(checkin=self.checkin)

    @property
    def record(self) -> SessionRecord | None:
        """What was done and reported. None: nothing of either, so there was no session."""
        if not self.begun and not self.reports:
            return None
        return attrs.evolve(self.opening, completed=self.completed, entries=self.reports)

    @property
    def decision(self) -> Decision:
        """What to do next, by the whole log and this session as far as it is known."""
        own = () if self.record is None else (self.record,)
        return next_session(self.plan, (*self.log, *own)).decision

    def tick(self) -> Session:
        """Return it a second later; it stands still where it is paused, asks or is finished."""
        if self.playback.paused or self.asks or self.playback.is_finished:
            return self
        event = self.playback.event
        begun = {event.item} if event.item is not None and event.kind in _AT_WORK else frozenset()
        return attrs.evolve(self, playback=self.playback.advance(), begun=self.begun | begun)

    def toggled(self) -> Session:
        """Return it paused, or running again."""
        playing = self.playback
        return attrs.evolve(self, playback=playing.resume() if playing.paused else playing.pause())

    def skipped(self) -> Session:
        """Return it at the next event."""
        return self if self.asks else self._left_for(self.playback.skip())

    def item_skipped(self) -> Session:
        """Return it where the next item is got ready for, or where something is asked before."""
        return self if self.asks else self._left_for(self.playback.skip_item())

    def stopped(self) -> Session:
        """Return it broken off, where it is asked how it feels."""
        return self._left_for(self.playback.stop())

    def answered(self, said: Questionnaire, *, leaving: bool = False) -> Session:
        """Return it after a check-in, with what was said there; as it is where it asks nothing.

        In the middle of a session, the rest of it is broken off where what was said allows no
        exercise, where there is a red flag, whether or not a rule answers it, and where the person
        is leaving.
        """
        event = self.playback.event
        if event.moment is None:
            return self
        entries = (entry for record in self.log for entry in record.entries)
        before = [each.seq for each in (*entries, *self.reports) if each.checkin == self.checkin]
        report = said.report(
            SymptomReport(
                checkin=self.checkin,
                # After all that the log has of this check-in.
                seq=max(before, default=-1) + 1,
                # Asked how it feels, people tell of themselves, not of the item before.
                moment=event.moment,
            )
        )
        reports = self.reports if report is None else (*self.reports, report)
        going_on = attrs.evolve(
            self,
            reports=reports,
            stopped_as_felt=said.stopped_as_felt,
            playback=self.playback.skip(),
        )
        flagged = report is not None and report.red_flags
        over = leaving or flagged or not going_on.decision.allows_exercise
        return going_on.stopped() if over else going_on

    def _left_for(self, playback: Playback) -> Session:
        """Return it at another place, with what it leaves out on the way there."""
        if playback is self.playback:
            return self
        left_out = {
            event.item
            for event in self.playback.timeline.events
            if event.kind in _OF_THE_DOSE
            and event.item is not None
            and event.end_second > self.playback.second
            and event.start_second < playback.second
        }
        return attrs.evolve(self, playback=playback, cut=self.cut | left_out)

    def _is_done(self, item: PrescriptionId) -> bool:
        own = self.playback.timeline.of_item(item)
        end = max(event.end_second for event in own if event.kind in _OF_THE_DOSE)
        return item not in self.cut and self.playback.second >= end
