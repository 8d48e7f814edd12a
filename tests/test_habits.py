"""Hints for what people write out of habit: the right name of ours, and no wrong one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from running import ROOT, convergence

from convergence_cli.documents import parse
from convergence_cli.model.fields import fields_of, models_in
from convergence_cli.model.habits import HABITS
from convergence_cli.model.plan_files import read_plans
from convergence_cli.model.plans import PlansFile
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import Responses


def hints(text: str) -> list[tuple[str, str]]:
    _, findings = read_plans([parse(text.encode(), "plans.yaml")])
    return [(each.message, each.hint) for each in findings]


MEANT = """\
plans serves: objectives, objective, goals, Goal, supports, aligned-to
plans ends: due, Due date, deadline, end_date
plans budget: cost, Costs, amount
plans owner: Assignee, assigned_to, lead, Project manager
plans title: name, Summary, description, short_description
plans part_of: Epic Link, parent
plans champion: sponsor
plans starts: Start date
plans depends_on: blocked_by
plans units: department
plans results: benefits
plans status: state
plans status=delivered: Done
plans status=green-lit: approved
plans status=in-progress: WIP
objectives title: name, Summary
objectives owner: sponsor
objectives priority=high: 1
objectives priority=normal: P3
objectives priority=low: lowest
objectives status=met: achieved
objectives status=active: In Progress, aktive
"""
"""A key, or a value of a key; and by which other names people write it."""


@pytest.mark.parametrize("line", MEANT.splitlines())
def test_a_key_or_a_value_by_another_name(line: str) -> None:
    meant, _, names = line.partition(": ")
    kind, _, name = meant.partition(" ")
    key, _, value = name.partition("=")
    for written in names.split(", "):
        field = f"{key}: {written}" if value else f"{written}: x"
        [(message, hint)] = hints(f"{kind}: [{{id: X-1, title: T, {field}}}]\n")
        told = f", found `{written}`." if value else f"`{written}` is not a known key here."
        assert message.endswith(told)
        assert hint == f"Did you mean {value or key}?"


def test_links_by_another_name_are_not_missing(tmp_path: Path) -> None:
    """The key is told once, nobody says that the plan serves nothing, and the hint is not acted on."""
    text = "objectives: [{id: O-1, title: T}]\nplans: [{id: P-1, title: T, goals: [O-1]}]\n"
    (tmp_path / "plans.yaml").write_text(text, encoding="utf-8")
    said = convergence("check", "plans.yaml", "--select", "CV0,CV101", cwd=tmp_path).out
    assert "Did you mean serves?" in said
    assert "CV101" not in said
    plans, _ = read_plans([parse(text.encode(), "plans.yaml")])
    assert plans.plans[0].item.serves == ()


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


def test_a_colon_inside_braces() -> None:
    text = SHEET.replace("WRITTEN, answers: {}", "answers: {awareness: {now: 1, comment: Six weeks: for}}")
    [finding] = parse(text.encode(), "it.yaml").problems
    assert str(finding.place) == "it.yaml:4:74"
    assert finding.message == "This value holds a second `: `, or a comma is missing before it."
    assert finding.hint == "Put the value in quotes, or write the comma."


QUESTIONNAIRE = (ROOT / "questionnaires" / "convergence-2017@1.yaml").read_text(encoding="utf-8")


TOLD = ["No", "{en: No}", "{en: 'No', de: on}"]


@pytest.mark.parametrize("label", [*TOLD, '"No"', "'no'", "{en: 'No'}", "No way"])
def test_a_quoted_truth_value_is_a_text(label: str, tmp_path: Path) -> None:
    text = QUESTIONNAIRE.replace("label: Very dissatisfied", f"label: {label}").replace("[en]", "[en, de]")
    (tmp_path / "q.yaml").write_text(text, encoding="utf-8")
    said = convergence("validate", "q.yaml", cwd=tmp_path).out
    assert "questionnaire convergence-2017@1" in said
    assert ("CQ107" in said) == (label in TOLD)


def every_model(*roots: type) -> dict[str, type]:
    """The models that files of ours hold, at any depth, by name."""
    found: set[type] = set()
    waiting = set(roots)
    while waiting:
        found |= waiting
        fields = [field for model in waiting for field in fields_of(model).values()]
        waiting = models_in(*(part for each in fields for part in (each.annotation, *each.metadata))) - found
    return {model.__name__: model for model in found}


def test_the_table_names_what_there_is() -> None:
    known = {"about.role", "about.unit", "about.location"}
    for model in every_model(PlansFile, Responses, Questionnaire).values():
        for name, field in fields_of(model).items():
            known |= {name, *re.findall("'([^']+)'", str(field.annotation))}
    assert known >= HABITS.keys()
