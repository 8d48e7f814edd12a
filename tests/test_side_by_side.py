"""Several waves, or several organisations, set side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_cli import read, score
from convergence_cli.problems import InputError

EXAMPLES = Path(__file__).parent.parent / "examples"
WAVES = [str(EXAMPLES / "responses-2026-Q2.yaml"), str(EXAMPLES / "responses.yaml")]


@pytest.mark.parametrize("order", [WAVES, WAVES[::-1]])
def test_each_wave_stands_beside_the_other_as_it_stands_alone(order: list[str]) -> None:
    alone = {report.period: report for report in (score(read(path)) for path in WAVES)}
    both = score(read(*order, by="period"), by="period")
    assert [cut.value for cut in both.cuts] == ["2026-Q2", "2026-Q4"]
    for cut in both.cuts:
        assert cut.overall == alone[cut.value].overall
        assert cut.dimensions == alone[cut.value].dimensions
        assert cut.questions == alone[cut.value].questions
        assert cut.respondents == alone[cut.value].respondents


def test_the_report_is_about_the_newest_wave() -> None:
    both = score(read(*WAVES, by="period"), by="period")
    newest = score(read(WAVES[1]))
    assert both.period == "2026-Q4"
    assert both.overall == newest.overall
    assert both.highlights == newest.highlights
    assert both.for_the_room == newest.for_the_room
    assert [source.name for source in both.inputs] == [
        "responses-2026-Q2.yaml",
        "responses.yaml",
        "objectives.yaml",
        "plans.yaml",
    ]


def test_without_it_two_waves_are_not_pooled() -> None:
    with pytest.raises(InputError, match="period") as refused:
        read(*WAVES)
    assert [finding.hint for finding in refused.value.findings] == [
        "Files are pooled only when they agree. To set them side by side, write --by period."
    ]


def test_organisations_side_by_side_keep_their_own_facts_and_plans(tmp_path: Path) -> None:
    """Northwind's plans are held against Northwind's answers and nobody else's."""
    for name in ("responses.yaml", "objectives.yaml", "plans.yaml"):
        (tmp_path / name).write_text((EXAMPLES / name).read_text(encoding="utf-8"), encoding="utf-8")
    other = (EXAMPLES / "responses-2026-Q2.yaml").read_text(encoding="utf-8")
    other = other.replace("Northwind Ltd", "Southwind Ltd").replace("period: 2026-Q2", "period: 2026-Q4")
    (tmp_path / "other.yaml").write_text(other, encoding="utf-8")
    paths = [str(tmp_path / name) for name in ("responses.yaml", "other.yaml")]
    report = score(read(*paths, by="organization"), by="organization")
    facts = {
        cut.value: (question.fact.origin, question.fact.count)
        for cut in report.cuts
        for question in cut.questions
        if question.id == "plan-mapping" and question.fact
    }
    assert facts == {"Northwind Ltd": ("plans", 5.0), "Southwind Ltd": ("responses", 4.0)}
