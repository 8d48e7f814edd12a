"""Counts that can be added: scoring two files together is adding their tallies.

A tally keeps how many people of a group gave which pattern of answers: nothing about a person but
the pattern, which rule S7 needs, and so a million people cost what their different patterns cost.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeVar

from ..model.answers import Code, Respondent

K = TypeVar("K")
C = TypeVar("C")
Pattern = tuple[Code, ...]
"""A code for each opinion of the questionnaire, in its order."""


@dataclass
class Tally:
    """``people``: group -> pattern -> how many. ``wants``: (group, question index) -> code -> how many."""

    people: dict[str, Counter[Pattern]] = field(default_factory=dict)
    wants: dict[tuple[str, int], Counter[Code]] = field(default_factory=dict)

    def add(self, respondent: Respondent) -> None:
        self.people.setdefault(respondent.group, Counter())[respondent.codes] += 1
        for index, code in respondent.wants:
            self.wants.setdefault((respondent.group, index), Counter())[code] += 1

    def __add__(self, other: Tally) -> Tally:
        return Tally(added(self.people, other.people), added(self.wants, other.wants))

    def at(self, places: Sequence[int]) -> Tally:
        """The same people, asked the questions at `places` alone."""
        people: dict[str, Counter[Pattern]] = {group: Counter() for group in self.people}
        for group, patterns in self.people.items():
            for pattern, count in patterns.items():
                people[group][tuple(pattern[place] for place in places)] += count
        order = {place: index for index, place in enumerate(places)}
        return Tally(people, {(g, order[place]): c for (g, place), c in self.wants.items() if place in order})

    def size(self, group: str) -> int:
        """How many people of `group` answered or were asked to."""
        return self.people.get(group, Counter()).total()

    @property
    def total(self) -> int:
        return sum(counter.total() for counter in self.people.values())

    def codes(self, group: str, index: int) -> Counter[Code]:
        """How often each code was given by `group` to the question at `index`."""
        counts: Counter[Code] = Counter()
        for pattern, people in self.people.get(group, {}).items():
            counts[pattern[index]] += people
        return counts


def added(first: Mapping[K, Counter[C]], second: Mapping[K, Counter[C]]) -> dict[K, Counter[C]]:
    return {key: first.get(key, Counter()) + second.get(key, Counter()) for key in {**first, **second}}
