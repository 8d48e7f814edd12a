"""Intervals and moments of counted answers, against published numbers."""

from __future__ import annotations

import math
import statistics
from collections import Counter

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from waves import SLEEP_A, SLEEP_B, refused

from convergence_cli.results.common import Interval
from convergence_cli.scoring.distributions import Z95, t_quantile, t_tail
from convergence_cli.scoring.estimates import (
    AnswerKind,
    Counts,
    GroupPart,
    answers_each,
    composite_interval,
    group_interval,
    linearised_variance,
    mean,
    median,
    polarised,
    pooled_df,
    score_interval,
    sd,
    separate_variance,
    variance,
    wilson,
)

five_points = st.sampled_from([0.0, 25.0, 50.0, 75.0, 100.0])
ends = st.sampled_from([0.0, 100.0])
several_answers = st.lists(five_points, min_size=2, max_size=30)
kinds: st.SearchStrategy[AnswerKind] = st.sampled_from(["binary", "ordinal", "numeric"])


Ends = tuple[float, float]


def ends_of(interval: Interval) -> Ends:
    return interval.low, interval.high


def interval_of(counts: Counts, kind: AnswerKind = "ordinal", population: int | None = None) -> Ends:
    interval, reason = group_interval(counts, kind=kind, population=population)
    assert interval is not None, reason
    return ends_of(interval)


def composite(score: float, parts: list[GroupPart], *, facts: float = 0, questions: int = 4) -> Ends:
    interval, reason = composite_interval(score, facts, parts, questions, lone_binary=False)
    assert interval is not None, reason
    return ends_of(interval)


# Moments


def test_moments_of_the_sleep_data() -> None:
    """R datasets::sleep (Student 1908): means .75 and 2.33, standard deviations 1.789010 and 2.002249."""
    assert mean(Counter(SLEEP_A)) == pytest.approx(0.75, abs=1e-12)
    assert mean(Counter(SLEEP_B)) == pytest.approx(2.33, abs=1e-12)
    assert sd(Counter(SLEEP_A)) == pytest.approx(1.789010, abs=5e-7)
    assert sd(Counter(SLEEP_B)) == pytest.approx(2.002249, abs=5e-7)


def test_moments_need_answers() -> None:
    assert (mean({}), median({}), variance({}), sd({})) == (None, None, None, None)
    assert (mean({50: 1}), median({50: 1}), variance({50: 1}), sd({50: 1})) == (50, 50, None, None)


@given(several_answers)
def test_moments_are_those_of_the_answers_in_whatever_order(answers: list[float]) -> None:
    counts = Counter(answers)
    assert median(counts) == statistics.median(answers)
    assert mean(counts) == pytest.approx(statistics.fmean(answers))
    assert variance(counts) == pytest.approx(statistics.variance(answers))
    backwards = {12.5: 0, **dict(sorted(counts.items(), reverse=True))}
    for figure in (mean, variance, median, interval_of):
        assert figure(counts) == figure(backwards)


@pytest.mark.parametrize(
    ("counts", "expected"),
    [
        ({0: 3, 100: 3}, True),
        ({0: 3, 50: 3, 100: 4}, False),  # 3 do not outnumber 3
        ({0: 2, 25: 2, 50: 3, 100: 4}, True),  # 4 and 4 of 11,
        ({0: 6, 50: 1}, False),
        ({0: 1, 100: 1}, False),  # a pair, not two camps
        ({0: 2, 100: 98}, False),
        ({0: 25, 100: 75}, True),
        ({0: 24, 100: 76}, False),
        ({0: 2, 100 * 1 / 3: 3, 100 * 2 / 3: 3, 100: 2}, False),  # a third itself is in the middle
        ({}, False),
    ],
)
def test_polarised(counts: Counts, expected: bool) -> None:
    assert polarised(counts) is expected


# Distributions


@pytest.mark.parametrize("t", [1e-9, 0.1, 1.0, 1.9, 2.5, 12.0, 1e6])
def test_t_tail_in_closed_form(t: float) -> None:
    """One, two and four degrees of freedom have elementary distribution functions."""
    assert t_tail(t, 1) == pytest.approx(0.5 - math.atan(t) / math.pi, abs=1e-14)
    assert t_tail(t, 2) == pytest.approx(0.5 - t / (2 * math.sqrt(2 + t * t)), abs=1e-14)
    w = t / math.sqrt(4 + t * t)
    assert t_tail(t, 4) == pytest.approx(0.5 - 0.75 * w * (1 - w * w / 3), abs=1e-14)


def test_t_tail_of_a_whole_test() -> None:
    """R t.test(extra ~ group, data = sleep): t = -1.860813467, df = 17.77647352, p = 0.0793941402."""
    assert 2 * t_tail(1.860813467, 17.77647352) == pytest.approx(0.0793941402, abs=1e-9)


@pytest.mark.parametrize(
    ("df", "quantile"),
    [
        (1, math.tan(0.475 * math.pi)),
        (2, 0.95 * math.sqrt(2 / (4 * 0.975 * 0.025))),
        (3, 3.182446305284263),
        (4, 2.776445105197799),
        (9, 2.262157162798205),
        (14, 2.144786687916928),
        (30, 2.042272456301238),
        (120, 1.979930405082440),
    ],
)
def test_t_quantile_of_the_tables(df: float, quantile: float) -> None:
    """Any table of Student's t, column .975; one and two degrees of freedom in closed form."""
    assert t_quantile(df) == pytest.approx(quantile, rel=1e-12)
    assert t_quantile(1e12) == pytest.approx(Z95, abs=1e-11)


@given(st.floats(0.5, 1e6))
def test_t_quantile_turns_the_distribution_round(df: float) -> None:
    assert t_tail(t_quantile(df), df) == pytest.approx(0.025, abs=1e-12)


# Intervals of one mean or share


@pytest.mark.parametrize(
    ("k", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_wilson(k: int, n: int, low: float, high: float) -> None:
    """Newcombe 1998, Statistics in Medicine 17:857-872, table I, method 3."""
    assert ends_of(wilson(k, n)) == pytest.approx((low, high), abs=5e-5)


@given(st.floats(0, 1), st.floats(0.5, 1e6))
def test_score_interval_solves_the_score_equation(share: float, amount: float) -> None:
    """From each end p the mean is 1.96 binomial standard errors away: M (V - p)^2 = z^2 p (1 - p)."""
    interval = score_interval(share, amount)
    assert 0 <= interval.low <= share + 1e-12
    assert share - 1e-12 <= interval.high <= 1
    square = Z95**2
    for end in ends_of(interval):
        assert amount * (share - end) ** 2 == pytest.approx(square * end * (1 - end), abs=1e-8)


@pytest.mark.parametrize("kind", ["binary", "ordinal"])
def test_group_interval_is_at_least_wilsons_where_all_stand_at_an_end(kind: AnswerKind) -> None:
    """Newcombe's 1 of 29 again, whatever options lie between: t would reach below 0 and stop at 10 of 100."""
    assert interval_of({0.0: 28, 50.0: 0, 100.0: 1}, kind) == pytest.approx((0, 17.18), abs=0.005)
    assert interval_of({100.0: 5}, kind) == pytest.approx((56.55, 100), abs=0.005)


def test_group_interval_of_numbers_is_t_alone() -> None:
    """R t.test on sleep's second drug, ten times as large so as to be points."""
    answers = Counter(10 * hours for hours in SLEEP_B)
    assert interval_of(answers, "numeric") == pytest.approx((8.97677539377, 37.62322460623), abs=1e-9)


def test_group_interval_with_a_known_population() -> None:
    """Five of seven answered 0, 25, 25, 50, 75 (mean 35): the t interval is sqrt(2/7) as wide.

    35 -+ 2.7764451052 sqrt(812.5 / 5 * 2/7), the quantile from scipy. The score interval of the two others
    is narrower here; where all five say 100 it is alone: (500 + 2 * 100 M / (M + z^2)) / 7 with c = 1,
    M = 1 / (1/5 + 1/2) and z^2 = 3.8414588207.
    """
    counts = {0.0: 1, 25.0: 2, 50.0: 1, 75.0: 1}
    assert interval_of(counts, population=7) == pytest.approx(
        (16.08171552549735, 53.91828447450265), abs=1e-9
    )
    assert interval_of({100.0: 5}, population=7) == pytest.approx((79.1735605, 100), abs=1e-7)


@given(several_answers, kinds, st.integers(1, 1000))
def test_group_interval_holds_the_mean_and_stays_on_the_scale(
    answers: list[float], kind: AnswerKind, more: int
) -> None:
    counts = Counter(answers)
    assume(kind != "numeric" or len(counts) > 1)
    centre = mean(counts)
    assert centre is not None
    of_some, of_all = interval_of(counts, kind, len(answers) + more), interval_of(counts, kind)
    for low, high in (of_some, of_all):
        assert 0 <= low <= centre + 1e-9
        assert centre - 1e-9 <= high <= 100
    assert of_some[1] - of_some[0] <= of_all[1] - of_all[0] + 1e-9


@pytest.mark.parametrize(
    ("counts", "kind", "population", "reason"),
    [
        ({}, "ordinal", None, "no answers"),
        ({50: 1}, "ordinal", None, "one answer: no spread to estimate from"),
        ({50: 1}, "ordinal", 1, "all 1 of 1 answered: nothing to estimate"),
        ({50: 5, 75: 3}, "binary", 8, "all 8 of 8 answered: nothing to estimate"),
        ({40: 3}, "numeric", None, "all 3 answers are the same: nothing to estimate the spread from"),
        ({100 / 3: 3}, "numeric", 9, "all 3 answers are the same: nothing to estimate the spread from"),
    ],
)
def test_no_group_interval_and_why(
    counts: Counts, kind: AnswerKind, population: int | None, reason: str
) -> None:
    assert refused(group_interval(counts, kind=kind, population=population)) == reason


# Composites


@given(st.lists(ends, min_size=2, max_size=30), st.integers(1, 20))
def test_composite_of_people_who_say_the_same_to_everything_is_the_interval_of_one_answer(
    answers: list[float], questions: int
) -> None:
    """Yes to all or no to all: however many questions, each person is one yes or one no."""
    counts = Counter(answers)
    centre, n = mean(counts), len(answers)
    assert centre is not None
    spread = linearised_variance(((value - centre, count) for value, count in counts.items()), n)
    interval = composite(centre, [GroupPart(1, n, None, spread)], questions=questions)
    assert interval == pytest.approx(interval_of(counts, "binary"), abs=1e-9)


def test_composite_of_two_groups_has_welchs_degrees_of_freedom() -> None:
    """R t.test on sleep, Welch: -3.365483230712..0.205483230712; the mean of two groups has half that width.

    The variances are taken 2500-fold, which makes the t interval the wider of the two.
    """
    parts = [
        GroupPart(0.5, 10, None, linearised_variance(((25 * (x - centre), 1) for x in answers), 10))
        for answers, centre in ((SLEEP_A, 0.75), (SLEEP_B, 2.33))
    ]
    half = 50 * (0.205483230712 + 3.365483230712) / 4
    assert composite(50, parts) == pytest.approx((50 - half, 50 + half), abs=1e-8)
    assert pooled_df((part.variance, 9) for part in parts) == pytest.approx(17.77647352, abs=1e-8)


def test_composite_without_variance_is_the_score_interval_of_the_opinions() -> None:
    """Facts make half of the score, 40 points; six people give 100 to four questions: M = 6, as V' = 1."""
    low = 40 + 50 * wilson(6, 6).low
    assert composite(90, [GroupPart(0.5, 6, None, 0.0)], facts=40) == pytest.approx((low, 90))


@pytest.mark.parametrize(("questions", "k"), [(1, 2), (4, 2), (5, 2.5), (8, 4), (30, 4)])
def test_people_who_agree_are_worth_half_the_questions_but_two_to_four(questions: int, k: float) -> None:
    """A hundred people whose means are all 50 points: v / s~^2 = 50, more than is believed."""
    expected = score_interval(0.5, k * 100)
    assert composite(50, [GroupPart(1, 100, None, 0.0)], questions=questions) == pytest.approx(
        (100 * expected.low, 100 * expected.high)
    )


SPREADS = [
    ([GroupPart(1, 5, None, 20.0)], 0.5, 0.25 / 0.108),
    ([GroupPart(0.6, 6, None, 24.0), GroupPart(0.4, 4, None, 4.0)], 0.3, 3.125),
    ([GroupPart(0.3, 6, None, 6.0), GroupPart(0.2, 4, None, 1.0)], 0.3, 3.125),
    ([GroupPart(1, 10, None, 100.0)], 0.5, 0.25 / 0.14),
    ([GroupPart(1, 10, 11, 100.0)], 0.5, 0.25 / 0.14),
    ([GroupPart(1, 4, None, 1e4 / 24)], 0.5, 1),
    ([GroupPart(1, 10, None, 0.0)], 1, 1),
]


@pytest.mark.parametrize(("parts", "share", "k"), SPREADS)
def test_people_who_differ_are_worth_less_by_hand(parts: list[GroupPart], share: float, k: float) -> None:
    """k = v / s~^2, s~^2 = ((n - 1) s^2 + 2 v) / n, of eight questions, the shares being 0..1:

    1. Five people with means 60, 60, 50, 40, 40: s^2 = .04 / 4, v = .25, s~^2 = (4 * .01 + .5) / 5 = .108.
    2. Six with s = .2 that weigh .6, four with s = .1 that weigh .4: n = 1 / (.36 / 6 + .16 / 4) = 10, the
       variances are .36 * .04 / 6 and .16 * .01 / 4, s^2 = .028, v = .21, s~^2 = (9 * .028 + .42) / 10.
    3. The same people beside facts that make half of the score.
    4. Ten with s^2 = .1: s~^2 = (9 * .1 + .5) / 10 = .14; 5. that only one more was not asked is no matter.
    6. Four with means 100, 50, 50, 0: s^2 = 1 / 6 and s~^2 = .25 = v. 7. All at the end: v = 0.
    """
    assert answers_each(share, parts, 8) == pytest.approx(k, abs=1e-9)


WHOLE = GroupPart(0.5, 1, 1, math.nan)
WITHOUT_WEIGHT = GroupPart(0, 1, None, math.nan)
EIGHTH, HALF = 100 * score_interval(0, 12.5).high, 2.262157162798205 * 15


@pytest.mark.parametrize(
    ("score", "parts", "expected"),
    [
        (0, [GroupPart(0.6, 6, None, 0.0), GroupPart(0.4, 4, 8, 0.0)], (0, EIGHTH)),
        (0, [WHOLE, GroupPart(0.5, 6, None, 0.0)], (0, 100 * score_interval(0, 6 / 0.25).high)),
        (50, [GroupPart(1, 10, 40, 300.0)], (50 - HALF, 50 + HALF)),
        (60, [GroupPart(1, 6, None, 20.0), WITHOUT_WEIGHT], composite(60, [GroupPart(1, 6, None, 20.0)])),
    ],
)
def test_composite_weighs_groups_by_size_and_by_what_is_unseen(
    score: float, parts: list[GroupPart], expected: tuple[float, float]
) -> None:
    """M = k W^2 / sum W_g^2 (1 - n_g/N_g) / n_g = 1 / (.36 / 6 + .16 * .5 / 4) = 12.5; a group that answered
    whole adds no uncertainty, even alone; ten of forty people with V = 300 have t(9) sqrt(.75 * 300), the
    quantile from any table; a group without weight is left out.
    """
    assert composite(score, parts) == pytest.approx(expected, abs=1e-9)


@pytest.mark.parametrize(
    ("parts", "reason"),
    [
        ([], "facts alone: nothing to estimate"),
        ([GroupPart(0, 5, None, 1.0)], "facts alone: nothing to estimate"),
        (
            [GroupPart(0.5, 14, 14, 0.0), GroupPart(0.5, 8, 8, 0.0)],
            "all 22 of 22 answered: nothing to estimate",
        ),
        (
            [GroupPart(0.5, 14, None, 9.0), GroupPart(0.5, 1, 8, math.nan)],
            "one person answered for a whole group: no spread to estimate from",
        ),
    ],
)
def test_no_composite_interval_and_why(parts: list[GroupPart], reason: str) -> None:
    assert refused(composite_interval(50, 10, parts, 4, lone_binary=False)) == reason


@given(
    st.lists(st.tuples(st.integers(2, 40), st.floats(0, 900), st.floats(0.01, 1)), min_size=1, max_size=4),
    st.floats(0, 0.9),
    st.floats(0, 1),
    st.floats(0, 1),
    st.integers(1, 12),
)
def test_composite_interval_holds_the_score_and_stays_in_its_range(
    groups: list[tuple[int, float, float]], facts_weight: float, facts: float, opinion: float, questions: int
) -> None:
    weights = math.fsum(weight for *_, weight in groups) / (1 - facts_weight)
    parts = [GroupPart(weight / weights, n, None, spread) for n, spread, weight in groups]
    facts_points = 100 * facts_weight * facts
    reach = 100 * (1 - facts_weight)
    score = facts_points + reach * opinion
    low, high = composite(score, parts, facts=facts_points, questions=questions)
    assert facts_points - 1e-9 <= low <= score + 1e-9
    assert score - 1e-9 <= high <= facts_points + reach + 1e-9
    assert composite(score, parts[::-1], facts=facts_points, questions=questions) == (low, high)


def test_linearised_variance_of_complete_answers_is_that_of_the_mean() -> None:
    """s^2 / n, s = 1.789010 for sleep's first drug."""
    deviations = [(x - 0.75, 1) for x in SLEEP_A]
    assert linearised_variance(deviations, 10) == pytest.approx(1.789010**2 / 10, abs=1e-6)
    assert math.isnan(linearised_variance([(0.0, 1)], 1))


def test_separate_variance_adds_standard_errors() -> None:
    """(.5 * 20 / sqrt 4 + .25 * 30 / sqrt 9)^2 = 7.5^2."""
    assert separate_variance([(0.5, 20.0, 4), (0.25, 30.0, 9)]) == pytest.approx(56.25)


@given(st.lists(st.tuples(five_points, five_points), min_size=2, max_size=12))
def test_separate_variance_is_never_the_smaller(answers: list[tuple[float, float]]) -> None:
    n = len(answers)
    columns = [Counter(column) for column in zip(*answers, strict=True)]
    terms = [(0.5, sd(column) or 0.0, n) for column in columns]
    centre = math.fsum(mean(column) or 0.0 for column in columns) / 2
    joint = linearised_variance((((one + other) / 2 - centre, 1) for one, other in answers), n)
    assert separate_variance(terms) >= joint - 1e-9
