"""The ways into CI: the pre-commit hook, the action, the GitLab job, each run as its host would run it.

What a host does over the network, installing the program, is left out: the installed one runs.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import pytest
import yaml
from running import ROOT, environment

from convergence_cli.commands.check import options_of
from convergence_cli.model.options import CheckOptions
from convergence_cli.settings import read_settings

CI_PAGE = (ROOT / "docs" / "ci.md").read_text(encoding="utf-8")
SNIPPETS = [yaml.safe_load(text) for text in re.findall(r"^```yml\n(.*?)^```$", CI_PAGE, re.S | re.M)]
[HOOK] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
ACTION = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
STEPS = {step["name"]: step for step in ACTION["runs"]["steps"]}
SCRIPTS = Path(sys.executable).parent
BASH = shutil.which("bash")

needs_bash = pytest.mark.skipif(os.name == "nt" or not BASH, reason="these hosts have a POSIX shell")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A checkout with Northwind's plans."""
    work = tmp_path / "work"
    work.mkdir()
    for name in ("objectives.yaml", "plans.yaml"):
        shutil.copy(ROOT / "examples" / name, work)
    return work


def run(command: list[str], folder: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        command,
        cwd=folder,
        env=environment({"PATH": f"{SCRIPTS}{os.pathsep}{os.environ['PATH']}", **extra}),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# pre-commit


def hook_args() -> list[str]:
    (snippet,) = [each for each in SNIPPETS if "repos" in each]
    (used,) = snippet["repos"][0]["hooks"]
    assert used["id"] == HOOK["id"]
    return list(used["args"])


def test_the_hook_runs_when_something_changes_that_it_reads() -> None:
    read = ["plans.yaml", "plans/2026/it.yml", "portfolio.csv", "portfolio.xlsx", "convergence.toml"]
    others = ["tools/pyproject.toml", "README.md", "Cargo.toml", "plans.yaml.bak"]
    assert [path for path in read + others if re.search(HOOK["files"], path)] == read


@needs_bash
def test_the_hook_fails_on_northwind_and_passes_once_it_is_mended(folder: Path) -> None:
    command = [*shlex.split(HOOK["entry"]), *hook_args()]
    failed = run(command, folder)
    assert failed.returncode == 1
    assert "CV101 unlinked-plan" in failed.stdout
    passed = run([*command, "--fail-on", "never"], folder)
    assert (passed.returncode, passed.stderr) == (0, "")


# The action


def run_action(
    folder: Path, paths: str | None = None, options: str = "", within: str = "."
) -> tuple[subprocess.CompletedProcess[str], str]:
    """Runs the action's check as the runner does; what it did, and the job summary."""
    temp = folder.parent / "temp"
    temp.mkdir(exist_ok=True)
    summary = temp / "summary.md"
    summary.write_text("# Before\n", encoding="utf-8")
    script = temp / "step.sh"
    script.write_text(STEPS["Check"]["run"], encoding="utf-8")
    done = run(
        [BASH or "bash", "--noprofile", "--norc", "-eo", "pipefail", str(script)],
        folder / within,
        BIN=str(SCRIPTS),
        GITHUB_WORKSPACE=str(folder),
        PATHS=ACTION["inputs"]["paths"]["default"] if paths is None else paths,
        OPTIONS=options,
        RUNNER_TEMP=str(temp),
        GITHUB_STEP_SUMMARY=str(summary),
    )
    return done, summary.read_text(encoding="utf-8")


def test_no_script_of_the_action_holds_an_expression() -> None:
    """Whatever an input holds, it is a value to the shell and never a part of the script."""
    assert [each["name"] for each in ACTION["runs"]["steps"] if "${{" in each["run"]] == []


def test_every_input_of_the_action_is_used_and_shown() -> None:
    (snippet,) = [each for each in SNIPPETS if "jobs" in each]
    used = snippet["jobs"]["check"]["steps"][-1]["with"]
    assert used.keys() == ACTION["inputs"].keys()
    handed = {*STEPS["Check"]["env"].values(), STEPS["Check"]["working-directory"]}
    assert {f"${{{{ inputs.{name} }}}}" for name in used} <= handed


@needs_bash
def test_the_action_annotates_and_writes_the_job_summary(folder: Path) -> None:
    done, summary = run_action(folder, options="--today\n2026-11-20\n")
    assert (done.returncode, done.stderr) == (1, "")
    golden = ROOT / "tests" / "golden" / "check"
    assert done.stdout == (golden / "northwind.github").read_text(encoding="utf-8")
    assert summary == "# Before\n" + (golden / "northwind.md").read_text(encoding="utf-8")


@needs_bash
@pytest.mark.parametrize(
    ("paths", "options", "code"),
    [
        ("objectives.yaml\nplans.yaml", "--fail-on=never", 0),
        ("objectives.yaml\nplans.yaml", "--fail-on never --today 2026-11-20", 0),
        ("objectives.yaml\nplans.yaml", "--fail-on\r\nnever\r\n", 0),
        ("*.yaml", "--fail-on never", 0),
        ("**/*plan's.yaml\nobjectives.yaml", "", 1),
        ("*.yaml", "*", 2),
        ("objectives.yaml\r\nplans.yaml\r\n\r\n", "", 1),
        ("my plans/a plan's.yaml\nobjectives.yaml", "", 1),
        ("$(touch owned); `touch owned`", "", 2),
        ("plans.yaml", "--fail-no=never", 2),
        ("objectives.yaml", "", 3),
    ],
)
def test_the_action_hands_its_inputs_on_as_they_are(
    folder: Path, paths: str, options: str, code: int
) -> None:
    (folder / "my plans").mkdir()
    shutil.copy(folder / "plans.yaml", folder / "my plans" / "a plan's.yaml")
    done, summary = run_action(folder, paths, options)
    assert done.returncode == code
    assert summary.startswith("# Before\n")
    assert not list(folder.rglob("owned"))


@needs_bash
def test_the_action_runs_where_it_is_told_and_annotates_from_the_root(folder: Path) -> None:
    (folder / "it").mkdir()
    (folder / "plans.yaml").rename(folder / "it" / "plans.yaml")
    done, _ = run_action(folder, "*.yaml\n../objectives.yaml", "--today 2026-11-20", within="it")
    assert done.returncode == 1
    files = set(re.findall(r"::\w+ file=([^,]+),", done.stdout))
    assert "it/plans.yaml" in files
    assert files <= {"it/plans.yaml", "objectives.yaml"}


@needs_bash
def test_a_file_named_like_an_option_is_a_file(folder: Path) -> None:
    """Whoever may add a file to a change must not be able to switch the check off."""
    shutil.copy(folder / "plans.yaml", folder / "--fail-on=never.yaml")
    (folder / "plans.yaml").unlink()
    done, _ = run_action(folder, "*.yaml")
    assert done.returncode == 1
    assert "CV101" in done.stdout


# GitLab


@needs_bash
def test_the_gitlab_job_leaves_both_its_reports(folder: Path) -> None:
    (job,) = [each["plans"] for each in SNIPPETS if "plans" in each]
    (line,) = job["script"]
    done = run([BASH or "bash", "-c", line], folder)
    assert (done.returncode, done.stdout, done.stderr) == (1, "", "")
    reports = job["artifacts"]["reports"]
    issues = json.loads((folder / reports["codequality"]).read_text(encoding="utf-8"))
    assert {"CV101 unlinked-plan", "CV108 objective-ended"} <= {issue["check_name"] for issue in issues}
    assert "<testsuites>" in (folder / reports["junit"]).read_text(encoding="utf-8")
    assert job["artifacts"]["when"] == "always"


# The page


def test_the_page_shows_settings_that_can_be_read(tmp_path: Path) -> None:
    (settings,) = re.findall(r"^```toml\n(.*?)^```$", CI_PAGE, re.S | re.M)
    (tmp_path / "convergence.toml").write_text(settings, encoding="utf-8")
    options = options_of(read_settings(tmp_path), {})
    assert options.require == ("budget", "champion")
    assert options.min == {"plans-mapped": Fraction(4, 5)}


def test_the_page_names_every_setting_and_what_holds_without_it() -> None:
    for name, value in CheckOptions().model_dump(exclude={"min", "require", "ignore", "fail_on"}).items():
        assert f"`{name} = {list(value) if isinstance(value, tuple) else f'{value:g}'}`" in CI_PAGE


def test_the_page_names_every_format() -> None:
    from convergence_cli.commands.check import FORMATS

    named = dict(re.findall(r"^\| `(\w+)` \|.*\| (.*?) ?\|$", CI_PAGE, re.M))
    assert {name: [suffix] if suffix else [] for name, suffix in named.items()} == {
        name: [f"`{suffix}`" for suffix in form.suffixes] for name, form in FORMATS.items()
    }
