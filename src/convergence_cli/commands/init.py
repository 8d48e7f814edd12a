"""``convergence init``: files to start from, or the responses file that a table of answers needs."""

from __future__ import annotations

import json
import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from .. import terminal
from ..documents import write_atomically
from ..inputs.files import why_not
from ..inputs.questionnaires import builtin_questionnaires
from ..inputs.responses import is_table
from ..problems import ExitCode, InputError, UsageError
from .schema import schema_text

TEMPLATES = Path(__file__).parent.parent / "templates"
PURPOSES = {
    "responses.yaml": "who answers what: fill it in",
    "objectives.yaml": "what the business wants to reach",
    "plans.yaml": "what IT does, and for which objective",
}
SCHEMAS = ("responses", "plans")
"""Written beside the files, where the first line of each tells an editor to look."""


def run_init(where: str, *, force: bool) -> ExitCode:
    """Write every file, or none when one of them is there and `force` is not given (UsageError)."""
    return beside_table(where) if is_table(where) else into_folder(where, force=force)


def beside_table(table: str) -> ExitCode:
    """Write the responses file that names the table; it replaces none that is there (UsageError)."""
    target = Path(table).with_name("responses.yaml")
    name = json.dumps(Path(table).name, ensure_ascii=False)  # whatever it holds, YAML takes it for a text
    if os.path.lexists(target):
        raise UsageError(
            f"{target.as_posix()} is there already, so nothing was written. "
            f"If it is about these answers, write `respondents: {name}` into it."
        )
    if missing := why_not(table, regular=True):
        raise InputError([missing])
    write_all({target: cover_sheet(name)})
    place = terminal.safe(shlex.quote(target.as_posix()))
    terminal.write(
        f"Written: {place}\n"
        "Say in it which questionnaire was answered, and what people were promised. Next:\n"
        f"      convergence validate {place}\n"
        f"      convergence score {place}\n"
    )
    return ExitCode.OK


def cover_sheet(table: str) -> str:
    """What only its writer knows is left empty, and so refused with what can be written there."""
    names = ", ".join(each.name for each in builtin_questionnaires())
    text = (TEMPLATES / "cover-sheet.yaml").read_text(encoding="utf-8")
    return text.replace("NAMES", names).replace("TABLE", table)


def into_folder(folder: str, *, force: bool) -> ExitCode:
    texts = {f".convergence/{name}.schema.json": schema_text(name) for name in SCHEMAS}
    texts |= {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in PURPOSES}
    targets = {Path(folder, name): text for name, text in texts.items()}
    there = [target.as_posix() for target in targets if os.path.lexists(target)]
    if there and not force:
        are = "is" if len(there) == 1 else "are"
        raise UsageError(
            f"{', '.join(there)} {are} there already, so nothing was written. "
            "Name another folder, or write --force to replace what is there."
        )
    write_all(targets)
    terminal.write(said(Path(folder)))
    return ExitCode.OK


def write_all(targets: Mapping[Path, str]) -> None:
    for target, text in targets.items():
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, text)
        except OSError as error:
            raise UsageError(f"{error.filename or target} cannot be written: {error.strerror}.") from None


def said(folder: Path) -> str:
    """What was written, and what to run next."""
    purposes = {**PURPOSES, ".convergence/": "schemas: an editor completes and checks the keys by them"}
    width = max(map(len, purposes))
    lines = "".join(f"  {name:{width}}  {purpose}\n" for name, purpose in purposes.items())
    responses, objectives, plans = (
        terminal.safe(shlex.quote((folder / name).as_posix())) for name in PURPOSES
    )
    where = "here" if folder == Path() else f"in {terminal.safe(folder.as_posix())}"
    return (
        f"Written {where}:\n{lines}"
        "Next: convergence questionnaires convergence-2017   (what is asked)\n"
        f"      convergence validate {responses}\n"
        f"      convergence score {responses}\n"
        f"      convergence check {objectives} {plans}\n"
    )
