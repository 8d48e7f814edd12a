"""The settings of `convergence check` in a file: convergence.toml, or the project's pyproject.toml.

This room finds the table and reads it; what its keys mean is for `model.options` to say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from .documents import decode
from .problems import Finding, InputError, did_you_mean

OWN_FILE = "convergence.toml"
PROJECT_FILE = "pyproject.toml"
OWN_TABLES = ("check",)


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
        return line_of(self.text, self.table, key)


def read_settings(folder: Path) -> Settings:
    """The settings in `folder`; `convergence.toml` counts before `pyproject.toml`.

    Raises InputError for a file that is no TOML, and for a table or a kind of value that cannot be.
    """
    own = _toml(folder / OWN_FILE)
    if own is not None:
        text, data = own
        _refuse_other_tables(data, text)
        return _settings(data.get("check"), OWN_FILE, "check", text)
    project = _toml(folder / PROJECT_FILE)
    if project is None:
        return Settings()
    text, data = project
    tool = data.get("tool")
    ours = tool.get("convergence") if isinstance(tool, dict) else None
    found = ours.get("check") if isinstance(ours, dict) else None
    return _settings(found, PROJECT_FILE, "tool.convergence.check", text)


def _settings(found: object, file: str, table: str, text: str) -> Settings:
    if found is None:
        return Settings()
    if not isinstance(found, dict):
        raise InputError(
            [Finding("CV004", f"`{table}` is a table: write `[{table}]`.", name="schema", file=file)]
        )
    return Settings(found, file, table, text)


def _toml(path: Path) -> tuple[str, dict[str, Any]] | None:
    """A file's text and content; None where there is no such file."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError as error:
        raise InputError([Finding("CV001", f"Cannot be read: {error.strerror}.", file=path.name)]) from None
    text = decode(data, path.name)
    if isinstance(text, Finding):
        raise InputError([text])
    try:
        return text, tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InputError([_not_toml(str(error), path.name)]) from None


def _not_toml(said: str, file: str) -> Finding:
    """The place is all that is taken from what the parser said."""
    place = re.search(r"\(at line (\d+), column (\d+)\)", said)
    line, column = (int(place[1]), int(place[2])) if place else (None, None)
    message = "This is not TOML."
    hint = "Write `key = value`; a text stands in quotes, a list and the name of a table in [ ]."
    return Finding("CV001", message, hint, name="invalid-toml", file=file, line=line, column=column)


def _refuse_other_tables(data: Mapping[str, Any], text: str) -> None:
    findings = [
        Finding(
            "CV004",
            f"`{name}` is not known here.",
            did_you_mean(name, OWN_TABLES) or "The settings stand in the table `[check]`.",
            name="schema",
            file=OWN_FILE,
            line=line_of(text, "", name),
        )
        for name in data
        if name not in OWN_TABLES
    ]
    if findings:
        raise InputError(findings)


def line_of(text: str, table: str, key: str) -> int | None:
    """The line, counted from 1, on which a table begins or a key of `table` is set."""
    inside = ""
    for number, line in enumerate(text.splitlines(), start=1):
        header = re.match(r"\s*\[\s*([^\[\]]+?)\s*\]", line)
        if header:
            inside = header[1].replace(" ", "").replace('"', "")
            if not table and inside.split(".")[0] == key:
                return number
        elif inside == table and re.match(rf"""\s*["']?{re.escape(key)}["']?\s*[.=]""", line):
            return number
    return None
