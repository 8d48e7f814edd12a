"""What is told of a file with very many problems, and what a file may not be."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest
from hostile_files import COLUMNS, HEADER, PEOPLE, PLANS, SOUND, each
from running import PROGRAM, convergence, environment

POSIX = pytest.mark.skipif(os.name == "nt", reason="a pipe, a device and a closed stream of a Unix")
MB = 1024 * 1024

MORE = "And more problems in this file."
RESPONSES = f"format: responses/1\n{HEADER}"
SECRET = HEADER.replace("false", "true")
ASKED = "format: questionnaire/1\nquestions:\n"
PERSON = "- {{id: r{i}, group: it, answers: "
JANE = "- {{id: Jane, group: it, answers: {{contribution: 3}}}}\n"
UNIT = "- {{id: r{i}, group: it, about: {{unit: u{i}}}, answers: {{contribution: 3}}}}\n"
UNKNOWN = each("- {{id: P-{i}, title: Plan {i}, serves: [O-1], prio: 1}}\n", PLANS)(150)
ONE_PLAN = "plans: [{id: P-1, title: a, serves: ["
BASELINE = '{"format": "baseline/1", "findings": ['

VALIDATE = "validate many.yaml", "many.yaml"
CHECK = "check many.yaml", "many.yaml"
SCORE = "score many.yaml", "many.yaml"
CUT = "score many.yaml --by unit", "many.yaml"
TABLE = "score cover.yaml", "table.csv"
SETTINGS = "check sound.yaml", "convergence.toml"
KNOWN = "check sound.yaml --baseline base.json", "base.json"

HUNDRED = {" error CV": 100 + 1, MORE: 1}
"""The last one says that there are others."""
OF_EACH_FILE: list[tuple[tuple[str, str], str, int, dict[str, int]]] = [
    (VALIDATE, each("k{i}: 1\n", "format: plans/1\n")(1_100), 2, HUNDRED),
    (VALIDATE, each("- {{id: P-{i}, title: a, prio: 1}}\n", "plans:\n")(1_100), 2, HUNDRED),
    (VALIDATE, each(PERSON + "{{q: 1}}}}\n", RESPONSES + PEOPLE)(1_100), 2, HUNDRED),
    (VALIDATE, each(PERSON + "{{contribution: often}}}}\n", RESPONSES + PEOPLE)(1_100), 2, HUNDRED),
    (VALIDATE, each(PERSON + "{{}}, sure: 1}}\n", RESPONSES + PEOPLE)(1_100), 2, HUNDRED),
    (VALIDATE, each("  f{i}: 1\n", RESPONSES + "facts:\n")(1_100), 2, HUNDRED),
    (VALIDATE, each("  g{i}: 1\n", RESPONSES + "population:\n")(1_100), 2, HUNDRED),
    (
        VALIDATE,
        each("- {{id: q{i}, dimension: d, text: a, answer: {{kind: no}}}}\n", ASKED)(1_100),
        2,
        HUNDRED,
    ),
    (VALIDATE, each("- a\n", "plans:\n")(1_100), 2, {f"{MORE} many.yaml: plans. more than 100 problems.": 1}),
    # the check reads the plans all the same
    (CHECK, UNKNOWN, 2, {"150 plans": 1}),
    (("check many.yaml -f concise", "many.yaml"), UNKNOWN, 2, {"CV004 `prio`": 100, f"CV004 {MORE}": 1}),
    # what stands again and again; nobody is named in confidence
    (SCORE, HEADER + "period: 2026\n" * 101, 2, {"`period` stands twice": 100}),
    (SCORE, HEADER + "period: 2026\n" * 102, 2, {"More than 100 keys stand twice in this file.": 1}),
    (SCORE, each(JANE, SECRET + PEOPLE)(1_101), 2, {MORE: 1, "Jane": 0}),
    # the nearest name is sought for the first twenty alone
    (CHECK, each("- {{id: P-{i}, title: a, srves: [O]}}\n", "plans:\n")(60), 2, {"Did you mean serves?": 20}),
    (SCORE, each(PERSON + "{{awarenes: 3}}}}\n", HEADER + PEOPLE)(60), 2, {"Did you mean awareness?": 20}),
    # one part of a file is not without end; a file may hold more values than one entry may
    (CHECK, each("k{i}: 1\n")(10_001), 2, {"This mapping has more than 10,000 keys.": 1}),
    (CHECK, each("O-{i}, ", ONE_PLAN, "]}]")(50_001), 2, {"more than 50,000 values": 1}),
    (
        VALIDATE,
        each("- {{id: P-{i}, title: a, serves: [O-1]}}\n", PLANS)(15_000),
        0,
        {"15,000 plans. Fine": 1},
    ),
    # how many values a forbidden cut has is not said
    (CUT, each(UNIT, HEADER + PEOPLE)(200), 0, {"at most 200": 0}),
    (CUT, each(UNIT, HEADER + PEOPLE)(201), 2, {"`unit` has 201 values, and --by sets at most 200 side": 1}),
    (CUT, each(UNIT, SECRET + PEOPLE)(201), 2, {"These answers are confidential": 1, "201": 0}),
    # a table is read no further than its problems are told
    (
        TABLE,
        each("r{i},nobody,u,3\n", COLUMNS)(20_000),
        2,
        {"is not a group": 100, f"{MORE} more than 100 problems.": 1},
    ),
    (TABLE, each(",about.a{i}", "id")(9_999) + "\n", 2, {"needs the column": 1}),
    (TABLE, each(",about.a{i}", "id")(10_000) + "\n", 2, {"10,001 columns": 1, "about.a9": 0}),
    # what no parser takes
    (SETTINGS, "a = " + "[" * 5_000 + "]" * 5_000, 2, {"nested too deep": 1}),
    (SETTINGS, "a" + ".a" * 5_000 + " = 1", 2, {"nested too deep": 1}),
    (SETTINGS, "[check]\nreview_days = " + "1" * 5_000, 2, {"more digits": 1}),
    (SETTINGS, "#" * (4 * MB + 1), 2, {"larger than 4 MB": 1}),
    (SETTINGS, each("k{i} = 1\n")(1_100), 2, {MORE: 1}),
    (SETTINGS, each("k{i} = 1\n", "[check]\n")(1_100), 2, {"`check` has 1,100 keys": 1}),
    (KNOWN, BASELINE + "1" * 5_000 + "]}", 2, {"no entry of a baseline": 1}),
    (KNOWN, BASELINE + '{"rule": ' + "1" * 5_000 + "}]}", 2, {"no entry of a baseline": 1}),
    (KNOWN, BASELINE + '{"rule": NaN}]}', 2, {"no entry of a baseline": 1}),
    (KNOWN, BASELINE + '{"rule": "\\ud800"}]}', 2, {"no entry of a baseline": 1}),
    (KNOWN, " " * (4 * MB + 1), 2, {"larger than 4 MB": 1}),
]
"""A command and the file that it reads, what that file holds, the exit code, and how often what is told."""


@pytest.mark.parametrize(("reading", "text", "code", "says"), OF_EACH_FILE)
def test_a_hundred_problems_are_told(
    tmp_path: Path, reading: tuple[str, str], text: str, code: int, says: dict[str, int]
) -> None:
    command, file = reading
    for name, content in {**SOUND, file: text}.items():
        (tmp_path / name).write_text(content)
    ended = convergence(*command.split(), cwd=tmp_path)
    told = " ".join((ended.out + ended.err).split())
    assert (ended.code, {phrase: told.count(phrase) for phrase in says}) == (code, says)


def in_a_shell(command: str, folder: Path, shell: str = '"$@"') -> tuple[int, str]:
    """Exit code and stderr of a command in a process of its own, started by a line of `sh`."""
    for name, text in SOUND.items():
        (folder / name).write_text(text)
    done = subprocess.run(
        ["sh", "-c", shell, "sh", *PROGRAM, *command.split()],
        cwd=folder,
        input=b"",
        capture_output=True,
        timeout=60,
        check=False,
        env=environment(),
    )
    return done.returncode, done.stderr.decode()


NAMING = "score named.yaml"
NAMED = {
    "settings": ("convergence.toml", "check sound.yaml", ""),
    "baseline": ("base.json", "check sound.yaml --baseline base.json", ""),
    "questionnaire": ("asked.yml", NAMING, "questionnaire: asked.yml\nconfidential: false\n"),
    "plans": ("other.yml", NAMING, f"{HEADER}plans: [other.yml]\nfacts: {{ideas-taken-up: 1/2}}\n"),
    "a folder": ("folder/a.yaml", "check folder", ""),
}


@POSIX
@pytest.mark.parametrize("what", ["pipe", "device"])
@pytest.mark.parametrize("named", NAMED.values(), ids=NAMED)
def test_what_is_read_by_its_name_is_a_file(tmp_path: Path, named: tuple[str, str, str], what: str) -> None:
    """A pipe that nobody writes to would be waited for, and a device read for ever."""
    name, command, text = named
    (tmp_path / "folder").mkdir()
    (tmp_path / "named.yaml").write_text(text)
    if what == "pipe":
        os.mkfifo(tmp_path / name)
    else:
        (tmp_path / name).symlink_to("/dev/zero")
    code, err = in_a_shell(command, tmp_path)
    assert code == 2
    assert "a device or a pipe" in err


SPEAKING = "check sound.yaml,validate sound.yaml,score people.yaml,questionnaires,explain,schema plans"
SPEAKING += ",--version,--help,check sound.yaml -f json"
NO_INPUT = "<stdin> error CV001 no-file\n  It cannot be read: "
STREAMS = [
    # a closed stdout is an output that cannot be written; what is not needed may be closed
    *((command, '"$@" >&-', 2, "convergence: The output: ") for command in SPEAKING.split(",")),
    *(("check sound.yaml", f'"$@" {closed}', 0, "") for closed in ("2>&-", "<&-", "<&- 2>&-")),
    *((f"{command} -", '"$@" <&- >&2', 2, NO_INPUT) for command in ("check", "score", "validate")),
    # with every stream closed the exit code still speaks
    ("check none.yaml", '"$@" <&- >&- 2>&-', 2, ""),
    # a pipe that somebody typed is read, and a device without end to the limit
    *((f"{command} /dev/stdin", 'cat sound.yaml | "$@"', 0, "") for command in ("check", "validate")),
    ("score /dev/zero", '"$@"', 2, "The file is larger than 64 MB."),
]


@POSIX
@pytest.mark.parametrize(("command", "shell", "code", "said"), STREAMS)
def test_streams_that_are_closed_or_have_no_end(
    tmp_path: Path, command: str, shell: str, code: int, said: str
) -> None:
    ended, err = in_a_shell(command, tmp_path, shell)
    assert ended == code
    assert said in err if said else err == ""
