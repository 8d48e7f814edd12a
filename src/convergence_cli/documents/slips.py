"""What a parser's complaint means in plain English, and how to mend the line."""

from __future__ import annotations

import re

import yaml

from convergence_cli.documents.text import Refusal

QUOTE = "Put the value in quotes."
BEGIN, STOP = True, False
SLIPS = (
    (
        "values are not allowed",
        "A value stands here that does not line up with what is above it.",
        "Align this key with the keys above, and write `key: value` with a space after every colon.",
        STOP,
    ),
    (
        "unexpected end of stream|unexpected document",
        "A quote is opened here and never closed.",
        "Close the quote. Inside single quotes write '' for an apostrophe.",
        BEGIN,
    ),
    (
        "flow sequence",
        "The list that opens here has no end, or lacks a comma.",
        "Write it as `[a, b, c]`.",
        BEGIN,
    ),
    (
        "flow mapping",
        "The mapping that opens here has no end, or lacks a comma.",
        "Write it as `{a: 1, b: 2}`.",
        BEGIN,
    ),
    (
        "simple key",
        "This line has a text and no colon, where a key belongs.",
        "Write `key: value`. If it continues the line above, indent it deeper than that key.",
        BEGIN,
    ),
    (
        "scanning an (alias|anchor)|(scanning|parsing) a tag|tag handle",
        "A value cannot begin with *, & or !.",
        QUOTE,
        BEGIN,
    ),
    (
        "unknown escape|hexa?decimal|invalid Unicode",
        "The backslash here begins an escape that YAML does not know.",
        r"Write \\ for one backslash, or use single quotes.",
        STOP,
    ),
    (
        "scanning a block scalar",
        "After | or > a text of several lines begins on the next line.",
        "Write nothing else after it. If the value begins with | or >, put it in quotes.",
        BEGIN,
    ),
    (
        "sequence entries are not allowed",
        "A list cannot begin on the line of its key.",
        "Write `- ` on a line of its own. If the value begins with a dash, put it in quotes.",
        STOP,
    ),
    (
        "node content|unexpected ':'",
        "A value is missing here.",
        "Delete what is too much, or put a text that begins with this character in quotes.",
        STOP,
    ),
    (
        "block (collection|mapping)|document start",
        "This line does not line up with the lines above.",
        "Indent all keys of one item by the same number of spaces; begin every item of a list with `- `.",
        STOP,
    ),
    (
        "",
        "This is not valid YAML.",
        "Look at the quotes, colons, brackets and indentation of this line.",
        STOP,
    ),
)
"""What libyaml's and Python's wording of a complaint have in common, what it means, how to mend it, and where
to look: where the broken thing begins, or where the parser gave up."""


def misspelt(text: str, error: yaml.MarkedYAMLError) -> Refusal:
    """The refusal of a text that is not YAML, from the parser's complaint."""
    complaint = f"{error.context or ''} {error.problem or ''}"
    stop = _index(error.problem_mark or error.context_mark, text)
    begin = _index(error.context_mark or error.problem_mark, text)
    if told_apart := _by_character(text, stop, complaint):
        return Refusal("CV001", *told_apart, stop)
    words, tip, where = next(slip[1:] for slip in SLIPS if re.search(slip[0], complaint))
    return Refusal("CV001", words, tip, begin if where is BEGIN else stop)


def _index(mark: yaml.Mark | None, text: str) -> int:
    """Where `mark` stands; a complaint about the end of the text is shown at its last character."""
    last = max(0, len(text.rstrip()) - 1)
    return min(mark.index, last) if mark else last


def _by_character(text: str, stop: int, complaint: str) -> tuple[str, str] | None:
    """Words and tip of the slips that the text around `stop` tells apart."""
    before = text[max(text.rfind("\n", 0, stop), text.rfind("\r", 0, stop)) + 1 : stop]
    character = text[stop : stop + 1]
    if character == "\t" or "\t" in before[: len(before) - len(before.lstrip())]:
        return "A tab indents this line.", "Indent with spaces; YAML does not allow tabs there."
    if "start any token" in complaint:
        return f"A value cannot begin with {character} here.", QUOTE
    if "values are not allowed" in complaint and ": " in before:
        return "This value holds a second `: `.", QUOTE
    if "flow" in complaint and character == ":" and ": " in before:
        message = "This value holds a second `: `, or a comma is missing before it."
        return message, "Put the value in quotes, or write the comma."
    if "block" in complaint and before.rstrip().endswith(('"', "'")):
        hint = "Put the whole value in quotes. Inside single quotes write '' for an apostrophe."
        return "The text goes on after its closing quote.", hint
    if "flow" in complaint and stop + 1 >= len(text.rstrip()):
        return "The file ends inside a list or mapping.", "Close every `[` with `]` and every `{` with `}`."
    return None
