"""What stands out, as data: a kind, the ids it is about and the figures that gave rise to it.

The order is that of importance: what contradicts, what differs, what is low, what divides, where
people want to go, what they could not say. `render.words` turns each into sentences.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import takewhile
from typing import TypeVar

from ..model.questionnaire import Questionnaire
from ..results.common import Evidence
from ..results.digest import Digest
from ..results.score import Dimension, Highlight, Overall, Question, QuestionGroup, Want
from .agenda import MANY, is_uncovered, is_unsupported, stands_out
from .estimates import outer_thirds
from .facts import MONEY
from .questions import Say, titles_of_groups
from .sheet import Sheet

T = TypeVar("T")
LOW = 40.0
"""Points below which a question is worth naming for itself."""
FAR = 15.0
"""Points between now and wanted, or between two targets, that are worth naming."""
SEVERAL = 3
"""Objectives without a plan that are named one by one; more stand together."""


def highlights_of(
    sheet: Sheet,
    questions: Sequence[Question],
    dimensions: Sequence[Dimension],
    overall: Overall,
    digest: Digest | None,
    say: Say,
) -> tuple[Highlight, ...]:
    """Everything that stands out in one report."""
    watch = Watch(sheet.questionnaire, questions, titles_of_groups(sheet, say))
    return (
        *watch.unsupported(digest),
        *unmapped_money(digest),
        *uncovered(digest),
        *watch.clipped(),
        *watch.gaps(),
        *watch.low(),
        *watch.polarised(sheet),
        *watch.targets(),
        *lowest_dimension(dimensions, overall),
        *watch.friction(sheet),
        *watch.could_not_say(),
    )


def lowest_dimension(dimensions: Sequence[Dimension], overall: Overall) -> Iterator[Highlight]:
    """The lowest top dimension, where it hides behind a better overall (rule S5)."""
    lowest = next((d for d in dimensions if d.id == overall.lowest_dimension), None)
    if lowest is None or lowest.score is None or overall.score is None:
        return
    if overall.score - lowest.score >= FAR:
        yield Highlight(
            kind="lowest-dimension",
            ids=(lowest.id,),
            figures={"score": lowest.score, "overall": overall.score},
        )


def unmapped_money(digest: Digest | None) -> Iterator[Highlight]:
    """Green-lit money that serves no live, approved objective, with the part that carries most of it."""
    indicators = {each.id: each for each in digest.indicators} if digest else {}
    money, mapping = indicators.get("budget-mapped"), indicators.get("plans-mapped")
    if money is None or mapping is None or money.count is None or not money.of or money.count >= money.of:
        return
    formality = formality_of(mapping)
    rest = [part for part in mapping.parts if part.role == "against" and part.amounts]
    largest = max(rest, key=lambda part: part.amounts[0].amount, default=None)
    figures: dict[str, float | str | None] = {
        "mapped": money.count,
        "total": money.of,
        "share": money.count / money.of,
        "formality": formality,
        "recorded": money.reason,
        "currency": next((a.currency for p in mapping.parts for a in p.amounts), ""),
        "part": largest.id if largest else None,
        "part_amount": largest.amounts[0].amount if largest else None,
    }
    yield Highlight(kind="money-unmapped", ids=largest.ids if largest else (), figures=figures)


def uncovered(digest: Digest | None) -> Iterator[Highlight]:
    """Live objectives of high priority that no green-lit plan serves."""
    lines = [line for line in (digest.objectives if digest else ()) if is_uncovered(line)]
    if len(lines) > SEVERAL:
        figures: dict[str, float | str | None] = {"count": len(lines), "priority": "high"}
        yield Highlight(kind="uncovered-objectives", ids=tuple(line.id for line in lines), figures=figures)
        return
    for line in lines:
        figures = {"objective": line.id, "title": line.title, "priority": line.priority}
        figures["planned"] = "yes" if line.planned else "no"
        yield Highlight(kind="uncovered-objective", ids=(line.id,), figures=figures)


class Watch:
    """Looks through the questions of one report."""

    def __init__(
        self, questionnaire: Questionnaire, questions: Sequence[Question], titles: Mapping[str, str]
    ) -> None:
        self.questionnaire = questionnaire
        self.questions = questions
        self.titles = titles

    def unsupported(self, digest: Digest | None) -> Iterator[Highlight]:
        """Statements that say more than the plans file shows, or that count other things: with the parts
        that make the difference (rule S14).
        """
        indicators = {each.id: each for each in digest.indicators} if digest else {}
        for question in self.questions:
            fact = question.fact
            if fact is None or fact.stated is None:
                continue
            name = self.questionnaire.question_by_id[question.id].evidence or ""
            unsupported = is_unsupported(question, self.questionnaire)
            if not unsupported and (fact.stated.of == fact.of or name == MONEY):
                continue
            parts = {p.id: p.ids for p in indicators[name].parts} if name in indicators else {}
            figures: dict[str, float | str | None] = {
                "file_count": fact.count,
                "file_of": fact.of,
                "stated_count": fact.stated.count,
                "stated_of": fact.stated.of,
                "source": fact.stated.source,
                "all": sum(len(ids) for ids in parts.values()) or None,
            }
            figures |= {part: ", ".join(ids) for part, ids in parts.items() if ids}
            figures["formality"] = formality_of(indicators.get(name))
            against = [
                id
                for part in (indicators[name].parts if name in indicators else ())
                for id in part.ids
                if part.role == "against"
            ]
            yield Highlight(
                kind="stated-unsupported" if unsupported else "stated-otherwise",
                ids=(question.id, *against),
                figures=figures,
            )

    def clipped(self) -> Iterator[Highlight]:
        for question in self.questions:
            fact = question.fact
            if fact and fact.clipped:
                figures = {
                    "points": question.score,
                    "value": fact.value,
                    "count": fact.count,
                    "of": fact.of,
                }
                yield Highlight(kind="clipped-fact", ids=(question.id,), figures=figures)

    def gaps(self) -> Iterator[Highlight]:
        """The reliable gaps, widest first; that there is none, where not even a slight one is reliable."""
        contrasted = [question for question in self.questions if question.gap]
        telling = [question for question in contrasted if stands_out(question)]
        for question in sorted(telling, key=lambda q: -abs(q.gap.points if q.gap else 0)):
            yield Highlight(kind="reliable-gap", ids=(question.id,), figures=self._sides(question))
        if contrasted and not any(question.gap and question.gap.reliable for question in contrasted):
            first, second = self.questionnaire.contrast or ("", "")
            yield Highlight(
                kind="no-reliable-gap",
                ids=tuple(question.id for question in contrasted),
                figures={
                    "questions": len(contrasted),
                    "first_group": self.titles[first],
                    "second_group": self.titles[second],
                },
            )

    def _sides(self, question: Question) -> dict[str, float | str | None]:
        figures: dict[str, float | str | None] = {"gap": question.gap.points if question.gap else None}
        for side, group in zip(("first", "second"), self.questionnaire.contrast or (), strict=False):
            cell = own(question, group)
            figures |= {
                side: cell.score if cell else None,
                f"{side}_group": self.titles[group],
                f"{side}_scored": "yes" if group in question.scored else "no",
            }
        return figures

    def low(self) -> Iterator[Highlight]:
        """Questions with a low score, lowest first, with how many answered in the lower half."""
        scored = [
            (q.score, q) for q in self.questions if q.score is not None and q.score < LOW and not q.fact
        ]
        for score, question in sorted(scored, key=lambda pair: pair[0]):
            figures: dict[str, float | str | None] = {"score": score}
            cell = next((cell for cell in question.groups if is_scored(question, cell)), None)
            if cell and cell.n and len(question.scored) == 1 and question.kind in ("scale", "choice"):
                figures |= self._lower_half(question, cell)
            yield Highlight(kind="low-score", ids=(question.id,), figures=figures)

    def _lower_half(self, question: Question, cell: QuestionGroup) -> dict[str, float | str | None]:
        direction = self.questionnaire.direction(self.questionnaire.question_by_id[question.id])
        counts = sorted(cell.counts, key=lambda count: count.value, reverse=direction == "lower-is-better")
        lower = list(takewhile(lambda count: count.value != counts[len(counts) // 2].value, counts))
        if not lower:
            return {}
        return {
            "k": sum(count.n for count in lower),
            "n": cell.n,
            "group": self.titles.get(cell.group, cell.group),
            "label": lower[-1].label,
        }

    def polarised(self, sheet: Sheet) -> Iterator[Highlight]:
        for question in self.questions:
            for cell in question.groups:
                if not (cell.agreement and cell.agreement.polarised):
                    continue
                low, high = ends_of(sheet, question.id, cell.group)
                yield Highlight(
                    kind="polarised",
                    ids=(question.id,),
                    figures={"group": self._title(cell), "n": cell.n, "low": low, "high": high},
                )

    def _title(self, cell: QuestionGroup) -> str:
        return " and ".join(self.titles.get(group, group) for group in cell.pooled or (cell.group,))

    def targets(self) -> Iterator[Highlight]:
        """Being behind, apart from disagreeing where to go (rule S13)."""
        for question in self.questions:
            yield from self._targets(question)

    def _targets(self, question: Question) -> Iterator[Highlight]:
        cells = [own(question, group) for group in self.questionnaire.contrast or ()]
        first, second = [goal(cell) for cell in cells] or [None, None]
        if first and second and cells[0] and cells[1]:
            apart = abs(first.points - second.points) >= FAR
            groups = [self.titles[group] for group in self.questionnaire.contrast or ()]
            yield Highlight(
                kind="targets-differ" if apart else "targets-agree",
                ids=(question.id,),
                figures={
                    "first": first.points,
                    "second": second.points,
                    "first_group": groups[0],
                    "second_group": groups[1],
                    "first_now": self._now(question, cells[0]),
                    "second_now": self._now(question, cells[1]),
                    "first_named": first.n,
                    "first_answers": cells[0].n,
                    "second_named": second.n,
                    "second_answers": cells[1].n,
                    "behind": "yes" if any(self._is_behind(question, cell) for cell in cells) else "no",
                },
            )
        told = self.questionnaire.contrast if first and second else ()
        for cell in question.groups:
            if cell.group not in (told or ()) and self._is_behind(question, cell) and cell.want:
                figures = {"group": self._title(cell), "now": cell.score, "want": cell.want.points}
                figures |= {"named": cell.want.n, "answers": cell.n}
                yield Highlight(kind="behind-target", ids=(question.id,), figures=figures)

    @staticmethod
    def _is_behind(question: Question, cell: QuestionGroup | None) -> bool:
        """Whether a group that is scored stands far below what it wants."""
        want = goal(cell)
        if cell is None or want is None or cell.score is None:
            return False
        return is_scored(question, cell) and want.points - cell.score >= FAR

    @staticmethod
    def _now(question: Question, cell: QuestionGroup | None) -> float | None:
        """Where a side that is scored says that it stands; expectations are no such place."""
        return cell.score if cell and is_scored(question, cell) else None

    def friction(self, sheet: Sheet) -> Iterator[Highlight]:
        """Friction with what chance alone would give, and who answers higher (rule S9)."""
        friction, contrast = sheet.friction, self.questionnaire.contrast
        if friction is None or contrast is None:
            return
        gaps = [question.gap.points for question in self.questions if question.gap]
        above = sum(gap > 0 for gap in gaps)
        below = sum(gap < 0 for gap in gaps)
        higher = contrast[1] if above >= below else contrast[0]
        figures = {
            "points": float(friction.points),
            "chance": friction.chance,
            "people": sum(sheet.tally.size(group) for group in contrast),
            "questions": len(gaps),
            "higher_group": self.titles[higher] if above != below else None,
            "higher_count": max(above, below) if above != below else None,
        }
        yield Highlight(kind="friction", ids=tuple(q.id for q in self.questions if q.gap), figures=figures)

    def could_not_say(self) -> Iterator[Highlight]:
        for question in self.questions:
            for cell in question.groups:
                if cell.dont_know and cell.dont_know >= MANY * cell.asked:
                    yield Highlight(
                        kind="could-not-say",
                        ids=(question.id,),
                        figures={
                            "group": self._title(cell),
                            "count": cell.dont_know,
                            "asked": cell.asked,
                        },
                    )


def formality_of(mapping: Evidence | None) -> str:
    """Whether the files say of any objective that somebody approved it: "recorded", or "unknown"."""
    return "unknown" if mapping and mapping.reason else "recorded"


def own(question: Question, group: str) -> QuestionGroup | None:
    """The shown cell that is `group` alone."""
    return first_of(cell for cell in question.groups if cell.group == group and not cell.hidden)


def goal(cell: QuestionGroup | None) -> Want | None:
    """What a cell wants; nothing where fewer than half of those who answered said so (rule S13)."""
    if cell is None or cell.want is None or 2 * cell.want.n < (cell.n or 0):
        return None
    return cell.want


def first_of(items: Iterable[T]) -> T | None:
    return next(iter(items), None)


def is_scored(question: Question, cell: QuestionGroup) -> bool:
    return all(group in question.scored for group in cell.pooled or (cell.group,))


def ends_of(sheet: Sheet, question: str, cell: str) -> tuple[int, int]:
    """How many answers of a cell lie in the lowest and in the highest third of the points."""
    answers = next(found for found in sheet.asked[question].cells if found.name == cell)
    return outer_thirds(sheet.points_counts(question, answers))
