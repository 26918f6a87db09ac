"""Validation beside pydantic, the next session beside streprogen, drawing beside `from_type`."""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from functools import partial
from pathlib import Path
from typing import Any

import attrs
import pydantic
from benchmarks.peers import module_from, pydantic_source
from benchmarks.runner import Row, by_turns
from streprogen import Day, DynamicExercise, Program

from backex import (
    MAT,
    Dose,
    Plan,
    PrescriptionId,
    Routine,
    RoutineId,
    SessionRecord,
    as_planned,
    next_session,
    prescribe,
    report,
    validate,
    verify,
)
from backex.catalog.upper_back import ALL_FOURS_ROTATION, PRONE_HEAD_RAISE, STOPPING_POLICY
from backex.codec import dumps

__all__ = ["rows"]

#: The rules that the peer has too.
_RULES = ("BX501", "BX504", "BX508", "BX509")
_SESSIONS = 1_000
#: What neither side takes: values that came around their constructors.
_WRONG = {
    "title": "\n",
    "items.1.id": "Not an id",
    "items.2.dose.reps.low": 10**7,
    "items.0.variant.exercise.steps.0.text": 5,
    "stopping.rules.3.sources.0.title": "",
    "stopping.rules.0.then": "rest",
}


def rows() -> Iterator[Row]:
    """Yield the rows."""
    yield from _validate()
    yield _next_session()
    yield _generate()


# ---- validation ---------------------------------------------------------------------------------


def _routine(count: int) -> Routine:
    plain = attrs.evolve(ALL_FOURS_ROTATION, axes=(), both_sides_required=None)
    return Routine(
        id=RoutineId("routine"),
        title="Routine",
        items=tuple(
            prescribe(plain, Dose(sets=1, reps=5, hold_seconds=2), id=PrescriptionId(f"item-{n}"))
            for n in range(count)
        ),
        equipment=frozenset({MAT}),
        stopping=STOPPING_POLICY,
        time_budget_seconds=86_400,
    )


def _codes_of(routine: Any) -> list[str]:
    """Return the codes of the four rules that a routine of the peer breaks, an item at a time."""
    codes = [] if routine.items else ["BX501"]
    ids = Counter(item.id for item in routine.items)
    codes += ["BX504" for many in ids.values() if many > 1]
    least = 0
    for item in routine.items:
        dose = item.dose
        if dose is not None:
            sets, reps = _least(dose.sets, 1), _least(dose.reps, 1)
            one_side = sets * reps * _least(dose.hold_seconds, 0)
            one_side += (sets - 1) * _least(dose.rest_seconds, 0)
            least += one_side * (2 if item.sides.value == "both" else 1)
        missing = item.variant.exercise.equipment - (routine.equipment or frozenset())
        if routine.equipment is not None and missing:
            codes.append("BX509")
    if routine.time_budget_seconds is not None and least > routine.time_budget_seconds:
        codes.append("BX508")
    return codes


def _least(span: Any, unstated: int) -> int:
    return unstated if span is None or span.low is None else int(span.low)


def _peer() -> Any:
    """Return the peer's routine, which checks all its values and then the rules."""
    folder = Path(tempfile.mkdtemp(prefix="backex-peers-"))
    document: Any = module_from(pydantic_source(), folder / "pydantic_rules.py").Document

    def hold(routine: Any) -> Any:
        if codes := _codes_of(routine):
            raise ValueError(" ".join(codes))
        return routine

    held: Any = pydantic.model_validator(mode="after")(hold)
    checked: Any = pydantic.create_model(
        "Checked", __base__=document, __validators__={"hold": held}
    )
    checked.model_rebuild(_types_namespace=vars(sys.modules["pydantic_rules"]))
    return checked


def _validate() -> Iterator[Row]:
    verify(STOPPING_POLICY)  # what the rules ask for is remembered
    checked = _peer()
    document = checked.__mro__[1]

    def given(routine: Routine) -> Any:
        return document.model_validate_json(dumps(routine, catalog=None))

    def by_peer(value: Any) -> list[str]:
        try:
            checked.model_validate(dict(value), by_name=True)
        except pydantic.ValidationError as error:
            return re.findall(r"BX\d+", str(error)) or ["BX001"]
        return []

    def by_backex(routine: Routine) -> list[str]:
        return list(validate(routine, select=_RULES).codes)

    twice = _routine(2).items
    heavy = attrs.evolve(PRONE_HEAD_RAISE, axes=())
    for routine in (
        _routine(3),
        _routine(0),
        attrs.evolve(_routine(3), items=(*twice, twice[0])),
        attrs.evolve(_routine(3), time_budget_seconds=10),
        attrs.evolve(_routine(3), items=(prescribe(heavy),), equipment=frozenset()),
    ):
        assert sorted(by_backex(routine)) == sorted(by_peer(given(routine))), routine
    for path, wrong in _WRONG.items():
        routine = _routine(3)
        broken = _overwritten(routine, path, wrong), _overwritten(given(routine), path, wrong)
        assert by_backex(broken[0]) == by_peer(broken[1]) == ["BX001"], path
    for items in (3, 30, 200):
        routine = _routine(items)
        try:
            value = given(routine)
        except ValueError:  # too large for a document; as many times the same item
            value = _repeated(given(_routine(1)), items)
        own, other, limit = by_turns(
            partial(_unchanged, (routine, value)),
            lambda pair: by_backex(pair[0]),
            lambda pair: by_peer(pair[1]),
            lambda pair: _codes_of(pair[1]),
        )
        yield Row(
            work=f"validate: {items} items, {len(_RULES)} rules and every value",
            peer="pydantic, revalidated, with hand-written rules",
            own=own,
            other=other,
            goal=1.0,
            wanted="≤ 1.0 ×",
            limit=("one pass in plain Python", limit),
        )
    few, many = _routine(20), _routine(200)
    own, other = by_turns(lambda _: None, lambda _: validate(many), lambda _: validate(few))
    yield Row(
        work="validate: all rules, 200 items",
        peer="backex on 20 items",
        own=own,
        other=other,
        goal=11.0,
        wanted="≤ 11 ×",
    )


def _overwritten(value: Any, path: str, wrong: object) -> Any:
    """Return a copy in which a field was overwritten behind its constructor's back."""
    *way, name = path.split(".")
    made = part = deepcopy(value)
    for each in way:
        part = part[int(each)] if each.isdigit() else getattr(part, each)
    object.__setattr__(part, name, wrong)
    return made


def _unchanged(given: Any, number: int) -> Any:
    del number
    return given


def _repeated(value: Any, items: int) -> Any:
    (item,) = value.items
    many = tuple(item.model_copy(update={"id": f"item-{n}"}) for n in range(items))
    return value.model_copy(update={"items": many})


# ---- the next session ---------------------------------------------------------------------------


def _next_session() -> Row:
    item = prescribe(PRONE_HEAD_RAISE, Dose(sets=2, reps=5))
    other_item = prescribe(ALL_FOURS_ROTATION, Dose(sets=2, reps=5))
    plan = Plan(
        routine=Routine(
            id=RoutineId("routine"),
            title="Routine",
            items=(item, other_item),
            stopping=STOPPING_POLICY,
        ),
        baseline=report(0, pain=2, stiffness=1),
    )
    log = [
        SessionRecord(
            checkin=number,
            completed={each.id: as_planned(each, done=True) for each in plan.routine.items},
            entries=(report(number, pain=2 + (number % 17 == 0), stiffness=1),),
        )
        for number in range(1, _SESSIONS + 1)
    ]
    weeks, days = _SESSIONS // 4, 4

    def rendered(_: object) -> object:
        program = Program("program", duration=weeks, round_to=1)
        for number in range(days):
            exercises = [DynamicExercise(name, 50, 60) for name in ("Squat", "Row")]
            program.add_days(Day(f"Day {number}", exercises))
        program.render(validate=False)
        return program

    own, other = by_turns(lambda _: None, lambda _: next_session(plan, log), rendered, rounds=3)
    return Row(
        work=f"next session: a fold over {_SESSIONS:,} sessions of two items",
        peer="streprogen renders as many (another task: nothing is reported)",
        own=own,
        other=other,
        goal=1 / 5,
        wanted="≥ 5 ×",
    )


# ---- drawing ------------------------------------------------------------------------------------


def _generate() -> Row:
    script = Path(__file__).with_name("strategies.py")
    found = subprocess.run(  # noqa: S603 (own code)
        [sys.executable, str(script), "4", "Routine"], check=True, capture_output=True, text=True
    )
    line = next(each for each in found.stdout.splitlines() if each.startswith("Routine "))
    own, other = (float(each) for each in line.split()[1:3])
    discarded = " ".join(line.split()[-2:])
    return Row(
        work=f"generate: one routine, {discarded}",
        peer="st.from_type, its checks switched off",
        own=1 / own,
        other=1 / other,
        goal=1 / 2,
        wanted="≥ 2 ×",
    )
