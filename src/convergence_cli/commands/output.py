"""Where a result goes: one document on stdout, or files whose form their suffix names."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from .. import terminal
from ..documents import write_atomically
from ..problems import UsageError, did_you_mean
from ..terminal import Paper

STDOUT = "-"


@dataclass(frozen=True)
class Form:
    """One format of a result: how it is made, and the suffixes of files that hold it."""

    render: Callable[[Paper], str]
    suffixes: tuple[str, ...] = ()
    data: bool = False


def form_named(name: str, forms: Mapping[str, Form]) -> str:
    """The format called `name`; raises UsageError with the nearest one."""
    if name in forms:
        return name
    hint = did_you_mean(name, forms) or ""
    raise UsageError(f"There is no format `{name}`. There is {', '.join(forms)}. {hint}".strip())


def form_of_file(path: str, forms: Mapping[str, Form]) -> str:
    """The format that a file's suffix names; raises UsageError for any other suffix."""
    suffix = Path(path).suffix.lower()
    for name, form in forms.items():
        if suffix in form.suffixes:
            return name
    known = ", ".join(suffix for form in forms.values() for suffix in form.suffixes)
    raise UsageError(f"The suffix of {path} names no format. Known are {known}.")


def deliver(
    forms: Mapping[str, Form], chosen: str, outputs: Sequence[str], color: str, width: int | None
) -> None:
    """Render everything first, then write: nothing is left half done.

    Without `outputs`, the `chosen` format goes to stdout; ``-`` among them is stdout too.
    """
    name = form_named(chosen, forms)
    wanted = [(path, name if path == STDOUT else form_of_file(path, forms)) for path in outputs or (STDOUT,)]
    rendered = [(path, form, forms[form].render(paper_for(path, color, width))) for path, form in wanted]
    for path, form, text in rendered:
        if path == STDOUT:
            terminal.write(text, data=forms[form].data)
        else:
            write_file(path, text)


def paper_for(path: str, color: str, width: int | None) -> Paper:
    return terminal.screen(check_color(color), width, os.environ) if path == STDOUT else terminal.file(width)


def write_file(path: str, text: str) -> None:
    try:
        write_atomically(path, text)
    except OSError as error:
        raise UsageError(f"{path} cannot be written: {error.strerror or error}.") from None


def say(message: str) -> None:
    """Talk to the user, on stderr."""
    sys.stderr.write(f"{terminal.prose(message)}\n")


def check_color(color: str) -> terminal.ColourOption:
    """The colour option; raises UsageError for any other word."""
    for option in ("auto", "always", "never"):
        if color == option:
            return option
    raise UsageError(f"--color takes auto, always or never, not `{color}`.")
