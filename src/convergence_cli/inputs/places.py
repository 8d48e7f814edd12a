"""Where each answer stands, as ``file:line``: looked up only when a figure is opened down to its answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property
from typing import Any

from ..documents import Document, LineOf, lines_in
from ..model.answers import Respondent
from .files import name_of


class AnswerPlaces:
    """The places of the answers in sound responses files; those in YAML are found in one pass, on use."""

    def __init__(self, documents: Mapping[str, Document], respondents: Iterable[Respondent]) -> None:
        self.documents = documents
        self.respondents = respondents
        self.data: dict[str, Any] = {file: each.data for file, each in documents.items() if each.data}
        """Of the files in YAML; a table has none as a whole."""

    def __call__(self, respondent: Respondent | None, question: str) -> str | None:
        """``responses.yaml:31``; the file by its name alone, for results carry no path.

        A fact (no respondent) is found in every file that states it.
        """
        if respondent is None:
            files = [file for file, data in self.data.items() if question in data.get("facts", ())]
            lines = lines_in(self.documents, [(file, ("facts", question)) for file in files])
            return ", ".join(f"{name_of(file)}:{line}" for (file, _), line in lines.items()) or None
        place = respondent.file, (*respondent.path, "answers", question)
        lines = self._lines if respondent.file in self.data else lines_in(self.documents, [place])
        return f"{name_of(respondent.file)}:{lines[place]}" if place in lines else None

    @cached_property
    def _lines(self) -> LineOf:
        return lines_in(
            self.documents,
            (
                (each.file, (*each.path, "answers", question))
                for each in self.respondents
                if each.file in self.data
                for question in self.data[each.file]["respondents"][each.place]["answers"]
            ),
        )
