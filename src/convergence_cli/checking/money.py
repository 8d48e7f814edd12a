"""Rules about budgets (CV401 to CV403)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model.mapping import PartId
from ..model.plans import Plan
from .found import Found, hit, of_file
from .objectives import DATES
from .portfolio import Portfolio
from .rule import GREEN_LIT, PLANS, error, sample, warning
from .wording import amount, in_full, status_of

WITHOUT_OBJECTIVE: tuple[PartId, ...] = ("unapproved", "ended", "none")
"""The parts of `plans-mapped` whose money has no objective to follow."""
IN_EURO = "currency: EUR\n"
FUNDED = sample("budget: 120000", top=IN_EURO)


@error(
    "CV401",
    finds="A budget below zero, or an amount (other than zero) in no currency.",
    why="Sums must add up.",
    mend="Write the amount that was granted, and its currency.",
    looks_at=("plans.budget",),
    needs=("currency",),
    good=FUNDED,
    bad=sample("budget: 120000"),
).over(PLANS)
def bad_money(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    currency, value = portfolio.plans.money(plan) or ("", Decimal(0))
    said = amount(currency, value)
    if value < 0:
        message = f"{in_full(plan)} has a budget below zero: {said}."
        yield hit(message, "budget", brief=said, named="negative")
    if value and not currency:
        message = f"{in_full(plan)} has a budget of {said}, in no currency."
        hint = "Write `currency: EUR` at the top of the file, or `budget: {amount: ..., currency: EUR}`."
        yield hit(message, "budget", brief="no currency", named="currency", hint=hint)


@warning(
    "CV402",
    finds="A green-lit plan without an amount, not even 0 (its own, of what it is part of or of a part of "
    "it), that does not say why it has no objective either.",
    why="An unfunded mandate.",
    mend="Write the budget, or `budget: 0`.",
    reads=("plans.budget",),
    looks_at=("plans.no_objective_because",),
    needs=("plans", "plans.part_of"),
    good=sample("budget: 120000", "id: P-02, title: Product search, serves: [O-1], budget: 0", top=IN_EURO),
    bad=sample("budget: 120000", "id: P-02, title: Product search, serves: [O-1]", top=IN_EURO),
).over(GREEN_LIT)
def no_budget(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if not portfolio.links.has_budget(plan) and not plan.no_objective_because:
        yield hit(f"{in_full(plan)} is {status_of(plan)} and has no budget.", "budget", lacks="budget")


@warning(
    "CV403",
    finds="More than `unlinked_money_percent` (5) of green-lit money in plans that serve no live, approved "
    "objective and give no reason.",
    why="The count says 95 % aligned, the money says 60 %.",
    mend="Link the largest of these plans first.",
    needs=(
        *("plans", "plans.status", "plans.serves", "plans.part_of", "plans.no_objective_because"),
        *("plans.budget", "currency", "objectives", *DATES, "objectives.approved"),
    ),
    good=FUNDED,
    bad=sample("budget: 120000", "id: P-02, title: Data centre move, budget: 520000", top=IN_EURO),
)
def unlinked_money(portfolio: Portfolio) -> Iterator[Found]:
    parts = portfolio.links.divided(portfolio.today)
    without = [plan for part in WITHOUT_OBJECTIVE for plan in parts[part] if not plan.no_objective_because]
    totals = portfolio.links.money_of(
        placed.item for placed in portfolio.plans.plans if placed.item.is_green_lit
    )
    most = Decimal(str(portfolio.options.unlinked_money_percent))
    served = "live, approved objective" if portfolio.links.formality_recorded else "live objective"
    for currency, value in portfolio.links.money_of(without).items():
        whole = totals[currency]
        if whole > 0 and 100 * value > most * whole:
            share = f"{100 * value / whole:.0f} %"
            message = (
                f"{amount(currency, value)} of {amount(currency, whole)} green-lit, {share}, goes to plans "
                f"that serve no {served} and give no reason."
            )
            yield of_file(
                portfolio, message, brief=f"{share} of green-lit money ({currency})", named=currency
            )
