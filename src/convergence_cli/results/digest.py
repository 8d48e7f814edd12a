"""The plans file as a score report needs it: indicators, and who owns what stands behind them."""

from __future__ import annotations

from typing import Literal

from .common import Amount, Evidence, Part, Result

ManagerKind = Literal["strategic", "tactical"]


class PlanLine(Result):
    """A plan with its part of `plans-mapped`, and the objectives that it serves.

    ``astray`` are the ids that it names and that lead to no objective, so that they do not count.
    """

    id: str
    title: str
    owner: str | None
    part: str
    delivered: bool
    amounts: tuple[Amount, ...]
    serves: tuple[str, ...]
    astray: tuple[str, ...]

    @property
    def money(self) -> float:
        """What it costs, whatever the currency."""
        return sum(amount.amount for amount in self.amounts)


class ObjectiveLine(Result):
    """An objective that is live; ``served``: by a green-lit plan; ``planned``: by any; ``excused``: a reason
    says why there is none."""

    id: str
    title: str
    owner: str | None
    priority: Literal["high", "normal", "low"]
    formal: bool
    served: bool
    planned: bool
    excused: bool


class UnitLine(Result):
    """A unit of the business: its green-lit plans, open suggestions, and the managers it lacks."""

    unit: str
    plans: tuple[str, ...]
    open_suggestions: tuple[str, ...]
    managers: tuple[ManagerKind, ...]
    lacks: tuple[ManagerKind, ...]


class Digest(Result):
    organization: str | None
    indicators: tuple[Evidence, ...]
    plans: tuple[PlanLine, ...]
    objectives: tuple[ObjectiveLine, ...]
    units: tuple[UnitLine, ...]

    def indicator(self, name: str) -> Evidence | None:
        return next((each for each in self.indicators if each.id == name), None)

    def parts(self, name: str) -> tuple[Part, ...]:
        found = self.indicator(name)
        return found.parts if found else ()


NO_PLANS = Digest(organization=None, indicators=(), plans=(), objectives=(), units=())
