"""Strips and bars as SVG: shapes and figures alone, told by form as well as by colour."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape

from ..terminal import prose
from .document import Bar, Chosen, Document, Mark, Strip, Table
from .phrases import points, strip_in_words

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#666666")
"""Of the voices, in their order: Okabe and Ito's, which people with any colour vision tell apart."""
WORSE, WORST, MIDDLE, BETTER, BEST = "#F0B080", "#D55E00", "#BBBBBB", "#80B8DC", "#0072B2"
LEFT, LENGTH = 8.0, 400.0
"""Where a scale of 0 to 100 points begins, and how long it is."""
HEIGHT = 22.0
WIDE = LEFT + LENGTH + LEFT
TICKS = (0, 25, 50, 75, 100)


def at(value: float) -> float:
    """Where ``value`` points stand."""
    return LEFT + value * LENGTH / 100


def svg(body: str, label: str, width: float = WIDE, height: float = HEIGHT) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" {described(label)}>{body}</svg>'
    )


def described(label: str) -> str:
    """The text alternative; without one the picture says nothing that does not stand beside it."""
    return f'role="img" aria-label="{attribute(label)}"' if label else 'aria-hidden="true"'


def attribute(text: str) -> str:
    return escape(prose(text))


def strip(cell: Strip, table: Table) -> str:
    """One row of a dumbbell chart."""
    return svg(strip_shapes(cell, letters(table)), strip_in_words(cell, dict(table.marks or ())))


def letters(table: Table) -> list[str]:
    return [letter for letter, _ in table.marks or ()]


def strip_shapes(cell: Strip, order: Sequence[str]) -> str:
    middle = HEIGHT / 2
    grid = "".join(line(at(tick), 2, at(tick), HEIGHT - 2, "#DDDDDD") for tick in TICKS)
    ends = [mark.points for mark in cell.marks]
    joined = line(at(min(ends)), middle, at(max(ends)), middle, "#999999", 2) if len(ends) > 1 else ""
    score = "" if cell.score is None else line(at(cell.score), 3, at(cell.score), HEIGHT - 3, "#222222", 2)
    marks = "".join(mark_shape(mark, order, middle) for mark in cell.marks)
    gap = "" if cell.apart is None else label(at(max(ends)) + 9, middle + 4, points(abs(cell.apart)))
    return f"{grid}{joined}{score}{marks}{gap}"


def mark(letter: str, table: Table) -> str:
    """The shape of a voice, for a legend."""
    return svg(mark_shape(Mark(letter, 0), letters(table), HEIGHT / 2), "", 2 * LEFT)


def mark_shape(mark: Mark, order: Sequence[str], middle: float) -> str:
    """The first voice is a filled circle, the second a hollow square, others a triangle or a diamond."""
    number = order.index(mark.letter) if mark.letter in order else len(order)
    colour, x = COLOURS[min(number, len(COLOURS) - 1)], at(mark.points)
    whisker = ""
    if mark.low is not None and mark.high is not None:
        y = middle + (3 if number % 2 else -3)
        whisker = line(at(mark.low), y, at(mark.high), y, colour)
    if number == 0:
        return f'{whisker}<circle cx="{x:.1f}" cy="{middle:g}" r="5" fill="{colour}"/>'
    if number == 1:
        shape = f'<rect x="{x - 4.5:.1f}" y="{middle - 4.5:g}" width="9" height="9"'
        return f'{whisker}{shape} fill="#FFFFFF" stroke="{colour}" stroke-width="2"/>'
    top, side = middle - 5.5, 5 if number == 2 else 4
    corners = f"{x:.1f},{top:g} {x + side:.1f},{middle + 3:g} {x - side:.1f},{middle + 3:g}"
    return f'{whisker}<polygon points="{corners}" fill="{colour}"/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:g}" x2="{x2:.1f}" y2="{y2:g}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"/>'


def label(x: float, y: float, text: str, anchor: str = "start", weight: str = "normal") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="sans-serif" font-size="11" '
        f'font-weight="{weight}" fill="#222222">{attribute(text)}</text>'
    )


def axis() -> str:
    """The scale above a column of strips."""
    return svg("".join(label(at(tick), 15, str(tick), "middle") for tick in TICKS), "0 to 100 points")


def bar(cell: Bar) -> str:
    """The answers below the middle to the left of it, those above to the right, with their numbers."""
    return svg(bar_shapes(cell), str(cell) or "no answers")


def bar_shapes(cell: Bar) -> str:
    total = sum(each.n for each in cell.chosen)
    shown = [each for each in cell.chosen if each.n]
    half = LENGTH / 2
    lower = sum(each.n * (1 if each.points < 50 else 0.5 if each.points == 50 else 0) for each in shown)
    x = LEFT + half - half * lower / total if total else LEFT
    drawn = [line(LEFT + half, 1, LEFT + half, HEIGHT - 1, "#999999")]
    for each, colour in zip(shown, map(shade, shown), strict=True):
        wide = half * each.n / total
        drawn.append(f'<rect x="{x:.1f}" y="4" width="{wide:.1f}" height="14" fill="{colour}"/>')
        if wide > 9:
            drawn.append(label(x + wide / 2, 15, str(each.n), "middle", "bold"))
        x += wide
    return "".join(drawn)


def shade(chosen: Chosen) -> str:
    if chosen.points == 50:
        return MIDDLE
    if chosen.points < 50:
        return WORST if chosen.points == 0 else WORSE
    return BEST if chosen.points == 100 else BETTER


# A chart that stands alone


LABELS, ROW, MOST_LABEL = 250.0, 26.0, 40


def standalone(table: Table, heading: str) -> str:
    """The strips or bars of a table with their labels, as one picture; empty where there is none."""
    rows = list(chart_rows(table))
    if not rows:
        return ""
    drawn = [label(0, 16, heading, weight="bold")]
    y = ROW
    if table.marks is not None:
        drawn += [shifted(LABELS, y, "".join(label(at(tick), 15, str(tick), "middle") for tick in TICKS))]
        y += ROW
    for name, depth, strong, shapes in rows:
        drawn.append(label(10.0 * depth, y + 15, short(name), weight="bold" if strong else "normal"))
        drawn.append(shifted(LABELS, y, shapes))
        y += ROW
    told = ", ".join(meaning for _, meaning in table.marks or ())
    for number, (letter, meaning) in enumerate(table.marks or ()):
        mark = mark_shape(Mark(letter, 0), letters(table), HEIGHT / 2)
        drawn.append(shifted(180.0 * number, y, mark) + label(180.0 * number + 20, y + 15, meaning))
    return svg("".join(drawn), f"{heading}: {told}" if told else heading, LABELS + WIDE, y + ROW)


def pictures(document: Document) -> Iterator[tuple[str, str]]:
    """The name and the picture of each chart in a document."""
    for section in document:
        for block in section.blocks:
            if isinstance(block, Table) and (picture := standalone(block, section.heading or "Two voices")):
                name = "voices" if block.marks is not None else "answers"
                yield f"{name}.svg", picture


def chart_rows(table: Table) -> Iterator[tuple[str, int, bool, str]]:
    for row in table.rows:
        for cell in row.cells:
            if isinstance(cell, Strip):
                yield row.label, row.depth, row.strong, strip_shapes(cell, letters(table))
            elif isinstance(cell, Bar):
                yield row.label, row.depth, row.strong, bar_shapes(cell)


def short(text: str) -> str:
    return text if len(text) <= MOST_LABEL else f"{text[: MOST_LABEL - 1]}…"


def shifted(x: float, y: float, shapes: str) -> str:
    return f'<g transform="translate({x:g} {y:g})">{shapes}</g>'
