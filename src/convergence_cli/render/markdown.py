"""Blocks as Markdown: the summary of a CI job, or a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..terminal import Paper, prose
from .document import Said, Table, Title

MOST_BYTES = 900_000
"""Of a table: GitHub drops a job summary of more than a megabyte whole."""
SPECIAL = re.compile(r"[\\`*_\[\]|~$#]")
MENTION = re.compile(r"(?<!\w)@(?=\w)")


Blocks = Sequence[Title | Said | Table]


def render(blocks: Blocks, _: Paper) -> str:
    return "\n\n".join(filter(None, map(written, blocks))) + "\n"


def written(block: Title | Said | Table) -> str:
    match block:
        case Title():
            return f"## {plain(block.name)}"
        case Said():
            return plain(" ".join(block.sentences))
        case Table():
            return table_of(block)


def table_of(table: Table) -> str:
    """As many rows as a summary can hold, and how many more there are."""
    if not table.rows:
        return ""
    rules = ("---:" if column.kind == "figure" else "---" for column in table.columns)
    lines = [row("", *(column.title for column in table.columns)), f"|---|{'|'.join(rules)}|"]
    size = 0
    for number, each in enumerate(table.rows):
        lines.append(row(each.label, *map(str, each.cells)))
        size += len(lines[-1].encode("utf-8", "replace"))
        if size > MOST_BYTES:
            return "\n".join([*lines[:-1], "", f"And {len(table.rows) - number:,} more."])
    return "\n".join(lines)


def row(*cells: str) -> str:
    return f"| {' | '.join(map(with_code, cells))} |"


def with_code(text: str) -> str:
    """`text` with what stands between backticks as code, when they come in pairs."""
    pieces = prose(text).split("`")
    if len(pieces) % 2 == 0 or not all(pieces[1::2]):
        return plain(text)
    code = [
        f"`{each}`".replace("|", r"\|") if odd % 2 else plain_piece(each) for odd, each in enumerate(pieces)
    ]
    return "".join(code)


def plain(text: str) -> str:
    """`text` on one line, with whatever Markdown, HTML or a host would make of it taken out."""
    return plain_piece(prose(text))


def plain_piece(text: str) -> str:
    """The same for a text that is on one line and safe already; spaces at its ends stay."""
    escaped = SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return MENTION.sub("@<!-- -->", escaped)
