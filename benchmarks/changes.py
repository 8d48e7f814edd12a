"""How often `compare` calls a change reliable where nothing has changed (rule S16).

Two waves are drawn from one distribution of answers, some people answering twice; the change of the mean
of their questions, and of the mean of two groups, is then judged as the program judges it.

    python benchmarks/changes.py [RUNS]       1,000 runs of each configuration unless RUNS says otherwise
"""

from __future__ import annotations

import itertools
import random
import sys
from collections import Counter
from statistics import fmean

from convergence_cli.scoring.two_waves import GroupTwice, change_interval, correlation

SHAPES = [
    ("two options, even", [1, 1]),
    ("two options, 30 and 70 %", [3, 7]),
    ("two options, 10 and 90 %", [1, 9]),
    ("five options, even", [1, 1, 1, 1, 1]),
    ("five options, most in the middle", [5, 20, 50, 20, 5]),
    ("five options, most at the top", [2, 3, 10, 35, 50]),
    ("five options, at both ends", [45, 3, 4, 3, 45]),
    ("five options, nearly all alike", [0, 2, 8, 80, 10]),
]
SIZES = [  # of each group, in the old and in the new wave
    *([(2, 2)], [(3, 3)], [(3, 12)], [(5, 5)], [(5, 20)], [(12, 4)], [(10, 10)], [(20, 20)]),
    *([(5, 5), (2, 2)], [(10, 10), (3, 3)], [(12, 12), (3, 5)], [(8, 8), (6, 6)]),
]
STAYED = [(0.0, 0.0), (0.5, 0.7), (1.0, 0.3), (1.0, 0.8)]
"""The share of people in both waves, and the share of answers that they give again."""
QUESTIONS = [(1, 0.0), (4, 0.5)]
"""How many, and the share of questions that a person answers like the first."""


class Draw:
    """Answers of people by one distribution."""

    def __init__(self, dice: random.Random, shape: list[int], questions: int, alike: float) -> None:
        self.dice, self.shape, self.questions, self.alike = dice, shape, questions, alike
        self.points = [100 * option / (len(shape) - 1) for option in range(len(shape))]

    def answer(self) -> float:
        return self.dice.choices(self.points, self.shape)[0]

    def person(self) -> list[float]:
        first = self.answer()
        rest = range(self.questions - 1)
        return [first, *(first if self.dice.random() < self.alike else self.answer() for _ in rest)]

    def again(self, person: list[float], kept: float) -> list[float]:
        return [each if self.dice.random() < kept else self.answer() for each in person]

    def group(
        self, n_old: int, n_new: int, share: float, kept: float, weight: float
    ) -> tuple[float, GroupTwice]:
        """The change of the group's part of the score, and how sure it is."""
        both = round(min(n_old, n_new) * share)
        old = [self.person() for _ in range(n_old)]
        new = [self.again(old[n], kept) if n < both else self.person() for n in range(n_new)]
        before, after = ([weight * fmean(person) for person in wave] for wave in (old, new))
        pairs = Counter(zip(before[:both], after[:both], strict=True))
        spreads = variance_of_mean(before), variance_of_mean(after)
        return fmean(after) - fmean(before), GroupTwice(*spreads, n_old, n_new, both, correlation(pairs))


def variance_of_mean(scores: list[float]) -> float:
    centre = fmean(scores)
    return sum((score - centre) ** 2 for score in scores) / (len(scores) * (len(scores) - 1))


def is_reliable(draw: Draw, sizes: list[tuple[int, int]], share: float, kept: float) -> bool:
    groups = [draw.group(*size, share, kept, 1 / len(sizes)) for size in sizes]
    interval, _ = change_interval(sum(change for change, _ in groups), [spread for _, spread in groups])
    return interval is not None and not interval.low <= 0 <= interval.high


CASES = list(itertools.product(SHAPES, SIZES, STAYED, QUESTIONS))


def false_alarms(case: int, runs: int, seed: str) -> float:
    """The share of runs that call a change reliable."""
    (_, weights), sizes, (share, kept), (questions, alike) = CASES[case]
    draw = Draw(random.Random(f"{seed} {case}"), weights, questions, alike)
    return sum(is_reliable(draw, sizes, share, kept) for _ in range(runs)) / runs


def in_words(case: int) -> str:
    (shape, _), sizes, (share, _), (questions, _) = CASES[case]
    people = ", ".join(f"{old} then {new}" for old, new in sizes)
    return f"{shape}; {people} people, {share:.0%} of them both times; {questions} questions"


if __name__ == "__main__":
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 1000
    shares = {case: false_alarms(case, runs, "first") for case in range(len(CASES))}
    sys.stdout.write(f"{len(CASES)} configurations: {fmean(shares.values()):.1%} false alarms on average\n")
    # The highest of many shares is high by luck too: the worst are drawn anew.
    worst = sorted(shares, key=lambda case: -shares[case])[:20]
    again = sorted(((false_alarms(case, 10 * runs, "again"), in_words(case)) for case in worst), reverse=True)
    sys.stdout.writelines(f"{share:6.1%}  {words}\n" for share, words in again)
