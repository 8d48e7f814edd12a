"""``read``, ``score``, ``explain`` and ``compare``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from ..evidence import digest
from ..inputs.evidence import read_evidence
from ..inputs.responses import Options, read_wave
from ..model.wave import Wave
from ..problems import UsageError
from ..render.say import with_words
from ..render.words import spoken
from ..results.comparison import Comparison
from ..results.score import Explanation, ScoreReport
from ..scoring.comparison import compare_waves
from ..scoring.report import Request, explain_wave, score_wave
from .days import day_of, today_in_utc


def read(
    *paths: str | Path,
    questionnaire: str | None = None,
    confidential: bool | None = None,
    facts: str | Path | None = None,
    by: str | None = None,
) -> Wave:
    """The responses files at `paths` (``-`` is stdin), read and checked.

    `questionnaire`, `confidential` and `facts` say of a CSV file what it cannot say itself; with `by`
    ``"organization"`` or ``"period"`` the files may differ in that. Raises ``problems.InputError`` with
    every problem in every file, each with its place.
    """
    options = Options(questionnaire, confidential, None if facts is None else str(facts), by)
    return read_wave([str(path) for path in paths], options)


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
    request = Request(by=by, language=language)
    request = with_evidence(request, wave, plans, today)
    return spoken(score_wave(wave, with_own_evidence(request, wave)))


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
    return with_words(explain_wave(wave, request, figure, wave.locate))


def compare(old: Wave, new: Wave, *, language: str | None = None) -> Comparison:
    """What changed from `old` to `new`, both as `read` returned them: what ``compare -f json`` prints.

    Facts are counted from the plans files that each wave names itself. Raises ``problems.InputError`` for
    waves that cannot be compared, ``problems.NothingToDo`` when one has no answer and no fact.
    """
    asked = Request(language=language)
    before, after = (with_evidence(asked, wave, None, None) for wave in (old, new))
    return with_words(compare_waves(old, new, (before, after)))


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
    read = read_evidence(paths, regular=typed is None, secret_in=secret_in)
    on = asked or read.plans.as_of or today_in_utc()
    found = digest(read.plans, on)
    if found.organization and wave.organization and not same_name(found.organization, wave.organization):
        raise UsageError(
            f"The plans are those of {found.organization}, the answers those of {wave.organization}: "
            "a statement is held against the plans of its own organisation only."
        )
    return replace(request, digest=found, evidence_date=on, sources=read.sources, locate_item=read.places)


def with_own_evidence(request: Request, wave: Wave) -> Request:
    """`request` with what each value's own plans show, where files are set side by side."""
    sources = request.sources
    digests = {}
    for value, plans in wave.plans_by_value.items():
        side = wave if request.by != "organization" else replace(wave, organization=value)
        alone = with_evidence(Request(), replace(side, plans=plans), None, None)
        if alone.digest is not None:
            digests[value] = alone.digest
            sources = (*sources, *(source for source in alone.sources if source not in sources))
    return replace(request, digests=digests, sources=sources)


def same_name(one: str, other: str) -> bool:
    return one.casefold().split() == other.casefold().split()
