"""What a rule is, and what it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from ..model.plans import ItemPlace, Objective, Placed, Plan, Suggestion
from ..problems import Path, Place, Related, Severity
from .facts import Facts


@dataclass(frozen=True, slots=True)
class Hit:
    """What a rule found. What it is about is known by ids alone, so that it is the same when lines move.

    `item` is the suggestion, the unit or the manager it is about, `named` the id or field that it names;
    `brief` says it in a few words. `lacks` is what a plan lacks: where one that it is part of lacks the same,
    the two are told as one.
    """

    message: str
    file: str
    path: Path = ()
    brief: str = ""
    hint: str = ""
    plan: str | None = None
    objective: str | None = None
    item: str | None = None
    named: str = ""
    lacks: str = ""
    owner: str | None = None
    related: tuple[Related, ...] = ()
    at_key: bool = False

    @property
    def places(self) -> Iterator[ItemPlace]:
        """The items that it is about or points to."""
        yield self.file, self.path[:2]
        for related in self.related:
            yield related.place.file or self.file, related.path[:2]

    @property
    def subjects(self) -> frozenset[str]:
        """The ids and names a waiver may give as `on`."""
        subjects = frozenset(name for name in (self.plan, self.objective, self.item) if name is not None)
        return subjects or frozenset({"file"})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule with its own proof: `good` is a file that keeps it, `bad` one that breaks it.

    `reads` names the optional fields without which the rule is silent; a rule that is `partly` silent runs
    all the same and asks for itself. Nothing is said of an item in which one of these fields, or of those
    that the rule also `looks_at`, could not be read, nor where that is so in an item that the finding points
    to. What a rule `needs` of every item, because it looks for what is missing or at all plans together, has
    to be read everywhere: else the rule is silent. `find` is None for what is found in reading, in waivers or
    in the baseline. `options` and `baseline` are what its two samples are checked with.
    """

    code: str
    name: str
    severity: Severity
    finds: str
    why: str
    mend: str
    good: str
    bad: str
    find: Callable[[Facts], Iterable[Hit]] | None = None
    reads: tuple[str, ...] = ()
    partly: bool = False
    looks_at: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    off: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    baseline: str = ""


def of_plan(placed: Placed[Plan], message: str, *steps: str | int, brief: str = "", **more: Any) -> Hit:
    """A finding about a plan, at the field that `steps` lead to."""
    plan = placed.item
    path = placed.path_to(*steps)
    text = f"{plan.id}, {brief}" if brief else plan.id
    return Hit(message, placed.file, path, text, plan=plan.id, owner=plan.owner, **more)


def of_objective(
    placed: Placed[Objective], message: str, *steps: str | int, brief: str = "", **more: Any
) -> Hit:
    """A finding about an objective, at the field that `steps` lead to."""
    objective = placed.item
    path = placed.path_to(*steps)
    text = brief or objective.id
    return Hit(message, placed.file, path, text, objective=objective.id, owner=objective.owner, **more)


def of_suggestion(
    placed: Placed[Suggestion], message: str, *steps: str | int, brief: str, **more: Any
) -> Hit:
    """A finding about a suggestion."""
    suggestion = placed.item
    text = f"{suggestion.id}, {brief}"
    return Hit(message, placed.file, placed.path_to(*steps), text, item=suggestion.id, **more)


def of_file(facts: Facts, message: str, *, brief: str, named: str, hint: str = "") -> Hit:
    """A finding about all plans together: it stands at the first file that holds plans."""
    files = [head.file for head in facts.plans.files if head.has_plans]
    return Hit(message, files[0] if files else "", brief=brief, named=named, hint=hint)


def stands(placed: Placed[Any], message: str, *steps: str | int) -> Related:
    """A second place that belongs to a finding."""
    return Related(message, Place(placed.file), placed.path_to(*steps))
