"""Where the missing points are (rule S17), the order of advice by them, and the one thing to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given
from waves import questionnaire, several, wave, waves, whole_reports

from convergence_cli import read, score
from convergence_cli.checking.registry import RULES
from convergence_cli.model.wave import Wave
from convergence_cli.problems import NothingToDo
from convergence_cli.render.say import with_words
from convergence_cli.results.score import ScoreReport
from convergence_cli.scoring.missing import missing
from convergence_cli.scoring.report import Request, assembled

RESPONSES = Path(__file__).parent.parent / "examples" / "responses.yaml"
RATIO = {"kind": "ratio"}
LEVELS = [
    {"id": "low", "title": "Low", "at_least": "0"},
    {"id": "mid", "title": "Mid", "at_least": "40", "every_dimension_at_least": "50"},
    {"id": "high", "title": "High", "at_least": "75"},
]
TWO = [{"id": "a", "title": "A"}, {"id": "b", "title": "B", "weight": "3"}]


@whole_reports
@given(waves())
def test_they_sum_to_what_is_short_of_100_exactly_and_the_largest_come_first(drawn: Wave) -> None:
    """What a question could move lies within the bounds."""
    try:
        told = assembled(drawn, Request())
    except NothingToDo:
        assume(False)
    overall, report = told.survey.tree, told.report()
    assert sum(missing(overall).values()) == (0 if overall.value is None else 100 - overall.value)
    points = [each.points for each in report.missing_points if each.points is not None]
    move = [each.could_move for each in report.missing_points if each.could_move is not None]
    assert (points, move) == (sorted(points, reverse=True), sorted(move, reverse=True))
    assert len(points) + len(move) == len(report.missing_points)
    if report.overall.bounds:
        assert sum(move) <= report.overall.bounds.high - report.overall.bounds.low + 1e-9
    unscored = {question.id for question in report.questions if question.score is None}
    assert {each.question for each in report.missing_points if each.could_move is not None} <= unscored


def small(people: list[dict[str, Any]], **header: Any) -> ScoreReport:
    """Two dimensions of weight 1 and 3; three questions in the second, the last of them a fact."""
    asks = [{"id": "x"}, {"id": "y", "dimension": "b"}, {"id": "z", "dimension": "b"}]
    fact = {"id": "f", "dimension": "b", "answer": RATIO}
    return score(wave(questionnaire([*asks, fact], dimensions=TWO, levels=LEVELS), people, **header))


def found(report: ScoreReport) -> list[tuple[str, float | None, float | None]]:
    return [(each.question, each.points, each.could_move) for each in report.missing_points]


def test_by_hand() -> None:
    """x stands at 25 and weighs 1/4; y at 50 and z at 100 weigh 3/8 each, as nobody gave the fact. With it
    each would weigh 1/4, so that it could move the overall by 25. 62.5 is above 40, but A is below its 50.
    """
    report = small(several(3, "it", x="2", y="3", z="5"))
    assert found(report) == [("x", 18.75, None), ("y", 18.75, None), ("z", 0.0, None), ("f", None, 25.0)]
    assert (report.overall.score, report.overall.level, report.overall.to_next_level) == (62.5, "low", 0.0)
    full = small(several(3, "it", x="3", y="3", z="5"), facts={"f": "1/2"})
    assert (full.overall.level, full.overall.to_next_level) == ("mid", 12.5)
    top = small(several(3, "it", x="5", y="5", z="5"), facts={"f": "1/1"})
    assert (top.overall.to_next_level, {points for _, points, _ in found(top)}) == (None, {0.0})


def test_a_hidden_question_says_nothing_but_its_weight() -> None:
    """Two people of a confidential wave answered z: whatever they said, it could still be anything."""
    told = [
        found(small([*several(3, "it", x="4", y="3"), *several(2, "it", z=z)], confidential="true"))
        for z in ("1", "5")
    ]
    assert told[0] == told[1]
    assert told[0][-2:] == [("z", None, 25.0), ("f", None, 25.0)]


def test_northwind_misses_most_where_the_business_waits() -> None:
    """By hand: (100 - 34.615385) / 3 of response speed, (100 - 50) / 3 of the plans."""
    report = score(read(RESPONSES))
    first, second, *_ = report.missing_points
    assert (first.question, second.question) == ("response-speed", "plan-mapping")
    assert [first.points, second.points] == pytest.approx([21.794872, 50 / 3])
    assert report.overall.to_next_level == pytest.approx(75 - 48.435783)


PLANS = """\
currency: EUR
objectives:
  - {id: O-1, title: One, owner: CEO, approved: {by: Board, on: 2026-01-01}}
  - {id: O-2, title: Two, owner: CFO}
  - {id: O-3, title: Three, status: met, approved: {by: Board, on: 2026-01-01}}
plans:
  - {id: P-0, title: Mapped, serves: O-1, budget: 1}
  - {id: P-1, title: Excused, no_objective_because: keeps the lights on, budget: 99}
"""
NONE = "  - {id: P-2, title: None, owner: CIO, budget: 5}\n"
OVER = "  - {id: P-3, title: Over, owner: CTO, serves: O-3, budget: 7}\n"
WAITING = "  - {id: P-4, title: Waiting, owner: CDO, serves: O-2, budget: 9}\n"
ADVICE = [
    {"id": "whole", "title": "Talk", "when": {"overall": "overall", "below": "99"}},
    {"id": "x", "title": "Look", "it": "Look.", "when": {"question": "x", "below": "99"}},
    {"id": "all", "title": "Do all", "when": {"dimension": "all", "below": "99"}},
    {"id": "map", "title": "Map", "when": {"question": "mapped", "below": "99"}},
]


def advised(folder: Path, plans: str, *advice: str, **header: Any) -> ScoreReport:
    mapped = {"id": "mapped", "answer": RATIO, "evidence": "plans-mapped", "weight": "2"}
    some = [each for each in ADVICE if each["id"] in advice]
    asked = questionnaire([{"id": "x"}, mapped], advice=some)
    (folder / "plans.yaml").write_text(plans, encoding="utf-8")
    said = wave(asked, several(5, "it", x="4"), **header)
    return with_words(score(said, plans=[folder / "plans.yaml"], today="2026-11-20"))


def test_advice_is_ordered_by_what_its_figures_miss(tmp_path: Path) -> None:
    """x misses 25/3 and mapped 100/3: the dimension holds both, and the whole stands last."""
    report = advised(tmp_path, PLANS + NONE, "whole", "x", "all", "map")
    assert [each.id for each in report.advice] == ["all", "map", "x", "whole"]
    assert report.one_thing is not None
    assert (report.one_thing.kind, report.one_thing.ids) == ("advice", ("all",))


@pytest.mark.parametrize(
    ("plans", "ids", "business", "it"),
    [
        (NONE, ["P-2"], "Name the objective that P-2 serves now.", "Close P-2 if it serves none (CIO)."),
        (
            NONE + OVER + WAITING,
            ["P-2", "P-3", "P-4"],
            "Name the objective that P-3 serves now.",
            "Close P-3 if it serves none (CTO).",
        ),
        (
            WAITING,
            ["P-4"],
            "Write who approved O-2, and when or where (CFO).",
            "Name an approved objective that P-4 serves now, or close it (CDO).",
        ),
    ],
)
def test_the_one_thing_for_plans_is_what_the_check_says(
    tmp_path: Path, plans: str, ids: list[str], business: str, it: str
) -> None:
    thing = advised(tmp_path, PLANS + plans, "x", "map").one_thing
    assert thing is not None
    assert (thing.kind, thing.ids, thing.business, thing.it) == ("map-plans", ("map", *ids), business, it)
    remedy = next(rule.mend for rule in RULES if rule.name == "objective-ended")
    assert remedy == "Name the objective it serves now, or close it."
    secret = advised(tmp_path, PLANS + plans, "x", "map", confidential="true").one_thing
    assert secret is not None
    assert not {"CIO", "CTO", "CDO", "CFO"} & set(str(secret).replace("(", " ").replace(")", " ").split())


def test_a_plan_that_is_excused_is_never_the_one_thing(tmp_path: Path) -> None:
    """P-1 gives its reason and P-3 was delivered for O-3: the next advice is the one thing, if any."""
    done = OVER.replace("budget", "status: delivered, budget")
    report = advised(tmp_path, PLANS + done, "x", "map")
    assert [each.id for each in report.advice] == ["map", "x"]
    assert report.one_thing is not None
    assert (report.one_thing.kind, report.one_thing.ids, report.one_thing.it) == ("advice", ("x",), "Look.")
    assert advised(tmp_path, PLANS, "whole", "map").one_thing is None
