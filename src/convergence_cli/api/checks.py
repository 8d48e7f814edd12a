"""``check``, and the steps of it that the command takes one by one."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

from ..checking import Baseline, check_plans, read_baseline, unknown_names
from ..documents import MOST_SMALL, decode
from ..evidence import count_evidence
from ..inputs.files import read_source
from ..inputs.plans import PlansInput, read_plans_input
from ..model.mapping import PlanMap
from ..model.options import CheckOptions, options_from
from ..problems import Finding, InputError, UsageError
from ..render.say import with_words
from ..results.check import CheckReport
from ..results.common import InputFile
from .days import day_of, today_in_utc
from .maps import maps_for


def check(
    *paths: str | Path, today: str | date | None = None, baseline: str | Path | None = None, **settings: Any
) -> CheckReport:
    """What the rules find in the plans at `paths`: files, folders, or ``-`` for stdin, read as one.

    The same value that ``-f json`` prints. `settings` are the keys of the `[check]` table (``fail_on``,
    ``select``, ``require`` and the others); of convergence.toml the maps of tables alone are read, and where
    there are tables. `today` is the real date (UTC) unless it is given. Problems in reading are findings;
    ``problems.InputError`` is raised for a path that cannot be read, and for a baseline that is none;
    ``problems.UsageError`` for settings that cannot be.
    """
    options, refused = options_from({}, "", settings)
    if wrong := [*refused, *unknown_names(options)]:
        raise UsageError(" ".join(f"{each.message} {each.hint}".strip() for each in wrong))
    files = [str(path) for path in paths]
    plans = read_plans_input(files, maps_for(files))
    if plans.absent:
        raise InputError(plans.absent)
    known = baseline_in(str(baseline)) if baseline else None
    return check_input(plans, day_of(today) or today_in_utc(), options, known)


def check_input(
    plans: PlansInput, today: date, options: CheckOptions, baseline: Baseline | None = None
) -> CheckReport:
    """The check report of what was read, as it stands on the day `today`."""
    links = PlanMap(plans.plans)
    return check_plans(
        links,
        with_words(count_evidence(links, today)),
        today,
        options=options,
        reading=plans.place(plans.problems),
        inputs=[InputFile(name=name, sha256=sha256) for name, sha256 in plans.sources],
        baseline=baseline,
        place=plans.place,
    )


def baseline_in(path: str) -> Baseline:
    """The baseline in a file; raises InputError when there is none."""
    source = read_source(path, regular=True)
    text = decode(source.data, source.file, MOST_SMALL)
    if isinstance(text, Finding):
        raise InputError([text.withheld()])  # a file of answers may have been named in its place
    return read_baseline(text, path)
