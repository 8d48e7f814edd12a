"""What a user may set for the check: in the `[check]` table of a file, or on the command line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..problems import Finding
from .complaints import read_tolerantly

Names = Annotated[tuple[str, ...], Field(strict=False, max_length=1000)]
Whole = Annotated[int, Field(ge=1, le=100_000)]
Percent = Annotated[float, Field(ge=0, le=100, allow_inf_nan=False)]
Share = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]


class CheckOptions(BaseModel):
    """The settings of `convergence check`, and what holds where nobody sets them.

    `select` and `ignore` take codes, beginnings of codes (``CV1``) and names; `require` takes the fields
    whose absence counts. The three minima are shares (0..1), and each switches CV207 on.
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
    min_plans_mapped: Share | None = None
    min_objectives_served: Share | None = None
    min_budget_mapped: Share | None = None

    @property
    def has_minimum(self) -> bool:
        minima = (self.min_plans_mapped, self.min_objectives_served, self.min_budget_mapped)
        return any(each is not None for each in minima)


def options_from(
    table: Mapping[str, Any], file: str, given: Mapping[str, Any]
) -> tuple[CheckOptions, list[Finding]]:
    """The options of a settings table with those `given` on the command line over them, and what is wrong.

    What is wrong in the table is dropped; a wrong value that was given has no file. None in `given` is an
    option that nobody gave.
    """
    from_file, findings = read_tolerantly(CheckOptions, dict(table), file)
    chosen = {name: value for name, value in given.items() if value is not None}
    from_command, refused = read_tolerantly(CheckOptions, chosen, "")
    written = from_file.model_dump(include=from_file.model_fields_set) if from_file else {}
    typed = from_command.model_dump(include=from_command.model_fields_set) if from_command else {}
    return CheckOptions(**{**written, **typed}), findings + refused


def origins(
    options: CheckOptions, table: Mapping[str, Any], origin: str, given: Mapping[str, Any]
) -> Iterator[tuple[str, Any, str]]:
    """Each setting with its value and where the value comes from (`--show-settings`)."""
    for name in CheckOptions.model_fields:
        source = origin if name in table else "default"
        source = "command line" if given.get(name) is not None else source
        yield name, getattr(options, name), source
