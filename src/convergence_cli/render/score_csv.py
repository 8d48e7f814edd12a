"""The score report as CSV: a row for each question and group, unrounded, for a spreadsheet or pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from typing import Any

from ..results.score import Question, QuestionGroup, ScoreReport
from ..terminal import safe
from .document import Run

Value = str | float | int | bool | None

OF_CUT = ("field", "value", "who")
OF_QUESTION = (
    *("dimension", "question", "title", "text", "kind", "weight"),
    *("question_score", "coverage", "lowest", "highest", "reason"),
    *("fact_count", "fact_of", "fact_value", "fact_from", "stated_count", "stated_of", "stated_value"),
    *("gap", "cliffs_delta", "reliable"),
)
OF_GROUP = (
    *("group", "scored", "asked", "n", "not_applicable", "dont_know", "skipped"),
    *("score", "low", "high", "mean", "median", "sd", "want", "want_n", "polarised", "hidden"),
)
"""`field`, `value` and `who` are empty for everybody and name the cut otherwise; `lowest` and `highest` are
the bounds of the question's score, `low` and `high` the 95 % interval of the group's."""

PLACES = {
    "question": "id",
    "question_score": "score",
    "lowest": "bounds.low",
    "highest": "bounds.high",
    "reason": "reason.text",
    "fact_count": "fact.count",
    "fact_of": "fact.of",
    "fact_value": "fact.value",
    "fact_from": "fact.origin",
    "stated_count": "fact.stated.count",
    "stated_of": "fact.stated.of",
    "stated_value": "fact.stated.value",
    "gap": "gap.points",
    "cliffs_delta": "gap.cliffs_delta",
    "reliable": "gap.reliable",
    "low": "interval.low",
    "high": "interval.high",
    "want": "want.points",
    "want_n": "want.n",
    "hidden": "hidden.text",
}
"""Where a column stands in the report, when not under its own name."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins with one of these."""


def render(report: ScoreReport, _: Run | None = None) -> str:
    """One header and a row for each question and group, then the same for each cut.

    Only text can be neutralised (a leading apostrophe, invisible characters spelled out): a number
    stays a number. true and false are words, an absent figure is an empty cell.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*OF_CUT, *OF_QUESTION, *OF_GROUP))
    for row in rows(report):
        writer.writerow(map(written, row))
    return out.getvalue()


def rows(report: ScoreReport) -> Iterator[list[Value]]:
    """A row for each question and group; one without a group for a fact."""
    asked = [([None] * len(OF_CUT), question) for question in report.questions]
    for cut in report.cuts:
        asked += [([getattr(cut, name) for name in OF_CUT], question) for question in cut.questions]
    for whose, question in asked:
        about = [*whose, *(found(question, name) for name in OF_QUESTION)]
        for group in question.groups:
            yield [*about, *(of_group(question, group, name) for name in OF_GROUP)]
        if not question.groups:
            yield [*about, *[None] * len(OF_GROUP)]


def of_group(question: Question, group: QuestionGroup, name: str) -> Value:
    if name == "scored":
        return not set(question.scored).isdisjoint(group.pooled or (group.group,))
    return found(group, name)


def found(part: Any, column: str) -> Value:
    """The value of a column; None where a part on the way to it is null."""
    for name in PLACES.get(column, column).split("."):
        part = None if part is None else getattr(part, name)
    value: Value = part
    return value


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
