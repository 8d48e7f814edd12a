"""Rules about ids: does each name something, of the right kind, once, and not itself? (CV102 to CV106)"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from functools import cache
from typing import Any, NamedTuple

from ..model.loops import loops
from ..model.plans import Objective, Placed, Plan
from ..problems import Hints, Path, Related, Severity
from .facts import Facts
from .nearby import Neighbours, slip
from .rule import Hit, Rule, of_objective, of_plan, of_suggestion, stands
from .wording import called, listed, plan_of

OBJECTIVE, PLAN, SUGGESTION = "an objective", "a plan", "a suggestion"


class Reference(NamedTuple):
    """An id that an item names: where, and what kind of thing it has to be."""

    placed: Placed[Any]
    steps: Path
    name: str
    kind: str


def references(facts: Facts) -> Iterator[Reference]:
    """Every id that some item names, except links to objectives, which `links_of` gives."""
    for objective in facts.objectives:
        for index, name in enumerate(objective.item.parent):
            yield Reference(objective, ("parent", index), name, OBJECTIVE)
        for index, name in enumerate(objective.item.enabled_by):
            yield Reference(objective, ("enabled_by", index), name, PLAN)
    for placed in facts.plans.plans:
        yield from links_of(placed)
        yield from _references_of(placed)


def links_of(placed: Placed[Plan]) -> Iterator[Reference]:
    for index, link in enumerate(placed.item.serves):
        yield Reference(placed, ("serves", index, "id"), link.id, OBJECTIVE)


def _references_of(placed: Placed[Plan]) -> Iterator[Reference]:
    plan = placed.item
    for index, name in enumerate(plan.part_of):
        yield Reference(placed, ("part_of", index), name, PLAN)
    for index, name in enumerate(plan.depends_on):
        yield Reference(placed, ("depends_on", index), name, PLAN)
    if plan.suggestion:
        yield Reference(placed, ("suggestion",), plan.suggestion, SUGGESTION)
    for index, result in enumerate(plan.results):
        if result.objective:
            yield Reference(placed, ("results", index, "objective"), result.objective, OBJECTIVE)


def kinds(facts: Facts) -> dict[str, Mapping[str, Placed[Any]]]:
    """What each kind of reference may name."""
    links = facts.links
    return {
        OBJECTIVE: links.objective_by_id,
        PLAN: links.plan_by_id,
        SUGGESTION: links.suggestion_by_id,
    }


MOST_BESIDE = 20
"""Links of a plan beside which a wrong one is expected."""


def find_dangling(facts: Facts) -> Iterator[Hit]:
    known = kinds(facts)
    neighbours = cache(lambda kind: Neighbours(known[kind]))
    before: Reference | None = None
    for reference in references(facts):
        if reference.name in known[reference.kind]:
            before = reference
            continue
        if reference.name in facts.plans.dropped:
            continue
        if reference.name not in facts.defined:
            beside = _links_beside(reference, facts) or (_links_beside(before, facts) if before else ())
            near = neighbours(reference.kind).of(reference.name, beside)
            yield _undefined(reference, near, known[reference.kind])
        elif reference.steps[0] != "serves":
            yield _of_wrong_kind(reference, known)
    yield from find_dangling_names(facts)


def _links_beside(reference: Reference, facts: Facts) -> tuple[str, ...]:
    """The first right links of the plan that names it."""
    item = reference.placed.item
    links = item.serves[:MOST_BESIDE] if isinstance(item, Plan) else ()
    return tuple(link.id for link in links if link.id in facts.links.objective_by_id)


def _undefined(reference: Reference, near: list[str], known: Mapping[str, Placed[Any]]) -> Hit:
    name = reference.name
    why = slip(name, near[0]) if near else ""
    near = near[:1] if why else near
    related = tuple(stands(known[each], f"{each} stands here") for each in near[:1])
    titles = [called(known[each].item) for each in near]
    hint = f"Nearest: {listed(titles, 'or')}{f' ({why})' if why else ''}." if near else ""
    return _hit(reference, f"names {name}, which is not defined.", hint, related)


def _of_wrong_kind(reference: Reference, known: Mapping[str, Mapping[str, Placed[Any]]]) -> Hit:
    found = next(kind for kind, items in known.items() if reference.name in items)
    item = known[found][reference.name]
    message = (
        f"names {called(item.item)} as its {reference.steps[0]}, but that is {found}, not {reference.kind}."
    )
    return _hit(reference, message, "", (stands(item, f"{reference.name} stands here"),))


def _hit(reference: Reference, message: str, hint: str, related: tuple[Related, ...]) -> Hit:
    placed = reference.placed
    brief = f"{reference.steps[0]} names {reference.name}"
    more: dict[str, Any] = {
        "named": f"{reference.steps[0]} {reference.name}",
        "hint": hint,
        "related": related,
    }
    if isinstance(placed.item, Objective):
        text = f"{placed.item.id}, {brief}"
        return of_objective(placed, f"{called(placed.item)} {message}", *reference.steps, brief=text, **more)
    return of_plan(placed, f"{plan_of(placed.item)} {message}", *reference.steps, brief=brief, **more)


def find_dangling_names(facts: Facts) -> Iterator[Hit]:
    """Units and managers that the files do not list, where they list any."""
    hints = Hints()
    units = dict.fromkeys(placed.item for placed in facts.plans.units)
    managers = dict.fromkeys(
        placed.item.name for placed in facts.plans.relationship_managers if placed.item.name
    )
    for placed in facts.plans.plans:
        plan = placed.item
        if units:
            for index, unit in _unlisted(plan.units, units):
                yield _unlisted_name(placed, "units", (index,), unit, hints.did_you_mean(unit, units))
        if managers and plan.relationship_manager and plan.relationship_manager not in managers:
            near = hints.did_you_mean(plan.relationship_manager, managers)
            yield _unlisted_name(placed, "relationship_manager", (), plan.relationship_manager, near)
    if not units:
        return
    for manager in facts.plans.relationship_managers:
        for index, unit in _unlisted(manager.item.serves, units):
            name = manager.item.name or "A relationship manager"
            message = f"{name} serves {unit}, which is not among the units."
            path = manager.path_to("serves", index)
            hint = hints.did_you_mean(unit, units)
            yield Hit(message, manager.file, path, f"{name} serves {unit}", hint, item=unit, named=name)


def _unlisted(names: Iterable[str], listed_names: Container[str]) -> Iterator[tuple[int, str]]:
    return ((index, name) for index, name in enumerate(names) if name not in listed_names)


def _unlisted_name(placed: Placed[Plan], field: str, steps: Path, name: str, hint: str) -> Hit:
    where = "units" if field == "units" else "relationship managers"
    message = f"{plan_of(placed.item)} names {name}, which is not among the {where}."
    brief = f"{field} names {name}"
    return of_plan(placed, message, field, *steps, brief=brief, named=f"{field} {name}", hint=hint)


def find_duplicate_ids(facts: Facts) -> Iterator[Hit]:
    first: dict[str, Placed[Any]] = {}
    everything: list[Placed[Any]] = [*facts.objectives, *facts.plans.plans, *facts.plans.suggestions]
    for placed in everything:
        earlier = first.setdefault(placed.item.id, placed)
        if earlier is placed:
            continue
        message = f"{called(placed.item)} has the id of {called(earlier.item)}."
        related = (stands(earlier, f"{called(earlier.item)} stands here", "id"),)
        if isinstance(placed.item, Plan):
            yield of_plan(placed, message, "id", related=related)
        elif isinstance(placed.item, Objective):
            yield of_objective(placed, message, "id", related=related)
        else:
            yield of_suggestion(placed, message, "id", brief="used before", related=related)


def find_duplicate_links(facts: Facts) -> Iterator[Hit]:
    for placed in facts.plans.plans:
        first: dict[str, int] = {}
        for index, link in enumerate(placed.item.serves):
            earlier = first.setdefault(link.id, index)
            if earlier != index:
                message = f"{plan_of(placed.item)} names {link.id} twice."
                related = (stands(placed, f"{link.id} is named here first", "serves", earlier),)
                steps = ("serves", index)
                more: dict[str, Any] = {"named": link.id, "objective": link.id, "related": related}
                yield of_plan(placed, message, *steps, brief=f"{link.id} twice", **more)


def find_cycles(facts: Facts) -> Iterator[Hit]:
    links = facts.links
    for loop in _loops(links.objective_by_id, "parent"):
        placed = links.objective_by_id[loop[0]]
        yield of_objective(placed, *_loop_words(loop, "parent"), brief=_round(loop), named="parent")
    for field in ("part_of", "depends_on"):
        for loop in _loops(links.plan_by_id, field):
            plan = links.plan_by_id[loop[0]]
            yield of_plan(plan, *_loop_words(loop, field), brief=_round(loop), named=field)


def _loops(items: Mapping[str, Placed[Any]], field: str) -> Iterator[list[str]]:
    """The loops that the ids in a field of the items form."""
    named = {name: getattr(placed.item, field) for name, placed in items.items()}
    return loops({name: others for name, others in named.items() if others})


def _loop_words(loop: list[str], field: str) -> tuple[str, str]:
    """The message, and the field where the loop begins."""
    return f"A loop of {field}: {_round(loop)}.", field


def _round(loop: list[str]) -> str:
    return " > ".join((*loop, loop[0]))


def find_links_to_plans(facts: Facts) -> Iterator[Hit]:
    known = kinds(facts)
    for reference in (each for placed in facts.plans.plans for each in links_of(placed)):
        name = reference.name
        if name in known[OBJECTIVE]:
            continue
        kind = PLAN if name in known[PLAN] else SUGGESTION
        if name not in known[kind]:
            continue
        target = known[kind][name]
        message = f"{plan_of(reference.placed.item)} serves {called(target.item)}, which is {kind}."
        hint = "Name the objective behind it, or write `part_of` if the one plan belongs to the other."
        related = (stands(target, f"{name} stands here"),)
        steps, brief = reference.steps, f"serves {name}"
        yield of_plan(reference.placed, message, *steps, brief=brief, named=name, hint=hint, related=related)


DANGLING = Rule(
    code="CV102",
    name="dangling-reference",
    severity=Severity.ERROR,
    finds=(
        "An id that is not defined, or is not what it should be: in serves, parent, part_of, enabled_by, "
        "depends_on, suggestion or results; a unit or a manager that is not listed, where the files list any."
    ),
    why="The mapping exists on paper only.",
    mend="Correct the id, or define what it names.",
    find=find_dangling,
    needs=(
        *("objectives.id", "plans.id", "suggestions.id"),
        *("units", "relationship_managers", "relationship_managers.name"),
    ),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [0-1]}
""",
)
DUPLICATE_ID = Rule(
    code="CV103",
    name="duplicate-id",
    severity=Severity.ERROR,
    finds="Two objectives, plans or suggestions that share an id, in one file or in several.",
    why="Reports count double, and a link may mean either.",
    mend="Give one of the two another id.",
    find=find_duplicate_ids,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Product search, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-01, title: Product search, serves: [O-1]}
""",
)
DUPLICATE_LINK = Rule(
    code="CV104",
    name="duplicate-link",
    severity=Severity.WARNING,
    finds="A plan that names the same objective twice.",
    why="It inflates coverage.",
    mend="Name each objective once.",
    find=find_duplicate_links,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1, O-1]}
""",
)
CYCLE = Rule(
    code="CV105",
    name="cycle",
    severity=Severity.ERROR,
    finds="Objectives whose parents, or plans whose part_of or depends_on, form a loop.",
    why="Nothing in the loop can start.",
    mend="Take one of these references out.",
    find=find_cycles,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], depends_on: [P-02]}
  - {id: P-02, title: Payment service, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], depends_on: [P-02]}
  - {id: P-02, title: Payment service, serves: [O-1], depends_on: [P-01]}
""",
)
LINK_TO_NON_OBJECTIVE = Rule(
    code="CV106",
    name="link-to-non-objective",
    severity=Severity.ERROR,
    finds="A link that names a plan or a suggestion where an objective belongs.",
    why="IT aligned with itself.",
    mend="Name the objective behind it.",
    find=find_links_to_plans,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Payment service, part_of: P-01}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Payment service, serves: [P-01]}
""",
)
RULES = (DANGLING, DUPLICATE_ID, DUPLICATE_LINK, CYCLE, LINK_TO_NON_OBJECTIVE)
