"""What a page or a format may say of the command that made its report, and where."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # JSON needs neither
    from ..results.comparison import Comparison
    from .document import Picture


@dataclass(frozen=True)
class Run:
    """Beside every report; kept apart from the blocks of a page, which JSON does not need."""

    commands: Sequence[str] = ()
    """What the reader could run next, whole and in order of use."""
    folder: str = ""
    """Where the command ran: paths that lie in it are told relative to it."""
    root: str = ""
    """The repository's."""
    title: str = ""
    client: str = ""
    logo: Picture | None = None
    """What a report that is handed over says of itself: its title, for whom, under which sign."""
    since: Comparison | None = None
    """What changed since an earlier wave."""
