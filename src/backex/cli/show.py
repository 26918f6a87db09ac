"""`backex show`: a document or a value of the catalog as text."""

from __future__ import annotations

from pathlib import Path
from typing import assert_never

from backex.cli.printing import say
from backex.cli.sources import CATALOG_VALUES, CannotRun, load
from backex.codec.kinds import kind_of
from backex.decision import Decision
from backex.diagnostics import Report
from backex.exercise import Exercise
from backex.plan import Plan
from backex.posture import PostureGuideline
from backex.render.text import (
    guideline_as_text,
    plan_as_text,
    policy_as_text,
    routine_as_text,
    variant_as_text,
)
from backex.routine import Routine
from backex.stopping import StoppingPolicy
from backex.variant import Variant
from backex.verification import Verdict

__all__ = ["show"]

_Shown = (
    Routine
    | Plan
    | Exercise
    | Variant
    | StoppingPolicy
    | PostureGuideline
    | Decision
    | Report
    | Verdict
)
_SHOWN: tuple[type[_Shown], ...] = (
    Routine,
    Plan,
    Exercise,
    Variant,
    StoppingPolicy,
    PostureGuideline,
    Decision,
    Report,
    Verdict,
)


def show(
    file: Path | None = None,
    /,
    *,
    catalog: bool = False,
) -> int:
    """Print a document as text to read.

    It may be a routine, a plan, an exercise, a variant, a stopping policy, a posture guideline, a
    decision, a report or a verdict.

    Args:
        file: A document, `-` for stdin, or an id of the catalog, such as oblique-sit.
        catalog: List what the catalog has.
    """
    if catalog:
        say("".join(f"{id:24}{kind_of(type(each))}\n" for id, each in CATALOG_VALUES.items()))
    elif file is None:
        raise CannotRun("name a document to show", "backex show --catalog lists what there is")
    else:
        value, _ = load(file, *_SHOWN)
        say(_as_text(value))
    return 0


def _as_text(value: _Shown) -> str:
    match value:
        case Routine():
            return routine_as_text(value)
        case Plan():
            return plan_as_text(value)
        case Exercise():
            return variant_as_text(Variant(value))
        case Variant():
            return variant_as_text(value)
        case StoppingPolicy():
            return policy_as_text(value)
        case PostureGuideline():
            return guideline_as_text(value)
        case Decision() | Report() | Verdict():
            return f"{value}\n"
        case _:
            assert_never(value)
