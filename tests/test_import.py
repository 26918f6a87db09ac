"""What `import backex` loads and does, in an interpreter that has done nothing else."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest

#: Loads a module with an eye on what it does, and prints what it loaded and what it should not do.
WATCHED = """
import sys

done = []
#: What reaches out of the process; files may be read, for modules are.
REACHES_OUT = ("ftplib.", "http.", "os.exec", "os.fork", "os.posix_spawn", "os.spawn", "os.system",
    "smtplib.", "socket.", "subprocess.", "urllib.", "webbrowser.")
CHANGES = ("os.chmod", "os.chown", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir",
    "os.symlink", "os.truncate", "os.utime", "shutil.", "tempfile.")


def watch(event, args):
    if event.startswith(REACHES_OUT + CHANGES):
        done.append((event, str(args)))
    if event == "open" and (set(str(args[1])) & set("wax+") or args[2] & 0o3):
        done.append((event, str(args)))


sys.dont_write_bytecode = True  # the interpreter keeps what it has compiled
before = set(sys.modules)
sys.addaudithook(watch)
import {module}

print(sorted({{name.split(".")[0] for name in set(sys.modules) - before if name[:6] != "backex"}}))
print(sorted(name for name in sys.modules if name in {unwanted!r}))
print(done)
"""
#: Slow to load, or for other tasks than building and judging values.
UNWANTED = (
    "asyncio",
    "backex.body",
    "backex.codec",
    "backex.render",
    "backex.strategies",
    "backex.testing",
    "cattrs",
    "hypothesis",
    "json",
    "pytest",
    "socket",
    "subprocess",
    "tempfile",
    "typing_extensions",
    "urllib",
)


def loaded(module: str, unwanted: tuple[str, ...]) -> list[str]:
    code = WATCHED.format(module=module, unwanted=unwanted)
    # Coverage, where it watches processes too, imports more than it watches.
    kept = {name: each for name, each in os.environ.items() if not name.startswith("COVERAGE_")}
    found = subprocess.run(
        [sys.executable, "-c", code], env=kept, capture_output=True, text=True, check=True
    )
    return found.stdout.splitlines()


def test_importing_backex_loads_little_and_reaches_nothing() -> None:
    _, unwanted, done = loaded("backex", UNWANTED)
    assert unwanted == "[]"
    assert done == "[]"


@pytest.mark.parametrize("module", ["backex.codec", "backex.render", "backex.catalog.upper_back"])
def test_no_part_of_it_reaches_out_when_it_is_loaded(module: str) -> None:
    _, unwanted, done = loaded(module, ("asyncio", "hypothesis", "pytest", "subprocess"))
    assert unwanted == "[]"
    assert done == "[]"


def test_outside_of_python_it_needs_attrs_alone() -> None:
    modules, _, _ = loaded("backex", UNWANTED)
    others = set(eval(modules)) - sys.stdlib_module_names
    assert others <= {"attr", "attrs"}
