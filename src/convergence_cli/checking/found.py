"""A finding on its way from a rule to the report: what the rule said, and whether somebody accepts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple

from ..problems import Finding, Severity
from ..results.check import Waived
from .rule import Hit, Rule


class Key(NamedTuple):
    """What a finding is known by when lines move."""

    rule: str
    plan: str
    objective: str
    names: str


@dataclass(frozen=True, slots=True)
class Found:
    rule: Rule
    hit: Hit
    waived: Waived | None = None
    ran_out: str = ""
    """The last day of a waiver that no longer holds."""
    placed: Finding | None = None
    """What the reading has found already, with its place."""

    @property
    def key(self) -> Key:
        hit = self.hit
        named = " ".join(filter(None, (hit.item, hit.named)))
        return Key(self.rule.code, hit.plan or "", hit.objective or "", named)

    @property
    def severity(self) -> Severity:
        return self.rule.severity

    @property
    def message(self) -> str:
        return (
            f"{self.hit.message} Its waiver ran out on {self.ran_out}." if self.ran_out else self.hit.message
        )

    @property
    def hint(self) -> str:
        return self.hit.hint or self.rule.mend


def in_reading(finding: Finding, rule: Rule) -> Found:
    """A problem of the reading, known by its file and the names in its path."""
    names = [step for step in finding.path if isinstance(step, str)]
    hit = Hit(
        finding.message,
        finding.file,
        finding.path,
        finding.message,
        finding.hint,
        named=" ".join((finding.file, *names)),
        related=finding.related,
        at_key=finding.at_key,
    )
    return Found(rule, hit, placed=finding)
