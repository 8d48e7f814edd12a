"""Bytes to text, strictly, and the lines of a text: columns, excerpts, and what is wrong at a spot."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_right
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from convergence_cli.problems import READING_PROBLEMS, Excerpt, Finding

MOST_BYTES = 64 * 1024 * 1024
MOST_SMALL = 4 * 1024 * 1024
"""Bytes of settings, and of a baseline."""
EXCERPT_WIDTH = 160
BOMS = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))
SAVE = "Save it as a text in UTF-8: YAML, or CSV (in Excel: CSV UTF-8)."
LINE_BREAK = re.compile(r"\r\n|\n|\r")


class Span(NamedTuple):
    """Code points from the beginning of a text."""

    start: int
    end: int


class Spot(NamedTuple):
    """Where a value stands, and its key, if it has one."""

    value: Span
    key: Span | None


class Refusal(Exception):
    """Why a text is not read; `start` and `end` are code points from its beginning."""

    def __init__(
        self, code: str, words: str, tip: str, start: int, end: int | None = None, **more: Any
    ) -> None:
        super().__init__(words)
        self.finding = Finding(code, words, tip, name=READING_PROBLEMS[code], **more)
        self.start, self.end = start, start + 1 if end is None else end


class Lines:
    """The lines of a text, to turn an index into line and column and to cut excerpts.

    Counted as editors count: the three other line breaks of YAML 1.1 (U+0085, U+2028, U+2029) are not lines.
    """

    def __init__(self, text: str) -> None:
        self.text = text
        self.starts = array("Q", [0])
        self.starts.extend(match.end() for match in LINE_BREAK.finditer(text))

    def place(self, index: int) -> tuple[int, int]:
        line = bisect_right(self.starts, index)
        return line, index - self.starts[line - 1] + 1

    def excerpt(self, line: int, column: int, length: int) -> Excerpt:
        """The line with `length` characters marked; of a long line, a window around the mark."""
        line = min(line, len(self.starts))
        begin = self.starts[line - 1]
        stop = self._end(line)
        start = min(begin + column - 1, stop)
        first = max(begin, min(start - EXCERPT_WIDTH // 4, stop - EXCERPT_WIDTH))
        last = min(stop, first + EXCERPT_WIDTH)
        shown = self.text[first:last]
        marked = min(length, len(shown.rstrip()) - (start - first))
        before = "…" if first > begin else ""
        after = "…" if last < stop else ""
        return Excerpt(before + shown + after, len(before) + start - first, max(1, marked))

    def _end(self, line: int) -> int:
        """The index after the last character of `line`, its line break left out."""
        if line == len(self.starts):
            return len(self.text)
        after = self.starts[line]
        return after - (2 if self.text.endswith("\r\n", 0, after) else 1)


lines_of = lru_cache(maxsize=8)(Lines)
"""The lines of a text, worked out once for all that is found in it."""


def finding_at(refusal: Refusal, file: str, text: str) -> Finding:
    lines = lines_of(text)
    line, column = lines.place(refusal.start)
    excerpt = lines.excerpt(line, column, refusal.end - refusal.start)
    return replace(refusal.finding, file=file, line=line, column=column, excerpt=excerpt)


def short(word: str) -> str:
    """`word` cut to what a message can hold."""
    return word if len(word) <= 40 else f"{word[:39]}…"


def decode(data: bytes, file: str, most: int = MOST_BYTES) -> str | Finding:
    """The text of a file of ours: UTF-8, or UTF-16 with a byte order mark; else what is wrong, and where."""
    if len(data) > most:
        message = f"The file is larger than {most // 1024**2} MB."
        hint = "Split it into several files." if most == MOST_BYTES else ""
        return Finding("CV002", message, hint, name=READING_PROBLEMS["CV002"], file=file)
    mark, encoding = next((pair for pair in BOMS if data.startswith(pair[0])), (b"", "utf-8"))
    data = data.removeprefix(mark)
    if encoding == "utf-8" and b"\0" in data:
        return _binary(data.decode(encoding, "replace"), file)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        return _undecodable(data, encoding, error, file)
    return _binary(text, file) if "\0" in text else text


def _binary(text: str, file: str) -> Finding:
    message = "A NUL character stands here: this looks like a binary file, for example a spreadsheet."
    refusal = Refusal("CV001", message, SAVE, text.index("\0"))
    return replace(finding_at(refusal, file, text), excerpt=None)


def _undecodable(data: bytes, encoding: str, error: UnicodeDecodeError, file: str) -> Finding:
    start = len(data[: error.start].decode(encoding))
    words = f"The file is not {encoding[:6].upper()} here."
    refusal = Refusal("CV001", words, SAVE, start, value=f"0x{data[error.start]:02X}")
    return finding_at(refusal, file, data.decode(encoding, "replace"))
