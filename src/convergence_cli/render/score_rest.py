"""Everything that the one page of a score report leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ..results.digest import UnitLine
from ..results.score import Question, QuestionGroup, ScoreReport
from .compare_page import changes
from .document import (
    Action,
    Bar,
    Block,
    Cell,
    Chosen,
    Column,
    Document,
    Items,
    Row,
    Said,
    Section,
    Table,
)
from .figures import Background
from .phrases import amount, closed, counted, listed, opening, several
from .run import Run
from .say import advised, why
from .score_cuts import in_full
from .score_page import MOST_STANDING_OUT, TOLD_ABOVE, fact_in_words, quantity, quoted, sections, standing_out


def full(report: ScoreReport, run: Run) -> Document:
    """The page, what changed since an earlier wave, and everything else."""
    changed = changes(run.since) if run.since else ()
    return [*sections(report, run), *changed, *rest(report)]


def rest(report: ScoreReport) -> Document:
    comments = [quoted(report, comment) for comment in report.comments]
    return [
        Section([Items(standing_out(report)[MOST_STANDING_OUT:])], "What else stands out"),
        *in_full(report),
        Section([answered(report)], "How the answers are divided"),
        Section([reported(report)], "What was reported, and what the plans show"),
        Section([evidence(report)], "All that is counted from the plans"),
        Section([plans_and_objectives(report)], "Which plan serves what"),
        Section([figures(report)], "Every figure"),
        Section([Said(comments, apart=True)], "What people wrote"),
        Section([missing(report)], "Missing points by question"),
        Section(list(advice(report)), "All advice that applies"),
        Section([Said(units(report), apart=True)], "Units"),
        Section([Said(cautions(report), apart=True)], "Read with care"),
        Section([Said(method(report), apart=True)], "How it was measured"),
    ]


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


FIGURES = ("answers", "score", "from", "to", "wanted", "apart")


def figures(report: ScoreReport) -> Table:
    """Every figure of a question; ``apart``: the second side less the first, in points."""
    background = Background(report)
    rows = []
    for question in report.questions:
        apart = question.gap.points if question.gap else None
        below = (
            [fact_in_words(question.fact, by_whom=True)] if question.fact and not question.fact.stated else []
        )
        figures = (None, question.score, None, None, None, apart)
        rows.append(Row(question.title, figures, strong=True, below=below))
        for cell in question.groups:
            told = f" ({cell.hidden.text})" if cell.hidden else ""
            rows.append(Row(f"{who(background, cell)}{told}", cell_figures(cell), depth=1))
    return Table([Column(name, "points" if name == "score" else "figure") for name in FIGURES], rows)


def cell_figures(cell: QuestionGroup) -> tuple[Cell, ...]:
    likely = (cell.interval.low, cell.interval.high) if cell.interval else (None, None)
    return (cell.n, cell.score, *likely, cell.want.points if cell.want else None, None)


def states_of(not_applicable: int | None, dont_know: int | None, skipped: int | None) -> Iterator[str]:
    states = {"not applicable": not_applicable, "don't know": dont_know, "skipped": skipped}
    return (f"{amount(count)} {state}" for state, count in states.items() if count)


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
    "ended": "it is over",
    "excused": "a reason instead",
    "none": "no objective",
    "not-green-lit": "no go-ahead yet",
}


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
    titles = Background(report).titles
    rows = [
        Row(titles.get(each.question, each.question), (each.points, each.could_move))
        for each in report.missing_points
    ]
    return Table([Column("missing"), Column("could move")], rows)


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


CONFIDENCE = "Answers are confidential: nothing printed here can be subtracted back to one person's answer."
BY_NAME = "Everybody agreed that answers are shown with their role."


def method(report: ScoreReport) -> list[str]:
    questionnaire = report.questionnaire
    questions = several(report.questions, "question")
    said = [f"Questionnaire {questionnaire.id}, version {questionnaire.version}: {questions}."]
    said.append(answers_given(report.questions))
    said.append(CONFIDENCE if report.respondents.confidential else BY_NAME)
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
