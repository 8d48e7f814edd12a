"""One set of answers, scored: the tree, its bounds, its intervals and what each group says.

The report of everybody and the report of each value of a cut are two uses of this one thing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction
from functools import cached_property

from ..model.answers import StatedFact
from ..model.questionnaire import Level, Questionnaire
from ..results.common import Interval
from ..results.score import Gap, QuestionGap
from .composites import Composer, Node, cell_mean
from .estimates import Estimate
from .gaps import gap_reliable
from .points import PointScale, scale_of
from .privacy import Arrangement, Cell, CellMaker, Privacy, is_answer
from .spread import Spreads
from .tally import Tally

LEVEL_NEEDS = 3
"""People from whom on a level is named (rule S8)."""


class Survey:
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
        self.scales: dict[str, PointScale] = {
            q.id: scale_of(questionnaire, q) for q in questionnaire.questions if q.is_scored_kind
        }
        self.composer = Composer(questionnaire, self.scales, self.asked, facts)
        self.spreads = Spreads(tally, self.asked, self.scales)

    @property
    def levels(self) -> Sequence[Level]:
        """The levels that can be named: none below three people in all (rule S8)."""
        return self.questionnaire.levels if self.answered >= LEVEL_NEEDS else ()

    @property
    def is_thin(self) -> bool:
        """Whether there is a score, and too few people for the level that it would reach."""
        return bool(self.questionnaire.levels) and not self.levels and self.tree.value is not None

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

    @property
    def lowest(self) -> Node | None:
        """The lowest of the top dimensions."""
        scored = [part for part in self.tree.parts if part.value is not None]
        return min(scored, key=lambda part: part.value or 0, default=None)

    @cached_property
    def completions(self) -> tuple[Node, Node]:
        """The trees if everything unanswered were answered worst, and best (rule S6)."""
        return self.composer.tree("worst"), self.composer.tree("best")

    def bounds(self, node: Node) -> Interval | None:
        """Hull of a node's score and its two completions; None where none of them exists."""
        values = [node.value, *(tree.find(node.kind, node.id).value for tree in self.completions)]
        known = [float(value) for value in values if value is not None]
        return Interval(low=min(known), high=max(known)) if known else None

    @cached_property
    def intervals(self) -> dict[str, Estimate]:
        """Interval, or None and why, of the overall (under ``overall``) and of each dimension."""
        return {node.id: self.spreads.interval(node) for node in self.tree.nodes() if node.kind != "question"}

    def group_mean(self, question: str, group: str) -> Fraction | None:
        """The shown mean of one group's answers, in points."""
        cell = self.composer.own_cell(question, group)
        return None if cell is None else cell_mean(cell, self.scales[question]).mean

    def sides(self, question: str) -> list[Cell]:
        """The shown cells of the two contrasted groups; none where one of them has none."""
        cells = [self.composer.own_cell(question, group) for group in self.questionnaire.contrast or ()]
        return [] if None in cells else [cell for cell in cells if cell is not None]

    @cached_property
    def differences(self) -> dict[str, Fraction]:
        """Second group's mean minus the first's, exactly, of each question where both have one (rule S9)."""
        found = {}
        for name in self.asked:
            if sides := self.sides(name):
                first, second = (cell_mean(cell, self.scales[name]).mean for cell in sides)
                found[name] = second - first
        return found

    @cached_property
    def gaps(self) -> dict[str, QuestionGap]:
        """The difference on each question, and whether it is more than chance."""
        found = {}
        for name, points in self.differences.items():
            scale = self.scales[name]
            first, second = (points_counts(cell, scale) for cell in self.sides(name))
            delta, reliable = gap_reliable(first, second, numeric=scale.numeric)
            shown = None if self.shows_moments_only(name) else delta
            found[name] = QuestionGap(points=float(points), cliffs_delta=shown, reliable=reliable)
        return found

    def shows_moments_only(self, question: str) -> bool:
        """Whether it is a number of each person in a confidential file: mean and sd alone are shown (S12)."""
        return self.scales[question].numeric and any(cell.protected for cell in self.asked[question].cells)

    @cached_property
    def dimension_gaps(self) -> dict[str, Gap]:
        """Second group's score less the first's, over the questions of each where both have a mean."""
        contrast = self.questionnaire.contrast or ()
        trees = [self.composer.group_tree(group, self.differences) for group in contrast]
        found = {}
        for dimension in self.questionnaire.dimensions if contrast else ():
            first, second = (tree.find("dimension", dimension.id).value for tree in trees)
            if first is not None and second is not None:
                found[dimension.id] = Gap(points=float(second - first))
        return found


def points_counts(cell: Cell, scale: PointScale) -> dict[float, int]:
    """A cell's answers by the points they earn."""
    counts: dict[float, int] = {}
    for code, n in cell.counts.items():
        points = float(scale.points(code))
        counts[points] = counts.get(points, 0) + n
    return counts
