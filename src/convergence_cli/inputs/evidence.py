"""The plans files that a score is held against: any problem in them is refused, none is passed over."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..model.plans import Plans
from ..problems import Finding, InputError, Severity
from .files import NO_FILE
from .places import PlanPlaces
from .plans import read_plans_input


@dataclass(frozen=True)
class PlansRead:
    """The plans of several files, the files' names with their sha256, and where each item stands."""

    plans: Plans
    sources: tuple[tuple[str, str | None], ...]
    places: PlanPlaces


def read_evidence(paths: Sequence[str], *, regular: bool = False, secret_in: str = "") -> PlansRead:
    """The plans at `paths` (files, folders, ``-``), read as one; raises InputError with every problem.

    `secret_in`: the confidential file that names them. What stands there and is no path is not repeated.
    """
    read = read_plans_input(paths, regular=regular)
    if secret_in and read.absent:
        words = "A file that is named under `plans` cannot be read."
        raise InputError([Finding("CV001", words, name=NO_FILE, file=secret_in)])
    wrong = [problem for problem in read.place(read.problems) if problem.severity is Severity.ERROR]
    if read.absent or wrong:
        raise InputError([*read.absent, *wrong])
    return PlansRead(read.plans, read.sources, PlanPlaces(read.documents, read.plans))
