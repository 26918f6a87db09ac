"""The article's stopping policy: worsening means a break, and what to do if that does not help."""

from __future__ import annotations

from backex.conditions import (
    AllOf,
    AtLeast,
    Calmed,
    Cleared,
    EvaluationWanted,
    Persists,
    Worsened,
)
from backex.decision import Action, ComfortMeasure, Concern
from backex.ids import PolicyId, RuleId
from backex.latches import StoppingRule
from backex.references import article, derived, library_default
from backex.stopping import StoppingPolicy
from backex.symptoms import PAIN, STIFFNESS

__all__ = ["STOPPING_POLICY"]

_ANY_RISE = Worsened(
    by=1, sources=library_default("the article states no amount, so the smallest rise counts")
)
_CALM = Calmed(checkins=1, sources=derived("S2", note="calm symptoms end the break"))
_SIGNIFICANT = library_default("the article leaves significant open; taken as 4 or more of 10")
_BY_A_PROFESSIONAL = Cleared(
    sources=library_default("who was sent to a professional comes back by that one's word")
)

#: Any worsening means rest until symptoms are calm; persistence and a wish for help go further.
STOPPING_POLICY = StoppingPolicy(
    id=PolicyId("upper-back-stopping"),
    rules=(
        StoppingRule(
            id=RuleId("worsened"),
            when=_ANY_RISE,
            then=Action.REST,
            until=_CALM,
            advice="Take a break from these exercises and give the symptoms time to settle.",
            concerns=frozenset({Concern.SUITABILITY}),
            sources=article("S1", "S2"),
        ),
        StoppingRule(
            id=RuleId("persisting"),
            when=Persists(
                condition=_ANY_RISE,
                checkins=3,
                sources=library_default("the article states no time; the third check-in in a row"),
            ),
            then=Action.COMFORT,
            until=_CALM,
            advice="The symptoms have not settled during the break.",
            measures=frozenset({ComfortMeasure.ICE, ComfortMeasure.HEAT}),
            sources=article("S3") + derived("S3", note="read as during the rest"),
        ),
        StoppingRule(
            id=RuleId("evaluation-wanted"),
            when=AllOf(
                conditions=(
                    AtLeast(channel=PAIN, severity=4, sources=_SIGNIFICANT),
                    AtLeast(channel=STIFFNESS, severity=4, sources=_SIGNIFICANT),
                    EvaluationWanted(sources=article("S4")),
                )
            ),
            then=Action.REFER,
            until=_BY_A_PROFESSIONAL,
            advice="Have your upper back looked at by a professional.",
            sources=article("S4"),
        ),
        StoppingRule(
            id=RuleId("no-improvement"),
            when=Persists(
                condition=_ANY_RISE,
                checkins=7,
                sources=library_default(
                    "the article states no time; the seventh check-in in a row"
                ),
            ),
            then=Action.REFER,
            until=_BY_A_PROFESSIONAL,
            advice="The symptoms have stayed worse for long: let a professional look at them.",
            sources=derived("S3", "S4", note="what persists in spite of the break is evaluated"),
        ),
    ),
    asks=frozenset({PAIN, STIFFNESS}),
    sources=library_default("asks for pain and stiffness, the symptoms that the article names"),
)
