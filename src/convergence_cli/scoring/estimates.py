"""How sure a number is: moments, shares and 95 % intervals of counted answers.

Everything here is a pure function of plain numbers. Answers come as counts, a mapping from a value to how
many people gave it, so that a million answers cost what eight cost and no result depends on the order of
people. Points run from 0 to 100. Who did not answer is not in the counts: nothing is imputed.

An estimate is an interval or None, and beside None the reason.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import accumulate
from typing import Literal, NamedTuple, TypeVar

from ..results.common import Interval, Reason
from .distributions import Z95, t_quantile

Counts = Mapping[float, int]
"""Value -> how many people gave it; an entry of 0 is as good as none."""
Number = TypeVar("Number", int, float, Fraction)
"""Moments are exact where the values are: no float holds a third, or 0.1."""

AnswerKind = Literal["binary", "ordinal", "numeric"]
"""`binary`: two options, yes-no or multiple; `ordinal`: more options; `numeric`: number and ratio."""

A_CAMP = 2
"""Answers at each end before a group is of two minds: one against one is a pair, not two camps."""
NO_VARIANCE = 1e-18
"""Points squared: what rounding leaves of a variance that is 0."""


Estimate = tuple[Interval | None, Reason | None]
"""The interval and no reason, or no interval and why."""


class GroupPart(NamedTuple):
    """What one group brings into a composite.

    ``weight`` is W_g, its share of the composite (0..1); ``n`` the people in it who answered;
    ``variance`` V_g in points squared, as if nobody knew how many people there are.
    """

    weight: float
    n: int
    population: int | None
    variance: float

    @property
    def unseen(self) -> float:
        return unseen_share(self.n, self.population)


def size(counts: Mapping[Number, int]) -> int:
    """How many people answered."""
    return sum(counts.values())


def mean(counts: Mapping[Number, int]) -> float | None:
    """Arithmetic mean, in the unit of the values; None without answers."""
    n = size(counts)
    return float(_total(counts) / n) if n else None


def variance(counts: Mapping[Number, int]) -> float | None:
    """``sum (x - mean)^2 / (n - 1)``, in the unit of the values squared; None below two answers.

    Computed as ``(sum x^2 - (sum x)^2 / n) / (n - 1)``, in fractions, so that nothing is lost and numbers
    with one mean and one variance give the same to the last digit.
    """
    n = size(counts)
    if n < 2:
        return None
    squares = sum((Fraction(value) ** 2 * count for value, count in counts.items()), Fraction(0))
    return float((squares - _total(counts) ** 2 / n) / (n - 1))


def _total(counts: Mapping[Number, int]) -> Fraction:
    return sum((Fraction(value) * count for value, count in counts.items()), Fraction(0))


def sd(counts: Mapping[Number, int]) -> float | None:
    """Standard deviation: the root of `variance`; None below two answers."""
    spread = variance(counts)
    return None if spread is None else math.sqrt(spread)


def median(counts: Mapping[Number, int]) -> float | None:
    """The middle answer, or the mean of the two in the middle; None without answers."""
    n = size(counts)
    if not n:
        return None
    values = sorted(counts)
    up_to = list(accumulate(counts[value] for value in values))
    low, high = (Fraction(values[bisect_right(up_to, rank)]) for rank in ((n - 1) // 2, n // 2))
    return float((low + high) / 2)


def outer_thirds(counts: Counts) -> tuple[int, int]:
    """How many answers lie below a third of the points, and how many above two thirds."""
    margin = 1e-9  # an option at exactly a third is in the middle, whatever rounding made of it
    low = sum(count for points, count in counts.items() if points < 100 / 3 - margin)
    high = sum(count for points, count in counts.items() if points > 200 / 3 + margin)
    return low, high


def polarised(counts: Counts) -> bool:
    """Whether a group is of two minds: answers below a third of the points, and answers above two thirds,
    are each at least a quarter of all, at least `A_CAMP`, and more than the rest (rule S10).
    """
    low, high = outer_thirds(counts)
    smaller, answers = min(low, high), size(counts)
    return smaller >= A_CAMP and 4 * smaller >= answers and smaller > answers - low - high


def t_interval(mean: float, variance_of_mean: float, df: float) -> Interval:
    """95 % interval ``mean -+ t sqrt(variance of the mean)``, in the unit of the mean; Student 1908."""
    half = t_quantile(df) * math.sqrt(variance_of_mean)
    return Interval(low=mean - half, high=mean + half)


def score_interval(share: float, amount: float) -> Interval:
    """Penfield's 95 % score interval P(V, M) of a mean on a bounded scale, all as shares of the scale (0..1).

    ``(2MV + z^2 -+ z sqrt(4MV(1 - V) + z^2)) / (2(M + z^2))``, V the mean, M the amount of information
    (people times options less one, when answers spread as a binomial's would). Never empty, never outside
    0..1.

    Penfield 2003, Psychological Methods 8:149-163.
    """
    square = Z95 * Z95
    centre = 2 * amount * share + square
    reach = Z95 * math.sqrt(max(0.0, 4 * amount * share * (1 - share)) + square)
    scale = 2 * (amount + square)
    return _clipped((centre - reach) / scale, (centre + reach) / scale, 0, 1)


def wilson(k: int, n: int) -> Interval:
    """Wilson's 95 % interval of the share ``k`` of ``n`` >= 1, as shares (0..1).

    Wilson 1927, Journal of the American Statistical Association 22:209-212.
    """
    return score_interval(k / n, n)


def group_interval(counts: Counts, *, kind: AnswerKind, population: int | None) -> Estimate:
    """95 % interval of a group's mean of one question, in points (rule S7).

    The hull of the t interval and of the score interval P(mean / 100, c n), clipped to 0..100. c is 1 for
    `binary`, and where every answer lies at an end of the scale, 0 or 100 points; else 2. For `numeric` the
    t interval alone. With a known population of N people the t half-width shrinks by ``sqrt(1 - n/N)``, and
    the score interval is that of the N - n people who did not answer.

    ``counts`` are by points. None when everybody answered, with fewer than two answers, or when numeric
    answers do not differ.
    """
    n = size(counts)
    unseen = unseen_share(n, population)
    centre, spread = mean(counts), variance(counts)
    if unseen == 0:
        return None, Reason.of("all-answered", n=n)
    if centre is None or spread is None:
        return None, Reason.of("one-answer" if n else "no-answers")
    if kind == "numeric" and spread <= NO_VARIANCE:
        return None, Reason.of("all-the-same", n=n)
    interval = t_interval(centre, unseen * spread / n, n - 1)
    if kind != "numeric":
        # Answers between the ends lie closer together than a binomial's, and each tells more.
        ends_only = all(points in (0, 100) for points, count in counts.items() if count)
        c = 1 if kind == "binary" or ends_only else 2
        interval = _hull(interval, _score_interval_of_group(centre, n, c, population))
    return _clipped(interval.low, interval.high, 0, 100), None


def _score_interval_of_group(centre: float, n: int, c: int, population: int | None) -> Interval:
    """In points; of a known population the unseen people alone are uncertain."""
    if population is None:
        return _on_scale(score_interval(centre / 100, c * n), 0, 100)
    rest = population - n
    unseen = _on_scale(score_interval(centre / 100, c / (1 / n + 1 / rest)), 0, 100)
    low, high = ((n * centre + rest * end) / population for end in (unseen.low, unseen.high))
    return Interval(low=low, high=high)


def linearised_variance(z_counts: Iterable[tuple[float, int]], n: int) -> float:
    """V_g, what one group adds to the variance of a composite: ``sum z^2 / (n (n - 1))`` (rule S7).

    ``z_counts`` gives each person's z_i in points and how many people share it; who is not listed counts
    as 0. ``n`` is the group's people. Points squared; nan for a single person, whom `composite_interval`
    refuses by number.

    Taylor linearisation: Särndal, Swensson & Wretman 1992, Model Assisted Survey Sampling, ch. 5.
    """
    return math.fsum(count * z * z for z, count in z_counts) / (n * (n - 1)) if n > 1 else math.nan


def separate_variance(terms: Iterable[tuple[float, float, int]]) -> float:
    """V_g from counts alone: ``(sum a_q w_gq s_gq / sqrt(n_gq))^2`` (rule S7, confidential files).

    One term per question: ``a_q w_gq``, the group's standard deviation s_gq in points, its answers n_gq.
    The sum of standard errors is the largest that `linearised_variance` can be, as if all questions moved
    together.
    """
    return math.fsum(a * s / math.sqrt(n_gq) for a, s, n_gq in terms) ** 2


def composite_interval(
    score: float, facts: float, parts: Sequence[GroupPart], opinion_questions: int, lone_binary: bool
) -> Estimate:
    """95 % interval of a dimension or of the overall score, in points (rule S7).

    The hull of the t interval, variance ``V = sum (1 - n_g/N_g) V_g`` with the degrees of freedom of
    `pooled_df`, and of the score interval of the opinion part,
    ``P((score - F) / (100 W), k W^2 / sum W_g^2 (1 - n_g/N_g) / n_g)``; both clipped to F..F + 100 W.

    ``facts`` is F, the part of the score in points that facts make up; W the sum of the groups' weights;
    k, at most half of ``opinion_questions``, is what `answers_each` says, and 1 when the only question has
    two options (``lone_binary``). Groups of weight 0 are left out and a group that answered whole adds no
    uncertainty. Where V is 0 the score interval stands alone. None when nothing is unseen, or when a
    group that is not whole has one person.
    """
    weighty = [part for part in parts if part.weight > 0]
    sampled = [part for part in weighty if part.unseen > 0]
    if not weighty:
        return None, Reason.of("facts-alone")
    if not sampled:
        return None, Reason.of("all-answered", n=sum(part.n for part in weighty))
    if min(part.n for part in sampled) < 2:
        return None, Reason.of("one-person")
    weight = math.fsum(part.weight for part in weighty)
    share = (score - facts) / (100 * weight)
    k = 1.0 if lone_binary else answers_each(share, sampled, opinion_questions)
    amount = k * weight**2 / math.fsum(part.weight**2 * part.unseen / part.n for part in sampled)
    interval = _on_scale(score_interval(share, amount), facts, 100 * weight)
    variances = [part.unseen * part.variance for part in sampled]
    if sum(variances) > NO_VARIANCE:
        df = pooled_df((v, part.n - 1) for v, part in zip(variances, sampled, strict=True))
        interval = _hull(interval, t_interval(score, math.fsum(variances), df))
    return _clipped(interval.low, interval.high, facts, facts + 100 * weight), None


def answers_each(share: float, parts: Sequence[GroupPart], opinion_questions: int) -> float:
    """k: how many yes-no answers one person's answers to a composite are worth (rule S7).

    ``k = v / s~^2``, at least 1 and at most the larger of 2 and half of ``opinion_questions``, at most 4:
    the variance v = V'(1 - V') that people would have who say yes or no alike to everything, over the one
    they have. V' is ``share``, the opinion part of the score (0..1). ``s^2 = n V / (100 W)^2`` is the
    variance of one person, V the sum of the V_g, W of the W_g and ``n = W^2 / sum(W_g^2 / n_g)``; as few
    people may agree by chance, it counts for n - 1 people and v for two: ``s~^2 = ((n - 1) s^2 + 2 v) / n``.
    1 where v is 0: people who say the same of everything do not show how their answers go together.

    How much people differ does not depend on how many were not asked: V is taken without the correction for
    a finite population, and ``parts`` are the groups that did not answer whole.

    The ratio is Kish's design effect turned round (Kish 1965, Survey Sampling); k and the two
    people are our own, chosen by the simulation in ``benchmarks/coverage.py``.
    """
    v = share * (1 - share)
    if v < 1e-12:  # what rounding leaves of 0
        return 1.0
    weight = math.fsum(part.weight for part in parts)
    n = weight**2 / math.fsum(part.weight**2 / part.n for part in parts)
    spread = n * math.fsum(part.variance for part in parts) / (100 * weight) ** 2
    k = v / (((n - 1) * spread + 2 * v) / n)
    return min(max(1.0, k), max(2.0, opinion_questions / 2), 4.0)


def pooled_df(terms: Iterable[tuple[float, float]]) -> float:
    """Degrees of freedom of a sum of variances: ``(sum V)^2 / sum V^2 / df`` over terms (V, df), some V > 0.

    Welch 1947, Biometrika 34:28-35; Satterthwaite 1946, Biometrics Bulletin 2:110-114.
    """
    terms = list(terms)
    total = math.fsum(variance for variance, _ in terms)
    return 1 / math.fsum((variance / total) ** 2 / df for variance, df in terms)


def unseen_share(n: int, population: int | None) -> float:
    """The finite population correction ``1 - n/N``; 1 when N is not known."""
    return (population - n) / population if population else 1.0


def _on_scale(shares: Interval, start: float, length: float) -> Interval:
    return Interval(low=start + length * shares.low, high=start + length * shares.high)


def _hull(one: Interval, other: Interval) -> Interval:
    return Interval(low=min(one.low, other.low), high=max(one.high, other.high))


def _clipped(low: float, high: float, least: float, most: float) -> Interval:
    return Interval(low=min(max(low, least), most), high=min(max(high, least), most))
