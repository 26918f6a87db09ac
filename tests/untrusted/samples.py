"""Documents of every kind, the places in them, and what `loads` makes of a changed one.

Shared by the tests of storage and by the commands `fuzz_loader.py` and `hostile_cost.py`.
"""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import NoneType
from typing import Any, get_args, get_type_hints

import attrs

from backex import DecodeError, Exercise, Problem
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT
from backex.checks import violation_in
from backex.codec import FORMAT, KINDS, Code, digest, dumps, loads

GOLDEN = Path(__file__).parents[1] / "golden"

#: What JSON can hold once it is parsed.
Json = Any
#: Keys and indexes that lead into a document.
Place = tuple[str | int, ...]

SOURCE = {"id": "clinic", "kind": "app", "title": "Clinic"}
REPORT = {"checkin": 1, "evaluation_wanted": False, "moment": "after", "seq": 0}
RULE: dict[str, Any] = {
    "id": "worse",
    "then": "rest",
    "until": {"@kind": "calmed", "checkins": 1},
    "when": {
        "@kind": "persists",
        "checkins": 3,
        "condition": {"@kind": "worsened", "by": 1},
    },
}
POLICY: dict[str, Any] = {
    "answer": "rest",
    "asks": ["pain"],
    "asks_at": ["after"],
    "asks_red_flags": False,
    "id": "short",
    "rules": [RULE],
    "tolerance": {},
}
OCCASION = {
    "answered": True,
    "flags_left_out": True,
    "left_out": ["stiffness"],
    "reports": [REPORT | {"severities": {"pain": 3}}],
}
TRACK: dict[str, Any] = {
    "before": [
        {
            "calm": 0,
            "counts": [2],
            "latch": {"baseline": {"pain": 1}, "reports": [REPORT | {"trend": "worse"}]},
        }
    ],
    "occasion": OCCASION,
    "since_clearance": {"worse": OCCASION},
}
CLEARANCE = {
    "by": "A professional",
    "checkin": 1,
    "new_baseline": REPORT,
    "rules": ["worse"],
    "seq": 1,
}
REFERENCE = {"@catalog": "upper-back", "@digest": digest(OBLIQUE_SIT), "id": "oblique-sit"}
DIAGNOSTIC = {
    "code": "BX901",
    "hint": "hint",
    "message": "message",
    "meta": {"anything": [1, "a", None, True, {"b": []}]},
    "path": "$",
    "severity": "error",
}
#: Short documents that, with the golden ones, hold every field of every kind.
SHORT: dict[str, dict[str, Any]] = {
    "routine": {
        "equipment": ["mat", "wall"],
        "guideline": {
            "cues": [],
            "id": "tall",
            "regions": ["spine"],
            "title": "Tall",
        },
        "id": "full",
        "items": [
            {
                "dose": {
                    "hold_seconds": {"high": None, "low": 5},
                    "reps": {"high": 10, "low": 8},
                    "rest_seconds": {"high": 60, "low": None},
                    "sets": {"high": 2, "low": 2},
                    "sources": [SOURCE],
                },
                "id": "reach",
                "sides": "both",
                "sources": [SOURCE],
                "suppress": {"BX503": "one arm is in a sling"},
                "variant": {
                    "exercise": REFERENCE,
                    "progressions": [
                        {"@kind": "add-resistance", "mass": {"grams": 500}},
                        {"@kind": "extend-arm"},
                        {"@kind": "change-reach", "direction": "overhead"},
                        {"@kind": "add-lower-quarter", "function": "lift-pelvis"},
                        {"@kind": "custom-progression", "axis": "tempo", "level": "slow"},
                        {"@kind": "custom-progression", "axis": "vest", "level": {"grams": 500}},
                    ],
                },
            }
        ],
        "metadata": {"note": "a note"},
        "schedule": {
            "days_per_week": {"high": 5, "low": 3},
            "rest_hours": {"high": 24, "low": 20},
            "sessions_per_day": {"high": 1, "low": 1},
            "sources": [SOURCE],
        },
        "sources": [SOURCE],
        "stopping": POLICY,
        "time_budget_seconds": 900,
        "title": "Full",
    },
    "joint-angle": {
        "degrees": 90,
        "freedom": "flexion",
        "joint": "knee",
        "limb": "both-legs",
        "sources": [SOURCE],
    },
    "step": {
        "id": "kneel",
        "phase": "set-up",
        "pose": [{"degrees": -5, "freedom": "lateral-flexion", "joint": "lumbar-spine"}],
        "text": "Kneel down.",
    },
    "symptom-report": REPORT
    | {
        "at": "2026-01-31T08:00:00+00:00",
        "item": "reach",
        "red_flags": ["numbness"],
        "severities": {"pain": 3},
        "trend": "worse",
    },
    "monitor": {
        "baseline": {"pain": 1},
        "baseline_next": {"pain": 1},
        "checkin": 1,
        "clearance": CLEARANCE,
        "items": {"reach": TRACK},
        "policy": POLICY,
        "seq": 1,
        "session": TRACK,
    },
    "decision": {
        "action": "rest",
        "concerns": ["suitability"],
        "findings": [
            {
                "action": "rest",
                "advice": "Rest.",
                "baseline": {"pain": 1},
                "concerns": ["suitability"],
                "condition": {"@kind": "evaluation-wanted"},
                "item": "reach",
                "measures": ["ice"],
                "reports": [REPORT],
                "rule": "worse",
                "sources": [SOURCE],
            }
        ],
        "items": {"reach": "rest"},
        "items_unanswered": {"reach": ["pain"]},
        "measures": ["ice"],
        "policy": "short",
        "unanswered": ["stiffness"],
        "unknown": ["worse"],
    },
    "audit": {
        "at": "2026-01-31T08:00:00+00:00",
        "backex_version": "0.1.0",
        "baseline_digest": "sha256:b",
        "decision": {"action": "hold"},
        "decision_digest": "sha256:d",
        "entries_digest": "sha256:e",
        "entry_count": 0,
        "format_version": 1,
        "policy_digest": "sha256:p",
    },
    "verdict": {
        "faults": [DIAGNOSTIC],
        "proved": False,
        "states": 4,
        "tolerance": {"severity_at_most": {"pain": 5}},
        "transitions": 28,
    },
    "report": {"diagnostics": [DIAGNOSTIC], "suppressed": [DIAGNOSTIC]},
    "catalog": {
        "definitions": [
            {"quality": "control", "region": "spine", "sources": [SOURCE], "text": "Control."}
        ],
        "exercises": [REFERENCE],
        "id": "mine",
        "principles": [
            {
                "advises": ["control"],
                "coordination": "coordinated",
                "id": "whole",
                "region": "spine",
                "serves": ["mobility"],
                "sources": [SOURCE],
                "supported_limb": True,
                "text": "Train the whole.",
            }
        ],
        "title": "Mine",
    },
    "difference": {"after": "slow", "axis": "tempo", "before": "free", "name": "tempo"},
    "plan": {
        "baseline": REPORT,
        "ladders": {
            "reach": {
                "rungs": [
                    {
                        "advance": {
                            "@kind": "in-a-row",
                            "criterion": {
                                "@kind": "all-criteria",
                                "criteria": [
                                    {"@kind": "completed", "sources": [SOURCE]},
                                    {
                                        "@kind": "any-criterion",
                                        "criteria": [
                                            {
                                                "@kind": "quality-at-least",
                                                "quality": "good",
                                                "sources": [SOURCE],
                                            },
                                            {
                                                "@kind": "effort-at-most",
                                                "effort": 4,
                                                "sources": [SOURCE],
                                            },
                                        ],
                                    },
                                    {
                                        "@kind": "symptom-at-most",
                                        "channel": "pain",
                                        "severity": 2,
                                        "sources": [SOURCE],
                                    },
                                ],
                            },
                            "sessions": 3,
                            "sources": [SOURCE],
                        },
                        "dose": {"sets": {"high": 2, "low": 2}},
                        "variant": {"exercise": REFERENCE},
                    }
                ]
            }
        },
        "routine": {"id": "short", "title": "Short"},
    },
    "session-record": {
        "checkin": 1,
        "completed": {
            "reach": {
                "done": True,
                "dose": {"sets": {"high": 2, "low": 2}},
                "effort": 4,
                "performed": {"exercise": REFERENCE},
                "quality": "fair",
            }
        },
        "entries": [{"@kind": "symptom-report"} | REPORT],
    },
    "next": {
        "changes": [
            {
                "after": 1,
                "before": 0,
                "differences": ["tempo: free → slow"],
                "item": "reach",
                "kind": "progressed",
                "reasons": ["met its criterion"],
            }
        ],
        "decision": {"action": "continue"},
        "reasons": ["reach: met its criterion"],
        "routine": {"id": "short", "title": "Short"},
        "rungs": {"reach": 1},
    },
    "event": {
        "assumed": ["hold-seconds"],
        "cues": ["Breathe."],
        "item": "reach",
        "kind": "hold",
        "moment": "after",
        "prompts": [{"after_seconds": 5, "text": "Breathe."}],
        "repetition": 1,
        "seconds": 10,
        "set_number": 1,
        "side": "left",
        "start_second": 40,
        "steps": ["hold"],
        "text": "Stay.",
    },
    "playback": {
        "paused": False,
        "second": 3,
        "stopped": True,
        "timeline": {
            "pacing": {
                "between_items_seconds": 0,
                "breath_seconds": 5,
                "check_in_seconds": 30,
                "get_ready_seconds": 10,
                "hold_seconds": 5,
                "move_seconds": 5,
                "prepare_seconds": 5,
                "range_end": "least",
                "reps": 5,
                "rest_seconds": 30,
                "return_seconds": 5,
                "set_up_seconds": 8,
                "sets": 1,
                "side_order": "all-sets",
                "sources": [SOURCE],
                "switch_seconds": 10,
            },
            "routine": {"id": "short", "title": "Short"},
        },
    },
}
DOCUMENTS: dict[str, dict[str, Any]] = {
    name: json.loads((GOLDEN / f"format-1-{name}.json").read_text(encoding="utf-8"))
    for name in ("exercise", "policy")
} | {
    kind: json.loads(json.dumps({"@format": FORMAT, "@kind": kind} | fields))
    for kind, fields in SHORT.items()
}


def class_of(document: Mapping[str, Any]) -> type[Any]:
    return KINDS[document["@kind"]]


def problems_of(text: object, cls: type[Any]) -> tuple[Problem, ...]:
    """Return why a text is refused; nothing where it is not."""
    try:
        loads(text, cls)  # type: ignore[arg-type]
    except DecodeError as error:
        return error.problems
    return ()


def found_in(text: object, cls: type[Any]) -> list[tuple[Code, str]]:
    return [(Code(each.code), each.path) for each in problems_of(text, cls)]


def document_of(kind: str, **fields: object) -> str:
    return json.dumps({"@format": FORMAT, "@kind": kind} | fields)


def path_of(place: Place) -> str:
    """Return a place as a path; keys stand behind a dot where they are plain names."""
    steps = [
        f"[{step}]"
        if isinstance(step, int)
        else f".{step}"
        if step.lstrip("@").isidentifier()
        else f"[{json.dumps(step)}]"
        for step in place
    ]
    return "$" + "".join(steps)


def value_at(document: Json, place: Place) -> Json:
    for step in place:
        document = document[step]
    return document


def putting(document: Json, place: Place, value: object) -> str:
    """Return the text of a document with another value at a place."""
    changed = copy.deepcopy(document)
    value_at(changed, place[:-1])[place[-1]] = value
    return json.dumps(changed)


def leaving_out(document: Json, place: Place) -> str:
    changed = copy.deepcopy(document)
    del value_at(changed, place[:-1])[place[-1]]
    return json.dumps(changed)


@attrs.frozen
class Node:
    """A place in a document: what is there, and of which field of which class it is a part."""

    place: Place
    #: What the document has there, and what that is loaded as.
    found: Any
    value: Any
    cls: type[Any] = NoneType
    field: str = ""
    #: How many steps it lies below the field.
    below: int = 0
    #: Whether null is allowed there.
    nullable: bool = False

    @property
    def path(self) -> str:
        return path_of(self.place)

    @property
    def is_object(self) -> bool:
        """Whether it stands for a value of a class, written out."""
        return attrs.has(type(self.value)) and "@catalog" not in self.found


def nodes_of(node: Node) -> Iterator[Node]:
    """Yield a place and all below it."""
    yield node
    if node.is_object:
        hints = get_type_hints(type(node.value))
        for name in node.found.keys() & hints.keys():
            yield from nodes_of(
                Node(
                    place=(*node.place, name),
                    found=node.found[name],
                    value=getattr(node.value, name),
                    cls=type(node.value),
                    field=name,
                    nullable=NoneType in get_args(hints[name]),
                )
            )
    for step, member in _members(node.value):
        yield from nodes_of(
            attrs.evolve(
                node,
                place=(*node.place, step),
                found=node.found[step],
                value=member,
                below=node.below + 1,
                nullable=False,
            )
        )


def _members(value: object) -> Iterator[tuple[Any, object]]:
    if isinstance(value, Mapping):
        yield from value.items()
    elif isinstance(value, tuple):
        yield from enumerate(value)
    elif isinstance(value, frozenset):
        # In a document a set is sorted by what its members are written as.
        yield from ((index, None) for index in range(len(value)))


def walked_of(document: dict[str, Any]) -> list[Node]:
    """Return one place for each use of each field of each class."""
    value = loads(json.dumps(document), class_of(document))
    nodes: dict[object, Node] = {}
    for node in nodes_of(Node((), document, value)):
        nodes.setdefault((node.cls, node.field, node.below, type(node.found)), node)
    return [node for node in nodes.values() if node.place]


def objects_of(document: dict[str, Any]) -> list[Node]:
    """Return one object for each class, tagged with its kind and not."""
    value = loads(json.dumps(document), class_of(document))
    nodes: dict[object, Node] = {}
    for node in nodes_of(Node((), document, value)):
        if node.is_object:
            nodes.setdefault((type(node.value), "@kind" in node.found), node)
    return list(nodes.values())


@cache
def samples() -> dict[str, dict[str, Any]]:
    """Return one document of each kind: of the value in `DOCUMENTS` that says the most."""
    texts: dict[str, str] = {}
    for document in DOCUMENTS.values():
        value = loads(json.dumps(document), class_of(document))
        for each in nodes_of(Node((), document, value)):
            if each.is_object:
                text = dumps(each.value, catalog=None if type(each.value) is Exercise else CATALOG)
                kind = json.loads(text)["@kind"]
                texts[kind] = max(texts.get(kind, ""), text, key=len)
    return {kind: json.loads(texts[kind]) for kind in KINDS}


_CODES = frozenset(code.value for code in Code)
#: Stands in a text where something else is to be put.
_HOLE = "<hole>"
_MARK = json.dumps(_HOLE).encode()


@attrs.frozen
class Hole:
    """A place in a document into which any bytes can be put."""

    cls: type[Any]
    node: Node
    before: bytes
    after: bytes

    def holding(self, inside: bytes) -> bytes:
        """Return the document with `inside` at that place."""
        return self.before + inside + self.after


@cache
def holes() -> tuple[Hole, ...]:
    """Return every place, but the root, of the document of every kind."""
    return tuple(hole for each in samples().values() for hole in _holes_in(each))


def _holes_in(document: dict[str, Any]) -> Iterator[Hole]:
    cls = class_of(document)
    catalog = None if cls is Exercise else CATALOG
    value = loads(json.dumps(document), cls, catalog=CATALOG)
    assert json.loads(dumps(value, catalog=catalog)) == document
    for node in nodes_of(Node((), document, value)):
        if node.place:
            before, after = putting(document, node.place, _HOLE).encode().split(_MARK)
            yield Hole(cls, node, before, after)


def judged(text: str | bytes, cls: type[Any]) -> object:
    """Return what a text is loaded as, or the error, and check what holds for all of either.

    Anything raised but a `DecodeError` goes through.
    """
    found: object
    try:
        found = loads(text, cls)
    except DecodeError as error:
        found = error
    if isinstance(found, DecodeError):
        _check_error(found)
    else:
        assert type(found) is cls
        assert violation_in(found) is None
        written = dumps(found)
        again: object = loads(written, cls)
        assert again == found
        assert dumps(again) == written
    return found


def _check_error(error: DecodeError) -> None:
    """Check that a refusal can be told from others and shown to a person."""
    assert 1 <= len(error.problems) <= 20
    first = error.problems[0]
    assert (error.code, error.path, error.message) == (first.code, first.path, first.message)
    for each in error.problems:
        assert each.code in _CODES
        assert each.path.startswith("$")
        assert len(each.message) <= 300
        assert each.path.isprintable()
        assert each.message.isprintable()
