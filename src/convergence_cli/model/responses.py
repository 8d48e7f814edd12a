"""The responses: who answered what, what is stated as fact, and what was promised about names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import (
    AfterValidator,
    BeforeValidator,
    Discriminator,
    Field,
    Tag,
    ValidationInfo,
    WithJsonSchema,
    field_validator,
)

from .fields import Count, Exact, Flag, Id, Line, Whole, Written, one_or_several

DEFAULT_MIN_GROUP_SIZE = 5
TABLE = ".csv"
"""How the name of a table ends."""
LEAST_GROUP_SIZE = 3
"""Of two people, each knows what the other one answered."""
MOST_FILES = 100
"""Plans files that one responses file names."""
PERIOD = re.compile(r"(\d{4})(?:-(?:H([12])|Q([1-4])|(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?))?")


PERIOD_SCHEMA = {"type": ["integer", "string"], "pattern": f"^{PERIOD.pattern}$"}
ANSWER_SCHEMA = {"type": ["number", "string", "boolean"]}
"""A plain answer as an editor sees it: an unquoted yes is a boolean to its YAML, and a label to us."""


class State(StrEnum):
    """The four states of an answer; they stay four in every output (rule S2)."""

    ANSWERED = "answered"
    NOT_APPLICABLE = "n/a"
    DONT_KNOW = "dont-know"
    SKIPPED = "skipped"


STATE_WORDS: Mapping[str, State] = {
    "n/a": State.NOT_APPLICABLE,
    "not applicable": State.NOT_APPLICABLE,
    "dont-know": State.DONT_KNOW,
    "don't know": State.DONT_KNOW,
    "": State.SKIPPED,
}


def period_order(period: str) -> tuple[int, int, int]:
    """When a period ends, as (year, month, day), so that waves have an order.

    `period` is YYYY, YYYY-Hn, YYYY-Qn, YYYY-MM or YYYY-MM-DD; raises ValueError otherwise.
    """
    match = PERIOD.fullmatch(period)
    if match is None:
        raise ValueError("expected a period as 2026, 2026-H2, 2026-Q4, 2026-11 or 2026-11-23")
    year, half, quarter, month, day = match.groups()
    if half:
        last = int(half) * 6
    elif quarter:
        last = int(quarter) * 3
    else:
        last = int(month or 12)
    return int(year), last, int(day or 31)


def check_period(period: str) -> str:
    period_order(period)
    return period


def check_table(name: str) -> str:
    if not name.lower().endswith(TABLE):
        raise ValueError(f"expected a list of people, or their table, a file that ends in {TABLE}")
    return name


Paths = Annotated[
    tuple[Line, ...],
    Field(max_length=MOST_FILES),
    BeforeValidator(one_or_several, json_schema_input_type=Line | tuple[Line, ...] | None),
]
"""One path, or a list of them."""


class RatioValue(Written):
    """So many of so many: ``{count: 11, of: 12}``."""

    count: Count
    """How many."""
    of: Count
    """Of how many."""
    source: Line | None = None
    """Who said so, and when."""


class NumberValue(Written):
    """A number with its source: ``{value: 4, source: CIO}``."""

    value: Exact
    """The number."""
    source: Line | None = None
    """Who said so, and when."""


def shape_of_fact(value: object) -> str:
    if not isinstance(value, Mapping):
        return "nothing" if value is None else "plain"
    return "number" if "value" in value else "ratio"


Fact = Annotated[
    Annotated[str, Tag("plain"), WithJsonSchema({"type": ["number", "string"]})]
    | Annotated[RatioValue, Tag("ratio")]
    | Annotated[NumberValue, Tag("number")]
    | Annotated[None, Tag("nothing")],
    Discriminator(shape_of_fact),
]
"""A stated fact: ``11/12``, ``4``, ``{count: 11, of: 12, source: ...}`` or ``{value: 4, source: ...}``."""


def shape_of_value(value: object) -> str:
    if value is None:
        return "nothing"
    if isinstance(value, list | tuple):
        return "several"
    return "ratio" if isinstance(value, Mapping) else "one"


Plain = (
    Annotated[None, Tag("nothing")]
    | Annotated[str, Tag("one"), WithJsonSchema(ANSWER_SCHEMA)]
    | Annotated[tuple[Annotated[str, WithJsonSchema(ANSWER_SCHEMA)], ...], Tag("several")]
    | Annotated[RatioValue, Tag("ratio")]
)
Value = Annotated[Plain, Discriminator(shape_of_value)]


class DetailedAnswer(Written):
    """What is now, what is wanted, and why. With `want` alone the answer was skipped."""

    now: Value = None
    """The answer: as it is today."""
    want: Value = None
    """The target: as it should be."""
    comment: Line | None = None
    """Why; printed only where answers are attributable."""


def shape_of_answer(value: object) -> str:
    if isinstance(value, DetailedAnswer) or (isinstance(value, Mapping) and not {"count", "of"} & set(value)):
        return "detailed"
    return shape_of_value(value)


Answer = Annotated[Plain | Annotated[DetailedAnswer, Tag("detailed")], Discriminator(shape_of_answer)]


class Sheet(Written):
    """One person's answers."""

    id: Line
    """A name or number of this person, once in all files."""
    group: Id
    """One of the questionnaire's groups."""
    about: dict[Line, Line | None] = {}
    """What `--by` may sort by, such as role or unit."""
    answers: dict[str, Answer]
    """Question: an option's value or label, n/a, dont-know; empty or left out was skipped."""


class Responses(Written):
    """Who answered what, what is stated as fact, and what was promised about names."""

    format: Literal["responses/1"] = "responses/1"
    """The format of this file."""
    questionnaire: Line
    """A built-in one as id@version, or a path beside this file."""
    organization: Line | None = None
    """Whose answers these are."""
    period: Annotated[Line, AfterValidator(check_period), WithJsonSchema(PERIOD_SCHEMA)] | None = None
    """2026, 2026-H2, 2026-Q4, 2026-11 or a day: waves have an order."""
    confidential: Flag
    """What people were promised. true: small groups are hidden. false: answers carry names."""
    min_group_size: Whole = DEFAULT_MIN_GROUP_SIZE
    """The smallest group that a confidential report shows; 3 or more."""
    cut_by: Line | None = None
    """The one attribute that `--by` may use on a confidential file."""
    population: dict[Id, Whole] = {}
    """How many such leaders there are, by group."""
    plans: Paths = ()
    """The plans files that count the evidence, beside this file."""
    facts: dict[str, Fact] = {}
    """What is given once, by question: 11/12, 4, or with count, of, value and source."""
    respondents: Annotated[
        Annotated[tuple[Sheet, ...], Tag("people")]
        | Annotated[Line, AfterValidator(check_table), Tag("table")],
        Discriminator(lambda value: "table" if isinstance(value, str) else "people"),
    ] = ()
    """The people and their answers, or the table that holds them: a CSV file beside this one."""

    @field_validator("min_group_size")
    @classmethod
    def enough_to_hide_in(cls, least: int, info: ValidationInfo) -> int:
        if info.data.get("confidential") and least < LEAST_GROUP_SIZE:
            raise ValueError(f"expected {LEAST_GROUP_SIZE} or more, as the file is confidential")
        return least
