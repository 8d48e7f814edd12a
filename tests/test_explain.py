"""`convergence explain` prints docs/method.md: each figure and rule has a page that says what is computed."""

from __future__ import annotations

import inspect
import re
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
from running import convergence

from convergence_cli.checking import RULES
from convergence_cli.commands.explain import found
from convergence_cli.explain import Page, chapters
from convergence_cli.model import responses
from convergence_cli.model.fields import INDICATORS
from convergence_cli.model.lint import LINTS
from convergence_cli.results.comparison import Comparison
from convergence_cli.results.score import ScoreReport
from convergence_cli.scoring import (
    agenda,
    cuts,
    deals,
    estimates,
    friction,
    gaps,
    highlights,
    questions,
    survey,
    two_waves,
)
from convergence_cli.scoring.distributions import Z95

TOPICS = [topic for topics in chapters().values() for topic in topics]
NO_FIGURE = set(
    """amount business code command comments currency cuts delivered field figures group groups id ids it
    label meaning name notes objectives organization owner parent part period plans priority questionnaire
    reason respondent respondents schema_version source text title tool total version waves who""".split()  # noqa: SIM905 - one name a line would be no table
)
"""Names in the JSON of what is no figure: who, when, by which file, in which words."""


def told(name: str) -> str:
    return " ".join(" ".join([found(name).plain, *(each.text for each in found(name).sections)]).split())


def figures_of(model: Any) -> set[str]:
    """The names of all fields in the JSON of `model`, however deep."""
    schema = model.model_json_schema(mode="serialization")
    parts = [schema, *schema.get("$defs", {}).values()]
    return {name for part in parts for name in part.get("properties", ())}


def bare(text: str | None) -> str:
    """Without spaces, brackets, marks of code and the indices i and g: two ways to set a formula are one."""
    return re.sub(r"_[ig](?!q)|[\s`()]", "", text or "")


def test_every_figure_every_indicator_and_every_rule_of_scoring_has_a_topic() -> None:
    figures = figures_of(ScoreReport) | figures_of(Comparison)
    assert figures | {"cuts"} >= NO_FIGURE
    for name in (*(figures - NO_FIGURE), *(f"s{number}" for number in range(1, 18))):
        assert found(name) in TOPICS
    assert [found(name).names[0] for name in INDICATORS] == list(INDICATORS)
    names = Counter(name.casefold() for topic in TOPICS for name in topic.names)
    assert [name for name, times in names.items() if times > 1] == []


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.names[0])
def test_a_topic_is_one_plain_sentence_what_is_computed_and_a_source_and_fits_80_columns(topic: Page) -> None:
    assert re.fullmatch(r"[A-Z`][^.]*\.", topic.plain)
    assert topic.names[0] == "never" or topic.sections[-1].heading == "Source"
    assert all(section.verbatim or re.search(r"[.)]$", section.text) for section in topic.sections)
    assert "```" not in repr(topic)
    assert "claimed" not in repr(topic)
    shown, listed = convergence("explain", topic.names[-1]).out, convergence("explain").out
    assert shown.startswith(topic.title)
    assert f"\n  {topic.names[0]} " in listed
    assert max(map(len, (shown + listed).splitlines())) <= 80


@pytest.mark.parametrize("one", [*RULES, *LINTS], ids=lambda one: one.code)
def test_a_rule_and_a_doubt_are_found_by_code_and_by_name_and_show_both_samples(one: Any) -> None:
    shown = convergence("explain", one.code.lower()).out
    assert shown == convergence("explain", one.name).out
    for sample in (one.good, one.bad):
        assert re.sub(r"\s+", " ", sample).strip() in re.sub(r"\s+", " ", shown)


@pytest.mark.parametrize(
    ("topic", "words", "number"),
    [
        ("interval", "z = {:.2f}", Z95),
        ("confidentiality", "k = min_group_size: {} unless", responses.DEFAULT_MIN_GROUP_SIZE),
        ("confidentiality", "and {} at least", responses.LEAST_GROUP_SIZE),
        ("level", "nor one below {} people", survey.LEVEL_NEEDS),
        ("friction", "over those with {} answers a side", friction.CHANCE_NEEDS),
        ("reliable", "past {} answers a side", deals.EXACT_UP_TO),
        ("top-two", "scales of {} options or more", questions.TOP_TWO_NEEDS),
        ("cuts", "at most {} values", cuts.MOST_VALUES),
        ("stands-out", "a question below {:.0f} points", highlights.LOW),
        ("stands-out", "{:.0f} points below the overall", highlights.FAR),
        ("stands-out", "a reliable gap of {:.0f} points or more", highlights.SLIGHT),
        ("stands-out", "a group of which {:.0%} or more did not know", highlights.MANY),
        ("for-the-room", "at most {}: one about the answers", agenda.MOST),
    ],
)
def test_a_number_in_a_topic_is_the_program_s(topic: str, words: str, number: float) -> None:
    assert words.format(number) in told(topic)


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
        ("reliable", gaps.cliffs_delta, "(d - d^3 -+ t s sqrt((1 - d^2)^2 + t^2 s^2)) / (1"),
        ("reliable", gaps.cliffs_delta, "/ (1 - d^2 + t^2 s^2)"),
        ("reliable", deals.permutation_mid_p, "s^2 (1/n1 + 1/n2)"),
        ("friction", deals.chance_gap, "sum |D| / C(n1 + n2, n1)"),
        ("friction", deals.chance_gap_by_moments, "sqrt(2/pi) sqrt(s^2 (1/n1 + 1/n2))"),
        ("change", two_waves.GroupTwice.__dict__["variance"], "V_old + V_new - 2 C"),
        ("change", two_waves.change_interval, "t sqrt("),
    ],
)
def test_a_topic_and_the_function_that_computes_it_give_one_formula(
    topic: str, function: Callable[..., Any], formula: str
) -> None:
    assert bare(formula) in bare(told(topic))
    assert bare(formula) in bare(inspect.getdoc(function))


def test_a_slip_is_answered_with_the_nearest_name_and_what_is_near_to_nothing_with_the_list() -> None:
    nearest = {"frictoin": "friction?", "cv1O1": "CV101", "unlinked-plans": "unlinked-plan", "CQ1O4": "CQ104"}
    said = {wrong: f"Did you mean {near}" for wrong, near in nearest.items()}
    for wrong, words in {**said, "qqqqqqqqq": "convergence explain lists them."}.items():
        ended = convergence("explain", wrong)
        assert (ended.code, ended.out) == (2, "")
        assert words in ended.err
