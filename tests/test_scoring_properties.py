"""What holds for every questionnaire and all answers: drawn ones, of every kind of question."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reports import printed
from waves import codes, tally_of, waves, whole_reports

from convergence_cli import score
from convergence_cli.model.answers import Respondent
from convergence_cli.model.wave import Wave
from convergence_cli.problems import NothingToDo
from convergence_cli.render import json, score_csv
from convergence_cli.results.score import (
    Cut,
    Dimension,
    DimensionGroup,
    Overall,
    Question,
    QuestionGroup,
    ScoreReport,
)

NEAR = 1e-9
"""Points; a float stands for each fraction."""

Figure = Overall | Dimension | Question


def figures(report: ScoreReport) -> Iterator[Figure]:
    """The overall, every dimension, every question; of the cuts too."""
    parts: list[ScoreReport | Cut] = [report, *report.cuts]
    for part in parts:
        yield part.overall
        yield from part.dimensions
        yield from part.questions


def with_intervals(report: ScoreReport) -> Iterator[Overall | Dimension | DimensionGroup | QuestionGroup]:
    yield report.overall
    for dimension in report.dimensions:
        yield dimension
        yield from dimension.groups
    for question in report.questions:
        yield from question.groups


def cut_by(wave: Wave, cut: bool) -> str | None:
    return "unit" if cut and any("unit" in person.about for person in wave.respondents) else None


@whole_reports
@given(waves(), st.randoms(use_true_random=False))
def test_adding_tallies_is_tallying_both(wave: Wave, deal: Any) -> None:
    sides: list[list[Respondent]] = [[], []]
    for person in wave.respondents:
        sides[deal.randrange(2)].append(person)
    one, other = map(tally_of, sides)
    assert one + other == tally_of(wave.respondents)
    assert (one, other) == (tally_of(sides[0]), tally_of(sides[1])), "adding leaves both as they were"


@whole_reports
@given(waves(), st.booleans(), st.data())
def test_the_order_of_respondents_moves_no_byte(wave: Wave, cut: bool, data: st.DataObject) -> None:
    by = cut_by(wave, cut)
    other = replace(wave, respondents=tuple(data.draw(st.permutations(list(wave.respondents)))))
    assert json.render(score(wave, by=by)) == json.render(score(other, by=by))


@whole_reports
@given(waves(), st.booleans())
def test_a_score_lies_inside_its_bounds_and_its_interval(wave: Wave, cut: bool) -> None:
    report = score(wave, by=cut_by(wave, cut))
    for figure in figures(report):
        if figure.bounds is not None:
            assert 0 <= figure.bounds.low <= figure.bounds.high <= 100
        if figure.score is not None:
            assert 0 <= figure.score <= 100
            assert figure.bounds is not None
            assert figure.bounds.low <= figure.score <= figure.bounds.high
        elif not (isinstance(figure, Question) and figure.kind == "text"):
            assert figure.reason
    for each in with_intervals(report):
        if each.interval is not None:
            assert each.score is not None
            assert -NEAR <= each.interval.low <= each.score + NEAR
            assert each.score - NEAR <= each.interval.high <= 100 + NEAR


@whole_reports
@given(waves(complete=True))
def test_when_everybody_answered_there_is_no_interval(wave: Wave) -> None:
    sizes = Counter(person.group for person in wave.respondents)
    report = score(replace(wave, population={g.id: sizes[g.id] for g in wave.questionnaire.groups}))
    for figure in with_intervals(report):
        assert figure.interval is None


@whole_reports
@given(waves(), st.data())
def test_a_group_that_is_asked_but_not_scored_moves_nothing_but_gaps(wave: Wave, data: st.DataObject) -> None:
    """Only why a question has no score may change: those who expect something are no longer nobody."""
    asked = wave.questionnaire
    unscored = [
        (index, group)
        for index, question in enumerate(asked.opinions)
        for group in asked.asked(question)
        if group not in asked.scored(question)
    ]
    assume(unscored)
    index, group = data.draw(st.sampled_from(unscored))
    anew = codes(asked.opinions[index], asked)
    people = [
        replace(p, codes=(*p.codes[:index], data.draw(anew), *p.codes[index + 1 :]))
        if p.group == group
        else p
        for p in wave.respondents
    ]
    before, after = score(wave), score(replace(wave, respondents=tuple(people)))
    same = ("score", "interval", "coverage", "bounds", "level", "level_range", "to_next_level")
    for one, other in zip(figures(before), figures(after), strict=True):
        for name in same:
            assert getattr(one, name, None) == getattr(other, name, None)


@settings(whole_reports, max_examples=60)
@given(waves())
def test_every_format_can_tell_every_report(wave: Wave) -> None:
    report = score(wave)
    assert max(map(len, printed(report).split("\n"))) <= 80
    assert score_csv.render(report).startswith("field,")
    assert ScoreReport.model_validate_json(json.render(report)) == report


@whole_reports
@given(waves())
def test_without_an_answer_and_a_fact_there_is_nothing_to_score(wave: Wave) -> None:
    with pytest.raises(NothingToDo, match="nothing to score"):
        score(replace(wave, respondents=(), facts={}))
