"""Two groups and two waves against each other, against published numbers and full enumeration."""

from __future__ import annotations

import math
import statistics
from collections import Counter
from collections.abc import Sequence
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from waves import refused

from convergence_cli.scoring.deals import chance_gap, chance_gap_by_moments, permutation_mid_p
from convergence_cli.scoring.estimates import Counts, variance
from convergence_cli.scoring.gaps import cliffs_delta, gap_reliable
from convergence_cli.scoring.two_waves import GroupTwice, change_interval, correlation

HOGARTY_X = [10, 10, 20, 20, 20, 30, 30, 30, 40, 50]
HOGARTY_Y = [10, 20, 30, 40, 40, 50]
PERMEABILITY_X = [0.80, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46]
PERMEABILITY_Y = [1.15, 0.88, 0.90, 0.74, 1.21]

thirds = st.sampled_from([0.0, 100 * 1 / 3, 100 * 2 / 3, 100.0])
"""Points of four options: sums that are equal as fractions differ as floats."""
fifths = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])
sides = st.sampled_from([thirds, fifths, st.floats(0, 100).map(lambda x: round(x, 2))]).flatmap(
    lambda points: st.tuples(*[st.lists(points, min_size=1, max_size=6)] * 2)
)


def counted(answers: Sequence[float]) -> Counter[float]:
    return Counter(float(answer) for answer in answers)


def differences(first: Sequence[float], second: Sequence[float]) -> list[float]:
    """The difference of means in every deal of all answers to two sides of these sizes."""
    people, n1, n2 = [*first, *second], len(first), len(second)
    total = math.fsum(people)
    sums = (math.fsum(people[i] for i in taken) for taken in combinations(range(n1 + n2), n2))
    return [taken / n2 - (total - taken) / n1 for taken in sums]


# Cliff's delta


def test_cliffs_delta_of_hogarty_and_kromrey() -> None:
    """Hogarty & Kromrey 1999: -.25, 95 % interval -.7265846..0.3890062 (R effsize, its defaults).

    Their delta is above 0 when the first sample is higher; ours when the second is.
    """
    delta, interval = cliffs_delta(counted(HOGARTY_Y), counted(HOGARTY_X))
    assert delta == -0.25
    assert interval is not None
    assert (interval.low, interval.high) == pytest.approx((-0.72658458889, 0.389006190199), abs=1e-9)


nine = st.lists(fifths, min_size=1, max_size=9)


@given(nine, nine)
def test_cliffs_delta_counts_pairs_and_turns_with_the_groups(first: list[float], second: list[float]) -> None:
    """By Cliff's own formula, from the whole matrix of pairs; an interval is there when its unbiased variance
    is above 0.
    """
    delta, interval = cliffs_delta(counted(first), counted(second))
    back, back_interval = cliffs_delta(counted(second), counted(first))
    n1, n2 = len(first), len(second)
    matrix = [[(y > x) - (y < x) for y in second] for x in first]
    assert delta == sum(map(sum, matrix)) / (n1 * n2) == -back
    if n1 == 1 or n2 == 1:
        assert interval is None
        return
    rows = sum((sum(row) / n2 - delta) ** 2 for row in matrix)
    columns = sum((sum(column) / n1 - delta) ** 2 for column in zip(*matrix, strict=True))
    cells = sum((cell - delta) ** 2 for row in matrix for cell in row)
    spread = (n2**2 * rows + n1**2 * columns - cells) / (n1 * n2 * (n1 - 1) * (n2 - 1))
    assert (interval is not None) == (back_interval is not None) == (spread > 1e-12)
    if interval is not None and back_interval is not None:
        assert -1 <= interval.low <= delta <= interval.high <= 1
        assert (back_interval.low, back_interval.high) == pytest.approx((-interval.high, -interval.low))


# The permutation test


def test_mid_p_of_ranks_is_wilcoxons_less_half_a_tie() -> None:
    """R ?wilcox.test: two-sided p = .254412254; W = 35 and W = 15 have 2 * 114 of C(15, 5) deals.

    The mean difference of the depths themselves is another statistic, so the ranks are compared here.
    """
    order = sorted(PERMEABILITY_X + PERMEABILITY_Y)
    x = [order.index(depth) + 1 for depth in PERMEABILITY_X]
    y = [order.index(depth) + 1 for depth in PERMEABILITY_Y]
    same = sum(abs(abs(deal) - 3) < 1e-9 for deal in differences(y, x)) / math.comb(15, 5)
    assert sum(x) / 10 - sum(y) / 5 == pytest.approx(3)
    assert permutation_mid_p(counted(y), counted(x)) + same / 2 == pytest.approx(0.254412254, abs=1e-9)


@given(sides)
def test_chance_is_counted_as_by_full_enumeration(dealt: tuple[list[float], list[float]]) -> None:
    """The mid-p of the observed difference, and the mean size of all differences."""
    first, second = dealt
    sizes = [abs(deal) for deal in differences(first, second)]
    observed = abs(math.fsum(second) / len(second) - math.fsum(first) / len(first))
    same = sum(abs(size - observed) < 1e-9 for size in sizes)
    more = sum(size > observed + 1e-9 for size in sizes)
    for one, other in ((counted(first), counted(second)), (counted(second), counted(first))):
        assert permutation_mid_p(one, other) == pytest.approx((more + same / 2) / len(sizes), abs=1e-12)
        assert chance_gap(one, other) == pytest.approx(math.fsum(sizes) / len(sizes), abs=1e-9)


HUNDRED = {0.0: 20, 25.0: 20, 50.0: 20, 75.0: 20, 100.0: 20}
OTHER_HUNDRED = {0.0: 10, 25.0: 15, 50.0: 25, 75.0: 25, 100.0: 25}
Z = 10 / math.sqrt(2500 * 400 / 399 / 100)


@pytest.mark.parametrize(
    ("first", "second", "p"),
    [
        ({0.0: 1, 100.0: 3}, {0.0: 3, 100.0: 1}, 18 / 70),
        (HUNDRED, OTHER_HUNDRED, 0.03855587059249631),
        ({0.0: 90, 100.0: 110}, {0.0: 110, 100.0: 90}, math.erfc(Z / math.sqrt(2))),
        ({0.0: 298, 100.0: 2}, {100.0: 2}, 3 / math.comb(302, 2)),
    ],
)
def test_mid_p(first: Counts, second: Counts, p: float) -> None:
    """Fisher 1935, the tea tasting: of four cups each, 3 and 1 are called milk-first. Of 70 deals 2 are
    further apart and 32 as far: (2 + 32 / 2) / 70. The published one-sided p is 17 / 70.

    Exact up to 100 a side (p from a table of floats, made with numpy) and the normal approximation beyond:
    110 of 200 against 90 of 200, s^2 (1/n1 + 1/n2) = 100^2 / 4 * 400/399 / 100, z = 1.9975.

    A small side is exact however large the other: both of two say yes, and 2 of 300 others; 6 of C(302, 2)
    deals are as far apart, none further.
    """
    assert permutation_mid_p(first, second) == pytest.approx(p, rel=1e-12)


def test_mid_p_of_a_scale_too_fine_to_count_is_approximate() -> None:
    """Fifty distinct amounts a side without a common step would need gigabytes."""
    first = {100 * i / 101 + i**2 / 10007: 1 for i in range(50)}
    second = {100 * i / 103 + 40: 1 for i in range(50)}
    assert 0 < permutation_mid_p(first, second) < 0.001


# Reliable gaps


def test_a_gap_needs_both_tests() -> None:
    """Four against four: Cliff's interval excludes 0, but p is 4 of 70, in points as in ranks."""
    first, second = {0.0: 3, 25.0: 1}, {25.0: 3, 50.0: 1}
    _, interval = cliffs_delta(first, second)
    assert interval is not None
    assert (interval.low > 0, permutation_mid_p(first, second) < 0.05) == (True, False)
    for numeric in (False, True):
        assert not gap_reliable(first, second, numeric=numeric)[1]


@pytest.mark.parametrize("numeric", [False, True])
@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        ({0.0: 3}, {75.0: 2, 100.0: 1}, (1, False)),
        ({0.0: 4}, {75.0: 2, 100.0: 2}, (1, True)),
        ({0.0: 4, 25.0: 4}, {25.0: 1, 50.0: 3, 75.0: 4}, (60 / 64, True)),
        ({0.0: 90}, {100.0: 1}, (1, False)),
        ({50.0: 8}, {50.0: 8}, (0, False)),
    ],
)
def test_a_reliable_gap(first: Counts, second: Counts, expected: tuple[float, bool], numeric: bool) -> None:
    """Where all of the second side are higher the deals decide: with three a side p is .05 exactly, with four
    1 / 70; one answer on a side is never reliable, and equal answers are no gap.
    """
    assert gap_reliable(first, second, numeric=numeric) == expected


amounts = st.lists(st.integers(0, 1000), min_size=2, max_size=60)


@given(amounts, amounts)
def test_numbers_are_judged_by_their_order_alone(first: list[int], second: list[int]) -> None:
    cubes = counted([x**3 for x in first]), counted([y**3 for y in second])
    plain = counted(first), counted(second)
    assert gap_reliable(*cubes, numeric=True) == gap_reliable(*plain, numeric=True)


# What chance alone gives


def test_chance_gap_by_hand() -> None:
    """The tea: 2 of 70 deals are 100 points apart, 32 are 50; the normal gives 30.2 for 25.7. Five against
    four, s^2 = 1000: sqrt(2 / pi * 1000 * (1/5 + 1/4)).
    """
    cups = {0.0: 1, 100.0: 3}, {0.0: 3, 100.0: 1}
    assert chance_gap(*cups) == pytest.approx((2 * 100 + 32 * 50) / 70)
    assert chance_gap_by_moments(*cups) == pytest.approx(math.sqrt(2 / math.pi * 20000 / 7 / 2))
    first, second = {0.0: 2, 50.0: 2, 100.0: 1}, {0.0: 1, 50.0: 2, 100.0: 1}
    expected = math.sqrt(2 / math.pi * (variance({0.0: 3, 50.0: 4, 100.0: 2}) or 0) * 0.45)
    assert chance_gap_by_moments(first, second) == pytest.approx(expected, rel=1e-12)
    assert chance_gap({50.0: 3}, {50.0: 3}) == chance_gap_by_moments({50.0: 3}, {50.0: 3}) == 0


# Change between waves


def ends(change: float, *groups: GroupTwice) -> tuple[float, float]:
    interval, reason = change_interval(change, groups)
    assert interval is not None, reason
    return interval.low, interval.high


@pytest.mark.parametrize(
    ("group", "variance", "df"),
    [
        (GroupTwice(4.0, 4.0, 10, 10, 6, 0.5), 8 - 2 * 0.6 * 0.5 * 4, 9),
        (GroupTwice(4.0, 4.0, 12, 10, 6, 0.5), 8 - 2 * 6 / math.sqrt(120) * 0.5 * 4, 9),
        (GroupTwice(4.0, 4.0, 10, 10, 1, 1.0), 8, 9),
        (GroupTwice(0.0, 2400 / 12, 3, 12, 0, 0.0), 26400 / 39 + 200, None),
        (GroupTwice(2400 / 12, 0.0, 12, 3, 0, 0.0), 26400 / 39 + 200, None),
    ],
)
def test_variance_of_a_change(group: GroupTwice, variance: float, df: float | None) -> None:
    """Six of ten in both waves: C = .6 r V, on the smaller wave's 9 degrees of freedom. One person in both
    says nothing of the correlation. Three who agree are as uncertain as the other wave is divided:
    s^2 = (2 * 0 + 11 * 2400) / 13, V = s^2 / 3 for them and 2400 / 12 for the twelve.
    """
    assert group.variance == pytest.approx(variance)
    assert df is None or group.df == pytest.approx(df)


def test_change_of_two_groups_adds_variances() -> None:
    """Twice the same group: twice the variance on twice 9 degrees of freedom, t = 2.10092204."""
    group = GroupTwice(4.0, 4.0, 10, 10, 10, 0.5)
    half = 2.10092204 * math.sqrt(8)
    assert ends(10, group, group) == pytest.approx((10 - half, 10 + half), abs=1e-7)


STAYED = GroupTwice(4.0, 4.0, 10, 10, 10, 0.8)
TOO_FEW = "fewer than two people of a group in one wave: no spread to estimate from"


@pytest.mark.parametrize(
    ("groups", "reason"),
    [
        ([], "facts alone: nothing to estimate"),
        ([GroupTwice(4.0, 0.0, 10, 0, 0, 0.0)], TOO_FEW),
        ([STAYED, GroupTwice(4.0, math.nan, 10, 1, 1, 0.0)], TOO_FEW),
        ([GroupTwice(4.1, 4.1, 10, 10, 10, 1.0)], "everybody changed alike: no spread to estimate from"),
        (
            [STAYED, GroupTwice(0.0, 0.0, 9, 10, 0, 0.0)],
            "a group agrees in both waves: no spread to estimate from",
        ),
    ],
)
def test_no_interval_of_a_change_and_why(groups: list[GroupTwice], reason: str) -> None:
    assert refused(change_interval(5, groups)) == reason


@given(st.dictionaries(st.tuples(fifths, fifths), st.integers(1, 9), max_size=12))
def test_correlation_is_pearsons_and_0_with_a_constant_side(pairs: dict[tuple[float, float], int]) -> None:
    old, new = ([pair[at] for pair, count in pairs.items() for _ in range(count)] for at in (0, 1))
    varied = len(set(old)) > 1 and len(set(new)) > 1
    expected = statistics.correlation(old, new) if varied else 0
    assert correlation(pairs) == pytest.approx(expected, abs=1e-12)
    assert -1 <= correlation(pairs) <= 1
    assert correlation({(0.1, 3.0): 1, (0.2, 3.0): 1}) == 0, "what no float holds"
