"""The comparison of two waves as sentences, one on each line; the text report says some of them too."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..results.comparison import Change, Comparison, FactChange, GroupChange, QuestionChange, Wave
from ..results.score import Fact
from ..terminal import prose
from .overview import PRIVACY_NOTES, fact_in_words, group_size
from .phrases import closed, counted, day, inside, listed, opening, points, rounded

NO_RELIABLE = "No reliable change"
ROUNDED = "Each figure is rounded by itself, so differences and sums may look off by a point or two."
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
    yield from privacy(report)


def overall(report: Comparison) -> Iterator[str]:
    yield from figure("Overall score", report.overall, report)
    yield from causes(report.overall)
    yield from reliable_or_not(report)


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
        yield from figure(f"{title}, {inside(group_title(group))}", group, report)


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


def privacy(report: Comparison) -> list[str]:
    """What rule S12 joined, hid or left untold; nothing where it did neither."""
    return [note.text for note in report.notes if note.kind in PRIVACY_NOTES]


def cautions(report: Comparison) -> list[str]:
    said = [closed(opening(note.text)) for note in report.notes if note.kind not in PRIVACY_NOTES]
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


def verdict(change: Change) -> list[str]:
    """Whether it changed, by how much, and where the change is likely to lie."""
    if change.change is None:
        return [closed(f"Nothing to compare: {change.reason or 'no score in one wave'}")]
    moved = direction(change.change)
    if is_fact(change):
        return [f"{opening(moved)}; facts have no likely range."]
    if change.interval is None:
        return [f"{NO_RELIABLE}: {moved}, and no likely range ({change.interval_reason})."]
    likely = likely_range(change)
    if not change.reliable:
        return [f"{NO_RELIABLE}: {moved}, likely {likely}."]
    return [f"{opening(moved)}, a reliable change.", f"Likely {likely} points."]


def direction(change: float) -> str:
    """``up by 26 points``, ``down by 1 point``, ``about the same``."""
    size = points(abs(change))
    if size == "0":
        return "about the same"
    return f"{'up' if change > 0 else 'down'} by {size} point{'' if size == '1' else 's'}"


def is_fact(change: Change) -> bool:
    """Whether the figure rests on facts alone: there is nobody to follow, and yet its parts are known."""
    return change.interval is None and change.in_both is None and change.parts is not None


def likely_range(change: Change) -> str:
    """``+9 to +26``, or nothing."""
    return f"{signed(change.interval.low)} to {signed(change.interval.high)}" if change.interval else ""


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


def reliable_or_not(report: Comparison) -> list[str]:
    """The questions whose change is reliable, and those whose change is not."""
    known = [
        question for question in report.questions if question.change is not None and not is_fact(question)
    ]
    sure = [question for question in known if question.reliable]
    unsure = [inside(question.title) for question in known if not question.reliable]
    said = []
    if sure:
        moved = [f"{inside(question.title)}, {direction(question.change or 0)}" for question in sure]
        said.append(f"Reliable change: {'; '.join(moved)}.")
    if unsure:
        said.append(f"{NO_RELIABLE}: {listed(unsure)}.")
    return said


def facts_in_words(fact: FactChange) -> str:
    """``4 of 10 stated (...), then 11 of 12 by the plans file``."""
    old, new = (stated(each) for each in (fact.old, fact.new))
    return f"{old}, then {new}"


def stated(fact: Fact | None) -> str:
    return "not given" if fact is None else fact_in_words(fact)
