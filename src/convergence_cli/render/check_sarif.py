"""The check as SARIF 2.1.0, for code scanning and for editors."""

from __future__ import annotations

from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from ..problems import ExitCode, Severity
from ..results.check import CheckFinding, CheckReport, RelatedPlace, RuleInfo
from ..terminal import prose
from .json import written
from .run import Run
from .say_check import accepted, relative, told

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/os/schemas/sarif-schema-2.1.0.json"
LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.INFO: "note"}


def render(report: CheckReport, run: Run) -> str:
    """One run with every finding; what is waived or in the baseline stands as suppressed.

    Paths are taken relative to the run's folder, where they lie in it.
    """
    places = {rule.code: index for index, rule in enumerate(report.catalogue)}
    driver = {
        "name": "convergence",
        "semanticVersion": report.tool.version,
        "rules": [rule(each) for each in report.catalogue],
    }
    whole = {
        "tool": {"driver": driver},
        "invocations": [
            {"executionSuccessful": report.exit_code != ExitCode.UNUSABLE, "exitCode": report.exit_code}
        ],
        "columnKind": "unicodeCodePoints",
        "results": [result(each, places.get(each.code, -1), run.folder) for each in report.findings],
    }
    log = {"$schema": SCHEMA, "version": "2.1.0", "runs": [whole]}
    return written(log)


def rule(info: RuleInfo) -> dict[str, Any]:
    return {
        "id": info.code,
        "name": info.name,
        "shortDescription": {"text": info.finds},
        "fullDescription": {"text": f"{info.finds} {info.why}"},
        "help": {"text": f"{info.why} {info.mend}", "markdown": f"{info.why}\n\n{info.mend}"},
        "defaultConfiguration": {"level": LEVELS[info.severity]},
    }


def result(finding: CheckFinding, index: int, folder: str) -> dict[str, Any]:
    end = {"endColumn": finding.column + finding.excerpt.length} if finding.excerpt and finding.column else {}
    found: dict[str, Any] = {
        "ruleId": finding.code,
        "ruleIndex": index,
        "level": LEVELS[finding.severity],
        "message": {"text": inert(told(finding))},
        "locations": [location(finding, folder, end)] if finding.file else [],
        "partialFingerprints": {
            "convergence/v1": finding.fingerprint,
            "primaryLocationLineHash": f"{finding.fingerprint}:1",
        },
    }
    related = [each for each in finding.related if each.file]
    if related:
        found["relatedLocations"] = [
            {"id": number, **location(each, folder, {}), "message": {"text": inert(prose(each.message))}}
            for number, each in enumerate(related, start=1)
        ]
    if reason := accepted(finding):
        kind = "external" if finding.waived is None else "inSource"
        found["suppressions"] = [{"kind": kind, "status": "accepted", "justification": prose(reason)}]
    return found


def location(place: CheckFinding | RelatedPlace, folder: str, end: dict[str, int]) -> dict[str, Any]:
    column = {"startColumn": place.column} if place.column else {}
    region = {"startLine": place.line or 1, **column, **end}
    return {"physicalLocation": {"artifactLocation": {"uri": uri(place.file, folder)}, "region": region}}


def uri(file: str, folder: str) -> str:
    """A path as a URI reference, each segment percent-encoded; absolute only outside `folder`."""
    path = relative(file, folder)
    return PurePath(path).as_uri() if PurePath(path).is_absolute() else quote(path, errors="replace")


def inert(text: str) -> str:
    """A message in which nobody's brackets make a link."""
    return text.replace("](", "] (")
