"""The score report: what ``convergence score -f json`` promises.

Units: every ``score``, ``interval``, ``bounds``, ``gap.points``, ``want.points`` and ``friction`` is in
points (0..100); ``mean``, ``median`` and ``sd`` are in the scale's own values; ``coverage``
and ``top_two.low``/``high`` are shares (0..1). Numbers are unrounded. Within major
version 1 names are only added.
"""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from .common import Difference, Document, Evidence, Interval, Number, Points, Reason, Result, Share
from .digest import ObjectiveLine, PlanLine, UnitLine

ScoredKind = Literal["scale", "choice", "multiple", "yes-no", "number", "ratio"]
"""The kinds of questions that can be scored."""


class QuestionnaireRef(Result):
    id: str
    version: int
    title: str


class GroupSize(Result):
    """How many of a group answered, of how many such leaders there are."""

    group: str
    title: str
    n: int
    population: int | None


class Respondents(Result):
    total: int
    groups: tuple[GroupSize, ...]
    confidential: bool
    min_group_size: int


class Overall(Result):
    score: Points | None = None
    interval: Interval | None = None
    interval_reason: Reason | None = None
    coverage: Share | None = None
    bounds: Interval | None = None
    lowest_dimension: str | None = None
    level: str | None = None
    level_range: tuple[str, ...] = ()
    to_next_level: Points | None = None
    reason: Reason | None = None


class Friction(Result):
    """The mean size of the gaps, and what chance alone would give (null below four answers a side)."""

    points: Points
    chance: Number | None


class Gap(Result):
    points: Difference


class QuestionGap(Gap):
    cliffs_delta: Number | None
    reliable: bool


class DimensionGroup(Result):
    """What one group says; ``n`` answered any of the questions, and is null in a confidential file."""

    group: str
    n: int | None
    score: Points | None
    interval: Interval | None


class Dimension(Result):
    id: str
    title: str
    parent: str | None
    weight: Number
    score: Points | None
    interval: Interval | None
    interval_reason: Reason | None
    coverage: Share | None
    bounds: Interval | None
    groups: tuple[DimensionGroup, ...]
    gap: Gap | None
    reason: Reason | None


class OptionCount(Result):
    """How many chose an option; its points, which are null where several could be chosen."""

    value: Number
    label: str
    n: int
    points: Points | None = None


class TopTwo(Result):
    """How many chose one of the two best options, of how many, with Wilson's bounds as shares."""

    k: int
    n: int
    low: Share
    high: Share


class Want(Result):
    n: int
    points: Points


class QuestionGroup(Result):
    """One group's answers to one question, or the joined cell of several (``pooled``).

    Where rule S12 hides a cell, ``hidden`` says why and only ``asked`` is given.
    """

    group: str
    asked: int
    n: int | None = None
    not_applicable: int | None = None
    dont_know: int | None = None
    skipped: int | None = None
    score: Points | None = None
    interval: Interval | None = None
    interval_reason: Reason | None = None
    mean: Number | None = None
    median: Number | None = None
    sd: Number | None = None
    counts: tuple[OptionCount, ...] = ()
    top_two: TopTwo | None = None
    polarised: bool | None = None
    want: Want | None = None
    pooled: tuple[str, ...] | None
    hidden: Reason | None

    @property
    def members(self) -> tuple[str, ...]:
        """The group, or all that are joined."""
        return self.pooled or (self.group,)


class Stated(Result):
    """What people stated for a fact that the plans file counts."""

    count: Number | None
    of: Number | None
    value: Number | None
    source: str | None
    points: Points | None


class Fact(Result):
    """A ratio has ``count`` and ``of``, a number has ``value``; ``clipped``: beyond the declared points."""

    count: Number | None
    of: Number | None
    value: Number | None
    source: str | None
    origin: Literal["responses", "plans"] = Field(alias="from")
    stated: Stated | None
    clipped: bool


class Question(Result):
    id: str
    dimension: str
    title: str
    text: str
    kind: Literal[ScoredKind, "text"]
    weight: Number
    scored: tuple[str, ...]
    score: Points | None
    coverage: Share | None
    bounds: Interval | None
    reason: Reason | None
    groups: tuple[QuestionGroup, ...]
    gap: QuestionGap | None
    fact: Fact | None

    def own(self, group: str) -> QuestionGroup | None:
        """The shown cell that is `group` alone."""
        return next((cell for cell in self.groups if cell.group == group and not cell.hidden), None)

    def is_scored(self, cell: QuestionGroup) -> bool:
        return all(group in self.scored for group in cell.members)


class Comment(Result):
    """A comment; kept only where answers are attributable."""

    question: str
    respondent: str
    group: str
    text: str


class Cut(Result):
    """The figures of the respondents that share one value of an attribute, from opinions alone.

    ``who``: those of that value; ``others`` of values with too few people, together ("other"); or those of
    whom none is recorded ("not recorded"). Questions that not every value can answer are left out of all.
    """

    field: str
    value: str
    who: Literal["value", "others", "not-recorded"]
    respondents: Respondents
    overall: Overall
    dimensions: tuple[Dimension, ...]
    questions: tuple[Question, ...]


class Said(Result):
    """Something to say: ``figures`` and ``ids`` gave rise to it.

    Scoring leaves ``text`` empty; ``render.say`` fills it in, once for all formats.
    """

    kind: str
    text: str = ""
    ids: tuple[str, ...] = ()
    figures: dict[str, Number | str | None] = Field(default_factory=dict)


class Highlight(Said):
    """One thing that stands out; the first of ``ids`` is its subject. Most important first, and what concerns
    one subject together."""

    @property
    def subject(self) -> str:
        return self.ids[0] if self.ids else self.kind


class MissingPoints(Result):
    """What the overall misses through one question; of one without a score, what it could move instead."""

    question: str
    points: Points | None = None
    could_move: Points | None = None


class Because(Result):
    """A figure that made an advice apply; a gap by its size, an indicator as 100 times its share."""

    id: str
    kind: Literal["question", "dimension", "overall", "gap", "evidence"]
    points: Number


class Advice(Result):
    id: str
    title: str
    business: str | None
    it: str | None
    because: tuple[Because, ...]


class RoomQuestion(Said):
    """A question for the room, addressed to ``owners`` by their role."""

    kind: Literal["gap", "split", "silence", "low", "money", "objective", "statement"]
    owners: tuple[str, ...] = ()


class OneThing(Said):
    """The first advice whose action is open, with an action for each side.

    ``ids`` are the advice and, for ``map-plans``, the plans that could still be mapped.
    """

    kind: Literal["map-plans", "advice", "more-answers"]
    business: str | None = None
    it: str | None = None


class Note(Said):
    """What to read with care."""


class Level(Result):
    id: str
    title: str
    at_least: Number
    every_dimension_at_least: Number | None
    meaning: str | None


class Trace(Result):
    """One figure of the arithmetic: what it is, by which rule, from which parts (``--explain``).

    ``exact`` and ``weight`` are fractions such as ``"415/12"``: where parts have a weight, the value is
    sum(weight x value) / sum(weight) over those that have a value, exactly. ``how`` is null where ``reason``
    says why there is no value.
    """

    id: str
    label: str
    value: Number | None
    exact: str | None = None
    weight: str | None = None
    rule: str | None = None
    how: str | None = None
    reason: Reason | None = None
    place: str | None = None
    parts: tuple[Trace, ...] = ()


class Origin(Document):
    """Where a result of `score` comes from."""

    command: Literal["score"] = "score"
    questionnaire: QuestionnaireRef
    organization: str | None
    period: str | None
    evidence_date: str | None


class ScoreReport(Origin):
    """The score with all that it rests on. Scores and gaps are points (0..100), shares 0..1."""

    respondents: Respondents
    overall: Overall
    friction: Friction | None
    levels: tuple[Level, ...]
    dimensions: tuple[Dimension, ...]
    questions: tuple[Question, ...]
    cuts: tuple[Cut, ...]
    evidence: tuple[Evidence, ...]
    highlights: tuple[Highlight, ...]
    for_the_room: tuple[RoomQuestion, ...]
    one_thing: OneThing | None
    units: tuple[UnitLine, ...]
    plans: tuple[PlanLine, ...]
    objectives: tuple[ObjectiveLine, ...]
    missing_points: tuple[MissingPoints, ...]
    advice: tuple[Advice, ...]
    notes: tuple[Note, ...]
    comments: tuple[Comment, ...]


class Explanation(Origin):
    """``convergence score --explain ID -f json``: one figure down to its leaves."""

    explained: Trace
