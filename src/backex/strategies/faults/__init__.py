"""Values that are wrong in exactly one way, for every code that `validate` can report.

Each fault is put into a sound value that is drawn for it, at a drawn place: an exercise may stand
alone, in a routine or in a plan, among others. What the fault is made of (movements, contacts, ids)
nothing else in the value is made of, so that no other rule has anything to say.
"""

from __future__ import annotations

from hypothesis import strategies as st

from backex.errors import InvalidValue
from backex.rules.stopping import NEVER_BY_VALIDATE
from backex.strategies.drawing import drawn
from backex.strategies.faults import (
    exercise,
    ladders,
    poses,
    posture,
    progression,
    routine,
    stopping,
)
from backex.strategies.faults.sound import Injector
from backex.validation import Checkable

__all__ = ["VIOLATED", "violating"]

#: What makes a value wrong in exactly the way of a code.
VIOLATED: dict[str, Injector] = {
    code: injector
    for family in (posture, exercise, poses, progression, ladders, stopping, routine)
    for code, injector in family.FAULTS.items()
}


def violating(code: str) -> st.SearchStrategy[Checkable]:
    """Return values of which `validate` reports that code of `RULES` and no other one.

    It may report the code more than once, at several places, and nothing else of any severity. The
    values are of all classes that `validate` takes and in which the fault can occur.

    Raises:
        InvalidValue: no rule of backex has that code, or `validate` never reports it.

    >>> from backex import validate
    >>> set(validate(violating("BX503").example()).codes)  # doctest: +SKIP
    {'BX503'}
    """
    if code in NEVER_BY_VALIDATE:
        allowed = f"codes that `validate` reports; of this one, {NEVER_BY_VALIDATE[code]}"
        raise InvalidValue("violating", "code", code, allowed)
    if code not in VIOLATED:
        raise InvalidValue("violating", "code", code, "one of " + ", ".join(sorted(VIOLATED)))
    return drawn(VIOLATED[code])
