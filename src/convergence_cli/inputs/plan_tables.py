"""Tables of plans, objectives and links (CSV, XLSX) as documents: what a file in YAML would hold, with the
place of each thing."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fnmatch import fnmatch
from functools import partial
from itertools import chain, islice
from pathlib import Path
from typing import Any, NamedTuple

from ..documents import Document, Table, parse_table, placed
from ..documents.text import Lines, Span, Spot
from ..model.complaints import meant, shown
from ..model.plan_tables import (
    COLUMNS,
    DAY,
    LIST,
    MONEY,
    NEEDED,
    ONE_IN_A_ROW,
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
from ..problems import MOST_LISTED, READING_PROBLEMS, Finding, Problems, asked_back, did_you_mean, mistake
from ..problems import Path as Steps
from .files import WORKBOOKS, Source, name_of

SETTINGS = "convergence.toml"
OF_FILE = ("organization", "as_of", "currency")

CUSTOM = re.compile(r"custom field \((.*)\)", re.IGNORECASE)
"""How Jira calls a field of one's own."""

ENTRY = 4
"""The steps of a path to an entry of an item's list: ``("plans", 3, "serves", 0)``."""
MOST_CELLS = 2_000_000
"""As many as a file in YAML can hold."""

Row = Sequence[str]
Reader = Callable[[str], Any]


@dataclass(frozen=True)
class Columns:
    """Where in a table each column of ours stands."""

    kind: str
    at: Mapping[str, Sequence[int]]

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
    unread: Mapping[ItemPlace, frozenset[str]] = field(default_factory=dict)
    """What is written in an item and could not be read (as in `Plans.unread`)."""
    proposal: str = ""
    """The map that is proposed where there is none, as a settings file says it."""

    @property
    def readable(self) -> bool:
        return bool(self.columns)

    @property
    def items(self) -> dict[str, Any]:
        """What a file in YAML would hold."""
        return self.data if isinstance(self.data, dict) else {}

    @property
    def lines(self) -> Lines:
        return self.table.lines

    def find(self, paths: Iterable[Steps]) -> dict[Steps, Spot]:
        return {path: Spot(self._cell(path), None) for path in paths}

    def _cell(self, path: Steps) -> Span:
        """The cell to which a path leads; that of the id, where it leads to a whole item."""
        if len(path) < 2 or path[0] not in self.rows:
            return self.table.cell(self.table.header, 0)
        kind, item, *steps = path
        columns = self.columns[str(kind)]
        names = (step for step in steps if isinstance(step, str))
        column = self.further.get(path[:ENTRY]) or columns.first(".".join(names))
        return self.table.cell(self.rows[str(kind)][int(item)], column)


def tables_in(source: Source, maps: Maps | None) -> list[PlanTable]:
    """The tables of a file that hold plans, objectives or links; what is wrong with them is in them.

    Of a file that is no such table no word is repeated: it may hold answers.
    """
    maps = maps or Maps()
    if not source.file.lower().endswith(WORKBOOKS):
        table = parse_table(source.data, source.file)
        return [plan_table(table, kinds_of(source.file, Path(source.file).stem, True, maps), maps)]
    from ..documents.workbook import parse_workbook

    sheets = parse_workbook(source.data, source.file)
    if isinstance(sheets, Finding):
        return [PlanTable(source.file, None, "", hashlib.sha256(source.data).hexdigest(), (sheets,))]
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
    """Whether a map says that it is about this table."""
    if one.file and not any(fnmatch(name_of(file), each) for each in one.file):
        return False
    if one.sheet and file.lower().endswith(WORKBOOKS):
        return name == one.sheet
    return bool(one.file) and is_first


def plan_table(table: Table, kinds: Sequence[str], maps: Maps) -> PlanTable:
    """A table as the plans file that it stands for."""
    empty = PlanTable(table.file, None, table.text, table.sha256, table.problems, table=table)
    found = [columns_at(table, kind, maps.of(kind)) for kind in kinds if table.titles]
    problems = [*chain.from_iterable(wrong_titles(table, each, maps.of(each.kind)) for each in found)]
    cells = len(table.starts) * sum(len(places) for each in found for places in each.at.values())
    if cells > MOST_CELLS:
        words = f"This table has more than {MOST_CELLS:,} cells to read."
        tip, name = "Split it into several files.", READING_PROBLEMS["CV002"]
        problems = [Finding("CV002", words, tip, name=name, file=table.file)]
    if not (table.titles or table.problems):
        problems.append(mistake("This table is empty: its first row holds the titles.", file=table.file))
    elif not kinds:
        words = f"{SETTINGS} names other files or sheets, and this one nowhere."
        problems.append(mistake(words, tip="Add it to `file` or `sheet` of `[plans]`.", file=table.file))
    if not problems and found:
        return filled(empty, found, maps)
    line, column = empty.lines.place(table.header)
    at_header = [replace(each, line=line, column=column) for each in problems]
    unmapped = [kind for kind in kinds if problems and table.titles and not maps.of(kind).columns]
    proposal = "\n".join(proposed(table, kind) for kind in unmapped)
    return replace(empty.kept_secret(), problems=(*empty.problems, *at_header), proposal=proposal)


def columns_at(table: Table, kind: str, one: TableMap) -> Columns:
    """Where the columns of the map stand; without a map, those that are called as ours."""
    wanted = one.columns or {name: (name,) for name in COLUMNS[kind]}
    places = {name: [at for title in some for at in titled(table, title)] for name, some in wanted.items()}
    return Columns(kind, {name: some for name, some in places.items() if some})


def titled(table: Table, title: str) -> list[int]:
    """The columns with a title: a map names one, and programs repeat it."""
    return [at for at, its in enumerate(map(plain, table.titles)) if its and its == plain(title)]


def wrong_titles(table: Table, columns: Columns, one: TableMap) -> Iterator[Finding]:
    """What the map says and the table has not, or has twice; what neither has."""
    kind, file = columns.kind, table.file
    optional = ("title",) if kind == "objectives" and one.columns else ()
    lacking = [name for name in NEEDED[kind] if name not in (*(one.columns or columns.at), *optional)]
    if lacking:
        names = " and ".join(f"`{name}`" for name in lacking)
        words = f"No column of this table is called {names}, and no map for {kind} stands in {SETTINGS}."
        said = f"`[{kind}.columns]` of {SETTINGS} needs {names}."
        guess = [f"{name} = {quoted(title)}" for name, title in guesses(table, kind)]
        tip = f"Write `[{kind}.columns]` into it, if these are they: {', '.join(guess)}." if guess else ""
        yield mistake(said, file=file) if one.columns else mistake(words, tip=tip, file=file)
    named = [(f"`{name}`", title) for name, some in one.columns.items() for title in some]
    for what, title in [*named, *((f"`[{kind}.rows]`", title) for title in one.rows)]:
        if not titled(table, title):
            words = f"No column has the title `{shown(title)}`, which {SETTINGS} has for {what}."
            yield mistake(words, tip=did_you_mean(title, table.titles), file=file)
    for name, places in columns.at.items():
        titles = Counter(plain(table.titles[at]) for at in places)
        if COLUMNS[kind][name] != LIST and max(titles.values()) > 1:
            words, tip = f"`{name}` is one, and two columns have its title.", "Rename one of the two."
            yield mistake(words, tip=tip, file=file)


def guesses(table: Table, kind: str) -> list[tuple[str, str]]:
    """Which column may be which, by our name or another word for it. Proposed, and never assumed."""
    titles = [" ".join(title.split()) for title in table.titles]
    words = [(CUSTOM.sub(r"\1", title), title) for title in titles]
    own = [(name, title) for word, title in words for name in COLUMNS[kind] if plain(name) == plain(word)]
    other = [(name, title) for word, title in words for name in usually(word, COLUMNS[kind])]
    found = dict(reversed([*own, *other]))  # the first of each name, and a name of ours before another word
    return [(name, found[name]) for name in COLUMNS[kind] if name in found]


def may_hold_plans(table: PlanTable) -> bool:
    """Whether a map could be proposed with all that plans need."""
    return {name for name, _ in guesses(table.table, "plans")}.issuperset(NEEDED["plans"])


def proposed(table: Table, kind: str) -> str:
    """The map that may be meant, as a settings file says it."""
    found = guesses(table, kind)
    lines = [f"[{kind}.columns]", *(f"{name} = {quoted(title)}" for name, title in found)]
    lacking = [name for name in NEEDED[kind] if name not in dict(found)]
    lines += [f'{name} = "" # needed, and no column looks like it' for name in lacking]
    for name, title in found:
        meanings = [*meanings_in(table, titled(table, title)[0], choices(kind, name))]
        key = quoted(name) if "." in name else name
        lines += [f"[{kind}.values.{key}]", *meanings] if meanings else []
    return "\n".join(lines) + "\n"


def meanings_in(table: Table, column: int, words: Mapping[str, str]) -> Iterator[str]:
    """Words of a column that are usual for one of ours, and none themselves."""
    cells = dict.fromkeys(row[column].strip() for row in table.rows()) if words else {}
    for cell in islice(cells, MOST_LISTED):
        near = [] if plain(cell) in words else usually(cell, words.values())
        yield from (f"{quoted(cell)} = {quoted(meaning)}" for meaning in near)


def usually(word: str, names: Iterable[str]) -> list[str]:
    """The one of `names` for which `word` is another, if there is one."""
    return meant(word, [*names], lambda *_: [])


def quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def filled(empty: PlanTable, columns: Sequence[Columns], maps: Maps) -> PlanTable:
    """The table with what its rows say."""
    filling = Filling(empty.file)
    rows = [*zip(empty.table.starts, empty.table.rows(), strict=True)]
    for each in columns:
        one = maps.of(each.kind)
        kept = [(start, row) for start, row in rows if is_kept(row, empty.table.titles, one)]
        readers = readers_of(each, [row for _, row in kept], one)
        for start, row in kept:
            entry = entry_of(row, each, readers)
            for item in items_of(entry.item, each):
                filling.add(each.kind, item, entry, start)
    links = [
        (at, link.get("plan", ""), name)
        for at, link in enumerate(filling.items.pop("links", ()))
        for name in link.get("objective", ())
    ]
    data: dict[str, Any] = of_file(maps.plans) if any(each.kind == "plans" for each in columns) else {}
    table = replace(
        empty,
        data=data | filling.items,
        columns={each.kind: each for each in columns},
        rows=filling.starts,
        further=filling.further,
        links=links,
        unread=filling.unread,
    )
    return replace(table, problems=(*empty.problems, *placed(filling.problems, {empty.file: table})))


class Filling:
    """The items of a table, where each stands, and what could not be read of them."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.items: dict[str, list[dict[str, Any]]] = defaultdict(list)
        self.starts: dict[str, list[int]] = defaultdict(list)
        self.further: dict[Steps, int] = {}
        self.unread: dict[ItemPlace, frozenset[str]] = {}
        self.problems = Problems()
        self.told: set[tuple[str, str, str]] = set()
        self.objectives: dict[str, dict[str, Any]] = {}

    def add(self, kind: str, item: dict[str, Any], entry: Entry, start: int) -> None:
        """Add an item; an objective that stands in the row of each plan that serves it is one."""
        if kind == "objectives":
            first = self.objectives.setdefault(item.get("id", ""), item)
            if first is not item and first == item:
                return
        path = kind, len(self.items[kind])
        self.items[kind].append(item)
        self.starts[kind].append(start)
        self.further.update({(*path, *steps): at for steps, at in entry.further.items()})
        if entry.doubts:
            fields = {f"{kind}.{name.partition('.')[0]}" for name in entry.doubts}
            self.unread[self.file, path] = frozenset(fields)
        for name, doubt in entry.doubts.items():
            if (kind, name, doubt.about) not in self.told and not self.problems.is_full:
                self.told.add((kind, name, doubt.about))
                finding = replace(doubt.finding(), file=self.file, path=(*path, *name.split(".")))
                self.problems.add(finding)


def of_file(one: PlansMap) -> dict[str, Any]:
    """What no row says."""
    said = {name: getattr(one, name) for name in OF_FILE}
    return {name: str(value) for name, value in said.items() if value is not None}


def is_kept(row: Row, titles: Sequence[str], one: TableMap) -> bool:
    """Whether the map keeps a row."""
    for title, some in one.rows.items():
        cells = {plain(cell) for cell, its in zip(row, titles, strict=True) if plain(its) == plain(title)}
        if cells.isdisjoint(map(plain, some)):
            return False
    return True


class Doubt(Exception):
    """Why a text is not read; it is told once of all that it is `about`."""

    def __init__(self, about: str, finding: Callable[[], Finding]) -> None:
        super().__init__(about)
        self.about, self.finding = about, finding


def readers_of(columns: Columns, rows: Sequence[Row], one: TableMap) -> dict[str, Reader]:
    """What makes of a text in each column what it means; such a reader raises Doubt."""
    readers: dict[str, Reader] = {}
    for name, places in columns.at.items():
        what = COLUMNS[columns.kind][name]
        if what in WAYS:
            cells = (row[place].strip() for row in rows for place in places)
            readers[name] = partial(in_its_way, WAYS[what], one, columns.kind, name, WAYS[what].shown(cells))
        else:
            words = choices(columns.kind, name)
            said = {plain(word): meaning for word, meaning in one.values.get(name, {}).items()}
            readers[name] = partial(worded, words, said, f"{columns.kind}.values.{name}")
    return readers


def worded(words: Mapping[str, str], said: Mapping[str, str], where: str, text: str) -> str:
    """A text as the map says that it is meant, or as ours where it is the same word."""
    as_it_is, word = " ".join(text.split()), plain(text) if words or said else ""
    meaning = said.get(word) or words.get(word)
    if meaning or not words:
        return meaning or as_it_is
    raise Doubt(word, partial(unknown_word, [*words.values()], where, as_it_is))


def unknown_word(ours: Sequence[str], where: str, text: str) -> Finding:
    say = f"Say what it means in `[{where}]` of {SETTINGS}."
    words = f"`{where.partition('.values.')[2]}`: expected one of {', '.join(ours)}."
    near = asked_back(meant(text, ours))
    return mistake(words, tip=say, value=shown(text), near=f"{near} {say}" if near else "")


def in_its_way(way: Way, one: TableMap, kind: str, name: str, found: str | None, cell: str) -> Any:
    """A day or an amount, unless it can be read in two ways and nothing shows which."""
    chosen = getattr(one, way.setting) or found
    if chosen is None and way.is_unclear(cell):
        words = f"`{name}`: {way.doubt}, and no other cell of the column shows which."
        tip = f"Write `{way.setting} = ...` ({way.settings}) into `[{kind}]` of {SETTINGS}."
        raise Doubt("", partial(mistake, words, tip=tip, value=shown(cell)))
    return way.read(chosen, cell)


def money(mark: str | None, cell: str) -> Any:
    """An amount, with its currency where it names one."""
    amount, (_, currency) = plain_amount(cell, mark), bare(cell)
    return {"amount": amount, "currency": currency} if currency and amount != cell else amount


class Way(NamedTuple):
    """How a column of days or of amounts is written: the setting that says it, what shows it, the reading."""

    setting: str
    settings: str
    doubt: str
    shown: Callable[[Iterable[str]], str | None]
    is_unclear: Callable[[str], bool]
    read: Callable[[str | None, str], Any]


WAYS = {
    DAY: Way(
        *("dates", "day-first or month-first", "day or month may come first"),
        day_order,
        is_unclear_day,
        lambda order, cell: iso_day(cell, order),
    ),
    MONEY: Way(
        *("decimal", '"." or ","', "the point may mark thousands or cents"),
        decimal_mark,
        is_unclear_amount,
        money,
    ),
}


class Entry(NamedTuple):
    """What a row says, as an item of a file in YAML, and what it says that could not be read."""

    item: dict[str, Any]
    doubts: dict[str, Doubt]
    further: dict[Steps, int]
    """The column of the entries of lists that stand in no first column."""


def entry_of(row: Row, columns: Columns, readers: Mapping[str, Reader]) -> Entry:
    entry = Entry({}, {}, {})
    for name, places in columns.at.items():
        cells = [(at, row[at].strip()) for at in places if row[at].strip()]
        if not cells:
            continue
        try:
            if COLUMNS[columns.kind][name] == LIST:
                parts = [(at, part) for at, cell in cells for part in listed(cell)]
                put(entry.item, name, [readers[name](part) for _, part in parts])
                later = [(number, at) for number, (at, _) in enumerate(parts) if at != places[0]]
                entry.further.update({(name, number): at for number, at in later})
            else:
                put(entry.item, name, readers[name](cells[0][1]))
        except Doubt as doubt:
            entry.doubts[name] = doubt
    for name in ONE_IN_A_ROW:
        if name in entry.item:
            entry.item[name] = [entry.item[name]]
    currency = entry.item.pop("currency", None)
    if currency and isinstance(entry.item.get("budget"), str):
        entry.item["budget"] = {"amount": entry.item["budget"], "currency": currency}
    return entry


def items_of(item: dict[str, Any], columns: Columns) -> Iterable[dict[str, Any]]:
    """The items of a row: objectives without a column of titles are called by their ids, and one cell may
    hold several."""
    if columns.kind != "objectives" or "title" in columns.at:
        return [item]
    return ({**item, "id": name, "title": name} for name in listed(item.get("id", "")))


def put(item: dict[str, Any], name: str, value: Any) -> None:
    """Write `value` where a dotted name says."""
    first, _, rest = name.partition(".")
    item[first] = {**item.get(first, {}), rest: value} if rest else value
