"""``convergence score`` as a user meets it: bad input, streams, exit codes, what gets loaded."""

from __future__ import annotations

import os
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
NOTHING = "There is no answer and no fact in it, so there is nothing to score."


def changed(old: str, new: str) -> str:
    assert old in SOUND
    return SOUND.replace(old, new)


def flat(text: str) -> str:
    return " ".join(text.split())


# Input that cannot be used: exit 2, a place, what was expected, the nearest right thing

BAD = {
    "unknown question": (
        changed("response-speed:", "response-sped:"),
        "9:7",
        ["`response-sped` is not a question of convergence-2017", "Did you mean response-speed?"],
    ),
    "unknown label": (
        changed("speed: 2", "speed: Disatisfied"),
        "9:23",
        [
            "`response-speed`: expected 1 (Very dissatisfied), 2 (",
            "n/a or dont-know, found `Disatisfied`. Did you mean Dissatisfied?",
        ],
    ),
    "value off the scale": (changed("speed: 2", "speed: 6"), "9:23", ["n/a or dont-know, found `6`."]),
    "boolean where a label is meant": (
        changed("speed: 2", "speed: no"),
        "9:23",
        ["n/a or dont-know, found `no`."],
    ),
    "not a number": (changed("speed: 2", "speed: .nan"), "9:23", ["n/a or dont-know, found `.nan`."]),
    "duplicate key": (
        SOUND + "      response-speed: 3\n",
        "10:7",
        ["`response-speed` stands twice", "first in line 9"],
    ),
    "duplicate respondent": (
        SOUND + SOUND[SOUND.index("  - id") :],
        "10:9",
        ["`r01` stands twice.", "First here: responses.yaml:6:9."],
    ),
    "wrong group": (
        changed("group: business", "group: bussiness"),
        "7:12",
        ["`bussiness` is not a group of convergence-2017. Did you mean business?"],
    ),
    "unknown key beside about": (
        changed("    group", "    role: CFO\n    group"),
        "7:5",
        ["`role` is not a known key here.", "Did you mean about.role?"],
    ),
    "no promise": (
        changed("confidential: false\n", ""),
        "1:1",
        ["The file needs `confidential`.", "`confidential: true` means", "`confidential: false` means"],
    ),
    "unknown version": (
        changed("2017@1", "2017@9"),
        "1:16",
        ["`convergence-2017@9` is not there: of convergence-2017 there is convergence-2017@1."],
    ),
    "unknown questionnaire": (
        changed("convergence-2017@1", "convergense-2017"),
        "1:16",
        ["`convergense-2017` is no questionnaire. Did you mean convergence-2017"],
    ),
    "more than all": (
        changed("11/12", "{count: 13, of: 12}"),
        "4:17",
        ["found `13 of 12`.", "The first cannot be the larger."],
    ),
    "negative count": (
        changed("11/12", "{count: -1, of: 12}"),
        "4:25",
        ["`count`: expected a whole number of 0 or more, found `-1`."],
    ),
    "opinion as a fact": (
        changed("plan-mapping: 11/12", "response-speed: 3"),
        "4:3",
        ["`response-speed` is asked of each person, so it is no fact"],
    ),
    "fact as an opinion": (
        changed("response-speed: 2", "plan-mapping: 11/12"),
        "9:7",
        ["`plan-mapping` is a fact, given once for the organisation", "Write it under `facts`."],
    ),
    "population too small": (
        changed("facts:", "population: {business: 1}\nfacts:")
        + "  - {id: r02, group: business, answers: {}}\n",
        "3:24",
        ["`business`: 2 people answered, more than the 1 there are."],
    ),
    "small groups of none": (
        changed("facts:", "min_group_size: few\nfacts:"),
        "3:17",
        ["`min_group_size`: expected a whole number of 1 or more, found `few`."],
    ),
    "two values in a line": (
        changed("speed: 2", "speed: 2: 3"),
        "9:24",
        ["This value holds a second `: `. Put the value in quotes."],
    ),
    "bad period": (changed("facts:", "period: 2026-Q5\nfacts:"), "3:9", ["found `2026-Q5`"]),
    "two hundred kilobytes of [": ("[" * 200_000, "1:65", ["nested more than 64 deep"]),
    "alias bomb": (
        "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
        "1:4",
        ["names a value to copy it elsewhere. Such anchors are not read."],
    ),
    "no mapping": ("- a\n- b\n", "1:1", ["The file: expected a mapping"]),
}


@pytest.mark.parametrize("name", BAD)
def test_bad_input_is_answered_with_a_place(name: str, tmp_path: Path) -> None:
    text, place, said = BAD[name]
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    ended = convergence("score", "responses.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith(f"responses.yaml:{place} error CV00")
    for sentence in said:
        assert sentence in flat(ended.err)
    assert "Traceback" not in ended.err
    assert max(map(len, ended.err.splitlines())) <= 170


@pytest.mark.parametrize("broken", ["My boss: she is slow", "*boss", '"My boss\\q"', "- boss", "'boss"])
@pytest.mark.parametrize("command", ["score", "validate"])
def test_a_broken_line_of_somebodys_sheet_is_not_repeated(command: str, broken: str, tmp_path: Path) -> None:
    """It may be a comment, and nobody knows yet what people were promised."""
    text = changed("speed: 2", f"speed:\n          now: 2\n          comment: {broken}")
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    ended = convergence(command, "responses.yaml", cwd=tmp_path)
    assert ended.code == 2
    assert "responses.yaml:1" in ended.out + ended.err
    assert "boss" not in ended.out + ended.err


def test_every_problem_of_every_file_is_told_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.yaml").write_text(
        changed("speed: 2", "speed: 9\n      awareness: maybe"), encoding="utf-8"
    )
    other = changed("business", "bussiness").replace("r01", "r02")
    (tmp_path / "b.yaml").write_text(other, encoding="utf-8")
    (tmp_path / "c.csv").write_text("id,group,response-speed\np1,it,7\n", encoding="utf-8")
    (tmp_path / "c.yaml").write_text(TABLE, encoding="utf-8")
    ended = convergence("score", "a.yaml", "b.yaml", "c.yaml", cwd=tmp_path)
    assert ended.code == 2
    for place in ("a.yaml:9:23", "a.yaml:10:18", "b.yaml:7:12", "c.csv:2:7"):
        assert f"{place} error CV004" in ended.err
    assert ended.err.endswith("4 problems.\n")


BYTES = {
    "a binary file": (b"PK\x03\x04\x00\x00\x08", "1:5", "looks like a binary file"),
    "a stray byte": (SOUND.encode().replace(b"r01", b"caf\xe9"), "6:12", "The file is not UTF-8 here."),
}


@pytest.mark.parametrize("name", BYTES)
def test_bytes_that_are_no_text(name: str, tmp_path: Path) -> None:
    data, place, said = BYTES[name]
    (tmp_path / "responses.yaml").write_bytes(data)
    ended = convergence("score", "responses.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert f"responses.yaml:{place} error CV001" in ended.err
    assert said in flat(ended.err)


def test_a_directory_is_no_file(tmp_path: Path) -> None:
    ended = convergence("score", tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "This is a directory, and a file is needed." in ended.err


def test_a_file_that_is_not_there_brings_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "responses.yaml").write_text(SOUND, encoding="utf-8")
    ended = convergence("score", "response.yml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "There is no such file. Did you mean responses.yaml?" in ended.err


def test_a_name_that_no_file_can_have_is_no_name_of_an_error(tmp_path: Path) -> None:
    ended = convergence("score", "x" * 300, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "Errno" not in ended.err


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_what_editors_save_is_read(encoding: str, tmp_path: Path) -> None:
    (tmp_path / "responses.yaml").write_text(SOUND, encoding=encoding)
    assert convergence("score", "responses.yaml", cwd=tmp_path).code == 0


def test_that_nobody_could_say_is_reported(tmp_path: Path) -> None:
    text = changed("speed: 2", "speed: dont-know").replace("plan-mapping: 11/12", "plan-mapping: dont-know")
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    ended = convergence("score", "responses.yaml", cwd=tmp_path)
    assert (ended.code, ended.err) == (0, "")
    assert "1 don't know" in ended.out
    assert "response speed      nobody could say" in ended.out


# Nothing to do: exit 3

EMPTY = {
    "empty.yaml": "",
    "comment.yaml": "# nothing yet\n",
    "header.yaml": "questionnaire: convergence-2017@1\nconfidential: false\n",
    "empty.csv": "",
    "header.csv": "id,group,response-speed\n",
    "skipped.csv": "id,group,response-speed\np1,it,\n",
}


@pytest.mark.parametrize("name", EMPTY)
def test_without_an_answer_and_a_fact_there_is_nothing_to_do(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(EMPTY[name], encoding="utf-8")
    if name.endswith(".csv"):
        (tmp_path / "cover.yaml").write_text(TABLE.replace("c.csv", name))
        name = "cover.yaml"
    ended = convergence("score", name, cwd=tmp_path)
    assert (ended.code, ended.out) == (3, "")
    assert ended.err in (
        f"convergence: {name} is empty, so there is nothing to score.\n",
        f"convergence: {NOTHING}\n",
    )


# Confidential files: messages show no answer, no excerpt, no id

LEAKY = """\
questionnaire: convergence-2017@1
confidential: true
facts: {plan-mapping: Secret}
respondents:
  - id: Secret1
    group: business
    answers:
      response-speed: Secret2
      awareness: {now: Secret3, wnat: Secret4, comment: Secret5}
      contribution: [Secret6]
    about: [Secret7]
  - Secret8
  - {id: Secret9, group: it, answers: Secret10}
  - {id: Secret11, group: it, answers: {}}
  - {id: Secret11, group: it, answers: {response-speed: {count: Secret12, of: 2}}}
"""


@pytest.mark.parametrize(
    "text",
    [
        LEAKY,
        LEAKY.replace("confidential: true\n", ""),
        LEAKY.replace("confidential: true", "confidential: no"),
        LEAKY[: LEAKY.index("respondents")] + "respondents: Secret\n",
        LEAKY[: LEAKY.index("respondents")] + "respondents: {a: Secret}\n",
        LEAKY.replace("Secret2", '"Secret'),
        LEAKY.replace("    group: business", "    group: business\n    id: Secret"),
        LEAKY.replace("Secret2", "&Secret x"),
        LEAKY.replace("Secret2", "Secret\x00"),
    ],
)
def test_messages_about_confidential_answers_quote_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    ended = convergence("score", "responses.yaml", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert "error CV00" in ended.err
    assert "ecret" not in ended.err


def test_a_confidential_file_allows_one_cut(tmp_path: Path) -> None:
    text = changed("confidential: false", "confidential: true\ncut_by: unit")
    (tmp_path / "responses.yaml").write_text(text, encoding="utf-8")
    by = convergence("score", "responses.yaml", "--by", "role", cwd=tmp_path)
    assert (by.code, by.out) == (2, "")
    assert "the file allows one cut: `--by unit`" in by.err


def test_one_person_and_nobody_are_told_in_good_english(tmp_path: Path) -> None:
    (tmp_path / "one.yaml").write_text(SOUND, encoding="utf-8")
    facts_alone = SOUND.partition("respondents:")[0]
    (tmp_path / "nobody.yaml").write_text(facts_alone, encoding="utf-8")
    one = convergence("score", "one.yaml", cwd=tmp_path).out
    assert "1 of the business leaders and no IT leaders answered, by name." in one
    assert "\nNobody answered. " in convergence("score", "nobody.yaml", cwd=tmp_path).out


# Wrong usage

USAGE = [
    (["--nope"], "--nope"),
    (["responses.yaml"], "responses.yaml is named twice: write it once."),
    (["-f", "jsn"], "There is no format `jsn`."),
    (["-f", "jsn"], "Did you mean json?"),
    (["-o", "report.pdf"], "The suffix of report.pdf names no format."),
    (["-o", "nowhere/report.json"], "nowhere/report.json cannot be written: "),
    (["--lang", "de"], "convergence-2017 speaks en, not de."),
    (["--fail-under", "nan"], "--fail-under takes points from 0 to 100, not nan."),
    (["--color", "red"], "--color takes auto, always or never, not `red`."),
    (["--today", "tomorrow"], "--today tomorrow: expected a day as YYYY-MM-DD"),
    (["--by", "role"], "No respondent has `role` under `about`."),
    (["--explain", "speed"], "There is no figure `speed` to explain."),
    (["-", "-"], "stdin can be read once"),
]


@pytest.mark.parametrize(("arguments", "said"), USAGE)
def test_wrong_usage_is_one_sentence(arguments: list[str], said: str, tmp_path: Path) -> None:
    (tmp_path / "responses.yaml").write_text(SOUND, encoding="utf-8")
    ended = convergence("score", "responses.yaml", *arguments, cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.startswith("convergence: ")
    assert said in ended.err
    assert ended.err.count("\n") == 1


def test_a_question_ends_without_a_full_stop(tmp_path: Path) -> None:
    ended = convergence("scor", cwd=tmp_path)
    assert (ended.code, ended.out) == (2, "")
    assert ended.err.endswith(" Try `convergence --help`.\n")
    assert "?." not in ended.err


# Streams and ends


def test_stdin_is_read(tmp_path: Path) -> None:
    ended = convergence("score", "-", "-f", "json", cwd=tmp_path, stdin=SOUND.encode())
    assert (ended.code, ended.err) == (0, "")
    assert '"name": "<stdin>"' in ended.out
    wrong = convergence("score", "-", cwd=tmp_path, stdin=changed("speed: 2", "speed: 9").encode())
    assert (wrong.code, wrong.out) == (2, "")
    assert wrong.err.startswith("<stdin>:9:23 error")


def test_a_missed_threshold_is_said_beside_the_result(tmp_path: Path) -> None:
    ended = convergence("score", "-", "--fail-under", "59", "-f", "json", stdin=SOUND.encode())
    assert ended.code == 1
    assert ended.out.startswith("{")
    assert ended.err == "--fail-under 59: the score is 58.\n"
    assert convergence("score", "-", "--fail-under", "58", stdin=SOUND.encode()).code == 0
    quiet = convergence("score", "-", "--fail-under", "59", "-q", stdin=SOUND.encode())
    assert (quiet.code, quiet.err) == (1, "")


def test_a_score_of_null_is_under_every_threshold() -> None:
    nothing = changed("  plan-mapping: 11/12\n", "").replace("facts:\n", "")
    ended = convergence("score", "-", "--fail-under", "0", stdin=nothing.encode())
    assert (ended.code, ended.err) == (1, "--fail-under 0: there is no score.\n")


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

LOADED = """
import sys
from convergence_cli.__main__ import main
sys.argv = ["convergence", *sys.argv[1:]]
try:
    main()
except SystemExit as end:
    assert end.code == 0, end.code
print("\\n" + " ".join(sorted({name.partition(".")[0] for name in sys.modules})), file=sys.stderr)
"""


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
    done = subprocess.run(
        [sys.executable, "-c", LOADED, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env=environment(),
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
    assert left_out.isdisjoint(done.stderr.splitlines()[-1].split())
