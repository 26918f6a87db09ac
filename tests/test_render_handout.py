"""A routine to give away, in its four forms."""

from __future__ import annotations

import hashlib
import io
import os
import re
import subprocess
import sys
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from html.parser import HTMLParser
from itertools import pairwise
from typing import Any, assert_never
from xml.etree import ElementTree as ET

import attrs
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token
from pypdf import PdfReader

from backex.anatomy import Laterality, Phase, Position
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.conditions import AtLeast, Cleared, RedFlagPresent
from backex.decision import Action
from backex.dose import Dose, Schedule
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import ExerciseId, PolicyId, RoutineId, RuleId, SourceId, StepId
from backex.ladders import Ladder
from backex.latches import StoppingRule
from backex.plan import Plan
from backex.posture import PostureGuideline
from backex.presets import pain_monitoring
from backex.progression import ExtendArm
from backex.provenance import Source, SourceKind
from backex.quantities import Span
from backex.render.handout import Handout, Paper, handout
from backex.render.handout.citing import sources_in
from backex.routine import Routine, Sides, prescribe
from backex.step import Step
from backex.stopping import StoppingPolicy, Tolerance
from backex.strategies import routines, violating
from backex.strategies.faults import VIOLATED
from backex.symptoms import CHEST_PAIN, PAIN, Channel, Moment
from backex.validation import Checkable, validate
from backex.variant import Variant, vary
from backex.wording import condition_in_words, release_in_words

MADE = handout(ROUTINE)
PAGE, TEXT = MADE.html(), MADE.text()
#: Of what there are several, one or two, so that it takes no time to prove or to lay out.
SMALL_POLICY = attrs.evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[:1])
SMALL = attrs.evolve(ROUTINE, items=ROUTINE.items[1:2], stopping=SMALL_POLICY)
#: Words that mean something in HTML, Markdown, typst, Jinja2 or a terminal, but not in a handout.
HOSTILE = [
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "\"><a href='javascript:alert(1)' onclick=x>y</a><!-- ]]>",
    "</style></title></main><iframe src=//evil.example></iframe>",
    "&lt;b&gt; &amp; &#60;i&#62; &copy;",
    "{{ 7 * 7 }}{% include 'x' %}{# y #}",
    '#eval("1") #import "@preview/x:1.0.0": * $x^2$ @label <label> \\u{1F600} // #read("x")',
    "# one\n\n## two\n- three\n1. four\n> five\n```\nsix\n```\n---\n\tseven",
    "[a](http://evil.example) ![b](http://evil.example/x.png) <http://evil.example>",
    "http://evil.example www.evil.example evil.com mailto:a@evil.example a@evil.example",
    "*a* _b_ **c** __d__ ~~e~~ `f` ==g== ^h^ $i$ | j | k |",
    "1. one",
    "7) seven",
    "- minus",
    "+ plus",
    "=====",
    "-----",
    "[ ] task [^1] [ref]: http://evil.example 'x'",
    "ends with a backslash\\",
]
FREE = {"advice", "author", "locator", "name", "note", "reason", "text", "title"}


def reworded(value: Any, words: str) -> Any:
    """Return a value in which every text that its author can choose says `words`."""
    if isinstance(value, tuple):
        return tuple(reworded(each, words) for each in value)
    if isinstance(value, Mapping):
        return {key: reworded(each, words) for key, each in value.items()}
    if not attrs.has(type(value)):
        return value
    fields = {each.name: getattr(value, each.name) for each in attrs.fields(type(value))}
    one_line = " ".join(words.split())
    changed = {
        name: (words if name in {"advice", "note", "reason", "text"} else one_line)
        if name in FREE and isinstance(each, str)
        else reworded(each, words)
        for name, each in fields.items()
    }
    return attrs.evolve(value, **changed)


class Page(HTMLParser):
    """What a page has: tags with the names of their attributes, their values, and its words."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, tuple[str, ...]]] = []
        self.values: list[tuple[str, str, str]] = []
        self.words = ""
        self.style = ""
        self._within = ""
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._within = tag
        self.tags.append((tag, tuple(name for name, _ in attributes)))
        self.values += [(tag, name, value or "") for name, value in attributes]

    def handle_data(self, data: str) -> None:
        if self._within == "style" and not self.style:
            self.style = data
        else:
            self.words += data

    def handle_comment(self, data: str) -> None:
        self.tags.append((f"comment {data}", ()))

    def of(self, tag: str, name: str) -> list[str]:
        return [value for each, attribute, value in self.values if (each, attribute) == (tag, name)]


def reader(made: Handout) -> PdfReader:
    return PdfReader(io.BytesIO(made.pdf()))


def words_of_pdf(made: Handout) -> str:
    return "\n".join(page.extract_text() for page in reader(made).pages)


def rendered(markdown: str) -> list[Token]:
    parser = MarkdownIt("commonmark", {"linkify": True})
    return parser.enable(["table", "strikethrough", "linkify"]).parse(markdown)


def words_of_markdown(made: Handout) -> str:
    inline = (token.children or [] for token in rendered(made.markdown()))
    return "\n".join("".join(each.content for each in children) for children in inline)


FORMS: dict[str, Callable[[Handout], str]] = {
    "html": lambda made: Page(made.html()).words,
    "pdf": words_of_pdf,
    "markdown": words_of_markdown,
    "text": Handout.text,
}


def pressed(words: str) -> str:
    """Return words without what forms may change: their spaces and the size of letters."""
    return "".join(words.split()).casefold()


def said(routine: Routine) -> Iterator[str]:
    """Yield what a handout of a routine has to say."""
    yield routine.title
    for guideline in [routine.guideline] if routine.guideline else []:
        yield guideline.title
        yield from (cue.text for cue in guideline.cues)
    for item in routine.items:
        yield str(item.variant)
        yield str(item.dose or "not stated")
        yield from (each.text for each in item.exercise.purposes)
        for guideline in item.exercise.guidelines:
            yield from (cue.text for cue in guideline.cues)
        for step in item.variant.steps:
            yield step.text
            yield from (str(target) for target in step.targets)
            yield from (effect.text for effect in step.effects)
            for cue in step.cues:
                yield cue.text
                yield cue.reason or ""
    for rule in routine.stopping.rules if routine.stopping else ():
        yield condition_in_words(rule.when)
        yield release_in_words(rule.until)
        yield rule.then.advice
        yield rule.advice or ""
    for source in sources_in(routine):
        yield from (source.title, source.author or "", source.locator or "", source.note or "")
    yield "This is no medical advice."


# ---- what it says -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", FORMS)
def test_every_form_says_all_that_the_routine_states(form: str) -> None:
    words = pressed(FORMS[form](MADE))
    assert [each for each in said(ROUTINE) if pressed(each) not in words] == []


@pytest.mark.parametrize("form", FORMS)
def test_a_variant_is_given_away_as_its_moves_make_it(form: str) -> None:
    changed = ROUTINE.replacing(prescribe(vary(OBLIQUE_SIT, ExtendArm())))
    words = pressed(FORMS[form](handout(changed)))
    assert [each for each in said(changed) if pressed(each) not in words] == []
    assert pressed("Set the lower elbow on the floor") not in words


@given(routine=routines())
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_any_routine_is_given_away_in_every_form(routine: Routine) -> None:
    made = handout(routine)
    for form in ("html", "markdown", "text"):
        words = pressed(FORMS[form](made))
        assert [each for each in said(routine) if pressed(each) not in words] == []
    assert reader(made).pages


def in_a_routine(value: Checkable) -> Routine:
    """Return a routine that has a value in it, as far as a handout shows such values."""
    match value:
        case Plan():
            return value.routine
        case Exercise() | Variant():
            return attrs.evolve(SMALL, items=(prescribe(value),))
        case PostureGuideline():
            return attrs.evolve(SMALL, guideline=value)
        case StoppingPolicy():
            return attrs.evolve(SMALL, stopping=value)
        case Ladder():
            return attrs.evolve(SMALL, items=tuple(prescribe(each.variant) for each in value.rungs))
        case Routine():
            return value
        case _:
            assert_never(value)


@given(value=st.sampled_from(sorted(VIOLATED)).flatmap(violating))
@settings(max_examples=6, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_wrong_is_given_away_as_a_draft(value: Checkable) -> None:
    routine = in_a_routine(value)
    made = handout(routine)
    errors = [each.message for each in validate(routine).errors]
    for form in ("html", "markdown", "text"):
        words = pressed(FORMS[form](made))
        assert ("thisisadraft" in words) == bool(errors)
        assert [each for each in [*said(routine), *errors] if pressed(each) not in words] == []
    assert reader(made).pages


def test_it_states_nothing_that_the_routine_leaves_open() -> None:
    bare = Exercise(
        id=ExerciseId("wall-stretch"),
        name="Wall Stretch",
        position=Position.STANDING,
        laterality=Laterality.UNILATERAL,
        steps=(Step(id=StepId("lean"), phase=Phase.HOLD, text="Lean into the wall."),),
    )
    made = handout(Routine(id=RoutineId("bare"), title="Bare", items=(prescribe(bare),)))
    assert made.text() == BARE


BARE = """\
Bare
====

At a glance
-----------
This is a draft, not to be given to anybody: it has errors.

What is wrong:
  - nothing says when to stop
  - exercise "wall-stretch" never says how to get into position

This is no medical advice. In doubt, ask a professional before you begin.

For: ________________________
From: ________________________
Questions to: ________________________

Exercises: Wall Stretch
How often: not stated
Who sets it: whoever gave you this sheet

Sessions a day: ________________________
Days a week: ________________________

Before you begin, read “When to stop, and what then”.

1. Wall Stretch
---------------
Dose: not stated
Who sets it: whoever gave you this sheet
Sides: left and right, the whole dose on each

Sets: ________________________
Repetitions: ________________________
Seconds of each hold: ________________________
Seconds of rest between sets: ________________________

  1. Hold: Lean into the wall.

Then do the same on the right side, with left and right exchanged.

When to stop, and what then
---------------------------
Nothing here says when to stop. Without that no progress can be judged safe: the same
again at most, and nothing harder. Before you begin, ask whoever gave you this sheet
when to stop.

Stop when: ________________________
What then: ________________________

Warning signs (red flags): bladder or bowel change, breathlessness, chest pain,
  dizziness, numbness or weakness
What then: at any of them, stop, and see a professional at once

Where this comes from
---------------------
No source is stated.
"""


def lines_of(**changes: Any) -> str:
    """Return the text of a routine with changes, in one line."""
    return " ".join(handout(attrs.evolve(SMALL, **changes)).text().split())


def with_policy(**changes: Any) -> str:
    return lines_of(stopping=attrs.evolve(SMALL_POLICY, **changes))


def with_dose(dose: Dose | None) -> str:
    return lines_of(items=(prescribe(OBLIQUE_SIT, dose),))


def test_of_a_dose_that_states_a_part_the_rest_is_named_and_can_be_written_in() -> None:
    words = with_dose(Dose(reps=5))
    assert (
        "Dose: 5 repetitions Not stated: sets, seconds of each hold and seconds of rest between "
        "sets Who sets it: whoever gave you this sheet" in words
    )
    assert "Sets: ___" in words
    assert "Repetitions: ___" not in words


def test_nothing_is_asked_of_a_whole_dose_and_one_set_needs_no_rest() -> None:
    assert "Who sets it" not in with_dose(Dose(sets=1, reps=5, hold_seconds=5)).split("Dose:")[1]


def test_who_chose_a_dose_is_said_beside_it() -> None:
    source = Source(id=SourceId("clinic"), title="The clinic", kind=SourceKind.APP)
    study = Source(
        id=SourceId("study"), title="A study", kind=SourceKind.LITERATURE, locator="p. 5", note="x"
    )
    words = with_dose(Dose(sets=1, sources=(source, study)))
    assert (
        "The dose is: chosen by the app or its clinician, The clinic; "
        "stated in this publication: A study (p. 5): x" in words
    )


@pytest.mark.parametrize(
    ("schedule", "words"),
    [
        (
            Schedule(sessions_per_day=1),
            "How often: 1 session a day Not stated: days a week Who sets it: whoever",
        ),
        (
            Schedule(sessions_per_day=Span(1, 2), days_per_week=3, rest_hours=Span(8, None)),
            "How often: 1–2 sessions a day, 3 days a week, at least 8 hours of rest between",
        ),
    ],
    ids=["a part", "all"],
)
def test_how_often_is_said_as_far_as_it_is_stated(schedule: Schedule, words: str) -> None:
    assert words in lines_of(schedule=schedule)


@pytest.mark.parametrize(
    ("seconds", "words"), [(45, "45 s"), (600, "10 min"), (61, "1 min 1 s")], ids=str
)
def test_the_time_set_aside_is_said(seconds: int, words: str) -> None:
    assert f"Time set aside: {words} Sessions" in lines_of(time_budget_seconds=seconds)


def test_one_side_is_done_where_one_is_prescribed() -> None:
    routine = attrs.evolve(ROUTINE, items=(prescribe(OBLIQUE_SIT, sides=Sides.RIGHT),))
    assert "Then do the same" not in handout(routine).text()
    assert "The figures show the right side up (lying on the left)." in handout(routine).html()


def test_a_guideline_that_holds_for_some_exercises_says_for_which() -> None:
    words = lines_of(guideline=None, items=ROUTINE.items)
    assert "For Prone Head Raise, Oblique Sit and All-Fours Rotation." in words
    assert "For Prone Head Raise" not in lines_of(items=ROUTINE.items)


def test_steps_that_are_not_stated_are_said_to_be_missing() -> None:
    empty = attrs.evolve(OBLIQUE_SIT, steps=())
    assert "No steps are stated." in lines_of(items=(prescribe(empty),))


def test_a_figure_is_not_shown_twice_in_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = {"lie-on-side": None, "reach": "<svg/>", "turn-palm": "<svg/>"}
    monkeypatch.setattr(
        "backex.render.handout.content.figure", lambda _, step, **__: drawn.get(step, "<svg />")
    )
    page = handout(attrs.evolve(SMALL, guideline=None)).html()
    before_and_after_the_reach = 2
    assert page.count(f"base64,{b64encode(b'<svg/>').decode()}") == 1
    assert page.count(f"base64,{b64encode(b'<svg />').decode()}") == before_and_after_the_reach


# ---- when to stop -------------------------------------------------------------------------------


def test_what_is_accepted_is_said_for_each_symptom() -> None:
    tolerance = Tolerance(severity_at_most={PAIN: 5}, rise_at_most={PAIN: 2, Channel("spread"): 1})
    assert (
        "Accepted: pain up to 5 of 10 or up to 2 above the usual level; spread up to 1 above the "
        "usual level; besides, nothing above your usual level, unless it says otherwise below "
        "More than that: at least “Rest: no exercise for now.”"
    ) in with_policy(tolerance=tolerance)


def test_an_answer_that_asks_for_nothing_is_not_given_as_one() -> None:
    assert "More than that" not in with_policy(answer=Action.CONTINUE)


def test_the_gravest_answer_stands_first() -> None:
    words = TEXT
    answers = [words.index(rule.then.advice, words.index("first counts")) for rule in by_gravity()]
    assert answers == sorted(answers)


def by_gravity() -> list[StoppingRule]:
    return sorted(STOPPING_POLICY.rules, key=lambda rule: rule.then, reverse=True)


def test_a_policy_without_rules_says_that_it_has_none() -> None:
    assert "It has no rules, so nothing here says when to stop." in with_policy(rules=())


def test_every_red_flag_is_named_with_what_to_do_about_it() -> None:
    rule = StoppingRule(
        id=RuleId("chest"),
        when=RedFlagPresent(flags=frozenset({CHEST_PAIN})),
        then=Action.REFER_URGENTLY,
        until=Cleared(),
    )
    words = with_policy(rules=(rule,))
    assert "What then: at bladder or bowel change, breathlessness, dizziness, numbness" in words
    any_flag = lines_of(stopping=pain_monitoring(acceptable=5, persisting_checkins=3))
    assert "Warning signs (red flags): bladder or bowel change" in any_flag
    assert "What then" not in any_flag.split("Warning signs", 1)[1]


# ---- the diary ----------------------------------------------------------------------------------


def columns(policy: StoppingPolicy) -> list[list[str]]:
    """Return the heads of the diary's tables, as Markdown writes them."""
    markdown = handout(attrs.evolve(SMALL, stopping=policy)).markdown()
    heads = re.findall(r"^(\|.*\|)\n\|---", markdown, re.MULTILINE)
    return [[each.strip() for each in head.strip("|").split("|")] for head in heads]


def test_the_diary_has_a_column_for_every_rating_and_for_what_else_rules_look_at() -> None:
    others = ["Worse than usual?", "Warning sign?", "See a professional?"]
    moments = ["before", "after", "next morning"]
    rated = [f"{channel} {moment}" for channel in ("Pain", "Stiffness") for moment in moments]
    assert columns(STOPPING_POLICY) == [["Date", *rated, *others]]


def test_a_diary_of_many_symptoms_goes_on_in_another_table() -> None:
    policy = StoppingPolicy(
        id=PolicyId("many"),
        rules=(
            StoppingRule(
                id=RuleId("fatigue"),
                when=AtLeast(
                    channel=Channel("fatigue"), severity=7, moments=frozenset({Moment.DURING})
                ),
                then=Action.REST,
                until=Cleared(),
            ),
        ),
        asks=frozenset({PAIN, Channel("spread")}),
    )
    first, second, third = columns(policy)
    assert first[1:5] == [
        "Fatigue before",
        "Fatigue during",
        "Fatigue after",
        "Fatigue next morning",
    ]
    assert [len(first), len(second), len(third)] == [8, 5, 5]
    assert "Spread: from 0 (not at all) to 10 (to the tips of the limb)." in lines_of(
        stopping=policy
    )


def test_a_diary_without_symptoms_asks_for_signs_alone() -> None:
    nothing = StoppingPolicy(id=PolicyId("none"), rules=(), asks=frozenset())
    assert columns(nothing) == [
        ["Date", "Worse than usual?", "Warning sign?", "See a professional?"]
    ]


# ---- sources ------------------------------------------------------------------------------------


def test_every_source_is_told_from_what_was_derived_or_chosen() -> None:
    words = " ".join(TEXT.split("Where this comes from")[1].split())
    assert "Stated there. A1, A2, A3, A4" in words
    assert (
        "Derived from it, not stated there. A palm that is turned upward is supinated (O10)."
        in (words)
    )
    assert "backex: = A default of backex, which no document states. A cautious start" in words


def test_sources_of_moves_are_those_of_the_moves_made() -> None:
    base = sources_in(attrs.evolve(ROUTINE, items=(prescribe(OBLIQUE_SIT),)))
    moved = sources_in(attrs.evolve(ROUTINE, items=(prescribe(vary(OBLIQUE_SIT, ExtendArm())),)))
    assert {each.locator for each in moved} - {each.locator for each in base} == {"O17"}


# ---- inert --------------------------------------------------------------------------------------


def structure(tokens: list[Token]) -> list[tuple[str, str]]:
    """Return what Markdown was read as, apart from words."""
    found = []
    for token in tokens:
        found.append((token.type, token.tag))
        found += [(each.type, each.tag) for each in token.children or [] if each.type != "text"]
    return found


@cache
def hostile(words: str) -> Handout:
    return handout(reworded(SMALL, words))


HARMLESS = hostile("harmless words")
HARMLESS_PAGE = Page(HARMLESS.html())
HARMLESS_MARKDOWN = structure(rendered(HARMLESS.markdown()))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_a_page_has_no_other_tags_whatever_the_words_are(words: str) -> None:
    page, harmless = Page(hostile(words).html()), HARMLESS_PAGE
    assert page.tags == harmless.tags
    told = {"alt", "src"}
    values = [each for each in page.values if each[1] not in told]
    assert values == [each for each in harmless.values if each[1] not in told]
    assert pressed(words) in pressed(page.words)
    for picture in page.of("img", "src"):
        kind, data = picture.split(",")
        assert kind == "data:image/svg+xml;base64"
        assert {each.tag.rpartition("}")[2] for each in ET.fromstring(b64decode(data)).iter()} <= {
            "svg", "title", "desc", "rect", "line", "circle", "ellipse", "text", "path", "g",
            "polygon", "polyline", "style", "tspan",
        }  # fmt: skip


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_markdown_has_no_other_structure_whatever_the_words_are(words: str) -> None:
    made = hostile(words)
    assert structure(rendered(made.markdown())) == HARMLESS_MARKDOWN
    assert pressed(words) in pressed(words_of_markdown(made))


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_text_has_no_other_lines_whatever_the_words_are(words: str) -> None:
    text = hostile(words).text()
    assert all(each.isprintable() for each in text.split("\n"))
    assert pressed(words) in pressed(text)


def roles(made: Handout) -> list[str]:
    """Return the kinds of a PDF's tags, in order."""
    found: list[str] = []
    waiting: list[Any] = [reader(made).root_object["/StructTreeRoot"]]
    while waiting:
        node = waiting.pop().get_object()
        if isinstance(node, list):
            waiting += reversed(node)
        elif isinstance(node, dict):
            found += [node["/S"]] if "/S" in node else []
            waiting += [node["/K"]] if "/K" in node else []
    return found


def test_a_pdf_has_no_other_tags_whatever_the_words_are() -> None:
    # At most as long as a title can be, for every text is one; what is as long is laid out alike.
    words = " ".join(HOSTILE[5:7] + HOSTILE[9:])[:200]
    made, harmless = hostile(words), hostile(re.sub(r"\S", "x", words))
    assert roles(made) == roles(harmless)
    assert pressed(words) in pressed(words_of_pdf(made))
    assert not any("/Annots" in page for page in reader(made).pages)
    assert not reader(made).root_object.keys() & {"/AA", "/OpenAction", "/AcroForm"}


# ---- the page -----------------------------------------------------------------------------------


def test_a_page_needs_nothing_else_and_allows_nothing_else() -> None:
    page = Page(PAGE)
    digest = b64encode(hashlib.sha256(page.style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:;"
    assert any(each.startswith(policy) for each in page.of("meta", "content"))
    tags = {tag for tag, _ in page.tags}
    assert not tags & {"script", "link", "iframe", "object", "form", "base"}
    assert all(each.startswith("#") for each in page.of("a", "href"))
    assert not any(name.startswith("on") or name == "style" for _, name, _ in page.values)
    assert not re.search(r"url\(|@import", page.style)


def test_a_page_is_accessible() -> None:
    page = Page(PAGE)
    assert page.of("html", "lang") == ["en"]
    headings = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h\d", tag)]
    assert headings[0] == 1
    assert headings.count(1) == 1
    assert all(after - before <= 1 for before, after in pairwise(headings))
    assert len(page.of("img", "alt")) == len(page.of("img", "src"))
    assert all(page.of("img", "alt"))
    ids = [value for _, name, value in page.values if name == "id"]
    assert len(ids) == len(set(ids))
    assert {each.removeprefix("#") for each in page.of("a", "href")} <= set(ids)
    assert all("scope" in names for tag, names in page.tags if tag == "th")


def luminance(color: str) -> float:
    digits = color.lstrip("#")
    whole = digits if len(digits) == 6 else "".join(2 * each for each in digits)
    parts = [int(whole[at : at + 2], 16) / 255 for at in (0, 2, 4)]
    red, green, blue = (x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("scheme", [0, 1], ids=["light", "dark"])
def test_colors_can_be_told_apart(scheme: int) -> None:
    style = Page(PAGE).style
    named = dict(re.findall(r"--(\w+): (#\w+)", style.split(":root {")[scheme + 1]))
    for ink in ("ink", "pale", "accent", "do", "avoid"):
        for paper in ("paper", "wash"):
            light, dark = sorted(map(luminance, (named[ink], named[paper])), reverse=True)
            assert (light + 0.05) / (dark + 0.05) >= 4.5, (ink, paper)


@pytest.mark.parametrize("paper", Paper, ids=lambda paper: paper.value)
def test_a_page_is_printed_on_its_paper(paper: Paper) -> None:
    sizes = {Paper.A4: "A4", Paper.LETTER: "letter"}
    assert f"@page {{ size: {sizes[paper]};" in handout(ROUTINE, paper=paper).html()


# ---- the PDF ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("paper", "size"), [(Paper.A4, (595, 842)), (Paper.LETTER, (612, 792))], ids=["a4", "letter"]
)
def test_a_pdf_has_pages_of_its_paper(paper: Paper, size: tuple[int, int]) -> None:
    boxes = [page.mediabox for page in reader(handout(ROUTINE, paper=paper)).pages]
    assert {(round(box.width), round(box.height)) for box in boxes} == {size}


def test_a_pdf_is_tagged_and_says_what_it_is() -> None:
    found = reader(MADE)
    assert found.metadata is not None
    assert found.metadata.title == ROUTINE.title
    root: Any = found.root_object
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert found.xmp_metadata is not None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in found.xmp_metadata.stream.get_data()
    kinds = roles(MADE)
    pictures = PAGE.count("<img ")
    assert kinds.count("/Figure") == pictures
    assert {"/H1", "/H2", "/L", "/LI", "/Table", "/TH", "/TD"} <= set(kinds)


def test_a_letter_that_no_font_has_is_seen_to_be_missing() -> None:
    made = handout(attrs.evolve(SMALL, title="背中 Ελλ"))
    words = words_of_pdf(made)
    assert pressed("\ufffd\ufffd Ελλ") in pressed(words)
    assert pressed("Give away the web page in place of this one.") in pressed(words)
    assert "Give away the web page" not in words_of_pdf(MADE)
    assert "背中 Ελλ" in made.html()


# ---- repeatable ---------------------------------------------------------------------------------

DIGESTS = """
import hashlib
from backex.catalog.upper_back import ROUTINE
from backex.render.handout import handout
made = handout(ROUTINE)
for each in (made.html(), made.markdown(), made.text()):
    print(hashlib.sha256(each.encode()).hexdigest())
print(hashlib.sha256(made.pdf()).hexdigest())
"""


def test_equal_routines_give_equal_bytes_in_every_process() -> None:
    assert handout(ROUTINE) == MADE
    other = subprocess.run(
        [sys.executable, "-c", DIGESTS],
        env={**os.environ, "PYTHONHASHSEED": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    forms = (PAGE.encode(), MADE.markdown().encode(), TEXT.encode(), MADE.pdf())
    assert other.stdout.split() == [hashlib.sha256(each).hexdigest() for each in forms]


def test_only_routines_are_given_away_and_only_on_paper_that_there_is() -> None:
    wrong: Any = OBLIQUE_SIT
    with pytest.raises(InvalidValue, match=r"handout\.routine cannot be .*: it takes a Routine"):
        handout(wrong)
    wrong = "letter"
    with pytest.raises(InvalidValue, match=r"handout\.paper cannot be 'letter': it takes a Paper"):
        handout(ROUTINE, paper=wrong)
