"""`validate`: every fault of a value at once, each with its code, its path and a way to mend it.

Not for values that make no sense by themselves: those cannot be constructed. A value that came
around its constructor all the same is reported here as broken, and nothing else is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from graphlib import TopologicalSorter
from typing import Any

import attrs

from backex.checks import violation_in
from backex.diagnostics import Diagnostic, Report, Severity
from backex.errors import InvalidValue, key_step
from backex.exercise import Exercise
from backex.posture import PostureGuideline
from backex.routine import Prescription, Routine
from backex.rules import RULES, Rule
from backex.stopping import StoppingPolicy

__all__ = ["Checkable", "explain", "validate"]

#: What `validate` takes.
Checkable = Routine | Exercise | PostureGuideline | StoppingPolicy

_CHECKABLE = (Routine, Exercise, PostureGuideline, StoppingPolicy)
_LONGEST = 2000
#: A value's place in the walk, its path, and the value.
_Place = tuple[int, str, Any]


def validate(
    value: Checkable,
    *,
    rules: Iterable[Rule] = RULES,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
) -> Report:
    """Return everything that `rules` find wrong with `value`, in the order of the value.

    `select` and `ignore` take codes or their beginnings, such as ``"BX5"``: with `select` only
    those rules run, and those of `ignore` never do. A rule that fails on a value is itself reported
    as an error. The same value and rules always give the same report.

    Raises:
        InvalidValue: `value` is nothing that can be validated.
        graphlib.CycleError: two of the rules each come after the other.
    """
    if type(value) not in _CHECKABLE:
        allowed = "one of " + ", ".join(cls.__name__ for cls in _CHECKABLE)
        raise InvalidValue("validate", "value", value, allowed)
    broken = _violation(value)
    if broken is not None:
        return Report((_broken(broken),))
    chosen = _chosen(rules, _codes(select), _codes(ignore))
    places = [(index, path, each) for index, (path, each) in enumerate(_walk(value, "$"))]
    found: list[tuple[int, Diagnostic]] = []
    for rule in _in_order(chosen):
        silencing = [each.path for _, each in found if each.code in rule.after]
        for index, path, each in places:
            if type(each) is rule.on and not _is_around(path, silencing):
                found.extend((index, diagnostic) for diagnostic in _run(rule, path, each))
    ordered = [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].code))]
    return _sorted_out(ordered, places)


def explain(code: str, *, rules: Iterable[Rule] = RULES) -> Rule:
    """Return the rule with that code: its title, why it matters, its severity and its sources.

    Raises:
        KeyError: no rule has that code.

    >>> explain("BX503").title
    'one side only of an exercise that needs both'
    """
    for rule in rules:
        if rule.code == code:
            return rule
    raise KeyError(code)


def _violation(value: Checkable) -> InvalidValue | None:
    try:
        return violation_in(value)
    except RecursionError:  # it contains itself, or is nested beyond anything that can be stored
        return InvalidValue(type(value).__name__, "", value, "values that end somewhere")


def _codes(codes: Iterable[str]) -> tuple[str, ...]:
    """Take a code given alone as that one code."""
    return (codes,) if isinstance(codes, str) else tuple(codes)


def _broken(error: InvalidValue) -> Diagnostic:
    return Diagnostic(
        code=error.code,
        severity=Severity.ERROR,
        path="$",
        message=error.message,
        hint="construct the value anew: it came around its constructor",
        meta={"class": error.class_name, "field": error.field},
    )


def _chosen(
    rules: Iterable[Rule], select: tuple[str, ...], ignore: tuple[str, ...]
) -> dict[str, Rule]:
    return {
        rule.code: rule
        for rule in sorted(rules, key=lambda rule: rule.code)
        if (not select or rule.code.startswith(select)) and not rule.code.startswith(ignore)
    }


def _in_order(rules: Mapping[str, Rule]) -> list[Rule]:
    """Return the rules by code, each behind those that silence it."""
    graph = {code: sorted(rule.after & rules.keys()) for code, rule in rules.items()}
    return [rules[code] for code in TopologicalSorter(graph).static_order()]


def _is_around(path: str, silencing: Iterable[str]) -> bool:
    return any(_is_below(path, other) or _is_below(other, path) for other in silencing)


def _run(rule: Rule, path: str, value: object) -> list[Diagnostic]:
    try:
        return [
            Diagnostic(
                code=rule.code,
                severity=rule.severity,
                path=path + fault.at,
                message=fault.message[:_LONGEST],
                hint=fault.hint,
                meta=fault.meta,
            )
            for fault in rule.check(value)
        ]
    except Exception as error:  # noqa: BLE001 (a rule of an app may raise anything)
        said = f"{type(error).__name__}: {str(error)!a:.200}"
        return [
            Diagnostic(
                code=rule.code,
                severity=Severity.ERROR,
                path=path,
                message=f"the rule failed with {said}",
                hint="mend the rule; until then the value counts as unsound",
            )
        ]


def _walk(value: object, path: str) -> Iterator[tuple[str, object]]:
    """Yield every value in and below `value` with its path, in the order of its fields."""
    if isinstance(value, tuple):
        for index, member in enumerate(value):
            yield from _walk(member, f"{path}[{index}]")
    elif isinstance(value, Mapping):
        for key, member in value.items():
            yield from _walk(member, path + key_step(str(key)))
    elif attrs.has(cls := type(value)):
        yield (path, value)
        for attribute in attrs.fields(cls):
            yield from _walk(getattr(value, attribute.name), f"{path}.{attribute.name}")


def _sorted_out(found: Iterable[Diagnostic], places: Iterable[_Place]) -> Report:
    """Part what items accept, with a reason, from what is left."""
    items = [(path, each) for _, path, each in places if type(each) is Prescription]
    left: list[Diagnostic] = []
    suppressed: list[Diagnostic] = []
    for each in found:
        accepted = any(
            each.code in item.suppress and _is_below(each.path, path) for path, item in items
        )
        (suppressed if accepted else left).append(each)
    return Report(tuple(left), tuple(suppressed))


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith((root + ".", root + "["))
