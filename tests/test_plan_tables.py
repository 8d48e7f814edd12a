"""Portfolios in tables: by which map they are read, what is said of them, and where."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from running import ROOT, Ended, convergence

from convergence_cli.model.fields import fields_of, models_in
from convergence_cli.model.plan_tables import (
    COLUMNS,
    PlansMap,
    choices,
    day_order,
    decimal_mark,
    iso_day,
    listed,
    plain_amount,
)
from convergence_cli.model.plans import Objective, Plan

EXAMPLES = ROOT / "examples"
TODAY = ("--today", "2026-11-23")
OWN = "id,title,serves,budget\nP-1,Checkout,O-1,120000\n"
OBJECTIVES = (
    "format: plans/1\ncurrency: EUR\nobjectives:\n  - {id: O-1, title: Grow}\n  - {id: O-2, title: Save}\n"
)


def checked(folder: Path, files: dict[str, str], *more: str) -> Ended:
    """How the check of the files ends that are no settings."""
    for name, text in files.items():
        (folder / name).write_bytes(text.encode())
    names = [name for name in files if name != "convergence.toml"]
    return convergence("check", *names, *TODAY, *more, cwd=folder)


def found(report: Any) -> list[tuple[Any, ...]]:
    keys = ("code", "severity", "plan", "objective", "owner", "message", "waived")
    return sorted(tuple(map(str, (each[key] for key in keys))) for each in report["findings"])


def places(ended: Ended, code: str) -> list[str]:
    return [
        f"{each['file']}:{each['line']}:{each['column']}"
        for each in ended.json["findings"]
        if each["code"] == code
    ]


def test_an_export_of_jira_is_found_to_be_what_the_plans_file_is() -> None:
    jira = convergence(
        "check",
        "../objectives.yaml",
        "portfolio.csv",
        "ideas.yaml",
        *TODAY,
        "-f",
        "json",
        cwd=EXAMPLES / "jira",
    )
    yaml = convergence("check", "objectives.yaml", "plans.yaml", *TODAY, "-f", "json", cwd=EXAMPLES)
    assert found(jira.json) == found(yaml.json)
    for name in ("counts", "evidence", "not_checked"):
        assert jira.json[name] == yaml.json[name]
    assert places(jira, "CV102") == ["portfolio.csv:12:175"]


def test_three_tables_of_plans_objectives_and_links(tmp_path: Path) -> None:
    """As the open data of the Government of Canada has them; the map leaves out what is not for us."""
    ended = checked(
        tmp_path,
        {
            "plans.csv": "id,name,owner,active,budget\nAB-01,Parks,PC,1,29100883.0\nAB-02,Roads,PC,1,5.5\n",
            "objectives.csv": "id,parent,name\nDR-1,AB-0,Parks are safe\nDR-2,AB-0,Roads are safe\n",
            "links.csv": "plan,objective\nAB-01,DR-1\nAB-01,DR-9\nAB-07,DR-1\n",
            "convergence.toml": '[plans]\ncurrency = "CAD"\n'
            'columns = {id = "id", title = "name", owner = "owner", budget = "budget"}\n'
            '[objectives]\ncolumns = {id = "id", title = "name"}\n',
        },
        *("-f", "json"),
    )
    assert places(ended, "CV101") == ["plans.csv:3:1"]
    assert places(ended, "CV201") == ["objectives.csv:3:1"]
    assert places(ended, "CV102") == ["links.csv:3:7"]
    assert places(ended, "CV004") == ["links.csv:4:1"]
    [lost] = [each for each in ended.json["findings"] if each["code"] == "CV004"]
    assert lost["message"] == "`AB-07` is the id of no plan."


def test_columns_called_as_ours_need_no_map(tmp_path: Path) -> None:
    ended = checked(tmp_path, {"plans.csv": OWN, "goals.yaml": OBJECTIVES}, "-f", "concise")
    assert ended.code == 0
    assert ended.out.startswith('goals.yaml:5:5: CV201 O-2 "Save" has no plan.')


def test_the_map_that_is_proposed_reads_the_table(tmp_path: Path) -> None:
    table = (EXAMPLES / "jira" / "portfolio.csv").read_text(encoding="utf-8")
    first = checked(tmp_path, {"portfolio.csv": table})
    toml = first.err.partition("\n")[2]
    assert 'title = "Summary"' in toml
    assert '"Selected for Development" = "green-lit"' in toml
    unmapped = convergence("validate", "portfolio.csv", cwd=tmp_path)
    assert unmapped.out.startswith("portfolio.csv:1:1 error CV004")
    (tmp_path / "convergence.toml").write_text(toml, encoding="utf-8")
    second = convergence("validate", "portfolio.csv", cwd=tmp_path)
    assert "0 objectives, 12 plans. Fine" in " ".join(second.out.split())


def test_a_map_is_proposed_and_what_is_missing_said(tmp_path: Path) -> None:
    ended = checked(tmp_path, {"plans.csv": "Issue key,Status,Due date\nP-1,Done,2026-01-01\n"})
    assert ended.code == 2
    assert "No column of this table is called `id` and `title`" in " ".join(ended.out.split())
    assert ended.err == (
        "It may be this map, for convergence.toml:\n"
        '[plans.columns]\nid = "Issue key"\nstatus = "Status"\nends = "Due date"\n'
        'title = "" # needed, and no column looks like it\n'
        '[plans.values.status]\n"Done" = "delivered"\n'
    )
    assert "P-1" not in ended.out


def test_what_is_unclear_or_unknown_is_told_once_and_nothing_is_guessed(tmp_path: Path) -> None:
    ended = checked(
        tmp_path,
        {
            "jira.csv": "Key,Summary,Status,Due,Cost\n"
            "J-1,Checkout,Done,03/04/2026,120.000\nJ-2,Search,Done,05/06/2026,1.200\n",
            "convergence.toml": '[plans]\ncurrency = "EUR"\n'
            'columns = {id = "Key", title = "Summary", status = "Status", ends = "Due", budget = "Cost"}\n',
        },
        *("-f", "concise", "--select", "CV4"),
    )
    assert ended.out.splitlines() == [
        "jira.csv:2:14: CV004 `status`: expected one of proposed, green-lit, in-progress, delivered, "
        "on-hold, cancelled, found `Done`. Did you mean delivered? Say what it means in "
        "`[plans.values.status]` of convergence.toml.",
        "jira.csv:2:19: CV004 `ends`: day or month may come first, and no other cell of the column shows "
        "which, found `03/04/2026`. Write `dates = ...` (day-first or month-first) into `[plans]` of "
        "convergence.toml.",
        "jira.csv:2:30: CV004 `budget`: the point may mark thousands or cents, and no other cell of the "
        'column shows which, found `120.000`. Write `decimal = ...` ("." or ",") into `[plans]` of '
        "convergence.toml.",
    ]


def test_what_could_not_be_read_is_not_taken_for_absent(tmp_path: Path) -> None:
    table = "id,title,status,ends\n" + "".join(f"P-{at},Plan {at},Done,\n" for at in range(200))
    ended = checked(tmp_path, {"plans.csv": table + "P-x,Last,proposed,soon\n"}, "-f", "json")
    found = [(each["code"], each["line"]) for each in ended.json["findings"] if each["code"] == "CV004"]
    assert found == [("CV004", 2), ("CV004", 202)]
    [mapped] = [each for each in ended.json["evidence"] if each["id"] == "plans-mapped"]
    assert mapped["of"] is None


def test_objectives_in_the_rows_of_their_plans_links_by_title_and_rows_that_count(tmp_path: Path) -> None:
    plans = (
        "Key,Type,Summary,Goal id,Goal\n"
        'J-1,Epic,Checkout,G-1,"Grow, fast"\nJ-2,Epic,Search,G-1,"Grow, fast"\nJ-3,Task,Fix,,\n'
    )
    columns = 'columns = {id = "Key", title = "Summary", serves = "Goal"}\nrows = {Type = "epic"}\n'
    goals = (
        '[objectives]\nfile = "j*.csv"\nrows = {Type = "epic"}\ncolumns = {id = "Goal id", title = "Goal"}\n'
    )
    toml = f'[plans]\nfile = "jira.csv"\n{columns}{goals}'
    ended = checked(tmp_path, {"jira.csv": plans, "convergence.toml": toml}, "-f", "json")
    counts = ended.json["counts"]
    assert (counts["objectives"], counts["plans"], counts["links"]) == (1, 2, 2)
    assert ended.json["findings"] == []


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            '[plans]\ncolumns = {id = "Nr", title = "name"}\n',
            "title `Nr`, which convergence.toml has for `id`.",
        ),
        ('[plans]\ncolumns = {id = "Id.", title = "title"}\n', "Did you mean id?"),
        ('[plans]\ncolumns = {title = "title"}\n', "`[plans.columns]` of convergence.toml needs `id`."),
        (
            '[plans]\nrows = {Kind = "Epic"}\n',
            "`Kind`, which convergence.toml has for `[plans.rows]`.",
        ),
        ('[plans]\nfile = "other.csv"\n', "names other files or sheets, and this one nowhere"),
    ],
)
def test_a_map_that_does_not_fit_the_table(tmp_path: Path, toml: str, said: str) -> None:
    """And nothing below the header is told: the table may be another than the one that was meant."""
    ended = checked(tmp_path, {"plans.csv": OWN, "convergence.toml": toml})
    assert ended.code == 2
    assert said in " ".join(ended.out.split())
    assert "Checkout" not in ended.out


@pytest.mark.parametrize(
    ("toml", "said"),
    [
        (
            '[plans.columns]\nid = "Key"\nbudgets = "Cost"\n',
            "`budgets` is no column of plans. Did you mean budget?",
        ),
        ('[plans.values.status]\nDone = "delivred"\n', "`delivred` is no `status`. Did you mean delivered?"),
        ('[plans]\ndates = "iso"\n', "`dates`: expected 'day-first' or 'month-first', found `iso`."),
        ('[objective]\nfile = "x.csv"\n', "`objective` is not known here. Did you mean objectives?"),
    ],
)
def test_a_map_that_cannot_be(tmp_path: Path, toml: str, said: str) -> None:
    ended = checked(tmp_path, {"plans.csv": OWN, "convergence.toml": toml})
    assert ended.code == 2
    assert said in " ".join(ended.err.split())


@pytest.mark.parametrize(
    ("cell", "day"),
    [
        ("2026-11-01", "2026-11-01"),
        ("2026-11-01 08:30:00", "2026-11-01"),
        ("2026-11-01T08:30:00.000+0100", "2026-11-01"),
        ("01/Nov/26 8:30 AM", "2026-11-01"),
        ("1 November 2026", "2026-11-01"),
        ("Nov 1, 2026", "2026-11-01"),
        ("01.11.2026", "2026-11-01"),
        ("13/11/2026", "2026-11-13"),
        ("46327", "2026-11-01"),
        ("11/11/2026", "2026-11-11"),
        ("01/11/2026", "01/11/2026"),
        ("31/Feb/26", "31/Feb/26"),
        ("soon", "soon"),
    ],
)
def test_days_of_jira_servicenow_and_excel(cell: str, day: str) -> None:
    assert iso_day(cell, day_order([cell])) == day


def test_the_order_of_a_day_is_that_of_its_column() -> None:
    assert day_order(["01/11/2026", "13/11/2026"]) == "day-first"
    assert day_order(["01/11/2026", "11/13/2026"]) == "month-first"
    assert day_order(["13/11/2026", "11/13/2026"]) is None
    assert iso_day("01/11/2026", "month-first") == "2026-01-11"


@pytest.mark.parametrize(
    ("cell", "amount"),
    [
        ("120000", "120000"),
        ("29100883.0", "29100883.0"),
        ("1,200,000.50", "1200000.50"),
        ("1.200.000,50", "1200000.50"),
        ("1'200'000", "1200000"),
        ("1 200 000,5", "1200000.5"),
        ("€ 120,000", "120000"),
        ("120,000 EUR", "120000"),
        ("(1,200)", "-1200"),
        ("0.125", "0.125"),
        ("1.200", "1.200"),
        ("12,00,000", "12,00,000"),
        ("about 5", "about 5"),
    ],
)
def test_amounts_with_marks_of_thousands(cell: str, amount: str) -> None:
    assert plain_amount(cell, decimal_mark([cell])) == amount


def test_the_mark_of_an_amount_is_that_of_its_column() -> None:
    assert decimal_mark(["1.200", "3.500.000"]) == ","
    assert plain_amount("1.200", ",") == "1200"
    assert decimal_mark(["1,5", "2.5"]) is None


def test_several_links_in_one_cell() -> None:
    assert listed("O-1, O-2;O-3 | SDG  1\nO-4") == ["O-1", "O-2", "O-3", "SDG 1", "O-4"]


def test_links_in_several_columns_of_one_title(tmp_path: Path) -> None:
    table = "id,title,serves,owner,Serves\nP-1,Site,O-1,CIO,O-7\nP-2,Shop,,CIO,O-8;O-2\n"
    ended = checked(tmp_path, {"plans.csv": table, "goals.yaml": OBJECTIVES}, "-f", "json")
    assert places(ended, "CV102") == ["plans.csv:2:18", "plans.csv:3:15"]
    assert ended.json["counts"]["links"] == 4


def test_a_measure_and_a_result_of_a_row(tmp_path: Path) -> None:
    goals = (
        "id,title,measures.name,measures.target,measures.by\nO-1,Grow,Share,30,2027-12-31\nO-2,Save,,,soon\n"
    )
    plans = "id,title,serves,status,results.objective,results.on\nP-1,Site,O-1;O-2,delivered,O-3,2026-01-31\n"
    ended = checked(tmp_path, {"objectives.csv": goals, "plans.csv": plans}, "-f", "json")
    assert places(ended, "CV204") == []
    assert places(ended, "CV004") == ["objectives.csv:3:12"]
    assert places(ended, "CV102") == ["plans.csv:2:28"]


def test_every_column_leads_to_a_field() -> None:
    for kind, model in (("plans", Plan), ("objectives", Objective)):
        fields = fields_of(model)
        for name in COLUMNS[kind].keys() - {"currency"}:
            first, _, rest = name.partition(".")
            inner = [fields_of(each) for each in models_in(fields[first].annotation)] if rest else []
            assert not rest or any(rest in each for each in inner), name
    assert choices("plans", "champion.prompting").keys() == {"none", "some", "much"}
    assert choices("plans", "status")["in progress"] == "in-progress"
    assert choices("plans", "promoted_by") == {"business": "business", "it": "it"}


def test_a_score_counts_the_same_by_a_table() -> None:
    paths = ("../objectives.yaml", "portfolio.csv", "ideas.yaml")
    jira = [word for path in paths for word in ("--plans", path)]
    by_table = convergence("score", "../responses.yaml", *jira, "-f", "json", cwd=EXAMPLES / "jira")
    by_file = convergence("score", "responses.yaml", "-f", "json", cwd=EXAMPLES)
    assert by_table.code == 0
    for name in ("overall", "evidence", "missing_points"):
        assert by_table.json[name] == by_file.json[name]


def test_a_table_too_large_is_refused(tmp_path: Path) -> None:
    ended = checked(tmp_path, {"plans.csv": "id,title\n" + "P-1,x\n" * 1_000_001}, "-f", "concise")
    assert ended.code == 2
    assert ended.out.startswith("plans.csv:1:1: CV002 This table has more than 2,000,000 cells to read.")


def test_a_table_of_answers_is_no_portfolio_and_nothing_of_it_is_told(tmp_path: Path) -> None:
    answers = "id,group,awareness.comment\nr01,it,They never listen\nr02,it\n"
    ended = checked(tmp_path, {"answers.csv": answers})
    assert ended.code == 2
    assert "They never listen" not in ended.out + ended.err
    assert "r02" not in ended.out + ended.err


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("id;title\nP-1;Über\n".encode("cp1252"), "The file is not UTF-8"),
        (b"", "This table is empty"),
        (b"id,title\n,\n", "no plans, no objectives"),
        (b"id,title\nP-1,=HYPERLINK(1)\nP-2\n", "The row has 1 cells, and the header has 2"),
        (b"id,title\rP-1,One\rP-1,One\r", "CV103"),
        (b"id,title,Title\nP-1,a,b\n", "`title` is one, and two columns have its title"),
    ],
)
def test_bad_tables(tmp_path: Path, text: bytes, words: str) -> None:
    (tmp_path / "plans.csv").write_bytes(text)
    ended = convergence("check", "plans.csv", *TODAY, cwd=tmp_path)
    assert ended.code == {"CV103": 1, "no plans, no objectives": 3}.get(words, 2)
    assert words in " ".join((ended.out + ended.err).split())


def test_the_table_and_the_map_of_the_page_about_formats(tmp_path: Path) -> None:
    page = (ROOT / "docs" / "formats.md").read_text(encoding="utf-8")
    section = page.partition("### Plans in a table\n")[2].partition("\n### ")[0]
    table, toml = re.findall(r"```(?:csv|toml)\n(.*?)```", section, re.DOTALL)
    goals = "objectives: [{id: O-1, title: Grow online sales}, {id: O-2, title: Save}]\n"
    files = {"portfolio.csv": table, "objectives.yaml": goals, "convergence.toml": toml}
    ended = checked(tmp_path, files, "-f", "json", "--select", "CV0,CV1,CV2")
    assert ended.json["findings"] == []
    [mapped] = [each for each in ended.json["evidence"] if each["id"] == "budget-mapped"]
    assert (mapped["count"], mapped["of"]) == (440000.5, 440000.5)
    told = set(re.findall(r"^\| (`.*?) \|", section, re.MULTILINE))
    keys = {key for names in told for key in re.findall(r"`(\w+)`", names)}
    assert keys == PlansMap.model_fields.keys()
