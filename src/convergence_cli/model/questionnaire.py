"""The questionnaire: what is asked, of whom, whose answers make the score, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from functools import cached_property
from typing import Annotated, ClassVar, Literal, assert_never

from pydantic import Field, model_validator

from .fields import (
    Exact,
    Flag,
    Id,
    Indicator,
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
MOST = 1000
"""Questions, dimensions, options, levels or actions: nobody answers more, and they are held together."""
MOST_GROUPS = 100
"""Groups or languages."""
Curve = Annotated[tuple[tuple[Exact, PointsField], ...], Field(min_length=2, max_length=MOST)]


class Group(Written):
    """Who answers."""

    id: Id
    """The name that `groups`, `scored`, `contrast` and respondents use."""
    title: Text
    """What reports call the group."""
    weight: NotNegative = ONE
    """How much its mean counts beside other scored groups; 1 unless said otherwise."""
    attributable: Flag = False
    """They report in their function, so their answers are shown even in a confidential file."""


class Option(Written):
    """One option of a scale."""

    value: Exact
    """The number that is scored and that may be typed as an answer."""
    label: Text
    """What people choose; it may be typed as an answer, too."""
    anchor: Text | None = None
    """When this option applies, so that two people mean the same by it."""


class Scale(Written):
    """An ordered list of options."""

    direction: Direction = "higher-is-better"
    """Which end of the values earns 100 points."""
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST)]
    """The options, in the order in which a form shows them."""


class Dimension(Written):
    """Part of what is measured; its score is the mean of what lies in it."""

    id: Id
    """The name of this figure; no question may have the same."""
    title: Text
    """What reports call it."""
    parent: Id | None = None
    """The dimension that this one is part of."""
    weight: NotNegative = ONE
    """How much it counts beside its siblings; 1 unless said otherwise."""


class ScaleAnswer(Written):
    """One option of a scale that the questionnaire declares under `scales`."""

    kind: Literal["scale"]
    scale: Id
    """Which of the `scales`."""


class ChoiceAnswer(Written):
    """One of the question's own options."""

    kind: Literal["choice"]
    direction: Direction = "higher-is-better"
    """Which end of the values earns 100 points."""
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST)]
    """The question's own options."""


class MultipleAnswer(Written):
    """Several options, written as a list; points = sum of chosen values / sum of all."""

    kind: Literal["multiple"]
    options: Annotated[tuple[Option, ...], Field(min_length=2, max_length=MOST)]
    """The options; each value is what choosing it is worth."""


class YesNoAnswer(Written):
    """Yes earns 100 points, no earns 0; the other way round with lower-is-better."""

    kind: Literal["yes-no"]
    direction: Direction = "higher-is-better"
    """lower-is-better: no earns the points."""
    yes: Text = "Yes"
    """What yes is called."""
    no: Text = "No"
    """What no is called."""


class NumberAnswer(Written):
    """A number, put on 0..100 by `points`: a fact, unless asked `per: respondent`."""

    kind: Literal["number"]
    points: Curve
    """Pairs of a number and its points; straight lines between them, level beyond the ends."""
    per: Literal["organization", "respondent"] = "organization"
    """organization: a fact, given once. respondent: asked of each person."""


class RatioAnswer(Written):
    """So many of so many; without `points`, 100 x count / of."""

    kind: Literal["ratio"]
    points: Curve | None = None
    """Pairs of a share (0 to 1, such as 1/3) and its points; without them, 100 x count / of."""
    per: Literal["organization", "respondent"] = "organization"
    """organization: a fact, given once. respondent: asked of each person."""


class TextAnswer(Written):
    """Free text: kept, never scored."""

    kind: Literal["text"]


Answer = Annotated[
    ScaleAnswer | ChoiceAnswer | MultipleAnswer | YesNoAnswer | NumberAnswer | RatioAnswer | TextAnswer,
    Field(discriminator="kind"),
]


class Question(Written):
    """One question, put to people or answered once for the organisation."""

    id: Id
    """The name that `answers` and `facts` use; no dimension may have the same."""
    title: Text | None = None
    """A few words for tables; the id, unless given."""
    dimension: Id
    """The dimension that this question is part of."""
    text: Text
    """The question itself."""
    ask: dict[Id, Text] = {}
    """Another wording for a group."""
    answer: Answer
    """How it is answered, by `kind`."""
    groups: Annotated[tuple[Id, ...], Field(max_length=MOST_GROUPS)] | None = None
    """Who is asked; every group, unless given."""
    scored: Annotated[tuple[Id, ...], Field(max_length=MOST_GROUPS)] | None = None
    """Whose answers make the score; all who are asked, unless given. The others are only contrasted."""
    weight: NotNegative = ONE
    """How much it counts in its dimension; 1 unless said otherwise."""
    evidence: Indicator | None = None
    """The indicator, counted from a plans file, that can supply or check this ratio."""

    @property
    def is_fact(self) -> bool:
        """Given once for the organisation, not by each person."""
        return isinstance(self.answer, NumberAnswer | RatioAnswer) and self.answer.per == "organization"

    @property
    def is_scored_kind(self) -> bool:
        return not isinstance(self.answer, TextAnswer)

    @property
    def short_title(self) -> Text:
        """The title, or the words of the id; an id with a number in it is a name as it stands (`x-1_2`)."""
        named = any(letter.isdigit() for letter in self.id)
        return self.title or (self.id if named else self.id.replace("-", " ").replace("_", " "))


class Scoring(Written):
    """What happens where answers are missing."""

    missing: Literal["leave-out", "lowest"] = "leave-out"
    """leave-out: a skipped answer does not count. lowest: it counts as 0 points (for audits)."""
    min_answered: ShareField = Fraction(1, 2)
    """Share of a dimension's weight that must have a score, or the dimension has none."""


class Level(Written):
    """A name for scores from some points on."""

    id: Id
    """The name of the level in results."""
    title: Text
    """What reports call it."""
    at_least: PointsField
    """The points of the whole from which on the level is reached."""
    every_dimension_at_least: PointsField | None = None
    """A gate: the points that every dimension needs as well."""
    meaning: Text | None = None
    """What the level says about the organisation."""


class Condition(Written):
    """When an advice applies: one subject with one bound, or several joined by `all` or `any`."""

    SUBJECTS: ClassVar = ("question", "dimension", "overall", "gap", "evidence")

    question: Id | None = None
    """A question's score, in points."""
    dimension: Id | None = None
    """A dimension's score, in points."""
    overall: Id | None = None
    """The score of the whole, in points: `overall: overall`."""
    gap: Id | None = None
    """The size of the gap of a question or dimension, in points."""
    evidence: Indicator | None = None
    """An indicator, as a share from 0 to 1."""
    below: Exact | None = None
    """The figure is below this."""
    at_least: Exact | None = None
    """The figure is this or more."""
    all: tuple[Condition, ...] | None = None
    """Every one of these conditions holds."""
    any: tuple[Condition, ...] | None = None
    """At least one of these conditions holds."""

    @model_validator(mode="after")
    def one_subject_one_bound(self) -> Condition:
        parts = [name for name in Condition.model_fields if getattr(self, name) is not None]
        is_simple = len(parts) == 2 and parts[0] in self.SUBJECTS and parts[1] in ("below", "at_least")
        is_joined = parts in (["all"], ["any"]) and getattr(self, parts[0])
        if is_simple or is_joined:
            return self
        raise ValueError(
            "a condition has one of question, dimension, overall, gap, evidence and one of below, "
            "at_least; or it has `all: [...]` or `any: [...]` alone, with at least one condition"
        )

    @property
    def subject(self) -> tuple[str, str]:
        """Kind and id of what a simple condition looks at."""
        return next((kind, value) for kind in self.SUBJECTS if (value := getattr(self, kind)) is not None)


class Advice(Written):
    """One action for each side, given when the condition holds."""

    id: Id
    """The name of the advice in results."""
    when: Condition
    """When it is given."""
    title: Text
    """The advice in a few words."""
    business: Text | None = None
    """One action for business leaders."""
    it: Text | None = None
    """One action for IT leaders."""


class Questionnaire(Written):
    """What is asked, of whom, whose answers make the score, and what follows from it."""

    format: Literal["questionnaire/1"] = "questionnaire/1"
    """The format of this file."""
    id: Id
    """The name that responses use."""
    version: Whole
    """Raise it when a score could change."""
    title: Text
    """What reports and forms call the questionnaire."""
    languages: Annotated[tuple[Language, ...], Field(min_length=1, max_length=MOST_GROUPS)] = ("en",)
    """The languages of the texts; the first is shown where another is missing."""
    source: Text | None = None
    """Where the questions come from."""
    groups: Annotated[tuple[Group, ...], Field(min_length=1, max_length=MOST_GROUPS)]
    """Who answers."""
    contrast: Annotated[tuple[Id, ...], Field(min_length=2, max_length=2)] | None = None
    """Two groups: a gap is the second one's mean minus the first one's."""
    scales: dict[Id, Scale] = {}
    """The scales that questions use, by name."""
    dimensions: Annotated[tuple[Dimension, ...], Field(min_length=1, max_length=MOST)]
    """What is measured: a tree, by `parent`."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MOST)]
    """What is asked, in the order of the form."""
    scoring: Scoring = Scoring()
    """What happens where answers are missing."""
    levels: Annotated[tuple[Level, ...], Field(max_length=MOST)] = ()
    """What a score of the whole is called."""
    advice: Annotated[tuple[Advice, ...], Field(max_length=MOST)] = ()
    """What to do, and when."""

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

    def dimensions_of(self, questions: Iterable[Question]) -> set[str]:
        """The ids of the dimensions that hold any of those questions, themselves or further in."""
        holding: set[str] = set()
        for question in questions:
            above: str | None = question.dimension
            while above is not None:
                holding.add(above)
                above = self.dimension_by_id[above].parent
        return holding

    def asking(self, questions: Sequence[Question]) -> Questionnaire:
        """The same with those questions alone, and the dimensions that hold them."""
        holding = self.dimensions_of(questions)
        dimensions = tuple(each for each in self.dimensions if each.id in holding)
        fields = dict(self) | {"questions": tuple(questions), "dimensions": dimensions}
        return Questionnaire.model_construct(**fields)

    def asked(self, question: Question) -> tuple[str, ...]:
        """The groups that are asked `question`, in the questionnaire's order."""
        chosen = self.group_by_id if question.groups is None else question.groups
        return tuple(group.id for group in self.groups if group.id in chosen)

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
        if isinstance(answer, NumberAnswer | RatioAnswer | TextAnswer):
            return ()
        assert_never(answer)

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
