"""docs/formats.md against the models: every key of every format, no other, and examples that are read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import TypeAdapter
from test_habits import every_model

from convergence_cli.documents import parse
from convergence_cli.inputs.pooling import read_wave
from convergence_cli.model import plans, questionnaire, responses
from convergence_cli.model.consistency import inconsistencies
from convergence_cli.model.fields import INDICATORS, fields_of, models_in
from convergence_cli.model.lint import LINTS, lint
from convergence_cli.model.responses import STATE_WORDS

PAGE = (Path(__file__).parent.parent / "docs" / "formats.md").read_text(encoding="utf-8")

MODELS: dict[str, type] = {
    "The questionnaire file": questionnaire.Questionnaire,
    "A group": questionnaire.Group,
    "A scale": questionnaire.Scale,
    "An option": questionnaire.Option,
    "A dimension": questionnaire.Dimension,
    "A question": questionnaire.Question,
    "Scoring": questionnaire.Scoring,
    "A level": questionnaire.Level,
    "Advice": questionnaire.Advice,
    "A condition": questionnaire.Condition,
    "The responses file": responses.Responses,
    "A respondent": responses.Sheet,
    "An answer": responses.DetailedAnswer,
    "The plans file": plans.PlansFile,
    "An objective": plans.Objective,
    "A measure": plans.Measure,
    "A plan": plans.Plan,
    "A link": plans.Link,
    "An approval": plans.Approval,
    "Money": plans.Money,
    "A champion": plans.Champion,
    "A result": plans.Benefit,
    "A suggestion": plans.Suggestion,
    "A relationship manager": plans.RelationshipManager,
    "A waiver": plans.Waiver,
}
"""The heading under which each model's keys are explained."""

ANSWERS = {
    get_args(fields_of(model)["kind"].annotation)[0]: model
    for model in sorted(models_in(fields_of(questionnaire.Question)["answer"].annotation), key=str)
}
FACTS = {"ratio": responses.RatioValue, "number": responses.NumberValue}

FILES = {
    "Questionnaire": questionnaire.Questionnaire,
    "Responses": responses.Responses,
    "Plans": plans.PlansFile,
}
"""The chapter in which each format is explained."""


@cache
def chapters(level: int) -> dict[str, str]:
    """The text under each heading of a level, by heading."""
    parts = re.split(rf"^{'#' * level} (.+)$", PAGE, flags=re.MULTILINE)
    return {
        title: re.split(r"^## ", text, flags=re.MULTILINE)[0]
        for title, text in zip(parts[1::2], parts[2::2], strict=True)
    }


def rows(text: str, first: str) -> Iterator[list[str]]:
    """The cells of the table whose header begins with `first`; none where there is no such table."""
    table = re.search(rf"^\| {first} \|.*\n\|[-|]+\n((?:\|.*\n?)+)", text, re.MULTILINE)
    for line in table[1].splitlines() if table else []:
        yield [cell.strip() for cell in line.strip().strip("|").split(" | ")]


def code(cell: str) -> list[str]:
    return re.findall(r"`([^`]+)`", cell)


def read(text: str) -> Any:
    document = parse(text.encode(), "formats.md")
    assert document.problems == ()
    return document.data


def blocks(text: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)


def whole(chapter: str) -> dict[str, Any]:
    """The first file of a chapter: complete, and the base of the parts that follow it."""
    data: dict[str, Any] = read(blocks(chapters(2)[chapter], "yaml")[0])
    return data


KEYS = [
    pytest.param(model, *row, id=f"{title}: {row[0]}")
    for title, model in MODELS.items()
    for row in rows(chapters(3)[title], "key")
]


@pytest.mark.parametrize(("title", "model"), MODELS.items(), ids=list(MODELS))
def test_every_key_is_explained_in_the_models_order(title: str, model: type) -> None:
    explained = [code(row[0])[0] for row in rows(chapters(3)[title], "key")]
    assert explained == list(fields_of(model))


def test_every_model_of_a_file_is_explained() -> None:
    below = set(every_model(*FILES.values()).values())
    assert below == {*MODELS.values(), *ANSWERS.values(), *FACTS.values()}


@pytest.mark.parametrize(("model", "key", "meaning", "example"), KEYS)
def test_a_key_has_a_meaning_and_an_example_that_is_read(
    model: type, key: str, meaning: str, example: str
) -> None:
    name, field = code(key)[0], fields_of(model)[code(key)[0]]
    assert meaning.startswith("Needed.") is field.is_required()
    assert meaning.endswith(".")
    assert name in read_as(model, code(example)[0])


def read_as(model: type, example: str) -> dict[str, Any]:
    """The example's keys, after it was read as part of the smallest `model`."""
    data: dict[str, Any] = read(example)
    TypeAdapter(model).validate_python({**smallest(model, data), **data})
    return data


def smallest(model: type, data: dict[str, Any]) -> dict[str, Any]:
    """What else `model` needs beside the keys of `data`."""
    if model is questionnaire.Condition:
        joined = data.keys() & {"all", "any"}
        bound = {} if data.keys() & {"below", "at_least"} else {"below": "50"}
        return {} if joined else bound or {"question": "speed"}
    title = next(title for title, each in MODELS.items() if each is model)
    examples = {code(row[0])[0]: code(row[-1])[0] for row in rows(chapters(3)[title], "key")}
    needed = [name for name, field in fields_of(model).items() if field.is_required()]
    return {name: value for key in needed for name, value in read(examples[key]).items()}


def test_every_kind_of_answer_is_explained() -> None:
    kinds = {code(row[0])[0]: read(code(row[-1])[0]) for row in rows(chapters(3)["Kinds of answer"], "kind")}
    assert kinds.keys() == ANSWERS.keys()
    answer: TypeAdapter[Any] = TypeAdapter(questionnaire.Answer)
    assert {kind: type(answer.validate_python(example)) for kind, example in kinds.items()} == ANSWERS


@pytest.mark.parametrize(("title", "models"), [("Kinds of answer", ANSWERS), ("A fact", FACTS)])
def test_every_key_of_an_answer_and_of_a_fact_is_explained_with_its_kinds(
    title: str, models: dict[str, type]
) -> None:
    explained = {
        (kind, code(row[0])[0])
        for row in rows(chapters(3)[title], "key")
        for kind in re.findall(r"[a-z-]+", row[1].replace("every kind", " ".join(models)))
    }
    assert explained == {(kind, key) for kind, model in models.items() for key in fields_of(model)}


def test_the_indicators_the_states_and_the_lints_are_those_of_the_program() -> None:
    assert [code(row[0])[0] for row in rows(chapters(3)["Indicators"], "indicator")] == list(INDICATORS)
    states = [word for row in rows(chapters(3)["An answer"], "you write") for word in code(row[0])]
    assert set(states) < set(STATE_WORDS)
    warnings = list(rows(chapters(3)["What is probably not meant"], "code"))
    assert warnings == [[each.code, each.name, each.why] for each in LINTS]


@pytest.mark.parametrize("chapter", FILES)
def test_every_block_is_read(chapter: str) -> None:
    model: TypeAdapter[Any] = TypeAdapter(FILES[chapter])
    base = whole(chapter)
    assert base["format"] == f"{chapter.lower()}/1"
    for block in blocks(chapters(2)[chapter], "yaml"):
        part = read(block)
        if "scales" in base:
            part["scales"] = {**base["scales"], **part.get("scales", {})}
        fitted = model.validate_python({**base, **part})
        if isinstance(fitted, questionnaire.Questionnaire):
            assert inconsistencies(fitted, "formats.md") == []
            assert lint(fitted, "formats.md") == []


def test_the_responses_are_read_to_the_last_answer(tmp_path: Path) -> None:
    file = tmp_path / "responses.yaml"
    file.write_text(blocks(chapters(2)["Responses"], "yaml")[0], encoding="utf-8")
    wave = read_wave([str(file)])
    assert [person.id for person in wave.respondents] == ["r01", "r02"]
    assert list(wave.facts) == ["plan-mapping", "ideas-taken-up"]


def test_the_table_is_read_with_its_facts(tmp_path: Path) -> None:
    section = chapters(3)["Respondents as CSV"]
    (tmp_path / "answers.csv").write_text(blocks(section, "csv")[0], encoding="utf-8")
    (tmp_path / "responses.yaml").write_text(blocks(section, "yaml")[0], encoding="utf-8")
    wave = read_wave([str(tmp_path / "responses.yaml")])
    first, second = wave.respondents
    assert (first.about, second.about) == ({"unit": "Finance"}, {})
    assert [text for _, text in second.comments] == ["We wait to be asked."]
    assert list(wave.facts) == ["plan-mapping", "ideas-taken-up"]


def test_links_inside_the_page_lead_somewhere() -> None:
    headings = re.findall(r"^#+ (.+)$", PAGE, re.MULTILINE)
    anchors = {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    assert set(re.findall(r"\]\(#([^)]+)\)", PAGE)) <= anchors
