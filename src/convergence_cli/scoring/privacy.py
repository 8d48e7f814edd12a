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
from ..model.questionnaire import Group, Question, Questionnaire
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


@dataclass(frozen=True)
class Privacy:
    """What was promised: nothing, or that no cell of 1 to ``least - 1`` people or answers is shown."""

    confidential: bool
    least: int

    def protects(self, group: Group) -> bool:
        return self.confidential and not group.attributable

    def too_few(self, n: int) -> bool:
        return self.confidential and 0 < n < self.least

    def is_small(self, tally: Tally, groups: Sequence[str], index: int) -> bool:
        """Whether groups, as one cell of the question at `index`, have too few people or too few answers.

        People count as answers do: a lone "don't know" is an answer too.
        """
        people = sum(map(tally.size, groups))
        return self.too_few(people) or self.too_few(sum(answers(tally, group, index) for group in groups))


@dataclass(frozen=True)
class Cell:
    """The answers of one group, or of several joined, to one question.

    In a hidden cell it is as if everybody had skipped the question. ``protected`` cells of a confidential
    file never have one person's answers joined across questions.
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
    """An opinion question with its place among the codes and its cells, joined or scored ones first."""

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
        scored, layout = self._joinable(question), Layout.SEPARATE
        if any(self.privacy.is_small(tally, [group], index) for tally in tallies for group in scored):
            too_few = any(self.privacy.is_small(tally, scored, index) for tally in tallies)
            layout = Layout.HIDDEN if too_few else Layout.JOINED
        wants = (
            sum(wanted(tally, group, index).total() for group in groups)
            for tally in tallies
            for groups, hide in self._blocks(index, question, tally, layout)
            if not hide and self._is_protected(groups[0])
        )
        return Arrangement(layout, not any(map(self.privacy.too_few, wants)))

    def _is_protected(self, group: str) -> bool:
        return self.privacy.protects(self.questionnaire.group_by_id[group])

    def _joinable(self, question: Question) -> tuple[str, ...]:
        """The scored groups that rule S12 may join."""
        return tuple(filter(self._is_protected, self.questionnaire.scored(question)))

    def _blocks(
        self, index: int, question: Question, tally: Tally, layout: Layout
    ) -> Iterator[tuple[tuple[str, ...], bool]]:
        """The groups of each cell, joined ones first, and whether it is hidden."""
        joined = self._joinable(question) if layout is not Layout.SEPARATE else ()
        if joined:
            yield joined, layout is Layout.HIDDEN
        for group in self.questionnaire.asked(question):
            if group not in joined:
                yield (group,), self._is_protected(group) and self.privacy.is_small(tally, [group], index)

    def questions(self, tally: Tally, layouts: Sequence[Arrangement]) -> Iterator[AskedQuestion]:
        """Every opinion question with its cells."""
        for index, (question, shown) in enumerate(zip(self.questionnaire.opinions, layouts, strict=True)):
            scored = self.questionnaire.scored(question)
            cells = (
                self._cell(index, groups, tally, groups[0] in scored, hide, shown.wants)
                for groups, hide in self._blocks(index, question, tally, shown.layout)
            )
            yield AskedQuestion(question, index, shown.layout, tuple(cells))

    def _cell(
        self, index: int, groups: tuple[str, ...], tally: Tally, scored: bool, hide: bool, show_wants: bool
    ) -> Cell:
        codes: Counter[Code] = sum((tally.codes(group, index) for group in groups), Counter())
        wants: Counter[Code] = sum((wanted(tally, group, index) for group in groups), Counter())
        asked, protected = codes.total(), self._is_protected(groups[0])
        known = [self.population[group] for group in groups if group in self.population]
        if hide:
            codes = Counter({State.SKIPPED: asked})
        return Cell(
            groups=groups,
            weight=sum((self.questionnaire.group_by_id[group].weight for group in groups), Fraction(0)),
            scored=scored,
            asked=asked,
            counts={code: n for code, n in codes.items() if is_answer(code)},
            not_applicable=codes[State.NOT_APPLICABLE],
            dont_know=codes[State.DONT_KNOW],
            skipped=codes[State.SKIPPED],
            wants={} if hide or (protected and not show_wants) else wants,
            population=sum(known) if len(known) == len(groups) else None,
            hidden=Reason.of("hidden", least=self.privacy.least) if hide else None,
            protected=protected,
        )


def is_answer(code: Code) -> bool:
    return not isinstance(code, State) or code is State.ANSWERED


def answers(tally: Tally, group: str, index: int) -> int:
    """How many of `group` answered the question at `index`."""
    return sum(n for code, n in tally.codes(group, index).items() if is_answer(code))


def wanted(tally: Tally, group: str, index: int) -> Counter[Code]:
    """How many people of `group` named which target."""
    return tally.wants.get((group, index), Counter())
