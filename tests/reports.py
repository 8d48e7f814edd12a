"""Score reports written by hand, for the tests of the renderers.

`northwind()` is a small organisation interviewed by name; the other functions change one thing.
The figures are made up and need not follow from any answers: a renderer only tells what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from convergence_cli.render import check_page, compare_page, score_page, text
from convergence_cli.render.document import Run
from convergence_cli.render.say import with_words
from convergence_cli.results.common import InputFile, Interval, Reason, Result, Tool
from convergence_cli.results.score import (
    Advice,
    Because,
    Cut,
    Dimension,
    DimensionGroup,
    Fact,
    Friction,
    GroupSize,
    Highlight,
    Level,
    Note,
    OptionCount,
    Overall,
    Question,
    QuestionGap,
    QuestionGroup,
    QuestionnaireRef,
    Respondents,
    ScoreReport,
    Stated,
    Want,
)
from convergence_cli.terminal import Paper

BUSINESS, IT = "business", "it"


def printed(
    report: Result, *, width: int = 80, colour: bool = False, commands: Sequence[str] = (), **run: Any
) -> str:
    """The text of any report."""
    pages = {"score": score_page.page, "compare": compare_page.page, "check": check_page.page}
    page: Any = pages[report.command]  # type: ignore[attr-defined]
    return text.render(page(with_words(report), Run(commands, **run)), Paper(width, colour))


def flat(report: Result) -> str:
    """The text on one line, for what may wrap anywhere."""
    return " ".join(printed(report).split())


def without_styles(text: str) -> str:
    pieces = text.split("\x1b[")
    return "".join([pieces[0], *(piece.partition("m")[2] for piece in pieces[1:])])


def because(code: str, text: str, **figures: float | str | None) -> Reason:
    """A reason with its words."""
    return Reason(code=code, text=text, figures=figures)


NO_ANSWERS = because("no-answers", "no answers")


def interval(low: float, high: float) -> Interval:
    return Interval(low=low, high=high)


R = TypeVar("R", bound=Result)


def made(kind: type[R], values: dict[str, Any]) -> R:
    """A result whose other fields are null or empty."""
    fields = kind.model_fields.items()
    required = {name: str(field.annotation) for name, field in fields if field.is_required()}
    return kind(**{**{name: None if "None" in says else () for name, says in required.items()}, **values})


def cell(group: str, score: float | None, n: int | None, asked: int, **more: Any) -> QuestionGroup:
    """One group's answers; those asked who did not answer skipped the question."""
    values: dict[str, Any] = {"group": group, "asked": asked, "n": n, "score": score}
    if n is not None:
        values |= {"not_applicable": 0, "dont_know": 0, "skipped": asked - n}
    if score is not None:
        around = interval(max(score - 15.25, 0), min(score + 15.25, 100))
        values |= {"interval": around, "mean": 1 + score / 25, "median": 3.0, "sd": 0.75}
    if n:
        values["counts"] = (OptionCount(value=3, label="Neither", n=n),)
    return made(QuestionGroup, {**values, **more})


def opinion(
    id: str, dimension: str, score: float | None, groups: tuple[QuestionGroup, ...], **more: Any
) -> Question:
    about = {"id": id, "title": id.replace("-", " "), "text": f"How would you judge {id}?", "kind": "scale"}
    values = {"dimension": dimension, "weight": 1.0, "scored": (BUSINESS,), "score": score, "groups": groups}
    return made(Question, {**about, **values, "coverage": 1.0, **more})


def fact(id: str, dimension: str, score: float | None, given: Fact | None, **more: Any) -> Question:
    return opinion(id, dimension, score, (), kind="ratio", scored=(), coverage=None, fact=given, **more)


def ratio(
    count: float,
    of: float,
    source: str | None = None,
    origin: str = "responses",
    stated: Stated | None = None,
) -> Fact:
    values = {"count": count, "of": of, "source": source, "origin": origin, "stated": stated}
    return made(Fact, {**values, "clipped": False})


def dimension(
    id: str, title: str, score: float | None, *voices: tuple[str, int, float], **more: Any
) -> Dimension:
    groups = tuple(DimensionGroup(group=g, n=n, score=s, interval=None) for g, n, s in voices)
    values = {"id": id, "title": title, "weight": 1.0, "score": score, "coverage": 1.0, "groups": groups}
    return made(Dimension, {**values, **more})


def overall(score: float | None, **more: Any) -> Overall:
    values: dict[str, Any] = {
        "level": "aligned",
        "level_range": ("separate", "aligned"),
        "to_next_level": 26.3,
    }
    if score is not None:
        values["interval"] = interval(40.25, 57.5)
    return made(Overall, {**values, "score": score, "to_next_level": 26.3, **more})


def highlight(kind: str, *ids: str, **figures: float | str | None) -> Highlight:
    return Highlight(kind=kind, ids=ids, figures=figures)


def gap(points: float, reliable: bool = False) -> QuestionGap:
    return QuestionGap(points=points, cliffs_delta=0.5, reliable=reliable)


LEVELS = (
    Level(id="separate", title="Separate", at_least=0.0, every_dimension_at_least=None, meaning=None),
    Level(id="aligned", title="Aligned", at_least=40.0, every_dimension_at_least=None, meaning=None),
    Level(id="converged", title="Converged", at_least=75.0, every_dimension_at_least=None, meaning=None),
)

DIMENSIONS = (
    dimension("plans", "Plans and objectives", 50.0),
    dimension("responsiveness", "Responsiveness", 35.0, (BUSINESS, 5, 35.0), (IT, 4, 62.5)),
    dimension("innovation", "Innovation", 61.0, (BUSINESS, 5, 48.0), (IT, 4, 61.0)),
)

QUESTIONS = (
    fact("plans-mapped", "plans", 50.0, ratio(6, 12, "CIO, 3 November")),
    opinion(
        "response-speed",
        "responsiveness",
        35.0,
        (cell(BUSINESS, 35.0, 5, 5, want=Want(n=5, points=83.0)), cell(IT, 62.5, 4, 4)),
        gap=gap(27.5, reliable=True),
    ),
    opinion(
        "contribution",
        "innovation",
        54.0,
        (cell(BUSINESS, 45.0, 5, 5), cell(IT, 63.0, 4, 4)),
        scored=(BUSINESS, IT),
        gap=gap(18.0),
    ),
    opinion(
        "awareness",
        "innovation",
        44.0,
        (cell(BUSINESS, 44.0, 5, 5), cell(IT, 50.0, 4, 4)),
        gap=gap(6.0),
    ),
    opinion(
        "expertise",
        "innovation",
        56.0,
        (cell(BUSINESS, 56.0, 4, 5, not_applicable=1, skipped=0), cell(IT, 75.0, 3, 4)),
        gap=gap(19.0),
    ),
    fact("ideas-taken-up", "innovation", 90.0, ratio(3, 10)),
)

ADVICE = (
    Advice(
        id="tactical-manager",
        title="Put somebody on every open request",
        business="Rank the open requests each month, so that IT knows which comes first.",
        it="Appoint a tactical relationship manager in the unit that waits longest, to give requests a date.",
        because=(Because(id="response-speed", kind="question", points=35.0),),
    ),
    Advice(
        id="seen-differently",
        title="Look at the same requests together",
        business="Bring the last three requests that took too long, with their dates.",
        it=None,
        because=(Because(id="response-speed", kind="gap", points=27.5),),
    ),
)

HIGHLIGHTS = (
    highlight(
        "reliable-gap",
        "response-speed",
        gap=27.5,
        first=35.0,
        second=62.5,
        first_group="business leaders",
        second_group="IT leaders",
        first_scored="yes",
        second_scored="no",
    ),
    highlight(
        "low-score",
        "response-speed",
        score=35.0,
        k=3.0,
        n=5.0,
        group="business leaders",
        label="Dissatisfied",
    ),
    highlight(
        "friction",
        points=21.6,
        chance=13.2,
        people=9.0,
        questions=4.0,
        higher_group="IT leaders",
        higher_count=4.0,
    ),
)

NOTES = (
    Note(kind="cuts", text="The cuts 40 and 75 are this questionnaire's convention, not a benchmark."),
    Note(kind="answered", text="Expertise: 4 of 5 business leaders and 3 of 4 IT leaders answered."),
)


def northwind(**more: Any) -> ScoreReport:
    """Five of seven business leaders and all four IT leaders, interviewed by name."""
    values: dict[str, Any] = {
        "tool": Tool(version="0.1.0"),
        "inputs": (InputFile(name="responses.yaml", sha256="0" * 64),),
        "questionnaire": QuestionnaireRef(
            id="convergence-2017", version=1, title="IT-business convergence: six questions"
        ),
        "organization": "Northwind Ltd",
        "period": "2026-Q4",
        "evidence_date": None,
        "respondents": respondents(),
        "overall": overall(48.7),
        "friction": Friction(points=21.6, chance=13.2),
        "levels": LEVELS,
        "dimensions": DIMENSIONS,
        "questions": QUESTIONS,
        "cuts": (),
        "evidence": (),
        "highlights": HIGHLIGHTS,
        "for_the_room": (),
        "one_thing": None,
        "units": (),
        "missing_points": (),
        "advice": ADVICE,
        "notes": NOTES,
        "comments": (),
    }
    return ScoreReport(**{**values, **more})


def respondents(confidential: bool = False, business: int = 5, it: int = 4, **more: Any) -> Respondents:
    values: dict[str, Any] = {
        "total": business + it,
        "groups": (
            GroupSize(group=BUSINESS, title="business leaders", n=business, population=7),
            GroupSize(group=IT, title="IT leaders", n=it, population=4),
        ),
        "confidential": confidential,
        "min_group_size": 5,
    }
    return Respondents(**{**values, **more})


def confidential() -> ScoreReport:
    """The same people, who were promised confidence: IT's four are too few to stand alone."""
    questions = tuple(guarded(question) for question in QUESTIONS)
    return northwind(respondents=respondents(confidential=True), questions=questions, highlights=())


def guarded(question: Question) -> Question:
    if question.id == "contribution":
        joined = cell("business+it", 53.0, 9, 9, pooled=(BUSINESS, IT))
        return question.model_copy(update={"groups": (joined,), "gap": None, "score": 53.0})
    if question.groups:
        hidden = cell(
            IT,
            None,
            None,
            4,
            hidden=because("hidden", "hidden: fewer than 5 answers", least=5),
        )
        return question.model_copy(update={"groups": (question.groups[0], hidden), "gap": None})
    return question


def by_unit(*values: str) -> ScoreReport:
    """Northwind cut by unit; the last value has too few answers for a score."""
    cuts = [cut(value, 40.0 + at) for at, value in enumerate(values)]
    silent = overall(None, reason=NO_ANSWERS, level=None, level_range=())
    empty = tuple(dimension(d.id, d.title, None, reason=NO_ANSWERS) for d in DIMENSIONS)
    cuts[-1] = cuts[-1].model_copy(update={"overall": silent, "dimensions": empty})
    return northwind(cuts=tuple(cuts))


def cut(value: str, score: float) -> Cut:
    return Cut(
        field="unit",
        value=value,
        who="value",
        respondents=respondents(business=2, it=1),
        overall=overall(score),
        dimensions=DIMENSIONS,
        questions=QUESTIONS[:2],
    )
