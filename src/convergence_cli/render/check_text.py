"""The check for people: errors whole, warnings a line each, what was not checked, plans and money."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from rich.cells import cell_len

from ..problems import ExitCode, Severity
from ..results.check import CheckFinding, CheckReport
from . import check_words as words
from .findings import excerpt_lines, narrowed
from .layout import FAINT, HEADING, Line, Piece, line, padded, paragraph, printed, right
from .phrases import counted

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: FAINT}
ROOM_FOR_A_FEW_WORDS = 24
ROOM_FOR_IDS = 16
INDENT = "    "


def render(
    report: CheckReport, *, width: int = 80, colour: bool = False, exit_code: ExitCode | None = None
) -> str:
    """The whole report; `exit_code` is told in its last sentence (the report's own, unless given)."""
    code = report.exit_code if exit_code is None else exit_code
    errors = words.shown(report, Severity.ERROR)
    others = words.shown(report, Severity.WARNING, Severity.INFO)
    blocks = (
        paragraph(words.what_was_read(report), width),
        [part for each in errors for part in in_full(each, width)],
        in_brief(others, width) + said(words.not_checked(report), width),
        parts(report, width),
        paragraph(words.verdict(report, code), width, style=HEADING)
        + said(f"More: convergence explain {(*errors, *others)[0].code}" if errors or others else "", width),
    )
    return printed(spaced([block for block in blocks if block]), colour)


def spaced(blocks: Sequence[list[Line]]) -> list[Line]:
    """The blocks with an empty line between them."""
    lines = [part for block in blocks for part in (line(), *block)]
    return lines[1:]


def said(text: str, width: int) -> list[Line]:
    return paragraph(text, width) if text else []


def in_full(finding: CheckFinding, width: int) -> list[Line]:
    """Place, rule, the line itself with carets, what is wrong, how to mend it, where else to look."""
    place, rule = words.place_of(finding), f"{finding.code} {finding.name}"
    severity = Piece(finding.severity, STYLES[finding.severity])
    head: list[Line] = [(Piece(place, HEADING), Piece(" "), severity, Piece(f" {rule}"))]
    if cell_len(f"{place} {finding.severity} {rule}") > width:
        head = paragraph(f"{place} {finding.severity} {rule}", width, rest=INDENT, style=HEADING)
    shown = excerpt_lines(narrowed(finding.excerpt, width - len(INDENT))) if finding.excerpt else []
    return head + [line(part) for part in shown] + paragraph(words.told_in_full(finding), width, "  ")


def in_brief(findings: Sequence[CheckFinding], width: int) -> list[Line]:
    """A line for each finding: place, severity, rule, a few words; below their file where paths are long."""
    columns = Columns.of(findings, words.place_of)
    if columns.width + ROOM_FOR_A_FEW_WORDS <= width:
        return [part for each in findings for part in columns.lines(each, width)]
    lines: list[Line] = []
    columns = Columns.of(findings, spot)
    for file, group in groupby(sorted(findings, key=file_order(findings)), lambda each: each.file):
        lines += paragraph(file, width, rest=INDENT)
        lines += [part for each in group for part in columns.lines(each, width)]
    return lines


def file_order(findings: Sequence[CheckFinding]) -> Callable[[CheckFinding], int]:
    """Where the file of a finding comes among those of all."""
    files = {file: at for at, file in enumerate(dict.fromkeys(each.file for each in findings))}
    return lambda finding: files[finding.file]


def spot(finding: CheckFinding) -> str:
    """``  146:18``: the place of a finding below the name of its file."""
    return f"  {':'.join(str(part) for part in (finding.line, finding.column) if part is not None)}"


@dataclass(frozen=True)
class Columns:
    """How wide each column is, so that all lines of a list agree."""

    place_of: Callable[[CheckFinding], str]
    places: int
    severities: int
    names: int

    @classmethod
    def of(cls, findings: Sequence[CheckFinding], place_of: Callable[[CheckFinding], str]) -> Columns:
        places = (cell_len(place_of(each)) for each in findings)
        severities = (len(each.severity) for each in findings)
        names = (len(each.name) for each in findings)
        return cls(place_of, max(places, default=0), max(severities, default=0), max(names, default=0))

    @property
    def width(self) -> int:
        return self.places + self.severities + self.names + len(" " * 5 + "CV000")

    def lines(self, finding: CheckFinding, width: int) -> list[Line]:
        lead = f"{padded(self.place_of(finding), self.places)} "
        severity = Piece(finding.severity, STYLES[finding.severity])
        gap = " " * (self.severities - len(finding.severity))
        rule = f"{gap} {finding.code} {finding.name:{self.names}}  "
        few = words.in_short(finding)
        if self.width + ROOM_FOR_A_FEW_WORDS > width:
            indent = " " * (len(lead) - len(lead.lstrip()))
            head = paragraph(f"{lead}{severity.text} {finding.code} {finding.name}", width, indent, INDENT)
            return head + paragraph(few, width, INDENT)
        first, *more = paragraph(few, width, lead + severity.text + rule)
        return [(Piece(lead), severity, Piece(first[0].text[len(lead + severity.text) :])), *more]


def parts(report: CheckReport, width: int) -> list[Line]:
    """How the plans divide, in number and money, and what that makes of all."""
    rows = words.rows(report)
    sentence = said(" ".join(words.indicators(report)), width)
    if not report.counts.plans:
        return []
    return (table(rows, words.currencies(rows), width) if rows else []) + sentence


def table(rows: Sequence[words.Row], currencies: Sequence[str], width: int) -> list[Line]:
    labels = max(len(row.label) for row in rows)
    amounts = {
        each: 3 + max(cell_len(each), *(cell_len(row.money(each)) for row in rows)) for each in currencies
    }
    if labels + len("    plans") + sum(amounts.values()) + len(INDENT) + ROOM_FOR_IDS > width:
        return [part for row in rows for part in one_row_in_words(row, currencies, width)]
    head = padded("", labels) + right("plans", 9) + "".join(right(each, amounts[each]) for each in currencies)
    lines = [line(head, FAINT)]
    for row in rows:
        money = "".join(right(row.money(each), amounts[each]) for each in currencies)
        figures = f"{padded(row.label, labels)}{right(f'{row.count:,}', 9)}{money}"
        lines += paragraph(row.names, width, f"{figures}{INDENT}") if row.names else [line(figures)]
    return lines


def one_row_in_words(row: words.Row, currencies: Sequence[str], width: int) -> list[Line]:
    """A part as a sentence, where there are too many currencies for columns."""
    money = [f"{each} {row.money(each)}" for each in currencies if each in row.amounts]
    figures = ", ".join([counted(row.count, "plan"), *money])
    return paragraph("; ".join(filter(None, (f"{row.label}: {figures}", row.names))), width, "", "  ")
