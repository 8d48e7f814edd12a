"""Rules about objectives: does anybody work on them, can they be met, whose are they? (CV201 to CV207)"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..model.plans import Objective, Placed, Plan
from ..problems import Severity
from .facts import Facts
from .rule import Hit, Rule, of_file, of_objective, of_plan, stands
from .wording import called, listed, percent, status_of

GATES = (
    ("min_plans_mapped", "plans-mapped", "plans mapped"),
    ("min_objectives_served", "objectives-served", "objectives served"),
    ("min_budget_mapped", "budget-mapped", "budget mapped"),
)
LIVE = ("objectives.status", "objectives.starts", "objectives.ends")
COVERING = ("plans", "plans.serves", "plans.part_of", "objectives", "objectives.parent")
NOT_LETTERS = re.compile(r"[\W_]+")


def objective_of(objective: Objective) -> str:
    """An objective by its id, title and owner."""
    return f"{called(objective)} ({objective.owner})" if objective.owner else called(objective)


def find_uncovered(facts: Facts) -> Iterator[Hit]:
    for placed in facts.live_objectives():
        objective = placed.item
        if objective.no_plan_because or objective.id in facts.covered:
            continue
        high = " (high)" if objective.priority == "high" else ""
        message = f"{objective_of(objective)} has no plan{', though it is of high priority' if high else ''}."
        yield of_objective(placed, message, brief=f"{objective.id}{high} has no plan")


def find_covered_on_paper(facts: Facts) -> Iterator[Hit]:
    on_paper = facts.covered - facts.links.served_by(lambda plan: plan.is_green_lit)
    for placed in facts.live_objectives():
        if placed.item.id not in on_paper:
            continue
        plans = facts.plans_of(placed.item)
        said = listed([f"{called(each.item)} ({status_of(each.item)})" for each in plans])
        message = f"Nobody works on {objective_of(placed.item)}: it has only {said}."
        brief = (
            f"{placed.item.id}, only {listed([f'{each.item.id} ({status_of(each.item)})' for each in plans])}"
        )
        yield of_objective(placed, message, brief=brief, related=(stands_plan(plans[0]),))


def stands_plan(placed: Placed[Plan]) -> Any:
    return stands(placed, f"{placed.item.id} stands here")


def find_single_thread(facts: Facts) -> Iterator[Hit]:
    for placed in facts.live_objectives():
        if placed.item.priority != "high":
            continue
        plans = facts.plans_of(placed.item)
        why = _why_thin(facts, plans[0].item) if len(plans) == 1 else ""
        if why:
            only = plans[0]
            rests = f"rests on {called(only.item)}, which {why}"
            message = f"{objective_of(placed.item)} is of high priority and {rests}."
            brief = f"{placed.item.id} rests on {only.item.id}, which {why}"
            yield of_objective(placed, message, brief=brief, named=only.item.id, related=(stands_plan(only),))


def _why_thin(facts: Facts, plan: Plan) -> str:
    if plan.status == "on-hold":
        return "is on hold"
    recorded = "plans.budget" in facts.recorded
    unfunded = recorded and not facts.links.has_budget(plan) and not plan.is_delivered
    return "has no budget" if unfunded else ""


def find_unmeasurable(facts: Facts) -> Iterator[Hit]:
    for placed in facts.objectives:
        objective = placed.item
        if objective.is_over(facts.today) or any(each.target and each.by for each in objective.measures):
            continue
        message = f"{objective_of(objective)} has no measure with a target and a date."
        yield of_objective(placed, message, "measures")


def find_it_owned(facts: Facts) -> Iterator[Hit]:
    owners_recorded = "objectives.owner" in facts.recorded
    for placed in facts.objectives:
        objective = placed.item
        if objective.is_over(facts.today):
            continue
        if objective.owner_side == "it":
            message = f"{objective_of(objective)} is owned by IT."
            yield of_objective(placed, message, "owner_side", brief=f"{objective.id}, owned by IT")
        elif owners_recorded and objective.owner is None:
            message = f"{called(objective)} has no owner."
            yield of_objective(placed, message, "owner", brief=f"{objective.id}, no owner")


def find_near_duplicates(facts: Facts) -> Iterator[Hit]:
    for placed, earlier in _alike(facts.objectives):
        words = _alike_words(placed, earlier)
        yield of_objective(
            placed, words, "title", brief=_alike_brief(placed, earlier), **_alike_more(earlier)
        )
    for plan, first in _alike(facts.going_plans):
        yield of_plan(
            plan, _alike_words(plan, first), "title", brief=f"as {first.item.id}", **_alike_more(first)
        )


def _alike(items: Sequence[Placed[Any]]) -> Iterator[tuple[Placed[Any], Placed[Any]]]:
    """Each item whose title was there before, with the first of that title."""
    first: dict[str, Placed[Any]] = {}
    for placed in items:
        plain = NOT_LETTERS.sub("", placed.item.title.casefold()) or placed.item.title
        earlier = first.setdefault(plain, placed)
        if earlier is not placed and earlier.item.id != placed.item.id:
            yield placed, earlier


def _alike_words(placed: Placed[Any], earlier: Placed[Any]) -> str:
    return f"{called(placed.item)} has the same title as {called(earlier.item)}."


def _alike_brief(placed: Placed[Any], earlier: Placed[Any]) -> str:
    return f"{placed.item.id}, as {earlier.item.id}"


def _alike_more(earlier: Placed[Any]) -> dict[str, Any]:
    related = (stands(earlier, f"{earlier.item.id} stands here", "title"),)
    return {"named": earlier.item.id, "related": related}


def find_gates_missed(facts: Facts) -> Iterator[Hit]:
    for option, name, words in GATES:
        least = getattr(facts.options, option)
        found = facts.indicator(name)
        if least is None or found is None:
            continue
        if found.count is None or not found.of:
            why = f"cannot be counted: {found.reason}"
            message = f"The share of {words}, at least {percent(least)}, {why}."
            yield of_file(facts, message, brief=f"{words}: not countable", named=name)
        elif found.count / found.of < least:
            share = f"{found.count:,.0f} of {found.of:,.0f}"
            message = f"{words.capitalize()}: {share}, below the minimum of {percent(least)}."
            yield of_file(facts, message, brief=f"{words}: {share}, minimum {percent(least)}", named=name)


UNCOVERED = Rule(
    code="CV201",
    name="uncovered-objective",
    severity=Severity.WARNING,
    finds="A live objective without a plan, its own or one of an objective below it, and without a reason.",
    why="A goal IT does nothing for.",
    mend='Link the plan that serves it, or write `no_plan_because: "..."`.',
    find=find_uncovered,
    looks_at=(*LIVE, "objectives.no_plan_because"),
    needs=COVERING,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
  - {id: O-2, title: Train the sales force, no_plan_because: needs no IT}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
  - {id: O-2, title: Halve returns}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
)
PAPER_COVERAGE = Rule(
    code="CV202",
    name="paper-coverage",
    severity=Severity.WARNING,
    finds="A live objective whose plans are all proposed or on hold.",
    why="It looks covered, and nobody works on it.",
    mend="Decide on one of its plans.",
    find=find_covered_on_paper,
    looks_at=LIVE,
    needs=COVERING,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: green-lit}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: proposed}
""",
)
SINGLE_THREAD = Rule(
    code="CV203",
    name="single-thread",
    severity=Severity.WARNING,
    finds="A live objective of high priority with one plan, on hold or (where budgets are kept) unfunded.",
    why="A single point of failure for the strategy.",
    mend="Fund or restart the plan, or give the objective another.",
    find=find_single_thread,
    looks_at=(*LIVE, "plans.status", "plans.budget"),
    needs=COVERING,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, priority: high}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Product search, serves: [O-1], status: on-hold}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, priority: high}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], status: on-hold}
""",
)
UNMEASURABLE = Rule(
    code="CV204",
    name="unmeasurable-objective",
    severity=Severity.WARNING,
    finds="An objective, not yet over, without a measure that has a target and a date.",
    why="Goals met cannot be counted.",
    mend="Write a measure: `measures: [{name: ..., target: ..., by: ...}]`.",
    find=find_unmeasurable,
    reads=("objectives.measures",),
    looks_at=LIVE,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, measures: [{name: Share, target: 30, unit: "%", by: 2027-12-31}]}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, measures: [{name: Share, target: 30, unit: "%"}]}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
)
IT_OWNED = Rule(
    code="CV205",
    name="it-owned-objective",
    severity=Severity.WARNING,
    finds="An objective, not yet over, without an owner (where owners are kept), or whose owner sits in IT.",
    why="A business objective needs a business owner.",
    mend="Name the business leader who answers for it.",
    find=find_it_owned,
    reads=("objectives.owner",),
    looks_at=LIVE,
    partly=True,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales, owner: CMO}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales, owner: CIO, owner_side: it}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
)
NEAR_DUPLICATE = Rule(
    code="CV206",
    name="near-duplicate",
    severity=Severity.INFO,
    finds="Two objectives, or two plans, whose titles are the same but for case, punctuation and spaces.",
    why="It splits coverage and credit.",
    mend="Keep one of the two, or tell them apart by their titles.",
    find=find_near_duplicates,
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: New checkout for the Nordic shop, serves: [O-1]}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: new check-out, serves: [O-1]}
""",
)
COVERAGE_GATE = Rule(
    code="CV207",
    name="coverage-gate",
    severity=Severity.ERROR,
    finds="A share of plans mapped, of objectives served or of budget mapped below the minimum that is set.",
    why="One number for the steering committee.",
    mend="Link what is not linked, or set another minimum.",
    find=find_gates_missed,
    needs=(*COVERING, *LIVE, "plans.status", "plans.budget", "objectives.approved", "currency"),
    off=True,
    options={"min_plans_mapped": 0.75},
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
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Network renewal, no_objective_because: keeps the lights on}
""",
)
RULES = (
    UNCOVERED,
    PAPER_COVERAGE,
    SINGLE_THREAD,
    UNMEASURABLE,
    IT_OWNED,
    NEAR_DUPLICATE,
    COVERAGE_GATE,
)
