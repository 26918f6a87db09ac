"""Stopping policies made from published rules, for an app to choose knowingly.

None of them is a default. Where sources disagree on a number it is a parameter without a default,
and each policy says in which condition its rule was studied. The default policy for the upper back
is that of the catalog.
"""

from __future__ import annotations

from backex.checks import Integer
from backex.conditions import (
    AllOf,
    AtLeast,
    Calmed,
    Cleared,
    Persists,
    RedFlagPresent,
    Worsened,
)
from backex.decision import Action, Concern
from backex.errors import InvalidValue
from backex.ids import PolicyId, RuleId, SourceId
from backex.latches import StoppingRule
from backex.provenance import Source, SourceKind
from backex.references import library_default
from backex.stopping import StoppingPolicy, Tolerance
from backex.symptoms import PAIN, Moment

__all__ = ["pain_monitoring", "traffic_light"]

_TENDON_STUDY = (
    Source(
        id=SourceId("silbernagel-2007"),
        title="Continued sports activity, using a pain-monitoring model, during rehabilitation in "
        "patients with Achilles tendinopathy",
        author="Silbernagel, Thomeé, Eriksson, Karlsson",
        kind=SourceKind.LITERATURE,
        locator="Am J Sports Med 35(6):897–906",
        note="studied on Achilles tendons, not on backs; that pain may reach 5 of 10 and must "
        "settle by the next morning is taken from secondary pages",
    ),
)
_LIMIT = _TENDON_STUDY + library_default(
    "cut-offs on secondary pages differ, so the app states its own"
)
_SETTLED = library_default("settled is taken as back at the usual level")
_RED_FLAGS = (
    Source(
        id=SourceId("finucane-2020"),
        title="International framework for red flags for potential serious spinal pathologies",
        author="Finucane et al.",
        kind=SourceKind.LITERATURE,
        locator="JOSPT 50(7):350–372",
        note="on cauda equina, fracture, malignancy and infection, with little evidence for each "
        "flag alone; cited for that, not for what counts as a flag here or what to do about one",
    ),
)
_ANY_FLAG = _RED_FLAGS + library_default(
    "that any one flag counts, whichever the app asks for, is chosen for caution"
)
_AT_ONCE = _RED_FLAGS + library_default(
    "that a flag means to stop and to get help at once is chosen for caution"
)
_CLINIC_PAGES = library_default(
    "clinic pages give three sets of cut-offs and no standard exists, so the app states its own"
)
_BY_A_PROFESSIONAL = Cleared(
    sources=library_default("who was sent to a professional comes back by that one's word")
)
_SETTLING = library_default(
    "that pain has to settle by the next morning is chosen for these zones; settled is taken as "
    "back at the usual level"
)
_REST = library_default("resting, and the question whether the exercises are right, are chosen")
_HOLD = library_default("holding is chosen")
_EASE = library_default("easing is chosen")
_UNLESS_USUAL = library_default("a zone that holds the usual level would never be left")
_ASKED = frozenset({Moment.AFTER, Moment.NEXT_MORNING})
_BACK_TO_USUAL = Calmed(
    checkins=1, sources=library_default("ends at a check-in at the usual level")
)


def _red_flag_rule() -> StoppingRule:
    return StoppingRule(
        id=RuleId("red-flag"),
        when=RedFlagPresent(sources=_ANY_FLAG),
        then=Action.REFER_URGENTLY,
        until=_BY_A_PROFESSIONAL,
        advice="Stop, and get medical help at once: in an emergency call the emergency services.",
        sources=_AT_ONCE,
    )


def _above(severity: int, sources: tuple[Source, ...]) -> AllOf:
    """Hold from a severity on, unless that is the person's usual level."""
    return AllOf(
        conditions=(
            AtLeast(channel=PAIN, severity=severity, sources=sources),
            Worsened(by=1, channel=PAIN, sources=_UNLESS_USUAL),
        )
    )


def _not_settled(sources: tuple[Source, ...]) -> StoppingRule:
    return StoppingRule(
        id=RuleId("not-settled"),
        when=_next_morning(sources),
        then=Action.EASE,
        until=_BACK_TO_USUAL,
        advice="It has not settled by the next morning: the last session was too much.",
        sources=sources + _EASE,
    )


def _next_morning(sources: tuple[Source, ...]) -> Worsened:
    return Worsened(by=1, channel=PAIN, moments=frozenset({Moment.NEXT_MORNING}), sources=sources)


def _persisting(checkins: int) -> StoppingRule:
    number = library_default(
        "no source states after how many check-ins, nor what then: the app states the number, "
        "referring is chosen"
    )
    return StoppingRule(
        id=RuleId("persisting"),
        when=Persists(condition=_next_morning(number), checkins=checkins, sources=number),
        then=Action.REFER,
        until=_BY_A_PROFESSIONAL,
        advice="It keeps not settling: let a professional look at it.",
        sources=number,
    )


def pain_monitoring(*, acceptable: int, persisting_checkins: int) -> StoppingPolicy:
    """Return a policy that accepts pain up to a limit, if it has settled by the next morning.

    Pain above `acceptable`, 1 to 9, means rest, unless it is the person's usual level. Pain above
    the usual level on the next morning means to ease, and at `persisting_checkins` such mornings in
    a row, 2 to 60, to refer. The model was studied on Achilles tendons. Secondary pages give 5 as
    its limit and differ in their zones, so the limit has no default. Its rule that pain must not
    rise from week to week is left out: no source was seen that states it exactly.

    Raises:
        InvalidValue: a number out of range.

    >>> [rule.id for rule in pain_monitoring(acceptable=5, persisting_checkins=3).rules]
    ['red-flag', 'too-much-pain', 'not-settled', 'persisting']
    """
    _check("pain_monitoring", "acceptable", acceptable, 1, 9)
    return StoppingPolicy(
        id=PolicyId("pain-monitoring"),
        rules=(
            _red_flag_rule(),
            StoppingRule(
                id=RuleId("too-much-pain"),
                when=_above(acceptable + 1, _LIMIT),
                then=Action.REST,
                until=_BACK_TO_USUAL,
                advice="This is more pain than was agreed to be acceptable.",
                concerns=frozenset({Concern.SUITABILITY}),
                sources=_TENDON_STUDY + _REST,
            ),
            _not_settled(_TENDON_STUDY + _SETTLED),
            _persisting(persisting_checkins),
        ),
        asks=frozenset({PAIN}),
        asks_at=_ASKED,
        asks_red_flags=True,
        tolerance=Tolerance(severity_at_most={PAIN: acceptable}),
        sources=_TENDON_STUDY,
    )


def traffic_light(*, amber_from: int, red_from: int, persisting_checkins: int) -> StoppingPolicy:
    """Return a policy with three zones of pain: go on, hold, rest.

    Pain from `amber_from` on, 1 to 9, means to hold, from `red_from` on, above `amber_from` and at
    most 10, to rest, unless that is the person's usual level. Pain above the usual level on the
    next morning means to ease, and at `persisting_checkins` such mornings in a row, 2 to 60, to
    refer. The zones are found on clinic pages, with three different sets of cut-offs and no
    standard; what to do about the next morning is chosen by backex.

    Raises:
        InvalidValue: a number out of range.

    >>> lights = traffic_light(amber_from=4, red_from=6, persisting_checkins=3)
    >>> [rule.id for rule in lights.rules]
    ['red-flag', 'red', 'amber', 'not-settled', 'persisting']
    """
    _check("traffic_light", "amber_from", amber_from, 1, 9)
    _check("traffic_light", "red_from", red_from, amber_from + 1, 10)
    return StoppingPolicy(
        id=PolicyId("traffic-light"),
        rules=(
            _red_flag_rule(),
            StoppingRule(
                id=RuleId("red"),
                when=_above(red_from, _CLINIC_PAGES),
                then=Action.REST,
                until=_BACK_TO_USUAL,
                advice="Red: no exercise until it has settled.",
                concerns=frozenset({Concern.SUITABILITY}),
                sources=_CLINIC_PAGES + _REST,
            ),
            StoppingRule(
                id=RuleId("amber"),
                when=_above(amber_from, _CLINIC_PAGES),
                then=Action.HOLD,
                until=_BACK_TO_USUAL,
                advice="Amber: no more than last time.",
                sources=_CLINIC_PAGES + _HOLD,
            ),
            _not_settled(_SETTLING),
            _persisting(persisting_checkins),
        ),
        asks=frozenset({PAIN}),
        asks_at=_ASKED,
        asks_red_flags=True,
        tolerance=Tolerance(severity_at_most={PAIN: red_from - 1}),
        sources=_CLINIC_PAGES,
    )


def _check(function: str, name: str, value: int, low: int, high: int) -> None:
    found = Integer(low, high).violation(value)
    if found is not None:
        raise InvalidValue(function, name, value, found[2])
