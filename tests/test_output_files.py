"""What a command writes to a file and to a terminal: run at a terminal of its own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from running import PROGRAM, ROOT, convergence, environment

pty = pytest.importorskip("pty", reason="there are no pseudo-terminals here")

COMMANDS: dict[str, list[str | Path]] = {
    "score": ["score", ROOT / "examples" / "responses.yaml"],
    "explain": ["score", ROOT / "examples" / "responses.yaml", "--explain", "overall"],
    "check": ["check", ROOT / "examples", "--today", "2026-11-20"],
    "compare": ["compare", *(ROOT / "examples" / f"responses{wave}.yaml" for wave in ("-2026-Q2", ""))],
}


def at_a_terminal(*arguments: str | Path, columns: int = 100) -> str:
    """What ``convergence ARGUMENTS`` prints at a colour terminal."""
    ours, theirs = pty.openpty()
    env = environment({"TERM": "xterm", "COLUMNS": str(columns)})
    command = [*PROGRAM, *map(str, arguments)]
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=theirs, stdin=theirs) as process:
        os.close(theirs)
        printed = b""
        try:
            while part := os.read(ours, 65536):
                printed += part
        except OSError:  # Linux tells the end of a terminal as an error
            pass
    os.close(ours)
    assert process.returncode in (0, 1)
    return printed.decode("utf-8").replace("\r\n", "\n")


@pytest.mark.parametrize("name", COMMANDS)
def test_a_file_is_the_same_whatever_the_terminal(name: str, tmp_path: Path) -> None:
    """80 columns and no colour, although the same report is wide and coloured on the screen."""
    file = tmp_path / "report.txt"
    shown = at_a_terminal(*COMMANDS[name], "--color", "always", "-o", file, "-o", "-")
    written = file.read_text(encoding="utf-8")
    assert written != shown
    assert written == convergence(*COMMANDS[name]).out
    assert "\x1b" not in written


def test_a_width_that_is_asked_for_holds_for_a_file_too(tmp_path: Path) -> None:
    file = tmp_path / "report.txt"
    shown = at_a_terminal(*COMMANDS["score"], "--width", "60", "--color", "never", "-o", file, "-o", "-")
    assert file.read_text(encoding="utf-8") == shown
    assert max(map(len, shown.splitlines())) <= 60
