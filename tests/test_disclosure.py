"""No answer follows from all that is printed of a small confidential survey (rule S12).

`benchmarks/disclosure.py` looks at up to eight people; here are the surveys of up to four.
"""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from running import benchmark

from convergence_cli.scoring.privacy import Privacy, answers
from convergence_cli.scoring.tally import Tally

disclosure = benchmark("disclosure")


@pytest.mark.parametrize("scored", [("business", "it"), ("business",)])
def test_nobodys_answer_and_no_hidden_sum_follows(scored: tuple[str, ...]) -> None:
    found = disclosure.enumerate_all(scored, disclosure.DONT_KNOW, 4)
    assert found.surveys == 2666
    assert found.inherent
    assert found.leaks == []


def test_the_composites_of_two_questions_are_made_of_counts_alone() -> None:
    assert disclosure.two_questions(4).leaks == []


def test_it_sees_what_a_weaker_rule_gives_away(monkeypatch: pytest.MonkeyPatch) -> None:
    """Were answers counted and people not, a lone "don't know" would be printed."""

    def by_answers(privacy: Privacy, tally: Tally, groups: Sequence[str], index: int) -> bool:
        return privacy.too_few(sum(answers(tally, group, index) for group in groups))

    monkeypatch.setattr(Privacy, "is_small", by_answers)
    assert disclosure.enumerate_all(("business", "it"), disclosure.DONT_KNOW, 4).leaks
