"""`convergence check` as a user runs it: every option, every exit code, every format on Northwind.

The outputs of Northwind lie in ``tests/golden/check``; set CONVERGENCE_UPDATE_GOLDEN=1 to write them anew.
"""

from __future__ import annotations

import json
import os
import shutil
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft7Validator  # type: ignore[import-untyped]
from running import ROOT, convergence

from convergence_cli import check
from convergence_cli.problems import InputError, UsageError

GOLDEN = Path(__file__).parent / "golden" / "check"
NORTHWIND = ("objectives.yaml", "plans.yaml")
FORMATS = {
    "text": "northwind.txt",
    "concise": "northwind.concise",
    "json": "northwind.json",
    "markdown": "northwind.md",
    "github": "northwind.github",
    "gitlab": "northwind.gitlab.json",
    "junit": "northwind.xml",
    "sarif": "northwind.sarif",
}
FIRST_FILE = """\
objectives: [{id: O-1, title: Grow online sales}]
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Office network, no_objective_because: loses support in March}
"""
UNLINKED = "plans:\n  - {id: P-01, title: New checkout}\n"
NO_PLANS = "objectives:\n  - {id: O-1, title: Grow online sales}\n"
UNREADABLE = "plans:\n  - {id: P-01, title: New checkout, bugdet: 12, no_objective_because: it runs}\n"

Check = Callable[..., tuple[int, str, str]]


@pytest.fixture
def checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Check:
    """Runs `convergence check` in an empty folder; exit code, stdout, stderr."""
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str, stdin: str = "") -> tuple[int, str, str]:
        day = () if "--today" in arguments else ("--today", "2026-11-20")
        ended = convergence("check", *arguments, *day, cwd=Path(), stdin=stdin.encode())
        assert "Traceback" not in ended.err
        return ended.code, ended.out, ended.err

    return call


@pytest.fixture
def northwind(checked: Check) -> Check:
    """The same, with Northwind's two files in the folder."""
    for name in NORTHWIND:
        shutil.copy(ROOT / "examples" / name, name)
    return checked


def written(name: str, text: str) -> str:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8", newline="\n")
    return name


def codes(out: str) -> list[str]:
    return [each["code"] for each in json.loads(out)["findings"]]


# Northwind in every format


@pytest.mark.parametrize("form", FORMATS)
def test_northwind_in_every_format(northwind: Check, form: str) -> None:
    code, out, err = northwind(*NORTHWIND, "-f", form)
    golden = GOLDEN / FORMATS[form]
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        golden.write_text(out, encoding="utf-8", newline="\n")
    assert out == golden.read_text(encoding="utf-8")
    assert (code, err) == (1, "")


def test_the_json_keeps_its_schema(northwind: Check) -> None:
    schema = json.loads((ROOT / "schemas" / "check.schema.json").read_text(encoding="utf-8"))
    for arguments in (NORTHWIND, (written("bad.yaml", UNREADABLE),), (written("none.yaml", NO_PLANS),)):
        out = northwind(*arguments, "-f", "json")[1]
        assert [error.message for error in Draft7Validator(schema).iter_errors(json.loads(out))] == []


def test_the_python_function_gives_what_the_command_prints(northwind: Check) -> None:
    report = check(*NORTHWIND, today="2026-11-20")
    assert json.loads(northwind(*NORTHWIND, "-f", "json")[1]) == json.loads(report.model_dump_json())
    assert report.exit_code == 1
    with pytest.raises(UsageError, match=r"`CV999` is no rule"):
        check("plans.yaml", select=["CV999"])
    with pytest.raises(UsageError, match=r"`fail_no`.*Did you mean fail_on"):
        check("plans.yaml", fail_no="warning")
    with pytest.raises(InputError, match="no such file"):
        check("no-such-file.yaml")


# Exit codes


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    ("text", "expected"),
    [(FIRST_FILE, 0), (UNLINKED, 1), (UNREADABLE, 2), ("plans: [a", 2), (NO_PLANS, 3), ("", 3)],
    ids=["clean", "finding", "unknown key", "not YAML", "no plans", "empty"],
)
def test_exit_codes_are_the_same_in_every_format(checked: Check, form: str, text: str, expected: int) -> None:
    code, out, err = checked(written("plans.yaml", text), "-f", form)
    assert (code, err) == (expected, "")
    assert (form != "json") or json.loads(out)["command"] == "check"


@pytest.mark.parametrize(
    "option", [("--fail-on", "never"), ("--ignore", "CV0"), ("--select", "CV3"), ("--ignore", "schema")]
)
def test_nothing_lowers_or_hides_a_reading_problem(checked: Check, option: tuple[str, str]) -> None:
    code, out, _ = checked(written("plans.yaml", UNREADABLE), *option, "-f", "json")
    assert (code, codes(out)) == (2, ["CV004"])


def test_a_path_that_is_not_there_is_told_on_stderr_and_no_objective_is_called_undefined(
    northwind: Check,
) -> None:
    code, out, err = northwind("plans.yaml", "objective.yaml", "-f", "json")
    assert code == 2
    assert "objective.yaml error CV001 no-file" in err
    assert "Did you mean objectives.yaml" in err
    assert {"CV001", "CV102"}.isdisjoint(codes(out))
    assert json.loads(out)["counts"]["plans"] == 12
    said = northwind("plans.yaml", "objective.yaml", "--width", "200")[1]
    assert "what is missing may stand in what could not be read: CV102," in said


# What is read


def test_a_folder_stands_for_its_yaml_files(checked: Check) -> None:
    written("all/b.yml", "plans:\n  - {id: P-02, title: B, serves: [O-1]}\n")
    written("all/a.yaml", "plans:\n  - {id: P-01, title: A, serves: [O-1]}\n")
    written("all/deep/o.YAML", NO_PLANS)
    written("all/.github/workflow.yml", "on: push\n")
    written("all/.hidden.yaml", "on: push\n")
    written("all/notes.txt", "no YAML: here: at all")
    code, out, err = checked("all", "-f", "json")
    assert (code, err, codes(out)) == (0, "", [])
    assert [each["name"] for each in json.loads(out)["inputs"]] == ["a.yaml", "b.yml", "o.YAML"]


def test_a_file_is_read_once_however_often_it_is_named(northwind: Check) -> None:
    once = northwind(*NORTHWIND, "-f", "concise")
    assert northwind(*NORTHWIND, "./plans.yaml", "-f", "concise") == once
    assert len(json.loads(northwind("plans.yaml", ".", "-f", "json")[1])["inputs"]) == 2


def test_our_other_files_in_a_folder_are_passed_over_and_said(checked: Check) -> None:
    written("plans.yaml", FIRST_FILE)
    written("responses.yaml", "questionnaire: convergence-2017@1\nconfidential: true\nrespondents: []\n")
    code, out, err = checked(".")
    assert code == 0
    assert "responses.yaml" not in out
    assert err == "responses.yaml holds no plans, and was passed over.\n"
    assert checked(".", "-q")[2] == ""


@pytest.mark.parametrize(
    ("named", "text", "says"),
    [
        (
            "responses.yaml",
            "questionnaire: x\nconfidential: true\nrespondents: [{id: secret, grup: it}]\n",
            "This file holds responses, and plans are needed.",
        ),
        (".", 'respondents:\n  - {id: r1, answers: {q: "secret}}\n', "CV001"),
    ],
)
def test_of_a_file_of_answers_no_word_is_told(checked: Check, named: str, text: str, says: str) -> None:
    written("responses.yaml", text)
    code, out, _ = checked(named)
    assert (code, says in out, "secret" in out) == (2, True, False)


def test_plans_come_from_stdin(checked: Check) -> None:
    code, out, _ = checked("-", "-f", "concise", stdin=UNLINKED)
    assert (code, out.split(" ")[:2]) == (1, ["<stdin>:2:5:", "CV101"])
    served = "plans:\n  - {id: P-01, title: A, serves: [O-1]}\n"
    assert checked(written("objectives.yaml", NO_PLANS), "-", stdin=served)[0] == 0


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux takes any byte in a file's name")
@pytest.mark.parametrize("form", FORMATS)
def test_a_file_may_have_any_name(checked: Check, form: str) -> None:
    name = os.fsdecode(b"plans \xff\n::error::x\x1b[31m.yaml")
    code, out, err = checked(written(name, UNLINKED), "-f", form)
    assert (code, err) == (1, "")
    assert "CV101" in out.encode("utf-8").decode("utf-8")
    assert not {"\x1b", "\udcff"} & set(out)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="nothing is closed to this user")
def test_a_folder_that_is_closed_is_not_passed_over(checked: Check) -> None:
    written("all/plans.yaml", FIRST_FILE)
    written("all/closed/plans.yaml", UNLINKED)
    Path("all/closed").chmod(0)
    code, out, err = checked("all")
    Path("all/closed").chmod(0o755)
    assert (code, out) == (2, "")
    assert "It cannot be opened" in err


def test_the_real_day_stands_in_where_none_is_given(checked: Check) -> None:
    written("plans.yaml", "plans:\n  - {id: P-1, title: T, no_objective_because: x, ends: 2001-01-01}\n")
    report = convergence("check", "plans.yaml", "-f", "json", cwd=Path()).json
    assert report["today"] >= "2026-11-20"
    assert [each["code"] for each in report["findings"]] == ["CV302"]


def test_each_indicator_below_its_minimum_is_a_finding(northwind: Check) -> None:
    minima = ("plans-mapped=60%", "objectives-served=0.9", "ideas-taken-up = 31 %", "one-voice=0")
    options = [part for each in minima for part in ("--min", each)]
    assert codes(northwind(*NORTHWIND, *options, "-f", "json")[1]).count("CV207") == 3


@pytest.mark.parametrize("form", ["text", "markdown"])
def test_without_objectives_nothing_is_said_of_what_plans_serve(northwind: Check, form: str) -> None:
    code, out, _ = northwind("plans.yaml", "-f", form)
    assert (code, "no objective, no reason" in out) == (1, False)
    assert "No objectives were given, so nothing can be said of what plans serve" in " ".join(out.split())


# Settings


def test_settings_come_from_the_folder_and_the_command_line_wins(northwind: Check) -> None:
    written("pyproject.toml", '[tool.convergence.check]\nfail_on = "never"\n')
    assert northwind(*NORTHWIND)[0] == 1
    written(
        "convergence.toml", '[check]\nselect = ["CV2"]\nmin = {plans-mapped = "60%"}\nfail_on = "never"\n'
    )
    code, out, _ = northwind(*NORTHWIND, "-f", "json")
    assert (code, {each[:3] for each in codes(out)}, "CV207" in codes(out)) == (0, {"CV2"}, True)
    assert northwind(*NORTHWIND, "--fail-on", "error")[0] == 1
    assert "CV207" not in codes(northwind(*NORTHWIND, "--min", "plans-mapped=0.5", "-f", "json")[1])


def test_a_wrong_setting_is_shown_at_its_line(checked: Check) -> None:
    written("convergence.toml", '[check]\nselect = ["CV999"]\n')
    code, out, err = checked(written("plans.yaml", FIRST_FILE))
    assert (code, out) == (2, "")
    assert err.startswith("convergence.toml:2")
    assert "`CV999` is no rule." in " ".join(err.split())


# Baseline


def legacy(plans: int, linked: int = 0) -> str:
    rows = [
        f"  - {{id: P-{n:03}, title: Plan {n}{', serves: [O-1]' if n <= linked else ''}}}"
        for n in range(1, plans + 1)
    ]
    return "\n".join([NO_PLANS + "plans:", *rows, ""])


def test_a_legacy_file_is_adopted_in_one_command_and_fails_on_what_is_new(checked: Check) -> None:
    written("plans.yaml", legacy(500))
    code, out, err = checked("plans.yaml", "--write-baseline", "baseline.json", "-f", "json")
    assert (code, json.loads(out)["counts"]["baselined"]) == (0, 501)
    assert err.startswith("baseline.json is written")
    assert checked("plans.yaml", "--baseline", "baseline.json")[0] == 0

    written("plans.yaml", "# a line more\n" + legacy(501))
    code, out, _ = checked("plans.yaml", "--baseline", "baseline.json", "-f", "concise")
    assert (code, out.count("\n"), "P-501" in out) == (1, 1, True)

    written("plans.yaml", legacy(501, linked=1))
    assert checked("plans.yaml", "--write-baseline", "baseline.json", "-q")[::2] == (1, "")
    held = json.loads(Path("baseline.json").read_text(encoding="utf-8"))["findings"]
    assert [each["plan"] for each in held] == [f"P-{number:03}" for number in range(2, 501)]


@pytest.mark.parametrize("text", ["plans: [a", NO_PLANS, UNREADABLE])
def test_a_baseline_is_left_alone_when_not_all_could_be_read(checked: Check, text: str) -> None:
    written("plans.yaml", legacy(2))
    checked("plans.yaml", "--write-baseline", "baseline.json")
    before = Path("baseline.json").read_bytes()
    written("plans.yaml", text)
    code, _, err = checked("plans.yaml", "--write-baseline", "baseline.json")
    assert code in (2, 3)
    assert "baseline.json was not written" in err
    assert Path("baseline.json").read_bytes() == before


# Outputs


def test_several_files_in_one_run_each_in_the_form_of_its_name(northwind: Check) -> None:
    files = ["report.json", "report.sarif", "report.xml", "report.md", "report.txt"]
    arguments = [part for file in ["-", *files] for part in ("-o", file)]
    code, out, err = northwind(*NORTHWIND, "-f", "github", *arguments)
    assert (code, err) == (1, "")
    assert out == (GOLDEN / FORMATS["github"]).read_text(encoding="utf-8")
    assert northwind(*NORTHWIND, "-o", "report.json") == (1, "", "")
    for file in files:
        golden = GOLDEN / f"northwind{Path(file).suffix}"
        assert Path(file).read_text(encoding="utf-8") == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments",
    [
        ("plans.json", "-o", "plans.json"),
        ("plans.json", "-o", "./link.json"),
        ("plans.json", "-o", "hard.json"),
        ("plans.json", "--write-baseline", "plans.json"),
        ("plans.json", "--write-baseline", "out.json", "-o", "out.json"),
        ("folder", "-o", "folder/other.txt", "--baseline", "folder/other.txt"),
    ],
)
def test_what_is_read_is_never_written_over(checked: Check, arguments: tuple[str, ...]) -> None:
    text = '{"plans": [{"id": "P-01", "title": "New checkout"}]}'
    written("plans.json", text)
    written("folder/plans.yaml", text)
    written("folder/other.txt", '{"format": "baseline/1", "findings": []}')
    Path("link.json").symlink_to("plans.json")
    Path("hard.json").hardlink_to("plans.json")
    before = {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()}
    code, out, _ = checked(*arguments)
    assert (code, out) == (2, "")
    assert {path: path.read_bytes() for path in Path().rglob("*.*") if path.is_file()} == before


def test_no_run_opens_a_connection(northwind: Check, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        raise AssertionError("the network was asked for")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert [northwind(*NORTHWIND, "-f", form)[0] for form in FORMATS] == [1] * len(FORMATS)


def test_an_absolute_path_is_shown_relative_where_a_server_looks_for_it(northwind: Check) -> None:
    file = str(Path("plans.yaml").resolve())
    assert "::error file=plans.yaml,line=" in northwind(file, "-f", "github")[1]
    assert '"uri": "plans.yaml"' in northwind(file, "-f", "sarif")[1]
