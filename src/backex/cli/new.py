"""`backex new`: a sound document to begin with."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

import attrs
from cyclopts import Parameter

from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.cli.printing import note, say
from backex.cli.sources import CannotRun, save
from backex.codec import dumps
from backex.criteria import Completed, InARow
from backex.errors import InvalidValue
from backex.ids import PolicyId, PrescriptionId, RoutineId, suggestion
from backex.ladders import ladder
from backex.plan import Plan
from backex.progression import ExtendArm
from backex.routine import Routine
from backex.symptoms import Channel, SymptomReport

__all__ = ["new"]


def _routine() -> Routine:
    return attrs.evolve(ROUTINE, id=RoutineId("my-routine"), title="My routine")


def _plan(baseline: SymptomReport | None) -> Plan:
    item = PrescriptionId(OBLIQUE_SIT.id)
    dose = next(each.dose for each in ROUTINE.items if each.id == item)
    climb = ladder(OBLIQUE_SIT, dose, advance=InARow(criterion=Completed(), sessions=3))
    return Plan(routine=_routine(), ladders={item: climb.then(ExtendArm())}, baseline=baseline)


def _baseline(usual: Mapping[str, int]) -> SymptomReport | None:
    """Return the report of a person's usual state, or None where nothing is said of it."""
    asked = sorted(STOPPING_POLICY.asks)
    for channel in usual:
        if channel not in asked:
            raise CannotRun(f"the policy does not ask for {channel}", suggestion(channel, asked))
    try:
        severities = {Channel(channel): severity for channel, severity in usual.items()}
        return SymptomReport(checkin=0, severities=severities) if usual else None
    except InvalidValue as error:
        raise CannotRun(f"--usual cannot be {error.value}: it takes {error.allowed}") from None


def new(
    kind: Literal["routine", "plan", "policy"] = "routine",
    /,
    *,
    output: Annotated[Path | None, Parameter(alias="-o")] = None,
    force: bool = False,
    usual: dict[str, int] | None = None,
) -> int:
    """Write a sound document to begin with.

    It is what the catalog has, under an id of your own to change.

    Args:
        kind: What to write, by default a routine.
        output: The file to write; without it, the document goes to stdout.
        force: Write over a file that is there.
        usual: The person's usual level, for a plan, as in `--usual.pain 2 --usual.stiffness 1`;
            by a plan without it, every decision is to hold.
    """
    if usual and kind != "plan":
        raise CannotRun(f"a {kind} has no usual level", "only a plan has one")
    made: Mapping[str, object] = {
        "routine": _routine(),
        "plan": _plan(_baseline(usual or {})),
        "policy": attrs.evolve(STOPPING_POLICY, id=PolicyId("my-policy")),
    }
    text = dumps(made[kind], indent=2) + "\n"
    if output is None:
        say(text)
    else:
        save(output, text, force=force)
        note(f"wrote {output}; look into it with: backex check {output}")
    return 0
