"""Lines of a text report: wrapping by what a terminal shows, and styles where colour is wanted.

Every text that reaches a line passes through :func:`wrapped`, which makes it safe; nothing is ever
read as markup. rich measures, wraps and styles; it prints nothing.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from itertools import zip_longest
from typing import NamedTuple

from rich.cells import cell_len
from rich.color import ColorSystem
from rich.console import Console
from rich.style import Style
from rich.text import Text

from ..problems import Severity
from ..terminal import prose

HEADING = "bold"
FAINT = "dim"
STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: FAINT}
STEP, HANGING = "  ", "    "
"""What stands inside something else, and where a line goes on."""

UNUSED = Console(file=io.StringIO(), width=80, color_system=None, force_terminal=False)
"""`Text.wrap` wants a console; with no justification and no tabs left it takes nothing from it."""


class Piece(NamedTuple):
    """A stretch of a line in one style."""

    text: str
    style: str = ""


Line = tuple[Piece, ...]


def line(text: str = "", style: str = "") -> Line:
    return (Piece(text, style),)


def wrapped(text: str, width: int) -> list[str]:
    """``text``, made safe, on lines of at most ``width`` columns; a word longer than a line is divided."""
    told = prose(text)
    if cell_len(told) <= width:  # most texts of a table: looking for places to divide takes ten times as long
        return [told.rstrip()]
    lines = Text(told).wrap(UNUSED, max(width, 2), overflow="fold")
    return [part.plain.rstrip() for part in lines] or [""]


def paragraph(text: str, width: int, first: str = "", rest: str | None = None, style: str = "") -> list[Line]:
    """``text`` wrapped behind ``first``; further lines stand behind ``rest`` (as deep as ``first``)."""
    deeper = " " * cell_len(first) if rest is None else rest
    lines = wrapped(text, width - max(cell_len(first), cell_len(deeper)))
    return [line((first if at == 0 else deeper) + part, style) for at, part in enumerate(lines)]


def spaced(groups: Iterable[list[Line]]) -> list[Line]:
    """The groups that have lines, with an empty line between them."""
    return [each for lines in groups if lines for each in (line(), *lines)][1:]


def right(text: str, width: int) -> str:
    return " " * (width - cell_len(text)) + text


def both_ends(left: str, at_right: str, width: int) -> list[Line]:
    """``left`` and ``at_right`` at the two ends of a line, or below each other."""
    left, at_right = prose(left), prose(at_right)
    gap = width - cell_len(left) - cell_len(at_right)
    if gap < 2 and at_right:
        return [*paragraph(left, width, style=HEADING), *paragraph(at_right, width)]
    return [(Piece(left, HEADING), Piece(" " * gap + at_right if at_right else ""))]


def side_by_side(columns: Sequence[Sequence[Line]], widths: Sequence[int]) -> list[Line]:
    """Columns of lines beside each other, each padded to its width."""
    rows = zip_longest(*columns, fillvalue=line())
    return [tuple(piece for cells in zip(row, widths, strict=True) for piece in cell(*cells)) for row in rows]


def cell(content: Line, width: int) -> Line:
    used = sum(cell_len(piece.text) for piece in content)
    return (*content, Piece(" " * max(0, width - used)))


def printed(lines: Iterable[Line], colour: bool) -> str:
    """The lines as one text; without colour not a single escape is in it."""
    return "".join(one_line(pieces, colour) + "\n" for pieces in lines)


def one_line(pieces: Line, colour: bool) -> str:
    if not colour:
        return "".join(piece.text for piece in pieces).rstrip()
    used = list(pieces)
    while used and not used[-1].text.strip():
        used.pop()
    return "".join(styled(piece) for piece in used)


def styled(piece: Piece) -> str:
    if not piece.style or not piece.text.strip():
        return piece.text
    return Style.parse(piece.style).render(piece.text, color_system=ColorSystem.STANDARD)
