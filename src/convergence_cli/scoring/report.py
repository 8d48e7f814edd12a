"""The score report: every figure of one wave, in the order of the contract."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from .. import __version__
from ..model.fields import Text
from ..model.questionnaire import Level, Questionnaire
from ..model.responses import State
from ..model.wave import Wave
from ..problems import NothingToDo
from ..results import score as result
from ..results.common import InputFile, Reason, Tool
from ..results.digest import NO_PLANS, Digest, ObjectiveLine, PlanLine
from .advice import Advisor
from .agenda import Agenda
from .cuts import Cut, Cuts, cuts_of, refuse_cut
from .dimensions import dimension_results, overall_result
from .facts import ScoredFact, scored_facts, used
from .friction import friction
from .highlights import Watch
from .missing import missing_points
from .notes import cut_notes, notes_of
from .privacy import Privacy
from .questions import Say, number, question_results
from .survey import LEVEL_NEEDS, Survey
from .tally import Tally
from .trace import LocateItem, Tracer

NOT_ALIKE = Reason.of("no-group-everywhere")
"""Why a cut has no score where its values are answered by different groups."""
Line = TypeVar("Line", PlanLine, ObjectiveLine)


@dataclass(frozen=True)
class Request:
    """What to report on: which cut, which language, with which evidence."""

    by: str | None = None
    language: str | None = None
    digest: Digest = NO_PLANS
    evidence_date: date | None = None
    sources: tuple[tuple[str, str | None], ...] = ()
    """The plans files' names with their sha256."""
    locate_item: LocateItem = lambda _: None
    """Where a plan or an objective stands, as ``file:line``."""


def assembled(wave: Wave, request: Request) -> ScoredWave:
    """Everything a wave says, computed.

    Raises NothingToDo when there is no answer and no fact, UsageError for a cut that is not allowed.
    """
    privacy = Privacy(wave.confidential, wave.min_group_size)
    tally = tally_by(wave, None)[None]
    facts = scored_facts(wave.questionnaire, wave.facts, request.digest, confidential=wave.confidential)
    refuse_empty(wave, tally, facts)
    survey = Survey(wave.questionnaire, tally, used(facts), privacy, wave.population)
    cuts = Cuts()
    if request.by:
        refuse_cut(wave, request.by)
        cuts = cuts_of(wave.questionnaire, tally_by(wave, request.by), privacy)
    return ScoredWave(wave, request, survey, facts, cuts)


def tally_by(wave: Wave, by: str | None) -> dict[str | None, Tally]:
    """A tally for each value of the attribute `by`, where there is one; under None those who have none."""
    tallies: dict[str | None, Tally] = {None: Tally()}
    for who in wave.respondents:
        tallies.setdefault(who.about.get(by) if by else None, Tally()).add(who)
    return tallies


def refuse_empty(wave: Wave, tally: Tally, facts: Mapping[str, ScoredFact]) -> None:
    """Raises NothingToDo where everything was skipped; that nobody could say is something to report (S2)."""
    codes = (code for people in tally.people.values() for pattern in people for code in pattern)
    silent = all(fact.used.state is State.SKIPPED for fact in facts.values())
    if silent and all(code is State.SKIPPED for code in codes):
        file = wave.sources[0][0] if wave.sources else "it"
        raise NothingToDo(f"There is no answer and no fact in {file}, so there is nothing to score.")


@dataclass(frozen=True)
class ScoredWave:
    """Everything computed, to be written down in the order of the contract."""

    wave: Wave
    request: Request
    survey: Survey
    facts: Mapping[str, ScoredFact]
    cuts: Cuts

    def say(self, text: Text) -> str:
        return self.wave.questionnaire.say(text, self.request.language)

    def explanation(self, figure: str) -> result.Explanation:
        """The trace of one figure; raises UsageError, with the nearest names, when there is no such one."""
        request = self.request
        tracer = Tracer(self.wave, self.survey, self.facts, request.digest, self.say, request.locate_item)
        return result.Explanation(**self.origin(), explained=tracer.trace(figure))

    def origin(self) -> dict[str, Any]:
        """What a result says of where it comes from."""
        day = self.request.evidence_date
        return {
            "tool": Tool(version=__version__),
            "inputs": tuple(
                InputFile(name=name, sha256=sha256)
                for name, sha256 in (*self.wave.sources, *self.request.sources)
            ),
            "questionnaire": named(self.wave.questionnaire, self.say),
            "organization": self.wave.organization,
            "period": self.wave.period,
            "evidence_date": day.isoformat() if day else None,
        }

    def report(self) -> result.ScoreReport:
        wave, survey, digest, say = self.wave, self.survey, self.request.digest, self.say
        questions = question_results(survey, self.facts, say)
        overall, dimensions = overall_result(survey), dimension_results(survey, say)
        advisor = Advisor(survey, self.facts, digest)
        advice = advisor.advice(say)
        return result.ScoreReport(
            **self.origin(),
            respondents=respondents(survey, wave, say, wave.population),
            overall=overall,
            friction=friction(survey),
            levels=tuple(map(self.level, wave.questionnaire.levels)),
            dimensions=dimensions,
            questions=questions,
            cuts=tuple(map(self.cut, self.cuts.shown)),
            evidence=digest.indicators,
            highlights=Watch(survey, questions, digest, say).highlights(),
            for_the_room=Agenda(wave, survey, questions, digest).questions_for_the_room(),
            one_thing=advisor.one_thing(advice, named=not wave.confidential),
            units=digest.units,
            plans=tuple(map(self.unnamed, digest.plans)),
            objectives=tuple(map(self.unnamed, digest.objectives)),
            missing_points=missing_points(survey),
            advice=advice,
            notes=(
                *cut_notes(self.request.by or "", self.cuts, survey.privacy),
                *notes_of(wave, survey, self.facts, digest),
            ),
            comments=self.comments(),
        )

    def unnamed(self, line: Line) -> Line:
        """A plan or an objective; whose it is stands beside attributable answers alone (rule S12)."""
        return line.model_copy(update={"owner": None}) if self.wave.confidential else line

    def level(self, level: Level) -> result.Level:
        return result.Level(
            id=level.id,
            title=self.say(level.title),
            at_least=float(level.at_least),
            every_dimension_at_least=number(level.every_dimension_at_least),
            meaning=self.say(level.meaning) if level.meaning else None,
        )

    def comments(self) -> tuple[result.Comment, ...]:
        """Those of attributable answers, question by question, then by respondent."""
        found = sorted(
            (index, who.id, text, who.group)
            for who in (() if self.wave.confidential else self.wave.respondents)
            for index, text in who.comments
        )
        opinions = self.wave.questionnaire.opinions
        return tuple(
            result.Comment(question=opinions[index].id, respondent=who, group=group, text=text)
            for index, who, text, group in found
        )

    def cut(self, cut: Cut) -> result.Cut:
        """The figures of one value, and why some of them are missing."""
        overall, dimensions = overall_result(cut.survey), dimension_results(cut.survey, self.say)
        if overall.score is None:
            reason = NOT_ALIKE if dimensions else Reason.of("no-question-shown")
            overall = overall.model_copy(update={"reason": reason})
        elif cut.survey.counted < LEVEL_NEEDS:
            overall = result.Overall(coverage=overall.coverage, reason=Reason.of("fewer-than-three"))
        return result.Cut(
            field=self.request.by or "",
            value=cut.value,
            who=cut.who,
            respondents=respondents(cut.survey, self.wave, self.say),
            overall=overall,
            dimensions=tuple(
                each.model_copy(update={"reason": NOT_ALIKE}) if each.score is None else each
                for each in dimensions
            ),
            questions=question_results(cut.survey, {}, self.say),
        )


def named(questionnaire: Questionnaire, say: Say) -> result.QuestionnaireRef:
    return result.QuestionnaireRef(
        id=questionnaire.id, version=questionnaire.version, title=say(questionnaire.title)
    )


def respondents(
    survey: Survey, wave: Wave, say: Say, population: Mapping[str, int] | None = None
) -> result.Respondents:
    """How many of each group answered; `population`: how many such leaders there are."""
    groups = tuple(
        result.GroupSize(
            group=group.id,
            title=say(group.title),
            n=survey.tally.size(group.id),
            population=(population or {}).get(group.id),
        )
        for group in survey.questionnaire.groups
    )
    return result.Respondents(
        total=survey.tally.total,
        groups=groups,
        confidential=wave.confidential,
        min_group_size=survey.privacy.least,
    )
