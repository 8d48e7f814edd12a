"""Questionnaires as others write them: two options of one value, ids such as 1.1 and SM/1.1."""

from __future__ import annotations

from pathlib import Path

import pytest
from running import Ended, convergence

from convergence_cli import read, score
from convergence_cli.problems import InputError

SAMM = """\
id: samm
version: 1
title: Shaped like the table of SAMM 1.5
groups: [{id: IT 1, title: Teams}]
scales:
  share:
    options:
      - {value: 0, label: "Not yet"}
      - {value: 0.5, label: "Yes, a small part"}
      - {value: 0.5, label: "Yes, ad hoc"}
      - {value: 1, label: "Yes, most"}
dimensions: [{id: SM, title: Strategy}, {id: SM/1.1, title: Level 1, parent: SM}]
questions:
  - {id: "1.1", dimension: SM/1.1, text: Is there a plan?, answer: {kind: scale, scale: share}}
  - {id: "SM 1.2", dimension: SM/1.1, text: Is it followed?, answer: {kind: scale, scale: share}}
"""
PEOPLE = """\
questionnaire: samm.yaml
confidential: false
respondents:
  - {id: a, group: IT 1, answers: {1.1: "Yes, ad hoc", SM 1.2: 1}}
  - {id: b, group: IT 1, answers: {1.1: {now: "yes, a small part", want: 1}, SM 1.2: "Not yet"}}
  - {id: c, group: IT 1, answers: {1.1: 0, SM 1.2: 0}}
"""
TABLE = """\
id;group;1.1.want;1.1;1.1.comment;SM 1.2
a;IT 1;;Yes, ad hoc;;1
b;IT 1;1;yes, a small part;Soon;Not yet
c;IT 1;;0;;0
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("samm.yaml").write_text(SAMM, encoding="utf-8")
    Path("people.yaml").write_text(PEOPLE, encoding="utf-8")
    Path("people.csv").write_text(TABLE, encoding="utf-8")


def ended(*arguments: str) -> Ended:
    return convergence(*arguments, cwd=Path.cwd())


def test_the_questionnaire_is_fine_and_a_figure_is_opened_by_its_id() -> None:
    assert ended("validate", "samm.yaml").out == "samm.yaml: questionnaire samm@1, 2 questions. Fine.\n"
    assert "33" in ended("score", "people.yaml", "--explain", "SM 1.2").out
    assert ended("score", "people.yaml", "--explain", "SM/1.1", "-f", "json").code == 0


@pytest.mark.parametrize("table", [False, True])
def test_options_of_one_value_are_counted_apart_and_earn_the_same(table: bool) -> None:
    if table:
        cover = PEOPLE.partition("respondents")[0] + "respondents: people.csv\n"
        Path("people.yaml").write_text(cover, encoding="utf-8")
    first, second = score(read("people.yaml")).questions
    [cell] = first.groups
    counts = {each.label: (each.value, each.n) for each in cell.counts}
    half = {"Yes, a small part": (0.5, 1), "Yes, ad hoc": (0.5, 1)}
    assert counts == {"Not yet": (0, 1), **half, "Yes, most": (1, 0)}
    assert [first.score, second.score] == pytest.approx([100 / 3, 100 / 3])
    assert cell.want is not None
    assert (cell.want.n, cell.want.points, cell.top_two) == (1, 100, None)


@pytest.mark.parametrize("confidential", [False, True])
def test_a_value_of_two_options_is_refused_with_the_labels_to_choose_from(confidential: bool) -> None:
    text = Path("people.yaml").read_text(encoding="utf-8").replace("Yes, ad hoc", "0.5")
    Path("people.yaml").write_text(text.replace("false", str(confidential).lower()), encoding="utf-8")
    with pytest.raises(InputError) as error:
        read("people.yaml")
    [finding] = error.value.findings
    labels = "0 (Not yet), Yes, a small part, Yes, ad hoc, 1 (Yes, most), n/a or dont-know"
    told = [f"`1.1`: expected {labels}", ", found `0.5`", "Several options share it: write a label."]
    assert finding.message + finding.hint == "".join(told[:1] if confidential else told)


def test_equal_neighbours_are_in_order_and_a_turn_behind_them_is_not() -> None:
    best = '{value: 1, label: "Yes, most"}\n'
    turned = SAMM.replace("value: 0,", "value: 0.5,").replace(
        best, best + "      - {value: 0, label: Never}\n"
    )
    Path("samm.yaml").write_text(turned, encoding="utf-8")
    told = ended("validate", "samm.yaml")
    assert told.code == 1
    assert "CQ104" in told.out
    assert told.out.count("warning") == 2  # the finding, and the count at the end
