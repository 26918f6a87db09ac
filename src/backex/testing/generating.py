"""Make the corpus: ``python -m backex.testing.generating FOLDER`` writes its files.

What is written depends on nothing but this module, the catalog and the rules, so that the same
version of backex always writes the same bytes.
"""

from __future__ import annotations

import base64
import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import attrs

from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    CATALOG,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.codec import KINDS, digest, dumps, loads
from backex.codec.kinds import kind_of
from backex.conditions import AllOf, AtLeast, Calmed, Cleared, Persists, RedFlagPresent, Worsened
from backex.criteria import Completed, InARow
from backex.decision import Action
from backex.dose import Dose
from backex.errors import DecodeError
from backex.ids import ExerciseId, PolicyId, PrescriptionId, RoutineId, RuleId
from backex.ladders import Ladder, Rung, ladder
from backex.latches import StoppingRule
from backex.plan import Plan, SessionRecord, next_session
from backex.progression import AddResistance, ExtendArm
from backex.quantities import kg
from backex.routine import Prescription, Routine, Sides, prescribe
from backex.rules.examples import EXAMPLES
from backex.stopping import Entry, StoppingPolicy, Tolerance, decide
from backex.symptoms import (
    NUMBNESS,
    PAIN,
    Clearance,
    Moment,
    SymptomReport,
    Trend,
    report,
)
from backex.testing.drawing import done
from backex.validation import Checkable, validate
from backex.variant import vary

__all__ = ["files", "main"]

_Line = dict[str, Any]


def files() -> dict[str, str]:
    """Return the text of each file of the corpus by its name."""
    lines: Mapping[str, Iterable[_Line]] = {
        "valid": map(_valid, *zip(*_VALUES.items(), strict=True)),
        "refused": map(_refused, *zip(*_REFUSED.items(), strict=True)),
        "unsound": (_unsound(name, value) for name, value in _unsound_values()),
        "decisions": map(_decision, *zip(*_DECISIONS.items(), strict=True)),
        "sessions": map(_session, *zip(*_SESSIONS.items(), strict=True)),
    }
    return {
        f"{name}.jsonl": "".join(f"{json.dumps(each, ensure_ascii=True)}\n" for each in found)
        for name, found in lines.items()
    }


def main(arguments: list[str]) -> None:
    """Write every file of the corpus into the folder that is the one argument."""
    (folder,) = arguments
    for name, text in files().items():
        (Path(folder) / name).write_text(text, "utf-8")


# Policies, plans and logs.

_USUAL = report(0, pain=2, stiffness=2)


def _rule(id: str, when: Any, then: Action, calm: int | None) -> StoppingRule:  # noqa: ANN401
    until = Cleared() if calm is None else Calmed(checkins=calm)
    return StoppingRule(id=RuleId(id), when=when, then=then, until=until)


_GRADED = StoppingPolicy(
    id=PolicyId("graded"),
    rules=(
        _rule("up", Worsened(by=2, channel=PAIN), Action.EASE, 1),
        _rule(
            "high",
            AllOf(conditions=(AtLeast(channel=PAIN, severity=6), Worsened(by=2))),
            Action.REST,
            2,
        ),
        _rule("lasting", Persists(condition=Worsened(), checkins=3), Action.COMFORT, 2),
        _rule("flagged", RedFlagPresent(), Action.REFER_URGENTLY, None),
    ),
    asks=frozenset({PAIN}),
    asks_at=frozenset({Moment.AFTER}),
    asks_red_flags=True,
    tolerance=Tolerance(rise_at_most={PAIN: 1}),
    answer=Action.EASE,
)


def _said(checkin: int, pain: int | None, **more: Any) -> SymptomReport:  # noqa: ANN401
    return report(checkin, pain=pain, **{"red_flags": frozenset[Any](), **more})


_SIT = PrescriptionId("oblique-sit")
_CLEARED = Clearance(checkin=3, rules=frozenset({RuleId("flagged")}), by="A professional")
_RAISED = attrs.evolve(_CLEARED, new_baseline=_said(3, 4))

#: By name: the policy, the baseline and the log.
_DECISIONS: Mapping[str, tuple[StoppingPolicy, SymptomReport | None, list[Entry]]] = {
    "nothing was said": (_GRADED, _USUAL, []),
    "all is as usual": (_GRADED, _USUAL, [_said(1, 2)]),
    "nothing is usual without a baseline": (_GRADED, None, [_said(1, 2)]),
    "pain was not rated": (_GRADED, _USUAL, [_said(1, None)]),
    "red flags were not asked for": (_GRADED, _USUAL, [_said(1, 2, red_flags=None)]),
    "it was not the moment that is asked for": (
        _GRADED,
        _USUAL,
        [_said(1, 2, moment=Moment.BEFORE)],
    ),
    "a little more is not enough": (_GRADED, _USUAL, [_said(1, 3)]),
    "two more are": (_GRADED, _USUAL, [_said(1, 4)]),
    "worse by its own word": (_GRADED, _USUAL, [_said(1, 2, trend=Trend.WORSE)]),
    "one calm check-in releases": (_GRADED, _USUAL, [_said(1, 4), _said(2, 2)]),
    "one calm check-in of two does not": (_GRADED, _USUAL, [_said(1, 6), _said(2, 2)]),
    "two calm check-ins of two do": (_GRADED, _USUAL, [_said(1, 6), _said(2, 2), _said(3, 2)]),
    "an unknown check-in between does not count": (
        _GRADED,
        _USUAL,
        [_said(1, 6), _said(2, 2), _said(3, None), _said(4, 2)],
    ),
    "three in a row": (_GRADED, _USUAL, [_said(1, 3), _said(2, 3), _said(3, 3)]),
    "three of four are no row": (
        _GRADED,
        _USUAL,
        [_said(1, 3), _said(2, 3), _said(3, 2), _said(4, 3)],
    ),
    "a missing check-in does not begin the row anew": (
        _GRADED,
        _USUAL,
        [_said(1, 3), _said(2, 3), _said(4, 3)],
    ),
    "the worst of one check-in counts": (_GRADED, _USUAL, [_said(1, 2, seq=1), _said(1, 7, seq=0)]),
    "the order does not matter": (_GRADED, _USUAL, [_said(3, 2), _said(1, 6), _said(2, 2)]),
    "a red flag": (_GRADED, _USUAL, [_said(1, 2, red_flags=frozenset({NUMBNESS}))]),
    "a red flag is not ended by calm": (
        _GRADED,
        _USUAL,
        [
            _said(1, 2, red_flags=frozenset({NUMBNESS})),
            *(_said(checkin, 2) for checkin in range(2, 9)),
        ],
    ),
    "a red flag is ended by a clearance": (
        _GRADED,
        _USUAL,
        [_said(1, 2, red_flags=frozenset({NUMBNESS})), _said(2, 2), _CLEARED, _said(3, 2)],
    ),
    "a clearance alone says nothing of the day": (
        _GRADED,
        _USUAL,
        [_said(1, 2, red_flags=frozenset({NUMBNESS})), _CLEARED],
    ),
    "a clearance raises the baseline from the next check-in": (
        _GRADED,
        _USUAL,
        [_RAISED, _said(3, 4), _said(4, 4)],
    ),
    "an item is eased alone": (_GRADED, _USUAL, [_said(1, 2), _said(1, 4, item=_SIT)]),
    "an item refers the person": (
        _GRADED,
        _USUAL,
        [_said(1, 2), _said(1, 2, item=_SIT, red_flags=frozenset({NUMBNESS}))],
    ),
    "the catalog: all is as usual": (STOPPING_POLICY, _USUAL, [_USUAL]),
    "the catalog: a little stiffer": (STOPPING_POLICY, _USUAL, [report(1, pain=2, stiffness=3)]),
    "the catalog: for a week": (
        STOPPING_POLICY,
        _USUAL,
        [report(checkin, pain=3, stiffness=2) for checkin in range(1, 8)],
    ),
    "the catalog: an evaluation is wanted": (
        STOPPING_POLICY,
        _USUAL,
        [report(1, pain=6, stiffness=6, evaluation_wanted=True)],
    ),
}

_TWICE = InARow(criterion=Completed(), sessions=2)
_LADDER = (
    ladder(OBLIQUE_SIT, Dose(sets=2, hold_seconds=10), advance=_TWICE)
    .then(AddResistance(kg(0.5)))
    .then(ExtendArm())
)
_PLAN = Plan(
    routine=Routine(
        id=RoutineId("two-exercises"),
        title="Two exercises",
        items=(
            prescribe(PRONE_HEAD_RAISE, Dose(sets=2, reps=5, hold_seconds=5)),
            prescribe(OBLIQUE_SIT, _LADDER.rungs[0].dose),
        ),
        stopping=_GRADED,
    ),
    ladders={_SIT: _LADDER},
    baseline=_USUAL,
)


def _day(
    checkin: int, pain: int | None, rung: int | None = None, *, in_full: bool = True
) -> SessionRecord:
    completed = (
        {}
        if rung is None
        else {_SIT: done(_LADDER.rungs[rung].variant, _LADDER.rungs[rung].dose, in_full=in_full)}
    )
    return SessionRecord(checkin=checkin, completed=completed, entries=(_said(checkin, pain),))


#: By name: the plan and the log.
_SESSIONS: Mapping[str, tuple[Plan, list[SessionRecord]]] = {
    "nothing was recorded": (_PLAN, []),
    "once is not twice": (_PLAN, [_day(1, 2, 0)]),
    "twice in a row leads up": (_PLAN, [_day(1, 2, 0), _day(2, 2, 0)]),
    "the order of the log does not matter": (_PLAN, [_day(2, 2, 0), _day(1, 2, 0)]),
    "a record twice counts once": (_PLAN, [_day(1, 2, 0), _day(1, 2, 0)]),
    "a day of rest begins the row anew": (_PLAN, [_day(1, 2, 0), _day(2, 2), _day(3, 2, 0)]),
    "a missing check-in begins the row anew": (_PLAN, [_day(1, 2, 0), _day(3, 2, 0)]),
    "what was not done in full does not count": (
        _PLAN,
        [_day(1, 2, 0), _day(2, 2, 0, in_full=False)],
    ),
    "what is not known does not count": (_PLAN, [_day(1, 2, 0), _day(2, None, 0)]),
    "something harder counts": (_PLAN, [_day(1, 2, 1), _day(2, 2, 1)]),
    "something easier does not": (
        _PLAN,
        [
            *(_day(checkin, 2, 0) for checkin in (1, 2)),
            *(_day(checkin, 2, 0) for checkin in (3, 4)),
        ],
    ),
    "pain leads down": (_PLAN, [_day(1, 2, 0), _day(2, 2, 0), _day(3, 4, 1)]),
    "pain on the lowest rung leaves it out": (_PLAN, [_day(1, 4, 0)]),
    "more pain stops the session": (_PLAN, [_day(1, 6, 0)]),
    "after a rest it comes back": (_PLAN, [_day(1, 6, 0), _day(2, 2), _day(3, 2)]),
    "to the top and no further": (
        _PLAN,
        [_day(checkin, 2, min(2, (checkin - 1) // 2)) for checkin in range(1, 9)],
    ),
}

# Values in which nothing is wrong, and one thing.

_VALUES: Mapping[str, object] = {
    "the catalog": CATALOG,
    "a guideline": UPPER_QUARTER_POSTURE,
    "an exercise by reference": PRONE_HEAD_RAISE,
    "an exercise of its own": attrs.evolve(
        ALL_FOURS_ROTATION, id=ExerciseId("own-rotation"), axes=()
    ),
    "a variant": vary(OBLIQUE_SIT, AddResistance(kg(1.5)), ExtendArm()),
    "a dose": Dose(sets=3, reps=8, rest_seconds=60),
    "a policy": STOPPING_POLICY,
    "a graded policy": _GRADED,
    "a routine": ROUTINE,
    "a plan": _PLAN,
    "a report": attrs.evolve(_USUAL, red_flags=frozenset({NUMBNESS}), item=_SIT),
    "a clearance": _RAISED,
    "a record": _day(1, 2, 0),
    "text in any script": attrs.evolve(ROUTINE, title="Übung – 運動 – \U0001f9d8"),
    "a mass": kg(0.25),
}


def _alone(item: Prescription, **changes: Any) -> Routine:  # noqa: ANN401
    alone = Routine(id=RoutineId("alone"), title="Alone", items=(item,), stopping=STOPPING_POLICY)
    return attrs.evolve(alone, **changes)


_ITEM = prescribe(PRONE_HEAD_RAISE, Dose(sets=2, reps=5, hold_seconds=5))
_SIT_ITEM = prescribe(OBLIQUE_SIT, Dose(sets=2, hold_seconds=10))

_UNSOUND: Mapping[str, Checkable] = {
    "no stopping policy": attrs.evolve(ROUTINE, stopping=None),
    "a policy without rules": attrs.evolve(_GRADED, rules=()),
    "a policy with a rule twice": attrs.evolve(_GRADED, rules=(_GRADED.rules[0],) * 2),
    "an empty routine": attrs.evolve(ROUTINE, items=()),
    "an item twice": _alone(_ITEM, items=(_ITEM, _ITEM)),
    "two exercises under one id": _alone(
        _ITEM,
        items=(
            _ITEM,
            prescribe(attrs.evolve(PRONE_HEAD_RAISE, name="Another"), _ITEM.dose, id="another"),
        ),
    ),
    "one side where both are needed": _alone(
        attrs.evolve(
            _SIT_ITEM,
            variant=vary(attrs.evolve(OBLIQUE_SIT, both_sides_required=True)),
            sides=Sides.RIGHT,
        )
    ),
    "sides of an exercise without any": _alone(attrs.evolve(_ITEM, sides=Sides.LEFT)),
    "a hold without a time": _alone(attrs.evolve(_ITEM, dose=None)),
    "over the time budget": attrs.evolve(ROUTINE, time_budget_seconds=1),
    "a load off the increment": _alone(
        attrs.evolve(_SIT_ITEM, variant=vary(OBLIQUE_SIT, AddResistance(kg("0.123"))))
    ),
    "a move that is not offered": _alone(
        attrs.evolve(_ITEM, variant=vary(PRONE_HEAD_RAISE, ExtendArm()))
    ),
    "an exercise without a set-up": attrs.evolve(
        PRONE_HEAD_RAISE,
        id=ExerciseId("own"),
        steps=tuple(each for each in PRONE_HEAD_RAISE.steps if each.phase.value != "set-up"),
    ),
    "a ladder for an item that is not there": attrs.evolve(
        _PLAN, ladders={PrescriptionId("gone"): _LADDER}
    ),
    "a ladder that leads down": attrs.evolve(
        _PLAN,
        ladders={
            _SIT: Ladder(
                (
                    Rung(variant=_LADDER.rungs[0].variant, advance=_TWICE),
                    Rung(variant=_LADDER.rungs[1].variant, advance=_TWICE),
                    Rung(variant=_LADDER.rungs[0].variant, advance=_TWICE),
                )
            )
        },
    ),
    "a rung that is never left": attrs.evolve(
        _PLAN,
        ladders={_SIT: Ladder((attrs.evolve(_LADDER.rungs[0], advance=None), *_LADDER.rungs[1:]))},
    ),
}


def _unsound_values() -> Iterator[tuple[str, Checkable]]:
    yield from _UNSOUND.items()
    for code, example in EXAMPLES.items():
        yield (f"{code}, the example", example.failing)


# Documents that are refused.

_BASE64 = "base64"
_DOSE = '{"@format":1,"@kind":"dose","sets":{"low":2,"high":2}}'


def _repeated(before: str, repeat: str, times: int, after: str) -> Mapping[str, object]:
    return {"before": before, "repeat": repeat, "times": times, "after": after}


def _reported(said: str) -> str:
    start = '{"@format":1,"@kind":"symptom-report","checkin":1,"evaluation_wanted":false,"seq":0,'
    return f"{start}{said}}}"


#: By name: the kind, and the document as text, as bytes or as a repetition.
_REFUSED: Mapping[str, tuple[str, str | bytes | Mapping[str, object]]] = {
    "no JSON": ("dose", '{"@format":1,'),
    "another encoding": ("dose", _DOSE.encode("utf-16")),
    "a byte order mark": ("dose", "\ufeff" + _DOSE),
    "too large": ("dose", _repeated(_DOSE, " ", 256 * 1024, "")),
    "too deep": ("dose", _repeated('{"@format":1,"@kind":"dose","sets":', "[", 33, "]" * 33 + "}")),
    "too many values": (
        "dose",
        _repeated('{"@format":1,"@kind":"dose","sources":[', "1,", 20_000, "1]}"),
    ),
    "a key twice": ("mass", '{"@format":1,"@kind":"mass","grams":1,"grams":2}'),
    "a fraction": ("mass", '{"@format":1,"@kind":"mass","grams":1.5}'),
    "a whole number with a fraction": ("mass", '{"@format":1,"@kind":"mass","grams":1.0}'),
    "a number beyond what is exact": (
        "mass",
        '{"@format":1,"@kind":"mass","grams":9007199254740992}',
    ),
    "not a number": ("mass", '{"@format":1,"@kind":"mass","grams":NaN}'),
    "half a pair of surrogates": ("source", '{"@format":1,"@kind":"source","title":"\\ud800"}'),
    "a string that is too long": (
        "source",
        _repeated('{"@format":1,"@kind":"source","title":"', "x", 2_001, '"}'),
    ),
    "no envelope": ("mass", '{"grams":1}'),
    "an array": ("mass", "[]"),
    "a later format": ("mass", '{"@format":2,"@kind":"mass","grams":1,"unit":"lb"}'),
    "an unknown kind": ("mass", '{"@format":1,"@kind":"mess","grams":1}'),
    "another kind": ("mass", _DOSE),
    "a string for a number": ("mass", '{"@format":1,"@kind":"mass","grams":"1"}'),
    "a boolean for a number": ("mass", '{"@format":1,"@kind":"mass","grams":true}'),
    "null for a number": ("mass", '{"@format":1,"@kind":"mass","grams":null}'),
    "a missing key": ("mass", '{"@format":1,"@kind":"mass"}'),
    "an unknown key": ("mass", '{"@format":1,"@kind":"mass","grams":1,"gramms":1}'),
    "a negative number": ("mass", '{"@format":1,"@kind":"mass","grams":-1}'),
    "an unknown choice": (
        "symptom-report",
        _reported('"moment":"noon"'),
    ),
    "pain of eleven": (
        "symptom-report",
        _reported('"moment":"after","severities":{"pain":11}'),
    ),
    "a time without a zone": (
        "symptom-report",
        _reported('"moment":"after","at":"2026-01-31T08:00:00"'),
    ),
    "a stopping rule of an unknown kind": (
        "stopping-policy",
        dumps(_GRADED).replace('"@kind":"at-least"', '"@kind":"at-most"'),
    ),
    "a safety key with a typo": (
        "routine",
        dumps(_alone(_ITEM)).replace('"stopping":', '"stoping":'),
    ),
    "an exercise that is not in the catalog": (
        "variant",
        dumps(vary(OBLIQUE_SIT)).replace('"id":"oblique-sit"', '"id":"oblique-sat"'),
    ),
    "an exercise that has changed": (
        "variant",
        dumps(vary(OBLIQUE_SIT)).replace(digest(OBLIQUE_SIT), "sha256:" + "0" * 64),
    ),
}


# What each of them gives.


def _valid(name: str, value: object) -> _Line:
    kind = kind_of(type(value))
    catalog = None if value is CATALOG else CATALOG
    return {
        "name": name,
        "kind": kind,
        "document": dumps(value, catalog=catalog),
        "digest": digest(value),
    }


def _unsound(name: str, value: Checkable) -> _Line:
    found = validate(value).diagnostics
    return {
        **_valid(name, value),
        "diagnostics": [
            {"code": each.code, "severity": each.severity.value, "path": each.path}
            for each in found
        ],
    }


def _refused(name: str, refused: tuple[str, str | bytes | Mapping[str, Any]]) -> _Line:
    kind, document = refused
    line: _Line = {"name": name, "kind": kind}
    content: str | bytes
    if isinstance(document, bytes):
        content = document
        line[_BASE64] = base64.b64encode(document).decode()
    elif isinstance(document, str):
        content = line["document"] = document
    else:
        line["document"] = document
        middle = document["repeat"] * document["times"]
        content = f"{document['before']}{middle}{document['after']}"
    line["problems"] = [{"code": code, "path": path} for code, path in _problems(kind, content)]
    return line


def _problems(kind: str, content: str | bytes) -> Iterator[tuple[str, str]]:
    try:
        loads(content, KINDS[kind])
    except DecodeError as error:
        yield from ((each.code, each.path) for each in error.problems)


def _decision(name: str, case: tuple[StoppingPolicy, SymptomReport | None, list[Entry]]) -> _Line:
    policy, baseline, entries = case
    decision = decide(policy, entries, baseline=baseline)
    in_force = [(each.rule, each.item) for each in decision.findings]
    return {
        "name": name,
        "policy": dumps(policy),
        "baseline": None if baseline is None else dumps(baseline),
        "entries": [dumps(each) for each in entries],
        "action": decision.action.value,
        "items": {item: action.value for item, action in sorted(decision.items.items())},
        "in_force": in_force,
        "unknown": decision.unknown,
    }


def _session(name: str, case: tuple[Plan, list[SessionRecord]]) -> _Line:
    plan, log = case
    found = next_session(plan, log)
    return {
        "name": name,
        "plan": dumps(plan),
        "log": [dumps(record) for record in log],
        "action": found.decision.action.value,
        "rungs": dict(sorted(found.rungs.items())),
        "session": None if found.routine is None else [each.id for each in found.routine.items],
    }


if __name__ == "__main__":
    main(sys.argv[1:])
