"""Reports as workbooks: the figures of the JSON as numbers, text as text, and nothing that the JSON hides."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from csv import reader
from getpass import getuser
from io import BytesIO
from pathlib import Path
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from reports import changed, confidential, northwind, question
from running import ROOT, convergence, environment, in_a_process

from convergence_cli.commands import score as command
from convergence_cli.commands.output import Delivery, check_delivery
from convergence_cli.problems import UsageError
from convergence_cli.render import json as written
from convergence_cli.render.run import Run
from convergence_cli.render.say import with_words
from convergence_cli.results.score import ScoreReport
from convergence_cli.terminal import Paper, prose

pytest.importorskip("xlsxwriter", reason="workbooks need the extra `xlsx`")

from convergence_cli.render import score_book, xlsx

Rows = list[list[Any]]
EXAMPLES = ROOT / "examples"
SCORE: list[str | Path] = ["score", EXAMPLES / "responses.yaml", "--plans", EXAMPLES / "plans.yaml"]
SCORE += ["--plans", EXAMPLES / "objectives.yaml", "--today", "2026-11-20"]
CHECK: list[str | Path] = [
    "check",
    EXAMPLES / "plans.yaml",
    EXAMPLES / "objectives.yaml",
    "--today",
    "2026-11-20",
]
PAPER = Paper(80, False)
NAMES = {"m": "http://schemas.openxmlformats.org/spreadsheetml/2006/main"}
MOST = 32_767


def parts_of(data: bytes) -> dict[str, str]:
    with ZipFile(BytesIO(data)) as file:
        return {name: file.read(name).decode("utf-8") for name in file.namelist()}


def sheets_of(data: bytes) -> dict[str, Rows]:
    """The cells of each sheet, text as text and numbers as numbers, without empty rows."""
    parts = parts_of(data)
    shared = (
        tree(parts["xl/sharedStrings.xml"]).findall("m:si", NAMES) if "xl/sharedStrings.xml" in parts else []
    )
    texts = [unescaped("".join(each.itertext())) for each in shared]
    names = [each.attrib["name"] for each in tree(parts["xl/workbook.xml"]).iterfind(".//m:sheet", NAMES)]
    return {
        name: [row for row in cells_of(parts[f"xl/worksheets/sheet{at}.xml"], texts) if row]
        for at, name in enumerate(names, 1)
    }


def cells_of(sheet: str, texts: list[str]) -> Iterator[list[Any]]:
    for row in tree(sheet).iterfind(".//m:row", NAMES):
        cells: list[Any] = []
        for cell in row:
            column = 0
            for letter in re.sub(r"\d", "", cell.attrib["r"]):
                column = 26 * column + ord(letter) - 64
            value = cell.findtext("m:v", namespaces=NAMES)
            told = None if value is None else texts[int(value)] if cell.get("t") == "s" else float(value)
            cells += [None] * (column - 1 - len(cells)) + [told]
        yield cells


def tree(xml: str) -> ElementTree.Element:
    return ElementTree.fromstring(xml)


def unescaped(text: str) -> str:
    return re.sub("_x005F(_x[0-9a-fA-F]{4}_)", r"\1", text)


def records(rows: Rows) -> list[dict[str, Any]]:
    """The rows of a sheet's one table, by the titles of its columns."""
    head, *below = rows
    return [dict(zip(head, row + [None] * (len(head) - len(row)), strict=True)) for row in below]


def book_of(report: ScoreReport, **run: Any) -> bytes:
    return xlsx.render(score_book.book(with_words(report), Run(**run)), PAPER)


def made(tmp_path: Path, *arguments: str | Path) -> tuple[bytes, Any]:
    """The workbook and the JSON of one run."""
    ran = convergence(*arguments, "-o", tmp_path / "r.xlsx", "-o", tmp_path / "r.json")
    assert ran.code in (0, 1), ran.err
    return (tmp_path / "r.xlsx").read_bytes(), json.loads((tmp_path / "r.json").read_bytes())


def kept(number: float | None) -> float | None:
    """As exactly as a workbook keeps it: to sixteen digits."""
    return None if number is None else float(f"{number:.16G}")


def numbers_in(value: Any) -> Iterator[float]:
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from numbers_in(each)
    elif isinstance(value, int | float):
        yield float(f"{value:.16G}")


# The figures


def test_each_figure_of_a_question_stands_in_its_column(tmp_path: Path) -> None:
    data, report = made(tmp_path, *SCORE)
    rows = records(sheets_of(data)["Questions"])
    missing = {each["question"]: each["points"] for each in report["missing_points"]}
    assert [(row["question"], row["score"], row["apart"], row["missing points"]) for row in rows] == [
        (
            each["title"],
            kept(each["score"]),
            kept(each["gap"] and each["gap"]["points"]),
            kept(missing[each["id"]]),
        )
        for each in report["questions"]
    ]
    for row, each in zip(rows, report["questions"], strict=True):
        groups = {group["group"]: kept(group["score"]) for group in each["groups"]}
        assert (row["business leaders"], row["IT leaders"]) == (groups.get("business"), groups.get("it"))


def test_each_option_of_each_group_has_a_row_with_how_many_chose_it(tmp_path: Path) -> None:
    data, report = made(tmp_path, *SCORE)
    titles = {each["group"]: each["title"] for each in report["respondents"]["groups"]}
    assert [tuple(row.values()) for row in records(sheets_of(data)["Answers"])] == [
        (
            question["title"],
            titles[group["group"]],
            *(count[name] for name in ("label", "value", "points", "n")),
        )
        for question in report["questions"]
        for group in question["groups"]
        for count in group["counts"]
    ]


def test_each_plan_has_its_money_as_a_number(tmp_path: Path) -> None:
    data, report = made(tmp_path, *SCORE)
    assert [
        (row["plan"], row["title"], row["EUR"], row["serves"]) for row in records(sheets_of(data)["Plans"])
    ] == [
        (plan["id"], plan["title"], plan["amounts"][0]["amount"], ", ".join(plan["serves"]) or None)
        for plan in report["plans"]
    ]


def test_the_summary_has_the_score_and_each_dimension_with_its_range(tmp_path: Path) -> None:
    data, report = made(tmp_path, *SCORE)
    summary = sheets_of(data)["Summary"]
    parts = [{"title": "Overall", **report["overall"]}, *report["dimensions"]]
    for part in parts:
        likely = part["interval"] or {"low": None, "high": None}
        (shown, sure) = (row for row in summary if row[0] == part["title"])
        assert shown[1] == kept(part["score"])
        assert [*shown, None, None][5:7] == [kept(likely["low"]), kept(likely["high"])]
        assert sure[1:] == [
            kept(each) for each in (part["coverage"], part["bounds"]["low"], part["bounds"]["high"])
        ]


@pytest.mark.parametrize("arguments", [SCORE, CHECK], ids=["score", "check"])
def test_no_number_stands_in_a_workbook_that_is_not_in_the_json(
    tmp_path: Path, arguments: list[str | Path]
) -> None:
    data, report = made(tmp_path, *arguments)
    known = set(numbers_in(report))
    if report["command"] == "check":  # the total of the parts that are green-lit, which the page tells too
        known |= {10, 2_395_000}
    shown = {
        cell for rows in sheets_of(data).values() for row in rows for cell in row if isinstance(cell, float)
    }
    assert len(shown) > 30
    assert shown <= known


def test_each_finding_has_a_row_and_each_part_its_number_and_money(tmp_path: Path) -> None:
    data, report = made(tmp_path, *CHECK)
    sheets = sheets_of(data)
    names = {
        "code": "rule",
        **{name: name for name in ("name", "severity", "owner", "plan", "message", "hint", "file", "line")},
    }
    assert [[row[title] for title in names.values()] for row in records(sheets["Findings"])] == [
        [each[name] or None for name in names] for each in report["findings"]
    ]
    held = {part["ids"][0]: part for part in report["evidence"][0]["parts"]}
    told = [row for row in sheets["Summary"] if isinstance(row[-1], str) and row[-1].split(", ")[0] in held]
    assert len(told) == len(held)
    for _, count, money, ids in told:
        part = held[ids.split(", ")[0]]
        assert (count, money, ids) == (part["count"], part["amounts"][0]["amount"], ", ".join(part["ids"]))
    assert [row["plan"] for row in records(sheets["Plans"])] == [
        id for part in held.values() for id in part["ids"]
    ]


# How it looks


def test_a_table_can_be_sorted_its_head_stays_and_points_are_drawn(tmp_path: Path) -> None:
    data, _ = made(tmp_path, *SCORE)
    parts = parts_of(data)
    (questions,) = (at for at, name in enumerate(sheets_of(data), 1) if name == "Questions")
    sheet = parts[f"xl/worksheets/sheet{questions}.xml"]
    assert '<pane xSplit="1" ySplit="1"' in sheet
    assert '<autoFilter ref="A1:H7"/>' in sheet
    drawn = [part for name, part in parts.items() if name.startswith("xl/charts/")]
    assert [re.findall(r"<c:val><c:numRef><c:f>(.*?)</c:f>", chart) for chart in drawn] == [
        [f"Summary!${column}$16:${column}$19" for column in "BCD"],
        [f"Questions!${column}$2:${column}$7" for column in "BCD"],
    ]


# Text


HOSTILE = [
    '=HYPERLINK("http://evil.example","Click")',
    "{=1+1}",
    "+1-2",
    "@SUM(A1)",
    "=cmd|' /C calc'!A0",
    "http://evil.example/?a=1&b=2",
    "mailto:a@evil.example",
    "internal:Answers!A1",
    "00123",
    "1e5",
    "<script>alert(1)</script>",
    "</c></row> ]]> &amp; \"'",
    "_x0041_ _x005F_",
    "\u202eevil\u2066 \x1b[31m \x9b \ufffe tab\there\nline",
    "  spaces  ",
    "é 漢字 😀",
    "w" * 10_000,
]


def told_everywhere(text: str) -> ScoreReport:
    """Northwind with `text` wherever people write text."""
    groups = tuple(changed(each, title=text) for each in northwind().respondents.groups)
    asked = question("response-speed")
    cells = tuple(
        changed(cell, counts=tuple(changed(each, label=text) for each in cell.counts))
        for cell in asked.groups
    )
    advice = tuple(changed(each, title=text, business=text, it=text) for each in northwind().advice)
    return northwind(
        organization=text,
        period=text,
        respondents=changed(northwind().respondents, groups=groups),
        dimensions=tuple(changed(each, title=text) for each in northwind().dimensions),
        questions=(changed(asked, title=text, text=text, groups=cells),),
        advice=advice,
    )


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_text_is_never_more_than_text(text: str) -> None:
    data, plain = (book_of(told_everywhere(each), title=each, client=each) for each in (text, "word"))
    sheets, parts = sheets_of(data), parts_of(data)
    for name, at in (("Summary", 0), ("Questions", 1), ("Answers", 1), ("Findings", 1)):
        assert any(prose(text) in row for row in sheets[name][at:]), name
    assert shape(sheets_of(plain)) == shape(sheets)
    assert not any(
        "<f>" in part or "hyperlink" in part for name, part in parts.items() if "/worksheets/" in name
    )
    assert not any("TargetMode" in part for part in parts.values())
    assert all(tree(part) is not None for part in parts.values())


def shape(sheets: dict[str, Rows]) -> Any:
    """All but what the texts say."""
    return [
        [[each if isinstance(each, float) else each is None for each in row] for row in rows]
        for rows in sheets.values()
    ]


@pytest.mark.parametrize("text", ["w" * 40_000, "😀" * 20_000], ids=["ascii", "pairs"])
def test_a_cell_that_cannot_hold_a_text_says_how_long_it_is(text: str) -> None:
    shown = sheets_of(book_of(told_everywhere(text)))["Questions"][1][0]
    beginning, _, told = shown.partition(" ... ")
    assert text.startswith(beginning)
    assert told == f"(the first of {len(text):,} characters)"
    assert MOST - 1 <= len(shown.encode("utf-16-le")) // 2 <= MOST
    whole = text[: MOST // (len(text[0].encode("utf-16-le")) // 2)]
    assert sheets_of(book_of(told_everywhere(whole)))["Questions"][1][0] == whole


# What stays hidden


def test_a_hidden_cell_says_why_and_shows_nothing() -> None:
    report = confidential()
    sheets = sheets_of(book_of(report))
    known = json.loads(written.render(with_words(report)))
    titles = {each["group"]: each["title"] for each in known["respondents"]["groups"]}
    cells = [(question["title"], group) for question in known["questions"] for group in question["groups"]]
    hidden = [(title, titles[group["group"]]) for title, group in cells if group["hidden"]]
    assert hidden
    for title, group in hidden:
        (row,) = (
            row for row in records(sheets["Groups"]) if (row["question"], row["group"]) == (title, group)
        )
        assert row.pop("hidden") == "hidden: fewer than 8 answers"
        assert {name for name, value in row.items() if value is not None} == {
            "question",
            "group",
            "scored",
            "asked",
        }
        assert not any(
            row["question"] == title and row["group"] == group for row in records(sheets["Answers"])
        )
    numbers = {cell for rows in sheets.values() for row in rows for cell in row if isinstance(cell, float)}
    assert numbers <= set(numbers_in(known))


# Where it goes


def test_two_runs_write_the_same_bytes_and_tell_nothing_of_the_machine(tmp_path: Path) -> None:
    first, second = (
        in_a_process(
            [*map(str, SCORE), "-f", "xlsx"],
            ROOT,
            b"",
            {**environment(), "PYTHONHASHSEED": seed, "TZ": zone},
        )
        for seed, zone in (("1", "UTC"), ("2", "Asia/Tokyo"))
    )
    assert first == second
    code, data, said = first
    assert (code, said) == (0, b"")
    assert (
        "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>"
        in parts_of(data)["docProps/core.xml"]
    )
    for part in parts_of(data).values():
        assert str(ROOT) not in part
        assert not re.search(rf"\b{re.escape(getuser())}\b", part)


def test_without_the_library_nothing_is_read_and_it_is_said_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "xlsxwriter", None)
    for name in ("score", "check"):
        ran = convergence(name, "none.yaml", "-o", "report.json", "-o", "report.xlsx", cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "pip install 'convergence-cli[xlsx]'" in ran.err
        assert "none.yaml" not in ran.err
    assert not [*tmp_path.iterdir()]


def test_a_terminal_is_no_place_for_a_workbook(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    with pytest.raises(UsageError, match=r"-o report\.xlsx"):
        check_delivery(command.FORMATS, Delivery(format="xlsx"))
    check_delivery(command.FORMATS, Delivery(format="xlsx", output=["report.xlsx"]))


AS_CSV = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1"
"""Every sheet, the values of cells and not how they are shown."""


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not here")
@pytest.mark.parametrize("arguments", [SCORE, CHECK], ids=["score", "check"])
def test_libreoffice_opens_it_and_reads_the_same_cells(tmp_path: Path, arguments: list[str | Path]) -> None:
    data, _ = made(tmp_path, *arguments)
    home = {**os.environ, "HOME": str(tmp_path)}
    convert = [
        "soffice",
        "--headless",
        "--convert-to",
        AS_CSV,
        "--outdir",
        str(tmp_path),
        str(tmp_path / "r.xlsx"),
    ]
    subprocess.run(convert, check=True, capture_output=True, env=home, timeout=120)
    for name, rows in sheets_of(data).items():
        lines = [*reader((tmp_path / f"r-{name}.csv").read_text(encoding="utf-8").splitlines())]
        read = [[canonical(cell) for cell in line] for line in lines if any(line)]
        wide = max(map(len, rows))
        assert read == [[*map(canonical, row), *[""] * (wide - len(row))] for row in rows]


def canonical(cell: Any) -> str:
    """A number to the digits that LibreOffice writes, a text as it is."""
    percent = isinstance(cell, str) and re.fullmatch(r"([0-9.]+)%", cell)
    try:
        return f"{float(percent[1]) / 100 if percent else float(cell):.12g}"
    except (TypeError, ValueError):
        return cell or ""
