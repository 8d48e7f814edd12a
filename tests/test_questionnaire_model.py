"""The questionnaire as a model: what each kind of answer gives, and what is refused, and where."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from small import asking, questionnaire

from convergence_cli.documents import parse, placed
from convergence_cli.model.consistency import inconsistencies
from convergence_cli.model.fields import parse_exact, written_number
from convergence_cli.problems import Finding, Severity


def problems(sample: str) -> list[Finding]:
    """What `inconsistencies` finds in the sample, with the places where it stands in the sample."""
    document = parse(sample.encode(), "small.yaml")
    found = inconsistencies(questionnaire(sample), "small.yaml")
    return placed(found, {"small.yaml": document})


@pytest.mark.parametrize(
    ("answer", "is_fact", "options"),
    [
        ("{kind: scale, scale: agree}", False, ["Hardly", "Fully"]),
        ("{kind: choice, options: [{value: 0, label: A}, {value: 1, label: B}]}", False, ["A", "B"]),
        ("{kind: multiple, options: [{value: 1, label: A}, {value: 1/2, label: B}]}", False, ["A", "B"]),
        ("{kind: yes-no, yes: Ja, no: Nein}", False, ["Nein", "Ja"]),
        ("{kind: number, points: [[0, 0], [10, 100]]}", True, []),
        ("{kind: number, points: [[0, 0], [10, 100]], per: respondent}", False, []),
        ("{kind: ratio}", True, []),
        ("{kind: ratio, per: respondent}", False, []),
        ("{kind: text}", False, []),
    ],
)
def test_each_kind_of_answer(answer: str, is_fact: bool, options: list[str]) -> None:
    model = asking(answer)
    [question] = model.questions
    assert question.is_fact is is_fact
    assert [option.label for option in model.options(question)] == options
    assert inconsistencies(model, "small.yaml") == []
    assert (question in model.facts, question in model.opinions) == (is_fact, not is_fact)


@pytest.mark.parametrize(
    ("answer", "more", "asked", "scored"),
    [
        ("yes-no", "", "business it", "business it"),
        ("yes-no", ", scored: [business]", "business it", "business"),
        ("yes-no", ", groups: [it]", "it", "it"),
        ("yes-no", ", groups: [it, business]", "business it", "business it"),
        ("yes-no", ", scored: []", "business it", ""),
        ("text", "", "business it", ""),
    ],
)
def test_who_is_asked_and_who_is_scored(answer: str, more: str, asked: str, scored: str) -> None:
    model = asking(f"{{kind: {answer}}}", more)
    [question] = model.questions
    assert (model.asked(question), model.scored(question)) == (tuple(asked.split()), tuple(scored.split()))


def test_a_text_is_said_in_a_language_or_in_the_first() -> None:
    model = questionnaire("{languages: [en, de], title: {en: Small, de: Klein}}")
    said = [model.say(model.title, language) for language in (None, "de", "fr")]
    assert said == ["Small", "Klein", "Small"]


@given(st.fractions(min_value=-1000, max_value=1000, max_denominator=1000))
def test_a_number_is_read_back_from_what_is_written(value: Fraction) -> None:
    assert parse_exact(written_number(value)) == value


@pytest.mark.parametrize("value", [0.1 + 0.2, 1 / 3, 2.7177621474322e-07, 1e20])
def test_a_number_that_a_program_wrote_is_read_to_the_last_digit(value: float) -> None:
    assert float(parse_exact(str(value))) == value


REFUSED = """\
groups: [{id: a, title: A}, {id: a, title: B}]
contrast:
=> 1:34 the id `a` is taken. Give each an id of its own.

dimensions: [{id: plans, title: P}, {id: fast, title: F}]
=> - the id `fast` is taken. Give each an id of its own.

dimensions: [{id: plans, title: P}, {id: overall, title: F}]
=> 1:42 `overall` is the name of a figure of the whole. Choose another id.

questions: [{id: group, dimension: plans, text: F, answer: {kind: text}}]
=> 1:18 `group` is another column of a CSV file of responses. Choose another id.

advice: [{id: a, title: A, when: {overall: overall, below: 5}},
 {id: a, title: B, when: {overall: overall, below: 6}}]
=> 2:7 the id `a` is taken. Give each an id of its own.

levels: [{id: l, title: L, at_least: 50}, {id: m, title: M, at_least: 50.0}]
=> 1:71 two levels begin at 50 points. Let each level begin at points of its own.

contrast: [business, itt]
=> 1:22 there is no group `itt`. Did you mean it?

contrast: [it, it]
=> 1:16 `it` is named twice. Once is enough.

dimensions: [{id: plans, title: P, parent: plan}]
=> 1:44 there is no dimension `plan`. Did you mean plans?

dimensions: [{id: plans, title: P}, {id: b, title: B, parent: c}, {id: c, title: C, parent: b}]
=> 1:63 these dimensions lie inside each other: b -> c -> b.
   Take the `parent` away from the one that belongs at the top.

questions: [{id: q, dimension: plan, text: Q, answer: {kind: text}}]
=> 1:32 there is no dimension `plan`. Did you mean plans?

questions: [{id: q, dimension: plans, text: Q, answer: {kind: scale, scale: agreed}}]
=> 1:77 there is no scale `agreed`. Did you mean agree?

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, groups: [brm]}]
=> 1:81 there is no group `brm`. Expected one of: business, it.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, ask: {bussiness: Q}}]
=> 1:78 there is no group `bussiness`. Did you mean business?

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, groups: [it], scored: [business]}]
=> 1:95 `business` is not asked. Asked are: it. Add it to `groups`, or take it out here.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, groups: [it], ask: {business: Q}}]
=> 1:92 `business` is not asked. Asked are: it. Add it to `groups`, or take it out here.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, groups: [it, it]}]
=> 1:85 `it` is named twice. Once is enough.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: text}, scored: [it]}]
=> 1:70 `q` asks for a text, and a text is never scored. Leave `scored` out.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: ratio}, scored: [it]}]
=> 1:71 a fact is given once for the organisation, so `q` has no `scored`.
   Leave it out; or write `per: respondent` in the answer, to ask each person.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: ratio}, evidence: plan-mapped}]
=> 1:81 there is no indicator `plan-mapped`. Did you mean plans-mapped?

questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, evidence: one-voice}]
=> 1:82 an indicator is a count of so many, given once, and this question does not ask for one.
   Leave it out, or write `answer: {kind: ratio}` without `per: respondent`.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: ratio, per: respondent}, evidence: one-voice}]
=> 1:98 an indicator is a count of so many, given once, and this question does not ask for one.
   Leave it out, or write `answer: {kind: ratio}` without `per: respondent`.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: ratio, points: [[0, 0], [0.0, 9]]}}]
=> 1:88 0 has points twice. Give each x once.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: ratio, points: [[0, 0], [33, 9]]}}]
=> 1:88 found 33: the x of a ratio is a share from 0 to 1. Write 1/3 for one in three, 1/2 or 0.5 for a half.

scales: {agree: {options: [{value: 0.5, label: A}, {value: 1, label: B}, {value: 1/2, label: a}]}}
=> 1:94 two options have the value 0.5 and one label. Give each a value or a label of its own.

scales: {agree: {options: [{value: 0.5, label: A}, {value: 1/2, label: B}]}}
=> 1:27 all options have one value. Give the better ones a higher value.

questions: [{id: q.want, dimension: plans, text: Q, answer: {kind: yes-no}}, {id: q, dimension: plans,
 text: Q, answer: {kind: yes-no}}]
=> 1:18 `q.want` is another column of a CSV file of responses. Choose another id.

questions: [{id: about.unit, dimension: plans, text: Q, answer: {kind: yes-no}}]
=> 1:18 `about.unit` is another column of a CSV file of responses. Choose another id.

questions: [{id: q, dimension: plans, text: Q, answer: {kind: multiple, options: [{value: 0, label: A},
 {value: -1, label: B}]}}]
=> 2:10 found -1: where several are chosen, expected 0 or more.

title: {en: Small, de: Klein}
=> 1:20 `de` is not one of the `languages` of this questionnaire. Add it there, or take it out: en.

questions: [{id: q, dimension: plans, text: Q, ask: {it: {en: Q, de: F}}, answer: {kind: text}}]
=> 1:66 `de` is not one of the `languages` of this questionnaire. Add it there, or take it out: en.

scales: {agree: {options: [{value: 1, label: {en: A, de: B}}, {value: 2, label: C}]}}
=> 1:54 `de` is not one of the `languages` of this questionnaire. Add it there, or take it out: en.

languages: [en, de, en]
=> 1:21 `en` is named twice. Once is enough.

advice: [{id: a, title: A, when: {question: fats, below: 5}}]
=> 1:45 there is no question `fats`. Did you mean fast?

advice: [{id: a, title: A, when: {all: [{overall: plans, below: 5}]}}]
=> 1:51 there is no figure of the whole `plans`. Expected one of: overall.

groups: [{id: business, title: B, weight: 0}, {id: it, title: I}]
questions: [{id: q, dimension: plans, text: Q, answer: {kind: yes-no}, scored: [business]}]
=> 2:13 `q` has no score: the groups scored, business, weigh 0.
   Give one of them a weight, or score another group.
"""
"""Keys put in for those of the small questionnaire; then where the mistake stands, and what is said."""


@pytest.mark.parametrize(
    "case", REFUSED.strip().split("\n\n"), ids=lambda case: case.partition("=> ")[2][:60]
)
def test_what_is_refused_and_where(case: str) -> None:
    sample, _, told = case.partition("=> ")
    place, _, said = " ".join(told.split()).partition(" ")
    [finding] = problems(sample)
    assert f"{finding.message}. {finding.hint}".rstrip() == said
    assert (finding.code, finding.name, finding.severity) == ("CV004", "schema", Severity.ERROR)
    if place != "-":
        assert str(finding.place) == f"small.yaml:{place}"


def test_the_first_of_two_is_shown_with_the_second() -> None:
    [finding] = problems("levels: [{id: l, title: L, at_least: 0}, {id: l, title: M, at_least: 50}]")
    [related] = finding.related
    assert (related.message, str(related.place)) == ("the first one stands here", "small.yaml:1:15")


def test_every_problem_is_told_in_one_run() -> None:
    sample = """
contrast: [business, itt]
languages: [de]
title: {en: Small}
dimensions: [{id: plans, title: P, parent: plan}, {id: overall, title: O}]
questions:
  - {id: q, dimension: x, text: Q, answer: {kind: scale, scale: y}, groups: [z], evidence: v}
  - {id: q, dimension: plans, text: Q, answer: {kind: number, points: [[1, 2], [1, 3]]}, scored: [it]}
levels: [{id: l, title: L, at_least: 1}, {id: m, title: M, at_least: 1}]
advice: [{id: a, title: A, when: {any: [{gap: g, at_least: 1}, {evidence: e, below: 1}]}}]
"""
    assert len(problems(sample)) == 15


@pytest.mark.parametrize(
    ("name", "title"), [("response-speed", "response speed"), ("x-1_2", "x-1_2"), ("REQ:1", "REQ:1")]
)
def test_a_question_without_a_title_goes_by_its_id(name: str, title: str) -> None:
    model = questionnaire(f'questions: [{{id: "{name}", dimension: plans, text: Q, answer: {{kind: text}}}}]')
    assert model.questions[0].short_title == title
