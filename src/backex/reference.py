"""The rule reference: for each rule what it does, why, an example, how to mend it, and its source.

`python -m backex.reference` prints the reference of backex's own rules, which is `docs/rules.md`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator

from backex.diagnostics import Diagnostic
from backex.rules import RULES, Rule
from backex.rules.examples import EXAMPLES, helpers, snippets
from backex.validation import validate

__all__ = ["rules_as_markdown"]

_FAMILIES = {
    "BX1": "Posture",
    "BX2": "Exercises",
    "BX3": "Progressions",
    "BX4": "Stopping",
    "BX5": "Routines and plans",
}
_INTRODUCTION = """\
# The rules

<!-- Written by `make docs` from `backex.rules`; do not edit. -->

`validate` runs these rules over a value and everything in it, and reports all that they find, each
with a code, a path and a way to mend it. Codes are never reused. An **error** must not be used as
it is; a **warning** is what a professional would object to, though it can be meant so; an **info**
is worth knowing. BX001 to BX022, for values and documents that cannot be understood, are in
[format.md](format.md).

## Using them

```python
from backex import Severity, explain, validate
from backex.catalog.upper_back import ROUTINE

validate(ROUTINE, select=["BX4", "BX503"])  # these alone, by code or its beginning
validate(ROUTINE, ignore=["BX506"])  # all but these
validate(ROUTINE, severities={"BX514": Severity.WARNING, "BX3": Severity.ERROR})
print(explain("BX503"))  # what this page says of one rule
```

- A code or beginning that no rule has is refused, with the one that was probably meant.
- A rule of an app's own is a value: `validate(value, rules=[*RULES, mine])`. Its code has a prefix
  of the app's own, and `explain(code, rules=[*RULES, mine])` explains it.
- `prescribe(exercise, suppress={"BX507": "held for one breath"})` accepts what a rule finds at or
  in one item, with the reason, which is stored with the routine. What is accepted is in
  `report.suppressed`; what is accepted in vain is reported (BX516, BX517).
- A report is text (`str(report)`), lines of `path: CODE message` (`report.lines`), or JSON
  (`backex.codec.dumps(report)`), which is a document like any other and loads again:

```python
import json

from backex import Routine, RoutineId
from backex.codec import dumps

report = validate(Routine(id=RoutineId("mine"), title="Mine"), select=["BX501"])
assert report.lines == ("$.items: BX501 the routine has nothing to do",)
assert json.loads(dumps(report)) == {
    "@format": 1,
    "@kind": "report",
    "diagnostics": [
        {
            "code": "BX501",
            "severity": "error",
            "path": "$.items",
            "message": "the routine has nothing to do",
            "hint": "add an item with routine.with_item(prescribe(exercise))",
            "meta": {"routine": "mine"},
        }
    ],
}
```

Code, severity, path and meta are a contract; messages and hints are for people and may change. What
is empty is left out, as in every document: a report without findings has no `diagnostics`.
"""
_HELPERS = """\
## What the examples are made of

<details>
<summary>Short ways to write them</summary>

```python
from typing import Any

from attrs import evolve

from backex import *


{}
```

</details>
"""


def rules_as_markdown(rules: Iterable[Rule] = RULES) -> str:
    """Return the reference of `rules` as Markdown; a rule that is an app's own has no example.

    >>> "### BX503" in rules_as_markdown()
    True
    """
    rules = tuple(rules)
    parts = [_INTRODUCTION, "## All of them\n", *_table(rules), _HELPERS.format(helpers())]
    family = ""
    for rule in rules:
        if rule.code[:-2] != family:
            family = rule.code[:-2]
            parts.append(f"## {family}xx: {_FAMILIES.get(family, 'of an app')}\n")
        parts.append("\n\n".join(_section(rule)) + "\n")
    return "\n".join(parts)


def _table(rules: Iterable[Rule]) -> Iterator[str]:
    yield "| code | severity | finds |\n|---|---|---|"
    for rule in rules:
        yield f"| [{rule.code}](#{rule.code.lower()}) | {rule.severity.value} | {rule.title} |"
    yield ""


def _found(code: str) -> Diagnostic:
    report = validate(EXAMPLES[code].failing)
    return next(each for each in report.diagnostics if each.code == code)


def _section(rule: Rule) -> Iterator[str]:
    yield f"### {rule.code}"
    fixed = "" if rule.acceptable else "; cannot be suppressed"
    yield f"**{rule.title.capitalize()}** ({rule.severity.value}, on `{rule.on.__name__}`{fixed})."
    yield rule.why
    shown = snippets(rule.code)
    if shown is not None:
        failing, passing = shown
        first = _found(rule.code)
        yield f"Objected to:\n\n```python\n{failing}\n```"
        yield f"> `{first.path}`: {first.message}"
        hint = str(first.hint)
        yield f"To mend it: {hint if hint.endswith('?') else f'{hint}.'}"
        yield f"Fine:\n\n```python\n{passing}\n```"
    if rule.after:
        yield f"Not looked for around what {', '.join(sorted(rule.after))} found."
    if rule.sources:
        yield "\n".join(["Source:", "", *(f"- {source}" for source in rule.sources)])


if __name__ == "__main__":
    sys.stdout.write(rules_as_markdown())
