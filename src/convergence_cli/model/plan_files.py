"""Reading plans: several files as one set, tolerantly, each item with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from ..problems import Finding, Place, Related, Severity
from .complaints import positions, read_what_is_right
from .plans import Head, Placed, Plans, PlansFile


class Readable(Protocol):
    """A document as `documents.parse` gives it."""

    @property
    def file(self) -> str: ...
    @property
    def data(self) -> Any: ...


def read_plans(documents: Sequence[Readable]) -> tuple[Plans, list[Finding]]:
    """Several documents as one set of plans, and what is wrong with their keys and values.

    An unknown key or a bad field is reported and dropped; an item without a usable id or title goes whole. A
    document without data (unreadable, or empty) holds no plans.
    """
    findings: list[Finding] = []
    read: list[Content] = []
    dropped: set[str] = set()
    for document in documents:
        data = {} if document.data is None else document.data
        reading = read_what_is_right(PlansFile, data, document.file)
        findings += [of_waiver(finding) for finding in reading.findings]
        content = Content(document.file, reading.value or PlansFile(), reading.data)
        read.append(content)
        if reading.findings:
            dropped |= written_ids(data) - set(ids(content.written))
    plans = joined(read, frozenset(dropped))
    return plans, findings + disagreements(plans.files)


@dataclass(frozen=True, slots=True)
class Content:
    """One file's items, and the data that they were read from."""

    file: str
    written: PlansFile
    data: Any


def joined(read: Sequence[Content], dropped: frozenset[str]) -> Plans:
    """The contents of several files as one."""

    def every(kind: str) -> tuple[Placed[Any], ...]:
        return tuple(item for content in read for item in placed_items(content, kind))

    return Plans(
        files=tuple(head(content) for content in read),
        objectives=every("objectives"),
        plans=every("plans"),
        suggestions=every("suggestions"),
        relationship_managers=every("relationship_managers"),
        units=every("units"),
        waivers=every("waivers"),
        dropped=dropped,
    )


def head(content: Content) -> Head:
    written = content.written
    return Head(content.file, written.organization, written.as_of, written.currency, bool(written.plans))


def placed_items(content: Content, kind: str) -> Iterator[Placed[Any]]:
    items = getattr(content.written, kind)
    for index, item in zip(positions(content.data, kind), items, strict=False):
        yield Placed(item, content.file, (kind, index))


def of_waiver(finding: Finding) -> Finding:
    """A problem inside a waiver is a bad waiver: a warning that the waiver does not count."""
    if finding.path[:1] != ("waivers",) or len(finding.path) < 2:
        return finding
    return replace(finding, code="CV005", name="bad-waiver", severity=Severity.WARNING)


def ids(content: PlansFile) -> Iterator[str]:
    for kind in (content.objectives, content.plans, content.suggestions):
        yield from (item.id for item in kind)


def written_ids(data: object) -> set[str]:
    """Every id that a file gives to an objective, a plan or a suggestion, usable or not."""
    if not isinstance(data, Mapping):
        return set()
    lists = [data.get(kind) for kind in ("objectives", "plans", "suggestions")]
    items = [item for entries in lists if isinstance(entries, list) for item in entries]
    found = [item.get("id") for item in items if isinstance(item, Mapping)]
    return {name for name in found if isinstance(name, str)}


def disagreements(files: Sequence[Head]) -> list[Finding]:
    """Files read as one belong to one organisation and count in one currency."""
    return [
        finding
        for field, what in (("organization", "organisation"), ("currency", "currency"))
        for finding in _disagreeing(files, field, what)
    ]


def _disagreeing(files: Sequence[Head], field: str, what: str) -> Iterator[Finding]:
    stated = [(head.file, getattr(head, field)) for head in files if getattr(head, field)]
    for file, value in stated[1:]:
        first_file, first = stated[0]
        if " ".join(value.casefold().split()) != " ".join(first.casefold().split()):
            yield Finding(
                "CV004",
                f"The {what} is {value} here and {first} in {first_file}.",
                f"Files that are read as one have one {what}; check them apart, or mend one of the two.",
                name="schema",
                file=file,
                path=(field,),
                related=(Related(f"{first} stands here", Place(first_file), (field,)),),
            )
