"""`backex handout`: a routine to give away."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from backex.cli.printing import Finding, complain, err, note, say, show_findings
from backex.cli.sources import CannotRun, load, save
from backex.routine import Routine
from backex.validation import validate

__all__ = ["handout"]

_Form = Literal["html", "pdf", "markdown", "text"]
_FORMS: Mapping[str, _Form] = {
    ".html": "html",
    ".htm": "html",
    ".pdf": "pdf",
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
}


def handout(
    routine: Path,
    /,
    *,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    force: bool = False,
    format: _Form | None = None,  # noqa: A002
    paper: Literal["a4", "letter"] = "a4",
    draft: bool = False,
) -> int:
    """Write a routine to give away: figures, steps, doses, when to stop, and a diary.

    A routine that has errors is not given away, unless as a draft that says so.

    Exit code 0: it was written. 1: the routine has errors, or the document is refused. 2: a file
    cannot be read or written.

    Args:
        routine: A routine, `-` for stdin, or an id of the catalog, such as upper-back-relief.
        output: The file to write; without it, the handout goes to stdout.
        force: Write over a file that is there.
        format: A web page, printed pages, Markdown or text; by default what the name of the output
            ends with, such as .pdf, and text without one.
        paper: On what it is printed.
        draft: Write a routine that has errors too, with the errors in it.
    """
    form = format or _form_of(output)
    if form == "pdf" and output is None and sys.stdout.isatty():
        raise CannotRun("a PDF is nothing for a terminal", "name a file: -o handout.pdf")
    wanted, source = load(routine, Routine)
    errors = () if draft else validate(wanted).errors
    if errors:
        show_findings(err(), (Finding.of(each, source) for each in errors))
        complain("the routine has errors, so it is not given away", "--draft writes it even so")
        return 1
    written = _written(wanted, form, paper)
    if output is not None:
        save(output, written, force=force)
        note(f"wrote {output}")
    elif isinstance(written, str) and sys.stdout.isatty():
        say(written)
    else:
        sys.stdout.flush()
        sys.stdout.buffer.write(written.encode() if isinstance(written, str) else written)
    return 0


def _form_of(output: Path | None) -> _Form:
    if output is None:
        return "text"
    form = _FORMS.get(output.suffix.lower())
    if form is None:
        message = f"it is not known what to write to {output}"
        raise CannotRun(message, "--format says so, or a name that ends with .html, .pdf or .md")
    return form


def _written(routine: Routine, form: _Form, paper: str) -> str | bytes:
    try:
        from backex.render import handout as sheet  # noqa: PLC0415 (no other command needs it)

        made = sheet.handout(routine, paper=sheet.Paper(paper))
        forms: Mapping[_Form, Callable[[], str | bytes]] = {
            "html": made.html,
            "pdf": made.pdf,
            "markdown": made.markdown,
            "text": made.text,
        }
        return forms[form]()
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing == "backex":
            raise
        raise CannotRun(f"a handout needs {missing}", "pip install 'backex[handout]'") from None
