"""What the report says of the overall and of each dimension: score, range, level, voices."""

from __future__ import annotations

from ..results import score as result
from .composites import Node, coverage
from .levels import level_of, level_range, points_to_next
from .questions import Say, number
from .survey import Survey


def overall_result(survey: Survey) -> result.Overall:
    """The overall, with its lowest dimension beside it: a strength must hide no weakness (rule S5)."""
    tree, levels = survey.tree, survey.levels
    level = level_of(levels, tree)
    intervals = {name: interval for name, (interval, _) in survey.intervals.items()}
    return result.Overall(
        **figures(survey, tree),
        lowest_dimension=survey.lowest.id if survey.lowest else None,
        level=level.id if level else None,
        level_range=tuple(each.id for each in level_range(levels, tree, intervals)),
        to_next_level=number(points_to_next(levels, tree, level)),
    )


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
    scored = node.value is not None
    n = sum(spread.n for spread in survey.spreads.groups(node)) if scored else 0
    return result.DimensionGroup(
        group=group,
        n=None if survey.privacy.confidential else n,
        score=number(node.value),
        interval=survey.spreads.interval(node)[0] if scored else None,
    )
