"""``read``, ``score`` and ``explain``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..evidence import digest
from ..inputs.plans import read_evidence
from ..inputs.pooling import read_wave
from ..model.wave import Wave
from ..problems import UsageError
from ..render.say import with_words
from ..results.score import Explanation, ScoreReport
from ..scoring.report import Request, assembled
from .days import day_of, today_in_utc
from .maps import maps_for


def read(*paths: str | Path) -> Wave:
    """The responses files of one wave at `paths` (``-`` is stdin), read and checked.

    Raises ``problems.InputError`` with every problem in every file, each with its place.
    """
    return read_wave([str(path) for path in paths])


def score(
    wave: Wave,
    *,
    by: str | None = None,
    language: str | None = None,
    plans: Sequence[str | Path] | None = None,
    today: str | date | None = None,
) -> ScoreReport:
    """The score report of what `read` returned: the same value that ``-f json`` prints.

    `by` sets the values of an attribute side by side. `plans` are files that count what is stated (default:
    those that the responses name; an empty list: none), on the day `today`, else on the day the files were
    true. Raises ``problems.NothingToDo`` when there is no answer and no fact, ``problems.InputError`` for
    plans that cannot be read.
    """
    request = with_evidence(Request(by=by, language=language), wave, plans, today)
    return with_words(assembled(wave, request).report())


def explain(
    wave: Wave,
    figure: str,
    *,
    language: str | None = None,
    plans: Sequence[str | Path] | None = None,
    today: str | date | None = None,
) -> Explanation:
    """One figure of the report (overall, a dimension, a question, friction, an indicator), opened.

    Raises ``problems.UsageError`` with the nearest names when there is no such figure.
    """
    request = with_evidence(Request(language=language), wave, plans, today)
    return with_words(assembled(wave, request).explanation(figure))


def with_evidence(
    request: Request, wave: Wave, typed: Sequence[str | Path] | None, today: str | date | None
) -> Request:
    """`request` with what the plans files show, counted on `today`, else on the day they were true.

    The files are those that somebody `typed`, else (None) those that the responses name.
    """
    asked = day_of(today)
    plans = wave.plans if typed is None else typed
    if not plans:
        return request
    paths = [str(path) for path in plans]
    secret_in = wave.sources[0][0] if typed is None and wave.confidential and wave.sources else ""
    read = read_evidence(paths, maps_for(paths), regular=typed is None, secret_in=secret_in)
    on = asked or read.plans.as_of or today_in_utc()
    found = digest(read.plans, on)
    if found.organization and wave.organization and not same_name(found.organization, wave.organization):
        raise UsageError(
            f"The plans are those of {found.organization}, the answers those of {wave.organization}: "
            "a statement is held against the plans of its own organisation only."
        )
    return replace(request, digest=found, evidence_date=on, sources=read.sources, locate_item=read.locate)


def same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
