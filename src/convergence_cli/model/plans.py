"""The plans file: objectives, plans, suggestions, relationship managers, units, waivers.

One file, or several that are read as one. Ten thousand plans are common, so each item is a slotted pydantic
dataclass, a sixth of the memory of a pydantic model.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass as plain
from dataclasses import field
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Generic, Literal, NamedTuple, TypeVar

from pydantic import BeforeValidator, ConfigDict, PlainValidator, StringConstraints, WithJsonSchema
from pydantic.dataclasses import dataclass

from ..problems import Path
from .fields import CURRENCY_PATTERN, Day, Id, Line, one_or_several

Item = TypeVar("Item")
ItemPlace = tuple[str, Path]
"""The file of an item, and its path in it."""
Side = Literal["business", "it"]
ObjectiveStatus = Literal["proposed", "active", "met", "missed", "retired"]
PlanStatus = Literal["proposed", "green-lit", "in-progress", "delivered", "on-hold", "cancelled"]
Origin = Literal["it-suggestion", "business-request", "joint", "mandate"]

STRICT = ConfigDict(extra="forbid")
GREEN_LIT = frozenset({"green-lit", "in-progress", "delivered"})
DONE_WITH = frozenset({"met", "missed", "retired"})
AMOUNT = re.compile(r"[+-]?[0-9]{1,15}(\.[0-9]{1,10})?")


def parse_amount(value: object) -> Decimal:
    """An amount in plain digits: 120000 or 120000.50; raises ValueError for any other spelling."""
    if isinstance(value, Decimal) and value.is_finite():
        return value
    if isinstance(value, str) and AMOUNT.fullmatch(value.strip()):
        return Decimal(value.strip())
    raise ValueError("expected an amount in plain digits, such as 120000 or 120000.50")


def unless_empty(default: object) -> BeforeValidator:
    """A key with nothing behind it is a field that nobody recorded."""
    return BeforeValidator(lambda value: default if value is None else value)


def spelled_out(key: str) -> Any:
    """`value` alone is short for ``{key: value}``."""
    return lambda value: {key: value} if isinstance(value, str) else value


Several = Annotated[tuple[Item, ...], unless_empty(())]
Reference = Annotated[str, StringConstraints(min_length=1)]
"""An id as somebody typed it: whether it is defined is a matter of rules, not of reading."""
References = Annotated[
    tuple[Reference, ...],
    BeforeValidator(one_or_several, json_schema_input_type=Reference | tuple[Reference, ...] | None),
]
"""One id, or a list of them."""
Currency = Annotated[str, StringConstraints(pattern=CURRENCY_PATTERN)]
"""Three letters (ISO 4217)."""
Amount = Annotated[Decimal, PlainValidator(parse_amount), WithJsonSchema({"type": "number"})]


@dataclass(frozen=True, slots=True, config=STRICT)
class Approval:
    """Who said yes, when, and where it is written."""

    by: Line | None = None
    """Who said yes."""
    on: Day | None = None
    """On which day."""
    source: Line | None = None
    """Where it is written."""

    @property
    def is_formal(self) -> bool:
        """By someone, with a date or a source."""
        return self.by is not None and (self.on is not None or self.source is not None)


@dataclass(frozen=True, slots=True, config=STRICT)
class Measure:
    """How one sees that an objective is reached."""

    name: Line | None = None
    """What is measured."""
    target: Line | None = None
    """What is to be reached."""
    unit: Line | None = None
    """The unit of target and actual."""
    by: Day | None = None
    """The day by which the target is to be reached."""
    actual: Line | None = None
    """What has been reached so far."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Objective:
    """What the business wants to reach."""

    id: Id
    """The name that `serves` and `parent` use."""
    title: Line
    """The objective in a few words."""
    owner: Line | None = None
    """Who answers for it."""
    owner_side: Annotated[Side, unless_empty("business")] = "business"
    """Where its owner sits."""
    approved: Approval | None = None
    """What makes it formal: by someone, with a date or a source."""
    starts: Day | None = None
    """Its first day."""
    ends: Day | None = None
    """Its last day."""
    status: Annotated[ObjectiveStatus, unless_empty("active")] = "active"
    """Whether it is pursued, and what became of it."""
    priority: Annotated[Literal["high", "normal", "low"], unless_empty("normal")] = "normal"
    """How much depends on it."""
    changed: Day | None = None
    """When its wording or target last changed."""
    measures: Several[Measure] = ()
    """How one sees that it is reached."""
    enabled_by: Several[Reference] = ()
    """Plans but for whose results this objective would not exist."""
    parent: References = ()
    """The objective that this one is part of, or several; a parent is served when a child is."""
    no_plan_because: Line | None = None
    """Why no plan serves it: silences the finding, never the figure."""

    def is_live(self, on: date) -> bool:
        """Active and inside its dates, both days included."""
        begun = self.starts is None or self.starts <= on
        return self.status == "active" and begun and (self.ends is None or on <= self.ends)

    def is_over(self, on: date) -> bool:
        """Met, missed or retired, or past its last day."""
        return self.status in DONE_WITH or (self.ends is not None and self.ends < on)

    @property
    def is_formal(self) -> bool:
        return self.approved is not None and self.approved.is_formal


@dataclass(frozen=True, slots=True, config=STRICT)
class Link:
    """A plan serves an objective; ``contribution`` says how."""

    id: Reference
    """The objective's id."""
    contribution: Line | None = None
    """How the plan helps to reach it."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Money:
    """An amount in a currency."""

    amount: Amount
    """In plain digits."""
    currency: Currency | None = None
    """Three letters, such as EUR; the file's, unless given."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Champion:
    """Who stands up for a plan, and how much prompting that took."""

    name: Line | None = None
    """Who it is."""
    side: Side | None = None
    """Where the champion sits."""
    prompting: Literal["none", "some", "much"] | None = None
    """How much prompting by a relationship manager that took."""
    reported_by: Line | None = None
    """Who says so."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Benefit:
    """What a plan brought, and for which objective (`results` in the file)."""

    objective: Reference | None = None
    """The objective that it served."""
    text: Line | None = None
    """What was reached."""
    on: Day | None = None
    """On which day."""


ShortLink = Annotated[Link, BeforeValidator(spelled_out("id"), json_schema_input_type=Reference | Link)]
Links = Annotated[
    tuple[ShortLink, ...],
    BeforeValidator(one_or_several, json_schema_input_type=Reference | tuple[ShortLink, ...] | None),
]
ShortMoney = Annotated[Money, BeforeValidator(spelled_out("amount"), json_schema_input_type=Amount | Money)]


@dataclass(frozen=True, slots=True, config=STRICT)
class Plan:
    """What IT does or means to do."""

    id: Id
    """The name that `part_of`, `depends_on` and `enabled_by` use."""
    title: Line
    """The plan in a few words."""
    owner: Line | None = None
    """Who answers for it."""
    part_of: References = ()
    """The plan that this one belongs to, or several: what it does not say itself is as there."""
    serves: Links = ()
    """The id of an objective, or a list of ids, plain or with `id` and `contribution`."""
    no_objective_because: Line | None = None
    """Why it serves no objective: silences the finding, never the figure."""
    status: Annotated[PlanStatus, unless_empty("in-progress")] = "in-progress"
    """How far it is."""
    approved: Approval | None = None
    """Who gave the go-ahead, and when."""
    starts: Day | None = None
    """Its first day."""
    ends: Day | None = None
    """Its last day."""
    reviewed: Day | None = None
    """When somebody last looked whether it still serves its objectives."""
    budget: ShortMoney | None = None
    """What it costs: 120000, or with amount and currency."""
    origin: Origin | None = None
    """Where the idea came from."""
    suggestion: Reference | None = None
    """The suggestion that it came from."""
    champion: Champion | None = None
    """Who stands up for it."""
    promoted_by: Several[Side] = ()
    """Which sides speak for it in public."""
    relationship_manager: Line | None = None
    """Who carries it between IT and the business."""
    units: Several[Line] = ()
    """The units that it is for."""
    depends_on: Several[Reference] = ()
    """Plans that have to be delivered first."""
    results: Several[Benefit] = ()
    """What it has brought, by objective."""

    @property
    def is_green_lit(self) -> bool:
        """Green-lit as a class: green-lit, in progress or delivered."""
        return self.status in GREEN_LIT

    @property
    def is_delivered(self) -> bool:
        return self.status == "delivered"

    @property
    def is_cancelled(self) -> bool:
        return self.status == "cancelled"

    @property
    def is_open(self) -> bool:
        """Neither delivered nor cancelled."""
        return not (self.is_delivered or self.is_cancelled)


@dataclass(frozen=True, slots=True, config=STRICT)
class Suggestion:
    """An entry of the innovation ledger."""

    id: Id
    """The name that `suggestion` of a plan uses."""
    title: Line | None = None
    """The idea in a few words."""
    by: Line | None = None
    """Whose idea it was."""
    side: Side | None = None
    """Where that person or team sits."""
    on: Day | None = None
    """The day on which it was made."""
    status: Annotated[Literal["open", "accepted", "declined"], unless_empty("open")] = "open"
    """What was answered."""


@dataclass(frozen=True, slots=True, config=STRICT)
class RelationshipManager:
    """Somebody who stands between IT and the business."""

    name: Line | None = None
    """Who it is."""
    kind: Literal["strategic", "tactical"] | None = None
    """strategic: carries objectives and ideas. tactical: keeps projects moving and shows what is there."""
    serves: Several[Line] = ()
    """The units served."""


@dataclass(frozen=True, slots=True, config=STRICT)
class Waiver:
    """A finding that somebody accepts until a day, that day included."""

    rule: Line
    """The rule, by code or name."""
    on: Line
    """The id of a plan, objective or suggestion, a unit, or `file`."""
    reason: Line
    """Why the finding is accepted."""
    until: Day
    """The last day on which it is."""
    approver: Line | None = None
    """Who accepts it."""


@dataclass(frozen=True, slots=True, config=STRICT)
class PlansFile:
    """One file, as it is written."""

    format: Literal["plans/1"] | None = None
    """The format of this file."""
    organization: Line | None = None
    """Whose plans these are."""
    as_of: Day | None = None
    """The day on which this file was true."""
    currency: Currency | None = None
    """Of every budget that names no other."""
    objectives: Several[Objective] = ()
    """What the business wants to reach."""
    plans: Several[Plan] = ()
    """What IT does or means to do."""
    suggestions: Several[Suggestion] = ()
    """Ideas, and what was answered."""
    relationship_managers: Several[RelationshipManager] = ()
    """Who stands between IT and the business."""
    units: Several[Line] = ()
    """The units of the business."""
    waivers: Several[Waiver] = ()
    """Findings that somebody accepts until a day."""


class Placed(NamedTuple, Generic[Item]):
    """An item and where it stands.

    ``moved`` says, for each of its lists that lost an entry in reading, where the others stood in the file.
    """

    item: Item
    file: str
    path: Path
    moved: Mapping[str, Sequence[int]] = {}

    @property
    def place(self) -> ItemPlace:
        return self.file, self.path

    def path_to(self, *steps: str | int) -> Path:
        match steps:
            case (str(name), int(index), *rest) if name in self.moved:
                steps = (name, self.moved[name][index], *rest)
        return (*self.path, *steps)


@plain(frozen=True, slots=True)
class Plans:
    """Several files read as one, in the order in which they were given.

    ``dropped`` holds the ids of items that could not be used: they count as defined all the same. ``unread``
    names, by the file and path of an item, what is written there and could not be used, so that nobody takes
    it for absent: ``plans.budget`` for a field, ``plans`` where the whole item is lost, and also ``plans.id``
    where its id is lost. ``is_partial`` when a file, or a whole list of one, could not be read: it may hold
    whatever is missing.
    """

    files: tuple[Placed[PlansFile], ...] = ()
    objectives: tuple[Placed[Objective], ...] = ()
    plans: tuple[Placed[Plan], ...] = ()
    suggestions: tuple[Placed[Suggestion], ...] = ()
    relationship_managers: tuple[Placed[RelationshipManager], ...] = ()
    units: tuple[Placed[str], ...] = ()
    waivers: tuple[Placed[Waiver], ...] = ()
    dropped: frozenset[str] = frozenset()
    unread: Mapping[ItemPlace, frozenset[str]] = field(default_factory=dict)
    is_partial: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether everything in the items was read."""
        return not self.is_partial and not self.unread

    @property
    def all_unread(self) -> frozenset[str]:
        """Everything that could not be read of some item."""
        return frozenset().union(*self.unread.values())

    @property
    def organization(self) -> str | None:
        return next((each.item.organization for each in self.files if each.item.organization), None)

    @property
    def currency(self) -> str | None:
        """The currency of every budget that names no other."""
        return next((each.item.currency for each in self.files if each.item.currency), None)

    @property
    def as_of(self) -> date | None:
        """The oldest day on which any of the files was true."""
        return min((each.item.as_of for each in self.files if each.item.as_of), default=None)

    def money(self, plan: Plan) -> tuple[str, Decimal] | None:
        """A plan's budget with its currency (empty where nobody named one), or None without a budget."""
        if plan.budget is None:
            return None
        return plan.budget.currency or self.currency or "", plan.budget.amount
