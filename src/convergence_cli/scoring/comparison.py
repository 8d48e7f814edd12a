"""The comparison of two waves: every figure of DESIGN's contract, in its order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .. import __version__
from ..model.fields import Text
from ..model.questionnaire import Question, Questionnaire
from ..model.wave import Wave
from ..problems import InputError
from ..results import comparison as result
from ..results.common import InputFile, Tool
from ..results.score import GroupSize, Note, QuestionnaireRef, Respondents
from .cells import Cell, Layout, Privacy
from .changes import Change, Facts, Waves, cell_named
from .comparable import Common, common_questionnaire, obstacles
from .facts import ScoredFact, scored_facts
from .notes import listed, said_first, version_notes
from .questions import fact_result, number, shown
from .report import Request, refuse_empty
from .sheet import Sheet
from .tally import Tally
from .turnover import people_of

Both = tuple[Wave, Wave]
Requests = tuple[Request, Request]


def compare_waves(old: Wave, new: Wave, requests: Requests | None = None) -> result.Comparison:
    """What changed from `old` to `new`; the requests bring what the plans files of each wave show.

    Raises InputError where the two cannot be compared, NothingToDo where one of them is empty.
    """
    old, new = old.newest(), new.newest()
    if found := obstacles(old, new):
        raise InputError(found)
    requests = requests or (Request(), Request())
    common = common_questionnaire(old.questionnaire, new.questionnaire)
    scored = common.questionnaire
    told = (facts_of(old, requests[0], scored), facts_of(new, requests[1], scored))
    people = (people_of(old, scored), people_of(new, scored))
    waves = Waves(scored, people, (used(told[0]), used(told[1])), privacy_of((old, new), requests))
    for sheet, facts in zip((waves.old, waves.new), told, strict=True):
        refuse_empty(sheet.tally, facts)
    return Assembly((old, new), requests, common, told, waves).comparison()


def facts_of(wave: Wave, request: Request, questionnaire: Questionnaire) -> dict[str, ScoredFact]:
    return scored_facts(questionnaire, wave.facts, {each.id: each for each in request.evidence})


def used(facts: Mapping[str, ScoredFact]) -> Facts:
    return {name: fact.used for name, fact in facts.items()}


def privacy_of(waves: Both, requests: Requests) -> Privacy:
    """What holds for both: if one wave is confidential both are, with the larger group size."""
    asked = [request.min_group_size or 0 for request in requests]
    least = max(*asked, *(wave.min_group_size for wave in waves))
    return Privacy(any(wave.confidential for wave in waves), least)


@dataclass(frozen=True)
class Assembly:
    """Everything computed, to be written down in the order of the contract."""

    waves: Both
    requests: Requests
    common: Common
    facts: tuple[Mapping[str, ScoredFact], Mapping[str, ScoredFact]]
    changes: Waves

    @property
    def questionnaire(self) -> Questionnaire:
        return self.common.questionnaire

    @property
    def periods(self) -> tuple[str, str]:
        return self.waves[0].period or "", self.waves[1].period or ""

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.requests[1].language)

    def comparison(self) -> result.Comparison:
        questions = [question for question in self.questionnaire.questions if question.is_scored_kind]
        old, new = self.waves
        return result.Comparison(
            tool=Tool(version=__version__),
            inputs=tuple(InputFile(name=name, sha256=sha256) for name, sha256 in self.sources()),
            questionnaire=QuestionnaireRef(
                id=self.questionnaire.id,
                version=self.questionnaire.version,
                title=self.say(self.questionnaire.title),
            ),
            waves=(
                self.wave(old, self.requests[0], self.changes.old.tally),
                self.wave(new, self.requests[1], self.changes.new.tally),
            ),
            overall=result.Change(**self.figures(self.changes.figure("overall", "overall"))),
            dimensions=tuple(
                result.DimensionChange(
                    id=dimension.id,
                    title=self.say(dimension.title),
                    parent=dimension.parent,
                    **self.figures(self.changes.figure("dimension", dimension.id)),
                )
                for dimension in self.questionnaire.dimensions
            ),
            questions=tuple(self.question(question) for question in questions),
            notes=tuple(Note(kind=kind, text=text) for kind, text in self.notes()),
        )

    def sources(self) -> Iterator[tuple[str, str | None]]:
        for wave, request in zip(self.waves, self.requests, strict=True):
            yield from (*wave.sources, *request.sources)

    def wave(self, wave: Wave, request: Request, tally: Tally) -> result.Wave:
        groups = tuple(
            GroupSize(
                group=group.id,
                title=self.say(group.title),
                n=tally.size(group.id),
                population=wave.population.get(group.id),
            )
            for group in self.questionnaire.groups
        )
        return result.Wave(
            organization=wave.organization,
            period=wave.period or "",
            version=wave.questionnaire.version,
            evidence_date=request.evidence_date.isoformat() if request.evidence_date else None,
            respondents=Respondents(
                total=tally.total,
                groups=groups,
                confidential=wave.confidential,
                min_group_size=self.changes.privacy.least,
            ),
        )

    def question(self, question: Question) -> result.QuestionChange:
        cells = [] if question.is_fact else self.changes.old.asked[question.id].cells
        old, new = (fact_result(facts[question.id]) if question.is_fact else None for facts in self.facts)
        return result.QuestionChange(
            id=question.id,
            dimension=question.dimension,
            title=self.say(question.short_title),
            kind=question.answer.kind,
            fact=result.FactChange(old=old, new=new) if old or new else None,
            groups=tuple(self.group(question, cell) for cell in cells),
            **self.figures(self.changes.figure("question", question.id)),
        )

    def group(self, question: Question, cell: Cell) -> result.GroupChange:
        titles = [self.say(self.questionnaire.group_by_id[group].title) for group in cell.groups]
        return result.GroupChange(
            group=cell.name,
            title=" + ".join(titles),
            scored=cell.scored,
            pooled=cell.groups if len(cell.groups) > 1 else None,
            **self.figures(self.changes.voice(question.id, cell.name)),
        )

    def figures(self, change: Change) -> dict[str, Any]:
        """What every figure of both waves says."""
        parts = change.parts._asdict().items() if change.parts else None
        return {
            "old": number(change.old),
            "new": number(change.new),
            "change": number(change.change),
            "interval": shown(change.interval),
            "interval_reason": change.interval_reason,
            "reliable": change.reliable,
            "in_both": change.in_both,
            "parts": parts and tuple(result.ChangePart(cause=name, change=float(x)) for name, x in parts),
            "reason": None if change.change is not None else self.reason(change),
        }

    def reason(self, change: Change) -> str | None:
        """Why there is no change: the wave that has no score, or the reason that both share."""
        if change.reasons[0] == change.reasons[1]:
            return change.reasons[0]
        values = zip((change.old, change.new), change.reasons, self.periods, strict=True)
        return "; ".join(f"{why} in {period}" for value, why, period in values if value is None and why)

    # What to read with care

    def notes(self) -> Iterator[tuple[str, str]]:
        yield from self.privacy_notes()
        yield from self.version_notes()
        yield from self.people_notes()
        yield from self.one_wave_notes()
        yield from self.origin_notes()

    def privacy_notes(self) -> Iterator[tuple[str, str]]:
        if not self.changes.privacy.confidential:
            return
        least = self.changes.privacy.least
        if len({wave.confidential for wave in self.waves}) > 1:
            yield "privacy", "One wave is confidential, so both are treated as confidential."
        asked = self.changes.old.asked.values()
        joined = [self.title(item.question) for item in asked if item.layout is Layout.JOINED]
        if joined:
            yield "joined", f"Groups are shown as one in both waves for {listed(joined)}."
        hidden = [self.title(item.question) for item in asked if self.hides(item.question)]
        if hidden:
            yield "hidden", f"Some answers are hidden in both waves for {listed(hidden)}."
        if joined or hidden:
            yield (
                "privacy",
                f"In one wave or the other a group has fewer than {least} answers. If people were told that "
                "answers are attributable, write `confidential: false`.",
            )
        overall = self.changes.figure("overall", "overall")
        if overall.change is not None and overall.parts is None and overall.in_both is None:
            yield (
                "parts",
                f"What brought the changes about is not told where fewer than {least} people stayed, left "
                "or joined.",
            )

    def hides(self, question: Question) -> bool:
        cells = self.changes.old.asked[question.id].cells
        both = [(cell, cell_named(self.changes.new, question.id, cell.name)) for cell in cells]
        return any(old.hidden or new.hidden for old, new in both)

    def title(self, question: Question) -> str:
        return self.say(question.short_title)

    def version_notes(self) -> Iterator[tuple[str, str]]:
        yield from dict.fromkeys(note for wave in self.waves for note in version_notes(wave))
        versions = [wave.questionnaire.version for wave in self.waves]
        if self.waves[0].questionnaire == self.waves[1].questionnaire:
            return
        one = "the same version, but the two files differ" if versions[0] == versions[1] else "two versions"
        left = f" Left out: {', '.join(self.common.left_out)}." if self.common.left_out else ""
        count = len([question for question in self.questionnaire.questions if question.is_scored_kind])
        shared = "1 question is" if count == 1 else f"{count} questions are"
        yield (
            "versions",
            f"{self.periods[0]} answered version {versions[0]} of the questionnaire, {self.periods[1]} "
            f"version {versions[1]} ({one}). {shared} the same in both and compared, by the dimensions and "
            f"weights of version {self.questionnaire.version}.{left}",
        )

    def people_notes(self) -> Iterator[tuple[str, str]]:
        unnamed = [wave.period for wave in self.waves if wave.organization is None]
        if len(unnamed) == 1:
            yield "organization", f"{unnamed[0]} names no organisation; it is taken for the same one."
        sizes = [sheet.tally.total for sheet in (self.changes.old, self.changes.new)]
        if all(sizes) and not self.changes.turnover.both:
            yield (
                "ids",
                "No respondent's id stands in both waves. If the same people answered, give them the same "
                "ids: the likely ranges become narrower.",
            )

    def one_wave_notes(self) -> Iterator[tuple[str, str]]:
        """Questions with a score in one wave alone change what their dimension is made of."""
        for period, sheet, other in zip(self.periods, self.sheets, reversed(self.sheets), strict=True):
            alone = [
                self.title(question)
                for question in self.questionnaire.questions
                if has_score(sheet, question) and not has_score(other, question)
            ]
            if alone:
                names, has = said_first(listed(alone)), "has" if len(alone) == 1 else "have"
                part = "it is part" if len(alone) == 1 else "they are part"
                yield (
                    "one-wave",
                    f"{names} {has} a score in {period} alone. A score that {part} of is not made of the "
                    "same questions in both waves, so its change has no likely range.",
                )

    def origin_notes(self) -> Iterator[tuple[str, str]]:
        """Facts that were stated in one wave and counted in the other."""
        origins = [
            {name: found.origin for name in facts if (found := fact_result(facts[name])) is not None}
            for facts in self.facts
        ]
        for place, period in enumerate(self.periods):
            here, there = origins[place], origins[1 - place]
            stated = [
                self.title(question)
                for question in self.questionnaire.facts
                if (here.get(question.id), there.get(question.id)) == ("responses", "plans")
            ]
            if stated:
                names, was = said_first(listed(stated)), "was" if len(stated) == 1 else "were"
                yield (
                    "evidence",
                    f"{names} {was} stated in {period} and counted from the plans file in "
                    f"{self.periods[1 - place]}: part of the change may come from that.",
                )

    @property
    def sheets(self) -> tuple[Sheet, Sheet]:
        return self.changes.old, self.changes.new


def has_score(sheet: Sheet, question: Question) -> bool:
    return sheet.tree.find("question", question.id).value is not None
