"""``--by FIELD``: the same figures for the people who share one value of an attribute (rule S12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR
from typing import Literal, NamedTuple

from ..model.questionnaire import Question, Questionnaire
from ..model.responses import period_order
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean, listed
from .cells import CellMaker, Privacy, size
from .facts import ScoredFact, used
from .sheet import Sheet
from .tally import Tally

MOST_VALUES = 200
"""Values of a cut: nobody reads more side by side."""
OTHER = "other"
NOT_RECORDED = "not recorded"
Tallies = Mapping[str | None, Tally]
Facts = Mapping[str, ScoredFact]
Who = Literal["value", "others", "not-recorded"]


class Part(NamedTuple):
    """The people of one value; of several that are joined; or those of whom none is recorded."""

    value: str
    who: Who
    tally: Tally


@dataclass(frozen=True)
class Cut:
    """One value; ``facts`` are its own, in files that are set side by side; None in a cut of one wave."""

    field: str
    value: str
    who: Who
    sheet: Sheet
    facts: Facts | None


class Cuts(NamedTuple):
    """``left_out``: the scored questions that not every value can answer; ``unheard``: each group whose
    answers to a question are in no score, as not every value has some."""

    shown: tuple[Cut, ...] = ()
    left_out: tuple[Question, ...] = ()
    unheard: tuple[tuple[str, Question], ...] = ()


def cuts_of(wave: Wave, field: str, tallies: Tallies, own: Mapping[str, Facts], privacy: Privacy) -> Cuts:
    """A sheet for each value of `field`, in alphabetical order; waves in theirs.

    `own` are the facts of each value, where files are set side by side. Raises UsageError where nobody has
    the field.
    """
    refuse_unknown(wave, field, tallies)
    parts = shown_parts(wave, field, tallies, privacy)
    own = {value: facts for value, facts in own.items() if value in tallies}
    opinions = wave.questionnaire.opinions
    choice = Choice(wave.questionnaire, privacy, [part.tally for part in parts], every=bool(own))
    kept = {place: found for place, q in enumerate(opinions) if (found := choice.kept(place, q))}
    by_id = {
        question.id: question for question in (*kept.values(), *(wave.questionnaire.facts if own else ()))
    }
    asked = wave.questionnaire.asking([by_id[q.id] for q in wave.questionnaire.questions if q.id in by_id])
    narrow = [part.tally.at(list(kept)) for part in parts]
    layouts = CellMaker(asked, privacy).layouts(narrow)
    shown = []
    for (value, who, _), tally in zip(parts, narrow, strict=True):
        facts, population = own.get(value), wave.population_by_value.get(value, {})
        sheet = Sheet(asked, tally, used(facts or {}), privacy, population, layouts)
        shown.append(Cut(field, value, who, sheet, facts))
    left_out = tuple(q for q in opinions if q.is_scored_kind and q.id not in by_id)
    return Cuts(tuple(shown), left_out, tuple(choice.unheard(kept)))


class Choice:
    """Which questions a cut shows: those that every value can answer, so that all rest on the same ones.

    In a confidential file each value must have enough answers of every scored group by itself: a joined
    cell of one value could be set off against the whole. `every`: files set side by side show all.
    """

    def __init__(
        self, questionnaire: Questionnaire, privacy: Privacy, tallies: Sequence[Tally], *, every: bool
    ) -> None:
        self.questionnaire = questionnaire
        self.confidential, self.least = privacy.confidential, privacy.least
        self.tallies = tallies
        self.every = every and not privacy.confidential

    def kept(self, index: int, question: Question) -> Question | None:
        """The question, scored by the groups that answer it in every value: where there are none, each
        value would be scored by somebody else, so it only shows what each group says.

        In a confidential file groups that are not scored are left out.
        """
        if self.every:
            return question
        scored = self.questionnaire.scored(question)
        answers = {group: self.answers(group, index) for group in scored}
        if not scored or not all(map(any, zip(*answers.values(), strict=True))):
            return None
        if any(n < self.least for group in filter(self.is_protected, scored) for n in answers[group]):
            return None
        everywhere = tuple(group for group in scored if all(answers[group]))
        groups = scored if self.confidential else question.groups
        return question.model_copy(update={"scored": everywhere, "groups": groups})

    def unheard(self, kept: Mapping[int, Question]) -> Iterator[tuple[str, Question]]:
        """The groups that answered a question and are in the score of no value, while others are."""
        for index, question in kept.items():
            for group in self.questionnaire.scored(self.questionnaire.question_by_id[question.id]):
                if question.scored and group not in question.scored and any(self.answers(group, index)):
                    yield group, question

    def answers(self, group: str, index: int) -> list[int]:
        """How many of a group answered a question, value by value."""
        return [size(tally, group, index).answers for tally in self.tallies]

    def is_protected(self, group: str) -> bool:
        """Whether a group has anybody whom rule S12 protects."""
        outside = not self.confidential or self.questionnaire.group_by_id[group].attributable
        return not outside and any(tally.size(group) for tally in self.tallies)


def shown_parts(wave: Wave, field: str, tallies: Tallies, privacy: Privacy) -> list[Part]:
    """Each value that stands for itself, and those that are joined."""
    if are_waves(wave, field):
        small = too_small(wave, field, tallies, privacy)
        return sorted((part for part in named(tallies) if part.value not in small), key=when)
    return joined_small(wave.questionnaire, tallies, privacy) if privacy.confidential else named(tallies)


def when(part: Part) -> tuple[int, ...]:
    """The order of waves; one whose file names no period comes last."""
    return period_order(part.value) if part.who == "value" else (MAXYEAR + 1,)


def are_waves(wave: Wave, field: str | None) -> bool:
    """Whether the values are waves, each from files of its own, and not parts of one file."""
    return field == "period" and wave.period in wave.facts_by_value


def too_small(wave: Wave, field: str | None, tallies: Tallies, privacy: Privacy) -> list[str]:
    """The waves that have too few people to stand beside the others.

    Such a wave is left out and not joined with another: that one has a report of its own, and what is
    joined less that is the small wave.
    """
    if not are_waves(wave, field):
        return []
    sizes = {part.value: people(wave.questionnaire, part.tally) for part in named(tallies)}
    return [value for value, many in sizes.items() if privacy.too_few(many)]


def people(questionnaire: Questionnaire, tally: Tally) -> int:
    """How many people there are in the groups that rule S12 protects."""
    return sum(tally.size(group.id) for group in questionnaire.groups if not group.attributable)


def refuse_forbidden(wave: Wave, field: str) -> None:
    """Raises UsageError where a confidential file does not name the field in `cut_by`."""
    if wave.confidential and wave.cut_by != field and not are_waves(wave, field):
        allowed = f"`--by {wave.cut_by}`" if wave.cut_by else "none, as it has no `cut_by`"
        raise UsageError(
            f"These answers are confidential, and the file allows one cut: {allowed}. "
            "Two cuts of one file could be subtracted from each other."
        )


def refuse_unknown(wave: Wave, field: str, tallies: Tallies) -> None:
    if all(value is None for value, tally in tallies.items() if tally.total):
        known = sorted({name for respondent in wave.respondents for name in respondent.about})
        hint = did_you_mean(field, known) or (f"Recorded are: {listed(known)}." if known else "")
        raise UsageError(f"No respondent has `{field}` under `about`. {hint}".strip())


def named(tallies: Tallies) -> list[Part]:
    """Values in alphabetical order; people without the attribute come last."""
    found = [Part(value, "value", tallies[value]) for value in sorted(v for v in tallies if v is not None)]
    if None in tallies and tallies[None].total:
        found.append(Part(NOT_RECORDED, "not-recorded", tallies[None]))
    return found


def joined_small(questionnaire: Questionnaire, tallies: Tallies, privacy: Privacy) -> list[Part]:
    """Values with too few people, and people without the attribute, as one value that holds enough."""
    sizes = {value: people(questionnaire, tally) for value, tally in tallies.items()}
    large = sorted(v for v in tallies if v is not None and sizes[v] >= privacy.least)
    small = [value for value in tallies if value not in large and tallies[value].total]
    while small and large and sum(sizes[value] for value in small) < privacy.least:
        smallest = min(large, key=lambda value: (sizes[value], value))
        large.remove(smallest)
        small.append(smallest)
    found = [Part(value, "value", tallies[value]) for value in large]
    if small:
        found.append(Part(OTHER, "others", sum((tallies[value] for value in small), Tally())))
    return found
