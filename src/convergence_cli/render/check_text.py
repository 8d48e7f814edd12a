"""The check for people: errors whole, warnings a line each, what was not checked, plans and money."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len, chop_cells

from ..problems import Excerpt, ExitCode, Severity
from ..results.check import CheckFinding, CheckReport
from ..terminal import safe
from . import check_words as words
from .findings import excerpt_lines
from .layout import FAINT, HEADING, Line, Piece, line, padded, paragraph, printed, right
from .phrases import counted

STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "yellow", Severity.INFO: FAINT}
ROOM_FOR_A_FEW_WORDS = 16
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


def narrowed(excerpt: Excerpt, room: int) -> Excerpt:
    """What is shown of a line on at most `room` columns: a window around the mark where it is longer."""
    before, marked, after = map(safe, divided(excerpt))
    before = before.lstrip()
    if cell_len((before + marked + after).rstrip()) <= room:
        return Excerpt(before + marked + after, len(before), len(marked))
    kept = before[-(room // 4) :]
    lead = "…" if len(kept) < len(before) else ""
    while cell_len(lead + kept) > room // 2:
        kept, lead = kept[1:], "…"
    rest = prefix(marked + after, room - cell_len(lead + kept) - 1)
    return Excerpt(f"{lead}{kept}{rest}…", len(lead + kept), max(1, min(len(marked), len(rest))))


def divided(excerpt: Excerpt) -> tuple[str, str, str]:
    end = excerpt.start + excerpt.length
    return excerpt.text[: excerpt.start], excerpt.text[excerpt.start : end], excerpt.text[end:]


def prefix(text: str, room: int) -> str:
    """As much of `text` as `room` columns hold."""
    return (chop_cells(text, max(2, room)) or [""])[0]


def in_brief(findings: Sequence[CheckFinding], width: int) -> list[Line]:
    """A line for each finding, in columns: place, severity, rule, a few words."""
    if not findings:
        return []
    places = max(cell_len(words.place_of(each)) for each in findings)
    severities = max(len(each.severity) for each in findings)
    names = max(len(each.name) for each in findings)
    if places + severities + names + len(" CV000  ") + ROOM_FOR_A_FEW_WORDS > width:
        places = names = 0
    return [part for each in findings for part in one_brief(each, places, severities, names, width)]


def one_brief(finding: CheckFinding, places: int, severities: int, names: int, width: int) -> list[Line]:
    place, severity = words.place_of(finding), finding.severity
    lead = f"{padded(place, max(places, cell_len(place)))} "
    rule = f"{' ' * (severities - len(severity))} {finding.code} {finding.name:{names}}  "
    few = words.in_short(finding)
    if cell_len(lead + severity + rule) + ROOM_FOR_A_FEW_WORDS > width:
        head = paragraph(f"{place} {severity} {finding.code} {finding.name}", width, rest=INDENT)
        return head + paragraph(few, width, INDENT)
    first, *more = paragraph(few, width, lead + severity + rule)
    rest = first[0].text[len(lead + severity) :]
    return [(Piece(lead), Piece(severity, STYLES[severity]), Piece(rest)), *more]


def parts(report: CheckReport, width: int) -> list[Line]:
    """How the plans divide, in number and money, and what that makes of all."""
    rows = words.rows(report)
    sentence = said(" ".join(words.indicators(report)), width)
    return table(rows, words.currencies(rows), width) + sentence if rows else []


def table(rows: Sequence[words.Row], currencies: Sequence[str], width: int) -> list[Line]:
    labels = max(len(row.label) for row in rows)
    amounts = {
        each: 3 + max(cell_len(each), *(cell_len(row.money(each)) for row in rows)) for each in currencies
    }
    if labels + len("    plans") + sum(amounts.values()) + len(INDENT) + ROOM_FOR_A_FEW_WORDS > width:
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
