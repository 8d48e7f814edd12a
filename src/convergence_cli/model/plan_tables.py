"""What a table of plans, objectives or links may hold, by which map of columns it is read, and how other
programs write days and amounts."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from ..problems import Finding, Path, asked_back, mistake
from .complaints import meant, shown
from .fields import Day, Line, fields_of, one_or_several
from .plans import Currency, Objective, Plan

TEXT, LIST, DAY, MONEY = "text", "list", "day", "money"
APPROVED = {"approved.by": TEXT, "approved.on": DAY, "approved.source": TEXT}
COLUMNS: Mapping[str, Mapping[str, str]] = {
    "plans": {
        "id": TEXT,
        "title": TEXT,
        "owner": TEXT,
        "part_of": LIST,
        "serves": LIST,
        "no_objective_because": TEXT,
        "status": TEXT,
        **APPROVED,
        "starts": DAY,
        "ends": DAY,
        "reviewed": DAY,
        "budget": MONEY,
        "currency": TEXT,
        "origin": TEXT,
        "suggestion": TEXT,
        "champion.name": TEXT,
        "champion.side": TEXT,
        "champion.prompting": TEXT,
        "champion.reported_by": TEXT,
        "promoted_by": LIST,
        "relationship_manager": TEXT,
        "units": LIST,
        "depends_on": LIST,
        "results.objective": TEXT,
        "results.text": TEXT,
        "results.on": DAY,
    },
    "objectives": {
        "id": TEXT,
        "title": TEXT,
        "owner": TEXT,
        "owner_side": TEXT,
        **APPROVED,
        "starts": DAY,
        "ends": DAY,
        "status": TEXT,
        "priority": TEXT,
        "changed": DAY,
        "measures.name": TEXT,
        "measures.target": TEXT,
        "measures.unit": TEXT,
        "measures.by": DAY,
        "measures.actual": TEXT,
        "enabled_by": LIST,
        "parent": LIST,
        "no_plan_because": TEXT,
    },
    "links": {"plan": TEXT, "objective": LIST},
}
"""The columns of each kind of table, and what stands in them. `approved.by` is the key `by` of `approved`."""
ONE_IN_A_ROW = ("measures", "results")
"""Lists of which a row holds one entry."""
NEEDED: Mapping[str, Sequence[str]] = {
    "plans": ("id", "title"),
    "objectives": ("id", "title"),
    "links": ("plan", "objective"),
}

Names = Annotated[tuple[str, ...], BeforeValidator(one_or_several), Field(strict=False, max_length=1000)]


def flat(value: object) -> object:
    """``approved.by = "Approver"``, which TOML reads as a table in a table, as one key."""
    if not isinstance(value, dict):
        return value
    inner = {
        f"{key}.{name}": each
        for key, one in value.items()
        if isinstance(one, dict)
        for name, each in one.items()
    }
    return {key: each for key, each in value.items() if not isinstance(each, dict)} | inner


class TableMap(BaseModel):
    """How tables of one kind are read. `columns` has our name for a column and its title, or several titles.

    `file` names the tables (without it those called ``objectives`` and ``links``; any other holds plans),
    `sheet` the sheet of a workbook. `rows` keeps those rows whose cell in a column is one of some texts;
    `values` has, for a column of ours, what its texts mean.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    file: Names = ()
    sheet: str | None = None
    columns: Annotated[dict[str, Names], BeforeValidator(flat), Field(max_length=100)] = {}
    rows: Annotated[dict[str, Names], Field(max_length=100)] = {}
    values: Annotated[dict[str, dict[str, str]], Field(max_length=100)] = {}
    dates: Literal["day-first", "month-first"] | None = None
    decimal: Literal[".", ","] | None = None


class PlansMap(TableMap):
    """How tables of plans are read, and what no row says."""

    organization: Line | None = None
    as_of: Day | None = None
    currency: Currency | None = None


class Maps(BaseModel):
    """The maps of a settings file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    plans: PlansMap = PlansMap()
    objectives: TableMap = TableMap()
    links: TableMap = TableMap()

    def of(self, kind: str) -> TableMap:
        found: TableMap = getattr(self, kind)
        return found


def unknown_columns(maps: Maps) -> Iterator[Finding]:
    """What a map calls a column, or means by a word, and is none of ours."""
    for kind, known in COLUMNS.items():
        one = maps.of(kind)
        for place, names in (("columns", one.columns), ("values", one.values)):
            for name in (name for name in names if name not in known):
                yield unknown((kind, place, name), name, f"column of {kind}", list(known))
        for name, words in one.values.items():
            ours = list(choices(kind, name).values()) if name in known else []
            for word, meaning in words.items():
                if ours and meaning not in ours:
                    yield unknown((kind, "values", name, word), meaning, f"`{name}`", ours)


def unknown(path: Path, name: str, what: str, known: Sequence[str]) -> Finding:
    tip, near = f"Known are {', '.join(known)}.", asked_back(meant(name, known))
    return mistake(f"{{This}} is no {what}.", path, tip, value=shown(name), near=near)


def plain(text: str) -> str:
    """A title or a value without case, and with one space for each run of spaces, ``_`` and ``-``."""
    return " ".join(re.split(r"[\s_-]+", text.casefold().strip()))


def listed(cell: str) -> list[str]:
    """The entries of one cell: separated by commas, semicolons, bars or line breaks."""
    return [" ".join(part.split()) for part in re.split(r"[,;|\n\r]", cell) if part.strip()]


def choices(kind: str, column: str) -> dict[str, str]:
    """The words that a column of ours may hold, by their plain form; none where it holds any text."""
    model = {"plans": Plan, "objectives": Objective}.get(kind)
    for step in column.split(".") if model else ():
        annotation = fields_of(model)[step].annotation if model and step in fields_of(model) else None
        options = [each for each in literals(annotation) if isinstance(each, str)]
        if options:
            return {plain(each): each for each in options}
        model = next((each for each in get_args(annotation) if hasattr(each, "__pydantic_fields__")), None)
    return {}


def literals(annotation: Any) -> Iterable[Any]:
    for part in get_args(annotation):
        yield from literals(part) if get_args(part) else (part,)


MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
TIME = r"(?:[T ,]+\d{1,2}:\d{2}.*)?"
ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + TIME)
NUMERIC = re.compile(r"(\d{1,2})([/.-])(\d{1,2})\2(\d{4}|\d{2})" + TIME)
NAMED = re.compile(r"(\d{1,2})[. /-]+([A-Za-z]{3,9})\.?[ ,/-]+(\d{4}|\d{2})" + TIME)
NAMED_FIRST = re.compile(r"([A-Za-z]{3,9})\.? (\d{1,2}),? (\d{4})" + TIME)
SERIAL = re.compile(r"([2-7]\d{4})(\.\d+)?")
EXCEL_BEGINS = date(1899, 12, 30)


def day_order(cells: Iterable[str]) -> str | None:
    """Whether days such as 03/04/2026 begin with the day or the month, as the days above 12 among them show.

    Points always follow the day; None where nothing shows it, or where it is not the same everywhere.
    """
    found = [match for cell in cells if (match := NUMERIC.fullmatch(cell))]
    orders = {
        "day-first" if int(match[1]) > 12 or match[2] == "." else "month-first"
        for match in found
        if match[2] == "." or max(int(match[1]), int(match[3])) > 12
    }
    return orders.pop() if len(orders) == 1 else None


def is_unclear_day(cell: str) -> bool:
    """Whether a day could be two days."""
    match = NUMERIC.fullmatch(cell)
    return bool(match) and match[2] != "." and match[1] != match[3]  # type: ignore[index]


def iso_day(cell: str, order: str | None) -> str:
    """A day as Jira, ServiceNow or Excel writes it, as 2026-11-01; what is none comes back as it was."""
    if match := ISO.fullmatch(cell):
        year, month, day = match[1], int(match[2]), match[3]
    elif match := NAMED.fullmatch(cell):
        day, month, year = match[1], month_named(match[2]), match[3]
    elif match := NAMED_FIRST.fullmatch(cell):
        month, day, year = month_named(match[1]), match[2], match[3]
    elif match := NUMERIC.fullmatch(cell):
        first, second = match[1], match[3]
        if order is None and is_unclear_day(cell):
            return cell
        day, month = (
            (second, int(first)) if order == "month-first" and match[2] != "." else (first, int(second))
        )
        year = match[4]
    elif match := SERIAL.fullmatch(cell):
        return (EXCEL_BEGINS + timedelta(days=int(match[1]))).isoformat()
    else:
        return cell
    try:
        return date(int(year) + 2000 * (len(year) == 2), month, int(day)).isoformat()
    except ValueError:
        return cell


def month_named(name: str) -> int:
    """The month of an English name or of its first three letters; 0 for anything else."""
    short = name[:3].lower()
    return MONTHS.index(short) + 1 if short in MONTHS else 0


SYMBOLS = {"€": "EUR", "£": "GBP"}
"""A dollar or a yen says not whose it is."""
MARKED = re.compile(r"[+-]?\d+(?:([.,'’])\d+)*")
GROUPS = re.compile(r"[+-]?\d{1,3}(?:[.,'’]\d{3})+")


def bare(cell: str) -> tuple[str, str | None]:
    """An amount without spaces, symbols and codes, and the currency that they named."""
    text = re.sub(r"\s", "", cell)
    code = re.search("[A-Z]{3}", text)
    currency = code[0] if code else next((SYMBOLS[sign] for sign in SYMBOLS if sign in text), None)
    text = re.sub("[A-Z]{3}|[€£$¥]", "", text, count=1)
    if text.startswith("(") and text.endswith(")"):
        text = f"-{text[1:-1]}"
    return text.replace("−", "-"), currency


def decimal_mark(cells: Iterable[str]) -> str | None:
    """Which of ``.`` and ``,`` stands before the cents, as the amounts show that are clear."""
    marks = {mark for cell in cells if (mark := own_mark(bare(cell)[0]))}
    return marks.pop() if len(marks) == 1 else None


def own_mark(amount: str) -> str | None:
    """The decimal mark that an amount shows: the last of two kinds, or one before other than three digits."""
    marks = re.findall("[.,]", amount)
    if not marks or not MARKED.fullmatch(amount):
        return None
    last, other = marks[-1], {".": ",", ",": "."}[marks[-1]]
    if marks.count(last) > 1:
        return other
    head, _, tail = amount.rpartition(last)
    shows = (
        other in marks
        or "'" in head
        or "’" in head
        or len(tail) != 3
        or not re.fullmatch(r"[+-]?[1-9]\d{0,2}", head)
    )
    return last if shows else None


def is_unclear_amount(cell: str) -> bool:
    """Whether an amount could be a thousand times another: 120.000. A comma before three digits marks
    thousands, unless the column shows otherwise: nobody writes a tenth of a cent."""
    amount = bare(cell)[0]
    return "." in amount and own_mark(amount) is None and bool(MARKED.fullmatch(amount))


def plain_amount(cell: str, mark: str | None) -> str:
    """An amount in plain digits, without marks of thousands; what is none comes back as it was."""
    amount, _ = bare(cell)
    if not MARKED.fullmatch(amount) or (mark is None and is_unclear_amount(cell)):
        return cell
    mark = mark or "."
    whole, _, cents = amount.partition(mark)
    if not (re.fullmatch(r"[+-]?\d+", whole) or GROUPS.fullmatch(whole)) or not re.fullmatch(r"\d*", cents):
        return cell
    return re.sub("[.,'’]", "", whole) + (f".{cents}" if cents else "")
