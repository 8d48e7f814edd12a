"""Advice whose condition holds, by the points that its figures miss, and the one thing to do (rule S17)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from ..model.questionnaire import Condition
from ..model.walks import leaves
from ..results import score as result
from ..results.digest import Digest, PlanLine
from .facts import MAPPING, MENDABLE, MONEY, ScoredFact
from .missing import missing
from .points import NOUGHT
from .questions import Say, number
from .survey import Survey


@dataclass(frozen=True)
class Advisor:
    """Knows the figures that conditions look at: points of questions, dimensions and the overall, gaps,
    indicators.

    A figure that does not exist (no score, hidden, not recorded) satisfies no condition. A gap counts
    by its size, whoever is above, and for a question only when it is reliable.
    """

    survey: Survey
    facts: Mapping[str, ScoredFact]
    digest: Digest

    def advice(self, say: Say) -> tuple[result.Advice, ...]:
        """The questionnaire's advice that applies, most missing points first, advice on the whole last."""
        found = [
            result.Advice(
                id=advice.id,
                title=say(advice.title),
                business=say(advice.business) if advice.business else None,
                it=say(advice.it) if advice.it else None,
                because=self.because(advice.when),
            )
            for advice in self.survey.questionnaire.advice
            if self.holds(advice.when)
        ]
        return tuple(sorted(found, key=lambda advice: (is_on_the_whole(advice), -self.points(advice))))

    def one_thing(self, advice: tuple[result.Advice, ...], *, named: bool) -> result.OneThing | None:
        """The first advice whose figures miss points and whose action is open; `named`: owners may be named.

        Where the plans file counts the plans that it is about, the action is theirs; a plan that is excused
        with a reason has none. Nothing else is advised on the word of one or two people.
        """
        if self.survey.is_thin and not self.digest.indicators:
            return result.OneThing(kind="more-answers")
        for each in advice:
            points, mapping = self.points(each), all(map(self.is_mapping, self.questions(each)))
            figures: dict[str, float | str | None] = {"title": each.title, "points": float(points)}
            if points and not mapping:
                return result.OneThing(
                    kind="advice", ids=(each.id,), figures=figures, business=each.business, it=each.it
                )
            if points and self.mendable:
                ids = (each.id, *(plan.id for plan in self.mendable))
                figures |= self.first_plan(named=named)
                return result.OneThing(kind="map-plans", ids=ids, figures=figures)
        return None

    def is_mapping(self, question: str) -> bool:
        """Whether the plans file answers a question by which plans, or whose money, are mapped."""
        fact = self.facts.get(question)
        return fact is not None and fact.origin == "plans" and fact.question.evidence in (MAPPING, MONEY)

    @cached_property
    def mendable(self) -> list[PlanLine]:
        """The green-lit plans that could still be mapped; what was delivered for its objective is done."""
        return [
            plan
            for plan in self.digest.plans
            if plan.part in MENDABLE and not (plan.delivered and plan.part == "ended")
        ]

    def first_plan(self, *, named: bool) -> dict[str, float | str | None]:
        """The plan to begin with, by money; one whose objective only lacks approval after the others."""
        plan = max(self.mendable, key=lambda plan: (plan.part != "unapproved", plan.money))
        known = {each.id: each for each in self.digest.objectives} if plan.part == "unapproved" else {}
        waiting = next((known[name] for name in plan.serves if name in known), None)
        return {
            "part": plan.part,
            "plan": plan.id,
            "owner": plan.owner if named else None,
            "objective": waiting.id if waiting else None,
            "objective_owner": waiting.owner if waiting and named else None,
        }

    @cached_property
    def missing(self) -> Mapping[str, Fraction]:
        return missing(self.survey.tree)

    def points(self, advice: result.Advice) -> Fraction:
        """The missing points of the questions behind an advice, each once."""
        return sum((self.missing.get(name, NOUGHT) for name in self.questions(advice)), NOUGHT)

    def questions(self, advice: result.Advice) -> set[str]:
        return {name for because in advice.because for name in self.questions_of(because)}

    def questions_of(self, because: result.Because) -> Iterator[str]:
        if because.kind == "evidence":
            yield from (name for name, fact in self.facts.items() if fact.question.evidence == because.id)
        elif because.kind == "question" or because.id in self.survey.questionnaire.question_by_id:
            yield because.id
        elif because.kind != "overall":
            yield from (node.id for node in self.survey.tree.find("dimension", because.id).questions())

    def holds(self, condition: Condition) -> bool:
        if condition.all is not None:
            return all(self.holds(inner) for inner in condition.all)
        if condition.any is not None:
            return any(self.holds(inner) for inner in condition.any)
        figure = self.figure(condition)
        if figure is None:
            return False
        if condition.below is not None:
            return figure < float(condition.below)
        return condition.at_least is not None and figure >= float(condition.at_least)

    def figure(self, condition: Condition) -> float | None:
        """The number that a simple condition looks at, in points; an indicator's as a share (0..1)."""
        kind, name = condition.subject
        if kind == "evidence":
            return self.share(name)
        if kind == "gap":
            return self.gap(name)
        tree = self.survey.tree
        return number((tree if kind == "overall" else tree.find(kind, name)).value)

    def share(self, name: str) -> float | None:
        found = self.digest.indicator(name)
        return None if found is None or found.count is None or not found.of else found.count / found.of

    def gap(self, name: str) -> float | None:
        gap = self.survey.gaps.get(name)
        if gap is not None:
            return abs(gap.points) if gap.reliable else None
        apart = self.survey.dimension_gaps.get(name)
        return None if apart is None else abs(apart.points)

    def because(self, condition: Condition) -> tuple[result.Because, ...]:
        """The figures that made the condition hold, each once, in points."""
        found: dict[tuple[str, str], float] = {}
        for _, leaf in leaves(condition):
            figure = self.figure(leaf)
            if figure is not None and self.holds(leaf):
                found.setdefault(leaf.subject, 100 * figure if leaf.evidence else figure)
        return tuple(
            result.Because.model_validate({"id": name, "kind": kind, "points": points})
            for (kind, name), points in found.items()
        )


def is_on_the_whole(advice: result.Advice) -> bool:
    return all(because.kind == "overall" for because in advice.because)
