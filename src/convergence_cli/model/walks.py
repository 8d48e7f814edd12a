"""Walks over a questionnaire: what it holds, each with the path at which it stands in the file."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from ..problems import Path
from .fields import Written
from .questionnaire import (
    ChoiceAnswer,
    Condition,
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
