"""Bytes of a path or of stdin, or why they cannot be had."""

from __future__ import annotations

import hashlib
import io
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from ..documents import MOST_BYTES
from ..problems import Finding, InputError, did_you_mean

STDIN = "-"
STDIN_NAME = "<stdin>"
NO_FILE = "no-file"
"""The name of what is wrong with a path that gives nothing to read."""


@dataclass(frozen=True)
class Source:
    """A file as it was named, with its bytes; a table (``held`` is None) is read from its path each time."""

    file: str
    held: bytes | None

    @property
    def data(self) -> bytes:
        """The bytes; of a file, at most one more than the limit, so that one without end fills no memory."""
        if self.held is not None:
            return self.held
        with self.open() as stream:
            return stream.read(MOST_BYTES + 1)

    def open(self) -> BinaryIO:
        return Path(self.file).open("rb") if self.held is None else io.BytesIO(self.held)

    @property
    def sha256(self) -> str:
        with self.open() as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()  # type: ignore[arg-type]

    @property
    def name(self) -> str:
        """The name without folders: results carry no path."""
        return self.file if self.file == STDIN_NAME else Path(self.file).name


def read_source(path: str, *, regular: bool = False) -> Source:
    """The bytes of `path`, ``-`` being stdin; raises InputError when there are none to be had.

    `regular`: nothing but a file, for a path that a file names; who types a pipe or a device waits for it.
    """
    if path == STDIN and not regular:
        try:
            return Source(STDIN_NAME, sys.stdin.buffer.read(MOST_BYTES + 1))
        except OSError as error:
            raise InputError([absent(STDIN_NAME, f"It cannot be read: {error.strerror}.")]) from None
    problem = why_not(Path(path))
    if not problem and regular and not Path(path).is_file():
        problem = "This is a device or a pipe, and a file is needed.", ""
    if problem:
        raise InputError([absent(path, *problem)])
    source = Source(path, None)
    try:
        with source.open():
            return source if is_table(path) and Path(path).is_file() else Source(path, source.data)
    except OSError as error:
        raise InputError([absent(path, f"It cannot be read: {error.strerror}.")]) from None


def is_table(path: str) -> bool:
    return path.lower().endswith(".csv")


def why_not(path: Path) -> tuple[str, str] | None:
    """Message and hint when `path` is not a file that can be opened."""
    try:
        if path.is_dir():
            return "This is a directory, and a file is needed.", ""
        if path.exists():
            return None
        return "There is no such file.", did_you_mean(path.name, names_beside(path))
    except OSError as error:
        return f"It cannot be opened: {error.strerror}.", ""
    except ValueError:  # a NUL in it
        return "No file can have this name.", ""


def names_beside(path: Path) -> list[str]:
    folder = path.parent
    return sorted(entry.name for entry in folder.iterdir()) if folder.is_dir() else []


def absent(path: str, words: str, near: str = "") -> Finding:
    """A finding about a file that gave nothing to read."""
    return Finding("CV001", words, near=near, name=NO_FILE, file=path)
