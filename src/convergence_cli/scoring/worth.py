"""What a change would be worth: which one thing to do, and the order of advice."""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from ..results import score as result
from ..results.common import Part
from ..results.digest import Digest
from .facts import ScoredFact, exactly
from .levels import dimension_nodes, level_of
from .next_level import MONEY, Ladder, dimension_after, ladders_of
from .scales import NOUGHT, fact_points
from .sheet import Sheet

MAPPING = "plans-mapped"
MENDABLE = ("unapproved", "ended", "none")
"""The parts of `plans-mapped` that people could still map; a reason that was given is respected."""


@dataclass(frozen=True)
class Worth:
    """A change of one question: points that the question and the overall would gain.

    `also` is what the same change adds to the overall through other questions, already part of `overall`.
    """

    question: str
    gain: Fraction
    overall: Fraction
    also: tuple[tuple[str, Fraction], ...] = ()

    def inside(self, questions: Container[str]) -> Fraction:
        """The points of the overall that it gains through some of the questions."""
        own = self.overall - sum((points for _, points in self.also), NOUGHT)
        return sum(
            (points for name, points in (*self.also, (self.question, own)) if name in questions), NOUGHT
        )


class Scales:
    """Weighs possible changes of one sheet against each other."""

    def __init__(self, sheet: Sheet, facts: Mapping[str, ScoredFact], digest: Digest | None) -> None:
        self.sheet = sheet
        self.facts = facts
        self.digest = digest
        self.weights = sheet.tree.effective_weights()
        self.steps = self._first_steps(ladders_of(sheet, facts))

    def _first_steps(self, ladders: Sequence[Ladder]) -> dict[str, Worth]:
        """For each question one option up for every group that is scored, or one more in its fact."""
        found: dict[str, Worth] = {}
        for ladder in ladders:
            before = found.get(ladder.question)
            overall = ladder.runs[0].size + (before.overall if before else NOUGHT)
            gain = overall / self.weights[ladder.question]
            found[ladder.question] = Worth(ladder.question, gain, overall)
        return found

    def mapping(self) -> Worth | None:
        """All plans that could still be mapped, mapped: what the question that counts them would gain."""
        fact = next((f for f in self.facts.values() if f.question.evidence == MAPPING), None)
        weight = self.weights.get(fact.question.id) if fact else None
        if fact is None or fact.origin != "plans" or not weight or fact.used.count is None:
            return None
        mendable = sum(part.count for part in self.mendable_parts())
        node = self.sheet.tree.find("question", fact.question.id)
        after = fact_points(fact.question, fact.with_count(fact.used.count + mendable))
        if not mendable or after is None or node.value is None or after <= node.value:
            return None
        also = tuple(self._money())
        overall = weight * (after - node.value) + sum((points for _, points in also), NOUGHT)
        return Worth(fact.question.id, after - node.value, overall, also)

    def _money(self) -> Iterator[tuple[str, Fraction]]:
        """What the same plans, mapped, would add through questions that the money of mapped plans answers."""
        parts = self.mendable_parts()
        money = sum((exactly(amount.amount) for part in parts for amount in part.amounts), NOUGHT)
        for fact in self.facts.values():
            weight, before = self.weights.get(fact.question.id), fact.used.count
            if fact.question.evidence != MONEY or fact.origin != "plans" or not weight or before is None:
                continue
            node = self.sheet.tree.find("question", fact.question.id)
            after = fact_points(fact.question, fact.with_count(before + money))
            if node.value is not None and after is not None and after > node.value:
                yield fact.question.id, weight * (after - node.value)

    def mendable_parts(self) -> list[Part]:
        indicators = self.digest.indicators if self.digest else ()
        mapped = next((each for each in indicators if each.id == MAPPING), None)
        return [part for part in (mapped.parts if mapped else ()) if part.id in MENDABLE and part.count]

    def of(self, advice: result.Advice) -> Worth | None:
        """The largest gain among the questions that made an advice apply; None for advice on the whole."""
        found = [worth for because in advice.because for worth in self._of_subject(because)]
        return max(found, key=lambda worth: worth.overall, default=None)

    def _of_subject(self, because: result.Because) -> list[Worth]:
        if because.kind == "overall":
            return []
        if because.kind == "evidence":
            names = [f.question.id for f in self.facts.values() if f.question.evidence == because.id]
        elif because.kind == "dimension" or because.id not in self.weights:
            names = self._questions_in(because.id)
        else:
            names = [because.id]
        mapping = self.mapping()
        steps = [self.steps[name] for name in names if name in self.steps]
        return [mapping if mapping and mapping.question == step.question else step for step in steps]

    def _questions_in(self, dimension: str) -> list[str]:
        if dimension not in self.sheet.questionnaire.dimension_by_id:
            return []
        return [question.id for question in self.sheet.tree.find("dimension", dimension).questions()]

    def after(self, worth: Worth) -> tuple[Fraction, str | None]:
        """The overall and the level after a change."""
        tree = self.sheet.tree
        overall = (tree.value or NOUGHT) + worth.overall
        figures = [
            dimension_after(tree, node.id, worth.inside({question.id for question in node.questions()}))
            for node in dimension_nodes(tree)
        ]
        level = level_of(self.sheet.levels, overall, figures)
        return overall, level.id if level else None


def ordered_advice(advice: Sequence[result.Advice], scales: Scales) -> tuple[result.Advice, ...]:
    """Advice by what a step of its question is worth, the most first; advice on the whole comes last."""
    weighed = [(each, scales.of(each)) for each in advice]
    weighed.sort(key=lambda pair: -pair[1].overall if pair[1] else NOUGHT)
    return tuple(
        each.model_copy(update={"worth": float(worth.overall) if worth else None}) for each, worth in weighed
    )


def one_thing(
    sheet: Sheet, advice: Sequence[result.Advice], scales: Scales, *, named: bool
) -> result.OneThing | None:
    """The one change that is worth most, with an action for each side; `named`: owners may be named."""
    mapping = scales.mapping()
    first = next(((each, worth) for each in advice if (worth := scales.of(each))), None)
    if mapping and (first is None or mapping.overall >= first[1].overall):
        return map_plans(sheet, mapping, scales, named)
    return None if first is None else follow(sheet, *first, scales)


def follow(sheet: Sheet, advice: result.Advice, worth: Worth, scales: Scales) -> result.OneThing:
    return result.OneThing(
        kind="advice",
        ids=(worth.question, advice.id),
        figures={"title": advice.title, **before_and_after(sheet, worth, scales)},
        business=advice.business,
        it=advice.it,
    )


def map_plans(sheet: Sheet, worth: Worth, scales: Scales, named: bool) -> result.OneThing:
    """Give every plan that has none a live, approved objective; who acts is named by role, where `named`."""
    parts = {part.id: part.ids for part in scales.mendable_parts()}
    plans = {plan.id: plan for plan in scales.digest.plans} if scales.digest else {}
    objectives = {each.id: each for each in scales.digest.objectives} if scales.digest else {}
    figures: dict[str, float | str | None] = dict(before_and_after(sheet, worth, scales))
    for part, ids in parts.items():
        plan = max((plans[name] for name in ids), key=lambda plan: sum(a.amount for a in plan.amounts))
        figures[f"{part}_plan"] = plan.id
        figures[f"{part}_owner"] = plan.owner if named else None
        waiting = next((objectives[name] for name in plan.serves if name in objectives), None)
        if part == "unapproved" and waiting:
            figures["objective"] = waiting.id
            figures["objective_owner"] = waiting.owner if named else None
    mendable = {name for names in parts.values() for name in names}
    ids = tuple(name for name in plans if name in mendable)
    return result.OneThing(kind="map-plans", ids=(worth.question, *ids), figures=figures)


def before_and_after(sheet: Sheet, worth: Worth, scales: Scales) -> dict[str, float | str | None]:
    """The question's points and the overall, before and after, with both levels."""
    node = sheet.tree.find("question", worth.question)
    overall, level = scales.after(worth)
    levels = sheet.levels
    tree = sheet.tree
    here = level_of(levels, tree.value, [each.value for each in dimension_nodes(tree)])
    return {
        "before": float(node.value or 0),
        "after": float((node.value or NOUGHT) + worth.gain),
        "overall": float(tree.value or 0),
        "overall_after": float(overall),
        "level": here.id if here else None,
        "level_after": level,
    }
