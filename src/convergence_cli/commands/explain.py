"""``convergence explain``: a rule, or how a figure is computed, with its source."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator

from .. import terminal
from ..explain import Page, Section, chapters, names, page_named
from ..model.lint import LINTS, Lint
from ..problems import ExitCode, UsageError, did_you_mean
from ..render.layout import HEADING, Line, both_ends, line, paragraph, printed


def run_explain(name: str | None, width: int | None) -> ExitCode:
    """Print the page called `name`, or the list of topics; raises UsageError with the nearest names."""
    columns = terminal.width(width, sys.stdout, os.environ)
    lines = listing(columns) if name is None else shown(found(name), columns)
    terminal.write(printed(lines, colour=False))
    return ExitCode.OK


def found(name: str) -> Page:
    page = page_named(name) or page_of_lint(name)
    if page is not None:
        return page
    known = (*names(), *(each for lint in LINTS for each in (lint.code, lint.name)))
    hint = did_you_mean(name.upper(), known) or did_you_mean(name, known)
    raise UsageError(f"There is no topic or rule `{name}`. {hint or 'convergence explain lists them.'}")


def page_of_lint(name: str) -> Page | None:
    """A doubt about a questionnaire, by its code or name."""
    wanted = name.strip().casefold()
    return next((lint_page(lint) for lint in LINTS if wanted in (lint.code.casefold(), lint.name)), None)


def lint_page(lint: Lint) -> Page:
    return Page(
        (lint.code, lint.name),
        f"{lint.name} (warning)",
        lint.why,
        (
            Section("Part of a questionnaire that raises it", lint.bad.strip("\n"), verbatim=True),
            Section("One that does not", lint.good.strip("\n"), verbatim=True),
        ),
    )


def listing(width: int) -> Iterator[Line]:
    for chapter in chapters():
        yield line(chapter.title.upper(), HEADING)
        for topic in chapter.topics:
            yield from paragraph(topic.plain, width, f"  {topic.names[0]:21}  ")
        yield line()
    yield from paragraph("Rules of the check and of questionnaires go by their code or name.", width)
    yield line("Next: convergence explain interval")


def shown(page: Page, width: int) -> Iterator[Line]:
    yield from both_ends(page.title, page.names[0], width)
    yield from paragraph(page.plain, width)
    for section in page.sections:
        yield line()
        if section.heading:
            yield line(section.heading.upper(), HEADING)
        if section.verbatim:
            yield from (line(f"  {row}") for row in section.text.splitlines())
        else:
            yield from paragraph(section.text, width, "  ")
