"""The score report on one page: who answered, the answer, each voice, what stands out, what to do.

What a leader needs in five minutes. Everything else is in ``score_rest``.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from ..results.comparison import Comparison
from ..results.score import (
    Comment,
    Dimension,
    Fact,
    GroupSize,
    Level,
    Question,
    QuestionGroup,
    Respondents,
    ScoreReport,
    Stated,
)
from .document import (
    Action,
    Answer,
    Column,
    Commands,
    Document,
    Items,
    Mark,
    Row,
    Said,
    Section,
    Strip,
    Table,
    Title,
)
from .figures import Background
from .phrases import amount, closed, counted, day, listed, opening, points, several, verb
from .run import Run
from .say import missing_in_all, why
from .score_cuts import dash, in_brief
from .strips import SEVERAL, marks_of

PRIVACY_NOTES = {"privacy", "joined", "hidden"}
TOLD_ABOVE = {*PRIVACY_NOTES, "level", "facts-share"}
"""The notes that the page tells where they belong."""
MOST_NAMED = 6
"""So many questions are named before they are counted."""
MOST_ROWS = 16
"""Of dimensions with their questions; past it the dimensions stand alone."""
MOST_STANDING_OUT, MOST_HEARD, MOST_MISSING = 5, 3, 3
LONGEST_HEARD = 120
"""Characters of a comment that fits on the page."""


def page(report: ScoreReport, run: Run) -> Document:
    return [*sections(report, run), Section([Said(fine_print(report)), Commands(run.commands)])]


def sections(report: ScoreReport, run: Run) -> Document:
    place = where_and_when(report.organization, report.period)
    title = Title(run.title or report.questionnaire.title, place, run.client, run.logo)
    room = [question.text for question in report.for_the_room]
    return [
        Section([title, Said(who_answered(report)), Said(what_is_hidden(report))]),
        Section([answer(report, run)]),
        Section([voices(report)]),
        *in_brief(report),
        what_stands_out(report),
        Section([Said(heard(report), apart=True)], "Heard in the answers"),
        Section(
            [Said(where_points_are_missing(report))], f"Where the {missing_in_all(report)} missing points are"
        ),
        Section(list(one_thing(report)), "If you do one thing"),
        Section([Items(room)], f"{opening(several(room, 'question'))} for the room"),
    ]


# Who answered, and the one line with the answer


def where_and_when(*parts: str | None) -> str:
    """``Northwind Ltd, 2026-Q4``, as far as it is known."""
    return ", ".join(filter(None, parts))


def who_answered(report: ScoreReport) -> list[str]:
    said = [f"{people(report.respondents)}." if report.respondents.total else "Nobody answered."]
    if report.evidence_date:
        said.append(f"Plans counted as of {day(report.evidence_date)}.")
    return [opening(sentence) for sentence in said]


def people(respondents: Respondents) -> str:
    """``5 of 7 business leaders and 4 IT leaders answered, in confidence``."""
    promise = "in confidence" if respondents.confidential else "by name"
    return f"{listed(list(map(group_size, respondents.groups)))} answered, {promise}"


def group_size(group: GroupSize) -> str:
    """``5 of 7 business leaders``; ``no IT leaders`` where nobody answered; ``1 of the managers``."""
    title = group.title
    if group.population is not None:
        return f"{group.n} of {group.population} {title}"
    if group.n == 1:
        return f"1 {verb(title, 'of the ', '')}{title}"
    return f"{group.n or 'no'} {title}"


def what_is_hidden(report: ScoreReport) -> list[str]:
    """What rule S12 joined or hid, why, and how to see it; nothing where it did neither."""
    if not report.respondents.confidential or not (said := list(joined_or_hidden(report))):
        return []
    least = report.respondents.min_group_size
    return [
        f"Answers are confidential: groups of fewer than {least} are not shown.",
        *said,
        "If people were told that answers are attributable, write `confidential: false`.",
    ]


def joined_or_hidden(report: ScoreReport) -> Iterator[str]:
    questions = report.questions
    hidden = [question for question in questions if any(cell.hidden for cell in question.groups)]
    pooled = [question for question in questions if any(cell.pooled for cell in question.groups)]
    if joined := [question for question in pooled if question not in hidden]:
        yield f"Groups are shown as one for {named(joined, questions)}."
    if hidden:
        yield f"Some answers are hidden for {named(hidden, questions)}."
    for cut in report.cuts:
        if cut.who == "others":
            yield f"By {cut.field}, values with too few people are shown together."
    yield from (note.text for note in report.notes if note.kind == "cut")


def named(some: Sequence[Question], questions: Sequence[Question]) -> str:
    """Some questions by title, or how many they are when they would fill a paragraph."""
    if len(some) > MOST_NAMED:
        return f"{len(some)} of {len(questions)} questions"
    return listed([question.title for question in some])


def answer(report: ScoreReport, run: Run) -> Answer | Said:
    overall = report.overall
    if overall.score is None:
        return Said([closed(f"No score: {why(overall.reason, 'nothing was answered')}")])
    rests_on = next((note.text for note in report.notes if note.kind == "facts-share"), "")
    sure = " ".join(filter(None, [likely_range(report), rests_on]))
    changed = changed_since(run.since) if run.since else ""
    said = [closed(opening(line)) for line in (level_reached(report), sure, changed) if line]
    return Answer(f"{Background(report).overall(overall.score)} of 100", said)


def changed_since(since: Comparison) -> str:
    """``Since 2026-Q2: 34 to 43 on what both waves share, a change beyond chance.``"""
    change = since.overall
    if change.change is None:
        return f"Since {since.waves[0].period}: nothing that both waves share has a score."
    sure = "beyond chance" if change.reliable else "not beyond chance"
    moved = f"{dash(change.old)} to {dash(change.new)}"
    return f"Since {since.waves[0].period}: {moved} on what both share, {sure}."


def level_reached(report: ScoreReport) -> str:
    """``Aligned (from 40; Converged begins at 75)``, or why none is named; nothing without a score."""
    overall = report.overall
    if too_few := next((note.text for note in report.notes if note.kind == "level"), ""):
        return too_few
    level = next((level for level in report.levels if level.id == overall.level), None)
    if level is None or overall.score is None:
        return ""
    following = level_above(report)
    bounds = [f"from {amount(level.at_least)}"] if level.at_least else []
    bounds += [f"{following.title} begins at {amount(following.at_least)}"] if following else []
    between = f" ({'; '.join(bounds)})" if bounds else ""
    return f"{level.title}{between}" + short_of(overall.score, following) + edge(report, level)


def level_above(report: ScoreReport) -> Level | None:
    """The level next to the one that was reached."""
    reached = next((level.at_least for level in report.levels if level.id == report.overall.level), -1)
    above = [level for level in report.levels if level.at_least > reached]
    return min(above, key=lambda level: level.at_least, default=None)


def short_of(score: float, following: Level | None) -> str:
    """Why a score that reads like the next level is not: it is floored, or a gate is not met."""
    if following is None or float(points(score)) < following.at_least:
        return ""
    if score >= following.at_least:
        return f", held back from {following.title} by a dimension below its minimum"
    return f", just short of {following.title}"


def edge(report: ScoreReport, reached: Level) -> str:
    """The other levels that the likely range touches."""
    titles = [level.title for level in report.levels if level.id in report.overall.level_range]
    others = [title for title in titles if title != reached.title]
    if len(others) > 1:
        return f", anywhere from {titles[0]} to {titles[-1]}"
    return f", at the edge of {others[0]}" if others else ""


def likely_range(report: ScoreReport) -> str:
    """The 95 % interval of the overall score; or why there is none."""
    overall = report.overall
    if overall.interval is None:
        return f"No likely range ({overall.interval_reason.text})." if overall.interval_reason else ""
    low, high = map(Background(report).overall, (overall.interval.low, overall.interval.high))
    return f"Likely {low} to {high} had everybody answered."


# The dimensions with both voices


def voices(report: ScoreReport, most: int = MOST_ROWS) -> Table:
    """Each dimension with its questions; where those would fill pages, the dimensions alone."""
    rows = list(rows_of(report, marks_of([group.group for group in report.respondents.groups])))
    for deepest in sorted({row.depth for row in rows}, reverse=True):
        if len(rows) > most and deepest:
            rows = [row for row in rows if row.depth < deepest]
    if len(rows) > most:
        rows = [*rows[:most], Row(f"and {len(rows) - most} more with --full", ("", ""))]
    return Table([Column("0 to 100", "words"), Column("score")], rows, marks=meanings(report))


def meanings(report: ScoreReport) -> list[tuple[str, str]]:
    """Each group's mark, with who stands behind it."""
    groups = report.respondents.groups
    marks = marks_of([group.group for group in groups])
    return [(marks[each.group], each.title) for each in groups]


def rows_of(
    report: ScoreReport, marks: dict[str, str], parent: str | None = None, depth: int = 0
) -> Iterator[Row]:
    """Each dimension, its questions, then the dimensions inside it."""
    background = Background(report)
    for dimension in report.dimensions:
        if dimension.parent == parent:
            yield dimension_row(dimension, background, marks, depth)
            questions = [question for question in report.questions if question.dimension == dimension.id]
            alone = len(questions) == 1 and all(d.parent != dimension.id for d in report.dimensions)
            for each in questions:
                words = question_words(each, background.groups, alone)
                heard = voices_on(each, marks)
                cell = Strip(heard, None, apart(each), words) if heard else words
                yield Row(each.title, (cell, dash(each.score)), depth + 1)
            yield from rows_of(report, marks, dimension.id, depth + 1)


def dimension_row(dimension: Dimension, background: Background, marks: dict[str, str], depth: int) -> Row:
    if dimension.score is None:
        return Row(dimension.title, (why(dimension.reason, "no score"), "-"), depth, strong=True)
    strip = Strip(voices_on(dimension, marks), dimension.score, apart(dimension))
    return Row(dimension.title, (strip, background.dimension(dimension.score)), depth, strong=True)


def voices_on(part: Dimension | Question, marks: dict[str, str]) -> list[Mark]:
    shown = [(each.group, each.score, each.interval) for each in part.groups if each.score is not None]
    return [
        Mark(marks.get(group, SEVERAL), score, *((likely.low, likely.high) if likely else ()))
        for group, score, likely in shown
    ]


def apart(part: Dimension | Question) -> float | None:
    return part.gap.points if part.gap else None


def question_words(question: Question, groups: Mapping[str, str], alone: bool) -> str:
    """Words for a fact, where a strip would only repeat the dimension's, and where rule S12 leaves no two
    voices to compare; else nothing."""
    if question.fact is not None:
        return fact_in_words(question.fact)
    if question.kind == "text":
        return "answered in words, not scored"
    if question.score is None and question.reason:
        return question.reason.text
    silent = any(cell.pooled or cell.hidden for cell in question.groups)
    if not (alone or silent or question.score is None):
        return ""
    return ", ".join(voice(question, cell, groups) for cell in question.groups)


def is_expected(question: Question, cell: QuestionGroup) -> bool:
    """Whether the group only says what it expects others to answer: asked, but not scored."""
    return bool(question.scored) and not set(cell.members) & set(question.scored)


def voice(question: Question, cell: QuestionGroup, titles: Mapping[str, str]) -> str:
    """``business leaders say 35``, ``IT leaders expect 63``; or what is hidden."""
    who = " + ".join(titles.get(group, group) for group in cell.members)
    if cell.hidden:
        return f"{who} {cell.hidden.text}"
    if cell.score is None or cell.n is None:
        return f"{who}: {no_answer(cell)}"
    expects = is_expected(question, cell)
    says = verb(who, "expect", "expects") if expects else verb(who, "say", "says")
    return f"{who} {says} {points(cell.score)}"


def no_answer(cell: QuestionGroup) -> str:
    if cell.n:
        return counted(cell.n, "answer")
    return "all not applicable" if cell.asked and cell.not_applicable == cell.asked else "no answers"


def fact_in_words(fact: Fact, *, by_whom: bool = False) -> str:
    """``5 of 10 by the plans file; 11 of 12 as reported``, and by whom and when."""
    stated = fact if fact.origin == "responses" else fact.stated
    source = f" ({stated.source})" if by_whom and stated and stated.source else ""
    if fact.origin == "responses":
        return f"{quantity(fact)} as reported{source}"
    shown, said = quantity(fact), quantity(fact.stated) if fact.stated else ""
    told = ", as reported" if said == shown else f"; {said} as reported" if said else ""
    return f"{shown} by the plans file{told}{source}"


def quantity(fact: Fact | Stated) -> str:
    if fact.count is not None and fact.of is not None:
        return f"{amount(fact.count)} of {amount(fact.of)}"
    return amount(fact.value) if fact.value is not None else "nothing"


# What stands out, and what to do


def standing_out(report: ScoreReport) -> list[str]:
    """What stands out, most important first, with all that concerns one subject said together."""
    title = Background(report).title
    return [
        " ".join(
            highlight.text if at == 0 else opening(highlight.text.removeprefix(f"{title(subject)}: "))
            for at, highlight in enumerate(highlights)
        )
        for subject, highlights in groupby(report.highlights, lambda highlight: highlight.subject)
    ]


def what_stands_out(report: ScoreReport) -> Section:
    told = standing_out(report)
    part = f" ({MOST_STANDING_OUT} of {len(told)})" if len(told) > MOST_STANDING_OUT else ""
    return Section([Items(told[:MOST_STANDING_OUT])], f"What stands out{part}")


def heard(report: ScoreReport) -> list[str]:
    """Three comments of three people, the shortest of a question, on the questions that miss most points."""
    first = [missing.question for missing in report.missing_points]
    order = {question: at for at, question in enumerate(first)}
    short = [comment for comment in report.comments if len(comment.text) <= LONGEST_HEARD]
    short.sort(key=lambda comment: (order.get(comment.question, len(order)), len(comment.text)))
    told: list[Comment] = []
    heard_before: set[tuple[str, str]] = set()
    for each in short:
        own = {("question", each.question), ("person", each.respondent), ("text", each.text.strip())}
        if not own & heard_before:
            told.append(each)
            heard_before |= own
    return [quoted(report, comment) for comment in told[:MOST_HEARD]]


def quoted(report: ScoreReport, comment: Comment) -> str:
    background = Background(report)
    about = background.titles.get(comment.question, comment.question)
    return f'"{comment.text.strip()}" ({about}, {background.groups.get(comment.group, comment.group)})'


def where_points_are_missing(report: ScoreReport) -> list[str]:
    """The questions that miss most, and what no score holds back."""
    missing = missing_by(report)
    if report.overall.score is None or not missing:
        return []
    first, rest = missing[:MOST_MISSING], missing[MOST_MISSING:]
    said = [f"{title}: {points(missed)}" for title, missed in first]
    if rest:
        said.append(f"{several(rest, 'other')}: {points(sum(missed for _, missed in rest))}")
    return [f"{opening('; '.join(said))}.", *held_back(report)]


def missing_by(report: ScoreReport) -> list[tuple[str, float]]:
    """The questions that miss points, or, where they are many, the dimensions; most first."""
    titles = Background(report).titles
    missed = {each.question: each.points for each in report.missing_points if each.points}
    inside = {question.id: question.dimension for question in report.questions}
    inside |= {dimension.id: dimension.parent for dimension in report.dimensions if dimension.parent}
    while len(missed) > MOST_ROWS and inside.keys() & missed.keys():
        wider: dict[str, float] = {}
        for part, lost in missed.items():
            whole = inside.get(part, part)
            wider[whole] = wider.get(whole, 0.0) + lost
        missed = wider
    return sorted(
        ((titles.get(part, part), lost) for part, lost in missed.items()), key=lambda each: -each[1]
    )


def held_back(report: ScoreReport) -> list[str]:
    """What the questions without a score could move together."""
    titles = Background(report).titles
    unscored = [each for each in report.missing_points if each.could_move is not None]
    if not unscored:
        return []
    some = [titles.get(each.question, each.question) for each in unscored]
    who = listed(some) if len(some) <= MOST_MISSING else several(some, "question")
    move = points(sum(each.could_move or 0 for each in unscored))
    return [f"Without a score: {who}; with one the overall could move by up to {move}."]


def one_thing(report: ScoreReport) -> Iterator[Action]:
    """The first advice whose action is open; where none is, the first of all."""
    if thing := report.one_thing:
        yield Action(thing.text, thing.business, thing.it)
    elif report.advice:
        first = report.advice[0]
        yield Action(closed(first.title), first.business, first.it)
    elif report.overall.score is not None and (missing := missing_by(report)):
        title, lost = missing[0]
        begin = (
            f"Begin with {title}: {points(lost)} of the {missing_in_all(report)} missing points lie there."
        )
        two = len(report.respondents.groups) > 1
        sides = ("Name one recent case that shows why.", "Say what you would change first.") if two else ()
        yield Action(begin, *sides)


def fine_print(report: ScoreReport, where: str = "--full has") -> list[str]:
    notes = [note for note in report.notes if note.kind not in TOLD_ABOVE]
    more = f"; {where} {several(notes, 'note')}" if notes else ""
    what = "Levels and weights" if report.levels else "Points and weights"
    return [f"{what} are this questionnaire's conventions{more}."]
