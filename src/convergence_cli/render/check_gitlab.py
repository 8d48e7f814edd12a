"""The check as a GitLab code quality report: merge requests show what is new in them."""

from __future__ import annotations

import json
from typing import Any

from ..problems import Severity
from ..results.check import CheckFinding, CheckReport
from .check_words import relative, shown, told_in_full
from .json import visible

SEVERITIES = {Severity.ERROR: "major", Severity.WARNING: "minor", Severity.INFO: "info"}


def render(report: CheckReport, *, folder: str = "") -> str:
    """A JSON list of issues; paths are taken relative to `folder`, where they lie in it."""
    issues = [issue(each, folder) for each in shown(report)]
    return visible(json.dumps(issues, indent=2, ensure_ascii=False, allow_nan=False) + "\n")


def issue(finding: CheckFinding, folder: str) -> dict[str, Any]:
    return {
        "check_name": f"{finding.code} {finding.name}",
        "description": told_in_full(finding),
        "severity": SEVERITIES[finding.severity],
        "fingerprint": finding.fingerprint,
        "location": {"path": relative(finding.file, folder), "lines": {"begin": finding.line or 1}},
    }
