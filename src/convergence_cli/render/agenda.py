"""What to talk about and what to do, in words: the questions for the room, and the one thing."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ..results.score import OneThing, RoomQuestion, ScoreReport
from .figures import Figures, Sentences, titles_of
from .overview import missing_in_all, reason_for_advice
from .phrases import closed, counted, listed, opening, points

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
    """What to do, why, and how many points are missing there."""
    figures = Figures(thing.figures, list(thing.ids))
    because = next((advice.because for advice in report.advice if advice.id == thing.ids[0]), ())
    reasons = [reason_for_advice(each, report, titles_of(report)) for each in because]
    head = figures.text("title").rstrip(".") + (f": {listed(reasons)}" if reasons else "")
    there = figures.points("points")
    lie = "lies" if there == "1" else "lie"
    said = [closed(head), f"{there} of the {missing_in_all(report)} missing points {lie} there."]
    if thing.kind == "map-plans":
        serve = "serves" if len(figures.about) == 2 else "serve"
        said.append(f"{few(figures.about[1:])} {serve} no live, approved objective and no reason says why.")
    return said


def actions(thing: OneThing) -> dict[str, str]:
    """One action for each side, those of the check; advice brings its own."""
    if thing.kind != "map-plans":
        return {}
    figures = Figures(thing.figures, [])
    plan, owner = figures.text("plan"), in_brackets(figures, "owner")
    if figures.text("part") != "unapproved" or not figures.has("objective"):
        business = f"Name the objective that {plan} serves now"
        return {"business": f"{business}.", "it": f"Close {plan} if it serves none{owner}."}
    business = f"Write who approved {figures.text('objective')}, and when or where"
    return {
        "business": f"{business}{in_brackets(figures, 'objective_owner')}.",
        "it": f"Name an approved objective that {plan} serves now, or close it{owner}.",
    }


def in_brackets(figures: Figures, name: str) -> str:
    return f" ({figures.text(name)})" if figures.has(name) else ""
