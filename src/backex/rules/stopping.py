"""BX4xx: what is wrong with a stopping policy, or with the lack of one."""

from __future__ import annotations

from collections.abc import Iterator

from backex.diagnostics import Severity
from backex.references import library_default
from backex.routine import Routine
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.stopping import StoppingPolicy

__all__ = ["RULES"]


def _no_policy(routine: Routine) -> Iterator[Fault]:
    if routine.stopping is None:
        yield Fault(
            "nothing says when to stop",
            at=".stopping",
            hint="give the routine a StoppingPolicy, such as that of the catalog",
            meta={"routine": routine.id},
        )


def _no_rules(policy: StoppingPolicy) -> Iterator[Fault]:
    if not policy.rules:
        yield Fault(
            f'policy "{policy.id}" has no rules, so no symptom ever stops anything',
            at=".rules",
            hint="add a StoppingRule, or start from a policy of the catalog",
            meta={"policy": policy.id},
        )


def _duplicate_rules(policy: StoppingPolicy) -> Iterator[Fault]:
    yield from duplicates((rule.id for rule in policy.rules), "rule", ".rules")


_SAFE = library_default("a person in pain must be told when to stop")

RULES: tuple[Rule, ...] = (
    Rule(
        code="BX401",
        title="no stopping policy",
        why="Without one no report can be judged, and every decision is to hold.",
        severity=Severity.ERROR,
        on=Routine,
        check=_no_policy,
        sources=_SAFE,
    ),
    Rule(
        code="BX402",
        title="stopping policy without rules",
        why="It looks like a safeguard and is none.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_no_rules,
        sources=_SAFE,
    ),
    Rule(
        code="BX403",
        title="duplicate rule id in a stopping policy",
        why="A clearance that names the id would release more than was meant.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_duplicate_rules,
        sources=UNIQUE,
    ),
)
