"""Pacing: how long what no dose states takes, when a routine is played second by second.

Every number in here is a choice, of backex or of an app, and none is a statement of a source of
exercises. `CALM` and `BRISK` are backex's own.
"""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from backex.checks import Exactly, Integer, Optional
from backex.dose import Dose
from backex.provenance import SOURCES, Source
from backex.quantities import Span
from backex.references import library_default

__all__ = ["BRISK", "CALM", "Amount", "Pacing", "RangeEnd", "SideOrder"]

_AN_HOUR = 3600


class Amount(Enum):
    """What a dose may state; what it leaves open is taken from the pacing."""

    SETS = "sets"
    REPS = "reps"
    HOLD_SECONDS = "hold-seconds"
    REST_SECONDS = "rest-seconds"


class RangeEnd(Enum):
    """Which end of a range is played."""

    #: The least work that is meant: the low end, and the high end of a rest.
    LEAST = "least"
    #: The most work that is meant: the high end, and the low end of a rest.
    MOST = "most"


class SideOrder(Enum):
    """In which order both sides are done; either way each does the whole dose."""

    #: All sets on the left, then all sets on the right.
    ALL_SETS = "all-sets"
    #: Each set on the left, then on the right.
    EACH_SET = "each-set"


_STEP = Integer(1, _AN_HOUR)
_PAUSE = Integer(0, _AN_HOUR)


@final
@frozen(kw_only=True)
class Pacing:
    """How long each thing takes, in whole seconds, and what is played where a dose is open.

    Raises:
        InvalidValue: fewer than 1 or more than 100 sets (repetitions: 1,000), a time below 1
            second (a rest: below 0) or above an hour, or a field of the wrong type.
    """

    #: Before an exercise: to read what comes, and to fetch what it needs.
    get_ready_seconds: int = field(validator=_STEP)
    #: For each set-up step.
    set_up_seconds: int = field(validator=_STEP)
    #: For each preparing step, in each repetition.
    prepare_seconds: int = field(validator=_STEP)
    #: For each moving step, in each repetition.
    move_seconds: int = field(validator=_STEP)
    #: For each returning step, in each repetition.
    return_seconds: int = field(validator=_STEP)
    #: From one prompt to breathe to the next during a hold. None: no prompts.
    breath_seconds: int | None = field(validator=Optional(_STEP))
    #: To get to the other side, before setting up there.
    switch_seconds: int = field(validator=_STEP)
    #: From one exercise to the next; 0 for none.
    between_items_seconds: int = field(validator=_PAUSE)
    #: To answer how it feels.
    check_in_seconds: int = field(validator=_STEP)
    #: Sets, where the dose states none.
    sets: int = field(validator=Integer(1, 100))
    #: Repetitions in a set, where the dose states none.
    reps: int = field(validator=Integer(1, 1000))
    #: The hold of a repetition, where the exercise has one and the dose does not say how long.
    hold_seconds: int = field(validator=_STEP)
    #: The rest between the sets of a side, where the dose states none; 0 for none.
    rest_seconds: int = field(validator=_PAUSE)
    #: Which end of a range is played.
    range_end: RangeEnd = field(default=RangeEnd.LEAST, validator=Exactly(RangeEnd))
    #: In which order both sides are done.
    side_order: SideOrder = field(default=SideOrder.ALL_SETS, validator=Exactly(SideOrder))
    #: Where the pacing comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    def played(self, amount: Amount, dose: Dose | None) -> tuple[int, frozenset[Amount]]:
        """Return how much of an amount is played, and the amount itself where that is assumed.

        Where the end that is played is open, as in "at most 3" played at its least, it is the
        pacing's own amount, moved as little as needed to lie in the range.

        >>> CALM.played(Amount.REPS, Dose(reps=Span(4, 6)))
        (4, frozenset())
        >>> CALM.played(Amount.REPS, Dose(reps=Span(None, 3)))
        (3, frozenset({<Amount.REPS: 'reps'>}))
        """
        name = amount.name.lower()
        own: int = getattr(self, name)
        span: Span | None = None if dose is None else getattr(dose, name)
        if span is None:
            return own, frozenset({amount})
        low, high = span.low, span.high
        # The longer a rest, the less work.
        is_low = (self.range_end is RangeEnd.LEAST) is not (amount is Amount.REST_SECONDS)
        end = low if is_low else high
        if end is not None:
            return end, frozenset()
        within = own if low is None else max(own, low)
        return within if high is None else min(within, high), frozenset({amount})


#: Time to read each step and to move slowly.
CALM = Pacing(
    get_ready_seconds=10,
    set_up_seconds=8,
    prepare_seconds=5,
    move_seconds=5,
    return_seconds=5,
    breath_seconds=5,
    switch_seconds=10,
    between_items_seconds=20,
    check_in_seconds=30,
    sets=1,
    reps=5,
    hold_seconds=5,
    rest_seconds=30,
    sources=library_default("time to read each step and to move slowly; no study or article"),
)
#: For who knows the exercises; holds and rests that a dose leaves open are as in `CALM`.
BRISK = Pacing(
    get_ready_seconds=5,
    set_up_seconds=4,
    prepare_seconds=3,
    move_seconds=3,
    return_seconds=3,
    breath_seconds=5,
    switch_seconds=5,
    between_items_seconds=10,
    check_in_seconds=20,
    sets=1,
    reps=5,
    hold_seconds=5,
    rest_seconds=30,
    sources=library_default("for who knows the exercises; no study or article"),
)
