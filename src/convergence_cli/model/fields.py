"""The kinds of field that several of our files share: ids, texts, exact numbers, days.

Values arrive as text (``documents`` keeps YAML scalars as they were typed), so each field says
itself what it takes; numbers stay exact until a result is printed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from fractions import Fraction
from functools import lru_cache
from typing import Annotated, Any, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Discriminator,
    PlainSerializer,
    PlainValidator,
    StringConstraints,
    Tag,
    WithJsonSchema,
)
from pydantic.fields import FieldInfo

ID_PATTERN = r"^[A-Za-z0-9_]( ?[A-Za-z0-9_.:/-])*$"
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
CURRENCY_PATTERN = "^[A-Z]{3}$"
DECIMAL = re.compile(r"[+-]?(\d{1,15}(\.\d{1,30})?|\.\d{1,30})([eE][+-]?\d{1,2})?")
FRACTION = re.compile(r"[+-]?\d{1,15}/\d{1,15}")
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
NO_DAY = "expected a day as YYYY-MM-DD, such as 2026-11-01"

INDICATORS = (
    "plans-mapped",
    "budget-mapped",
    "objectives-served",
    "ideas-taken-up",
    "goals-met-through-it",
    "opportunities-from-it",
    "championed-unprompted",
    "one-voice",
    "units-with-manager",
)
"""What can be counted from a plans file (``evidence.py`` counts them)."""


class Written(BaseModel):
    """Part of a file that people write: frozen, and a key it does not know is refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def parse_exact(value: object) -> Fraction:
    """`value` as an exact number: 3, 2.5, -1 or 1/3.

    Raises ValueError for anything else, NaN and infinity included.
    """
    if isinstance(value, bool) or not isinstance(value, int | float | str | Fraction):
        raise ValueError("expected a number such as 3, 2.5 or 1/3")
    text = str(value).strip()
    if not (DECIMAL.fullmatch(text) or FRACTION.fullmatch(text)):
        raise ValueError("expected a number such as 3, 2.5 or 1/3")
    try:
        return Fraction(text)
    except ZeroDivisionError:
        raise ValueError("expected a number, and nothing can be divided by 0") from None


def written_number(value: Fraction) -> int | float | str:
    """An exact number as JSON can hold it: a whole number, a decimal, or ``"1/3"``."""
    if value.denominator == 1:
        return value.numerator
    decimal = str(float(value))
    return float(value) if DECIMAL.fullmatch(decimal) and Fraction(decimal) == value else str(value)


def within(expected: str, low: int, high: int | None = None) -> AfterValidator:
    """Refuses a number outside these bounds, with what was `expected`."""

    def check(value: Fraction) -> Fraction:
        if value < low or (high is not None and value > high):
            raise ValueError(f"expected {expected}")
        return value

    return AfterValidator(check)


def parse_count(value: object) -> int:
    """A whole number of 0 or more, typed as digits; raises ValueError for anything else."""
    if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
        return value
    if isinstance(value, str) and re.fullmatch(r"\d{1,15}", value.strip()):
        return int(value)
    raise ValueError("expected a whole number of 0 or more")


def parse_whole(value: object) -> int:
    """A whole number of 1 or more; raises ValueError for anything else."""
    with suppress(ValueError):
        if count := parse_count(value):
            return count
    raise ValueError("expected a whole number of 1 or more")


def parse_day(value: object) -> date:
    """A day as ``2026-11-01``; raises ValueError for any other spelling or a day that does not exist."""
    if isinstance(value, date):
        return value
    if isinstance(value, str):
        return parse_written_day(value.strip())
    raise ValueError(NO_DAY)


@lru_cache(maxsize=4096)
def parse_written_day(text: str) -> date:
    """As `parse_day`; many plans share few days, so each spelling is looked at once."""
    if not DAY.fullmatch(text):
        raise ValueError(NO_DAY)
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError("expected a day of the calendar") from None


def parse_flag(value: object) -> bool:
    """``true`` or ``false``, spelled out; raises ValueError for anything else."""
    if value in ("true", "false") or isinstance(value, bool):
        return value in ("true", True)
    raise ValueError("expected true or false")


def one_or_several(value: object) -> object:
    """One text is short for a list of one."""
    return () if value is None else (value,) if isinstance(value, str) else value


def is_id(value: object) -> bool:
    return isinstance(value, str) and re.fullmatch(ID_PATTERN, value) is not None


def text_or_translations(value: object) -> str:
    return "translations" if isinstance(value, Mapping) else "text"


NUMBER_SCHEMA: dict[str, Any] = {
    "type": ["number", "string"],
    "pattern": r"^\s*[+-]?(\d+(\.\d+)?|\.\d+|\d+/\d+)\s*$",
}


Exact = Annotated[
    Fraction,
    PlainValidator(parse_exact),
    PlainSerializer(written_number, return_type=int | float | str),
    WithJsonSchema(NUMBER_SCHEMA),
]
NotNegative = Annotated[Exact, within("0 or more", 0), WithJsonSchema(NUMBER_SCHEMA | {"minimum": 0})]
PointsField = Annotated[
    Exact,
    within("points from 0 to 100", 0, 100),
    WithJsonSchema(NUMBER_SCHEMA | {"minimum": 0, "maximum": 100}),
]
ShareField = Annotated[
    Exact,
    within("a share from 0 to 1, such as 1/2", 0, 1),
    WithJsonSchema(NUMBER_SCHEMA | {"minimum": 0, "maximum": 1}),
]
Count = Annotated[int, PlainValidator(parse_count), WithJsonSchema({"type": "integer", "minimum": 0})]
Whole = Annotated[int, PlainValidator(parse_whole), WithJsonSchema({"type": "integer", "minimum": 1})]
Day = Annotated[date, PlainValidator(parse_day), WithJsonSchema({"type": "string", "format": "date"})]
Flag = Annotated[bool, PlainValidator(parse_flag), WithJsonSchema({"type": "boolean"})]
Indicator = Annotated[str, WithJsonSchema({"type": "string", "enum": list(INDICATORS)})]
"""The name of an indicator; `consistency` says which one is near when there is no such."""
Id = Annotated[str, StringConstraints(pattern=ID_PATTERN, max_length=200)]
Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Language = Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)]
Text = Annotated[
    Annotated[Line, Tag("text")] | Annotated[dict[Language, Line], Tag("translations")],
    Discriminator(text_or_translations),
]
"""A text, or one text per language: ``Speed`` or ``{en: Speed, de: Tempo}``."""


def say(text: str | Mapping[str, str], language: str, fallback: str) -> str:
    """`text` in `language`, else in the fallback, else in the first language it has."""
    if isinstance(text, str):
        return text
    return text.get(language) or text.get(fallback) or next(iter(text.values()), "")


def spellings(text: str | Mapping[str, str]) -> list[str]:
    """`text` in every language it has."""
    return [text] if isinstance(text, str) else list(text.values())


def fields_of(model: type) -> dict[str, FieldInfo]:
    """The fields of a pydantic model or dataclass by the key that a file writes."""
    fields: dict[str, FieldInfo] = getattr(model, "__pydantic_fields__", {})
    return {field.alias or name: field for name, field in fields.items()}


def models_in(*annotations: Any) -> set[type]:
    """Every model class inside a type such as ``tuple[Plan, ...] | None``."""
    found: set[type] = set()
    for annotation in annotations:
        if isinstance(annotation, type) and hasattr(annotation, "__pydantic_fields__"):
            found.add(annotation)
        found |= models_in(*get_args(annotation))
    return found
