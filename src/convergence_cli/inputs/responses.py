"""Responses: one file, or several pooled, as one wave; every problem of every file in one run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..documents import Document, parse, placed
from ..model.answers import AnswerProblem, Respondent, StatedFact, read_fact
from ..model.complaints import positions, read_what_is_right
from ..model.questionnaire import Questionnaire
from ..model.responses import Responses
from ..model.sheets import SheetReader
from ..model.wave import Wave
from ..problems import Finding, InputError, UsageError, did_you_mean
from ..problems import Path as DataPath
from .files import STDIN, Source, read_source
from .questionnaires import load_questionnaire
from .table import Table, read_table

SIDE_BY_SIDE = ("organization", "period")
BOTH_MEANINGS = (
    "`confidential: true` means that groups of fewer than min_group_size answers are joined or hidden "
    "and nobody is named; `confidential: false` means that people agreed that their answers can be seen "
    "as theirs."
)


@dataclass(frozen=True)
class Options:
    """What the command line says that a CSV file cannot: questionnaire, promise, facts."""

    questionnaire: str | None = None
    confidential: bool | None = None
    facts: str | None = None
    side_by_side: str | None = None
    """The field of the header (`organization` or `period`) in which files may differ."""


@dataclass
class Part:
    """What one file gave."""

    source: Source
    header: Responses
    questionnaire: Questionnaire
    newest_assumed: bool
    facts: dict[str, StatedFact] = field(default_factory=dict)
    respondents: Iterable[Respondent] = ()


def read_wave(paths: Sequence[str], options: Options | None = None) -> Wave:
    """The files at `paths` (``-`` is stdin) as one wave.

    Raises InputError with every problem of every file, UsageError where an option is missing.
    """
    options = options or Options()
    if list(paths).count(STDIN) > 1:
        raise UsageError("stdin can be read once: write `-` once.")
    findings: list[Finding] = []
    parts = []
    for path in paths:
        try:
            parts.append(read_part(path, options))
        except InputError as error:
            findings += error.findings
    if findings:
        raise InputError(list(dict.fromkeys(findings)))
    agree(parts, options.side_by_side)
    return pooled(parts)


def read_part(path: str, options: Options) -> Part:
    source = read_source(path)
    if path.lower().endswith(".csv"):
        return csv_part(source, options)
    return yaml_part(source, options)


def yaml_part(source: Source, options: Options) -> Part:
    document = parse(source.data, source.file)
    if not document.readable:
        raise InputError([discreet(finding) for finding in document.problems])
    return YamlPart(document, source, options).part()


class YamlPart:
    """Reads one responses file in YAML and collects what is wrong with it."""

    def __init__(self, document: Document, source: Source, options: Options) -> None:
        self.document = document
        self.source = source
        self.options = options
        reading = read_what_is_right(Responses, document.data, document.file)
        self.header, self.rest = reading.value, reading.data
        self.findings = [self._explained(finding) for finding in reading.findings]

    def _explained(self, finding: Finding) -> Finding:
        if "`confidential`" in finding.message and not finding.path:
            return replace(finding, hint=BOTH_MEANINGS)
        return finding

    @property
    def named(self) -> bool:
        """Whether the file says that its answers are attributable, so that messages may quote them."""
        data = self.document.data
        return isinstance(data, dict) and data.get("confidential") == "false"

    def part(self) -> Part:
        """Raises InputError with every problem of the file, placed."""
        questionnaire, newest = self._questionnaire()
        part = None
        if self.header is not None and questionnaire is not None:
            header = self.header.model_copy(update={"respondents": ()})
            part = Part(self.source, header, questionnaire, newest)
            part.facts = self._facts(questionnaire)
            part.respondents = self._respondents(questionnaire)
            self.findings += population_findings(part, self.document.file)
        if self.findings or self.document.problems or part is None:
            found = [*self.document.problems, *placed(self.findings, {self.document.file: self.document})]
            raise InputError(found if self.named else [discreet(finding) for finding in found])
        return part

    def _questionnaire(self) -> tuple[Questionnaire | None, bool]:
        name = mapping(self.document.data).get("questionnaire")
        if not isinstance(name, str) or not name.strip():
            return None, False
        folder = Path() if self.source.file.startswith("<") else Path(self.source.file).parent
        try:
            return load_questionnaire(name.strip(), folder)
        except InputError as error:
            here = [finding for finding in error.findings if finding.file == name.strip()]
            self.findings += [
                replace(f, file=self.document.file, path=("questionnaire",)) if f in here else f
                for f in error.findings
            ]
            return None, False

    def _add(self, message: str, path: DataPath, hint: str = "", *, at_key: bool = False) -> None:
        self.findings.append(
            Finding("CV004", message, hint, name="schema", file=self.document.file, path=path, at_key=at_key)
        )

    def _facts(self, questionnaire: Questionnaire) -> dict[str, StatedFact]:
        known = {question.id: question for question in questionnaire.facts}
        found = {}
        for name, raw in self.header.facts.items() if self.header else ():
            if name not in known:
                what = "asked of each person" if name in questionnaire.question_by_id else "not a question"
                hint = did_you_mean(name, known) or f"The facts are {', '.join(known) or 'none'}."
                self._add(f"`{name}` is {what}, so it is no fact", ("facts", name), hint, at_key=True)
                continue
            try:
                found[name] = read_fact(known[name], raw)
            except AnswerProblem as problem:
                self._add(f"`{name}`: {problem}", ("facts", name))
        return found

    def _respondents(self, questionnaire: Questionnaire) -> tuple[Respondent, ...]:
        reader = SheetReader(questionnaire, self.document.file, quote=self.named)
        rows = []
        places = positions(self.rest, "respondents")
        for place, written in zip(places, self.header.respondents if self.header else (), strict=True):
            person = written.id, written.group, written.about, written.answers
            rows.append(reader.read(*person, ("respondents", place)))
        self.findings += reader.findings
        return tuple(rows)


def csv_part(source: Source, options: Options) -> Part:
    """A CSV file of respondents; the questionnaire and the promise come from the command line."""
    if options.questionnaire is None or options.confidential is None:
        raise UsageError(
            f"{source.name} is a table of respondents: say which questionnaire they answered "
            "(--questionnaire ID) and what they were promised (--confidential or --attributable). "
            + BOTH_MEANINGS
        )
    questionnaire, newest = load_questionnaire(options.questionnaire)
    header, facts = read_facts(options, questionnaire)
    table: Table = read_table(source, questionnaire, quote=not options.confidential)
    return Part(source, header, questionnaire, newest, facts, table)


def read_facts(options: Options, questionnaire: Questionnaire) -> tuple[Responses, dict[str, StatedFact]]:
    """The header of a CSV wave: what the command line says, and the small YAML file of facts."""
    said: dict[str, Any] = {
        "questionnaire": f"{questionnaire.id}@{questionnaire.version}",
        "confidential": "true" if options.confidential else "false",
    }
    if options.facts is None:
        return Responses.model_validate(said), {}
    source = read_source(options.facts)
    document = parse(source.data, source.file)
    if not document.readable:
        raise InputError(document.problems)
    data = mapping(document.data)
    whole = data if "facts" in data else {"facts": data}
    shifted = replace(document, data={**said, **whole})
    reader = YamlPart(shifted, source, options)
    part = reader.part()
    return part.header, part.facts


def mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def population_findings(part: Part, file: str) -> list[Finding]:
    """Groups of the population that do not exist, or that are smaller than those who answered."""
    sizes: dict[str, int] = {}
    for respondent in part.respondents:
        sizes[respondent.group] = sizes.get(respondent.group, 0) + 1
    found = []
    for group, people in part.header.population.items():
        path = ("population", group)
        if group not in part.questionnaire.group_by_id:
            hint = did_you_mean(group, part.questionnaire.group_by_id)
            message = f"`{group}` is not a group of the questionnaire"
            found.append(Finding("CV004", message, hint, name="schema", file=file, path=path, at_key=True))
        elif sizes.get(group, 0) > people:
            message = f"`{group}`: {sizes[group]} people answered, more than the {people} there are"
            found.append(Finding("CV004", message, name="schema", file=file, path=path))
    return found


def discreet(finding: Finding) -> Finding:
    """A finding that quotes nothing of a person's sheet: no excerpt, no value that was found (rule S12).

    Used for confidential files, and for files that do not say what was promised.
    """
    inside = not finding.path or finding.path[0] in ("respondents", "facts")
    if not inside:
        return finding
    message = finding.message.split(", found ")[0]
    return replace(finding, message=message, excerpt=None)


def agree(parts: Sequence[Part], side_by_side: str | None) -> None:
    """Several files pool their respondents only when they speak of the same thing (InputError if not)."""
    first = parts[0]
    findings = []
    for part in parts[1:]:
        for name, old, new in differences(first, part):
            if name == side_by_side:
                continue
            findings.append(
                Finding(
                    "CV004",
                    f"{name} is {new} here and {old} in {first.source.name}",
                    f"Files are pooled only when they agree.{side_by_side_hint(name)}",
                    name="schema",
                    file=part.source.file,
                )
            )
    if findings:
        raise InputError(findings)


def side_by_side_hint(name: str) -> str:
    return f" To set them side by side, write --by {name}." if name in SIDE_BY_SIDE else ""


def differences(first: Part, part: Part) -> list[tuple[str, str, str]]:
    """What the headers of two files do not agree on: name, first value, second value."""
    pairs: list[tuple[str, object, object]] = [
        ("questionnaire", versioned(first), versioned(part)),
        ("organization", first.header.organization, part.header.organization),
        ("period", first.header.period, part.header.period),
        ("confidential", first.header.confidential, part.header.confidential),
    ]
    return [(name, shown(old), shown(new)) for name, old, new in pairs if old != new]


def versioned(part: Part) -> str:
    return f"{part.questionnaire.id}@{part.questionnaire.version}"


def shown(value: object) -> str:
    return "not given" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def pooled(parts: Sequence[Part]) -> Wave:
    """All parts as one wave; raises InputError where they contradict each other."""
    first = parts[0]
    header = first.header
    facts: dict[str, StatedFact] = {}
    population: dict[str, int] = {}
    for part in parts:
        facts |= part.facts
        population |= part.header.population
    return Wave(
        questionnaire=first.questionnaire,
        organization=header.organization,
        period=header.period,
        confidential=header.confidential,
        min_group_size=max(part.header.min_group_size for part in parts),
        cut_by=header.cut_by,
        population=population,
        facts=facts,
        plans=tuple(dict.fromkeys(plan for part in parts for plan in beside(part))),
        respondents=chained([part.respondents for part in parts]),
        sources=tuple(
            (part.source.name, None if part.header.confidential else sha256(part.source)) for part in parts
        ),
        newest_assumed=any(part.newest_assumed for part in parts),
    )


def beside(part: Part) -> Iterable[str]:
    """The plans files that a responses file names, relative to it."""
    folder = Path(part.source.file).parent
    return (str(folder / name) for name in part.header.plans or ())


def sha256(source: Source) -> str:
    return hashlib.sha256(source.data).hexdigest()


def chained(groups: Sequence[Iterable[Respondent]]) -> Iterable[Respondent]:
    return groups[0] if len(groups) == 1 else Chained(groups)


@dataclass(frozen=True)
class Chained:
    """Several files' respondents one after the other, as often as asked for."""

    groups: Sequence[Iterable[Respondent]]

    def __iter__(self) -> Iterator[Respondent]:
        for group in self.groups:
            yield from group
