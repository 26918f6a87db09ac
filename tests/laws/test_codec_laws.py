"""Laws of storage: what is written loads back the same, and nothing else gets in."""

from __future__ import annotations

import copy
import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backex import (
    BackexError,
    Decision,
    DecodeError,
    Diagnostic,
    Routine,
    Severity,
    StoppingPolicy,
    SymptomReport,
    report,
)
from backex.catalog.upper_back import CATALOG, ROUTINE, STOPPING_POLICY
from backex.checks import violation_in
from backex.codec import KINDS, Code, digest, dumps, loads
from backex.stopping import Monitor
from backex.strategies import values

#: What JSON can hold once it is parsed.
Json = Any

MONITOR = (
    STOPPING_POLICY.start(report(0, pain=2, stiffness=2))
    .observe(report(1, pain=4, stiffness=2, item="oblique-sit"))
    .observe(
        report(1, pain=4, stiffness=2, red_flags=frozenset(), at=datetime(2026, 1, 1, tzinfo=UTC))
    )
)
META = Diagnostic(
    code="X", severity=Severity.INFO, path="$", message="m", meta={"a": (1, "b", None, ())}
)
#: Documents to damage.
SOUND: tuple[object, ...] = (
    ROUTINE,
    STOPPING_POLICY,
    MONITOR,
    MONITOR.decision,
    CATALOG.exercises[0].steps[-1],
    META,
)
VALUES: dict[str, st.SearchStrategy[Any]] = {kind: values(cls) for kind, cls in KINDS.items()}
kinds = pytest.mark.parametrize("kind", KINDS)
#: There are many kinds.
fewer = settings(max_examples=settings().max_examples // 5)

json_values = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.sampled_from(("prone", "at-least", "upper-back", "oblique-sit", "2026-01-31T08:00:00Z")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.text(max_size=3)
            | st.sampled_from(("@format", "@kind", "@catalog", "@digest", "id", "sources")),
            inner,
            max_size=4,
        )
    ),
    max_leaves=8,
)


def _loaded(text: str | bytes, cls: type[Any]) -> object:
    """Return what a text is loaded as, or the error; whatever is loaded is sound and stable."""
    value: object
    try:
        value = loads(text, cls)
    except DecodeError as error:
        value = error
    if isinstance(value, DecodeError):
        assert 1 <= len(value.problems) <= 20
        assert {each.code for each in value.problems} <= {code.value for code in Code}
        assert all(each.path.startswith("$") for each in value.problems)
        assert all(len(each.message) <= 300 for each in value.problems)
        return value
    assert type(value) is cls
    assert violation_in(value) is None
    written = dumps(value)
    again = loads(written, cls)
    assert again == value
    assert dumps(again) == written
    return value


@kinds
@fewer
@given(data=st.data())
def test_what_is_written_is_canonical_and_loads_back_the_same(
    kind: str, data: st.DataObject
) -> None:
    """Accepted implies that `loads(dumps(x)) == x`, and the bytes are stable.

    `digest` is SHA-256 over canonical JSON, the expanded content; RFC 8785 says what is canonical.
    """
    value = data.draw(VALUES[kind])
    cls = type(value)
    # A plan that writes out an exercise for every rung is longer than a document may be.
    for catalog in (CATALOG,) if kind == "plan" else (CATALOG, None):
        text = dumps(value, catalog=catalog, indent=2)
        assert loads(text, cls, catalog=catalog) == value
        text = dumps(value, catalog=catalog)
        again = loads(text, cls, catalog=catalog)
        assert again == value
        assert hash(again) == hash(value)
        assert dumps(again, catalog=catalog) == text
        assert loads(text.encode(), cls, catalog=catalog) == value
    referring, expanded = dumps(value), dumps(value, catalog=None)
    assert referring == rfc8785.dumps(json.loads(referring)).decode()
    assert digest(value) == "sha256:" + hashlib.sha256(expanded.encode()).hexdigest()


@given(st.data())
def test_equal_values_have_equal_documents_and_unequal_ones_unequal(data: st.DataObject) -> None:
    """Equal values have equal digests; a change of meaning changes the digest."""
    one, other = data.draw(VALUES["symptom-report"]), data.draw(VALUES["symptom-report"])
    assert (dumps(one) == dumps(other)) == (one == other)
    assert (digest(one) == digest(other)) == (one == other)


@given(
    st.datetimes(datetime(1, 1, 3), datetime(9999, 12, 29)),  # noqa: DTZ001 (zones are added)
    st.integers(-1439, 1439),
)
def test_a_time_with_any_offset_is_the_instant_that_it_names(time: datetime, minutes: int) -> None:
    """Aware RFC 3339 only, to UTC at entry."""
    instant = time.replace(tzinfo=timezone(timedelta(minutes=minutes)))
    document = json.loads(dumps(report(1))) | {"at": instant.isoformat()}
    loaded = loads(json.dumps(document), SymptomReport)
    assert loaded == report(1, at=instant)
    assert loaded.at is not None
    assert (loaded.at, loaded.at.tzinfo) == (instant, UTC)


@given(st.binary(max_size=200), st.sampled_from(sorted(KINDS)))
@example(b"\xef\xbb\xbf{}", "mass")
@example(b"[" * 100_000, "mass")
@example(b"9" * 5000, "mass")
@example(b'{"@format":1,"@kind":[]}', "mass")
def test_any_bytes_are_loaded_or_refused(text: bytes, kind: str) -> None:
    """Only `BackexError` escapes a load."""
    assert isinstance(_loaded(text, KINDS[kind]), BackexError)


@given(st.text(st.characters(), max_size=50), st.sampled_from(sorted(KINDS)))
def test_any_text_is_loaded_or_refused(text: str, kind: str) -> None:
    """Only `BackexError` escapes a load."""
    assert isinstance(_loaded(text, KINDS[kind]), BackexError)


@given(json_values, st.sampled_from(sorted(KINDS)), st.booleans())
def test_any_json_is_loaded_or_refused(value: Json, kind: str, enveloped: bool) -> None:  # noqa: FBT001
    """Only `BackexError` escapes a load."""
    if enveloped and isinstance(value, dict):
        value = {**value, "@format": 1, "@kind": kind}
    _loaded(json.dumps(value), KINDS[kind])


@given(st.data())
def test_a_document_with_damaged_bytes_is_loaded_or_refused(data: st.DataObject) -> None:
    """Only `BackexError` escapes a load: byte mutants."""
    value = data.draw(st.sampled_from(SOUND))
    text = bytearray(dumps(value).encode())
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(0, len(text) - 1))
        until = data.draw(st.integers(at, min(len(text), at + 4)))
        text[at:until] = data.draw(
            st.binary(max_size=3) | st.sampled_from((b'"', b"{", b"]", b",", b"0", b"e9", b"null"))
        )
    _loaded(bytes(text), type(value))


@given(st.data())
def test_a_document_cut_short_is_refused(data: st.DataObject) -> None:
    """Only `BackexError` escapes a load: a torn file."""
    value = data.draw(st.sampled_from(SOUND))
    text = dumps(value)
    cut = text[: data.draw(st.integers(0, len(text) - 1))]
    error = _loaded(cut, type(value))
    assert isinstance(error, DecodeError)
    assert error.code == Code.NOT_JSON.value


def _places(value: Json, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    yield place
    if isinstance(value, dict | list):
        for step in value if isinstance(value, dict) else range(len(value)):
            yield from _places(value[step], (*place, step))


def _at(value: Json, place: tuple[str | int, ...]) -> Json:
    for step in place:
        value = value[step]
    return value


@given(st.data())
def test_a_document_with_parts_replaced_moved_or_lost_is_loaded_or_refused(
    data: st.DataObject,
) -> None:
    """Only `BackexError` escapes a load: a value of another place or JSON type at every path."""
    value = data.draw(st.sampled_from(SOUND))
    document = json.loads(dumps(value))
    donor = json.loads(dumps(data.draw(st.sampled_from(SOUND))))
    for _ in range(data.draw(st.integers(1, 3))):
        *above, step = data.draw(st.sampled_from(list(_places(document))[1:]))
        holder = _at(document, tuple(above))
        transplant = st.sampled_from(list(_places(donor))).map(lambda place: _at(donor, place))
        match data.draw(st.sampled_from(("lose", "replace", "add"))):
            case "lose":
                del holder[step]
            case "replace":
                holder[step] = copy.deepcopy(data.draw(transplant | json_values))
            case _ if isinstance(holder, list):
                holder.append(copy.deepcopy(data.draw(transplant)))
            case _:
                key = data.draw(st.text(max_size=3) | st.sampled_from(sorted(donor)))
                holder[key] = copy.deepcopy(data.draw(transplant))
        if len(list(_places(document))) < 2:
            break
    _loaded(json.dumps(document), type(value))


@given(st.data())
def test_text_and_its_bytes_fare_alike(data: st.DataObject) -> None:
    """Loading does not depend on whether the same document comes as text or as bytes."""
    value = data.draw(st.sampled_from(SOUND))
    text = dumps(value)
    at = data.draw(st.integers(0, len(text) - 1))
    text = text[:at] + data.draw(st.text(max_size=2)) + text[at + 1 :]
    assert _loaded(text.encode(), type(value)) == _loaded(text, type(value))


@given(st.data())
def test_a_refusal_leaves_nothing_behind(data: st.DataObject) -> None:
    """A failed load leaves nothing behind."""
    good = dumps(ROUTINE)
    bad = good.replace(data.draw(st.sampled_from(('"id"', "rest", ",", "1", "sha256"))), "", 1)
    error = _loaded(bad, Routine)
    assert isinstance(error, DecodeError)
    assert _loaded(bad, Routine) == error
    assert loads(good, Routine) == ROUTINE


@given(VALUES["stopping-policy"], st.lists(VALUES["symptom-report"], min_size=1, max_size=4))
def test_a_monitor_stored_after_every_entry_is_the_one_never_stored(
    policy: StoppingPolicy, entries: list[SymptomReport]
) -> None:
    """A monitor is a value that an app can store: replay equals incremental, across storage too."""
    baseline, *log = sorted(entries, key=lambda entry: entry.key)
    kept = stored = policy.start(baseline)
    for entry in log:
        kept = kept.observe(entry)
        stored = loads(dumps(stored), Monitor).observe(entry)
    assert stored == kept
    assert loads(dumps(kept.decision), Decision) == stored.decision
