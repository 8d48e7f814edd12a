"""What may be set for the check, and what is said about settings that cannot be."""

from __future__ import annotations

from fractions import Fraction

import pytest

from convergence_cli.checking import unknown_names
from convergence_cli.model.options import CheckOptions, options_from


def test_the_command_line_wins_over_the_file_and_the_file_over_the_default() -> None:
    table = {"fail_on": "warning", "review_days": 30}
    options, wrong = options_from(table, "convergence.toml", {"fail_on": "info", "select": None})
    assert wrong == []
    assert (options.fail_on, options.review_days, options.idea_days) == ("info", 30, 90)


def test_a_minimum_that_is_typed_replaces_that_of_the_same_indicator_alone() -> None:
    table = {"min": {"plans-mapped": "80%", "one-voice": 1}}
    options, wrong = options_from(
        table, "convergence.toml", {"min": {"plans-mapped": "4/5", "budget-mapped": "0.6"}}
    )
    assert wrong == []
    assert options.min == {"plans-mapped": Fraction(4, 5), "one-voice": 1, "budget-mapped": Fraction(3, 5)}


@pytest.mark.parametrize(
    ("table", "message", "hint"),
    [
        ({"idea_day": 3}, "`idea_day` is not a known key here.", "Did you mean idea_days?"),
        ({"idea_days": "3"}, "`idea_days`: expected a whole number, found `3`.", ""),
        ({"idea_days": 0}, "`idea_days`: expected 1 or more, found `0`.", ""),
        (
            {"min": {"one-voice": 80}},
            "An entry of `min`: expected a share such as 80%, 0.8 or 4/5, found `80`.",
            "",
        ),
        ({"select": "CV1"}, "`select`: expected a list, found `CV1`.", "Write it as a list: `[CV1]`."),
        (
            {"fail_on": "warn"},
            "`fail_on`: expected 'error', 'warning', 'info' or 'never', found `warn`.",
            "Did you",
        ),
    ],
)
def test_a_setting_that_cannot_be_is_told_and_dropped(
    table: dict[str, object], message: str, hint: str
) -> None:
    options, [finding] = options_from(table, "convergence.toml", {})
    assert options == CheckOptions()
    assert (finding.message, finding.hint[: len(hint)]) == (message, hint)


@pytest.mark.parametrize(
    ("options", "says"),
    [
        (CheckOptions(ignore=("unlinked",)), "ignore: `unlinked` is no rule. Did you mean unlinked-plan or"),
        (
            CheckOptions(require=("approved",)),
            "require: `approved` may be objectives.approved or plans.approved",
        ),
        (
            CheckOptions(require=("bugdet",)),
            "require: `bugdet` is no field that a rule reads. Did you mean budget",
        ),
        (
            CheckOptions(require=("zzz",)),
            "require: `zzz` is no field that a rule reads. Known: objectives.approved",
        ),
        (CheckOptions(min={"zzz": Fraction(1)}), "min: `zzz` is no indicator. Known: plans-mapped"),
    ],
)
def test_a_rule_or_a_field_that_does_not_exist_is_told(options: CheckOptions, says: str) -> None:
    [said] = unknown_names(options)
    assert said.message.startswith(says)
