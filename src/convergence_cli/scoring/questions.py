"""What the report says of each question: counts, means, spread, agreement, targets, per group."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from ..model.answers import StatedFact
from ..model.fields import Text
from ..model.questionnaire import MultipleAnswer, Question
from ..model.responses import State
from ..results import score as result
from ..results.common import Interval, Reason
from . import estimates
from .cells import AskedQuestion, Cell
from .composites import cell_mean, coverage
from .facts import ScoredFact
from .scales import Scale, fact_points, is_clipped
from .sheet import QuestionGap, Sheet

Say = Callable[[Text], str]
TOP_TWO_NEEDS = 5
"""Options from which a top-two share says something (rule S11)."""


def question_results(sheet: Sheet, facts: Mapping[str, ScoredFact], say: Say) -> tuple[result.Question, ...]:
    """Every question in the questionnaire's order."""
    return tuple(question_result(sheet, question, facts, say) for question in sheet.questionnaire.questions)


def question_result(
    sheet: Sheet, question: Question, facts: Mapping[str, ScoredFact], say: Say
) -> result.Question:
    node = sheet.tree.find("question", question.id)
    asked = sheet.asked.get(question.id)
    answered = coverage(node, sheet.asked)
    gap = sheet.gaps.get(question.id)
    fact = facts.get(question.id)
    return result.Question(
        id=question.id,
        dimension=question.dimension,
        title=say(question.short_title),
        text=say(question.text),
        kind=question.answer.kind,
        weight=float(question.weight),
        scored=sheet.questionnaire.scored(question),
        score=number(node.value),
        coverage=number(answered),
        bounds=shown(sheet.bounds(node)) if question.is_scored_kind else None,
        reason=node.reason,
        groups=tuple(group_result(sheet, asked, cell, say) for cell in asked.cells) if asked else (),
        gap=gap_result(gap, plain=not sheet.shows_moments_only(question.id)) if gap else None,
        fact=fact_result(fact) if fact else None,
    )


def gap_result(gap: QuestionGap, *, plain: bool) -> result.QuestionGap:
    return result.QuestionGap(
        points=float(gap.points),
        cliffs_delta=gap.delta.delta if plain else None,
        delta_interval=shown(gap.delta.interval) if plain else None,
        reliable=gap.reliable,
    )


def number(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def shown(interval: estimates.Interval | None) -> Interval | None:
    return None if interval is None else Interval(low=interval.low, high=interval.high)


def group_result(sheet: Sheet, asked: AskedQuestion, cell: Cell, say: Say) -> result.QuestionGroup:
    """One cell: all its figures, or only how many were asked where rule S12 hides it."""
    if cell.hidden is not None:
        return bare_group(cell, None, None, None, None)
    bare = bare_group(cell, cell.n, cell.not_applicable, cell.dont_know, cell.skipped)
    scale = sheet.scales.get(asked.question.id)
    if scale is None:
        return bare
    if not cell.n:
        return bare.model_copy(update={"want": want(cell, scale)})
    by_value = exact_counts(cell, scale.value)
    total, n = cell_mean(cell, scale, "leave-out", None)
    by_points = sheet.points_counts(asked.question.id, cell)
    interval, reason = estimates.group_interval(by_points, kind=scale.kind, population=cell.population)
    plain = not (scale.numeric and cell.protected)
    return bare.model_copy(
        update={
            "score": float(total / n),
            "interval": shown(interval) if plain else None,
            "interval_reason": reason if plain else Reason.of("number-in-confidence"),
            "mean": estimates.mean(by_value),
            "median": estimates.median(by_value) if plain else None,
            "sd": estimates.sd(by_value),
            "counts": option_counts(sheet, asked.question, cell, say),
            "top_two": top_two(asked.question, cell, scale),
            "agreement": agreement(sheet, asked.question, cell, by_points) if plain else None,
            "want": want(cell, scale),
        }
    )


def bare_group(
    cell: Cell, n: int | None, not_applicable: int | None, dont_know: int | None, skipped: int | None
) -> result.QuestionGroup:
    return result.QuestionGroup(
        group=cell.name,
        asked=cell.asked,
        n=n,
        not_applicable=not_applicable,
        dont_know=dont_know,
        skipped=skipped,
        score=None,
        interval=None,
        interval_reason=None,
        mean=None,
        median=None,
        sd=None,
        counts=(),
        top_two=None,
        agreement=None,
        want=None,
        pooled=cell.groups if len(cell.groups) > 1 else None,
        hidden=cell.hidden,
    )


def exact_counts(cell: Cell, measure: Callable[..., Fraction]) -> dict[Fraction, int]:
    counts: dict[Fraction, int] = {}
    for code, n in cell.counts.items():
        counts[measure(code)] = counts.get(measure(code), 0) + n
    return counts


def option_counts(sheet: Sheet, question: Question, cell: Cell, say: Say) -> tuple[result.OptionCount, ...]:
    """How often each declared option was chosen, options in their order; none for numbers."""
    several = isinstance(question.answer, MultipleAnswer)
    return tuple(
        result.OptionCount(
            value=float(option.value),
            label=say(option.label),
            n=sum(n for code, n in cell.counts.items() if is_chosen(code, index, several)),
        )
        for index, option in enumerate(sheet.questionnaire.options(question))
    )


def is_chosen(code: object, index: int, several: bool) -> bool:
    if not isinstance(code, int):
        return False
    return bool(code >> index & 1) if several else code == index


def top_two(question: Question, cell: Cell, scale: Scale) -> result.TopTwo | None:
    """Who chose one of the two best options, on scales of five or more (rule S11).

    Options of one value count as one.
    """
    if scale.values < TOP_TWO_NEEDS or isinstance(question.answer, MultipleAnswer):
        return None
    best = sorted({scale.points(index) for index in range(scale.options)}, reverse=True)[1]
    k = sum(n for code, n in cell.counts.items() if scale.points(code) >= best)
    low, high = estimates.wilson(k, cell.n)
    return result.TopTwo(k=k, n=cell.n, low=low, high=high)


def agreement(
    sheet: Sheet, question: Question, cell: Cell, by_points: Mapping[float, int]
) -> result.Agreement:
    """r_wg on option ranks and whether the group is of two minds; two values have no middle (rule S10)."""
    values = {option.value for option in sheet.questionnaire.options(question)}
    scale, ranks = sheet.scales[question.id], None
    if scale.options > 2:
        order = sorted(range(scale.options), key=scale.points)
        place = {index: float(rank) for rank, index in enumerate(order, start=1)}
        ranks = {place[code]: n for code, n in cell.counts.items() if isinstance(code, int)}
    return result.Agreement(
        rwg=estimates.rwg(ranks, scale.options) if ranks else None,
        polarised=len(values) != 2 and estimates.polarised(by_points),
    )


def want(cell: Cell, scale: Scale) -> result.Want | None:
    """The mean target of a cell, in points (rule S13)."""
    n = sum(cell.wants.values())
    if not n:
        return None
    total = sum((scale.points(code) * count for code, count in cell.wants.items()), Fraction(0))
    return result.Want(n=n, points=float(total / n))


def fact_result(fact: ScoredFact) -> result.Fact | None:
    """The fact that is scored, with what was stated beside it; None where neither exists."""
    stated = fact.stated if fact.stated and fact.stated.state is State.ANSWERED else None
    if fact.used.state is not State.ANSWERED:
        return None
    return result.Fact(
        **amounts(fact.used),
        source=fact.used.source,
        origin=fact.origin,
        stated=stated_result(fact.question, stated) if stated else None,
        clipped=is_clipped(fact.question, fact.used.amount),
    )


def stated_result(question: Question, stated: StatedFact) -> result.Stated:
    return result.Stated(
        **amounts(stated), source=stated.source, points=number(fact_points(question, stated))
    )


def amounts(fact: StatedFact) -> dict[str, float | None]:
    return {"count": number(fact.count), "of": number(fact.of), "value": number(fact.value)}
