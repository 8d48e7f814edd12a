"""``convergence questionnaires``: the built-in questionnaires, or one of them in readable text."""

from __future__ import annotations

from collections.abc import Iterator

from .. import terminal
from ..inputs.questionnaires import builtin_questionnaires, load_questionnaire
from ..model.questionnaire import Questionnaire
from ..problems import ExitCode, UsageError, did_you_mean
from ..terminal import Paper
from .output import Form, deliver, form_named


def run_questionnaires(
    name: str | None, output_format: str, language: str | None, width: int | None
) -> ExitCode:
    """Print the list, or the questionnaire called `name`."""
    if name is None:
        form_named(output_format, {"text": Form(lambda _: "")})
        terminal.write("".join(f"{row}\n" for row in listing()))
        return ExitCode.OK
    questionnaire = load_questionnaire(name).questionnaire
    check_language(questionnaire, language)
    deliver(forms_of(questionnaire, language), output_format, (), "never", width)
    return ExitCode.OK


def forms_of(questionnaire: Questionnaire, language: str | None) -> dict[str, Form]:
    def text(paper: Paper) -> str:
        from ..render.layout import printed
        from .questionnaire_page import page

        return printed(page(questionnaire, language, paper.width), colour=False)

    def json(_: Paper) -> str:
        from ..render.json import visible

        return visible(questionnaire.model_dump_json(indent=2) + "\n")

    return {"text": Form(text), "json": Form(json, data=True)}


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
