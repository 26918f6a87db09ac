"""`backex schema`: what documents look like, as JSON Schema."""

from __future__ import annotations

import json

from backex.cli.printing import say
from backex.cli.sources import CannotRun
from backex.codec import KINDS
from backex.ids import suggestion

__all__ = ["schema"]


def schema(kind: str | None = None, /) -> int:
    """Print the JSON Schema of documents.

    Args:
        kind: The kind of document, such as routine; all of them where none is given.
    """
    from backex.codec import schema as schema_of  # noqa: PLC0415 (no other command needs it)

    if kind is not None and kind not in KINDS:
        raise CannotRun(f"there is no kind {kind}", suggestion(kind, tuple(KINDS)))
    found = schema_of() if kind is None else schema_of(KINDS[kind])
    say(json.dumps(found, indent=2) + "\n")
    return 0
