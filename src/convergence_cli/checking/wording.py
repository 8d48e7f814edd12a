"""How findings speak of plans, objectives, money and time."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from ..model.plans import Objective, Plan, Plans, Suggestion


def called(item: Plan | Objective | Suggestion) -> str:
    """``P-08 "Finance close automation"``."""
    return f'{item.id} "{item.title}"' if item.title else item.id


def in_full(item: Plan | Objective) -> str:
    """A plan or an objective by its id, title and owner."""
    return f"{called(item)} ({item.owner})" if item.owner else called(item)


def amount(currency: str, value: Decimal) -> str:
    """``EUR 130,000``; cents only where there are some."""
    digits = f"{value:,.0f}" if value == value.to_integral_value() else f"{value:,.2f}"
    return f"{currency} {digits}".strip()


def price(plans: Plans, plan: Plan) -> str:
    """The sentence with a plan's budget, or nothing without one."""
    money = plans.money(plan)
    return f" {amount(*money)}." if money else ""


def status_of(plan: Plan) -> str:
    """A plan's status as people say it."""
    return plan.status if plan.status == "green-lit" else plan.status.replace("-", " ")


def percent(share: Fraction) -> str:
    return f"{float(100 * share):g} %"


def days(count: int) -> str:
    return "1 day" if count == 1 else f"{count:,} days"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``; of more than six, five and how many more."""
    if len(words) > 6:
        words = [*words[:5], f"{len(words) - 5:,} more"]
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def few(words: Sequence[str]) -> str:
    """The same of words that are only the first of many."""
    return listed(words if len(words) <= 6 else [*words[:5], "more"])
