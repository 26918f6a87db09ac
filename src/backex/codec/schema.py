"""What documents look like, as JSON Schema: drawn from the checks of the classes' fields.

A schema says of every field what its check says. It cannot say what a rule on several fields says,
nor what only a catalog or a calendar knows: what a schema accepts may still be refused by `loads`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, final

import attrs
from attrs import define, field

from backex import checks, quantities
from backex.codec.document import LARGEST
from backex.codec.kinds import FORMAT, KINDS, kind_of, name_of
from backex.codec.shapes import TIME, fields_of
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.provenance import STATED_BY

__all__ = ["schema"]

_Schema = dict[str, object]


def schema(type: type | None = None) -> dict[str, object]:  # noqa: A002
    """Return the JSON Schema (2020-12) of documents of one class, or of all that there are.

    Raises:
        InvalidValue: `type` has no document kind.

    >>> from backex import Mass
    >>> mass = schema(Mass)
    >>> mass["$id"], mass["$ref"]
    ('urn:backex:format:1:mass', '#/$defs/mass-document')
    """
    found = _Definitions()
    urn = f"urn:backex:format:{FORMAT}"
    if type is None:
        root: _Schema = {"oneOf": [found.document(cls) for cls in KINDS.values()]}
    else:
        kind = kind_of(type)
        if kind is None:
            raise InvalidValue("schema", "type", type, "one of the classes in KINDS")
        root, urn = found.document(type), f"{urn}:{kind}"
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": urn,
        **root,
        "$defs": dict(sorted(found.schemas.items())),
    }


@final
@define
class _Definitions:
    """Schemas by name, defined as they are first referred to."""

    schemas: dict[str, _Schema] = field(factory=dict)

    def document(self, cls: Any) -> _Schema:
        """Return a reference to the schema of a class at the root of a document."""
        return self._named(
            f"{kind_of(cls)}-document",
            lambda: self._described(cls, {"@format": {"const": FORMAT}, **_tag(cls)}),
        )

    def allowed_by(self, check: Any) -> _Schema:
        """Return what a check allows, or a reference to it where many fields share it."""
        if check in _SHARED:
            return self._named(_SHARED[check], lambda: _OF_CHECK[type(check)](self, check))
        return _OF_CHECK[type(check)](self, check)

    def of_class(self, cls: Any) -> _Schema:
        """Return a reference to the schema of a class where a field takes no other."""
        if cls is bool:
            return {"type": "boolean"}
        if issubclass(cls, Enum):
            return self._named(name_of(cls), lambda: {"enum": [each.value for each in cls]})
        return self._named(name_of(cls), lambda: self._described(cls))

    def tagged(self, cls: Any) -> _Schema:
        """Return a reference to the schema of a class where a field takes others as well."""
        return self._named(f"tagged-{kind_of(cls)}", lambda: self._described(cls, _tag(cls)))

    def anything(self) -> _Schema:
        """Return a reference to the schema of what has no schema of its own."""
        members: _Schema = {"$ref": "#/$defs/anything"}
        types = ["null", "boolean", "integer", "string", "array", "object"]
        return self._named(
            "anything",
            lambda: {
                "type": types,
                "minimum": -LARGEST,
                "maximum": LARGEST,
                "maxLength": checks.TEXT.limit,
                "items": members,
                "additionalProperties": members,
            },
        )

    def _named(self, name: str, make: Callable[[], _Schema]) -> _Schema:
        if name not in self.schemas:
            self.schemas[name] = {}  # what is made may refer to itself
            self.schemas[name] = make()
        return {"$ref": f"#/$defs/{name}"}

    def _described(self, cls: Any, tags: Mapping[str, _Schema] = {}) -> _Schema:
        fields = fields_of(cls)
        validators = {each.name: each.validator for each in attrs.fields(cls)}
        properties = {each.name: self.allowed_by(validators[each.name]) for each in fields}
        if validators.get("stated_by") is STATED_BY:
            properties["stated_by"]["propertyNames"] = {"enum": sorted(properties)}
        required = [each.name for each in fields if each.unstated is attrs.NOTHING]
        written_out = _object({**tags, **properties}, [*tags, *required])
        if cls is not Exercise:
            return written_out
        reference: dict[str, _Schema] = {
            "@catalog": self.allowed_by(checks.IDENTIFIER),
            "@digest": {"type": "string", "pattern": "^sha256:[0-9a-f]{64}$"},
            "id": self.allowed_by(checks.IDENTIFIER),
        }
        return {"oneOf": [_object({**tags, **reference}, [*tags, *reference]), written_out]}


def _tag(cls: Any) -> dict[str, _Schema]:
    return {"@kind": {"const": kind_of(cls)}}


def _object(properties: Mapping[str, _Schema], required: list[str]) -> _Schema:
    return {
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": False,
    }


# Of each check.


def _text(_: _Definitions, check: checks.Text) -> _Schema:
    return {
        "type": "string",
        "maxLength": check.limit,
        "pattern": check.visible,
        "not": {"pattern": check.forbidden},
    }


def _identifier(_: _Definitions, check: checks.Identifier) -> _Schema:
    return {"type": "string", "maxLength": check.limit, **_whole(check.pattern)}


def _time(_: _Definitions, __: checks.AwareTime) -> _Schema:
    return {"type": "string", "format": "date-time", **_whole(TIME)}


def _whole(pattern: str) -> _Schema:
    """Say that all of a string matches; in some dialects `$` stands before a line break, too."""
    return {"pattern": f"^{pattern}$", "not": {"pattern": "\n"}}


def _integer(_: _Definitions, check: checks.Integer | quantities.SpanWithin) -> _Schema:
    return {"type": "integer", "minimum": check.low, "maximum": check.high}


def _optional(found: _Definitions, check: checks.Optional) -> _Schema:
    return _or_null(found.allowed_by(check.check))


def _or_null(of: _Schema) -> _Schema:
    return {"anyOf": [of, {"type": "null"}]}


def _array(found: _Definitions, check: checks.TupleOf | checks.SetOf) -> _Schema:
    least = {"minItems": check.low} if check.low else {}
    members = found.allowed_by(check.check)
    return {"type": "array", "items": members, **least, **_most("maxItems", check.high)}


def _mapping(found: _Definitions, check: checks.MapOf) -> _Schema:
    return {
        "type": "object",
        "propertyNames": found.allowed_by(check.key),
        "additionalProperties": found.allowed_by(check.value),
        **_most("maxProperties", check.high),
    }


def _most(keyword: str, high: int) -> _Schema:
    return {} if high == checks.UNLIMITED else {keyword: high}


def _span(found: _Definitions, check: quantities.SpanWithin) -> _Schema:
    end = _or_null(_integer(found, check))
    span = found.of_class(quantities.Span)
    return _or_null({**span, "properties": {"low": end, "high": end}})


#: Checks that many fields share, by the name of what they allow.
_SHARED = {
    checks.IDENTIFIER: "identifier",
    checks.NAME: "line",
    checks.TEXT: "text",
    checks.AwareTime(): "time",
}
_OF_CHECK: dict[type, Callable[[_Definitions, Any], _Schema]] = {
    checks.Text: _text,
    checks.Identifier: _identifier,
    checks.Integer: _integer,
    checks.Flag: lambda found, _: found.of_class(bool),
    checks.Anything: lambda found, _: found.anything(),
    checks.AwareTime: _time,
    checks.Exactly: lambda found, check: found.of_class(check.of),
    checks.OneOf: lambda found, check: {"oneOf": [found.tagged(cls) for cls in check.classes]},
    checks.Either: lambda found, check: {
        "anyOf": [found.allowed_by(check.one), found.allowed_by(check.other)]
    },
    checks.Optional: _optional,
    checks.TupleOf: _array,
    checks.SetOf: lambda found, check: {**_array(found, check), "uniqueItems": True},
    checks.MapOf: _mapping,
    checks.Later: lambda found, check: found.allowed_by(check.check()),
    checks.And: lambda found, check: found.allowed_by(check.check),
    quantities.SpanWithin: _span,
}
