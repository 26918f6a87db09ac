"""The picture of a variant space: every place and every rung, whatever the names are."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backex.anatomy import Laterality, Limb, Position
from backex.axes import Axis, Level, LevelAxis, LoadAxis
from backex.catalog.upper_back import ALL_FOURS_ROTATION, FORWARD, OBLIQUE_SIT, ROUTINE
from backex.dose import Dose
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId, ExerciseId, LevelId
from backex.ladders import Ladder, ladder
from backex.progression import (
    AddResistance,
    ChangeReach,
    CustomProgression,
    ExtendArm,
)
from backex.quantities import Mass, kg
from backex.render.space import variant_space_as_svg
from backex.strategies import texts
from backex.variant import vary

SVG = "{http://www.w3.org/2000/svg}"
CIRCLE = f"{SVG}circle"
TAGS = {
    f"{SVG}{name}"
    for name in ("svg", "title", "rect", "text", "path", "polyline", "line", "circle")
}
PACE, VEST = AxisId("pace"), AxisId("vest")


def _level(id: str, *exceeds: str, name: str | None = None) -> Level:
    return Level(id=LevelId(id), name=name or id, exceeds=frozenset(map(LevelId, exceeds)))


def _levels(*levels: Level, name: str = "pace") -> LevelAxis:
    return LevelAxis(id=PACE, name=name, levels=levels)


def _loads(name: str = "vest") -> LoadAxis:
    return LoadAxis(id=VEST, name=name, limb=Limb.BOTH_ARMS, increment_grams=250)


def _lean(*axes: Axis, name: str = "Lean") -> Exercise:
    return Exercise(
        id=ExerciseId("lean"),
        name=name,
        position=Position.STANDING,
        laterality=Laterality.BILATERAL,
        axes=axes,
    )


def _at(axis: AxisId, place: str | Mass) -> CustomProgression:
    return CustomProgression(axis, place if isinstance(place, Mass) else LevelId(place))


def _drawn(exercise: Exercise, rungs: Ladder | None = None) -> ET.Element:
    """Return the picture as a tree of nothing but the expected elements."""
    root = ET.fromstring(variant_space_as_svg(exercise, rungs))
    assert {each.tag for each in root.iter()} <= TAGS
    assert {name for each in root.iter() for name in each.attrib} <= {
        *("viewBox", "width", "height", "style", "x", "y", "rx", "fill", "stroke", "stroke-width"),
        *("font-size", "font-weight", "text-anchor", "d", "points", "stroke-dasharray"),
        *("x1", "x2", "y1", "y2", "cx", "cy", "r"),
    }
    return root


def _texts(root: ET.Element) -> list[str]:
    return [each.text or "" for each in root.iter(f"{SVG}text")]


def _heights(root: ET.Element, *names: str) -> dict[str, float]:
    """Return how far down each of those texts stands."""
    found = {each.text or "": float(each.get("y", "")) for each in root.iter(f"{SVG}text")}
    return {name: found[name] for name in names}


def _numbers(text: str | None) -> list[float]:
    return [float(each) for each in re.findall(r"-?[0-9.]+", text or "")]


#: A ladder that uses three of the four axes.
RUNGS = (
    ladder(OBLIQUE_SIT, Dose(sets=2, reps=5))
    .ramp(kg("0.5"), kg(1), by=kg("0.5"))
    .then(ExtendArm())
    .then(ChangeReach(FORWARD))
    .then(dose=Dose(sets=3, reps=5))
)


# What it shows.


def test_every_axis_and_every_place_is_shown() -> None:
    assert _texts(_drawn(OBLIQUE_SIT))[:1] == ["Oblique Sit"]
    assert _texts(_drawn(OBLIQUE_SIT))[2:] == [
        *("resistance", "support", "reach", "lower quarter"),
        *("none", "0.25 kg"),
        *("forearm", "extended arm"),
        *("obliquely forward", "straight forward", "obliquely overhead"),
        *("at rest", "upper leg raised", "pelvis raised"),
    ]


def test_the_title_names_the_exercise() -> None:
    assert _drawn(OBLIQUE_SIT).findtext(f"{SVG}title") == "The ways to change Oblique Sit"


def test_of_a_load_axis_the_loads_of_the_ladder_are_shown() -> None:
    loads = [
        text for text in _texts(_drawn(OBLIQUE_SIT, RUNGS)) if re.fullmatch("[0-9.]+ kg", text)
    ]
    assert loads == ["0.5 kg", "1 kg"]
    light = ladder(vary(OBLIQUE_SIT, AddResistance(kg(2)))).then(AddResistance(kg("0.25")))
    loads = [
        text for text in _texts(_drawn(OBLIQUE_SIT, light)) if re.fullmatch("[0-9.]+ kg", text)
    ]
    assert loads == ["0.25 kg", "2 kg"]


def test_every_rung_is_a_line_of_its_own_with_a_legend() -> None:
    root = _drawn(OBLIQUE_SIT, RUNGS)
    assert [text for text in _texts(root) if text.startswith("rung")] == [
        "rung 0: Oblique Sit, 2 sets of 5 repetitions",
        "rung 1: resistance: none → 0.5 kg",
        "rung 2: resistance: 0.5 kg → 1 kg",
        "rung 3: support: forearm → extended arm",
        "rung 4: reach: obliquely forward → straight forward",
        "rung 5: 3 sets of 5 repetitions",
    ]
    lines = [(each.get("points"), each.get("stroke")) for each in root.iter(f"{SVG}polyline")]
    keys = [each.get("stroke") for each in root.iter(f"{SVG}line")]
    assert len({points for points, _ in lines}) == len(RUNGS.rungs)
    assert [stroke for _, stroke in lines] == keys
    assert len(set(keys)) == len(RUNGS.rungs)


@pytest.mark.parametrize(
    ("rungs", "said"),
    [
        (ladder(OBLIQUE_SIT), ["rung 0: Oblique Sit, no dose stated"]),
        (
            ladder(OBLIQUE_SIT, Dose(sets=2)).then(),
            ["rung 0: Oblique Sit, 2 sets", "rung 1: the same again"],
        ),
        (
            ladder(OBLIQUE_SIT, Dose(sets=2)).then(ExtendArm(), dose=Dose(sets=1)),
            ["rung 0: Oblique Sit, 2 sets", "rung 1: support: forearm → extended arm; 1 set"],
        ),
    ],
)
def test_a_legend_says_what_a_rung_changes(rungs: Ladder, said: list[str]) -> None:
    texts = _texts(_drawn(OBLIQUE_SIT, rungs))
    assert [text for text in texts if text.startswith("rung")] == said


def test_a_rung_crosses_each_axis_at_its_place() -> None:
    exercise = _lean(_levels(_level("free"), _level("slow", "free")), _loads())
    rungs = ladder(exercise).then(_at(PACE, "slow")).then(_at(VEST, kg(1)))
    root = _drawn(exercise, rungs)
    places = _heights(root, "free", "slow", "none", "1 kg")
    crossed = []
    for line in root.iter(f"{SVG}polyline"):
        *ys, at_its_dot = _numbers(line.get("points"))[1::2]
        assert at_its_dot == ys[-1]
        near = [min(places, key=lambda name: abs(places[name] - y)) for y in ys]
        # One that enters and leaves a place at one height.
        assert ys[0::2] == ys[1::2]
        # What stands on one height is told apart by its column.
        crossed.append([near[0], near[2].replace("free", "none").replace("slow", "1 kg")])
    assert crossed == [["free", "none"], ["slow", "none"], ["slow", "1 kg"]]


def test_every_rung_has_a_dot_of_its_own_that_bears_its_number() -> None:
    exercise = _lean(_levels(_level("free"), _level("slow", "free")))
    rungs = ladder(exercise, Dose(sets=1)).then(_at(PACE, "slow")).then(dose=Dose(sets=2))
    root = _drawn(exercise, rungs)
    dots = [(float(each.get("cx", "")), float(each.get("cy", ""))) for each in root.iter(CIRCLE)]
    ends = [_numbers(line.get("points"))[-2:] for line in root.iter(f"{SVG}polyline")]
    assert [list(dot) for dot in dots] == ends
    gaps = [after[0] - before[0] for before, after in pairwise(dots)]
    assert min(gaps) > 2 * 7.5
    assert [text for text in _texts(root) if text.isdigit()] == ["0", "1", "2"]
    # The second and the third stand at one place.
    assert abs(dots[1][1] - dots[2][1]) < 10 < abs(dots[0][1] - dots[1][1])


def test_the_base_is_bold_and_no_other_place() -> None:
    root = _drawn(OBLIQUE_SIT)
    bold = [each.text for each in root.iter(f"{SVG}text") if each.get("font-weight") == "bold"]
    assert bold[1:5] == [axis.name for axis in OBLIQUE_SIT.axes]
    assert bold[5:] == ["none", "forearm", "obliquely forward", "at rest"]


AXES = {
    "two above the base": _levels(
        _level("base"), _level("a", "base"), _level("b", "base"), _level("top", "a", "b")
    ),
    "one below the base": _levels(_level("base", "low"), _level("low"), _level("top", "base")),
    "two below the base": _levels(_level("base", "mid"), _level("mid", "low"), _level("low")),
    "aside of the base": _levels(_level("base"), _level("low"), _level("high", "low")),
    "by way of another": _levels(
        _level("base", "a", "b"), _level("top", "base"), _level("a"), _level("b", "a")
    ),
}


@pytest.mark.parametrize("axis", AXES.values(), ids=AXES)
def test_what_is_harder_stands_above_and_an_arc_leads_up_to_it(axis: LevelAxis) -> None:
    root = _drawn(_lean(axis))
    height = _heights(root, *(level.id for level in axis.levels))
    assert len(set(height.values())) == len(axis.levels)
    pairs = [(easier, level.id) for level in axis.levels for easier in level.exceeds]
    assert [pair for pair in pairs if height[pair[0]] <= height[pair[1]]] == []
    arcs = [_numbers(each.get("d")) for each in root.iter(f"{SVG}path")]
    rises = sorted((arc[1] - arc[-1]) for arc in arcs)
    assert rises == sorted(height[easier] - height[harder] for easier, harder in pairs)


def test_loads_rise_from_none() -> None:
    exercise = _lean(_loads())
    rungs = ladder(exercise).ramp(kg("0.5"), kg("1.5"), by=kg("0.5"), axis=VEST)
    height = _heights(_drawn(exercise, rungs), "none", "0.5 kg", "1 kg", "1.5 kg")
    assert list(height.values()) == sorted(height.values(), reverse=True)
    assert len(list(_drawn(exercise, rungs).iter(f"{SVG}path"))) == 3


def test_an_exercise_without_axes_has_its_name_alone() -> None:
    texts = _texts(_drawn(ALL_FOURS_ROTATION, ladder(ALL_FOURS_ROTATION)))
    assert texts[0] == "All-Fours Rotation"
    assert texts[2:] == ["rung 0: All-Fours Rotation, no dose stated"]


def test_a_long_name_is_cut_where_it_would_leave_its_place() -> None:
    fits, long = "x" * 19, "y" * 20
    texts = _texts(_drawn(_lean(_levels(_level("a", name=fits), _level("b", name=long)))))
    assert texts[-2:] == [fits, "y" * 18 + "…"]


def test_everything_stands_inside_the_picture() -> None:
    root = _drawn(OBLIQUE_SIT, RUNGS)
    width, height = float(root.get("width", "")), float(root.get("height", ""))
    spots = [
        (float(each.get("x", "")), float(each.get("y", ""))) for each in root.iter(f"{SVG}text")
    ]
    for line in root.iter(f"{SVG}polyline"):
        numbers = _numbers(line.get("points"))
        spots += zip(numbers[0::2], numbers[1::2], strict=True)
    assert all(0 <= x <= width and 0 <= y <= height for x, y in spots)


# Many levels, odd orders, other exercises.


def _row(count: int) -> Exercise:
    """Return an exercise with so many levels, each harder than the one before."""
    harder = (_level(f"l{n}", f"l{n - 1}") for n in range(1, count))
    return _lean(_levels(_level("l0"), *harder))


def _calls_to_draw(exercise: Exercise) -> int:
    calls = 0

    def count(_: object, event: str, __: object) -> None:
        nonlocal calls
        calls += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        variant_space_as_svg(exercise)
    finally:
        sys.setprofile(before)
    return calls


def test_the_work_does_not_double_with_each_level() -> None:
    assert _calls_to_draw(_row(14)) < 10 * _calls_to_draw(_row(7))


@pytest.mark.parametrize(
    "axis",
    [
        _levels(_level("a", "b"), _level("b", "a")),
        _levels(_level("a"), _level("b", "b")),
        _levels(_level("a"), _level("b", "lost")),
    ],
    ids=["a circle", "harder than itself", "harder than nothing"],
)
def test_an_order_that_makes_no_sense_is_drawn_all_the_same(axis: LevelAxis) -> None:
    assert set(_texts(_drawn(_lean(axis)))) >= {"a", "b"}


@pytest.mark.parametrize(
    "rungs",
    [ladder(ALL_FOURS_ROTATION), ladder(_lean(_levels(_level("fast")))).then(_at(PACE, "slow"))],
    ids=["another exercise", "another exercise of the same id"],
)
def test_a_ladder_of_another_exercise_is_refused(rungs: Ladder) -> None:
    exercise = _lean(_levels(_level("free"), _level("slow")))
    with pytest.raises(InvalidValue) as caught:
        variant_space_as_svg(exercise, rungs)
    assert caught.value.path == "variant_space_as_svg.ladder"


def test_a_move_that_does_not_apply_is_drawn_where_it_leaves_the_exercise() -> None:
    exercise = _lean(_levels(_level("free"), _level("slow", "free")))
    rungs = ladder(exercise).then(_at(PACE, "fast"))
    root = _drawn(exercise, rungs)
    assert _texts(root)[-1] == "rung 1: pace: free → fast"
    first, second = (_numbers(each.get("points"))[1] for each in root.iter(f"{SVG}polyline"))
    assert abs(first - second) < 10


# Hostile names.

HOSTILE = (
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script><text>",
    '" onload="alert(1)',
    "' onload='alert(1)",
    "&lt;b&gt; &amp;amp; &#60;",
    "]]> <![CDATA[ <!-- --> <?xml ?>",
    "{x} %s \\u003c",
    "\U0001f4aa עברית",
)


@pytest.mark.parametrize("name", HOSTILE, ids=ascii)
def test_names_are_text_and_nothing_else(name: str) -> None:
    base, slow = _level("free", name=name), _level("slow", "free", name=f"!{name}")
    exercise = _lean(_levels(base, slow, name=name), _loads(name), name=name)
    root = _drawn(exercise, ladder(exercise).then(_at(PACE, "slow")))
    cut = name if len(name) <= 19 else name[:18] + "…"
    texts = _texts(root)
    assert texts[0] == name
    assert texts[2:5] == [name, name, cut]
    assert texts[-1] == f"rung 1: {name}: {name} → !{name}"
    assert root.findtext(f"{SVG}title") == f"The ways to change {name}"


@pytest.mark.parametrize("name", ["a\ufffeb", "a\uffffb"], ids=ascii)
def test_a_name_that_no_xml_can_hold_is_refused_or_left_out(name: str) -> None:
    with suppress(InvalidValue):
        _drawn(_lean(_levels(_level("free", name=name), name=name), name=name))


@given(st.lists(texts(single_line=True), min_size=5, max_size=5))
@settings(max_examples=25)
def test_any_name_is_shown_as_it_is(names: list[str]) -> None:
    title, axis, one, other, load = names
    exercise = _lean(
        _levels(_level("free", name=one), _level("slow", name=other), name=axis),
        _loads(load),
        name=title,
    )
    texts = _texts(_drawn(exercise))
    assert [texts[0], *texts[2:6]] == [title, axis, load, *(each[:19] for each in (one, other))]


# The same each time.


def test_equal_exercises_give_equal_text() -> None:
    twin = attrs.evolve(OBLIQUE_SIT)
    assert variant_space_as_svg(twin, Ladder(RUNGS.rungs)) == variant_space_as_svg(
        OBLIQUE_SIT, RUNGS
    )


def _in_another_process(seed: str) -> str:
    code = (
        "import sys;"
        "from backex.render.space import variant_space_as_svg as draw;"
        "from backex.catalog.upper_back import OBLIQUE_SIT;"
        "sys.stdout.buffer.write(draw(OBLIQUE_SIT).encode())"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env)
    return run.stdout.decode()


def test_the_text_is_the_same_in_every_process() -> None:
    expected = variant_space_as_svg(OBLIQUE_SIT)
    assert [_in_another_process(seed) for seed in ("1", "2")] == [expected] * 2


def test_the_picture_of_the_docs_is_what_is_drawn() -> None:
    shown = Path(__file__).parent.parent / "docs" / "oblique-sit-ladder.svg"
    item = ROUTINE.item("oblique-sit")
    assert item is not None
    rungs = ladder(OBLIQUE_SIT, item.dose).ramp(kg("0.5"), kg(1), by=kg("0.5")).then(ExtendArm())
    assert shown.read_text(encoding="utf-8") == variant_space_as_svg(OBLIQUE_SIT, rungs)
