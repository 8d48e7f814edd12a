"""Every rule carries its own proof: a file that breaks it and a file that keeps it."""

from __future__ import annotations

import pytest
from checks import check, codes

from convergence_cli.checking import RULES, Rule, read_baseline
from convergence_cli.model.plans import Objective, Plan, Plans, RelationshipManager, Suggestion
from convergence_cli.results.check import CheckReport

ITEMS = {
    "plans": Plan,
    "objectives": Objective,
    "suggestions": Suggestion,
    "relationship_managers": RelationshipManager,
}
AS_CODE = [pytest.param(rule, id=rule.code) for rule in RULES]


def checked(rule: Rule, text: str) -> CheckReport:
    baseline = read_baseline(rule.baseline, "baseline.json") if rule.baseline else None
    return check(text, baseline=baseline, **rule.options)


@pytest.mark.parametrize("rule", AS_CODE)
def test_nothing_at_all_is_found_in_the_good_sample(rule: Rule) -> None:
    assert codes(checked(rule, rule.good)) == []


@pytest.mark.parametrize("rule", AS_CODE)
def test_a_rule_is_found_in_its_bad_sample_with_a_place_and_how_to_mend_it(rule: Rule) -> None:
    found = [finding for finding in checked(rule, rule.bad).findings if finding.code == rule.code]
    assert found
    for finding in found:
        assert finding.file
        assert finding.hint.endswith((".", "?", '"', "`"))
        assert finding.message.endswith((".", "?"))
        assert finding.line is not None or finding.path == ()


@pytest.mark.parametrize("rule", AS_CODE)
def test_a_rule_tells_what_it_finds_and_why_in_whole_sentences(rule: Rule) -> None:
    for text in (rule.finds, rule.why, rule.mend):
        assert text[0].isupper() or text[0] in "\"'`"
        assert text.endswith((".", "?"))


@pytest.mark.parametrize("rule", AS_CODE)
def test_a_rule_rests_on_fields_that_exist(rule: Rule) -> None:
    for name in (*rule.reads, *rule.looks_at, *rule.needs):
        kind, _, field = name.partition(".")
        assert hasattr(Plans, kind)
        assert not field or field.partition(".")[0] in ITEMS[kind].__annotations__
