"""Two waves held against each other (rule S16): what changed, how sure that is, and what made it change."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import reports
import yaml
from hypothesis import given
from hypothesis import strategies as st
from reports import flat
from waves import FIVE, SLEEP_A, SLEEP_B, figure, questionnaire, wave_of
from waves import wave as by_hand

from convergence_cli import compare, read
from convergence_cli.model.answers import Code, Respondent, read_fact
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.problems import InputError, NothingToDo
from convergence_cli.render.compare_page import rows
from convergence_cli.render.say import why
from convergence_cli.results.comparison import Change, Comparison
from convergence_cli.scoring.changes import Waves
from convergence_cli.scoring.privacy import Privacy

EXAMPLES = Path(__file__).parent.parent / "examples"
OPINIONS: list[dict[str, Any]] = [{"id": "speed", "scored": ["business"]}, {"id": "ideas"}]
QUESTIONS = [*OPINIONS, {"id": "mapped", "dimension": "plans", "answer": {"kind": "ratio"}}]
GROUPS = {"b": "business", "i": "it"}
CODES: Mapping[str, Code] = {
    **{str(place): place for place in range(5)},
    "-": State.SKIPPED,
    "n": State.NOT_APPLICABLE,
    "d": State.DONT_KNOW,
}


def survey(questions: Sequence[Mapping[str, Any]] = QUESTIONS, **changes: Any) -> Questionnaire:
    """One question that business answers and one that both answer, with a fact beside them."""
    groups = [{"id": "business", "title": "business leaders", "weight": 2}, {"id": "it", "title": "IT"}]
    dimensions = [{"id": "work", "title": "Work", "weight": 3}, {"id": "plans", "title": "Plans"}]
    usual = {"groups": groups, "dimensions": dimensions, "contrast": ["business", "it"]}
    return questionnaire(questions, **usual | changes)


def wave(period: str, told: str, asked: Questionnaire | None = None, **changes: Any) -> Wave:
    """A wave of `survey` in a line.

    ``b1-4:22`` are four business leaders who give the third option to both questions, ``i7:-d`` is one of
    IT who skipped `speed` and could not say `ideas`; ``3/4`` is the fact, and ``confidential`` is as it says.
    """
    asked = asked or survey()
    people, facts, said = [], {}, changes
    for word in told.split():
        sheet = re.fullmatch(r"([bi])(\d+)-?(\d*):(.*)", word)
        if sheet:
            side, first, last, answers = sheet.groups()
            codes = tuple(CODES[answer] for answer in answers)
            ids = range(int(first), int(last or first) + 1)
            people += [Respondent(f"p{number}", GROUPS[side], {}, codes) for number in ids]
        elif word == "confidential":
            said = {"confidential": True, **said}
        else:
            facts["mapped"] = read_fact(asked.question_by_id["mapped"], word)
    return wave_of(asked, people, facts=facts, period=period, **{"organization": "Northwind Ltd"} | said)


def dealt(side: str, answers: Sequence[str], start: int = 1) -> str:
    """A person for each of the answers, numbered from `start` on."""
    return " ".join(f"{side}{number}:{each} " for number, each in enumerate(answers, start))


def two(old: str, new: str, **changes: Any) -> Comparison:
    return compare(wave("2026-Q1", old, **changes), wave("2026-Q2", new, **changes))


def named(report: Comparison, question: str, cell: str | None = None) -> Change:
    found = next(each for each in report.questions if each.id == question)
    return found if cell is None else next(each for each in found.groups if each.group == cell)


def figures(report: Comparison) -> list[Change]:
    voices = [voice for question in report.questions for voice in question.groups]
    return [report.overall, *report.dimensions, *report.questions, *voices]


def brought(change: Change) -> list[float]:
    return [part.change for part in change.parts or ()]


def ends(change: Change) -> tuple[float, float]:
    assert change.interval is not None
    return change.interval.low, change.interval.high


OPINIONS_ALONE = (33.824509, 42.769002, 2.968243, 14.920743)


@pytest.fixture(scope="module")
def northwind() -> Comparison:
    return compare(read(str(EXAMPLES / "responses-2026-Q2.yaml")), read(str(EXAMPLES / "responses.yaml")))


# Northwind


def test_northwinds_overall_rose_by_its_facts_and_its_answers() -> None:
    """Computed apart from the program: 36.687895 to 62.324672; of it facts 19.722222, answers 5.713384."""
    old, new = (read(str(EXAMPLES / name)) for name in ("responses-2026-Q2.yaml", "responses.yaml"))
    overall = compare(old, replace(new, plans=())).overall
    assert (overall.old, overall.new) == pytest.approx((36.687895, 62.324672), abs=1e-6)
    assert brought(overall) == pytest.approx([19.722222, 5.713384, 0.201170], abs=1e-6)
    assert overall.by_facts == brought(overall)[0]
    assert (overall.reliable, overall.in_both) == (True, 17)


def test_a_fact_that_is_counted_in_one_wave_alone_is_in_no_score(northwind: Comparison) -> None:
    """4 of 10 stated, then 5 of 10 by the plans file: the overall is that of the four opinions.

    Computed apart from the program: the scores from the means, the range with z_i from moving the weight of
    each person a little, V and the correlation from them by their definitions.
    """
    mapped, overall = named(northwind, "plan-mapping"), northwind.overall
    assert (mapped.old, mapped.new, mapped.change) == (None, None, None)
    assert (overall.old, overall.new, *ends(overall)) == pytest.approx(OPINIONS_ALONE, abs=1e-5)
    assert (overall.by_facts, brought(overall)[0]) == (0, 0)


def test_northwinds_speed_alone_changed_reliably(northwind: Comparison) -> None:
    """Computed apart from the program: +17.31 [8.79, 25.83], r = .817."""
    speed = named(northwind, "response-speed", "business")
    assert (speed.change, *ends(speed)) == pytest.approx((17.31, 8.79, 25.83), abs=0.005)
    assert [question.id for question in northwind.questions if question.reliable] == ["response-speed"]
    assert not any(v.reliable for q in northwind.questions for v in q.groups if v.group == "it")


# Published numbers

POINTS_PER_HOUR = 5
HOURS = {"kind": "number", "per": "respondent", "points": [["-10", "0"], ["10", "100"]]}


@pytest.mark.parametrize(
    ("first", "published"),
    [(1, (-2.4598858, -0.7001142)), (11, (-3.3654832, 0.2054832))],
    ids=["paired", "welch"],
)
def test_the_sleep_data_have_their_published_intervals(first: int, published: tuple[float, float]) -> None:
    """R t.test(extra ~ group, sleep): paired when ids are the same in both waves, Welch when none is."""
    asked = questionnaire([{"id": "extra", "answer": HOURS}])

    def sleepers(period: str, hours: Sequence[float], start: int) -> Wave:
        people = [
            {"id": f"s{number}", "group": "business", "answers": {"extra": str(extra)}}
            for number, extra in enumerate(hours, start)
        ]
        return by_hand(asked, people, period=period)

    report = compare(sleepers("2026-Q1", SLEEP_B, 1), sleepers("2026-Q2", SLEEP_A, first))
    for some in (report.overall, report.dimensions[0], *report.questions, named(report, "extra", "business")):
        assert (some.change or 0) / POINTS_PER_HOUR == pytest.approx(0.75 - 2.33)
        assert [end / POINTS_PER_HOUR for end in ends(some)] == pytest.approx(published, abs=5e-8)
        assert some.reliable is (published[1] < 0)


# What made it change

EXAMPLES_OF_CHANGE = """
who changes group left one and joined the other:
  old: b1-4:22 i5-8:-2 b9:44
  new: b1-4:22 i5-8:-2 i9:-4
  then: {ideas.in_both: 8, ideas.business.parts: [0, 0, -10], ideas.it.parts: [0, 0, 10]}

no id stands in both waves:
  old: b1:11 b2:22
  new: b3:11 b4:22
  then: {overall.in_both: 0}
  says: If the same people answered, give them the same ids

the parts are taken in their order; one goes from 0 to 50, the other leaves, two join at 100:
  old: b1:00 b2:44 1/4
  new: b1:22 b3-4:44 3/4
  then: {speed.parts: [0, 25, 8.333333], overall.parts: [12.5, 18.75, 6.25], overall.change: 37.5}

there is no interval where a group has nobody in a wave:
  old: b1:00 b2:44 i3:-2 i4:-3
  new: b1:22 b2:33
  then:
    ideas.interval: null
    ideas.interval_reason: "fewer than two people of a group in one wave: no spread to estimate from"
    ideas.it.reason: no answers

what is not made of the same questions has no reliable change:
  old: b1-3:01 b4-6:02 b7-8:03 1/4
  new: b1-3:-1 b4-6:-2 b7-8:-3 1/4
  then: &unlike
    overall.interval_reason: &reason not made of the same questions in both waves
    work.interval_reason: *reason
    overall.reliable: false
    work.reliable: false
    overall.parts: []
    ideas.interval: null  # everybody stayed at their view

nor where a question is answered at last:
  old: b1-3:-1 b4-6:-2 b7-8:-3 1/4
  new: b1-3:01 b4-6:02 b7-8:03 1/4
  then: *unlike

a fact that appears is no reliable change:
  old: b1-3:12 b4-8:33
  new: b1-3:12 b4-8:33 3/4
  then: {overall.reliable: false, overall.interval: null, overall.in_both: 8}
  says: "facts alone. Facts that changed: mapped.* not given, then 3 of 4 as reported"

three who agree are not certain; as likely as not they were such three of the divided twelve:
  old: b1-3:42
  new: b10-15:02 b16-21:42
  then: {speed.change: -50, speed.reliable: false}

a group that agrees in both waves leaves nothing to estimate from:
  old: b1-2:00 b3-4:11 b5-6:33 b7-8:44 i11-12:-0
  new: b1-2:00 b3-4:11 b5-6:33 b7-8:44 i11-12:-4
  then:
    ideas.interval_reason: "a group agrees in both waves: no spread to estimate from"
    ideas.reliable: false

a drop by facts alone is called nothing:
  old: b1-4:22 b5-8:33 4/4
  new: b1-4:22 b5-8:33 0/4
  then: {overall.reliable: false}
  says: 72 to 47 of 100 Down by 25 points, by facts alone. Facts that changed. mapped. No change beyond
  never: ", beyond chance"

a drop by facts and answers is told apart:
  old: b1-8:33 b9-12:44 4/4
  new: b1-8:11 b9-11:22 b12:11 0/4
  then: {overall.by_facts: -25}
  says: Down by 64 points; facts alone -25. Answers. a change beyond chance, likely -43 to -36.

a confidential comparison says so:
  old: b1-4:22 b5-8:33 i9-12:-2 confidential
  new: b1-4:22 b5-8:33 i9-12:-3
  then: {overall.parts: []}
  says: "One wave is confidential, so both are treated so: nobody is followed from one wave to the other.
    Groups are shown as one in both waves for ideas. Some answers .* write `confidential: false`"
  never: WHAT MADE IT CHANGE|answered both times

where nothing is shown no more is said:
  old: b1-3:22 confidential
  new: b1-3:23 confidential
  then: {speed.reason: "hidden: fewer than 5 answers"}
  says: Nothing to compare
  never: brought|WHAT MADE IT CHANGE
"""
CHANGES = yaml.safe_load(EXAMPLES_OF_CHANGE)


@pytest.mark.parametrize("rule", CHANGES)
def test_what_made_it_change(rule: str) -> None:
    example = CHANGES[rule]
    report = two(example["old"], example["new"])
    for path, value in example["then"].items():
        found = figure(report, path)
        found = [part.change for part in found or ()] if path.endswith("parts") else found
        assert found == (pytest.approx(value) if isinstance(value, list | float) else value), path
    assert re.search(example.get("says", ""), flat(report))
    assert not re.search(example.get("never", "$^"), flat(report))


def test_an_empty_wave_is_nothing_to_compare() -> None:
    with pytest.raises(NothingToDo):
        two("", "b1:11")


# What always holds

sheet = st.tuples(st.sampled_from("bi"), *[st.sampled_from([*CODES])] * 2)
people_told = st.dictionaries(st.integers(1, 14), sheet, max_size=14)
crowd = st.dictionaries(st.integers(1, 40), sheet, min_size=20)
"""So many that most cells are shown."""
facts = st.sampled_from(["", "0/4", "1/4", "4/4"])
stated = st.sampled_from(["0/4", "1/4", "4/4"])
FIGURES = [("overall", "overall"), ("dimension", "work"), ("dimension", "plans")]
FIGURES += [("question", name) for name in ("speed", "ideas", "mapped")]
People = dict[int, tuple[str, str, str]]


def line(people: People, *more: str) -> str:
    return " ".join([*(f"{side}{n}:{x}{y}" for n, (side, x, y) in people.items()), *more])


sheets = st.builds(line, people_told)
told = st.builds(line, people_told, facts)


def held(old: str, new: str, *, confidential: bool) -> Waves:
    one, other = wave("2026-Q1", old), wave("2026-Q2", new)
    asked = one.questionnaire
    return Waves(asked, (one, other), (one.facts, other.facts), Privacy(confidential, 3))


@given(told, told, st.booleans())
def test_the_parts_sum_to_the_change_exactly(old: str, new: str, secret: bool) -> None:
    waves = held(old, new, confidential=secret)
    changes = [waves.figure(kind, name) for kind, name in FIGURES]  # type: ignore[arg-type]
    changes += [waves.voice(q, cell.name) for q in ("speed", "ideas") for cell in waves.old.asked[q].cells]
    for change in changes:
        if change.parts is not None:
            assert sum(part.change for part in change.parts) == pytest.approx(change.change, abs=1e-9)


@given(told, told, st.booleans())
def test_swapped_waves_change_the_other_way(old: str, new: str, secret: bool) -> None:
    there, back = held(old, new, confidential=secret), held(new, old, confidential=secret)
    for kind, name in FIGURES:
        forth, reverse = there.figure(kind, name), back.figure(kind, name)  # type: ignore[arg-type]
        assert (forth.old, forth.new, forth.reliable) == (reverse.new, reverse.old, reverse.reliable)
        if forth.interval and reverse.interval:
            assert ends(forth) == pytest.approx((-reverse.interval.high, -reverse.interval.low), abs=1e-9)
        else:
            assert forth.interval == reverse.interval


def test_where_nobody_can_say_what_facts_moved_the_range_of_answers_has_a_reason() -> None:
    """Ideas are skipped, then not applicable; the fact the other way round: between, both are missing."""
    asked = survey([{**each, "dimension": "work"} for each in QUESTIONS], scoring={"min_answered": "1/2"})
    report = two("b1:2- b2:4- n/a", "b1:1n b2:4n", asked=asked)
    (work,) = (each for each in report.dimensions if each.id == "work")
    assert (work.change, work.by_facts, work.answers_interval) == (-12.5, None, None)
    assert work.interval is not None
    assert why(work.interval_reason) == "the old answers with the new facts have no score"
    (row,) = (row for row in rows(report, "groups") if row.label == "Work")
    assert row.cells[-1] == "no range: the old answers with the new facts have no score"


@given(sheets, stated, sheets, stated, st.booleans())
def test_a_change_is_as_reliable_as_if_facts_had_stayed(
    before: str, fact_before: str, after: str, fact_after: str, secret: bool
) -> None:
    new = f"{after} {fact_after}"
    moved = held(f"{before} {fact_before}", new, confidential=secret)
    stayed = held(f"{before} {fact_after}", new, confidential=secret)
    for kind, name in FIGURES:
        change, same = moved.figure(kind, name), stayed.figure(kind, name)  # type: ignore[arg-type]
        assert change.reliable == same.reliable
        if change.answers_interval:
            answers = change.answers_interval
            assert (answers.low, answers.high) == pytest.approx(ends(same), abs=1e-9)


@given(sheets, sheets, st.booleans(), st.randoms(use_true_random=False))
def test_the_order_of_people_does_not_matter(
    before: str, after: str, secret: bool, dice: random.Random
) -> None:
    def shuffled(some: str) -> str:
        return " ".join(dice.sample(some.split(), len(some.split())))

    before, after = f"{before} 1/4", f"{after} 2/4"
    one = two(before, after, confidential=secret)
    assert two(shuffled(before), shuffled(after), confidential=secret) == one


@given(told, st.booleans())
def test_the_same_answers_again_are_no_change(people: str, secret: bool) -> None:
    for some in figures(two(*[f"{people} b99:12"] * 2, confidential=secret)):
        assert some.change in (0, None)
        assert not some.reliable
        assert set(brought(some)) <= {0}


# Confidentiality between waves (rule S12)

IT = dealt("i", ["-0", "-1", "-1", "-2", "-3", "-4"], 51)
FOUR = dealt("b", ["12", "23", "31", "44"])
SECRET = "confidential"
FIVE_GO = f"{FOUR} {IT} 2/4 {SECRET}"
Pairs = Iterator[tuple[str, str]]


def printed(old: str, new: str, **changes: Any) -> str:
    """All that is printed of a comparison: text and JSON."""
    report = two(old, new, **changes)
    return reports.printed(report) + report.model_dump_json()


def what_the_one_who_left_said() -> Pairs:
    """Five business leaders lose their fifth, who said anything to a question of business alone."""
    for speed in "01234-d":
        yield f"{FOUR} b5:{speed}2 {IT} 1/4 {SECRET}", FIVE_GO


def who_gave_the_answer_of_the_one_who_left() -> Pairs:
    """Whoever of the eleven in the joined cell gave it."""
    pool = "23140" + "011234"
    for turn in range(len(pool)):
        turned = pool[turn:] + pool[:turn]
        business = dealt("b", [f"2{code}" for code in turned[:5]])
        yield f"{business} {dealt('i', [f'-{code}' for code in turned[5:]], 51)} {SECRET}", FIVE_GO


@pytest.mark.parametrize("deals", [what_the_one_who_left_said, who_gave_the_answer_of_the_one_who_left])
def test_it_cannot_be_told(deals: Callable[[], Pairs]) -> None:
    pairs = set(deals())
    assert len(pairs) > 2
    assert len({printed(old, new) for old, new in pairs}) == 1


@given(people_told | crowd, people_told | crowd, facts, st.booleans(), st.randoms(use_true_random=False))
def test_in_confidence_only_counts_are_printed(
    before: People, after: People, fact: str, mixed: bool, dice: random.Random
) -> None:
    """Whoever gave which answer to which question, and in whatever wave again: the same bytes."""
    found = set()
    for deal in (False, True):
        old, new = (anonymous(some, dice) if deal else some for some in (before, after))
        first = line(old, "b98:11", "1/4", "" if mixed else SECRET)
        found.add(printed(first, line(new, "b99:11", fact, SECRET)))
    assert len(found) == 1


def anonymous(some: People, dice: random.Random) -> People:
    """The same answers to each question within each group, dealt to other people."""
    found: People = {}
    ids = dice.sample(range(1, 98), len(some))
    for side in "bi":
        people = [codes for name, *codes in some.values() if name == side]
        columns = [dice.sample(column, len(column)) for column in map(list, zip(*people, strict=True))]
        for speed, ideas in zip(*columns, strict=True) if columns else ():
            found[ids.pop()] = (side, speed, ideas)
    return found


def test_numbers_that_people_gave_in_confidence_have_no_likely_range() -> None:
    """With the means, the range would give the spread of their points."""
    answer = {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]}
    asked = survey(questions=[{**OPINIONS[0], "answer": answer}, OPINIONS[1]])
    before, after = (
        [Respondent(f"p{n}", "business", {}, (Fraction(n), n % 5)) for n in range(first, first + 10)]
        for first in (0, 10)
    )
    after = [replace(person, codes=old.codes) for person, old in zip(after, before, strict=True)]
    for secret in (False, True):
        waves = (
            wave(period, "", asked, respondents=people, confidential=secret)
            for period, people in (("2026-Q1", before), ("2026-Q2", after))
        )
        report = compare(*waves)
        for some in (report.overall, report.dimensions[0], named(report, "speed", "business")):
            assert some.change == 0
            assert (some.interval is None) is secret
        assert named(report, "ideas").interval is not None


def test_what_one_wave_hides_both_hide() -> None:
    """Expectations of IT: six answers, then four."""
    six, four = (
        f"{dealt('b', [str(n) * 2 for n in range(5)])} i11-{10 + count}:2- {SECRET}" for count in (6, 4)
    )
    for report in (two(six, four), two(four, six)):
        it = named(report, "speed", "it")
        assert (it.old, it.new, why(it.reason)) == (None, None, "hidden: fewer than 5 answers")


def test_one_confidential_wave_makes_both_confidential_with_the_larger_group_size() -> None:
    old = wave("2026-Q1", f"b1-3:12 b4-6:32 {SECRET}", min_group_size=4)
    report = compare(old, wave("2026-Q2", "b1-3:12 b4-5:32", min_group_size=6))
    assert why(named(report, "speed").reason) == "hidden: fewer than 6 answers"
    assert [wave.respondents.min_group_size for wave in report.waves] == [6, 6]


# Versions of one questionnaire

THREE = "b1:12 b2:33 b3:21"
FOUR_OPTIONS = {
    "five": {"options": FIVE},
    "four": {"options": FIVE[:4]},
    "down": {"options": FIVE, "direction": "lower-is-better"},
    "reworded": {"options": [*FIVE[:4], {"value": 5, "label": "Splendid"}]},
}


def newer(question: str = "", *, turned: bool = False, parts: Any = None, **changes: Any) -> Questionnaire:
    """Version 2 of `survey`, with one question changed."""
    data = survey().model_dump(mode="json", exclude_none=True)
    for each in data["questions"]:
        if each["id"] == question:
            each |= changes
    questions = data["questions"][::-1] if turned else data["questions"]
    return Questionnaire.model_validate(
        data | {"version": 2, "scales": FOUR_OPTIONS, "questions": questions} | (parts or {})
    )


def across(other: Questionnaire, old: str = THREE, new: str = THREE) -> Comparison:
    return compare(wave("2026-Q1", old), wave("2026-Q2", new, other))


def test_versions_are_compared_over_what_they_share() -> None:
    report = across(newer("ideas", scored=["it"]))
    turned = across(newer(turned=True), "b1-2:04", "b1-2:40")
    assert {each.change for each in turned.questions} == {0, None}, "answers find their question"
    assert [question.id for question in report.questions] == ["speed", "mapped"]
    assert (report.questionnaire.version, [wave.version for wave in report.waves]) == (2, [1, 2])
    (note,) = report.notes
    assert note.text == (
        "2026-Q1 answered version 1 of the questionnaire, 2026-Q2 version 2 (two versions). 2 questions are "
        "the same in both and compared, by the dimensions and weights of version 2. Left out: ideas."
    )


NUMBER = {"kind": "number", "per": "respondent", "points": [[0, 0], [10, 100]]}


@pytest.mark.parametrize(
    ("changes", "same"),
    [
        ({"answer": {"kind": "choice", "options": FIVE}}, False),
        ({"answer": {"kind": "scale", "scale": "four"}}, False),
        ({"answer": {"kind": "scale", "scale": "down"}}, False),
        ({"answer": {"kind": "scale", "scale": "reworded"}}, False),
        ({"answer": NUMBER}, False),
        ({"text": "How quick?", "weight": 2}, True),
    ],
)
def test_a_question_that_is_answered_otherwise_is_another_question(
    changes: dict[str, Any], same: bool
) -> None:
    shared = [question.id for question in across(newer("speed", **changes)).questions]
    assert shared == ["speed"] * same + ["ideas", "mapped"]


def test_a_group_is_outside_confidentiality_only_where_both_versions_say_so() -> None:
    groups = [{"id": "business", "title": "Business", "attributable": True}, {"id": "it", "title": "IT"}]
    report = across(newer(parts={"groups": groups}), *[f"{THREE} {SECRET}"] * 2)
    assert why(named(report, "speed").reason) == "hidden: fewer than 5 answers"


# What cannot be compared


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ({}, {"period": None}, "there is no `period`"),
        ({"period": None}, {"period": None}, "there is no `period`"),
        ({}, {"period": "2026-Q2"}, "2026-Q2 is not later than 2026-Q2"),
        ({}, {"period": "2026-H1"}, "2026-H1 is not later than 2026-Q2"),
        ({}, {"organization": "Southwind"}, "is of `Southwind`, the other one of `Northwind Ltd`"),
        ({}, {"questionnaire": survey(id="other")}, "this wave answered `other`, the other one `small`"),
        (
            {},
            {"questionnaire": survey(id="small_"), "organization": "Contoso", "period": "2026-Q1"},
            "2026-Q1 is not later than 2026-Q2",
        ),
    ],
)
def test_what_cannot_be_compared_is_refused(old: dict[str, Any], new: dict[str, Any], says: str) -> None:
    first, second = (
        replace(wave(period, THREE), **changes) for period, changes in (("2026-Q2", old), ("2026-Q4", new))
    )
    with pytest.raises(InputError) as error:
        compare(first, second)
    assert says in [finding.message for finding in error.value.findings][-1]
    assert len(error.value.findings) == len(old) + len(new), "all at once"


def test_nothing_shared_is_nothing_to_compare() -> None:
    one, other = survey(questions=QUESTIONS[:1]), survey(version=2, questions=QUESTIONS[1:])
    with pytest.raises(InputError, match="share no scored question"):
        compare(wave("2026-Q2", "b1:1", one), wave("2026-Q4", "b1:1", other))


def test_every_pair_of_periods_has_one_order() -> None:
    periods = ["2025", "2026-Q1", "2026-04", "2026-H1", "2026-07-14", "2026"]
    for (first, old), (second, new) in product(enumerate(periods), repeat=2):
        if first < second:
            assert compare(wave(old, THREE), wave(new, THREE)).overall.change == 0
        else:
            with pytest.raises(InputError):
                compare(wave(old, THREE), wave(new, THREE))
