"""Every small confidential survey, and what follows from everything that is printed of it.

One question on three options, asked of two groups (business leaders and IT leaders) in two units, at most
eight people, `min_group_size` 3. Everybody knows who took part, in which group and unit; answers are secret.
Surveys with the same people and the same publication cannot be told apart, so something is *determined*
where it is the same in all of them:

- a person's answer. People of one group and unit are alike, so it is determined where, in all of these
  surveys together, they chose one option at most (those who did not answer are left aside);
- a sum of hidden points: of some groups in some units, or a difference of two such sums, that does not
  follow from the sums of shown cells.

It is *inherent* where a shown cell of three people or more is unanimous: all in it who answered gave the
same answer, as where its mean is at an end of the scale, or nobody in it answered. Whatever else is
determined is a leak. Where only the *number* of those in a hidden group who answered follows, it is counted
apart: that groups are joined, or a question left out of the cut, tells that some of them did not answer.

The publication is the JSON of the report and of its opened figures, with the cut by unit; text, CSV and the
rest are functions of these (`render` never computes). Surveys are counted without regard to who of a group
and unit gave which answer. `two_questions` does the same for two and asks for more: that nothing
printed depends on anything but each shown cell's counts, question by question.

    python benchmarks/disclosure.py            # ten minutes on an idle machine
    python benchmarks/disclosure.py --people 5
"""

from __future__ import annotations

import argparse
import hashlib
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from itertools import combinations_with_replacement, product
from operator import mul

from convergence_cli.model.answers import Code, Respondent
from convergence_cli.model.questionnaire import Questionnaire
from convergence_cli.model.responses import State
from convergence_cli.model.wave import Wave
from convergence_cli.problems import NothingToDo
from convergence_cli.results.score import Question
from convergence_cli.scoring.cuts import Cut, Cuts, cuts_of
from convergence_cli.scoring.privacy import Privacy
from convergence_cli.scoring.report import Request, ScoredWave, assembled
from convergence_cli.scoring.tally import Tally

GROUPS = ("business", "it")
UNITS = ("north", "south")
BLOCKS = tuple(product(GROUPS, UNITS))
"""People who are alike to a reader: those of one group in one unit."""
LEAST = 3
PRIVACY = Privacy(confidential=True, least=LEAST)
POINTS: Mapping[Code, int] = {0: 0, 1: 1, 2: 2}
DONT_KNOW = (0, 1, 2, State.DONT_KNOW)
EVERY_STATE = (*DONT_KNOW, State.SKIPPED, State.NOT_APPLICABLE)

Sizes = tuple[int, ...]
"""How many people there are in each block."""
Answers = tuple[Code, ...]
Survey = tuple[Answers, ...]
"""What the people of each block answered, in no order."""
Cell = tuple[int, ...]
"""The blocks whose answers are shown as one."""
Vector = tuple[int, ...]
"""What is added (1) and subtracted (-1), block by block."""


def questionnaire(scored: Sequence[str], questions: int = 1) -> Questionnaire:
    """`questions` on three options, asked of both groups; the gap is reported."""
    options = [{"value": str(n), "label": f"L{n}"} for n in (1, 2, 3)]
    asked = {"dimension": "all", "text": "How is it?", "scored": list(scored)}
    return Questionnaire.model_validate(
        {
            "id": "small",
            "version": "1",
            "title": "Small",
            "groups": [{"id": group, "title": group} for group in GROUPS],
            "contrast": list(GROUPS),
            "dimensions": [{"id": "all", "title": "All"}],
            "questions": [
                {"id": f"q{n}", **asked, "answer": {"kind": "choice", "options": options}}
                for n in range(questions)
            ],
            "levels": [{"id": "low", "title": "Low", "at_least": "0"}],
        }
    )


def computed(asked: Questionnaire, people: Sequence[tuple[str, str, tuple[Code, ...]]]) -> ScoredWave | None:
    """Everything computed of a survey of these people (group, unit, answers); None where it is refused."""
    rows = tuple(Respondent(f"p{n}", g, {"unit": u}, codes) for n, (g, u, codes) in enumerate(people))
    try:
        return assembled(wave_of(asked, rows), Request())
    except NothingToDo:
        return None


def wave_of(asked: Questionnaire, rows: tuple[Respondent, ...]) -> Wave:
    return Wave(
        asked,
        organization=None,
        period=None,
        confidential=True,
        min_group_size=LEAST,
        cut_by="unit",
        population={},
        facts={},
        plans=(),
        respondents=rows,
    )


def digest(*documents: str) -> bytes:
    return hashlib.sha256("\n".join(documents).encode()).digest()


def opened(found: ScoredWave) -> Iterator[str]:
    """Every figure that `--explain` opens."""
    for figure in ("overall", "friction"):
        yield found.explanation(figure).model_dump_json()


@dataclass(frozen=True)
class Publication:
    """What is printed of a survey, as a hash, and the cells that it shows."""

    digest: bytes
    shown: frozenset[Cell]


REFUSED = Publication(b"There is no answer.", frozenset())
"""What is said where everybody skipped every question: inherent, as a blank form says nothing else."""


def cells_of(questions: Sequence[Question], units: Sequence[str]) -> frozenset[Cell]:
    return frozenset(
        tuple(
            place for place, (g, u) in enumerate(BLOCKS) if g in (cell.pooled or (cell.group,)) and u in units
        )
        for question in questions
        for cell in question.groups
        if cell.hidden is None and cell.asked
    )


class Printer:
    """Prints surveys under one questionnaire.

    The whole does not know units, so it is printed once for all surveys that differ in these alone; and a
    value of the cut once for all in which it has the same answers to the questions that are shown.
    """

    def __init__(self, asked: Questionnaire) -> None:
        self.asked = asked
        self.wave = wave_of(asked, ())
        self.whole = cache(self._whole)
        self.values: dict[object, tuple[str, frozenset[Cell]]] = {}

    def _whole(self, business: Answers, it: Answers) -> Publication:
        people = [(g, "north", (c,)) for g, codes in zip(GROUPS, (business, it), strict=True) for c in codes]
        found = computed(self.asked, people)
        if found is None:
            return REFUSED
        report = found.report()
        return Publication(
            digest(report.model_dump_json(), *opened(found)), cells_of(report.questions, UNITS)
        )

    def publish(self, survey: Survey) -> Publication:
        business, it = survey[0] + survey[1], survey[2] + survey[3]
        whole = self.whole(in_order(business), in_order(it))
        if whole is REFUSED:
            return whole
        tallies: dict[str | None, Tally] = {}
        for (group, unit), codes in zip(BLOCKS, survey, strict=True):
            if codes:
                people = tallies.setdefault(unit, Tally()).people
                people[group] = Counter((code,) for code in codes)
        cuts = cuts_of(self.asked, tallies, PRIVACY)
        printed = [self.value(cut) for cut in cuts.shown]
        left = " ".join(cuts.left_out)
        texts = (text for text, _ in printed)
        return Publication(
            digest(whole.digest.hex(), left, *texts), whole.shown.union(*(cells for _, cells in printed))
        )

    def value(self, cut: Cut) -> tuple[str, frozenset[Cell]]:
        people = {group: frozenset(counts.items()) for group, counts in cut.survey.tally.people.items()}
        layouts = tuple((name, item.layout) for name, item in cut.survey.asked.items())
        key = (cut.value, cut.who, layouts, frozenset(people.items()))
        if key not in self.values:
            told = ScoredWave(self.wave, Request(by="unit"), cut.survey, {}, Cuts()).cut(cut)
            units = UNITS if cut.who == "others" else (cut.value,)
            self.values[key] = told.model_dump_json(), cells_of(told.questions, units)
        return self.values[key]


def in_order(codes: Answers) -> Answers:
    return tuple(sorted(codes, key=str))


def memberships(most: int, units: int = 2) -> Iterator[Sizes]:
    """Each way to spread at most so many people over the blocks; the two units may change names."""
    for sizes in product(range(most + 1), repeat=len(BLOCKS)):
        north, south = sizes[::2], sizes[1::2]
        if 0 < sum(sizes) <= most and north >= south and (units == 2 or not any(south)):
            yield sizes


def surveys(sizes: Sizes, kinds: Answers) -> Iterator[Survey]:
    return product(*(tuple(combinations_with_replacement(kinds, n)) for n in sizes))


@dataclass
class Found:
    """What an enumeration found."""

    surveys: int = 0
    publications: int = 0
    inherent: int = 0
    numbers: int = 0
    leaks: list[str] = field(default_factory=list)


def enumerate_all(scored: Sequence[str], kinds: Answers, most: int, units: int = 2) -> Found:
    """Every survey of at most so many people who answer in one of these ways."""
    printer, found = Printer(questionnaire(scored)), Found()
    for sizes in memberships(most, units):
        alike: dict[Publication, list[Survey]] = {}
        for survey in surveys(sizes, kinds):
            found.surveys += 1
            alike.setdefault(printer.publish(survey), []).append(survey)
        found.publications += len(alike)
        for publication, same in alike.items():
            look(sizes, publication, same, found)
    return found


def look(sizes: Sizes, publication: Publication, same: Sequence[Survey], found: Found) -> None:
    """What is determined in all surveys of one publication, and whether a shown cell alone says it."""
    if publication is REFUSED:
        found.inherent += 1
        return
    first = same[0]
    shown = frozenset(cell for cell in publication.shown if is_large(first, cell))
    told = {place for cell in shown if is_unanimous(first, cell) for place in cell}
    inside = [place for place, size in enumerate(sizes) if size]
    people = [place for place in inside if len(options(same, place)) < 2]
    found.inherent += bool(told & set(people))
    leaks = [f"people of block {place}" for place in people if place not in told]
    leaks += [f"sum {vector}" for vector in determined(points, inside, shown, told, same)]
    full = {place for cell in shown if all_or_none(first, cell) for place in cell}
    found.numbers += any(True for _ in determined(number, inside, shown, full, same))
    found.leaks += [f"{sizes} {first}, shown {sorted(publication.shown)}: {leak}" for leak in leaks]


def options(some: Sequence[Survey], block: int) -> set[Code]:
    """The options that somebody of a block chose in one of the surveys."""
    return {code for survey in some for code in survey[block] if code in POINTS}


def is_large(survey: Survey, cell: Cell) -> bool:
    """Whether a shown cell has enough people, and enough answers or none: else it is itself a leak."""
    answers = sum(number(survey[place]) for place in cell)
    return sum(len(survey[place]) for place in cell) >= LEAST and not 0 < answers < LEAST


def is_unanimous(survey: Survey, cell: Cell) -> bool:
    return len({code for place in cell for code in survey[place] if code in POINTS}) < 2


def all_or_none(survey: Survey, cell: Cell) -> bool:
    """Whether everybody in a cell answered, or nobody."""
    return len({code in POINTS for place in cell for code in survey[place]}) < 2


def points(answers: Answers) -> int:
    return sum(POINTS.get(code, 0) for code in answers)


def number(answers: Answers) -> int:
    return sum(code in POINTS for code in answers)


def determined(
    measure: Callable[[Answers], int],
    inside: Sequence[int],
    shown: frozenset[Cell],
    known: set[int],
    same: Sequence[Survey],
) -> Iterator[Vector]:
    """The hidden sums and differences of a measure of blocks that are the same in all these surveys."""
    totals = [[measure(survey[place]) for place in inside] for survey in same]
    for vector in hidden_sums(tuple(inside), shown, frozenset(known)):
        if len({sum(map(mul, vector, each)) for each in totals}) == 1:
            yield vector


@cache
def hidden_sums(inside: Cell, shown: frozenset[Cell], known: frozenset[int]) -> tuple[Vector, ...]:
    """The sums and differences that follow neither from shown cells nor from blocks that are known."""
    rows = [[int(place in cell) for place in inside] for cell in shown]
    rows += [[int(place == block) for place in inside] for block in known]
    shown_rank = rank(rows)
    return tuple(
        signs
        for signs in product((0, 1, -1), repeat=len(inside))
        if next((sign for sign in signs if sign), 0) == 1 and rank([*rows, signs]) > shown_rank
    )


def rank(rows: Sequence[Sequence[int]]) -> int:
    """The rank of a matrix, by exact elimination."""
    left = [[Fraction(number) for number in row] for row in rows]
    found = 0
    for column in range(len(left[0]) if left else 0):
        pivot = next((row for row in left[found:] if row[column]), None)
        if pivot is None:
            continue
        left.remove(pivot)
        left.insert(found, pivot)
        for place in range(found + 1, len(left)):
            factor = left[place][column] / pivot[column]
            left[place] = [a - factor * b for a, b in zip(left[place], pivot, strict=True)]
        found += 1
    return found


def two_questions(most: int) -> Found:
    """Two questions to business leaders of one unit, who may skip either: nothing but counts is printed."""
    asked, found = questionnaire(["business"], 2), Found()
    codes_of: Answers = (0, 2, State.SKIPPED)
    patterns = tuple(product(codes_of, repeat=2))
    for size in range(1, most + 1):
        printed: dict[object, set[bytes]] = {}
        for people in combinations_with_replacement(patterns, size):
            assembly = computed(asked, [("business", "north", codes) for codes in people])
            if assembly is None:
                continue
            document = digest(assembly.report().model_dump_json(), *opened(assembly))
            told = [Counter(codes[n] for codes in people) for n in (0, 1)]
            key = [sorted(each.items(), key=str) for each in told]
            printed.setdefault(str(key), set()).add(document)
            found.surveys += 1
        found.publications += len({each for some in printed.values() for each in some})
        found.leaks += [f"{size} people, {key}" for key, some in printed.items() if len(some) > 1]
    return found


def main() -> int:
    reader = argparse.ArgumentParser(description="What follows from everything printed of a small survey.")
    reader.add_argument("--people", type=int, default=8)
    most = reader.parse_args().people
    business = GROUPS[:1]
    runs: list[tuple[str, Callable[[], Found]]] = [
        ("both scored, two units", lambda: enumerate_all(GROUPS, DONT_KNOW, most)),
        ("one scored, two units", lambda: enumerate_all(business, DONT_KNOW, most)),
        ("both scored, every state", lambda: enumerate_all(GROUPS, EVERY_STATE, min(most, 7), units=1)),
        ("one scored, every state", lambda: enumerate_all(business, EVERY_STATE, min(most, 7), units=1)),
        ("two questions", lambda: two_questions(min(most, 6))),
    ]
    leaks = 0
    for name, run in runs:
        found = run()
        leaks += len(found.leaks)
        sys.stdout.write(
            f"{name}: {found.surveys:,} surveys, {found.publications:,} publications, "
            f"{found.inherent:,} inherent, {found.numbers:,} with a number, {len(found.leaks):,} leaks\n"
        )
        sys.stdout.writelines(f"  {leak}\n" for leak in found.leaks[:5])
        sys.stdout.flush()
    return 1 if leaks else 0


if __name__ == "__main__":
    raise SystemExit(main())
