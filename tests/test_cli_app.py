"""The command line as a whole: what a person can do wrong, terminals, and how it is started."""

from __future__ import annotations

import io
import re
import runpy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

import backex
from backex.catalog.upper_back import ROUTINE
from backex.cli import main
from backex.cli import sources as sources_module
from backex.cli.app import run
from backex.codec import dumps

Run = Callable[..., tuple[int, str, str]]

HELP = """\
Usage: backex COMMAND

Check, read and follow documents of therapeutic exercise. No medical advice.

╭─ Commands ───────────────────────────────────────────────────────────────────╮
│ check                 Tell what is wrong with documents, and in which line.  │
│ show                  Print a document as text to read.                      │
│ handout               Write a routine to give away: figures, steps, doses,   │
│                       when to stop, and a diary.                             │
│ next                  Decide by a log what the next session is, and why.     │
│ play                  Guide through a session, ask how it feels, and decide  │
│                       what to do next.                                       │
│ verify                Prove a stopping policy safe, or show how it is not.   │
│ explain               Tell what a code means and why it matters.             │
│ schema                Print the JSON Schema of documents.                    │
│ new                   Write a sound document to begin with.                  │
│ --help (-h)           Display this message and exit.                         │
│ --install-completion  Install shell completion for this application.         │
│ --version             Display application version.                           │
╰──────────────────────────────────────────────────────────────────────────────╯
"""


@pytest.mark.parametrize("arguments", [(), ("--help",), ("-h",)], ids=["nothing", "help", "h"])
def test_help_lists_the_commands(cli: Run, arguments: tuple[str, ...]) -> None:
    assert cli(*arguments) == (0, HELP, "")


@pytest.mark.parametrize(
    "command", ["check", "show", "handout", "next", "play", "verify", "explain", "schema", "new"]
)
def test_every_command_and_every_option_is_explained(cli: Run, command: str) -> None:
    code, out, err = cli(command, "--help")
    assert (code, err) == (0, "")
    assert out.startswith(f"Usage: backex {command}")
    entries = [line for line in out.splitlines() if line.startswith(("│ --", "│ *"))]
    assert [line for line in entries if len(line.split()) < 4] == []


def test_the_version(cli: Run) -> None:
    assert cli("--version") == (0, f"{backex.__version__}\n", "")


ALL = "Available commands: check, show, handout, next, play, verify, explain, schema, ..."
FORMATS = 'Choose from: "text", "json".'
KINDS = 'Choose from: "routine", "plan", "policy".'


@pytest.mark.parametrize(
    ("arguments", "message", "hint"),
    [
        (["chek"], f'Unknown command "chek". Did you mean "check"? {ALL}', "backex --help"),
        (["\x1b[2J"], f'Unknown command "\\u001b[2J". {ALL}', "backex --help"),
        (
            ["check", "--slect", "BX5", "a.json"],
            "Unknown option: --slect. Did you mean --select?",
            "backex check --help",
        ),
        (
            ["check", "a.json", "--format", "jsn"],
            f'Invalid value "jsn" for --format. {FORMATS} Did you mean "json"?',
            "backex check --help",
        ),
        (
            ["new", "rutine"],
            f'Invalid value "rutine" for KIND. {KINDS} Did you mean "routine"?',
            "backex new --help",
        ),
        (
            ["check"],
            'Command "check" parameter FILES requires an argument.',
            "backex check --help",
        ),
        (["check", "."], ". is a folder", 'name the files in it, as in "*.json"'),
    ],
    ids=["command", "control", "option", "choice", "kind", "argument", "folder"],
)
def test_what_a_person_can_do_wrong_is_told_in_two_lines(
    cli: Run, arguments: list[str], message: str, hint: str
) -> None:
    assert cli(*arguments) == (2, "", f"error: {message}\n  = help: {hint}\n")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["check", "a\nb.json"], "there is no file a\\nb.json"),
        (["check", "missing/a.json"], "there is no file missing/a.json"),
        (["next", "a.json", "log"], "there is no file a.json"),
    ],
    ids=["line", "folder", "plan"],
)
def test_a_file_that_is_not_there_is_told_in_one_line(
    cli: Run, arguments: list[str], message: str
) -> None:
    assert cli(*arguments) == (2, "", f"error: {message}\n")


def test_a_file_that_may_not_be_read(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    assert cli("check", "a.json") == (2, "", "error: cannot read a.json: Permission denied\n")


@pytest.mark.usefixtures("cli")
def test_a_stdin_that_is_closed(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(sys, "stdin", None)
    assert run(["show", "-"]) == 2
    assert capsys.readouterr() == ("", "error: stdin is closed\n")


def test_ctrl_c_ends_a_command_quietly(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(sources_module, "loads_any", interrupt)
    assert cli("check", "-") == (130, "", "")


def raw_key(text: str) -> str:
    """Return JSON that holds a control character as it is, which the format refuses."""
    return f'{{"@format": 1, "@kind": "{text}"}}'


@pytest.mark.parametrize("command", ["check", "show"])
def test_what_a_document_holds_reaches_no_terminal_as_a_command(cli: Run, command: str) -> None:
    document = raw_key("\x9b31m\x7f\u202e\u2066[bold]x[/]:smile:\\u001b[31m")
    _, out, err = cli(command, "-", stdin=document.encode())
    printed = out + err
    assert (
        '1 | {"@format": 1, "@kind": '
        '"\\u009b31m\\u007f\\u202e\\u2066[bold]x[/]:smile:\\u001b[31m"}\n'
    ) in printed
    assert [c for c in printed if not c.isprintable() and c != "\n"] == []


def test_markup_in_a_document_is_text(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FORCE_COLOR", "1")
    routine = attrs.evolve(ROUTINE, title="[bold red]Up[/] :smile: [link=https://example.org]x")
    _, out, _ = cli("show", "-", stdin=dumps(routine).encode())
    assert out.startswith(f"{routine.title}\n=====")
    assert "\x1b" not in out


def test_spaces_that_are_to_be_seen_stay(cli: Run) -> None:
    routine = attrs.evolve(ROUTINE, title="2\N{NO-BREAK SPACE}kg")
    assert cli("show", "-", stdin=dumps(routine).encode())[1].startswith("2\N{NO-BREAK SPACE}kg\n")


def test_colors_say_nothing_more(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    command = ("check", "-")
    document = b'{"@format": 1, "@kind": "mass"}'
    _, plain, _ = cli(*command, stdin=document)
    monkeypatch.setenv("FORCE_COLOR", "1")
    _, colored, _ = cli(*command, stdin=document)
    monkeypatch.setenv("NO_COLOR", "1")
    _, bold, _ = cli(*command, stdin=document)
    assert "\x1b" not in plain
    assert "\x1b[1;31merror[BX015]\x1b[0m" in colored
    assert "\x1b[1merror[BX015]\x1b[0m" in bold
    assert re.sub(r"\x1b\[[0-9;]*m", "", colored) == plain


@pytest.mark.usefixtures("cli")
def test_what_an_old_terminal_cannot_show_is_escaped(monkeypatch: pytest.MonkeyPatch) -> None:
    written = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(written, encoding="ascii"))
    assert run(["show", "oblique-sit"]) == 0
    assert b"90\\xb0" in written.getvalue()


def test_completion_is_installed_where_a_shell_looks_for_it(
    cli: Run, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    code, _, _ = cli("--install-completion", "--shell", "bash")
    assert code == 0
    (script,) = (each for each in tmp_path.rglob("*") if each.is_file() and each.name == "backex")
    assert "--at-least-as-safe-as" in script.read_text()


def test_the_arguments_of_the_process_are_those_of_the_command(
    cli: Run, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    _, wanted, _ = cli("explain", "BX014")
    monkeypatch.setattr(sys, "argv", ["backex", "explain", "BX014"])
    monkeypatch.delitem(sys.modules, "backex.__main__", raising=False)
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("backex", run_name="__main__")
    assert (ended.value.code, capsys.readouterr().out) == (0, wanted)


def test_the_module_can_be_imported_without_being_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "backex.__main__", raising=False)
    assert runpy.run_module("backex", run_name="backex.__main__")["main"] is main


@pytest.mark.parametrize("missing", ["cyclopts", "rich"])
def test_without_the_extra_one_line_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], missing: str
) -> None:
    hide(monkeypatch, missing)
    assert main() == 2
    wanted = f"backex: the command line needs {missing}: pip install 'backex[cli]'\n"
    assert capsys.readouterr() == ("", wanted)


def test_a_fault_of_backex_is_not_taken_for_a_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    hide(monkeypatch, "backex.cli.check")
    with pytest.raises(ModuleNotFoundError, match=r"backex\.cli\.check"):
        main()


def hide(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """Let an import find no module of that name, as where it is not installed."""
    for each in [each for each in sys.modules if each.startswith(("backex.cli.", f"{name}."))]:
        monkeypatch.delitem(sys.modules, each)
    monkeypatch.setitem(sys.modules, name, None)


def test_a_reader_that_goes_away_is_no_reason_for_a_traceback() -> None:
    command = [sys.executable, "-m", "backex", "explain"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == b""
    assert process.returncode == 1


def test_a_process_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_text('{"@format": 1, "@kind": "mass", "grams": -5}')
    command = [sys.executable, "-m", "backex", "check", "a.json"]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.stdout.startswith("error[BX001]: ")
    assert "1 |" in done.stdout
    assert (done.returncode, done.stderr) == (1, "")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no device that is full")
def test_a_full_disk_is_no_reason_for_a_traceback() -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "backex", "explain"]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True, check=False)
    assert (done.returncode, done.stderr) == (2, "error: cannot go on: No space left on device\n")
