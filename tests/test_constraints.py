"""constraints.txt pins whatever the README's commands and .ci/run install, on every system and Python."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LINES = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
MACHINES = [
    {"sys_platform": platform, "platform_system": system, "python_version": python, "extra": ""}
    for platform, system in (("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows"))
    for python in ("3.11", "3.12", "3.13", "3.14")
]
PINS = {
    canonicalize_name(name): version
    for name, _, version in (line.partition("==") for line in LINES if not line.startswith("#"))
}


def needed(requirements: Iterable[str]) -> set[str]:
    """The names of `requirements` and of all that they need on any machine, as far as it is here."""
    names: set[str] = set()
    waiting = [Requirement(each) for each in requirements]
    while waiting:
        requirement = waiting.pop()
        name = canonicalize_name(requirement.name)
        marker = requirement.marker
        if name in names or (marker and not any(marker.evaluate(machine) for machine in MACHINES)):
            continue
        names.add(name)
        try:
            installed = distribution(name)
        except PackageNotFoundError:
            continue
        if installed.version == PINS.get(name):
            waiting += [Requirement(each) for each in installed.requires or ()]
    return names


def installed_by_us() -> list[str]:
    project, groups = PROJECT["project"], PROJECT["dependency-groups"]
    tools = [each for each in groups["dev"] if not each.startswith(project["name"])]
    return [*project["dependencies"], *project["optional-dependencies"]["test"], *tools]


def test_all_that_is_installed_is_pinned() -> None:
    assert needed(installed_by_us()) - PINS.keys() == set()
    assert "" not in PINS.values()


def test_the_build_back_end_is_pinned_with_all_that_it_needs() -> None:
    requires = [Requirement(each) for each in PROJECT["build-system"]["requires"]]
    pinned = {canonicalize_name(each.name): str(each.specifier) for each in requires}
    assert pinned == {name: f"=={PINS[name]}" for name in pinned}
    assert needed(["hatchling"]) <= pinned.keys()
