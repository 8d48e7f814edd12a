"""The check as workflow commands: GitHub shows each as an annotation at its line."""

from __future__ import annotations

import posixpath
from pathlib import PurePath

from ..problems import Severity
from ..results.check import CheckFinding, CheckReport
from ..terminal import prose, safe
from .run import Run
from .say_check import none, relative, shown, told_in_full, verdict

MOST = 10
"""Of each kind, GitHub keeps this many of a step and drops the rest without a word."""
KINDS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "notice"}


def render(report: CheckReport, run: Run) -> str:
    """The gravest findings first, then the verdict, then how many more there are.

    Paths are taken relative to the run's folder, where they lie in it, and from there to the repository's
    root: GitHub looks from that.
    """
    kept = [each for severity in Severity for each in shown(report, severity)[:MOST]]
    lines = [command(each, run) for each in kept]
    lines.append(verdict(report))
    more = len(shown(report)) - len(kept)
    if more:
        lines.append(f"{none(more, 'more finding')} without an annotation: GitHub keeps {MOST} of each kind.")
    return "".join(f"{line}\n" for line in lines)


def command(finding: CheckFinding, run: Run) -> str:
    """``::error file=plans.yaml,line=146,col=18,title=CV108 objective-ended::P-08 goes on, but ...``."""
    properties = {
        "file": safe(from_root(finding.file, run)) if finding.file else "",
        "line": finding.line,
        "col": finding.column,
        "title": f"{finding.code} {finding.name}",
    }
    given = ",".join(f"{name}={in_property(str(value))}" for name, value in properties.items() if value)
    return f"::{KINDS[finding.severity]} {given}::{in_message(prose(told_in_full(finding)))}"


def from_root(file: str, run: Run) -> str:
    """``it/plans.yaml`` for ``plans.yaml`` in the folder ``it`` below the root."""
    here = PurePath(run.folder)
    inner = here.relative_to(run.root) if run.root and here.is_relative_to(run.root) else PurePath()
    return posixpath.normpath((inner / relative(file, run.folder)).as_posix())


def in_message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def in_property(text: str) -> str:
    return in_message(text).replace(":", "%3A").replace(",", "%2C")
