"""The report as a whole: what is checked at all, what is chosen, how it ends, what its JSON holds."""

from __future__ import annotations

from typing import Any

import pytest
from checks import check, codes, only

from convergence_cli.problems import ExitCode

FIRST = """\
objectives:
  - id: O-1
    title: Grow online sales
  - id: O-2
    title: Halve returns
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Product search, serves: [O-1]}
  - {id: P-03, title: Returns portal, serves: [O-2]}
"""
UNLINKED = f"{FIRST}  - {{id: P-04, title: Network}}\n"
LATE = FIRST.replace("serves: [O-2]", "serves: [O-2], ends: 2026-01-31")


def test_a_first_file_has_no_finding_and_names_what_was_not_checked() -> None:
    report = check(FIRST)
    assert (codes(report), report.exit_code) == ([], ExitCode.OK)
    assert [(each.of, each.field, each.rules) for each in report.not_checked] == [
        ("objectives", "approved", ("CV107",)),
        ("objectives", "changed", ("CV109",)),
        ("plans", "reviewed", ("CV109", "CV305")),
        ("plans", "serves.contribution", ("CV112",)),
        ("objectives", "measures", ("CV204",)),
        ("objectives", "owner", ("CV205",)),
        ("plans", "approved", ("CV304",)),
        ("plans", "results", ("CV307",)),
        ("plans", "budget", ("CV402",)),
        ("plans", "origin", ("CV501",)),
        ("file", "suggestions", ("CV502",)),
        ("plans", "champion", ("CV511",)),
        ("file", "units", ("CV512",)),
        ("file", "relationship_managers", ("CV512",)),
    ]


@pytest.mark.parametrize("name", ["budget", "plans.budget"])
def test_a_required_field_makes_its_absence_count(name: str) -> None:
    report = check(FIRST, require=[name])
    assert [(finding.code, finding.plan) for finding in report.findings] == [
        ("CV402", "P-01"),
        ("CV402", "P-02"),
        ("CV402", "P-03"),
    ]
    assert "budget" not in [each.field for each in report.not_checked]


def test_one_item_that_records_a_field_makes_its_rule_speak_of_the_others() -> None:
    report = check(FIRST.replace("title: Product search,", "title: Product search, origin: joint,"))
    assert [(finding.code, finding.plan) for finding in report.findings] == [
        ("CV501", "P-01"),
        ("CV501", "P-03"),
    ]


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        ({}, ["CV101", "CV302"]),
        ({"select": ["CV1"]}, ["CV101"]),
        ({"select": ["overdue"]}, ["CV302"]),
        ({"ignore": ["CV3"]}, ["CV101"]),
        ({"ignore": ["unlinked-plan", "cv302"]}, []),
        ({"select": ["CV1", "CV3"], "ignore": ["CV101"]}, ["CV302"]),
    ],
)
def test_codes_beginnings_and_names_choose_the_rules(options: dict[str, Any], expected: list[str]) -> None:
    text = LATE + "  - {id: P-04, title: Network}\n"
    assert codes(check(text, **options)) == expected


def test_the_readable_rest_is_still_checked() -> None:
    report = check({"a.yaml": "plans: [", "b.yaml": UNLINKED.replace("id: O-2", "id: O-2\n    ownr: CMO")})
    assert codes(report) == ["CV001", "CV004", "CV101"]
    assert [(finding.file, finding.line) for finding in report.findings][1:] == [
        ("b.yaml", 5),
        ("b.yaml", 11),
    ]


def test_what_stands_behind_an_item_that_was_dropped_keeps_its_own_line() -> None:
    text = UNLINKED.replace("{id: P-01, title: New checkout, serves: [O-1]}", "{title: no id}")
    assert only(check(text), "CV101").line == 10


def test_the_gravest_findings_come_first_then_the_files_in_order() -> None:
    second = "plans: [{id: Q-1, title: Move}]\n"
    report = check({"b.yaml": LATE, "a.yaml": second})
    assert [(finding.code, finding.file) for finding in report.findings] == [
        ("CV101", "a.yaml"),
        ("CV302", "b.yaml"),
    ]
