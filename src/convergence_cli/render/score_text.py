"""The score report for a reader at a terminal: plain ASCII marks, no boxes, nothing cut to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from rich.cells import cell_len

from ..results.score import Advice, Cut, Dimension, Level, Overall, Question, ScoreReport
from ..terminal import prose
from . import overview, strips
from .figures import dimension_points, overall_points, titles_of
from .layout import (
    HEADING,
    Line,
    Piece,
    both_ends,
    line,
    padded,
    paragraph,
    printed,
    right,
    side_by_side,
    wrapped,
)
from .phrases import closed, listed, points
from .say import why
from .words import by_subject

SCORE_WIDTH = 7
NARROW_LABEL = 18
STRIP_SIZES = (61, 41, 21, 13)
MOST_ADVICE = 3
ROOM_HEADINGS = {
    1: "A QUESTION FOR THE ROOM",
    2: "TWO QUESTIONS FOR THE ROOM",
    3: "THREE QUESTIONS FOR THE ROOM",
}
CUT_WIDTH = 12


def render(
    report: ScoreReport, *, width: int = 80, colour: bool = False, commands: Sequence[str] = ()
) -> str:
    """The report on lines of at most ``width`` columns.

    ``commands`` are the commands that the reader could run next, whole and in order of use.
    """
    page = Page(report, width)
    blocks = [
        page.head(),
        page.verdict(),
        page.table(),
        page.legend(),
        *page.cuts(),
        page.standing_out(),
        page.units(),
        page.for_the_room(),
        page.one_thing(),
        page.missing_points(),
        page.what_to_do(),
        page.care(),
        page.commands(commands),
    ]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [line(), *block] if lines else block
    return printed(lines, colour)


@dataclass(frozen=True)
class Page:
    """A report on its way to lines of ``width`` columns; each method gives one block."""

    report: ScoreReport
    width: int

    @cached_property
    def marks(self) -> dict[str, str]:
        return strips.marks_of([group.group for group in self.report.respondents.groups])

    @cached_property
    def groups(self) -> dict[str, str]:
        return overview.group_titles(self.report)

    @cached_property
    def titles(self) -> dict[str, str]:
        return titles_of(self.report)

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.rows_below(None, 0))

    @cached_property
    def size(self) -> int:
        """Cells of a strip: as many as leave room for the labels."""
        room = self.width - SCORE_WIDTH - 2
        return next(
            (size for size in STRIP_SIZES if room - size >= NARROW_LABEL + size // 10), STRIP_SIZES[-1]
        )

    @cached_property
    def label_width(self) -> int:
        most = self.width - SCORE_WIDTH - 2 - self.size
        longest = max((row.depth + cell_len(prose(row.label)) + 2 for row in self.rows), default=0)
        return min(most, max(longest, NARROW_LABEL))

    # Who answered, and the one line with the answer

    def head(self) -> list[Line]:
        report = self.report
        lines = both_ends(report.questionnaire.title, overview.where_and_when(report), self.width)
        lines += self.text(" ".join(overview.who_answered(report)))
        return lines + self.text(" ".join(overview.what_is_hidden(report)))

    def verdict(self) -> list[Line]:
        overall = self.report.overall
        if overall.score is None:
            return self.text(closed(f"No score: {why(overall.reason, 'nothing was answered')}"))
        score = f"{overall_points(overall.score, self.report.levels)} of 100"
        lead = score + "   "
        said = [overview.level_reached(self.report), overview.likely_range(self.report)]
        texts = [
            part for text in filter(None, said) for part in wrapped(closed(text), self.width - len(lead))
        ]
        lines: list[Line] = [(Piece(score, HEADING), Piece("   " + (texts[0] if texts else "")))]
        return lines + [line(" " * len(lead) + text) for text in texts[1:]]

    def text(self, text: str) -> list[Line]:
        return paragraph(text, self.width) if text else []

    # The dimensions with both voices

    def table(self) -> list[Line]:
        if not self.rows:
            return []
        heading = " " * self.label_width + strips.axis(self.size)
        lines = [line(heading + right("SCORE", self.width - len(heading)))]
        for row in self.rows:
            lines += self.table_row(row)
        return lines

    def table_row(self, row: Row) -> list[Line]:
        style = HEADING if row.is_dimension else ""
        label = paragraph(row.label, self.label_width - 2, " " * row.depth, style=style)
        middle_width = self.width - self.label_width - SCORE_WIDTH
        middle = [strips.inked(row.strip)] if row.strip else paragraph(row.words, middle_width)
        columns = [label, middle, [line(right(self.score(row), SCORE_WIDTH), style)]]
        lines = side_by_side(columns, [self.label_width, middle_width, SCORE_WIDTH])
        indent = " " * (row.depth + 2)
        return lines + [part for said in row.comments for part in paragraph(said, self.width, indent)]

    def score(self, row: Row) -> str:
        if row.score is None or not row.is_dimension:
            return points_or_dash(row.score)
        return dimension_points(row.score, self.report.levels)

    def rows_below(self, parent: str | None, depth: int) -> Iterator[Row]:
        """Each dimension, its questions, then the dimensions inside it."""
        for dimension in self.report.dimensions:
            if dimension.parent != parent:
                continue
            yield self.dimension_row(dimension, depth)
            questions = [q for q in self.report.questions if q.dimension == dimension.id]
            alone = len(questions) == 1 and all(d.parent != dimension.id for d in self.report.dimensions)
            for question in questions:
                yield self.question_row(question, depth + 2, alone)
            yield from self.rows_below(dimension.id, depth + 2)

    def dimension_row(self, dimension: Dimension, depth: int) -> Row:
        row = Row(dimension.title, depth, dimension.score, is_dimension=True)
        if dimension.score is None:
            return row.saying(why(dimension.reason, "no score"))
        marks = [(self.mark(g.group), g.score) for g in dimension.groups if g.score is not None]
        return row.showing(strips.strip(marks, dimension.score, self.size))

    def question_row(self, question: Question, depth: int, alone: bool) -> Row:
        """A strip; or words for a fact, where the strip would only repeat the dimension's, and where
        rule S12 leaves no two voices to compare."""
        comments = overview.comments_on(question, self.report, self.groups)
        row = Row(question.title, depth, question.score, comments=comments)
        if question.fact is not None:
            return row.saying(overview.fact_in_words(question.fact))
        if question.kind == "text":
            return row.saying("answered in words, not scored")
        if question.score is None and question.reason:
            return row.saying(question.reason.text)
        silent = any(cell.pooled or cell.hidden for cell in question.groups)
        if alone or silent or question.score is None:
            return row.saying(", ".join(overview.voices(question, self.groups)))
        marks = [(self.mark(cell.group), cell.score) for cell in question.groups if cell.score is not None]
        return row.showing(strips.strip(marks, None, self.size))

    def mark(self, group: str) -> str:
        return self.marks.get(group, strips.SEVERAL)

    def legend(self) -> list[Line]:
        used = "".join(row.strip for row in self.rows)
        meaning = {group: self.meaning(group) for group in self.marks}
        entries = strips.legend(used, self.marks, meaning)
        return [part for mark, text in entries for part in paragraph(text, self.width, f"{mark}  ")]

    def meaning(self, group: str) -> str:
        """Who stands behind a mark, and where they only say what they expect."""
        expected = [
            question.title
            for question in self.report.questions
            for cell in question.groups
            if cell.group == group and cell.score is not None and overview.is_expected(question, cell)
        ]
        who = self.groups[group]
        if not expected:
            return f"{who}."
        return f"{who}. For {listed(expected)} they say what they expect, which is not scored."

    # The same figures for parts of the respondents

    def cuts(self) -> list[list[Line]]:
        """One block for each field and as many of its values as stand side by side."""
        blocks = []
        for field in dict.fromkeys(cut.field for cut in self.report.cuts):
            cuts = [cut for cut in self.report.cuts if cut.field == field]
            beside = max(
                1, (self.width - NARROW_LABEL) // cut_width([overview.cut_title(cut) for cut in cuts])
            )
            chunks = [cuts[at : at + beside] for at in range(0, len(cuts), beside)]
            blocks += [self.cut_block(f"BY {field.upper()}", chunk) for chunk in chunks]
        return blocks

    def cut_block(self, heading: str, cuts: Sequence[Cut]) -> list[Line]:
        heads = [overview.cut_title(cut) for cut in cuts]
        column = min(cut_width(heads), (self.width - NARROW_LABEL) // len(cuts))
        lines = self.cut_row(column, heading, heads, HEADING)
        lines += self.cut_row(column, "People", [str(cut.respondents.total) for cut in cuts])
        scores = [overall_or_dash(cut.overall, self.report.levels) for cut in cuts]
        lines += self.cut_row(column, "Overall", scores, HEADING)
        lines += self.cut_row(column, "  likely", [likely(cut.overall) for cut in cuts])
        for dimension in cuts[0].dimensions:
            same = [next((d for d in cut.dimensions if d.id == dimension.id), None) for cut in cuts]
            scores = [points_or_dash(d.score if d else None) for d in same]
            lines += self.cut_row(column, dimension.title, scores)
            for question in (q for q in cuts[0].questions if q.dimension == dimension.id):
                lines += self.cut_question(column, question, cuts)
        return lines + self.cut_reasons(cuts)

    def cut_question(self, column: int, question: Question, cuts: Sequence[Cut]) -> list[Line]:
        """The mean of each group that is scored in each value, with how many answered."""
        groups = question.scored or [cell.group for cell in question.groups]
        several = len(groups) > 1
        lines = self.cut_row(column, f"  {question.title}", [""] * len(cuts)) if several else []
        for group in groups:
            label = f"    {self.groups[group]}" if several else f"  {question.title}"
            lines += self.cut_row(column, label, [own_mean(cut, question.id, group) for cut in cuts])
        return lines

    def cut_row(self, column: int, label: str, values: Sequence[str], style: str = "") -> list[Line]:
        label_width = self.width - column * len(values)
        label_width = min(label_width, max(self.label_width, NARROW_LABEL))
        indent = label[: len(label) - len(label.lstrip())]
        columns = [paragraph(label, label_width - 2, indent, style=style)]
        for value in values:
            parts = wrapped(value, column - 2)
            columns.append([line(right(part, column), style) for part in parts])
        return side_by_side(columns, [label_width, *[column] * len(values)])

    def cut_reasons(self, cuts: Sequence[Cut]) -> list[Line]:
        """Why a dash stands where a score would, once for all values that have the reason."""
        dashes: dict[tuple[str, str], list[str]] = {}
        for cut in cuts:
            parts: list[tuple[str, Overall | Dimension]] = [("overall", cut.overall)]
            parts += [(dimension.title, dimension) for dimension in cut.dimensions]
            titles: dict[str, list[str]] = {}
            for title, part in parts:
                if part.score is None:
                    titles.setdefault(why(part.reason, "no score"), []).append(title)
            for reason, silent in titles.items():
                dashes.setdefault((listed(silent), reason), []).append(overview.cut_title(cut))
        return [
            part
            for (titles, reason), values in dashes.items()
            for part in self.text(closed(f"{listed(values)}, {titles}: {reason}"))
        ]

    # What stands out, what to do, what to read with care

    def standing_out(self) -> list[Line]:
        return self.section(
            "WHAT STANDS OUT", self.numbered([" ".join(said) for said in by_subject(self.report)])
        )

    def units(self) -> list[Line]:
        lines = [part for said in overview.units(self.report) for part in self.text(said)]
        return self.section("UNITS", lines)

    def for_the_room(self) -> list[Line]:
        asked = [question.text for question in self.report.for_the_room]
        heading = ROOM_HEADINGS.get(len(asked), "")
        return self.section(heading, self.numbered(asked))

    def one_thing(self) -> list[Line]:
        """The first advice whose action is open; the other advice is named after it."""
        thing = self.report.one_thing
        if thing is None:
            return []
        lines = self.text(thing.text)
        lines += self.actions(thing.business, thing.it, "  ")
        others = [each.title for each in self.report.advice if each.id not in thing.ids]
        return self.section("IF YOU DO ONE THING", lines + self.further(others))

    def further(self, titles: Sequence[str]) -> list[Line]:
        """The advice that is not printed whole."""
        if not titles:
            return []
        more = len(titles) - MOST_ADVICE
        shown = [*titles[:MOST_ADVICE], *([f"{more} more"] if more > 0 else [])]
        return self.text(closed(f"Further advice, in full with `-f plain`: {'; '.join(shown)}"))

    def missing_points(self) -> list[Line]:
        said = overview.where_points_are_missing(self.report, self.titles)
        lines = [part for each in said for part in self.text(each)]
        return self.section(f"WHERE THE {overview.missing_in_all(self.report)} MISSING POINTS ARE", lines)

    def what_to_do(self) -> list[Line]:
        """The advice where no one thing stands out."""
        lines: list[Line] = []
        advice = self.report.advice if self.report.one_thing is None else ()
        for number, each in enumerate(advice[:MOST_ADVICE], start=1):
            lines += self.advice(f"{number}. " if len(advice) > 1 else "", each)
        lines += self.further([each.title for each in advice[MOST_ADVICE:]])
        return self.section("WHAT TO DO NEXT", lines)

    def advice(self, number: str, advice: Advice) -> list[Line]:
        because = [overview.reason_for_advice(each, self.report, self.titles) for each in advice.because]
        reason = f": {listed(because)}" if because else ""
        lines = paragraph(closed(advice.title.rstrip(".") + reason), self.width, number)
        return lines + self.actions(advice.business, advice.it, " " * max(len(number), 2))

    def actions(self, business: str | None, it: str | None, indent: str) -> list[Line]:
        said = [(side, action) for side, action in (("Business", business), ("IT", it)) if action]
        return [
            part
            for side, action in said
            for part in paragraph(f"{side}: {action}", self.width, indent, indent + "  ")
        ]

    def care(self) -> list[Line]:
        lines = [part for caution in overview.cautions(self.report) for part in self.text(caution)]
        return self.section("READ WITH CARE", lines)

    def commands(self, commands: Sequence[str]) -> list[Line]:
        lead = "Next: "
        firsts = [lead, *[" " * len(lead)] * len(commands)]
        return [
            part
            for first, command in zip(firsts, commands, strict=False)
            for part in paragraph(command, self.width, first, " " * (len(lead) + 2))
        ]

    def numbered(self, texts: Sequence[str]) -> list[Line]:
        numbers = [padded(f"{number}.", 3 if len(texts) < 10 else 4) for number in range(1, len(texts) + 1)]
        return [
            part
            for number, text in zip(numbers, texts, strict=True)
            for part in paragraph(text, self.width, number)
        ]

    def section(self, heading: str, lines: list[Line]) -> list[Line]:
        return [line(heading, HEADING), *lines] if lines else []


@dataclass(frozen=True)
class Row:
    """A dimension or a question in the table: a strip, or words where a strip says nothing."""

    label: str
    depth: int
    score: float | None
    is_dimension: bool = False
    strip: str = ""
    words: str = ""
    comments: Sequence[str] = ()

    def showing(self, strip: str) -> Row:
        return replace(self, strip=strip)

    def saying(self, words: str) -> Row:
        return replace(self, words=words)


def cut_width(heads: Sequence[str]) -> int:
    """Of a column: room for the longest word of a head, so that none is divided."""
    return max([CUT_WIDTH, *(cell_len(word) + 2 for head in heads for word in prose(head).split())])


def points_or_dash(score: float | None) -> str:
    return "-" if score is None else points(score)


def overall_or_dash(overall: Overall, levels: Sequence[Level]) -> str:
    return "-" if overall.score is None else overall_points(overall.score, levels)


def own_mean(cut: Cut, question: str, group: str) -> str:
    """``44 (12)``: the mean of a group and how many answered."""
    cells = [cell for q in cut.questions if q.id == question for cell in q.groups if cell.group == group]
    shown = [cell for cell in cells if cell.score is not None]
    return f"{points_or_dash(shown[0].score)} ({shown[0].n})" if shown else "-"


def likely(overall: Overall) -> str:
    interval = overall.interval
    return f"{points(interval.low)} to {points(interval.high)}" if interval else "-"
