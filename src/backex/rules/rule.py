"""What a rule is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from textwrap import indent
from typing import Any, final

from attrs import Attribute, field, frozen

from backex.checks import FLAG, NAME, TEXT, Exactly, SetOf, Text
from backex.diagnostics import Severity, meta_map
from backex.errors import InvalidValue
from backex.provenance import SOURCES, Source
from backex.references import library_default

__all__ = ["UNIQUE", "Fault", "Rule", "duplicates"]

_CODE = re.compile(r"[A-Z]{2,5}[0-9]{3}")


def _code(_: Rule, attribute: Attribute[Any], value: str) -> None:
    if type(value) is not str or _CODE.fullmatch(value) is None:
        allowed = 'two to five capitals and three digits, such as "BX503"'
        raise InvalidValue("Rule", attribute.name, value, allowed)


def _class(_: Rule, attribute: Attribute[Any], value: object) -> None:
    if not isinstance(value, type):
        raise InvalidValue("Rule", attribute.name, value, "a class")


def _function(_: Rule, attribute: Attribute[Any], value: object) -> None:
    if not callable(value):
        raise InvalidValue("Rule", attribute.name, value, "a function of one value")


@final
@frozen
class Fault:
    """What a check yields: one thing that is wrong with the value it was given."""

    #: What is wrong, as a sentence without a full stop.
    message: str
    #: Where below the value, such as ``".steps[2]"``; empty for the value itself.
    at: str = ""
    #: How to mend it.
    hint: str | None = None
    #: The particulars as data, by name.
    meta: Mapping[str, object] = field(default={}, converter=meta_map)


@final
@frozen(kw_only=True)
class Rule:
    """One thing that can be wrong, why it matters, and the check that finds it.

    Raises:
        InvalidValue: a malformed code, blank text or a field of the wrong type.
    """

    #: Stable and never reused; an app's rules use a prefix of their own.
    code: str = field(validator=_code)
    #: What is wrong, in a few words.
    title: str = field(validator=NAME)
    #: Why it matters.
    why: str = field(validator=TEXT)
    #: How serious it is.
    severity: Severity = field(validator=Exactly(Severity))
    #: The class of value that the check takes.
    on: type = field(validator=_class)
    #: Yields what is wrong with one value of that class.
    check: Callable[[Any], Iterable[Fault]] = field(validator=_function)
    #: Codes that, found at or around the same value, make this rule pointless there.
    after: frozenset[str] = field(
        default=frozenset(), validator=SetOf(Text(limit=10, single_line=True))
    )
    #: Whether an item may suppress it, with a reason; not where the value does not do what it says.
    acceptable: bool = field(default=True, validator=FLAG)
    #: Where the rule comes from.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    def __str__(self) -> str:
        """Return all that there is to know of the rule, with the examples where it is backex's."""
        # Most programs never ask, and a hundred values are more than what the rules are made of.
        from backex.rules.examples import snippets  # noqa: PLC0415

        shown = snippets(self.code)
        examples = () if shown is None else zip(("Objected to", "Fine"), shown, strict=True)
        return "\n\n".join(
            [
                f"{self.code} ({self.severity.value}): {self.title}",
                self.why,
                *(f"{title}:\n\n{indent(code, '    ')}" for title, code in examples),
                "\n".join(self._facts()),
            ]
        )

    def _facts(self) -> Iterator[str]:
        yield f"Looks at: {self.on.__name__}"
        if self.after:
            yield f"Silent around: {', '.join(sorted(self.after))}"
        if not self.acceptable:
            yield "Cannot be suppressed"
        yield from (f"Source: {source}" for source in self.sources)


#: The source of every rule against duplicate ids.
UNIQUE = library_default("an id that names two things names neither")


def duplicates(ids: Iterable[str], what: str, at: str) -> Iterator[Fault]:
    """Yield a fault for each id that stands at an earlier place of the collection `at` as well."""
    first: dict[str, int] = {}
    for index, id in enumerate(ids):
        if id in first:
            yield Fault(
                f'{what} id "{id}" is used before, at {at}[{first[id]}]',
                at=f"{at}[{index}]",
                hint=f"give each {what} an id of its own",
                meta={"id": id},
            )
        first.setdefault(id, index)
