"""A document as one web page that needs nothing else: no script, no other file, no network."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterable, Iterator
from dataclasses import replace
from hashlib import sha256
from html import escape
from importlib.resources import files
from typing import assert_never

from ..terminal import Paper, prose
from . import charts
from .document import (
    Action,
    Answer,
    Bar,
    Block,
    Cell,
    Column,
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
from .phrases import points, rounded


def render(document: Document, _: Paper) -> str:
    style = files(__package__).joinpath("page.css").read_text("utf-8")
    titles = (block.name for section in document for block in section.blocks if isinstance(block, Title))
    allowed = b64encode(sha256(style.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; img-src data:"
    return "\n".join(
        [
            '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            f"<title>{text(next(titles, 'convergence'))}</title>",
            f"<style>{style}</style>\n</head>\n<body>\n<main>",
            *filter(None, map(section_html, document)),
            "</main>\n</body>\n</html>\n",
        ]
    )


def text(value: str) -> str:
    """``value`` as nothing but text, with what is invisible spelled out."""
    return escape(prose(value))


def section_html(section: Section) -> str:
    body = "\n".join(filter(None, map(block_html, section.blocks)))
    heading = f"<h2>{text(section.heading)}</h2>\n" if section.heading else ""
    return f"<section>\n{heading}{body}\n</section>" if body else ""


def block_html(block: Block) -> str:
    match block:
        case Title():
            return title_html(block)
        case Said():
            said = block.sentences if block.apart else [" ".join(filter(None, block.sentences))]
            return "\n".join(f"<p>{strong(each, block.strong)}</p>" for each in said if each)
        case Answer():
            said = "".join(f"<p>{text(each)}</p>" for each in block.sentences)
            return f'<div class="answer">\n<p class="score">{text(block.figure)}</p>\n{said}\n</div>'
        case Table():
            return tables_html(block)
        case Action():
            return action_html(block)
        case Items():
            return listed("ol", (action_html(i) if isinstance(i, Action) else text(i) for i in block.items))
        case Outline():
            return "\n".join(map(entry_html, block.entries))
        case Problem():
            return problem_html(block)
        case Verbatim():
            return f"<pre>{escape(block.text)}</pre>"
        case Commands():
            return listed("ul", (f"<code>{text(each)}</code>" for each in block.commands))
        case _:
            assert_never(block)


def strong(value: str, is_strong: bool) -> str:
    return f"<strong>{text(value)}</strong>" if is_strong else text(value)


def listed(kind: str, items: Iterable[str]) -> str:
    told = "\n".join(f"<li>{item}</li>" for item in items)
    return f"<{kind}>\n{told}\n</{kind}>" if told else ""


def title_html(title: Title) -> str:
    logo = ""
    if title.logo:
        data = b64encode(title.logo.data).decode()
        logo = f'<img class="logo" alt="" src="data:image/{title.logo.kind};base64,{data}">\n'
    said = "".join(f"<p>{text(each)}</p>\n" for each in (title.client, title.place) if each)
    return f"<header>\n{logo}<h1>{text(title.name)}</h1>\n{said}</header>"


def action_html(action: Action) -> str:
    sides = [(name, said) for name, said in (("Business", action.business), ("IT", action.it)) if said]
    told = "".join(f"<dt>{name}</dt><dd>{text(said)}</dd>" for name, said in sides)
    return f"<p>{text(action.what)}</p>" + (f"\n<dl>{told}</dl>" if told else "")


def entry_html(entry: Entry) -> str:
    return f'<p class="d{min(entry.depth, 4)}">{strong(f"{entry.lead}{entry.text}", entry.strong)}</p>'


def problem_html(problem: Problem) -> str:
    head = f"{text(problem.place)} <b>{text(problem.severity)}</b> {text(problem.rule)}"
    shown = f"<pre>{escape(problem.excerpt.text)}</pre>\n" if problem.excerpt else ""
    return f'<div class="finding">\n<h3>{head}</h3>\n{shown}<p>{text(problem.text)}</p>\n</div>'


# Tables


MOST_COLUMNS = 8
"""Of figures that stand beside each other on paper."""


def tables_html(table: Table) -> str:
    """A table that scrolls within itself where a screen is narrow; one too wide for paper is divided."""
    if not table.rows:
        return ""
    legend = " ".join(
        f"<span>{charts.small(shape)} {text(name)}</span>" for shape, name in charts.legend(table)
    )
    told = [*map(table_html, parts(table)), f'<p class="legend">{legend}</p>' if legend else ""]
    return "\n".join(filter(None, told))


def parts(table: Table) -> Iterator[Table]:
    """The table with as many of its columns at a time as paper holds, and all of its rows."""
    count = -(-len(table.columns) // MOST_COLUMNS)
    size = -(-len(table.columns) // count)
    for start in range(0, len(table.columns), size):
        cut = slice(start, start + size)
        rows = [replace(row, cells=row.cells[cut], below=() if start else row.below) for row in table.rows]
        yield replace(table, columns=table.columns[cut], rows=rows)


def table_html(table: Table) -> str:
    """Rows with their labels; what stands below a row spans it."""
    name = text(table.title or ", ".join(filter(None, (column.title for column in table.columns))) or "Table")
    head = "".join(head_html(table, column) for column in table.columns)
    corner = f'<th scope="col">{text(table.title)}</th>' if table.title else "<td></td>"
    rows = "\n".join(row_html(table, row) for row in table.rows)
    kind = "drawn" if charts.cells(table) else "plain"
    return (
        f'<div class="wide" role="group" tabindex="0" aria-label="{name}">\n'
        f'<table class="{kind}">\n<thead><tr>{corner}{head}</tr></thead>\n'
        f"<tbody>\n{rows}\n</tbody>\n</table>\n</div>"
    )


def head_html(table: Table, column: Column) -> str:
    if column.kind != "words" or table.marks is None:
        return f'<th scope="col" class="{column.kind}">{text(column.title)}</th>'
    voices = [
        f"{charts.small(charts.mark(letter, table))} {text(meaning)}" for letter, meaning in table.marks
    ]
    figures = "".join(f'<th scope="col" class="figure">{each}</th>' for each in (*voices, "apart"))
    return f'<th scope="col" class="words">{charts.axis()}</th>{figures}'


def row_html(table: Table, row: Row) -> str:
    kind = f"d{min(row.depth, 4)}{' strong' if row.strong else ''}{'' if row.cells else ' heads'}"
    span = len(table.columns) + 1 + (0 if table.marks is None else len(table.marks) + 1)
    below = "".join(f'\n<tr class="below"><td colspan="{span}">{text(said)}</td></tr>' for said in row.below)
    if not row.cells:
        return f'<tr class="{kind}"><th scope="row" colspan="{span}">{text(row.label)}</th></tr>{below}'
    cells = "".join(
        cell_html(table, column, cell) for column, cell in zip(table.columns, row.cells, strict=True)
    )
    return f'<tr class="{kind}"><th scope="row">{text(row.label)}</th>{cells}</tr>{below}'


def cell_html(table: Table, column: Column, cell: Cell) -> str:
    """A picture with its figures beside it, or its words below: they stay where a picture is lost."""
    if isinstance(cell, Strip):
        return f'<td class="words">{charts.strip(cell, table)}</td>{figures_html(table, cell)}'
    if isinstance(cell, Bar):
        return f'<td class="words">{charts.bar(cell)}<small>{text(str(cell))}</small></td>'
    spans = "" if column.kind != "words" or table.marks is None else f' colspan="{len(table.marks) + 2}"'
    told = "" if cell is None else text(cell) if isinstance(cell, str) else number(cell)
    return f'<td class="{column.kind}"{spans}>{told}</td>'


def figures_html(table: Table, cell: Strip) -> str:
    """The points of each voice, and how far two are apart."""
    said = {mark.letter: points(mark.points) for mark in cell.marks}
    apart = "" if cell.apart is None else points(abs(cell.apart))
    shown = (*(said.get(letter, "") for letter, _ in table.marks or ()), apart)
    return "".join(f'<td class="figure">{each}</td>' for each in shown)


def number(value: float) -> str:
    """A count as it is, a measure with one decimal, so that they stand below each other."""
    return f"{value:,}" if isinstance(value, int) else f"{rounded(value, 1):,f}"
