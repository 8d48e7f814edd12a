"""The rules of `convergence check`: plans in, findings out."""

from __future__ import annotations

from .baseline import Baseline, baseline_text, next_baseline, read_baseline
from .registry import RULE_BY_CODE, RULES, rule_named, unknown_names
from .report import check_plans
from .rule import Rule

__all__ = [
    "RULES",
    "RULE_BY_CODE",
    "Baseline",
    "Rule",
    "baseline_text",
    "check_plans",
    "next_baseline",
    "read_baseline",
    "rule_named",
    "unknown_names",
]
