"""What is wrong, for people: the place, the line with a caret, what was expected, the nearest right thing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from itertools import accumulate

from ..problems import Excerpt, Finding
from ..terminal import prose, safe

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
    """``3 problems``, those that are not told among them."""
    n = sum(finding.stands_for for finding in findings)
    if any(not finding.stands_for for finding in findings):
        return f"more than {n:,} {what}s"
    return f"{n:,} {what}" if n == 1 else f"{n:,} {what}s"


def lines_of(finding: Finding, width: int, colour: bool) -> list[str]:
    """One finding: ``file:line:column severity code name``, excerpt, message, hint, related places.

    No place is divided, however long: people copy it.
    """
    head = " ".join(filter(None, (safe(str(finding.place)), finding.severity, finding.code, finding.name)))
    lines = [BOLD.format(part) if colour else part for part in wrapped(head, width, "", INDENT)]
    if finding.excerpt is not None:
        lines += excerpt_lines(narrowed(finding.excerpt, width - len(INDENT)))
    sentences = [sentence(finding.message)]
    if finding.hint:
        sentences.append(sentence(finding.hint))
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
    plain = ended(text)
    return plain[:1].upper() + plain[1:]


def ended(text: str) -> str:
    """`text` with a full stop, beginning as it is written: a plan's id may come first."""
    plain = prose(text)
    return plain if plain.endswith((".", "?", "!", ")")) else f"{plain}."


def excerpt_lines(excerpt: Excerpt) -> list[str]:
    """The source line without its indentation, and carets under the marked part, as both are shown."""
    before = safe(excerpt.text[: excerpt.start])
    marked = safe(excerpt.text[excerpt.start : excerpt.start + excerpt.length])
    after = safe(excerpt.text[excerpt.start + excerpt.length :])
    indent = len(before) - len(before.lstrip())
    shift = " " * (4 + cell_width(before[indent:]))
    return [f"    {before[indent:]}{marked}{after}".rstrip(), f"{shift}{'^' * max(1, cell_width(marked))}"]


def narrowed(excerpt: Excerpt, room: int) -> Excerpt:
    """What is shown of a line on at most `room` columns: a window around the mark where it is longer."""
    before, marked, after = map(safe, divided(excerpt))
    before = before.lstrip()
    if cell_width((before + marked + after).rstrip()) <= room:
        return Excerpt(before + marked + after, len(before), len(marked))
    kept = before[-(room // 4) :]
    lead = "…" if len(kept) < len(before) else ""
    while cell_width(lead + kept) > room // 2:
        kept, lead = kept[1:], "…"
    rest = (marked + after).rstrip()
    left = room - cell_width(lead + kept)
    if cell_width(rest) > left:
        rest = f"{prefix(rest, left - 1)}…"
    return Excerpt(f"{lead}{kept}{rest}", len(lead + kept), max(1, min(len(marked), len(rest))))


def divided(excerpt: Excerpt) -> tuple[str, str, str]:
    end = excerpt.start + excerpt.length
    return excerpt.text[: excerpt.start], excerpt.text[excerpt.start : end], excerpt.text[end:]


def prefix(text: str, room: int) -> str:
    """As much of `text` as `room` columns hold."""
    widths = accumulate(map(cell_width, text))
    return text[: sum(used <= room for used in widths)]


def cell_width(text: str) -> int:
    """Columns that `text` takes: wide characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
