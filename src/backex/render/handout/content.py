"""What a handout says of a routine, in order; how it looks is for each form to know.

Nothing is supplied that the routine does not state. What it leaves open is said to be open, and
there is a line for whoever gives the handout away to write it on.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, zip_longest

from backex.anatomy import Position, Side, View
from backex.conditions import AllOf, channels_in, flags_in, moments_in, reacts_to
from backex.decision import Action, Concern, measures_in_words
from backex.dose import Dose, Schedule
from backex.latches import StoppingRule
from backex.posture import Cue, Polarity, PostureGuideline, Timing
from backex.quantities import Span
from backex.render.figure import (
    figure,
    figure_in_words,
    guideline_figure,
    guideline_figure_in_words,
)
from backex.render.handout.blocks import (
    Blanks,
    Block,
    Card,
    Cards,
    Column,
    Fact,
    Facts,
    Figure,
    Figures,
    Form,
    Mark,
    Points,
    Section,
    Step,
    Steps,
    Tone,
    Words,
)
from backex.render.handout.citing import cited, source_in_words
from backex.render.phrases import (
    DISCLAIMER,
    HEADINGS,
    contact_in_words,
    side_in_words,
    sides_in_words,
    target_in_words,
)
from backex.render.weights import loads_in_words
from backex.routine import Prescription, Routine
from backex.step import Step as StepOfExercise
from backex.stopping import StoppingPolicy
from backex.symptoms import RED_FLAGS, SPREAD, Channel, Moment
from backex.validation import validate
from backex.wording import condition_in_words, listed, release_in_words

__all__ = ["sections"]

_DAYS = 14
#: So many columns for ratings fit beside the others.
_RATINGS = 6
_USUAL_MOMENTS = (Moment.BEFORE, Moment.AFTER, Moment.NEXT_MORNING)
_GIVER = "whoever gave you this sheet"
_CONCERNS = {Concern.SUITABILITY: "Ask whether these exercises are right for you."}
_ENDS = {SPREAD: ("not at all", "to the tips of the limb")}


def sections(routine: Routine) -> tuple[Section, ...]:
    """Return what a handout of `routine` says, section by section."""
    drawn = [item for item in routine.items if any(step.pose for step in item.variant.steps)]
    exercises = (
        _exercise(number, item, with_legend=item in drawn[:1])
        for number, item in enumerate(routine.items, start=1)
    )
    diary = [] if routine.stopping is None else [_diary(routine.stopping)]
    return (
        Section("overview", "At a glance", tuple(_overview(routine))),
        *_postures(routine),
        *exercises,
        Section("when-to-stop", "When to stop, and what then", tuple(_stopping(routine.stopping))),
        *diary,
        Section("sources", "Where this comes from", tuple(cited(routine))),
    )


# ---- at a glance --------------------------------------------------------------------------------


def _overview(routine: Routine) -> Iterator[Block]:
    errors = validate(routine).errors
    if errors:
        yield Words("This is a draft, not to be given to anybody: it has errors.", Tone.WARNING)
        yield Points("What is wrong", tuple(each.message for each in errors), Mark.AVOID)
    yield Words(DISCLAIMER, Tone.WARNING)
    yield Blanks(("For", "From", "Questions to"))
    facts = (
        [Fact("Exercises", listed(str(each.variant) for each in routine.items))]
        if routine.items
        else [Fact("Exercises", "none")]
    )
    facts += _needs("You need", chain(*(each.exercise.equipment for each in routine.items)))
    schedule = routine.schedule or Schedule()
    stated = [each for each in _often(schedule) if each]
    facts.append(Fact("How often", ", ".join(stated) or "not stated"))
    asked = (
        ("Sessions a day", schedule.sessions_per_day),
        ("Days a week", schedule.days_per_week),
    )
    missing = tuple(name for name, span in asked if span is None)
    facts += _unstated(missing, partly=bool(stated))
    if routine.least_seconds:
        time = f"{_duration(routine.least_seconds)} for holds and rests alone"
        facts.append(Fact("Time", time))
    if routine.time_budget_seconds is not None:
        facts.append(Fact("Time set aside", _duration(routine.time_budget_seconds)))
    yield Facts(tuple(facts))
    if missing:
        yield Blanks(missing)
    yield Words("Before you begin, read “When to stop, and what then”.")


def _needs(name: str, equipment: Iterable[str]) -> list[Fact]:
    things = sorted(set(equipment))
    return [Fact(name, listed(each.replace("-", " ") for each in things))] if things else []


def _often(schedule: Schedule) -> Iterator[str]:
    yield _counted(schedule.sessions_per_day, "session a day", "sessions a day")
    yield _counted(schedule.days_per_week, "day a week", "days a week")
    if schedule.rest_hours is not None:
        rest = _counted(schedule.rest_hours, "hour", "hours")
        yield f"{rest} of rest between sessions"


def _counted(span: Span | None, one: str, many: str) -> str:
    return "" if span is None else f"{span} {one if span == Span.of(1) else many}"


def _duration(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes} min"] if minutes else []
    return " ".join([*parts, *([f"{rest} s"] if rest or not minutes else [])])


# ---- posture ------------------------------------------------------------------------------------

_TIMINGS = (
    ("just before you begin", Timing.JUST_BEFORE),
    ("all the way through", Timing.THROUGHOUT),
    ("always", None),
)


def _postures(routine: Routine) -> Iterator[Section]:
    """Yield the guideline of the routine, and those that exercises have of their own."""
    shared = routine.guideline
    own = dict.fromkeys(each for item in routine.items for each in item.exercise.guidelines)
    for number, guideline in enumerate(dict.fromkeys([*([shared] if shared else []), *own])):
        blocks: list[Block] = []
        if guideline != shared:
            names = (
                item.exercise.name
                for item in routine.items
                if guideline in item.exercise.guidelines
            )
            blocks.append(Words(f"For {listed(dict.fromkeys(names))}."))
        yield Section(f"posture-{number + 1}", guideline.title, (*blocks, *_posture(guideline)))


def _posture(guideline: PostureGuideline) -> Iterator[Block]:
    drawn = ((guideline_figure(guideline, view), view) for view in View)
    figures = tuple(
        Figure(svg, guideline_figure_in_words(guideline, view)) for svg, view in drawn if svg
    )
    if figures:
        yield Figures(figures)
    for when, timing in _TIMINGS:
        yield from _cues((cue for cue in guideline.cues if cue.timing is timing), f", {when}")
    if guideline.effort is not None:
        yield Words(f"Effort for keeping to it: {guideline.effort.value}.")


def _cues(cues: Iterable[Cue], when: str = "") -> Iterator[Points]:
    """Yield what to do and what to avoid, each as far as there is any."""
    listed_cues = list(cues)
    for mark, polarity in ((Mark.DO, Polarity.DO), (Mark.AVOID, Polarity.AVOID)):
        points = tuple(_cue_lines(cue for cue in listed_cues if cue.polarity is polarity))
        if points:
            yield Points(f"{mark.value.capitalize()}{when}", points, mark)


def _cue_lines(cues: Iterable[Cue]) -> Iterator[str]:
    """Yield cues with their reasons; one that several in a row share stands with the last."""
    listed_cues = list(cues)
    for cue, following in zip_longest(listed_cues, listed_cues[1:]):
        shared = following is not None and following.reason == cue.reason
        yield cue.text if cue.reason is None or shared else f"{cue.text} {cue.reason}"


# ---- exercises ----------------------------------------------------------------------------------


def _exercise(number: int, item: Prescription, *, with_legend: bool) -> Section:
    blocks: list[Block] = [Facts(tuple(_facts(item)))]
    missing = _missing(item)
    if missing:
        blocks.append(Blanks(missing))
    if item.exercise.purposes:
        texts = tuple(each.text for each in item.exercise.purposes)
        blocks.append(Points("What it is for", texts))
    blocks += _performed(item, with_legend=with_legend)
    return Section(f"exercise-{number}", f"{number}. {item.variant}", tuple(blocks))


#: What the signs of figures mean, which have no words in them.
_LEGEND = (
    "Figures show how a movement goes, not how far. A triangle: body weight rests here; a cross: "
    "none. An arrow, and a gray shade: what moves, and where it was. A dashed line: keep this "
    "straight. A dotted line: look here. A double arrow at the belly: breathe to here, or brace. "
    "Two bars: stay."
)


def _performed(item: Prescription, *, with_legend: bool) -> Iterator[Block]:
    steps = tuple(_steps(item))
    if not steps:
        yield Words("No steps are stated.", Tone.WARNING)
        return
    position = item.exercise.position
    sides = [side_in_words(side, position) for side in item.sides.in_turn if side is not None]
    lies = position is Position.SIDE_LYING
    drawn = any(each.figure for each in steps)
    notes = (
        [f"The figures show the {sides[0]}{'' if lies else ' side'}."] if sides and drawn else []
    )
    notes += [_LEGEND] if with_legend else []
    notes += loads_in_words(item.variant, item.variant.steps[-1].id)
    yield Steps(steps, " ".join(notes) or None)
    for side in sides[1:]:
        other = f"with the {side}" if lies else f"on the {side} side"
        yield Words(f"Then do the same {other}, with left and right exchanged.")


def _facts(item: Prescription) -> Iterator[Fact]:
    exercise, dose = item.exercise, item.dose or Dose()
    yield Fact("Dose", str(dose))
    yield from _unstated(_missing(item), partly=dose != Dose(sources=dose.sources))
    if dose.sources:
        yield Fact("The dose is", "; ".join(map(source_in_words, dose.sources)))
    sides = sides_in_words(item.sides, item.exercise.position)
    if sides:
        yield Fact("Sides", sides)
    yield from _needs("You need", exercise.equipment)
    yield from _needs("You may use", exercise.optional_equipment)
    if exercise.effort is not None:
        yield Fact("Effort", exercise.effort.value)
    for name, polarity in (("Weight on", Polarity.DO), ("No weight on", Polarity.AVOID)):
        contacts = [each for each in item.variant.contacts if each.polarity is polarity]
        if contacts:
            yield Fact(name, listed(dict.fromkeys(map(contact_in_words, contacts))))


def _unstated(missing: Sequence[str], *, partly: bool) -> Iterator[Fact]:
    """Yield what is left open, unless that is all, and who is to say it."""
    if missing and partly:
        yield Fact("Not stated", listed(each.lower() for each in missing))
    if missing:
        yield Fact("Who sets it", _GIVER)


def _missing(item: Prescription) -> tuple[str, ...]:
    """Return the amounts that are to be known and that the dose does not state."""
    dose = item.dose or Dose()
    asked = (
        ("Sets", dose.sets, True),
        ("Repetitions", dose.reps, True),
        ("Seconds of each hold", dose.hold_seconds, item.exercise.has_hold),
        ("Seconds of rest between sets", dose.rest_seconds, dose.sets != Span.of(1)),
    )
    return tuple(name for name, span, is_asked in asked if is_asked and span is None)


def _steps(item: Prescription) -> Iterator[Step]:
    numbers = {step.id: number for number, step in enumerate(item.variant.steps, start=1)}
    side = item.sides.in_turn[0] or Side.RIGHT
    last = None
    for step in item.variant.steps:
        svg = figure(item.variant, step.id, side=side)
        words = figure_in_words(item.variant, step.id, side=side)
        during = numbers.get(step.during) if step.during else None
        yield Step(
            label=HEADINGS[step.phase] + (f", during step {during}" if during else ""),
            text=" ".join([step.text, *_aims(step)]),
            points=tuple(_points(item, step)),
            figure=Figure(svg, words) if svg and svg != last else None,
        )
        last = svg or last


def _aims(step: StepOfExercise) -> Iterator[str]:
    if step.targets:
        yield f"({', '.join(map(target_in_words, step.targets))})"


def _points(item: Prescription, step: StepOfExercise) -> Iterator[Points]:
    referred = map(item.exercise.referred, step.guideline_cues)
    yield from _cues([*(cue for cue in referred if cue), *step.cues])
    if step.effects:
        yield Points("By itself", tuple(each.text for each in step.effects))


# ---- when to stop -------------------------------------------------------------------------------


def _stopping(policy: StoppingPolicy | None) -> Iterator[Block]:
    if policy is None:
        yield Words(
            "Nothing here says when to stop. Without that no progress can be judged safe: the same "
            f"again at most, and nothing harder. Before you begin, ask {_GIVER} when to stop.",
            Tone.WARNING,
        )
        yield Blanks(("Stop when", "What then"))
        yield Facts(tuple(_warning_signs(())))
        return
    yield Facts((*_warning_signs(policy.rules), *_watched(policy)))
    rules = sorted(policy.rules, key=lambda rule: -rule.then.rank)
    if not rules:
        yield Words("It has no rules, so nothing here says when to stop.", Tone.WARNING)
        return
    yield Words(
        "Each row of the diary is a check-in. Where several of these apply, the one that stands "
        "first counts."
    )
    yield Cards(tuple(map(_answer, rules)))


def _watched(policy: StoppingPolicy) -> Iterator[Fact]:
    """Yield what is asked, what of it is accepted, and what holds while it is not known."""
    moments = [_MOMENTS[each] for each in Moment if each in policy.asks_at]
    if policy.asks:
        yield Fact("Rate", f"{listed(map(_name, sorted(policy.asks)))}, {listed(moments)}")
    yield Fact("Compare with", "your usual level, which you note before the first session")
    yield Fact("Accepted", f"{_tolerated(policy)}, unless it says otherwise below")
    if policy.answer > Action.CONTINUE:
        yield Fact("More than that", f"at least “{policy.answer.advice}”")
    yield Fact("Not rated, or not sure", "do the same again at most, and nothing harder")


def _warning_signs(rules: Sequence[StoppingRule]) -> Iterator[Fact]:
    """Yield the red flags by name, and what holds for those to which no rule reacts."""
    flags = sorted(RED_FLAGS.union(*(flags_in(rule.when) for rule in rules)))
    yield Fact("Warning signs (red flags)", listed(map(_name, flags), last="or"))
    unmet = [flag for flag in flags if not any(reacts_to(rule.when, flag) for rule in rules)]
    if unmet:
        which = "any of them" if unmet == flags else listed(map(_name, unmet), last="or")
        yield Fact("What then", f"at {which}, stop, and see a professional at once")


#: With more of them, "and" between the last two does not say enough.
_PAIR = 2


def _answer(rule: StoppingRule) -> Card:
    said = [
        *([rule.advice] if rule.advice else []),
        *measures_in_words(rule.then, rule.measures),
        *(_CONCERNS[each] for each in Concern if each in rule.concerns),
    ]
    several = isinstance(rule.when, AllOf) and len(rule.when.conditions) > _PAIR
    together = "all at one check-in: " if several else ""
    return Card(
        rule.then.advice,
        (
            Fact("When", f"{together}{condition_in_words(rule.when)}"),
            *([Fact("Then", " ".join(said))] if said else []),
            Fact("Until", release_in_words(rule.until)),
        ),
    )


def _tolerated(policy: StoppingPolicy) -> str:
    """Return what the policy accepts of each channel that it asks for."""
    levels = policy.tolerance.severity_at_most
    rises = policy.tolerance.rise_at_most
    parts = []
    for channel in sorted(levels.keys() | rises.keys()):
        ways = (
            f"up to {levels[channel]} of 10" if channel in levels else "",
            f"up to {rises[channel]} above the usual level" if channel in rises else "",
        )
        parts.append(f"{_name(channel)} {' or '.join(each for each in ways if each)}")
    if not parts:
        return "nothing above your usual level"
    return f"{'; '.join(parts)}; besides, nothing above your usual level"


_MOMENTS = {
    Moment.BEFORE: "before the session",
    Moment.DURING: "during the session",
    Moment.AFTER: "after the session",
    Moment.NEXT_MORNING: "on the next morning",
}


def _name(id: str) -> str:
    return id.replace("-", " ")


# ---- diary --------------------------------------------------------------------------------------


def _diary(policy: StoppingPolicy) -> Section:
    named = (channels_in(rule.when) for rule in policy.rules)
    channels = sorted(policy.asks.union(*named))
    return Section("diary", "Symptom diary", tuple(_forms(policy, channels)))


def _forms(policy: StoppingPolicy, channels: Sequence[Channel]) -> Iterator[Block]:
    for channel in channels:
        low, high = _ENDS.get(channel, ("none", "the worst imaginable"))
        yield Words(f"{_name(channel).capitalize()}: from 0 ({low}) to 10 ({high}).")
    if channels:
        yield Words("Your usual level, before the first session:")
        yield Blanks(tuple(_name(each).capitalize() for each in channels))
    limits = chain(*(moments_in(rule.when) for rule in policy.rules))
    asked = policy.asks_at.union(_USUAL_MOMENTS, *limits)
    moments = tuple(each.value.replace("-", " ") for each in Moment if each in asked)
    rated = [Column(_name(each).capitalize(), moments) for each in channels]
    size = _RATINGS // len(moments)
    besides = (Column("Worse than usual?"), Column("Warning sign?"), Column("See a professional?"))
    tables = [rated[start : start + size] for start in range(0, len(rated), size)] or [[]]
    for number, columns in enumerate(tables):
        more = f" ({number + 1} of {len(tables)})" if len(tables) > 1 else ""
        yield Form(
            f"One row for each day{more}",
            (Column("Date"), *columns, *(besides if number == 0 else ())),
            _DAYS,
        )
