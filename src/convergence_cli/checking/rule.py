"""What a rule is: one declaration above the function that looks for it.

    @warning("CV999", finds=..., why=..., mend=..., good=sample(...), bad=sample(...)).over(GOING)
    def my_rule(plan: Plan, facts: Facts) -> Iterator[Found]:
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

from ..model.plans import Objective, Placed, Plan, Suggestion
from ..problems import Severity
from .facts import Facts
from .found import Found, at

Item = TypeVar("Item", Plan, Objective, Suggestion)


Each = Callable[[Facts], Iterable[Placed[Item]]]
"""The items that a rule goes over, one by one."""


def those(of: Each[Item], fit: Callable[[Item, Facts], bool]) -> Each[Item]:
    return lambda facts: (placed for placed in of(facts) if fit(placed.item, facts))


PLANS: Each[Plan] = attrgetter("plans.plans")
OF_KNOWN_STATUS: Each[Plan] = attrgetter("plans_of_known_status")
GOING = those(OF_KNOWN_STATUS, lambda plan, facts: not plan.is_cancelled)
GREEN_LIT = those(OF_KNOWN_STATUS, lambda plan, facts: plan.is_green_lit)
OBJECTIVES: Each[Objective] = attrgetter("objectives")
LIVE = those(OBJECTIVES, lambda objective, facts: objective.is_live(facts.today))
NOT_OVER = those(OBJECTIVES, lambda objective, facts: not objective.is_over(facts.today))
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
    find: Callable[[Facts], Iterable[Found]] | None = None
    reads: tuple[str, ...] = ()
    partly: bool = False
    looks_at: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    off: bool = False
    options: Mapping[str, Any] = field(default_factory=dict)
    baseline: str = ""

    def __call__(self, find: Callable[[Facts], Iterable[Found]]) -> Rule:
        """The rule with what looks for it at all plans together."""
        rule = replace(self, name=find.__name__.replace("_", "-"))
        return replace(rule, find=lambda facts: (rule.says(each) for each in find(facts)))

    def over(self, each: Each[Item]) -> Callable[[Callable[[Item, Facts], Iterable[Found]]], Rule]:
        """The rule with what looks for it at one item."""

        def declared(look: Callable[[Item, Facts], Iterable[Found]]) -> Rule:
            rule = replace(self, name=look.__name__.replace("_", "-"))

            def find(facts: Facts) -> Iterator[Found]:
                for placed in each(facts):
                    for hit in look(placed.item, facts):
                        yield at(placed, hit, **rule.signature(hit))

            return replace(rule, find=find)

        return declared

    def says(self, hit: Found) -> Found:
        return replace(hit, **self.signature(hit))

    def signature(self, hit: Found) -> dict[str, Any]:
        tip = hit.tip or self.mend
        return {"code": self.code, "name": self.name, "severity": self.severity, "tip": tip}

    def found_in(self, facts: Facts) -> Iterator[Found]:
        """What the rule finds, where all was read that this rests on."""
        if self.find and (self.partly or self._is_recorded(facts)) and not self.lacks_what_it_needs(facts):
            yield from (hit for hit in self.find(facts) if self._is_certain(hit, facts))

    def lacks_what_it_needs(self, facts: Facts) -> bool:
        """Whether something could not be read that may hold what the rule finds missing."""
        unread = facts.plans.is_partial or not facts.all_unread.isdisjoint(self.needs)
        return bool(self.needs) and unread

    def is_in_doubt(self, facts: Facts) -> bool:
        """Whether what could not be read is all that keeps the rule from speaking."""
        on = not self.off or bool(facts.options.min)
        return on and self._is_recorded(facts) and self.lacks_what_it_needs(facts)

    def read_for(self, items: Iterable[Placed[Item]], facts: Facts) -> Iterable[Placed[Item]]:
        """The items of which all was read that the rule looks at, to count what it finds."""
        if facts.plans.is_whole:
            return items
        if self.lacks_what_it_needs(facts):
            return ()
        return (each for each in items if facts.unread.get(each.place, frozenset()).isdisjoint(self.looks_at))

    def _is_recorded(self, facts: Facts) -> bool:
        return all(map(facts.records, self.reads))

    def _is_certain(self, hit: Found, facts: Facts) -> bool:
        """Whether all was read of the items that a finding is about or points to."""
        if not facts.unread:
            return True
        places = [(hit.file, hit.path[:2]), *((each.place.file, each.path[:2]) for each in hit.related)]
        looked_at = (*self.reads, *self.looks_at)
        return all(facts.unread.get(place, frozenset()).isdisjoint(looked_at) for place in places)


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
