"""The questionnaire: what is asked, of whom, whose answers make the score, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Literal

from pydantic import Field, model_validator

from .fields import (
    Exact,
    Flag,
    Id,
    Language,
    NotNegative,
    PointsField,
    ShareField,
    Text,
    Whole,
    Written,
    say,
)

Direction = Literal["higher-is-better", "lower-is-better"]
ONE = Fraction(1)


class Group(Written):
    """Who answers. ``attributable``: they report in their function, outside rule S12."""

    id: Id
    title: Text
    weight: NotNegative = ONE
    attributable: Flag = False


class Option(Written):
    """One option of a scale: its value, its label, and when it applies (``anchor``)."""

    value: Exact
    label: Text
    anchor: Text | None = None


class Scale(Written):
    direction: Direction = "higher-is-better"
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class Dimension(Written):
    id: Id
    title: Text
    parent: Id | None = None
    weight: NotNegative = ONE


class ScaleAnswer(Written):
    """One option of a scale that the questionnaire declares under `scales`."""

    kind: Literal["scale"]
    scale: Id


class ChoiceAnswer(Written):
    """One of the question's own options."""

    kind: Literal["choice"]
    direction: Direction = "higher-is-better"
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class MultipleAnswer(Written):
    """Several options, written as a list; points = sum of chosen values / sum of all."""

    kind: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2)]


class YesNoAnswer(Written):
    """Yes earns 100 points, no earns 0; the other way round with lower-is-better."""

    kind: Literal["yes-no"]
    direction: Direction = "higher-is-better"
    yes: Text = "Yes"
    no: Text = "No"


class NumberAnswer(Written):
    """A number, put on 0..100 by `points`: a fact, unless asked `per: respondent`."""

    kind: Literal["number"]
    points: Annotated[tuple[tuple[Exact, PointsField], ...], Field(min_length=2)]
    per: Literal["organization", "respondent"] = "organization"


class RatioAnswer(Written):
    """So many of so many; without `points`, 100 x count / of."""

    kind: Literal["ratio"]
    points: Annotated[tuple[tuple[Exact, PointsField], ...], Field(min_length=2)] | None = None
    per: Literal["organization", "respondent"] = "organization"


class TextAnswer(Written):
    """Free text: kept, never scored."""

    kind: Literal["text"]


Answer = Annotated[
    ScaleAnswer | ChoiceAnswer | MultipleAnswer | YesNoAnswer | NumberAnswer | RatioAnswer | TextAnswer,
    Field(discriminator="kind"),
]


class Question(Written):
    id: Id
    title: Text | None = None
    dimension: Id
    text: Text
    ask: dict[Id, Text] = {}
    answer: Answer
    groups: tuple[Id, ...] | None = None
    scored: tuple[Id, ...] | None = None
    weight: NotNegative = ONE
    evidence: str | None = None

    @property
    def is_fact(self) -> bool:
        """Given once for the organisation, not by each person."""
        return isinstance(self.answer, NumberAnswer | RatioAnswer) and self.answer.per == "organization"

    @property
    def is_scored_kind(self) -> bool:
        return not isinstance(self.answer, TextAnswer)

    @property
    def short_title(self) -> Text:
        return self.title or self.id.replace("-", " ").replace("_", " ")


class Scoring(Written):
    """``leave-out``: a skipped answer does not count. ``lowest``: it counts as 0 points (for audits)."""

    missing: Literal["leave-out", "lowest"] = "leave-out"
    min_answered: ShareField = Fraction(1, 2)


class Level(Written):
    id: Id
    title: Text
    at_least: PointsField
    every_dimension_at_least: PointsField | None = None
    meaning: Text | None = None


class Condition(Written):
    """When an advice applies: one subject with one bound, or several joined by `all` or `any`."""

    SUBJECTS: ClassVar = ("question", "dimension", "overall", "gap", "evidence")

    question: Id | None = None
    dimension: Id | None = None
    overall: Id | None = None
    gap: Id | None = None
    evidence: str | None = None
    below: Exact | None = None
    at_least: Exact | None = None
    all: tuple[Condition, ...] | None = None
    any: tuple[Condition, ...] | None = None

    @model_validator(mode="after")
    def one_subject_one_bound(self) -> Condition:
        subjects = [name for name in self.SUBJECTS if getattr(self, name) is not None]
        bounds = [name for name in ("below", "at_least") if getattr(self, name) is not None]
        joined = [name for name in ("all", "any") if getattr(self, name) is not None]
        if joined and not (subjects or bounds) and len(joined) == 1:
            if not getattr(self, joined[0]):
                raise ValueError(f"`{joined[0]}` needs at least one condition")
            return self
        if joined or len(subjects) != 1 or len(bounds) != 1:
            raise ValueError(
                "a condition has one of question, dimension, overall, gap, evidence and one of below, "
                "at_least; or it has `all: [...]` or `any: [...]` alone"
            )
        return self

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and id of what a simple condition looks at."""
        return next((kind, value) for kind in self.SUBJECTS if (value := getattr(self, kind)) is not None)

    def leaves(self) -> Iterator[Condition]:
        """The simple conditions inside this one, itself if it is simple."""
        inner = self.all or self.any
        if inner is None:
            yield self
        else:
            for condition in inner:
                yield from condition.leaves()


class Advice(Written):
    """One action for each side, given when the condition holds."""

    id: Id
    when: Condition
    title: Text
    business: Text | None = None
    it: Text | None = None


class Questionnaire(Written):
    """A whole questionnaire file, format ``questionnaire/1``."""

    FORMAT: ClassVar = "questionnaire/1"

    format: Literal["questionnaire/1"] = "questionnaire/1"
    id: Id
    version: Whole
    title: Text
    languages: Annotated[tuple[Language, ...], Field(min_length=1)] = ("en",)
    source: Text | None = None
    groups: Annotated[tuple[Group, ...], Field(min_length=1)]
    contrast: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)] | None = None
    scales: dict[Id, Scale] = {}
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1)]
    questions: Annotated[tuple[Question, ...], Field(min_length=1)]
    scoring: Scoring = Scoring()
    levels: tuple[Level, ...] = ()
    advice: tuple[Advice, ...] = ()

    @cached_property
    def question_by_id(self) -> Mapping[str, Question]:
        return {question.id: question for question in self.questions}

    @cached_property
    def group_by_id(self) -> Mapping[str, Group]:
        return {group.id: group for group in self.groups}

    @cached_property
    def dimension_by_id(self) -> Mapping[str, Dimension]:
        return {dimension.id: dimension for dimension in self.dimensions}

    @cached_property
    def opinions(self) -> tuple[Question, ...]:
        """The questions that each person answers, in order."""
        return tuple(question for question in self.questions if not question.is_fact)

    @cached_property
    def facts(self) -> tuple[Question, ...]:
        """The questions answered once for the organisation."""
        return tuple(question for question in self.questions if question.is_fact)

    def asked(self, question: Question) -> tuple[str, ...]:
        """The groups that are asked `question`, in the questionnaire's order."""
        every = tuple(group.id for group in self.groups)
        return (
            every if question.groups is None else tuple(group for group in every if group in question.groups)
        )

    def scored(self, question: Question) -> tuple[str, ...]:
        """The groups whose answers make the score of `question`."""
        asked = self.asked(question)
        if not question.is_scored_kind or question.is_fact:
            return ()
        return asked if question.scored is None else tuple(g for g in asked if g in question.scored)

    def options(self, question: Question) -> tuple[Option, ...]:
        """The options that `question` offers; none for number, ratio and text."""
        answer = question.answer
        if isinstance(answer, ScaleAnswer):
            return self.scales[answer.scale].options
        if isinstance(answer, ChoiceAnswer | MultipleAnswer):
            return answer.options
        if isinstance(answer, YesNoAnswer):
            return (
                Option(value=Fraction(0), label=answer.no),
                Option(value=Fraction(1), label=answer.yes),
            )
        return ()

    def direction(self, question: Question) -> Direction:
        answer = question.answer
        if isinstance(answer, ScaleAnswer):
            return self.scales[answer.scale].direction
        if isinstance(answer, ChoiceAnswer | YesNoAnswer):
            return answer.direction
        return "higher-is-better"

    def say(self, text: Text, language: str | None = None) -> str:
        """`text` in `language`, else in the questionnaire's first language."""
        return say(text, language or self.languages[0], self.languages[0])
