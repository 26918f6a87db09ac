"""Steps: what they consist of, and targets in the units of their source and in others."""

from __future__ import annotations

from decimal import Decimal

import pytest

from backex.anatomy import Degree, Movement, Phase, Region
from backex.ids import MotionId, StepId, TargetId
from backex.quantities import Span, Unit
from backex.step import Motion, Step, Target


def _target(span: Span, unit: Unit, *, approximate: bool = False) -> Target:
    return Target(
        id=TargetId("height"),
        movement=Movement.LIFT,
        region=Region.CHEST,
        span=span,
        unit=unit,
        approximate=approximate,
    )


@pytest.mark.parametrize(
    ("span", "unit", "to", "ends"),
    [
        (Span(6, 8), Unit.INCH, Unit.CENTIMETRE, ("15.24", "20.32")),
        (Span(6, 8), Unit.INCH, Unit.INCH, ("6", "8")),
        (Span(6, None), Unit.INCH, Unit.MILLIMETRE, ("152.4", None)),
        (Span(None, 8), Unit.CENTIMETRE, Unit.MILLIMETRE, (None, "80")),
        (Span.of(90), Unit.DEGREE, Unit.DEGREE, ("90", "90")),
        (Span(0, None), Unit.DEGREE, Unit.DEGREE, ("0", None)),
    ],
)
def test_a_target_is_derived_exactly_in_another_unit(
    span: Span, unit: Unit, to: Unit, ends: tuple[str | None, str | None]
) -> None:
    expected = tuple(None if end is None else Decimal(end) for end in ends)
    assert _target(span, unit).in_unit(to) == expected


@pytest.mark.parametrize("span", [Span(6, 8), Span(6, None), Span(None, 8)], ids=str)
@pytest.mark.parametrize(("unit", "to"), [(Unit.DEGREE, Unit.CENTIMETRE), (Unit.INCH, Unit.DEGREE)])
def test_a_target_has_no_measure_in_a_unit_of_another_kind(
    span: Span, unit: Unit, to: Unit
) -> None:
    assert _target(span, unit).in_unit(to) is None


@pytest.mark.parametrize(
    ("target", "words"),
    [
        (_target(Span(6, 8), Unit.INCH, approximate=True), "about 6–8 in"),
        (_target(Span.of(20), Unit.CENTIMETRE), "20 cm"),
        (_target(Span.of(90), Unit.DEGREE, approximate=True), "about 90°"),
        (_target(Span(5, None), Unit.MILLIMETRE), "at least 5 mm"),
        (_target(Span(None, 45), Unit.DEGREE), "at most 45°"),
    ],
)
def test_a_target_reads_as_a_person_writes_it(target: Target, words: str) -> None:
    assert str(target) == words


def test_the_movements_of_a_step_are_those_of_its_motions_in_order() -> None:
    step = Step(
        id=StepId("rise"),
        phase=Phase.MOVE,
        text="Rise.",
        motions=(
            Motion(id=MotionId("up"), movement=Movement.LIFT, region=Region.CHEST),
            Motion(
                id=MotionId("turn"),
                movement=Movement.ROTATION,
                region=Region.HEAD,
                degree=Degree.SLIGHT,
            ),
            Motion(id=MotionId("head-up"), movement=Movement.LIFT, region=Region.HEAD),
        ),
    )
    assert step.movements == (Movement.LIFT, Movement.ROTATION, Movement.LIFT)


def test_a_step_without_motions_has_no_movements() -> None:
    assert Step(id=StepId("lie"), phase=Phase.SETUP, text="Lie down.").movements == ()
