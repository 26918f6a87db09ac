"""Hypothesis strategies: values that are sound, and values that are wrong in exactly one way.

Every draw is valid by construction, nothing is filtered out, and values shrink to small ones. With
backex installed, `hypothesis.strategies.from_type` knows the public classes without this import.
"""

from __future__ import annotations

from backex.strategies.documents import FaultyDocument, violating_documents
from backex.strategies.exercises import axes, exercises, guidelines, progressions, variants
from backex.strategies.faults import violating
from backex.strategies.routines import (
    doses,
    ladders,
    plans,
    prescriptions,
    routines,
    session_logs,
)
from backex.strategies.stopping import conditions, logs, policies, reports
from backex.strategies.timelines import pacings, playbacks, timelines
from backex.strategies.values import identifiers, texts, values

__all__ = [
    "FaultyDocument",
    "axes",
    "conditions",
    "doses",
    "exercises",
    "guidelines",
    "identifiers",
    "ladders",
    "logs",
    "pacings",
    "plans",
    "playbacks",
    "policies",
    "prescriptions",
    "progressions",
    "reports",
    "routines",
    "session_logs",
    "texts",
    "timelines",
    "values",
    "variants",
    "violating",
    "violating_documents",
]
