"""Run every benchmark and print the table: `make bench`."""

from __future__ import annotations

import argparse
import platform
import sys
import time
from importlib.metadata import version
from pathlib import Path

from benchmarks import documents, policies, sessions
from benchmarks.runner import Row, table

_PEERS = (
    "msgspec",
    "pydantic",
    "rule-engine",
    "streprogen",
    "transitions",
    "z3-solver",
    "zen-engine",
)
#: Stands in the written file before the table and behind it; the rest is written by hand.
_BEGIN, _END = "<!-- measured -->", "<!-- /measured -->"


def main() -> None:
    """Measure what is asked for, print the table and write it where it is to stand."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--documents", type=int, default=100_000, help="stored routines to load")
    parser.add_argument("--only", choices=("documents", "policies", "sessions"), help="some rows")
    parser.add_argument("--write", type=Path, help="put the table between the marks of this file")
    given = parser.parse_args()
    parts = {
        "documents": lambda: documents.rows(given.documents),
        "policies": policies.rows,
        "sessions": sessions.rows,
    }
    started = time.perf_counter()
    rows: list[Row] = []
    for name, part in parts.items():
        if given.only in {None, name}:
            for row in part():
                print(f"{time.perf_counter() - started:4.0f} s {row}", file=sys.stderr, flush=True)
                rows.append(row)
    measured = f"{_machine()}\n\n{table(rows)}"
    print(measured)
    if given.write is not None:
        text = given.write.read_text(encoding="utf-8")
        before, after = text.split(_BEGIN)[0], text.split(_END)[1]
        new = f"{before}{_BEGIN}\n\n{measured}\n\n{_END}{after}"
        given.write.write_text(new, encoding="utf-8")


def _machine() -> str:
    """Return what was measured, where, and with what."""
    versions = ", ".join(f"{name} {version(name)}" for name in ("backex", "attrs", *_PEERS))
    return (
        f"`{Path(sys.executable).name} -m benchmarks {' '.join(sys.argv[1:])}`".replace(" `", "`")
        + f" on {platform.system()} {platform.machine()}, {platform.python_implementation()} "
        f"{platform.python_version()}; {versions}."
    )


if __name__ == "__main__":
    main()
