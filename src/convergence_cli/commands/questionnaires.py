"""``convergence questionnaires``: the built-in questionnaires, or one of them in readable text."""

from __future__ import annotations

from collections.abc import Iterator

from .. import terminal
from ..inputs.questionnaires import builtin_questionnaires, load_questionnaire
from ..model.questionnaire import Questionnaire
from ..problems import ExitCode, UsageError, did_you_mean
from ..render.json import visible
from .output import JSON, format_named, text

FORMATS = {"text": text(""), "json": JSON}


def run_questionnaires(
    name: str | None, output_format: str, language: str | None, width: int | None
) -> ExitCode:
    """Print the list, or the questionnaire called `name`."""
    form = format_named(output_format, {"text": text("")} if name is None else FORMATS)
    if name is None:
        terminal.write("".join(f"{row}\n" for row in listing()))
        return ExitCode.OK
    questionnaire = load_questionnaire(name).questionnaire
    check_language(questionnaire, language)
    terminal.write(shown(questionnaire, language, width, data=form.data), data=form.data)
    return ExitCode.OK


def shown(questionnaire: Questionnaire, language: str | None, width: int | None, *, data: bool) -> str:
    if data:
        return visible(questionnaire.model_dump_json(indent=2) + "\n")
    from ..render import text
    from .questionnaire_page import page

    return text.render(page(questionnaire, language), terminal.screen("never", width))


def check_language(questionnaire: Questionnaire, language: str | None) -> None:
    """Raises UsageError, with the languages there are, when the questionnaire does not speak `language`."""
    if language is not None and language not in questionnaire.languages:
        speaks = ", ".join(questionnaire.languages)
        hint = did_you_mean(language, questionnaire.languages)
        raise UsageError(f"{questionnaire.id} speaks {speaks}, not {language}. {hint}".strip())


def listing() -> Iterator[str]:
    """One line for each version of each built-in questionnaire: name, number of questions, title."""
    for built_in in builtin_questionnaires():
        questionnaire = load_questionnaire(built_in.name).questionnaire
        title = terminal.prose(questionnaire.say(questionnaire.title))
        yield f"{built_in.name}  {len(questionnaire.questions):>2} questions  {title}"
    yield ""
    yield "Next: convergence questionnaires convergence-2017"
