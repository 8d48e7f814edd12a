"""All ways to deal answers to two sides: what chance alone would show between them (rule S9).

Pure functions of counted answers, as in `estimates`. Both sides need an answer.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import lru_cache
from operator import add

from .estimates import NO_VARIANCE, Counts, mean, size, variance

Items = tuple[tuple[float, int], ...]

EXACT_UP_TO = 100
"""Answers of the smaller side up to which every deal is counted; beyond, the normal approximation serves."""

_COUNTING_LIMIT = 2_000_000_000
"""Bytes that counting every deal may touch, about a twentieth of a second."""


def permutation_mid_p(first: Counts, second: Counts) -> float:
    """Exact mid-p of the difference of means: the chance of one as large, up or down, by the deal alone.

    ``(#(|D| > |d|) + #(|D| = |d|) / 2) / C(n1 + n2, n1)`` over all ways to deal the answers to two sides
    of the same sizes; 0..1, and .5 when all answers are the same. With more than 100 answers on both sides,
    or where counting would take long, the normal approximation with the permutation variance
    ``s^2 (1/n1 + 1/n2)``.

    Pitman 1937, Supplement to the Journal of the Royal Statistical Society 4:119-130; mid-p: Lancaster
    1961, Journal of the American Statistical Association 56:223-234.
    """
    return _dealt(_items(first), _items(second))[0]


def chance_gap(first: Counts, second: Counts) -> float:
    """The gap that chance alone would show between sides of these sizes, in the values' unit (rule S9).

    ``sum |D| / C(n1 + n2, n1)``: the mean of |difference of means| over the deals of `permutation_mid_p`,
    0 when all answers are the same. Where the deals are not counted it is `chance_gap_by_moments`.

    Pitman 1937, Supplement to the Journal of the Royal Statistical Society 4:119-130.
    """
    return _dealt(_items(first), _items(second))[1]


def chance_gap_by_moments(first: Counts, second: Counts) -> float:
    """`chance_gap` from means and standard deviations alone.

    ``sqrt(2/pi) sqrt(s^2 (1/n1 + 1/n2))``, s^2 the variance of both sides' answers taken together: the mean
    of |difference| if the deals were spread as a normal variable.

    Geary 1935, Biometrika 27:310-332.
    """
    return math.sqrt(2 / math.pi * _permutation_variance(first, second))


def _items(counts: Counts) -> Items:
    return tuple(sorted((value, count) for value, count in counts.items() if count))


@lru_cache(maxsize=1024)  # a question's gap and its chance come from the same deals
def _dealt(first_items: Items, second_items: Items) -> tuple[float, float]:
    """`permutation_mid_p` and `chance_gap`."""
    first, second = dict(first_items), dict(second_items)
    ranks, step = _whole_ranks({*first, *second})
    if not _countable(size(first), size(second), max(ranks.values())):
        return _normal_p(first, second), chance_gap_by_moments(first, second)
    sides = [Counter({ranks[value]: n for value, n in side.items()}) for side in (first, second)]
    small, large = sorted(sides, key=size)
    together = small + large
    n, everybody = size(small), size(together)
    total = sum(rank * count for rank, count in together.items())
    observed = abs(everybody * sum(rank * count for rank, count in small.items()) - n * total)
    more = same = sizes = 0
    for taken, ways in _deals(n, together):
        difference = abs(everybody * taken - n * total)
        more += ways * (difference > observed)
        same += ways * (difference == observed)
        sizes += ways * difference
    deals = math.comb(everybody, n)
    return (2 * more + same) / (2 * deals), step * (sizes / (deals * n * (everybody - n)))


def _whole_ranks(values: Iterable[float]) -> tuple[dict[float, int], float]:
    """The values as small whole numbers in the same proportions, and what one step of them is worth.

    0, 33.3..., 100 become 0, 1, 3 of 33.3... Points are fractions of the declared values; a float that
    stands for one is turned back into it, or deals with equal sums would differ by rounding.
    """
    fractions = {value: Fraction(value).limit_denominator(100_000) for value in values}
    low = min(fractions.values())
    scale = math.lcm(*(fraction.denominator for fraction in fractions.values()))
    steps = {value: int((fraction - low) * scale) for value, fraction in fractions.items()}
    step = math.gcd(*steps.values()) or 1
    return {value: steps[value] // step for value in steps}, step / scale


def _countable(n1: int, n2: int, top_rank: int) -> bool:
    """Whether `_deals` is quick for sides of these sizes."""
    small, everybody = min(n1, n2), n1 + n2
    if small > EXACT_UP_TO:
        return False
    return everybody * small * (small * top_rank * _width(small, everybody)) <= _COUNTING_LIMIT


def _width(small: int, everybody: int) -> int:
    """Bytes that hold the number of all deals, and so any number of them."""
    return math.comb(everybody, small).bit_length() // 8 + 1


def _deals(n: int, people: Mapping[int, int]) -> Iterator[tuple[int, int]]:
    """Each sum of ranks that a side of ``n`` can be dealt, and in how many ways; ``people`` are by rank, the
    lowest being 0.
    """
    width = _width(n, sum(people.values()))
    # ways[t] is one whole number with a field of `width` bytes per sum: in how many ways t people reach it.
    # Sums are counted from the rank at hand, so that its people join as in Pascal's triangle, by additions
    # alone, and each step down to the next rank moves ways[t] up by t fields.
    ways, above = [1], max(people)
    for rank in sorted(people, reverse=True):
        ways = [way << (8 * width * (above - rank) * t) for t, way in enumerate(ways)]
        above = rank
        for _ in range(people[rank] if rank else 0):
            ways = list(map(add, [*ways, 0], [0, *ways]))[: n + 1]
    full = sum(math.comb(people[0], n - t) * way for t, way in enumerate(ways))  # the lowest fill up the side
    fields = full.to_bytes((full.bit_length() + 7) // 8, "little")
    for start in range(0, len(fields), width):
        yield start // width, int.from_bytes(fields[start : start + width], "little")


def _normal_p(first: Counts, second: Counts) -> float:
    spread = _permutation_variance(first, second)
    if spread <= NO_VARIANCE:
        return 0.5
    return math.erfc(abs((mean(second) or 0.0) - (mean(first) or 0.0)) / math.sqrt(2 * spread))


def _permutation_variance(first: Counts, second: Counts) -> float:
    """Variance of the difference of means when answers are dealt at random to sides of these sizes."""
    together = {value: first.get(value, 0) + second.get(value, 0) for value in {*first, *second}}
    return (variance(together) or 0.0) * (1 / size(first) + 1 / size(second))
