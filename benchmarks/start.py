"""What a start costs: `convergence score` on the examples, against an interpreter that imports its libraries.

    python benchmarks/start.py [RUNS]

Runs both in turn, RUNS times (30 unless given), each in a process of its own, and prints the ratio of their
least processor times: the least is what the work takes when nothing else is in the way. Needs the program
installed in the running Python, and a system that counts the time of a process (Linux, macOS).
"""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from pathlib import Path

RESPONSES = Path(__file__).parent.parent / "examples" / "responses.yaml"
LIBRARIES = ["import typer, pydantic, yaml\nclass One(pydantic.BaseModel):\n    name: str\n"]
SCORE = ["from convergence_cli.__main__ import main\nmain()", "score", str(RESPONSES), "-f", "json"]


def processor_time(code: list[str]) -> float:
    """Seconds of processor time that Python takes for `code`, its own start included."""
    env = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-c", *code], check=True, stdout=subprocess.DEVNULL, env=env)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 30
    times = [(processor_time(LIBRARIES), processor_time(SCORE)) for _ in range(runs)]
    libraries, score = (min(column) * 1000 for column in zip(*times, strict=True))
    sys.stdout.write(f"libraries {libraries:.0f} ms, score {score:.0f} ms: {score / libraries:.2f} times\n")


if __name__ == "__main__":
    main()
