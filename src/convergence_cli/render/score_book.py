"""The score report as a workbook: a table to a sheet, each figure as it stands in the JSON."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..results.score import Dimension, Overall, Question, ScoreReport
from .document import Block, Cell, Column, Document, Row, Said, Section, Table, Title
from .figures import Background
from .run import Run
from .say import advised
from .score_csv import columns
from .score_page import answer, what_is_hidden, where_and_when, who_answered
from .score_rest import method
from .score_tables import PARTS, who
from .sheets import Parts, currencies, filled, indicators, money, table

OF_SIZE = columns("answered=n of=population")
OF_PART = columns("coverage lowest=bounds.low highest=bounds.high because=reason.text")
OF_GROUP = columns("""
    asked answers=n not_applicable don't_know=dont_know skipped score from=interval.low to=interval.high
    wanted=want.points wanted_by=want.n mean median sd
    best_two=top_two.k of=top_two.n at_least=top_two.low at_most=top_two.high of_two_minds=polarised
    hidden=hidden.text
""")
OF_OPTION = columns("option=label value points answers=n")
OF_PLAN = columns("delivered serves leads_nowhere=astray")


def book(report: ScoreReport, run: Run) -> Document:
    """What is looked at first stands in front; a sheet without a row is left out."""
    background = Background(report)
    sheets = {
        "Questions": questions(report, background),
        "Groups": table(["question", "group", "scored"], groups(report.questions, background), OF_GROUP),
        "Answers": table(["question", "group"], options(report, background), OF_OPTION),
        "Plans": plans(report),
        "Findings": findings(report, background),
    }
    tables = (Section([each], name) for name, each in sheets.items())
    return [summary(report, run, background), *tables]


def summary(report: ScoreReport, run: Run, background: Background) -> Section:
    place = where_and_when(report.organization, report.period)
    blocks: list[Block] = [
        Title(run.title or report.questionnaire.title, place, run.client),
        Said([*who_answered(report), *what_is_hidden(report)]),
        answer(report, run),
        table(["who answered"], (([each.title], each) for each in report.respondents.groups), OF_SIZE),
        dimensions(report, background),
        table(["what the missing answers could make of it"], named_parts(report), OF_PART),
        indicators(report.evidence),
        Said(method(report, run)),
    ]
    return Section(blocks, "Summary")


def named_parts(report: ScoreReport) -> Iterator[tuple[list[str], Overall | Dimension]]:
    yield ["Overall"], report.overall
    yield from (([each.title], each) for each in report.dimensions)


# Points


def dimensions(report: ScoreReport, background: Background) -> Table:
    voices = voices_on(report.dimensions)
    rows = []
    for (title,), part in named_parts(report):
        likely = [part.interval.low, part.interval.high] if part.interval else [None, None]
        rows.append(Row(title, [*points(part, voices), *likely], strong=part is report.overall))
    columns = [*voice_columns(voices, background), Column("from"), Column("to")]
    return Table(columns, rows, "points of 100")


def questions(report: ScoreReport, background: Background) -> Table:
    """The points of each question and group, and what is missing from 100 in all."""
    voices = voices_on(report.questions)
    missing = {each.question: each for each in report.missing_points}
    rows = []
    for question in report.questions:
        misses = missing.get(question.id)
        moves: list[Cell] = [misses.points, misses.could_move] if misses else [None, None]
        about = background.titles.get(question.dimension, question.dimension)
        rows.append(Row(question.title, [*points(question, voices), *moves, about, question.text]))
    more = [
        Column("missing points"),
        Column("could move"),
        Column("dimension", "name"),
        Column("wording", "words"),
    ]
    return filled(Table([*voice_columns(voices, background), *more], rows, "question"))


def voices_on(parts: Sequence[Dimension] | Sequence[Question]) -> list[str]:
    """The groups, and those that are joined, in the order in which they come."""
    return list(dict.fromkeys(cell.group for part in parts for cell in part.groups))


def voice_columns(voices: Sequence[str], background: Background) -> list[Column]:
    titles = map(background.groups_in, voices)
    return [Column("score", "points"), *(Column(each, "points") for each in titles), Column("apart")]


def points(part: Overall | Dimension | Question, voices: Sequence[str]) -> list[Cell]:
    """The score, that of each voice, and how far the two sides are apart."""
    if isinstance(part, Overall):
        return [part.score, *[None] * len(voices), None]
    scores = {cell.group: cell.score for cell in part.groups}
    return [part.score, *map(scores.get, voices), part.gap.points if part.gap else None]


# Answers


def options(report: ScoreReport, background: Background) -> Parts:
    """Each option of each group whose answers the report counts."""
    for question in report.questions:
        for cell in question.groups:
            yield from (([question.title, who(background, cell)], each) for each in cell.counts)


def groups(questions: Iterable[Question], background: Background) -> Parts:
    for question in questions:
        for cell in question.groups:
            scored = "yes" if question.is_scored(cell) else "no"
            yield [question.title, who(background, cell), scored], cell


# Plans, and what to make of all


def plans(report: ScoreReport) -> Table:
    names = currencies(report.plans)
    parts = (
        ([each.id, each.title, each.owner or "", PARTS.get(each.part, ""), *money([each], names)], each)
        for each in report.plans
    )
    return table(["plan", "title", "owner", "not mapped", *names], parts, OF_PLAN)


def findings(report: ScoreReport, background: Background) -> Table:
    """What stands out, what to ask and to do, what to read with care."""
    titles = background.titles
    rows = [
        Row("stands out", [titles.get(each.subject, ""), each.text, "", ""]) for each in report.highlights
    ]
    rows += [Row("to ask", ["", each.text, "", ""]) for each in report.for_the_room]
    if thing := report.one_thing:
        rows.append(Row("if you do one thing", ["", thing.text, thing.business, thing.it]))
    for each in report.advice:
        rows.append(
            Row("advice", ["", advised(each.title, each.because, background), each.business, each.it])
        )
    rows += [Row("read with care", ["", each.text, "", ""]) for each in report.notes]
    columns = [Column("about", "name"), *(Column(each, "words") for each in ("what", "business", "IT"))]
    return Table(columns, rows, "kind")
