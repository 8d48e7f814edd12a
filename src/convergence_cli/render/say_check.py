"""The words of a check: what was read, the verdict, what the plans add up to. A rule says what it finds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import PurePath

from ..problems import READING_PROBLEMS, ExitCode, Place, Severity
from ..results.check import CheckFinding, CheckReport, RelatedPlace
from ..results.common import Evidence
from ..terminal import prose, safe
from .findings import ended, sentence
from .phrases import amount, counted, listed
from .say import why

MOST_FILES = 3
INDICATORS = {"plans-mapped": "Plans mapped", "objectives-served": "Live objectives served"}
MONEY = "budget-mapped"
NO_OBJECTIVES = "No objectives were given, so nothing can be said of what plans serve: name their file too."


def shown(report: CheckReport, *severities: Severity) -> list[CheckFinding]:
    """The findings that nobody accepted, of those severities (of any, when none is named)."""
    return [each for each in report.findings if each.counts and each.severity in (severities or Severity)]


def what_was_read(report: CheckReport) -> str:
    """``plans.yaml: 12 plans, 6 objectives. Today is 2026-11-20.``"""
    names = [safe(each.name) for each in report.inputs]
    files = listed(names) if len(names) <= MOST_FILES else counted(len(names), "file")
    counts = report.counts
    sizes = f"{none(counts.plans, 'plan')}, {none(counts.objectives, 'objective')}"
    return f"{files}: {sizes}. Today is {report.today}." if files else f"Today is {report.today}."


def none(count: int, what: str) -> str:
    """``no plans``, ``1 plan``, ``12 plans``."""
    return counted(count, what) if count else f"no {what}s"


def verdict(report: CheckReport) -> str:
    """``Failed: 3 errors, 13 warnings, none waived, none in the baseline (exit code 1).``"""
    code = report.exit_code
    heads = {ExitCode.OK: "Passed", ExitCode.NOTHING: "Nothing to check, for there are no plans"}
    return f"{heads.get(code, 'Failed')}: {counts(report)} (exit code {int(code)})."


def counts(report: CheckReport) -> str:
    """``3 errors, 13 warnings, 1 waived, none in the baseline``."""
    total = report.counts
    infos = [counted(total.infos, "info")] if total.infos else []
    accepted = [f"{total.waived or 'none'} waived", f"{total.baselined or 'none'} in the baseline"]
    return ", ".join([none(total.errors, "error"), none(total.warnings, "warning"), *infos, *accepted])


def not_checked(report: CheckReport) -> str:
    """The rules that were silent, and for want of what; empty without such, or without plans."""
    if not report.counts.plans:
        return ""
    fields = [each.field if each.of == "file" else f"{each.of}.{each.field}" for each in report.not_checked]
    unrecorded = f"Not checked, because no item records it: {', '.join(fields)}." if fields else ""
    unread = "Not checked, because what is missing may stand in what could not be read"
    in_doubt = f"{unread}: {', '.join(report.silent)}." if report.silent else ""
    return " ".join(filter(None, (unrecorded, in_doubt)))


def place_of(finding: CheckFinding | RelatedPlace) -> str:
    """``plans.yaml:146:18``, as far as it is known."""
    return safe(str(Place(finding.file, finding.line, finding.column)))


def told(finding: CheckFinding) -> str:
    """What is wrong and how to mend it, on one line."""
    opened = sentence if finding.code in READING_PROBLEMS else ended
    return " ".join([opened(finding.message), *([sentence(finding.hint)] if finding.hint else [])])


def told_in_full(finding: CheckFinding) -> str:
    """What is wrong, how to mend it, and what stands elsewhere, on one line."""
    return " ".join([told(finding), *(points_to(each) for each in finding.related if each.file)])


def points_to(related: RelatedPlace) -> str:
    """``O-5 stands at plans.yaml:39:5.``"""
    message, place = prose(related.message), place_of(related)
    here = message.endswith(" here")
    return f"{message.removesuffix(' here')} at {place}." if here else f"{message}: {place}."


def in_short(finding: CheckFinding) -> str:
    return prose(finding.brief) or told(finding)


def accepted(finding: CheckFinding) -> str:
    """Why a finding does not count: its waiver, or the baseline; empty when it does."""
    if finding.waived is not None:
        return f"Waived until {finding.waived.until}: {sentence(finding.waived.reason)}"
    return "It is in the baseline." if finding.baselined else ""


def relative(file: str, folder: str) -> str:
    """A file's path with slashes, without the `folder` that it lies in; `folder` may be empty."""
    path = PurePath(file)
    return path.relative_to(folder).as_posix() if folder and path.is_relative_to(folder) else path.as_posix()


def indicators(report: CheckReport) -> Iterator[str]:
    """``Plans mapped: 5 of 10.``, or why it was not counted."""
    for name, title in INDICATORS.items():
        found = indicator(report, name)
        if found is not None:
            yield f"{title}: {share(found)}."
    money, mapping = indicator(report, MONEY), indicator(report, "plans-mapped")
    if money and mapping and money.reason and any(part.amounts for part in mapping.parts):
        yield f"Budget mapped: {share(money)}."


def share(evidence: Evidence) -> str:
    if evidence.count is None or evidence.of is None:
        return f"not counted, because {why(evidence.reason)}"
    note = f" ({evidence.reason.text})" if evidence.reason else ""
    return f"{amount(evidence.count)} of {amount(evidence.of)}{note}"


def indicator(report: CheckReport, name: str) -> Evidence | None:
    return next((each for each in report.evidence if each.id == name), None)
