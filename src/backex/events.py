"""Events: what a person does, or is asked, from one second to another."""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from backex.anatomy import Side
from backex.checks import IDENTIFIER, TEXT, UNLIMITED, Exactly, Integer, Optional, SetOf, TupleOf
from backex.ids import PrescriptionId, StepId
from backex.pacing import Amount
from backex.symptoms import Moment

__all__ = ["LONGEST_SECONDS", "Event", "EventKind", "Prompt"]

#: The longest session: a day.
LONGEST_SECONDS = 86_400
_SECONDS = Integer(0, LONGEST_SECONDS)


class EventKind(Enum):
    """What an event is."""

    #: The exercise is named, with what it needs and what to check just before it.
    GET_READY = "get-ready"
    #: A step into position.
    SET_UP = "set-up"
    #: A step of a repetition, before the movement.
    PREPARE = "prepare"
    #: A movement of a repetition.
    MOVE = "move"
    #: The hold of a repetition.
    HOLD = "hold"
    #: A step of a repetition, back to where it began.
    RETURN = "return"
    #: A rest, between two sets of a side or between two exercises.
    REST = "rest"
    #: To the other side.
    SWITCH_SIDE = "switch-side"
    #: The person says how it feels.
    CHECK_IN = "check-in"
    #: The end, at which nothing is left to do: the one event that takes no time.
    FINISH = "finish"


@final
@frozen(kw_only=True)
class Prompt:
    """Something to say in the middle of an event.

    Raises:
        InvalidValue: less than 1 second or more than an hour, or blank text.
    """

    #: How many seconds after the beginning of the event.
    after_seconds: int = field(validator=Integer(1, 3600))
    #: What is said.
    text: str = field(validator=TEXT)


@final
@frozen(kw_only=True)
class Event:
    """What goes on from one second to another.

    Raises:
        InvalidValue: a number outside its range, a malformed id, blank text or a field of the wrong
            type.
    """

    #: What it is.
    kind: EventKind = field(validator=Exactly(EventKind))
    #: When it begins, in seconds from the beginning of the session.
    start_second: int = field(default=0, validator=_SECONDS)
    #: How long it takes.
    seconds: int = field(validator=_SECONDS)
    #: What is said as it begins.
    text: str = field(validator=TEXT)
    #: The item of the routine. None: between items, or about the session.
    item: PrescriptionId | None = field(default=None, validator=Optional(IDENTIFIER))
    #: The side at work, or switched to. None: the item has no sides.
    side: Side | None = field(default=None, validator=Optional(Exactly(Side)))
    #: The set, on this side, from 1; of a rest, the set before it. None: in no set.
    set_number: int | None = field(default=None, validator=Optional(Integer(1, 100)))
    #: The repetition in the set, from 1. None: in no repetition.
    repetition: int | None = field(default=None, validator=Optional(Integer(1, 1000)))
    #: The steps done together, that which the others accompany first. Empty: no step says it.
    steps: tuple[StepId, ...] = field(default=(), validator=TupleOf(IDENTIFIER))
    #: What to do and to avoid meanwhile, as said to the person.
    cues: tuple[str, ...] = field(default=(), validator=TupleOf(TEXT, high=UNLIMITED))
    #: What is said in the middle of it, in order.
    prompts: tuple[Prompt, ...] = field(
        default=(), validator=TupleOf(Exactly(Prompt), high=UNLIMITED)
    )
    #: Of a check-in, the moment that a report of it is about.
    moment: Moment | None = field(default=None, validator=Optional(Exactly(Moment)))
    #: What no dose states and the pacing supplied: the numbers of the set and of the repetition,
    #: the length of the hold or of the rest.
    assumed: frozenset[Amount] = field(default=frozenset(), validator=SetOf(Exactly(Amount)))

    @property
    def end_second(self) -> int:
        """When the next one begins."""
        return self.start_second + self.seconds

    @property
    def step(self) -> StepId | None:
        """The step that the others accompany. None: no step says what is done."""
        return self.steps[0] if self.steps else None
