"""What a user may set for the check: in the `[check]` table of a file, or on the command line."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Names = Annotated[tuple[str, ...], Field(strict=False)]
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
