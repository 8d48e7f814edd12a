"""A document for a reader at a terminal: plain ASCII marks, no boxes, nothing cut to fit."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from typing import assert_never

from rich.cells import cell_len

from ..problems import Severity
from ..terminal import Paper, prose, safe
from . import strips
from .document import (
    Action,
    Answer,
    Block,
    Cell,
    Commands,
    Document,
    Entry,
    Items,
    Outline,
    Problem,
    Row,
    Said,
    Section,
    Strip,
    Table,
    Title,
    Verbatim,
)
from .findings import excerpt_lines
from .layout import (
    FAINT,
    HEADING,
    Line,
    Piece,
    both_ends,
    line,
    paragraph,
    printed,
    right,
    side_by_side,
    wrapped,
)
from .phrases import figure

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: FAINT}
FIGURES = ("figure", "points")
STEP, HANGING, GAP = "  ", "    ", 2
DEEPEST = 8
LEAST_LABEL, LEAST_WORDS, MOST_WORDS = 18, 14, 24
"""Columns that labels and words have before they are wrapped; words give way to labels from the most on."""
STRIP_SIZES = (61, 41, 21, 13)
AXIS_ENDS = 2
"""Columns that the axis reaches beyond its strip."""


def render(document: Document, paper: Paper) -> str:
    """The document on lines of at most the paper's width."""
    return printed(spaced(section_lines(section, paper.width) for section in document), paper.colour)


def spaced(groups: Iterable[list[Line]]) -> list[Line]:
    """The groups that have lines, with an empty line between them."""
    return [each for lines in groups if lines for each in (line(), *lines)][1:]


def section_lines(section: Section, width: int) -> list[Line]:
    lines = [each for block in section.blocks for each in block_lines(block, width)]
    return [line(section.heading.upper(), HEADING), *lines] if section.heading and lines else lines


def block_lines(block: Block, width: int) -> list[Line]:
    match block:
        case Title():
            return both_ends(block.name, block.place, width)
        case Said():
            texts = block.sentences if block.apart else [" ".join(block.sentences)]
            style = HEADING if block.strong else ""
            return [each for text in texts if text for each in paragraph(text, width, style=style)]
        case Answer():
            return answer_lines(block, width)
        case Table():
            return table_lines(block, width)
        case Action():
            return action_lines(block, width)
        case Items():
            return item_lines(block, width)
        case Outline():
            return [each for entry in block.entries for each in entry_lines(entry, width)]
        case Problem():
            return problem_lines(block, width)
        case Verbatim():
            return [line(f"{STEP}{row}") for row in block.text.splitlines()]
        case Commands():
            leads = ["Next: ", *["      "] * len(block.commands)]
            together = zip(leads, block.commands, strict=False)
            return [each for lead, text in together for each in paragraph(text, width, lead, " " * 8)]
        case _:
            assert_never(block)


def answer_lines(answer: Answer, width: int) -> list[Line]:
    lead = f"{answer.figure}   "
    first, *more = [part for said in answer.sentences for part in wrapped(said, width - len(lead))] or [""]
    return [(Piece(lead, HEADING), Piece(first)), *(line(" " * len(lead) + part) for part in more)]


def item_lines(items: Items, width: int) -> list[Line]:
    wide = 3 if len(items.items) < 10 else 4
    actions = [item if isinstance(item, Action) else Action(item) for item in items.items]
    numbered = ((f"{number}.".ljust(wide), action) for number, action in enumerate(actions, start=1))
    return [each for number, action in numbered for each in action_lines(action, width, number)]


def action_lines(action: Action, width: int, number: str = "") -> list[Line]:
    lines = paragraph(action.what, width, number)
    indent = " " * max(len(number), len(STEP))
    for side, told in (("Business", action.business), ("IT", action.it)):
        lines += paragraph(f"{side}: {told}", width, indent, indent + STEP) if told else []
    return lines


def entry_lines(entry: Entry, width: int) -> list[Line]:
    indent = STEP * min(entry.depth, DEEPEST)
    style = HEADING if entry.strong else ""
    return paragraph(entry.text, width, indent + safe(entry.lead), indent + HANGING, style)


def problem_lines(problem: Problem, width: int) -> list[Line]:
    """Place, rule, the line itself with carets, what is wrong, how to mend it, where else to look."""
    place, severity, rule = problem.place, problem.severity, problem.rule
    severely = Piece(severity, STYLES[severity])
    head: list[Line] = [(Piece(place, HEADING), Piece(" "), severely, Piece(f" {rule}"))]
    if cell_len(f"{place} {severity} {rule}") > width:
        head = paragraph(f"{place} {severity} {rule}", width, rest=HANGING, style=HEADING)
    excerpt = excerpt_lines(problem.excerpt, width - len(HANGING)) if problem.excerpt else []
    return head + [line(part) for part in excerpt] + paragraph(problem.text, width, STEP)


# Tables


def table_lines(table: Table, width: int) -> list[Line]:
    """In columns; figures that do not fit beside each other go below, and words without room are told in
    sentences.
    """
    if not table.rows:
        return []
    widths = widths_of(table, width)
    if widths is not None:
        return [*in_columns(table, widths), *legend(table, widths)]
    if any(column.kind == "words" for column in table.columns):
        return [part for row in table.rows for part in row_in_words(table, row, width)]
    fitting = next(
        many for many in range(len(table.columns) - 1, 0, -1) if widths_of(some(table, 0, many), width)
    )
    return spaced([table_lines(some(table, 0, fitting), width), table_lines(some(table, fitting), width)])


def some(table: Table, start: int, end: int | None = None) -> Table:
    """The table with some of its columns."""
    rows = [replace(row, cells=row.cells[start:end]) for row in table.rows]
    return replace(table, columns=table.columns[start:end], rows=rows)


def widths_of(table: Table, width: int) -> list[int] | None:
    """Columns of the labels and of each cell with the gap before it; None where they have no room."""
    rows = [row for row in table.rows if row.cells]
    heads = [
        cell_len(prose(table.title)),
        *(len(STEP) * row.depth + cell_len(prose(row.label)) for row in rows),
    ]
    label, least = max(heads), min(max(heads), LEAST_LABEL)
    wide = [natural(table, at, width - LEAST_LABEL) for at in range(len(table.columns))]
    rest = width - sum(wide)
    if 0 not in wide:
        return [min(label, rest), *wide] if rest >= least else None
    rest -= GAP
    if table.marks is not None:
        label = min(label, rest - strip_size(rest) - AXIS_ENDS)
    else:
        words = max(cell_len(prose(shown(row.cells[wide.index(0)]))) for row in rows)
        label = max(least, min(label, rest - min(words, MOST_WORDS)))
        if rest - label < min(words, LEAST_WORDS):
            return None
    return [label, *(each or GAP + rest - label for each in wide)]


def natural(table: Table, at: int, most: int) -> int:
    """As wide as a column's longest figure or name, so that no word of its head is divided; 0 for words."""
    column = table.columns[at]
    if column.kind == "words":
        return 0
    cells = [prose(shown(row.cells[at])) for row in table.rows if row.cells]
    return min(most, GAP + max(map(cell_len, [*cells, *prose(column.title).split()])))


def strip_size(room: int) -> int:
    """Cells of a strip: as many as leave room for the labels."""
    fitting = (size for size in STRIP_SIZES if room - size - AXIS_ENDS >= LEAST_LABEL + size // 10)
    return next(fitting, STRIP_SIZES[-1])


def in_columns(table: Table, widths: Sequence[int]) -> list[Line]:
    heads: list[Cell] = [column.title for column in table.columns]
    lines: list[Line] = []
    if table.title or any(heads):
        lines += side_by_side([*cells(table, Row(table.title.upper(), heads), widths, is_head=True)], widths)
    for row in table.rows:
        if row.cells:
            lines += side_by_side([*cells(table, row, widths)], widths)
        else:
            lines += paragraph(row.label, sum(widths), STEP * row.depth, STEP * row.depth + HANGING)
        lines += below(row, sum(widths))
    return lines


def cells(table: Table, row: Row, widths: Sequence[int], is_head: bool = False) -> Iterator[list[Line]]:
    style = HEADING if row.strong else ""
    yield paragraph(row.label, widths[0], STEP * row.depth, style=HEADING if is_head else style)
    for column, cell, width in zip(table.columns, row.cells, widths[1:], strict=True):
        room = width - GAP
        size = strip_size(widths[0] + room)
        if isinstance(cell, Strip):
            yield [(Piece(" " * GAP), *inked(strips.strip(cell, size)))]
        elif is_head and column.kind == "words" and table.marks is not None:
            yield [line(" " * GAP + strips.axis(size))]
        elif column.kind in FIGURES:
            yield [line(right(part, width), style) for part in wrapped(shown(cell), room)]
        else:
            kind = STYLES[cell] if isinstance(cell, Severity) else ""
            yield paragraph(shown(cell), width, " " * GAP, style=kind)


def shown(cell: Cell) -> str:
    """A figure with the decimals that a reader needs; nothing for one that is absent."""
    if cell is None:
        return ""
    return figure(cell) if isinstance(cell, int | float) else str(cell)


def inked(cells: str) -> Line:
    """A strip whose marks stand out from its line."""
    runs = ((empty, "".join(run)) for empty, run in groupby(cells, lambda cell: cell == strips.EMPTY))
    return tuple(Piece(run, FAINT if empty else HEADING) for empty, run in runs)


def legend(table: Table, widths: Sequence[int]) -> list[Line]:
    """Each mark that stands on some strip, with what it means."""
    if table.marks is None:
        return []
    size = strip_size(sum(widths[:2]) - GAP)
    drawn = [cell for row in table.rows for cell in row.cells if isinstance(cell, Strip)]
    used = "".join(strips.strip(cell, size) for cell in drawn)
    told = strips.legend(used, table.marks)
    return paragraph(told, sum(widths)) if told else []


def row_in_words(table: Table, row: Row, width: int) -> list[Line]:
    """``34:5 warning CV201: O-4 has no plan``; ``Innovation: 2026-Q2 50, 2026-Q4 51``."""
    indent = STEP * row.depth
    cells = [(column, shown(cell)) for column, cell in zip(table.columns, row.cells, strict=False) if cell]
    name = " ".join(filter(None, [row.label, *(cell for column, cell in cells if column.kind == "name")]))
    told = ", ".join(f"{column.title} {cell}".strip() for column, cell in cells if column.kind != "name")
    said = f"{name}: {told}" if told else name
    return paragraph(said, width, indent, indent + HANGING) + below(row, width)


def below(row: Row, width: int) -> list[Line]:
    return [part for said in row.below for part in paragraph(said, width, STEP * (row.depth + 1))]
