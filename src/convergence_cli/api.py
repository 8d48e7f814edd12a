"""The public Python functions: ``read``, ``score``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from .inputs import Options, read_wave
from .model.wave import Wave
from .render.words import spoken
from .results.score import ScoreReport
from .scoring.report import Request, score_wave


def read(
    *paths: str,
    questionnaire: str | None = None,
    confidential: bool | None = None,
    facts: str | None = None,
    by: str | None = None,
) -> Wave:
    """The responses files at `paths` (``-`` is stdin), read and checked.

    `questionnaire`, `confidential` and `facts` say of a CSV file what it cannot say itself; with `by`
    ``"organization"`` or ``"period"`` the files may differ in that. Raises ``problems.InputError`` with
    every problem in every file, each with its place.
    """
    return read_wave(paths, Options(questionnaire, confidential, facts, by))


def score(
    wave: Wave,
    *,
    by: str | None = None,
    language: str | None = None,
    min_group_size: int | None = None,
    plans: Sequence[str] = (),
    today: str | date | None = None,
) -> ScoreReport:
    """The score report of what `read` returned: the same value that ``-f json`` prints.

    `by` sets the values of an attribute side by side; `min_group_size` may raise what the file says.
    Raises ``problems.NothingToDo`` when there is no answer and no fact.
    """
    request = Request(by=by, language=language, min_group_size=min_group_size)
    return spoken(score_wave(wave, request))
