"""A table in columns of text; what has no room beside each other goes below, or is told in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from rich.cells import cell_len

from ..problems import Severity
from ..terminal import prose
from . import strips
from .document import Cell, Column, Row, Strip, Table
from .layout import (
    FAINT,
    HANGING,
    HEADING,
    STEP,
    STYLES,
    Line,
    Piece,
    line,
    paragraph,
    right,
    side_by_side,
    spaced,
    wrapped,
)
from .phrases import figure

FIGURES = ("figure", "points")
GAP = 2
LEAST_LABEL, LEAST_WORDS, MOST_WORDS = 18, 14, 24
"""Columns that labels and words have before they are wrapped; words give way to labels from the most on."""
STRIP_SIZES = (61, 41, 21, 13)
AXIS_ENDS = 2
"""Columns that the axis reaches beyond its strip."""


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
        words = max(cell_len(prose(shown(table, row, wide.index(0)))) for row in rows)
        label = max(least, min(label, rest - min(words, MOST_WORDS)))
        if rest - label < min(words, LEAST_WORDS):
            return None
    return [label, *(each or GAP + rest - label for each in wide)]


def natural(table: Table, at: int, most: int) -> int:
    """As wide as a column's longest figure or name, so that no word of its head is divided; 0 for words."""
    column = table.columns[at]
    if column.kind == "words":
        return 0
    cells = [prose(shown(table, row, at)) for row in table.rows if row.cells]
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
        if isinstance(cell, Strip) and not cell.told:
            yield [(Piece(" " * GAP), *inked(strips.strip(cell, size)))]
        elif is_head and column.kind == "words" and table.marks is not None:
            yield [line(" " * GAP + strips.axis(size))]
        elif column.kind in FIGURES:
            yield [line(right(part, width), style) for part in wrapped(written(cell, column), room)]
        else:
            kind = STYLES[cell] if isinstance(cell, Severity) else ""
            yield paragraph(written(cell, column), width, " " * GAP, style=kind)


def shown(table: Table, row: Row, at: int) -> str:
    return written(row.cells[at], table.columns[at])


def written(cell: Cell, column: Column) -> str:
    """A figure with the decimals that a reader needs; nothing for one that is absent."""
    if cell is None:
        return ""
    if isinstance(cell, Strip):
        return cell.told
    return figure(cell, column.kind) if isinstance(cell, int | float) else str(cell)


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
    filled = ((column, cell) for column, cell in zip(table.columns, row.cells, strict=False) if cell)
    cells = [(column, written(cell, column)) for column, cell in filled]
    name = " ".join(filter(None, [row.label, *(cell for column, cell in cells if column.kind == "name")]))
    told = ", ".join(f"{column.title} {cell}".strip() for column, cell in cells if column.kind != "name")
    said = f"{name}: {told}" if told else name
    return paragraph(said, width, indent, indent + HANGING) + below(row, width)


def below(row: Row, width: int) -> list[Line]:
    return [part for said in row.below for part in paragraph(said, width, STEP * (row.depth + 1))]
