"""Letters: the check-ins that the rules of one or two policies can tell from each other.

A check-in matters to a rule only through which of its conditions hold, what is unknown and whether
all is calm. Two check-ins that agree in that for every rule are one letter, so a few letters stand
for all that can be reported. `backex.verification` explores policies over them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from math import prod
from typing import final

import attrs
from attrs import field, frozen

from backex.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Occasion,
    Persists,
    RedFlagPresent,
    Situation,
    Worsened,
    channels_in,
    holds,
    is_unknown,
    persistences,
)
from backex.latches import StoppingRule
from backex.stopping import StoppingPolicy, joined, unmet_flags
from backex.symptoms import Channel, Moment, RedFlag, SymptomReport, Trend

__all__ = [
    "Insight",
    "Letter",
    "Subject",
    "alphabet",
    "baselines",
    "count_baselines",
    "letter_of",
    "subject",
    "usual_letters",
]

_OTHER_FLAG = RedFlag("another")
_WORST = 10


@final
@frozen
class Subject:
    """The policies that are given the same check-ins: one, or one and its reference.

    Each judges a check-in by what it asks for itself. What either asks for is reported.
    """

    #: The policies; the first is the one to be verified.
    policies: tuple[StoppingPolicy, ...]
    #: Their rules; a rule of the reference that would always do the same stands here once.
    rules: tuple[StoppingRule, ...]
    #: For each rule, the place of the policy by whose questions it is judged.
    judges: tuple[int, ...]
    #: For each policy, the places of its rules.
    members: tuple[tuple[int, ...], ...]

    @property
    def channels(self) -> tuple[Channel, ...]:
        """Every channel that a policy asks for or a rule names."""
        named = (channels_in(rule.when) for rule in self.rules)
        asked = (policy.asks for policy in self.policies)
        return tuple(sorted(frozenset[Channel]().union(*asked, *named)))

    @property
    def unnamed(self) -> Channel:
        """A channel that no policy asks for and no rule names; it can keep a check-in from calm."""
        name = "another"
        while name in self.channels:
            name += "-one"
        return Channel(name)

    @property
    def asks_red_flags(self) -> bool:
        """Whether a policy asks for red flags."""
        return any(policy.asks_red_flags for policy in self.policies)

    def leaves(self) -> Iterator[tuple[Condition, frozenset[Channel]]]:
        """Yield each condition on one check-in with the channels that its policy asks for."""
        for rule, judge in zip(self.rules, self.judges, strict=True):
            for leaf in _leaves(rule.when):
                yield leaf, self.policies[judge].asks


def subject(policy: StoppingPolicy, reference: StoppingPolicy | None = None) -> Subject:
    """Return a policy, alone or beside a reference, as what letters are made for."""
    if reference is None:
        places = tuple(range(len(policy.rules)))
        return Subject((policy,), policy.rules, (0,) * len(policy.rules), (places,))
    rules = list(policy.rules)
    judges = [0] * len(rules)
    alike = _asked_by(policy) == _asked_by(reference)
    shared: list[int] = []
    for rule in reference.rules:
        if alike and rule in policy.rules:
            shared.append(rules.index(rule))
        else:
            shared.append(len(rules))
            rules.append(rule)
            judges.append(1)
    members = (tuple(range(len(policy.rules))), tuple(shared))
    return Subject((policy, reference), tuple(rules), tuple(judges), members)


def _asked_by(policy: StoppingPolicy) -> tuple[object, ...]:
    return (policy.asks, policy.asks_at, policy.asks_red_flags)


@final
@frozen(cache_hash=True)
class Insight:
    """What one rule can tell of a check-in."""

    #: Which of its conditions on one check-in hold.
    truths: tuple[bool, ...]
    #: For each `Persists` inside, whether its condition is unknown.
    dark: tuple[bool, ...]
    #: Whether its condition as a whole is unknown.
    unknown: bool
    #: Whether all is calm.
    calm: bool


@final
@frozen(kw_only=True, cache_hash=True)
class Letter:
    """One input that the rules can tell from every other."""

    #: A check-in that is this input, as each policy sees it.
    situations: tuple[Situation, ...] = field(eq=False)
    #: For each rule, what it can tell.
    insights: tuple[Insight, ...]
    #: For each policy, whether everything that it asks for is known.
    known: tuple[bool, ...]
    #: For each of two policies, whether a red flag is reported to which none of its rules reacts.
    flagged: tuple[bool, ...]
    #: For each policy, whether it has rules, none is left in the dark and no red flag is unmet.
    judged: tuple[bool, ...]
    #: Whether something is known to be worse than the first policy accepts.
    outside: bool


def alphabet(
    of: Subject, baseline: Mapping[Channel, int], seen: dict[int, Letter], limit: int
) -> dict[Letter, tuple[SymptomReport, ...]] | None:
    """Return every letter that there is from a baseline, with reports of one check-in that make it.

    `seen` remembers letters over the baselines of one subject. None: there are more than `limit`.
    """
    bits: dict[int, SymptomReport] = {}
    for report in _reports(of, baseline):
        bits.setdefault(_bits(of, _situations(of, baseline, (report,))), report)
    joins = _joins(bits, limit)
    if joins is None:
        return None
    letters: dict[Letter, tuple[SymptomReport, ...]] = {}
    for key, reports in joins.items():
        letter = seen.get(key)
        if letter is None:
            letter = seen[key] = letter_of(of, baseline, reports)
        letters.setdefault(letter, reports)
    # What can be judged first, so that a counterexample is one without gaps where there is one.
    return dict(sorted(letters.items(), key=lambda pair: not all(pair[0].judged)))


def _joins(
    bits: Mapping[int, SymptomReport], limit: int
) -> dict[int, tuple[SymptomReport, ...]] | None:
    """Return every join of reports by its bits, no report at all included."""
    found: dict[int, tuple[SymptomReport, ...]] = {0: ()}
    fresh = [0]
    while fresh:
        following = []
        for key in fresh:
            for added, report in bits.items():
                if key | added not in found:
                    found[key | added] = (*found[key], report)
                    following.append(key | added)
            if len(found) > limit:
                return None
        fresh = following
    return found


def letter_of(
    of: Subject, baseline: Mapping[Channel, int], reports: Iterable[SymptomReport]
) -> Letter:
    """Return the letter of a check-in."""
    situations = _situations(of, baseline, reports)
    insights = tuple(
        _insight(rule, situations[judge]) for rule, judge in zip(of.rules, of.judges, strict=True)
    )
    known = tuple(situation.is_known for situation in situations)
    flagged = _flagged(of, situations)
    return Letter(
        situations=situations,
        insights=insights,
        known=known,
        flagged=flagged,
        judged=tuple(
            clear
            and bool(places)
            and not unmet
            and not any(insights[place].unknown for place in places)
            for clear, places, unmet in zip(known, of.members, flagged, strict=True)
        ),
        outside=_outside(of.policies[0], situations[0]),
    )


def usual_letters(
    of: Subject, baseline: Mapping[Channel, int]
) -> dict[Letter, tuple[SymptomReport, ...]]:
    """Return the letters of a check-in at one's own baseline, with reports that make them.

    It may be reported at any moments, of which the first policy asks at one at least.
    """
    said = [
        SymptomReport(
            checkin=1,
            moment=moment,
            severities={channel: baseline[channel] for channel in of.channels},
            red_flags=frozenset() if of.asks_red_flags else None,
        )
        for moment in _moments(of)
    ]
    letters: dict[Letter, tuple[SymptomReport, ...]] = {}
    for size in range(1, len(said) + 1):
        for reports in combinations(said, size):
            letter = letter_of(of, baseline, reports)
            if letter.known[0]:
                letters.setdefault(letter, reports)
    return letters


def _situations(
    of: Subject, baseline: Mapping[Channel, int], reports: Iterable[SymptomReport]
) -> tuple[Situation, ...]:
    occasions = [Occasion() for _ in of.policies]
    for report in reports:
        occasions = [
            joined(policy, occasion, report)
            for policy, occasion in zip(of.policies, occasions, strict=True)
        ]
    return tuple(
        Situation(
            occasion=occasion,
            baseline=baseline,
            asks=policy.asks,
            asks_at=policy.asks_at,
            asks_red_flags=policy.asks_red_flags,
        )
        for policy, occasion in zip(of.policies, occasions, strict=True)
    )


def _insight(rule: StoppingRule, situation: Situation) -> Insight:
    return Insight(
        truths=_truths(rule, situation),
        dark=tuple(is_unknown(node.condition, situation) for node in persistences(rule.when)),
        unknown=is_unknown(rule.when, situation),
        calm=situation.is_calm,
    )


def _truths(rule: StoppingRule, situation: Situation) -> tuple[bool, ...]:
    return tuple(holds(leaf, situation, {}) for leaf in _leaves(rule.when))


def _flagged(of: Subject, situations: Sequence[Situation]) -> tuple[bool, ...]:
    if len(of.policies) == 1:
        # It turns continue into hold, which is no answer to anything: only a comparison can tell.
        return (False,)
    return tuple(
        bool(unmet_flags(policy, situation.occasion))
        for policy, situation in zip(of.policies, situations, strict=True)
    )


def _bits(of: Subject, situations: Sequence[Situation]) -> int:
    """Return a check-in as bits, such that those of a join are the bits of either part."""
    bits = [_outside(of.policies[0], situations[0]), *_flagged(of, situations)]
    for rule, judge in zip(of.rules, of.judges, strict=True):
        bits.extend(_truths(rule, situations[judge]))
        bits.extend(
            situations[judge].was_told(leaf.moments)
            for leaf in _leaves(rule.when)
            if isinstance(leaf, AtLeast | Worsened) and leaf.moments & situations[judge].asks_at
        )
    for policy, situation in zip(of.policies, situations, strict=True):
        occasion = situation.occasion
        bits.append(any(situation.is_above(report) for report in occasion.reports))
        bits.extend((occasion.answered, occasion.flags_left_out))
        bits.extend(channel in occasion.left_out for channel in sorted(policy.asks))
    return sum(bit << index for index, bit in enumerate(bits))


def _leaves(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions on one check-in of which `condition` is made."""
    match condition:
        case AllOf() | AnyOf():
            return tuple(leaf for each in condition.conditions for leaf in _leaves(each))
        case Persists():
            return _leaves(condition.condition)
        case _:
            return (condition,)


# ---- reports ------------------------------------------------------------------------------------


def _reports(of: Subject, baseline: Mapping[Channel, int]) -> Iterator[SymptomReport]:
    """Yield reports that each say one thing; every check-in is a join of some of them."""
    channels = of.channels
    asked = frozenset[Channel]().union(*(policy.asks for policy in of.policies))
    for moment in _moments(of):
        plain = SymptomReport(
            checkin=1,
            moment=moment,
            severities=dict.fromkeys(channels, 0),
            red_flags=frozenset() if of.asks_red_flags else None,
        )
        yield plain
        for channel in channels:
            for start in _cuts(of, channel, baseline[channel])[1:]:
                yield attrs.evolve(plain, severities={**plain.severities, channel: start})
            if channel in asked:
                rest = {each: 0 for each in channels if each != channel}
                yield attrs.evolve(plain, severities=rest)
        yield attrs.evolve(plain, severities={**plain.severities, of.unnamed: 1})
        yield attrs.evolve(plain, trend=Trend.WORSE)
        yield attrs.evolve(plain, evaluation_wanted=True)
        for flag in _flags(of):
            yield attrs.evolve(plain, red_flags=frozenset({flag}))
        if of.asks_red_flags:
            yield attrs.evolve(plain, red_flags=None)


def _moments(of: Subject) -> list[Moment]:
    """Return one moment for each set of conditions and policies that look at it."""
    looks = [policy.asks_at for policy in of.policies]
    for leaf, _ in of.leaves():
        if isinstance(leaf, AtLeast | Worsened) and leaf.moments:
            looks.append(leaf.moments)
    kinds: dict[tuple[bool, ...], Moment] = {}
    for moment in Moment:
        kinds.setdefault(tuple(moment in each for each in looks), moment)
    # Asked ones first, so that a counterexample is one that an app can see.
    asked_by = [policy.asks_at for policy in of.policies]
    return sorted(kinds.values(), key=lambda moment: [moment not in each for each in asked_by])


def _flags(of: Subject) -> list[RedFlag]:
    named = {
        flag for leaf, _ in of.leaves() if isinstance(leaf, RedFlagPresent) for flag in leaf.flags
    }
    return [*sorted(named), _OTHER_FLAG]


# ---- severities and baselines -------------------------------------------------------------------


def _cuts(of: Subject, channel: Channel, usual: int) -> list[int]:
    """Return the least severity of each range within which nothing can tell two apart."""
    tolerance = of.policies[0].tolerance
    starts = {
        0,
        usual + 1,
        usual + tolerance.rise_at_most.get(channel, 0) + 1,
        tolerance.severity_at_most.get(channel, -1) + 1,
    }
    for leaf, asked in of.leaves():
        if isinstance(leaf, AtLeast) and leaf.channel == channel:
            starts.add(leaf.severity)
        if isinstance(leaf, Worsened) and _compares(leaf, asked, channel):
            starts.add(usual + leaf.by)
    return sorted(start for start in starts if start <= _WORST)


def _compares(leaf: Worsened, asked: frozenset[Channel], channel: Channel) -> bool:
    return channel in asked if leaf.channel is None else leaf.channel == channel


def _shape(of: Subject, channel: Channel, usual: int) -> tuple[object, ...]:
    """Return what can be told of a channel's severities by someone whose usual one is `usual`."""
    cuts = _cuts(of, channel, usual)
    return tuple(
        (
            start > usual,
            _is_outside(of.policies[0], channel, start, usual),
            tuple(
                start >= leaf.severity if isinstance(leaf, AtLeast) else start - usual >= leaf.by
                for leaf, asked in of.leaves()
                if (isinstance(leaf, AtLeast) and leaf.channel == channel)
                or (isinstance(leaf, Worsened) and _compares(leaf, asked, channel))
            ),
            start <= usual < following,
        )
        for start, following in zip(cuts, [*cuts[1:], _WORST + 1], strict=True)
    )


def _is_outside(policy: StoppingPolicy, channel: Channel, severity: int, usual: int) -> bool:
    tolerance = policy.tolerance
    return (
        channel in policy.asks
        and severity > usual + tolerance.rise_at_most.get(channel, 0)
        and severity > tolerance.severity_at_most.get(channel, -1)
    )


def _outside(policy: StoppingPolicy, situation: Situation) -> bool:
    tolerance = policy.tolerance
    # Who accepts no level above the usual one does not accept that it is said to be worse.
    strict = not any(
        tolerance.severity_at_most.get(channel) or tolerance.rise_at_most.get(channel)
        for channel in policy.asks
    )
    return any(
        (strict and report.trend is Trend.WORSE)
        or any(
            _is_outside(policy, channel, severity, situation.baseline[channel])
            for channel, severity in report.severities.items()
        )
        for report in situation.occasion.reports
    )


def _choices(of: Subject) -> list[list[int]]:
    """Return for each channel one usual severity for each way to look at its severities."""
    choices: list[list[int]] = []
    for channel in of.channels:
        shapes: dict[tuple[object, ...], int] = {}
        for usual in range(_WORST + 1):
            shapes.setdefault(_shape(of, channel, usual), usual)
        choices.append(list(shapes.values()))
    return choices


def count_baselines(of: Subject) -> int:
    """Return how many `baselines` there are."""
    return prod(map(len, _choices(of)))


def baselines(of: Subject) -> Iterator[dict[Channel, int]]:
    """Yield one baseline for each set of letters that a baseline can lead to."""
    for usuals in product(*_choices(of)):
        yield {**dict(zip(of.channels, usuals, strict=True)), of.unnamed: 0}
