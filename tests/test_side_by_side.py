"""Several waves, or several organisations, set side by side."""

from __future__ import annotations

from pathlib import Path

import pytest

from convergence_cli import compare, read, score
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


def test_without_a_cut_there_is_the_newest_wave_alone() -> None:
    both, newest = read(*WAVES, by="period"), read(WAVES[1])
    assert score(both).questions == score(newest).questions
    assert score(both, by="unit").cuts == score(newest, by="unit").cuts
    assert compare(read(WAVES[0]), both).overall == compare(read(WAVES[0]), newest).overall


def test_without_it_two_waves_are_not_pooled() -> None:
    with pytest.raises(InputError, match="period") as refused:
        read(*WAVES)
    assert [finding.hint for finding in refused.value.findings] == [
        "Files are pooled only when they agree. To set them side by side, write --by period."
    ]


def secret(folder: Path, period: str, people: int) -> str:
    """A confidential wave of `people` business leaders, and no attribute that a cut may use."""
    answers = "{response-speed: 2, contribution: 3, awareness: 3, expertise: 4}"
    sheets = [f"  - {{id: p{n}, group: business, answers: {answers}}}\n" for n in range(people)]
    head = f"questionnaire: convergence-2017@1\nperiod: {period}\nconfidential: true\nrespondents:\n"
    path = folder / f"{period}.yaml"
    path.write_text(head + "".join(sheets), encoding="utf-8")
    return str(path)


def test_confidential_waves_stand_side_by_side_without_a_cut_of_their_own(tmp_path: Path) -> None:
    """Nothing is told of a wave that its own report does not tell; months and quarters keep their order."""
    paths = [secret(tmp_path, period, 6) for period in ("2026-Q1", "2026-04", "2025-12")]
    report = score(read(*paths, by="period"), by="period")
    assert [cut.value for cut in report.cuts] == ["2025-12", "2026-Q1", "2026-04"]


def test_a_small_confidential_wave_is_left_out_and_joined_with_none(tmp_path: Path) -> None:
    """Joined with the next, it could be had back: that wave has a report of its own."""
    paths = [secret(tmp_path, period, n) for period, n in (("2026-Q1", 3), ("2026-Q2", 8), ("2026-Q3", 9))]
    report = score(read(*paths, by="period"), by="period")
    assert [(cut.value, cut.respondents.total) for cut in report.cuts] == [("2026-Q2", 8), ("2026-Q3", 9)]
    assert report.notes[0].text == "Not shown beside the others, with fewer than 5 people: 2026-Q1."


def test_a_wave_without_a_period_stands_last(tmp_path: Path) -> None:
    undated = (EXAMPLES / "responses-2026-Q2.yaml").read_text(encoding="utf-8")
    path = tmp_path / "undated.yaml"
    path.write_text(undated.replace("period: 2026-Q2", ""), encoding="utf-8")
    report = score(read(str(path), WAVES[1], by="period"), by="period")
    assert [cut.value for cut in report.cuts] == ["2026-Q4", "not recorded"]


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
