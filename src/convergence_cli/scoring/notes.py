"""What to read with care: the conventions, gaps in the answers and rules that shaped this report."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from ..model.fields import written_number
from ..model.questionnaire import Level, Question, Questionnaire, RatioAnswer
from ..model.responses import State
from ..model.wave import Wave
from ..results.common import Evidence
from ..results.digest import Digest, PlanLine
from ..results.score import Note
from .cells import Cell, Layout, Privacy
from .cuts import Cuts
from .facts import ScoredFact
from .questions import Say, want
from .scales import is_falling
from .sheet import Sheet

MOST_LINKS = 3
"""So many links that do not count are named."""
MOST_GOALS = 3
"""So many goals that too few named are told."""
MOST_NAMED = 6
"""So many questions are named before they are counted."""


def notes_of(
    wave: Wave,
    privacy: Privacy,
    sheet: Sheet,
    facts: Mapping[str, ScoredFact],
    digest: Digest | None,
    say: Say,
) -> tuple[Note, ...]:
    """Notes in the order in which they matter: privacy first."""
    found = [
        *privacy_notes(privacy, sheet, say),
        *version_notes(wave),
        *level_notes(sheet),
        *convention_notes(sheet, say),
        *stated_notes(wave, sheet, facts),
        *missing_notes(sheet, facts, say),
        *(evidence_notes(sheet, facts, digest.indicators, say) if digest else ()),
        *(astray_notes(digest.plans) if digest else ()),
        *expectation_notes(wave, sheet, facts, say),
        *coverage_notes(sheet, say),
        *goal_notes(sheet, say),
    ]
    return tuple(Note(kind=kind, text=text) for kind, text in found)


Said = Iterator[tuple[str, str]]


def privacy_notes(privacy: Privacy, sheet: Sheet, say: Say) -> Said:
    """Where rule S12 joined or hid answers, and how to say that answers are attributable."""
    joined = [item for item in sheet.asked.values() if item.layout is Layout.JOINED]
    hidden = [item for item in sheet.asked.values() if any(cell.hidden is not None for cell in item.cells)]
    for item in joined:
        cell = next(cell for cell in item.cells if cell.scored and len(cell.groups) >= 1)
        groups = " + ".join(cell.groups)
        yield "joined", f"{title(sheet, item.question.id, say)}: {groups}: {cell.n} answers."
    for item in hidden:
        names = " + ".join(cell.name for cell in item.cells if cell.hidden)
        yield (
            "hidden",
            f"{title(sheet, item.question.id, say)}: {names} hidden, fewer than {privacy.least} answers.",
        )
    if joined or hidden:
        yield (
            "privacy",
            f"Groups of fewer than {privacy.least} answers were joined or hidden, because the file says "
            "`confidential: true`. Where people agreed to be named, write `confidential: false`.",
        )


def cut_notes(
    field: str, cuts: Cuts, questionnaire: Questionnaire, privacy: Privacy, say: Say
) -> Iterator[Note]:
    """What a cut does not show or score, and why, once for all its values."""
    if cuts.left_out:
        why = "nobody has an answer that is scored"
        if privacy.confidential:
            why = f"a scored group has fewer than {privacy.least} answers"
        yield Note(
            kind="cut", text=f"Left out by {field}: {named(cuts.left_out, say)}. In some {field} {why}."
        )
    for group in dict.fromkeys(group for group, _ in cuts.unheard):
        which = named([question for unheard, question in cuts.unheard if unheard == group], say)
        who = say(questionnaire.group_by_id[group].title)
        yield Note(
            kind="cut",
            text=f"Scored by {field} without {who}: {which}. In some {field} they gave no answer.",
        )


def named(questions: Sequence[Question], say: Say) -> str:
    names = [say(question.short_title) for question in questions]
    return listed(names) if len(names) <= MOST_NAMED else f"{len(names)} questions"


def title(sheet: Sheet, question: str, say: Say) -> str:
    text = say(sheet.questionnaire.question_by_id[question].short_title)
    return said_first(text)


def said_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def version_notes(wave: Wave) -> Said:
    if wave.newest_assumed:
        name, version = wave.questionnaire.id, wave.questionnaire.version
        yield (
            "version",
            f"The file names {name} without a version; the newest, {name}@{version}, was used. "
            "Write it so that a later version cannot change the score.",
        )


def level_notes(sheet: Sheet) -> Said:
    """Why no level is named, where people are too few for one."""
    if sheet.questionnaire.levels and not sheet.levels and sheet.tree.value is not None:
        answered = {0: "nobody", 1: "one person", 2: "two people"}[sheet.answered]
        did = "took part" if sheet.privacy.confidential else "gave an answer that counts"
        yield "level", f"No level is named: {answered} {did}, and it takes three."


def convention_notes(sheet: Sheet, say: Say) -> Said:
    """Cuts and point tables are the questionnaire's, not the world's."""
    levels = sheet.questionnaire.levels
    cuts = [str(written_number(level.at_least)) for level in levels if level.at_least > 0]
    if cuts:
        are = "cuts" if len(cuts) > 1 else "cut"
        verb = "are" if len(cuts) > 1 else "is"
        yield (
            "cuts",
            f"The {are} {listed(cuts)} {verb} this questionnaire's convention, not a benchmark.",
        )
    for question in sheet.questionnaire.facts:
        answer = question.answer
        if isinstance(answer, RatioAnswer) and answer.points:
            falls = -1 if is_falling(question) else 1
            (best, most), *_, (worst, least) = sorted(answer.points, key=lambda at: (-at[1], falls * at[0]))
            told = f"{share(best)} earns {written_number(most)} points"
            if falls < 0:
                told += f" and {share(worst)} earns {written_number(least)}"
            told += "; that is this questionnaire's convention."
            yield "points", f"{title(sheet, question.id, say)}: {told}"
    if sheet.questionnaire.scoring.missing == "lowest":
        yield "missing", "A skipped answer counts as 0 points here (missing: lowest)."


def share(of_all: Fraction) -> str:
    """``1 in 3``, ``all``, ``none``."""
    if of_all in (0, 1):
        return "all" if of_all else "none"
    return f"{of_all.numerator} in {of_all.denominator}"


def stated_notes(wave: Wave, sheet: Sheet, facts: Mapping[str, ScoredFact]) -> Said:
    """What share of the overall rests on facts that somebody stated, with nothing to hold them against."""
    weights = sheet.tree.effective_weights()
    given = [fact for fact in facts.values() if fact.origin == "responses" and fact.used.amount is not None]
    stated = [fact for fact in given if weights.get(fact.question.id)]
    share = sum((weights[fact.question.id] for fact in stated), Fraction(0))
    if not share:
        return
    known = {} if wave.confidential else {fact.used.source: None for fact in stated if fact.used.source}
    sources = f" ({'; '.join(known)})" if known else ""
    some = {1: "a fact that was", 2: "two facts that were"}
    many = some.get(len(stated), f"{len(stated)} facts that were")
    rests = f"{whole(100 * share)} % of the overall rests on {many} stated, not counted from a plans file"
    yield "stated", f"{rests}{sources}."


def missing_notes(sheet: Sheet, facts: Mapping[str, ScoredFact], say: Say) -> Said:
    absent = [
        title(sheet, name, say)
        for name, fact in facts.items()
        if fact.used.state in (State.SKIPPED, State.DONT_KNOW)
    ]
    if absent:
        yield "facts", f"Not given: {', '.join(absent)}. The bounds in the JSON show what it could change."


def evidence_notes(
    sheet: Sheet, facts: Mapping[str, ScoredFact], evidence: Sequence[Evidence], say: Say
) -> Said:
    """What the plans file could not count, and the field that is missing."""
    reasons = {each.id: each.reason for each in evidence if each.count is None}
    for name, fact in facts.items():
        reason = reasons.get(fact.question.evidence or "")
        if reason:
            yield "evidence", f"{title(sheet, name, say)}: not counted from the plans file, as {reason.text}."
    for each in evidence:
        if each.count is not None and each.reason:
            yield "evidence", f"{said_first(each.id.replace('-', ' '))}: {each.reason.text}."


def astray_notes(plans: Sequence[PlanLine]) -> Said:
    """The links that do not count, because what they name is not there."""
    found = [f"{plan.id} to {name}" for plan in plans for name in plan.astray]
    if len(found) == 1:
        told = f"The link from {found[0]} leads to no objective, so it does not count"
        yield "evidence", f"{told}; `convergence check` shows where it stands."
    elif found:
        more = [f"{len(found) - MOST_LINKS} more"] if len(found) > MOST_LINKS else []
        told = f"Links that lead to no objective do not count: {listed([*found[:MOST_LINKS], *more])}"
        yield "evidence", f"{told}; `convergence check` shows where they stand."


def expectation_notes(wave: Wave, sheet: Sheet, facts: Mapping[str, ScoredFact], say: Say) -> Said:
    """What the overall would be had every group that was asked been scored."""
    everyone = [q for q in sheet.questionnaire.opinions if unscored_cells(sheet, q.id)]
    if wave.confidential or not everyone or sheet.tree.value is None:
        return
    score = Sheet(
        with_everybody_scored(sheet.questionnaire),
        sheet.tally,
        {name: fact.used for name, fact in facts.items()},
        sheet.privacy,
        wave.population,
    ).tree.value
    levels = sheet.questionnaire.levels
    if score is not None and whole(score) != whole(sheet.tree.value):
        groups = {group for question in everyone for group in unscored_cells(sheet, question.id)}
        names = [say(group.title) for group in sheet.questionnaire.groups if group.id in groups]
        yield (
            "expectations",
            f"Had the expectations of {listed(names)} been scored as well, the overall would be "
            f"{beside(score, levels)}.",
        )


def with_everybody_scored(questionnaire: Questionnaire) -> Questionnaire:
    return questionnaire.asking([q.model_copy(update={"scored": None}) for q in questionnaire.questions])


def unscored_cells(sheet: Sheet, question: str) -> list[str]:
    item = sheet.asked[question]
    return [cell.name for cell in item.cells if not cell.scored and cell.n and question in sheet.scales]


def whole(points: object) -> int:
    """Points rounded half up."""
    return int(float(points) + 0.5)  # type: ignore[arg-type]


def beside(score: Fraction, levels: Sequence[Level]) -> str:
    """Points without decimals; with as many as keep them out of a level that they do not reach (rule S8)."""
    for places in range(9):
        shown = Fraction(int(score * 10**places + Fraction(1, 2)), 10**places)
        if all((shown >= level.at_least) == (score >= level.at_least) for level in levels):
            break
    return f"{float(shown):.{places}f}"


def coverage_notes(sheet: Sheet, say: Say) -> Said:
    """The questions that fewer than three quarters of those asked answered."""
    for item in sheet.asked.values():
        shown = [cell for cell in item.cells if cell.hidden is None and cell.asked]
        if item.question.id in sheet.scales and any(4 * cell.n < 3 * due(cell) for cell in shown):
            said = listed([f"{cell.n} of {due(cell)} {names(sheet, cell, say)}" for cell in shown])
            yield "coverage", f"{title(sheet, item.question.id, say)}: {said} answered."


def goal_notes(sheet: Sheet, say: Say) -> Said:
    """The goals that fewer than half of those who answered named: told, and nothing made of them (S13)."""
    found = []
    for name, item in sheet.asked.items():
        for cell in item.cells if name in sheet.scales else ():
            goal = want(cell, sheet.scales[name])
            if goal and 2 * goal.n < cell.n:
                who = f"{goal.n} of {cell.n} {names(sheet, cell, say)}"
                verb = "wants" if goal.n == 1 else "want"
                found.append(f"{title(sheet, name, say)} ({who} {verb} {whole(goal.points)})")
    if found:
        more = [f"{len(found) - MOST_GOALS} more"] if len(found) > MOST_GOALS else []
        told = listed([*found[:MOST_GOALS], *more])
        yield "wants", f"Fewer than half named a goal, so nothing is concluded: {told}."


def due(cell: Cell) -> int:
    return cell.asked - cell.not_applicable


def names(sheet: Sheet, cell: Cell, say: Say) -> str:
    return listed([say(sheet.questionnaire.group_by_id[group].title) for group in cell.groups])
