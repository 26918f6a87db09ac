"""Documents that are made to cost much, as many parts of a kind as fit into a size."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from backex import (
    Clearance,
    Decision,
    Diagnostic,
    Dose,
    Exercise,
    Mass,
    Purpose,
    Report,
    Routine,
    SessionRecord,
    Step,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
)
from backex.stopping import Monitor
from untrusted.samples import CLEARANCE, DIAGNOSTIC, POLICY, REFERENCE, REPORT, RULE, document_of

#: The class as which it is loaded, and the document with so many parts.
Shape = tuple[type[Any], Callable[[int], str]]

TAGGED = {"@kind": "symptom-report"} | REPORT
MONITOR: dict[str, Any] = {
    "baseline": {},
    "baseline_next": {},
    "session": {"before": [{"calm": 0}], "occasion": {"answered": False, "flags_left_out": False}},
}
_FINDING = {"rule": "worse", "action": "rest", "condition": {"@kind": "evaluation-wanted"}}


def filled(make: Callable[[int], str], size: int, values: int | None = None) -> str:
    """Return the document with as many parts as make about `size` bytes, and as many values."""
    parts = _parts(lambda count: len(_bytes(make(count))), size)
    if values is not None:
        parts = min(parts, _parts(lambda count: _values(make(count)), values))
    while parts > 1 and len(_bytes(make(parts))) > size:
        parts = parts * 99 // 100
    return make(parts)


def _parts(measured: Callable[[int], int], limit: int) -> int:
    """Return how many parts measure about `limit`, as what they measure grows evenly."""
    one, two = measured(500), measured(1500)
    return 500 + (limit - one) * 1000 // (two - one) if two > one else limit


def _bytes(text: str) -> bytes:
    return text.encode("utf-8", "surrogatepass")


def _values(text: str) -> int:
    """Return about how many values a document has."""
    return sum(map(text.count, ",[{"))


def _mass(grams: str) -> str:
    return f'{{"@format":1,"@kind":"mass","grams":{grams}}}'


def _ids(count: int) -> list[str]:
    return [f"a{index}" for index in range(count)]


def _policy(when: object) -> dict[str, Any]:
    return POLICY | {"rules": [RULE | {"when": when}]}


def _conditions(count: int) -> dict[str, Any]:
    """Return about as many conditions, in groups of groups that are as large as they may be."""
    group = {"@kind": "any-of", "conditions": [{"@kind": "evaluation-wanted"}] * 20}
    groups = [group] * (count // 20 + 1)
    larger = (groups[at : at + 20] for at in range(0, len(groups), 20))
    return {"@kind": "any-of", "conditions": [{"@kind": "any-of", "conditions": g} for g in larger]}


def _nested_conditions(count: int) -> list[dict[str, Any]]:
    """Return rules whose conditions are nested as deep as they may be, two in each group."""
    group: dict[str, Any] = {"@kind": "evaluation-wanted"}
    for _ in range(7):
        group = {"@kind": "any-of", "conditions": [group] * 2}
    return [RULE | {"when": group}] * max(count // 128, 1)


def _tracks(count: int) -> dict[str, Any]:
    return dict.fromkeys(_ids(count), MONITOR["session"])


def _deep(key: str, count: int) -> dict[str, Any]:
    """Return so many keys, 25 of them around each other, and a mistake below each."""
    found: Any = {"@kind": "mistake"}
    for _ in range(25):
        found = {key: found}
    return {f"m{index}": found for index in range(max(count // 25, 1))}


#: By name.
SHAPES: dict[str, Shape] = {
    "choices almost right": (
        Purpose,
        lambda n: document_of("purpose", trains=["stabilizatio"] * n),
    ),
    "movements almost right": (
        Step,
        lambda n: document_of("step", motions=[{"movement": "rotation-pward"}] * n),
    ),
    "keys almost right": (
        Exercise,
        lambda n: document_of("exercise", **{f"guidelines{index}": 0 for index in range(n)}),
    ),
    "kinds almost right": (
        StoppingRule,
        lambda n: document_of(
            "stopping-rule",
            when={"@kind": "any-of", "conditions": [{"@kind": "evaluation-wantd"}] * n},
        ),
    ),
    "ids almost right": (
        Routine,
        lambda n: document_of(
            "routine", items=[{"variant": {"exercise": REFERENCE | {"id": "oblique-si"}}}] * n
        ),
    ),
    "missing keys": (Decision, lambda n: document_of("decision", findings=[{}] * n)),
    "references": (
        Routine,
        lambda n: document_of("routine", items=[{"variant": {"exercise": REFERENCE}}] * n),
    ),
    "keys twice": (Dose, lambda n: "{" + ",".join(['"a":1'] * n) + "}"),
    "objects": (Dose, lambda n: f"[{','.join(['{}'] * n)}]"),
    "fractions": (Dose, lambda n: f"[{','.join(['0.5'] * n)}]"),
    "digits": (Mass, lambda n: _mass("9" * n)),
    "one long text": (Mass, lambda n: _mass('"' + "a" * n + '"')),
    "one long key": (Dose, lambda n: document_of("dose", **{"a" * n: 1})),
    "brackets": (Dose, lambda n: "[" * n),
    "white space": (Dose, lambda n: " " * n),
    "a set": (
        Routine,
        lambda n: document_of("routine", equipment=[f"e{index}" for index in range(n)]),
    ),
    "entries": (
        Routine,
        lambda n: document_of("routine", metadata={f"m{index}": "x" for index in range(n)}),
    ),
    "anything": (
        Diagnostic,
        lambda n: document_of("diagnostic", **DIAGNOSTIC | {"meta": {"m": [[0]] * n}}),
    ),
    # Text that is no document.
    "objects in objects": (Dose, lambda n: '{"a":' * n),
    "brackets and objects": (Dose, lambda n: '[{"":' * n),
    "a text without an end": (Mass, lambda n: '"' + "a" * n),
    "escapes": (Mass, lambda n: _mass('"' + "\\n" * n + '"')),
    "surrogates": (Mass, lambda n: _mass('"' + "\\ud800" * n + '"')),
    "pairs of surrogates": (Mass, lambda n: _mass('"' + "\\ud83e\\uddb4" * n + '"')),
    "quotes": (Mass, lambda n: "[" + ",".join(['""'] * n) + "]"),
    "lines": (Mass, lambda n: "\n" * n + "x"),
    "one character beyond": (Mass, lambda n: _mass('"\U0001f9b4' + "a" * n + '"')),
    "zeros": (Mass, lambda n: _mass("0." + "0" * n)),
    "an exponent": (Mass, lambda n: _mass("1e" + "9" * n)),
    "long numbers": (Mass, lambda n: _mass(f"[{','.join(['9' * 40] * n)}]")),
    "trees": (Dose, lambda n: f"[{','.join(['[' * 30 + ']' * 30] * n)}]"),
    "a deep tree too much": (Dose, lambda n: f"[{'0,' * n}{'[' * 40}{']' * 40}]"),
    # Many of what is wrong, or long where it is.
    "long texts": (Dose, lambda n: document_of("dose", sources=["x" * 1999] * n)),
    "texts that do not print": (
        SymptomReport,
        lambda n: document_of("symptom-report", red_flags=["\u202e" * 90] * n),
    ),
    "keys that do not print": (
        Dose,
        lambda n: document_of("dose", **{"\u202e" * 60 + str(index): 1 for index in range(n)}),
    ),
    "long keys almost right": (
        Dose,
        lambda n: document_of("dose", **{f"{'rest_seconds' * 160}{i}": 0 for i in range(n)}),
    ),
    "deep paths": (
        Diagnostic,
        lambda n: document_of("diagnostic", **DIAGNOSTIC | {"meta": _deep("\u202e" * 64, n)}),
    ),
    "kinds among anything": (
        Diagnostic,
        lambda n: document_of(
            "diagnostic", **DIAGNOSTIC | {"meta": {"m": [{"@kind": "step"}] * n}}
        ),
    ),
    "no kinds among anything": (
        Diagnostic,
        lambda n: document_of("diagnostic", **DIAGNOSTIC | {"meta": {"m": [{"@kind": "stp"}] * n}}),
    ),
    "ids that are none": (
        Clearance,
        lambda n: document_of("clearance", **CLEARANCE | {"rules": [f"a-{i}-" for i in range(n)]}),
    ),
    "times": (
        SessionRecord,
        lambda n: document_of(
            "session-record",
            checkin=1,
            entries=[TAGGED | {"at": "2026-01-31T08:00:00.1234567"}] * n,
        ),
    ),
    "spans the wrong way round": (
        Routine,
        lambda n: document_of(
            "routine",
            id="a",
            title="A",
            items=[
                {
                    "id": "a",
                    "dose": {"reps": {"low": 2, "high": 1}},
                    "variant": {"exercise": REFERENCE},
                }
            ]
            * n,
        ),
    ),
    "a member twice": (
        SymptomReport,
        lambda n: document_of("symptom-report", **REPORT | {"red_flags": ["numbness"] * n}),
    ),
    "null": (Routine, lambda n: document_of("routine", items=[None] * n)),
    # Sound, and large.
    "red flags": (
        SymptomReport,
        lambda n: document_of("symptom-report", **REPORT | {"red_flags": _ids(n)}),
    ),
    "severities": (
        SymptomReport,
        lambda n: document_of(
            "symptom-report", **REPORT | {"severities": dict.fromkeys(_ids(n), 1)}
        ),
    ),
    "findings": (
        Decision,
        lambda n: document_of("decision", action="rest", findings=[_FINDING] * n),
    ),
    "items of a decision": (
        Decision,
        lambda n: document_of("decision", action="rest", items=dict.fromkeys(_ids(n), "rest")),
    ),
    "conditions": (
        StoppingPolicy,
        lambda n: document_of("stopping-policy", **_policy(_conditions(n))),
    ),
    "conditions in conditions": (
        StoppingPolicy,
        lambda n: document_of("stopping-policy", **POLICY | {"rules": _nested_conditions(n)}),
    ),
    "tracks": (
        Monitor,
        lambda n: document_of(
            "monitor",
            **MONITOR | {"policy": _policy({"@kind": "evaluation-wanted"}), "items": _tracks(n)},
        ),
    ),
    "tracks of a long policy": (
        Monitor,
        lambda n: document_of(
            "monitor", **MONITOR | {"policy": _policy(_conditions(n)), "items": _tracks(n // 3)}
        ),
    ),
    "meta": (
        Diagnostic,
        lambda n: document_of("diagnostic", **DIAGNOSTIC | {"meta": dict.fromkeys(_ids(n), 1)}),
    ),
    "meta that holds values": (
        Diagnostic,
        lambda n: document_of(
            "diagnostic",
            **DIAGNOSTIC | {"meta": {"m": [{"@kind": "span", "low": 1, "high": 2}] * n}},
        ),
    ),
    "long diagnostics": (
        Report,
        lambda n: document_of("report", diagnostics=[DIAGNOSTIC | {"message": "x" * 1300}] * n),
    ),
}
