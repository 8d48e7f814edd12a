"""Several files of one wave as one: what they must agree on, and their respondents row by row."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from itertools import combinations
from pathlib import Path

from ..documents import Document
from ..model.answers import Respondent, StatedFact
from ..model.questionnaire import Questionnaire
from ..model.responses import Responses, State, period_order
from ..model.wave import Wave
from ..problems import Finding, InputError, Place, Problems, Related
from .files import Source
from .places import AnswerPlaces
from .repeats import Repeats

SIDE_BY_SIDE = ("organization", "period")
"""What files may differ in when it is the field of ``--by``."""


@dataclass
class Part:
    """What one file gave.

    ``source_of_facts`` is the file beside a table that holds its facts, ``own_questionnaire`` that of a
    questionnaire that is not built in.
    """

    source: Source
    header: Responses
    questionnaire: Questionnaire
    newest_assumed: bool
    facts: dict[str, StatedFact] = field(default_factory=dict)
    respondents: Iterable[Respondent] = ()
    source_of_facts: Source | None = None
    own_questionnaire: Source | None = None
    document: Document | None = None

    def value(self, name: str | None) -> str | None:
        """The value of the field that files are set side by side in; None where there is no such field."""
        return getattr(self.header, name) if name in SIDE_BY_SIDE and name else None

    @property
    def sources(self) -> list[tuple[str, str | None]]:
        """Names of the files with their sha256, which confidential ones do not show (rule S12)."""
        files = [self.source, *([self.source_of_facts] if self.source_of_facts else [])]
        own = [(self.own_questionnaire.name, self.own_questionnaire.sha256)] if self.own_questionnaire else []
        return [*((file.name, None if self.header.confidential else file.sha256) for file in files), *own]


def agree(parts: Sequence[Part], side: str | None) -> None:
    """Several files pool their respondents only when they speak of the same thing (InputError if not)."""
    first = parts[0]
    findings = [
        disagreement(part, first, name, new, old, side_by_side_hint(name))
        for part in parts[1:]
        for name, old, new in differences(first, part)
        if name != side
    ]
    for one, other in combinations(parts, 2):
        if (one.header.organization, one.header.period) == (other.header.organization, other.header.period):
            findings += contradictions(one, other)
    if findings:
        raise InputError(list(dict.fromkeys(findings)))


def disagreement(part: Part, first: Part, name: str, new: str, old: str, hint: str = "") -> Finding:
    return Finding(
        "CV004",
        f"{name} is {new} here and {old} in {first.source.name}",
        f"Files are pooled only when they agree.{hint}",
        name="schema",
        file=part.source.file,
    )


def side_by_side_hint(name: str) -> str:
    return f" To set them side by side, write --by {name}." if name in SIDE_BY_SIDE else ""


def differences(first: Part, part: Part) -> list[tuple[str, str, str]]:
    """What the headers of two files do not agree on: name, first value, second value."""
    pairs: list[tuple[str, object, object]] = [
        ("questionnaire", versioned(first), versioned(part)),
        ("organization", first.header.organization, part.header.organization),
        ("period", first.header.period, part.header.period),
        ("confidential", first.header.confidential, part.header.confidential),
        ("cut_by", first.header.cut_by, part.header.cut_by),
    ]
    return [(name, shown(old), shown(new)) for name, old, new in pairs if old != new]


def versioned(part: Part) -> str:
    return f"{part.questionnaire.id}@{part.questionnaire.version}"


def shown(value: object) -> str:
    return "not given" if value is None else str(value).lower() if isinstance(value, bool) else str(value)


def contradictions(first: Part, part: Part) -> Iterator[Finding]:
    """Facts and populations that two files of one organisation and period give differently."""
    old, new = first.header.population, part.header.population
    for group in old.keys() & new.keys():
        if old[group] != new[group]:
            name = f"the population of `{group}`"
            yield disagreement(part, first, name, str(new[group]), str(old[group]))
    for name in sorted(first.facts.keys() & part.facts.keys()):
        if not same_fact(first.facts[name], part.facts[name]):
            told = not (first.header.confidential or part.header.confidential)
            values = (
                (amount(part.facts[name]), amount(first.facts[name])) if told else ("one thing", "another")
            )
            yield disagreement(part, first, f"the fact `{name}`", *values)


def same_fact(one: StatedFact, other: StatedFact) -> bool:
    return replace(one, source=None) == replace(other, source=None)


def amount(fact: StatedFact) -> str:
    if fact.state is not State.ANSWERED:
        return str(fact.state)
    return f"{fact.count} of {fact.of}" if fact.count is not None else str(fact.value)


def pooled(parts: Sequence[Part], side: str | None) -> Wave:
    """All parts as one wave; raises InputError where they contradict each other."""
    agree(parts, side)
    first = parts[0]
    by_value: dict[str | None, dict[str, StatedFact]] = {}
    for part in parts:
        by_value.setdefault(part.value(side), {}).update(part.facts)
    rows = Rows(tuple(parts), side)
    values = [value for value in by_value if value is not None]
    shown = parts_shown(parts, side, values)
    documents = {part.source.file: part.document for part in parts if part.document}
    return Wave(
        questionnaire=first.questionnaire,
        organization=common([part.header.organization for part in parts]),
        period=common([part.header.period for part in shown]),
        confidential=first.header.confidential,
        min_group_size=max(part.header.min_group_size for part in parts),
        cut_by=first.header.cut_by,
        population=population_of(shown, side),
        facts=facts_of_all([by_value[value] for value in {part.value(side): 0 for part in shown}]),
        plans=plans_of(shown) if side != "organization" or len(values) < 2 else (),
        respondents=rows,
        sources=tuple(dict.fromkeys(source for part in parts for source in part.sources)),
        newest_assumed=any(part.newest_assumed for part in parts),
        locate=AnswerPlaces(documents, rows),
        facts_by_value={value: by_value[value] for value in values},
        plans_by_value={value: plans_of(of_value(parts, side, value)) for value in values},
        population_by_value={value: population_of(of_value(parts, side, value), side) for value in values},
    )


def parts_shown(parts: Sequence[Part], side: str | None, values: Sequence[str]) -> Sequence[Part]:
    """The parts that the report itself is about: of several periods those of the newest."""
    if side != "period" or not values:
        return parts
    return of_value(parts, side, max(values, key=period_order))


def of_value(parts: Sequence[Part], side: str | None, value: str) -> list[Part]:
    return [part for part in parts if part.value(side) == value]


def plans_of(parts: Sequence[Part]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(plan for part in parts for plan in beside(part)))


def common(values: Sequence[str | None]) -> str | None:
    return values[0] if len(set(values)) == 1 else None


def population_of(parts: Sequence[Part], side: str | None) -> Mapping[str, int]:
    """How many there are of each group; of files set side by side, where each of them says so."""
    by_value: dict[str | None, dict[str, int]] = {}
    for part in parts:
        by_value.setdefault(part.value(side), {}).update(part.header.population)
    groups = set.intersection(*(set(known) for known in by_value.values()))
    return {group: sum(known[group] for known in by_value.values()) for group in sorted(groups)}


def facts_of_all(stated: Sequence[Mapping[str, StatedFact]]) -> Mapping[str, StatedFact]:
    """The facts of files set side by side: counts are added, other figures count where all give the same."""
    names = dict.fromkeys(name for facts in stated for name in facts)
    found = {
        name: together([facts.get(name, StatedFact(State.SKIPPED)) for facts in stated]) for name in names
    }
    return {name: fact for name, fact in found.items() if fact is not None}


def together(facts: Sequence[StatedFact]) -> StatedFact | None:
    first = facts[0]
    if all(same_fact(first, fact) for fact in facts[1:]):
        return first
    counts = [(fact.count, fact.of) for fact in facts if fact.count is not None and fact.of is not None]
    if len(counts) < len(facts):
        return None
    return StatedFact(
        State.ANSWERED,
        count=sum((count for count, _ in counts), Fraction(0)),
        of=sum((of for _, of in counts), Fraction(0)),
    )


def beside(part: Part) -> Iterable[str]:
    """The plans files that a responses file names, relative to it."""
    folder = Path(part.source.file).parent
    return (str(folder / name) for name in part.header.plans or ())


@dataclass(frozen=True)
class Rows:
    """The respondents of all parts, as often as asked for; problems are raised at the end (InputError)."""

    parts: tuple[Part, ...]
    side: str | None

    def __iter__(self) -> Iterator[Respondent]:
        repeats = Repeats() if len(self.parts) > 1 else None
        sizes: Counter[tuple[str | None, str]] = Counter()
        findings: list[Finding] = []
        twice = Problems()
        for part in self.parts:
            value = part.value(self.side)
            try:
                for respondent in part.respondents:
                    if repeats and respondent.id:
                        repeats.add((value, respondent.id))
                    sizes[value, respondent.group] += 1
                    yield self._with_value(respondent, value)
            except InputError as error:
                findings += error.findings
        twice.take(self._standing_twice(repeats))
        findings += [*twice.told(), *self._too_many(sizes)]
        if findings:
            raise InputError(list(dict.fromkeys(findings)))

    def _with_value(self, respondent: Respondent, value: str | None) -> Respondent:
        if value is None or self.side is None:
            return respondent
        return replace(respondent, about={**respondent.about, self.side: value})

    def _standing_twice(self, repeats: Repeats | None) -> Iterator[Finding]:
        """People who stand in two files; who stands twice in one, its own reader has found."""
        for (place, first), (other, again) in repeats.found(self._ids()) if repeats else ():
            if place != other:
                yield Finding(
                    "CV004",
                    "{This respondent} stands in two files",
                    value="" if self.parts[place].header.confidential else again.id,
                    name="schema",
                    file=again.file,
                    line=line_of(again),
                    related=(Related("first here", Place(first.file, line_of(first))),),
                )

    def _ids(self) -> Iterator[tuple[Hashable, tuple[int, Respondent]]]:
        for place, part in enumerate(self.parts):
            for respondent in part.respondents:
                yield (part.value(self.side), respondent.id), (place, respondent)

    def _too_many(self, sizes: Mapping[tuple[str | None, str], int]) -> Iterator[Finding]:
        """Groups in which more people answered than there are."""
        for part in self.parts:
            for group, people in part.header.population.items():
                n = sizes.get((part.value(self.side), group), 0)
                if n > people:
                    message = f"`{group}`: {n} people answered, more than the {people} there are"
                    file = part.source_of_facts or part.source
                    yield Finding("CV004", message, name="schema", file=file.file)


def line_of(respondent: Respondent) -> int | None:
    """The line of a row; a sheet in YAML is known by its path."""
    step = respondent.path[0] if respondent.path else None
    return step if isinstance(step, int) else None
