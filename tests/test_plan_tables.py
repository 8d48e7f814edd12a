"""Portfolios in tables: by which map they are read, what is said of them, and where."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from running import ROOT, Ended, convergence

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


def test_a_map_is_proposed_and_what_is_missing_said(tmp_path: Path) -> None:
    ended = checked(tmp_path, {"plans.csv": "Issue key,Status,Due date\nP-1,Done,2026-01-01\n"})
    assert ended.code == 2
    assert "No column of this table is called `id` and `title`" in " ".join(ended.out.split())
    assert ended.err == (
        "It may be this map, for convergence.toml:\n"
        '[plans.columns]\nid = "Issue key"\nstatus = "Status"\nends = "Due date"\n'
        'title = "" # needed, and no column looks like it\n'
    )
    assert "P-1" not in ended.out
