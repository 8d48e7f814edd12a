"""How findings speak of lists, money, time and shares."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from convergence_cli.checking.wording import amount, days, listed, percent


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["a"], "a"),
        (["a", "b"], "a and b"),
        (["a", "b", "c"], "a, b and c"),
        (list("abcdef"), "a, b, c, d, e and f"),
        (list("abcdefgh"), "a, b, c, d, e and 3 more"),
    ],
)
def test_a_list_is_a_sentence_and_a_long_one_is_counted(words: list[str], said: str) -> None:
    assert listed(words) == said


@pytest.mark.parametrize(
    ("currency", "value", "said"),
    [("EUR", "130000", "EUR 130,000"), ("EUR", "0.5", "EUR 0.50"), ("", "-5.00", "-5")],
)
def test_money_has_cents_only_where_there_are_some(currency: str, value: str, said: str) -> None:
    assert amount(currency, Decimal(value)) == said


def test_time_and_shares() -> None:
    assert (days(1), days(1200), percent(Fraction(3, 4)), percent(Fraction(1, 8))) == (
        "1 day",
        "1,200 days",
        "75 %",
        "12.5 %",
    )
