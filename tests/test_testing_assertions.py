"""What each assertion lets pass, and what its message shows otherwise."""

from __future__ import annotations

import attrs
import pytest

from backex import (
    Action,
    Channel,
    Clearance,
    Diagnostic,
    Dose,
    Entry,
    InvalidValue,
    Mass,
    Report,
    RuleId,
    Severity,
    Sides,
    decide,
    prescribe,
    report,
    validate,
)
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.testing import (
    assert_decides,
    assert_finds,
    assert_refused,
    assert_round_trip,
    assert_same_decision,
    assert_valid,
    difference,
)
from backex.testing.comparing import is_compared

USUAL = report(0, pain=2, stiffness=2)
#: Right side only, and no stopping policy.
UNSOUND = attrs.evolve(
    ROUTINE,
    stopping=None,
    items=(
        prescribe(
            attrs.evolve(OBLIQUE_SIT, both_sides_required=True),
            Dose(sets=1, hold_seconds=10),
            sides=Sides.RIGHT,
        ),
    ),
)


def said(call: pytest.ExceptionInfo[AssertionError]) -> str:
    return str(call.value)


def test_a_sound_value_is_valid() -> None:
    assert_valid(ROUTINE)


def test_what_is_not_valid_is_shown_as_a_linter_would() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_valid(UNSOUND)
    assert said(failed) == f"expected no error, found:\n\n{validate(UNSOUND)}"


def test_warnings_pass_unless_they_are_not_to() -> None:
    alone = attrs.evolve(ROUTINE, items=(attrs.evolve(ROUTINE.items[1], dose=None),))
    assert validate(alone).codes == ("BX502", "BX507")
    assert_valid(alone)
    assert_valid(alone, warnings=False, ignore=["BX50"])
    with pytest.raises(AssertionError, match=r"^expected no error and no warning, found:"):
        assert_valid(alone, warnings=False)


def test_what_is_found_is_returned() -> None:
    found = assert_finds(UNSOUND, "BX503", at="$.items[0].sides")
    assert found == next(e for e in validate(UNSOUND).diagnostics if e.code == "BX503")


@pytest.mark.parametrize(
    ("code", "at", "expected"),
    [("BX501", None, "BX501"), ("BX503", "$.items[1]", "BX503 at $.items[1]")],
)
def test_what_is_not_found_is_told_with_all_that_is(
    code: str, at: str | None, expected: str
) -> None:
    with pytest.raises(AssertionError) as failed:
        assert_finds(UNSOUND, code, at=at)
    assert said(failed) == f"expected {expected}, found:\n\n{validate(UNSOUND)}"


def test_nothing_else_is_found_if_it_is_to_be_alone() -> None:
    alone = attrs.evolve(ROUTINE, stopping=None)
    assert_finds(alone, "BX401", only=True)
    with pytest.raises(AssertionError, match=r"^expected BX401 and nothing else, found:"):
        assert_finds(UNSOUND, "BX401", only=True)


GRAMMS = '{"@format":1,"@kind":"mass","gramms":1}'


def test_a_refusal_is_returned() -> None:
    error = assert_refused(GRAMMS, Mass, "BX016", at="$.gramms")
    assert [each.code for each in error.problems] == ["BX015", "BX016"]
    assert_refused(GRAMMS, Mass, "BX015", at="$.grams")


@pytest.mark.parametrize(
    ("text", "at", "message"),
    [
        (
            GRAMMS,
            "$.grams",
            "expected a refusal with BX016 at $.grams, found:\n\nBX015 at $.grams",
        ),
        (
            '{"@format":1,"@kind":"mass","grams":1}',
            None,
            "expected a refusal with BX016, but it was loaded: ",
        ),
    ],
)
def test_what_is_not_refused_as_expected_is_told(text: str, at: str | None, message: str) -> None:
    with pytest.raises(AssertionError) as failed:
        assert_refused(text, Mass, "BX016", at=at)
    assert said(failed).startswith(message)


def test_a_round_trip_returns_what_was_loaded() -> None:
    assert assert_round_trip(ROUTINE) == ROUTINE
    assert assert_round_trip(ROUTINE, catalog=None) == ROUTINE


def test_a_document_that_is_refused_breaks_the_round_trip() -> None:
    long = tuple(attrs.evolve(OBLIQUE_SIT.steps[0], text="x" * 2_000) for _ in range(150))
    exercise = attrs.evolve(OBLIQUE_SIT, steps=long)
    with pytest.raises(AssertionError, match=r"^it cannot be stored: .* at most 262144 bytes"):
        assert_round_trip(exercise)
    many = report(1, severities={Channel(f"c{number}"): 1 for number in range(20_000)})
    with pytest.raises(AssertionError, match=r"^its document of [0-9]+ characters is refused:"):
        assert_round_trip(many)


def test_what_no_document_is_for_has_no_round_trip() -> None:
    with pytest.raises(InvalidValue, match="one of the classes in KINDS"):
        assert_round_trip(5)


def test_what_is_loaded_otherwise_breaks_the_round_trip(monkeypatch: pytest.MonkeyPatch) -> None:
    other = "backex.testing.assertions.loads"
    monkeypatch.setattr(other, lambda *_, **__: Dose(sets=2))
    with pytest.raises(AssertionError) as failed:
        assert_round_trip(Dose(sets=1))
    lines = "what was loaded differs:\n  $.sets.low: 2, expected 1\n  $.sets.high: 2, expected 1"
    assert said(failed) == lines


def test_another_text_or_digest_breaks_the_round_trip(monkeypatch: pytest.MonkeyPatch) -> None:
    digests = iter(["one", "other"])
    monkeypatch.setattr("backex.testing.assertions.digest", lambda _: next(digests))
    with pytest.raises(AssertionError, match="another text or digest"):
        assert_round_trip(Dose(sets=1))


def test_decisions_are_compared_in_every_part() -> None:
    one, other = (decide(STOPPING_POLICY, [report(1, pain=p)], baseline=USUAL) for p in (4, 5))
    assert_same_decision(one, one)
    with pytest.raises(AssertionError) as failed:
        assert_same_decision(one, other)
    assert said(failed).startswith(f"decided: {one}\nexpected: {other}\n\nThe decisions differ:\n")
    assert "$.findings[0].reports[0].severities.pain: 4, expected 5" in said(failed)


LOG: list[Entry] = [
    report(2, pain=4),
    Clearance(checkin=1, rules=frozenset({RuleId("a")}), by="Dr. Lee"),
]


def test_what_is_decided_is_returned() -> None:
    decision = assert_decides(STOPPING_POLICY, LOG, Action.REST, baseline=USUAL)
    assert decision == decide(STOPPING_POLICY, LOG, baseline=USUAL)
    assert_decides(STOPPING_POLICY, [], Action.HOLD, item="oblique-sit")


def test_what_is_decided_otherwise_is_told_with_the_log_and_the_reasons() -> None:
    with pytest.raises(AssertionError) as failed:
        assert_decides(STOPPING_POLICY, LOG, Action.CONTINUE, baseline=USUAL)
    assert said(failed) == (
        "expected continue, decided rest\n\nafter:\n"
        "  check-in 1: cleared by Dr. Lee: a\n"
        "  check-in 2 (after): pain 4 (usually 2)\n\n"
        f"{decide(STOPPING_POLICY, LOG, baseline=USUAL)}"
    )


def test_of_an_item_as_well() -> None:
    with pytest.raises(
        AssertionError, match=r"^expected rest for sit, decided hold\n\nafter:\n  not"
    ):
        assert_decides(None, [], Action.REST, item="sit")


def test_a_failure_points_at_the_line_of_the_test(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import attrs
        from backex import Action, Mass
        from backex.catalog.upper_back import ROUTINE
        from backex.testing import *

        def test_valid():
            assert_valid(attrs.evolve(ROUTINE, stopping=None))

        def test_finds():
            assert_finds(ROUTINE, "BX503")

        def test_refused():
            assert_refused("{", Mass, "BX001")

        def test_decides():
            assert_decides(None, [], Action.REST)
        """
    )
    result = pytester.runpytest_inprocess()
    result.assert_outcomes(failed=4)
    result.stdout.no_fnmatch_line("*assertions.py*")


# Differences.


def diagnostic(code: str, path: str = "$", message: str = "m") -> Diagnostic:
    return Diagnostic(code=code, severity=Severity.ERROR, path=path, message=message)


A, B = diagnostic("BX001"), diagnostic("BX002", "$.items[0]")


@pytest.mark.parametrize(
    ("found", "expected", "lines"),
    [
        (1, 1, []),
        (Dose(sets=1), Dose(sets=1), []),
        (Dose(sets=1), Dose(), ["$.sets: 1, expected None"]),
        (Mass(500), Dose(), ["$: 0.5 kg, expected not stated"]),
        ((1, 2), (1,), ["$[1]: extra 2"]),
        ((1,), (1, 2), ["$[1]: missing 2"]),
        ({"a": 1}, {"a": 2, "two words": 3}, ["$.a: 1, expected 2", '$["two words"]: missing 3']),
        ({"b": 1}, {}, ["$.b: extra 1"]),
        (frozenset({1, 2}), frozenset({2, 3}), ["$: missing 3", "$: extra 1"]),
        (Report((A,)), Report((B,)), ["missing BX002 at $.items[0]", "extra BX001 at $: m"]),
        (Report((A, B)), Report((B, A)), ["the diagnostics are the same, in another order"]),
        (
            Report((A,), (B,)),
            Report((attrs.evolve(A, message="n"),)),
            ["BX001 at $: $.message: 'm', expected 'n'", "extra suppressed BX002 at $.items[0]: m"],
        ),
    ],
)
def test_a_difference_is_a_line_for_each_place(
    found: object, expected: object, lines: list[str]
) -> None:
    shown = difference(found, expected)
    assert len(shown) == len(lines)
    assert all(one.startswith(other) for one, other in zip(shown, lines, strict=True))


def test_a_long_difference_is_cut() -> None:
    lines = difference(tuple(range(50)), ())
    assert lines[:1] + lines[-2:] == ["$[0]: extra 0", "$[19]: extra 19", "and 30 more places"]


def test_a_value_is_told_in_short() -> None:
    (line,) = difference((ROUTINE,), ())
    assert line.startswith("$[0]: extra Routine(id='upper-back-relief'")
    assert len(line) < 150
    (line,) = difference((decide(STOPPING_POLICY, [report(1, pain=9)], baseline=USUAL),), ())
    assert line.endswith("…")
    (line,) = difference((A,), ())
    assert line.startswith("$[0]: extra Diagnostic(code='BX001'")


@pytest.mark.parametrize(
    ("one", "other", "compared"),
    [
        (Dose(), Dose(sets=1), True),
        (Dose(), Mass(1), False),
        (Sides.LEFT, Sides.RIGHT, False),
        (1, 2, False),
    ],
)
def test_two_values_of_one_class_are_compared(
    one: object, other: object, *, compared: bool
) -> None:
    assert is_compared(one, other) is compared
