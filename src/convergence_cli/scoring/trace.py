"""``--explain``: one figure as the tree of what it was computed from, down to the answers.

The tree is made from the very nodes that carry the scores, so that it cannot differ from the result. In
every trace ``value`` = sum(weight x value) / sum(weight) over the parts that have a value and a weight;
`exact` is that value as a fraction. The parts of an indicator count its plans, objectives, units or money
instead: each is the sum of what stands in it, and the indicator 100 x for / (for + against). Hidden cells
have no parts (rule S12), and single answers stand in it only where answers are attributable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..model.answers import Code, StatedFact
from ..model.fields import written_number
from ..model.questionnaire import Question
from ..model.responses import State
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean
from ..results.common import Evidence, Part, Reason
from ..results.digest import Digest
from ..results.score import Trace
from .composites import CellMean, Node
from .facts import MONEY, ScoredFact
from .friction import contrasted, friction_points
from .points import NOUGHT, curve_of, fact_points, index_of
from .privacy import Cell, is_answer
from .questions import Say
from .survey import Survey

FRICTION = "friction"
PLAIN = ("scale", "choice", "yes-no")
"""Kinds of answers of which each option is shown; numbers and sets of options show their mean alone."""

LocateItem = Callable[[str], str | None]
"""Where the plan or the objective of an id stands, as ``file:line``, if that is known."""


@dataclass(frozen=True)
class Tracer:
    """Writes the trace of one figure of a survey."""

    wave: Wave
    survey: Survey
    facts: Mapping[str, ScoredFact]
    digest: Digest
    say: Say
    locate_item: LocateItem

    def trace(self, name: str) -> Trace:
        """The trace of the overall, a dimension, a question, friction or an indicator.

        A question comes before an indicator of the same name and has it as a part. Raises UsageError, with
        the nearest names, when there is no such figure.
        """
        if name == FRICTION:
            return self.friction()
        if node := next((node for node in self.survey.tree.nodes() if node.id == name), None):
            return self.node(node)
        if indicator := self.digest.indicator(name):
            return self.indicator(indicator)
        asked, evidence = self.survey.questionnaire, [each.id for each in self.digest.indicators]
        known = ["overall", FRICTION, *asked.dimension_by_id, *asked.question_by_id]
        hint = did_you_mean(name, [*known, *evidence]) or f"There is {', '.join(known)}."
        raise UsageError(f"There is no figure `{name}` to explain. {hint}")

    def node(self, node: Node, weight: Fraction | None = None) -> Trace:
        if node.kind == "question":
            fact = self.facts.get(node.id)
            return self.fact(node, fact, weight) if fact else self.opinion(node, weight)
        rule, title = "S5", "Overall"
        if node.kind == "dimension":
            rule, title = "S4", self.say(self.survey.questionnaire.dimension_by_id[node.id].title)
        how = node.reason or "weighted mean of the parts that have a score"
        parts = [self.node(part, part.weight) for part in node.parts]
        return traced(node.id, title, node.value, rule, how, weight, parts=parts)

    def question_title(self, name: str) -> str:
        return self.say(self.survey.questionnaire.question_by_id[name].short_title)

    def opinion(self, node: Node, weight: Fraction | None) -> Trace:
        """The cells that its score counts, then those that it leaves out."""
        counted = {mean.cell.groups for mean in node.means}
        asked = self.survey.asked[node.id]
        parts = [self.cell(asked.question, mean) for mean in node.means]
        parts += [self.left_out(asked.question, cell) for cell in asked.cells if cell.groups not in counted]
        how = node.reason or "mean of the group means, weighted by group"
        return traced(node.id, self.question_title(node.id), node.value, "S3", how, weight, parts=parts)

    def left_out(self, question: Question, cell: Cell) -> Trace:
        if cell.hidden:
            return traced(cell.name, self.people(cell), None, "S12", cell.hidden)
        if not question.is_scored_kind:
            why = "answered in words"
        elif not cell.scored:
            why = "asked, not scored"
        else:
            why = "not counted, as the question is hidden" if cell.n else "no answers"
        mean = self.survey.group_mean(question.id, cell.name)
        return traced(cell.name, self.people(cell), mean, "S3", why)

    def people(self, cell: Cell) -> str:
        groups = self.survey.questionnaire.group_by_id
        return " + ".join(self.say(groups[group].title) for group in cell.groups)

    def cell(self, question: Question, mean: CellMean) -> Trace:
        """A group's mean, over its answers; over options where answers are confidential, and of numbers and
        sets of options given in confidence their mean alone, never one person's (rule S12).

        Skipped answers count as 0 points under `missing: lowest` (rule S4).
        """
        cell, skipped = mean.cell, mean.n - mean.cell.n
        answers = "1 answer" if cell.n == 1 else f"{cell.n} answers"
        if not self.wave.confidential:
            parts = [*self.answers(question, cell)]
        elif question.answer.kind in PLAIN:
            parts = [*self.options(question, cell)]
        else:
            own = mean.total / cell.n if cell.n else None
            parts = [traced("answers", answers, own, "S12", "mean alone is shown", Fraction(cell.n))]
        how = f"mean of {answers}"
        if skipped:
            label, how = f"{skipped} skipped", f"{how} and {skipped} skipped"
            parts.append(traced("skipped", label, NOUGHT, "S4", "missing: lowest", Fraction(skipped)))
        return traced(cell.name, self.people(cell), mean.mean, "S1", how, cell.weight, parts=parts)

    def options(self, question: Question, cell: Cell) -> Iterator[Trace]:
        scale = self.survey.scales[question.id]
        for code, n in sorted(cell.counts.items(), key=lambda item: (scale.value(item[0]), str(item[0]))):
            label = f"{n} x {self.answer_label(question, code)}"
            yield traced(str(code), label, scale.points(code), "S1", None, Fraction(n))

    def answers(self, question: Question, cell: Cell) -> Iterator[Trace]:
        scale, index = self.survey.scales[question.id], self.survey.asked[question.id].index
        for respondent in self.wave.respondents:
            code = respondent.codes[index]
            if respondent.group in cell.groups and is_answer(code):
                label = f"{respondent.id}: {self.answer_label(question, code)}"
                place = self.wave.locate(respondent, question.id)
                yield traced(respondent.id, label, scale.points(code), "S1", None, Fraction(1), place=place)

    def answer_label(self, question: Question, code: Code) -> str:
        options = self.survey.questionnaire.options(question)
        if not options:
            return str(written_number(Fraction(code)))
        chosen = index_of(code)
        if question.answer.kind == "multiple":
            return ", ".join(self.say(o.label) for place, o in enumerate(options) if chosen >> place & 1)
        return f"{options[chosen].value} ({self.say(options[chosen].label)})"

    def fact(self, node: Node, fact: ScoredFact, weight: Fraction | None) -> Trace:
        """A fact with the curve that gives its points, what was stated, and the indicator behind it."""
        written = self.wave.locate(None, node.id)
        indicator = self.digest.indicator(fact.question.evidence or "")
        parts = [self.indicator(indicator)] if indicator else []
        if fact.stated is not None and fact.stated.state is State.ANSWERED:
            points, label = fact_points(fact.question, fact.stated), f"stated: {said(fact.stated)}"
            how = "shown beside it, not scored"
            parts.append(traced("stated", label, points, "S14", how, place=written))
        rule, place = ("S14", None) if fact.origin == "plans" else ("S1", written)
        because = node.reason or f"{said(fact.used)}, {curve_in_words(fact.question)}"
        title = self.question_title(node.id)
        return traced(node.id, title, node.value, rule, because, weight, place=place, parts=parts)

    def indicator(self, indicator: Evidence) -> Trace:
        """An indicator with its parts, and in each of them its plans, objectives or units."""
        how: str | Reason | None = indicator.reason
        if indicator.count is not None and indicator.of is not None:
            how = f"100 x {figure(indicator.count)} / {figure(indicator.of)}"
        parts = [self.part(part, money=indicator.id == MONEY) for part in indicator.parts]
        return traced(indicator.id, f"indicator {indicator.id}", indicator.points, "S14", how, parts=parts)

    def part(self, part: Part, *, money: bool) -> Trace:
        """One part, by what stands in it; of `budget-mapped` in money."""
        plans = {plan.id: plan.money for plan in self.digest.plans}
        items = [
            traced(name, name, plans.get(name, 0.0) if money else 1, place=self.locate_item(name))
            for name in part.ids
        ]
        total = sum(item.value or 0 for item in items) if money else part.count
        currencies = (amount.currency for amount in part.amounts) if money else ()
        how = ", ".join(filter(None, (part.role, *currencies)))
        return traced(part.id, part.id.replace("not-", "not "), total, how=how, parts=items)

    def friction(self) -> Trace:
        """The mean size of the gaps, each with the weight of its question in the overall."""
        found, how = friction_points(self.survey), "size of the gap between the two groups' means"
        parts = [
            traced(name, self.question_title(name), abs(self.survey.differences[name]), "S9", how, weight)
            for name, weight in contrasted(self.survey).items()
        ]
        how = "mean size of the gaps, weighted like the overall"
        how = "no question shows both sides" if found is None else how
        return traced(FRICTION, "Friction", found, "S9", how, parts=parts)


def said(fact: StatedFact) -> str:
    """``5 of 10``, a number, or the state."""
    if fact.count is not None and fact.of is not None:
        return f"{figure(fact.count)} of {figure(fact.of)}"
    return figure(fact.value) if fact.value is not None else str(fact.state)


def figure(number: Fraction | float) -> str:
    """A count or a sum of money in full, ``2,395,000``: never with an exponent."""
    return f"{float(number):,.2f}".removesuffix(".00")


def curve_in_words(question: Question) -> str:
    curve = curve_of(question)
    if curve is None:
        return "100 x count / of"
    return "on the line through " + ", ".join(f"({x}: {points})" for x, points in curve)


def traced(
    name: str,
    label: str,
    value: Fraction | float | None,
    rule: str | None = None,
    how: str | Reason | None = None,
    weight: Fraction | None = None,
    *,
    place: str | None = None,
    parts: Sequence[Trace] = (),
) -> Trace:
    """A line of the tree; what is weighed has its value as a fraction too, what is counted has not."""
    return Trace(
        id=name,
        label=label,
        value=None if value is None else float(value),
        exact=str(value) if isinstance(value, Fraction) else None,
        weight=None if weight is None else str(weight),
        rule=rule,
        how=how if isinstance(how, str) else None,
        reason=how if isinstance(how, Reason) else None,
        place=place,
        parts=tuple(parts),
    )
