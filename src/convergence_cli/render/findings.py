"""What is wrong, for people: the place, the line with a caret, what was expected, the nearest right thing."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ..problems import Excerpt, Finding
from ..terminal import prose, safe

WIDTH = 80


def render(findings: Sequence[Finding], *, colour: bool = False, width: int = WIDTH) -> str:
    """Every finding as a block of lines, in the given order, with a closing count when there are several."""
    blocks = ["\n".join(lines_of(finding, width)) for finding in findings]
    if len(findings) > 1:
        blocks.append(f"{len(findings)} problems.")
    return "\n".join(blocks) + "\n"


def lines_of(finding: Finding, width: int = WIDTH) -> list[str]:
    """One finding: ``file:line:column severity code name``, excerpt, message, hint, related places."""
    code = " ".join(part for part in (finding.severity, finding.code, finding.name) if part)
    lines = [f"{safe(str(finding.place))} {code}"]
    if finding.excerpt is not None:
        lines += excerpt_lines(finding.excerpt)
    sentences = [sentence(finding.message)]
    if finding.hint:
        sentences.append(sentence(finding.hint))
    sentences += [
        sentence(f"{one.message}: {safe(str(one.place))}") for one in finding.related if one.place.file
    ]
    lines += textwrap.wrap(
        " ".join(sentences),
        width,
        initial_indent="  ",
        subsequent_indent="  ",
        break_long_words=False,
        break_on_hyphens=False,
    )
    return lines


def sentence(text: str) -> str:
    """`text` with a capital first letter, unless it is a name in backticks, and a full stop."""
    plain = prose(text)
    closed = plain if plain.endswith((".", "?", "!", ")")) else f"{plain}."
    return closed[:1].upper() + closed[1:]


def excerpt_lines(excerpt: Excerpt) -> list[str]:
    """The source line without its indentation, and carets under the marked part, as both are shown."""
    before = safe(excerpt.text[: excerpt.start])
    marked = safe(excerpt.text[excerpt.start : excerpt.start + excerpt.length])
    after = safe(excerpt.text[excerpt.start + excerpt.length :])
    indent = len(before) - len(before.lstrip())
    shift = " " * (4 + cell_width(before[indent:]))
    return [f"    {before[indent:]}{marked}{after}".rstrip(), f"{shift}{'^' * max(1, cell_width(marked))}"]


def cell_width(text: str) -> int:
    """Columns that `text` takes: wide characters take two."""
    from unicodedata import east_asian_width

    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)
