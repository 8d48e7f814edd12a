"""Rule S12: what a confidential file promised, and that nothing printed can be taken apart again.

The promise is tested as an attacker would: by answers that may not move a byte of any output, and by
linear algebra over every figure that is shown of one question, cuts included.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction
from io import BytesIO
from itertools import combinations
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from reports import printed
from running import ROOT, benchmark, convergence
from waves import NO_ANSWERS, codes, questionnaire, several, tally_of, wave, waves, whole_reports

from convergence_cli import score
from convergence_cli.api.scores import explain
from convergence_cli.commands.score import FORMATS
from convergence_cli.model.answers import Respondent
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.problems import UsageError
from convergence_cli.render import json, score_csv
from convergence_cli.render.say import why
from convergence_cli.results.common import Interval
from convergence_cli.results.score import Cut, Question, QuestionGroup, ScoreReport
from convergence_cli.scoring.privacy import Cell, CellMaker, Layout, Privacy, is_answer

rank = benchmark("disclosure").rank

People = list[dict[str, Any]]
STATES = {"?": "dont-know", "-": "n/a", " ": ""}
TRUST = questionnaire([{"id": "trust"}], contrast=["business", "it"])
"""Scored from both sides."""
SPEED = questionnaire([{"id": "speed", "scored": ["business"]}], contrast=["business", "it"])
BOTH = questionnaire([{"id": "speed"}, {"id": "trust"}])
OF_BUSINESS = questionnaire([{"id": "trust", "groups": ["business"]}])
WANTING = {"now": "2", "want": "4"}


def people(group: str, unit: str = "", **answers: str) -> People:
    """One person for each sign: an option's value, `?` for don't know, `-` for n/a, a blank for skipped."""
    about = {"unit": unit} if unit else {}
    columns = [[STATES.get(sign, sign) for sign in signs] for signs in answers.values()]
    rows = (dict(zip(answers, row, strict=True)) for row in zip(*columns, strict=True))
    return [{"group": group, "about": about, "answers": row} for row in rows]


def numbers(group: str, *days: object) -> People:
    return [{"group": group, "answers": {"days": str(each)}} for each in days]


def of_days(*points: tuple[int, int]) -> Questionnaire:
    """A number is asked of each person."""
    pairs = [[str(x), str(y)] for x, y in points]
    answer = {"kind": "number", "per": "respondent", "points": pairs}
    return questionnaire([{"id": "days", "answer": answer}, {"id": "trust"}], contrast=["business", "it"])


DAYS = of_days((0, 0), (30, 100))


def confidential(asked: Questionnaire, people: People, **header: Any) -> Wave:
    return wave(asked, people, confidential="true", **header)


def question(report: ScoreReport, name: str) -> Question:
    return next(each for each in report.questions if each.id == name)


def cells(report: ScoreReport, name: str) -> dict[str, QuestionGroup]:
    return {cell.group: cell for cell in question(report, name).groups}


def by_unit(asked: Questionnaire, people: People) -> ScoreReport:
    return score(confidential(asked, people, cut_by="unit"), by="unit")


def documents(wave: Wave, by: str | None = None) -> list[str]:
    """Everything that can be printed of a wave: its report, and every figure opened."""
    report = score(wave, by=by)
    figures = ["overall", *(d.id for d in report.dimensions), *(q.id for q in report.questions)]
    if report.friction:
        figures.append("friction")
    return [
        *(explain(wave, figure).model_dump_json() for figure in figures),
        json.render(report),
        printed(report),
        score_csv.render(report),
    ]


# Which groups are joined, and which are hidden


@pytest.mark.parametrize(
    ("asked", "business", "it", "shown"),
    [
        (TRUST, "222222", "555", {"business+it": (9, 9)}),  # a small scored group is joined with the others,
        (TRUST, "222222", "???", {"business+it": (9, 6)}),  # whatever it said
        (TRUST, "222222", "---", {"business+it": (9, 6)}),
        (TRUST, "222222", "   ", {"business+it": (9, 6)}),
        (TRUST, "22    ", "55", {"business+it": (8, None)}),  # too few even together are hidden
        (SPEED, "222222", "5555", {"business": (6, 6), "it": (4, None)}),  # a small group that is not scored
        (SPEED, "222222", "?", {"business": (6, 6), "it": (1, None)}),  # is hidden alone, whatever it said
        (TRUST, "222222", "", {"business": (6, 6), "it": (0, 0)}),  # nobody is not a small group,
        (TRUST, "222222", "?????", {"business": (6, 6), "it": (5, 0)}),  # nor are five who do not know
    ],
)
def test_a_small_group_is_joined_or_hidden(
    asked: Questionnaire, business: str, it: str, shown: dict[str, tuple[int, int | None]]
) -> None:
    name = asked.questions[0].id
    told = people("business", **{name: business}) + people("it", **{name: it})
    (figure,) = score(confidential(asked, told)).questions
    assert {cell.group: (cell.asked, cell.n) for cell in figure.groups} == shown
    assert [cell.hidden is None for cell in figure.groups] == [n is not None for _, n in shown.values()]
    assert all(not cell.counts and cell.dont_know is None for cell in figure.groups if cell.hidden)
    assert figure.gap is None


def test_a_joined_cell_is_told_and_has_no_gap_and_a_hidden_one_could_be_anything() -> None:
    report = score(confidential(TRUST, people("business", trust="222222") + people("it", trust="555")))
    assert cells(report, "trust")["business+it"].pooled == ("business", "it")
    assert report.overall.score == pytest.approx((6 * 25 + 3 * 100) / 9)
    assert (question(report, "trust").gap, report.friction) == (None, None)
    assert "Trust: business + it: 9 answers." in [note.text for note in report.notes]
    told = people("business", speed="333333", trust="22    ") + people("it", speed="55", trust="55")
    hidden = question(score(confidential(BOTH, told)), "trust")
    assert (hidden.score, hidden.groups[0].hidden) == (None, hidden.reason)
    assert why(hidden.reason) == "hidden: fewer than 5 answers"
    assert hidden.bounds == Interval(low=0, high=100)


def test_a_joined_cell_has_the_sum_of_the_weights_and_an_attributable_group_stands_alone() -> None:
    """`a` and `b` (weight 1 each) are joined, `c` (weight 2) reports in its function and stands alone.

    Joined: (4 x 0 + 2 x 100) / 6 = 33.33 with weight 2; c: 100 with weight 2. Score (33.33 + 100) / 2.
    """
    groups = [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]
    groups.append({"id": "c", "title": "C", "weight": "2", "attributable": "true"})
    asked = questionnaire([{"id": "trust"}], groups=groups)
    told = people("a", trust="1111") + people("b", trust="55") + people("c", trust="5")
    report = score(confidential(asked, told))
    assert {group: cell.n for group, cell in cells(report, "trust").items()} == {"a+b": 6, "c": 1}
    assert report.overall.score == pytest.approx((Fraction(200, 6) + 100) / 2)


def test_the_least_size_is_the_file_s_and_counts_in_confidence_alone() -> None:
    told = people("business", trust="222222") + people("it", trust="555555")
    assert list(cells(score(confidential(TRUST, told)), "trust")) == ["business", "it"]
    assert list(cells(score(confidential(TRUST, told, min_group_size="7")), "trust")) == ["business+it"]
    assert list(cells(score(wave(TRUST, told, min_group_size="7")), "trust")) == ["business", "it"]


# What is not shown even of a cell that is


def test_targets_are_shown_where_every_cell_has_enough() -> None:
    told = several(5, "business", trust=WANTING) + people("it", trust="33333")
    report = score(confidential(TRUST, told))
    assert [cell.want and cell.want.points for cell in question(report, "trust").groups] == [75, None]
    told += several(2, "it", trust={"now": "3", "want": "5"})
    report = score(confidential(TRUST, told))
    assert [cell.want for cell in question(report, "trust").groups] == [None, None]


@pytest.mark.parametrize("promised", [True, False])
def test_numbers_of_people_show_mean_and_sd_only(promised: bool) -> None:
    told = numbers("business", 2, 2, 2, 28, 28, 29) + numbers("it", 9, 12, 14, 15, 18, 18)
    report = score(wave(DAYS, told, confidential=str(promised).lower()))
    cell = cells(report, "days")["business"]
    assert (cell.mean, cell.sd is None, cell.counts) == (91 / 6, False, ())
    (whole,) = report.dimensions
    hidden = (cell.median, cell.interval, cell.polarised, whole.interval, report.overall.interval)
    assert [each is None for each in hidden] == [promised] * 5
    assert bool(why(report.overall.interval_reason)) == promised


def test_names_comments_and_hashes_stay_inside() -> None:
    asked = questionnaire([{"id": "trust"}, {"id": "why", "answer": {"kind": "text"}}])
    told = several(6, "business", trust={"now": "2", "comment": "Secret one"}, why="Secret two")
    told += [{"id": "Secret three", "group": "it", "about": {"role": "Secret four"}, "answers": {}}]
    assert not [document for document in documents(confidential(asked, told)) if "ecret" in document]
    assert {comment.text for comment in score(wave(asked, told)).comments} == {"Secret one", "Secret two"}


def test_how_many_answered_any_of_several_questions_is_a_joint_count() -> None:
    """Ten answered `speed`, ten `trust`: whether they are ten or twelve people is not told."""
    told = people("business", speed="2" * 10, trust="3" * 10) + people("it", speed="4" * 6, trust="4" * 6)
    for known, n in ((confidential(BOTH, told), [None, None]), (wave(BOTH, told), [10, 6])):
        assert [group.n for group in score(known).dimensions[0].groups] == n


def file_of(folder: Path, header: str) -> Path:
    """A file of six business leaders who all answer 2."""
    sheets = [f"  - {{id: p{n}, group: business, answers: {{response-speed: 2}}}}\n" for n in range(6)]
    path = folder / f"{len([*folder.iterdir()])}.yaml"
    path.write_text(f"questionnaire: convergence-2017@1\n{header}respondents:\n{''.join(sheets)}")
    return path


STATED = """\
facts:
  plan-mapping: {count: 11, of: 12, source: "Jane Doe, CIO"}
  ideas-taken-up: {count: 1, of: 3, source: Jane Doe}
"""
PLANS = ("--plans", ROOT / "examples/plans.yaml", "--plans", ROOT / "examples/objectives.yaml")


@pytest.mark.parametrize("form", ["text", "json", "csv"])
@pytest.mark.parametrize("plans", [(), PLANS])
def test_who_stated_a_fact_is_not_printed(tmp_path: Path, plans: tuple[str | Path, ...], form: str) -> None:
    old, new = (file_of(tmp_path, f"confidential: true\nperiod: {y}\n{STATED}") for y in (2025, 2026))
    opened = (("score", new, *plans, "--explain", figure) for figure in ("overall", "plan-mapping"))
    more = [] if form == "csv" else [*opened, ("compare", old, new)]
    for command in [("score", new, *plans), *more]:
        ran = convergence(*command, "-f", form)
        assert (ran.code, ran.err) == (0, "")
        assert "Jane" not in ran.out
    assert (
        "Jane"
        in convergence("score", file_of(tmp_path, f"confidential: false\n{STATED}"), *plans, "--full").out
    )


SECRET = """\
questionnaire: convergence-2017@1
confidential: true
period: 2026-Q4
facts: {{plan-mapping: {{count: 1, of: 2, source: Jane Doe}}}}
respondents:
{people}"""


def secret_file(folder: Path, it: str) -> Path:
    """Six business leaders, and two IT leaders who are too few: `it` is what they answer."""
    answers = [("business", 2)] * 6 + [("it", int(each)) for each in it]
    person = "  - {{id: person{}, group: {}, answers: {{response-speed: {{now: {}, comment: whisper}}}}}}\n"
    people = (person.format(at, *answer) for at, answer in enumerate(answers))
    path = folder / "secret.yaml"
    path.write_text(SECRET.format(people="".join(people)), encoding="utf-8")
    return path


def all_written(folder: Path, it: str) -> dict[str, bytes]:
    """Every file that a report of the confidential answers can be written to, workbooks part by part."""
    suffixes = [suffix for form in FORMATS.values() for suffix in form.suffixes]
    files = [argument for suffix in suffixes for argument in ("-o", folder / f"report{suffix}")]
    charts = ("--charts", folder / "charts", "--full")
    ran = convergence("score", secret_file(folder, it), *files, *charts)
    assert (ran.code, ran.err) == (0, "")
    written = {path.name: path.read_bytes() for path in folder.rglob("*.*") if path.name != "secret.yaml"}
    with ZipFile(BytesIO(written.pop("report.xlsx"))) as book:
        written |= {name: book.read(name) for name in book.namelist()}
    return written


def test_nobody_is_found_in_any_file_that_is_written_of_a_confidential_one(tmp_path: Path) -> None:
    """No name, no id, no comment; and what a hidden group answered does not move a byte."""
    pytest.importorskip("xlsxwriter")
    first, second = (all_written(tmp_path, it) for it in ("12", "55"))
    assert {"report.html", "report.md", "report.json", "voices.svg", "answers.svg"} <= first.keys()
    assert first == second
    found = [name for name, data in first.items() if re.search(b"Jane|whisper|person[0-9]", data)]
    assert found == []


def test_two_people_are_no_group_to_hide_in(tmp_path: Path) -> None:
    """Each of two knows what the other one answered."""
    ran = convergence("score", file_of(tmp_path, "confidential: true\nmin_group_size: 2\n"))
    assert (ran.code, ran.out) == (2, "")
    assert ran.err.startswith(f"{(tmp_path / '0.yaml').as_posix()}:3:17")
    assert "`min_group_size`: expected 3 or more, as the file is confidential" in ran.err
    for fine in ("confidential: false\nmin_group_size: 2\n", "confidential: true\nmin_group_size: 3\n"):
        assert convergence("score", file_of(tmp_path, fine)).code == 0


# Cuts


def units(**sizes: int) -> People:
    """Business leaders by unit, who all answer 2."""
    return [person for unit, n in sizes.items() for person in people("business", unit, trust="2" * n)]


def test_a_confidential_file_names_the_one_cut() -> None:
    told = confidential(TRUST, units(north=6), cut_by="unit")
    with pytest.raises(UsageError, match="allows one cut: `--by unit`"):
        score(told, by="role")
    with pytest.raises(UsageError, match="allows one cut: none, as it has no `cut_by`"):
        score(replace(told, cut_by=None), by="unit")


def test_small_values_are_joined_until_they_hold_enough() -> None:
    """The published example of Culture Amp's minimum reporting group size (academy.cultureamp.com
    360010433339): threshold 5, Sales 4, Technology 9. Sales alone is too few, and showing Technology
    would give it away as 13 - 9: both are hidden, the whole of 13 is shown.
    """
    report = by_unit(OF_BUSINESS, units(Sales=4, Technology=9))
    assert [(cut.who, cut.respondents.total) for cut in report.cuts] == [("others", 13)]
    assert question(report, "trust").groups[0].n == 13


def test_a_confidential_cut_shows_what_every_value_can_show() -> None:
    """Of `trust` South has three IT leaders, of `speed` six business leaders: the one is left out of both."""
    asked = questionnaire([{"id": "speed", "scored": ["business"]}, {"id": "trust"}])
    told = people("business", "north", speed="333333", trust="222222")
    told += people("it", "north", speed="333333", trust="444444")
    told += people("business", "south", speed="5555555", trust="2222222")
    told += people("it", "south", speed="555", trust="444")
    report = by_unit(asked, told)
    shown = [[(q.id, cell.group, cell.n) for q in cut.questions for cell in q.groups] for cut in report.cuts]
    assert shown == [[("speed", "business", 6)], [("speed", "business", 7)]]
    assert [cut.overall.score for cut in report.cuts] == [50, 100]
    left_out = "Left out by unit: trust. In some unit a scored group has fewer than 5 answers."
    assert [note.text for note in report.notes if note.kind == "cut"] == [left_out]
    cuts = by_unit(TRUST, units(north=5, south=5) + people("it", "north", trust="2")).cuts
    assert [why(cut.overall.reason) for cut in cuts] == ["no question can be shown"] * 2


def test_targets_of_a_cut_cannot_be_subtracted() -> None:
    """9 business leaders want 4; of South only 2 say so. Shown of North (7), they would follow for South."""
    told = several(7, "business", {"unit": "north"}, trust=WANTING) + units(south=5)
    report = by_unit(OF_BUSINESS, told + several(2, "business", {"unit": "south"}, trust=WANTING))
    assert cells(report, "trust")["business"].want is not None
    assert [cut.questions[0].groups[0].want for cut in report.cuts] == [None, None]


def test_values_that_people_call_other_or_not_recorded_keep_their_people() -> None:
    """`other` is a unit of six, `not recorded` one of seven; two of Sales and three of none are joined."""
    told = units(other=6, **{"not recorded": 7}, North=5, Sales=2)
    report = by_unit(OF_BUSINESS, told + people("business", trust="222"))
    text = " ".join(printed(report, width=100).split())
    assert "North 5 " in text
    assert "not recorded 7 " in text
    assert "other values together 5 " in text
    assert "By unit, values with too few people are shown together." in text
    told = people("business", "not recorded", trust="222") + people("business", trust="4444")
    found = [(cut.value, cut.who) for cut in score(wave(TRUST, told), by="unit").cuts]
    assert found == [("not recorded", "value"), ("not recorded", "not-recorded")]


# By attack


LEFT = {"1": "5", "5": "1"}
OPTIONS = [{"value": value, "label": label} for value, label in zip("011", "NYO", strict=True)]
SETS = ((0, 0, 1, 4, 5), (0, 1, 1, 2, 6))
BENT = of_days((0, 0), (3, 0), (8, 100))
ATTACKS: dict[str, tuple[Questionnaire, list[People]]] = {
    # Six people were asked about one system, five about another, one about both: who says `both`, while
    # somebody else gives what is left of two answers to each.
    "overlap": (
        BOTH,
        [
            people("business", speed=f"33333{LEFT[a]}-----{a}", trust=f"------3333{LEFT[b]}{b}")
            for a, b in ("11", "15", "55")
        ],
    ),
    # Eight people, six answers to each: two skip both questions, or two skip the one and two the other.
    "who skips": (BOTH, [people("business", speed="252525  ", trust=t) for t in ("252525  ", "  252525")]),
    # Fifteen people, five of them in South: who gave which two answers.
    "pairs of answers": (
        BOTH,
        [
            people("business", "north", speed="1111155555", trust=trust[:10])
            + people("business", "south", speed="51515", trust=trust[10:])
            for trust in ("111115555511111", "515151515111111")
        ],
    ),
    # Two options of one value: whose was read first does not decide which stands first when opened.
    "the order of lines": (
        questionnaire([{"id": "trust", "answer": {"kind": "choice", "options": OPTIONS}}]),
        [people("business", trust=f"{a}NNNN") + people("it", trust=b) for a, b in ("YO", "OY")],
    ),
    # 0 + 3 + 5 + 6 = 1 + 2 + 4 + 7, and so do their squares; the mean of all deals would tell them apart. So
    # would the last digits of a root that is taken of sums of 0.1 and the like.
    **{
        f"one mean and one sd {unit}": (
            DAYS,
            [
                numbers("business", *(f"{day}{unit}" for day in (*four, 5, 5)))
                + numbers("it", *(f"{day}{unit}" for day in range(20, 26)))
                for four in ((0, 3, 5, 6), (1, 2, 4, 7))
            ],
        )
        for unit in ("", "e-1", "e-7")
    },
    # Both sets of numbers have the mean 2, the same spread, and 12 points on average. Their points are spread
    # otherwise, and that could be read from the interval of their dimension.
    "the spread of points": (BENT, [numbers("business", *days) for days in SETS]),
    "of both sides": (BENT, [numbers("business", *days) + numbers("it", *days) for days in SETS]),
}


@pytest.mark.parametrize("attack", ATTACKS)
def test_what_follows_from_no_shown_cell_moves_no_byte(attack: str) -> None:
    """The surveys print the same, so that nothing in which they differ can be computed."""
    asked, surveys = ATTACKS[attack]
    by = "unit" if any(person.get("about") for person in surveys[0]) else None
    first, *others = (documents(confidential(asked, each, cut_by="unit"), by) for each in surveys)
    assert all(other == first for other in others)


def laid_out(told: Wave, people: Sequence[Respondent]) -> list[tuple[int, Layout, Cell]]:
    """Each cell of each question: the question's place, whether its groups are joined, the cell."""
    maker = CellMaker(told.questionnaire, Privacy(told.confidential, told.min_group_size))
    tally = tally_of(people)
    items = maker.questions(tally, maker.layouts([tally]))
    return [(item.index, item.layout, cell) for item in items for cell in item.cells]


def with_code(person: Respondent, index: int, code: Any) -> Respondent:
    return replace(person, codes=(*person.codes[:index], code, *person.codes[index + 1 :]))


@whole_reports
@given(waves(confidential=True, least=4), st.booleans(), st.data())
def test_answers_in_a_hidden_cell_move_no_byte(told: Wave, cut: bool, data: st.DataObject) -> None:
    """Other answers, of other people, in another number: as long as the cell stays hidden."""
    by = "unit" if cut and any(person.about for person in told.respondents) else None
    people = list(told.respondents)
    hidden = [(index, cell.groups) for index, _, cell in laid_out(told, people) if cell.hidden]
    assume(hidden)
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
    people = list(told.respondents)
    laid = laid_out(told, people)
    joined = {
        (index, group)
        for index, layout, cell in laid
        if layout is Layout.JOINED and len(cell.groups) > 1
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
    assume([each[:2] for each in laid_out(told, people)] == [each[:2] for each in laid])
    assert documents(told) == documents(replace(told, respondents=tuple(people)))


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
    asked = questionnaire([{"id": "trust"}], groups=[{"id": g, "title": g} for g in names])
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
    for cell in (cell for part in parts for each in part.questions for cell in each.groups):
        if cell.group not in attributable and not cell.hidden and cell.asked:
            assert cell.asked >= told.min_group_size
            assert not cell.n or cell.n >= told.min_group_size
            assert cell.want is None or cell.want.n >= told.min_group_size


def test_states_are_no_answers() -> None:
    assert [is_answer(state) for state in State] == [True, False, False, False]
