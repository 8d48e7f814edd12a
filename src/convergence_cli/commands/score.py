"""``convergence score``: responses in, the report out."""

from __future__ import annotations

import math
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..api.scores import explain, read, score
from ..model.wave import Wave
from ..problems import ExitCode, UsageError, did_you_mean
from ..render.document import Run
from ..results.score import ScoreReport
from .output import JSON, Delivery, Format, check_delivery, deliver, say, text

FORMATS = {
    "text": text("score_page.page"),
    "json": JSON,
    "csv": Format("score_csv", suffixes=(".csv",), data=True),
}
EXPLAIN_FORMATS = {"text": text("explain_page.page"), "json": JSON}


@dataclass(frozen=True)
class ScoreOptions(Delivery):
    """The options of one run, as they were given."""

    responses: tuple[str, ...]
    plans: tuple[str, ...] = ()
    today: str | None = None
    by: str | None = None
    fail_under: float | None = None
    explain: str | None = None
    language: str | None = None
    quiet: bool = False


def run_score(options: ScoreOptions) -> ExitCode:
    """Read, score, print; the exit code says whether a threshold was missed."""
    check_options(options)
    wave = read(*options.responses)
    check_language(wave, options.language)
    if options.explain is not None:
        return explain_figure(wave, options)
    report = score(
        wave,
        by=options.by,
        language=options.language,
        plans=options.plans or None,
        today=options.today,
    )
    deliver(FORMATS, report, options, Run(next_commands(options)))
    missed = threshold_missed(report, options)
    if missed and not options.quiet:
        say(missed)
    return ExitCode.FOUND if missed else ExitCode.OK


def check_explain(options: ScoreOptions) -> None:
    """Refuse what says nothing about one opened figure: cuts, thresholds, a table of all figures."""
    if options.by is not None:
        raise UsageError("--explain opens a figure of the whole: leave --by out.")
    if options.fail_under is not None:
        raise UsageError("--explain prints one figure: ask for --fail-under without it.")
    if options.format not in EXPLAIN_FORMATS:
        raise UsageError(f"--explain prints {' or '.join(EXPLAIN_FORMATS)}, not {options.format}.")


def explain_figure(wave: Wave, options: ScoreOptions) -> ExitCode:
    """``--explain ID``: one figure down to the lines it comes from."""
    explanation = explain(
        wave,
        options.explain or "",
        language=options.language,
        plans=options.plans or None,
        today=options.today,
    )

    deliver(EXPLAIN_FORMATS, explanation, options, Run())
    return ExitCode.OK


def check_options(options: ScoreOptions) -> None:
    """Refuse, before anything is read, what could not be delivered."""
    check_delivery(FORMATS, options)
    if options.explain is not None:
        check_explain(options)
    least = options.fail_under
    if least is not None and not (math.isfinite(least) and 0 <= least <= 100):
        raise UsageError(f"--fail-under takes points from 0 to 100, not {least}.")


def check_language(wave: Wave, language: str | None) -> None:
    """Refuse a language that the questionnaire does not speak."""
    languages = wave.questionnaire.languages
    if language is not None and language not in languages:
        hint = did_you_mean(language, languages)
        raise UsageError(
            f"{wave.questionnaire.id} speaks {', '.join(languages)}, not {language}. {hint}".strip()
        )


def next_commands(options: ScoreOptions) -> list[str]:
    """What to run next, in the words that the user would type."""
    if "-" in (*options.responses, *options.plans):
        return []
    score = " ".join(["convergence score", *map(quoted, options.responses), *given_options(options)])
    opened = [] if options.by else [f"{score} --explain overall"]
    return [f"{score} -o report.json", *opened]


def given_options(options: ScoreOptions) -> Iterator[str]:
    """The options that say what is scored, as they would be typed again."""
    for plans in options.plans:
        yield f"--plans {quoted(plans)}"
    for name in ("today", "by"):
        value = getattr(options, name)
        if value is not None:
            yield f"--{name} {quoted(value)}"


def quoted(text: str) -> str:
    """A path as it is typed in a shell, with the slashes that every shell reads."""
    return shlex.quote(Path(text).as_posix())


def threshold_missed(report: ScoreReport, options: ScoreOptions) -> str:
    """One sentence where the score is below the threshold, or null."""
    from ..render.phrases import points

    score, least = report.overall.score, options.fail_under
    if least is None or (score is not None and score >= least):
        return ""
    said = "there is no score" if score is None else f"the score is {points(score, [least])}"
    return f"--fail-under {least:g}: {said}."
