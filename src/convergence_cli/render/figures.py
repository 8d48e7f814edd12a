"""Sentences with gaps, and the figures that fill them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from fractions import Fraction
from string import Formatter
from typing import Any

from ..results.common import Number
from ..results.score import Level
from .phrases import amount, in_words, listed, opening, percent, points, verb

MOST_IDS = 6
"""So many plans or questions are named before they are counted."""
OPTIONAL = re.compile(r"\[([^\[\]]*)\]")
PEOPLE = {0: "nobody", 1: "one person", 2: "two people"}


class Background:
    """What the sentences of a report look up in it: titles and levels."""

    def __init__(self, report: Any) -> None:
        self.report = report
        parts = (*getattr(report, "dimensions", ()), *getattr(report, "questions", ()))
        self.titles: Mapping[str, str] = {part.id: part.title for part in parts}
        respondents = getattr(report, "respondents", None)
        groups = respondents.groups if respondents else ()
        self.groups: Mapping[str, str] = {each.group: each.title for each in groups}
        levels: Sequence[Level] = getattr(report, "levels", ())
        self.cuts = [level.at_least for level in levels]
        gates = [level.every_dimension_at_least for level in levels]
        self.gates = [gate for gate in gates if gate is not None]

    def title(self, id: str) -> str:
        """The title of a question or dimension, where it opens a sentence."""
        return opening(self.titles.get(id, id))

    def groups_in(self, ids: str) -> str:
        """The titles of groups that a comma parts, or the plus of a joined cell."""
        return listed([self.groups.get(id, id) for id in re.split(r", |\+", ids)])

    def overall(self, value: float) -> str:
        """Points that are held against the levels: none is rounded into a level that it does not reach."""
        return points(value, self.cuts)

    def dimension(self, value: float) -> str:
        """Points of a dimension, which the gates of levels look at."""
        return points(value, self.gates)


class Figures(Formatter):
    """The figures of one thing that is said, and what it is about.

    ``{0}`` is the title of the first thing, ``{titles}`` are those of all, or how many, ``{ids}`` the first
    few, ``{many}`` is how many there are and ``{others}`` how many but one. ``{n}`` is a figure, written as
    the word behind its colon says; ``{n:one|several}`` is the word that agrees with a number, with a group
    that does something, or with "yes" and "no"; ``{n:ids one|several}`` is some ids with theirs. What stands
    in square brackets is left out where a figure of it is missing. Elsewhere a figure that is missing or null
    raises KeyError, a missing thing IndexError.
    """

    def __init__(
        self, background: Background, ids: Sequence[str], figures: Mapping[str, Number | str | None]
    ) -> None:
        self.background, self.ids, self.by_name = background, ids, figures
        self.titles = [background.titles.get(id, id) for id in ids]
        self.written: Mapping[str, Callable[[Any], str]] = {
            "": lambda value: value if isinstance(value, str) else amount(value),
            "points": points,
            "overall": background.overall,
            "dimension": background.dimension,
            "percent": percent,
            "words": in_words,
            "ids": lambda ids: some(ids.split(", ")),
            "groups": background.groups_in,
            "people": lambda count: PEOPLE[int(count)],
            "share": share,
        }

    def fill(self, sentence: str, **more: str | None) -> str:
        """``sentence`` with its gaps filled, those that are no figures with ``more``."""
        wanted = OPTIONAL.sub(lambda part: part[1] if self.is_known(part[1], more) else "", sentence)
        return self.vformat(wanted, (), more)

    def is_known(self, part: str, more: Mapping[str, Any]) -> bool:
        try:
            return bool(self.vformat(part, (), more))
        except LookupError:
            return False

    def get_value(self, key: int | str, _: Sequence[Any], more: Mapping[str, Any]) -> Any:
        if isinstance(key, int):
            return self.titles[key]
        several = f"{len(self.ids)} questions"
        of_all = {
            "titles": listed(self.titles) if len(self.ids) <= MOST_IDS else several,
            "ids": some(self.titles),
            "many": len(self.ids),
            "others": len(self.ids) - 1,
        }
        value = {**of_all, **self.by_name, **more}.get(key)
        if value is None:
            raise KeyError(key)
        return value

    def format_field(self, value: Any, spec: str) -> str:
        if "|" not in spec:
            return self.written[spec](value)
        one, several = spec.split("|")
        if value in ("yes", "no"):
            return one if value == "yes" else several
        if one.startswith("ids "):
            ids = value.split(", ")
            return f"{some(ids)} {one.removeprefix('ids ') if len(ids) == 1 else several}"
        return verb(value, several, one) if isinstance(value, str) else one if value == 1 else several

    def has(self, *names: str) -> bool:
        return all(self.by_name.get(name) is not None for name in names)

    def number(self, name: str) -> float:
        value = self.by_name.get(name)
        if not isinstance(value, int | float):
            raise KeyError(name)
        return value

    def names(self, name: str) -> list[str]:
        """The ids of a figure that lists some; none where it is null."""
        value = self.by_name.get(name)
        return value.split(", ") if isinstance(value, str) else []


def some(ids: Sequence[str]) -> str:
    """The ids, or the first few of many."""
    if len(ids) <= MOST_IDS:
        return listed(ids)
    return f"{', '.join(ids[:MOST_IDS])} and {len(ids) - MOST_IDS} more"


def share(text: str) -> str:
    """``1 in 3``, ``all``, ``none``, of a fraction such as ``1/3``."""
    part = Fraction(text)
    return {0: "none", 1: "all"}.get(part, f"{part.numerator} in {part.denominator}")  # type: ignore[call-overload,no-any-return]
