"""The settings of `convergence check` in a file: convergence.toml, or the project's pyproject.toml.

This room finds the table and reads it; what its keys mean is for `model.options` to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

from .documents import MOST_SMALL, decode
from .problems import MOST_TOLD, Finding, InputError, Problems

OWN_FILE = "convergence.toml"
PROJECT_FILE = "pyproject.toml"
OWN_TABLES = ("check",)
MOST_SETTINGS = 1000
TOO_MANY_DOTS = re.compile(r"""(?<![\w"'-])(?:(?:[\w-]+|"[^"\n]*"|'[^'\n]*')[ \t]*\.[ \t]*){64}""")
"""A key such as ``a.b.c``, so long that the parser, which takes the square of its length, would not end."""
NAMES = {"CV001": "invalid-toml", "CV002": "unsafe-toml", "CV004": "schema"}
TOO_MANY_DIGITS = re.compile("(?<![0-9_])[0-9_]{1000}")
TOO_DEEP = "Keys, lists or tables are nested too deep here."


@dataclass(frozen=True, slots=True)
class Settings:
    """The values of the `[check]` table, the file that holds it (None without one), and its text."""

    values: Mapping[str, Any] = field(default_factory=dict)
    file: str | None = None
    table: str = "check"
    text: str = ""

    @property
    def origin(self) -> str:
        """Where the values come from, for a person: ``convergence.toml [check]``."""
        return f"{self.file} [{self.table}]" if self.file else "default"

    def line_of(self, key: str) -> int | None:
        """The line on which `key` is set, counted from 1."""
        return lines_of(self.text).get((self.table, key))


def read_settings(folder: Path) -> Settings:
    """The settings in `folder`; `convergence.toml` counts before `pyproject.toml`.

    Raises InputError for a file that is no TOML, and for a table or a kind of value that cannot be.
    """
    own = _toml(folder / OWN_FILE)
    if own is not None:
        text, data = own
        _refuse_other_tables(data, text, OWN_FILE)
        return _settings(data.get("check"), OWN_FILE, "check", text)
    project = _toml(folder / PROJECT_FILE)
    if project is None:
        return Settings()
    text, data = project
    tool = data.get("tool")
    ours = tool.get("convergence") if isinstance(tool, dict) else None
    if not isinstance(ours, dict):
        return Settings()
    _refuse_other_tables(ours, text, PROJECT_FILE, "tool.convergence.")
    return _settings(ours.get("check"), PROJECT_FILE, "tool.convergence.check", text)


def _settings(found: object, file: str, table: str, text: str) -> Settings:
    if found is None:
        return Settings()
    if not isinstance(found, dict):
        raise InputError(
            [Finding("CV004", f"`{table}` is a table: write `[{table}]`.", name="schema", file=file)]
        )
    if len(found) > MOST_SETTINGS:
        raise _unusable(file, "CV004", f"`{table}` has {len(found):,} keys: there are not so many settings.")
    return Settings(found, file, table, text)


def _toml(path: Path) -> tuple[str, dict[str, Any]] | None:
    """A file's text and content; None where there is no such file."""
    try:
        if path.exists() and not path.is_file():
            raise _unusable(path.name, "CV001", "This is no file but a folder, a device or a pipe.")
        with path.open("rb") as stream:
            text = decode(stream.read(MOST_SMALL + 1), path.name, MOST_SMALL)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise _unusable(path.name, "CV001", f"Cannot be read: {error.strerror}.") from None
    if isinstance(text, Finding):
        raise InputError([text.withheld()])  # a file of answers may have been given this name
    if TOO_MANY_DOTS.search(text):
        raise _unusable(path.name, "CV002", TOO_DEEP)
    if TOO_MANY_DIGITS.search(text):
        raise _unusable(path.name, "CV002", "A number here has more digits than any setting.")
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_not_toml(str(error), path.name)]) from None
    except RecursionError:
        raise _unusable(path.name, "CV002", TOO_DEEP) from None


def _unusable(file: str, code: str, message: str) -> InputError:
    return InputError([Finding(code, message, name=NAMES[code], file=file)])


def _not_toml(said: str, file: str) -> Finding:
    """The place is all that is taken from what the parser said."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", said)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    message = "This is not TOML."
    hint = "Write `key = value`; a text stands in quotes, a list and the name of a table in [ ]."
    return Finding("CV001", message, hint, name="invalid-toml", file=file, line=line, column=column)


def _refuse_other_tables(data: Mapping[str, Any], text: str, file: str, above: str = "") -> None:
    """`above`: the table in which the others stand, with a dot."""
    findings = Problems()
    others = [name for name in data if name not in OWN_TABLES]
    for name in others[:MOST_TOLD]:
        tip = f"The settings stand in the table `[{above}check]`."
        near, line = findings.hints.did_you_mean(name, OWN_TABLES), lines_of(text).get(("", above + name))
        words = "{This} is not known here."
        findings.add(Finding("CV004", words, tip, name, near, name="schema", file=file, line=line))
    findings.untold = len(others) - len(findings)
    if findings:
        raise InputError(findings.told())


@lru_cache(maxsize=1)
def lines_of(text: str) -> Mapping[tuple[str, str], int]:
    """The line, counted from 1, that sets a key of a table first; under no table, where a table begins."""
    found: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(map(str.strip, text.splitlines()), start=1):
        if line.startswith("["):
            table = "".join(line.strip("[").partition("]")[0].replace('"', "").split())
            for depth in (1, 3):  # check, tool.convergence.check
                found.setdefault(("", ".".join(table.split(".")[:depth])), number)
        elif line:
            key = line.partition("=")[0].partition(".")[0].strip("\"' \t")
            found.setdefault((table, key), number)
    return found
