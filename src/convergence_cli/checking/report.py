"""From plans to the check report: every rule, then waivers, selection, baseline, places, counts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from typing import Any

from .. import __version__
from ..model.mapping import PlanMap
from ..model.options import CheckOptions
from ..model.plans import Placed, Plans
from ..problems import Finding, Severity
from ..results.check import RANK, CheckFinding, CheckReport, Counts, NotChecked, RelatedPlace, RuleInfo
from ..results.common import Evidence, InputFile, Tool
from .baseline import Baseline, known, stale
from .facts import FIELD_BY_NAME, Facts
from .families import families
from .found import Found, in_reading
from .registry import RULE_BY_CODE, RULES, is_chosen
from .rule import Hit, Rule
from .waivers import waived

Placer = Callable[[Sequence[Finding]], Sequence[Finding]]
"""Fills in line, column and excerpt, keeping the order (`documents.placed`)."""

FIELDS = set(CheckFinding.model_fields)
"""Shared by all findings: built one by one and validated, thirty thousand of them would take 60 MB more."""


def unplaced(findings: Sequence[Finding]) -> Sequence[Finding]:
    return findings


def check_plans(
    plans: Plans,
    evidence: Sequence[Evidence],
    today: date,
    *,
    options: CheckOptions | None = None,
    reading: Sequence[Finding] = (),
    inputs: Sequence[InputFile] = (),
    baseline: Baseline | None = None,
    place: Placer = unplaced,
    links: PlanMap | None = None,
) -> CheckReport:
    """All that the rules find in `plans` on the day `today`.

    `evidence` is what `count_evidence` counted on that day, `reading` what was wrong with the files and with
    their keys and values. Pure: places are looked up by `place`, once, and only when there are findings.
    `links` may be given when they have been followed already.
    """
    options = options or CheckOptions()
    facts = Facts(plans, today, tuple(evidence), options, links)
    everything = [*_in_reading(reading), *_found(facts)]
    everything = [each for each in waived(everything, facts) if is_chosen(each.rule, options)]
    everything = families(everything, facts.links)
    if plans.is_whole:
        everything += [each for each in stale(everything, baseline, options) if is_chosen(each.rule, options)]
    findings = _findings(everything, known(everything, baseline), place, _order_of_files(plans, reading))
    return CheckReport(
        tool=Tool(version=__version__),
        inputs=tuple(inputs),
        today=str(today),
        counts=_counts(facts, findings),
        evidence=tuple(evidence),
        not_checked=tuple(_not_checked(facts)),
        findings=findings,
        fail_on=options.fail_on,
        catalogue=tuple(info(rule) for rule in RULES if any(each.rule is rule for each in everything)),
        silent=tuple(rule.code for rule in RULES if is_chosen(rule, options) and is_in_doubt(rule, facts)),
    )


def info(rule: Rule) -> RuleInfo:
    return RuleInfo(
        code=rule.code,
        name=rule.name,
        severity=rule.severity,
        finds=rule.finds,
        why=rule.why,
        mend=rule.mend,
    )


def _in_reading(reading: Iterable[Finding]) -> Iterator[Found]:
    return (in_reading(finding, RULE_BY_CODE[finding.code]) for finding in reading)


def _found(facts: Facts) -> Iterator[Found]:
    for rule in RULES:
        if rule.find and speaks(rule, facts):
            yield from (Found(rule, hit) for hit in rule.find(facts) if is_certain(rule, hit, facts))


def speaks(rule: Rule, facts: Facts) -> bool:
    """Whether the files hold what the rule has to look at."""
    return (rule.partly or facts.recorded.issuperset(rule.reads)) and not lacks_what_it_needs(rule, facts)


def lacks_what_it_needs(rule: Rule, facts: Facts) -> bool:
    """Whether something could not be read that may hold what the rule finds missing."""
    unread = facts.plans.is_partial or not facts.all_unread.isdisjoint(rule.needs)
    return bool(rule.needs) and unread


def is_certain(rule: Rule, hit: Hit, facts: Facts) -> bool:
    """Whether all was read that a finding rests on."""
    looked_at = (*rule.reads, *rule.looks_at)
    return not facts.unread or all(
        facts.unread.get(place, frozenset()).isdisjoint(looked_at) for place in hit.places
    )


def read_for(code: str, items: Iterable[Placed[Any]], facts: Facts) -> Iterable[Placed[Any]]:
    """The items of which all was read that a rule looks at, to count what it finds."""
    rule = RULE_BY_CODE[code]
    if facts.plans.is_whole:
        return items
    unread = {place for place, names in facts.unread.items() if not names.isdisjoint(rule.looks_at)}
    return () if lacks_what_it_needs(rule, facts) else [each for each in items if each.place not in unread]


def is_in_doubt(rule: Rule, facts: Facts) -> bool:
    """Whether what could not be read is all that keeps the rule from speaking."""
    on = not rule.off or facts.options.has_minimum
    return on and facts.recorded.issuperset(rule.reads) and lacks_what_it_needs(rule, facts)


def _not_checked(facts: Facts) -> Iterator[NotChecked]:
    """The fields that no item records, in the order in which the catalogue reads them."""
    rules = [rule for rule in RULES if is_chosen(rule, facts.options) and not facts.plans.is_partial]
    fields = dict.fromkeys(field for rule in rules for field in rule.reads if field not in facts.recorded)
    for name in fields:
        if not facts.all_unread.isdisjoint((name, name.rpartition(".")[0])):
            continue
        field = FIELD_BY_NAME[name]
        codes = tuple(rule.code for rule in rules if name in rule.reads)
        yield NotChecked(field=field.name, of=field.of, rules=codes)


def _findings(
    everything: Sequence[Found], baselined: Sequence[bool], place: Placer, files: Sequence[str]
) -> tuple[CheckFinding, ...]:
    placed = place([_plain(each) for each in everything]) if everything else ()
    prints = _fingerprints(everything)
    rows = [
        _finding(each, finding, fingerprint, is_known)
        for each, finding, fingerprint, is_known in zip(everything, placed, prints, baselined, strict=True)
    ]
    order = {file: index for index, file in enumerate(files)}

    def rank(row: CheckFinding) -> tuple[int, int, float, int]:
        line = float("inf") if row.line is None else row.line
        return RANK[row.severity], order.get(row.file, len(order)), line, row.column or 0

    return tuple(sorted(rows, key=rank))


def _plain(found: Found) -> Finding:
    if found.placed is not None:
        return found.placed
    hit = found.hit
    return Finding(
        found.rule.code,
        found.message,
        found.hint,
        severity=found.severity,
        name=found.rule.name,
        file=hit.file,
        path=hit.path,
        at_key=hit.at_key,
        related=hit.related,
    )


def _finding(found: Found, finding: Finding, fingerprint: str, baselined: bool) -> CheckFinding:
    hit = found.hit
    return CheckFinding.model_construct(
        FIELDS,
        code=found.rule.code,
        name=found.rule.name,
        severity=found.severity,
        message=found.message,
        hint=found.hint,
        file=finding.file,
        line=finding.line,
        column=finding.column,
        path=finding.path,
        plan=hit.plan,
        objective=hit.objective,
        owner=hit.owner,
        related=tuple(_related(finding)),
        fingerprint=fingerprint,
        waived=found.waived,
        baselined=baselined,
        brief=hit.brief,
        named=found.key.names,
        excerpt=finding.excerpt,
    )


def _related(finding: Finding) -> Iterator[RelatedPlace]:
    for related in finding.related:
        place = related.place
        yield RelatedPlace(
            file=place.file or finding.file, line=place.line, column=place.column, message=related.message
        )


def _fingerprints(everything: Iterable[Found]) -> Iterator[str]:
    """What each finding is known by when lines move; of several alike, each with its number."""
    seen: Counter[tuple[str, ...]] = Counter()
    for each in everything:
        seen[each.key] += 1
        words = "\0".join((*each.key, str(seen[each.key])))
        yield hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def _order_of_files(plans: Plans, reading: Iterable[Finding]) -> list[str]:
    return list(dict.fromkeys((*(head.file for head in plans.files), *(each.file for each in reading))))


def _counts(facts: Facts, findings: Sequence[CheckFinding]) -> Counts:
    plans = read_for("CV101", facts.going_plans, facts)
    live = read_for("CV201", facts.live_objectives(), facts)
    severities = Counter(finding.severity for finding in findings if finding.counts)
    return Counts(
        objectives=len(facts.plans.objectives),
        plans=len(facts.plans.plans),
        links=sum(len(placed.item.serves) for placed in facts.plans.plans),
        unlinked_plans=sum(not facts.links.objectives_of(placed.item) for placed in plans),
        uncovered_objectives=sum(placed.item.id not in facts.covered for placed in live),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        waived=sum(finding.waived is not None for finding in findings),
        baselined=sum(finding.baselined for finding in findings),
    )
