"""A document as Markdown: for a wiki, a comment on a change, the summary of a CI job, a screen reader."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import assert_never

from ..terminal import Paper, prose
from .document import (
    Action,
    Answer,
    Block,
    Cell,
    Commands,
    Document,
    Items,
    Outline,
    Problem,
    Row,
    Said,
    Section,
    Strip,
    Table,
    Title,
    Verbatim,
)
from .phrases import figure, strip_in_words

MOST_BYTES = 900_000
"""Of a table: GitHub drops a job summary of more than a megabyte whole."""
SPECIAL = re.compile(r"[\\`*_\[\]|~$#]")
WWW = re.compile(r"www\.", re.IGNORECASE)
"""A host makes links of this and of ``://``."""
SENTENCE = re.compile(r"""(?<=[a-z0-9%)"][.?!]) (?=["A-Z0-9])""")
"""Where one ends and the next begins; an initial ends none."""
MENTION = re.compile(r"(?<!\w)@(?=\w)")


def render(document: Document, _: Paper) -> str:
    return "\n\n".join(filter(None, map(section_text, document))) + "\n"


def section_text(section: Section) -> str:
    blocks = [text for text in map(block_text, section.blocks) if text]
    return "\n\n".join([f"### {plain(section.heading)}", *blocks] if section.heading and blocks else blocks)


def block_text(block: Block) -> str:
    """A block, a sentence a line."""
    match block:
        case Title():
            below = [plain(each) for each in (block.client, block.place) if each]
            return "\n\n".join([f"## {plain(block.name)}", *below])
        case Said():
            said = ("\n".join(sentences(each)) for each in block.sentences if each)
            return ("\n\n" if block.apart else "\n").join(said)
        case Answer():
            told = (sentence for each in block.sentences for sentence in sentences(each))
            return "\n".join([f"**{plain(block.figure)}**", *told])
        case Table():
            return table_of(block)
        case Action():
            return "\n".join(action_lines(block))
        case Items():
            items = (each if isinstance(each, Action) else Action(each) for each in block.items)
            return "\n".join("\n   ".join(action_lines(each, f"{at}. ")) for at, each in enumerate(items, 1))
        case Outline():
            lead = ("  " * entry.depth + "- " + plain(f"{entry.lead}{entry.text}") for entry in block.entries)
            return "\n".join(lead)
        case Problem():
            head = f"**{plain(block.place)}** {block.severity} {plain(block.rule)}"
            shown = fenced(block.excerpt.text) if block.excerpt else ""
            return "\n\n".join(filter(None, [head, shown, with_code(block.text)]))
        case Verbatim():
            return fenced(block.text)
        case Commands():
            return fenced("\n".join(block.commands)) if block.commands else ""
        case _:
            assert_never(block)


def action_lines(action: Action, number: str = "") -> Iterator[str]:
    first, *more = sentences(action.what) or [""]
    yield f"{number}{first}"
    yield from more
    for side, said in (("Business", action.business), ("IT", action.it)):
        if said:
            yield f"- **{side}:** {plain(said)}"


def sentences(text: str) -> list[str]:
    """A line for each, as screen readers and differences of two versions like it."""
    return [with_code(each) for each in SENTENCE.split(prose(text))]


def fenced(text: str) -> str:
    """Lines as they are, in a fence longer than any in them."""
    ticks = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * max(3, ticks + 1)
    lines = "\n".join(map(prose_line, text.splitlines()))
    return f"{fence}\n{lines}\n{fence}"


def prose_line(text: str) -> str:
    """A line of an example with its indentation, and what is invisible spelled out."""
    return text[: len(text) - len(text.lstrip(" "))] + prose(text)


# Tables


def table_of(table: Table) -> str:
    """As many rows as a summary can hold, and how many more there are."""
    if not table.rows:
        return ""
    rules = ("---" if column.kind in ("name", "words") else "---:" for column in table.columns)
    titles = (column.title for column in table.columns)
    lines = [row(table.title, *titles), f"|---|{'|'.join(rules)}|"]
    size = 0
    for number, each in enumerate(table.rows):
        lines += row_lines(table, each)
        size += len(lines[-1].encode("utf-8", "replace"))
        if size > MOST_BYTES:
            return "\n".join([*lines[:-1], "", f"And {len(table.rows) - number:,} more."])
    return "\n".join(lines)


def row_lines(table: Table, each: Row) -> list[str]:
    """A row and what stands below it. Where depth cannot be seen it is told by dashes."""
    told = zip(table.columns, each.cells, strict=False)
    cells = [shown(table, column.kind, cell) for column, cell in told] or [""] * len(table.columns)
    label = f"{'- ' * each.depth}{each.label}"
    return [row(label, *cells), *(row(said, *[""] * len(table.columns)) for said in each.below)]


def shown(table: Table, kind: str, cell: Cell) -> str:
    if isinstance(cell, Strip):
        return cell.told or strip_in_words(cell, dict(table.marks or ()))
    if cell is None:
        return ""
    return figure(cell, kind) if isinstance(cell, int | float) else str(cell)


def row(*cells: str) -> str:
    return f"| {' | '.join(map(with_code, cells))} |"


# Text


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
    unlinked = WWW.sub("www&#46;", escaped.replace("://", ":&#47;&#47;"))
    return MENTION.sub("@<!-- -->", unlinked)
