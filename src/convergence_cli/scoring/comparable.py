"""Which two waves can be compared, and by which questionnaire both are then scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..model.questionnaire import NumberAnswer, Question, Questionnaire, RatioAnswer
from ..model.responses import State, period_order
from ..model.wave import Wave
from ..problems import READING_PROBLEMS, Finding, Path, Place, Related, fold_slips, nearest
from .facts import ScoredFact

Files = tuple[str, str]
"""How the two files are called in messages: the old one, the new one."""


def obstacles(old: Wave, new: Wave, files: Files | None = None) -> list[Finding]:
    """Every reason why these two cannot be compared; none when they can."""
    files = files or (name_of(old), name_of(new))
    found = [*other_questionnaire(old, new, files), *other_organization(old, new, files)]
    return [*found, *wrong_periods(old, new, files)]


def name_of(wave: Wave) -> str:
    return ", ".join(name for name, _ in wave.sources) or "responses"


def obstacle(file: str, path: Path, message: str, hint: str, other: Related | None = None) -> Finding:
    return Finding(
        "CV004",
        message,
        hint,
        name=READING_PROBLEMS["CV004"],
        file=file,
        path=path,
        related=(other,) if other else (),
    )


def other_questionnaire(old: Wave, new: Wave, files: Files) -> Iterator[Finding]:
    first, second = old.questionnaire, new.questionnaire
    path = ("questionnaire",)
    there = Related(f"`{first.id}` here", Place(files[0]), path)
    if first.id != second.id:
        same = fold_slips(first.id) == fold_slips(second.id)
        yield obstacle(
            files[1],
            path,
            f"this wave answered `{second.id}`, the other one `{first.id}`",
            "If that is one questionnaire, write its id the same way in both."
            if same
            else "Only two waves of one questionnaire can be compared.",
            there,
        )
    elif not shared_questions(first, second):
        yield obstacle(
            files[1],
            path,
            f"version {first.version} and version {second.version} of `{first.id}` share no scored question",
            "Questions are shared when id, kind, options and scored groups are the same.",
            there,
        )


def other_organization(old: Wave, new: Wave, files: Files) -> Iterator[Finding]:
    first, second = old.organization, new.organization
    if first is None or second is None or first.casefold().split() == second.casefold().split():
        return
    same = bool(nearest(second, [first]))
    path = ("organization",)
    yield obstacle(
        files[1],
        path,
        f"this wave is of `{second}`, the other one of `{first}`",
        "If that is one organisation, write its name the same way in both."
        if same
        else "Only two waves of one organisation can be compared.",
        Related(f"`{first}` here", Place(files[0]), path),
    )


def wrong_periods(old: Wave, new: Wave, files: Files) -> Iterator[Finding]:
    path = ("period",)
    for wave, file in zip((old, new), files, strict=True):
        if wave.period is None:
            hint = "Write when the answers were given, such as `period: 2026-Q4`."
            yield obstacle(file, path, "there is no `period`, and a comparison needs one in both waves", hint)
    if old.period is None or new.period is None:
        return
    there = Related(f"`{old.period}` here", Place(files[0]), path)
    first, second = period_order(old.period), period_order(new.period)
    if old.period == new.period:
        hint = "A wave is compared with another one; give each the period in which it was asked."
        yield obstacle(files[1], path, f"both waves are of {new.period}", hint, there)
    elif first == second:
        hint = "Write both periods in the same form, such as 2026-Q3 and 2026-Q4."
        message = f"{old.period} and {new.period} end on the same day, so neither is the later one"
        yield obstacle(files[1], path, message, hint, there)
    elif first > second:
        hint = "The older wave stands first: convergence compare OLD NEW."
        yield obstacle(files[1], path, f"{new.period} is earlier than {old.period}", hint, there)


@dataclass(frozen=True)
class Common:
    """The questionnaire that scores both waves, and the questions that stand in one of them alone."""

    questionnaire: Questionnaire
    left_out: tuple[str, ...]


def common_questionnaire(first: Questionnaire, second: Questionnaire) -> Common:
    """The later version, with the questions that both versions ask in the same way.

    A group is outside rule S12 only where both versions say so.
    """
    if first == second:
        return Common(first, ())
    later, earlier = (second, first) if second.version >= first.version else (first, second)
    shared = shared_questions(first, second)
    names = [q.id for q in (*later.questions, *earlier.questions) if q.is_scored_kind]
    groups = tuple(
        group.model_copy(update={"attributable": group.attributable and is_attributable(earlier, group.id)})
        for group in later.groups
    )
    kept = tuple(question for question in later.questions if question.id in shared)
    fields = {name: getattr(later, name) for name in Questionnaire.model_fields}
    both = Questionnaire(**fields | {"questions": kept, "groups": groups})
    return Common(both, tuple(name for name in dict.fromkeys(names) if name not in shared))


def is_attributable(questionnaire: Questionnaire, group: str) -> bool:
    known = questionnaire.group_by_id.get(group)
    return known is not None and known.attributable


def shared_questions(first: Questionnaire, second: Questionnaire) -> set[str]:
    """The ids of the scored questions that both ask in the same way."""
    return {
        question.id
        for question in second.questions
        if question.id in first.question_by_id
        and question.is_scored_kind
        and same_question(first, first.question_by_id[question.id], second, question)
    }


def counted_differently(old: Mapping[str, ScoredFact], new: Mapping[str, ScoredFact]) -> frozenset[str]:
    """The facts that were stated in one wave and counted from a plans file in the other (rule S16)."""
    return frozenset(
        name
        for name, fact in old.items()
        if fact.origin != new[name].origin and fact.used.state is new[name].used.state is State.ANSWERED
    )


def same_question(one: Questionnaire, first: Question, other: Questionnaire, second: Question) -> bool:
    """Whether answers to both mean the same: kind, options in their order, and whose answers count."""
    return (
        first.answer.kind == second.answer.kind
        and first.is_fact == second.is_fact
        and curve(first) == curve(second)
        and one.direction(first) == other.direction(second)
        and set(one.scored(first)) == set(other.scored(second))
        and same_options(one, first, other, second)
    )


def curve(question: Question) -> object:
    answer = question.answer
    return answer.points if isinstance(answer, NumberAnswer | RatioAnswer) else None


def same_options(one: Questionnaire, first: Question, other: Questionnaire, second: Question) -> bool:
    """Whether values and labels agree, these in every language that both speak."""
    old, new = one.options(first), other.options(second)
    languages = [language for language in one.languages if language in other.languages]
    return len(old) == len(new) and all(
        a.value == b.value and all(one.say(a.label, x) == other.say(b.label, x) for x in languages)
        for a, b in zip(old, new, strict=True)
    )
