"""Each lint is found in its own bad sample, and in neither its good one nor the built-in questionnaires."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from small import SMALL, questionnaire

from convergence_cli.documents import parse, placed
from convergence_cli.model.consistency import inconsistencies
from convergence_cli.model.lint import LINTS, Lint, lint
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.problems import Finding, Severity

ROOT = Path(__file__).parent.parent


def found_in(sample: str) -> list[Finding]:
    return lint(questionnaire(sample), "small.yaml")


def test_codes_and_names_are_each_used_once_and_in_order() -> None:
    codes = [each.code for each in LINTS]
    assert codes == sorted(set(codes))
    assert len({each.name for each in LINTS}) == len(LINTS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each.name) and each.why.endswith(".") for each in LINTS)


@pytest.mark.parametrize("each", LINTS, ids=lambda each: each.name)
def test_it_is_found_in_the_bad_sample_alone(each: Lint) -> None:
    assert {found.code for found in found_in(each.bad)} == {each.code}
    assert each.code not in {found.code for found in found_in(each.good)}
    for sample in (each.good, each.bad):
        assert inconsistencies(questionnaire(sample), "small.yaml") == []


@pytest.mark.parametrize("path", sorted((ROOT / "questionnaires").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_built_in_questionnaires_are_clean(path: Path) -> None:
    built_in = Questionnaire.model_validate(parse(path.read_bytes(), path.name).data)
    assert inconsistencies(built_in, path.name) + lint(built_in, path.name) == []
    assert f"{built_in.id}@{built_in.version}" == path.stem


def test_a_finding_is_a_warning_with_a_place() -> None:
    document = parse(SMALL.replace("label: Fully", "label: HARDLY").encode(), "small.yaml")
    found = lint(Questionnaire.model_validate(document.data), "small.yaml")
    finding: Finding = placed(found, {"small.yaml": document})[0]
    assert (finding.code, finding.name, finding.severity) == ("CQ103", "duplicate-label", Severity.WARNING)
    assert str(finding.place) == "small.yaml:7:73"
    assert finding.message == "two options have the label `HARDLY`"


SAID = """\
scales: {agree: {options: [{value: 1, label: So so}, {value: 2, label: so SO}]}}
=> two options have the label `so SO`

languages: [en, de]
questions: [{id: fast, dimension: plans, text: {en: Fast, de: Schnell},
    answer: {kind: yes-no, yes: {en: Yes, de: Ja}, no: {en: No, de: Ja}}}]
=> two options have the label `Ja`

languages: [en, de]
questions: [{id: fast, dimension: plans, text: {en: Fast, de: Schnell}, ask: {it: Are you fast},
    answer: {kind: scale, scale: agree}}]
=> this text is missing in: de

questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}
  - {id: slow, dimension: plans, text: Slow, answer: {kind: yes-no}, groups: []}
=> nobody is asked `slow`

questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, groups: [it]}]
=> no question is put to both business and it: there is no gap

# of several options, each may be worth what it is worth, in any order
questions: [{id: fast, dimension: plans, text: Fast, answer: {kind: multiple,
    options: [{value: 3, label: A}, {value: 1, label: B}, {value: 2, label: C}]}}]
=>

# plain labels stand for every language
languages: [en, de]
questions:
  - {id: fast, dimension: plans, text: {en: Fast, de: Schnell}, answer: {kind: scale, scale: agree}}
=>

# a label may repeat the value of its own option
scales: {agree: {options: [{value: 1, label: 1}, {value: 2, label: 2}]}}
=>

# a yes-no question says Yes and No
questions: [{id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}]
=>

# free text beside the questions with points
questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}
  - {id: why, dimension: plans, text: Why, answer: {kind: text}}
=>
"""
"""Keys put in for those of the small questionnaire, and what is said; nothing where it is no matter."""


@pytest.mark.parametrize("case", SAID.strip().split("\n\n"))
def test_what_it_says_and_what_is_no_matter(case: str) -> None:
    sample, _, said = case.partition("\n=>")
    assert [found.message for found in found_in(sample)] == ([said.strip()] if said else [])
