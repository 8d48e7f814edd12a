"""Rules about the files themselves: what stands in them, in their waivers, in the baseline (CV001 to CV007).

These are found while the files are read and compared, not by looking at plans, so they have no function here.
"""

from __future__ import annotations

from ..problems import READING_PROBLEMS, Severity
from .rule import Rule

GOOD = """\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000}
"""

INVALID = Rule(
    code="CV001",
    name=READING_PROBLEMS["CV001"],
    severity=Severity.ERROR,
    finds="A file that cannot be parsed as YAML.",
    why="An unreadable plan is not a plan.",
    mend="Correct the line; quote a text that holds a colon and a space.",
    good=GOOD,
    bad="""\
objectives:
  - id: O-1
    title: Sales: grow online
""",
)
UNSAFE = Rule(
    code="CV002",
    name=READING_PROBLEMS["CV002"],
    severity=Severity.ERROR,
    finds="An alias, an anchor, a merge key, a tag, or more depth or size than a plans file can need.",
    why="One pasted file must not stall the pipeline.",
    mend="Write the value out where it is used.",
    good=GOOD,
    bad="""\
objectives:
  - &first {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
""",
)
DUPLICATE_KEY = Rule(
    code="CV003",
    name=READING_PROBLEMS["CV003"],
    severity=Severity.ERROR,
    finds="A key that stands twice in one mapping.",
    why="The second budget would silently win.",
    mend="Keep one of the two.",
    good=GOOD,
    bad="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], budget: 120000, budget: 150000}
""",
)
SCHEMA = Rule(
    code="CV004",
    name=READING_PROBLEMS["CV004"],
    severity=Severity.ERROR,
    finds="An unknown key, a value of the wrong kind, a missing id or title, a date that is none.",
    why="Typos hide owners and money.",
    mend="Write the key or the value as the format has it: `convergence schema plans`.",
    good=GOOD,
    bad="""\
currency: EUR
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], bugdet: 120000}
""",
)
BAD_WAIVER = Rule(
    code="CV005",
    name="bad-waiver",
    severity=Severity.WARNING,
    finds="A waiver of an unknown rule or item, without a reason or a last day, or that waives nothing.",
    why="Waivers that only look applied.",
    mend="Correct the waiver, or take it out.",
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-10-31}
waivers:
  - {rule: CV302, on: P-01, reason: waits for the new year, approver: COO, until: 2027-01-31}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-12-15}
waivers:
  - {rule: CV302, on: P-01, reason: waits for the new year, approver: COO, until: 2027-01-31}
""",
)
EXPIRED_WAIVER = Rule(
    code="CV006",
    name="expired-waiver",
    severity=Severity.ERROR,
    finds="A waiver whose last day has passed (the day itself still counts); what it waived is found again.",
    why="An accepted risk must be accepted again.",
    mend="Mend what it waives, or let somebody accept it until another day.",
    good=BAD_WAIVER.good,
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1], ends: 2026-09-30}
waivers:
  - {rule: CV302, on: P-01, reason: waits for the new release, approver: COO, until: 2026-10-31}
""",
)
STALE_BASELINE = Rule(
    code="CV007",
    name="stale-baseline",
    severity=Severity.INFO,
    finds="An entry of the baseline that no longer occurs.",
    why="The list of debts should only shrink.",
    mend="Write the baseline again: `--write-baseline`.",
    baseline="""\
{"format": "baseline/1", "findings": [{"rule": "CV101", "plan": "P-02", "objective": null, "names": ""}]}
""",
    good="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Network renewal}
""",
    bad="""\
objectives:
  - {id: O-1, title: Grow online sales}
plans:
  - {id: P-01, title: New checkout, serves: [O-1]}
  - {id: P-02, title: Network renewal, no_objective_because: keeps the lights on}
""",
)
RULES = (INVALID, UNSAFE, DUPLICATE_KEY, SCHEMA, BAD_WAIVER, EXPIRED_WAIVER, STALE_BASELINE)
