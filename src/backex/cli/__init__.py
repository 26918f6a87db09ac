"""The command line `backex`, on the extra `cli`: one module for each command.

A command takes what was given as arguments, writes to stdout what was asked for and to stderr what
went wrong, and returns its exit code: 0, or 1 where something is wrong with what it was given, or 2
where it could not do what it was told. Whatever stands in a document is printed inert.
"""

from __future__ import annotations

import sys

__all__ = ["main"]


def main() -> int:
    """Run the command that the arguments of this process name, and return its exit code."""
    try:
        from backex.cli.app import run  # noqa: PLC0415 (only here is it known what is missing)
    except ModuleNotFoundError as error:
        missing = str(error.name).partition(".")[0]
        if missing == "backex":
            raise
        sys.stderr.write(f"backex: the command line needs {missing}: pip install 'backex[cli]'\n")
        return 2
    return run()
