"""A respondent as written -> codes that can be counted, with every problem in the sheet."""

from __future__ import annotations

from collections.abc import Mapping

from ..problems import READING_PROBLEMS, Finding, Path, Place, Problems, Related
from .answers import AnswerProblem, AnswerReader, Code, Respondent
from .questionnaire import Questionnaire
from .responses import DetailedAnswer, State
from .responses import Respondent as Sheet


class SheetReader:
    """Reads the sheets of one file, one after the other."""

    def __init__(self, questionnaire: Questionnaire, file: str) -> None:
        self.questionnaire = questionnaire
        self.file = file
        self.seen: dict[str, int] = {}
        """Whose sheet stood where."""
        self.abouts: dict[tuple[tuple[str, str], ...], Mapping[str, str]] = {}
        """Each set of attributes once: of a million people many share one."""
        self.findings = Problems()
        self.hints = self.findings.hints
        self.readers = [AnswerReader(questionnaire, each, self.hints) for each in questionnaire.opinions]
        self.index = {question.id: index for index, question in enumerate(questionnaire.opinions)}
        self.groups = {group.id: group.id for group in questionnaire.groups}
        self.asked = {
            group.id: frozenset(q.id for q in questionnaire.opinions if group.id in questionnaire.asked(q))
            for group in questionnaire.groups
        }

    def read(self, sheet: Sheet, place: int) -> Respondent:
        """The codes of a sheet; what cannot be taken counts as skipped and is among the findings.

        An answer in free text is kept as a comment.
        """
        path, group = ("respondents", place), self.groups.get(sheet.group, sheet.group)
        self._check_group(group, path)
        self._check_seen(sheet.id, place)
        codes: list[Code] = [State.SKIPPED] * len(self.readers)
        wants: list[tuple[int, Code]] = []
        comments: list[tuple[int, str]] = []
        for name, answer in sheet.answers.items():
            where = (*path, "answers", name)
            index = self._index(name, group, where)
            if index is None:
                continue
            if isinstance(answer, DetailedAnswer):
                codes[index] = self._code(index, answer.now, (*where, "now"))
                self._want(index, answer, wants, where)
                if answer.comment:
                    comments.append((index, answer.comment))
            else:
                codes[index] = self._code(index, answer, where)
            if codes[index] is State.ANSWERED:
                comments.append((index, str(answer.now if isinstance(answer, DetailedAnswer) else answer)))
        said = tuple((name, value) for name, value in sheet.about.items() if value is not None)
        about = self.abouts.setdefault(said, dict(said))
        return Respondent(
            sheet.id, group, about, tuple(codes), tuple(wants), tuple(comments), self.file, place
        )

    def _want(self, index: int, answer: DetailedAnswer, wants: list[tuple[int, Code]], where: Path) -> None:
        if answer.want is None:
            return
        code = self._code(index, answer.want, (*where, "want"))
        if not isinstance(code, State):
            wants.append((index, code))

    def _check_group(self, group: str, path: Path) -> None:
        if group not in self.asked:
            words = f"{{This}} is not a group of {self.questionnaire.id}"
            near = self.hints.did_you_mean(group, self.asked)
            self.add(words, (*path, "group"), f"The groups are {', '.join(self.asked)}.", group, near)

    def _check_seen(self, person: str, place: int) -> None:
        first = self.seen.setdefault(person, place)
        if first != place:
            related = Related("first here", Place(self.file), ("respondents", first, "id"))
            path = ("respondents", place, "id")
            self.add("{This respondent} stands twice", path, value=person, related=(related,))

    def _index(self, name: str, group: str, where: Path) -> int | None:
        """The place of a question among the codes; None, with a finding, where it is not asked."""
        index = self.index.get(name)
        if index is None:
            self._refuse_question(name, where)
            return None
        if group in self.asked and name not in self.asked[group]:
            tip = f"It is asked of {', '.join(self.questionnaire.asked(self.readers[index].question))}."
            self.add(f"`{name}` is not asked of the group of this respondent", where, tip, group, key=True)
            return None
        return index

    def _refuse_question(self, name: str, where: Path) -> None:
        if name in self.questionnaire.question_by_id:
            message = f"`{name}` is a fact, given once for the organisation"
            self.add(message, where, "Write it under `facts`.", key=True)
            return
        words = f"{{This}} is not a question of {self.questionnaire.id}"
        tip = f"The questions are {', '.join(self.index)}."
        self.add(words, where, tip, name, self.hints.did_you_mean(name, self.index), key=True)

    def _code(self, index: int, raw: object, where: Path) -> Code:
        try:
            return self.readers[index].read(raw)
        except AnswerProblem as problem:
            name = self.readers[index].question.id
            self.add(f"`{name}`: {problem}", where, value=problem.value, near=problem.near)
            return State.SKIPPED

    def add(
        self,
        words: str,
        path: Path,
        tip: str = "",
        value: str = "",
        near: str = "",
        *,
        key: bool = False,
        related: tuple[Related, ...] = (),
    ) -> None:
        self.findings.add(
            Finding(
                "CV004",
                words,
                tip,
                value,
                near,
                name=READING_PROBLEMS["CV004"],
                file=self.file,
                path=path,
                at_key=key,
                related=related,
            )
        )
