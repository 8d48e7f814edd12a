"""A questionnaire in readable text: who is asked what, what can be answered, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import assert_never

from ..model.fields import Text, written_number
from ..model.questionnaire import (
    Advice,
    ChoiceAnswer,
    Condition,
    Dimension,
    Level,
    MultipleAnswer,
    NumberAnswer,
    Option,
    Question,
    Questionnaire,
    RatioAnswer,
    ScaleAnswer,
    Scoring,
    TextAnswer,
    YesNoAnswer,
)
from ..model.walks import Tree
from ..render.layout import HEADING, Line, both_ends, line, paragraph
from ..render.phrases import opening


def page(questionnaire: Questionnaire, language: str | None, width: int) -> list[Line]:
    """The whole questionnaire, wrapped to `width`, in `language` (else its first)."""
    return list(Page(questionnaire, language, width).lines())


class Page:
    """Puts one questionnaire into lines."""

    def __init__(self, questionnaire: Questionnaire, language: str | None, width: int) -> None:
        self.questionnaire = questionnaire
        self.language = language
        self.width = width
        self.tree = Tree(questionnaire)

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.language)

    def lines(self) -> Iterator[Line]:
        yield from self.head()
        yield from self.dimensions(None, 0)
        yield from self.scales()
        yield from self.levels()
        yield from self.advice()

    def text(self, said: str, indent: int = 0, first: str = "") -> list[Line]:
        deeper = " " * (indent + 4) if indent else ""
        return paragraph(said, self.width, " " * indent + first, deeper)

    def head(self) -> Iterator[Line]:
        q = self.questionnaire
        yield from both_ends(self.say(q.title), f"{q.id}@{q.version}", self.width)
        yield from self.text(f"Answered by {listed(map(self.group, q.group_by_id))}.")
        if q.contrast:
            first, second = map(self.group, q.contrast)
            yield from self.text(f"Gap: {second} minus {first}.")
        yield from self.text(scoring_said(q.scoring))
        if len(q.languages) > 1:
            yield from self.text(f"Languages: {', '.join(q.languages)}.")
        if q.source:
            yield from self.text(f"Source: {self.say(q.source)}.")

    def group(self, name: str) -> str:
        group = self.questionnaire.group_by_id[name]
        more = [name, *weight_said(group.weight), *(["attributable"] if group.attributable else [])]
        return f"{self.say(group.title)} ({', '.join(more)})"

    def dimensions(self, parent: str | None, indent: int) -> Iterator[Line]:
        """A dimension's questions, then the dimensions inside it, one step further in."""
        for part in self.tree.inside(parent):
            if isinstance(part, Question):
                yield from self.question(part, indent)
            else:
                yield from self.dimension(part, indent)

    def dimension(self, dimension: Dimension, indent: int) -> Iterator[Line]:
        yield line()
        name = ", ".join([dimension.id, *weight_said(dimension.weight)])
        title = self.say(dimension.title).upper()
        yield from paragraph(f"{title} ({name})", self.width, " " * indent, style=HEADING)
        yield from self.dimensions(dimension.id, indent + 2)

    def question(self, question: Question, indent: int) -> Iterator[Line]:
        name = "".join([question.id, *(f" ({weight})" for weight in weight_said(question.weight))])
        yield from self.text(self.say(question.text), indent, f"{name}: ")
        for group, wording in question.ask.items():
            title = opening(self.say(self.questionnaire.group_by_id[group].title))
            yield from self.text(self.say(wording), indent + 2, f"{title} read: ")
        yield from self.text(self.answer(question), indent + 2)
        if isinstance(question.answer, ChoiceAnswer | MultipleAnswer):
            yield from self.options(question.answer.options, indent + 4)
        yield from self.text(self.voices(question), indent + 2)

    def answer(self, question: Question) -> str:
        """What can be answered."""
        answer = question.answer
        options = [self.option(option) for option in self.questionnaire.options(question)]
        if isinstance(answer, ScaleAnswer):
            return f"Answer: {options[0]} to {options[-1]} (scale {answer.scale})."
        if isinstance(answer, YesNoAnswer):
            return f"Answer: {self.say(answer.yes)} or {self.say(answer.no)}{turned(answer.direction)}."
        if isinstance(answer, ChoiceAnswer):
            return f"Answer: one of these{turned(answer.direction)}."
        if isinstance(answer, MultipleAnswer):
            return "Answer: any of these; the points are the sum of the chosen values, of all."
        if isinstance(answer, NumberAnswer | RatioAnswer):
            form = "a number" if isinstance(answer, NumberAnswer) else "so many of so many"
            return f"Answer: {form}{curve_said(answer.points)}."
        if isinstance(answer, TextAnswer):
            return "Answer: a text, kept and never scored."
        assert_never(answer)

    def voices(self, question: Question) -> str:
        """Whose answers are scored, and whose are only held against them."""
        if question.is_fact:
            counted = f", or counted from a plans file ({question.evidence})" if question.evidence else ""
            return f"A fact: given once for the organisation{counted}."
        scored = self.questionnaire.scored(question)
        others = [group for group in self.questionnaire.asked(question) if group not in scored]
        said = [f"Scored: {listed(self.titles(scored))}."] if scored else []
        if others:
            said.append(f"{'Only contrasted' if scored else 'Asked'}: {listed(self.titles(others))}.")
        return " ".join(said)

    def titles(self, groups: Iterable[str]) -> list[str]:
        return [self.say(self.questionnaire.group_by_id[group].title) for group in groups]

    def option(self, option: Option) -> str:
        return f"{written_number(option.value)} {self.say(option.label)}"

    def options(self, options: Iterable[Option], indent: int) -> Iterator[Line]:
        for option in options:
            anchor = f": {self.say(option.anchor)}" if option.anchor else ""
            yield from self.text(
                f"{self.say(option.label)}{anchor}", indent, f"{written_number(option.value)} "
            )

    def scales(self) -> Iterator[Line]:
        for name, scale in self.questionnaire.scales.items():
            yield line()
            yield line(f"SCALE {name}{turned(scale.direction)}", HEADING)
            yield from self.options(scale.options, 2)

    def levels(self) -> Iterator[Line]:
        if self.questionnaire.levels:
            yield line()
            yield line("LEVELS", HEADING)
        for level in sorted(self.questionnaire.levels, key=lambda level: level.at_least):
            meaning = f" {self.say(level.meaning)}" if level.meaning else ""
            yield from self.text(f"{self.say(level.title)}{gate_said(level)}.{meaning}", 2, from_said(level))

    def advice(self) -> Iterator[Line]:
        if self.questionnaire.advice:
            yield line()
            yield line("ADVICE", HEADING)
        for advice in self.questionnaire.advice:
            yield from self.text(f"When {condition_said(advice.when)}: {self.say(advice.title)}.", 2)
            yield from self.actions(advice)

    def actions(self, advice: Advice) -> Iterator[Line]:
        for side, action in (("Business", advice.business), ("IT", advice.it)):
            if action:
                yield from self.text(self.say(action), 4, f"{side}: ")


def scoring_said(scoring: Scoring) -> str:
    missing = "is left out" if scoring.missing == "leave-out" else "counts as 0 points"
    needed = f"{scoring.min_answered} of its weight has a score"
    return f"A skipped answer {missing}. A dimension is scored when {needed}."


def weight_said(weight: Fraction) -> list[str]:
    return [] if weight == 1 else [f"weight {written_number(weight)}"]


def turned(direction: str) -> str:
    return ", lower is better" if direction == "lower-is-better" else ""


def curve_said(points: tuple[tuple[Fraction, Fraction], ...] | None) -> str:
    if points is None:
        return ", worth 100 times its share"
    return ", worth " + listed(f"{written_number(y)} points at {x}" for x, y in points)


def from_said(level: Level) -> str:
    return f"from {written_number(level.at_least)}: "


def gate_said(level: Level) -> str:
    gate = level.every_dimension_at_least
    return "" if gate is None else f", when every dimension has at least {written_number(gate)}"


def condition_said(condition: Condition) -> str:
    """``response-speed is below 50 and overall is at least 40``"""
    inner = condition.all or condition.any
    if inner is not None:
        return (" and " if condition.all else " or ").join(map(condition_said, inner))
    kind, name = condition.subject
    subject = f"the gap of {name}" if kind == "gap" else name
    if condition.below is not None:
        return f"{subject} is below {written_number(condition.below)}"
    return f"{subject} is at least {written_number(condition.at_least or Fraction(0))}"


def listed(words: Iterable[str]) -> str:
    """``a, b and c``"""
    every = list(words)
    return " and ".join([", ".join(every[:-1]), every[-1]] if len(every) > 1 else every)
