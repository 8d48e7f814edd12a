"""The plans files that a score is held against: any problem in them is refused, none is passed over."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from ..documents import Document, parse, placed
from ..model.plan_files import read_plans
from ..model.plans import Plans
from ..problems import Finding, InputError, Severity
from .files import Source, read_source


@dataclass(frozen=True)
class PlansRead:
    """The plans of several files, and the files' names with their sha256."""

    plans: Plans
    sources: tuple[tuple[str, str | None], ...]


def read_evidence(paths: Sequence[str]) -> PlansRead:
    """The plans files at `paths`, read as one; raises InputError with every problem in them."""
    findings: list[Finding] = []
    documents: dict[str, Document] = {}
    sources: list[Source] = []
    for path in paths:
        try:
            source = read_source(path)
        except InputError as error:
            findings += error.findings
            continue
        sources.append(source)
        documents[source.file] = parse(source.data, source.file)
        findings += documents[source.file].problems
    plans, wrong = read_plans(list(documents.values()))
    findings += placed([one for one in wrong if one.severity is Severity.ERROR], documents)
    if findings:
        raise InputError(findings)
    return PlansRead(
        plans, tuple((source.name, hashlib.sha256(source.data).hexdigest()) for source in sources)
    )
