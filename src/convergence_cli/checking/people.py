"""Rules about who speaks for a plan and who translates between the two sides (CV511, CV512)."""

from __future__ import annotations

from collections.abc import Iterator

from ..model.plans import Champion
from ..problems import Severity
from .facts import Facts
from .rule import Hit, Rule, of_file, of_plan
from .wording import plan_of


def find_no_champion(facts: Facts) -> Iterator[Hit]:
    for placed in facts.green_lit_plans:
        plan = placed.item
        champion = facts.links.whole(plan).champion
        if plan.no_objective_because or (champion and champion.side == "business"):
            continue
        lacks = f"no champion on the business side{_but(champion)}"
        yield of_plan(placed, f"{plan_of(plan)} has {lacks}.", "champion", lacks=lacks)


def _but(champion: Champion | None) -> str:
    """What the plan has instead."""
    if champion is None:
        return ""
    who = champion.name or "its champion"
    return f": {who} is on IT's" if champion.side == "it" else f": nobody says on which side {who} is"


def find_no_manager(facts: Facts) -> Iterator[Hit]:
    managers = [placed.item for placed in facts.plans.relationship_managers]
    tactical = {unit for manager in managers if manager.kind == "tactical" for unit in manager.serves}
    units = {placed.item: placed for placed in reversed(facts.plans.units)}
    for unit, placed in reversed(units.items()):
        if unit not in tactical:
            message = f"{unit} has no tactical relationship manager."
            yield Hit(message, placed.file, placed.path, f"{unit}, no tactical manager", item=unit)
    if not any(manager.kind == "strategic" for manager in managers):
        message = "The organisation has no strategic relationship manager."
        hint = "Deploy one: `relationship_managers: [{name: ..., kind: strategic}]`."
        yield of_file(facts, message, brief="no strategic manager", named="strategic", hint=hint)


NO_CHAMPION = Rule(
    code="CV511",
    name="no-champion",
    severity=Severity.WARNING,
    finds=(
        "A green-lit plan without a champion on the business side, itself or through part_of, unless it says "
        "why it has no objective."
    ),
    why="That the business champions a plan is the surest sign.",
    mend="Find the business leader who will speak for it: `champion: {name: ..., side: business}`.",
    find=find_no_champion,
    reads=("plans.champion",),
    looks_at=("plans.no_objective_because",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], champion: {name: CMO, side: business}}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], champion: {name: Head of data, side: it}}
""",
)
NO_MANAGER = Rule(
    code="CV512",
    name="no-relationship-manager",
    severity=Severity.WARNING,
    finds="A unit without a tactical, or an organisation without a strategic, relationship manager.",
    why="Nobody translates.",
    mend="Deploy one: `relationship_managers: [{name: ..., kind: tactical, serves: [...]}]`.",
    find=find_no_manager,
    needs=(
        *("units", "relationship_managers"),
        *("relationship_managers.kind", "relationship_managers.serves"),
    ),
    reads=("units", "relationship_managers"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
units: [Sales]
relationship_managers:
  - {name: J. Doe, kind: tactical, serves: [Sales]}
  - {name: A. Roe, kind: strategic}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
units: [Sales, Operations]
relationship_managers:
  - {name: J. Doe, kind: tactical, serves: [Sales]}
  - {name: A. Roe, kind: strategic}
""",
)
RULES = (NO_CHAMPION, NO_MANAGER)
