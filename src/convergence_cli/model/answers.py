"""What a respondent wrote -> codes that can be counted, with every problem in it.

A code is the index of an option (``scale``, ``choice``, ``yes-no``), a bit mask of indices
(``multiple``), an exact number (``number`` and ``ratio`` asked per respondent), or one of the four
states. Labels in any language of the questionnaire are taken for the value they stand for.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from typing import Any, TypeVar, assert_never

from ..problems import Hints, Path, Place, Problems, Related, asked_back, mistake
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
from .responses import STATE_WORDS, DetailedAnswer, NumberValue, RatioValue, Sheet, State

Code = int | Fraction | State
RATIO = "so many of so many, such as 10/12 or {count: 10, of: 12}"
NUMBER = "a number such as 4, or {value: 4}"
COUNT_OF = re.compile(r"\s*([0-9]{1,15})\s*/\s*([0-9]{1,15})\s*")
SEPARATOR = ";"
"""Between several options chosen, in a text: a cell of a table holds no list."""
Name = TypeVar("Name", str, Fraction)


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
        numbered = [*enumerate(self.options)]
        self._by_value = told_apart((option.value, index) for index, option in numbered)
        self._by_label = told_apart(
            (label.strip().casefold(), index)
            for index, option in numbered
            for label in spellings(option.label)
        )
        self._known: dict[str, Code] = {}
        """What was taken for options before: a million people write the same few texts."""

    def read(self, raw: object) -> Code:
        """The code of an answer as ``responses.Value`` has it; raises AnswerProblem when it is none."""
        if isinstance(raw, str):
            code = self._known.get(raw)
            if code is None:
                code = self._read_text(raw)
                if self.options:
                    self._known[raw] = code
            return code
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

    def _read_ratio(self, raw: object) -> Fraction:
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
        index = self._by_label.get(text.strip().casefold())
        if index is None and value is not None:
            index = self._by_value.get(value)
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


def told_apart(names: Iterable[tuple[Name, int]]) -> dict[Name, int]:
    """The option that each name stands for; a name that two options share stands for none."""
    found: defaultdict[Name, set[int]] = defaultdict(set)
    for name, index in names:
        found[name].add(index)
    return {name: index for name, (index, *others) in found.items() if not others}


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


def ratio_of(raw: object) -> RatioValue:
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


def read_fact(question: Question, raw: object) -> StatedFact:
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


class SheetReader:
    """Reads the sheets of one file, one after the other."""

    def __init__(self, questionnaire: Questionnaire, file: str) -> None:
        self.questionnaire = questionnaire
        self.file = file
        self.seen: dict[str, int] = {}
        """Whose sheet stood where."""
        self.abouts: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
        """Each set of attributes once: of a million people many share one."""
        self.findings = Problems()
        self.hints = self.findings.hints
        self.readers = [AnswerReader(questionnaire, each, self.hints) for each in questionnaire.opinions]
        self.index = {question.id: index for index, question in enumerate(questionnaire.opinions)}
        self.groups = {group.id: group.id for group in questionnaire.groups}
        self.asked = {
            group.id: frozenset(q.id for q in questionnaire.opinions if group.id in questionnaire.asked(q))
            for group in questionnaire.groups
        }

    def read(self, sheet: Sheet, place: int) -> Respondent:
        """The codes of a sheet; what cannot be taken counts as skipped and is among the findings.

        An answer in free text is kept as a comment.
        """
        path, group = ("respondents", place), self.groups.get(sheet.group, sheet.group)
        self._check_group(group, path)
        self._check_seen(sheet.id, place)
        codes: list[Code] = [State.SKIPPED] * len(self.readers)
        wants: list[tuple[int, Code]] = []
        comments: list[tuple[int, str]] = []
        for name, answer in sheet.answers.items():
            where = (*path, "answers", name)
            index = self._index(name, group, where)
            if index is None:
                continue
            detailed = answer if isinstance(answer, DetailedAnswer) else None
            now = detailed.now if detailed else answer
            codes[index] = self._code(index, now, (*where, "now") if detailed else where)
            if detailed and detailed.want is not None:
                want = self._code(index, detailed.want, (*where, "want"))
                if not isinstance(want, State):
                    wants.append((index, want))
            if detailed and detailed.comment:
                comments.append((index, detailed.comment))
            if codes[index] is State.ANSWERED:
                comments.append((index, str(now)))
        said = tuple((name, value) for name, value in sheet.about.items() if value is not None)
        about = self.abouts.setdefault(said, dict(said))
        return Respondent(
            sheet.id, group, about, tuple(codes), tuple(wants), tuple(comments), self.file, place
        )

    def _check_group(self, group: str, path: Path) -> None:
        if group not in self.asked:
            words = f"{{This}} is not a group of {self.questionnaire.id}"
            tip, near = f"The groups are {', '.join(self.asked)}.", self.hints.did_you_mean(group, self.asked)
            self._add(words, (*path, "group"), tip, value=group, near=near)

    def _check_seen(self, person: str, place: int) -> None:
        first = self.seen.setdefault(person, place)
        if first != place:
            related = Related("first here", Place(self.file), ("respondents", first, "id"))
            path = ("respondents", place, "id")
            self._add("{This respondent} stands twice", path, value=person, related=(related,))

    def _index(self, name: str, group: str, where: Path) -> int | None:
        """The place of a question among the codes; None, with a finding, where it is not asked."""
        index, value, near = self.index.get(name), "", ""
        if index is None and name in self.questionnaire.question_by_id:
            words, tip = f"`{name}` is a fact, given once for the organisation", "Write it under `facts`."
        elif index is None:
            words = f"{{This}} is not a question of {self.questionnaire.id}"
            tip = f"The questions are {', '.join(self.index)}."
            value, near = name, self.hints.did_you_mean(name, self.index)
        elif name in self.asked.get(group, self.index):
            return index
        else:
            words, value = f"`{name}` is not asked of the group of this respondent", group
            tip = f"It is asked of {', '.join(self.questionnaire.asked(self.readers[index].question))}."
        self._add(words, where, tip, value=value, near=near, at_key=True)
        return None

    def _code(self, index: int, raw: object, where: Path) -> Code:
        try:
            return self.readers[index].read(raw)
        except AnswerProblem as problem:
            name = self.readers[index].question.id
            self._add(f"`{name}`: {problem}", where, value=problem.value, near=problem.near)
            return State.SKIPPED

    def _add(self, words: str, path: Path, tip: str = "", **more: Any) -> None:
        self.findings.add(mistake(words, path, tip, file=self.file, **more))
