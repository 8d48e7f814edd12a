"""Bytes to plain data: dicts and lists of text, or every problem in the way."""

from __future__ import annotations

import hashlib
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Any, NamedTuple, Self, TypeAlias

import yaml
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent

from convergence_cli.documents.events import MOST_KEYS, guarded_events, skip, span, unsafe
from convergence_cli.documents.slips import misspelt
from convergence_cli.documents.spots import spots
from convergence_cli.documents.text import Lines, Refusal, Span, Spot, decode, finding_at, lines_of, short
from convergence_cli.problems import MOST_TOLD, Finding, Path, Place, Related

Plain: TypeAlias = "dict[str, Plain] | list[Plain] | str | None"
"""What a document holds: every scalar is still text, and nothing else has been guessed."""

NOTHING = frozenset({"", "~", "null"})
TAG_LINE = re.compile("(?:^|[\n\r\x85\u2028\u2029])%TAG")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufeff\ufffe\uffff]")


@dataclass(frozen=True)
class Document:
    """One file as read: its data, its text, and every problem of the reading, placed."""

    file: str
    data: Plain
    text: str
    sha256: str
    """Of the bytes as they came."""
    problems: tuple[Finding, ...] = ()
    secret: bool = False
    """Whether no word of it may be repeated; `placed` sees to it."""

    def kept_secret(self) -> Self:
        """The document, of which findings tell the place alone."""
        return replace(self, secret=True, problems=tuple(each.withheld() for each in self.problems))

    @property
    def readable(self) -> bool:
        """Whether `data` can be trusted; a repeated key leaves the rest readable (its first value stays)."""
        return all(problem.code == "CV003" for problem in self.problems)

    @property
    def lines(self) -> Lines:
        return lines_of(self.text)

    def find(self, paths: Iterable[Path]) -> dict[Path, Spot]:
        """Where the paths into `data` stand in `text`, in one more pass for all of them.

        Steps that do not exist, such as a union's tag in a validator's path, are left out; what stands there
        then has no key.
        """
        real = {path: _real(path, self.data) for path in paths}
        found = spots(self.text, [steps for steps, _ in real.values()])
        return {
            path: found[steps] if there else Spot(found[steps].value, None)
            for path, (steps, there) in real.items()
            if steps in found
        }


def _real(path: Path, data: Plain) -> tuple[Path, bool]:
    """The part of `path` that exists in `data`, and whether its last step does."""
    steps: list[str | int] = []
    there = False
    for step in path:
        in_list = isinstance(data, list) and step in range(len(data))
        there = in_list or (isinstance(data, dict) and step in data)
        if there:
            steps.append(step)
            data = data[step]  # type: ignore[index]
    return tuple(steps), there


class _Repeat(NamedTuple):
    path: Path
    key: Span


class _Builder:
    """Turns events into dicts and lists of text; remembers where a key came a second time."""

    def __init__(self, events: Iterator[Any]) -> None:
        self.events = events
        self.path: list[str | int] = []
        self.repeats: list[_Repeat] = []

    def document(self) -> Plain:
        root = next(self.events, None)
        data = None if root is None else self._value(root, "")
        for _ in self.events:  # the guard against a second document stands behind the first
            pass
        return data

    def _value(self, event: Any, step: str | int) -> Plain:
        """The value that begins with `event` and to which `step` leads."""
        if type(event) is ScalarEvent:
            text: str = event.value
            return None if text in NOTHING and event.implicit[0] else text
        self.path.append(step)
        value = self._mapping() if type(event) is MappingStartEvent else self._sequence()
        self.path.pop()
        return value

    def _sequence(self) -> list[Plain]:
        items: list[Plain] = []
        for event in self.events:
            if type(event) is SequenceEndEvent:
                break
            items.append(self._value(event, len(items)))
        return items

    def _mapping(self) -> dict[str, Plain]:
        found: dict[str, Plain] = {}
        for event in self.events:
            if type(event) is MappingEndEvent:
                break
            key = _key(event)
            if key in found:
                self._repeat(event, key)
            elif len(found) < MOST_KEYS:
                found[key] = self._value(next(self.events), key)
            else:
                message = f"This mapping has more than {MOST_KEYS:,} keys."
                raise unsafe(event, message, "Write a list where there are so many of a kind.")
        return found

    def _repeat(self, event: Any, key: str) -> None:
        if len(self.repeats) == MOST_TOLD:
            raise unsafe(
                event, f"More than {MOST_TOLD} keys stand twice in this file.", "Delete one of each."
            )
        self.repeats.append(_Repeat((*self.path[1:], key), span(event)))
        skip(next(self.events), self.events)


def _key(event: Any) -> str:
    if type(event) is not ScalarEvent:
        message = "A list or a mapping stands where a key belongs."
        hint = "A key is a text. If this is a placeholder such as `{{ name }}`, put it in quotes."
        raise Refusal("CV001", message, hint, event.start_mark.index)
    if event.value == "<<" and event.implicit[0]:
        message = "`<<` merges another mapping into this one. Merge keys are not read."
        raise unsafe(event, message, "Write the keys and values out here.")
    return sys.intern(event.value)


def parse(data: bytes, file: str) -> Document:
    """Read one YAML document; bad content never raises, it is in the document's `problems`."""
    digest = hashlib.sha256(data).hexdigest()
    text = decode(data, file)
    if isinstance(text, Finding):
        return Document(file, None, "", digest, (text,))
    try:
        _check_text(text)
        builder = _Builder(guarded_events(text))
        content = builder.document()
    except Refusal as refusal:
        problem = finding_at(refusal, file, text)
    except yaml.MarkedYAMLError as error:
        problem = finding_at(misspelt(text, error), file, text)
    except (yaml.YAMLError, ValueError, OverflowError):  # the parser in Python, on "\U00110000"
        message = "This is not valid YAML: an escape names a character that does not exist."
        problem = finding_at(Refusal("CV001", message, "Look for \\U in this file.", 0), file, text)
    else:
        return Document(file, content, text, digest, _repeated(builder, file, text))
    return Document(file, None, text, digest, (problem,))


def _check_text(text: str) -> None:
    """Refuse what must not reach the parser: hidden characters, and `%TAG`, of which many would stall it."""
    found = FORBIDDEN.search(text)
    if found:
        message = f"The invisible character U+{ord(found[0]):04X} stands here, which YAML does not allow."
        raise Refusal("CV001", message, "Delete it; most editors can show hidden characters.", found.start())
    tag = TAG_LINE.search(text) if "%TAG" in text else None
    if tag:
        message = "A `%TAG` line gives tags a name. Tags are not read."
        raise Refusal("CV002", message, "Delete this line.", tag.end() - len("%TAG"), tag.end())


def _repeated(builder: _Builder, file: str, text: str) -> tuple[Finding, ...]:
    if not builder.repeats:
        return ()
    firsts = spots(text, [repeat.path for repeat in builder.repeats])
    return tuple(_repeat_finding(each, firsts[each.path], file, text) for each in builder.repeats)


def _repeat_finding(repeat: _Repeat, first: Spot, file: str, text: str) -> Finding:
    key = short(str(repeat.path[-1]))
    begun = Place(file, *lines_of(text).place((first.key or first.value).start))
    message = f"{{This key}} stands twice in one mapping; it came first in line {begun.line}."
    refusal = Refusal("CV003", message, "Delete one of the two.", *repeat.key, value=key)
    related = Related("it stands here first", begun, repeat.path)
    return replace(finding_at(refusal, file, text), path=repeat.path, at_key=True, related=(related,))
