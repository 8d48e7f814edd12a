"""Three questions for the room: what to talk about, who should answer, and the figures behind it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, zip_longest

from ..model.answers import Code
from ..model.responses import State
from ..model.wave import Wave
from ..results.digest import Digest
from ..results.score import Question, RoomQuestion
from .facts import MAPPING, MENDABLE
from .highlights import both_figures, is_uncovered, is_unsupported, silent, widest_first, yes
from .survey import Survey

MOST = 3
ROLE = "role"
"""The attribute of a respondent that questions are addressed to."""


@dataclass(frozen=True)
class Agenda:
    """Looks for what is worth asking. Roles are named only where answers are attributable."""

    wave: Wave
    survey: Survey
    questions: Sequence[Question]
    digest: Digest

    def questions_for_the_room(self) -> tuple[RoomQuestion, ...]:
        """At most three, each on a subject of its own: the first is about what people answered, then come
        those about the plans, one of each kind, then further answers.
        """
        turns = islice(zip_longest(self.gap(), self.split(), self.silence(), self.lowest()), MOST)
        answers = [question for turn in turns for question in turn if question]
        kinds = (self.money(), self.objective(), self.statement())
        plans = [question for kind in kinds for question in islice(kind, 1)]
        asked: dict[str, RoomQuestion] = {}
        for question in (*answers[:1], *plans, *answers[1:]):
            asked.setdefault(question.ids[0], question)
        return tuple(asked.values())[:MOST]

    def gap(self) -> Iterator[RoomQuestion]:
        """The reliable gaps, widest first, put to those who stand furthest apart."""
        for widest in widest_first(self.questions):
            first, second = self.wave.questionnaire.contrast or ("", "")
            above = widest.gap is not None and widest.gap.points > 0
            owners = self.furthest(widest.id, first, 1, high=not above)
            owners += self.furthest(widest.id, second, 1, high=above)
            means = {cell.group: cell.score for cell in widest.groups}
            yield RoomQuestion(
                kind="gap",
                ids=(widest.id,),
                owners=tuple(dict.fromkeys(owners)),
                figures={"first": means.get(first), "second": means.get(second)},
            )

    def furthest(self, question: str, group: str, most: int, *, high: bool) -> list[str]:
        """The roles of those of a group who answered highest, or lowest."""
        points = self.survey.scales[question].points
        said = self.answers(question, group)
        answers = [(points(code), role) for code, role in said if not isinstance(code, State)]
        answers.sort(key=lambda answer: (-answer[0] if high else answer[0], answer[1]))
        return [role for _, role in answers[:most]]

    def answers(self, question: str, group: str) -> Iterator[tuple[Code, str]]:
        """What each person of a group with a role answered; nothing where answers are confidential."""
        index = self.survey.asked[question].index
        for respondent in () if self.wave.confidential else self.wave.respondents:
            role = respondent.about.get(ROLE)
            if respondent.group == group and role:
                yield respondent.codes[index], role

    def named(self, owner: str | None) -> tuple[str, ...]:
        return (owner,) if owner and not self.wave.confidential else ()

    def money(self) -> Iterator[RoomQuestion]:
        """The largest part of green-lit money that serves no live, approved objective; one currency only."""
        mapping = self.digest.indicator(MAPPING)
        parts = [part for part in self.digest.parts(MAPPING) if part.id in MENDABLE and part.amounts]
        currencies = {amount.currency for part in parts for amount in part.amounts}
        if len(currencies) != 1 or mapping is None or mapping.count is None:
            return
        largest = max(parts, key=lambda part: part.amounts[0].amount)
        plans = [plan for plan in self.digest.plans if plan.id in largest.ids]
        top = max(plans, key=lambda plan: plan.money)
        yield RoomQuestion(
            kind="money",
            ids=(top.id, *(plan.id for plan in plans if plan is not top)),
            owners=self.named(top.owner),
            figures={
                "part": largest.id,
                "title": top.title,
                "amount": largest.amounts[0].amount,
                "currency": largest.amounts[0].currency,
                "objective": top.serves[0] if top.serves else None,
            },
        )

    def objective(self) -> Iterator[RoomQuestion]:
        """A live objective of high priority that no green-lit plan serves."""
        for line in filter(is_uncovered, self.digest.objectives):
            figures = {"title": line.title, "planned": yes(line.planned)}
            yield RoomQuestion(
                kind="objective", ids=(line.id,), owners=self.named(line.owner), figures=figures
            )

    def statement(self) -> Iterator[RoomQuestion]:
        """A statement that says more than the plans file shows."""
        for question in self.questions:
            fact = question.fact
            if fact and fact.stated and is_unsupported(question, self.wave.questionnaire):
                yield RoomQuestion(
                    kind="statement", ids=(question.id,), figures=both_figures(fact, fact.stated)
                )

    def split(self) -> Iterator[RoomQuestion]:
        """What a group that is of two minds could settle."""
        for question in self.questions:
            for cell in question.groups:
                if cell.polarised:
                    yield RoomQuestion(
                        kind="split", ids=(question.id,), figures={"group": "+".join(cell.members)}
                    )

    def silence(self) -> Iterator[RoomQuestion]:
        """The groups of which a fifth or more could not answer a question, the largest share first."""
        found = list(silent(self.questions))
        for question, cell, count in sorted(found, key=lambda each: -each[2] / each[1].asked):
            said = self.answers(question.id, cell.group)
            owners = [role for code, role in said if code is State.DONT_KNOW][:2]
            figures = {"group": cell.group, "count": count, "asked": cell.asked}
            yield RoomQuestion(kind="silence", ids=(question.id,), owners=tuple(owners), figures=figures)

    def lowest(self) -> Iterator[RoomQuestion]:
        """The questions that people answered, the lowest score first."""
        scores = [(q.score, q.id) for q in self.questions if q.fact is None and q.score is not None]
        for score, name in sorted(scores):
            yield RoomQuestion(kind="low", ids=(name,), figures={"score": score})
