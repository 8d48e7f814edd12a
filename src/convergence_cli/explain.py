"""What `convergence explain` shows: a section of docs/method.md, or a rule of the check.

That page is the one text about each figure. A topic on it begins with its title, a line of the names by which
people may ask for it (its own, then those of the JSON and the number of the rule), and one plain sentence;
formulas and paragraphs follow.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .checking import RULES
from .checking.rule import Rule

FENCE = re.compile(r"```text\n(.+)\n```", re.DOTALL)
HEADED = re.compile(r"\*\*(.+?)\.\*\* (.+)", re.DOTALL)


class Section(NamedTuple):
    """A heading, or none, and a text; `verbatim` text keeps its lines, such as a formula or a sample."""

    heading: str
    text: str
    verbatim: bool = False


class Page(NamedTuple):
    """What is shown of one name: a title, one plain sentence, sections."""

    names: tuple[str, ...]
    title: str
    plain: str
    sections: tuple[Section, ...]


def method() -> Path:
    """docs/method.md: inside the installed package, or at a checkout's top level."""
    package = Path(__file__).resolve().parent
    inside = package / "method.md"
    return inside if inside.is_file() else package.parent.parent / "docs" / "method.md"


@lru_cache(maxsize=1)
def chapters() -> dict[str, tuple[Page, ...]]:
    """The topics of each chapter of the method, as they stand on the page."""
    found = {
        title: tuple(topic(*part) for part in parted("### ", text))
        for title, text in parted("## ", method().read_text(encoding="utf-8"))
    }
    return {title: topics for title, topics in found.items() if topics}


def parted(mark: str, text: str) -> Iterator[tuple[str, str]]:
    """Each title behind `mark`, and the text below it."""
    for part in re.split(f"^{mark}", text, flags=re.MULTILINE)[1:]:
        title, _, below = part.partition("\n")
        yield title, below.strip()


def topic(title: str, text: str) -> Page:
    names, plain, *blocks = text.split("\n\n")
    return Page(tuple(names.replace("`", "").split(", ")), title, plain, tuple(map(section, blocks)))


def section(block: str) -> Section:
    if fence := FENCE.fullmatch(block):
        return Section("", fence[1], verbatim=True)
    headed = HEADED.fullmatch(block)
    return Section(headed[1], headed[2]) if headed else Section("", block)


def pages() -> dict[str, Page]:
    """Every topic and every rule of the check, by each of its names."""
    topics = [topic for each in chapters().values() for topic in each]
    return {name: page for page in [*topics, *map(rule_page, RULES)] for name in page.names}


def rule_page(rule: Rule) -> Page:
    silent = (Section("Silent until somebody records", ", ".join(rule.reads)),) if rule.reads else ()
    return Page(
        (rule.code, rule.name),
        f"{rule.name} ({rule.severity}{', off until it is configured' if rule.off else ''})",
        rule.finds,
        (
            Section("Why it matters", rule.why),
            Section("How to mend it", rule.mend),
            *silent,
            Section("A file that breaks it", rule.bad, verbatim=True),
            Section("A file that keeps it", rule.good, verbatim=True),
        ),
    )
