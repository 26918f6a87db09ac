"""Each law holds for what is sound, and fails, with a message that says why, for what is not."""

from __future__ import annotations

import runpy
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

import attrs
import pytest
from hypothesis import Phase as Stage
from hypothesis import settings

from backex import (
    PAIN,
    SORENESS,
    Action,
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Channel,
    Clearance,
    Cleared,
    Completed,
    Decision,
    Entry,
    EvaluationWanted,
    Exercise,
    Fault,
    Finding,
    Level,
    LevelAxis,
    LevelId,
    Moment,
    Monitor,
    Next,
    Persists,
    Plan,
    PolicyId,
    PrescriptionId,
    RedFlagPresent,
    Remove,
    Routine,
    RoutineId,
    Rule,
    RuleId,
    SessionRecord,
    SetText,
    Severity,
    Step,
    StepId,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Tolerance,
    Trend,
    Worsened,
    decide,
    ladder,
    next_session,
    report,
)
from backex.axes import PartKind
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
)
from backex.codec import digest, dumps, loads
from backex.testing import (
    DocumentLaws,
    ExerciseLaws,
    PlanLaws,
    PolicyLaws,
    RuleLaws,
)
from backex.testing.laws import Laws, drawn, require

OWN = runpy.run_path(str(Path(__file__).parent.parent / "examples" / "own_axes.py"))
BAND: Exercise = OWN["BAND_PULL_APART"]
PLAN: Plan = OWN["plan"]()
HERE = __name__


@pytest.fixture(autouse=True)
def enough_examples() -> Iterator[None]:
    """Run the laws defined in a test as often as it takes, always alike, and without shrinking."""
    before = settings.get_current_profile_name()
    settings.register_profile(
        "laws", max_examples=300, derandomize=True, database=None, phases=[Stage.generate]
    )
    settings.load_profile("laws")
    yield
    settings.load_profile(before)


def over(laws: type[Laws], **attributes: Any) -> Any:
    """Return laws over something of an app's own."""
    return type("TestOwn", (laws,), attributes)()


def policy(*rules: StoppingRule, **asking: Any) -> StoppingPolicy:
    asking = {"asks": frozenset({PAIN}), "answer": Action.EASE, **asking}
    return StoppingPolicy(id=PolicyId("own"), rules=rules, **asking)


def rule(id: str, when: Any, then: Action = Action.REST, calm: int | None = 2) -> StoppingRule:
    until = Cleared() if calm is None else Calmed(checkins=calm)
    return StoppingRule(id=RuleId(id), when=when, then=then, until=until)


UP = rule("up", Worsened())
SOUND_POLICY = policy(
    UP,
    rule("flagged", RedFlagPresent(), Action.REFER, None),
    rule("wanted", AnyOf(conditions=(EvaluationWanted(),)), Action.REFER, None),
    rule("lasting", Persists(condition=Worsened(by=2), checkins=3), Action.COMFORT, 3),
    asks_red_flags=True,
)


def _one_item_only(routine: Routine) -> Iterator[Fault]:
    if len(routine.items) == 1:
        yield Fault("there is one item only", at=".items[0]", hint="add one", meta={"items": 1})


ONE_ITEM = Rule(
    code="OWN001",
    title="one item only",
    why="One item is no routine.",
    severity=Severity.WARNING,
    on=Routine,
    check=_one_item_only,
)
ALONE = Routine(id=RoutineId("alone"), title="Alone", items=ROUTINE.items[:1])
RULE = {"rule": ONE_ITEM, "failing": (ALONE,), "passing": (ROUTINE,)}


# What is sound keeps every law.


class TestTheCatalogsPolicy(PolicyLaws):
    policy = STOPPING_POLICY


class TestAnOwnPolicy(PolicyLaws):
    policy = SOUND_POLICY
    baseline = report(0, pain=3)


class TestAPolicyWithATolerance(PolicyLaws):
    policy = policy(
        rule("high", AllOf(conditions=(AtLeast(channel=PAIN, severity=6), Worsened()))),
        rule("risen", Worsened(by=9, channel=PAIN, moments=frozenset({Moment.AFTER}))),
        tolerance=Tolerance(severity_at_most={PAIN: 5}),
    )
    test_every_rule_can_be_set_by_what_is_asked = None  # type: ignore[assignment]


class TestAnOwnExercise(ExerciseLaws):
    exercise = BAND


class TestACatalogExercise(ExerciseLaws):
    exercise = OBLIQUE_SIT


class TestAnExerciseWithoutAxes(ExerciseLaws):
    exercise = PRONE_HEAD_RAISE


class TestAnotherCatalogExercise(ExerciseLaws):
    exercise = ALL_FOURS_ROTATION


class TestAnOwnPlan(PlanLaws):
    plan = PLAN


class TestAnOwnRule(RuleLaws):
    rule = ONE_ITEM
    failing = (ALONE,)
    passing = (ROUTINE,)


class TestADocument(DocumentLaws):
    value = ROUTINE
    digest = digest(ROUTINE)


class TestAnOwnDocument(DocumentLaws):
    value = PLAN


# How a class of laws is found.


def test_laws_are_tests_once_they_are_about_something() -> None:
    class OurLaws(ExerciseLaws):
        """Not about any exercise yet."""

    assert [each.__test__ for each in (Laws, ExerciseLaws, OurLaws)] == [False] * 3
    assert over(OurLaws, exercise=BAND).__test__


def test_a_test_class_about_nothing_is_refused() -> None:
    with pytest.raises(
        TypeError, match=r"^TestOwn has nothing to test: give it rule, failing, pas"
    ):
        over(RuleLaws)


def test_laws_are_collected_through_their_subclass_alone(pytester: pytest.Pytester) -> None:
    pytester.makeini("[pytest]\npython_classes = Test* *Laws")
    pytester.makepyfile(
        """
        from backex import Dose
        from backex.testing import *

        class TestDose(DocumentLaws):
            value = Dose(sets=2)

        class TestOtherDose(TestDose):
            value = Dose(sets=3)
            test_its_text_and_digest_stay_the_same = None
        """
    )
    result = pytester.runpytest_inprocess("-v")
    result.assert_outcomes(passed=7)
    result.stdout.no_fnmatch_line("*Laws::*")


def test_a_law_runs_under_the_profile_of_the_app() -> None:
    runs = []

    class Counting(Laws):
        about = ("value",)

        @drawn
        def test_it(self, data: object) -> None:
            runs.append(data)

    settings.register_profile("seven", max_examples=7, database=None, deadline=5_000)
    settings.load_profile("seven")
    mine = over(Counting, value=1)
    mine.test_it()
    inherited = type("TestMore", (type(mine),), {})()
    inherited.test_it()
    assert len(runs) in range(2, 15)
    assert mine.test_it._hypothesis_internal_use_settings.deadline.total_seconds() == 5  # noqa: SLF001


def test_a_law_has_no_time_limit_under_the_default_profile() -> None:
    settings.load_profile("default")
    law = over(ExerciseLaws, exercise=BAND).test_every_variant_can_be_stored
    assert law._hypothesis_internal_use_settings.deadline is None  # noqa: SLF001


def test_what_is_required_and_holds_says_nothing() -> None:
    require(holds=True, message="not said")


# What is not sound breaks them. Exercises:

PULL = StepId("pull")


def level(id: str, *edits: Any, over: str = "base", name: str | None = None) -> Level:
    exceeds = frozenset({LevelId(over)} if id != "base" else ())
    return Level(id=LevelId(id), name=name or id, edits=edits, exceeds=exceeds)


def axis(id: str, *levels: Level) -> LevelAxis:
    return LevelAxis(id=OWN["AxisId"](id), name=id, levels=(level("base"), *levels))


def band(*axes: LevelAxis, **changes: Any) -> Exercise:
    return attrs.evolve(BAND, axes=axes, **changes)


FAST = SetText(step=PULL, text="Draw them apart fast.")
SLOW = SetText(step=PULL, text="Draw them apart slowly.")
CYCLE = axis("pace", level("slow", SLOW, over="fast"), level("fast", FAST, over="slow"))
LONG = tuple(
    Step(id=StepId(f"s{index}"), phase=BAND.steps[0].phase, text="x" * 2_000)
    for index in range(150)
)

BROKEN_EXERCISES = {
    "test_it_is_sound": (band(steps=()), "BX201"),
    "test_every_level_changes_what_is_done": (
        band(axis("pace", level("slow"))),
        r"change no step and no contact: Band Pull-Apart \(pace: slow\)",
    ),
    "test_the_order_of_its_axes_does_not_matter": (
        band(axis("pace", level("slow", SLOW)), axis("range", level("wide", FAST))),
        "depend on the order of the axes",
    ),
    "test_every_variant_can_be_prescribed": (
        band(axis("pace", level("slow", Remove(kind=PartKind.CUE, id="gone", step=PULL)))),
        "cannot be prescribed",
    ),
    "test_variants_are_told_apart": (
        band(axis("pace", level("slow", SLOW), level("fast", FAST, name="slow"))),
        "two variants are both called",
    ),
    "test_every_variant_leads_back_to_the_base": (band(CYCLE), "no way leads from"),
    "test_every_variant_can_be_stored": (band(steps=LONG), "at most 262144 bytes"),
}


@pytest.mark.parametrize("law", sorted(BROKEN_EXERCISES))
def test_an_exercise_that_breaks_a_law(law: str) -> None:
    exercise, message = BROKEN_EXERCISES[law]
    with pytest.raises(AssertionError, match=message):
        getattr(over(ExerciseLaws, exercise=exercise), law)()


def test_loads_are_tried_up_to_the_heaviest() -> None:
    laws = over(ExerciseLaws, exercise=OBLIQUE_SIT, heaviest=OWN["kg"](1))
    loads_of = [len(laws._moves(each)) for each in OBLIQUE_SIT.axes]  # noqa: SLF001
    assert loads_of[0] == 1 + 1_000 // OBLIQUE_SIT.axes[0].increment_grams  # type: ignore[union-attr]


# Rules:


def _raises(routine: Routine) -> Iterator[Fault]:
    yield Fault("one", hint="h") if routine.items else Fault(str(routine.items[0]), hint="h")


class _Fickle:
    """A check that finds something else every time."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, _: Routine) -> Iterator[Fault]:
        self.count += 1
        yield Fault(f"found {self.count}", hint="h")


def _checking(check: Callable[[Any], Iterable[Any]], **changes: Any) -> dict[str, Any]:
    return {**RULE, "rule": attrs.evolve(ONE_ITEM, check=check, **changes)}


def _always(**fault: Any) -> Callable[[Any], Iterable[Fault]]:
    return lambda _: [Fault("found", **{"hint": "h", **fault})]


BROKEN_RULES = {
    "test_its_code_is_the_apps_own": (
        {**RULE, "rule": attrs.evolve(ONE_ITEM, code="BX999")},
        "BX999 is for the library",
    ),
    "test_it_finds_what_is_wrong": ({**RULE, "failing": (ROUTINE,)}, "expected OWN001, found"),
    "test_it_passes_what_is_right": ({**RULE, "passing": (ALONE,)}, "expected nothing, found"),
    "test_it_never_fails_itself": (_checking(_raises), "OWN001 raised IndexError"),
    "test_it_finds_the_same_again": (_checking(_Fickle()), "and then"),
    "test_it_finds_the_same_in_its_examples_again": (_checking(_Fickle()), "and then"),
    "test_what_it_finds_has_a_place": (
        _checking(_always(at=".items[1]")),
        r"\[1\] leads nowh",
    ),
    "test_what_it_finds_anywhere_has_a_place": (_checking(_always(at=".gone")), "gone leads nowh"),
    "test_it_says_how_to_mend_it": (_checking(_always(hint=None)), "does not say how to mend"),
    "test_what_it_finds_can_be_stored": (_checking(_always(meta={"x": object()})), "in the report"),
}


@pytest.mark.parametrize("law", sorted(BROKEN_RULES))
def test_a_rule_that_breaks_a_law(law: str) -> None:
    attributes, message = BROKEN_RULES[law]
    with pytest.raises(AssertionError, match=message):
        getattr(over(RuleLaws, **attributes), law)()


@pytest.mark.parametrize(
    ("law", "attribute"),
    [("test_it_finds_what_is_wrong", "failing"), ("test_it_passes_what_is_right", "passing")],
)
def test_a_rule_without_examples_is_not_shown_to_work(law: str, attribute: str) -> None:
    with pytest.raises(AssertionError, match=f"no {attribute} example"):
        getattr(over(RuleLaws, **{**RULE, attribute: ()}), law)()


def test_a_rule_that_yields_no_faults_is_told_so() -> None:
    with pytest.raises(AssertionError, match="yields what is no Fault"):
        over(RuleLaws, **_checking(lambda _: ["wrong"])).test_it_never_fails_itself()


def test_a_rule_that_fails_itself_is_reported_by_its_law_alone() -> None:
    settings.register_profile("few", settings.get_profile("laws"), max_examples=20)
    settings.load_profile("few")
    over(RuleLaws, **_checking(_raises)).test_it_finds_the_same_again()


@pytest.mark.parametrize(
    ("path", "there"),
    [
        ("", True),
        (".items[0].suppress.BX503", True),
        ('.items[0].suppress["BX503"]', True),
        (".items[0].suppress.BX504", False),
        (".items[0].nothing", False),
        (".items[1]", False),
        (".title.x", False),
        (".title[0]", False),
        ("items", False),
    ],
)
def test_a_path_leads_somewhere_or_not(path: str, *, there: bool) -> None:
    item = attrs.evolve(ALONE.items[0], suppress={"BX503": "meant so"})
    routine = attrs.evolve(ALONE, items=(item,))
    laws = over(RuleLaws, **{**_checking(_always(at=path)), "failing": (routine,)})
    try:
        laws.test_what_it_finds_has_a_place()
    except AssertionError:
        assert not there
    else:
        assert there


# Policies, and an app's own way to a decision:


def deciding(change: Callable[[Decision, Sequence[Entry]], Decision]) -> dict[str, Any]:
    """Return what overrides the way to a decision with one that goes astray."""

    def decided(self: Any, entries: Iterable[Entry]) -> Decision:
        log = list(entries)
        return change(decide(self.policy, log, baseline=self._usual), log)

    return {"policy": SOUND_POLICY, "decided": decided}


def going_on(decision: Decision, _: object = None) -> Decision:
    return attrs.evolve(decision, action=Action.CONTINUE, findings=(), items={})


def _weak_where_it_is_bad(decision: Decision, log: Sequence[Entry]) -> Decision:
    bad = any(isinstance(e, SymptomReport) and e.trend is Trend.WORSE for e in log)
    return going_on(decision) if bad else decision


def _unless_answered(decision: Decision, log: Sequence[Entry]) -> Decision:
    newest = max((e.checkin for e in log), default=0)
    last = [e for e in log if e.checkin == newest and isinstance(e, SymptomReport)]
    whole = last and all(e.severities and e.red_flags is not None for e in last)
    return decision if whole else attrs.evolve(decision, findings=())


def _by_the_first(decision: Decision, log: Sequence[Entry]) -> Decision:
    return attrs.evolve(decision, unanswered=(f"{len(log)}", *decision.unanswered))


def _cleared_by_nothing(decision: Decision, log: Sequence[Entry]) -> Decision:
    cleared = any(isinstance(each, Clearance) for each in log)
    found = next((e for e in decision.findings if e.rule == "up"), None)
    return decision if not cleared or found else _with_up(decision, log)


def _with_up(decision: Decision, log: Sequence[Entry]) -> Decision:
    said = next(e for e in log if isinstance(e, SymptomReport))
    found = Finding(
        rule=UP.id, action=UP.then, condition=UP.when, reports=(said,), baseline={PAIN: 1}
    )
    return attrs.evolve(decision, findings=(*decision.findings, found))


def _calm_ends_all(decision: Decision, log: Sequence[Entry]) -> Decision:
    return going_on(decision) if len(log) > 30 else decision


def _of_items_alone(decision: Decision, log: Sequence[Entry]) -> Decision:
    about = any(isinstance(e, SymptomReport) and e.item is not None for e in log)
    return going_on(decision) if about else decision


def _items_may_do_more(decision: Decision, _: object) -> Decision:
    return attrs.evolve(decision, items={PrescriptionId("one-item"): Action.CONTINUE})


def _forgetful(_: Any, monitor: Monitor) -> Monitor:
    return attrs.evolve(monitor, seq=None)


BROKEN_POLICIES: list[tuple[str, dict[str, Any], str]] = [
    ("test_it_is_sound", {"policy": policy()}, "BX402"),
    (
        "test_worse_is_never_weaker",
        deciding(_weak_where_it_is_bad),
        "continue where it was worse",
    ),
    ("test_unknown_never_progresses", {"policy": policy(UP, asks=frozenset())}, "asks nothing"),
    ("test_unknown_never_progresses", deciding(going_on), "permits progress after"),
    (
        "test_unknown_never_releases",
        {"policy": policy(UP, asks=frozenset(), asks_at=frozenset(Moment))},
        "asks nothing",
    ),
    ("test_unknown_never_releases", deciding(_unless_answered), "released by what was not said"),
    ("test_order_and_duplicates_change_nothing", deciding(_by_the_first), "changes the decision"),
    (
        "test_storing_after_every_entry_changes_nothing",
        {"policy": SOUND_POLICY, "stored": _forgetful},
        "the stored monitor is another one",
    ),
    (
        "test_storing_after_every_entry_changes_nothing",
        deciding(_by_the_first),
        "decides otherwise than its entries",
    ),
    (
        "test_every_rule_can_be_set_by_what_is_asked",
        {"policy": policy(UP, rule("sore", AtLeast(channel=SORENESS, severity=5)))},
        "nothing that is asked can set sore: asked are pain",
    ),
    (
        "test_rules_are_released_as_declared",
        {"policy": policy(rule("high", AtLeast(channel=PAIN, severity=1)))},
        "high is to be released by 2 calm check-ins, and is not",
    ),
    (
        "test_rules_are_released_as_declared",
        deciding(_calm_ends_all),
        "released by a clearance alone, and is after 60",
    ),
    ("test_rules_are_released_as_declared", deciding(_cleared_by_nothing), "not released by a cle"),
    (
        "test_a_referral_never_ends_by_itself",
        {"policy": policy(rule("far", Worsened(by=5), Action.REFER))},
        "end without a clearance: far",
    ),
    ("test_a_referral_never_ends_by_itself", deciding(_calm_ends_all), "refer ended by 60 calm"),
    ("test_calm_days_lead_back", {"policy": policy()}, "has no rules"),
    (
        "test_calm_days_lead_back",
        {"policy": policy(UP), "baseline": report(0, stiffness=1)},
        "at the usual level it still says",
    ),
    (
        "test_what_is_not_tolerated_is_answered",
        {"policy": policy(rule("far", Worsened(by=3)))},
        r"pain 2 \(usually 1\) is outside the tolerance and is answered with continue, not ease",
    ),
    (
        "test_an_item_neither_weakens_nor_permits_the_session",
        deciding(_of_items_alone),
        "became continue by what was said of an item",
    ),
    (
        "test_an_item_neither_weakens_nor_permits_the_session",
        deciding(_items_may_do_more),
        "an item may do more than the session: continue",
    ),
]


def test_a_rule_that_cannot_be_set_is_a_matter_of_its_law_alone() -> None:
    never_set = policy(UP, rule("sore", AtLeast(channel=SORENESS, severity=5)))
    over(PolicyLaws, policy=never_set).test_rules_are_released_as_declared()


@pytest.mark.parametrize(("law", "attributes", "message"), BROKEN_POLICIES)
def test_a_policy_that_breaks_a_law(law: str, attributes: dict[str, Any], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        getattr(over(PolicyLaws, **attributes), law)()


def test_every_law_of_policies_can_be_broken() -> None:
    broken = {law for law, *_ in BROKEN_POLICIES} | {"test_it_is_proved"}
    assert broken == {each for each in dir(PolicyLaws) if each.startswith("test_")}


@pytest.mark.parametrize(
    ("laws", "broken"), [(ExerciseLaws, BROKEN_EXERCISES), (RuleLaws, BROKEN_RULES)]
)
def test_every_other_law_can_be_broken(laws: type[Laws], broken: Iterable[str]) -> None:
    assert set(broken) == {each for each in dir(laws) if each.startswith("test_")}


def test_a_policy_that_cannot_be_proved_breaks_a_law() -> None:
    over(PolicyLaws, policy=SOUND_POLICY).test_it_is_proved()
    hasty = policy(rule("flagged", RedFlagPresent(), Action.REFER, 1), asks_red_flags=True)
    with pytest.raises(AssertionError, match="verify does not prove it"):
        over(PolicyLaws, policy=hasty).test_it_is_proved()


# Plans:


def proposing(change: Callable[[Next, Sequence[SessionRecord]], Next]) -> dict[str, Any]:
    def proposed(self: Any, log: Iterable[SessionRecord]) -> Next:
        records = list(log)
        return change(next_session(self.plan, records), records)

    return {"plan": PLAN, "proposed": proposed}


def _at(rung: int, found: Next) -> Next:
    routine = found.routine or PLAN.routine
    return attrs.evolve(found, routine=routine, rungs=dict.fromkeys(found.rungs, rung))


def _higher_by_the_day(found: Next, log: Sequence[SessionRecord]) -> Next:
    return _at(min(len(log), 3), found)


def _high_when_sick(found: Next, log: Sequence[SessionRecord]) -> Next:
    said = [e for r in log for e in r.entries if isinstance(e, SymptomReport)]
    sick = any(max([0, *each.severities.values()]) > 8 for each in said)
    return _at(3, found) if sick else found


def _leaping(found: Next, log: Sequence[SessionRecord]) -> Next:
    return _at(3, found) if log else found


def _counting(found: Next, log: Sequence[SessionRecord]) -> Next:
    return attrs.evolve(found, reasons=(f"{len(log)} records",))


def _deciding_alone(found: Next, _: object) -> Next:
    return attrs.evolve(found, decision=Decision(action=Action.CONTINUE))


def _unsound_sessions(found: Next, _: object) -> Next:
    return attrs.evolve(found, routine=attrs.evolve(PLAN.routine, items=()))


def _without_entries(_: Any, record: SessionRecord) -> SessionRecord:
    return attrs.evolve(record, entries=())


NEVER_LEFT = attrs.evolve(
    PLAN, ladders={item: each.leaving(None) for item, each in PLAN.ladders.items()}
)
STUCK = attrs.evolve(
    PLAN,
    ladders={
        PLAN.routine.items[1].id: ladder(BAND).then(OWN["colored"]("red"), advance=Completed())
    },
)
ASKS_NOTHING = attrs.evolve(
    PLAN,
    routine=attrs.evolve(PLAN.routine, stopping=policy(UP, asks=frozenset())),
)


def in_routine(**changes: Any) -> Plan:
    return attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, **changes))


BROKEN_PLANS: list[tuple[str, dict[str, Any], str]] = [
    (
        "test_it_is_sound",
        {"plan": attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, items=()))},
        "BX501",
    ),
    ("test_a_clean_log_climbs_to_the_top", {"plan": STUCK}, "band-pull-apart on rung 0 of 1"),
    (
        "test_a_clean_log_climbs_to_the_top",
        {"plan": attrs.evolve(PLAN, baseline=None)},
        "paced-oblique-sit on rung 0 of 3",
    ),
    (
        "test_a_clean_log_climbs_to_the_top",
        {"plan": in_routine(stopping=None)},
        "paced-oblique-sit on rung 0 of 3",
    ),
    ("test_more_symptoms_never_lead_higher", proposing(_high_when_sick), "with worse symptoms"),
    ("test_missing_answers_never_lead_higher", proposing(_higher_by_the_day), "open question"),
    ("test_missing_answers_never_lead_higher", {"plan": ASKS_NOTHING}, "asks nothing"),
    ("test_only_what_was_done_leads_higher", proposing(_higher_by_the_day), "without having been"),
    ("test_order_and_duplicates_change_nothing", proposing(_counting), "order or a repetition"),
    (
        "test_storing_changes_nothing",
        {"plan": PLAN, "stored": _without_entries},
        "storing the records changes",
    ),
    ("test_every_day_goes_on_from_the_day_before", proposing(_leaping), "from rung 0 to 3"),
    ("test_every_day_goes_on_from_the_day_before", proposing(_higher_by_the_day), "against: "),
    (
        "test_every_day_goes_on_from_the_day_before",
        proposing(_deciding_alone),
        "the policy alone decides otherwise",
    ),
    ("test_every_session_is_sound", proposing(_unsound_sessions), "BX501"),
]


@pytest.mark.parametrize(("law", "attributes", "message"), BROKEN_PLANS)
def test_a_plan_that_breaks_a_law(law: str, attributes: dict[str, Any], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        getattr(over(PlanLaws, **attributes), law)()


def test_every_law_of_plans_can_be_broken() -> None:
    assert {law for law, *_ in BROKEN_PLANS} == {e for e in dir(PlanLaws) if e.startswith("test_")}


# Documents:


def _lenient(self: Any, text: str) -> object:
    return self.value if "no such key" in text else loads(text, Routine)


def _losing(_: Any, text: str) -> object:
    return attrs.evolve(loads(text, Routine), title="Lost")


def _spaced(self: Any, value: object) -> str:
    self.count = getattr(self, "count", 0) + 1
    return dumps(value).ljust(100_000 + self.count)


TOO_LONG = attrs.evolve(BAND, steps=LONG)
TOO_MANY = report(1, severities={Channel(f"c{number}"): 1 for number in range(20_000)})
BROKEN_DOCUMENTS: list[tuple[str, dict[str, Any], str]] = [
    ("test_it_is_loaded_as_it_was_stored", {"value": TOO_MANY}, "characters is refused"),
    ("test_it_is_loaded_as_it_was_stored", {"value": TOO_LONG}, "cannot be stored"),
    (
        "test_it_is_loaded_as_it_was_stored",
        {"value": ROUTINE, "loaded": _losing},
        r"\$\.title: 'Lost', expected",
    ),
    (
        "test_its_text_and_digest_stay_the_same",
        {"value": ROUTINE, "dumped": _spaced},
        "it has another text",
    ),
    (
        "test_its_text_and_digest_stay_the_same",
        {"value": ROUTINE, "loaded": _losing, "dumped": lambda _, __: dumps(ROUTINE)},
        "digests",
    ),
    (
        "test_its_digest_is_the_pinned_one",
        {"value": ROUTINE, "digest": "sha256:0"},
        "its digest is sha256:[0-9a-f]+, pinned is sha256:0",
    ),
    (
        "test_a_document_with_something_unknown_is_refused",
        {"value": ROUTINE, "loaded": _lenient},
        "a key that means nothing is passed over",
    ),
]


@pytest.mark.parametrize(("law", "attributes", "message"), BROKEN_DOCUMENTS)
def test_a_document_that_breaks_a_law(law: str, attributes: dict[str, Any], message: str) -> None:
    with pytest.raises(AssertionError, match=message):
        getattr(over(DocumentLaws, **attributes), law)()


def test_every_law_of_documents_can_be_broken() -> None:
    laws = {each for each in dir(DocumentLaws) if each.startswith("test_")}
    assert {law for law, *_ in BROKEN_DOCUMENTS} == laws
