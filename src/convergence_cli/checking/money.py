"""Rules about budgets (CV401 to CV403)."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ..model.mapping import PartId
from ..problems import Severity
from .facts import Facts
from .rule import Hit, Rule, of_file, of_plan
from .wording import amount, plan_of, status_of

WITHOUT_OBJECTIVE: tuple[PartId, ...] = ("unapproved", "ended", "none")
"""The parts of `plans-mapped` whose money has no objective to follow."""


def find_bad_money(facts: Facts) -> Iterator[Hit]:
    for placed in facts.plans.plans:
        money = facts.plans.money(placed.item)
        if money is None:
            continue
        currency, value = money
        if value < 0:
            message = f"{plan_of(placed.item)} has a budget below zero: {amount(currency, value)}."
            yield of_plan(placed, message, "budget", brief=amount(currency, value), named="negative")
        if value and not currency:
            message = f"{plan_of(placed.item)} has a budget of {amount(currency, value)}, in no currency."
            hint = "Write `currency: EUR` at the top of the file, or `budget: {amount: ..., currency: EUR}`."
            yield of_plan(placed, message, "budget", brief="no currency", named="currency", hint=hint)


def find_no_budget(facts: Facts) -> Iterator[Hit]:
    for placed in facts.green_lit_plans:
        plan = placed.item
        if not facts.links.has_budget(plan) and not plan.no_objective_because:
            message = f"{plan_of(plan)} is {status_of(plan)} and has no budget."
            yield of_plan(placed, message, "budget", lacks="budget")


def find_unlinked_money(facts: Facts) -> Iterator[Hit]:
    parts = facts.links.divided(facts.today)
    without = [plan for part in WITHOUT_OBJECTIVE for plan in parts[part] if not plan.no_objective_because]
    green_lit = [plan for part, plans in parts.items() if part != "not-green-lit" for plan in plans]
    totals = facts.links.money_of(green_lit)
    unlinked = facts.links.money_of(without)
    most = Decimal(str(facts.options.unlinked_money_percent))
    for currency, value in unlinked.items():
        whole = totals[currency]
        if whole <= 0 or 100 * value <= most * whole:
            continue
        share = f"{100 * value / whole:.0f} %"
        served = "live, approved objective" if facts.links.formality_recorded else "live objective"
        message = (
            f"{amount(currency, value)} of {amount(currency, whole)} green-lit, {share}, goes to plans that "
            f"serve no {served} and give no reason."
        )
        yield of_file(facts, message, brief=f"{share} of green-lit money ({currency})", named=currency)


BAD_MONEY = Rule(
    code="CV401",
    name="bad-money",
    severity=Severity.ERROR,
    finds="A budget below zero, or an amount (other than zero) in no currency.",
    why="Sums must add up.",
    mend="Write the amount that was granted, and its currency.",
    find=find_bad_money,
    looks_at=("plans.budget",),
    needs=("currency",),
    good="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
""",
)
NO_BUDGET = Rule(
    code="CV402",
    name="no-budget",
    severity=Severity.WARNING,
    finds=(
        "A green-lit plan without an amount, not even 0 (its own, of what it is part of or of a part of it), "
        "that does not say why it has no objective either."
    ),
    why="An unfunded mandate.",
    mend="Write the budget, or `budget: 0`.",
    find=find_no_budget,
    reads=("plans.budget",),
    looks_at=("plans.no_objective_because",),
    needs=("plans", "plans.part_of"),
    good="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
  - {id: P-02, title: Product search, serves: [O-1], budget: 0}
""",
    bad="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
  - {id: P-02, title: Product search, serves: [O-1]}
""",
)
UNLINKED_MONEY = Rule(
    code="CV403",
    name="unlinked-money",
    severity=Severity.WARNING,
    finds=(
        "More than `unlinked_money_percent` (5) of green-lit money in plans that serve no live, approved "
        "objective and give no reason."
    ),
    why="The count says 95 % aligned, the money says 60 %.",
    mend="Link the largest of these plans first.",
    find=find_unlinked_money,
    needs=(
        *("plans", "plans.status", "plans.serves", "plans.part_of", "plans.no_objective_because"),
        *("objectives", "objectives.status", "objectives.starts", "objectives.ends", "objectives.approved"),
        *("plans.budget", "currency"),
    ),
    good="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
""",
    bad="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
  - {id: P-02, title: Data centre move, budget: 520000}
""",
)
RULES = (BAD_MONEY, NO_BUDGET, UNLINKED_MONEY)
