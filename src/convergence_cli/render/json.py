"""The JSON of every report: the published document itself, unrounded."""

from __future__ import annotations

import json

from ..results.common import Result
from ..terminal import is_invisible
from .run import Run


def render(report: Result, _: Run | None = None) -> str:
    """``report`` as JSON, indented by two, letters of any language kept; ends with a line end.

    Invisible characters are written as escapes: seen on a screen, unchanged for a program.
    """
    try:
        text = report.model_dump_json(by_alias=True, indent=2)
    except ValueError:  # half a character: a file's name can hold one
        return written(report.model_dump(mode="json", by_alias=True))
    return visible(text + "\n")


def written(data: object) -> str:
    """Plain data as JSON in the same form."""
    return visible(json.dumps(data, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def visible(text: str) -> str:
    """JSON with every invisible character of its texts as an escape."""
    if text.isascii() and "\x7f" not in text:
        return text
    return "".join(escape(c) if c != "\n" and is_invisible(c) else c for c in text)


def escape(character: str) -> str:
    """The JSON escape of one character, as a pair where it needs two."""
    units = character.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))
