"""What the rules look at: the plans with their links, the options, the day, what is recorded at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..model.mapping import HEIRLOOMS, PlanMap
from ..model.options import CheckOptions
from ..model.plans import ItemPlace, Objective, Placed, Plan, Plans
from ..results.check import Of
from ..results.common import Evidence


@dataclass(frozen=True, slots=True)
class OptionalField:
    """A field that a rule reads and a file need not have; `is_recorded` says whether any item fills it."""

    of: Of
    name: str
    is_recorded: Callable[[Plans], bool]

    @property
    def full_name(self) -> str:
        return self.name if self.of == "file" else f"{self.of}.{self.name}"


def of_plans(name: str, fills: Callable[[Plan], object]) -> OptionalField:
    return OptionalField("plans", name, lambda plans: any(fills(placed.item) for placed in plans.plans))


def of_objectives(name: str, fills: Callable[[Objective], object]) -> OptionalField:
    return OptionalField(
        "objectives", name, lambda plans: any(fills(placed.item) for placed in plans.objectives)
    )


FIELDS: tuple[OptionalField, ...] = (
    of_objectives("approved", lambda objective: objective.approved),
    of_objectives("changed", lambda objective: objective.changed),
    of_plans("reviewed", lambda plan: plan.reviewed),
    of_plans("serves.contribution", lambda plan: any(link.contribution for link in plan.serves)),
    of_objectives("measures", lambda objective: objective.measures),
    of_objectives("owner", lambda objective: objective.owner),
    of_plans("approved", lambda plan: plan.approved),
    of_plans("results", lambda plan: plan.results),
    of_plans("budget", lambda plan: plan.budget),
    of_plans("origin", lambda plan: plan.origin),
    OptionalField("file", "suggestions", lambda plans: bool(plans.suggestions)),
    of_plans("champion", lambda plan: plan.champion),
    OptionalField("file", "units", lambda plans: bool(plans.units)),
    OptionalField("file", "relationship_managers", lambda plans: bool(plans.relationship_managers)),
)
FIELD_BY_NAME: Mapping[str, OptionalField] = {each.full_name: each for each in FIELDS}


def fields_named(name: str) -> list[OptionalField]:
    """The fields that a name in `require` may mean; the kind may be left out where one kind has the field."""
    exact = FIELD_BY_NAME.get(name)
    return [exact] if exact else [each for each in FIELDS if name in (each.name, each.name.split(".")[-1])]


INHERITED = frozenset(f"plans.{name}" for name in ("serves", *HEIRLOOMS))


@dataclass(frozen=True)
class Facts:
    """One check's view of the files."""

    plans: Plans
    today: date
    evidence: Sequence[Evidence] = ()
    options: CheckOptions = field(default_factory=CheckOptions)
    followed: PlanMap | None = None
    """The links, where they have been followed already."""

    @cached_property
    def links(self) -> PlanMap:
        return self.followed or PlanMap(self.plans)

    @property
    def objectives(self) -> tuple[Placed[Objective], ...]:
        return self.plans.objectives

    @cached_property
    def going_plans(self) -> tuple[Placed[Plan], ...]:
        """Plans that are not cancelled, nor of a status that could not be read."""
        return tuple(placed for placed in self.plans_of_known_status if not placed.item.is_cancelled)

    @cached_property
    def green_lit_plans(self) -> tuple[Placed[Plan], ...]:
        return tuple(placed for placed in self.plans_of_known_status if placed.item.is_green_lit)

    @cached_property
    def plans_of_known_status(self) -> tuple[Placed[Plan], ...]:
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

    @cached_property
    def recorded(self) -> frozenset[str]:
        """The full names of the fields that some item fills, or whose absence shall count."""
        required = {each.full_name for name in self.options.require for each in fields_named(name)}
        return frozenset(required | {each.full_name for each in FIELDS if each.is_recorded(self.plans)})

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
    def covered(self) -> frozenset[str]:
        """The ids of the objectives with a plan that is not cancelled, their own or one below them."""
        return self.links.served_by(lambda plan: not plan.is_cancelled)

    def live_objectives(self) -> Iterator[Placed[Objective]]:
        return (placed for placed in self.objectives if placed.item.is_live(self.today))

    def plans_of(self, objective: Objective) -> list[Placed[Plan]]:
        """The plans of an objective and of those below it, cancelled ones left out."""
        return [placed for placed in self.links.plans_serving(objective) if not placed.item.is_cancelled]

    def indicator(self, name: str) -> Evidence | None:
        return next((each for each in self.evidence if each.id == name), None)
