"""One responses file, or several of one wave, as one: what they must agree on."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from ..documents import Document, placed
from ..model.answers import Respondent
from ..model.wave import Wave
from ..problems import Finding, InputError, NothingToDo, Place, Problems, Related, mistake
from ..problems import Path as DataPath
from .files import folder_of, name_of
from .places import AnswerPlaces
from .responses import ResponsesInput, read_responses


def read_wave(paths: Sequence[str]) -> Wave:
    """The responses files at `paths` (``-`` is stdin) as one wave; who is named twice is read once.

    Raises InputError with every problem of every file, NothingToDo where one is empty.
    """
    findings: list[Finding] = []
    parts: list[ResponsesInput] = []
    empty: NothingToDo | None = None
    for path in dict.fromkeys(paths):
        try:
            parts.append(read_responses(path))
        except InputError as error:
            findings += error.findings
        except NothingToDo as error:
            empty = error
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    if empty:
        raise empty
    return pooled(parts)


def pooled(parts: Sequence[ResponsesInput]) -> Wave:
    """All parts as one wave; raises InputError where they contradict each other."""
    documents = {document.file: document for part in parts for document in part.documents}
    refuse([*disagreements(parts)], documents)
    refuse([*standing_twice(parts), *too_many(parts)], documents)
    first = parts[0]
    respondents = sum((part.respondents for part in parts), ())
    return Wave(
        questionnaire=first.asked.questionnaire,
        organization=first.header.organization,
        period=first.header.period,
        confidential=first.header.confidential,
        min_group_size=max(part.header.min_group_size for part in parts),
        cut_by=first.header.cut_by,
        population={group: n for part in parts for group, n in part.header.population.items()},
        facts={name: fact for part in parts for name, fact in part.facts.items()},
        plans=tuple(dict.fromkeys(plan for part in parts for plan in plans_beside(part))),
        respondents=respondents,
        sources=tuple(dict.fromkeys(source for part in parts for source in sources(part))),
        newest_assumed=any(part.asked.newest_assumed for part in parts),
        locate=AnswerPlaces(documents, respondents),
    )


def refuse(findings: Iterable[Finding], documents: Mapping[str, Document]) -> None:
    if found := list(dict.fromkeys(findings)):
        raise InputError(placed(found, documents))


def sources(part: ResponsesInput) -> Iterator[tuple[str, str | None]]:
    """Names of the files with their sha256, which confidential ones do not show (rule S12)."""
    for document in part.documents:
        yield name_of(document.file), None if part.header.confidential else document.sha256
    if own := part.asked.document:
        yield name_of(own.file), own.sha256


def plans_beside(part: ResponsesInput) -> Iterator[str]:
    """The plans files that a responses file names, relative to it."""
    return (str(folder_of(part.file) / name) for name in part.header.plans)


def disagreements(parts: Sequence[ResponsesInput]) -> Iterator[Finding]:
    """What one file says, and an earlier one otherwise."""
    first: dict[DataPath, tuple[object, ResponsesInput]] = {}
    for part in parts:
        for path, here in said(part).items():
            there, other = first.setdefault(path, (here, part))
            if here != there:
                both = f"{shown(here)} here and {shown(there)}" if len(path) == 1 else "not the same here and"
                words = f"`{path[-1]}` is {both} in {name_of(other.file)}"
                yield mistake(words, path, instead(path, other, part), file=part.file)


def said(part: ResponsesInput) -> dict[DataPath, object]:
    """What files that are pooled agree on; a population and a fact, whoever stated it, may be left out."""
    asked, header = part.asked.questionnaire, part.header
    found: dict[DataPath, object] = {("questionnaire",): f"{asked.id}@{asked.version}"}
    found |= {(key,): getattr(header, key) for key in ("organization", "period", "confidential", "cut_by")}
    found |= {("population", group): n for group, n in header.population.items()}
    return found | {("facts", name): replace(fact, source=None) for name, fact in part.facts.items()}


def instead(path: DataPath, first: ResponsesInput, part: ResponsesInput) -> str:
    """What to do where two files contradict each other."""
    tip = "Files are pooled only when they agree."
    if path == ("period",):
        files = shlex.join(Path(each.file).as_posix() for each in (first, part))
        return f"{tip} `convergence compare {files}` tells what changed between two waves."
    return f"{tip} Score each organisation by itself." if path == ("organization",) else tip


def shown(value: object) -> str:
    return "not given" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def standing_twice(parts: Sequence[ResponsesInput]) -> Iterator[Finding]:
    """People who stand in two files; who stands twice in one, its own reader has found."""
    if len(parts) < 2:
        return
    first: dict[str, Respondent] = {}
    twice = Problems()
    for each in (each for part in parts for each in part.respondents):
        there = first.setdefault(each.id, each)
        if there is not each:
            related = Related("first here", Place(there.file), (*there.path, "id"))
            words, path = "{This respondent} stands in two files", (*each.path, "id")
            twice.add(mistake(words, path, value=each.id, file=each.file, related=(related,)))
    yield from twice


def too_many(parts: Sequence[ResponsesInput]) -> Iterator[Finding]:
    """Groups in which more people answered than there are."""
    sizes = Counter(respondent.group for part in parts for respondent in part.respondents)
    for part in parts:
        for group, people in part.header.population.items():
            if sizes[group] > people:
                words = f"`{group}`: {sizes[group]} people answered, more than the {people} there are"
                yield mistake(words, ("population", group), file=part.file)
