"""The score report on the page, in JSON and in CSV: layout, edges, hostile text.

What each format holds of the whole organisation is in ``tests/golden/score``.
"""

from __future__ import annotations

import csv
import io
import itertools
import json as reader
import unicodedata
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reports import (
    because,
    by_unit,
    changed,
    confidential,
    example,
    flat,
    highlight,
    northwind,
    printed,
    question,
    without_styles,
)
from rich.cells import cell_len

from convergence_cli.render import json, score_csv, strips
from convergence_cli.render.document import Mark, Strip
from convergence_cli.render.say import with_words
from convergence_cli.results.score import (
    MissingPoints,
    Overall,
    QuestionGap,
    ScoreReport,
)

RENDERERS: list[Callable[[ScoreReport], str]] = [
    printed,
    lambda report: printed(report, colour=True),
    score_csv.render,
    lambda report: json.render(with_words(report)),
]
WRITTEN = {
    *("organization", "period", "title", "text", "meaning", "source", "label", "business", "it"),
    *("unit", "owners", "value", "group_title"),
}
"""What people write, wherever it stands in a report."""
NOTHING = because("no-answers", "no answers")


def hostile(text: str) -> ScoreReport:
    """Northwind by unit, with `text` wherever people write text."""

    def spoiled(value: Any, name: str = "") -> Any:
        if isinstance(value, dict):
            return {key: spoiled(each, key) for key, each in value.items()}
        if isinstance(value, list | tuple):
            return [spoiled(each, name) for each in value]
        return text if isinstance(value, str) and name in WRITTEN else value

    return ScoreReport.model_validate(spoiled(example("unit").model_dump()))


def overall(score: float | None = 48.7, **more: Any) -> Overall:
    return changed(northwind().overall, score=score, **more)


# Text


@pytest.mark.parametrize("width", [40, 53, 60, 79, 80, 100, 132])
@pytest.mark.parametrize(
    "report",
    [
        confidential(),
        by_unit("Sales", "Operations", "Human resources and finance", "other"),
        hostile("漢字と仮名交じりの長い題名 " * 6 + "w" * 150),
    ],
    ids=["confidential", "cuts", "wide"],
)
def test_no_line_is_wider_than_asked_for(report: ScoreReport, width: int) -> None:
    lines = printed(report, width=width, commands=["convergence explain friction"]).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


@pytest.mark.parametrize("width", [40, 60, 80])
def test_no_word_of_a_column_head_is_divided(width: int) -> None:
    report = by_unit("Manufacturing and assembly", "Qualitätsmanagement", "other", "IT")
    table = printed(report, width=width, full=True).partition("HOW THE ANSWERS ARE DIVIDED")[2]
    assert {"Manufacturing", "assembly", "Qualitätsmanagement", "other"} <= set(table.split())


def test_a_cut_is_a_line_for_each_value_and_in_full_each_group_with_how_many_answered() -> None:
    report = by_unit("Sales", "other")
    assert "BY UNIT" in printed(report)
    assert "contribution" not in printed(report).partition("BY UNIT")[2].partition("WHAT STANDS OUT")[0]
    table = flat(report, full=True).rpartition("BY UNIT")[2]
    assert "response speed 35 (13) 35 (13)" in table
    assert "contribution business leaders 44 (12) 44 (12) IT leaders 64 (7) 64 (7)" in table


def test_values_that_do_not_fit_beside_each_other_go_below() -> None:
    report = by_unit(*(f"Unit {n}" for n in range(12)))
    assert printed(report, width=60, full=True).count("BY UNIT") == 5


def test_of_many_values_the_page_shows_the_largest() -> None:
    report = by_unit(*(f"Unit {n}" for n in range(40)))
    table = printed(report).partition("BY UNIT, THE LARGEST 8 OF 40")[2].partition("\n\n")[0]
    assert table.count("Unit ") == 8


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_is_cut_to_fit(width: int) -> None:
    title = "Modernisation of everything, " * 5 + "一二三四五六七八九十" * 5 + "w" * 120
    plans = changed(northwind().dimensions[0], title=title, score=None, reason=NOTHING)
    shown = printed(northwind(dimensions=(plans,), questions=()), width=width)
    table = shown.partition("score")[2].partition("WHAT STANDS OUT")[0]
    table = table.replace("no answers", "").replace(" -\n", "\n")
    assert "".join(table.split()) == "".join(title.split())


@pytest.mark.parametrize("render", RENDERERS)
def test_hostile_text_reaches_nobody(render: Callable[[ScoreReport], str]) -> None:
    text = "[bold]x[/y] \x1b]0;owned\x07 :smile: \u202eevil\u2066 \x9b31m\ttab"
    shown = without_styles(render(hostile(text)))
    assert not {unicodedata.category(c) for c in shown.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert "[bold]x[/y]" in shown
    assert ":smile:" in shown


@pytest.mark.parametrize(
    ("score", "level", "span", "said"),
    [
        (
            48.7,
            "aligned",
            "separate aligned",
            "Converged begins at 75), at the edge of Separate.",
        ),
        (
            48.7,
            "aligned",
            "aligned converged",
            "49 of 100 Aligned (from 40; Converged begins at 75), at the edge of Converged.",
        ),
        (
            48.7,
            "aligned",
            "separate aligned converged",
            "Aligned (from 40; Converged begins at 75), anywhere from Separate to Converged.",
        ),
        (39.6, "separate", "separate", "39.6 of 100 Separate (Aligned begins at 40), just short"),
        (
            39.97,
            "separate",
            "separate",
            "39.97 of 100 Separate (Aligned begins at 40), just",
        ),
        (40.4, "aligned", "aligned", "40 of 100 Aligned (from 40; Converged begins at 75)."),
        (
            80,
            "aligned",
            "aligned",
            "held back from Converged by a dimension below its minimum.",
        ),
        (80, "converged", "converged", "80 of 100 Converged (from 75)."),
    ],
)
def test_the_level_is_floored_and_tells_how_near_the_next_one_is(
    score: float, level: str, span: str, said: str
) -> None:
    reached = overall(score, level=level, level_range=tuple(span.split()))
    assert said in flat(northwind(overall=reached))


UNLIKELY: dict[str, Any] = {
    "interval": None,
    "interval_reason": because("all-answered", "all 9 of 9 answered: nothing to estimate", n=9),
}
UNSCORED = because("too-little", "only 1/3 of its weight has a score", share="1/3", needed="1/2")
INNER = changed(northwind().dimensions[1], title="Inner", parent="plans", score=None, reason=NOTHING)
SAME = question("awareness").groups[0]
NO_FACT = because("no-fact", "no fact was given")
QUESTIONS = northwind().questions


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"overall": overall(**UNLIKELY)}, "No likely range (all 9 of 9 answered: nothing to estimate)."),
        ({"overall": overall(None, reason=UNSCORED)}, "No score: only 1/3 of its weight has a score."),
        ({"dimensions": (northwind().dimensions[0], INNER)}, "Inner no answers - response speed"),
        (
            {"questions": (question("awareness", kind="text", score=None),)},
            "awareness answered in words, not scored -",
        ),
        (
            {"questions": (question("plan-mapping", score=None, fact=None, reason=NO_FACT),)},
            "plans mapped no fact was given -",
        ),
        (
            {"questions": (question("awareness", groups=(SAME, changed(SAME, group="it"))), *QUESTIONS)},
            "* several in one place.",
        ),
        (
            {"one_thing": None},
            "IF YOU DO ONE THING Put somebody on every open request. Business: Rank",
        ),
    ],
)
def test_what_the_page_says(more: dict[str, Any], said: str) -> None:
    assert said in flat(northwind(**more))


def test_what_was_joined_and_hidden_is_said_first_and_not_again() -> None:
    head, _, rest = flat(confidential()).partition("48 of 100")
    assert "in confidence" in head
    assert (
        "groups of fewer than 8 are not shown. Groups are shown as one for contribution. Some answers are "
        "hidden for response speed, awareness and expertise. If people were told that answers are "
        "attributable, write `confidential: false`." in head
    )
    assert "answers of" not in head
    assert "business leaders + IT leaders say 51" in rest


def test_a_confidential_cut_says_first_what_it_joined_and_left_out() -> None:
    report = example("unit", confidential=True, min_group_size=5, cut_by="unit")
    head, _, rest = flat(report).partition("48 of 100")
    assert "By unit, values with too few people are shown together. Left out by unit: response speed," in head
    assert "No score by unit: no question can be shown." in rest
    everything = flat(report, full=True)
    assert "IT and other values together, overall: no question can be shown." in everything
    assert "Left out" not in rest


def test_where_points_are_missing_is_told_in_few_lines() -> None:
    names = ("response-speed", "plan-mapping", "awareness", "expertise")
    missing = [MissingPoints(question=name, points=40.0 / place) for place, name in enumerate(names, 1)]
    held = MissingPoints(question="contribution", could_move=12.5)
    section = flat(northwind(missing_points=(*missing, held))).partition("MISSING POINTS ARE ")[2]
    assert section.startswith(
        "Response speed: 40; plans mapped: 20; awareness: 13; one other: 10. "
        "Without a score: contribution; with one the overall could move by up to 13. IF YOU"
    )


@pytest.mark.parametrize("title", ["United States", "Geschäftsleitung", "iOS developers"])
def test_a_title_is_taken_as_it_is_written(title: str) -> None:
    """Nobody's name, and no German noun, begins with a small letter because it stands inside a sentence."""
    respondents = northwind().respondents
    business, it = respondents.groups
    titled = changed(respondents, groups=(business, changed(it, title=title)))
    shown = printed(northwind(respondents=titled))
    assert f"7 of 8 {title} answered" in " ".join(shown.split())
    assert title[:1].swapcase() + title[1:] not in shown


def test_no_figure_beside_a_level_is_rounded_over_its_cut() -> None:
    """The next level begins at 75; a gate of 62 holds the level back at 61.7."""
    *below, top = northwind().levels
    levels = (*below, changed(top, every_dimension_at_least=62.0))
    innovation = changed(northwind().dimensions[2], score=61.7)
    shown = printed(northwind(overall=overall(74.6), dimensions=(innovation,), levels=levels))
    assert "74.6 of 100" in shown
    assert next(row for row in shown.splitlines() if row.startswith("Innovation")).endswith(" 61.7")


# One page


@pytest.mark.parametrize("report", [example("unit"), confidential()])
def test_the_report_is_a_page_whatever_there_is_to_say(report: ScoreReport) -> None:
    assert len(printed(report, commands=["convergence score responses.yaml --full"]).splitlines()) <= 60


def test_northwind_has_fifty_lines_in_the_order_of_a_leaders_questions() -> None:
    lines = printed(example(), commands=["convergence score responses.yaml --full"]).splitlines()
    assert len(lines) <= 50
    assert [line for line in lines if line and line == line.upper() and line[0].isalpha()] == [
        "WHAT STANDS OUT (5 OF 6)",
        "HEARD IN THE ANSWERS",
        "WHERE THE 52 MISSING POINTS ARE",
        "IF YOU DO ONE THING",
        "THREE QUESTIONS FOR THE ROOM",
    ]


def test_no_word_needs_a_method_handbook() -> None:
    page = flat(example())
    assert not [word for word in ("friction", "green-lit", "stated", "reliable", "in force") if word in page]


def test_comments_are_heard_where_people_agreed_to_be_named() -> None:
    heard = printed(example()).partition("HEARD IN THE ANSWERS\n")[2].partition("\n\n")[0]
    assert heard.splitlines() == [
        '"I have stopped asking." (response speed, business leaders)',
        '"We wait to be asked." (contribution, IT leaders)',
        '"I have not seen enough of it to judge." (expertise, business leaders)',
    ]
    assert "HEARD" not in printed(confidential())


def test_sixty_questions_are_still_a_page() -> None:
    many = [changed(question("contribution"), id=f"q{n}", title=f"subject {n}") for n in range(60)]
    stands = [highlight("low-score", each.id, score=20.0) for each in many]
    report = northwind(questions=tuple(many), highlights=tuple(stands), comments=())
    page = printed(report)
    assert len(page.splitlines()) <= 50
    assert "subject 7" not in page.partition("WHAT STANDS OUT (5 OF 60)")[0]
    assert "subject 59" in printed(report, full=True)


# Strips


@pytest.mark.parametrize(
    ("groups", "marks"),
    [
        (["business", "it"], ["B", "I"]),
        (["business", "brm", "board"], ["B", "R", "O"]),
        (["it", "IT", "ti"], ["I", "T", "1"]),
        (["2-day", "-"], ["2", "1"]),
    ],
)
def test_each_group_has_a_letter_of_its_own(groups: list[str], marks: list[str]) -> None:
    assert list(strips.marks_of(groups).values()) == marks


@pytest.mark.parametrize(
    ("marks", "score", "shown"),
    [
        ([Mark("B", 0.0), Mark("I", 100.0)], None, "B---I"),
        ([Mark("B", 50.0)], 50.0, "--B--"),
        ([Mark("B", 49.0), Mark("I", 51.0)], 100.0, "--*-#"),
        ([], 12.5, "-#---"),
        ([], None, "-----"),
    ],
)
def test_a_strip_shows_each_voice_in_its_place(marks: list[Mark], score: float | None, shown: str) -> None:
    assert strips.strip(Strip(marks, score), 5) == shown


# JSON


def test_json_is_the_report_itself() -> None:
    report = northwind(organization="Zoë & Söhne")
    text = json.render(report)
    assert ScoreReport.model_validate_json(text) == report
    assert text.endswith("}\n")
    assert '  "organization": "Zoë & Söhne"' in text
    assert reader.loads(text)["questions"][0]["fact"]["from"] == "plans"


def test_json_shows_invisible_characters_and_keeps_them() -> None:
    report = northwind(organization="a\u202eb\x9bc\x1bd\U000e0041")
    text = json.render(report)
    assert r"a\u202eb\u009bc\u001bd\udb40\udc41" in text
    assert reader.loads(text)["organization"] == report.organization


@given(st.text(st.characters(codec="utf-8")))
def test_json_says_any_text_unchanged(text: str) -> None:
    assert reader.loads(json.render(northwind(organization=text)))["organization"] == text


# CSV


def rows_of(report: ScoreReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(score_csv.render(report))))


def test_csv_leaves_hidden_figures_empty_and_says_why() -> None:
    hidden = [row for row in rows_of(confidential()) if row["hidden"]]
    assert [(row["group"], row["asked"]) for row in hidden] == [("it", "7")] * 3
    assert {row["score"] + row["n"] + row["skipped"] for row in hidden} == {""}


def test_csv_adds_the_rows_of_each_cut() -> None:
    cuts = [(row["field"], row["value"]) for row in rows_of(by_unit("Sales", "other")) if row["field"]]
    assert [key for key, _ in itertools.groupby(cuts)] == [("unit", "Sales"), ("unit", "other")]


@pytest.mark.parametrize("start", [*"=+-@", "＝"])
def test_csv_neutralises_text_and_leaves_numbers_alone(start: str) -> None:
    gap = QuestionGap(points=-27.5, cliffs_delta=None, reliable=False)
    asked = question("response-speed", title=f"{start}1+1", gap=gap)
    row, *_ = rows_of(northwind(questions=(asked,)))
    assert row["title"] == f"'{start}1+1"
    assert float(row["gap"]) == -27.5
