"""The edges of the rules: what each says of a file, in a few words, and where it keeps silent."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from checks import TWO, check, codes, found, only

from convergence_cli.checking.rule import sample

SELL = ("id: O-2, title: Sell",)
FIRST = """
CV102 | | parent: O-0, enabled_by: [P-9] | O-1, parent names O-0; O-1, enabled_by names P-9
CV108 | status: green-lit | ends: 2026-11-19 | P-01, O-1
CV108 | status: green-lit | status: met | P-01, O-1
CV108 | status: green-lit | status: missed | P-01, O-1
CV108 | | ends: 2026-11-20 |
CV108 | | status: proposed |
CV108 | | starts: 2027-01-01 |
CV108 | status: delivered | status: retired |
CV108 | status: proposed | status: retired |
CV201 | status: cancelled | | O-1 has no plan
CV301 | status: delivered, starts: 2026-11-21 | | P-01, delivered before 2026-11-21
CV301 | status: delivered, starts: 2026-11-20 | |
CV301 | status: delivered, results: [{objective: O-1, on: 2026-11-21}] | | P-01, result on 2026-11-21
CV301 | status: cancelled, promoted_by: [it] | | P-01, cancelled, but promoted
CV301 | status: proposed, starts: 2027-01-01 | |
CV302 | ends: 2026-11-19 | | P-01, 1 day
CV302 | status: on-hold, ends: 2026-10-31 | | P-01, 20 days
CV302 | ends: 2026-11-20 | |
CV302 | status: delivered, ends: 2026-10-31 | |
CV302 | status: cancelled, ends: 2026-10-31 | |
CV401 | budget: -5 | | P-01, -5; P-01, no currency
CV401 | budget: 5 | | P-01, no currency
CV401 | budget: 0 | |
CV401 | budget: {amount: 5, currency: CHF} | |
"""
"""A rule, further fields of a plan that serves O-1, and of O-1, and what is found in a few words."""
SECOND = """
CV101 | no_objective_because: law |
CV101 | status: cancelled |
CV101 | part_of: P-01 |
CV101 | status: proposed | P-02
CV101 | status: green-lit | P-02
CV101 | status: delivered | P-02
CV101 | status: on-hold | P-02
CV101 | serves: [O-9] |
CV101 | serves: [P-01] |
CV101 | serves: [S-01] |
CV102 | serves: [O-1, {id: O-9}] | P-02, serves names O-9
CV102 | part_of: P-99 | P-02, part_of names P-99
CV102 | part_of: O-1 | P-02, part_of names O-1
CV102 | suggestion: S-99 | P-02, suggestion names S-99
CV102 | results: [{objective: O-9}] | P-02, results names O-9
CV102 | status: cancelled, depends_on: [P-99] | P-02, depends_on names P-99
CV102 | units: [Sale], relationship_manager: J. Do |
CV106 | serves: [P-01] | P-02, serves P-01
CV106 | serves: [S-01] | P-02, serves S-01
"""
"""A rule, what the second plan says of itself, and what is found; the files keep the suggestion S-01."""
SEARCH = "id: P-02, title: Search"
DEPENDS = "ends: 2026-12-01, depends_on: [P-02]"
OTHER = f"{SEARCH}, serves: [O-1], ends: 2027-01-01, status: %s"
THREAD = "objectives:\n  - {id: O-1, title: Grow, priority: high}\n  - {id: O-2, title: Sell}\nplans:\n"
THIN = f"{THREAD}  - {{id: P-01, title: A, serves: [O-1]}}\n  - {{id: P-02, title: B, serves: [O-2]%s}}\n"
OWNED = "objectives:\n  - {id: O-1, title: Grow}\n  - {id: O-2, title: Sell%s}\nplans: []\n"
PROPOSED = "id: P-%d, title: Plan, serves: [O-1], status: proposed"
HELD = "O-1, only P-01 (on hold), P-2 (proposed), P-3 (proposed), P-4 (proposed), P-5 (proposed) and"
NO_MANAGER = ["Sales, no tactical manager", "no strategic manager"]
UNITS = "units: [%s]\nrelationship_managers: [{name: J. Doe, kind: tactical, serves: [HR]}]\n"
LISTED = "units: [Sales]\nrelationship_managers:\n  - {name: J. Doe, kind: tactical, serves: [Sales, HR]}\n"
LOOP = ("id: P-02, title: B, depends_on: [P-03]", "id: P-03, title: C, depends_on: [P-01]")
PARENTS = (
    "objectives:\n  - {id: O-1, title: Grow, parent: O-2}\n  - {id: O-2, title: Sell, parent: O-1}\n"
    "plans:\n  - {id: P-01, title: A, serves: [O-1], part_of: P-01}\n"
)
SEVERAL_PARENTS = """\
objectives:
  - {id: SYS 1, title: A, parent: [STK 1, SW 1.1]}
  - {id: STK 1, title: B}
  - {id: SW 1.1, title: C, parent: [STK 1, SYS 1]}
plans:
  - {id: P-1, title: A, serves: SW 1.1, part_of: [P-2, P-3]}
  - {id: P-2, title: B}
  - {id: P-3, title: C, part_of: [P-2, P-1]}
"""
"""As StrictDoc's requirements, where one way of two leads back."""
APPROVED = sample(
    "",
    "id: P-02, title: B, serves: [O-1, O-2]",
    objective="approved: {by: Board, source: x}",
    objectives=("id: O-2, title: Sell, approved: {by: Board}",),
)
MONEY = sample(
    "budget: 95",
    "id: P-02, title: B, budget: 5",
    "id: P-03, title: C, no_objective_because: law, budget: 900",
    "id: P-04, title: D, budget: {amount: 1, currency: USD}",
    top="currency: EUR\n",
)


def second(fields: str) -> str:
    """A file whose second plan has these fields."""
    return sample("", f"id: P-02, title: Second, {fields}", objectives=SELL)


def both(text: str) -> str:
    """The first plan serves two objectives."""
    return text.replace("[O-1]", "[O-1, O-2]")


def rows(table: str) -> Iterator[list[str]]:
    for line in table.strip().splitlines():
        yield [cell.strip() for cell in line.split("|")]


EDGES: list[tuple[str, str, list[str]]] = [
    *((code, sample(plan, objective=top), found.split("; ")) for code, plan, top, found in rows(FIRST)),
    *(
        (code, second(fields) + "suggestions: [{id: S-01}]\n", found.split("; "))
        for code, fields, found in rows(SECOND)
    ),
    (
        "CV102",
        second("units: [Sale], relationship_manager: J. Do") + LISTED,
        ["P-02, units names Sale", "P-02, relationship_manager names J. Do", "J. Doe serves HR"],
    ),
    ("CV105", sample("depends_on: [P-02]", *LOOP), ["P-01, P-01 > P-02 > P-03 > P-01"]),
    ("CV105", PARENTS, ["O-1 > O-2 > O-1", "P-01, P-01 > P-01"]),
    ("CV105", SEVERAL_PARENTS, ["SYS 1 > SW 1.1 > SYS 1", "P-1, P-1 > P-3 > P-1"]),
    ("CV107", APPROVED, ["P-02, O-2"]),
    ("CV108", both(sample(objective="status: met", objectives=SELL)), []),
    ("CV110", both(sample("ends: 2027-06-30", objective="ends: 2026-12-31", objectives=SELL)), []),
    ("CV201", SEVERAL_PARENTS, []),
    (
        "CV201",
        sample(objective="parent: O-0", objectives=("id: O-0, title: A", "id: O-2, title: B, parent: O-0")),
        ["O-2 has no plan"],
    ),
    ("CV202", sample("status: on-hold", *(PROPOSED % n for n in range(2, 7))), [f"{HELD} P-6 (proposed)"]),
    ("CV202", sample("status: on-hold", *(PROPOSED % n for n in range(2, 9))), [f"{HELD} more"]),
    ("CV203", THIN % "", []),
    ("CV203", THIN % ", budget: {amount: 5, currency: EUR}", ["O-1 rests on P-01, which has no budget"]),
    ("CV205", OWNED % "", []),
    ("CV205", OWNED % ", owner_side: it", ["O-2, owned by IT"]),
    ("CV205", OWNED % ", owner: CMO", ["O-1, no owner"]),
    ("CV305", sample(top="as_of: 2026-05-23\n"), ["as_of, 181 days"]),
    ("CV306", sample(DEPENDS, OTHER % "delivered"), []),
    ("CV306", sample(DEPENDS, OTHER % "green-lit"), ["P-01, P-02 ends later, on 2027-01-01"]),
    ("CV306", sample(DEPENDS, OTHER % "cancelled"), ["P-01, P-02 is cancelled"]),
    ("CV403", MONEY, ["100 % of green-lit money (USD)"]),
    (
        "CV503",
        sample("suggestion: S-01", end="suggestions: [{id: S-01, status: declined}]\n"),
        ["P-01, S-01 was declined"],
    ),
    ("CV512", sample(end=UNITS % "Sales, HR"), NO_MANAGER),
    ("CV512", sample(end=UNITS % "Sales, HR, Sales"), NO_MANAGER),
]


@pytest.mark.parametrize(("code", "text", "expected"), EDGES)
def test_what_a_rule_finds_at_its_edge(code: str, text: str, expected: list[str]) -> None:
    assert found(check(text), code) == [*filter(None, expected)]


@pytest.mark.parametrize(
    ("text", "code", "message"),
    [
        (
            "currency: EUR\nplans: [{id: P-1, title: A, owner: CIO, budget: 520000.50}]\n",
            "CV101",
            'P-1 "A" (CIO) serves no objective and gives no reason. EUR 520,000.50.',
        ),
        (
            sample("champion: {name: CIO, side: it}"),
            "CV511",
            "no champion on the business side: CIO is on IT's.",
        ),
        (sample("champion: {name: Ada}"), "CV511", ": nobody says on which side Ada is."),
        (
            sample("budget: 1", "id: P-2, title: B, budget: 9", top="currency: EUR\n"),
            "CV403",
            "goes to plans that serve no live objective and give no reason.",
        ),
    ],
)
def test_what_a_rule_says(text: str, code: str, message: str) -> None:
    assert only(check(text), code).message.endswith(message)


@pytest.mark.parametrize(
    ("today", "text", "expected"),
    [
        ("2026-12-15", sample("ends: 2026-12-15", top="as_of: 2026-11-01\n"), []),
        ("2026-12-16", sample("ends: 2026-12-15", top="as_of: 2026-11-01\n"), ["CV302"]),
        ("2026-12-31", sample(objective="ends: 2026-12-31", top="as_of: 2026-11-01\n"), []),
        ("2027-01-01", sample(objective="ends: 2026-12-31", top="as_of: 2026-11-01\n"), ["CV108"]),
    ],
)
def test_the_day_moves_whatever_as_of_says(today: str, text: str, expected: list[str]) -> None:
    assert codes(check(text, date.fromisoformat(today))) == expected


@pytest.mark.parametrize(
    ("text", "options", "expected"),
    [
        (second("serves: [O-1, O-2, O-2]"), {"max_objectives_per_plan": 2}, []),
        (second("serves: [O-1, O-2, O-2]"), {"max_objectives_per_plan": 1}, ["CV111"]),
        (second("no_objective_because: law"), {"min": {"plans-mapped": "1/2"}}, []),
        (second("no_objective_because: law"), {"min": {"plans-mapped": "51%"}}, ["CV207"]),
        (second("no_objective_because: law"), {"min": {"one-voice": 0}}, ["CV207"]),
    ],
)
def test_where_a_rule_begins_can_be_set(text: str, options: dict[str, Any], expected: list[str]) -> None:
    assert codes(check(text, select=["CV111", "CV207"], **options)) == expected


def test_what_cannot_be_counted_does_not_pass_a_gate_and_what_could_not_be_read_is_no_finding() -> None:
    finding = only(check(sample(), min={"goals-met-through-it": 0.5}), "CV207")
    assert finding.message == (
        "The share of goals met through IT, at least 50 %, cannot be counted: "
        "no objective has the status met or missed."
    )
    broken = check(sample("promoted_by: 3"), min={"one-voice": 1})
    assert codes(broken) == ["CV004"]


def test_a_reason_silences_the_finding_never_the_figure() -> None:
    excused = ("id: O-2, title: Sell, no_plan_because: people",)
    report = check(
        sample(
            "budget: 5, champion: {side: business}",
            "id: P-02, title: B, no_objective_because: law",
            objectives=excused,
            top="currency: EUR\n",
        )
    )
    assert codes(report) == []
    assert (report.counts.uncovered_objectives, report.counts.unlinked_plans) == (1, 1)


# Ids


@pytest.mark.parametrize(
    ("wrong", "hint"),
    [
        ("0-1", 'Nearest: O-1 "Grow online sales" (letter O, not nought).'),
        ("o-1", 'Nearest: O-1 "Grow online sales" (mind the capitals).'),
        ("O -1", 'Nearest: O-1 "Grow online sales" (mind the spaces).'),
        ("O_1", 'Nearest: O-1 "Grow online sales" (look at 0 and O, 1, l and I, - and _).'),
        ("O-12", 'Nearest: O-1 "Grow online sales" or O-2 "Sell".'),
        ("zebra", "Correct the id, or define what it names."),
    ],
)
def test_a_wrong_id_is_told_the_nearest_right_one(wrong: str, hint: str) -> None:
    finding = only(check(second(f"serves: [{wrong}]")), "CV102")
    assert (finding.hint, finding.line, finding.plan) == (hint, 6, "P-02")


def test_near_ids_are_found_among_ids_with_dots_and_spaces_the_first_twenty_times() -> None:
    text = (
        "objectives: [{id: SDG 1, title: A}, {id: '1.1', title: B}, {id: REQ:1, title: C}]\n"
        "plans:\n  - {id: P-1, title: A, serves: [sdg 1, SDG1, '1.l', REQ1%s]}\n"
    )
    hints = [each.hint for each in check(text % (", REQ2" * 20)).findings if each.code == "CV102"]
    assert hints[:4] == [
        'Nearest: SDG 1 "A" (mind the capitals).',
        'Nearest: SDG 1 "A" (mind the spaces).',
        'Nearest: 1.1 "B" (look at 0 and O, 1, l and I, - and _).',
        'Nearest: REQ:1 "C".',
    ]
    assert [each.startswith("Nearest") for each in hints[4:]] == [True] * 16 + [False] * 4


def test_an_id_that_comes_twice_shows_where_it_came_first_across_files() -> None:
    first = f"{TWO}plans: [{{id: P-01, title: New checkout, serves: [O-1, O-2]}}]\n"
    report = check({"a.yaml": first, "b.yaml": "plans: [{id: O-1, title: X, no_objective_because: old}]\n"})
    finding = only(report, "CV103")
    assert (finding.file, finding.line) == ("b.yaml", 1)
    assert [(place.file, place.line) for place in finding.related] == [("a.yaml", 2)]


def test_the_id_of_an_item_that_cannot_be_used_still_counts_as_defined() -> None:
    text = "objectives: [{id: O-1, titel: Grow}]\nplans: [{id: P-01, title: A, serves: [O-1]}]\n"
    assert set(codes(check(text))) == {"CV004"}


@pytest.mark.parametrize(
    ("fields", "place"),
    [
        ("    serves: 0-1\n", (7, 13)),
        ("    serves:\n      - {contribution: x}\n      - O-1\n      - 0-2\n", (10, 9)),
    ],
)
def test_a_wrong_id_is_shown_where_it_stands(fields: str, place: tuple[int, int]) -> None:
    finding = only(check(f"{TWO}plans:\n  - id: P-1\n    title: A\n{fields}"), "CV102")
    assert (finding.line, finding.column) == place
