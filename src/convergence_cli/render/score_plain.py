"""The score report as sentences, one on each line: for a screen reader, or to be read aloud."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..results.common import Reason
from ..results.score import Advice, Cut, Dimension, Question, ScoreReport
from ..terminal import prose
from . import overview
from .agenda import one_thing, room_question
from .figures import overall_points, titles_of
from .phrases import closed, listed, opening, points
from .words import sentences

RELIABLE = "The difference between the two sides is reliable."
NO_RELIABLE = "No reliable difference between the two sides."


def render(report: ScoreReport, *, commands: Sequence[str] = ()) -> str:
    """The report, one sentence to a line, in the order of the text report; ends with a line end."""
    lines = [
        *about(report),
        *answer(report),
        *parts(report),
        *cuts(report),
        *standing_out(report),
        *agenda(report),
        *what_to_do(report),
        *care(report),
        *[f"Next command: {command}" for command in commands],
    ]
    return "".join(f"{prose(line)}\n" for line in lines)


def about(report: ScoreReport) -> Iterator[str]:
    yield closed(report.questionnaire.title)
    if place := overview.where_and_when(report):
        yield closed(place)
    yield from overview.who_answered(report)
    yield from overview.what_is_hidden(report)


def answer(report: ScoreReport) -> Iterator[str]:
    overall = report.overall
    if overall.score is None:
        yield scored("Overall score", None, overall.reason)
    else:
        yield f"Overall score: {overall_points(overall.score, report.levels)} of 100."
    if level := overview.level_reached(report):
        yield closed(f"Level: {level}")
    if likely := overview.likely_range(report):
        yield likely


def scored(what: str, score: float | None, reason: Reason | None) -> str:
    """``Responsiveness: 35 of 100.``, or why there is no score."""
    if score is None:
        return closed(f"{what}: no score, because {reason.text}" if reason else f"{what}: no score")
    return f"{what}: {points(score)} of 100."


def parts(report: ScoreReport, parent: str | None = None) -> Iterator[str]:
    """Each dimension, its questions, then the dimensions inside it."""
    groups = overview.group_titles(report)
    for dimension in report.dimensions:
        if dimension.parent == parent:
            yield from dimension_lines(dimension, groups)
            for question in report.questions:
                if question.dimension == dimension.id:
                    yield from question_lines(question, groups)
            yield from parts(report, dimension.id)


def dimension_lines(dimension: Dimension, groups: dict[str, str]) -> Iterator[str]:
    yield scored(f"Dimension {opening(dimension.title)}", dimension.score, dimension.reason)
    shown = [(groups.get(voice.group, voice.group), voice.score) for voice in dimension.groups]
    voices = [f"{who} {points(score)}" for who, score in shown if score is not None]
    if voices:
        yield closed(opening(listed(voices)))


def question_lines(question: Question, groups: dict[str, str]) -> Iterator[str]:
    if question.kind == "text":
        yield f"{opening(question.title)}: answered in words, not scored."
        return
    yield scored(opening(question.title), question.score, question.reason)
    if question.fact is not None:
        yield closed(opening(overview.fact_in_words(question.fact)))
    for voice in overview.voices(question, groups):
        yield closed(opening(voice))
    if question.gap is not None:
        yield RELIABLE if question.gap.reliable else NO_RELIABLE


def cuts(report: ScoreReport) -> Iterator[str]:
    for cut in report.cuts:
        yield cut_opening(cut)
        yield scored("Overall", cut.overall.score, cut.overall.reason)
        if interval := cut.overall.interval:
            yield f"Likely {points(interval.low)} to {points(interval.high)}."
        for dimension in cut.dimensions:
            yield scored(dimension.title, dimension.score, dimension.reason)


def cut_opening(cut: Cut) -> str:
    people = cut.respondents.total
    name = f"{cut.field} {cut.value}" if cut.who == "value" else overview.cut_title(cut)
    return f"{opening(name)}, {people} {'person' if people == 1 else 'people'}:"


def standing_out(report: ScoreReport) -> Iterator[str]:
    if report.highlights:
        yield "What stands out:"
    for highlight in report.highlights:
        yield from sentences(highlight, report)


def agenda(report: ScoreReport) -> Iterator[str]:
    if report.units:
        yield "Units:"
    yield from overview.units(report)
    if report.for_the_room:
        yield "For the room:"
    for question in report.for_the_room:
        yield from room_question(question, report)
    thing = report.one_thing
    if thing is not None:
        yield "If you do one thing:"
        yield from one_thing(thing, report)
        yield from both_actions(thing.business, thing.it)


def what_to_do(report: ScoreReport) -> Iterator[str]:
    titles = titles_of(report)
    if missing := overview.where_points_are_missing(report, titles):
        yield f"Where the {overview.missing_in_all(report)} missing points are:"
        yield from missing
    if report.advice:
        yield "What to do next:"
    for advice in report.advice:
        because = [overview.reason_for_advice(each, report, titles) for each in advice.because]
        yield from advice_lines(advice, because)


def advice_lines(advice: Advice, because: Sequence[str]) -> Iterator[str]:
    yield closed(advice.title)
    if because:
        yield closed(f"The reason: {listed(because)}")
    yield from both_actions(advice.business, advice.it)


def both_actions(business: str | None, it: str | None) -> Iterator[str]:
    if business:
        yield closed(f"For the business: {business}")
    if it:
        yield closed(f"For IT: {it}")


def care(report: ScoreReport) -> Iterator[str]:
    if cautions := overview.cautions(report):
        yield "Read with care:"
        yield from cautions
