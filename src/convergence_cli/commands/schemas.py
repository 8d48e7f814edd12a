"""The JSON Schemas that we publish: of the files that people write, and of the results that we promise."""

from __future__ import annotations

import ast
import inspect
import json
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter

from ..model.complaints import fields_of, models_in
from ..model.plans import PlansFile
from ..model.questionnaire import Questionnaire
from ..model.responses import Responses
from ..model.schema import editor_schema, rewritten, titled
from ..problems import UsageError, did_you_mean
from ..results.check import CheckReport
from ..results.comparison import Comparison
from ..results.score import Explanation, ScoreReport


@dataclass(frozen=True, slots=True)
class Document:
    """One kind of document: ``written`` by people, or printed by a command."""

    name: str
    title: str
    model: type
    written: bool


DOCUMENTS: tuple[Document, ...] = (
    Document("questionnaire", "A questionnaire for convergence (questionnaire/1)", Questionnaire, True),
    Document("responses", "Responses to a questionnaire (responses/1)", Responses, True),
    Document("plans", "Objectives and plans for convergence (plans/1)", PlansFile, True),
    Document("score", "What convergence score -f json prints (schema_version 1)", ScoreReport, False),
    Document(
        "explain", "What convergence score --explain ID -f json prints (schema_version 1)", Explanation, False
    ),
    Document("check", "What convergence check -f json prints (schema_version 1)", CheckReport, False),
    Document("compare", "What convergence compare -f json prints (schema_version 1)", Comparison, False),
)


def schema_text(name: str) -> str:
    """The JSON Schema (draft-07) of the document `name`, as text; raises UsageError when there is none."""
    names = [document.name for document in DOCUMENTS]
    if name not in names:
        hint = did_you_mean(name, names) or f"There are: {', '.join(names)}."
        raise UsageError(f"There is no schema `{name}`. {hint}")
    schema = schema_of(DOCUMENTS[names.index(name)])
    return json.dumps(schema, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def schema_of(document: Document) -> dict[str, Any]:
    """The schema of a document, each key described by the docstring below its field."""
    model = document.model
    if document.written:
        schema = editor_schema(model, document.title)
    else:
        schema = titled(rewritten(TypeAdapter(model).json_schema(mode="serialization")), document.title)
    for below in models_below(model):
        if below is model or below.__name__ in schema["definitions"]:
            describe(schema if below is model else schema["definitions"][below.__name__], below)
    return schema


def models_below(model: type) -> list[type]:
    """`model` and every model that its fields hold, at any depth."""
    found = [model]
    for owner in found:
        fields = fields_of(owner).values()
        inner = {below for field in fields for below in models_in(field.annotation, *field.metadata)}
        found += sorted(inner.difference(found), key=lambda below: below.__name__)
    return found


def describe(schema: dict[str, Any], model: type) -> None:
    properties = schema["properties"]
    for name, text in field_docstrings(model).items():
        if name in properties:  # a field for the renderers alone is no part of the document
            properties[name] = {"description": text, **properties[name]}


def field_docstrings(model: type) -> dict[str, str]:
    """The docstring below each field of a class, from its source; nothing for a field without one."""
    body = ast.parse(inspect.getsource(model)).body[0].body  # type: ignore[attr-defined]
    return {
        field.target.id: " ".join(text.value.value.split())
        for field, text in pairwise(body)
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and is_docstring(text)
    }


def is_docstring(statement: Any) -> bool:
    return (
        isinstance(statement, ast.Expr)
        and isinstance(statement.value, ast.Constant)
        and isinstance(statement.value.value, str)
    )
