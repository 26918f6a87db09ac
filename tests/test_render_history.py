"""The picture of a log: what was said, what the monitor decided, and the latches that say why."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from attrs import evolve
from hypothesis import given, settings
from hypothesis import strategies as st

from backex import (
    Action,
    Clearance,
    ConflictingClearance,
    Entry,
    StoppingPolicy,
    decide,
    report,
)
from backex.catalog.upper_back import STOPPING_POLICY
from backex.ids import PrescriptionId, RuleId
from backex.presets import pain_monitoring
from backex.render.history import history_as_svg
from backex.symptoms import DIZZINESS, NUMBNESS, Channel, Moment, Trend

SVG = "{http://www.w3.org/2000/svg}"
SIT, RAISE = PrescriptionId("oblique-sit"), PrescriptionId("prone-head-raise")
USUAL = report(0, pain=2, stiffness=3)
MONITORING = pain_monitoring(acceptable=4, persisting_checkins=3)
REFERRING = frozenset({RuleId("no-improvement"), RuleId("evaluation-wanted")})


_calm = partial(report, pain=2, stiffness=3)
_worse = partial(report, pain=5, stiffness=3)


def _drawn(log: Sequence[Entry], policy: StoppingPolicy = STOPPING_POLICY) -> ET.Element:
    return ET.fromstring(history_as_svg(policy, log, baseline=USUAL))


def _named(root: ET.Element) -> dict[str, ET.Element]:
    """Return every shape that says what it is, by that."""
    named = {}
    for group in root.iter(f"{SVG}g"):
        title, shape = group
        assert title.text is not None
        assert title.text not in named
        named[title.text] = shape
    return named


def _marks(root: ET.Element, label: str) -> list[str]:
    """Return at which check-ins there is a mark of that kind."""
    return [name.split(":")[0] for name in _named(root) if name.split(": ", 1)[1] == label]


def _decisions(root: ET.Element) -> dict[str, str]:
    actions = {each.value.replace("-", " ") for each in Action}
    pairs = (name.split(": ", 1) for name in _named(root))
    return {where: what for where, what in pairs if what in actions}


def _bars(root: ET.Element) -> list[tuple[str, str]]:
    """Return each bar as its rule, with the item if it is of one alone, and how long it was set."""
    return [
        (rule, span.removeprefix("set at check-in "))
        for rule, span in (name.split(": ", 1) for name in _named(root))
        if span.startswith("set at ")
    ]


def _texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def _lines(root: ET.Element) -> list[list[tuple[float, float]]]:
    """Return the lines of severities as points."""
    return [
        _points(each) for each in root.iter(f"{SVG}polyline") if each.get("stroke-width") == "2.2"
    ]


def _levels(root: ET.Element) -> list[list[tuple[float, float]]]:
    """Return the lines of usual levels as points."""
    return [_points(each) for each in root.iter(f"{SVG}polyline") if each.get("stroke-opacity")]


def _points(line: ET.Element) -> list[tuple[float, float]]:
    numbers = [float(each) for each in re.findall(r"-?[0-9.]+", line.get("points", ""))]
    return list(zip(numbers[::2], numbers[1::2], strict=True))


def _place(root: ET.Element, number: int) -> float:
    """Return where a check-in stands on the axis."""
    marks = root.iter(f"{SVG}text")
    found = [
        float(each.get("x", ""))
        for each in marks
        if each.text == str(number) and each.get("text-anchor") == "middle"
    ]
    assert len(found) == 1
    return found[0]


def _number(shape: ET.Element, name: str) -> float:
    return float(shape.get(name, ""))


# Severities.


def test_a_line_goes_through_the_worst_known_severity_of_each_check_in() -> None:
    log = [
        report(1, pain=2),
        report(2, pain=3, moment=Moment.DURING),
        report(2, pain=6, moment=Moment.AFTER),
        report(2, pain=1, moment=Moment.NEXT_MORNING),
        report(3, pain=4),
    ]
    root = _drawn(log)
    named = _named(root)
    assert [n for n in named if ": pain" in n] == [
        "check-in 1: pain 2",
        "check-in 2: pain 6",
        "check-in 3: pain 4",
    ]
    (points,) = _lines(root)
    assert [x for x, _ in points] == [_place(root, number) for number in (1, 2, 3)]
    ys = [y for _, y in points]
    assert (ys[0] - ys[1]) / 4 == (ys[2] - ys[1]) / 2 > 0
    marks = [named[f"check-in {n}: pain {s}"] for n, s in ((1, 2), (2, 6), (3, 4))]
    assert [(_number(each, "cx"), _number(each, "cy")) for each in marks] == points


def test_no_line_crosses_what_is_not_known() -> None:
    log = [_calm(1), _calm(2), report(3, stiffness=3), _calm(4), _calm(5), _calm(7)]
    root = _drawn(log)
    spans = [[x for x, _ in line] for line in _lines(root)]
    assert spans == [
        [_place(root, number) for number in run] for run in ((1, 2), (4, 5), (1, 2, 3, 4, 5))
    ]
    assert "check-in 7: pain 2" in _named(root)


def test_equal_severities_do_not_hide_one_another() -> None:
    one, other = _lines(_drawn([report(n, pain=3, stiffness=3) for n in (1, 2)]))
    assert one[0][1] != other[0][1]


def test_every_channel_is_named_at_its_end_and_told_apart_without_color() -> None:
    channels = [Channel(f"c{number}") for number in range(20)]
    log = [report(n, severities=dict.fromkeys(channels, 4)) for n in (1, 2)]
    root = _drawn(log)
    labels = [each for each in _texts(root) if re.match("c[0-9]+, ", each)]
    assert sorted(labels) == sorted(f"{each}, usual level not" for each in channels)
    shapes = {
        name: shape for name, shape in _named(root).items() if re.match("check-in 2: c", name)
    }
    looks = {
        (shape.tag, len(shape.get("points", "").split()), line.get("stroke-dasharray"))
        for shape, line in zip(
            shapes.values(),
            [each for each in root.iter(f"{SVG}polyline") if each.get("stroke-width") == "2.2"],
            strict=True,
        )
    }
    assert len(looks) > 9


def test_an_asked_channel_is_named_even_if_it_was_never_rated() -> None:
    texts = " ".join(_texts(_drawn([report(1, pain=1)])))
    assert "pain, usually 2" in texts
    assert "stiffness, usually 3, never rated" in texts


def test_without_a_baseline_no_usual_level_is_drawn() -> None:
    root = ET.fromstring(history_as_svg(STOPPING_POLICY, [_calm(1), _calm(2)]))
    assert _levels(root) == []
    assert "pain, usual level not known" in " ".join(_texts(root))
    assert _decisions(root) == {"check-in 1": "hold", "check-in 2": "hold"}


def test_the_usual_level_steps_where_a_clearance_sets_a_new_one() -> None:
    new = report(3, pain=4)
    log: list[Entry] = [
        *(_calm(n) for n in (1, 2, 4)),
        Clearance(checkin=3, rules=REFERRING, by="Dr. Roe", new_baseline=new),
        _calm(3, seq=1),
    ]
    root = _drawn(log)
    pain, stiffness = _levels(root)
    step = _place(root, 2) - _place(root, 1)
    assert [x for x, _ in pain[::2]] == [_place(root, n) - step / 2 for n in (1, 2, 3, 4)]
    rises = [pain[0][1] - y for _, y in pain[::2]]
    # A higher level counts from the next check-in on.
    assert rises[:3] == [0, 0, 0]
    assert rises[3] > 0
    assert len({y for _, y in stiffness}) == 1
    assert "Check-in 3: Dr. Roe cleared evaluation-wanted and no-improvement; usual" in " ".join(
        _texts(root)
    )
    assert "usual from then on: pain 4." in " ".join(_texts(root))


# What else was said.


def test_what_else_was_said_is_marked_at_its_check_in() -> None:
    log: list[Entry] = [
        _calm(1),
        _calm(2, trend=Trend.WORSE),
        _calm(3, evaluation_wanted=True, trend=Trend.BETTER),
        _calm(4, red_flags=frozenset({NUMBNESS, DIZZINESS})),
        Clearance(checkin=5, rules=REFERRING, by="Dr. Roe"),
        _calm(5, seq=1, red_flags=frozenset({NUMBNESS})),
    ]
    root = _drawn(log)
    assert _marks(root, "said to be worse") == ["check-in 2"]
    assert _marks(root, "evaluation wanted") == ["check-in 3"]
    assert _marks(root, "red flag: numbness") == ["check-in 4", "check-in 5"]
    assert _marks(root, "red flag: dizziness") == ["check-in 4"]
    assert _marks(root, "clearance") == ["check-in 5"]
    wanted = _named(root)["check-in 3: evaluation wanted"]
    assert _number(wanted, "x") + _number(wanted, "width") / 2 == _place(root, 3)
    assert "Check-in 5: Dr. Roe cleared evaluation-wanted and no-improvement." in _texts(root)


def test_a_quiet_log_has_no_row_of_marks() -> None:
    texts = set(_texts(_drawn([_calm(1)])))
    assert not texts & {"said to be worse", "evaluation wanted", "clearance", "no check-in"}
    assert not any(text.startswith(("asked", "red flag")) for text in texts)


def test_what_was_asked_and_not_answered_is_marked() -> None:
    log = [
        report(1, pain=2),
        report(2, pain=2, moment=Moment.DURING),
        report(3, pain=2, stiffness=3),
        report(4),
    ]
    root = _drawn(log)
    assert _marks(root, "asked, no answer: pain") == ["check-in 2", "check-in 4"]
    assert _marks(root, "asked, no answer: stiffness") == ["check-in 1", "check-in 2", "check-in 4"]
    root = _drawn([report(1, pain=2), report(2, pain=2, red_flags=frozenset())], MONITORING)
    assert _marks(root, "asked, no answer: red flags") == ["check-in 1"]
    assert _marks(root, "asked, no answer: pain") == []


def test_missing_check_ins_are_shaded_and_a_long_run_is_one_column() -> None:
    root = _drawn([_calm(1), _calm(4), _calm(20), _calm(21)])
    assert _marks(root, "no check-in") == ["check-in 2", "check-in 3", "check-ins 5 to 19"]
    assert _decisions(root)["check-ins 5 to 19"] == "hold"
    shaded = [each for each in root.iter(f"{SVG}rect") if each.get("fill") == "#e9ecef"]
    step = _place(root, 21) - _place(root, 20)
    assert [_number(each, "x") + step / 2 for each in shaded[:2]] == [
        pytest.approx(_place(root, 2)),
        pytest.approx(_place(root, 3)),
    ]
    assert "5–19" in _texts(root)
    assert [_number(each, "width") for each in shaded] == [step] * 3


# Decisions.


def test_each_decision_stands_on_the_lane_of_its_action() -> None:
    log = [_calm(1), _worse(2), _worse(3), _worse(4), report(5, pain=2)]
    root = _drawn(log)
    assert _decisions(root) == {
        "check-in 1": "continue",
        "check-in 2": "rest",
        "check-in 3": "rest",
        "check-in 4": "comfort",
        "check-in 5": "comfort",
    }
    named = _named(root)
    lanes = {each.text: _number(each, "y") for each in root.iter(f"{SVG}text")}
    for where, what in _decisions(root).items():
        cell = named[f"{where}: {what}"]
        top = _number(cell, "y")
        assert top < lanes[what] < top + _number(cell, "height") + 1
        middle = _number(cell, "x") + _number(cell, "width") / 2
        assert middle == pytest.approx(_place(root, int(where.split()[1])))
    names = sorted(Action, key=lambda each: each.rank)
    heights = [lanes[each.value.replace("-", " ")] for each in names]
    assert heights == sorted(heights, reverse=True)
    assert len({_named(root)[f"{k}: {v}"].get("fill") for k, v in _decisions(root).items()}) == 3


@pytest.mark.parametrize(
    ("log", "said"),
    [
        ([_calm(1)], "After check-in 1: continue, for no rule is set and everything asked for is"),
        ([_worse(1)], "After check-in 1: rest, for worsened is set."),
        (
            [_worse(n, evaluation_wanted=True) for n in range(1, 8)]
            + [report(8, pain=5, stiffness=5, evaluation_wanted=True)],
            "After check-in 8: refer, for evaluation-wanted and no-improvement are set.",
        ),
        ([report(1, pain=1)], "After check-in 1: hold, for this is not known: stiffness."),
        ([], "Before any check-in: hold, for this is not known: how it feels"),
    ],
)
def test_the_newest_decision_and_its_reason_stand_on_top(log: list[Entry], said: str) -> None:
    assert " ".join(_texts(_drawn(log))[1:4]).find(said) >= 0


# Latches.


def test_a_bar_runs_from_where_a_rule_is_set_to_where_it_is_released() -> None:
    log = [_calm(1), _worse(2), _worse(3), report(4, pain=2), _calm(6), _calm(7), _worse(8)]
    root = _drawn(log)
    assert _bars(root) == [
        ("worsened", "2, released at check-in 6"),
        ("worsened", "8, still set"),
    ]
    first = _named(root)["worsened: set at check-in 2, released at check-in 6"]
    assert _number(first, "x") == _place(root, 2)
    assert _number(first, "x") + _number(first, "width") == pytest.approx(_place(root, 6))
    last = _named(root)["worsened: set at check-in 8, still set"]
    step = _place(root, 8) - _place(root, 7)
    assert _number(last, "x") == _place(root, 8)
    assert _number(last, "width") == pytest.approx(step / 2)
    dots = [_number(each, "cx") for each in root.iter(f"{SVG}circle") if each.get("r") == "5.0"]
    assert dots == [_place(root, 2), _place(root, 8)]
    assert _texts(root).count("never set") == 3


def test_only_a_clearance_ends_the_bar_of_a_referral() -> None:
    log: list[Entry] = [_worse(n) for n in range(1, 9)]
    log += [_calm(n) for n in range(9, 12)]
    log += [Clearance(checkin=12, rules=REFERRING, by="Dr. Roe"), _calm(12, seq=1)]
    assert _bars(_drawn(log)) == [
        ("no-improvement", "7, released at check-in 12"),
        ("persisting", "3, released at check-in 9"),
        ("worsened", "1, released at check-in 9"),
    ]


def test_a_calm_report_before_a_worse_one_ends_no_bar() -> None:
    log = [_worse(1), _calm(2), _worse(2, seq=1, moment=Moment.NEXT_MORNING), _calm(3)]
    assert _bars(_drawn(log)) == [("worsened", "1, released at check-in 3")]


def test_a_clearance_and_the_same_again_make_two_bars() -> None:
    log = [_worse(1), _worse(2), _worse(3, seq=1), _calm(4)]
    clearance = Clearance(checkin=3, rules=frozenset({RuleId("worsened")}), by="Dr. Roe")
    assert _bars(_drawn([*log, clearance, clearance])) == [
        ("persisting", "3, released at check-in 4"),
        ("worsened", "1, released at check-in 3"),
        ("worsened", "3, released at check-in 4"),
    ]


def test_what_is_set_and_cleared_within_a_check_in_is_shown_there() -> None:
    log: list[Entry] = [
        _calm(1),
        report(2, pain=2, stiffness=3, red_flags=frozenset({NUMBNESS})),
        Clearance(checkin=2, seq=1, rules=frozenset({RuleId("red-flag")}), by="Dr. Roe"),
    ]
    root = _drawn(log, MONITORING)
    assert _bars(root) == [("red-flag", "2, released at check-in 2")]
    assert _decisions(root)["check-in 2"] == "hold"


def test_rules_stand_in_the_order_of_their_actions() -> None:
    texts = _texts(_drawn([]))
    names = ["evaluation-wanted", "no-improvement", "persisting", "worsened"]
    assert [text for text in texts if text in names] == names
    assert [text for text in texts if text.startswith("→ ")] == [
        *("→ refer", "→ refer", "→ comfort", "→ rest")
    ]


def test_a_policy_without_rules_says_so() -> None:
    texts = _texts(_drawn([_calm(1)], attrs.evolve(STOPPING_POLICY, rules=())))
    assert "The policy has no rules." in texts


# Items.

ITEMS: list[Entry] = [
    _calm(1),
    report(2, pain=6, stiffness=5, item=SIT, evaluation_wanted=True),
    _calm(2),
    _calm(3),
    report(3, pain=1, stiffness=1, item=RAISE),
    _calm(4),
]


def test_of_an_item_its_own_track_is_drawn() -> None:
    root = ET.fromstring(history_as_svg(STOPPING_POLICY, ITEMS, baseline=USUAL, item=SIT))
    named = _named(root)
    assert "check-in 2: pain 6" in named
    assert "check-in 3: pain 2" in named
    assert _bars(root) == [
        ("evaluation-wanted", "2, still set"),
        ("worsened", "2, released at check-in 3"),
    ]
    assert set(_decisions(root).values()) == {"continue", "refer"}
    assert "oblique-sit" in _texts(root)[0]
    assert "Severities reported on prone-head-raise alone are not drawn here." in _texts(root)


def test_the_session_shows_the_referral_that_an_item_brought() -> None:
    root = _drawn(ITEMS)
    assert "check-in 2: pain 2" in _named(root)
    assert _bars(root) == [("evaluation-wanted for oblique-sit", "2, still set")]
    assert "evaluation-wanted for" in _texts(root)
    assert _decisions(root)["check-in 2"] == "refer"
    said = "Severities reported on oblique-sit and prone-head-raise alone are not drawn here."
    assert said in _texts(root)


def test_a_referral_of_the_session_and_the_same_of_an_item_are_told_apart() -> None:
    wanted = partial(report, pain=4, stiffness=4, evaluation_wanted=True)
    cleared = Clearance(checkin=1, rules=REFERRING, by="Dr. Roe")
    root = _drawn([report(0, item=SIT), wanted(0, seq=1), cleared, wanted(2, item=SIT)])
    assert [each for each in _bars(root) if each[0].startswith("evaluation-wanted")] == [
        ("evaluation-wanted", "0, released at check-in 1"),
        ("evaluation-wanted for oblique-sit", "0, released at check-in 1"),
        ("evaluation-wanted for oblique-sit", "2, still set"),
    ]


def test_an_item_hears_the_session_and_the_earlier_latch_is_shown() -> None:
    log = [_worse(1, item=SIT), _calm(1), _worse(2), _calm(3)]
    root = ET.fromstring(history_as_svg(STOPPING_POLICY, log, baseline=USUAL, item=SIT))
    assert _bars(root) == [("worsened", "1, released at check-in 3")]


def test_an_item_with_something_left_open_says_that_it_holds() -> None:
    log = [_calm(1), report(1, pain=2, item=SIT)]
    root = ET.fromstring(history_as_svg(STOPPING_POLICY, log, baseline=USUAL, item=SIT))
    assert _decisions(root) == {"check-in 1": "hold"}
    said = "After check-in 1: hold, for this is not known: stiffness for oblique-sit."
    assert said in " ".join(_texts(root))


def test_an_item_held_alone_for_want_of_an_answer_says_that_it_holds() -> None:
    alone = evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[:1])
    log = [_calm(1), report(1, pain=2, item=SIT)]
    root = ET.fromstring(history_as_svg(alone, log, baseline=USUAL, item=SIT))
    assert _decisions(root) == {"check-in 1": "hold"}
    assert "After check-in 1: hold, for something asked for is not known." in _texts(root)


def test_what_stops_only_another_item_is_no_reason() -> None:
    policy = attrs.evolve(MONITORING, asks_red_flags=False)
    log = [report(1, pain=6, item=SIT), report(1, pain=3, moment=Moment.NEXT_MORNING)]
    drawn = {
        item: ET.fromstring(history_as_svg(policy, log, baseline=USUAL, item=item))
        for item in (None, SIT, RAISE)
    }
    said = {
        item: next(text for text in _texts(root) if text.startswith("After"))
        for item, root in drawn.items()
    }
    assert said == {
        None: "After check-in 1: ease, for not-settled is set.",
        SIT: "After check-in 1: rest, for too-much-pain is set.",
        RAISE: "After check-in 1: ease, for not-settled is set.",
    }
    rest = attrs.evolve(policy.rules[2], then=Action.REST)
    policy = attrs.evolve(policy, rules=(*policy.rules[:2], rest, *policy.rules[3:]))
    texts = _texts(ET.fromstring(history_as_svg(policy, log, baseline=USUAL)))
    assert "After check-in 1: rest, for not-settled is set." in texts


def test_an_item_without_a_report_shows_the_session() -> None:
    log = [_calm(1), _worse(2)]
    other = history_as_svg(STOPPING_POLICY, log, baseline=USUAL, item=SIT)
    assert _bars(ET.fromstring(other)) == _bars(_drawn(log))


# Any log.

_REPORTS = st.builds(
    report,
    st.integers(0, 9),
    pain=st.none() | st.integers(0, 6),
    stiffness=st.none() | st.integers(0, 6),
    seq=st.integers(1, 2),
    moment=st.sampled_from(Moment),
    evaluation_wanted=st.booleans(),
    item=st.sampled_from([None, None, SIT]),
)
_CLEARANCES = st.builds(
    Clearance, checkin=st.integers(0, 9), rules=st.just(REFERRING), by=st.just("Dr. Roe")
)


@given(
    st.lists(_REPORTS, max_size=14),
    st.lists(_CLEARANCES, max_size=2, unique_by=lambda each: each.key),
    st.sampled_from([None, SIT]),
)
@settings(max_examples=40)
def test_decisions_and_bars_are_those_of_the_monitor(
    reports: list[Entry], clearances: list[Entry], item: PrescriptionId | None
) -> None:
    log = [*reports, *clearances]
    svg = history_as_svg(STOPPING_POLICY, log, baseline=USUAL, item=item)
    assert svg == history_as_svg(STOPPING_POLICY, log[::-1], baseline=USUAL, item=item)
    root = ET.fromstring(svg)
    drawn, bars = _decisions(root), _bars(root)
    for number in sorted({each.checkin for each in log}):
        decided = decide(
            STOPPING_POLICY, [each for each in log if each.checkin <= number], baseline=USUAL
        )
        action = decided.action if item is None else decided.action_for(item)
        assert drawn[f"check-in {number}"] == action.value.replace("-", " ")
        shown = {rule.split(" for ")[0] for rule, span in bars if _covers(span, number)}
        greatest = {
            each.rule
            for each in decided.findings
            if each.item in {None, item} or each.action >= Action.REFER
        }
        assert shown == greatest


def _covers(span: str, number: int) -> bool:
    """Tell whether a rule was still set when that check-in was over."""
    first, *last = map(int, re.findall("[0-9]+", span))
    return first <= number and (not last or number < last[0])


def test_two_clearances_of_one_place_are_refused() -> None:
    log = [Clearance(checkin=1, rules=REFERRING, by=name) for name in ("Dr. Roe", "Dr. Doe")]
    with pytest.raises(ConflictingClearance):
        history_as_svg(STOPPING_POLICY, log)


# The axis.


def test_the_numbers_of_many_check_ins_are_thinned_to_round_ones() -> None:
    root = _drawn([_calm(n) for n in range(1, 200)])
    numbers = [
        int(each.text or "")
        for each in root.iter(f"{SVG}text")
        if re.fullmatch("[0-9]+", each.text or "") and each.get("text-anchor") == "middle"
    ]
    assert numbers[0] == 1
    assert 20 < len(numbers) < 60
    assert all(number % 5 == 0 for number in numbers[1:])


def test_long_numbers_are_shown_before_the_dots_of_gaps() -> None:
    texts = _texts(_drawn([_calm(n * 1_000_000) for n in range(60)]))
    assert len([text for text in texts if text.endswith("000000")]) > 10


def test_the_severities_use_the_height_that_the_names_need() -> None:
    channels = [Channel(f"c{number}") for number in range(30)]
    root = _drawn([report(n, severities=dict.fromkeys(channels, 5)) for n in (1, 2)])
    heights = {each.text: _number(each, "y") for each in root.iter(f"{SVG}text")}
    names = [y for text, y in heights.items() if text and re.match("c[0-9]+, ", text)]
    assert heights["0"] - heights["10"] >= max(names) - min(names)


# The picture of the docs.


def test_the_picture_of_the_docs_is_what_is_drawn() -> None:
    shown = Path(__file__).parent.parent / "docs" / "article-history.svg"
    pains = (2, 2, 3, 4, 4, 5, 4, 5, 4, 5, 6, 4, 3, 3)
    log: list[Entry] = [
        report(number, pain=pain, stiffness=max(3, pain - 1))
        for number, pain in enumerate(pains, start=1)
    ]
    log += [
        report(6, pain=6, stiffness=5, moment=Moment.NEXT_MORNING, evaluation_wanted=True),
        Clearance(checkin=13, rules=REFERRING, by="Dr. Roe", new_baseline=report(13, pain=3)),
        report(16, pain=3, stiffness=2),
        report(17, pain=2),
        report(18, pain=3, stiffness=3),
    ]
    drawn = history_as_svg(STOPPING_POLICY, log, baseline=USUAL)
    assert shown.read_text(encoding="utf-8") == drawn
