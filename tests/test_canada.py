"""The script that turns the Government of Canada's open data into a plans file, on a few such rows."""

from __future__ import annotations

from pathlib import Path

from canada import plans_file

from convergence_cli.documents import parse
from convergence_cli.model.plan_files import read_plans


def test_programs_become_plans_and_results_objectives(tmp_path: Path) -> None:
    (tmp_path / "objectives.csv").write_text('id,parent,name\nDR-1,AB-0,"A ""good"" result: safe, sound"\n')
    (tmp_path / "plans.csv").write_text(
        "id,name,owner,active,internal_service,budget\nAB-01,Parks,PC,1,0,29100883.0\nAB-02,Roads,PC,1,0,-5.5\n"
    )
    (tmp_path / "links.csv").write_text("plan,objective\nAB-01,DR-1\n")
    plans, problems = read_plans([parse(plans_file(tmp_path).encode(), "canada.yaml")])
    assert problems == []
    assert plans.objectives[0].item.title == 'A "good" result: safe, sound'
    items = [placed.item for placed in plans.plans]
    assert [(item.id, [link.id for link in item.serves]) for item in items] == [
        ("AB-01", ["DR-1"]),
        ("AB-02", []),
    ]
    assert [str(plans.money(item)) for item in items] == [
        "('CAD', Decimal('29100883.0'))",
        "('CAD', Decimal('-5.5'))",
    ]
