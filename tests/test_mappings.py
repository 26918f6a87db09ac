"""Frozen mappings: read-only, hashable and independent of what they were made from."""

from __future__ import annotations

import copy
import operator
import pickle
import subprocess
import sys
from collections.abc import Callable, Mapping
from types import MappingProxyType

import pytest

from backex.anatomy import Side
from backex.mappings import FrozenMap, frozen_map


def test_a_frozen_map_holds_the_entries_that_it_was_given() -> None:
    mapping = FrozenMap({"b": 2, "a": 1})
    assert mapping == {"a": 1, "b": 2}
    assert (len(mapping), mapping["b"], mapping.get("c")) == (2, 2, None)
    assert (mapping.get("a", 5), mapping.get("c", 5), mapping.get("c", default=6)) == (1, 5, 6)
    with pytest.raises(KeyError):
        mapping["c"]


def test_a_key_of_bytes_is_left_for_a_check_to_refuse_even_where_python_warns_of_bytes() -> None:
    program = "from backex.mappings import FrozenMap; print(len(FrozenMap({b'a': 1, 'b': 2})))"
    shown = subprocess.run(
        [sys.executable, "-bb", "-c", program], check=False, capture_output=True, text=True
    )
    assert (shown.stdout.strip(), shown.stderr) == ("2", "")


def test_a_frozen_map_made_of_nothing_is_empty() -> None:
    assert FrozenMap() == {}


@pytest.mark.parametrize(
    ("entries", "order"),
    [
        ({"pain": 1, "ache": 2, "stiffness": 3}, ["ache", "pain", "stiffness"]),
        ({Side.RIGHT: 1, Side.LEFT: 2}, [Side.LEFT, Side.RIGHT]),
    ],
)
def test_a_frozen_map_iterates_in_the_order_of_its_keys(
    entries: dict[object, int], order: list[object]
) -> None:
    assert list(FrozenMap(entries)) == order
    assert list(FrozenMap(dict(reversed(entries.items())))) == order


def test_frozen_maps_with_equal_entries_are_equal_and_hash_alike() -> None:
    one, other = FrozenMap({"a": 1, "b": 2}), FrozenMap({"b": 2, "a": 1})
    assert (one, hash(one), repr(one)) == (other, hash(other), repr(other))
    assert one != FrozenMap({"a": 1, "b": 3})
    assert hash(one) != hash(FrozenMap({"a": 1, "b": 3}))


def test_a_frozen_map_shows_the_call_that_makes_it() -> None:
    mapping = FrozenMap({"b": 2, "a": 1})
    assert repr(mapping) == "FrozenMap({'a': 1, 'b': 2})"


@pytest.mark.parametrize(
    ("changed", "arguments"),
    [
        (operator.setitem, ("a", 2)),
        (operator.delitem, ("a",)),
        (setattr, ("_entries", {})),
        (setattr, ("note", "new")),
        (delattr, ("_entries",)),
    ],
)
def test_a_frozen_map_cannot_be_changed(
    changed: Callable[..., object], arguments: tuple[object, ...]
) -> None:
    mapping = FrozenMap({"a": 1})
    with pytest.raises((TypeError, AttributeError)):
        changed(mapping, *arguments)
    assert mapping == {"a": 1}


def test_the_refusal_names_what_was_tried() -> None:
    with pytest.raises(
        AttributeError, match=r"^a FrozenMap cannot be changed \(tried to set 'note'\)$"
    ):
        FrozenMap().note = "new"


def test_a_frozen_map_does_not_follow_what_it_was_made_from() -> None:
    entries = {"a": 1}
    mapping = FrozenMap(entries)
    entries["a"] = 2
    assert mapping == {"a": 1}


@pytest.mark.parametrize(
    "copied",
    [lambda m: pickle.loads(pickle.dumps(m)), copy.copy, copy.deepcopy],
    ids=["pickle", "copy", "deepcopy"],
)
def test_a_copied_frozen_map_is_equal(
    copied: Callable[[FrozenMap[str, int]], FrozenMap[str, int]],
) -> None:
    mapping = FrozenMap({"b": 2, "a": 1})
    twin = copied(mapping)
    assert type(twin) is FrozenMap
    assert (twin, hash(twin), list(twin)) == (mapping, hash(mapping), ["a", "b"])


@pytest.mark.parametrize("entries", [{"a": 1}, MappingProxyType({"a": 1})])
def test_any_mapping_is_frozen(entries: Mapping[str, int]) -> None:
    frozen = frozen_map(entries)
    assert type(frozen) is FrozenMap
    assert frozen == {"a": 1}


@pytest.mark.parametrize("value", [FrozenMap({"a": 1}), [("a", 1)], "a", None, 5])
def test_what_is_frozen_already_or_no_mapping_passes_on_as_it_is(value: object) -> None:
    assert frozen_map(value) is value  # type: ignore[arg-type]
