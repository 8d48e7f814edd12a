"""Which of our files a document is, by its `format:`, else by the keys that only one kind has; and whether
findings may repeat what stands in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import StrEnum

from ..documents import Document, parse
from ..model.complaints import shown
from ..problems import Finding, did_you_mean, mistake, nearest
from .files import Source


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
HOLDS = {Kind.QUESTIONNAIRE: "a questionnaire", Kind.RESPONSES: "responses", Kind.PLANS: "plans"}
KEYS: Mapping[Kind, frozenset[str]] = {
    Kind.RESPONSES: TELLING[Kind.RESPONSES]
    | {"format", "organization", "period", "min_group_size", "cut_by", "population", "plans"},
    Kind.QUESTIONNAIRE: TELLING[Kind.QUESTIONNAIRE]
    | {"format", "id", "version", "title", "languages", "source", "groups", "contrast", "scoring", "advice"},
    Kind.PLANS: TELLING[Kind.PLANS] | {"format", "organization", "as_of", "currency", "units", "waivers"},
}
"""What may stand at the top of each: written out, so that a check need not load the other models."""
MOST_KEYS = 50
"""More than that stand at the top of no file of ours."""
LINE = re.compile(r"^([^\s#-][^:\r\n]*)(?::[ \t]*([^\r\n]*))?", re.MULTILINE)
"""A line that begins in the first column with neither a comment nor a list's entry: a key and its value."""


def document_in(source: Source) -> Document:
    """A file as YAML. Where people may have answered in it, and it does not clearly say that they agreed to
    be quoted, no finding repeats a word of it, whatever it is read as (rule S12)."""
    document = parse(source.data, source.file)
    return document if may_be_quoted(document) else document.kept_secret()


def may_be_quoted(document: Document) -> bool:
    impersonal = (Kind.PLANS, Kind.QUESTIONNAIRE)
    return is_attributable(document) or any(is_surely(kind, document) for kind in impersonal)


def is_attributable(document: Document) -> bool:
    """Whether the file says `confidential: false`, once, and nothing that looks like another promise."""
    data = document.data
    if not isinstance(data, dict) or len(data) > MOST_KEYS or data.get("confidential") != "false":
        return False
    promises = [key for key in data if nearest(key, ["confidential"])]
    return len(promises) == 1 and all(each.path != ("confidential",) for each in document.problems)


def is_surely(kind: Kind, document: Document) -> bool:
    """Whether every key at the top is one of `kind`, or a slip of the hand in one.

    A text under a key that resembles none is a mistake where items of `kind` stand beside it. Of a file that
    cannot be read the lines that begin in the first column are looked at, without slips.
    """
    data = document.data
    if isinstance(data, dict):
        named = nearest(str(data.get("format", f"{kind}/1")), FORMATS, 1) == [f"{kind}/1"]
        if not named or len(data) > MOST_KEYS:
            return False
        items = any(is_mappings(data[key]) for key in TELLING[kind].intersection(data))
        slips = {key for key in data if items and isinstance(data[key], str) and not key_meant(kind, key)}
        found = {key_meant(kind, key) for key in data if key not in slips}
        return found <= KEYS[kind] and ("format" in data or not TELLING[kind].isdisjoint(found))
    seen: set[str] = set()
    for line in LINE.finditer(document.text):
        key = line[1].strip()
        if key not in KEYS[kind] or (key == "format" and kind not in (line[2] or "")):
            return False
        seen.add(key)
    return not TELLING[kind].isdisjoint(seen)


def is_mappings(value: object) -> bool:
    """Whether it is a list of items: responses may name `plans` too, as a list of paths."""
    return isinstance(value, list) and bool(value) and all(isinstance(item, dict) for item in value)


def key_meant(kind: Kind, key: str) -> str:
    """The key of `kind`, or of responses, that was meant; empty where it resembles none."""
    own = KEYS[kind]
    near = [key] if key in own else nearest(key, own | KEYS[Kind.RESPONSES], 1)
    return near[0] if near else ""


def kind_of(document: Document) -> Kind | Finding:
    """The kind of a readable document that is not empty, or what was expected."""
    data = document.data if isinstance(document.data, dict) else {}
    named = data.get("format")
    if isinstance(named, str):
        return kind_named(named, document.file)
    keyed = (kind for kind, keys in TELLING.items() if not keys.isdisjoint(data))
    return next(keyed, None) or mistake("This is none of our files.", tip=EXPECTED, file=document.file)


def kind_named(name: str, file: str) -> Kind | Finding:
    """By `format`; the number behind the slash is the business of the kind's own reader."""
    stem = name.partition("/")[0].strip()
    if f"{stem}/1" in FORMATS:
        return FORMATS[f"{stem}/1"]
    tip, near = f"Expected {', '.join(FORMATS)}.", did_you_mean(name, FORMATS)
    return mistake("{This} is no format of ours.", ("format",), tip, value=shown(name), near=near, file=file)


def of_another_kind(document: Document, needed: Kind, tip: str = "") -> Finding | None:
    """One sentence for a file of ours of another kind, in place of a complaint about each of its keys."""
    kind = kind_of(document) if document.readable else needed
    if isinstance(kind, Finding) or kind is needed:
        return None
    verb = "is" if needed is Kind.QUESTIONNAIRE else "are"
    words = f"This file holds {HOLDS[kind]}, and {HOLDS[needed]} {verb} needed."
    return mistake(words, tip=tip, file=document.file)
