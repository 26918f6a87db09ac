"""`backex verify`: whether a stopping policy is proved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import attrs
from cyclopts import Parameter, validators

from backex.cli.printing import Finding, out, say, show_findings
from backex.cli.sources import CannotRun, Source, load
from backex.codec import dumps
from backex.plan import Plan
from backex.routine import Routine
from backex.stopping import StoppingPolicy
from backex.validation import validate
from backex.verification import BUDGET
from backex.verification import verify as verdict_on

__all__ = ["verify"]

_HOLDERS: tuple[type[StoppingPolicy | Routine | Plan], ...] = (StoppingPolicy, Routine, Plan)


def verify(
    policy: Path,
    /,
    *,
    at_least_as_safe_as: Path | None = None,
    budget: Annotated[
        int, Parameter(validator=validators.Number(gte=1), show_default=True)
    ] = BUDGET,
    format: Literal["text", "json"] = "text",  # noqa: A002
) -> int:
    """Prove a stopping policy safe, or show how it is not.

    Where it is not, the shortest history that shows it is printed.

    Exit code 0: it is proved. 1: it is not, or the document is refused. 2: it cannot be read.

    Args:
        policy: A stopping policy, a routine or plan that has one, or an id of the catalog.
        at_least_as_safe_as: Another one; prove that the first never asks for less than it does.
        budget: The most steps to explore.
        format: Text, or the verdict as a document.
    """
    mine, source, path = _policy(policy)
    reference = None if at_least_as_safe_as is None else _policy(at_least_as_safe_as)[0]
    verdict = verdict_on(mine, at_least_as_safe_as=reference, budget=budget)
    if format == "json":
        say(dumps(verdict, indent=2) + "\n")
        return int(not verdict.proved)
    # Of a policy in which there is nothing to explore, its rules say what is wrong.
    found = verdict.faults or validate(mine, select=["BX4"]).errors
    show_findings(out(), (Finding.of(each, source, below=path) for each in found))
    say(f"{attrs.evolve(verdict, faults=())}\n")
    return int(not verdict.proved)


def _policy(path: Path) -> tuple[StoppingPolicy, Source, str]:
    """Return a policy with the document that holds it, and at which path."""
    value, source = load(path, *_HOLDERS)
    if isinstance(value, StoppingPolicy):
        return value, source, "$"
    if isinstance(value, Routine):
        policy, below = value.stopping, "$.stopping"
    else:
        policy, below = value.routine.stopping, "$.routine.stopping"
    if policy is None:
        raise CannotRun(f"{source.name} has no stopping policy", "every decision by it is to hold")
    return policy, source, below
