"""Each scoring rule by a small example that can be followed by hand."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from statistics import mean, stdev
from typing import Any

import pytest
from reports import printed
from waves import FIVE, questionnaire, several, wave

from convergence_cli import score
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.wave import Wave
from convergence_cli.problems import NothingToDo, UsageError
from convergence_cli.render.say import why, with_words
from convergence_cli.results.common import Evidence, Interval
from convergence_cli.results.digest import Digest
from convergence_cli.results.score import Dimension, Question, QuestionGroup, ScoreReport, Want
from convergence_cli.scoring.distributions import Z95, t_quantile
from convergence_cli.scoring.report import Request, score_wave

BOTH = ["business", "it"]


def question(report: ScoreReport, name: str) -> Question:
    return next(each for each in report.questions if each.id == name)


def dimension(report: ScoreReport, name: str) -> Dimension:
    return next(each for each in report.dimensions if each.id == name)


def cell(report: ScoreReport, name: str, group: str) -> QuestionGroup:
    return next(each for each in question(report, name).groups if each.group == group)


def one(answer: Mapping[str, Any], given: Any, **parts: Any) -> Question:
    """The result of a single question that one business leader answered."""
    asked = questionnaire([{"id": "q", "answer": answer}], **parts)
    return question(score(wave(asked, several(1, "business", q=given))), "q")


# S1: points

WIDE = [{"value": str(value), "label": f"L{value}"} for value in (-1, 0, 3)]
DAYS = {"kind": "number", "per": "respondent", "points": [["1/2", "100"], ["5", "40"], ["30", "0"]]}
SHARE = {"kind": "ratio", "per": "respondent"}


@pytest.mark.parametrize(
    ("answer", "given", "points"),
    [
        ({"kind": "scale", "scale": "five"}, "1", 0),
        ({"kind": "scale", "scale": "five"}, "4", 75),
        ({"kind": "choice", "options": WIDE}, "0", 25),
        ({"kind": "choice", "options": WIDE, "direction": "lower-is-better"}, "0", 75),
        ({"kind": "yes-no"}, "yes", 100),
        ({"kind": "yes-no", "direction": "lower-is-better"}, "yes", 0),
        ({"kind": "multiple", "options": WIDE[1:]}, ["L0", "L3"], 100),
        ({"kind": "multiple", "options": FIVE}, ["L2", "L4"], 40),
        (DAYS, "1/2", 100),
        (DAYS, "2.75", 70),
        (DAYS, "17.5", 20),
        (DAYS, "0", 100),
        (DAYS, "90", 0),
        (SHARE, "3/4", 75),
        ({**SHARE, "points": [["0", "0"], ["1/3", "100"]]}, "1/4", 75),
    ],
)
def test_an_answer_is_worth_its_place_among_the_declared_options(
    answer: dict[str, Any], given: Any, points: float
) -> None:
    """The last but three are clamped at the ends of the curve; the ratio of 1/4 is three quarters of 1/3."""
    assert one(answer, given).score == pytest.approx(points)


def test_a_text_is_kept_and_never_scored() -> None:
    asked = questionnaire([{"id": "why", "answer": {"kind": "text"}}, {"id": "speed"}])
    report = score(wave(asked, several(1, "business", why="Slow.", speed="4")))
    assert (question(report, "why").score, question(report, "why").bounds) == (None, None)
    assert [(comment.question, comment.text) for comment in report.comments] == [("why", "Slow.")]
    assert report.overall.score == 75
    assert cell(report, "why", "business").n == 1


# S2 and S3: states, groups

STATES = [
    *several(2, "business", speed="4"),
    *several(1, "business", speed="n/a"),
    *several(3, "business", speed="dont-know"),
    *several(4, "business"),
    *several(1, "it", speed="1"),
]


def test_four_states_stay_four() -> None:
    asked = questionnaire([{"id": "speed", "scored": ["business"]}])
    report = score(wave(asked, STATES))
    found = cell(report, "speed", "business")
    assert (found.asked, found.n, found.not_applicable, found.dont_know, found.skipped) == (10, 2, 1, 3, 4)
    assert found.score == 75
    assert question(report, "speed").coverage == pytest.approx(2 / 9)


def test_bounds_fill_what_is_open_with_the_worst_and_the_best() -> None:
    """2 answers of 75 points, 7 open: (150 + 0) / 9 and (150 + 700) / 9. IT is asked, and moves nothing."""
    bounds = question(
        score(wave(questionnaire([{"id": "speed", "scored": ["business"]}]), STATES)), "speed"
    ).bounds
    assert bounds is not None
    assert (bounds.low, bounds.high) == pytest.approx((150 / 9, 850 / 9))


def test_group_means_are_weighted_by_group_not_by_people() -> None:
    """Business 0 (9 people, weight 1), IT 100 (1 person, weight 3): 75."""
    groups = [{"id": "business", "title": "B"}, {"id": "it", "title": "I", "weight": "3"}]
    asked = questionnaire([{"id": "trust"}], groups=groups)
    report = score(wave(asked, several(9, "business", trust="1") + several(1, "it", trust="5")))
    assert question(report, "trust").score == 75


def test_a_group_without_answers_leaves_its_weight_to_the_others() -> None:
    asked = questionnaire([{"id": "trust"}])
    report = score(wave(asked, several(2, "business", trust="4") + several(2, "it", trust="dont-know")))
    assert question(report, "trust").score == 75


def test_no_answer_is_no_score_and_why() -> None:
    asked = questionnaire([{"id": "speed"}, {"id": "trust"}, {"id": "cost", "groups": ["it"]}])
    people = several(2, "business", speed="4", trust="dont-know")
    report = score(wave(asked, people))
    assert (question(report, "trust").score, why(question(report, "trust").reason)) == (
        None,
        "nobody could say",
    )
    assert why(question(report, "cost").reason) == "nobody was asked"


@pytest.mark.parametrize(
    ("business", "reason"),
    [
        ([], "no answers from business leaders; IT leaders only say what they expect"),
        (several(2, "business"), "no answers from business leaders; IT leaders only say what they expect"),
        (several(2, "business", speed="dont-know"), "nobody could say"),
        (several(1, "business", speed="dont-know") + several(1, "business", speed="n/a"), "nobody could say"),
        (several(2, "business", speed="n/a"), "not applicable to anybody asked"),
    ],
)
def test_who_only_expects_is_not_nobody(business: list[dict[str, Any]], reason: str) -> None:
    asked = questionnaire([{"id": "speed", "scored": ["business"]}])
    report = score(wave(asked, business + several(4, "it", speed="4")))
    assert why(question(report, "speed").reason) == reason


def test_that_nobody_could_say_is_an_answer_and_that_all_was_skipped_is_none() -> None:
    asked = questionnaire([{"id": "speed"}])
    report = score(wave(asked, several(3, "business", speed="dont-know")))
    assert (report.overall.score, why(report.overall.reason)) == (None, "nobody could say")
    assert cell(report, "speed", "business").dont_know == 3
    with pytest.raises(NothingToDo):
        score(wave(asked, several(3, "business")))


@pytest.mark.parametrize(("business", "it"), [(1, 1), (1, 0), (0, 0)])
def test_a_level_is_named_from_three_people_on(business: int, it: int) -> None:
    levels = [{"id": "low", "title": "Low", "at_least": "0"}, {"id": "top", "title": "Top", "at_least": "40"}]
    asked = questionnaire([{"id": "x"}, {"id": "plans", "answer": {"kind": "ratio"}}], levels=levels)

    def told_of(people: list[dict[str, Any]]) -> tuple[str | None, tuple[str, ...], list[str]]:
        report = score(wave(asked, people, facts={"plans": "1/2"}))
        notes = [note.text for note in report.notes if note.kind == "level"]
        assert (report.overall.to_next_level is None) == bool(notes)
        return report.overall.level, report.overall.level_range, notes

    few = several(business, "business", x="1") + several(it, "it", x="1")
    answered = ("nobody", "one person", "two people")[len(few)] + " gave an answer that counts"
    assert told_of(few) == (None, (), [f"No level is named: {answered}, and it takes three."])
    assert told_of(few + several(3 - len(few), "it", x="1"))[0] == "low"
    silent = several(3, "it", x="dont-know") + several(3, "business")
    assert told_of(few + silent) == told_of(few), "who gave no answer lends weight to no level"


def test_who_only_expects_lends_weight_to_no_level() -> None:
    levels = [{"id": "low", "title": "Low", "at_least": "0"}]
    asked = questionnaire([{"id": "x", "scored": ["business"]}], levels=levels)
    people = several(2, "business", x="5") + several(3, "it", x="5")
    assert score(wave(asked, people)).overall.level is None
    assert score(wave(asked, people + several(1, "business", x="5"))).overall.level == "low"


# S4 and S5: dimensions and the whole

TWO = {"dimensions": [{"id": "a", "title": "A"}, {"id": "b", "title": "B"}]}


def test_not_applicable_to_everybody_leaves_the_weight() -> None:
    """Without it `y` would leave a with 1 of 3; with n/a from all it leaves, and `x` is the whole."""
    asked = questionnaire([{"id": "x"}, {"id": "y", "weight": "2"}])
    open_answer = score(wave(asked, several(2, "business", x="5", y="dont-know")))
    assert open_answer.overall.score is None
    assert (
        why(dimension(open_answer, "all").reason) == "only 1/3 of its weight has a score, and 1/2 is needed"
    )
    left_out = score(wave(asked, several(2, "business", x="5", y="n/a")))
    assert left_out.overall.score == 100
    assert why(question(left_out, "y").reason) == "not applicable to anybody asked"


@pytest.mark.parametrize(("needed", "points"), [("1/3", 100), ("0.3333", 100), ("0.3334", None)])
def test_the_share_that_must_be_answered_is_exact(needed: str, points: float | None) -> None:
    asked = questionnaire([{"id": "x"}, {"id": "y"}, {"id": "z"}], scoring={"min_answered": needed})
    assert score(wave(asked, several(1, "business", x="5"))).overall.score == points


def test_the_lowest_dimension_stands_beside_the_whole() -> None:
    asked = questionnaire([{"id": "x", "dimension": "a"}, {"id": "y", "dimension": "b"}], **TWO)
    report = score(wave(asked, several(3, "business", x="5", y="2")))
    assert (report.overall.score, report.overall.lowest_dimension) == (62.5, "b")
    assert "lowest-dimension" in [highlight.kind for highlight in report.highlights]


def test_a_skipped_answer_counts_nothing_under_lowest_but_not_in_the_counts() -> None:
    """Business: 100, skipped, don't know. Under `lowest` the score is (100 + 0) / 2; the mean stays 100."""
    asked = questionnaire([{"id": "x"}], scoring={"missing": "lowest"}, contrast=BOTH)
    people = several(1, "business", x="5") + several(1, "business") + several(1, "business", x="dont-know")
    report = score(wave(asked, people + several(1, "it", x="3")))
    assert question(report, "x").score == (50 + 50) / 2
    found = cell(report, "x", "business")
    assert (found.n, found.skipped, found.score, found.mean) == (1, 1, 100, 5)
    gap = question(report, "x").gap
    assert gap is not None
    assert gap.points == -50
    assert question(report, "x").coverage == 0.5
    assert "A skipped answer counts as 0 points here (missing: lowest)." in [n.text for n in report.notes]


def test_what_a_group_says_never_depends_on_how_skipped_answers_are_scored() -> None:
    """100, 75, 50 and 75, 50, 25: the group says 62.5; two skipped as 0 make (225 + 150) / 8."""
    people = [("5", "4"), ("4", None), (None, "3"), ("3", "2")]
    plain, lowest = (
        score(
            wave(
                questionnaire([{"id": "x"}, {"id": "y"}], scoring={"missing": missing}),
                [{"group": "it", "answers": dict(zip("xy", given, strict=True))} for given in people],
            )
        )
        for missing in ("leave-out", "lowest")
    )
    assert (plain.overall.score, lowest.overall.score) == (62.5, 46.875)
    assert lowest.dimensions[0].groups == plain.dimensions[0].groups
    assert [voice.score for voice in plain.dimensions[0].groups] == [None, 62.5]


def test_absent_facts_are_open_and_listed() -> None:
    asked = questionnaire([{"id": "plans", "answer": {"kind": "ratio"}}, {"id": "speed"}])
    report = score(wave(asked, several(1, "business", speed="3")))
    bounds = report.overall.bounds
    assert bounds is not None
    assert (report.overall.score, bounds.low, bounds.high) == (50, 25, 75)
    assert report.overall.coverage == 1
    assert any(note.text.startswith("Not given: Plans.") for note in report.notes)


@pytest.mark.parametrize(
    ("fact", "points", "reason"),
    [("3/4", 75, ""), ("n/a", None, "not applicable"), ("dont-know", None, "nobody could say")],
)
def test_facts_have_states_too(fact: str, points: float | None, reason: str) -> None:
    asked = questionnaire([{"id": "plans", "answer": {"kind": "ratio"}}, {"id": "speed"}])
    report = score(wave(asked, several(1, "business", speed="3"), facts={"plans": fact}))
    found = question(report, "plans")
    assert (found.score, why(found.reason)) == (points, reason)


def test_what_lies_beyond_the_curve_is_told() -> None:
    curve = {"kind": "number", "points": [["0", "0"], ["10", "100"]]}
    asked = questionnaire([{"id": "ideas", "answer": curve}])
    report = score(wave(asked, [], facts={"ideas": {"value": "12", "source": "CIO"}}))
    fact = question(report, "ideas").fact
    assert fact is not None
    assert (fact.value, fact.source, fact.clipped, report.overall.score) == (12, "CIO", True, 100)
    assert [highlight.kind for highlight in report.highlights] == ["clipped-fact"]


# S7: the interval of a composite, written out person by person

ROWS: Mapping[str, list[tuple[int | None, int | None]]] = {
    "business": [(1, 5), (2, 4), (2, None), (3, 3), (4, 1), (None, 2), (None, None)],
    "it": [(4, 4), (5, None), (3, 2)],
}
"""What each person answered to `x` and to `y`."""
EFFECTIVE = (2 / 3, 1 / 3)
"""a_q: `x` has the weight 2, `y` 1."""
SCORED: tuple[list[str], list[str]] = (BOTH, ["business"])


def survey(groups: list[str], *, confidential: bool = False, **header: Any) -> Wave:
    asked = questionnaire([{"id": "x", "weight": "2"}, {"id": "y", "scored": ["business"]}], contrast=BOTH)
    people = [
        {"group": g, "answers": {n: str(v) for n, v in zip("xy", row, strict=True) if v is not None}}
        for g in groups
        for row in ROWS[g]
    ]
    return wave(asked, people, confidential=str(confidential).lower(), **header)


def points(group: str, place: int) -> list[float]:
    return [25.0 * (value - 1) for row in ROWS[group] if (value := row[place]) is not None]


def shares(group: str, groups: list[str]) -> dict[int, float]:
    """a_q w_gq of the questions that are scored for the group."""
    return {
        place: EFFECTIVE[place] / len([g for g in SCORED[place] if g in groups])
        for place in (0, 1)
        if group in SCORED[place]
    }


def by_person(group: str, share: Mapping[int, float]) -> float:
    """The sum of z_i^2 over n_g (n_g - 1), written out."""
    people = [row for row in ROWS[group] if any(row[place] is not None for place in share)]
    total = 0.0
    for row in people:
        z = 0.0
        for place, weight in share.items():
            value, given = row[place], points(group, place)
            if value is not None:
                z += weight * (len(people) / len(given)) * (25 * (value - 1) - mean(given))
        total += z * z
    return total / (len(people) * (len(people) - 1))


def by_counts(group: str, share: Mapping[int, float]) -> float:
    """The square of the sum of standard errors."""
    errors = [
        weight * stdev(points(group, m)) / math.sqrt(len(points(group, m))) for m, weight in share.items()
    ]
    return sum(errors) ** 2


def expected_interval(
    groups: list[str],
    population: Mapping[str, int],
    variance_of: Callable[[str, Mapping[int, float]], float] = by_person,
) -> tuple[float, float]:
    """The hull of the t interval and of the score interval, k at most 2 for two questions."""
    share = {group: shares(group, groups) for group in groups}
    n = {g: sum(any(row[place] is not None for place in share[g]) for row in ROWS[g]) for g in groups}
    if variance_of is by_counts:
        n = {g: min(len(points(g, place)) for place in share[g]) for g in groups}
    unseen = {g: 1 - n[g] / population[g] if g in population else 1.0 for g in groups}
    spreads = {g: unseen[g] * variance_of(g, share[g]) for g in groups}
    centre = sum(weight * mean(points(g, m)) for g in groups for m, weight in share[g].items())
    variance = sum(spreads.values())
    df = variance**2 / sum(v**2 / (n[g] - 1) for g, v in spreads.items() if v)
    half = t_quantile(df) * math.sqrt(variance)
    weight = {g: sum(share[g].values()) for g in groups}
    part, square = centre / 100, Z95**2
    some = [g for g in groups if unseen[g]]
    people = sum(weight[g] for g in some) ** 2 / sum(weight[g] ** 2 / n[g] for g in some)
    differ = people * sum(variance_of(g, share[g]) for g in some) / (100 * sum(weight[g] for g in some)) ** 2
    alike = part * (1 - part)
    k = alike / (((people - 1) * differ + 2 * alike) / people)
    amount = min(2, max(1, k)) / sum(weight[g] ** 2 * unseen[g] / n[g] for g in groups)
    reach = Z95 * math.sqrt(4 * amount * part * (1 - part) + square)
    low, high = (
        100 * (2 * amount * part + square + sign * reach) / (2 * (amount + square)) for sign in (-1, 1)
    )
    return min(centre - half, low), max(centre + half, high)


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


@pytest.mark.parametrize("population", [{}, {"business": 9, "it": 4}, {"it": 3}])
def test_interval_of_the_whole_person_by_person(population: dict[str, int]) -> None:
    """7 business leaders, one of whom answered nothing (n_g = 6), and 3 of IT, of whom `y` is not scored."""
    told = survey(BOTH, population={group: str(n) for group, n in population.items()})
    assert ends(score(told).overall.interval) == pytest.approx(expected_interval(BOTH, population))


def test_confidential_groups_are_spread_by_their_counts_alone() -> None:
    """No one's two answers are joined, nor counted together: 5 answered each question, 6 one of them."""
    told = survey(["business"], confidential=True, min_group_size="3")
    expected = expected_interval(["business"], {}, by_counts)
    assert ends(score(told).overall.interval) == pytest.approx(expected)
    assert by_counts("business", shares("business", ["business"])) > 2 * by_person(
        "business", shares("business", ["business"])
    )


def test_eight_questions_answered_alike_are_no_more_than_one() -> None:
    """18 of 20 say yes to everything: Wilson's interval for 18 of 20 begins at 69.9, for 72 of 80 at 81.5."""
    asked = questionnaire([{"id": f"q{n}", "answer": {"kind": "yes-no"}} for n in range(8)])
    alike = {answer: {f"q{n}": answer for n in range(8)} for answer in ("yes", "no")}
    people = several(18, "business", None, **alike["yes"]) + several(2, "business", None, **alike["no"])
    for confidential in ("true", "false"):
        report = score(wave(asked, people, confidential=confidential))
        assert report.overall.score == 90
        assert ends(report.overall.interval) == pytest.approx((69.90, 100), abs=0.005)


# S8: levels

LEVELS = [
    {"id": "low", "title": "Low", "at_least": "0"},
    {"id": "mid", "title": "Mid", "at_least": "50", "every_dimension_at_least": "30"},
    {"id": "top", "title": "Top", "at_least": "75"},
]


@pytest.mark.parametrize(
    ("x", "y", "level"),
    [("3", "3", "mid"), ("5", "1", "low"), ("2", "3", "low"), ("5", "3", "top"), ("1", "1", "low")],
)
def test_a_level_is_reached_by_score_and_gate(x: str, y: str, level: str) -> None:
    """5 and 1 are 50 in the mean, but one dimension lies at 0: the gate of `mid` is 30."""
    asked = questionnaire(
        [{"id": "x", "dimension": "a"}, {"id": "y", "dimension": "b"}], levels=LEVELS, **TWO
    )
    assert score(wave(asked, several(3, "business", x=x, y=y))).overall.level == level


def test_a_level_is_floor_and_never_rounding() -> None:
    asked = questionnaire([{"id": "x"}], levels=LEVELS[:1] + LEVELS[2:])
    people = several(2, "business", x="4") + several(100, "business", x="4") + several(1, "business", x="3")
    report = score(wave(asked, people))
    assert report.overall.score is not None
    assert 74.7 < report.overall.score < 75
    assert report.overall.level == "low"
    assert report.overall.level_range == ("low", "top")


# S9: gaps


def test_a_dimensions_gap_is_over_the_questions_that_both_answered() -> None:
    """x: 25 and 75; y: business alone. The gap is 50, and each voice counts all its own questions."""
    asked = questionnaire([{"id": "x"}, {"id": "y", "groups": ["business"]}], contrast=BOTH)
    people = several(4, "business", x="2", y="5") + several(4, "it", x="4")
    found = dimension(score(wave(asked, people)), "all")
    assert [(voice.group, voice.n, voice.score) for voice in found.groups] == [
        ("business", 4, 62.5),
        ("it", 4, 75),
    ]
    assert found.gap is not None
    assert found.gap.points == 50


def test_plus_means_that_the_second_group_is_above() -> None:
    for contrast, points in ((BOTH, 50), (BOTH[::-1], -50)):
        asked = questionnaire([{"id": "x"}], contrast=contrast)
        gap = question(score(wave(asked, several(4, "business", x="2") + several(4, "it", x="4"))), "x").gap
        assert gap is not None
        assert gap.points == points
        assert gap.reliable  # 1 deal of 70 is as far apart, on either side: mid-p is 1/70


def test_friction_is_the_mean_gap_in_the_weights_of_the_score() -> None:
    """Gaps 50 (weight 3) and -25 (weight 1): (150 + 25) / 4. `z` is not contrasted and has no part."""
    asked = questionnaire(
        [{"id": "x", "weight": "3"}, {"id": "y"}, {"id": "z", "groups": ["it"]}], contrast=BOTH
    )
    people = several(4, "business", x="2", y="5") + several(4, "it", x="4", y="4", z="1")
    friction = score(wave(asked, people)).friction
    assert friction is not None
    assert friction.points == pytest.approx(175 / 4)
    assert friction.chance is not None


def test_chance_needs_four_answers_a_side() -> None:
    asked = questionnaire([{"id": "x"}], contrast=BOTH)
    friction = score(wave(asked, several(4, "business", x="2") + several(3, "it", x="4"))).friction
    assert friction is not None
    assert friction.chance is None


# S10, S11, S13: agreement, shares, targets


def test_counts_median_and_the_two_best_options() -> None:
    asked = questionnaire([{"id": "x", "scored": ["business"]}])
    people = [{"group": "business", "answers": {"x": value}} for value in "12455"]
    found = cell(score(wave(asked, people)), "x", "business")
    assert [(count.label, count.n) for count in found.counts] == [
        ("L1", 1),
        ("L2", 1),
        ("L3", 0),
        ("L4", 1),
        ("L5", 2),
    ]
    assert (found.mean, found.median) == (3.4, 4)
    assert found.top_two is not None
    assert (found.top_two.k, found.top_two.n) == (3, 5)


def test_the_two_best_options_are_the_lowest_where_lower_is_better() -> None:
    asked = questionnaire([{"id": "x"}], scales={"five": {"direction": "lower-is-better", "options": FIVE}})
    people = [{"group": "business", "answers": {"x": value}} for value in "12455"]
    top = cell(score(wave(asked, people)), "x", "business").top_two
    assert top is not None
    assert top.k == 2


@pytest.mark.parametrize("direction", ["higher-is-better", "lower-is-better"])
def test_polarised_answers_are_told_by_points(direction: str) -> None:
    """Three at one end and two at the other; low means few points, whatever the values are."""
    asked = questionnaire([{"id": "x"}], scales={"five": {"direction": direction, "options": FIVE}})
    people = [{"group": "business", "answers": {"x": value}} for value in "11155"]
    report = score(wave(asked, people))
    told = next(h for h in report.highlights if h.kind == "polarised")
    low, high = (3, 2) if direction == "higher-is-better" else (2, 3)
    assert told.figures == {"group": "business leaders", "n": 5, "low": low, "high": high}


def test_several_options_can_be_polarised() -> None:
    options = [{"value": str(value), "label": f"L{value}"} for value in (1, 1.5, 7.5)]
    asked = questionnaire([{"id": "x", "answer": {"kind": "multiple", "options": options}}])
    answers = (["1"], ["1"], ["7.5"], ["1", "7.5"])
    people = [{"group": "business", "answers": {"x": chosen}} for chosen in answers]
    told = next(h for h in score(wave(asked, people)).highlights if h.kind == "polarised")
    assert (told.figures["low"], told.figures["high"]) == (2, 2)


def test_one_against_one_is_no_divided_group() -> None:
    asked = questionnaire([{"id": "x"}])
    people = [{"group": "business", "answers": {"x": value}} for value in "15"]
    report = score(wave(asked, people))
    assert cell(report, "x", "business").polarised is False
    assert "polarised" not in {highlight.kind for highlight in report.highlights}


@pytest.mark.parametrize(
    ("answer", "answers"),
    [
        ({"kind": "scale", "scale": "five"}, ["1"] * 2 + ["5"] * 98),
        ({"kind": "yes-no"}, ["no"] * 5 + ["yes"] * 5),
    ],
)
def test_a_few_at_one_end_or_a_question_without_a_middle_is_no_divided_group(
    answer: dict[str, Any], answers: list[str]
) -> None:
    report = score(
        wave(
            questionnaire([{"id": "x", "answer": answer}]),
            [{"group": "it", "answers": {"x": value}} for value in answers],
        )
    )
    assert cell(report, "x", "it").polarised is False
    assert "polarised" not in {highlight.kind for highlight in report.highlights}


def test_a_low_score_says_how_many_stand_in_the_lower_half() -> None:
    backwards = {"direction": "lower-is-better", "options": FIVE}
    asked = questionnaire([{"id": "x", "scored": ["business"]}], scales={"five": backwards})
    people = [{"group": "business", "answers": {"x": value}} for value in "54433"]
    told = next(h for h in score(wave(asked, people)).highlights if h.kind == "low-score")
    assert told.figures == {"score": 30, "k": 3, "n": 5, "group": "business leaders", "label": "L4"}


def test_targets_apart_from_what_is_now() -> None:
    """Both want 75: they are behind, not in disagreement. A target without an answer counts as a target."""
    asked = questionnaire([{"id": "x"}], contrast=BOTH)
    people = several(3, "business", x={"now": "2", "want": "4"}) + several(1, "business", x={"want": "4"})
    people += several(3, "it", x={"now": "4", "want": "4"})
    report = score(wave(asked, people))
    wants = [(each.want.n, each.want.points) for each in question(report, "x").groups if each.want]
    assert wants == [(4, 75), (3, 75)]
    told = next(highlight for highlight in report.highlights if highlight.kind == "targets-agree")
    assert told.figures["behind"] == "yes"


def test_nothing_is_concluded_from_a_target_that_fewer_than_half_named() -> None:
    """All of IT want 75; of nine business leaders at 25 first three want it, then two more."""
    asked = questionnaire([{"id": "x"}], contrast=BOTH)
    it = several(2, "it", x={"now": "4", "want": "4"})

    def told_of(named: int) -> tuple[list[str], list[str]]:
        business = several(named, "business", x={"now": "2", "want": "4"})
        report = score(wave(asked, business + several(9 - named, "business", x="2") + it))
        assert cell(report, "x", "business").want == Want(n=named, points=75)
        goals = [h.text for h in report.highlights if h.kind.startswith(("target", "behind"))]
        return goals, [note.text for note in report.notes if note.kind == "wants"]

    assert told_of(3) == (
        [],
        ["Fewer than half named a goal, so nothing is concluded: X (3 of 9 business leaders want 75)."],
    )
    assert told_of(5) == (
        ["X: both sides want 75 (5 of 9 and 2 of 2 named a goal): behind, not in disagreement."],
        [],
    )


def test_a_slight_gap_does_not_stand_out_however_reliable() -> None:
    """Everybody in the business answers 96 points, everybody in IT 100, then 90."""
    values = ("0", "90", "96", "100")
    fine = {"options": [{"value": value, "label": f"L{value}"} for value in values]}
    asked = questionnaire([{"id": "x"}], scales={"five": fine}, contrast=BOTH)

    def told_of(it: str) -> tuple[bool, list[str], list[str]]:
        report = score(wave(asked, several(9, "business", x="96") + several(9, "it", x=it)))
        gap = question(report, "x").gap
        assert gap is not None
        kinds = [h.kind for h in report.highlights if "gap" in h.kind]
        return gap.reliable, kinds, [asked.kind for asked in report.for_the_room]

    assert told_of("100") == (True, [], [])
    assert told_of("90") == (True, ["reliable-gap"], ["gap"])


def test_a_target_stands_without_any_answer() -> None:
    asked = questionnaire([{"id": "x"}, {"id": "y"}])
    found = cell(score(wave(asked, several(2, "business", x={"want": "4"}, y="3"))), "x", "business")
    assert (found.n, found.score, found.want) == (0, None, Want(n=2, points=75))


# Stated facts

FACTS: list[dict[str, Any]] = [
    {"id": "x"},
    {"id": "mapped", "answer": {"kind": "ratio"}},
    {"id": "ideas", "answer": {"kind": "ratio"}, "weight": "1/2"},
]


@pytest.mark.parametrize(
    ("facts", "confidential", "said"),
    [
        (
            {"mapped": {"count": "5", "of": "10", "source": "CIO, 3 November"}, "ideas": "1/10"},
            "false",
            "60 % of the overall rests on two facts that were stated, not counted from a plans file "
            "(CIO, 3 November).",
        ),
        (
            {"mapped": {"count": "5", "of": "10", "source": "CIO, 3 November"}},
            "true",
            "50 % of the overall rests on a fact that was stated, not counted from a plans file.",
        ),
        ({"mapped": "n/a"}, "false", None),
    ],
)
def test_what_rests_on_the_word_of_somebody_is_told(
    facts: dict[str, Any], confidential: str, said: str | None
) -> None:
    people = several(5, "business", x="3")
    report = score(wave(questionnaire(FACTS), people, facts=facts, confidential=confidential))
    assert next((note.text for note in report.notes if note.kind == "stated"), None) == said


# Fewer is better

FEWER = [["0", "100"], ["1/10", "100"], ["1/2", "0"]]
FALLING: list[dict[str, Any]] = [
    {"id": "days", "answer": {"kind": "number", "points": [["0", "100"], ["10", "20"]]}},
    {"id": "late", "answer": {"kind": "ratio", "points": FEWER}, "evidence": "plans-mapped"},
]


@pytest.mark.parametrize(
    ("facts", "scores"),
    [
        ({"days": "4", "late": "3/10"}, (68, 50)),
        ({"days": "0", "late": "0/10"}, (100, 100)),
        ({"days": "40", "late": "9/10"}, (20, 0)),
    ],
)
def test_points_may_fall_as_the_amount_rises(facts: dict[str, str], scores: tuple[float, float]) -> None:
    report = score(wave(questionnaire(FALLING), [], facts=facts))
    assert tuple(each.score for each in report.questions) == scores
    (note,) = [note.text for note in report.notes if note.kind == "points"]
    assert (
        note == "Late: 1 in 10 earns 100 points and 1 in 2 earns 0; that is this questionnaire's convention."
    )


def test_an_absent_fact_could_still_be_anything_on_its_curve() -> None:
    days = question(score(wave(questionnaire(FALLING), [], facts={"late": "0/10"})), "days")
    assert (days.score, days.bounds) == (None, Interval(low=20, high=100))


@pytest.mark.parametrize(("stated", "kind"), [("6/10", "stated-unsupported"), ("9/10", None)])
def test_a_statement_that_flatters_is_a_smaller_one_where_fewer_is_better(
    stated: str, kind: str | None
) -> None:
    """The files show 8 of 10; all of these earn nothing."""
    shown = Evidence(id="plans-mapped", count=8, of=10, points=80)
    digest = Digest(indicators=(shown,), plans=(), objectives=(), units=(), organization=None)
    report = with_words(
        score_wave(wave(questionnaire(FALLING), [], facts={"late": stated}), Request(digest=digest))
    )
    assert next((h.kind for h in report.highlights if h.kind.startswith("stated")), None) == kind


# Cuts and advice


def test_a_cut_sets_the_values_of_an_attribute_side_by_side() -> None:
    """South is one person: a mean, and no overall."""
    asked = questionnaire([{"id": "x", "scored": ["business"]}])
    people = several(1, "business", {"unit": "south"}, x="5")
    people += several(3, "business", {"unit": "north"}, x="2") + several(4, "business", x="3")
    report = score(wave(asked, people), by="unit")
    found = [(cut.value, cut.who, cut.respondents.total, cut.overall.score) for cut in report.cuts]
    assert found == [
        ("north", "value", 3, 25),
        ("south", "value", 1, None),
        ("not recorded", "not-recorded", 4, 50),
    ]
    assert why(report.cuts[1].overall.reason) == "fewer than three people have an answer that counts"
    assert [cut.questions[0].score for cut in report.cuts] == [25, 100, 50]
    text = " ".join(printed(report, width=80).split())
    assert "Overall 25 - 50" in text
    assert "x 25 (3) 100 (1) 50 (4) south, overall: fewer than three people have an answer" in text


def test_people_whose_answers_are_not_scored_make_no_overall() -> None:
    """South has three people, but north has nobody of IT: one business leader alone would speak for south."""
    people = several(3, "business", {"unit": "north"}, x="2") + several(
        1, "business", {"unit": "south"}, x="5"
    )
    people += several(2, "it", {"unit": "south"}, x="1")
    report = score(wave(questionnaire([{"id": "x"}]), people), by="unit")
    assert [(cut.respondents.total, cut.overall.score) for cut in report.cuts] == [(3, 25), (3, None)]
    told = [note.text for note in report.notes if note.kind == "cut"]
    assert told == ["Scored by unit without IT leaders: x. In some unit they gave no answer."]


def test_the_overall_of_a_cut_is_not_rounded_into_a_level() -> None:
    """66.67 in each value, and the upper level begins a third of a point above."""
    levels = [{"id": "low", "title": "Low", "at_least": "0"}, {"id": "top", "title": "Top", "at_least": "67"}]
    asked = questionnaire([{"id": "x", "answer": {"kind": "yes-no"}}], levels=levels)
    people = several(2, "business", {"unit": "north"}, x="yes") + several(
        1, "business", {"unit": "north"}, x="no"
    )
    text = printed(score(wave(asked, people), by="unit"), width=80)
    assert text.split("BY UNIT")[1].split()[:6] == ["north", "People", "3", "Overall", "66.7", "likely"]


def test_a_cut_says_nothing_of_a_group_that_nowhere_answered() -> None:
    people = several(3, "business", {"unit": "north"}, x="2") + several(1, "it", {"unit": "north"})
    report = score(wave(questionnaire([{"id": "x"}]), people), by="unit")
    assert [note for note in report.notes if note.kind == "cut"] == []


def test_values_that_others_answered_have_means_and_no_score() -> None:
    """Business leaders of Sales say 25, IT leaders of IT say 50: that says nothing of Sales and IT."""
    people = several(3, "business", {"unit": "Sales"}, x="2") + several(4, "it", {"unit": "IT"}, x="3")
    report = score(wave(questionnaire([{"id": "x"}]), people), by="unit")
    means = [[cell.score for cell in cut.questions[0].groups] for cut in report.cuts]
    assert means == [[None, 50], [25, None]]
    assert [cut.overall.score for cut in report.cuts] == [None, None]
    text = " ".join(printed(report, width=80).split())
    assert "x business leaders - 25 (3) IT leaders 50 (4) - IT and Sales, overall and All: no group" in text
    assert text.count("no group answered everywhere") == 1


def test_facts_are_the_organisations_and_stand_in_no_cut() -> None:
    """All plans are mapped (100 points), which says nothing of a unit whose leaders answer 1."""
    asked = questionnaire([{"id": "x"}, {"id": "mapped", "answer": {"kind": "ratio"}}])
    people = several(3, "business", {"unit": "north"}, x="1") + several(
        3, "business", {"unit": "south"}, x="3"
    )
    report = score(wave(asked, people, facts={"mapped": "4/4"}), by="unit")
    assert report.overall.score == 62.5
    assert [(cut.overall.score, [each.id for each in cut.questions]) for cut in report.cuts] == [
        (0, ["x"]),
        (50, ["x"]),
    ]


def test_a_cut_rests_on_the_questions_that_every_value_can_answer() -> None:
    """`y` is scored from IT, of whom South has none; `x` from both, so in the cut from business alone."""
    asked = questionnaire(
        [{"id": "x", "dimension": "one"}, {"id": "y", "dimension": "two", "scored": ["it"]}],
        dimensions=[{"id": "one", "title": "One"}, {"id": "two", "title": "Two"}],
    )
    people = several(3, "business", {"unit": "north"}, x="3", y="1")
    people += several(3, "it", {"unit": "north"}, x="1", y="5")
    people += several(3, "business", {"unit": "south"}, x="3", y="1")
    report = score(wave(asked, people), by="unit")
    assert [(cut.value, cut.overall.score) for cut in report.cuts] == [("north", 50), ("south", 50)]
    assert [[(q.id, q.scored) for q in cut.questions] for cut in report.cuts] == [[("x", ("business",))]] * 2
    assert [[dimension.id for dimension in cut.dimensions] for cut in report.cuts] == [["one"]] * 2
    text = " ".join(printed(report, width=80).split())
    assert text.count("Left out by unit: y. In some unit nobody has an answer that is scored.") == 1


def test_an_attribute_that_nobody_has_is_refused() -> None:
    asked = questionnaire([{"id": "x"}])
    with pytest.raises(UsageError, match=r"No respondent has `unti` under `about`\. Did you mean unit\?"):
        score(wave(asked, several(1, "business", {"unit": "north"}, x="5")), by="unti")


def advised(when: Mapping[str, Any]) -> Questionnaire:
    advice = [{"id": "act", "title": "Act", "when": when}]
    return questionnaire([{"id": "x"}, {"id": "y"}], contrast=BOTH, advice=advice)


@pytest.mark.parametrize(
    ("when", "given"),
    [
        ({"question": "x", "below": "26"}, True),
        ({"question": "x", "below": "25"}, False),
        ({"question": "x", "at_least": "25"}, True),
        ({"dimension": "all", "at_least": "51"}, False),
        ({"overall": "overall", "below": "100"}, True),
        ({"gap": "x", "at_least": "50"}, True),
        ({"gap": "y", "at_least": "1"}, False),
        ({"all": [{"question": "x", "below": "30"}, {"question": "y", "below": "30"}]}, False),
        ({"any": [{"question": "x", "below": "30"}, {"question": "y", "below": "30"}]}, True),
    ],
)
def test_advice_is_given_when_its_condition_holds(when: Mapping[str, Any], given: bool) -> None:
    """x: business 0, IT 50, score 25. y: one IT leader above three of business, no reliable gap; score 75."""
    people = several(5, "business", x="1", y="3") + several(4, "it", x="3") + several(1, "it", x="3", y="5")
    report = score(wave(advised(when), people))
    assert (question(report, "x").score, question(report, "y").score) == (25, 75)
    assert [advice.id for advice in report.advice] == (["act"] if given else [])


def test_what_expectations_would_make_of_the_overall_is_not_rounded_into_a_level() -> None:
    """Business leaders say 62.5, IT expects 86.5: 74.5 in the mean, and the next level begins at 75."""
    of_200 = [{"value": str(value), "label": f"L{value}"} for value in range(201)]
    levels = [{"id": "low", "title": "Low", "at_least": "0"}, {"id": "top", "title": "Top", "at_least": "75"}]
    asked = questionnaire(
        [{"id": "x", "answer": {"kind": "choice", "options": of_200}, "scored": ["business"]}], levels=levels
    )
    people = several(3, "business", x="L125") + several(3, "it", x="L173")
    notes = [note.text for note in score(wave(asked, people)).notes]
    assert "Had the expectations of IT leaders been scored as well, the overall would be 74.5." in notes


def test_values_too_fine_for_a_decimal_are_read_again() -> None:
    """The questionnaire is built anew to say what IT's expectations would change."""
    fine = [{"value": value, "label": f"L{value}"} for value in ("0", "0.00001", "0.00002")]
    asked = questionnaire(
        [{"id": "x", "answer": {"kind": "choice", "options": fine}, "scored": ["business"]}]
    )
    people = several(2, "business", x="L0.00001") + several(2, "it", x="L0.00002")
    notes = [note.text for note in score(wave(asked, people)).notes]
    assert "Had the expectations of IT leaders been scored as well, the overall would be 75." in notes
