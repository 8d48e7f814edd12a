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
    Direction,
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
class Scale:
    """How one question's answers become points.

    ``points(code)`` is 100 x (value - min) / (max - min) over the declared options, turned round for
    lower-is-better; ``worst`` and ``best`` are what the worst and the best answer would earn.
    ``value(code)`` is the answer in the scale's own values. Source: percent of maximum possible
    (Cohen, Cohen, Aiken and West 1999, Multivariate Behavioral Research 34).
    """

    points: Callable[[Code], Fraction]
    value: Callable[[Code], Fraction]
    worst: Fraction
    best: Fraction
    options: int
    values: int
    """How many options differ in value."""
    numeric: bool

    @property
    def kind(self) -> AnswerKind:
        """What the spread of its answers looks like, for rule S7: numeric, binary or ordinal."""
        if self.numeric:
            return "numeric"
        return "binary" if self.values <= 2 else "ordinal"


def scale_of(questionnaire: Questionnaire, question: Question) -> Scale:
    """The scale of a question that is scored; free text has none."""
    answer = question.answer
    if isinstance(answer, NumberAnswer | RatioAnswer):
        return numeric_scale(answer.points)
    values = [option.value for option in questionnaire.options(question)]
    if isinstance(answer, MultipleAnswer):
        return multiple_scale(values)
    if isinstance(answer, ScaleAnswer | ChoiceAnswer | YesNoAnswer):
        return option_scale(values, questionnaire.direction(question))
    if isinstance(answer, TextAnswer):
        raise TypeError("free text has no points")
    assert_never(answer)


def option_scale(values: Sequence[Fraction], direction: Direction) -> Scale:
    """Points by the place of the chosen value between the lowest and the highest."""
    lowest, highest = min(values), max(values)
    span = highest - lowest or Fraction(1)
    worth = [HUNDRED * (value - lowest) / span for value in values]
    if direction == "lower-is-better":
        worth = [HUNDRED - points for points in worth]
    return Scale(
        points=lambda code: worth[index_of(code)],
        value=lambda code: values[index_of(code)],
        worst=NOUGHT,
        best=HUNDRED,
        options=len(values),
        values=len(set(values)),
        numeric=False,
    )


def multiple_scale(values: Sequence[Fraction]) -> Scale:
    """Points = sum of the chosen values / sum of all."""
    whole = sum(values, NOUGHT) or Fraction(1)

    def chosen(code: Code) -> Fraction:
        mask = index_of(code)
        return sum((value for bit, value in enumerate(values) if mask >> bit & 1), NOUGHT)

    return Scale(
        points=lambda code: HUNDRED * chosen(code) / whole,
        value=chosen,
        worst=NOUGHT,
        best=HUNDRED,
        options=2,
        values=2,
        numeric=False,
    )


def numeric_scale(curve: Curve | None) -> Scale:
    """A number by its `points`, or a ratio as 100 x share."""
    ends = [points for _, points in curve] if curve else [NOUGHT, HUNDRED]
    return Scale(
        points=lambda code: on_curve(curve, Fraction(code)),
        value=lambda code: Fraction(code),
        worst=min(ends),
        best=max(ends),
        options=0,
        values=0,
        numeric=True,
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
