"""The published JSON Schemas: the committed ones are the generated ones, and editors can rely on them.

Files are read here as an editor reads them, with numbers, booleans and nulls of what the program itself
keeps as text. Set CONVERGENCE_UPDATE_GOLDEN=1 to write the schemas anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from small import SMALL

from convergence_cli.commands.schema import DOCUMENTS, WRITTEN, schema_of, schema_text
from convergence_cli.model.plans import PlansFile
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import Responses
from convergence_cli.model.tolerant import read_tolerantly

ROOT = Path(__file__).parent.parent
QUESTIONNAIRES = sorted((ROOT / "questionnaires").glob("*.yaml"))
EXAMPLES = ROOT / "examples"
OURS = [
    *(("questionnaire", path) for path in QUESTIONNAIRES),
    *(("responses", path) for path in sorted(EXAMPLES.glob("responses*.yaml"))),
    *(("plans", EXAMPLES / name) for name in ("objectives.yaml", "plans.yaml")),
]

ANSWERS = """
questionnaire: small.yaml
confidential: false
respondents: [{id: 1, group: business, answers: {fast: 2}}]
"""
PLANS = """
objectives: [{id: O-1, title: Grow online sales}]
plans: [{id: P-1, title: New checkout, serves: [O-1]}]
"""
BASES: dict[str, tuple[str, type[Any]]] = {
    "questionnaire": (SMALL, Questionnaire),
    "responses": (ANSWERS, Responses),
    "plans": (PLANS, PlansFile),
}


class EditorLoader(yaml.SafeLoader):
    """The ordinary reading of YAML, but that days stay text and so does `on`, which is a key of ours."""


EditorLoader.yaml_implicit_resolvers = {
    first: [
        (tag, pattern) for tag, pattern in found if not tag.endswith(":timestamp") and first not in ("o", "O")
    ]
    for first, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def as_in_an_editor(text: str) -> Any:
    return yaml.load(text, EditorLoader)


def errors(name: str, data: Any) -> list[str]:
    return [error.message for error in Draft7Validator(json.loads(schema_text(name))).iter_errors(data)]


def changed(name: str, sample: str) -> Any:
    """The small document with the keys of `sample` put in for its own, as an editor reads it."""
    return {**as_in_an_editor(BASES[name][0]), **as_in_an_editor(sample)}


def as_text(data: Any) -> Any:
    """Data as the program reads it: every scalar as text."""
    if isinstance(data, dict):
        return {str(key): as_text(value) for key, value in data.items()}
    if isinstance(data, list):
        return [as_text(value) for value in data]
    return data if data is None else json.dumps(data) if isinstance(data, bool | int | float) else str(data)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_the_committed_schema_is_the_generated_one_and_sound(name: str) -> None:
    path = ROOT / "schemas" / f"{name}.schema.json"
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        path.write_text(schema_text(name), encoding="utf-8", newline="\n")
    assert path.read_text(encoding="utf-8") == schema_text(name)
    schema = schema_of(name)
    Draft7Validator.check_schema(schema)
    assert schema["title"]
    assert schema["description"]


@pytest.mark.parametrize("document", WRITTEN)
def test_an_editor_can_say_what_each_key_means(document: str) -> None:
    schema = schema_of(document)
    for name, part in {document: schema, **schema["definitions"]}.items():
        silent = {key for key, value in part["properties"].items() if not value.get("description")}
        assert silent <= {"kind"}, name


@pytest.mark.parametrize(("name", "path"), OURS, ids=lambda value: getattr(value, "stem", value))
def test_our_own_files_are_valid(name: str, path: Path) -> None:
    assert errors(name, as_in_an_editor(path.read_text(encoding="utf-8"))) == []


VALID = """\
# questionnaire
groups: [{id: 1, title: 2026, weight: 0.5}, {id: it, title: yes, weight: 1/3}]
title: {en: Small, pt-BR: Pequeno}
source:
questions: [{id: q, dimension: d, text: T, answer: {kind: ratio, points: [[0, 0], [1/3, 100]]}}]
advice: [{id: a, title: A, when: {all: [{overall: overall, below: 40}]}}]
# responses
period: 2026
period: 2026-Q4
plans: [objectives.yaml, plans.yaml]
plans: plans.yaml
facts: {a: 4, b: 10/12, c: {count: 10, of: 12}, d: {value: 0.5, source: CIO}, e: }
respondents: [{id: r, group: it, about: {unit: }, answers: {a: no, b: , c: [1, Two]}}]
period: 2026-11-23
respondents: [{id: r, group: it, answers: {a: {now: 2, want: 4, comment: Why}, b: {want: 3}}}]
# plans
as_of: 2026-11-01
plans: [{id: 7, title: T, serves: [O-1, {id: O-2, contribution: C}], budget: 120000.50}]
plans: [{id: P, title: T, budget: {amount: 12, currency: USD}, champion: {side: it}}]
objectives: [{id: O, title: T, measures: [{target: 30, actual: 22}]}]
"""
INVALID = """\
# questionnaire
titel: Small
version: first
groups: []
contrast: [business]
title: {english: Small}
levels: [{id: low, title: Low, at_least: 400}]
groups: [{id: business, title: Business, weight: true}]
groups: [{id: business, title: Business, weight: -1}]
groups: [{id: 'business  leaders', title: Business}]
questions: [{id: q, dimension: plans, text: T, answer: {kind: slider}}]
questions: [{id: q, dimension: plans, text: T, answer: {kind: number}}]
questions: [{id: q, dimension: plans, answer: {kind: text}}]
# responses
confidential:
confidential: maybe
period: autumn
min_group_size: 0
population: {business: many}
facts: {a: {count: -1, of: 12}}
respondents: [{id: r, group: it, role: CIO, answers: {}}]
respondents: [{id: r, group: it}]
respondents: [{id: r, group: it, answers: {a: {nwo: 2}}}]
# plans
plans: [{id: P, title: T, status: running}]
plans: [{id: P, titel: T}]
plans: [{id: P, title: T, serves: {O-1: much}}]
objectives: [{id: O, title: T, parent: {id: O-1}}]
plans: [{id: P, title: T, budget: much}]
plans: [{id: P, title: T, budget: {amount: 12, currency: euro}}]
objectives: [{title: T}]
waivers: [{rule: CV101, on: P}]
"""
"""Keys put in for those of the small document of each kind."""


def samples(table: str) -> list[tuple[str, str]]:
    """Each line of a table, with the kind of document above it."""
    kinds = [part.splitlines() for part in table.split("# ")[1:]]
    return [(name, line) for name, *lines in kinds for line in lines]


@pytest.mark.parametrize(
    ("name", "sample", "right"),
    [(*each, True) for each in samples(VALID)] + [(*each, False) for each in samples(INVALID)],
)
def test_an_editor_and_the_program_agree(name: str, sample: str, right: bool) -> None:
    data = changed(name, sample)
    assert (errors(name, data) == []) is right
    assert (read_tolerantly(BASES[name][1], as_text(data), "small.yaml")[1] == []) is right
