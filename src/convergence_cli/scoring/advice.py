"""Advice whose condition holds, with the figures that triggered it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from ..model.questionnaire import Condition
from ..results import score as result
from ..results.common import Evidence
from .questions import Say
from .sheet import Sheet


def advice_for(sheet: Sheet, evidence: Sequence[Evidence], say: Say) -> tuple[result.Advice, ...]:
    """The questionnaire's advice that applies, in its own order."""
    figures = Figures(sheet, {indicator.id: indicator for indicator in evidence})
    return tuple(
        result.Advice(
            id=advice.id,
            title=say(advice.title),
            business=say(advice.business) if advice.business else None,
            it=say(advice.it) if advice.it else None,
            because=figures.because(advice.when),
        )
        for advice in sheet.questionnaire.advice
        if figures.holds(advice.when)
    )


class Figures:
    """What conditions look at: points of questions, dimensions and the overall, gaps, indicators.

    A figure that does not exist (no score, hidden, not recorded) satisfies no condition. A gap counts
    by its size, whoever is above, and for a question only when it is reliable.
    """

    def __init__(self, sheet: Sheet, evidence: Mapping[str, Evidence]) -> None:
        self.sheet = sheet
        self.evidence = evidence

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
            indicator = self.evidence.get(name)
            known = indicator is not None and indicator.count is not None and indicator.of
            return indicator.count / indicator.of if known and indicator else None  # type: ignore[operator]
        if kind == "gap":
            return self.gap(name)
        if kind == "overall":
            return as_float(self.sheet.tree.value)
        return as_float(self.sheet.tree.find("question" if kind == "question" else "dimension", name).value)

    def gap(self, name: str) -> float | None:
        gap = self.sheet.gaps.get(name)
        if gap is not None:
            return abs(float(gap.points)) if gap.reliable else None
        voices = self.sheet.shared_voices
        if voices is None or name not in self.sheet.questionnaire.dimension_by_id:
            return None
        first, second = (tree.find("dimension", name).value for tree in voices)
        return None if first is None or second is None else abs(float(second - first))

    def because(self, condition: Condition) -> tuple[result.Because, ...]:
        """The figures that made the condition hold, each once, in points."""
        found: dict[tuple[str, str], float] = {}
        for leaf in condition.leaves():
            figure = self.figure(leaf)
            if figure is not None and self.holds(leaf):
                found.setdefault(leaf.subject, 100 * figure if leaf.evidence else figure)
        return tuple(
            result.Because.model_validate({"id": name, "kind": kind, "points": points})
            for (kind, name), points in found.items()
        )


def as_float(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]
