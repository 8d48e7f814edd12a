"""Waivers: what somebody accepts until a day, and the waivers that do not hold (CV005, CV006)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from ..model.plans import Placed, Waiver
from ..problems import did_you_mean
from ..results.check import Waived
from .facts import Facts
from .found import Found
from .reading import BAD_WAIVER, EXPIRED_WAIVER
from .registry import BEYOND_WAIVING, RULES, rule_named
from .rule import Hit


def waived(found: Sequence[Found], facts: Facts) -> list[Found]:
    """The findings with what is waived marked so, and the findings about the waivers themselves."""
    if not facts.plans.waivers:
        return list(found)
    accepted = [_accepted(each, facts) for each in found]
    return accepted + [about for waiver in facts.plans.waivers for about in _about(waiver, accepted, facts)]


def covers(waiver: Waiver, found: Found) -> bool:
    """Whether a waiver is about a finding, whatever the day."""
    return rule_named(waiver.rule) is found.rule and waiver.on in found.hit.subjects


def _accepted(found: Found, facts: Facts) -> Found:
    if found.rule.code in BEYOND_WAIVING:
        return found
    about = [placed.item for placed in facts.plans.waivers if covers(placed.item, found)]
    if not about:
        return found
    last = max(about, key=lambda waiver: waiver.until)
    if last.until < facts.today:
        return replace(found, ran_out=str(last.until))
    return replace(found, waived=Waived(reason=last.reason, until=str(last.until)))


def _about(placed: Placed[Waiver], found: Sequence[Found], facts: Facts) -> Iterator[Found]:
    """What is wrong with a waiver."""
    waiver = placed.item
    rule = rule_named(waiver.rule)
    if rule is None:
        names = [name for each in RULES for name in (each.code, each.name)]
        yield _bad(placed, "rule", f"{waiver.rule} is no rule", facts, did_you_mean(waiver.rule, names))
    elif rule.code in BEYOND_WAIVING:
        yield _bad(placed, "rule", f"{rule.code} {rule.name} cannot be waived", facts)
    elif waiver.on not in subjects_of(facts):
        hint = did_you_mean(waiver.on, sorted(subjects_of(facts)))
        yield _bad(placed, "on", f"no plan, objective, suggestion or unit is called {waiver.on}", facts, hint)
    else:
        covered = [each for each in found if covers(waiver, each)]
        if waiver.until < facts.today and any(each.ran_out for each in covered):
            yield _expired(placed, facts)
        elif not covered or waiver.until < facts.today:
            yield _bad(placed, "on", f"{rule.code} {rule.name} does not occur there without it", facts)


def subjects_of(facts: Facts) -> frozenset[str]:
    """Everything a waiver can be about."""
    plans = facts.plans
    units = {placed.item for placed in plans.units}
    units |= {unit for placed in plans.plans for unit in placed.item.units}
    units |= {unit for placed in plans.relationship_managers for unit in placed.item.serves}
    return facts.defined | units | {"file"}


def _bad(placed: Placed[Waiver], field: str, why: str, facts: Facts, hint: str = "") -> Found:
    waiver = placed.item
    message = f"The waiver of {waiver.rule} on {waiver.on} waives nothing: {why}."
    return Found(BAD_WAIVER, _hit(placed, field, message, hint, facts))


def _expired(placed: Placed[Waiver], facts: Facts) -> Found:
    waiver = placed.item
    by = f" by {waiver.approver}" if waiver.approver else ""
    message = f'The waiver of {waiver.rule} on {waiver.on}{by} ("{waiver.reason}") ran out on {waiver.until}.'
    return Found(EXPIRED_WAIVER, _hit(placed, "until", message, "", facts))


def _hit(placed: Placed[Waiver], field: str, message: str, hint: str, facts: Facts) -> Hit:
    waiver = placed.item
    return Hit(
        message,
        placed.file,
        placed.path_to(field),
        brief=f"{waiver.rule} on {waiver.on}, until {waiver.until}",
        hint=hint,
        plan=waiver.on if waiver.on in facts.links.plan_by_id else None,
        objective=waiver.on if waiver.on in facts.links.objective_by_id else None,
        named=f"{waiver.rule} {waiver.on}",
        owner=waiver.approver,
    )
