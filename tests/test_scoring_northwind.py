"""The example organisation against figures that were computed apart from the program, by another's hand."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from convergence_cli import read, score
from convergence_cli.render import json as as_json
from convergence_cli.scoring.deals import permutation_mid_p

ROOT = Path(__file__).parent.parent
SIX = 5e-7
"""Points; the figures below have six decimals."""

Data = dict[str, Any]


@pytest.fixture(scope="module")
def report() -> Data:
    data: Data = json.loads(as_json.render(score(read(str(ROOT / "examples" / "responses.yaml")))))
    return data


@pytest.fixture(scope="module")
def questions(report: Data) -> dict[str, Data]:
    return {question["id"]: question for question in report["questions"]}


def cell(question: Data, group: str) -> Data:
    found: Data = next(cell for cell in question["groups"] if cell["group"] == group)
    return found


MEANS = {
    "response-speed": [(34.615385, 13), (64.285714, 7)],
    "contribution": [(43.75, 12), (64.285714, 7)],
    "awareness": [(43.75, 12), (46.428571, 7)],
    "expertise": [(55, 10), (62.5, 6)],
}


@pytest.mark.parametrize("question", MEANS)
def test_means(questions: dict[str, Data], question: str) -> None:
    for group, (mean, n) in zip(("business", "it"), MEANS[question], strict=True):
        found = cell(questions[question], group)
        assert (found["score"], found["n"]) == (pytest.approx(mean, abs=SIX), n)


def test_only_the_gap_in_speed_is_reliable(questions: dict[str, Data]) -> None:
    gaps = {name: question["gap"] for name, question in questions.items() if question["gap"]}
    assert [name for name, gap in gaps.items() if gap["reliable"]] == ["response-speed"]
    assert gaps["response-speed"]["points"] == pytest.approx(64.285714 - 34.615385, abs=1e-6)
    assert gaps["response-speed"]["cliffs_delta"] == pytest.approx(0.7582, abs=5e-5)
    sides = [
        {count["value"]: count["n"] for count in cell(questions["response-speed"], group)["counts"]}
        for group in ("business", "it")
    ]
    assert permutation_mid_p(*sides) == pytest.approx(0.003715, abs=SIX)


def test_scores(report: Data, questions: dict[str, Data]) -> None:
    assert questions["contribution"]["score"] == pytest.approx(54.017857, abs=SIX)
    assert [dimension["score"] for dimension in report["dimensions"]] == pytest.approx(
        [50, 34.615385, 60.691964], abs=SIX
    )
    overall = report["overall"]
    assert (overall["score"], overall["bounds"]["low"], overall["bounds"]["high"]) == pytest.approx(
        (48.435783, 47.237866, 49.481456), abs=SIX
    )
    assert (overall["lowest_dimension"], overall["level"]) == ("responsiveness", "aligned")


def test_coverage_is_that_of_the_scored_groups(report: Data, questions: dict[str, Data]) -> None:
    """74 of 79 opinions were given; 54 of 58 by those whose answers are scored (rule S3: a group that is not
    scored stays out of the coverage).
    """
    cells = [cell for question in questions.values() for cell in question["groups"]]
    asked = sum(cell["asked"] - cell["not_applicable"] for cell in cells)
    assert (sum(cell["n"] for cell in cells), asked) == (74, 79)
    assert report["overall"]["coverage"] == pytest.approx(54 / 58)


def test_friction(report: Data) -> None:
    """Chance: the mean size of C(20, 7), C(19, 7), C(19, 7) and C(16, 6) deals, weighted 4, 1, 1, 1."""
    assert report["friction"]["points"] == pytest.approx(21.342229, abs=SIX)
    assert report["friction"]["chance"] == pytest.approx(8.644100, abs=SIX)


INTERVALS = [
    ("response-speed", (31.5147, 37.7161), (32.4695, 38.2429)),
    ("expertise", (47.4595, 62.5405), (45.3951, 63.4563)),
]


@pytest.mark.parametrize(("question", "t", "by_score"), INTERVALS)
def test_interval_of_a_group_is_the_hull_of_both(
    questions: dict[str, Data], question: str, t: tuple[float, float], by_score: tuple[float, float]
) -> None:
    """13 and 10 of the 14 business leaders there are."""
    interval = cell(questions[question], "business")["interval"]
    expected = min(t[0], by_score[0]), max(t[1], by_score[1])
    assert (interval["low"], interval["high"]) == pytest.approx(expected, abs=5e-5)
