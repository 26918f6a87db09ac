"""See that type checkers object to wrong uses of the public API, and to nothing else.

    python tests/check_snippets.py

`snippets/rejected.py` marks each line to which they have to object: mypy with just the codes in the
mark, pyright with any error. `snippets/accepted.py` has no such line. Exits with 1 and tells the
lines where a checker says something else.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent
SNIPPETS = ROOT / "tests" / "snippets"
FILES = [str(path) for path in sorted(SNIPPETS.glob("*.py"))]
MARK = re.compile(r"# error: (.+)$")
#: Fewer marks than this would mean that they are not found.
LEAST_MARKS = 30
#: A file and a line of it, from 1, and the codes of the errors there.
Errors = dict[tuple[str, int], set[str]]


def marked() -> Errors:
    """Return what the marks ask for."""
    return {
        (Path(file).name, number): set(mark[1].split())
        for file in FILES
        for number, line in enumerate(Path(file).read_text(encoding="utf-8").splitlines(), start=1)
        if (mark := MARK.search(line))
    }


def printed_by(*command: str) -> str:
    """Return what a module of Python prints that ends with 1, as where it has found errors."""
    ran = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if ran.returncode != 1:
        raise SystemExit(f"{command[0]} ended with {ran.returncode}:\n{ran.stdout}{ran.stderr}")
    return ran.stdout


def collected(errors: Iterator[tuple[str, int, str]]) -> Errors:
    """Return errors by their place."""
    found: defaultdict[tuple[str, int], set[str]] = defaultdict(set)
    for file, line, code in errors:
        found[Path(file).name, line].add(code)
    return found


def of_mypy() -> Errors:
    """Return the errors of mypy, set up as for all of backex."""
    lines = printed_by("mypy", "--output=json", *FILES).splitlines()
    told = (json.loads(line) for line in lines)
    return collected(
        (each["file"], each["line"], each["code"]) for each in told if each["severity"] == "error"
    )


def of_pyright() -> Errors:
    """Return the errors of pyright in its strict mode."""
    asked = ("--outputjson", "--project", str(SNIPPETS), "--pythonpath", sys.executable)
    said = json.loads(printed_by("basedpyright", *asked))
    return collected(
        # It counts lines from 0.
        (each["file"], each["range"]["start"]["line"] + 1, each.get("rule", ""))
        for each in said["generalDiagnostics"]
        if each["severity"] == "error"
    )


def main() -> None:
    wanted = marked()
    if len(wanted) < LEAST_MARKS:
        raise SystemExit(f"only {len(wanted)} marks were found")
    mypy, pyright = of_mypy(), of_pyright()
    wrong = [
        f"{file}:{line}: marked {sorted(codes)}, mypy {sorted(mypys)}, pyright {sorted(pyrights)}"
        for file, line in sorted({*wanted, *mypy, *pyright})
        for codes in [wanted.get((file, line), set())]
        for mypys, pyrights in [(mypy.get((file, line), set()), pyright.get((file, line), set()))]
        if codes != mypys or bool(codes) is not bool(pyrights)
    ]
    if wrong:
        raise SystemExit("\n".join(wrong))
    sys.stdout.write(f"{len(wanted)} lines rejected by mypy and pyright, no other\n")


if __name__ == "__main__":
    main()
