"""Workbooks (XLSX) as tables: what their cells say, where they stand, and what is refused."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import openpyxl
import pytest
from running import convergence

from convergence_cli.documents.workbook import Sheet, parse_workbook
from convergence_cli.problems import Finding, UsageError

SHEETS: dict[str, list[list[Any]]] = {
    "Plans": [
        [],
        ["id", "title", "serves", "status", "ends", "budget", "currency"],
        ["P-1", 'One "page"\ncheckout', "O-1\nO-2", "In Progress", date(2026, 12, 1), 120000, "EUR"],
        [],
        ["P-2", "Search", "O-9", "Delivered", datetime(2026, 10, 31), 1200.5, "EUR"],
    ],
    "Objectives": [["id", "title"], ["O-1", "Grow"], ["O-2", "Save"]],
    "Notes": [["anything"]],
}


def workbook(sheets: Mapping[str, list[list[Any]]] = SHEETS) -> bytes:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.remove(book.worksheets[0])
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    book.save(out)
    return out.getvalue()


def with_part(data: bytes, name: str, content: bytes) -> bytes:
    """The workbook with one part more, or another in its place."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for entry in old.infolist():
            if entry.filename != name:
                new.writestr(entry, old.read(entry))
        new.writestr(name, content)
    return out.getvalue()


def only_sheet(rows: list[list[Any]]) -> Sheet:
    sheets = parse_workbook(workbook({"Plans": rows}), "plans.xlsx")
    assert isinstance(sheets, list)
    return sheets[0]


def test_a_portfolio_in_a_workbook_with_row_and_column(tmp_path: Path) -> None:
    (tmp_path / "portfolio.xlsx").write_bytes(workbook())
    ended = convergence("check", "portfolio.xlsx", "--today", "2026-11-23", "-f", "json", cwd=tmp_path)
    assert (ended.json["counts"]["plans"], ended.json["counts"]["objectives"]) == (2, 2)
    found = [(each["code"], each["file"], each["line"], each["column"]) for each in ended.json["findings"]]
    assert ("CV102", "portfolio.xlsx[Plans]", 5, 3) in found
    names = [each["name"] for each in ended.json["inputs"]]
    assert names == ["portfolio.xlsx[Plans]", "portfolio.xlsx[Objectives]"]


def test_cells_as_text() -> None:
    sheet = only_sheet(
        [["a", "b", "c", "d"], [True, 3.0, 2.5, datetime(2026, 1, 2, 3, 4)], ["x", None, None, None, "y"]]
    )
    assert [*sheet.rows()] == [["true", "3", "2.5", "2026-01-02 03:04:00"], ["x", "", "", ""]]


def test_a_formula_is_not_run() -> None:
    """What was saved as its value counts; openpyxl saves none."""
    assert [*only_sheet([["a", "b"], ["=1+1", "x"]]).rows()] == [["", "x"]]


def test_macros_are_not_looked_at() -> None:
    sheets = parse_workbook(with_part(workbook(), "xl/vbaProject.bin", b"\0" * 100), "plans.xlsm")
    assert isinstance(sheets, list)
    assert [sheet.name for sheet in sheets] == ["Plans", "Objectives", "Notes"]


def test_a_row_far_below_costs_nothing() -> None:
    book, out = openpyxl.Workbook(), io.BytesIO()
    book.worksheets[0].append(["id"])
    book.worksheets[0].cell(1_000_000, 1, "P-1")
    book.save(out)
    sheets = parse_workbook(out.getvalue(), "plans.xlsx")
    assert isinstance(sheets, list)
    assert [*sheets[0].rows()] == [["P-1"]]
    assert sheets[0].lines.place(sheets[0].starts[0]) == (1_000_000, 1)


BOMB = b"<worksheet><sheetData>" + b" " * 300_000_000
ENTITIES = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>'


@pytest.mark.parametrize(
    ("data", "code", "words"),
    [
        (lambda: b"\xd0\xcf\x11\xe0 old", "CV001", "in the format before 2007, or behind a password"),
        (lambda: b"not a workbook", "CV001", "is damaged, or is none"),
        (lambda: workbook()[:-200], "CV001", "is damaged, or is none"),
        (lambda: with_part(workbook(), "xl/worksheets/sheet1.xml", b"<x"), "CV001", "is damaged, or is none"),
        (lambda: with_part(workbook(), "xl/worksheets/sheet1.xml", BOMB), "CV002", "unpacks to more than"),
        (lambda: with_part(workbook(), "xl/sharedStrings.xml", ENTITIES), "CV002", "declares entities"),
    ],
)
def test_what_is_refused(data: Any, code: str, words: str) -> None:
    found = parse_workbook(data(), "plans.xlsx")
    assert isinstance(found, Finding)
    assert found.code == code
    assert words in found.message


def test_text_that_is_referred_to_again_and_again_is_bounded() -> None:
    """32,000 letters stand once in the file, and in 2,500 cells."""
    rows = [["id", "title"], *[[f"P-{number}", "x" * 32_000] for number in range(2_500)]]
    found = parse_workbook(workbook({"Plans": rows}), "plans.xlsx")
    assert isinstance(found, Finding)
    assert found.code == "CV002"


def test_without_the_library_that_reads_workbooks() -> None:
    book = workbook()
    with (
        patch.dict(sys.modules, {"openpyxl": None}),
        pytest.raises(UsageError, match=r"convergence-cli\[xlsx\]"),
    ):
        parse_workbook(book, "plans.xlsx")
