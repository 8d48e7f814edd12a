"""The second pass: where paths into a document stand in its text."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from contextlib import suppress
from itertools import count
from typing import Any

from yaml.events import CollectionEndEvent, CollectionStartEvent, MappingStartEvent

from convergence_cli.documents.events import guarded_events, skip, span
from convergence_cli.documents.text import Span, Spot
from convergence_cli.problems import Path

END_OF_LINE = sys.maxsize


class _AllFound(Exception):
    """The rest of the text need not be read once more."""


class _Locator:
    """The second pass: walks the events again and notes where the wanted paths stand."""

    def __init__(self, text: str, paths: int) -> None:
        self.events = guarded_events(text)
        self.found: dict[Path, Spot] = {}
        self.left = paths
        self.open_flows = 0
        """Collections in brackets, whose ends are looked for."""

    def locate(self, event: Any, wanted: dict[str | int, Any], path: Path, key: Span | None) -> None:
        value = span(event)
        self.left -= 1
        if isinstance(event, CollectionStartEvent):
            self.found[path] = Spot(Span(value.start, END_OF_LINE), key)
            self.open_flows += bool(event.flow_style)
            last = self._children(type(event) is MappingStartEvent, wanted, path)
            self.open_flows -= bool(event.flow_style)
            value = Span(value.start, last.end if event.flow_style else END_OF_LINE)
        elif value.start == value.end:  # nothing is written there: show what it belongs to
            value = key or Span(max(0, value.start - 1), value.start)
        self.found[path] = Spot(value, key)

    def _children(self, mapping: bool, wanted: dict[str | int, Any], path: Path) -> Span:
        """Visit the wanted children; return where the collection ends."""
        for number in count():
            if not (self.left or self.open_flows):
                raise _AllFound
            event = next(self.events)
            if isinstance(event, CollectionEndEvent):
                return span(event)
            step, key = (event.value, span(event)) if mapping else (number, None)
            child = next(self.events) if mapping else event
            inner = wanted.pop(step, None)  # taken out, so that a repeated key does not replace the first
            if inner is None:
                skip(child, self.events)
            else:
                self.locate(child, inner, (*path, step), key)
        raise AssertionError("a collection always ends")


def spots(text: str, paths: Iterable[Path]) -> dict[Path, Spot]:
    """Where each of `paths`, and whatever lies on the way to it, stands in `text`."""
    wanted: dict[str | int, Any] = {}
    places = 1
    for path in paths:
        branch = wanted
        for step in path:
            places += step not in branch
            branch = branch.setdefault(step, {})
    locator = _Locator(text, places)
    root = next(locator.events, None)
    if root is not None:
        with suppress(_AllFound):
            locator.locate(root, wanted, (), None)
    return locator.found
