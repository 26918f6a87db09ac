"""`validate`: every fault of a value at once, each with its code, its path and a way to mend it.

Not for values that make no sense by themselves: those cannot be constructed. A value that came
around its constructor all the same is reported here as broken, and nothing else is said of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from graphlib import TopologicalSorter
from typing import Any

import attrs

from backex.checks import ANYTHING, may_hold, parts_of, violation_in
from backex.diagnostics import Diagnostic, Report, Severity
from backex.errors import InvalidValue, key_step
from backex.exercise import Exercise
from backex.ids import closest
from backex.ladders import Ladder
from backex.mappings import frozen_map
from backex.plan import Plan
from backex.posture import PostureGuideline
from backex.routine import Prescription, Routine
from backex.rules import RULES, Fault, Rule
from backex.rules.routine import (
    NOTHING_SUPPRESSED,
    UNKNOWN_SUPPRESSED,
    nothing_suppressed,
    unknown_suppressed,
)
from backex.stopping import StoppingPolicy
from backex.variant import Variant

__all__ = ["Checkable", "explain", "validate"]

#: What `validate` takes.
Checkable = Routine | Plan | Ladder | Variant | Exercise | PostureGuideline | StoppingPolicy

_CHECKABLE = (Routine, Plan, Ladder, Variant, Exercise, PostureGuideline, StoppingPolicy)
_LONGEST = 2000
_AS_THEY_ARE: Mapping[str, Severity] = frozen_map({})
#: A value's place in the walk, its path, and the value.
_Place = tuple[int, str, Any]


def validate(
    value: Checkable,
    *,
    rules: Iterable[Rule] = RULES,
    select: Iterable[str] = (),
    ignore: Iterable[str] = (),
    severities: Mapping[str, Severity] = _AS_THEY_ARE,
) -> Report:
    """Return everything that `rules` find wrong with `value`, in the order of the value.

    `select`, `ignore` and `severities` take codes or their beginnings, such as ``"BX5"``: with
    `select` only those rules run, those of `ignore` never do, and of several beginnings in
    `severities` the longest counts. A code may be one of `rules` or of backex. A rule that fails on
    a value is itself reported as an error. The same value and rules always give the same report.

    Raises:
        InvalidValue: `value` is nothing that can be validated, a code begins none that is known, or
            a severity is none.
        graphlib.CycleError: two of the rules each come after the other.

    >>> from backex import Routine, RoutineId
    >>> validate(Routine(id=RoutineId("r"), title="Mine"), select="BX5").codes
    ('BX501',)
    """
    if type(value) not in _CHECKABLE:
        allowed = "one of " + ", ".join(cls.__name__ for cls in _CHECKABLE)
        raise InvalidValue("validate", "value", value, allowed)
    rules = tuple(rules)
    known = tuple(dict.fromkeys(rule.code for rule in (*rules, *RULES)))
    selected, ignored = _codes("select", select, known), _codes("ignore", ignore, known)
    _codes("severities", severities, known)
    for severity in severities.values():
        if type(severity) is not Severity:
            raise InvalidValue("validate", "severities", severity, "severities by code")
    broken = _violation(value)
    if broken is not None:
        return Report((_broken(broken),))
    chosen = {rule.code: rule for rule in _chosen(rules, selected, ignored, severities)}
    wanted = frozenset({Prescription, *(rule.on for rule in chosen.values())})
    places = [
        (index, f"${below}", each) for index, (below, each) in enumerate(_places(value, wanted, {}))
    ]
    found = _found(chosen, places)
    found += _idle_suppressions(places, [each for _, each in found], chosen, known)
    ordered = [each for _, each in sorted(found, key=lambda pair: (pair[0], pair[1].code))]
    return _sorted_out(ordered, places, chosen)


def explain(code: str, *, rules: Iterable[Rule] = RULES) -> Rule:
    """Return the rule with that code.

    As text it tells what it is about, why it matters, how serious it is and where it comes from,
    with an example that it objects to and one that is fine.

    Raises:
        KeyError: no rule has that code.

    >>> print(explain("BX501"))
    BX501 (error): empty routine
    <BLANKLINE>
    There is nothing to do in it.
    <BLANKLINE>
    Objected to:
    <BLANKLINE>
        routine()
    <BLANKLINE>
    Fine:
    <BLANKLINE>
        routine(item())
    <BLANKLINE>
    Looks at: Routine
    Source: library-default: backex: a routine is made of exercises
    """
    known = {rule.code: rule for rule in rules}
    if code not in known:
        raise KeyError(f'no rule has the code "{code}"; {closest(code, tuple(known))}'.rstrip("; "))
    return known[code]


def _found(chosen: Mapping[str, Rule], places: Iterable[_Place]) -> list[tuple[int, Diagnostic]]:
    """Return what each rule finds at each value of its class, with the value's place."""
    by_class: dict[type, list[_Place]] = {}
    for place in places:
        by_class.setdefault(type(place[-1]), []).append(place)
    found: list[tuple[int, Diagnostic]] = []
    for rule in _in_order(chosen):
        silencing = _silencing(rule, (each for _, each in found))
        for index, path, each in by_class.get(rule.on, ()):
            if not _is_around(path, silencing):
                found.extend((index, diagnostic) for diagnostic in _run(rule, path, each))
    return found


def _violation(value: Checkable) -> InvalidValue | None:
    try:
        return violation_in(value)
    except RecursionError:  # it contains itself, or is nested beyond anything that can be stored
        return InvalidValue(type(value).__name__, "", value, "values that end somewhere")


def _codes(field: str, codes: Iterable[str], known: tuple[str, ...]) -> tuple[str, ...]:
    """Take a code given alone as that one code, and refuse what begins no code that is known."""
    given = (codes,) if isinstance(codes, str) else tuple(codes)
    for code in given:
        if type(code) is not str or not code or not _begins_any(code, known):
            meant = closest(str(code), known)
            allowed = 'codes of rules or their beginnings, such as "BX503" or "BX5"'
            raise InvalidValue("validate", field, code, f"{allowed}; {meant}" if meant else allowed)
    return given


def _begins_any(code: str, known: tuple[str, ...]) -> bool:
    return code in known or any(each.startswith(code) for each in known)


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
    rules: Iterable[Rule],
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    severities: Mapping[str, Severity],
) -> Iterator[Rule]:
    for rule in sorted(rules, key=lambda rule: rule.code):
        if (not select or rule.code.startswith(select)) and not rule.code.startswith(ignore):
            closest = max(filter(rule.code.startswith, severities), key=len, default=None)
            yield rule if closest is None else attrs.evolve(rule, severity=severities[closest])


def _in_order(rules: Mapping[str, Rule]) -> list[Rule]:
    """Return the rules by code, each behind those that silence it."""
    graph = {code: sorted(rule.after & rules.keys()) for code, rule in rules.items()}
    return [rules[code] for code in TopologicalSorter(graph).static_order()]


def _silencing(rule: Rule, found: Iterable[Diagnostic]) -> list[str]:
    return [each.path for each in found if each.code in rule.after]


def _is_around(path: str, silencing: Iterable[str]) -> bool:
    return any(_is_below(path, other) or _is_below(other, path) for other in silencing)


def _run(rule: Rule, path: str, value: object) -> list[Diagnostic]:
    try:
        return [_told(rule, path, fault) for fault in rule.check(value)]
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


def _told(rule: Rule, path: str, fault: Fault) -> Diagnostic:
    return Diagnostic(
        code=rule.code,
        severity=rule.severity,
        path=path + fault.at,
        message=fault.message[:_LONGEST],
        hint=fault.hint,
        meta=fault.meta,
    )


def _idle_suppressions(
    places: Iterable[_Place],
    found: list[Diagnostic],
    chosen: Mapping[str, Rule],
    known: tuple[str, ...],
) -> Iterator[tuple[int, Diagnostic]]:
    """Yield what items accept in vain; only here is it known which rules ran and what they found.

    Nothing is said of a rule that did not run or was silenced there, nor of a code whose family
    belongs to an app whose rules were not given.
    """
    for index, path, item in places:
        for code in item.suppress if type(item) is Prescription else ():
            if code not in known:
                rule, fault = chosen.get(UNKNOWN_SUPPRESSED), unknown_suppressed(item, code, known)
                vain = _family(code) in map(_family, known)
            else:
                rule, fault = chosen.get(NOTHING_SUPPRESSED), nothing_suppressed(item, code)
                vain = code in chosen and not _is_told(chosen[code], path, found)
            if vain and rule is not None:
                yield index, _told(rule, path, fault)


def _family(code: str) -> str:
    return code.rstrip("0123456789")


def _is_told(rule: Rule, path: str, found: list[Diagnostic]) -> bool:
    """Tell whether the rule found something there, or was silenced, or is about suppressions."""
    return (
        rule.code in {NOTHING_SUPPRESSED, UNKNOWN_SUPPRESSED}
        or any(each.code == rule.code and _is_below(each.path, path) for each in found)
        or _is_around(path, _silencing(rule, found))
    )


def _places(
    value: object, wanted: frozenset[type], known: dict[int, list[tuple[str, object]]]
) -> list[tuple[str, object]]:
    """Return the values of some classes in and below `value`, in the order of its fields.

    Each comes with its path from `value`; what is there twice is looked through once.
    """
    if id(value) not in known:
        own = [("", value)] if type(value) in wanted else []
        known[id(value)] = own + [
            (step + below, each)
            for step, member in _steps(value, wanted)
            if may_hold(member)
            for below, each in _places(member, wanted, known)
        ]
    return known[id(value)]


def _steps(value: object, wanted: frozenset[type]) -> Iterable[tuple[str, object]]:
    """Return what a value holds in or below which values of some classes may be.

    Each comes with the step of a path that leads to it.
    """
    if isinstance(value, tuple):
        return ((f"[{index}]", member) for index, member in enumerate(value))
    if isinstance(value, Mapping):
        return ((key_step(str(key)), member) for key, member in value.items())
    cls: Any = type(value)
    return ((f".{name}", getattr(value, name)) for name in _leading(cls, wanted))


@lru_cache(maxsize=512)
def _leading(cls: Any, wanted: frozenset[type]) -> tuple[str, ...]:  # noqa: ANN401 (any class)
    """Return the fields of a class in or below which values of some classes may be.

    Only of classes with fields is it known where they are.
    """
    everywhere = not all(map(attrs.has, wanted))
    return tuple(
        name
        for name, parts in parts_of(cls).items()
        if everywhere or not wanted.union(ANYTHING).isdisjoint(_within(parts))
    )


@lru_cache(maxsize=512)
def _within(parts: frozenset[type]) -> frozenset[type]:
    """Return some classes, and those of what can be in and below their values."""
    found = set(parts)
    following = list(found)
    while following:
        inner = set().union(*parts_of(following.pop()).values()) - found
        found |= inner
        following += inner
    return frozenset(found)


def _sorted_out(
    found: Iterable[Diagnostic], places: Iterable[_Place], rules: Mapping[str, Rule]
) -> Report:
    """Part what items accept, with a reason, from what is left."""
    items = [(path, each) for _, path, each in places if type(each) is Prescription]
    left: list[Diagnostic] = []
    suppressed: list[Diagnostic] = []
    for each in found:
        accepted = rules[each.code].acceptable and any(
            each.code in item.suppress and _is_below(each.path, path) for path, item in items
        )
        (suppressed if accepted else left).append(each)
    return Report(tuple(left), tuple(suppressed))


def _is_below(path: str, root: str) -> bool:
    return path == root or path.startswith((root + ".", root + "["))
