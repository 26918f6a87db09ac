"""The upper-back routine from end to end: built, checked, broken on purpose, lived with, stored."""

from __future__ import annotations

import textwrap

import attrs

from backex import (
    Clearance,
    Dose,
    Moment,
    Routine,
    RuleId,
    Sides,
    decide,
    prescribe,
    report,
    validate,
)
from backex.catalog.upper_back import (
    ALL_FOURS_ROTATION,
    OBLIQUE_SIT,
    PRONE_HEAD_RAISE,
    ROUTINE,
    STOPPING_POLICY,
)
from backex.codec import digest, dumps, loads
from backex.render.text import routine_as_text


def heading(title: str) -> None:
    """Print a heading."""
    print(f"\n### {title}\n")


def build() -> Routine:
    """Return the article's routine with doses of this app's own."""
    return attrs.evolve(
        ROUTINE,
        items=(
            prescribe(PRONE_HEAD_RAISE, Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30)),
            prescribe(OBLIQUE_SIT, Dose(sets=2, reps=5, hold_seconds=10, rest_seconds=30)),
            prescribe(ALL_FOURS_ROTATION, Dose(sets=1, reps=8)),
        ),
        time_budget_seconds=20 * 60,
    )


def broken(routine: Routine) -> Routine:
    """Return the routine with faults that a hurried editor might leave in it."""
    prone, _, turning = routine.items
    return attrs.evolve(
        routine,
        items=(attrs.evolve(turning, sides=Sides.LEFT), attrs.evolve(prone, dose=Dose(sets=3))),
        equipment=frozenset(),
        stopping=None,
    )


BASELINE = report(0, pain=2, stiffness=3)

#: Two weeks: a good start, a flare, days of rest, a wish to be seen, and the way back.
CHECKINS = (
    ("felt as usual", report(1, pain=2, stiffness=3)),
    ("felt as usual", report(2, pain=2, stiffness=2)),
    ("forgot to rate the stiffness", report(3, pain=2)),
    ("worse after the session", report(4, pain=4, stiffness=3)),
    ("day of rest", report(5, pain=4, stiffness=4, moment=Moment.NEXT_MORNING)),
    ("day of rest", report(6, pain=3, stiffness=4, moment=Moment.NEXT_MORNING)),
    ("settled", report(7, pain=2, stiffness=3, moment=Moment.NEXT_MORNING)),
    ("back to exercising", report(8, pain=2, stiffness=3)),
    ("a bad day, wants to be seen", report(9, pain=6, stiffness=6, evaluation_wanted=True)),
    ("calm, but not yet seen", report(10, pain=2, stiffness=3)),
    (
        "seen by a physiotherapist",
        Clearance(
            checkin=11,
            rules=frozenset({RuleId("worsened"), RuleId("evaluation-wanted")}),
            by="M. Okafor, physiotherapist",
        ),
    ),
    ("felt as usual", report(12, pain=2, stiffness=3)),
)


def main() -> None:
    """Run the whole story."""
    routine = build()
    heading("A routine as a person reads it")
    print(routine_as_text(routine))

    heading("Is it sound?")
    print(validate(routine))

    heading("The same, broken on purpose")
    print(validate(broken(routine)))

    heading("Two weeks of check-ins (usually: pain 2, stiffness 3)")
    monitor = STOPPING_POLICY.start(BASELINE)
    for said, entry in CHECKINS:
        monitor = monitor.observe(entry)
        print(f"{entry.checkin:>2}. {said}")
        print(textwrap.indent(textwrap.fill(str(monitor.decision), 84), "      "))
    entries = [entry for _, entry in CHECKINS]
    same = decide(STOPPING_POLICY, reversed(entries), baseline=BASELINE) == monitor.decision
    print(f"\nThe whole log at once, in any order, decides the same: {same}")

    heading("Saved and reloaded")
    text = dumps(routine)
    print(f"{len(text)} characters, {digest(routine)}")
    print(f"reloaded equal: {loads(text, Routine) == routine}")


if __name__ == "__main__":
    main()
