"""What an installation holds, and that the built-in questionnaires are found in every kind of it.

The sdist is built from this tree; the wheel, the editable wheel and the plain checkout are
built or run from the unpacked sdist, so that nothing is found by accident in this tree.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
BUILT_IN = sorted(path.name for path in (ROOT / "questionnaires").glob("*.yaml"))

pytestmark = pytest.mark.package


def hatchling_builds(target: str, tree: Path, into: Path) -> Path:
    """Builds `target` of the sources in `tree`; no network, no isolated environment."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    done = subprocess.run(build, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = into.iterdir()
    return archive


def unzipped(archive: Path, into: Path) -> Path:
    with zipfile.ZipFile(archive) as wheel:
        wheel.extractall(into)
    return into


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked: a copy of the tree with nothing in it but the sources."""
    archive = hatchling_builds("sdist", ROOT, tmp_path_factory.mktemp("sdist"))
    into = tmp_path_factory.mktemp("checkout")
    with tarfile.open(archive) as sdist:
        sdist.extractall(into, filter="data")
    (tree,) = into.iterdir()
    return tree


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """What pip puts into site-packages."""
    archive = hatchling_builds("wheel", checkout, tmp_path_factory.mktemp("wheel"))
    return unzipped(archive, tmp_path_factory.mktemp("installed"))


@pytest.fixture(scope="module")
def editable(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder that an editable install adds to the import path."""
    archive = hatchling_builds("wheel:editable", checkout, tmp_path_factory.mktemp("editable"))
    (link,) = unzipped(archive, tmp_path_factory.mktemp("link")).glob("*.pth")
    return Path(link.read_text(encoding="utf-8").strip())


@pytest.fixture(scope="module")
def source(checkout: Path) -> Path:
    return checkout / "src"


def python(path: Path, *arguments: str) -> str:
    """Runs Python outside of this tree with `path` before everything else that is installed."""
    run = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=path.anchor,
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.mark.parametrize("kind", ["wheel", "editable", "source"])
def test_built_in_questionnaires_are_found(kind: str, request: pytest.FixtureRequest) -> None:
    path: Path = request.getfixturevalue(kind)
    package = python(path, "-c", "import convergence_cli; print(convergence_cli.__file__)")
    assert Path(package.strip()).is_relative_to(path)
    listing = python(path, "-m", "convergence_cli", "questionnaires")
    assert "convergence-2017" in listing
    assert "convergence-full" in listing


def test_the_wheel_holds_what_runs_and_nothing_else(wheel: Path) -> None:
    package, info = sorted(wheel.iterdir(), key=lambda path: path.name.endswith(".dist-info"))
    assert package.name == "convergence_cli"
    assert (package / "py.typed").is_file()
    assert sorted(path.name for path in (package / "questionnaires").iterdir()) == BUILT_IN
    assert "MIT License" in (info / "licenses" / "LICENSE").read_text(encoding="utf-8")


def test_both_commands_are_offered(wheel: Path) -> None:
    (entries,) = wheel.glob("*.dist-info/entry_points.txt")
    assert entries.read_text(encoding="utf-8").split("\n")[1:3] == [
        "convergence = convergence_cli.__main__:main",
        "convergence-cli = convergence_cli.__main__:main",
    ]


def test_installing_brings_four_libraries(wheel: Path) -> None:
    (metadata,) = wheel.glob("*.dist-info/METADATA")
    lines = metadata.read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    needed = [
        line.split(": ")[1] for line in lines if line.startswith("Requires-Dist") and "extra" not in line
    ]
    assert sorted(name.split(">=")[0] for name in needed) == ["pydantic", "pyyaml", "rich", "typer"]


def test_the_sdist_holds_the_tests_and_the_examples(checkout: Path) -> None:
    assert (checkout / "tests" / "test_package.py").is_file()
    assert (checkout / "questionnaires" / BUILT_IN[0]).is_file()
    assert not (checkout / ".venv").exists()
