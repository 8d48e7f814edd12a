"""``convergence init``: files to start from."""

from __future__ import annotations

import os
import shlex
from collections.abc import Mapping
from pathlib import Path

from .. import terminal
from ..documents import write_atomically
from ..problems import ExitCode, UsageError
from .schemas import schema_text

TEMPLATES = Path(__file__).parent.parent / "templates"
PURPOSES = {
    "responses.yaml": "who answers what: fill it in",
    "objectives.yaml": "what the business wants to reach",
    "plans.yaml": "what IT does, and for which objective",
}
SCHEMAS = ("responses", "plans")
"""Written beside the files, where the first line of each tells an editor to look."""


def run_init(folder: str, *, force: bool) -> ExitCode:
    """Write every file, or none when one of them is there and `force` is not given (UsageError)."""
    files = contents()
    targets = {Path(folder, name): text for name, text in files.items()}
    refuse(targets, force=force)
    write_all(targets)
    terminal.write(said(Path(folder)))
    return ExitCode.OK


def contents() -> dict[str, str]:
    """What is written, by its name inside the folder."""
    found = {name: (TEMPLATES / name).read_text(encoding="utf-8") for name in PURPOSES}
    return found | {f".convergence/{name}.schema.json": schema_text(name) for name in SCHEMAS}


def refuse(targets: Mapping[Path, str], *, force: bool) -> None:
    """Look at every target before the first is written."""
    there = [target.as_posix() for target in targets if os.path.lexists(target)]
    if there and not force:
        are = "is" if len(there) == 1 else "are"
        raise UsageError(
            f"{', '.join(there)} {are} there already, so nothing was written. "
            "Name another folder, or write --force to replace what is there."
        )


def write_all(targets: Mapping[Path, str]) -> None:
    """Write every target; when one cannot be written, take back those that were not there before."""
    new: list[Path] = []
    try:
        for target, text in targets.items():
            is_new = not os.path.lexists(target)
            target.parent.mkdir(parents=True, exist_ok=True)
            write_atomically(target, text)
            if is_new:
                new.append(target)
    except OSError as error:
        for target in new:
            target.unlink(missing_ok=True)
        place = error.filename or next(iter(targets)).parent
        raise UsageError(f"{place} cannot be written: {error.strerror or error}.") from None


def said(folder: Path) -> str:
    """What was written, and what to run next."""
    width = max(len(name) for name in PURPOSES)
    lines = [f"  {name:{width}}  {purpose}" for name, purpose in PURPOSES.items()]
    lines.append(f"  {'.convergence/':{width}}  schemas: an editor completes and checks the keys by them")
    responses, objectives, plans = (
        terminal.safe(shlex.quote((folder / name).as_posix())) for name in PURPOSES
    )
    where = "here" if folder == Path() else f"in {terminal.safe(folder.as_posix())}"
    return "\n".join(
        [
            f"Written {where}:",
            *lines,
            "Next: convergence questionnaires convergence-2017   (what is asked)",
            f"      convergence validate {responses}",
            f"      convergence score {responses}",
            f"      convergence check {objectives} {plans}",
            "",
        ]
    )
