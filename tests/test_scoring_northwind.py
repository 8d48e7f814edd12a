"""The example organisation against figures that were computed apart from the program, by another's hand."""

from __future__ import annotations

from pathlib import Path

import pytest
from waves import figure

from convergence_cli import read, score
from convergence_cli.results.score import ScoreReport
from convergence_cli.scoring.deals import permutation_mid_p

RESPONSES = Path(__file__).parent.parent / "examples" / "responses.yaml"
SIX = 5e-7
"""Points; the figures below have six decimals."""


@pytest.fixture(scope="module")
def report() -> ScoreReport:
    return score(read(RESPONSES))


FIGURES = {
    "response-speed.business.score": 34.615385,
    "response-speed.it.score": 64.285714,
    "contribution.business.score": 43.75,
    "contribution.it.score": 64.285714,
    "awareness.business.score": 43.75,
    "awareness.it.score": 46.428571,
    "expertise.business.score": 55,
    "expertise.it.score": 62.5,
    "contribution.score": 54.017857,
    "plans.score": 50,
    "responsiveness.score": 34.615385,
    "innovation.score": 60.691964,
    "overall.score": 48.435783,
    "overall.bounds.low": 47.237866,
    "overall.bounds.high": 49.481456,
    "response-speed.gap.points": 64.285714 - 34.615385,
    "friction.points": 21.342229,
    "friction.chance": 8.644100,
}
ANSWERS = {"response-speed": (13, 7), "contribution": (12, 7), "awareness": (12, 7), "expertise": (10, 6)}


@pytest.mark.parametrize("path", FIGURES)
def test_figures(report: ScoreReport, path: str) -> None:
    """Friction by chance: the mean size of C(20, 7), C(19, 7), C(19, 7) and C(16, 6) deals, weighted 4, 1, 1,
    1.
    """
    assert figure(report, path) == pytest.approx(FIGURES[path], abs=2 * SIX)


def test_only_the_gap_in_speed_is_reliable(report: ScoreReport) -> None:
    assert [q.id for q in report.questions if q.gap and q.gap.reliable] == ["response-speed"]
    assert figure(report, "response-speed.gap.cliffs_delta") == pytest.approx(0.7582, abs=5e-5)
    first, second = (
        {count.value: count.n for count in figure(report, f"response-speed.{side}.counts")}
        for side in ("business", "it")
    )
    assert permutation_mid_p(first, second) == pytest.approx(0.003715, abs=SIX)


def test_coverage_is_that_of_the_scored_groups(report: ScoreReport) -> None:
    """74 of 79 opinions were given; 54 of 58 by those whose answers are scored (rule S3: a group that is not
    scored stays out of the coverage).
    """
    cells = {question.id: question.groups for question in report.questions if question.groups}
    assert {name: tuple(cell.n for cell in groups) for name, groups in cells.items()} == ANSWERS
    due = sum(cell.asked - (cell.not_applicable or 0) for groups in cells.values() for cell in groups)
    assert (sum(map(sum, ANSWERS.values())), due) == (74, 79)
    assert report.overall.coverage == pytest.approx(54 / 58)
    assert (report.overall.lowest_dimension, report.overall.level) == ("responsiveness", "aligned")


@pytest.mark.parametrize(
    ("question", "t", "by_score"),
    [
        ("response-speed", (31.5147, 37.7161), (32.4695, 38.2429)),
        ("expertise", (47.4595, 62.5405), (45.3951, 63.4563)),
    ],
)
def test_interval_of_a_group_is_the_hull_of_both(
    report: ScoreReport, question: str, t: tuple[float, float], by_score: tuple[float, float]
) -> None:
    """13 and 10 of the 14 business leaders there are."""
    interval = figure(report, f"{question}.business.interval")
    expected = min(t[0], by_score[0]), max(t[1], by_score[1])
    assert (interval.low, interval.high) == pytest.approx(expected, abs=5e-5)
