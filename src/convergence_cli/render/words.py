"""What stands out, in plain sentences: the same ones in every format.

The scoring room emits a highlight as data (kind, ids, figures); the function of that kind below
says which figures it speaks of. A kind that is not known here is spelled out figure by figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from ..results.score import Highlight, ScoreReport
from .phrases import amount, closed, counted, day, in_words, inside, listed, opening, percent, points, verb

Sentences = list[str]


def spoken(report: ScoreReport) -> ScoreReport:
    """``report`` with the ``text`` of every highlight filled in."""
    said = (h.model_copy(update={"text": " ".join(sentences(h, report))}) for h in report.highlights)
    return report.model_copy(update={"highlights": tuple(said)})


def by_subject(report: ScoreReport) -> list[Sentences]:
    """What stands out, with all that concerns one question or dimension said together."""
    titles = titles_of(report)
    said: dict[tuple[str, ...] | int, Sentences] = {}
    for number, highlight in enumerate(report.highlights):
        subject = highlight.ids if len(highlight.ids) == 1 else number
        first, *more = sentences(highlight, report)
        if subject in said:
            title = titles.get(highlight.ids[0], highlight.ids[0])
            first = opening(first.removeprefix(f"{opening(title)}: "))
        said.setdefault(subject, []).extend([first, *more])
    return list(said.values())


def sentences(highlight: Highlight, report: ScoreReport) -> Sentences:
    """One or a few sentences for ``highlight``, each ending in a full stop."""
    titles = titles_of(report)
    about = [titles.get(id, id) for id in highlight.ids]
    say = SAY.get(highlight.kind)
    if say is not None:
        try:
            return say(Figures(highlight.figures, about))
        except LookupError:
            pass
    return unknown(highlight, about)


def titles_of(report: ScoreReport) -> dict[str, str]:
    """The title of each dimension and question, by id; a question wins where both share one."""
    dimensions = {dimension.id: dimension.title for dimension in report.dimensions}
    return dimensions | {question.id: question.title for question in report.questions}


def unknown(highlight: Highlight, about: list[str]) -> Sentences:
    """A highlight of a kind that this module has no words for: its name, its subject, its figures."""
    figures = [
        f"{name.replace('_', ' ')} {amount(value) if isinstance(value, float) else value}"
        for name, value in highlight.figures.items()
        if value is not None
    ]
    head = opening(highlight.kind.replace("-", " ").replace("_", " "))
    subject = f" ({listed(about)})" if about else ""
    return [closed(f"{head}{subject}" + (f": {', '.join(figures)}" if figures else ""))]


@dataclass(frozen=True)
class Figures:
    """The figures of one highlight, and the titles (else the ids) of what it is about.

    A figure that is missing or null raises KeyError, a missing subject IndexError.
    """

    by_name: Mapping[str, float | str | None]
    about: list[str]

    def has(self, *names: str) -> bool:
        return all(self.by_name.get(name) is not None for name in names)

    def number(self, name: str) -> float:
        value = self.by_name.get(name)
        if not isinstance(value, int | float):
            raise KeyError(name)
        return value

    def text(self, name: str) -> str:
        value = self.by_name.get(name)
        if value is None:
            raise KeyError(name)
        return value if isinstance(value, str) else amount(value)

    def points(self, name: str) -> str:
        return points(self.number(name))

    def group(self, name: str) -> str:
        return inside(self.text(name))

    def yes(self, name: str) -> bool:
        return self.text(name) == "yes"

    @property
    def title(self) -> str:
        """The subject at the start of a sentence."""
        return opening(self.about[0])


def reliable_gap(figures: Figures) -> Sentences:
    """gap, first, second, first_group, second_group, first_scored, second_scored ("yes" or "no")."""
    scored = {side: figures.yes(f"{side}_scored") for side in ("first", "second")}
    both = scored["first"] == scored["second"]
    order = ("first", "second") if scored["second"] and not scored["first"] else ("second", "first")
    parts = []
    for side in order:
        who = figures.group(f"{side}_group")
        says = verb(who, "say", "says") if both or scored[side] else verb(who, "expect", "expects")
        parts.append(f"{who} {says} {figures.points(side)}")
    return [f"{figures.title}: {', '.join(parts)}."]


def no_reliable_gap(figures: Figures) -> Sentences:
    """questions, first_group, second_group."""
    sides = f"{figures.group('first_group')} and {figures.group('second_group')}"
    questions = figures.number("questions")
    where = "the one question" if questions == 1 else f"any of the {in_words(questions)} questions"
    return [f"No reliable difference between {sides} on {where} that both answered."]


def low_score(figures: Figures) -> Sentences:
    """score; and where people answered it: k of n of the group, label (of the best option counted)."""
    head = f"{figures.title}: the score is {figures.points('score')} of 100"
    if not figures.has("k", "n", "group"):
        return [f"{head}."]
    people = f"{figures.text('k')} of {figures.text('n')} {figures.group('group')}"
    if figures.has("label"):
        return [f'{head}; {people} answered "{figures.text("label")}" or worse.']
    return [f"{head}; {people} answered below the middle."]


def polarised(figures: Figures) -> Sentences:
    """group, low, high, n: answers in the lowest and the highest third, and all of them."""
    who = figures.group("group")
    ends = f"{figures.text('low')} answered low and {figures.text('high')} high, of {figures.text('n')}"
    return [f"{figures.title}: {who} {verb(who, 'are', 'is')} of two minds.", f"{opening(ends)}."]


def lowest_dimension(figures: Figures) -> Sentences:
    """score, overall."""
    against = f", against {figures.points('overall')} overall" if figures.has("overall") else ""
    return [f"{figures.title} is the lowest dimension: {figures.points('score')}{against}."]


def friction(figures: Figures) -> Sentences:
    """points, questions; chance and people, or null; higher_group and higher_count, or null."""
    questions = figures.number("questions")
    said = []
    if figures.has("higher_group", "higher_count"):
        who, higher = figures.group("higher_group"), figures.number("higher_count")
        every = (
            f"all {in_words(questions)}"
            if higher == questions
            else f"{in_words(higher)} of {in_words(questions)}"
        )
        answers = verb(who, "answer", "answers")
        where = f"{every} questions" if questions > 1 else "the one question that both answered"
        said.append(f"{opening(who)} {answers} higher on {where}.")
    mean = "the average difference between the two sides"
    said.append(f"Friction, {mean}, is {counted(float(figures.points('points')), 'point')}.")
    if figures.has("chance", "people"):
        people = opening(in_words(figures.number("people")))
        said.append(f"{people} people who see things alike would show about {figures.points('chance')}.")
    return said


def could_not_say(figures: Figures) -> Sentences:
    """group, count (answered don't know), asked."""
    who = figures.group("group")
    return [f"{figures.title}: {figures.text('count')} of {figures.text('asked')} {who} could not say."]


def behind_target(figures: Figures) -> Sentences:
    """group, now, want."""
    who = figures.group("group")
    says = f"{who} {verb(who, 'say', 'says')} {figures.points('now')}"
    return [f"{figures.title}: {says} and {verb(who, 'want', 'wants')} {figures.points('want')}."]


def targets_differ(figures: Figures) -> Sentences:
    """first, second (what each wants), first_group, second_group."""
    both = f"{wants(figures, 'first')}, {wants(figures, 'second')}"
    return [f"{figures.title}: the two sides disagree where to go; {both}."]


def targets_agree(figures: Figures) -> Sentences:
    """first, second (what each wants), first_group, second_group."""
    if figures.points("first") == figures.points("second"):
        return [f"{figures.title}: both sides want {figures.points('first')}."]
    both = f"{wants(figures, 'first')}, {wants(figures, 'second')}"
    return [f"{figures.title}: both sides want about the same ({both})."]


def wants(figures: Figures, side: str) -> str:
    who = figures.group(f"{side}_group")
    return f"{who} {verb(who, 'want', 'wants')} {figures.points(side)}"


def clipped_fact(figures: Figures) -> Sentences:
    """points; value, or count and of."""
    given = figures.text("value") if figures.has("value") else counted_of(figures, "")
    earned = figures.points("points")
    return [
        f"{figures.title}: {given} lies beyond what the questionnaire gives points for, so it earns {earned}."
    ]


def stated_unsupported(figures: Figures) -> Sentences:
    """file_count, file_of, stated_count, stated_of; source and date, or null; further ids are plans."""
    by = [day(figures.text(name)) for name in ("source", "date") if figures.has(name)]
    stated = counted_of(figures, "stated_") + (f" ({', '.join(by)})" if by else "")
    said = [f"{figures.title}: {counted_of(figures, 'file_')} by the plans file; {stated} was stated."]
    if plans := figures.about[1:]:
        said.append(f"The difference lies in {listed(plans)}.")
    return said


def counted_of(figures: Figures, prefix: str) -> str:
    return f"{figures.text(prefix + 'count')} of {figures.text(prefix + 'of')}"


def money_unmapped(figures: Figures) -> Sentences:
    """mapped, total, currency, share (mapped of total, 0..1)."""
    money = f"{figures.text('currency')} {figures.text('mapped')} of {figures.text('total')}"
    share = percent(figures.number("share"))
    return [f"By money, {money} ({share}) goes to plans that serve a live, approved objective."]


def uncovered_objective(figures: Figures) -> Sentences:
    """objective (its id), title, priority."""
    priority = f", {figures.text('priority')} priority" if figures.has("priority") else ""
    return [f'"{figures.text("title")}" ({figures.text("objective")}{priority}) has no plan.']


SAY: Mapping[str, Callable[[Figures], Sentences]] = {
    "reliable-gap": reliable_gap,
    "no-reliable-gap": no_reliable_gap,
    "low-score": low_score,
    "polarised": polarised,
    "lowest-dimension": lowest_dimension,
    "friction": friction,
    "could-not-say": could_not_say,
    "behind-target": behind_target,
    "targets-differ": targets_differ,
    "targets-agree": targets_agree,
    "clipped-fact": clipped_fact,
    "stated-unsupported": stated_unsupported,
    "money-unmapped": money_unmapped,
    "uncovered-objective": uncovered_objective,
}
