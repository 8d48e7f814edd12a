"""validate, questionnaires, init, schema, and what every command has in common."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import PROGRAM, ROOT, convergence

from convergence_cli.cli import app
from convergence_cli.commands.schema import schema_text
from convergence_cli.inputs.questionnaires import builtin_questionnaires, load_questionnaire

EXAMPLES = ROOT / "examples"
RESPONSES = str(EXAMPLES / "responses.yaml")
BUILT_IN = [built_in.name for built_in in builtin_questionnaires()]
COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]
SCRIPTS = Path(sys.executable).parent


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def ran(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
    """How a command ends in the folder one stands in: exit code, stdout, stderr."""
    ended = convergence(*arguments, cwd=Path(), stdin=stdin.encode())
    return ended.code, ended.out, ended.err


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


# validate

LINKS = "Fine; `convergence check` follows the links."


@pytest.mark.parametrize(
    ("file", "said"),
    [
        ("examples/responses.yaml", "responses for convergence-2017@1, 20 respondents. Fine."),
        ("examples/objectives.yaml", f"plans: 6 objectives, 0 plans. {LINKS}"),
        ("examples/plans.yaml", f"plans: 0 objectives, 12 plans. {LINKS}"),
        ("questionnaires/convergence-2017@1.yaml", "questionnaire convergence-2017@1, 6 questions. Fine."),
        ("questionnaires/convergence-full@1.yaml", "questionnaire convergence-full@1, 16 questions. Fine."),
    ],
)
def test_a_fine_file_gets_one_line(file: str, said: str) -> None:
    ended = convergence("validate", file, "--width", "100")
    assert (ended.code, ended.out, ended.err) == (0, f"{file}: {said}\n", "")


def test_validate_fills_the_width_and_uses_the_colour_that_it_is_told(folder: Path) -> None:
    wide = "an option whose name is much longer than forty columns"
    Path("plans.yaml").write_text(f"plans:\n  - {{id: P-1, title: Checkout, status: {wide}}}\n")
    shutil.copy(RESPONSES, "responses.yaml")
    told = ["validate", "plans.yaml", "responses.yaml", "--width", "60", "--color"]
    code, plain, _ = ran(*told, "never")
    assert code == 2
    assert [row for row in plain.splitlines() if len(row) > 60 and "responses.yaml" not in row] == []
    coloured = ran(*told, "always")[1]
    assert "\x1b[1mplans.yaml:2:" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_every_problem_of_every_file_is_told_with_its_place(folder: Path) -> None:
    Path("plans.yaml").write_text("plans:\n  - {id: P-1, titel: Checkout}\n")
    Path("answers.yaml").write_text(
        "questionnaire: convergence-2017@1\nconfidential: false\nrespondents:\n"
        "  - {id: r1, group: business, answers: {response-speed: 9, awarenes: 2}}\n"
    )
    code, out, err = ran("validate", "plans.yaml", "answers.yaml", "none.yaml", ".")
    assert (code, err) == (2, "")
    for said in (
        "plans.yaml:2:15 error CV004 schema\n    - {id: P-1, titel: Checkout}\n                ^^^^^\n",
        "Did you mean title?",
        "answers.yaml:4:57 error CV004",
        "answers.yaml:4:60 error CV004",
        "Did you mean awareness",
        "There is no such file.",
        "This is a directory",
    ):
        assert said in out
    assert out.endswith("plans.yaml: plans. 2 problems.\nanswers.yaml: responses. 2 problems.\n"
                        "none.yaml: 1 problem.\n.: 1 problem.\n")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "code", "said"),
    [
        ("questions: []\n", 2, "<stdin>: questionnaire. "),
        ("respondents: []\n", 2, "<stdin>: responses. "),
        ("facts: {plan-mapping: 1/2}\n", 2, "<stdin>: responses. "),
        ("questionnaire: convergence-2017\nplans: [plans.yaml]\n", 2, "<stdin>: responses. "),
        ("format: plans/1\nobjektives: []\n", 2, "<stdin>: plans. "),
        ("format: questionnaire/1\n", 2, "<stdin>: questionnaire. "),
        ("objectives: [{id: O-1}]\n", 2, "<stdin>: plans. "),
        ("planz: []\n", 2, "This is none of our files. Expected a questionnaire (with `questions`)"),
        ("- a\n- b\n", 2, "This is none of our files."),
        ("format: plan/1\n", 2, "Did you mean plans/1?"),
        ("format: x\n", 2, "Expected questionnaire/1, responses/1, plans/1."),
        ("plans:\n  - {id: P-1, title: a: b}\n", 2, " - {id: P-1, title: a: b}"),
        ("# nothing yet\n", 3, "<stdin>: empty: there is nothing to read."),
    ],
)
def test_a_file_is_known_by_its_format_or_its_keys(text: str, code: int, said: str) -> None:
    ended = convergence("validate", "-", stdin=text.encode())
    assert ended.code == code
    assert said in " ".join(ended.out.split())


def test_a_doubt_about_a_questionnaire_is_a_warning_with_its_place(folder: Path) -> None:
    text = (ROOT / "questionnaires" / "convergence-2017@1.yaml").read_text(encoding="utf-8")
    doubtful = text.replace("title: Innovation}", "title: Innovation, weight: 0}")
    Path("q.yaml").write_text(doubtful, encoding="utf-8")
    code, out, _ = ran("validate", "q.yaml")
    assert code == 1
    assert re.search(r"^q\.yaml:\d+:\d+ warning CQ102 zero-weight$", out, re.M)
    assert out.endswith("q.yaml: questionnaire convergence-2017@1, 6 questions. 1 warning.\n")


# questionnaires


def test_the_built_in_questionnaires_are_listed() -> None:
    ended = convergence("questionnaires")
    assert ended.code == 0
    assert "convergence-2017@1   6 questions  IT-business convergence: six questions\n" in ended.out
    assert all(name in ended.out for name in BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_questionnaire_is_shown_whole(name: str) -> None:
    questionnaire = load_questionnaire(name).questionnaire
    out = convergence("questionnaires", name, "--width", "80").out
    assert max(map(len, out.splitlines())) <= 80
    flat = " ".join(out.split())
    for dimension in questionnaire.dimensions:
        assert f"{str(dimension.title).upper()} ({dimension.id})" in flat
    for level in questionnaire.levels:
        assert f"from {level.at_least}: {level.title}." in flat
    for question in questionnaire.questions:
        assert all(str(text) in flat for text in (question.text, *question.ask.values()))
    for option in (option for scale in questionnaire.scales.values() for option in scale.options):
        assert f"{option.value} {option.label}: {option.anchor}" in flat


@pytest.mark.parametrize("name", BUILT_IN)
def test_as_json_a_questionnaire_is_itself_a_questionnaire(name: str) -> None:
    shown = convergence("questionnaires", name, "-f", "json")
    assert shown.json["scoring"] == {"missing": "leave-out", "min_answered": 0.5}
    assert convergence("validate", "-", stdin=shown.out.encode()).code == 0


OWN = """\
id: two-words
version: 2
title: {en: Two words, de: Zwei Worte}
languages: [en, de]
groups: [{id: all, title: {en: Everybody, de: Alle}, weight: 2}, {id: it, title: {en: IT, de: IT}}]
dimensions: [{id: one, title: {en: One, de: Eins}}, {id: inner, title: {en: In, de: Innen}, parent: one}]
questions:
  - {id: a, dimension: one, weight: 3, scored: [all], text: {en: Now?, de: Jetzt?}, answer: {kind: yes-no}}
  - id: b
    dimension: inner
    text: {en: Which?, de: Welche?}
    answer: {kind: multiple, options: [{value: 1, label: {en: Red, de: Rot}}, {value: 2, label: B}]}
  - id: c
    dimension: inner
    text: {en: Days?, de: Tage?}
    answer: {kind: number, points: [[0, 100], [9, 0]]}
  - {id: d, dimension: inner, text: {en: Why?, de: Warum?}, answer: {kind: text}}
"""
SHOWN = """\
Zwei Worte                                                           two-words@2
Answered by Alle (all, weight 2) and IT (it).
A skipped answer is left out. A dimension is scored when 1/2 of its weight has a
score.
Languages: en, de.

EINS (one)
  a (weight 3): Jetzt?
    Answer: Yes or No.
    Scored: Alle. Only contrasted: IT.

  INNEN (inner)
    b: Welche?
      Answer: any of these; the points are the sum of the chosen values, of
          all.
        1 Rot
        2 B
      Scored: Alle and IT.
    c: Tage?
      Answer: a number, worth 100 points at 0 and 0 points at 9.
      A fact: given once for the organisation.
    d: Warum?
      Answer: a text, kept and never scored.
      Asked: Alle and IT.
"""


def test_a_questionnaire_of_ones_own_is_shown_in_its_languages(folder: Path) -> None:
    Path("own.yaml").write_text(OWN)
    assert ran("questionnaires", "own.yaml", "--lang", "de") == (0, SHOWN, "")


# init

WRITTEN = [
    *(".convergence/plans.schema.json", ".convergence/responses.schema.json"),
    *("objectives.yaml", "plans.yaml", "responses.yaml"),
]


def test_init_writes_files_that_are_fine_and_says_what_next(folder: Path) -> None:
    code, out, err = ran("init", "start here")
    assert (code, err) == (0, "")
    assert files_in(folder / "start here") == WRITTEN
    assert "convergence score 'start here/responses.yaml'" in out
    assert set(re.findall(r"convergence (\w+)", out)) <= set(COMMANDS)
    for name in WRITTEN[2:]:
        file = folder / "start here" / name
        assert ran("validate", str(file))[0] == 0
        text = file.read_text(encoding="utf-8")
        schema = file.parent / text.splitlines()[0].removeprefix("# yaml-language-server: $schema=")
        Draft7Validator(json.loads(schema.read_text(encoding="utf-8"))).validate(yaml.safe_load(text))


def test_the_template_asks_everybody_everything_and_one_answer_makes_a_report(folder: Path) -> None:
    ran("init")
    template = Path("responses.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(template)
    questionnaire, newest_assumed, _ = load_questionnaire(data["questionnaire"])
    assert not newest_assumed
    assert list(data["facts"]) == [question.id for question in questionnaire.facts]
    assert {person["group"] for person in data["respondents"]} == set(questionnaire.group_by_id)
    for person in data["respondents"]:
        assert list(person["answers"]) == [question.id for question in questionnaire.opinions]
    code, out, err = ran("score", "responses.yaml")
    assert (code, out, "nothing to score" in err) == (3, "", True)
    Path("responses.yaml").write_text(template.replace("plan-mapping: ", "plan-mapping: 5/6 "))
    code, out, _ = ran("score", "responses.yaml")
    assert (code, "Your organisation" in out) == (0, True)


@pytest.mark.parametrize("there", WRITTEN)
def test_init_replaces_nothing_and_then_writes_nothing(folder: Path, there: str) -> None:
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine")
    code, _, err = ran("init")
    assert (code, f"{there} is there already, so nothing was written." in err) == (2, True)
    assert files_in(folder) == [there]
    assert ran("init", "--force")[0] == 0
    assert files_in(folder) == WRITTEN
    assert Path(there).read_text(encoding="utf-8") != "mine"
    code, _, err = ran("init")
    assert (code, [name for name in WRITTEN if name not in err]) == (2, [])


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators alone")
def test_a_link_that_leads_nowhere_is_there_too(folder: Path) -> None:
    Path("plans.yaml").symlink_to(folder / "elsewhere")
    assert ran("init")[0] == 2
    assert not Path("elsewhere").exists()


def test_a_table_of_answers_gets_the_responses_file_that_it_needs(folder: Path) -> None:
    """Only who asked knows what was asked and promised: that is left open, and refused with the choice."""
    Path("in").mkdir()
    Path("in/my answers.csv").write_text("id,group,response-speed\n")
    code, out, _ = ran("init", "in/my answers.csv")
    assert (code, "convergence validate in/responses.yaml" in out) == (0, True)
    assert files_in(folder) == ["in/my answers.csv", "in/responses.yaml"]
    text = Path("in/responses.yaml").read_text(encoding="utf-8")
    assert yaml.safe_load(text)["respondents"] == "my answers.csv"
    code, out, _ = ran("validate", "in/responses.yaml")
    told = " ".join(out.split())
    assert (code, "`confidential` is empty. `confidential: true` means" in told) == (2, True)
    assert "`questionnaire` is empty. Built in are" in told
    said = text.replace("questionnaire:", f"questionnaire: {BUILT_IN[0]}").replace("ential:", "ential: true")
    Path("in/responses.yaml").write_text(said)
    assert ran("validate", "in/responses.yaml")[0] == 0


# schema


def test_a_schema_is_printed_as_it_is_published() -> None:
    ended = convergence("schema", "check")
    assert (ended.code, ended.out, ended.err) == (0, schema_text("check"), "")


# every command


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_80_columns_and_says_what_each_option_does(command: str) -> None:
    done = convergence(*([command] if command else []), "--help", env={"COLUMNS": "80"})
    assert (done.code, done.err) == (0, "")
    assert f" convergence {command}".rstrip() in done.out.splitlines()[0]
    assert max(map(len, done.out.splitlines())) <= 80
    assert done.out.count("\n") <= 24 or command != "score"
    assert not {"\x1b", "<"} & set(done.out)


PROGRAMS = {
    "module": PROGRAM,
    "convergence": [shutil.which("convergence", path=SCRIPTS) or "convergence"],
    "convergence-cli": [shutil.which("convergence-cli", path=SCRIPTS) or "convergence-cli"],
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_module_and_both_scripts_are_one_program(program: list[str]) -> None:
    done = subprocess.run([*program, "explain", "frictoin"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "convergence: There is no topic or rule `frictoin`. Did you mean friction?\n"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no closed pipes in this sense")
@pytest.mark.parametrize(
    "arguments",
    [
        ["--version"],
        ["--help"],
        ["score", RESPONSES],
        ["validate", RESPONSES],
        ["questionnaires"],
        ["questionnaires", "convergence-2017", "-f", "json"],
        ["schema", "score"],
        ["explain"],
    ],
    ids=" ".join,
)
def test_a_reader_who_leaves_is_141_without_a_word(arguments: list[str]) -> None:
    reading, writing = os.pipe()
    os.close(reading)
    with os.fdopen(writing, "wb") as closed:
        done = subprocess.run([*PROGRAM, *arguments], stdout=closed, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    "arguments", [["--version"], ["explain"], ["score", RESPONSES, "-f", "json"]], ids=" ".join
)
def test_a_full_disk_is_told_and_is_no_bug(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run([*PROGRAM, *arguments], stdout=full, stderr=subprocess.PIPE, check=False)
    assert (done.returncode, b"No space left" in done.stderr) == (2, True)
    assert b"Traceback" not in done.stderr
