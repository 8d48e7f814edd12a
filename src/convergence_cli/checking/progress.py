"""Rules about a plan's state, dates, reviews and results: can it be true, is it kept? (CV301 to CV307)"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.plans import Objective, Plan, Side
from .found import Found, at, hit, stands
from .portfolio import Portfolio
from .rule import GOING, GREEN_LIT, OBJECTIVES_AND_PLANS, OF_KNOWN_STATUS, PLANS, error, info, sample, warning
from .wording import called, days, in_full, listed, price, status_of

NO_STATUS = "A plan without a status is in progress: write the status that holds, or mend the date."
SIDES: dict[Side, str] = {"business": "the business", "it": "IT"}
AS_OF = "as_of: 2026-11-01\n"
DEPENDS = "ends: 2027-06-30, depends_on: [P-02]"
OTHER = "id: P-02, title: Payment service, serves: [O-1], ends: "


@warning(
    "CV301",
    finds="A plan that is in progress or delivered before its start, delivered with a result dated after "
    "today, or cancelled and promoted.",
    why="A status that cannot be true.",
    mend="Write the status that holds, or mend the date.",
    good=sample("status: green-lit, starts: 2027-02-01"),
    bad=sample("status: in-progress, starts: 2027-02-01"),
).over(OF_KNOWN_STATUS)
def impossible_status(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    said = status_of(plan)
    if plan.status in ("in-progress", "delivered") and plan.starts and plan.starts > portfolio.today:
        message = f"{in_full(plan)} is {said}, but starts on {plan.starts}."
        hint = "" if plan.is_delivered else NO_STATUS
        yield hit(message, "starts", brief=f"{said} before {plan.starts}", hint=hint)
    for index, result in enumerate(plan.results if plan.is_delivered else ()):
        if result.on and result.on > portfolio.today:
            message = f"{in_full(plan)} is delivered, but a result of it is dated {result.on}."
            brief, named = f"result on {result.on}", f"results {result.on}"
            yield hit(message, "results", index, "on", brief=brief, named=named)
    if plan.is_cancelled and plan.promoted_by:
        sides = [SIDES[side] for side in dict.fromkeys(plan.promoted_by)]
        verb = "promotes" if len(sides) == 1 else "promote"
        message = f"{in_full(plan)} is cancelled, but {listed(sides)} still {verb} it."
        yield hit(message, "promoted_by", brief="cancelled, but promoted", named="promoted_by")


@warning(
    "CV302",
    finds="A plan whose end has passed and that is neither delivered nor cancelled.",
    why="Late plans reported green.",
    mend="Write the new end, or that it is delivered or cancelled.",
    good=sample("ends: 2026-12-15"),
    bad=sample("ends: 2026-10-31"),
).over(GOING)
def overdue(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if plan.is_open and plan.ends and plan.ends < portfolio.today:
        late = days((portfolio.today - plan.ends).days)
        message = f"{in_full(plan)} was to end on {plan.ends}, {late} ago, and is {status_of(plan)}."
        yield hit(message, "ends", brief=late)


@error(
    "CV303",
    finds="A plan or an objective that starts after it ends.",
    why="Schedule nonsense.",
    mend="Mend one of the two dates.",
    good=sample(objective="starts: 2026-01-01, ends: 2027-12-31"),
    bad=sample("status: green-lit, starts: 2027-03-01, ends: 2026-12-15"),
).over(OBJECTIVES_AND_PLANS)
def bad_dates(item: Plan | Objective, portfolio: Portfolio) -> Iterator[Found]:
    if item.starts and item.ends and item.starts > item.ends:
        message = f"{called(item)} starts on {item.starts} and ends before that, on {item.ends}."
        yield hit(message, "ends")


@warning(
    "CV304",
    finds="A green-lit plan without who approved it and when, itself or through part_of.",
    why="Who said yes?",
    mend="Write `approved: {by: ..., on: ...}`.",
    reads=("plans.approved",),
    good=sample("approved: {by: Portfolio board, on: 2026-02-20}"),
    bad=sample("approved: {by: Portfolio board}"),
).over(GREEN_LIT)
def no_approval_trace(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    approved = portfolio.links.whole(plan).approved
    by, on = (approved.by, approved.on) if approved else (None, None)
    if missing := [word for word, value in (("who", by), ("when", on)) if not value]:
        unsaid = "when that was decided" if by else "who said yes"
        message = f"{in_full(plan)} is {status_of(plan)}; nothing says {unsaid}."
        unknown = f"not said: {listed(missing)}"
        yield hit(message, "approved", brief=unknown, lacks=unknown)


@info(
    "CV305",
    finds="An undelivered plan, or what it is part of, that was not reviewed for `review_days` (180), or an "
    "as_of that is older.",
    why="A plans file is only true if somebody reads it.",
    mend="Review the plan, and write the day: `reviewed: 2026-11-20`.",
    reads=("plans.reviewed",),
    partly=True,
    good=sample("reviewed: 2026-10-01", top=AS_OF),
    bad=sample("reviewed: 2026-02-01", top=AS_OF),
)
def stale_review(portfolio: Portfolio) -> Iterator[Found]:
    most = portfolio.options.review_days
    for placed in GOING(portfolio) if portfolio.records("plans.reviewed") else ():
        plan, reviewed = placed.item, portfolio.links.whole(placed.item).reviewed
        if plan.is_open and reviewed is None:
            message, never = f"{in_full(plan)} has no date of a review.", "never reviewed"
            yield at(placed, hit(message, brief=never, lacks=never))
        elif plan.is_open and reviewed and (old := (portfolio.today - reviewed).days) > most:
            message, age = f"{in_full(plan)} was last reviewed {days(old)} ago.", days(old)
            yield at(placed, hit(message, "reviewed", brief=age, lacks=age))
    for head in portfolio.plans.files:
        if head.item.as_of and (old := (portfolio.today - head.item.as_of).days) > most:
            message = f"This file was true on {head.item.as_of}, {days(old)} ago."
            hint = "Go through it, and write the day on which it is true."
            yield hit(message, "as_of", brief=f"as_of, {days(old)}", hint=hint, named="as_of", file=head.file)


@warning(
    "CV306",
    finds="A plan that depends on one that is cancelled, or that ends later.",
    why="It rests on a plan that will not deliver.",
    mend="Move the end, or find another way to what it needs.",
    looks_at=("plans.status",),
    good=sample(DEPENDS, f"{OTHER}2027-03-31"),
    bad=sample(DEPENDS, f"{OTHER}2027-09-30"),
).over(GOING)
def broken_dependency(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    for index, name in enumerate(plan.depends_on):
        other = portfolio.links.plan_by_id.get(name)
        if other and (why := _why_broken(plan, other.item)):
            message = f"{in_full(plan)} depends on {called(other.item)}, which {why}."
            related = stands(other)
            yield hit(message, "depends_on", index, brief=f"{name} {why}", named=name, related=related)


def _why_broken(plan: Plan, other: Plan) -> str:
    if other.is_cancelled:
        return "is cancelled"
    later = plan.ends and other.ends and other.ends > plan.ends and not other.is_delivered
    return f"ends later, on {other.ends}" if later else ""


@warning(
    "CV307",
    finds="A delivered plan without a result against an objective.",
    why="Benefits stated, never counted.",
    mend='Write what it brought: `results: [{objective: O-1, text: "...", on: ...}]`.',
    reads=("plans.results",),
    good=sample("status: delivered, results: [{objective: O-1, text: 4 points up}]"),
    bad=sample("status: delivered, results: [{text: 4 points up}]"),
).over(PLANS)
def no_benefit_record(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if plan.is_delivered and not any(result.objective for result in plan.results):
        message = f"{in_full(plan)} is delivered, and no result against an objective is written down."
        yield hit(f"{message}{price(portfolio.plans, plan)}", "results", lacks="results")
