"""What the upper-back article states, fact by fact, and the typed values that carry each fact.

`STATED` has one row for each fact: at which places of the catalog it is carried, and by what kind
of value. A row is exact. It holds where the values that name the fact as the article's are these
and no others, at these places, with these particulars and nothing stated besides; what a fact
leaves open is `ANY`. `INFERRED` is the same for what is derived from a fact. Ids and wording are
no part of a row. At the end stands what the article does not say.
"""

from __future__ import annotations

import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from typing import NewType, Union, cast, get_args, get_origin, get_type_hints
from unittest.mock import ANY

import attrs
import pytest
from attrs import AttrsInstance, frozen

from backex.anatomy import Contact, Limb, Movement, Phase, Region
from backex.axes import LOWER_QUARTER, REACH, SUPPORT, Level, LevelAxis, LoadAxis, Put, SetText
from backex.catalog import upper_back
from backex.conditions import (
    AllOf,
    AtLeast,
    Calmed,
    Cleared,
    EvaluationWanted,
    Persists,
    RedFlagPresent,
    Worsened,
)
from backex.decision import Action, ComfortMeasure, Concern, Decision
from backex.dose import Dose, Schedule
from backex.errors import InvalidValue
from backex.exercise import Exercise
from backex.ids import AxisId, CueId
from backex.latches import StoppingRule
from backex.pose import JointAngle
from backex.posture import Cue, Polarity, PostureGuideline
from backex.progression import (
    ExtendArm,
)
from backex.provenance import Source, SourceKind
from backex.quantities import Span, Unit
from backex.references import article, derived
from backex.routine import Prescription, Routine, Sides, prescribe
from backex.rules import RULES, Rule
from backex.step import Effect, GuidelineReference, Motion, Step, Support, Target
from backex.stopping import StoppingPolicy, decide
from backex.symptoms import report
from backex.training import Principle, Purpose, QualityDefinition, TrainingQuality
from backex.validation import validate
from backex.variant import vary

_COUNTS = {"P": 6, "GB": 5, "GS": 4, "H": 16, "O": 20, "A": 10, "R": 1, "S": 4}
FACTS = tuple(f"{part}{number + 1}" for part, count in _COUNTS.items() for number in range(count))
EXERCISES = ("head raise", "oblique sit", "rotation")
SAID = "said"


@frozen(kw_only=True)
class Content:
    """The catalog under test, and the rules that some facts become."""

    posture: PostureGuideline = upper_back.UPPER_QUARTER_POSTURE
    principles: tuple[Principle, ...] = upper_back.PRINCIPLES
    definitions: tuple[QualityDefinition, ...] = upper_back.DEFINITIONS
    head_raise: Exercise = upper_back.PRONE_HEAD_RAISE
    oblique_sit: Exercise = upper_back.OBLIQUE_SIT
    rotation: Exercise = upper_back.ALL_FOURS_ROTATION
    policy: StoppingPolicy = upper_back.STOPPING_POLICY
    routine: Routine = upper_back.ROUTINE
    rules: tuple[Rule, ...] = RULES

    @property
    def exercises(self) -> tuple[Exercise, ...]:
        return (self.head_raise, self.oblique_sit, self.rotation)


CONTENT = Content()


# How a value is shown in a row: its class and all that it states by itself, enums by their values.


@frozen
class Shown:
    kind: type
    fields: Mapping[str, object]


_WORDING = {"id", "name", "title", "text", "why", "sources", "order_sources", "stated_by"}
_ODD: dict[type, tuple[str, ...]] = {
    Routine: ("items",),
    Prescription: ("sides",),
    Rule: ("code", "severity", "on"),
}


def _is_part(field: attrs.Attribute[object]) -> bool:
    """Tell whether a field holds values with sources of their own."""
    return str(field.type).startswith("tuple[") and field.name != "conditions"


def _stated(kind: type[AttrsInstance]) -> tuple[str, ...]:
    """Return the fields of a class that are shown."""
    own = (f.name for f in attrs.fields(kind) if f.name not in _WORDING and not _is_part(f))
    return _ODD.get(kind, tuple(own))


def _plain(value: object) -> object:
    match value:
        case Enum():
            return value.value
        case frozenset():
            return frozenset(_plain(member) for member in value)
        case tuple():
            return tuple(_plain(member) for member in value)
        case Contact() | Span():
            return tuple(_plain(each) for each in attrs.astuple(value))
        case PostureGuideline() | Prescription():
            return value.id
        case _:
            return _shown(value) if attrs.has(type(value)) else value


def _shown(value: object) -> Shown:
    kind = cast("type[AttrsInstance]", type(value))
    fields = {name: _plain(getattr(value, name)) for name in _stated(kind)}
    for prose in ("reason", "advice"):
        if fields.get(prose) is not None:
            fields[prose] = SAID
    return Shown(kind, fields)


def a(kind: type[AttrsInstance], **fields: object) -> Shown:
    """Return a value of that class as a row shows it; what is left out is not stated."""
    defaults = {field.name: _plain(field.default) for field in attrs.fields(kind)}
    shown = {name: fields.pop(name, defaults[name]) for name in _stated(kind)}
    if fields or any(each is attrs.NOTHING for each in shown.values()):
        raise TypeError(kind, fields, shown)
    return Shown(kind, shown)


def part(kind: type[AttrsInstance], movement: str, region: str, **more: object) -> Shown:
    return a(kind, movement=movement, region=region, **more)


def about(movement: str, region: str, *, low: int, high: int, unit: str, **more: object) -> Shown:
    measure = {"span": (low, high), "unit": unit, "approximate": True}
    return part(Target, movement, region, **measure, **more)


def bears(region: str, limb: str | None, *phases: str, polarity: str = "do") -> Shown:
    return a(Support, contact=(region, limb), phases=frozenset(phases), polarity=polarity)


def guided_by(*cues: str) -> list[Shown]:
    return [a(GuidelineReference, guideline="upper-quarter-posture", cue=cue) for cue in cues]


def rule(code: str, severity: str, on: type) -> Shown:
    return a(Rule, code=code, severity=severity, on=on)


def plain(**fields: object) -> dict[str, object]:
    """Return fields of the value at that place as a row shows them."""
    return fields


do, avoid = (partial(part, Cue, polarity=each) for each in ("do", "avoid"))
moves, brings = partial(part, Motion), partial(part, Effect)
spares = partial(bears, polarity="avoid")

SET_UP, PREPARE, MOVE, HOLD = (a(Step, phase=p) for p in ("set-up", "prepare", "move", "hold"))
BROAD_AND_LOWERED = guided_by("broad-shoulders", "lowered-shoulders")
BEHIND = {"view": "posterior", "timing": "just-before"}
SIDE = {"view": "lateral"}
BOTH_ARMS, LOWER_ARM, UPPER_ARM = "both-arms", "lower-side-arm", "upper-side-arm"
BREATHE = do("diaphragmatic-breathing", "abdomen")
BREATHE_AND_BRACE = [BREATHE, do("abdominal-bracing", "abdomen")]
STILL_LOW_BACK = [do("neutral-alignment", each, reason=SAID) for each in ("lumbar-spine", "pelvis")]
RAISED = [moves("lift", each, direction="upward") for each in ("head", "cervical-spine", "chest")]
OBLIQUE_QUALITIES = plain(qualities={"stabilization", "control", "movement", "strength"})
# The stretch is the article's, that the rotation also stabilizes is inferred from R1.
ROTATION_QUALITIES = plain(qualities={"flexibility", "stabilization"})
WORSENED = a(Worsened, by=1)
ANY_RULE: dict[str, object] = {"then": ANY, "until": ANY, "advice": SAID, "concerns": ANY}
PERSISTENCE = a(Persists, condition=WORSENED, checkins=ANY)

#: Which values carry a fact, by the place where they stand.
Row = Mapping[str, Sequence[object]]

# fmt: off
NECK_AND_GAZE = [do("neutral-alignment", "cervical-spine"), do("downward-gaze", "eyes"),
                 avoid("forward-gaze", "eyes")]
LOWER_SIDE = a(Purpose, trains={"stabilization", "control"}, region="upper-limb", limb=LOWER_ARM,
               together_with={"upper-side"})
UPPER_SIDE = a(Purpose, trains={"movement", "strength"}, region="upper-limb", limb=UPPER_ARM,
               together_with={"lower-side"})
SIGNIFICANT_AND_WANTED = a(AllOf, conditions=(
    a(AtLeast, channel="pain", severity=ANY), a(AtLeast, channel="stiffness", severity=ANY),
    a(EvaluationWanted)))

STATED: dict[str, Row] = {
    # Principles and the routine-level check.
    "P1": {"principles": [a(Principle, coordination="coordinated")]},
    "P2": {"principles": [a(Principle, region="upper-back", advises={"mobility", "control"},
                            supported_limb=True)]},
    "P3": {"principles": [a(Principle, region="upper-back", advises={"stabilization"},
                            serves={"mobility", "strength", "injury-prevention"})],
           "rules": [rule("BX506", "warning", Routine)]},
    "P4": {"definitions": [a(QualityDefinition, quality="stabilization", region="upper-back")]},
    "P5": {"posture": [plain(regions={"upper-back", "head", "cervical-spine", "shoulder-girdle"})]},
    "P6": {**{each: [plain(guidelines=("upper-quarter-posture",))] for each in EXERCISES},
           "rules": [rule("BX103", "error", Exercise), rule("BX511", "error", Routine)]},
    # The guideline, from behind and from the side.
    "GB1": {"posture": [do("broadening", "shoulder-girdle", **BEHIND)]},
    "GB2": {"posture": [do("depression", "shoulder-girdle", degree="slight", **BEHIND)]},
    "GB3": {"posture": [do("axial-elongation", "head-and-spine", **BEHIND)]},
    "GB4": {"posture": [avoid("protraction", "cervical-spine", **BEHIND)]},
    "GB5": {"posture": [plain(effort="low")]},
    "GS1": {"posture": [do("axial-elongation", "spine", timing="throughout", **SIDE)]},
    "GS2": {"posture": [avoid("curve-accentuation", "spine", **SIDE)]},
    "GS3": {"posture": [avoid("protraction", "shoulder-girdle", degree="marked", **SIDE)]},
    "GS4": {"posture": [avoid("retraction", "shoulder-girdle", degree="moderate", **SIDE)]},
    # Prone Head Raise.
    "H1": {"head raise": [plain(equipment={"mat"}), plain(position="prone")],
           "head raise/lie-face-down": [SET_UP]},
    "H2": {"head raise/place-legs": [
        SET_UP, moves("stance", "foot", limb="both-legs", toward="shoulder")]},
    "H3": {"head raise/place-hands": [
        SET_UP,
        moves("placement", "hand", limb=BOTH_ARMS, direction="overhead", toward="shoulder")]},
    "H4": {"head raise/place-elbows": [
        SET_UP,
        moves("flexion", "elbow", limb=BOTH_ARMS),
        moves("placement", "elbow", limb=BOTH_ARMS, toward="ears")]},
    "H5": {"head raise/settle": [PREPARE, BREATHE]},
    "H6": {"head raise/brace": [PREPARE, moves("abdominal-bracing", "abdomen", degree="slight")]},
    "H7": {"head raise/brace": [
        brings("posterior-tilt", "pelvis", degree="slight"),
        brings("neutral-alignment", "spine"),
        brings("placement", "front-of-pelvis", load_to=("front-of-pelvis", None))]},
    "H8": {"head raise/lift": [
        MOVE, *RAISED, *BREATHE_AND_BRACE, about("lift", "chest", low=6, high=8, unit="in")]},
    "H9": {f"head raise/{each}": NECK_AND_GAZE for each in ("lift", "hold")},
    "H10": {"head raise/lift": BROAD_AND_LOWERED},
    "H11": {"head raise/hold": [HOLD, *BREATHE_AND_BRACE]},
    "H12": {"head raise": [bears("elbow", BOTH_ARMS, "hold"),
                           bears("front-of-pelvis", None, "hold")]},
    "H13": {"head raise": [spares("rib-cage", None, "hold")]},
    "H14": {"head raise": [plain(effort="moderate")]},
    "H15": {"head raise": [plain(foundation_for={"upper-quarter"})]},
    "H16": {"head raise": [
        plain(focus={"upper-quarter"}),
        plain(qualities={"stabilization"}),
        a(Purpose, trains={"stabilization"}, region="upper-quarter")]},
    # Oblique Sit.
    "O1": {"oblique sit": [plain(laterality="unilateral"), plain(position="side-lying")],
           "oblique sit/lie-on-side": [SET_UP]},
    "O2": {"oblique sit/place-arm": [
        SET_UP, moves("placement", "elbow", limb=LOWER_ARM, toward="shoulder")]},
    "O3": {"oblique sit/bend-lower-leg": [
        SET_UP,
        about("flexion", "hip", low=90, high=90, unit="deg", limb="lower-side-leg"),
        about("flexion", "knee", low=90, high=90, unit="deg", limb="lower-side-leg")]},
    "O4": {"oblique sit/rest-upper-limbs": [
               SET_UP,
               moves("resting", "upper-limb", limb=UPPER_ARM),
               moves("resting", "lower-limb", limb="upper-side-leg")],
           "oblique sit/lower-quarter/none": [a(Level)]},
    "O5": {"oblique sit/press-up": [
               PREPARE,
               moves("press", "forearm", limb=LOWER_ARM, direction="downward"),
               *reversed(RAISED)],
           "oblique sit": [bears("elbow", LOWER_ARM, "prepare", "move", "hold"),
                           bears("forearm", LOWER_ARM, "prepare", "move", "hold")],
           "oblique sit/support/forearm": [a(Level)]},
    "O6": {"oblique sit/press-up": [avoid("sagging", "whole-body")]},
    "O7": {"oblique sit/turn-chest": [
        PREPARE,
        moves("rotation-forward", "thoracic-spine", degree="slight", direction="forward")]},
    "O8": {"oblique sit/turn-chest": [
        do("neutral-alignment", "cervical-spine"),
        do("rotation", "head", degree="slight"),
        do("downward-gaze", "eyes")]},
    "O9": {"oblique sit/reach": [
               MOVE, moves("reach", "upper-limb", limb=UPPER_ARM, direction="obliquely-forward")],
           "oblique sit/reach/obliquely-forward": [a(Level)]},
    "O10": {"oblique sit/turn-palm": [a(Step, phase="move", during="reach")]},
    "O11": {"oblique sit": [bears("elbow", LOWER_ARM, "prepare", "move", "hold"),
                            bears("forearm", LOWER_ARM, "prepare", "move", "hold")],
            "oblique sit/reach": [
        brings("rotation-forward", "thoracic-spine"),
        brings("weight-shift", "forearm",
               load_from=("elbow", LOWER_ARM), load_to=("forearm", LOWER_ARM))]},
    "O12": {"oblique sit/hold": [
        HOLD,
        BREATHE,
        avoid("sagging", "spine"),
        avoid("curve-accentuation", "spine", degree="marked")]},
    "O13": {"oblique sit": [OBLIQUE_QUALITIES, plain(supported_limb=True), LOWER_SIDE]},
    "O14": {"oblique sit": [OBLIQUE_QUALITIES, UPPER_SIDE]},
    "O15": {"oblique sit/resistance": [a(LoadAxis, limb=UPPER_ARM, increment_grams=ANY)]},
    "O16": {"oblique sit/reach": [a(LevelAxis)],
            "oblique sit/reach/obliquely-forward": [a(Level)]},
    "O17": {"oblique sit/support": [a(LevelAxis)],
            # That it is harder is inferred.
            "oblique sit/support/extended-arm": [a(Level, exceeds=ANY)],
            "oblique sit/support/extended-arm/place-arm": [
                a(SetText, step="place-arm"),
                moves("placement", "hand", limb=LOWER_ARM, toward="shoulder")],
            "oblique sit/support/extended-arm/press-up": [
                a(SetText, step="press-up"),
                moves("extension", "elbow", limb=LOWER_ARM),
                moves("press", "hand", limb=LOWER_ARM, direction="downward"),
                do("extension", "elbow")],
            "oblique sit/support/extended-arm/hold": [do("extension", "elbow")],
            "oblique sit/support/extended-arm/contacts": [
                bears("hand", LOWER_ARM, "prepare", "move", "hold")]},
    "O18": {"oblique sit/lower-quarter": [a(LevelAxis)],
            "oblique sit/lower-quarter/upper-leg-lift": [plain(exceeds={"none"})],
            "oblique sit/lower-quarter/pelvis-lift": [plain(exceeds={"none"})]},
    "O19": {"oblique sit": [plain(coordination="coordinated"), plain(focus={"upper-quarter"})]},
    "O20": {"oblique sit": [LOWER_SIDE, UPPER_SIDE]},
    # All-Fours Rotation.
    "A1": {"rotation": [plain(optional_equipment={"mat"}), plain(position="quadruped"),
                        bears("hand", BOTH_ARMS, "set-up"), bears("knee", "both-legs")],
           "rotation/hands-and-knees": [SET_UP]},
    "A2": {"rotation/hands-and-knees": [
        do("relaxation", "spine"), do("neutral-alignment", "spine")]},
    "A3": {"rotation/hands-and-knees": BROAD_AND_LOWERED},
    "A4": {"rotation": [plain(laterality="unilateral")],
           "rotation/hand-to-shoulder": [
               PREPARE,
               moves("lift", "hand", limb="moving-arm", direction="upward"),
               moves("reach", "upper-limb", limb="moving-arm", direction="across"),
               moves("placement", "hand", limb="moving-arm", toward="shoulder")]},
    "A5": {"rotation/turn-up": [
        MOVE,
        moves("rotation-upward", "chest", direction="upward"),
        moves("rotation-upward", "thoracic-spine", direction="upward"),
        moves("rotation-upward", "shoulder", limb="moving-arm", direction="upward")]},
    "A6": {"rotation": [plain(focus={"upper-back"}), ROTATION_QUALITIES,
                        a(Purpose, trains={"flexibility"}, region="upper-back")]},
    "A7": {"rotation": [bears("hand", "supporting-arm", "prepare", "move", "return")],
           "rotation/turn-up": [do("extension", "elbow")]},
    "A8": {"rotation/turn-up": STILL_LOW_BACK},
    "A9": {"rotation/turn-up": [
        *STILL_LOW_BACK, avoid("rotation-upward", "lumbar-spine", reason=SAID)]},
    "A10": {"rotation": [plain(both_sides_required=True)],
            "routine/all-fours-rotation": [a(Prescription, sides="both")],
            "rules": [rule("BX503", "error", Routine)]},
    # The general recommendation, and symptoms.
    "R1": {"principles": [a(Principle, region="upper-back",
                            advises={"stabilization", "endurance", "control"})]},
    "S1": {"policy/worsened": [
        a(StoppingRule, when=WORSENED, **{**ANY_RULE, "concerns": {"suitability"}})]},
    "S2": {"policy/worsened": [
        a(StoppingRule, when=WORSENED, **{**ANY_RULE, "then": "rest",
                                          "until": a(Calmed, checkins=ANY)})]},
    "S3": {"policy/persisting": [
        a(StoppingRule, when=PERSISTENCE, **{**ANY_RULE, "then": "comfort"},
          measures={"ice", "heat"})]},
    "S4": {"policy/evaluation-wanted": [
        a(StoppingRule, when=SIGNIFICANT_AND_WANTED, **{**ANY_RULE, "then": "refer"}),
        a(EvaluationWanted)]},
}

INFERRED: dict[str, Row] = {
    # All exercises of the article are of the kind that P1, P2 and R1 ask for.
    "P1": {each: [plain(coordination="coordinated")] for each in ("head raise", "rotation")},
    "P2": {each: [plain(supported_limb=True)] for each in ("head raise", "rotation")},
    "H12": {"head raise": [plain(supported_limb=True)]},
    "A7": {"rotation": [plain(supported_limb=True)]},
    "R1": {"rotation": [ROTATION_QUALITIES]},
    "H3": {"head raise": [plain(laterality="bilateral")]},
    "O1": {"oblique sit": [bears("hip", "lower-side-leg")]},
    # A squeeze down and back is asked for by no cue.
    "GS4": {"posture": [avoid("depression", "shoulder-girdle", degree="moderate", **SIDE)],
            "rules": [rule("BX101", "error", PostureGuideline), rule("BX103", "error", Exercise),
                      rule("BX511", "error", Routine)]},
    "H13": {"rules": [rule("BX203", "error", Exercise)]},
    # The foundation comes first: at most a warning.
    "H15": {"rules": [rule("BX502", "warning", Routine)],
            "routine": [a(Routine, items=("prone-head-raise", "oblique-sit",
                                          "all-fours-rotation"))]},
    "O2": {"oblique sit/support/extended-arm/place-arm": [
        a(SetText, step="place-arm"),
        moves("placement", "hand", limb=LOWER_ARM, toward="shoulder")]},
    "O5": {"oblique sit/support/extended-arm/press-up": [
        a(SetText, step="press-up"),
        moves("press", "hand", limb=LOWER_ARM, direction="downward")]},
    "O10": {"oblique sit/turn-palm": [moves("supination", "forearm", limb=UPPER_ARM)]},
    # The article puts resistance on the upper arm; that its hand holds a mass is one way to do so.
    "O15": {f"oblique sit/resistance/{each}": [do("grip", "hand")]
            for each in ("rest-upper-limbs", "reach", "hold")},
    # On the extended arm weight cannot go from the elbow into the forearm; it goes into the hand.
    "O11": {"oblique sit/support/extended-arm/reach": [
        brings("weight-shift", "hand", load_from=ANY, load_to=("hand", LOWER_ARM))]},
    "O17": {"oblique sit/support/extended-arm/reach": [
                brings("weight-shift", "hand", load_from=ANY, load_to=("hand", LOWER_ARM))],
            "oblique sit/support/extended-arm": [plain(exceeds={"forearm"})]},
    # Calm ends the break, relief is tried during it, and persistence leads to an evaluation.
    "S2": {f"policy/{each}": [a(Calmed, checkins=ANY)] for each in ("worsened", "persisting")},
    "S3": {"policy/persisting": [
               a(StoppingRule, when=PERSISTENCE, **{**ANY_RULE, "then": "comfort"},
                 measures={"ice", "heat"})],
           "policy/no-improvement": [
               a(StoppingRule, when=PERSISTENCE, **{**ANY_RULE, "then": "refer"})]},
    "S4": {"policy/no-improvement": [
        a(StoppingRule, when=PERSISTENCE, **{**ANY_RULE, "then": "refer"})]},
}
# fmt: on


# Reading a catalog: every value that has sources, at its place.

Path = tuple[str | int, ...]
#: Fields that repeat values which stand elsewhere in `Content`.
_ELSEWHERE = {"guidelines", "guideline", "stopping", "variant"}
_PLACES = (Step, LevelAxis, LoadAxis, Level, StoppingRule, Prescription)


@frozen
class Sourced:
    """A value, or one plain field of it, with its sources."""

    place: str
    value: AttrsInstance
    #: None: the sources are those of the whole value.
    field: str | None
    sources: tuple[Source, ...]
    #: From the content to the value, and on to the sources.
    path: Path
    sources_path: Path

    @property
    def shown(self) -> object:
        if self.field is None:
            return _shown(self.value)
        return {self.field: _plain(getattr(self.value, self.field))}

    @property
    def kinds(self) -> set[SourceKind]:
        return {source.kind for source in self.sources}

    def carries(self, kind: SourceKind, fact: str) -> bool:
        return any(each.locator == fact and each.kind is kind for each in self.sources)


def _place(value: object, around: str) -> str:
    if isinstance(value, SetText | Put):
        return f"{around}/{value.step or 'contacts'}"
    return f"{around}/{value.id}" if isinstance(value, _PLACES) else around


@cache
def _names(kind: type[AttrsInstance]) -> tuple[str, ...]:
    return tuple(each.name for each in attrs.fields(kind) if each.name not in _ELSEWHERE)


def _walk(value: object, path: Path, around: str) -> Iterator[Sourced]:
    """Yield a value's own sources, then those of its parts."""
    if isinstance(value, tuple):
        for index, member in enumerate(value):
            yield from _walk(member, (*path, index), around)
    elif attrs.has(type(value)):
        place, owner = _place(value, around), cast("AttrsInstance", value)
        fields = {name: getattr(value, name) for name in _names(type(owner))}
        if isinstance(value, JointAngle):  # it says nothing but what its figure shows
            return
        if "sources" in fields:
            own = fields.pop("sources")
            yield Sourced(place, owner, None, own, path, (*path, "sources"))
        for name, stated in fields.pop("stated_by", {}).items():
            yield Sourced(place, owner, name, stated, path, (*path, "stated_by", name))
        if order := fields.pop("order_sources", ()):
            yield Sourced(place, owner, "exceeds", order, path, (*path, "order_sources"))
        for name, member in fields.items():
            yield from _walk(member, (*path, name), place)


def sourced(content: Content) -> Iterator[Sourced]:
    for name in _names(Content):
        member = getattr(content, name)
        yield from _real(name) if member is getattr(CONTENT, name) else _walk_part(name, member)


def _walk_part(name: str, member: object) -> Iterator[Sourced]:
    return _walk(member, (name,), name.replace("_", " "))


@cache  # an altered catalog is the real one but for one part
def _real(name: str) -> tuple[Sourced, ...]:
    return tuple(_walk_part(name, getattr(CONTENT, name)))


def carriers(content: Content, kind: SourceKind, fact: str) -> dict[str, list[Sourced]]:
    found: dict[str, list[Sourced]] = {}
    for each in sourced(content):
        if each.carries(kind, fact):
            found.setdefault(each.place, []).append(each)
    return found


def row(content: Content, kind: SourceKind, fact: str) -> Row:
    found = carriers(content, kind, fact)
    return {place: [each.shown for each in values] for place, values in found.items()}


# What a row cannot show: references that lead to the right value, and rules at work.


def _faults(content: Content, fact: str, value: Routine | Exercise) -> int:
    """Return how many faults the rules that carry a fact find."""
    rules = [each for each in content.rules if any(s.locator == fact for s in each.sources)]
    return len(validate(value, rules=rules).diagnostics)


def _routine_of(content: Content, exercise: Exercise, sides: Sides = Sides.BOTH) -> Routine:
    return attrs.evolve(content.routine, items=(prescribe(exercise, sides=sides),))


def _stabilization_is_missed(content: Content) -> bool:
    lifting = attrs.evolve(content.rotation, qualities=frozenset({TrainingQuality.STRENGTH}))
    checked = (_routine_of(content, lifting), content.routine)
    return [_faults(content, "P3", each) for each in checked] == [1, 0]


def _with_squeeze(exercise: Exercise) -> Exercise:
    squeeze = Cue(
        id=CueId("squeeze"),
        text="Squeeze the shoulder blades together.",
        polarity=Polarity.DO,
        movement=Movement.RETRACTION,
        region=Region.SHOULDER_GIRDLE,
    )
    first, *others = exercise.steps
    return attrs.evolve(exercise, steps=(attrs.evolve(first, cues=(squeeze,)), *others))


def _guideline_guides(content: Content) -> bool:
    """Tell whether every exercise has the guideline, and a cue against it is found."""
    against = [_with_squeeze(each) for each in content.exercises]
    unguided = [_routine_of(content, attrs.evolve(each, guidelines=())) for each in against]
    checked: list[Exercise | Routine] = [*content.exercises, *against, *unguided]
    faults = [_faults(content, "P6", each) for each in checked]
    guided = all(each.guidelines == (content.posture,) for each in content.exercises)
    return guided and faults == [0] * 3 + [1] * 6


def _refers_to_shoulders(content: Content, exercise: Exercise) -> bool:
    """Tell whether the references of the steps lead to the cues of GB1 and GB2."""
    references = [each for step in exercise.steps for each in step.guideline_cues]
    cues = [content.posture.cue(each.cue) for each in references]
    return [cue and cue.sources for cue in cues] == [article("GB1"), article("GB2")]


def _one_side_is_too_little(content: Content) -> bool:
    done = [_routine_of(content, content.rotation, each) for each in (Sides.LEFT, Sides.BOTH)]
    return [_faults(content, "A10", each) for each in done] == [1, 0]


def _sides_go_together(content: Content) -> bool:
    lower, upper = content.oblique_sit.purposes
    return lower.together_with == {upper.id} and upper.together_with == {lower.id}


def _levels(content: Content, axis: AxisId) -> tuple[Level, ...]:
    return cast("LevelAxis", content.oblique_sit.axis(axis)).levels


def _lower_quarter_is_harder(content: Content) -> bool:
    base, *functions = _levels(content, LOWER_QUARTER)
    return bool(functions) and all(each.exceeds == {base.id} for each in functions)


def _hand_replaces_elbow(content: Content) -> bool:
    """Tell whether the lower arm is placed, presses and bears weight with the hand alone."""
    variant, lower = vary(content.oblique_sit, ExtendArm()), Limb.LOWER_SIDE_ARM
    effects = [each for step in variant.steps for each in step.effects]
    loads = {*variant.supports, *(load for e in effects for load in (e.load_from, e.load_to))}
    motions = [each for step in variant.steps for each in step.motions if each.limb is lower]
    return {load for load in loads if load and load.limb is lower} == {
        Contact(Region.HAND, lower)
    } and {(each.movement, each.region) for each in motions} == {
        (Movement.PLACEMENT, Region.HAND),
        (Movement.EXTENSION, Region.ELBOW),
        (Movement.PRESS, Region.HAND),
    }


def _decided(content: Content, *felt: tuple[int, int], wanted: bool = False) -> Decision:
    """Decide after check-ins with that pain and stiffness, where 5 of each is usual."""
    entries = [
        report(checkin, pain=pain, stiffness=stiffness, evaluation_wanted=wanted)
        for checkin, (pain, stiffness) in enumerate(felt)
    ]
    return decide(content.policy, entries, baseline=report(0, pain=5, stiffness=5))


def _after_a_change(content: Content) -> list[Decision]:
    """Decide after more pain, after more stiffness and after no change."""
    return [_decided(content, felt) for felt in ((6, 5), (5, 6), (5, 5))]


def _persistence_offers_comfort(content: Content) -> bool:
    decided = [_decided(content, *[(6, 5)] * checkins) for checkins in range(1, 6)]
    measures = [each.measures for each in decided if each.action is Action.COMFORT]
    return bool(measures) and set(measures) == {frozenset(ComfortMeasure)}


def _evaluation_needs_all_three(content: Content) -> bool:
    asked = [_decided(content, felt, wanted=True) for felt in ((5, 5), (5, 0), (0, 5))]
    unasked = _decided(content, (5, 5))
    return [each.action is Action.REFER for each in (*asked, unasked)] == [True, *[False] * 3]


BEHAVIOR: dict[str, Callable[[Content], bool]] = {
    "P3": _stabilization_is_missed,
    "P6": _guideline_guides,
    "H10": lambda content: _refers_to_shoulders(content, content.head_raise),
    "O16": lambda content: not any(each.exceeds for each in _levels(content, REACH)),
    "O17": _hand_replaces_elbow,
    "O18": _lower_quarter_is_harder,
    "O20": _sides_go_together,
    "A3": lambda content: _refers_to_shoulders(content, content.rotation),
    "A10": _one_side_is_too_little,
    "S1": lambda content: (
        [each.concerns for each in _after_a_change(content)]
        == [{Concern.SUITABILITY}, {Concern.SUITABILITY}, set()]
    ),
    "S2": lambda content: (
        [each.action for each in _after_a_change(content)]
        == [Action.REST, Action.REST, Action.CONTINUE]
    ),
    "S3": _persistence_offers_comfort,
    "S4": _evaluation_needs_all_three,
}

SEED, DERIVED, LIBRARY = SourceKind.SEED, SourceKind.DERIVED, SourceKind.LIBRARY_DEFAULT
TABLES = {SEED: STATED, DERIVED: INFERRED}
each_row = pytest.mark.parametrize(
    ("kind", "fact"),
    [
        pytest.param(kind, fact, id=f"{kind.value}-{fact}")
        for kind, table in TABLES.items()
        for fact in table
    ],
)


def is_carried(content: Content, kind: SourceKind, fact: str) -> bool:
    """Tell whether a fact, or what is derived from it, is carried as its row says."""
    if row(content, kind, fact) != TABLES[kind][fact]:
        return False
    return kind is DERIVED or fact not in BEHAVIOR or BEHAVIOR[fact](content)


def test_each_fact_has_a_row() -> None:
    assert tuple(STATED) == FACTS
    assert INFERRED.keys() <= set(FACTS)


@each_row
def test_the_values_of_a_row_carry_its_fact(kind: SourceKind, fact: str) -> None:
    assert row(CONTENT, kind, fact) == TABLES[kind][fact]


@pytest.mark.parametrize("fact", BEHAVIOR)
def test_what_carries_a_fact_does_what_it_says(fact: str) -> None:
    assert BEHAVIOR[fact](CONTENT)


def test_only_facts_that_have_a_row_are_cited() -> None:
    cited = {source for each in sourced(CONTENT) for source in each.sources}
    known = {*article(*STATED), *derived(*INFERRED, note="how")}
    assert {
        attrs.evolve(source, note="how" if source.kind is DERIVED else None)
        for source in cited
        if source.kind in {SEED, DERIVED}
    } <= known


def test_what_stands_in_several_places_is_one_value() -> None:
    routine, catalog = CONTENT.routine, upper_back.CATALOG
    assert catalog.exercises == tuple(each.exercise for each in routine.items) == CONTENT.exercises
    assert (catalog.principles, catalog.definitions) == (CONTENT.principles, CONTENT.definitions)
    assert (routine.guideline, routine.stopping) == (CONTENT.posture, CONTENT.policy)


@pytest.mark.parametrize("exercise", CONTENT.exercises, ids=lambda exercise: exercise.id)
def test_steps_follow_the_order_of_the_article(exercise: Exercise) -> None:
    cited = [each for step in exercise.steps for each in step.sources if each.kind is SEED]
    order = [FACTS.index(str(each.locator)) for each in cited]
    assert order == sorted(order)


# Altered catalogs: each change to a value that carries a fact makes the row of that fact fail.

_DROPPED = object()
#: What to put in place of a value of the same class, or of none.
_SAMPLES = (
    *(Contact(Region.KNEE), Span(1, 2), RedFlagPresent(), EvaluationWanted()),
    *(Calmed(), Cleared(), Schedule, "another", False, True, 1, 2),
)


_evolved: Callable[..., object] = attrs.evolve


def _replaced(value: object, path: Path, new: object) -> object:
    """Return `value` with something else at a path, or without what is there."""
    if not path:
        return new
    first, below = path[0], path[1:]
    if isinstance(value, tuple) and isinstance(first, int):
        member = _replaced(value[first], below, new)
        return (*value[:first], *(() if member is _DROPPED else (member,)), *value[first + 1 :])
    if isinstance(value, Mapping):
        entries = {**value, first: _replaced(value[first], below, new)}
        return {key: each for key, each in entries.items() if each is not _DROPPED}
    name = str(first)
    return _evolved(value, **{name: _replaced(getattr(value, name), below, new)})


def _others(value: object, hint: object, expected: object) -> Iterator[object]:
    """Yield other values of a type; what a row leaves open stays as it is."""
    kinds = get_args(hint) if get_origin(hint) in {Union, types.UnionType} else (hint,)
    for kind in () if expected is ANY else kinds:
        yield from (each for each in _of(kind, value, expected) if each != value)


def _of(kind: object, value: object, expected: object) -> Iterator[object]:
    kind = kind.__supertype__ if isinstance(kind, NewType) else kind
    of = (*get_args(kind), None)[0]
    if kind is types.NoneType:
        yield None
    elif isinstance(value, frozenset) and get_origin(kind) is frozenset:
        yield from (value - {member} for member in value)
        yield from (value | {member} for member in _of(of, None, None))
    elif isinstance(value, tuple) and isinstance(expected, tuple):
        for index, inner in enumerate(expected):
            for other in (_DROPPED, *_others(value[index], of, inner)):
                yield _replaced(value, (index,), other)
    elif isinstance(expected, Shown) and type(value) is kind:
        yield from _with_other_fields(value, expected.fields)
    elif isinstance(value, Contact | Span) and type(value) is kind:
        yield from _with_other_fields(value, attrs.asdict(value, recurse=False))
    elif isinstance(kind, type) and issubclass(kind, Enum):
        yield from [each for each in kind if each is not value][:2]
    elif expected is not SAID:
        yield from (each for each in _SAMPLES if type(each) is kind)


def _with_other_fields(value: object, expected: Mapping[str, object]) -> Iterator[object]:
    hints = get_type_hints(type(value))
    for name in expected:
        for other in _others(getattr(value, name), hints[name], expected[name]):
            with suppress(InvalidValue):  # what cannot be constructed is no alteration
                yield _evolved(value, **{name: other})


def _with_other_sources(each: Sourced, kind: SourceKind, fact: str) -> Iterator[object]:
    for index, source in enumerate(each.sources):
        if source.kind is kind and source.locator == fact:
            kinds = [attrs.evolve(source, kind=other) for other in SourceKind if other is not kind]
            for other in (_DROPPED, attrs.evolve(source, locator="elsewhere"), *kinds):
                yield _replaced(each.sources, (index,), other)


def _member_path(path: Path) -> Path:
    """Return the path of the nearest member of a tuple at or around a path."""
    return path if not path or isinstance(path[-1], int) else _member_path(path[:-1])


def alterations(kind: SourceKind, fact: str) -> Iterator[tuple[Path, object]]:
    """Yield what to put where, so that one value that carries a fact is lost or another."""
    for place, values in carriers(CONTENT, kind, fact).items():
        for each, expected in zip(values, TABLES[kind][fact][place], strict=True):
            fields = expected.fields if isinstance(expected, Shown) else expected
            for other in _with_other_fields(each.value, cast("Mapping[str, object]", fields)):
                yield each.path, other
            for sources in _with_other_sources(each, kind, fact):
                yield each.sources_path, sources
            if member := _member_path(each.path):
                yield member, _DROPPED
            if "stated_by" in each.sources_path:
                yield each.sources_path, _DROPPED


@each_row
def test_an_altered_value_carries_its_fact_no_longer(kind: SourceKind, fact: str) -> None:
    assert is_carried(CONTENT, kind, fact)
    tried = list(alterations(kind, fact))
    assert len(tried) > len(SourceKind)
    for path, new in tried:
        content = cast("Content", _replaced(CONTENT, path, new))
        assert not is_carried(content, kind, fact), (path, new)


#: Claims of every fact, each with as many sources as one value may have.
CLAIMS = (article(*FACTS[:50]), article(*FACTS[50:]), derived(*INFERRED, note="claimed"))


def _with_dummy(content: Content, sources: tuple[Source, ...]) -> Content:
    cues = content.posture.cues
    dummy = attrs.evolve(cues[0], movement=Movement.GRIP, sources=sources)
    return attrs.evolve(content, posture=attrs.evolve(content.posture, cues=(*cues, dummy)))


def _sourced_alike(sources: tuple[Source, ...]) -> Content:
    content: object = CONTENT
    for each in sourced(CONTENT):
        content = _replaced(content, each.sources_path, sources)
    return cast("Content", content)


@pytest.mark.parametrize("claim", CLAIMS, ids=lambda claim: claim[0].locator)
def test_claiming_every_fact_carries_none(claim: tuple[Source, ...]) -> None:
    besides = _with_dummy(CONTENT, claim)
    alone = _with_dummy(_sourced_alike(()), claim)
    for content in (besides, alone, _sourced_alike(claim)):
        facts = [(source.kind, str(source.locator)) for source in claim]
        assert [each for each in facts if is_carried(content, *each)] == []


@pytest.mark.parametrize("fact", [fact for fact in BEHAVIOR if "rules" in STATED[fact]])
def test_rules_that_find_nothing_carry_no_fact(fact: str) -> None:
    blind = tuple(attrs.evolve(each, check=lambda _: ()) for each in RULES)
    assert not is_carried(attrs.evolve(CONTENT, rules=blind), SEED, fact)


def test_each_edit_of_the_extended_arm_but_for_the_way_back_is_needed() -> None:
    axes = [axis.id for axis in CONTENT.oblique_sit.axes]
    at = ("oblique_sit", "axes", axes.index(SUPPORT), "levels", 1, "edits")
    edits = _levels(CONTENT, SUPPORT)[1].edits
    # What only draws the figure carries no fact, and the article says nothing of the way back.
    drawn = [isinstance(edit, Put) and isinstance(edit.part, JointAngle) for edit in edits]
    without = [
        cast("Content", _replaced(CONTENT, (*at, index), _DROPPED)) for index in range(len(edits))
    ]
    back = [isinstance(edit, Put) and edit.step == "come-back" for edit in edits]
    spared = [one or other for one, other in zip(drawn, back, strict=True)]
    assert [is_carried(each, SEED, "O17") for each in without] == spared
    assert [one and not other for one, other in zip(back, drawn, strict=True)].count(True) == 1


# What the article does not say is nowhere said to be its own.


def _of_class(*kinds: type) -> list[Sourced]:
    return [each for each in sourced(CONTENT) if isinstance(each.value, kinds)]


@pytest.mark.parametrize(
    "kinds",
    [
        pytest.param((Dose, Schedule), id="dose"),
        pytest.param((AtLeast, Worsened, Persists), id="threshold"),
        pytest.param((Calmed, Cleared), id="resumption"),
        pytest.param((Routine,), id="order of the exercises"),
    ],
)
def test_what_the_article_leaves_open_is_not_said_to_be_its_own(kinds: tuple[type, ...]) -> None:
    values = _of_class(*kinds)
    assert values
    assert [each for each in values if SEED in each.kinds or not each.sources] == []


def test_no_schedule_and_no_red_flag_is_made_up() -> None:
    assert (CONTENT.routine.schedule, CONTENT.routine.time_budget_seconds) == (None, None)
    assert (_of_class(RedFlagPresent), CONTENT.policy.asks_red_flags) == ([], False)


def test_the_articles_only_numbers_are_one_height_and_two_angles() -> None:
    own = [each for each in sourced(CONTENT) if SEED in each.kinds and LIBRARY not in each.kinds]
    numbered = [
        (type(each.value), each.sources)
        for each in own
        if any(type(getattr(each.value, name)) in {int, Span} for name in _names(type(each.value)))
    ]
    angle = (Target, article("O3"))
    assert numbered == [(Target, article("H8")), angle, angle]


def test_centimetres_of_the_lift_are_computed_from_its_inches() -> None:
    (height,) = [each.value for each in _of_class(Target) if each.carries(SEED, "H8")]
    centimetres = cast("Target", height).in_unit(Unit.CENTIMETRE)
    assert centimetres == (Decimal("15.24"), Decimal("20.32"))


def test_both_sides_are_asked_for_in_the_rotation_alone() -> None:
    assert [each.both_sides_required for each in CONTENT.exercises] == [None, None, True]
    (choice,) = [each for each in _of_class(Prescription) if each.place == "routine/oblique-sit"]
    assert choice.kinds == {LIBRARY}


def test_the_rotation_is_not_held() -> None:
    assert [each.has_hold for each in CONTENT.exercises] == [True, True, False]


def test_no_way_back_is_the_articles() -> None:
    steps = [step for each in CONTENT.exercises for step in each.steps]
    back = {step.id for step in steps if step.phase is Phase.RETURN}
    said = [each for each in sourced(CONTENT) if back & set(each.place.split("/"))]
    assert len(back) == 3
    assert [each for each in said if each.kinds != {LIBRARY}] == []


def test_what_bears_weight_on_the_way_back_is_not_only_the_articles() -> None:
    supports = [(cast("Support", each.value), each.kinds) for each in _of_class(Support)]
    back = [kinds for support, kinds in supports if Phase.RETURN in support.phases]
    assert [kinds for kinds in back if LIBRARY not in kinds] == []


@pytest.mark.parametrize("axis", [REACH, LOWER_QUARTER])
def test_no_direction_and_no_function_is_the_articles(axis: AxisId) -> None:
    base, *named = _levels(CONTENT, axis)
    places = tuple(f"oblique sit/{axis}/{level.id}" for level in named)
    said = [each for each in sourced(CONTENT) if each.place.startswith(places)]
    assert (base.edits, len(named)) == ((), 2)
    assert [each for each in said if each.kinds != {LIBRARY} and each.field is None] == []


def test_no_load_is_the_articles() -> None:
    (load,) = _of_class(LoadAxis)
    assert LIBRARY in load.kinds
    assert cast("LoadAxis", load.value).maximum_grams is None


def test_changes_are_named_for_the_oblique_sit_alone() -> None:
    assert [len(each.axes) for each in CONTENT.exercises] == [0, 4, 0]


def test_every_value_says_where_it_comes_from() -> None:
    assert [each.place for each in sourced(CONTENT) if not each.sources] == []


@pytest.mark.parametrize("holder", [CONTENT.posture, *CONTENT.exercises], ids=lambda each: each.id)
def test_every_plain_field_says_where_it_comes_from(holder: PostureGuideline | Exercise) -> None:
    fields = attrs.fields(type(holder))
    with_own_sources = {each.name for each in fields if _is_part(each)} - {"guidelines"}
    stated = {each.name for each in fields if getattr(holder, each.name) != each.default}
    assert stated - with_own_sources - _WORDING == holder.stated_by.keys()


def test_what_is_derived_says_how() -> None:
    inferred = [
        each for value in sourced(CONTENT) for each in value.sources if each.kind is DERIVED
    ]
    assert [each.locator for each in inferred if each.note is None] == []
