"""From plans to the check report: every rule, then waivers, selection, baseline, places, counts."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date
from operator import attrgetter

from .. import __version__
from ..model.mapping import PlanMap
from ..model.options import CheckOptions
from ..problems import Finding, Severity
from ..results.check import RANK, CheckFinding, CheckReport, Counts, NotChecked, RelatedPlace, RuleInfo
from ..results.common import Evidence, InputFile, Tool
from .baseline import Baseline, known, stale
from .families import families
from .found import Found, key_of
from .links import unlinked_plan
from .objectives import uncovered_objective
from .portfolio import Portfolio
from .reading import STALE_BASELINE
from .registry import FIELDS, RULE_BY_CODE, RULES, is_chosen
from .rule import GOING, LIVE
from .waivers import waived

Placer = Callable[[Sequence[Finding]], Sequence[Finding]]
"""Fills in line, column and excerpt, keeping the order (`documents.placed`)."""

SET = set(CheckFinding.model_fields)
"""Shared by all findings: built one by one and validated, thirty thousand of them would take 60 MB more."""


MADE = ("related", "fingerprint", "baselined")
AS_FOUND = tuple(name for name in CheckFinding.model_fields if name not in MADE)
"""What a published finding has from the one that was found, under the same names."""


def check_plans(
    links: PlanMap,
    evidence: Sequence[Evidence],
    today: date,
    *,
    options: CheckOptions,
    reading: Sequence[Finding],
    place: Placer,
    inputs: Sequence[InputFile] = (),
    baseline: Baseline | None = None,
) -> CheckReport:
    """All that the rules find in the plans of `links` on the day `today`.

    `evidence` is what `count_evidence` counted on that day, `reading` what was wrong with the files and with
    their keys and values. Pure: places are looked up by `place`, once, and only when there are findings.
    """
    plans, portfolio = links.plans, Portfolio(links, today, evidence, options)
    chosen = {rule.code for rule in RULES if is_chosen(rule, options)}
    everything = [*map(in_reading, reading), *(each for rule in RULES for each in rule.found_in(portfolio))]
    everything = [each for each in waived(everything, portfolio) if each.code in chosen]
    everything = families(everything, links)
    if plans.is_whole and STALE_BASELINE.code in chosen:
        everything += stale(everything, baseline, options)
    codes = {each.code for each in everything}
    files = dict.fromkeys((*(head.file for head in plans.files), *(each.file for each in reading)))
    findings = _findings(everything, baseline, place, [*files])
    return CheckReport(
        tool=Tool(version=__version__),
        inputs=tuple(inputs),
        today=str(today),
        counts=_counts(portfolio, findings),
        evidence=tuple(evidence),
        not_checked=tuple(_not_checked(portfolio)),
        findings=findings,
        fail_on=options.fail_on,
        catalogue=tuple(
            RuleInfo.model_validate(rule, from_attributes=True) for rule in RULES if rule.code in codes
        ),
        partial=plans.is_partial,
        silent=tuple(rule.code for rule in RULES if rule.code in chosen and rule.is_in_doubt(portfolio)),
    )


def in_reading(finding: Finding) -> Found:
    """A problem of the reading, known by its file and the names in its path."""
    given = {each.name: getattr(finding, each.name) for each in fields(Finding)}
    names = [step for step in finding.path if isinstance(step, str)]
    tip = finding.hint or RULE_BY_CODE[finding.code].mend
    named = " ".join((finding.file, *names))
    said = {"words": finding.message, "brief": finding.message, "value": "", "near": "", "tip": tip}
    return Found(**{**given, **said}, named=named)


def _not_checked(portfolio: Portfolio) -> Iterator[NotChecked]:
    """The fields that no item records, in the order in which the catalogue reads them."""
    rules = [rule for rule in RULES if is_chosen(rule, portfolio.options) and not portfolio.plans.is_partial]
    for name in FIELDS:
        codes = tuple(rule.code for rule in rules if name in rule.reads)
        kind, _, field = name.partition(".")
        if (
            codes
            and not portfolio.records(name)
            and portfolio.all_unread.isdisjoint((name, name.rpartition(".")[0]))
        ):
            of = kind if field else "file"
            yield NotChecked.model_validate({"field": field or kind, "of": of, "rules": codes})


def _findings(
    everything: Sequence[Found], baseline: Baseline | None, place: Placer, files: Sequence[str]
) -> tuple[CheckFinding, ...]:
    placed = place(everything) if everything else ()
    together = zip(placed, _fingerprints(everything), known(everything, baseline), strict=True)
    rows = [_published(*each) for each in together]
    order = {file: index for index, file in enumerate(files)}

    def rank(row: CheckFinding) -> tuple[int, int, float, int]:
        return RANK[row.severity], order.get(row.file, len(order)), row.line or float("inf"), row.column or 0

    return tuple(sorted(rows, key=rank))


def _published(found: Finding, fingerprint: str, baselined: bool) -> CheckFinding:
    given = zip(AS_FOUND, attrgetter(*AS_FOUND)(found), strict=True)
    related = tuple(
        RelatedPlace(
            file=each.place.file or found.file,
            line=each.place.line,
            column=each.place.column,
            message=each.message,
        )
        for each in found.related
    )
    return CheckFinding.model_construct(
        SET, **dict(given), related=related, fingerprint=fingerprint, baselined=baselined
    )


def _fingerprints(everything: Iterable[Found]) -> Iterator[str]:
    """What each finding is known by when lines move; of several alike, each with its number."""
    seen: Counter[tuple[str, ...]] = Counter()
    for each in everything:
        key = key_of(each)
        seen[key] += 1
        words = "\0".join((*key, str(seen[key])))
        yield hashlib.sha256(words.encode("utf-8", "replace")).hexdigest()[:32]


def _counts(portfolio: Portfolio, findings: Sequence[CheckFinding]) -> Counts:
    plans = unlinked_plan.read_for(GOING(portfolio), portfolio)
    live = uncovered_objective.read_for(LIVE(portfolio), portfolio)
    severities = Counter(finding.severity for finding in findings if finding.counts)
    return Counts(
        objectives=len(portfolio.plans.objectives),
        plans=len(portfolio.plans.plans),
        links=sum(len(placed.item.serves) for placed in portfolio.plans.plans),
        unlinked_plans=sum(not portfolio.links.objectives_of(placed.item) for placed in plans),
        uncovered_objectives=sum(placed.item.id not in portfolio.plans_of for placed in live),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        infos=severities[Severity.INFO],
        waived=sum(finding.waived is not None for finding in findings),
        baselined=sum(finding.baselined for finding in findings),
    )
