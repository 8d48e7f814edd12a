"""Two groups held against each other on one question: which answers higher, and whether beyond chance.

Pure functions of counted answers, as in `estimates`. A difference is second minus first, so that it is
above 0 where the second group answers higher (rule S9).
"""

from __future__ import annotations

import math

from ..results.common import Interval
from .deals import permutation_mid_p
from .distributions import t_quantile
from .estimates import Counts, size


def cliffs_delta(first: Counts, second: Counts) -> tuple[float, Interval | None]:
    """Cliff's delta: how much more often an answer of ``second`` is above one of ``first`` than below.

    ``(#(y > x) - #(y < x)) / (n1 n2)`` over all pairs, -1..1; 1 when all of ``second`` are higher. The unit
    of the values does not matter; both sides need an answer. The 95 % interval is the asymmetric one, from
    the unbiased variance s^2 and Student's t with n1 + n2 - 2 degrees of freedom:
    ``(d - d^3 -+ t s sqrt((1 - d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2)``; None where s^2 <= 0 or a side
    has one answer.

    Cliff 1996, Multivariate Behavioral Research 31:331-350; Feng & Cliff 2004, Journal of Modern Applied
    Statistical Methods 3:322-332.
    """
    n1, n2 = size(first), size(second)
    above_first = _dominance(first, second)
    above_second = _dominance(second, first)
    total = sum(first[value] * (higher - lower) for value, (higher, lower) in above_first.items())
    delta = total / (n1 * n2)
    if min(n1, n2) < 2:
        return delta, None
    # In whole numbers, so that a variance of 0 is 0.
    rows = sum(first[value] * (higher - lower) ** 2 for value, (higher, lower) in above_first.items())
    columns = sum(second[value] * (higher - lower) ** 2 for value, (higher, lower) in above_second.items())
    untied = sum(first[value] * (higher + lower) for value, (higher, lower) in above_first.items())
    pairs = n1 * n2
    spread = pairs * (rows + columns - untied) - total**2 * (n1 + n2 - 1)
    if spread <= 0:
        return delta, None
    return delta, _delta_interval(delta, spread / (pairs**2 * (n1 - 1) * (n2 - 1)), n1 + n2 - 2)


def _dominance(counts: Counts, others: Counts) -> dict[float, tuple[int, int]]:
    """For each value of ``counts``: how many of ``others`` are higher, and how many are lower."""
    result: dict[float, tuple[int, int]] = {}
    lower = 0
    total = size(others)
    for value in sorted({*counts, *others}):
        here = others.get(value, 0)
        if value in counts:
            result[value] = (total - lower - here, lower)
        lower += here
    return result


def _delta_interval(delta: float, spread: float, df: int) -> Interval:
    reach = t_quantile(df) ** 2 * spread
    rest = 1 - delta**2
    half = math.sqrt(reach * (rest**2 + reach))
    low, high = ((delta * rest + end) / (rest + reach) for end in (-half, half))
    return Interval(low=low, high=high)


def gap_reliable(first: Counts, second: Counts, *, numeric: bool) -> tuple[float, bool]:
    """Cliff's delta, second over first, and whether the two differ beyond chance (rule S9).

    Reliable when the interval of `cliffs_delta` excludes 0 and `permutation_mid_p` is below .05, for
    ``numeric`` answers (number and ratio) on their ranks. Where the interval is None the mid-p decides
    alone; with one answer on a side nothing is reliable.
    """
    delta, interval = cliffs_delta(first, second)
    excludes_zero = interval is None or not interval.low <= 0 <= interval.high
    if min(size(first), size(second)) < 2 or not excludes_zero:
        return delta, False
    sides = _midranks(first, second) if numeric else (first, second)
    return delta, permutation_mid_p(*sides) < 0.05


def _midranks(first: Counts, second: Counts) -> tuple[Counts, Counts]:
    """Both sides by the place of each answer among all, ties sharing their mean place.

    Cliff's delta knows the order alone, and amounts in money would make too many sums to count.
    """
    ranks: dict[float, float] = {}
    below = 0
    for value in sorted({*first, *second}):
        here = first.get(value, 0) + second.get(value, 0)
        ranks[value] = below + (here + 1) / 2
        below += here
    by_rank = [{ranks[value]: count for value, count in side.items()} for side in (first, second)]
    return by_rank[0], by_rank[1]
