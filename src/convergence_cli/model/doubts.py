"""What stands in a questionnaire and was probably not meant: weights, labels, translations, who is asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ..problems import Finding, Path, Severity
from .fields import parse_exact, spellings, written_number
from .parts import Tree, placed_labels, placed_options, placed_questions, translated
from .questionnaire import MultipleAnswer, Option, Questionnaire
from .responses import STATE_WORDS

BOOLEAN_WORDS = frozenset({"yes", "no", "y", "n", "true", "false", "on", "off"})


def doubt(path: Path, message: str, hint: str, at_key: bool = False) -> Finding:
    return Finding("", message, hint, severity=Severity.WARNING, path=path, at_key=at_key)


def zero_weights(questionnaire: Questionnaire) -> Iterator[Finding]:
    hints = {
        "groups": "To ask a group without scoring it, leave it out of `scored`.",
        "dimensions": "Leave the dimension out, or give it a weight.",
        "questions": "To ask without scoring, write `scored: []`; otherwise give it a weight.",
    }
    for kind, hint in hints.items():
        for index, item in enumerate(getattr(questionnaire, kind)):
            if item.weight == 0:
                message = f"`{item.id}` weighs 0: its answers never move a score"
                yield doubt((kind, index, "weight"), message, hint)


def duplicate_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    for labels in placed_labels(questionnaire):
        values = {str(written_number(option.value)) for _, option in labels}
        first: dict[str, int] = {}
        for place, (path, option) in enumerate(labels):
            for label in spellings(option.label):
                hint = "A label may be typed as an answer, so it has to name one option."
                if first.setdefault(label.strip().casefold(), place) != place:
                    yield doubt(path, f"two options have the label `{label}`", hint)
                if as_value(label) in values - {str(written_number(option.value))}:
                    yield doubt(path, f"the label `{label}` is the value of another option", hint)


def as_value(label: str) -> str:
    """A label that is a number, as that number is printed; any other label as it is."""
    try:
        return str(written_number(parse_exact(label)))
    except ValueError:
        return label


def state_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, option in (pair for labels in placed_labels(questionnaire) for pair in labels):
        for label in spellings(option.label):
            if label.strip().casefold() in STATE_WORDS:
                message = f"`{label}` typed as an answer means that there is none, and earns no points"
                hint = "Leave this option out: n/a and dont-know may always be answered."
                yield doubt(path, message, hint)


def boolean_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, options in placed_options(questionnaire):
        for index, option in enumerate(options):
            texts = {None: option.label} if isinstance(option.label, str) else option.label
            for language, label in texts.items():
                if label.strip().casefold() in BOOLEAN_WORDS:
                    message = f"`{label}` is a truth value and not a text to many other YAML tools"
                    hint = "Put it in quotes, or write more than the bare word; or use `kind: yes-no`."
                    yield doubt((*path, index, "label", *filter(None, [language])), message, hint)


def unordered_options(questionnaire: Questionnaire) -> Iterator[Finding]:
    several = [
        (*path, "answer", "options")
        for path, question in placed_questions(questionnaire)
        if isinstance(question.answer, MultipleAnswer)
    ]
    for path, options in placed_options(questionnaire):
        misplaced = None if path in several else first_misplaced(options)
        if misplaced is not None:
            message = (
                f"the options go up and down: {', '.join(str(written_number(o.value)) for o in options)}"
            )
            hint = "List them from the lowest value to the highest, as a form will show them."
            yield doubt((*path, misplaced, "value"), message, hint)


def first_misplaced(options: Sequence[Option]) -> int | None:
    """The first option that turns back; from high to low is an order, too, and options of one value are."""
    steps = [second.value - first.value for first, second in pairwise(options)]
    forward = next(filter(None, steps), 0)
    turned = (place for place, step in enumerate(steps, start=1) if step * forward < 0)
    return next(turned, None)


def missing_translations(questionnaire: Questionnaire) -> Iterator[Finding]:
    """A plain text stands for every language; a question's wording cannot."""
    languages = questionnaire.languages
    for path, texts in translated(questionnaire):
        absent = [language for language in languages if language not in texts]
        if absent:
            yield untranslated(path, absent, languages[0])
    if len(languages) == 1:
        return
    for path, question in placed_questions(questionnaire):
        wordings = {(*path, "text"): question.text}
        wordings |= {(*path, "ask", name): text for name, text in question.ask.items()}
        for place, wording in wordings.items():
            if isinstance(wording, str):
                yield untranslated(place, languages[1:], languages[0])


def untranslated(path: Path, absent: Sequence[str], fallback: str) -> Finding:
    message = f"this text is missing in: {', '.join(absent)}"
    return doubt(path, message, f"Where a language is missing, {fallback} is shown.")


def unscored_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in placed_questions(questionnaire):
        if question.is_fact:
            continue
        if not questionnaire.asked(question):
            message = f"nobody is asked `{question.id}`"
            yield doubt((*path, "groups"), message, "Leave `groups` out to ask every group.", at_key=True)
        elif question.is_scored_kind and not questionnaire.scored(question):
            message = f"nobody's answers to `{question.id}` are scored"
            yield doubt(
                (*path, "scored"), message, "Leave `scored` out to score all who are asked.", at_key=True
            )


def empty_dimensions(questionnaire: Questionnaire) -> Iterator[Finding]:
    tree = Tree(questionnaire)
    for index, dimension in enumerate(questionnaire.dimensions):
        if not any(question.is_scored_kind for question in tree.questions(dimension)):
            message = f"`{dimension.id}` has no question with points, so it never has a score"
            yield doubt(("dimensions", index), message, "Leave it out, or give it a question.")


def missing_contrasts(questionnaire: Questionnaire) -> Iterator[Finding]:
    if questionnaire.contrast:
        tree = Tree(questionnaire)
        if not any(tree.has_gap(question) for question in questionnaire.questions):
            message = f"no question is put to both {' and '.join(questionnaire.contrast)}: there is no gap"
            yield doubt(("contrast",), message, "Ask both groups one question, or leave `contrast` out.")
        return
    for path, question in placed_questions(questionnaire):
        asked = () if question.is_fact else questionnaire.asked(question)
        if len(asked) > 1:
            message = (
                f"`{question.id}` is put to {' and '.join(asked[:2])}, and no gap between them is reported"
            )
            yield doubt(path, message, f"Write `contrast: [{', '.join(asked[:2])}]` to see it.")
            return
