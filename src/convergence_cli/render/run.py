"""What a page or a format may say of the command that made its report, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Run:
    """Beside every report; kept apart from the blocks of a page, which JSON does not need."""

    commands: Sequence[str] = ()
    """What the reader could run next, whole and in order of use."""
    folder: str = ""
    """Where the command ran: paths that lie in it are told relative to it."""
    root: str = ""
    """The repository's."""
