"""Rule S8: which level a score has reached, and how far that depends on who answered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ..model.questionnaire import Level
from .composites import Node
from .estimates import Interval

Figure = Fraction | float


def level_of(
    levels: Sequence[Level], score: Figure | None, dimensions: Iterable[Figure | None]
) -> Level | None:
    """The highest level whose `at_least`, and gate if it has one, is met: floor, never rounding.

    `dimensions` are the points of every dimension that has something to answer; one without a score
    cannot show that it meets a gate.
    """
    figures = list(dimensions)
    met = [level for level in levels if score is not None and is_met(level, score, figures)]
    return max(met, key=lambda level: level.at_least, default=None)


def is_met(level: Level, score: Figure, dimensions: Sequence[Figure | None]) -> bool:
    return score >= level.at_least and not below_gate(level, dimensions)


def below_gate(level: Level, dimensions: Sequence[Figure | None]) -> bool:
    gate = level.every_dimension_at_least
    return gate is not None and any(figure is None or figure < gate for figure in dimensions)


def dimension_nodes(tree: Node) -> list[Node]:
    """Every dimension, at any depth, in which there is something to answer."""
    return [node for node in tree.nodes() if node.kind == "dimension" and node.counts]


def level_range(
    levels: Sequence[Level], tree: Node, intervals: Mapping[str, Interval | None]
) -> tuple[Level, ...]:
    """The levels from the low to the high end of the likely range, gates judged at the dimensions' own ends.

    `intervals` are by node id, the overall under ``overall``; a node without one counts at its score.
    """
    overall = intervals.get("overall")
    if overall is None or tree.value is None:
        only = level_of(levels, tree.value, [node.value for node in dimension_nodes(tree)])
        return (only,) if only else ()
    ends = [
        level_of(levels, overall[end], [end_of(node, intervals, end) for node in dimension_nodes(tree)])
        for end in (0, 1)
    ]
    low, high = (level.at_least if level else Fraction(-1) for level in ends)
    ordered = sorted(levels, key=lambda level: level.at_least)
    return tuple(level for level in ordered if low <= level.at_least <= high)


def end_of(node: Node, intervals: Mapping[str, Interval | None], end: int) -> Figure | None:
    interval = intervals.get(node.id)
    return node.value if interval is None else interval[end]


def points_to_next(levels: Sequence[Level], tree: Node, level: Level | None) -> Fraction | None:
    """How many points of the overall are wanting to the level above the one reached; none where only a gate
    holds it back, and None at the top, without a score, or where no level is named.
    """
    above = [each.at_least for each in levels if level is None or each.at_least > level.at_least]
    return None if tree.value is None or not above else max(min(above) - tree.value, Fraction(0))
