"""What is wrong, for people: the place, the line with a caret, what was expected, the nearest right thing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import accumulate

from ..problems import MORE, Excerpt, Finding
from ..terminal import prose, safe
from .phrases import counted, opening

WIDTH = 80
INDENT = "    "
BOLD = "\x1b[1m{}\x1b[0m"


def render(findings: Sequence[Finding], *, colour: bool = False, width: int = WIDTH) -> str:
    """Every finding as a block of lines, in the given order, with a closing count when there are several."""
    blocks = ["\n".join(lines_of(finding, width, colour)) for finding in findings]
    if len(findings) > 1:
        blocks.append(f"{how_many(findings, 'problem')}.")
    return "\n".join(blocks) + "\n"


def how_many(findings: Sequence[Finding], what: str) -> str:
    """``3 problems``; ``more than 100 problems`` where not all of them are told."""
    n = sum(finding.words != MORE for finding in findings)
    return counted(n, what) if n == len(findings) else f"more than {n:,} {what}s"


def lines_of(finding: Finding, width: int, colour: bool) -> list[str]:
    """One finding: ``file:line:column severity code name``, excerpt, message, hint, related places.

    No place is divided, however long: people copy it.
    """
    head = " ".join(filter(None, (safe(str(finding.place)), finding.severity, finding.code, finding.name)))
    lines = [BOLD.format(part) if colour else part for part in wrapped(head, width, "", INDENT)]
    if finding.excerpt is not None:
        lines += excerpt_lines(finding.excerpt, width - len(INDENT))
    sentences = [sentence(told) for told in (finding.message, finding.hint) if told]
    sentences += [
        sentence(f"{one.message}: {safe(str(one.place))}") for one in finding.related if one.place.file
    ]
    return lines + wrapped(" ".join(sentences), width, "  ", "  ")


def wrapped(text: str, width: int, first: str = "", rest: str = "") -> list[str]:
    return textwrap.wrap(
        text,
        width,
        initial_indent=first,
        subsequent_indent=rest,
        break_long_words=False,
        break_on_hyphens=False,
    )


def sentence(text: str) -> str:
    """`text` with a capital first letter, unless it is a name in backticks, and a full stop."""
    return opening(ended(text))


def ended(text: str) -> str:
    """`text` with a full stop, beginning as it is written: a plan's id may come first."""
    plain = prose(text)
    return plain if plain.endswith((".", "?", "!", ")")) else f"{plain}."


def excerpt_lines(excerpt: Excerpt, room: int) -> list[str]:
    """The source line without its indentation, and carets under the marked part, as both are shown; on at
    most `room` columns: a window around the mark where the line is longer.
    """
    end = excerpt.start + excerpt.length
    parts = excerpt.text[: excerpt.start], excerpt.text[excerpt.start : end], excerpt.text[end:]
    before, marked, after = map(safe, parts)
    before, rest = before.lstrip(), (marked + after).rstrip()
    if cell_width(before + rest) > room:
        kept = before[-(room // 4) :]
        lead = "…" if len(kept) < len(before) else ""
        while cell_width(lead + kept) > room // 2:
            kept, lead = kept[1:], "…"
        before = lead + kept
        left = room - cell_width(before)
        rest = rest if cell_width(rest) <= left else f"{prefix(rest, left - 1)}…"
        marked = rest[: len(marked)]
    shift = " " * cell_width(before)
    return [f"{INDENT}{before}{rest}".rstrip(), f"{INDENT}{shift}{'^' * max(1, cell_width(marked))}"]


def prefix(text: str, room: int) -> str:
    """As much of `text` as `room` columns hold."""
    widths = accumulate(map(cell_width, text))
    return text[: sum(used <= room for used in widths)]


def cell_width(text: str) -> int:
    """Columns that `text` takes: wide characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
