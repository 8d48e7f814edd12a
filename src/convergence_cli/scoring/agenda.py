"""Three questions for the room: what to talk about, who should answer, and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice

from ..model.answers import Code
from ..model.questionnaire import Questionnaire
from ..model.responses import State
from ..model.wave import Wave
from ..results.common import Evidence, Part
from ..results.digest import Digest, ObjectiveLine, PlanLine
from ..results.score import Question, RoomQuestion
from .facts import MAPPING, MENDABLE
from .scales import is_falling
from .sheet import Sheet

MOST = 3
MANY = 0.2
"""Share of those asked who could not say that is worth naming."""
SLIGHT = 5.0
"""Points below which a gap does not stand out, reliable or not (rule S9)."""
ROLE = "role"
"""The attribute of a respondent that questions are addressed to."""


def questions_for_the_room(
    wave: Wave, sheet: Sheet, questions: Sequence[Question], digest: Digest | None
) -> tuple[RoomQuestion, ...]:
    """At most three, in this order: the widest reliable gap, the largest unmapped money, the uncovered
    high-priority objective, the statement that the file does not support, the group that could not say.
    """
    agenda = Agenda(wave, sheet, questions, digest)
    found = (*agenda.gap(), *agenda.money(), *agenda.objective(), *agenda.statement(), *agenda.silence())
    return tuple(islice(found, MOST))


class Agenda:
    """Looks for what is worth asking. Roles are named only where answers are attributable."""

    def __init__(
        self, wave: Wave, sheet: Sheet, questions: Sequence[Question], digest: Digest | None
    ) -> None:
        self.wave = wave
        self.sheet = sheet
        self.questions = questions
        self.digest = digest

    def gap(self) -> Iterator[RoomQuestion]:
        """The widest reliable gap, put to those who stand furthest apart."""
        reliable = [q for q in self.questions if stands_out(q)]
        contrast = self.wave.questionnaire.contrast
        if not reliable or contrast is None:
            return
        widest = max(reliable, key=lambda q: abs(q.gap.points) if q.gap else 0)
        above = widest.gap is not None and widest.gap.points > 0
        first, second = contrast
        owners = self._furthest(widest.id, first, 2, high=not above)
        owners += self._furthest(widest.id, second, 1, high=above)
        means = {cell.group: cell.score for cell in widest.groups}
        yield RoomQuestion(
            kind="gap",
            ids=(widest.id,),
            owners=tuple(dict.fromkeys(owners)),
            figures={"first": means.get(first), "second": means.get(second)},
        )

    def _furthest(self, question: str, group: str, most: int, *, high: bool) -> list[str]:
        """The roles of those of a group who answered highest, or lowest."""
        index, scale = self.sheet.asked[question].index, self.sheet.scales[question]
        answers = [
            (scale.points(code), role)
            for code, role in self._answers(index, group)
            if not isinstance(code, State)
        ]
        answers.sort(key=lambda answer: (-answer[0] if high else answer[0], answer[1]))
        return [role for _, role in answers[:most]]

    def _answers(self, index: int, group: str) -> Iterator[tuple[Code, str]]:
        """What each person of a group with a role answered; nothing where answers are confidential."""
        if self.wave.confidential:
            return
        for respondent in self.wave.respondents:
            role = respondent.about.get(ROLE)
            if respondent.group == group and role:
                yield respondent.codes[index], role

    def money(self) -> Iterator[RoomQuestion]:
        """The largest part of green-lit money that serves no live, approved objective; one currency only."""
        parts = [part for part in self._parts() if part.id in MENDABLE and part.amounts]
        currencies = {amount.currency for part in parts for amount in part.amounts}
        if len(currencies) != 1 or not self.digest:
            return
        largest = max(parts, key=lambda part: part.amounts[0].amount)
        plans = [plan for plan in self.digest.plans if plan.id in largest.ids]
        top = max(plans, key=lambda plan: sum(each.amount for each in plan.amounts))
        yield RoomQuestion(
            kind="money",
            ids=(top.id, *(plan.id for plan in plans if plan is not top)),
            owners=self._named(top),
            figures={
                "part": largest.id,
                "title": top.title,
                "amount": largest.amounts[0].amount,
                "currency": largest.amounts[0].currency,
                "objective": top.serves[0] if top.serves else None,
            },
        )

    def _named(self, plan: PlanLine) -> tuple[str, ...]:
        return (plan.owner,) if plan.owner and not self.wave.confidential else ()

    def _parts(self) -> tuple[Part, ...]:
        found = self._indicator(MAPPING)
        return found.parts if found and found.count is not None else ()

    def _indicator(self, name: str) -> Evidence | None:
        indicators = self.digest.indicators if self.digest else ()
        return next((each for each in indicators if each.id == name), None)

    def objective(self) -> Iterator[RoomQuestion]:
        """A live objective of high priority that no green-lit plan serves."""
        lines = self.digest.objectives if self.digest else ()
        for line in lines:
            if is_uncovered(line):
                owners = (line.owner,) if line.owner and not self.wave.confidential else ()
                figures = {"title": line.title, "planned": "yes" if line.planned else "no"}
                yield RoomQuestion(kind="objective", ids=(line.id,), owners=owners, figures=figures)
                return

    def statement(self) -> Iterator[RoomQuestion]:
        """The first statement that says more than the plans file shows."""
        for question in self.questions:
            if is_unsupported(question, self.wave.questionnaire) and question.fact and question.fact.stated:
                fact, stated = question.fact, question.fact.stated
                yield RoomQuestion(
                    kind="statement",
                    ids=(question.id,),
                    owners=(),
                    figures={
                        "file_count": fact.count,
                        "file_of": fact.of,
                        "stated_count": stated.count,
                        "stated_of": stated.of,
                        "source": stated.source,
                    },
                )
                return

    def silence(self) -> Iterator[RoomQuestion]:
        """The group of which the largest share, a fifth or more, could not answer a question."""
        silent = [
            (cell.dont_know / cell.asked, question, cell)
            for question in self.questions
            for cell in question.groups
            if cell.dont_know and cell.dont_know >= MANY * cell.asked
        ]
        if not silent:
            return
        _, question, cell = max(silent, key=lambda found: found[0])
        index = self.sheet.asked[question.id].index
        owners = [role for code, role in self._answers(index, cell.group) if code is State.DONT_KNOW]
        figures = {"group": cell.group, "count": cell.dont_know, "asked": cell.asked}
        yield RoomQuestion(kind="silence", ids=(question.id,), owners=tuple(owners[:2]), figures=figures)


def stands_out(question: Question) -> bool:
    """Whether the two sides differ reliably, and by more than a trifle."""
    gap = question.gap
    return gap is not None and gap.reliable and abs(gap.points) >= SLIGHT


def is_unsupported(question: Question, questionnaire: Questionnaire) -> bool:
    """Whether what was stated earns more points than what the plans file shows; where both earn the same,
    as beyond the end of its points, whether it is a larger share, or a smaller one where fewer is better.
    """
    fact = question.fact
    if fact is None or fact.stated is None or fact.stated.points is None or question.score is None:
        return False
    if fact.stated.points != question.score or not fact.of or not fact.stated.of:
        return fact.stated.points > question.score
    stated, shown = (fact.stated.count or 0) / fact.stated.of, (fact.count or 0) / fact.of
    return stated < shown if is_falling(questionnaire.question_by_id[question.id]) else stated > shown


def is_uncovered(line: ObjectiveLine) -> bool:
    """Whether an objective of high priority has no green-lit plan, and no reason says why."""
    return line.priority == "high" and not line.served and not line.excused
