"""Nothing is accepted that another library refuses, and what only backex refuses has its reason.

With ``BACKEX_LONG=1`` many more documents are tried.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Callable

import pytest

from backex.codec import KINDS, Code
from untrusted import streams
from untrusted.corpora import Counted, amount
from untrusted.mirror import accepts
from untrusted.samples import problems_of, samples

MOST = amount(quick=1_000, ci=10_000, long=150_000)
#: Why backex refuses what msgspec takes: what several fields or members say together, what the
#: catalog has, keys that stand twice, and limits on the document as a whole.
STRICTER = {
    Code.NOT_ALLOWED,
    Code.DUPLICATE_KEY,
    Code.UNKNOWN_REFERENCE,
    Code.OTHER_DIGEST,
    Code.NOT_WHOLE,
    Code.BAD_STRING,
    Code.TOO_DEEP,
}
#: Anything is allowed there but values of the model that are none, which msgspec does not know.
IN_META = re.compile(r"\.meta[.\[]")


def test_both_accept_the_document_of_every_kind() -> None:
    assert list(samples()) == list(KINDS)
    for kind, document in samples().items():
        assert accepts(json.dumps(document).encode(), KINDS[kind])


@pytest.mark.parametrize(
    ("documents", "share"),
    [
        (streams.changed, 0.7),
        (streams.generated_texts, 0.3),
        (streams.wrong_types, 0.1),
        (streams.mutants, 0.1),
    ],
    ids=["changed", "generated texts", "wrong types", "damaged bytes"],
)
def test_what_backex_accepts_msgspec_accepts(
    documents: Callable[[random.Random], streams.Documents],
    share: float,
    record_property: Counted,
) -> None:
    found = documents(random.Random(f"msgspec {documents.__name__}"))
    accepted = 0
    for _ in range(round(MOST * share)):
        text, cls = next(found)
        problems = problems_of(text, cls)
        if accepts(text, cls):
            reasons = {Code(each.code) for each in problems if not IN_META.search(each.path)}
            assert reasons <= STRICTER, text
            accepted += not problems
        else:
            assert problems, text
    record_property("documents", round(MOST * share))
    record_property("accepted by both", accepted)
    assert accepted > 0.002 * MOST * share
