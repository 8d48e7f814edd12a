"""What stands out, said in words; figures and lists as people write them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from reports import changed, example, highlight, northwind

import convergence_cli.scoring
from convergence_cli.render import phrases
from convergence_cli.render.say import HIGHLIGHTS, REASONS, with_words
from convergence_cli.results.score import Highlight

SCORING = Path(convergence_cli.scoring.__path__[0])
CODE = r'"([a-z]+(?:-[a-z]+)+|hidden|unread)"'
SHOWN = {each.kind: each for each in example().highlights}
"""The kinds of the example: its golden report says them."""
TOLD = """
polarised (awareness) {group: IT leaders, low: 4, high: 5, n: 10}
=> Awareness: IT leaders are of two minds: 4 answered low and 5 answered high, of 10.
lowest-dimension (responsiveness) {score: 35, overall: 48.7}
=> Responsiveness is the lowest dimension: 35, against 49 overall.
friction () {points: 21.5, questions: 4, chance: 8, higher_group: ~, higher_count: ~}
=> The two sides are 22 points apart by weight on four questions.
friction () {points: 21.5, questions: 4, chance: 8, higher_group: IT leaders, higher_count: 3}
=> The two sides are 22 points apart by weight on four questions; IT leaders answer higher on three.
of-two-minds () {groups: business leaders and IT leaders, questions: "awareness, contribution"}
=> Business leaders and IT leaders are of two minds on two questions, most on awareness.
of-two-minds () {groups: the business, questions: awareness}
=> The business is of two minds on awareness.
low-scores () {count: 7, of: 90, below: 40, lowest: "awareness, contribution"}
=> Seven of 90 questions score below 40; the lowest are awareness and contribution.
low-score (awareness) {score: 20}
=> Awareness: the score is 20 of 100.
low-score (awareness) {score: 20, group: business leaders, k: 8, n: 10}
=> Awareness: 8 of 10 business leaders answered below the middle.
could-not-say (awareness) {group: business leaders, count: 3, asked: 8}
=> Awareness: 3 of 8 business leaders could not say.
behind-target (awareness) {group: the business, now: 45, want: 83}
=> Awareness: the business says 45 and wants 83.
targets-differ (awareness) {first: 83, second: 60, first_group: business leaders, second_group: IT}
=> Awareness: business leaders want 83, IT wants 60.
targets-agree (contribution) {first: 83, second: 80, first_group: business leaders, second_group: IT leaders}
=> Contribution: both sides want about the same, business leaders 83 and IT leaders 80.
clipped-fact (ideas-taken-up) {value: ~, count: 5, of: 10, points: 100}
=> Ideas taken up: 5 of 10 lies beyond what the questionnaire gives points for, so it earns 100.
stated-unsupported (plan-mapping, P-08, P-09) {file_count: 5, file_of: 10,
   stated_count: 11, stated_of: 12, source: CIO}
=> Plans mapped: 5 of 10 by the plans file, not 11 of 12 as reported. Against it stand P-08 and P-09.
stated-otherwise (plan-mapping, P-08) {file_count: 9, file_of: 10,
   stated_count: 9, stated_of: 12, outside: "P-1, P 2"}
=> Plans mapped: 9 of 10 by the plans file, not 9 of 12 as reported. Against it stands P-08.
   P-1 and P 2 are outside the count.
stated-otherwise (plan-mapping) {file_count: 2, file_of: 2, stated_count: 1, stated_of: 1, outside: O-1}
=> Plans mapped: 2 of 2 by the plans file, not 1 of 1 as reported. O-1 is outside the count.
uncovered-objectives (O-1, O-2, O-3, O-4) {count: 4, priority: high}
=> Four objectives of high priority have no plan with a go-ahead: O-1, O-2, O-3 and O-4.
"""
"""Kind, what it is about, figures; and the sentence."""
SAID = [
    (highlight(kind, *filter(None, ids.split(", ")), **yaml.safe_load(figures)), said)
    for kind, ids, figures, said in re.findall(
        r"^(\S+) \((.*)\) (\{.*\})\n=> (.*)$", re.sub(r"\n +", " ", TOLD), re.M
    )
]


def said_of(stands_out: Highlight) -> str:
    return with_words(northwind(highlights=(stands_out,))).highlights[0].text


@pytest.mark.parametrize(("stands_out", "said"), SAID, ids=lambda each: getattr(each, "kind", ""))
def test_a_highlight_has_its_words(stands_out: Highlight, said: str) -> None:
    assert said_of(stands_out) == said


def test_no_kind_is_without_an_example() -> None:
    assert len(SAID) == TOLD.count("=>")
    assert HIGHLIGHTS.keys() <= {each.kind for each, _ in SAID} | SHOWN.keys()


@pytest.mark.parametrize(
    ("kind", "figures", "said"),
    [
        ("reliable-gap", {"second_scored": "yes"}, "speed: business leaders say 35, IT leaders say 64."),
        ("reliable-gap", {"second_group": "IT"}, "speed: business leaders say 35, IT expects 64."),
        (
            "reliable-gap",
            {"first_scored": "no", "second_scored": "yes"},
            "speed: IT leaders say 64, business leaders expect 35.",
        ),
    ],
)
def test_who_is_scored_says_and_who_is_not_expects(kind: str, figures: dict[str, Any], said: str) -> None:
    shown = SHOWN[kind]
    assert said_of(changed(shown, text="", figures=shown.figures | figures)).endswith(said)


def test_words_are_filled_in_once_for_all_formats() -> None:
    assert all(each.text for each in example().highlights)
    assert with_words(example()) == example()


@pytest.mark.parametrize(
    ("value", "cuts", "read"),
    [
        (0.5, [], "1"),
        (48.5, [], "49"),
        (48.49999999999999, [], "49"),  # 48.5 computed as 4.85 * 10 - 1e-14 is still a half
        (-0.5, [], "-1"),
        (-0.4, [], "0"),
        (62.499999, [], "62"),
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
def test_points_are_rounded_half_up_and_never_across_a_cut(
    value: float, cuts: list[float], read: str
) -> None:
    assert phrases.points(value, cuts) == read


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
    assert set(given) == set(REASONS)
