"""What a questionnaire's fields cannot see alone: ids that are declared once and exist, figures that can be.

Every check yields findings that lie in one file; none stops at its first.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from ..problems import Finding, Hints, Path, Problems, Related, mistake
from .fields import INDICATORS, spellings, written_number
from .loops import loops
from .questionnaire import NumberAnswer, Option, Question, Questionnaire, RatioAnswer, ScaleAnswer
from .walks import conditions_of, entries, options_of, questions_of, repeated, translations_of

RESERVED = ("overall", "friction")
"""Names of figures of the whole; a dimension or a question cannot have them (``score --explain ID``)."""
COLUMNS = ("id", "group")
COLUMN_PARTS = ("want", "comment")
"""Columns of a CSV file of respondents, and what may follow a question's id there, or `about`, after a dot; a
question, which is a column too, cannot have such a name."""


def inconsistencies(questionnaire: Questionnaire, file: str) -> list[Finding]:
    """What is wrong between the parts of `questionnaire`, as CV004 errors, in the order of the checks.

    Paths are those of a file that was read whole.
    """
    found = Problems()
    found.take(repeated_ids(questionnaire))
    found.take(unknown_ids(questionnaire, found.hints))
    found.take(dimensions_in_a_circle(questionnaire))
    found.take(groups_of_questions(questionnaire))
    found.take(evidence_of_questions(questionnaire))
    found.take(values_of_options(questionnaire))
    found.take(curves(questionnaire))
    found.take(levels_apart(questionnaire))
    found.take(languages_known(questionnaire, found.hints))
    return [replace(finding, file=file) for finding in found]


def again(path: Path, words: str, tip: str, first: Path) -> Finding:
    """A mistake at `path`, where the same thing stood before at `first`."""
    return mistake(words, path, tip, related=(Related("the first one stands here", path=first),))


def named_twice(path: Path, names: Iterable[str]) -> Iterator[Finding]:
    for place, name, first in repeated(((*path, index), name) for index, name in enumerate(names)):
        yield again(place, f"`{name}` is named twice", "Once is enough.", first)


def repeated_ids(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Dimensions and questions share their ids, because each id names one figure."""
    groups, dimensions, questions, levels, advice = (
        ids_of(questionnaire, key) for key in ("groups", "dimensions", "questions", "levels", "advice")
    )
    figures = dimensions + questions
    for ids in (groups, figures, levels, advice):
        for path, name, first in repeated(ids):
            yield again(path, f"the id `{name}` is taken", "Give each an id of its own.", first)
    names = {name for _, name in questions}
    for path, name in figures:
        if name in RESERVED:
            yield mistake(f"`{name}` is the name of a figure of the whole", path, "Choose another id.")
        if name in names and is_column(name, names):
            words = f"`{name}` is another column of a CSV file of responses"
            yield mistake(words, path, "Choose another id.")


def ids_of(questionnaire: Questionnaire, key: str) -> list[tuple[Path, str]]:
    return [((*path, "id"), item.id) for path, item in entries(key, getattr(questionnaire, key))]


def is_column(name: str, questions: Collection[str]) -> bool:
    """Whether a table of respondents has a column of that name that is none of this question."""
    question, _, part = name.rpartition(".")
    return name in COLUMNS or name.startswith("about.") or (part in COLUMN_PARTS and question in questions)


def unknown_ids(questionnaire: Questionnaire, hints: Hints) -> Iterator[Finding]:
    """An id that is used and declared nowhere."""
    for path, name, known, what in used_ids(questionnaire):
        if name not in known:
            listed = f"Expected one of: {', '.join(known)}." if known else f"No {what} is declared here."
            near = hints.did_you_mean(name, known)
            at_key = path[2:3] == ("ask",)
            yield mistake(f"there is no {what} `{name}`", path, near or listed, at_key=at_key)


def used_ids(questionnaire: Questionnaire) -> Iterator[tuple[Path, str, Collection[str], str]]:
    """Where an id is used: its path, itself, the ids that may stand there, and what such an id names."""
    groups, dimensions = questionnaire.group_by_id, questionnaire.dimension_by_id
    questions, scales = questionnaire.question_by_id, questionnaire.scales
    subjects: Mapping[str, tuple[Collection[str], str]] = {
        "question": (questions, "question"),
        "dimension": (dimensions, "dimension"),
        "overall": (("overall",), "figure of the whole"),
        "gap": ((*questions, *dimensions), "question or dimension"),
        "evidence": (INDICATORS, "indicator"),
    }
    for path, group in entries("contrast", questionnaire.contrast or ()):
        yield path, group, groups, "group"
    for path, dimension in entries("dimensions", questionnaire.dimensions):
        if dimension.parent is not None:
            yield (*path, "parent"), dimension.parent, dimensions, "dimension"
    for path, question in questions_of(questionnaire):
        yield (*path, "dimension"), question.dimension, dimensions, "dimension"
        if isinstance(question.answer, ScaleAnswer):
            yield (*path, "answer", "scale"), question.answer.scale, scales, "scale"
        if question.evidence is not None:
            yield (*path, "evidence"), question.evidence, INDICATORS, "indicator"
        for name in question.ask:
            yield (*path, "ask", name), name, groups, "group"
        for key in ("groups", "scored"):
            for place, name in enumerate(getattr(question, key) or ()):
                yield (*path, key, place), name, groups, "group"
    for path, condition in conditions_of(questionnaire):
        kind, name = condition.subject
        yield (*path, kind), name, *subjects[kind]


def dimensions_in_a_circle(questionnaire: Questionnaire) -> Iterator[Finding]:
    """A dimension that lies, over its parents, inside itself."""
    parents = {each.id: [each.parent] if each.parent else [] for each in questionnaire.dimensions}
    index = {name: place for place, name in enumerate(parents)}
    for loop in loops(parents):
        words = f"these dimensions lie inside each other: {' -> '.join([*loop, loop[0]])}"
        tip = "Take the `parent` away from the one that belongs at the top."
        yield mistake(words, ("dimensions", index[loop[0]], "parent"), tip)


def groups_of_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Who is asked and who is scored: each group once, nobody scored or addressed unasked, or in vain."""
    yield from named_twice(("contrast",), questionnaire.contrast or ())
    for path, question in questions_of(questionnaire):
        for key in ("groups", "scored"):
            yield from named_twice((*path, key), getattr(question, key) or ())
        yield from of_a_fact(path, question) if question.is_fact else unasked(path, question, questionnaire)


def of_a_fact(path: Path, question: Question) -> Iterator[Finding]:
    for key in ("groups", "scored", "ask"):
        if getattr(question, key):
            words = f"a fact is given once for the organisation, so `{question.id}` has no `{key}`"
            tip = "Leave it out; or write `per: respondent` in the answer, to ask each person."
            yield mistake(words, (*path, key), tip, at_key=True)


def unasked(path: Path, question: Question, questionnaire: Questionnaire) -> Iterator[Finding]:
    if question.scored and not question.is_scored_kind:
        words = f"`{question.id}` asks for a text, and a text is never scored"
        yield mistake(words, (*path, "scored"), "Leave `scored` out.", at_key=True)
    asked = questionnaire.asked(question)
    strangers = questionnaire.group_by_id.keys() - set(asked)
    tip = f"Asked are: {', '.join(asked) or 'nobody'}. Add it to `groups`, or take it out here."
    named: list[tuple[Path, str]] = [(("scored", at), name) for at, name in enumerate(question.scored or ())]
    named += [(("ask", name), name) for name in question.ask]
    for steps, name in named:
        if name in strangers:
            yield mistake(f"`{name}` is not asked", (*path, *steps), tip, at_key="ask" in steps)
    scored = questionnaire.scored(question)
    if scored and not any(questionnaire.group_by_id[name].weight for name in scored):
        words = f"`{question.id}` has no score: the groups scored, {', '.join(scored)}, weigh 0"
        yield mistake(words, path, "Give one of them a weight, or score another group.")


def evidence_of_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    """An indicator counts so many of so many, once: only a ratio fact can take its place."""
    for path, question in questions_of(questionnaire):
        counts_once = isinstance(question.answer, RatioAnswer) and question.is_fact
        if question.evidence is not None and not counts_once:
            words = "an indicator is a count of so many, given once, and this question does not ask for one"
            tip = "Leave it out, or write `answer: {kind: ratio}` without `per: respondent`."
            yield mistake(words, (*path, "evidence"), tip)


def values_of_options(questionnaire: Questionnaire) -> Iterator[Finding]:
    """Options of one value are told apart by their labels; those that differ in neither are one."""
    for path, options, several in options_of(questionnaire):
        labels = (
            ((*path, index, "label"), (option.value, label.strip().casefold()))
            for index, option in enumerate(options)
            for label in spellings(option.label)
        )
        twice = {place: (value, first) for place, (value, _), first in repeated(labels)}
        for place, (value, first) in twice.items():
            words = f"two options have the value {written_number(value)} and one label"
            yield again(place, words, "Give each a value or a label of its own.", first)
        if several:
            yield from sum_of_options(path, options)
        elif len({option.value for option in options}) == 1:
            yield mistake("all options have one value", path, "Give the better ones a higher value.")


def sum_of_options(path: Path, options: Sequence[Option]) -> Iterator[Finding]:
    """Several chosen options earn their share of the sum of all, so none may take away from it."""
    for index, option in enumerate(options):
        if option.value < 0:
            found = written_number(option.value)
            words = f"found {found}: where several are chosen, expected 0 or more"
            yield mistake(words, (*path, index, "value"))
    if not any(option.value for option in options):
        tip = "Give the options that earn points a value."
        yield mistake("the values of the options add up to 0", path, tip)


def curves(questionnaire: Questionnaire) -> Iterator[Finding]:
    """`points: [[x, points], ...]`: each x once, and of a ratio a share."""
    for path, question in questions_of(questionnaire):
        answer = question.answer
        if not isinstance(answer, NumberAnswer | RatioAnswer) or answer.points is None:
            continue
        xs = [((*path, "answer", "points", index, 0), x) for index, (x, _) in enumerate(answer.points)]
        for place, x, first in repeated(xs):
            yield again(place, f"{written_number(x)} has points twice", "Give each x once.", first)
        for place, x in xs if isinstance(answer, RatioAnswer) else ():
            if not 0 <= x <= 1:
                words = f"found {written_number(x)}: the x of a ratio is a share from 0 to 1"
                yield mistake(words, place, "Write 1/3 for one in three, 1/2 or 0.5 for a half.")


def levels_apart(questionnaire: Questionnaire) -> Iterator[Finding]:
    levels = entries("levels", questionnaire.levels)
    for path, points, first in repeated(((*path, "at_least"), level.at_least) for path, level in levels):
        words = f"two levels begin at {written_number(points)} points"
        yield again(path, words, "Let each level begin at points of its own.", first)


def languages_known(questionnaire: Questionnaire, hints: Hints) -> Iterator[Finding]:
    known = questionnaire.languages
    yield from named_twice(("languages",), known)
    for path, translations in translations_of(questionnaire):
        for language in translations:
            if language not in known:
                near = hints.did_you_mean(language, known)
                tip = near or f"Add it there, or take it out: {', '.join(known)}."
                words = f"`{language}` is not one of the `languages` of this questionnaire"
                yield mistake(words, (*path, language), tip, at_key=True)
