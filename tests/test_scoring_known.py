"""Numbers that others have published, reached by the whole way from answers to the report."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pytest
from waves import questionnaire, wave

from convergence_cli import score
from convergence_cli.results.score import ScoreReport

ONE_GROUP = [{"id": "people", "title": "People"}]


def scale(least: int, most: int, direction: str = "higher-is-better") -> dict[str, Any]:
    options = [{"value": str(value), "label": f"L{value}"} for value in range(least, most + 1)]
    return {"direction": direction, "options": options}


def one_person(scales: dict[str, Any], items: Sequence[tuple[str, str | None]], **parts: Any) -> ScoreReport:
    """The report of one person's sheet: each item is a scale's name and the answer, None for none."""
    questions = [
        {"id": f"q{number}", "answer": {"kind": "scale", "scale": name}}
        for number, (name, _) in enumerate(items, start=1)
    ]
    asked = questionnaire(questions, groups=ONE_GROUP, scales=scales, **parts)
    answers = {f"q{number}": answer for number, (_, answer) in enumerate(items, start=1)}
    return score(wave(asked, [{"group": "people", "answers": answers}]))


def test_system_usability_scale() -> None:
    """Brooke 1996, SUS: a quick and dirty usability scale, appendix: the odd items earn x - 1, the even
    ones 5 - x, the sum times 2.5. Answers 5 4 2 1 2 3 2 4 5 2 earn 4 1 1 4 1 2 1 1 4 3, together 22: SUS 55.
    """
    answers = [5, 4, 2, 1, 2, 3, 2, 4, 5, 2]
    items = [("even" if place % 2 else "odd", str(answer)) for place, answer in enumerate(answers)]
    report = one_person({"odd": scale(1, 5), "even": scale(1, 5, "lower-is-better")}, items)
    assert report.overall.score == 55.0
    assert [question.score for question in report.questions] == [100, 25, 25, 100, 25, 50, 25, 25, 100, 75]


def test_rand_36_energy() -> None:
    """RAND 36-Item Health Survey 1.0 scoring, energy/fatigue: items 23 and 27 are recoded 100, 80 .. 0, items
    29 and 31 0, 20 .. 100, and averaged over those answered. The published worked example ("How to score the
    RAND SF-36"): 4, 3, 3 and a blank are 40, 60, 40 and 46.7.
    """
    scales = {"down": scale(1, 6, "lower-is-better"), "up": scale(1, 6)}
    report = one_person(scales, [("down", "4"), ("down", "3"), ("up", "3"), ("up", None)])
    assert [question.score for question in report.questions] == [40, 60, 40, None]
    assert report.overall.score == pytest.approx(140 / 3, abs=1e-9)


HALF_RULE = [
    ([4, 3, 3, 2], 50, 62.5),
    ([4, 3, 3, None], 175 / 3, 175 / 3),
    ([4, None, 3, None], 62.5, 62.5),
    ([4, None, None, 2], 50, 75),
    ([1, None, None, None], None, None),
    ([5, 5, 5, 5], 100, 75),
]


@pytest.mark.parametrize(("answers", "pomp", "with_the_last_reversed"), HALF_RULE)
def test_half_rule(
    answers: list[int | None], pomp: float | None, with_the_last_reversed: float | None
) -> None:
    """PROscorerTools 0.0.4, `scoreScale(okmiss = .5, type = "pomp")`: four items from 1 to 5, a score where
    half of them are answered; once as they are, once with the fourth reversed.
    """
    scales = {"up": scale(1, 5), "down": scale(1, 5, "lower-is-better")}
    given = [None if answer is None else str(answer) for answer in answers]
    turned = ["up", "up", "up", "down"]
    half = {"min_answered": "1/2"}
    for names, expected in ((["up"] * 4, pomp), (turned, with_the_last_reversed)):
        found = one_person(scales, list(zip(names, given, strict=True)), scoring=half).overall.score
        assert found == (None if expected is None else pytest.approx(expected, abs=1e-9))


TREE = {
    "dimensions": [
        {"id": "governance", "title": "Governance"},
        {"id": "strategy", "title": "Strategy", "parent": "governance", "weight": "2"},
        {"id": "metrics", "title": "Metrics", "parent": "governance"},
        {"id": "goals", "title": "Goals", "parent": "strategy"},
        {"id": "plans", "title": "Plans", "parent": "strategy"},
        {"id": "build", "title": "Build"},
    ],
    "scales": {"coverage": {"options": [{"value": v, "label": v} for v in ("0", "0.25", "0.5", "1")]}},
}
ITEMS = {
    "g1": ("goals", "0.25"),
    "g2": ("goals", None),
    "p1": ("plans", "1"),
    "p2": ("plans", "0.5"),
    "m1": ("metrics", None),
    "b1": ("build", "0.5"),
}


LEFT_OUT = {"goals": 25, "plans": 75, "strategy": 50, "metrics": None, "governance": 50, "build": 50}
LOWEST = {"goals": 12.5, "plans": 75, "strategy": 43.75, "metrics": 0, "governance": 175 / 6, "build": 50}


@pytest.mark.parametrize(
    ("missing", "expected", "overall", "bounds"),
    [
        ("leave-out", LEFT_OUT, 50, (475 / 12, 775 / 12)),
        ("lowest", LOWEST, 475 / 12, None),
    ],
)
def test_a_tree_of_three_floors_by_hand(
    missing: str, expected: dict[str, float | None], overall: float, bounds: tuple[float, float] | None
) -> None:
    """Two top dimensions; *governance* holds *strategy* (weight 2: *goals*, *plans*) and *metrics* (1).

    Values run from 0 to 1, so points are 100 x value. Answered: g1 .25, p1 1, p2 .5, b1 .5; g2 and m1 are
    skipped. A dimension needs half of its weight.

    leave-out: goals = 25 (g1 alone, half of the weight), plans = (100 + 50) / 2 = 75,
    strategy = (25 + 75) / 2 = 50, metrics has none; governance = 50 (strategy carries 2 of 3),
    build = 50, overall = (50 + 50) / 2 = 50.

    lowest: goals = (25 + 0) / 2 = 12.5, plans = 75, strategy = 43.75, metrics = 0,
    governance = (2 x 43.75 + 0) / 3 = 29.1667, build = 50, overall = (29.1667 + 50) / 2 = 39.5833.

    Bounds: its two gaps filled with the worst answer are what `lowest` says; with the best, goals 62.5,
    strategy 68.75, metrics 100, governance 79.1667 and overall 64.5833. Coverage is 4 of 6 either way.
    """
    questions = [
        {"id": name, "dimension": dimension, "answer": {"kind": "scale", "scale": "coverage"}}
        for name, (dimension, _) in ITEMS.items()
    ]
    asked = questionnaire(questions, groups=ONE_GROUP, scoring={"missing": missing}, **TREE)
    answers = {name: answer for name, (_, answer) in ITEMS.items()}
    report = score(wave(asked, [{"group": "people", "answers": answers}]))
    assert {dimension.id: dimension.score for dimension in report.dimensions} == pytest.approx(expected)
    assert report.overall.score == pytest.approx(overall)
    assert report.overall.coverage == pytest.approx(4 / 6)
    if bounds:
        assert report.overall.bounds is not None
        assert (report.overall.bounds.low, report.overall.bounds.high) == pytest.approx(bounds)
