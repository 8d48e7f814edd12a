"""The score report as CSV: a row for each question and group, unrounded, for a spreadsheet or pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping

from ..results.common import Interval
from ..results.score import Question, QuestionGroup, ScoreReport
from ..terminal import safe

Value = str | float | int | bool | None

COLUMNS = (
    *("field", "value", "who"),
    *("dimension", "question", "title", "text", "kind", "weight"),
    *("question_score", "coverage", "lowest", "highest", "reason"),
    *("fact_count", "fact_of", "fact_value", "fact_from", "stated_count", "stated_of", "stated_value"),
    *("gap", "cliffs_delta", "reliable"),
    *("group", "scored", "asked", "n", "not_applicable", "dont_know", "skipped"),
    *("score", "low", "high", "mean", "median", "sd", "want", "want_n", "polarised", "hidden"),
)
"""`field`, `value` and `who` are empty for everybody and name the cut otherwise; `lowest` and `highest` are
the bounds of the question's score, `low` and `high` the 95 % interval of the group's."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins with one of these."""


def render(report: ScoreReport) -> str:
    """One header and a row for each question and group, then the same for each cut.

    Only text can be neutralised (a leading apostrophe, invisible characters spelled out): a number
    stays a number. true and false are words, an absent figure is an empty cell.
    """
    out = io.StringIO()
    writer = csv.DictWriter(out, COLUMNS, restval="", lineterminator="\n")
    writer.writeheader()
    for row in rows(report):
        writer.writerow({name: written(value) for name, value in row.items()})
    return out.getvalue()


def written(value: Value) -> str | float | int:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return neutral(value)
    return int(value) if value == int(value) else value


def neutral(text: str) -> str:
    """``text`` that no spreadsheet takes for a formula."""
    return safe("'" + text if text.startswith(FORMULA) else text)


def rows(report: ScoreReport) -> Iterator[dict[str, Value]]:
    for question in report.questions:
        yield from question_rows(question)
    for cut in report.cuts:
        for question in cut.questions:
            for row in question_rows(question):
                yield {"field": cut.field, "value": cut.value, "who": cut.who, **row}


def question_rows(question: Question) -> Iterator[dict[str, Value]]:
    """A row for each group; one without a group for a fact."""
    about = {**described(question), **facts(question), **contrasted(question)}
    if not question.groups:
        yield about
    for group in question.groups:
        yield {**about, **answered(question, group)}


def described(question: Question) -> Mapping[str, Value]:
    return {
        "dimension": question.dimension,
        "question": question.id,
        "title": question.title,
        "text": question.text,
        "kind": question.kind,
        "weight": question.weight,
        "question_score": question.score,
        "coverage": question.coverage,
        **ends(question.bounds, "lowest", "highest"),
        "reason": question.reason.text if question.reason else None,
    }


def facts(question: Question) -> Mapping[str, Value]:
    if question.fact is None:
        return {}
    fact, stated = question.fact, question.fact.stated
    given: dict[str, Value] = {
        "fact_count": fact.count,
        "fact_of": fact.of,
        "fact_value": fact.value,
        "fact_from": fact.origin,
    }
    if stated is not None:
        given |= {"stated_count": stated.count, "stated_of": stated.of, "stated_value": stated.value}
    return given


def contrasted(question: Question) -> Mapping[str, Value]:
    gap = question.gap
    if gap is None:
        return {}
    return {"gap": gap.points, "cliffs_delta": gap.cliffs_delta, "reliable": gap.reliable}


def answered(question: Question, group: QuestionGroup) -> Mapping[str, Value]:
    want = group.want
    return {
        "group": group.group,
        "scored": not set(question.scored).isdisjoint(group.pooled or (group.group,)),
        "asked": group.asked,
        "n": group.n,
        "not_applicable": group.not_applicable,
        "dont_know": group.dont_know,
        "skipped": group.skipped,
        "score": group.score,
        **ends(group.interval, "low", "high"),
        "mean": group.mean,
        "median": group.median,
        "sd": group.sd,
        "want": want.points if want else None,
        "want_n": want.n if want else None,
        "polarised": group.polarised,
        "hidden": group.hidden.text if group.hidden else None,
    }


def ends(interval: Interval | None, low: str, high: str) -> Mapping[str, Value]:
    return {low: interval.low, high: interval.high} if interval else {}
