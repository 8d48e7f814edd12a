"""What pydantic refuses, said in plain English, with the place and the nearest right name.

Reading is tolerant: what is wrong is reported and dropped, and the rest is read, so that one slip
does not hide the next.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Generic, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from ..problems import READING_PROBLEMS, Finding, Path, Problems, asked_back, nearest, told
from .fields import ID_PATTERN
from .habits import usual_name, usual_value

Model = TypeVar("Model")
MOST_MENDED = 10_000
"""Problems of one list after which what is right in a wrong entry is not looked for."""
LONGEST = 60
"""How much of a wrong value a message repeats, in characters."""

KINDS: tuple[tuple[type, str], ...] = ((dict, "a mapping"), (list, "a list"), (type(None), "nothing"))


class Remaining(list[Any]):
    """A list that knows where its entries stood before some of them were dropped."""

    def __init__(self, entries: Iterable[Any] = ()) -> None:
        super().__init__(entries)
        self.places = list(range(len(self)))

    def keep(self, entry: Any, place: int) -> None:
        self.append(entry)
        self.places.append(place)

    def drop(self, index: int) -> None:
        del self[index]
        del self.places[index]


@dataclass(frozen=True, slots=True)
class Reading(Generic[Model]):
    """What could be read, what was wrong, and the data that is left without the wrong parts."""

    value: Model | None
    findings: list[Finding]
    data: Any


def read_tolerantly(model: type[Model], data: object, file: str) -> tuple[Model | None, list[Finding]]:
    """`data` as `model`, without whatever is wrong in it, and a finding for each thing that is.

    A list item that lacks what it needs is dropped whole. None when not even that leaves a model. `data`
    itself stays as it is.
    """
    reading = read_what_is_right(model, data, file)
    return reading.value, reading.findings


def read_what_is_right(model: type[Model], data: object, file: str) -> Reading[Model]:
    """As `read_tolerantly`, with the data that is left (see `positions`).

    The entries of the file's own lists are read one by one, and the file then with what came of them: of a
    million wrong entries the validator would keep half a kilobyte each.
    """
    if not isinstance(data, dict):
        value, details, rest = _mended(TypeAdapter(model), data)
        return Reading(value, _findings(details, model, data, file).told(), rest)
    lists = {
        key: _Entries(kind, data[key][:enough], (model, file), key)
        for key, kind, enough in _kinds_of_entries(model)
        if isinstance(data.get(key), list)
    }
    whole = data | {key: each.read for key, each in lists.items()}
    value, details, rest = _mended(TypeAdapter(model), whole)
    shorter = {(key,) for key, each in lists.items() if len(each.read) < len(data[key])}
    of_file = [each for each in details if not (each["type"] == "too_short" and each["loc"] in shorter)]
    found = [_findings(of_file, model, data, file).told()]
    found += [each.problems.told() for each in lists.values()]
    left = {key: lists[key].left if key in lists else value for key, value in rest.items()}
    return Reading(value, told(finding for part in found for finding in part), left)


class _Entries:
    """The entries of one list of a file: as read, and as written without what is wrong in them."""

    def __init__(self, kind: Any, entries: list[Any], where: tuple[type, str], key: str) -> None:
        self.read: list[Any] = []
        self.problems = Problems()
        left = Remaining()
        for place, value, rest in read_entries(kind, entries, where, key, self.problems):
            self.read.append(value)
            left.keep(rest, place)
        self.left: Any = left if self.problems or len(left) < len(entries) else entries


def read_entries(
    kind: Any, entries: Iterable[Any], where: tuple[type, str], key: str, problems: Problems
) -> Iterator[tuple[int, Any, Any]]:
    """Each entry of the list at `key` as `kind`: its place, its value, and what is left as it was written.

    `where` is the whole file's model and its name. What is wrong goes to `problems`; after MOST_MENDED of
    them an entry with another one is left out whole, and its problems are counted.
    """
    adapter = TypeAdapter(kind)
    for place, entry in enumerate(entries):
        try:
            value, rest = adapter.validate_python(entry), entry
        except ValidationError as error:
            if problems.untold > MOST_MENDED:
                problems.untold += error.error_count()
                continue
            value, details, rest = _mended(adapter, entry)
            for detail in details:
                detail["loc"] = (key, place, *detail["loc"])
            model, file = where
            _findings(details, model, {key: {place: entry}}, file, problems)
        if value is not None:
            yield place, value, rest


def _kinds_of_entries(model: type) -> Iterator[tuple[str, Any, int | None]]:
    """The fields of `model` that are lists: key, type of an entry, and how many entries are too many."""
    for key, field in fields_of(model).items():
        kind, *more = get_args(field.annotation) or (None,)
        if get_origin(field.annotation) is list or more == [...]:
            most = next((each.max_length for each in field.metadata if hasattr(each, "max_length")), None)
            yield key, kind, None if most is None else most + 1


def _mended(adapter: TypeAdapter[Any], data: Any) -> tuple[Any, list[ErrorDetails], Any]:
    """`data` as read (None where it cannot be), what was wrong with it, and the data without that."""
    wrong: list[ErrorDetails] = []
    while True:
        try:
            return adapter.validate_python(data), wrong, data
        except ValidationError as error:
            details = error.errors(include_url=False)
        if not wrong:
            wrong, data = details, _copy(data)
        paths = {_real(_holder(detail), data) for detail in details}
        if () in paths:
            return None, wrong, data
        for path in sorted(paths, key=_order, reverse=True):
            _drop(data, path)


def positions(data: Any, key: str) -> Sequence[int]:
    """Where the entries of the list at `key` stand in the file, whatever was dropped before them."""
    entries = data.get(key) or [] if isinstance(data, dict) else []
    return entries.places if isinstance(entries, Remaining) else range(len(entries))


def _findings(
    details: Sequence[ErrorDetails], model: type, data: object, file: str, problems: Problems | None = None
) -> Problems:
    """One CV004 finding for each error of reading `data` as `model`, after the `problems` before."""
    problems = Problems() if problems is None else problems
    at_fault = {detail["loc"][:depth] for detail in details for depth in range(len(detail["loc"]))}
    for detail in details:
        if detail["type"] == "too_short" and detail["loc"] in at_fault:
            continue
        if problems.is_full:
            problems.untold += 1
        else:
            problems.append(_finding(detail, model, data, file, problems))
    return problems


def _finding(detail: ErrorDetails, model: type, data: object, file: str, problems: Problems) -> Finding:
    steps = detail["loc"]
    path = _real(_holder(detail), data)
    if detail["type"] in UNKNOWN_KEY:
        owners = models_at(model, steps[:-1])
        near = asked_back(meant(str(steps[-1]), owners, problems.hints.nearest))
        tip = f"The keys known here: {', '.join(names_in(owners))}."
        key = shown(steps[-1])
        return _schema("{This} is not a known key here", file, path, tip, value=key, near=near, at_key=True)
    if detail["type"] in MISSING:
        needed = _tag(detail) if detail["type"] in NO_TAG else steps[-1]
        return _schema(f"{_named(model, path)} needs `{needed}`", file, path)
    if detail["type"] == "union_tag_invalid":
        return _wrong_tag(detail, path, file, problems)
    return _wrong_value(detail, _named(model, path), file, path, problems)


def meant(
    key: str, owners: Collection[type], nearest: Callable[[str, list[str], int], list[str]] = nearest
) -> list[str]:
    """The fields of `owners` that somebody who wrote `key` may have meant, the likeliest first."""
    usual = sorted({usual_name(owner.__name__, key) for owner in owners} - {""})
    return usual or nearest(key, names_in(owners), 2)


def names_in(owners: Iterable[type]) -> list[str]:
    return sorted({name for owner in owners for name in fields_of(owner)})


def _wrong_tag(detail: ErrorDetails, path: Path, file: str, problems: Problems) -> Finding:
    """The key that chooses between several forms holds none of their names."""
    tag, expected = _tag(detail), detail["ctx"]["expected_tags"]
    found = detail["input"].get(tag) if isinstance(detail["input"], dict) else None
    words = f"`{tag}`: expected one of {expected}"
    value = found if isinstance(found, str) else ""
    near = problems.hints.did_you_mean(value, _words(expected)) if value else ""
    words += "" if value else f", found {kind_of(found)}"
    return _schema(words, file, (*path, tag), value=shown(value), near=near)


def _tag(detail: ErrorDetails) -> str:
    return str(detail["ctx"]["discriminator"]).strip("'")


def _words(listed: str) -> list[str]:
    """The words of a list such as ``'a', 'b' or 'c'``."""
    return [word.strip("' ") for word in listed.replace(" or ", ",").split(",")]


def _named(model: type, path: Path) -> str:
    """What kind of thing stands at `path`, for the beginning of a sentence: only fields have a name there."""
    for depth in range(len(path), 0, -1):
        *way, step = path[:depth]
        if any(step in fields_of(owner) for owner in models_at(model, way)):
            return f"`{step}`" if depth == len(path) else f"an entry of `{step}`"
    return "an entry" if path else "the file"


def _schema(
    words: str, file: str, path: Path, tip: str = "", value: str = "", near: str = "", at_key: bool = False
) -> Finding:
    name = READING_PROBLEMS["CV004"]
    sentence = words if words.startswith("{") else f"{words[0].upper()}{words[1:]}"
    found = Finding("CV004", f"{sentence}.", tip, value, near, name=name, file=file, path=path, at_key=at_key)
    return found if path else replace(found, line=1, column=1)  # what the whole file lacks


UNKNOWN_KEY = frozenset({"extra_forbidden", "unexpected_keyword_argument"})
NO_TAG = frozenset({"union_tag_not_found"})
MISSING = frozenset({"missing", "missing_argument"}) | NO_TAG
EXPECTED: dict[str, str] = {
    "string_type": "text",
    "model_type": "a mapping",
    "model_attributes_type": "a mapping",
    "dataclass_type": "a mapping",
    "dict_type": "a mapping",
    "list_type": "a list",
    "tuple_type": "a list",
    "set_type": "a list",
    "iterable_type": "a list",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "finite_number": "a finite number",
    "decimal_type": "a number",
    "decimal_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "too_short": "{min_length} or more of them",
    "too_long": "{max_length} of them at most",
    "string_too_long": "at most {max_length} characters",
    "greater_than": "more than {gt}",
    "greater_than_equal": "{ge} or more",
    "less_than": "less than {lt}",
    "less_than_equal": "{le} or less",
    "literal_error": "{expected}",
    "enum": "{expected}",
    "none_required": "nothing",
}
LANGUAGE_PATTERN = r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$"
FORMS = {
    ID_PATTERN: "letters, digits, _ . : / - and single spaces inside, beginning with a letter, a digit or _",
    LANGUAGE_PATTERN: "a language code such as en or pt-BR",
}


def _wrong_value(detail: ErrorDetails, field: str, file: str, path: Path, problems: Problems) -> Finding:
    """What was expected and what stands there, without the validator's own jargon."""
    value, kind = detail["input"], detail["type"]
    if value is None or kind == "string_too_short":
        return _schema(f"{field} is empty", file, path)
    if kind in ("value_error", "assertion_error"):
        words = f"{field}: {detail['ctx']['error']}"
    else:
        words = f"{field}: expected {_expected(detail)}"
    if isinstance(value, dict | list) and ": expected" in words:
        words += f", found {kind_of(value)}"
    found = "" if isinstance(value, dict | list) else shown(value)
    near = _near(path, value, detail, problems) if found else ""
    return _schema(words, file, path, value=found, near=near)


def _expected(detail: ErrorDetails) -> str:
    context = {
        key: f"{value:g}" if isinstance(value, float) else value
        for key, value in detail.get("ctx", {}).items()
    }
    if detail["type"] == "string_pattern_mismatch":
        return FORMS.get(context["pattern"], f"the form {context['pattern']}")
    return EXPECTED.get(detail["type"], "another value").format(**context)


def _near(path: Path, value: object, detail: ErrorDetails, problems: Problems) -> str:
    """What was probably meant by a value that cannot be."""
    if detail["type"] in ("literal_error", "enum"):
        words = _words(detail["ctx"]["expected"])
        usual = usual_value(path[-1], str(value), words)
        return asked_back([usual] if usual else problems.hints.nearest(str(value), words, 2))
    return f"Write it as a list: `[{shown(value)}]`." if EXPECTED.get(detail["type"]) == "a list" else ""


def kind_of(value: object) -> str:
    """What a value is, in the words of a file: a mapping, a list, nothing; a text otherwise."""
    return next((word for kind, word in KINDS if isinstance(value, kind)), "a text")


def shown(value: object) -> str:
    """A value as a message repeats it: one line, cut when it is long."""
    line = " ".join(str(value).split())
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def models_at(model: type, path: Iterable[str | int]) -> set[type]:
    """The model classes that may stand at `path` below `model`: several where the form depends on the value.

    A step that no field has (a list's index, a mapping's key, the tag of a union) stays where it is; a tag
    that names one of several classes chooses it.
    """
    here = {model}
    for step in path:
        below = {found for owner in here for found in _below(owner, step)}
        named = {found for found in here if found.__name__ == step}
        here = below or named or here
    return here


def _below(owner: type, step: str | int) -> set[type]:
    field = fields_of(owner).get(str(step)) if isinstance(step, str) else None
    return models_in(field.annotation, *field.metadata) if field else set()


def fields_of(model: type) -> dict[str, FieldInfo]:
    """The fields of a pydantic model or dataclass by the key that a file writes."""
    fields: dict[str, FieldInfo] = getattr(model, "__pydantic_fields__", {})
    return {field.alias or name: field for name, field in fields.items()}


def models_in(*annotations: Any) -> set[type]:
    """Every model class inside a type such as ``tuple[Plan, ...] | None``."""
    found: set[type] = set()
    for annotation in annotations:
        if isinstance(annotation, type) and hasattr(annotation, "__pydantic_fields__"):
            found.add(annotation)
        found |= models_in(*get_args(annotation)) if get_args(annotation) else set()
    return found


def _holder(detail: ErrorDetails) -> tuple[str | int, ...]:
    """Where an error stands: at the value itself, or at the mapping that lacks something."""
    return detail["loc"][:-1] if detail["type"] in MISSING - NO_TAG else detail["loc"]


def _real(steps: Iterable[str | int], data: Any) -> Path:
    """The steps that are in the data: tags of unions and parts of a short form are left out."""
    path: list[str | int] = []
    for step in steps:
        if _holds(data, step):
            data = data[step]
            path.append(step)
    return tuple(path)


def _holds(data: object, step: str | int) -> bool:
    if isinstance(data, list):
        return isinstance(step, int) and step < len(data)
    return isinstance(data, dict) and step in data


def _order(path: Path) -> tuple[tuple[int, int, str], ...]:
    """An order in which what is dropped last to first never moves what is still to be dropped."""
    return tuple((0, step, "") if isinstance(step, int) else (1, 0, step) for step in path)


def _copy(data: Any) -> Any:
    if isinstance(data, dict):
        return {key: _copy(value) for key, value in data.items()}
    return Remaining(_copy(value) for value in data) if isinstance(data, list) else data


def _drop(data: Any, path: Path) -> None:
    *way, last = path
    for step in way:
        data = data[step]
    if isinstance(data, Remaining) and isinstance(last, int):
        data.drop(last)
    else:
        del data[last]
