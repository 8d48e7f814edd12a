"""The nearest right id, and the objective that a title resembles: hints, never links."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from ..problems import Hints, fold_slips

MOST = 3
FEW = 50
"""Titles among which one rare word in common is worth a hint; among more it takes two."""
STEM = 5
"""Letters that make two words one: deliver, delivery, delivering."""


class Neighbours:
    """The names most like a wrong one, among thousands, without comparing it with each of them.

    Two names are near when they are the same but for a slip (case, spaces, nought for O), or after one
    letter is left out of either; only then, and only a few times, is every name compared.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._names = list(dict.fromkeys(names))
        self._place = {name: index for index, name in enumerate(self._names)}
        self._by_slip: dict[str, list[str]] = defaultdict(list)
        self._by_gap: dict[str, list[str]] = defaultdict(list)
        self._hints = Hints()
        for name in self._names:
            self._by_slip[fold_slips(name)].append(name)
        for folded, spellings in self._by_slip.items():
            for shorter in one_left_out(folded):
                self._by_gap[shorter] += spellings

    def of(self, word: str, beside: Sequence[str] = ()) -> list[str]:
        """The nearest names, best first, at most three.

        Of names that are equally near, those come first that stand close to `beside`: what is linked together
        is often defined together.
        """
        folded = fold_slips(word)
        if folded in self._by_slip:
            return self._by_slip[folded][:MOST]
        near = {name for shorter in one_left_out(folded) for name in self._by_gap.get(shorter, ())}
        places = [self._place[name] for name in beside if name in self._place]

        def rank(name: str) -> tuple[bool, int, int, int]:
            place = self._place[name]
            distance = min((abs(place - other) for other in places), default=0)
            return not is_swapped(word, name), distance, -shared_beginning(word, name), place

        return sorted(near, key=rank)[:MOST] if near else self._hints.nearest(word, self._names)


def one_left_out(word: str) -> list[str]:
    """`word`, and `word` without each of its letters in turn."""
    return [word, *(word[:index] + word[index + 1 :] for index in range(min(len(word), 60)))]


def is_swapped(word: str, name: str) -> bool:
    """Whether two names have the same letters in another order."""
    return sorted(word.casefold()) == sorted(name.casefold())


def shared_beginning(word: str, name: str) -> int:
    """How many letters two names have in common before they part."""
    pairs = enumerate(zip(word, name, strict=False))
    return next((at for at, (one, other) in pairs if one != other), min(len(word), len(name)))


def slip(word: str, name: str) -> str:
    """What hand made `word` of `name`, when it is a slip: ``"letter O, not nought"``."""
    if fold_slips(word) != fold_slips(name):
        return ""
    if word.casefold() == name.casefold():
        return "mind the capitals"
    if "".join(word.split()).casefold() == "".join(name.split()).casefold():
        return "mind the spaces"
    pairs = {
        frozenset(pair) for pair in zip(word.casefold(), name.casefold(), strict=False) if pair[0] != pair[1]
    }
    if pairs == {frozenset("0o")}:
        return "letter O, not nought" if "o" in name.casefold() else "nought, not letter O"
    return "look at 0 and O, 1, l and I, - and _"


class Resemblance:
    """Which objective's title a plan's title resembles, by the rare words that the two share."""

    def __init__(self, titles: Mapping[str, str]) -> None:
        self._by_stem: dict[str, set[str]] = defaultdict(set)
        self._sizes: dict[str, int] = {}
        for name, title in titles.items():
            stems = stems_of(title)
            self._sizes[name] = len(stems)
            for stem in stems:
                self._by_stem[stem].add(name)
        self._common = max(1, len(titles) // 10)
        """A word that more titles than this hold says nothing."""

    def of(self, title: str) -> str | None:
        """The id of the objective, or None when no title is like this one."""
        shared: Counter[str] = Counter()
        stems = stems_of(title)
        for stem in sorted(stems):
            names = self._by_stem.get(stem, ())
            if len(names) <= self._common:
                shared.update(sorted(names))
        if not shared:
            return None
        name, count = max(shared.items(), key=lambda pair: (pair[1], pair[1] / self._sizes[pair[0]]))
        half = 2 * count >= min(len(stems), self._sizes[name])
        return name if half and (count >= 2 or len(self._sizes) <= FEW) else None


def stems_of(title: str) -> set[str]:
    """The beginnings of a title's longer words."""
    words: Sequence[str] = re.findall(r"[^\W\d_]{4,}", title.casefold())
    return {word[:STEM] for word in words}
