"""The comparison of two waves as a page: what changed, how sure that is, and what made it change."""

from __future__ import annotations

from collections.abc import Iterator

from ..results.common import Interval
from ..results.comparison import CAUSES, Change, Comparison, FactChange, QuestionChange, Wave
from .document import Answer, Column, Commands, Document, Row, Said, Section, Table, Title
from .phrases import closed, counted, day, listed, opening, points, several
from .run import Run
from .say import why
from .score_cuts import dash
from .score_page import PRIVACY_NOTES, fact_in_words, people, where_and_when

NO_CHANGE = "No change beyond chance"
HEAD_NOTES = {*PRIVACY_NOTES, "not-compared"}
MOST_ROWS = 40
"""Of the table, without ``--full``."""
MOST_NAMED = 6
"""So many questions are named; more are counted."""
ROUNDED = "Each figure is rounded by itself, so differences and sums may look off by a point or two."
CAUSES_MEAN = (
    "Facts: the old answers with the new facts.",
    "Answers: the new answers of those who answered both times.",
    "People: who joined or left.",
)


def page(report: Comparison, run: Run) -> Document:
    """The comparison; of many questions those that changed reliably."""
    return told(report, run, MOST_ROWS)


def full(report: Comparison, run: Run) -> Document:
    return told(report, run, len(report.dimensions) + sum(2 + len(each.groups) for each in report.questions))


def told(report: Comparison, run: Run, most: int) -> Document:
    old, new = report.waves
    periods = f"{old.period} to {new.period}"
    title = Title(report.questionnaire.title, where_and_when(new.organization or old.organization, periods))
    head = [note.text for note in report.notes if note.kind in HEAD_NOTES]
    return [
        Section([title, Said(who_answered(report), apart=True), Said(head)]),
        Section([answer(report)]),
        Section([table(report, most)]),
        Section(list(causes(report))),
        Section([Said(cautions(report), apart=True)], "Read with care"),
        Section([Commands(run.commands)]),
    ]


def changes(report: Comparison) -> Document:
    """The same inside the report of the newer wave."""
    old = report.waves[0]
    head = [wave_in_words(old), *(note.text for note in report.notes if note.kind in HEAD_NOTES)]
    sure = [Said(cautions(report), apart=True)]
    blocks = [Said(head), answer(report), table(report, MOST_ROWS), *causes(report), *sure]
    return [Section(blocks, f"What changed since {report.waves[0].period}")]


def table(report: Comparison, most: int) -> Table:
    """As much detail as `most` rows hold."""
    old, new = report.waves
    columns = [Column(old.period), Column(new.period), Column("change"), Column("likely", "words")]
    found: list[Row] = []
    for detail in ("groups", "questions", "reliable", "dimensions"):
        found = list(rows(report, detail))
        if len(found) <= most:
            break
    return Table(columns, found)


def who_answered(report: Comparison) -> list[str]:
    said = [wave_in_words(wave) for wave in report.waves]
    both = report.overall.in_both
    if both is not None:
        who = counted(both, "person", "people") if both else "Nobody"
        said.append(f"{who} answered both times.")
    return [*said, f"Questionnaire {report.questionnaire.id}, version {report.questionnaire.version}."]


def wave_in_words(wave: Wave) -> str:
    plans = f", plans counted as of {day(wave.evidence_date)}" if wave.evidence_date else ""
    return f"{wave.period}: {people(wave.respondents)}{plans}."


def cautions(report: Comparison) -> list[str]:
    said = [closed(opening(note.text)) for note in report.notes if note.kind not in HEAD_NOTES]
    return [*said, ROUNDED]


# The answer


def answer(report: Comparison) -> Answer:
    """Whether the overall changed, which facts made it so, and which questions changed reliably."""
    overall = report.overall
    figure = f"{dash(overall.old)} to {dash(overall.new)} of 100"
    if overall.old is None and overall.new is None:
        figure = "No score"
    return Answer(figure, [*verdict(overall), *changed_facts(report), *reliable_or_not(report)])


def verdict(change: Change) -> list[str]:
    """Whether it changed, by how much, and where the change is likely to lie."""
    if change.change is None:
        return [closed(f"Nothing to compare: {why(change.reason, 'no score in one wave')}")]
    moved = opening(direction(change.change))
    if by_facts_alone(change):
        return [f"{moved}, by facts alone." if change.change else "Unchanged."]
    if change.by_facts:
        facts = f"{moved}; facts alone {signed(change.by_facts)}."
        return [facts, f"Answers: {'a' if change.reliable else 'no'} change beyond chance, {likely(change)}."]
    if change.reliable and points(change.change) == "0":
        return [f"{'Up' if change.change > 0 else 'Down'} by less than a point, though beyond chance."]
    if change.reliable:
        return [f"{moved}, a change beyond chance.", f"{opening(likely(change))} points."]
    return [f"{NO_CHANGE}: {direction(change.change)}, {likely(change)}."]


def changed_facts(report: Comparison) -> list[str]:
    """The facts that moved a score: each has another one itself, or has one in one wave alone."""
    moved = [q.title for q in report.questions if q.fact and (q.change or (q.old is None) != (q.new is None))]
    return [f"Facts that changed: {listed(moved)}."] if moved else []


def reliable_or_not(report: Comparison) -> list[str]:
    """The questions whose change is reliable, and those whose change is not."""
    known = [question for question in report.questions if question.change is not None and question.groups]
    sure = [question for question in known if question.reliable]
    unsure = [question.title for question in known if not question.reliable]
    widest = sorted(sure, key=lambda question: -abs(question.change or 0))
    moved = [f"{question.title}, {direction(question.change or 0)}" for question in widest[:MOST_NAMED]]
    moved += [f"{len(sure) - MOST_NAMED} more"] if len(sure) > MOST_NAMED else []
    said = [f"Beyond chance: {'; '.join(moved)}."] if sure else []
    if unsure and sure:
        few = len(unsure) <= MOST_NAMED
        said.append(f"{NO_CHANGE}: {listed(unsure) if few else several(unsure, 'other question')}.")
    elif unsure:
        said.append(f"{NO_CHANGE} in any question.")
    return said


# Each figure in both waves


def rows(report: Comparison, detail: str, parent: str | None = None, depth: int = 0) -> Iterator[Row]:
    """Each dimension, its questions with each group, then the dimensions inside it; as far as `detail`."""
    for dimension in report.dimensions:
        if dimension.parent == parent:
            yield Row(dimension.title, cells(dimension), depth, strong=True)
            for question in report.questions:
                if question.dimension == dimension.id:
                    yield from question_rows(question, detail, depth + 1)
            yield from rows(report, detail, dimension.id, depth + 1)


def question_rows(question: QuestionChange, detail: str, depth: int) -> Iterator[Row]:
    if detail == "dimensions" or (detail == "reliable" and not question.reliable):
        return
    below = [facts_in_words(question.fact)] if question.fact else []
    yield Row(question.title, cells(question), depth, below=below)
    for group in question.groups if detail == "groups" else ():
        title = group.title if group.scored else f"{group.title}, not scored"
        yield Row(title, cells(group), depth + 1)


def cells(change: Change) -> tuple[str, ...]:
    """Both scores, the change, and what to make of it."""
    moved = "-" if change.change is None else signed(change.change)
    return dash(change.old), dash(change.new), moved, in_words(change)


def in_words(change: Change) -> str:
    """Where the change that answers made is likely to lie and whether it is reliable, or why nobody knows."""
    if change.change is None:
        return why(change.reason)
    if by_facts_alone(change):
        return "facts alone" if change.change else "unchanged"
    facts = f"facts {signed(change.by_facts)}; " if change.by_facts else ""
    if change.answers_interval is None:
        return f"{facts}no range: {why(change.interval_reason)}"
    answers, reliable = "answers " if facts else "", ", beyond chance" if change.reliable else ""
    return f"{facts}{answers}{likely_range(change.answers_interval)}{reliable}"


def causes(report: Comparison) -> Iterator[Table | Said]:
    """A table of the parts; nothing where those of the overall are not told."""
    if report.overall.parts:
        told: list[tuple[str, Change]] = [("Overall", report.overall)]
        told += [(dimension.title, dimension) for dimension in report.dimensions]
        rows = [
            Row(title, [signed(moved) for moved in (change.change or 0.0, *(part.change for part in parts))])
            for title, change in told
            if (parts := change.parts)
        ]
        yield Table([Column("change"), *map(Column, CAUSES)], rows, "What made it change")
        yield Said(CAUSES_MEAN)


# Figures in words


def direction(change: float) -> str:
    """``up by 26 points``, ``down by 1 point``, ``about the same``."""
    size = points(abs(change))
    if size == "0":
        return "about the same"
    return f"{'up' if change > 0 else 'down'} by {counted(float(size), 'point')}"


def by_facts_alone(change: Change) -> bool:
    """Whether facts made the whole change, and there is nothing to estimate."""
    return change.interval is None and change.change == change.by_facts


def likely(change: Change) -> str:
    """``likely +9 to +26``, of the change that answers made; or why there is no such range."""
    if change.answers_interval is None:
        return f"no likely range ({why(change.interval_reason)})"
    return f"likely {likely_range(change.answers_interval)}"


def likely_range(interval: Interval) -> str:
    """``+9 to +26``."""
    return f"{signed(interval.low)} to {signed(interval.high)}"


def signed(value: float) -> str:
    """Points with their sign, rounded half up by size: ``+3``, ``-3``, ``0``."""
    size = points(abs(value))
    return size if size == "0" else f"{'+' if value > 0 else '-'}{size}"


def facts_in_words(fact: FactChange) -> str:
    """``4 of 10 stated (...), then 11 of 12 by the plans file``."""
    old, new = (
        "not given" if each is None else fact_in_words(each, by_whom=True) for each in (fact.old, fact.new)
    )
    return f"{old}, then {new}"
