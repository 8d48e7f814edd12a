"""Rule S17: where the points lie that the overall is short of 100."""

from __future__ import annotations

from fractions import Fraction

from ..results.score import MissingPoints
from .composites import Node
from .points import HUNDRED
from .survey import Survey


def missing(tree: Node) -> dict[str, Fraction]:
    """``a_q (100 - x_q)`` of each question that counts in the overall, in points of the overall.

    a_q is its effective weight (rule S7), x_q its score. They sum to 100 - overall exactly; without an
    overall there are none.
    """
    weights = tree.effective_weights()
    return {
        node.id: weights[node.id] * (HUNDRED - node.value)
        for node in tree.questions()
        if node.id in weights and node.value is not None
    }


def withheld(survey: Survey) -> dict[str, Fraction]:
    """By how much each question without a score could move the overall, were everything answered: its part
    of what lies between the two completions of rule S6. A hidden question is as if nobody had answered it.
    """
    trees = (survey.tree, *survey.completions)
    weights = trees[-1].effective_weights()
    return {
        node.id: weights[node.id] * (high.value - low.value)
        for node, low, high in zip(*(tree.questions() for tree in trees), strict=True)
        if node.value is None and node.id in weights and low.value is not None and high.value is not None
    }


def missing_points(survey: Survey) -> tuple[MissingPoints, ...]:
    """The counted questions, the largest first; then those without a score, by what they could move."""
    counted, unscored = (
        sorted(found.items(), key=lambda item: -item[1]) for found in (missing(survey.tree), withheld(survey))
    )
    return (
        *(MissingPoints(question=name, points=float(points)) for name, points in counted),
        *(MissingPoints(question=name, could_move=float(points)) for name, points in unscored),
    )
