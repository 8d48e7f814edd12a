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
from .changes import Waves
from .comparable import common_questionnaire, counted_differently, obstacles
from .composites import Kind
from .facts import ScoredFact, scored_facts, used
from .notes import note, version_notes
from .privacy import Cell, Layout, Privacy
from .questions import fact_result
from .report import Request, named, refuse_empty, respondents
from .survey import Survey

NOT_COMPARED = StatedFact(State.NOT_APPLICABLE)
"""What stands for a fact that is counted differently in the two waves: it leaves every composite."""


@dataclass(frozen=True)
class Side:
    """One of the two waves: what its plans files show, and the facts that both make."""

    wave: Wave
    request: Request
    facts: Mapping[str, ScoredFact]

    @property
    def period(self) -> str:
        return self.wave.period or ""


def compare_waves(old: Wave, new: Wave, requests: tuple[Request, Request]) -> result.Comparison:
    """What changed from `old` to `new`; the requests bring what the plans files of each wave show.

    Raises InputError where the two cannot be compared, NothingToDo where one of them is empty.
    """
    if found := obstacles(old, new):
        raise InputError(found)
    scored, left_out = common_questionnaire(old.questionnaire, new.questionnaire)
    # If one wave is confidential both are, with the larger group size.
    privacy = Privacy(old.confidential or new.confidential, max(old.min_group_size, new.min_group_size))
    first, second = (
        Side(wave, asked, scored_facts(scored, wave.facts, asked.digest, confidential=privacy.confidential))
        for wave, asked in zip((old, new), requests, strict=True)
    )
    unlike = counted_differently(first.facts, second.facts)
    not_compared = dict.fromkeys(unlike, NOT_COMPARED)
    facts = (used(first.facts) | not_compared, used(second.facts) | not_compared)
    changes = Waves(scored, (old, new), facts, privacy)
    refuse_empty(old, changes.old.tally, first.facts)
    refuse_empty(new, changes.new.tally, second.facts)
    return ComparedWaves((first, second), scored, left_out, unlike, changes).comparison()


@dataclass(frozen=True)
class ComparedWaves:
    """Everything computed, to be written down in the order of the contract."""

    sides: tuple[Side, Side]
    questionnaire: Questionnaire
    left_out: tuple[str, ...]
    unlike: frozenset[str]
    changes: Waves

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.sides[1].request.language)

    def comparison(self) -> result.Comparison:
        questions = [question for question in self.questionnaire.questions if question.is_scored_kind]
        old, new = self.sides
        return result.Comparison(
            tool=Tool(version=__version__),
            inputs=tuple(InputFile(name=name, sha256=sha256) for name, sha256 in self.sources()),
            questionnaire=named(self.questionnaire, self.say),
            waves=(self.wave(old, self.changes.old), self.wave(new, self.changes.new)),
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
        for side in self.sides:
            yield from ((name, None if confidential else sha256) for name, sha256 in side.wave.sources)
            yield from side.request.sources

    def wave(self, side: Side, survey: Survey) -> result.Wave:
        wave, counted_on = side.wave, side.request.evidence_date
        return result.Wave(
            organization=wave.organization,
            period=side.period,
            version=wave.questionnaire.version,
            evidence_date=counted_on.isoformat() if counted_on else None,
            respondents=respondents(survey, wave, self.say, wave.population),
        )

    def question(self, question: Question) -> result.QuestionChange:
        cells = [] if question.is_fact else self.changes.old.asked[question.id].cells
        old, new = (fact_result(side.facts[question.id]) if question.is_fact else None for side in self.sides)
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
        if not self.changes.privacy.confidential:
            old, new = ({who.id for who in side.wave.respondents} for side in self.sides)
            if old and new and old.isdisjoint(new):
                yield note("ids")

    def privacy_notes(self) -> Iterator[Note]:
        if not self.changes.privacy.confidential:
            return
        both = all(side.wave.confidential for side in self.sides)
        yield note("privacy", both="yes" if both else "no")
        old, new = (self.changes.old.asked, self.changes.new.asked)
        joined = [name for name, asked in old.items() if asked.layout is Layout.JOINED]
        hidden = [
            name for name in old if any(cell.hidden for asked in (old, new) for cell in asked[name].cells)
        ]
        for kind, names in (("joined", joined), ("hidden", hidden)):
            if names:
                yield note(kind, *names)
        if joined or hidden:
            yield note("privacy", least_of_both=self.changes.privacy.least)

    def unlike_notes(self) -> Iterator[Note]:
        """Facts that were stated in one wave and counted in the other."""
        for side, other in (self.sides, self.sides[::-1]):
            stated = [name for name in side.facts if side.facts[name].origin == "responses"]
            unlike = [name for name in stated if name in self.unlike]
            if unlike:
                yield note("not-compared", *unlike, stated=side.period, counted=other.period)

    def version_notes(self) -> Iterator[Note]:
        old, new = (side.wave for side in self.sides)
        assumed = list(version_notes(old))
        yield from (*assumed, *(each for each in version_notes(new) if each not in assumed))
        if old.questionnaire != new.questionnaire:
            yield note(
                "versions",
                period_1=old.period,
                version_1=old.questionnaire.version,
                period_2=new.period,
                version_2=new.questionnaire.version,
                shared=sum(question.is_scored_kind for question in self.questionnaire.questions),
                rules=self.questionnaire.version,
                left_out=", ".join(self.left_out) or None,
            )
