"""``--explain``: one figure as the tree of what it was computed from, down to the answers.

The tree is made from the very nodes that carry the scores, so that it cannot differ from the result. In
every trace ``value`` = sum(weight x value) / sum(weight) over the parts that have a value and a weight;
`exact` is that value as a fraction. Hidden cells have no parts (rule S12), and single answers stand in it
only where answers are attributable.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction

from ..model.answers import Code, Respondent, StatedFact
from ..model.questionnaire import Question
from ..model.responses import State
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean
from ..results.common import Evidence
from ..results.score import Trace
from .cells import Cell, is_answer
from .composites import CellMean, Node
from .facts import ScoredFact
from .questions import Say
from .scales import curve_of, fact_points
from .sheet import Sheet

FRICTION = "friction"


Locate = Callable[[Respondent, str], str | None]
"""Where a respondent's answer to a question stands, as ``file:line``; nothing where that is not known."""


class Tracer:
    """Writes the trace of one figure of a sheet."""

    def __init__(
        self,
        wave: Wave,
        sheet: Sheet,
        facts: Mapping[str, ScoredFact],
        evidence: Sequence[Evidence],
        say: Say,
        locate: Locate,
    ) -> None:
        self.wave = wave
        self.sheet = sheet
        self.facts = facts
        self.evidence = {each.id: each for each in evidence}
        self.say = say
        self.locate = locate

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
        parts += [self.left_out(question, cell) for cell in self.not_counted(node)]
        how = node.reason or "mean of the group means, weighted by group"
        return traced(node.id, title, node.value, "S3", how, weight=weight, parts=tuple(parts))

    def not_counted(self, node: Node) -> Iterator[Cell]:
        """The cells of a question that its score leaves out."""
        counted = {mean.cell.groups for mean in node.means}
        item = self.sheet.asked.get(node.id)
        for cell in item.cells if item else ():
            if cell.groups not in counted:
                yield cell

    def left_out(self, question: Question, cell: Cell) -> Trace:
        why = cell.hidden or ("asked, not scored" if not cell.scored else "no answers")
        rule = "S12" if cell.hidden else "S3"
        mean = None if cell.hidden else self.sheet.group_mean(question.id, cell.name)
        return traced(cell.name, self.people(cell), mean, rule, why)

    def people(self, cell: Cell) -> str:
        groups = self.sheet.questionnaire.group_by_id
        return " + ".join(self.say(groups[group].title) for group in cell.groups)

    def cell(self, question: Question, mean: CellMean) -> Trace:
        """A group's mean, over its answers; over options where answers are confidential."""
        cell = mean.cell
        parts = self.options(question, cell) if self.wave.confidential else self.answers(question, cell)
        skipped = self.skipped(mean)
        how = f"mean of {mean.n} answers"
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

    def options(self, question: Question, cell: Cell) -> Iterator[Trace]:
        scale = self.sheet.scales[question.id]
        for code, n in sorted(cell.counts.items(), key=lambda item: scale.value(item[0])):
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
            return f"{float(Fraction(code)):g}" if not isinstance(code, State) else str(code)
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
            parts.append(traced("stated", label, points, "S14", "shown beside it, not scored"))
        how = node.reason or f"{said(fact.used)}, {curve_in_words(fact.question)}"
        rule = "S14" if fact.origin == "plans" else "S1"
        return traced(node.id, title, node.value, rule, how, weight=weight, parts=tuple(parts))

    def indicator(self, indicator: Evidence) -> Trace:
        """An indicator with its parts and what stands in each."""
        parts = tuple(
            Trace(
                id=part.id,
                label=f"{part.id.replace('-', ' ')}: {', '.join(part.ids) or 'none'}",
                value=part.count,
                exact=None,
                weight=None,
                rule=None,
                how=part.role,
                place=None,
                parts=(),
            )
            for part in indicator.parts
        )
        how = indicator.reason
        if indicator.count is not None and indicator.of is not None:
            how = f"100 x {indicator.count:g} / {indicator.of:g}"
        return Trace(
            id=indicator.id,
            label=f"indicator {indicator.id}",
            value=indicator.points,
            exact=None,
            weight=None,
            rule="S14",
            how=how,
            place=None,
            parts=parts,
        )

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


def said(fact: StatedFact) -> str:
    """``5 of 10``, a number, or the state."""
    if fact.count is not None and fact.of is not None:
        return f"{float(fact.count):g} of {float(fact.of):g}"
    return f"{float(fact.value):g}" if fact.value is not None else str(fact.state)


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
    how: str | None,
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
        how=how,
        place=place,
        parts=parts,
    )
