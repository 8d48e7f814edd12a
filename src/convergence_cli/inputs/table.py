"""Respondents as CSV, read row by row: of a file, no more is held than the row at hand and a hash of each id.

Columns: ``id``, ``group``, ``about.<name>``, ``<question>``, ``<question>.want``, ``<question>.comment``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from ..documents import MOST_BYTES, decode, excerpt_of
from ..model.answers import Respondent
from ..model.complaints import shown
from ..model.questionnaire import MultipleAnswer, Questionnaire
from ..model.responses import DetailedAnswer
from ..model.sheets import SheetReader
from ..problems import Finding, InputError, NothingToDo, Place, Problems, Related
from ..problems import Path as DataPath
from .files import Source
from .repeats import Repeats

MOST_COLUMNS = 10_000
SEPARATOR = ";"
"""Between several options chosen in one cell."""
LONGEST_CELL = csv.field_size_limit()
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
WIDE = (b"\xff\xfe", b"\xfe\xff")
"""How a text in UTF-16 begins: it is decoded whole."""


@dataclass(frozen=True)
class Column:
    """What one column holds: ``now``, ``want``, ``comment``, ``about``, ``id`` or ``group``, and of what."""

    part: str
    name: str

    def holds(self, steps: DataPath) -> bool:
        """Whether a path within a sheet leads to its cells."""
        if self.part in ("id", "group"):
            return steps == (self.part,)
        return steps[:2] == ("answers", self.name) and steps[2:] in ((), (self.part,))


class Lines:
    """The lines of a table as `csv` takes them; knows where the row at hand begins, and its first line."""

    def __init__(self, source: Source) -> None:
        self.source = source
        self.number = 0
        self.row = 1
        self.text = ""
        self._fresh = True

    def __iter__(self) -> Iterator[str]:
        for line in self._lines():
            self.number += 1
            if self._fresh:
                self.row, self.text, self._fresh = self.number, line.rstrip("\r\n"), False
            yield line

    def next_row(self) -> None:
        """The next line begins a row."""
        self._fresh = True

    def _lines(self) -> Iterator[str]:
        with self.source.open() as stream:
            start = stream.read(len(BYTE_ORDER_MARK))
            if start.startswith(WIDE):
                yield from io.StringIO(self._decoded(start + stream.read(), 1), newline="")
                return
            rest = b"" if start == BYTE_ORDER_MARK else start
            for number, raw in enumerate(joined(rest, stream), start=1):
                line = self._line(raw, number)
                if "\r" in line:  # old files end their lines with it alone
                    yield from io.StringIO(line, newline="")
                else:
                    yield line

    def _line(self, raw: bytes, number: int) -> str:
        if b"\0" not in raw:
            with suppress(UnicodeDecodeError):
                return raw.decode()
        return self._decoded(raw, number)

    def _decoded(self, data: bytes, number: int) -> str:
        """Raises InputError where bytes are no text; `data` begins in line `number`."""
        text = decode(data, self.source.file)
        if isinstance(text, Finding):
            raise InputError([replace(text, line=number + (text.line or 1) - 1)])
        return text


def joined(start: bytes, stream: Iterable[bytes]) -> Iterator[bytes]:
    """The lines of `stream`, the first one with its `start`."""
    for line in stream:
        yield start + line
        start = b""
    if start:
        yield start


class Table:
    """The respondents of one CSV file; each iteration reads it anew and raises InputError at its end."""

    def __init__(self, source: Source, questionnaire: Questionnaire, *, quote: bool) -> None:
        self.source = source
        self.file = source.file
        self.questionnaire = questionnaire
        self.quote = quote
        self.lines = Lines(source)
        self.dialect = dialect_of(next(iter(self.lines), ""))
        self.columns = self._columns()

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        """Each row with the line it begins in, from the top."""
        self.lines = Lines(self.source)
        try:
            for row in csv.reader(self.lines, delimiter=self.dialect, strict=True):
                yield self.lines.row, row
                self.lines.next_row()
        except csv.Error:
            raise self._refused([self._not_csv()]) from None
        except InputError as error:
            raise self._refused(error.findings) from None

    def _not_csv(self) -> Finding:
        problem = f"a quote has no partner, or a cell is longer than {LONGEST_CELL:,} characters"
        message = f"This row is not CSV: {problem}."
        hint = "Put a cell that holds a comma, a quote or a line break in quotes; inside, double each quote."
        return replace(self._finding(message, self.lines.row, 1), tip=hint)

    def _refused(self, findings: Iterable[Finding]) -> InputError:
        """What is wrong; of a table whose people were promised so, no cell is quoted, the header's neither:
        who leaves it out has somebody's answers there."""
        return InputError([finding if self.quote else finding.withheld() for finding in findings])

    def _columns(self) -> list[Column]:
        header = next((row for _, row in self._rows()), None)
        if header is None:
            raise NothingToDo(f"{self.file} is empty, so there is nothing to score.")
        known = self._known()
        if len(header) > MOST_COLUMNS:
            message = f"the table has {len(header):,} columns, and {MOST_COLUMNS:,} are read"
            raise self._refused([self._finding(message, 1, 1)])
        findings = Problems()
        titles: set[str] = set()
        for number, title in enumerate(header):
            name = title.strip()
            if name not in known:
                tip = "Columns are id, group, about.<name>, <question>, <question>.want, <question>.comment."
                near = findings.hints.did_you_mean(name, known)
                findings.add(self._header(f"column {number + 1} is not known", tip, near, number, title))
            elif name in titles:
                findings.add(self._header(f"column {number + 1} stands twice", "", "", number, title))
            titles.add(name)
        for needed in ("id", "group"):
            if needed not in titles:
                findings.add(self._finding(f"the table needs the column `{needed}`", 1, 1))
        if findings:
            raise self._refused(findings.told())
        return [known[title.strip()] for title in header]

    def _known(self) -> Mapping[str, Column]:
        names = [question.id for question in self.questionnaire.opinions]
        columns = {"id": Column("id", ""), "group": Column("group", "")}
        columns |= {f"{name}.{part}": Column(part, name) for name in names for part in ("want", "comment")}
        columns |= {name: Column("now", name) for name in names}
        return Columns(columns)

    def _header(self, words: str, tip: str, near: str, number: int, title: str) -> Finding:
        column = self.lines.text.find(title) + 1 if number else 1
        found = self._finding(words, 1, column, max(1, len(title)))
        return replace(found, tip=tip, value=shown(title), near=near)

    def _finding(self, words: str, line: int, column: int, length: int = 1) -> Finding:
        excerpt = excerpt_of(self.lines.text, 1, column, length)
        return Finding(
            "CV004", words, name="schema", file=self.file, line=line, column=column, excerpt=excerpt
        )

    def __iter__(self) -> Iterator[Respondent]:
        reader = SheetReader(self.questionnaire, self.file, seen=None)
        repeats = Repeats()
        found = Problems()
        try:
            for line, row in self._respondent_rows():
                if found.has_enough():
                    break
                if len(row) != len(self.columns):
                    message = f"the row has {len(row)} cells, and the header has {len(self.columns)}"
                    found.add(self._finding(message, line, 1))
                    continue
                respondent = self._respondent(reader, row, line)
                if respondent.id:
                    repeats.add(respondent.id)
                yield respondent
                found.add(*(self._at_cell(finding, row) for finding in reader.findings))
                reader.findings.clear()
        except InputError as error:
            found.add(*error.findings)
        else:
            if not found.has_enough():
                found.take(self._standing_twice(repeats))
        if found:
            found.sort(key=lambda finding: finding.line or 0)
            raise self._refused(found.told())

    def _respondent_rows(self) -> Iterator[tuple[int, list[str]]]:
        """The rows below the header, without empty ones."""
        rows = self._rows()
        next(rows, None)
        return ((line, row) for line, row in rows if any(cell.strip() for cell in row))

    def _standing_twice(self, repeats: Repeats) -> Iterator[Finding]:
        at = self.columns.index(Column("id", ""))
        ids = ((row[at].strip(), line) for line, row in self._respondent_rows() if len(row) > at)
        for (first, name), (line, _) in repeats.found((name, (line, name)) for name, line in ids if name):
            finding = self._finding("{This respondent} stands twice", line, 1)
            related = Related("first here", Place(self.file, first, 1))
            yield replace(finding, value=shown(name), related=(related,))

    def _at_cell(self, finding: Finding, row: list[str]) -> Finding:
        """A finding of the sheet reader, whose path is the line and what the cell holds."""
        line, *steps = finding.path
        place = next((i for i, column in enumerate(self.columns) if column.holds(tuple(steps))), 0)
        column, length = self._span(row, place)
        at = self._finding("", int(line), column, length)
        return replace(finding, path=(), line=at.line, column=column, excerpt=at.excerpt)

    def _span(self, row: list[str], place: int) -> tuple[int, int]:
        """Column and length of a cell; those of the row where quotes stand before it."""
        before = self.dialect.join(row[:place]) + (self.dialect if place else "")
        if not self.lines.text.startswith(before + row[place]):
            return 1, 1
        return len(before) + 1, max(1, len(row[place]))

    def _respondent(self, reader: SheetReader, row: list[str], line: int) -> Respondent:
        about: dict[str, str] = {}
        answers: dict[str, dict[str, Any]] = {}
        person = {"id": "", "group": ""}
        for column, cell in zip(self.columns, row, strict=True):
            text = cell.strip()
            if column.part in person:
                person[column.part] = text
            elif column.part == "about":
                if text:
                    about[column.name] = text
            elif text:
                answers.setdefault(column.name, {})[column.part] = self._value(column, text)
        sheet = {name: answer_of(parts) for name, parts in answers.items()}
        return reader.read(person["id"], person["group"], about, sheet, (line,))

    def _value(self, column: Column, text: str) -> object:
        answer = self.questionnaire.question_by_id[column.name].answer
        if column.part != "comment" and isinstance(answer, MultipleAnswer):
            return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())
        return text


def answer_of(parts: Mapping[str, Any]) -> object:
    """An answer as a YAML file has it: plain where it stands alone, detailed with a target or a comment."""
    if len(parts) == 1 and "now" in parts:
        return parts["now"]
    return DetailedAnswer.model_construct(None, **parts)


class Columns(dict[str, Column]):
    """The columns that a table may have; any ``about.<name>`` is one."""

    def __contains__(self, title: object) -> bool:
        return super().__contains__(title) or is_attribute(title)

    def __missing__(self, title: str) -> Column:
        return Column("about", title.removeprefix("about."))


def is_attribute(title: object) -> bool:
    return isinstance(title, str) and title.startswith("about.") and len(title) > len("about.")


def dialect_of(header: str) -> str:
    """Comma, semicolon or tab: whichever the header has most of."""
    return max((",", ";", "\t"), key=header.count)


def read_table(source: Source, questionnaire: Questionnaire, *, quote: bool) -> Table:
    """A CSV file of respondents; raises InputError when its text or its header cannot be used.

    What was not read from a file (stdin, a pipe) is held, and only to the limit of all that is held.
    """
    if source.held is not None and len(source.held) > MOST_BYTES:
        too_large = decode(source.held, source.file)
        raise InputError([too_large] if isinstance(too_large, Finding) else [])
    return Table(source, questionnaire, quote=quote)
