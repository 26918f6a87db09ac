"""What the forms for people share: doses, sides, contacts and aims in words."""

from __future__ import annotations

from backex.anatomy import Phase, Position, Side
from backex.dose import Dose
from backex.provenance import SourceKind
from backex.quantities import Unit
from backex.routine import Sides
from backex.step import Support, Target
from backex.wording import listed

__all__ = [
    "DISCLAIMER",
    "HEADINGS",
    "contact_in_words",
    "dose_in_words",
    "side_in_words",
    "sides_in_words",
    "target_in_words",
]

DISCLAIMER = "This is no medical advice. In doubt, ask a professional before you begin."
#: What a person is told that a step is for.
HEADINGS = {
    Phase.SETUP: "Get ready",
    Phase.PREPARE: "Prepare",
    Phase.MOVE: "Move",
    Phase.HOLD: "Hold",
    Phase.RETURN: "Return",
}


def dose_in_words(dose: Dose | None) -> str:
    """Return a dose in a line, marked where backex chose it, or that it is not stated."""
    if dose is None:
        return "not stated"
    chosen = any(each.kind is SourceKind.LIBRARY_DEFAULT for each in dose.sources)
    return f"{dose} (a default of backex)" if chosen else str(dose)


def sides_in_words(sides: Sides, position: Position | None = None) -> str | None:
    """Return on which sides to do something, or None where that does not apply.

    Of who lies on one side it is said which one that is.
    """
    if sides is Sides.NOT_APPLICABLE:
        return None
    if sides is Sides.BOTH:
        lies = position is Position.SIDE_LYING
        both = "each side up in turn" if lies else listed(side.value for side in Side)
        return f"{both}, the whole dose on each"
    return f"{listed(side_in_words(side, position) for side in sides.in_turn if side)} only"


def side_in_words(side: Side, position: Position | None = None) -> str:
    """Return the side at work in words; of who lies on one side, what is up and what is down."""
    lies = position is Position.SIDE_LYING
    return f"{side.value} side up (lying on the {side.other.value})" if lies else side.value


def contact_in_words(support: Support) -> str:
    """Return a contact with the phases that it is limited to."""
    phases = ", ".join(HEADINGS[phase] for phase in sorted(support.phases))
    return f"{support.contact} ({phases})" if phases else str(support.contact)


def target_in_words(target: Target) -> str:
    """Return a target with its part; inches with rounded centimetres beside them."""
    metric = target.in_unit(Unit.CENTIMETRE) if target.unit is Unit.INCH else None
    ends = (
        [] if metric is None else [f"{end:.0f}" for end in dict.fromkeys(metric) if end is not None]
    )
    beside = f", that is {'–'.join(ends)} cm" if ends else ""
    return f"{target.region.value.replace('-', ' ')} {target.movement.value} {target}{beside}"
