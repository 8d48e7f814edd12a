"""docs/rules.md says what the table of rules says: below a marked line the page is made from it.

Set CONVERGENCE_UPDATE_GOLDEN=1 to write that part anew.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from convergence_cli.checking import RULES, Rule

PAGE = Path(__file__).parent.parent / "docs" / "rules.md"
MARK = "<!-- From here on the page is made from the table of rules. -->\n"
FAMILIES = {
    "CV0": "The files themselves",
    "CV1": "Links between plans and objectives",
    "CV2": "Objectives",
    "CV3": "Progress",
    "CV4": "Money",
    "CV5": "Ideas and people",
}


def of_rules() -> str:
    lines = ["", "| code | name | severity | finds |", "|---|---|---|---|", *map(row, RULES)]
    for code, title in FAMILIES.items():
        lines += ["", f"## {title}"]
        lines += [line for rule in RULES if rule.code.startswith(code) for line in section(rule)]
    return "\n".join(lines) + "\n"


def row(rule: Rule) -> str:
    link = f"[{rule.code}](#{rule.code.lower()}-{rule.name})"
    return f"| {link} | {rule.name} | {severity(rule)} | {rule.finds} |"


def severity(rule: Rule) -> str:
    return f"{rule.severity}, off until it is configured" if rule.off else str(rule.severity)


def section(rule: Rule) -> Iterator[str]:
    yield from ("", f"### {rule.code} {rule.name}", "", rule.finds)
    yield from ("", f"**Severity.** {severity(rule).capitalize()}.")
    yield from ("", f"**Why it matters.** {rule.why}")
    yield from ("", f"**How to mend it.** {rule.mend}")
    if rule.reads:
        fields = ", ".join(f"`{field}`" for field in rule.reads)
        yield from ("", f"**Silent until somebody records** {fields}.")
    if rule.options:
        settings = " ".join(f"--min {name}={share}" for name, share in rule.options.get("min", {}).items())
        settings = settings or ", ".join(f"{name} = {value}" for name, value in rule.options.items())
        yield from ("", f"**Checked here with** `{settings}`.")
    if rule.baseline:
        yield from ("", "With this baseline:", "", "```json", rule.baseline.rstrip(), "```")
    yield from ("", "A file that breaks it:", "", "```yaml", rule.bad.rstrip(), "```")
    yield from ("", "A file that keeps it:", "", "```yaml", rule.good.rstrip(), "```")


def test_the_page_holds_every_rule_as_the_table_has_it() -> None:
    text = PAGE.read_text(encoding="utf-8")
    if os.environ.get("CONVERGENCE_UPDATE_GOLDEN"):
        text = text.partition(MARK)[0] + MARK + of_rules()
        PAGE.write_text(text, encoding="utf-8", newline="\n")
    assert text.partition(MARK)[2] == of_rules()


def test_every_rule_belongs_to_one_family() -> None:
    assert [rule.code for rule in RULES if rule.code[:3] not in FAMILIES] == []
