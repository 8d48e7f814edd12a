"""Which plan serves which objective: the links of a set of plans, followed once.

A link counts when it names a defined objective; a plan inherits from the plans that it is `part_of`, and an
objective has the plans of the objectives below it.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal, TypeVar

from .loops import knots_of
from .plans import Link, Objective, Placed, Plan, Plans, Side, Suggestion

PartId = Literal["not-green-lit", "mapped", "unapproved", "ended", "excused", "none"]
PARTS: tuple[PartId, ...] = ("mapped", "unapproved", "ended", "none", "excused", "not-green-lit")


ENOUGH = 7
"""Plans of an objective: more than are told by name."""
HEIRLOOMS = ("approved", "reviewed", "budget", "champion")
"""What a plan that does not say it itself has from the plans that it is part of, besides their links."""


Item = TypeVar("Item", Objective, Plan, Suggestion)


def by_id(items: Iterable[Placed[Item]]) -> dict[str, Placed[Item]]:
    """Items by id; of two with one id the first counts."""
    found: dict[str, Placed[Item]] = {}
    for placed in items:
        found.setdefault(placed.item.id, placed)
    return found


class PlanMap:
    """The links of `plans`, and what stands at their ends."""

    def __init__(self, plans: Plans) -> None:
        self.plans = plans
        self.objective_by_id: Mapping[str, Placed[Objective]] = by_id(plans.objectives)
        self.plan_by_id: Mapping[str, Placed[Plan]] = by_id(plans.plans)
        self.suggestion_by_id: Mapping[str, Placed[Suggestion]] = by_id(plans.suggestions)
        self.formality_recorded = any(placed.item.approved for placed in plans.objectives)
        self.top_down: list[str] = []
        """The ids of all plans that are part of others, those above before those below."""
        self._whole: dict[int, Plan] = {}
        """By the identity of a plan: `plans` keeps every plan where it is."""
        self._within: set[str] = set()
        self._paid_below: set[str] = set()
        self._inherit()
        self._plans_of: defaultdict[str, list[Placed[Plan]]] = defaultdict(list)
        for plan in plans.plans:
            for served in self.objectives_of(plan.item):
                self._plans_of[served.id].append(plan)

    def objectives_of(self, plan: Plan) -> tuple[Objective, ...]:
        """The objectives that a plan serves, itself first, then through `part_of`."""
        names = dict.fromkeys(self.own_links(self.whole(plan)))
        return tuple(self.objective_by_id[name].item for name in names)

    def own_links(self, plan: Plan) -> tuple[str, ...]:
        """The ids of the objectives that a plan itself names; an undefined id is no link."""
        return tuple(link.id for link in plan.serves if link.id in self.objective_by_id)

    def astray(self, plan: Plan) -> tuple[str, ...]:
        """The ids that a plan names and that are no link: no such objective, or no such plan above it."""
        named = [link.id for link in plan.serves if link.id not in self.objective_by_id]
        above = [name for name in plan.part_of if name not in self.plan_by_id]
        return tuple(dict.fromkeys([*named, *above]))

    def serving(self, fits: Callable[[Plan], bool]) -> Mapping[str, Sequence[Placed[Plan]]]:
        """The plans that fit, of every objective that has any: its own, then those of objectives below it.

        The first ENOUGH of each. A plan climbs from objective to parent until one has enough: a chain of ten
        thousand takes no longer than ten thousand side by side.
        """
        found: defaultdict[str, dict[int, Placed[Plan]]] = defaultdict(dict)
        climbing = deque(
            (name, each) for name, own in self._plans_of.items() for each in own if fits(each.item)
        )
        while climbing:
            name, placed = climbing.popleft()
            if name in self.objective_by_id and len(found[name]) < ENOUGH and id(placed) not in found[name]:
                found[name][id(placed)] = placed
                climbing += ((parent, placed) for parent in self.objective_by_id[name].item.parent)
        return {name: tuple(plans.values()) for name, plans in found.items()}

    def divided(self, on: date) -> Mapping[PartId, Sequence[Plan]]:
        """All plans by their part of `plans-mapped` on that day, each part in the files' order."""
        parts: dict[PartId, list[Plan]] = {part: [] for part in PARTS}
        for placed in self.plans.plans:
            parts[self.part_of(placed.item, on)].append(placed.item)
        return parts

    def part_of(self, plan: Plan, on: date) -> PartId:
        """The part of `plans-mapped` in which a plan stands: the first that fits."""
        if not plan.is_green_lit:
            return "not-green-lit"
        served = self.objectives_of(plan)
        live = [objective for objective in served if objective.is_live(on)]
        if any(objective.is_formal for objective in live):
            return "mapped"
        if live:
            return "unapproved" if self.formality_recorded else "mapped"
        if served:
            return "ended"
        return "excused" if plan.no_objective_because else "none"

    def came_from(self, plan: Plan) -> Side | None:
        """The side whose idea a plan was, by its origin or its suggestion; IT's if either says so.

        None when it was both sides', neither's, or nobody says.
        """
        suggestion = self.suggestion_by_id.get(plan.suggestion or "")
        suggested = suggestion.item.side if suggestion else None
        if plan.origin == "it-suggestion" or suggested == "it":
            return "it"
        return "business" if plan.origin == "business-request" else None if plan.origin else suggested

    def whole(self, plan: Plan) -> Plan:
        """The plan with the links and whatever else it has from the plans that it is part of."""
        if not plan.part_of:
            return plan
        if id(plan) not in self._whole:
            above = [self.plan_by_id[name].item for name in plan.part_of if name in self.plan_by_id]
            self._whole[id(plan)] = filled(plan, [self.whole(each) for each in above])
        return self._whole[id(plan)]

    def has_budget(self, plan: Plan) -> bool:
        """Whether an amount, if only 0, is recorded for the plan, for one above it, or for a part of it."""
        return self.whole(plan).budget is not None or plan.id in self._paid_below

    def money_of(self, items: Iterable[Plan]) -> dict[str, Decimal]:
        """The budgets of `items`, summed by currency, in the order of the currencies' names.

        A family's money is counted once, at its top: a plan below one that records an amount (other than 0)
        adds nothing to it.
        """
        sums: dict[str, Decimal] = {}
        common = self.plans.currency or ""
        for item in items:
            if item.budget is not None and item.id not in self._within:
                currency = item.budget.currency or common
                sums[currency] = sums.get(currency, Decimal(0)) + item.budget.amount
        return dict(sorted(sums.items()))

    def records(self, name: str) -> bool:
        """Whether any item fills the field (``plans.budget``), or the list (``units``) holds anything."""
        kind, _, steps = name.partition(".")
        values = [placed.item for placed in getattr(self.plans, kind)]
        for step in filter(None, steps.split(".")):
            found = (getattr(value, step) for value in values)
            values = [each for one in found if one for each in (one if isinstance(one, tuple) else (one,))]
        return bool(values)

    def _inherit(self) -> None:
        """From the top down; the plans of a loop have everything in common."""
        above = {
            name: [each for each in placed.item.part_of if each in self.plan_by_id]
            for name, placed in self.plan_by_id.items()
            if placed.item.part_of
        }
        budgets = {name: placed.item.budget for name, placed in self.plan_by_id.items()}
        paid = {name for name, budget in budgets.items() if budget and budget.amount}
        for knot in knots_of(above):
            members = [self.plan_by_id[name].item for name in knot]
            inside = set(knot)
            outside = dict.fromkeys(each for name in knot for each in above[name] if each not in inside)
            wholes = [self.whole(self.plan_by_id[name].item) for name in outside]
            shared = wholes if len(knot) == 1 else [filled(members[0], [*members[1:], *wholes])]
            self._whole |= {id(plan): filled(plan, shared) for plan in members}
            if not paid.isdisjoint(outside):
                self._within |= inside
            if not paid.isdisjoint((*outside, *knot)):
                paid |= inside
            self.top_down += knot
        waiting = [each for name in above if budgets[name] for each in above[name]]
        while waiting:
            name = waiting.pop()
            if name not in self._paid_below:
                self._paid_below.add(name)
                waiting += above.get(name, ())


def filled(plan: Plan, above: Sequence[Plan]) -> Plan:
    """`plan` with the links of all plans `above` it, and with the first of theirs where it lacks a thing."""
    links: dict[str, Link] = {}
    for each in (plan, *above):
        for link in each.serves:
            links.setdefault(link.id, link)
    lacking = [name for name in HEIRLOOMS if getattr(plan, name) is None]
    given: dict[str, Any] = {
        name: next((value for each in above if (value := getattr(each, name)) is not None), None)
        for name in lacking
    }
    return replace(plan, serves=tuple(links.values()), **given)
