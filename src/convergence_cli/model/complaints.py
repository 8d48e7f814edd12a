"""What pydantic refuses, said in plain English, with the place and the nearest right name."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import Any, NamedTuple, get_args

from pydantic_core import ErrorDetails

from ..problems import Finding, Hints, Path, Problems, asked_back, mistake, nearest
from .fields import CURRENCY_PATTERN, ID_PATTERN, LANGUAGE_PATTERN, fields_of, models_in
from .habits import usual

LONGEST = 60
"""How much of a wrong value a message repeats, in characters."""
KINDS: tuple[tuple[type, str], ...] = ((dict, "a mapping"), (list, "a list"), (type(None), "nothing"))
UNKNOWN_KEY = ("extra_forbidden", "unexpected_keyword_argument")
NO_TAG = "union_tag_not_found"
EXPECTED = {
    kind: words
    for words, kinds in {
        "text": "string_type",
        "a mapping": "model_type model_attributes_type dataclass_type dict_type",
        "a list": "list_type tuple_type",
        "a whole number": "int_type int_parsing int_from_float",
        "a number": "float_type float_parsing",
        "a finite number": "finite_number",
        "{min_length} or more of them": "too_short",
        "{max_length} of them at most": "too_long",
        "at most {max_length} characters": "string_too_long",
        "{ge} or more": "greater_than_equal",
        "{le} or less": "less_than_equal",
        "{expected}": "literal_error",
    }.items()
    for kind in kinds.split()
}
"""What should have stood there, by pydantic's name of the error."""
FORMS = {
    ID_PATTERN: "letters, digits, _ . : / - and single spaces inside, beginning with a letter, a digit or _",
    LANGUAGE_PATTERN: "a language code such as en or pt-BR",
    CURRENCY_PATTERN: "the three capital letters of a currency, such as EUR",
}


def complain(
    details: Sequence[ErrorDetails], model: type, data: object, file: str, problems: Problems
) -> None:
    """Adds to the `problems` one CV004 finding for each error of reading `data` as `model`."""
    at_fault = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in at_fault:
            continue
        if problems.is_full:
            break
        problems.add(_finding(detail, follow(model, data, _holder(detail)), file, problems.hints))


def path_of(detail: ErrorDetails, kind: Any, data: object) -> Path:
    """Where in `data`, read as a `kind`, an error stands."""
    return follow(kind, data, _holder(detail)).path


def _holder(detail: ErrorDetails) -> tuple[str | int, ...]:
    """Where an error stands: at the value itself, or at the mapping that lacks something."""
    return detail["loc"][:-1] if detail["type"] == "missing" else detail["loc"]


class Spot(NamedTuple):
    """A place in a file: the path to it, the classes that may stand there, and what a sentence calls it."""

    path: Path
    models: set[type]
    name: str


def follow(kind: Any, data: Any, steps: Iterable[str | int]) -> Spot:
    """Where a validator's path leads in `data`, read as a `kind`: of its steps those that the data has.

    The tag of a union is no step: it chooses one of several classes, by its `kind`.
    """
    path: list[str | int] = []
    models, name, entry = models_in(kind), "the file", "an entry"
    for step in steps:
        if len(models) > 1 and (chosen := {each for each in models if step in _tags(each)}):
            models = chosen
            continue
        fields = [fields_of(owner)[step] for owner in models if step in fields_of(owner)]
        if _holds(data, step):
            data = data[step]
            path.append(step)
            name, entry = (f"`{step}`", f"an entry of `{step}`") if fields else (entry, entry)
        models = models_in(*(part for each in fields for part in (each.annotation, *each.metadata))) or models
    return Spot(tuple(path), models, name)


def _tags(model: type) -> tuple[Any, ...]:
    kind = fields_of(model).get("kind")
    return get_args(kind.annotation) if kind else ()


def _holds(data: object, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def _finding(detail: ErrorDetails, spot: Spot, file: str, hints: Hints) -> Finding:
    kind, value = detail["type"], detail["input"]
    if kind in UNKNOWN_KEY:
        key = str(detail["loc"][-1])
        names = names_in(spot.models)
        near = asked_back(meant(key, names, hints.nearest))
        tip = f"The keys known here: {', '.join(names)}."
        words = "{This} is not a known key here."
        return mistake(words, spot.path, tip, value=shown(key), near=near, file=file, at_key=True)
    if kind == "union_tag_invalid":
        return _wrong_tag(detail, spot.path, file, hints)
    if kind in ("missing", NO_TAG):
        words = f"needs `{_tag(detail) if kind == NO_TAG else detail['loc'][-1]}`"
        return _told(f"{spot.name} {words}", spot.path, file)
    if value is None or kind == "string_too_short":
        return _told(f"{spot.name} is empty", spot.path, file)
    words = str(detail["ctx"]["error"]) if kind == "value_error" else f"expected {_expected(detail)}"
    if isinstance(value, dict | list):
        found = f", found {kind_of(value)}" if words.startswith("expected") else ""
        return _told(f"{spot.name}: {words}{found}", spot.path, file)
    near = _near(detail, hints) if shown(value) else ""
    return _told(f"{spot.name}: {words}", spot.path, file, shown(value), near)


def _told(words: str, path: Path, file: str, value: str = "", near: str = "") -> Finding:
    words = f"{words[0].upper()}{words[1:]}."
    first = None if path else 1  # what the whole file lacks
    return mistake(words, path, file=file, value=value, near=near, line=first, column=first)


def meant(
    word: str, names: Sequence[str], nearest: Callable[[str, Sequence[str], int], list[str]] = nearest
) -> list[str]:
    """Those of `names` that somebody who wrote `word` may have meant, the likeliest first."""
    known = usual(word, names)
    return [known] if known else nearest(word, names, 2)


def names_in(owners: Iterable[type]) -> list[str]:
    return sorted({name for owner in owners for name in fields_of(owner)})


def _wrong_tag(detail: ErrorDetails, path: Path, file: str, hints: Hints) -> Finding:
    """The key that chooses between several forms holds none of their names."""
    tag, expected = _tag(detail), detail["ctx"]["expected_tags"]
    value = detail["input"].get(tag)
    words = f"`{tag}`: expected one of {expected}"
    if not isinstance(value, str) or not value:
        return _told(f"{words}, found {kind_of(value)}", (*path, tag), file)
    near = hints.did_you_mean(value, _words(expected))
    return _told(words, (*path, tag), file, shown(value), near)


def _tag(detail: ErrorDetails) -> str:
    return str(detail["ctx"]["discriminator"]).strip("'")


def _words(listed: str) -> list[str]:
    """The words of a list such as ``'a', 'b' or 'c'``."""
    return [word.strip("' ") for word in listed.replace(" or ", ",").split(",")]


def _expected(detail: ErrorDetails) -> str:
    context = {
        key: f"{value:g}" if isinstance(value, float) else value
        for key, value in detail.get("ctx", {}).items()
    }
    if detail["type"] == "string_pattern_mismatch":
        return FORMS.get(context["pattern"], f"the form {context['pattern']}")
    return EXPECTED.get(detail["type"], "another value").format(**context)


def _near(detail: ErrorDetails, hints: Hints) -> str:
    """What was probably meant by a value that cannot be."""
    value = detail["input"]
    if detail["type"] == "literal_error":
        return asked_back(meant(str(value), _words(detail["ctx"]["expected"]), hints.nearest))
    return f"Write it as a list: `[{shown(value)}]`." if EXPECTED.get(detail["type"]) == "a list" else ""


def kind_of(value: object) -> str:
    """What a value is, in the words of a file: a mapping, a list, nothing; a text otherwise."""
    return next((word for kind, word in KINDS if isinstance(value, kind)), "a text")


def shown(value: object) -> str:
    """A value as a message repeats it: one line, cut when it is long."""
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"
