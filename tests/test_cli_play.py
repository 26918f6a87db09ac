"""`backex play`: the player on a terminal that tests type into, from a document to the log."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from functools import partialmethod
from pathlib import Path
from typing import Any

import attrs
import pytest
from textual.app import App
from textual.containers import VerticalScroll
from textual.pilot import Pilot
from textual.widgets import Input, Static

from backex import (
    CALM,
    Action,
    Cleared,
    Dose,
    EventKind,
    Moment,
    Plan,
    Playback,
    PrescriptionId,
    RedFlagPresent,
    Routine,
    RoutineId,
    RuleId,
    SessionRecord,
    Sides,
    StoppingRule,
    SymptomReport,
    Trend,
    as_planned,
    next_session,
    prescribe,
    report,
    timeline,
)
from backex.catalog.upper_back import ALL_FOURS_ROTATION, OBLIQUE_SIT, ROUTINE, STOPPING_POLICY
from backex.cli import play as play_module
from backex.cli.player.app import Player
from backex.cli.player.session import Session
from backex.codec import LogWriter, dumps, log_line, recover

Run = Callable[..., tuple[int, str, str]]
Act = Callable[[Pilot[None]], Coroutine[Any, Any, None]]

SIT = PrescriptionId("oblique-sit")
ITEM = prescribe(OBLIQUE_SIT, Dose(sets=1, reps=1, hold_seconds=4), sides=Sides.BOTH)
PLAN = Plan(
    routine=Routine(
        id=RoutineId("short"),
        title="Short [bold]and[/] sweet",
        items=(ITEM,),
        stopping=STOPPING_POLICY,
    ),
    baseline=report(0, pain=2, stiffness=1),
)
DONE, BROKEN_OFF = as_planned(ITEM, done=True), as_planned(ITEM, done=False)


def ticked(pilot: Pilot[None], kind: EventKind | None = None) -> None:
    """Let seconds pass until the next event of a kind, or until something is asked."""
    app = player(pilot)
    while not app.session.asks and app.session.playback.event.kind is not kind:
        app.tick()


def player(pilot: Pilot[None]) -> Player:
    app = pilot.app
    assert isinstance(app, Player)
    return app


def seen(pilot: Pilot[None]) -> str:
    """Return what the screen says in letters of the usual size."""
    return "\n".join(str(each.render()) for each in pilot.app.screen.query(Static))


async def typed(pilot: Pilot[None], *answers: str) -> None:
    """Type answers, each with an Enter."""
    for each in answers:
        field = pilot.app.screen.query_one(Input)
        field.value = each
        await field.action_submit()
        await pilot.pause()


async def answer(pilot: Pilot[None], *answers: str) -> None:
    """Type answers, and leave what is not answered unknown."""
    await typed(pilot, *answers)
    await pilot.press("escape")


async def answer_all(pilot: Pilot[None], *answers: str) -> None:
    """Type answers, leave out the others, and agree."""
    await typed(pilot, *answers)
    while "Is that right?" not in seen(pilot):
        await typed(pilot, "")
    await typed(pilot, "")


async def to_the_end(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press("space")
    ticked(pilot)
    await pilot.pause()
    await pilot.press(*keys)


@pytest.fixture
def play(cli: Run, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run the command on a terminal into which a test types."""

    def run(act: Act, *arguments: str) -> tuple[int, str, str]:
        start = partialmethod(App.run, headless=True, size=(80, 24), auto_pilot=act)
        monkeypatch.setattr(Player, "run", start)
        monkeypatch.setattr(play_module, "_has_terminal", lambda: True)
        Path("plan.json").write_text(dumps(PLAN))
        return cli("play", *arguments)

    return run


def kept(path: str = "log") -> tuple[object, ...]:
    return recover(Path(path).read_bytes(), SessionRecord, SymptomReport).values


FINE = "Decision: continue\n\nContinue as planned.\n"


def test_a_session_to_its_end(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        assert "Press space to begin" in seen(pilot)
        await to_the_end(pilot)
        assert "Rate the worst" not in seen(pilot)
        await typed(pilot, "2", "1", "0", "s")
        assert "y: yes\nn: no\nOnly Enter: no" in seen(pilot)
        await typed(pilot, "")
        assert "Is that right?" in seen(pilot)
        assert (
            "Pain: 2\nStiffness: 1\nWarning signs: none\nChange: same\nTo be looked at: no"
            in seen(pilot)
        )
        await pilot.press("enter")
        assert "Continue as planned.\n\nKept in log as check-in 1." in seen(pilot)
        await pilot.press("enter")

    assert play(act, "plan.json", "--log", "log") == (
        0,
        FINE,
        "note: Kept in log as check-in 1.\n",
    )
    told = report(1, pain=2, stiffness=1, trend=Trend.SAME, red_flags=frozenset())
    record = SessionRecord(checkin=1, completed={SIT: DONE}, entries=(told,))
    assert kept() == (SessionRecord(checkin=1), record)
    assert next_session(PLAN, [record]).decision.action is Action.CONTINUE


def test_that_a_session_was_begun_is_kept_at_once(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pilot.press("space")
        ticked(pilot, EventKind.SET_UP)
        assert kept() == ()
        player(pilot).tick()
        assert kept() == (SessionRecord(checkin=1),)
        pilot.app.exit()

    play(act, "plan.json", "--log", "log")
    assert kept()[1:] == (SessionRecord(checkin=1, completed={SIT: BROKEN_OFF}),)


async def stopped(pilot: Pilot[None], *keys: str) -> None:
    await pilot.press("space")
    ticked(pilot, EventKind.HOLD)
    await pilot.press("s")
    await pilot.press(*keys)


def test_who_stops_is_asked_and_what_is_left_out_is_unknown(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        await answer(pilot, "9", "", "", "w", "y")
        pilot.app.exit()

    code, out, _ = play(act, "plan.json", "--log", "log")
    assert (code, out.split("\n")[0]) == (0, "Decision: rest")
    told = report(1, pain=9, trend=Trend.WORSE, evaluation_wanted=True)
    record = SessionRecord(checkin=1, completed={SIT: BROKEN_OFF}, entries=(told,))
    assert kept()[1:] == (record,)
    assert out.split("\n")[2] == str(next_session(PLAN, [record]).decision)


@pytest.mark.parametrize("key", ["escape", "ctrl+c", "ctrl+q"])
def test_who_answers_nothing_leaves_all_unknown(play: Run, key: str) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot, key, "space")

    _, out, _ = play(act, "plan.json", "--log", "log")
    assert out.startswith(
        "Decision: hold\n\nHold: the same again at most, no progression. Not known"
    )
    assert kept()[1:] == (SessionRecord(checkin=1, completed={SIT: BROKEN_OFF}),)


def test_what_was_said_before_no_more_was_said_counts(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        await pilot.press("9", "enter", "ctrl+q")
        pilot.app.exit()

    _, out, _ = play(act, "plan.json", "--log", "log")
    assert out.startswith("Decision: rest\n")
    (last,) = kept()[1:]
    assert isinstance(last, SessionRecord)
    assert last.entries == (report(1, pain=9),)


def test_what_is_not_understood_is_asked_again_and_answers_are_taken_back(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot, "1", "1", "enter")
        assert "Not understood." in seen(pilot)
        assert "1 of 6. Pain, from 0 (none) to 10 (the worst imaginable)?" in seen(pilot)
        await pilot.press("3", "enter")
        assert "Not understood." not in seen(pilot)
        await pilot.press("up", "2", "enter", "1", "enter", "enter", "enter", "enter")
        assert "6 of 6. Did you stop because of how it felt?" in seen(pilot)
        assert "y: yes\nn: no\nOnly Enter: not known" in seen(pilot)
        await pilot.press("enter", "enter", "enter")

    play(act, "plan.json", "--log", "log")
    record = SessionRecord(
        checkin=1, completed={SIT: BROKEN_OFF}, entries=(report(1, pain=2, stiffness=1),)
    )
    assert kept()[1:] == (record,)


FELT = (
    "You stopped because of how it felt, and no rule of this plan answers that: do not go on "
    "before you know why.\n"
)
PERHAPS = (
    "If you stopped because of how it felt, no rule of this plan answers that: do not go on "
    "before you know why.\n"
)


@pytest.mark.parametrize(
    ("answers", "action", "told"),
    [
        (("2", "1", "0", "", "", "y"), "continue", FELT),
        (("2", "1", "0", "", "", ""), "continue", PERHAPS),
        (("2", "1", "0", "", "", "n"), "continue", ""),
        (("2", "", "0", "", "", "y"), "hold", FELT),
        (("2", "", "0", "", "", "n"), "hold", ""),
        (("9", "1", "0", "", "", "y"), "rest", ""),
    ],
)
def test_who_stopped_because_of_how_it_felt_is_not_sent_on(
    play: Run, answers: tuple[str, ...], action: str, told: str
) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        assert "Rate the worst that it was in this session, also if it is gone now." in seen(pilot)
        await answer_all(pilot, *answers)
        assert told.strip() in seen(pilot)
        pilot.app.exit()

    _, out, _ = play(act, "plan.json", "--log", "log")
    (head, decision, *rest) = out.split("\n\n")
    assert head == f"Decision: {action}"
    assert "".join(rest) == told, decision


FLAGGED = (
    "No rule of this plan answers bladder or bowel change and chest pain: ask a professional "
    "before you exercise again."
)
LOOK = "You would like a professional to look at it: arrange that before the next session."


def test_warning_signs_and_wishes_that_no_rule_answers_are_answered(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await to_the_end(pilot)
        await answer_all(pilot, "2", "1", "3 1", "", "y")
        pilot.app.exit()

    _, out, _ = play(act, "plan.json", "--log", "log")
    assert out.endswith(f"\n\n{FLAGGED}\n\n{LOOK}\n")


def test_a_warning_sign_that_a_rule_answers_is_left_to_the_rule(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await to_the_end(pilot)
        await answer_all(pilot, "2", "1", "3")
        pilot.app.exit()

    refers = StoppingRule(
        id=RuleId("flags"), when=RedFlagPresent(), then=Action.REFER, until=Cleared()
    )
    policy = attrs.evolve(
        STOPPING_POLICY, rules=(*STOPPING_POLICY.rules, refers), asks_red_flags=True
    )
    save("refers.json", attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, stopping=policy)))
    _, out, _ = play(act, "refers.json", "--log", "log")
    assert out.startswith("Decision: refer\n\n")
    assert "No rule of this plan" not in out


def test_keys_pause_skip_and_stop(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        app = player(pilot)
        app.tick()
        assert app.session.playback.second == 0
        await pilot.press("space")
        app.tick()
        assert app.session.playback.second == 1
        await pilot.press("p")
        assert "PAUSED: space goes on" in seen(pilot)
        app.tick()
        assert app.session.playback.second == 1
        await pilot.press("p", "n")
        assert app.session.playback.event.kind is EventKind.SET_UP
        assert "Next: Set the lower elbow on the floor" in seen(pilot)
        await pilot.press("N")
        assert app.session.asks
        await pilot.press("escape")
        await pilot.press("enter")

    assert play(act, "plan.json", "--log", "log") == (
        0,
        f"Decision: hold\n\n{next_session(PLAN, []).decision}\n",
        "note: Nothing was done or said, so nothing is kept.\n",
    )
    assert kept() == ()


def test_the_screen_says_what_to_do_and_nothing_is_markup(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pilot.press("space")
        ticked(pilot, EventKind.SWITCH_SIDE)
        await pilot.pause()
        assert "Oblique Sit · 1 of 1 · " in seen(pilot)
        assert "RIGHT SIDE\n" in seen(pilot)
        assert "Switch to the right side.\n" in seen(pilot)
        ticked(pilot, EventKind.HOLD)
        await pilot.pause()
        assert "Breathe into the belly. · Don't let the spine sag. · " in seen(pilot)
        ticked(pilot)
        await pilot.pause()
        assert seen(pilot).startswith("Short [bold]and[/] sweet\nHow does it feel now?")
        await pilot.press("escape", "escape")

    play(act, "plan.json")


TURN = prescribe(ALL_FOURS_ROTATION, ROUTINE.items[2].dose, sides=Sides.BOTH)
ASKS_DURING = attrs.evolve(STOPPING_POLICY, asks_at=frozenset({Moment.DURING, Moment.AFTER}))
TWO = attrs.evolve(
    PLAN, routine=attrs.evolve(PLAN.routine, items=(ITEM, TURN), stopping=ASKS_DURING)
)


def test_what_was_said_is_agreed_to_by_enter_alone(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await to_the_end(pilot)
        await typed(pilot, "2", "1")
        while "Is that right?" not in seen(pilot):
            await typed(pilot, "")
        for each in ("no", "n", "yes"):
            await typed(pilot, each)
            assert "Only Enter says yes. ↑ goes back to change it." in seen(pilot)
            assert "Is that right?" in seen(pilot)
        await typed(pilot, "")
        assert "Kept in log as check-in 1." in seen(pilot)
        pilot.app.exit()

    assert play(act, "plan.json", "--log", "log")[0] == 0


@pytest.mark.parametrize("key", ["escape", "ctrl+c"])
@pytest.mark.parametrize("answers", [(), ("2", "1")], ids=["nothing", "fine"])
def test_who_leaves_the_questions_between_exercises_ends_the_session(
    play: Run, key: str, answers: tuple[str, ...]
) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await to_the_end(pilot)
        await typed(pilot, *answers)
        await pilot.press(key)
        assert player(pilot).session.playback.stopped
        assert seen(pilot).startswith("Short [bold]and[/] sweet\n")
        pilot.app.exit()

    save("two.json", TWO)
    play(act, "two.json", "--log", "log")
    (last,) = kept()[-1:]
    assert isinstance(last, SessionRecord)
    assert last.completed == {SIT: DONE}


def test_after_each_exercise_is_asked_where_the_policy_wants_it(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await to_the_end(pilot)
        assert seen(pilot).startswith("Oblique Sit · 1 of 2\n")
        await answer_all(pilot, "2", "1")
        assert player(pilot).session.playback.event.kind is EventKind.REST
        assert "Short [bold]and[/] sweet · " in seen(pilot)
        ticked(pilot)
        await pilot.pause()
        await answer_all(pilot, "2", "1")
        assert seen(pilot).startswith("Short [bold]and[/] sweet\n")
        await answer(pilot, "2", "1")
        assert "Kept in log as check-in 1." in seen(pilot)
        pilot.app.exit()

    routine = TWO.routine
    save("two.json", TWO)
    assert play(act, "two.json", "--log", "log")[0] == 0
    during = [report(1, pain=2, stiffness=1, moment=Moment.DURING, seq=seq) for seq in range(2)]
    told = (*during, report(1, pain=2, stiffness=1, seq=2))
    done = {item.id: as_planned(item, done=True) for item in routine.items}
    assert kept() == (
        SessionRecord(checkin=1),
        SessionRecord(checkin=1, completed={SIT: DONE}, entries=told[:1]),
        SessionRecord(checkin=1, completed=done, entries=told[:2]),
        SessionRecord(checkin=1, completed=done, entries=told),
    )


def test_a_bell_at_the_end_of_holds_and_at_switches(monkeypatch: pytest.MonkeyPatch) -> None:
    rung = []
    monkeypatch.setattr(Player, "bell", lambda app: rung.append(app.session.playback.event.kind))
    asyncio.run(ticked_through(made(sound=True)))
    assert rung == [EventKind.RETURN, EventKind.SWITCH_SIDE, EventKind.RETURN]
    asyncio.run(ticked_through(made()))
    assert len(rung) == 3


def made(*, sound: bool = False, second: float = 3600.0, end: str = "") -> Player:
    session = Session(
        plan=PLAN, log=(), checkin=1, playback=Playback(timeline(PLAN.routine, pacing=CALM))
    )
    return Player(session, keep=lambda _: None, ending=lambda _: end, sound=sound, second=second)


async def ticked_through(app: Player) -> None:
    async with app.run_test() as pilot:
        ticked(pilot)


def test_the_clock_ticks() -> None:
    async def run() -> None:
        app = made(second=0.001)
        async with app.run_test() as pilot:
            while not app.session.asks:
                await pilot.pause(0.01)

    asyncio.run(run())


@pytest.mark.parametrize("size", [(40, 20), (80, 24), (120, 50), (30, 12)], ids=str)
def test_on_every_terminal_the_count_and_what_to_do_are_on_the_screen(
    size: tuple[int, int],
) -> None:
    async def run() -> None:
        app = made()
        async with app.run_test(size=size) as pilot:
            ticked(pilot, EventKind.HOLD)
            await pilot.pause()
            for name in ("word", "count", "keys"):
                widget = app.screen.query_one(f"#{name}")
                assert app.screen.region.contains_region(widget.region)
                assert widget.region.area > 0

    asyncio.run(run())


def test_on_a_small_terminal_answers_are_typed_in_sight_and_questions_are_paged() -> None:
    async def run() -> None:
        app = made()
        async with app.run_test(size=(40, 10)) as pilot:
            await pilot.press("s")
            screen = app.screen
            read = screen.query_one(VerticalScroll)
            field = screen.query_one(Input)
            assert screen.region.contains_region(field.region)
            assert field.has_focus
            assert read.scroll_y == 0
            await pilot.press("pagedown")
            assert read.scroll_y > 0
            await pilot.press("pageup")
            assert read.scroll_y == 0

    asyncio.run(run())


def save(name: str, value: object) -> str:
    Path(name).write_text(dumps(value))
    return name


async def never(_: Pilot[None]) -> None:
    pytest.fail("nothing was to be played")


WORSE = SessionRecord(checkin=1, entries=(report(1, pain=6, stiffness=1),))


def test_on_a_day_of_rest_it_is_asked_how_it_feels(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        assert seen(pilot).startswith("No exercise now, by what is known so far.\nHow does it feel")
        await answer_all(pilot, "2", "1")
        assert "Kept in log as check-in 2." in seen(pilot)
        await pilot.press("enter")

    Path("log").write_bytes(log_line(0, WORSE))
    calmed = SessionRecord(checkin=2, entries=(report(2, pain=2, stiffness=1),))
    decision = next_session(PLAN, [WORSE, calmed]).decision
    assert play(act, "plan.json", "--log", "log") == (
        0,
        f"Decision: {decision.action.value}\n\n{decision}\n",
        "note: Kept in log as check-in 2.\n",
    )
    assert kept() == (WORSE, calmed)


def test_on_a_day_of_rest_nothing_said_is_nothing_kept(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pilot.press("escape", "enter")

    Path("log").write_bytes(log_line(0, WORSE))
    code, out, err = play(act, "plan.json", "--log", "log")
    assert (code, out) == (0, f"Decision: rest\n\n{next_session(PLAN, [WORSE]).decision}\n")
    assert err == "note: Nothing was done or said, so nothing is kept.\n"
    assert kept() == (WORSE,)


def test_without_a_terminal_the_decision_to_rest_is_told(cli: Run) -> None:
    worse = WORSE
    Path("log").write_bytes(log_line(0, worse))
    code, out, err = cli("play", save("plan.json", PLAN), "--log", "log")
    assert (code, out) == (0, f"Decision: rest\n\n{next_session(PLAN, [worse]).decision}\n")
    assert err == "note: by this decision nothing is played\n"
    assert kept() == (worse,)


def test_check_ins_go_on_from_the_newest_of_the_log(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        await answer(pilot, "2")
        pilot.app.exit()

    with LogWriter("log", SessionRecord, SymptomReport) as writer:
        writer.append(SessionRecord(checkin=3, entries=(report(3, pain=2, stiffness=1),)))
        writer.append(report(6, pain=2, stiffness=1))
        writer.append(SessionRecord(checkin=4, entries=(report(5, pain=2, stiffness=1),)))
    assert play(act, "plan.json", "--log", "log")[2] == "note: Kept in log as check-in 7.\n"
    assert play(act, "plan.json", "--log", "log", "--checkin", "9")[0] == 0
    numbers = [each.checkin for each in kept() if isinstance(each, SessionRecord)]
    assert numbers == [3, 4, 7, 7, 9, 9]


def test_a_session_is_not_played_before_the_newest_of_the_log(play: Run) -> None:
    numbers = []

    async def act(pilot: Pilot[None]) -> None:
        numbers.append(player(pilot).session.checkin)
        pilot.app.exit()

    Path("log").write_bytes(log_line(0, report(6, pain=2, stiffness=1)))
    code, out, err = play(never, "plan.json", "--log", "log", "--checkin", "5")
    assert (code, out) == (2, "")
    assert err == (
        "error: check-in 5 is before the newest of the log, 6\n"
        "  = help: a session that is played now is the newest\n"
    )
    assert play(act, "plan.json", "--log", "log", "--checkin", "6")[0] == 0
    assert numbers == [6]


def test_the_log_of_another_plan_is_not_gone_on_with(play: Run) -> None:
    other = SessionRecord(checkin=1, completed={PrescriptionId("squat"): DONE})
    Path("log").write_bytes(log_line(0, other))
    code, out, err = play(never, "plan.json", "--log", "log")
    assert (code, out) == (2, "")
    assert err.startswith("error: the log is of another plan: it has squat\n")


def test_a_routine_by_itself_holds_and_says_how_a_plan_is_begun(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        await answer(pilot, "2", "1")
        assert "backex new --help tells how to begin one" in seen(pilot)
        await pilot.press("enter")

    save("routine.json", PLAN.routine)
    code, out, err = play(act, "routine.json", "--pacing", "brisk")
    assert code == 0
    assert out.startswith("Decision: hold\n\nHold: the same again at most, no progression. ")
    assert out.endswith("It stands in a plan: backex new --help tells how to begin one.\n")
    assert err == "note: Nothing is kept, for no --log was named.\n"


def test_the_pacing_is_that_which_was_chosen(play: Run) -> None:
    totals = []

    async def act(pilot: Pilot[None]) -> None:
        totals.append(player(pilot).session.playback.timeline.total_seconds)
        pilot.app.exit()

    for pacing in ("calm", "brisk"):
        play(act, "plan.json", "--pacing", pacing)
    assert totals[0] > totals[1]


def test_the_routine_of_a_plan_is_the_next_one_by_the_log(play: Run) -> None:
    titles = []

    async def act(pilot: Pilot[None]) -> None:
        titles.append([each.id for each in player(pilot).session.items])
        pilot.app.exit()

    turn = prescribe(ALL_FOURS_ROTATION, ROUTINE.items[2].dose, sides=Sides.BOTH)
    plan = attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, items=(ITEM, turn)))
    hurts = (report(1, pain=2, stiffness=1), report(1, pain=6, stiffness=1, item="oblique-sit"))
    Path("log").write_bytes(log_line(0, SessionRecord(checkin=1, entries=hurts)))
    save("two.json", plan)
    play(act, "two.json", "--log", "log")
    assert titles == [["all-fours-rotation"]]


def test_a_log_that_cannot_be_written_is_told_at_the_end_with_what_it_lacks(
    play: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def act(pilot: Pilot[None]) -> None:
        await stopped(pilot)
        await answer(pilot, "2")
        assert "It could not be written to log." in seen(pilot)
        await pilot.press("enter")

    monkeypatch.setattr(LogWriter, "append", full)
    code, out, err = play(act, "plan.json", "--log", "log")
    record = SessionRecord(checkin=1, completed={SIT: BROKEN_OFF}, entries=(report(1, pain=2),))
    assert code == 2
    assert err == "error: It could not be written to log.\n"
    assert out.endswith(f"\n\nThis is what could not be written:\n{dumps(record)}\n")


def test_a_torn_tail_is_cut_off_and_told(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        pilot.app.exit()

    Path("log").write_bytes(b"0 2f50")
    _, _, err = play(act, "plan.json", "--log", "log")
    assert err.startswith("note: the last line of log broke off after 6 bytes: it was never kept")


def test_a_player_that_fails_keeps_what_was_done(play: Run) -> None:
    async def act(pilot: Pilot[None]) -> None:
        await pilot.press("space")
        ticked(pilot, EventKind.HOLD)
        pilot.app.exit(return_code=1)

    code, _, _ = play(act, "plan.json", "--log", "log")
    assert code == 1
    assert kept()[1:] == (SessionRecord(checkin=1, completed={SIT: BROKEN_OFF}),)


LONG: dict[str, Any] = {
    "items": (attrs.evolve(ITEM, dose=Dose(sets=90, reps=900, hold_seconds=9)),)
}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--log", "-"], "nothing can be written to -\n  = help: name a file"),
        (["--log", "."], "cannot write .: Is a directory"),
        (
            ["--log", "damaged"],
            "nothing can be added to damaged: BX022 at [0]: expected a sequence",
        ),
        (["--log", "late"], "the log has the last check-in that there can be"),
        (["--checkin", "-1"], 'Invalid value "-1" for --checkin. Must be >= 0.'),
    ],
    ids=["stdin", "folder", "damaged", "late", "number"],
)
def test_what_is_wrong_is_told_before_anything_is_played(
    play: Run, arguments: list[str], message: str
) -> None:
    Path("damaged").write_text("{}\n")
    Path("late").write_bytes(log_line(0, SessionRecord(checkin=1_000_000_000)))
    code, out, err = play(never, "plan.json", *arguments)
    assert (code, out) == (2, "")
    assert err.startswith(f"error: {message}")


def test_a_session_of_more_than_a_day_is_not_played(play: Run) -> None:
    save("long.json", attrs.evolve(PLAN, routine=attrs.evolve(PLAN.routine, **LONG)))
    code, _, err = play(never, "long.json")
    assert (code, err) == (
        2,
        (
            "error: short cannot be played: it takes a routine done within a day (86400 seconds) "
            "at its pacing\n"
        ),
    )


def test_what_has_errors_is_not_played(play: Run) -> None:
    save("unsound.json", attrs.evolve(PLAN.routine, stopping=None))
    code, out, err = play(never, "unsound.json")
    assert (code, out) == (1, "")
    assert err.startswith("error[BX401]: nothing says when to stop\n")
    assert err.endswith("\nerror: unsound.json has errors, so it is not played\n")


def test_without_a_terminal_nothing_is_played(cli: Run) -> None:
    code, out, err = cli("play", "upper-back-relief")
    assert (code, out) == (2, "")
    assert err.startswith("error: play needs a terminal\n")
