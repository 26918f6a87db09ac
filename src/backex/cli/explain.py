"""`backex explain`: what a code means."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from backex.cli.printing import say
from backex.cli.sources import CannotRun
from backex.codec import Code
from backex.ids import closest
from backex.rules import RULES
from backex.validation import explain as rule_of

__all__ = ["explain"]

#: What the codes mean that no rule has.
_ERRORS: Mapping[str, str] = MappingProxyType(
    {
        **{each.value: each.meaning for each in Code},
        "BX020": "An entry comes before one that a monitor has already observed.",
        "BX021": "Two different clearances carry the same check-in and sequence.",
    }
)
_TITLES: Mapping[str, str] = MappingProxyType(
    {
        **{code: f"error    {meaning}" for code, meaning in sorted(_ERRORS.items())},
        **{rule.code: f"{rule.severity.value:9}{rule.title}" for rule in RULES},
    }
)


def explain(code: str = "", /) -> int:
    """Tell what a code means and why it matters.

    Without a code, all of them are listed.

    Args:
        code: A code, such as BX503, or the beginning of several.
    """
    wanted = code.upper()
    if wanted in _ERRORS:
        say(f"{wanted} (error): {_ERRORS[wanted]}\n")
    elif wanted in _TITLES:
        say(f"{rule_of(wanted)}\n")
    else:
        found = [f"{each}  {title}\n" for each, title in _TITLES.items() if each.startswith(wanted)]
        if not found:
            hint = closest(wanted, tuple(_TITLES)) or "backex explain lists all codes"
            raise CannotRun(f"there is no code {code}", hint)
        say("".join(found))
    return 0
