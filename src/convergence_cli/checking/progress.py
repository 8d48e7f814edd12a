"""Rules about a plan's state, dates, reviews and results: can it be true, is it kept? (CV301 to CV307)"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from ..model.plans import Head, Objective, Placed, Plan, Side
from ..problems import Severity
from .facts import Facts
from .rule import Hit, Rule, of_objective, of_plan, stands
from .wording import called, days, listed, plan_of, price, status_of

NO_STATUS = "A plan without a status is in progress: write the status that holds, or mend the date."
SIDES: dict[Side, str] = {"business": "the business", "it": "IT"}


def find_impossible(facts: Facts) -> Iterator[Hit]:
    for placed in facts.plans_of_known_status:
        plan = placed.item
        if plan.status in ("in-progress", "delivered") and plan.starts and plan.starts > facts.today:
            message = f"{plan_of(plan)} is {status_of(plan)}, but starts on {plan.starts}."
            hint = "" if plan.is_delivered else NO_STATUS
            brief = f"{status_of(plan)} before {plan.starts}"
            yield of_plan(placed, message, "starts", brief=brief, hint=hint)
        if plan.is_delivered:
            yield from _results_to_come(placed, facts.today)
        if plan.is_cancelled and plan.promoted_by:
            sides = listed([SIDES[side] for side in dict.fromkeys(plan.promoted_by)])
            verb = "promotes" if len(set(plan.promoted_by)) == 1 else "promote"
            message = f"{plan_of(plan)} is cancelled, but {sides} still {verb} it."
            yield of_plan(
                placed, message, "promoted_by", brief="cancelled, but promoted", named="promoted_by"
            )


def _results_to_come(placed: Placed[Plan], today: date) -> Iterator[Hit]:
    for index, result in enumerate(placed.item.results):
        if result.on and result.on > today:
            message = f"{plan_of(placed.item)} is delivered, but a result of it is dated {result.on}."
            more: dict[str, Any] = {"brief": f"result on {result.on}", "named": f"results {result.on}"}
            yield of_plan(placed, message, "results", index, "on", **more)


def find_overdue(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        plan = placed.item
        if plan.is_open and plan.ends and plan.ends < facts.today:
            late = days((facts.today - plan.ends).days)
            message = f"{plan_of(plan)} was to end on {plan.ends}, {late} ago, and is {status_of(plan)}."
            yield of_plan(placed, message, "ends", brief=late)


def find_bad_dates(facts: Facts) -> Iterator[Hit]:
    for placed in facts.objectives:
        if _is_backwards(placed.item):
            yield of_objective(placed, _backwards(placed.item), "ends")
    for plan in facts.plans.plans:
        if _is_backwards(plan.item):
            yield of_plan(plan, _backwards(plan.item), "ends")


def _is_backwards(item: Plan | Objective) -> bool:
    return item.starts is not None and item.ends is not None and item.starts > item.ends


def _backwards(item: Plan | Objective) -> str:
    return f"{called(item)} starts on {item.starts} and ends before that, on {item.ends}."


def find_unapproved(facts: Facts) -> Iterator[Hit]:
    for placed in facts.green_lit_plans:
        approved = facts.links.whole(placed.item).approved
        missing = [] if approved and approved.by else ["who"]
        missing += [] if approved and approved.on else ["when"]
        if missing:
            unsaid = "who said yes" if missing[0] == "who" else "when that was decided"
            message = f"{plan_of(placed.item)} is {status_of(placed.item)}; nothing says {unsaid}."
            unknown = f"not said: {listed(missing)}"
            yield of_plan(placed, message, "approved", brief=unknown, lacks=unknown)


def find_stale(facts: Facts) -> Iterator[Hit]:
    if "plans.reviewed" in facts.recorded:
        for placed in facts.going_plans:
            yield from _not_reviewed(placed, facts)
    for head in facts.plans.files:
        yield from _old_file(head, facts)


def _not_reviewed(placed: Placed[Plan], facts: Facts) -> Iterator[Hit]:
    plan = placed.item
    if not plan.is_open:
        return
    reviewed = facts.links.whole(plan).reviewed
    if reviewed is None:
        message, never = f"{plan_of(plan)} has no date of a review.", "never reviewed"
        yield of_plan(placed, message, brief=never, lacks=never)
    elif (facts.today - reviewed).days > facts.options.review_days:
        age = days((facts.today - reviewed).days)
        message = f"{plan_of(plan)} was last reviewed {age} ago."
        yield of_plan(placed, message, "reviewed", brief=age, lacks=f"reviewed {age} ago")


def _old_file(head: Head, facts: Facts) -> Iterator[Hit]:
    if head.as_of and (facts.today - head.as_of).days > facts.options.review_days:
        age = days((facts.today - head.as_of).days)
        message = f"This file was true on {head.as_of}, {age} ago."
        hint = "Go through it, and write the day on which it is true."
        yield Hit(message, head.file, ("as_of",), f"as_of, {age}", hint, named="as_of")


def find_broken_dependencies(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        for index, name in enumerate(placed.item.depends_on):
            other = facts.links.plan_by_id.get(name)
            why = _why_broken(placed.item, other.item) if other else ""
            if other and why:
                message = f"{plan_of(placed.item)} depends on {called(other.item)}, which {why}."
                more: dict[str, Any] = {"brief": f"{name} {why}", "named": name}
                yield of_plan(
                    placed,
                    message,
                    "depends_on",
                    index,
                    related=(stands(other, f"{name} stands here"),),
                    **more,
                )


def _why_broken(plan: Plan, other: Plan) -> str:
    if other.is_cancelled:
        return "is cancelled"
    later = plan.ends and other.ends and other.ends > plan.ends and not other.is_delivered
    return f"ends later, on {other.ends}" if later else ""


def find_no_benefit(facts: Facts) -> Iterator[Hit]:
    for placed in facts.plans.plans:
        plan = placed.item
        if plan.is_delivered and not any(result.objective for result in plan.results):
            message = f"{plan_of(plan)} is delivered, and no result against an objective is written down."
            yield of_plan(placed, f"{message}{price(facts.plans, plan)}", "results", lacks="results")


IMPOSSIBLE = Rule(
    code="CV301",
    name="impossible-status",
    severity=Severity.WARNING,
    finds=(
        "A plan that is in progress or delivered before its start, delivered with a result dated after "
        "today, or cancelled and promoted."
    ),
    why="A status that cannot be true.",
    mend="Write the status that holds, or mend the date.",
    find=find_impossible,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: green-lit, starts: 2027-02-01}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: in-progress, starts: 2027-02-01}
""",
)
OVERDUE = Rule(
    code="CV302",
    name="overdue",
    severity=Severity.WARNING,
    finds="A plan whose end has passed and that is neither delivered nor cancelled.",
    why="Late plans reported green.",
    mend="Write the new end, or that it is delivered or cancelled.",
    find=find_overdue,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-12-15}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-10-31}
""",
)
BAD_DATES = Rule(
    code="CV303",
    name="bad-dates",
    severity=Severity.ERROR,
    finds="A plan or an objective that starts after it ends.",
    why="Schedule nonsense.",
    mend="Mend one of the two dates.",
    find=find_bad_dates,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, starts: 2026-01-01, ends: 2027-12-31}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: green-lit, starts: 2027-03-01, ends: 2026-12-15}
""",
)
NO_APPROVAL = Rule(
    code="CV304",
    name="no-approval-trace",
    severity=Severity.WARNING,
    finds="A green-lit plan without who approved it and when, itself or through part_of.",
    why="Who said yes?",
    mend="Write `approved: {by: ..., on: ...}`.",
    find=find_unapproved,
    reads=("plans.approved",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], approved: {by: Portfolio board, on: 2026-02-20}}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], approved: {by: Portfolio board}}
""",
)
STALE_REVIEW = Rule(
    code="CV305",
    name="stale-review",
    severity=Severity.INFO,
    finds=(
        "An undelivered plan, or what it is part of, that was not reviewed for `review_days` (180), or an "
        "as_of that is older."
    ),
    why="A plans file is only true if somebody reads it.",
    mend="Review the plan, and write the day: `reviewed: 2026-11-20`.",
    find=find_stale,
    reads=("plans.reviewed",),
    partly=True,
    good="""\
as_of: 2026-11-01
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], reviewed: 2026-10-01}
""",
    bad="""\
as_of: 2026-11-01
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], reviewed: 2026-02-01}
""",
)
BROKEN_DEPENDENCY = Rule(
    code="CV306",
    name="broken-dependency",
    severity=Severity.WARNING,
    finds="A plan that depends on one that is cancelled, or that ends later.",
    why="It rests on a plan that will not deliver.",
    mend="Move the end, or find another way to what it needs.",
    find=find_broken_dependencies,
    looks_at=("plans.status",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2027-06-30, depends_on: [P-02]}
  - {id: P-02, title: Payment service, serves: [O-1], ends: 2027-03-31}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2027-06-30, depends_on: [P-02]}
  - {id: P-02, title: Payment service, serves: [O-1], ends: 2027-09-30}
""",
)
NO_BENEFIT = Rule(
    code="CV307",
    name="no-benefit-record",
    severity=Severity.WARNING,
    finds="A delivered plan without a result against an objective.",
    why="Benefits stated, never counted.",
    mend='Write what it brought: `results: [{objective: O-1, text: "...", on: ...}]`.',
    find=find_no_benefit,
    reads=("plans.results",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - id: P-01
    title: New checkout
    serves: [O-1]
    status: delivered
    results: [{objective: O-1, text: conversion up by 4 points}]
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - id: P-01
    title: New checkout
    serves: [O-1]
    status: delivered
    results: [{text: conversion up by 4 points}]
""",
)
RULES = (IMPOSSIBLE, OVERDUE, BAD_DATES, NO_APPROVAL, STALE_REVIEW, BROKEN_DEPENDENCY, NO_BENEFIT)
