"""``convergence validate``: every problem in any of our files, at once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from .. import terminal
from ..api.maps import maps_for
from ..documents import Document, placed
from ..inputs.files import is_table, read_source
from ..inputs.kinds import Kind, document_in, kind_of
from ..inputs.plans import read_plans_input
from ..inputs.pooling import pooled
from ..inputs.questionnaires import questionnaire_in
from ..inputs.responses import refuse_table, responses_in
from ..model.lint import lint
from ..model.plan_files import read_plans
from ..model.plans import Plans
from ..model.responses import TABLE
from ..problems import ExitCode, Finding, InputError, Severity, told
from ..render.findings import how_many, render, wrapped
from ..render.phrases import counted
from .output import check_color


@dataclass(frozen=True)
class Verdict:
    """What one file is, and what is wrong with it."""

    file: str
    what: str
    findings: tuple[Finding, ...] = ()
    empty: bool = False
    beyond: str = ""
    """What is not looked at here, said where all is fine."""


def run_validate(files: Sequence[str], color: str, width: int | None) -> ExitCode:
    """Print every problem of every file, then a line for each file; the result goes to stdout."""
    columns, colour = terminal.screen(check_color(color), width)
    verdicts = [verdict_on(file) for file in dict.fromkeys(files)]
    found = dict.fromkeys(finding for verdict in verdicts for finding in verdict.findings)
    blocks = [render([finding], colour=colour, width=columns) for finding in found]
    if blocks:
        blocks.append("\n")
    summaries = [part for verdict in verdicts for part in wrapped(summary(verdict), columns, "", "  ")]
    terminal.write("".join([*blocks, *(f"{part}\n" for part in summaries)]))
    return exit_code(verdicts)


def verdict_on(path: str) -> Verdict:
    """One file, judged alone; a file that cannot be opened is judged too."""
    try:
        if verdict := table_verdict(path):
            return verdict
        refuse_table(path)
        document = document_in(read_source(path))
    except InputError as error:
        return Verdict(path, "", error.findings)
    if not document.readable:
        return Verdict(document.file, "", document.problems)
    if document.data is None:
        return Verdict(document.file, "empty: there is nothing to read", empty=True)
    kind = kind_of(document)
    if isinstance(kind, Finding):
        return Verdict(document.file, "", tuple(placed_in(document, [kind])))
    try:
        return VERDICTS[kind](document)
    except InputError as error:
        return Verdict(document.file, kind.value, error.findings)


def questionnaire_verdict(document: Document) -> Verdict:
    questionnaire = questionnaire_in(document)
    doubts = [
        each for each in placed_in(document, lint(questionnaire, document.file)) if not is_quoted_text(each)
    ]
    asked = counted(len(questionnaire.questions), "question")
    return Verdict(
        document.file,
        f"questionnaire {questionnaire.id}@{questionnaire.version}, {asked}",
        tuple(told(doubts)),
    )


def is_quoted_text(finding: Finding) -> bool:
    """Whether a truth value is written as a text, in quotes: only its place in the file tells."""
    shown = finding.excerpt
    return finding.name == "boolean-label" and shown is not None and shown.text[shown.start] in "'\""


def table_verdict(path: str) -> Verdict | None:
    """A table of plans; none where it is a CSV that holds something else."""
    if not is_table(path):
        return None
    from ..inputs.plan_tables import PlanTable, may_hold_plans

    read = read_plans_input([path], maps_for([path]))
    if read.absent:
        return Verdict(path, "", read.absent)
    tables = [each for each in read.documents.values() if isinstance(each, PlanTable)]
    if path.lower().endswith(TABLE) and not any(each.readable or may_hold_plans(each) for each in tables):
        return None
    return verdict_on_plans(path, read.plans, read.place(read.problems))


def plans_verdict(document: Document) -> Verdict:
    plans, findings = read_plans([document])
    return verdict_on_plans(document.file, plans, [*document.problems, *placed_in(document, findings)])


def verdict_on_plans(file: str, plans: Plans, findings: Iterable[Finding]) -> Verdict:
    found = tuple(told(findings))
    sizes = f"{counted(len(plans.objectives), 'objective')}, {counted(len(plans.plans), 'plan')}"
    more = "; `convergence check` follows the links"
    return Verdict(file, "plans" if found else f"plans: {sizes}", found, beyond=more)


def responses_verdict(document: Document) -> Verdict:
    wave = pooled([responses_in(document)])
    people = counted(len(wave.respondents), "respondent")
    questionnaire = f"{wave.questionnaire.id}@{wave.questionnaire.version}"
    return Verdict(document.file, f"responses for {questionnaire}, {people}")


VERDICTS = {
    Kind.QUESTIONNAIRE: questionnaire_verdict,
    Kind.RESPONSES: responses_verdict,
    Kind.PLANS: plans_verdict,
}


def placed_in(document: Document, findings: Iterable[Finding]) -> list[Finding]:
    return placed(findings, {document.file: document})


def summary(verdict: Verdict) -> str:
    """``responses.yaml: responses for convergence-2017@1, 20 respondents. Fine.``"""
    errors = [each for each in verdict.findings if each.severity is Severity.ERROR]
    doubts = [each for each in verdict.findings if each.severity is not Severity.ERROR]
    counts = [how_many(some, what) for some, what in ((errors, "problem"), (doubts, "warning")) if some]
    outcome = ", ".join(counts) or ("" if verdict.empty else f"Fine{verdict.beyond}")
    said = ". ".join(part for part in (verdict.what, outcome) if part)
    return f"{terminal.safe(verdict.file)}: {terminal.prose(said)}."


def exit_code(verdicts: Sequence[Verdict]) -> ExitCode:
    """Unusable before doubtful before empty before fine."""
    severities = {finding.severity for verdict in verdicts for finding in verdict.findings}
    if Severity.ERROR in severities:
        return ExitCode.UNUSABLE
    if severities:
        return ExitCode.FOUND
    return ExitCode.NOTHING if any(verdict.empty for verdict in verdicts) else ExitCode.OK
