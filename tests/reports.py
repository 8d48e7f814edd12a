"""Reports for the tests of the renderers: the example organisation's own, with one thing changed.

A renderer tells what it is given, so a changed figure need not follow from the answers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import cycle
from typing import Any, TypeVar

from running import ROOT

from convergence_cli import read, score
from convergence_cli.render import check_page, compare_page, score_page, score_rest, text
from convergence_cli.render.run import Run
from convergence_cli.render.say import with_words
from convergence_cli.results.common import Reason, Result
from convergence_cli.results.score import Highlight, Question, ScoreReport
from convergence_cli.terminal import Paper

R = TypeVar("R", bound=Result)


def printed(
    report: Result,
    *,
    width: int = 80,
    colour: bool = False,
    full: bool = False,
    commands: Sequence[str] = (),
    **run: Any,
) -> str:
    """The text of any report."""
    pages = {
        "score": score_rest.full if full else score_page.page,
        "compare": compare_page.page,
        "check": check_page.page,
    }
    page: Any = pages[report.command]  # type: ignore[attr-defined]
    return text.render(page(with_words(report), Run(commands, **run)), Paper(width, colour))


def flat(report: Result, **more: Any) -> str:
    """The text on one line, for what may wrap anywhere."""
    return " ".join(printed(report, **more).split())


def without_styles(text: str) -> str:
    pieces = text.split("\x1b[")
    return "".join([pieces[0], *(piece.partition("m")[2] for piece in pieces[1:])])


def changed(result: R, **more: Any) -> R:
    return result.model_copy(update=more)


@cache
def example(by: str | None = None, **wave: Any) -> ScoreReport:
    return score(replace(read(ROOT / "examples" / "responses.yaml"), **wave), by=by)


def northwind(**more: Any) -> ScoreReport:
    return changed(example(), **more)


def confidential(by: str | None = None) -> ScoreReport:
    """The same people, who were promised confidence: IT's seven are too few to stand alone."""
    return example(by, confidential=True, min_group_size=8, cut_by="unit")


def by_unit(*values: str) -> ScoreReport:
    """Northwind cut by unit, with other names for its units, and what all said in each."""
    cuts = zip(values, cycle(example("unit").cuts), strict=False)
    whole = example()
    more = {
        "who": "value",
        "overall": whole.overall,
        "dimensions": whole.dimensions,
        "questions": whole.questions,
    }
    return northwind(cuts=tuple(changed(cut, value=value, **more) for value, cut in cuts))


def question(id: str, **more: Any) -> Question:
    return changed(next(each for each in example().questions if each.id == id), **more)


def because(code: str, text: str, **figures: float | str | None) -> Reason:
    """A reason with its words."""
    return Reason(code=code, text=text, figures=figures)


def highlight(kind: str, *ids: str, **figures: float | str | None) -> Highlight:
    return Highlight(kind=kind, ids=ids, figures=figures)
