"""Anatomy: which regions overlap, which movements are opposed, and how contacts read."""

from __future__ import annotations

from itertools import combinations, product

import pytest

from backex.anatomy import (
    Contact,
    Degree,
    Limb,
    Movement,
    Phase,
    Region,
    Side,
    are_opposed,
    overlap,
)

R = Region
HEAD = {R.HEAD, R.EYES, R.EARS}
UPPER_SPINE = {R.CERVICAL_SPINE, R.THORACIC_SPINE, R.UPPER_BACK}
LOWER_SPINE = {R.LUMBAR_SPINE, R.LOW_BACK}
FOREARM_AND_HAND = {R.ELBOW, R.FOREARM, R.WRIST, R.HAND}
SHOULDERS = {R.SHOULDER, R.SHOULDER_GIRDLE}
LEG = {R.HIP, R.KNEE, R.ANKLE, R.FOOT}
#: For each region, those that it overlaps besides itself and the whole body.
OVERLAPS: dict[Region, set[Region]] = {
    R.HEAD: {R.EYES, R.EARS, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.EYES: {R.HEAD, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.EARS: {R.HEAD, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.CERVICAL_SPINE: {R.SPINE, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.THORACIC_SPINE: {R.UPPER_BACK, R.SPINE, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.LUMBAR_SPINE: {R.LOW_BACK, R.SPINE, R.HEAD_AND_SPINE, R.LOWER_QUARTER},
    R.UPPER_BACK: {R.THORACIC_SPINE, R.SPINE, R.HEAD_AND_SPINE, R.UPPER_QUARTER},
    R.LOW_BACK: {R.LUMBAR_SPINE, R.SPINE, R.HEAD_AND_SPINE, R.LOWER_QUARTER},
    R.SPINE: UPPER_SPINE | LOWER_SPINE | {R.HEAD_AND_SPINE, R.UPPER_QUARTER, R.LOWER_QUARTER},
    R.HEAD_AND_SPINE: (
        HEAD | UPPER_SPINE | LOWER_SPINE | {R.SPINE, R.UPPER_QUARTER, R.LOWER_QUARTER}
    ),
    R.CHEST: {R.RIB_CAGE, R.UPPER_QUARTER},
    R.RIB_CAGE: {R.CHEST, R.UPPER_QUARTER},
    R.ABDOMEN: set(),
    R.PELVIS: {R.FRONT_OF_PELVIS, R.LOWER_QUARTER},
    R.FRONT_OF_PELVIS: {R.PELVIS, R.LOWER_QUARTER},
    R.SHOULDER_GIRDLE: {R.SHOULDER, R.UPPER_LIMB, R.UPPER_QUARTER},
    R.SHOULDER: {R.SHOULDER_GIRDLE, R.UPPER_LIMB, R.UPPER_QUARTER},
    **{each: {R.UPPER_LIMB, R.UPPER_QUARTER} for each in FOREARM_AND_HAND},
    R.UPPER_LIMB: FOREARM_AND_HAND | SHOULDERS | {R.UPPER_QUARTER},
    **{each: {R.LOWER_LIMB, R.LOWER_QUARTER} for each in LEG},
    R.LOWER_LIMB: LEG | {R.LOWER_QUARTER},
    R.UPPER_QUARTER: (
        HEAD
        | UPPER_SPINE
        | FOREARM_AND_HAND
        | SHOULDERS
        | {R.SPINE, R.HEAD_AND_SPINE, R.CHEST, R.RIB_CAGE, R.UPPER_LIMB}
    ),
    R.LOWER_QUARTER: (
        LEG | LOWER_SPINE | {R.SPINE, R.HEAD_AND_SPINE, R.PELVIS, R.FRONT_OF_PELVIS, R.LOWER_LIMB}
    ),
    R.WHOLE_BODY: set(Region),
}

OPPOSED = {
    (Movement.AXIAL_ELONGATION, Movement.SAGGING),
    (Movement.AXIAL_ELONGATION, Movement.CURVE_ACCENTUATION),
    (Movement.NEUTRAL_ALIGNMENT, Movement.CURVE_ACCENTUATION),
    (Movement.NEUTRAL_ALIGNMENT, Movement.SAGGING),
    (Movement.LIFT, Movement.SAGGING),
    (Movement.LIFT, Movement.LOWERING),
    (Movement.FLEXION, Movement.EXTENSION),
    (Movement.ROTATION_FORWARD, Movement.ROTATION_UPWARD),
    (Movement.ANTERIOR_TILT, Movement.POSTERIOR_TILT),
    (Movement.DOWNWARD_GAZE, Movement.FORWARD_GAZE),
    (Movement.BROADENING, Movement.NARROWING),
    (Movement.ELEVATION, Movement.DEPRESSION),
    (Movement.PROTRACTION, Movement.RETRACTION),
    (Movement.UPWARD_ROTATION, Movement.DOWNWARD_ROTATION),
    (Movement.ABDUCTION, Movement.ADDUCTION),
    (Movement.INTERNAL_ROTATION, Movement.EXTERNAL_ROTATION),
    (Movement.SUPINATION, Movement.PRONATION),
    (Movement.PRESS, Movement.PULL),
    (Movement.DIAPHRAGMATIC_BREATHING, Movement.BREATH_HOLDING),
}


@pytest.mark.parametrize("region", Region)
def test_a_region_overlaps_itself_its_parts_its_wholes_and_what_shares_a_part(
    region: Region,
) -> None:
    found = {other for other in Region if overlap(region, other)}
    assert found == {region, Region.WHOLE_BODY} | OVERLAPS[region]


def test_overlap_does_not_depend_on_the_order() -> None:
    pairs = list(product(Region, repeat=2))
    assert [overlap(one, other) for one, other in pairs] == [
        overlap(other, one) for one, other in pairs
    ]


def test_exactly_the_pairs_that_exclude_each_other_are_opposed() -> None:
    found = {pair for pair in combinations(Movement, 2) if are_opposed(*pair)}
    assert {frozenset(pair) for pair in found} == {frozenset(pair) for pair in OPPOSED}


def test_opposition_does_not_depend_on_the_order_and_nothing_opposes_itself() -> None:
    pairs = list(product(Movement, repeat=2))
    assert [are_opposed(one, other) for one, other in pairs] == [
        are_opposed(other, one) for one, other in pairs
    ]
    assert not any(are_opposed(each, each) for each in Movement)


def test_degrees_are_ordered_from_little_to_much() -> None:
    assert sorted(Degree) == [Degree.SLIGHT, Degree.MODERATE, Degree.MARKED]


def test_phases_are_ordered_as_an_exercise_goes_through_them() -> None:
    assert sorted(Phase) == [Phase.SETUP, Phase.PREPARE, Phase.MOVE, Phase.HOLD, Phase.RETURN]


def test_the_other_side_of_each_side() -> None:
    assert {side: side.other for side in Side} == {Side.LEFT: Side.RIGHT, Side.RIGHT: Side.LEFT}


@pytest.mark.parametrize(
    ("contact", "words"),
    [
        (Contact(Region.RIB_CAGE), "rib cage"),
        (Contact(Region.FRONT_OF_PELVIS), "front of pelvis"),
        (Contact(Region.FOREARM, Limb.LOWER_SIDE_ARM), "lower forearm"),
        (Contact(Region.HIP, Limb.UPPER_SIDE_LEG), "upper hip"),
        (Contact(Region.HAND, Limb.SUPPORTING_ARM), "supporting hand"),
        (Contact(Region.FOOT, Limb.MOVING_LEG), "moving foot"),
        (Contact(Region.ELBOW, Limb.BOTH_ARMS), "both elbows"),
        (Contact(Region.FOOT, Limb.BOTH_LEGS), "both feet"),
    ],
    ids=str,
)
def test_a_contact_reads_as_a_person_says_it(contact: Contact, words: str) -> None:
    assert str(contact) == words
