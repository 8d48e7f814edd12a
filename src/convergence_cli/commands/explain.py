"""``convergence explain``: a rule, or how a figure is computed, with its source."""

from __future__ import annotations

from .. import terminal
from ..explain import Page, Section, chapters, pages
from ..model.lint import LINTS, Lint
from ..problems import ExitCode, UsageError, did_you_mean
from ..render import document, text
from ..render.document import Column, Commands, Document, Row, Said, Table, Title, Verbatim


def run_explain(name: str | None, width: int | None) -> ExitCode:
    """Print the page called `name`, or the list of topics."""
    document = listing() if name is None else shown(found(name))
    terminal.write(text.render(document, terminal.screen("never", width)))
    return ExitCode.OK


def found(name: str) -> Page:
    """The page of a figure, a rule or a doubt, in capitals or not; raises UsageError for another name."""
    known = pages() | {each: lint_page(lint) for lint in LINTS for each in (lint.code, lint.name)}
    wanted = name.strip().casefold()
    for each, page in known.items():
        if each.casefold() == wanted:
            return page
    hint = did_you_mean(name.upper(), known) or did_you_mean(name, known)
    raise UsageError(f"There is no topic or rule `{name}`. {hint or 'convergence explain lists them.'}")


def lint_page(lint: Lint) -> Page:
    """A doubt about a questionnaire."""
    bad = Section("Part of a questionnaire that raises it", lint.bad.strip("\n"), verbatim=True)
    good = Section("One that does not", lint.good.strip("\n"), verbatim=True)
    return Page((lint.code, lint.name), f"{lint.name} (warning)", lint.why, (bad, good))


def listing() -> Document:
    """A table of topics for each chapter."""
    found = []
    for title, topics in chapters().items():
        rows = [Row(each.names[0], (each.plain,), depth=1) for each in topics]
        found.append(document.Section([Table([Column(kind="words")], rows)], title))
    rules = Said(["Rules of the check and of questionnaires go by their code or name."])
    return [*found, document.Section([rules, Commands(["convergence explain interval"])])]


def shown(page: Page) -> Document:
    head = document.Section([Title(page.title, page.names[0]), Said([page.plain])])
    sections = [
        document.Section([Verbatim(each.text) if each.verbatim else Said([each.text])], each.heading)
        for each in page.sections
    ]
    return [head, *sections]
