"""`benchmarks/coverage.py`, and that `convergence explain` tells what it finds."""

from __future__ import annotations

import math

import pytest
from running import benchmark

from convergence_cli.explain import pages

coverage = benchmark("coverage")


def told(topic: str) -> str:
    return next(section.text for section in pages()[topic].sections if section.heading == "Why this one")


@pytest.mark.parametrize(
    ("n", "words"),
    [(2, ".88 for two people"), (4, ".87 for four people")]
    + [(n, ".91 for three, six and nine") for n in (3, 6, 9)],
)
def test_the_worst_questions_are_told(n: int, words: str) -> None:
    shapes = [coverage.ends(5, share / 500) for share in range(250, 500)]
    worst = coverage.question_case(n, "ordinal", "", shapes).coverage
    assert f"{math.floor(100 * worst) / 100}".lstrip("0") in words
    assert words in told("interval")


def test_eight_questions_of_people_who_answer_alike_keep_their_promise() -> None:
    """Eight yes-no questions, 20 people, one answer in twenty drawn anew: .75 at worst with k = 4."""
    survey = coverage.Survey((20,), 8, 0.95)
    shapes = [coverage.ends(2, share) for share in coverage.SHARES]
    found = [coverage.coverages(survey, shape, 200) for shape in shapes]
    assert min(min(sides) for sides in found) >= 0.9


def test_the_worst_composite_is_told() -> None:
    """Twenty questions, twelve people, by chance all of one mind; within two standard errors."""
    survey = coverage.Survey((12,), 20, 0.95)
    assert coverage.coverages(survey, coverage.ends(2, 0.9), 500)[0] == pytest.approx(0.8, abs=0.036)
    assert ".80 with twenty questions" in told("composite-interval")


def test_false_alarms_are_told() -> None:
    assert coverage.number_alarms(5, 2) == pytest.approx(0.095, abs=5e-4)
    assert coverage.number_alarms(4, 3) == pytest.approx(0.06, abs=5e-3)
    assert coverage.alarms(5, 2, [0.2] * 5) == pytest.approx(0.05, abs=5e-3)
    for words in (
        "9.5 % at worst (numbers that all differ, five against two)",
        "6 % with four against three",
    ):
        assert words in told("reliable")


def test_the_chance_value_is_exact_up_to_a_hundred_a_side() -> None:
    """By the hypergeometric distribution; the normal approximation was up to a fifth off."""
    errors = {name: (abs(found), abs(normal)) for name, found, normal in coverage.chance_errors()}
    few = [found for name, (found, _) in errors.items() if int(name.split()[0]) <= 100]
    assert max(few) < 1e-9
    assert max(found for found, _ in errors.values()) < 0.01
    assert max(normal for _, normal in errors.values()) == pytest.approx(0.2, abs=0.005)
