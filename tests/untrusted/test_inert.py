"""Whatever a name consists of, what is rendered from it stays text.

All code points are put into every renderer with ``BACKEX_LONG=1``; by default those that do
something, and a sample of the others.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from pathlib import Path

import attrs
import pytest

from backex import (
    Clearance,
    Entry,
    ExtendArm,
    Plan,
    PrescriptionId,
    RedFlag,
    kg,
    ladder,
    report,
)
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.checks import NAME, TEXT
from backex.cli import printing
from backex.render.history import history_as_svg
from backex.render.policy import policy_as_svg
from backex.render.space import variant_space_as_svg
from backex.render.text import (
    guideline_as_text,
    plan_as_text,
    policy_as_text,
    variant_as_text,
)
from hostile import WORDS, assert_lines_are_those_of, characters, holding, parts_of
from untrusted.corpora import Counted, amount, naughty

STEP = amount(quick=2999, ci=499, long=1)
#: As long as a text behind a name may be.
LENGTH = 170
POLICY = attrs.evolve(STOPPING_POLICY, rules=STOPPING_POLICY.rules[:2])
ITEM = attrs.evolve(ROUTINE.items[1], suppress={})
LADDER = ladder(OBLIQUE_SIT, ITEM.dose).ramp(kg("0.5"), kg(1), by=kg("0.5")).then(ExtendArm())
PLAN = Plan(
    routine=attrs.evolve(ROUTINE, items=(ITEM,), stopping=POLICY),
    ladders={ITEM.id: LADDER},
    baseline=report(0, pain=2),
)
LOG: tuple[Entry, ...] = (
    report(1, pain=3, red_flags=frozenset({RedFlag("numbness")}), item=str(ITEM.id)),
    report(2, pain=6),
    Clearance(checkin=3, rules=frozenset({POLICY.rules[0].id}), by="GP", new_baseline=report(3)),
)
WHOLE = (*WORDS, *naughty()[:: amount(quick=25, ci=1, long=1)])
TEXTS = (*WHOLE, *characters(STEP, LENGTH))
#: As long as a text of a document may be.
LONGEST = 1_990


def drawn(text: str) -> list[str]:
    return [
        policy_as_svg(holding(POLICY, text)),
        history_as_svg(holding(POLICY, text), holding(LOG, text)),
        history_as_svg(
            holding(POLICY, text), holding(LOG, text), item=holding(PrescriptionId(ITEM.id), text)
        ),
        variant_space_as_svg(holding(OBLIQUE_SIT, text)),
    ]


def test_a_picture_holds_nothing_but_its_own_elements(record_property: Counted) -> None:
    # Names that are refused are drawn, too: a picture does not rely on checks.
    with attrs.validators.disabled():
        own = [parts_of(picture) for plain in ("x", "x y " * 50) for picture in drawn(plain)]
        allowed = [one | other for one, other in zip(own[:4], own[4:], strict=True)]
        for text in TEXTS:
            for picture, parts in zip(drawn(text), allowed, strict=True):
                assert parts_of(picture) <= parts
    record_property("texts in each picture", len(TEXTS))


def told(text: str) -> list[str]:
    plan = holding(PLAN, text)
    routine = plan.routine
    assert routine.guideline is not None
    assert routine.stopping is not None
    return [
        plan_as_text(plan),  # which begins with that of the routine
        variant_as_text(routine.items[0].variant),
        policy_as_text(routine.stopping),
        guideline_as_text(routine.guideline),
    ]


def test_a_text_holds_no_line_but_its_own(record_property: Counted) -> None:
    plain = told("")
    tried = 0
    for text in TEXTS:
        # A name may hold less.
        for accepted in {
            "".join(each for each in text if check.accepts(f"a{each}"))[: LENGTH + 2]
            for check in (NAME, TEXT)
        }:
            found = told(accepted)
            assert found != plain or not accepted
            tried += len(accepted)
            for rendered, without in zip(found, plain, strict=True):
                assert_lines_are_those_of(rendered, without)
    record_property("characters accepted in each text", tried)


#: What a terminal is told of colors, and all that rich may tell it here.
STYLE = re.compile(r"\x1b\[[0-9;]*m")
UNSEEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


@pytest.mark.parametrize("colors", [False, True], ids=["plain", "colors"])
def test_what_is_printed_moves_no_cursor_and_is_no_markup(
    colors: bool,  # noqa: FBT001 (a parameter of the test)
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.delenv("NO_COLOR", raising=False)
    if colors:
        monkeypatch.setenv("FORCE_COLOR", "1")
    else:
        monkeypatch.delenv("FORCE_COLOR", raising=False)
    for text in TEXTS:
        line = text.replace("\n", "")
        printing.say(f"{line}\n")
        printing.note(line)
        printing.complain(line, line)
        printed = capsys.readouterr()
        assert STYLE.search(printed.out) is None
        assert (STYLE.search(printed.err) is not None) is colors
        shown = printed.out + STYLE.sub("", printed.err)
        said = printing.inert(line)
        assert shown == f"{said}\nnote: {said}\nerror: {said}\n  = help: {said}\n"
        assert {*map(unicodedata.category, said)}.isdisjoint(UNSEEN)
        visible = [each for each in line if unicodedata.category(each) not in UNSEEN]
        assert [each for each in said if each in visible] != [] or not visible


def test_a_finding_shows_its_document_as_text(
    cli: Callable[..., tuple[int, str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = tmp_path / "routine.json"
    for text in (*WHOLE, *characters(STEP, LONGEST)):
        raw = text.encode("utf-8", "replace").decode()
        # As it stands, between quotes: what that ends or breaks is reported as well.
        document.write_bytes(f'{{"@format":1,"@kind":"{raw}",\n"{raw}":[]}}'.encode())
        plain = cli("check", str(document))
        monkeypatch.setenv("FORCE_COLOR", "1")
        colored = cli("check", str(document))
        monkeypatch.delenv("FORCE_COLOR")
        assert plain[0] == colored[0] == 1
        assert [STYLE.sub("", each) for each in colored[1:]] == [*plain[1:]]
        shown = "".join(plain[1:]).replace("\n", "")
        assert {*map(unicodedata.category, shown)}.isdisjoint(UNSEEN)
