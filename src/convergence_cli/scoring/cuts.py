"""``--by FIELD``: the same figures for the people who share one value of an attribute (rule S12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ..model.questionnaire import Questionnaire
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
    """A sheet for each value of `field`, values in alphabetical order; `own` are the facts of some values.

    Raises UsageError where a confidential file does not name the field in `cut_by`, or nobody has it.
    """
    refuse_cut(wave, field, tallies)
    found = joined_small(wave.questionnaire, tallies, privacy) if privacy.confidential else named(tallies)
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


def refuse_cut(wave: Wave, field: str, tallies: Tallies) -> None:
    if wave.confidential and wave.cut_by != field:
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
    protected = [group.id for group in questionnaire.groups if not group.attributable]
    sizes = {value: sum(tally.size(group) for group in protected) for value, tally in tallies.items()}
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
