"""`backex check`: what it says of documents, as text and as JSON, and its exit code."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from backex import (
    Dose,
    Mass,
    Plan,
    PrescriptionId,
    Routine,
    RoutineId,
    SessionRecord,
    as_planned,
    ladder,
    prescribe,
)
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT, ROUTINE
from backex.cli.app import run
from backex.codec import dumps

Run = Callable[..., tuple[int, str, str]]

#: One finding of each severity.
MINE = Routine(
    id=RoutineId("mine"),
    title="Mine",
    items=(prescribe(OBLIQUE_SIT, Dose(reps=5), suppress={"BX503": "I meant it"}),),
)
FOUND_IN_MINE = """\
error[BX401]: nothing says when to stop
 --> mine.json:1:1 ($.stopping)
  = help: give the routine a StoppingPolicy, such as that of the catalog

warning[BX502]: the foundation exercise for what "oblique-sit" trains is not in the routine
 --> mine.json:7:5 ($.items[0])
  |
7 |     {
  |     ^
  = help: put the foundation exercise before it

warning[BX507]: "Oblique Sit" holds a position, but the dose does not say how long
  --> mine.json:16:7 ($.items[0].dose.hold_seconds)
   |
16 |       "dose": {
   |       ^^^^^^^^^
   = help: state hold_seconds in the dose

info[BX516]: item "oblique-sit" accepts BX503, which is not found there
  --> mine.json:24:9 ($.items[0].suppress.BX503)
   |
24 |         "BX503": "I meant it"
   |         ^^^^^^^^^^^^^^^^^^^^^
   = help: remove it, so that it does not hide what comes later

"""
#: A warning alone.
NO_BASELINE = Plan(routine=ROUTINE, ladders={PrescriptionId("oblique-sit"): ladder(OBLIQUE_SIT)})
IN_WORDS = "the usual level is not known, so every decision is to hold"


def save(name: str, value: object, *, indent: int | None = 2) -> str:
    Path(name).write_text(dumps(value, indent=indent))
    return name


def write(name: str, text: str | bytes) -> str:
    Path(name).write_bytes(text.encode() if isinstance(text, str) else text)
    return name


def test_findings_stand_with_their_lines(cli: Run) -> None:
    code, out, err = cli("check", save("mine.json", MINE))
    assert out == FOUND_IN_MINE + "1 error, 2 warnings, 1 note in 1 document\n"
    assert (code, err) == (1, "")


def test_a_sound_document_is_said_to_be_sound(cli: Run) -> None:
    assert cli("check", save("a.json", ROUTINE)) == (0, "nothing to report in 1 document\n", "")


def test_of_several_documents_all_is_told(cli: Run) -> None:
    names = [save("a.json", ROUTINE), save("b.json", NO_BASELINE), save("c.json", MINE)]
    code, out, _ = cli("check", *names)
    assert (code, out.count("-->")) == (1, 5)
    assert out.endswith("\n1 error, 3 warnings, 1 note in 3 documents\n")


REFUSED = """\
{
  "@format": 1,
  "@kind": "dose",
  "sets": {"low": 3, "high": 2},
  "reps": "eight",
  "hold_second": 10
}
"""
FOUND_IN_REFUSED = """\
error[BX001]: expected at least low, which is 3; found 2
 --> <stdin>:4:22 ($.sets.high)
  |
4 |   "sets": {"low": 3, "high": 2},
  |                      ^^^^^^^^^

error[BX014]: expected an object: span, found a string "eight"
 --> <stdin>:5:3 ($.reps)
  |
5 |   "reps": "eight",
  |   ^^^^^^^^^^^^^^^

error[BX016]: no key is called "hold_second" here; did you mean "hold_seconds"?
 --> <stdin>:6:3 ($.hold_second)
  |
6 |   "hold_second": 10
  |   ^^^^^^^^^^^^^^^^^

3 errors in 1 document
"""


def test_a_document_from_stdin_that_is_refused(cli: Run) -> None:
    assert cli("check", "-", stdin=REFUSED.encode()) == (1, FOUND_IN_REFUSED, "")


def test_text_that_is_no_json(cli: Run) -> None:
    code, out, _ = cli("check", write("a.json", '{"@format": 1,\n "a" 2}'))
    assert code == 1
    assert out == (
        "error[BX002]: expected JSON: Expecting ':' delimiter in line 2, column 6\n"
        " --> a.json:2:6 ($)\n"
        "  |\n"
        '2 |  "a" 2}\n'
        "  |      ^\n"
        "\n"
        "1 error in 1 document\n"
    )


def test_a_file_in_another_encoding(cli: Run) -> None:
    _, out, _ = cli("check", write("a.json", '{\r\n\t"title": "Rücken"}'.encode("latin-1")))
    assert out.startswith(
        "error[BX003]: expected UTF-8, found another byte at offset 15\n"
        " --> a.json:2:13 ($)\n"
        "  |\n"
        '2 |  "title": "R\N{REPLACEMENT CHARACTER}cken"}\n'
        "  |             ^\n"
    )


def test_an_empty_file(cli: Run) -> None:
    _, out, _ = cli("check", write("a.json", ""))
    assert out.splitlines()[1:5] == [" --> a.json:1:1 ($)", "  |", "1 | ", "  | ^"]


def test_a_file_without_end_is_not_read_to_its_end(cli: Run) -> None:
    code, out, _ = cli("check", write("a.json", b"\0" * 500_000))
    assert code == 1
    assert out.startswith("error[BX004]: expected at most 262144 bytes; split it")
    assert max(map(len, out.splitlines())) < 100


def test_of_a_long_line_the_part_around_the_place_is_shown(cli: Run) -> None:
    text = dumps(ROUTINE)
    text = text.replace('"low":8', '"low":9')
    _, out, _ = cli("check", write("a.json", text))
    _, place, _, line, marks, *_ = out.splitlines()
    column = text.index('"high":8') + 1
    assert place == f" --> a.json:1:{column} ($.items[2].dose.reps.high)"
    assert line.startswith("1 | …")
    assert line.endswith("…")
    assert line[marks.index("^") : marks.rindex("^") + 1] == '"high":8'


def test_a_long_line_is_shown_up_to_where_it_is_cut(cli: Run) -> None:
    text = '{"@format":1,"@kind":"dose","sauces":[' + "1," * 50 + "0]}"
    _, out, _ = cli("check", write("a.json", text))
    _, _, _, line, marks, *_ = out.splitlines()
    assert line == f"1 | …{text[4:92]}…"
    assert marks == "  | " + " " * 25 + "^" * 64


def test_wide_characters_are_underlined_whole(cli: Run) -> None:
    text = '{"@format": 1, "@kind": "背中"}'
    _, out, _ = cli("check", write("a.json", text))
    _, _, _, line, marks, *_ = out.splitlines()
    assert line == f"1 | {text}"
    assert marks == "  | " + " " * 15 + "^" * len('"@kind": "____"')


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        ((), 0),
        (("--strict",), 1),
        (("--strict", "--ignore", "BX324"), 0),
        (("--strict", "--select", "BX5"), 0),
        (("--strict", "--select", "BX5,bx32"), 1),
        (("--strict", "--select", "BX5", "--select=BX3", "--ignore", "BX324"), 0),
    ],
    ids=["all", "strict", "ignored", "not-selected", "selected", "both"],
)
def test_which_rules_count(cli: Run, arguments: tuple[str, ...], code: int) -> None:
    found, out, _ = cli("check", *arguments, save("plan.json", NO_BASELINE))
    assert found == code
    assert (IN_WORDS in out) is (arguments == () or code == 1)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_begins_none_is_refused_before_anything_is_read(cli: Run, option: str) -> None:
    code, out, err = cli("check", "missing.json", option, "BX5033")
    takes = 'it takes codes of rules or their beginnings, such as "BX503" or "BX5"'
    assert err == f"error: {option} cannot be 'BX5033': {takes}; did you mean \"BX503\"?\n"
    assert (code, out) == (2, "")


def test_what_is_accepted_is_counted(cli: Run) -> None:
    item = prescribe(OBLIQUE_SIT, Dose(reps=5), suppress={"BX507": "held for one breath"})
    routine = attrs.evolve(ROUTINE, items=(ROUTINE.items[0], item))
    code, out, _ = cli("check", "--select", "BX507", save("a.json", routine))
    assert (code, out) == (0, "nothing to report in 1 document (1 suppressed)\n")


def test_what_there_are_no_rules_for_is_not_said_to_be_sound(cli: Run) -> None:
    names = [save("a.json", Mass(5)), save("b.json", Dose()), save("c.json", ROUTINE)]
    out = "nothing to report in 3 documents (there are no rules for: dose, mass)\n"
    assert cli("check", *names) == (0, out, "")


def test_values_inside_others_are_validated_where_they_stand(cli: Run) -> None:
    unsound = attrs.evolve(OBLIQUE_SIT, steps=())
    catalog = attrs.evolve(CATALOG, exercises=(CATALOG.exercises[0], unsound))
    item = prescribe(unsound)
    record = SessionRecord(checkin=1, completed={item.id: as_planned(item, done=True)})
    code, out, _ = cli(
        "check", "--select", "BX201", save("a.json", catalog), save("b.json", record)
    )
    places = [line.split("(")[1] for line in out.splitlines() if "-->" in line]
    assert places == [
        "$.exercises[1].steps)",
        "$.completed.oblique-sit.performed.exercise.steps)",
    ]
    assert code == 1


def test_findings_as_json(cli: Run) -> None:
    names = [save("mine.json", MINE), write("no.json", "{"), save("plan.json", NO_BASELINE)]
    code, out, err = cli("check", *names, "--format", "json")
    found = json.loads(out)
    assert (code, err) == (1, "")
    assert found[0]["findings"][2] == {
        "code": "BX507",
        "severity": "warning",
        "path": "$.items[0].dose.hold_seconds",
        "line": 16,
        "column": 7,
        "message": '"Oblique Sit" holds a position, but the dose does not say how long',
        "hint": "state hold_seconds in the dose",
    }
    assert found[1] == {
        "file": "no.json",
        "kind": None,
        "loaded": False,
        "findings": [
            {
                "code": "BX002",
                "severity": "error",
                "path": "$",
                "line": 1,
                "column": 2,
                "message": (
                    "expected JSON: Expecting property name enclosed in double quotes in "
                    "line 1, column 2"
                ),
                "hint": None,
            }
        ],
        "suppressed": 0,
    }
    assert (found[2]["kind"], found[2]["loaded"]) == ("plan", True)


def test_a_file_that_cannot_be_read_does_not_keep_the_others_from_being_checked(cli: Run) -> None:
    code, out, err = cli("check", "min.json", save("mine.json", MINE))
    assert out == FOUND_IN_MINE + "1 error, 2 warnings, 1 note in 1 document\n"
    assert err == 'error: there is no file min.json\n  = help: did you mean "mine.json"?\n'
    assert code == 2


def test_where_no_file_can_be_read_nothing_is_said_to_be_sound(cli: Run) -> None:
    assert cli("check", "a.json") == (2, "", "error: there is no file a.json\n")
    assert cli("check", "a.json", "--format=json")[:2] == (2, "[]\n")


class Terminal(io.StringIO):
    """Stands for a stream that is a terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.usefixtures("cli")
@pytest.mark.parametrize(("number", "shown"), [(19, False), (20, True)])
def test_a_bar_shows_how_far_it_is_through_many_files(
    monkeypatch: pytest.MonkeyPatch, number: int, *, shown: bool
) -> None:
    name = save("a.json", Mass(5))
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr(sys, "stderr", terminal := Terminal())
    assert run(["check", *[name] * number]) == 0
    assert ("checking" in terminal.getvalue()) is shown


def test_there_is_no_bar_where_nobody_looks(cli: Run) -> None:
    _, out, err = cli("check", *[save("a.json", ROUTINE)] * 20)
    assert (out, err) == ("nothing to report in 20 documents\n", "")
