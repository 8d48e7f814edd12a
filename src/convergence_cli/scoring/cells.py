"""Rule S12: which answers stand alone, which are joined, which are hidden.

Decided once, on counts, before anything is scored; everything after this room sees only cells, so
that nothing printed can be subtracted back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from typing import NamedTuple

from ..model.answers import Code
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
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


Sizes = Sequence[Sequence[int]]
"""How many people: a row for each value of a cut (or a single row), a column for each group."""


@dataclass(frozen=True)
class Privacy:
    """What was promised: nothing, or that no cell of 1 to ``least - 1`` answers is shown."""

    confidential: bool
    least: int

    def too_few(self, n: int) -> bool:
        return self.confidential and 0 < n < self.least

    def layout(self, sizes: Sizes) -> Layout:
        """How groups of these sizes stand, all rows alike."""
        if not any(self.too_few(n) for row in sizes for n in row):
            return Layout.SEPARATE
        return Layout.HIDDEN if any(self.too_few(sum(row)) for row in sizes) else Layout.JOINED

    def gives_away(self, sizes: Sizes) -> bool:
        """Whether joined rows and, elsewhere, whole columns leave too few people by subtraction."""
        if self.layout([[sum(column) for column in zip(*sizes, strict=True)]]) is not Layout.SEPARATE:
            return False
        return any(self.too_few(n) for n in differences(sizes))

    @property
    def reason(self) -> str:
        return f"hidden: fewer than {self.least} answers"


def differences(sizes: Sizes) -> Iterator[int]:
    """The people in each block that is a sum of rows less a sum of columns.

    Columns can be taken from rows where no other row has anybody in them: what is left is the other
    columns of those rows.
    """
    columns = range(len(sizes[0]) if sizes else 0)
    for mask in range(1, 2 ** len(columns) - 1):
        taken = [column for column in columns if mask >> column & 1]
        rows = [row for row in sizes if any(row[column] for column in taken)]
        yield sum(row[column] for row in rows for column in columns if column not in taken)


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
    hidden: str | None
    protected: bool

    @property
    def n(self) -> int:
        return sum(self.counts.values())

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

    def own(self, group: str) -> Cell | None:
        """The shown cell that is `group` alone."""
        return next((c for c in self.cells if c.groups == (group,) and c.hidden is None), None)


class CellMaker:
    """Makes the cells of every opinion question of one questionnaire."""

    def __init__(
        self, questionnaire: Questionnaire, privacy: Privacy, population: Mapping[str, int] | None = None
    ) -> None:
        self.questionnaire = questionnaire
        self.privacy = privacy
        self.population = population or {}

    def layouts(self, tallies: Sequence[Tally], *, of_a_cut: bool = False) -> tuple[Arrangement, ...]:
        """One arrangement per opinion question, decided for all `tallies` at once.

        Where they are the values of a cut, groups that are not scored are left out, and what is shown of
        everybody must not give a joined cell away.
        """
        return tuple(
            self._arrangement(index, question, tallies, of_a_cut)
            for index, question in enumerate(self.questionnaire.opinions)
        )

    def _arrangement(
        self, index: int, question: Question, tallies: Sequence[Tally], of_a_cut: bool
    ) -> Arrangement:
        scored = self._joinable(question)
        answers = [[answered(tally.codes(group, index)) for group in scored] for tally in tallies]
        wants = [[wanted(tally, group, index) for group in scored] for tally in tallies]
        layout, targets = self.privacy.layout(answers), self.privacy.layout(wants)
        joined = layout is Layout.JOINED and of_a_cut
        if joined and self.privacy.gives_away(answers):
            layout = Layout.HIDDEN
        shown = targets is Layout.SEPARATE or (targets is Layout.JOINED and layout is Layout.JOINED)
        if joined and self.privacy.gives_away(wants):
            shown = False
        return Arrangement(layout, shown and (of_a_cut or self._others_want(index, question, tallies)))

    def _others_want(self, index: int, question: Question, tallies: Sequence[Tally]) -> bool:
        """Whether the targets of the groups that are shown but not scored are enough people's."""
        others = [g for g in self.questionnaire.asked(question) if self._is_protected(g)]
        return not any(
            self.privacy.too_few(wanted(tally, group, index))
            for tally in tallies
            for group in others
            if group not in self.questionnaire.scored(question)
            and not self.privacy.too_few(answered(tally.codes(group, index)))
        )

    def _joinable(self, question: Question) -> tuple[str, ...]:
        """The scored groups that rule S12 may join."""
        return tuple(group for group in self.questionnaire.scored(question) if self._is_protected(group))

    def _is_protected(self, group: str) -> bool:
        return self.privacy.confidential and not self.questionnaire.group_by_id[group].attributable

    def questions(
        self, tally: Tally, layouts: Sequence[Arrangement], *, with_unscored: bool = True
    ) -> tuple[AskedQuestion, ...]:
        """Every opinion question with its cells; inside a cut, groups that are not scored are left out."""
        return tuple(
            AskedQuestion(
                question, index, arranged.layout, self._cells(index, question, tally, arranged, with_unscored)
            )
            for (index, question), arranged in zip(
                enumerate(self.questionnaire.opinions), layouts, strict=True
            )
        )

    def _cells(
        self, index: int, question: Question, tally: Tally, arranged: Arrangement, with_unscored: bool
    ) -> tuple[Cell, ...]:
        layout, wants = arranged
        asked, scored = self.questionnaire.asked(question), self.questionnaire.scored(question)
        joined = self._joinable(question) if layout is not Layout.SEPARATE else ()
        cells = [self._cell(index, joined, tally, True, layout is Layout.HIDDEN, wants)] if joined else []
        for group in asked:
            if group in joined or (group not in scored and not with_unscored):
                continue
            n = answered(tally.codes(group, index))
            hide = self._is_protected(group) and group not in scored and self.privacy.too_few(n)
            cells.append(self._cell(index, (group,), tally, group in scored, hide, wants))
        return tuple(cells)

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


def wanted(tally: Tally, group: str, index: int) -> int:
    """How many people of `group` named a target."""
    return tally.wants.get((group, index), Counter()).total()
