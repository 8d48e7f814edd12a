"""Where a result goes: one document on stdout, or files whose format their suffix names."""

from __future__ import annotations

import os
import shlex
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from .. import terminal
from ..documents import write_atomically
from ..problems import Finding, UsageError, did_you_mean
from ..render.run import Run
from ..terminal import Paper

STDOUT = "-"


@dataclass(frozen=True)
class Format:
    """One format of a result, and the suffixes of files that hold it.

    ``writer`` is a module of the renderers. It writes the result itself (``render(report, run)``), or the
    page that a function makes of it, named as ``module.function`` (``render(page, paper)``). Each module is
    imported when it is asked for, and with it the library that it needs. ``data`` is for programs;
    ``library`` is one that comes with the extra of the writer's name alone, for what is no text.
    """

    writer: str
    page: str = ""
    suffixes: tuple[str, ...] = ()
    data: bool = False
    library: str = ""

    def check(self, path: str) -> None:
        """Raise UsageError where its library is missing, or where it would fill a terminal with bytes."""
        if not self.library:
            return
        if find_spec(self.library) is None:
            install = f"pip install 'convergence-cli[{self.writer}]'"
            raise UsageError(f"{self.writer} needs the library {self.library}, which is not here: {install}")
        if path == STDOUT and sys.stdout.isatty():
            raise UsageError(
                f"{self.writer} is no text for a terminal: name a file, as in `-o report.{self.writer}`."
            )

    def render(self, report: Any, run: Run, paper: Paper) -> str | bytes:
        write = function(f"{self.writer}.render")
        written: str | bytes = (
            write(function(self.page)(report, run), paper) if self.page else write(report, run)
        )
        return written


Formats = Mapping[str, Format]
JSON = Format("json", suffixes=(".json",), data=True)


def workbook(page: str) -> Format:
    return Format("xlsx", page, (".xlsx",), data=True, library="xlsxwriter")


def text(page: str) -> Format:
    """For a reader at a terminal."""
    return Format("text", page, (".txt",))


def function(name: str) -> Any:
    module, _, called = name.rpartition(".")
    return getattr(import_module(f"{__package__.rpartition('.')[0]}.render.{module}"), called)


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """The options of a command that say what its result is written on, and what beside it."""

    format: str = "text"
    output: Sequence[str] | None = None
    color: str = "auto"
    width: int | None = None
    quiet: bool = False
    verbose: bool = False
    """Looked for where errors leave, among the words that were typed."""


def check_delivery(formats: Formats, options: Delivery) -> None:
    """Refuse, before anything is read, what could not be delivered; raises UsageError."""
    for path, form in wanted(formats, options):
        form.check(path)
    check_color(options.color)


def deliver(formats: Formats, report: Any, options: Delivery, run: Run) -> None:
    """Render everything first, then write: nothing is left half done.

    Without ``--output`` the format that was asked for goes to stdout; ``-`` among the files is stdout too.
    """
    rendered = [
        (path, form, form.render(report, run, paper_for(path, options)))
        for path, form in wanted(formats, options)
    ]
    for path, form, result in rendered:
        if path == STDOUT:
            terminal.write(result, data=form.data)
        else:
            write_file(path, result)


def wanted(formats: Formats, options: Delivery) -> list[tuple[str, Format]]:
    """Each place that a result goes to, with its format."""
    named = format_named(options.format, formats)
    places = options.output or (STDOUT,)
    if twice := [path for path in places if places.count(path) > 1]:
        raise UsageError(f"--output {twice[0]} is given twice: one result goes to one place.")
    for path in places:
        if path != STDOUT and not Path(path).parent.is_dir():
            raise UsageError(f"{path} cannot be written: there is no folder {Path(path).parent.as_posix()}.")
    return [(path, named if path == STDOUT else format_of_file(path, formats)) for path in places]


def format_named(name: str, formats: Formats) -> Format:
    """The format called `name`; raises UsageError with the nearest one."""
    if name in formats:
        return formats[name]
    hint = did_you_mean(name, formats)
    raise UsageError(f"There is no format `{name}`. There is {', '.join(formats)}. {hint}".strip())


def format_of_file(path: str, formats: Formats) -> Format:
    """The format that a file's suffix names; raises UsageError for any other suffix."""
    suffix = Path(path).suffix.lower()
    for form in formats.values():
        if suffix in form.suffixes:
            return form
    known = ", ".join(suffix for form in formats.values() for suffix in form.suffixes)
    raise UsageError(f"The suffix of {path} names no format. Known are {known}.")


def paper_for(path: str, options: Delivery) -> Paper:
    if path != STDOUT:
        return terminal.file(options.width)
    return terminal.screen(check_color(options.color), options.width)


def write_file(path: str, content: str | bytes) -> None:
    try:
        write_atomically(path, content)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None


def say(message: str) -> None:
    """Talk to the user, on stderr."""
    sys.stderr.write(f"{terminal.prose(message)}\n")


def typed(words: Iterable[str]) -> str:
    """Paths and options as they are typed in a shell, with the slashes that every shell reads."""
    return shlex.join(Path(word).as_posix() for word in words)


def complain(findings: Sequence[Finding]) -> None:
    """What is wrong with the input, on stderr."""
    from ..render.findings import render

    colour = terminal.colour_wanted("auto", sys.stderr, os.environ)
    sys.stderr.write(render(findings, colour=colour))


def check_color(color: str) -> terminal.ColourOption:
    """The colour option; raises UsageError for any other word."""
    for option in ("auto", "always", "never"):
        if color == option:
            return option
    raise UsageError(f"--color takes auto, always or never, not `{color}`.")
