"""The rule reference: complete, as `docs/rules.md` has it, and made for an app's rules as well."""

from __future__ import annotations

import re
import runpy
import sys
from pathlib import Path

import pytest

from backex.diagnostics import Severity
from backex.reference import rules_as_markdown
from backex.routine import Routine
from backex.rules import RULES, Rule
from backex.rules.examples import EXAMPLES, snippets
from backex.validation import validate

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text(encoding="utf-8") == rules_as_markdown(), "run `make docs`"


def sections(page: str) -> dict[str, str]:
    _, *parts = re.split(r"^### (\w+)$", page, flags=re.MULTILINE)
    return dict(zip(parts[::2], parts[1::2], strict=True))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_the_page_has_all_there_is_to_say_of_a_rule(rule: Rule) -> None:
    section = sections(PAGE.read_text(encoding="utf-8"))[rule.code]
    wanted = [
        f"({rule.severity.value}, on `{rule.on.__name__}`"
        + (")" if rule.acceptable else "; cannot be suppressed)"),
        rule.why,
        *rule.after,
        *map(str, rule.sources),
    ]
    if rule.code in EXAMPLES:
        found = validate(EXAMPLES[rule.code].failing).diagnostics
        first = next(each for each in found if each.code == rule.code)
        wanted += [
            *(f"```python\n{each}\n```" for each in snippets(rule.code) or ()),
            f"> `{first.path}`: {first.message}",
            f"To mend it: {first.hint}",
        ]
    assert [each for each in wanted if each not in section] == []


def test_the_page_lists_the_rules_in_order() -> None:
    listed = re.findall(r"^\| \[(\w+)\]\(#(\w+)\) \|", PAGE.read_text(), flags=re.MULTILINE)
    assert listed == [(rule.code, rule.code.lower()) for rule in RULES]


def test_the_rule_of_an_app_has_a_section_without_an_example() -> None:
    own = Rule(
        code="APP001",
        title="title of one word",
        why="Nobody finds it again.",
        severity=Severity.INFO,
        on=Routine,
        check=lambda _: (),
    )
    page = rules_as_markdown(iter([own]))
    assert "## APP0xx: of an app\n" in page
    assert sections(page)["APP001"] == (
        "\n\n**Title of one word** (info, on `Routine`).\n\nNobody finds it again.\n"
    )


def test_the_command_prints_the_page(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "backex.reference")
    runpy.run_module("backex.reference", run_name="__main__")
    assert capsys.readouterr().out == PAGE.read_text(encoding="utf-8")
