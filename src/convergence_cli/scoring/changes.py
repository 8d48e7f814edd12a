"""Rule S16: what changed between two waves, how sure that is, and what made it change.

Both waves are scored by one questionnaire and over the same cells (rule S12). Between them stand two
waves that never were: the old answers with the new facts, and the same with the new answers of those
who took part both times. The steps from one to the next are the parts of the change.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from typing import TypeVar

from ..model.answers import StatedFact
from ..model.questionnaire import Questionnaire
from ..model.wave import Wave
from ..results.common import Interval, Reason
from ..results.comparison import CAUSES, Change, ChangePart
from .composites import Kind, Node, alone
from .privacy import CellMaker, Privacy
from .questions import number
from .spread import GroupSpread
from .survey import Survey
from .tally import Pattern, Tally
from .two_waves import GroupTwice, change_interval, correlation

Facts = Mapping[str, StatedFact]
Person = tuple[str, str]
"""Group and id: whoever changes group left one and joined the other."""
T = TypeVar("T")


class Waves:
    """Two waves of one questionnaire, and those between them; ``old`` and ``new`` are the real ones.

    In confidence nobody is followed from one to the other, and no wave of those who stayed is made.
    """

    def __init__(
        self,
        questionnaire: Questionnaire,
        waves: tuple[Wave, Wave],
        facts: tuple[Facts, Facts],
        privacy: Privacy,
    ) -> None:
        before, after = (people_of(wave, questionnaire) for wave in waves)
        self.privacy = privacy
        both = [] if privacy.confidential else [who for who in before if who in after]
        self.followed = counted((who, (before[who], after[who])) for who in both)
        old, new = (Tally(counted(people.items())) for people in (before, after))
        told = [(old, facts[0]), (old, facts[1])]
        if not privacy.confidential:
            stayed = {who: after.get(who, pattern) for who, pattern in before.items()}
            told.append((Tally(counted(stayed.items())), facts[1]))
        told.append((new, facts[1]))
        # Decided for both waves at once: a group that one wave must join or hide is joined or hidden in both.
        layouts = CellMaker(questionnaire, privacy).layouts([old, new])
        self.steps = [
            Survey(questionnaire, tally, known, privacy, population={}, layouts=layouts)
            for tally, known in told
        ]
        self.old, self.new = self.steps[0], self.steps[-1]

    def figure(self, kind: Kind, name: str) -> Change:
        """The change of the overall, a dimension or a question."""
        nodes = [survey.tree.find(kind, name) for survey in self.steps]
        return self._change(nodes)

    def voice(self, question: str, cell: str) -> Change:
        """The change of one cell's own answers to a question, scored or not; nothing that one wave hides."""
        cells = [survey.asked[question].named(cell) for survey in self.steps]
        if hidden := cells[0].hidden or cells[-1].hidden:
            return Change(old=None, new=None, change=None, reason=hidden)
        nodes = [alone(question, each, self.old.scales[question]) for each in cells]
        return self._change(nodes)

    def _change(self, nodes: Sequence[Node]) -> Change:
        old, new, with_new_facts = nodes[0], nodes[-1], nodes[1].value
        if old.value is None or new.value is None:
            reason = old.reason if old.value is None else new.reason
            return Change(old=number(old.value), new=number(new.value), change=None, reason=reason)
        groups = self._groups(old, new)
        interval, why = change_interval(float(new.value - old.value), groups)
        if groups and made_of(old) != made_of(new):
            interval, why = None, Reason.of("other-questions")
        elif self.new.spreads.moments_only(new):
            interval, why = None, Reason.of("number-in-both-waves")
        by_facts = None if with_new_facts is None else float(with_new_facts - old.value)
        answers = None
        if interval and by_facts is None:
            why = Reason.of("no-score-between")
        elif interval and by_facts is not None:
            answers = Interval(low=interval.low - by_facts, high=interval.high - by_facts)
        return Change(
            old=float(old.value),
            new=float(new.value),
            change=float(new.value - old.value),
            by_facts=by_facts,
            interval=interval,
            answers_interval=answers,
            interval_reason=why,
            reliable=answers is not None and not answers.low <= 0 <= answers.high,
            in_both=None if self.privacy.confidential or not groups else sum(each.n_both for each in groups),
            parts=parts_of(nodes),
        )

    def _groups(self, old: Node, new: Node) -> list[GroupTwice]:
        """Each group that weighs something in either wave."""
        before, after = (
            {spread.groups: spread for spread in survey.spreads.groups(node) if spread.weight > 0}
            for survey, node in ((self.old, old), (self.new, new))
        )
        return [self._group(before.get(each), after.get(each)) for each in dict.fromkeys([*before, *after])]

    def _group(self, old: GroupSpread | None, new: GroupSpread | None) -> GroupTwice:
        if old is None or new is None:
            return GroupTwice(0.0, 0.0, old.n if old else 0, new.n if new else 0, 0, 0.0)
        pairs = self._z_pairs(old, new)
        return GroupTwice(old.variance, new.variance, old.n, new.n, pairs.total(), correlation(pairs))

    def _z_pairs(self, old: GroupSpread, new: GroupSpread) -> Counter[tuple[float, float]]:
        """The z_i of each person who answered in both waves."""
        found: Counter[tuple[float, float]] = Counter()
        for group in old.groups:
            for (before, after), people in self.followed.get(group, {}).items():
                z_old, z_new = old.z(before), new.z(after)
                if z_old is not None and z_new is not None:
                    found[z_old, z_new] += people
        return found


def people_of(wave: Wave, questionnaire: Questionnaire) -> dict[Person, Pattern]:
    """Each person's codes for the opinions of `questionnaire`, all of which the wave was asked."""
    places = {question.id: index for index, question in enumerate(wave.questionnaire.opinions)}
    order = [places[question.id] for question in questionnaire.opinions]
    return {(who.group, who.id): tuple(who.codes[place] for place in order) for who in wave.respondents}


def counted(people: Iterable[tuple[Person, T]]) -> dict[str, Counter[T]]:
    """Per group, how many people have the same."""
    found: dict[str, Counter[T]] = {}
    for (group, _), same in people:
        found.setdefault(group, Counter())[same] += 1
    return found


def made_of(node: Node) -> set[str]:
    """The questions that count in a figure."""
    return set(node.effective_weights())


def parts_of(nodes: Sequence[Node]) -> tuple[ChangePart, ...] | None:
    """The steps from wave to wave; None in confidence, and where one of them has no score.

    None too where a question loses or gains its score by other answers or people: neither brought that
    about, and it would be laid at their door.
    """
    values = [node.value for node in nodes if node.value is not None]
    alike = all(made_of(node) == made_of(nodes[-1]) for node in nodes[1:])
    if not alike or len(values) <= len(CAUSES):
        return None
    steps = zip(CAUSES, pairwise(values), strict=True)
    return tuple(ChangePart(cause=cause, change=float(after - before)) for cause, (before, after) in steps)
