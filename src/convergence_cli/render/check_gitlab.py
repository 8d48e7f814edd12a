"""The check as a GitLab code quality report: merge requests show what is new in them."""

from __future__ import annotations

from typing import Any

from ..problems import Severity
from ..results.check import CheckFinding, CheckReport
from .json import written
from .run import Run
from .say_check import relative, shown, told_in_full

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: CheckReport, run: Run) -> str:
    """A JSON list of issues; paths are taken relative to the run's folder, where they lie in it."""
    issues = [issue(each, run.folder) for each in shown(report)]
    return written(issues)


def issue(finding: CheckFinding, folder: str) -> dict[str, Any]:
    return {
        "check_name": f"{finding.code} {finding.name}",
        "description": told_in_full(finding),
        "severity": SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": relative(finding.file, folder), "lines": {"begin": finding.line or 1}},
    }
