"""The comparison of two waves for a reader at a terminal: no boxes, nothing cut to fit."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from rich.cells import cell_len

from ..results.comparison import Change, Comparison, QuestionChange
from ..terminal import prose
from .compare_plain import (
    answer,
    by_facts_alone,
    cautions,
    facts_in_words,
    group_title,
    head_notes,
    likely_range,
    signed,
    where_and_when,
    who_answered,
)
from .layout import HEADING, Line, Piece, both_ends, line, paragraph, printed, right, side_by_side, wrapped
from .phrases import listed, points
from .say import why

NARROW_LABEL = 18
CHANGE_WIDTH = 8
LIKELY_WIDTH = 24
NARROW_LIKELY = 14
CAUSE_WIDTH = 9
CAUSES = ("facts", "answers", "people")
CAUSES_MEAN = (
    "Facts: the old answers with the new facts. Answers: the new answers of those who answered both "
    "times. People: who joined or left."
)


def render(report: Comparison, *, width: int = 80, colour: bool = False, commands: Sequence[str] = ()) -> str:
    """The comparison on lines of at most ``width`` columns.

    ``commands`` are the commands that the reader could run next, whole and in order of use.
    """
    page = Page(report, width)
    blocks = [page.head(), page.answer(), page.table(), page.causes(), page.care(), page.next(commands)]
    lines: list[Line] = []
    for block in filter(None, blocks):
        lines += [line(), *block] if lines else block
    return printed(lines, colour)


@dataclass(frozen=True)
class Row:
    """A figure in the table; ``more`` is said below it."""

    label: str
    depth: int
    change: Change
    is_heading: bool = False
    more: str = ""


@dataclass(frozen=True)
class Page:
    """A comparison on its way to lines of ``width`` columns; each method gives one block."""

    report: Comparison
    width: int

    @cached_property
    def rows(self) -> list[Row]:
        return list(self.rows_below(None, 0))

    @cached_property
    def periods(self) -> list[str]:
        return [prose(wave.period) for wave in self.report.waves]

    @cached_property
    def widths(self) -> list[int]:
        """Columns of the label, the two scores, the change and the likely range."""
        scores = [max(cell_len(period), 5) + 2 for period in self.periods]
        rest = self.width - sum(scores) - CHANGE_WIDTH
        likely = min(LIKELY_WIDTH, rest - NARROW_LABEL)
        return [rest - likely, *scores, CHANGE_WIDTH, likely]

    def head(self) -> list[Line]:
        report = self.report
        lines = both_ends(report.questionnaire.title, where_and_when(report), self.width)
        for sentence in who_answered(report):
            lines += self.text(sentence)
        return lines + self.text(" ".join(head_notes(report)))

    def answer(self) -> list[Line]:
        overall = self.report.overall
        lead = f"{score(overall.old)} to {score(overall.new)} of 100   "
        if overall.old is None and overall.new is None:
            lead = "No score   "
        texts = [part for text in answer(self.report) for part in wrapped(text, self.width - len(lead))]
        lines: list[Line] = [(Piece(lead, HEADING), Piece(texts[0]))]
        return lines + [line(" " * len(lead) + text) for text in texts[1:]]

    def text(self, text: str) -> list[Line]:
        return paragraph(text, self.width) if text else []

    # Each figure in both waves

    @property
    def is_narrow(self) -> bool:
        """Whether the columns leave no room for what stands in them."""
        return self.widths[-1] < NARROW_LIKELY

    def table(self) -> list[Line]:
        if self.is_narrow:
            return [part for row in self.rows for part in self.sentence(row)]
        titles = ["", *self.periods, "CHANGE", "  LIKELY"]
        lines = [self.columns([[line(title)] for title in titles])]
        for row in self.rows:
            lines.append(self.table_row(row))
        return [part for block in lines for part in block]

    def columns(self, contents: Sequence[list[Line]]) -> list[Line]:
        """Columns beside each other, figures at the right of theirs."""
        aligned = [
            [line(right(each[0].text, width), each[0].style) for each in content] if 0 < at < 4 else content
            for at, (content, width) in enumerate(zip(contents, self.widths, strict=True))
        ]
        return side_by_side(aligned, self.widths)

    def table_row(self, row: Row) -> list[Line]:
        style = HEADING if row.is_heading else ""
        label = paragraph(row.label, self.widths[0] - 1, " " * row.depth, style=style)
        figures = [[line(figure, style)] for figure in figures_of(row.change)]
        words = paragraph(in_words(row.change), self.widths[-1], "  ")
        return self.columns([label, *figures, words]) + self.below(row)

    def sentence(self, row: Row) -> list[Line]:
        """A row where there is no room for columns."""
        old, new, change = figures_of(row.change)
        words = f"{'likely ' if row.change.interval else ''}{in_words(row.change)}"
        said = ", ".join(filter(None, [f"{row.label}: {old} to {new}", change, words]))
        deep = " " * row.depth
        return paragraph(said, self.width, deep, deep + "  ") + self.below(row)

    def below(self, row: Row) -> list[Line]:
        return paragraph(row.more, self.width, " " * (row.depth + 2)) if row.more else []

    def rows_below(self, parent: str | None, depth: int) -> Iterator[Row]:
        """Each dimension, its questions with each group, then the dimensions inside it."""
        for dimension in self.report.dimensions:
            if dimension.parent != parent:
                continue
            yield Row(dimension.title, depth, dimension, is_heading=True)
            for question in self.report.questions:
                if question.dimension == dimension.id:
                    yield from self.question_rows(question, depth + 2)
            yield from self.rows_below(dimension.id, depth + 2)

    def question_rows(self, question: QuestionChange, depth: int) -> Iterator[Row]:
        more = facts_in_words(question.fact) if question.fact else ""
        yield Row(question.title, depth, question, more=more)
        for group in question.groups:
            yield Row(group_title(group), depth + 2, group)

    # What made it change

    def causes(self) -> list[Line]:
        """A table of the parts; nothing where those of the overall are not told."""
        if not self.report.overall.parts:
            return []
        told: list[tuple[str, Change]] = [("Overall", self.report.overall)]
        told += [(dimension.title, dimension) for dimension in self.report.dimensions]
        known = [(title, change) for title, change in told if change.parts and change.change is not None]
        if self.is_narrow:
            lines = [part for title, change in known for part in self.text(cause_sentence(title, change))]
            return [line("WHAT MADE IT CHANGE", HEADING), *lines, *self.text(CAUSES_MEAN)]
        widths = [self.width - 4 * CAUSE_WIDTH, *[CAUSE_WIDTH] * 4]
        titles = ["CHANGE", *(cause.upper() for cause in CAUSES)]
        lines = side_by_side(
            [
                [line("WHAT MADE IT CHANGE", HEADING)],
                *[[line(right(title, CAUSE_WIDTH))] for title in titles],
            ],
            widths,
        )
        for title, change in known:
            figures = [[line(right(figure, CAUSE_WIDTH))] for figure in brought_by(change)]
            lines += side_by_side([paragraph(title, widths[0] - 1), *figures], widths)
        return lines + self.text(CAUSES_MEAN)

    def care(self) -> list[Line]:
        lines = [part for caution in cautions(self.report) for part in self.text(caution)]
        return [line("READ WITH CARE", HEADING), *lines] if lines else []

    def next(self, commands: Sequence[str]) -> list[Line]:
        leads = ["Next: ", *[" " * 6] * len(commands)]
        return [
            part
            for lead, command in zip(leads, commands, strict=False)
            for part in paragraph(command, self.width, lead, " " * 8)
        ]


def figures_of(change: Change) -> list[str]:
    """Both scores and the change."""
    moved = "-" if change.change is None else signed(change.change)
    return [score(change.old), score(change.new), moved]


def brought_by(change: Change) -> list[str]:
    """The change and what each cause brings into it."""
    brought: dict[str, float] = {part.cause: part.change for part in change.parts or ()}
    return [signed(value) for value in (change.change or 0.0, *(brought[cause] for cause in CAUSES))]


def cause_sentence(title: str, change: Change) -> str:
    whole, *brought = brought_by(change)
    return f"{title} {whole}: {listed([f'{c} {x}' for c, x in zip(CAUSES, brought, strict=True)])}."


def score(value: float | None) -> str:
    return "-" if value is None else points(value)


def in_words(change: Change) -> str:
    """Where the change that answers made is likely to lie and whether it is reliable, or why nobody knows."""
    if change.change is None:
        return why(change.reason)
    if by_facts_alone(change):
        return "facts alone" if change.change else "unchanged"
    facts = f"facts {signed(change.by_facts)}; " if change.by_facts else ""
    if change.answers_interval is None:
        return f"{facts}no range: {why(change.interval_reason)}"
    answers = "answers " if facts else ""
    reliable = ", reliable" if change.reliable else ""
    return f"{facts}{answers}{likely_range(change.answers_interval)}{reliable}"
