"""The body's vocabulary: regions, movements and what opposes what, contacts, positions, sides.

Closed enumerations, because contradictions between cues are decided over them. Terms are those of
physiotherapy; a region knows which smaller regions it covers.
"""

from __future__ import annotations

from enum import Enum
from typing import final

from attrs import field, frozen

from backex.checks import Exactly, Optional
from backex.ordering import OrderedEnum

__all__ = [
    "Contact",
    "Degree",
    "Direction",
    "Laterality",
    "Limb",
    "Movement",
    "Phase",
    "Position",
    "Region",
    "Side",
    "View",
    "are_opposed",
    "overlap",
]


class Region(Enum):
    """A part of the body."""

    HEAD = "head"
    EYES = "eyes"
    EARS = "ears"
    CERVICAL_SPINE = "cervical-spine"
    THORACIC_SPINE = "thoracic-spine"
    LUMBAR_SPINE = "lumbar-spine"
    SPINE = "spine"
    HEAD_AND_SPINE = "head-and-spine"
    CHEST = "chest"
    RIB_CAGE = "rib-cage"
    ABDOMEN = "abdomen"
    PELVIS = "pelvis"
    FRONT_OF_PELVIS = "front-of-pelvis"
    UPPER_BACK = "upper-back"
    LOW_BACK = "low-back"
    SHOULDER_GIRDLE = "shoulder-girdle"
    SHOULDER = "shoulder"
    ELBOW = "elbow"
    FOREARM = "forearm"
    WRIST = "wrist"
    HAND = "hand"
    UPPER_LIMB = "upper-limb"
    HIP = "hip"
    KNEE = "knee"
    ANKLE = "ankle"
    FOOT = "foot"
    LOWER_LIMB = "lower-limb"
    UPPER_QUARTER = "upper-quarter"
    LOWER_QUARTER = "lower-quarter"
    WHOLE_BODY = "whole-body"


_PARTS: dict[Region, frozenset[Region]] = {
    Region.HEAD: frozenset({Region.EYES, Region.EARS}),
    Region.CHEST: frozenset({Region.RIB_CAGE}),
    Region.PELVIS: frozenset({Region.FRONT_OF_PELVIS}),
    Region.UPPER_BACK: frozenset({Region.THORACIC_SPINE}),
    Region.LOW_BACK: frozenset({Region.LUMBAR_SPINE}),
    Region.SPINE: frozenset({Region.CERVICAL_SPINE, Region.THORACIC_SPINE, Region.LUMBAR_SPINE}),
    Region.HEAD_AND_SPINE: frozenset({Region.HEAD, Region.SPINE}),
    Region.SHOULDER_GIRDLE: frozenset({Region.SHOULDER}),
    Region.UPPER_LIMB: frozenset(
        {Region.SHOULDER, Region.ELBOW, Region.FOREARM, Region.WRIST, Region.HAND}
    ),
    Region.LOWER_LIMB: frozenset({Region.HIP, Region.KNEE, Region.ANKLE, Region.FOOT}),
    Region.UPPER_QUARTER: frozenset(
        {
            Region.HEAD,
            Region.CERVICAL_SPINE,
            Region.UPPER_BACK,
            Region.CHEST,
            Region.SHOULDER_GIRDLE,
            Region.UPPER_LIMB,
        }
    ),
    Region.LOWER_QUARTER: frozenset({Region.LOW_BACK, Region.PELVIS, Region.LOWER_LIMB}),
    Region.WHOLE_BODY: frozenset(set(Region) - {Region.WHOLE_BODY}),
}


def _covered_by(region: Region) -> frozenset[Region]:
    parts = _PARTS.get(region)
    if parts is None:
        return frozenset({region})
    return frozenset({region}).union(*(_covered_by(part) for part in parts))


_COVERED = {region: _covered_by(region) for region in Region}


def overlap(one: Region, other: Region) -> bool:
    """Tell whether two regions are the same, share a part, or one covers the other.

    >>> overlap(Region.SPINE, Region.UPPER_BACK), overlap(Region.CERVICAL_SPINE, Region.LOW_BACK)
    (True, False)
    """
    return not _COVERED[one].isdisjoint(_COVERED[other])


class Movement(Enum):
    """What a region does or keeps doing."""

    # The spine and what rests on it.
    AXIAL_ELONGATION = "axial-elongation"
    SAGGING = "sagging"
    NEUTRAL_ALIGNMENT = "neutral-alignment"
    CURVE_ACCENTUATION = "curve-accentuation"
    RELAXATION = "relaxation"
    FLEXION = "flexion"
    EXTENSION = "extension"
    LATERAL_FLEXION = "lateral-flexion"
    ROTATION = "rotation"
    ROTATION_FORWARD = "rotation-forward"
    ROTATION_UPWARD = "rotation-upward"
    ANTERIOR_TILT = "anterior-tilt"
    POSTERIOR_TILT = "posterior-tilt"
    LIFT = "lift"
    LOWERING = "lowering"
    DOWNWARD_GAZE = "downward-gaze"
    FORWARD_GAZE = "forward-gaze"
    # The shoulder blades, the shoulder girdle and the neck.
    BROADENING = "broadening"
    NARROWING = "narrowing"
    ELEVATION = "elevation"
    DEPRESSION = "depression"
    PROTRACTION = "protraction"
    RETRACTION = "retraction"
    UPWARD_ROTATION = "upward-rotation"
    DOWNWARD_ROTATION = "downward-rotation"
    # The limbs.
    ABDUCTION = "abduction"
    ADDUCTION = "adduction"
    INTERNAL_ROTATION = "internal-rotation"
    EXTERNAL_ROTATION = "external-rotation"
    SUPINATION = "supination"
    PRONATION = "pronation"
    REACH = "reach"
    PRESS = "press"
    PULL = "pull"
    PLACEMENT = "placement"
    RESTING = "resting"
    STANCE = "stance"
    GRIP = "grip"
    # Breathing, bracing and load.
    DIAPHRAGMATIC_BREATHING = "diaphragmatic-breathing"
    BREATH_HOLDING = "breath-holding"
    ABDOMINAL_BRACING = "abdominal-bracing"
    WEIGHT_SHIFT = "weight-shift"
    WEIGHT_BEARING = "weight-bearing"
    STRETCH = "stretch"


_OPPOSED: frozenset[frozenset[Movement]] = frozenset(
    frozenset(pair)
    for pair in (
        (Movement.AXIAL_ELONGATION, Movement.SAGGING),
        (Movement.AXIAL_ELONGATION, Movement.CURVE_ACCENTUATION),
        (Movement.NEUTRAL_ALIGNMENT, Movement.CURVE_ACCENTUATION),
        (Movement.NEUTRAL_ALIGNMENT, Movement.SAGGING),
        (Movement.FLEXION, Movement.EXTENSION),
        (Movement.ROTATION_FORWARD, Movement.ROTATION_UPWARD),
        (Movement.ANTERIOR_TILT, Movement.POSTERIOR_TILT),
        (Movement.LIFT, Movement.LOWERING),
        (Movement.LIFT, Movement.SAGGING),
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
    )
)


def are_opposed(one: Movement, other: Movement) -> bool:
    """Tell whether a region cannot do both movements at one time.

    >>> are_opposed(Movement.PROTRACTION, Movement.RETRACTION)
    True
    """
    return frozenset((one, other)) in _OPPOSED


class Degree(OrderedEnum):
    """How much of a movement, in words, ordered from little to much."""

    SLIGHT = "slight"
    MODERATE = "moderate"
    MARKED = "marked"


class Direction(Enum):
    """Where a movement leads, as seen by the person who does it."""

    FORWARD = "forward"
    OBLIQUELY_FORWARD = "obliquely-forward"
    ACROSS = "across"
    OVERHEAD = "overhead"
    OBLIQUELY_OVERHEAD = "obliquely-overhead"
    UPWARD = "upward"
    BACKWARD = "backward"
    SIDEWAYS = "sideways"
    DOWNWARD = "downward"


class View(Enum):
    """From where an observer sees what a cue asks for."""

    #: From behind.
    POSTERIOR = "posterior"
    #: From the side.
    LATERAL = "lateral"
    #: From the front.
    ANTERIOR = "anterior"


class Position(Enum):
    """How the body starts out."""

    PRONE = "prone"
    SIDE_LYING = "side-lying"
    QUADRUPED = "quadruped"
    SUPINE = "supine"
    SITTING = "sitting"
    STANDING = "standing"


class Phase(OrderedEnum):
    """What a step is for, in the order in which an exercise goes through them."""

    SETUP = "set-up"
    PREPARE = "prepare"
    MOVE = "move"
    HOLD = "hold"
    RETURN = "return"


class Laterality(Enum):
    """Whether one side does something else than the other."""

    #: Both sides do the same.
    BILATERAL = "bilateral"
    #: One side works or faces up; the exercise has a left and a right form.
    UNILATERAL = "unilateral"


class Side(Enum):
    """A side of the body."""

    LEFT = "left"
    RIGHT = "right"

    @property
    def other(self) -> Side:
        """The opposite side."""
        return Side.RIGHT if self is Side.LEFT else Side.LEFT


class Limb(Enum):
    """Which limb, by its role in the exercise: upper and lower when lying on a side."""

    UPPER_SIDE_ARM = "upper-side-arm"
    LOWER_SIDE_ARM = "lower-side-arm"
    UPPER_SIDE_LEG = "upper-side-leg"
    LOWER_SIDE_LEG = "lower-side-leg"
    MOVING_ARM = "moving-arm"
    SUPPORTING_ARM = "supporting-arm"
    MOVING_LEG = "moving-leg"
    SUPPORTING_LEG = "supporting-leg"
    BOTH_ARMS = "both-arms"
    BOTH_LEGS = "both-legs"


@final
@frozen
class Contact:
    """A part of the body that touches the floor or a support.

    Raises:
        InvalidValue: not a `Region`, or not a `Limb`.
    """

    #: The part that touches.
    region: Region = field(validator=Exactly(Region))
    #: Of which limb, or None for the trunk and the head.
    limb: Limb | None = field(default=None, validator=Optional(Exactly(Limb)))

    def __str__(self) -> str:
        """Return the contact in words, such as ``lower forearm`` or ``both elbows``."""
        region = self.region.value.replace("-", " ")
        if self.limb is None:
            return region
        which, *_ = self.limb.value.split("-")
        return (
            f"both {_PLURALS.get(region, f'{region}s')}" if which == "both" else f"{which} {region}"
        )


_PLURALS = {"foot": "feet"}
