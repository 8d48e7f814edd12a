"""Walks over a questionnaire: what it holds, each with the path at which it stands in the file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..problems import Path
from .fields import Written
from .questionnaire import (
    ChoiceAnswer,
    Condition,
    Dimension,
    MultipleAnswer,
    Option,
    Question,
    Questionnaire,
    YesNoAnswer,
)

Item = TypeVar("Item")
Value = TypeVar("Value", bound=Hashable)


def entries(key: str, items: Iterable[Item]) -> Iterator[tuple[Path, Item]]:
    """The entries of the file's list at `key`."""
    for index, item in enumerate(items):
        yield (key, index), item


def questions_of(questionnaire: Questionnaire) -> Iterator[tuple[Path, Question]]:
    return entries("questions", questionnaire.questions)


def repeated(found: Iterable[tuple[Path, Value]]) -> Iterator[tuple[Path, Value, Path]]:
    """Each value that stood before: where it stands again, and where it stood first."""
    first: dict[Value, Path] = {}
    for path, value in found:
        if first.setdefault(value, path) != path:
            yield path, value, first[value]


def conditions_of(questionnaire: Questionnaire) -> Iterator[tuple[Path, Condition]]:
    """Every simple condition of every item of advice."""
    for path, advice in entries("advice", questionnaire.advice):
        yield from leaves(advice.when, (*path, "when"))


def leaves(condition: Condition, path: Path = ()) -> Iterator[tuple[Path, Condition]]:
    """The simple conditions inside this one, itself if it is simple."""
    key = "all" if condition.all is not None else "any"
    joined = getattr(condition, key)
    if joined is None:
        yield path, condition
    for index, inner in enumerate(joined or ()):
        yield from leaves(inner, (*path, key, index))


def options_of(questionnaire: Questionnaire) -> Iterator[tuple[Path, Sequence[Option], bool]]:
    """Every list of options, of scales and of questions that bring their own; whether several are chosen."""
    for name, scale in questionnaire.scales.items():
        yield ("scales", name, "options"), scale.options, False
    for path, question in questions_of(questionnaire):
        if isinstance(question.answer, ChoiceAnswer | MultipleAnswer):
            several = isinstance(question.answer, MultipleAnswer)
            yield (*path, "answer", "options"), question.answer.options, several


def labels_of(questionnaire: Questionnaire) -> Iterator[list[tuple[Path, Option]]]:
    """Every list of options that can be answered by their label, each option with its label's path."""
    for path, options, _ in options_of(questionnaire):
        yield [((*path, index, "label"), option) for index, option in enumerate(options)]
    for path, question in questions_of(questionnaire):
        if isinstance(question.answer, YesNoAnswer):
            labels = zip(("no", "yes"), questionnaire.options(question), strict=True)
            yield [((*path, "answer", key), option) for key, option in labels]


def translations_of(part: object, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text that is given in several languages."""
    if isinstance(part, Written):
        for name in type(part).model_fields:
            yield from translations_of(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from translations_of(item, (*path, index))
    elif isinstance(part, Mapping) and path[-1] in ("ask", "scales"):
        for name, item in part.items():
            yield from translations_of(item, (*path, name))
    elif isinstance(part, Mapping):
        yield path, part


class Tree:
    """What each figure is made of, and whether it can ever have a value."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._inside: dict[str | None, list[Dimension | Question]] = {}
        for question in questionnaire.questions:
            self._inside.setdefault(question.dimension, []).append(question)
        for dimension in questionnaire.dimensions:
            self._inside.setdefault(dimension.parent, []).append(dimension)

    def inside(self, dimension: str | None) -> list[Dimension | Question]:
        """The questions and dimensions right inside `dimension`; None stands for the whole."""
        return self._inside.get(dimension, [])

    def questions(self, figure: Dimension | Question) -> Iterator[Question]:
        if isinstance(figure, Question):
            yield figure
        else:
            for inner in self.inside(figure.id):
                yield from self.questions(inner)

    def has_score(self, figure: Dimension | Question | None) -> bool:
        """Whether answers can bring about a score; None stands for the whole."""
        if isinstance(figure, Question):
            groups = self.questionnaire.group_by_id
            return figure.is_fact or any(groups[name].weight for name in self.questionnaire.scored(figure))
        below = self.inside(figure.id if figure else None)
        return any(each.weight and self.has_score(each) for each in below)

    def has_gap(self, figure: Dimension | Question) -> bool:
        """Whether some question in `figure` is put to both groups of the contrast and has points."""
        contrast = set(self.questionnaire.contrast or ())
        return bool(contrast) and any(
            contrast <= set(self.questionnaire.asked(question))
            for question in self.questions(figure)
            if question.is_scored_kind and not question.is_fact
        )
