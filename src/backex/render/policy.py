"""A stopping policy as a state diagram that a clinician can read.

Every rule is a machine of its own: not set, or set and asking for its action. The rules stand on
the ladder of actions, the greatest on top, for the greatest action of those that are set decides.
The product of all machines, of hundreds of states, is not drawn. Needs the extra ``figures``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import final

import svg
from attrs import frozen

from backex.conditions import AnyOf, Calmed, Condition, Persists, persistences
from backex.decision import Action, Concern, Decision
from backex.latches import StoppingRule
from backex.render.drawing import (
    INK,
    LEADING,
    LIGHT,
    PALE,
    PAPER,
    action_in_words,
    drawn,
    ink_on,
    leading,
    line,
    paragraph,
    polygon,
    shade,
    text,
    width_of,
    wrapped,
)
from backex.stopping import StoppingPolicy
from backex.symptoms import Channel, Moment
from backex.wording import condition_in_words, listed, release_in_words

__all__ = ["policy_as_svg"]

_WIDTH, _MARGIN = 1180, 24
_LADDER, _LADDER_WIDTH = 58, 146
_FROM, _TO, _BOX = 232, 790, 66
_SAID, _SAID_WIDTH = 884, 272
_SMALL, _TITLE = 12, 20
#: Up to so many states between two are drawn one by one.
_DRAWN = 6
_HOW_TO_READ = (
    "Every rule is either not set or set. The greatest action of the rules that are set decides, "
    "in whatever order they stand. While something asked for is not known, the decision is at "
    "least hold, no rule is set by it and none is released. When the same check-in would set and "
    "release a rule, it stays set."
)
_ALSO_HOLDS = "Also without a rule, while something asked for is not known."
_COUNTING = (
    "A small circle is a check-in that counts. One at which the condition is known not to hold "
    "starts the count again; one that is missing or not answered leaves it as it is."
)
_CALMING = (
    "Back at the usual level: everything asked for is known and nothing is above it, nothing is "
    "said to be worse and there is no red flag. A check-in that is missing, or not like that, "
    "starts the count of calm ones again."
)


@final
@frozen
class _Arrow:
    """A way between the two states of a rule, or a count that a way depends on."""

    #: What is written above it.
    label: str
    #: Over how many check-ins in a row it leads.
    checkins: int = 1
    #: Whether it leads back to not set.
    is_release: bool = False
    #: Whether a professional has to take it.
    is_by_hand: bool = False
    #: Whether it only counts for the arrow above it.
    is_count: bool = False

    @property
    def lines(self) -> list[str]:
        return wrapped(self.label, _TO - _FROM - _BOX - 36, size=_SMALL)

    @property
    def height(self) -> float:
        return LEADING * len(self.lines) + (40 if self.checkins > 1 else 22)


def policy_as_svg(policy: StoppingPolicy) -> str:
    """Return an SVG of what a policy asks for, and of what sets and releases each of its rules.

    Equal policies give equal text.
    """
    title = f"Stopping policy {policy.id}"
    elements, top = _head(title, policy)
    y = top
    for action in sorted(Action, key=lambda each: -each.rank):
        section, y = _section(policy, action, y)
        elements += section
    elements += _upwards(top, y)
    return drawn(title, _WIDTH, y + _MARGIN, elements)


_Part = tuple[list[svg.Element], float]


def _head(title: str, policy: StoppingPolicy) -> _Part:
    elements: list[svg.Element] = []
    y = 40.0
    room = _WIDTH - 2 * _MARGIN
    parts = [(title, _TITLE, True, INK)]
    parts += [(words, 13, False, INK) for words in (_asked(policy), _accepted(policy))]
    parts += [(words, _SMALL, False, PALE) for words in _explained(policy)]
    for words, size, bold, fill in parts:
        lines = wrapped(words, room, size=size, bold=bold)
        elements += paragraph(_MARGIN, y, lines, size=size, bold=bold, fill=fill)
        y += leading(size) * len(lines) + 6
    return elements, y + 4


def _asked(policy: StoppingPolicy) -> str:
    asked = [*sorted(policy.asks), *(["red flags"] if policy.asks_red_flags else [])]
    moments = [each.value.replace("-", " ") for each in Moment if each in policy.asks_at]
    what = listed(asked) if asked else "nothing in particular"
    return f"Asked at each check-in ({listed(moments, last='or')}): {what}."


def _accepted(policy: StoppingPolicy) -> str:
    tolerance = policy.tolerance
    accepted = [
        *_levels(tolerance.severity_at_most.items(), "of 10 (or the usual level, if higher)"),
        *_levels(tolerance.rise_at_most.items(), "above the usual level"),
    ]
    what = listed(accepted) if accepted else "nothing above the person's usual level"
    answer = action_in_words(policy.answer)
    return f"Accepted without an answer: {what}. Least answer to anything beyond that: {answer}."


def _levels(levels: Iterable[tuple[Channel, int]], of: str) -> Iterator[str]:
    for channel, severity in levels:
        yield f"{channel} up to {severity} {of}"


def _explained(policy: StoppingPolicy) -> Iterator[str]:
    yield _HOW_TO_READ
    if any(persistences(rule.when) for rule in policy.rules):
        yield _COUNTING
    if any(isinstance(rule.until, Calmed) for rule in policy.rules):
        yield _CALMING


# The ladder.


def _section(policy: StoppingPolicy, action: Action, top: float) -> _Part:
    """Draw one rung of the ladder with the rules that ask for its action."""
    name = wrapped(action_in_words(action), _LADDER_WIDTH, bold=True)
    # What an action means is said by the decision itself.
    meaning = wrapped(str(Decision(action=action, policy=policy.id)), _LADDER_WIDTH, size=_SMALL)
    elements: list[svg.Element] = [
        line(_MARGIN, top, _WIDTH - _MARGIN, top, stroke=PALE, width=0.8),
        *paragraph(_LADDER, top + 24, name, bold=True),
        *paragraph(_LADDER, top + 24 + LEADING * len(name), meaning, size=_SMALL, fill=PALE),
    ]
    rules = sorted((each for each in policy.rules if each.then is action), key=lambda each: each.id)
    y = top + 10
    for words in _without_rules(policy, action, rules):
        elements.append(text(_FROM, y + 14, words, size=_SMALL, fill=PALE))
        y += LEADING + 4
    for rule in rules:
        drawn_rule, y = _rule(rule, y)
        elements += drawn_rule
    bottom = max(y + 6, top + 24 + LEADING * (len(name) + len(meaning)))
    rung = svg.Rect(
        x=_LADDER - 18,
        y=top + 1,
        width=10,
        height=bottom - top - 2,
        fill=shade(action),
        stroke=INK,
        stroke_width=0.8,
    )
    return [rung, *elements], bottom


def _without_rules(
    policy: StoppingPolicy, action: Action, rules: Sequence[StoppingRule]
) -> Iterator[str]:
    if action is Action.CONTINUE and policy.rules:
        yield "When no rule is set and everything asked for is known."
    elif action is Action.CONTINUE:
        yield "Never, for the policy has no rules."
    elif action is Action.HOLD:
        yield _ALSO_HOLDS if policy.rules else "Always, for the policy has no rules."
    elif not rules:
        yield "No rule asks for this."


def _upwards(top: float, bottom: float) -> Iterator[svg.Element]:
    """Draw which way the ladder leads."""
    x = _MARGIN + 4
    yield line(x, bottom, x, top + 14)
    yield polygon([(x - 5, top + 14), (x, top + 4), (x + 5, top + 14)], INK)


# One rule.


def _rule(rule: StoppingRule, top: float) -> _Part:
    """Draw one rule: its two states, the ways between them and what it says."""
    names = wrapped(rule.id, _TO + _BOX - _FROM, bold=True)
    head = top + 4 + LEADING * len(names)
    arrows = list(_arrows(rule))
    foot = head + 8 + sum(each.height for each in arrows)
    elements: list[svg.Element] = list(paragraph(_FROM, top + 14, names, bold=True))
    elements += _state(_FROM, head, foot - head, "not set", fill=PAPER, ink=INK)
    elements += _state(_TO, head, foot - head, "set", fill=shade(rule.then), ink=ink_on(rule.then))
    y = head + 4
    for arrow in arrows:
        elements += _arrow(arrow, y)
        y += arrow.height
    said = [
        (size, fill, wrapped(words, _SAID_WIDTH, size=size)) for words, size, fill in _says(rule)
    ]
    below = head + 14
    for size, fill, lines in said:
        elements += paragraph(_SAID, below, lines, size=size, fill=fill)
        below += leading(size) * len(lines) + 4
    return elements, max(foot, below - 8) + 12


def _says(rule: StoppingRule) -> Iterator[tuple[str, int, str]]:
    yield f"asks for: {action_in_words(rule.then)}", 13, INK
    if rule.advice is not None:
        yield f"“{rule.advice.strip()}”", _SMALL, INK
    if rule.measures:
        measures = listed(sorted(each.value for each in rule.measures), last="or")
        yield f"If wanted, {measures} may be tried.", _SMALL, PALE
    if Concern.SUITABILITY in rule.concerns:
        yield "It asks whether the exercises are right for this person.", _SMALL, PALE


def _arrows(rule: StoppingRule) -> Iterator[_Arrow]:
    for start, each in enumerate(_alternatives(rule.when)):
        words = f"{'or when' if start else 'when'} {condition_in_words(each)}"
        if isinstance(each, Persists):
            yield _Arrow(words, each.checkins)
            continue
        yield _Arrow(words)
        for node in persistences(each):
            yield _Arrow(f"counted: {condition_in_words(node)}", node.checkins, is_count=True)
    words = f"until {release_in_words(rule.until)}"
    if isinstance(rule.until, Calmed):
        yield _Arrow(words, rule.until.checkins, is_release=True)
    else:
        yield _Arrow(words, is_release=True, is_by_hand=True)


def _alternatives(condition: Condition) -> tuple[Condition, ...]:
    """Return the conditions of which one is enough."""
    if isinstance(condition, AnyOf):
        return tuple(each for inner in condition.conditions for each in _alternatives(inner))
    return (condition,)


def _state(
    x: float, y: float, height: float, name: str, *, fill: str, ink: str
) -> Iterator[svg.Element]:
    yield svg.Rect(
        x=x, y=y, width=_BOX, height=height, rx=14, fill=fill, stroke=INK, stroke_width=1.6
    )
    yield text(x + _BOX / 2, y + height / 2 + 4.5, name, anchor="middle", fill=ink)


def _arrow(arrow: _Arrow, top: float) -> Iterator[svg.Element]:
    left, right = _FROM + _BOX, float(_TO)
    yield from paragraph(left + 18, top + 12, arrow.lines, size=_SMALL)
    y = top + LEADING * len(arrow.lines) + (11 if arrow.checkins > 1 else 6)
    dashes = (6, 4) if arrow.is_by_hand else (2, 3) if arrow.is_count else ()
    ends = (right, left) if arrow.is_release else (left, right)
    if arrow.is_count:
        # It leads to the arrow above and to no state.
        ends = (left + 18, right - 70)
        yield text(right - 62, y + 4, "counted", size=_SMALL, fill=PALE)
    yield line(ends[0], y, ends[1], y, dashes=dashes)
    forward = 1 if ends[1] > ends[0] else -1
    back = ends[1] - 9 * forward
    yield polygon([(back, y - 5), (ends[1], y), (back, y + 5)], INK)
    counted = _counted(arrow.checkins, everything=arrow.is_count)
    for place, number in enumerate(counted, start=1):
        x = ends[0] + (ends[1] - ends[0]) * place / (len(counted) + 1)
        yield from _count(x, y, number, arrow.checkins)


def _counted(checkins: int, *, everything: bool) -> Sequence[int | None]:
    """Return the counts to draw between two states; None stands for those left out."""
    counts = range(1, checkins + everything)
    if len(counts) <= _DRAWN:
        return counts
    return (*counts[:2], None, counts[-1])


def _count(x: float, y: float, number: int | None, checkins: int) -> Iterator[svg.Element]:
    if number is None:
        width = width_of("…") + 8
        yield svg.Rect(x=x - width / 2, y=y - 6, width=width, height=12, fill=PAPER)
        yield text(x, y + 3, "…", anchor="middle")
        return
    yield svg.Circle(cx=x, cy=y, r=6, fill=LIGHT, stroke=INK, stroke_width=1.4)
    yield text(x, y + 20, f"{number} of {checkins}", size=_SMALL, anchor="middle")
