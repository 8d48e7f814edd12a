"""The ids nearest to a wrong one: hints, never links."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from ..problems import fold_slips, nearest

MOST = 3


class Neighbours:
    """The names most like a wrong one, among thousands, without comparing it with each of them.

    Two names are near when they are the same but for a slip (case, spaces, nought for O), or after one
    letter is left out of either; only where there is none such is every name compared.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self._place = {name: index for index, name in enumerate(names)}
        self._by_gap: dict[str, list[str]] = defaultdict(list)
        for name in self._place:
            for shorter in one_left_out(fold_slips(name)):
                self._by_gap[shorter].append(name)

    def of(self, word: str) -> list[str]:
        """The nearest names, best first, at most three."""
        folded = fold_slips(word)
        near = {name for shorter in one_left_out(folded) for name in self._by_gap.get(shorter, ())}
        if same := [name for name in near if fold_slips(name) == folded]:
            return sorted(same, key=self._place.__getitem__)[:MOST]

        def rank(name: str) -> tuple[bool, int, int]:
            return not is_swapped(word, name), -shared_beginning(word, name), self._place[name]

        return sorted(near, key=rank)[:MOST] if near else nearest(word, self._place, MOST)


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
