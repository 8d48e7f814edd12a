"""What a topic is: one figure, told in the same order every time."""

from __future__ import annotations

from dataclasses import dataclass

ARTICLE = 'Worksighted, "2017 IT Goal: Convergence with the Business", 2 January 2017'
OWN = "A convention of this program."


@dataclass(frozen=True, slots=True)
class Topic:
    """One figure: what it says in one sentence, then how it is computed and why.

    ``range`` gives the unit too. ``also`` are other names by which people may ask for it: those of the
    JSON, and the number of the rule.
    """

    name: str
    title: str
    plain: str
    formula: str
    range: str
    missing: str
    why: str
    not_shown: str
    source: str
    also: tuple[str, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name, *self.also)

    @property
    def sections(self) -> tuple[tuple[str, str], ...]:
        """Headings and texts that follow the formula."""
        return (
            ("Unit and range", self.range),
            ("Missing answers", self.missing),
            ("Why this one", self.why),
            ("What we do not show", self.not_shown),
            ("Source", self.source),
        )


@dataclass(frozen=True, slots=True)
class Chapter:
    """Topics that belong together."""

    title: str
    plain: str
    topics: tuple[Topic, ...]
