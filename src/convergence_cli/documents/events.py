"""The events of a YAML text, every one behind a guard, so that nothing is built from a hostile file."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from itertools import islice
from typing import Any

import yaml
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    ScalarEvent,
    SequenceStartEvent,
)

from convergence_cli.documents.text import Refusal, Span, short

MOST_NODES = 5_000_000
MOST_IN_ENTRY = 50_000
"""Keys and values of one entry: of whatever stands under a key of the file, or in a list under such a key.

So a file may hold very many plans or people, and what is wrong in one of them is told in time.
"""
MOST_KEYS = 10_000
"""Keys of one mapping."""
MOST_DEPTH = 64
MOST_SCALAR = 64 * 1024
"""Characters of one key or value."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SURROGATE = re.compile("[\ud800-\udfff]")
OPENING = re.compile(r"[\[{]")
WORD = re.compile(r"[^\s,\[\]{}]+")


def guarded_events(text: str) -> Iterator[Any]:
    """The events of the one document's nodes, in order, with every guard applied."""
    depth = nodes = documents = 0
    most = MOST_NODES
    entry_depth = 2
    for event in _events(text):
        if type(event) is ScalarEvent:
            if len(event.value) > MOST_SCALAR or event.style == '"':
                _check_scalar(event)
        elif isinstance(event, CollectionStartEvent):
            depth += 1
            if depth > MOST_DEPTH:
                raise _too_deep(event)
            if depth == 2:
                entry_depth = 3 if type(event) is SequenceStartEvent else 2
            if depth == entry_depth:
                most = min(MOST_NODES, nodes + MOST_IN_ENTRY)
        elif isinstance(event, CollectionEndEvent):
            if depth == entry_depth:
                most = MOST_NODES
            depth -= 1
            yield event
            continue
        elif type(event) is AliasEvent:
            raise _alias(event)
        else:
            documents += type(event) is DocumentStartEvent
            if documents > 1:
                raise _second_document(event)
            continue
        nodes += 1
        if nodes > most:
            raise _too_many(event, nodes)
        if event.anchor is not None or event.tag is not None:
            raise _decorated(event, text)
        yield event


def _events(text: str) -> Iterator[Any]:
    """The parser's events, all of them up to the place that it complains of.

    A parser reads ahead, and may give up on what stands far behind its last event, such as brackets too deep
    even for itself. The text up to there, read once more, then brings the events between, for the guards.
    """
    given, event = 0, None
    try:
        for event in iter(LOADER(text).get_event, None):
            given += 1
            yield event
    except yaml.MarkedYAMLError as error:
        begin = event.end_mark.index if event else 0
        stop = error.problem_mark.index if error.problem_mark else 0
        if OPENING.search(text, begin, stop):
            with suppress(yaml.YAMLError):
                yield from islice(iter(LOADER(text[:stop]).get_event, None), given, None)
        raise


def unsafe(event: Any, words: str, tip: str, value: str = "") -> Refusal:
    return Refusal("CV002", words, tip, event.start_mark.index, event.end_mark.index, value=value)


def _check_scalar(event: Any) -> None:
    if len(event.value) > MOST_SCALAR:
        message = f"This text is longer than {MOST_SCALAR // 1024} kB."
        raise unsafe(event, message, "Keep it in a document of its own, and write where that stands.")
    if SURROGATE.search(event.value):  # libyaml refuses it itself, the parser in Python does not
        message = "This text holds half a character: an escape between \\uD800 and \\uDFFF."
        raise Refusal("CV001", message, "Write the character itself.", event.start_mark.index)


def _too_deep(event: Any) -> Refusal:
    message = f"Lists and mappings are nested more than {MOST_DEPTH} deep here."
    return unsafe(event, message, "Close what was opened, or give the inner items a place of their own.")


def _too_many(event: Any, nodes: int) -> Refusal:
    if nodes > MOST_NODES:
        message = f"The file holds more than {MOST_NODES:,} values."
        return unsafe(event, message, "Split it into several files.")
    message = f"One entry of the file holds more than {MOST_IN_ENTRY:,} values."
    return unsafe(event, message, "Give what belongs to others an entry of its own.")


def _second_document(event: Any) -> Refusal:
    message = "A second document begins here; a file holds one."
    return unsafe(event, message, "Delete this `---`, or put what follows into a file of its own.")


def _alias(event: Any) -> Refusal:
    message = "{This} copies another part of the file. Such aliases are not read."
    hint = "Write the value out here. If it is a text that begins with *, quote it."
    return unsafe(event, message, hint, f"*{short(event.anchor)}")


def _decorated(event: Any, text: str) -> Refusal:
    """The refusal of an anchor (`&name`) or a tag (`!name`) in front of a value."""
    begin = event.start_mark.index
    if event.anchor is not None:
        word = f"&{event.anchor}"
        message = "{This} names a value to copy it elsewhere. Such anchors are not read."
        hint = "Delete it, and write the value out wherever it is used."
    else:
        found = WORD.match(text, text.index("!", begin))
        word = found[0] if found else "!"
        message = "{This} is a tag, which sets the type of a value. Tags are not read."
        hint = "Delete it; every field knows its type."
    start = text.index(word[0], begin)
    sort = "an &" if word[0] == "&" else "a !"
    return Refusal(
        "CV002",
        message,
        f"{hint} If it is a text that begins with {sort}, quote it.",
        start,
        start + len(word),
        value=short(word),
    )


def span(event: Any) -> Span:
    return Span(event.start_mark.index, event.end_mark.index)


def skip(event: Any, events: Iterator[Any]) -> None:
    """Step over one node, of which `event` is the first event."""
    depth = int(isinstance(event, CollectionStartEvent))
    while depth:
        event = next(events)
        depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
