"""One wave: everything that a responses file, or several pooled, says at one time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from .answers import Respondent, StatedFact
from .questionnaire import Questionnaire


@dataclass(frozen=True)
class Wave:
    """The answers with what was promised about them.

    ``sources`` are the input files' names with their sha256, which is None for confidential ones.
    ``newest_assumed``: the questionnaire was named without a version. ``locate`` says where a
    respondent's answer to a question stands, or a fact (no respondent), as ``file:line``.
    """

    questionnaire: Questionnaire
    organization: str | None
    period: str | None
    confidential: bool
    min_group_size: int
    cut_by: str | None
    population: Mapping[str, int]
    facts: Mapping[str, StatedFact]
    plans: tuple[str, ...]
    respondents: Sequence[Respondent]
    sources: tuple[tuple[str, str | None], ...] = ()
    newest_assumed: bool = False
    locate: Callable[[Respondent | None, str], str | None] = lambda respondent, question: None
