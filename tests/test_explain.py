"""`convergence explain`: every figure, rule and doubt has a page, and the pages say what the program does."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest

from convergence_cli.checking import RULES
from convergence_cli.cli import run
from convergence_cli.explain import TOPICS, Topic, page_named
from convergence_cli.model.fields import INDICATORS
from convergence_cli.model.lint import LINTS
from convergence_cli.results.comparison import Change
from convergence_cli.results.score import ScoreReport
from convergence_cli.scoring import contrast, estimates

NO_FIGURE = {
    *(
        "schema_version",
        "command",
        "tool",
        "questionnaire",
        "organization",
        "period",
        "respondents",
        "version",
    ),
    *("notes", "comments", "id", "title", "name", "text", "label", "meaning", "business", "it", "group"),
    *("respondent", "field", "parent", "groups", "source", "ids", "figures", "currency", "amount", "total"),
    *("reason", "plans", "cuts", "who"),
}
"""Names in the JSON of what is no figure: who, when, by which file, in which words."""
WIDEST = 78


def by_name(topic: Topic) -> str:
    return topic.name


def bare(text: str | None) -> str:
    """Without spaces, brackets, marks of code and the indices i and g: two ways to set a formula are one."""
    return re.sub(r"_[ig](?!q)|[\s`()]", "", text or "")


@pytest.mark.parametrize("topic", TOPICS, ids=by_name)
def test_a_topic_begins_with_one_plain_sentence_and_leaves_nothing_out(topic: Topic) -> None:
    assert re.fullmatch(r"[A-Z`][^.]*\.", topic.plain.replace("`--by`", "`by`"))
    assert all(text.rstrip().endswith((".", ")")) for _, text in topic.sections)
    assert max(map(len, topic.formula.splitlines())) <= WIDEST
    assert "claimed" not in repr(topic)


def test_no_name_leads_to_two_topics() -> None:
    names = Counter(name.casefold() for topic in TOPICS for name in topic.names)
    assert [name for name, times in names.items() if times > 1] == []


def figures_of(model: Any) -> set[str]:
    """The names of all fields in the JSON of `model`, however deep."""
    schema = model.model_json_schema(mode="serialization")
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for part in parts for name in part.get("properties", ())}


@pytest.mark.parametrize("figure", sorted(figures_of(ScoreReport) - NO_FIGURE))
def test_every_figure_of_the_score_has_a_page(figure: str) -> None:
    assert page_named(figure) is not None


def test_what_is_no_figure_is_really_there() -> None:
    assert figures_of(ScoreReport) | {"cuts"} >= NO_FIGURE


@pytest.mark.parametrize("figure", ["change", "in_both", "reliable", "cause"])
def test_the_figures_of_a_comparison_have_a_page(figure: str) -> None:
    assert figure in figures_of(Change)
    assert page_named(figure) is not None


@pytest.mark.parametrize("indicator", INDICATORS)
def test_every_indicator_is_a_topic_of_its_own(indicator: str) -> None:
    page = page_named(indicator)
    assert page is not None
    assert page.name == indicator


@pytest.mark.parametrize("number", range(1, 18))
def test_every_rule_of_scoring_leads_to_a_topic(number: int) -> None:
    assert page_named(f"s{number}") is not None


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_a_rule_is_found_by_code_and_by_name_and_shows_both_samples(rule: Any) -> None:
    page = page_named(rule.code.lower())
    assert page == page_named(rule.name)
    assert page is not None
    assert rule.good in {section.text for section in page.sections}
    assert rule.bad in {section.text for section in page.sections}


@pytest.mark.parametrize(
    ("topic", "function", "formula"),
    [
        ("interval", estimates.score_interval, "(2MV + z^2 -+ z sqrt(4MV(1 - V) + z^2)) / (2(M + z^2))"),
        ("interval", estimates.group_interval, "sqrt(1 - n/N)"),
        ("composite-interval", estimates.linearised_variance, "sum z^2 / (n (n - 1))"),
        ("composite-interval", estimates.separate_variance, "a_q w_gq s_gq / sqrt(n_gq))^2"),
        ("composite-interval", estimates.composite_interval, "P((score - F) / (100 W),"),
        ("composite-interval", estimates.composite_interval, "k W^2 / sum W_g^2 (1 - n_g/N_g) / n_g"),
        ("composite-interval", estimates.answers_each, "s~^2 = ((n - 1) s^2 + 2 v) / n"),
        ("composite-interval", estimates.answers_each, "s^2 = n V / (100 W)^2"),
        ("agreement", estimates.rwg, "1 - s^2 / ((A^2 - 1) / 12)"),
        ("margin", estimates.weight_margin, "|sum w (x - cut)| / sum w |x - cut|"),
        (
            "reliable",
            contrast.cliffs_delta,
            "(d - d^3 -+ t s sqrt((1 - d^2)^2 + t^2 s^2)) / (1 - d^2 + t^2 s^2)",
        ),
        ("reliable", contrast.permutation_mid_p, "s^2 (1/n1 + 1/n2)"),
        ("friction", contrast.chance_gap, "sum |D| / C(n1 + n2, n1)"),
        ("friction", contrast.chance_gap_by_moments, "sqrt(2/pi) sqrt(s^2 (1/n1 + 1/n2))"),
        ("change", contrast.GroupChange.__dict__["variance"], "V_old + V_new - 2 C"),
        ("change", contrast.change_interval, "t sqrt("),
    ],
)
def test_a_topic_and_the_function_that_computes_it_give_one_formula(
    topic: str, function: Callable[..., Any], formula: str
) -> None:
    page = page_named(topic)
    assert page is not None
    told = " ".join(section.text for section in page.sections)
    assert bare(formula) in bare(told)
    assert bare(formula) in bare(inspect.getdoc(function))


def test_the_limits_of_secrecy_are_told() -> None:
    page = page_named("limits")
    assert page is not None
    text = " ".join(page.sections[0].text.split())
    for limit in ("one before and one after a late answer", "11 x old mean - 10 x new mean", "unanimous"):
        assert limit in text


def test_without_a_name_every_topic_is_listed(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain"]) == 0
    shown = capsys.readouterr().out
    assert all(re.search(rf"^  {re.escape(topic.name)} ", shown, re.M) for topic in TOPICS)
    assert max(map(len, shown.splitlines())) <= 80


@pytest.mark.parametrize("lint", LINTS, ids=lambda lint: lint.code)
def test_a_doubt_about_a_questionnaire_has_a_page(lint: Any, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", lint.name]) == 0
    assert lint.code in capsys.readouterr().out


@pytest.mark.parametrize("topic", TOPICS, ids=by_name)
def test_a_page_fits_80_columns(topic: Topic, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", topic.name]) == 0
    assert max(map(len, capsys.readouterr().out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("wrong", "nearest"),
    [("frictoin", "friction"), ("cv1O1", "CV101"), ("unlinked-plans", "unlinked-plan"), ("CQ1O4", "CQ104")],
)
def test_a_slip_is_answered_with_the_nearest_name(
    wrong: str, nearest: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["explain", wrong]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert f"Did you mean {nearest}" in err


def test_a_name_that_is_near_to_nothing_is_sent_to_the_list(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["explain", "qqqqqqqqq"]) == 2
    assert "convergence explain lists them" in capsys.readouterr().err
