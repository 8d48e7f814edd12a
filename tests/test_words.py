"""What stands out, said in words; figures and lists as people write them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import changed, example, highlight, northwind

import convergence_cli.scoring
from convergence_cli.render import phrases
from convergence_cli.render.say import HIGHLIGHTS, REASONS, with_words
from convergence_cli.results.score import Highlight

SCORING = Path(convergence_cli.scoring.__path__[0])
CODE = r'"([a-z]+(?:-[a-z]+)+|hidden|unread)"'
SIDES = {"first_group": "business leaders", "second_group": "IT leaders"}
OTHERWISE = {"file_count": 9.0, "file_of": 10.0, "stated_count": 9.0, "stated_of": 12.0, "source": None}
SHOWN = {each.kind: each for each in example().highlights}
"""The kinds of the example: its golden report says them."""
SAID = [
    (
        highlight("no-reliable-gap", questions=4.0, **SIDES),
        "No reliable difference between business leaders and IT leaders on any of the four questions that "
        "both answered.",
    ),
    (
        highlight("polarised", "awareness", group="IT leaders", low=4.0, high=5.0, n=10.0),
        "Awareness: IT leaders are of two minds. 4 answered low and 5 high, of 10.",
    ),
    (
        highlight("lowest-dimension", "responsiveness", score=35.0, overall=48.7),
        "Responsiveness is the lowest dimension: 35, against 49 overall.",
    ),
    (
        highlight("friction", points=21.5, questions=4.0, chance=None, people=9.0, higher_group=None),
        "Friction, the average difference between the two sides, is 22 points.",
    ),
    (
        highlight("could-not-say", "awareness", group="business leaders", count=3.0, asked=8.0),
        "Awareness: 3 of 8 business leaders could not say.",
    ),
    (
        highlight(
            "behind-target", "awareness", group="the business", now=45.0, want=83.0, named=8.0, answers=13.0
        ),
        "Awareness: the business says 45 and wants 83 (8 of 13 named a goal).",
    ),
    (
        highlight("targets-differ", "awareness", first=83.0, second=60.0, **SIDES),
        "Awareness: the two sides disagree where to go; business leaders want 83, IT leaders want 60.",
    ),
    (
        highlight(
            "targets-agree",
            "contribution",
            first=83.0,
            second=80.0,
            first_named=9.0,
            first_answers=13.0,
            second_named=5.0,
            second_answers=4.0,
            **SIDES,
        ),
        "Contribution: both sides want about the same (business leaders want 83, IT leaders want 80; "
        "9 of 13 and 5 named a goal).",
    ),
    (
        highlight("clipped-fact", "ideas-taken-up", value=None, count=5.0, of=10.0, points=100.0),
        "Ideas taken up: 5 of 10 lies beyond what the questionnaire gives points for, so it earns 100.",
    ),
    (
        highlight("stated-unsupported", "plan-mapping", "P-08", "P-09", **OTHERWISE),
        "Plans mapped: 9 of 10 by the plans file; 9 of 12 were stated. Against it stand P-08 and P-09.",
    ),
    (
        highlight("stated-otherwise", "plan-mapping", "P-08", outside="P-11, P 12", **OTHERWISE),
        "Plans mapped: 9 of 10 by the plans file; 9 of 12 were stated. Against it stands P-08. "
        "P-11 and P 12 are outside the count.",
    ),
    (
        highlight("stated-otherwise", "plan-mapping", outside="O-1", **OTHERWISE),
        "Plans mapped: 9 of 10 by the plans file; 9 of 12 were stated. O-1 is outside the count.",
    ),
    (
        highlight("uncovered-objectives", "O-1", "O-2", "O-3", "O-4", count=4.0, priority="high"),
        "Four objectives of high priority have no green-lit plan: O-1, O-2, O-3 and O-4.",
    ),
    (
        highlight("new-kind", "awareness", share=0.5, who="IT", none=None),
        "New kind (awareness): share 0.50, who IT.",
    ),
    (highlight("sunspots"), "Sunspots."),
    (highlight("low-score", "awareness"), "Low score (awareness)."),
    (highlight("polarised", group="IT"), "Polarised: group IT."),
]


def said_of(stands_out: Highlight) -> str:
    return with_words(northwind(highlights=(stands_out,))).highlights[0].text


@pytest.mark.parametrize(("stands_out", "said"), SAID, ids=lambda each: getattr(each, "kind", ""))
def test_a_highlight_has_its_words_and_without_words_is_spelled_out(stands_out: Highlight, said: str) -> None:
    assert said_of(stands_out) == said


def test_no_kind_is_without_an_example() -> None:
    assert HIGHLIGHTS.keys() <= {each.kind for each, _ in SAID} | SHOWN.keys()


@pytest.mark.parametrize(
    ("kind", "figures", "said"),
    [
        ("reliable-gap", {"second_scored": "yes"}, "speed: IT leaders say 64, business leaders say 35."),
        ("reliable-gap", {"second_group": "IT"}, "speed: IT expects 64, business leaders say 35."),
        ("reliable-gap", {"first_scored": "no", "second_scored": "yes"}, "expect 35, IT leaders say 64."),
        ("friction", {"chance": 22.4}, "is 21 points, no more than chance alone would give."),
    ],
)
def test_who_only_expects_and_what_chance_would_give(kind: str, figures: dict[str, Any], said: str) -> None:
    shown = SHOWN[kind]
    assert said_of(changed(shown, text="", figures=shown.figures | figures)).endswith(said)


def test_words_are_filled_in_once_for_all_formats() -> None:
    assert all(each.text for each in example().highlights)
    assert with_words(example()) == example()


@pytest.mark.parametrize(
    ("value", "read"),
    [
        (0.5, "1"),
        (49.5, "50"),
        (48.5, "49"),
        (-0.5, "-1"),
        (-0.4, "0"),
        (62.499999, "62"),
        (2.675, "3"),
    ],
)
def test_points_are_rounded_half_up(value: float, read: str) -> None:
    assert phrases.points(value) == read


@pytest.mark.parametrize(
    ("value", "cuts", "read"),
    [
        (74.6, [40, 75], "74.6"),
        (74.4, [40, 75], "74"),
        (74.96, [75], "74.96"),
        (75.4, [75], "75"),
        (66.8, [66.9], "66.8"),
        (66.95, [66.9], "67"),
        (66.9, [66.9], "67"),
        (33.2, [33.1], "33.2"),
        (0.1, [0.1], "0.1"),
        (75 - 1e-12, [75], "75"),
    ],
)
def test_no_figure_is_rounded_across_a_cut(value: float, cuts: list[float], read: str) -> None:
    assert phrases.points(value, cuts) == read


def test_a_binary_fraction_that_misses_the_half_is_set_right() -> None:
    """48.5 computed as 4.85 * 10 - 1e-14 is still a half."""
    assert phrases.points(48.49999999999999) == "49"


@given(st.floats(0, 100))
def test_rounded_points_are_never_more_than_half_a_point_off(value: float) -> None:
    assert abs(int(phrases.points(value)) - value) <= 0.5 + 1e-9


def test_figures_and_lists_as_people_write_them() -> None:
    assert [phrases.amount(n) for n in (945000, 5.0, 0.5, 1234.567)] == ["945,000", "5", "0.50", "1,234.57"]
    assert [phrases.listed(list("abc")[:n]) for n in range(4)] == ["", "a", "a and b", "a, b and c"]
    assert [phrases.in_words(n) for n in (0, 1, 12, 13)] == ["no", "one", "twelve", "13"]
    assert [phrases.closed(t) for t in ("Done", "Done.", "Why?")] == ["Done.", "Done.", "Why?"]
    assert [phrases.day(d) for d in ("2026-11-03", "3 November")] == ["3 November 2026", "3 November"]


def test_every_reason_has_its_sentence() -> None:
    """Each code that the engine may give, and no other."""
    files = (*SCORING.glob("*.py"), SCORING.parent / "evidence.py")
    sources = "".join(file.read_text(encoding="utf-8") for file in files)
    given = [code for call in re.findall(r"Reason\.of\(([^)]*)", sources) for code in re.findall(CODE, call)]
    assert set(given) - {"by-wave"} == set(REASONS)
