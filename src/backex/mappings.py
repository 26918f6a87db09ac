"""A read-only, hashable mapping, so that values which hold one stay immutable values.

Not a general container: keys must be strings or sort like them, and every change is a new mapping.
"""

from __future__ import annotations

from collections.abc import ItemsView, Iterator, KeysView, Mapping, ValuesView
from typing import Any, Never, TypeVar, final, overload

__all__ = ["FrozenMap", "frozen_map"]

K = TypeVar("K")
V = TypeVar("V")
D = TypeVar("D")


@final
class FrozenMap(Mapping[K, V]):
    """An immutable mapping that iterates in the order of its keys and can be hashed."""

    __slots__ = ("_entries",)
    _entries: dict[K, V]

    def __init__(self, entries: Mapping[K, V] = {}) -> None:
        """Copy `entries`, sorted by key."""
        ordered: dict[Any, V] = dict(sorted(entries.items(), key=_by_key))
        object.__setattr__(self, "_entries", ordered)

    def __getitem__(self, key: K) -> V:
        """Return the value stored under `key`."""
        return self._entries[key]

    def __iter__(self) -> Iterator[K]:
        """Iterate over the keys in order."""
        return iter(self._entries)

    def __len__(self) -> int:
        """Return how many entries there are."""
        return len(self._entries)

    # What `Mapping` has of these goes through `__getitem__` for each entry; the views of the
    # entries are as unchangeable.

    def __contains__(self, key: object) -> bool:
        """Tell whether there is an entry under `key`."""
        return key in self._entries

    @overload
    def get(self, key: K, /) -> V | None: ...
    @overload
    def get(self, key: K, /, default: V | D) -> V | D: ...
    def get(self, key: K, /, default: V | D | None = None) -> V | D | None:
        """Return the value stored under `key`, or `default`."""
        return self._entries.get(key, default)

    def keys(self) -> KeysView[K]:
        """Return the keys in order."""
        return self._entries.keys()

    def values(self) -> ValuesView[V]:
        """Return the values in the order of their keys."""
        return self._entries.values()

    def items(self) -> ItemsView[K, V]:
        """Return the entries in the order of their keys."""
        return self._entries.items()

    def __hash__(self) -> int:
        """Hash by the entries."""
        return hash(frozenset(self._entries.items()))

    def __repr__(self) -> str:
        """Return the call that makes an equal mapping."""
        return f"FrozenMap({self._entries!r})"

    def __setattr__(self, name: str, value: object) -> Never:
        """Refuse: a frozen map never changes."""
        msg = f"a FrozenMap cannot be changed (tried to set {name!r})"
        raise AttributeError(msg)

    def __delattr__(self, name: str) -> Never:
        """Refuse: a frozen map never changes."""
        msg = f"a FrozenMap cannot be changed (tried to delete {name!r})"
        raise AttributeError(msg)

    def __reduce__(self) -> tuple[type[FrozenMap[K, V]], tuple[dict[K, V]]]:
        """Pickle as the call that makes an equal mapping."""
        return (FrozenMap, (self._entries,))


def _by_key(entry: tuple[object, object]) -> str:
    key = entry[0]
    return key if isinstance(key, str) else repr(key)


def frozen_map(entries: Mapping[K, V]) -> Mapping[K, V]:
    """Return `entries` as a `FrozenMap`; what is no mapping passes on, for a check to refuse."""
    if type(entries) is FrozenMap or not isinstance(entries, Mapping):
        return entries
    return FrozenMap(entries)
