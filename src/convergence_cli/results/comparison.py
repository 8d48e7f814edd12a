"""The comparison of two waves: what ``convergence compare -f json`` promises.

Every ``old``, ``new``, ``change`` and ``interval`` is in points, unrounded; a change is new minus old, so
that above 0 is better. Within major version 1 names are only added.
"""

from __future__ import annotations

from typing import Literal

from .common import Difference, Document, Interval, Points, Reason, Result
from .score import Fact, Note, QuestionnaireRef, Respondents, ScoredKind

Cause = Literal["facts", "answers", "people"]
CAUSES: tuple[Cause, ...] = ("facts", "answers", "people")
"""In the order in which a change is split."""


class Wave(Result):
    """One of the two waves, and the version of the questionnaire that it answered."""

    organization: str | None
    period: str
    version: int
    evidence_date: str | None
    respondents: Respondents


class ChangePart(Result):
    """What one cause brings into a change; the parts sum to it."""

    cause: Cause
    change: Difference


class Change(Result):
    """One figure in both waves; a change that is not known has a ``reason``."""

    old: Points | None
    new: Points | None
    change: Difference | None
    by_facts: Difference | None = None
    """What the new facts alone move, the old answers staying; no answers, so it is told in confidence too."""
    interval: Interval | None = None
    """Where the change lies with 95 % confidence; null where there is nothing to estimate it from."""
    answers_interval: Interval | None = None
    """The interval less ``by_facts``: where that lies which other answers, or other people, moved."""
    interval_reason: Reason | None = None
    """Why one of the two intervals is null."""
    reliable: bool = False
    """Whether ``answers_interval`` excludes 0; what facts moved is never called reliable."""
    in_both: int | None = None
    """People who answered in both waves; null for a fact, and in confidence, where nobody is followed."""
    parts: tuple[ChangePart, ...] | None = None
    reason: Reason | None = None


class DimensionChange(Change):
    id: str
    title: str
    parent: str | None


class GroupChange(Change):
    """One group's own answers to a question, or those of several joined (``pooled``)."""

    group: str
    title: str
    scored: bool
    pooled: tuple[str, ...] | None


class FactChange(Result):
    old: Fact | None
    new: Fact | None


class QuestionChange(Change):
    id: str
    dimension: str
    title: str
    kind: ScoredKind
    fact: FactChange | None
    groups: tuple[GroupChange, ...]


class Comparison(Document):
    """What changed between two waves of one questionnaire; ``waves`` has the old one first."""

    command: Literal["compare"] = "compare"
    questionnaire: QuestionnaireRef
    waves: tuple[Wave, Wave]
    overall: Change
    dimensions: tuple[DimensionChange, ...]
    questions: tuple[QuestionChange, ...]
    notes: tuple[Note, ...]
