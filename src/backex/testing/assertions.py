"""Assertions whose messages show what was found, as a linter prints it, and what was expected."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from backex.catalog import Catalog
from backex.catalog.upper_back import CATALOG
from backex.codec import digest, dumps, loads
from backex.codec.kinds import kind_of
from backex.decision import Action, Decision
from backex.diagnostics import Diagnostic
from backex.errors import DecodeError, InvalidValue
from backex.ids import PrescriptionId
from backex.rules import RULES, Rule
from backex.stopping import Entry, StoppingPolicy, decide, log_order
from backex.symptoms import SymptomReport
from backex.testing.comparing import difference
from backex.validation import Checkable, validate
from backex.wording import report_in_words

__all__ = [
    "assert_decides",
    "assert_finds",
    "assert_refused",
    "assert_round_trip",
    "assert_same_decision",
    "assert_valid",
]

T = TypeVar("T")


def assert_valid(
    value: Checkable,
    *,
    rules: Iterable[Rule] = RULES,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    warnings: bool = True,
) -> None:
    """Assert that `rules` find no error in `value`, and no warning unless `warnings` are let pass.

    `rules`, `select` and `ignore` are those of `validate`.

    Raises:
        AssertionError: something was found; the message is the report.
        InvalidValue: `value` is nothing that can be validated.
    """
    __tracebackhide__ = True
    report = validate(value, rules=rules, select=select, ignore=ignore)
    if report.errors or (report.warnings and not warnings):
        allowed = "no error" if warnings else "no error and no warning"
        raise AssertionError(f"expected {allowed}, found:\n\n{report}")


def assert_finds(
    value: Checkable,
    code: str,
    *,
    at: str | None = None,
    only: bool = False,
    rules: Iterable[Rule] = RULES,
) -> Diagnostic:
    """Assert that `rules` find `code` in `value`, at the path `at` where one is given.

    With `only`, nothing else may be found. Returns the first such diagnostic, for more to be asked
    of its hint and its meta.

    Raises:
        AssertionError: it was not found there, or more was; the message is the report.
        InvalidValue: `value` is nothing that can be validated.
    """
    __tracebackhide__ = True
    report = validate(value, rules=rules)
    found = [each for each in report.diagnostics if each.code == code and at in {None, each.path}]
    expected = code if at is None else f"{code} at {at}"
    if not found:
        raise AssertionError(f"expected {expected}, found:\n\n{report}")
    if only and len(found) != len(report.diagnostics):
        raise AssertionError(f"expected {expected} and nothing else, found:\n\n{report}")
    return found[0]


def assert_refused(
    text: str | bytes,
    type: type[object],  # noqa: A002 (as in `loads`)
    code: str,
    *,
    at: str | None = None,
    catalog: Catalog | None = CATALOG,
) -> DecodeError:
    """Assert that `text` is refused as a document of class `type`, with `code`, at the path `at`.

    Returns the error, for more to be asked of it.

    Raises:
        AssertionError: it was loaded, or refused for something else; the message says what for.
        InvalidValue: `type` has no document kind.
    """
    __tracebackhide__ = True
    expected = f"expected a refusal with {code}" + ("" if at is None else f" at {at}")
    try:
        loaded = loads(text, type, catalog=catalog)
    except DecodeError as error:
        if any(each.code == code and at in {None, each.path} for each in error.problems):
            return error
        raise AssertionError(f"{expected}, found:\n\n{error}") from None
    raise AssertionError(f"{expected}, but it was loaded: {loaded}")


def assert_round_trip(value: T, *, catalog: Catalog | None = CATALOG) -> T:
    """Assert that `value` can be stored and loaded again, equal, with equal text and digest.

    Returns what was loaded.

    Raises:
        AssertionError: it cannot be stored, its document is refused, or what was loaded differs;
            the message says where.
        InvalidValue: `value` is of a class that has no document kind.
    """
    __tracebackhide__ = True
    try:
        text = dumps(value, catalog=catalog)
    except InvalidValue as error:
        if kind_of(type(value)) is None:
            raise
        raise AssertionError(f"it cannot be stored: {error}") from None
    try:
        loaded: T = loads(text, type(value), catalog=catalog)
    except DecodeError as error:
        message = f"its document of {len(text)} characters is refused:\n\n{error}"
        raise AssertionError(message) from None
    if loaded != value:
        raise AssertionError(_differs("what was loaded differs", loaded, value))
    if dumps(loaded, catalog=catalog) != text or digest(loaded) != digest(value):
        raise AssertionError("what was loaded is equal, but has another text or digest")
    return loaded


def assert_same_decision(found: Decision, expected: Decision) -> None:
    """Assert that two decisions are equal in every part, the reasons included.

    Raises:
        AssertionError: they differ; the message says where.
    """
    __tracebackhide__ = True
    if found != expected:
        headline = f"decided: {found}\nexpected: {expected}\n\nThe decisions differ"
        raise AssertionError(_differs(headline, found, expected))


def assert_decides(
    policy: StoppingPolicy | None,
    entries: Iterable[Entry],
    action: Action,
    *,
    baseline: SymptomReport | None = None,
    item: str | None = None,
) -> Decision:
    """Assert what `policy` decides after a log, for the session or for one `item`.

    Returns the decision, for more to be asked of its findings.

    Raises:
        AssertionError: it decides something else; the message has the log and the reasons.
        ConflictingClearance: two different clearances have the same check-in and seq.
    """
    __tracebackhide__ = True
    log = sorted(entries, key=log_order)
    decision = decide(policy, log, baseline=baseline)
    found = decision.action if item is None else decision.action_for(PrescriptionId(item))
    if found is not action:
        usual = {} if baseline is None else baseline.severities
        said = [
            report_in_words(each, usual)
            if isinstance(each, SymptomReport)
            else f"check-in {each.checkin}: cleared by {each.by}: {', '.join(sorted(each.rules))}"
            for each in log
        ]
        about = "" if item is None else f" for {item}"
        listed = "\n".join(f"  {each}" for each in said) or "  nothing"
        raise AssertionError(
            f"expected {action.value}{about}, decided {found.value}\n\n"
            f"after:\n{listed}\n\n{decision}"
        )
    return decision


def _differs(headline: str, found: object, expected: object) -> str:
    return "\n  ".join([f"{headline}:", *difference(found, expected)])
