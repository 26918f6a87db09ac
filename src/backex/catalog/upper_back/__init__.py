"""The upper-back article as typed values: a guideline, three exercises, a policy, a routine.

Every value says which fact of the article it carries, or that it is derived or a default of
backex. The article states no dose, no order, no threshold, no return from a movement, and the need
to do both sides for one exercise only; what stands here for those is marked as not the article's.
"""

from __future__ import annotations

from backex.catalog.catalog import Catalog
from backex.catalog.upper_back.all_fours_rotation import ALL_FOURS_ROTATION
from backex.catalog.upper_back.oblique_sit import (
    FORWARD,
    LIFT_PELVIS,
    LIFT_UPPER_LEG,
    OBLIQUE_SIT,
    OVERHEAD,
)
from backex.catalog.upper_back.posture import UPPER_QUARTER_POSTURE
from backex.catalog.upper_back.principles import DEFINITIONS, PRINCIPLES
from backex.catalog.upper_back.prone_head_raise import PRONE_HEAD_RAISE
from backex.catalog.upper_back.routine import ROUTINE
from backex.catalog.upper_back.stopping import STOPPING_POLICY
from backex.ids import CatalogId

__all__ = [
    "ALL_FOURS_ROTATION",
    "CATALOG",
    "DEFINITIONS",
    "FORWARD",
    "LIFT_PELVIS",
    "LIFT_UPPER_LEG",
    "OBLIQUE_SIT",
    "OVERHEAD",
    "PRINCIPLES",
    "PRONE_HEAD_RAISE",
    "ROUTINE",
    "STOPPING_POLICY",
    "UPPER_QUARTER_POSTURE",
]

#: The catalog that documents refer to as ``"upper-back"``.
CATALOG = Catalog(
    id=CatalogId("upper-back"),
    title="Upper-back exercises for pain relief",
    exercises=(PRONE_HEAD_RAISE, OBLIQUE_SIT, ALL_FOURS_ROTATION),
    principles=PRINCIPLES,
    definitions=DEFINITIONS,
)
