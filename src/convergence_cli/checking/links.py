"""Rules about what a plan serves: anything, and does it still hold? (CV101, CV107 to CV112)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from ..model.plans import Objective, Plan
from ..problems import Severity
from .facts import Facts
from .nearby import Resemblance
from .rule import Hit, Rule, of_plan, stands
from .wording import called, listed, plan_of, price


class Titles:
    """The objectives' titles, laid out for comparison only when a plan needs one."""

    def __init__(self, facts: Facts) -> None:
        self._objectives = facts.links.objective_by_id

    @cached_property
    def _resemblance(self) -> Resemblance:
        return Resemblance({name: placed.item.title for name, placed in self._objectives.items()})

    def hint(self, plan: Plan) -> str:
        """What to ask when a plan's title resembles an objective's: a hint, never a link."""
        found = self._resemblance.of(plan.title)
        return f" Its title resembles {called(self._objectives[found].item)}." if found else ""


def find_unlinked(facts: Facts) -> Iterator[Hit]:
    titles = Titles(facts)
    for placed in facts.going_plans:
        plan = placed.item
        if plan.no_objective_because or facts.links.whole(plan).serves:
            continue
        message = f"{plan_of(plan)} serves no objective and gives no reason.{price(facts.plans, plan)}"
        hint = f'Write `serves: [...]`, or `no_objective_because: "..."`.{titles.hint(plan)}'
        yield of_plan(placed, message, hint=hint, lacks="serves")


def find_informal(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        for index, link in enumerate(placed.item.serves):
            target = facts.links.objective_by_id.get(link.id)
            if target is None or target.item.is_formal:
                continue
            message = (
                f"{plan_of(placed.item)} serves {called(target.item)}, which nobody is said to have approved."
            )
            related = (stands(target, f"{link.id} stands here"),)
            steps = ("serves", index)
            yield of_plan(placed, message, *steps, brief=link.id, objective=link.id, related=related)


def find_ended(facts: Facts) -> Iterator[Hit]:
    for placed in facts.green_lit_plans:
        plan = placed.item
        served = facts.links.objectives_of(plan)
        if plan.is_delivered or not served or not all(each.is_over(facts.today) for each in served):
            continue
        message = f"{plan_of(plan)} goes on, but {_all_over(served)}.{price(facts.plans, plan)}"
        related = tuple(_stands(facts, each) for each in served)
        brief = ", ".join(each.id for each in served)
        yield of_plan(placed, message, "status", brief=brief, related=related)


def _all_over(served: Sequence[Objective]) -> str:
    if len(served) == 1:
        return f"{called(served[0])}, its only objective, {_how_over(served[0])}"
    return f"all that it serves is over: {listed([f'{called(each)} {_how_over(each)}' for each in served])}"


def _how_over(objective: Objective) -> str:
    past = f"ended on {objective.ends}" if objective.ends else "is over"
    return past if objective.status in ("active", "proposed") else f"is {objective.status}"


def _stands(facts: Facts, objective: Objective) -> Any:
    return stands(facts.links.objective_by_id[objective.id], f"{objective.id} stands here")


def find_suspect(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        plan = placed.item
        reviewed = facts.links.whole(plan).reviewed
        if reviewed is None or plan.is_delivered:
            continue
        for name in dict.fromkeys(facts.links.own_links(plan)):
            target = facts.links.objective_by_id[name]
            changed = target.item.changed
            if changed is None or changed <= reviewed:
                continue
            what = f"{called(target.item)} changed on {changed}"
            message = f"{what}, and {plan_of(plan)} was last reviewed on {reviewed}."
            related = (stands(target, f"{name} changed here", "changed"),)
            brief = f"{name} changed {changed}"
            yield of_plan(placed, message, "reviewed", brief=brief, objective=name, related=related)


def find_outside_window(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        plan = placed.item
        served = facts.links.objectives_of(plan)
        ends = [each.ends for each in served if each.ends]
        if plan.ends is None or not served or len(ends) < len(served) or plan.ends <= max(ends):
            continue
        last = max(served, key=lambda each: str(each.ends))
        more = ", the last of its objectives," if len(served) > 1 else ""
        message = f"{plan_of(plan)} ends on {plan.ends}; {called(last)}{more} ended or ends on {last.ends}."
        brief = f"{last.id} ends {last.ends}"
        yield of_plan(placed, message, "ends", brief=brief, related=(_stands(facts, last),))


def find_links_to_everything(facts: Facts) -> Iterator[Hit]:
    most = facts.options.max_objectives_per_plan
    for placed in facts.going_plans:
        count = len(set(facts.links.own_links(placed.item))) if len(placed.item.serves) > most else 0
        if count > most:
            message = f"{plan_of(placed.item)} names {count} objectives; more than {most} say little."
            yield of_plan(placed, message, "serves", brief=f"{count} objectives")


def find_no_contribution(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        serves = placed.item.serves
        if serves and not any(link.contribution for link in serves):
            message = (
                f"{plan_of(placed.item)} does not say how it contributes to {listed([x.id for x in serves])}."
            )
            yield of_plan(placed, message, "serves")


UNLINKED = Rule(
    code="CV101",
    name="unlinked-plan",
    severity=Severity.ERROR,
    finds="A plan that serves no objective, itself or through part_of, and gives no reason.",
    why="Spend without a stated business reason.",
    mend='Write `serves: [...]`, or `no_objective_because: "..."`.',
    find=find_unlinked,
    looks_at=("plans.serves", "plans.no_objective_because"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Network renewal, no_objective_because: keeps the lights on}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Network renewal}
""",
)
INFORMAL = Rule(
    code="CV107",
    name="informal-objective",
    severity=Severity.WARNING,
    finds="A plan's objective that nobody approved: by someone, with a date or a source.",
    why='"Formal" is the question\'s own word.',
    mend="Write who approved the objective, and when or where: `approved: {by: ..., on: ...}`.",
    find=find_informal,
    reads=("objectives.approved",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, approved: {by: Board, on: 2026-01-15}}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, approved: {by: Board, on: 2026-01-15}}
  - {id: O-2, title: Halve returns}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Returns portal, serves: [O-2]}
""",
)
ENDED = Rule(
    code="CV108",
    name="objective-ended",
    severity=Severity.ERROR,
    finds="A green-lit, undelivered plan that serves only objectives that are over, retired, met or missed.",
    why="Money follows last year's strategy.",
    mend="Name the objective it serves now, or close it.",
    find=find_ended,
    looks_at=("plans.serves", "objectives.status", "objectives.ends"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, ends: 2027-12-31}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, ends: 2025-12-31}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
)
SUSPECT = Rule(
    code="CV109",
    name="suspect-link",
    severity=Severity.WARNING,
    finds="An objective that changed after a plan that serves it was last reviewed (delivered plans apart).",
    why="The business moved, the plan did not.",
    mend="Review the plan against the objective as it stands now, and date the review.",
    find=find_suspect,
    reads=("objectives.changed", "plans.reviewed"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, changed: 2026-09-01}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], reviewed: 2026-10-01}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, changed: 2026-09-01}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], reviewed: 2026-08-01}
""",
)
OUTSIDE_WINDOW = Rule(
    code="CV110",
    name="outside-window",
    severity=Severity.WARNING,
    finds="A plan that ends after all its objectives end.",
    why="It delivers after the business needs it.",
    mend="Bring the end forward, or name the objective that lasts as long.",
    find=find_outside_window,
    looks_at=("plans.serves", "objectives.ends"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, ends: 2026-12-31}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-12-15}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, ends: 2026-12-31}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2027-03-31}
""",
)
LINKS_EVERYTHING = Rule(
    code="CV111",
    name="links-everything",
    severity=Severity.WARNING,
    finds="A plan that names more objectives than `max_objectives_per_plan` (5 where nobody sets it).",
    why="A plan for everything is a plan for nothing.",
    mend="Keep the objectives that would suffer without the plan.",
    find=find_links_to_everything,
    options={"max_objectives_per_plan": 2},
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
  - {id: O-2, title: Halve returns}
  - {id: O-3, title: Enter the Nordic market}
plans:
  - {id: P-01, title: New checkout, serves: [O-1, O-2]}
  - {id: P-02, title: Nordic shop, serves: [O-3]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
  - {id: O-2, title: Halve returns}
  - {id: O-3, title: Enter the Nordic market}
plans:
  - {id: P-01, title: New checkout, serves: [O-1, O-2, O-3]}
""",
)
NO_CONTRIBUTION = Rule(
    code="CV112",
    name="no-contribution",
    severity=Severity.INFO,
    finds="A plan none of whose links says how it contributes.",
    why="It makes the mapping clear, not just present.",
    mend='Say how: `serves: [{id: O-1, contribution: "..."}]`.',
    find=find_no_contribution,
    looks_at=("plans.serves",),
    reads=("plans.serves.contribution",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [{id: O-1, contribution: fewer abandoned carts}]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [{id: O-1, contribution: fewer abandoned carts}]}
  - {id: P-02, title: Product search, serves: [O-1]}
""",
)
RULES = (UNLINKED, INFORMAL, ENDED, SUSPECT, OUTSIDE_WINDOW, LINKS_EVERYTHING, NO_CONTRIBUTION)
