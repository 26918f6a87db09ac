"""BX4xx: what is wrong with a stopping policy, or with the lack of one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import assert_never

from backex.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Condition,
    EvaluationWanted,
    Persists,
    RedFlagPresent,
    Worsened,
    reacts_to,
)
from backex.decision import Action
from backex.diagnostics import Severity
from backex.errors import key_step
from backex.ids import suggestion
from backex.mappings import frozen_map
from backex.references import library_default
from backex.routine import Routine
from backex.rules.rule import UNIQUE, Fault, Rule, duplicates
from backex.stopping import StoppingPolicy
from backex.symptoms import Moment, RedFlag
from backex.verification import verify
from backex.wording import listed

__all__ = ["NEVER_BY_VALIDATE", "RULES"]


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


def _not_asked(policy: StoppingPolicy) -> Iterator[Fault]:
    for index, rule in enumerate(policy.rules):
        for what in dict.fromkeys(_volunteered(rule.when, policy)):
            yield Fault(
                f'rule "{rule.id}" looks at what nobody is asked for: {what}',
                at=f".rules[{index}].when",
                hint="let the policy ask for it, or look at what it asks for",
                meta={"rule": rule.id, "what": what},
            )


def _volunteered(condition: Condition, policy: StoppingPolicy) -> Iterator[str]:
    """Yield what a condition looks at that the policy does not ask for.

    The wish to be evaluated cannot be asked for, so that it is left out is no fault.
    """
    match condition:
        case AllOf() | AnyOf():
            for each in condition.conditions:
                yield from _volunteered(each, policy)
        case Persists():
            yield from _volunteered(condition.condition, policy)
        case AtLeast() | Worsened():
            yield from _not_rated(condition, policy)
        case RedFlagPresent():
            if not policy.asks_red_flags:
                yield "red flags"
        case EvaluationWanted():
            pass
        case _:
            assert_never(condition)


def _not_rated(condition: AtLeast | Worsened, policy: StoppingPolicy) -> Iterator[str]:
    if condition.channel is None and not policy.asks:
        yield "any symptom asked for, of which there is none"
    if condition.channel is not None and condition.channel not in policy.asks:
        yield condition.channel
    if condition.moments and condition.moments.isdisjoint(policy.asks_at):
        moments = (each.value.replace("-", " ") for each in Moment if each in condition.moments)
        yield f"symptoms {listed(moments, last='or')}"


def _asks_nothing(policy: StoppingPolicy) -> Iterator[Fault]:
    if policy.rules and not policy.asks:
        yield Fault(
            "the policy asks for no symptom, so nobody is ever known to be worse",
            at=".asks",
            hint="ask for a channel at least, such as pain",
            meta={"policy": policy.id},
        )


def _accepts_everything(policy: StoppingPolicy) -> Iterator[Fault]:
    for name in ("severity_at_most", "rise_at_most"):
        for channel, most in getattr(policy.tolerance, name).items():
            at = f".tolerance.{name}{key_step(channel)}"
            if channel not in policy.asks:
                yield Fault(
                    f'the tolerance is for "{channel}", which the policy does not ask',
                    at=at,
                    hint=suggestion(channel, sorted(policy.asks)),
                    meta={"channel": channel},
                )
            elif most == _WORST:
                yield Fault(
                    f"whatever {channel} is, it is accepted",
                    at=at,
                    hint="accept less than the worst",
                    meta={"channel": channel},
                )
    if policy.answer < Action.EASE:
        yield Fault(
            f"what is outside the tolerance is answered with {policy.answer.value}: with no less "
            "than before",
            at=".answer",
            hint="let the answer be to ease at least",
            meta={"answer": policy.answer.value},
        )


def _flags_unmet(policy: StoppingPolicy) -> Iterator[Fault]:
    if policy.asks_red_flags and not any(reacts_to(r.when, _ANY_FLAG) for r in policy.rules):
        yield Fault(
            "red flags are asked for, and there are some to which no rule reacts",
            at=".asks_red_flags",
            hint="add a rule on RedFlagPresent() that refers the person",
            meta={"policy": policy.id},
        )


def _asked_only_during(policy: StoppingPolicy) -> Iterator[Fault]:
    if policy.asks_at != {Moment.DURING}:
        return
    resting = [
        rule.id
        for rule in policy.rules
        if not rule.then.allows_exercise and isinstance(rule.until, Calmed)
    ]
    if resting:
        yield Fault(
            "symptoms are asked for during exercise only, so nobody can say that a rest has "
            "calmed them",
            at=".asks_at",
            hint="ask after the session or on the next morning as well",
            meta={"rules": tuple(resting)},
        )


def _verified(code: str) -> Callable[[StoppingPolicy], Iterator[Fault]]:
    """Return a check that yields what `verify` found under one code; it is proved only once."""

    def check(policy: StoppingPolicy) -> Iterator[Fault]:
        for found in verify(policy).faults:
            if found.code == code:
                yield Fault(
                    found.message,
                    at=found.path.removeprefix("$"),
                    hint=found.hint,
                    meta=found.meta,
                )

    return check


_LESSER = {"BX415": Severity.WARNING, "BX419": Severity.INFO}
_WORST = 10
# Stands for a red flag that nobody names.
_ANY_FLAG = RedFlag("any-other")
#: The rules that `validate` never reports, each with why.
NEVER_BY_VALIDATE: Mapping[str, str] = frozen_map(
    {
        "BX414": "conditions are built so that every rule can fire",
        "BX416": "conditions are built so that a worse report never meets fewer of them",
        "BX418": "only `verify` reports it, beside a reference",
        "BX419": "only `verify` reports it, beside a reference",
    }
)

_SAFE = library_default("a person in pain must be told when to stop")

_ASKED = library_default("a policy can rely on answers to what it asks, and on nothing else")

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
    Rule(
        code="BX404",
        title="rule on what nobody is asked for",
        why="It reacts only to what is volunteered, and silence lets the person go on.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_not_asked,
        after=frozenset({"BX406"}),
        sources=_ASKED,
    ),
    Rule(
        code="BX405",
        title="rest that no check-in can end",
        why="On a day of rest there is no exercise during which to ask.",
        severity=Severity.WARNING,
        on=StoppingPolicy,
        check=_asked_only_during,
        sources=_ASKED,
    ),
    Rule(
        code="BX406",
        title="policy that asks for nothing",
        why="What is not asked for is never known to be worse, and the person goes on.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_asks_nothing,
        after=frozenset({"BX402"}),
        sources=_ASKED,
    ),
    Rule(
        code="BX407",
        title="tolerance that accepts everything",
        why="A policy proved against it would be proved to do nothing.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_accepts_everything,
        sources=_SAFE,
    ),
    Rule(
        code="BX408",
        title="red flags that no rule answers",
        why="A person who reports one has been asked, and is told nothing of it.",
        severity=Severity.ERROR,
        on=StoppingPolicy,
        check=_flags_unmet,
        after=frozenset({"BX402"}),
        sources=_SAFE,
    ),
    *(
        Rule(
            code=code,
            title=title,
            why=why,
            severity=_LESSER.get(code, Severity.ERROR),
            on=StoppingPolicy,
            check=_verified(code),
            after=frozenset({"BX402", "BX403"}),
            sources=_SAFE,
        )
        for code, title, why in (
            (
                "BX411",
                "worsening that is not answered",
                "A person who gets worse would be told to go on.",
            ),
            (
                "BX412",
                "rule that is never released",
                "A person back at the usual level would be kept from exercise for good.",
            ),
            (
                "BX413",
                "referral that releases itself",
                "Who was sent to a professional would go on without having been seen.",
            ),
            (
                "BX414",
                "rule that can never fire",
                "It looks like a safeguard and is none.",
            ),
            (
                "BX415",
                "rule that never decides",
                "Another rule always asks for as much, so this one says nothing.",
            ),
            (
                "BX416",
                "worse report with a weaker answer",
                "Nobody must be better off by feeling worse.",
            ),
            (
                "BX417",
                "policy too large to be verified",
                "What is not proved must not be relied on.",
            ),
            (
                "BX418",
                "weaker than the reference",
                "Found by `verify` beside a reference only: after some reports it asks for less.",
            ),
            (
                "BX419",
                "stricter than the reference",
                "Found by `verify` beside a reference only: after some reports it asks for more.",
            ),
        )
    ),
)
