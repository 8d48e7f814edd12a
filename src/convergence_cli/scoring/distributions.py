"""Student's t and the normal distribution, for the few quantiles that intervals need."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

P = 0.975
"""What lies below the upper end of a 95 % interval."""
Z95 = NormalDist().inv_cdf(P)


@lru_cache(maxsize=4096)
def t_quantile(df: float) -> float:
    """The value that Student's t stays below with probability .975; ``df`` >= 1, whole or not.

    Newton's method on `t_tail`, from the normal quantile: it lies below the one of t, and right of 0 the
    distribution function is concave, so each step stops short of the root and they can only close in on it.
    """
    t = Z95
    for _ in range(200):
        step = (t_tail(t, df) - (1 - P)) / _t_density(t, df)
        t += step
        if abs(step) <= 1e-15 * t:
            break
    return t


def _t_density(t: float, df: float) -> float:
    return math.exp(-_log_beta_half(df / 2) - (df + 1) / 2 * math.log1p(t * t / df)) / math.sqrt(df)


def t_tail(t: float, df: float) -> float:
    """Probability that Student's t with ``df`` > 0 degrees of freedom, whole or not, lies above ``t`` > 0.

    ``I_x(df/2, 1/2) / 2`` with ``x = df / (df + t^2)``, I the regularised incomplete beta function (NIST
    DLMF 8.17), from the end of the distribution or from its middle; absolute error below 1e-13 for df up
    to 1e7.
    """
    square, half = t * t, df / 2
    # log x^(df/2) (1 - x)^(1/2) / B, without forming an x or 1 - x so close to 1 that digits are lost
    log_power = -half * math.log1p(square / df) - math.log1p(df / square) / 2 - _log_beta_half(half)
    if square >= df:
        return math.exp(log_power) / df * _beta_series(half, 0.5, df / (df + square))
    return 0.5 - math.exp(log_power) * _beta_series(0.5, half, square / (df + square))


def _beta_series(a: float, b: float, x: float) -> float:
    """``I_x(a, b) a B(a, b) / (x^a (1 - x)^b)`` by a series of positive terms (DLMF 8.17.8)."""
    total = term = 1.0
    n = 0
    while term > 1e-17 * total:
        term *= x * (a + b + n) / (a + 1 + n)
        total += term
        n += 1
    return total


def _log_beta_half(a: float) -> float:
    """``log B(a, 1/2)``; from a = 20 on by a series: the difference of two large lgamma loses digits."""
    if a < 20:
        return math.lgamma(a) + math.lgamma(0.5) - math.lgamma(a + 0.5)
    inverse = 1 / (a * a)
    series = (
        1 / 8 - (1 / 192 - (1 / 640 - (17 / 14336 - 31 / 18432 * inverse) * inverse) * inverse) * inverse
    ) / a
    return (math.log(math.pi) - math.log(a)) / 2 + series
