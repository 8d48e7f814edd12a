"""``convergence score``: responses in, the report out."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..api.scores import explain, read, score
from ..model.wave import Wave
from ..problems import ExitCode, UsageError
from ..render.run import Run
from ..results.score import ScoreReport
from .output import (
    JSON,
    Delivery,
    Format,
    check_delivery,
    deliver,
    say,
    text,
    typed,
    wanted,
    workbook,
    write_file,
)
from .questionnaires import check_language

FORMATS = {
    "text": text("score_page.page"),
    "json": JSON,
    "markdown": Format("markdown", "score_rest.full", (".md",)),
    "html": Format("html", "score_rest.full", (".html",)),
    "xlsx": workbook("score_book.book"),
    "csv": Format("score_csv", suffixes=(".csv",), data=True),
}
FULL = {**FORMATS, "text": text("score_rest.full")}
EXPLAIN_FORMATS = {"text": text("explain_page.page"), "json": JSON}


@dataclass(frozen=True)
class ScoreOptions(Delivery):
    """The options of one run, as they were given."""

    responses: Sequence[str]
    plans: Sequence[str] | None = None
    today: str | None = None
    by: str | None = None
    full: bool = False
    since: str | None = None
    title: str = ""
    client: str = ""
    logo: str | None = None
    charts: str | None = None
    fail_under: float | None = None
    explain: str | None = None
    lang: str | None = None


def run_score(options: ScoreOptions) -> ExitCode:
    """Read, score, print; the exit code says whether a threshold was missed."""
    check_options(options)
    wave = read(*options.responses)
    check_language(wave.questionnaire, options.lang)
    lang, plans, today = options.lang, options.plans or None, options.today
    if options.explain is not None:
        explanation = explain(wave, options.explain, language=lang, plans=plans, today=today)
        deliver(EXPLAIN_FORMATS, explanation, options, Run())
        return ExitCode.OK
    report = score(wave, by=options.by, language=lang, plans=plans, today=today)
    run = run_of(options, wave)
    if options.charts is not None:
        make_folder(Path(options.charts))
    deliver(FULL if options.full else FORMATS, report, options, run)
    if options.charts is not None:
        write_charts(report, run, Path(options.charts))
    missed = threshold_missed(report, options)
    if missed and not options.quiet:
        say(missed)
    return ExitCode.FOUND if missed else ExitCode.OK


def run_of(options: ScoreOptions, wave: Wave) -> Run:
    """What the report says of itself, and of the wave before."""
    logo = since = None
    if options.logo is not None:
        from ..inputs.pictures import read_picture
        from ..render.document import Picture

        logo = Picture(*read_picture(options.logo))
    if options.since is not None:
        from ..api.comparisons import compare

        since = compare(read(options.since), wave, language=options.lang)
    return Run(next_commands(options), title=options.title, client=options.client, logo=logo, since=since)


def may_hold(folder: Path) -> bool:
    """Whether files can be put there, or the folder be made beside what is there."""
    return folder.is_dir() or (bool(folder.name) and folder.parent.is_dir() and not folder.exists())


def make_folder(folder: Path) -> None:
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise UsageError(f"--charts {folder}: {error.strerror or error}.") from None


def write_charts(report: ScoreReport, run: Run, folder: Path) -> None:
    """Each chart of the report as a picture of its own."""
    from ..render.chart_files import pictures
    from ..render.score_rest import full

    for name, picture in pictures(full(report, run)):
        write_file(str(folder / name), picture)


def check_explain(options: ScoreOptions) -> None:
    """Refuse what says nothing about one opened figure: cuts, thresholds, a table of all figures."""
    if options.by is not None:
        raise UsageError("--explain opens a figure of the whole: leave --by out.")
    if options.fail_under is not None:
        raise UsageError("--explain prints one figure: ask for --fail-under without it.")
    about_report = (options.full, options.since, options.charts, options.logo, options.title, options.client)
    if any(about_report):
        raise UsageError(
            "--explain prints one figure: leave out --full, --since, --charts, --title, --client and --logo."
        )
    if options.format not in EXPLAIN_FORMATS:
        raise UsageError(f"--explain prints {' or '.join(EXPLAIN_FORMATS)}, not {options.format}.")


def check_options(options: ScoreOptions) -> None:
    """Refuse, before anything is read, what could not be delivered."""
    check_delivery(FORMATS, options)
    if options.explain is not None:
        check_explain(options)
    if options.since is not None and all(form.data for _, form in wanted(FORMATS, options)):
        raise UsageError(
            "--since is told on a page: `convergence compare` prints what changed between two waves as JSON."
        )
    if options.charts is not None and not may_hold(Path(options.charts)):
        raise UsageError(f"--charts {options.charts}: a folder is needed, and there cannot be one.")
    least = options.fail_under
    if least is not None and not (math.isfinite(least) and 0 <= least <= 100):
        raise UsageError(f"--fail-under takes points from 0 to 100, not {least}.")


def next_commands(options: ScoreOptions) -> list[str]:
    """What to run next, in the words that the user would type."""
    plans = options.plans or ()
    if "-" in (*options.responses, *plans):
        return []
    given = [word for path in plans for word in ("--plans", path)]
    for name, value in (("--today", options.today), ("--by", options.by)):
        given += [] if value is None else [name, value]
    score = f"convergence score {typed([*options.responses, *given])}"
    return [f"{score} --full"]


def threshold_missed(report: ScoreReport, options: ScoreOptions) -> str:
    """One sentence where the score is below the threshold, or null."""
    from ..render.phrases import points

    score, least = report.overall.score, options.fail_under
    if least is None or (score is not None and score >= least):
        return ""
    said = "there is no score" if score is None else f"the score is {points(score, [least])}"
    return f"--fail-under {least:g}: {said}."
