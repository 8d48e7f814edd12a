"""Responses: a cover sheet with its people or their table; every problem of both in one run."""

from __future__ import annotations

import shlex
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from pathlib import Path
from typing import Any

from ..documents import HEADER, Document, Table, parse_table, placed
from ..model.answers import AnswerProblem, Respondent, SheetReader, StatedFact, read_fact
from ..model.complaints import shown
from ..model.questionnaire import Questionnaire
from ..model.responses import TABLE, Responses, Sheet
from ..model.tolerant import read_entries, read_tolerantly
from ..problems import Finding, InputError, NothingToDo, Problems, mistake
from ..problems import Path as DataPath
from .files import NO_FILE, folder_of, read_source
from .kinds import Kind, document_in, of_another_kind
from .questionnaires import Loaded, UnknownName, load_questionnaire, names_built_in

OTHER_KINDS = "Responses name a questionnaire under `questionnaire:`, plans under `plans:`."
BOTH_MEANINGS = (
    "`confidential: true` means that groups of fewer than min_group_size answers are joined or hidden "
    "and nobody is named; `confidential: false` means that people agreed that their answers can be seen "
    "as theirs."
)
OR_A_FILE = "Built in are {}; or name a file."
COLUMNS = "Columns are id, group, about.<name>, <question>, <question>.want, <question>.comment."
MOST_COLUMNS = 10_000


@dataclass(frozen=True)
class ResponsesInput:
    """What one responses file says; the second of its `documents` is the table that it names, if it does."""

    documents: tuple[Document, ...]
    header: Responses
    asked: Loaded
    facts: dict[str, StatedFact]
    respondents: tuple[Respondent, ...]

    @property
    def file(self) -> str:
        return self.documents[0].file


def read_responses(path: str) -> ResponsesInput:
    """The responses at `path`; raises InputError with every problem of the file and of its table."""
    refuse_table(path)
    return responses_in(document_in(read_source(path)))


def refuse_table(path: str) -> None:
    """A table cannot say what was answered or promised: raises InputError with what to write."""
    if is_table(path):
        words = "This is a table of answers, and the responses file that names it is needed."
        tip = (
            f"`convergence init {shlex.quote(Path(path).as_posix())}` writes one: it says which "
            "questionnaire was answered and what people were promised."
        )
        raise InputError([mistake(words, tip=tip, file=path)])


def responses_in(document: Document) -> ResponsesInput:
    """As `read_responses`, of a file that has been parsed; raises NothingToDo when there is nothing in it."""
    if not document.readable:
        raise InputError(document.problems)
    if document.data is None and not document.problems:
        raise NothingToDo(f"{document.file} is empty, so there is nothing to score.")
    if other := of_another_kind(document, Kind.RESPONSES, OTHER_KINDS):
        raise InputError([other])
    return Reader(document).read()


class Reader:
    """Reads one responses file, and the table that it names, and collects what is wrong with them."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.data: dict[str, Any] = document.data if isinstance(document.data, dict) else {}
        self.findings = Problems()
        self.hints = self.findings.hints
        self.table = self._table()

    def read(self) -> ResponsesInput:
        header, asked = self._header(), self._questionnaire()
        people = self._people(asked.questionnaire) if asked else ()
        facts = {}
        if header and asked:
            facts = self._facts(header, asked.questionnaire)
            self._refuse_unknown("population", header.population, asked.questionnaire.group_by_id, "group")
        documents = {each.file: each for each in self._documents}
        problems = [problem for each in self._documents for problem in each.problems]
        problems += placed(self.findings, documents)
        if problems or header is None or asked is None:
            raise InputError(problems)
        return ResponsesInput(self._documents, header, asked, facts, people)

    @property
    def _documents(self) -> tuple[Document, ...]:
        return (self.document, self.table) if self.table else (self.document,)

    def _header(self) -> Responses | None:
        """The cover sheet; the people that it lists are read one by one."""
        data = self.document.data
        listed = isinstance(self.data.get("respondents"), list)
        whole = {**self.data, "respondents": []} if listed else data
        reading = read_tolerantly(Responses, whole, self.document.file)
        self.findings.add(*map(explained, reading.findings))
        return reading.value

    def _questionnaire(self) -> Loaded | None:
        name = self.data.get("questionnaire")
        if not isinstance(name, str) or not name.strip():
            return None
        try:
            return load_questionnaire(name.strip(), folder_of(self.document.file))
        except InputError as error:
            self._refuse_name(error, "questionnaire")
            return None

    def _table(self) -> Table | None:
        """The table that the file names. It says nothing of a promise: the cover sheet's holds for both."""
        name = self.data.get("respondents")
        if not isinstance(name, str) or not is_table(name):
            return None
        path = str(folder_of(self.document.file) / name.strip())
        try:
            source = read_source(path, regular=True)
        except InputError as error:
            self._refuse_name(error, "respondents")
            return None
        table = parse_table(source.data, source.file)
        return table.kept_secret() if self.document.secret else table

    def _refuse_name(self, error: InputError, key: str) -> None:
        """What is wrong with the name of another file stands where this file names it; what is wrong in that
        file stands there."""
        value, file = shown(self.data[key].strip()), self.document.file
        for finding in error.findings:
            words = finding.words
            if finding.name == NO_FILE:
                words = f"{{This}} cannot be read: {words[0].lower()}{words[1:]}"
            elif not isinstance(error, UnknownName):
                self.findings.add(finding)
                continue
            self.findings.add(replace(finding, words=words, value=value, file=file, path=(key,)))

    def _add(self, words: str, path: DataPath, tip: str = "", *, file: str = "", **more: Any) -> None:
        at_key = words.startswith("{")
        file = file or self.document.file
        self.findings.add(mistake(words, path, tip, file=file, at_key=at_key, **more))

    def _refuse_unknown(self, key: str, names: Iterable[str], known: Collection[str], what: str) -> None:
        """What stands under `key` of the cover sheet, and is no such thing of the questionnaire."""
        tip = f"The {what}s are {', '.join(known) or 'none'}."
        for name in names:
            if name not in known:
                near = self.hints.did_you_mean(name, known)
                words = f"{{This}} is not a {what} of the questionnaire"
                self._add(words, (key, name), tip, value=shown(name), near=near)

    def _facts(self, header: Responses, questionnaire: Questionnaire) -> dict[str, StatedFact]:
        known, found = {question.id: question for question in questionnaire.facts}, {}
        self._refuse_unknown("facts", header.facts, known, "fact")
        for name in (name for name in known if name in header.facts):
            try:
                found[name] = read_fact(known[name], header.facts[name])
            except AnswerProblem as problem:
                self._add(f"`{name}`: {problem}", ("facts", name), value=problem.value, near=problem.near)
        return found

    def _people(self, questionnaire: Questionnaire) -> tuple[Respondent, ...]:
        """Everybody in the file, or in its table, read no further than its problems are told."""
        file = self.table.file if self.table else self.document.file
        sheets, forms = SheetReader(questionnaire, file), Problems()
        entries = takewhile(
            lambda _: not (forms.is_full or sheets.findings.is_full), self._entries(questionnaire)
        )
        read = read_entries(Sheet, entries, (Responses, file), "respondents", forms)
        found = tuple(sheets.read(sheet, place) for place, sheet, _ in read)
        self.findings.add(*forms, *sheets.findings)
        return found

    def _entries(self, questionnaire: Questionnaire) -> Iterable[Any]:
        if self.table is None:
            listed = self.data.get("respondents")
            return listed if isinstance(listed, list) else ()
        columns = self._columns(self.table, questionnaire) if self.table.text else ()
        if not columns:
            return ()
        self.table = self.table.holding(columns)
        return ({"answers": {}, **row} for row in self.table.entries())

    def _columns(self, table: Table, questionnaire: Questionnaire) -> Sequence[DataPath]:
        """Where in a sheet each column's cells belong; none, when a column is wrong."""
        if len(table.titles) > MOST_COLUMNS:
            words = f"the table has {len(table.titles):,} columns, and {MOST_COLUMNS:,} are read"
            self._add(words, (HEADER, 0), file=table.file)
            return ()
        known, before = column_paths(questionnaire, table.titles), len(self.findings)
        seen: set[str] = set()
        for place, title in enumerate(table.titles):
            path, value = (HEADER, place), shown(title)
            if title not in known:
                words, near = f"column {place + 1} is not known", self.hints.did_you_mean(title, known)
                self._add(words, path, COLUMNS, value=value, near=near, file=table.file)
            elif title in seen:
                self._add(f"column {place + 1} stands twice", path, value=value, file=table.file)
            seen.add(title)
        for needed in ("id", "group"):
            if needed not in seen:
                self._add(f"the table needs the column `{needed}`", (HEADER, 0), file=table.file)
        return [known[title] for title in table.titles] if len(self.findings) == before else ()


def explained(finding: Finding) -> Finding:
    """What is wrong with the cover sheet, with what only its writer can know."""
    tips = {"questionnaire": OR_A_FILE.format(", ".join(names_built_in())), "confidential": BOTH_MEANINGS}
    for key, tip in tips.items():
        if finding.path == (key,) or (not finding.path and f"`{key}`" in finding.words):
            return replace(finding, tip=tip)
    return finding


def is_table(name: str) -> bool:
    return name.strip().lower().endswith(TABLE)


def column_paths(questionnaire: Questionnaire, titles: Iterable[str]) -> dict[str, DataPath]:
    """Each column that a table with these `titles` may have, with the steps to its cells inside a sheet."""
    paths: dict[str, DataPath] = {"id": ("id",), "group": ("group",)}
    paths |= {title: ("about", title[6:]) for title in titles if title.startswith("about.") and title[6:]}
    names = [question.id for question in questionnaire.opinions]
    paths |= {f"{name}.{part}": ("answers", name, part) for name in names for part in ("want", "comment")}
    said = set(titles)
    detailed = {str(path[1]) for title, path in paths.items() if len(path) == 3 and title in said}
    return paths | {name: ("answers", name, *(["now"] if name in detailed else [])) for name in names}
