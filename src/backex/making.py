"""Making values from parts that are known to be sound, without checking them once more.

A constructor checks and converts whatever it is given, which an app needs and a fold over ten
thousand reports does not: all that it puts together was checked when it was made. `unchecked` gives
for a class what makes the same value and leaves that out. It is for values that backex derives from
checked ones, in the form in which the constructor would keep them, and for nothing that comes from
outside. What it makes is an instance like any other: equal, hashed, shown and stored alike.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ParamSpec, TypeVar

import attrs
from attrs import Attribute, AttrsInstance

__all__ = ["unchecked"]

P = ParamSpec("P")
T = TypeVar("T", bound=AttrsInstance)


def unchecked(cls: Callable[P, T]) -> Callable[P, T]:
    """Return a function that takes what the constructor of a frozen attrs class takes.

    It is written out as attrs writes constructors: a call for each field by its name would take
    longer than the checks.
    """
    made: Any = cls
    fields = attrs.fields(made)
    names: dict[str, Any] = {"new": object.__new__, "cls": made}
    body = ["self = new(cls)"]
    parameters = []
    for number, each in enumerate(fields):
        if each.kw_only and "*" not in parameters:
            parameters.append("*")
        names[f"set_{number}"] = getattr(made, each.name).__set__
        body.append(f"set_{number}(self, {each.alias})")
        if each.default is attrs.NOTHING:
            parameters.append(each.alias)
        else:
            names[f"default_{number}"] = _default(each)
            parameters.append(f"{each.alias}=default_{number}")
    lines = "\n    ".join([*body, "return self"])
    exec(f"def make({', '.join(parameters)}):\n    {lines}\n", names)  # noqa: S102 (own text only)
    make: Callable[P, T] = names["make"]
    return make


def _default(attribute: Attribute[Any]) -> object:
    """Return the one value that stands for what was not given: values do not change."""
    default: Any = attribute.default
    convert: Any = attribute.converter
    value = default.factory() if type(default) is attrs.Factory else default
    return value if convert is None else convert(value)
