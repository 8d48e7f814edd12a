"""Rules S3 to S6: answers -> question -> dimension -> overall, exactly.

A score is a tree of nodes. The tree is both the computation and its own trace: each node keeps the
parts it was computed from, so that an explanation cannot differ from the result. Numbers stay
fractions; a weighted mean here is the same whatever the order of people or files.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from ..model.answers import StatedFact
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
from ..results.common import Reason
from .points import NOUGHT, PointScale, fact_points
from .privacy import AskedQuestion, Cell, Layout

Completion = Literal["worst", "best"] | None
Kind = Literal["overall", "dimension", "question"]


@dataclass(frozen=True)
class CellMean:
    """The mean points of one cell's answers: ``total`` / ``n``, with its share of the question's score."""

    cell: Cell
    total: Fraction
    n: int
    share: Fraction = Fraction(1)

    @property
    def mean(self) -> Fraction:
        return self.total / self.n


def cell_mean(
    cell: Cell,
    scale: PointScale,
    missing: Literal["leave-out", "lowest"] = "leave-out",
    extreme: Fraction | None = None,
) -> CellMean:
    """The points of a cell's answers, exactly; this is the one place where answers are averaged.

    With `extreme`, the skipped and don't-know answers are completed with it (rule S6); with `missing:
    lowest`, a skipped answer counts as 0 points (rule S4), but never in a hidden cell.
    """
    total = sum((scale.points(code) * n for code, n in cell.counts.items()), NOUGHT)
    if extreme is not None:
        unanswered = cell.skipped + cell.dont_know
        return CellMean(cell, total + extreme * unanswered, cell.n + unanswered)
    if missing == "lowest" and cell.hidden is None:
        return CellMean(cell, total, cell.n + cell.skipped)
    return CellMean(cell, total, cell.n)


@dataclass(frozen=True)
class Node:
    """One figure: ``value`` in points, or None with a reason.

    ``counts`` is False where there is nothing to answer (not applicable to everybody asked, free
    text): its weight is left out of its parent. A question's node has ``means`` or ``fact``; the
    others have ``parts``.
    """

    kind: Kind
    id: str
    weight: Fraction
    value: Fraction | None
    reason: Reason | None = None
    counts: bool = True
    parts: tuple[Node, ...] = ()
    means: tuple[CellMean, ...] = ()
    fact: StatedFact | None = None

    def nodes(self) -> Iterator[Node]:
        """This node and all below it, parents first."""
        yield self
        for part in self.parts:
            yield from part.nodes()

    def questions(self) -> Iterator[Node]:
        return (node for node in self.nodes() if node.kind == "question")

    def find(self, kind: str, wanted: str) -> Node:
        """The node of that kind and id; raises KeyError when there is none."""
        for node in self.nodes():
            if node.kind == kind and node.id == wanted:
                return node
        raise KeyError(wanted)

    def effective_weights(self, whole: Fraction = Fraction(1)) -> dict[str, Fraction]:
        """a_q: how many points this node moves when question q moves by one; only what is counted."""
        if self.value is None:
            return {}
        if self.kind == "question":
            return {self.id: whole}
        scored = [part for part in self.parts if part.counts and part.value is not None]
        total = sum((part.weight for part in scored), NOUGHT)
        found: dict[str, Fraction] = {}
        for part in scored:
            found |= part.effective_weights(whole * part.weight / total)
        return found


def composite(kind: Kind, name: str, weight: Fraction, parts: Sequence[Node], min_answered: Fraction) -> Node:
    """Weighted mean of the parts that have a score (rules S4 and S5), in points 0..100.

    Formula: sum(w x) / sum(w) over the parts with a score. Null, with a reason, when those carry less
    than `min_answered` of the weight; parts with nothing to answer leave the weight altogether.
    """
    counted = [part for part in parts if part.counts]
    scored = [(part.weight, part.value) for part in counted if part.value is not None]
    whole = sum((part.weight for part in counted), NOUGHT)
    present = sum((weight for weight, _ in scored), NOUGHT)
    node = Node(kind, name, weight, None, counts=bool(counted), parts=tuple(parts))
    if present == 0 or present < min_answered * whole:
        return replace(node, reason=why_null(counted, present, whole, min_answered))
    return replace(node, value=sum((w * value for w, value in scored), NOUGHT) / present)


def why_null(counted: Sequence[Node], present: Fraction, whole: Fraction, needed: Fraction) -> Reason:
    if not counted:
        return Reason.of("nothing-applies")
    if present == 0:
        reasons = [part.reason for part in counted if part.value is None]
        alike = bool(reasons) and all(reason == reasons[0] for reason in reasons)
        return (reasons[0] or Reason.of("no-answers")) if alike else Reason.of("no-question-scored")
    return Reason.of("too-little", share=str(present / whole), needed=str(needed))


@dataclass(frozen=True)
class Composer:
    """Builds the tree of one set of answers; with a completion, of the worst or best they could become."""

    questionnaire: Questionnaire
    scales: Mapping[str, PointScale]
    asked: Mapping[str, AskedQuestion]
    facts: Mapping[str, StatedFact]

    def tree(self, completion: Completion = None) -> Node:
        """The overall score with everything it is made of."""
        nodes = {q.id: self.question(q, completion) for q in self.questionnaire.questions}
        return build(self.questionnaire, nodes, self.questionnaire.scoring.min_answered)

    def group_tree(self, group: str, among: Collection[str]) -> Node:
        """What `group` alone says (rule S9): its own shown means of the opinion questions in `among`."""
        nodes = {q.id: self._group_question(q, group, among) for q in self.questionnaire.questions}
        return build(self.questionnaire, nodes, NOUGHT)

    def _group_question(self, question: Question, group: str, among: Collection[str]) -> Node:
        cell = self.own_cell(question.id, group) if question.id in among else None
        if cell is None:
            return Node("question", question.id, question.weight, None, counts=False)
        return alone(question.id, cell, self.scales[question.id], question.weight)

    def own_cell(self, question: str, group: str) -> Cell | None:
        """The shown cell with answers that is `group` alone, for a question with points."""
        asked = self.asked.get(question)
        cell = asked.own(group) if asked and question in self.scales else None
        return cell if cell is not None and cell.n else None

    def question(self, question: Question, completion: Completion) -> Node:
        if question.is_fact:
            return self._fact(question, completion)
        if question.id not in self.scales or not self.asked[question.id].scored:
            return Node("question", question.id, question.weight, None, Reason.of("not-scored"), counts=False)
        return self._opinion(question, completion)

    def _fact(self, question: Question, completion: Completion) -> Node:
        fact = self.facts.get(question.id) or StatedFact(State.SKIPPED)
        node = Node("question", question.id, question.weight, fact_points(question, fact), fact=fact)
        if node.value is not None:
            return node
        if fact.state is State.NOT_APPLICABLE:
            return replace(node, reason=Reason.of("not-applicable"), counts=False)
        if completion:
            return replace(node, value=self._extreme(question, completion))
        absent = fact.state is State.SKIPPED
        if absent and self.questionnaire.scoring.missing == "lowest":
            return replace(node, value=NOUGHT)
        return replace(node, reason=Reason.of("no-fact" if absent else "nobody-could-say"))

    def _opinion(self, question: Question, completion: Completion) -> Node:
        """Mean of the group means, weighted by group (rule S3)."""
        asked, scale = self.asked[question.id], self.scales[question.id]
        missing = self.questionnaire.scoring.missing
        extreme = self._extreme(question, completion) if completion else None
        every = [cell_mean(cell, scale, missing, extreme) for cell in asked.scored]
        answered = [mean for mean in every if mean.n]
        weight = sum((mean.cell.weight for mean in answered), NOUGHT)
        node = Node("question", question.id, question.weight, None)
        if not weight or (asked.layout is Layout.HIDDEN and not completion):
            return self._no_score(node, asked)
        means = tuple(replace(mean, share=mean.cell.weight / weight) for mean in answered)
        return replace(node, value=sum((mean.share * mean.mean for mean in means), NOUGHT), means=means)

    def _no_score(self, node: Node, asked: AskedQuestion) -> Node:
        """Why a question has no score: hidden, not applicable, nobody could say, or nobody answered."""
        hidden = next((cell.hidden for cell in asked.scored if cell.hidden), None)
        if hidden:
            return replace(node, reason=hidden)
        people = sum(cell.asked for cell in asked.scored)
        outside = sum(cell.not_applicable for cell in asked.scored)
        if people and outside == people:
            return replace(node, reason=Reason.of("applies-to-nobody"), counts=False)
        if people and outside + sum(cell.dont_know for cell in asked.scored) == people:
            return replace(node, reason=Reason.of("nobody-could-say"))
        others = [cell for cell in asked.cells if not cell.scored and cell.n]
        if others and asked.question.id in self.scales:
            scored = self._titles(self.questionnaire.scored(asked.question))
            expect = self._titles(group for cell in others for group in cell.groups)
            return replace(node, reason=Reason.of("only-expected", scored=scored, expecting=expect))
        return replace(node, reason=Reason.of("no-answers" if people else "nobody-asked"))

    def _titles(self, groups: Iterable[str]) -> str:
        known = self.questionnaire.group_by_id
        return " and ".join(self.questionnaire.say(known[group].title) for group in groups)

    def _extreme(self, question: Question, completion: Completion) -> Fraction:
        scale = self.scales[question.id]
        return scale.worst if completion == "worst" else scale.best


def alone(question: str, cell: Cell, scale: PointScale, weight: Fraction = Fraction(1)) -> Node:
    """What one cell says of one question, as a figure of its own."""
    mean = cell_mean(cell, scale)
    if not mean.n:
        return Node("question", question, weight, None, Reason.of("no-answers"))
    return Node("question", question, weight, mean.mean, means=(mean,))


def build(questionnaire: Questionnaire, nodes: Mapping[str, Node], min_answered: Fraction) -> Node:
    """The dimension tree over question nodes; a dimension's questions come before its children."""
    children: dict[str | None, list[str]] = {}
    for dimension in questionnaire.dimensions:
        children.setdefault(dimension.parent, []).append(dimension.id)
    own: dict[str, list[Node]] = {}
    for question in questionnaire.questions:
        own.setdefault(question.dimension, []).append(nodes[question.id])

    def dimension_node(name: str) -> Node:
        parts = own.get(name, []) + [dimension_node(child) for child in children.get(name, [])]
        return composite("dimension", name, questionnaire.dimension_by_id[name].weight, parts, min_answered)

    tops = [dimension_node(name) for name in children.get(None, [])]
    return composite("overall", "overall", Fraction(1), tops, min_answered)


def coverage(node: Node, asked: Mapping[str, AskedQuestion]) -> Fraction | None:
    """Opinions answered / asked in this node, not applicable left out (rule S6), or None."""
    answered = due = 0
    for question in node.questions():
        item = asked.get(question.id)
        for cell in item.scored if item else ():
            answered += cell.n
            due += cell.due
    return Fraction(answered, due) if due else None
