"""The check as a workbook: the parts in number and money, a row for each finding, a row for each plan."""

from __future__ import annotations

from collections import Counter

from ..results.check import CheckFinding, CheckReport
from . import say_check as say
from .check_page import OUTCOMES, PARTS, TOTAL
from .document import Block, Cell, Column, Document, Row, Said, Section, Table, Title
from .run import Run
from .score_csv import columns
from .sheets import currencies, indicators, money, table

BEFORE = ("rule", "name", "severity", "owner", "plan", "objective", "message", "hint", "see also", "accepted")
OF_FINDING = columns("file line column")


def book(report: CheckReport, _: Run) -> Document:
    findings = table(BEFORE, ((told(each), each) for each in report.findings), OF_FINDING)
    return [
        Section(summary(report), "Summary"),
        Section([findings], "Findings"),
        Section([plans(report)], "Plans"),
    ]


def summary(report: CheckReport) -> list[Block]:
    title = Title(f"Plans and objectives: {OUTCOMES.get(report.exit_code, 'failed')}")
    said = Said([say.verdict(report), say.what_was_read(report), say.not_checked(report)])
    return [title, said, parts(report), indicators(report.evidence), by_rule(report)]


def parts(report: CheckReport) -> Said | Table:
    """How the plans divide, in number and money, and all that is green-lit."""
    mapping = say.indicator(report, "plans-mapped")
    if mapping and mapping.reason and mapping.reason.code == "no-objectives":
        return Said([say.NO_OBJECTIVES])
    held = [part for part in (mapping.parts if mapping else ()) if part.count]
    some = {part.id: [part] for part in held}
    some[TOTAL] = [part for part in held if part.role != "outside"]
    names = currencies(held)
    rows = []
    for id in (id for id in PARTS if some.get(id)):
        ids = "" if id == TOTAL else ", ".join(some[id][0].ids)
        rows.append(Row(PARTS[id], [sum(part.count for part in some[id]), *money(some[id], names), ids]))
    return Table([*map(Column, ("plans", *names)), Column("ids", "words")], rows, "part")


def by_rule(report: CheckReport) -> Table:
    """How many findings there are of each rule, most first."""
    counts = Counter((f"{each.code} {each.name}", each.severity) for each in say.shown(report))
    rows = [Row(rule, [severity, n]) for (rule, severity), n in counts.most_common()]
    return Table([Column("severity", "name"), Column("findings")], rows, "rule")


def plans(report: CheckReport) -> Table:
    """Each plan, the part that it stands in, and the rules that it breaks."""
    mapping = say.indicator(report, "plans-mapped")
    found: dict[str | None, dict[str, None]] = {}
    for each in say.shown(report):
        found.setdefault(each.plan, {})[each.code] = None
    rows = [
        ([id, PARTS[part.id], ", ".join(found.get(id, ()))], part)
        for part in (mapping.parts if mapping else ())
        for id in part.ids
    ]
    return table(["plan", "stands", "findings"], rows, {})


def told(each: CheckFinding) -> list[Cell]:
    """What stands before the place of a finding, in words."""
    elsewhere = " ".join(say.points_to(place) for place in each.related if place.file)
    about = [each.code, each.name, each.severity, each.owner or "", each.plan or "", each.objective or ""]
    return [*about, each.message, each.hint, elsewhere, say.accepted(each)]
