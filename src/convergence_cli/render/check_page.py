"""The check as a page, and as the summary that a CI server keeps of a job."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import accumulate, groupby

from ..problems import ExitCode, Severity
from ..results.check import CheckFinding, CheckReport
from ..results.common import Part
from . import say_check as say
from .document import Column, Document, Problem, Row, Said, Section, Table, Title
from .phrases import amount
from .run import Run

MOST_OF_A_RULE = 50
"""Findings that are printed without ``--full``."""
SCREENFUL = 24
"""So many findings are seen at once; more are counted by rule."""
MOST_LETTERS = 60
"""Of the ids of a part; the JSON has them all."""
NO_CURRENCY = "no currency"
TOTAL = "all green-lit"
PARTS: Mapping[str, str] = {
    "mapped": "mapped to a live objective",
    "unapproved": "objective without approval",
    "ended": "objective ended",
    "none": "no objective, no reason",
    "excused": "excused with a reason",
    TOTAL: TOTAL,
    "not-green-lit": "not green-lit",
}
"""What a reader is told of each part of `plans-mapped`, in the order of the table."""
OUTCOMES = {ExitCode.OK: "passed", ExitCode.NOTHING: "nothing to check"}


def page(report: CheckReport, _: Run) -> Document:
    """Errors whole, warnings a line each, what was not checked, plans and money, the verdict.

    Of many findings of a rule the first; then how many there are of each.
    """
    return told(report, MOST_OF_A_RULE)


def full(report: CheckReport, _: Run) -> Document:
    """Every finding."""
    return told(report, len(report.findings))


def told(report: CheckReport, most: int) -> Document:
    found = say.shown(report)
    shown = list(first_of_each(found, most))
    errors = [each for each in shown if each.severity is Severity.ERROR]
    others = [each for each in shown if each.severity is not Severity.ERROR]
    more = [f"More: convergence explain {each.code}" for each in (*errors, *others)[:1]]
    return [
        Section([Said([say.what_was_read(report)])]),
        Section([problem(each) for each in errors]),
        Section([in_brief(others), Said([say.not_checked(report)])]),
        Section(list(plans_and_money(report))),
        Section([tally(found, most)] if len(found) > SCREENFUL else []),
        Section([Said([say.verdict(report)], strong=True), Said(more)]),
    ]


def first_of_each(findings: Sequence[CheckFinding], most: int) -> Iterator[CheckFinding]:
    """The first findings of each rule, at most `most`."""
    seen: Counter[str] = Counter()
    for each in findings:
        seen[each.code] += 1
        if seen[each.code] <= most:
            yield each


def tally(findings: Sequence[CheckFinding], most: int) -> Table:
    """How many findings there are of each rule, most first, and of which some were left out."""
    counts = Counter((each.severity, f"{each.code} {each.name}") for each in findings)
    rows = [
        Row(rule, (severity, f"{count:,}", f"{most} above, all with --full" if count > most else ""))
        for (severity, rule), count in counts.most_common()
    ]
    return Table([Column(kind="name"), Column("findings"), Column(kind="words")], rows, "By rule")


def by_owner(report: CheckReport, _: Run) -> Document:
    """The page to hand over: the verdict, the parts in number and money, then what each owner has to mend."""
    outcome = OUTCOMES.get(report.exit_code, "failed")
    found = sorted(say.shown(report), key=lambda each: (each.owner is None, each.owner or ""))
    columns = [Column("rule", "name"), Column("what", "words"), Column("where", "name")]
    owned = [
        Section(
            [Table(columns, [row_of(each) for each in findings])], owner or "Nobody's, as no owner is named"
        )
        for owner, findings in groupby(found, key=lambda each: each.owner)
    ]
    return [
        Section([Title(f"Plans and objectives: {outcome}"), Said([say.what_was_read(report)])]),
        Section([Said([say.verdict(report)], strong=True)]),
        Section(list(plans_and_money(report)), "Plans in number and money"),
        *owned,
        Section([tally(found, len(found))], "Findings by rule"),
        Section([Said([say.not_checked(report)])], "Not checked"),
    ]


def row_of(each: CheckFinding) -> Row:
    return Row(each.severity, (f"{each.code} {each.name}", say.told_in_full(each), say.place_of(each)))


def summary(report: CheckReport, _: Run) -> Document:
    """The verdict, a row for each finding, what was not checked, plans and money."""
    outcome = OUTCOMES.get(report.exit_code, "failed")
    columns = [Column("Rule", "name"), Column("What", "words"), Column("Where", "name")]
    rows = [row_of(each) for each in say.shown(report)]
    blocks = [
        Title(f"Plans and objectives: {outcome}"),
        Said([say.verdict(report), say.what_was_read(report)]),
        Table(columns, rows),
        Said([say.not_checked(report)]),
        *plans_and_money(report),
    ]
    return [Section(blocks)]


def problem(each: CheckFinding) -> Problem:
    rule = f"{each.code} {each.name}"
    return Problem(say.place_of(each), each.severity, rule, each.excerpt, say.told_in_full(each))


def in_brief(findings: Sequence[CheckFinding]) -> Table:
    """A line for each finding below the name of its file: place, severity, rule, a few words."""
    columns = [Column(kind="name"), Column(kind="name"), Column(kind="words")]
    by_file: dict[str, list[Row]] = {}
    for each in findings:
        spot = ":".join(str(part) for part in (each.line, each.column) if part is not None)
        row = Row(spot, (each.severity, f"{each.code} {each.name}", say.in_short(each)), depth=1)
        by_file.setdefault(each.file, [Row(each.file)] if each.file else []).append(row)
    return Table(columns, [row for rows in by_file.values() for row in rows])


def plans_and_money(report: CheckReport) -> Iterator[Table | Said]:
    """How the plans divide, in number and money, and what that makes of all."""
    if not report.counts.plans:
        return
    mapping = say.indicator(report, "plans-mapped")
    if mapping and mapping.reason and mapping.reason.code == "no-objectives":
        yield Said([say.NO_OBJECTIVES])
        return
    held = [part for part in (mapping.parts if mapping else ()) if part.count]
    if held:
        yield parts_table(held)
    yield Said(list(say.indicators(report)))


def parts_table(parts: Sequence[Part]) -> Table:
    """Each part, and between them all that is green-lit, in number and in money of each currency."""
    told = {part.id: ([part], named(part.ids)) for part in parts}
    told[TOTAL] = ([part for part in parts if part.role != "outside"], "")
    money = {id: money_of(some) for id, (some, _) in told.items()}
    currencies = sorted({name for sums in money.values() for name in sums})
    columns = [Column("plans"), *map(Column, currencies), Column(kind="words")]
    rows = []
    for id in (id for id in PARTS if id in told):
        sums = [amount(money[id][name]) if name in money[id] else "-" for name in currencies]
        count = sum(part.count for part in told[id][0])
        rows.append(Row(PARTS[id], (f"{count:,}", *sums, told[id][1])))
    return Table(columns, rows)


def money_of(parts: Sequence[Part]) -> Mapping[str, float]:
    sums: dict[str, float] = {}
    for each in (each for part in parts for each in part.amounts):
        name = each.currency or NO_CURRENCY
        sums[name] = sums.get(name, 0.0) + each.amount
    return sums


def named(ids: Sequence[str]) -> str:
    """The first of the ids, and how many more there are."""
    fitting = sum(size <= MOST_LETTERS for size in accumulate(len(each) + 1 for each in ids))
    kept = ids[: max(1, fitting)]
    more = f" and {len(ids) - len(kept):,} more" if len(kept) < len(ids) else ""
    return (", " if any(" " in name for name in kept) else " ").join(kept) + more
