"""Hints for what people write out of habit: the right name of ours, and no wrong one."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import convergence

from convergence_cli.documents import parse
from convergence_cli.model import habits
from convergence_cli.model.complaints import fields_of, models_in
from convergence_cli.model.plan_files import read_plans
from convergence_cli.model.plans import PlansFile
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import Responses
from convergence_cli.problems import Finding


def hints(text: str) -> list[tuple[str, str]]:
    _, findings = read_plans([parse(text.encode(), "plans.yaml")])
    return [(each.message, each.hint) for each in findings]


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        *(
            (name, "serves")
            for name in ("objectives", "objective", "goals", "Goal", "supports", "aligned-to")
        ),
        *((name, "ends") for name in ("due", "Due date", "deadline", "end_date")),
        *((name, "budget") for name in ("cost", "Costs", "amount")),
        *((name, "owner") for name in ("Assignee", "assigned_to", "lead", "Project manager")),
        *(("sponsor", "champion"), ("Epic Link", "part_of"), ("parent", "part_of"), ("Start date", "starts")),
        *(
            ("blocked_by", "depends_on"),
            ("department", "units"),
            ("benefits", "results"),
            ("state", "status"),
        ),
    ],
)
def test_a_plan_with_a_field_by_another_name(written: str, meant: str) -> None:
    text = f"plans: [{{id: P-1, title: T, {written}: x}}]\n"
    assert hints(text) == [(f"`{written}` is not a known key here.", f"Did you mean {meant}?")]


@pytest.mark.parametrize("written", ["name", "Summary", "description", "short_description"])
def test_a_title_by_another_name(written: str) -> None:
    for kind in ("plans", "objectives"):
        found = hints(f"{kind}: [{{id: X-1, {written}: T}}]\n")
        assert (f"`{written}` is not a known key here.", "Did you mean title?") in found


@pytest.mark.parametrize(
    ("field", "written", "meant"),
    [
        *(("priority", "1", "high"), ("priority", "P3", "normal"), ("priority", "lowest", "low")),
        *(("status", "achieved", "met"), ("status", "In Progress", "active"), ("status", "aktive", "active")),
    ],
)
def test_a_value_by_another_name(field: str, written: str, meant: str) -> None:
    [(message, hint)] = hints(f"objectives: [{{id: O-1, title: T, {field}: {written}}}]\n")
    assert message.endswith(f", found `{written}`.")
    assert hint == f"Did you mean {meant}?"


@pytest.mark.parametrize(
    ("written", "meant"), [("Done", "delivered"), ("approved", "green-lit"), ("WIP", "in-progress")]
)
def test_the_status_of_a_plan_by_another_name(written: str, meant: str) -> None:
    assert hints(f"plans: [{{id: P-1, title: T, status: {written}}}]\n")[0][1] == f"Did you mean {meant}?"


def test_links_by_another_name_are_not_missing(tmp_path: Path) -> None:
    """The key is told once, and nobody says that the plan serves nothing."""
    text = "objectives: [{id: O-1, title: T}]\nplans: [{id: P-1, title: T, goals: [O-1]}]\n"
    (tmp_path / "plans.yaml").write_text(text, encoding="utf-8")
    said = convergence("check", "plans.yaml", "--select", "CV0,CV101", cwd=tmp_path).out
    assert "Did you mean serves?" in said
    assert "CV101" not in said


SHEET = """\
questionnaire: convergence-2017@1
confidential: false
respondents:
  - {id: r01, group: it, WRITTEN, answers: {}}
"""


@pytest.mark.parametrize(("written", "meant"), [("role: CFO", "about.role"), ("Unit: Sales", "about.unit")])
def test_an_attribute_that_does_not_stand_under_about(written: str, meant: str, tmp_path: Path) -> None:
    (tmp_path / "it.yaml").write_text(SHEET.replace("WRITTEN", written), encoding="utf-8")
    assert f"Did you mean {meant}?" in convergence("score", "it.yaml", cwd=tmp_path).err


def test_a_colon_inside_braces(tmp_path: Path) -> None:
    text = SHEET.replace("WRITTEN, answers: {}", "answers: {awareness: {now: 1, comment: Six weeks: for}}")
    finding = parse(text.encode(), "it.yaml").problems[0]
    assert str(finding.place) == "it.yaml:4:74"
    assert finding.message == "This value holds a second `: `, or a comma is missing before it."
    assert finding.hint == "Put the value in quotes, or write the comma."


@pytest.mark.parametrize("text", ["a: {b: c\nd: e\n", "a: [b\nc: d\n"])
def test_a_bracket_that_is_not_closed_is_no_second_colon(text: str) -> None:
    assert "has no end, or lacks a comma" in parse(text.encode(), "it.yaml").problems[0].message


QUESTIONNAIRE = (Path(__file__).parent.parent / "questionnaires" / "convergence-2017@1.yaml").read_text(
    "utf-8"
)


def test_a_kind_that_is_left_empty(tmp_path: Path) -> None:
    (tmp_path / "q.yaml").write_text(QUESTIONNAIRE.replace("kind: ratio", "kind: ", 1), encoding="utf-8")
    said = " ".join(convergence("validate", "q.yaml", cwd=tmp_path).out.split())
    assert "`kind`: expected one of 'scale', 'choice'" in said
    assert ", found nothing." in said
    assert "None" not in said


@pytest.mark.parametrize(
    ("label", "told"),
    [
        *(("No", True), ('"No"', False), ("'no'", False), ("{en: No}", True), ("{en: 'No'}", False)),
        *(("{en: 'No', de: on}", True), ("No way", False)),
    ],
)
def test_a_quoted_truth_value_is_a_text(label: str, told: bool, tmp_path: Path) -> None:
    text = QUESTIONNAIRE.replace("label: Very dissatisfied", f"label: {label}").replace("[en]", "[en, de]")
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    said = convergence("validate", "q.yaml", cwd=tmp_path).out
    assert "questionnaire convergence-2017@1" in said
    assert ("CQ107" in said) == told


@pytest.mark.parametrize("header", ["chekc", '"chekc"', "chekc.x"])
def test_a_misspelt_table_of_settings(header: str, tmp_path: Path) -> None:
    (tmp_path / "convergence.toml").write_text(f'# ours\n[{header}]\nfail_on = "never"\n')
    ended = convergence("check", ".", cwd=tmp_path)
    assert ended.code == 2
    assert ended.err.startswith(
        "convergence.toml:2 error CV004 schema\n  `chekc` is not known here. Did you mean check?"
    )


# The table


def every_model(*roots: type) -> dict[str, type]:
    found: dict[str, type] = {}
    waiting = set(roots)
    while waiting:
        model = waiting.pop()
        found[model.__name__] = model
        fields = fields_of(model).values()
        waiting |= {each for f in fields for each in models_in(f.annotation, *f.metadata)} - set(
            found.values()
        )
    return found


def test_the_table_names_what_there_is_and_nothing_that_is_right_already() -> None:
    models = every_model(PlansFile, Responses, Questionnaire)
    for kind, words in habits.FIELDS.items():
        known = set(fields_of(models[kind]))
        assert {name.partition(".")[0] for name in words} <= known, kind
        others = [other for names in words.values() for other in names.split()]
        assert not known & set(others), kind
        assert len(others) == len(set(others)), kind


def test_a_hint_is_no_part_of_the_reading() -> None:
    plans, findings = read_plans([parse(b"plans: [{id: P-1, title: T, goals: [O-1]}]", "plans.yaml")])
    assert plans.plans[0].item.serves == ()
    assert [type(each) for each in findings] == [Finding]
