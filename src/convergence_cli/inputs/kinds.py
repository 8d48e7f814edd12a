"""Which of our files a document is: by its `format:`, else by the keys that only one kind has."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from ..documents import Document
from ..problems import READING_PROBLEMS, Finding, did_you_mean


class Kind(StrEnum):
    QUESTIONNAIRE = "questionnaire"
    RESPONSES = "responses"
    PLANS = "plans"


TELLING: Mapping[Kind, frozenset[str]] = {
    Kind.RESPONSES: frozenset({"questionnaire", "respondents", "facts", "confidential"}),
    Kind.QUESTIONNAIRE: frozenset({"questions", "dimensions", "scales", "levels"}),
    Kind.PLANS: frozenset({"objectives", "plans", "suggestions", "relationship_managers"}),
}
"""Keys that give a kind away, in the order in which they are looked for: responses may name `plans`."""
FORMATS = {f"{kind}/1": kind for kind in Kind}
EXPECTED = (
    "Expected a questionnaire (with `questions`), responses (with `questionnaire` and `respondents`) "
    "or plans (with `objectives` and `plans`)."
)
PERSONAL = re.compile(r"\b(respondents|answers|questionnaire|confidential|facts)\b['\"]?\s*:")
IMPERSONAL = re.compile(r"^(questions|dimensions|scales|objectives|plans|suggestions)\s*:", re.MULTILINE)


def kind_of(document: Document) -> Kind | Finding:
    """The kind of a readable document that is not empty, or what was expected."""
    if not isinstance(document.data, dict):
        return wrong(document.file, "This is none of our files: keys with values are needed.", EXPECTED)
    named = document.data.get("format")
    if isinstance(named, str):
        return kind_named(named, document.file)
    return kind_by_keys(document.data) or strange(document.file, document.data)


def kind_named(name: str, file: str) -> Kind | Finding:
    """By `format`; the number behind the slash is the business of the kind's own reader."""
    stem = name.partition("/")[0].strip()
    if f"{stem}/1" in FORMATS:
        return FORMATS[f"{stem}/1"]
    hint = did_you_mean(name, FORMATS) or f"Expected {', '.join(FORMATS)}."
    return wrong(file, f"There is no format `{name}`", hint, "format")


def kind_by_keys(data: Mapping[str, object]) -> Kind | None:
    return next((kind for kind, keys in TELLING.items() if not keys.isdisjoint(data)), None)


def strange(file: str, data: Mapping[str, object]) -> Finding:
    known = [key for keys in TELLING.values() for key in keys]
    near = next((hint for key in data if (hint := did_you_mean(key, known))), "")
    return wrong(file, "This is none of our files.", f"{EXPECTED} {near}".strip())


def wrong(file: str, message: str, hint: str, *path: str) -> Finding:
    return Finding("CV004", message, hint, name=READING_PROBLEMS["CV004"], file=file, path=path)


def may_be_quoted(document: Document) -> bool:
    """Whether a message may repeat lines of a file of unknown kind: not when people may answer in it."""
    return not PERSONAL.search(document.text) and bool(IMPERSONAL.search(document.text))
