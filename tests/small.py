"""The smallest questionnaire that asks two groups something; a sample puts other keys in for its own."""

from __future__ import annotations

from typing import Any

from convergence_cli.documents import parse
from convergence_cli.model.questionnaire import Questionnaire

SMALL = """
id: small
version: 1
title: Small
groups: [{id: business, title: Business}, {id: it, title: IT}]
contrast: [business, it]
scales: {agree: {options: [{value: 1, label: Hardly}, {value: 2, label: Fully}]}}
dimensions: [{id: plans, title: Plans}]
questions: [{id: fast, dimension: plans, text: Fast, answer: {kind: scale, scale: agree}}]
"""


def read(text: str) -> dict[str, Any]:
    data: Any = parse(text.encode(), "small.yaml").data
    return data or {}


def questionnaire(sample: str = "") -> Questionnaire:
    return Questionnaire.model_validate(read(SMALL) | read(sample))


def asking(answer: str, more: str = "") -> Questionnaire:
    """The small questionnaire with one question that is answered so."""
    return questionnaire(f"questions: [{{id: q, dimension: plans, text: Q, answer: {answer}{more}}}]")
