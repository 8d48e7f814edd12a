"""The check report: what ``convergence check -f json`` promises.

Amounts are in the currency named beside them; ``points`` are 0..100. Within major version 1 names are only
added. A few fields are for the renderers alone and never reach the JSON: they are marked ``Inner``.
"""

from __future__ import annotations

from typing import Annotated, Any, Literal

from pydantic import Field
from pydantic.json_schema import SkipJsonSchema

from ..problems import READING_PROBLEMS, Excerpt, ExitCode, Severity
from .common import Document, Evidence, Result

Of = Literal["objectives", "plans", "file"]
FailOn = Literal["error", "warning", "info", "never"]
RANK = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.INFO: 2}
"""Severities, the gravest first."""


def inner(default: Any) -> Any:
    """A field that renderers read and the JSON does not hold."""
    return Field(default=default, exclude=True)


class Counts(Result):
    """How much was read and found; waived and baselined findings are in no other count of findings.

    ``unlinked_plans``: plans, cancelled ones left out, that serve no objective. ``uncovered_objectives``:
    live objectives without a plan. Both count those that give a reason (a reason silences the finding,
    never the figure), and none that may have what they lack where it could not be read.
    """

    objectives: int
    plans: int
    links: int
    unlinked_plans: int
    uncovered_objectives: int
    errors: int
    warnings: int
    infos: int
    waived: int
    baselined: int


class NotChecked(Result):
    """An optional field that no item records, and the rules that are silent for that reason."""

    field: str
    of: Of
    rules: tuple[str, ...]


class RelatedPlace(Result):
    file: str
    line: int | None
    column: int | None
    message: str


class Waived(Result):
    reason: str
    until: str


class CheckFinding(Result):
    """One finding. ``fingerprint`` stays when lines move; ``file`` is the path as it was given."""

    code: str
    name: str
    severity: Severity
    message: str
    hint: str
    file: str
    line: int | None
    column: int | None
    path: tuple[str | int, ...]
    plan: str | None
    objective: str | None
    owner: str | None
    related: tuple[RelatedPlace, ...]
    fingerprint: str
    waived: Waived | None = None
    baselined: bool = False
    brief: Annotated[str, SkipJsonSchema()] = inner("")
    """The finding in a few words, for a line of its own: ``P-03, 20 days``."""
    names: Annotated[str, SkipJsonSchema()] = inner("")
    """The id, unit or field that it names: with rule, plan and objective what a baseline knows it by."""
    excerpt: Annotated[Excerpt | None, SkipJsonSchema()] = inner(None)

    @property
    def counts(self) -> bool:
        """Neither waived nor in the baseline."""
        return self.waived is None and not self.baselined

    @property
    def is_reading_problem(self) -> bool:
        return self.code in READING_PROBLEMS


class RuleInfo(Result):
    """What a renderer tells about a rule (SARIF's rule table, a heading)."""

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    mend: str


class CheckReport(Document):
    """Findings stand with the gravest first, then by file, line and column."""

    command: Literal["check"] = "check"
    today: str
    counts: Counts
    evidence: tuple[Evidence, ...]
    not_checked: tuple[NotChecked, ...]
    findings: tuple[CheckFinding, ...]
    fail_on: Annotated[FailOn, SkipJsonSchema()] = inner("error")
    catalogue: Annotated[tuple[RuleInfo, ...], SkipJsonSchema()] = inner(())
    """The rules that have a finding here, in the catalogue's order."""

    partial: Annotated[bool, SkipJsonSchema()] = inner(False)
    """Whether a file, or a whole list of one, could not be read."""
    silent: Annotated[tuple[str, ...], SkipJsonSchema()] = inner(())
    """The rules that look for what is missing, where something could not be read that may hold it."""

    def fails(self, finding: CheckFinding) -> bool:
        """Whether it makes the command fail: at or above ``fail_on``, or a problem in reading."""
        if finding.is_reading_problem:
            return True
        if self.fail_on == "never" or not finding.counts:
            return False
        return RANK[finding.severity] <= RANK[Severity(self.fail_on)]

    @property
    def exit_code(self) -> ExitCode:
        """2 for a reading problem, 3 without a plan, 1 for a finding at or above ``fail_on``, else 0."""
        if self.partial or any(finding.is_reading_problem for finding in self.findings):
            return ExitCode.UNUSABLE
        if not self.counts.plans:
            return ExitCode.NOTHING
        return ExitCode.FOUND if any(map(self.fails, self.findings)) else ExitCode.OK
