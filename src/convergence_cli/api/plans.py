"""Tables of plans written down as a plans file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from ..documents import as_yaml
from ..inputs.files import is_table
from ..inputs.plan_tables import PlanTable
from ..inputs.plans import PlansInput, read_plans_input
from ..problems import InputError, NothingToDo, Severity, UsageError
from .maps import maps_for

KINDS = ("objectives", "plans")


class ImportedPlans(NamedTuple):
    """A plans file as text, and what was made of each table, a line each."""

    text: str
    told: Sequence[str]


def import_plans(*paths: str | Path) -> ImportedPlans:
    """The tables at `paths`, read by the maps of convergence.toml, as one plans file (``plans/1``).

    Raises ``problems.InputError`` with everything that is wrong in them, placed, and ``problems.NothingToDo``
    where there is no row.
    """
    files = [str(path) for path in paths]
    if others := [file for file in files if not is_table(file)]:
        raise UsageError(f"{', '.join(others)} is no table: plans are written down from CSV and XLSX.")
    read = read_plans_input(files, maps_for(files))
    wrong = [each for each in read.place(read.problems) if each.severity is Severity.ERROR]
    if read.absent or wrong:
        raise InputError([*read.absent, *wrong])
    tables = [each for each in read.documents.values() if isinstance(each, PlanTable)]
    data: dict[str, Any] = {"format": "plans/1"}
    for table in tables:
        data |= {key: value for key, value in table.items.items() if key not in KINDS}
    lists = {kind: [item for table in tables for item in table.items.get(kind, ())] for kind in KINDS}
    if not any(lists.values()):
        raise NothingToDo("There is no row in these tables.")
    return ImportedPlans(as_yaml(data | {kind: some for kind, some in lists.items() if some}), [*told(read)])


def told(read: PlansInput) -> Iterator[str]:
    """What was made of each table: how many of what, which column gave what, and which gave nothing."""
    for file, table in read.documents.items():
        if not isinstance(table, PlanTable):
            continue
        titles = table.table.titles
        for kind, columns in table.columns.items():
            yield f"{file}: {len(table.rows[kind])} {kind}"
            yield from (
                f"  {name} from {', '.join(dict.fromkeys(titles[at] for at in places))}"
                for name, places in columns.at.items()
            )
        used = {at for columns in table.columns.values() for places in columns.at.values() for at in places}
        left = dict.fromkeys(title for at, title in enumerate(titles) if at not in used and title)
        if left:
            yield f"  not read: {', '.join(left)}"
