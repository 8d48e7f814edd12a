"""Rules about the files themselves: what stands in them, in their waivers, in the baseline (CV001 to CV007).

These are found while the files are read and compared, not by looking at plans, so they have no function here.
"""

from __future__ import annotations

from .rule import error, info, sample, warning

GOOD = sample("budget: 120000", top="currency: EUR\n")
WAIVER = "waivers:\n  - {rule: CV302, on: P-01, reason: %s, approver: COO, until: %s}\n"
NEW_YEAR = WAIVER % ("waits for the new year", "2027-01-31")

INVALID = error(
    "CV001",
    name="invalid-yaml",
    finds="A file that cannot be parsed as YAML.",
    why="An unreadable plan is not a plan.",
    mend="Correct the line; quote a text that holds a colon and a space.",
    good=GOOD,
    bad="objectives:\n  - id: O-1\n    title: Sales: grow online\n",
)
UNSAFE = error(
    "CV002",
    name="unsafe-yaml",
    finds="An alias, an anchor, a merge key, a tag, or more depth or size than a plans file can need.",
    why="One pasted file must not stall the pipeline.",
    mend="Write the value out where it is used.",
    good=GOOD,
    bad=sample().replace("{id: O-1", "&first {id: O-1"),
)
DUPLICATE_KEY = error(
    "CV003",
    name="duplicate-key",
    finds="A key that stands twice in one mapping.",
    why="The second budget would silently win.",
    mend="Keep one of the two.",
    good=GOOD,
    bad=sample("budget: 120000, budget: 150000", top="currency: EUR\n"),
)
SCHEMA = error(
    "CV004",
    name="schema",
    finds="An unknown key, a value of the wrong kind, a missing id or title, a date that is none.",
    why="Typos hide owners and money.",
    mend="Write the key or the value as the format has it: `convergence schema plans`.",
    good=GOOD,
    bad=sample("bugdet: 120000", top="currency: EUR\n"),
)
BAD_WAIVER = warning(
    "CV005",
    name="bad-waiver",
    finds="A waiver of an unknown rule or item, without a reason or a last day, or that waives nothing.",
    why="Waivers that only look applied.",
    mend="Correct the waiver, or take it out.",
    good=sample("ends: 2026-10-31", end=NEW_YEAR),
    bad=sample("ends: 2026-12-15", end=NEW_YEAR),
)
EXPIRED_WAIVER = error(
    "CV006",
    name="expired-waiver",
    finds="A waiver whose last day has passed (the day itself still counts); what it waived is found again.",
    why="An accepted risk must be accepted again.",
    mend="Mend what it waives, or let somebody accept it until another day.",
    good=BAD_WAIVER.good,
    bad=sample("ends: 2026-09-30", end=WAIVER % ("waits for the new release", "2026-10-31")),
)
STALE_BASELINE = info(
    "CV007",
    name="stale-baseline",
    finds="An entry of the baseline that no longer occurs.",
    why="The list of debts should only shrink.",
    mend="Write the baseline again: `--write-baseline`.",
    baseline="""\
{"format": "baseline/1", "findings": [{"rule": "CV101", "plan": "P-02", "objective": null, "names": ""}]}
""",
    good=sample("", "id: P-02, title: Network renewal"),
    bad=sample("", "id: P-02, title: Network renewal, no_objective_because: keeps the lights on"),
)
