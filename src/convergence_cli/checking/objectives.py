"""Rules about objectives: does anybody work on them, can they be met, whose are they? (CV201 to CV207)"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from typing import Any

from ..model.plans import Objective, Placed
from .found import Found, at, hit, of_file, stands
from .portfolio import Portfolio
from .rule import GOING, LIVE, NOT_OVER, OBJECTIVES, error, info, sample, warning
from .wording import called, few, in_full, percent, status_of

DATES = ("objectives.status", "objectives.starts", "objectives.ends")
COVERING = ("plans", "plans.serves", "plans.part_of", "objectives", "objectives.parent")
HIGH = "priority: high"
NOT_LETTERS = re.compile(r"[\W_]+")


@warning(
    "CV201",
    finds="A live objective without a plan, its own or one of an objective below it, and without a reason.",
    why="A goal IT does nothing for.",
    mend='Link the plan that serves it, or write `no_plan_because: "..."`.',
    looks_at=(*DATES, "objectives.no_plan_because"),
    needs=COVERING,
    good=sample(objectives=("id: O-2, title: Train the sales force, no_plan_because: needs no IT",)),
    bad=sample(objectives=("id: O-2, title: Halve returns",)),
).over(LIVE)
def uncovered_objective(objective: Objective, portfolio: Portfolio) -> Iterator[Found]:
    if not objective.no_plan_because and objective.id not in portfolio.plans_of:
        high = objective.priority == "high"
        message = f"{in_full(objective)} has no plan{', though it is of high priority' if high else ''}."
        yield hit(message, brief=f"{objective.id}{' (high)' if high else ''} has no plan")


@warning(
    "CV202",
    finds="A live objective whose plans are all proposed or on hold.",
    why="It looks covered, and nobody works on it.",
    mend="Decide on one of its plans.",
    looks_at=DATES,
    needs=COVERING,
    good=sample("status: green-lit"),
    bad=sample("status: proposed"),
).over(LIVE)
def paper_coverage(objective: Objective, portfolio: Portfolio) -> Iterator[Found]:
    plans = portfolio.plans_of.get(objective.id)
    if plans and objective.id not in portfolio.worked_on:
        said = few([f"{called(each.item)} ({status_of(each.item)})" for each in plans])
        ids = few([f"{each.item.id} ({status_of(each.item)})" for each in plans])
        message = f"Nobody works on {in_full(objective)}: it has only {said}."
        yield hit(message, brief=f"{objective.id}, only {ids}", related=stands(plans[0]))


@warning(
    "CV203",
    finds="A live objective of high priority with one plan, on hold or (where budgets are kept) unfunded.",
    why="A single point of failure for the strategy.",
    mend="Fund or restart the plan, or give the objective another.",
    looks_at=(*DATES, "plans.status", "plans.budget"),
    needs=COVERING,
    good=sample("", "id: P-02, title: Product search, serves: [O-1], status: on-hold", objective=HIGH),
    bad=sample("status: on-hold", objective=HIGH),
).over(LIVE)
def single_thread(objective: Objective, portfolio: Portfolio) -> Iterator[Found]:
    plans = portfolio.plans_of.get(objective.id, ())
    if objective.priority != "high" or len(plans) != 1:
        return
    plan = plans[0].item
    unfunded = not portfolio.links.has_budget(plan) and not plan.is_delivered
    if plan.status == "on-hold" or (portfolio.records("plans.budget") and unfunded):
        why = "is on hold" if plan.status == "on-hold" else "has no budget"
        rests = f"rests on {called(plan)}, which {why}"
        message = f"{in_full(objective)} is of high priority and {rests}."
        brief = f"{objective.id} rests on {plan.id}, which {why}"
        yield hit(message, brief=brief, named=plan.id, related=stands(plans[0]))


@warning(
    "CV204",
    finds="An objective, not yet over, without a measure that has a target and a date.",
    why="Goals met cannot be counted.",
    mend="Write a measure: `measures: [{name: ..., target: ..., by: ...}]`.",
    reads=("objectives.measures",),
    looks_at=DATES,
    good=sample(objective='measures: [{name: Share, target: 30, unit: "%", by: 2027-12-31}]'),
    bad=sample(objective='measures: [{name: Share, target: 30, unit: "%"}]'),
).over(NOT_OVER)
def unmeasurable_objective(objective: Objective, portfolio: Portfolio) -> Iterator[Found]:
    if not any(each.target and each.by for each in objective.measures):
        yield hit(f"{in_full(objective)} has no measure with a target and a date.", "measures")


@warning(
    "CV205",
    finds="An objective, not yet over, without an owner (where owners are kept), or whose owner sits in IT.",
    why="A business objective needs a business owner.",
    mend="Name the business leader who answers for it.",
    reads=("objectives.owner",),
    looks_at=DATES,
    partly=True,
    good=sample(objective="owner: CMO"),
    bad=sample(objective="owner: CIO, owner_side: it"),
).over(NOT_OVER)
def it_owned_objective(objective: Objective, portfolio: Portfolio) -> Iterator[Found]:
    if objective.owner_side == "it":
        message, brief = f"{in_full(objective)} is owned by IT.", f"{objective.id}, owned by IT"
        yield hit(message, "owner_side", brief=brief)
    elif objective.owner is None and portfolio.records("objectives.owner"):
        yield hit(f"{called(objective)} has no owner.", "owner", brief=f"{objective.id}, no owner")


@info(
    "CV206",
    finds="Two objectives, or two plans, whose titles are the same but for case, punctuation and spaces.",
    why="It splits coverage and credit.",
    mend="Keep one of the two, or tell them apart by their titles.",
    good=sample("", "id: P-02, title: New checkout for the Nordic shop, serves: [O-1]"),
    bad=sample("", "id: P-02, title: new check-out, serves: [O-1]"),
)
def near_duplicate(portfolio: Portfolio) -> Iterator[Found]:
    for items, about in ((OBJECTIVES(portfolio), "{0}, as {1}"), (GOING(portfolio), "as {1}")):
        first: dict[str, Placed[Any]] = {}
        for placed in items:
            title = NOT_LETTERS.sub("", placed.item.title.casefold()) or placed.item.title
            earlier = first.setdefault(title, placed)
            one, other = placed.item, earlier.item
            if one.id != other.id:
                message = f"{called(one)} has the same title as {called(other)}."
                related = stands(earlier, steps=("title",))
                brief = about.format(one.id, other.id)
                yield at(placed, hit(message, "title", brief=brief, named=other.id, related=related))


@error(
    "CV207",
    finds="An indicator (the share of plans mapped, for one) below the minimum that is set for it.",
    why="One number for the steering committee.",
    mend="Link what is not linked, or set another minimum.",
    needs=(*COVERING, *DATES, "plans.status", "plans.budget", "objectives.approved", "currency"),
    off=True,
    options={"min": {"plans-mapped": "75%"}},
    good=sample(),
    bad=sample("", "id: P-02, title: Network renewal, no_objective_because: keeps the lights on"),
)
def coverage_gate(portfolio: Portfolio) -> Iterator[Found]:
    for found in portfolio.evidence:
        least = portfolio.options.min.get(found.id)
        if least is None or (found.reason and found.reason.code == "unread"):
            continue
        name = found.id.replace("-", " ").replace(" it", " IT")
        if found.count is None or not found.of:
            why, brief = found.reason.text if found.reason else "", f"{name}: not countable"
            message = f"The share of {name}, at least {percent(least)}, cannot be counted: {why}."
        elif Fraction(found.count) / Fraction(found.of) < least:
            share = f"{found.count:,.0f} of {found.of:,.0f}"
            brief = f"{name}: {share}, minimum {percent(least)}"
            message = f"{name[0].upper()}{name[1:]}: {share}, below the minimum of {percent(least)}."
        else:
            continue
        yield of_file(portfolio, message, brief=brief, named=found.id)
