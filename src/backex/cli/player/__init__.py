"""A player in a terminal: it guides through a session, and asks how it feels.

`session` and `questions` are values without a clock or a terminal; `face` says what is to be seen
of them, `lettering` makes it large enough to be read from a mat, and `app` draws it.
"""

from __future__ import annotations

__all__: list[str] = []
