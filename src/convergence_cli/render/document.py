"""A report before any format: a small tree of blocks. A page says what stands in it and in which order; a
format is one writer of the tree, and nothing here knows columns, colour or markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..problems import Excerpt, Severity


@dataclass(frozen=True)
class Picture:
    """An image that is safe to embed."""

    kind: Literal["png", "svg+xml"]
    data: bytes


@dataclass(frozen=True)
class Title:
    """What this is, of whom and when; for whom it was made, with a logo."""

    name: str
    place: str = ""
    client: str = ""
    logo: Picture | None = None


@dataclass(frozen=True)
class Said:
    """Sentences of one paragraph; those ``apart`` begin a line each."""

    sentences: Sequence[str]
    apart: bool = False
    strong: bool = False


@dataclass(frozen=True)
class Answer:
    """The one figure of the report, and what to make of it."""

    figure: str
    sentences: Sequence[str]


class Mark(NamedTuple):
    """Where one voice stands, 0 to 100 points, and its likely range."""

    letter: str
    points: float
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Strip:
    """The marks of some voices between 0 and 100 points, the score of them all, and how far two are apart."""

    marks: Sequence[Mark]
    score: float | None = None
    apart: float | None = None
    told: str = ""
    """What a page of text says instead, where a strip would only repeat the one above it."""


class Chosen(NamedTuple):
    """How many chose an option, and the points (0 to 100) that it earns."""

    label: str
    n: int
    points: float


@dataclass(frozen=True)
class Bar:
    """How the answers to a question are divided, from the least points to the most."""

    chosen: Sequence[Chosen]

    def __str__(self) -> str:
        return ", ".join(f"{each.n} {each.label}" for each in self.chosen if each.n)


Cell = str | float | None | Strip | Bar | Severity


@dataclass(frozen=True)
class Column:
    """``figure``: a number; ``points``: one from 0 to 100; ``share``: one from 0 to 1, in workbooks alone;
    ``name``: short, and never divided; ``words``: of any length, or a picture.
    """

    title: str = ""
    kind: Literal["figure", "points", "share", "name", "words"] = "figure"


@dataclass(frozen=True)
class Row:
    """A label, ``depth`` steps inside the last one that is less deep, and a cell for each column.

    A row without cells heads those inside it. ``below`` is said beneath a row, a line for each.
    """

    label: str
    cells: Sequence[Cell] = ()
    depth: int = 0
    strong: bool = False
    below: Sequence[str] = ()


@dataclass(frozen=True)
class Table:
    """Rows of one set of columns; ``marks`` are those that its strips may show, with what each means."""

    columns: Sequence[Column]
    rows: Sequence[Row]
    title: str = ""
    marks: Sequence[tuple[str, str]] | None = None


@dataclass(frozen=True)
class Action:
    """What to do, and what each side does for it."""

    what: str
    business: str | None = None
    it: str | None = None


@dataclass(frozen=True)
class Items:
    """Numbered."""

    items: Sequence[Action | str]


@dataclass(frozen=True)
class Entry:
    """A line of an outline, behind its ``lead``."""

    text: str
    depth: int = 0
    lead: str = ""
    strong: bool = False


@dataclass(frozen=True)
class Outline:
    entries: Sequence[Entry]


@dataclass(frozen=True)
class Problem:
    """A finding in full: where, which rule, the line of the file, and what to say of it."""

    place: str
    severity: Severity
    rule: str
    excerpt: Excerpt | None
    text: str


@dataclass(frozen=True)
class Verbatim:
    """An example, line by line as it is."""

    text: str


@dataclass(frozen=True)
class Commands:
    """What to run next."""

    commands: Sequence[str]


Block = Title | Said | Answer | Table | Action | Items | Outline | Problem | Verbatim | Commands


@dataclass(frozen=True)
class Section:
    """Blocks that belong together, with a heading or without; one that says nothing is left out."""

    blocks: Sequence[Block]
    heading: str = ""


Document = Sequence[Section]
