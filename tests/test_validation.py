"""`validate` as a whole: what it runs, in which order it reports, and that nothing stops it."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from graphlib import CycleError
from typing import Any

import attrs
import pytest
from attrs import evolve

from backex import (
    RULES,
    Action,
    AddResistance,
    AnyOf,
    AxisId,
    ChangeReach,
    Checkable,
    Cleared,
    CustomProgression,
    Diagnostic,
    Dose,
    EvaluationWanted,
    Exercise,
    ExtendArm,
    Fault,
    InvalidRoutine,
    InvalidValue,
    Ladder,
    LevelId,
    Plan,
    PolicyId,
    Prescription,
    PrescriptionId,
    Progression,
    ReachDirection,
    Report,
    Routine,
    RoutineId,
    Rule,
    RuleId,
    Rung,
    Severity,
    Sides,
    Source,
    Span,
    Step,
    StoppingPolicy,
    StoppingRule,
    explain,
    kg,
    prescribe,
    validate,
    vary,
)
from backex import report as felt
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
    UPPER_QUARTER_POSTURE,
)
from backex.errors import key_step
from backex.mappings import FrozenMap

ONE_SIDED = prescribe(ALL_FOURS_ROTATION, sides=Sides.RIGHT)
HEAD_RAISE = prescribe(PRONE_HEAD_RAISE, Dose(reps=3))
# Without the steps before them, poses would lack what those leave.
UNPOSED = tuple(evolve(step, pose=()) for step in OBLIQUE_SIT.steps[4:])
PLAN = Plan(
    routine=ROUTINE,
    ladders={PrescriptionId("oblique-sit"): Ladder(rungs=(Rung(variant=vary(OBLIQUE_SIT)),))},
)
#: Wrong at the routine, at its items, at its policy and deep inside one of its exercises.
WRONG = Routine(
    id=RoutineId("wrong"),
    title="Wrong",
    items=(
        prescribe(evolve(OBLIQUE_SIT, steps=UNPOSED, axes=()), id="sit"),
        ONE_SIDED,
        evolve(HEAD_RAISE, sides=Sides.LEFT),
        HEAD_RAISE,
    ),
    stopping=StoppingPolicy(id=PolicyId("p"), rules=(), asks=frozenset()),
    equipment=frozenset(),
)
#: All that is wrong there, in the order of the value and then by code.
ALL_THAT_IS_WRONG = [
    ("BX502", "$.items[0]"),
    ("BX502", "$.items[1]"),
    ("BX503", "$.items[1].sides"),
    ("BX504", "$.items[3]"),
    ("BX509", "$.items[2].variant.exercise.equipment"),
    ("BX509", "$.items[3].variant.exercise.equipment"),
    ("BX507", "$.items[0].dose"),
    ("BX201", "$.items[0].variant.exercise.steps"),
    ("BX507", "$.items[2].dose.hold_seconds"),
    ("BX510", "$.items[2].sides"),
    ("BX507", "$.items[3].dose.hold_seconds"),
    ("BX402", "$.stopping.rules"),
]


def rule(
    check: Callable[[Any], Any],
    *,
    code: str = "APP001",
    on: type = Routine,
    severity: Severity = Severity.INFO,
    after: frozenset[str] = frozenset(),
) -> Rule:
    return Rule(code=code, title="t", why="w", severity=severity, on=on, check=check, after=after)


def one_word(routine: Routine) -> Iterator[Fault]:
    if " " not in routine.title:
        yield Fault("the title has one word", at=".title", hint="say more", meta={"words": 1})


def always(_: object) -> Iterator[Fault]:
    yield Fault("always")


def found(report: Report) -> list[tuple[str, str]]:
    return [(each.code, each.path) for each in report.diagnostics]


@pytest.mark.parametrize(
    "value",
    [
        ROUTINE,
        UPPER_QUARTER_POSTURE,
        STOPPING_POLICY,
        PRONE_HEAD_RAISE,
        OBLIQUE_SIT,
        ALL_FOURS_ROTATION,
        evolve(PLAN, baseline=felt(0, pain=1, stiffness=1)),
        next(iter(PLAN.ladders.values())),
        vary(OBLIQUE_SIT, ExtendArm()),
        ROUTINE.replacing(
            prescribe(vary(OBLIQUE_SIT, ExtendArm(), AddResistance(kg(1))), Dose(hold_seconds=5))
        ),
    ],
)
def test_what_the_catalog_offers_is_sound(value: Checkable) -> None:
    assert validate(value) == Report()


def test_every_fault_is_reported_at_once_in_the_order_of_the_value() -> None:
    assert found(validate(WRONG)) == ALL_THAT_IS_WRONG


def test_a_report_reads_as_a_whole() -> None:
    routine = Routine(
        id=RoutineId("r"),
        title="Mine",
        items=(HEAD_RAISE, ONE_SIDED),
        stopping=STOPPING_POLICY,
    )
    assert str(validate(routine, rules=(*RULES, rule(one_word)))) == (
        "info[APP001]: the title has one word\n"
        "  --> $.title\n"
        "   = help: say more\n"
        "\n"
        'error[BX503]: "All-Fours Rotation" must be done on both sides; '
        "here it is only on the right\n"
        "  --> $.items[1].sides\n"
        "   = help: prescribe it with sides=Sides.BOTH\n"
        "\n"
        'warning[BX507]: "Prone Head Raise" holds a position, '
        "but the dose does not say how long\n"
        "  --> $.items[0].dose.hold_seconds\n"
        "   = help: state hold_seconds in the dose\n"
        "\n"
        "1 error, 1 warning, 1 note"
    )


def test_an_unsound_routine_raises_its_whole_report_where_soundness_is_required() -> None:
    report = validate(WRONG)
    with pytest.raises(InvalidRoutine) as raised:
        report.raise_for_errors()
    assert raised.value == InvalidRoutine(report)


# The same report every time.


def test_the_order_in_which_rules_are_given_changes_nothing() -> None:
    assert validate(WRONG, rules=reversed(RULES)) == validate(WRONG)


def test_the_same_value_gives_the_same_report_in_every_process() -> None:
    script = (
        "import pickle, sys; from backex import validate; "
        "sys.stdout.write(str(validate(pickle.load(sys.stdin.buffer))))"
    )
    told = [
        subprocess.run(
            [sys.executable, "-c", script],
            input=pickle.dumps(WRONG),
            env={"PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(sys.path)},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("1", "2")
    ]
    assert told == [str(validate(WRONG))] * 2


# Which rules run.


@pytest.mark.parametrize(
    ("select", "ignore", "codes"),
    [
        (["BX402"], [], {"BX402"}),
        (["BX50"], [], {"BX502", "BX503", "BX504", "BX507", "BX509"}),
        (["BX2", "BX4"], [], {"BX201", "BX402"}),
        (["BX2", "BX4"], ["BX201"], {"BX402"}),
        ([], ["BX50", "BX4"], {"BX201", "BX510"}),
        (["BX402"], ["BX"], set()),
        (["BX101"], [], set()),
        ([], ["BX1"], {code for code, _ in ALL_THAT_IS_WRONG}),
        (iter(["BX402"]), iter(["BX5"]), {"BX402"}),
    ],
)
def test_rules_are_selected_and_ignored_by_code_or_its_beginning(
    select: list[str], ignore: list[str], codes: set[str]
) -> None:
    assert set(validate(WRONG, select=select, ignore=ignore).codes) == codes


@pytest.mark.parametrize("field", ["select", "ignore", "severities"])
@pytest.mark.parametrize(
    ("code", "meant"),
    [
        ("BX5033", '; did you mean "BX503"?'),
        ("bx503", '; did you mean "BX503"?'),
        ("XY", ""),
        ("X402", '; did you mean "BX402"?'),
        ("APP011", '; did you mean "APP001"?'),
        ("", ""),
        (5, ""),
    ],
)
def test_a_code_that_no_rule_has_is_refused_with_what_was_meant(
    field: str,
    code: object,
    meant: str,
) -> None:
    given: dict[str, Any] = {field: {code: Severity.INFO} if field == "severities" else [code]}
    rules = [*RULES, rule(one_word, code="APP001" if code == "APP011" else "OWN001")]
    with pytest.raises(InvalidValue) as raised:
        validate(WRONG, rules=rules, **given)
    allowed = f'codes of rules or their beginnings, such as "BX503" or "BX5"{meant}'
    assert raised.value == InvalidValue("validate", field, code, allowed)


def test_a_code_may_be_one_of_backex_or_of_the_rules_that_are_given() -> None:
    own = rule(one_word)
    assert validate(WRONG, rules=[own], ignore=["BX5"]).codes == ("APP001",)
    assert validate(WRONG, rules=[*RULES, own], select=["APP"]).codes == ("APP001",)
    assert validate(WRONG, rules=iter([own]), select=iter(["APP001"])).codes == ("APP001",)


@pytest.mark.parametrize(
    ("severities", "expected"),
    [
        ({}, Severity.WARNING),
        ({"BX507": Severity.ERROR}, Severity.ERROR),
        ({"BX5": Severity.INFO}, Severity.INFO),
        ({"BX5": Severity.ERROR, "BX507": Severity.INFO}, Severity.INFO),
        ({"BX507": Severity.INFO, "BX50": Severity.ERROR}, Severity.INFO),
        ({"BX4": Severity.ERROR}, Severity.WARNING),
    ],
)
def test_an_app_says_how_serious_a_rule_is(
    severities: dict[str, Severity], expected: Severity
) -> None:
    report = validate(WRONG, severities=severities)
    assert found(report) == ALL_THAT_IS_WRONG
    assert {each.severity for each in report.diagnostics if each.code == "BX507"} == {expected}
    by_code = {rule.code: rule.severity for rule in RULES}
    other = [each for each in report.diagnostics if each.code == "BX201"]
    assert [each.severity for each in other] == [by_code["BX201"]]


def test_what_is_no_severity_is_refused() -> None:
    wrong: Any = {"BX507": "error"}
    with pytest.raises(InvalidValue) as raised:
        validate(WRONG, severities=wrong)
    assert raised.value == InvalidValue("validate", "severities", "error", "severities by code")


def test_a_code_that_is_given_alone_is_that_one_code() -> None:
    assert validate(WRONG, ignore="BX507") == validate(WRONG, ignore=["BX507"])
    assert validate(WRONG, select="BX507") == validate(WRONG, select=["BX507"])


def test_an_app_adds_a_rule_of_its_own_as_a_value() -> None:
    assert validate(WRONG, rules=[rule(one_word)]) == Report(
        (
            Diagnostic(
                code="APP001",
                severity=Severity.INFO,
                path="$.title",
                message="the title has one word",
                hint="say more",
                meta={"words": 1},
            ),
        )
    )


def test_without_rules_nothing_is_found() -> None:
    assert validate(WRONG, rules=()) == Report()


@pytest.mark.parametrize(
    ("on", "value", "paths"),
    [
        (Routine, ROUTINE, ["$"]),
        (Prescription, ROUTINE, ["$.items[0]", "$.items[1]", "$.items[2]"]),
        (Exercise, PRONE_HEAD_RAISE, ["$"]),
        (Exercise, ROUTINE, [f"$.items[{index}].variant.exercise" for index in range(3)]),
        (
            Step,
            evolve(PRONE_HEAD_RAISE, steps=PRONE_HEAD_RAISE.steps[:2]),
            ["$.steps[0]", "$.steps[1]"],
        ),
        (
            Source,
            evolve(
                UPPER_QUARTER_POSTURE, cues=(), stated_by={"effort": UPPER_QUARTER_POSTURE.sources}
            ),
            ["$.stated_by.effort[0]", "$.stated_by.effort[1]"],
        ),
        (Ladder, PLAN, ["$.ladders.oblique-sit"]),
        (StoppingPolicy, ROUTINE, ["$.stopping"]),
        (StoppingPolicy, PRONE_HEAD_RAISE, []),
    ],
)
def test_a_rule_runs_on_every_value_of_its_class_wherever_it_stands(
    on: type, value: Checkable, paths: list[str]
) -> None:
    assert [path for _, path in found(validate(value, rules=[rule(always, on=on)]))] == paths


def _places(value: object, path: str = "$") -> Iterator[tuple[type, str]]:
    """Yield the class and the path of every value in a value, wherever that may be."""
    yield type(value), path
    if isinstance(value, tuple):
        members = {f"[{index}]": member for index, member in enumerate(value)}
    elif isinstance(value, Mapping):
        members = {key_step(key): member for key, member in value.items()}
    else:
        cls: Any = type(value)
        names = [each.name for each in attrs.fields(cls)] if attrs.has(cls) else []
        members = {f".{name}": getattr(value, name) for name in names}
    for step, member in members.items():
        yield from _places(member, path + step)


@pytest.mark.parametrize("value", [PLAN, PRONE_HEAD_RAISE], ids=["plan", "exercise"])
def test_no_place_is_passed_over(value: Checkable) -> None:
    places: dict[type, list[str]] = {}
    for cls, path in _places(value):
        if attrs.has(cls) or cls is tuple:
            places.setdefault(cls, []).append(path)
    assert {Source, Span, tuple} <= places.keys()
    for cls, paths in places.items():
        assert [path for _, path in found(validate(value, rules=[rule(always, on=cls)]))] == paths


def test_rules_and_walker_name_the_members_of_a_mapping_alike() -> None:
    stray = Ladder(rungs=(Rung(variant=vary(OBLIQUE_SIT, AddResistance(kg("0.1")))),))
    usual = felt(0, pain=1, stiffness=1)
    plan = Plan(routine=ROUTINE, ladders={PrescriptionId("squat"): stray}, baseline=usual)
    assert found(validate(plan)) == [
        ("BX314", "$.ladders.squat"),
        ("BX304", "$.ladders.squat.rungs[0].variant.progressions[0]"),
    ]


@pytest.mark.parametrize("value", [None, "routine", HEAD_RAISE, OBLIQUE_SIT.steps[0], Routine])
def test_what_cannot_be_validated_is_refused(value: Any) -> None:  # noqa: ANN401
    with pytest.raises(InvalidValue) as raised:
        validate(value)
    assert raised.value == InvalidValue(
        "validate",
        "value",
        value,
        "one of Routine, Plan, Ladder, Variant, Exercise, PostureGuideline, StoppingPolicy",
    )


# Rules that silence others.


def test_an_empty_routine_is_not_told_as_well_what_its_exercises_lack() -> None:
    empty = Routine(id=RoutineId("r"), title="Mine", stopping=STOPPING_POLICY)
    assert validate(empty).codes == ("BX501",)
    assert validate(empty, select=["BX506"]).codes == ("BX506",)


def no_dose(item: Prescription) -> Iterator[Fault]:
    if item.dose is None:
        yield Fault("no dose", at=".dose")


SILENCED = frozenset({"APP002"})


@pytest.mark.parametrize(
    ("silencing", "on", "left"),
    [
        (rule(no_dose, on=Prescription, code="APP002"), Prescription, ["$.items[2]", "$.items[3]"]),
        (rule(no_dose, on=Prescription, code="APP002"), Routine, []),
        (rule(one_word, code="APP002"), Prescription, [f"$.items[{i}]" for i in range(4)]),
        (rule(always, code="APP002"), Prescription, []),
        (
            rule(no_dose, on=Prescription, code="APP003"),
            Prescription,
            [f"$.items[{i}]" for i in range(4)],
        ),
    ],
    ids=["at the same value", "below it", "beside it", "around it", "another code"],
)
@pytest.mark.parametrize("order", [1, -1])
def test_a_rule_is_silent_where_one_that_it_comes_after_has_found_something_around(
    silencing: Rule, on: type, left: list[str], order: int
) -> None:
    silenced = rule(always, on=on, after=SILENCED)
    report = validate(WRONG, rules=[silencing, silenced][::order])
    assert [path for code, path in found(report) if code == "APP001"] == left


def test_a_rule_that_does_not_run_silences_nothing() -> None:
    rules = [rule(always, code="APP002"), rule(always, after=SILENCED)]
    assert validate(WRONG, rules=rules, ignore=["APP002"]).codes == ("APP001",)


def test_two_rules_cannot_each_come_after_the_other() -> None:
    rules = [
        rule(always, after=SILENCED),
        rule(always, code="APP002", after=frozenset({"APP001"})),
    ]
    with pytest.raises(CycleError):
        validate(WRONG, rules=rules)


# Suppression.


def suppressing(index: int, **reasons: str) -> Routine:
    items = [
        evolve(item, suppress=reasons if place == index else {})
        for place, item in enumerate(WRONG.items)
    ]
    return evolve(WRONG, items=tuple(items))


@pytest.mark.parametrize(
    ("routine", "suppressed"),
    [
        (suppressing(2, BX507="held for a breath"), [("BX507", "$.items[2].dose.hold_seconds")]),
        (suppressing(1, BX503="the left is injured"), [("BX503", "$.items[1].sides")]),
        (
            suppressing(0, BX502="known", BX201="known"),
            [("BX502", "$.items[0]"), ("BX201", "$.items[0].variant.exercise.steps")],
        ),
    ],
)
def test_what_an_item_accepts_with_a_reason_is_reported_apart(
    routine: Routine, suppressed: list[tuple[str, str]]
) -> None:
    report = validate(routine)
    assert [(each.code, each.path) for each in report.suppressed] == suppressed
    assert found(report) == [each for each in ALL_THAT_IS_WRONG if each not in suppressed]


@pytest.mark.parametrize(
    ("move", "code"),
    [
        (AddResistance(kg("0.333")), "BX304"),
        (ChangeReach(ReachDirection("nowhere")), "BX303"),
        (CustomProgression(AxisId("pad"), LevelId("soft")), "BX301"),
    ],
)
def test_a_move_that_changes_nothing_cannot_be_accepted(move: Progression, code: str) -> None:
    item = prescribe(vary(OBLIQUE_SIT, move), Dose(hold_seconds=5), suppress={code: "fine"})
    checked = validate(ROUTINE.replacing(item))
    assert ([each.code for each in checked.errors], checked.suppressed) == ([code], ())
    assert "Cannot be suppressed" in str(explain(code))
    assert "Cannot be suppressed" not in str(explain("BX503"))


def in_vain(code: str, index: int, suppressed: str, hint: str) -> tuple[object, ...]:
    path = f"$.items[{index}].suppress.{suppressed}"
    return code, path, hint, {"item": WRONG.items[index].id, "code": suppressed}


STALE = "remove it, so that it does not hide what comes later"


@pytest.mark.parametrize(
    ("routine", "found_besides"),
    [
        (suppressing(1, BX507="not found there"), [in_vain("BX516", 1, "BX507", STALE)]),
        (suppressing(0, BX402="not about the item"), [in_vain("BX516", 0, "BX402", STALE)]),
        (
            suppressing(2, BX5077="no code"),
            [in_vain("BX517", 2, "BX5077", 'did you mean "BX507"?')],
        ),
        (
            suppressing(2, BX="no code"),
            [in_vain("BX517", 2, "BX", "remove it, or give the whole code of a rule")],
        ),
        (suppressing(2, OWN001="of an app whose rules are not given"), []),
        (suppressing(2, BX516="about suppressions"), []),
        (suppressing(2, BX517="about suppressions"), []),
    ],
)
def test_what_an_item_accepts_in_vain_is_reported(
    routine: Routine, found_besides: list[tuple[object, ...]]
) -> None:
    report = validate(routine)
    besides = [each for each in report.diagnostics if each.code in {"BX516", "BX517"}]
    assert [(each.code, each.path, each.hint, each.meta) for each in besides] == found_besides
    rest = [each for each in report.diagnostics if each not in besides]
    assert [(each.code, each.path) for each in rest] == ALL_THAT_IS_WRONG
    assert report.suppressed == ()


def test_a_suppression_is_not_in_vain_where_its_rule_did_not_run() -> None:
    assert validate(suppressing(1, BX507="?"), ignore=["BX507"], select=["BX5"]).codes == (
        *("BX502", "BX502", "BX503", "BX504", "BX509", "BX509", "BX510"),
    )
    own = rule(one_word)
    assert validate(suppressing(1, BX507="?"), rules=[own]).codes == ("APP001",)


def test_a_suppression_is_not_in_vain_where_its_rule_was_silenced() -> None:
    item = evolve(HEAD_RAISE, suppress={"APP001": "always"})
    routine = evolve(WRONG, items=(item,))
    silenced = rule(always, on=Prescription, after=frozenset({"BX507"}))
    codes = [each.code for each in validate(routine, rules=[*RULES, silenced]).diagnostics]
    assert "BX507" in codes
    assert "BX516" not in codes
    nowhere = rule(lambda _: (), on=Prescription, after=frozenset({"BX101"}))
    told = validate(routine, rules=[*RULES, nowhere], select=["APP", "BX516"])
    assert [(each.code, each.path) for each in told.diagnostics] == [
        ("BX516", "$.items[0].suppress.APP001")
    ]


def test_a_suppression_of_a_rule_of_an_app_is_known_where_the_rule_is_given() -> None:
    item = evolve(HEAD_RAISE, suppress={"APP002": "a slip"})
    routine = evolve(WRONG, items=(item,))
    told = validate(routine, rules=[*RULES, rule(one_word)], select=["BX517"]).diagnostics
    assert [each.hint for each in told] == ['did you mean "APP001"?']
    assert validate(routine, select=["BX517"]).codes == ()


def test_an_item_may_accept_that_it_accepts_in_vain() -> None:
    report = validate(suppressing(1, BX507="?", BX516="kept for later"))
    assert found(report) == ALL_THAT_IS_WRONG
    assert [each.code for each in report.suppressed] == ["BX516"]


def test_suppressions_are_as_serious_as_the_app_says() -> None:
    report = validate(suppressing(1, BX507="?"), severities={"BX516": Severity.ERROR})
    assert [each.severity for each in report.diagnostics if each.code == "BX516"] == [
        Severity.ERROR
    ]


def test_an_item_accepts_nothing_for_another_whose_place_begins_alike() -> None:
    items = tuple(evolve(HEAD_RAISE, id=PrescriptionId(f"i-{index}")) for index in range(11))
    accepting = evolve(items[1], suppress={"BX507": "held for a breath"})
    routine = evolve(ROUTINE, items=(items[0], accepting, *items[2:]))
    report = validate(routine, select=["BX507"])
    assert [each.path for each in report.suppressed] == ["$.items[1].dose.hold_seconds"]
    assert len(report.diagnostics) == 10


# Rules that fail.


def breaks_off(routine: Routine) -> Iterator[Fault]:
    yield from one_word(routine)
    raise LookupError(routine.title)


def is_no_collection(_: Routine) -> None:
    return None


def yields_text(_: Routine) -> list[str]:
    return ["the title has one word"]


def yields_a_blank_message(_: Routine) -> list[Fault]:
    return [Fault(" ")]


def nests_without_end(value: Routine) -> object:
    return nests_without_end(value)


@pytest.mark.parametrize(
    ("check", "named"),
    [
        (breaks_off, "LookupError: 'Wrong'"),
        (is_no_collection, "TypeError"),
        (yields_text, "AttributeError"),
        (yields_a_blank_message, "InvalidValue"),
        (nests_without_end, "RecursionError"),
    ],
)
def test_a_rule_that_fails_is_itself_an_error_and_stops_no_other(
    check: Callable[[Any], Any], named: str
) -> None:
    report = validate(WRONG, rules=[rule(check), rule(always, code="APP002")])
    assert found(report) == [("APP001", "$"), ("APP002", "$")]
    assert report.diagnostics[0].severity is Severity.ERROR
    assert named in report.diagnostics[0].message


def test_a_failure_that_nobody_could_print_is_reported_all_the_same() -> None:
    def fails(_: Routine) -> Iterator[Fault]:
        raise ValueError("\x00\u202e\ud800" * 1000)

    assert found(validate(WRONG, rules=[rule(fails)])) == [("APP001", "$")]


# Values that came around their constructor.


def parts(value: object) -> Iterator[Any]:
    """Yield every attrs value in and below `value`."""
    cls: type[Any] = type(value)
    if isinstance(value, tuple | frozenset):
        for member in value:
            yield from parts(member)
    elif isinstance(value, Mapping):
        for member in value.values():
            yield from parts(member)
    elif attrs.has(cls):
        yield value
        for attribute in attrs.fields(cls):
            yield from parts(getattr(value, attribute.name))


#: The fields of every class that stands somewhere in the catalog's routine.
FIELDS = {
    type(part).__name__: [attribute.name for attribute in attrs.fields(type(part))]
    for part in parts(ROUTINE)
}
Said = list[tuple[str, str, Mapping[str, object]]]


GONE = object()


def said_of_damage(class_name: str, field: str, value: object) -> Said:
    """Return what is said of the catalog's routine with that field of one value overwritten."""
    routine: Routine = pickle.loads(pickle.dumps(ROUTINE))
    part = next(part for part in parts(routine) if type(part).__name__ == class_name)
    if value is GONE:
        object.__delattr__(part, field)
    else:
        object.__setattr__(part, field, value)
    return [(each.code, each.path, each.meta) for each in validate(routine).diagnostics]


def broken(class_name: str, field: str) -> Said:
    return [("BX001", "$", {"class": class_name, "field": field})]


@pytest.mark.parametrize("class_name", FIELDS)
@pytest.mark.parametrize("value", [object(), GONE], ids=["junk", "gone"])
def test_a_field_that_holds_what_it_must_not_is_found_and_nothing_else_is_said(
    class_name: str, value: object
) -> None:
    assert {field: said_of_damage(class_name, field, value) for field in FIELDS[class_name]} == {
        field: broken(class_name, field) for field in FIELDS[class_name]
    }


@pytest.mark.parametrize(
    ("class_name", "field", "value", "place"),
    [
        ("Routine", "metadata", {"note": "of no frozen mapping"}, "metadata"),
        ("Routine", "metadata", FrozenMap({"note": 1}), "metadata.note"),
        ("Dose", "sets", 0, "sets"),
        ("Span", "low", 99, "high"),
        ("Source", "locator", None, "locator"),
        ("Variant", "progressions", ("harder",), "progressions[0]"),
        ("StoppingPolicy", "asks_at", frozenset(), "asks_at"),
        ("Cue", "text", "\u202eesrever", "text"),
    ],
)
def test_a_value_out_of_its_bounds_is_found(
    class_name: str, field: str, value: object, place: str
) -> None:
    assert said_of_damage(class_name, field, value) == broken(class_name, place)


def test_what_was_made_while_checks_were_disabled_is_found() -> None:
    with attrs.validators.disabled():
        unchecked = Routine(id=RoutineId("r"), title="")
    assert [each.meta for each in validate(unchecked).diagnostics] == [
        {"class": "Routine", "field": "title"}
    ]


class _Unprintable:
    def __repr__(self) -> str:
        return "\x00\ud800"


def test_what_nobody_could_print_is_found_all_the_same() -> None:
    said = said_of_damage("Routine", "title", _Unprintable())
    assert said == broken("Routine", "title")


def test_a_condition_that_contains_itself_is_an_error() -> None:
    within = AnyOf(conditions=(EvaluationWanted(),))
    policy = StoppingPolicy(
        id=PolicyId("p"),
        rules=(StoppingRule(id=RuleId("r"), when=within, then=Action.REFER, until=Cleared()),),
        asks=frozenset(),
    )
    object.__setattr__(within, "conditions", (within,))
    assert not validate(policy).ok


# Explaining.


@pytest.mark.parametrize("known", RULES, ids=lambda known: known.code)
def test_every_rule_is_explained_by_its_code(known: Rule) -> None:
    assert explain(known.code) == known


def test_a_rule_of_an_app_is_explained_among_its_own() -> None:
    own = rule(one_word)
    assert explain("APP001", rules=[*RULES, own]) == own


@pytest.mark.parametrize(
    ("code", "said"),
    [
        ("APP001", 'no rule has the code "APP001"'),
        ("BX50", 'no rule has the code "BX50"'),
        ("BX5003", 'no rule has the code "BX5003"; did you mean "BX503"?'),
        ("bx501", 'no rule has the code "bx501"; did you mean "BX501"?'),
        ("", 'no rule has the code ""'),
    ],
)
def test_a_code_of_no_rule_is_explained_by_nothing(code: str, said: str) -> None:
    with pytest.raises(KeyError) as raised:
        explain(code)
    assert raised.value.args == (said,)


def test_an_explanation_reads_as_a_whole() -> None:
    assert str(explain("BX506")) == (
        "BX506 (warning): no stabilization exercise\n"
        "\n"
        "The upper back needs it for mobility, strength and the prevention of injury.\n"
        "\n"
        "Objected to:\n"
        "\n"
        "    routine(item(exercise(qualities=frozenset({TrainingQuality.STRENGTH}))))\n"
        "\n"
        "Fine:\n"
        "\n"
        "    routine(item(exercise(qualities=frozenset({TrainingQuality.STABILIZATION}))))\n"
        "\n"
        "Looks at: Routine\n"
        "Silent around: BX501\n"
        "Source: seed: Top 3 Upper Back Exercises for Pain Relief, Dr. Bill, P3"
    )


def test_a_rule_of_an_app_is_explained_without_examples() -> None:
    own = rule(one_word)
    assert str(own) == "APP001 (info): t\n\nw\n\nLooks at: Routine"
