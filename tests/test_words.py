"""What stands out, said in words; figures and lists as people write them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from reports import highlight, northwind

import convergence_cli.scoring
from convergence_cli.render import phrases
from convergence_cli.render.say import HIGHLIGHTS, REASONS, with_words
from convergence_cli.render.score_page import standing_out
from convergence_cli.results.score import Highlight

SCORING = Path(convergence_cli.scoring.__path__[0])
CODE = r'"([a-z]+(?:-[a-z]+)+|hidden|unread)"'
KINDS = {
    "reliable-gap": (
        highlight(
            "reliable-gap",
            "response-speed",
            gap=27.5,
            first=35.0,
            second=62.5,
            first_group="business leaders",
            second_group="IT",
            first_scored="yes",
            second_scored="no",
        ),
        "Response speed: IT expects 63, business leaders say 35.",
    ),
    "no-reliable-gap": (
        highlight(
            "no-reliable-gap", questions=4.0, first_group="business leaders", second_group="IT leaders"
        ),
        "No reliable difference between business leaders and IT leaders on any of the four questions that "
        "both answered.",
    ),
    "low-score": (
        highlight(
            "low-score", "awareness", score=31.5, k=8.0, n=10.0, group="business leaders", label="Slightly"
        ),
        'Awareness: the score is 32 of 100; 8 of 10 business leaders answered "Slightly" or worse.',
    ),
    "polarised": (
        highlight("polarised", "awareness", group="IT leaders", low=4.0, high=5.0, n=10.0),
        "Awareness: IT leaders are of two minds. 4 answered low and 5 high, of 10.",
    ),
    "lowest-dimension": (
        highlight("lowest-dimension", "responsiveness", score=35.0, overall=48.7),
        "Responsiveness is the lowest dimension: 35, against 49 overall.",
    ),
    "friction": (
        highlight("friction", points=21.5, questions=4.0, chance=None, people=9.0, higher_group=None),
        "Friction, the average difference between the two sides, is 22 points.",
    ),
    "could-not-say": (
        highlight("could-not-say", "awareness", group="business leaders", count=3.0, asked=8.0),
        "Awareness: 3 of 8 business leaders could not say.",
    ),
    "behind-target": (
        highlight(
            "behind-target",
            "contribution",
            group="the business",
            now=45.0,
            want=83.0,
            named=8.0,
            answers=13.0,
        ),
        "Contribution: the business says 45 and wants 83 (8 of 13 named a goal).",
    ),
    "targets-differ": (
        highlight(
            "targets-differ",
            "contribution",
            first=83.0,
            second=60.0,
            first_group="business leaders",
            second_group="IT leaders",
        ),
        "Contribution: the two sides disagree where to go; business leaders want 83, IT leaders want 60.",
    ),
    "targets-agree": (
        highlight(
            "targets-agree",
            "contribution",
            first=83.0,
            second=80.0,
            first_group="business leaders",
            second_group="IT leaders",
            first_named=9.0,
            first_answers=13.0,
            second_named=5.0,
            second_answers=4.0,
        ),
        "Contribution: both sides want about the same (business leaders want 83, IT leaders want 80; "
        "9 of 13 and 5 named a goal).",
    ),
    "clipped-fact": (
        highlight("clipped-fact", "ideas-taken-up", value=None, count=5.0, of=10.0, points=100.0),
        "Ideas taken up: 5 of 10 lies beyond what the questionnaire gives points for, so it earns 100.",
    ),
    "stated-unsupported": (
        highlight(
            "stated-unsupported",
            "plans-mapped",
            "P-08",
            "P-09",
            file_count=5.0,
            file_of=10.0,
            stated_count=11.0,
            stated_of=12.0,
            source="CIO, 3 November",
        ),
        "Plans mapped: 5 of 10 by the plans file; 11 of 12 were stated (CIO, 3 November). "
        "Against it stand P-08 and P-09.",
    ),
    "stated-otherwise": (
        highlight(
            "stated-otherwise",
            "plans-mapped",
            "P-08",
            file_count=9.0,
            file_of=10.0,
            stated_count=9.0,
            stated_of=12.0,
            source=None,
            outside="P-11, P 12",
        ),
        "Plans mapped: 9 of 10 by the plans file; 9 of 12 were stated. Against it stands P-08. "
        "P-11 and P 12 are outside the count.",
    ),
    "money-unmapped": (
        highlight("money-unmapped", mapped=945000.0, total=2395000.0, currency="EUR", share=945 / 2395),
        "By money, EUR 945,000 of 2,395,000 green-lit (39 %) goes to plans that serve a live, approved "
        "objective.",
    ),
    "uncovered-objective": (
        highlight("uncovered-objective", objective="O-4", title="Enter the Nordic market", priority="high"),
        '"Enter the Nordic market" (O-4, high priority) has no plan.',
    ),
    "uncovered-objectives": (
        highlight("uncovered-objectives", "O-1", "O-2", "O-3", "O-4", count=4.0, priority="high"),
        "Four objectives of high priority have no green-lit plan: O-1, O-2, O-3 and O-4.",
    ),
}


def said_of(stands_out: Highlight) -> str:
    return with_words(northwind(highlights=(stands_out,))).highlights[0].text


@pytest.mark.parametrize(("stands_out", "said"), KINDS.values(), ids=KINDS)
def test_each_kind_of_highlight_has_its_words(stands_out: Highlight, said: str) -> None:
    assert said_of(stands_out) == said


def test_where_the_file_agrees_nothing_stands_against_it() -> None:
    same = highlight(
        "stated-otherwise",
        "plans-mapped",
        file_count=2.0,
        file_of=2.0,
        stated_count=1.0,
        stated_of=1.0,
        outside="O-1",
    )
    assert said_of(same) == (
        "Plans mapped: 2 of 2 by the plans file; 1 of 1 were stated. O-1 is outside the count."
    )


def test_no_kind_is_without_an_example() -> None:
    assert KINDS.keys() == HIGHLIGHTS.keys()


@pytest.mark.parametrize(
    ("first_scored", "second_scored", "said"),
    [
        ("yes", "yes", "IT leaders say 63, business leaders say 35."),
        ("yes", "no", "IT leaders expect 63, business leaders say 35."),
        ("no", "yes", "business leaders expect 35, IT leaders say 63."),
    ],
)
def test_a_side_that_is_asked_but_not_scored_expects(
    first_scored: str, second_scored: str, said: str
) -> None:
    gap = reports.HIGHLIGHTS[0]
    figures = gap.figures | {"first_scored": first_scored, "second_scored": second_scored}
    assert said_of(gap.model_copy(update={"figures": figures})) == f"Response speed: {said}"


@pytest.mark.parametrize(("chance", "more"), [(13.2, "more"), (22.4, "no more")])
def test_friction_is_held_against_chance(chance: float, more: str) -> None:
    friction = reports.HIGHLIGHTS[2]
    assert said_of(friction.model_copy(update={"figures": friction.figures | {"chance": chance}})) == (
        "IT leaders answer higher on all four questions. Friction, the average difference between the two "
        f"sides, is 22 points, {more} than chance alone would give."
    )


def test_what_concerns_one_question_is_said_together() -> None:
    same = KINDS["targets-agree"][0].model_copy(update={"ids": ("response-speed",)})
    agreed = same.model_copy(update={"figures": same.figures | {"second": 83.4}})
    assert standing_out(with_words(northwind(highlights=(*reports.HIGHLIGHTS, agreed)))) == [
        "Response speed: IT leaders expect 63, business leaders say 35. The score is 35 of 100; 3 of 5 "
        'business leaders answered "Dissatisfied" or worse. Both sides want 83 (9 of 13 and 5 named a goal).',
        "IT leaders answer higher on all four questions. Friction, the average difference between the two "
        "sides, is 22 points, more than chance alone would give.",
    ]


def test_words_are_filled_in_once_for_all_formats() -> None:
    report = with_words(northwind())
    assert report.highlights[0].text == "Response speed: IT leaders expect 63, business leaders say 35."
    assert all(h.text for h in report.highlights)
    assert with_words(report) == report


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
