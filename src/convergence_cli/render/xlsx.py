"""A document as a workbook: a sheet for each section. A number stays one, and text is only text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from io import BytesIO
from itertools import chain
from typing import Any, assert_never

from rich.cells import cell_len
from xlsxwriter import Workbook

from ..terminal import Paper, prose
from . import document as tree
from .phrases import strip_in_words
from .xlsx_bars import POINTS, bars

Style = dict[str, Any]

MADE = datetime(1980, 1, 1)
"""A workbook says when it was made; two runs write the same bytes."""
MOST_CHARACTERS = 32_767
"""What a cell can hold, in units of UTF-16."""
NARROWEST, WIDEST = 9, 66
"""Characters of a column; longer text wraps, and a sha256 just fits."""
LINE, HIGHEST = 15, 409
"""Points of a line of text, and of a row."""
AS_TEXT: Style = {"quote_prefix": True}
"""What begins with `=` stays text when somebody edits it."""
TEXT: Style = {"text_wrap": True, "valign": "top"}
BOLD: Style = {**TEXT, "bold": True}
TITLE: Style = {"bold": True, "font_size": 16}
HEAD: Style = {**BOLD, "bg_color": "#E8EEF4", "bottom": 1}
WHOLE, DECIMAL, SHARE = "#,##0", "#,##0.0", "0 %"


def render(document: tree.Document, _: Paper) -> bytes:
    written = BytesIO()
    with Workbook(written, {"in_memory": True}) as book:
        book.set_properties({"created": MADE})
        for section in document:
            if any(
                block.rows if isinstance(block, tree.Table) else [*lines(block)] for block in section.blocks
            ):
                Sheet(book, section.heading).fill(section)
    return written.getvalue()


def lines(block: tree.Block) -> Iterator[tuple[str, Style]]:
    """What is no table, a row for each line, with its style."""
    match block:
        case tree.Title():
            yield block.name, TITLE
            yield from plain(block.client, block.place)
        case tree.Said():
            yield from ((each, BOLD if block.strong else TEXT) for each in block.sentences if each)
        case tree.Answer():
            yield block.figure, TITLE
            yield from plain(*block.sentences)
        case tree.Action():
            sides = (("Business", block.business), ("IT", block.it))
            yield from plain(block.what, *(f"{side}: {said}" for side, said in sides if said))
        case tree.Items():
            for each in block.items:
                yield from lines(each) if isinstance(each, tree.Action) else plain(each)
        case tree.Outline():
            yield from plain(*(f"{'- ' * each.depth}{each.lead}{each.text}" for each in block.entries))
        case tree.Problem():
            yield f"{block.place} {block.severity} {block.rule}", BOLD
            yield from plain(block.excerpt.text if block.excerpt else "", block.text)
        case tree.Verbatim():
            yield from plain(*block.text.splitlines())
        case tree.Commands():
            yield from plain(*block.commands)
        case tree.Table():
            return
        case _:
            assert_never(block)


def plain(*texts: str) -> Iterator[tuple[str, Style]]:
    return ((text, TEXT) for text in texts if text)


class Sheet:
    """A sheet that is filled from the top, with an empty row between two blocks."""

    def __init__(self, book: Workbook, heading: str) -> None:
        self.book = book
        self.name = heading
        self.sheet = book.add_worksheet(heading)
        self.sheet.set_landscape()
        self.sheet.fit_to_pages(1, 0)
        self.at = 0
        self.widths: dict[int, int] = {}
        self.formats: dict[tuple[tuple[str, Any], ...], Any] = {}

    def fill(self, section: tree.Section) -> None:
        for block in section.blocks:
            start = self.at
            for line in lines(block):
                self.row([line])
            if isinstance(block, tree.Table) and block.rows:
                self.table(block)
            self.at += self.at > start
        for column, width in self.widths.items():
            self.sheet.set_column(column, column, min(width, WIDEST))

    def table(self, table: tree.Table) -> None:
        """The head of one at the top of the sheet stays in sight and filters."""
        head, last = self.at, len(table.columns)
        rows = list(chain.from_iterable(map(with_below, table.rows)))
        styles = [column_style(table, at) for at in range(last)]
        titles = [table.title, *(column.title for column in table.columns)]
        self.row(zip(titles, ({**HEAD, **style} for style in ({}, *styles)), strict=True))
        for row in rows:
            text, label = BOLD if row.strong else TEXT, {"align": "left", "indent": row.depth}
            cells = [row.label, *(in_words(cell, table) for cell in row.cells)]
            self.row(zip(cells, ({**text, **style} for style in (label, *styles)), strict=False))
        if head == 0:
            self.sheet.freeze_panes(1, 1)
            self.sheet.autofilter(0, 0, self.at - 1, last)
            self.sheet.repeat_rows(0)
        if drawn := bars(self.book, self.name, table, head, self.at - 1):
            self.sheet.insert_chart(head + 1, last + 2, *drawn)

    def row(self, cells: Iterable[tuple[str | float | None, Style]]) -> None:
        """As high as its longest text. `write_string` makes no formula, link or number of a text."""
        high = 1
        for column, (cell, style) in enumerate(cells):
            shown = ""
            if cell is None or cell == "":
                self.sheet.write_blank(self.at, column, None, self.format(style))
            elif isinstance(cell, str):
                shown = fitted(prose(cell))
                self.sheet.write_string(self.at, column, shown, self.format({**style, **AS_TEXT}))
            else:
                shown = f"{cell:,.1f}"
                self.sheet.write_number(self.at, column, cell, self.format(style))
            if style != TITLE:
                width = cell_len(shown)
                high = max(high, -(-width // WIDEST))
                self.widths[column] = max(self.widths.get(column, NARROWEST), width + 3)
        if high > 1:
            self.sheet.set_row(self.at, min(high * LINE, HIGHEST))
        self.at += 1

    def format(self, style: Style) -> Any:
        key = tuple(style.items())
        if key not in self.formats:
            self.formats[key] = self.book.add_format(style)
        return self.formats[key]


def with_below(row: tree.Row) -> Iterator[tree.Row]:
    return chain([row], (tree.Row(said, depth=row.depth + 1) for said in row.below))


def in_words(cell: tree.Cell, table: tree.Table) -> str | float | None:
    """The cell, in words where it is a picture."""
    if isinstance(cell, tree.Strip):
        return strip_in_words(cell, dict(table.marks or ()))
    return cell if cell is None or isinstance(cell, int | float) else str(cell)


def column_style(table: tree.Table, at: int) -> Style:
    """How a column shows its figures, which are kept as they are: a decimal where any of them has one."""
    cells = (row.cells[at] for row in table.rows if row.cells)
    numbers = [cell for cell in cells if isinstance(cell, int | float)]
    if not numbers:
        return {"align": "left", "indent": 1}
    kind = table.columns[at].kind
    usual = DECIMAL if any(number % 1 for number in numbers) else WHOLE
    return {"num_format": {"points": POINTS, "share": SHARE}.get(kind, usual), "align": "right"}


def fitted(text: str) -> str:
    """`text`, or as much of it as a cell can hold, and how much it was."""
    if shortened(text, MOST_CHARACTERS) == text:
        return text
    told = f" ... (the first of {len(text):,} characters)"
    return shortened(text, MOST_CHARACTERS - len(told)) + told


def shortened(text: str, most: int) -> str:
    """As much of `text` as `most` units of UTF-16 hold."""
    return text.encode("utf-16-le")[: 2 * most].decode("utf-16-le", "ignore")
