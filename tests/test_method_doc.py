"""docs/method.md says what `convergence explain` says: below a marked line the page is made from its topics.

Set CONVERGENCE_UPDATE_GOLDEN=1 to write that part anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from convergence_cli.explain import CHAPTERS, TOPICS, Chapter, Topic

PAGE = Path(__file__).parent.parent / "docs" / "method.md"
MARK = "<!-- From here on the page is made from the topics of `convergence explain`. -->\n"


def of_topics() -> str:
    return "\n".join(line for chapter in CHAPTERS for line in of_chapter(chapter))


def of_chapter(chapter: Chapter) -> Iterator[str]:
    yield from ("", f"## {chapter.title}", "", chapter.plain)
    for topic in chapter.topics:
        yield from of_topic(topic)


def of_topic(topic: Topic) -> Iterator[str]:
    yield from ("", f"### {topic.title}", "", f"`{topic.name}`: {topic.plain}")
    yield from ("", "```text", topic.formula, "```")
    for heading, text in topic.sections:
        yield from ("", f"**{heading}.** {text}")


@pytest.fixture(scope="module")
def page() -> str:
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        text = text.partition(MARK)[0] + MARK + of_topics() + "\n"
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    return text


def test_the_page_holds_every_topic_as_explain_tells_it(page: str) -> None:
    assert page.partition(MARK)[2] == of_topics() + "\n"


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_each_topic_is_a_section_with_its_formula_and_its_source(page: str, topic: Topic) -> None:
    section = page.partition(f"\n### {topic.title}\n")[2].partition("\n### ")[0]
    assert topic.formula in section
    assert topic.source in section


def test_the_page_says_what_is_left_out_on_purpose(page: str) -> None:
    never = page.partition("## What we never do\n")[2].partition("\n##")[0]
    assert all(
        word in never for word in ("Fill in answers", "Turn a scale round", "p-values", "alpha", "Rank")
    )
