"""The tables of a score report: answers, figures, facts, plans."""

from __future__ import annotations

from collections.abc import Iterator

from ..results.score import Dimension, Overall, Question, QuestionGroup, ScoreReport
from .check_page import parts_table
from .document import Bar, Cell, Chosen, Column, Row, Table
from .figures import Background
from .phrases import listed, points
from .say import why
from .score_page import fact_in_words, quantity

# The answers


def answered(report: ScoreReport) -> Table:
    """How the answers to each question are divided."""
    background = Background(report)
    rows = []
    for question in report.questions:
        cells = [cell for cell in question.groups if any(count.points is not None for count in cell.counts)]
        rows += [Row(background.titles[question.id], strong=True)] if cells else []
        for cell in cells:
            rows.append(Row(who(background, cell), [bar(cell)], depth=1))
    return Table([Column("the least on the left, the most on the right", "words")], rows)


def bar(cell: QuestionGroup) -> Bar:
    chosen = [Chosen(each.label, each.n, each.points) for each in cell.counts if each.points is not None]
    return Bar(sorted(chosen, key=lambda each: each.points))


def who(background: Background, cell: QuestionGroup) -> str:
    return " + ".join(background.groups.get(group, group) for group in cell.members)


FIGURES = ("answers", "score", "from", "to", "wanted", "by", "apart")


def figures(report: ScoreReport) -> Table:
    """Every figure; ``apart``: the second side less the first; ``by``: how many said what they want."""
    rows = [part_row("Overall", report.overall)]
    background = Background(report)
    for dimension in report.dimensions:
        rows.append(part_row(dimension.title, dimension))
        for voice in dimension.groups:
            likely = (voice.interval.low, voice.interval.high) if voice.interval else (None, None)
            cells = (voice.n, voice.score, *likely, None, None, None)
            rows.append(Row(background.groups.get(voice.group, voice.group), cells, depth=1))
        for question in report.questions:
            if question.dimension == dimension.id:
                rows += figure_rows(question, background)
    kinds = {"answers": "figure", "by": "figure"}
    return Table([Column(name, kinds.get(name, "points")) for name in FIGURES], rows)  # type: ignore[arg-type]


def part_row(title: str, part: Overall | Dimension) -> Row:
    likely = (part.interval.low, part.interval.high) if part.interval else (None, None)
    gap = part.gap.points if isinstance(part, Dimension) and part.gap else None
    return Row(title, (None, part.score, *likely, None, None, gap), strong=True)


def figure_rows(question: Question, background: Background) -> Iterator[Row]:
    fact = question.fact if question.fact and not question.fact.stated else None
    below = [fact_in_words(fact, by_whom=True)] if fact else []
    gap = question.gap.points if question.gap else None
    yield Row(question.title, (None, question.score, None, None, None, None, gap), depth=1, below=below)
    for cell in question.groups:
        told = f" ({cell.hidden.text})" if cell.hidden else ""
        yield Row(f"{who(background, cell)}{told}", cell_figures(cell), depth=2)


def cell_figures(cell: QuestionGroup) -> tuple[Cell, ...]:
    likely = (cell.interval.low, cell.interval.high) if cell.interval else (None, None)
    want = (cell.want.points, cell.want.n) if cell.want else (None, None)
    return (cell.n, cell.score, *likely, *want, None)


# Plans, points, advice, units


def reported(report: ScoreReport) -> Table:
    """Both figures of each fact that somebody reported and the plans file counts (rule S14)."""
    columns = [Column("by the plans", "name"), Column("as reported", "name"), Column("by whom", "words")]
    rows = [
        Row(question.title, (quantity(fact), quantity(fact.stated), fact.stated.source or ""))
        for question in report.questions
        if (fact := question.fact) and fact.stated
    ]
    return Table(columns, rows)


def evidence(report: ScoreReport) -> Table:
    """Each indicator that the plans file counts, or why it could not."""
    rows = [
        Row(each.id.replace("-", " "), (each.count, each.of, each.points, why(each.reason)))
        for each in report.evidence
    ]
    return Table([Column("count"), Column("of"), Column("points"), Column(kind="words")], rows)


MOST_COLUMNS = 12
"""Objectives beside each other; more are named in words."""
PARTS = {
    "unapproved": "nobody approved it",
    "ended": "what it serves is over",
    "excused": "a reason instead",
    "none": "no objective",
    "not-green-lit": "no go-ahead yet",
}


def parts(report: ScoreReport) -> Iterator[Table]:
    """How the plans divide, in number and in money."""
    mapping = next((each for each in report.evidence if each.id == "plans-mapped"), None)
    held = [part for part in (mapping.parts if mapping else ()) if part.count]
    if held:
        yield parts_table(held)


def unmapped(report: ScoreReport) -> list[str]:
    """What each objective is called, and whether no plan with a go-ahead serves it."""
    return [
        f"{each.id}: {each.title}{'' if each.served else ' (no plan with a go-ahead)'}."
        for each in report.objectives
    ]


def plans_and_objectives(report: ScoreReport) -> Table:
    """Which plan serves which live objective, and what is not mapped."""
    objectives = [each.id for each in report.objectives]
    beside = len(objectives) <= MOST_COLUMNS
    served = [Column(each, "name") for each in objectives] if beside else [Column("serves", "words")]
    rows = []
    for plan in report.plans:
        cells = ["x" if each in plan.serves else "" for each in objectives]
        rows.append(
            Row(
                f"{plan.id} {plan.title}",
                [*(cells if beside else [listed(plan.serves)]), PARTS.get(plan.part, "")],
            )
        )
    return Table([*served, Column("not mapped", "words")], rows)


def missing(report: ScoreReport) -> Table:
    """What each question misses, or what it could move where it has no score."""
    titles = Background(report).titles
    rows = [
        Row(
            titles.get(each.question, each.question),
            (
                each.points,
                "" if each.points is not None else f"without a score; up to {points(each.could_move or 0)}",
            ),
        )
        for each in report.missing_points
    ]
    return Table([Column("points"), Column(kind="words")], rows)
