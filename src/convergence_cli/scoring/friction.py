"""Friction: how far apart two sides are on the whole, and what chance alone would give (rule S9)."""

from __future__ import annotations

from fractions import Fraction

from ..results.score import Friction
from .deals import chance_gap
from .points import NOUGHT
from .survey import Survey, points_counts

CHANCE_NEEDS = 4
"""Answers a side from which chance alone is worth stating."""


def friction_points(survey: Survey) -> Fraction | None:
    """The mean size of the gaps, exactly, each with the weight of its question in the overall."""
    weights = contrasted(survey)
    total = sum(weights.values(), NOUGHT)
    sizes = (weight * abs(survey.differences[name]) for name, weight in weights.items())
    return sum(sizes, NOUGHT) / total if total else None


def friction(survey: Survey) -> Friction | None:
    """Friction, and the same mean of what people who agree would show; that only where enough answered."""
    points = friction_points(survey)
    return None if points is None else Friction(points=float(points), chance=chance(survey))


def contrasted(survey: Survey) -> dict[str, Fraction]:
    """a_q of each question that both sides answered and that counts in the overall."""
    weights = survey.tree.effective_weights()
    return {name: weights[name] for name in survey.differences if weights.get(name)}


def chance(survey: Survey) -> float | None:
    weights = contrasted(survey)
    sides = {
        name: [points_counts(cell, survey.scales[name]) for cell in survey.sides(name)]
        for name in weights
        if not survey.shows_moments_only(name)
    }
    enough = [name for name in sides if all(sum(side.values()) >= CHANCE_NEEDS for side in sides[name])]
    total = float(sum(weights[name] for name in enough))
    if not total:
        return None
    return sum(float(weights[name]) * chance_gap(*sides[name]) for name in enough) / total
