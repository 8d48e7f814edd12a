"""What a plan serves, and whether that still holds (CV101, CV107 to CV112)."""

from __future__ import annotations

from datetime import date

import pytest
from checks import TWO, check, codes, found, only

ALL = f"{TWO}plans:\n  - {{id: P-00, title: All, serves: [O-1, O-2]}}\n"


def with_plan(fields: str) -> str:
    return f"{ALL}  - {{id: P-01, title: New checkout{fields}}}\n"


def test_a_plan_inherits_the_links_of_the_plan_it_is_part_of() -> None:
    assert codes(check(with_plan(", part_of: P-00"))) == []


@pytest.mark.parametrize(
    "fields", [", no_objective_because: the law", ", status: cancelled", ", serves: [O-1]"]
)
def test_a_reason_a_link_or_an_end_silences_cv101(fields: str) -> None:
    assert found(check(with_plan(fields)), "CV101") == []


@pytest.mark.parametrize("status", ["proposed", "green-lit", "in-progress", "delivered", "on-hold"])
def test_every_other_plan_has_to_serve_something(status: str) -> None:
    assert found(check(with_plan(f", status: {status}")), "CV101") == ["P-01"]


def test_an_unlinked_plan_shows_what_it_costs() -> None:
    text = "currency: EUR\n" + with_plan(", owner: Head of sales IT, budget: 520000.50")
    assert only(check(text), "CV101").message == (
        'P-01 "New checkout" (Head of sales IT) serves no objective and gives no reason. EUR 520,000.50.'
    )


def test_an_objective_that_nobody_approved_is_named_for_each_plan_that_links_to_it() -> None:
    report = check(
        "objectives:\n"
        "  - {id: O-1, title: Grow, approved: {by: Board, source: minutes}}\n"
        "  - {id: O-2, title: Sell, approved: {by: Board}}\n"
        "plans:\n  - {id: P-01, title: A, serves: [O-1, O-2]}\n  - {id: P-02, title: B, serves: [O-2]}\n"
    )
    assert found(report, "CV107") == ["P-01, O-2", "P-02, O-2"]


@pytest.mark.parametrize(
    ("objective", "status", "expected"),
    [
        ("ends: 2026-11-19", "in-progress", ["P-01, O-1"]),
        ("ends: 2026-11-20", "in-progress", []),
        ("status: met", "green-lit", ["P-01, O-1"]),
        ("status: missed", "green-lit", ["P-01, O-1"]),
        ("status: retired", "delivered", []),
        ("status: retired", "proposed", []),
        ("status: proposed", "in-progress", []),
        ("starts: 2027-01-01", "in-progress", []),
    ],
)
def test_a_plan_goes_on_after_its_only_objective(objective: str, status: str, expected: list[str]) -> None:
    report = check(
        f"objectives:\n  - {{id: O-1, title: Grow, {objective}}}\n"
        f"plans:\n  - {{id: P-01, title: A, serves: [O-1], status: {status}}}\n"
    )
    assert found(report, "CV108") == expected


def test_one_live_objective_is_enough() -> None:
    text = (
        "objectives:\n  - {id: O-1, title: Grow, status: met}\n  - {id: O-2, title: Sell}\n"
        "plans:\n  - {id: P-01, title: A, serves: [O-1, O-2]}\n"
    )
    assert codes(check(text)) == []


def test_an_objective_ends_when_the_day_passes_whatever_as_of_says() -> None:
    text = (
        "as_of: 2026-11-01\nobjectives: [{id: O-1, title: Grow, ends: 2026-12-31}]\n"
        "plans: [{id: P-01, title: A, serves: [O-1]}]\n"
    )
    assert codes(check(text, date(2026, 12, 31))) == []
    assert codes(check(text, date(2027, 1, 1))) == ["CV108"]


def test_an_open_end_is_no_window() -> None:
    text = (
        "objectives:\n  - {id: O-1, title: Grow, ends: 2026-12-31}\n  - {id: O-2, title: Sell}\n"
        "plans:\n  - {id: P-01, title: A, serves: [O-1, O-2], ends: 2027-06-30}\n"
    )
    assert found(check(text), "CV110") == []


def test_how_many_objectives_are_too_many_can_be_set() -> None:
    text = f"{TWO}plans: [{{id: P-01, title: A, serves: [O-1, O-2, O-2]}}]\n"
    assert found(check(text, max_objectives_per_plan=2), "CV111") == []
    assert found(check(text, max_objectives_per_plan=1), "CV111") == ["P-01, 2 objectives"]
