"""Waivers: accepted until a day, that day included (CV005, CV006)."""

from __future__ import annotations

from datetime import date

import pytest
from checks import check, codes, found, only

LATE = """\
objectives: [{id: O-1, title: Grow online sales}]
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-10-31}
suggestions: [{id: S-01, title: Search, on: 2026-01-01}]
"""
WAIVER = "waivers:\n  - {rule: %s, on: %s, reason: waits for the release, approver: COO, until: 2026-11-20}\n"


@pytest.mark.parametrize(
    ("rule", "on"), [("overdue", "P-01"), ("CV302", "P-01"), ("unanswered-idea", "S-01"), ("cv504", "S-01")]
)
def test_what_is_waived_by_code_or_name_is_shown_and_does_not_count(rule: str, on: str) -> None:
    report = check(LATE + WAIVER % (rule, on))
    assert (report.counts.waived, report.counts.warnings) == (1, 1)
    [waived] = [each.waived for each in report.findings if each.waived]
    assert (waived.reason, waived.until) == ("waits for the release", "2026-11-20")


def test_a_waiver_that_ran_out_is_an_error_and_what_it_waived_returns() -> None:
    text = LATE + WAIVER % ("CV302", "P-01")
    report = check(text, date(2026, 11, 21))
    assert found(report, "CV006") == ["CV302 on P-01, until 2026-11-20"]
    assert only(report, "CV006").line == 6
    assert only(report, "CV302").message.endswith("Its waiver ran out on 2026-11-20.")
    assert report.exit_code == 1
    assert check(text, date(2026, 11, 20)).exit_code == 0


def test_a_waiver_that_was_renewed_holds() -> None:
    text = LATE + WAIVER % ("CV302", "P-01")
    renewed = f"{text}  - {{rule: CV302, on: P-01, reason: again, until: 2027-01-31}}\n"
    report = check(renewed, date(2026, 11, 21))
    assert report.counts.waived == 1
    assert found(report, "CV006") == []
    assert "it ran out on 2026-11-20, and another waiver holds" in only(report, "CV005").message


@pytest.mark.parametrize(
    ("rule", "on", "why", "hint"),
    [
        ("CV3O2", "P-01", "CV3O2 is no rule", "Did you mean CV302"),
        ("overdo", "P-01", "overdo is no rule", "Did you mean overdue?"),
        ("CV004", "P-01", "CV004 schema cannot be waived", "Correct the waiver"),
        ("CV302", "P-1", "no plan, objective, suggestion or unit is called P-1", "Did you mean P-01"),
        ("CV101", "P-01", "CV101 unlinked-plan does not occur there", "Correct the waiver"),
    ],
)
def test_a_waiver_that_waives_nothing(rule: str, on: str, why: str, hint: str) -> None:
    finding = only(check(LATE + WAIVER % (rule, on)), "CV005")
    assert f"waives nothing: {why}" in finding.message
    assert finding.hint.startswith(hint)


def test_a_waiver_without_a_reason_waives_nothing_and_breaks_no_reading() -> None:
    report = check(f"{LATE}waivers: [{{rule: CV302, on: P-01, until: 2026-12-31}}]\n")
    assert only(report, "CV005").message == "An entry of `waivers` needs `reason`."
    assert only(report, "CV302").waived is None
    assert report.exit_code == 0


def test_findings_about_all_plans_are_waived_on_file() -> None:
    text = f"currency: EUR\n{LATE}".replace("ends: 2026-10-31", "budget: 1")
    spend = text.replace("suggestions", "  - {id: P-02, title: Move, budget: 9}\nsuggestions")
    assert check(spend + WAIVER % ("CV403", "file")).counts.waived == 1
    assert check(spend + WAIVER % ("CV207", "file"), min={"plans-mapped": 1}).counts.waived == 1


def test_rules_left_out_do_not_make_their_waivers_useless() -> None:
    assert codes(check(LATE + WAIVER % ("CV302", "P-01"), ignore=["CV302", "CV504"])) == []
