"""`backex play`: a session guided in the terminal, what came of it, and what follows."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import nullcontext
from pathlib import Path
from typing import Annotated, Literal, final

import attrs
from cyclopts import Parameter, validators

from backex.cli.logs import KEPT, records_for
from backex.cli.player.session import Session
from backex.cli.printing import Finding, complain, err, inert, note, say, show_findings
from backex.cli.sources import STDIN, CannotRun, load
from backex.codec import LogWriter, dumps
from backex.decision import Action
from backex.errors import DecodeError, InvalidValue
from backex.pacing import BRISK, CALM, Pacing
from backex.plan import Plan, SessionRecord, next_session
from backex.playback import Playback
from backex.routine import Routine
from backex.stopping import Entry
from backex.timelines import Timeline
from backex.validation import validate
from backex.wording import listed

__all__ = ["play"]

_PLAYED: tuple[type[Routine | Plan], ...] = (Routine, Plan)
_HIGHEST = 1_000_000_000
_NO_USUAL = (
    "The usual level of the person is not known, so nothing can be said to be as usual, and every "
    "decision is at least to hold. It stands in a plan: backex new --help tells how to begin one."
)
_FELT = (
    "You stopped because of how it felt, and no rule of this plan answers that: do not go on "
    "before you know why."
)
_PERHAPS_FELT = (
    "If you stopped because of how it felt, no rule of this plan answers that: do not go on "
    "before you know why."
)


def play(
    file: Path,
    /,
    *,
    log: Annotated[Path | None, Parameter()] = None,
    pacing: Literal["calm", "brisk"] = "calm",
    sound: Annotated[bool, Parameter(negative=())] = False,
    checkin: Annotated[
        int | None, Parameter(validator=validators.Number(gte=0, lte=_HIGHEST))
    ] = None,
) -> int:
    """Guide through a session, ask how it feels, and decide what to do next.

    Of a plan, it is the next session by the log. Where the decision is not to exercise, nothing is
    played: with a log, it asks how it feels, and decides anew.

    Exit code 0: there is a decision, whatever it is. 1: the document has errors, or is refused. 2:
    a file cannot be read or written, or there is no terminal.

    Args:
        file: A routine or a plan, or an id of the catalog.
        log: Add what was done and reported to this file, and decide by all that it holds.
        pacing: How much time there is for what no dose states: calm, or brisk for who knows the
            exercises.
        sound: Sound the bell of the terminal at the end of a hold and when the sides change.
        checkin: The number of this check-in; without it, the next after those of the log.
    """
    value, source = load(file, *_PLAYED)
    errors = validate(value).errors
    if errors:
        show_findings(err(), (Finding.of(each, source) for each in errors))
        complain(f"{source.name} has errors, so it is not played")
        return 1
    plan = value if isinstance(value, Plan) else Plan(routine=value)
    with nullcontext() if log is None else _opened(log) as writer:
        records = () if writer is None else records_for(plan, _entries(writer))
        number = _number(records, checkin)
        following = next_session(plan, records)
        resting = following.routine is None
        if resting and (writer is None or not _has_terminal()):
            say(f"Decision: {following.decision.action.value}\n\n{following.decision}\n")
            note("by this decision nothing is played")
            return 0
        playback = _playback(following.routine or plan.routine, CALM if pacing == "calm" else BRISK)
        if resting:
            # How it feels on a day of rest is what ends the rest.
            playback = attrs.evolve(
                playback, second=playback.timeline.last_check_in.start_second, paused=False
            )
        session = Session(
            plan=plan, log=records, checkin=number, playback=playback, resting=resting
        )
        return _played(session, _Journal(log, writer), sound=sound)


def _opened(path: Path) -> LogWriter:
    if path == STDIN:
        raise CannotRun("nothing can be written to -", "name a file")
    try:
        writer = LogWriter(path, *KEPT)
    except DecodeError as error:
        hint = (
            "backex next shows what is wrong; only lines as LogWriter writes them can be added to"
        )
        raise CannotRun(f"nothing can be added to {path}: {error}", hint) from None
    except OSError as error:
        raise CannotRun(f"cannot write {path}: {error.strerror}") from None
    if writer.torn_bytes:
        note(
            f"the last line of {path} broke off after {writer.torn_bytes} bytes: it was never "
            "kept, and is cut off"
        )
    return writer


def _entries(writer: LogWriter) -> Iterable[SessionRecord | Entry]:
    # The writer has values of the classes that it was given.
    return (value for value in writer.values if isinstance(value, KEPT))


def _number(records: Iterable[SessionRecord], wanted: int | None) -> int:
    """Return the number that is wanted, or the one after the newest of a log."""
    numbers = (
        number
        for record in records
        for number in (record.checkin, *(each.checkin for each in record.entries))
    )
    newest = max(numbers, default=0)
    if wanted is not None:
        if wanted < newest:
            message = f"check-in {wanted} is before the newest of the log, {newest}"
            raise CannotRun(message, "a session that is played now is the newest")
        return wanted
    number = newest + 1
    if number > _HIGHEST:
        raise CannotRun("the log has the last check-in that there can be", "--checkin sets another")
    return number


def _playback(routine: Routine, pacing: Pacing) -> Playback:
    """Return the beginning of a session that waits for somebody to be there."""
    played = Timeline(routine, pacing)
    try:
        _ = played.events
    except InvalidValue as error:
        raise CannotRun(f"{routine.id} cannot be played: it takes {error.allowed}") from None
    return Playback(played, paused=True)


@final
class _Journal:
    """Where records go, and which could not be written."""

    def __init__(self, path: Path | None, writer: LogWriter | None) -> None:
        self._path = path
        self._writer = writer
        self.lost: list[SessionRecord] = []

    def keep(self, record: SessionRecord) -> None:
        """Write a record; while somebody exercises is no time for errors."""
        if self._writer is not None:
            try:
                self._writer.append(record)
            except OSError:
                self.lost.append(record)

    def told(self, session: Session) -> str:
        """Return what has become of a session."""
        if session.record is None:
            return "Nothing was done or said, so nothing is kept."
        if self._path is None:
            return "Nothing is kept, for no --log was named."
        if self.lost:
            return f"It could not be written to {self._path}."
        return f"Kept in {self._path} as check-in {session.checkin}."


def _played(session: Session, journal: _Journal, *, sound: bool) -> int:
    from backex.cli.player.app import Player  # noqa: PLC0415 (no other command needs textual)

    if not _has_terminal():
        raise CannotRun("play needs a terminal", "it is drawn on stderr, and keys come from stdin")
    player = Player(
        session,
        keep=journal.keep,
        ending=lambda ended: inert(f"{_told(ended)}\n\n{journal.told(ended)}", keep="\n"),
        sound=sound,
    )
    player.run()
    ended = player.session
    if ended.record is not None and not ended.playback.is_finished:
        journal.keep(ended.record)
    say(f"{_told(ended)}\n")
    if journal.lost:
        complain(journal.told(ended))
        say(f"\nThis is what could not be written:\n{dumps(ended.record)}\n")
        return 2
    note(journal.told(ended))
    return player.return_code or 0


def _has_terminal() -> bool:
    return sys.stdin.isatty() and sys.stderr.isatty()


def _told(session: Session) -> str:
    """Return what to do next, and why."""
    decision = session.decision
    paragraphs = [f"Decision: {decision.action.value}", str(decision)]
    paragraphs += _unanswered(session)
    if session.plan.baseline is None:
        paragraphs.append(_NO_USUAL)
    return "\n\n".join(paragraphs)


def _unanswered(session: Session) -> Iterator[str]:
    """Yield what was said in a session that its plan has no rule for."""
    decision = session.decision
    no_rule = decision.action is Action.CONTINUE or not decision.findings
    stopped = session.playback.stopped and session.record is not None
    if stopped and no_rule and session.stopped_as_felt is not False:
        yield _FELT if session.stopped_as_felt else _PERHAPS_FELT
    flags = sorted({flag for each in session.reports for flag in each.red_flags or ()})
    if flags and decision.action < Action.REFER:
        yield (
            f"No rule of this plan answers {listed(flag.replace('-', ' ') for flag in flags)}: ask "
            "a professional before you exercise again."
        )
    if any(each.evaluation_wanted for each in session.reports):
        yield ("You would like a professional to look at it: arrange that before the next session.")
