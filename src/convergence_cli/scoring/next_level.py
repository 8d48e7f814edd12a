"""Rule S17: the few steps that would lift the organisation a level, and what each step is worth.

A step is one option up for one group's mean on one scored question, or one more in a fact. What a step
adds to the overall is exact: a score is linear in each group's mean, as long as nothing appears or
vanishes. Steps of one kind come in runs of equal size, so that a fact of one in a million costs no more
than a question.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise
from math import ceil, floor

from ..model.answers import StatedFact
from ..model.questionnaire import Level, Question
from ..results import score as result
from .cells import Layout
from .composites import Node
from .facts import ScoredFact
from .levels import below_gate, dimension_nodes, level_of
from .scales import HUNDRED, NOUGHT, curve_of, fact_points, is_falling
from .sheet import Sheet

MONEY = "budget-mapped"
"""The indicator that counts money: one more of it is no step."""


@dataclass(frozen=True)
class Run:
    """`count` moves of one size, in points; a move is a step, or `cost` steps that only pay together."""

    size: Fraction
    count: int
    cost: int = 1


@dataclass(frozen=True)
class Ladder:
    """All steps of one group on one question, or of one fact, in the order in which they come."""

    question: str
    group: str | None
    dimensions: tuple[str, ...]
    runs: tuple[Run, ...]

    @property
    def shrinks(self) -> bool:
        """Whether no step is larger than the one before it."""
        alone = all(run.cost == 1 for run in self.runs)
        return alone and all(first.size >= second.size for first, second in pairwise(self.runs))


@dataclass(frozen=True)
class Taken:
    """`count` steps of one ladder, and what they add to the overall together."""

    ladder: Ladder
    count: int
    points: Fraction


@dataclass(frozen=True)
class Way:
    """The steps to the next level; ``smallest`` unless a fact's points are convex."""

    level: Level
    taken: tuple[Taken, ...]
    overall: Fraction
    smallest: bool

    @property
    def count(self) -> int:
        return sum(taken.count for taken in self.taken)


def next_level(levels: Sequence[Level], tree: Node) -> Level | None:
    """The lowest level above the one reached; None at the top, or without a score."""
    here = level_of(levels, tree.value, [node.value for node in dimension_nodes(tree)])
    reached = here.at_least if here else Fraction(-1)
    above = [level for level in levels if level.at_least > reached]
    return min(above, key=lambda level: level.at_least) if above and tree.value is not None else None


def ladders_of(sheet: Sheet, facts: Mapping[str, ScoredFact]) -> list[Ladder]:
    """Every ladder of a sheet, in the questionnaire's order; hidden cells have none."""
    weights = sheet.tree.effective_weights()
    above = ancestors(sheet.tree)
    found: list[Ladder] = []
    for node in sheet.tree.questions():
        weight = weights.get(node.id)
        if weight:
            found += ladders_of_question(sheet, node, weight, above[node.id], facts)
    order = {question.id: place for place, question in enumerate(sheet.questionnaire.questions)}
    return sorted((ladder for ladder in found if ladder.runs), key=lambda ladder: order[ladder.question])


def ladders_of_question(
    sheet: Sheet,
    node: Node,
    weight: Fraction,
    dimensions: tuple[str, ...],
    facts: Mapping[str, ScoredFact],
) -> Iterator[Ladder]:
    question = sheet.questionnaire.question_by_id[node.id]
    if node.id in facts:
        if question.evidence != MONEY and node.fact is not None:
            runs = scaled(fact_runs(question, node.fact), weight)
            yield Ladder(node.id, None, dimensions, tuple(runs))
        return
    size = option_step(sheet, question)
    if size is None or sheet.asked[node.id].layout is Layout.HIDDEN:
        return
    for mean in node.means:
        runs = scaled(opinion_runs(mean.mean, size), weight * mean.share)
        yield Ladder(node.id, mean.cell.name, dimensions, tuple(runs))


def option_step(sheet: Sheet, question: Question) -> Fraction | None:
    """One option up, in points: 100 / (K - 1); None for numbers, which have no options."""
    options = len(sheet.questionnaire.options(question))
    if not options:
        return None
    return HUNDRED / (options if question.answer.kind == "multiple" else options - 1)


def opinion_runs(mean: Fraction, size: Fraction) -> Iterator[Run]:
    """Steps of `size` from `mean` up, the last one to 100 at most."""
    room = HUNDRED - mean
    whole = floor(room / size)
    if whole:
        yield Run(size, whole)
    if room - whole * size > 0:
        yield Run(room - whole * size, 1)


def fact_runs(question: Question, fact: StatedFact) -> Iterator[Run]:
    """What one more in a fact's count or number is worth, or one fewer where fewer is better, step by step;
    only while it adds something.

    Along one piece of the curve every step is worth the same; a step across a corner stands alone. A curve
    that falls is walked from right to left, as one that rises with the amount turned round.
    """
    start = fact.count if fact.count is not None else fact.value
    if start is None or (fact.count is not None and not fact.of):
        return
    unit, sign = fact.of or Fraction(1), -1 if is_falling(question) else 1
    corners = [sign * x * unit for x, _ in curve_of(question) or ()] + ([sign * unit] if fact.of else [])
    last = max(sign * unit, NOUGHT) if fact.of is not None else max(corners, default=start)
    at, flat = sign * start, 0
    while at + 1 <= last or (fact.of is None and at < last):
        corner = min((x for x in corners if x > at), default=last)
        count = max(1, floor(corner - at))
        size = points_at(question, fact, sign * (at + 1)) - points_at(question, fact, sign * at)
        if size < 0:
            return
        if size == 0:
            flat += count
        else:
            yield Run(size, 1, flat + 1)
            if count > 1:
                yield Run(size, count - 1)
            flat = 0
        at += count


def points_at(question: Question, fact: StatedFact, amount: Fraction) -> Fraction:
    """The points of a fact if its count or number were `amount`."""
    moved = replace(fact, count=amount) if fact.of else replace(fact, value=amount)
    return fact_points(question, moved) or NOUGHT


def scaled(runs: Iterable[Run], weight: Fraction) -> Iterator[Run]:
    """Runs in points of the question, as points of the overall."""
    return (replace(run, size=run.size * weight) for run in runs if weight > 0)


def ancestors(tree: Node) -> dict[str, tuple[str, ...]]:
    """For each question the dimensions it lies in, outermost first."""
    found: dict[str, tuple[str, ...]] = {}

    def walk(node: Node, above: tuple[str, ...]) -> None:
        if node.kind == "question":
            found[node.id] = above
        for part in node.parts:
            walk(part, (*above, node.id) if node.kind == "dimension" else above)

    walk(tree, ())
    return found


def way_to(level: Level, sheet: Sheet, ladders: Sequence[Ladder]) -> Way | None:
    """The smallest set of steps that reaches `level`, its gate included; None when none does.

    Largest steps first: inside each dimension below its gate, innermost first, until the gate is met, then
    anywhere. This is smallest because every step counts in full for each dimension around it, and because
    steps of one ladder shrink; where they do not (a fact with convex points), it is a set, not the smallest.
    """
    tree = sheet.tree
    if tree.value is None or (
        level.every_dimension_at_least is not None
        and any(node.value is None for node in dimension_nodes(tree))
    ):
        return None
    climb = Climb(ladders)
    for node in reversed(dimension_nodes(tree)):
        if below_gate(level, [node.value]) and not climb.lift(node, dimension_weight(tree, node.id), level):
            return None
    if not climb.take(level.at_least - tree.value - climb.gained(), ladders):
        return None
    shrink = all(ladder.shrinks for ladder in ladders)
    return Way(level, climb.taken(), tree.value + climb.gained(), shrink)


def dimension_weight(tree: Node, dimension: str) -> Fraction:
    """How many points the overall moves when a dimension moves by one."""
    weights = tree.effective_weights()
    return sum((weights.get(q.id, NOUGHT) for q in tree.find("dimension", dimension).questions()), NOUGHT)


class Climb:
    """Steps taken so far, ladder by ladder."""

    def __init__(self, ladders: Sequence[Ladder]) -> None:
        self.ladders = list(ladders)
        self.left = {self._key(ladder): list(ladder.runs) for ladder in ladders}
        self.steps: dict[tuple[str, str | None], tuple[int, Fraction]] = {}

    def lift(self, node: Node, weight: Fraction, level: Level) -> bool:
        """Take steps inside a dimension until it meets the gate; False when they do not suffice."""
        gate = level.every_dimension_at_least
        if gate is None or node.value is None or not weight:
            return False
        inside = [ladder for ladder in self.ladders if node.id in ladder.dimensions]
        return self.take((gate - node.value) * weight - self.gained(inside), inside)

    def take(self, needed: Fraction, among: Sequence[Ladder]) -> bool:
        """Take the largest steps among some ladders until they add `needed` points of the overall."""
        heap = [
            (-runs[0].size / runs[0].cost, place, ladder)
            for place, ladder in enumerate(among)
            if (runs := self.left[self._key(ladder)])
        ]
        heapq.heapify(heap)
        while needed > 0 and heap:
            _, place, ladder = heapq.heappop(heap)
            runs = self.left[self._key(ladder)]
            run = runs.pop(0)
            count = min(run.count, ceil(needed / run.size))
            if count < run.count:
                runs.insert(0, replace(run, count=run.count - count))
            self._note(ladder, count * run.cost, count * run.size)
            needed -= count * run.size
            if runs:
                heapq.heappush(heap, (-runs[0].size / runs[0].cost, place, ladder))
        return needed <= 0

    def _note(self, ladder: Ladder, steps: int, points: Fraction) -> None:
        before, gained = self.steps.get(self._key(ladder), (0, NOUGHT))
        self.steps[self._key(ladder)] = before + steps, gained + points

    def gained(self, among: Sequence[Ladder] | None = None) -> Fraction:
        """Points of the overall that the steps among some ladders, or all, have added."""
        keys = {self._key(ladder) for ladder in (self.ladders if among is None else among)}
        return sum((points for key, (_, points) in self.steps.items() if key in keys), NOUGHT)

    def taken(self) -> tuple[Taken, ...]:
        """The steps in the questionnaire's order."""
        return tuple(
            Taken(ladder, *self.steps[self._key(ladder)])
            for ladder in self.ladders
            if self._key(ladder) in self.steps
        )

    @staticmethod
    def _key(ladder: Ladder) -> tuple[str, str | None]:
        return ladder.question, ladder.group


def next_level_result(sheet: Sheet, facts: Mapping[str, ScoredFact]) -> result.NextLevel | None:
    """The way to the next level, and what one step of each question alone would give; None at the top."""
    levels, tree = sheet.levels, sheet.tree
    level = next_level(levels, tree)
    if level is None or tree.value is None:
        return None
    ladders = ladders_of(sheet, facts)
    way = way_to(level, sheet, ladders)
    if way is None:
        return None
    return result.NextLevel(
        level=level.id,
        at_least=float(level.at_least),
        count=way.count,
        steps=steps_taken(tree.value, way.taken),
        overall_after=float(way.overall),
        each=tuple(one_step(sheet, ladder) for ladder in ladders),
        smallest=way.smallest,
    )


def steps_taken(overall: Fraction, taken: Sequence[Taken]) -> tuple[result.Step, ...]:
    """The steps question by question, with the overall that they have reached by then."""
    found = []
    for each in taken:
        overall += each.points
        name, group = each.ladder.question, each.ladder.group
        found.append(result.Step(question=name, group=group, steps=each.count, overall=float(overall)))
    return tuple(found)


def one_step(sheet: Sheet, ladder: Ladder) -> result.SingleStep:
    """The overall, the question's innermost dimension and the level after the first step of a ladder."""
    tree, first = sheet.tree, ladder.runs[0]
    after = {name: dimension_after(tree, name, first.size) for name in ladder.dimensions}
    overall = (tree.value or NOUGHT) + first.size
    figures = [after.get(node.id, node.value) for node in dimension_nodes(tree)]
    level = level_of(sheet.levels, overall, figures)
    innermost = after[ladder.dimensions[-1]]
    return result.SingleStep(
        question=ladder.question,
        group=ladder.group,
        overall=float(overall),
        dimension=None if innermost is None else float(innermost),
        level=level.id if level else None,
    )


def dimension_after(tree: Node, name: str, gain: Fraction) -> Fraction | None:
    """A dimension's points when the overall gains so much through one of its questions."""
    node, weight = tree.find("dimension", name), dimension_weight(tree, name)
    return None if node.value is None or not weight else node.value + gain / weight
