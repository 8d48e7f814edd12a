"""What an installation holds, and that what comes with the program is found in every kind of it.

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
from running import PROGRAM, ROOT

BUILT_IN = sorted(path.name for path in (ROOT / "questionnaires").glob("*.yaml"))

pytestmark = pytest.mark.package


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sdist, unpacked: a copy of the tree with nothing in it but the sources."""
    with tarfile.open(built("sdist", ROOT, tmp_path_factory.mktemp("sdist"))) as sdist:
        into = tmp_path_factory.mktemp("checkout")
        sdist.extractall(into, filter="data")
    (tree,) = into.iterdir()
    return tree


@pytest.fixture(scope="module")
def paths(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """What each kind of installation puts on the import path: site-packages, or the sources."""
    installed = {}
    for target in ("wheel", "wheel:editable"):
        installed[target] = tmp_path_factory.mktemp("installed")
        with zipfile.ZipFile(built(target, checkout, tmp_path_factory.mktemp("wheel"))) as wheel:
            wheel.extractall(installed[target])
    (link,) = installed["wheel:editable"].glob("*.pth")
    added = Path(link.read_text(encoding="utf-8").strip())
    return {"wheel": installed["wheel"], "editable": added, "source": checkout / "src"}


def built(target: str, tree: Path, into: Path) -> Path:
    """`target` of the sources in `tree`, built without a network and an environment of its own."""
    build = [sys.executable, "-m", "hatchling", "build", "-t", target, "-d", str(into)]
    done = subprocess.run(build, cwd=tree, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    (archive,) = into.iterdir()
    return archive


def python(path: Path, *arguments: str) -> str:
    """Runs Python outside of this tree with `path` before everything else that is installed."""
    run = subprocess.run(
        [sys.executable, "-P", *arguments],
        cwd=path.anchor,
        env={**os.environ, "PYTHONPATH": str(path), "PYTHONUTF8": "1"},
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    assert (run.returncode, run.stderr) == (0, "")
    return run.stdout


@pytest.mark.parametrize("kind", ["wheel", "editable", "source"])
def test_the_built_in_questionnaires_and_the_method_are_found(kind: str, paths: dict[str, Path]) -> None:
    path = paths[kind]
    package = python(path, "-c", "import convergence_cli; print(convergence_cli.__file__)")
    assert Path(package.strip()).is_relative_to(path)
    listing = python(path, *PROGRAM[1:], "questionnaires")
    assert all(name.partition("@")[0] in listing for name in BUILT_IN)
    assert python(path, *PROGRAM[1:], "explain", "S9").startswith("Gap")


def test_the_wheel_holds_what_runs_and_nothing_else(paths: dict[str, Path]) -> None:
    package, info = sorted(paths["wheel"].iterdir())
    assert package.name == "convergence_cli"
    assert (package / "py.typed").is_file()
    assert sorted(path.name for path in (package / "questionnaires").iterdir()) == BUILT_IN
    assert "MIT License" in (info / "licenses" / "LICENSE").read_text(encoding="utf-8")
    assert (info / "entry_points.txt").read_text(encoding="utf-8").split("\n")[1:3] == [
        "convergence = convergence_cli.__main__:main",
        "convergence-cli = convergence_cli.__main__:main",
    ]
    lines = (info / "METADATA").read_text(encoding="utf-8").split("\n\n")[0].splitlines()
    needed = [line for line in lines if line.startswith("Requires-Dist") and "extra" not in line]
    libraries = [line.split(": ")[1].partition(">=")[0] for line in needed]
    assert sorted(libraries) == ["pydantic", "pyyaml", "rich", "typer"]


def test_the_sdist_holds_the_tests_and_the_examples(checkout: Path) -> None:
    assert (checkout / "tests" / "test_package.py").is_file()
    assert (checkout / "questionnaires" / BUILT_IN[0]).is_file()
    assert not (checkout / ".venv").exists()
