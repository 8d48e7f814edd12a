"""Rule S1: what an answer is worth, in points from 0 to 100, exactly."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from typing import assert_never

from ..model.answers import Code, StatedFact
from ..model.questionnaire import (
    ChoiceAnswer,
    MultipleAnswer,
    NumberAnswer,
    Question,
    Questionnaire,
    RatioAnswer,
    ScaleAnswer,
    TextAnswer,
    YesNoAnswer,
)
from ..model.responses import State
from .estimates import AnswerKind

HUNDRED = Fraction(100)
NOUGHT = Fraction(0)
Curve = Sequence[tuple[Fraction, Fraction]]


@dataclass(frozen=True, slots=True)
class PointScale:
    """How one question's answers become points.

    ``points(code)`` is 100 x (value - min) / (max - min) over the declared options, turned round for
    lower-is-better; several options count by the sum of their values, between nothing and all of them.
    ``value(code)`` is the answer in the scale's own values. ``worst`` and ``best`` are what the worst and the
    best answer would earn; ``steps`` are the points of the options, lowest first, two for several options
    and none for a number. Source: percent of maximum possible (Cohen, Cohen, Aiken and West 1999,
    Multivariate Behavioral Research 34).
    """

    points: Callable[[Code], Fraction]
    value: Callable[[Code], Fraction]
    worst: Fraction
    best: Fraction
    steps: tuple[Fraction, ...]

    @property
    def numeric(self) -> bool:
        return not self.steps

    @property
    def kind(self) -> AnswerKind:
        """What the spread of its answers looks like, for rule S7."""
        if self.numeric:
            return "numeric"
        return "binary" if len(self.steps) <= 2 else "ordinal"


def scale_of(questionnaire: Questionnaire, question: Question) -> PointScale:
    """The scale of a question that is scored; free text has none."""
    match question.answer:
        case NumberAnswer() | RatioAnswer():
            return numeric_scale(question.answer.points)
        case ScaleAnswer() | ChoiceAnswer() | YesNoAnswer():
            return options_scale(questionnaire, question, several=False)
        case MultipleAnswer():
            return options_scale(questionnaire, question, several=True)
        case TextAnswer():
            raise ValueError(f"{question.id} is answered in words")
        case answer:
            assert_never(answer)


def options_scale(questionnaire: Questionnaire, question: Question, *, several: bool) -> PointScale:
    """One option of a question, or `several`, whose values add up."""
    values = [option.value for option in questionnaire.options(question)]
    lowest, highest = (NOUGHT, sum(values, NOUGHT)) if several else (min(values), max(values))
    span = highest - lowest or Fraction(1)
    falling = questionnaire.direction(question) == "lower-is-better"

    def value(code: Code) -> Fraction:
        chosen = index_of(code)
        if several:
            return sum((each for bit, each in enumerate(values) if chosen >> bit & 1), NOUGHT)
        return values[chosen]

    def points(code: Code) -> Fraction:
        share = HUNDRED * (value(code) - lowest) / span
        return HUNDRED - share if falling else share

    steps = {NOUGHT, HUNDRED} if several else set(map(points, range(len(values))))
    return PointScale(points, value, NOUGHT, HUNDRED, tuple(sorted(steps)))


def numeric_scale(curve: Curve | None) -> PointScale:
    """A number by its `points`, or a ratio as 100 x share."""
    ends = [points for _, points in curve] if curve else [NOUGHT, HUNDRED]
    return PointScale(
        points=lambda code: on_curve(curve, Fraction(code)),
        value=lambda code: Fraction(code),
        worst=min(ends),
        best=max(ends),
        steps=(),
    )


def index_of(code: Code) -> int:
    """The option of a code; a state has none, and asking for it is a mistake of ours."""
    if isinstance(code, int):
        return code
    raise TypeError(f"{code!r} is not an option")


def on_curve(curve: Curve | None, amount: Fraction) -> Fraction:
    """`amount` on a piecewise linear curve, clamped at its ends; without a curve, as a share of 100."""
    if curve is None:
        return HUNDRED * amount
    ordered = sorted(curve)
    if amount <= ordered[0][0]:
        return ordered[0][1]
    for (left, low), (right, high) in pairwise(ordered):
        if amount <= right:
            return low + (high - low) * (amount - left) / (right - left)
    return ordered[-1][1]


def fact_points(question: Question, fact: StatedFact) -> Fraction | None:
    """The points of a fact; nothing where it was not answered or there is no share to take."""
    amount = fact.amount if fact.state is State.ANSWERED else None
    return None if amount is None else on_curve(curve_of(question), amount)


def is_clipped(question: Question, amount: Fraction | None) -> bool:
    """Whether `amount` lies beyond the declared points, so that its score was clamped."""
    curve = curve_of(question)
    if curve is None or amount is None:
        return False
    places = [x for x, _ in curve]
    return not min(places) <= amount <= max(places)


def is_falling(question: Question) -> bool:
    """Whether fewer is better: the lowest amount earns more points than the highest."""
    ordered = sorted(curve_of(question) or ((NOUGHT, NOUGHT),))
    return ordered[0][1] > ordered[-1][1]


def curve_of(question: Question) -> Curve | None:
    answer = question.answer
    return answer.points if isinstance(answer, NumberAnswer | RatioAnswer) else None
