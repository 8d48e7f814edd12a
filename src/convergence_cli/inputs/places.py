"""Where each answer stands, as ``file:line``: looked up only when a figure is opened down to its answers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property
from pathlib import Path

from ..documents import Document, placed
from ..model.answers import Respondent
from ..model.plans import Plans
from ..problems import Finding
from ..problems import Path as DataPath


class AnswerPlaces:
    """The places of the answers in some responses files; all are found in one pass, on first use."""

    def __init__(self, documents: Mapping[str, Document], respondents: Iterable[Respondent]) -> None:
        self.documents = documents
        self.respondents = respondents

    def __call__(self, respondent: Respondent | None, question: str) -> str | None:
        """``responses.yaml:31``; the file by its name alone, for results carry no path."""
        if respondent is None:
            return ", ".join(self._of_fact(question)) or None
        line = respondent.path[0] if len(respondent.path) == 1 else self._line(respondent, question)
        return f"{Path(respondent.file).name}:{line}" if line else None

    def _of_fact(self, question: str) -> Iterator[str]:
        """Where a fact is stated, in every file that states it."""
        stating = [file for file, document in self.documents.items() if question in facts_in(document)]
        wanted = [Finding("", "", file=file, path=("facts", question)) for file in stating]
        for found in placed(wanted, self.documents):
            yield f"{Path(found.file).name}:{found.line}"

    def _line(self, respondent: Respondent, question: str) -> int | None:
        return self._lines.get((respondent.file, (*respondent.path, "answers", question)))

    @cached_property
    def _lines(self) -> dict[tuple[str, DataPath], int]:
        wanted = list(self._wanted())
        pairs = zip(wanted, placed(wanted, self.documents), strict=True)
        return {(one.file, one.path): found.line for one, found in pairs if found.line is not None}

    def _wanted(self) -> Iterator[Finding]:
        for respondent in self.respondents:
            for question in self._answered(respondent):
                path = (*respondent.path, "answers", question)
                yield Finding("", "", file=respondent.file, path=path)

    def _answered(self, respondent: Respondent) -> Iterable[str]:
        document = self.documents.get(respondent.file)
        if document is None or len(respondent.path) != 2:
            return ()
        sheets = document.data["respondents"] if isinstance(document.data, dict) else ()
        sheet = sheets[int(respondent.path[1])] if isinstance(sheets, list) else {}
        answers = sheet.get("answers") if isinstance(sheet, dict) else None
        return answers if isinstance(answers, dict) else ()


def facts_in(document: Document) -> Mapping[str, object]:
    facts = document.data.get("facts") if isinstance(document.data, dict) else None
    return facts if isinstance(facts, dict) else {}


class PlanPlaces:
    """Where the plans and objectives of some files stand; all are found in one pass, on first use."""

    def __init__(self, documents: Mapping[str, Document], plans: Plans) -> None:
        self.documents = documents
        self.plans = plans

    def __call__(self, name: str) -> str | None:
        """``plans.yaml:12`` for the id of a plan, or of an objective."""
        return self._lines.get(name)

    @cached_property
    def _lines(self) -> dict[str, str]:
        lines: dict[str, str] = {}
        plans, objectives = self.plans.plans, self.plans.objectives
        names = [*(each.item.id for each in plans), *(each.item.id for each in objectives)]
        wanted = [Finding("", "", file=each.file, path=each.path) for each in plans]
        wanted += [Finding("", "", file=each.file, path=each.path) for each in objectives]
        for name, found in zip(names, placed(wanted, self.documents), strict=True):
            if found.line is not None:
                lines.setdefault(name, f"{Path(found.file).name}:{found.line}")
        return lines
