"""Rule S12: what a confidential file promised, and that nothing printed can be taken apart again.

The promise is tested as an attacker would: by answers that may not move a byte of any output, and by
linear algebra over every figure that is shown of one question, cuts included.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from running import ROOT, convergence
from waves import NO_ANSWERS, codes, questionnaire, several, tally_of, wave, waves, whole_reports

from convergence_cli import score
from convergence_cli.api.scores import explain
from convergence_cli.model.answers import Respondent
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.problems import UsageError
from convergence_cli.render import json, score_csv, score_plain, score_text
from convergence_cli.render.say import why
from convergence_cli.results.score import Cut, Question, QuestionGroup, ScoreReport
from convergence_cli.scoring.cells import CellMaker, Layout, Privacy, answered, is_answer

SPEED = {"id": "speed", "scored": ["business"]}
TRUST = {"id": "trust"}
"""Scored from both sides."""


def documents(wave: Wave, by: str | None = None) -> list[str]:
    """Everything that can be printed of a wave: its report, and every figure opened."""
    report = score(wave, by=by)
    figures = ["overall", *(d.id for d in report.dimensions), *(q.id for q in report.questions)]
    if report.friction:
        figures.append("friction")
    return [
        *(explain(wave, figure).model_dump_json() for figure in figures),
        json.render(report),
        score_text.render(report, width=80, colour=False, commands=[]),
        score_plain.render(report, commands=[]),
        score_csv.render(report),
    ]


def question(report: ScoreReport, name: str) -> Question:
    return next(each for each in report.questions if each.id == name)


def cells(report: ScoreReport, name: str) -> dict[str, QuestionGroup]:
    return {cell.group: cell for cell in question(report, name).groups}


def confidential(asked: Questionnaire, people: list[dict[str, Any]], **header: Any) -> Wave:
    return wave(asked, people, confidential="true", **header)


# By example


def test_a_small_scored_group_is_joined_with_the_others() -> None:
    asked = questionnaire([TRUST], contrast=["business", "it"])
    people = several(6, "business", trust="2") + several(3, "it", trust="5")
    report = score(confidential(asked, people))
    assert list(cells(report, "trust")) == ["business+it"]
    cell = cells(report, "trust")["business+it"]
    assert (cell.n, cell.pooled) == (9, ("business", "it"))
    assert cell.score == pytest.approx((6 * 25 + 3 * 100) / 9)
    assert question(report, "trust").gap is None
    assert "Trust: business + it: 9 answers." in [note.text for note in report.notes]


def test_a_joined_cell_has_the_sum_of_the_weights() -> None:
    """`a` and `b` (weight 1 each) are joined, `c` (weight 2) reports in its function and stands alone.

    Joined: (4 x 0 + 2 x 100) / 6 = 33.33 with weight 2; c: 100 with weight 2. Score (33.33 + 100) / 2.
    """
    groups = [
        {"id": "a", "title": "A"},
        {"id": "b", "title": "B"},
        {"id": "c", "title": "C", "weight": "2", "attributable": "true"},
    ]
    asked = questionnaire([TRUST], groups=groups)
    people = several(4, "a", trust="1") + several(2, "b", trust="5") + several(1, "c", trust="5")
    report = score(confidential(asked, people))
    assert list(cells(report, "trust")) == ["a+b", "c"]
    assert cells(report, "trust")["c"].n == 1
    assert report.overall.score == pytest.approx((Fraction(200, 6) + 100) / 2)


def test_too_few_even_together_are_hidden() -> None:
    asked = questionnaire([TRUST, {"id": "other", "groups": ["business"]}])
    people = several(2, "business", trust="2", other="3") + several(2, "it", trust="5")
    report = score(confidential(asked, people + several(4, "business", other="3")))
    cell = cells(report, "trust")["business+it"]
    assert why(cell.hidden) == "hidden: fewer than 5 answers"
    assert (cell.asked, cell.n, cell.score, cell.counts) == (8, None, None, ())
    assert question(report, "trust").score is None
    assert why(question(report, "trust").reason) == "hidden: fewer than 5 answers"
    # It is completed as wholly unanswered: anything from 0 to 100.
    bounds = question(report, "trust").bounds
    assert bounds is not None
    assert (bounds.low, bounds.high) == (0, 100)


def test_a_small_group_that_is_not_scored_is_hidden_alone() -> None:
    asked = questionnaire([SPEED], contrast=["business", "it"])
    report = score(confidential(asked, several(6, "business", speed="2") + several(4, "it", speed="5")))
    assert cells(report, "speed")["it"].hidden
    assert cells(report, "speed")["business"].score == 25
    assert question(report, "speed").gap is None
    assert report.friction is None


@pytest.mark.parametrize("silent", [0, 5])
def test_nobody_is_not_a_small_group(silent: int) -> None:
    """Neither is a group of five who all say "don't know"."""
    asked = questionnaire([TRUST])
    people = several(6, "business", trust="2") + several(silent, "it", trust="dont-know")
    found = cells(score(confidential(asked, people)), "trust")
    assert {group: (cell.hidden, cell.dont_know) for group, cell in found.items()} == {
        "business": (None, 0),
        "it": (None, silent),
    }


@pytest.mark.parametrize("state", ["dont-know", "n/a", ""])
def test_a_small_group_without_an_answer_is_joined_too(state: str) -> None:
    asked = questionnaire([TRUST])
    people = several(6, "business", trust="2") + several(3, "it", trust=state)
    report = score(confidential(asked, people))
    assert [(group, cell.asked, cell.n) for group, cell in cells(report, "trust").items()] == [
        ("business+it", 9, 6)
    ]


def test_a_small_group_that_is_not_scored_is_hidden_whatever_it_said() -> None:
    asked = questionnaire([SPEED])
    told = confidential(asked, several(6, "business", speed="2") + several(1, "it", speed="dont-know"))
    cell = cells(score(told), "speed")["it"]
    assert cell.hidden
    assert (cell.asked, cell.n, cell.dont_know) == (1, None, None)


def test_attributable_answers_are_neither_joined_nor_hidden() -> None:
    asked = questionnaire([TRUST])
    people = several(2, "business", trust="2") + several(1, "it", trust="5")
    report = score(wave(asked, people, min_group_size="5"))
    assert {g: c.n for g, c in cells(report, "trust").items()} == {"business": 2, "it": 1}


def test_targets_are_shown_where_every_cell_has_enough() -> None:
    asked = questionnaire([TRUST])
    wanting = several(5, "business", trust={"now": "2", "want": "4"})
    rest = several(5, "it", trust="3")
    enough = confidential(asked, wanting + rest)
    too_few = confidential(asked, wanting + rest + several(2, "it", trust={"now": "3", "want": "5"}))
    assert [cell.want.points if cell.want else None for cell in question(score(enough), "trust").groups] == [
        75,
        None,
    ]
    assert [cell.want for cell in question(score(too_few), "trust").groups] == [None, None]


def test_numbers_of_people_show_mean_and_sd_only() -> None:
    asked = questionnaire(
        [
            {
                "id": "days",
                "answer": {"kind": "number", "per": "respondent", "points": [["0", "100"], ["30", "0"]]},
            }
        ]
    )
    people = [{"group": "business", "answers": {"days": str(days)}} for days in (2, 2, 2, 28, 28, 29)]
    cell = cells(score(confidential(asked, people)), "days")["business"]
    assert (cell.mean, cell.median, cell.counts, cell.interval, cell.polarised) == (
        91 / 6,
        None,
        (),
        None,
        None,
    )
    assert cell.sd is not None
    open_cell = cells(score(wave(asked, people)), "days")["business"]
    assert open_cell.median == 15
    assert open_cell.polarised


def test_nothing_tells_how_many_answered_two_questions() -> None:
    """Eight people, six answers to each: two skip both questions, or two skip the one and two the other."""
    asked = questionnaire([{"id": "speed", "groups": ["business"]}, {"id": "trust", "groups": ["business"]}])
    shown = set()
    for trusting in (range(6), range(2, 8)):
        answers = [
            {name: "25"[n % 2] for name, some in (("speed", range(6)), ("trust", trusting)) if n in some}
            for n in range(8)
        ]
        people = [{"group": "business", "answers": each} for each in answers]
        shown.add("".join(documents(confidential(asked, people))))
    assert len(shown) == 1


DAYS = {
    "id": "days",
    "answer": {"kind": "number", "per": "respondent", "points": [["0", "0"], ["30", "100"]]},
}


@pytest.mark.parametrize("promised", [True, False])
def test_numbers_of_people_have_no_interval_in_a_whole_either(promised: bool) -> None:
    asked = questionnaire([DAYS, TRUST], contrast=["business", "it"])
    people = [
        {"group": group, "answers": {"days": str(day + more), "trust": "3"}}
        for group, more in (("business", 0), ("it", 9))
        for day in (0, 3, 5, 6, 9, 9)
    ]
    report = score(wave(asked, people, confidential=str(promised).lower()))
    (dimension,) = report.dimensions
    reason = "it counts a number of each person, of which a confidential file shows mean and sd only"
    assert (report.overall.interval is None, dimension.interval is None) == (promised, promised)
    told = (why(report.overall.interval_reason), why(dimension.interval_reason))
    assert told == ((reason, reason) if promised else ("", ""))


@pytest.mark.parametrize("unit", ["", "e-1", "e-7"])
def test_numbers_with_one_mean_and_one_sd_are_printed_alike(unit: str) -> None:
    """0 + 3 + 5 + 6 = 1 + 2 + 4 + 7, and so do their squares; the mean of all deals would tell them apart.

    So would the last digits of a root that is taken of sums of 0.1 and the like.
    """
    asked = questionnaire([DAYS], contrast=["business", "it"])
    shown = set()
    for days in ((0, 3, 5, 6), (1, 2, 4, 7)):
        people = [
            {"group": group, "answers": {"days": f"{day}{unit}"}}
            for group, some in (("business", [*days, 5, 5]), ("it", [20, 21, 22, 23, 24, 25]))
            for day in some
        ]
        shown.add("".join(documents(confidential(asked, people))))
    assert len(shown) == 1


def test_names_comments_and_hashes_stay_inside() -> None:
    asked = questionnaire([TRUST, {"id": "why", "answer": {"kind": "text"}}])
    people = several(6, "business", trust={"now": "2", "comment": "Secret one"}, why="Secret two")
    people += [{"id": "Secret three", "group": "it", "about": {"role": "Secret four"}, "answers": {}}]
    for document in documents(confidential(asked, people)):
        assert "ecret" not in document
    report = score(wave(asked, people))
    assert {comment.text for comment in report.comments} == {"Secret one", "Secret two"}


def test_a_higher_least_size_joins_more() -> None:
    asked = questionnaire([TRUST])
    people = several(6, "business", trust="2") + several(6, "it", trust="5")
    assert list(cells(score(confidential(asked, people)), "trust")) == ["business", "it"]
    strict = confidential(asked, people, min_group_size="7")
    assert list(cells(score(strict), "trust")) == ["business+it"]


def test_how_many_answered_any_of_several_questions_is_a_joint_count() -> None:
    """Ten answered `speed`, ten `trust`: whether they are ten or twelve people is not told."""
    asked = questionnaire([{"id": "speed"}, {"id": "trust"}], contrast=["business", "it"])
    people = several(10, "business", speed="2", trust="3") + several(6, "it", speed="4", trust="4")
    for told, n in ((confidential(asked, people), [None, None]), (wave(asked, people), [10, 6])):
        assert [group.n for group in score(told).dimensions[0].groups] == n


def file_of(folder: Path, name: str, header: str, people: int = 6) -> Path:
    """A file of `people` business leaders who all answer 2."""
    sheets = [f"  - {{id: p{n}, group: business, answers: {{response-speed: 2}}}}\n" for n in range(people)]
    path = folder / name
    path.write_text(f"questionnaire: convergence-2017@1\n{header}respondents:\n{''.join(sheets)}")
    return path


STATED = """\
facts:
  plan-mapping: {count: 11, of: 12, source: "Jane Doe, CIO"}
  ideas-taken-up: {count: 1, of: 3, source: Jane Doe}
"""


@pytest.mark.parametrize(
    "asked_for",
    [
        *(["-f", form] for form in ("text", "plain", "json", "csv")),
        *(
            ["--explain", figure, "-f", form]
            for figure in ("overall", "plan-mapping")
            for form in ("text", "json")
        ),
    ],
    ids=" ".join,
)
@pytest.mark.parametrize(
    "plans", [(), ("--plans", ROOT / "examples/plans.yaml", "--plans", ROOT / "examples/objectives.yaml")]
)
def test_who_stated_a_fact_is_not_printed(
    tmp_path: Path, asked_for: list[str], plans: tuple[str | Path, ...]
) -> None:
    path = file_of(tmp_path, "secret.yaml", f"confidential: true\n{STATED}")
    ran = convergence("score", path, *plans, *asked_for)
    assert (ran.code, ran.err) == (0, "")
    assert "Jane" not in ran.out
    named = convergence("score", file_of(tmp_path, "open.yaml", f"confidential: false\n{STATED}"), *plans)
    assert "Jane" in named.out


def test_who_stated_a_fact_is_not_printed_in_a_comparison(tmp_path: Path) -> None:
    old, new = (
        file_of(tmp_path, f"{period}.yaml", f"confidential: true\nperiod: {period}\n{STATED}")
        for period in ("2025", "2026")
    )
    for form in ("text", "plain", "json"):
        ran = convergence("compare", old, new, "-f", form)
        assert ran.code == 0
        assert "Jane" not in ran.out


@pytest.mark.parametrize("least", ["1", "2"])
def test_two_people_are_no_group_to_hide_in(tmp_path: Path, least: str) -> None:
    """Each of two knows what the other one answered."""
    said = f"min_group_size: {least}\n"
    ran = convergence("score", file_of(tmp_path, "a.yaml", f"confidential: true\n{said}"))
    assert (ran.code, ran.out) == (2, "")
    assert "`min_group_size`: expected 3 or more, as the file is confidential" in ran.err
    assert f"{tmp_path.as_posix()}/a.yaml:3:17" in ran.err.replace("\\", "/")
    assert convergence("score", file_of(tmp_path, "b.yaml", f"confidential: false\n{said}")).code == 0
    assert (
        convergence("score", file_of(tmp_path, "c.yaml", "confidential: true\nmin_group_size: 3\n")).code == 0
    )


# Cuts


def units(**sizes: tuple[int, int]) -> list[dict[str, Any]]:
    """People by unit: business leaders, who answer 2, and IT leaders, who answer 4."""
    return [
        person
        for unit, (business, it) in sizes.items()
        for person in several(business, "business", {"unit": unit}, trust="2")
        + several(it, "it", {"unit": unit}, trust="4")
    ]


def test_a_confidential_file_names_the_one_cut() -> None:
    asked = questionnaire([TRUST])
    told = confidential(asked, units(north=(6, 6)), cut_by="unit")
    with pytest.raises(UsageError, match="allows one cut: `--by unit`"):
        score(told, by="role")
    with pytest.raises(UsageError, match="allows one cut: none, as it has no `cut_by`"):
        score(replace(told, cut_by=None), by="unit")


def test_small_values_are_joined_until_they_hold_enough() -> None:
    """The published example of Culture Amp's minimum reporting group size (academy.cultureamp.com
    360010433339): threshold 5, Sales 4, Technology 9. Sales alone is too few, and showing Technology
    would give it away as 13 - 9: both are hidden, the whole of 13 is shown.
    """
    asked = questionnaire([{"id": "trust", "groups": ["business"]}])
    report = score(confidential(asked, units(Sales=(4, 0), Technology=(9, 0)), cut_by="unit"), by="unit")
    assert [(cut.who, cut.respondents.total) for cut in report.cuts] == [("others", 13)]
    assert question(report, "trust").groups[0].n == 13


def test_a_confidential_cut_shows_what_every_value_can_show() -> None:
    """Of `trust` South has three IT leaders, of `speed` six business leaders: the one is left out of both."""
    asked = questionnaire([SPEED, TRUST])
    people = several(6, "business", {"unit": "north"}, speed="3", trust="2")
    people += several(6, "it", {"unit": "north"}, speed="3", trust="4")
    people += several(7, "business", {"unit": "south"}, speed="5", trust="2")
    people += several(3, "it", {"unit": "south"}, speed="5", trust="4")
    report = score(confidential(asked, people, cut_by="unit"), by="unit")
    assert [[each.id for each in cut.questions] for cut in report.cuts] == [["speed"]] * 2
    assert [[(cell.group, cell.n) for cell in cut.questions[0].groups] for cut in report.cuts] == [
        [("business", 6)],
        [("business", 7)],
    ]
    assert [cut.overall.score for cut in report.cuts] == [50, 100]
    why = "Left out by unit: trust. In some unit a scored group has fewer than 5 answers."
    assert [note.text for note in report.notes if note.kind == "cut"] == [why]
    text = " ".join(score_text.render(report, width=80).split())
    assert text.count("Left out by unit") == 1
    assert text.index(why) < text.index("BY UNIT north south")


def test_nothing_joins_a_persons_answers() -> None:
    """Fifteen people, five of them in South: who gave which two answers moves no byte, cut or not."""
    asked = questionnaire([{"id": "speed"}, {"id": "trust"}])
    shown = set()
    for trust in ("111115555511111", "515151515111111"):
        people = [
            {"group": "business", "about": {"unit": "north" if n < 10 else "south"}, "answers": answers}
            for n, two in enumerate(zip("111115555551515", trust, strict=True))
            for answers in [dict(zip(("speed", "trust"), two, strict=True))]
        ]
        shown.add("".join(documents(confidential(asked, people, cut_by="unit"), "unit")))
    assert len(shown) == 1


def test_targets_of_a_cut_cannot_be_subtracted() -> None:
    """9 business leaders want 4; of South only 2 say so. Shown of North (7), they would follow for South."""
    asked = questionnaire([{"id": "trust", "groups": ["business"]}])
    wanting = {"now": "2", "want": "4"}
    people = several(7, "business", {"unit": "north"}, trust=wanting)
    people += several(2, "business", {"unit": "south"}, trust=wanting) + units(south=(5, 0))
    report = score(confidential(asked, people, cut_by="unit"), by="unit")
    assert cells(report, "trust")["business"].want is not None
    assert [cut.questions[0].groups[0].want for cut in report.cuts] == [None, None]


def test_values_that_people_call_other_keep_their_people() -> None:
    """`other` is a unit of six, `not recorded` one of seven; two of Sales and one of none are joined."""
    people = units(other=(6, 0), **{"not recorded": (7, 0)}, North=(5, 0), Sales=(2, 0))
    people += several(3, "business", trust="2")
    told = confidential(questionnaire([{"id": "trust", "scored": ["business"]}]), people, cut_by="unit")
    report = score(told, by="unit")
    found = [(cut.value, cut.who, cut.respondents.total) for cut in report.cuts]
    assert found == [
        ("North", "value", 5),
        ("not recorded", "value", 7),
        ("other", "value", 6),
        ("other", "others", 5),
    ]
    text = " ".join(score_text.render(report, width=100).split())
    assert "BY UNIT North not other other recorded values together People 5 7 6 5" in text
    assert "By unit, values with too few people are shown together." in text


def test_people_without_the_attribute_are_not_those_who_wrote_not_recorded() -> None:
    asked = questionnaire([{"id": "trust"}])
    people = several(3, "business", {"unit": "not recorded"}, trust="2") + several(4, "business", trust="4")
    report = score(wave(asked, people), by="unit")
    found = [(cut.value, cut.who, cut.overall.score) for cut in report.cuts]
    assert found == [("not recorded", "value", 25), ("not recorded", "not-recorded", 75)]
    assert "no unit" in score_text.render(report, width=80)


def test_many_groups_take_no_time() -> None:
    """Twenty-four groups in two units: no subset of them is looked at by itself."""
    groups = [{"id": f"g{n}", "title": f"Group {n}"} for n in range(24)]
    people = [
        person
        for unit in ("north", "south")
        for group in groups
        for person in several(2 if unit == "south" else 5, group["id"], {"unit": unit}, trust="2")
    ]
    report = score(confidential(questionnaire([TRUST], groups=groups), people, cut_by="unit"), by="unit")
    assert [cut.questions for cut in report.cuts] == [(), ()]
    assert [why(cut.overall.reason) for cut in report.cuts] == ["no question can be shown"] * 2


# By attack


def same(one: Wave, other: Wave, by: str | None = None) -> bool:
    """Whether two surveys print the same, so that nothing in which they differ can be computed."""
    return documents(one, by) == documents(other, by)


def test_attack_two_ways_to_add_up() -> None:
    """Sales 10 business + 1 IT, Engineering 1 + 10. The cut joined both groups, the whole showed them
    apart: Sales less business is the lone IT leader of Sales less the lone business leader of Engineering.
    """

    def told(lone: str, rest: str) -> Wave:
        people = several(9, "business", {"unit": "Sales"}, trust="3")
        people += several(1, "business", {"unit": "Sales"}, trust=rest)
        people += several(1, "business", {"unit": "Engineering"}, trust=lone)
        people += several(1, "it", {"unit": "Sales"}, trust="3")
        people += several(10, "it", {"unit": "Engineering"}, trust="3")
        return confidential(questionnaire([TRUST]), people, cut_by="unit")

    assert same(told("1", "5"), told("5", "1"), "unit")


def test_attack_a_lone_state() -> None:
    """One IT leader, who said "don't know"; or who answered as a business leader did, who did not know."""
    asked = questionnaire([TRUST])
    rest = several(5, "business", trust="2")
    one = confidential(
        asked, [*rest, *several(1, "business", trust="2"), *several(1, "it", trust="dont-know")]
    )
    other = confidential(
        asked, [*rest, *several(1, "business", trust="dont-know"), *several(1, "it", trust="2")]
    )
    assert same(one, other)


def test_attack_nothing_to_score() -> None:
    """That two people gave no answer at all is not told either, by a refusal to score."""
    asked = questionnaire([TRUST])
    assert same(
        confidential(asked, several(2, "business", trust="2")),
        confidential(asked, several(2, "business", trust="dont-know")),
    )


def test_attack_overlap() -> None:
    """Six people were asked about one system, five about another, one about both."""
    asked = questionnaire([{"id": "first", "groups": ["business"]}, {"id": "second", "groups": ["business"]}])

    def told(first: str, second: str) -> Wave:
        """The one says `first` and `second`; somebody else gives what is left of two answers."""
        left = {"1": "5", "5": "1"}
        people = several(5, "business", first="3", second="n/a")
        people += several(1, "business", first=left[first], second="n/a")
        people += several(4, "business", first="n/a", second="3")
        people += several(1, "business", first="n/a", second=left[second])
        people += several(1, "business", first=first, second=second)
        return confidential(asked, people)

    assert same(told("1", "1"), told("1", "5"))
    assert same(told("1", "1"), told("5", "5"))


@pytest.mark.parametrize("groups", [["business"], ["business", "it"]])
def test_attack_numbers_asked_of_each_person(groups: list[str]) -> None:
    """Both sets of numbers have the mean 2, the same spread, and 12 points on average. Their points are
    spread otherwise, and that could be read from the interval of their dimension.
    """
    points = [["0", "0"], ["3", "0"], ["8", "100"]]
    asked = questionnaire(
        [{"id": "days", "answer": {"kind": "number", "per": "respondent", "points": points}}],
        contrast=["business", "it"],
    )
    one, other = (
        confidential(asked, [{"group": g, "answers": {"days": str(n)}} for g in groups for n in numbers])
        for numbers in ((0, 0, 1, 4, 5), (0, 1, 1, 2, 6))
    )
    assert same(one, other)


def test_attack_the_order_of_lines() -> None:
    """Two options of one value: whose was read first does not decide which stands first when opened."""
    options = [
        {"value": str(value), "label": label} for value, label in ((0, "no"), (1, "yes"), (1, "other"))
    ]
    asked = questionnaire([{"id": "trust", "answer": {"kind": "choice", "options": options}}])
    rest = several(4, "business", trust="no")

    def told(business: str, it: str) -> Wave:
        return confidential(
            asked, [*several(1, "business", trust=business), *rest, *several(1, "it", trust=it)]
        )

    assert same(told("yes", "other"), told("other", "yes"))


def test_attack_two_thresholds(tmp_path: Path) -> None:
    """One file printed with two thresholds can be subtracted: there is one, and the file says it."""
    for command in ("score", "compare"):
        ran = convergence(command, "a.yaml", "b.yaml", "--min-group-size", "8", cwd=tmp_path)
        assert (ran.code, ran.out) == (2, "")
        assert "--min-group-size" in ran.err


def maker_of(told: Wave) -> CellMaker:
    return CellMaker(told.questionnaire, Privacy(told.confidential, told.min_group_size))


def with_code(person: Respondent, index: int, code: Any) -> Respondent:
    return replace(person, codes=(*person.codes[:index], code, *person.codes[index + 1 :]))


def hidden_cells(told: Wave) -> Iterator[tuple[int, tuple[str, ...]]]:
    maker, tally = maker_of(told), tally_of(told.respondents)
    for item in maker.questions(tally, maker.layouts([tally])):
        for cell in item.cells:
            if cell.hidden:
                yield item.index, cell.groups


@whole_reports
@given(waves(confidential=True, least=4), st.booleans(), st.data())
def test_answers_in_a_hidden_cell_move_no_byte(told: Wave, cut: bool, data: st.DataObject) -> None:
    """Other answers, of other people, in another number: as long as the cell stays hidden."""
    by = "unit" if cut and any(person.about for person in told.respondents) else None
    hidden = list(hidden_cells(told))
    assume(hidden)
    people = list(told.respondents)
    for index, groups in hidden:
        some = codes(told.questionnaire.opinions[index], told.questionnaire)
        inside = [place for place, person in enumerate(people) if person.group in groups]
        most = min(told.min_group_size - 1, len(inside))
        answering = data.draw(st.lists(st.sampled_from(inside), min_size=1, max_size=most, unique=True))
        for place in inside:
            answer = data.draw(some if place in answering else st.sampled_from(NO_ANSWERS))
            wants = tuple((i, c) for i, c in people[place].wants if i != index)
            people[place] = replace(with_code(people[place], index, answer), wants=wants)
    if tally_of(people).wants.keys() != tally_of(told.respondents).wants.keys():
        told = replace(told, respondents=tuple(replace(p, wants=()) for p in told.respondents))
        people = [replace(p, wants=()) for p in people]
    assert documents(told, by) == documents(replace(told, respondents=tuple(people)), by)


@whole_reports
@given(waves(confidential=True, least=6), st.data())
def test_who_of_a_joined_cell_gave_which_answer_moves_no_byte(told: Wave, data: st.DataObject) -> None:
    """Two people of two groups exchange what they answered wherever their groups are joined."""
    maker, people = maker_of(told), list(told.respondents)
    tally = tally_of(people)
    layouts = maker.layouts([tally])
    joined = {
        (item.index, group)
        for item in maker.questions(tally, layouts)
        for cell in item.cells
        if item.layout is Layout.JOINED and len(cell.groups) > 1
        for group in cell.groups
    }
    pairs = [
        (a, b)
        for a, b in combinations(range(len(people)), 2)
        if people[a].group != people[b].group and people[a].about == people[b].about
    ]
    assume(joined and pairs)
    a, b = data.draw(st.sampled_from(pairs))
    shared = {i for i, g in joined if g == people[a].group} & {i for i, g in joined if g == people[b].group}
    assume(any(people[a].codes[i] != people[b].codes[i] for i in shared))
    one, other = people[a], people[b]
    for index in shared:
        people[a] = with_code(people[a], index, other.codes[index])
        people[b] = with_code(people[b], index, one.codes[index])
    assume(maker.layouts([tally_of(people)]) == layouts)
    assert documents(told) == documents(replace(told, respondents=tuple(people)))


def rank(rows: Sequence[Sequence[int]]) -> int:
    """The rank of a matrix, by exact elimination."""
    left = [[Fraction(number) for number in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for place in range(found + 1, len(left)):
            factor = left[place][column] / pivot[column]
            left[place] = [a - factor * b for a, b in zip(left[place], pivot, strict=True)]
        found += 1
    return found


@settings(whole_reports, max_examples=200)
@given(
    st.lists(st.tuples(*[st.integers(0, 6)] * 3), min_size=1, max_size=3),
    st.integers(3, 5),
    st.integers(2, 3),
)
def test_no_sum_of_a_few_people_follows_from_all_that_is_shown(
    sizes: list[tuple[int, int, int]], least: int, groups: int
) -> None:
    """Every shown cell, of the whole and of the cut, is one equation in the sums of unit x group."""
    names = ["a", "b", "c"][:groups]
    asked = questionnaire([TRUST], groups=[{"id": g, "title": g} for g in names])
    people = [
        person
        for unit, row in enumerate(sizes)
        for group, n in zip(names, row, strict=False)
        for person in several(n, group, {"unit": f"u{unit}"}, trust="3")
    ]
    assume(people)
    told = confidential(asked, people, cut_by="unit", min_group_size=str(least))
    by = score(told, by="unit")
    units = [f"u{unit}" for unit in range(len(sizes))]
    n = {(u, g): row[k] for u, row in zip(units, sizes, strict=True) for k, g in enumerate(names) if row[k]}
    unknown = list(n)
    shown = [
        [int(g in (cell.pooled or (cell.group,)) and u in inside) for u, g in unknown]
        for inside, groups_shown in [
            (units, by.questions[0].groups),
            *((units_of(cut, by, units), each.groups) for cut in by.cuts for each in cut.questions),
        ]
        for cell in groups_shown
        if cell.hidden is None and cell.asked
    ]
    known = rank(shown) if shown else 0
    for many in range(1, len(unknown) + 1):
        for some in combinations(unknown, many):
            if sum(n[cell] for cell in some) < least:
                row = [int(cell in some) for cell in unknown]
                assert rank([*shown, row]) > known, f"{some} follows"


def units_of(cut: Cut, report: ScoreReport, units: list[str]) -> list[str]:
    """The units behind a value of the cut; `other` is all those that do not stand for themselves."""
    alone = [each.value for each in report.cuts if each.who == "value"]
    return [unit for unit in units if unit not in alone] if cut.who == "others" else [cut.value]


@whole_reports
@given(waves(confidential=True))
def test_every_shown_cell_has_enough_people_and_answers(told: Wave) -> None:
    by = "unit" if any(person.about for person in told.respondents) else None
    report = score(told, by=by)
    attributable = {g.id for g in told.questionnaire.groups if g.attributable}
    parts: list[ScoreReport | Cut] = [report, *report.cuts]
    for part in parts:
        for each in part.questions:
            for cell in each.groups:
                if cell.group not in attributable and not cell.hidden and cell.asked:
                    assert cell.asked >= told.min_group_size
                    assert not cell.n or cell.n >= told.min_group_size
                    assert cell.want is None or cell.want.n >= told.min_group_size


def test_states_are_no_answers() -> None:
    assert [is_answer(state) for state in State] == [True, False, False, False]
    assert answered({0: 2, State.SKIPPED: 3, State.ANSWERED: 1, Fraction(1, 3): 1}) == 4
