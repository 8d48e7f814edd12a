"""The maps of columns by which tables of plans are read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..inputs.files import is_table
from ..problems import InputError
from ..settings import FILE, Settings, read_settings

if TYPE_CHECKING:  # who has no table does not wait for how they are read
    from ..model.plan_tables import Maps


def maps_for(paths: Sequence[str]) -> Maps | None:
    """The maps in convergence.toml of the current directory; None where no path is a table.

    Raises InputError for what is wrong in them.
    """
    return maps_in(read_settings(Path())) if any(map(is_table, paths)) else None


def maps_in(settings: Settings) -> Maps:
    from ..model.plan_tables import Maps, unknown_columns
    from ..model.tolerant import read_tolerantly

    read = read_tolerantly(Maps, dict(settings.maps), FILE)
    maps = read.value or Maps()
    wrong = [*read.findings, *(replace(each, file=FILE) for each in unknown_columns(maps))]
    if wrong:
        lines = (settings.line_of(each.path[1:], str(each.path[0])) if each.path else None for each in wrong)
        raise InputError([replace(each, line=line) for each, line in zip(wrong, lines, strict=True)])
    return maps
