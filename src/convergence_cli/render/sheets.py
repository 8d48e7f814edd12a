"""Tables for workbooks: a row for each part of a report, a column for each place in it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, Literal

from ..results.common import Evidence
from .check_page import money_of
from .document import Cell, Column, Row, Table
from .score_csv import columns, found

Parts = Iterable[tuple[Sequence[Cell], Any]]
"""Each with what stands before its figures; the first of that is the row's label."""

KINDS: Mapping[str, Literal["share", "name", "words"]] = {
    **dict.fromkeys(("coverage", "at_least", "at_most"), "share"),
    **dict.fromkeys(("text", "message", "hint", "because", "hidden"), "words"),
}
OF_INDICATOR = columns("count of points because=reason.text")


def table(heads: Sequence[str], parts: Parts, places: Mapping[str, str]) -> Table:
    """The figures at `places` of each part, unrounded."""
    titles = [Column(head, "name") for head in heads[1:]]
    titles += [Column(name.replace("_", " "), KINDS.get(name, "figure")) for name in places]
    rows = [
        Row(str(label), [*before, *(cell(found(part, place)) for place in places.values())])
        for (label, *before), part in parts
    ]
    return filled(Table(titles, rows, heads[0]))


def filled(table: Table) -> Table:
    """The table without the columns that are empty in every row."""
    held = range(len(table.columns))
    used = [at for at in held if any(row.cells[at] not in (None, "") for row in table.rows)]
    rows = [replace(row, cells=[row.cells[at] for at in used]) for row in table.rows]
    return replace(table, columns=[table.columns[at] for at in used], rows=rows)


def cell(value: Any) -> Cell:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if value is None or isinstance(value, int | float):
        return value
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def indicators(evidence: Iterable[Evidence]) -> Table:
    return table(["indicator"], (([each.id.replace("-", " ")], each) for each in evidence), OF_INDICATOR)


def currencies(parts: Sequence[Any]) -> list[str]:
    """Of all the money of some plans or parts."""
    return sorted(money_of(parts))


def money(parts: Sequence[Any], currencies: Sequence[str]) -> list[Cell]:
    """What they cost together in each currency."""
    sums = money_of(parts)
    return [sums.get(name) for name in currencies]
