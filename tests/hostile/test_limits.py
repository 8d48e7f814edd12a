"""What is told of a file with very many problems, and what a file may not be."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from hostile_files import COLUMNS, HEADER, PEOPLE, PLANS, SOUND, each
from running import PROGRAM, convergence, environment

ROOT = Path(__file__).resolve().parents[2]
Told = Callable[..., tuple[int, str, str]]
POSIX = pytest.mark.skipif(os.name == "nt", reason="a pipe, a device and a closed stream of a Unix")


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Told:
    """Exit code, stdout and stderr of a command, in a folder with sound files and with `files`."""
    monkeypatch.chdir(tmp_path)
    for name, text in SOUND.items():
        (tmp_path / name).write_text(text)

    def command(*arguments: str, **files: str) -> tuple[int, str, str]:
        for name, text in files.items():
            (tmp_path / name.replace("_", ".")).write_text(text)
        ended = convergence(*arguments, cwd=tmp_path)
        return ended.code, ended.out, ended.err

    return command


PLAN = "- {{id: P-{i}, title: a, "
PERSON = "- {{id: r{i}, group: it, answers: "


@pytest.mark.parametrize(
    ("file", "form", "head"),
    [
        ("plans", "k{i}: 1\n", ""),
        ("plans", "- a\n", "plans:\n"),
        ("plans", PLAN + "prio: 1}}\n", "plans:\n"),
        ("responses", PERSON + "{{q: 1}}}}\n", HEADER + PEOPLE),
        ("responses", PERSON + "{{contribution: often}}}}\n", HEADER + PEOPLE),
        ("responses", "- {{id: r{i}, group: it, answers: {{}}, sure: 1}}\n", HEADER + PEOPLE),
        ("responses", "  f{i}: 1\n", HEADER + "facts:\n"),
        ("responses", "  g{i}: 1\n", HEADER + "population:\n"),
        ("questionnaire", "- {{id: q{i}, dimension: d, text: a, answer: {{kind: no}}}}\n", "questions:\n"),
    ],
)
def test_of_each_file_a_hundred_problems_are_told_and_the_others_counted(
    told: Told, file: str, form: str, head: str
) -> None:
    code, out, _ = told("validate", "many.yaml", many_yaml=each(form, f"format: {file}/1\n{head}")(1_100))
    assert code == 2
    *lines, number, _, counted = out.splitlines()
    assert len([line for line in lines if line.startswith("many.yaml:") and " error " in line]) == 100
    assert re.fullmatch(r"  And [\d,]+ more problems in this file\.", number)
    assert counted.endswith(" problems.")
    assert not any(line.startswith("  And ") for line in lines)
    if form == "- a\n":
        assert ("And 1,000 more" in number, counted) == (True, "many.yaml: plans. 1,100 problems.")


def test_the_check_says_it_too_and_reads_the_plans_all_the_same(told: Told) -> None:
    plans = each("- {{id: P-{i}, title: Plan {i}, serves: [O-1], prio: 1}}\n", PLANS)(150)
    code, out, _ = told("check", "many.yaml", "-f", "concise", many_yaml=plans)
    assert code == 2
    assert out.count("CV004 `prio`") == 100
    assert "many.yaml: CV004 And 50 more problems in this file." in out
    assert "150 plans" in told("check", "many.yaml")[1]


JANE = "- {{id: Jane, group: it, answers: {{contribution: 3}}}}\n"


@pytest.mark.parametrize(
    "text",
    [
        HEADER + "period: 2026\n" * 1_101,
        each(JANE, HEADER.replace("false", "true") + PEOPLE)(1_101),
    ],
    ids=["a key", "an id, in confidence"],
)
def test_what_stands_again_and_again_is_counted(told: Told, text: str) -> None:
    _, _, err = told("score", "many.yaml", many_yaml=text)
    assert err.count("many.yaml:") >= 100
    assert "And 1,000 more problems in this file." in err
    assert "Jane" not in err


def test_the_nearest_name_is_sought_for_the_first_twenty_alone(told: Told) -> None:
    plans = each(PLAN + "srves: [O-1]}}\n", "plans:\n")(60)
    assert told("check", "many.yaml", many_yaml=plans)[1].count("Did you mean serves?") == 20
    people = each(PERSON + "{{contributoin: 3}}}}\n", HEADER + PEOPLE)(60)
    sentences = " ".join(told("score", "many.yaml", many_yaml=people)[2].split())
    assert sentences.count("Did you mean contribution?") == 20


def test_a_table_is_read_no_further_than_its_problems_are_counted(told: Told) -> None:
    code, _, err = told("score", "cover.yaml", table_csv=each("r{i},nobody,u,3\n", COLUMNS)(20_000))
    assert code == 2
    assert err.count("is not a group") == 100
    assert err.endswith("  And more problems in this file.\nmore than 100 problems.\n")


@pytest.mark.parametrize(("columns", "problem"), [(10_000, "needs the column"), (10_001, "10,001 columns")])
def test_a_table_has_at_most_ten_thousand_columns(told: Told, columns: int, problem: str) -> None:
    code, _, err = told("score", "cover.yaml", table_csv=each(",about.a{i}", "id")(columns - 1) + "\n")
    assert code == 2
    assert problem in err
    assert len(err) < 1_000


@pytest.mark.parametrize(
    ("units", "confidential", "says"),
    [
        (200, "false", ""),
        (201, "false", "`unit` has 201 values, and --by sets at most 200 side by side."),
        (201, "true", "These answers are confidential"),
    ],
)
def test_a_cut_has_at_most_two_hundred_values(told: Told, units: int, confidential: str, says: str) -> None:
    """How many a forbidden cut has is not said."""
    person = "- {{id: r{i}, group: it, about: {{unit: u{i}}}, answers: {{contribution: 3}}}}\n"
    people = each(person, HEADER.replace("false", confidential) + PEOPLE)(units)
    code, _, err = told("score", "many.yaml", "--by", "unit", many_yaml=people)
    assert code == (2 if says else 0)
    assert says in err
    assert ("201" in err) == (units == 201 and confidential == "false")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (each("k{i}: 1\n")(10_001), "This mapping has more than 10,000 keys."),
        (each("O-{i}, ", "plans: [{id: P-1, title: a, serves: [", "]}]")(50_001), "more than 50,000 values"),
    ],
)
def test_one_part_of_a_file_is_not_without_end(told: Told, text: str, message: str) -> None:
    code, out, _ = told("check", "many.yaml", many_yaml=text)
    assert code == 2
    assert message in out


def test_a_file_may_hold_very_many_plans(told: Told) -> None:
    """More values than one entry may hold."""
    plans = each("- {{id: P-{i}, title: Plan {i}, serves: [O-1]}}\n", PLANS)(15_000)
    assert "15000 plans. Fine" in told("validate", "many.yaml", many_yaml=plans)[1]


BASELINE = '{"format": "baseline/1", "findings": ['


@pytest.mark.parametrize(
    ("file", "text", "message"),
    [
        ("convergence_toml", "a = " + "[" * 5_000 + "]" * 5_000, "nested too deep"),
        ("convergence_toml", "a" + ".a" * 5_000 + " = 1", "nested too deep"),
        ("convergence_toml", "[check]\nreview_days = " + "1" * 5_000, "more digits"),
        ("convergence_toml", "#" * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
        ("convergence_toml", each("k{i} = 1\n")(1_100), "And 1,000 more problems in this file."),
        ("convergence_toml", each("k{i} = 1\n", "[check]\n")(1_100), "`check` has 1,100 keys"),
        ("base_json", "[" * 100_000, "Nested too deep"),
        ("base_json", BASELINE + "1" * 5_000 + "]}", "no entry of a baseline"),
        ("base_json", BASELINE + '{"rule": ' + "1" * 5_000 + "}]}", "text alone"),
        ("base_json", BASELINE + '{"rule": NaN}]}', "text alone"),
        ("base_json", BASELINE + '{"rule": "\\ud800"}]}', "text alone"),
        ("base_json", " " * (4 * 1024 * 1024 + 1), "larger than 4 MB"),
    ],
)
def test_settings_and_baselines_that_no_parser_takes(told: Told, file: str, text: str, message: str) -> None:
    code, _, err = told("check", "sound.yaml", "--baseline", "base.json", **{file: text})
    assert code == 2
    assert message in err


def ended(*arguments: str, folder: Path, shell: str = '"$@"', stdin: bytes = b"") -> tuple[int, str]:
    """Exit code and stderr of a command in a process of its own, started by a line of `sh`."""
    for name, text in SOUND.items():
        (folder / name).write_text(text)
    started = ["sh", "-c", shell, "sh", *PROGRAM, *arguments]
    done = subprocess.run(
        started, cwd=folder, input=stdin, capture_output=True, timeout=60, check=False, env=environment()
    )
    return done.returncode, done.stderr.decode()


NAMING = ("score", "named.yaml")
NAMED = {
    "settings": ("convergence.toml", ("check", "sound.yaml"), ""),
    "baseline": ("base.json", ("check", "sound.yaml", "--baseline", "base.json"), ""),
    "questionnaire": ("asked.yml", NAMING, "questionnaire: asked.yml\nconfidential: false\n"),
    "plans": ("other.yml", NAMING, f"{HEADER}plans: [other.yml]\nfacts: {{ideas-taken-up: 1/2}}\n"),
    "a folder": ("folder/a.yaml", ("check", "folder"), ""),
}


@POSIX
@pytest.mark.parametrize("what", ["pipe", "device"])
@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
def test_what_is_read_by_its_name_is_a_file(
    tmp_path: Path, named: tuple[str, tuple[str, ...], str], what: str
) -> None:
    """A pipe that nobody writes to would be waited for, and a device read for ever."""
    name, command, text = named
    (tmp_path / "folder").mkdir()
    (tmp_path / "named.yaml").write_text(text)
    if what == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero")
    code, err = ended(*command, folder=tmp_path)
    assert code == 2
    assert "a device or a pipe" in err


@POSIX
@pytest.mark.parametrize("command", ["check", "validate"])
def test_a_pipe_that_somebody_typed_is_read(tmp_path: Path, command: str) -> None:
    assert ended(command, "/dev/stdin", folder=tmp_path, stdin=SOUND["sound.yaml"].encode()) == (0, "")


@POSIX
def test_a_device_without_end_is_read_to_the_limit(tmp_path: Path) -> None:
    code, err = ended("score", "/dev/zero", folder=tmp_path)
    assert code == 2
    assert "The file is larger than 64 MB." in err


SPEAKING = "check sound.yaml,validate sound.yaml,score people.yaml,questionnaires,explain,schema plans"
SPEAKING += ",--version,--help,check sound.yaml -f json"


@POSIX
@pytest.mark.parametrize("command", SPEAKING.split(","))
def test_a_closed_stdout_is_an_output_that_cannot_be_written(tmp_path: Path, command: str) -> None:
    code, err = ended(*command.split(), folder=tmp_path, shell='"$@" >&-')
    assert code == 2
    assert err.startswith("convergence: The output: ")


@POSIX
@pytest.mark.parametrize("closed", ["2>&-", "<&-", "<&- 2>&-"])
def test_streams_that_are_not_needed_may_be_closed(tmp_path: Path, closed: str) -> None:
    assert ended("check", "sound.yaml", folder=tmp_path, shell=f'"$@" {closed}') == (0, "")


@POSIX
@pytest.mark.parametrize("command", ["check", "score", "validate"])
def test_nothing_can_be_read_from_a_closed_stdin(tmp_path: Path, command: str) -> None:
    code, said = ended(command, "-", folder=tmp_path, shell='"$@" <&- >&2')
    assert code == 2
    assert "<stdin> error CV001 no-file\n  It cannot be read: " in said


@POSIX
def test_with_every_stream_closed_the_exit_code_still_speaks(tmp_path: Path) -> None:
    assert ended("check", "none.yaml", folder=tmp_path, shell='"$@" <&- >&- 2>&-')[0] == 2
