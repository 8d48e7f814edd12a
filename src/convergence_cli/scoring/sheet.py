"""One set of answers, scored: the tree, its bounds, its intervals and what each group says.

The report of everybody and the report of each value of a cut are two uses of this one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..model.answers import StatedFact
from ..model.questionnaire import Level, Question, Questionnaire
from .cells import Arrangement, Cell, CellMaker, Privacy, is_answer
from .composites import Composer, Node, cell_mean
from .contrast import Delta, chance_gap, gap_reliable
from .estimates import Estimate, Interval
from .scales import Scale, scale_of
from .spread import Missing, Spreads
from .tally import Tally

LEVEL_NEEDS = 3
"""People from whom on a level is named (rule S8)."""
CHANCE_NEEDS = 4
"""Answers a side from which chance alone is worth stating (rule S9)."""


@dataclass(frozen=True)
class QuestionGap:
    """Second group's mean minus the first's, in points, and whether it is more than chance (rule S9)."""

    points: Fraction
    delta: Delta
    reliable: bool


@dataclass(frozen=True)
class Friction:
    """Mean size of the gaps, weighted like the score; ``chance`` is what people who agree would show."""

    points: Fraction
    chance: float | None


class Sheet:
    """The figures of one tally under one questionnaire.

    `layouts` come from rule S12, where they are decided for several tallies at once.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        tally: Tally,
        facts: Mapping[str, StatedFact],
        privacy: Privacy,
        population: Mapping[str, int],
        layouts: Sequence[Arrangement] | None = None,
    ) -> None:
        maker = CellMaker(questionnaire, privacy, population)
        layouts = maker.layouts([tally]) if layouts is None else layouts
        self.questionnaire = questionnaire
        self.tally = tally
        self.privacy = privacy
        self.asked = {item.question.id: item for item in maker.questions(tally, layouts)}
        self.scales: dict[str, Scale] = {
            q.id: scale_of(questionnaire, q) for q in questionnaire.questions if q.is_scored_kind
        }
        self.composer = Composer(questionnaire, self.scales, tuple(self.asked.values()), facts)
        self.spreads = self._spreads(questionnaire.scoring.missing)
        self.voice_spreads = self._spreads("leave-out")

    def _spreads(self, missing: Missing) -> Spreads:
        """Spreads of the score; those of what a group says never count a skipped answer (rule S4)."""
        return Spreads(self.tally, self.asked.values(), self.scales, missing)

    @property
    def levels(self) -> Sequence[Level]:
        """The levels that can be named: none below three people in all (rule S8)."""
        return self.questionnaire.levels if self.answered >= LEVEL_NEEDS else ()

    @cached_property
    def answered(self) -> int:
        """How many people gave an answer that may count: to a question that is scored for their group.

        In confidence, where that is a joint count, all who took part.
        """
        if self.privacy.confidential:
            return self.tally.total
        opinions = self.questionnaire.opinions
        return sum(
            n
            for group, people in self.tally.people.items()
            for pattern, n in people.items()
            if any(
                group in self.questionnaire.scored(question) and is_answer(code)
                for question, code in zip(opinions, pattern, strict=True)
            )
        )

    @property
    def counted(self) -> int:
        """How many people have an answer in the overall."""
        return sum(spread.n for spread in self.spreads.groups(self.tree))

    @cached_property
    def tree(self) -> Node:
        return self.composer.tree()

    @cached_property
    def completions(self) -> tuple[Node, Node]:
        """The trees if everything unanswered were answered worst, and best (rule S6)."""
        return self.composer.tree("worst"), self.composer.tree("best")

    def bounds(self, node: Node) -> Interval | None:
        """Hull of a node's score and its two completions; None where none of them exists."""
        values = [node.value, *(tree.find(node.kind, node.id).value for tree in self.completions)]
        known = [float(value) for value in values if value is not None]
        return Interval(min(known), max(known)) if known else None

    @cached_property
    def intervals(self) -> dict[str, Estimate]:
        """Interval, or None and why, of the overall (under ``overall``) and of each dimension."""
        return {
            node.id if node.kind == "dimension" else "overall": self.spreads.interval(node)
            for node in self.tree.nodes()
            if node.kind != "question"
        }

    def points_counts(self, question: str, cell: Cell) -> dict[float, int]:
        """A cell's answers by the points they earn."""
        counts: dict[float, int] = {}
        for code, n in cell.counts.items():
            points = float(self.scales[question].points(code))
            counts[points] = counts.get(points, 0) + n
        return counts

    def group_mean(self, question: str, group: str) -> Fraction | None:
        """The shown mean of one group's answers, in points."""
        cell = self.composer.own_cell(question, group)
        if cell is None:
            return None
        total, n = cell_mean(cell, self.scales[question], "leave-out", None)
        return total / n

    @cached_property
    def gaps(self) -> dict[str, QuestionGap]:
        """The gap of each question where both contrasted groups have a shown mean of their own."""
        contrast = self.questionnaire.contrast
        found = {}
        for question in self.questionnaire.opinions if contrast else ():
            gap = self._gap(question, *contrast) if contrast else None
            if gap is not None:
                found[question.id] = gap
        return found

    def _gap(self, question: Question, first: str, second: str) -> QuestionGap | None:
        cells = [self.composer.own_cell(question.id, group) for group in (first, second)]
        means = [self.group_mean(question.id, group) for group in (first, second)]
        if cells[0] is None or cells[1] is None or means[0] is None or means[1] is None:
            return None
        counts = [self.points_counts(question.id, cell) for cell in cells if cell is not None]
        reliable, delta = gap_reliable(*counts, numeric=self.scales[question.id].numeric)
        return QuestionGap(means[1] - means[0], delta, reliable)

    @cached_property
    def friction(self) -> Friction | None:
        """Mean of |gap| over the contrasted questions, weighted with a_q (rule S9)."""
        weights = self.tree.effective_weights()
        gaps = {name: gap for name, gap in self.gaps.items() if weights.get(name)}
        total = sum((weights[name] for name in gaps), Fraction(0))
        if not total:
            return None
        points = sum((weights[name] * abs(gap.points) for name, gap in gaps.items()), Fraction(0)) / total
        return Friction(points, self._chance({name: weights[name] for name in gaps}))

    def _chance(self, weights: Mapping[str, Fraction]) -> float | None:
        sides = {name: self._two_sides(name) for name in weights if not self.shows_moments_only(name)}
        enough = [name for name in sides if all(sum(c.values()) >= CHANCE_NEEDS for c in sides[name])]
        total = float(sum(weights[name] for name in enough))
        if not total:
            return None
        return sum(float(weights[name]) * chance_gap(*sides[name]) for name in enough) / total

    def shows_moments_only(self, question: str) -> bool:
        """Whether it is a number of each person in a confidential file: mean and sd alone are shown (S12)."""
        return self.scales[question].numeric and any(cell.protected for cell in self.asked[question].cells)

    def _two_sides(self, question: str) -> list[dict[float, int]]:
        cells = [self.composer.own_cell(question, group) for group in self.questionnaire.contrast or ()]
        return [self.points_counts(question, cell) for cell in cells if cell is not None]

    def voices(self, groups: Sequence[str]) -> dict[str, Node]:
        """For each group the tree of what it alone says (rule S9)."""
        every = frozenset(self.asked)
        return {group: self.composer.group_tree(group, every) for group in groups}

    @cached_property
    def shared_voices(self) -> tuple[Node, Node] | None:
        """What each contrasted group says of the questions that both have a shown mean of."""
        contrast = self.questionnaire.contrast
        if contrast is None:
            return None
        both = frozenset(self.gaps)
        return self.composer.group_tree(contrast[0], both), self.composer.group_tree(contrast[1], both)
