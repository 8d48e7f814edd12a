"""What a questionnaire's fields cannot see alone: ids that are declared once and exist, figures that can be.

Every check yields findings that lie in one file; none stops at its first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction

from ..problems import READING_PROBLEMS, Finding, Hints, Path, Place, Problems, Related
from .fields import INDICATORS, spellings, written_number
from .parts import Tree, placed_conditions, placed_options, placed_questions, translated
from .questionnaire import (
    Dimension,
    MultipleAnswer,
    NumberAnswer,
    Option,
    Question,
    Questionnaire,
    RatioAnswer,
    ScaleAnswer,
)

RESERVED = ("overall", "friction")
"""Names of figures of the whole; a dimension or a question cannot have them (``score --explain ID``)."""
COLUMNS = ("id", "group")
COLUMN_PARTS = ("want", "comment")
"""Columns of a CSV file of respondents, and what may follow a question's id there, or `about`, after a dot; a
question, which is a column too, cannot have such a name."""


def check_references(questionnaire: Questionnaire, file: str) -> list[Finding]:
    """What is wrong between the parts of `questionnaire`, as CV004 errors, in the order of the checks.

    Paths are those of a file that was read whole. What can only be judged when every id is right is
    looked at when every id is right.
    """
    found = Problems()
    found.take(repeated_ids(questionnaire))
    found.take(unknown_ids(questionnaire, found.hints))
    found.take(loops(questionnaire))
    are_sound = not found
    found.take(groups_of_questions(questionnaire))
    found.take(evidence_of_questions(questionnaire))
    found.take(values_of_options(questionnaire))
    found.take(curves(questionnaire))
    found.take(levels_apart(questionnaire))
    found.take(languages_known(questionnaire, found.hints))
    if are_sound:
        found.take(list(weightless(questionnaire)) or advice_without_figure(questionnaire))
    return [in_file(finding, file) for finding in found.told()]


def in_file(finding: Finding, file: str) -> Finding:
    related = tuple(replace(other, place=Place(file)) for other in finding.related)
    return replace(finding, file=file, related=related)


def wrong(
    path: Path, message: str, hint: str = "", first: Path | None = None, at_key: bool = False
) -> Finding:
    """An error at `path`; `first` is where the same thing stood before."""
    related = () if first is None else (Related("the first one stands here", path=first),)
    name = READING_PROBLEMS["CV004"]
    return Finding("CV004", message, hint, name=name, path=path, at_key=at_key, related=related)


def repeated_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Dimensions and questions share their ids, because each id names one figure."""
    yield from repeats(placed_ids(questionnaire, "groups"))
    figures = placed_ids(questionnaire, "dimensions") + placed_ids(questionnaire, "questions")
    yield from repeats(figures)
    yield from repeats(placed_ids(questionnaire, "levels"))
    yield from repeats(placed_ids(questionnaire, "advice"))
    questions = {name for path, name in figures if path[0] == "questions"}
    for path, name in figures:
        if name in RESERVED:
            yield wrong(path, f"`{name}` is the name of a figure of the whole", "Choose another id.")
        if name in questions and is_column(name, questions):
            yield wrong(path, f"`{name}` is another column of a CSV file of responses", "Choose another id.")


def is_column(name: str, questions: Collection[str]) -> bool:
    """Whether a table of respondents has a column of that name that is none of this question."""
    question, _, part = name.rpartition(".")
    return name in COLUMNS or name.startswith("about.") or (part in COLUMN_PARTS and question in questions)


def placed_ids(questionnaire: Questionnaire, kind: str) -> list[tuple[Path, str]]:
    return [((kind, index, "id"), item.id) for index, item in enumerate(getattr(questionnaire, kind))]


def repeats(placed: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    first: dict[str, Path] = {}
    for path, name in placed:
        if first.setdefault(name, path) == path:
            continue
        same = path[0] == first[name][0]
        pair = f"two {NAMES.get(path[0], path[0])}" if same else "a dimension and a question"
        yield wrong(path, f"{pair} have the id `{name}`", "Give each an id of its own.", first[name])


NAMES: Mapping[str | int, str] = {"advice": "items of advice"}


def unknown_ids(questionnaire: Questionnaire, hints: Hints) -> Iterator[Finding]:
    """An id that is used and declared nowhere."""

    def unknown(
        path: Path, name: str, known: Collection[str], what: str, at_key: bool = False
    ) -> Iterator[Finding]:
        if name not in known:
            listed = f"Expected one of: {', '.join(known)}." if known else f"No {what} is declared here."
            hint = hints.did_you_mean(name, known) or listed
            yield wrong(path, f"there is no {what} `{name}`", hint, at_key=at_key)

    groups, dimensions = questionnaire.group_by_id, questionnaire.dimension_by_id
    for index, group in enumerate(questionnaire.contrast or ()):
        yield from unknown(("contrast", index), group, groups, "group")
    for index, dimension in enumerate(questionnaire.dimensions):
        if dimension.parent is not None:
            yield from unknown(("dimensions", index, "parent"), dimension.parent, dimensions, "dimension")
    for path, question in placed_questions(questionnaire):
        yield from unknown((*path, "dimension"), question.dimension, dimensions, "dimension")
        if isinstance(question.answer, ScaleAnswer):
            yield from unknown(
                (*path, "answer", "scale"), question.answer.scale, questionnaire.scales, "scale"
            )
        if question.evidence is not None:
            yield from unknown((*path, "evidence"), question.evidence, INDICATORS, "indicator")
        for name in question.ask:
            yield from unknown((*path, "ask", name), name, groups, "group", at_key=True)
        for key in ("groups", "scored"):
            for place, name in enumerate(getattr(question, key) or ()):
                yield from unknown((*path, key, place), name, groups, "group")
    for path, condition in placed_conditions(questionnaire):
        kind, name = condition.subject
        yield from unknown((*path, kind), name, subjects(questionnaire, kind), SUBJECT_NAMES[kind])


SUBJECT_NAMES = {
    "question": "question",
    "dimension": "dimension",
    "overall": "figure of the whole",
    "gap": "question or dimension",
    "evidence": "indicator",
}


def subjects(questionnaire: Questionnaire, kind: str) -> Collection[str]:
    """What a condition may name under `kind`."""
    questions, dimensions = questionnaire.question_by_id, questionnaire.dimension_by_id
    return {
        "question": tuple(questions),
        "dimension": tuple(dimensions),
        "overall": ("overall",),
        "gap": (*questions, *dimensions),
        "evidence": INDICATORS,
    }[kind]


def loops(questionnaire: Questionnaire) -> Iterator[Finding]:
    """A dimension that lies, over its parents, inside itself."""
    parents = {dimension.id: dimension.parent for dimension in questionnaire.dimensions}
    told: set[str] = set()
    for index, dimension in enumerate(questionnaire.dimensions):
        loop = loop_through(dimension.id, parents)
        if loop and dimension.id not in told:
            told.update(loop)
            shown = " -> ".join([*loop, dimension.id])
            yield wrong(
                ("dimensions", index, "parent"),
                f"these dimensions lie inside each other: {shown}",
                "Take the `parent` away from the one that belongs at the top.",
            )


def loop_through(start: str, parents: Mapping[str, str | None]) -> list[str]:
    """The ids from `start` over its parents back to `start`; nothing when they lead elsewhere."""
    way = {start: None}
    last = start
    while (parent := parents.get(last)) is not None and parent not in way:
        way[parent] = None
        last = parent
    return list(way) if parents.get(last) == start else []


def groups_of_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Who is asked and who is scored: each group once, and nobody scored or addressed unasked."""
    contrast = questionnaire.contrast
    if contrast and contrast[0] == contrast[1]:
        hint = "Name two groups, or leave `contrast` out."
        yield wrong(("contrast", 1), "a group cannot be contrasted with itself", hint)
    for path, question in placed_questions(questionnaire):
        for key in ("groups", "scored"):
            yield from named_twice((*path, key), getattr(question, key) or ())
        yield from of_a_fact(path, question) if question.is_fact else unasked(path, question, questionnaire)


def named_twice(path: Path, names: Sequence[str]) -> Iterator[Finding]:
    for index, name in enumerate(names):
        if name in names[:index]:
            first = (*path, names.index(name))
            yield wrong((*path, index), f"`{name}` is named twice", "Once is enough.", first)


def of_a_fact(path: Path, question: Question) -> Iterator[Finding]:
    for key in ("groups", "scored", "ask"):
        if getattr(question, key):
            yield wrong(
                (*path, key),
                f"a fact is given once for the organisation, so `{question.id}` has no `{key}`",
                "Leave it out; or write `per: respondent` in the answer, to ask each person.",
                at_key=True,
            )


def unasked(path: Path, question: Question, questionnaire: Questionnaire) -> Iterator[Finding]:
    if question.scored and not question.is_scored_kind:
        message = f"`{question.id}` asks for a text, and a text is never scored"
        yield wrong((*path, "scored"), message, "Leave `scored` out.", at_key=True)
    asked = questionnaire.asked(question)
    hint = f"Asked are: {', '.join(asked) or 'nobody'}. Add it to `groups`, or take it out here."
    for index, name in enumerate(question.scored or ()):
        if name in questionnaire.group_by_id and name not in asked:
            yield wrong((*path, "scored", index), f"`{name}` is scored, but not asked", hint)
    for name in question.ask:
        if name in questionnaire.group_by_id and name not in asked:
            yield wrong(
                (*path, "ask", name),
                f"there is a wording for `{name}`, which is not asked",
                hint,
                at_key=True,
            )


def evidence_of_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """An indicator counts so many of so many, once: only a ratio fact can take its place."""
    for path, question in placed_questions(questionnaire):
        if question.evidence is None:
            continue
        if not isinstance(question.answer, RatioAnswer):
            message = "an indicator is a count of so many, and this question does not ask for one"
            yield wrong((*path, "evidence"), message, "Leave it out, or write `answer: {kind: ratio}`.")
        elif not question.is_fact:
            message = "an indicator is counted once, and this question is asked of each person"
            yield wrong((*path, "evidence"), message, "Leave out either `evidence` or `per: respondent`.")


def values_of_options(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Options of one value are told apart by their labels; those that differ in neither are one."""
    several = [
        (*path, "answer", "options")
        for path, question in placed_questions(questionnaire)
        if isinstance(question.answer, MultipleAnswer)
    ]
    for path, options in placed_options(questionnaire):
        first: dict[tuple[Fraction, str], int] = {}
        for index, option in enumerate(options):
            for label in {label.strip().casefold() for label in spellings(option.label)}:
                earlier = first.setdefault((option.value, label), index)
                if earlier != index:
                    value = f"two options have the value {written_number(option.value)} and one label"
                    hint = "Give each a value or a label of its own."
                    yield wrong((*path, index, "label"), value, hint, (*path, earlier, "label"))
                    break
        if path in several:
            yield from sum_of_options(path, options)
        elif len({option.value for option in options}) == 1:
            yield wrong(path, "all options have one value", "Give the better ones a higher value.")


def sum_of_options(path: Path, options: Sequence[Option]) -> Iterator[Finding]:
    """Several chosen options earn their share of the sum of all, so none may take away from it."""
    for index, option in enumerate(options):
        if option.value < 0:
            place = (*path, index, "value")
            yield wrong(
                place, f"found {written_number(option.value)}: where several are chosen, expected 0 or more"
            )
    if not any(option.value for option in options):
        yield wrong(
            path, "the values of the options add up to 0", "Give the options that earn points a value."
        )


def curves(questionnaire: Questionnaire) -> Iterator[Finding]:
    """`points: [[x, points], ...]`: each x once, and of a ratio a share."""
    for path, question in placed_questions(questionnaire):
        answer = question.answer
        if not isinstance(answer, NumberAnswer | RatioAnswer) or answer.points is None:
            continue
        first: dict[Fraction, Path] = {}
        for index, (x, _) in enumerate(answer.points):
            place = (*path, "answer", "points", index, 0)
            if first.setdefault(x, place) != place:
                yield wrong(place, f"{written_number(x)} has points twice", "Give each x once.", first[x])
            if isinstance(answer, RatioAnswer) and not 0 <= x <= 1:
                message = f"found {written_number(x)}: the x of a ratio is a share from 0 to 1"
                yield wrong(place, message, "Write 1/3 for one in three, 1/2 or 0.5 for a half.")


def levels_apart(questionnaire: Questionnaire) -> Iterator[Finding]:
    first: dict[Fraction, Path] = {}
    for index, level in enumerate(questionnaire.levels):
        place = ("levels", index, "at_least")
        if first.setdefault(level.at_least, place) != place:
            message = f"two levels begin at {written_number(level.at_least)} points"
            yield wrong(place, message, "Let each level begin at points of its own.", first[level.at_least])


def languages_known(questionnaire: Questionnaire, hints: Hints) -> Iterator[Finding]:
    known = questionnaire.languages
    for index, language in enumerate(known):
        if language in known[:index]:
            first = ("languages", known.index(language))
            yield wrong(("languages", index), f"`{language}` is named twice", "Once is enough.", first)
    for path, translations in translated(questionnaire):
        for language in translations:
            if language not in known:
                hint = hints.did_you_mean(language, known)
                hint = hint or f"Add it there, or take it out: {', '.join(known)}."
                message = f"`{language}` is not one of the `languages` of this questionnaire"
                yield wrong((*path, language), message, hint, at_key=True)


def weightless(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Nothing can be scored where all that would be scored weighs nothing."""
    tree = Tree(questionnaire)
    groups = questionnaire.group_by_id
    for path, question in placed_questions(questionnaire):
        scored = questionnaire.scored(question)
        if scored and not any(groups[name].weight for name in scored):
            message = f"`{question.id}` has no score: the groups scored, {', '.join(scored)}, weigh 0"
            yield wrong(path, message, "Give one of them a weight, or score another group.")
    whole: list[tuple[str | None, Path]] = [(None, ("dimensions",))]
    whole += [(item.id, ("dimensions", index)) for index, item in enumerate(questionnaire.dimensions)]
    for name, path in whole:
        parts = [part for part in tree.parts(name) if tree.has_score(part)]
        if parts and not any(part.weight for part in parts):
            what = f"`{name}` has no score: its parts" if name else "nothing has a score: the dimensions"
            listed = ", ".join(part.id for part in parts)
            yield wrong(path, f"{what}, {listed}, weigh 0", "Give one of them a weight.")


def advice_without_figure(questionnaire: Questionnaire) -> Iterator[Finding]:
    """A condition about a figure that no answers can bring about."""
    tree = Tree(questionnaire)
    figures: dict[str, Dimension | Question] = {**questionnaire.dimension_by_id}
    figures.update(questionnaire.question_by_id)
    for path, condition in placed_conditions(questionnaire):
        kind, name = condition.subject
        if kind == "gap" and not tree.has_gap(figures[name]):
            hint = "A gap needs `contrast`, and a question that is put to both of its groups."
            yield wrong((*path, kind), f"`{name}` never has a gap", hint)
        if kind in ("question", "dimension") and not tree.has_score(figures[name]):
            hint = "A score needs a fact, or a group whose answers are scored."
            yield wrong((*path, kind), f"`{name}` never has a score", hint)
        if kind == "overall" and not tree.has_parts(None):
            yield wrong((*path, kind), "nothing in this questionnaire is ever scored")
