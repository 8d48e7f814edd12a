"""The comparison of two waves as sentences, one on each line; the text report says some of them too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..results.common import Interval
from ..results.comparison import Change, Comparison, FactChange, GroupChange, QuestionChange, Wave
from ..results.score import Fact
from ..terminal import prose
from .overview import PRIVACY_NOTES, fact_in_words, group_size
from .phrases import closed, counted, day, listed, opening, points, rounded
from .say import why

NO_RELIABLE = "No reliable change"
HEAD_NOTES = {*PRIVACY_NOTES, "not-compared"}
ROUNDED = "Each figure is rounded by itself, so differences and sums may look off by a point or two."
MOST_FACTS = 3
"""So many facts that changed are told in full."""
CAUSES = {"facts": "facts", "answers": "changed answers", "people": "people who joined or left"}


def render(report: Comparison, *, commands: Sequence[str] = ()) -> str:
    """The comparison, one sentence to a line, in the order of the text report; ends with a line end."""
    lines = [
        *about(report),
        *overall(report),
        *parts(report),
        *care(report),
        *[f"Next command: {command}" for command in commands],
    ]
    return "".join(f"{prose(line)}\n" for line in lines)


def about(report: Comparison) -> Iterator[str]:
    yield closed(report.questionnaire.title)
    yield closed(where_and_when(report))
    yield from who_answered(report)
    yield from head_notes(report)


def overall(report: Comparison) -> Iterator[str]:
    yield closed(f"Overall score: {both_scores(report.overall, report)}")
    yield from answer(report)
    yield from causes(report.overall)


def parts(report: Comparison, parent: str | None = None) -> Iterator[str]:
    """Each dimension, its questions with each group, then the dimensions inside it."""
    for dimension in report.dimensions:
        if dimension.parent == parent:
            yield from figure(f"Dimension {opening(dimension.title)}", dimension, report)
            yield from causes(dimension)
            for question in report.questions:
                if question.dimension == dimension.id:
                    yield from question_lines(question, report)
            yield from parts(report, dimension.id)


def question_lines(question: QuestionChange, report: Comparison) -> Iterator[str]:
    title = opening(question.title)
    yield from figure(title, question, report)
    if question.fact is not None:
        yield closed(opening(facts_in_words(question.fact)))
    for group in question.groups:
        yield from figure(f"{title}, {group_title(group)}", group, report)


def care(report: Comparison) -> Iterator[str]:
    if said := cautions(report):
        yield "Read with care:"
        yield from said


# What both formats say


def where_and_when(report: Comparison) -> str:
    """``Northwind Ltd, 2026-Q2 to 2026-Q4``, as far as it is known."""
    old, new = report.waves
    name = new.organization or old.organization
    return ", ".join(part for part in (name, f"{old.period} to {new.period}") if part)


def who_answered(report: Comparison) -> list[str]:
    said = [wave_in_words(wave) for wave in report.waves]
    both = report.overall.in_both
    if both is not None:
        said.append(
            f"{opening(counted(both, 'person', 'people') if both else 'nobody')} answered both times."
        )
    return [*said, f"Questionnaire {report.questionnaire.id}, version {report.questionnaire.version}."]


def wave_in_words(wave: Wave) -> str:
    groups = listed([group_size(group) for group in wave.respondents.groups])
    promise = "in confidence" if wave.respondents.confidential else "by name"
    plans = f", plans counted as of {day(wave.evidence_date)}" if wave.evidence_date else ""
    return f"{wave.period}: {groups} answered, {promise}{plans}."


def head_notes(report: Comparison) -> list[str]:
    """What is hidden, joined or left out, and so is in no figure below; nothing where all is compared."""
    return [note.text for note in report.notes if note.kind in HEAD_NOTES]


def cautions(report: Comparison) -> list[str]:
    said = [closed(opening(note.text)) for note in report.notes if note.kind not in HEAD_NOTES]
    changes = [report.overall, *report.dimensions]
    return [*said, ROUNDED] if any(looks_wrong(change) for change in changes) else said


def looks_wrong(change: Change) -> bool:
    """Whether the printed change is not the difference of the printed scores, or the sum of its parts."""
    if change.old is None or change.new is None or change.change is None:
        return False
    shown = rounded(change.change)
    parts = [rounded(part.change) for part in change.parts or ()]
    return shown != rounded(change.new) - rounded(change.old) or (bool(parts) and shown != sum(parts))


def group_title(group: GroupChange) -> str:
    """``IT leaders``, and whether they only say what they expect."""
    return group.title if group.scored else f"{group.title}, not scored"


def figure(title: str, change: Change, report: Comparison) -> Iterator[str]:
    """Both scores, then what to make of the difference."""
    yield closed(f"{title}: {both_scores(change, report)}")
    yield from verdict(change)


def both_scores(change: Change, report: Comparison) -> str:
    scores = ["no score" if score is None else points(score) for score in (change.old, change.new)]
    return f"{scores[0]} in {report.waves[0].period}, {scores[1]} in {report.waves[1].period}"


def answer(report: Comparison) -> list[str]:
    """Whether the overall changed, which facts made it so, and which questions changed reliably."""
    return [*verdict(report.overall), *changed_facts(report), *reliable_or_not(report)]


def verdict(change: Change) -> list[str]:
    """Whether it changed, by how much, and where the change is likely to lie."""
    if change.change is None:
        return [closed(f"Nothing to compare: {why(change.reason, 'no score in one wave')}")]
    moved = opening(direction(change.change))
    if by_facts_alone(change):
        return [f"{moved}, by facts alone." if change.change else "Unchanged."]
    if change.by_facts:
        facts = f"{moved}; facts alone {signed(change.by_facts)}."
        return [facts, f"Answers: {'a' if change.reliable else 'no'} reliable change, {likely(change)}."]
    if change.reliable:
        return [f"{moved}, a reliable change.", f"{opening(likely(change))} points."]
    return [f"{NO_RELIABLE}: {direction(change.change)}, {likely(change)}."]


def direction(change: float) -> str:
    """``up by 26 points``, ``down by 1 point``, ``about the same``."""
    size = points(abs(change))
    if size == "0":
        return "about the same"
    return f"{'up' if change > 0 else 'down'} by {size} point{'' if size == '1' else 's'}"


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
    if size == "0":
        return "0"
    return f"{'+' if value > 0 else '-'}{size}"


def causes(change: Change) -> list[str]:
    """What facts, answers and people bring into a change; nothing where one of them brings it all."""
    if not change.parts or sum(abs(part.change) > 0 for part in change.parts) < 2:
        return []
    said = [f"{CAUSES[part.cause]} {signed(part.change)}" for part in change.parts]
    return [f"{opening(listed(said))}."]


def changed_facts(report: Comparison) -> list[str]:
    """``Plans mapped: 4 of 10 stated, then 11 of 12 stated (CIO).`` for each fact that moved a score: it has
    another one itself, or has one in one wave alone."""
    moved = [q for q in report.questions if q.fact and (q.change or (q.old is None) != (q.new is None))]
    if len(moved) > MOST_FACTS:
        return [f"Facts that changed: {listed([question.title for question in moved])}."]
    return [closed(f"{opening(q.title)}: {facts_in_words(q.fact)}") for q in moved if q.fact]


def reliable_or_not(report: Comparison) -> list[str]:
    """The questions whose change is reliable, and those whose change is not."""
    known = [question for question in report.questions if question.change is not None and question.groups]
    sure = [question for question in known if question.reliable]
    unsure = [question.title for question in known if not question.reliable]
    said = []
    if sure:
        moved = [f"{question.title}, {direction(question.change or 0)}" for question in sure]
        said.append(f"Reliable change: {'; '.join(moved)}.")
    if unsure:
        said.append(f"{NO_RELIABLE}: {listed(unsure)}." if sure else f"{NO_RELIABLE} in any question.")
    return said


def facts_in_words(fact: FactChange) -> str:
    """``4 of 10 stated (...), then 11 of 12 by the plans file``."""
    old, new = (stated(each) for each in (fact.old, fact.new))
    return f"{old}, then {new}"


def stated(fact: Fact | None) -> str:
    return "not given" if fact is None else fact_in_words(fact)
