"""Walks over a questionnaire: its parts with their places in the file, and its tree of figures."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

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


def placed_questions(questionnaire: Questionnaire) -> Iterator[tuple[Path, Question]]:
    for index, question in enumerate(questionnaire.questions):
        yield ("questions", index), question


def placed_conditions(questionnaire: Questionnaire) -> Iterator[tuple[Path, Condition]]:
    """Every simple condition of every item of advice."""
    for index, advice in enumerate(questionnaire.advice):
        yield from leaves(advice.when, ("advice", index, "when"))


def leaves(condition: Condition, path: Path) -> Iterator[tuple[Path, Condition]]:
    key = "all" if condition.all is not None else "any"
    joined = getattr(condition, key)
    if joined is None:
        yield path, condition
    for index, inner in enumerate(joined or ()):
        yield from leaves(inner, (*path, key, index))


def placed_options(questionnaire: Questionnaire) -> Iterator[tuple[Path, Sequence[Option]]]:
    """Every list of options: of the scales, and of the questions that bring their own."""
    for name, scale in questionnaire.scales.items():
        yield ("scales", name, "options"), scale.options
    for path, question in placed_questions(questionnaire):
        if isinstance(question.answer, ChoiceAnswer | MultipleAnswer):
            yield (*path, "answer", "options"), question.answer.options


def placed_labels(questionnaire: Questionnaire) -> Iterator[list[tuple[Path, Option]]]:
    """Every list of options that can be answered by their label, each option with its label's place."""
    for path, options in placed_options(questionnaire):
        yield [((*path, index, "label"), option) for index, option in enumerate(options)]
    for path, question in placed_questions(questionnaire):
        if isinstance(question.answer, YesNoAnswer):
            labels = zip(("no", "yes"), questionnaire.options(question), strict=True)
            yield [((*path, "answer", key), option) for key, option in labels]


def translated(part: object, path: Path = ()) -> Iterator[tuple[Path, Mapping[str, str]]]:
    """Every text that is given in several languages, with its place."""
    if isinstance(part, Written):
        for name in type(part).model_fields:
            yield from translated(getattr(part, name), (*path, name))
    elif isinstance(part, tuple):
        for index, item in enumerate(part):
            yield from translated(item, (*path, index))
    elif isinstance(part, Mapping) and path[-1] in ("ask", "scales"):
        for name, item in part.items():
            yield from translated(item, (*path, name))
    elif isinstance(part, Mapping):
        yield path, part


class Tree:
    """What each figure is made of, and whether it can ever have a value."""

    def __init__(self, questionnaire: Questionnaire) -> None:
        self.questionnaire = questionnaire
        self._parts: dict[str | None, list[Dimension | Question]] = {}
        for question in questionnaire.questions:
            self._parts.setdefault(question.dimension, []).append(question)
        for dimension in questionnaire.dimensions:
            self._parts.setdefault(dimension.parent, []).append(dimension)

    def parts(self, dimension: str | None) -> list[Dimension | Question]:
        """The questions and dimensions right inside `dimension`; None stands for the whole."""
        return self._parts.get(dimension, [])

    def questions(self, part: Dimension | Question) -> Iterator[Question]:
        if isinstance(part, Question):
            yield part
        else:
            for inner in self.parts(part.id):
                yield from self.questions(inner)

    def has_score(self, part: Dimension | Question) -> bool:
        if isinstance(part, Dimension):
            return self.has_parts(part.id)
        groups = self.questionnaire.group_by_id
        return part.is_fact or any(groups[name].weight for name in self.questionnaire.scored(part))

    def has_parts(self, dimension: str | None) -> bool:
        return any(part.weight and self.has_score(part) for part in self.parts(dimension))

    def has_gap(self, part: Dimension | Question) -> bool:
        """Whether some question in `part` is put to both groups of the contrast and has points."""
        contrast = set(self.questionnaire.contrast or ())
        return bool(contrast) and any(
            contrast <= set(self.questionnaire.asked(question))
            for question in self.questions(part)
            if question.is_scored_kind and not question.is_fact
        )
