"""`backex handout`."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.codec import dumps
from backex.render.handout import Paper, handout
from backex.routine import Routine, prescribe

Run = Callable[..., tuple[int, str, str]]

POLICY = attrs.evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[:1])
SMALL = attrs.evolve(ROUTINE, items=(prescribe(OBLIQUE_SIT),), stopping=POLICY)
MADE = handout(SMALL)
UNSOUND = attrs.evolve(SMALL, stopping=None)


@pytest.fixture
def run(cli: Run) -> Run:
    """Run the command line in a folder with `routine.json` and `unsound.json`."""
    put("routine.json", SMALL)
    put("unsound.json", UNSOUND)
    return cli


def put(name: str, routine: Routine) -> None:
    Path(name).write_text(dumps(routine, catalog=None), encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("sheet.html", MADE.html().encode()),
        ("sheet.HTM", MADE.html().encode()),
        ("sheet.pdf", MADE.pdf()),
        ("sheet.md", MADE.markdown().encode()),
        ("sheet.markdown", MADE.markdown().encode()),
        ("sheet.txt", MADE.text().encode()),
    ],
    ids=["html", "htm", "pdf", "md", "markdown", "txt"],
)
def test_what_is_written_is_what_the_name_ends_with(run: Run, name: str, content: bytes) -> None:
    assert run("handout", "routine.json", "-o", name) == (0, "", f"note: wrote {name}\n")
    assert Path(name).read_bytes() == content


def test_a_form_can_be_named_and_then_the_name_is_free(run: Run) -> None:
    code, _, _ = run("handout", "routine.json", "-o", "sheet", "--format", "markdown")
    assert (code, Path("sheet").read_text(encoding="utf-8")) == (0, MADE.markdown())


def test_a_name_that_says_nothing_is_refused_before_anything_is_read(run: Run) -> None:
    code, _, err = run("handout", "missing.json", "-o", "sheet.doc")
    assert code == 2
    assert err == (
        "error: it is not known what to write to sheet.doc\n"
        "  = help: --format says so, or a name that ends with .html, .pdf or .md\n"
    )


@pytest.mark.parametrize("form", ["html", "markdown", "text"])
def test_without_a_file_it_goes_to_stdout(run: Run, form: str) -> None:
    whole = {"html": MADE.html, "markdown": MADE.markdown, "text": MADE.text}[form]()
    assert run("handout", "routine.json", "--format", form) == (0, whole, "")


def test_text_is_what_is_read_without_a_word_of_the_form(run: Run) -> None:
    assert run("handout", "routine.json") == (0, MADE.text(), "")


def test_a_terminal_is_shown_every_character_that_it_would_not_show(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    step = attrs.evolve(OBLIQUE_SIT.steps[0], text="Lie\u200bdown.")
    exercise = attrs.evolve(OBLIQUE_SIT, steps=(step, *OBLIQUE_SIT.steps[1:]))
    put("hidden.json", attrs.evolve(SMALL, items=(prescribe(exercise),)))
    assert "Lie\u200bdown." in run("handout", "hidden.json")[1]
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert "Lie\\u200bdown." in run("handout", "hidden.json")[1]


@pytest.mark.usefixtures("run")
def test_a_pdf_goes_to_a_pipe() -> None:
    piped = subprocess.run(
        [sys.executable, "-m", "backex", "handout", "routine.json", "--format", "pdf"],
        capture_output=True,
        check=True,
    )
    assert (piped.stdout, piped.stderr) == (MADE.pdf(), b"")


def test_a_pdf_does_not_go_to_a_terminal(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert run("handout", "routine.json", "--format", "pdf") == (
        2,
        "",
        "error: a PDF is nothing for a terminal\n  = help: name a file: -o handout.pdf\n",
    )


def test_the_paper_can_be_chosen(run: Run) -> None:
    run("handout", "routine.json", "-o", "sheet.pdf", "--paper", "letter")
    assert Path("sheet.pdf").read_bytes() == handout(SMALL, paper=Paper.LETTER).pdf()


def test_a_file_is_written_over_only_when_told_to(run: Run) -> None:
    Path("sheet.md").write_text("mine", encoding="utf-8")
    code, _, err = run("handout", "routine.json", "-o", "sheet.md")
    assert (code, err) == (
        2,
        "error: sheet.md is there already\n  = help: --force writes over it\n",
    )
    assert Path("sheet.md").read_text(encoding="utf-8") == "mine"
    assert run("handout", "routine.json", "-o", "sheet.md", "--force")[0] == 0
    assert Path("sheet.md").read_text(encoding="utf-8") == MADE.markdown()


def test_a_routine_with_errors_is_not_given_away(run: Run) -> None:
    code, out, err = run("handout", "unsound.json", "-o", "sheet.html")
    assert (code, out) == (1, "")
    assert err.startswith("error[BX401]")
    assert err.endswith(
        "error: the routine has errors, so it is not given away\n"
        "  = help: --draft writes it even so\n"
    )
    assert not Path("sheet.html").exists()


def test_a_draft_of_a_routine_with_errors_says_that_it_is_one(run: Run) -> None:
    code, out, _ = run("handout", "unsound.json", "--draft")
    assert (code, out) == (0, handout(UNSOUND).text())
    assert "This is a draft, not to be given to anybody: it has errors." in out


def test_what_the_catalog_has_is_given_away_by_its_id(run: Run) -> None:
    assert run("handout", ROUTINE.id) == (0, handout(ROUTINE).text(), "")


@pytest.mark.parametrize(("form", "missing"), [("html", "jinja2"), ("pdf", "typst")])
def test_what_is_not_installed_is_named(
    run: Run, monkeypatch: pytest.MonkeyPatch, form: str, missing: str
) -> None:
    monkeypatch.delitem(sys.modules, f"backex.render.handout.{form}", raising=False)
    monkeypatch.setitem(sys.modules, missing, None)
    assert run("handout", "routine.json", "-o", f"sheet.{form}") == (
        2,
        "",
        f"error: a handout needs {missing}\n  = help: pip install 'backex[handout]'\n",
    )


def test_a_fault_of_backex_is_not_taken_for_something_missing(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "backex.render.handout.html", None)
    with pytest.raises(ModuleNotFoundError):
        run("handout", "routine.json", "--format", "html")
