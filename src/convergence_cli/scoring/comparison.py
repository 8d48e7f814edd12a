"""The comparison of two waves: every figure of both, in the order of the contract."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from .. import __version__
from ..model.answers import StatedFact
from ..model.fields import Text
from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State
from ..model.wave import Wave
from ..problems import InputError
from ..results import comparison as result
from ..results.common import InputFile, Reason, Tool
from ..results.comparison import Change
from ..results.score import Note
from .changes import Waves, people_of
from .comparable import common_questionnaire, counted_differently, obstacles
from .composites import Kind
from .facts import ScoredFact, scored_facts, used
from .notes import note, version_notes
from .privacy import Cell, Layout, Privacy
from .questions import fact_result
from .report import Request, named, refuse_empty, respondents
from .survey import Survey

Both = tuple[Wave, Wave]
Requests = tuple[Request, Request]
NOT_COMPARED = StatedFact(State.NOT_APPLICABLE)
"""What stands for a fact that is counted differently in the two waves: it leaves every composite."""


def compare_waves(old: Wave, new: Wave, requests: Requests | None = None) -> result.Comparison:
    """What changed from `old` to `new`; the requests bring what the plans files of each wave show.

    Raises InputError where the two cannot be compared, NothingToDo where one of them is empty.
    """
    if found := obstacles(old, new):
        raise InputError(found)
    requests = requests or (Request(), Request())
    scored, left_out = common_questionnaire(old.questionnaire, new.questionnaire)
    # If one wave is confidential both are, with the larger group size.
    privacy = Privacy(old.confidential or new.confidential, max(old.min_group_size, new.min_group_size))
    first, second = (
        scored_facts(scored, wave.facts, request.digest, confidential=privacy.confidential)
        for wave, request in zip((old, new), requests, strict=True)
    )
    unlike = counted_differently(first, second)
    not_compared = dict.fromkeys(unlike, NOT_COMPARED)
    waves = Waves(
        scored,
        (people_of(old, scored), people_of(new, scored)),
        (used(first) | not_compared, used(second) | not_compared),
        privacy,
        (old.period or "", new.period or ""),
    )
    refuse_empty(waves.old.tally, first)
    refuse_empty(waves.new.tally, second)
    return Assembly((old, new), requests, scored, left_out, (first, second), unlike, waves).comparison()


@dataclass(frozen=True)
class Assembly:
    """Everything computed, to be written down in the order of the contract."""

    waves: Both
    requests: Requests
    questionnaire: Questionnaire
    left_out: tuple[str, ...]
    facts: tuple[Mapping[str, ScoredFact], Mapping[str, ScoredFact]]
    unlike: frozenset[str]
    changes: Waves

    @property
    def periods(self) -> tuple[str, str]:
        return self.changes.periods

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.requests[1].language)

    def comparison(self) -> result.Comparison:
        questions = [question for question in self.questionnaire.questions if question.is_scored_kind]
        old, new = self.waves
        return result.Comparison(
            tool=Tool(version=__version__),
            inputs=tuple(InputFile(name=name, sha256=sha256) for name, sha256 in self.sources()),
            questionnaire=named(self.questionnaire, self.say),
            waves=(
                self.wave(old, self.requests[0], self.changes.old),
                self.wave(new, self.requests[1], self.changes.new),
            ),
            overall=self.figure("overall", "overall"),
            dimensions=tuple(
                result.DimensionChange(
                    id=dimension.id,
                    title=self.say(dimension.title),
                    parent=dimension.parent,
                    **dict(self.figure("dimension", dimension.id)),
                )
                for dimension in self.questionnaire.dimensions
            ),
            questions=tuple(self.question(question) for question in questions),
            notes=tuple(self.notes()),
        )

    def sources(self) -> Iterator[tuple[str, str | None]]:
        """Names of the files with their sha256; in confidence of no answers, attributable ones neither."""
        confidential = self.changes.privacy.confidential
        for wave, request in zip(self.waves, self.requests, strict=True):
            yield from ((name, None if confidential else sha256) for name, sha256 in wave.sources)
            yield from request.sources

    def wave(self, wave: Wave, request: Request, survey: Survey) -> result.Wave:
        return result.Wave(
            organization=wave.organization,
            period=wave.period or "",
            version=wave.questionnaire.version,
            evidence_date=request.evidence_date.isoformat() if request.evidence_date else None,
            respondents=respondents(survey, wave, self.say, wave.population),
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
            **dict(self.figure("question", question.id)),
        )

    def group(self, question: Question, cell: Cell) -> result.GroupChange:
        titles = [self.say(self.questionnaire.group_by_id[group].title) for group in cell.groups]
        return result.GroupChange(
            group=cell.name,
            title=" + ".join(titles),
            scored=cell.scored,
            pooled=cell.groups if len(cell.groups) > 1 else None,
            **dict(self.changes.voice(question.id, cell.name)),
        )

    def figure(self, kind: Kind, name: str) -> Change:
        """The change of a figure; a fact that is counted in two ways is in none."""
        change = self.changes.figure(kind, name)
        node = self.changes.new.tree.find(kind, name)
        if not node.counts and self.unlike.intersection(question.id for question in node.questions()):
            return change.model_copy(update={"reason": Reason.of("counted-in-two-ways")})
        return change

    # What to read with care

    def notes(self) -> Iterator[Note]:
        yield from self.privacy_notes()
        yield from self.unlike_notes()
        yield from self.version_notes()
        yield from self.people_notes()
        yield from self.one_wave_notes()

    def privacy_notes(self) -> Iterator[Note]:
        if not self.changes.privacy.confidential:
            return
        both = all(wave.confidential for wave in self.waves)
        yield note("privacy", both="yes" if both else "no")
        asked = self.changes.old.asked.values()
        joined = [item.question.id for item in asked if item.layout is Layout.JOINED]
        if joined:
            yield note("joined", *joined)
        hidden = [item.question.id for item in asked if self.hides(item.question)]
        if hidden:
            yield note("hidden", *hidden)
        if joined or hidden:
            yield note("privacy", least_of_both=self.changes.privacy.least)

    def hides(self, question: Question) -> bool:
        return any(cell.hidden for survey in self.surveys for cell in survey.asked[question.id].cells)

    def unlike_notes(self) -> Iterator[Note]:
        """Facts that were stated in one wave and counted in the other."""
        for facts, stated, counted in zip(self.facts, self.periods, reversed(self.periods), strict=True):
            unlike = [name for name in facts if name in self.unlike and facts[name].origin == "responses"]
            if unlike:
                yield note("not-compared", *unlike, stated=stated, counted=counted)

    def version_notes(self) -> Iterator[Note]:
        old, new = (list(version_notes(wave)) for wave in self.waves)
        yield from (*old, *(each for each in new if each not in old))
        if self.waves[0].questionnaire != self.waves[1].questionnaire:
            versions = {f"version_{at}": wave.questionnaire.version for at, wave in enumerate(self.waves, 1)}
            periods = {f"period_{at}": period for at, period in enumerate(self.periods, 1)}
            count = len([question for question in self.questionnaire.questions if question.is_scored_kind])
            left_out = ", ".join(self.left_out) or None
            rules = self.questionnaire.version
            yield note("versions", **periods, **versions, shared=count, rules=rules, left_out=left_out)

    def people_notes(self) -> Iterator[Note]:
        unnamed = [wave.period for wave in self.waves if wave.organization is None]
        if len(unnamed) == 1:
            yield note("organization", period=unnamed[0])
        if self.changes.privacy.confidential:
            return
        old, new = ({who.id: who.group for who in wave.respondents} for wave in self.waves)
        moved = sum(new.get(who, group) != group for who, group in old.items())
        if moved:
            yield note("moved", people=moved)
        if old and new and old.keys().isdisjoint(new):
            yield note("ids")

    def one_wave_notes(self) -> Iterator[Note]:
        """Questions with a score in one wave alone change what their dimension is made of."""
        for period, survey, other in zip(self.periods, self.surveys, reversed(self.surveys), strict=True):
            elsewhere = scored_in(other)
            if alone := [name for name in scored_in(survey) if name not in elsewhere]:
                yield note("one-wave", *alone, period=period)

    @property
    def surveys(self) -> tuple[Survey, Survey]:
        return self.changes.old, self.changes.new


def scored_in(survey: Survey) -> list[str]:
    """The questions with a score, in the questionnaire's order."""
    with_score = {node.id for node in survey.tree.questions() if node.value is not None}
    return [question.id for question in survey.questionnaire.questions if question.id in with_score]
