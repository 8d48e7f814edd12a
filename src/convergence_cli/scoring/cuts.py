"""``--by FIELD``: the same figures for the people who share one value of an attribute (rule S12)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Literal, NamedTuple

from ..model.questionnaire import Question, Questionnaire
from ..model.wave import Wave
from ..problems import UsageError, did_you_mean, listed
from .privacy import CellMaker, Privacy, answers
from .survey import Survey
from .tally import Tally

MOST_VALUES = 200
"""Values of a cut: nobody reads more side by side."""
Tallies = Mapping[str | None, Tally]
"""The people of each value; None are those of whom none is recorded."""
Who = Literal["value", "others", "not-recorded"]
Parts = dict[tuple[str, Who], Tally]
"""The people of one value; of several that are joined; or those of whom none is recorded."""


class Cut(NamedTuple):
    """One value. Facts are the organisation's and stand in no cut."""

    value: str
    who: Who
    survey: Survey


class Cuts(NamedTuple):
    """``left_out``: the scored questions that not every value can answer; ``unheard``: each group whose
    answers to a question are in no score, as not every value has some."""

    shown: tuple[Cut, ...] = ()
    left_out: tuple[str, ...] = ()
    unheard: tuple[tuple[str, str], ...] = ()


def cuts_of(asked: Questionnaire, tallies: Tallies, privacy: Privacy) -> Cuts:
    """A survey for each value, in alphabetical order, over the questions that every value can answer, so that
    all rest on the same ones.

    Of each question the groups are scored that answered it in every value: where there are none, each value
    would be scored by somebody else, so it only shows what each group says. In a confidential file groups
    that are not scored are left out.
    """
    parts = parts_of(asked, tallies, privacy)
    kept: dict[int, Question] = {}
    left_out, unheard = [], []
    for index, question in enumerate(asked.opinions):
        scored = asked.scored(question)
        told = {group: [answers(tally, group, index) for tally in parts.values()] for group in scored}
        if not can_show(asked, told, parts.values(), privacy):
            left_out += [question.id] if question.is_scored_kind else []
            continue
        everywhere = tuple(group for group in scored if all(told[group]))
        groups = scored if privacy.confidential else question.groups
        kept[index] = question.model_copy(update={"scored": everywhere, "groups": groups})
        missed = (group for group in scored if group not in everywhere and any(told[group]))
        unheard += [(group, question.id) for group in missed if everywhere]
    asking = asked.asking(list(kept.values()))
    narrow = [tally.at(list(kept)) for tally in parts.values()]
    layouts = CellMaker(asking, privacy).layouts(narrow)
    shown = (
        Cut(value, who, Survey(asking, tally, {}, privacy, {}, layouts))
        for (value, who), tally in zip(parts, narrow, strict=True)
    )
    return Cuts(tuple(shown), tuple(left_out), tuple(unheard))


def can_show(
    asked: Questionnaire, told: Mapping[str, Sequence[int]], tallies: Collection[Tally], privacy: Privacy
) -> bool:
    """Whether every value can answer a question, of which its scored groups `told` something so often.

    In a confidential file each value must have enough answers of every scored group by itself: a joined
    cell of one value could be set off against the whole.
    """
    protected = (
        group
        for group in told
        if privacy.protects(asked.group_by_id[group]) and any(tally.size(group) for tally in tallies)
    )
    enough = all(n >= privacy.least for group in protected for n in told[group])
    return enough and bool(told) and all(map(any, zip(*told.values(), strict=True)))


def refuse_cut(wave: Wave, field: str) -> None:
    """Raises UsageError for a cut that a confidential file does not name, that nobody has a value of, or that
    has more values than can be set side by side.
    """
    if wave.confidential and wave.cut_by != field:
        allowed = f"`--by {wave.cut_by}`" if wave.cut_by else "none, as it has no `cut_by`"
        raise UsageError(
            f"These answers are confidential, and the file allows one cut: {allowed}. "
            "Two cuts of one file could be subtracted from each other."
        )
    values = {who.about[field] for who in wave.respondents if field in who.about}
    if not values:
        known = sorted({name for who in wave.respondents for name in who.about})
        hint = did_you_mean(field, known) or (f"Recorded are: {listed(known)}." if known else "")
        raise UsageError(f"No respondent has `{field}` under `about`. {hint}".strip())
    if len(values) > MOST_VALUES:
        raise UsageError(
            f"`{field}` has {len(values):,} values, and --by sets at most {MOST_VALUES} side by side. "
            "Name an attribute that many people share."
        )


def parts_of(asked: Questionnaire, tallies: Tallies, privacy: Privacy) -> Parts:
    """Values in alphabetical order; last, as one, the people without the attribute. In a confidential file
    values with too few people are joined with these, and more values until it holds enough.
    """
    protected = [group.id for group in asked.groups if privacy.protects(group)]
    sizes = {value: sum(map(tally.size, protected)) for value, tally in tallies.items()}
    least = privacy.least if privacy.confidential else 0
    large = sorted(value for value in tallies if value is not None and sizes[value] >= least)
    small = [value for value in tallies if value not in large and tallies[value].total]
    while small and large and sum(sizes[value] for value in small) < least:
        smallest = min(large, key=lambda value: (sizes[value], value))
        large.remove(smallest)
        small.append(smallest)
    found: Parts = {(value, "value"): tallies[value] for value in large}
    if small:
        last: tuple[str, Who] = ("not recorded", "not-recorded")
        if privacy.confidential:
            last = ("other", "others")
        found[last] = sum((tallies[value] for value in small), Tally())
    return found
