"""Plans that belong together and lack the same thing: one finding, at the top."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..model.mapping import PlanMap
from .found import Found

Lack = tuple[str, str]
"""The code of a rule, and what a plan lacks."""


def families(found: Sequence[Found], links: PlanMap) -> list[Found]:
    """The findings, where those that plans share with one above them are told once, at the topmost of these.

    One that somebody accepts, or accepted for a time, stands for itself.
    """
    lacking: dict[Lack, dict[str, Found]] = defaultdict(dict)
    for each in found:
        if each.lacks and each.plan is not None:
            lacking[each.code, each.lacks][each.plan] = each
    rank = {name: number for number, name in enumerate(links.top_down)} if lacking else {}
    heads = {lack: _heads(plans, links, rank) for lack, plans in lacking.items()}
    sizes = {lack: Counter(each.values()) for lack, each in heads.items()}
    told = []
    for each in found:
        lack, plan = (each.code, each.lacks), each.plan or ""
        if lack not in heads:
            told.append(each)
        elif heads[lack][plan] == plan:
            told.append(_with_parts(each, sizes[lack][plan] - 1))
    return told


def _heads(plans: Mapping[str, Found], links: PlanMap, rank: Mapping[str, int]) -> Mapping[str, str]:
    """For each plan the topmost above it that lacks the same, or itself."""
    heads: dict[str, str] = {}
    for name in sorted(plans, key=lambda name: rank.get(name, -1)):
        above = (heads[each] for each in links.plan_by_id[name].item.part_of if each in heads)
        alone = plans[name].waived is not None or bool(plans[name].ran_out)
        heads[name] = name if alone else next(above, name)
    return heads


def _with_parts(found: Found, parts: int) -> Found:
    if not parts:
        return found
    plans = "1 plan that is" if parts == 1 else f"{parts:,} plans that are"
    brief = f"{found.brief}, with {parts:,} part{'' if parts == 1 else 's'}"
    return replace(found, words=f"{found.words} The same holds for {plans} part of it.", brief=brief)
