"""JSON Schema for editors: draft-07, which is what editors of YAML understand."""

from __future__ import annotations

import ast
import inspect
from itertools import pairwise
from typing import Any

from pydantic import TypeAdapter
from pydantic.json_schema import GenerateJsonSchema

OLD_NAMES = {"$defs": "definitions", "prefixItems": "items", "oneOf": "anyOf"}
"""``oneOf`` would refuse what two forms of a value take, and in natural types a label may be a number."""
LEFT_OUT = ("title", "discriminator")
"""Titles that pydantic makes up from names, and what draft-07 does not know."""
NAMED = ("properties", "$defs")
VALUES = ("default", "const", "enum", "examples", "required")
NATURAL_TEXT = ["string", "number", "boolean"]
"""What a text may look like to an editor: ``2026`` and ``yes`` are text to us, not to its YAML."""


def draft_07(model: type, title: str, *, written: bool) -> dict[str, Any]:
    """The schema of a document, each key described by the docstring below its field.

    Of what is `written` by people the types are those that an editor sees in plain YAML.
    """
    found = TypeAdapter(model).json_schema(
        mode="validation" if written else "serialization",
        ref_template="#/definitions/{model}",
        schema_generator=_Described,
    )
    schema = _rewritten(found, natural=written)
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": title}
    definitions = schema.pop("definitions", {})
    return {**head, "description": schema.pop("description", ""), **schema, "definitions": definitions}


class _Described(GenerateJsonSchema):
    def model_schema(self, schema: Any) -> dict[str, Any]:
        return _with_docstrings(super().model_schema(schema), schema["cls"])

    def dataclass_schema(self, schema: Any) -> dict[str, Any]:
        return _with_docstrings(super().dataclass_schema(schema), schema["cls"])


def _with_docstrings(schema: dict[str, Any], model: type) -> dict[str, Any]:
    """The schema of a class with the docstring below each of its fields, from its source."""
    properties = schema["properties"]
    for pair in pairwise(ast.parse(inspect.getsource(model)).body[0].body):  # type: ignore[attr-defined]
        match pair:
            case ast.AnnAssign(target=ast.Name(id=name)), ast.Expr(value=ast.Constant(value=str(text))):
                if name in properties:  # a field for the renderers alone is no part of the document
                    properties[name]["description"] = " ".join(text.split())
    return schema


def _rewritten(node: Any, *, natural: bool) -> Any:
    """`node` of a 2020-12 schema, and all below it, as draft-07."""
    if isinstance(node, list):
        return [_rewritten(entry, natural=natural) for entry in node]
    if not isinstance(node, dict):
        return node
    kept: dict[str, Any] = {}
    for key, value in node.items():
        if key in NAMED:
            value = {name: _rewritten(below, natural=natural) for name, below in value.items()}
        elif key not in VALUES:
            value = _rewritten(value, natural=natural)
        if key not in LEFT_OUT:
            kept[OLD_NAMES.get(key) or key] = value
    if natural and kept.get("type") == "string" and not kept.keys() & {"format", "const", "enum"}:
        kept["type"] = NATURAL_TEXT
    if "patternProperties" in kept:
        kept.setdefault("additionalProperties", False)
    if "$ref" in kept and len(kept) > 1:  # draft-07 reads nothing beside a reference
        kept["allOf"] = [{"$ref": kept.pop("$ref")}]
    return kept
