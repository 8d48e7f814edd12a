"""A table of the web page: figures, and the pictures of strips and bars beside what they show."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise, zip_longest

from . import charts
from .charts import escaped
from .document import Bar, Cell, Column, Row, Strip, Table
from .phrases import figure, points

MOST_LETTERS, LEAST, LONGEST = 82, 8, 30
"""Of the heads beside the labels on A4, in one column at least, and in a word that is not divided."""


def tables_html(table: Table) -> str:
    """A table that scrolls within itself where a screen is narrow; one too wide for paper is divided."""
    if not table.rows:
        return ""
    legend = " ".join(
        f"<span>{charts.small(shape)} {escaped(name)}</span>" for shape, name in charts.legend(table)
    )
    told = [*map(table_html, parts(table)), f'<p class="legend">{legend}</p>' if legend else ""]
    return "\n".join(filter(None, told))


def parts(table: Table) -> Iterator[Table]:
    """The table with as many of its columns at a time as paper holds, and all of its rows."""
    starts, letters = [0], 0
    for at, column in enumerate(table.columns):
        needed = 2 + min(max(LEAST, longest(column.title)), LONGEST)
        letters += needed
        if letters > MOST_LETTERS:
            starts, letters = [*starts, at], needed
    for start, end in pairwise([*starts, len(table.columns)]):
        rows = [
            replace(row, cells=row.cells[start:end], below=() if start else row.below) for row in table.rows
        ]
        yield replace(table, columns=table.columns[start:end], rows=rows)


def longest(text: str) -> int:
    """Letters of the longest word."""
    return max(map(len, text.split()), default=0)


def table_html(table: Table) -> str:
    """Rows with their labels; what stands below a row spans it."""
    titles = [column.title for column in table.columns if column.title]
    name = escaped(table.title or ", ".join(titles) or "Table")
    head = "".join(head_html(table, column) for column in table.columns)
    rows = "\n".join(row_html(table, row) for row in table.rows)
    has = {
        "drawn": charts.cells(table),
        "voices": table.marks,
        "long": any(longest(each) > LONGEST for each in kept_whole(table)),
    }
    kinds = " ".join(kind for kind in has if has[kind])
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{name}">\n'
        f'<table class="{kinds}">\n<thead><tr>{title_html(table.title)}{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def kept_whole(table: Table) -> Iterator[str]:
    """The texts whose words are not divided, unless one is too long for paper; a path is, at its slashes."""
    yield from (column.title for column in table.columns)
    yield from voices(table)
    for row in table.rows:
        yield row.label
        for column, cell in zip(table.columns, row.cells, strict=False):
            if column.kind == "name":
                yield str(cell).replace("/", " ")


def title_html(title: str, kind: str = "label") -> str:
    return f'<th scope="col" class="{kind}">{escaped(title)}</th>' if title else "<td></td>"


def voices(table: Table) -> list[str]:
    """The heads of the figures beside a strip."""
    told = any(isinstance(cell, Strip) and cell.apart is not None for cell in charts.cells(table))
    return [*(meaning for _, meaning in table.marks or ()), *(["apart"] if told else [])]


def head_html(table: Table, column: Column) -> str:
    if column.kind != "words" or table.marks is None:
        return title_html(column.title, column.kind)
    shapes = [charts.small(charts.mark(letter, table)) for letter, _ in table.marks]
    heads = zip_longest(shapes, map(escaped, voices(table)), fillvalue="")
    figures = "".join(f'<th scope="col" class="figure">{shape} {name}</th>' for shape, name in heads)
    return f'<th scope="col" class="words">{charts.axis()}</th>{figures}'


def row_html(table: Table, row: Row) -> str:
    kind = f"d{min(row.depth, 4)}{' strong' if row.strong else ''}{'' if row.cells else ' heads'}"
    span = 1 + len(table.columns) + len(voices(table))
    below = "".join(
        f'\n<tr class="below"><td colspan="{span}">{escaped(said)}</td></tr>' for said in row.below
    )
    if not row.cells:
        return f'<tr class="{kind}"><th scope="row" colspan="{span}">{escaped(row.label)}</th></tr>{below}'
    cells = "".join(
        cell_html(table, column, cell) for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return f'<tr class="{kind}"><th scope="row">{escaped(row.label)}</th>{cells}</tr>{below}'


def cell_html(table: Table, column: Column, cell: Cell) -> str:
    """A picture with its figures beside it, or its words below: they stay where a picture is lost."""
    if isinstance(cell, Strip):
        return f'<td class="words">{charts.strip(cell, table)}</td>{figures_html(table, cell)}'
    if isinstance(cell, Bar):
        return f'<td class="words">{charts.bar(cell)}<p>{escaped(str(cell))}</p></td>'
    spans = f' colspan="{1 + len(voices(table))}"' if column.kind == "words" and table.marks else ""
    told = "" if cell is None else escaped(cell) if isinstance(cell, str) else figure(cell, column.kind)
    return f'<td class="{column.kind}"{spans}>{told}</td>'


def figures_html(table: Table, cell: Strip) -> str:
    """The points of each voice, and how far two are apart."""
    said = {mark.letter: points(mark.points) for mark in cell.marks}
    shown = [said.get(letter, "") for letter, _ in table.marks or ()]
    shown.append("" if cell.apart is None else points(abs(cell.apart)))
    return "".join(f'<td class="figure">{each}</td>' for each, _ in zip(shown, voices(table), strict=False))
