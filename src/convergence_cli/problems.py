"""What can be wrong, where, and how the program then ends: the words every room shares.

This room imports no other room and nothing outside the standard library, so that any
module may use it without cost.
"""

from __future__ import annotations

import difflib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import IntEnum, StrEnum
from typing import Any

Path = tuple[str | int, ...]
"""Where a value stands inside a document: ``("plans", 3, "serves", 0)``."""


class ExitCode(IntEnum):
    """One meaning each, in every command."""

    OK = 0
    FOUND = 1
    """A finding, or a threshold that was not met."""
    UNUSABLE = 2
    """Wrong usage or unusable input."""
    NOTHING = 3
    """Nothing to do: no answer and no fact, no plans."""
    BUG = 4
    """Our own mistake."""
    INTERRUPTED = 130
    CLOSED_PIPE = 141


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Place:
    """A position in a file; line and column count from 1."""

    file: str
    line: int | None = None
    column: int | None = None

    def __str__(self) -> str:
        return ":".join(str(part) for part in (self.file, self.line, self.column) if part is not None)


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One whole source line; ``length`` characters from ``start`` (0-based) are the marked part."""

    text: str
    start: int
    length: int


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that belongs to a finding: the first definition, the nearest id."""

    message: str
    place: Place = Place("")
    path: Path = ()


READING_PROBLEMS = {
    "CV001": "invalid-yaml",
    "CV002": "unsafe-yaml",
    "CV003": "duplicate-key",
    "CV004": "schema",
}
"""Codes and names of what can be wrong with the reading of any file of ours."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is wrong, or worth a look.

    ``words`` and ``tip`` are ours and hold no text of the file; ``value`` is what was found there, and
    ``near`` a hint that repeats or guesses it, told in place of ``tip``. What is printed is put together
    here alone, so that what a file promised can be kept by leaving out the two (``withheld``). Words that
    begin with ``{This}`` are about the value: without it they say what stands in the braces.

    ``path`` addresses the value (or, with ``at_key``, the key) inside the file; line, column
    and excerpt are filled in from it by ``documents.placed``, and only when there is a finding.
    """

    code: str
    words: str
    tip: str = ""
    value: str = ""
    near: str = ""
    severity: Severity = Severity.ERROR
    name: str = ""
    file: str = ""
    line: int | None = None
    column: int | None = None
    path: Path = ()
    at_key: bool = False
    excerpt: Excerpt | None = None
    related: tuple[Related, ...] = ()

    @property
    def place(self) -> Place:
        return Place(self.file, self.line, self.column)

    @property
    def message(self) -> str:
        """What is wrong, with what was found: ``"`period`: expected 2026 or 2026-Q4, found `soon`."``"""
        if self.words.startswith("{"):
            unnamed, _, rest = self.words[1:].partition("}")
            return (f"`{self.value}`" if self.value else unnamed) + rest
        said = self.words.removesuffix(".")
        return f"{said}, found `{self.value}`{self.words[len(said) :]}" if self.value else self.words

    @property
    def hint(self) -> str:
        return self.near or self.tip

    def withheld(self) -> Finding:
        """The finding without a word of the file: our own sentence and the place are left (rule S12)."""
        return replace(self, value="", near="", path=(), at_key=False, excerpt=None)


def mistake(words: str, path: Path = (), tip: str = "", **more: Any) -> Finding:
    """A CV004: something in a file of ours that cannot be; `more` are other fields of the finding."""
    return Finding("CV004", words, tip, name=READING_PROBLEMS["CV004"], path=path, **more)


MOST_TOLD = 100
"""Problems told of one file; who has more has a generator to mend."""
MOST_LISTED = 50
"""Names that a message lists."""
MOST_HINTS = 20
"""Problems of one file for which the nearest right name is sought."""


class Hints:
    """The nearest right names, sought MOST_HINTS times and no more: comparing takes longer than reading."""

    def __init__(self) -> None:
        self.left = MOST_HINTS

    def nearest(self, word: str, names: Iterable[str], most: int = 3) -> list[str]:
        self.left -= 1
        return nearest(word, names, most) if self.left >= 0 else []

    def did_you_mean(self, word: str, names: Iterable[str]) -> str:
        return asked_back(self.nearest(word, names, 2))


MORE = "And more problems in this file."


class Problems(list[Finding]):
    """The first MOST_TOLD problems of one file and, where there are more, that there are."""

    def __init__(self) -> None:
        super().__init__()
        self.hints = Hints()

    def add(self, *findings: Finding) -> None:
        for each in findings:
            if len(self) < MOST_TOLD:
                self.append(each)
            elif not self.is_full:
                self.append(Finding(each.code, MORE, severity=each.severity, name=each.name, file=each.file))

    def take(self, findings: Iterable[Finding]) -> None:
        """Add the findings until they are too many; the others are not looked for."""
        for finding in findings:
            self.add(finding)
            if self.is_full:
                return

    @property
    def is_full(self) -> bool:
        return len(self) > MOST_TOLD


def told(findings: Iterable[Finding]) -> list[Finding]:
    """What is told of each file, file by file."""
    files: defaultdict[str, Problems] = defaultdict(Problems)
    for finding in findings:
        files[finding.file].add(finding)
    return [finding for problems in files.values() for finding in problems]


class ConvergenceError(Exception):
    """An end that is not a bug: it knows its exit code and what to tell the user."""

    exit_code: ExitCode = ExitCode.UNUSABLE


class UsageError(ConvergenceError):
    """The command was asked for something it cannot do; one sentence says what to write instead."""


class InputError(ConvergenceError):
    """One or more files cannot be used; carries the problems found in them, in reading order."""

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(told(findings))
        super().__init__("; ".join(f"{finding.place}: {finding.message}" for finding in self.findings))


class NothingToDo(ConvergenceError):
    """The input is well formed and empty: no answer and no fact, or no plans."""

    exit_code = ExitCode.NOTHING


def listed(names: Sequence[str]) -> str:
    """``"a, b, c"``; of very many the first."""
    more = len(names) - MOST_LISTED
    return ", ".join(names) if more <= 0 else f"{', '.join(names[:MOST_LISTED])} and {more:,} more"


SLIPS = str.maketrans("01i_", "oll-")
MOST_COMPARED = 100_000
"""Letters of a word times letters of all names: a tenth of a second."""


def nearest(word: str, names: Iterable[str], most: int = 3) -> list[str]:
    """The names most like `word`, best first; case, spaces and 0/O, 1/l slips count as nearest.

    Where there is more to compare than MOST_COMPARED, only such slips are found.
    """
    known = list(dict.fromkeys(names))
    folded = fold_slips(word)
    exact = [name for name in known if fold_slips(name) == folded]
    if len(word) * sum(map(len, known)) > MOST_COMPARED:
        return exact[:most]
    close = difflib.get_close_matches(word.casefold(), [name.casefold() for name in known], most, 0.6)
    by_fold = {name.casefold(): name for name in reversed(known)}
    return list(dict.fromkeys(exact + [by_fold[name] for name in close]))[:most]


def fold_slips(word: str) -> str:
    """`word` without the slips a hand makes: case, spaces, nought for the letter O, one for l."""
    kept = "".join(word.casefold().split())
    return kept.translate(SLIPS)


def did_you_mean(word: str, names: Iterable[str]) -> str:
    """``"Did you mean a or b?"``, or nothing when no name is near."""
    return asked_back(nearest(word, names, 2))


def asked_back(names: Sequence[str]) -> str:
    """The question whether one of a few `names` was meant; nothing when there are none."""
    return f"Did you mean {' or '.join(names)}?" if names else ""
