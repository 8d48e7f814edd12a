"""Rule S12: which answers stand alone, which are joined, which are hidden.

Decided once, on counts, before anything is scored; everything after this room sees only cells, so
that nothing printed can be subtracted back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from ..model.answers import Code
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
from ..results.common import Reason
from .tally import Tally


class Layout(Enum):
    """How the scored groups of one question stand."""

    SEPARATE = "separate"
    JOINED = "joined"
    HIDDEN = "hidden"


class Arrangement(NamedTuple):
    """What is shown of one question: how its scored groups stand, and whether targets are shown."""

    layout: Layout
    wants: bool


class Size(NamedTuple):
    """How many people were asked, and how many of them answered."""

    people: int
    answers: int


@dataclass(frozen=True)
class Privacy:
    """What was promised: nothing, or that no cell of 1 to ``least - 1`` people or answers is shown."""

    confidential: bool
    least: int

    def too_few(self, n: int) -> bool:
        return self.confidential and 0 < n < self.least

    def is_small(self, size: Size) -> bool:
        """People count as answers do: a lone "don't know" is an answer too."""
        return any(self.too_few(n) for n in size)

    def layout(self, rows: Sequence[Sequence[Size]]) -> Layout:
        """How groups of these sizes stand, a row for each tally, all tallies alike."""
        if not any(self.is_small(size) for row in rows for size in row):
            return Layout.SEPARATE
        return Layout.HIDDEN if any(self.is_small(together(row)) for row in rows) else Layout.JOINED

    @property
    def reason(self) -> Reason:
        return Reason.of("hidden", least=self.least)


def together(sizes: Sequence[Size]) -> Size:
    return Size(sum(size.people for size in sizes), sum(size.answers for size in sizes))


@dataclass(frozen=True)
class Cell:
    """The answers of one group, or of several joined, to one question.

    A hidden cell has no counts: it is as if nobody in it had answered. ``protected`` cells of a
    confidential file never have one person's answers joined across questions.
    """

    groups: tuple[str, ...]
    weight: Fraction
    scored: bool
    asked: int
    counts: Mapping[Code, int]
    not_applicable: int
    dont_know: int
    skipped: int
    wants: Mapping[Code, int]
    population: int | None
    hidden: Reason | None
    protected: bool

    @property
    def n(self) -> int:
        return sum(self.counts.values())

    @property
    def due(self) -> int:
        """Those asked to whom the question applies."""
        return self.asked - self.not_applicable

    @property
    def name(self) -> str:
        return "+".join(self.groups)


@dataclass(frozen=True)
class AskedQuestion:
    """An opinion question with its place among the codes and its cells, scored ones first."""

    question: Question
    index: int
    layout: Layout
    cells: tuple[Cell, ...]

    @property
    def scored(self) -> tuple[Cell, ...]:
        return tuple(cell for cell in self.cells if cell.scored)

    def named(self, name: str) -> Cell:
        return next(cell for cell in self.cells if cell.name == name)

    def own(self, group: str) -> Cell | None:
        """The shown cell that is `group` alone."""
        return next((c for c in self.cells if c.groups == (group,) and c.hidden is None), None)


@dataclass(frozen=True)
class CellMaker:
    """Makes the cells of every opinion question of one questionnaire."""

    questionnaire: Questionnaire
    privacy: Privacy
    population: Mapping[str, int] = field(default_factory=dict)

    def layouts(self, tallies: Sequence[Tally]) -> tuple[Arrangement, ...]:
        """One arrangement per opinion question, decided for all `tallies` at once."""
        return tuple(
            self._arrangement(index, question, tallies)
            for index, question in enumerate(self.questionnaire.opinions)
        )

    def _arrangement(self, index: int, question: Question, tallies: Sequence[Tally]) -> Arrangement:
        scored = self._joinable(question)
        layout = self.privacy.layout([[size(tally, group, index) for group in scored] for tally in tallies])
        wants = (
            sum(wanted(tally, group, index) for group in groups)
            for tally in tallies
            for groups, hide in self._blocks(index, question, tally, layout)
            if not hide and self._is_protected(groups[0])
        )
        return Arrangement(layout, not any(self.privacy.too_few(n) for n in wants))

    def _joinable(self, question: Question) -> tuple[str, ...]:
        """The scored groups that rule S12 may join."""
        return tuple(group for group in self.questionnaire.scored(question) if self._is_protected(group))

    def _is_protected(self, group: str) -> bool:
        return self.privacy.confidential and not self.questionnaire.group_by_id[group].attributable

    def _blocks(
        self, index: int, question: Question, tally: Tally, layout: Layout
    ) -> Iterator[tuple[tuple[str, ...], bool]]:
        """The groups of each cell, joined ones first, and whether it is hidden."""
        joined = self._joinable(question) if layout is not Layout.SEPARATE else ()
        if joined:
            yield joined, layout is Layout.HIDDEN
        for group in self.questionnaire.asked(question):
            if group not in joined:
                small = self.privacy.is_small(size(tally, group, index))
                yield (group,), self._is_protected(group) and small

    def questions(self, tally: Tally, layouts: Sequence[Arrangement]) -> tuple[AskedQuestion, ...]:
        """Every opinion question with its cells."""
        return tuple(
            AskedQuestion(question, index, layout, self._cells(index, question, tally, layout, wants))
            for index, (question, (layout, wants)) in enumerate(
                zip(self.questionnaire.opinions, layouts, strict=True)
            )
        )

    def _cells(
        self, index: int, question: Question, tally: Tally, layout: Layout, wants: bool
    ) -> tuple[Cell, ...]:
        scored = self.questionnaire.scored(question)
        return tuple(
            self._cell(index, groups, tally, groups[0] in scored, hide, wants)
            for groups, hide in self._blocks(index, question, tally, layout)
        )

    def _cell(
        self, index: int, groups: tuple[str, ...], tally: Tally, scored: bool, hide: bool, show_wants: bool
    ) -> Cell:
        codes: Counter[Code] = sum((tally.codes(group, index) for group in groups), Counter())
        wants: Counter[Code] = sum((tally.wants.get((g, index), Counter()) for g in groups), Counter())
        protected = any(self._is_protected(group) for group in groups)
        asked = codes.total()
        known = [self.population.get(group) for group in groups]
        return Cell(
            groups=groups,
            weight=sum((self.questionnaire.group_by_id[group].weight for group in groups), Fraction(0)),
            scored=scored,
            asked=asked,
            counts={} if hide else {c: n for c, n in codes.items() if is_answer(c)},
            not_applicable=0 if hide else codes[State.NOT_APPLICABLE],
            dont_know=0 if hide else codes[State.DONT_KNOW],
            skipped=asked if hide else codes[State.SKIPPED],
            wants={} if hide or (protected and not show_wants) else wants,
            population=None if None in known else sum(n for n in known if n is not None),
            hidden=self.privacy.reason if hide else None,
            protected=protected,
        )


def is_answer(code: Code) -> bool:
    return not isinstance(code, State) or code is State.ANSWERED


def answered(codes: Mapping[Code, int]) -> int:
    return sum(n for code, n in codes.items() if is_answer(code))


def size(tally: Tally, group: str, index: int) -> Size:
    """How many of `group` were asked the question at `index`, and how many answered it."""
    return Size(tally.size(group), answered(tally.codes(group, index)))


def wanted(tally: Tally, group: str, index: int) -> int:
    """How many people of `group` named a target."""
    return tally.wants.get((group, index), Counter()).total()
