"""Where in the text of a document the paths of problems and diagnostics lead to."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import final

from attrs import define, field, frozen

from backex.errors import key_step

__all__ = ["Places", "Spot"]

#: What a text of JSON is made of, without what only stands between.
_TOKEN = re.compile(r'[\[\]{}]|"(?:[^"\\]|\\.)*"|[^\s\[\]{},:"]+')
#: A step of a path; see `backex.errors.key_step`.
_STEP = re.compile(r'\.@?[A-Za-z_][A-Za-z0-9_-]*|\[\d+\]|\["(?:[^"\\]|\\.)*"\]')


@final
@frozen
class Spot:
    """A stretch of text."""

    #: The line in which it begins, counted from 1.
    line: int
    #: The column in which it begins, in characters, counted from 1.
    column: int
    #: How many characters it has, those of further lines included.
    length: int
    #: Whether it is the whole document, of which no line says more than another.
    is_whole: bool = False


@final
@define
class _Node:
    """A value of a document, from its key on where it has one."""

    start: int
    end: int
    is_object: bool = False
    #: The values in it, by the step of a path.
    members: dict[str, _Node] = field(factory=dict)


@final
class Places:
    r"""The places of one document, whatever is wrong with it.

    >>> places = Places(b'{"dose":\n  {"sets": 0}}')
    >>> places.find("$.dose.sets")
    Spot(line=2, column=4, length=9, is_whole=False)
    >>> places.find("$.dose.reps") == places.find("$.dose")
    True
    """

    #: The text, with a replacement for every byte that is not UTF-8.
    text: str

    def __init__(self, data: bytes, /) -> None:
        """Find the places in a document of any content."""
        self.text = data.decode(errors="replace")
        # Where the text is no JSON, every path leads to the first character that is not.
        unread = _unreadable_at(data, self.text)
        self._is_read = unread is None
        self._root = _tree(self.text) if unread is None else _Node(unread, unread + 1)

    def find(self, path: str) -> Spot:
        """Return where a path leads to, or the nearest place around it that is in the text."""
        node = self._root
        for step in _steps(path):
            if step not in node.members:
                break
            node = node.members[step]
        line_start = self.text.rfind("\n", 0, node.start) + 1
        return Spot(
            line=self.text.count("\n", 0, node.start) + 1,
            column=node.start - line_start + 1,
            length=node.end - node.start,
            is_whole=self._is_read and node is self._root,
        )


def _unreadable_at(data: bytes, text: str) -> int | None:
    """Return the offset of the first character that makes the text no JSON, or None."""
    try:
        data.decode()
        json.loads(text, parse_int=str)
    except UnicodeDecodeError as error:
        return len(data[: error.start].decode())
    except json.JSONDecodeError as error:
        return error.pos
    except RecursionError:
        return 0
    return None


def _tree(text: str) -> _Node:
    """Return the value that a text of JSON holds; nothing here is recursive, as texts may be."""
    outside = _Node(0, len(text))
    open_nodes = [outside]
    key: tuple[str, int] | None = None
    for token in _TOKEN.finditer(text):
        found, parent = token[0], open_nodes[-1]
        if found in "]}":
            open_nodes.pop().end = token.end()
        elif parent.is_object and key is None:
            key = key_step(json.loads(found)), token.start()
        else:
            step, start = key or (f"[{len(parent.members)}]", token.start())
            node = parent.members[step] = _Node(start, token.end(), is_object=found == "{")
            key = None
            if found in "[{":
                open_nodes.append(node)
    return outside.members["[0]"]


def _steps(path: str) -> Iterator[str]:
    """Yield the steps of a path from the root, as far as they are understood."""
    end = len("$")
    while step := _STEP.match(path, end):
        yield step[0]
        end = step.end()
