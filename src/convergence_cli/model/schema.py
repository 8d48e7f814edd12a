"""JSON Schema for editors: draft-07, which is what editors of YAML understand."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

DRAFT = "http://json-schema.org/draft-07/schema#"
OLD_NAMES = {"$defs": "definitions", "prefixItems": "items", "oneOf": "anyOf"}
"""``oneOf`` would refuse what two forms of a value take, and in natural types a label may be a number."""
NOT_DRAFT_07 = {"discriminator"}
NATURAL_TEXT = ["string", "number", "boolean"]
"""What a text may look like to an editor: ``2026`` and ``yes`` are text to us, not to its YAML."""


def editor_schema(model: type, title: str) -> dict[str, Any]:
    """The draft-07 schema of a file format, in the types that an editor sees in plain YAML."""
    return titled(natural(rewritten(TypeAdapter(model).json_schema(mode="validation"))), title)


def titled(schema: dict[str, Any], title: str) -> dict[str, Any]:
    """A whole schema with its head first and its definitions last."""
    definitions = schema.pop("definitions", {})
    head = {"$schema": DRAFT, "title": title, "description": schema.pop("description", "")}
    return {**head, **schema, "definitions": definitions}


def natural(node: Any) -> Any:
    """`node` of a schema, and all below it, with texts that may look like a number or a truth value."""
    if isinstance(node, list):
        return [natural(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "string" and not node.keys() & {"format", "const", "enum"}:
        return {**node, "type": NATURAL_TEXT}
    return {key: natural(value) for key, value in node.items()}


def rewritten(node: Any) -> Any:
    """`node` of a 2020-12 schema, and all below it, as draft-07."""
    if isinstance(node, list):
        return [rewritten(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    kept = _translated(node)
    if "patternProperties" in kept:
        kept.setdefault("additionalProperties", False)
    return _beside_reference(kept) if "$ref" in kept else kept


def _translated(node: dict[str, Any]) -> dict[str, Any]:
    stays = {key: value for key, value in node.items() if _stays(key, value)}
    return {OLD_NAMES.get(key, key): _child(key, value) for key, value in stays.items()}


def _child(key: str, value: Any) -> Any:
    """Names of fields are names, whatever they are called; everything else is schema."""
    if key in ("properties", "$defs"):
        return {name: rewritten(below) for name, below in value.items()}
    if key in ("default", "const", "enum", "examples", "required"):
        return value
    return rewritten(value)


def _stays(key: str, value: Any) -> bool:
    generated_title = key == "title" and isinstance(value, str)
    return not generated_title and key not in NOT_DRAFT_07


def _beside_reference(kept: dict[str, Any]) -> dict[str, Any]:
    """Draft-07 reads nothing beside a ``$ref``, so what stands there moves around it."""
    reference = kept.pop("$ref").replace("#/$defs/", "#/definitions/")
    return {"$ref": reference} if not kept else {**kept, "allOf": [{"$ref": reference}]}
