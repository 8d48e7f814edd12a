"""How long `convergence check` takes for a large plans file, against yamllint on the same file.

    python benchmarks/check_vs_yamllint.py [LINES]

Writes a plans file of LINES lines (100,000 unless given) to a temporary folder, runs both programs on it
three times in turn, each in a process of its own, and prints the ratio of their best times and the peak
memory of the check. Needs yamllint beside the running Python (``pip install yamllint``); peak memory is
measured where the system counts it (Linux, macOS).
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

LINES = 100_000
RUNS = 3
OBJECTIVES = 200
TODAY = "2026-11-20"
MEGABYTE = 1024 * 1024

HEAD = """\
format: plans/1
organization: Northwind Ltd
as_of: 2026-11-01
currency: EUR
"""
OBJECTIVE = """\
  - id: O-{number}
    title: Reach target {number} of the strategy
    owner: Director {number}
    approved: {{by: Board, on: 2026-01-15, source: "Strategy, section {number}"}}
    measures: [{{name: Target, target: 90, unit: "%", by: 2027-12-31, actual: 40}}]
"""
PLAN = """\
  - id: P-{number}
    title: Change system {number} to serve target {objective}
    owner: Team {team}
    serves: [O-{objective}]
    status: in-progress
    approved: {{by: Portfolio board, on: 2026-02-20}}
    starts: 2026-03-01
    ends: 2027-06-30
    budget: {budget}
"""
"""As long as a plan is in practice, and clean: what is measured is the work that every run does."""


def plans_file(lines: int) -> str:
    """A file without a finding, of at least `lines` lines."""
    return "".join(parts(lines))


def parts(lines: int) -> Iterator[str]:
    yield HEAD
    yield "objectives:\n"
    yield from (OBJECTIVE.format(number=number) for number in range(1, OBJECTIVES + 1))
    yield "plans:\n"
    so_far = HEAD.count("\n") + 2 + OBJECTIVES * OBJECTIVE.count("\n")
    for number in range(1, max(1, -(-(lines - so_far) // PLAN.count("\n"))) + 1):
        objective = 1 + number % OBJECTIVES
        yield PLAN.format(
            number=number, objective=objective, team=number % 40, budget=1000 * (number % 900 + 1)
        )


def seconds(command: Sequence[str]) -> float:
    """Wall time of a command that must end well."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def peak_megabytes(command: Sequence[str]) -> float | None:
    """Peak resident memory of a command, in MB; None where the system does not count it."""
    measure = (
        "import resource, subprocess, sys; "
        "subprocess.run(sys.argv[1:], check=True, stdout=subprocess.DEVNULL); "
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)"
    )
    done = subprocess.run(
        [sys.executable, "-c", measure, *command], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return None
    unit = 1 if sys.platform == "darwin" else 1024
    return int(done.stdout) * unit / MEGABYTE


def main(lines: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "plans.yaml")
        text = plans_file(lines)
        file.write_text(text, encoding="utf-8", newline="\n")
        check = [sys.executable, "-m", "convergence_cli", "check", str(file), "--today", TODAY]
        lint = [
            sys.executable,
            "-m",
            "yamllint",
            "-d",
            "{extends: default, rules: {line-length: disable}}",
            str(file),
        ]
        pairs = [(seconds(check), seconds(lint)) for _ in range(RUNS)]
        ours, theirs = (min(times) for times in zip(*pairs, strict=True))
        memory = peak_megabytes(check)
    sys.stdout.write(f"{text.count(chr(10)):,} lines, {text.count('  - id: P-'):,} plans\n")
    sys.stdout.write(f"yamllint / convergence check: {theirs / ours:.1f} (best of {RUNS} each)\n")
    sys.stdout.write(
        f"peak memory of convergence check: {'not counted' if memory is None else f'{memory:.0f} MB'}\n"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else LINES)
