"""``convergence check``: plans in, findings out, an exit code that a CI job can stand on."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

from ..api.checks import baseline_in, check_input
from ..api.days import day_of, today_in_utc
from ..api.maps import maps_for
from ..checking import Baseline, baseline_text, next_baseline, unknown_names
from ..inputs.plans import PlansInput, read_plans_input
from ..model.options import CheckOptions, options_from, parse_share
from ..problems import ExitCode, InputError, UsageError
from ..render.run import Run
from ..settings import FILE, Settings, read_settings
from .output import (
    JSON,
    STDOUT,
    Delivery,
    Format,
    check_delivery,
    complain,
    deliver,
    say,
    text,
    workbook,
    write_file,
)

FORMATS = {
    "text": text("check_page.page"),
    "concise": Format("check_concise"),
    "json": JSON,
    "markdown": Format("markdown", "check_page.summary", (".md",), data=True),
    "html": Format("html", "check_page.by_owner", (".html",)),
    "xlsx": workbook("check_book.book"),
    "github": Format("check_github", data=True),
    "gitlab": Format("check_gitlab", data=True),
    "junit": Format("check_junit", suffixes=(".xml",), data=True),
    "sarif": Format("check_sarif", suffixes=(".sarif",), data=True),
}
FULL = {**FORMATS, "text": text("check_page.full")}

BASELINE_LEFT = {
    ExitCode.UNUSABLE: "was not written: first mend what cannot be read.",
    ExitCode.NOTHING: "was not written: there are no plans.",
}


@dataclass(frozen=True)
class CheckArguments(Delivery):
    """The options of one run, as they were given."""

    paths: Sequence[str] | None
    select: Sequence[str] | None = None
    ignore: Sequence[str] | None = None
    fail_on: str | None = None
    min: Sequence[str] | None = None
    today: str | None = None
    baseline: str | None = None
    write_baseline: str | None = None
    full: bool = False

    @property
    def settings(self) -> dict[str, Any]:
        """What a settings file may say too."""
        names = {"select": listed(self.select), "ignore": listed(self.ignore)}
        return {**names, "fail_on": self.fail_on, "min": minima(self.min)}


def run_check(arguments: CheckArguments) -> ExitCode:
    """Read, check, print; the exit code says what was found."""
    settings = read_settings(Path())
    options = options_of(settings, arguments.settings)
    check_arguments(arguments)
    today = day_of(arguments.today) or today_in_utc()
    baseline = known_before(arguments)
    paths = arguments.paths or ()
    plans = read_plans_input(paths, maps_for(paths))
    if plans.absent and not plans.sources:
        raise InputError(plans.absent)
    keep_inputs(plans, arguments)
    report = check_input(plans, today, options, baseline)
    if arguments.write_baseline and report.exit_code not in BASELINE_LEFT:
        baseline = next_baseline(report, baseline, options, arguments.write_baseline)
        write_file(arguments.write_baseline, baseline_text(baseline))
        report = check_input(plans, today, options, baseline)
    root = os.environ.get("GITHUB_WORKSPACE", "")
    deliver(FULL if arguments.full else FORMATS, report, arguments, Run(folder=str(Path.cwd()), root=root))
    talk(plans, report.exit_code, arguments)
    return report.exit_code


def options_of(settings: Settings, given: Mapping[str, Any]) -> CheckOptions:
    """The options of the settings file with those of the command line over them.

    Raises InputError for what is wrong in the file, UsageError for what is wrong on the command line.
    """
    options, findings = options_from(settings.values, FILE, given)
    for each in unknown_names(options):
        setting, name = each.path
        typed = name in (given.get(str(setting)) or ())
        by_option = replace(each, words=f"--{each.words}")
        findings.append(by_option if typed else replace(each, file=FILE))
    in_file = [replace(each, line=settings.line_of(each.path)) for each in findings if each.file]
    if in_file:
        raise InputError(in_file)
    if findings:
        raise UsageError(" ".join(f"{each.message} {each.hint}".strip() for each in findings))
    return options


def check_arguments(arguments: CheckArguments) -> None:
    """Refuse, before anything is read, what could not be done."""
    if not arguments.paths:
        raise UsageError("Name the files or folders with the plans: `convergence check plans.yaml`.")
    check_delivery(FORMATS, arguments)
    both = (arguments.baseline, arguments.write_baseline)
    if all(both) and not same_file(*both):  # type: ignore[arg-type]
        raise UsageError("--baseline and --write-baseline name two files: --write-baseline alone is enough.")


def known_before(arguments: CheckArguments) -> Baseline | None:
    """The baseline to hold against; None when there is none yet and this run shall write it."""
    file = arguments.write_baseline or arguments.baseline
    if not file or (arguments.write_baseline and not Path(file).exists()):
        return None
    return baseline_in(file)


def keep_inputs(plans: PlansInput, arguments: CheckArguments) -> None:
    """Raise UsageError where a result would replace a file that is read, or the other result."""
    typed = [path for path in arguments.paths or () if path != STDOUT]
    read = [*plans.documents, *plans.passed_over, *typed]
    written = [path for path in arguments.output or () if path != STDOUT]
    needed = [(path, [*read, *filter(None, [arguments.baseline])]) for path in written]
    if arguments.write_baseline:
        needed.append((arguments.write_baseline, [*read, *written]))
    for path, others in needed:
        if any(same_file(path, other) for other in others):
            raise UsageError(f"{path} would be written over, and it is needed: choose another name.")


def same_file(one: str, other: str) -> bool:
    """Whether two paths lead to one file, through links too."""
    try:
        return Path(one).samefile(other)
    except OSError:
        return os.path.realpath(one) == os.path.realpath(other)


def talk(plans: PlansInput, code: ExitCode, arguments: CheckArguments) -> None:
    """What is no part of the result: paths that gave nothing, files passed over, the baseline."""
    if plans.absent:
        complain(plans.absent)
    if arguments.quiet:
        return
    if plans.proposal:
        for line in (f"It may be this map, for {FILE}:", *plans.proposal.splitlines()):
            say(line)
    for file in plans.passed_over:
        say(f"{file} holds no plans, and was passed over.")
    if arguments.write_baseline:
        written = "is written; what it holds makes no check fail that names it with --baseline."
        say(f"{arguments.write_baseline} {BASELINE_LEFT.get(code, written)}")


def listed(values: Sequence[str] | None) -> tuple[str, ...] | None:
    """The names of an option that is repeatable and takes commas; None when it was not given."""
    if values is None:
        return None
    return tuple(name.strip() for value in values for name in value.split(",") if name.strip())


def minima(values: Sequence[str] | None) -> dict[str, Fraction] | None:
    """The least share of each indicator that ``--min INDICATOR=SHARE`` names; None when it was not given."""
    if values is None:
        return None
    least: dict[str, Fraction] = {}
    for value in values:
        name, equals, share = map(str.strip, value.partition("="))
        if not equals:
            raise UsageError(f"--min {value}: write INDICATOR=SHARE, such as --min plans-mapped=80%.")
        if name in least:
            raise UsageError(f"--min {name} is given twice: give it once.")
        try:
            least[name] = parse_share(share)
        except ValueError as error:
            raise UsageError(f"--min {name}={share}: {error}.{in_percent(name, share)}") from None
    return least


def in_percent(name: str, share: str) -> str:
    """What was meant, where only the sign of a percentage is missing."""
    with suppress(ValueError):
        parse_share(f"{share}%")
        return f" Did you mean --min {name}={share}%?"
    return ""
