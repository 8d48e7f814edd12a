"""What a parser's complaint means in plain English, and how to mend the line."""

from __future__ import annotations

import re
from typing import NamedTuple

import yaml

from convergence_cli.documents.text import Refusal

NESTED_VALUE = re.compile(
    r"[ -]{0,80}([^\s:][^:]{0,40}): {1,40}([^ \"\\\r\n#][^\"\\\r\n#]{0,60})(#[^\r\n]*)?(?=[\r\n]|$)"
)
"""A line whose value holds a colon; every part is bounded, so that no line takes long."""


class Slip(NamedTuple):
    complaint: str
    """A pattern that libyaml's and Python's wording of the complaint have in common."""
    message: str
    hint: str
    opening: bool = False
    """Whether the place to look at is where the broken thing begins, not where the parser gave up."""


SLIPS = (
    Slip(
        "values are not allowed",
        "A value stands here that does not line up with what is above it.",
        "Align this key with the keys above, and write `key: value` with a space after every colon.",
    ),
    Slip(
        "unexpected end of stream|unexpected document",
        "A quote is opened here and never closed.",
        "Close the quote. Inside single quotes write '' for an apostrophe.",
        opening=True,
    ),
    Slip(
        "flow sequence",
        "The list that opens here has no end, or lacks a comma.",
        "Write it as `[a, b, c]`.",
        True,
    ),
    Slip(
        "flow mapping",
        "The mapping that opens here has no end, or lacks a comma.",
        "Write it as `{a: 1, b: 2}`.",
        True,
    ),
    Slip(
        "simple key",
        "This line has a text and no colon, where a key belongs.",
        "Write `key: value`. If it continues the line above, indent it deeper than that key.",
        opening=True,
    ),
    Slip(
        "scanning an (alias|anchor)",
        "A value cannot begin with * or &.",
        "Put the value in quotes.",
        opening=True,
    ),
    Slip(
        "(scanning|parsing) a tag|tag handle|directive",
        "A value or line cannot begin with ! or %.",
        "Put it in quotes.",
        opening=True,
    ),
    Slip(
        "unknown escape|hexa?decimal|invalid Unicode",
        "The backslash here begins an escape that YAML does not know.",
        r"Write \\ for one backslash, or use single quotes.",
    ),
    Slip(
        "scanning a block scalar",
        "After | or > a text of several lines begins on the next line.",
        "Write nothing else after it. If the value begins with | or >, put it in quotes.",
        opening=True,
    ),
    Slip(
        "sequence entries are not allowed",
        "A list cannot begin on the line of its key.",
        "Write `- ` on a line of its own. If the value begins with a dash, put it in quotes.",
    ),
    Slip(
        "unexpected ':'",
        "Nothing stands between this colon and what follows.",
        "Write a space after the colon of a key; put a text that holds one in quotes.",
    ),
    Slip(
        "keys are not allowed", "A `? ` cannot stand here.", "If the value begins with ?, put it in quotes."
    ),
    Slip(
        "incompatible",
        "The `%YAML` line asks for a version of YAML that is not known.",
        "Delete that line.",
    ),
    Slip(
        "document start",
        "Text goes on here after the document has ended.",
        "Line it up with what is above, or put it into a file of its own.",
    ),
    Slip(
        "node content",
        "A value is missing here.",
        "Delete what is too much, or put a text that begins with this character in quotes.",
    ),
    Slip(
        "block (collection|mapping)",
        "This line does not line up with the lines above.",
        "Indent all keys of one item by the same number of spaces; begin every item of a list with `- `.",
    ),
)


def misspelt(text: str, error: yaml.MarkedYAMLError) -> Refusal:
    """The refusal of a text that is not YAML, from the parser's complaint."""
    complaint = f"{error.context or ''} {error.problem or ''}"
    stop = _index(error.problem_mark or error.context_mark, text)
    begin = _index(error.context_mark or error.problem_mark, text)
    special = _by_character(text, stop, complaint)
    if special:
        words, tip, *near = special
        return Refusal("CV001", words, tip, stop, near="".join(near))
    for slip in SLIPS:
        if re.search(slip.complaint, complaint):
            return Refusal("CV001", slip.message, slip.hint, begin if slip.opening else stop)
    hint = "Look at the quotes, colons, brackets and indentation of this line."
    return Refusal("CV001", "This is not valid YAML.", hint, stop)


def _index(mark: yaml.Mark | None, text: str) -> int:
    """Where `mark` stands; a complaint about the end of the text is shown at its last character."""
    last = max(0, len(text.rstrip()) - 1)
    return min(mark.index, last) if mark else last


def _by_character(text: str, stop: int, complaint: str) -> tuple[str, ...] | None:
    """Words, tip and, of some, a nearer hint: of the slips that the text around `stop` tells apart."""
    before = text[max(text.rfind("\n", 0, stop), text.rfind("\r", 0, stop)) + 1 : stop]
    character = text[stop : stop + 1]
    if character == "\t" or "\t" in before[: len(before) - len(before.lstrip())]:
        return "A tab indents this line.", "Indent with spaces; YAML does not allow tabs there."
    if "start any token" in complaint:
        return f"A value cannot begin with {character} here.", "Put the value in quotes."
    if "values are not allowed" in complaint and ": " in before:
        nearer = _quoted(text, stop - len(before))
        return "This value holds a second `: `.", "Put the value in quotes.", nearer
    if "flow" in complaint and character == ":" and ": " in before:
        message = "This value holds a second `: `, or a comma is missing before it."
        return message, "Put the value in quotes, or write the comma."
    if "block" in complaint and before.rstrip().endswith(('"', "'")):
        hint = "Put the whole value in quotes. Inside single quotes write '' for an apostrophe."
        return "The text goes on after its closing quote.", hint
    if "flow" in complaint and stop + 1 >= len(text.rstrip()):
        return "The file ends inside a list or mapping.", "Close every `[` with `]` and every `{` with `}`."
    return None


def _quoted(text: str, begin: int) -> str:
    """How the line from `begin` reads with its value in quotes."""
    line = NESTED_VALUE.match(text, begin)
    return f'Put the value in quotes: {line[1]}: "{line[2].rstrip()}"' if line else ""
