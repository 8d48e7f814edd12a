"""Rules about ideas: where did a plan come from, what became of a suggestion? (CV501 to CV504)"""

from __future__ import annotations

from collections.abc import Iterator

from ..problems import Severity
from .facts import Facts
from .rule import Hit, Rule, of_plan, of_suggestion, stands
from .wording import called, days, plan_of


def find_no_origin(facts: Facts) -> Iterator[Hit]:
    for placed in facts.green_lit_plans:
        if placed.item.origin is None:
            message = f"{plan_of(placed.item)} does not say whose idea it was."
            yield of_plan(placed, message, "origin", lacks="origin")


def find_unrecorded(facts: Facts) -> Iterator[Hit]:
    for placed in facts.going_plans:
        if placed.item.origin == "it-suggestion" and placed.item.suggestion is None:
            message = f"{plan_of(placed.item)} came from an IT suggestion, and names none."
            yield of_plan(placed, message, "origin")


def find_mismatched(facts: Facts) -> Iterator[Hit]:
    named = {placed.item.suggestion for placed in facts.plans.plans}
    for placed in facts.plans.suggestions:
        if placed.item.status == "accepted" and placed.item.id not in named:
            message = f"{called(placed.item)} was accepted, and no plan names it."
            yield of_suggestion(placed, message, "status", brief="accepted, and no plan names it")
    for plan in facts.going_plans:
        suggestion = facts.links.suggestion_by_id.get(plan.item.suggestion or "")
        if suggestion and suggestion.item.status == "declined":
            message = f"{plan_of(plan.item)} comes from {called(suggestion.item)}, which was declined."
            name = suggestion.item.id
            related = (stands(suggestion, f"{name} stands here"),)
            yield of_plan(
                plan, message, "suggestion", brief=f"{name} was declined", item=name, related=related
            )


def find_unanswered(facts: Facts) -> Iterator[Hit]:
    for placed in facts.plans.suggestions:
        suggestion = placed.item
        if suggestion.status != "open" or suggestion.on is None:
            continue
        age = (facts.today - suggestion.on).days
        if age > facts.options.idea_days:
            by = f" by {suggestion.by}" if suggestion.by else ""
            message = f"{called(suggestion)}{by} has been open for {days(age)}."
            yield of_suggestion(placed, message, brief=days(age))


NO_ORIGIN = Rule(
    code="CV501",
    name="no-origin",
    severity=Severity.WARNING,
    finds="A green-lit plan that does not say whose idea it was.",
    why="How many of IT's ideas are taken up can only be counted when it is written down.",
    mend="Write `origin: it-suggestion`, `business-request`, `joint` or `mandate`.",
    find=find_no_origin,
    reads=("plans.origin",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], origin: joint}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], origin: joint}
  - {id: P-02, title: Product search, serves: [O-1]}
""",
)
UNRECORDED_SUGGESTION = Rule(
    code="CV502",
    name="unrecorded-suggestion",
    severity=Severity.WARNING,
    finds="A plan of origin it-suggestion that names no suggestion, where the files keep suggestions.",
    why="An idea that nobody recorded cannot be counted as taken up.",
    mend="Record the suggestion, and name it: `suggestion: S-01`.",
    find=find_unrecorded,
    reads=("suggestions",),
    looks_at=("plans.suggestion",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], origin: it-suggestion, suggestion: S-01}
suggestions:
  - {id: S-01, title: Checkout on one page, side: it, status: accepted}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], origin: it-suggestion}
suggestions:
  - {id: S-01, title: Voice ordering, side: it, status: declined}
""",
)
IDEA_MISMATCH = Rule(
    code="CV503",
    name="idea-mismatch",
    severity=Severity.WARNING,
    finds="An accepted suggestion that no plan names, or a declined one that a plan names.",
    why="A yes that led nowhere.",
    mend="Name the suggestion in the plan that came of it, or correct its status.",
    find=find_mismatched,
    needs=("plans", "plans.suggestion"),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], suggestion: S-01}
suggestions:
  - {id: S-01, title: Checkout on one page, side: it, status: accepted}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
suggestions:
  - {id: S-01, title: Checkout on one page, side: it, status: accepted}
""",
)
UNANSWERED_IDEA = Rule(
    code="CV504",
    name="unanswered-idea",
    severity=Severity.WARNING,
    finds="A suggestion that has been open for more than `idea_days` (90).",
    why="Ideas without an answer stop coming.",
    mend="Answer it: `status: accepted` or `status: declined`.",
    find=find_unanswered,
    looks_at=("suggestions.status",),
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
suggestions:
  - {id: S-01, title: Checkout on one page, side: it, on: 2026-10-05, status: open}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
suggestions:
  - {id: S-01, title: Checkout on one page, side: it, on: 2026-03-02, status: open}
""",
)
RULES = (NO_ORIGIN, UNRECORDED_SUGGESTION, IDEA_MISMATCH, UNANSWERED_IDEA)
