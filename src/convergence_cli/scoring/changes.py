"""Rule S16: what changed between two waves, how sure that is, and what made it change.

Both waves are scored by one questionnaire and over the same cells (rule S12). Between them stand two
waves that never were: the old answers with the new facts, and the same with the new answers of those
who took part both times. The steps from one to the next are the parts of the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

from ..model.answers import StatedFact
from ..model.questionnaire import Questionnaire
from .cells import Cell, CellMaker, Privacy
from .composites import CellMean, Kind, Node, cell_mean
from .contrast import GroupChange, change_interval, correlation
from .estimates import Interval
from .sheet import Sheet
from .spread import GroupSpread, Spreads
from .turnover import People, Turnover, tally_of_people

Facts = Mapping[str, StatedFact]


class Parts(NamedTuple):
    """What each cause brings into a change, in points; they sum to it."""

    facts: Fraction
    answers: Fraction
    people: Fraction


@dataclass(frozen=True)
class Change:
    """One figure in both waves, in points.

    ``in_both``: people who answered in both; None for a fact, and where rule S12 forbids to follow them.
    ``parts`` is None there too, and where one of the waves between has no score or other questions.
    ``reasons`` say, for the old and for the new wave, why there is no score.
    """

    old: Fraction | None
    new: Fraction | None
    reasons: tuple[str | None, str | None]
    interval: Interval | None = None
    interval_reason: str | None = None
    in_both: int | None = None
    parts: Parts | None = None

    @property
    def change(self) -> Fraction | None:
        return None if self.old is None or self.new is None else self.new - self.old

    @property
    def reliable(self) -> bool:
        """Whether the interval excludes 0."""
        return self.interval is not None and not self.interval.low <= 0 <= self.interval.high


class Waves:
    """Two waves of one questionnaire, and the two between them; ``old`` and ``new`` are the real ones."""

    def __init__(
        self,
        questionnaire: Questionnaire,
        people: tuple[People, People],
        facts: tuple[Facts, Facts],
        privacy: Privacy,
    ) -> None:
        before, after = people
        self.privacy = privacy
        self.turnover = Turnover(before, after)
        stayed = {who: after[who] for who in before if who in after}
        tallies = [tally_of_people(some) for some in (before, {**before, **stayed}, after)]
        # Decided for both waves at once: a group that one wave must join or hide is joined or hidden in both.
        layouts = CellMaker(questionnaire, privacy).layouts([tallies[0], tallies[2]])
        told = [
            (tallies[0], facts[0]),
            (tallies[0], facts[1]),
            (tallies[1], facts[1]),
            (tallies[2], facts[1]),
        ]
        self.steps = [
            Sheet(questionnaire, tally, known, privacy, population={}, layouts=layouts)
            for tally, known in told
        ]
        self.old, self.new = self.steps[0], self.steps[-1]

    def figure(self, kind: Kind, name: str) -> Change:
        """The change of the overall, a dimension or a question."""
        nodes = [sheet.tree.find(kind, name) for sheet in self.steps]
        asked = [self.old.asked[node.id] for node in nodes[0].questions() if node.id in self.old.asked]
        scored = ((cell, item.index) for item in asked for cell in item.scored)
        return self._change(nodes, (self.old.spreads, self.new.spreads), self._may_follow(scored))

    def voice(self, question: str, cell: str) -> Change:
        """The change of one cell's own answers to a question, scored or not; nothing that one wave hides."""
        found = [cell_named(sheet, question, cell) for sheet in self.steps]
        hidden = next((each.hidden for each in (found[0], found[-1]) if each.hidden), None)
        if hidden:
            return Change(None, None, (hidden, hidden))
        nodes = [own_node(sheet, question, each) for sheet, each in zip(self.steps, found, strict=True)]
        index = self.old.asked[question].index
        return self._change(
            nodes, (self.old.voice_spreads, self.new.voice_spreads), self._may_follow([(found[0], index)])
        )

    def _may_follow(self, cells: Iterable[tuple[Cell, int]]) -> bool:
        return all(
            self.turnover.may_be_followed(cell.groups, index, self.privacy)
            for cell, index in cells
            if cell.protected and not cell.hidden
        )

    def _change(self, nodes: Sequence[Node], spreads: tuple[Spreads, Spreads], follow: bool) -> Change:
        old, new = nodes[0], nodes[-1]
        reasons = (old.reason, new.reason)
        if old.value is None or new.value is None:
            return Change(old.value, new.value, reasons)
        sides = paired(spreads[0].groups(old), spreads[1].groups(new))
        groups = [self._group_change(before, after, spreads) for before, after in sides]
        interval, why = change_interval(float(new.value - old.value), groups)
        if groups and made_of(old) != made_of(new):
            interval, why = None, "not made of the same questions in both waves"
        both = sum(group.n_both for group in groups) if follow and groups else None
        return Change(old.value, new.value, reasons, interval, why, both, parts_of(nodes) if follow else None)

    def _group_change(
        self, old: GroupSpread | None, new: GroupSpread | None, spreads: tuple[Spreads, Spreads]
    ) -> GroupChange:
        """One group in both waves; without the correlation where rule S12 forbids to follow people."""
        if old is None or new is None:
            return GroupChange(0.0, 0.0, old.n if old else 0, new.n if new else 0, 0, 0.0)
        pairs = self._z_pairs(old, new)
        both = pairs.total()
        return GroupChange(
            old.variance(spreads[0].people(old.groups), self.privacy),
            new.variance(spreads[1].people(new.groups), self.privacy),
            old.n,
            new.n,
            both,
            correlation(pairs) if self._may_correlate(old, new, both) else 0.0,
        )

    def _z_pairs(self, old: GroupSpread, new: GroupSpread) -> Counter[tuple[float, float]]:
        """The z_i of each person who answered in both waves."""
        found: Counter[tuple[float, float]] = Counter()
        for (before, after), people in self.turnover.pairs(old.groups).items():
            z_old, z_new = old.z(before), new.z(after)
            if z_old is not None and z_new is not None:
                found[z_old, z_new] += people
        return found

    def _may_correlate(self, old: GroupSpread, new: GroupSpread, both: int) -> bool:
        if not old.protected:
            return True
        # As in S7, one person's answers to several questions are joined only among many.
        several = len(old.terms) > 1 or len(new.terms) > 1
        enough = not several or self.privacy.may_join_answers(old.groups, min(old.n, new.n, both))
        asked = {term.index for spread in (old, new) for term in spread.terms}
        return enough and all(
            self.turnover.may_be_followed(old.groups, index, self.privacy) for index in asked
        )


def made_of(node: Node) -> set[str]:
    """The questions that count in a figure."""
    return set(node.effective_weights())


def parts_of(nodes: Sequence[Node]) -> Parts | None:
    """The steps from wave to wave; None where one of them has no score.

    None too where a question loses or gains its score by other answers or people: neither brought that
    about, and it would be laid at their door.
    """
    if any(made_of(node) != made_of(nodes[-1]) for node in nodes[1:]):
        return None
    values = [node.value for node in nodes]
    steps = [after - before for before, after in pairwise(values) if before is not None and after is not None]
    return Parts(*steps) if len(steps) == len(Parts._fields) else None


Spread = GroupSpread | None


def paired(old: Sequence[GroupSpread], new: Sequence[GroupSpread]) -> list[tuple[Spread, Spread]]:
    """The same groups in both waves, side by side; what weighs nothing is left out."""
    first, second = ({s.groups: s for s in some if s.weight > 0} for some in (old, new))
    return [(first.get(groups), second.get(groups)) for groups in dict.fromkeys([*first, *second])]


def cell_named(sheet: Sheet, question: str, name: str) -> Cell:
    return next(cell for cell in sheet.asked[question].cells if cell.name == name)


def own_node(sheet: Sheet, question: str, cell: Cell) -> Node:
    """What one cell says of one question, as a figure of its own."""
    if not cell.n:
        return Node("question", question, Fraction(1), None, cell.hidden or "no answers")
    mean = CellMean(cell, *cell_mean(cell, sheet.scales[question], "leave-out", None), Fraction(1))
    return Node("question", question, Fraction(1), mean.mean, means=(mean,))
