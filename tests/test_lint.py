"""Each lint is found in its own bad sample, and in neither its good one nor the built-in questionnaires."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from convergence_cli.documents import parse, placed
from convergence_cli.model.lint import LINTS, Lint, lint
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.references import check_references
from convergence_cli.problems import Finding, Severity

ROOT = Path(__file__).parent.parent
BASE = """
id: small
version: 1
title: Small
groups: [{id: business, title: Business}, {id: it, title: IT}]
contrast: [business, it]
scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}
dimensions: [{id: plans, title: Plans}]
questions: [{id: fast, dimension: plans, text: Fast, answer: {kind: scale, scale: agree}}]
"""


def questionnaire(sample: str) -> Questionnaire:
    """The small questionnaire with the keys of `sample` put in for its own."""
    data: Any = parse(BASE.encode(), "base.yaml").data
    changed: Any = parse(sample.encode(), "sample.yaml").data
    return Questionnaire.model_validate({**data, **changed})


def codes(sample: str) -> list[str]:
    return [finding.code for finding in lint(questionnaire(sample), "small.yaml")]


def messages(sample: str) -> list[str]:
    return [finding.message for finding in lint(questionnaire(sample), "small.yaml")]


def name_of(each: Lint) -> str:
    return each.name


def test_codes_and_names_are_each_used_once_and_in_order() -> None:
    assert [each.code for each in LINTS] == [f"CQ{101 + place}" for place in range(len(LINTS))]
    assert len({each.name for each in LINTS}) == len(LINTS)
    assert all(re.fullmatch(r"[a-z]+(-[a-z]+)*", each.name) and each.why.endswith(".") for each in LINTS)


@pytest.mark.parametrize("each", LINTS, ids=name_of)
def test_it_is_found_in_the_bad_sample_alone(each: Lint) -> None:
    assert set(codes(each.bad)) == {each.code}
    assert each.code not in codes(each.good)


@pytest.mark.parametrize("sample", [s for each in LINTS for s in (each.good, each.bad)])
def test_a_sample_is_a_questionnaire_without_errors(sample: str) -> None:
    assert check_references(questionnaire(sample), "small.yaml") == []


@pytest.mark.parametrize("path", sorted((ROOT / "questionnaires").glob("*.yaml")), ids=lambda path: path.stem)
def test_the_built_in_questionnaires_are_clean(path: Path) -> None:
    built_in = Questionnaire.model_validate(parse(path.read_bytes(), path.name).data)
    assert check_references(built_in, path.name) + lint(built_in, path.name) == []


def test_a_finding_is_a_warning_with_a_place() -> None:
    text = BASE + "levels: [{id: some, title: Some, at_least: 20}]\n"
    document = parse(text.encode(), "small.yaml")
    found = lint(Questionnaire.model_validate(document.data), "small.yaml")
    finding: Finding = placed(found, {"small.yaml": document})[0]
    assert (finding.code, finding.name, finding.severity) == ("CQ112", "no-lowest-level", Severity.WARNING)
    assert str(finding.place) == "small.yaml:10:44"
    assert finding.message == "a score below 20 points has no level"


@pytest.mark.parametrize(
    ("sample", "message"),
    [
        (
            """
dimensions: [{id: plans, title: Plans}, {id: staff, title: Staff}]
questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: scale, scale: agree}}
  - {id: many, dimension: staff, text: How many, answer: {kind: ratio, points: [[0, 0], [1, 50]]}}
levels: [{id: low, title: L, at_least: 0}, {id: top, title: T, at_least: 75, every_dimension_at_least: 60}]
""",
            "no answers reach `top`: at best `staff` 50 points",
        ),
        (
            "scales: {agree: {options: [{value: 1, label: So so}, {value: 2, label: so SO}]}}",
            "two options have the label `so SO`",
        ),
        (
            """
languages: [en, de]
questions:
  - id: fast
    dimension: plans
    text: {en: Fast, de: Schnell}
    answer: {kind: yes-no, yes: {en: Yes, de: Ja}, no: {en: No, de: Ja}}
""",
            "two options have the label `Ja`",
        ),
        (
            """
languages: [en, de]
questions:
  - id: fast
    dimension: plans
    text: {en: Fast, de: Schnell}
    ask: {it: Are you fast}
    answer: {kind: scale, scale: agree}
""",
            "this text is missing in: de",
        ),
        (
            """
questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}
  - {id: slow, dimension: plans, text: Slow, answer: {kind: yes-no}, groups: []}
""",
            "nobody is asked `slow`",
        ),
        (
            "questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, groups: [it]}]",
            "no question is put to both business and it: there is no gap",
        ),
        (
            "advice: [{id: a, title: A, when: {overall: overall, below: 0}}]",
            "`a` is never given: `overall` is never below 0",
        ),
        (
            "advice: [{id: a, title: A, when: {gap: fast, at_least: 101}}]",
            "`a` is never given: `fast` is never 101 or more",
        ),
        (
            "advice: [{id: a, title: A, when: {evidence: one-voice, at_least: 50}}]",
            "`a` is never given: `one-voice` is never 50 or more",
        ),
        (
            """
advice:
  - id: a
    title: A
    when:
      all: [{dimension: plans, below: 5}, {any: [{question: fast, below: 0}, {gap: fast, at_least: 200}]}]
""",
            "`a` is never given: `fast` is never below 0",
        ),
        (
            "advice: [{id: a, title: A, when: {question: fast, at_least: 0}}]",
            "`fast` always satisfies `at_least: 0` in `a`",
        ),
    ],
)
def test_what_it_says(sample: str, message: str) -> None:
    assert messages(sample) == [message]


@pytest.mark.parametrize(
    "sample",
    [
        # of several options, each may be worth what it is worth, in any order
        """
questions:
  - id: fast
    dimension: plans
    text: Fast
    answer: {kind: multiple, options: [{value: 3, label: A}, {value: 1, label: B}, {value: 2, label: C}]}
""",
        # plain labels stand for every language
        """
languages: [en, de]
questions:
  - {id: fast, dimension: plans, text: {en: Fast, de: Schnell}, answer: {kind: scale, scale: agree}}
""",
        # one way to bring it about is enough
        "advice: [{id: a, title: A, when: {any: [{question: fast, below: 0}, {question: fast, below: 10}]}}]",
        # a label may repeat the value of its own option
        "scales: {agree: {options: [{value: 1, label: 1}, {value: 2, label: 2}]}}",
        # a yes-no question says Yes and No
        "questions: [{id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}]",
        # free text beside the questions with points
        """
questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: yes-no}}
  - {id: why, dimension: plans, text: Why, answer: {kind: text}}
""",
    ],
)
def test_what_is_no_matter(sample: str) -> None:
    assert messages(sample) == []
