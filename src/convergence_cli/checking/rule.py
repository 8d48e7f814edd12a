"""What a rule is: one declaration above the function that looks for it.

    @warning("CV999", finds=..., why=..., mend=..., good=sample(...), bad=sample(...)).over(GOING)
    def my_rule(plan: Plan, portfolio: Portfolio) -> Iterator[Found]:
        if ...:
            yield hit("...", "field")

The function's name is the rule's. Where a finding stands and whose it is, is filled in here, and it is here
that a rule keeps silent about what could not be read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import partial
from operator import attrgetter
from typing import Any, TypeVar

from ..model.plans import ItemPlace, Objective, Placed, Plan, Suggestion
from ..problems import Severity
from .found import Found, at
from .portfolio import Portfolio

Item = TypeVar("Item", Plan, Objective, Suggestion)


Find = Callable[[Portfolio], Iterable[Found]]
Each = Callable[[Portfolio], Iterable[Placed[Item]]]
"""The items that a rule goes over, one by one."""


def those(of: Each[Item], fit: Callable[[Item, Portfolio], bool]) -> Each[Item]:
    return lambda portfolio: (placed for placed in of(portfolio) if fit(placed.item, portfolio))


PLANS: Each[Plan] = attrgetter("plans.plans")
OF_KNOWN_STATUS: Each[Plan] = attrgetter("plans_of_known_status")
GOING = those(OF_KNOWN_STATUS, lambda plan, portfolio: not plan.is_cancelled)
GREEN_LIT = those(OF_KNOWN_STATUS, lambda plan, portfolio: plan.is_green_lit)
OBJECTIVES: Each[Objective] = attrgetter("plans.objectives")
LIVE = those(OBJECTIVES, lambda objective, portfolio: objective.is_live(portfolio.today))
NOT_OVER = those(OBJECTIVES, lambda objective, portfolio: not objective.is_over(portfolio.today))
OBJECTIVES_AND_PLANS: Each[Any] = attrgetter("objectives_and_plans")
SUGGESTIONS: Each[Suggestion] = attrgetter("plans.suggestions")


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
    finds: str
    why: str
    mend: str
    good: str
    bad: str
    severity: Severity
    name: str = ""
    find: Find | None = None
    reads: tuple[str, ...] = ()
    partly: bool = False
    looks_at: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    off: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    baseline: str = ""

    def __call__(self, find: Find) -> Rule:
        """The rule with what looks for it at all plans together."""
        return self._looking(find.__name__, find)

    def over(self, items: Each[Item]) -> Callable[[Callable[[Item, Portfolio], Iterable[Found]]], Rule]:
        """The rule with what looks for it at one item."""

        def declared(look: Callable[[Item, Portfolio], Iterable[Found]]) -> Rule:
            def find(portfolio: Portfolio) -> Iterator[Found]:
                return (at(each, hit) for each in items(portfolio) for hit in look(each.item, portfolio))

            return self._looking(look.__name__, find)

        return declared

    def _looking(self, name: str, find: Find) -> Rule:
        return replace(self, name=name.replace("_", "-"), find=find)

    def says(self, hit: Found) -> Found:
        tip = hit.tip or self.mend
        return replace(hit, code=self.code, name=self.name, severity=self.severity, tip=tip)

    def found_in(self, portfolio: Portfolio) -> Iterator[Found]:
        """What the rule finds, where all was read that this rests on."""
        recorded = self.partly or self._is_recorded(portfolio)
        if self.find and recorded and not self.lacks_what_it_needs(portfolio):
            yield from (self.says(hit) for hit in self.find(portfolio) if self._is_certain(hit, portfolio))

    def lacks_what_it_needs(self, portfolio: Portfolio) -> bool:
        """Whether something could not be read that may hold what the rule finds missing."""
        unread = portfolio.plans.is_partial or not portfolio.all_unread.isdisjoint(self.needs)
        return bool(self.needs) and unread

    def is_in_doubt(self, portfolio: Portfolio) -> bool:
        """Whether what could not be read is all that keeps the rule from speaking."""
        on = not self.off or bool(portfolio.options.min)
        return on and self._is_recorded(portfolio) and self.lacks_what_it_needs(portfolio)

    def read_for(self, items: Iterable[Placed[Item]], portfolio: Portfolio) -> Iterable[Placed[Item]]:
        """The items of which all was read that the rule looks at, to count what it finds."""
        if portfolio.plans.is_whole:
            return items
        if self.lacks_what_it_needs(portfolio):
            return ()
        return (each for each in items if self._was_read([each.place], portfolio))

    def _is_recorded(self, portfolio: Portfolio) -> bool:
        return all(map(portfolio.records, self.reads))

    def _is_certain(self, hit: Found, portfolio: Portfolio) -> bool:
        """Whether all was read of the items that a finding is about or points to."""
        return not portfolio.unread or self._was_read(
            [(hit.file, hit.path[:2]), *((each.place.file, each.path[:2]) for each in hit.related)], portfolio
        )

    def _was_read(self, places: Iterable[ItemPlace], portfolio: Portfolio) -> bool:
        looked_at = (*self.reads, *self.looks_at)
        return all(portfolio.unread.get(place, frozenset()).isdisjoint(looked_at) for place in places)


error = partial(Rule, severity=Severity.ERROR)
warning = partial(Rule, severity=Severity.WARNING)
info = partial(Rule, severity=Severity.INFO)


def sample(
    plan: str = "",
    *plans: str,
    objective: str = "",
    objectives: tuple[str, ...] = (),
    top: str = "",
    end: str = "",
) -> str:
    """A plans file: further fields of its first plan and objective, more of either, what stands around."""
    rows = {
        "objectives": (f"id: O-1, title: Grow online sales{_and(objective)}", *objectives),
        "plans": (f"id: P-01, title: New checkout, serves: [O-1]{_and(plan)}", *plans),
    }
    lists = (f"{kind}:\n" + "".join(f"  - {{{row}}}\n" for row in items) for kind, items in rows.items())
    return f"{top}{''.join(lists)}{end}"


def _and(fields: str) -> str:
    return f", {fields}" if fields else ""
