"""The report of the example organisation, byte for byte, in every format.

The expected outputs lie in ``tests/golden/score``; set CONVERGENCE_UPDATE_GOLDEN=1 to write them anew.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from reports import without_styles
from running import ROOT, convergence

from convergence_cli.commands.score import FORMATS

GOLDEN = ROOT / "tests" / "golden" / "score"
RESPONSES = "examples/responses.yaml"
CASES = {
    "northwind.txt": (RESPONSES,),
    "northwind.json": (RESPONSES, "-f", "json"),
    "northwind.csv": (RESPONSES, "-f", "csv"),
    "northwind-by-unit.txt": (RESPONSES, "--by", "unit"),
    "northwind-full.txt": (RESPONSES, "--full"),
    "northwind.md": (RESPONSES, "-f", "markdown"),
}
IN_TESTS_OF_THEIR_OWN = {"html", "xlsx"}
TEXTS = [name for name in CASES if name.endswith(".txt")]


def golden(name: str) -> str:
    return (GOLDEN / name).read_bytes().decode("utf-8")


@pytest.mark.parametrize("name", CASES)
def test_the_report_is_the_expected_one(name: str) -> None:
    ended = convergence("score", *CASES[name])
    assert (ended.code, ended.err) == (0, "")
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        GOLDEN.mkdir(parents=True, exist_ok=True)
        (GOLDEN / name).write_text(ended.out, encoding="utf-8", newline="\n")
    assert ended.out == golden(name)


def test_every_format_of_a_report_has_an_expected_one() -> None:
    shown = {arguments[-1] if "-f" in arguments else "text" for arguments in CASES.values()}
    assert shown == set(FORMATS) - IN_TESTS_OF_THEIR_OWN


@pytest.mark.parametrize("name", ["northwind.txt", "northwind.json"])
@pytest.mark.parametrize(
    "env",
    [
        {},
        {"PYTHONHASHSEED": "1"},
        {"NO_COLOR": "1"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "ascii", "PYTHONUTF8": "0"},
        {"TZ": "Pacific/Kiritimati", "COLUMNS": "200"},
    ],
    ids=lambda env: " ".join(env) or "again",
)
def test_nothing_around_it_moves_a_byte(name: str, env: dict[str, str]) -> None:
    ended = convergence("score", *CASES[name], env=env, process=True)
    assert (ended.code, ended.err) == (0, "")
    assert ended.out == golden(name)


def test_the_folder_one_stands_in_moves_no_byte(tmp_path: Path) -> None:
    file = ROOT / RESPONSES
    assert convergence("score", file, "-f", "json", cwd=tmp_path).out == golden("northwind.json")
    beside = convergence("score", "responses.yaml", "-f", "json", cwd=file.parent)
    assert beside.out == golden("northwind.json")


@pytest.mark.parametrize("name", TEXTS)
def test_a_report_names_only_commands_that_exist(name: str) -> None:
    lines = [" ".join(line.removeprefix("Next:").split()) for line in golden(name).splitlines()]
    for line in lines:
        if line.startswith("convergence "):
            ended = convergence(line.split()[1], "--help")
            assert ended.code == 0


def test_colour_marks_and_never_carries_the_meaning_alone() -> None:
    coloured = convergence("score", RESPONSES, "--color", "always").out
    assert "\x1b[" in coloured
    assert without_styles(coloured) == golden("northwind.txt")


def test_all_formats_at_once(tmp_path: Path) -> None:
    """``-o`` may be repeated, and says the same as ``-f``; stdout stays empty."""
    files = ["report.txt", "report.json", "report.csv"]
    arguments = [argument for file in files for argument in ("-o", str(tmp_path / file))]
    ended = convergence("score", RESPONSES, *arguments)
    assert (ended.code, ended.out) == (0, "")
    for file in files:
        expected = golden(file.replace("report", "northwind"))
        assert (tmp_path / file).read_bytes().decode() == expected
