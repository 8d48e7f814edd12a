"""Checks a text as the command does: documents, plans, evidence, rules, places."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from convergence_cli.checking import Baseline, check_plans
from convergence_cli.documents import parse, placed
from convergence_cli.evidence import count_evidence
from convergence_cli.model.mapping import PlanMap
from convergence_cli.model.options import CheckOptions
from convergence_cli.model.plan_files import read_plans
from convergence_cli.render.say import with_words
from convergence_cli.results.check import CheckFinding, CheckReport

TODAY = date(2026, 11, 20)
TWO = """\
objectives:
  - {id: O-1, title: Grow online sales}
  - {id: O-2, title: Halve returns}
"""


def check(
    texts: str | Mapping[str, str],
    today: date = TODAY,
    baseline: Baseline | None = None,
    **options: object,
) -> CheckReport:
    """The report on one text (called ``plans.yaml``), or on several by name."""
    named = {"plans.yaml": texts} if isinstance(texts, str) else texts
    documents = [parse(text.encode(), name) for name, text in named.items()]
    by_name = {document.file: document for document in documents}
    plans, problems = read_plans(documents)
    reading = [problem for document in documents for problem in document.problems] + problems
    links = PlanMap(plans)
    return check_plans(
        links,
        with_words(count_evidence(links, today)),
        today,
        options=CheckOptions.model_validate(options),
        reading=reading,
        baseline=baseline,
        place=lambda findings: placed(findings, by_name),
    )


def codes(report: CheckReport) -> list[str]:
    """The codes of what counts, in the report's order."""
    return [finding.code for finding in report.findings if finding.counts]


def only(report: CheckReport, code: str) -> CheckFinding:
    """The one finding of that code."""
    [found] = [finding for finding in report.findings if finding.code == code]
    return found


def found(report: CheckReport, code: str) -> list[str]:
    """What the findings of that code say in a few words."""
    return [finding.brief for finding in report.findings if finding.code == code]
