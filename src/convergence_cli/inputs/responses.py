"""Responses: one file, or several pooled, as one wave; every problem of every file in one run."""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from ..documents import Document, placed
from ..model.answers import AnswerProblem, Respondent, StatedFact, read_fact
from ..model.complaints import positions, read_what_is_right, shown
from ..model.questionnaire import Questionnaire
from ..model.responses import Responses
from ..model.sheets import SheetReader
from ..model.wave import Wave
from ..problems import Finding, InputError, NothingToDo, Problems, Related, UsageError
from ..problems import Path as DataPath
from .files import NO_FILE, STDIN, Source, is_table, read_source
from .kinds import Kind, document_in, of_another_kind
from .pooling import Part, pooled
from .questionnaires import Loaded, load_questionnaire
from .table import read_table

OTHER_KINDS = "Responses name a questionnaire under `questionnaire:`, plans under `plans:`."
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


def read_wave(paths: Sequence[str], options: Options | None = None) -> Wave:
    """The files at `paths` (``-`` is stdin) as one wave.

    Raises InputError with every problem of every file, UsageError where an option is missing.
    """
    options = options or Options()
    if list(paths).count(STDIN) > 1:
        raise UsageError("stdin can be read once: write `-` once.")
    if twice := next((path for path in paths if list(paths).count(path) > 1), None):
        raise UsageError(f"{twice} is named twice: write it once.")
    tables = [path for path in paths if is_csv(path, options)]
    refuse_idle(options, bool(tables))
    findings: list[Finding] = []
    parts: list[Part] = []
    empty: NothingToDo | None = None
    ids = Ids()
    for path in paths:
        try:
            parts.append(read_part(path, options, ids, table=path in tables))
        except InputError as error:
            findings += error.findings
        except NothingToDo as error:
            empty = error
    if findings:
        findings += [finding for part in parts for finding in problems_in_rows(part)]
        raise InputError(list(dict.fromkeys(findings)))
    if empty:
        raise empty
    wave = pooled(parts, options.side_by_side)
    if not tables:
        deque(wave.respondents, maxlen=0)  # what several files have against each other is told at once
    return wave


def is_csv(path: str, options: Options) -> bool:
    """A table by its name; stdin is one when the command line says what was answered."""
    return is_table(path) or (path == STDIN and options.questionnaire is not None)


def refuse_idle(options: Options, tables: bool) -> None:
    """Options that say of a table what a YAML file says itself: refused where there is no table."""
    said = {
        "--questionnaire": options.questionnaire,
        "--confidential and --attributable": options.confidential,
        "--facts": options.facts,
    }
    idle = [name for name, value in said.items() if value is not None]
    if idle and not tables:
        raise UsageError(f"{' and '.join(idle)}: only for CSV files. A YAML file says this itself.")


class Ids(defaultdict[tuple[str | None, str | None], dict[str, Related]]):
    """The ids used so far, by organisation and period."""

    def __init__(self) -> None:
        super().__init__(dict)


def read_part(path: str, options: Options, ids: Ids, *, table: bool) -> Part:
    source = read_source(path)
    return csv_part(source, options) if table else yaml_part(source, options, ids)


def problems_in_rows(part: Part) -> tuple[Finding, ...]:
    """What is wrong with the rows of a part that is read row by row."""
    try:
        deque(part.respondents, maxlen=0)
    except InputError as error:
        return error.findings
    return ()


def yaml_part(source: Source, options: Options, ids: Ids | None = None) -> Part:
    """A responses file in YAML; raises NothingToDo when there is nothing in it."""
    return part_of(document_in(source), source, options, ids)


def part_of(document: Document, source: Source, options: Options, ids: Ids | None = None) -> Part:
    """As `yaml_part`, of a file that has been parsed."""
    if not document.readable:
        raise InputError(document.problems)
    if document.data is None and not document.problems:
        raise NothingToDo(f"{source.file} is empty, so there is nothing to score.")
    if other := of_another_kind(document, Kind.RESPONSES, OTHER_KINDS):
        raise InputError([other])
    return YamlPart(document, source, options, Ids() if ids is None else ids).part()


class YamlPart:
    """Reads one responses file in YAML and collects what is wrong with it.

    `beside` is the part of a table whose facts this file holds: what it says is not said again here.
    """

    def __init__(
        self, document: Document, source: Source, options: Options, ids: Ids, beside: Part | None = None
    ) -> None:
        self.document = document
        self.source = source
        self.options = options
        self.ids = ids
        self.beside = beside
        self.data = document.data if beside is None else header_beside(beside, document.data)
        reading = read_what_is_right(Responses, self.data, document.file)
        self.header, self.rest = reading.value, reading.data
        self.findings = Problems()
        self.findings.add(*map(self._explained, reading.findings))

    def _explained(self, finding: Finding) -> Finding:
        missing = "`confidential`" in finding.words and not finding.path
        return replace(finding, tip=BOTH_MEANINGS) if missing else finding

    def part(self) -> Part:
        """Raises InputError with every problem of the file, placed."""
        loaded = self._questionnaire()
        part = None
        if self.header is not None and loaded is not None:
            questionnaire, newest, own = loaded
            header = self.header.model_copy(update={"respondents": ()})
            part = Part(
                self.source, header, questionnaire, newest, document=self.document, own_questionnaire=own
            )
            part.facts = self._facts(questionnaire)
            seen = self.ids[header.organization, header.period]
            part.respondents = self._respondents(questionnaire, seen)
            self.findings.add(*population_findings(part, self.document.file))
        if self.findings or self.document.problems or part is None:
            raise InputError(self._told())
        return part

    def _told(self) -> list[Finding]:
        """The findings with their places."""
        bare = self.beside is not None and "facts" not in mapping(self.document.data)
        findings = [
            replace(finding, path=finding.path[1:]) if bare and finding.path[:1] == ("facts",) else finding
            for finding in self.findings.told()
        ]
        return [*self.document.problems, *placed(findings, {self.document.file: self.document})]

    def _questionnaire(self) -> Loaded | None:
        if self.beside is not None:
            return Loaded(
                self.beside.questionnaire, self.beside.newest_assumed, self.beside.own_questionnaire
            )
        name = mapping(self.data).get("questionnaire")
        if not isinstance(name, str) or not name.strip():
            return None
        folder = Path() if self.source.file.startswith("<") else Path(self.source.file).parent
        try:
            return load_questionnaire(name.strip(), folder)
        except InputError as error:
            self.findings.add(*(self._of_name(finding, name.strip()) for finding in error.findings))
            return None

    def _of_name(self, finding: Finding, name: str) -> Finding:
        """What is wrong with the name of the questionnaire stands where this file names it."""
        words = finding.words
        if finding.name == NO_FILE:
            words = f"{{This}} cannot be read: {words[0].lower()}{words[1:]}"
        elif finding.file != name:
            return finding
        file = self.document.file
        return replace(finding, words=words, value=shown(name), file=file, path=("questionnaire",))

    def _add(
        self, words: str, path: DataPath, tip: str = "", value: str = "", near: str = "", at_key: bool = False
    ) -> None:
        file = self.document.file
        found = Finding("CV004", words, tip, value, near, name="schema", file=file, path=path, at_key=at_key)
        self.findings.add(found)

    def _facts(self, questionnaire: Questionnaire) -> dict[str, StatedFact]:
        known = {question.id: question for question in questionnaire.facts}
        found = {}
        for name, raw in self.header.facts.items() if self.header else ():
            if name not in known:
                asked = name in questionnaire.question_by_id
                what = "asked of each person" if asked else "not a question"
                tip = f"The facts are {', '.join(known) or 'none'}."
                near = self.findings.hints.did_you_mean(name, known)
                words = f"{{This}} is {what}, so it is no fact"
                self._add(words, ("facts", name), tip, shown(name), near, at_key=True)
                continue
            try:
                found[name] = read_fact(known[name], raw)
            except AnswerProblem as problem:
                self._add(f"`{name}`: {problem}", ("facts", name), value=problem.value, near=problem.near)
        return found

    def _respondents(self, questionnaire: Questionnaire, seen: dict[str, Related]) -> tuple[Respondent, ...]:
        reader = SheetReader(questionnaire, self.document.file, seen=seen)
        rows = []
        places = positions(self.rest, "respondents")
        for place, written in zip(places, self.header.respondents if self.header else (), strict=True):
            person = written.id, written.group, written.about, written.answers
            rows.append(reader.read(*person, ("respondents", place)))
        self.findings.add(*reader.findings.told())
        return tuple(rows)


def csv_part(source: Source, options: Options) -> Part:
    """A CSV file of respondents; the questionnaire and the promise come from the command line."""
    if options.questionnaire is None or options.confidential is None:
        raise UsageError(
            f"{source.name} is a table of respondents: say which questionnaire they answered "
            "(--questionnaire ID) and what they were promised (--confidential or --attributable). "
            + BOTH_MEANINGS
        )
    questionnaire, newest, own = load_questionnaire(options.questionnaire)
    header = Responses.model_validate(said_of_table(questionnaire, options.confidential))
    part = Part(source, header, questionnaire, newest, own_questionnaire=own)
    if options.facts is not None:
        part = with_facts(part, options)
    part.respondents = read_table(source, questionnaire, quote=not options.confidential)
    return part


def said_of_table(questionnaire: Questionnaire, confidential: bool) -> dict[str, Any]:
    """What the command line says in place of a header."""
    return {
        "questionnaire": f"{questionnaire.id}@{questionnaire.version}",
        "confidential": "true" if confidential else "false",
    }


def with_facts(part: Part, options: Options) -> Part:
    """The part of a table with its facts, and what else the header beside them says."""
    source = read_source(options.facts or "")
    document = document_in(source, secret=part.header.confidential)
    if not document.readable:
        raise InputError(document.problems)
    findings = [
        not_beside_a_table(key, source.file) for key in SAID_OF_TABLE if key in mapping(document.data)
    ]
    if findings:
        raise InputError(placed(findings, {source.file: document}))
    read = YamlPart(document, source, options, Ids(), beside=part).part()
    return replace(part, header=read.header, facts=read.facts, source_of_facts=source, document=None)


SAID_OF_TABLE = {
    "questionnaire": "It is what --questionnaire says.",
    "confidential": "It is what --confidential or --attributable says.",
    "respondents": "They stand in the table.",
}
"""What a file of facts beside a table cannot say, and where it is said."""


def not_beside_a_table(key: str, file: str) -> Finding:
    message = f"`{key}` does not belong into the facts of a table"
    hint = SAID_OF_TABLE[key]
    return Finding("CV004", message, hint, name="schema", file=file, path=(key,), at_key=True)


def header_beside(part: Part, data: object) -> dict[str, Any]:
    """A file of facts as the header of a table: without `facts`, what is no key of a header is a fact."""
    written = mapping(data)
    known = Responses.model_fields.keys() - part.questionnaire.question_by_id.keys()
    head = {key: value for key, value in written.items() if key in known}
    facts = {key: value for key, value in written.items() if key not in head}
    whole = written if "facts" in written else {**head, "facts": facts}
    return {**whole, **said_of_table(part.questionnaire, part.header.confidential)}


def mapping(data: object) -> dict[str, Any]:
    return data if isinstance(data, dict) else {}


def population_findings(part: Part, file: str) -> list[Finding]:
    """Groups of the population that do not exist, or that are smaller than those who answered."""
    sizes: dict[str, int] = {}
    for respondent in part.respondents:
        sizes[respondent.group] = sizes.get(respondent.group, 0) + 1
    found = Problems()
    for group, people in part.header.population.items():
        path = ("population", group)
        if group not in part.questionnaire.group_by_id:
            known = part.questionnaire.group_by_id
            words, tip = "{This} is not a group of the questionnaire", f"The groups are {', '.join(known)}."
            near = found.hints.did_you_mean(group, known)
            found.add(
                Finding("CV004", words, tip, group, near, name="schema", file=file, path=path, at_key=True)
            )
        elif sizes.get(group, 0) > people:
            message = f"`{group}`: {sizes[group]} people answered, more than the {people} there are"
            found.add(Finding("CV004", message, name="schema", file=file, path=path))
    return found.told()
