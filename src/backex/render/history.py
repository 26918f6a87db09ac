"""What a person reported, what was decided, and why, as a picture over the check-ins.

On top the severity of each channel, under it what else was said, the decision of each check-in as a
step on the ladder of actions, and for each rule a bar as long as it was set. Needs the extra
``figures``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence

import svg

from backex.decision import Action
from backex.ids import PrescriptionId
from backex.render.course import Bar, CheckIn, Course, course
from backex.render.drawing import (
    INK,
    LEADING,
    LIGHT,
    PALE,
    PAPER,
    action_in_words,
    drawn,
    leading,
    line,
    paragraph,
    polygon,
    shade,
    text,
    wrapped,
)
from backex.render.frame import (
    LEFT,
    MARGIN,
    RIGHT,
    SMALL,
    Frame,
    Part,
    frame_of,
    number_of,
    numbered,
    titled,
)
from backex.render.severities import severities, ticks
from backex.stopping import StoppingPolicy
from backex.symptoms import Clearance, SymptomReport
from backex.wording import listed

__all__ = ["history_as_svg"]

_GUTTER, _ROW, _LANE = 200, 22, 18
_HOW_TO_READ = (
    "Line: the worst severity known at a check-in; where nothing is known, there is no line. "
    "Broad pale line: the person's usual level. Bar: a rule is set at the dot and released at the "
    "upright stroke; with an arrow it is still set. The greatest action of the rules that are set "
    "decides; while something asked for is not known, at least hold."
)


def history_as_svg(
    policy: StoppingPolicy,
    entries: Iterable[SymptomReport | Clearance],
    *,
    baseline: SymptomReport | None = None,
    item: PrescriptionId | None = None,
) -> str:
    """Return an SVG of a log in any order, with what `policy` decided at each check-in and why.

    It is about the session as a whole, or about one item of the routine. Equal arguments give equal
    text.

    Raises:
        ConflictingClearance: two different clearances have the same check-in and seq.
    """
    seen = course(policy, entries, baseline=baseline, item=item)
    frame = frame_of(len(seen.checkins))
    width = frame.right + RIGHT
    about = "the session" if item is None else item
    title = f"Symptoms and decisions: {about}, by policy {policy.id}"
    head, top = _head(title, seen, item, width)
    rows: list[svg.Element] = []
    body, y = severities(policy, seen, frame, top + 16)
    zero = y - 12
    for part in (ticks, _said, _decisions, _rules):
        drawn_part, y = part(seen, frame, y)
        rows += drawn_part
    columns = _columns(seen, frame, top + 16, zero, y)
    foot, height = _foot(seen, item, width, y)
    return drawn(title, width, height, [*columns, *head, *body, *rows, *foot])


def _head(title: str, seen: Course, item: PrescriptionId | None, width: float) -> Part:
    elements: list[svg.Element] = []
    y = 38.0
    room = width - 2 * MARGIN
    for words, size, bold, fill in (
        (title, 20, True, INK),
        (_conclusion(seen, item), 14, True, INK),
        (_HOW_TO_READ, SMALL, False, PALE),
    ):
        lines = wrapped(words, room, size=size, bold=bold)
        elements += paragraph(MARGIN, y, lines, size=size, bold=bold, fill=fill)
        y += leading(size) * len(lines) + 9
    return elements, y


def _conclusion(seen: Course, item: PrescriptionId | None) -> str:
    """Return the newest decision, and what leads to it, in one sentence."""
    decision = seen.decision
    action = decision.action if item is None else decision.action_for(item)
    when = f"After check-in {seen.checkins[-1].last}" if seen.checkins else "Before any check-in"
    said = f"{when}: {action_in_words(action)}"
    # What is in force for another item counts only where it refers the person.
    rules = sorted(
        {
            each.rule
            for each in decision.findings
            if each.action is action and (each.item in {None, item} or action >= Action.REFER)
        }
    )
    if rules:
        return f"{said}, for {listed(rules)} {'is' if len(rules) == 1 else 'are'} set."
    if decision.unanswered:
        return f"{said}, for this is not known: {listed(decision.unanswered)}."
    if action is Action.CONTINUE:
        return f"{said}, for no rule is set and everything asked for is known."
    return f"{said}, for something asked for is not known."


def _columns(
    seen: Course, frame: Frame, top: float, zero: float, bottom: float
) -> Iterator[svg.Element]:
    """Draw what reaches through all parts: missing check-ins and clearances."""
    for position, each in enumerate(seen.checkins):
        x = frame.x(position)
        if each.is_missing:
            yield svg.Rect(
                x=x - frame.step / 2, y=top, width=frame.step, height=bottom - top, fill=LIGHT
            )
        if each.clearances:
            yield line(x, top, x, zero, stroke=PALE, dashes=(2, 4))
            yield line(x, zero + 28, x, bottom, stroke=PALE, dashes=(2, 4))


# What else was said.


def _said(seen: Course, frame: Frame, top: float) -> Part:
    """Draw a row of marks for each kind of thing that was said or left open."""
    elements: list[svg.Element] = []
    y = top + 6
    for label, mark, positions in _kinds(seen.checkins):
        lines = wrapped(label, _GUTTER - MARGIN, size=SMALL)
        elements += paragraph(MARGIN, y + 8, lines, size=SMALL)
        elements.append(line(LEFT, y + 4, frame.right, y + 4, stroke=LIGHT, width=1))
        for position in positions:
            drawn_mark = mark(frame.x(position), y + 4)
            name = f"{numbered(seen.checkins[position])}: {label}"
            elements.append(titled(drawn_mark, name))
        y += _ROW + LEADING * (len(lines) - 1)
    return elements, y + 8


_Mark = Callable[[float, float], svg.Element]


def _kinds(checkins: Sequence[CheckIn]) -> Iterator[tuple[str, _Mark, list[int]]]:
    """Return each kind of thing that occurred: in words, as a mark, and where."""
    flags = sorted({flag for each in checkins for flag in each.red_flags})
    asked = sorted({each for checkin in checkins for each in checkin.unanswered})
    kinds: list[tuple[str, _Mark, Callable[[CheckIn], bool]]] = [
        *((f"red flag: {flag}", _flag, _has_flag(flag)) for flag in flags),
        ("said to be worse", _worse, lambda each: each.is_said_to_be_worse),
        ("evaluation wanted", _wanted, lambda each: each.is_evaluation_wanted),
        ("clearance", _tick, lambda each: bool(each.clearances)),
        *((f"asked, no answer: {each}", _open, _lacks(each)) for each in asked),
        ("no check-in", _dash, lambda each: each.is_missing),
    ]
    for label, mark, is_there in kinds:
        positions = [position for position, each in enumerate(checkins) if is_there(each)]
        if positions:
            yield label, mark, positions


def _has_flag(flag: str) -> Callable[[CheckIn], bool]:
    return lambda each: flag in each.red_flags


def _lacks(asked: str) -> Callable[[CheckIn], bool]:
    return lambda each: asked in each.unanswered


def _flag(x: float, y: float) -> svg.Element:
    corners = [(x - 4, y - 7), (x + 6, y - 3), (x - 3, y + 1), (x - 3, y + 7), (x - 4, y + 7)]
    return polygon(corners, shade(Action.REFER))


def _worse(x: float, y: float) -> svg.Element:
    return polygon([(x - 5, y + 4), (x + 5, y + 4), (x, y - 5)], INK)


def _wanted(x: float, y: float) -> svg.Element:
    return svg.Rect(x=x - 4, y=y - 4, width=8, height=8, fill=INK)


def _tick(x: float, y: float) -> svg.Element:
    points = [svg.Point(x - 5, y), svg.Point(x - 1, y + 5), svg.Point(x + 5, y - 6)]
    return svg.Polyline(points=points, fill="none", stroke=INK, stroke_width=2.4)


def _open(x: float, y: float) -> svg.Element:
    return svg.Circle(cx=x, cy=y, r=4, fill=PAPER, stroke=INK, stroke_width=1.5)


def _dash(x: float, y: float) -> svg.Element:
    return svg.Line(x1=x - 4, y1=y, x2=x + 4, y2=y, stroke=INK, stroke_width=2)


# Decisions and the rules behind them.


def _decisions(seen: Course, frame: Frame, top: float) -> Part:
    """Draw each decision on the lane of its action, the greatest on top."""
    elements: list[svg.Element] = [text(MARGIN, top + 12, "Decision", bold=True)]
    lanes = {
        action: top + 24 + _LANE * number
        for number, action in enumerate(sorted(Action, key=lambda each: -each.rank))
    }
    for action, y in lanes.items():
        foot = y + _LANE
        elements.append(text(MARGIN, y + 13, action_in_words(action), size=SMALL))
        elements.append(_box(_GUTTER - 16, y + 3, 12, 12, action))
        elements.append(line(LEFT, foot, frame.right, foot, stroke=LIGHT, width=1))
    for position, each in enumerate(seen.checkins):
        x = frame.x(position - 0.5)
        box = _box(x + 0.5, lanes[each.action] + 2, frame.step - 1, _LANE - 4, each.action)
        name = f"{numbered(each)}: {action_in_words(each.action)}"
        elements.append(titled(box, name))
    return elements, top + 24 + _LANE * len(lanes) + 18


def _rules(seen: Course, frame: Frame, top: float) -> Part:
    """Draw for each rule when it was set, the greatest action on top."""
    elements: list[svg.Element] = [text(MARGIN, top + 12, "Rules that are set", bold=True)]
    y = top + 24
    for rule, item, bars in seen.bars:
        name = rule.id if item is None else f"{rule.id} for {item}"
        names = wrapped(name, _GUTTER - MARGIN, size=SMALL)
        lines = names + wrapped(f"→ {action_in_words(rule.then)}", _GUTTER - MARGIN, size=SMALL)
        height = LEADING * len(lines) + 8
        middle = y + height / 2
        elements += paragraph(MARGIN, y + 14, names, size=SMALL)
        below = y + 14 + LEADING * len(names)
        elements += paragraph(MARGIN, below, lines[len(names) :], size=SMALL, fill=PALE)
        if bars:
            elements.append(line(LEFT, middle, frame.right, middle, stroke=LIGHT, width=1))
        else:
            elements.append(text(LEFT + 6, middle + 4, "never set", size=SMALL, fill=PALE))
        for bar in bars:
            elements += _bar(f"{name}: {_span(bar, seen.checkins)}", rule.then, bar, frame, middle)
        y += height
    if not seen.bars:
        elements.append(text(LEFT + 6, y + 12, "The policy has no rules.", size=SMALL))
        y += _ROW
    return elements, y + 6


def _span(bar: Bar, checkins: Sequence[CheckIn]) -> str:
    released = "still set" if bar.end is None else f"released at {number_of(checkins[bar.end])}"
    return f"set at {number_of(checkins[bar.start])}, {released}"


def _bar(name: str, then: Action, bar: Bar, frame: Frame, middle: float) -> Iterator[svg.Element]:
    start = frame.x(bar.start)
    end = frame.x(frame.count - 0.5 if bar.end is None else bar.end)
    yield titled(_box(start, middle - 6, end - start, 12, then), name)
    yield svg.Circle(cx=start, cy=middle, r=min(5.0, frame.mark_size + 1), fill=INK)
    if bar.end is None:
        corners = [(end, middle - 8), (end + 8, middle), (end, middle + 8)]
        yield polygon(corners, INK)
    else:
        yield line(end, middle - 9, end, middle + 9, width=2.4)


def _foot(seen: Course, item: PrescriptionId | None, width: float, top: float) -> Part:
    """Write out the clearances, and what the picture leaves out."""
    notes = []
    for checkin in seen.checkins:
        for each in checkin.clearances:
            new = each.new_baseline
            usual = (
                f"; usual from then on: {listed(_levels(new))}" if new and new.severities else ""
            )
            notes.append(
                f"Check-in {each.checkin}: {each.by} cleared {listed(sorted(each.rules))}{usual}."
            )
    others = sorted(seen.items - {item})
    if others:
        notes.append(f"Severities reported on {listed(others)} alone are not drawn here.")
    elements: list[svg.Element] = []
    y = top + 14
    for note in notes:
        lines = wrapped(note, width - 2 * MARGIN, size=SMALL)
        elements += paragraph(MARGIN, y, lines, size=SMALL)
        y += LEADING * len(lines) + 4
    return elements, y + 6


def _levels(report: SymptomReport) -> list[str]:
    return [f"{channel} {severity}" for channel, severity in report.severities.items()]


def _box(x: float, y: float, width: float, height: float, action: Action) -> svg.Rect:
    return svg.Rect(
        x=x,
        y=y,
        width=width,
        height=height,
        fill=shade(action),
        stroke=INK,
        stroke_width=0.8,
    )
