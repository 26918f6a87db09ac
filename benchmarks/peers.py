"""The classes of the model again, in pydantic and in msgspec, written out as source text.

They have the fields, the types and the bounds of backex, taken from its classes, so that they
accept and refuse the same documents. Of the checks that compare two fields they have those that
a routine needs; what is left out speaks for the peer.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType, NoneType
from typing import Any, NewType, get_args

import attrs

from backex import checks
from backex.codec.kinds import KINDS, kind_of
from backex.codec.shapes import fields_of, is_enum, is_mapping, is_set, is_tuple, is_union
from backex.pose import JOINTS, limbs_of
from backex.quantities import SpanWithin
from backex.routine import Routine

__all__ = ["module_from", "msgspec_source", "pydantic_of_all", "pydantic_source"]

_PYDANTIC = """\
from __future__ import annotations

from datetime import datetime
from enum import Enum
from typing import Annotated, Any, Literal, Union

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints
from pydantic import model_validator


def within(low, high):
    def check(span):
        if any(end is not None and not low <= end <= high for end in (span.low, span.high)):
            raise ValueError("out of range")
        return span

    return AfterValidator(check)


class Strict(BaseModel):
    model_config = ConfigDict(
        strict=True, extra="forbid", frozen=True, revalidate_instances="always"
    )
"""
#: Of each joint, the limbs that have it and how far it turns in each direction.
_REACHES = {
    joint.value: (
        [limb and limb.value for limb in limbs_of(joint)],
        {freedom.value: reach for freedom, reach in freedoms.items()},
    )
    for joint, freedoms in JOINTS.items()
}
_PYDANTIC += f"\n\nJOINTS = {_REACHES!r}\n"
_PYDANTIC += """

def fits(angle):
    limbs, freedoms = JOINTS.get(angle.joint.value, ((), {}))
    reach = freedoms.get(angle.freedom.value)
    limb = angle.limb and angle.limb.value
    return reach is not None and reach[0] <= angle.degrees <= reach[1] and limb in limbs
"""
#: What pydantic has to be told of two fields together.
_TOGETHER = {
    "Source": 'self.locator is not None or self.kind.value not in {"seed", "derived"}',
    "Span": "None not in (self.low, self.high) and self.low <= self.high"
    " or (self.low is None) is not (self.high is None)",
    "Put": '(self.step is None) is (self.part.at_kind == "support")',
    "Remove": '(self.step is None) is (self.kind.value == "support")',
    "JointAngle": "fits(self)",
}
_MSGSPEC = """\
from __future__ import annotations

from enum import Enum
from typing import Annotated, Any, Literal, Union

import msgspec
from msgspec import Meta, Struct
"""


def _options(of: Any) -> tuple[list[Any], bool]:
    """Return what a type is one of, and whether None is."""
    of = _renamed(of)
    options = get_args(of) if is_union(of) else (of,)
    return [_renamed(each) for each in options if each is not NoneType], NoneType in options


def _renamed(of: Any) -> Any:
    while isinstance(of, NewType):
        of = of.__supertype__
    return of


def _alone(check: Any) -> Any:
    """Return what a field allows by itself, without rules on several fields."""
    if isinstance(check, checks.And):
        return _alone(check.check)
    return _alone(check.check()) if isinstance(check, checks.Later) else check


def _named(of: Any) -> Iterator[Any]:
    options, _ = _options(of)
    for each in options:
        if attrs.has(each) or is_enum(each):
            yield each
        elif each is not of or get_args(each):
            for inner in get_args(each):
                yield from _named(inner)


def _in_order(roots: Iterable[type]) -> list[Any]:
    """Return the classes that classes are made of, what they hold before them."""
    found: dict[Any, None] = {}
    begun: set[Any] = set()

    def visit(cls: Any) -> None:
        if cls in begun:
            return
        begun.add(cls)
        if not is_enum(cls):
            for each in fields_of(cls):
                for named in _named(each.type):
                    visit(named)
        found[cls] = None

    for root in roots:
        visit(root)
    return list(found)


def _text(check: Any, *, rust: bool) -> tuple[int, str]:
    """Return the length and the pattern of a text, for the engine that the peer has."""
    check = _alone(check)
    if isinstance(check, checks.Identifier):
        return check.limit, "^[a-z0-9]+(?:-[a-z0-9]+)*$"
    control = checks._UNPRINTABLE  # noqa: SLF001 (the same characters are to be refused)
    invisible = checks._INVISIBLE  # noqa: SLF001
    form = r"\x{{{:x}}}" if rust else r"\U{:08x}"
    control, invisible = _escaped(control, form), _escaped(invisible, form)
    forbidden = control + (rf"\t\n{invisible}" if check.single_line else "")
    return check.limit, rf"^[^{forbidden}]*[^\s{invisible}{control}][^{forbidden}]*$"


def _escaped(characters: str, form: str) -> str:
    """Return characters and ranges of them with each but the hyphens written by its number."""
    return "".join(c if c == "-" else form.format(ord(c)) for c in characters)


class _Pydantic:
    """Writes pydantic's models."""

    def source(self, *roots: type) -> str:
        lines = [_PYDANTIC]
        for cls in _in_order(roots):
            if is_enum(cls):
                lines.append(_enum(cls))
            else:
                lines += [self.model(cls, tagged=False), self.model(cls, tagged=True)]
        root = roots[-1]
        lines.append(
            f"class Document({root.__name__}):\n"
            '    at_format: Literal[1] = Field(alias="@format")\n'
            f'    at_kind: Literal["{kind_of(root)}"] = Field(alias="@kind")\n'
        )
        lines.append(
            "for model in list(globals().values()):\n"
            "    if isinstance(model, type) and issubclass(model, Strict):\n"
            "        model.model_rebuild()\n"
        )
        return "\n\n".join(lines)

    def model(self, cls: Any, *, tagged: bool) -> str:
        if tagged:
            return (
                f"class Tagged{cls.__name__}({cls.__name__}):\n"
                f'    at_kind: Literal["{kind_of(cls)}"] = Field(alias="@kind")\n'
            )
        lines = [f"class {cls.__name__}(Strict):"]
        members = zip(fields_of(cls), attrs.fields(cls), strict=True)
        for each, attribute in sorted(members, key=lambda pair: pair[0].name):
            of = self.type_of(each.type, attribute.validator)
            default = "" if each.unstated is attrs.NOTHING else f" = {each.unstated!r}"
            lines.append(f"    {each.name}: {of}{default}")
        if cls.__name__ in _TOGETHER:
            lines += [
                '\n    @model_validator(mode="after")',
                "    def together(self):",
                f"        if not ({_TOGETHER[cls.__name__]}):",
                '            raise ValueError("they do not fit together")',
                "        return self",
            ]
        return "\n".join(lines if lines[1:] else [*lines, "    pass"])

    def type_of(self, of: Any, check: Any) -> str:
        options, has_none = _options(of)
        check = _alone(check)
        if isinstance(check, checks.Optional):
            check = _alone(check.check)
        if len(options) == 1:
            said = self.stated(options[0], check)
        elif all(map(attrs.has, options)):
            tagged = ", ".join(f"Tagged{cls.__name__}" for cls in options)
            said = f"Annotated[Union[{tagged}], Field(discriminator='at_kind')]"
        else:
            said = f"Union[{self.type_of(options[0], check.one)}, {options[1].__name__}]"
        return f"Union[{said}, None]" if has_none else said

    def stated(self, of: Any, check: Any) -> str:
        check = _alone(check)
        if of is str:
            length, pattern = _text(check, rust=True)
            return f"Annotated[str, StringConstraints(max_length={length}, pattern=r'{pattern}')]"
        if of is int:
            return f"Annotated[int, Field(ge={check.low}, le={check.high})]"
        if is_mapping(of):
            inner = self.type_of(get_args(of)[1], check.value)
            key = self.stated(str, check.key)
            return f"Annotated[dict[{key}, {inner}], Field(max_length={check.high})]"
        if is_tuple(of) or is_set(of):
            inner = self.type_of(get_args(of)[0], getattr(check, "check", None))
            low, high = getattr(check, "low", 0), getattr(check, "high", 200)
            many = f"tuple[{inner}, ...]" if is_tuple(of) else f"frozenset[{inner}]"
            return f"Annotated[{many}, Field(min_length={low}, max_length={high})]"
        if isinstance(check, SpanWithin):
            return f"Annotated[Span, within({check.low}, {check.high})]"
        return "Any" if of is object else str(of.__name__)


class _Msgspec(_Pydantic):
    """Writes msgspec's structs."""

    def source(self, *roots: type) -> str:
        lines = [_MSGSPEC]
        for cls in _in_order(roots):
            if is_enum(cls):
                lines.append(_enum(cls))
            else:
                lines += [self.model(cls, tagged=False), self.model(cls, tagged=True)]
        root = roots[-1]
        lines.append(
            f"class Document({root.__name__}, frozen=True, kw_only=True, omit_defaults=True,\n"
            f'        forbid_unknown_fields=True, tag_field="@kind", tag="{kind_of(root)}"):\n'
            '    at_format: Literal[1] = msgspec.field(name="@format")\n'
        )
        return "\n\n".join(lines)

    def model(self, cls: Any, *, tagged: bool) -> str:
        config = "frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True"
        if tagged:
            return (
                f"class Tagged{cls.__name__}({cls.__name__}, {config},\n"
                f'        tag_field="@kind", tag="{kind_of(cls)}"):\n    pass\n'
            )
        lines = [f"class {cls.__name__}(Struct, {config}):"]
        members = zip(fields_of(cls), attrs.fields(cls), strict=True)
        for each, attribute in sorted(members, key=lambda pair: pair[0].name):
            of = self.type_of(each.type, attribute.validator)
            default = "" if each.unstated is attrs.NOTHING else f" = {each.unstated!r}"
            lines.append(f"    {each.name}: {of}{default}")
        return "\n".join(lines if lines[1:] else [*lines, "    pass"])

    def type_of(self, of: Any, check: Any) -> str:
        said = super().type_of(of, check)
        return said.replace("Field(discriminator='at_kind')", "Meta()")

    def stated(self, of: Any, check: Any) -> str:
        check = _alone(check)
        if of is str:
            length, pattern = _text(check, rust=False)
            return f"Annotated[str, Meta(max_length={length}, pattern=r'{pattern}')]"
        if isinstance(check, SpanWithin):
            return "Span"
        return super().stated(of, check).replace("Field(", "Meta(")


def _enum(cls: Any) -> str:
    members = "\n".join(f'    {each.name} = "{each.value}"' for each in cls)
    return f"class {cls.__name__}(Enum):\n{members}"


def pydantic_source() -> str:
    """Return a module of pydantic's models of a routine; its document is `Document`."""
    return _Pydantic().source(Routine)


def pydantic_of_all() -> str:
    """Return a module of pydantic's models of every kind of document."""
    return _Pydantic().source(*KINDS.values())


def msgspec_source() -> str:
    """Return a module of msgspec's structs of a routine; its document is `Document`."""
    return _Msgspec().source(Routine)


def module_from(source: str, path: Path) -> ModuleType:
    """Write a module to `path` and import it."""
    path.write_text(source, encoding="utf-8")
    spec = spec_from_file_location(path.stem, path)
    if spec is None or spec.loader is None:
        raise ImportError(str(path))
    module = module_from_spec(spec)
    sys.modules[path.stem] = module
    spec.loader.exec_module(module)
    return module
