"""The baseline: adopt what is there, fail only on what is new, and only ever shrink (CV007)."""

from __future__ import annotations

import json

import pytest
from checks import check, found

from convergence_cli.checking import Baseline, baseline_text, next_baseline, read_baseline
from convergence_cli.model.options import CheckOptions
from convergence_cli.problems import InputError

FILE = "baseline.json"
ALL = CheckOptions()


def legacy(count: int, first: int = 1) -> str:
    plans = [f"  - {{id: P-{number}, title: Legacy plan {number}}}\n" for number in range(first, count + 1)]
    return "objectives: [{id: O-1, title: Grow, no_plan_because: later}]\nplans:\n" + "".join(plans)


def adopted(text: str) -> Baseline:
    return read_baseline(baseline_text(next_baseline(check(text), None, ALL, FILE)), FILE)


def test_a_line_that_moves_changes_neither_baseline_nor_fingerprint() -> None:
    moved = "# a comment\n\n" + legacy(3)
    assert adopted(moved) == adopted(legacy(3))
    before, after = (check(text).findings for text in (legacy(3), moved))
    assert [finding.fingerprint for finding in before] == [finding.fingerprint for finding in after]
    assert [finding.line for finding in before] != [finding.line for finding in after]


def test_the_text_is_sorted_with_one_entry_per_line() -> None:
    lines = baseline_text(adopted(legacy(2))).splitlines()
    assert lines[3] == '    {"rule": "CV101", "plan": "P-1", "objective": null, "names": ""},'
    assert json.loads("\n".join(lines))["format"] == "baseline/1"


def test_an_entry_that_is_gone_is_told_and_shrinks_the_next_baseline() -> None:
    old = adopted(legacy(3))
    report = check(legacy(3, first=2), baseline=old)
    assert found(report, "CV007") == ["CV101 P-1"]
    assert next_baseline(report, old, ALL, FILE) == adopted(legacy(3, first=2))


def test_rules_that_are_left_out_are_neither_stale_nor_forgotten() -> None:
    old = adopted(legacy(2))
    options = CheckOptions(ignore=("CV101",))
    report = check(legacy(2), baseline=old, ignore=["CV101"])
    assert found(report, "CV007") == []
    assert next_baseline(report, old, options, FILE) == old


def test_two_alike_need_two_entries() -> None:
    one = "objectives: [{id: O-1, title: Grow}]\nplans: [{id: P-1, title: A, serves: [O-1, O-9]}]\n"
    two = one.replace("O-9]", "O-9, O-9]")
    report = check(two, baseline=adopted(one))
    dangling = [finding for finding in report.findings if finding.code == "CV102"]
    assert [finding.baselined for finding in dangling] == [True, False]
    assert len({finding.fingerprint for finding in dangling}) == 2


def test_a_problem_in_reading_is_never_baselined() -> None:
    text = legacy(1).replace("title: Grow,", "title: Grow, ownr: CMO,")
    report = check(text, baseline=adopted(text))
    assert report.exit_code == 2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "This is not JSON."),
        ("[]", "This is no baseline"),
        ('{"format": "baseline/2", "findings": []}', "This is no baseline"),
        ('{"format": "baseline/1", "findings": [{"plan": "P-1"}]}', "This is no entry of a baseline"),
        ('{"format": "baseline/1", "findings": [{"rule": "CV101", "line": 3}]}', "This is no entry"),
        ('{"format": "baseline/1", "findings": [{"rule": "CV101", "plan": 3}]}', "This is no entry"),
        ("[" * 100_000, "Nested too deep"),
    ],
)
def test_what_is_no_baseline_is_refused(text: str, says: str) -> None:
    with pytest.raises(InputError) as refusal:
        read_baseline(text, FILE)
    assert says in refusal.value.findings[0].message
