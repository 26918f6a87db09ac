"""`backex next`: the next session by a plan and a log, and why."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal

import attrs
from cyclopts import Parameter

from backex.cli.logs import KEPT, records_for
from backex.cli.printing import Finding, complain, err, note, say, show_findings
from backex.cli.sources import CannotRun, Refusal, Source, load, loaded, read, remove, save
from backex.codec import dumps, recover
from backex.errors import DecodeError
from backex.plan import Next, Plan, SessionRecord, next_session
from backex.render.text import routine_as_text
from backex.stopping import Entry
from backex.validation import validate

__all__ = ["following"]

_WIDTH = 88
#: How a line begins that `backex.codec.log_line` wrote.
_WITH_CHECKSUM = re.compile(rb"\d+ [0-9a-f]{8} ")


def following(
    plan: Path,
    log: Path,
    /,
    *,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    force: bool = False,
    format: Literal["text", "json"] = "text",  # noqa: A002
) -> int:
    """Decide by a log what the next session is, and why.

    A plan that has errors is not followed.

    Exit code 0: there is a decision, whatever it is. 1: the plan has errors, or a document is
    refused. 2: a file cannot be read or written.

    Args:
        plan: The plan.
        log: Session records, symptom reports and clearances: one document a line, or lines as
            LogWriter writes them; `-` reads them from stdin.
        output: Write the next session's routine to this file, if there is a next session.
        force: Remove a file that is there first, so that nobody takes it for the next session.
        format: Text, or the next session with its decision and reasons as a document.
    """
    if output is not None and output.exists():
        _make_way(output, plan, log, force=force)
    wanted, source = load(plan, Plan)
    errors = validate(wanted).errors
    if errors:
        show_findings(err(), (Finding.of(each, source) for each in errors))
        complain("the plan has errors, so it is not followed")
        return 1
    found = next_session(wanted, records_for(wanted, _values(read(log, most=-1))))
    say(dumps(found, indent=2) + "\n" if format == "json" else _as_text(found))
    if output is not None:
        _write(found, output)
    return 0


def _make_way(output: Path, *inputs: Path, force: bool) -> None:
    """Remove what could be taken for the next session whatever comes of this command."""
    if not force:
        raise CannotRun(f"{output} is there already", "--force removes it")
    if any(each.exists() and output.samefile(each) for each in inputs):
        raise CannotRun(f"{output} is to be read", "name another file to write")
    remove(output)


def _values(log: Source) -> Iterator[SessionRecord | Entry]:
    if not _WITH_CHECKSUM.match(log.data):
        for number, line in enumerate(log.data.split(b"\n"), start=1):
            if line.strip():
                yield loaded(Source(log.name, line, number), *KEPT)
        return
    try:
        found = recover(log.data, *KEPT)
    except DecodeError as error:
        raise _in_line(log, error) from None
    if found.torn:
        note(
            f"the last line of {log.name} breaks off after {found.torn_bytes} bytes: it was never "
            "kept, and is left out"
        )
    # They are of the classes that `recover` was given, which its type does not tell.
    values: tuple[Any, ...] = found.values
    yield from values


def _in_line(log: Source, error: DecodeError) -> Refusal:
    """Return what is wrong with one line of a log as what is wrong with the document in it."""
    # "[3]$.checkin": the number of the line, counted from 0, and the path from there.
    number = int(error.path[1 : error.path.index("]")])
    line = log.data.split(b"\n")[number]
    before = max(0, line.find(b"{"))
    return Refusal(
        Source(log.name, b" " * before + line[before:], number + 1),
        (attrs.evolve(each, path=each.path.partition("]")[2]) for each in error.problems),
    )


def _as_text(found: Next) -> str:
    lines = [f"Decision: {found.decision.action.value}", "", _filled(str(found.decision)), ""]
    if found.changes:
        # Why it changed stands below, with why the other items did not.
        changes = (str(attrs.evolve(each, reasons=())).removesuffix(": ") for each in found.changes)
        lines += ["Changes:", *(_filled(each, "  - ") for each in changes), ""]
    lines += ["Why:", *(_filled(each, "  - ") for each in found.reasons), ""]
    if found.routine is None:
        lines.append("No session.\n")
        return "\n".join(lines)
    return "\n".join([*lines, "Next session:", "", routine_as_text(found.routine)])


def _filled(text: str, start: str = "") -> str:
    return textwrap.fill(
        text,
        _WIDTH,
        initial_indent=start,
        subsequent_indent=" " * len(start),
        break_on_hyphens=False,
    )


def _write(found: Next, output: Path) -> None:
    if found.routine is not None:
        save(output, dumps(found.routine, indent=2) + "\n", force=True)
        note(f"wrote {output}")
    else:
        note(f"there is no next session, so {output} was not written")
