"""Everything that the one page of a score report leaves out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from ..results.digest import UnitLine
from ..results.score import Question, ScoreReport
from .compare_page import changes
from .document import Action, Block, Column, Document, Entry, Items, Outline, Row, Said, Section, Table
from .figures import Background
from .phrases import amount, closed, counted, listed, opening, several
from .run import Run
from .say import advised
from .score_cuts import in_full
from .score_page import MOST_STANDING_OUT, TOLD_ABOVE, fine_print, sections, standing_out, voices
from .score_tables import (
    answered,
    evidence,
    figures,
    missing,
    parts,
    plans_and_objectives,
    reported,
    unmapped,
)


def full(report: ScoreReport, run: Run) -> Document:
    """The page, what changed since an earlier wave, and everything else."""
    return [*sections(report, run), *rest(report, run)]


def rest(report: ScoreReport, run: Run) -> Document:
    others = standing_out(report)[MOST_STANDING_OUT:]
    every = voices(report, len(report.dimensions) + len(report.questions))
    whole = len(every.rows) > len(voices(report).rows)
    return [
        Section([Said(fine_print(report, "below stand"))]),
        Section([every] if whole else [], "Both voices, question by question"),
        Section([asked(report)], "What was asked"),
        Section([answered(report)], "How the answers are divided"),
        Section([heard_of_each(report)], "What people wrote"),
        *in_full(report),
        Section([reported(report)], "What was reported, and what the plans show"),
        Section([evidence(report)], "All that is counted from the plans"),
        Section(list(parts(report)), "Plans in number and money"),
        Section([plans_and_objectives(report), Said(unmapped(report), apart=True)], "Which plan serves what"),
        Section([Said(units(report), apart=True)], "Units"),
        Section([missing(report)], "Missing points by question"),
        *(changes(run.since) if run.since else ()),
        Section([Items(others)], "What else stands out"),
        Section(list(advice(report)), "All advice that applies"),
        Section([figures(report)], "Every figure"),
        Section([Said(cautions(report), apart=True)], "Read with care"),
        Section([Said(method(report, run), apart=True)], "How it was measured"),
    ]


def asked(report: ScoreReport) -> Table:
    """Each question in its own words."""
    rows = [Row(question.title, [question.text]) for question in report.questions]
    return Table([Column(kind="words")], rows)


def heard_of_each(report: ScoreReport) -> Outline:
    """The comments, question by question."""
    background = Background(report)
    entries = []
    for question, comments in groupby(report.comments, lambda comment: comment.question):
        entries.append(Entry(background.titles.get(question, question), strong=True))
        for each in comments:
            who = background.groups.get(each.group, each.group)
            entries.append(Entry(f'"{each.text.strip()}" ({who})', depth=1))
    return Outline(entries)


# Advice and units


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


def method(report: ScoreReport, run: Run) -> list[str]:
    questionnaire = report.questionnaire
    questions = several(report.questions, "question")
    said = [f"Questionnaire {questionnaire.id}, version {questionnaire.version}: {questions}."]
    said.append(answers_given(report.questions))
    said.append(CONFIDENCE if report.respondents.confidential else BY_NAME)
    inputs = dict.fromkeys((*report.inputs, *(run.since.inputs if run.since else ())))
    said += [f"{each.name}: sha256 {each.sha256}." for each in inputs if each.sha256]
    said.append("`convergence explain` says how each figure is made, and from which source.")
    return said


def states_of(not_applicable: int | None, dont_know: int | None, skipped: int | None) -> Iterator[str]:
    states = {"not applicable": not_applicable, "don't know": dont_know, "skipped": skipped}
    return (f"{amount(count)} {state}" for state, count in states.items() if count)


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
