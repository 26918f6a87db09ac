"""Stances: for each movement and contact the one thing that all parts of a drawn value say of it.

A value whose parts all hold to one stance cannot contradict itself, whatever is put together: a
movement that is asked for somewhere is nowhere to be avoided. Each stance leaves some movements and
contacts alone, so that a fault can be made of them that touches nothing else.
"""

from __future__ import annotations

from typing import final

from attrs import frozen

from backex.anatomy import Contact, Degree, Limb, Movement, Region, are_opposed
from backex.posture import Polarity

__all__ = ["STANCES", "Stance"]


#: What a cue says: whether to do it, what, and how much.
Saying = tuple[Polarity, Movement, Degree | None]


@final
@frozen(kw_only=True)
class Stance:
    """What a drawn value may say of each movement and each contact."""

    #: Movements that may be asked for, breathing among them; no two of them are opposed.
    asked: tuple[Movement, ...]
    #: What cues may say: what is asked for, what is refused, and what is asked for to a slight
    #: degree and refused to a greater one.
    sayings: tuple[Saying, ...]
    #: Movements that are left alone, with what is opposed to them.
    free: tuple[Movement, ...]
    #: Pairs of movements that are left alone and opposed to each other.
    opposed: tuple[tuple[Movement, Movement], ...]
    #: Contacts that may bear weight.
    bearing: tuple[Contact, ...]
    #: Contacts that may be spared.
    spared: tuple[Contact, ...]
    #: Contacts that are left alone.
    untouched: tuple[Contact, ...]
    #: Limbs that may move: no contact that may bear weight is of one of them.
    moving: tuple[Limb | None, ...]


def _groups() -> tuple[tuple[Movement, ...], ...]:
    """Return the movements in groups, of which no one is opposed to a member of another."""
    groups: list[tuple[Movement, ...]] = []
    for movement in Movement:
        near = [each for each in groups if any(are_opposed(movement, other) for other in each)]
        groups = [each for each in groups if each not in near]
        groups.append((*(other for each in near for other in each), movement))
    return tuple(groups)


_GROUPS = _groups()
_SIDES: tuple[tuple[tuple[Limb, ...], tuple[Limb | None, ...]], ...] = (
    (
        (Limb.LOWER_SIDE_ARM, Limb.LOWER_SIDE_LEG, Limb.SUPPORTING_ARM, Limb.SUPPORTING_LEG),
        (None, Limb.UPPER_SIDE_ARM, Limb.UPPER_SIDE_LEG, Limb.MOVING_ARM, Limb.MOVING_LEG),
    ),
    (
        (Limb.BOTH_LEGS, Limb.SUPPORTING_LEG),
        (None, Limb.BOTH_ARMS, Limb.MOVING_ARM, Limb.UPPER_SIDE_ARM),
    ),
)
_OF_ARMS = (Region.FOREARM, Region.ELBOW, Region.HAND)
_OF_LEGS = (Region.FOOT, Region.KNEE)
_OF_NO_LIMB = (Region.PELVIS, Region.UPPER_BACK, Region.HEAD, Region.ABDOMEN)
#: How many members of each kind are left alone: one in so many.
_APART = 4
#: The turn of what bears weight.
_BEARS = 1


def _stance(number: int) -> Stance:
    asked: list[Movement] = []
    refused: list[Movement] = []
    measured: list[Movement] = []
    free: list[Movement] = []
    asked.append(Movement.DIAPHRAGMATIC_BREATHING)
    refused.append(Movement.BREATH_HOLDING)
    for index, group in enumerate(each for each in _GROUPS if asked[0] not in each):
        turn = (index + number) % _APART
        turned = group[number % len(group) :] + group[: number % len(group)]
        first = turned[0]
        others = [each for each in turned[1:] if are_opposed(first, each)]
        if turn == 0:
            free += group
        elif turn == 1:
            measured.append(first)
            refused += others
        elif turn == 2 and len(group) == 1:
            refused.append(first)
        else:
            asked.append(first)
            refused += others
    bearing_limbs, moving = _SIDES[number % len(_SIDES)]
    contacts = _contacts(bearing_limbs)
    # Feet may always bear: in every upright pose they are on the floor.
    turns = [
        _BEARS if contact.region is Region.FOOT else (index + number // 2) % _APART
        for index, contact in enumerate(contacts)
    ]
    return Stance(
        asked=tuple(asked),
        sayings=_sayings(asked, refused, measured),
        free=tuple(free),
        opposed=tuple((one, other) for one in free for other in free if are_opposed(one, other)),
        bearing=tuple(c for c, turn in zip(contacts, turns, strict=True) if turn in {1, 2}),
        spared=tuple(c for c, turn in zip(contacts, turns, strict=True) if turn == 3),
        untouched=tuple(c for c, turn in zip(contacts, turns, strict=True) if turn == 0),
        moving=moving,
    )


def _sayings(
    asked: list[Movement], refused: list[Movement], measured: list[Movement]
) -> tuple[Saying, ...]:
    degrees = (None, *Degree)
    return (
        *((Polarity.DO, each, degree) for each in asked for degree in degrees),
        *((Polarity.AVOID, each, degree) for each in refused for degree in degrees),
        *((Polarity.DO, each, Degree.SLIGHT) for each in measured),
        *((Polarity.AVOID, each, Degree.MODERATE) for each in measured),
    )


def _contacts(limbs: tuple[Limb, ...]) -> list[Contact]:
    found = [Contact(region) for region in _OF_NO_LIMB]
    for limb in limbs:
        regions = _OF_ARMS if "arm" in limb.value.split("-") else _OF_LEGS
        found += [Contact(region, limb) for region in regions]
    return found


#: One stance is drawn for a whole value.
STANCES = tuple(map(_stance, range(8)))
