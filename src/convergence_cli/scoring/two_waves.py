"""How sure the change of a score between two waves is (rule S16).

Pure functions of counted answers, as in `estimates`. A change is new minus old.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ..results.common import Reason
from .estimates import NO_VARIANCE, Estimate, pooled_df, t_interval


class GroupTwice(NamedTuple):
    """One group, asked in two waves.

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


def change_interval(change: float, groups: Sequence[GroupTwice]) -> Estimate:
    """95 % interval of the change of a score between two waves, in points (rule S16).

    ``change -+ t sqrt(sum V_g)``, V_g and its degrees of freedom as in `GroupTwice`, the latter combined
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
