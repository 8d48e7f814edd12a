"""Bytes of a path or of stdin, or why they cannot be had."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from ..documents import MOST_BYTES
from ..problems import Finding, InputError, did_you_mean

STDIN = "-"
STDIN_NAME = "<stdin>"
WORKBOOKS = (".xlsx", ".xlsm")
TABLES = (".csv", ".tsv", *WORKBOOKS)
"""How files end that hold a table."""
NO_FILE = "no-file"
"""The name of what is wrong with a path that gives nothing to read."""


@dataclass(frozen=True)
class Source:
    """A file as it was named, with its bytes: at most one more than the limit, lest it fill the memory."""

    file: str
    data: bytes


def read_source(path: str, *, regular: bool = False) -> Source:
    """The bytes of `path`, ``-`` being stdin; raises InputError when there are none to be had.

    `regular`: nothing but a file, for a path that a file names; who types a pipe or a device waits for it.
    """
    typed = path == STDIN and not regular
    if not typed and (problem := why_not(path, regular)):
        raise InputError([problem])
    try:
        if typed:
            return Source(STDIN_NAME, sys.stdin.buffer.read(MOST_BYTES + 1))
        with Path(path).open("rb") as stream:
            return Source(path, stream.read(MOST_BYTES + 1))
    except OSError as error:
        words = f"It cannot be read: {error.strerror}."
        raise InputError([absent(STDIN_NAME if typed else path, words)]) from None


def is_table(path: str) -> bool:
    return path.lower().endswith(TABLES)


def name_of(file: str) -> str:
    """The name without folders: results carry no path."""
    return file if file == STDIN_NAME else Path(file).name


def folder_of(file: str) -> Path:
    """Where the files are looked for that this one names."""
    return Path() if file == STDIN_NAME else Path(file).parent


def why_not(path: str, regular: bool) -> Finding | None:
    """What is wrong when `path` is not a file that can be opened."""
    named = Path(path)
    try:
        if named.is_dir():
            return absent(path, "This is a directory, and a file is needed.")
        if not named.exists():
            return absent(path, "There is no such file.", did_you_mean(named.name, names_beside(named)))
        if regular and not named.is_file():
            return absent(path, "This is a device or a pipe, and a file is needed.")
    except OSError as error:
        return absent(path, f"It cannot be opened: {error.strerror}.")
    return None


def names_beside(path: Path) -> list[str]:
    folder = path.parent
    return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []


def absent(path: str, words: str, near: str = "") -> Finding:
    """A finding about a file that gave nothing to read."""
    return Finding("CV001", words, near=near, name=NO_FILE, file=path)
