"""Who took part in both of two waves, who left, who joined, and whom one may follow (rules S12, S16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ..model.questionnaire import Questionnaire
from ..model.wave import Wave
from .cells import Privacy, is_answer
from .tally import Pattern, Tally

Person = tuple[str, str]
"""Group and id: whoever changes group left one and joined the other."""

People = Mapping[Person, Pattern]
Pair = tuple[Pattern, Pattern]
T = TypeVar("T")


def people_of(wave: Wave, questionnaire: Questionnaire) -> dict[Person, Pattern]:
    """Each person's codes for the opinions of `questionnaire`, all of which the wave was asked."""
    places = {question.id: index for index, question in enumerate(wave.questionnaire.opinions)}
    order = [places[question.id] for question in questionnaire.opinions]
    return {(who.group, who.id): tuple(who.codes[place] for place in order) for who in wave.respondents}


def counted(people: Iterable[tuple[Person, T]]) -> dict[str, Counter[T]]:
    """Per group, how many people have the same."""
    found: dict[str, Counter[T]] = {}
    for (group, _), pattern in people:
        found.setdefault(group, Counter())[pattern] += 1
    return found


def tally_of_people(people: People) -> Tally:
    return Tally(counted(people.items()))


class Turnover:
    """Two waves' people, counted by who is in which: ``both`` with the old and the new pattern."""

    def __init__(self, old: People, new: People) -> None:
        self.both = counted((who, (old[who], new[who])) for who in old if who in new)
        self.left = counted((who, old[who]) for who in old if who not in new)
        self.joined = counted((who, new[who]) for who in new if who not in old)

    def pairs(self, groups: Iterable[str]) -> Counter[Pair]:
        return gathered(self.both, groups)

    def may_be_followed(self, groups: tuple[str, ...], question: int, privacy: Privacy) -> bool:
        """Whether a figure may tell those who stayed from those who came and went.

        It may where all of these are none or enough: the people in both waves, who left and who joined,
        and of each, those who answered the question.
        """
        return not any(privacy.too_few(n) for n in self._sizes(groups, question))

    def _sizes(self, groups: tuple[str, ...], question: int) -> list[int]:
        pairs, left, joined = (gathered(some, groups) for some in (self.both, self.left, self.joined))
        before = answers(pairs, lambda pair: is_answer(pair[0][question]))
        after = answers(pairs, lambda pair: is_answer(pair[1][question]))
        twice = answers(pairs, lambda pair: is_answer(pair[0][question]) and is_answer(pair[1][question]))
        leavers = answers(left, lambda pattern: is_answer(pattern[question]))
        joiners = answers(joined, lambda pattern: is_answer(pattern[question]))
        everybody = [pairs.total(), left.total(), joined.total()]
        # Whoever answered in one wave alone is, for this question, one who left or joined.
        alone = [before - twice + leavers, after - twice + joiners]
        return [*everybody, before, after, twice, leavers, joiners, *alone]


def gathered(counters: Mapping[str, Counter[T]], groups: Iterable[str]) -> Counter[T]:
    return sum((counters.get(group, Counter()) for group in groups), Counter())


def answers(people: Counter[T], answered: Callable[[T], bool]) -> int:
    return sum(n for who, n in people.items() if answered(who))
