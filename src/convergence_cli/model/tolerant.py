"""Tolerant reading: what is wrong is told and dropped, and the rest is read, so that one slip does not hide
the next."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Generic, NamedTuple, TypeVar, get_args, get_origin

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from ..problems import Finding, Path, Problems, told
from .complaints import complain, path_of
from .fields import fields_of

Model = TypeVar("Model")
MOST_MENDED = 10_000
"""Problems of one list after which what is right in a wrong entry is not looked for."""


class Remaining(list[Any]):
    """What is left of a list, and where each entry stood in the file."""

    def __init__(self, entries: Iterable[Any], stood: Sequence[int]) -> None:
        super().__init__(entries)
        self.stood = stood


class Reading(NamedTuple, Generic[Model]):
    """What could be read, what was wrong, and what each of the file's lists was read from."""

    value: Model | None
    findings: list[Finding]
    left: Mapping[str, Remaining]


def read_tolerantly(model: type[Model], data: object, file: str) -> Reading[Model]:
    """`data` as `model`, without whatever is wrong in it, and a finding for each thing that is.

    A list item that lacks what it needs is dropped whole; no value when not even that leaves a model. `data`
    itself stays as it is. The entries of the file's own lists are read one by one, and the file then with
    what came of them: of a million wrong entries the validator would keep half a kilobyte each.
    """
    lists: dict[str, Remaining] = {}
    read: dict[str, list[Any]] = {}
    problems = [Problems()]
    if isinstance(data, dict):
        for key, kind, enough in _lists_of(model):
            if isinstance(data.get(key), list):
                problems.append(Problems())
                entries = [*read_entries(kind, data[key][:enough], (model, file), key, problems[-1])]
                read[key] = [value for _, value, _ in entries]
                lists[key] = Remaining((rest for _, _, rest in entries), [place for place, _, _ in entries])
    whole = {**data, **read} if isinstance(data, dict) else data
    value, details, _ = _mended(TypeAdapter(model), model, whole)
    shorter = {(key,) for key, left in lists.items() if len(left) < len(data[key])}  # type: ignore[index]
    of_file = [each for each in details if not (each["type"] == "too_short" and each["loc"] in shorter)]
    complain(of_file, model, data, file, problems[0])
    return Reading(value, told(finding for each in problems for finding in each), lists)


def read_entries(
    kind: Any, entries: Iterable[Any], where: tuple[type, str], key: str, problems: Problems
) -> Iterator[tuple[int, Any, Any]]:
    """Each entry of the list at `key` as `kind`: its place, its value, and what is left as it was written.

    `where` is the whole file's model and its name. What is wrong goes to `problems`; after MOST_MENDED
    mistakes an entry with another one is left out whole.
    """
    adapter = TypeAdapter(kind)
    model, file = where
    wrong = 0
    for place, entry in enumerate(entries):
        try:
            value, rest = adapter.validate_python(entry), entry
        except ValidationError as error:
            if wrong > MOST_MENDED:
                continue
            wrong += error.error_count()
            value, details, rest = _mended(adapter, kind, entry)
            for detail in details:
                detail["loc"] = (key, place, *detail["loc"])
            complain(details, model, {key: {place: entry}}, file, problems)
        if value is not None:
            yield place, value, rest


def _lists_of(model: type) -> Iterator[tuple[str, Any, int | None]]:
    """The fields of `model` that are lists: key, type of an entry, and how many entries are too many."""
    for key, field in fields_of(model).items():
        kind, *more = get_args(field.annotation) or (None,)
        if get_origin(field.annotation) is list or more == [...]:
            most = next((each.max_length for each in field.metadata if hasattr(each, "max_length")), None)
            yield key, kind, None if most is None else most + 1


def _mended(adapter: TypeAdapter[Any], kind: Any, data: Any) -> tuple[Any, list[ErrorDetails], Any]:
    """`data` as read (None where it cannot be), what was wrong with it, and the data without that."""
    wrong: list[ErrorDetails] = []
    while True:
        try:
            return adapter.validate_python(data), wrong, data
        except ValidationError as error:
            details = error.errors(include_url=False)
        wrong = wrong or details
        paths = {path_of(detail, kind, data) for detail in details}
        if () in paths:
            return None, wrong, data
        data = _without(data, paths)


def _without(data: Any, paths: Iterable[Path]) -> Any:
    """`data` without what stands at `paths`; whatever holds none of it is shared, not copied."""
    inside: dict[str | int, list[Path]] = defaultdict(list)
    for first, *rest in paths:
        inside[first].append(tuple(rest))
    kept = {
        key: _without(value, inside[key]) if key in inside else value
        for key, value in (enumerate(data) if isinstance(data, list) else data.items())
        if () not in inside.get(key, ())
    }
    if not isinstance(data, list):
        return kept
    stood = data.stood if isinstance(data, Remaining) else range(len(data))
    return Remaining(kept.values(), [stood[at] for at in kept])
