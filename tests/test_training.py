"""Training: nothing is filled in for what a principle, a purpose or a definition leaves open."""

from __future__ import annotations

from backex.anatomy import Region
from backex.ids import PrincipleId, PurposeId
from backex.training import Principle, Purpose, QualityDefinition, TrainingQuality

STEADY = frozenset({TrainingQuality.STABILIZATION})


def test_a_principle_states_only_what_it_was_given() -> None:
    assert Principle(id=PrincipleId("steady"), text="Be steady.") == Principle(
        id=PrincipleId("steady"),
        text="Be steady.",
        region=None,
        advises=frozenset(),
        serves=frozenset(),
        coordination=None,
        supported_limb=None,
        sources=(),
    )


def test_a_purpose_states_only_what_it_was_given() -> None:
    purpose = Purpose(
        id=PurposeId("steady"), text="Steadies.", trains=STEADY, region=Region.UPPER_BACK
    )
    assert purpose == Purpose(
        id=PurposeId("steady"),
        text="Steadies.",
        trains=STEADY,
        region=Region.UPPER_BACK,
        limb=None,
        together_with=frozenset(),
        sources=(),
    )


def test_a_definition_holds_for_one_quality_in_one_region() -> None:
    definition = QualityDefinition(
        quality=TrainingQuality.CONTROL, region=Region.UPPER_BACK, text="Moves as intended."
    )
    assert (definition.quality, definition.region, definition.sources) == (
        TrainingQuality.CONTROL,
        Region.UPPER_BACK,
        (),
    )
