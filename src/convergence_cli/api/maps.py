"""The maps of columns by which tables of plans are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..inputs.files import is_table
from ..problems import InputError

if TYPE_CHECKING:  # who has no table waits neither for settings nor for how tables are read
    from ..model.plan_tables import Maps
    from ..settings import Settings


def maps_for(paths: Sequence[str]) -> Maps | None:
    """The maps in convergence.toml of the current directory; None where no path is a table.

    Raises InputError for what is wrong in them.
    """
    if not any(map(is_table, paths)):
        return None
    from ..settings import read_settings

    return maps_in(read_settings(Path()))


def maps_in(settings: Settings) -> Maps:
    from ..model.plan_tables import Maps, unknown_columns
    from ..model.tolerant import read_tolerantly
    from ..settings import FILE

    read = read_tolerantly(Maps, dict(settings.maps), FILE)
    maps = read.value or Maps()
    wrong = [*read.findings, *(replace(each, file=FILE) for each in unknown_columns(maps))]
    if wrong:
        lines = (settings.line_of(each.path[1:], str(each.path[0])) if each.path else None for each in wrong)
        raise InputError([replace(each, line=line) for each, line in zip(wrong, lines, strict=True)])
    return maps
