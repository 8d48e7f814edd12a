"""What is allowed in a questionnaire, and still probably not meant: one declaration for each such thing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from ..problems import Finding
from .doubts import (
    boolean_labels,
    duplicate_labels,
    empty_dimensions,
    missing_contrasts,
    missing_translations,
    state_labels,
    unordered_options,
    unscored_questions,
    zero_weights,
)
from .questionnaire import Questionnaire
from .reach import (
    constant_advice,
    gates_above_levels,
    missing_lowest_level,
    silent_advice,
    unreachable_levels,
)


@dataclass(frozen=True, slots=True)
class Lint:
    """One thing to look for.

    ``find`` yields a finding for each case; ``why`` says what goes wrong otherwise. ``good`` and ``bad``
    are parts of a questionnaire in YAML: nothing is found in the one, and something in the other.
    """

    code: str
    name: str
    why: str
    find: Callable[[Questionnaire], Iterator[Finding]]
    good: str
    bad: str


def lint(questionnaire: Questionnaire, file: str) -> list[Finding]:
    """Warnings about a questionnaire in which `check_references` finds nothing, in the table's order."""
    return [
        replace(finding, code=each.code, name=each.name, file=file)
        for each in LINTS
        for finding in each.find(questionnaire)
    ]


LINTS: tuple[Lint, ...] = (
    Lint(
        "CQ101",
        "unreachable-level",
        "A level that the best answers do not reach discourages whoever works towards it.",
        unreachable_levels,
        good="levels: [{id: low, title: Low, at_least: 0}, {id: top, title: Top, at_least: 100}]",
        bad="""
questions:
  - {id: fast, dimension: plans, text: Fast, answer: {kind: scale, scale: agree}}
  - {id: many, dimension: plans, text: How many, answer: {kind: number, points: [[0, 0], [9, 80]]}}
levels: [{id: low, title: Low, at_least: 0}, {id: top, title: Top, at_least: 95}]
""",
    ),
    Lint(
        "CQ102",
        "zero-weight",
        "What weighs nothing is asked in vain, and looks as if it counted.",
        zero_weights,
        good="groups: [{id: business, title: Business, weight: 2}, {id: it, title: IT, weight: 0.5}]",
        bad="groups: [{id: business, title: Business}, {id: it, title: IT, weight: 0}]",
    ),
    Lint(
        "CQ103",
        "duplicate-label",
        "An answer typed as that label could mean either option.",
        duplicate_labels,
        good="scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}",
        bad="scales: {agree: {options: [{value: 1, label: 2}, {value: 2, label: Fully}]}}",
    ),
    Lint(
        "CQ104",
        "options-out-of-order",
        "A form shows the options in this order, and people read an order as a scale.",
        unordered_options,
        good="""
scales: {agree: {options: [{value: 3, label: Fully}, {value: 2, label: Partly}, {value: 1, label: Hardly}]}}
""",
        bad="""
scales: {agree: {options: [{value: 1, label: Hardly}, {value: 3, label: Fully}, {value: 2, label: Partly}]}}
""",
    ),
    Lint(
        "CQ105",
        "missing-translation",
        "A form in one language would hold questions in another.",
        missing_translations,
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
    ),
    Lint(
        "CQ106",
        "advice-never-fires",
        "An advice that no result can bring about is lost without a word.",
        silent_advice,
        good="""
advice: [{id: talk, title: Talk, when: {all: [{question: fast, at_least: 40}, {question: fast, below: 75}]}}]
""",
        bad="""
advice: [{id: talk, title: Talk, when: {all: [{question: fast, at_least: 75}, {question: fast, below: 40}]}}]
""",
    ),
    Lint(
        "CQ107",
        "boolean-label",
        "Other YAML tools read the bare word as true or false and lose the label.",
        boolean_labels,
        good="scales: {agree: {options: [{value: 1, label: 'No, never'}, {value: 2, label: Fully}]}}",
        bad="scales: {agree: {options: [{value: 1, label: No}, {value: 2, label: Fully}]}}",
    ),
    Lint(
        "CQ108",
        "unscored-question",
        "A question that nobody answers, or whose answers count for nothing, was probably not meant so.",
        unscored_questions,
        good="questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, scored: [it]}]",
        bad="questions: [{id: fast, dimension: plans, text: F, answer: {kind: yes-no}, scored: []}]",
    ),
    Lint(
        "CQ109",
        "gate-above-level",
        "The overall cannot be below a gate that every dimension meets, so `at_least` never decides.",
        gates_above_levels,
        good="""
levels: [{id: low, title: L, at_least: 0}, {id: top, title: T, at_least: 60, every_dimension_at_least: 40}]
""",
        bad="""
levels: [{id: low, title: L, at_least: 0}, {id: top, title: T, at_least: 40, every_dimension_at_least: 60}]
""",
    ),
    Lint(
        "CQ110",
        "empty-dimension",
        "A dimension without questions stands in every report and never has a score.",
        empty_dimensions,
        good="dimensions: [{id: all, title: All}, {id: plans, title: Plans, parent: all}]",
        bad="dimensions: [{id: plans, title: Plans}, {id: speed, title: Speed}]",
    ),
    Lint(
        "CQ111",
        "no-contrast",
        "Two groups answer the same question, and the report does not hold them against each other.",
        missing_contrasts,
        good="contrast: [business, it]",
        bad="contrast:",
    ),
    Lint(
        "CQ112",
        "no-lowest-level",
        "A low score would have no level, and no name.",
        missing_lowest_level,
        good="levels: [{id: low, title: Low, at_least: 0}]",
        bad="levels: [{id: some, title: Some, at_least: 20}]",
    ),
    Lint(
        "CQ113",
        "state-label",
        "Not applicable and don't know are no points on a scale, and are never scored as if they were.",
        state_labels,
        good="scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}",
        bad="scales: {agree: {options: [{value: 0, label: N/A}, {value: 1, label: Fully}]}}",
    ),
    Lint(
        "CQ114",
        "advice-always-holds",
        "A bound that every figure satisfies decides nothing; often a percentage stands for a share.",
        constant_advice,
        good="advice: [{id: map, title: Map, when: {evidence: plans-mapped, below: 1/2}}]",
        bad="advice: [{id: map, title: Map, when: {evidence: plans-mapped, below: 50}}]",
    ),
)
