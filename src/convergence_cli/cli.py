"""The command line: every command's options, and the one door through which errors leave.

Each command's body lives in ``commands/`` and is imported when the command runs, so that ``--help``
answers at once. The signature of a command is the one place of its options: where a body takes many, it
takes them as a dataclass with a field for each.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from copy import copy
from typing import Annotated, Any

import typer

from . import terminal
from .problems import ConvergenceError, ExitCode, InputError, UsageError

app = typer.Typer(
    name="convergence",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
    help="Measures how far IT and the business of an organisation have become one.",
    epilog="Start with: convergence init. Everywhere: --color auto|always|never, --width COLUMNS, "
    "-v for more when something fails.",
)

Text = str | None
Texts = list[str] | None


def option(metavar: str, help: str, *names: str) -> Any:
    """An option called like its parameter, or by its `names`."""
    return typer.Option(*names, metavar=metavar, help=help)


def points(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        raise typer.BadParameter(f"a number of points is needed, not {text}") from None


def columns(text: str) -> int:
    if text.isascii() and text.isdigit() and int(text) >= terminal.NARROWEST:
        return int(text)
    raise typer.BadParameter(f"a number of columns from {terminal.NARROWEST} on is needed, not {text}")


def argument(metavar: str) -> Any:
    """What is named without an option; the text of the command says what it is.

    Typer would print the Python type behind it: ``<list[str]>``.
    """
    return typer.Argument(metavar=metavar, hidden=True)


CHECK_FORMATS = "text, concise, json, markdown, html, xlsx, github, gitlab, junit or sarif."
Verbose = Annotated[bool, typer.Option("-v", "--verbose", hidden=True)]
Quiet = Annotated[bool, typer.Option("-q", "--quiet", help="Say nothing on stderr but errors.")]
Color = Annotated[str, typer.Option(hidden=True)]
Width = Annotated[int | None, typer.Option(parser=columns, metavar="COLUMNS", hidden=True)]
Lang = Annotated[Text, option("LANGUAGE", "Language of the questionnaire's texts.")]
Output = Annotated[Texts, option("FILE", "Write to FILE, form by its suffix; repeatable.", "-o", "--output")]


def print_version(wanted: bool) -> None:
    if wanted:
        from . import __version__

        terminal.write(f"convergence {__version__}\n")
        raise typer.Exit


@app.callback()
def whole(
    version: Annotated[
        bool,
        typer.Option("--version", callback=print_version, is_eager=True, help="Print the version and end."),
    ] = False,
) -> None:
    """Take --version wherever it stands among the options."""


@app.command()
def score(
    responses: Annotated[list[str], argument("FILES")],
    plans: Annotated[Texts, option("FILE", "Plans that count the facts; repeatable.")] = None,
    today: Annotated[Text, option("YYYY-MM-DD", "Count the plans on this day.")] = None,
    by: Annotated[Text, option("FIELD", "Set the values of an attribute side by side.")] = None,
    full: Annotated[bool, typer.Option("--full", help="Print everything, and not one page.")] = False,
    since: Annotated[Text, option("FILE", "An earlier wave: say in full what changed.")] = None,
    title: Annotated[str, option("TEXT", "The report's title.")] = "",
    client: Annotated[str, option("TEXT", "For whom it is made.")] = "",
    logo: Annotated[Text, option("FILE", "A PNG or SVG for report.html.")] = None,
    charts: Annotated[Text, option("DIR", "Write each chart as an SVG.")] = None,
    format: Annotated[
        str, option("FORMAT", "text, markdown, html, xlsx, json or csv.", "-f", "--format")
    ] = "text",
    output: Output = None,
    fail_under: Annotated[
        float | None,
        typer.Option(parser=points, metavar="N", help="Exit 1 when the score is below N, or null."),
    ] = None,
    explain: Annotated[Text, option("ID", "Open one figure down to its answers.")] = None,
    lang: Lang = None,
    color: Color = "auto",
    width: Width = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Score what business and IT leaders answered.

    FILES are responses of one wave; - is stdin.
    """
    given = locals()
    from .commands.score import ScoreOptions, run_score

    raise typer.Exit(run_score(ScoreOptions(**given)))


@app.command()
def check(
    paths: Annotated[Texts, argument("PATHS")] = None,
    format: Annotated[str, option("FORMAT", CHECK_FORMATS, "-f", "--format")] = "text",
    output: Output = None,
    select: Annotated[Texts, option("RULE", "Only these: codes, CV1 for a family, names.")] = None,
    ignore: Annotated[Texts, option("RULE", "All but these: codes, CV1 for a family, names.")] = None,
    fail_on: Annotated[
        Text, option("error|warning|info|never", "Exit 1 on findings from here on; default error.")
    ] = None,
    min: Annotated[Texts, option("INDICATOR=SHARE", "The least share: plans-mapped=80%; for CV207.")] = None,
    baseline: Annotated[Text, option("FILE", "Let pass what this file holds; fail on what is new.")] = None,
    write_baseline: Annotated[
        Text, option("FILE", "Write that file; once it is there, only shrink it.")
    ] = None,
    full: Annotated[bool, typer.Option("--full", help="Print every finding.")] = False,
    today: Annotated[Text, option("YYYY-MM-DD", "Check as on this day; default today, UTC.")] = None,
    color: Color = "auto",
    width: Width = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Check plans against objectives; for CI.

    PATHS are files and folders, or - for stdin; they are read as one. A table (CSV, XLSX) is read by the map
    of its columns in convergence.toml; without one, a map is proposed.
    """
    given = locals()
    from .commands.check import CheckArguments, run_check

    raise typer.Exit(run_check(CheckArguments(**given)))


@app.command()
def compare(
    old: Annotated[str, argument("OLD")],
    new: Annotated[str, argument("NEW")],
    format: Annotated[str, option("FORMAT", "text, markdown, html or json.", "-f", "--format")] = "text",
    output: Output = None,
    full: Annotated[bool, typer.Option("--full", help="Print every question and group.")] = False,
    lang: Lang = None,
    color: Color = "auto",
    width: Width = None,
    quiet: Quiet = False,
    verbose: Verbose = False,
) -> None:
    """Say what changed between two waves.

    With how sure that is, and whether facts, answers or people made it so. OLD and NEW are responses; - is
    stdin.
    """
    given = locals()
    from .commands.compare import CompareOptions, run_compare

    raise typer.Exit(run_compare(CompareOptions(**given)))


@app.command()
def validate(
    files: Annotated[list[str], argument("FILES")],
    color: Color = "auto",
    width: Width = None,
    verbose: Verbose = False,
) -> None:
    """Find every problem in any of our files.

    Each with file:line:column, what was expected and the nearest right thing. FILES are questionnaires,
    responses or plans; - is stdin.
    """
    from .commands.validate import run_validate

    raise typer.Exit(run_validate(files, color, width))


@app.command()
def questionnaires(
    name: Annotated[Text, argument("NAME")] = None,
    format: Annotated[str, option("FORMAT", "text or json.", "-f", "--format")] = "text",
    lang: Lang = None,
    width: Width = None,
    verbose: Verbose = False,
) -> None:
    """List the built-in questionnaires, or show one.

    NAME is an id, id@version or a file.
    """
    from .commands.questionnaires import run_questionnaires

    raise typer.Exit(run_questionnaires(name, format, lang, width))


@app.command()
def init(
    where: Annotated[str, argument("DIR|CSV")] = ".",
    force: Annotated[bool, typer.Option("--force", help="Replace files that are in the folder.")] = False,
    verbose: Verbose = False,
) -> None:
    """Write files to start from.

    In the folder DIR, or here; beside a table of answers (CSV), the responses file that names it.
    """
    from .commands.init import run_init

    raise typer.Exit(run_init(where, force=force))


@app.command()
def schema(
    name: Annotated[str, argument("NAME")],
    verbose: Verbose = False,
) -> None:
    """Print the JSON Schema of one of our documents.

    NAME is questionnaire, responses, plans, score, explain, check or compare.
    """
    from .commands.schema import run_schema

    raise typer.Exit(run_schema(name))


@app.command()
def explain(
    topic: Annotated[Text, argument("TOPIC")] = None,
    width: Width = None,
    verbose: Verbose = False,
) -> None:
    """Explain a rule, or how a figure is computed.

    With formula, range, source and what is left out on purpose. TOPIC is a rule's code or name, or a
    figure; all are listed without.
    """
    from .commands.explain import run_explain

    raise typer.Exit(run_explain(topic, width))


def run(arguments: Sequence[str]) -> int:
    """Run one command; every end of the program passes here and becomes an exit code."""
    try:
        terminal.setup()
        return int(program(arguments)(list(arguments), prog_name="convergence", standalone_mode=False) or 0)
    except (BrokenPipeError, SystemExit):  # typer leaves by itself when a pipe is closed, and only then
        return closed_pipe()
    except (KeyboardInterrupt, typer.Abort):
        return ExitCode.INTERRUPTED
    except Exception as error:
        return told(error, verbose=not {"-v", "--verbose"}.isdisjoint(arguments))


def program(arguments: Sequence[str]) -> typer.Typer:
    """The app; where a command is named first, with that one alone: typer takes its time for every option."""
    wanted = arguments[:1]
    named = [each for each in app.registered_commands if each.callback and each.callback.__name__ in wanted]
    if not named:
        return app
    alone = copy(app)
    alone.registered_commands = named
    return alone


def told(error: Exception, *, verbose: bool) -> ExitCode:
    """Say what went wrong on stderr, even if nobody listens any more; the exit code that goes with it."""
    if isinstance(error, OSError):
        let_go_of_stdout()
        error = UsageError(f"{error.filename or 'The output'}: {error.strerror or error}.")
    try:
        return tell(error, verbose)
    except BrokenPipeError:
        return closed_pipe()
    except OSError:
        return ExitCode.UNUSABLE


def tell(error: Exception, verbose: bool) -> ExitCode:
    code = error.exit_code if isinstance(error, ConvergenceError) else ExitCode.UNUSABLE
    if isinstance(error, InputError):
        from .commands.output import complain

        complain(error.findings)
        return code
    if isinstance(error, ConvergenceError):
        message = str(error)
    elif hasattr(error, "format_message"):
        message = wrong_usage(error)
    else:
        if verbose:
            import traceback

            traceback.print_exception(error)
        name, code = type(error).__name__, ExitCode.BUG
        message = f"this is a bug in convergence ({name}). Please report it, with what `-v` adds to this."
    sys.stderr.write(f"convergence: {terminal.prose(message)}\n")
    return code


def wrong_usage(error: Any) -> str:
    """What typer says of wrong usage; its errors are known by what they can do, not by their home."""
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "convergence"
    message = error.format_message().rstrip(".")
    stop = "" if message.endswith("?") else "."
    return f"{message}{stop} Try `{path} --help`."


def closed_pipe() -> ExitCode:
    """The reader went away: say nothing."""
    let_go_of_stdout()
    return ExitCode.CLOSED_PIPE


def let_go_of_stdout() -> None:
    """Keep Python from complaining at its end of what could not be written."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
