"""Conditions, releases and reports in words."""

from __future__ import annotations

import pytest

from backex import (
    CHEST_PAIN,
    DIZZINESS,
    PAIN,
    STIFFNESS,
    AllOf,
    AnyOf,
    AtLeast,
    Calmed,
    Cleared,
    Condition,
    EvaluationWanted,
    Moment,
    Persists,
    RedFlagPresent,
    Release,
    SymptomReport,
    Trend,
    Worsened,
    report,
)
from backex.wording import condition_in_words, listed, release_in_words, report_in_words

PAIN_4 = AtLeast(channel=PAIN, severity=4)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [(["ice"], "ice"), (["ice", "heat"], "ice and heat"), (["a", "b", "c"], "a, b and c")],
)
def test_words_are_listed_as_in_a_sentence(words: list[str], sentence: str) -> None:
    assert listed(words) == sentence


def test_a_list_may_end_with_another_word() -> None:
    assert listed(iter(["a", "b", "c"]), last="or") == "a, b or c"


@pytest.mark.parametrize(
    ("condition", "words"),
    [
        (PAIN_4, "pain is 4 or more of 10"),
        (
            AtLeast(
                channel=PAIN,
                severity=4,
                moments=frozenset({Moment.NEXT_MORNING, Moment.BEFORE, Moment.DURING}),
            ),
            "pain is 4 or more of 10 (before, during or next morning)",
        ),
        (
            Worsened(),
            "any symptom asked for is 1 or more above the usual level, or said to be worse",
        ),
        (
            Worsened(by=2, channel=STIFFNESS, moments=frozenset({Moment.AFTER})),
            "stiffness is 2 or more above the usual level, or said to be worse (after)",
        ),
        (RedFlagPresent(), "a red flag is reported"),
        (
            RedFlagPresent(flags=frozenset({DIZZINESS, CHEST_PAIN})),
            "a red flag is reported (chest-pain or dizziness)",
        ),
        (EvaluationWanted(), "a professional evaluation is wanted"),
        (
            AllOf(conditions=(PAIN_4, EvaluationWanted())),
            "pain is 4 or more of 10 and a professional evaluation is wanted",
        ),
        (
            AnyOf(conditions=(PAIN_4, EvaluationWanted())),
            "pain is 4 or more of 10 or a professional evaluation is wanted",
        ),
        (
            Persists(condition=PAIN_4, checkins=3),
            "pain is 4 or more of 10, at 3 check-ins in a row",
        ),
        (
            AllOf(conditions=(PAIN_4, AnyOf(conditions=(EvaluationWanted(), RedFlagPresent())))),
            (
                "pain is 4 or more of 10 and "
                "(a professional evaluation is wanted or a red flag is reported)"
            ),
        ),
        (
            AnyOf(conditions=(Persists(condition=PAIN_4, checkins=3), EvaluationWanted())),
            (
                "(pain is 4 or more of 10, at 3 check-ins in a row) or "
                "a professional evaluation is wanted"
            ),
        ),
        (
            AllOf(conditions=(PAIN_4, Worsened(channel=PAIN))),
            (
                "pain is 4 or more of 10 and "
                "(pain is 1 or more above the usual level, or said to be worse)"
            ),
        ),
    ],
)
def test_a_condition_reads_as_the_end_of_a_sentence(condition: Condition, words: str) -> None:
    assert condition_in_words(condition) == words


@pytest.mark.parametrize(
    ("release", "words"),
    [
        (Calmed(), "symptoms are back at the usual level at a check-in"),
        (Calmed(checkins=2), "symptoms are back at the usual level at 2 check-ins in a row"),
        (Cleared(), "a professional has given clearance"),
    ],
)
def test_a_release_reads_as_the_end_of_a_sentence(release: Release, words: str) -> None:
    assert release_in_words(release) == words


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (report(4), "check-in 4 (after): nothing rated"),
        (
            report(4, stiffness=0, pain=3, moment=Moment.NEXT_MORNING),
            "check-in 4 (next morning): pain 3 (usually 1), stiffness 0",
        ),
        (
            report(
                5,
                pain=2,
                trend=Trend.WORSE,
                red_flags=frozenset({DIZZINESS, CHEST_PAIN}),
                evaluation_wanted=True,
            ),
            (
                "check-in 5 (after): pain 2 (usually 1), said to be worse, red flag chest-pain, "
                "red flag dizziness, evaluation wanted"
            ),
        ),
    ],
)
def test_a_report_in_words_has_the_usual_severities_beside_it(
    said: SymptomReport, words: str
) -> None:
    assert report_in_words(said, {PAIN: 1}) == words
