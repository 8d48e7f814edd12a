"""What the plans file shows: nine indicators, each with its parts.

Pure: plans and a day in, indicators out. An indicator that nobody recorded is null and says which field is
missing; it is never 0. The definitions stand in the docs under "Indicators".
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import Literal, TypeVar

from .model.mapping import PartId, PlanMap
from .model.plans import Objective, Plan, Plans, Side
from .results.common import Amount, Evidence, Part, Reason
from .results.digest import Digest, ManagerKind, ObjectiveLine, PlanLine, UnitLine

Item = TypeVar("Item", Plan, Objective, str)
Role = Literal["for", "against", "outside"]
ROLES: dict[PartId, Role] = {"mapped": "for", "not-green-lit": "outside"}
"""The role of each part of `plans-mapped`; the others are against."""
MANAGER_KINDS: tuple[ManagerKind, ...] = ("strategic", "tactical")
NO_GREEN_LIT = Reason.of("no-green-lit")
Unless = tuple[bool, Reason]
"""Whether something keeps an indicator from being counted, and what it is."""


@dataclass(frozen=True)
class Ledger:
    """What every indicator looks at: the plans with their links, and the day."""

    links: PlanMap
    on: date

    @property
    def plans(self) -> Plans:
        return self.links.plans

    @cached_property
    def parts(self) -> Mapping[PartId, Sequence[Plan]]:
        return self.links.divided(self.on)

    @cached_property
    def all_plans(self) -> list[Plan]:
        return [placed.item for placed in self.plans.plans]

    @cached_property
    def objectives(self) -> list[Objective]:
        return [placed.item for placed in self.plans.objectives]

    @cached_property
    def green_lit(self) -> list[Plan]:
        return list(filter(is_green_lit, self.all_plans))

    @cached_property
    def not_mapped(self) -> tuple[Unless, Unless]:
        """Without these nothing can be said of who serves what."""
        mapped = any(map(self.links.records, ("plans.serves", "plans.part_of", "plans.no_objective_because")))
        no_objectives = not self.objectives, Reason.of("no-objectives")
        return (not mapped, Reason.of("nothing-mapped")), no_objectives

    def share(
        self,
        items: Sequence[Item],
        is_counted: Callable[[Item], bool],
        holds: Callable[[Item], bool],
        *unless: Unless,
    ) -> Evidence:
        """How many of the items that are counted hold; the parts divide all items."""
        if reason := first(*unless):
            return uncounted(reason)
        parts = self.divided(items, is_counted, holds)
        return counted(parts[0].count, parts[0].count + parts[1].count, parts)

    def of_green_lit(self, holds: Callable[[Plan], bool], *fields: str) -> Evidence:
        """A share of the green-lit plans; null while a field that it rests on is recorded by no plan."""
        absent = map(self.absent, fields)
        return self.share(self.all_plans, is_green_lit, holds, *absent, (not self.green_lit, NO_GREEN_LIT))

    def absent(self, field: str) -> Unless:
        return not self.links.records(f"plans.{field}"), Reason.of("no-plan-records", field=field)

    def divided(
        self, items: Sequence[Item], is_counted: Callable[[Item], bool], holds: Callable[[Item], bool]
    ) -> tuple[Part, ...]:
        """All items, divided into those for, against and outside."""
        roles: dict[Role, list[Item]] = {"for": [], "against": [], "outside": []}
        for item in items:
            role: Role = "outside" if not is_counted(item) else "for" if holds(item) else "against"
            roles[role].append(item)
        return tuple(self.part(role, role, members) for role, members in roles.items())

    def part(self, name: str, role: Role, items: Sequence[Plan | Objective | str]) -> Part:
        money = self.links.money_of(item for item in items if isinstance(item, Plan))
        ids = tuple(item if isinstance(item, str) else item.id for item in items)
        return Part(id=name, role=role, count=len(items), amounts=amounts_of(money), ids=ids)


def amounts_of(money: Mapping[str, Decimal]) -> tuple[Amount, ...]:
    return tuple(Amount(currency=currency, amount=float(amount)) for currency, amount in money.items())


def uncounted(reason: Reason, parts: tuple[Part, ...] = ()) -> Evidence:
    return Evidence(id="", count=None, of=None, points=None, reason=reason, parts=parts)


def counted(count: float, of: float, parts: tuple[Part, ...], note: Reason | None = None) -> Evidence:
    points = float(100 * Fraction(count) / Fraction(of))  # 100 * 10.79 / 10.79 is more than 100 in floats
    return Evidence(id="", count=count, of=of, points=points, reason=note, parts=parts)


def first(*unless: Unless) -> Reason | None:
    """The first reason that applies."""
    return next((reason for applies, reason in unless if applies), None)


def is_green_lit(plan: Plan) -> bool:
    return plan.is_green_lit


Count = Callable[[Ledger], Evidence]
INDICATORS: dict[str, Count] = {}


def indicator(**reads: str) -> Callable[[Count], Count]:
    """An indicator of the function's name, by the fields that it reads of each kind of item.

    It is null where something of these is written in the files and could not be read.
    """
    fields = {f"{kind}.{name}" for kind, names in reads.items() for name in names.split()} | reads.keys()

    def declared(count: Count) -> Count:
        def whole(ledger: Ledger) -> Evidence:
            unread = fields & ledger.plans.all_unread
            kinds = sorted(each for each in unread if "." not in each)
            parts = ["the files"] if ledger.plans.is_partial else kinds or sorted(unread)
            return uncounted(Reason.of("unread", what=" and ".join(parts))) if parts else count(ledger)

        INDICATORS[count.__name__.replace("_", "-")] = whole
        return count

    return declared


def count_evidence(links: PlanMap, on: date) -> tuple[Evidence, ...]:
    """The nine indicators as they stand on the day `on`, always in the same order."""
    ledger = Ledger(links, on)
    return tuple(count(ledger).model_copy(update={"id": name}) for name, count in INDICATORS.items())


@indicator(plans="status serves part_of no_objective_because", objectives="status starts ends approved")
def plans_mapped(ledger: Ledger) -> Evidence:
    """Green-lit plans that serve a live, formal objective, of all green-lit plans."""
    parts = tuple(
        ledger.part(name, ROLES.get(name, "against"), plans) for name, plans in ledger.parts.items()
    )
    if reason := first(*ledger.not_mapped, (not ledger.green_lit, NO_GREEN_LIT)):
        return uncounted(reason, parts)
    note = None if ledger.links.formality_recorded else Reason.of("no-formality")
    return counted(len(ledger.parts["mapped"]), len(ledger.green_lit), parts, note)


@indicator(
    plans="status serves part_of no_objective_because budget",
    objectives="status starts ends approved",
    currency="",
)
def budget_mapped(ledger: Ledger) -> Evidence:
    """The money of the mapped plans, of all money of green-lit plans.

    When at least 9 of 10 green-lit plans record a budget (themselves, above them or in a part of theirs), all
    in one currency.
    """
    green_lit = len(ledger.green_lit)
    recorded = sum(map(ledger.links.has_budget, ledger.green_lit))
    some = Reason.of("some-budgets", recorded=recorded, of=green_lit)
    totals = ledger.links.money_of(ledger.green_lit)
    whole = sum(totals.values(), Decimal(0))
    mapped = sum(ledger.links.money_of(ledger.parts["mapped"]).values(), Decimal(0))
    currencies = ", ".join(currency or "none named" for currency in totals)
    reason = first(
        *ledger.not_mapped,
        (not recorded, Reason.of("no-budgets")),
        (10 * recorded < 9 * green_lit, some),
        (len(totals) > 1, Reason.of("several-currencies", currencies=currencies)),
        (whole <= 0 or not 0 <= mapped <= whole, Reason.of("no-total")),
    )
    if reason:
        return uncounted(reason)
    parts = ledger.divided(
        ledger.all_plans, is_green_lit, lambda plan: ledger.links.part_of(plan, ledger.on) == "mapped"
    )
    return counted(float(mapped), float(whole), parts, some if recorded < green_lit else None)


@indicator(plans="status serves part_of", objectives="status starts ends parent")
def objectives_served(ledger: Ledger) -> Evidence:
    """Live objectives with a green-lit plan, their own or of an objective below them, of all live ones."""

    def is_live(objective: Objective) -> bool:
        return objective.is_live(ledger.on)

    served = ledger.links.serving(is_green_lit)
    none_live = not any(map(is_live, ledger.objectives)), Reason.of("none-live", on=str(ledger.on))
    unless = *reversed(ledger.not_mapped), none_live
    return ledger.share(ledger.objectives, is_live, lambda each: each.id in served, *unless)


@indicator(plans="status origin suggestion", suggestions="side")
def ideas_taken_up(ledger: Ledger) -> Evidence:
    """Green-lit plans that came from an IT suggestion, of all green-lit plans."""
    instead = ledger.links.records("plans.suggestion")
    return ledger.of_green_lit(
        lambda plan: ledger.links.came_from(plan) == "it", *(() if instead else ("origin",))
    )


@indicator(plans="status results", objectives="status")
def goals_met_through_it(ledger: Ledger) -> Evidence:
    """Met objectives for which a delivered plan records a result, of all met or missed."""
    credited = {result.objective for plan in ledger.all_plans if plan.is_delivered for result in plan.results}

    def is_decided(objective: Objective) -> bool:
        return objective.status in ("met", "missed")

    return ledger.share(
        ledger.objectives,
        is_decided,
        lambda objective: objective.status == "met" and objective.id in credited,
        (not any(map(is_decided, ledger.objectives)), Reason.of("none-decided")),
        ledger.absent("results"),
    )


@indicator(plans="status", objectives="status enabled_by")
def opportunities_from_it(ledger: Ledger) -> Evidence:
    """Active or met objectives that a delivered plan made possible, of all active or met."""
    delivered = {plan.id for plan in ledger.all_plans if plan.is_delivered}

    def is_pursued(objective: Objective) -> bool:
        return objective.status in ("active", "met")

    return ledger.share(
        ledger.objectives,
        is_pursued,
        lambda objective: not delivered.isdisjoint(objective.enabled_by),
        (not any(map(is_pursued, ledger.objectives)), Reason.of("none-pursued")),
        (not ledger.links.records("objectives.enabled_by"), Reason.of("none-enabled")),
    )


@indicator(plans="status champion part_of")
def championed_unprompted(ledger: Ledger) -> Evidence:
    """Green-lit plans whose champion is on the business side and needed no prompting, of all green-lit.

    A plan has the champion of the plan that it is part of, unless it names its own.
    """

    def holds(plan: Plan) -> bool:
        champion = ledger.links.whole(plan).champion
        return champion is not None and champion.side == "business" and champion.prompting == "none"

    return ledger.of_green_lit(holds, "champion", "champion.side", "champion.prompting")


@indicator(plans="status origin suggestion promoted_by", suggestions="side")
def one_voice(ledger: Ledger) -> Evidence:
    """Green-lit plans promoted by the side they did not come from (by both, if by no one side's idea)."""
    needed: dict[Side | None, set[Side]] = {"it": {"business"}, "business": {"it"}, None: {"business", "it"}}

    def is_shared(plan: Plan) -> bool:
        return needed[ledger.links.came_from(plan)] <= set(plan.promoted_by)

    return ledger.of_green_lit(is_shared, "promoted_by")


@indicator(relationship_managers="kind serves", units="")
def units_with_manager(ledger: Ledger) -> Evidence:
    """Units with a strategic and a tactical manager."""
    units = list(dict.fromkeys(placed.item for placed in ledger.plans.units))
    managed = units_of(ledger.plans)
    return ledger.share(
        units,
        lambda unit: True,
        (managed["strategic"] & managed["tactical"]).__contains__,
        (not units, Reason.of("none-listed", what="units")),
        (not ledger.plans.relationship_managers, Reason.of("none-listed", what="relationship_managers")),
    )


def units_of(plans: Plans) -> Mapping[ManagerKind, set[str]]:
    """The units that managers of each kind serve; a strategic one without `serves` has every unit."""
    served: dict[ManagerKind, set[str]] = {kind: set() for kind in MANAGER_KINDS}
    units = {placed.item for placed in plans.units}
    for manager in (placed.item for placed in plans.relationship_managers):
        if manager.kind:
            served[manager.kind] |= set(manager.serves) or (units if manager.kind == "strategic" else set())
    return served


def digest(plans: Plans, on: date) -> Digest:
    """The indicators on the day `on`, with the plans, live objectives and units that stand behind them."""
    links = PlanMap(plans)
    served, planned = links.serving(is_green_lit), links.serving(lambda plan: True)
    return Digest(
        organization=plans.organization,
        indicators=count_evidence(links, on),
        plans=tuple(_plan_line(placed.item, links, on) for placed in plans.plans),
        objectives=tuple(
            _objective_line(placed.item, served, planned)
            for placed in plans.objectives
            if placed.item.is_live(on)
        ),
        units=tuple(_unit_lines(plans)),
    )


def _plan_line(plan: Plan, links: PlanMap, on: date) -> PlanLine:
    return PlanLine(
        id=plan.id,
        title=plan.title,
        owner=plan.owner,
        part=links.part_of(plan, on),
        delivered=plan.is_delivered,
        amounts=amounts_of(links.money_of([plan])),
        serves=tuple(objective.id for objective in links.objectives_of(plan)),
        astray=links.astray(plan),
    )


def _objective_line(objective: Objective, served: Container[str], planned: Container[str]) -> ObjectiveLine:
    return ObjectiveLine(
        id=objective.id,
        title=objective.title,
        owner=objective.owner,
        priority=objective.priority,
        formal=objective.is_formal,
        served=objective.id in served,
        planned=objective.id in planned,
        excused=bool(objective.no_plan_because),
    )


def _unit_lines(plans: Plans) -> Iterator[UnitLine]:
    """What each unit has and lacks; a suggestion is a unit's when the unit is named as who made it."""
    of_unit: dict[str, list[str]] = defaultdict(list)
    for plan in (placed.item for placed in plans.plans if placed.item.is_green_lit):
        for unit in dict.fromkeys(plan.units):
            of_unit[unit].append(plan.id)
    made_by: dict[str, list[str]] = defaultdict(list)
    for suggestion in (placed.item for placed in plans.suggestions if placed.item.status == "open"):
        made_by[(suggestion.by or "").casefold()].append(suggestion.id)
    managed = units_of(plans)
    for unit in dict.fromkeys(placed.item for placed in plans.units):
        yield UnitLine(
            unit=unit,
            plans=tuple(of_unit[unit]),
            open_suggestions=tuple(made_by[unit.casefold()]),
            managers=tuple(kind for kind in MANAGER_KINDS if unit in managed[kind]),
            lacks=tuple(kind for kind in MANAGER_KINDS if unit not in managed[kind]),
        )
