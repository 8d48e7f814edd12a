"""Tables of plans, objectives and links (CSV, XLSX) as documents: what a file in YAML would hold, with the
place of each thing."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

from ..documents import HEADER, Document, Table, parse_table
from ..documents.text import Lines, Span, Spot
from ..model.complaints import meant, shown
from ..model.plan_tables import (
    COLUMNS,
    DAY,
    LIST,
    MONEY,
    NEEDED,
    Maps,
    PlansMap,
    TableMap,
    bare,
    choices,
    day_order,
    decimal_mark,
    is_unclear_amount,
    is_unclear_day,
    iso_day,
    listed,
    plain,
    plain_amount,
)
from ..model.plans import ItemPlace
from ..problems import Finding, Problems, mistake
from ..problems import Path as Steps
from .files import Source, name_of

WORKBOOKS = (".xlsx", ".xlsm")
SUFFIXES = (".csv", ".tsv", *WORKBOOKS)
SETTINGS = "convergence.toml"
OF_FILE = ("organization", "as_of", "currency")

Row = Sequence[str]


def is_table(path: str) -> bool:
    return path.lower().endswith(SUFFIXES)


@dataclass(frozen=True)
class Columns:
    """Where in a table each column of ours stands, and how its days and amounts are written."""

    kind: str
    at: Mapping[str, Sequence[int]]
    orders: Mapping[str, str | None] = field(default_factory=dict)
    """Of days and amounts: what comes first in a day, or the decimal mark."""

    def first(self, steps: str) -> int:
        """The first column of what `steps` lead to inside an item; that of its id where there is none."""
        around = (name for name in self.at if f"{steps}.".startswith(f"{name}."))
        inside = (name for name in self.at if name.startswith(f"{steps}."))
        name = next(around, None) or next(inside, NEEDED[self.kind][0])
        return self.at[name][0]


@dataclass(frozen=True)
class PlanTable(Document):
    """A table as a plans file: `data` holds its plans and objectives, `links` its links."""

    table: Table = field(default_factory=lambda: Table("", None, "", ""))
    columns: Mapping[str, Columns] = field(default_factory=dict)
    rows: Mapping[str, Sequence[int]] = field(default_factory=dict)
    """Where the row of each item begins."""
    further: Mapping[Steps, int] = field(default_factory=dict)
    """The column of the entries of lists that stand in no first column."""
    links: Sequence[tuple[int, str, str]] = ()
    """The row, and the ids of plan and objective."""
    proposal: str = ""
    """The map that is proposed where there is none, as a settings file says it."""

    @property
    def readable(self) -> bool:
        return bool(self.columns)

    @property
    def lines(self) -> Lines:
        return self.table.lines

    def find(self, paths: Iterable[Steps]) -> dict[Steps, Spot]:
        return {path: Spot(self._cell(path), None) for path in paths}

    def _cell(self, path: Steps) -> Span:
        """The cell to which a path leads; that of the id, where it leads to a whole item."""
        if len(path) < 2 or path[0] not in self.rows:
            return self.table.cell(self.table.header, int(path[1]) if path[:1] == (HEADER,) else 0)
        kind, item, *steps = path
        columns = self.columns[str(kind)]
        column = self.further.get(path) or columns.first(".".join(map(str, steps)))
        return self.table.cell(self.rows[str(kind)][int(item)], column)


def tables_in(source: Source, maps: Maps) -> list[PlanTable]:
    """The tables of a file that hold plans, objectives or links; what is wrong with them is in them.

    Of a file that is no such table no word is repeated: it may hold answers.
    """
    if not source.file.lower().endswith(WORKBOOKS):
        table = parse_table(source.data, source.file)
        return [plan_table(table, kinds_of(source.file, Path(source.file).stem, True, maps), maps)]
    from ..documents.workbook import parse_workbook

    sheets = parse_workbook(source.data, source.file)
    if isinstance(sheets, Finding):
        return [PlanTable(source.file, None, "", "", (sheets,))]
    found = [(sheet, kinds_of(source.file, sheet.name, sheet is sheets[0], maps)) for sheet in sheets]
    known = [(sheet, kinds) for sheet, kinds in found if kinds] or found[:1]
    if len(known) > 1:  # each is told apart by its own name
        known = [(replace(sheet, file=f"{source.file}[{sheet.name}]"), kinds) for sheet, kinds in known]
    return [plan_table(sheet, kinds, maps) for sheet, kinds in known]


def kinds_of(file: str, name: str, is_first: bool, maps: Maps) -> list[str]:
    """What a table called `name` holds: what the maps say of its file or sheet, else what it is called, else
    plans, if it is the first sheet."""
    said = [kind for kind in COLUMNS if is_meant(maps.of(kind), file, name, is_first)]
    free = [kind for kind in COLUMNS if not (maps.of(kind).file or maps.of(kind).sheet)]
    called = [kind for kind in free if plain(name) == kind]
    return said or called or [kind for kind in free if kind == "plans" and is_first]


def is_meant(one: TableMap, file: str, name: str, is_first: bool) -> bool:
    if not (one.file or one.sheet) or not (
        not one.file or any(fnmatch(name_of(file), each) for each in one.file)
    ):
        return False
    in_book = file.lower().endswith(WORKBOOKS)
    return name == one.sheet if one.sheet and in_book else is_first


def plan_table(table: Table, kinds: Sequence[str], maps: Maps) -> PlanTable:
    """A table as the plans file that it stands for."""
    found, problems, proposals = {}, Problems(), []
    for kind in kinds if table.titles else ():
        at, missing = columns_at(table, kind, maps.of(kind))
        problems.add(*missing)
        if missing and not maps.of(kind).columns:
            proposals.append(proposed(table, kind))
        elif not missing:
            found[kind] = Columns(kind, at)
    if not kinds:
        words = f"{SETTINGS} names other files for plans, and this one nowhere."
        problems.add(mistake(words, (HEADER, 0), "Add it to `file` of `[plans]`.", file=table.file))
    empty = PlanTable(table.file, None, table.text, table.sha256, (*table.problems,), table=table)
    if problems or not found:
        told = [placed_at(empty, each) for each in problems]
        return replace(empty.kept_secret(), problems=(*empty.problems, *told), proposal="\n".join(proposals))
    return filled(empty, found, maps)


def placed_at(document: PlanTable, finding: Finding) -> Finding:
    """What is wrong with the header, which names columns that we were told of alone."""
    line, column = document.lines.place(document.table.header)
    return replace(finding, line=line, column=column, path=())


def columns_at(table: Table, kind: str, one: TableMap) -> tuple[dict[str, list[int]], list[Finding]]:
    """Where each column of ours stands, and which are missing. Without a map columns are called as ours."""
    titles: dict[str, list[int]] = defaultdict(list)
    for at, title in enumerate(table.titles):
        titles[plain(title)].append(at)
    wanted = one.columns or {name: (name,) for name in COLUMNS[kind]}
    found = {
        name: [at for each in some for at in titles.get(plain(each), ())] for name, some in wanted.items()
    }
    if not one.columns:
        found = {name: some for name, some in found.items() if some}
        lacking = [name for name in NEEDED[kind] if name not in found]
        return found, [unmapped(table, kind, lacking)] if lacking else []
    missing = [
        mistake(
            f"This table has no column for `{name}`; {SETTINGS} says that it is called so.",
            (HEADER, 0),
            value=shown(each),
            file=table.file,
            near=Problems().hints.did_you_mean(each, table.titles),
        )
        for name, some in wanted.items()
        for each in some
        if plain(each) not in titles
    ]
    missing += [
        mistake(
            f"Two columns of this table have the title of `{name}`, which is one.",
            (HEADER, 0),
            "Rename one of the two.",
            value=shown(each),
            file=table.file,
        )
        for name, some in wanted.items()
        for each in some
        if COLUMNS[kind][name] != LIST and len(titles.get(plain(each), ())) > 1
    ]
    unsaid = [name for name in NEEDED[kind] if name not in wanted and (kind, name) != ("objectives", "title")]
    missing += [
        mistake(f"`[{kind}.columns]` of {SETTINGS} needs `{name}`.", (HEADER, 0), file=table.file)
        for name in unsaid
    ]
    return found, missing


def unmapped(table: Table, kind: str, lacking: Sequence[str]) -> Finding:
    names = " and ".join(f"`{name}`" for name in lacking)
    words = f"No column of this table is called {names}, and {SETTINGS} has no map for {kind}."
    guess = [f"{name} = {quoted(title)}" for name, title in guesses(table, kind)]
    tip = f"Write `[{kind}.columns]` into {SETTINGS}"
    tip += f", if these are they: {', '.join(guess)}." if guess else ", with the title of each column."
    return mistake(words, (HEADER, 0), tip, file=table.file)


def guesses(table: Table, kind: str) -> list[tuple[str, str]]:
    """Which column may be which, by our name or another word for it. Proposed, and never assumed."""
    found: dict[str, str] = {}
    for title in table.titles:
        own = [name for name in COLUMNS[kind] if plain(name) == plain(title)]
        for name in own or meant(title, list(COLUMNS[kind]), lambda *_: []):
            found.setdefault(name, title)
    return [(name, found[name]) for name in COLUMNS[kind] if name in found]


def proposed(table: Table, kind: str) -> str:
    """The map that may be meant, as a settings file says it."""
    found = guesses(table, kind)
    lines = [f"[{kind}.columns]", *(f"{name} = {quoted(title)}" for name, title in found)]
    lacking = [name for name in NEEDED[kind] if name not in dict(found)]
    lines += [f'{name} = "" # needed, and no column looks like it' for name in lacking]
    return "\n".join(lines) + "\n"


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def filled(empty: PlanTable, columns: Mapping[str, Columns], maps: Maps) -> PlanTable:
    """The table with what its rows say."""
    rows = [*zip(empty.table.starts, empty.table.rows(), strict=True)]
    data: dict[str, Any] = of_file(maps.plans) if "plans" in columns else {}
    starts: dict[str, list[int]] = {}
    further: dict[Steps, int] = {}
    known: dict[str, Columns] = {}
    problems: list[Finding] = []
    for kind, bare_columns in columns.items():
        one = maps.of(kind)
        kept = [(start, row) for start, row in rows if is_kept(row, empty.table.titles, one)]
        known[kind] = each = with_orders(bare_columns, [row for _, row in kept], one)
        items: list[Any] = []
        starts[kind] = []
        for start, row in kept:
            item = entry(row, each, one, (kind, len(items)), further)
            items.append(item)
            starts[kind].append(start)
        data[kind] = items
        problems += unclear(empty.file, each, kept)
    links = [
        (at, link.get("plan", ""), name)
        for at, link in enumerate(data.pop("links", ()))
        for name in link.get("objective", ())
    ]
    return replace(
        empty, data=data, columns=known, rows=starts, further=further, links=links,
        problems=(*empty.problems, *problems),
    )  # fmt: skip


def of_file(one: PlansMap) -> dict[str, Any]:
    """What no row says."""
    said = {name: getattr(one, name) for name in OF_FILE}
    return {name: str(value) for name, value in said.items() if value is not None}


def is_kept(row: Row, titles: Sequence[str], one: TableMap) -> bool:
    """Whether the map keeps a row."""
    wanted = {plain(title): {plain(each) for each in some} for title, some in one.rows.items()}
    for title, some in wanted.items():
        cells = [plain(cell) for cell, its in zip(row, titles, strict=True) if plain(its) == title]
        if not some.intersection(cells):
            return False
    return True


def with_orders(columns: Columns, rows: Sequence[Row], one: TableMap) -> Columns:
    """The columns, with how their days and amounts are written as a whole."""
    orders: dict[str, str | None] = {}
    for name, places in columns.at.items():
        what = COLUMNS[columns.kind].get(name)
        cells = (row[at].strip() for row in rows for at in places)
        if what == DAY:
            orders[name] = one.dates or day_order(cells)
        elif what == MONEY:
            orders[name] = one.decimal or decimal_mark(cells)
    return replace(columns, orders=orders)


def unclear(file: str, columns: Columns, rows: Sequence[tuple[int, Row]]) -> Iterator[Finding]:
    """One finding for each column whose days or amounts can be read in two ways."""
    tests = {
        DAY: (is_unclear_day, "day or month may come first", 'dates = "day-first"', 'or "month-first"'),
        MONEY: (is_unclear_amount, "the point may mark thousands or cents", 'decimal = "."', 'or ","'),
    }
    for name, order in columns.orders.items():
        is_unclear, why, write, other = tests[COLUMNS[columns.kind][name]]
        if order is None:
            places = columns.at[name]
            cells = ((at, row[place].strip()) for at, (_, row) in enumerate(rows) for place in places)
            first = next(((at, cell) for at, cell in cells if is_unclear(cell)), None)
            if first:
                words = f"`{name}`: {why}, and no other cell of the column shows which."
                tip = f"Write `{write}` ({other}) into `[{columns.kind}]` of {SETTINGS}."
                path: Steps = (columns.kind, first[0], *name.split("."))
                yield mistake(words, path, tip, value=shown(first[1]), file=file)


def entry(
    row: Row, columns: Columns, one: TableMap, where: Steps, further: dict[Steps, int]
) -> dict[str, Any]:
    """A row as an item of a file in YAML; `further` learns which entries stand in a second column."""
    item: dict[str, Any] = {}
    for name, places in columns.at.items():
        what = COLUMNS[columns.kind].get(name)
        cells = [(at, row[at].strip()) for at in places if row[at].strip()]
        if not cells:
            continue
        if what == LIST:
            parts = [(at, part) for at, cell in cells for part in listed(cell)]
            value: Any = [worded(part, columns.kind, name, one) for _, part in parts]
            further |= {(*where, name, number): at for number, (at, _) in enumerate(parts) if at != places[0]}
        elif what == DAY:
            value = iso_day(cells[0][1], columns.orders.get(name))
        elif what == MONEY:
            value = money(cells[0][1], columns.orders.get(name))
        else:
            value = worded(" ".join(cells[0][1].split()), columns.kind, name, one)
        put(item, name, value)
    currency = item.pop("currency", None)
    if currency and isinstance(item.get("budget"), str):
        item["budget"] = {"amount": item["budget"], "currency": currency}
    if columns.kind == "objectives" and "title" not in columns.at and "id" in item:
        item["title"] = item["id"]
    return item


def put(item: dict[str, Any], name: str, value: Any) -> None:
    """Write `value` where a dotted name says; a currency beside its amount."""
    first, _, rest = name.partition(".")
    if not rest:
        item[first] = value
        return
    item[first] = {**item.get(first, {}), rest: value}


def money(cell: str, mark: str | None) -> Any:
    amount, (_, currency) = plain_amount(cell, mark), bare(cell)
    return {"amount": amount, "currency": currency} if currency and amount != cell else amount


def worded(text: str, kind: str, name: str, one: TableMap) -> str:
    """A text as the map says that it is meant, or as ours where it is the same word."""
    said = {plain(word): meaning for word, meaning in one.values.get(name, {}).items()}
    word = plain(text)
    return said.get(word) or choices(kind, name).get(word) or text


def joined(documents: Iterable[Document]) -> tuple[dict[ItemPlace, ItemPlace], list[Finding]]:
    """Gives each plan the links of the tables of links, and says where those stand; and links of no plan."""
    documents = [*documents]
    plans: dict[str, tuple[ItemPlace, dict[str, Any]]] = {}
    for document in documents:
        data = document.data.get("plans") if isinstance(document.data, dict) else ()
        for number, item in enumerate(data if isinstance(data, list) else ()):
            if isinstance(item, dict) and isinstance(item.get("id"), str):
                plans.setdefault(str(item["id"]), ((document.file, ("plans", number)), item))
    stand: dict[ItemPlace, ItemPlace] = {}
    lost = Problems()
    for document in documents:
        for row, plan, objective in document.links if isinstance(document, PlanTable) else ():
            if plan not in plans:
                words, near = "{This} is the id of no plan.", lost.hints.did_you_mean(plan, plans)
                lost.add(
                    mistake(words, ("links", row, "plan"), value=shown(plan), near=near, file=document.file)
                )
                continue
            (file, place), item = plans[plan]
            written = item.get("serves") or []
            serves = [*(written if isinstance(written, list) else [written]), objective]
            item["serves"] = serves
            stand[file, (*place, "serves", len(serves) - 1)] = document.file, ("links", row, "objective")
    return stand, lost
