"""The pages say what the program does: every shown output is the real one, every link leads somewhere.

A page marks an output with the command that makes it, on the line before the block:

    <!-- output: convergence score examples/responses.yaml -->

With CONVERGENCE_UPDATE_GOLDEN set, the blocks are first written anew from the program.
"""

from __future__ import annotations

import contextlib
import doctest
import os
import re
import shlex
from pathlib import Path

import pytest
from running import ROOT, convergence

README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OUTPUT = re.compile(
    r"(?P<mark><!-- output: (?P<command>.+?) -->\n+```\w+\n)(?P<text>.*?)(?=^```$)", re.S | re.M
)
SESSION = re.compile(r"^```pycon\n(.*?)^```$", re.S | re.M)
FILE = re.compile(r"^```yaml\n(.*?)^```$", re.S | re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt "
FIRST_REPORT = SET_UP + ". && .venv/bin/convergence score examples/responses.yaml"
FIRST_TESTS = SET_UP + '-e ".[test]" && .venv/bin/pytest -q'


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def matches(pattern: re.Pattern[str], group: int | str) -> list[tuple[Path, str]]:
    """What `pattern` finds in each page, once."""
    found = [(page, match[group]) for page in PAGES for match in pattern.finditer(read(page))]
    return list(dict.fromkeys(found))


def page_name(value: object) -> str | None:
    return value.name if isinstance(value, Path) else None


def output_of(command: str) -> str:
    """What `command` prints for a reader who types it at the top of the repository."""
    program, *arguments = shlex.split(command)
    assert program == "convergence", f"a page shows the output of another program: {command}"
    ended = convergence(*arguments)
    assert "Traceback" not in ended.err
    return ended.out + ended.err


def write_outputs(page: Path) -> None:
    fresh = OUTPUT.sub(lambda match: match["mark"] + output_of(match["command"]), read(page))
    page.write_text(fresh, encoding="utf-8", newline="\n")


@pytest.fixture(scope="module", autouse=True)
def _fresh_outputs() -> None:
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        for page in PAGES:
            write_outputs(page)


@pytest.mark.parametrize(("page", "command"), matches(OUTPUT, "command"), ids=page_name)
def test_a_shown_output_is_the_real_one(page: Path, command: str) -> None:
    shown = {match["command"]: match["text"] for match in OUTPUT.finditer(read(page))}
    assert shown[command] == output_of(command)


def test_the_readme_leads_with_a_real_report() -> None:
    first_block = read(README).index("```")
    first_output = OUTPUT.search(read(README))
    assert first_output
    assert first_output["command"] == "convergence score examples/responses.yaml"
    assert first_output.start() < first_block < first_output.end()


@pytest.mark.parametrize(("page", "session"), matches(SESSION, 1), ids=page_name)
def test_a_shown_python_session_runs_as_shown(page: Path, session: str) -> None:
    example = doctest.DocTestParser().get_doctest(session, {}, page.name, str(page), 0)
    report: list[str] = []
    with contextlib.chdir(ROOT):
        result = doctest.DocTestRunner(verbose=False).run(example, out=report.append)
    assert result.failed == 0, "".join(report)
    assert result.attempted > 0


@pytest.mark.parametrize("text", FILE.findall(read(README)))
def test_a_shown_file_is_one_that_the_program_takes(text: str, tmp_path: Path) -> None:
    file = tmp_path / "responses.yaml"
    file.write_text(text, encoding="utf-8")
    assert convergence("validate", file).code == 0


@pytest.mark.parametrize("command", [FIRST_REPORT, FIRST_TESTS])
def test_each_set_up_is_one_line_that_can_be_pasted(command: str) -> None:
    assert f"\n{command}\n" in read(README)


@pytest.mark.parametrize(("page", "target"), matches(LINK, 1), ids=page_name)
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    assert (page.parent / target).exists()


@pytest.mark.parametrize("page", PAGES, ids=page_name)
def test_nobody_is_sent_to_the_other_package_of_that_name(page: Path) -> None:
    assert re.findall(r"(?:install|uvx|add|pipx run)(?: -\S+)* convergence(?!-cli)\b", read(page)) == []
