"""Reading plans: what a file may hold, what is said about the rest, and several files as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]

from convergence_cli.documents import parse, placed
from convergence_cli.model.plan_files import read_plans
from convergence_cli.model.plans import Objective, Plan, Plans, PlansFile, parse_amount
from convergence_cli.model.schema import editor_schema
from convergence_cli.problems import Finding, Severity

WHOLE = """\
format: plans/1
organization: Northwind Ltd
as_of: 2026-11-01
currency: EUR
objectives:
  - id: O-1
    title: Grow online sales to 30 % of revenue
    owner: Chief marketing officer
    owner_side: business
    approved: {by: Board, on: 2026-01-15, source: "Strategy 2026-28, section 2"}
    starts: 2026-01-01
    ends: 2027-12-31
    status: active
    priority: high
    changed: 2026-09-01
    measures: [{name: Online share of revenue, target: 30, unit: "%", by: 2027-12-31, actual: 22}]
    enabled_by: [P-01]
    parent: O-0
    no_plan_because: "..."
plans:
  - id: P-01
    title: New checkout
    owner: Head of applications
    part_of: P-00
    serves:
      - O-1
      - {id: O-3, contribution: "fewer abandoned carts"}
    no_objective_because: "keeps the lights on"
    status: in-progress
    approved: {by: Portfolio board, on: 2026-02-20}
    starts: 2026-03-01
    ends: 2026-12-15
    reviewed: 2026-10-01
    budget: 120000
    origin: it-suggestion
    suggestion: S-01
    champion: {name: Chief marketing officer, side: business, prompting: none, reported_by: J. Doe}
    promoted_by: [business, it]
    relationship_manager: J. Doe
    units: [Sales]
    depends_on: [P-02]
    results: [{objective: O-1, text: "conversion +4 points", on: 2026-12-20}]
suggestions:
  - {id: S-01, title: One-page checkout, by: E-commerce IT, side: it, on: 2025-11-03, status: accepted}
relationship_managers:
  - {name: J. Doe, kind: tactical, serves: [Sales]}
units: [Sales, Operations]
waivers:
  - {rule: CV108, on: P-07, reason: "...", approver: CIO, until: 2026-12-31}
"""


def read(*texts: str) -> tuple[Plans, list[Finding]]:
    documents = {f"{number}.yaml": text for number, text in enumerate(texts)}
    parsed = {file: parse(text.encode(), file) for file, text in documents.items()}
    plans, findings = read_plans(list(parsed.values()))
    return plans, placed(findings, parsed)


def wrong(plan: str) -> Finding:
    """The one finding about a plan that has these fields beside its id and title."""
    _, [finding] = read(f"plans:\n  - id: P-01\n    title: New checkout\n    {plan}\n")
    return finding


def test_every_field_of_the_format_is_read() -> None:
    plans, findings = read(WHOLE)
    assert findings == []
    plan = plans.plans[0].item
    assert [(link.id, link.contribution) for link in plan.serves] == [
        ("O-1", None),
        ("O-3", "fewer abandoned carts"),
    ]
    assert plans.money(plan) == ("EUR", Decimal(120000))
    assert plan.ends == date(2026, 12, 15)
    assert plan.champion is not None
    assert plan.champion.prompting == "none"
    assert (plans.organization, plans.as_of) == ("Northwind Ltd", date(2026, 11, 1))


def test_ids_and_titles_are_enough() -> None:
    plans, findings = read("objectives: [{id: O-1, title: Grow}]\nplans: [{id: P-01, title: Checkout}]\n")
    assert findings == []
    assert plans.plans[0].item == Plan(id="P-01", title="Checkout")


def test_one_id_needs_no_brackets() -> None:
    plans, findings = read(
        "objectives:\n  - {id: O-1, title: A, parent: O-0}\n  - {id: O-2, title: B, parent: [O-0, O-1]}\n"
        "plans:\n  - {id: P-1, title: A, serves: O-1, part_of: P-0}\n"
        "  - {id: P-2, title: B, serves: [O-1, O-2], part_of: [P-0, P-1]}\n"
    )
    assert findings == []
    assert [each.item.parent for each in plans.objectives] == [("O-0",), ("O-0", "O-1")]
    assert [each.item.part_of for each in plans.plans] == [("P-0",), ("P-0", "P-1")]
    assert [[link.id for link in each.item.serves] for each in plans.plans] == [["O-1"], ["O-1", "O-2"]]


@pytest.mark.parametrize("name", ["1.1", "SDG 1", "REQ:1", "a/b-c_d", "_x", "7", "A 1.2: B"])
def test_an_id_may_hold_what_real_ids_hold(name: str) -> None:
    plans, findings = read(f"objectives: [{{id: '{name}', title: A}}]\n")
    assert ([each.item.id for each in plans.objectives], findings) == ([name], [])


@pytest.mark.parametrize("name", ["-1", ".1", "SDG  1", "a,b", "a@1", "a#b", "é", ":x", "a+b"])
def test_an_id_that_could_be_taken_for_something_else_is_refused(name: str) -> None:
    _, [finding] = read(f"objectives: [{{id: '{name}', title: A}}]\n")
    assert "letters, digits, _ . : / - and single spaces inside" in finding.message


def test_a_key_with_nothing_behind_it_is_a_field_that_nobody_recorded() -> None:
    plans, findings = read(
        "plans:\n  - {id: P-01, title: A, serves: , status: , ends: , budget: }\nobjectives:\nunits:\n"
    )
    assert findings == []
    assert plans.plans[0].item == Plan(id="P-01", title="A")


@pytest.mark.parametrize(
    ("fields", "message", "hint"),
    [
        ("bugdet: 5", "`bugdet` is not a known key here.", "Did you mean budget?"),
        ("colour: red", "`colour` is not a known key here.", "The keys known here: approved, budget,"),
        (
            "status: in-progres",
            "`status`: expected 'proposed', 'green-lit', 'in-progress', 'delivered', 'on-hold' or "
            "'cancelled', found `in-progres`.",
            "Did you mean in-progress?",
        ),
        ("serves: {O-1: much}", "`serves`: expected a list, found a mapping.", ""),
        ("depends_on: P-2", "`depends_on`: expected a list, found `P-2`.", "Write it as a list: `[P-2]`."),
        ("serves: [{contribution: much}]", "An entry of `serves` needs `id`.", ""),
        ("serves: [[O-1]]", "An entry of `serves`: expected a mapping, found a list.", ""),
        (
            "ends: 31.12.2026",
            "`ends`: expected a day as YYYY-MM-DD, such as 2026-11-01, found `31.12.2026`.",
            "",
        ),
        ("ends: 2026-02-30", "`ends`: expected a day of the calendar, found `2026-02-30`.", ""),
        (
            "ends: 1767225600",
            "`ends`: expected a day as YYYY-MM-DD, such as 2026-11-01, found `1767225600`.",
            "",
        ),
        (
            "budget: .inf",
            "`budget`: expected an amount in plain digits, such as 120000 or 120000.50, found",
            "",
        ),
        (
            "budget: 120_000",
            "`budget`: expected an amount in plain digits, such as 120000 or 120000.50, f",
            "",
        ),
        ("budget: {currency: EUR}", "`budget` needs `amount`.", ""),
        ("budget: {amount: 5, currency: eur}", "`currency`: expected the three capital letters of a cur", ""),
        ("champion: CMO", "`champion`: expected a mapping, found `CMO`.", ""),
        ("owner: [CMO]", "`owner`: expected text, found a list.", ""),
        (
            "promoted_by: [busines]",
            "An entry of `promoted_by`: expected 'business' or 'it', found",
            "Did you mean",
        ),
    ],
)
def test_a_field_that_is_wrong_is_told_in_plain_english(fields: str, message: str, hint: str) -> None:
    finding = wrong(fields)
    assert finding.code == "CV004"
    assert finding.message[: len(message)] == message
    assert finding.hint[: len(hint)] == hint
    assert finding.line == 4


def test_a_bad_field_is_dropped_and_the_rest_is_read() -> None:
    plans, findings = read("plans: [{id: P-01, title: A, serves: [O-1, []], ends: soon, colour: red}]\n")
    assert len(findings) == 3
    [plan] = [placed.item for placed in plans.plans]
    assert ([link.id for link in plan.serves], plan.ends) == (["O-1"], None)


def test_an_item_without_an_id_or_a_title_goes_whole_and_the_others_keep_their_places() -> None:
    plans, findings = read(
        "plans:\n  - {id: P?1, title: A}\n  - {id: P-2}\n  - text\n  - {id: P-4, title: D}\n"
    )
    assert len(findings) == 3
    assert [(each.item.id, each.path) for each in plans.plans] == [("P-4", ("plans", 3))]
    assert plans.dropped == {"P?1", "P-2"}


def test_a_problem_inside_a_waiver_is_a_bad_waiver() -> None:
    _, findings = read("waivers:\n  - {rule: CV302, on: P-1, reason: x, until: tomorrow}\n")
    assert [(each.code, each.name, each.severity) for each in findings] == [
        ("CV005", "bad-waiver", Severity.WARNING)
    ]


@pytest.mark.parametrize(
    "text", ["- a\n", "plans\n", "plans: {id: P-1}\n", "plans: 5\n", "format: responses/1\n"]
)
def test_what_is_no_plans_file_is_told_and_holds_no_plans(text: str) -> None:
    plans, findings = read(text)
    assert [finding.code for finding in findings] == ["CV004"]
    assert plans.plans == ()


def test_several_files_are_read_as_one() -> None:
    plans, findings = read(
        "as_of: 2026-11-01\nobjectives: [{id: O-1, title: Grow}]\n",
        "as_of: 2026-10-01\ncurrency: EUR\nplans: [{id: P-1, title: A, budget: 5}]\n",
        "plans: [{id: P-2, title: B, budget: 7}]\n",
    )
    assert findings == []
    assert [(each.item.id, each.file, each.path) for each in plans.plans] == [
        ("P-1", "1.yaml", ("plans", 0)),
        ("P-2", "2.yaml", ("plans", 0)),
    ]
    assert plans.as_of == date(2026, 10, 1)
    assert plans.money(plans.plans[1].item) == ("EUR", Decimal(7))


@pytest.mark.parametrize(
    ("field", "one", "other"), [("organization", "Northwind", "Southwind"), ("currency", "EUR", "USD")]
)
def test_files_that_disagree_are_no_one_set(field: str, one: str, other: str) -> None:
    _, [finding] = read(f"{field}: {one}\n", f"{field}: {other}\n")
    assert (finding.file, finding.line, finding.path) == ("1.yaml", 1, (field,))
    assert finding.message.endswith(f" is not that of 0.yaml, found `{other}`.")
    assert str(finding.related[0].place) == f"0.yaml:1:{len(field) + 3}"


def test_case_and_spaces_do_not_make_two_organisations() -> None:
    assert read("organization: Northwind  Ltd\n", "organization: northwind ltd\n")[1] == []


@pytest.mark.parametrize(
    ("fields", "live"),
    [
        ({}, True),
        ({"starts": "2026-11-20", "ends": "2026-11-20"}, True),
        ({"starts": "2026-11-21"}, False),
        ({"ends": "2026-11-19"}, False),
        ({"status": "met"}, False),
        ({"status": "proposed"}, False),
    ],
)
def test_live_is_active_and_inside_its_dates(fields: dict[str, Any], live: bool) -> None:
    assert Objective(id="O-1", title="Grow", **fields).is_live(date(2026, 11, 20)) is live


@pytest.mark.parametrize(
    ("approved", "formal"),
    [
        (None, False),
        ({"by": "Board"}, False),
        ({"on": "2026-01-15", "source": "minutes"}, False),
        ({"by": "Board", "on": "2026-01-15"}, True),
        ({"by": "Board", "source": "minutes"}, True),
    ],
)
def test_formal_is_approved_by_someone_with_a_date_or_a_source(approved: Any, formal: bool) -> None:
    assert Objective(id="O-1", title="Grow", approved=approved).is_formal is formal


@pytest.mark.parametrize("text", ["1e5", "NaN", "1,000", "12 000", "", "٣", "1" * 16, None, 5])
def test_an_amount_is_plain_digits(text: object) -> None:
    with pytest.raises(ValueError, match="plain digits"):
        parse_amount(text)


def test_the_schema_for_editors_takes_what_yaml_makes_of_a_file() -> None:
    schema = editor_schema(PlansFile, "Plans")
    Draft7Validator.check_schema(schema)
    validator = Draft7Validator(schema)
    plan: dict[str, Any] = {
        "id": "P-01",
        "title": "A",
        "serves": ["O-1", {"id": "O-2"}],
        "budget": 120000,
        "ends": "2026-12-15",
    }
    good = {"format": "plans/1", "plans": [plan, {**plan, "budget": {"amount": 5.5, "currency": "EUR"}}]}
    assert list(validator.iter_errors(good)) == []
    assert validator.is_valid({"plans": [{**plan, "serves": "O-1", "part_of": ["P-0", "P-2"]}]})
    assert not validator.is_valid({"plans": [{**plan, "bugdet": 5}]})
    assert not validator.is_valid({"plans": [{"id": "P-01"}]})
    assert not validator.is_valid({"plans": [{**plan, "status": "going"}]})
