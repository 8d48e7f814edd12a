"""The score report as CSV: a row for each question and group, unrounded, for a spreadsheet or pandas."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from typing import Any

from ..results.common import whole
from ..results.score import ScoreReport
from ..terminal import safe
from .run import Run

Value = str | float | int | bool | None


def columns(names: str) -> dict[str, str]:
    """Where each column stands in the report, when not under its own name: ``lowest=bounds.low``."""
    parted = (each.partition("=") for each in names.split())
    return {name: place or name for name, _, place in parted}


OF_CUT = columns("field value who")
OF_QUESTION = columns("""
    dimension question=id title text kind weight
    question_score=score coverage lowest=bounds.low highest=bounds.high reason=reason.text
    fact_count=fact.count fact_of=fact.of fact_value=fact.value fact_from=fact.origin
    stated_count=fact.stated.count stated_of=fact.stated.of stated_value=fact.stated.value
    gap=gap.points cliffs_delta=gap.cliffs_delta reliable=gap.reliable
""")
OF_GROUP = columns("""
    asked n not_applicable dont_know skipped
    score low=interval.low high=interval.high mean median sd want=want.points want_n=want.n
    polarised hidden=hidden.text
""")
"""`field`, `value` and `who` are empty for everybody and name the cut otherwise; `lowest` and `highest` are
the bounds of the question's score, `low` and `high` the 95 % interval of the group's."""

FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""A spreadsheet runs a cell that begins with one of these."""


def render(report: ScoreReport, _: Run | None = None) -> str:
    """One header and a row for each question and group, then the same for each cut.

    Only text can be neutralised (a leading apostrophe, invisible characters spelled out): a number
    stays a number. true and false are words, an absent figure is an empty cell.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow((*OF_CUT, *OF_QUESTION, "group", "scored", *OF_GROUP))
    for row in rows(report):
        writer.writerow(map(written, row))
    return out.getvalue()


def rows(report: ScoreReport) -> Iterator[list[Value]]:
    """A row for each question and group; one without a group for a fact."""
    for cut in (None, *report.cuts):
        for question in (cut or report).questions:
            for group in question.groups or (None,):
                whose = (found(group, "group"), None if group is None else question.is_scored(group))
                yield [*cells(cut, OF_CUT), *cells(question, OF_QUESTION), *whose, *cells(group, OF_GROUP)]


def cells(part: Any, places: Mapping[str, str]) -> list[Value]:
    return [found(part, place) for place in places.values()]


def found(part: Any, place: str) -> Value:
    """The value at a place of the report; None where a part on the way to it is null."""
    for name in place.split("."):
        part = None if part is None else getattr(part, name)
    value: Value = part
    return value


def written(value: Value) -> str | float | int:
    """A cell of the table; text that no spreadsheet takes for a formula."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return safe("'" + value if value.startswith(FORMULA) else value)
    return whole(value)
