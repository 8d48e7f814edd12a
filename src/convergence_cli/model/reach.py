"""What answers can reach: levels that no score attains, and advice that no figure brings about."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..problems import Finding, Path
from .doubts import doubt
from .fields import written_number
from .parts import Tree
from .questionnaire import (
    Advice,
    Condition,
    Dimension,
    NumberAnswer,
    Question,
    Questionnaire,
    RatioAnswer,
)

HUNDRED = Fraction(100)
NOUGHT = Fraction(0)
Range = tuple[Fraction, Fraction]
"""Lowest and highest points that a figure can have."""


def unreachable_levels(questionnaire: Questionnaire) -> Iterator[Finding]:
    tree = Tree(questionnaire)
    best = best_of(tree, None)
    if best is None:
        return
    bests = {item.id: best_of(tree, item.id) for item in questionnaire.dimensions}
    for index, level in enumerate(questionnaire.levels):
        if level.at_least > best:
            message = f"no answers reach `{level.id}`: the best answer to every question gives {points(best)}"
            yield doubt(
                ("levels", index, "at_least"), message, "Lower it, or mend the `points` of a question."
            )
        gate = level.every_dimension_at_least or NOUGHT
        short = [
            f"`{name}` {points(most)}" for name, most in bests.items() if most is not None and most < gate
        ]
        if short:
            message = f"no answers reach `{level.id}`: at best {', '.join(short)}"
            yield doubt(("levels", index, "every_dimension_at_least"), message, "Lower the gate.")


def best_of(tree: Tree, dimension: str | None) -> Fraction | None:
    """The points of a dimension (None: of the whole) when every question gets its best answer."""
    found = [
        (part.weight, best_of_part(tree, part)) for part in tree.parts(dimension) if tree.has_score(part)
    ]
    known = [(weight, best) for weight, best in found if best is not None]
    whole = sum((weight for weight, _ in known), NOUGHT)
    return sum((weight * best for weight, best in known), NOUGHT) / whole if whole else None


def best_of_part(tree: Tree, part: Dimension | Question) -> Fraction | None:
    return best_of(tree, part.id) if isinstance(part, Dimension) else range_of(part)[1]


def range_of(question: Question) -> Range:
    answer = question.answer
    if isinstance(answer, NumberAnswer | RatioAnswer) and answer.points:
        ends = [earned for _, earned in answer.points]
        return min(ends), max(ends)
    return NOUGHT, HUNDRED


def points(value: Fraction) -> str:
    """A number of points as a sentence says it: a third of a point is cut to 0.3."""
    return f"{written_number(value if 10 % value.denominator == 0 else round(value, 1))} points"


def missing_lowest_level(questionnaire: Questionnaire) -> Iterator[Finding]:
    if not questionnaire.levels:
        return
    lowest = min(questionnaire.levels, key=lambda level: level.at_least)
    path: Path = ("levels", questionnaire.levels.index(lowest))
    if lowest.at_least > 0:
        message = f"a score below {points(lowest.at_least)} has no level"
        yield doubt((*path, "at_least"), message, "Let the lowest level begin at 0.")
    elif lowest.every_dimension_at_least:
        message = "the lowest level has a gate, so a score that fails it has no level"
        yield doubt(
            (*path, "every_dimension_at_least"), message, "Take the gate of the lowest level away.", True
        )


def gates_above_levels(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Where every dimension has the gate's points, the overall, their mean, has them too."""
    for index, level in enumerate(questionnaire.levels):
        gate = level.every_dimension_at_least
        if gate is not None and gate > level.at_least:
            higher = f"the gate of `{level.id}`, {points(gate)}, is above its `at_least`"
            message = f"{higher}, {points(level.at_least)}, which then decides nothing"
            path = ("levels", index, "every_dimension_at_least")
            yield doubt(path, message, "Lower the gate, or raise `at_least` to it.")


def silent_advice(questionnaire: Questionnaire) -> Iterator[Finding]:
    for index, advice in enumerate(questionnaire.advice):
        reason = why_never(advice.when, questionnaire)
        if reason:
            hint = "Points run from 0 to 100, shares of `evidence` from 0 to 1."
            yield doubt(("advice", index, "when"), f"`{advice.id}` is never given: {reason}", hint)


def why_never(condition: Condition, questionnaire: Questionnaire) -> str | None:
    """Why no figures satisfy `condition`; nothing when some do."""
    if condition.any is not None:
        reasons = [why_never(inner, questionnaire) for inner in condition.any]
        return reasons[0] if all(reasons) else None
    wanted: dict[tuple[str, str], Range] = {}
    for inner in joined_by_all(condition):
        if inner.any is not None:
            reason = why_never(inner, questionnaire)
        else:
            subject = inner.subject
            low, below = wanted.get(subject, (NOUGHT, HUNDRED * 2))
            low = max(low, NOUGHT if inner.at_least is None else inner.at_least)
            below = below if inner.below is None else min(below, inner.below)
            wanted[subject] = low, below
            reason = why_outside(subject, low, below, questionnaire)
        if reason:
            return reason
    return None


def joined_by_all(condition: Condition) -> Iterator[Condition]:
    """The conditions that all have to hold, `all` inside `all` opened."""
    if condition.all is None:
        yield condition
    for inner in condition.all or ():
        yield from joined_by_all(inner)


def why_outside(subject: tuple[str, str], low: Fraction, below: Fraction, of: Questionnaire) -> str | None:
    """Why no figure of `subject` lies from `low` up to, and not at, `below`."""
    lowest, highest = range_of_subject(subject, of)
    name = subject[1]
    if below <= lowest:
        return f"`{name}` is never below {written_number(below)}"
    if low > highest:
        return f"`{name}` is never {written_number(low)} or more"
    if low >= below:
        return f"`{name}` cannot be at least {written_number(low)} and below {written_number(below)}"
    return None


def range_of_subject(subject: tuple[str, str], questionnaire: Questionnaire) -> Range:
    """What a condition's figure can be: a share of an indicator, points of anything else."""
    kind, name = subject
    if kind == "evidence":
        return NOUGHT, Fraction(1)
    if kind == "question":
        return range_of(questionnaire.question_by_id[name])
    return NOUGHT, HUNDRED


def constant_advice(questionnaire: Questionnaire) -> Iterator[Finding]:
    for index, advice in enumerate(questionnaire.advice):
        for condition in advice.when.leaves():
            lowest, highest = range_of_subject(condition.subject, questionnaire)
            below, at_least = condition.below, condition.at_least
            if (below is not None and below > highest) or (at_least is not None and at_least <= lowest):
                yield always(index, advice, condition)


def always(index: int, advice: Advice, condition: Condition) -> Finding:
    bound = "at_least" if condition.below is None else "below"
    value = written_number(getattr(condition, bound))
    message = f"`{condition.subject[1]}` always satisfies `{bound}: {value}` in `{advice.id}`"
    return doubt(
        ("advice", index, "when"), message, "Points run from 0 to 100, shares of `evidence` from 0 to 1."
    )
