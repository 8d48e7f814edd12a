"""Rule S12: which answers stand alone, which are joined, which are hidden.

Decided once, on counts, before anything is scored; everything after this room sees only cells, so
that nothing printed can be subtracted back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from ..model.answers import Code
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
from .tally import Tally


class Layout(Enum):
    """How the scored groups of one question stand."""

    SEPARATE = "separate"
    JOINED = "joined"
    HIDDEN = "hidden"


@dataclass(frozen=True)
class Privacy:
    """What was promised: nothing, or that no cell of 1 to ``least - 1`` answers is shown."""

    confidential: bool
    least: int

    def too_few(self, n: int) -> bool:
        return self.confidential and 0 < n < self.least

    @property
    def reason(self) -> str:
        return f"hidden: fewer than {self.least} answers"


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

    def layouts(self, tallies: Sequence[Tally]) -> tuple[Layout, ...]:
        """One layout per opinion question, decided for all `tallies` (the values of a cut) at once."""
        return tuple(
            self._layout(index, question, tallies)
            for index, question in enumerate(self.questionnaire.opinions)
        )

    def _layout(self, index: int, question: Question, tallies: Sequence[Tally]) -> Layout:
        groups = [group for group in self.questionnaire.scored(question) if self._is_protected(group)]
        sizes = [[answered(tally.codes(group, index)) for group in groups] for tally in tallies]
        if not any(self.privacy.too_few(n) for row in sizes for n in row):
            return Layout.SEPARATE
        return Layout.HIDDEN if any(self.privacy.too_few(sum(row)) for row in sizes) else Layout.JOINED

    def _is_protected(self, group: str) -> bool:
        return self.privacy.confidential and not self.questionnaire.group_by_id[group].attributable

    def questions(
        self, tally: Tally, layouts: Sequence[Layout], *, with_unscored: bool = True
    ) -> tuple[AskedQuestion, ...]:
        """Every opinion question with its cells; inside a cut, groups that are not scored are left out."""
        return tuple(
            AskedQuestion(question, index, layout, self._cells(index, question, tally, layout, with_unscored))
            for (index, question), layout in zip(enumerate(self.questionnaire.opinions), layouts, strict=True)
        )

    def _cells(
        self, index: int, question: Question, tally: Tally, layout: Layout, with_unscored: bool
    ) -> tuple[Cell, ...]:
        asked, scored = self.questionnaire.asked(question), self.questionnaire.scored(question)
        joined = tuple(g for g in scored if self._is_protected(g)) if layout is not Layout.SEPARATE else ()
        cells = [self._cell(index, joined, tally, True, layout is Layout.HIDDEN)] if joined else []
        for group in asked:
            if group in joined or (group not in scored and not with_unscored):
                continue
            n = answered(tally.codes(group, index))
            hide = self._is_protected(group) and group not in scored and self.privacy.too_few(n)
            cells.append(self._cell(index, (group,), tally, group in scored, hide))
        return with_shown_wants(tuple(cells), self.privacy)

    def _cell(self, index: int, groups: tuple[str, ...], tally: Tally, scored: bool, hide: bool) -> Cell:
        codes: Counter[Code] = sum((tally.codes(group, index) for group in groups), Counter())
        wants: Counter[Code] = sum((tally.wants.get((g, index), Counter()) for g in groups), Counter())
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
            wants={} if hide else {c: n for c, n in wants.items() if is_answer(c)},
            population=None if None in known else sum(n for n in known if n is not None),
            hidden=self.privacy.reason if hide else None,
            protected=any(self._is_protected(group) for group in groups),
        )


def with_shown_wants(cells: tuple[Cell, ...], privacy: Privacy) -> tuple[Cell, ...]:
    """The cells without their wants where those of any protected cell are too few to show."""
    if any(cell.protected and privacy.too_few(sum(cell.wants.values())) for cell in cells):
        return tuple(replace(cell, wants={}) for cell in cells)
    return cells


def is_answer(code: Code) -> bool:
    return not isinstance(code, State) or code is State.ANSWERED


def answered(codes: Mapping[Code, int]) -> int:
    return sum(n for code, n in codes.items() if is_answer(code))
