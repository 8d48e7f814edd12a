"""``convergence score`` as a user meets it: bad input, streams, exit codes, what gets loaded."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from running import PROGRAM, ROOT, convergence, environment

SOUND = """\
questionnaire: convergence-2017@1
confidential: false
facts:
  plan-mapping: 11/12
respondents:
  - id: r01
    group: business
    answers:
      response-speed: 2
"""
TABLE = "questionnaire: convergence-2017@1\nconfidential: false\nrespondents: c.csv\n"
NOTHING = "There is no answer and no fact in {}, so there is nothing to score."


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def flat(text: str) -> str:
    return " ".join(text.split())


# Input that cannot be used: exit 2, a place, what was expected, the nearest right thing

BAD: list[tuple[str, str, str, list[str]]] = [
    ("response-speed:", "response-sped:", "9:7", ["of convergence-2017. Did you mean response-speed?"]),
    ("speed: 2", "speed: Disatisfied", "9:23", ["expected 1 (Very dissatisfied), 2 (", "mean Dissatisfied?"]),
    ("speed: 2", "speed: 6", "9:23", ["n/a or dont-know, found `6`."]),
    ("speed: 2", "speed: no", "9:23", ["n/a or dont-know, found `no`."]),
    ("speed: 2", "speed: .nan", "9:23", ["n/a or dont-know, found `.nan`."]),
    ("    group", "    role: CFO\n    group", "7:5", ["is not a known key here. Did you mean about.role?"]),
    ("confidential: false\n", "", "1:1", ["The file needs `confidential`. `confidential: true` means"]),
    ("false", "maybe", "2:15", ["expected true or false. `confidential: true` means"]),
    ("2017@1", "2017@9", "1:16", ["is not there: of convergence-2017 there is convergence-2017@1."]),
    ("convergence-2", "convergense-2", "1:16", ["is no questionnaire. Did you mean convergence-2017"]),
    ("11/12", "{count: 13, of: 12}", "4:17", ["found `13 of 12`. The first cannot be the larger."]),
    ("11/12", "{count: -1, of: 12}", "4:25", ["`count`: expected a whole number of 0 or more, found `-1`."]),
    (
        "plan-mapping: 11/12",
        "response-speed: 3",
        "4:3",
        ["`response-speed` is not a fact of the questionnaire. The facts are plan-"],
    ),
    ("response-speed: 2", "plan-mapping: 11/12", "9:7", ["given once for", "Write it under `facts`."]),
    ("facts:", "population: {business: 0}\nfacts:", "3:24", ["of 1 or more, found `0`."]),
    ("facts:", "population: {busines: 1}\nfacts:", "3:14", ["is not a group", "Did you mean business?"]),
    ("facts:", "min_group_size: few\nfacts:", "3:17", ["a whole number of 1 or more, found `few`."]),
    ("facts:", "period: 2026-Q5\nfacts:", "3:9", ["found `2026-Q5`"]),
    ("r01", "caf\udce9", "6:12", ["The file is not UTF-8 here."]),
]


@pytest.mark.parametrize(("old", "new", "place", "said"), BAD, ids=[new[:30] for _, new, *_ in BAD])
def test_bad_input_is_answered_with_a_place(
    old: str, new: str, place: str, said: list[str], tmp_path: Path
) -> None:
    (tmp_path / "responses.yaml").write_bytes(changed(old, new).encode("utf-8", "surrogateescape"))
    ended = convergence("score", "responses.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"responses.yaml:{place} error CV00")
    for sentence in said:
        assert sentence in flat(ended.err)
    assert max(map(len, ended.err.splitlines())) <= 170


# What small files come to

NOBODY = SOUND.partition("respondents:")[0]
UNSURE = changed("speed: 2", "speed: dont-know").replace("11/12", "dont-know")
NO_SCORE = changed("  plan-mapping: 11/12\n", "").replace("facts:\n", "")


@pytest.mark.parametrize(
    ("text", "options", "code", "said"),
    [
        (SOUND, "", 0, "1 of the business leaders and no IT leaders answered, by name."),
        (NOBODY, "", 0, "Nobody answered."),
        (UNSURE, "--full", 0, "1 don't know"),
        (UNSURE, "", 0, "response speed nobody could say"),
        (SOUND, "-f json", 0, '"name": "<stdin>"'),
        (SOUND, "--fail-under 58", 0, "58 of 100"),
        (SOUND, "--fail-under 59", 1, "--fail-under 59: the score is 58."),
        (SOUND, "--fail-under 59 -q", 1, ""),
        (NO_SCORE, "--fail-under 0", 1, "--fail-under 0: there is no score."),
        (changed("speed: 2", "speed: 9"), "", 2, "<stdin>:9:23 error"),
        ("", "", 3, "convergence: <stdin> is empty, so there is nothing to score."),
        ("# nothing yet\n", "", 3, "convergence: <stdin> is empty, so there is nothing to score."),
        ("questionnaire: convergence-2017@1\nconfidential: false\n", "", 3, NOTHING.format("<stdin>")),
    ],
)
def test_what_a_small_file_comes_to(text: str, options: str, code: int, said: str) -> None:
    """The result is on stdout alone, and all that is said beside it on stderr."""
    ended = convergence("score", "-", *options.split(), stdin=text.encode())
    assert (ended.code, bool(ended.out)) == (code, code < 2)
    assert said in flat(ended.err if code else ended.out)
    assert bool(ended.err) == bool(code and "-q" not in options)


@pytest.mark.parametrize("table", ["", "id,group,response-speed\n", "id,group,response-speed\np1,it,\n"])
def test_a_table_without_an_answer_is_nothing_to_do(table: str, tmp_path: Path) -> None:
    (tmp_path / "c.csv").write_text(table, encoding="utf-8")
    (tmp_path / "c.yaml").write_text(TABLE, encoding="utf-8")
    ended = convergence("score", "c.yaml", cwd=tmp_path)
    assert (ended.code, ended.out, ended.err) == (
        3,
        "",
        f"convergence: {NOTHING.format('c.yaml')}\n",
    )


# Ends


@pytest.mark.skipif(sys.platform == "win32", reason="Windows interrupts in another way")
def test_ctrl_c_ends_quietly(tmp_path: Path) -> None:
    """Interrupted while it waits for stdin, which it shows by having opened a named pipe."""
    pipe = tmp_path / "responses.yaml"
    os.mkfifo(pipe)
    process = subprocess.Popen(
        [*PROGRAM, "score", str(pipe)],
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # ignored below `nohup pytest &`
    )
    with process, pipe.open("wb"):
        time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert (process.returncode, out) == (130, b"")
    assert b"Traceback" not in err


@pytest.mark.parametrize("verbose", [[], ["-v"]])
def test_a_bug_asks_for_a_report(verbose: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("convergence_cli.commands.score.run_score", lambda options: 1 / 0)
    ended = convergence("score", "responses.yaml", *verbose)
    assert (ended.code, ended.out) == (4, "")
    assert "this is a bug in convergence (ZeroDivisionError). Please report it" in ended.err
    assert ("Traceback" in ended.err) == bool(verbose)


# What gets loaded


@pytest.mark.parametrize(
    ("arguments", "left_out"),
    [
        (["--version"], {"typer", "pydantic", "yaml", "rich"}),
        (["--help"], {"pydantic", "yaml", "rich"}),
        (["score", "examples/responses.yaml", "-f", "json"], {"rich"}),
        (["score", "examples/responses.yaml", "-f", "csv"], {"rich"}),
    ],
)
def test_nothing_is_loaded_before_it_is_needed(arguments: list[str], left_out: set[str]) -> None:
    command = [sys.executable, "-X", "importtime", *PROGRAM[1:], *arguments]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment(), check=True)
    loaded = re.findall(r"\| +(\w+)$", done.stderr.decode(), re.M)
    assert "convergence_cli" in loaded
    assert left_out.isdisjoint(loaded)


def test_no_plug_in_of_pydantic_sees_an_answer(tmp_path: Path) -> None:
    """One that is installed beside the program would be told all that is read."""
    (tmp_path / "spy.py").write_text("raise KeyError('a plug-in was loaded')\n")
    about = tmp_path / "spy-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: spy\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[pydantic]\nspy = spy:plugin\n")
    env = {"PYTHONPATH": os.pathsep.join([str(tmp_path), str(ROOT / "src")])}
    ended = convergence("score", "examples/responses.yaml", env=env, process=True)
    assert (ended.code, ended.err) == (0, "")
