"""A routine to give away: as a web page, as a PDF, as Markdown and as plain text.

Needs the extra ``handout``.
"""

from __future__ import annotations

from backex.render.handout.sheet import Handout, Paper, handout

__all__ = ["Handout", "Paper", "handout"]
