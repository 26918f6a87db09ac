"""The corpus: documents and what they must give, for this library and for others like it.

The files are in the folder `corpus` beside this module, JSON Lines with a README that states their
format; `backex.testing.generating` makes them.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from importlib import resources
from typing import Any, final

from attrs import frozen

from backex.mappings import frozen_map

__all__ = ["Corpus", "GoldenDecision", "GoldenDocument", "GoldenSession", "corpus"]


@final
@frozen(kw_only=True)
class GoldenDocument:
    """A document, and what loading and validating it must give."""

    #: What it shows, unique in its file.
    name: str
    #: The kind of document as which it is loaded.
    kind: str
    #: The document, byte by byte.
    content: bytes
    #: The digest of its value. None: it is refused.
    digest: str | None
    #: The code and the path of each problem for which it is refused, in order.
    problems: tuple[tuple[str, str], ...] = ()
    #: The code, the severity and the path of each diagnostic of its value, in order.
    diagnostics: tuple[tuple[str, str, str], ...] = ()


@final
@frozen(kw_only=True)
class GoldenDecision:
    """A policy and a log as documents, and what must be decided."""

    #: What it shows, unique in its file.
    name: str
    #: The policy.
    policy: str
    #: The person's usual state, a report. None: not known.
    baseline: str | None
    #: The reports and clearances, in any order.
    entries: tuple[str, ...]
    #: The action for the session.
    action: str
    #: The action for each item that was reported on.
    items: Mapping[str, str]
    #: The rules in force: the id of each, and the item or None.
    in_force: tuple[tuple[str, str | None], ...]
    #: The ids of the rules that could not be judged.
    unknown: tuple[str, ...]


@final
@frozen(kw_only=True)
class GoldenSession:
    """A plan and a log of records as documents, and what must come next."""

    #: What it shows, unique in its file.
    name: str
    #: The plan.
    plan: str
    #: The records, in any order.
    log: tuple[str, ...]
    #: The action for the session.
    action: str
    #: The rung of each item. None: left out.
    rungs: Mapping[str, int | None]
    #: The ids of the items of the next session. None: no session.
    session: tuple[str, ...] | None


@final
@frozen(kw_only=True)
class Corpus:
    """All of the corpus."""

    #: Documents that are loaded, and in whose values nothing is wrong.
    valid: tuple[GoldenDocument, ...]
    #: Documents that are refused.
    refused: tuple[GoldenDocument, ...]
    #: Documents that are loaded, and in whose values something is wrong.
    unsound: tuple[GoldenDocument, ...]
    #: Logs and what is decided after them.
    decisions: tuple[GoldenDecision, ...]
    #: Plans, logs and what comes next.
    sessions: tuple[GoldenSession, ...]


def corpus() -> Corpus:
    """Return the corpus that comes with this version of backex.

    >>> {each.kind for each in corpus().valid} >= {"routine", "plan", "stopping-policy"}
    True
    """
    return Corpus(
        valid=tuple(map(_document, _lines("valid"))),
        refused=tuple(map(_document, _lines("refused"))),
        unsound=tuple(map(_document, _lines("unsound"))),
        decisions=tuple(map(_decision, _lines("decisions"))),
        sessions=tuple(map(_session, _lines("sessions"))),
    )


def _lines(name: str) -> list[Any]:
    file = resources.files("backex.testing") / "corpus" / f"{name}.jsonl"
    return [json.loads(line) for line in file.read_text("utf-8").splitlines()]


def _document(line: Mapping[str, Any]) -> GoldenDocument:
    return GoldenDocument(
        name=line["name"],
        kind=line["kind"],
        content=_content(line),
        digest=line.get("digest"),
        problems=tuple((each["code"], each["path"]) for each in line.get("problems", ())),
        diagnostics=tuple(
            (each["code"], each["severity"], each["path"]) for each in line.get("diagnostics", ())
        ),
    )


def _content(line: Mapping[str, Any]) -> bytes:
    if "base64" in line:
        return base64.b64decode(line["base64"])
    document = line["document"]
    if isinstance(document, str):
        return document.encode()
    middle: str = document["repeat"] * document["times"]
    return f"{document['before']}{middle}{document['after']}".encode()


def _decision(line: Mapping[str, Any]) -> GoldenDecision:
    return GoldenDecision(
        name=line["name"],
        policy=line["policy"],
        baseline=line["baseline"],
        entries=tuple(line["entries"]),
        action=line["action"],
        items=frozen_map(line["items"]),
        in_force=tuple((rule, item) for rule, item in line["in_force"]),
        unknown=tuple(line["unknown"]),
    )


def _session(line: Mapping[str, Any]) -> GoldenSession:
    return GoldenSession(
        name=line["name"],
        plan=line["plan"],
        log=tuple(line["log"]),
        action=line["action"],
        rungs=frozen_map(line["rungs"]),
        session=None if line["session"] is None else tuple(line["session"]),
    )
