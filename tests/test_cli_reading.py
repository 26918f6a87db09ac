"""`backex show`, `explain`, `schema` and `new`: what they print, and what they write."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from backex import (
    RULES,
    ExtendArm,
    Plan,
    Routine,
    StoppingPolicy,
    codec,
    decide,
    explain,
    report,
    validate,
    vary,
    verify,
)
from backex.catalog.upper_back import (
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.codec import Code, dumps, loads, loads_any
from backex.render.text import (
    guideline_as_text,
    plan_as_text,
    policy_as_text,
    routine_as_text,
    variant_as_text,
)

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (ROUTINE, routine_as_text(ROUTINE)),
        (Plan(routine=ROUTINE), plan_as_text(Plan(routine=ROUTINE))),
        (OBLIQUE_SIT, variant_as_text(vary(OBLIQUE_SIT))),
        (vary(OBLIQUE_SIT, ExtendArm()), variant_as_text(vary(OBLIQUE_SIT, ExtendArm()))),
        (STOPPING_POLICY, policy_as_text(STOPPING_POLICY)),
        (UPPER_QUARTER_POSTURE, guideline_as_text(UPPER_QUARTER_POSTURE)),
        (decide(None, []), f"{decide(None, [])}\n"),
        (validate(ROUTINE), "sound: nothing to report\n"),
        (verify(STOPPING_POLICY), f"{verify(STOPPING_POLICY)}\n"),
    ],
    ids=lambda each: "" if isinstance(each, str) else type(each).__name__,
)
def test_a_document_is_shown_as_text(cli: Run, value: object, text: str) -> None:
    assert cli("show", "-", stdin=dumps(value).encode()) == (0, text, "")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("upper-back-relief", routine_as_text(ROUTINE)),
        ("prone-head-raise", variant_as_text(vary(PRONE_HEAD_RAISE))),
        ("upper-back-stopping", policy_as_text(STOPPING_POLICY)),
        ("upper-quarter-posture", guideline_as_text(UPPER_QUARTER_POSTURE)),
    ],
    ids=["routine", "exercise", "policy", "guideline"],
)
def test_the_catalog_is_shown_by_id(cli: Run, name: str, text: str) -> None:
    assert cli("show", name) == (0, text, "")


def test_a_file_comes_before_the_catalog(cli: Run) -> None:
    Path("oblique-sit").write_text(dumps(PRONE_HEAD_RAISE))
    assert cli("show", "oblique-sit") == cli("show", "prone-head-raise")


def test_the_catalog_is_listed(cli: Run) -> None:
    assert cli("show", "--catalog") == (
        0,
        (
            "upper-back-relief       routine\n"
            "prone-head-raise        exercise\n"
            "oblique-sit             exercise\n"
            "all-fours-rotation      exercise\n"
            "upper-quarter-posture   posture-guideline\n"
            "upper-back-stopping     stopping-policy\n"
        ),
        "",
    )


def test_something_has_to_be_named(cli: Run) -> None:
    hint = "  = help: backex show --catalog lists what there is\n"
    assert cli("show") == (2, "", "error: name a document to show\n" + hint)


def test_a_document_that_has_no_text_is_refused(cli: Run) -> None:
    code, out, err = cli("show", "-", stdin=b'{"@format":1,"@kind":"mass","grams":5}')
    assert (code, out) == (1, "")
    assert err.startswith('error[BX013]: expected kind "routine" or "plan" or "exercise" or ')
    assert " --> <stdin>:1:14 ($.@kind)\n" in err


def test_an_id_that_the_catalog_lacks(cli: Run) -> None:
    hint = '  = help: did you mean "oblique-sit"?\n'
    assert cli("show", "oblique-sitt") == (2, "", "error: there is no file oblique-sitt\n" + hint)


def test_a_rule_is_explained(cli: Run) -> None:
    assert cli("explain", "bx503") == (0, f"{explain('BX503')}\n", "")


def test_a_code_of_the_codec_is_explained(cli: Run) -> None:
    text = "BX014 (error): A value has another JSON type than its field takes.\n"
    assert cli("explain", "BX014") == (0, text, "")


def test_codes_are_listed_by_how_they_begin(cli: Run) -> None:
    assert cli("explain", "BX02") == (
        0,
        (
            "BX020  error    An entry comes before one that a monitor has already observed.\n"
            "BX021  error    Two different clearances carry the same check-in and sequence.\n"
            "BX022  error    A line of a log is damaged or out of sequence.\n"
        ),
        "",
    )


def test_without_a_code_all_are_listed(cli: Run) -> None:
    _, out, _ = cli("explain")
    codes = {*(each.value for each in Code), "BX020", "BX021", *(rule.code for rule in RULES)}
    assert [line[:5] for line in out.splitlines()] == sorted(codes)


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("BX5033", 'did you mean "BX503"?'),
        ("shoulder", "backex explain lists all codes"),
    ],
)
def test_a_code_that_there_is_not(cli: Run, code: str, hint: str) -> None:
    assert cli("explain", code) == (2, "", f"error: there is no code {code}\n  = help: {hint}\n")


def test_the_page_on_the_format_explains_every_code_of_the_codec() -> None:
    page = (Path(__file__).parent.parent / "docs" / "format.md").read_text(encoding="utf-8")
    assert [each.value for each in Code if f"| {each.value} |" not in page] == []


@pytest.fixture
def schemas(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the schema of a class be its name."""

    def named(cls: type | None = None) -> dict[str, object]:
        return {"$id": "all" if cls is None else cls.__name__}

    monkeypatch.setattr(codec, "schema", named, raising=False)


@pytest.mark.usefixtures("schemas")
def test_the_schema_of_a_kind_or_of_all(cli: Run) -> None:
    assert cli("schema", "stopping-policy") == (0, '{\n  "$id": "StoppingPolicy"\n}\n', "")
    assert cli("schema") == (0, '{\n  "$id": "all"\n}\n', "")


@pytest.mark.usefixtures("schemas")
def test_a_kind_that_there_is_not(cli: Run) -> None:
    hint = '  = help: did you mean "routine"?\n'
    assert cli("schema", "rutine") == (2, "", "error: there is no kind rutine\n" + hint)


@pytest.mark.parametrize("kind", ["routine", "plan", "policy"])
def test_what_is_new_has_no_errors(cli: Run, kind: str) -> None:
    code, out, err = cli("new", kind)
    classes: tuple[type[Routine | Plan | StoppingPolicy], ...] = (Routine, Plan, StoppingPolicy)
    value = loads_any(out, *classes)
    found = validate(value)
    assert (code, err) == (0, "")
    # Of a plan only the person's usual level is missing, which nobody else can state.
    assert found.codes == (("BX324",) if kind == "plan" else ())
    assert out == dumps(value, indent=2) + "\n"


def test_a_new_policy_is_proved(cli: Run) -> None:
    _, out, _ = cli("new", "policy")
    assert verify(loads(out, StoppingPolicy)).proved


def test_a_new_document_is_written_but_over_no_other(cli: Run) -> None:
    wrote = "note: wrote a.json; look into it with: backex check a.json\n"
    assert cli("new", "-o", "a.json") == (0, "", wrote)
    routine = Path("a.json").read_text()
    there = "error: a.json is there already\n  = help: --force writes over it\n"
    assert cli("new", "policy", "--output", "a.json") == (2, "", there)
    assert Path("a.json").read_text() == routine
    assert cli("new", "policy", "-o", "a.json", "--force") == (0, "", wrote)
    assert json.loads(Path("a.json").read_text())["@kind"] == "stopping-policy"
    assert cli("new")[1] == routine


def test_a_new_plan_has_the_usual_level_that_was_stated(cli: Run) -> None:
    _, out, _ = cli("new", "plan", "--usual.pain", "2", "--usual.stiffness=0")
    plan = loads(out, Plan)
    assert plan.baseline == report(0, pain=2, stiffness=0)
    assert not validate(plan).diagnostics


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["plan", "--usual.pian", "2"], "the policy does not ask for pian", 'did you mean "pain"?'),
        (["policy", "--usual.pain", "2"], "a policy has no usual level", "only a plan has one"),
        (["-o", "-"], "nothing can be written to -", "name a file"),
        (
            ["plan", "--usual.pain", "x"],
            'Invalid value for --usual.pain: unable to convert "x" into int.',
            "backex new --help",
        ),
    ],
    ids=["channel", "kind", "stdout", "number"],
)
def test_what_cannot_be_made(cli: Run, arguments: list[str], message: str, hint: str) -> None:
    assert cli("new", *arguments) == (2, "", f"error: {message}\n  = help: {hint}\n")


def test_a_usual_level_that_nobody_can_have(cli: Run) -> None:
    message = "error: --usual cannot be 11: it takes a whole number from 0 to 10\n"
    assert cli("new", "plan", "--usual.pain", "11") == (2, "", message)


def test_a_file_that_cannot_be_written(cli: Run) -> None:
    code, _, err = cli("new", "-o", "missing/a.json")
    assert (code, err) == (2, "error: cannot write missing/a.json: No such file or directory\n")
