"""Pacings and timelines."""

from __future__ import annotations

import attrs
from hypothesis import strategies as st

from backex.pacing import Pacing, RangeEnd, SideOrder
from backex.playback import Playback
from backex.routine import Routine
from backex.strategies.drawing import below, chance, drawn, pick, sources
from backex.strategies.routines import routines
from backex.timelines import Timeline

__all__ = ["pacings", "playbacks", "timelines"]

_MAY_BE_NONE = frozenset({"rest_seconds", "between_items_seconds"})
_SECONDS = tuple(each.name for each in attrs.fields(Pacing) if each.name.endswith("_seconds"))


def _pacing(draw: st.DrawFn) -> Pacing:
    seconds = {name: (name not in _MAY_BE_NONE) + below(draw, 12) for name in _SECONDS}
    breath = seconds.pop("breath_seconds")
    return Pacing(
        **seconds,
        breath_seconds=breath if chance(draw) else None,
        sets=1 + below(draw, 3),
        reps=1 + below(draw, 5),
        range_end=pick(draw, tuple(RangeEnd)),
        side_order=pick(draw, tuple(SideOrder)),
        sources=sources(draw),
    )


def pacings() -> st.SearchStrategy[Pacing]:
    """Return pacings of at most 12 seconds for anything, at which a drawn routine takes no day."""
    return drawn(_pacing)


def _timeline(draw: st.DrawFn, routine: Routine | None) -> Timeline:
    return Timeline(draw(routines()) if routine is None else routine, _pacing(draw))


def timelines(routine: Routine | None = None) -> st.SearchStrategy[Timeline]:
    """Return timelines at drawn pacings: of a routine, or of drawn ones without errors."""
    return drawn(lambda draw: _timeline(draw, routine))


def _playback(draw: st.DrawFn, timeline: Timeline) -> Playback:
    total = timeline.total_seconds
    playback = Playback(timeline, below(draw, total + 1), paused=chance(draw))
    return playback.stop() if chance(draw, 4) else playback


def playbacks(routine: Routine | None = None) -> st.SearchStrategy[Playback]:
    """Return sessions under way, paused, broken off or over, on drawn timelines."""
    return drawn(lambda draw: _playback(draw, _timeline(draw, routine)))
