"""Diagnostics, reports of them, and the error that carries a report."""

from __future__ import annotations

import pickle

import pytest

from backex import BackexError, Diagnostic, InvalidRoutine, InvalidValue, Report, Severity

ERROR = Diagnostic(
    code="BX503",
    severity=Severity.ERROR,
    path="$.items[2].sides",
    message='"All-Fours Rotation" must be done on both sides; here it is only on the right',
    hint="prescribe it with sides=Sides.BOTH",
    meta={"item": "all-fours-rotation"},
)
WARNING = Diagnostic(
    code="BX507", severity=Severity.WARNING, path="$.items[0].dose", message="no time is stated"
)
NOTE = Diagnostic(
    code="APP001",
    severity=Severity.INFO,
    path="$",
    message="the title has one word",
    hint="say more",
)


def test_a_diagnostic_reads_as_a_compiler_would_print_it() -> None:
    assert str(ERROR) == (
        'error[BX503]: "All-Fours Rotation" must be done on both sides; '
        "here it is only on the right\n"
        "  --> $.items[2].sides\n"
        "   = help: prescribe it with sides=Sides.BOTH"
    )


def test_a_diagnostic_without_a_hint_has_no_help_line() -> None:
    assert str(WARNING) == "warning[BX507]: no time is stated\n  --> $.items[0].dose"


def test_the_particulars_of_a_diagnostic_are_kept_as_they_were() -> None:
    meta = {"item": "a"}
    made = Diagnostic(code="BX503", severity=Severity.ERROR, path="$", message="m", meta=meta)
    meta["item"] = "b"
    assert made.meta == {"item": "a"}


def test_a_report_with_an_error_a_warning_and_a_note_reads_as_a_compiler_would_print_it() -> None:
    assert str(Report((NOTE, WARNING, ERROR))) == (
        "info[APP001]: the title has one word\n"
        "  --> $\n"
        "   = help: say more\n"
        "\n"
        "warning[BX507]: no time is stated\n"
        "  --> $.items[0].dose\n"
        "\n"
        'error[BX503]: "All-Fours Rotation" must be done on both sides; '
        "here it is only on the right\n"
        "  --> $.items[2].sides\n"
        "   = help: prescribe it with sides=Sides.BOTH\n"
        "\n"
        "1 error, 1 warning, 1 note"
    )


def test_a_report_has_a_line_for_each_diagnostic() -> None:
    spread = Diagnostic(code="APP002", severity=Severity.INFO, path="$.a", message="two\n lines")
    assert Report((spread, ERROR), (WARNING,)).lines == (
        "$.a: APP002 two lines",
        f"$.items[2].sides: BX503 {ERROR.message}",
    )
    assert Report().lines == ()


@pytest.mark.parametrize(
    ("report", "last_line"),
    [
        (Report(), "sound: nothing to report"),
        (Report((), (WARNING,)), "sound: nothing to report (1 suppressed)"),
        (Report((ERROR, ERROR), (WARNING, NOTE)), "2 errors (2 suppressed)"),
        (Report((NOTE, NOTE, WARNING, WARNING)), "2 warnings, 2 notes"),
    ],
)
def test_a_report_ends_with_what_it_counts(report: Report, last_line: str) -> None:
    assert str(report).splitlines()[-1] == last_line


@pytest.mark.parametrize(
    ("report", "ok"),
    [
        (Report(), True),
        (Report((WARNING, NOTE)), True),
        (Report((), (ERROR,)), True),
        (Report((WARNING, ERROR)), False),
    ],
)
def test_only_an_error_that_is_left_makes_a_report_not_ok(report: Report, *, ok: bool) -> None:
    assert report.ok is ok


def test_a_report_tells_its_diagnostics_apart_by_severity() -> None:
    report = Report((NOTE, WARNING, ERROR, WARNING), (ERROR,))
    assert (report.errors, report.warnings, report.codes) == (
        (ERROR,),
        (WARNING, WARNING),
        ("APP001", "BX507", "BX503", "BX507"),
    )


def test_a_report_without_errors_raises_nothing() -> None:
    Report((WARNING, NOTE), (ERROR,)).raise_for_errors()


def test_a_report_with_errors_raises_all_of_itself() -> None:
    report = Report((WARNING, ERROR))
    with pytest.raises(InvalidRoutine) as raised:
        report.raise_for_errors()
    error = raised.value
    assert (error.report, error.code, error.path, error.message, str(error)) == (
        report,
        ERROR.code,
        ERROR.path,
        ERROR.message,
        f"not sound\n\n{report}",
    )
    assert isinstance(error, BackexError)


def test_the_error_compares_by_the_report_that_it_carries() -> None:
    alike, other = Report((WARNING, ERROR)), Report((ERROR,))
    assert InvalidRoutine(alike) == InvalidRoutine(Report((WARNING, ERROR)))
    assert hash(InvalidRoutine(alike)) == hash(InvalidRoutine(Report((WARNING, ERROR))))
    assert InvalidRoutine(alike) != InvalidRoutine(other)


def test_the_error_survives_pickling_with_its_report() -> None:
    error = InvalidRoutine(Report((ERROR,), (WARNING,)))
    assert pickle.loads(pickle.dumps(error)) == error


@pytest.mark.parametrize("field", ["code", "severity", "path", "message"])
def test_a_diagnostic_refuses_what_nobody_could_read(field: str) -> None:
    given = {"code": "BX503", "severity": Severity.ERROR, "path": "$", "message": "m", field: ""}
    with pytest.raises(InvalidValue) as raised:
        Diagnostic(**given)  # type: ignore[arg-type]
    assert (raised.value.class_name, raised.value.field) == ("Diagnostic", field)
