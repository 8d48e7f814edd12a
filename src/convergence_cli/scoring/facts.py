"""Rule S14: the figure that is scored for a fact, with what was stated beside it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

from ..model.answers import StatedFact
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
from ..results.common import Evidence
from ..results.digest import Digest

MAPPING = "plans-mapped"
MONEY = "budget-mapped"
"""The indicator that counts money."""
MENDABLE = ("unapproved", "ended", "none")
"""The parts of `plans-mapped` that people could still map; a reason that was given is respected."""


@dataclass(frozen=True)
class ScoredFact:
    """``used`` is scored; ``stated`` is what people said where the plans file is scored instead."""

    question: Question
    used: StatedFact
    origin: Literal["responses", "plans"]
    stated: StatedFact | None = None


def scored_facts(
    questionnaire: Questionnaire,
    stated: Mapping[str, StatedFact],
    digest: Digest,
    *,
    confidential: bool,
) -> dict[str, ScoredFact]:
    """The fact of each fact question, from the plans file where the question names an indicator it counts.

    In confidence nothing says who stated it (rule S12).
    """
    found = {}
    for question in questionnaire.facts:
        said = stated.get(question.id) or StatedFact(State.SKIPPED)
        said = replace(said, source=None) if confidential else said
        counted = counted_fact(digest.indicator(question.evidence or ""))
        by_plans = counted and ScoredFact(question, counted, "plans", said)
        found[question.id] = by_plans or ScoredFact(question, said, "responses")
    return found


def used(facts: Mapping[str, ScoredFact]) -> dict[str, StatedFact]:
    """What is scored of each fact."""
    return {name: fact.used for name, fact in facts.items()}


def counted_fact(evidence: Evidence | None) -> StatedFact | None:
    """An indicator as a fact; None where nobody recorded it, or there is nothing to count."""
    if evidence is None or evidence.count is None or not evidence.of:
        return None
    count, of = (Fraction(str(number)) for number in (evidence.count, evidence.of))
    return StatedFact(State.ANSWERED, count=count, of=of, source="plans file")
