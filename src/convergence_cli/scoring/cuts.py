"""``--by FIELD``: the same figures for the people who share one value of an attribute (rule S12)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal, NamedTuple

from ..model.questionnaire import Question, Questionnaire
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean, listed
from .privacy import CellMaker, Privacy, size
from .survey import Survey
from .tally import Tally

MOST_VALUES = 200
"""Values of a cut: nobody reads more side by side."""
OTHER = "other"
NOT_RECORDED = "not recorded"
Tallies = Mapping[str | None, Tally]
Who = Literal["value", "others", "not-recorded"]


class Part(NamedTuple):
    """The people of one value; of several that are joined; or those of whom none is recorded."""

    value: str
    who: Who
    tally: Tally


class Cut(NamedTuple):
    """One value. Facts are the organisation's and stand in no cut."""

    value: str
    who: Who
    survey: Survey


class Cuts(NamedTuple):
    """``left_out``: the scored questions that not every value can answer; ``unheard``: each group whose
    answers to a question are in no score, as not every value has some."""

    shown: tuple[Cut, ...] = ()
    left_out: tuple[Question, ...] = ()
    unheard: tuple[tuple[str, Question], ...] = ()


def cuts_of(wave: Wave, field: str, tallies: Tallies, privacy: Privacy) -> Cuts:
    """A survey for each value of `field`, in alphabetical order. Raises UsageError where nobody has it."""
    refuse_unknown(wave, field, tallies)
    parts = joined_small(wave.questionnaire, tallies, privacy) if privacy.confidential else named(tallies)
    opinions = wave.questionnaire.opinions
    choice = Choice(wave.questionnaire, privacy, [part.tally for part in parts])
    kept = {place: found for place, q in enumerate(opinions) if (found := choice.kept(place, q))}
    asked = wave.questionnaire.asking(list(kept.values()))
    narrow = [part.tally.at(list(kept)) for part in parts]
    layouts = CellMaker(asked, privacy).layouts(narrow)
    shown = tuple(
        Cut(part.value, part.who, Survey(asked, tally, {}, privacy, {}, layouts))
        for part, tally in zip(parts, narrow, strict=True)
    )
    left_out = tuple(q for place, q in enumerate(opinions) if q.is_scored_kind and place not in kept)
    return Cuts(shown, left_out, tuple(choice.unheard(kept)))


@dataclass(frozen=True)
class Choice:
    """Which questions a cut shows: those that every value can answer, so that all rest on the same ones.

    In a confidential file each value must have enough answers of every scored group by itself: a joined
    cell of one value could be set off against the whole.
    """

    questionnaire: Questionnaire
    privacy: Privacy
    tallies: Sequence[Tally]

    def kept(self, index: int, question: Question) -> Question | None:
        """The question, scored by the groups that answer it in every value: where there are none, each
        value would be scored by somebody else, so it only shows what each group says.

        In a confidential file groups that are not scored are left out.
        """
        scored = self.questionnaire.scored(question)
        answers = {group: self.answers(group, index) for group in scored}
        if not scored or not all(map(any, zip(*answers.values(), strict=True))):
            return None
        if any(n < self.privacy.least for group in filter(self.is_protected, scored) for n in answers[group]):
            return None
        everywhere = tuple(group for group in scored if all(answers[group]))
        groups = scored if self.privacy.confidential else question.groups
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
        outside = not self.privacy.confidential or self.questionnaire.group_by_id[group].attributable
        return not outside and any(tally.size(group) for tally in self.tallies)


def refuse_forbidden(wave: Wave, field: str) -> None:
    """Raises UsageError where a confidential file does not name the field in `cut_by`."""
    if wave.confidential and wave.cut_by != field:
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
    protected = [group.id for group in questionnaire.groups if not group.attributable]
    sizes = {value: sum(map(tally.size, protected)) for value, tally in tallies.items()}
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
