"""Posture: when two cues contradict each other, whatever their words are."""

from __future__ import annotations

from itertools import product

import attrs
import pytest

from backex.anatomy import Degree, Movement, Region
from backex.catalog.upper_back import UPPER_QUARTER_POSTURE
from backex.ids import CueId
from backex.posture import Cue, EffortLevel, Polarity, contradict

SLIGHT, MODERATE, MARKED = Degree
DEGREES = (None, SLIGHT, MODERATE, MARKED)


def _do(movement: Movement, region: Region, degree: Degree | None = None) -> Cue:
    return Cue(
        id=CueId("a-cue"),
        text="In whatever words.",
        polarity=Polarity.DO,
        movement=movement,
        region=region,
        degree=degree,
    )


def _avoid(movement: Movement, region: Region, degree: Degree | None = None) -> Cue:
    return attrs.evolve(_do(movement, region, degree), polarity=Polarity.AVOID)


SQUEEZE = _do(Movement.RETRACTION, Region.SHOULDER_GIRDLE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # Opposed movements of one region, and of regions that overlap.
        (SQUEEZE, _do(Movement.PROTRACTION, Region.SHOULDER_GIRDLE)),
        (SQUEEZE, _do(Movement.PROTRACTION, Region.UPPER_LIMB, SLIGHT)),
        (_do(Movement.FLEXION, Region.UPPER_BACK), _do(Movement.EXTENSION, Region.SPINE)),
        # The same movement, asked for and refused.
        (SQUEEZE, _avoid(Movement.RETRACTION, Region.SHOULDER_GIRDLE)),
        (SQUEEZE, _avoid(Movement.RETRACTION, Region.WHOLE_BODY, MODERATE)),
    ],
)
def test_cues_that_cannot_be_followed_together_contradict_each_other(one: Cue, other: Cue) -> None:
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        # The same twice, and movements that go together.
        (SQUEEZE, SQUEEZE),
        (SQUEEZE, _do(Movement.DEPRESSION, Region.SHOULDER_GIRDLE)),
        # Opposed movements of regions that are apart.
        (_do(Movement.FLEXION, Region.HIP), _do(Movement.EXTENSION, Region.ELBOW)),
        (SQUEEZE, _avoid(Movement.RETRACTION, Region.CERVICAL_SPINE)),
        # What is to be avoided leaves its opposite free, and so do two things to avoid.
        (SQUEEZE, _avoid(Movement.PROTRACTION, Region.SHOULDER_GIRDLE)),
        (_avoid(Movement.FLEXION, Region.SPINE), _avoid(Movement.EXTENSION, Region.SPINE)),
        (_avoid(Movement.FLEXION, Region.SPINE), _avoid(Movement.FLEXION, Region.SPINE)),
    ],
)
def test_cues_that_can_be_followed_together_do_not_contradict_each_other(
    one: Cue, other: Cue
) -> None:
    assert not contradict(one, other)
    assert not contradict(other, one)


#: For each degree asked for, those to be avoided that leave no room for it.
@pytest.mark.parametrize(
    ("asked", "refused"),
    [
        (None, {None, SLIGHT, MODERATE}),
        (SLIGHT, {None, SLIGHT}),
        (MODERATE, {None, SLIGHT, MODERATE}),
        (MARKED, {None, SLIGHT, MODERATE, MARKED}),
    ],
)
def test_an_avoided_degree_refuses_itself_and_more(
    asked: Degree | None, refused: set[Degree | None]
) -> None:
    do = _do(Movement.DEPRESSION, Region.SHOULDER_GIRDLE, asked)
    avoided = {d: _avoid(Movement.DEPRESSION, Region.SHOULDER_GIRDLE, d) for d in DEGREES}
    assert {degree for degree, avoid in avoided.items() if contradict(do, avoid)} == refused
    assert {degree for degree, avoid in avoided.items() if contradict(avoid, do)} == refused


def test_the_degree_of_opposed_do_cues_does_not_matter() -> None:
    for one, other in product(DEGREES, repeat=2):
        press = _do(Movement.PRESS, Region.HAND, one)
        assert contradict(press, _do(Movement.PULL, Region.HAND, other))


@pytest.mark.parametrize("degree", [None, MODERATE, MARKED])
def test_the_guideline_refuses_a_squeeze_of_the_shoulder_blades(degree: Degree | None) -> None:
    squeeze = _do(Movement.RETRACTION, Region.SHOULDER_GIRDLE, degree)
    against = [cue.id for cue in UPPER_QUARTER_POSTURE.cues if contradict(squeeze, cue)]
    assert against == ["no-squeeze-back"]


def test_the_guideline_takes_shoulders_that_are_lowered_a_little() -> None:
    lowered = _do(Movement.DEPRESSION, Region.SHOULDER_GIRDLE, SLIGHT)
    assert not any(contradict(lowered, cue) for cue in UPPER_QUARTER_POSTURE.cues)


def test_a_guideline_finds_its_cues_by_id() -> None:
    last = UPPER_QUARTER_POSTURE.cues[-1]
    assert UPPER_QUARTER_POSTURE.cue(last.id) is last
    assert UPPER_QUARTER_POSTURE.cue(CueId("no-such-cue")) is None


def test_effort_is_ordered_from_low_to_high() -> None:
    assert sorted(EffortLevel) == [EffortLevel.LOW, EffortLevel.MODERATE, EffortLevel.HIGH]
