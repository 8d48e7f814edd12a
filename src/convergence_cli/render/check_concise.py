"""The check, a line for each finding: ``file:line:col: code message``, as editors and grep like it."""

from __future__ import annotations

from ..results.check import CheckReport
from .run import Run
from .say_check import place_of, shown, told


def render(report: CheckReport, _: Run) -> str:
    """Nothing but the findings that nobody accepted; empty when there are none."""
    return "".join(f"{place_of(each)}: {each.code} {told(each)}\n" for each in shown(report))
