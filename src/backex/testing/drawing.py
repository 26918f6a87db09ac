"""Strategies for what people report to a policy and do by a plan, in the words of those values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import final

import attrs
from attrs import frozen
from hypothesis import strategies as st

from backex.conditions import (
    AllOf,
    AnyOf,
    Calmed,
    Condition,
    Persists,
    RedFlagPresent,
    channels_in,
    persistences,
)
from backex.criteria import Completion, Quality
from backex.dose import Dose
from backex.ids import PrescriptionId
from backex.ladders import Ladder, Rung
from backex.plan import Plan, SessionRecord
from backex.stopping import Entry, StoppingPolicy
from backex.symptoms import (
    NUMBNESS,
    Channel,
    Clearance,
    Moment,
    RedFlag,
    SymptomReport,
    Trend,
)
from backex.variant import Variant

__all__ = ["Words", "done", "histories", "logs", "reports", "with_less", "words_of", "worse"]

_MOST_CALM = 60


@final
@frozen(kw_only=True)
class Words:
    """What can be said to a policy that it listens to."""

    #: The policy.
    policy: StoppingPolicy
    #: The usual severities.
    baseline: Mapping[Channel, int]
    #: The channels that it asks for, compares or tolerates.
    channels: tuple[Channel, ...]
    #: The red flags that it names, and one more.
    flags: tuple[RedFlag, ...]
    #: The items that reports may be about.
    items: tuple[PrescriptionId, ...]

    @property
    def asked_at(self) -> tuple[Moment, ...]:
        """The moments at which it asks, in their order."""
        return tuple(each for each in Moment if each in self.policy.asks_at)

    @property
    def longest_row(self) -> int:
        """At how many check-ins in a row something must hold to set any rule."""
        rows = [each.checkins for rule in self.policy.rules for each in persistences(rule.when)]
        return max([1, *rows])

    @property
    def longest_calm(self) -> int:
        """At how many check-ins in a row all must be calm to release any rule that calm releases.

        At least one.
        """
        rows = [r.until.checkins for r in self.policy.rules if isinstance(r.until, Calmed)]
        return max([1, *rows])

    def usual(self, checkin: int, **changes: object) -> SymptomReport:
        """Return a report of the usual state, with every question answered."""
        report = SymptomReport(
            checkin=checkin,
            moment=self.asked_at[0],
            severities={each: self.baseline[each] for each in self.policy.asks},
            red_flags=frozenset(),
        )
        return attrs.evolve(report, **changes)  # type: ignore[arg-type]

    def worst(self, checkin: int) -> Iterator[SymptomReport]:
        """Yield the worst answers to all that is asked, at each moment at which it is."""
        for seq, moment in enumerate(self.asked_at):
            yield SymptomReport(
                checkin=checkin,
                seq=seq,
                moment=moment,
                severities=dict.fromkeys(self.policy.asks, 10),
                red_flags=frozenset(self.flags) if self.policy.asks_red_flags else frozenset(),
                evaluation_wanted=True,
            )


def words_of(
    policy: StoppingPolicy,
    baseline: SymptomReport | None = None,
    items: Iterable[PrescriptionId] = (),
) -> Words:
    """Return the words of a policy; without a baseline every channel is usually at 1."""
    named = frozenset().union(*(channels_in(rule.when) for rule in policy.rules))
    tolerated = policy.tolerance.severity_at_most.keys() | policy.tolerance.rise_at_most.keys()
    channels = tuple(sorted(policy.asks | named | tolerated))
    flags = frozenset({NUMBNESS}).union(*(_flags(rule.when) for rule in policy.rules))
    usual = dict.fromkeys(channels, 1)
    if baseline is not None:
        usual.update(baseline.severities)
    return Words(
        policy=policy,
        baseline=usual,
        channels=channels,
        flags=tuple(sorted(flags)),
        items=tuple(items),
    )


def _flags(condition: Condition) -> frozenset[RedFlag]:
    match condition:
        case RedFlagPresent():
            return condition.flags
        case AllOf() | AnyOf():
            return frozenset().union(*map(_flags, condition.conditions))
        case Persists():
            return _flags(condition.condition)
        case _:
            return frozenset()


def reports(
    words: Words, checkin: int, *, of_items: bool = True, at: Sequence[Moment] = tuple(Moment)
) -> st.SearchStrategy[SymptomReport]:
    """Return reports of one check-in: of anything that the policy listens to, or parts of it."""
    severities = st.sampled_from([*sorted(set(words.baseline.values())), *range(11)])
    rated = st.fixed_dictionaries(dict.fromkeys(sorted(words.policy.asks), severities))
    some = st.dictionaries(st.sampled_from(words.channels), severities) if words.channels else rated
    items: list[PrescriptionId | None] = [None, None, *(words.items if of_items else ())]
    flags = st.frozensets(st.sampled_from(words.flags), max_size=2)
    return st.builds(
        SymptomReport,
        checkin=st.just(checkin),
        seq=st.integers(0, 2),
        moment=st.sampled_from(at),
        severities=rated | some,
        trend=st.none() | st.none() | st.sampled_from(Trend),
        red_flags=st.just(frozenset[RedFlag]()) | st.none() | flags,
        evaluation_wanted=st.sampled_from([False, False, True]),
        item=st.sampled_from(items),
    )


@st.composite
def histories(
    draw: st.DrawFn, words: Words, *, of_items: bool = True, cleared: bool = True, most: int = 4
) -> list[Entry]:
    """Draw what a person says over days: the usual for a while, then anything, then again.

    Days may be missing; clearances name rules of the policy and come at most once a day.
    """
    log: list[Entry] = []
    checkin = 0
    for _ in range(draw(st.integers(0, most))):
        for _ in range(draw(st.sampled_from([0, 0, 1, words.longest_calm]))):
            checkin += 1
            log.append(words.usual(checkin))
        checkin += draw(st.sampled_from([1, 1, 1, 2]))
        row = draw(st.sampled_from([1, 1, words.longest_row]))
        said = draw(st.lists(reports(words, checkin, of_items=of_items), min_size=1, max_size=2))
        log += [attrs.evolve(each, checkin=checkin + day) for day in range(row) for each in said]
        checkin += row - 1
        rules = sorted(rule.id for rule in words.policy.rules)
        if cleared and rules and draw(st.sampled_from([False, False, True])):
            log.append(
                Clearance(
                    checkin=checkin,
                    seq=draw(st.integers(0, 3)),
                    rules=draw(st.frozensets(st.sampled_from(rules), min_size=1)),
                    by="A professional",
                    new_baseline=draw(st.none() | reports(words, checkin, of_items=False)),
                )
            )
    return log


@st.composite
def worse(draw: st.DrawFn, words: Words, said: Entry) -> Entry:
    """Draw a report that is at least as bad, and says something wherever `said` does."""
    if isinstance(said, Clearance) or draw(st.booleans()):
        return said
    flags = st.frozensets(st.sampled_from(words.flags), max_size=2)
    return attrs.evolve(
        said,
        severities={
            channel: draw(st.integers(severity, 10))
            for channel, severity in said.severities.items()
        },
        trend=draw(st.sampled_from([said.trend, Trend.WORSE])),
        red_flags=None if said.red_flags is None else said.red_flags | draw(flags),
        evaluation_wanted=said.evaluation_wanted or draw(st.booleans()),
    )


def with_less(words: Words, said: SymptomReport) -> list[SymptomReport]:
    """Return `said` without each one of the answers that the policy asks for."""
    less = [
        attrs.evolve(said, severities={c: s for c, s in said.severities.items() if c != channel})
        for channel in sorted(words.policy.asks & said.severities.keys())
    ]
    if words.policy.asks_red_flags:
        less.append(attrs.evolve(said, red_flags=None))
    return less


@st.composite
def logs(
    draw: st.DrawFn, plan: Plan, words: Words, *, regular: bool = False, most: int = 6
) -> list[SessionRecord]:
    """Draw the records of people who follow a plan, more or less, in the order of check-ins.

    Regular ones have no days missing and no clearances.
    """
    log: list[SessionRecord] = []
    checkin = 0
    for _ in range(draw(st.integers(0, most))):
        checkin += 1 if regular else draw(st.sampled_from([1, 1, 1, 2]))
        well = draw(st.sampled_from([True, True, False]))
        entries: list[Entry] = [words.usual(checkin)]
        if not well:
            entries = list(draw(st.lists(reports(words, checkin), max_size=2)))
        rules = sorted(rule.id for rule in words.policy.rules)
        if rules and not regular and draw(st.integers(0, 5)) == 0:
            named = draw(st.frozensets(st.sampled_from(rules), min_size=1))
            entries.append(Clearance(checkin=checkin, seq=3, rules=named, by="A professional"))
        completed = {
            item.id: draw(_completions(plan, item.id))
            for item in plan.routine.items
            if draw(st.integers(0, 4))
        }
        log.append(SessionRecord(checkin=checkin, completed=completed, entries=tuple(entries)))
    return log


def done(
    variant: Variant,
    dose: Dose | None,
    *,
    in_full: bool | None = True,
    quality: Quality | None = Quality.GOOD,
    effort: int | None = 0,
) -> Completion:
    """Return the completion of a dose of a variant, without fault unless it is said otherwise."""
    return Completion(performed=variant, dose=dose, done=in_full, quality=quality, effort=effort)


def _completions(plan: Plan, item: PrescriptionId) -> st.SearchStrategy[Completion]:
    prescribed = next(each for each in plan.routine.items if each.id == item)
    alone = Ladder((Rung(variant=prescribed.variant),))
    ladder = plan.ladders.get(item, alone)
    rungs = [(rung.variant, rung.dose or prescribed.dose) for rung in ladder.rungs]
    return st.one_of(
        st.just(done(*rungs[-1])),
        st.builds(
            lambda rung, **how: done(*rung, **how),
            st.sampled_from(rungs),
            in_full=st.sampled_from([True, True, False, None]),
            quality=st.none() | st.sampled_from(Quality),
            effort=st.none() | st.integers(0, 10),
        ),
    )
