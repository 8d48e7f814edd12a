"""Where each answer stands, as ``file:line``: looked up only when a figure is opened down to its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ..documents import Document, Lines, Table, lines_in
from ..model.answers import Respondent
from ..problems import Path
from .files import name_of


class AnswerPlaces:
    """The places of the answers in some responses files; those in YAML are found in one pass, on use."""

    def __init__(self, documents: Mapping[str, Document], respondents: Iterable[Respondent]) -> None:
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
