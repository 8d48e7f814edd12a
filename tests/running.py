"""The command line as a user runs it: its arguments, its folder, what is typed to it, its environment."""

from __future__ import annotations

import gc
import importlib.util
import io
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest

from convergence_cli.__main__ import main

ROOT = Path(__file__).parent.parent
PROGRAM = [sys.executable, "-m", "convergence_cli"]
SILENT = ("NO_COLOR", "FORCE_COLOR", "COLUMNS", "PYTHONIOENCODING", "LC_ALL", "LANG")
"""What could change an output, and is set by a test alone."""


@dataclass(frozen=True)
class Ended:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


def environment(extra: Mapping[str, str] | None = None) -> dict[str, str]:
    usual = {name: value for name, value in os.environ.items() if name not in SILENT}
    return {**usual, "PYTHONUTF8": "1", **(extra or {})}


def convergence(
    *arguments: str | Path,
    cwd: Path = ROOT,
    stdin: bytes = b"",
    env: Mapping[str, str] | None = None,
    process: bool = False,
) -> Ended:
    """How ``convergence ARGUMENTS`` ends in `cwd`.

    It runs in this process, which leaves nothing behind and costs no start. In a `process` of its own where
    the interpreter is the point: its encoding, its hash seed, what it loads.
    """
    run = in_a_process if process else in_this_process
    code, out, err = run([str(argument) for argument in arguments], cwd, stdin, environment(env))
    return Ended(code, out.decode("utf-8"), err.decode("utf-8"))


def in_this_process(
    arguments: list[str], cwd: Path, stdin: bytes, env: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    typed, out, err = io.BytesIO(stdin), io.BytesIO(), io.BytesIO()
    streams: dict[str, Any] = {
        name: io.TextIOWrapper(stream, encoding="utf-8", write_through=True)
        for name, stream in (("stdin", typed), ("stdout", out), ("stderr", err))
    }
    garbage = gc.get_threshold()
    with (
        chdir(cwd),
        patch.dict(os.environ, env, clear=True),
        patch.multiple(sys, argv=["convergence", *arguments], **streams),
        pytest.raises(SystemExit) as end,
    ):
        main()
    gc.set_threshold(*garbage)
    return int(end.value.code or 0), out.getvalue(), err.getvalue()


def in_a_process(
    arguments: list[str], cwd: Path, stdin: bytes, env: Mapping[str, str]
) -> tuple[int, bytes, bytes]:
    done = subprocess.run(
        [*PROGRAM, *arguments], cwd=cwd, env=env, input=stdin, capture_output=True, check=False
    )
    return done.returncode, done.stdout, done.stderr


def benchmark(name: str) -> Any:
    """`benchmarks/NAME.py` as a module."""
    spec = importlib.util.spec_from_file_location(f"{name}_benchmark", ROOT / "benchmarks" / f"{name}.py")
    assert spec
    assert spec.loader
    module = sys.modules[spec.name] = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
