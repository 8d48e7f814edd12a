"""Which two waves can be compared, and by which questionnaire both are then scored."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from ..model.questionnaire import Question, Questionnaire
from ..model.responses import State, period_order
from ..model.wave import Wave
from ..problems import READING_PROBLEMS, Finding, Place, Related
from .facts import ScoredFact
from .points import curve_of

Files = tuple[str, str]
"""How the two files are called in messages: the old one, the new one."""
ONE = "Only two waves of one {what} can be compared. If it is one, write its {name} the same way in both."


def obstacles(old: Wave, new: Wave, files: Files | None = None) -> list[Finding]:
    """Every reason why these two cannot be compared; none when they can."""
    first, second = files or (name_of(old), name_of(new))
    found = [
        obstacle(second, field, message, hint, Related(f"`{other}` here", Place(first), (field,)))
        for field, other, message, hint in clashes(old, new)
    ]
    none = "there is no `period`, and a comparison needs one in both waves"
    hint = "Write when the answers were given, such as `period: 2026-Q4`."
    undated = [file for wave, file in ((old, first), (new, second)) if wave.period is None]
    return [*found, *(obstacle(file, "period", none, hint) for file in undated)]


def name_of(wave: Wave) -> str:
    return ", ".join(name for name, _ in wave.sources) or "responses"


def obstacle(file: str, field: str, message: str, hint: str, *related: Related) -> Finding:
    name = READING_PROBLEMS["CV004"]
    return Finding("CV004", message, hint, name=name, file=file, path=(field,), related=related)


def clashes(old: Wave, new: Wave) -> Iterator[tuple[str, str, str, str]]:
    """What the new wave says that does not go with the old one: field, the old one's word, message, hint."""
    first, second = old.questionnaire, new.questionnaire
    if first.id != second.id:
        message = f"this wave answered `{second.id}`, the other one `{first.id}`"
        yield "questionnaire", first.id, message, ONE.format(what="questionnaire", name="id")
    elif not shared_questions(first, second):
        versions = f"version {first.version} and version {second.version} of `{first.id}`"
        hint = "Questions are shared when id, kind, options and scored groups are the same."
        yield "questionnaire", first.id, f"{versions} share no scored question", hint
    one, other = new.organization, old.organization
    if one and other and one.casefold().split() != other.casefold().split():
        message = f"this wave is of `{one}`, the other one of `{other}`"
        yield "organization", other, message, ONE.format(what="organisation", name="name")
    if old.period and new.period and period_order(old.period) >= period_order(new.period):
        hint = "The older wave stands first, and each ends on a day of its own: convergence compare OLD NEW."
        yield "period", old.period, f"{new.period} is not later than {old.period}", hint


def common_questionnaire(
    first: Questionnaire, second: Questionnaire
) -> tuple[Questionnaire, tuple[str, ...]]:
    """The later version, with the questions that both versions ask in the same way; and the ids of those
    that it leaves out.

    A group is outside rule S12 only where both versions say so.
    """
    if first == second:
        return first, ()
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
    return both, tuple(name for name in dict.fromkeys(names) if name not in shared)


def is_attributable(questionnaire: Questionnaire, group: str) -> bool:
    known = questionnaire.group_by_id.get(group)
    return known is not None and known.attributable


def shared_questions(first: Questionnaire, second: Questionnaire) -> set[str]:
    """The ids of the scored questions that both ask in the same way."""
    languages = [language for language in first.languages if language in second.languages]

    def same(question: Question) -> bool:
        other = first.question_by_id.get(question.id)
        return other is not None and meaning(first, other, languages) == meaning(second, question, languages)

    return {question.id for question in second.questions if question.is_scored_kind and same(question)}


def meaning(questionnaire: Questionnaire, question: Question, languages: Sequence[str]) -> Sequence[object]:
    """All that an answer's meaning depends on: kind, options in their order, and whose answers count."""
    return (
        question.answer.kind,
        question.is_fact,
        curve_of(question),
        questionnaire.direction(question),
        set(questionnaire.scored(question)),
        [
            (option.value, *(questionnaire.say(option.label, language) for language in languages))
            for option in questionnaire.options(question)
        ],
    )


def counted_differently(old: Mapping[str, ScoredFact], new: Mapping[str, ScoredFact]) -> frozenset[str]:
    """The facts that were stated in one wave and counted from a plans file in the other (rule S16)."""
    return frozenset(
        name
        for name, fact in old.items()
        if fact.origin != new[name].origin and fact.used.state is new[name].used.state is State.ANSWERED
    )
