"""Waivers: what somebody accepts until a day, and the waivers that do not hold (CV005, CV006)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from ..model.plans import Placed, Waiver
from ..problems import Hints
from ..results.check import Waived
from .found import Found, Target, hit
from .portfolio import Portfolio
from .reading import BAD_WAIVER, EXPIRED_WAIVER
from .registry import BEYOND_WAIVING, NAMES, rule_named
from .rule import Rule


def waived(found: Sequence[Found], portfolio: Portfolio) -> list[Found]:
    """The findings with what is waived marked so, and the findings about the waivers themselves."""
    if not portfolio.plans.waivers:
        return list(found)
    waivers: dict[Target, list[Waiver]] = defaultdict(list)
    for placed in portfolio.plans.waivers:
        rule = rule_named(placed.item.rule)
        if rule and rule.code not in BEYOND_WAIVING:
            waivers[rule.code, placed.item.on].append(placed.item)
    accepted = [_accepted(each, waivers, portfolio) for each in found]
    met: dict[Target, list[Found]] = defaultdict(list)
    for each in accepted:
        for target in each.targets:
            met[target].append(each)
    hints, subjects = Hints(), sorted(portfolio.subjects)
    for placed in portfolio.plans.waivers:
        accepted += _about(placed, met, portfolio, hints, subjects)
    return accepted


def _accepted(found: Found, waivers: Mapping[Target, list[Waiver]], portfolio: Portfolio) -> Found:
    about = [waiver for target in found.targets for waiver in waivers.get(target, ())]
    if not about:
        return found
    last = max(about, key=lambda waiver: waiver.until)
    if last.until < portfolio.today:
        return replace(found, ran_out=str(last.until))
    return replace(found, waived=Waived(reason=last.reason, until=str(last.until)))


def _about(
    placed: Placed[Waiver],
    met: Mapping[Target, list[Found]],
    portfolio: Portfolio,
    hints: Hints,
    subjects: Sequence[str],
) -> Iterator[Found]:
    """What is wrong with a waiver."""
    waiver = placed.item
    rule = rule_named(waiver.rule)

    def bad(field: str, why: str, hint: str = "") -> Found:
        message = f"The waiver of {waiver.rule} on {waiver.on} waives nothing: {why}."
        return _found(BAD_WAIVER, placed, field, message, portfolio, hint)

    if rule is None:
        yield bad("rule", f"{waiver.rule} is no rule", hints.did_you_mean(waiver.rule, NAMES))
    elif rule.code in BEYOND_WAIVING:
        yield bad("rule", f"{rule.code} {rule.name} cannot be waived")
    elif waiver.on not in portfolio.subjects and portfolio.plans.is_whole:
        hint = hints.did_you_mean(waiver.on, subjects)
        yield bad("on", f"no plan, objective, suggestion or unit is called {waiver.on}", hint)
    else:
        covered = met.get((rule.code, waiver.on), [])
        if waiver.until < portfolio.today and any(each.ran_out for each in covered):
            by = f" by {waiver.approver}" if waiver.approver else ""
            said = f'{waiver.rule} on {waiver.on}{by} ("{waiver.reason}") ran out on {waiver.until}.'
            yield _found(EXPIRED_WAIVER, placed, "until", f"The waiver of {said}", portfolio)
        elif waiver.until < portfolio.today and covered:
            yield bad("until", f"it ran out on {waiver.until}, and another waiver holds")
        elif not covered and portfolio.plans.is_whole:
            yield bad("on", f"{rule.code} {rule.name} does not occur there without it")


def _found(
    rule: Rule, placed: Placed[Waiver], field: str, message: str, portfolio: Portfolio, hint: str = ""
) -> Found:
    waiver, links = placed.item, portfolio.links
    found = hit(
        message,
        *placed.path_to(field),
        hint=hint,
        file=placed.file,
        brief=f"{waiver.rule} on {waiver.on}, until {waiver.until}",
        plan=waiver.on if waiver.on in links.plan_by_id else None,
        objective=waiver.on if waiver.on in links.objective_by_id else None,
        named=f"{waiver.rule} {waiver.on}",
        owner=waiver.approver,
    )
    return rule.says(found)
