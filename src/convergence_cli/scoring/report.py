"""The score report: every figure of DESIGN's contract, from one wave of answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar

from .. import __version__
from ..model.answers import Respondent
from ..model.fields import Text
from ..model.questionnaire import Level, Questionnaire
from ..model.responses import State
from ..model.wave import Wave
from ..problems import NothingToDo, UsageError
from ..results import score as result
from ..results.common import Evidence, InputFile, Reason, Tool
from ..results.digest import NO_PLANS, Digest
from .advice import Advisor
from .agenda import Agenda
from .cells import Privacy
from .composites import Node, coverage
from .cuts import MOST_VALUES, Cut, Cuts, cuts_of, refuse_forbidden
from .estimates import Interval
from .facts import ScoredFact, scored_facts, used
from .highlights import Watch
from .levels import level_of, level_range, points_to_next
from .missing import missing_points
from .notes import cut_notes, notes_of
from .questions import number, question_results, shown
from .sheet import LEVEL_NEEDS, Sheet
from .tally import Tally
from .trace import Locate, LocateItem, Tracer

NOT_ALIKE = Reason.of("no-group-everywhere")
"""Why a cut has no score where its values are answered by different groups."""
Figure = TypeVar("Figure", result.Overall, result.Dimension)


def no_place(name: str) -> None:
    """The place of a plan that came from no file."""


@dataclass(frozen=True)
class Request:
    """What to report on: which cut, which language, with which evidence."""

    by: str | None = None
    language: str | None = None
    digest: Digest | None = None
    evidence_date: date | None = None
    sources: tuple[tuple[str, str | None], ...] = ()
    """The plans files' names with their sha256."""
    locate_item: LocateItem = no_place
    """Where a plan or an objective stands, as ``file:line``."""

    @property
    def evidence(self) -> tuple[Evidence, ...]:
        return self.digest.indicators if self.digest else ()


def score_wave(wave: Wave, request: Request) -> result.ScoreReport:
    """Score everything a wave says.

    Raises NothingToDo when there is no answer and no fact, UsageError for a cut that is not allowed,
    and InputError (from reading) when respondents turn out to be unusable.
    """
    comments: list[result.Comment] = []
    assembly = assembled(wave, request, comments)
    order = {question.id: place for place, question in enumerate(wave.questionnaire.questions)}
    comments.sort(key=lambda comment: (order[comment.question], comment.respondent, comment.text))
    return assembly.report(tuple(comments))


def explain_wave(wave: Wave, request: Request, figure: str, locate: Locate) -> result.Explanation:
    """The trace of one figure of a wave's report; raises as `score_wave` does, UsageError for no such one."""
    return assembled(wave, request, []).explanation(figure, locate)


def assembled(wave: Wave, request: Request, comments: list[result.Comment]) -> Assembly:
    """Everything computed; the comments of attributable answers are added to `comments`."""
    privacy = Privacy(wave.confidential, wave.min_group_size)
    if request.by:
        refuse_forbidden(wave, request.by)
    tallies = tally_by(wave, request.by, comments)
    tally = sum(tallies.values(), Tally())
    asked = wave.questionnaire
    facts = scored_facts(asked, wave.facts, request.evidence, confidential=wave.confidential)
    sheet = Sheet(asked, tally, used(facts), privacy, wave.population)
    refuse_empty(tally, facts)
    cuts = cuts_of(wave, request.by, tallies, privacy) if request.by else Cuts()
    return Assembly(wave, request, privacy, sheet, facts, cuts)


def tally_by(wave: Wave, by: str | None, comments: list[result.Comment]) -> dict[str | None, Tally]:
    """One pass over the respondents: a tally for each value of the attribute `by`, or a single one.

    Raises UsageError where there are more values than can be set side by side.
    """
    tallies: dict[str | None, Tally] = {None: Tally()}
    beyond: set[str] = set()
    for respondent in wave.respondents:
        value = respondent.about.get(by) if by else None
        if value is not None and value not in tallies and len(tallies) > MOST_VALUES:
            beyond.add(value)
            continue
        tallies.setdefault(value, Tally()).add(respondent)
        if not wave.confidential and respondent.comments:
            comments += comments_of(wave.questionnaire, respondent)
    if beyond:
        raise UsageError(
            f"`{by}` has {len(tallies) - 1 + len(beyond):,} values, and --by sets at most {MOST_VALUES} side "
            "by side. Name an attribute that many people share."
        )
    return tallies


def comments_of(questionnaire: Questionnaire, respondent: Respondent) -> list[result.Comment]:
    return [
        result.Comment(
            question=questionnaire.opinions[index].id,
            respondent=respondent.id,
            group=respondent.group,
            text=text,
        )
        for index, text in respondent.comments
    ]


def refuse_empty(tally: Tally, facts: Mapping[str, ScoredFact]) -> None:
    """Raises NothingToDo where everything was skipped; that nobody could say is something to report (S2)."""
    codes = (code for people in tally.people.values() for pattern in people for code in pattern)
    silent = all(fact.used.state is State.SKIPPED for fact in facts.values())
    if silent and all(code is State.SKIPPED for code in codes):
        raise NothingToDo("There is no answer and no fact in it, so there is nothing to score.")


@dataclass(frozen=True)
class Assembly:
    """Everything computed, to be written down in the order of the contract."""

    wave: Wave
    request: Request
    privacy: Privacy
    sheet: Sheet
    facts: Mapping[str, ScoredFact]
    cuts: Cuts

    @property
    def questionnaire(self) -> Questionnaire:
        return self.wave.questionnaire

    def say(self, text: Text) -> str:
        return self.questionnaire.say(text, self.request.language)

    def explanation(self, figure: str, locate: Locate) -> result.Explanation:
        digest = self.request.digest or NO_PLANS
        tracer = Tracer(self.wave, self.sheet, self.facts, digest, self.say, locate, self.request.locate_item)
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
            "questionnaire": result.QuestionnaireRef(
                id=self.questionnaire.id,
                version=self.questionnaire.version,
                title=self.say(self.questionnaire.title),
            ),
            "organization": self.wave.organization,
            "period": self.wave.period,
            "evidence_date": day.isoformat() if day else None,
        }

    def report(self, comments: tuple[result.Comment, ...]) -> result.ScoreReport:
        questions = question_results(self.sheet, self.facts, self.say)
        dimensions = self.dimensions(self.sheet)
        overall = self.overall(self.sheet)
        friction = self.sheet.friction
        digest = self.request.digest or NO_PLANS
        advisor = Advisor(self.sheet, self.facts, digest)
        advice = advisor.advice(self.say)
        return result.ScoreReport(
            **self.origin(),
            respondents=self.respondents(self.sheet.tally, self.wave.population),
            overall=overall,
            friction=result.Friction(points=float(friction.points), chance=friction.chance)
            if friction
            else None,
            levels=tuple(
                result.Level(
                    id=level.id,
                    title=self.say(level.title),
                    at_least=float(level.at_least),
                    every_dimension_at_least=number(level.every_dimension_at_least),
                    meaning=self.say(level.meaning) if level.meaning else None,
                )
                for level in self.questionnaire.levels
            ),
            dimensions=dimensions,
            questions=questions,
            cuts=tuple(self.cut(cut) for cut in self.cuts.shown),
            evidence=self.request.evidence,
            highlights=Watch(self.sheet, questions, dimensions, overall, digest, self.say).highlights(),
            for_the_room=Agenda(self.wave, self.sheet, questions, digest).questions_for_the_room(),
            one_thing=advisor.one_thing(advice, named=not self.wave.confidential),
            units=digest.units,
            missing_points=missing_points(self.sheet),
            advice=advice,
            notes=(
                *cut_notes(self.request.by or "", self.cuts, self.questionnaire, self.privacy, self.say),
                *notes_of(self.wave, self.privacy, self.sheet, self.facts, self.request.digest, self.say),
            ),
            comments=comments,
        )

    def respondents(self, tally: Tally, population: Mapping[str, int]) -> result.Respondents:
        groups = tuple(
            result.GroupSize(
                group=group.id,
                title=self.say(group.title),
                n=tally.size(group.id),
                population=population.get(group.id),
            )
            for group in self.questionnaire.groups
        )
        return result.Respondents(
            total=tally.total,
            groups=groups,
            confidential=self.wave.confidential,
            min_group_size=self.privacy.least,
        )

    def overall(self, sheet: Sheet) -> result.Overall:
        tree, levels = sheet.tree, sheet.levels
        level = reached(levels, tree)
        intervals = {name: interval for name, (interval, _) in sheet.intervals.items()}
        scored = [part for part in tree.parts if part.value is not None]
        lowest = min(scored, key=lambda part: part.value or 0, default=None)
        figures = self.figures(sheet, tree)
        return result.Overall(
            **figures,
            lowest_dimension=lowest.id if lowest else None,
            level=level.id if level else None,
            level_range=tuple(each.id for each in level_range(levels, tree, intervals)),
            to_next_level=number(points_to_next(levels, tree, level)),
        )

    def figures(self, sheet: Sheet, node: Node) -> dict[str, object]:
        """What the overall and a dimension have in common."""
        interval, reason = sheet.intervals["overall" if node.kind == "overall" else node.id]
        answered = coverage(node, sheet.asked)
        return {
            "score": None if node.value is None else float(node.value),
            "interval": shown(interval),
            "interval_reason": reason,
            "coverage": None if answered is None else float(answered),
            "bounds": shown(sheet.bounds(node)),
            "reason": node.reason,
        }

    def dimensions(self, sheet: Sheet) -> tuple[result.Dimension, ...]:
        groups = [group.id for group in self.questionnaire.groups]
        voices = sheet.voices(groups)
        return tuple(
            result.Dimension(
                id=dimension.id,
                title=self.say(dimension.title),
                parent=dimension.parent,
                weight=float(dimension.weight),
                groups=tuple(
                    self.dimension_group(sheet, group, tree.find("dimension", dimension.id))
                    for group, tree in voices.items()
                ),
                gap=dimension_gap(sheet, dimension.id),
                **self.figures(sheet, sheet.tree.find("dimension", dimension.id)),
            )
            for dimension in sheet.questionnaire.dimensions
        )

    def dimension_group(self, sheet: Sheet, group: str, node: Node) -> result.DimensionGroup:
        interval: Interval | None = None
        n = 0
        if node.value is not None:
            interval, _ = sheet.voice_spreads.interval(node)
            n = sum(spread.n for spread in sheet.voice_spreads.groups(node))
        return result.DimensionGroup(
            group=group,
            n=None if self.wave.confidential else n,
            score=None if node.value is None else float(node.value),
            interval=shown(interval),
        )

    def cut(self, cut: Cut) -> result.Cut:
        people = self.respondents(cut.sheet.tally, {})
        overall, dimensions = self.overall(cut.sheet), self.dimensions(cut.sheet)
        dimensions = tuple(d if d.score is not None else silent(d, NOT_ALIKE) for d in dimensions)
        if not dimensions:
            overall = silent(overall, Reason.of("no-question-shown"))
        elif overall.score is None:
            overall = silent(overall, NOT_ALIKE)
        elif cut.sheet.counted < LEVEL_NEEDS:
            overall = without_score(overall, Reason.of("fewer-than-three"))
        return result.Cut(
            field=cut.field,
            value=cut.value,
            who=cut.who,
            respondents=people,
            overall=overall,
            dimensions=dimensions,
            questions=question_results(cut.sheet, {}, self.say),
        )


def silent(figure: Figure, reason: Reason) -> Figure:
    return figure.model_copy(update={"reason": reason})


def without_score(overall: result.Overall, reason: Reason) -> result.Overall:
    gone = {"score": None, "interval": None, "interval_reason": None, "bounds": None, "level": None}
    more = {"lowest_dimension": None, "level_range": (), "to_next_level": None, "reason": reason}
    return overall.model_copy(update={**gone, **more})


def reached(levels: Sequence[Level], tree: Node) -> Level | None:
    """The level of a tree's score, gates judged on every dimension with something to answer."""
    gated = [node.value for node in tree.nodes() if node.kind == "dimension" and node.counts]
    return level_of(levels, tree.value, gated)


def dimension_gap(sheet: Sheet, dimension: str) -> result.Gap | None:
    """Second group's dimension score minus the first's, over the questions where both have a mean."""
    if sheet.shared_voices is None:
        return None
    first, second = (tree.find("dimension", dimension).value for tree in sheet.shared_voices)
    return None if first is None or second is None else result.Gap(points=float(second - first))
