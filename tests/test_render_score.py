"""The score report in its four formats: text, plain, JSON, CSV."""

from __future__ import annotations

import csv
import io
import itertools
import json as reader
import subprocess
import sys
import unicodedata
from collections.abc import Callable

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from reports import (
    BUSINESS,
    IT,
    because,
    cell,
    flat,
    highlight,
    northwind,
    opinion,
    printed,
    without_styles,
)
from rich.cells import cell_len

from convergence_cli.render import json, score_csv, strips
from convergence_cli.render.say import with_words
from convergence_cli.results.score import (
    Because,
    Comment,
    Level,
    MissingPoints,
    Note,
    ScoreReport,
    Stated,
)

RENDERERS: list[Callable[[ScoreReport], str]] = [
    printed,
    lambda report: printed(report, colour=True),
    score_csv.render,
    lambda report: json.render(with_words(report)),
]

ADVICE = """\
1. Put somebody on every open request: response speed is 35.
   Business: Rank the open requests each month, so that IT knows which comes
     first.
   IT: Appoint a tactical relationship manager in the unit that waits longest,
     to give requests a date.
2. Look at the same requests together: the two sides differ by about 28 points
   on response speed.
   Business: Bring the last three requests that took too long, with their
     dates.

READ WITH CARE
The cuts 40 and 75 are this questionnaire's convention, not a benchmark.
Expertise: 4 of 5 business leaders and 3 of 4 IT leaders answered.

Next: convergence score responses.yaml -o report.json
      convergence explain friction
"""
COMMANDS = ("convergence score responses.yaml -o report.json", "convergence explain friction")


def hostile(text: str) -> ScoreReport:
    """Northwind with `text` wherever people write text."""
    base = northwind()
    asked = opinion("speed", "plans", 40.0, (cell(BUSINESS, 40.0, 3, 3),), title=text, text=text)
    return northwind(
        organization=text,
        period=text,
        questionnaire=base.questionnaire.model_copy(update={"title": text}),
        respondents=base.respondents.model_copy(
            update={"groups": tuple(g.model_copy(update={"title": text}) for g in base.respondents.groups)}
        ),
        levels=(Level(id="aligned", title=text, at_least=0.0, every_dimension_at_least=None, meaning=text),),
        dimensions=(
            reports.dimension("plans", text, 40.0),
            reports.dimension(
                "none",
                text,
                None,
                reason=because("only-expected", text, scored=text, expecting=text),
            ),
        ),
        questions=(asked, reports.fact("mapped", "plans", 50.0, reports.ratio(1, 2, text), title=text)),
        cuts=(reports.cut(text, 30.0).model_copy(update={"field": text}),),
        highlights=(highlight("low-score", "speed", score=40.0), highlight(text, text, figure=text)),
        advice=(reports.ADVICE[0].model_copy(update={"title": text, "business": text, "it": text}),),
        notes=(Note(kind="note", text=text),),
        comments=(comment("speed", BUSINESS, text),),
    )


def comment(question: str, group: str, text: str) -> Comment:
    return Comment(question=question, respondent="r1", group=group, text=text)


# Text


def test_several_pieces_of_advice_are_numbered_and_each_side_has_its_action() -> None:
    assert printed(northwind(), commands=COMMANDS).partition("WHAT TO DO NEXT\n")[2] == ADVICE


@pytest.mark.parametrize("width", [40, 53, 60, 79, 80, 100, 132])
@pytest.mark.parametrize(
    "report",
    [
        northwind(),
        reports.confidential(),
        reports.by_unit("Sales", "Operations", "Human resources and finance", "other"),
        hostile("漢字と仮名交じりの長い題名 " * 6 + "w" * 150),
    ],
    ids=["northwind", "confidential", "cuts", "wide"],
)
def test_no_line_is_wider_than_asked_for(report: ScoreReport, width: int) -> None:
    lines = printed(report, width=width, commands=COMMANDS).splitlines()
    assert max(map(cell_len, lines)) <= width
    assert not [line for line in lines if line != line.rstrip()]


def test_no_word_of_a_column_head_is_divided() -> None:
    report = reports.by_unit("Manufacturing and assembly", "Qualitätsmanagement", "other", "IT")
    for width in (40, 60, 80):
        table = printed(report, width=width).partition("BY UNIT")[2]
        assert {"Manufacturing", "assembly", "Qualitätsmanagement", "other"} <= set(table.split())


def test_what_people_wrote_stands_under_its_question() -> None:
    said = [("awareness", IT, "We wait to be asked."), ("contribution", BUSINESS, "Why?\n\x1b[2JNo.")]
    said += [("expertise", BUSINESS, f"Thought {number}.") for number in range(5)]
    shown = printed(northwind(comments=tuple(comment(*each) for each in said)))

    def below(title: str) -> list[str]:
        return shown.partition(f"\n  {title} ")[2].splitlines()[1:5]

    assert below("awareness")[0] == '    "We wait to be asked." (IT leaders)'
    assert below("contribution")[0] == '    "Why? \\x1b[2JNo." (business leaders)'
    assert below("expertise") == [
        *[f'    "Thought {number}." (business leaders)' for number in range(3)],
        "    and 2 more in `-f json`",
    ]


@pytest.mark.parametrize("width", [40, 80])
def test_nothing_is_cut_to_fit(width: int) -> None:
    title = "Modernisation of everything, " * 5 + "一二三四五六七八九十" * 5 + "w" * 120
    dimension = reports.dimension("plans", title, None, reason=reports.NO_ANSWERS)
    report = northwind(dimensions=(dimension,), questions=(), notes=(), highlights=(), advice=())
    shown = printed(report, width=width)
    table = shown.partition("score")[2].replace("no answers", "").replace(" -\n", "\n")
    assert "".join(table.split()) == "".join(title.split())


def test_without_colour_there_is_no_escape_and_with_colour_the_same_words() -> None:
    plain, coloured = printed(northwind()), printed(northwind(), colour=True)
    assert "\x1b" not in plain
    assert "\x1b[1m" in coloured
    assert without_styles(coloured) == plain


@pytest.mark.parametrize("render", RENDERERS)
def test_hostile_text_reaches_nobody(render: Callable[[ScoreReport], str]) -> None:
    text = "[bold]x[/y] \x1b]0;owned\x07 :smile: \u202eevil\u2066 \x9b31m\ttab"
    shown = without_styles(render(hostile(text)))
    assert not {unicodedata.category(c) for c in shown.replace("\n", "")} & {"Cc", "Cf", "Cs"}
    assert "[bold]x[/y]" in shown
    assert ":smile:" in shown


@pytest.mark.parametrize("encoding", ["ascii", "cp1252"])
def test_the_marks_of_a_report_need_no_more_than_ascii(encoding: str) -> None:
    assert printed(northwind()).encode(encoding).decode(encoding) == printed(northwind())


def test_a_null_score_says_why() -> None:
    silent = reports.overall(
        None,
        reason=because("too-little", "only 1/3 of its weight has a score", share="1/3", needed="1/2"),
        level=None,
    )
    plans = reports.dimension("plans", "Plans", None, reason=reports.NO_ANSWERS)
    report = northwind(overall=silent, dimensions=(plans,))
    assert "No score: only 1/3 of its weight has a score." in flat(report)
    assert [line.split() for line in printed(report).splitlines() if line.startswith("Plans ")] == [
        ["Plans", "no", "answers", "-"]
    ]


@pytest.mark.parametrize(
    ("score", "level", "span", "line"),
    [
        (48.7, "aligned", ("aligned",), "49 of 100 Aligned (from 40)."),
        (48.7, "aligned", ("separate", "aligned"), "49 of 100 Aligned (from 40), at the edge of Separate."),
        (48.7, "aligned", ("aligned", "converged"), "49 of 100 Aligned (from 40), at the edge of Converged."),
        (
            48.7,
            "aligned",
            ("separate", "aligned", "converged"),
            "49 of 100 Aligned (from 40), anywhere from Separate to Converged.",
        ),
        (39.6, "separate", ("separate",), "39.6 of 100 Separate (below 40), just short of Aligned."),
        (39.97, "separate", ("separate",), "39.97 of 100 Separate (below 40), just short of Aligned."),
        (40.4, "aligned", ("aligned",), "40 of 100 Aligned (from 40)."),
        (
            80.0,
            "aligned",
            ("aligned",),
            "80 of 100 Aligned (from 40), held back from Converged by a dimension below its minimum.",
        ),
        (80.0, "converged", ("converged",), "80 of 100 Converged (from 75)."),
    ],
)
def test_the_level_is_floored_and_tells_how_near_the_next_one_is(
    score: float, level: str, span: tuple[str, ...], line: str
) -> None:
    report = northwind(overall=reports.overall(score, level=level, level_range=span))
    assert f"{line} Likely" in flat(report)


def test_who_the_likely_range_speaks_of() -> None:
    known = northwind().respondents
    both = reports.respondents(business=5, it=3)
    unknown = known.model_copy(
        update={"groups": tuple(group.model_copy(update={"population": None}) for group in known.groups)}
    )
    everybody = reports.overall(
        48.7,
        interval=None,
        interval_reason=because("all-answered", "all 9 of 9 answered: nothing to estimate", n=9),
    )
    assert "had all 7 business leaders answered." in flat(northwind())
    assert "had all 7 business leaders and 4 IT leaders answered." in flat(northwind(respondents=both))
    assert "had everybody concerned answered." in flat(northwind(respondents=unknown))
    assert "5 business leaders and 4 IT leaders answered" in flat(northwind(respondents=unknown))
    assert "No likely range (all 9 of 9 answered: nothing to estimate)." in flat(northwind(overall=everybody))


def test_a_confidential_report_says_first_what_was_joined_and_hidden() -> None:
    shown = flat(reports.confidential())
    head, _, rest = shown.partition("49 of 100")
    assert "in confidence" in head
    assert "groups of fewer than 5 are not shown. Groups are shown as one for contribution." in head
    assert "hidden for response speed, awareness and expertise" in head
    assert "write `confidential: false`" in head
    assert "business leaders + IT leaders say 53 (9 answers)" in rest
    assert "answers of" not in head


def test_a_confidential_cut_says_first_what_it_joined_and_left_out() -> None:
    cuts = (reports.cut("other", 50.0), reports.cut("other", 50.0).model_copy(update={"who": "others"}))
    notes = (Note(kind="cut", text="Left out by unit: awareness. Too few answered."),)
    report = northwind(respondents=reports.respondents(confidential=True), cuts=cuts, notes=notes)
    head, _, rest = flat(report).partition("49 of 100")
    assert "By unit, values with too few people are shown together. Left out by unit: awareness." in head
    assert "BY UNIT other other values together" in rest
    assert "Left out" not in rest


def test_notes_on_privacy_are_not_said_twice() -> None:
    notes = (Note(kind="privacy", text="Groups were joined."), Note(kind="cuts", text="The cuts are ours."))
    report = reports.confidential().model_copy(update={"notes": notes})
    assert "Groups were joined." not in flat(report)
    assert "READ WITH CARE The cuts are ours." in flat(report)


def test_cuts_stand_side_by_side_with_their_reasons() -> None:
    shown = printed(reports.by_unit("Sales", "Operations", "other"))
    rows = {line.split("  ")[0].strip(): line.split() for line in shown.splitlines()}
    assert rows["BY UNIT"] == ["BY", "UNIT", "Sales", "Operations", "other"]
    assert rows["People"] == ["People", "3", "3", "3"]
    assert rows["Overall"] == ["Overall", "40", "41", "-"]
    assert "other, overall, Plans and objectives, Responsiveness and Innovation: no answers." in shown


def test_values_that_do_not_fit_beside_each_other_go_below() -> None:
    shown = printed(reports.by_unit(*(f"Unit {n}" for n in range(12))), width=60)
    assert shown.count("BY UNIT") == 3


def test_a_tree_of_dimensions_is_indented() -> None:
    inner = reports.dimension("inner", "Inner", 50.0, parent="plans")
    shown = printed(northwind(dimensions=(reports.DIMENSIONS[0], inner), questions=()))
    assert "\nPlans and objectives" in shown
    assert "\n  Inner " in shown


def test_advice_beyond_the_third_is_named() -> None:
    numbered = [{"title": f"Advice {n}", "it": f"Action {n}"} for n in range(1, 6)]
    advice = tuple(reports.ADVICE[0].model_copy(update=each) for each in numbered)
    report = northwind(advice=advice)
    assert "Further advice, in full with `-f json`: Advice 4; Advice 5." in flat(report)
    assert "Action 4" not in flat(report)


def test_advice_names_what_gave_rise_to_it() -> None:
    because = (
        Because(id="overall", kind="overall", points=48.7),
        Because(id="innovation", kind="dimension", points=61.0),
    )
    report = northwind(advice=(reports.ADVICE[0].model_copy(update={"because": because}),))
    assert "request: the overall is 49 and Innovation is 61." in flat(report)


def test_where_points_are_missing_is_told_in_few_lines() -> None:
    names = ("response-speed", "plans-mapped", "awareness", "expertise")
    missing = [MissingPoints(question=name, points=40.0 / place) for place, name in enumerate(names, 1)]
    held = MissingPoints(question="contribution", could_move=12.5)
    shown = printed(northwind(missing_points=(*missing, held)))
    section = shown.partition("WHERE THE 83 MISSING POINTS ARE\n")[2].partition("\n\n")[0]
    assert section.splitlines() == [
        "Response speed: 40.",
        "Plans mapped: 20.",
        "Awareness: 13.",
        "One other question: 10.",
        "Without a score: contribution; with one the overall could move by up to 13.",
        "26 points to Converged.",
    ]


def test_text_questions_and_facts_nobody_gave() -> None:
    remarks = opinion("remarks", "plans", None, (cell(BUSINESS, None, 3, 5),), kind="text")
    mapped = reports.fact("plans-mapped", "plans", None, None, reason=because("no-fact", "no fact was given"))
    lines = [line.split() for line in printed(northwind(questions=(remarks, mapped))).splitlines()]
    assert ["remarks", "answered", "in", "words,", "not", "scored", "-"] in lines
    assert ["plans", "mapped", "no", "fact", "was", "given", "-"] in lines


def test_what_the_plans_file_says_stands_before_what_was_stated() -> None:
    stated = Stated(count=11.0, of=12.0, value=None, source="CIO, 3 November", points=None)
    counted = reports.ratio(5, 10, origin="plans", stated=stated)
    mapped = reports.fact("plans-mapped", "plans", 50.0, counted)
    shown = flat(northwind(questions=(mapped,), evidence_date="2026-11-20"))
    assert "Plans counted as of 20 November 2026." in shown
    assert "plans mapped 5 of 10 by the plans file; 11 of 12 stated (CIO, 3 50" in shown


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
        ([("B", 0.0), ("I", 100.0)], None, "B---I"),
        ([("B", 50.0)], 50.0, "--B--"),
        ([("B", 49.0), ("I", 51.0)], 100.0, "--*-#"),
        ([], 12.5, "-#---"),
        ([], None, "-----"),
    ],
)
def test_a_strip_shows_each_voice_in_its_place(
    marks: list[tuple[str, float]], score: float | None, shown: str
) -> None:
    assert strips.strip(marks, score, 5) == shown


def test_the_legend_explains_every_mark_on_the_page() -> None:
    same = opinion("speed", "plans", 50.0, (cell(BUSINESS, 50.0, 5, 5), cell(IT, 50.0, 4, 4)))
    other = same.model_copy(update={"id": "other", "title": "other"})
    shown = printed(northwind(questions=(same, other), highlights=(), advice=(), notes=()))
    assert "*  more than one group in the same place." in shown


# JSON


def test_json_is_the_report_itself() -> None:
    report = with_words(northwind(organization="Zoë & Söhne"))
    text = json.render(report)
    assert ScoreReport.model_validate_json(text) == report
    assert text.endswith("}\n")
    assert '  "organization": "Zoë & Söhne"' in text
    assert reader.loads(text)["questions"][0]["fact"]["from"] == "responses"


def test_json_shows_invisible_characters_and_keeps_them() -> None:
    report = northwind(organization="a\u202eb\x9bc\x1bd\U000e0041")
    text = json.render(report)
    assert r"a\u202eb\u009bc\u001bd\udb40\udc41" in text
    assert reader.loads(text)["organization"] == report.organization


@given(st.text(st.characters(codec="utf-8")))
def test_json_says_any_text_unchanged(text: str) -> None:
    assert reader.loads(json.render(northwind(organization=text)))["organization"] == text


def test_json_and_csv_do_not_load_rich() -> None:
    modules = "json, score_csv, say"
    code = f"import sys; from convergence_cli.render import {modules}; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert "rich" not in done.stdout.split()


# CSV


def rows_of(report: ScoreReport) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(score_csv.render(report))))


def test_csv_has_a_row_for_each_question_and_group() -> None:
    rows = rows_of(northwind())
    assert [(row["question"], row["group"]) for row in rows[:3]] == [
        ("plans-mapped", ""),
        ("response-speed", "business"),
        ("response-speed", "it"),
    ]
    assert len(rows) == 10
    fact, business, it = rows[:3]
    assert (fact["fact_count"], fact["fact_of"], fact["question_score"]) == ("6", "12", "50")
    assert (business["scored"], business["want"], business["gap"]) == ("true", "83", "27.5")
    assert (it["scored"], it["score"], it["low"], it["n"]) == ("false", "62.5", "47.25", "4")


def test_csv_leaves_hidden_figures_empty_and_says_why() -> None:
    hidden = [row for row in rows_of(reports.confidential()) if row["hidden"]]
    assert [row["group"] for row in hidden] == ["it", "it", "it"]
    assert {row["score"] + row["n"] + row["skipped"] for row in hidden} == {""}
    assert {row["asked"] for row in hidden} == {"4"}


def test_csv_adds_the_rows_of_each_cut() -> None:
    rows = rows_of(reports.by_unit("Sales", "other"))
    cuts = [(row["field"], row["value"]) for row in rows if row["field"]]
    assert [key for key, _ in itertools.groupby(cuts)] == [("unit", "Sales"), ("unit", "other")]


@pytest.mark.parametrize("start", [*"=+-@", "＝"])
def test_csv_neutralises_text_and_leaves_numbers_alone(start: str) -> None:
    asked = opinion(
        "speed", "plans", 50.0, (cell(BUSINESS, 50.0, 5, 5),), title=f"{start}1+1", gap=reports.gap(-27.5)
    )
    (row,) = rows_of(northwind(questions=(asked,)))
    assert row["title"] == f"'{start}1+1"
    assert float(row["gap"]) == -27.5


@pytest.mark.parametrize("title", ["United States", "Geschäftsleitung", "iOS developers"])
def test_a_title_is_taken_as_it_is_written(title: str) -> None:
    """Nobody's name, and no German noun, begins with a small letter because it stands inside a sentence."""
    groups = tuple(
        group.model_copy(update={"title": title}) if group.group == "it" else group
        for group in reports.respondents().groups
    )
    titled = reports.respondents().model_copy(update={"groups": groups})
    shown = printed(northwind(respondents=titled))
    assert f"4 of 4 {title} answered" in " ".join(shown.split())
    assert title[:1].swapcase() + title[1:] not in shown


def test_no_figure_beside_a_level_is_rounded_over_its_cut() -> None:
    """The next level begins at 75; a gate of 62 holds the level back at 61.7."""
    levels = (*reports.LEVELS[:2], reports.LEVELS[2].model_copy(update={"every_dimension_at_least": 62.0}))
    innovation = reports.dimension("innovation", "Innovation", 61.7)
    report = northwind(
        overall=reports.overall(74.6), dimensions=(*reports.DIMENSIONS[:2], innovation), levels=levels
    )
    assert "74.6 of 100" in printed(report)
    assert next(row for row in printed(report).splitlines() if row.startswith("Innovation")).endswith(" 61.7")
