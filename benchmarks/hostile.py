"""How much time and memory the commands take for files that were made to hurt.

    python benchmarks/hostile.py [WORD]

Writes each file of `tests/hostile/hostile_files.py` (those with WORD in their name) in its larger size, and
runs every command that reads it in a process of its own. Prints processor seconds and peak memory, the worst
first, and exits 1 when a run takes more than 2 s or 300 MB, or does not end with 0 to 3. Linux and macOS.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "tests" / "hostile"))

from hostile_files import Case, cases

MOST_SECONDS = 2.0
MOST_MEGABYTES = 300.0
PATIENCE = 60
"""Seconds after which a run is ended; its code is -9 then."""
UNIT = 1 if sys.platform == "darwin" else 1024


class Run(NamedTuple):
    seconds: float
    megabytes: float
    told: int
    """Bytes on stdout and stderr."""
    code: int
    name: str

    @property
    def is_over(self) -> bool:
        return self.seconds > MOST_SECONDS or self.megabytes > MOST_MEGABYTES or self.code not in range(4)

    def __str__(self) -> str:
        mark = "OVER" if self.is_over else ""
        used = f"{self.seconds:6.2f} s {self.megabytes:5.0f} MB {self.told:10,} B"
        return f"{used} {self.code:3d} {mark:4} {self.name}"


def runs_of(case: Case) -> Iterator[Run]:
    with tempfile.TemporaryDirectory() as folder:
        case.write(Path(folder), case.many)
        for command in case.read_by:
            yield run(command, Path(folder), case.name)


def run(command: tuple[str, ...], folder: Path, name: str) -> Run:
    with tempfile.TemporaryFile() as told:
        process = subprocess.Popen(
            [sys.executable, "-m", "convergence_cli", *command],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=told,
            stderr=told,
        )
        patience = threading.Timer(PATIENCE, process.kill)
        patience.start()
        _, status, used = os.wait4(process.pid, 0)
        patience.cancel()
        process.returncode = os.waitstatus_to_exitcode(status)
        size = told.seek(0, os.SEEK_END)
    seconds, megabytes = used.ru_utime + used.ru_stime, used.ru_maxrss * UNIT / 1024**2
    return Run(seconds, megabytes, size, process.returncode, f"{name} | {' '.join(command)}")


def main(word: str) -> int:
    found: list[Run] = []
    for case in cases():
        if word in case.name:
            found += runs_of(case)
            sys.stderr.write(f"{case.name}\n")
    over = sum(each.is_over for each in found)
    sys.stdout.write("".join(f"{each}\n" for each in sorted(found, reverse=True)))
    sys.stdout.write(f"{len(found)} runs, {over} over {MOST_SECONDS:g} s, {MOST_MEGABYTES:g} MB or exit 3.\n")
    return int(bool(over))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if len(sys.argv) > 1 else ""))
