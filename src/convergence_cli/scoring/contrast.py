"""Two groups held against each other, and two waves of one group: what differs beyond chance.

Pure functions of counted answers, as in `estimates`. A difference is second minus first, so that it is
above 0 where the second group answers higher (rule S9), and new minus old between waves (rule S16).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from functools import lru_cache
from typing import NamedTuple

from ..results.common import Reason
from .distributions import t_quantile
from .estimates import NO_VARIANCE, Counts, Estimate, Interval, mean, pooled_df, size, t_interval, variance

EXACT_UP_TO = 100
"""Answers of the smaller side up to which every deal is counted; beyond, the normal approximation serves."""

_COUNTING_LIMIT = 2_000_000_000
"""Bytes that counting every deal may touch, about a tenth of a second."""


class Delta(NamedTuple):
    """Cliff's delta (-1..1) and its 95 % interval, None where its variance is not above 0."""

    delta: float
    interval: Interval | None


class GroupChange(NamedTuple):
    """One group in two waves.

    ``variance_old`` and ``variance_new`` are V_g of each wave in points squared, without population
    correction; ``n_old`` and ``n_new`` its people, ``n_both`` those in both waves, ``r`` the
    `correlation` of their z_i.
    """

    variance_old: float
    variance_new: float
    n_old: int
    n_new: int
    n_both: int
    r: float

    @property
    def variances(self) -> tuple[float, float]:
        """V_old and V_new; where one wave alone has none, the pooled s^2 / n stands for it.

        A few who agree are not certain. ``n V`` is the variance of z_i in a wave, so that
        ``s^2 = ((n_old - 1) n_old V_old + (n_new - 1) n_new V_new) / (n_old + n_new - 2)``, in points
        squared; n is that of the wave without spread.
        """
        old, new = self.variance_old, self.variance_new
        if (old > NO_VARIANCE) == (new > NO_VARIANCE):
            return old, new
        squares = (self.n_old - 1) * self.n_old * old + (self.n_new - 1) * self.n_new * new
        pooled = squares / (self.n_old + self.n_new - 2)
        return (old, pooled / self.n_new) if old > NO_VARIANCE else (pooled / self.n_old, new)

    @property
    def variance(self) -> float:
        """``V_old + V_new - 2 C``, ``C = r n_both / sqrt(n_old n_new) sqrt(V_old V_new)``."""
        old, new = self.variances
        shared = self.r * self.n_both / math.sqrt(self.n_old * self.n_new) if self.n_both > 1 else 0.0
        spread = old + new - 2 * shared * math.sqrt(old * new)
        return spread if spread > 1e-12 * (old + new) else 0.0  # everybody moved alike: the rest is rounding

    @property
    def df(self) -> float:
        """n - 1 when everybody is in both waves, Welch's when nobody is, else the smaller wave's n - 1."""
        if self.n_both > 0:
            return min(self.n_old, self.n_new) - 1
        old, new = self.variances
        return pooled_df([(old, self.n_old - 1), (new, self.n_new - 1)])


# Two groups, one question


def cliffs_delta(first: Counts, second: Counts) -> Delta:
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
        return Delta(delta, None)
    # In whole numbers, so that a variance of 0 is 0.
    rows = sum(first[value] * (higher - lower) ** 2 for value, (higher, lower) in above_first.items())
    columns = sum(second[value] * (higher - lower) ** 2 for value, (higher, lower) in above_second.items())
    untied = sum(first[value] * (higher + lower) for value, (higher, lower) in above_first.items())
    pairs = n1 * n2
    spread = pairs * (rows + columns - untied) - total**2 * (n1 + n2 - 1)
    if spread <= 0:
        return Delta(delta, None)
    return Delta(delta, _delta_interval(delta, spread / (pairs**2 * (n1 - 1) * (n2 - 1)), n1 + n2 - 2))


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
    return Interval((delta * rest - half) / (rest + reach), (delta * rest + half) / (rest + reach))


def permutation_mid_p(first: Counts, second: Counts) -> float:
    """Exact mid-p of the difference of means: the chance of one as large, up or down, by the deal alone.

    ``(#(|D| > |d|) + #(|D| = |d|) / 2) / C(n1 + n2, n1)`` over all ways to deal the answers to two sides
    of the same sizes; 0..1, and .5 when all answers are the same. With more than 100 answers on both sides,
    or where counting would take long, the normal approximation with the permutation variance
    ``s^2 (1/n1 + 1/n2)``. Both sides need an answer.

    Pitman 1937, Supplement to the Journal of the Royal Statistical Society 4:119-130; mid-p: Lancaster
    1961, Journal of the American Statistical Association 56:223-234.
    """
    return _dealt(_items(first), _items(second)).mid_p


def chance_gap(first: Counts, second: Counts) -> float:
    """The gap that chance alone would show between sides of these sizes, in the values' unit (rule S9).

    ``sum |D| / C(n1 + n2, n1)``: the mean of |difference of means| over the deals of `permutation_mid_p`,
    0 when all answers are the same. Where the deals are not counted it is `chance_gap_by_moments`. Both
    sides need an answer.

    Pitman 1937, Supplement to the Journal of the Royal Statistical Society 4:119-130.
    """
    return _dealt(_items(first), _items(second)).mean_size


def chance_gap_by_moments(first: Counts, second: Counts) -> float:
    """`chance_gap` from means and standard deviations alone.

    ``sqrt(2/pi) sqrt(s^2 (1/n1 + 1/n2))``, s^2 the variance of both sides' answers taken together: the mean
    of |difference| if the deals were spread as a normal variable. Both sides need an answer.

    Geary 1935, Biometrika 27:310-332.
    """
    return math.sqrt(2 / math.pi * _permutation_variance(first, second))


class _Dealt(NamedTuple):
    """All ways to deal the answers of both sides: `permutation_mid_p` and `chance_gap`."""

    mid_p: float
    mean_size: float


def _items(counts: Counts) -> tuple[tuple[float, int], ...]:
    return tuple(sorted((value, count) for value, count in counts.items() if count))


@lru_cache(maxsize=1024)  # a question's gap and its chance come from the same deals
def _dealt(first_items: tuple[tuple[float, int], ...], second_items: tuple[tuple[float, int], ...]) -> _Dealt:
    first, second = dict(first_items), dict(second_items)
    ranks, step = _whole_ranks({*first, *second})
    if not _countable(size(first), size(second), max(ranks.values())):
        return _Dealt(_normal_p(first, second), chance_gap_by_moments(first, second))
    small, large = sorted((_people(first, ranks), _people(second, ranks)), key=len)
    n, everybody, total = len(small), len(small) + len(large), sum(small) + sum(large)
    observed = abs(everybody * sum(small) - n * total)
    more = same = sizes = 0
    for taken, ways in _deals(n, small + large):
        difference = abs(everybody * taken - n * total)
        more += ways * (difference > observed)
        same += ways * (difference == observed)
        sizes += ways * difference
    deals = math.comb(everybody, n)
    return _Dealt((2 * more + same) / (2 * deals), step * (sizes / (deals * n * (everybody - n))))


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


def _people(counts: Counts, ranks: Mapping[float, int]) -> list[int]:
    """The rank of each person's answer."""
    return [ranks[value] for value, count in counts.items() for _ in range(count)]


def _countable(n1: int, n2: int, top_rank: int) -> bool:
    """Whether `_deals` is quick for sides of these sizes."""
    small, everybody = min(n1, n2), n1 + n2
    if small > EXACT_UP_TO:
        return False
    return everybody * small * (small * top_rank * _width(small, everybody)) <= _COUNTING_LIMIT


def _width(small: int, everybody: int) -> int:
    """Bytes that hold the number of all deals, and so any number of them."""
    return math.comb(everybody, small).bit_length() // 8 + 1


def _deals(n: int, people: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Each sum of ranks that a side of ``n`` can be dealt, and in how many ways."""
    width = _width(n, len(people))
    # ways[t] is one whole number with a field of `width` bytes per sum: in how many ways t people reach it.
    # A person of rank r who joins moves every field up by r: one shift and one addition for all sums at once.
    # Low ranks come first, which keeps the numbers short, and only sides that can still become full are kept.
    ways = [1] + [0] * n
    for still_to_come, rank in zip(reversed(range(len(people))), sorted(people), strict=True):
        for t in range(n, max(0, n - still_to_come - 1), -1):
            ways[t] += ways[t - 1] << (8 * width * rank)
    fields = ways[n].to_bytes((ways[n].bit_length() + 7) // 8, "little")
    for start in range(0, len(fields), width):
        yield start // width, int.from_bytes(fields[start : start + width], "little")


def _normal_p(first: Counts, second: Counts) -> float:
    spread = _permutation_variance(first, second)
    if spread <= NO_VARIANCE:
        return 0.5
    return math.erfc(abs(_mean(second) - _mean(first)) / math.sqrt(2 * spread))


def _permutation_variance(first: Counts, second: Counts) -> float:
    """Variance of the difference of means when answers are dealt at random to sides of these sizes."""
    together = {value: first.get(value, 0) + second.get(value, 0) for value in {*first, *second}}
    return (variance(together) or 0.0) * (1 / size(first) + 1 / size(second))


def _mean(counts: Counts) -> float:
    centre = mean(counts)
    if centre is None:
        raise ValueError("a side without answers has no mean")
    return centre


def gap_reliable(first: Counts, second: Counts, *, numeric: bool) -> tuple[bool, Delta]:
    """Whether two groups differ beyond chance, and Cliff's delta, second over first (rule S9).

    Reliable when the interval of `cliffs_delta` excludes 0 and `permutation_mid_p` is below .05, for
    ``numeric`` answers (number and ratio) on their ranks. Where the interval is None the mid-p decides
    alone; with one answer on a side nothing is reliable.
    """
    delta = cliffs_delta(first, second)
    excludes_zero = delta.interval is None or delta.interval.low > 0 or delta.interval.high < 0
    if min(size(first), size(second)) < 2 or not excludes_zero:
        return False, delta
    sides = _midranks(first, second) if numeric else (first, second)
    return permutation_mid_p(*sides) < 0.05, delta


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


# Two waves


def correlation(pairs: Mapping[tuple[float, float], int]) -> float:
    """Pearson's correlation (-1..1) of counted pairs (old, new); 0 when a side is constant or empty."""
    old, new = ([pair[side] for pair, count in pairs.items() if count] for side in (0, 1))
    if _constant(old) or _constant(new):
        return 0.0
    n = sum(pairs.values())
    centre = [math.fsum(pair[side] * count for pair, count in pairs.items()) / n for side in (0, 1)]
    apart = [(x - centre[0], y - centre[1], count) for (x, y), count in pairs.items()]
    products = math.fsum(x * y * count for x, y, count in apart)
    old_squares = math.fsum(x * x * count for x, _, count in apart)
    new_squares = math.fsum(y * y * count for _, y, count in apart)
    return max(-1.0, min(1.0, products / math.sqrt(old_squares * new_squares)))


def _constant(values: Sequence[float]) -> bool:
    return not values or max(values) - min(values) <= 1e-12 * (1 + max(map(abs, values)))


def change_interval(change: float, groups: Sequence[GroupChange]) -> Estimate:
    """95 % interval of the change of a score between two waves, in points (rule S16).

    ``change -+ t sqrt(sum V_g)``, V_g and its degrees of freedom as in `GroupChange`, the latter combined
    as ``(sum V)^2 / sum V_g^2 / df_g``. One question and one group: R's paired t interval when everybody
    is in both waves, Welch's when nobody is. None without groups, with fewer than two people of a group
    in a wave, where a group agrees in both waves, or when the variance is 0.
    """
    if not groups:
        return None, Reason.of("facts-alone")
    if min(min(group.n_old, group.n_new) for group in groups) < 2:
        return None, Reason.of("fewer-than-two")
    if any(max(group.variances) <= NO_VARIANCE for group in groups):
        return None, Reason.of("group-agrees")
    terms = [(group.variance, group.df) for group in groups if group.variance > NO_VARIANCE]
    if not terms:
        return None, Reason.of("changed-alike")
    return t_interval(change, math.fsum(spread for spread, _ in terms), pooled_df(terms)), None
