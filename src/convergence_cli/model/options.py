"""What a user may set for the check: in the `[check]` table of a file, or on the command line."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from fractions import Fraction
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, PlainValidator

from ..problems import Finding
from .fields import parse_exact
from .tolerant import read_tolerantly

Names = Annotated[tuple[str, ...], Field(strict=False, max_length=1000)]
Whole = Annotated[int, Field(ge=1, le=100_000)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]


def parse_share(value: object) -> Fraction:
    """A share as 80%, 0.8 or 4/5, exactly; raises ValueError for anything else, and for one above 1."""
    with suppress(ValueError):
        in_percent = isinstance(value, str) and value.endswith("%")
        share = parse_exact(str(value)[:-1]) / 100 if in_percent else parse_exact(value)
        if 0 <= share <= 1:
            return share
    raise ValueError("expected a share such as 80%, 0.8 or 4/5")


Minima = Annotated[dict[str, Annotated[Fraction, PlainValidator(parse_share)]], Field(max_length=100)]


class CheckOptions(BaseModel):
    """The settings of `convergence check`, and what holds where nobody sets them.

    `select` and `ignore` take codes, beginnings of codes (``CV1``) and names; `require` takes the fields
    whose absence counts. `min` is the least share (0..1) of an indicator, by its name, and switches CV207 on.
    """

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)

    select: Names = ()
    ignore: Names = ()
    require: Names = ()
    fail_on: Literal["error", "warning", "info", "never"] = "error"
    max_objectives_per_plan: Whole = 5
    review_days: Whole = 180
    idea_days: Whole = 90
    unlinked_money_percent: Percent = 5
    min: Minima = {}


def options_from(
    table: Mapping[str, Any], file: str, given: Mapping[str, Any]
) -> tuple[CheckOptions, list[Finding]]:
    """The options of a settings table with those `given` on the command line over them, and what is wrong.

    What is wrong in the table is dropped; a wrong value that was given has no file. None in `given` is an
    option that nobody gave. A minimum that is given replaces that of the same indicator alone.
    """
    from_file, findings, _ = read_tolerantly(CheckOptions, dict(table), file)
    chosen = {name: value for name, value in given.items() if value is not None}
    from_command, refused, _ = read_tolerantly(CheckOptions, chosen, "")
    written, typed = from_file or CheckOptions(), from_command or CheckOptions()
    over = {name: getattr(typed, name) for name in typed.model_fields_set}
    return written.model_copy(update={**over, "min": {**written.min, **typed.min}}), findings + refused
