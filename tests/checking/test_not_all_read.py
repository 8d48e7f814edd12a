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
    whole = check(TWO + PLANS + "  - {id: P-2, title: Search, serves: [O-3]}\n")
    assert codes(whole) == ["CV102", "CV201", "CV302"]
    assert whole.silent == ()


def test_an_unreadable_file_may_hold_the_plan_of_an_objective_and_of_a_waiver() -> None:
    waiver = "waivers:\n  - {rule: CV302, on: P-1, reason: waits, until: 2027-01-31}\n"
    report = check({"objectives.yaml": TWO + waiver, "plans.yaml": "plans: [\n"})
    assert codes(report) == ["CV001"]


def plans(*rows: str, top: str = TWO) -> str:
    """A file with these plans; both objectives have one unless `top` says otherwise."""
    return f"currency: EUR\n{top}plans:\n" + "".join(f"  - {{{row}}}\n" for row in rows)


SERVING = "id: P-0, title: A, serves: [O-1, O-2]"
PAID = "id: P-2, title: C, serves: O-1, budget: 5"
HIGH = "objectives: [{id: O-1, title: Grow, priority: high}]\n"
UNKNOWN_STATUS = "status: canceled, starts: 2027-01-01, ends: 2027-02-01, depends_on: [P-9]"


@pytest.mark.parametrize(
    ("text", "beside"),
    [
        *(
            (f"{lost}\n{PLANS}", ["CV302"])  # a list that is lost whole may define what is missing
            for lost in ("objectives: {O-1: Grow online sales}", "objectivs: [{id: O-1, title: Grow}]")
        ),
        *(
            (plans(SERVING, f"id: P-1, title: B, {link}"), [])
            for link in ("serves: {O-1: x}", "serve: [O-1]", "part_of: {P-2: x}", "no_objective_because: []")
        ),
        (plans(SERVING, "id: P-1, title: B, serves: [[O-1]]", "id: P-2, title: C, part_of: P-1"), []),
        *(
            (plans(f"{SERVING}, budget: 5", f"id: P-1, title: B, serves: O-1, budget: {budget}"), [])
            for budget in ("1e5", "{amount: 5, currency: eur}", "{currency: EUR}")
        ),
        (plans(f"{SERVING}, budget: 5", "id: P-1, title: B, serves: O-1, buget: 5"), []),
        (plans(SERVING, f"id: P-1, title: B, no_objective_because: x, {UNKNOWN_STATUS}"), ["CV102"]),
        *(
            (plans(SERVING, PAID, f"id: P-1, title: B, {part}"), [])  # it may pay for what it is part of
            for part in ("part_of: P-0, budget: 12k", "part_off: P-0, budget: 12")
        ),
        (
            plans(
                "id: P-1, title: A, serves: O-1, status: stopped",  # it may be what the objective rests on
                "id: P-2, title: B, serves: O-1, status: cancelled",
                "id: P-3, title: C, no_objective_because: x, budget: 0",
                top=HIGH,
            ),
            [],
        ),
    ],
)
def test_what_was_written_and_could_not_be_read_is_not_absent(text: str, beside: list[str]) -> None:
    assert codes(check(text)) == ["CV004", *beside]


def test_a_part_whose_budget_could_not_be_read_says_nothing_of_the_parts_beside_it() -> None:
    unread, beside = "id: P-1, title: B, part_of: P-0, budget: 12k", "id: P-2, title: C, part_of: P-0"
    paid, alone = "id: P-3, title: D, part_of: P-2, budget: 0", "id: P-4, title: E, part_of: P-0"
    assert found(check(plans(SERVING, unread, beside, paid, alone)), "CV402") == ["P-4"]


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
