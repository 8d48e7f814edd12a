"""What the report says of each question: counts, means, spread, targets, per group."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import Any

from ..model.answers import Code, StatedFact
from ..model.fields import Text
from ..model.questionnaire import MultipleAnswer, Question
from ..model.responses import State
from ..results import score as result
from ..results.common import Reason
from . import estimates
from .composites import cell_mean, coverage
from .facts import ScoredFact
from .points import PointScale, fact_points, index_of, is_clipped
from .privacy import AskedQuestion, Cell
from .survey import Survey, points_counts

Say = Callable[[Text], str]
Facts = Mapping[str, ScoredFact]
TOP_TWO_NEEDS = 5
"""Options from which a top-two share says something (rule S11)."""


def question_results(survey: Survey, facts: Facts, say: Say) -> tuple[result.Question, ...]:
    """Every question in the questionnaire's order."""
    return tuple(question_result(survey, question, facts, say) for question in survey.questionnaire.questions)


def question_result(survey: Survey, question: Question, facts: Facts, say: Say) -> result.Question:
    node = survey.tree.find("question", question.id)
    asked = survey.asked.get(question.id)
    fact = facts.get(question.id)
    return result.Question(
        id=question.id,
        dimension=question.dimension,
        title=say(question.short_title),
        text=say(question.text),
        kind=question.answer.kind,
        weight=float(question.weight),
        scored=survey.questionnaire.scored(question),
        score=number(node.value),
        coverage=number(coverage(node, survey.asked)),
        bounds=survey.bounds(node) if question.is_scored_kind else None,
        reason=node.reason,
        groups=tuple(group_result(survey, asked, cell, say) for cell in asked.cells) if asked else (),
        gap=survey.gaps.get(question.id),
        fact=fact_result(fact) if fact else None,
    )


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def group_result(survey: Survey, asked: AskedQuestion, cell: Cell, say: Say) -> result.QuestionGroup:
    """One cell: all its figures, or only how many were asked where rule S12 hides it."""
    figures: dict[str, Any] = {}
    if cell.hidden is None:
        for state in ("n", "not_applicable", "dont_know", "skipped"):
            figures[state] = getattr(cell, state)
        if scale := survey.scales.get(asked.question.id):
            figures["want"] = want(cell, scale)
            figures |= answers(survey, asked.question, cell, scale, say) if cell.n else {}
    return result.QuestionGroup(
        group=cell.name,
        asked=cell.asked,
        pooled=cell.groups if len(cell.groups) > 1 else None,
        hidden=cell.hidden,
        **figures,
    )


def answers(survey: Survey, question: Question, cell: Cell, scale: PointScale, say: Say) -> dict[str, Any]:
    """What the answers of a cell come to; of numbers given in confidence the mean and the spread alone."""
    by_value: Counter[Fraction] = Counter()
    for code, n in cell.counts.items():
        by_value[scale.value(code)] += n
    figures: dict[str, Any] = {
        "score": float(cell_mean(cell, scale).mean),
        "mean": estimates.mean(by_value),
        "sd": estimates.sd(by_value),
    }
    if scale.numeric and cell.protected:
        return figures | {"interval_reason": Reason.of("number-in-confidence")}
    by_points = points_counts(cell, scale)
    interval, reason = estimates.group_interval(by_points, kind=scale.kind, population=cell.population)
    values = {option.value for option in survey.questionnaire.options(question)}
    return figures | {
        "interval": interval,
        "interval_reason": reason,
        "median": estimates.median(by_value),
        "counts": option_counts(survey, question, cell, scale, say),
        "top_two": top_two(cell, scale),
        # Two values have no middle to stand on either side of.
        "polarised": len(values) != 2 and estimates.polarised(by_points),
    }


def option_counts(
    survey: Survey, question: Question, cell: Cell, scale: PointScale, say: Say
) -> tuple[result.OptionCount, ...]:
    """How often each declared option was chosen, options in their order; none for numbers."""
    several = isinstance(question.answer, MultipleAnswer)

    def chosen(code: Code) -> int:
        return index_of(code) if several else 1 << index_of(code)

    return tuple(
        result.OptionCount(
            value=float(option.value),
            label=say(option.label),
            n=sum(n for code, n in cell.counts.items() if chosen(code) >> index & 1),
            points=None if several else float(scale.points(index)),
        )
        for index, option in enumerate(survey.questionnaire.options(question))
    )


def top_two(cell: Cell, scale: PointScale) -> result.TopTwo | None:
    """Who chose one of the two best options, on scales of five or more (rule S11).

    Options of one value count as one.
    """
    if len(scale.steps) < TOP_TWO_NEEDS:
        return None
    best = scale.steps[-2]
    k = sum(n for code, n in cell.counts.items() if scale.points(code) >= best)
    share = estimates.wilson(k, cell.n)
    return result.TopTwo(k=k, n=cell.n, low=share.low, high=share.high)


def want(cell: Cell, scale: PointScale) -> result.Want | None:
    """The mean target of a cell, in points (rule S13)."""
    n = sum(cell.wants.values())
    if not n:
        return None
    total = sum((scale.points(code) * count for code, count in cell.wants.items()), Fraction(0))
    return result.Want(n=n, points=float(total / n))


def fact_result(fact: ScoredFact) -> result.Fact | None:
    """The fact that is scored, with what was stated beside it; None where neither exists."""
    if fact.used.state is not State.ANSWERED:
        return None
    stated = fact.stated if fact.stated and fact.stated.state is State.ANSWERED else None
    return result.Fact(
        **amounts(fact.used),
        origin=fact.origin,
        stated=result.Stated(**amounts(stated), points=number(fact_points(fact.question, stated)))
        if stated
        else None,
        clipped=is_clipped(fact.question, fact.used.amount),
    )


def amounts(fact: StatedFact) -> dict[str, Any]:
    known = {name: number(getattr(fact, name)) for name in ("count", "of", "value")}
    return {**known, "source": fact.source}
