"""Plans that are part of others: what they have from them, and what a family lacks."""

from __future__ import annotations

import pytest
from checks import TWO, check, codes, found, only

PROGRAMME = """\
currency: EUR
objectives: [{{id: O-1, title: Grow online sales, changed: 2026-09-01}}]
plans:
  - {{id: P-0, title: Commerce programme, serves: O-1{programme}}}
  - {{id: P-1, title: New checkout, part_of: P-0{part}}}
  - {{id: P-2, title: Shop search, part_of: [P-0, P-1]}}
  - {{id: P-3, title: Till, part_of: P-2, status: proposed}}
  - {{id: P-9, title: Ledger, serves: O-1, budget: 1, approved: {{by: CIO, on: 2026-01-15}},
     reviewed: 2026-10-01, champion: {{name: CFO, side: business}}, origin: joint}}
"""
ALL = (
    ", budget: 9, approved: {by: CIO, on: 2026-01-15}, reviewed: 2026-10-01, "
    "champion: {name: CMO, side: business}, origin: joint"
)


def family(programme: str = "", part: str = "") -> str:
    return PROGRAMME.format(programme=programme, part=part)


BARE = ALL.replace(", budget: 9", "")
NO_REVIEW = ALL.replace(", reviewed: 2026-10-01", "")
OLD = ALL.replace("2026-10-01", "2026-01-15")
MARKETING = "champion: {name: CMO, side: business}"


@pytest.mark.parametrize(
    ("programme", "part", "code", "briefs"),
    [
        (ALL, "", "CV501", ["P-1, with 1 part"]),  # whose idea it was is each plan's own
        (BARE, "", "CV402", ["P-0, with 2 parts"]),
        (BARE, ", budget: 4", "CV402", []),  # P-0 has P-1's, and P-2 is part of P-1
        (f"{BARE}, status: on-hold", "", "CV402", ["P-1, with 1 part"]),  # P-0 is not looked at
        (
            ALL.replace(", approved: {by: CIO, on: 2026-01-15}", ""),
            "",
            "CV304",
            ["P-0, not said: who and when, with 2 parts"],
        ),
        (NO_REVIEW, "", "CV305", ["P-0, never reviewed, with 3 parts"]),
        (OLD, "", "CV305", ["P-0, 309 days, with 3 parts"]),
        (ALL, ", reviewed: 2026-01-15", "CV305", ["P-1, 309 days"]),
        (ALL, ", reviewed: 2026-01-15", "CV109", []),  # P-1 names no objective itself
        (ALL.replace(f", {MARKETING}", ""), "", "CV511", ["P-0, with 2 parts"]),
        (ALL, ", champion: {name: CIO, side: it}", "CV511", ["P-1"]),  # P-2 has that of the first above it
    ],
)
def test_what_a_family_lacks_is_told_once_at_its_top(
    programme: str, part: str, code: str, briefs: list[str]
) -> None:
    assert found(check(family(programme, part)), code) == briefs


def test_a_part_has_budget_approval_review_and_champion_of_its_plan() -> None:
    assert codes(check(family(ALL), ignore=["CV501"])) == []


def test_a_family_without_a_link_is_one_error() -> None:
    text = family(ALL).replace("Commerce programme, serves: O-1", "Commerce programme")
    finding = only(check(text), "CV101")
    assert (finding.brief, finding.plan, finding.line) == ("P-0, with 3 parts", "P-0", 4)
    assert finding.message.endswith(" The same holds for 3 plans that are part of it.")
    linked = text.replace("part_of: [P-0, P-1]", "part_of: [P-0, P-1], serves: O-1")
    assert found(check(linked), "CV101") == ["P-0, with 1 part"]


def test_a_waiver_of_a_part_is_for_the_part_and_that_of_the_top_for_the_family() -> None:
    text = family(ALL.replace(", budget: 9", ""))
    waiver = "waivers: [{{rule: CV402, on: {}, reason: to come, until: 2026-12-31}}]\n"
    part = check(text + waiver.format("P-2"), select=["CV402", "CV005"])
    assert [(each.brief, each.waived is not None) for each in part.findings] == [
        ("P-0, with 1 part", False),
        ("P-2", True),
    ]
    whole = check(text + waiver.format("P-0"), select=["CV402", "CV005"])
    assert [(each.brief, each.waived is not None) for each in whole.findings] == [("P-0, with 2 parts", True)]


def test_a_family_of_three_thousand_is_one_finding() -> None:
    plans = "".join(f"  - {{id: P-{n}, title: T{n}, part_of: P-{n - 1}}}\n" for n in range(1, 3000))
    report = check(f"plans:\n{plans}  - {{id: P-0, title: Top}}\n", select=["CV101"])
    assert found(report, "CV101") == ["P-0, with 2,999 parts"]


def test_each_of_several_parents_has_to_be_defined() -> None:
    report = check(
        TWO + "  - {id: O-3, title: Both, parent: [O-1, O-9]}\nplans: [{id: P-1, title: A, serves: O-3}]\n"
    )
    finding = only(report, "CV102")
    assert (finding.brief, finding.path) == ("O-3, parent names O-9", ("objectives", 2, "parent", 1))
    assert found(report, "CV201") == ["O-2 has no plan"]
