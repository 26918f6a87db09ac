"""The rules that tell whether a value is sound, one module for each family of codes.

Each rule has one code, one reason and one check: a pure function that yields what is wrong with
one value. Rules never raise and never look at anything but the value that they are given.
"""

from __future__ import annotations

from backex.rules import exercise, ladders, poses, posture, progression, routine, stopping
from backex.rules.rule import Fault, Rule

__all__ = ["RULES", "Fault", "Rule"]

#: Every rule of backex, by code.
RULES: tuple[Rule, ...] = tuple(
    sorted(
        (
            *posture.RULES,
            *exercise.RULES,
            *poses.RULES,
            *progression.RULES,
            *ladders.RULES,
            *stopping.RULES,
            *routine.RULES,
        ),
        key=lambda rule: rule.code,
    )
)
