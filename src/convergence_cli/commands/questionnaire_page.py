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
    Level,
    MultipleAnswer,
    NumberAnswer,
    Option,
    Question,
    Questionnaire,
    RatioAnswer,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)
from ..render.document import Document, Entry, Outline, Said, Section, Title
from ..render.phrases import listed, opening


def page(questionnaire: Questionnaire, language: str | None) -> Document:
    """The whole questionnaire in `language` (else its first)."""
    return list(Page(questionnaire, language).sections())


class Page:
    """Puts one questionnaire into words."""

    def __init__(self, questionnaire: Questionnaire, language: str | None) -> None:
        self.questionnaire = questionnaire
        self.language = language

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.language)

    def sections(self) -> Iterator[Section]:
        q = self.questionnaire
        title = Title(self.say(q.title), f"{q.id}@{q.version}")
        yield Section([title, Said(list(self.about()), apart=True)])
        yield from self.dimensions(None, 0)
        for name, scale in q.scales.items():
            yield Section(
                [Outline(list(self.options(scale.options, 1)))], f"Scale {name}{turned(scale.direction)}"
            )
        levels = sorted(q.levels, key=lambda level: level.at_least)
        yield Section([Outline([self.level(level) for level in levels])], "Levels")
        yield Section([Outline([entry for each in q.advice for entry in self.advice(each)])], "Advice")

    def about(self) -> Iterator[str]:
        q = self.questionnaire
        yield f"Answered by {listed([self.group(name) for name in q.group_by_id])}."
        if q.contrast:
            first, second = map(self.group, q.contrast)
            yield f"Gap: {second} minus {first}."
        missing = "is left out" if q.scoring.missing == "leave-out" else "counts as 0 points"
        needed = f"{q.scoring.min_answered} of its weight has a score"
        yield f"A skipped answer {missing}. A dimension is scored when {needed}."
        if len(q.languages) > 1:
            yield f"Languages: {', '.join(q.languages)}."
        if q.source:
            yield f"Source: {self.say(q.source)}."

    def group(self, name: str) -> str:
        group = self.questionnaire.group_by_id[name]
        more = [name, *weight_said(group.weight), *(["attributable"] if group.attributable else [])]
        return f"{self.say(group.title)} ({', '.join(more)})"

    def dimensions(self, parent: str | None, depth: int) -> Iterator[Section]:
        """A dimension's questions, then the dimensions inside it, one step further in."""
        for dimension in (each for each in self.questionnaire.dimensions if each.parent == parent):
            name = ", ".join([dimension.id, *weight_said(dimension.weight)])
            head = Entry(f"{self.say(dimension.title).upper()} ({name})", depth, strong=True)
            questions = [each for each in self.questionnaire.questions if each.dimension == dimension.id]
            yield Section([Outline([head, *(e for q in questions for e in self.question(q, depth + 1))])])
            yield from self.dimensions(dimension.id, depth + 1)

    def question(self, question: Question, depth: int) -> Iterator[Entry]:
        name = "".join([question.id, *(f" ({weight})" for weight in weight_said(question.weight))])
        yield Entry(self.say(question.text), depth, f"{name}: ")
        for group, wording in question.ask.items():
            title = opening(self.say(self.questionnaire.group_by_id[group].title))
            yield Entry(self.say(wording), depth + 1, f"{title} read: ")
        yield Entry(self.answer(question), depth + 1)
        if isinstance(question.answer, ChoiceAnswer | MultipleAnswer):
            yield from self.options(question.answer.options, depth + 2)
        yield Entry(self.voices(question), depth + 1)

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

    def options(self, options: Iterable[Option], depth: int) -> Iterator[Entry]:
        for option in options:
            anchor = f": {self.say(option.anchor)}" if option.anchor else ""
            yield Entry(f"{self.say(option.label)}{anchor}", depth, f"{written_number(option.value)} ")

    def level(self, level: Level) -> Entry:
        meaning = f" {self.say(level.meaning)}" if level.meaning else ""
        gate = level.every_dimension_at_least
        when = "" if gate is None else f", when every dimension has at least {written_number(gate)}"
        lead = f"from {written_number(level.at_least)}: "
        return Entry(f"{self.say(level.title)}{when}.{meaning}", 1, lead)

    def advice(self, advice: Advice) -> Iterator[Entry]:
        yield Entry(f"When {condition_said(advice.when)}: {self.say(advice.title)}.", 1)
        for side, action in (("Business", advice.business), ("IT", advice.it)):
            if action:
                yield Entry(self.say(action), 2, f"{side}: ")


def weight_said(weight: Fraction) -> list[str]:
    return [] if weight == 1 else [f"weight {written_number(weight)}"]


def turned(direction: str) -> str:
    return ", lower is better" if direction == "lower-is-better" else ""


def curve_said(points: tuple[tuple[Fraction, Fraction], ...] | None) -> str:
    if points is None:
        return ", worth 100 times its share"
    return ", worth " + listed([f"{written_number(y)} points at {x}" for x, y in points])


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
