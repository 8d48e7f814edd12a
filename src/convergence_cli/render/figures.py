"""The figures behind a sentence, and the titles of what it is about."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..results.score import Level, ScoreReport
from .phrases import amount, opening, points

Sentences = list[str]


def titles_of(report: ScoreReport) -> dict[str, str]:
    """The title of each dimension and question, by id; a question wins where both share one."""
    dimensions = {dimension.id: dimension.title for dimension in report.dimensions}
    return dimensions | {question.id: question.title for question in report.questions}


def overall_points(value: float, levels: Sequence[Level]) -> str:
    """Points that are held against the levels: none is rounded into a level that it does not reach."""
    return points(value, [level.at_least for level in levels])


def dimension_points(value: float, levels: Sequence[Level]) -> str:
    """Points of a dimension, which the gates of levels look at."""
    gates = [level.every_dimension_at_least for level in levels]
    return points(value, [gate for gate in gates if gate is not None])


@dataclass(frozen=True)
class Figures:
    """The figures of one highlight, and the titles (else the ids) of what it is about.

    A figure that is missing or null raises KeyError, a missing subject IndexError.
    """

    by_name: Mapping[str, float | str | None]
    about: list[str]
    levels: Sequence[Level] = ()

    def has(self, *names: str) -> bool:
        return all(self.by_name.get(name) is not None for name in names)

    def number(self, name: str) -> float:
        value = self.by_name.get(name)
        if not isinstance(value, int | float):
            raise KeyError(name)
        return value

    def text(self, name: str) -> str:
        value = self.by_name.get(name)
        if value is None:
            raise KeyError(name)
        return value if isinstance(value, str) else amount(value)

    def points(self, name: str) -> str:
        return points(self.number(name))

    def overall(self, name: str) -> str:
        return overall_points(self.number(name), self.levels)

    def yes(self, name: str) -> bool:
        return self.text(name) == "yes"

    @property
    def title(self) -> str:
        """The subject at the start of a sentence."""
        return opening(self.about[0])
