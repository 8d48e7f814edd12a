"""Rule S8: which level a score has reached, and how far that depends on who answered and on weights."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

from ..model.questionnaire import Level
from .composites import Node
from .estimates import Interval, weight_margin

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


def margin(levels: Sequence[Level], tree: Node, level: Level | None) -> float | None:
    """The share by which some weight of a top dimension must move before the level changes."""
    scored = [(float(part.value), float(part.weight)) for part in tree.parts if part.value is not None]
    if tree.value is None or not scored:
        return None
    cuts = [float(cut) for cut in bounding_cuts(levels, level)]
    scores, weights = zip(*scored, strict=True)
    return min((weight_margin(scores, weights, cut) for cut in cuts), default=None)


def bounding_cuts(levels: Sequence[Level], level: Level | None) -> list[Fraction]:
    """Where the level begins and where the next one does; the lowest level has no cut below it."""
    ordered = sorted(cut.at_least for cut in levels)
    here = level.at_least if level else Fraction(-1)
    above = [cut for cut in ordered if cut > here][:1]
    return ([here] if here > 0 else []) + above
