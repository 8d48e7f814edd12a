"""What every published document shares: who made it, from what, and the counted evidence."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer, WithJsonSchema

Share = Annotated[float, Field(ge=0, le=1)]
Points = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Difference = Annotated[float, Field(ge=-100, le=100, allow_inf_nan=False)]
Number = Annotated[float, Field(allow_inf_nan=False)]


def whole(value: float) -> int | float:
    """5 for 5.0: what is counted is printed as one counts."""
    return int(value) if float(value).is_integer() else value


Counted = Annotated[
    Number, PlainSerializer(whole, when_used="json"), WithJsonSchema({"type": "number"}, mode="serialization")
]
"""A number of things, or an amount of money."""

RULES = 2
"""Raised by any change of the program that can move a number."""


class Result(BaseModel):
    """Part of a published document: frozen, and nothing in it that the contract does not name."""

    model_config = ConfigDict(
        frozen=True, extra="forbid", validate_by_name=True, json_schema_serialization_defaults_required=True
    )


class Tool(Result):
    name: Literal["convergence-cli"] = "convergence-cli"
    version: str


class InputFile(Result):
    """An input by the name of the file alone; no hash of what is confidential (rule S12)."""

    name: str
    sha256: str | None


class Document(Result):
    """What every published document begins with."""

    schema_version: Literal["1.0"] = "1.0"
    rules: int = RULES
    command: str
    tool: Tool
    inputs: tuple[InputFile, ...]


class Interval(Result):
    low: Number
    high: Number


class Reason(Result):
    """Why a figure is null, hidden or without a range: a code with its figures.

    Scoring leaves ``text`` empty; ``render.say`` fills it in, once for all formats.
    """

    code: str
    text: str = ""
    figures: dict[str, Number | str | None] = Field(default_factory=dict)

    @classmethod
    def of(cls, code: str, **figures: float | str | None) -> Reason:
        return cls(code=code, figures=figures)


class Amount(Result):
    currency: str
    amount: Counted


class Part(Result):
    """Some of the plans or objectives behind an indicator, in number and in money."""

    id: str
    role: Literal["for", "against", "outside"]
    count: int
    amounts: tuple[Amount, ...] = ()
    ids: tuple[str, ...] = ()


class Evidence(Result):
    """An indicator counted from the plans file; ``count`` is null, with a reason, when nobody recorded it.

    ``count`` and ``of`` are numbers of plans, objectives or units; for `budget-mapped` they are money.
    """

    id: str
    count: Counted | None
    of: Counted | None
    points: Points | None
    reason: Reason | None = None
    parts: tuple[Part, ...] = ()
