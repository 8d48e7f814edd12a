"""What stands out, as data: a kind, the ids it is about (its subject first) and the figures behind it.

Only what is sure stands out, and the widest of a kind first. `render` turns each into a sentence.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from ..model.questionnaire import Questionnaire
from ..results.common import Evidence
from ..results.digest import Digest, ObjectiveLine
from ..results.score import Fact, Highlight, Question, QuestionGroup, Stated, Want
from .estimates import outer_thirds
from .facts import MAPPING, MONEY
from .friction import friction
from .points import is_falling
from .questions import Say, number
from .survey import Survey, points_counts

LOW = 40.0
"""Points below which a question is worth naming for itself."""
FAR = 15.0
"""Points between now and wanted, or between two targets, that are worth naming."""
SURE = 3
"""People of whom it is worth saying how many answered low; as many as a level needs (rule S8)."""
SLIGHT = 5.0
"""Points below which a gap does not stand out, reliable or not (rule S9)."""
MANY = 0.2
"""Share of those asked who could not say that is worth naming."""
SEVERAL = 3
"""Objectives without a plan that are named one by one; more stand together."""
MOST_SPLIT = 2
"""Groups of two minds that are named one by one."""
MOST_LOW = 5
"""Questions with a low score that are named one by one."""
Figure = float | str | None
Goals = Sequence[tuple[QuestionGroup, Want]]
"""What each side wants."""


def highlight(kind: str, ids: Iterable[str], **figures: Figure) -> Highlight:
    return Highlight(kind=kind, ids=tuple(ids), figures=figures)


def yes(holds: bool) -> str:
    return "yes" if holds else "no"


@dataclass(frozen=True)
class Watch:
    """Looks through one report."""

    survey: Survey
    questions: Sequence[Question]
    digest: Digest
    say: Say

    @property
    def questionnaire(self) -> Questionnaire:
        return self.survey.questionnaire

    def highlights(self) -> tuple[Highlight, ...]:
        """Everything that stands out, one subject after the other.

        The kinds take turns in the order of their weight, so that sixty wide gaps do not hide the one
        objective that nobody works for.
        """
        kinds = (
            self.gaps(),
            self.unsupported(),
            self.unmapped_money(),
            self.uncovered(),
            self.lowest_dimension(),
            self.low(),
            self.targets(),
            self.friction(),
            self.behind(),
            self.polarised(),
            self.could_not_say(),
            self.clipped(),
        )
        found = [(turn, each) for kind in kinds for turn, each in enumerate(kind)]
        in_turn = sorted(found, key=lambda each: each[0])
        subjects = dict.fromkeys(each.subject for _, each in in_turn)
        return tuple(each for subject in subjects for _, each in found if each.subject == subject)

    def title(self, *groups: str) -> str:
        return " and ".join(self.say(self.questionnaire.group_by_id[group].title) for group in groups)

    def unsupported(self) -> Iterator[Highlight]:
        """Statements that say more than the plans file shows, or that count other things: with the parts
        that make the difference (rule S14).
        """
        for question in self.questions:
            fact = question.fact
            if fact is None or fact.stated is None:
                continue
            name = self.questionnaire.question_by_id[question.id].evidence or ""
            unsupported = is_unsupported(question, self.questionnaire)
            if not unsupported and (fact.stated.of == fact.of or name == MONEY):
                continue
            parts = self.digest.parts(name)
            against = (id for part in parts if part.role == "against" for id in part.ids)
            yield highlight(
                "stated-unsupported" if unsupported else "stated-otherwise",
                [question.id, *against],
                **both_figures(fact, fact.stated),
                all=sum(len(part.ids) for part in parts) or None,
                **{part.id: ", ".join(part.ids) for part in parts if part.ids},
                formality=formality_of(self.digest.indicator(name)),
            )

    def unmapped_money(self) -> Iterator[Highlight]:
        """Green-lit money that serves no live, approved objective, with the part that carries most of it."""
        money, mapping = self.digest.indicator(MONEY), self.digest.indicator(MAPPING)
        if not (money and mapping) or money.count is None or not money.of or money.count >= money.of:
            return
        rest = [part for part in mapping.parts if part.role == "against" and part.amounts]
        largest = max(rest, key=lambda part: part.amounts[0].amount, default=None)
        told = money.reason.figures if money.reason else {}
        about = next((q.id for q in self.questionnaire.facts if q.evidence in (MAPPING, MONEY)), MONEY)
        yield highlight(
            "money-unmapped",
            [about, *(largest.ids if largest else ())],
            mapped=money.count,
            total=money.of,
            share=money.count / money.of,
            formality=formality_of(mapping),
            recorded=told.get("recorded"),
            green_lit=told.get("of"),
            currency=next((amount.currency for part in mapping.parts for amount in part.amounts), ""),
            part=largest.id if largest else None,
            part_amount=largest.amounts[0].amount if largest else None,
        )

    def uncovered(self) -> Iterator[Highlight]:
        """Live objectives of high priority that no green-lit plan serves."""
        lines = list(filter(is_uncovered, self.digest.objectives))
        if len(lines) > SEVERAL:
            ids = [line.id for line in lines]
            yield highlight("uncovered-objectives", ids, count=len(ids), priority="high")
            return
        for line in lines:
            yield highlight(
                "uncovered-objective",
                [line.id],
                objective=line.id,
                title=line.title,
                priority=line.priority,
                planned=yes(line.planned),
            )

    def clipped(self) -> Iterator[Highlight]:
        for question in self.questions:
            fact = question.fact
            if fact and fact.clipped:
                amount = {"value": fact.value, "count": fact.count, "of": fact.of}
                yield highlight("clipped-fact", [question.id], points=question.score, **amount)

    def gaps(self) -> Iterator[Highlight]:
        """The reliable gaps, widest first."""
        for question in widest_first(self.questions):
            yield highlight("reliable-gap", [question.id], **self.sides(question))

    def sides(self, question: Question) -> dict[str, Figure]:
        figures: dict[str, Figure] = {"gap": question.gap.points if question.gap else None}
        for side, group in zip(("first", "second"), self.questionnaire.contrast or (), strict=True):
            cell = question.own(group)
            figures[side] = cell.score if cell else None
            figures[f"{side}_group"] = self.title(group)
            figures[f"{side}_scored"] = yes(group in question.scored)
        return figures

    def low(self) -> Iterator[Highlight]:
        """Questions with a low score, lowest first, with how many answered in the lower half; many as one."""
        own = [(q.score, q) for q in self.questions if q.score is not None and not q.fact and self.is_sure(q)]
        low = sorted((each for each in own if each[0] < LOW), key=lambda found: found[0])
        if len(low) > MOST_LOW:
            lowest = ", ".join(question.id for _, question in low[:SEVERAL])
            yield highlight("low-scores", (), count=len(low), of=len(own), below=LOW, lowest=lowest)
            return
        for score, question in low:
            cell = next(filter(question.is_scored, question.groups), None)
            plain = len(question.scored) == 1 and question.kind in ("scale", "choice")
            half = self.lower_half(question, cell) if plain and cell and (cell.n or 0) >= SURE else {}
            yield highlight("low-score", [question.id], score=score, **half)

    def is_sure(self, question: Question) -> bool:
        """Whether three people answered; one alone may do so where there are no two sides, as in an audit."""
        answered = sum(cell.n or 0 for cell in question.groups if question.is_scored(cell))
        return self.questionnaire.contrast is None or answered >= SURE

    def lower_half(self, question: Question, cell: QuestionGroup) -> dict[str, Figure]:
        direction = self.questionnaire.direction(self.questionnaire.question_by_id[question.id])
        counts = sorted(cell.counts, key=lambda count: count.value, reverse=direction == "lower-is-better")
        middle = counts[len(counts) // 2].value
        lower = list(takewhile(lambda count: count.value != middle, counts))
        if not lower:
            return {}
        k = sum(count.n for count in lower)
        return {"k": k, "n": cell.n, "group": self.title(*cell.members), "label": lower[-1].label}

    def polarised(self) -> Iterator[Highlight]:
        """Groups of two minds, those with most people at the ends first."""
        found = []
        for question in self.questions:
            for cell in question.groups:
                if cell.polarised:
                    answers = next(c for c in self.survey.asked[question.id].cells if c.name == cell.group)
                    low, high = outer_thirds(points_counts(answers, self.survey.scales[question.id]))
                    group = self.title(*cell.members)
                    each = highlight("polarised", [question.id], group=group, n=cell.n, low=low, high=high)
                    found.append((float(low + high), each))
        if len(found) > MOST_SPLIT:
            split = [each for _, each in sorted(found, key=lambda each: -each[0])]
            groups = dict.fromkeys(str(each.figures["group"]) for each in split)
            most = ", ".join(dict.fromkeys(each.subject for each in split))
            yield highlight("of-two-minds", (), groups=" and ".join(groups), questions=most)
            return
        yield from largest_first(found)

    def targets(self) -> Iterator[Highlight]:
        """The questions on which the two sides do not want the same, furthest apart first (rule S13)."""
        found = [(abs(sides[0][1].points - sides[1][1].points), q, sides) for q, sides in self.both_goals()]
        return largest_first(
            (far, self.two_targets("targets-differ", question, sides))
            for far, question, sides in found
            if far >= FAR
        )

    def behind(self) -> Iterator[Highlight]:
        """Where a side that is scored stands far below what it wants, furthest first; apart from disagreeing
        where to go."""
        agreed = {question.id: sides for question, sides in self.both_goals()}
        found = []
        for question in self.questions:
            behind = [(shortfall(question, cell), cell) for cell in question.groups]
            far, cell = max(behind, key=lambda each: each[0], default=(0.0, None))
            if cell is None or cell.want is None or far < FAR:
                continue
            sides = agreed.get(question.id, ())
            if not any(cell is side for side, _ in sides):
                want, group = cell.want.points, self.title(*cell.members)
                each = highlight("behind-target", [question.id], group=group, now=cell.score, want=want)
                found.append((far, each))
            elif abs(sides[0][1].points - sides[1][1].points) < FAR:
                found.append((far, self.two_targets("targets-agree", question, sides)))
        return largest_first(found)

    def both_goals(self) -> Iterator[tuple[Question, Goals]]:
        """The questions of which both sides of the contrast say what they want, with what that is."""
        for question in self.questions:
            cells = map(question.own, self.questionnaire.contrast or ())
            sides = [(cell, want) for cell in cells if cell and (want := goal(cell))]
            if len(sides) == 2:
                yield question, sides

    def two_targets(self, kind: str, question: Question, sides: Goals) -> Highlight:
        figures: dict[str, Figure] = {}
        for side, (cell, want) in zip(("first", "second"), sides, strict=True):
            figures |= {side: want.points, f"{side}_group": self.title(cell.group)}
        return highlight(kind, [question.id], **figures)

    def lowest_dimension(self) -> Iterator[Highlight]:
        """The lowest top dimension, where it hides behind a better overall (rule S5); one that is a single
        question stands out by that."""
        whole, lowest = number(self.survey.tree.value), self.survey.lowest
        score = number(lowest.value) if lowest and len(list(lowest.questions())) > 1 else None
        if lowest and score is not None and whole is not None and whole - score >= FAR:
            yield highlight("lowest-dimension", [lowest.id], score=score, overall=whole)

    def friction(self) -> Iterator[Highlight]:
        """Friction well beyond what chance alone would give, and who answers higher (rule S9)."""
        found, contrast = friction(self.survey), self.questionnaire.contrast
        if found is None or contrast is None or found.chance is None or found.points < found.chance + SLIGHT:
            return
        gaps = [question.gap.points for question in self.questions if question.gap]
        below, above = sum(gap < 0 for gap in gaps), sum(gap > 0 for gap in gaps)
        yield highlight(
            "friction",
            (),
            points=found.points,
            chance=found.chance,
            questions=len(gaps),
            higher_group=self.title(contrast[above > below]) if above != below else None,
            higher_count=max(above, below) if above != below else None,
        )

    def could_not_say(self) -> Iterator[Highlight]:
        found = []
        for question, cell, count in silent(self.questions):
            group = self.title(*cell.members)
            each = highlight("could-not-say", [question.id], group=group, count=count, asked=cell.asked)
            found.append((count / cell.asked, each))
        return largest_first(found)


def largest_first(found: Iterable[tuple[float, Highlight]]) -> Iterator[Highlight]:
    return (each for _, each in sorted(found, key=lambda each: -each[0]))


def widest_first(questions: Iterable[Question]) -> list[Question]:
    """Those on which the two sides differ reliably, and by more than a trifle."""
    telling = [(abs(q.gap.points), q) for q in questions if q.gap and q.gap.reliable]
    return [q for size, q in sorted(telling, key=lambda found: -found[0]) if size >= SLIGHT]


def silent(questions: Iterable[Question]) -> Iterator[tuple[Question, QuestionGroup, int]]:
    """The groups of which many could not answer a question, and how many."""
    for question in questions:
        for cell in question.groups:
            if cell.dont_know and cell.asked >= SURE and cell.dont_know >= MANY * cell.asked:
                yield question, cell, cell.dont_know


def formality_of(mapping: Evidence | None) -> str:
    """Whether the files say of any objective that somebody approved it: "recorded", or "unknown"."""
    return "unknown" if mapping and mapping.reason else "recorded"


def goal(cell: QuestionGroup) -> Want | None:
    """What a cell wants; nothing where one person, or fewer than half of those who answered, said so."""
    return None if cell.want is None or cell.want.n < max(2, (cell.n or 0) / 2) else cell.want


def shortfall(question: Question, cell: QuestionGroup) -> float:
    """How many points a group that is scored stands below what it wants; expectations are no such place."""
    want = goal(cell)
    return want.points - cell.score if want and cell.score is not None and question.is_scored(cell) else 0.0


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


def both_figures(fact: Fact, said: Stated) -> dict[str, Figure]:
    """What the plans file shows, and what was stated."""
    shown: dict[str, Figure] = {"file_count": fact.count, "file_of": fact.of}
    return shown | {"stated_count": said.count, "stated_of": said.of, "source": said.source}


def is_uncovered(line: ObjectiveLine) -> bool:
    """Whether an objective of high priority has no green-lit plan, and no reason says why."""
    return line.priority == "high" and not line.served and not line.excused
