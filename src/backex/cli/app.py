"""The commands put together, and what a person is told where one of them ends early."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cyclopts import App, CycloptsError, Parameter

from backex import __version__
from backex.cli.check import check
from backex.cli.explain import explain
from backex.cli.following import following
from backex.cli.handout import handout
from backex.cli.new import new
from backex.cli.play import play
from backex.cli.printing import Finding, complain, err, show_findings
from backex.cli.schema import schema
from backex.cli.show import show
from backex.cli.sources import STDIN, CannotRun, Refusal
from backex.cli.verify import verify

__all__ = ["run"]

#: The commands in the order in which help lists them.
_COMMANDS: Mapping[str, Callable[..., int]] = MappingProxyType(
    {
        "check": check,
        "show": show,
        "handout": handout,
        "next": following,
        "play": play,
        "verify": verify,
        "explain": explain,
        "schema": schema,
        "new": new,
    }
)
#: What a shell expects of a command that Ctrl-C ended.
_INTERRUPTED = 130


def _app() -> App:
    app = App(
        name="backex",
        help="Check, read and follow documents of therapeutic exercise. No medical advice.",
        version=__version__,
        default_parameter=Parameter(negative=(), show_default=False),
        suppress_keyboard_interrupt=False,
    )
    for order, (name, command) in enumerate(_COMMANDS.items()):
        app.command(command, name=name, sort_key=order)
    app.register_install_completion_command()
    return app


def run(arguments: Sequence[str] | None = None) -> int:
    """Run one command, by default that of this process, and return its exit code.

    What a person can have done wrong is told in a line or two on stderr.
    """
    for stream in (sys.stdout, sys.stderr):
        # What a terminal cannot show is escaped, and never a reason to fail.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = sys.argv[1:] if arguments is None else arguments
    try:
        code: int | None = _app()(
            [str(STDIN) if each == "-" else each for each in given],
            result_action="return_value",
            exit_on_error=False,
            print_error=False,
        )
    except CycloptsError as error:
        command = " ".join(["backex", *(error.command_chain or ())])
        complain(str(error), f"{command} --help")
        return 2
    except CannotRun as error:
        complain(error.message, error.hint)
        return 2
    except Refusal as refusal:
        show_findings(err(), (Finding.of(each, refusal.source) for each in refusal.problems))
        return 1
    except OSError as error:  # what is read and written by name was told above
        complain(f"cannot go on: {error.strerror}")
        # What is left to write must not fail once more when the process ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 2
    except KeyboardInterrupt:
        return _INTERRUPTED
    return code or 0
