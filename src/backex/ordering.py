"""Enumerations whose members are ordered as they are written."""

from __future__ import annotations

from enum import Enum
from typing import Self

__all__ = ["OrderedEnum"]


class OrderedEnum(Enum):
    """An enumeration whose members compare by their order, the first being the least."""

    #: Its place in the order, from 0.
    rank: int

    def __init__(self, *_: object) -> None:
        """Count the members before this one."""
        self.rank = len(type(self)._member_names_)

    def __lt__(self, other: Self) -> bool:
        """Tell whether it stands before `other`."""
        return self.rank < other.rank if type(other) is type(self) else NotImplemented

    def __le__(self, other: Self) -> bool:
        """Tell whether it is `other` or stands before it."""
        return self.rank <= other.rank if type(other) is type(self) else NotImplemented

    def __gt__(self, other: Self) -> bool:
        """Tell whether it stands after `other`."""
        return self.rank > other.rank if type(other) is type(self) else NotImplemented

    def __ge__(self, other: Self) -> bool:
        """Tell whether it is `other` or stands after it."""
        return self.rank >= other.rank if type(other) is type(self) else NotImplemented
