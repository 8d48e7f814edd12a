"""What was typed as an answer, turned into a code that can be counted.

A code is the index of an option (``scale``, ``choice``, ``yes-no``), a bit mask of indices
(``multiple``), an exact number (``number`` and ``ratio`` asked per respondent), or one of the four
states. Labels in any language of the questionnaire are taken for the value they stand for.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
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
        self._by_value = {
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
            return self._read_number(text)
        if isinstance(answer, RatioAnswer):
            return self._read_ratio(split_ratio(text, self.expected))
        if isinstance(answer, MultipleAnswer):
            whole = text.strip().casefold() in self._by_label
            return self._read_several((text,) if whole else split(text))
        if isinstance(answer, ScaleAnswer | ChoiceAnswer | YesNoAnswer):
            return self._option(text)
        assert_never(answer)

    def _read_number(self, text: str) -> Fraction:
        try:
            return parse_exact(text)
        except ValueError:
            raise AnswerProblem(self.expected, value=text) from None

    def _read_ratio(self, ratio: RatioValue) -> Fraction:
        if not isinstance(self.question.answer, RatioAnswer):
            raise AnswerProblem(self.expected, "a count of so many")
        check_ratio(ratio, self.expected)
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
        index = self._by_label.get(text.strip().casefold())
        if index is None:
            try:
                index = self._by_value.get(parse_exact(text))
            except ValueError:
                index = None
        if index is not None:
            return index
        if self._is_shared(text):
            raise AnswerProblem(self.expected, value=text, near="Several options share it: write a label.")
        labels = [label for option in self.options for label in spellings(option.label)]
        near = asked_back(self.hints.nearest(text, labels, 1))
        raise AnswerProblem(self.expected, value=text, near=near)

    def _is_shared(self, text: str) -> bool:
        try:
            value = parse_exact(text)
        except ValueError:
            return False
        return any(option.value == value for option in self.options)

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
            return "so many of so many, such as 10/12 or {count: 10, of: 12}"
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


def split_ratio(text: str, expected: str) -> RatioValue:
    """``10/12`` as a ratio; raises AnswerProblem for anything else."""
    count, slash, of = text.partition("/")
    if not slash or not (is_count(count) and is_count(of)):
        raise AnswerProblem(expected, value=text)
    return RatioValue(count=int(count), of=int(of))


def split(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())


def is_count(text: str) -> bool:
    stripped = text.strip()
    return stripped.isascii() and stripped.isdigit() and len(stripped) <= 15


def check_ratio(ratio: RatioValue, expected: str) -> None:
    if ratio.count > ratio.of:
        found = f"{ratio.count} of {ratio.of}"
        raise AnswerProblem(expected, value=found, near="The first cannot be the larger.")
    if ratio.of == 0:
        raise AnswerProblem(expected, value="0 of 0", near="Write n/a where there is nothing to count.")


def read_fact(question: Question, raw: Raw) -> StatedFact:
    """A stated fact as it was typed; raises AnswerProblem when it does not answer `question`."""
    if raw is None:
        return StatedFact(State.SKIPPED)
    if isinstance(raw, str) and (state := STATE_WORDS.get(raw.strip().casefold())) is not None:
        return StatedFact(state)
    if isinstance(question.answer, RatioAnswer):
        return read_ratio_fact(raw)
    return read_number_fact(raw)


def read_ratio_fact(raw: Raw) -> StatedFact:
    expected = "so many of so many, such as 10/12 or {count: 10, of: 12}"
    ratio = split_ratio(raw, expected) if isinstance(raw, str) else raw
    if not isinstance(ratio, RatioValue):
        raise AnswerProblem(expected, "a single number")
    check_ratio(ratio, expected)
    return StatedFact(State.ANSWERED, count=Fraction(ratio.count), of=Fraction(ratio.of), source=ratio.source)


def read_number_fact(raw: Raw) -> StatedFact:
    expected = "a number such as 4, or {value: 4}"
    if isinstance(raw, NumberValue):
        return StatedFact(State.ANSWERED, value=raw.value, source=raw.source)
    if not isinstance(raw, str):
        raise AnswerProblem(expected, "a ratio")
    try:
        return StatedFact(State.ANSWERED, value=parse_exact(raw))
    except ValueError:
        raise AnswerProblem(expected, value=raw) from None
