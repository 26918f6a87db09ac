"""What is said of a member of a document that its field does not take."""

from __future__ import annotations

import json
from typing import Any

import pytest

from backex import Exercise, Problem
from backex.catalog.upper_back import CATALOG
from backex.codec import KINDS, Code
from untrusted.samples import REFERENCE, problems_of, samples

#: What stands for a key that is left out.
LEFT_OUT = object()
AXES = "level-axis, load-axis"
POSITIONS = "one of prone, side-lying, quadruped, supine, sitting, standing"


def changed(kind: str, key: str, value: object) -> str:
    """Return a document of a kind with another member."""
    document: dict[str, Any] = {**samples()[kind], key: value}
    return json.dumps({key: each for key, each in document.items() if each is not LEFT_OUT})


@pytest.mark.parametrize(
    ("kind", "key", "value", "code", "path", "message"),
    [
        ("mass", "grams", None, "BX014", ".grams", "expected a whole number, found null"),
        ("mass", "grams", [], "BX014", ".grams", "expected a whole number, found an array"),
        ("mass", "grams", {}, "BX014", ".grams", "expected a whole number, found an object"),
        ("mass", "grams", True, "BX014", ".grams", "expected a whole number, found a boolean"),
        ("mass", "grams", "7", "BX014", ".grams", 'expected a whole number, found a string "7"'),
        (
            "mass",
            "grams",
            -1,
            "BX001",
            ".grams",
            "expected a whole number from 1 to 1000000; found -1",
        ),
        ("mass", "grams", LEFT_OUT, "BX015", ".grams", "expected this key, which is missing"),
        (
            "mass",
            "gram",
            1,
            "BX016",
            ".gram",
            'no key is called "gram" here; did you mean "grams"?',
        ),
        ("exercise", "name", 7, "BX014", ".name", "expected a string, found a number"),
        ("exercise", "steps", {}, "BX014", ".steps", "expected an array, found an object"),
        (
            "exercise",
            "steps",
            [7],
            "BX014",
            ".steps[0]",
            "expected an object: step, found a number",
        ),
        (
            "exercise",
            "focus",
            "head",
            "BX014",
            ".focus",
            'expected an array, found a string "head"',
        ),
        ("exercise", "focus", ["head", "head"], "BX001", ".focus", "expected each member once"),
        ("exercise", "stated_by", [], "BX014", ".stated_by", "expected an object, found an array"),
        (
            "exercise",
            "both_sides_required",
            0,
            "BX014",
            ".both_sides_required",
            "expected true or false, found a number",
        ),
        (
            "exercise",
            "position",
            "prome",
            "BX017",
            ".position",
            f'expected {POSITIONS}; found "prome"; did you mean "prone"?',
        ),
        (
            "exercise",
            "focus",
            ["hed"],
            "BX017",
            ".focus[0]",
            'expected one of its 30 names; found "hed"; did you mean "head"?',
        ),
        (
            "exercise",
            "axes",
            [7],
            "BX014",
            ".axes[0]",
            f"expected an object of kind {AXES}, found a number",
        ),
        (
            "exercise",
            "axes",
            [{}],
            "BX015",
            ".axes[0].@kind",
            f"expected this key: one of {AXES}",
        ),
        (
            "exercise",
            "axes",
            [{"@kind": 7}],
            "BX014",
            ".axes[0].@kind",
            f"expected one of {AXES}, found a number",
        ),
        (
            "exercise",
            "axes",
            [{"@kind": "level-axes"}],
            "BX017",
            ".axes[0].@kind",
            f'expected one of {AXES}; found "level-axes"; did you mean "level-axis"?',
        ),
        (
            "symptom-report",
            "at",
            "2026",
            "BX001",
            ".at",
            'expected a time such as "2026-01-31T08:00:00+00:00", found "2026"',
        ),
        ("symptom-report", "at", 7, "BX014", ".at", "expected a time as a string, found a number"),
        (
            "symptom-report",
            "severities",
            {"pain": None},
            "BX014",
            ".severities.pain",
            "expected a whole number, found null",
        ),
    ],
)
def test_a_member_that_its_field_does_not_take_is_refused_in_these_words(  # noqa: PLR0917 (a table)
    kind: str, key: str, value: object, code: str, path: str, message: str
) -> None:
    problems = problems_of(changed(kind, key, value), KINDS[kind])
    assert [*problems] == [Problem(code, f"${path}", message)]


@pytest.mark.parametrize(
    ("change", "code", "path", "message"),
    [
        (
            {"id": "oblique-sitt"},
            Code.UNKNOWN_REFERENCE,
            "$.id",
            'catalog "upper-back" has no exercise "oblique-sitt"; did you mean "oblique-sit"?',
        ),
        (
            {"id": "squat"},
            Code.UNKNOWN_REFERENCE,
            "$.id",
            'catalog "upper-back" has no exercise "squat"; it has '
            + ", ".join(each.id for each in CATALOG.exercises),
        ),
        (
            {"@catalog": "knee"},
            Code.UNKNOWN_REFERENCE,
            "$.@catalog",
            'expected catalog "upper-back", found "knee"',
        ),
        (
            {"@digest": "sha256:0"},
            Code.OTHER_DIGEST,
            "$.@digest",
            '"oblique-sit" of catalog "upper-back" has changed since this was written',
        ),
        ({"@catalog": 7}, Code.WRONG_TYPE, "$.@catalog", "expected a string, found a number"),
    ],
    ids=["a similar id", "another id", "another catalog", "another digest", "no string"],
)
def test_a_reference_that_leads_nowhere_is_refused_in_these_words(
    change: dict[str, object], code: Code, path: str, message: str
) -> None:
    document = {"@format": 1, "@kind": "exercise", **REFERENCE, **change}
    assert [*problems_of(json.dumps(document), Exercise)] == [Problem(code.value, path, message)]
