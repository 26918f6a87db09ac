"""`backex next` and `backex verify`: decisions and verdicts, and what they are made from."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable
from pathlib import Path

import attrs
import pytest

from backex import (
    PAIN,
    Action,
    AtLeast,
    Calmed,
    Clearance,
    Completed,
    ExtendArm,
    InARow,
    Next,
    Plan,
    PolicyId,
    PrescriptionId,
    Routine,
    RuleId,
    SessionRecord,
    StoppingPolicy,
    StoppingRule,
    SymptomReport,
    Verdict,
    Worsened,
    as_planned,
    ladder,
    next_session,
    prescribe,
    report,
    verify,
)
from backex.catalog.upper_back import OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.codec import dumps, loads, log_line
from backex.render.text import routine_as_text

Run = Callable[..., tuple[int, str, str]]

ITEM = PrescriptionId("oblique-sit")
SIT = prescribe(OBLIQUE_SIT, ROUTINE.items[1].dose, sides=ROUTINE.items[1].sides)
PLAN = Plan(
    routine=attrs.evolve(ROUTINE, items=(ROUTINE.items[0], SIT)),
    ladders={
        ITEM: ladder(OBLIQUE_SIT, SIT.dose, advance=InARow(criterion=Completed(), sessions=2)).then(
            ExtendArm()
        )
    },
    baseline=report(0, pain=2, stiffness=2),
)
DONE = as_planned(SIT, done=True)
LOG = [
    SessionRecord(
        checkin=number, completed={ITEM: DONE}, entries=(report(number, pain=2, stiffness=2),)
    )
    for number in (1, 2)
]
WORSE = report(3, pain=6, stiffness=2)
GOES_ON = f"""\
Decision: continue

Continue as planned.

Changes:
  - oblique-sit progressed (support: forearm → extended arm)

Why:
  - prone-head-raise: it was not recorded at the newest check-in
  - oblique-sit: met its criterion: the whole dose done, at 2 sessions in a row;
    check-ins 1, 2: done yes, yes

Next session:

{routine_as_text(next_session(PLAN, LOG).routine or ROUTINE)}"""
RESTS = """\
Decision: rest

Rest: no exercise for now. Take a break from these exercises and give the symptoms time
to settle. These exercises may not be right for this person. Why: rule worsened (any
symptom asked for is 1 or more above the usual level, or said to be worse) was set by
check-in 1 (after): pain 6 (usually 2), stiffness 2 (usually 2).

Changes:
  - prone-head-raise dropped
  - oblique-sit dropped

"""


def lines(values: Iterable[object]) -> bytes:
    return "".join(f"{dumps(each)}\n" for each in values).encode()


def checked_lines(values: Iterable[object]) -> bytes:
    return b"".join(log_line(number, each) for number, each in enumerate(values))


def save(name: str, value: object) -> str:
    Path(name).write_text(dumps(value, indent=2))
    return name


@pytest.mark.parametrize("log", [lines(LOG), checked_lines(LOG)], ids=["lines", "log"])
def test_the_next_session_with_its_reasons(cli: Run, log: bytes) -> None:
    assert cli("next", save("plan.json", PLAN), "-", stdin=log) == (0, GOES_ON, "")


def test_blank_lines_and_carriage_returns_are_passed_over(cli: Run) -> None:
    log = b"\n" + lines(LOG).replace(b"\n", b"\r\n\r\n")
    assert cli("next", save("plan.json", PLAN), "-", stdin=log) == (0, GOES_ON, "")


def test_a_session_that_must_not_be(cli: Run) -> None:
    worse = SessionRecord(checkin=1, entries=(report(1, pain=6, stiffness=2),))
    code, out, err = cli("next", save("plan.json", PLAN), "-", stdin=lines([worse]))
    assert out.startswith(RESTS + "Why:\n  - prone-head-raise: rest, for rule worsened (any")
    assert out.endswith("\n\nNo session.\n")
    assert (code, err) == (0, "")


def test_an_empty_log_holds(cli: Run) -> None:
    code, out, _ = cli("next", save("plan.json", PLAN), "-")
    assert out.startswith("Decision: hold\n\nHold")
    assert "Changes:" not in out
    assert out.endswith(routine_as_text(PLAN.routine))
    assert code == 0


def done(*items: str) -> SessionRecord:
    completed = {PrescriptionId(each): DONE for each in items}
    return SessionRecord(checkin=2, completed=completed, entries=LOG[1].entries)


@pytest.mark.parametrize(
    ("items", "told"),
    [
        (["squat"], "squat"),
        (["squat", "lunge"], "lunge and squat"),
        (list("abcdef"), "a, b, c, d, e and others"),
    ],
    ids=["one", "two", "many"],
)
def test_the_log_of_another_plan_is_not_followed(cli: Run, items: list[str], told: str) -> None:
    found = cli("next", save("plan.json", PLAN), "-", stdin=lines([done(*items)]))
    assert found == (
        2,
        "",
        (
            f"error: the log is of another plan: it has {told}\n"
            "  = help: one log is for one person and one plan\n"
        ),
    )


def test_what_a_plan_has_no_longer_is_passed_over_and_told(cli: Run) -> None:
    log = lines([LOG[0], done(ITEM, "squat")])
    assert cli("next", save("plan.json", PLAN), "-", stdin=log) == (
        0,
        GOES_ON,
        "note: the log has what the plan lacks, which is passed over: squat\n",
    )


def test_reports_and_clearances_are_records_of_their_check_in(cli: Run) -> None:
    rules = frozenset(rule.id for rule in STOPPING_POLICY.rules)
    clearance = Clearance(checkin=4, by="Dr. Example", rules=rules)
    apart: list[SymptomReport | Clearance] = [WORSE, clearance, report(5, pain=2, stiffness=2)]
    joined = [SessionRecord(checkin=each.checkin, entries=(each,)) for each in apart]
    name = save("plan.json", PLAN)
    _, out, _ = cli("next", name, "-", "--format", "json", stdin=lines(apart))
    assert loads(out, Next) == next_session(PLAN, joined)


def test_a_torn_tail_is_left_out_and_told(cli: Run) -> None:
    log = checked_lines([*LOG, WORSE])
    code, out, err = cli("next", save("plan.json", PLAN), "-", stdin=log[:-20])
    torn = len(log_line(2, WORSE)) - 20
    assert err == (
        f"note: the last line of <stdin> breaks off after {torn} bytes: it was never kept, and is "
        "left out\n"
    )
    assert (code, out) == (0, GOES_ON)


@pytest.mark.parametrize("make", [lines, checked_lines])
def test_a_line_that_is_refused_is_shown(
    cli: Run, make: Callable[[Iterable[object]], bytes]
) -> None:
    log = make([*LOG, Next(routine=None, decision=next_session(PLAN, []).decision)])
    code, out, err = cli("next", save("plan.json", PLAN), "-", stdin=log)
    assert (code, out) == (1, "")
    message, place, *_ = err.splitlines()
    kinds = '"session-record" or "symptom-report" or "clearance"'
    column = log.split(b"\n")[2].index(b'"@kind"') + 1
    assert message == f'error[BX013]: expected kind {kinds}, found "next"'
    assert place == f" --> <stdin>:3:{column} ($.@kind)"


def test_a_line_that_is_damaged_is_shown(cli: Run) -> None:
    log = checked_lines(LOG).replace(b'"pain":2', b'"pain":1', 1)
    code, out, err = cli("next", save("plan.json", PLAN), "-", stdin=log)
    assert (code, out) == (1, "")
    message = "error[BX022]: the checksum does not fit the document"
    assert err == f"{message}\n --> <stdin>:1:12 ($)\n\n"


def test_a_line_of_which_nothing_is_left_is_shown(cli: Run) -> None:
    log = checked_lines(LOG).split(b"\n", 1)[0] + b"\nnothing\n"
    _, _, err = cli("next", save("plan.json", PLAN), "-", stdin=log)
    assert err == (
        "error[BX022]: expected a sequence, a checksum and a document\n"
        " --> <stdin>:2:1 ($)\n"
        "  |\n"
        "2 | nothing\n"
        "  | ^\n"
        "\n"
    )


def test_a_plan_that_has_errors_is_not_followed(cli: Run) -> None:
    plan = attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, stopping=None))
    code, out, err = cli("next", save("plan.json", plan), "-", stdin=lines(LOG))
    assert (code, out) == (1, "")
    assert err.startswith("error[BX401]: nothing says when to stop\n")
    assert err.endswith("\n\nerror: the plan has errors, so it is not followed\n")


def test_the_next_session_is_written(cli: Run) -> None:
    Path("log").write_bytes(lines(LOG))
    code, _, err = cli("next", save("plan.json", PLAN), "log", "-o", "next.json")
    assert (code, err) == (0, "note: wrote next.json\n")
    assert loads(Path("next.json").read_text(), Routine) == next_session(PLAN, LOG).routine


@pytest.mark.parametrize(
    ("log", "code", "told"),
    [
        (lines([*LOG, WORSE]), 0, "note: there is no next session, so next.json was not written\n"),
        (b"damaged\n", 1, "error[BX002]: expected JSON: "),
    ],
    ids=["rest", "refused"],
)
def test_no_file_is_left_that_could_be_taken_for_a_next_session(
    cli: Run, log: bytes, code: int, told: str
) -> None:
    Path("log").write_bytes(log)
    Path("next.json").write_text("of yesterday")
    command = ("next", save("plan.json", PLAN), "log", "-o", "next.json")
    there = "error: next.json is there already\n  = help: --force removes it\n"
    assert cli(*command) == (2, "", there)
    assert Path("next.json").exists()
    found, _, err = cli(*command, "--force")
    assert found == code
    assert err.startswith(told)
    assert not Path("next.json").exists()


def test_what_a_link_leads_to_is_removed_and_the_link_is_not(cli: Run) -> None:
    Path("real.json").write_text("of yesterday")
    Path("next.json").symlink_to("real.json")
    command = ("next", save("plan.json", PLAN), "-", "-o", "next.json", "--force")
    cli(*command, stdin=lines([*LOG, WORSE]))
    assert not Path("real.json").exists()
    cli(*command, stdin=lines(LOG))
    assert loads(Path("real.json").read_text(), Routine) == next_session(PLAN, LOG).routine


def test_a_device_is_written_to_and_stays(cli: Run) -> None:
    name = save("plan.json", PLAN)
    code, _, err = cli("next", name, "-", "-o", os.devnull, "--force", stdin=lines(LOG))
    assert (code, err) == (0, f"note: wrote {os.devnull}\n")
    assert Path(os.devnull).exists()


def test_what_is_read_is_not_written_over(cli: Run) -> None:
    name = save("plan.json", PLAN)
    hint = "  = help: name another file to write\n"
    assert cli("next", name, "-", "-o", "./plan.json", "--force") == (
        2,
        "",
        f"error: plan.json is to be read\n{hint}",
    )
    assert loads(Path(name).read_text(), Plan) == PLAN


def test_a_folder_is_not_written_over(cli: Run) -> None:
    Path("next").mkdir()
    name = save("plan.json", PLAN)
    code, out, err = cli("next", name, "-", "-o", "next", "--force")
    assert err.startswith("error: cannot write over next: ")
    assert (code, out) == (2, "")


CAREFUL = StoppingPolicy(
    id=PolicyId("careful"),
    rules=(
        StoppingRule(id=RuleId("worse"), when=Worsened(by=2), then=Action.REST, until=Calmed()),
        StoppingRule(
            id=RuleId("severe"),
            when=AtLeast(channel=PAIN, severity=7),
            then=Action.REFER,
            until=Calmed(checkins=2),
        ),
    ),
    asks=frozenset({PAIN}),
)
FAULTS = """\
error[BX411]: what is outside the tolerance is answered with less than rest: \
check-in 1 (after): pain 1 (usually 0)
 --> careful.json:1:1 ($)
  = help: answer every rise (Worsened) at every moment, or declare the tolerance that is meant

error[BX412]: rule "severe" is never released at the person's own baseline: \
check-in 1 (after): pain 7 (usually 7); check-in 2 (after): pain 7 (usually 7)
 --> careful.json:1:1 ($)
  = help: compare with the baseline (Worsened), or let a clearance release it (Cleared)

error[BX413]: rule "severe" releases a referral without a clearance: \
check-in 1 (after): pain 7 (usually 0); check-in 2 (after): pain 0 (usually 0); \
check-in 3 (after): pain 0 (usually 0)
 --> careful.json:1:1 ($)
  = help: release it by Cleared()

not proved, accepting nothing above the usual level (30 states, 305 transitions)
"""
PROVED = "proved, accepting nothing above the usual level ("


def test_the_shortest_history_shows_a_fault(cli: Run) -> None:
    assert cli("verify", save("careful.json", CAREFUL)) == (1, FAULTS, "")


@pytest.mark.parametrize(
    "value", [STOPPING_POLICY, ROUTINE, PLAN], ids=["policy", "routine", "plan"]
)
def test_a_policy_is_proved_wherever_it_stands(cli: Run, value: object) -> None:
    code, out, err = cli("verify", save("a.json", value))
    assert out == f"{verify(STOPPING_POLICY)}\n"
    assert (code, err) == (0, "")
    assert (
        cli("verify", "upper-back-stopping") == cli("verify", "upper-back-relief") == (0, out, "")
    )


@pytest.mark.parametrize(
    ("value", "place"),
    [
        (attrs.evolve(ROUTINE, stopping=attrs.evolve(STOPPING_POLICY, rules=())), "$.stopping"),
        (
            attrs.evolve(
                PLAN,
                routine=attrs.evolve(ROUTINE, stopping=attrs.evolve(STOPPING_POLICY, rules=())),
            ),
            "$.routine.stopping",
        ),
    ],
    ids=["routine", "plan"],
)
def test_a_policy_in_which_nothing_can_be_explored_is_told_its_faults(
    cli: Run, value: object, place: str
) -> None:
    code, out, _ = cli("verify", save("a.json", value))
    assert f" ({place}.rules)\n" in out
    assert "rules" in out.splitlines()[3]
    assert out.endswith(
        "\n\nnot proved, accepting nothing above the usual level (0 states, 0 transitions)\n"
    )
    assert code == 1


def test_a_policy_beside_a_reference(cli: Run) -> None:
    worse = attrs.evolve(CAREFUL.rules[0], when=Worsened(by=1))
    small = attrs.evolve(CAREFUL, rules=(worse,))
    large = attrs.evolve(
        CAREFUL, rules=(worse, attrs.evolve(worse, id=RuleId("worst"), then=Action.REFER))
    )
    names = save("small.json", small), save("large.json", large)
    code, out, _ = cli("verify", names[0], "--at-least-as-safe-as", names[1])
    assert out.startswith("error[BX418]: rest is asked for where the reference asks for refer")
    assert code == 1
    assert cli("verify", names[0], "--at-least-as-safe-as", names[0])[0] == 0


def test_a_verdict_as_a_document(cli: Run) -> None:
    code, out, _ = cli("verify", save("a.json", CAREFUL), "--format", "json")
    assert (code, loads(out, Verdict)) == (1, verify(CAREFUL))
    code, out, _ = cli("verify", "upper-back-stopping", "--format", "json", "--budget", "99999")
    assert (code, loads(out, Verdict)) == (0, verify(STOPPING_POLICY))


def test_a_budget_that_does_not_suffice(cli: Run) -> None:
    code, out, _ = cli("verify", "upper-back-stopping", "--budget", "10")
    assert out.startswith("error[BX417]: ")
    assert code == 1


def test_what_has_no_policy_cannot_be_verified(cli: Run) -> None:
    bare = save("a.json", attrs.evolve(ROUTINE, stopping=None))
    hint = "  = help: every decision by it is to hold\n"
    assert cli("verify", bare) == (2, "", "error: a.json has no stopping policy\n" + hint)
    wanted = "stopping-policy or routine or plan"
    message = f"error: oblique-sit is of the kind exercise, not {wanted}\n"
    assert cli("verify", "oblique-sit") == (2, "", message)
