"""JSON Schema for editors: draft-07, which is what editors of YAML understand."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

DRAFT = "http://json-schema.org/draft-07/schema#"
OLD_NAMES = {"$defs": "definitions", "prefixItems": "items"}
NOT_DRAFT_07 = {"discriminator"}
NATURAL_TEXT = ["string", "number", "boolean"]
"""What a text may look like to an editor: ``2026`` and ``yes`` are text to us, not to its YAML."""


def editor_schema(model: type, title: str) -> dict[str, Any]:
    """The draft-07 schema of a file format, in the types that an editor sees in plain YAML."""
    schema: dict[str, Any] = rewritten(TypeAdapter(model).json_schema(mode="validation"))
    return {"$schema": DRAFT, **schema, "title": title}


def rewritten(node: Any) -> Any:
    """`node` of a 2020-12 schema, and all below it, as draft-07."""
    if isinstance(node, list):
        return [rewritten(entry) for entry in node]
    if not isinstance(node, dict):
        return node
    kept = _translated(node)
    if "$ref" in kept:
        return _beside_reference(kept)
    if kept.get("type") == "string" and not kept.keys() & {"format", "const", "enum"}:
        kept["type"] = NATURAL_TEXT
    return kept


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
