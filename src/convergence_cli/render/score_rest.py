"""Everything that the one page of a score report leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..results.digest import UnitLine
from ..results.score import Question, QuestionGroup, ScoreReport
from .document import Action, Block, Column, Document, Items, Row, Said, Section, Table
from .figures import Background
from .phrases import amount, closed, counted, listed, opening, points, several
from .run import Run
from .say import advised
from .score_page import MOST_STANDING_OUT, TOLD_ABOVE, fact_in_words, page, quoted, standing_out


def full(report: ScoreReport, run: Run) -> Document:
    """The page, and everything else after it."""
    return [*page(report, run), *rest(report)]


def rest(report: ScoreReport) -> Document:
    comments = [quoted(report, comment) for comment in report.comments]
    return [
        Section([Items(standing_out(report)[MOST_STANDING_OUT:])], "What else stands out"),
        Section([answers(report)], "The answers"),
        Section([Said(comments, apart=True)], "What people wrote"),
        Section([Table(POINTS, missing(report))], "Missing points by question"),
        Section(list(advice(report)), "All advice that applies"),
        Section([Said(units(report), apart=True)], "Units"),
        Section([Said(cautions(report), apart=True)], "Read with care"),
        Section([Said(method(report), apart=True)], "How it was measured"),
    ]


# The answers


ANSWERS = ("answers", "score", "likely", "wanted", "apart")
POINTS = (Column("missing"), Column("could move"))


def answers(report: ScoreReport) -> Table:
    """Each question with what each group answered; ``apart``: the second side less the first, in points."""
    rows = [row for question in report.questions for row in answer_rows(report, question)]
    return Table([Column(name) for name in ANSWERS], rows)


def answer_rows(report: ScoreReport, question: Question) -> Iterator[Row]:
    apart = f"{points(question.gap.points)}{'' if question.gap.reliable else ' ?'}" if question.gap else "-"
    score = "-" if question.score is None else points(question.score)
    fact = [fact_in_words(question.fact)] if question.fact else []
    yield Row(question.title, ("", score, "", "", apart), strong=True, below=fact)
    titles = Background(report).groups
    for cell in question.groups:
        who = " + ".join(titles.get(group, group) for group in cell.members)
        yield Row(who, cell_figures(cell), depth=1, below=cell_counts(cell))


def cell_figures(cell: QuestionGroup) -> tuple[str, ...]:
    if cell.hidden:
        return (f"of {cell.asked}", "hidden", "", "", "")
    likely = f"{points(cell.interval.low)} to {points(cell.interval.high)}" if cell.interval else "-"
    score = "-" if cell.score is None else points(cell.score)
    want = f"{points(cell.want.points)} ({cell.want.n})" if cell.want else "-"
    return (f"{cell.n} of {cell.asked}", score, likely, want, "")


def cell_counts(cell: QuestionGroup) -> list[str]:
    """``3 Dissatisfied, 5 Satisfied; 1 don't know``."""
    chosen = ", ".join(f"{count.n} {count.label}" for count in cell.counts if count.n)
    states = ", ".join(states_of(cell.not_applicable, cell.dont_know, cell.skipped))
    return list(filter(None, ["; ".join(filter(None, [chosen, states]))]))


def states_of(not_applicable: int | None, dont_know: int | None, skipped: int | None) -> Iterator[str]:
    states = {"not applicable": not_applicable, "don't know": dont_know, "skipped": skipped}
    return (f"{amount(count)} {state}" for state, count in states.items() if count)


# Points, advice, units


def missing(report: ScoreReport) -> list[Row]:
    titles = Background(report).titles
    return [
        Row(
            titles.get(each.question, each.question),
            [points(value) if value is not None else "-" for value in (each.points, each.could_move)],
        )
        for each in report.missing_points
    ]


def advice(report: ScoreReport) -> Iterator[Block]:
    background = Background(report)
    told = [
        Action(advised(each.title, each.because, background), each.business, each.it)
        for each in report.advice
    ]
    yield Items(told)


def units(report: ScoreReport) -> list[str]:
    """Per unit: its plans, its open suggestions, and which kind of relationship manager it lacks."""
    said = []
    for unit in report.units:
        plans = counted(len(unit.plans), "plan with a go-ahead", "plans with a go-ahead")
        ideas = f", {counted(len(unit.open_suggestions), 'open suggestion')}" if unit.open_suggestions else ""
        said.append(f"{unit.unit}: {plans}{ideas}; {managers_of(unit)}.")
    return said


def managers_of(unit: UnitLine) -> str:
    """Which kinds of relationship manager a unit has, and which it lacks."""
    has = f"a {listed(unit.managers, 'and a')} relationship manager" if unit.managers else ""
    if not unit.lacks:
        return has
    if not unit.managers:
        return f"no {listed(unit.lacks, 'or')} relationship manager"
    return f"{has}, but no {listed(unit.lacks, 'or')} one"


# What to read with care, and how it was measured


def cautions(report: ScoreReport) -> list[str]:
    """The notes, but for those that have already been said at the top."""
    above = {*TOLD_ABOVE, *(("cut",) if report.respondents.confidential else ())}
    return [closed(opening(note.text)) for note in report.notes if note.kind not in above]


def method(report: ScoreReport) -> list[str]:
    questionnaire = report.questionnaire
    questions = several(report.questions, "question")
    said = [f"Questionnaire {questionnaire.id}, version {questionnaire.version}: {questions}."]
    said.append(answers_given(report.questions))
    said += [f"{each.name}: sha256 {each.sha256}." for each in report.inputs if each.sha256]
    said.append("`convergence explain` says how each figure is made, and from which source.")
    return said


def answers_given(questions: Iterable[Question]) -> str:
    """``33 answers of 35 asked, 1 not applicable.``; nothing where some cell does not show its counts."""
    cells = [cell for question in questions for cell in question.groups]
    if not cells or any(cell.n is None or cell.not_applicable is None for cell in cells):
        return ""
    outside = sum(cell.not_applicable or 0 for cell in cells)
    asked = sum(cell.asked for cell in cells) - outside
    if not asked:
        return ""
    head = f"{counted(sum(cell.n or 0 for cell in cells), 'answer')} of {amount(asked)} asked for"
    totals = (sum(getattr(cell, name) or 0 for cell in cells) for name in STATES)
    return closed(", ".join([head, *states_of(*totals)]))


STATES: Sequence[str] = ("not_applicable", "dont_know", "skipped")
