"""validate, questionnaires, init, schema, and what every command has in common."""

from __future__ import annotations

import io
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

from convergence_cli.cli import app, run
from convergence_cli.commands.schema import DOCUMENTS, schema_text
from convergence_cli.inputs.questionnaires import builtin_questionnaires, load_questionnaire
from convergence_cli.model.lint import LINTS

EXAMPLES = ROOT / "examples"
RESPONSES = str(EXAMPLES / "responses.yaml")
BUILT_IN = [built_in.name for built_in in builtin_questionnaires()]
COMMANDS = [command.callback.__name__ for command in app.registered_commands if command.callback]
SCRIPTS = Path(sys.executable).parent

Said = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def give_stdin(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


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
def test_a_fine_file_gets_one_line(
    file: str, said: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(ROOT)
    assert run(["validate", file, "--width", "100"]) == 0
    assert capsys.readouterr() == (f"{file}: {said}\n", "")


def test_validate_fills_the_width_and_uses_the_colour_that_it_is_told(folder: Path, capsys: Said) -> None:
    wide = "an option whose name is much longer than forty columns"
    Path("plans.yaml").write_text(f"plans:\n  - {{id: P-1, title: Checkout, status: {wide}}}\n")
    files = ["plans.yaml", f"{EXAMPLES}/responses.yaml"]
    assert run(["validate", *files, "--width", "60", "--color", "never"]) == 2
    plain = capsys.readouterr().out
    assert [row for row in plain.splitlines() if len(row) > 60 and str(EXAMPLES) not in row] == []
    assert run(["validate", *files, "--width", "60", "--color", "always"]) == 2
    coloured = capsys.readouterr().out
    assert "\x1b[1mplans.yaml:2:" in coloured
    assert re.sub(r"\x1b\[\d+m", "", coloured) == plain


def test_every_problem_of_every_file_is_told_with_its_place(folder: Path, capsys: Said) -> None:
    Path("plans.yaml").write_text("plans:\n  - {id: P-1, titel: Checkout}\n")
    Path("answers.yaml").write_text(
        "questionnaire: convergence-2017@1\nconfidential: false\nrespondents:\n"
        "  - {id: r1, group: business, answers: {response-speed: 9, awarenes: 2}}\n"
    )
    assert run(["validate", "plans.yaml", "answers.yaml", "none.yaml", "."]) == 2
    out, err = capsys.readouterr()
    assert err == ""
    assert (
        "plans.yaml:2:15 error CV004 schema\n    - {id: P-1, titel: Checkout}\n                ^^^^^\n" in out
    )
    assert "Did you mean title?" in out
    assert "answers.yaml:4:57 error CV004" in out
    assert "answers.yaml:4:60 error CV004" in out
    assert "Did you mean awareness" in out
    assert "There is no such file." in out
    assert "This is a directory" in out
    assert out.endswith("plans.yaml: plans. 2 problems.\nanswers.yaml: responses. 2 problems.\n"
                        "none.yaml: 1 problem.\n.: 1 problem.\n")  # fmt: skip


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("questions: []\n", "questionnaire"),
        ("respondents: []\n", "responses"),
        ("facts: {plan-mapping: 1/2}\n", "responses"),
        ("questionnaire: convergence-2017\nplans: [plans.yaml]\n", "responses"),
        ("format: plans/1\nobjektives: []\n", "plans"),
        ("format: questionnaire/1\n", "questionnaire"),
        ("objectives: [{id: O-1}]\n", "plans"),
    ],
)
def test_a_file_is_known_by_its_format_or_its_keys(
    text: str, said: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_stdin(monkeypatch, text)
    assert run(["validate", "-"]) == 2
    assert re.search(rf"^<stdin>: {said}\. \d+ problems?\.$", capsys.readouterr().out, re.M)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("planz: []\n", "Did you mean plans?"),
        ("- a\n- b\n", "keys with values are needed"),
        ("format: plan/1\n", "Did you mean plans/1?"),
        ("format: x\n", "Expected questionnaire/1, responses/1, plans/1."),
    ],
)
def test_what_is_none_of_our_files_is_told_what_was_expected(
    text: str, said: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    give_stdin(monkeypatch, text)
    assert run(["validate", "-"]) == 2
    assert said in " ".join(capsys.readouterr().out.split())


def test_an_empty_file_is_nothing_to_do(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    give_stdin(monkeypatch, "# nothing yet\n")
    assert run(["validate", "-"]) == 3
    assert capsys.readouterr().out == "<stdin>: empty: there is nothing to read.\n"


def test_a_doubt_about_a_questionnaire_is_a_warning_with_its_place(folder: Path, capsys: Said) -> None:
    text = (ROOT / "questionnaires" / "convergence-2017@1.yaml").read_text(encoding="utf-8")
    Path("q.yaml").write_text(
        text.replace("title: Innovation}", "title: Innovation, weight: 0}"), encoding="utf-8"
    )
    assert run(["validate", "q.yaml"]) == 1
    out = capsys.readouterr().out
    code = next(lint.code for lint in LINTS if lint.name == "zero-weight")
    assert re.search(rf"^q\.yaml:\d+:\d+ warning {code} zero-weight$", out, re.M)
    assert out.endswith("q.yaml: questionnaire convergence-2017@1, 6 questions. 1 warning.\n")


HEADER = "questionnaire: convergence-2017@1\n"


def test_a_broken_plans_file_is_quoted(capsys: Said, monkeypatch: pytest.MonkeyPatch) -> None:
    give_stdin(monkeypatch, "plans:\n  - {id: P-1, title: a: b}\n")
    assert run(["validate", "-"]) == 2
    assert "    - {id: P-1, title: a: b}" in capsys.readouterr().out


def test_a_table_is_judged_with_its_cover_sheet(folder: Path, capsys: Said) -> None:
    Path("answers.csv").write_text("id,group,response-speed\nr1,business,2\nr2,business,77\n")
    Path("responses.yaml").write_text(HEADER + "confidential: false\nrespondents: answers.csv\n")
    assert run(["validate", "responses.yaml"]) == 2
    assert "answers.csv:3:" in capsys.readouterr().out
    Path("answers.csv").write_text("id,group,response-speed\nr1,business,2\n")
    assert run(["validate", "responses.yaml"]) == 0
    assert (
        capsys.readouterr().out == "responses.yaml: responses for convergence-2017@1, 1 respondent. Fine.\n"
    )
    assert run(["validate", "answers.csv"]) == 2
    assert "`convergence init answers.csv` writes one" in capsys.readouterr().out


def test_stdin_is_read_once(capsys: Said) -> None:
    assert run(["validate", "-", "-"]) == 2
    assert "write `-` once" in capsys.readouterr().err


# questionnaires


def test_the_built_in_questionnaires_are_listed(capsys: Said) -> None:
    assert run(["questionnaires"]) == 0
    out = capsys.readouterr().out
    assert "convergence-2017@1   6 questions  IT-business convergence: six questions\n" in out
    assert all(name in out for name in BUILT_IN)


@pytest.mark.parametrize("name", BUILT_IN)
def test_a_questionnaire_is_shown_whole(name: str, capsys: Said) -> None:
    questionnaire = load_questionnaire(name).questionnaire
    assert run(["questionnaires", name, "--width", "80"]) == 0
    out = capsys.readouterr().out
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


def test_who_is_scored_and_who_only_contrasted_is_said(capsys: Said) -> None:
    assert run(["questionnaires", "convergence-2017"]) == 0
    out = capsys.readouterr().out
    assert out.count("Scored: business leaders. Only contrasted: IT leaders.") == 3
    assert out.count("Scored: business leaders and IT leaders.") == 1
    assert out.count("A fact: given once for the organisation") == 2


@pytest.mark.parametrize("name", BUILT_IN)
def test_as_json_a_questionnaire_is_itself_a_questionnaire(
    name: str, capsys: Said, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(["questionnaires", name, "-f", "json"]) == 0
    text = capsys.readouterr().out
    assert run(["questionnaires", name, "-f", "json"]) == 0
    assert capsys.readouterr().out == text
    assert json.loads(text)["scoring"] == {"missing": "leave-out", "min_answered": 0.5}
    give_stdin(monkeypatch, text)
    assert run(["validate", "-"]) == 0


OWN = """\
id: two-words
version: 2
title: {en: Two words, de: Zwei Worte}
languages: [en, de]
groups: [{id: all, title: {en: Everybody, de: Alle}, weight: 2}]
dimensions: [{id: one, title: {en: One, de: Eins}}, {id: inner, title: {en: In, de: Innen}, parent: one}]
questions:
  - {id: a, dimension: one, weight: 3, text: {en: Now?, de: Jetzt?}, answer: {kind: yes-no}}
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


def test_a_questionnaire_of_ones_own_is_shown_in_its_languages(folder: Path, capsys: Said) -> None:
    Path("own.yaml").write_text(OWN)
    assert run(["questionnaires", "own.yaml", "--lang", "de"]) == 0
    assert (
        capsys.readouterr().out
        == """\
Zwei Worte                                                           two-words@2
Answered by Alle (all, weight 2).
A skipped answer is left out. A dimension is scored when 1/2 of its weight has a
score.
Languages: en, de.

EINS (one)
  a (weight 3): Jetzt?
    Answer: Yes or No.
    Scored: Alle.

  INNEN (inner)
    b: Welche?
      Answer: any of these; the points are the sum of the chosen values, of
          all.
        1 Rot
        2 B
      Scored: Alle.
    c: Tage?
      Answer: a number, worth 100 points at 0 and 0 points at 9.
      A fact: given once for the organisation.
    d: Warum?
      Answer: a text, kept and never scored.
      Asked: Alle.
"""
    )


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["convergence-2071"], "Did you mean convergence-2017"),
        (["convergence-2017@7"], "of convergence-2017 there is"),
        (["convergence-2017", "--lang", "de"], "convergence-2017 speaks en, not de."),
        (["convergence-2017", "-f", "jsn"], "Did you mean json?"),
        (["-f", "json"], "There is no format `json`."),
        (["none.yaml"], "There is no such file."),
    ],
)
def test_what_cannot_be_shown_is_answered_in_words(arguments: list[str], said: str, capsys: Said) -> None:
    assert run(["questionnaires", *arguments]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert said in err


# init

WRITTEN = [
    *(".convergence/plans.schema.json", ".convergence/responses.schema.json"),
    *("objectives.yaml", "plans.yaml", "responses.yaml"),
]


def files_in(folder: Path) -> list[str]:
    return sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())


def test_init_writes_files_that_are_fine_and_says_what_next(folder: Path, capsys: Said) -> None:
    assert run(["init", "start here"]) == 0
    out, err = capsys.readouterr()
    assert err == ""
    assert files_in(folder / "start here") == WRITTEN
    assert "convergence score 'start here/responses.yaml'" in out
    assert set(re.findall(r"convergence (\w+)", out)) <= set(COMMANDS)
    yaml_files = [f"start here/{name}" for name in WRITTEN if name.endswith(".yaml")]
    assert run(["validate", *yaml_files]) == 0


def test_a_fresh_start_has_nothing_to_score_yet(folder: Path, capsys: Said) -> None:
    run(["init"])
    capsys.readouterr()
    assert run(["score", "responses.yaml"]) == 3
    out, err = capsys.readouterr()
    assert out == ""
    assert "nothing to score" in err


def test_one_answer_in_the_template_is_enough_for_a_report(folder: Path, capsys: Said) -> None:
    run(["init"])
    template = Path("responses.yaml").read_text(encoding="utf-8")
    Path("responses.yaml").write_text(template.replace("plan-mapping: ", "plan-mapping: 5/6 "))
    capsys.readouterr()
    assert run(["score", "responses.yaml"]) == 0
    assert "Your organisation" in capsys.readouterr().out


@pytest.mark.parametrize("name", ["responses.yaml", "objectives.yaml", "plans.yaml"])
def test_an_editor_finds_the_schema_beside_the_file(folder: Path, name: str) -> None:
    run(["init"])
    first, *_ = Path(name).read_text(encoding="utf-8").splitlines()
    schema = json.loads(
        Path(first.removeprefix("# yaml-language-server: $schema=")).read_text(encoding="utf-8")
    )
    data = yaml.safe_load(Path(name).read_text(encoding="utf-8"))
    Draft7Validator(schema).validate(data)


def test_the_template_asks_every_question_of_everybody(folder: Path) -> None:
    run(["init"])
    data = yaml.safe_load(Path("responses.yaml").read_text(encoding="utf-8"))
    questionnaire, newest_assumed, _ = load_questionnaire(data["questionnaire"])
    assert not newest_assumed
    assert list(data["facts"]) == [question.id for question in questionnaire.facts]
    assert {person["group"] for person in data["respondents"]} == set(questionnaire.group_by_id)
    for person in data["respondents"]:
        assert list(person["answers"]) == [question.id for question in questionnaire.opinions]


@pytest.mark.parametrize("there", WRITTEN)
def test_init_replaces_nothing_and_then_writes_nothing(folder: Path, there: str, capsys: Said) -> None:
    Path(there).parent.mkdir(exist_ok=True)
    Path(there).write_text("mine")
    assert run(["init"]) == 2
    assert f"{there} is there already, so nothing was written." in capsys.readouterr().err
    assert files_in(folder) == [there]
    assert run(["init", "--force"]) == 0
    assert files_in(folder) == WRITTEN
    assert Path(there).read_text(encoding="utf-8") != "mine"


def test_init_names_every_file_that_is_there(folder: Path, capsys: Said) -> None:
    run(["init"])
    assert run(["init"]) == 2
    err = capsys.readouterr().err
    assert all(name in err for name in WRITTEN)


@pytest.mark.skipif(os.name == "nt", reason="Windows makes links for administrators alone")
def test_a_link_that_leads_nowhere_is_there_too(folder: Path) -> None:
    Path("plans.yaml").symlink_to(folder / "elsewhere")
    assert run(["init"]) == 2
    assert not Path("elsewhere").exists()


@pytest.mark.parametrize("target", ["file", "file/below"])
def test_init_into_a_file_is_refused(folder: Path, target: str, capsys: Said) -> None:
    Path("file").write_text("mine")
    assert run(["init", target]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert files_in(folder) == ["file"]


def test_init_takes_back_what_it_wrote_when_it_cannot_write_the_rest(folder: Path, capsys: Said) -> None:
    Path(".convergence").write_text("in the way of a folder")
    assert run(["init"]) == 2
    assert "cannot be written" in capsys.readouterr().err
    assert files_in(folder) == [".convergence"]


OPINIONS = "response-speed,contribution,awareness,expertise"
TABLES = {
    f"id,group,about.unit,{OPINIONS},awareness.want": "convergence-2017@1",
    f"id,group,{OPINIONS},offers-used": "convergence-full@1",
    "id,group,response-speed": "",
    "id,group": "",
    "id,group,speed": "",
}


@pytest.mark.parametrize("header", TABLES)
def test_a_table_of_answers_gets_the_responses_file_that_it_needs(
    header: str, folder: Path, capsys: Said
) -> None:
    """Only who asked knows what was promised, so that is left open; and refused, with both meanings."""
    Path("in").mkdir()
    Path("in/my answers.csv").write_text(f"{header}\n")
    assert run(["init", "in/my answers.csv"]) == 0
    assert "convergence validate in/responses.yaml" in capsys.readouterr().out
    assert files_in(folder) == ["in/my answers.csv", "in/responses.yaml"]
    text = Path("in/responses.yaml").read_text(encoding="utf-8")
    said = yaml.safe_load(text)
    assert (said["respondents"], said["questionnaire"] or "") == ("my answers.csv", TABLES[header])
    assert run(["validate", "in/responses.yaml"]) == 2
    told = " ".join(capsys.readouterr().out.split())
    assert "`confidential` is empty. `confidential: true` means" in told
    assert ("`questionnaire` is empty. Built in are" in told) == (not TABLES[header])
    Path("in/responses.yaml").write_text(text.replace("confidential:", "confidential: true"))
    assert run(["validate", "in/responses.yaml"]) == (0 if TABLES[header] else 2)


@pytest.mark.parametrize("force", [[], ["--force"]])
def test_a_responses_file_beside_a_table_is_never_replaced(
    force: list[str], folder: Path, capsys: Said
) -> None:
    Path("a: b.csv").write_text("id,group\n")
    Path("responses.yaml").write_text("mine")
    assert run(["init", "a: b.csv", *force]) == 2
    assert 'write `respondents: "a: b.csv"` into it.' in capsys.readouterr().err
    assert Path("responses.yaml").read_text() == "mine"


@pytest.mark.parametrize(
    ("data", "said"), [(b"caf\xe9", "The file is not UTF-8"), (None, "There is no such file.")]
)
def test_a_table_that_cannot_be_read_gets_none(
    data: bytes | None, said: str, folder: Path, capsys: Said
) -> None:
    if data:
        Path("a.csv").write_bytes(data)
    assert run(["init", "a.csv"]) == 2
    assert said in capsys.readouterr().err
    assert not Path("responses.yaml").exists()


# schema


@pytest.mark.parametrize("name", list(DOCUMENTS))
def test_a_schema_is_printed_as_json(name: str, capsys: Said) -> None:
    assert run(["schema", name]) == 0
    out, err = capsys.readouterr()
    assert out == schema_text(name)
    Draft7Validator.check_schema(json.loads(out))
    assert err == ""


def test_an_unknown_schema_is_answered_with_the_nearest(capsys: Said) -> None:
    assert run(["schema", "respones"]) == 2
    assert "Did you mean responses" in capsys.readouterr().err


# every command


@pytest.mark.parametrize("command", ["", *COMMANDS])
def test_help_fits_80_columns_and_says_what_each_option_does(command: str) -> None:
    done = convergence(*([command] if command else []), "--help", env={"COLUMNS": "80"})
    assert (done.code, done.err) == (0, "")
    assert f" convergence {command}".rstrip() in done.out.splitlines()[0]
    assert max(map(len, done.out.splitlines())) <= 80
    assert done.out.count("\n") <= 24 or command != "score"
    assert "\x1b" not in done.out


PROGRAMS = {
    "module": PROGRAM,
    "convergence": [shutil.which("convergence", path=SCRIPTS) or "convergence"],
    "convergence-cli": [shutil.which("convergence-cli", path=SCRIPTS) or "convergence-cli"],
}


@pytest.mark.parametrize("program", PROGRAMS.values(), ids=PROGRAMS)
def test_the_module_and_both_scripts_are_one_program(program: list[str]) -> None:
    done = subprocess.run([*program, "explain", "frictoin"], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert done.stdout == ""
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
    try:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            stdout=writing,
            stderr=subprocess.PIPE,
            check=False,
        )
    finally:
        os.close(writing)
    assert (done.returncode, done.stderr) == (141, b"")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk that is always full")
@pytest.mark.parametrize(
    "arguments", [["--version"], ["explain"], ["score", RESPONSES, "-f", "json"]], ids=" ".join
)
def test_a_full_disk_is_told_and_is_no_bug(arguments: list[str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            [*PROGRAM, *arguments],
            stdout=full,
            stderr=subprocess.PIPE,
            check=False,
        )
    assert done.returncode == 2
    assert b"No space left" in done.stderr
    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["validate", "schema"])
def test_a_command_without_what_it_needs_is_wrong_usage(command: str, capsys: Said) -> None:
    assert run([command]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert "convergence" in err
