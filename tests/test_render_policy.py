"""The picture of a policy: the machine of every rule, on the ladder of actions."""

from __future__ import annotations

import re
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest

from backex import Action, StoppingPolicy, StoppingRule, Tolerance
from backex.catalog.upper_back import STOPPING_POLICY
from backex.conditions import (
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Cleared,
    Condition,
    EvaluationWanted,
    Persists,
    RedFlagPresent,
    Release,
)
from backex.decision import ComfortMeasure, Concern, Decision
from backex.ids import PolicyId, RuleId
from backex.presets import pain_monitoring, traffic_light
from backex.render.drawing import shade
from backex.render.policy import policy_as_svg
from backex.symptoms import PAIN, STIFFNESS, Moment
from backex.wording import condition_in_words, release_in_words

SVG = "{http://www.w3.org/2000/svg}"
HURTS = AtLeast(channel=PAIN, severity=5)


def _rule(
    when: Condition = HURTS, until: Release | None = None, then: Action = Action.REST
) -> StoppingRule:
    return StoppingRule(id=RuleId("hurts"), when=when, then=then, until=until or Calmed())


def _policy(*rules: StoppingRule) -> StoppingPolicy:
    return StoppingPolicy(id=PolicyId("mine"), rules=rules, asks=frozenset({PAIN}))


def _drawn(policy: StoppingPolicy) -> ET.Element:
    return ET.fromstring(policy_as_svg(policy))


def _texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def _said(root: ET.Element) -> str:
    return " ".join(_texts(root))


def _heights(root: ET.Element) -> dict[str, float]:
    return {each.text or "": float(each.get("y", "")) for each in root.iter(f"{SVG}text")}


def _counts(root: ET.Element) -> list[str]:
    return [text for text in _texts(root) if re.fullmatch("[0-9]+ of [0-9]+|…", text)]


def _arrows(root: ET.Element) -> list[tuple[str, str | None]]:
    """Return the arrows between the states: which way, and how they are dashed."""
    return [
        ("there" if float(each.get("x1", "")) < float(each.get("x2", "")) else "back", dashes)
        for each in root.iter(f"{SVG}line")
        if each.get("y1") == each.get("y2") and each.get("stroke-width") == "1.2"
        for dashes in (each.get("stroke-dasharray"),)
    ]


POLICIES = {
    "article": STOPPING_POLICY,
    "pain monitoring": pain_monitoring(acceptable=5, persisting_checkins=3),
    "traffic light": traffic_light(amber_from=3, red_from=6, persisting_checkins=14),
}


# The rules.


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_every_rule_is_a_machine_with_its_words(policy: StoppingPolicy) -> None:
    root = _drawn(policy)
    said = _said(root)
    for rule in policy.rules:
        assert rule.id in _texts(root)
        assert f"when {condition_in_words(rule.when)}" in said
        assert f"until {release_in_words(rule.until)}" in said
        assert rule.advice is not None
        assert f"“{rule.advice}”" in said
    assert _texts(root).count("not set") == _texts(root).count("set") == len(policy.rules)


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_rules_stand_on_the_rung_of_their_action(policy: StoppingPolicy) -> None:
    heights = _heights(_drawn(policy))
    rungs = sorted(Action, key=lambda each: -each.rank)
    tops = [heights[each.value.replace("-", " ")] for each in rungs]
    assert tops == sorted(tops)
    ends = [*tops[1:], float("inf")]
    for rule in policy.rules:
        place = rungs.index(rule.then)
        assert tops[place] - 12 <= heights[rule.id] < ends[place] - 12


def test_every_action_says_what_it_means() -> None:
    said = _said(_drawn(STOPPING_POLICY))
    assert all(str(Decision(action=each, policy=PolicyId("mine"))) in said for each in Action)


def test_the_state_set_has_the_color_of_its_action() -> None:
    root = _drawn(_policy(_rule(then=Action.EASE)))
    states = [each.get("fill") for each in root.iter(f"{SVG}rect") if each.get("rx") == "14"]
    assert states == ["#ffffff", shade(Action.EASE)]


# The ways between the states.


def test_a_plain_condition_is_one_arrow_there_and_one_back() -> None:
    root = _drawn(_policy(_rule()))
    assert _arrows(root) == [("there", None), ("back", None)]
    assert _counts(root) == []


def test_a_clearance_is_an_arrow_of_another_kind() -> None:
    root = _drawn(_policy(_rule(until=Cleared())))
    assert _arrows(root) == [("there", None), ("back", "6 4")]


@pytest.mark.parametrize(
    ("checkins", "counts"),
    [
        (2, ["1 of 2"]),
        (7, [f"{n} of 7" for n in range(1, 7)]),
        (8, ["1 of 8", "2 of 8", "…", "7 of 8"]),
        (60, ["1 of 60", "2 of 60", "…", "59 of 60"]),
    ],
)
def test_what_persists_is_counted_between_the_states(checkins: int, counts: list[str]) -> None:
    root = _drawn(_policy(_rule(Persists(condition=HURTS, checkins=checkins))))
    assert _counts(root) == counts
    there = _drawn(_policy(_rule(Persists(condition=HURTS, checkins=3))))
    back = _drawn(_policy(_rule(until=Calmed(checkins=3))))
    for root, ordered in ((there, ["1 of 3", "2 of 3"]), (back, ["2 of 3", "1 of 3"])):
        spots = {
            each.text or "": float(each.get("x", ""))
            for each in root.iter(f"{SVG}text")
            if each.text in ordered
        }
        assert sorted(spots, key=spots.__getitem__) == ordered
        circles = sorted(float(each.get("cx", "")) for each in root.iter(f"{SVG}circle"))
        assert circles == sorted(spots.values())


def test_each_alternative_is_an_arrow_of_its_own() -> None:
    flags = RedFlagPresent()
    nested = AnyOf(conditions=(flags, Persists(condition=HURTS, checkins=2)))
    root = _drawn(_policy(_rule(AnyOf(conditions=(EvaluationWanted(), nested)))))
    assert [way for way, _ in _arrows(root)] == ["there"] * 3 + ["back"]
    said = _said(root)
    assert "when a professional evaluation is wanted or when a red flag is reported or when" in said
    assert _counts(root) == ["1 of 2"]


def test_a_count_inside_a_condition_is_drawn_beside_its_arrow() -> None:
    both = AllOf(conditions=(EvaluationWanted(), Persists(condition=HURTS, checkins=3)))
    root = _drawn(_policy(_rule(both)))
    assert _arrows(root) == [("there", None), ("there", "2 3"), ("back", None)]
    assert _counts(root) == ["1 of 3", "2 of 3", "3 of 3"]
    assert f"counted: {condition_in_words(both.conditions[1])}" in _said(root)


# What it asks for and says.


def test_the_head_says_what_is_asked_accepted_and_answered() -> None:
    policy = attrs.evolve(
        _policy(_rule()),
        asks=frozenset({STIFFNESS, PAIN}),
        asks_at=frozenset({Moment.NEXT_MORNING, Moment.BEFORE}),
        asks_red_flags=True,
        tolerance=Tolerance(severity_at_most={PAIN: 5}, rise_at_most={STIFFNESS: 2}),
        answer=Action.EASE,
    )
    title, asked, accepted, more = _texts(_drawn(policy))[:4]
    assert title == "Stopping policy mine"
    assert asked == (
        "Asked at each check-in (before or next morning): pain, stiffness and red flags."
    )
    assert f"{accepted} {more}" == (
        "Accepted without an answer: pain up to 5 of 10 (or the usual level, if higher) and "
        "stiffness up to 2 above the usual level. Least answer to anything beyond that: ease."
    )
    nothing = attrs.evolve(_policy(_rule()), asks=frozenset())
    said = _texts(_drawn(nothing))
    assert said[1] == "Asked at each check-in (after or next morning): nothing in particular."
    assert said[2] == (
        "Accepted without an answer: nothing above the person's usual level. "
        "Least answer to anything beyond that: rest."
    )


def test_how_counts_go_is_explained_where_there_are_any() -> None:
    counting, calming = "A small circle is a check-in that counts.", "Back at the usual level:"
    plain = _said(_drawn(_policy(_rule(until=Cleared()))))
    assert counting not in plain
    assert calming not in plain
    counted = _said(_drawn(_policy(_rule(Persists(condition=HURTS, checkins=2)))))
    assert counting in counted
    assert calming in counted


def test_measures_and_concerns_are_said() -> None:
    rule = attrs.evolve(
        _rule(),
        measures=frozenset({ComfortMeasure.ICE, ComfortMeasure.HEAT}),
        concerns=frozenset({Concern.SUITABILITY}),
    )
    said = _said(_drawn(_policy(rule)))
    assert "If wanted, heat or ice may be tried." in said
    assert "It asks whether the exercises are right for this person." in said
    assert "tried" not in _said(_drawn(_policy(_rule())))


def test_a_policy_without_rules_never_continues() -> None:
    texts = _texts(_drawn(_policy()))
    assert "Never, for the policy has no rules." in texts
    assert "Always, for the policy has no rules." in texts
    assert texts.count("No rule asks for this.") == 5


def test_the_order_of_rules_does_not_matter() -> None:
    turned = attrs.evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[::-1])
    assert policy_as_svg(turned) == policy_as_svg(STOPPING_POLICY)


def test_the_picture_of_the_docs_is_what_is_drawn() -> None:
    shown = Path(__file__).parent.parent / "docs" / "article-policy.svg"
    assert shown.read_text(encoding="utf-8") == policy_as_svg(STOPPING_POLICY)
