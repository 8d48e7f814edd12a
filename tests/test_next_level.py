"""The way to the next level: the smallest set of steps, gates included (rule S17)."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from waves import tally_of

from convergence_cli.model.answers import Respondent, StatedFact
from convergence_cli.model.questionnaire import Level, Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.results.score import NextLevel
from convergence_cli.scoring.cells import Privacy
from convergence_cli.scoring.facts import scored_facts
from convergence_cli.scoring.next_level import Ladder, ladders_of, next_level, way_to
from convergence_cli.scoring.report import Request, score_wave
from convergence_cli.scoring.sheet import Sheet

FIVE = [{"value": value, "label": f"L{value}"} for value in range(1, 6)]


def questionnaire(dimensions: Sequence[dict[str, Any]], levels: Sequence[dict[str, Any]]) -> Questionnaire:
    """One question per entry of a dimension's `asks`: ``opinion`` (five options) or ``fact`` (a ratio)."""
    questions = []
    for dimension in dimensions:
        for number, kind in enumerate(dimension["asks"]):
            answer: dict[str, Any] = {"kind": "choice", "options": FIVE} if kind == "opinion" else kind
            questions.append(
                {
                    "id": f"{dimension['id']}{number}",
                    "dimension": dimension["id"],
                    "text": "?",
                    "answer": answer,
                }
            )
    return Questionnaire.model_validate(
        {
            "id": "small",
            "version": 1,
            "title": "Small",
            "groups": [{"id": "g", "title": "G"}],
            "dimensions": [
                {k: v for k, v in each.items() if k != "asks"} | {"title": "D"} for each in dimensions
            ],
            "questions": questions,
            "levels": list(levels),
        }
    )


def sheet_of(survey: Questionnaire, answers: Sequence[Sequence[int]], facts: dict[str, StatedFact]) -> Sheet:
    people = [Respondent(str(i), "g", {}, tuple(codes)) for i, codes in enumerate(answers)]
    return Sheet(survey, tally_of(people), facts, Privacy(False, 5), {})


def fact(count: int, of: int) -> StatedFact:
    return StatedFact(State.ANSWERED, count=Fraction(count), of=Fraction(of))


RATIO = {"kind": "ratio"}
LEVELS = [
    {"id": "low", "title": "Low", "at_least": 0},
    {"id": "mid", "title": "Mid", "at_least": 40, "every_dimension_at_least": 30},
    {"id": "high", "title": "High", "at_least": 75, "every_dimension_at_least": 50},
]


def single_steps(ladder: Ladder) -> Iterator[Fraction]:
    for run in ladder.runs:
        yield from [run.size] * run.count


def fewest_steps(level: Level, sheet: Sheet, ladders: Sequence[Ladder]) -> int | None:
    """The smallest number of steps over every combination, tried one by one."""
    gains = [[Fraction(0), *itertools.accumulate(single_steps(ladder))] for ladder in ladders]
    best = None
    for counts in itertools.product(*(range(len(gain)) for gain in gains)):
        total = sum(counts)
        if (best is None or total < best) and reaches(level, sheet, ladders, gains, counts):
            best = total
    return best


def reaches(
    level: Level,
    sheet: Sheet,
    ladders: Sequence[Ladder],
    gains: Sequence[Sequence[Fraction]],
    counts: Sequence[int],
) -> bool:
    weights = sheet.tree.effective_weights()
    gained = [gain[count] for gain, count in zip(gains, counts, strict=True)]
    assert sheet.tree.value is not None
    if sheet.tree.value + sum(gained) < level.at_least:
        return False
    for node in sheet.tree.nodes():
        if node.kind == "dimension" and level.every_dimension_at_least is not None and node.value is not None:
            share = sum(weights[question.id] for question in node.questions())
            inside = sum(g for g, ladder in zip(gained, ladders, strict=True) if node.id in ladder.dimensions)
            if node.value + inside / share < level.every_dimension_at_least:
                return False
    return True


answers = st.lists(st.lists(st.integers(0, 4), min_size=3, max_size=3), min_size=1, max_size=3)
weights = st.integers(1, 3)


@settings(deadline=None, max_examples=60)
@given(
    people=answers,
    first=weights,
    second=weights,
    child=weights,
    count=st.integers(0, 4),
    cut=st.integers(5, 95),
    gate=st.one_of(st.none(), st.integers(5, 80)),
)
def test_the_set_is_the_smallest_there_is(
    people: list[list[int]], first: int, second: int, child: int, count: int, cut: int, gate: int | None
) -> None:
    """Every combination of steps is tried on trees of three dimensions, one inside another, with a gate."""
    level = {"id": "next", "title": "Next", "at_least": cut, "every_dimension_at_least": gate}
    survey = questionnaire(
        [
            {"id": "a", "weight": first, "asks": ["opinion"]},
            {"id": "b", "weight": second, "asks": ["opinion", RATIO]},
            {"id": "c", "weight": child, "parent": "b", "asks": ["opinion"]},
        ],
        [{"id": "low", "title": "Low", "at_least": 0}, level],
    )
    sheet = sheet_of(survey, people, {"b1": fact(count, 4)})
    facts = scored_facts(survey, {"b1": fact(count, 4)}, (), confidential=False)
    wanted = next_level(survey.levels, sheet.tree)
    if wanted is None:
        return
    ladders = ladders_of(sheet, facts)
    way = way_to(wanted, sheet, ladders)
    smallest = fewest_steps(wanted, sheet, ladders)
    assert way is not None
    assert smallest == way.count
    assert way.smallest
    assert way.overall >= wanted.at_least


def test_steps_go_first_where_the_gate_is_missed() -> None:
    """By hand: a stands at 0 and b at 100, so the overall is 50 and only the gate of 30 in a is missed.

    A step in a adds 25 points to it: two reach 50, which is above 30.
    """
    survey = questionnaire([{"id": "a", "asks": ["opinion"]}, {"id": "b", "asks": ["opinion"]}], LEVELS[:2])
    report = report_of(survey, [[0, 4]])
    assert report is not None
    assert (report.level, report.count) == ("mid", 2)
    assert [(step.question, step.steps, step.overall) for step in report.steps] == [("a0", 2, 75.0)]


def report_of(survey: Questionnaire, people: Sequence[Sequence[int]]) -> NextLevel | None:
    """Each of `people` three times over, as fewer than three have no level."""
    rows = [Respondent(str(i), "g", {}, tuple(codes)) for i, codes in enumerate([*people] * 3)]
    wave = Wave(survey, None, None, False, 5, None, {}, {}, (), rows)
    return score_wave(wave, Request()).next_level


def test_at_the_top_there_is_no_next_level() -> None:
    survey = questionnaire([{"id": "a", "asks": ["opinion"]}], LEVELS)
    assert report_of(survey, [[4]]) is None


def test_each_question_says_what_one_step_gives() -> None:
    """One option up is 25 points of the question: half of that in an overall of two equal dimensions."""
    survey = questionnaire([{"id": "a", "asks": ["opinion"]}, {"id": "b", "asks": ["opinion"]}], LEVELS)
    report = report_of(survey, [[1, 3]])
    assert report is not None
    assert [(e.question, e.overall, e.dimension, e.level) for e in report.each] == [
        ("a0", 62.5, 50.0, "mid"),
        ("b0", 62.5, 100.0, "low"),
    ]


def test_the_last_step_of_a_mean_goes_to_100_at_most() -> None:
    survey = questionnaire([{"id": "a", "asks": ["opinion"]}], [LEVELS[0], {**LEVELS[2], "at_least": 100}])
    report = report_of(survey, [[4], [3]])
    assert report is not None
    assert (report.count, report.overall_after) == (1, 100.0)


@pytest.mark.parametrize(
    ("points", "smallest", "count"),
    [
        ([["0", "0"], ["1/2", "80"], ["1", "100"]], True, 2),
        ([["0", "0"], ["1/2", "0"], ["1", "100"]], False, 4),
    ],
)
def test_a_fact_with_convex_points_gives_a_set_not_the_smallest(
    points: list[list[str]], smallest: bool, count: int
) -> None:
    """Of 4, from 0: concave points pass 40 at 2 of 4 (80); convex ones earn nothing before 3 of 4 (50)."""
    survey = questionnaire(
        [{"id": "a", "asks": [{"kind": "ratio", "points": points}]}],
        [LEVELS[0], {"id": "mid", "title": "Mid", "at_least": 60}],
    )
    facts = {"a0": fact(0, 4)}
    sheet = sheet_of(survey, [], facts)
    level = next_level(survey.levels, sheet.tree)
    assert level is not None
    way = way_to(level, sheet, ladders_of(sheet, scored_facts(survey, facts, (), confidential=False)))
    assert way is not None
    assert (way.smallest, way.count) == (smallest, count)


def test_ninety_questions_and_a_fact_of_a_million_take_few_steps_of_work() -> None:
    """Equal steps come in runs: the ladders of 90 opinions and of one in a million stay short."""
    million = {"kind": "ratio"}
    survey = questionnaire([{"id": "a", "asks": ["opinion"] * 90}, {"id": "b", "asks": [million]}], LEVELS)
    facts = {"b0": fact(1, 1_000_000)}
    sheet = sheet_of(survey, [[1] * 90], facts)
    ladders = ladders_of(sheet, scored_facts(survey, facts, (), confidential=False))
    assert sum(len(ladder.runs) for ladder in ladders) <= 2 * len(ladders)
    level = next_level(survey.levels, sheet.tree)
    assert level is not None
    assert way_to(level, sheet, ladders) is not None
