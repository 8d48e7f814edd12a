"""One wave: everything that a responses file, or several pooled, says at one time."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from .answers import Respondent, StatedFact
from .questionnaire import Questionnaire


def nowhere(respondent: Respondent | None, question: str) -> None:
    """The place of an answer, or a fact, that came from no file."""


@dataclass(frozen=True)
class Wave:
    """The answers with what was promised about them.

    ``respondents`` may be read again and again; a CSV file is read row by row each time.
    ``sources`` are the input files' names with their sha256, which is None for confidential ones.
    ``newest_assumed``: the questionnaire was named without a version. ``locate`` says where a
    respondent's answer to a question stands, or a fact (no respondent), as ``file:line``.
    Where files of several organisations (or periods) are set side by side, ``facts_by_value``,
    ``plans_by_value`` and ``population_by_value`` hold what belongs to each; the rest is then that of the
    newest period, or of all organisations together.
    """

    questionnaire: Questionnaire
    organization: str | None
    period: str | None
    confidential: bool
    min_group_size: int
    cut_by: str | None
    population: Mapping[str, int]
    facts: Mapping[str, StatedFact]
    plans: tuple[str, ...]
    respondents: Iterable[Respondent]
    sources: tuple[tuple[str, str | None], ...] = ()
    newest_assumed: bool = False
    locate: Callable[[Respondent | None, str], str | None] = nowhere
    facts_by_value: Mapping[str, Mapping[str, StatedFact]] = field(default_factory=dict)
    plans_by_value: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    population_by_value: Mapping[str, Mapping[str, int]] = field(default_factory=dict)

    def only(self, field: str, value: str | None) -> Wave:
        """The wave with those respondents alone who have `value` for an attribute."""
        return replace(self, respondents=Only(self.respondents, field, value))

    def newest(self) -> Wave:
        """Of several periods that stand side by side the newest alone, which the rest is about."""
        return self.only("period", self.period) if self.period in self.facts_by_value else self


@dataclass(frozen=True)
class Only:
    """The respondents who share a value of an attribute, as often as asked for."""

    respondents: Iterable[Respondent]
    field: str
    value: str | None

    def __iter__(self) -> Iterator[Respondent]:
        return (each for each in self.respondents if each.about.get(self.field) == self.value)
