"""Poses: how the joints of the body stand at the end of a step, in whole degrees.

A step names the joints that it changes; the others stay as the step before left them. So an axis
that changes one joint of one step carries through to the end of the exercise, and axes that move
different joints combine in any order. Where the joints are in space follows in `backex.body`.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import Enum
from types import MappingProxyType
from typing import Any, final

from attrs import Attribute, field, frozen

from backex.anatomy import Limb, Region
from backex.checks import And, Exactly, Integer, Optional
from backex.errors import InvalidValue
from backex.provenance import SOURCES, Source

__all__ = ["JOINTS", "Freedom", "JointAngle", "limbs_of"]


class Freedom(Enum):
    """A direction in which a joint turns; 0 is the upright stance with the arms at the sides.

    Forward and back, to a side and around are those of the part itself, however the body lies.
    """

    #: Forward; of a knee or an elbow, bent. Negative: extension.
    FLEXION = "flexion"
    #: The trunk or the head bent to the side at work (right where there is none).
    LATERAL_FLEXION = "lateral-flexion"
    #: The trunk or the head turned so that the side at work (or the right) comes forward.
    ROTATION = "rotation"
    #: A leg away from the other. Negative: adduction.
    ABDUCTION = "abduction"
    #: A limb turned inward about its own length. Negative: external rotation.
    INTERNAL_ROTATION = "internal-rotation"
    #: An arm away from hanging down, or a shoulder girdle up. Negative: depression.
    ELEVATION = "elevation"
    #: Where an arm is raised to: 0 sideways, 90 forward, above it across the chest.
    PLANE_OF_ELEVATION = "plane-of-elevation"
    #: A shoulder girdle forward. Negative: retraction.
    PROTRACTION = "protraction"
    #: A forearm turned so that the palm looks up or forward. Negative: pronation.
    SUPINATION = "supination"
    #: A foot drawn up. Negative: plantar flexion.
    DORSIFLEXION = "dorsiflexion"


#: The freedoms of each joint, with the least and the greatest angle in degrees. Of the pelvis: how
#: it is turned against the exercise's position. Healthy adults reach about these; rounded from the
#: ranges of the American Academy of Orthopaedic Surgeons (1965).
JOINTS: Mapping[Region, Mapping[Freedom, tuple[int, int]]] = MappingProxyType(
    {
        Region.PELVIS: {
            Freedom.FLEXION: (-90, 90),
            Freedom.LATERAL_FLEXION: (-90, 90),
            Freedom.ROTATION: (-90, 90),
        },
        Region.LUMBAR_SPINE: {
            Freedom.FLEXION: (-30, 60),
            Freedom.LATERAL_FLEXION: (-25, 25),
            Freedom.ROTATION: (-15, 15),
        },
        Region.THORACIC_SPINE: {
            Freedom.FLEXION: (-30, 45),
            Freedom.LATERAL_FLEXION: (-30, 30),
            Freedom.ROTATION: (-45, 45),
        },
        Region.CERVICAL_SPINE: {
            Freedom.FLEXION: (-45, 45),
            Freedom.LATERAL_FLEXION: (-45, 45),
            Freedom.ROTATION: (-60, 60),
        },
        Region.HEAD: {Freedom.FLEXION: (-25, 25), Freedom.ROTATION: (-35, 35)},
        Region.SHOULDER_GIRDLE: {Freedom.ELEVATION: (-10, 40), Freedom.PROTRACTION: (-25, 30)},
        Region.SHOULDER: {
            Freedom.ELEVATION: (0, 180),
            Freedom.PLANE_OF_ELEVATION: (-90, 140),
            Freedom.INTERNAL_ROTATION: (-90, 90),
        },
        Region.ELBOW: {Freedom.FLEXION: (0, 150)},
        Region.FOREARM: {Freedom.SUPINATION: (-90, 90)},
        Region.WRIST: {Freedom.FLEXION: (-90, 80)},
        Region.HIP: {
            Freedom.FLEXION: (-30, 120),
            Freedom.ABDUCTION: (-30, 45),
            Freedom.INTERNAL_ROTATION: (-45, 45),
        },
        Region.KNEE: {Freedom.FLEXION: (0, 140)},
        Region.ANKLE: {Freedom.DORSIFLEXION: (-60, 30)},
    }
)
_ARM_JOINTS = frozenset(
    {Region.SHOULDER_GIRDLE, Region.SHOULDER, Region.ELBOW, Region.FOREARM, Region.WRIST}
)
_LEG_JOINTS = frozenset({Region.HIP, Region.KNEE, Region.ANKLE})
_ARMS = tuple(limb for limb in Limb if limb.value.rpartition("-")[2].startswith("arm"))
_LEGS = tuple(limb for limb in Limb if limb not in _ARMS)
_NO_LIMB = "None for a joint of the trunk or the head"
#: The limbs that have each joint; None alone for one of the trunk or the head.
_LIMBS: Mapping[Region, tuple[Limb | None, ...]] = {
    joint: _ARMS if joint in _ARM_JOINTS else _LEGS if joint in _LEG_JOINTS else (None,)
    for joint in JOINTS
}


def _is_joint(instance: JointAngle, attribute: Attribute[Any], value: Region) -> None:
    if value not in JOINTS:
        allowed = f"a joint: one of {', '.join(each.value for each in JOINTS)}"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


def _of_the_joint(instance: JointAngle, attribute: Attribute[Any], value: Freedom) -> None:
    freedoms = JOINTS[instance.joint]
    if value not in freedoms:
        names = ", ".join(each.value for each in freedoms)
        allowed = f"a freedom of the {instance.joint.value}: one of {names}"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


def _within_reach(instance: JointAngle, attribute: Attribute[Any], value: int) -> None:
    low, high = JOINTS[instance.joint][instance.freedom]
    if not low <= value <= high:
        turn = f"{instance.freedom.value} of the {instance.joint.value}"
        allowed = f"a whole number from {low} to {high}, the degrees of {turn}"
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


def limbs_of(joint: Region) -> tuple[Limb | None, ...]:
    """Return the limbs that have a joint, or None alone for one of the trunk or the head.

    >>> limbs_of(Region.LUMBAR_SPINE)
    (None,)
    """
    return _LIMBS.get(joint, (None,))


def _has_the_joint(instance: JointAngle, attribute: Attribute[Any], value: Limb | None) -> None:
    limbs = limbs_of(instance.joint)
    if value not in limbs:
        names = ", ".join(each.value for each in limbs if each is not None)
        allowed = f"a limb with that {instance.joint.value}: one of {names}" if names else _NO_LIMB
        raise InvalidValue(type(instance).__name__, attribute.name, value, allowed)


@final
@frozen(kw_only=True)
class JointAngle:
    """The angle of one joint, in one direction in which it turns, at the end of a step.

    Raises:
        InvalidValue: a region that is no joint, a freedom that the joint lacks, an angle that
            people do not reach, or a limb that has no such joint.
    """

    #: Which joint.
    joint: Region = field(validator=And(Exactly(Region), _is_joint))
    #: In which direction.
    freedom: Freedom = field(validator=And(Exactly(Freedom), _of_the_joint))
    #: How far, in degrees.
    degrees: int = field(validator=And(Integer(-180, 180), _within_reach))
    #: Of which limb, or None for the trunk and the head.
    limb: Limb | None = field(default=None, validator=And(Optional(Exactly(Limb)), _has_the_joint))
    #: Where it comes from. Empty: chosen so that the figure shows what the step says, and no more.
    sources: tuple[Source, ...] = field(default=(), validator=SOURCES)

    @property
    def id(self) -> str:
        """What it is the angle of, unique within the step.

        >>> JointAngle(joint=Region.LUMBAR_SPINE, freedom=Freedom.FLEXION, degrees=5).id
        'lumbar-spine-flexion'
        """
        of = "" if self.limb is None else f"-{self.limb.value}"
        return f"{self.joint.value}-{self.freedom.value}{of}"
