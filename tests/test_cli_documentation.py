"""Everything that `docs/cli.md` shows of the command line is what it prints."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

Run = Callable[..., tuple[int, str, str]]

PAGE = Path(__file__).parent.parent / "docs" / "cli.md"
#: A file by the name that stands last before it, or commands and what they print.
BLOCK = re.compile(
    r"`(?P<name>[\w.]+)`[^`]*\n```json\n(?P<file>.*?)```|```console\n(?P<console>.*?)```", re.DOTALL
)
COMMAND = re.compile(r"^\$ (.*)\n", re.MULTILINE)


def test_the_page_shows_what_the_command_line_prints(cli: Run) -> None:
    page = PAGE.read_text(encoding="utf-8")
    assert BLOCK.sub(lambda block: retold(cli, block), page) == page


def retold(cli: Run, block: re.Match[str]) -> str:
    """Write the file of a block, or run its commands and return it with what they print."""
    if block["name"]:
        Path(block["name"]).write_text(block["file"], encoding="utf-8")
        return block[0]
    told, code = "", 0
    for command in COMMAND.findall(block["console"]):
        told += f"$ {command}\n"
        if command == "echo $?":
            told += f"{code}\n"
        else:
            program, *arguments = command.split()
            assert program == "backex"
            code, out, err = cli(*arguments, stdin=b'{"@format": 1, "@kind": "mass", "grams": 500}')
            told += out + err
    return f"```console\n{told}```"
