"""Documents of older versions: brought up to date by a table, here of versions that never were."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Never, TypeVar

import pytest

from backex import (
    AddResistance,
    Calmed,
    Diagnostic,
    Dose,
    Mass,
    Plan,
    Prescription,
    Routine,
    SessionRecord,
    StoppingRule,
    Variant,
)
from backex.catalog.upper_back import CATALOG, OBLIQUE_SIT
from backex.codec import FORMAT, KINDS, Code, digest
from backex.codec.document import parsed
from backex.codec.kinds import kind_of
from backex.codec.migrating import MIGRATIONS, Migration, Migrations
from backex.codec.problems import Refused
from backex.codec.reading import structured
from untrusted.samples import RULE

GOLDEN = Path(__file__).parent / "golden"
T = TypeVar("T")
#: What JSON can hold once it is parsed.
Json = Any


def _renamed(old: str, new: str) -> Migration:
    """Return the migration that calls a key by another name, where it has only the old one."""

    def migrate(value: dict[str, Json]) -> dict[str, Json]:
        if new in value:
            return value
        return {new if key == old else key: each for key, each in value.items()}

    return migrate


def _sets_in_full(dose: dict[str, Json]) -> dict[str, Json]:
    sets = dose.get("sets")
    return dose | {"sets": {"low": sets, "high": sets}} if type(sets) is int else dose


def _called_resistance(move: dict[str, Json]) -> dict[str, Json]:
    return _renamed("load", "mass")(move) | {"@kind": "add-resistance"}


def _called_load(move: dict[str, Json]) -> dict[str, Json]:
    return move | {"@kind": "add-load"}


#: The last version in which masses were in "g", sets were numbers and resistance was a load, and
#: the one before that, which called these otherwise again.
MADE_UP: Migrations = {
    FORMAT - 2: {"mass": _renamed("gramme", "g"), "add-kilo": _called_load},
    FORMAT - 1: {
        "mass": _renamed("g", "grams"),
        "dose": _sets_in_full,
        "add-load": _called_resistance,
    },
}


def _read(document: Json, cls: type[T], migrations: Migrations = MADE_UP) -> T:
    kind, fields = parsed(json.dumps(document), [str(kind_of(cls))], migrations)
    value: T = structured(fields, KINDS[kind], CATALOG)
    return value


def _problems(
    document: Json, cls: type, migrations: Migrations = MADE_UP
) -> list[tuple[Code, str]]:
    with pytest.raises(Refused) as refused:
        _read(document, cls, migrations)
    return [(Code(each.code), each.path) for each in refused.value.problems]


def _older(document: Json) -> Json:
    """Return a document of this version as the made-up one before had it."""
    if isinstance(document, list):
        return [_older(each) for each in document]
    if not isinstance(document, dict):
        return document
    older = {key: _older(each) for key, each in document.items()}
    if older.keys() - {"@kind", "@format"} == {"grams"}:
        older["g"] = older.pop("grams")
    if older.get("@kind") == "add-resistance":
        older |= {"@kind": "add-load", "load": older.pop("mass")}
    if isinstance(sets := older.get("sets"), dict):
        older["sets"] = sets["low"]
    return older


def test_this_version_reads_every_version_since_the_oldest_of_its_table() -> None:
    assert sorted(MIGRATIONS) == list(range(FORMAT - len(MIGRATIONS), FORMAT))
    assert not any(kind not in KINDS for steps in [*MIGRATIONS.values()][-1:] for kind in steps)


@pytest.mark.parametrize(
    "path", sorted(GOLDEN.glob(f"format-{FORMAT}-*.json")), ids=lambda path: path.stem
)
def test_what_an_older_version_wrote_is_the_same_value(path: Path) -> None:
    document = json.loads(path.read_text("utf-8"))
    cls = KINDS[document["@kind"]]
    older = _older(document) | {"@format": FORMAT - 1}
    assert _read(older, cls) == _read(document, cls)


def test_some_of_the_golden_documents_were_written_otherwise() -> None:
    names = {"routine-in-full", "plan", "session-record", "report"}
    for name in names:
        document = json.loads((GOLDEN / f"format-{FORMAT}-{name}.json").read_text("utf-8"))
        assert _older(document) != document
        with pytest.raises(Refused):
            _read(_older(document), KINDS[document["@kind"]])


def test_a_kind_is_brought_through_all_versions_by_the_name_it_has_in_each() -> None:
    oldest = {
        "@format": FORMAT - 2,
        "@kind": "variant",
        "exercise": {"@catalog": "upper-back", "@digest": digest(OBLIQUE_SIT), "id": "oblique-sit"},
        "progressions": [{"@kind": "add-kilo", "load": {"gramme": 1500}}],
    }
    assert _read(oldest, Variant) == Variant(OBLIQUE_SIT, (AddResistance(Mass(1500)),))


def test_a_root_may_have_had_another_kind() -> None:
    oldest = {"@format": FORMAT - 2, "@kind": "add-kilo", "load": {"gramme": 1500}}
    assert _read(oldest, AddResistance) == AddResistance(Mass(1500))


def test_a_migration_of_exercises_sees_references_as_well() -> None:
    stale = {"@catalog": "upper-back", "@digest": "sha256:stale", "id": "oblique-sit"}
    document = {"@format": FORMAT - 1, "@kind": "variant", "exercise": stale}
    digests = {"sha256:stale": digest(OBLIQUE_SIT)}

    def brought_up(exercise: dict[str, Json]) -> dict[str, Json]:
        return exercise | {"@digest": digests[exercise["@digest"]]}

    migrations = {FORMAT - 1: {"exercise": brought_up}}
    assert _read(document, Variant, migrations) == Variant(OBLIQUE_SIT)
    assert _problems(document, Variant) == [(Code.OTHER_DIGEST, "$.exercise.@digest")]


def test_values_among_the_particulars_of_a_diagnostic_are_brought_up_as_well() -> None:
    document = {
        "@format": FORMAT - 1,
        "@kind": "diagnostic",
        "code": "X",
        "severity": "info",
        "path": "$",
        "message": "m",
        "meta": {"seen": [{"@kind": "mass", "g": 5}, {"deep": {"@kind": "mass", "g": 6}}, 7]},
    }
    seen = _read(document, Diagnostic).meta["seen"]
    assert seen == (Mass(5), {"deep": Mass(6)}, 7)


@pytest.mark.parametrize("version", [FORMAT + 1, FORMAT - 3, -1_000_000])
def test_a_version_that_no_table_knows_is_refused_for_that_alone(version: int) -> None:
    document = {"@kind": "mass", "@format": version, "g": 5, "new": 1.5}
    assert _problems(document, Mass) == [(Code.UNKNOWN_FORMAT, "$.@format")]


@pytest.mark.parametrize("version", [None, True, "0", 0.5, [], {}])
def test_a_version_that_is_none_is_not_brought_up(version: Json) -> None:
    document = {"@format": version, "@kind": "mass", "g": 5}
    expected = [(Code.NOT_WHOLE, "$.@format")] if version == 0.5 else [(Code.NO_ENVELOPE, "$")]
    assert _problems(document, Mass) == expected


def _never(_: dict[str, Json]) -> Never:
    pytest.fail("an object was migrated before it was measured")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ('{"@format":%d,"@kind":"mass","g":' + "[" * 40 + "]" * 40 + "}", Code.TOO_DEEP),
        ('{"@format":%d,"@kind":"mass","g":[' + "1," * 20_000 + "1]}", Code.TOO_MANY),
        ('{"@format":%d,"@kind":"mass","g":1,"g":1}', Code.DUPLICATE_KEY),
        ('{"@format":%d,"@kind":"mass","g":"' + "a" * 2_001 + '"}', Code.BAD_STRING),
        ('{"@format":%d,"@kind":"mass","g":1.5}', Code.NOT_WHOLE),
        ('{"@format":%d,"@kind":"mass"' + " " * 256 * 1024 + "}", Code.TOO_LARGE),
    ],
    ids=["deep", "many", "double", "long", "fraction", "large"],
)
def test_the_bounds_hold_before_anything_is_migrated(text: str, code: Code) -> None:
    with pytest.raises(Refused) as refused:
        parsed(text % (FORMAT - 1), ["mass"], {FORMAT - 1: {"mass": _never}})
    assert [each.code for each in refused.value.problems] == [code.value]


@pytest.mark.parametrize(
    ("cls", "fields", "code", "path"),
    [
        (Mass, {"g": 5, "grams": 5}, Code.UNKNOWN_KEY, "$.g"),
        (Mass, {"g": "5"}, Code.WRONG_TYPE, "$.grams"),
        (Dose, {"sets": "two"}, Code.WRONG_TYPE, "$.sets"),
        (Dose, {"sources": {"@kind": "mass", "g": 5}}, Code.WRONG_TYPE, "$.sources"),
        (Plan, {"routine": [], "ladders": []}, Code.WRONG_TYPE, "$.routine"),
        (Prescription, {"id": {"g": 5}}, Code.MISSING_KEY, "$.sides"),
        (AddResistance, {"mass": {"g": 5, "@kind": "mass"}}, Code.UNKNOWN_KEY, "$.mass.@kind"),
        (Routine, {"id": "a", "title": "A", "items": [5]}, Code.WRONG_TYPE, "$.items[0]"),
        (SessionRecord, {"checkin": 1, "entries": [{}]}, Code.MISSING_KEY, "$.entries[0].@kind"),
        (
            SessionRecord,
            {"checkin": 1, "entries": [{"@kind": "entry"}]},
            Code.UNKNOWN_CHOICE,
            "$.entries[0].@kind",
        ),
    ],
    ids=lambda value: value.__name__ if isinstance(value, type) else None,
)
def test_what_is_of_no_known_form_is_left_alone_and_refused(
    cls: type, fields: Mapping[str, Json], code: Code, path: str
) -> None:
    document = {"@format": FORMAT - 1, "@kind": kind_of(cls), **fields}
    assert (code, path) in _problems(document, cls)


def test_a_root_of_no_known_kind_is_refused_as_such() -> None:
    assert _problems({"@format": FORMAT - 1, "@kind": "entry"}, Mass) == [
        (Code.UNKNOWN_KIND, "$.@kind")
    ]
    assert _problems({"@format": FORMAT - 1, "@kind": 5}, Mass) == [(Code.NO_ENVELOPE, "$")]


def test_of_two_classes_only_the_one_that_is_named_is_brought_up() -> None:
    renamed: Migrations = {FORMAT - 1: {"calmed": _renamed("days", "checkins")}}
    rule = {**RULE, "@format": FORMAT - 1, "@kind": "stopping-rule"}
    calmed = rule | {"until": {"@kind": "calmed", "days": 3}}
    assert _read(calmed, StoppingRule, renamed).until == Calmed(checkins=3)
    cleared = rule | {"until": {"@kind": "cleared", "days": 3}}
    assert _problems(cleared, StoppingRule, renamed) == [(Code.UNKNOWN_KEY, "$.until.days")]
