"""Who took part in both of two waves (rule S16)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from ..model.questionnaire import Questionnaire
from ..model.wave import Wave
from .tally import Pattern, Tally

Person = tuple[str, str]
"""Group and id: whoever changes group left one and joined the other."""

People = Mapping[Person, Pattern]
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


def pairs_of(old: People, new: People) -> dict[str, Counter[tuple[Pattern, Pattern]]]:
    """Per group, the old and the new pattern of each person in both waves."""
    return counted((who, (old[who], new[who])) for who in old if who in new)
