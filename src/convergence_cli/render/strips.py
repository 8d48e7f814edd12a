"""The strip from 0 to 100 on which each group's mark stands. Plain ASCII, so that it prints anywhere."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .document import Strip
from .phrases import rounded

EMPTY, SCORE, SEVERAL = "-", "#", "*"
TICKS = (0, 25, 50, 75, 100)


def marks_of(groups: Sequence[str]) -> dict[str, str]:
    """One capital letter for each group id, its first where that is free; else a digit."""
    marks: dict[str, str] = {}
    for group in groups:
        letters = [c for c in group.upper() if c.isascii() and c.isalnum()]
        free = [c for c in [*letters, *"123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"] if c not in marks.values()]
        marks[group] = free[0] if free else SEVERAL
    return marks


def strip(cell: Strip, size: int) -> str:
    """``size`` cells from 0 to 100 points; the score's mark gives way to a group's."""
    cells = [EMPTY] * size
    if cell.score is not None:
        cells[position(cell.score, size)] = SCORE
    for mark in cell.marks:
        at = position(mark.points, size)
        cells[at] = mark.letter if cells[at] in (EMPTY, SCORE) else SEVERAL
    return "".join(cells)


def position(value: float, size: int) -> int:
    """The cell of ``value`` points, 0 to 100, kept on the strip."""
    return min(max(int(rounded(value * (size - 1) / 100)), 0), size - 1)


def axis(size: int) -> str:
    """The ticks above a strip; reaches two columns beyond it."""
    cells = [" "] * (size + 2)
    for tick in TICKS:
        at = position(tick, size)
        cells[at : at + len(str(tick))] = str(tick)
    return "".join(cells)


def legend(used: str, meanings: Iterable[tuple[str, str]]) -> str:
    """Each mark that stands on some strip, with what it means; empty where there is none."""
    told = [f"{mark} {meaning}" for mark, meaning in meanings if mark in used]
    told += [f"{SCORE} the score of a dimension"] if SCORE in used else []
    told += [f"{SEVERAL} several in one place"] if SEVERAL in used else []
    return f"{', '.join(told)}." if told else ""
