"""Strips and bars as SVG: shapes and figures alone, told by form as well as by colour."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

from ..terminal import prose
from .document import Bar, Chosen, Mark, Strip, Table
from .phrases import strip_in_words

COLOURS = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#666666")
"""Of the voices, in their order: Okabe and Ito's, which people with any colour vision tell apart."""
SHADES = {
    "no points": "#D55E00",
    "below the middle": "#F0B080",
    "the middle": "#CCCCCC",
    "above it": "#80B8DC",
    "all points": "#0072B2",
}
INK, PAPER = "#1A1A1A", "#FFFFFF"
LEFT, LENGTH = 12.0, 400.0
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
    return f'role="img" aria-label="{escaped(label)}"' if label else 'aria-hidden="true"'


def escaped(text: str) -> str:
    """``text`` as nothing but text, with what is invisible spelled out."""
    return escape(prose(text))


def strip(cell: Strip, table: Table) -> str:
    """One row of a dumbbell chart; its figures stand beside it."""
    return svg(strip_shapes(cell, letters(table)), strip_in_words(cell, dict(table.marks or ())))


def letters(table: Table) -> list[str]:
    return [letter for letter, _ in table.marks or ()]


def strip_shapes(cell: Strip, order: Sequence[str]) -> str:
    middle = HEIGHT / 2
    grid = "".join(line(at(tick), 0, at(tick), HEIGHT, "#DDDDDD") for tick in TICKS)
    ends = [mark.points for mark in cell.marks]
    joined = line(at(min(ends)), middle, at(max(ends)), middle, "#999999", 2) if len(ends) > 1 else ""
    return f"{grid}{joined}{score_shape(cell.score)}" + "".join(
        mark_shape(mark, order, middle) for mark in cell.marks
    )


def score_shape(score: float | None) -> str:
    return "" if score is None else line(at(score), 2, at(score), HEIGHT - 2, INK, 2)


def mark(letter: str, table: Table) -> str:
    """The shape of a voice."""
    return mark_shape(Mark(letter, 0), letters(table), HEIGHT / 2)


def mark_shape(mark: Mark, order: Sequence[str], middle: float) -> str:
    """The first voice is a filled circle, the second a hollow square, others a triangle or a diamond."""
    number = order.index(mark.letter) if mark.letter in order else len(order)
    colour, x = COLOURS[min(number, len(COLOURS) - 1)], at(mark.points)
    whisker = ""
    if mark.low is not None and mark.high is not None:
        off = 7 if number < 2 else 9.5
        y = middle + (off if number % 2 else -off)
        whisker = line(at(mark.low), y, at(mark.high), y, colour, 1.5)
    if number == 0:
        return f'{whisker}<circle cx="{x:.1f}" cy="{middle:g}" r="5" fill="{colour}"/>'
    if number == 1:
        shape = f'<rect x="{x - 4.5:.1f}" y="{middle - 4.5:g}" width="9" height="9"'
        return f'{whisker}{shape} fill="{PAPER}" stroke="{colour}" stroke-width="2"/>'
    sides, foot = (middle + 4, middle + 4) if number == 2 else (middle, middle + 6)
    corners = f"{x:.1f},{middle - 6:g} {x + 5:.1f},{sides:g} {x:.1f},{foot:g} {x - 5:.1f},{sides:g}"
    return f'{whisker}<polygon points="{corners}" fill="{colour}"/>'


def line(x1: float, y1: float, x2: float, y2: float, colour: str, width: float = 1) -> str:
    ends = f'x1="{x1:.1f}" y1="{y1:g}" x2="{x2:.1f}" y2="{y2:g}"'
    return f'<line {ends} stroke="{colour}" stroke-width="{width:g}"/>'


def label(
    x: float,
    y: float,
    text: str,
    anchor: str = "start",
    weight: str = "normal",
    colour: str = INK,
    size: int = 12,
) -> str:
    """Its last space keeps two of them apart where only their text is left, as in some mail."""
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="sans-serif" font-size="{size}" '
        f'font-weight="{weight}" fill="{colour}">{escaped(text)} </text>'
    )


def axis() -> str:
    """The scale above a column of strips."""
    return svg(axis_shapes(), "0 to 100 points")


def axis_shapes() -> str:
    return "".join(label(at(tick), 17, str(tick), "middle", size=14) for tick in TICKS)


def bar(cell: Bar) -> str:
    """The answers below the middle to the left of it, those above to the right; its words stand beside it."""
    return svg(bar_shapes(cell), "") if cell.chosen else ""


def bar_shapes(cell: Bar) -> str:
    total = sum(each.n for each in cell.chosen)
    shown = [each for each in cell.chosen if each.n]
    half = LENGTH / 2
    lower = sum(each.n * (1 if each.points < 50 else 0.5 if each.points == 50 else 0) for each in shown)
    x = LEFT + half - half * lower / total if total else LEFT
    drawn = [line(LEFT + half, 0, LEFT + half, HEIGHT, "#999999")]
    for each in shown:
        wide = half * each.n / total
        drawn.append(block(x, wide, shade(each)))
        if wide > 7 * len(str(each.n)) + 2:
            ink = PAPER if each.points == 100 else "#000000"
            drawn.append(label(x + wide / 2, 15, str(each.n), "middle", "bold", ink))
        x += wide
    return "".join(drawn)


def block(x: float, wide: float, colour: str) -> str:
    return f'<rect x="{x:.1f}" y="3" width="{wide:.1f}" height="16" fill="{colour}" stroke="{PAPER}"/>'


def shade(chosen: Chosen) -> str:
    """By the points that an option earns."""
    worst, worse, middle, better, best = SHADES.values()
    if chosen.points == 50:
        return middle
    if chosen.points < 50:
        return worst if chosen.points == 0 else worse
    return best if chosen.points == 100 else better


def cells(table: Table) -> list[Strip | Bar]:
    """All that is drawn in a table."""
    return [cell for row in table.rows for cell in row.cells if isinstance(cell, Strip | Bar)]


def legend(table: Table) -> list[tuple[str, str]]:
    """The shapes that the heads of a table's columns do not explain, with what they mean."""
    if any(isinstance(cell, Bar) for cell in cells(table)):
        return [(block(4, 2 * LEFT - 8, colour), name) for name, colour in SHADES.items()]
    strips = [cell for cell in cells(table) if isinstance(cell, Strip)]
    told = []
    if any(mark.low is not None for cell in strips for mark in cell.marks):
        told.append((line(4, HEIGHT / 2, 2 * LEFT - 4, HEIGHT / 2, INK, 1.5), "likely range"))
    if any(cell.score is not None for cell in strips):
        told.append((score_shape(0), "score of a dimension"))
    return told


def small(shape: str) -> str:
    """A shape for a legend."""
    return svg(shape, "", 2 * LEFT)
