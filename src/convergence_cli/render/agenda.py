"""What to talk about and what to do, in words: the questions for the room, and the one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..results.score import OneThing, RoomQuestion, ScoreReport
from .figures import Figures, Sentences, titles_of
from .phrases import amount, counted, listed, opening, points

MOST_IDS = 6


def room_question(question: RoomQuestion, report: ScoreReport) -> Sentences:
    """The question, addressed by role where the answers are attributable."""
    titles = titles_of(report)
    groups = {group.group: group.title for group in report.respondents.groups}
    about = [titles.get(id, id) for id in question.ids]
    first, *more = ASK[question.kind](Figures({**question.figures, **groups_named(groups, question)}, about))
    return [f"{', '.join(question.owners)}: {first}" if question.owners else opening(first), *more]


def groups_named(groups: Mapping[str, str], question: RoomQuestion) -> dict[str, str]:
    group = question.figures.get("group")
    return {"group": groups.get(group, group)} if isinstance(group, str) else {}


def about_gap(figures: Figures) -> Sentences:
    low, high = sorted((figures.number("first"), figures.number("second")))
    title = figures.about[0]
    apart = f"on {title} one side stands at {points(low)} and the other at {points(high)}."
    return [apart, "Which recent case shows who is right?"]


def about_money(figures: Figures) -> Sentences:
    money = f"{figures.text('currency')} {figures.text('amount')}".strip()
    plan = f'{figures.about[0]} "{figures.text("title")}"'
    more = f" and {counted(len(figures.about) - 1, 'other plan')}" if len(figures.about) > 1 else ""
    serve, it = ("serve", "they go") if more else ("serves", "it goes")
    part = figures.text("part")
    if part == "ended":
        return [f"{plan}{more} ({money}) {serve} only what is not in force.", f"Who decides that {it} on?"]
    if part == "unapproved":
        return [f"{plan}{more} ({money}) {serve} what nobody approved.", "Who approves it?"]
    return [f"which objective {'do' if more else 'does'} {plan}{more} ({money}) serve, and who decides?"]


def about_objective(figures: Figures) -> Sentences:
    plan, ask = ("no plan", "Is that so?")
    if figures.yes("planned"):
        plan, ask = ("no plan that is green-lit", "Who decides?")
    return [f'"{figures.text("title")}" ({figures.about[0]}, high priority) has {plan}.', ask]


def about_statement(figures: Figures) -> Sentences:
    stated = f"{figures.text('stated_count')} of {figures.text('stated_of')}"
    shown = f"{figures.text('file_count')} of {figures.text('file_of')}"
    said = f"{figures.about[0]}: {stated} were stated, the plans file shows {shown}."
    return [said, "What explains it?"]


def about_silence(figures: Figures) -> Sentences:
    people = f"{figures.text('count')} of {figures.text('asked')} {figures.text('group')}"
    return [f"{people} could not say about {figures.about[0]}.", "What would they need to see?"]


def few(ids: Sequence[str]) -> str:
    """The ids, or how many there are and the first of them."""
    return listed(ids) if len(ids) <= MOST_IDS else f"{', '.join(ids[:3])} and {len(ids) - 3} other plans"


ASK: Mapping[str, Callable[[Figures], Sentences]] = {
    "gap": about_gap,
    "money": about_money,
    "objective": about_objective,
    "statement": about_statement,
    "silence": about_silence,
}


def one_thing(thing: OneThing, report: ScoreReport) -> Sentences:
    """What to do, and what it is worth in points and in level."""
    titles = titles_of(report)
    figures = Figures(thing.figures, [titles.get(id, id) for id in thing.ids], report.levels)
    subject = figures.about[0]
    if thing.kind == "map-plans":
        head = f"Give {few(figures.about[1:])} a live, approved objective: {subject} goes"
    else:
        head = f"{figures.text('title')}. One option up on {subject} takes it"
    moves = (
        f"from {figures.points('before')} to {figures.points('after')}, "
        f"and the overall from {figures.overall('overall')} to {figures.overall('overall_after')}"
    )
    return [f"{head} {moves}.", *level_after(thing, report)]


def level_after(thing: OneThing, report: ScoreReport) -> Sentences:
    """Whether that changes the level, and where the next one begins."""
    titles = {level.id: level.title for level in report.levels}
    before, after = thing.figures.get("level"), thing.figures.get("level_after")
    if not isinstance(after, str):
        return []
    if after != before:
        return [f'That is the level "{titles.get(after, after)}".']
    above = report.next_level
    start = f"; the next level begins at {amount(above.at_least)}" if above else ""
    return [f'That is still "{titles.get(after, after)}"{start}.']


def actions(thing: OneThing) -> dict[str, str]:
    """One action for each side; advice brings its own."""
    if thing.kind != "map-plans":
        return {}
    figures = Figures(thing.figures, [])
    return {"business": business_action(figures), "it": it_action(figures)}


def business_action(figures: Figures) -> str:
    if figures.has("objective", "objective_owner"):
        return f"Get {figures.text('objective')} approved ({figures.text('objective_owner')})."
    if figures.has("objective"):
        return f"Get {figures.text('objective')} approved."
    return "Name the objective that each of them serves, and have it approved."


def it_action(figures: Figures) -> str:
    for part in ("none", "ended"):
        if figures.has(f"{part}_plan"):
            plan = figures.text(f"{part}_plan")
            who = f" ({figures.text(f'{part}_owner')})" if figures.has(f"{part}_owner") else ""
            state = f"State what {plan} is for" if part == "none" else f"Name what {plan} serves now"
            return f"{state}, or stop it{who}."
    return "State which objective each of them serves, or stop it."
