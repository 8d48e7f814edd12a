"""Questionnaires and waves of answers for tests: written out by hand, or drawn by hypothesis."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from hypothesis import HealthCheck, assume, settings
from hypothesis import strategies as st

from convergence_cli.model.answers import Code, Respondent, SheetReader, StatedFact, read_fact
from convergence_cli.model.consistency import inconsistencies
from convergence_cli.model.questionnaire import (
    MultipleAnswer,
    NumberAnswer,
    Question,
    Questionnaire,
    RatioAnswer,
    TextAnswer,
)
from convergence_cli.model.responses import Responses, State
from convergence_cli.model.wave import Wave
from convergence_cli.render.say import reason, why
from convergence_cli.scoring.estimates import Estimate
from convergence_cli.scoring.tally import Tally

FIVE = [{"value": str(value), "label": f"L{value}"} for value in range(1, 6)]
SLEEP_A = [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0.0, 2.0]
SLEEP_B = [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4]
"""R datasets::sleep: hours of sleep that each of ten people gained by two drugs (Student 1908)."""
NO_ANSWERS = (State.SKIPPED, State.NOT_APPLICABLE, State.DONT_KNOW)


def questionnaire(questions: Sequence[Mapping[str, Any]], **parts: Any) -> Questionnaire:
    """A small questionnaire: groups `business` and `it`, one dimension, a scale `five` from 1 to 5.

    A question that says nothing else is on that scale, in the first dimension.
    """
    whole = {
        "id": "small",
        "version": "1",
        "title": "Small",
        "groups": [{"id": "business", "title": "business leaders"}, {"id": "it", "title": "IT leaders"}],
        "scales": {"five": {"options": FIVE}},
        "dimensions": [{"id": "all", "title": "All"}],
        **parts,
    }
    usual = {
        "dimension": whole["dimensions"][0]["id"],
        "text": "How is it?",
        "answer": {"kind": "scale", "scale": "five"},
    }
    read = Questionnaire.model_validate({**whole, "questions": [{**usual, **each} for each in questions]})
    assert inconsistencies(read, "small.yaml") == []
    return read


def tally_of(respondents: Iterable[Respondent]) -> Tally:
    """Every respondent counted once."""
    tally = Tally()
    for respondent in respondents:
        tally.add(respondent)
    return tally


def wave(asked: Questionnaire, people: Iterable[Mapping[str, Any]], **header: Any) -> Wave:
    """A wave as a responses file would give it; people may leave `id` out.

    ``{"group": "it", "answers": {"speed": "4"}}`` is a person; every value is text, as in YAML.
    """
    sheets = [{"id": f"p{number}", **person} for number, person in enumerate(people, start=1)]
    said = {"questionnaire": asked.id, "confidential": "false", **header, "respondents": sheets}
    read = Responses.model_validate(said)
    assert not isinstance(read.respondents, str)
    reader = SheetReader(asked, "small.yaml")
    rows = tuple(reader.read(sheet, place) for place, sheet in enumerate(read.respondents))
    assert reader.findings == []
    facts = {name: read_fact(asked.question_by_id[name], raw) for name, raw in read.facts.items()}
    return wave_of(asked, rows, read, facts=facts)


def wave_of(
    asked: Questionnaire, people: Sequence[Respondent], header: Responses | None = None, **fields: Any
) -> Wave:
    """A wave with the facts of a responses file, or of one that says no more than it must, and `fields`."""
    header = header or Responses(questionnaire=asked.id, confidential=False)
    names = ("organization", "period", "confidential", "min_group_size", "cut_by", "population")
    known = {name: getattr(header, name) for name in names} | {"facts": {}, "plans": ()}
    return Wave(questionnaire=asked, **known | {"respondents": tuple(people)} | fields)


def several(
    count: int, group: str, about: Mapping[str, str] | None = None, **answers: Any
) -> list[dict[str, Any]]:
    """`count` people of a group who answer alike."""
    return [{"group": group, "about": dict(about or {}), "answers": answers} for _ in range(count)]


def refused(estimate: Estimate) -> str:
    """Why there is no interval, in words."""
    interval, why = estimate
    assert interval is None
    assert why is not None
    return reason(why)


def figure(report: Any, path: str) -> Any:
    """`overall.score`; `x.gap.points` of a question or dimension, `x.it.n` of a group; a reason in words."""
    first, *rest = path.split(".")
    named = {part.id: part for part in (*report.dimensions, *report.questions)}
    found: Any = named[first] if first in named else getattr(report, first)
    for key in rest:
        cells = {cell.group: cell for cell in getattr(found, "groups", ())}
        found = cells[key] if key in cells else getattr(found, key)
    return why(found) if path.endswith("reason") else found


# Drawn by hypothesis

whole_reports = settings(deadline=None, suppress_health_check=list(HealthCheck))
"""For properties of whole reports: each takes its time, and many draws are not of the wanted kind."""

WEIGHTS = st.sampled_from(["1", "1", "1", "2", "1/3"])
OPTIONS = [
    [{"value": value, "label": f"Option {at}: {value}"} for at, value in enumerate(values)]
    for values in (["0", "1"], ["1", "2", "3"], ["-1", "0", "2.5", "10"], ["0", "0.5", "0.5", "1"])
]
FROM_NOUGHT = [options for options in OPTIONS if options[0]["value"] != "-1"]
DIRECTIONS = st.sampled_from(["higher-is-better", "lower-is-better"])
CURVES = st.sampled_from([[["0", "0"], ["10", "100"]], [["1/3", "80"], ["2", "20"], ["5", "100"]]])
PER = st.sampled_from(["organization", "respondent"])


def answers(kind: str, **parts: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({"kind": st.just(kind), **parts})


answer_kinds = st.one_of(
    *[answers("scale", scale=st.just(scale)) for scale in ("five", "five", "down")],
    answers("choice", direction=DIRECTIONS, options=st.sampled_from(OPTIONS)),
    answers("multiple", options=st.sampled_from(FROM_NOUGHT)),
    answers("yes-no", direction=DIRECTIONS),
    answers("text"),
    answers("number", per=PER, points=CURVES),
    answers("ratio", per=PER, points=CURVES),
    answers("ratio", per=PER),
)
LOW = {"id": "low", "title": "Low", "business": "b", "it": "i", "when": {"overall": "overall", "below": "60"}}


@st.composite
def questionnaires(draw: st.DrawFn) -> Questionnaire:
    """Up to four dimensions in a tree, up to six questions of every kind, two or three groups."""
    groups = ["business", "it", "brm"][: draw(st.integers(2, 3))]
    attributable = draw(st.booleans())
    dimensions = [f"d{number}" for number in range(draw(st.integers(1, 4)))]
    questions = []
    for number in range(draw(st.integers(1, 6))):
        answer = draw(answer_kinds)
        question: dict[str, Any] = {"id": f"q{number}", "answer": answer, "text": "?"}
        question |= {"weight": draw(WEIGHTS), "dimension": draw(st.sampled_from(dimensions))}
        if answer.get("per", "respondent") == "respondent":
            question["groups"] = draw(st.lists(st.sampled_from(groups), min_size=1, unique=True))
            if answer["kind"] != "text" and draw(st.booleans()):
                scored = st.lists(st.sampled_from(question["groups"]), min_size=1, unique=True)
                question["scored"] = draw(scored)
        questions.append(question)
    cuts = draw(st.sampled_from([["0"], ["0", "50"], ["10", "40", "75"]]))
    data = {
        "id": "drawn",
        "version": "1",
        "title": "Drawn",
        "groups": [
            {"id": g, "title": g, "weight": draw(WEIGHTS)}
            | ({"attributable": "true"} if g == "brm" and attributable else {})
            for g in groups
        ],
        "contrast": draw(st.sampled_from([None, groups[:2], groups[1::-1]])),
        "scales": {"five": {"options": FIVE}, "down": {"direction": "lower-is-better", "options": FIVE}},
        "dimensions": [
            {"id": d, "title": d, "weight": draw(WEIGHTS)}
            | ({"parent": draw(st.sampled_from(dimensions[:place]))} if place and draw(st.booleans()) else {})
            for place, d in enumerate(dimensions)
        ],
        "questions": questions,
        "scoring": {
            "missing": draw(st.sampled_from(["leave-out", "lowest"])),
            "min_answered": draw(st.sampled_from(["0", "1/2", "1"])),
        },
        "levels": [
            {"id": f"l{cut}", "title": f"Level {cut}", "at_least": cut}
            | ({"every_dimension_at_least": "30"} if place else {})
            for place, cut in enumerate(cuts)
        ],
        "advice": [LOW],
    }
    read = Questionnaire.model_validate(data)
    assume(inconsistencies(read, "drawn.yaml") == [])
    return read


def codes(question: Question, asked: Questionnaire) -> st.SearchStrategy[Code]:
    """Answers to a question, never one of the three states of no answer."""
    if isinstance(question.answer, TextAnswer):
        return st.just(State.ANSWERED)
    if isinstance(question.answer, NumberAnswer):
        return st.sampled_from([Fraction(0), Fraction(1), Fraction(5, 2), Fraction(4), Fraction(11)])
    if isinstance(question.answer, RatioAnswer):
        return st.sampled_from([Fraction(0), Fraction(1, 3), Fraction(3, 4), Fraction(1)])
    number = len(asked.options(question))
    top = 2**number - 1 if isinstance(question.answer, MultipleAnswer) else number - 1
    return st.integers(1 if isinstance(question.answer, MultipleAnswer) else 0, top)


@st.composite
def people_of(
    draw: st.DrawFn, asked: Questionnaire, *, complete: bool = False, least: int = 0
) -> list[Respondent]:
    """Respondents with every state of an answer, targets and a unit; `complete`: all answer everything."""
    found = []
    for number in range(draw(st.integers(least, 14))):
        group = draw(st.sampled_from([group.id for group in asked.groups]))
        given: list[Code] = []
        wants: list[tuple[int, Code]] = []
        for index, question in enumerate(asked.opinions):
            if group not in asked.asked(question):
                given.append(State.SKIPPED)
                continue
            some = codes(question, asked)
            given.append(draw(some if complete else st.one_of(some, some, st.sampled_from(NO_ANSWERS))))
            if question.is_scored_kind and draw(st.booleans()):
                wants.append((index, draw(some)))
        unit = draw(st.sampled_from(["north", "south", None]))
        about = {"unit": unit} if unit else {}
        found.append(Respondent(f"p{number:02}", group, about, tuple(given), tuple(wants)))
    return found


@st.composite
def facts_of(draw: st.DrawFn, asked: Questionnaire) -> dict[str, StatedFact]:
    raw = {"number": ["4", "n/a", "dont-know"], "ratio": ["0/4", "3/4", "n/a", "dont-know"]}
    found = {}
    for question in asked.facts:
        if draw(st.booleans()):
            found[question.id] = read_fact(question, draw(st.sampled_from(raw[question.answer.kind])))
    return found


@st.composite
def waves(
    draw: st.DrawFn, *, confidential: bool | None = None, complete: bool = False, least: int = 1
) -> Wave:
    asked = draw(questionnaires())
    people = draw(people_of(asked, complete=complete, least=least))
    facts = draw(facts_of(asked))
    has_fact = any(fact.amount is not None for fact in facts.values())
    assume(has_fact or any(code not in NO_ANSWERS for person in people for code in person.codes))
    return wave_of(
        asked,
        people,
        facts=facts,
        confidential=draw(st.booleans()) if confidential is None else confidential,
        min_group_size=draw(st.integers(3, 5)),
        cut_by="unit",
    )
