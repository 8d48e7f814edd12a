"""``--explain``: one figure as the tree of what it was computed from, down to the answers.

The tree is made from the very nodes that carry the scores, so that it cannot differ from the result. In
every trace ``value`` = sum(weight x value) / sum(weight) over the parts that have a value and a weight;
`exact` is that value as a fraction. The parts of an indicator count its plans, objectives, units or money
instead: each is the sum of what stands in it, and the indicator 100 x for / (for + against). Hidden cells
have no parts (rule S12), and single answers stand in it only where answers are attributable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from ..model.answers import Code, Respondent, StatedFact
from ..model.fields import written_number
from ..model.questionnaire import Question
from ..model.responses import State
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean
from ..results.common import Evidence, Part, Reason
from ..results.digest import Digest
from ..results.score import Trace
from .cells import Cell, is_answer
from .composites import CellMean, Node
from .facts import MONEY, ScoredFact
from .questions import Say
from .scales import curve_of, fact_points
from .sheet import Sheet

FRICTION = "friction"

Locate = Callable[[Respondent | None, str], str | None]
"""Where a respondent's answer to a question, or a fact, stands as ``file:line``, if that is known."""
LocateItem = Callable[[str], str | None]
"""Where the plan or the objective of an id stands, as ``file:line``, if that is known."""
PART_NAMES = {"not-green-lit": "not green-lit"}


class Tracer:
    """Writes the trace of one figure of a sheet."""

    def __init__(
        self,
        wave: Wave,
        sheet: Sheet,
        facts: Mapping[str, ScoredFact],
        digest: Digest | None,
        say: Say,
        locate: Locate,
        locate_item: LocateItem,
    ) -> None:
        self.wave = wave
        self.sheet = sheet
        self.facts = facts
        self.evidence = {each.id: each for each in digest.indicators} if digest else {}
        self.plans = {plan.id: plan for plan in digest.plans} if digest else {}
        self.say = say
        self.locate = locate
        self.locate_item = locate_item

    def trace(self, name: str) -> Trace:
        """The trace of the overall, a dimension, a question, friction or an indicator.

        A question comes before an indicator of the same name and has it as a part. Raises UsageError, with
        the nearest names, when there is no such figure.
        """
        questionnaire = self.sheet.questionnaire
        if name == "overall":
            return self.node(self.sheet.tree)
        if name == FRICTION:
            return self.friction()
        if name in questionnaire.question_by_id:
            return self.node(self.sheet.tree.find("question", name))
        if name in questionnaire.dimension_by_id:
            return self.node(self.sheet.tree.find("dimension", name))
        if name in self.evidence:
            return self.indicator(self.evidence[name])
        known = ["overall", FRICTION, *questionnaire.dimension_by_id, *questionnaire.question_by_id]
        hint = did_you_mean(name, [*known, *self.evidence]) or f"There is {', '.join(known)}."
        raise UsageError(f"There is no figure `{name}` to explain. {hint}")

    def node(self, node: Node, weight: Fraction | None = None) -> Trace:
        if node.kind == "question":
            return self.question(node, weight)
        parts = tuple(self.node(part, part.weight) for part in node.parts)
        rule, title = ("S5", "Overall") if node.kind == "overall" else ("S4", self.title(node))
        how = node.reason or "weighted mean of the parts that have a score"
        return traced(node.id, title, node.value, rule, how, weight=weight, parts=parts)

    def title(self, node: Node) -> str:
        return self.say(self.sheet.questionnaire.dimension_by_id[node.id].title)

    def question(self, node: Node, weight: Fraction | None) -> Trace:
        question = self.sheet.questionnaire.question_by_id[node.id]
        title = self.say(question.short_title)
        fact = self.facts.get(node.id)
        if fact is not None:
            return self.fact(node, fact, title, weight)
        parts = [self.cell(question, mean) for mean in node.means]
        parts += [self.left_out(question, cell, node) for cell in self.not_counted(node)]
        how = node.reason or "mean of the group means, weighted by group"
        return traced(node.id, title, node.value, "S3", how, weight=weight, parts=tuple(parts))

    def not_counted(self, node: Node) -> Iterator[Cell]:
        """The cells of a question that its score leaves out."""
        counted = {mean.cell.groups for mean in node.means}
        item = self.sheet.asked.get(node.id)
        for cell in item.cells if item else ():
            if cell.groups not in counted:
                yield cell

    def left_out(self, question: Question, cell: Cell, node: Node) -> Trace:
        why = cell.hidden or self.why_left_out(question, cell, node)
        rule = "S12" if cell.hidden else "S3"
        mean = None if cell.hidden else self.sheet.group_mean(question.id, cell.name)
        return traced(cell.name, self.people(cell), mean, rule, why)

    @staticmethod
    def why_left_out(question: Question, cell: Cell, node: Node) -> str:
        if not question.is_scored_kind:
            return "answered in words"
        if not cell.scored:
            return "asked, not scored"
        return "not counted, as the question is hidden" if cell.n and node.reason else "no answers"

    def people(self, cell: Cell) -> str:
        groups = self.sheet.questionnaire.group_by_id
        return " + ".join(self.say(groups[group].title) for group in cell.groups)

    def cell(self, question: Question, mean: CellMean) -> Trace:
        """A group's mean, over its answers; over options where answers are confidential."""
        cell = mean.cell
        parts = self.answers(question, cell)
        if self.wave.confidential:
            plain = question.answer.kind in ("scale", "choice", "yes-no")
            parts = self.options(question, cell) if plain else self.moments(mean)
        skipped = self.skipped(mean)
        how = mean_of(mean)
        return traced(
            cell.name,
            self.people(cell),
            mean.mean,
            "S1",
            how,
            weight=mean.cell.weight,
            parts=(*parts, *skipped),
        )

    def skipped(self, mean: CellMean) -> Iterator[Trace]:
        """The skipped answers that count as 0 points under `missing: lowest` (rule S4)."""
        extra = mean.n - mean.cell.n
        if extra:
            label = f"{extra} skipped"
            yield traced("skipped", label, Fraction(0), "S4", "missing: lowest", weight=Fraction(extra))

    def moments(self, mean: CellMean) -> Iterator[Trace]:
        """Numbers, or sets of options, given in confidence: their mean, never one person's (rule S12)."""
        n = mean.cell.n
        answered = mean.mean * mean.n / n if n else None
        yield traced("answers", answers(n), answered, "S12", "mean alone is shown", weight=Fraction(n))

    def options(self, question: Question, cell: Cell) -> Iterator[Trace]:
        scale = self.sheet.scales[question.id]
        for code, n in sorted(cell.counts.items(), key=lambda item: (scale.value(item[0]), str(item[0]))):
            label = f"{n} x {self.answer_label(question, code)}"
            yield traced(str(code), label, scale.points(code), "S1", None, weight=Fraction(n))

    def answers(self, question: Question, cell: Cell) -> Iterator[Trace]:
        scale, index = self.sheet.scales[question.id], self.sheet.asked[question.id].index
        for respondent in self.wave.respondents:
            code = respondent.codes[index]
            if respondent.group in cell.groups and is_answer(code):
                yield traced(
                    respondent.id,
                    f"{respondent.id}: {self.answer_label(question, code)}",
                    scale.points(code),
                    "S1",
                    None,
                    weight=Fraction(1),
                    place=self.locate(respondent, question.id),
                )

    def answer_label(self, question: Question, code: Code) -> str:
        options = self.sheet.questionnaire.options(question)
        if not options:
            return str(written_number(Fraction(code))) if not isinstance(code, State) else str(code)
        if not isinstance(code, int):
            return str(code)
        if question.answer.kind == "multiple":
            chosen = [self.say(o.label) for place, o in enumerate(options) if code >> place & 1]
            return ", ".join(chosen)
        return f"{options[code].value} ({self.say(options[code].label)})"

    def fact(self, node: Node, fact: ScoredFact, title: str, weight: Fraction | None) -> Trace:
        """A fact with the curve that gives its points, what was stated, and the indicator behind it."""
        parts = []
        indicator = self.evidence.get(fact.question.evidence or "")
        if indicator is not None:
            parts.append(self.indicator(indicator))
        if fact.stated is not None and fact.stated.state is State.ANSWERED:
            points = fact_points(fact.question, fact.stated)
            label = f"stated: {said(fact.stated)}"
            place = self.locate(None, node.id)
            parts.append(traced("stated", label, points, "S14", "shown beside it, not scored", place=place))
        how = node.reason or f"{said(fact.used)}, {curve_in_words(fact.question)}"
        rule, place = ("S14", None) if fact.origin == "plans" else ("S1", self.locate(None, node.id))
        return traced(node.id, title, node.value, rule, how, weight=weight, place=place, parts=tuple(parts))

    def indicator(self, indicator: Evidence) -> Trace:
        """An indicator with its parts, and in each of them its plans, objectives or units."""
        how = indicator.reason
        if indicator.count is not None and indicator.of is not None:
            how = f"100 x {figure(indicator.count)} / {figure(indicator.of)}"
        parts = tuple(self.part(indicator, part) for part in indicator.parts)
        return counted(indicator.id, f"indicator {indicator.id}", indicator.points, how, "S14", parts=parts)

    def part(self, indicator: Evidence, part: Part) -> Trace:
        """One part, by what stands in it; of `budget-mapped` in money."""
        if indicator.id != MONEY:
            items = tuple(counted(name, name, 1, None, place=self.locate_item(name)) for name in part.ids)
            return counted(part.id, PART_NAMES.get(part.id, part.id), part.count, part.role, parts=items)
        items = tuple(self.spent(name) for name in part.ids)
        currencies = ", ".join(amount.currency for amount in part.amounts if amount.currency)
        total = sum(item.value or 0 for item in items)
        how = part.role + (f", {currencies}" if currencies else "")
        return counted(part.id, part.id, total, how, parts=items)

    def spent(self, name: str) -> Trace:
        """The budget of a plan."""
        plan = self.plans.get(name)
        money = sum(amount.amount for amount in plan.amounts) if plan else 0.0
        return counted(name, name, money, None, place=self.locate_item(name))

    def friction(self) -> Trace:
        """The mean size of the gaps, each with the weight of its question in the overall."""
        weights = self.sheet.tree.effective_weights()
        found = self.sheet.friction
        parts = tuple(
            traced(
                name,
                self.say(self.sheet.questionnaire.question_by_id[name].short_title),
                abs(gap.points),
                "S9",
                "size of the gap between the two groups' means",
                weight=weights[name],
            )
            for name, gap in self.sheet.gaps.items()
            if weights.get(name)
        )
        how = "mean size of the gaps, weighted like the overall" if found else "no question shows both sides"
        return traced(FRICTION, "Friction", found.points if found else None, "S9", how, parts=parts)


def mean_of(mean: CellMean) -> str:
    extra = mean.n - mean.cell.n
    return f"mean of {answers(mean.cell.n)}" + (f" and {extra} skipped" if extra else "")


def answers(n: int) -> str:
    return "1 answer" if n == 1 else f"{n} answers"


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
    value: Fraction | None,
    rule: str,
    how: str | Reason | None,
    *,
    weight: Fraction | None = None,
    place: str | None = None,
    parts: tuple[Trace, ...] = (),
) -> Trace:
    return Trace(
        id=name,
        label=label,
        value=None if value is None else float(value),
        exact=None if value is None else str(value),
        weight=None if weight is None else str(weight),
        rule=rule,
        how=how if isinstance(how, str) else None,
        reason=how if isinstance(how, Reason) else None,
        place=place,
        parts=parts,
    )


def counted(
    name: str,
    label: str,
    value: float | None,
    how: str | None,
    rule: str | None = None,
    *,
    place: str | None = None,
    parts: tuple[Trace, ...] = (),
) -> Trace:
    """What is counted rather than weighed: an indicator, a part of it, or one thing in that part."""
    return Trace(
        id=name,
        label=label,
        value=value,
        exact=None,
        weight=None,
        rule=rule,
        how=how,
        place=place,
        parts=parts,
    )
