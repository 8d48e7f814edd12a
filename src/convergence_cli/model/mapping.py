"""Which plan serves which objective: the links of a set of plans, followed once.

A link counts when it names a defined objective; a plan inherits from the plans that it is `part_of`, and an
objective has the plans of the objectives below it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any, Literal, NamedTuple, TypeVar

from .loops import knots_of
from .plans import Link, Objective, Placed, Plan, Plans, Side, Suggestion

PartId = Literal["not-green-lit", "mapped", "unapproved", "ended", "excused", "none"]
PARTS: tuple[PartId, ...] = ("mapped", "unapproved", "ended", "none", "excused", "not-green-lit")


MOST_NAMED = 6
"""Plans of an objective that are told by name."""
HEIRLOOMS = ("approved", "reviewed", "budget", "champion")
"""What a plan that does not say it itself has from the plans that it is part of, besides their links."""


Item = TypeVar("Item", Objective, Plan, Suggestion)


def by_id(items: Iterable[Placed[Item]]) -> dict[str, Placed[Item]]:
    """Items by id; of two with one id the first counts."""
    found: dict[str, Placed[Item]] = {}
    for placed in items:
        found.setdefault(placed.item.id, placed)
    return found


class Serving(NamedTuple):
    """The plans of an objective and of those below it: the first MOST_NAMED, and how many there are."""

    first: tuple[Placed[Plan], ...]
    number: int


def few(plans: Iterable[Placed[Plan]]) -> tuple[Placed[Plan], ...]:
    """The first of them, each once."""
    return tuple(islice({id(placed): placed for placed in plans}.values(), MOST_NAMED))


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
        self._within: set[str] = set()
        self._paid_below: set[str] = set()
        self._divided: dict[date, Mapping[PartId, Sequence[Plan]]] = {}
        self._served: dict[int, tuple[Objective, ...]] = {}
        """By the identity of a plan, for a dozen rules ask; `plans` keeps every plan where it is."""
        self._inherit()
        self._children: defaultdict[str, list[str]] = defaultdict(list)
        for objective in plans.objectives:
            for parent in objective.item.parent:
                self._children[parent].append(objective.item.id)
        self._plans_of: defaultdict[str, list[Placed[Plan]]] = defaultdict(list)
        for plan in plans.plans:
            for served in self.objectives_of(plan.item):
                self._plans_of[served.id].append(plan)

    def objectives_of(self, plan: Plan) -> tuple[Objective, ...]:
        """The objectives that a plan serves, itself first, then through `part_of`."""
        served = self._served.get(id(plan))
        if served is None:
            names = self.own_links(self.whole(plan))
            served = self._served[id(plan)] = tuple(
                self.objective_by_id[name].item for name in dict.fromkeys(names)
            )
        return served

    def own_links(self, plan: Plan) -> tuple[str, ...]:
        """The ids of the objectives that a plan itself names; an undefined id is no link."""
        return tuple(link.id for link in plan.serves if link.id in self.objective_by_id)

    def astray(self, plan: Plan) -> tuple[str, ...]:
        """The ids that a plan names and that are no link: no such objective, or no such plan above it."""
        named = [link.id for link in plan.serves if link.id not in self.objective_by_id]
        above = [name for name in plan.part_of if name not in self.plan_by_id]
        return tuple(dict.fromkeys([*named, *above]))

    def serving(self, fits: Callable[[Plan], bool]) -> Mapping[str, Serving]:
        """For every objective the plans that fit, its own before those of the objectives below it.

        One walk from the bottom up, on which an objective takes over the largest set of those below it: a
        chain of ten thousand takes no longer than ten thousand side by side.
        """
        found: dict[str, Serving] = {}
        all_of: dict[str, set[int]] = {}
        own = {
            name: [placed for placed in self._plans_of.get(name, ()) if fits(placed.item)]
            for name in self.objective_by_id
        }
        for knot in knots_of({name: self._children.get(name, ()) for name in self.objective_by_id}):
            members = set(knot)
            children = dict.fromkeys(child for name in knot for child in self._children.get(name, ()))
            below = [child for child in children if child not in members]
            largest = max(below, key=lambda name: len(all_of[name]), default="")
            plans = all_of.get(largest, set())
            if largest and len(self.objective_by_id[largest].item.parent) > 1:
                plans = set(plans)
            for name in below:
                plans |= all_of[name]
            plans.update(id(placed) for name in knot for placed in own[name])
            told = few(
                [
                    *(each for name in knot for each in own[name]),
                    *(each for name in below for each in found[name].first),
                ]
            )
            for name in knot:
                all_of[name] = plans
                found[name] = Serving(few([*own[name], *told]), len(plans))
        return found

    def served_by(self, fits: Callable[[Plan], bool]) -> frozenset[str]:
        """The ids of the objectives that have, themselves or below them, a plan that `fits`."""
        served: set[str] = set()
        waiting = [name for name, plans in self._plans_of.items() if any(fits(each.item) for each in plans)]
        while waiting:
            name = waiting.pop()
            if name in self.objective_by_id and name not in served:
                served.add(name)
                waiting += self.objective_by_id[name].item.parent
        return frozenset(served)

    def divided(self, on: date) -> Mapping[PartId, Sequence[Plan]]:
        """All plans by their part of `plans-mapped` on that day, each part in the files' order."""
        if on not in self._divided:
            parts: dict[PartId, list[Plan]] = {part: [] for part in PARTS}
            for placed in self.plans.plans:
                parts[self.part_of(placed.item, on)].append(placed.item)
            self._divided[on] = parts
        return self._divided[on]

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

    def is_it_idea(self, plan: Plan) -> bool:
        """It came from an IT suggestion: so its origin says, or the suggestion that it names is IT's."""
        return plan.origin == "it-suggestion" or self._suggested_by(plan) == "it"

    def came_from(self, plan: Plan) -> Side | None:
        """The side whose idea a plan was; None when it was both sides', neither's, or nobody says."""
        if self.is_it_idea(plan):
            return "it"
        asked = plan.origin == "business-request"
        suggested = plan.origin is None and self._suggested_by(plan) == "business"
        return "business" if asked or suggested else None

    def _suggested_by(self, plan: Plan) -> Side | None:
        suggestion = self.suggestion_by_id.get(plan.suggestion or "")
        return suggestion.item.side if suggestion else None

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
