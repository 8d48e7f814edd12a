"""The charts of a document as SVG files that stand alone, for a slide: with their labels and legend."""

from __future__ import annotations

from collections.abc import Iterator

from .charts import (
    LEFT,
    WIDE,
    axis_shapes,
    bar_shapes,
    cells,
    label,
    legend,
    letters,
    mark,
    strip_shapes,
    svg,
)
from .document import Bar, Document, Row, Strip, Table
from .phrases import points, strip_in_words

LABELS, ROW, MOST_LABEL = 250.0, 26.0, 40
APART = LABELS + WIDE + 36
"""Where the points between two voices end, and the picture."""
EACH_MEANING, MEANINGS = APART / 3, 3
"""How wide a line of the legend is, and how many stand beside each other."""


def standalone(table: Table, heading: str) -> str:
    """The strips or bars of a table with their labels, as one picture; empty where there is none."""
    if not cells(table):
        return ""
    drawn, y = [label(0, 16, heading, weight="bold")], ROW
    if table.marks is not None:
        drawn += [shifted(LABELS, y, axis_shapes()), label(APART, y + 15, "apart", "end")]
        y += ROW
    for row in table.rows:
        if shapes := row_shapes(row, table):
            weight = "bold" if row.strong else "normal"
            name = label(10.0 * row.depth, 15, short(row.label), weight=weight)
            drawn.append(shifted(0, y, name + shapes))
            y += ROW
    meanings = [*((mark(letter, table), meaning) for letter, meaning in table.marks or ()), *legend(table)]
    for number, (shape, meaning) in enumerate(meanings):
        x, line_y = EACH_MEANING * (number % MEANINGS), y + ROW * (number // MEANINGS)
        drawn += [shifted(x, line_y, shape), label(x + 2 * LEFT + 4, line_y + 15, short(meaning))]
    told = "; ".join(
        f"{row.label}: {strip_in_words(cell, dict(table.marks or ())) if isinstance(cell, Strip) else cell}"
        for row in table.rows
        for cell in row.cells
        if isinstance(cell, Strip | Bar)
    )
    lines = -(-len(meanings) // MEANINGS)
    return svg("".join(drawn), f"{heading}: {told}" if told else heading, APART, y + ROW * lines)


def pictures(document: Document) -> Iterator[tuple[str, str]]:
    """The name and the picture of each chart in a document."""
    for section in document:
        for block in section.blocks:
            if isinstance(block, Table) and (picture := standalone(block, section.heading or "Two voices")):
                name = "voices" if block.marks is not None else "answers"
                yield f"{name}.svg", picture


def row_shapes(row: Row, table: Table) -> str:
    """What stands beside a label; of a row that heads others nothing, and no row at all where words stand."""
    drawn = "" if row.cells else shifted(LABELS, 0, "")
    for cell in row.cells:
        if isinstance(cell, Bar):
            drawn += shifted(LABELS, 0, bar_shapes(cell))
        elif isinstance(cell, Strip):
            drawn += shifted(LABELS, 0, strip_shapes(cell, letters(table)))
            drawn += "" if cell.apart is None else label(APART, 15, points(abs(cell.apart)), "end")
    return drawn


def short(text: str) -> str:
    return text if len(text) <= MOST_LABEL else f"{text[: MOST_LABEL - 1]}…"


def shifted(x: float, y: float, shapes: str) -> str:
    return f'<g transform="translate({x:g} {y:g})">{shapes}</g>'
