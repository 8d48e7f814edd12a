"""A table (CSV) as a document: its rows as plain data, and the places of its cells.

One pass looks at the form and notes where each row begins, at eight bytes a row. The text stays, and a row
becomes data when it is asked for: a million rows cost what their text costs.
"""

from __future__ import annotations

import csv
import hashlib
import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from convergence_cli.documents.reading import Document, Plain
from convergence_cli.documents.text import LINE_BREAK, Refusal, Span, Spot, decode, finding_at
from convergence_cli.problems import Finding, Path, Problems

SEPARATORS = ",;\t"
LONGEST_CELL = csv.field_size_limit()
HEADER = "header"
"""The first step of a path to a column's title: ``("header", 2)``."""


class CsvLines:
    """The lines of a text as `csv` takes them; `at` is where the next one begins."""

    def __init__(self, text: str, at: int = 0) -> None:
        self.text = text
        self.at = at

    def __iter__(self) -> Iterator[str]:
        while self.at < len(self.text):
            found = LINE_BREAK.search(self.text, self.at)
            start, self.at = self.at, found.end() if found else len(self.text)
            yield self.text[start : self.at]


@dataclass(frozen=True)
class Table(Document):
    """A CSV file. What its columns hold is for its reader to say (`holding`)."""

    titles: tuple[str, ...] = ()
    separator: str = ","
    starts: Sequence[int] = ()
    """Where each row begins; the header and empty rows are left out."""
    columns: tuple[Path, ...] = ()
    header: int = 0
    """Where the row of the titles begins."""

    @property
    def readable(self) -> bool:
        """A row that is wrong leaves the others readable."""
        return bool(self.titles)

    def holding(self, columns: Sequence[Path]) -> Table:
        """The table as a list in a file in YAML, with the path of each column inside an entry."""
        return replace(self, columns=tuple(columns))

    def entries(self) -> Iterator[dict[str, Plain]]:
        """Each row as a file in YAML has it; below the first level an empty cell says nothing."""
        columns = [(path[:-1], path[-1]) for path in self.columns]
        for row in self.rows():
            entry: dict[str, Plain] = {}
            for (way, last), cell in zip(columns, row, strict=True):
                if way and not cell:
                    continue
                text = cell.strip()
                if text or not way:
                    inner: Any = entry
                    for step in way:
                        inner = inner.setdefault(step, {})
                    inner[last] = text or None
            yield entry

    def rows(self) -> Iterator[list[str]]:
        """The cells of each row below the header that is not empty."""
        for start in self.starts:
            yield next(csv.reader(CsvLines(self.text, start), delimiter=self.separator, strict=True))

    def find(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        return {path: Spot(self._cell(path), None) for path in paths}

    def _cell(self, path: Path) -> Span:
        """Where the cell stands to which a path leads; the row, where it leads to no single one."""
        if path[:1] == (HEADER,):
            return self.cell(self.header, int(path[1]))
        if self.columns and len(path) > 1:
            return self.cell(self.starts[int(path[1])], self._column(path[2:]))
        return self.cell(self.header, 0)

    def cell(self, start: int, column: int) -> Span:
        """Where the cell in a column stands, in the row that begins at `start`."""
        cell = re.compile(f'"(?:[^"]|"")*"|[^{self.separator}\r\n]*')
        for _ in range(column):
            start = self._end(cell, start) + 1
        return Span(start, max(start + 1, self._end(cell, start)))

    def _end(self, cell: re.Pattern[str], start: int) -> int:
        found = cell.match(self.text, start)
        return found.end() if found else start

    def _column(self, steps: Path) -> int:
        fits = (at for at, path in enumerate(self.columns) if path[: len(steps)] == steps)
        return next(fits, 0)


def parse_table(data: bytes, file: str) -> Table:
    """Read a table; bad content never raises, it is in the table's `problems`, and other rows are read."""
    digest = hashlib.sha256(data).hexdigest()
    text = decode(data, file)
    if isinstance(text, Finding):
        return Table(file, None, "", digest, (text,))
    separator = max(SEPARATORS, key=next(iter(CsvLines(text)), "").count)
    lines, starts, problems = CsvLines(text), array("Q"), Problems()
    rows = csv.reader(iter(lines), delimiter=separator, strict=True)
    start, titles = 0, None
    try:
        for row in rows:
            if titles is None:
                titles = tuple(title.strip() for title in row)
            elif any(cell.strip() for cell in row):
                if len(row) == len(titles):
                    starts.append(start)
                else:
                    words = f"the row has {len(row)} cells, and the header has {len(titles)}"
                    problems.add(finding_at(Refusal("CV004", words, "", start), file, text))
                    if problems.is_full:
                        break
            start = lines.at
    except csv.Error:
        problems.add(finding_at(not_csv(start), file, text))
    return Table(file, None, text, digest, tuple(problems), False, titles or (), separator, starts)


def not_csv(start: int) -> Refusal:
    what = f"a quote has no partner, or a cell is longer than {LONGEST_CELL:,} characters"
    tip = "Put a cell that holds a comma, a quote or a line break in quotes; inside, double each quote."
    return Refusal("CV004", f"This row is not CSV: {what}.", tip, start)
