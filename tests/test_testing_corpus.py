"""The corpus is what is made, and each of its lines holds."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path

import pytest

from backex import (
    RULES,
    Clearance,
    DecodeError,
    Plan,
    SessionRecord,
    StoppingPolicy,
    SymptomReport,
    decide,
    next_session,
    validate,
)
from backex.catalog.upper_back import CATALOG
from backex.codec import KINDS, digest, dumps, loads
from backex.rules.examples import EXAMPLES
from backex.testing import GoldenDecision, GoldenDocument, GoldenSession, corpus, generating
from backex.validation import Checkable

FOLDER = Path(generating.__file__).parent / "corpus"
CORPUS = corpus()
CHECKED = (*CORPUS.valid, *CORPUS.unsound)


def named(case: GoldenDocument | GoldenDecision | GoldenSession) -> str:
    return case.name


def test_the_files_are_those_that_are_made(tmp_path: Path) -> None:
    generating.main([str(tmp_path)])
    made = {each.name: each.read_text("utf-8") for each in tmp_path.iterdir()}
    assert made == {each.name: each.read_text("utf-8") for each in FOLDER.glob("*.jsonl")}


def test_the_command_makes_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["generating", str(tmp_path)])
    runpy.run_path(generating.__file__, run_name="__main__")
    assert len(list(tmp_path.iterdir())) == 5


def test_every_document_is_loaded_with_its_digest() -> None:
    for case in CHECKED:
        value: object = loads(case.content, KINDS[case.kind])
        catalog = None if value == CATALOG else CATALOG
        assert (case.name, dumps(value, catalog=catalog).encode()) == (case.name, case.content)
        assert (case.name, digest(value)) == (case.name, case.digest)


def test_every_document_gives_exactly_what_it_states() -> None:
    for case in CHECKED:
        value: object = loads(case.content, KINDS[case.kind])
        if isinstance(value, Checkable):
            found = validate(value).diagnostics
            stated = tuple((each.code, each.severity.value, each.path) for each in found)
            assert (case.name, stated) == (case.name, case.diagnostics)


def test_something_is_wrong_with_every_unsound_document_and_nothing_with_a_valid_one() -> None:
    assert all(case.diagnostics for case in CORPUS.unsound)
    assert not any(case.diagnostics for case in CORPUS.valid)


@pytest.mark.parametrize("case", CORPUS.refused, ids=named)
def test_a_refused_document_is_refused_for_what_it_states(case: GoldenDocument) -> None:
    with pytest.raises(DecodeError) as refused:
        loads(case.content, KINDS[case.kind])
    assert case.problems == tuple((each.code, each.path) for each in refused.value.problems)


def test_documents_are_refused_for_every_reason() -> None:
    refused = {code for case in CORPUS.refused for code, _ in case.problems}
    assert refused == {f"BX{number:03}" for number in range(1, 20)}


def test_names_are_unique() -> None:
    for cases in (CORPUS.valid, CORPUS.refused, CORPUS.unsound, CORPUS.decisions, CORPUS.sessions):
        names = [each.name for each in cases]
        assert len(names) == len(set(names))


def entry(text: str) -> SymptomReport | Clearance:
    if '"@kind":"clearance"' in text[:80]:
        return loads(text, Clearance)
    return loads(text, SymptomReport)


@pytest.mark.parametrize("case", CORPUS.decisions, ids=named)
def test_what_is_decided_is_what_is_stated(case: GoldenDecision) -> None:
    policy = loads(case.policy, StoppingPolicy)
    baseline = None if case.baseline is None else loads(case.baseline, SymptomReport)
    decision = decide(policy, reversed([*map(entry, case.entries)]), baseline=baseline)
    assert (decision.action.value, decision.unknown) == (case.action, case.unknown)
    assert {item: action.value for item, action in decision.items.items()} == case.items
    assert tuple((each.rule, each.item) for each in decision.findings) == case.in_force


@pytest.mark.parametrize("case", CORPUS.sessions, ids=named)
def test_what_comes_next_is_what_is_stated(case: GoldenSession) -> None:
    log = [loads(record, SessionRecord) for record in case.log]
    found = next_session(loads(case.plan, Plan), reversed(log))
    assert (found.decision.action.value, found.rungs) == (case.action, case.rungs)
    session = None if found.routine is None else tuple(item.id for item in found.routine.items)
    assert session == case.session


def test_the_examples_of_all_rules_are_part_of_it() -> None:
    shown = {case.name: {code for code, *_ in case.diagnostics} for case in CORPUS.unsound}
    assert [code for code in EXAMPLES if code not in shown[f"{code}, the example"]] == []


def test_documents_show_every_rule_of_which_there_is_an_example() -> None:
    found = {code for case in CORPUS.unsound for code, *_ in case.diagnostics}
    assert EXAMPLES.keys() <= found <= {rule.code for rule in RULES}
