"""What could not be read brings its own finding, and none that follows from its absence."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from checks import TWO, check, codes, found
from hypothesis import given, settings
from hypothesis import strategies as st

from convergence_cli.documents import parse
from convergence_cli.render.say import why

BROKEN = {"objectives.yaml": "objectives: [\n"}
PLANS = """\
plans:
  - {id: P-1, title: New checkout, serves: [O-1], ends: 2026-10-31}
"""


def test_an_unreadable_file_may_define_what_is_missing() -> None:
    report = check(BROKEN | {"plans.yaml": PLANS})
    assert codes(report) == ["CV001", "CV302"]
    assert report.silent == ("CV102", "CV201", "CV202", "CV203", "CV401", "CV403", "CV503")


def test_an_unreadable_file_may_hold_the_plan_of_an_objective_and_of_a_waiver() -> None:
    waiver = "waivers:\n  - {rule: CV302, on: P-1, reason: waits, until: 2027-01-31}\n"
    report = check({"objectives.yaml": TWO + waiver, "plans.yaml": "plans: [\n"})
    assert codes(report) == ["CV001"]


@pytest.mark.parametrize(
    "key", ["objectives: {O-1: Grow online sales}", "objectivs: [{id: O-1, title: Grow}]"]
)
def test_a_list_that_is_lost_whole_may_define_what_is_missing(key: str) -> None:
    assert codes(check(f"{key}\n{PLANS}")) == ["CV004", "CV302"]


def test_everything_is_looked_for_when_all_was_read() -> None:
    report = check(TWO + PLANS + "  - {id: P-2, title: Search, serves: [O-3]}\n")
    assert codes(report) == ["CV102", "CV201", "CV302"]
    assert report.silent == ()


@pytest.mark.parametrize(
    "field", ["serves: {O-1: x}", "serve: [O-1]", "part_of: {P-2: x}", "no_objective_because: []"]
)
def test_a_plan_whose_link_could_not_be_read_is_not_unlinked(field: str) -> None:
    plans = f"plans:\n  - {{id: P-1, title: A, {field}}}\n  - {{id: P-2, title: B, serves: [O-1, O-2]}}\n"
    assert codes(check(TWO + plans)) == ["CV004"]


def test_nor_is_a_plan_that_is_part_of_it() -> None:
    plans = "plans:\n  - {id: P-1, title: A, serves: [[O-1]]}\n  - {id: P-2, title: B, part_of: P-1}\n"
    assert codes(check(TWO + plans)) == ["CV004"]


@pytest.mark.parametrize(
    "field", ["budget: 1e5", "buget: 5", "budget: {amount: 5, currency: eur}", "budget: {currency: EUR}"]
)
def test_a_budget_that_could_not_be_read_is_not_absent(field: str) -> None:
    report = check(
        f"plans:\n  - {{id: P-1, title: A, no_objective_because: x, {field}}}\n", require=["budget"]
    )
    assert codes(report) == ["CV004"]


def test_of_a_status_that_could_not_be_read_nothing_is_concluded() -> None:
    plan = "{id: P-1, title: A, status: canceled, starts: 2027-01-01, ends: 2027-02-01, depends_on: [P-9]}"
    assert codes(check(f"plans:\n  - {plan}\n")) == ["CV004", "CV102"]


@pytest.mark.parametrize("field", ["part_of: P-0, budget: 12k", "part_off: P-0, budget: 12"])
def test_what_pays_for_a_plan_may_stand_in_a_part_that_could_not_be_read(field: str) -> None:
    whole = "  - {id: P-0, title: A, serves: [O-1, O-2]}\n  - {id: P-2, title: C, serves: O-1, budget: 5}\n"
    report = check(f"currency: EUR\n{TWO}plans:\n{whole}  - {{id: P-1, title: B, {field}}}\n")
    assert codes(report) == ["CV004"]


def test_a_part_whose_budget_could_not_be_read_says_nothing_of_the_parts_beside_it() -> None:
    plans = (
        "  - {id: P-0, title: A, serves: [O-1, O-2]}\n  - {id: P-1, title: B, part_of: P-0, budget: 12k}\n"
    )
    beside = "  - {id: P-2, title: C, part_of: P-0}\n  - {id: P-3, title: D, part_of: P-2, budget: 0}\n"
    alone = "  - {id: P-4, title: E, part_of: P-0}\n"
    report = check(f"currency: EUR\n{TWO}plans:\n{plans}{beside}{alone}")
    assert found(report, "CV402") == ["P-4"]


def test_an_objective_rests_on_nothing_while_the_status_of_its_plan_could_not_be_read() -> None:
    high = "objectives: [{id: O-1, title: Grow, priority: high}]\nplans:\n"
    plans = (
        "  - {id: P-1, title: A, serves: O-1, status: stopped}\n  - {id: P-2, title: B, serves: O-1, %s}\n"
    )
    paid = "  - {id: P-3, title: C, no_objective_because: x, budget: 0}\n"
    assert codes(check(high + plans % "status: cancelled" + paid)) == ["CV004"]


CLEAN = Path(__file__).with_name("clean.yaml").read_text(encoding="utf-8")
BEFORE = check(CLEAN)
READING = {"CV001", "CV002", "CV003", "CV004", "CV005"}
WRONG = ("", "12k", "yes", "yesterday", [["O-1"]], {"of": {"what": "?"}})
Steps = tuple[str | int, ...]


def leaves(data: Any, path: Steps = ()) -> Iterator[Steps]:
    """The way to every value of a document, whole lists and mappings too."""
    yield path
    for step, value in data.items() if isinstance(data, dict) else enumerate(data):
        inside = isinstance(value, dict | list)
        yield from leaves(value, (*path, step)) if inside else [(*path, step)]


def whole() -> Any:
    return parse(CLEAN.encode(), "plans.yaml").data


def test_the_clean_file_has_no_finding_and_every_figure() -> None:
    assert (BEFORE.findings, BEFORE.not_checked, BEFORE.silent) == ((), (), ())
    assert [each.id for each in BEFORE.evidence if each.count is None] == []


@given(st.sampled_from([path for path in leaves(whole()) if path]), st.sampled_from((*WRONG, None)))
@settings(max_examples=150, deadline=None)
def test_what_cannot_be_read_brings_its_own_finding_and_no_other(path: Steps, wrong: object) -> None:
    """Any one value of a clean file broken, or (None) its key misspelt."""
    if len(path) == 2 and isinstance(wrong, dict):
        return  # another item, and not a broken one
    data = whole()
    inner = data
    for step in path[:-1]:
        inner = inner[step]
    if wrong is not None:
        inner[path[-1]] = wrong
    elif isinstance(path[-1], str):
        inner[path[-1] + path[-1][-1]] = inner.pop(path[-1])
    after = check(json.dumps(data))
    if not any(finding.is_reading_problem for finding in after.findings):
        return  # a text or an id that nobody can call wrong
    assert {finding.code for finding in after.findings} <= READING
    assert after.not_checked == ()
    for was, now in zip(BEFORE.evidence, after.evidence, strict=True):
        assert now.count is None or (now.count, now.of) == (was.count, was.of)
    assert after.counts.unlinked_plans <= BEFORE.counts.unlinked_plans
    assert after.counts.uncovered_objectives <= BEFORE.counts.uncovered_objectives


def test_sums_in_a_currency_that_files_disagree_about_are_not_counted() -> None:
    money = "plans: [{id: P-1, title: A, serves: O-1, budget: 5}]\n"
    report = check({"a.yaml": f"currency: EUR\n{TWO}", "b.yaml": f"currency: USD\n{money}"}, ignore=["CV201"])
    assert codes(report) == ["CV004"]
    reasons = {each.id: why(each.reason) for each in report.evidence if each.count is None}
    assert reasons["budget-mapped"] == "part of currency could not be read"
