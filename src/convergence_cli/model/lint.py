"""What is allowed in a questionnaire, and still probably not meant: one declaration for each such thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..problems import Finding, Path, Severity, mistake
from .answers import exact
from .fields import spellings, written_number
from .questionnaire import Questionnaire
from .responses import STATE_WORDS
from .walks import entries, labels_of, options_of, questions_of, translations_of

BOOLEAN_WORDS = frozenset({"yes", "no", "y", "n", "true", "false", "on", "off"})
Find = Callable[[Questionnaire], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing to look for.

    ``find`` yields a finding for each case; ``why`` says what goes wrong otherwise. ``good`` and ``bad``
    are parts of a questionnaire in YAML: nothing is found in the one, and something in the other.
    """

    code: str
    name: str
    why: str
    good: str
    bad: str
    find: Find


LINTS: list[Lint] = []
"""Everything that is looked for, in the order in which it stands below."""


def lint(questionnaire: Questionnaire, file: str) -> list[Finding]:
    """Warnings about a questionnaire without `inconsistencies`, in the table's order."""
    return [
        replace(finding, code=each.code, name=each.name, severity=Severity.WARNING, file=file)
        for each in LINTS
        for finding in each.find(questionnaire)
    ]


def looks_for(code: str, name: str, why: str, *, good: str, bad: str) -> Callable[[Find], Find]:
    """Puts the function below it into the table."""

    def declare(find: Find) -> Find:
        LINTS.append(Lint(code, name, why, good, bad, find))
        return find

    return declare


@looks_for(
    "CQ102",
    "zero-weight",
    "What weighs nothing is asked in vain, and looks as if it counted.",
    good="groups: [{id: business, title: Business, weight: 2}, {id: it, title: IT, weight: 0.5}]",
    bad="groups: [{id: business, title: Business}, {id: it, title: IT, weight: 0}]",
)
def zero_weights(questionnaire: Questionnaire) -> Iterator[Finding]:
    tips = {
        "groups": "To ask a group without scoring it, leave it out of `scored`.",
        "dimensions": "Leave the dimension out, or give it a weight.",
        "questions": "To ask without scoring, write `scored: []`; otherwise give it a weight.",
    }
    for kind, tip in tips.items():
        for path, item in entries(kind, getattr(questionnaire, kind)):
            if item.weight == 0:
                yield mistake(f"`{item.id}` weighs 0: its answers never move a score", (*path, "weight"), tip)


@looks_for(
    "CQ103",
    "duplicate-label",
    "An answer typed as that label could mean either option.",
    good="scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}",
    bad="scales: {agree: {options: [{value: 1, label: 2}, {value: 2, label: Fully}]}}",
)
def duplicate_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    tip = "A label may be typed as an answer, so it has to name one option."
    for labels in labels_of(questionnaire):
        values = {option.value for _, option in labels}
        first: dict[str, Path] = {}
        for path, option in labels:
            for label in spellings(option.label):
                if first.setdefault(label.strip().casefold(), path) != path:
                    yield mistake(f"two options have the label `{label}`", path, tip)
                if exact(label) in values - {option.value}:
                    yield mistake(f"the label `{label}` is the value of another option", path, tip)


@looks_for(
    "CQ104",
    "options-out-of-order",
    "A form shows the options in this order, and people read an order as a scale.",
    good="""
scales: {agree: {options: [{value: 3, label: Fully}, {value: 2, label: Partly}, {value: 1, label: Hardly}]}}
""",
    bad="""
scales: {agree: {options: [{value: 1, label: Hardly}, {value: 3, label: Fully}, {value: 2, label: Partly}]}}
""",
)
def unordered_options(questionnaire: Questionnaire) -> Iterator[Finding]:
    tip = "List them from the lowest value to the highest, as a form will show them."
    for path, options, several in options_of(questionnaire):
        values = [option.value for option in options]
        if not several and values not in (sorted(values), sorted(values, reverse=True)):
            listed = ", ".join(str(written_number(value)) for value in values)
            yield mistake(f"the options go up and down: {listed}", path, tip)


@looks_for(
    "CQ105",
    "missing-translation",
    "A form in one language would hold questions in another.",
    good="""
languages: [en, de]
questions:
  - {id: fast, dimension: plans, text: {en: Fast, de: Schnell}, answer: {kind: scale, scale: agree}}
""",
    bad="""
languages: [en, de]
questions:
  - {id: fast, dimension: plans, text: {en: Fast}, answer: {kind: scale, scale: agree}}
""",
)
def missing_translations(questionnaire: Questionnaire) -> Iterator[Finding]:
    """A plain text stands for every language; a question's wording cannot."""
    first, *others = questionnaire.languages
    absent = [
        (path, [language for language in questionnaire.languages if language not in texts])
        for path, texts in translations_of(questionnaire)
    ]
    for path, question in questions_of(questionnaire):
        wordings = {(*path, "text"): question.text}
        wordings |= {(*path, "ask", name): text for name, text in question.ask.items()}
        absent += [(place, others) for place, wording in wordings.items() if isinstance(wording, str)]
    for path, languages in absent:
        if languages:
            words = f"this text is missing in: {', '.join(languages)}"
            yield mistake(words, path, f"Where a language is missing, {first} is shown.")


@looks_for(
    "CQ107",
    "boolean-label",
    "Other YAML tools read the bare word as true or false and lose the label.",
    good="scales: {agree: {options: [{value: 1, label: 'No, never'}, {value: 2, label: Fully}]}}",
    bad="scales: {agree: {options: [{value: 1, label: No}, {value: 2, label: Fully}]}}",
)
def boolean_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    tip = "Put it in quotes, or write more than the bare word; or use `kind: yes-no`."
    for path, options, _ in options_of(questionnaire):
        for index, option in enumerate(options):
            texts = {None: option.label} if isinstance(option.label, str) else option.label
            for language, label in texts.items():
                if label.strip().casefold() in BOOLEAN_WORDS:
                    words = f"`{label}` is a truth value and not a text to many other YAML tools"
                    yield mistake(words, (*path, index, "label", *filter(None, [language])), tip)


@looks_for(
    "CQ108",
    "unscored-question",
    "A question that nobody answers, or whose answers count for nothing, was probably not meant so.",
    good="questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, scored: [it]}]",
    bad="questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, scored: []}]",
)
def unscored_questions(questionnaire: Questionnaire) -> Iterator[Finding]:
    for path, question in questions_of(questionnaire):
        if question.is_fact:
            continue
        if not questionnaire.asked(question):
            tip = "Leave `groups` out to ask every group."
            yield mistake(f"nobody is asked `{question.id}`", (*path, "groups"), tip, at_key=True)
        elif question.is_scored_kind and not questionnaire.scored(question):
            words = f"nobody's answers to `{question.id}` are scored"
            tip = "Leave `scored` out to score all who are asked."
            yield mistake(words, (*path, "scored"), tip, at_key=True)


@looks_for(
    "CQ110",
    "empty-dimension",
    "A dimension without questions stands in every report and never has a score.",
    good="dimensions: [{id: all, title: All}, {id: plans, title: Plans, parent: all}]",
    bad="dimensions: [{id: plans, title: Plans}, {id: speed, title: Speed}]",
)
def empty_dimensions(questionnaire: Questionnaire) -> Iterator[Finding]:
    holding = questionnaire.dimensions_of(each for each in questionnaire.questions if each.is_scored_kind)
    for path, dimension in entries("dimensions", questionnaire.dimensions):
        if dimension.id not in holding:
            words = f"`{dimension.id}` has no question with points, so it never has a score"
            yield mistake(words, path, "Leave it out, or give it a question.")


@looks_for(
    "CQ111",
    "no-contrast",
    "Two groups answer the same question, and the report does not hold them against each other.",
    good="contrast: [business, it]",
    bad="contrast:",
)
def missing_contrasts(questionnaire: Questionnaire) -> Iterator[Finding]:
    shared = [
        (path, question.id, asked)
        for path, question in questions_of(questionnaire)
        if question.is_scored_kind
        and not question.is_fact
        and len(asked := questionnaire.asked(question)) > 1
    ]
    pair = questionnaire.contrast
    if pair and not any(set(pair) <= set(asked) for _, _, asked in shared):
        words = f"no question is put to both {' and '.join(pair)}: there is no gap"
        yield mistake(words, ("contrast",), "Ask both groups one question, or leave `contrast` out.")
    for path, name, (first, second, *_) in () if pair else shared[:1]:
        words = f"`{name}` is put to {first} and {second}, and no gap between them is reported"
        yield mistake(words, path, f"Write `contrast: [{first}, {second}]` to see it.")


@looks_for(
    "CQ113",
    "state-label",
    "Not applicable and don't know are no points on a scale, and are never scored as if they were.",
    good="scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}",
    bad="scales: {agree: {options: [{value: 0, label: N/A}, {value: 1, label: Fully}]}}",
)
def state_labels(questionnaire: Questionnaire) -> Iterator[Finding]:
    tip = "Leave this option out: n/a and dont-know may always be answered."
    for path, option in (pair for labels in labels_of(questionnaire) for pair in labels):
        for label in spellings(option.label):
            if label.strip().casefold() in STATE_WORDS:
                words = f"`{label}` typed as an answer means that there is none, and earns no points"
                yield mistake(words, path, tip)
