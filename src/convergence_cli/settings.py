"""The tables of convergence.toml: `[check]`, and the maps of columns of tables of plans.

This room finds the tables and reads them; what their keys mean is for `model.options` and `model.plan_tables`
to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .documents import MOST_SMALL, decode
from .problems import Finding, InputError, Problems
from .problems import Path as Steps

FILE = "convergence.toml"
TABLE = "check"
MAPS = ("plans", "objectives", "links")
"""The tables that say how tables of plans are read."""
TABLES = "The settings stand in `[check]`, the maps of columns in `[plans]`, `[objectives]` and `[links]`."
MOST_SETTINGS = 1000
TOO_MANY_DOTS = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){64}""")
"""A key such as ``a.b.c``, so long that the parser, which takes the square of its length, would not end."""
NAMES = {"CV001": "invalid-toml", "CV002": "unsafe-toml", "CV004": "schema"}
TOO_MANY_DIGITS = re.compile("(?<![0-9_])[0-9_]{1000}")


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of the `[check]` table, those of the other tables, and where the file sets them."""

    values: Mapping[str, Any] = field(default_factory=dict)
    lines: Mapping[tuple[str, ...], int] = field(default_factory=dict)
    maps: Mapping[str, Any] = field(default_factory=dict)

    def line_of(self, path: Steps, table: str = TABLE) -> int | None:
        """The line, counted from 1, that sets what stands at `path` of a table, or the nearest above it."""
        steps = (table, *map(str, path))
        above = (steps[:length] for length in range(len(steps), 1, -1))
        return next((self.lines[each] for each in above if each in self.lines), None)


def read_settings(folder: Path) -> Settings:
    """The settings in `folder`; nothing is set where there is no convergence.toml.

    Raises InputError for a file that is no TOML, and for a table or a kind of value that cannot be.
    """
    text = _text(folder / FILE)
    data, lines, others = _parsed(text), lines_of(text), Problems()
    table = data.pop(TABLE, {})
    maps = {name: data.pop(name) for name in MAPS if name in data}
    for name in data:
        near, tip = others.hints.did_you_mean(name, [TABLE, *MAPS]), TABLES
        words, line = "{This} is not known here.", lines.get((name,))
        others.add(Finding("CV004", words, tip, name, near, name="schema", file=FILE, line=line))
    if others:
        raise InputError(others)
    if not isinstance(table, dict):
        raise _unusable("CV004", f"`{TABLE}` is a table: write `[{TABLE}]`.")
    if len(table) > MOST_SETTINGS:
        raise _unusable("CV004", f"`{TABLE}` has {len(table):,} keys: there are not so many settings.")
    return Settings(table, lines, maps)


def _text(path: Path) -> str:
    """A file's text; empty where there is no such file."""
    try:
        if not path.exists():
            return ""
        if not path.is_file():
            raise _unusable("CV001", "This is no file but a folder, a device or a pipe.")
        with path.open("rb") as stream:
            text = decode(stream.read(MOST_SMALL + 1), path.name, MOST_SMALL)
    except OSError as error:
        raise _unusable("CV001", f"Cannot be read: {error.strerror}.") from None
    if isinstance(text, Finding):
        raise InputError([text.withheld()])  # a file of answers may have been given this name
    return text


def _parsed(text: str) -> dict[str, Any]:
    try:
        if TOO_MANY_DOTS.search(text):
            raise RecursionError
        if TOO_MANY_DIGITS.search(text):
            raise _unusable("CV002", "A number here has more digits than any setting.")
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"\(at line (\d+), column (\d+)\)", str(error))  # all that is taken from the parser
        line, column = (int(place[1]), int(place[2])) if place else (None, None)
        hint = "Write `key = value`; a text stands in quotes, a list and the name of a table in [ ]."
        raise _unusable("CV001", "This is not TOML.", hint, line=line, column=column) from None
    except RecursionError:
        raise _unusable("CV002", "Keys, lists or tables are nested too deep here.") from None


def _unusable(code: str, message: str, hint: str = "", **place: Any) -> InputError:
    return InputError([Finding(code, message, hint, name=NAMES[code], file=FILE, **place)])


def lines_of(text: str) -> Mapping[tuple[str, ...], int]:
    """The line, counted from 1, that sets a key first, or where its table begins, by its steps."""
    found: dict[tuple[str, ...], int] = {}
    table: tuple[str, ...] = ()
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line.startswith("["):
            table = _steps(line.strip("[").partition("]")[0])
        elif line:
            found.setdefault((*table, *_steps(line.partition("=")[0])), number)
        for length in range(1, len(table) + 1):
            found.setdefault(table[:length], number)
    return found


def _steps(key: str) -> tuple[str, ...]:
    return tuple(step.strip("\"' \t") for step in key.split("."))
