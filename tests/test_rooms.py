"""The rooms of the program and the doors between them: who may import whom.

A room is a module or a folder directly under `src/convergence_cli`. CONTRIBUTING.md shows
the same table to people; the last test holds the two together.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SRC = ROOT / "src"
PACKAGE = SRC / "convergence_cli"
MODULES = sorted(PACKAGE.rglob("*.py"))
LONGEST = 600

DOORS = {
    "problems": "",
    "terminal": "",
    "model": "problems",
    "results": "problems",
    "documents": "problems",
    "evidence": "problems model results",
    "scoring": "problems model results",
    "checking": "problems model results",
    "inputs": "problems model documents",
    "settings": "problems documents",
    "surveys": "problems model documents",
    "render": "problems results terminal",
    "explain": "problems checking",
}
EVERYTHING = {"commands", "api", "cli", "__main__", "__init__"}
"""Rooms that may import any other; `__init__` loads the public names on first use."""

LIBRARIES = {
    "yaml": {"documents"},
    "rich": {"render", "terminal"},
    "xlsxwriter": {"render"},
    "openpyxl": {"documents"},
    "typer": {"cli", "commands"},
    "pydantic": {"model", "results", "inputs", "settings", "surveys", "commands"},
    "importlib": EVERYTHING | {"inputs", "render"},
}
"""The rooms that may use a library; any other library from outside is refused in every room."""

PURE = {"scoring", "checking", "evidence", "model", "results"}
OUTSIDE_WORLD = {
    *("os", "sys", "io", "pathlib", "tempfile", "shutil", "glob", "platform", "locale", "getpass"),
    *("time", "random", "secrets", "uuid", "socket", "subprocess", "logging"),
}
ACTIONS = {"print", "open", "input", "exec", "eval", "breakpoint", "__import__"}
CLOCKS = ("date.today", "datetime.today", "datetime.now", "datetime.utcnow")


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_names(source: str, module: str) -> Iterator[str]:
    """Every dotted name that `source` imports, wherever the import stands.

    `module` is the dotted name of `source` itself, from which relative imports are made
    absolute; `from a import b` gives `a.b`.
    """
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parents = module.split(".")[: -node.level] if node.level else []
            origin = ".".join(filter(None, [*parents, node.module]))
            yield from (f"{origin}.{alias.name}" for alias in node.names)


def doors_used(names: set[str]) -> set[str]:
    """The rooms behind `names`; `__version__` is a constant of the package and opens no door."""
    own = {name.removeprefix("convergence_cli").lstrip(".") for name in names if is_ours(name)}
    return {name.split(".")[0] or "__init__" for name in own - {"__version__"}}


def libraries_used(names: set[str]) -> set[str]:
    tops = {name.split(".")[0].removesuffix("_core") for name in names if not is_ours(name)}
    return {top for top in tops if top in LIBRARIES or top not in sys.stdlib_module_names}


def is_ours(name: str) -> bool:
    return name.split(".")[0] == "convergence_cli"


def reaches_outside(source: str) -> set[str]:
    """What in `source` prints, reads a file or a clock, or throws dice."""
    tree = ast.parse(source)
    found = {name.split(".")[0] for name in imported_names(source, "")} & OUTSIDE_WORLD
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ACTIONS:
            found.add(f"{node.func.id}()")
        elif isinstance(node, ast.Attribute) and ast.unparse(node).endswith(CLOCKS):
            found.add(ast.unparse(node))
    return found


def relative(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_a_module_belongs_to_a_room_and_uses_only_its_doors_and_libraries(module: Path) -> None:
    """A pure room prints nothing and knows no file and no clock."""
    room, source = room_of(module), module.read_text(encoding="utf-8")
    names = set(imported_names(source, ".".join(module.relative_to(SRC).with_suffix("").parts)))
    assert room in DOORS.keys() | EVERYTHING, f"{relative(module)} belongs to no room"
    if room not in EVERYTHING:
        assert doors_used(names) - {room} <= set(DOORS[room].split())
    assert {name for name in libraries_used(names) if room not in LIBRARIES.get(name, ())} == set()
    if room in PURE:
        assert reaches_outside(source) == set()


def test_no_module_is_longer_than_a_reader_holds_in_mind() -> None:
    lengths = {relative(module): len(module.read_text(encoding="utf-8").splitlines()) for module in MODULES}
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_imports_are_found_wherever_they_stand() -> None:
    source = """
import yaml
import convergence_cli
from convergence_cli import __version__, problems
from . import tally
from ..results.score import Report
if TYPE_CHECKING:
    from convergence_cli.model import questionnaire
def late():
    from rich.console import Console
"""
    names = set(imported_names(source, "convergence_cli.scoring.engine"))
    assert doors_used(names) == {"__init__", "problems", "scoring", "results", "model"}
    assert libraries_used(names) == {"yaml", "rich"}


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("import datetime\nrun = datetime.date.today", {"datetime.date.today"}),
        ("import random, math", {"random"}),
        ("def show(x):\n    print(open(x))", {"print()", "open()"}),
        ("from datetime import date\nrun = date(2026, 11, 1) < plan.today", set()),
    ],
)
def test_what_reaches_outside_is_seen(source: str, found: set[str]) -> None:
    assert reaches_outside(source) == found


def test_contributing_shows_the_same_doors() -> None:
    page = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `(\w+)[^|]*\|[^|]*\| (.*?) *\|$", page, re.MULTILINE)
    shown = {room: set(re.findall(r"\w+", doors)) for room, doors in rows if doors != "everything"}
    assert shown == {room: set(doors.split()) for room, doors in DOORS.items()}
