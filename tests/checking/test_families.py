"""Edges of the rules about objectives, progress, money, ideas and people (CV2xx to CV5xx)."""

from __future__ import annotations

from datetime import date

import pytest
from checks import TWO, check, codes, found, only

ONE = "objectives: [{id: O-1, title: Grow online sales}]\n"


def with_plan(fields: str, top: str = "", more: str = "") -> str:
    return f"{top}{ONE}plans:\n  - {{id: P-01, title: New checkout, serves: [O-1]{fields}}}\n{more}"


def test_a_parent_is_covered_when_a_child_is() -> None:
    report = check(
        "objectives:\n  - {id: O-0, title: Win}\n  - {id: O-1, title: Grow, parent: O-0}\n"
        "  - {id: O-2, title: Sell, parent: O-0}\n"
        "plans: [{id: P-01, title: A, serves: [O-1]}]\n"
    )
    assert found(report, "CV201") == ["O-2 has no plan"]
    assert report.counts.uncovered_objectives == 1


def test_a_reason_silences_the_finding_never_the_figure() -> None:
    report = check(
        "objectives:\n  - {id: O-1, title: Grow}\n  - {id: O-2, title: Sell, no_plan_because: people}\n"
        "plans:\n  - {id: P-01, title: A, serves: [O-1]}\n"
        "  - {id: P-02, title: B, no_objective_because: law}\n"
    )
    assert codes(report) == []
    assert (report.counts.uncovered_objectives, report.counts.unlinked_plans) == (1, 1)


def test_a_cancelled_plan_covers_nothing() -> None:
    assert found(check(with_plan(", status: cancelled")), "CV201") == ["O-1 has no plan"]


def test_a_thread_is_thin_without_money_only_where_money_is_written_down() -> None:
    high = "objectives:\n  - {id: O-1, title: Grow, priority: high}\n  - {id: O-2, title: Sell}\nplans:\n"
    thin = "  - {id: P-01, title: A, serves: [O-1]}\n"
    funded = "  - {id: P-02, title: B, serves: [O-2], budget: {amount: 5, currency: EUR}}\n"
    unfunded = "  - {id: P-02, title: B, serves: [O-2]}\n"
    assert found(check(high + thin + unfunded), "CV203") == []
    assert found(check(high + thin + funded), "CV203") == ["O-1 rests on P-01, which has no budget"]


def test_who_owns_an_objective_is_asked_only_where_owners_are_written_down() -> None:
    nobody = "objectives:\n  - {id: O-1, title: Grow}\n  - {id: O-2, title: Sell%s}\n"
    plans = "plans: [{id: P-01, title: A, serves: [O-1, O-2]}]\n"
    assert found(check(nobody % "" + plans), "CV205") == []
    assert found(check(nobody % ", owner_side: it" + plans), "CV205") == ["O-2, owned by IT"]
    assert found(check(nobody % ", owner: CMO" + plans), "CV205") == ["O-1, no owner"]


@pytest.mark.parametrize(
    ("minimum", "expected"),
    [(0.5, []), (0.51, ["plans mapped: 1 of 2, minimum 51 %"]), (None, [])],
)
def test_a_gate_is_shut_below_its_minimum(minimum: float | None, expected: list[str]) -> None:
    text = with_plan("}\n  - {id: P-02, title: B, no_objective_because: law")
    assert found(check(text, min={} if minimum is None else {"plans-mapped": minimum}), "CV207") == expected


def test_what_cannot_be_counted_does_not_pass_a_gate() -> None:
    finding = only(check(with_plan(""), min={"budget-mapped": 0.5}), "CV207")
    assert finding.message == (
        "The share of budget mapped, at least 50 %, cannot be counted: no green-lit plan records budget."
    )


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        (", status: delivered, starts: 2026-11-21", ["P-01, delivered before 2026-11-21"]),
        (", status: delivered, starts: 2026-11-20", []),
        (", status: delivered, results: [{objective: O-1, on: 2026-11-21}]", ["P-01, result on 2026-11-21"]),
        (", status: cancelled, promoted_by: [it]", ["P-01, cancelled, but promoted"]),
        (", status: proposed, starts: 2027-01-01", []),
    ],
)
def test_a_status_that_cannot_be_true(fields: str, expected: list[str]) -> None:
    assert found(check(with_plan(fields)), "CV301") == expected


@pytest.mark.parametrize(
    ("status", "ends", "expected"),
    [
        ("in-progress", "2026-11-19", ["P-01, 1 day"]),
        ("on-hold", "2026-10-31", ["P-01, 20 days"]),
        ("in-progress", "2026-11-20", []),
        ("delivered", "2026-10-31", []),
        ("cancelled", "2026-10-31", []),
    ],
)
def test_overdue(status: str, ends: str, expected: list[str]) -> None:
    assert found(check(with_plan(f", status: {status}, ends: {ends}")), "CV302") == expected


def test_a_plan_becomes_overdue_when_only_the_day_moves() -> None:
    text = with_plan(", ends: 2026-12-15", top="as_of: 2026-11-01\n")
    assert codes(check(text, date(2026, 12, 15))) == []
    assert codes(check(text, date(2026, 12, 16))) == ["CV302"]


def test_a_file_grows_old_even_where_no_plan_is_ever_reviewed() -> None:
    text = with_plan("", top="as_of: 2026-11-01\n")
    report = check(text, date(2027, 5, 1))
    assert found(report, "CV305") == ["as_of, 181 days"]
    assert only(report, "CV305").line == 1


def test_a_dependency_that_is_delivered_is_not_broken() -> None:
    other = "}\n  - {id: P-02, title: B, serves: [O-1], ends: 2027-01-01, status: %s"
    plan = ", ends: 2026-12-01, depends_on: [P-02]"
    assert found(check(with_plan(plan + other % "delivered")), "CV306") == []
    assert found(check(with_plan(plan + other % "green-lit")), "CV306") == [
        "P-01, P-02 ends later, on 2027-01-01"
    ]
    assert found(check(with_plan(plan + other % "cancelled")), "CV306") == ["P-01, P-02 is cancelled"]


@pytest.mark.parametrize(
    ("budget", "expected"),
    [
        ("-5", ["P-01, -5", "P-01, no currency"]),
        ("0", []),
        ("{amount: 5, currency: CHF}", []),
        ("5", ["P-01, no currency"]),
    ],
)
def test_bad_money(budget: str, expected: list[str]) -> None:
    assert found(check(with_plan(f", budget: {budget}")), "CV401") == expected


def test_money_without_an_objective_is_counted_by_currency() -> None:
    report = check(
        f"currency: EUR\n{ONE}plans:\n"
        "  - {id: P-01, title: A, serves: [O-1], budget: 95}\n"
        "  - {id: P-02, title: B, budget: 5}\n"
        "  - {id: P-03, title: C, no_objective_because: law, budget: 900}\n"
        "  - {id: P-04, title: D, budget: {amount: 1, currency: USD}}\n"
    )
    assert found(report, "CV403") == ["100 % of green-lit money (USD)"]


def test_a_plan_with_a_reason_needs_neither_budget_nor_champion() -> None:
    report = check(
        f"currency: EUR\n{ONE}plans:\n"
        "  - {id: P-01, title: A, serves: [O-1], budget: 5, champion: {side: business}}\n"
        "  - {id: P-02, title: B, no_objective_because: law}\n"
    )
    assert codes(report) == []


def test_a_declined_idea_that_a_plan_names_is_about_both() -> None:
    finding = only(
        check(with_plan(", suggestion: S-01", more="suggestions: [{id: S-01, status: declined}]\n")), "CV503"
    )
    assert (finding.plan, finding.named, finding.brief) == ("P-01", "S-01", "P-01, S-01 was declined")


@pytest.mark.parametrize(
    ("champion", "says"),
    [("{name: CIO, side: it}", ": CIO is on IT's."), ("{name: Ada}", ": nobody says on which side Ada is.")],
)
def test_a_champion_sits_on_the_business_side(champion: str, says: str) -> None:
    assert only(check(with_plan(f", champion: {champion}")), "CV511").message.endswith(says)


def test_units_and_the_organisation_need_managers_of_their_kind() -> None:
    more = "units: [Sales, HR]\nrelationship_managers: [{name: J. Doe, kind: tactical, serves: [HR]}]\n"
    assert found(check(with_plan("", more=more)), "CV512") == [
        "Sales, no tactical manager",
        "no strategic manager",
    ]


def test_money_without_an_objective_asks_for_no_approval_that_nobody_records() -> None:
    plans = (
        "plans:\n  - {id: P-1, title: A, serves: [O-1, O-2], budget: 1}\n  - {id: P-2, title: B, budget: 9}\n"
    )
    said = only(check(f"currency: EUR\n{TWO}{plans}"), "CV403").message
    assert said.endswith("goes to plans that serve no live objective and give no reason.")
