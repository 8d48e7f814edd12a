"""What a rule finds: a finding that knows what it is about, and whether somebody accepts it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from ..model.plans import Objective, Placed, Plan
from ..problems import Finding, Path, Place, Related
from ..results.check import CheckFinding, Waived
from .portfolio import Portfolio

Target = tuple[str, str]
"""The code of a rule, and the id or name that a waiver gives as `on`."""


class Key(NamedTuple):
    """What a finding is known by when lines move."""

    rule: str
    plan: str
    objective: str
    names: str


@dataclass(frozen=True, slots=True)
class Found(Finding):
    """A finding with what it is about, by ids alone, so that it is the same when lines move.

    `item` is the suggestion, the unit or the manager it is about, `named` the id or field that it names;
    `brief` says it in a few words. `lacks` is what a plan lacks: where one that it is part of lacks the same,
    the two are told as one. `ran_out` is the last day of a waiver that no longer holds.
    """

    brief: str = ""
    plan: str | None = None
    objective: str | None = None
    item: str | None = None
    named: str = ""
    lacks: str = ""
    owner: str | None = None
    waived: Waived | None = None
    ran_out: str = ""

    @property
    def message(self) -> str:
        """The words as they stand: plans are no secret, and a name may begin with a brace."""
        return f"{self.words} Its waiver ran out on {self.ran_out}." if self.ran_out else self.words

    @property
    def targets(self) -> Iterable[Target]:
        """What a waiver may name to have it accepted."""
        subjects = {self.plan, self.objective, self.item} - {None}
        return {(self.code, subject or "") for subject in subjects or {"file"}}

    @property
    def names(self) -> str:
        return f"{self.item} {self.named}".strip() if self.item else self.named


def key_of(found: Found | CheckFinding) -> Key:
    return Key(found.code, found.plan or "", found.objective or "", found.names)


def hit(message: str, *steps: str | int, hint: str = "", **more: Any) -> Found:
    """What a rule says; `steps` lead from the item that it looks at, or from the file, to the field."""
    return Found("", message, hint, path=steps, **more)


def at(placed: Placed[Any], hit: Found) -> Found:
    """What was found at an item, with where it stands and whose it is."""
    item, brief = placed.item, hit.brief
    about: dict[str, Any] = {"item": item.id}
    if isinstance(item, Plan):
        about = {"plan": item.id, "owner": item.owner}
    elif isinstance(item, Objective):
        about = {"objective": item.id, "owner": item.owner}
        brief = brief or item.id
    if not isinstance(item, Objective):
        brief = f"{item.id}, {brief}" if brief else item.id
    return replace(hit, file=placed.file, path=placed.path_to(*hit.path), brief=brief, **about)


def of_file(portfolio: Portfolio, message: str, **more: Any) -> Found:
    """A finding about all plans together: it stands at the first file that holds plans."""
    files = [each.file for each in portfolio.plans.files if each.item.plans]
    return hit(message, file=files[0] if files else "", **more)


def stands(*items: Placed[Any], message: str = "", steps: Path = ()) -> tuple[Related, ...]:
    """The other places that belong to a finding."""
    said = ((each, message or f"{each.item.id} stands here") for each in items)
    return tuple(Related(words, Place(each.file), each.path_to(*steps)) for each, words in said)
