"""Reading plans: several files as one set, tolerantly, each item with the place where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Protocol

from ..problems import Finding, Place, Related, Severity, mistake
from .complaints import follow, meant, names_in, shown
from .fields import is_id
from .plans import ItemPlace, Placed, Plans, PlansFile
from .tolerant import Reading, Remaining, read_tolerantly

WITH_IDS = ("objectives", "plans", "suggestions")
KINDS = (*WITH_IDS, "relationship_managers", "units", "waivers")
"""The lists of a file."""
NOTHING = Remaining((), ())
NOT_MISSED = frozenset({"format", "organization", "as_of", "currency", "waivers"})
"""Keys of a file without which nothing that another item names is missing."""


class Readable(Protocol):
    """A document as `documents.parse` gives it."""

    @property
    def file(self) -> str: ...
    @property
    def data(self) -> Any: ...
    @property
    def readable(self) -> bool: ...


def read_plans(documents: Sequence[Readable]) -> tuple[Plans, list[Finding]]:
    """Several documents as one set of plans, and what is wrong with their keys and values.

    An unknown key or a bad field is reported and dropped; an item without a usable id or title goes whole. A
    document without data (unreadable, or empty) holds no plans.
    """
    findings: list[Finding] = []
    read: dict[str, Reading[PlansFile]] = {}
    dropped: set[str] = set()
    unread: dict[ItemPlace, frozenset[str]] = {}
    for document in documents:
        data = {} if document.data is None else document.data
        reading = read[document.file] = read_tolerantly(PlansFile, data, document.file)
        findings += [of_waiver(finding) for finding in reading.findings]
        if reading.findings:
            dropped |= written_ids(data) - set(ids(reading.value))
            unread |= what_is_unread(document.file, data, reading)
    files = tuple(Placed(reading.value or PlansFile(), file, ()) for file, reading in read.items())
    disagreeing = [*disagreements(files)]
    unread |= {(each.file, each.path): frozenset(map(str, each.path)) for each in disagreeing}
    plans = Plans(
        files=files,
        **{kind: tuple(placed_items(read, kind)) for kind in KINDS},
        dropped=frozenset(dropped),
        unread=unread,
        is_partial=any(not each.readable for each in documents) or any(map(is_of_a_list, findings)),
    )
    return plans, findings + disagreeing


def placed_items(read: Mapping[str, Reading[PlansFile]], kind: str) -> Iterator[Placed[Any]]:
    for file, reading in read.items():
        items = getattr(reading.value, kind, ())
        left = reading.left.get(kind, NOTHING)
        for at, item, entry in zip(left.stood, items, left, strict=True):
            yield Placed(item, file, (kind, at), moved(entry))


def moved(entry: object) -> Mapping[str, Sequence[int]]:
    """Where the entries of an item's lists stood in the file, as far as something was dropped."""
    lists = entry.items() if isinstance(entry, dict) else ()
    return {name: value.stood for name, value in lists if isinstance(value, Remaining)}


def is_of_a_list(finding: Finding) -> bool:
    """Whether a whole list of items is lost, or the whole file."""
    return not finding.path or (len(finding.path) == 1 and finding.path[0] not in NOT_MISSED)


def what_is_unread(file: str, data: Any, reading: Reading[PlansFile]) -> Mapping[ItemPlace, frozenset[str]]:
    """What stands in the items of a file, or at its top, and could not be used (see `Plans.unread`)."""
    found: dict[ItemPlace, set[str]] = defaultdict(set)
    for finding in reading.findings:
        kind, *steps = map(str, finding.path or ("",))
        if kind in ("", "waivers"):
            continue
        names = found[file, finding.path[:2]]
        if len(steps) > 1:
            names |= fields_meant(kind, steps[1])
        at = finding.path[1] if steps else None
        if at is None:
            names.add(kind)
        elif at not in reading.left.get(kind, NOTHING).stood:
            names |= lost(kind, data[kind][at])
    return {place: frozenset(names) for place, names in found.items()}


def lost(kind: str, item: object) -> set[str]:
    """The names of all that is lost with an item; its id is not, where it has a usable one."""
    names = {kind, *(f"{kind}.{name}" for name in fields_of_kind(kind))}
    return names - {f"{kind}.id"} if isinstance(item, Mapping) and is_id(item.get("id")) else names


def fields_meant(kind: str, key: str) -> set[str]:
    """The full names of the fields that a key of an item may stand for: itself, or those most like it."""
    known = fields_of_kind(kind)
    names = [key] if key in known else meant(key, known)
    return {f"{kind}.{name}" for name in names}


def fields_of_kind(kind: str) -> list[str]:
    return names_in(follow(PlansFile, None, [kind]).models)


def of_waiver(finding: Finding) -> Finding:
    """A problem inside a waiver is a bad waiver: a warning that the waiver does not count."""
    if finding.path[:1] != ("waivers",) or len(finding.path) < 2:
        return finding
    return replace(finding, code="CV005", name="bad-waiver", severity=Severity.WARNING)


def ids(content: PlansFile | None) -> Iterator[str]:
    for kind in WITH_IDS:
        yield from (item.id for item in getattr(content, kind, ()))


def written_ids(data: object) -> set[str]:
    """Every id that a file gives to an objective, a plan or a suggestion, usable or not."""
    lists = [data.get(kind) for kind in WITH_IDS] if isinstance(data, Mapping) else []
    items = [item for entries in lists if isinstance(entries, list) for item in entries]
    found = [item.get("id") for item in items if isinstance(item, Mapping)]
    return {name for name in found if isinstance(name, str)}


def disagreements(files: Sequence[Placed[PlansFile]]) -> Iterator[Finding]:
    """Files read as one belong to one organisation and count in one currency."""
    for field, what in (("organization", "organisation"), ("currency", "currency")):
        stated = [(each.file, value) for each in files if (value := getattr(each.item, field))]
        for file, value in stated[1:]:
            first_file, first = stated[0]
            if " ".join(value.casefold().split()) != " ".join(first.casefold().split()):
                words = f"The {what} is not that of {first_file}."
                tip = f"Files that are read as one have one {what}; check them apart, or mend one of the two."
                other = Related("the other stands here", Place(first_file), (field,))
                yield mistake(words, (field,), tip, value=shown(value), file=file, related=(other,))
