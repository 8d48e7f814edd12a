"""Rule S7 for a dimension and the overall: how far the people who answered differ from each other."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from ..model.answers import Code
from ..model.responses import State
from ..results.common import Reason
from .composites import CellMean, Node
from .estimates import Estimate, GroupPart, composite_interval, linearised_variance, separate_variance
from .points import PointScale
from .privacy import AskedQuestion, Cell
from .tally import Pattern, Tally


@dataclass(frozen=True)
class Term:
    """One question's part in a group's z_i: its weight a_q w_gq, its answers, and what each code adds.

    ``steps[code]`` is a_q w_gq (x - m) / n_gq in points; a code that is not in it is no answer.
    """

    index: int
    weight: float
    n: int
    sd: float
    steps: Mapping[Code, float]


@dataclass(frozen=True)
class GroupSpread:
    """How one group (or several joined) moves a composite; ``people`` are its patterns.

    ``n``: the people who answered at least one of its questions; in confidence, where that would tell how
    many answered several, the fewest answers to one of them. ``weight``: W_g.
    """

    cell: Cell
    terms: Sequence[Term]
    people: Mapping[Pattern, int]

    @property
    def groups(self) -> tuple[str, ...]:
        return self.cell.groups

    @property
    def weight(self) -> float:
        return sum(term.weight for term in self.terms)

    @cached_property
    def n(self) -> int:
        if self.cell.protected:
            return min(term.n for term in self.terms)
        return sum(
            count
            for pattern, count in self.people.items()
            if any(pattern[term.index] in term.steps for term in self.terms)
        )

    def z(self, pattern: Pattern) -> float | None:
        """z_i of a person with that pattern, in points; None for one who answered none of the questions.

        Formula: sum over answered q of a_q w_gq (n_g / n_gq) (x_iq - m_gq).
        """
        steps = [term.steps.get(pattern[term.index]) for term in self.terms]
        present = [step for step in steps if step is not None]
        return self.n * math.fsum(present) if present else None

    @cached_property
    def variance(self) -> float:
        """V_g of rule S7; from counts alone where z_i would join one person's answers in confidence."""
        if self.cell.protected:
            return separate_variance((term.weight, term.sd, term.n) for term in self.terms)
        # Each z with its people: the same, to the last bit, whatever else the people answered.
        counts: Counter[float] = Counter()
        for pattern, count in self.people.items():
            z = self.z(pattern)
            if z is not None:
                counts[z] += count
        return linearised_variance(counts.items(), self.n)


@dataclass(frozen=True)
class Spreads:
    """Intervals of the composites of one tally."""

    tally: Tally
    asked: Mapping[str, AskedQuestion]
    scales: Mapping[str, PointScale]

    def interval(self, node: Node) -> Estimate:
        """95 % interval of a composite's score in points, or None and why."""
        if node.value is None:
            return None, None
        weights = node.effective_weights()
        counted = [question for question in node.questions() if weights.get(question.id)]
        opinions = [question for question in counted if question.means]
        if not opinions:
            return None, Reason.of("rests-on-facts")
        if self.moments_only(node):
            # An interval would give away more of the numbers in it.
            return None, Reason.of("numbers-in-confidence")
        facts = sum(float(weights[q.id] * q.value) for q in counted if not q.means and q.value is not None)
        parts = [GroupPart(s.weight, s.n, s.cell.population, s.variance) for s in self.groups(node)]
        lone_binary = len(opinions) == 1 and self.scales[opinions[0].id].kind == "binary"
        return composite_interval(float(node.value), facts, parts, len(opinions), lone_binary)

    def moments_only(self, node: Node) -> bool:
        """Whether it counts numbers given in confidence, of which mean and sd alone are shown (rule S12)."""
        weights = node.effective_weights()
        return any(
            self.scales[question.id].numeric and any(mean.cell.protected for mean in question.means)
            for question in node.questions()
            if question.means and weights.get(question.id)
        )

    def groups(self, node: Node) -> list[GroupSpread]:
        """One spread per group, or joined groups, that moves the composite."""
        weights = node.effective_weights()
        terms: dict[tuple[str, ...], list[Term]] = {}
        cells: dict[tuple[str, ...], Cell] = {}
        for question in node.questions():
            for mean in question.means if question.id in weights else ():
                weight = float(weights[question.id] * mean.share)
                terms.setdefault(mean.cell.groups, []).append(self._term(question.id, mean, weight))
                cells.setdefault(mean.cell.groups, mean.cell)
        return [GroupSpread(cells[groups], found, self._people(groups)) for groups, found in terms.items()]

    def _term(self, question: str, mean: CellMean, weight: float) -> Term:
        scale, centre = self.scales[question], float(mean.mean)
        points = {code: float(scale.points(code)) for code in mean.cell.counts}
        counts = dict(mean.cell.counts)
        if mean.n > mean.cell.n:  # skipped answers count as well (`missing: lowest`)
            points[State.SKIPPED] = 0.0
            counts[State.SKIPPED] = mean.cell.skipped
        squares = math.fsum(counts[code] * (points[code] - centre) ** 2 for code in points)
        sd = (squares / (mean.n - 1)) ** 0.5 if mean.n > 1 else 0.0
        steps = {code: weight * (x - centre) / mean.n for code, x in points.items()}
        return Term(self.asked[question].index, weight, mean.n, sd, steps)

    def _people(self, groups: tuple[str, ...]) -> Mapping[Pattern, int]:
        """Patterns of a group, or of several joined."""
        if len(groups) == 1:
            return self.tally.people.get(groups[0], {})
        return sum((self.tally.people.get(group, Counter()) for group in groups), Counter[Pattern]())
