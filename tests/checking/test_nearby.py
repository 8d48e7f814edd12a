"""The nearest right id among thousands."""

from __future__ import annotations

from convergence_cli.checking.nearby import Neighbours

MANY = Neighbours([f"P-{number}" for number in range(5000)])


def test_a_slip_of_the_hand_comes_first() -> None:
    assert MANY.of("p-1O")[0] == "P-10"


def test_one_letter_too_many_too_few_or_swapped_is_near() -> None:
    assert "P-1234" in MANY.of("P-12344")
    assert MANY.of("P-1243")[0] == "P-1243"
    assert Neighbours(["DR-913", "DR-555"]).of("DR-931") == ["DR-913"]
