"""What was typed as an answer, turned into a code that can be counted.

A code is the index of an option (``scale``, ``choice``, ``yes-no``), a bit mask of indices
(``multiple``), an exact number (``number`` and ``ratio`` asked per respondent), or one of the four
states. Labels in any language of the questionnaire are taken for the value they stand for.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import assert_never

from ..problems import Hints, Path, asked_back
from .complaints import shown
from .fields import parse_exact, say, spellings
from .questionnaire import (
    ChoiceAnswer,
    MultipleAnswer,
    NumberAnswer,
    Option,
    Question,
    Questionnaire,
    RatioAnswer,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)
from .responses import STATE_WORDS, NumberValue, RatioValue, State

Code = int | Fraction | State
RATIO = "so many of so many, such as 10/12 or {count: 10, of: 12}"
NUMBER = "a number such as 4, or {value: 4}"
COUNT_OF = re.compile(r"\s*([0-9]{1,15})\s*/\s*([0-9]{1,15})\s*")
SEPARATOR = ";"
"""Between several options chosen, in a text: a cell of a table holds no list."""
Raw = object
"""An answer as ``responses.Value`` has it: text, a tuple of texts, a RatioValue or nothing."""


class AnswerProblem(ValueError):
    """Why an answer cannot be taken, in our own words; ``value`` and ``near`` are those of `Finding`."""

    def __init__(self, expected: str, kind: str = "", *, value: str = "", near: str = "") -> None:
        super().__init__(f"expected {expected}" + (f", found {kind}" if kind else ""))
        self.value = shown(value)
        self.near = near


@dataclass(frozen=True, slots=True)
class StatedFact:
    """A fact as stated: ``count`` of ``of``, or ``value``, or a state; ``source`` says by whom and when."""

    state: State
    count: Fraction | None = None
    of: Fraction | None = None
    value: Fraction | None = None
    source: str | None = None

    @property
    def amount(self) -> Fraction | None:
        """The share or number that is scored; nothing when there is none to speak of (0 of 0)."""
        if self.count is not None:
            return self.count / self.of if self.of else None
        return self.value


@dataclass(frozen=True, slots=True)
class Respondent:
    """One person's sheet: a code for each opinion of the questionnaire, in its order."""

    id: str
    group: str
    about: Mapping[str, str]
    codes: tuple[Code, ...]
    wants: tuple[tuple[int, Code], ...] = ()
    comments: tuple[tuple[int, str], ...] = ()
    file: str = ""
    place: int = 0
    """Of this file's respondents, counted from 0."""

    @property
    def path(self) -> Path:
        return "respondents", self.place


class AnswerReader:
    """Reads the answers to one question; `hints` seek the nearest option."""

    def __init__(self, questionnaire: Questionnaire, question: Question, hints: Hints) -> None:
        self.question = question
        self.hints = hints
        self.options = questionnaire.options(question)
        self.language = questionnaire.languages[0]
        self._quick: dict[str, Code] = dict(STATE_WORDS)
        shared = Counter(option.value for option in self.options)
        self._by_value: dict[Fraction | None, int] = {
            option.value: index for index, option in enumerate(self.options) if shared[option.value] == 1
        }
        self._by_label = labels_of(self.options)
        if not isinstance(question.answer, MultipleAnswer):
            self._quick |= {str(value): index for value, index in self._by_value.items()}
            self._quick |= {
                label: index
                for index, option in enumerate(self.options)
                for label in spellings(option.label)
                if label.casefold() in self._by_label
            }

    def read(self, raw: Raw) -> Code:
        """The code of what was typed; raises AnswerProblem when it is no answer to this question."""
        if isinstance(raw, str):
            quick = self._quick.get(raw)
            return self._read_text(raw) if quick is None else quick
        if raw is None:
            return State.SKIPPED
        if isinstance(raw, RatioValue):
            return self._read_ratio(raw)
        if isinstance(raw, tuple | list):
            return self._read_several(raw)
        raise AnswerProblem(self.expected, "no answer")

    def _read_text(self, text: str) -> Code:
        state = STATE_WORDS.get(text.strip().casefold())
        if state is not None:
            return state
        answer = self.question.answer
        if isinstance(answer, TextAnswer):
            return State.ANSWERED
        if isinstance(answer, NumberAnswer):
            return number_of(text, self.expected)
        if isinstance(answer, RatioAnswer):
            return self._read_ratio(text)
        if isinstance(answer, MultipleAnswer):
            whole = text.strip().casefold() in self._by_label
            return self._read_several((text,) if whole else split(text))
        if isinstance(answer, ScaleAnswer | ChoiceAnswer | YesNoAnswer):
            return self._option(text)
        assert_never(answer)

    def _read_ratio(self, raw: Raw) -> Fraction:
        if not isinstance(self.question.answer, RatioAnswer):
            raise AnswerProblem(self.expected, "a count of so many")
        ratio = ratio_of(raw)
        return Fraction(ratio.count, ratio.of)

    def _read_several(self, chosen: tuple[object, ...] | list[object]) -> Code:
        if not isinstance(self.question.answer, MultipleAnswer):
            raise AnswerProblem(self.expected, "a list")
        if not chosen:
            return State.SKIPPED
        mask = 0
        for item in chosen:
            bit = 1 << self._option(str(item))
            if mask & bit:
                raise AnswerProblem("each option once", value=str(item))
            mask |= bit
        return mask

    def _option(self, text: str) -> int:
        value = exact(text)
        index = self._by_label.get(text.strip().casefold(), self._by_value.get(value))
        if index is not None:
            return index
        if any(option.value == value for option in self.options):
            raise AnswerProblem(self.expected, value=text, near="Several options share it: write a label.")
        labels = [label for option in self.options for label in spellings(option.label)]
        near = asked_back(self.hints.nearest(text, labels, 1))
        raise AnswerProblem(self.expected, value=text, near=near)

    def _choice(self, option: Option) -> str:
        """How an option may be typed: by its value, where no other has it, or by its label."""
        label = say(option.label, self.language, self.language)
        return f"{option.value} ({label})" if option.value in self._by_value else label

    @cached_property
    def expected(self) -> str:
        """What may be typed, in one phrase."""
        answer = self.question.answer
        if isinstance(answer, NumberAnswer):
            return "a number, n/a or dont-know"
        if isinstance(answer, RatioAnswer):
            return RATIO
        if isinstance(answer, TextAnswer):
            return "a text"
        names = ", ".join(map(self._choice, self.options))
        listed = "a list of " if isinstance(answer, MultipleAnswer) else ""
        return f"{listed}{names}, n/a or dont-know"


def labels_of(options: tuple[Option, ...]) -> dict[str, int]:
    """Each label in each language, folded, with its option's index; a label that two share is left out."""
    found: dict[str, int] = {}
    twice: set[str] = set()
    for index, option in enumerate(options):
        for label in {label.strip().casefold() for label in spellings(option.label)}:
            if label in found:
                twice.add(label)
            found[label] = index
    return {label: index for label, index in found.items() if label not in twice}


def split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def exact(text: str) -> Fraction | None:
    """A number as it was typed; nothing when it is none."""
    with suppress(ValueError):
        return parse_exact(text)
    return None


def number_of(text: str, expected: str) -> Fraction:
    """A number as it was typed; raises AnswerProblem for anything else."""
    value = exact(text)
    if value is None:
        raise AnswerProblem(expected, value=text)
    return value


def ratio_of(raw: Raw) -> RatioValue:
    """``10/12``, or what a file has as a ratio; raises AnswerProblem for anything else, and for 0 of 0."""
    if isinstance(raw, str):
        typed = COUNT_OF.fullmatch(raw)
        if not typed:
            raise AnswerProblem(RATIO, value=raw)
        raw = RatioValue(count=int(typed[1]), of=int(typed[2]))
    if not isinstance(raw, RatioValue):
        raise AnswerProblem(RATIO, "a single number")
    if raw.count > raw.of:
        found = f"{raw.count} of {raw.of}"
        raise AnswerProblem(RATIO, value=found, near="The first cannot be the larger.")
    if raw.of == 0:
        raise AnswerProblem(RATIO, value="0 of 0", near="Write n/a where there is nothing to count.")
    return raw


def read_fact(question: Question, raw: Raw) -> StatedFact:
    """A stated fact as it was typed; raises AnswerProblem when it does not answer `question`."""
    if raw is None:
        return StatedFact(State.SKIPPED)
    if isinstance(raw, str) and (state := STATE_WORDS.get(raw.strip().casefold())) is not None:
        return StatedFact(state)
    if isinstance(question.answer, RatioAnswer):
        ratio = ratio_of(raw)
        count, of = Fraction(ratio.count), Fraction(ratio.of)
        return StatedFact(State.ANSWERED, count=count, of=of, source=ratio.source)
    if isinstance(raw, NumberValue):
        return StatedFact(State.ANSWERED, value=raw.value, source=raw.source)
    if not isinstance(raw, str):
        raise AnswerProblem(NUMBER, "a ratio")
    return StatedFact(State.ANSWERED, value=number_of(raw, NUMBER))
