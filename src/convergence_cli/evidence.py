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
NOTHING_MAPPED = Reason.of("nothing-mapped")
NO_OBJECTIVES = Reason.of("no-objectives")
NO_GREEN_LIT = Reason.of("no-green-lit")
NO_FORMALITY = Reason.of("no-formality")


@dataclass(frozen=True)
class Ledger:
    """What every indicator looks at: the plans, their links, the day, and each plan's part."""

    plans: Plans
    links: PlanMap
    on: date
    parts: Mapping[PartId, Sequence[Plan]]

    @cached_property
    def all_plans(self) -> list[Plan]:
        return [placed.item for placed in self.plans.plans]

    @cached_property
    def objectives(self) -> list[Objective]:
        return [placed.item for placed in self.plans.objectives]

    @cached_property
    def green_lit(self) -> list[Plan]:
        return [plan for plan in self.all_plans if plan.is_green_lit]

    @cached_property
    def delivered(self) -> list[Plan]:
        return [plan for plan in self.all_plans if plan.is_delivered]

    @cached_property
    def mapping_recorded(self) -> bool:
        return any(plan.serves or plan.part_of or plan.no_objective_because for plan in self.all_plans)


def count_evidence(plans: Plans, on: date, links: PlanMap | None = None) -> tuple[Evidence, ...]:
    """The nine indicators as they stand on the day `on`, always in the same order."""
    links = links or PlanMap(plans)
    ledger = Ledger(plans, links, on, links.divided(on))
    return tuple(counted(name, ledger) for name in INDICATORS)


def counted(name: str, ledger: Ledger) -> Evidence:
    """An indicator; null where something that it rests on is written in the files and could not be read."""
    count, reads = INDICATORS[name]
    unread = reads & ledger.plans.all_unread
    kinds = sorted(each for each in unread if "." not in each)
    parts = ["the files"] if ledger.plans.is_partial else kinds or sorted(unread)
    return _null(name, Reason.of("unread", what=" and ".join(parts))) if parts else count(ledger)


def plans_mapped(ledger: Ledger) -> Evidence:
    """Green-lit plans that serve a live, formal objective, of all green-lit plans."""
    parts = tuple(
        _part(ledger, name, ROLES.get(name, "against"), plans) for name, plans in ledger.parts.items()
    )
    reason = _first(
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not ledger.objectives, NO_OBJECTIVES),
        (not ledger.green_lit, NO_GREEN_LIT),
    )
    if reason:
        return _null("plans-mapped", reason, parts)
    note = None if ledger.links.formality_recorded else NO_FORMALITY
    return _found("plans-mapped", len(ledger.parts["mapped"]), len(ledger.green_lit), parts, note)


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
    reason = _first(
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not ledger.objectives, NO_OBJECTIVES),
        (not recorded, Reason.of("no-budgets")),
        (10 * recorded < 9 * green_lit, some),
        (len(totals) > 1, Reason.of("several-currencies", currencies=currencies)),
        (whole <= 0 or not 0 <= mapped <= whole, Reason.of("no-total")),
    )
    if reason:
        return _null("budget-mapped", reason)
    mapped_plans = {id(plan) for plan in ledger.parts["mapped"]}
    parts = _divided(ledger, ledger.all_plans, is_green_lit, lambda plan: id(plan) in mapped_plans)
    note = some if recorded < green_lit else None
    return _found("budget-mapped", float(mapped), float(whole), parts, note)


def objectives_served(ledger: Ledger) -> Evidence:
    """Live objectives with a green-lit plan, their own or of an objective below them, of all live ones."""

    def is_live(objective: Objective) -> bool:
        return objective.is_live(ledger.on)

    served = ledger.links.served_by(is_green_lit)
    reason = _first(
        (not ledger.objectives, NO_OBJECTIVES),
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not any(map(is_live, ledger.objectives)), Reason.of("none-live", on=str(ledger.on))),
    )
    return _share(
        ledger, "objectives-served", ledger.objectives, is_live, lambda each: each.id in served, reason
    )


def ideas_taken_up(ledger: Ledger) -> Evidence:
    """Green-lit plans that came from an IT suggestion, of all green-lit plans."""
    recorded = any(plan.origin or plan.suggestion for plan in ledger.all_plans)
    return _of_green_lit(ledger, "ideas-taken-up", ledger.links.is_it_idea, {"origin": recorded})


def goals_met_through_it(ledger: Ledger) -> Evidence:
    """Met objectives for which a delivered plan records a result, of all met or missed."""
    credited = {result.objective for plan in ledger.delivered for result in plan.results}

    def is_decided(objective: Objective) -> bool:
        return objective.status in ("met", "missed")

    def is_met_through_it(objective: Objective) -> bool:
        return objective.status == "met" and objective.id in credited

    reason = _first(
        (not any(map(is_decided, ledger.objectives)), Reason.of("none-decided")),
        (not any(plan.results for plan in ledger.all_plans), Reason.of("no-plan-records", field="results")),
    )
    return _share(ledger, "goals-met-through-it", ledger.objectives, is_decided, is_met_through_it, reason)


def opportunities_from_it(ledger: Ledger) -> Evidence:
    """Active or met objectives that a delivered plan made possible, of all active or met."""
    delivered = {plan.id for plan in ledger.delivered}

    def is_pursued(objective: Objective) -> bool:
        return objective.status in ("active", "met")

    def is_enabled(objective: Objective) -> bool:
        return not delivered.isdisjoint(objective.enabled_by)

    reason = _first(
        (not any(map(is_pursued, ledger.objectives)), Reason.of("none-pursued")),
        (not any(each.enabled_by for each in ledger.objectives), Reason.of("none-enabled")),
    )
    return _share(ledger, "opportunities-from-it", ledger.objectives, is_pursued, is_enabled, reason)


def championed_unprompted(ledger: Ledger) -> Evidence:
    """Green-lit plans whose champion is on the business side and needed no prompting, of all green-lit.

    A plan has the champion of the plan that it is part of, unless it names its own.
    """
    champions = [plan.champion for plan in ledger.all_plans if plan.champion]
    recorded = {
        "champion": bool(champions),
        "champion.side": any(champion.side for champion in champions),
        "champion.prompting": any(champion.prompting for champion in champions),
    }

    def holds(plan: Plan) -> bool:
        champion = ledger.links.whole(plan).champion
        return champion is not None and champion.side == "business" and champion.prompting == "none"

    return _of_green_lit(ledger, "championed-unprompted", holds, recorded)


def one_voice(ledger: Ledger) -> Evidence:
    """Green-lit plans promoted by the side they did not come from (by both, if by no one side's idea)."""
    needed: dict[Side | None, set[Side]] = {"it": {"business"}, "business": {"it"}, None: {"business", "it"}}

    def is_shared(plan: Plan) -> bool:
        return needed[ledger.links.came_from(plan)] <= set(plan.promoted_by)

    recorded = any(plan.promoted_by for plan in ledger.all_plans)
    return _of_green_lit(ledger, "one-voice", is_shared, {"promoted_by": recorded})


def units_with_manager(ledger: Ledger) -> Evidence:
    """Units with a strategic and a tactical manager."""
    units = list(dict.fromkeys(placed.item for placed in ledger.plans.units))
    managed = units_of(ledger.plans)
    reason = _first(
        (not units, Reason.of("none-listed", what="units")),
        (not ledger.plans.relationship_managers, Reason.of("none-listed", what="relationship_managers")),
    )
    both = managed["strategic"] & managed["tactical"]
    return _share(ledger, "units-with-manager", units, lambda unit: True, both.__contains__, reason)


def units_of(plans: Plans) -> Mapping[ManagerKind, set[str]]:
    """The units that managers of each kind serve; a strategic one without `serves` has every unit."""
    managers = [placed.item for placed in plans.relationship_managers]
    everywhere = any(each.kind == "strategic" and not each.serves for each in managers)
    served = {
        kind: {unit for each in managers if each.kind == kind for unit in each.serves}
        for kind in MANAGER_KINDS
    }
    if everywhere:
        served["strategic"].update(placed.item for placed in plans.units)
    return served


def fields(kind: str, names: str) -> frozenset[str]:
    """The items of a kind, and some of their fields, by the names of `Plans.unread`."""
    return frozenset({kind, *(f"{kind}.{name}" for name in names.split())})


STATUS = fields("plans", "status")
LINKS = STATUS | fields("plans", "serves part_of")
MAPPING = (
    LINKS | fields("plans", "no_objective_because") | fields("objectives", "status starts ends approved")
)
IDEAS = STATUS | fields("plans", "origin suggestion") | fields("suggestions", "side")
INDICATORS: Mapping[str, tuple[Callable[[Ledger], Evidence], frozenset[str]]] = {
    "plans-mapped": (plans_mapped, MAPPING),
    "budget-mapped": (budget_mapped, MAPPING | {"plans.budget", "currency"}),
    "objectives-served": (objectives_served, LINKS | fields("objectives", "status starts ends parent")),
    "ideas-taken-up": (ideas_taken_up, IDEAS),
    "goals-met-through-it": (
        goals_met_through_it,
        STATUS | {"plans.results"} | fields("objectives", "status"),
    ),
    "opportunities-from-it": (opportunities_from_it, STATUS | fields("objectives", "status enabled_by")),
    "championed-unprompted": (championed_unprompted, STATUS | {"plans.champion", "plans.part_of"}),
    "one-voice": (one_voice, IDEAS | {"plans.promoted_by"}),
    "units-with-manager": (units_with_manager, fields("relationship_managers", "kind serves") | {"units"}),
}
"""What counts each indicator, and what it reads."""


def is_green_lit(plan: Plan) -> bool:
    return plan.is_green_lit


def _of_green_lit(
    ledger: Ledger, name: str, holds: Callable[[Plan], bool], recorded: dict[str, bool]
) -> Evidence:
    """A share of the green-lit plans; null while a field that it rests on is recorded by no plan."""
    missing = next((field for field, is_there in recorded.items() if not is_there), None)
    reason = _first(
        (missing is not None, Reason.of("no-plan-records", field=missing)),
        (not ledger.green_lit, NO_GREEN_LIT),
    )
    return _share(ledger, name, ledger.all_plans, is_green_lit, holds, reason)


def _share(
    ledger: Ledger,
    name: str,
    items: Sequence[Item],
    is_counted: Callable[[Item], bool],
    holds: Callable[[Item], bool],
    reason: Reason | None,
) -> Evidence:
    """How many of the items that are counted hold; the parts divide all items."""
    if reason:
        return _null(name, reason)
    parts = _divided(ledger, items, is_counted, holds)
    return _found(name, parts[0].count, parts[0].count + parts[1].count, parts)


def _divided(
    ledger: Ledger, items: Sequence[Item], is_counted: Callable[[Item], bool], holds: Callable[[Item], bool]
) -> tuple[Part, ...]:
    """All items, divided into those for, against and outside."""
    roles: dict[Role, list[Item]] = {"for": [], "against": [], "outside": []}
    for item in items:
        role: Role = "outside" if not is_counted(item) else "for" if holds(item) else "against"
        roles[role].append(item)
    return tuple(_part(ledger, role, role, members) for role, members in roles.items())


def _part(ledger: Ledger, name: str, role: Role, items: Sequence[Plan | Objective | str]) -> Part:
    money = ledger.links.money_of(item for item in items if isinstance(item, Plan))
    ids = tuple(item if isinstance(item, str) else item.id for item in items)
    return Part(id=name, role=role, count=len(items), amounts=amounts_of(money), ids=ids)


def amounts_of(money: Mapping[str, Decimal]) -> tuple[Amount, ...]:
    return tuple(Amount(currency=currency, amount=float(amount)) for currency, amount in money.items())


def _null(name: str, reason: Reason, parts: tuple[Part, ...] = ()) -> Evidence:
    return Evidence(id=name, count=None, of=None, points=None, reason=reason, parts=parts)


def _found(
    name: str, count: float, of: float, parts: tuple[Part, ...], note: Reason | None = None
) -> Evidence:
    points = float(100 * Fraction(count) / Fraction(of))  # 100 * 10.79 / 10.79 is more than 100 in floats
    return Evidence(id=name, count=count, of=of, points=points, reason=note, parts=parts)


def _first(*reasons: tuple[bool, Reason]) -> Reason | None:
    """The first reason that applies."""
    return next((reason for applies, reason in reasons if applies), None)


def digest(plans: Plans, on: date) -> Digest:
    """The indicators on the day `on`, with the plans, live objectives and units that stand behind them."""
    links = PlanMap(plans)
    served = links.served_by(lambda plan: plan.is_green_lit)
    planned = links.served_by(lambda plan: True)
    return Digest(
        organization=plans.organization,
        indicators=count_evidence(plans, on, links),
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
