"""Counts of answers: one pass, and two tallies add up to the tally of both."""

from __future__ import annotations

from collections import Counter

from waves import questionnaire, several, tally_of, wave

from convergence_cli.model.responses import State
from convergence_cli.scoring.tally import Tally

ASKED = questionnaire([{"id": "speed"}, {"id": "trust"}])
PEOPLE = [
    *several(2, "business", speed="2", trust={"now": "4", "want": "5"}),
    *several(1, "business", speed="n/a", trust={"want": "3"}),
    *several(1, "it", speed="L5", trust="dont-know"),
]


def test_people_are_counted_by_their_pattern_of_answers() -> None:
    """Codes are the places of the options; a target alone is a skipped answer."""
    tally = tally_of(wave(ASKED, PEOPLE).respondents)
    assert tally.people == {
        "business": Counter({(1, 3): 2, (State.NOT_APPLICABLE, State.SKIPPED): 1}),
        "it": Counter({(4, State.DONT_KNOW): 1}),
    }
    assert tally.wants == {("business", 1): Counter({4: 2, 2: 1})}
    assert (tally.size("business"), tally.size("it"), tally.size("brm"), tally.total) == (3, 1, 0, 4)


def test_codes_of_one_question() -> None:
    tally = tally_of(wave(ASKED, PEOPLE).respondents)
    assert tally.codes("business", 0) == Counter({1: 2, State.NOT_APPLICABLE: 1})
    assert tally.codes("brm", 0) == Counter()


def test_tallies_add_up() -> None:
    rows = list(wave(ASKED, PEOPLE).respondents)
    assert tally_of(rows[:1]) + tally_of(rows[1:]) == tally_of(rows)
    assert sum([tally_of([row]) for row in rows], Tally()) == tally_of(rows)


def test_adding_leaves_both_as_they_were() -> None:
    rows = list(wave(ASKED, PEOPLE).respondents)
    first, second = tally_of(rows[:2]), tally_of(rows[2:])
    total = first + second
    total.add(rows[0])
    assert (first, second) == (tally_of(rows[:2]), tally_of(rows[2:]))
