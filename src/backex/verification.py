"""`verify`: proof that a stopping policy does what it must, or the shortest history that shows not.

One track of a monitor is a finite automaton: a rule is set or not, and has counted up to a bound.
All its reachable states are explored over all letters of every baseline, by `advanced`, the step
that a monitor makes. A policy beside a reference is one automaton with the rules of both.

Clearances are not among the letters. For one policy they add nothing: a clearance returns a rule to
its start, from where a rule is never set sooner than from elsewhere, so what is answered from the
start is answered always, and the other properties are about one rule at a time. Two policies are
compared by their joint state, which a clearance of some rules may lead elsewhere.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from math import prod
from operator import itemgetter
from typing import final

import attrs
from attrs import field, frozen

from backex.checks import FLAG, Exactly, Integer, TupleOf
from backex.conditions import Calmed, persistences
from backex.decision import Action
from backex.diagnostics import Diagnostic, Severity
from backex.latches import Latch, RuleState, StoppingRule, advanced
from backex.letters import (
    Insight,
    Letter,
    Subject,
    alphabet,
    baselines,
    count_baselines,
    subject,
    usual_letters,
)
from backex.stopping import StoppingPolicy, Tolerance
from backex.symptoms import Channel, SymptomReport
from backex.wording import listed, report_in_words

__all__ = ["BUDGET", "Verdict", "verify"]

#: The most transitions that `verify` explores unless it is told otherwise.
BUDGET = 1_000_000

#: The most letters of one baseline: each is compared with each.
_LETTERS = 4_000
#: What set a rule makes no difference to its steps.
_SET = Latch((SymptomReport(checkin=0),), {})
#: The largest number that a document can hold.
_LARGEST = 2**53 - 1


@final
@frozen(kw_only=True)
class Verdict:
    """What `verify` found of a policy."""

    #: Whether every property holds.
    proved: bool = field(validator=FLAG)
    #: What does not hold; `meta` has the check-ins that show it as ``counterexample``.
    faults: tuple[Diagnostic, ...] = field(default=(), validator=TupleOf(Exactly(Diagnostic)))
    #: How many states were reached, over all baselines that differ in their letters.
    states: int = field(default=0, validator=Integer(0, 1_000_000_000))
    #: How many steps from a state by a letter were made.
    transitions: int = field(default=0, validator=Integer(0, 1_000_000_000))
    #: What the policy declares to accept, against which it was verified.
    tolerance: Tolerance = field(factory=Tolerance, validator=Exactly(Tolerance))

    def __str__(self) -> str:
        """Return the verdict as a compiler would print it."""
        result = "proved" if self.proved else "not proved"
        explored = f"{self.states} states, {self.transitions} transitions"
        closing = f"{result}, accepting {_accepted(self.tolerance)} ({explored})"
        return "\n\n".join([*map(str, self.faults), closing])


def verify(
    policy: StoppingPolicy,
    *,
    at_least_as_safe_as: StoppingPolicy | None = None,
    budget: int = BUDGET,
) -> Verdict:
    """Prove that `policy` is safe, or return the shortest histories that show that it is not.

    Proved is, over every reachable state of one track and every baseline: what is outside the
    tolerance is answered at that check-in with at least `policy.answer` (BX411); at the person's
    own baseline, with all known, every rule that needs no clearance is released (BX412); a referral
    is never released but by a clearance (BX413); every rule can fire (BX414) and decides somewhere
    (BX415, a warning); a worse report, with the same known, never gives a weaker action (BX416).

    With a reference, `at_least_as_safe_as`, it is also proved that `policy` never asks for less
    than the reference does after the same reports (BX418); that it asks for more somewhere is only
    told (BX419, an info). What either asks for is reported or left out, and each judges by its own
    questions: a reference that holds because something it asks for was left out is met only by a
    policy that holds as well. Compared are histories without a clearance, or since one of all
    rules: one that names some rules only may release more of `policy` than of the reference.

    A policy, or a pair, that takes more than `budget` transitions is refused with an estimate
    (BX417), never checked in part. A counterexample starts from the baseline in
    ``meta["baseline"]``.

    >>> from backex.catalog.upper_back import STOPPING_POLICY
    >>> verify(STOPPING_POLICY).proved
    True
    """
    own = _verified(policy, budget)
    if at_least_as_safe_as is None or any(fault.code == "BX417" for fault in own.faults):
        return own
    compared = _compared(policy, at_least_as_safe_as, budget)
    if any(fault.code == "BX417" for fault in compared.faults):
        return compared
    return Verdict(
        proved=own.proved and compared.proved,
        faults=own.faults + compared.faults,
        states=own.states + compared.states,
        transitions=own.transitions + compared.transitions,
        tolerance=policy.tolerance,
    )


@lru_cache(maxsize=64)
def _verified(policy: StoppingPolicy, budget: int) -> Verdict:
    if not policy.rules or not policy.asks:
        # The rules on policies without rules, and on those that ask nothing, say all.
        return Verdict(proved=False, tolerance=policy.tolerance)
    search = _Search(subject(policy), budget)
    properties = _Properties(search)
    for baseline in baselines(search.of):
        path = search.explore(baseline, properties.look)
        if path is None:
            return _refusal(search)
        properties.follow(path)
    return _verdict(search, tuple(properties.faults()))


@lru_cache(maxsize=64)
def _compared(policy: StoppingPolicy, reference: StoppingPolicy, budget: int) -> Verdict:
    search = _Search(subject(policy, reference), budget)
    comparison = _Comparison(search)
    for baseline in baselines(search.of):
        if search.explore(baseline, comparison.look, comparison.is_settled) is None:
            return _refusal(search)
    return _verdict(search, tuple(comparison.faults()))


def _verdict(search: _Search, faults: tuple[Diagnostic, ...]) -> Verdict:
    return Verdict(
        proved=not any(fault.severity is Severity.ERROR for fault in faults),
        faults=faults,
        states=search.states,
        transitions=search.transitions,
        tolerance=search.of.policies[0].tolerance,
    )


# ---- states -------------------------------------------------------------------------------------

_States = tuple[int, ...]
#: What the rules of each policy ask for in one state, as ranks of actions.
_Asked = tuple[int, ...]
#: How a state was first reached: at which check-in, from which state, by which letter's place.
_Trail = dict[_States, tuple[int, _States, int] | None]

_ACTIONS = tuple(Action)


@final
@attrs.define
class _Rule:
    """One rule's states by number, and its steps, made by `advanced` and remembered."""

    rule: StoppingRule
    #: The place of the policy by whose questions it is judged.
    judge: int
    states: list[RuleState] = field(factory=lambda: [RuleState()])
    steps: dict[tuple[int, Insight], int] = field(factory=dict)

    def after(self, state: int, letter: Letter, insight: Insight) -> int:
        following = self.steps.get((state, insight))
        if following is None:
            reached = advanced(self.rule, self.states[state], letter.situations[self.judge])
            bare = attrs.evolve(reached, latch=None if reached.latch is None else _SET)
            if bare not in self.states:
                self.states.append(bare)
            following = self.steps[state, insight] = self.states.index(bare)
        return following

    def is_set(self, state: int) -> bool:
        return self.states[state].latch is not None


@final
@frozen
class _Case:
    """A fault with the check-ins that show it."""

    baseline: Mapping[Channel, int]
    checkins: tuple[tuple[SymptomReport, ...], ...]


@final
@frozen
class _Path:
    """The ways to the states of one baseline."""

    trail: _Trail
    letters: tuple[Letter, ...]
    #: For each letter, reports that make it.
    reports: tuple[tuple[SymptomReport, ...], ...]
    baseline: Mapping[Channel, int]
    #: For the place of a rule and a state of it, where each letter leads that rule.
    rows: dict[tuple[int, int], tuple[int, ...]] = field(factory=dict)

    def length(self, state: _States) -> int:
        """Return at which check-in a state was first reached."""
        way = self.trail[state]
        return 0 if way is None else way[0]

    def to(self, state: _States, *after: tuple[SymptomReport, ...]) -> _Case:
        """Return the check-ins that lead to a state, and those after it."""
        steps = []
        way = self.trail[state]
        while way is not None:
            steps.append(self.reports[way[2]])
            way = self.trail[way[1]]
        return _Case(self.baseline, (*reversed(steps), *after))

    def actions(self, asked: Iterable[_Asked], side: int = 0) -> list[Action]:
        """Return what one of the policies answers to each letter, by what its rules ask for."""
        return [
            max(_ACTIONS[each[side]], Action.CONTINUE if letter.judged[side] else Action.HOLD)
            for each, letter in zip(asked, self.letters, strict=True)
        ]

    @cached_property
    def comparable(self) -> tuple[tuple[int, int], ...]:
        """The places of letters of which the second is worse and the same is known of both."""
        known = list(map(_known, self.letters))
        bad = list(map(_bad, self.letters))
        alike: dict[object, list[int]] = {}
        for place, each in enumerate(known):
            alike.setdefault(each, []).append(place)
        return tuple(
            (better, worse)
            for better, each in enumerate(known)
            for worse in alike[each]
            if better != worse and not bad[better] & ~bad[worse]
        )


@final
@attrs.define
class _Cases:
    """The shortest case of each code and rule."""

    found: dict[tuple[str, str], _Case] = field(factory=dict)

    def lacks(self, code: str, about: str, length: int) -> bool:
        """Tell whether no case is known that takes at most `length` check-ins."""
        known = self.found.get((code, about))
        return known is None or len(known.checkins) > length

    def note(
        self, code: str, about: str, path: _Path, state: _States, *after: tuple[SymptomReport, ...]
    ) -> None:
        """Keep the way to a state and on, if none so short is known."""
        if self.lacks(code, about, path.length(state) + len(after)):
            self.found[code, about] = path.to(state, *after)


@final
@attrs.define
class _Search:
    """The exploration of all reachable states, one baseline after the other."""

    of: Subject
    budget: int
    rules: list[_Rule] = field(init=False)
    #: The letters of all baselines so far, by their bits.
    seen: dict[int, Letter] = field(factory=dict)
    states: int = 0
    transitions: int = 0

    def __attrs_post_init__(self) -> None:
        self.rules = list(map(_Rule, self.of.rules, self.of.judges))

    def explore(
        self,
        baseline: Mapping[Channel, int],
        look: Callable[[_States, Sequence[_Asked], _Path], None],
        settled: Callable[[int], bool] = lambda length: length < 0,
    ) -> _Path | None:
        """Reach every state; return None where the budget is not enough.

        Shown is what is asked for after each letter, once, with the first state that leads there.
        It ends before histories of a length for which all is `settled`.
        """
        if self.is_hopeless:
            return None
        letters = alphabet(self.of, baseline, self.seen, min(_LETTERS, self.budget))
        if letters is None:
            return None
        start = tuple(0 for _ in self.rules)
        trail: _Trail = {start: None}
        path = _Path(trail, tuple(letters), tuple(letters.values()), baseline)
        asked = {start: self.asked(start)}
        shown: set[tuple[_Asked, ...]] = set()
        fresh = [start]
        while fresh and not settled(length := path.length(fresh[0]) + 1):
            following: list[_States] = []
            for state in fresh:
                if self.transitions + len(letters) > self.budget:
                    return None
                self.transitions += len(letters)
                reached = self.reached(state, path)
                for place, after in enumerate(reached):
                    if after not in trail:
                        trail[after] = (length, state, place)
                        asked[after] = self.asked(after)
                        following.append(after)
                answered = tuple([asked[after] for after in reached])
                if answered not in shown:
                    shown.add(answered)
                    look(state, answered, path)
            fresh = following
        self.states += len(trail)
        return path

    @property
    def is_hopeless(self) -> bool:
        """Whether there are more baselines than transitions that may be made."""
        return self.states == 0 and count_baselines(self.of) > self.budget

    def reached(self, state: _States, path: _Path) -> list[_States]:
        """Return where each letter leads from a state."""
        rows = [self.row(place, each, path) for place, each in enumerate(state)]
        return list(zip(*rows, strict=True)) if rows else [state] * len(path.letters)

    def row(self, place: int, state: int, path: _Path) -> tuple[int, ...]:
        """Return where each letter leads one rule from a state of it."""
        row = path.rows.get((place, state))
        if row is None:
            after = self.rules[place].after
            row = path.rows[place, state] = tuple(
                after(state, letter, letter.insights[place]) for letter in path.letters
            )
        return row

    def asked(self, state: _States) -> _Asked:
        """Return what the rules of each policy that are set in a state ask for."""
        ranks = [
            rule.rule.then.rank if rule.is_set(each) else Action.CONTINUE.rank
            for rule, each in zip(self.rules, state, strict=True)
        ]
        return tuple(
            max([Action.CONTINUE.rank, *(ranks[place] for place in places)])
            for places in self.of.members
        )


# ---- the properties of one policy ---------------------------------------------------------------


@final
@attrs.define
class _Properties:
    """What a policy must do by itself."""

    search: _Search
    cases: _Cases = field(factory=_Cases)
    fired: set[int] = field(factory=set)
    decided: set[int] = field(factory=set)

    def look(self, state: _States, asked: Sequence[_Asked], path: _Path) -> None:
        """Note what is answered with too little."""
        answer = self.search.of.policies[0].answer
        actions = path.actions(asked)
        for letter, action, reports in zip(path.letters, actions, path.reports, strict=True):
            if letter.outside and action < answer:
                self.cases.note("BX411", "", path, state, reports)
        for better, worse in path.comparable:
            if actions[worse] < actions[better]:
                self.cases.note("BX416", "", path, state, path.reports[worse])

    def follow(self, path: _Path) -> None:
        """Look at each rule where it is set, once all states of a baseline are known."""
        usual = usual_letters(self.search.of, path.baseline)
        for place, rule in enumerate(self.search.rules):
            ways: dict[int, _States] = {}
            for state in path.trail:
                if rule.is_set(state[place]):
                    ways.setdefault(state[place], state)
            for own, state in ways.items():
                self.fired.add(place)
                self._releases(place, own, state, path)
                self._recovers(place, own, state, path, usual)
        self._decide(path)

    def _releases(self, place: int, own: int, state: _States, path: _Path) -> None:
        """Note a referral that a check-in releases."""
        rule = self.search.rules[place]
        if rule.rule.then < Action.REFER:
            return
        for after, reports in zip(self.search.row(place, own, path), path.reports, strict=True):
            if not rule.is_set(after):
                self.cases.note("BX413", rule.rule.id, path, state, reports)

    def _recovers(
        self,
        place: int,
        own: int,
        state: _States,
        path: _Path,
        usual: Mapping[Letter, tuple[SymptomReport, ...]],
    ) -> None:
        """Note a rule that a check-in at one's own baseline leaves as it is.

        Rules count up to a bound, so one that is not released sooner or later comes to stand still.
        """
        rule = self.search.rules[place]
        if not isinstance(rule.rule.until, Calmed) or rule.rule.then is Action.CONTINUE:
            return
        for letter, reports in usual.items():
            if rule.after(own, letter, letter.insights[place]) == own:
                self.cases.note("BX412", rule.rule.id, path, state, reports)

    def _decide(self, path: _Path) -> None:
        """Keep the rules that ask for more than all others, and than what is not judged."""
        waiting: dict[int, set[_States]] = {}
        for place in self.fired - self.decided:
            then = self.search.rules[place].rule.then
            alone = {state for state in path.trail if self._is_alone(place, state)}
            if alone and then > Action.HOLD:
                self.decided.add(place)
            elif alone and then is Action.HOLD:
                waiting[place] = alone
        if waiting:
            judged = {
                after
                for state in path.trail
                for after, letter in zip(
                    self.search.reached(state, path), path.letters, strict=True
                )
                if letter.judged[0]
            }
            self.decided.update(place for place, alone in waiting.items() if alone & judged)

    def _is_alone(self, place: int, state: _States) -> bool:
        """Tell whether one rule is set, and none of the others that asks for as much."""
        own = self.search.rules[place]
        return own.is_set(state[place]) and not any(
            other.rule.then >= own.rule.then and other.is_set(each)
            for other, each in zip(self.search.rules, state, strict=True)
            if other is not own
        )

    def faults(self) -> Iterator[Diagnostic]:
        """Yield what does not hold, by code and rule."""
        answer = self.search.of.policies[0].answer.value
        for (code, about), case in sorted(self.cases.found.items(), key=itemgetter(0)):
            message = _MESSAGES[code].format(answer=answer, about=about)
            yield _diagnostic(self.search.of, code, message, case, {"rule": about or None})
        for place, rule in enumerate(self.search.rules):
            if place not in self.fired:
                yield _silent("BX414", place, rule.rule, "can never fire")
            elif place not in self.decided:
                yield _silent("BX415", place, rule.rule, "never decides: others ask as much")


def _known(letter: Letter) -> object:
    """Return what is known of a check-in, whatever was said."""
    return (letter.known, *((each.dark, each.unknown) for each in letter.insights))


def _bad(letter: Letter) -> int:
    """Return what is bad about a check-in, as bits."""
    bits = list(letter.flagged)
    for each in letter.insights:
        bits += (not each.calm, *each.truths)
    return sum(bit << index for index, bit in enumerate(bits))


# ---- a policy beside a reference ----------------------------------------------------------------


@final
@attrs.define
class _Comparison:
    """What a policy asks for beside what a reference asks for."""

    search: _Search
    cases: _Cases = field(factory=_Cases)
    #: For each code, what the policy and the reference ask for at the end of its case.
    actions: dict[str, tuple[Action, Action]] = field(factory=dict)

    def look(self, state: _States, asked: Sequence[_Asked], path: _Path) -> None:
        """Note where the two answer differently."""
        length = path.length(state) + 1
        answers = zip(path.actions(asked), path.actions(asked, 1), path.reports, strict=True)
        for own, other, reports in answers:
            code = "BX418" if own < other else "BX419"
            if own is not other and self.cases.lacks(code, "", length):
                self.cases.note(code, "", path, state, reports)
                self.actions[code] = (own, other)

    def is_settled(self, length: int) -> bool:
        """Tell whether histories of that length can show nothing new."""
        return not any(self.cases.lacks(code, "", length) for code in ("BX418", "BX419"))

    def faults(self) -> Iterator[Diagnostic]:
        """Yield where the policy asks for less, and where for more."""
        for (code, _), case in sorted(self.cases.found.items(), key=itemgetter(0)):
            own, other = self.actions[code]
            message = _MESSAGES[code].format(own=own.value, other=other.value)
            meta = {"action": own.value, "reference": other.value}
            yield _diagnostic(self.search.of, code, message, case, meta)


# ---- words --------------------------------------------------------------------------------------


def _accepted(tolerance: Tolerance) -> str:
    """Return what a tolerance accepts, as the object of a sentence."""
    levels = [
        f"{channel} up to {level} (or the usual level, if higher)"
        for channel, level in tolerance.severity_at_most.items()
    ]
    rises = [
        f"{channel} up to {rise} above the usual level"
        for channel, rise in tolerance.rise_at_most.items()
    ]
    if not levels and not rises:
        return "nothing above the usual level"
    return f"{listed(levels + rises, last='or')}, also where it is said to be worse"


_MESSAGES = {
    "BX411": "what is outside the tolerance is answered with less than {answer}",
    "BX412": 'rule "{about}" is never released at the person\'s own baseline',
    "BX413": 'rule "{about}" releases a referral without a clearance',
    "BX416": "a worse report is answered with a weaker action",
    "BX418": "{own} is asked for where the reference asks for {other}",
    "BX419": "{own} is asked for where the reference asks for {other} only",
}
_HINTS = {
    "BX411": "answer every rise (Worsened) at every moment, or declare the tolerance that is meant",
    "BX412": "compare with the baseline (Worsened), or let a clearance release it (Cleared)",
    "BX413": "release it by Cleared()",
    "BX416": "report this: the conditions are built so that it cannot be",
    "BX418": "restore what was changed from the reference, or justify the difference clinically",
    "BX419": "nothing to mend where this is meant",
}


def _diagnostic(
    of: Subject, code: str, message: str, case: _Case, meta: Mapping[str, object]
) -> Diagnostic:
    reports = tuple(_numbered(case.checkins))
    named = {channel for report in reports for channel in report.severities}
    usual = {
        channel: severity
        for channel, severity in case.baseline.items()
        if channel in named or channel != of.unnamed
    }
    said = "; ".join(report_in_words(report, usual) for report in reports)
    return Diagnostic(
        code=code,
        severity=Severity.INFO if code == "BX419" else Severity.ERROR,
        path="$",
        message=f"{message}: {said}" if said else message,
        hint=_HINTS[code],
        meta={
            **meta,
            "baseline": SymptomReport(checkin=0, severities=usual),
            "counterexample": reports,
        },
    )


def _numbered(checkins: Iterable[Iterable[SymptomReport]]) -> Iterator[SymptomReport]:
    for checkin, reports in enumerate(checkins, start=1):
        for seq, report in enumerate(reports):
            yield attrs.evolve(report, checkin=checkin, seq=seq)


def _silent(code: str, index: int, rule: StoppingRule, what: str) -> Diagnostic:
    return Diagnostic(
        code=code,
        severity=Severity.ERROR if code == "BX414" else Severity.WARNING,
        path=f"$.rules[{index}]",
        message=f'rule "{rule.id}" {what}',
        hint="mend its condition, or take it out",
        meta={"rule": rule.id},
    )


def _refusal(search: _Search) -> Verdict:
    letters = max(len(search.seen), 1)
    states = prod(_most_states(rule.rule) for rule in search.rules)
    estimate = min(count_baselines(search.of) * letters * states, _LARGEST)
    fault = Diagnostic(
        code="BX417",
        severity=Severity.ERROR,
        path="$",
        message=f"verifying takes more than {search.budget} transitions, or more than {_LETTERS} "
        f"kinds of check-in; {estimate} transitions by estimate",
        hint="shorten the windows, split the policy, or call verify with a larger budget",
        meta={"budget": search.budget, "estimate": estimate},
    )
    return Verdict(proved=False, faults=(fault,), tolerance=search.of.policies[0].tolerance)


def _most_states(rule: StoppingRule) -> int:
    calm = rule.until.checkins if isinstance(rule.until, Calmed) else 1
    return (1 + calm) * prod(node.checkins + 1 for node in persistences(rule.when))
