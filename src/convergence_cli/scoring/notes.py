"""What to read with care: the conventions, gaps in the answers and rules that shaped this report.

Kinds, ids and figures alone; ``render.say`` has the sentence of each.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..model.fields import written_number
from ..model.questionnaire import RatioAnswer
from ..model.responses import State
from ..model.wave import Wave
from ..results.common import Evidence, Number
from ..results.digest import Digest, PlanLine
from ..results.score import Note
from .cuts import Cuts
from .facts import ScoredFact, used
from .points import is_falling
from .privacy import Layout, Privacy
from .questions import want
from .survey import Survey

Figures = dict[str, Number | str | None]
MOST = 3
"""So many of a kind are named, and of the others how many more there are."""


def notes_of(wave: Wave, survey: Survey, facts: Mapping[str, ScoredFact], digest: Digest) -> tuple[Note, ...]:
    """Notes in the order in which they matter: privacy first."""
    return (
        *privacy_notes(survey),
        *version_notes(wave),
        *level_notes(survey),
        *convention_notes(survey),
        *facts_notes(survey, facts),
        *missing_notes(facts),
        *evidence_notes(facts, digest.indicators),
        *astray_notes(digest.plans),
        *expectation_notes(wave, survey, facts),
        *coverage_notes(survey),
        *goal_notes(survey),
    )


def note(kind: str, *ids: str, **figures: Number | str | None) -> Note:
    return Note(kind=kind, ids=ids, figures=figures)


def privacy_notes(survey: Survey) -> Iterator[Note]:
    """Where rule S12 joined or hid answers, and how to say that answers are attributable."""
    least = survey.privacy.least
    joined = [item for item in survey.asked.values() if item.layout is Layout.JOINED]
    hidden = [item for item in survey.asked.values() if any(cell.hidden is not None for cell in item.cells)]
    for item in joined:
        cell = item.cells[0]
        yield note("joined", item.question.id, groups=" + ".join(cell.groups), n=cell.n)
    for item in hidden:
        names = " + ".join(cell.name for cell in item.cells if cell.hidden)
        yield note("hidden", item.question.id, groups=names, least=least)
    if joined or hidden:
        yield note("privacy", least=least)


def cut_notes(field: str, cuts: Cuts, privacy: Privacy) -> Iterator[Note]:
    """What a cut does not show or score, and why, once for all its values."""
    if cuts.left_out:
        least = privacy.least if privacy.confidential else None
        yield note("cut", *cuts.left_out, field=field, least=least)
    for group in dict.fromkeys(group for group, _ in cuts.unheard):
        which = (question for unheard, question in cuts.unheard if unheard == group)
        yield note("cut", *which, field=field, group=group)


def version_notes(wave: Wave) -> Iterator[Note]:
    if wave.newest_assumed:
        yield note("version", name=wave.questionnaire.id, version=wave.questionnaire.version)


def level_notes(survey: Survey) -> Iterator[Note]:
    """Why no level is named, where people are too few for one."""
    if survey.is_thin:
        promised = "yes" if survey.privacy.confidential else "no"
        yield note("level", answered=survey.answered, promised=promised)


def convention_notes(survey: Survey) -> Iterator[Note]:
    """Cuts and point tables are the questionnaire's, not the world's."""
    levels = survey.questionnaire.levels
    cuts = [str(written_number(level.at_least)) for level in levels if level.at_least > 0]
    if cuts:
        yield note("cuts", **{"cut" if len(cuts) == 1 else "cuts": ", ".join(cuts)})
    for question in survey.questionnaire.facts:
        answer = question.answer
        if isinstance(answer, RatioAnswer) and answer.points:
            falls = -1 if is_falling(question) else 1
            (best, most), *_, (worst, least) = sorted(answer.points, key=lambda at: (-at[1], falls * at[0]))
            ends: Figures = {"worst": str(worst), "least": float(least)} if falls < 0 else {}
            yield note("points", question.id, best=str(best), most=float(most), **ends)
    if survey.questionnaire.scoring.missing == "lowest":
        yield note("missing")


def facts_notes(survey: Survey, facts: Mapping[str, ScoredFact]) -> Iterator[Note]:
    """What share (0..100) of the overall is made of facts, and of those that nobody counted from plans."""
    weights = survey.tree.effective_weights()
    given = {name: fact for name, fact in facts.items() if fact.used.amount is not None and weights.get(name)}
    reported = [name for name, fact in given.items() if fact.origin == "responses"]
    if given:
        share, part = (float(100 * sum(weights[name] for name in names)) for names in (given, reported))
        yield note("facts-share", *given, share=share, reported=part)


def missing_notes(facts: Mapping[str, ScoredFact]) -> Iterator[Note]:
    absent = [name for name, fact in facts.items() if fact.used.state in (State.SKIPPED, State.DONT_KNOW)]
    if absent:
        yield note("facts", *absent)


def evidence_notes(facts: Mapping[str, ScoredFact], evidence: Sequence[Evidence]) -> Iterator[Note]:
    """What the plans file could not count, by question and indicator; then what it counted with a remark."""
    uncounted = {each.id for each in evidence if each.count is None and each.reason}
    for name, fact in facts.items():
        if fact.question.evidence in uncounted:
            yield note("evidence", name, fact.question.evidence)
    for each in evidence:
        if each.count is not None and each.reason:
            yield note("evidence", each.id)


def astray_notes(plans: Sequence[PlanLine]) -> Iterator[Note]:
    """The links that do not count, because what they name is not there."""
    links = [f"{plan.id} to {name}" for plan in plans for name in plan.astray]
    if links:
        yield note("evidence", links=", ".join(links[:MOST]), more=max(len(links) - MOST, 0) or None)


def expectation_notes(wave: Wave, survey: Survey, facts: Mapping[str, ScoredFact]) -> Iterator[Note]:
    """What the overall would be had every group that was asked been scored."""
    questionnaire = survey.questionnaire
    cells = (cell for name in survey.scales if name in survey.asked for cell in survey.asked[name].cells)
    expecting = {cell.name for cell in cells if not cell.scored and cell.n}
    if wave.confidential or not expecting or survey.tree.value is None:
        return
    asking = questionnaire.asking([q.model_copy(update={"scored": None}) for q in questionnaire.questions])
    other = Survey(asking, survey.tally, used(facts), survey.privacy, wave.population)
    score = other.tree.value
    if score is not None and whole(score) != whole(survey.tree.value):
        groups = ", ".join(group.id for group in questionnaire.groups if group.id in expecting)
        yield note("expectations", groups=groups, overall=float(score))


def whole(points: Fraction) -> int:
    """Points rounded half up."""
    return int(float(points) + 0.5)


def coverage_notes(survey: Survey) -> Iterator[Note]:
    """The questions that fewer than three quarters of those asked answered."""
    for name, item in survey.asked.items():
        shown = [cell for cell in item.cells if cell.hidden is None and cell.asked]
        if name in survey.scales and any(4 * cell.n < 3 * cell.due for cell in shown):
            figures = {f"n_{at}": cell.n for at, cell in enumerate(shown, start=1)}
            figures |= {f"of_{at}": cell.due for at, cell in enumerate(shown, start=1)}
            yield note("coverage", name, *(cell.name for cell in shown), **figures)


def goal_notes(survey: Survey) -> Iterator[Note]:
    """The goals that fewer than half of those who answered named: told, and nothing made of them (S13)."""
    found = [
        (name, cell, goal)
        for name, item in survey.asked.items()
        for cell in (item.cells if name in survey.scales else ())
        if (goal := want(cell, survey.scales[name])) and 2 * goal.n < cell.n
    ]
    if found:
        figures: Figures = {}
        for at, (_, cell, goal) in enumerate(found[:MOST], start=1):
            figures |= {f"group_{at}": cell.name, f"n_{at}": goal.n, f"of_{at}": cell.n}
            figures[f"points_{at}"] = goal.points
        figures["more"] = max(len(found) - MOST, 0) or None
        yield note("wants", *(name for name, *_ in found[:MOST]), **figures)
