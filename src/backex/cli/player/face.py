"""What is to be seen of a session: a word, a count, and what to do, as plain inert text."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import final

from attrs import frozen

from backex.cli.player.session import Session
from backex.cli.printing import inert
from backex.events import Event, EventKind
from backex.pacing import Amount

__all__ = ["Face", "face", "flat"]

#: From so many seconds on, minutes are counted.
_LONG = 100
#: What of a dose is the length of an event.
_LENGTHS = frozenset({Amount.HOLD_SECONDS, Amount.REST_SECONDS})
_WORDS: Mapping[EventKind, str] = MappingProxyType(
    {each: each.name for each in EventKind}
    | {
        EventKind.GET_READY: "READY",
        EventKind.SET_UP: "SET UP",
        EventKind.SWITCH_SIDE: "SIDE",
        EventKind.CHECK_IN: "DONE",
        EventKind.FINISH: "DONE",
    }
)


@final
@frozen(kw_only=True)
class Face:
    """What is to be seen."""

    #: What to do, in a word or two in capital letters.
    word: str
    #: How long it still takes.
    count: str
    #: The exercise and which of how many it is; between exercises, the routine.
    where: str
    #: How long it still takes to the questions at the end, which take as long as they take.
    left: str
    #: The side, the set and the repetition, and what of it is assumed. Empty: there are none.
    part: str
    #: What to do, as said to the person.
    text: str
    #: What was said last in the middle of it. Empty: nothing.
    prompt: str
    #: What to watch meanwhile.
    cues: tuple[str, ...]
    #: What comes next.
    following: str
    #: Whether time stands still, and how it goes on. Empty: it goes on.
    waiting: str


def face(session: Session) -> Face:
    """Return what is to be seen of a session now."""
    playing = session.playback
    event, then = playing.event, playing.next_event
    end = playing.timeline.last_check_in.start_second
    since = playing.second - event.start_second
    prompts = [flat(each.text) for each in event.prompts if each.after_seconds <= since]
    waiting = "PAUSED: space goes on" if playing.paused else ""
    if playing.paused and playing.second == 0:
        waiting = "Press space to begin"
    return Face(
        word=_word(event),
        count=_time(playing.seconds_left),
        where=_where(session, event),
        left=f"{_minutes(max(end - playing.second, 0))} left",
        part=_part(session, event),
        text=flat(event.text),
        prompt=prompts[-1] if prompts else "",
        cues=tuple(flat(each) for each in event.cues),
        following="" if then is None else f"Next: {_ahead(then)}{flat(then.text)}",
        waiting=waiting,
    )


def flat(text: str) -> str:
    """Return text of a document in one line, with nothing in it that a terminal would obey."""
    return inert(" ".join(text.split()))


def _time(seconds: int) -> str:
    return str(seconds) if seconds < _LONG else _minutes(seconds)


def _minutes(seconds: int) -> str:
    return f"{seconds // 60}:{seconds % 60:02}"


def _word(event: Event) -> str:
    if event.kind is EventKind.SWITCH_SIDE and event.side:
        return event.side.name
    return _WORDS[event.kind]


def _where(session: Session, event: Event) -> str:
    for number, item in enumerate(session.items, start=1):
        if item.id == event.item:
            return f"{flat(item.exercise.name)} · {number} of {len(session.items)}"
    return flat(session.playback.timeline.routine.title)


def _part(session: Session, event: Event) -> str:
    """Return which side, set and repetition it is, of how many, and what no dose states."""
    if event.item is None:
        return ""
    own = session.playback.timeline.of_item(event.item)
    sets = max(each.set_number or 0 for each in own)
    reps = max(each.repetition or 0 for each in own)
    parts: list[str] = []
    if event.side is not None:
        parts.append(f"{event.side.name} SIDE")
    if event.set_number is not None and (sets > 1 or Amount.SETS in event.assumed):
        parts.append(_amount(f"set {event.set_number} of {sets}", event, Amount.SETS))
    if event.repetition is not None:
        parts.append(_amount(f"rep {event.repetition} of {reps}", event, Amount.REPS))
    parts += (
        _amount(f"{event.kind.value} {event.seconds} s", event, each)
        for each in event.assumed & _LENGTHS
    )
    return " · ".join(parts)


def _amount(text: str, event: Event, amount: Amount) -> str:
    """Return an amount in words, and that no dose states it where that is so."""
    return f"{text} (chosen by backex)" if amount in event.assumed else text


def _ahead(event: Event) -> str:
    """Return what an event is and how long it takes, where that says more than its text."""
    if event.kind is not EventKind.HOLD:
        return ""
    return f"{_amount(f'hold {event.seconds} s', event, Amount.HOLD_SECONDS)}. "
