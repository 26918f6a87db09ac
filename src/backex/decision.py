"""Decisions: one action from a ladder, with what led to it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from enum import Enum
from typing import final

from attrs import field, frozen

from backex.checks import (
    IDENTIFIER,
    SEVERITY,
    TEXT,
    UNLIMITED,
    Exactly,
    MapOf,
    Optional,
    SetOf,
    TupleOf,
)
from backex.conditions import CONDITION, Condition
from backex.ids import PolicyId, PrescriptionId, RuleId
from backex.mappings import frozen_map
from backex.ordering import OrderedEnum
from backex.provenance import Source
from backex.symptoms import Channel, SymptomReport, severity_map
from backex.wording import condition_in_words, listed, report_in_words

__all__ = [
    "Action",
    "ComfortMeasure",
    "Concern",
    "Decision",
    "Finding",
    "deciding",
    "measures_in_words",
]


class Action(OrderedEnum):
    """What to do next; each greater action implies the lesser ones."""

    #: Go on, and progress when the criterion for it is met.
    CONTINUE = "continue"
    #: The same again, no progress.
    HOLD = "hold"
    #: One rung down.
    EASE = "ease"
    #: No exercise.
    REST = "rest"
    #: No exercise; comfort measures may be tried.
    COMFORT = "comfort"
    #: No exercise; see a professional.
    REFER = "refer"
    #: No exercise; see a professional at once.
    REFER_URGENTLY = "refer-urgently"

    @property
    def allows_exercise(self) -> bool:
        """Whether a session may take place."""
        return self < Action.REST

    @property
    def advice(self) -> str:
        """What it asks for, in a sentence for the person."""
        return _IN_WORDS[self]


_IN_WORDS = {
    Action.CONTINUE: "Continue as planned.",
    Action.HOLD: "Hold: the same again at most, no progression.",
    Action.EASE: "Ease: go one step easier.",
    Action.REST: "Rest: no exercise for now.",
    Action.COMFORT: "Rest and comfort: still no exercise.",
    Action.REFER: "Stop: no exercise, and see a professional.",
    Action.REFER_URGENTLY: "Stop: no exercise, and see a professional at once.",
}


class ComfortMeasure(Enum):
    """Something that may be tried for relief during a rest."""

    ICE = "ice"
    HEAT = "heat"


class Concern(Enum):
    """A question that a decision raises beyond its action."""

    #: These exercises may not be right for this person.
    SUITABILITY = "suitability"


#: What each concern says of the session, and of one item.
_CONCERNS_IN_WORDS = {
    Concern.SUITABILITY: (
        "These exercises may not be right for this person.",
        "This exercise may not be right for this person.",
    ),
}


@final
@frozen(kw_only=True)
class Finding:
    """A rule in force, and what set it."""

    #: Which rule.
    rule: RuleId = field(validator=IDENTIFIER)
    #: What it asks for.
    action: Action = field(validator=Exactly(Action))
    #: The condition that held, with its threshold.
    condition: Condition = field(validator=CONDITION)
    #: The reports of the check-in at which it was set; parts of the condition hold in each.
    reports: tuple[SymptomReport, ...] = field(validator=TupleOf(Exactly(SymptomReport), low=1))
    #: The usual severities that they were compared with.
    baseline: Mapping[Channel, int] = field(
        converter=severity_map, validator=MapOf(IDENTIFIER, SEVERITY, high=UNLIMITED)
    )
    #: The item of the routine that it is about. None: the session as a whole.
    item: PrescriptionId | None = field(default=None, validator=Optional(IDENTIFIER))
    #: What the rule says to the person.
    advice: str | None = field(default=None, validator=Optional(TEXT))
    #: Comfort measures of the rule, of which either may be tried and none need be.
    measures: frozenset[ComfortMeasure] = field(
        default=frozenset(), validator=SetOf(Exactly(ComfortMeasure))
    )
    #: Questions that the rule raises beyond its action.
    concerns: frozenset[Concern] = field(default=frozenset(), validator=SetOf(Exactly(Concern)))
    #: Where the rule and its threshold come from.
    sources: tuple[Source, ...] = field(
        default=(), validator=TupleOf(Exactly(Source), high=UNLIMITED)
    )

    @property
    def report(self) -> SymptomReport:
        """The first of the reports that set it."""
        return self.reports[0]

    def __str__(self) -> str:
        """Return what was said and which rule that set, in one sentence."""
        said = "; ".join(report_in_words(each, self.baseline) for each in self.reports)
        about = f" for {self.item}" if self.item else ""
        return f"rule {self.rule}{about} ({condition_in_words(self.condition)}) was set by {said}"


def deciding(
    findings: Iterable[Finding], action: Action, item: PrescriptionId | None = None
) -> tuple[Finding, ...]:
    """Return the findings that ask for the action decided for the session, or for one item.

    The others are overruled by a greater action, or about another item. A referral concerns the
    person, whichever item it was reported on.
    """
    about = {None, item}
    return tuple(
        each
        for each in findings
        if each.action is action and (each.item in about or action >= Action.REFER)
    )


def _actions(value: Mapping[PrescriptionId, Action]) -> Mapping[PrescriptionId, Action]:
    return frozen_map(value)


def _left_open(
    value: Mapping[PrescriptionId, tuple[str, ...]],
) -> Mapping[PrescriptionId, tuple[str, ...]]:
    return frozen_map(value)


@final
@frozen(kw_only=True)
class Decision:
    """What to do next, and why.

    The decision is the greatest action of the rules in force, and at least hold while something
    that was asked for is unknown.
    """

    #: What to do about the session as a whole.
    action: Action = field(validator=Exactly(Action))
    #: The policy that decided. None: there was none, and the decision is to hold.
    policy: PolicyId | None = field(default=None, validator=Optional(IDENTIFIER))
    #: The rules in force, the greatest action first.
    findings: tuple[Finding, ...] = field(
        default=(), validator=TupleOf(Exactly(Finding), high=UNLIMITED)
    )
    #: The rules that could not be judged because something asked for is unknown; of those that
    #: could not be judged for an item alone, the ones that would refer the person.
    unknown: tuple[RuleId, ...] = field(default=(), validator=TupleOf(IDENTIFIER))
    #: What is unknown, in words; of what is unknown of an item alone, what holds the session too.
    unanswered: tuple[str, ...] = field(default=(), validator=TupleOf(TEXT, high=UNLIMITED))
    #: For each item that was reported on, what to do about it; never less than `action`.
    items: Mapping[PrescriptionId, Action] = field(
        default={}, converter=_actions, validator=MapOf(IDENTIFIER, Exactly(Action), high=UNLIMITED)
    )
    #: For each item of which something is unknown that is known of the session, what, in words.
    items_unanswered: Mapping[PrescriptionId, tuple[str, ...]] = field(
        default={},
        converter=_left_open,
        validator=MapOf(IDENTIFIER, TupleOf(TEXT, high=UNLIMITED), high=UNLIMITED),
    )
    #: Comfort measures of the findings that ask for `action`; either may be tried and none need be.
    #: There are none at a referral.
    measures: frozenset[ComfortMeasure] = field(
        default=frozenset(), validator=SetOf(Exactly(ComfortMeasure))
    )
    #: Questions raised beyond the action by the findings that ask for it.
    concerns: frozenset[Concern] = field(default=frozenset(), validator=SetOf(Exactly(Concern)))

    @property
    def permits_progression(self) -> bool:
        """Whether anything may be made harder next time."""
        return self.action is Action.CONTINUE

    @property
    def allows_exercise(self) -> bool:
        """Whether a session may take place."""
        return self.action.allows_exercise

    @property
    def advice(self) -> tuple[str, ...]:
        """What the findings that ask for `action` say to the person, each once."""
        return _advice(deciding(self.findings, self.action))

    def action_for(self, item: PrescriptionId) -> Action:
        """Return what to do about one item of the routine."""
        return self.items.get(item, self.action)

    def __str__(self) -> str:
        """Return a paragraph that a person understands.

        It speaks of the session first, and then of each item for which more is decided. Advice is
        that of the findings that ask for what is decided; the reasons are all that are in force.
        """
        apart = [item for item, action in self.items.items() if action > self.action]
        parts = [
            self.action.advice,
            *self.advice,
            *measures_in_words(self.action, self.measures),
            *(_CONCERNS_IN_WORDS[each][0] for each in Concern if each in self.concerns),
        ]
        if self.policy is None:
            parts.append("There is no stopping policy, so nothing can be judged safe.")
        of_items = (
            f"{each} for {item}"
            for item, unanswered in self.items_unanswered.items()
            if item not in apart
            for each in unanswered
        )
        parts.extend(_unknown_in_words(dict.fromkeys([*self.unanswered, *of_items])))
        parts.extend(
            _reasons_in_words(
                each for each in self.findings if each.item is None or each.action >= Action.REFER
            )
        )
        for item in apart:
            parts.extend(self._about(item))
        return " ".join(parts)

    def _about(self, item: PrescriptionId) -> Iterable[str]:
        """Return the sentences about an item for which more is decided than for the session."""
        action = self.items[item]
        findings = [each for each in self.findings if each.item == item]
        decisive = deciding(findings, action, item)
        words = action.advice
        yield f"{item}: {words[0].lower()}{words[1:]}"
        yield from _advice(decisive)
        yield from measures_in_words(
            action, {measure for each in decisive for measure in each.measures}
        )
        raised = {concern for each in decisive for concern in each.concerns}
        yield from (_CONCERNS_IN_WORDS[each][1] for each in Concern if each in raised)
        yield from _unknown_in_words(self.items_unanswered.get(item, ()), f" for {item}")
        yield from _reasons_in_words(findings)


def _advice(findings: Iterable[Finding]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.advice for each in findings if each.advice))


def measures_in_words(action: Action, measures: Collection[ComfortMeasure]) -> Iterable[str]:
    """Yield the sentence on measures that may be tried beside an action, if there is one."""
    if measures and action < Action.REFER:
        tried = listed(sorted(measure.value for measure in measures), last="or")
        either = "either " if len(measures) > 1 else ""
        yield f"If wanted, {either}{tried} may be tried."


def _unknown_in_words(unanswered: Collection[str], about: str = "") -> Iterable[str]:
    if unanswered:
        yield f"Not known{about}: {listed(unanswered)}."


def _reasons_in_words(findings: Iterable[Finding]) -> Iterable[str]:
    reasons = "; ".join(str(each) for each in findings)
    if reasons:
        yield f"Why: {reasons}."
