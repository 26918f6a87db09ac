"""What a class of laws is: tests that an app runs over a value of its own by naming it.

A subclass becomes a test class once it has the attribute that its laws are about; until then pytest
passes it over, whatever it is called.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

__all__ = ["Laws", "drawn", "require"]

Law = TypeVar("Law", bound=Callable[..., None])

_LAW = "_backex_law"


def drawn(law: Law) -> Law:
    """Mark a law that takes drawn data: each subclass gets a Hypothesis test of its own from it."""
    setattr(law, _LAW, law)
    return law


def require(holds: object, message: str) -> None:
    """Do nothing where it holds.

    Raises:
        AssertionError: it does not hold.
    """
    __tracebackhide__ = True
    if not holds:
        raise AssertionError(message)


class Laws:
    """Tests of one value, which a subclass names in a class attribute.

    The tests run under the Hypothesis profile that is loaded when the subclass is defined; the time
    limit for one example is that of the profile, and none under Hypothesis' own default profile. A
    law that is not to hold is switched off by ``test_… = None`` in the subclass.

    Raises:
        TypeError: a subclass named ``Test…`` lacks the attribute that its laws are about.
    """

    #: Whether pytest collects it.
    __test__: ClassVar[bool] = False
    #: The attributes without which there is nothing to test.
    about: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **options: Any) -> None:  # noqa: ANN401 (whatever comes along)
        """Give the subclass Hypothesis tests of its own, if it says what to test."""
        super().__init_subclass__(**options)
        missing = [each for each in cls.about if not hasattr(cls, each)]
        if missing and cls.__name__.startswith("Test"):
            msg = f"{cls.__name__} has nothing to test: give it {', '.join(missing)}"
            raise TypeError(msg)
        cls.__test__ = bool(cls.about) and not missing
        if cls.__test__:
            for name in dir(cls):
                law = getattr(getattr(cls, name), _LAW, None)
                if law is not None:
                    setattr(cls, name, _own_test(law))


def _own_test(law: Callable[..., None]) -> Callable[..., None]:
    """Return a Hypothesis test of its own: one that classes share would mix up their examples."""
    profile = settings()
    unlimited = profile.deadline == settings.get_profile("default").deadline
    limits = settings(deadline=None) if unlimited else profile
    test: Callable[..., None] = limits(given(data=st.data())(law))
    setattr(test, _LAW, law)
    return test
