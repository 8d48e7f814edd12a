"""The figures behind a sentence, and the titles of what it is about."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..results.score import ScoreReport
from .phrases import amount, inside, opening, points

Sentences = list[str]


def titles_of(report: ScoreReport) -> dict[str, str]:
    """The title of each dimension and question, by id; a question wins where both share one."""
    dimensions = {dimension.id: dimension.title for dimension in report.dimensions}
    return dimensions | {question.id: question.title for question in report.questions}


@dataclass(frozen=True)
class Figures:
    """The figures of one highlight, and the titles (else the ids) of what it is about.

    A figure that is missing or null raises KeyError, a missing subject IndexError.
    """

    by_name: Mapping[str, float | str | None]
    about: list[str]

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

    def group(self, name: str) -> str:
        return inside(self.text(name))

    def yes(self, name: str) -> bool:
        return self.text(name) == "yes"

    @property
    def title(self) -> str:
        """The subject at the start of a sentence."""
        return opening(self.about[0])
