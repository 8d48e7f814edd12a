"""What stands out, in plain sentences: the same ones in every format.

The scoring room emits a highlight as data (kind, ids, figures); the function of that kind below
says which figures it speaks of. A kind that is not known here is spelled out figure by figure.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..results.score import Highlight, ScoreReport
from .agenda import actions, one_thing, room_question
from .figures import Figures, Sentences, dimension_points, titles_of
from .phrases import amount, closed, counted, in_words, listed, opening, percent, verb
from .say import with_words

MOST_IDS = 6


def spoken(report: ScoreReport) -> ScoreReport:
    """``report`` with the ``text`` of everything that the engine left as data filled in."""
    told = (h.model_copy(update={"text": " ".join(sentences(h, report))}) for h in report.highlights)
    asked = (q.model_copy(update={"text": " ".join(room_question(q, report))}) for q in report.for_the_room)
    thing = report.one_thing
    if thing is not None:
        update = {"text": " ".join(one_thing(thing, report)), **actions(thing)}
        thing = thing.model_copy(update=update)
    return with_words(report).model_copy(
        update={"highlights": tuple(told), "for_the_room": tuple(asked), "one_thing": thing}
    )


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
            return say(Figures(highlight.figures, about, report.levels))
        except LookupError:
            pass
    return unknown(highlight, about)


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


def reliable_gap(figures: Figures) -> Sentences:
    """gap, first, second, first_group, second_group, first_scored, second_scored ("yes" or "no")."""
    scored = {side: figures.yes(f"{side}_scored") for side in ("first", "second")}
    both = scored["first"] == scored["second"]
    order = ("first", "second") if scored["second"] and not scored["first"] else ("second", "first")
    parts = []
    for side in order:
        who = figures.text(f"{side}_group")
        says = verb(who, "say", "says") if both or scored[side] else verb(who, "expect", "expects")
        parts.append(f"{who} {says} {figures.points(side)}")
    return [f"{figures.title}: {', '.join(parts)}."]


def no_reliable_gap(figures: Figures) -> Sentences:
    """questions, first_group, second_group."""
    sides = f"{figures.text('first_group')} and {figures.text('second_group')}"
    questions = figures.number("questions")
    where = "the one question" if questions == 1 else f"any of the {in_words(questions)} questions"
    return [f"No reliable difference between {sides} on {where} that both answered."]


def low_score(figures: Figures) -> Sentences:
    """score; and where people answered it: k of n of the group, label (of the best option counted)."""
    head = f"{figures.title}: the score is {figures.points('score')} of 100"
    if not figures.has("k", "n", "group"):
        return [f"{head}."]
    people = f"{figures.text('k')} of {figures.text('n')} {figures.text('group')}"
    if figures.has("label"):
        return [f'{head}; {people} answered "{figures.text("label")}" or worse.']
    return [f"{head}; {people} answered below the middle."]


def polarised(figures: Figures) -> Sentences:
    """group, low, high, n: answers in the lowest and the highest third, and all of them."""
    who = figures.text("group")
    ends = f"{figures.text('low')} answered low and {figures.text('high')} high, of {figures.text('n')}"
    return [f"{figures.title}: {who} {verb(who, 'are', 'is')} of two minds.", f"{opening(ends)}."]


def lowest_dimension(figures: Figures) -> Sentences:
    """score, overall."""
    against = f", against {figures.overall('overall')} overall" if figures.has("overall") else ""
    score = dimension_points(figures.number("score"), figures.levels)
    return [f"{figures.title} is the lowest dimension: {score}{against}."]


def friction(figures: Figures) -> Sentences:
    """points, questions; chance and people, or null; higher_group and higher_count, or null."""
    questions = figures.number("questions")
    said = []
    if figures.has("higher_group", "higher_count"):
        who, higher = figures.text("higher_group"), figures.number("higher_count")
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
    who = figures.text("group")
    return [f"{figures.title}: {figures.text('count')} of {figures.text('asked')} {who} could not say."]


def behind_target(figures: Figures) -> Sentences:
    """group, now, want; named (how many said what they want) and answers, or null."""
    who = figures.text("group")
    says = f"{who} {verb(who, 'say', 'says')} {figures.points('now')}"
    wants = f"{verb(who, 'want', 'wants')} {figures.points('want')}{bracketed(goals(figures, ''))}"
    return [f"{figures.title}: {says} and {wants}."]


def targets_differ(figures: Figures) -> Sentences:
    """first, second (what each wants), first_group, second_group; or null: first_now and second_now,
    first_named and second_named (how many said what they want), first_answers and second_answers.
    """
    both = f"{wants(figures, 'first')}, {wants(figures, 'second')}"
    told = [f"the two sides disagree where to go; {both}", goals(figures, "first_", "second_")]
    return [f"{figures.title}: {'; '.join(filter(None, told))}."]


def targets_agree(figures: Figures) -> Sentences:
    """As targets-differ; and behind ("yes": a side stands far below)."""
    behind = ": behind, not in disagreement" if figures.has("behind") and figures.yes("behind") else ""
    if figures.points("first") == figures.points("second"):
        named = bracketed(goals(figures, "first_", "second_"))
        return [f"{figures.title}: both sides want {figures.points('first')}{named}{behind}."]
    told = (wants(figures, "first") + ", " + wants(figures, "second"), goals(figures, "first_", "second_"))
    return [f"{figures.title}: both sides want about the same ({'; '.join(filter(None, told))}){behind}."]


def goals(figures: Figures, *sides: str) -> str:
    """``9 of 13 and 5 of 7 named a goal``: how many of those who answered; nothing where it is not known."""
    if not all(figures.has(f"{side}named", f"{side}answers") for side in sides):
        return ""
    return f"{listed([share_of(figures, side) for side in sides])} named a goal"


def share_of(figures: Figures, side: str) -> str:
    """``9 of 13``; a goal can be named without an answer, so that there are more of them."""
    named, answers = figures.number(f"{side}named"), figures.number(f"{side}answers")
    return f"{amount(named)} of {amount(answers)}" if named <= answers else amount(named)


def bracketed(text: str) -> str:
    return f" ({text})" if text else ""


def wants(figures: Figures, side: str) -> str:
    who = figures.text(f"{side}_group")
    now = f" (now {figures.points(f'{side}_now')})" if figures.has(f"{side}_now") else ""
    return f"{who} {verb(who, 'want', 'wants')} {figures.points(side)}{now}"


def clipped_fact(figures: Figures) -> Sentences:
    """points; value, or count and of."""
    given = figures.text("value") if figures.has("value") else counted_of(figures, "")
    earned = figures.points("points")
    return [
        f"{figures.title}: {given} lies beyond what the questionnaire gives points for, so it earns {earned}."
    ]


def stated_unsupported(figures: Figures) -> Sentences:
    """file_count, file_of, stated_count, stated_of; source, or null; all and the ids of each part."""
    by = f" ({figures.text('source')})" if figures.has("source") else ""
    stated = f"{counted_of(figures, 'stated_')} were stated{by}"
    said = [f"{figures.title}: {counted_of(figures, 'file_')} by the plans file; {stated}."]
    if figures.has("all") and any(figures.has(part) for part in ("mapped", *PART_WORDS)):
        said += where_plans_stand(figures)
    elif others := figures.about[1:]:
        said.append(f"Against it {'stand' if len(others) > 1 else 'stands'} {some(others)}.")
    if figures.has("outside"):
        ids = figures.text("outside").split(", ")
        said.append(f"{some(ids)} {'is' if len(ids) == 1 else 'are'} outside the count.")
    return said


PART_WORDS = {
    "unapproved": ("serves an objective that nobody approved", "serve objectives that nobody approved"),
    "ended": ("serves one that is not in force", "serve ones that are not in force"),
    "excused": ("gives a reason instead", "give a reason instead"),
    "none": ("gives neither", "give neither"),
}
"""What the plans of each part of `plans-mapped` do: one plan, several."""


def where_plans_stand(figures: Figures) -> Sentences:
    """Every part of `plans-mapped` with the plans in it."""
    mapped = figures.text("mapped").split(", ") if figures.has("mapped") else []
    green = figures.text("file_of")
    serve = "serves" if len(mapped) == 1 else "serve"
    parts = [f"{len(mapped) or 'none'} {serve} {a_formal_objective(figures)}"]
    for part, (one, many) in PART_WORDS.items():
        if figures.has(part):
            ids = figures.text(part).split(", ")
            parts.append(f"{len(ids)} {one if len(ids) == 1 else many} ({some(ids)})")
    are = "is" if green == "1" else "are"
    said = [f"Of {figures.text('all')} plans, {green} {are} green-lit: {'; '.join(parts)}."]
    if figures.has("not-green-lit"):
        rest = figures.text("not-green-lit").split(", ")
        said.append(f"{some(rest)} {'is' if len(rest) == 1 else 'are'} not green-lit.")
    return said


def a_formal_objective(figures: Figures) -> str:
    """What a mapped plan serves; nobody's approval is spoken of where the files record none."""
    known = not figures.has("formality") or figures.text("formality") == "recorded"
    return "a live, approved objective" if known else "a live objective"


def some(ids: Sequence[str]) -> str:
    """The ids, or the first few of many."""
    return (
        listed(ids) if len(ids) <= MOST_IDS else f"{', '.join(ids[:MOST_IDS])} and {len(ids) - MOST_IDS} more"
    )


def counted_of(figures: Figures, prefix: str) -> str:
    return f"{figures.text(prefix + 'count')} of {figures.text(prefix + 'of')}"


def money_unmapped(figures: Figures) -> Sentences:
    """mapped, total, currency, share (mapped of total, 0..1); recorded (how many plans record a budget), or
    null; part and part_amount, with its plans' ids."""
    money = f"{figures.text('currency')} {figures.text('mapped')} of {figures.text('total')}".strip()
    share = percent(figures.number("share"))
    serve = a_formal_objective(figures)
    recorded = f"; {figures.text('recorded')}" if figures.has("recorded") else ""
    said = [f"By money, {money} green-lit ({share}) goes to plans that serve {serve}{recorded}."]
    if figures.has("part_amount") and figures.about:
        carry = "carries" if len(figures.about) == 1 else "carry"
        said.append(f"{some(figures.about)} {carry} {figures.text('part_amount')} of the rest.")
    return said


def uncovered_objective(figures: Figures) -> Sentences:
    """objective (its id), title, priority; planned ("yes" when a plan that is not green-lit serves it)."""
    priority = f", {figures.text('priority')} priority" if figures.has("priority") else ""
    plan = "no green-lit plan" if figures.has("planned") and figures.yes("planned") else "no plan"
    return [f'"{figures.text("title")}" ({figures.text("objective")}{priority}) has {plan}.']


def uncovered_objectives(figures: Figures) -> Sentences:
    """count, priority; the ids are those of the objectives."""
    number = opening(in_words(figures.number("count")))
    priority = figures.text("priority")
    return [f"{number} objectives of {priority} priority have no green-lit plan: {some(figures.about)}."]


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
    "stated-otherwise": stated_unsupported,
    "money-unmapped": money_unmapped,
    "uncovered-objective": uncovered_objective,
    "uncovered-objectives": uncovered_objectives,
}
