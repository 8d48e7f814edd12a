"""Reading plans: what a file may hold, what is said about the rest, and several files as one."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from convergence_cli.documents import parse, placed
from convergence_cli.model.fields import fields_of
from convergence_cli.model.plan_files import read_plans
from convergence_cli.model.plans import Objective, Plan, Plans
from convergence_cli.problems import Finding, Severity


def read(*texts: str) -> tuple[Plans, list[Finding]]:
    documents = {f"{number}.yaml": text for number, text in enumerate(texts)}
    parsed = {file: parse(text.encode(), file) for file, text in documents.items()}
    plans, findings = read_plans(list(parsed.values()))
    return plans, placed(findings, parsed)


def test_one_id_or_amount_is_short_for_its_detail() -> None:
    """That every key is read, with its example, is shown by test_formats_doc."""
    plans, findings = read("""\
currency: EUR
objectives:
  - {id: O-2, title: B, parent: O-0}
  - {id: O-3, title: C, parent: [O-0, O-2]}
plans:
  - {id: P-1, title: A, serves: O-1, part_of: P-0, budget: 120000, ends: 2026-12-15}
  - {id: P-2, title: B, serves: [O-1, {id: O-3, contribution: C}], part_of: [P-0, P-1], budget: {amount: 5}}
""")
    assert findings == []
    assert [each.item.parent for each in plans.objectives] == [("O-0",), ("O-0", "O-2")]
    first, second = (each.item for each in plans.plans)
    assert (first.part_of, second.part_of) == (("P-0",), ("P-0", "P-1"))
    links = [[(link.id, link.contribution) for link in plan.serves] for plan in (first, second)]
    assert links == [[("O-1", None)], [("O-1", None), ("O-3", "C")]]
    assert (plans.money(first), plans.money(second)) == (("EUR", Decimal(120000)), ("EUR", Decimal(5)))
    assert first.ends == date(2026, 12, 15)


@pytest.mark.parametrize("name", ["1.1", "SDG 1", "REQ:1", "a/b-c_d", "_x", "7", "A 1.2: B"])
def test_an_id_may_hold_what_real_ids_hold(name: str) -> None:
    plans, findings = read(f"objectives: [{{id: '{name}', title: A}}]\n")
    assert ([each.item.id for each in plans.objectives], findings) == ([name], [])


@pytest.mark.parametrize("name", ["-1", ".1", "SDG  1", "a,b", "a@1", "a#b", "é", ":x", "a+b"])
def test_an_id_that_could_be_taken_for_something_else_is_refused(name: str) -> None:
    _, [finding] = read(f"objectives: [{{id: '{name}', title: A}}]")
    assert "letters, digits, _ . : / - and single spaces inside" in finding.message


@pytest.mark.parametrize("more", ["", ", serves: , status: , ends: , budget: "])
def test_ids_and_titles_are_enough_and_a_key_with_nothing_is_not_recorded(more: str) -> None:
    plans, findings = read(f"plans: [{{id: P-01, title: A{more}}}]\nobjectives:\nunits:\n")
    assert findings == []
    assert plans.plans[0].item == Plan(id="P-01", title="A")


DAY = "expected a day as YYYY-MM-DD, such as 2026-11-01, found"
AMOUNT = "expected an amount in plain digits, such as 120000 or 120000.50, found"
KEYS = ", ".join(sorted(fields_of(Plan)))
REFUSED = [
    ("bugdet: 5", "`bugdet` is not a known key here. Did you mean budget?"),
    ("colour: red", f"`colour` is not a known key here. The keys known here: {KEYS}."),
    (
        "status: in-progres",
        "`status`: expected 'proposed', 'green-lit', 'in-progress', 'delivered', 'on-hold' or 'cancelled', "
        "found `in-progres`. Did you mean in-progress?",
    ),
    ("serves: {O-1: much}", "`serves`: expected a list, found a mapping."),
    ("depends_on: P-2", "`depends_on`: expected a list, found `P-2`. Write it as a list: `[P-2]`."),
    ("serves: [{contribution: much}]", "An entry of `serves` needs `id`."),
    ("serves: [[O-1]]", "An entry of `serves`: expected a mapping, found a list."),
    ("ends: 31.12.2026", f"`ends`: {DAY} `31.12.2026`."),
    ("ends: 2026-02-30", "`ends`: expected a day of the calendar, found `2026-02-30`."),
    ("ends: 1767225600", f"`ends`: {DAY} `1767225600`."),
    ("budget: .inf", f"`budget`: {AMOUNT} `.inf`."),
    *((f"budget: '{text}'", f"`budget`: {AMOUNT} `{text}`.") for text in ("120_000", "1e5", "1,000", "٣")),
    ("budget: {currency: EUR}", "`budget` needs `amount`."),
    (
        "budget: {amount: 5, currency: eur}",
        "`currency`: expected the three capital letters of a currency, such as EUR, found `eur`.",
    ),
    ("champion: CMO", "`champion`: expected a mapping, found `CMO`."),
    ("owner: [CMO]", "`owner`: expected text, found a list."),
    (
        "promoted_by: [IT]",
        "An entry of `promoted_by`: expected 'business' or 'it', found `IT`. Did you mean it?",
    ),
]


@pytest.mark.parametrize(("field", "said"), REFUSED)
def test_a_field_that_is_wrong_is_told_in_plain_english(field: str, said: str) -> None:
    """A field of a plan beside its id and title."""
    _, [finding] = read(f"plans:\n  - id: P-01\n    title: New checkout\n    {field}\n")
    assert f"{finding.message} {finding.hint}".rstrip() == said
    assert (finding.code, finding.line) == ("CV004", 4)


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
    _, [finding] = read("waivers:\n  - {rule: CV302, on: P-1, reason: x, until: tomorrow}\n")
    assert (finding.code, finding.name, finding.severity) == ("CV005", "bad-waiver", Severity.WARNING)


@pytest.mark.parametrize("text", ["- a", "plans", "plans: {id: P-1}", "plans: 5", "format: responses/1"])
def test_what_is_no_plans_file_is_told_and_holds_no_plans(text: str) -> None:
    plans, [finding] = read(text)
    assert (finding.code, plans.plans) == ("CV004", ())


def test_several_files_are_read_as_one() -> None:
    plans, findings = read(
        "as_of: 2026-11-01\nobjectives: [{id: O-1, title: Grow}]\n",
        "as_of: 2026-10-01\ncurrency: EUR\nplans: [{id: P-1, title: A, budget: 5}]\n",
        "plans: [{id: P-2, title: B, budget: 7}]\n",
    )
    assert findings == []
    stand = [(each.item.id, each.file, each.path) for each in plans.plans]
    assert stand == [("P-1", "1.yaml", ("plans", 0)), ("P-2", "2.yaml", ("plans", 0))]
    assert plans.as_of == date(2026, 10, 1)
    assert plans.money(plans.plans[1].item) == ("EUR", Decimal(7))


@pytest.mark.parametrize(
    ("field", "one", "other"),
    [("organization", "Northwind", "Southwind"), ("currency", "EUR", "USD")],
)
def test_files_that_disagree_are_no_one_set(field: str, one: str, other: str) -> None:
    """Case and spaces make no other organisation."""
    _, [finding] = read(f"{field}: {one}\n", f"{field}: {other}\n")
    assert (finding.file, finding.line, finding.path) == ("1.yaml", 1, (field,))
    assert finding.message.endswith(f" is not that of 0.yaml, found `{other}`.")
    assert str(finding.related[0].place) == f"0.yaml:1:{len(field) + 3}"
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
