"""Playback: where a session stands on its timeline, and what becomes of it.

There is no clock in here: whoever plays says how many seconds have passed. Every change returns a
new playback.
"""

from __future__ import annotations

from typing import final

import attrs
from attrs import field, frozen

from backex.checks import FLAG, Exactly, Integer
from backex.errors import InvalidValue
from backex.events import LONGEST_SECONDS, Event, EventKind
from backex.timelines import Timeline

__all__ = ["Playback"]

#: Where skipping an item leads: past what is left of it, but never past a question how it feels.
_AFTER_AN_ITEM = frozenset({EventKind.GET_READY, EventKind.CHECK_IN, EventKind.FINISH})


@final
@frozen
class Playback:
    """A place on a timeline, running, paused or broken off.

    Raises:
        InvalidValue: no `Timeline`, a second below 0 or after a day, or a field of the wrong type.
    """

    #: What is played.
    timeline: Timeline = field(validator=Exactly(Timeline))
    #: How many seconds of it are over; from its total on, it is finished.
    second: int = field(default=0, validator=Integer(0, LONGEST_SECONDS))
    #: Whether it stands still.
    paused: bool = field(default=False, kw_only=True, validator=FLAG)
    #: Whether the exercises were broken off, so that only the check-in at the end is left.
    stopped: bool = field(default=False, kw_only=True, validator=FLAG)

    @property
    def event(self) -> Event:
        """What is going on."""
        return self.timeline.at(self.second)

    @property
    def next_event(self) -> Event | None:
        """What comes next. None: nothing more."""
        return self._next_of(frozenset(EventKind))

    @property
    def seconds_left(self) -> int:
        """How long the event still takes."""
        return max(self.event.end_second - self.second, 0)

    @property
    def total_seconds_left(self) -> int:
        """How long the session still takes."""
        return max(self.timeline.total_seconds - self.second, 0)

    @property
    def is_finished(self) -> bool:
        """Whether nothing is left."""
        return self.total_seconds_left == 0

    @property
    def says(self) -> str | None:
        """What is to be said at this very second: the event's text as it begins, or a prompt."""
        event = self.event
        since = self.second - event.start_second
        if since == 0:
            return event.text
        return next((each.text for each in event.prompts if each.after_seconds == since), None)

    def advance(self, seconds: int = 1) -> Playback:
        """Return it some seconds later: as it is where it is paused, and never after the end.

        Raises:
            InvalidValue: not a whole number, or a negative one.
        """
        if type(seconds) is not int or seconds < 0:
            raise InvalidValue("Playback.advance", "seconds", seconds, "a whole number from 0")
        return (
            self if self.paused else self._at(self.second + min(seconds, self.total_seconds_left))
        )

    def pause(self) -> Playback:
        """Return it standing still."""
        return attrs.evolve(self, paused=True)

    def resume(self) -> Playback:
        """Return it running."""
        return attrs.evolve(self, paused=False)

    def skip(self) -> Playback:
        """Return it at the beginning of the next event; at the end, as it is."""
        return self._to(self.next_event)

    def skip_item(self) -> Playback:
        """Return it where the next item is got ready for; a check-in on the way is not skipped."""
        return self._to(self._next_of(_AFTER_AN_ITEM))

    def stop(self) -> Playback:
        """Return it at the check-in at the end, running; from there on, as it is.

        Whoever breaks off is asked how it feels. What to do next is for `decide`.
        """
        last = self.timeline.last_check_in
        if self.second >= last.start_second:
            return self
        return attrs.evolve(self._to(last), paused=False, stopped=True)

    def _next_of(self, kinds: frozenset[EventKind]) -> Event | None:
        following = self.timeline.events[self.timeline.index_at(self.second) + 1 :]
        return next((event for event in following if event.kind in kinds), None)

    def _to(self, event: Event | None) -> Playback:
        return self if event is None else self._at(event.start_second)

    def _at(self, second: int) -> Playback:
        return attrs.evolve(self, second=second)
