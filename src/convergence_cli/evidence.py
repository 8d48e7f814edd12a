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
from .results.common import Amount, Evidence, Part
from .results.digest import Digest, ManagerKind, ObjectiveLine, PlanLine, UnitLine

Item = TypeVar("Item", Plan, Objective)
Role = Literal["for", "against", "outside"]
ROLES: dict[PartId, Role] = {"mapped": "for", "not-green-lit": "outside"}
"""The role of each part of `plans-mapped`; the others are against."""
MANAGER_KINDS: tuple[ManagerKind, ...] = ("strategic", "tactical")
NOTHING_MAPPED = "no plan records serves, part_of or no_objective_because"
NO_OBJECTIVES = "the files hold no objectives"
NO_GREEN_LIT = "no plan is green-lit, in progress or delivered"
NO_FORMALITY = "formality not recorded: no objective carries approved"


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
    parts = kinds or sorted(unread)
    if ledger.plans.is_partial:
        parts = ["the files"]
    if parts:
        return _indicator(name, 0, 0, (), f"part of {' and '.join(parts)} could not be read")
    return count(ledger)


def plans_mapped(ledger: Ledger) -> Evidence:
    """Green-lit plans that serve a live, formal objective, of all green-lit plans."""
    green_lit = len(ledger.green_lit)
    reason = _first(
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not ledger.objectives, NO_OBJECTIVES),
        (not green_lit, NO_GREEN_LIT),
    )
    note = None if ledger.links.formality_recorded else NO_FORMALITY
    return _indicator(
        "plans-mapped", len(ledger.parts["mapped"]), green_lit, _mapping_parts(ledger), reason, note
    )


def budget_mapped(ledger: Ledger) -> Evidence:
    """The money of the mapped plans, of all money of green-lit plans.

    When at least 9 of 10 green-lit plans record a budget (themselves, above them or in a part of theirs), all
    in one currency.
    """
    green_lit = len(ledger.green_lit)
    recorded = sum(map(ledger.links.has_budget, ledger.green_lit))
    some = f"budget recorded for {recorded} of {green_lit} green-lit plans"
    totals = ledger.links.money_of(ledger.green_lit)
    whole = sum(totals.values(), Decimal(0))
    mapped = sum(ledger.links.money_of(ledger.parts["mapped"]).values(), Decimal(0))
    reason = _first(
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not ledger.objectives, NO_OBJECTIVES),
        (not recorded, "no green-lit plan records budget"),
        (10 * recorded < 9 * green_lit, some),
        (len(totals) > 1, f"budgets are in more than one currency: {', '.join(map(_currency, totals))}"),
        (whole <= 0 or not 0 <= mapped <= whole, "the budgets do not add up to an amount above 0"),
    )
    mapped_plans = {id(plan) for plan in ledger.parts["mapped"]}
    parts = _divided(ledger, ledger.all_plans, is_green_lit, lambda plan: id(plan) in mapped_plans)
    note = some if recorded < green_lit else None
    return _indicator("budget-mapped", float(mapped), float(whole), () if reason else parts, reason, note)


def objectives_served(ledger: Ledger) -> Evidence:
    """Live objectives with a green-lit plan, their own or of an objective below them, of all live ones."""

    def is_live(objective: Objective) -> bool:
        return objective.is_live(ledger.on)

    served = ledger.links.served_by(is_green_lit)
    reason = _first(
        (not ledger.objectives, NO_OBJECTIVES),
        (not ledger.mapping_recorded, NOTHING_MAPPED),
        (not any(map(is_live, ledger.objectives)), f"no objective is live on {ledger.on}"),
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
        (not any(map(is_decided, ledger.objectives)), "no objective has the status met or missed"),
        (not any(plan.results for plan in ledger.all_plans), "no plan records results"),
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
        (not any(map(is_pursued, ledger.objectives)), "no objective is active or met"),
        (not any(each.enabled_by for each in ledger.objectives), "no objective records enabled_by"),
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
    """Units with a strategic and a tactical manager; a strategic one without `serves` has every unit."""
    units = list(dict.fromkeys(placed.item for placed in ledger.plans.units))
    managers = [placed.item for placed in ledger.plans.relationship_managers]
    tactical = {unit for each in managers if each.kind == "tactical" for unit in each.serves}
    strategic = {unit for each in managers if each.kind == "strategic" for unit in each.serves or units}
    reason = _first(
        (not units, "the files list no units"), (not managers, "the files list no relationship_managers")
    )
    managed = tactical & strategic
    parts = (
        _part_of_ids("for", "for", [unit for unit in units if unit in managed]),
        _part_of_ids("against", "against", [unit for unit in units if unit not in managed]),
        _part_of_ids("outside", "outside", []),
    )
    return _indicator("units-with-manager", parts[0].count, len(units), () if reason else parts, reason)


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
    reason = _first((missing is not None, f"no plan records {missing}"), (not ledger.green_lit, NO_GREEN_LIT))
    return _share(ledger, name, ledger.all_plans, is_green_lit, holds, reason)


def _share(
    ledger: Ledger,
    name: str,
    items: Sequence[Item],
    is_counted: Callable[[Item], bool],
    holds: Callable[[Item], bool],
    reason: str | None,
) -> Evidence:
    """How many of the items that are counted hold; the parts divide all items."""
    if reason:
        return _indicator(name, 0, 0, (), reason)
    parts = _divided(ledger, items, is_counted, holds)
    return _indicator(name, parts[0].count, parts[0].count + parts[1].count, parts, None)


def _divided(
    ledger: Ledger, items: Sequence[Item], is_counted: Callable[[Item], bool], holds: Callable[[Item], bool]
) -> tuple[Part, ...]:
    """All items, divided into those for, against and outside."""
    roles: dict[Role, list[Item]] = {"for": [], "against": [], "outside": []}
    for item in items:
        role: Role = "outside" if not is_counted(item) else "for" if holds(item) else "against"
        roles[role].append(item)
    return tuple(_part(ledger, role, role, members) for role, members in roles.items())


def _indicator(
    name: str, count: float, of: float, parts: tuple[Part, ...], reason: str | None, note: str | None = None
) -> Evidence:
    if reason:
        return Evidence(id=name, count=None, of=None, points=None, reason=reason, parts=parts)
    points = float(100 * Fraction(count) / Fraction(of))  # 100 * 10.79 / 10.79 is more than 100 in floats
    return Evidence(id=name, count=count, of=of, points=points, reason=note, parts=parts)


def _mapping_parts(ledger: Ledger) -> tuple[Part, ...]:
    return tuple(
        _part(ledger, name, ROLES.get(name, "against"), plans) for name, plans in ledger.parts.items()
    )


def _part(ledger: Ledger, name: str, role: Role, items: Sequence[Plan | Objective]) -> Part:
    money = ledger.links.money_of(item for item in items if isinstance(item, Plan))
    amounts = tuple(Amount(currency=currency, amount=float(amount)) for currency, amount in money.items())
    return Part(id=name, role=role, count=len(items), amounts=amounts, ids=tuple(item.id for item in items))


def _part_of_ids(name: str, role: Role, names: Sequence[str]) -> Part:
    return Part(id=name, role=role, count=len(names), ids=tuple(names))


def _first(*reasons: tuple[bool, str]) -> str | None:
    """The first reason that applies."""
    return next((reason for applies, reason in reasons if applies), None)


def _currency(name: str) -> str:
    return name or "none named"


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
    money = links.money_of([plan])
    return PlanLine(
        id=plan.id,
        title=plan.title,
        owner=plan.owner,
        part=links.part_of(plan, on),
        delivered=plan.is_delivered,
        amounts=tuple(Amount(currency=name, amount=float(amount)) for name, amount in money.items()),
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
    """What each unit has and lacks; a suggestion is a unit's when the unit is named as who made it.

    A strategic manager without `serves` has every unit.
    """
    of_unit: dict[str, list[str]] = defaultdict(list)
    for plan in (placed.item for placed in plans.plans if placed.item.is_green_lit):
        for unit in dict.fromkeys(plan.units):
            of_unit[unit].append(plan.id)
    made_by: dict[str, list[str]] = defaultdict(list)
    for suggestion in (placed.item for placed in plans.suggestions if placed.item.status == "open"):
        made_by[(suggestion.by or "").casefold()].append(suggestion.id)
    kinds: dict[str, set[str | None]] = defaultdict(set)
    everywhere = set()
    for manager in (placed.item for placed in plans.relationship_managers):
        if manager.kind == "strategic" and not manager.serves:
            everywhere.add(manager.kind)
        for unit in manager.serves:
            kinds[unit].add(manager.kind)
    for unit in dict.fromkeys(placed.item for placed in plans.units):
        managers = kinds[unit] | everywhere
        yield UnitLine(
            unit=unit,
            plans=tuple(of_unit[unit]),
            open_suggestions=tuple(made_by[unit.casefold()]),
            managers=tuple(kind for kind in MANAGER_KINDS if kind in managers),
            lacks=tuple(kind for kind in MANAGER_KINDS if kind not in managers),
        )
