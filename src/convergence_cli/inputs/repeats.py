"""Which ids stand twice among very many, at eight bytes for each."""

from __future__ import annotations

from array import array
from collections.abc import Hashable, Iterable, Iterator
from itertools import pairwise
from typing import TypeVar

Where = TypeVar("Where")


class Repeats:
    """Remembers a hash of each key; `found` then walks the keys once more, for those that may stand twice."""

    def __init__(self) -> None:
        self._hashes = array("q")

    def add(self, key: Hashable) -> None:
        self._hashes.append(hash(key))

    def found(self, again: Iterable[tuple[Hashable, Where]]) -> Iterator[tuple[Where, Where]]:
        """Where a key stood first and where it stands again; `again` gives each key with its place."""
        suspects = {one for one, other in pairwise(sorted(self._hashes)) if one == other}
        first: dict[Hashable, Where] = {}
        for key, where in again if suspects else ():
            if hash(key) not in suspects:
                continue
            if key in first:
                yield first[key], where
            else:
                first[key] = where
