"""Where in a text the paths of problems lead to, whatever the text is."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backex.codec.locating import Places, Spot
from backex.errors import key_step

TEXT = """\
{
  "items": [
    {"two words": [1, "ü", {"deep": null}]},
    {}
  ],
  "last": -1.5e3, "a\\u0062": {"x": true}
}
"""


@pytest.mark.parametrize(
    ("path", "line", "column", "text"),
    [
        ("$.items[1]", 4, 5, "{}"),
        ('$.items[0]["two words"]', 3, 6, '"two words": [1, "ü", {"deep": null}]'),
        ('$.items[0]["two words"][1]', 3, 23, '"ü"'),
        ('$.items[0]["two words"][2].deep', 3, 29, '"deep": null'),
        ("$.last", 6, 3, '"last": -1.5e3'),
        ("$.ab.x", 6, 31, '"x": true'),
        # Where a path leads on, the nearest place around it.
        ("$.items[1].dose.sets", 4, 5, "{}"),
        ("$.items[1][0]", 4, 5, "{}"),
        ("$.last.more", 6, 3, '"last": -1.5e3'),
        ("$.last and what is no step", 6, 3, '"last": -1.5e3'),
    ],
)
def test_a_path_leads_to_a_stretch_of_the_text(
    path: str, line: int, column: int, text: str
) -> None:
    spot = Places(TEXT.encode()).find(path)
    assert spot == Spot(line, column, len(text))
    assert TEXT.splitlines()[line - 1][column - 1 :].startswith(text)


def test_the_root_is_the_whole_document() -> None:
    whole = Spot(line=2, column=2, length=2, is_whole=True)
    assert Places(b"\n [] \n").find("$") == whole
    assert Places(b"\n [] \n").find("$[0]") == whole


def test_of_two_members_with_one_key_the_last_is_found() -> None:
    assert Places(b'{"a": 1, "a": 22}').find("$.a") == Spot(1, 10, 7)


@pytest.mark.parametrize(
    ("data", "line", "column"),
    [
        (b"", 1, 1),
        (b'{\n  "a" 1}', 2, 7),
        ("{\n ü}".encode(), 2, 2),
        ('{"ü": '.encode() + b"\xff}", 1, 7),
        (b"\xef\xbb\xbf{}", 1, 1),
        (b"{} {}", 1, 4),
        (b"[" * 200_000, 1, 1),
        (b'{"a":' * 50_000, 1, 1),
    ],
    ids=["nothing", "colon", "key", "encoding", "mark", "two", "arrays", "objects"],
)
def test_where_the_text_is_no_json_every_path_leads_there(
    data: bytes, line: int, column: int
) -> None:
    assert Places(data).find("$") == Spot(line, column, 1)
    assert Places(data).find("$.items[3]") == Spot(line, column, 1)


def test_numbers_of_any_length_are_read() -> None:
    assert Places(b"[" + b"1" * 5000 + b", 2]").find("$[1]") == Spot(1, 5004, 1)


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)


@given(value=PLAIN, indent=st.sampled_from([None, 0, 3]), is_ascii=st.booleans(), data=st.data())
def test_every_value_of_a_document_is_found(
    value: object, *, indent: int | None, is_ascii: bool, data: st.DataObject
) -> None:
    """Where in the text of a document the paths of problems and diagnostics lead to."""
    text = json.dumps([value], indent=indent, ensure_ascii=is_ascii)
    wanted: object = value
    path, key = "$[0]", None
    while isinstance(wanted, list | dict) and wanted and data.draw(st.booleans()):
        if isinstance(wanted, list):
            index, key = data.draw(st.integers(0, len(wanted) - 1)), None
            wanted, path = wanted[index], f"{path}[{index}]"
        else:
            key = data.draw(st.sampled_from(sorted(wanted)))
            wanted, path = wanted[key], path + key_step(key)
    spot = Places(text.encode()).find(path)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[: spot.line - 1]) + spot.column - 1
    stretch = text[start : start + spot.length]
    if key is None:
        assert json.loads(stretch) == wanted
    else:
        assert json.loads(f"{{{stretch}}}") == {key: wanted}
