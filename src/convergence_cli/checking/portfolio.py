"""What the rules look at: the plans with their links, the options, the day, what is recorded at all."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

from ..model.mapping import HEIRLOOMS, PlanMap
from ..model.options import CheckOptions
from ..model.plans import ItemPlace, Placed, Plan, Plans
from ..results.common import Evidence

INHERITED = frozenset(f"plans.{name}" for name in ("serves", *HEIRLOOMS))


def is_named(field: str, name: str) -> bool:
    """Whether `require` may mean the field by that name: the kind may be left out."""
    return field == name or field.endswith(f".{name}")


@dataclass(frozen=True)
class Portfolio:
    """One check's view of the files."""

    links: PlanMap
    today: date
    evidence: Sequence[Evidence] = ()
    options: CheckOptions = field(default_factory=CheckOptions)
    _recorded: dict[str, bool] = field(default_factory=dict)

    @property
    def plans(self) -> Plans:
        return self.links.plans

    @property
    def objectives_and_plans(self) -> tuple[Placed[Any], ...]:
        return (*self.plans.objectives, *self.plans.plans)

    @cached_property
    def plans_of_known_status(self) -> tuple[Placed[Plan], ...]:
        """The plans without those of a status that could not be read."""
        plans, unread = self.plans.plans, self.plans.unread
        return tuple(p for p in plans if "plans.status" not in unread.get(p.place, ())) if unread else plans

    @cached_property
    def unread(self) -> Mapping[ItemPlace, frozenset[str]]:
        """`Plans.unread`, with what a plan links to, or is part of, without anybody knowing what it says."""
        plans, links = self.plans, self.links
        found = dict(plans.unread)
        for placed in plans.plans:
            names = found.get(placed.place, frozenset())
            if any(link.id not in links.objective_by_id for link in placed.item.serves):
                names |= {"plans.serves"}
            if "plans.part_of" in names or any(name not in links.plan_by_id for name in placed.item.part_of):
                names |= INHERITED
            if names:
                found[placed.place] = names
        for placed in (links.plan_by_id[name] for name in links.top_down) if found else ():
            above = (links.plan_by_id[name].place for name in placed.item.part_of if name in links.plan_by_id)
            names = frozenset().union(*(found.get(place, frozenset()) & INHERITED for place in above))
            if names:
                found[placed.place] = found.get(placed.place, frozenset()) | names
        for place in self._over_unread_budgets():
            found[place] = found.get(place, frozenset()) | {"plans.budget"}
        return found

    def _over_unread_budgets(self) -> Iterator[ItemPlace]:
        """The plans that record no budget and have a part whose own could not be read."""
        by_id, unread = self.links.plan_by_id, self.plans.unread
        waiting = [each.item for each in self.plans.plans if "plans.budget" in unread.get(each.place, ())]
        seen: set[str] = set()
        while waiting:
            for name in waiting.pop().part_of:
                if name in by_id and name not in seen:
                    seen.add(name)
                    waiting.append(by_id[name].item)
                    if by_id[name].item.budget is None:
                        yield by_id[name].place

    def records(self, name: str) -> bool:
        """Whether some item fills the field (``plans.budget``), or its absence shall count."""
        if name not in self._recorded:
            required = any(is_named(name, each) for each in self.options.require)
            self._recorded[name] = required or self.links.records(name)
        return self._recorded[name]

    @cached_property
    def all_unread(self) -> frozenset[str]:
        return self.plans.all_unread

    @cached_property
    def defined(self) -> frozenset[str]:
        """Every id of an objective, a plan or a suggestion, those of unusable items included."""
        links = self.links
        return self.plans.dropped.union(links.objective_by_id, links.plan_by_id, links.suggestion_by_id)

    @cached_property
    def subjects(self) -> frozenset[str]:
        """Everything that a waiver can be about: an id, a unit's name, or `file`."""
        units = {placed.item for placed in self.plans.units}
        units |= {unit for placed in self.plans.plans for unit in placed.item.units}
        units |= {unit for placed in self.plans.relationship_managers for unit in placed.item.serves}
        return self.defined | units | {"file"}

    @cached_property
    def plans_of(self) -> Mapping[str, Sequence[Placed[Plan]]]:
        """By objective that has any, the first plans of it and of those below it, cancelled ones left out."""
        return self.links.serving(lambda plan: not plan.is_cancelled)

    @cached_property
    def worked_on(self) -> Container[str]:
        """The ids of the objectives with a green-lit plan, their own or one below them."""
        return self.links.serving(lambda plan: plan.is_green_lit)
