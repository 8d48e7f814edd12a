"""A workbook (XLSX) as tables: each sheet's cells as text, and the places of its cells.

Formulas are not run (the value that was saved with them counts); macros, pictures and links are not looked
at; and what a workbook unpacks to is bounded before anything is unpacked.
"""

from __future__ import annotations

import csv
import hashlib
import io
import warnings
import zipfile
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any

from ..problems import READING_PROBLEMS, Excerpt, Finding, UsageError
from .table import Table
from .text import MOST_BYTES, Lines

MOST_UNPACKED = 4 * MOST_BYTES
MOST_COLUMNS = 10_000
OLD = b"\xd0\xcf\x11\xe0"
"""How files begin that Excel wrote before 2007, or keeps behind a password."""
SEPARATOR = "\t"
MISSING = (
    "Reading a workbook takes openpyxl, which is not installed: install convergence-cli[xlsx], or save the "
    "sheet as CSV UTF-8."
)


class SheetLines(Lines):
    """The rows of a sheet as its program counts them: a cell's place is its row and its column."""

    def __init__(self, table: Table, starts: Sequence[int]) -> None:
        self.text = table.text
        self.starts = array("Q", starts)
        self.table = table

    def place(self, index: int) -> tuple[int, int]:
        row = bisect_right(self.starts, index)
        before = self.text[self.starts[row - 1] : index] + "."
        return row, len(next(csv.reader([before], delimiter=SEPARATOR)))

    def excerpt(self, line: int, column: int, length: int) -> Excerpt:
        """The cell alone: the row of a sheet is no line of text."""
        cell = self.table.cell(self.starts[line - 1], column - 1)
        text = " ".join(next(csv.reader([self.text[cell.start : cell.end]]), [""])[0].split())
        return Excerpt(text[:160], 0, max(1, min(160, len(text))))


@dataclass(frozen=True)
class Sheet(Table):
    """A sheet of a workbook; `all_starts` are the rows with the empty ones."""

    name: str = ""
    all_starts: Sequence[int] = ()

    @cached_property
    def lines(self) -> Lines:
        return SheetLines(self, self.all_starts)


def parse_workbook(data: bytes, file: str) -> list[Sheet] | Finding:
    """The sheets of a workbook that can be seen, in order, or what is wrong with it.

    Raises UsageError where the library that reads workbooks is not installed.
    """
    try:
        import openpyxl
    except ImportError:
        raise UsageError(MISSING) from None
    if data.startswith(OLD):
        words = "This workbook is in the format before 2007, or behind a password."
        return unreadable(words, "Save it as .xlsx without one.", file)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            check_archive(data)
            book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
            digest = hashlib.sha256(data).hexdigest()
            seen = [each for each in book.worksheets if each.sheet_state == "visible"]
            sheets = [sheet_of(each, file, digest) for each in seen]
            return sheets or unreadable("No sheet of this workbook can be seen.", "", file)
    except TooLarge as error:
        return unreadable(str(error), "Save what is needed as CSV UTF-8.", file, "CV002")
    except Exception:  # the library has no error of its own for a damaged file
        return unreadable("This workbook is damaged, or is none.", "Save it anew as .xlsx.", file)


class TooLarge(Exception):
    """Why a workbook is not read."""


def check_archive(data: bytes) -> None:
    """Refuse, before it is unpacked, what would fill the memory, or declares entities."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        entries = archive.infolist()
        if sum(entry.file_size for entry in entries) > MOST_UNPACKED:
            raise TooLarge(f"This workbook unpacks to more than {MOST_UNPACKED // 1024**2} MB.")
        for entry in entries:
            if entry.filename.endswith((".xml", ".rels")):
                with archive.open(entry) as stream:
                    if b"<!" in stream.read(4096).replace(b"<!--", b"").replace(b"<![CDATA[", b""):
                        raise TooLarge("This workbook declares entities of its own.")


def sheet_of(worksheet: Any, file: str, digest: str) -> Sheet:
    """A worksheet as a table; its first row that is not empty holds the titles."""
    worksheet.reset_dimensions()  # what the file says of its size need not be so
    out, starts, filled = io.StringIO(), array("Q"), array("Q")
    writer = csv.writer(out, delimiter=SEPARATOR, lineterminator="\n")
    titles: tuple[str, ...] = ()
    for row in worksheet.iter_rows(values_only=True):
        cells = trimmed(map(written, row))
        starts.append(out.tell())
        if cells and not titles:
            titles = tuple(" ".join(cell.split()) for cell in cells)
        elif cells:
            filled.append(out.tell())
            cells = (cells + [""] * len(titles))[: len(titles)]
        writer.writerow(cells)
        if out.tell() > MOST_BYTES or len(cells) > MOST_COLUMNS:
            raise TooLarge(f"A sheet holds more than {MOST_BYTES // 1024**2} MB or {MOST_COLUMNS:,} columns.")
    return Sheet(
        file, None, out.getvalue(), digest, (), False, titles, SEPARATOR, filled,
        name=str(worksheet.title), all_starts=starts,
    )  # fmt: skip


def trimmed(cells: Iterator[str]) -> list[str]:
    """The cells up to the last one that holds something."""
    found = list(cells)
    while found and not found[-1]:
        found.pop()
    return found


def written(value: object) -> str:
    """A cell as text: days as 2026-11-01, whole numbers without a point."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == datetime.min.time() else value.isoformat(" ")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return str(value).replace("\0", "").strip()


def unreadable(words: str, tip: str, file: str, code: str = "CV001") -> Finding:
    return Finding(code, words, tip, name=READING_PROBLEMS[code], file=file)
