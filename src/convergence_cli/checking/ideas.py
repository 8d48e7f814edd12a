"""Rules about ideas and people: whose idea was it, who speaks for it, who translates? (CV501 to CV512)"""

from __future__ import annotations

from collections.abc import Iterator

from ..model.plans import Champion, Plan, Suggestion
from .found import Found, at, hit, of_file, stands
from .portfolio import Portfolio
from .rule import GOING, GREEN_LIT, SUGGESTIONS, sample, warning
from .wording import called, days, in_full

IDEA = "suggestions:\n  - {id: S-01, title: Checkout on one page, side: it, %s}\n"
ACCEPTED = IDEA % "status: accepted"
MANAGERS = """\
relationship_managers:
  - {name: J. Doe, kind: tactical, serves: [Sales]}
  - {name: A. Roe, kind: strategic}
"""


@warning(
    "CV501",
    finds="A green-lit plan that does not say whose idea it was.",
    why="How many of IT's ideas are taken up can only be counted when it is written down.",
    mend="Write `origin: it-suggestion`, `business-request`, `joint` or `mandate`.",
    reads=("plans.origin",),
    good=sample("origin: joint"),
    bad=sample("origin: joint", "id: P-02, title: Product search, serves: [O-1]"),
).over(GREEN_LIT)
def no_origin(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if plan.origin is None:
        yield hit(f"{in_full(plan)} does not say whose idea it was.", "origin", lacks="origin")


@warning(
    "CV502",
    finds="A plan of origin it-suggestion that names no suggestion, where the files keep suggestions.",
    why="An idea that nobody recorded cannot be counted as taken up.",
    mend="Record the suggestion, and name it: `suggestion: S-01`.",
    reads=("suggestions",),
    looks_at=("plans.suggestion",),
    good=sample("origin: it-suggestion, suggestion: S-01", end=ACCEPTED),
    bad=sample("origin: it-suggestion", end=IDEA % "status: declined"),
).over(GOING)
def unrecorded_suggestion(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    if plan.origin == "it-suggestion" and plan.suggestion is None:
        yield hit(f"{in_full(plan)} came from an IT suggestion, and names none.", "origin")


@warning(
    "CV503",
    finds="An accepted suggestion that no plan names, or a declined one that a plan names.",
    why="A yes that led nowhere.",
    mend="Name the suggestion in the plan that came of it, or correct its status.",
    needs=("plans", "plans.suggestion"),
    good=sample("suggestion: S-01", end=ACCEPTED),
    bad=sample(end=ACCEPTED),
)
def idea_mismatch(portfolio: Portfolio) -> Iterator[Found]:
    named = {placed.item.suggestion for placed in portfolio.plans.plans}
    for idea in portfolio.plans.suggestions:
        if idea.item.status == "accepted" and idea.item.id not in named:
            message = f"{called(idea.item)} was accepted, and no plan names it."
            yield at(idea, hit(message, "status", brief="accepted, and no plan names it"))
    for placed in GOING(portfolio):
        idea_named = portfolio.links.suggestion_by_id.get(placed.item.suggestion or "")
        if idea_named and idea_named.item.status == "declined":
            name = idea_named.item.id
            message = f"{in_full(placed.item)} comes from {called(idea_named.item)}, which was declined."
            related = stands(idea_named)
            found = hit(message, "suggestion", brief=f"{name} was declined", item=name, related=related)
            yield at(placed, found)


@warning(
    "CV504",
    finds="A suggestion that has been open for more than `idea_days` (90).",
    why="Ideas without an answer stop coming.",
    mend="Answer it: `status: accepted` or `status: declined`.",
    looks_at=("suggestions.status",),
    good=sample(end=IDEA % "on: 2026-10-05, status: open"),
    bad=sample(end=IDEA % "on: 2026-03-02, status: open"),
).over(SUGGESTIONS)
def unanswered_idea(idea: Suggestion, portfolio: Portfolio) -> Iterator[Found]:
    age = (portfolio.today - idea.on).days if idea.on else 0
    if idea.status == "open" and age > portfolio.options.idea_days:
        by = f" by {idea.by}" if idea.by else ""
        yield hit(f"{called(idea)}{by} has been open for {days(age)}.", brief=days(age))


@warning(
    "CV511",
    finds="A green-lit plan without a champion on the business side, itself or through part_of, unless it "
    "says why it has no objective.",
    why="That the business champions a plan is the surest sign.",
    mend="Find the business leader who will speak for it: `champion: {name: ..., side: business}`.",
    reads=("plans.champion",),
    looks_at=("plans.no_objective_because",),
    good=sample("champion: {name: CMO, side: business}"),
    bad=sample("champion: {name: Head of data, side: it}"),
).over(GREEN_LIT)
def no_champion(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    champion = portfolio.links.whole(plan).champion
    if not plan.no_objective_because and not (champion and champion.side == "business"):
        lacks = f"no champion on the business side{_but(champion)}"
        yield hit(f"{in_full(plan)} has {lacks}.", "champion", lacks=lacks)


def _but(champion: Champion | None) -> str:
    """What the plan has instead."""
    if champion is None:
        return ""
    who = champion.name or "its champion"
    return f": {who} is on IT's" if champion.side == "it" else f": nobody says on which side {who} is"


@warning(
    "CV512",
    finds="A unit without a tactical, or an organisation without a strategic, relationship manager.",
    why="Nobody translates.",
    mend="Deploy one: `relationship_managers: [{name: ..., kind: tactical, serves: [...]}]`.",
    needs=(
        *("units", "relationship_managers"),
        *("relationship_managers.kind", "relationship_managers.serves"),
    ),
    reads=("units", "relationship_managers"),
    good=sample(end=f"units: [Sales]\n{MANAGERS}"),
    bad=sample(end=f"units: [Sales, Operations]\n{MANAGERS}"),
)
def no_relationship_manager(portfolio: Portfolio) -> Iterator[Found]:
    managers = [placed.item for placed in portfolio.plans.relationship_managers]
    told = {unit for manager in managers if manager.kind == "tactical" for unit in manager.serves}
    for placed in portfolio.plans.units:
        unit = placed.item
        if unit not in told:
            told.add(unit)
            message, brief = f"{unit} has no tactical relationship manager.", f"{unit}, no tactical manager"
            yield hit(message, *placed.path, brief=brief, item=unit, file=placed.file)
    if not any(manager.kind == "strategic" for manager in managers):
        message = "The organisation has no strategic relationship manager."
        hint = "Deploy one: `relationship_managers: [{name: ..., kind: strategic}]`."
        yield of_file(portfolio, message, brief="no strategic manager", named="strategic", hint=hint)
