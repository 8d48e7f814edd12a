"""A document for a reader at a terminal: plain ASCII marks, no boxes, nothing cut to fit."""

from __future__ import annotations

from typing import assert_never

from rich.cells import cell_len

from ..terminal import Paper, safe
from .document import (
    Action,
    Answer,
    Block,
    Commands,
    Document,
    Entry,
    Items,
    Outline,
    Problem,
    Said,
    Section,
    Table,
    Title,
    Verbatim,
)
from .findings import excerpt_lines
from .layout import (
    HANGING,
    HEADING,
    STEP,
    STYLES,
    Line,
    Piece,
    both_ends,
    line,
    paragraph,
    printed,
    spaced,
    wrapped,
)
from .text_tables import table_lines

DEEPEST = 8


def render(document: Document, paper: Paper) -> str:
    """The document on lines of at most the paper's width."""
    return printed(spaced(section_lines(section, paper.width) for section in document), paper.colour)


def section_lines(section: Section, width: int) -> list[Line]:
    lines = [each for block in section.blocks for each in block_lines(block, width)]
    return [line(section.heading.upper(), HEADING), *lines] if section.heading and lines else lines


def block_lines(block: Block, width: int) -> list[Line]:
    match block:
        case Title():
            return both_ends(block.name, block.place, width)
        case Said():
            texts = block.sentences if block.apart else [" ".join(block.sentences)]
            style = HEADING if block.strong else ""
            return [each for text in texts if text for each in paragraph(text, width, style=style)]
        case Answer():
            return answer_lines(block, width)
        case Table():
            return table_lines(block, width)
        case Action():
            return action_lines(block, width)
        case Items():
            return item_lines(block, width)
        case Outline():
            return [each for entry in block.entries for each in entry_lines(entry, width)]
        case Problem():
            return problem_lines(block, width)
        case Verbatim():
            return [line(f"{STEP}{row}") for row in block.text.splitlines()]
        case Commands():
            leads = ["Next: ", *["      "] * len(block.commands)]
            together = zip(leads, block.commands, strict=False)
            return [each for lead, text in together for each in paragraph(text, width, lead, " " * 8)]
        case _:
            assert_never(block)


def answer_lines(answer: Answer, width: int) -> list[Line]:
    lead = f"{answer.figure}   "
    first, *more = [part for said in answer.sentences for part in wrapped(said, width - len(lead))] or [""]
    return [(Piece(lead, HEADING), Piece(first)), *(line(" " * len(lead) + part) for part in more)]


def item_lines(items: Items, width: int) -> list[Line]:
    wide = 3 if len(items.items) < 10 else 4
    actions = [item if isinstance(item, Action) else Action(item) for item in items.items]
    numbered = ((f"{number}.".ljust(wide), action) for number, action in enumerate(actions, start=1))
    return [each for number, action in numbered for each in action_lines(action, width, number)]


def action_lines(action: Action, width: int, number: str = "") -> list[Line]:
    lines = paragraph(action.what, width, number)
    indent = " " * max(len(number), len(STEP))
    for side, told in (("Business", action.business), ("IT", action.it)):
        lines += paragraph(f"{side}: {told}", width, indent, indent + STEP) if told else []
    return lines


def entry_lines(entry: Entry, width: int) -> list[Line]:
    indent = STEP * min(entry.depth, DEEPEST)
    style = HEADING if entry.strong else ""
    return paragraph(entry.text, width, indent + safe(entry.lead), indent + HANGING, style)


def problem_lines(problem: Problem, width: int) -> list[Line]:
    """Place, rule, the line itself with carets, what is wrong, how to mend it, where else to look."""
    place, severity, rule = problem.place, problem.severity, problem.rule
    severely = Piece(severity, STYLES[severity])
    head: list[Line] = [(Piece(place, HEADING), Piece(" "), severely, Piece(f" {rule}"))]
    if cell_len(f"{place} {severity} {rule}") > width:
        head = paragraph(f"{place} {severity} {rule}", width, rest=HANGING, style=HEADING)
    excerpt = excerpt_lines(problem.excerpt, width - len(HANGING)) if problem.excerpt else []
    return head + [line(part) for part in excerpt] + paragraph(problem.text, width, STEP)
