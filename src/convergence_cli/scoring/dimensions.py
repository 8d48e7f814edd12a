"""What the report says of the overall and of each dimension: score, range, level, voices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from fractions import Fraction

from ..model.questionnaire import Level
from ..results import score as result
from ..results.common import Interval
from .composites import Node, coverage
from .questions import Say, number
from .survey import Survey


def overall_result(survey: Survey) -> result.Overall:
    """The overall, with its lowest dimension beside it: a strength must hide no weakness (rule S5)."""
    tree, levels = survey.tree, survey.levels
    level = level_of(levels, tree)
    intervals = {name: interval for name, (interval, _) in survey.intervals.items() if interval}
    return result.Overall(
        **figures(survey, tree),
        lowest_dimension=survey.lowest.id if survey.lowest else None,
        level=level.id if level else None,
        level_range=tuple(each.id for each in level_range(levels, tree, intervals)),
        to_next_level=number(points_to_next(levels, tree, level)),
    )


def level_of(levels: Sequence[Level], tree: Node, ends: Mapping[str, float] | None = None) -> Level | None:
    """The highest level whose `at_least`, and gate if it has one, is met: floor, never rounding (rule S8).

    `ends` are points that stand for a node's score, by its id. A gate looks at every dimension, at any depth,
    that has something to answer; one without a score cannot show that it meets it.
    """
    ends = ends or {}
    score = ends.get(tree.id, tree.value)
    dimensions = (node for node in tree.nodes() if node.kind == "dimension" and node.counts)
    gated = [ends.get(node.id, node.value) for node in dimensions]

    def is_met(level: Level) -> bool:
        gate = level.every_dimension_at_least
        through = gate is None or all(points is not None and points >= gate for points in gated)
        return score is not None and score >= level.at_least and through

    return max(filter(is_met, levels), key=lambda level: level.at_least, default=None)


def level_range(levels: Sequence[Level], tree: Node, intervals: Mapping[str, Interval]) -> list[Level]:
    """The levels from the low to the high end of the likely range, gates judged at the dimensions' own ends.

    `intervals` are by node id; a node without one counts at its score, as all do where the overall has none.
    """
    known = intervals if tree.id in intervals else {}
    lows, highs = ({name: getattr(each, end) for name, each in known.items()} for end in ("low", "high"))
    low, high = (level_of(levels, tree, ends) for ends in (lows, highs))
    least, most = (each.at_least if each else Fraction(-1) for each in (low, high))
    between = (level for level in levels if least <= level.at_least <= most)
    return sorted(between, key=lambda level: level.at_least)


def points_to_next(levels: Sequence[Level], tree: Node, level: Level | None) -> Fraction | None:
    """How many points of the overall are wanting to the level above the one reached; none where only a gate
    holds it back, and None at the top, without a score, or where no level is named.
    """
    above = [each.at_least for each in levels if level is None or each.at_least > level.at_least]
    return None if tree.value is None or not above else max(min(above) - tree.value, Fraction(0))


def figures(survey: Survey, node: Node) -> dict[str, object]:
    """What the overall and a dimension have in common."""
    interval, reason = survey.intervals[node.id]
    return {
        "score": number(node.value),
        "interval": interval,
        "interval_reason": reason,
        "coverage": number(coverage(node, survey.asked)),
        "bounds": survey.bounds(node),
        "reason": node.reason,
    }


def dimension_results(survey: Survey, say: Say) -> tuple[result.Dimension, ...]:
    """Every dimension in the questionnaire's order, with what each group says."""
    voices = {g.id: survey.composer.group_tree(g.id, survey.asked) for g in survey.questionnaire.groups}
    return tuple(
        result.Dimension(
            id=dimension.id,
            title=say(dimension.title),
            parent=dimension.parent,
            weight=float(dimension.weight),
            groups=tuple(
                voice(survey, group, tree.find("dimension", dimension.id)) for group, tree in voices.items()
            ),
            gap=survey.dimension_gaps.get(dimension.id),
            **figures(survey, survey.tree.find("dimension", dimension.id)),
        )
        for dimension in survey.questionnaire.dimensions
    )


def voice(survey: Survey, group: str, node: Node) -> result.DimensionGroup:
    """What a group alone says; in confidence no joint count stands in it (rule S12)."""
    people = sum(spread.n for spread in survey.spreads.groups(node))
    return result.DimensionGroup(
        group=group,
        n=None if survey.privacy.confidential else people,
        score=number(node.value),
        interval=survey.spreads.interval(node)[0],
    )
