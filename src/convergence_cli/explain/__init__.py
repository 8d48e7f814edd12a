"""Rule pages and topics: every figure with its formula and its source, every rule with its samples.

One table; `docs/method.md` is made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..checking import RULES, rule_named
from ..checking.rule import Rule
from . import answers, composites, counted, privacy, sureness, voices, waves
from .topic import Chapter, Topic

__all__ = ["CHAPTERS", "TOPICS", "Chapter", "Page", "Section", "Topic", "names", "page_named"]

CHAPTERS: tuple[Chapter, ...] = tuple(
    module.CHAPTER for module in (answers, composites, sureness, voices, privacy, counted, waves)
)
TOPICS: tuple[Topic, ...] = tuple(topic for chapter in CHAPTERS for topic in chapter.topics)
TOPIC_BY_NAME: Mapping[str, Topic] = {
    name.casefold(): topic for topic in reversed(TOPICS) for name in reversed(topic.names)
} | {topic.name: topic for topic in TOPICS}


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and its text; `verbatim` text keeps its lines, such as a formula or a sample."""

    heading: str
    text: str
    verbatim: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What `explain` shows of one name: a title, one plain sentence, sections."""

    name: str
    title: str
    plain: str
    sections: tuple[Section, ...]


def page_named(name: str) -> Page | None:
    """The page of a figure, a rule's code or a rule's name, in capitals or not."""
    topic = TOPIC_BY_NAME.get(name.strip().casefold())
    if topic is not None:
        return topic_page(topic)
    rule = rule_named(name.strip())
    return rule_page(rule) if rule else None


def names() -> tuple[str, ...]:
    """Everything that has a page, by its chief names."""
    return (*TOPIC_BY_NAME, *(name for rule in RULES for name in (rule.code, rule.name)))


def topic_page(topic: Topic) -> Page:
    told = tuple(Section(heading, text) for heading, text in topic.sections)
    formula = Section("Formula", topic.formula, verbatim=True)
    return Page(topic.name, topic.title, topic.plain, (formula, *told))


def rule_page(rule: Rule) -> Page:
    silent = ", ".join(rule.reads)
    reads = (Section("Silent until somebody records", silent),) if silent else ()
    return Page(
        rule.code,
        f"{rule.name} ({rule.severity}{', off until it is configured' if rule.off else ''})",
        rule.finds,
        (
            Section("Why it matters", rule.why),
            Section("How to mend it", rule.mend),
            *reads,
            Section("A file that breaks it", rule.bad, verbatim=True),
            Section("A file that keeps it", rule.good, verbatim=True),
        ),
    )
