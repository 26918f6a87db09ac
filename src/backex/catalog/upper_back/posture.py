"""The upper-quarter posture guideline: what to look for from behind and from the side."""

from __future__ import annotations

from backex.anatomy import Degree, Movement, Region, View
from backex.catalog.building import avoid, do
from backex.ids import CueId, GuidelineId
from backex.posture import EffortLevel, PostureGuideline, Timing
from backex.provenance import Source
from backex.references import article, derived
from backex.step import GuidelineReference

__all__ = ["UPPER_QUARTER_POSTURE", "shoulders_as_guided"]

#: How to carry head, neck, shoulders and upper back in every exercise of this catalog.
UPPER_QUARTER_POSTURE = PostureGuideline(
    id=GuidelineId("upper-quarter-posture"),
    title="Upper-quarter posture",
    regions=frozenset(
        {Region.UPPER_BACK, Region.HEAD, Region.CERVICAL_SPINE, Region.SHOULDER_GIRDLE}
    ),
    cues=(
        do(
            "broad-shoulders",
            "Let the shoulders spread out to both sides.",
            Movement.BROADENING,
            Region.SHOULDER_GIRDLE,
            article("GB1"),
            view=View.POSTERIOR,
            timing=Timing.JUST_BEFORE,
        ),
        do(
            "lowered-shoulders",
            "Let the shoulders sink a little.",
            Movement.DEPRESSION,
            Region.SHOULDER_GIRDLE,
            article("GB2"),
            degree=Degree.SLIGHT,
            view=View.POSTERIOR,
            timing=Timing.JUST_BEFORE,
        ),
        do(
            "long-neck-and-spine",
            "Grow long from the tailbone to the top of the head.",
            Movement.AXIAL_ELONGATION,
            Region.HEAD_AND_SPINE,
            article("GB3"),
            view=View.POSTERIOR,
            timing=Timing.JUST_BEFORE,
        ),
        avoid(
            "no-chin-poke",
            "Don't let the chin poke out.",
            Movement.PROTRACTION,
            Region.CERVICAL_SPINE,
            article("GB4"),
            view=View.POSTERIOR,
            timing=Timing.JUST_BEFORE,
        ),
        do(
            "stay-tall",
            "Stay long through the spine all the while.",
            Movement.AXIAL_ELONGATION,
            Region.SPINE,
            article("GS1"),
            view=View.LATERAL,
            timing=Timing.THROUGHOUT,
        ),
        avoid(
            "no-deepened-curves",
            "Don't deepen any curve of the spine.",
            Movement.CURVE_ACCENTUATION,
            Region.SPINE,
            article("GS2"),
            view=View.LATERAL,
        ),
        avoid(
            "no-rounded-shoulders",
            "Don't let the shoulders fall far forward.",
            Movement.PROTRACTION,
            Region.SHOULDER_GIRDLE,
            article("GS3"),
            degree=Degree.MARKED,
            view=View.LATERAL,
        ),
        avoid(
            "no-squeeze-back",
            "Don't pinch the shoulder blades together.",
            Movement.RETRACTION,
            Region.SHOULDER_GIRDLE,
            article("GS4"),
            degree=Degree.MODERATE,
            view=View.LATERAL,
        ),
        avoid(
            "no-squeeze-down",
            "Don't force the shoulders down; a little is enough.",
            Movement.DEPRESSION,
            Region.SHOULDER_GIRDLE,
            derived("GS4", note="the downward part of a squeeze down and back, beyond slight"),
            degree=Degree.MODERATE,
            view=View.LATERAL,
        ),
    ),
    effort=EffortLevel.LOW,
    stated_by={"regions": article("P5"), "effort": article("GB5")},
)


def shoulders_as_guided(sources: tuple[Source, ...]) -> tuple[GuidelineReference, ...]:
    """Return references to the broad and slightly lowered shoulders of the guideline."""
    return tuple(
        GuidelineReference(guideline=UPPER_QUARTER_POSTURE.id, cue=CueId(cue), sources=sources)
        for cue in ("broad-shoulders", "lowered-shoulders")
    )
