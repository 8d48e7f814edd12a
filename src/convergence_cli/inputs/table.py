"""Respondents as CSV, read row by row: memory does not grow with the number of rows.

Columns: ``id``, ``group``, ``about.<name>``, ``<question>``, ``<question>.want``, ``<question>.comment``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from ..documents import decode, excerpt_of
from ..model.answers import Respondent
from ..model.questionnaire import MultipleAnswer, Questionnaire
from ..model.responses import DetailedAnswer
from ..model.sheets import SheetReader
from ..problems import Finding, InputError, Place, Related, did_you_mean
from .files import Source

MOST_FINDINGS = 200
"""Problems listed for one table; who has more has a column wrong, and the first ones say so."""
SEPARATOR = ";"
"""Between several options chosen in one cell."""


@dataclass(frozen=True)
class Column:
    """What one column holds: ``now``, ``want``, ``comment``, ``about``, ``id`` or ``group``, and of what."""

    part: str
    name: str


class Table:
    """The respondents of one CSV file; each iteration reads it anew and raises InputError at its end."""

    def __init__(self, file: str, text: str, questionnaire: Questionnaire, *, quote: bool) -> None:
        self.file = file
        self.text = text
        self.questionnaire = questionnaire
        self.quote = quote
        self.dialect = dialect_of(text)
        self.columns = self._columns()

    def _rows(self) -> Iterator[tuple[int, list[str]]]:
        reader = csv.reader(io.StringIO(self.text, newline=""), delimiter=self.dialect, strict=True)
        line = 1
        try:
            for row in reader:
                yield line, row
                line = reader.line_num + 1
        except csv.Error as error:
            raise InputError([self._finding(f"This is not CSV: {error}.", line, 1)]) from None

    def _columns(self) -> list[Column]:
        header = next((row for _, row in self._rows()), [])
        known = self._known()
        findings = []
        for number, title in enumerate(header):
            if title.strip() not in known:
                hint = did_you_mean(title.strip(), known) or "Other attributes are named about.<name>."
                findings.append(
                    self._header(f"the column `{title.strip()}` is not known", hint, number, title)
                )
            elif title.strip() in [other.strip() for other in header[:number]]:
                findings.append(self._header(f"the column `{title.strip()}` stands twice", "", number, title))
        titles = [title.strip() for title in header]
        for needed in ("id", "group"):
            if needed not in titles:
                findings.append(self._finding(f"the table needs the column `{needed}`", 1, 1))
        if findings:
            raise InputError(findings)
        return [known[title] for title in titles]

    def _known(self) -> Mapping[str, Column]:
        names = [question.id for question in self.questionnaire.opinions]
        columns = {"id": Column("id", ""), "group": Column("group", "")}
        columns |= {name: Column("now", name) for name in names}
        columns |= {f"{name}.{part}": Column(part, name) for name in names for part in ("want", "comment")}
        return Columns(columns)

    def _header(self, message: str, hint: str, number: int, title: str) -> Finding:
        column = self.text.find(title) + 1 if number else 1
        return replace(self._finding(message, 1, column, max(1, len(title))), hint=hint)

    def _finding(self, message: str, line: int, column: int, length: int = 1) -> Finding:
        excerpt = excerpt_of(self.text, line, column, length) if self.quote or line == 1 else None
        return Finding(
            "CV004", message, name="schema", file=self.file, line=line, column=column, excerpt=excerpt
        )

    def __iter__(self) -> Iterator[Respondent]:
        reader = SheetReader(self.questionnaire, self.file, quote=self.quote)
        found: list[Finding] = []
        for line, row in self._rows():
            if line == 1 or not any(cell.strip() for cell in row):
                continue
            if len(row) != len(self.columns):
                message = f"the row has {len(row)} cells, and the header has {len(self.columns)}"
                found.append(self._finding(message, line, 1))
                continue
            yield self._respondent(reader, row, line)
            if reader.findings:
                found += [self._at_line(finding) for finding in reader.findings]
                reader.findings.clear()
            if len(found) >= MOST_FINDINGS:
                break
        if found:
            raise InputError(found)

    def _at_line(self, finding: Finding) -> Finding:
        """A finding of the sheet reader: its path begins with the line; the column is found by its name."""
        line = finding.path[0]
        place = self._finding(finding.message, int(line), 1)
        related = tuple(
            Related(one.message, Place(self.file, int(one.path[0]), 1)) for one in finding.related
        )
        return replace(place, hint=finding.hint, related=related)

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
        sheet = {name: DetailedAnswer.model_construct(None, **parts) for name, parts in answers.items()}
        return reader.read(person["id"], person["group"], about, sheet, (line,))

    def _value(self, column: Column, text: str) -> object:
        answer = self.questionnaire.question_by_id[column.name].answer
        if column.part != "comment" and isinstance(answer, MultipleAnswer):
            return tuple(part.strip() for part in text.split(SEPARATOR) if part.strip())
        return text


class Columns(dict[str, Column]):
    """The columns that a table may have; any ``about.<name>`` is one."""

    def __contains__(self, title: object) -> bool:
        return super().__contains__(title) or is_attribute(title)

    def __missing__(self, title: str) -> Column:
        return Column("about", title.removeprefix("about."))


def is_attribute(title: object) -> bool:
    return isinstance(title, str) and title.startswith("about.") and len(title) > len("about.")


def dialect_of(text: str) -> str:
    """Comma, semicolon or tab: whichever the header has most of."""
    header = text.split("\n", 1)[0]
    return max((",", ";", "\t"), key=header.count)


def read_table(source: Source, questionnaire: Questionnaire, *, quote: bool) -> Table:
    """A CSV file of respondents; raises InputError when its text or its header cannot be used."""
    text = decode(source.data, source.file)
    if isinstance(text, Finding):
        raise InputError([text if quote else replace(text, excerpt=None)])
    return Table(source.file, text, questionnaire, quote=quote)
