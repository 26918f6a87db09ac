"""Questions how it feels, and the report that the answers make.

What is not answered is unknown. No answer is ever supplied.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import final

import attrs
from attrs import frozen

from backex.conditions import flags_in
from backex.stopping import StoppingPolicy
from backex.symptoms import RED_FLAGS, SPREAD, Channel, RedFlag, SymptomReport, Trend

__all__ = ["Question", "Questionnaire", "questionnaire"]

#: What was typed, by the keys of choices, in order and each once. Empty: left out.
Answer = tuple[str, ...]

_ENDS = {SPREAD: ("not at all", "to the tips of the limb")}
_NONE = "0"


@final
@frozen(kw_only=True)
class Question:
    """Something to ask, with all the answers that there are."""

    #: What it is about, in a word or two.
    about: str
    #: What is asked.
    text: str
    #: What can be typed, with what it means.
    choices: Mapping[str, str]
    #: The report with an answer in it, which is not empty.
    put: Callable[[SymptomReport, Answer], SymptomReport]
    #: Whether several choices can be true together; `_NONE` stands alone even so.
    several: bool = False
    #: What it means to leave it out.
    left_out: str = "not known"

    def read(self, typed: str) -> Answer | None:
        """Return what was typed as an answer. None: it is not understood."""
        keys = {meaning: key for key, meaning in self.choices.items()}
        keys |= {key: key for key in self.choices}
        words = typed.lower().replace(",", " ").split()
        if not keys.keys() >= set(words):
            return None
        said = tuple(dict.fromkeys(keys[word] for word in words))
        together = self.several and _NONE not in said
        return said if together or len(said) <= 1 else None

    def told(self, answer: Answer) -> str:
        """Return an answer in words."""
        meanings = (self.choices[each] for each in answer)
        return f"{self.about}: {', '.join(meanings) or self.left_out}"


@final
@frozen(kw_only=True)
class Questionnaire:
    """Questions, as far as they are answered."""

    #: All of them, in the order in which they are asked.
    questions: tuple[Question, ...]
    #: The answers so far, in the order of the questions.
    answers: tuple[Answer, ...] = ()

    @property
    def question(self) -> Question | None:
        """The question to answer. None: all are."""
        rest = self.questions[len(self.answers) :]
        return rest[0] if rest else None

    @property
    def told(self) -> tuple[str, ...]:
        """The answers so far in words."""
        return tuple(
            question.told(answer)
            for question, answer in zip(self.questions, self.answers, strict=False)
        )

    @property
    def stopped_as_felt(self) -> bool | None:
        """Whether the person stopped because of how it felt. None: not asked, or not answered."""
        for question, answer in zip(self.questions, self.answers, strict=False):
            if question is _STOPPED and answer:
                return answer == ("y",)
        return None

    def answered(self, answer: Answer) -> Questionnaire:
        """Return it with one more answer."""
        return attrs.evolve(self, answers=(*self.answers, answer))

    def back(self) -> Questionnaire:
        """Return it before its last answer; as it is where there is none."""
        return attrs.evolve(self, answers=self.answers[:-1])

    def report(self, blank: SymptomReport) -> SymptomReport | None:
        """Return a blank report with what was said. None: nothing was."""
        if not any(self.answers):
            return None
        for question, answer in zip(self.questions, self.answers, strict=False):
            if answer:
                blank = question.put(blank, answer)
        return blank


def questionnaire(policy: StoppingPolicy | None, *, stopped: bool = False) -> Questionnaire:
    """Return what a policy asks for, and what is asked whatever it asks for.

    That is red flags, how things have changed and what is wanted; of who stopped, also why.
    """
    channels = () if policy is None else sorted(policy.asks)
    named = () if policy is None else (flags_in(rule.when) for rule in policy.rules)
    always = (_of_flags(sorted(RED_FLAGS.union(*named))), _TREND, _EVALUATION)
    last = (_STOPPED,) if stopped else ()
    return Questionnaire(questions=(*map(_of_channel, channels), *always, *last))


def _of_channel(channel: Channel) -> Question:
    none, most = _ENDS.get(channel, ("none", "the worst imaginable"))
    name = channel.replace("-", " ").capitalize()
    return Question(
        about=name,
        text=f"{name}, from 0 ({none}) to 10 ({most})?",
        choices={str(each): str(each) for each in range(11)},
        put=partial(_rated, channel),
    )


def _rated(channel: Channel, report: SymptomReport, answer: Answer) -> SymptomReport:
    return attrs.evolve(report, severities={**report.severities, channel: int(answer[0])})


def _of_flags(flags: list[RedFlag]) -> Question:
    numbered = {str(number): flag for number, flag in enumerate(flags, start=1)}
    return Question(
        about="Warning signs",
        text="Is there any of these? Type all their numbers, or 0 if there is none.",
        choices={_NONE: "none"} | {key: flag.replace("-", " ") for key, flag in numbered.items()},
        put=lambda report, answer: attrs.evolve(
            report, red_flags=frozenset(numbered[each] for each in answer if each != _NONE)
        ),
        several=True,
    )


def _changed(report: SymptomReport, answer: Answer) -> SymptomReport:
    return attrs.evolve(report, trend=_TRENDS[answer[0]])


def _wanted(report: SymptomReport, answer: Answer) -> SymptomReport:
    return attrs.evolve(report, evaluation_wanted=answer == ("y",))


_TRENDS = {each.value[0]: each for each in Trend}
_TREND = Question(
    about="Change",
    text="Have things changed?",
    choices={key: each.value for key, each in _TRENDS.items()},
    put=_changed,
)
_EVALUATION = Question(
    about="To be looked at",
    text="Would you like a professional to look at it?",
    choices={"y": "yes", "n": "no"},
    put=_wanted,
    left_out="no",
)
_STOPPED = Question(
    about="Stopped because of how it felt",
    text="Did you stop because of how it felt?",
    choices={"y": "yes", "n": "no"},
    # No report has a place for it: it counts in what is told.
    put=lambda report, _: report,
)
