"""`backex check`: everything that is wrong with documents."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter
from pathlib import Path
from typing import Literal, final, get_args

import attrs
from attrs import frozen
from rich.progress import track
from rich.text import Text

from backex.cli.printing import Finding, complain, err, out, say, show_findings
from backex.cli.sources import CannotRun, Refusal, Source, loaded, read
from backex.codec import KINDS
from backex.codec.kinds import kind_of
from backex.diagnostics import Severity
from backex.errors import InvalidValue, key_step
from backex.ids import RoutineId
from backex.routine import Routine
from backex.validation import Checkable, validate

__all__ = ["check"]

_CHECKABLE: tuple[type[Checkable], ...] = get_args(Checkable)
#: From so many files on, a bar shows how far it is.
_MANY = 20


@final
@frozen
class _Checked:
    """What was found in one document."""

    source: Source
    #: Its kind, as far as it could be loaded.
    kind: str | None = None
    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    #: Whether there are rules on any value in it.
    has_rules: bool = True


@final
@frozen
class _Rules:
    """Which rules to run."""

    select: tuple[str, ...]
    ignore: tuple[str, ...]


def check(
    files: list[Path],
    /,
    *,
    select: tuple[str, ...] = (),
    ignore: tuple[str, ...] = (),
    strict: bool = False,
    format: Literal["text", "json"] = "text",  # noqa: A002
) -> int:
    """Tell what is wrong with documents, and in which line.

    Documents of all kinds are loaded; what there are rules for is validated: routines, plans,
    ladders, exercises, variants, guidelines and stopping policies.

    Exit code 0: no errors. 1: errors, also where a document is refused. 2: a file cannot be read,
    or the command is not understood.

    Args:
        files: The documents; `-` reads one from stdin.
        select: Run only rules whose code begins so, such as BX5 or BX503,BX507.
        ignore: Do not run rules whose code begins so.
        strict: Let warnings count as errors do.
        format: Text with the lines that it is about, or JSON for programs.
    """
    rules = _rules(select, ignore)
    checked: list[_Checked] = []
    unread = False
    for path in _with_progress(files):
        try:
            checked.append(_checked(read(path), rules))
        except CannotRun as error:
            unread = True
            complain(error.message, error.hint)
    if format == "json":
        say(json.dumps([_as_data(each) for each in checked], indent=2) + "\n")
    else:
        _print(checked)
    failing = {Severity.ERROR, Severity.WARNING} if strict else {Severity.ERROR}
    found = any(each.severity in failing for one in checked for each in one.findings)
    return 2 if unread else int(found)


def _rules(select: Iterable[str], ignore: Iterable[str]) -> _Rules:
    """Return which rules to run, refusing codes that begin none before anything is read."""
    rules = _Rules(_split(select), _split(ignore))
    try:
        validate(Routine(id=RoutineId("none"), title="None"), **attrs.asdict(rules))
    except InvalidValue as error:
        message = f"--{error.field} cannot be {error.value}: it takes {error.allowed}"
        raise CannotRun(message) from None
    return rules


def _split(codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(code.strip().upper() for each in codes for code in each.split(","))


def _with_progress(files: list[Path]) -> Iterable[Path]:
    console = err()
    few = len(files) < _MANY or not console.is_terminal
    return track(files, "checking", console=console, transient=True, disable=few)


def _checked(source: Source, rules: _Rules) -> _Checked:
    try:
        value: object = loaded(source, *KINDS.values())
    except Refusal as refusal:
        problems = (Finding.of(each, source) for each in refusal.problems)
        return _Checked(source, None, tuple(sorted(problems, key=attrgetter("place"))))
    findings: list[Finding] = []
    suppressed = 0
    has_rules = False
    for path, each in _with_rules(value, "$"):
        report = validate(each, select=rules.select, ignore=rules.ignore)
        findings.extend(Finding.of(found, source, below=path) for found in report.diagnostics)
        suppressed += len(report.suppressed)
        has_rules = True
    return _Checked(source, kind_of(type(value)), tuple(findings), suppressed, has_rules)


def _with_rules(value: object, path: str) -> Iterator[tuple[str, Checkable]]:
    """Yield the outermost values that can be validated, with their paths."""
    if isinstance(value, _CHECKABLE):
        yield path, value
    elif isinstance(value, tuple):
        for index, member in enumerate(value):
            yield from _with_rules(member, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from _with_rules(member, path + key_step(str(key)))
    elif attrs.has(cls := type(value)):
        for attribute in attrs.fields(cls):
            yield from _with_rules(getattr(value, attribute.name), f"{path}.{attribute.name}")


def _as_data(checked: _Checked) -> dict[str, object]:
    return {
        "file": checked.source.name,
        "kind": checked.kind,
        "loaded": checked.kind is not None,
        "findings": [each.as_data() for each in checked.findings],
        "suppressed": checked.suppressed,
    }


def _print(checked: list[_Checked]) -> None:
    console = out()
    for each in checked:
        show_findings(console, each.findings)
    if checked:
        console.print(Text(_summary(checked)))


def _summary(checked: list[_Checked]) -> str:
    severities = [each.severity for one in checked for each in one.findings]
    words = ((Severity.ERROR, "error"), (Severity.WARNING, "warning"), (Severity.INFO, "note"))
    counts = [_counted(severities.count(each), word) for each, word in words if each in severities]
    suppressed = sum(each.suppressed for each in checked)
    without = sorted({str(each.kind) for each in checked if not each.has_rules})
    beside = [
        *([f"{suppressed} suppressed"] if suppressed else []),
        *([f"there are no rules for: {', '.join(without)}"] if without else []),
    ]
    found = ", ".join(counts) or "nothing to report"
    documents = _counted(len(checked), "document")
    return f"{found} in {documents}" + (f" ({'; '.join(beside)})" if beside else "")


def _counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
