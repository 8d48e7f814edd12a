"""How well the statistics keep their promises: coverage of the 95 % intervals, and false alarms.

    python benchmarks/coverage.py              # two minutes
    python benchmarks/coverage.py --runs 100   # a quick look

Needs nothing but the installed program. Where all ways to answer can be counted the figure is exact; the
rest is simulated from a fixed seed, so two runs print the same. Tables begin with their worst case.
"""

from __future__ import annotations

import argparse
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import accumulate, product
from random import Random
from typing import NamedTuple

from convergence_cli.scoring.deals import chance_gap, chance_gap_by_moments
from convergence_cli.scoring.estimates import (
    AnswerKind,
    Counts,
    Estimate,
    GroupPart,
    composite_interval,
    group_interval,
    linearised_variance,
    sd,
    separate_variance,
)
from convergence_cli.scoring.gaps import gap_reliable

SEED = 1729
SHARES = (0.5, 0.7, 0.8, 0.9, 0.95)
"""Mean answers, as shares of the scale: the lower half mirrors the upper."""
Shape = Sequence[float]
"""How likely each option is, the options evenly spread from 0 to 100 points."""


class Case(NamedTuple):
    coverage: float
    name: str


def points_of(options: int) -> list[float]:
    return [100 * rank / (options - 1) for rank in range(options)]


def ends(options: int, share: float) -> Shape:
    """Everybody stands at an end of the scale."""
    return (1 - share, *[0.0] * (options - 2), share)


def bell(options: int, share: float) -> Shape:
    """Answers gather about their mean, as a binomial's do."""
    n = options - 1
    return [math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(options)]


def wide(options: int, share: float) -> Shape:
    """Half of them gather, half stand at the ends."""
    return [(a + b) / 2 for a, b in zip(ends(options, share), bell(options, share), strict=True)]


def mean_of(shape: Shape) -> float:
    return math.fsum(p * points for p, points in zip(shape, points_of(len(shape)), strict=True))


def holds(estimate: Estimate, mean: float) -> bool:
    interval = estimate[0]
    return interval is not None and interval.low - 1e-9 <= mean <= interval.high + 1e-9


# One question, exactly


@lru_cache(maxsize=64)
def ways_to_answer(n: int, options: int) -> list[tuple[int, ...]]:
    """How many of n people can choose each option."""
    if options == 1:
        return [(n,)]
    return [(k, *rest) for k in range(n + 1) for rest in ways_to_answer(n - k, options - 1)]


def likelihood(counts: Sequence[int], shape: Shape) -> float:
    deals = math.factorial(sum(counts)) // math.prod(map(math.factorial, counts))
    return deals * math.prod(p**count for p, count in zip(shape, counts, strict=True))


def question_case(n: int, kind: AnswerKind, name: str, shapes: Sequence[Shape]) -> Case:
    """The worst coverage of a question's interval over some shapes."""
    options = len(shapes[0])
    estimates = [
        (
            counts,
            group_interval(dict(zip(points_of(options), counts, strict=True)), kind=kind, population=None),
        )
        for counts in ways_to_answer(n, options)
        if all(any(shape[rank] for shape in shapes) for rank, count in enumerate(counts) if count)
    ]
    found = [
        (sum(likelihood(counts, shape) for counts, found in estimates if holds(found, mean)), mean)
        for shape in shapes
        for mean in [mean_of(shape)]
    ]
    worst, mean = min(found)
    return Case(worst, f"{n:3} people, {name}, mean {mean:.1f}")


def questions() -> Iterator[Case]:
    """The interval of one group's answers to one question."""
    fine = [k / 500 for k in range(250, 500)]
    for n in (2, 3, 4, 5, 6, 8, 9, 12, 20):
        shapes = [ends(5, share) for share in fine]
        yield question_case(n, "ordinal", "yes or no, or all at both ends", shapes)
        for name, shape in (("gathered", bell), ("half at the ends", wide)):
            for options in (3, 5) if n <= 12 else (3,):
                shapes = [shape(options, share) for share in SHARES]
                yield question_case(n, "ordinal", f"{options} options, {name}", shapes)


def number_cases(runs: int) -> Iterator[Case]:
    """Numbers have the t interval alone; the second shape has a long tail, as amounts of money have."""
    for name, power in (("numbers spread evenly", 1), ("numbers with a long tail", 3)):
        for n in (3, 5, 8, 12, 20):
            random = Random(SEED)
            drawn = (Counter(100 * random.random() ** power for _ in range(n)) for _ in range(runs))
            hits = [
                holds(group_interval(x, kind="numeric", population=None), 100 / (power + 1)) for x in drawn
            ]
            yield Case(sum(hits) / runs, f"{n:3} people, {name}")


# Several questions, simulated


class Survey(NamedTuple):
    """People of one or two groups answer equally weighted questions of one shape.

    ``alike``: how likely each answer is the person's one opinion; else it is drawn anew.
    """

    people: tuple[int, ...]
    questions: int
    alike: float


PEOPLE = ((3,), (5,), (8,), (12,), (20,), (3, 9), (5, 5), (20, 20))
QUESTIONS = (4, 8, 20)
ALIKE = (0, 0.8, 0.95, 1)


def people_of(survey: Survey, n: int, shape: Shape, random: Random) -> list[list[float]]:
    """The points of n people, a row each."""
    options = points_of(len(shape))
    answers = random.choices(options, cum_weights=list(accumulate(shape)), k=n * (survey.questions + 1))
    rows = []
    for person in range(n):
        own, *fresh = answers[person * (survey.questions + 1) : (person + 1) * (survey.questions + 1)]
        rows.append([own if random.random() < survey.alike else other for other in fresh])
    return rows


def composite_hits(survey: Survey, shape: Shape, random: Random) -> tuple[bool, bool]:
    """Whether the interval of the composite holds the true mean: attributable, and confidential."""
    share, weight = 1 / len(survey.people), 1 / len(survey.people) / survey.questions
    score, whole, counted = 0.0, [], []
    for n in survey.people:
        rows = people_of(survey, n, shape, random)
        means = Counter(math.fsum(row) / survey.questions for row in rows)
        centre = math.fsum(mean * count for mean, count in means.items()) / n
        score += share * centre
        z = ((share * (mean - centre), count) for mean, count in means.items())
        whole.append(GroupPart(share, n, None, linearised_variance(z, n)))
        spreads = (sd(Counter(column)) or 0.0 for column in zip(*rows, strict=True))
        counted.append(GroupPart(share, n, None, separate_variance((weight, s, n) for s in spreads)))
    true = mean_of(shape)
    one, other = (
        holds(composite_interval(score, 0, parts, survey.questions, lone_binary=False), true)
        for parts in (whole, counted)
    )
    return one, other


def coverages(survey: Survey, shape: Shape, runs: int) -> tuple[float, float]:
    random = Random(SEED)
    hits = [composite_hits(survey, shape, random) for _ in range(runs)]
    return sum(one for one, _ in hits) / runs, sum(other for _, other in hits) / runs


def composites(runs: int, options: int) -> Iterator[tuple[str, list[tuple[float, float]]]]:
    """For each survey, by how alike a person's answers are, the coverage at the worst mean."""
    shapes = [(ends if options == 2 else bell)(options, share) for share in SHARES]
    for people, questions in product(PEOPLE, QUESTIONS):
        row = []
        for alike in ALIKE:
            found = [coverages(Survey(people, questions, alike), shape, runs) for shape in shapes]
            row.append((min(whole for whole, _ in found), min(counted for _, counted in found)))
        yield f"{'+'.join(map(str, people)):8} {questions:9}", row


# Gaps


def alarms(n1: int, n2: int, shape: Shape) -> float:
    """How often people of one mind, dealt to two sides, show a gap that is called reliable: exactly."""
    points = points_of(len(shape))

    def outcomes(n: int) -> list[tuple[Counts, float]]:
        every = ((counts, likelihood(counts, shape)) for counts in ways_to_answer(n, len(shape)))
        return [(dict(zip(points, counts, strict=True)), chance) for counts, chance in every if chance]

    return math.fsum(
        one * other
        for (first, one), (second, other) in product(outcomes(n1), outcomes(n2))
        if gap_reliable(first, second, numeric=False)[1]
    )


def number_alarms(n1: int, n2: int) -> float:
    """The same of numbers that all differ: every deal of their ranks is as likely."""
    everybody = range(n1 + n2)
    deals = [deal for deal in product((0, 1), repeat=n1 + n2) if sum(deal) == n2]
    sides = ([Counter(float(i) for i in everybody if deal[i] == side) for side in (0, 1)] for deal in deals)
    return sum(gap_reliable(first, second, numeric=True)[1] for first, second in sides) / len(deals)


def false_alarms() -> Iterator[Case]:
    for n1, n2 in ((3, 3), (4, 3), (5, 2), (4, 4), (6, 2), (5, 4), (5, 5), (8, 4)):
        shapes = {"yes or no": [ends(2, share) for share in SHARES]}
        shapes["5 options, gathered"] = [bell(5, share) for share in SHARES]
        shapes["5 options, even"] = [[0.2] * 5]
        for name, some in shapes.items():
            yield Case(max(alarms(n1, n2, shape) for shape in some), f"{n1} against {n2}, {name}")
        yield Case(number_alarms(n1, n2), f"{n1} against {n2}, numbers that all differ")


def chance_errors() -> Iterator[tuple[str, float, float]]:
    """How far the chance value is off, and the formula that it once was: yes or no, by the hypergeometric."""
    for n1, n2 in ((4, 4), (5, 4), (8, 4), (7, 13), (20, 20), (100, 100), (101, 101), (300, 300)):
        for yes in {(n1 + n2) // 2, (n1 + n2) // 5}:
            deals = [
                (k, math.comb(n1, k) * math.comb(n2, yes - k))
                for k in range(max(0, yes - n2), min(n1, yes) + 1)
            ]
            sizes = sum(ways * abs(k * n2 - (yes - k) * n1) for k, ways in deals)
            true = 100 * sizes / (math.comb(n1 + n2, yes) * n1 * n2)
            first = min(n1, yes)
            sides = {0.0: n1 - first, 100.0: first}, {0.0: n2 - yes + first, 100.0: yes - first}
            name = f"{n1} against {n2}, {yes} of {n1 + n2} say yes"
            yield name, chance_gap(*sides) / true - 1, chance_gap_by_moments(*sides) / true - 1


# The page


def say(line: str) -> None:
    sys.stdout.write(line + "\n")


def worst_first(title: str, cases: Iterator[Case], most: int, *, highest: bool = False) -> None:
    say(f"\n{title}")
    for case in sorted(cases, reverse=highest)[:most]:
        say(f"  {case.coverage:.3f}  {case.name}")


def surveys(title: str, rows: Iterator[tuple[str, list[tuple[float, float]]]], most: int) -> None:
    say(f"\nInterval of a composite, {title}; coverage at the worst mean, attributable and confidential:")
    say("  people   questions  " + "     ".join(f"alike {alike:<5}" for alike in ALIKE).rstrip())
    for name, row in sorted(rows, key=lambda row: min(map(min, row[1])))[:most]:
        say(f"  {name}  " + "     ".join(f"{whole:.3f} {counted:.3f}" for whole, counted in row))


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=1000, help="simulated surveys for each case (1000)")
    runs = parser.parse_args().runs
    worst_first("Interval of a question, coverage (exact), worst 15:", questions(), 15)
    worst_first(f"Interval of a question, numbers ({10 * runs} runs):", number_cases(10 * runs), 10)
    noise = f"standard error {math.sqrt(0.09 / runs):.3f}"
    surveys(f"yes or no ({runs} runs, {noise})", composites(runs, 2), 24)
    fewer = max(1, runs // 5)
    surveys(f"five options, gathered ({fewer} runs), worst 5", composites(fewer, 5), 5)
    worst_first("False alarms of `reliable` (exact), worst 12:", false_alarms(), 12, highest=True)
    say("\nChance value of a gap: error, and error of sqrt(2/pi) times the standard deviation:")
    for name, error, by_moments in sorted(chance_errors(), key=lambda row: -abs(row[2])):
        say(f"  {error:+.3f}  {by_moments:+.3f}  {name}")


if __name__ == "__main__":
    main()
