"""The pages say what the program does: every shown output is the real one, every link leads somewhere.

A page marks an output with the command that makes it, on the line before the block:

    <!-- output: convergence score examples/responses.yaml -->

With CONVERGENCE_UPDATE_GOLDEN set, the blocks are first written anew from the program.
"""

from __future__ import annotations

import contextlib
import doctest
import html
import os
import re
import shlex
from pathlib import Path

import pytest
from running import ROOT, convergence

README = ROOT / "README.md"
PAGES = [README, ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
OUTPUT = re.compile(r"(<!-- output: convergence (.+?) -->\n+```\w+\n).*?(?=^```$)", re.S | re.M)
SESSION = re.compile(r"^```pycon\n(.*?)^```$", re.S | re.M)
FILE = re.compile(r"^```yaml\n(.*?)^```$", re.S | re.M)
LINK = re.compile(r"\]\((?!https?:|#|mailto:)([^)#\s]+)")
SET_UP = "python3 -m venv .venv && .venv/bin/pip install -q -c constraints.txt "
each_page = pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)


def read(page: Path) -> str:
    return page.read_text(encoding="utf-8")


def shown(match: re.Match[str]) -> str:
    """The block of a page with what its command prints at the top of the repository."""
    ended = convergence(*shlex.split(match[2]))
    assert "Traceback" not in ended.err
    return match[1] + ended.out + ended.err


@each_page
def test_a_shown_output_is_the_real_one(page: Path) -> None:
    real = OUTPUT.sub(shown, read(page))
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        page.write_text(real, encoding="utf-8", newline="\n")
    assert read(page) == real
    assert read(page).count("<!-- output: ") == len(OUTPUT.findall(real))


def test_the_readme_leads_with_a_real_report_and_each_set_up_is_one_line_that_can_be_pasted() -> None:
    first = OUTPUT.search(read(README))
    assert first
    assert first[2] == "score examples/responses.yaml"
    assert first.start() < read(README).index("```") < first.end()
    assert f"\n{SET_UP}. && .venv/bin/convergence score examples/responses.yaml\n" in read(README)
    assert f'\n{SET_UP}-e ".[test]" && .venv/bin/pytest -q\n' in read(README)


@each_page
def test_a_shown_python_session_runs_as_shown(page: Path) -> None:
    for session in SESSION.findall(read(page)):
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


@each_page
def test_a_link_leads_somewhere_and_nobody_to_the_other_package_of_that_name(page: Path) -> None:
    assert [target for target in LINK.findall(read(page)) if not (page.parent / target).exists()] == []
    assert re.findall(r"(?:install|uvx|add|pipx run)(?: -\S+)* convergence(?!-cli)\b", read(page)) == []


def test_the_pictures_show_the_report_as_it_is_and_load_nothing() -> None:
    """Made anew by ``docs/pictures/make.py``."""
    pictures = ROOT / "docs" / "pictures"
    drawn = read(pictures / "terminal.svg")
    told = "".join(html.unescape(re.sub(r"<[^>]+>", "", drawn)).split())
    report = convergence("score", "examples/responses.yaml").out
    assert [line for line in report.splitlines() if "".join(line.split()) not in told] == []
    assert re.findall(r"https?://[^\s\"']+", drawn) == ["http://www.w3.org/2000/svg"]
    assert [size for file in pictures.glob("*.[sp]*g") if (size := file.stat().st_size) > 200_000] == []


def test_contributing_names_files_that_exist() -> None:
    named = re.findall(r"`(\w+/\w+\.py)`", read(ROOT / "CONTRIBUTING.md"))
    assert len(named) > 9
    homes = (ROOT, ROOT / "src" / "convergence_cli")
    assert [name for name in named if not any((home / name).is_file() for home in homes)] == []
