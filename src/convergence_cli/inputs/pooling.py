"""One responses file, or several of one wave, as one: what they must agree on."""

from __future__ import annotations

import shlex
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import combinations
from pathlib import Path

from ..documents import Document, placed
from ..model.answers import Respondent, StatedFact
from ..model.responses import State
from ..model.wave import Wave
from ..problems import Finding, InputError, NothingToDo, Place, Problems, Related, UsageError, mistake
from ..problems import Path as DataPath
from .files import STDIN, folder_of, name_of
from .places import AnswerPlaces
from .responses import Part, read_part


def read_wave(paths: Sequence[str]) -> Wave:
    """The responses files at `paths` (``-`` is stdin) as one wave.

    Raises InputError with every problem of every file, NothingToDo where one is empty.
    """
    if list(paths).count(STDIN) > 1:
        raise UsageError("stdin can be read once: write `-` once.")
    if twice := next((path for path in paths if list(paths).count(path) > 1), None):
        raise UsageError(f"{twice} is named twice: write it once.")
    findings: list[Finding] = []
    parts: list[Part] = []
    empty: NothingToDo | None = None
    for path in paths:
        try:
            parts.append(read_part(path))
        except InputError as error:
            findings += error.findings
        except NothingToDo as error:
            empty = error
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    if empty:
        raise empty
    return pooled(parts)


def pooled(parts: Sequence[Part]) -> Wave:
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


def sources(part: Part) -> Iterator[tuple[str, str | None]]:
    """Names of the files with their sha256, which confidential ones do not show (rule S12)."""
    for document in part.documents:
        yield name_of(document.file), None if part.header.confidential else document.sha256
    if own := part.asked.document:
        yield name_of(own.file), own.sha256


def plans_beside(part: Part) -> Iterator[str]:
    """The plans files that a responses file names, relative to it."""
    return (str(folder_of(part.file) / name) for name in part.header.plans)


def disagreements(parts: Sequence[Part]) -> Iterator[Finding]:
    """What files say differently of what must be one for all of them, then of what two of them both say."""
    first = parts[0]
    for part in parts[1:]:
        for key, value in header_of(part).items():
            if value != header_of(first)[key]:
                tip = "Files are pooled only when they agree." + instead(key, first, part)
                yield disagreement(part, first, key, shown(value), shown(header_of(first)[key]), (key,), tip)
    for one, other in combinations(parts, 2):
        yield from contradictions(one, other)


def header_of(part: Part) -> dict[str, object]:
    """What files that are pooled agree on."""
    asked, header = part.asked.questionnaire, part.header
    alike = ("organization", "period", "confidential", "cut_by")
    return {"questionnaire": f"{asked.id}@{asked.version}"} | {key: getattr(header, key) for key in alike}


def instead(key: str, first: Part, part: Part) -> str:
    """What to do with two waves, or with two organisations."""
    if key == "period":
        files = shlex.join(Path(each.file).as_posix() for each in (first, part))
        return f" `convergence compare {files}` tells what changed between two waves."
    if key == "organization":
        return " Score each organisation by itself; `convergence compare` sets two waves of one side by side."
    return ""


def disagreement(
    part: Part, first: Part, name: str, new: str, old: str, path: DataPath, tip: str = "Write it once."
) -> Finding:
    words = f"{name} is {new} here and {old} in {name_of(first.file)}"
    return mistake(words, path, tip, file=part.file)


def shown(value: object) -> str:
    return "not given" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def contradictions(first: Part, part: Part) -> Iterator[Finding]:
    """Facts and populations that two files give differently."""
    old, new = first.header.population, part.header.population
    for group in old.keys() & new.keys():
        if old[group] != new[group]:
            name = f"the population of `{group}`"
            yield disagreement(part, first, name, str(new[group]), str(old[group]), ("population", group))
    for name in sorted(first.facts.keys() & part.facts.keys()):
        here, there = part.facts[name], first.facts[name]
        if replace(here, source=None) != replace(there, source=None):
            secret = first.header.confidential or part.header.confidential
            values = ("one thing", "another") if secret else (amount(here), amount(there))
            yield disagreement(part, first, f"the fact `{name}`", *values, ("facts", name))


def amount(fact: StatedFact) -> str:
    if fact.state is not State.ANSWERED:
        return str(fact.state)
    return f"{fact.count} of {fact.of}" if fact.count is not None else str(fact.value)


def standing_twice(parts: Sequence[Part]) -> Iterator[Finding]:
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


def too_many(parts: Sequence[Part]) -> Iterator[Finding]:
    """Groups in which more people answered than there are."""
    sizes = Counter(respondent.group for part in parts for respondent in part.respondents)
    for part in parts:
        for group, people in part.header.population.items():
            if sizes[group] > people:
                words = f"`{group}`: {sizes[group]} people answered, more than the {people} there are"
                yield mistake(words, ("population", group), file=part.file)
