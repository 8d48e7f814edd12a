"""The score report as a page: who answered, the answer, each voice, what stands out, what to do."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..results.digest import UnitLine
from ..results.score import (
    Advice,
    Cut,
    Dimension,
    Fact,
    GroupSize,
    Level,
    Overall,
    Question,
    QuestionGroup,
    Respondents,
    ScoreReport,
    Stated,
)
from .document import (
    Action,
    Answer,
    Block,
    Column,
    Commands,
    Document,
    Items,
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
from .say import advised, missing_in_all, why
from .strips import SEVERAL, marks_of

PRIVACY_NOTES = {"privacy", "joined", "hidden"}
LEVEL_NOTE = "level"
MOST_COMMENTS = 3
"""Of one question."""
MOST_NAMED = 6
"""So many questions are named before they are counted."""
MOST_ADVICE, MOST_MISSING = 3, 3


def page(report: ScoreReport, run: Run) -> Document:
    title = Title(report.questionnaire.title, where_and_when(report.organization, report.period))
    missing = Said(where_points_are_missing(report), apart=True)
    questions = [question.text for question in report.for_the_room]
    room = "a question" if len(questions) == 1 else several(questions, "question")
    return [
        Section([title, Said(who_answered(report)), Said(what_is_hidden(report))]),
        Section([answer(report)]),
        Section([dimensions(report)]),
        *(cut_section(report, field) for field in dict.fromkeys(cut.field for cut in report.cuts)),
        Section([Items(standing_out(report))], "What stands out"),
        Section([Said(units(report), apart=True)], "Units"),
        Section([Items(questions)], f"{opening(room)} for the room"),
        Section(list(the_one_thing(report)), "If you do one thing"),
        Section([missing], f"Where the {missing_in_all(report)} missing points are"),
        Section(list(advice(report)), "What to do next"),
        Section([Said(cautions(report), apart=True)], "Read with care"),
        Section([Commands(run.commands)]),
    ]


# Who answered, and the one line with the answer


def where_and_when(*parts: str | None) -> str:
    """``Northwind Ltd, 2026-Q4``, as far as it is known."""
    return ", ".join(filter(None, parts))


def who_answered(report: ScoreReport) -> list[str]:
    """Who answered, of how many, what was asked of them, and from which evidence."""
    said = [f"{people(report.respondents)}." if report.respondents.total else "Nobody answered."]
    if answers := answers_given(report.questions):
        said.append(answers)
    if report.evidence_date:
        said.append(f"Plans counted as of {day(report.evidence_date)}.")
    questionnaire = report.questionnaire
    questions = several(report.questions, "question")
    said.append(f"Questionnaire {questionnaire.id}, version {questionnaire.version}: {questions}.")
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


def answers_given(questions: Iterable[Question]) -> str:
    """``33 answers of 35 asked, 1 not applicable.``; nothing where some cell does not show its counts."""
    cells = [cell for question in questions for cell in question.groups]
    if not cells or any(cell.n is None or cell.not_applicable is None for cell in cells):
        return ""
    outside = sum(cell.not_applicable or 0 for cell in cells)
    asked = sum(cell.asked for cell in cells) - outside
    if not asked:
        return ""
    states = {
        "not applicable": outside,
        "don't know": sum(cell.dont_know or 0 for cell in cells),
        "skipped": sum(cell.skipped or 0 for cell in cells),
    }
    others = [f"{amount(count)} {state}" for state, count in states.items() if count]
    head = f"{counted(sum(cell.n or 0 for cell in cells), 'answer')} of {amount(asked)} asked for"
    return closed(", ".join([head, *others]))


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


def answer(report: ScoreReport) -> Answer | Said:
    overall = report.overall
    if overall.score is None:
        return Said([closed(f"No score: {why(overall.reason, 'nothing was answered')}")])
    said = filter(None, [level_reached(report), likely_range(report)])
    return Answer(f"{Background(report).overall(overall.score)} of 100", list(map(closed, said)))


def level_reached(report: ScoreReport) -> str:
    """``Aligned (from 40), at the edge of Separate``, or why none is named; nothing without a score."""
    overall = report.overall
    if too_few := next((note.text for note in report.notes if note.kind == LEVEL_NOTE), ""):
        return too_few
    level = next((level for level in report.levels if level.id == overall.level), None)
    if level is None or overall.score is None:
        return ""
    following = level_above(report)
    bound = f"from {amount(level.at_least)}"
    if following and not level.at_least:
        bound = f"below {amount(following.at_least)}"
    return f"{level.title} ({bound})" + short_of(overall.score, following) + edge(report, level)


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
    """The 95 % interval of the overall score, and of whom it speaks; or why there is none."""
    overall = report.overall
    if overall.interval is None:
        return f"No likely range ({overall.interval_reason.text})." if overall.interval_reason else ""
    low, high = map(Background(report).overall, (overall.interval.low, overall.interval.high))
    return f"Likely {low} to {high} had {unseen(report)} answered."


def unseen(report: ScoreReport) -> str:
    """Those who make the score and have not all answered: ``all 7 business leaders``."""
    scored = {group for question in report.questions for group in question.scored}
    groups = [group for group in report.respondents.groups if group.group in scored]
    if any(group.population is None for group in groups):
        return "everybody concerned"
    missing = [f"{g.population} {g.title}" for g in groups if g.n < (g.population or 0)]
    return f"all {listed(missing)}" if missing else "everybody"


# The dimensions with both voices


def dimensions(report: ScoreReport) -> Table:
    marks = marks_of([group.group for group in report.respondents.groups])
    meanings = [(mark, meaning(report, group)) for group, mark in marks.items()]
    columns = [Column("0 to 100", "words"), Column("score")]
    return Table(columns, list(rows(report, marks)), marks=meanings)


def rows(
    report: ScoreReport, marks: dict[str, str], parent: str | None = None, depth: int = 0
) -> Iterator[Row]:
    """Each dimension, its questions, then the dimensions inside it."""
    groups = Background(report).groups
    for dimension in report.dimensions:
        if dimension.parent == parent:
            yield dimension_row(dimension, Background(report), marks, depth)
            questions = [question for question in report.questions if question.dimension == dimension.id]
            alone = len(questions) == 1 and all(d.parent != dimension.id for d in report.dimensions)
            for each in questions:
                cell = question_words(each, groups, alone) or Strip(voices_on(each, marks))
                below = comments_on(each, report, groups)
                yield Row(each.title, (cell, dash(each.score)), depth + 1, below=below)
            yield from rows(report, marks, dimension.id, depth + 1)


def dimension_row(dimension: Dimension, background: Background, marks: dict[str, str], depth: int) -> Row:
    if dimension.score is None:
        return Row(dimension.title, (why(dimension.reason, "no score"), "-"), depth, strong=True)
    strip = Strip(voices_on(dimension, marks), dimension.score)
    return Row(dimension.title, (strip, background.dimension(dimension.score)), depth, strong=True)


def voices_on(part: Dimension | Question, marks: dict[str, str]) -> list[tuple[str, float]]:
    return [(marks.get(each.group, SEVERAL), each.score) for each in part.groups if each.score is not None]


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


def dash(score: float | None) -> str:
    return "-" if score is None else points(score)


def meaning(report: ScoreReport, group: str) -> str:
    """Who stands behind a mark, and where they only say what they expect."""
    expected = [
        question.title
        for question in report.questions
        for cell in question.groups
        if cell.group == group and cell.score is not None and is_expected(question, cell)
    ]
    more = f" For {listed(expected)} they say what they expect, which is not scored." if expected else ""
    return f"{Background(report).groups[group]}.{more}"


def is_expected(question: Question, cell: QuestionGroup) -> bool:
    """Whether the group only says what it expects others to answer: asked, but not scored."""
    groups = cell.pooled or (cell.group,)
    return bool(question.scored) and not set(groups) & set(question.scored)


def voice(question: Question, cell: QuestionGroup, titles: Mapping[str, str]) -> str:
    """``business leaders say 35 (5 answers)``, ``IT leaders expect 63 (4 answers)``; or what is hidden."""
    who = " + ".join(titles.get(group, group) for group in cell.pooled or (cell.group,))
    if cell.hidden:
        return f"{who} {cell.hidden.text}"
    if cell.score is None or cell.n is None:
        return f"{who}: {no_answer(cell)}"
    expects = is_expected(question, cell)
    says = verb(who, "expect", "expects") if expects else verb(who, "say", "says")
    return f"{who} {says} {points(cell.score)} ({counted(cell.n, 'answer')})"


def no_answer(cell: QuestionGroup) -> str:
    if cell.n:
        return counted(cell.n, "answer")
    return "all not applicable" if cell.asked and cell.not_applicable == cell.asked else "no answers"


def comments_on(question: Question, report: ScoreReport, titles: Mapping[str, str]) -> list[str]:
    """What people wrote beside their answers, the first few with their group; nothing where confidential."""
    found = [comment for comment in report.comments if comment.question == question.id]
    said = [
        f'"{comment.text.strip()}" ({titles.get(comment.group, comment.group)})'
        for comment in found[:MOST_COMMENTS]
    ]
    more = len(found) - MOST_COMMENTS
    return [*said, f"and {more} more in `-f json`"] if more > 0 else said


def fact_in_words(fact: Fact) -> str:
    """``5 of 10 by the plans file; 11 of 12 stated (CIO, 3 November)``."""
    if fact.origin == "responses":
        return stated(fact)
    return "; ".join([f"{quantity(fact)} by the plans file", *([stated(fact.stated)] if fact.stated else [])])


def stated(fact: Fact | Stated) -> str:
    return f"{quantity(fact)} stated" + (f" ({fact.source})" if fact.source else "")


def quantity(fact: Fact | Stated) -> str:
    if fact.count is not None and fact.of is not None:
        return f"{amount(fact.count)} of {amount(fact.of)}"
    return amount(fact.value) if fact.value is not None else "nothing"


# The same figures for parts of the respondents


def cut_section(report: ScoreReport, field: str) -> Section:
    cuts = [cut for cut in report.cuts if cut.field == field]
    overall = Background(report).overall
    scores = ["-" if cut.overall.score is None else overall(cut.overall.score) for cut in cuts]
    rows = [
        Row("People", [str(cut.respondents.total) for cut in cuts]),
        Row("Overall", scores, strong=True),
        Row("likely", [likely(cut.overall) for cut in cuts], depth=1),
    ]
    groups = Background(report).groups
    for dimension in cuts[0].dimensions:
        same = [next((d for d in cut.dimensions if d.id == dimension.id), None) for cut in cuts]
        rows.append(Row(dimension.title, [dash(each.score if each else None) for each in same]))
        for question in cuts[0].questions:
            rows += cut_question(question, cuts, groups) if question.dimension == dimension.id else []
    table = Table([Column(cut_title(cut)) for cut in cuts], rows, f"By {field}")
    return Section([table, Said(list(reasons(cuts)), apart=True)])


def cut_question(question: Question, cuts: Sequence[Cut], groups: Mapping[str, str]) -> list[Row]:
    """The mean of each group that is scored in each value, with how many answered."""
    scored = question.scored or [cell.group for cell in question.groups]
    means = [[own_mean(cut, question.id, group) for cut in cuts] for group in scored]
    if len(scored) == 1:
        return [Row(question.title, means[0], depth=1)]
    within = [Row(groups[group], mean, depth=2) for group, mean in zip(scored, means, strict=True)]
    return [Row(question.title, [""] * len(cuts), depth=1), *within]


def own_mean(cut: Cut, question: str, group: str) -> str:
    """``44 (12)``: the mean of a group and how many answered."""
    cells = [cell for q in cut.questions if q.id == question for cell in q.groups if cell.group == group]
    shown = [cell for cell in cells if cell.score is not None]
    return f"{dash(shown[0].score)} ({shown[0].n})" if shown else "-"


def cut_title(cut: Cut) -> str:
    """Whom a value of a cut stands for; people may well have written "other" themselves."""
    together = {"others": "other values together", "not-recorded": f"no {cut.field} recorded"}
    return together.get(cut.who, cut.value)


def likely(overall: Overall) -> str:
    interval = overall.interval
    return f"{points(interval.low)} to {points(interval.high)}" if interval else "-"


def reasons(cuts: Sequence[Cut]) -> Iterator[str]:
    """Why a dash stands where a score would, once for all values that have the reason."""
    dashes: dict[tuple[str, str], list[str]] = {}
    for cut in cuts:
        told: dict[str, list[str]] = {}
        parts: tuple[Overall | Dimension, ...] = (cut.overall, *cut.dimensions)
        for part in parts:
            if part.score is None:
                title = part.title if isinstance(part, Dimension) else "overall"
                told.setdefault(why(part.reason, "no score"), []).append(title)
        for reason, titles in told.items():
            dashes.setdefault((listed(titles), reason), []).append(cut_title(cut))
    for (titles_told, reason), values in dashes.items():
        yield closed(f"{listed(values)}, {titles_told}: {reason}")


# What stands out, what to do, what to read with care


def units(report: ScoreReport) -> list[str]:
    """Per unit: its plans, its open suggestions, and which kind of relationship manager it lacks."""
    said = []
    for unit in report.units:
        plans = counted(len(unit.plans), "green-lit plan")
        ideas = f", {counted(len(unit.open_suggestions), 'open suggestion')}" if unit.open_suggestions else ""
        said.append(f"{unit.unit}: {plans}{ideas}; {managers_of(unit)}.")
    return said


def managers_of(unit: UnitLine) -> str:
    """Which kinds of relationship manager a unit has, and which it lacks."""
    has = f"a {listed(unit.managers, 'and a')} relationship manager" if unit.managers else ""
    if not unit.lacks:
        return has
    if not unit.managers:
        return f"no {listed(unit.lacks, 'or')} relationship manager"
    return f"{has}, but no {listed(unit.lacks, 'or')} one"


def standing_out(report: ScoreReport) -> list[str]:
    """What stands out, with all that concerns one question or dimension said together."""
    said: dict[tuple[str, ...] | int, str] = {}
    for number, highlight in enumerate(report.highlights):
        subject = highlight.ids if len(highlight.ids) == 1 else number
        text = highlight.text
        if subject in said:
            title = Background(report).title(highlight.ids[0])
            text = f"{said[subject]} {opening(text.removeprefix(f'{title}: '))}"
        said[subject] = text
    return list(said.values())


def the_one_thing(report: ScoreReport) -> Iterator[Block]:
    """The first advice whose action is open; the other advice is named after it."""
    if thing := report.one_thing:
        yield Action(thing.text, thing.business, thing.it)
        yield further([each for each in report.advice if each.id not in thing.ids])


def advice(report: ScoreReport) -> Iterator[Block]:
    """The advice where no one thing stands out."""
    if report.one_thing is None:
        background = Background(report)
        told = [
            Action(advised(each.title, each.because, background), each.business, each.it)
            for each in report.advice[:MOST_ADVICE]
        ]
        yield from told if len(told) < 2 else [Items(told)]
        yield further(report.advice[MOST_ADVICE:])


def further(advice: Sequence[Advice]) -> Said:
    """The advice that is not printed whole."""
    more = len(advice) - MOST_ADVICE
    shown = [*(each.title for each in advice[:MOST_ADVICE]), *([f"{more} more"] if more > 0 else [])]
    return Said([closed(f"Further advice, in full with `-f json`: {'; '.join(shown)}")] if shown else [])


def where_points_are_missing(report: ScoreReport) -> list[str]:
    """The questions that miss most, what no score holds back, and how far the next level is."""
    missing = [each for each in report.missing_points if each.points]
    if report.overall.score is None or not missing:
        return []
    first, rest = missing[:MOST_MISSING], missing[MOST_MISSING:]
    title = Background(report).title
    said = [f"{title(each.question)}: {points(each.points or 0)}." for each in first]
    if rest:
        others = opening(several(rest, "other question"))
        said.append(f"{others}: {points(sum(each.points or 0 for each in rest))}.")
    return [*said, *held_back(report), *next_level(report)]


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


def next_level(report: ScoreReport) -> list[str]:
    """``27 points to Converged.``; nothing where a gate alone, or less than a point, is wanting."""
    wanting, above = points(report.overall.to_next_level or 0), level_above(report)
    return [f"{counted(float(wanting), 'point')} to {above.title}."] if above and wanting != "0" else []


def cautions(report: ScoreReport) -> list[str]:
    """The notes, but for those that have already been said at the top."""
    said = {*PRIVACY_NOTES, LEVEL_NOTE, *(("cut",) if report.respondents.confidential else ())}
    return [closed(opening(note.text)) for note in report.notes if note.kind not in said]
