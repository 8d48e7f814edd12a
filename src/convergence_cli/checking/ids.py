"""Rules about ids: does each name something, of the right kind, once, and not itself? (CV102 to CV106)"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from ..model.loops import loops
from ..model.plans import Objective, Placed, Plan, RelationshipManager, Suggestion
from ..problems import MOST_HINTS, Hints, Path
from .found import Found, at, hit, stands
from .nearby import Neighbours, slip
from .portfolio import Portfolio
from .rule import PLANS, error, sample, warning
from .wording import called, in_full, listed

OBJECTIVE, PLAN, SUGGESTION = "an objective", "a plan", "a suggestion"
UNIT, MANAGER = "units", "relationship managers"
REFERENCES: Mapping[type, tuple[tuple[str, str, str], ...]] = {
    Objective: (("parent", "", OBJECTIVE), ("enabled_by", "", PLAN)),
    Plan: (
        ("serves", "id", OBJECTIVE),
        ("part_of", "", PLAN),
        ("depends_on", "", PLAN),
        ("suggestion", "", SUGGESTION),
        ("results", "objective", OBJECTIVE),
        ("units", "", UNIT),
        ("relationship_manager", "", MANAGER),
    ),
    RelationshipManager: (("serves", "", UNIT),),
}
"""The fields that name an id, where it stands inside an entry of theirs, and what it has to be."""


class Reference(NamedTuple):
    """An id that an item names: where, and what kind of thing it has to be."""

    placed: Placed[Any]
    steps: Path
    name: str
    kind: str


def references(placed: Placed[Any]) -> Iterator[Reference]:
    """Every id, unit and manager that an item names."""
    for field, inner, kind in REFERENCES[type(placed.item)]:
        value = getattr(placed.item, field)
        if isinstance(value, str):
            yield Reference(placed, (field,), value, kind)
        for index, entry in enumerate(value if isinstance(value, tuple) else ()):
            if name := getattr(entry, inner) if inner else entry:
                yield Reference(placed, (field, index, inner) if inner else (field, index), name, kind)


def kinds(portfolio: Portfolio) -> Mapping[str, Mapping[str, Placed[Any]]]:
    """What each kind of reference may name."""
    links = portfolio.links
    return {OBJECTIVE: links.objective_by_id, PLAN: links.plan_by_id, SUGGESTION: links.suggestion_by_id}


@error(
    "CV102",
    finds="An id that is not defined, or is not what it should be: in serves, parent, part_of, enabled_by, "
    "depends_on, suggestion or results; a unit or a manager that is not listed, where the files list any.",
    why="The mapping exists on paper only.",
    mend="Correct the id, or define what it names.",
    needs=(
        *("objectives.id", "plans.id", "suggestions.id"),
        *("units", "relationship_managers", "relationship_managers.name"),
    ),
    good=sample(),
    bad=sample().replace("[O-1]", "[0-1]"),
)
def dangling_reference(portfolio: Portfolio) -> Iterator[Found]:
    known = kinds(portfolio)
    neighbours = cache(lambda kind: Neighbours(known[kind]))
    names, hints, told = listed_names(portfolio), Hints(), 0
    for placed in (*portfolio.objectives_and_plans, *portfolio.plans.relationship_managers):
        for each in references(placed):
            if each.kind in names:
                if names[each.kind] and each.name not in names[each.kind]:
                    yield unlisted(each, hints.did_you_mean(each.name, names[each.kind]))
            elif each.name in known[each.kind]:
                continue
            elif each.name not in portfolio.defined:
                told += 1
                near = neighbours(each.kind).of(each.name) if told <= MOST_HINTS else []
                yield undefined(each, near, known[each.kind])
            elif each.name not in portfolio.plans.dropped and each.steps[0] != "serves":
                yield of_wrong_kind(each, known)


def listed_names(portfolio: Portfolio) -> Mapping[str, Mapping[str, None]]:
    """The units and the managers that the files list; where they list none, any may be named."""
    managers = (each.item.name for each in portfolio.plans.relationship_managers)
    return {
        UNIT: dict.fromkeys(each.item for each in portfolio.plans.units),
        MANAGER: dict.fromkeys(name for name in managers if name),
    }


def undefined(reference: Reference, near: list[str], known: Mapping[str, Placed[Any]]) -> Found:
    why = slip(reference.name, near[0]) if near else ""
    near = near[:1] if why else near
    titles = [called(known[each].item) for each in near]
    hint = f"Nearest: {listed(titles, 'or')}{f' ({why})' if why else ''}." if near else ""
    related = stands(*(known[each] for each in near[:1]))
    return wrong(reference, f"names {reference.name}, which is not defined.", hint=hint, related=related)


def of_wrong_kind(reference: Reference, known: Mapping[str, Mapping[str, Placed[Any]]]) -> Found:
    name, field = reference.name, reference.steps[0]
    kind = next(kind for kind, items in known.items() if name in items)
    item = known[kind][name]
    message = f"names {called(item.item)} as its {field}, but that is {kind}, not {reference.kind}."
    return wrong(reference, message, related=stands(item))


def wrong(reference: Reference, message: str, **more: Any) -> Found:
    item, field = reference.placed.item, reference.steps[0]
    who, brief, named = called(item), f"{field} names {reference.name}", f"{field} {reference.name}"
    if isinstance(item, Plan):
        who = in_full(item)
    else:
        brief = f"{item.id}, {brief}"
    return at(reference.placed, hit(f"{who} {message}", *reference.steps, brief=brief, named=named, **more))


def unlisted(reference: Reference, hint: str) -> Found:
    name, manager = reference.name, reference.placed.item
    if isinstance(manager, Plan):
        return wrong(reference, f"names {name}, which is not among the {reference.kind}.", hint=hint)
    brief = f"{manager.name or 'A relationship manager'} serves {name}"
    message, path = f"{brief}, which is not among the units.", reference.placed.path_to(*reference.steps)
    more: dict[str, Any] = {"item": name, "named": manager.name or "A relationship manager"}
    return hit(message, *path, brief=brief, hint=hint, file=reference.placed.file, **more)


@error(
    "CV103",
    finds="Two objectives, plans or suggestions that share an id, in one file or in several.",
    why="Reports count double, and a link may mean either.",
    mend="Give one of the two another id.",
    good=sample("", "id: P-02, title: Product search, serves: [O-1]"),
    bad=sample("", "id: P-01, title: Product search, serves: [O-1]"),
)
def duplicate_id(portfolio: Portfolio) -> Iterator[Found]:
    first: dict[str, Placed[Any]] = {}
    for placed in (*portfolio.objectives_and_plans, *portfolio.plans.suggestions):
        earlier = first.setdefault(placed.item.id, placed)
        if earlier is not placed:
            other = called(earlier.item)
            related = stands(earlier, message=f"{other} stands here", steps=("id",))
            brief = "used before" if isinstance(placed.item, Suggestion) else ""
            message = f"{called(placed.item)} has the id of {other}."
            yield at(placed, hit(message, "id", brief=brief, related=related))


@warning(
    "CV104",
    finds="A plan that names the same objective twice.",
    why="It inflates coverage.",
    mend="Name each objective once.",
    good=sample(),
    bad=sample().replace("[O-1]", "[O-1, O-1]"),
)
def duplicate_link(portfolio: Portfolio) -> Iterator[Found]:
    for placed in portfolio.plans.plans:
        first: dict[str, int] = {}
        for index, link in enumerate(placed.item.serves):
            name = link.id
            if (earlier := first.setdefault(name, index)) != index:
                first_named = f"{name} is named here first"
                related = stands(placed, message=first_named, steps=("serves", earlier))
                message, brief = f"{in_full(placed.item)} names {name} twice.", f"{name} twice"
                found = hit(
                    message, "serves", index, brief=brief, objective=name, named=name, related=related
                )
                yield at(placed, found)


@error(
    "CV105",
    finds="Objectives whose parents, or plans whose part_of or depends_on, form a loop.",
    why="Nothing in the loop can start.",
    mend="Take one of these references out.",
    good=sample("depends_on: [P-02]", "id: P-02, title: Payment service, serves: [O-1]"),
    bad=sample("depends_on: [P-02]", "id: P-02, title: Payment service, serves: [O-1], depends_on: [P-01]"),
)
def cycle(portfolio: Portfolio) -> Iterator[Found]:
    links = portfolio.links
    sources: tuple[tuple[str, Mapping[str, Placed[Any]]], ...] = (
        ("parent", links.objective_by_id),
        ("part_of", links.plan_by_id),
        ("depends_on", links.plan_by_id),
    )
    for field, items in sources:
        named = {name: getattr(placed.item, field) for name, placed in items.items()}
        for loop in loops({name: others for name, others in named.items() if others}):
            shown = " > ".join((*loop, loop[0]))
            yield at(items[loop[0]], hit(f"A loop of {field}: {shown}.", field, brief=shown, named=field))


@error(
    "CV106",
    finds="A link that names a plan or a suggestion where an objective belongs.",
    why="IT aligned with itself.",
    mend="Name the objective behind it.",
    good=sample("", "id: P-02, title: Payment service, part_of: P-01"),
    bad=sample("", "id: P-02, title: Payment service, serves: [P-01]"),
).over(PLANS)
def link_to_non_objective(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
    known = kinds(portfolio)
    for index, link in enumerate(plan.serves):
        kind = next((kind for kind, items in known.items() if link.id in items), OBJECTIVE)
        if kind != OBJECTIVE:
            target, name = known[kind][link.id], link.id
            message = f"{in_full(plan)} serves {called(target.item)}, which is {kind}."
            hint = "Name the objective behind it, or write `part_of` if the one plan belongs to the other."
            related = stands(target)
            brief = f"serves {name}"
            yield hit(message, "serves", index, "id", brief=brief, named=name, hint=hint, related=related)
