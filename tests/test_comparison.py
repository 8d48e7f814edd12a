"""Two waves held against each other (rule S16): what changed, how sure that is, and what made it change."""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import reports
from hypothesis import given
from hypothesis import strategies as st
from reports import flat
from waves import FIVE, questionnaire, wave_of

from convergence_cli import compare, read
from convergence_cli.model.answers import Code, Respondent, read_fact
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.problems import InputError, NothingToDo
from convergence_cli.render.compare_page import rows
from convergence_cli.render.say import why
from convergence_cli.results.comparison import Change, Comparison
from convergence_cli.scoring.changes import Waves, people_of
from convergence_cli.scoring.distributions import t_quantile
from convergence_cli.scoring.privacy import Privacy

EXAMPLES = Path(__file__).parent.parent / "examples"
SKIPPED = State.SKIPPED
OPINIONS: list[dict[str, Any]] = [{"id": "speed", "scored": ["business"]}, {"id": "ideas"}]
QUESTIONS = [*OPINIONS, {"id": "mapped", "dimension": "plans", "answer": {"kind": "ratio"}}]
Sheet = tuple[str, str, tuple[Code, ...]]
"""Id, group and codes."""


def survey(questions: Sequence[Mapping[str, Any]] = QUESTIONS, **changes: Any) -> Questionnaire:
    """One question that business answers and one that both answer, with a fact beside them."""
    groups = [{"id": "business", "title": "business leaders", "weight": 2}, {"id": "it", "title": "IT"}]
    dimensions = [{"id": "work", "title": "Work", "weight": 3}, {"id": "plans", "title": "Plans"}]
    usual = {"groups": groups, "dimensions": dimensions, "contrast": ["business", "it"]}
    return questionnaire(questions, **usual | changes)


def wave(period: str, sheets: Sequence[Sheet], mapped: str | None = None, **changes: Any) -> Wave:
    """A wave of `survey`; `mapped` is its fact as 3/4."""
    asked = changes.pop("questionnaire", survey())
    facts = {"mapped": read_fact(asked.question_by_id["mapped"], mapped)} if mapped else {}
    people = [Respondent(name, group, {}, codes) for name, group, codes in sheets]
    return wave_of(asked, people, facts=facts, period=period, **{"organization": "Northwind Ltd"} | changes)


def group(name: str, codes: Sequence[tuple[Code, ...]], start: int = 1) -> list[Sheet]:
    return [(f"{name}{number}", name, each) for number, each in enumerate(codes, start)]


def named(report: Comparison, question: str, cell: str | None = None) -> Change:
    found = next(each for each in report.questions if each.id == question)
    return found if cell is None else next(each for each in found.groups if each.group == cell)


def figures(report: Comparison) -> list[Change]:
    voices = [voice for question in report.questions for voice in question.groups]
    return [report.overall, *report.dimensions, *report.questions, *voices]


def brought(change: Change) -> list[float]:
    return [part.change for part in change.parts or ()]


@pytest.fixture(scope="module")
def northwind() -> Comparison:
    return compare(read(str(EXAMPLES / "responses-2026-Q2.yaml")), read(str(EXAMPLES / "responses.yaml")))


# Northwind


def stated_alone(**changes: Any) -> Comparison:
    """Northwind's waves without its plans file: both state their facts."""
    old, new = (read(str(EXAMPLES / name)) for name in ("responses-2026-Q2.yaml", "responses.yaml"))
    return compare(old, replace(new, plans=(), **changes))


def test_northwinds_overall_rose_by_its_facts_and_its_answers() -> None:
    """Computed apart from the program: 36.687895 to 62.324672; of it facts 19.722222, answers 5.713384."""
    overall = stated_alone().overall
    assert (overall.old, overall.new) == pytest.approx((36.687895, 62.324672), abs=1e-6)
    assert brought(overall) == pytest.approx([19.722222, 5.713384, 0.201170], abs=1e-6)
    assert overall.by_facts == brought(overall)[0]
    assert (overall.reliable, overall.in_both) == (True, 17)


def test_what_facts_moved_is_no_reliable_change() -> None:
    """Innovation rises from 53 to 61, all but a little of it as ideas taken up went from 2 to 3 of 10."""
    innovation = next(each for each in stated_alone().dimensions if each.id == "innovation")
    assert innovation.by_facts == pytest.approx(7.5)
    assert innovation.interval is not None
    assert innovation.interval.low > 0
    assert innovation.answers_interval is not None
    assert innovation.answers_interval.low == pytest.approx(innovation.interval.low - 7.5)
    assert innovation.answers_interval.low < 0 < innovation.answers_interval.high
    assert not innovation.reliable


def test_a_fact_that_is_counted_in_one_wave_alone_is_in_no_score(northwind: Comparison) -> None:
    """4 of 10 stated, then 5 of 10 by the plans file: the overall is that of the four opinions."""
    mapped = named(northwind, "plan-mapping")
    assert (mapped.old, mapped.new, mapped.change, why(mapped.reason)) == (
        None,
        None,
        None,
        "counted in two ways",
    )
    assert why(northwind.dimensions[0].reason) == "counted in two ways"
    shown = next(question for question in northwind.questions if question.id == "plan-mapping").fact
    assert shown is not None
    assert shown.old is not None
    assert shown.new is not None
    assert (shown.old.count, shown.old.of, shown.new.count, shown.new.of) == (4, 10, 5, 10)
    for period, score in (("responses-2026-Q2", northwind.overall.old), ("responses", northwind.overall.new)):
        people = points_of(f"{period}.yaml")
        assert score == pytest.approx(weighed_overall(people, dict.fromkeys(people, 1.0)))
    assert (northwind.overall.by_facts, brought(northwind.overall)[0]) == (0, 0)


def test_northwinds_speed_alone_changed_reliably(northwind: Comparison) -> None:
    """Computed apart from the program: +17.31 [8.79, 25.83], r = .817."""
    speed = named(northwind, "response-speed", "business")
    assert speed.interval is not None
    assert (speed.change, speed.interval.low, speed.interval.high) == pytest.approx(
        (17.31, 8.79, 25.83), abs=0.005
    )
    reliable = {question.id for question in northwind.questions if question.reliable}
    assert reliable == {"response-speed"}
    assert not any(
        voice.reliable for question in northwind.questions for voice in question.groups if voice.group == "it"
    )


def test_a_change_by_facts_alone_has_no_interval() -> None:
    mapped = named(stated_alone(), "plan-mapping")
    assert mapped.interval is None
    assert mapped.in_both is None
    assert not mapped.reliable
    assert brought(mapped) == [mapped.change, 0, 0]


def weighed_overall(
    people: Mapping[str, tuple[str, Mapping[str, float]]], weights: Mapping[str, float]
) -> float:
    """Northwind's overall without its dimension of facts, each person counted with a weight."""

    def mean(question: str, side: str) -> float:
        told = [(weights[who], x[question]) for who, (g, x) in people.items() if g == side and question in x]
        return math.fsum(w * x for w, x in told) / math.fsum(w for w, _ in told)

    contribution = (mean("contribution", "business") + mean("contribution", "it")) / 2
    innovation = contribution + mean("awareness", "business") + mean("expertise", "business")
    return mean("response-speed", "business") / 2 + innovation / 6


def points_of(path: str) -> dict[str, tuple[str, dict[str, float]]]:
    """Each person's group, and points by question."""
    people = {}
    found = read(str(EXAMPLES / path))
    names = [question.id for question in found.questionnaire.opinions]
    for person in found.respondents:
        points = {
            n: 25.0 * code for n, code in zip(names, person.codes, strict=True) if isinstance(code, int)
        }
        people[person.id] = (person.group, points)
    return people


def influence(path: str) -> dict[str, tuple[str, float]]:
    """How far the overall moves with each person's weight, times the people of the group."""
    people = points_of(path)
    sizes = {side: sum(g == side for g, _ in people.values()) for side in ("business", "it")}
    even = dict.fromkeys(people, 1.0)
    step = 1e-4
    return {
        who: (
            side,
            sizes[side]
            * (
                weighed_overall(people, even | {who: 1 + step})
                - weighed_overall(people, even | {who: 1 - step})
            )
            / (2 * step),
        )
        for who, (side, _) in people.items()
    }


def test_the_likely_range_of_the_overall_follows_from_each_persons_weight(northwind: Comparison) -> None:
    """z_i by moving one person's weight a little, V and C from them by their definitions."""
    old, new = influence("responses-2026-Q2.yaml"), influence("responses.yaml")
    terms = []
    for side in ("business", "it"):
        before, after = ([z for g, z in some.values() if g == side] for some in (old, new))
        spreads = [math.fsum(z * z for z in some) / (len(some) * (len(some) - 1)) for some in (before, after)]
        pairs = [(z, new[who][1]) for who, (g, z) in old.items() if g == side and who in new]
        centres = [math.fsum(pair[at] for pair in pairs) / len(pairs) for at in (0, 1)]
        product_sum = math.fsum((a - centres[0]) * (b - centres[1]) for a, b in pairs)
        squares = [math.fsum((pair[at] - centres[at]) ** 2 for pair in pairs) for at in (0, 1)]
        r = product_sum / math.sqrt(squares[0] * squares[1])
        shared = r * len(pairs) / math.sqrt(len(before) * len(after)) * math.sqrt(spreads[0] * spreads[1])
        terms.append((sum(spreads) - 2 * shared, min(len(before), len(after)) - 1))
    whole = sum(v for v, _ in terms)
    half = t_quantile(whole**2 / sum(v**2 / df for v, df in terms)) * math.sqrt(whole)
    overall = northwind.overall
    assert overall.change is not None
    assert overall.interval is not None
    assert (overall.interval.low, overall.interval.high) == pytest.approx(
        (overall.change - half, overall.change + half), abs=1e-5
    )


# What made it change


def test_whoever_changes_group_left_one_and_joined_the_other() -> None:
    stayed = group("business", [(2, 2)] * 4) + group("it", [(SKIPPED, 2)] * 4)
    report = compare(
        wave("2026-Q1", [*stayed, ("moved", "business", (4, 4))]),
        wave("2026-Q2", [*stayed, ("moved", "it", (SKIPPED, 4))]),
    )
    assert named(report, "ideas").in_both == 8
    assert brought(named(report, "ideas", "business")) == [0, 0, -10]
    assert brought(named(report, "ideas", "it")) == [0, 0, 10]
    told = "1 person changed group: counted as having left one and joined the other."
    assert [note.text for note in report.notes] == [told]


def test_nobody_is_told_to_give_the_same_ids_who_did() -> None:
    """All eight changed sides: their ids stand in both waves."""
    before, after = ([(f"p{n}", side, (SKIPPED, n % 5)) for n in range(8)] for side in ("business", "it"))
    report = compare(wave("2026-Q1", before), wave("2026-Q2", after))
    assert [(note.kind, note.text[:8]) for note in report.notes] == [("moved", "8 people")]


def test_the_parts_are_taken_in_their_order() -> None:
    """Old 0 and 100 with 1 of 4; the one who stays goes from 0 to 50, the other leaves, two join at 100."""
    old = wave("2026-Q1", group("business", [(0, 0), (4, 4)]), "1/4")
    new = wave("2026-Q2", group("business", [(2, 2)]) + group("business", [(4, 4)] * 2, 3), "3/4")
    report = compare(old, new)
    assert brought(named(report, "speed")) == pytest.approx([0, 25, 100 / 12])
    assert brought(report.overall) == pytest.approx([12.5, 18.75, 6.25])
    assert report.overall.change == pytest.approx(37.5)


def test_no_interval_where_a_group_has_one_person_or_nobody_in_a_wave() -> None:
    old = wave("2026-Q1", group("business", [(0, 0), (4, 4)]) + group("it", [(SKIPPED, 2), (SKIPPED, 3)]))
    new = wave("2026-Q2", group("business", [(2, 2), (3, 3)]))
    report = compare(old, new)
    assert named(report, "speed").interval is not None
    assert named(report, "ideas").interval is None
    assert why(named(report, "ideas").interval_reason) == (
        "fewer than two people of a group in one wave: no spread to estimate from"
    )
    assert why(named(report, "ideas", "it").reason) == "no answers in 2026-Q2"


def test_what_has_a_score_in_one_wave_alone_is_said() -> None:
    people = group("business", [(1, 2), (3, 3)])
    report = compare(wave("2026-Q1", people), wave("2026-Q2", people, "1/2"))
    assert why(named(report, "mapped").reason) == "no fact was given in 2026-Q1"
    assert report.overall.change is not None
    (note,) = report.notes
    assert note.text.startswith("Mapped has a score in 2026-Q2 alone")


def test_what_is_not_made_of_the_same_questions_has_no_reliable_change() -> None:
    """Nobody answers the worst question any more: the dimension rises by no view of anybody."""
    old = wave("2026-Q1", group("business", [(0, n % 3 + 1) for n in range(8)]), "1/4")
    new = wave("2026-Q2", group("business", [(SKIPPED, n % 3 + 1) for n in range(8)]), "1/4")
    for report in (
        compare(old, new),
        compare(replace(new, period="2026-Q1"), replace(old, period="2026-Q2")),
    ):
        for figure in (report.overall, report.dimensions[0]):
            assert figure.change
            assert (figure.interval, figure.reliable, figure.parts) == (None, False, None)
            assert why(figure.interval_reason) == "not made of the same questions in both waves"
        assert named(report, "ideas").interval is None  # everybody stayed at their view
        assert "one-wave" in [note.kind for note in report.notes]


def test_a_fact_that_appears_is_the_facts_part_and_no_reliable_change() -> None:
    people = group("business", [(n % 5, n % 4) for n in range(8)])
    report = compare(wave("2026-Q1", people), wave("2026-Q2", people, "3/4"))
    assert report.overall.change
    assert brought(report.overall) == [report.overall.change, 0, 0]
    assert (report.overall.interval, report.overall.reliable) == (None, False)
    assert "facts alone. Mapped: not given, then 3 of 4 stated." in flat(report)


def test_a_fact_that_was_stated_and_is_counted_now_is_worth_a_word(northwind: Comparison) -> None:
    (note,) = northwind.notes
    assert (note.kind, note.text) == (
        "not-compared",
        "Left out of every score here: plans mapped and ideas taken up, which were stated in 2026-Q2 and "
        "counted from the plans file in 2026-Q4. To compare them, name plans in both files or in neither.",
    )


def test_a_few_who_agree_are_not_certain() -> None:
    """Three say 5, then twelve are divided: as likely as not the three were such three of them."""
    old = wave("2026-Q1", group("business", [(4, 2)] * 3))
    new = wave("2026-Q2", group("business", [(0, 2), (4, 2)] * 6, 10))
    speed = named(compare(old, new), "speed")
    assert (speed.change, speed.reliable) == (-50, False)


def test_a_group_that_agrees_in_both_waves_leaves_nothing_to_estimate_from() -> None:
    """Two of IT said 1 and now say 5, beside ten business leaders who did not move."""
    business = group("business", [(n % 5, n % 5) for n in range(10)])
    old = wave("2026-Q1", [*business, *group("it", [(SKIPPED, 0)] * 2)])
    new = wave("2026-Q2", [*business, *group("it", [(SKIPPED, 4)] * 2)])
    ideas = named(compare(old, new), "ideas")
    assert (ideas.interval, ideas.reliable) == (None, False)
    assert why(ideas.interval_reason) == "a group agrees in both waves: no spread to estimate from"


def test_no_id_in_both_waves_is_worth_a_word() -> None:
    old, new = group("business", [(1, 1), (2, 2)]), group("business", [(1, 1), (2, 2)], 3)
    report = compare(wave("2026-Q1", old), wave("2026-Q2", new))
    assert [note.kind for note in report.notes] == ["ids"]
    assert report.overall.in_both == 0


def test_an_empty_wave_is_nothing_to_compare() -> None:
    with pytest.raises(NothingToDo):
        compare(wave("2026-Q1", []), wave("2026-Q2", group("business", [(1, 1)])))


# What always holds

codes = st.sampled_from([0, 1, 2, 3, 4, SKIPPED, State.NOT_APPLICABLE, State.DONT_KNOW])
persons = st.dictionaries(st.integers(1, 14), st.tuples(st.sampled_from(["business", "it"]), codes, codes))
facts = st.sampled_from([None, "0/4", "1/4", "4/4"])
FIGURES = [("overall", "overall"), ("dimension", "work"), ("dimension", "plans")]
FIGURES += [("question", name) for name in ("speed", "ideas", "mapped")]


def told(period: str, some: Mapping[int, tuple[str, Code, Code]], mapped: str | None, **changes: Any) -> Wave:
    sheets = [(f"p{n}", side, (speed, ideas)) for n, (side, speed, ideas) in some.items()]
    return wave(period, sheets, mapped, **changes)


def waves_of(old: Wave, new: Wave, *, confidential: bool) -> Waves:
    questionnaire = old.questionnaire
    people = (people_of(old, questionnaire), people_of(new, questionnaire))
    return Waves(questionnaire, people, (old.facts, new.facts), Privacy(confidential, 3))


@given(persons, facts, persons, facts, st.booleans())
def test_the_parts_sum_to_the_change_exactly(
    before: dict[int, Any],
    fact_before: str | None,
    after: dict[int, Any],
    fact_after: str | None,
    secret: bool,
) -> None:
    waves = waves_of(
        told("2026-Q1", before, fact_before), told("2026-Q2", after, fact_after), confidential=secret
    )
    changes = [waves.figure(kind, name) for kind, name in FIGURES]  # type: ignore[arg-type]
    changes += [waves.voice(q, cell.name) for q in ("speed", "ideas") for cell in waves.old.asked[q].cells]
    for change in changes:
        if change.parts is not None:
            assert sum(part.change for part in change.parts) == pytest.approx(change.change, abs=1e-9)


def ends(change: Change) -> tuple[float, float]:
    assert change.interval is not None
    return change.interval.low, change.interval.high


@given(persons, facts, persons, facts, st.booleans())
def test_swapped_waves_change_the_other_way(
    before: dict[int, Any],
    fact_before: str | None,
    after: dict[int, Any],
    fact_after: str | None,
    secret: bool,
) -> None:
    old, new = told("2026-Q1", before, fact_before), told("2026-Q2", after, fact_after)
    there, back = (
        waves_of(old, new, confidential=secret),
        waves_of(new, old, confidential=secret),
    )
    for kind, name in FIGURES:
        forth, reverse = there.figure(kind, name), back.figure(kind, name)  # type: ignore[arg-type]
        assert (forth.old, forth.new) == (reverse.new, reverse.old)
        assert forth.reliable == reverse.reliable
        if forth.interval and reverse.interval:
            assert ends(forth) == pytest.approx((-reverse.interval.high, -reverse.interval.low), abs=1e-9)
        else:
            assert forth.interval == reverse.interval


def test_where_nobody_can_say_what_facts_moved_the_range_of_answers_has_a_reason() -> None:
    """Ideas are skipped, then not applicable; the fact the other way round: between, both are missing."""
    asked = survey([{**each, "dimension": "work"} for each in QUESTIONS], scoring={"min_answered": "1/2"})
    outside = State.NOT_APPLICABLE
    old = wave("2026-Q1", group("business", [(2, SKIPPED), (4, SKIPPED)]), "n/a", questionnaire=asked)
    new = wave("2026-Q2", group("business", [(1, outside), (4, outside)]), questionnaire=asked)
    report = compare(old, new)
    (work,) = (each for each in report.dimensions if each.id == "work")
    assert (work.change, work.by_facts, work.answers_interval) == (-12.5, None, None)
    assert work.interval is not None
    assert why(work.interval_reason) == "the old answers with the new facts have no score"
    (row,) = (row for row in rows(report) if row.label == "Work")
    assert row.cells[-1] == "no range: the old answers with the new facts have no score"


stated = st.sampled_from(["0/4", "1/4", "4/4"])


@given(persons, stated, persons, stated, st.booleans())
def test_a_change_is_as_reliable_as_if_facts_had_stayed(
    before: dict[int, Any], fact_before: str, after: dict[int, Any], fact_after: str, secret: bool
) -> None:
    old, new = told("2026-Q1", before, fact_before), told("2026-Q2", after, fact_after)
    moved = waves_of(old, new, confidential=secret)
    stayed = waves_of(told("2026-Q1", before, fact_after), new, confidential=secret)
    for kind, name in FIGURES:
        change, same = moved.figure(kind, name), stayed.figure(kind, name)  # type: ignore[arg-type]
        assert change.reliable == same.reliable
        if change.answers_interval:
            answers = change.answers_interval
            assert (answers.low, answers.high) == pytest.approx(ends(same), abs=1e-9)


@given(persons, persons, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(
    before: dict[int, Any], after: dict[int, Any], secret: bool, dice: random.Random
) -> None:
    old, new = told("2026-Q1", before, "1/4"), told("2026-Q2", after, "2/4")

    def shuffled(some: Wave) -> Wave:
        people = list(some.respondents)
        return replace(some, confidential=secret, respondents=dice.sample(people, len(people)))

    assert compare(shuffled(old), shuffled(new)) == compare(
        *(replace(some, confidential=secret) for some in (old, new))
    )


@given(persons, facts, st.booleans())
def test_the_same_answers_again_are_no_change(people: dict[int, Any], fact: str | None, secret: bool) -> None:
    if not fact:
        people = people | {99: ("business", 1, 2)}
    old, new = (told(period, people, fact, confidential=secret) for period in ("2026-Q1", "2026-Q2"))
    for figure in figures(compare(old, new)):
        assert figure.change in (0, None)
        assert not figure.reliable
        assert set(brought(figure)) <= {0}


# Confidentiality between waves (rule S12)

IT = group("it", [(SKIPPED, code) for code in (0, 1, 1, 2, 3, 4)])
FOUR = [(1, 2), (2, 3), (3, 1), (4, 4)]


def one_left(leaver: tuple[Code, Code], new: Sequence[tuple[Code, ...]] = FOUR) -> Comparison:
    """Five business leaders lose their fifth."""
    return compare(
        wave("2026-Q1", [*group("business", [*FOUR, leaver]), *IT], "1/4", confidential=True),
        wave("2026-Q2", [*group("business", new), *IT], "2/4", confidential=True),
    )


def test_a_group_of_five_that_lost_one_shows_nothing_of_its_own_in_either_wave() -> None:
    report = one_left((0, 0))
    speed, ideas = named(report, "speed"), named(report, "ideas")
    assert (speed.old, speed.new, speed.change, why(speed.reason)) == (
        None,
        None,
        None,
        "hidden: fewer than 5 answers",
    )
    assert [voice.group for voice in next(q for q in report.questions if q.id == "ideas").groups] == [
        "business+it"
    ]
    assert (ideas.parts, ideas.in_both, report.overall.parts, report.overall.in_both) == (None,) * 4


def test_what_the_leaver_said_to_a_question_of_its_group_changes_not_a_byte() -> None:
    reports = {one_left((speed, 2)).model_dump_json() for speed in (0, 1, 2, 3, 4, SKIPPED, State.DONT_KNOW)}
    assert len(reports) == 1


def test_the_leaver_cannot_be_told_from_anybody_else_in_the_joined_cell() -> None:
    """Whoever of the eleven gave the leaver's answer to the shared question: the same bytes."""
    pool = [code for _, code in FOUR] + [0] + [codes[1] for _, _, codes in IT]
    new = wave("2026-Q2", [*group("business", FOUR), *IT], confidential=True)
    reports = set()
    for turn in range(len(pool)):
        dealt = pool[turn:] + pool[:turn]
        business = group("business", [(2, code) for code in dealt[:5]])
        it = group("it", [(SKIPPED, code) for code in dealt[5:]])
        reports.add(compare(wave("2026-Q1", business + it, confidential=True), new).model_dump_json())
    assert len(reports) == 1


TWELVE = [(n % 5, n % 4) for n in range(12)]
"""Answers of twelve business leaders."""


def printed(old: Wave, new: Wave) -> str:
    """All that is printed of a comparison: text and JSON."""
    report = compare(old, new)
    return reports.printed(report) + report.model_dump_json()


@pytest.mark.parametrize("confidential_before", [True, False])
def test_an_old_wave_by_name_does_not_tell_who_changed_how(confidential_before: bool) -> None:
    """The reader knows what each of twelve said, by id, and tries every way to deal the new answers."""
    old = wave("2026-Q1", group("business", TWELVE) + IT, "1/4", confidential=confidential_before)
    deals = [TWELVE, TWELVE[::-1], sorted(TWELVE), TWELVE[1:] + TWELVE[:1]]
    reports = {
        printed(old, wave("2026-Q2", group("business", deal) + IT, "2/4", confidential=True))
        for deal in deals
    }
    assert len(reports) == 1


def test_who_left_and_who_joined_is_not_told() -> None:
    """Nobody came or went; one who said 1 left and another joined; one who said 5 left instead."""
    new = wave("2026-Q2", group("business", TWELVE, 2) + IT, confidential=True)
    reports = set()
    for leaver in (2, 0, 4):
        stayed = [*TWELVE[:leaver], *TWELVE[leaver + 1 :]]
        first = 2 if leaver == 2 else 1
        old = group("business", [TWELVE[leaver], *stayed], first)
        reports.add(printed(wave("2026-Q1", old + IT, confidential=True), new))
    assert len(reports) == 1


@given(persons, persons, facts, st.booleans(), st.randoms(use_true_random=False))
def test_in_confidence_only_counts_are_printed(
    before: dict[int, Any], after: dict[int, Any], fact: str | None, mixed: bool, dice: random.Random
) -> None:
    """Whoever gave which answer to which question, and in whatever wave again: the same bytes."""
    waves = []
    for deal in (False, True):
        old, new = (anonymous(some, dice) if deal else some for some in (before, after))
        waves.append(
            [
                told("2026-Q1", old | {98: ("business", 1, 1)}, "1/4", confidential=not mixed),
                told("2026-Q2", new | {99: ("business", 1, 1)}, fact, confidential=True),
            ]
        )
    assert printed(*waves[0]) == printed(*waves[1])


def anonymous(some: Mapping[int, Any], dice: random.Random) -> dict[int, Any]:
    """The same answers to each question within each group, dealt to other people."""
    found: dict[int, Any] = {}
    ids = dice.sample(range(1, 98), len(some))
    for side in ("business", "it"):
        people = [codes for name, *codes in some.values() if name == side]
        columns = [dice.sample(column, len(column)) for column in map(list, zip(*people, strict=True))]
        for speed, ideas in zip(*columns, strict=True) if columns else ():
            found[ids.pop()] = (side, speed, ideas)
    return found


def test_in_confidence_facts_are_told_without_their_source_and_nobody_is_counted_twice() -> None:
    report = stated_alone(confidential=True)
    assert {(figure.parts, figure.in_both) for figure in figures(report)} == {(None, None)}
    assert report.overall.by_facts == pytest.approx(19.722222, abs=1e-6)
    assert "CIO" not in report.model_dump_json()
    assert "Portfolio office" not in report.model_dump_json()


def test_numbers_that_people_gave_in_confidence_have_no_likely_range() -> None:
    """With the means, the range would give the spread of their points."""
    answer = {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]}
    asked = survey(questions=[{**OPINIONS[0], "answer": answer}, OPINIONS[1]])
    people = group("business", [(Fraction(n), n % 5) for n in range(8)])
    waves = [wave(period, people, questionnaire=asked) for period in ("2026-Q1", "2026-Q2")]
    waves[1] = replace(waves[1], respondents=[replace(p, id=p.id + "b") for p in waves[1].respondents])
    assert compare(*waves).overall.interval is not None
    report = compare(*[replace(each, confidential=True) for each in waves])
    for figure in (report.overall, report.dimensions[0], named(report, "speed", "business")):
        assert figure.change == 0
        assert figure.interval is None
    assert named(report, "ideas").interval is not None


def test_what_one_wave_hides_both_hide() -> None:
    """Expectations of IT: six answers, then four."""
    business = group("business", [(n, n) for n in range(5)])
    old = business + group("it", [(n % 5, SKIPPED) for n in range(6)])
    new = business + group("it", [(n % 5, SKIPPED) for n in range(4)])
    for first, second in ((old, new), (new, old)):
        report = compare(
            wave("2026-Q1", first, confidential=True), wave("2026-Q2", second, confidential=True)
        )
        it = named(report, "speed", "it")
        assert (it.old, it.new, why(it.reason)) == (None, None, "hidden: fewer than 5 answers")


def test_one_confidential_wave_makes_both_confidential_with_the_larger_group_size() -> None:
    people = group("business", [(n % 5, 2) for n in range(6)])
    old = wave("2026-Q1", people, confidential=True, min_group_size=4)
    new = wave("2026-Q2", people[:5], min_group_size=6)
    report = compare(old, new)
    assert why(named(report, "speed").reason) == "hidden: fewer than 6 answers"
    assert [wave.respondents.min_group_size for wave in report.waves] == [6, 6]
    assert report.notes[0].text == (
        "One wave is confidential, so both are treated so: nobody is followed from one wave to the other."
    )


def test_a_joined_cell_joins_nobodys_answers() -> None:
    """Twelve of business and six of IT, then four: less business alone, the joined spread would be IT's."""
    random_answers = random.Random(4)
    business = group(
        "business", [(random_answers.choice([0, 4]), random_answers.choice([0, 4])) for _ in range(12)]
    )
    speeds, ideas = [0, 4, 0, 4, 4, 0], [0, 4, 0, 4, 4, 4]
    both = survey(questions=[{**each, "scored": ["business", "it"]} for each in OPINIONS])
    new = wave("2026-Q2", [*business, *group("it", [(1, 1)] * 4)], confidential=True, questionnaire=both)
    reports = set()
    for turn in (ideas, ideas[::-1], sorted(ideas)):
        people = [*business, *group("it", list(zip(speeds, turn, strict=True)))]
        old = wave("2026-Q1", people, confidential=True, questionnaire=both)
        reports.add(compare(old, new).model_dump_json())
    assert len(reports) == 1


def test_several_questions_of_a_small_group_are_not_joined_by_person() -> None:
    """With nine people the interval of a dimension keeps to counts: nobody's answers stand together."""
    speeds, ideas = [0, 1, 2, 3, 4, 0, 1, 2, 3], [4, 3, 2, 1, 0, 4, 3, 2, 1]
    reports = set()
    for turn in (ideas, ideas[::-1], sorted(ideas)):
        people = group("business", list(zip(speeds, turn, strict=True)))
        old = wave("2026-Q1", people, confidential=True)
        new = wave("2026-Q2", group("business", [(2, n % 5) for n in range(9)]), confidential=True)
        reports.add(repr([compare(old, new).overall.interval, compare(old, new).dimensions[0].interval]))
    assert len(reports) == 1


# Versions of one questionnaire


def newer(question: str, **changes: Any) -> Questionnaire:
    """Version 2 of `survey`, with one question changed."""
    data = survey().model_dump(mode="json", exclude_none=True)
    for each in data["questions"]:
        if each["id"] == question:
            each |= changes
    return Questionnaire.model_validate(data | {"version": 2})


def test_versions_are_compared_over_what_they_share() -> None:
    people = group("business", [(1, 2), (3, 3), (2, 1)])
    other = newer("ideas", scored=["it"])
    report = compare(wave("2026-Q1", people), wave("2026-Q2", people, questionnaire=other))
    assert [question.id for question in report.questions] == ["speed", "mapped"]
    assert (report.questionnaire.version, [wave.version for wave in report.waves]) == (2, [1, 2])
    (note,) = report.notes
    assert note.text == (
        "2026-Q1 answered version 1 of the questionnaire, 2026-Q2 version 2 (two versions). 2 questions are "
        "the same in both and compared, by the dimensions and weights of version 2. Left out: ideas."
    )


def test_answers_find_their_question_in_the_other_version() -> None:
    data = survey().model_dump(mode="json", exclude_none=True)
    turned = Questionnaire.model_validate(data | {"version": 2, "questions": data["questions"][::-1]})
    old = wave("2026-Q1", group("business", [(0, 4), (0, 4)]))
    new = wave("2026-Q2", group("business", [(4, 0), (4, 0)]), questionnaire=turned)
    assert {figure.change for figure in compare(old, new).questions} == {0, None}


@pytest.mark.parametrize(
    "changes",
    [
        {"answer": {"kind": "choice", "options": FIVE}},
        {"answer": {"kind": "scale", "scale": "four"}},
        {"answer": {"kind": "scale", "scale": "down"}},
        {"answer": {"kind": "scale", "scale": "reworded"}},
        {"answer": {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]}},
    ],
)
def test_a_question_that_is_answered_otherwise_is_another_question(changes: dict[str, Any]) -> None:
    scales = {
        "five": {"options": FIVE},
        "four": {"options": FIVE[:4]},
        "down": {"options": FIVE, "direction": "lower-is-better"},
        "reworded": {"options": [*FIVE[:4], {"value": 5, "label": "Splendid"}]},
    }
    people = group("business", [(1, 2), (3, 3)])
    other = Questionnaire.model_validate(
        newer("speed", **changes).model_dump(mode="json", exclude_none=True) | {"scales": scales}
    )
    old, new = wave("2026-Q1", people), wave("2026-Q2", people, questionnaire=other)
    assert [question.id for question in compare(old, new).questions] == ["ideas", "mapped"]


def test_a_new_text_or_weight_leaves_a_question_the_same() -> None:
    people = group("business", [(1, 2), (3, 3)])
    other = newer("speed", text="How quick?", weight=2)
    report = compare(wave("2026-Q1", people), wave("2026-Q2", people, questionnaire=other))
    assert len(report.questions) == 3


def test_a_group_is_outside_confidentiality_only_where_both_versions_say_so() -> None:
    data = survey().model_dump(mode="json", exclude_none=True)
    groups = [{"id": "business", "title": "Business", "attributable": True}, {"id": "it", "title": "IT"}]
    other = Questionnaire.model_validate(data | {"version": 2, "groups": groups})
    people = group("business", [(1, 2), (3, 3)])
    old = wave("2026-Q1", people, confidential=True)
    report = compare(old, wave("2026-Q2", people, questionnaire=other, confidential=True))
    assert why(named(report, "speed").reason) == "hidden: fewer than 5 answers"


# What cannot be compared

PEOPLE = group("business", [(1, 2), (3, 3)])


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ({}, {"period": None}, "there is no `period`"),
        ({"period": None}, {"period": None}, "there is no `period`"),
        ({}, {"period": "2026-Q2"}, "both waves are of 2026-Q2"),
        ({}, {"period": "2026-H1"}, "2026-Q2 and 2026-H1 end on the same day"),
        ({}, {"period": "2026-Q1"}, "2026-Q1 is earlier than 2026-Q2"),
        (
            {},
            {"organization": "Southwind Ltd"},
            "this wave is of `Southwind Ltd`, the other one of `Northwind Ltd`",
        ),
        ({}, {"questionnaire": survey(id="other")}, "this wave answered `other`, the other one `small`"),
    ],
)
def test_what_cannot_be_compared_is_refused(old: dict[str, Any], new: dict[str, Any], says: str) -> None:
    first, second = (
        replace(wave(period, PEOPLE), **changes) for period, changes in (("2026-Q2", old), ("2026-Q4", new))
    )
    with pytest.raises(InputError) as error:
        compare(first, second)
    assert {says in finding.message for finding in error.value.findings} == {True}


def test_everything_that_stands_in_the_way_is_said_at_once() -> None:
    other = wave("2026-Q1", PEOPLE, organization="Contoso", questionnaire=survey(id="small_"))
    with pytest.raises(InputError) as error:
        compare(wave("2026-Q2", PEOPLE), other)
    assert [finding.path for finding in error.value.findings] == [
        ("questionnaire",),
        ("organization",),
        ("period",),
    ]


def test_nothing_shared_is_nothing_to_compare() -> None:
    only = survey().model_dump(mode="json", exclude_none=True)["questions"]
    one, other = survey(questions=only[:1]), survey(version=2, questions=only[1:])
    with pytest.raises(InputError, match="share no scored question"):
        compare(
            wave("2026-Q2", group("business", [(1,)]), questionnaire=one),
            wave("2026-Q4", group("business", [(1,)]), questionnaire=other),
        )


def test_an_organisation_that_is_named_once_is_taken_for_the_same() -> None:
    report = compare(wave("2026-Q2", PEOPLE, organization=None), wave("2026-Q4", PEOPLE))
    assert report.notes[0].kind == "organization"


def test_every_pair_of_periods_has_one_order() -> None:
    periods = ["2025", "2026-Q1", "2026-04", "2026-H1", "2026-07-14", "2026"]
    for (first, old), (second, new) in product(enumerate(periods), repeat=2):
        if first < second:
            assert compare(wave(old, PEOPLE), wave(new, PEOPLE)).overall.change == 0
        else:
            with pytest.raises(InputError):
                compare(wave(old, PEOPLE), wave(new, PEOPLE))
