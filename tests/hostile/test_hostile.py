"""Whatever a file holds: an exit code from 0 to 3, few lines, and nothing that steers a terminal."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from hostile_files import Case, cases
from running import convergence

MOST_LINES = 1500
"""A hundred problems, each with its line, a caret, and what to do: for a reading that ends."""


@pytest.mark.parametrize("case", [*cases()], ids=lambda case: case.name)
def test_a_hostile_file_is_answered(case: Case, tmp_path: Path) -> None:
    case.write(tmp_path, case.few)
    for command in case.read_by:
        ended = convergence(*command, cwd=tmp_path)
        told = ended.out + ended.err
        assert ended.code in (0, 1, 2, 3), told
        assert "Traceback" not in told
        assert {c for c in told if unicodedata.category(c)[0] == "C"} <= {"\n"}
        assert "\u3164" not in told
        if ended.code == 2:
            assert told.count("\n") < MOST_LINES
