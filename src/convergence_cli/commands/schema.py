"""``convergence schema``: the JSON Schema of what people write, and of the results that we promise."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from .. import terminal
from ..model.plans import PlansFile
from ..model.questionnaire import Questionnaire
from ..model.responses import Responses
from ..model.schema import draft_07
from ..problems import ExitCode, UsageError, did_you_mean
from ..results.check import CheckReport
from ..results.comparison import Comparison
from ..results.score import Explanation, ScoreReport

WRITTEN: Mapping[str, tuple[str, type]] = {
    "questionnaire": ("A questionnaire for convergence (questionnaire/1)", Questionnaire),
    "responses": ("Responses to a questionnaire (responses/1)", Responses),
    "plans": ("Objectives and plans for convergence (plans/1)", PlansFile),
}
"""What people write: a title, and what it is read as."""
PRINTED: Mapping[str, tuple[str, type]] = {
    "score": ("What convergence score -f json prints (schema_version 1)", ScoreReport),
    "explain": ("What convergence score --explain ID -f json prints (schema_version 1)", Explanation),
    "check": ("What convergence check -f json prints (schema_version 1)", CheckReport),
    "compare": ("What convergence compare -f json prints (schema_version 1)", Comparison),
}
DOCUMENTS = {**WRITTEN, **PRINTED}


def run_schema(name: str) -> ExitCode:
    """Print the schema called `name`; raises UsageError with the nearest name."""
    terminal.write(schema_text(name), data=True)
    return ExitCode.OK


def schema_text(name: str) -> str:
    """The JSON Schema (draft-07) of the document `name`, as text; raises UsageError when there is none."""
    if name not in DOCUMENTS:
        hint = did_you_mean(name, DOCUMENTS) or f"There are: {', '.join(DOCUMENTS)}."
        raise UsageError(f"There is no schema `{name}`. {hint}")
    return json.dumps(schema_of(name), indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def schema_of(name: str) -> dict[str, Any]:
    title, model = DOCUMENTS[name]
    return draft_07(model, title, written=name in WRITTEN)
