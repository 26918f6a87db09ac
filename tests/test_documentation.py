"""Every Python snippet of the README and the docs runs, and so does every example."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from sybil import Sybil
from sybil.parsers.markdown import PythonCodeBlockParser

ROOT = Path(__file__).parent.parent
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("**/*.md"))]
#: What a snippet prints, where a block of text follows it.
BELOW = re.compile(r"(?:```)?\s*```text\n(.*?)```", re.DOTALL)
EXAMPLES = sorted((ROOT / "examples").glob("*.py"))


@pytest.mark.parametrize("page", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_the_snippets_of_a_page_run_and_print_what_stands_below(
    page: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    document = Sybil([PythonCodeBlockParser()]).parse(page)
    snippets = list(document.examples())
    for snippet in snippets:
        snippet.evaluate()
        printed = capsys.readouterr().out
        shown = BELOW.match(document.text, snippet.end)
        assert shown is None or printed == shown[1]
    assert snippets or "```python" not in page.read_text()


def test_the_quickstart_is_short() -> None:
    readme = (ROOT / "README.md").read_text()
    quickstart = readme.split("## Quickstart")[1].split("```python")[1].split("```")[0]
    assert len(quickstart.strip().splitlines()) < 20


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda path: path.stem)
def test_an_example_runs(example: Path, capsys: pytest.CaptureFixture[str]) -> None:
    runpy.run_path(str(example), run_name="__main__")
    printed = capsys.readouterr().out
    assert printed
    assert "False" not in printed
