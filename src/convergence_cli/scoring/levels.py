"""Rule S8: which level a score has reached, and how far that depends on who answered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction

from ..model.questionnaire import Level
from ..results.common import Interval
from .composites import Node

Figure = Fraction | float | None


def level_of(
    levels: Sequence[Level], tree: Node, figure: Callable[[Node], Figure] = lambda node: node.value
) -> Level | None:
    """The highest level whose `at_least`, and gate if it has one, is met: floor, never rounding.

    `figure` gives the points of a node. A gate looks at every dimension, at any depth, that has something to
    answer; one without a score cannot show that it meets it.
    """
    score = figure(tree)
    gated = [figure(node) for node in tree.nodes() if node.kind == "dimension" and node.counts]

    def is_met(level: Level) -> bool:
        gate = level.every_dimension_at_least
        through = gate is None or all(points is not None and points >= gate for points in gated)
        return score is not None and score >= level.at_least and through

    return max(filter(is_met, levels), key=lambda level: level.at_least, default=None)


def level_range(
    levels: Sequence[Level], tree: Node, intervals: Mapping[str, Interval | None]
) -> tuple[Level, ...]:
    """The levels from the low to the high end of the likely range, gates judged at the dimensions' own ends.

    `intervals` are by node id; a node without one counts at its score, as all do where the overall has none.
    """

    def end(high: bool) -> Fraction:
        def figure(node: Node) -> Figure:
            interval = intervals.get(node.id) if intervals.get(tree.id) else None
            return (interval.high if high else interval.low) if interval else node.value

        level = level_of(levels, tree, figure)
        return level.at_least if level else Fraction(-1)

    low, high = end(high=False), end(high=True)
    between = (level for level in levels if low <= level.at_least <= high)
    return tuple(sorted(between, key=lambda level: level.at_least))


def points_to_next(levels: Sequence[Level], tree: Node, level: Level | None) -> Fraction | None:
    """How many points of the overall are wanting to the level above the one reached; none where only a gate
    holds it back, and None at the top, without a score, or where no level is named.
    """
    above = [each.at_least for each in levels if level is None or each.at_least > level.at_least]
    return None if tree.value is None or not above else max(min(above) - tree.value, Fraction(0))
