"""What the pictures share: safe text that fits, and a whole drawing in which nothing collides."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from itertools import combinations, pairwise
from unicodedata import east_asian_width
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backex import Clearance, Entry, StoppingPolicy, StoppingRule, report
from backex.catalog.upper_back import STOPPING_POLICY
from backex.conditions import AllOf, AnyOf, AtLeast, Calmed, Cleared, EvaluationWanted, Persists
from backex.decision import Action
from backex.ids import PolicyId, PrescriptionId, RuleId
from backex.presets import pain_monitoring, traffic_light
from backex.render.drawing import ink_on, safe, shade, text, width_of, wrapped
from backex.render.history import history_as_svg
from backex.render.policy import policy_as_svg
from backex.symptoms import PAIN, Channel, Moment, RedFlag, Trend

SVG = "{http://www.w3.org/2000/svg}"
TAGS = {
    f"{SVG}{name}"
    for name in ("svg", "title", "g", "rect", "text", "polyline", "polygon", "circle", "line")
}
LONG = "burning-between-the-shoulder-blades-while-sitting-for-so-long-xx"
BASELINE = report(0, pain=2, stiffness=3)


def _rule(id: str, then: Action, advice: str | None = None) -> StoppingRule:
    long = AtLeast(channel=Channel(LONG), severity=3)
    both = (EvaluationWanted(), Persists(condition=long, checkins=9))
    return StoppingRule(
        id=RuleId(id),
        when=AnyOf(
            conditions=(long, Persists(condition=long, checkins=60), AllOf(conditions=both))
        ),
        then=then,
        until=Calmed(checkins=30) if then < Action.REFER else Cleared(),
        advice=advice,
    )


LONG_WORDS = StoppingPolicy(
    id=PolicyId("p" * 64),
    rules=(
        _rule("x" * 64, Action.REFER_URGENTLY, "Donaudampfschifffahrtsgesellschaftskapitän " * 9),
        _rule("one-bad-morning-after-the-other-and-nothing-helps-at-all-anymore", Action.HOLD),
        _rule("short", Action.EASE, "日本語のとても長い助言です。" * 20),
        _rule("m" * 64, Action.COMFORT),
    ),
    asks=frozenset({PAIN, Channel(LONG)}),
    asks_red_flags=True,
)
EVERYTHING: list[Entry] = [
    report(1, pain=2, stiffness=3, severities={Channel(LONG): 2}),
    report(2, pain=6, trend=Trend.WORSE, evaluation_wanted=True),
    report(3, red_flags=frozenset({RedFlag("r" * 64)})),
    report(7, pain=3, item="oblique-sit"),
    report(30, pain=2, stiffness=3, severities={Channel(f"c{n}"): n % 11 for n in range(18)}),
    Clearance(
        checkin=31,
        rules=frozenset({rule.id for rule in LONG_WORDS.rules}),
        by="Ü" * 200,
        new_baseline=report(31, pain=4),
    ),
]
PICTURES = {
    "the article's policy": policy_as_svg(STOPPING_POLICY),
    "pain monitoring": policy_as_svg(pain_monitoring(acceptable=5, persisting_checkins=3)),
    "traffic light": policy_as_svg(traffic_light(amber_from=3, red_from=6, persisting_checkins=14)),
    "long words": policy_as_svg(LONG_WORDS),
    "no rule": policy_as_svg(attrs.evolve(LONG_WORDS, rules=(), asks=frozenset())),
    "an empty log": history_as_svg(STOPPING_POLICY, []),
    "nothing to draw": history_as_svg(attrs.evolve(LONG_WORDS, rules=(), asks=frozenset()), []),
    "one check-in": history_as_svg(STOPPING_POLICY, [report(10**9, pain=4)]),
    "four check-ins": history_as_svg(
        STOPPING_POLICY, [report(n, pain=n, stiffness=1) for n in range(4)], baseline=BASELINE
    ),
    "everything": history_as_svg(LONG_WORDS, EVERYTHING, baseline=BASELINE),
    "everything by the article": history_as_svg(STOPPING_POLICY, EVERYTHING, baseline=BASELINE),
    "sixty check-ins": history_as_svg(
        STOPPING_POLICY, [report(n, pain=n % 4, stiffness=n % 5) for n in range(60)]
    ),
    "a thousand check-ins": history_as_svg(
        STOPPING_POLICY,
        [report(n, pain=n % 4, moment=Moment.DURING) for n in range(99_000, 100_000)],
    ),
    "long gaps": history_as_svg(
        STOPPING_POLICY, [report(n * 1_000_000, pain=2) for n in range(60)], baseline=BASELINE
    ),
}
EACH = pytest.mark.parametrize("picture", PICTURES.values(), ids=PICTURES)

_Box = tuple[float, float, float, float]


def _box(element: ET.Element) -> _Box:
    """Return about where a text stands: its left, top, right and bottom."""
    size, x, y = (float(element.get(name, "")) for name in ("font-size", "x", "y"))
    share = 0.65 if element.get("font-weight") == "bold" else 0.58
    words = element.text or ""
    shares = {" ": 0.33} | {each: 1.0 for each in words if east_asian_width(each) in "WF"}
    width = size * sum(shares.get(each, share) for each in words)
    left = x - {"start": 0.0, "middle": 0.5, "end": 1.0}[element.get("text-anchor", "")] * width
    return left, y - 0.75 * size, left + width, y + 0.2 * size


def _overlap(one: _Box, other: _Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


@EACH
def test_no_two_texts_overlap(picture: str) -> None:
    texts = list(ET.fromstring(picture).iter(f"{SVG}text"))
    pairs = combinations(((each.text, _box(each)) for each in texts), 2)
    assert [(one[0], other[0]) for one, other in pairs if _overlap(one[1], other[1])] == []


@EACH
def test_everything_stands_inside_the_picture(picture: str) -> None:
    root = ET.fromstring(picture)
    left, top, width, height = map(float, root.get("viewBox", "").split())
    assert (left, top) == (0, 0)
    assert (width, height) == (float(root.get("width", "")), float(root.get("height", "")))
    boxes = [_box(each) for each in root.iter(f"{SVG}text")]
    for each in root.iter():
        numbers = {name: float(n) for name, n in each.items() if re.fullmatch("-?[0-9.]+", n)}
        if each.tag in {f"{SVG}polyline", f"{SVG}polygon"}:
            points = [float(n) for n in re.findall("-?[0-9.]+", each.get("points", ""))]
            boxes += [(x, y, x, y) for x, y in zip(points[::2], points[1::2], strict=True)]
        elif each.tag == f"{SVG}rect":
            x, y = numbers["x"], numbers["y"]
            assert min(numbers["width"], numbers["height"]) >= 0
            boxes.append((x, y, x + numbers["width"], y + numbers["height"]))
        elif each.tag == f"{SVG}line":
            boxes.append((numbers["x1"], numbers["y1"], numbers["x2"], numbers["y2"]))
        elif each.tag == f"{SVG}circle":
            r = numbers["r"]
            x, y = numbers["cx"], numbers["cy"]
            boxes.append((x - r, y - r, x + r, y + r))
    outside = [
        box
        for box in boxes
        if min(box) < 0 or max(box[0], box[2]) > width or max(box[1], box[3]) > height
    ]
    assert outside == []


@EACH
def test_it_is_made_of_nothing_but_shapes_and_text(picture: str) -> None:
    assert {each.tag for each in ET.fromstring(picture).iter()} <= TAGS


def test_a_long_log_makes_a_picture_that_grows_sensibly() -> None:
    widths = {
        name: float(ET.fromstring(PICTURES[name]).get("width", ""))
        for name in ("sixty check-ins", "a thousand check-ins", "long gaps")
    }
    assert widths["sixty check-ins"] < 1400
    assert widths["a thousand check-ins"] < 11_000
    assert widths["long gaps"] < 1800


# The same each time.


def _in_another_process(seed: str) -> str:
    code = (
        "import sys;"
        "from backex import report;"
        "from backex.catalog.upper_back import STOPPING_POLICY as policy;"
        "from backex.render.history import history_as_svg;"
        "from backex.render.policy import policy_as_svg;"
        "drawn = policy_as_svg(policy) + history_as_svg(policy, [report(1, pain=3, spread=2)]);"
        "sys.stdout.buffer.write(drawn.encode())"
    )
    env = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "PYTHONHASHSEED": seed}
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, env=env)
    return run.stdout.decode()


def test_the_text_is_the_same_in_every_process() -> None:
    here = policy_as_svg(STOPPING_POLICY)
    here += history_as_svg(STOPPING_POLICY, [report(1, pain=3, spread=2)])
    assert [_in_another_process(seed) for seed in ("1", "2")] == [here] * 2


# Text.

HOSTILE = (
    "<script>alert(1)</script>",
    "</text><script>alert(1)</script><text>",
    '" onload="alert(1)',
    "&lt;b&gt; &amp;amp; &#60;",
    "]]> <![CDATA[ <!-- --> <?xml ?>",
    "a\ufffeb\uffffc\ud800d\x00e\x01f",
    "\U0001f4aa עברית 背中 боль",
)


def _shown(words: str) -> str:
    return re.sub("[\ufffe\uffff\ud800\x00\x01]", "\ufffd", words)


def _all_text(picture: str) -> str:
    return " ".join(each.text or "" for each in ET.fromstring(picture).iter(f"{SVG}text"))


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_words_are_text_and_nothing_else(words: str) -> None:
    element = ET.fromstring(f"<text>{safe(words)}</text>")
    assert (element.text, len(element)) == (_shown(words), 0)
    assert ET.fromstring(text(0, 0, words).as_str()).text == _shown(words)


@pytest.mark.parametrize("words", HOSTILE, ids=ascii)
def test_hostile_names_draw_as_text(words: str) -> None:
    # Identifiers are plain ASCII; a picture does not rely on it, for checks can be switched off.
    with attrs.validators.disabled():
        rule = attrs.evolve(STOPPING_POLICY.rules[0], id=RuleId(words), advice=words)
        policy = attrs.evolve(
            STOPPING_POLICY, id=PolicyId(words), rules=(rule,), asks=frozenset({Channel(words)})
        )
        log: list[Entry] = [
            report(
                1,
                severities={Channel(words): 3},
                red_flags=frozenset({RedFlag(words)}),
                item=words,
            ),
            report(1, severities={Channel(words): 3}, red_flags=frozenset({RedFlag(words)})),
            Clearance(checkin=2, rules=frozenset({RuleId(words)}), by=words),
        ]
        pictures = [
            policy_as_svg(policy),
            history_as_svg(policy, log),
            history_as_svg(policy, log, item=PrescriptionId(words)),
        ]
    for picture in pictures:
        root = ET.fromstring(picture)
        assert {each.tag for each in root.iter()} <= TAGS
        assert {name for each in root.iter() for name in each.attrib} <= {
            *("viewBox", "width", "height", "style", "x", "y", "rx", "fill", "stroke", "r", "cx"),
            *("font-size", "font-weight", "text-anchor", "points", "stroke-dasharray", "cy"),
            *("x1", "x2", "y1", "y2", "stroke-width", "stroke-opacity"),
        }
        said = "".join(_all_text(picture).split())
        assert "".join(_shown(words).split()) in said


@given(st.text(), st.sampled_from([40.0, 100.0, 300.0]), st.booleans())
def test_lines_keep_every_word_and_fit(words: str, width: float, bold: bool) -> None:  # noqa: FBT001
    lines = wrapped(words, width, bold=bold)
    assert "".join("".join(lines).split()) == "".join(words.split())
    assert all(lines)
    assert max(map(width_of, lines), default=0) <= width


def test_a_long_word_breaks_after_a_hyphen() -> None:
    assert wrapped("see evaluation-wanted-today now", 120) == [
        "see",
        "evaluation-",
        "wanted-today",
        "now",
    ]


def test_what_takes_no_room_or_much_is_measured_so() -> None:
    assert width_of("e\u0301") == width_of("e")
    assert width_of("背") > width_of("e") > width_of("i")
    assert width_of("W") > width_of("K") > width_of("4") > width_of("l")
    assert width_of("ab", 26) == 2 * width_of("ab", 13)


def _lightness(color: str) -> float:
    red, green, blue = (int(color[n : n + 2], 16) for n in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_a_greater_action_is_darker_and_its_name_readable_on_it() -> None:
    shades = [_lightness(shade(each)) for each in sorted(Action)]
    assert shades == sorted(set(shades), reverse=True)
    assert all(one - other > 12 for one, other in pairwise(shades))
    assert all(abs(_lightness(ink_on(each)) - _lightness(shade(each))) > 100 for each in Action)
