"""The article's three exercises as a routine, with doses that are defaults of backex."""

from __future__ import annotations

from backex.catalog.upper_back.all_fours_rotation import ALL_FOURS_ROTATION
from backex.catalog.upper_back.oblique_sit import OBLIQUE_SIT
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE
from backex.catalog.upper_back.prone_head_raise import PRONE_HEAD_RAISE
from backex.catalog.upper_back.stopping import STOPPING_POLICY
from backex.dose import Dose
from backex.exercise import MAT
from backex.ids import RoutineId
from backex.references import article, derived, library_default
from backex.routine import Routine, Sides, prescribe

__all__ = ["ROUTINE"]

_DOSE = library_default("a cautious start; the article states no dose")
_BOTH = library_default("sides are trained alike; the article leaves it open for this exercise")

#: Head raise, oblique sit and rotation, in an order and with doses chosen by backex.
ROUTINE = Routine(
    id=RoutineId("upper-back-relief"),
    title="Upper-back relief",
    items=(
        prescribe(
            PRONE_HEAD_RAISE,
            Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30, sources=_DOSE),
            sources=library_default("all three exercises of the article, each once"),
        ),
        prescribe(
            OBLIQUE_SIT,
            Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30, sources=_DOSE),
            sides=Sides.BOTH,
            sources=_BOTH,
        ),
        prescribe(
            ALL_FOURS_ROTATION,
            Dose(sets=1, reps=8, sources=_DOSE),
            sides=Sides.BOTH,
            sources=article("A10"),
        ),
    ),
    guideline=UPPER_QUARTER_POSTURE,
    stopping=STOPPING_POLICY,
    equipment=frozenset({MAT}),
    sources=derived("H15", note="the foundation comes first")
    + library_default("the article gives the other two no order"),
)
