"""Where each answer stands, as ``file:line``: looked up only when a figure is opened down to its answers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..documents import Document, Table
from ..model.answers import Respondent
from ..model.plans import Plans
from ..problems import Path
from .files import name_of

Documents = Mapping[str, Document]
Lines = Mapping[tuple[str, Path], int]
"""The line of each path in each file."""


def lines_in(documents: Documents, wanted: Iterable[tuple[str, Path]]) -> Lines:
    paths: dict[str, list[Path]] = defaultdict(list)
    for file, path in wanted:
        paths[file].append(path)
    found = {file: documents[file].lines_at(some) for file, some in paths.items() if file in documents}
    return {(file, path): line for file, lines in found.items() for path, line in lines.items()}


class AnswerPlaces:
    """The places of the answers in some responses files; those in YAML are found in one pass, on use."""

    def __init__(self, documents: Documents, respondents: Iterable[Respondent]) -> None:
        self.documents = documents
        self.respondents = respondents

    def __call__(self, respondent: Respondent | None, question: str) -> str | None:
        """``responses.yaml:31``; the file by its name alone, for results carry no path."""
        if respondent is None:
            return ", ".join(self._of_fact(question)) or None
        place = respondent.file, (*respondent.path, "answers", question)
        document = self.documents.get(respondent.file)
        lines = lines_in(self.documents, [place]) if isinstance(document, Table) else self._lines
        return f"{name_of(respondent.file)}:{lines[place]}" if place in lines else None

    def _of_fact(self, question: str) -> Iterator[str]:
        """Where a fact is stated, in every file that states it."""
        for file, document in self.documents.items():
            facts = document.data.get("facts") if isinstance(document.data, dict) else None
            if isinstance(facts, dict) and question in facts:
                for line in document.lines_at([("facts", question)]).values():
                    yield f"{name_of(file)}:{line}"

    @cached_property
    def _lines(self) -> Lines:
        return lines_in(self.documents, self._wanted())

    def _wanted(self) -> Iterator[tuple[str, Path]]:
        for respondent in self.respondents:
            document = self.documents.get(respondent.file)
            if document is not None and not isinstance(document, Table):
                for question in answered(document, respondent.place):
                    yield respondent.file, (*respondent.path, "answers", question)


def answered(document: Document, place: int) -> Iterable[str]:
    """The questions that a respondent's entry in a file answers."""
    listed = document.data.get("respondents") if isinstance(document.data, dict) else None
    entry = listed[place] if isinstance(listed, list) else None
    answers = entry.get("answers") if isinstance(entry, dict) else None
    return answers if isinstance(answers, dict) else ()


class PlanPlaces:
    """Where the plans and objectives of some files stand; all are found in one pass, on first use."""

    def __init__(self, documents: Documents, plans: Plans) -> None:
        self.documents = documents
        self.plans = plans

    def __call__(self, name: str) -> str | None:
        """``plans.yaml:12`` for the id of a plan, or of an objective."""
        return self._lines.get(name)

    @cached_property
    def _lines(self) -> dict[str, str]:
        items = [(each.item.id, each.file, each.path) for each in self.plans.plans]
        items += [(each.item.id, each.file, each.path) for each in self.plans.objectives]
        lines = lines_in(self.documents, [(file, path) for _, file, path in items])
        found: dict[str, str] = {}
        for name, file, path in items:
            if (file, path) in lines:
                found.setdefault(name, f"{name_of(file)}:{lines[file, path]}")
        return found
