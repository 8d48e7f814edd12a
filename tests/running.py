"""The command line as a user runs it: another process, with its own streams and environment."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parent.parent
SILENT = ("NO_COLOR", "FORCE_COLOR", "CONVERGENCE_PLAIN", "COLUMNS", "PYTHONIOENCODING", "LC_ALL", "LANG")
"""What could change an output, and is set by a test alone."""


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if name not in SILENT}
    return {**usual, "PYTHONUTF8": "1", **(extra or {})}


def convergence(
    *arguments: str | Path,
    cwd: Path = ROOT,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
) -> Ended:
    """``convergence ARGUMENTS`` in `cwd`."""
    done = subprocess.run(
        [sys.executable, "-m", "convergence_cli", *map(str, arguments)],
        cwd=cwd,
        input=stdin,
        env=environment(env),
        capture_output=True,
        check=False,
    )
    return Ended(done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8"))
