"""Rules about what a plan serves: anything, and does it still hold? (CV101, CV107 to CV112)"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..model.plans import Objective, Plan
from .found import Found, hit, stands
from .portfolio import Portfolio
from .rule import GOING, GREEN_LIT, error, info, sample, warning
from .wording import called, in_full, listed, price

MORE_OBJECTIVES = ("id: O-2, title: Halve returns", "id: O-3, title: Enter the Nordic market")
APPROVED = "approved: {by: Board, on: 2026-01-15}"
HOW = "serves: [{id: O-1, contribution: fewer abandoned carts}]"


@error(
    "CV101",
    finds="A plan that serves no objective, itself or through part_of, and gives no reason.",
    why="Spend without a stated business reason.",
    mend='Write `serves: [...]`, or `no_objective_because: "..."`.',
    looks_at=("plans.serves", "plans.no_objective_because"),
    good=sample("", "id: P-02, title: Network renewal, no_objective_because: keeps the lights on"),
    bad=sample("", "id: P-02, title: Network renewal"),
).over(GOING)
def unlinked_plan(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if not plan.no_objective_because and not portfolio.links.whole(plan).serves:
        message = f"{in_full(plan)} serves no objective and gives no reason.{price(portfolio.plans, plan)}"
        yield hit(message, lacks="serves")


@warning(
    "CV107",
    finds="A plan's objective that nobody approved: by someone, with a date or a source.",
    why='"Formal" is the question\'s own word.',
    mend="Write who approved the objective, and when or where: `approved: {by: ..., on: ...}`.",
    reads=("objectives.approved",),
    good=sample(objective=APPROVED),
    bad=sample(
        "",
        "id: P-02, title: Returns portal, serves: [O-2]",
        objective=APPROVED,
        objectives=MORE_OBJECTIVES[:1],
    ),
).over(GOING)
def informal_objective(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    for index, link in enumerate(plan.serves):
        target = portfolio.links.objective_by_id.get(link.id)
        if target and not target.item.is_formal:
            message = f"{in_full(plan)} serves {called(target.item)}, which nobody is said to have approved."
            related = stands(target)
            yield hit(message, "serves", index, brief=link.id, objective=link.id, related=related)


@error(
    "CV108",
    finds="A green-lit, undelivered plan that serves only objectives that are over, retired, met or missed.",
    why="Money follows last year's strategy.",
    mend="Name the objective it serves now, or close it.",
    looks_at=("plans.serves", "objectives.status", "objectives.ends"),
    good=sample(objective="ends: 2027-12-31"),
    bad=sample(objective="ends: 2025-12-31"),
).over(GREEN_LIT)
def objective_ended(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    served = portfolio.links.objectives_of(plan)
    if served and not plan.is_delivered and all(each.is_over(portfolio.today) for each in served):
        message = f"{in_full(plan)} goes on, but {_all_over(served)}.{price(portfolio.plans, plan)}"
        related = stands(*(portfolio.links.objective_by_id[each.id] for each in served))
        yield hit(message, "status", brief=", ".join(each.id for each in served), related=related)


def _all_over(served: Sequence[Objective]) -> str:
    if len(served) == 1:
        return f"{called(served[0])}, its only objective, {_how_over(served[0])}"
    return f"all that it serves is over: {listed([f'{called(each)} {_how_over(each)}' for each in served])}"


def _how_over(objective: Objective) -> str:
    past = f"ended on {objective.ends}" if objective.ends else "is over"
    return past if objective.status in ("active", "proposed") else f"is {objective.status}"


@warning(
    "CV109",
    finds="An objective that changed after a plan that serves it was last reviewed (delivered plans apart).",
    why="The business moved, the plan did not.",
    mend="Review the plan against the objective as it stands now, and date the review.",
    reads=("objectives.changed", "plans.reviewed"),
    good=sample("reviewed: 2026-10-01", objective="changed: 2026-09-01"),
    bad=sample("reviewed: 2026-08-01", objective="changed: 2026-09-01"),
).over(GOING)
def suspect_link(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    reviewed = portfolio.links.whole(plan).reviewed
    if reviewed is None or plan.is_delivered:
        return
    for name in dict.fromkeys(portfolio.links.own_links(plan)):
        target = portfolio.links.objective_by_id[name]
        changed = target.item.changed
        if changed and changed > reviewed:
            what = f"{called(target.item)} changed on {changed}"
            message = f"{what}, and {in_full(plan)} was last reviewed on {reviewed}."
            related = stands(target, message=f"{name} changed here", steps=("changed",))
            yield hit(message, "reviewed", brief=f"{name} changed {changed}", objective=name, related=related)


@warning(
    "CV110",
    finds="A plan that ends after all its objectives end.",
    why="It delivers after the business needs it.",
    mend="Bring the end forward, or name the objective that lasts as long.",
    looks_at=("plans.serves", "objectives.ends"),
    good=sample("ends: 2026-12-15", objective="ends: 2026-12-31"),
    bad=sample("ends: 2027-03-31", objective="ends: 2026-12-31"),
).over(GOING)
def outside_window(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    served = portfolio.links.objectives_of(plan) if plan.ends else ()
    if plan.ends and served and all(each.ends and each.ends < plan.ends for each in served):
        last = max(served, key=lambda each: str(each.ends))
        more = ", the last of its objectives," if len(served) > 1 else ""
        message = f"{in_full(plan)} ends on {plan.ends}; {called(last)}{more} ended or ends on {last.ends}."
        related = stands(portfolio.links.objective_by_id[last.id])
        yield hit(message, "ends", brief=f"{last.id} ends {last.ends}", related=related)


@warning(
    "CV111",
    finds="A plan that names more objectives than `max_objectives_per_plan` (5 where nobody sets it).",
    why="A plan for everything is a plan for nothing.",
    mend="Keep the objectives that would suffer without the plan.",
    options={"max_objectives_per_plan": 2},
    good=sample("", "id: P-02, title: Nordic shop, serves: [O-2, O-3]", objectives=MORE_OBJECTIVES),
    bad=sample("", "id: P-02, title: Nordic shop, serves: [O-1, O-2, O-3]", objectives=MORE_OBJECTIVES),
).over(GOING)
def links_everything(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    most = portfolio.options.max_objectives_per_plan
    count = len(set(portfolio.links.own_links(plan))) if len(plan.serves) > most else 0
    if count > most:
        message = f"{in_full(plan)} names {count} objectives; more than {most} say little."
        yield hit(message, "serves", brief=f"{count} objectives")


@info(
    "CV112",
    finds="A plan none of whose links says how it contributes.",
    why="It makes the mapping clear, not just present.",
    mend='Say how: `serves: [{id: O-1, contribution: "..."}]`.',
    looks_at=("plans.serves",),
    reads=("plans.serves.contribution",),
    good=sample().replace("serves: [O-1]", HOW),
    bad=sample("", f"id: P-02, title: Product search, {HOW}"),
).over(GOING)
def no_contribution(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if plan.serves and not any(link.contribution for link in plan.serves):
        named = listed([link.id for link in plan.serves])
        yield hit(f"{in_full(plan)} does not say how it contributes to {named}.", "serves")
