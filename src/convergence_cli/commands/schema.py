"""``convergence schema``: the JSON Schema of one of our documents."""

from __future__ import annotations

from .. import terminal
from ..problems import ExitCode
from .schemas import schema_text


def run_schema(name: str) -> ExitCode:
    """Print the schema called `name`; raises UsageError with the nearest name."""
    terminal.write(schema_text(name), data=True)
    return ExitCode.OK
