"""A stopping policy as it is written around a rule engine that has to give the answers of backex.

The engine judges one check-in; around it stands what no engine has: several reports of a check-in
joined by the worst, what was asked for and not answered, rows of check-ins, rules that stay set,
and what set them. Missing answers are null and not 0, for 0 would be an answer. Reports on single
items and clearances are left out, which backex has.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Mapping
from operator import itemgetter
from typing import Any, NamedTuple

import zen
from attrs import define, field, frozen
from rule_engine import Rule
from transitions import Machine

from backex import Action

__all__ = ["Answer", "Engine", "Keeper", "Said", "by_rule_engine", "by_zen", "folded"]

#: One report: what was rated, with None for what was not.
Said = Mapping[str, Any]
#: Says which of some conditions hold at a check-in.
Engine = Callable[[Mapping[str, Any], Collection[str]], Collection[str]]

_ASKED_AT = ("after", "next-morning")
_CHANNELS = ("pain", "stiffness", "soreness")
_TRENDS = (None, "better", "same", "worse")


class Answer(NamedTuple):
    """What to do, which rules are in force with the reports that set them, and what is open."""

    action: str
    in_force: dict[str, tuple[tuple[object, ...], ...]]
    unknown: tuple[str, ...]
    unanswered: tuple[str, ...]


# ---- the table ----------------------------------------------------------------------------------

#: Conditions on the worst of a check-in, in the language of either engine.
TABLE = {
    "rise": (
        "worse"
        " or (pain != null and usual_pain != null and pain - usual_pain >= 1)"
        " or (stiffness != null and usual_stiffness != null and stiffness - usual_stiffness >= 1)"
    ),
    "wish": "wanted and pain != null and pain >= 4 and stiffness != null and stiffness >= 4",
    "part-of-wish": (
        "wanted or (pain != null and pain >= 4) or (stiffness != null and stiffness >= 4)"
    ),
    "calm": (
        "known and pain <= usual_pain and stiffness <= usual_stiffness and not worse"
        " and not flagged"
        " and (soreness == null or usual_soreness == null or soreness <= usual_soreness)"
    ),
    "pain-rise": "worse or (pain != null and usual_pain != null and pain - usual_pain >= 2)",
    "pain-calm": (
        "known and pain <= usual_pain and not worse and not flagged"
        " and (stiffness == null or usual_stiffness == null or stiffness <= usual_stiffness)"
        " and (soreness == null or usual_soreness == null or soreness <= usual_soreness)"
    ),
}


def by_rule_engine() -> Engine:
    """Return what evaluates those of the conditions that are looked at."""
    rules = {name: Rule(condition) for name, condition in TABLE.items()}
    return lambda seen, wanted: [name for name in wanted if rules[name].matches(seen)]


def by_zen(names: Iterable[str]) -> Engine:
    """Return a decision table with a row for each of the conditions."""
    rows = [
        {"_id": name, "when": TABLE[name], "holds": json.dumps(name).replace('"', "'")}
        for name in names
    ]
    place = {"position": {"x": 0, "y": 0}}
    content = {
        "hitPolicy": "collect",
        # A column without a field holds whole conditions.
        "inputs": [{"id": "when", "name": "when"}],
        "outputs": [{"id": "holds", "name": "holds", "field": "holds"}],
        "rules": rows,
    }
    graph = {
        "nodes": [
            {"id": "in", "type": "inputNode", "name": "in", **place},
            {"id": "t", "type": "decisionTableNode", "name": "t", "content": content, **place},
            {"id": "out", "type": "outputNode", "name": "out", **place},
        ],
        "edges": [
            {"id": "1", "sourceId": "in", "targetId": "t", "type": "edge"},
            {"id": "2", "sourceId": "t", "targetId": "out", "type": "edge"},
        ],
    }
    decision = zen.ZenEngine().create_decision(json.dumps(graph))
    return lambda seen, _: [row["holds"] for row in decision.evaluate(dict(seen))["result"]]


# ---- one check-in -------------------------------------------------------------------------------


def _worst(one: Said, other: Said) -> Said:
    joined = dict(one)
    for channel in _CHANNELS:
        said = other[channel]
        if said is not None and (joined[channel] is None or said > joined[channel]):
            joined[channel] = said
    joined["trend"] = max(one["trend"], other["trend"], key=_TRENDS.index)
    joined["wanted"] = one["wanted"] or other["wanted"]
    joined["flags"] = (one["flags"] or frozenset()) | (other["flags"] or frozenset())
    joined["seq"] = max(one["seq"], other["seq"])
    return joined


@define
class _Day:
    """What is known of a check-in."""

    asks: tuple[str, ...]
    moments: dict[str, Said] = field(factory=dict)
    worst: Said | None = None
    answered: bool = False
    left_out: set[str] = field(factory=set)

    def add(self, said: Said) -> None:
        moment = said["moment"]
        known = self.moments.get(moment)
        self.moments[moment] = said if known is None else _worst(known, said)
        self.worst = said if self.worst is None else _worst(self.worst, said)
        if moment in _ASKED_AT:
            self.answered = True
            self.left_out.update([channel for channel in self.asks if said[channel] is None])

    def seen(self, said: Said, usual: Mapping[str, int | None]) -> Mapping[str, Any]:
        """Return what the engine sees of one report, or of the worst of all."""
        return {
            "pain": said["pain"],
            "stiffness": said["stiffness"],
            "soreness": said["soreness"],
            "usual_pain": usual["pain"],
            "usual_stiffness": usual["stiffness"],
            "usual_soreness": usual["soreness"],
            "worse": said["trend"] == "worse",
            "wanted": said["wanted"],
            "flagged": bool(said["flags"]),
            "known": self.answered
            and not self.left_out
            and all(usual[channel] is not None for channel in self.asks),
        }

    def showing(
        self, part: str, engine: Engine, usual: Mapping[str, int | None]
    ) -> tuple[Said, ...]:
        """Return the reports in which a part of a condition holds, in the order of the day."""
        ordered = [
            self.moments[each]
            for each in ("before", "during", "after", "next-morning")
            if each in self.moments
        ]
        return tuple(
            said
            for said in ordered
            if len(ordered) == 1 or part in engine(self.seen(said, usual), (part,))
        )

    def unanswered(self, usual: Mapping[str, int | None]) -> tuple[str, ...]:
        """Return what is open, in words."""
        flags = self.worst["flags"] if self.worst is not None else None
        unusual = [channel for channel in self.asks if usual[channel] is None]
        if self.answered and not self.left_out and not flags and not unusual:
            return ()
        return (
            *([] if self.answered else ["how it feels (after or next morning) at this check-in"]),
            *sorted(self.left_out),
            *(f"the usual level of {each}" for each in unusual),
            *(
                f"what to do about {flag.replace('-', ' ')}, a red flag that no rule answers"
                for flag in sorted(flags or ())
            ),
        )


def _shown(reports: Iterable[Said]) -> tuple[tuple[object, ...], ...]:
    keys = ("checkin", "seq", "moment", "pain", "stiffness", "soreness")
    return tuple(tuple(said[key] for key in keys) for said in reports)


# ---- the policy of the catalog, an answer at every report ---------------------------------------


@frozen
class _Row:
    """A rule: its condition, the part that shows it, for how many check-ins, and what then."""

    name: str
    when: str
    part: str
    checkins: int
    action: str
    until_calm: bool
    asks_usual: bool


_RULES = (
    _Row("worsened", "rise", "rise", 1, "rest", until_calm=True, asks_usual=True),
    _Row("persisting", "rise", "rise", 3, "comfort", until_calm=True, asks_usual=True),
    _Row(
        "evaluation-wanted", "wish", "part-of-wish", 1, "refer", until_calm=False, asks_usual=False
    ),
    _Row("no-improvement", "rise", "rise", 7, "refer", until_calm=False, asks_usual=True),
)
_ACTIONS = [each.value for each in Action]
_State = tuple[dict[str, tuple[Said, ...]], int]


@define
class Keeper:
    """The policy of the catalog at work on one person."""

    engine: Engine
    usual: Mapping[str, int | None]
    in_force: dict[str, tuple[Said, ...]] = field(factory=dict)
    #: At how many check-ins in a row there was a rise.
    row: int = 0
    checkin: int | None = None
    day: _Day = field(factory=lambda: _Day(("pain", "stiffness")))
    #: How it stands with the open check-in: found when it is asked for, kept for the next one.
    after: _State | None = None

    def observe(self, said: Said) -> None:
        """Take in one more report."""
        if said["checkin"] != self.checkin:
            if self.checkin is not None:
                self.in_force, self.row = self._judged()
            # A missing check-in neither counts, nor breaks the row, nor releases anything.
            self.day = _Day(("pain", "stiffness"))
            self.checkin = said["checkin"]
        self.day.add(said)
        self.after = None

    def _judged(self) -> _State:
        if self.after is None:
            self.after = self._stepped()
        return self.after

    def _stepped(self) -> _State:
        day = self.day
        if day.worst is None:
            return self.in_force, self.row
        wanted = ["rise", "wish"]
        if "worsened" in self.in_force or "persisting" in self.in_force:
            wanted.append("calm")
        holding = self.engine(day.seen(day.worst, self.usual), wanted)
        row = self.row
        if "rise" in holding:
            row = min(row + 1, 7)
        elif not self._is_open(usual=True):
            row = 0
        in_force = dict(self.in_force)
        for rule in _RULES:
            if rule.when in holding and (rule.checkins == 1 or row >= rule.checkins):
                if rule.name not in in_force:
                    in_force[rule.name] = day.showing(rule.part, self.engine, self.usual)
            elif rule.until_calm and "calm" in holding:
                in_force.pop(rule.name, None)
        return in_force, row

    def _is_open(self, *, usual: bool) -> bool:
        day = self.day
        open_usual = usual and any(self.usual[channel] is None for channel in day.asks)
        return not day.answered or bool(day.left_out) or open_usual

    def answer(self) -> Answer:
        """Return what to do next."""
        in_force, _ = self._judged()
        unanswered = self.day.unanswered(self.usual)
        actions = [rule.action for rule in _RULES if rule.name in in_force]
        least = "hold" if unanswered else "continue"
        return Answer(
            action=max([least, *actions], key=_ACTIONS.index),
            in_force={name: _shown(reports) for name, reports in in_force.items()},
            unknown=tuple(
                sorted(rule.name for rule in _RULES if self._is_open(usual=rule.asks_usual))
                if unanswered
                else ()
            ),
            unanswered=unanswered,
        )


# ---- one rule over a long log, its latch by a state machine -------------------------------------


class _Latch:
    """What `transitions` moves between its states."""

    state: str
    fire: Any
    calm: Any


def _latch() -> _Latch:
    latch = _Latch()
    Machine(
        latch, states=["released", "set"], initial="released", auto_transitions=False
    ).add_transitions([["fire", "released", "set"], ["calm", "set", "released"]])
    return latch


def folded(engine: Engine, log: Iterable[Said], usual: Mapping[str, int | None]) -> Answer:
    """Return what to do after a log in any order: a rise of pain by two means rest until calm."""
    latch = _latch()
    set_by: tuple[Said, ...] = ()
    day, checkin = _Day(("pain",)), None
    for said in [*sorted(log, key=itemgetter("checkin", "seq")), None]:
        if said is None or said["checkin"] != checkin:
            if day.worst is not None:
                seen = day.seen(day.worst, usual)
                if engine(seen, ("pain-rise",)):
                    if latch.state == "released":
                        latch.fire()
                        set_by = day.showing("pain-rise", engine, usual)
                elif latch.state == "set" and engine(seen, ("pain-calm",)):
                    latch.calm()
            if said is None:
                break
            day, checkin = _Day(("pain",)), said["checkin"]
        day.add(said)
    unanswered = day.unanswered(usual)
    is_open = not day.answered or bool(day.left_out) or usual["pain"] is None
    is_set = latch.state == "set"
    return Answer(
        action="rest" if is_set else "hold" if unanswered else "continue",
        in_force={"worsened": _shown(set_by)} if is_set else {},
        unknown=("worsened",) if is_open else (),
        unanswered=unanswered,
    )
