"""The player on a terminal: it draws a session, ticks, and hands on what was typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar, final

from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

from backex.cli.player.face import face
from backex.cli.player.lettering import enlarged
from backex.cli.player.questions import Questionnaire
from backex.cli.player.session import Session
from backex.events import EventKind
from backex.plan import SessionRecord

__all__ = ["Player"]


@final
class _Large(Widget):
    """A word or a number as large as there is room for it."""

    def __init__(self, text: str = " ", *, id: str) -> None:
        super().__init__(id=id)
        self._text = text

    def show(self, text: str) -> None:
        """Draw another one."""
        self._text = text
        self.refresh()

    def render(self) -> Content:
        return Content(enlarged(self._text, self.size.width, self.size.height))


def _lines(*names: str) -> dict[str, Static]:
    return {name: Static(id=name, markup=False) for name in names}


@final
class _Playing(Screen[None]):
    """What to do now, and how long."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space,p", "app.pause"),
        Binding("n", "app.skip"),
        Binding("N", "app.skip_item"),
        Binding("s,q,escape,ctrl+c,ctrl+q", "app.stop", priority=True),
    ]
    KEYS: ClassVar[str] = "space pause · n next · N next exercise · s stop"

    def __init__(self) -> None:
        super().__init__()
        self._word, self._count = _Large(id="word"), _Large(id="count")
        self._above = _lines("where", "part")
        self._below = _lines("text", "cues", "following", "keys")

    def compose(self) -> ComposeResult:
        yield from self._above.values()
        yield self._word
        yield self._count
        yield from self._below.values()

    def show(self, session: Session) -> None:
        """Draw a session."""
        seen = face(session)
        prompt = [Content.styled(seen.prompt, "bold")] if seen.prompt else []
        cues = (Content(each) for each in seen.cues if each != seen.prompt)
        self._word.show(seen.word)
        self._count.show(seen.count)
        self._above["where"].update(f"{seen.where} · {seen.left}")
        self._above["part"].update(seen.part)
        self._below["text"].update(seen.text)
        self._below["cues"].update(Content(" · ").join([*prompt, *cues]))
        self._below["following"].update(seen.following)
        self._below["keys"].update(seen.waiting or self.KEYS)


@final
class _Asking(Screen[tuple[Questionnaire, bool]]):
    """One question after the other: what was said, and whether the person left before the end."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up", "back", priority=True),
        Binding("pageup", "page(-1)", priority=True),
        Binding("pagedown,down", "page(1)", priority=True),
        Binding("escape,ctrl+c,ctrl+q", "leave", priority=True),
    ]
    KEYS: ClassVar[str] = "Enter goes on · ↑ goes back · Esc says no more"

    def __init__(self, title: str, questions: Questionnaire) -> None:
        super().__init__()
        self._title = title
        self._asked = questions
        self._input = Input(id="answer", placeholder="type here", compact=True)
        self._read = VerticalScroll(can_focus=False)
        self._above = _lines("question", "choices", "told")
        self._refused = Static(id="refused", markup=False)
        self._show()

    def compose(self) -> ComposeResult:
        with self._read:
            yield Static(self._title, id="title", markup=False)
            yield from self._above.values()
        yield self._refused
        yield self._input
        yield Static(self.KEYS, id="keys", markup=False)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        question = self._asked.question
        if question is None:
            # Whoever types "no" has not agreed.
            if event.value:
                self._show("Only Enter says yes. ↑ goes back to change it.")
            else:
                _ = self.dismiss((self._asked, False))
            return
        answer = question.read(event.value)
        if answer is None:
            self._show("Not understood. Type one of what stands above, or nothing.")
        else:
            self._asked = self._asked.answered(answer)
            self._show()

    def action_back(self) -> None:
        """Ask the last question again."""
        self._asked = self._asked.back()
        self._show()

    def action_page(self, pages: int) -> None:
        """Show more of what does not fit on the screen."""
        self._read.scroll_relative(y=pages * self._read.size.height, animate=False)

    def action_leave(self) -> None:
        """Leave what is not answered yet unknown; what was said stays said."""
        _ = self.dismiss((self._asked, True))

    def _show(self, refused: str = "") -> None:
        question = self._asked.question
        asks, choices = "Is that right?", "Enter: yes\n↑: no, go back"
        if question is not None:
            number, of_all = len(self._asked.answers) + 1, len(self._asked.questions)
            asks = f"{number} of {of_all}. {question.text}"
            meant = (f"{key}: {each}" for key, each in question.choices.items() if key != each)
            choices = "\n".join([*meant, f"Only Enter: {question.left_out}"])
        self._above["question"].update(asks)
        self._above["choices"].update(choices)
        self._above["told"].update("\n".join(self._asked.told))
        self._refused.update(refused)
        self._refused.display = bool(refused)
        self._read.scroll_home(animate=False)
        self._input.clear()


@final
class _Deciding(Screen[None]):
    """What to do next."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter,space,s,q,escape,ctrl+c,ctrl+q", "app.quit", priority=True)
    ]
    KEYS: ClassVar[str] = "Enter closes"

    def __init__(self, word: str, ending: str) -> None:
        super().__init__()
        self._word = word
        self._ending = ending

    def compose(self) -> ComposeResult:
        yield _Large(self._word, id="word")
        with VerticalScroll():
            first, _, rest = self._ending.partition("\n")
            yield Static(Content.styled(first, "bold"))
            yield Static(rest, markup=False)
        yield Static(self.KEYS, id="keys", markup=False)


@final
class Player(App[None], inherit_bindings=False):
    """Plays a session to its end; no key ends it before what was said is kept."""

    #: Said on a day of rest.
    RESTING: ClassVar[str] = "No exercise now, by what is known so far."
    #: Said to who stopped.
    WORST: ClassVar[str] = "Rate the worst that it was in this session, also if it is gone now."
    #: Its keys are for the session alone.
    ENABLE_COMMAND_PALETTE: ClassVar[bool] = False
    #: From how many lines on there is room for more.
    VERTICAL_BREAKPOINTS: list[tuple[int, str]] | None = [  # noqa: RUF012 (as its base declares it)
        (0, "-tiny"),
        (18, "-small"),
        (24, "-usual"),
        (36, "-large"),
    ]
    #: In the colors of the terminal, and so that nothing moves but the count.
    CSS: ClassVar[str] = """
    Screen { layout: vertical; overflow: hidden; }
    Static { width: 100%; height: auto; padding: 0 1; }
    _Large { width: 100%; text-align: center; content-align: center middle; text-style: bold; }
    #where, #part, #text, #title, #question, #refused { text-style: bold; }
    #part { min-height: 1; }
    #word, #count { height: 5; }
    #word { margin-bottom: 1; }
    #text { max-height: 4; }
    #cues { height: 1fr; }
    #following { height: 1; text-wrap: nowrap; text-overflow: ellipsis; }
    #keys { dock: bottom; text-style: reverse; }
    _Asking #keys { dock: none; }
    VerticalScroll { height: 1fr; }
    #question, #told { margin-top: 1; }
    #answer { margin: 1 1; height: 1; }
    .-tiny #word { height: 1; }
    .-usual #count { height: 8; }
    .-large #word { height: 8; margin-top: 1; }
    .-large #count { height: 13; }
    """

    def __init__(
        self,
        session: Session,
        *,
        keep: Callable[[SessionRecord], None],
        ending: Callable[[Session], str],
        sound: bool = False,
        second: float = 1.0,
    ) -> None:
        """Play a session.

        Args:
            session: What to play, from where.
            keep: Takes what is known of the session whenever more of it is: as it is begun, and
                after each check-in.
            ending: What to say of it at its end.
            sound: Whether the terminal sounds its bell at the end of a hold and at a switch.
            second: How many seconds of the clock make a second of the session.
        """
        super().__init__(ansi_color=True)
        #: What is played, as far as it is.
        self.session: Session = session
        self._keep = keep
        self._ending = ending
        self._sound = sound
        self._second = second
        self._playing = _Playing()

    def on_mount(self) -> None:
        """Begin."""
        _ = self.push_screen(self._playing)
        self._show()
        self.set_interval(self._second, self.tick)

    def tick(self) -> None:
        """Let a second pass."""
        self._become(self.session.tick())

    def action_pause(self) -> None:
        """Pause, or go on."""
        self._become(self.session.toggled())

    def action_skip(self) -> None:
        """Go to what comes next."""
        self._become(self.session.skipped())

    def action_skip_item(self) -> None:
        """Go to the next exercise."""
        self._become(self.session.item_skipped())

    def action_stop(self) -> None:
        """Break the session off."""
        self._become(self.session.stopped())

    def _become(self, session: Session) -> None:
        before, self.session = self.session, session
        if session is before:
            return
        if session.begun and not before.begun:
            self._keep(session.opening)
        was, now = before.playback.event, session.playback.event
        sounds = was.kind is EventKind.HOLD or now.kind is EventKind.SWITCH_SIDE
        if self._sound and sounds and now is not was:
            self.bell()
        self._show()

    def _show(self) -> None:
        session = self.session
        if session.asks:
            seen = face(session)
            title = f"{seen.where}\n{seen.text}"
            if session.resting:
                title = f"{self.RESTING}\n{seen.text}"
            if session.playback.stopped:
                # What made somebody stop has often eased by the time that it is asked for.
                title += f"\n{self.WORST}"
            _ = self.push_screen(_Asking(title, session.questions), self._answered)
        elif session.playback.is_finished:
            word = "STOPPED" if session.playback.stopped else "DONE"
            _ = self.push_screen(_Deciding(word, self._ending(session)))
        else:
            self._playing.show(session)

    def _answered(self, result: tuple[Questionnaire, bool] | None) -> None:
        said, leaving = result or (self.session.questions, True)
        session = self.session.answered(said, leaving=leaving)
        record = session.record
        if record is not None:
            self._keep(record)
        self._become(session)
