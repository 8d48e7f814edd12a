"""The same figures for parts of the respondents, side by side."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..results.score import Cut, Dimension, Overall, Question, ScoreReport
from .document import Column, Row, Said, Section, Table
from .figures import Background
from .phrases import closed, listed, points
from .say import why

MOST_VALUES, MOST_DIMENSIONS = 8, 4
"""Side by side on the page."""


def in_brief(report: ScoreReport) -> list[Section]:
    """A line for each value, of many those with most people; or why none of them has a score."""
    return [
        Section([Said(said)] if (said := unscored(cuts)) else [brief(report, cuts)])
        for cuts in by_field(report)
    ]


def unscored(cuts: Sequence[Cut]) -> list[str]:
    """Why no value has a score, where none has."""
    if any(cut.overall.score is not None for cut in cuts):
        return []
    told = dict.fromkeys(why(cut.overall.reason) for cut in cuts)
    return [closed(f"No score by {cuts[0].field}: {listed(list(filter(None, told)))}")]


def by_field(report: ScoreReport) -> list[list[Cut]]:
    fields = dict.fromkeys(cut.field for cut in report.cuts)
    return [[cut for cut in report.cuts if cut.field == field] for field in fields]


def brief(report: ScoreReport, cuts: Sequence[Cut]) -> Table:
    largest = sorted(cuts, key=lambda cut: -cut.respondents.total)[:MOST_VALUES]
    shown = [cut for cut in cuts if cut in largest]
    part = "" if len(shown) == len(cuts) else f", the largest {len(shown)} of {len(cuts)}"
    told = {dimension.id for cut in cuts for dimension in cut.dimensions}
    tops = [each for each in report.dimensions if each.parent is None and each.id in told]
    tops = tops if len(tops) <= MOST_DIMENSIONS else []
    rows = []
    for cut in shown:
        scores = {dimension.id: dimension.score for dimension in cut.dimensions}
        figures = [str(cut.respondents.total), dash(cut.overall.score), likely(cut.overall)]
        rows.append(Row(cut_title(cut), [*figures, *(dash(scores.get(top.id)) for top in tops)]))
    columns = [Column(name) for name in ("people", "score", "likely", *(top.title for top in tops))]
    return Table(columns, rows, f"By {cuts[0].field}{part}")


def in_full(report: ScoreReport) -> list[Section]:
    """Every figure of each value; of many values a table after the other."""
    return [cut_section(report, cuts) for cuts in by_field(report)]


def cut_section(report: ScoreReport, cuts: Sequence[Cut]) -> Section:
    overall = Background(report).overall
    scores = ["-" if cut.overall.score is None else overall(cut.overall.score) for cut in cuts]
    rows = [
        Row("People", [str(cut.respondents.total) for cut in cuts]),
        Row("Overall", scores, strong=True),
        Row("likely", [likely(cut.overall) for cut in cuts], depth=1),
    ]
    groups = Background(report).groups
    for dimension in cuts[0].dimensions:
        same = [next((d for d in cut.dimensions if d.id == dimension.id), None) for cut in cuts]
        rows.append(Row(dimension.title, [dash(each.score if each else None) for each in same]))
        for question in cuts[0].questions:
            rows += cut_question(question, cuts, groups) if question.dimension == dimension.id else []
    table = Table([Column(cut_title(cut)) for cut in cuts], rows, f"By {cuts[0].field}")
    return Section([table, Said(list(reasons(cuts)), apart=True)])


def cut_question(question: Question, cuts: Sequence[Cut], groups: Mapping[str, str]) -> list[Row]:
    """The mean of each group that is scored in each value, with how many answered."""
    scored = question.scored or [cell.group for cell in question.groups]
    means = [[own_mean(cut, question.id, group) for cut in cuts] for group in scored]
    if len(scored) == 1:
        return [Row(question.title, means[0], depth=1)]
    within = [Row(groups[group], mean, depth=2) for group, mean in zip(scored, means, strict=True)]
    return [Row(question.title, [""] * len(cuts), depth=1), *within]


def own_mean(cut: Cut, question: str, group: str) -> str:
    """``44 (12)``: the mean of a group and how many answered."""
    cells = [cell for q in cut.questions if q.id == question for cell in q.groups if cell.group == group]
    shown = [cell for cell in cells if cell.score is not None]
    return f"{dash(shown[0].score)} ({shown[0].n})" if shown else "-"


def cut_title(cut: Cut) -> str:
    """Whom a value of a cut stands for; people may well have written "other" themselves."""
    together = {"others": "other values together", "not-recorded": f"no {cut.field} recorded"}
    return together.get(cut.who, cut.value)


def likely(overall: Overall) -> str:
    interval = overall.interval
    return f"{points(interval.low)} to {points(interval.high)}" if interval else "-"


def dash(score: float | None) -> str:
    return "-" if score is None else points(score)


def reasons(cuts: Sequence[Cut]) -> Iterator[str]:
    """Why a dash stands where a score would, once for all values that have the reason."""
    dashes: dict[tuple[str, str], list[str]] = {}
    for cut in cuts:
        told: dict[str, list[str]] = {}
        parts: tuple[Overall | Dimension, ...] = (cut.overall, *cut.dimensions)
        for part in parts:
            if part.score is None:
                title = part.title if isinstance(part, Dimension) else "overall"
                told.setdefault(why(part.reason, "no score"), []).append(title)
        for reason, titles in told.items():
            dashes.setdefault((listed(titles), reason), []).append(cut_title(cut))
    for (titles_told, reason), values in dashes.items():
        yield closed(f"{listed(values)}, {titles_told}: {reason}")
