"""Nine indicators from the plans file: what counts, what does not, and when nothing can be said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_cli.documents import parse
from convergence_cli.evidence import count_evidence
from convergence_cli.model.mapping import PARTS, PlanMap
from convergence_cli.model.plan_files import read_plans
from convergence_cli.model.plans import Money, Objective, Placed, Plan, Plans, parse_amount
from convergence_cli.render.say import why, with_words
from convergence_cli.results.common import Evidence

TODAY = date(2026, 11, 20)


def evidence_of(*texts: str, on: date = TODAY) -> dict[str, Evidence]:
    plans, problems = read_plans(
        [parse(text.encode(), f"{number}.yaml") for number, text in enumerate(texts)]
    )
    assert problems == []
    return {each.id: each for each in with_words(count_evidence(PlanMap(plans), on))}


def ids(evidence: Evidence) -> dict[str, list[str]]:
    return {part.id: list(part.ids) for part in evidence.parts if part.ids}


def share(evidence: Evidence) -> tuple[float | None, float | None]:
    return evidence.count, evidence.of


def test_what_nobody_recorded_is_null_and_names_the_field() -> None:
    evidence = evidence_of("objectives: [{id: O-1, title: Grow}]\nplans: [{id: P-1, title: A}]\n")
    assert {name: why(each.reason) for name, each in evidence.items() if each.count is None} == {
        "plans-mapped": "no plan records serves, part_of or no_objective_because",
        "budget-mapped": "no plan records serves, part_of or no_objective_because",
        "objectives-served": "no plan records serves, part_of or no_objective_because",
        "ideas-taken-up": "no plan records origin",
        "goals-met-through-it": "no objective has the status met or missed",
        "opportunities-from-it": "no objective records enabled_by",
        "championed-unprompted": "no plan records champion",
        "one-voice": "no plan records promoted_by",
        "units-with-manager": "the files list no units",
    }
    assert all(each.of is None and each.points is None for each in evidence.values() if each.count is None)


def test_without_any_approval_a_live_objective_is_enough_and_that_is_said() -> None:
    text = "objectives: [{id: O-1, title: Grow%s}]\nplans: [{id: P-1, title: A, serves: [O-1]}]\n"
    unsaid = evidence_of(text % "")["plans-mapped"]
    assert (unsaid.points, ids(unsaid)) == (100, {"mapped": ["P-1"]})
    assert why(unsaid.reason) == "formality not recorded: no objective carries approved"
    informal = evidence_of(text % ", approved: {by: Board}")["plans-mapped"]
    assert (informal.points, ids(informal), informal.reason) == (0, {"unapproved": ["P-1"]}, None)


@pytest.mark.parametrize(
    ("plan", "part"),
    [
        ("serves: [O-1]", "mapped"),
        ("part_of: P-0", "mapped"),
        ("serves: [O-2]", "unapproved"),
        ("serves: [O-3]", "ended"),
        ("serves: [O-3], no_objective_because: law", "ended"),
        ("no_objective_because: law", "excused"),
        ("serves: [O-9]", "none"),
        ("serves: [P-0]", "none"),
        ("serves: [O-1], status: on-hold", "not-green-lit"),
        ("serves: [O-3, O-2, O-1]", "mapped"),
    ],
)
def test_each_plan_stands_in_the_first_part_that_fits(plan: str, part: str) -> None:
    evidence = evidence_of(
        "objectives:\n  - {id: O-1, title: Grow, approved: {by: Board, on: 2026-01-15}}\n"
        "  - {id: O-2, title: Sell}\n  - {id: O-3, title: Close, status: met}\n"
        "plans:\n  - {id: P-0, title: A, serves: [O-1], status: proposed}\n"
        f"  - {{id: P-1, title: B, {plan}}}\n"
    )
    assert "P-1" in ids(evidence["plans-mapped"])[part]


def test_money_in_two_currencies_is_not_added_up() -> None:
    text = (
        "currency: EUR\nobjectives: [{id: O-1, title: Grow}]\nplans:\n"
        "  - {id: P-1, title: A, serves: [O-1], budget: 5}\n"
        "  - {id: P-2, title: B, serves: [O-1], budget: {amount: 7, currency: USD}}\n"
    )
    evidence = evidence_of(text)
    assert why(evidence["budget-mapped"].reason) == "budgets are in more than one currency: EUR, USD"
    amounts = evidence["plans-mapped"].parts[0].amounts
    assert [(each.currency, each.amount) for each in amounts] == [("EUR", 5), ("USD", 7)]


FAMILY = """\
currency: EUR
objectives: [{id: O-1, title: Grow}, {id: O-2, title: Close, status: met}]
plans:
  - {id: P-0, title: Programme, serves: O-1%s}
  - {id: P-1, title: Checkout, part_of: P-0, budget: 40}
  - {id: P-2, title: Search, part_of: [P-0, P-3], budget: 40}
  - {id: P-3, title: Shops, serves: O-2%s}
"""


@pytest.mark.parametrize(
    ("programme", "shops", "mapped", "ended"),
    [
        (", budget: 100", "", 100, 0),  # the parts' budgets lie inside it
        ("", "", 80, 0),  # nobody else records one: the sum of the parts
        (", budget: 0", "", 80, 0),  # nothing of its own, and no amount that parts could lie inside
        (", budget: 100", ", budget: 70", 100, 70),  # a part of two lies in both, and is counted in each once
        ("", ", budget: 70", 40, 70),  # P-2 lies in P-3: money is counted where the plan is that records it
    ],
)
def test_the_money_of_a_family_is_counted_once_at_its_top(
    programme: str, shops: str, mapped: int, ended: int
) -> None:
    evidence = evidence_of(FAMILY % (programme, shops))
    parts = {part.id: part for part in evidence["plans-mapped"].parts}
    assert evidence["budget-mapped"].reason is None  # a plan has the budget above it, and of a part of it
    assert [each.amount for each in parts["mapped"].amounts] == [mapped]
    assert sum(each.amount for each in parts["ended"].amounts) == ended


def test_the_sum_over_a_deep_family_stands_on_its_top_alone() -> None:
    plans = "".join(f"  - {{id: P-{n}, title: T, part_of: P-{n - 1}, budget: 5}}\n" for n in range(1, 3000))
    text = f"currency: EUR\nobjectives: [{{id: O-1, title: G}}]\nplans:\n{plans}"
    evidence = evidence_of(f"{text}  - {{id: P-0, title: T, serves: O-1, budget: 9}}\n")
    assert share(evidence["budget-mapped"]) == (9, 9)
    assert share(evidence["plans-mapped"]) == (3000, 3000)


def test_budget_mapped_needs_nine_budgets_of_ten_and_says_how_many_there_are() -> None:
    head = "currency: EUR\nobjectives: [{id: O-1, title: Grow}]\nplans:\n"

    def money(budgets: int, of: int) -> Evidence:
        with_budget = (f"  - {{id: P-{n}, title: T{n}, serves: O-1, budget: 5}}\n" for n in range(budgets))
        without = (f"  - {{id: P-{n}, title: T{n}, serves: O-1}}\n" for n in range(budgets, of))
        return evidence_of(head + "".join([*with_budget, *without]))["budget-mapped"]

    assert (money(1, 4).count, why(money(1, 4).reason)) == (
        None,
        "budget recorded for 1 of 4 green-lit plans",
    )
    assert money(8, 9).count is None
    assert (share(money(9, 10)), why(money(9, 10).reason)) == (
        (45, 45),
        "budget recorded for 9 of 10 green-lit plans",
    )
    assert money(10, 10).reason is None


@pytest.mark.parametrize(
    ("name", "text", "expected"),
    [
        (
            "championed-unprompted",
            "plans:\n  - {id: P-0, title: A, champion: {side: business, prompting: none}}\n"
            "  - {id: P-1, title: B, part_of: P-0}\n  - {id: P-2, title: C}\n"
            "  - {id: P-3, title: D, part_of: P-0, champion: {side: it, prompting: none}}\n"
            "  - {id: P-4, title: E, champion: {side: business, prompting: some}}\n",
            {"for": ["P-0", "P-1"], "against": ["P-2", "P-3", "P-4"]},
        ),
        (
            "objectives-served",
            "objectives:\n  - {id: SDG 1, title: A}\n  - {id: 1.1, title: B}\n  - {id: O, title: D}\n"
            "  - {id: REQ:1, title: C, parent: [SDG 1, 1.1]}\nplans: [{id: P/1, title: A, serves: REQ:1}]\n",
            {"for": ["SDG 1", "1.1", "REQ:1"], "against": ["O"]},
        ),
        (
            "ideas-taken-up",
            "plans:\n  - {id: P-1, title: A, origin: it-suggestion}\n  - {id: P-4, title: D}\n"
            "  - {id: P-2, title: B, suggestion: S-1}\n  - {id: P-3, title: C, suggestion: S-2}\n"
            "suggestions: [{id: S-1, side: it}, {id: S-2, side: business}]\n",
            {"for": ["P-1", "P-2"], "against": ["P-4", "P-3"]},
        ),
        (
            "goals-met-through-it",
            "objectives:\n  - {id: O-1, title: A, status: met}\n  - {id: O-2, title: B, status: met}\n"
            "  - {id: O-3, title: C, status: missed}\n  - {id: O-4, title: D}\nplans:\n"
            "  - {id: P-1, title: A, status: delivered, results: [{objective: O-1}, {objective: O-3}]}\n"
            "  - {id: P-2, title: B, results: [{objective: O-2}]}\n",
            {"for": ["O-1"], "against": ["O-2", "O-3"], "outside": ["O-4"]},
        ),
        (
            "opportunities-from-it",
            "objectives:\n  - {id: O-1, title: A, enabled_by: [P-1]}\n"
            "  - {id: O-2, title: B, enabled_by: [P-2]}\n  - {id: O-3, title: C, status: retired}\n"
            "plans: [{id: P-1, title: A, status: delivered}, {id: P-2, title: B}]\n",
            {"for": ["O-1"], "against": ["O-2"], "outside": ["O-3"]},
        ),
        (
            "units-with-manager",
            "units: [Sales, HR]\nrelationship_managers:\n"
            "  - {name: A, kind: tactical, serves: [Sales]}\n  - {name: B, kind: strategic}\n",
            {"for": ["Sales"], "against": ["HR"]},
        ),
    ],
)
def test_what_counts_for_an_indicator_and_what_against(
    name: str, text: str, expected: dict[str, list[str]]
) -> None:
    assert ids(evidence_of(text)[name]) == expected


def test_each_field_that_an_indicator_rests_on_has_to_be_recorded() -> None:
    unsaid = evidence_of("plans: [{id: P-1, title: A, champion: {side: business}}]\n")
    assert why(unsaid["championed-unprompted"].reason) == "no plan records champion.prompting"


@pytest.mark.parametrize(
    ("origin", "promoted_by", "shared"),
    [
        ("it-suggestion", "[business]", True),
        ("it-suggestion", "[it]", False),
        ("business-request", "[it]", True),
        ("business-request", "[business]", False),
        ("joint", "[business, it]", True),
        ("joint", "[business]", False),
        ("mandate", "[it]", False),
        ("", "[business, it]", True),
        ("", "[it]", False),
    ],
)
def test_one_voice_is_the_side_that_did_not_have_the_idea(
    origin: str, promoted_by: str, shared: bool
) -> None:
    plan = f"plans: [{{id: P-1, title: A, origin: {origin or '~'}, promoted_by: {promoted_by}}}]\n"
    assert evidence_of(plan)["one-voice"].count == shared


def test_a_budget_that_is_mapped_to_the_last_cent_gives_100_points() -> None:
    """In floats, 100 * 10.79 / 10.79 is 100.00000000000001, which no score may be."""
    whole = evidence_of(
        "currency: EUR\nobjectives: [{id: O-1, title: G}]\n"
        "plans: [{id: P-1, title: T, status: green-lit, serves: [O-1], budget: 10.79}]\n"
    )["budget-mapped"]
    assert (whole.count, whole.of, whole.points) == (10.79, 10.79, 100)


OBJECTIVES = st.lists(
    st.builds(
        lambda number, status, approved, parent: Objective(
            id=f"O-{number}", title="t", status=status, approved=approved, parent=parent
        ),
        st.integers(0, 4),
        st.sampled_from(["active", "met", "proposed"]),
        st.sampled_from([None, {"by": "Board", "source": "minutes"}]),
        st.lists(st.sampled_from(["O-0", "O-1", "O-9"]), max_size=2),
    ),
    max_size=5,
)
PLANS = st.lists(
    st.builds(
        lambda number, status, serves, whole, reason, cents, currency: Plan(
            id=f"P-{number}",
            title="t",
            status=status,
            serves=serves,
            part_of=whole,
            no_objective_because=reason,
            budget=None if cents is None else Money(amount=Decimal(cents).scaleb(-2), currency=currency),
        ),
        st.integers(0, 9),
        st.sampled_from(["proposed", "green-lit", "in-progress", "delivered", "on-hold", "cancelled"]),
        st.lists(st.sampled_from(["O-0", "O-1", "O-2", "O-9", "P-0"]), max_size=3),
        st.lists(st.sampled_from(["P-0", "P-1", "P-2", "P-9"]), max_size=2),
        st.sampled_from([None, "law"]),
        st.none() | st.integers(0, 10**12),
        st.sampled_from(["EUR", "USD", None]),
    ),
    max_size=10,
)


def above(name: str, items: Sequence[Plan]) -> set[str]:
    """The ids of the plans above one, however far: those that it names, and those that these name."""
    first = {each.id: each for each in reversed(items)}
    found: set[str] = set()
    while more := {each for part in {name, *found} & first.keys() for each in first[part].part_of} - found:
        found |= more
    return found & first.keys()


def is_within_an_amount(plan: Plan, items: Sequence[Plan]) -> bool:
    first = {each.id: each for each in reversed(items)}
    strictly = {each for each in above(plan.id, items) if plan.id not in above(each, items)} - {plan.id}
    return any((budget := first[each].budget) and budget.amount for each in strictly)


@given(OBJECTIVES, PLANS)
def test_every_indicator_is_a_share_and_the_parts_of_plans_mapped_sum_to_all_plans_and_all_money(
    objectives: Sequence[Objective], items: Sequence[Plan]
) -> None:
    plans = Plans(
        objectives=tuple(Placed(each, "f", ("objectives", at)) for at, each in enumerate(objectives)),
        plans=tuple(Placed(each, "f", ("plans", at)) for at, each in enumerate(items)),
    )
    mapped = count_evidence(PlanMap(plans), TODAY)[0]
    assert [part.id for part in mapped.parts] == list(PARTS)
    assert sorted(name for part in mapped.parts for name in part.ids) == sorted(each.id for each in items)
    sums: dict[str, Decimal] = {}
    for part in mapped.parts:
        for each in part.amounts:
            sums[each.currency] = sums.get(each.currency, Decimal(0)) + parse_amount(f"{each.amount:.2f}")
    whole: dict[str, Decimal] = {}
    for item in (each for each in items if not is_within_an_amount(each, items)):
        if item.budget:
            name = item.budget.currency or ""
            whole[name] = whole.get(name, Decimal(0)) + item.budget.amount
    assert sums == whole
    for found in count_evidence(PlanMap(plans), TODAY):
        assert found.reason if found.count is None or not found.of else 0 <= found.count <= found.of


def test_what_is_counted_is_printed_without_decimals_unless_there_are_some() -> None:
    plans = "currency: EUR\nobjectives: [{id: O-1, title: G}]\nplans:\n"
    plans += "".join(f"  - {{id: P-{n}, title: T{n}, serves: [O-1], budget: {n}}}\n" for n in (1, 2))
    whole = evidence_of(plans)["budget-mapped"].model_dump_json()
    assert '"count":3,"of":3,' in whole
    assert '{"currency":"EUR","amount":3}' in whole
    cents = evidence_of(plans.replace("budget: 2", "budget: 2.50"))["budget-mapped"].model_dump_json()
    assert '"count":3.5,"of":3.5,' in cents
