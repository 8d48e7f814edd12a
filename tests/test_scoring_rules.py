"""Each scoring rule by a small example that can be followed by hand: a questionnaire, answers, figures."""

from __future__ import annotations

from collections.abc import Mapping
from fractions import Fraction
from statistics import mean, stdev
from typing import Any

import pytest
import yaml
from reports import flat
from waves import FIVE, figure, questionnaire, several, wave

from convergence_cli import score
from convergence_cli.problems import UsageError
from convergence_cli.render.say import with_words
from convergence_cli.results.common import Evidence, Interval
from convergence_cli.results.digest import Digest
from convergence_cli.results.score import Overall, ScoreReport
from convergence_cli.scoring.estimates import GroupPart, composite_interval
from convergence_cli.scoring.report import Request, assembled

BOTH = ["business", "it"]

EXAMPLES = """
a text is kept and never scored:
  questions: {why: {answer: {kind: text}}, x: {}}
  people: [[1, business, {why: Slow., x: 4}]]
  then: {why.score: null, why.bounds: null, why.business.n: 1, overall.score: 75}
  says: ["Slow."]

four states stay four, bounds fill 7 open answers beside 2 of 75, and who is not scored moves nothing:
  questions: {x: {scored: [business]}}
  people:
    - [2, business, {x: 4}]
    - [1, business, {x: n/a}]
    - [3, business, {x: dont-know}]
    - [4, business, {}]
    - [1, it, {x: 1}]
  then:
    x.score: 75
    x.coverage: 2/9
    x.bounds.low: 150/9
    x.bounds.high: 850/9
    x.business: {asked: 10, n: 2, not_applicable: 1, dont_know: 3, skipped: 4}

group means are weighted by group, not by people:
  groups: [{id: business, title: B}, {id: it, title: I, weight: 3}]
  people: [[9, business, {x: 1}], [1, it, {x: 5}]]
  then: {x.score: 75}

a group without answers leaves its weight to the others:
  people: [[2, business, {x: 4}], [2, it, {x: dont-know}]]
  then: {x.score: 75}

who only expects is not nobody:
  questions: {x: {scored: [business]}}
  people: [[2, business, {}], [4, it, {x: 4}]]
  then: {x.reason: no answers from business leaders; IT leaders only say what they expect}

that somebody could not say goes before that it applies to nobody:
  questions: {x: {scored: [business]}}
  people: [[1, business, {x: dont-know}], [1, business, {x: n/a}], [4, it, {x: 4}]]
  then: {x.reason: nobody could say}

that nobody could say is an answer:
  people: [[3, business, {x: dont-know}]]
  then: {overall.score: null, overall.reason: nobody could say, x.business.dont_know: 3}

an open question keeps its weight:
  questions: {x: {}, y: {weight: 2}}
  people: [[2, business, {x: 5, y: dont-know}]]
  then: {overall.score: null, all.reason: "only 1/3 of its weight has a score, and 1/2 is needed"}

one that applies to nobody leaves with its weight:
  questions: {x: {}, y: {weight: 2}}
  people: [[2, business, {x: 5, y: n/a}]]
  then: {overall.score: 100, y.reason: not applicable to anybody asked}

under lowest a skipped answer is 0 points in the score and counts in no mean:
  scoring: {missing: lowest}
  people: [[1, business, {x: 5}], [1, business, {}], [1, business, {x: dont-know}], [1, it, {x: 3}]]
  then:
    x: {score: 50, coverage: 0.5}
    x.business: {n: 1, skipped: 1, score: 100, mean: 5}
    x.gap.points: -50
    notes.missing: ["A skipped answer counts as 0 points here (missing: lowest)."]

what a group says does not depend on that; 100, 75, 50 and 75, 50, 25 are 62.5, with two of 0 (225 + 150) / 8:
  scoring: {missing: lowest}
  questions: {x: {}, y: {}}
  people: [[1, it, {x: 5, y: 4}], [1, it, {x: 4}], [1, it, {y: 3}], [1, it, {x: 3, y: 2}]]
  then: {overall.score: 46.875, all.it.score: 62.5, all.business.score: null}

an absent fact is open:
  questions: &fact {x: {}, plans: {answer: {kind: ratio}}}
  people: [[1, business, {x: 3}]]
  then: {overall: {score: 50, coverage: 1}, overall.bounds: {low: 25, high: 75}}
  says: ["Not given: Plans."]

a fact that does not apply:
  questions: *fact
  people: [[1, business, {x: 3}]]
  facts: {plans: n/a}
  then: {plans.score: null, plans.reason: not applicable, notes.facts-share: []}

a fact that nobody knows:
  questions: *fact
  people: [[1, business, {x: 3}]]
  facts: {plans: dont-know}
  then: {plans.score: null, plans.reason: nobody could say}

a fact beyond its curve is told:
  questions: {ideas: {answer: {kind: number, points: [[0, 0], [10, 100]]}}}
  facts: {ideas: {value: 12, source: CIO}}
  then: {ideas.fact: {value: 12, source: CIO, clipped: true}, overall.score: 100}

nothing but more answers is advised on the word of two:
  levels: [{id: low, title: Low, at_least: 0}]
  people: [[2, business, {x: 1}]]
  then: {one_thing.kind: more-answers, overall.score: 0}
  says: ["Get more answers: a conclusion takes three people."]

what rests on the word of somebody is told:
  questions: {x: {}, mapped: {answer: {kind: ratio}}, ideas: {answer: {kind: ratio}, weight: 1/2}}
  people: [[5, business, {x: 3}]]
  facts: {mapped: {count: 5, of: 10, source: "CIO, 3 November"}, ideas: 1/10}
  then:
    notes.facts-share: ["60 % rests on reported facts."]

points may fall as the amount rises:
  questions: &falling
    days: {answer: {kind: number, points: [[0, 100], [10, 20]]}}
    late: {answer: {kind: ratio, points: [[0, 100], [1/10, 100], [1/2, 0]]}, evidence: plans-mapped}
  facts: {days: 4, late: 3/10}
  then:
    days.score: 68
    late.score: 50
    notes.points:
      - "Late: 1 in 10 earns 100 points and 1 in 2 earns 0; that is this questionnaire's convention."

an absent fact could still be anything on its curve:
  questions: *falling
  facts: {late: 0/10}
  then: {days.score: null, days.bounds: {low: 20, high: 100}}

a level is floor and never rounding:
  levels: &levels [{id: low, title: Low, at_least: 0}, {id: mid, title: Mid, at_least: 50}, {id: top,
    title: Top, at_least: 75}]
  people: [[102, business, {x: 4}], [1, business, {x: 3}]]
  then: {overall.score: 7700/103, overall.level: mid}

who only expects, or gave no answer, lends weight to no level:
  levels: *levels
  questions: {x: {scored: [business]}}
  people: [[2, business, {x: 5}], [3, business, {}], [3, business, {x: dont-know}], [3, it, {x: 5}]]
  then: {overall.level: null, overall.to_next_level: null}
  says: ["No level is named: two people gave an answer that counts, and it takes three."]

a level from three people on:
  levels: *levels
  people: [[2, business, {x: 1}], [1, it, {x: 1}]]
  then: {overall.level: low, notes.level: []}

a gap of a dimension is over what both answered, a voice over all its own:
  questions: {x: {}, y: {groups: [business]}}
  people: [[4, business, {x: 2, y: 5}], [4, it, {x: 4}]]
  then: {all.business: {n: 4, score: 62.5}, all.it.score: 75, all.gap.points: 50}

plus means that the second group is above; 1 deal of 70 is as far apart on either side:
  contrast: [it, business]
  people: [[4, business, {x: 2}], [4, it, {x: 4}]]
  then: {x.gap: {points: -50, reliable: true}}

the chance of friction needs four answers a side:
  people: [[4, business, {x: 2}], [3, it, {x: 4}]]
  then: {friction: {points: 50, chance: null}}

the two best are the lowest where lower is better, and low means few points:
  scales: &down
    five:
      direction: lower-is-better
      options: [{value: 1, label: L1}, {value: 2, label: L2}, {value: 3, label: L3}, {value: 4, label: L4},
        {value: 5, label: L5}]
  people: [[3, business, {x: 1}], [2, business, {x: 5}]]
  then:
    x.business.top_two.k: 3
    highlights.polarised: [{group: business leaders, n: 5, low: 2, high: 3}]

several options can be polarised:
  questions:
    x:
      answer:
        kind: multiple
        options: [{value: 1, label: A}, {value: 1.5, label: B}, {value: 7.5, label: C}]
  people: [[2, it, {x: [A]}], [1, it, {x: [C]}], [1, it, {x: [A, C]}]]
  then: {"highlights.polarised": [{group: IT leaders, n: 4, low: 2, high: 2}]}

a question without a middle divides nobody:
  questions: {x: {answer: {kind: yes-no}}}
  people: [[5, it, {x: "no"}], [5, it, {x: "yes"}]]
  then: {x.it.polarised: false, highlights.polarised: []}

a low score says how many stand in the lower half:
  questions: {x: {scored: [business]}}
  scales: *down
  people: [[1, business, {x: 5}], [2, business, {x: 4}], [2, business, {x: 3}]]
  then: {highlights.low-score: [{score: 30, k: 3, n: 5, group: business leaders, label: L4}]}

a target counts without an answer, and both want 75, so they are behind and not in disagreement:
  people:
    - [3, business, {x: {now: 2, want: 4}}]
    - [1, business, {x: {want: 4}}]
    - [2, it, {x: {now: 4, want: 4}}]
    - [2, it, {x: 4}]
  then:
    x.business.n: 3
    x.business.want: {n: 4, points: 75}
    texts.targets-agree:
      - "X: both sides want 75."

nothing is concluded from a target that fewer than half named:
  people: [[4, business, {x: {now: 2, want: 4}}], [5, business, {x: 2}], [2, it, {x: {now: 4, want: 4}}]]
  then:
    highlights.targets-agree: []
    notes.wants:
      - "Fewer than half named a goal, so nothing is concluded: X (4 of 9 business leaders want 75)."

a slight gap does not stand out however reliable:
  scales: &fine
    five:
      options:
        [{value: 0, label: A}, {value: 90, label: B}, {value: 96, label: C}, {value: 100, label: D}]
  people: [[9, business, {x: C}], [9, it, {x: D}]]
  then: {x.gap.reliable: true, highlights.reliable-gap: []}

one of six points does:
  scales: *fine
  people: [[9, business, {x: C}], [9, it, {x: B}]]
  then: {x.gap: {reliable: true, points: -6}}
  says: ["Is x at 90 or 96? Which case shows it?"]

what expectations would make of the overall:
  questions: {x: {scored: [business]}}
  people: [[3, business, {x: 3}], [3, it, {x: 4}]]
  then:
    notes.expectations: ["Had the expectations of IT leaders been scored as well, the overall would be 63."]

a cut sets values side by side, and one person is a mean and no overall:
  questions: {x: {scored: [business]}}
  people: [[1, south business, {x: 5}], [3, north business, {x: 2}], [4, business, {x: 3}]]
  then:
    north: {respondents.total: 3, overall.score: 25}
    south: {respondents.total: 1, overall.score: null, x.score: 100}
    south.overall.reason: fewer than three people have an answer that counts
    not recorded: {who: not-recorded, overall.score: 50}
  says: ["Overall 25 - 50", "x 25 (3) 100 (1) 50 (4) south, overall: fewer than three people have an answer"]

people whose answers are not scored make no overall of a cut:
  people: [[3, north business, {x: 2}], [1, south business, {x: 5}], [2, south it, {x: 1}]]
  then:
    north.overall.score: 25
    south: {respondents.total: 3, overall.score: null}
    notes.cut: ["Scored by unit without IT leaders: x. In some unit they gave no answer."]

a cut says nothing of a group that nowhere answered:
  people: [[3, north business, {x: 2}], [1, north it, {}]]
  then: {notes.cut: []}

values that others answered have means and no score:
  people: [[3, Sales business, {x: 2}], [4, IT it, {x: 3}]]
  then: {IT: {x.business.score: null, x.it.score: 50, overall.score: null}, Sales.overall.score: null}
  says:
    - "x business leaders - 25 (3) IT leaders 50 (4) - IT and Sales, overall and All: no group answered"

facts are the organisation's and stand in no cut:
  questions: *fact
  facts: {plans: 4/4}
  people: [[3, north business, {x: 1}], [3, south business, {x: 3}]]
  then: {overall.score: 62.5, north.overall.score: 0, south.overall.score: 50}

a cut rests on what every value can answer; y is scored from IT, of whom south has none, and x from both:
  questions: {x: {}, y: {scored: [it]}}
  people: [[3, north business, {x: 3, y: 1}], [3, north it, {x: 1, y: 5}], [3, south business, {x: 3, y: 1}]]
  then: {north: {overall.score: 50, x.scored: [business]}, south: {overall.score: 50, x.scored: [business]}}
  says: ["Left out by unit: y. In some unit nobody has an answer that is scored."]
"""


def figure_of(report: ScoreReport, path: str) -> Any:
    """A figure; `north.x.score` of a cut, the figures of `highlights` by their kind, and texts."""
    first, _, rest = path.partition(".")
    if first in ("texts", "highlights"):
        some = [told for told in report.highlights if told.kind == rest]
        return [told.text if first == "texts" else told.figures for told in some]
    if first == "notes":
        return [note.text for note in report.notes if note.kind == rest]
    cuts = {cut.value: cut for cut in report.cuts}
    return figure(cuts[first], rest) if first in cuts else figure(report, path)


def wave_of(example: Mapping[str, Any]) -> Any:
    """`questions` by id, one `x` unless said; `people` as [how many, (unit and) group, answers]."""
    apart = ("questions", "people", "facts", "confidential", "then", "says")
    parts = {"contrast": BOTH} | {key: part for key, part in example.items() if key not in apart}
    asked = [{"id": name, **each} for name, each in example.get("questions", {"x": {}}).items()]
    people = []
    for count, who, answers in example.get("people", []):
        *unit, group = who.split()
        people += several(int(count), group, {"unit": unit[0]} if unit else {}, **answers)
    header = {key: example[key] for key in ("facts", "confidential") if key in example}
    return wave(questionnaire(asked, **parts), people, **header)


def near(expected: Any) -> Any:
    if isinstance(expected, str) and expected[:1].isdigit() and "/" in expected:
        expected = float(Fraction(expected))
    return pytest.approx(expected) if isinstance(expected, float) else expected


AS_TEXT, EXPECTED = yaml.load(EXAMPLES, yaml.BaseLoader), yaml.safe_load(EXAMPLES)


@pytest.mark.parametrize("rule", EXPECTED)
def test_example(rule: str) -> None:
    example = AS_TEXT[rule]
    cut = any(" " in who for _, who, _ in example.get("people", []))
    report = score(wave_of(example), by="unit" if cut else None)
    for path, expected in EXPECTED[rule]["then"].items():
        for key, value in expected.items() if isinstance(expected, dict) else [("", expected)]:
            found = figure_of(report, f"{path}.{key}" if key else path)
            assert (list(found) if isinstance(found, tuple) else found) == near(value), f"{path}.{key}"
    for text in example.get("says", ()):
        assert text in flat(report, full=True)


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
    """Numbers are clamped at the ends of their curve; the ratio of 1/4 is three quarters of 1/3."""
    report = score(wave(questionnaire([{"id": "q", "answer": answer}]), several(1, "business", q=given)))
    assert report.questions[0].score == pytest.approx(points)


# S2 to S5: who answers, and how much of it


@pytest.mark.parametrize(("needed", "points"), [("1/3", 100), ("0.3333", 100), ("0.3334", None)])
def test_the_share_that_must_be_answered_is_exact(needed: str, points: float | None) -> None:
    asked = questionnaire([{"id": "x"}, {"id": "y"}, {"id": "z"}], scoring={"min_answered": needed})
    assert score(wave(asked, several(1, "business", x="5"))).overall.score == points


# S7: the variances of a composite, written out person by person

POINTS: dict[str, list[tuple[float | None, float | None]]] = {
    "business": [(0, 100), (25, 75), (25, None), (50, 50), (75, 0), (None, 25), (None, None)],
    "it": [(75, 75), (100, None), (50, 25)],
}
"""Of each person for `x` and for `y`; `x` has the weight 2, and `y` is not scored from IT."""
Shares = dict[int, float]
"""a_q w_gq of the questions that are scored for the group."""


def survey(*groups: str, **header: Any) -> Overall:
    asked = questionnaire([{"id": "x", "weight": "2"}, {"id": "y", "scored": ["business"]}], contrast=BOTH)
    people = [
        {
            "group": group,
            "answers": {n: f"{1 + p / 25:g}" for n, p in zip("xy", row, strict=True) if p is not None},
        }
        for group in groups
        for row in POINTS[group]
    ]
    return score(wave(asked, people, **header)).overall


def given_to(group: str, place: int) -> list[float]:
    return [points for row in POINTS[group] if (points := row[place]) is not None]


def ends(interval: Interval | None) -> tuple[float, float]:
    assert interval is not None
    return interval.low, interval.high


def by_person(group: str, share: Shares) -> tuple[int, float]:
    """n_g and the sum of z_i^2 over n_g (n_g - 1), written out."""
    people = [row for row in POINTS[group] if any(row[place] is not None for place in share)]
    n, given = len(people), {place: given_to(group, place) for place in share}
    total = 0.0
    for row in people:
        told = ((weight, row[place], given[place]) for place, weight in share.items())
        total += sum(w * n / len(all_) * (p - mean(all_)) for w, p, all_ in told if p is not None) ** 2
    return n, total / (n * (n - 1))


def expected(overall: Overall, parts: list[GroupPart]) -> tuple[float, float]:
    assert overall.score is not None
    return ends(composite_interval(overall.score, 0, parts, 2, lone_binary=False)[0])


@pytest.mark.parametrize("population", [{}, {"business": 9, "it": 4}, {"it": 3}])
def test_interval_of_the_whole_person_by_person(population: dict[str, int]) -> None:
    """7 business leaders, one of whom answered nothing (n_g = 6), and 3 of IT, of whom `y` is not scored."""
    shares = {"business": {0: 1 / 3, 1: 1 / 3}, "it": {0: 1 / 3}}
    parts = []
    for group, share in shares.items():
        n, variance = by_person(group, share)
        parts.append(GroupPart(sum(share.values()), n, population.get(group), variance))
    overall = survey(*BOTH, population={group: str(n) for group, n in population.items()})
    assert ends(overall.interval) == pytest.approx(expected(overall, parts))


def test_confidential_groups_are_spread_by_their_counts_alone() -> None:
    """No one's two answers are joined, nor counted together: 5 answered each question, 6 one of them."""
    share = {0: 2 / 3, 1: 1 / 3}
    errors = [weight * stdev(given_to("business", place)) / 5**0.5 for place, weight in share.items()]
    overall = survey("business", confidential="true", min_group_size="3")
    by_counts = [GroupPart(1, 5, None, sum(errors) ** 2)]
    assert ends(overall.interval) == pytest.approx(expected(overall, by_counts))
    assert by_counts[0].variance > 2 * by_person("business", share)[1]


# Stated facts, cuts and advice


@pytest.mark.parametrize(("stated", "kind"), [("6/10", "stated-unsupported"), ("9/10", None)])
def test_a_statement_that_flatters_is_a_smaller_one_where_fewer_is_better(
    stated: str, kind: str | None
) -> None:
    """The files show 8 of 10; all of these earn nothing."""
    fewer = {"kind": "ratio", "points": [["0", "100"], ["1/10", "100"], ["1/2", "0"]]}
    asked = questionnaire([{"id": "late", "answer": fewer, "evidence": "plans-mapped"}])
    shown = Evidence(id="plans-mapped", count=8, of=10, points=80)
    digest = Digest(indicators=(shown,), plans=(), objectives=(), units=(), organization=None)
    told = wave(asked, [], facts={"late": stated})
    report = with_words(assembled(told, Request(digest=digest)).report())
    assert next((h.kind for h in report.highlights if h.kind.startswith("stated")), None) == kind


def test_an_attribute_that_nobody_has_is_refused() -> None:
    asked = questionnaire([{"id": "x"}])
    with pytest.raises(UsageError, match=r"No respondent has `unti` under `about`\. Did you mean unit\?"):
        score(wave(asked, several(1, "business", {"unit": "north"}, x="5")), by="unti")


HOLDS: list[dict[str, Any]] = [
    {"question": "x", "below": "26"},
    {"question": "x", "at_least": "25"},
    {"overall": "overall", "below": "100"},
    {"gap": "x", "at_least": "50"},
    {"any": [{"question": "x", "below": "30"}, {"question": "y", "below": "30"}]},
]
DOES_NOT: list[dict[str, Any]] = [
    {"question": "x", "below": "25"},
    {"dimension": "all", "at_least": "51"},
    {"gap": "y", "at_least": "1"},
    {"all": [{"question": "x", "below": "30"}, {"question": "y", "below": "30"}]},
]


def test_advice_is_given_when_its_condition_holds() -> None:
    """x: business 0, IT 50, score 25. y: one IT leader above three of business, no reliable gap; score 75."""
    advice = [{"id": f"a{n}", "title": "Act", "when": when} for n, when in enumerate(HOLDS + DOES_NOT)]
    asked = questionnaire([{"id": "x"}, {"id": "y"}], contrast=BOTH, advice=advice)
    people = several(5, "business", x="1", y="3") + several(4, "it", x="3") + several(1, "it", x="3", y="5")
    report = score(wave(asked, people))
    assert [question.score for question in report.questions] == [25, 75]
    assert {advice.id for advice in report.advice} == {f"a{n}" for n in range(len(HOLDS))}
