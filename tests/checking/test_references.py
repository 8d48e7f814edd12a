"""Ids that name nothing, the wrong thing, twice, or themselves (CV102 to CV106)."""

from __future__ import annotations

import pytest
from checks import TWO, check, codes, found, only


def one_plan(fields: str) -> str:
    return f"{TWO}plans:\n  - {{id: P-01, title: New checkout, serves: [O-1, O-2]}}\n  - {{{fields}}}\n"


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("0-1", 'Nearest: O-1 "Grow online sales" (letter O, not nought).'),
        ("o-1", 'Nearest: O-1 "Grow online sales" (mind the capitals).'),
        ("O -1", 'Nearest: O-1 "Grow online sales" (mind the spaces).'),
        ("O_1", 'Nearest: O-1 "Grow online sales" (look at 0 and O, 1, l and I, - and _).'),
        ("O-12", 'Nearest: O-1 "Grow online sales" or O-2 "Halve returns".'),
        ("zebra", "Correct the id, or define what it names."),
    ],
)
def test_a_wrong_id_is_told_the_nearest_right_one(wrong: str, hint: str) -> None:
    finding = only(check(one_plan(f"id: P-02, title: Search, serves: [{wrong}]")), "CV102")
    assert finding.hint == hint
    assert (finding.line, finding.plan) == (6, "P-02")


@pytest.mark.parametrize(
    ("fields", "brief"),
    [
        ("serves: [O-1, {id: O-9}]", "serves names O-9"),
        ("serves: [O-1], part_of: P-99", "part_of names P-99"),
        ("serves: [O-1], depends_on: [P-99]", "depends_on names P-99"),
        ("serves: [O-1], suggestion: S-99", "suggestion names S-99"),
        ("serves: [O-1], results: [{objective: O-9}]", "results names O-9"),
        ("serves: [O-1], part_of: O-1", "part_of names O-1"),
        ("serves: [O-1], status: cancelled, depends_on: [P-99]", "depends_on names P-99"),
    ],
)
def test_every_reference_of_a_plan_is_looked_up(fields: str, brief: str) -> None:
    report = check(one_plan(f"id: P-02, title: Search, {fields}"))
    assert found(report, "CV102") == [f"P-02, {brief}"]


def test_every_reference_of_an_objective_is_looked_up() -> None:
    report = check(
        "objectives:\n  - {id: O-1, title: Grow, parent: O-0, enabled_by: [P-09]}\n"
        "plans:\n  - {id: P-01, title: New checkout, serves: [O-1]}\n"
    )
    assert found(report, "CV102") == ["O-1, parent names O-0", "O-1, enabled_by names P-09"]


def test_units_and_managers_are_looked_up_only_where_the_files_list_any() -> None:
    plan = one_plan("id: P-02, title: Search, serves: [O-1], units: [Sale], relationship_manager: J. Do")
    listed = (
        "units: [Sales]\nrelationship_managers:\n  - {name: J. Doe, kind: tactical, serves: [Sales, HR]}\n"
    )
    assert found(check(plan), "CV102") == []
    assert found(check(plan + listed), "CV102") == [
        "P-02, units names Sale",
        "P-02, relationship_manager names J. Do",
        "J. Doe serves HR",
    ]


@pytest.mark.parametrize("link", ["O-9", "P-01", "S-01"])
def test_a_link_to_nothing_brings_no_second_finding_about_the_same_plan(link: str) -> None:
    text = one_plan(f"id: P-02, title: Search, serves: [{link}]")
    report = check(f"{text}suggestions: [{{id: S-01}}]\n")
    assert "CV101" not in codes(report)
    assert codes(report) == ["CV102" if link == "O-9" else "CV106"]


def test_a_plan_under_a_plan_with_a_wrong_link_is_not_unlinked_either() -> None:
    report = check(
        f"{TWO}plans:\n  - {{id: P-01, title: A, serves: [O-9]}}\n  - {{id: P-02, title: B, part_of: P-01}}\n"
    )
    assert found(report, "CV101") == []


def test_an_id_that_comes_twice_shows_where_it_came_first_across_files() -> None:
    first = f"{TWO}plans: [{{id: P-01, title: New checkout, serves: [O-1, O-2]}}]\n"
    second = "plans: [{id: O-1, title: Search, no_objective_because: old}]\n"
    finding = only(check({"a.yaml": first, "b.yaml": second}), "CV103")
    assert (finding.file, finding.line) == ("b.yaml", 1)
    assert [(place.file, place.line) for place in finding.related] == [("a.yaml", 2)]


def test_the_id_of_an_item_that_cannot_be_used_still_counts_as_defined() -> None:
    wrong = "objectives: [{id: O-1, titel: Grow}]\n"
    text = f"{wrong}plans: [{{id: P-01, title: New checkout, serves: [O-1]}}]\n"
    assert set(codes(check(text))) == {"CV004"}


def test_a_loop_is_shown_whole_and_once() -> None:
    report = check(
        f"{TWO}plans:\n"
        "  - {id: P-01, title: A, serves: [O-1, O-2], depends_on: [P-02]}\n"
        "  - {id: P-02, title: B, serves: [O-1], depends_on: [P-03]}\n"
        "  - {id: P-03, title: C, serves: [O-1], depends_on: [P-01]}\n"
    )
    assert only(report, "CV105").message == "A loop of depends_on: P-01 > P-02 > P-03 > P-01."


def test_parents_and_parts_form_loops_too() -> None:
    report = check(
        "objectives:\n  - {id: O-1, title: Grow, parent: O-2}\n  - {id: O-2, title: Sell, parent: O-1}\n"
        "plans:\n  - {id: P-01, title: A, serves: [O-1], part_of: P-01}\n"
    )
    assert found(report, "CV105") == ["O-1 > O-2 > O-1", "P-01, P-01 > P-01"]
