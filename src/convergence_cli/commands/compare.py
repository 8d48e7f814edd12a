"""``convergence compare``: two waves in, what changed and why."""

from __future__ import annotations

from dataclasses import dataclass

from ..api.comparisons import compare
from ..api.scores import read
from ..documents import placed
from ..inputs.files import STDIN, read_source
from ..inputs.kinds import document_in
from ..model.wave import Wave
from ..problems import ExitCode, Finding, InputError, UsageError
from ..render.run import Run
from ..scoring.comparable import obstacles
from .output import JSON, Delivery, Format, check_delivery, deliver, text, typed
from .questionnaires import check_language

FORMATS = {
    "text": text("compare_page.page"),
    "markdown": Format("markdown", "compare_page.full", (".md",)),
    "html": Format("html", "compare_page.full", (".html",)),
    "json": JSON,
}
FULL = {**FORMATS, "text": text("compare_page.full")}


@dataclass(frozen=True)
class CompareOptions(Delivery):
    """The options of one run, as they were given."""

    old: str
    new: str
    full: bool = False
    lang: str | None = None

    @property
    def files(self) -> tuple[str, str]:
        return self.old, self.new


def run_compare(options: CompareOptions) -> ExitCode:
    """Read both waves, compare, print."""
    check_delivery(FORMATS, options)
    if options.old == options.new == STDIN:
        raise UsageError("stdin can be read once: write `-` once.")
    old, new = read_both(options)
    if found := obstacles(old, new, options.files):
        written = [file for file in options.files if file != STDIN]
        raise InputError(placed(found, {file: document_in(read_source(file)) for file in written}))
    report = compare(old, new, language=options.lang)
    deliver(FULL if options.full else FORMATS, report, options, Run(next_commands(options)))
    return ExitCode.OK


def read_both(options: CompareOptions) -> tuple[Wave, ...]:
    """Both waves; raises InputError with the problems of both."""
    waves: list[Wave] = []
    findings: list[Finding] = []
    for file in options.files:
        try:
            waves.append(read(file))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    for wave in waves:
        check_language(wave.questionnaire, options.lang)
    return tuple(waves)


def next_commands(options: CompareOptions) -> list[str]:
    """What to run next, in the words that the user would type."""
    score = [] if options.new == STDIN else [f"convergence score {typed([options.new])}"]
    return [*score, "convergence explain change"]
