"""The check as JUnit XML: what CI servers show among their tests."""

from __future__ import annotations

import re
from xml.etree import ElementTree

from ..results.check import CheckFinding, CheckReport
from ..results.common import Tool
from ..terminal import prose
from .run import Run
from .say_check import accepted, counts, in_short, not_checked, place_of, told_in_full, what_was_read

ILLEGAL = re.compile("[\ufffe\uffff]")
"""What XML forbids beside what is made visible everywhere."""
SUITE = "convergence check"


def render(report: CheckReport, _: Run) -> str:
    """One suite, a case for each finding: a problem in reading is an error, what makes the check fail a
    failure, any other is skipped and says why. Without a finding, one case that passed.

    The times are 0 and the day is the check's own, so that two runs print the same bytes.
    """
    cases = [case(each, report) for each in report.findings] or [testcase("no findings", "plans")]
    suite = ElementTree.Element("testsuite", totals(cases), name=SUITE, package="convergence", id="0")
    suite.set("timestamp", f"{report.today}T00:00:00")
    suite.set("hostname", "localhost")
    suite.set("time", "0")
    suite.append(properties(report.tool, report.today))
    suite.extend(cases)
    told = filter(None, (what_was_read(report), not_checked(report), f"{counts(report)}."))
    ElementTree.SubElement(suite, "system-out").text = legal(prose(" ".join(told)))
    ElementTree.SubElement(suite, "system-err")
    root = ElementTree.Element("testsuites")
    root.append(suite)
    ElementTree.indent(root)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{ElementTree.tostring(root, "unicode")}\n'


def totals(cases: list[ElementTree.Element]) -> dict[str, str]:
    kinds = {"failures": "failure", "errors": "error", "skipped": "skipped"}
    counts = {name: sum(each.find(kind) is not None for each in cases) for name, kind in kinds.items()}
    return {"tests": str(len(cases)), **{name: str(count) for name, count in counts.items()}}


def properties(tool: Tool, today: str) -> ElementTree.Element:
    element = ElementTree.Element("properties")
    for name, value in (("tool", tool.name), ("version", tool.version), ("today", today)):
        ElementTree.SubElement(element, "property", name=name, value=value)
    return element


def case(finding: CheckFinding, report: CheckReport) -> ElementTree.Element:
    rule = f"{finding.code} {finding.name}"
    element = testcase(f"{rule}: {in_short(finding)}", finding.file)
    message = legal(prose(told_in_full(finding)))
    if report.fails(finding):
        kind = "error" if finding.is_reading_problem else "failure"
        outcome = ElementTree.SubElement(element, kind, type=rule, message=message)
        outcome.text = legal(f"{place_of(finding)}: {message}")
    else:
        reason = accepted(finding) or f"{finding.severity}, and the check fails on {report.fail_on}."
        outcome = ElementTree.SubElement(element, "skipped", message=legal(prose(reason)))
        outcome.text = legal(f"{place_of(finding)}: {message}")
    return element


def testcase(name: str, group: str) -> ElementTree.Element:
    shown = {"name": legal(prose(name)), "classname": legal(prose(group)) or "plans", "time": "0"}
    return ElementTree.Element("testcase", shown)


def legal(text: str) -> str:
    """`text` with the two characters made visible that no XML may hold."""
    return ILLEGAL.sub(lambda found: f"<U+{ord(found[0]):04X}>", text)
