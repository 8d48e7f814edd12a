"""``--by FIELD``: the same figures for the people who share one value of an attribute (rule S12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import MAXYEAR

from ..model.questionnaire import Questionnaire
from ..model.responses import period_order
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean
from .cells import CellMaker, Privacy
from .facts import ScoredFact, used
from .sheet import Sheet
from .tally import Tally

OTHER = "other"
NOT_RECORDED = "not recorded"
Tallies = Mapping[str | None, Tally]
Facts = Mapping[str, ScoredFact]


@dataclass(frozen=True)
class Cut:
    """``facts`` are those of the value, where files are set side by side, else None: all share them."""

    field: str
    value: str
    sheet: Sheet
    facts: Mapping[str, ScoredFact] | None = None


def cuts_of(
    wave: Wave, field: str, tallies: Tallies, facts: Facts, own: Mapping[str, Facts], privacy: Privacy
) -> tuple[Cut, ...]:
    """A sheet for each value of `field`, in alphabetical order; waves in theirs.

    `own` are the facts of some values. Raises UsageError where a confidential file does not name the field
    in `cut_by`, or nobody has it.
    """
    refuse_cut(wave, field, tallies)
    found = shown_values(wave, field, tallies, privacy)
    maker = CellMaker(wave.questionnaire, privacy)
    layouts = maker.layouts(list(found.values()), of_a_cut=True)
    return tuple(
        Cut(
            field,
            value,
            Sheet(
                wave.questionnaire,
                tally,
                used(own.get(value, facts)),
                privacy,
                wave.population_by_value.get(value, {}),
                layouts,
                with_unscored=not privacy.confidential,
            ),
            own.get(value),
        )
        for value, tally in found.items()
    )


def shown_values(wave: Wave, field: str, tallies: Tallies, privacy: Privacy) -> dict[str, Tally]:
    """Each value that stands for itself, and those that are joined."""
    if are_waves(wave, field):
        small, found = too_small(wave, field, tallies, privacy), named(tallies)
        return {value: found[value] for value in sorted(found, key=when) if value not in small}
    return joined_small(wave.questionnaire, tallies, privacy) if privacy.confidential else named(tallies)


def when(value: str) -> tuple[int, ...]:
    """The order of waves; one whose file names no period comes last."""
    return period_order(value) if value != NOT_RECORDED else (MAXYEAR + 1,)


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
    sizes = {value: size(wave.questionnaire, tally) for value, tally in named(tallies).items()}
    return [value for value, people in sizes.items() if privacy.too_few(people)]


def size(questionnaire: Questionnaire, tally: Tally) -> int:
    """How many people there are in the groups that rule S12 protects."""
    return sum(tally.size(group.id) for group in questionnaire.groups if not group.attributable)


def refuse_cut(wave: Wave, field: str, tallies: Tallies) -> None:
    if wave.confidential and wave.cut_by != field and not are_waves(wave, field):
        allowed = f"`--by {wave.cut_by}`" if wave.cut_by else "none, as it has no `cut_by`"
        raise UsageError(
            f"These answers are confidential, and the file allows one cut: {allowed}. "
            "Two cuts of one file could be subtracted from each other."
        )
    if all(value is None for value, tally in tallies.items() if tally.total):
        known = sorted({name for respondent in wave.respondents for name in respondent.about})
        hint = did_you_mean(field, known) or (f"Recorded are: {', '.join(known)}." if known else "")
        raise UsageError(f"No respondent has `{field}` under `about`. {hint}".strip())


def named(tallies: Tallies) -> dict[str, Tally]:
    """Values in alphabetical order; people without the attribute come last."""
    found = {value: tallies[value] for value in sorted(v for v in tallies if v is not None)}
    if None in tallies and tallies[None].total:
        found[NOT_RECORDED] = tallies[None]
    return found


def joined_small(questionnaire: Questionnaire, tallies: Tallies, privacy: Privacy) -> dict[str, Tally]:
    """Values with too few people, and people without the attribute, as one value that holds enough."""
    sizes = {value: size(questionnaire, tally) for value, tally in tallies.items()}
    large = sorted(v for v in tallies if v is not None and sizes[v] >= privacy.least)
    small = [value for value in tallies if value not in large and tallies[value].total]
    while small and large and sum(sizes[value] for value in small) < privacy.least:
        smallest = min(large, key=lambda value: (sizes[value], value))
        large.remove(smallest)
        small.append(smallest)
    found = {value: tallies[value] for value in large}
    if small:
        found[OTHER] = sum((tallies[value] for value in small), Tally())
    return found
