"""Plans: files, folders and stdin, read as one; what cannot be read stands beside what can."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..documents import Document, lines_in, placed
from ..model.plan_files import read_plans
from ..model.plans import ItemPlace, Placed, Plans
from ..problems import Finding, InputError, Severity, told
from .files import NO_FILE, STDIN, STDIN_NAME, absent, is_table, name_of, read_source
from .kinds import Kind, document_in, of_another_kind

if TYPE_CHECKING:  # who has no table does not wait for how they are read
    from ..model.plan_tables import Maps
    from .plan_tables import PlanTable

SUFFIXES = (".yaml", ".yml")
TIP = "See `convergence validate`."


@dataclass(frozen=True)
class PlansInput:
    """What the paths gave.

    `problems` is what was wrong in the files, not yet placed where it has no line; `absent` the paths that
    gave nothing to read; `passed_over` the files of ours in a folder that hold something else.
    """

    plans: Plans
    documents: Mapping[str, Document]
    problems: tuple[Finding, ...] = ()
    absent: tuple[Finding, ...] = ()
    passed_over: tuple[str, ...] = ()
    sources: tuple[tuple[str, str], ...] = ()
    """Name and sha256 of each file that was read."""
    links: Mapping[ItemPlace, ItemPlace] = field(default_factory=dict)
    """Where a link stands that a table of links gives a plan."""
    proposal: str = ""
    """The map that tables may be read by, as settings say it."""

    def locate(self, name: str) -> str | None:
        """``plans.yaml:12`` for the id of a plan, or of an objective."""
        return self._lines.get(name)

    @cached_property
    def _lines(self) -> Mapping[str, str]:
        """Of all plans and objectives, found in one pass; of two with one id the first counts."""
        items: list[Placed[Any]] = [*self.plans.plans, *self.plans.objectives]
        lines = lines_in(self.documents, [each.place for each in items])
        return {each.item.id: f"{name_of(each.file)}:{lines[each.place]}" for each in reversed(items)}

    def place(self, findings: Sequence[Finding]) -> Sequence[Finding]:
        """The findings, in the same order, with their lines, columns and excerpts."""
        return placed(map(self._in_links, findings), self.documents)

    def _in_links(self, finding: Finding) -> Finding:
        """The finding where somebody wrote what it is about."""
        place = self.links.get((finding.file, finding.path[:4]))
        return replace(finding, file=place[0], path=place[1]) if place else finding


def read_evidence(
    paths: Sequence[str], maps: Maps | None, *, regular: bool = False, secret_in: str = ""
) -> PlansInput:
    """The plans that a score is held against: any problem in them is refused, none is passed over.

    `secret_in`: the confidential file that names them. What stands there and is no path is not repeated.
    """
    read = read_plans_input(paths, maps, regular=regular)
    if secret_in and read.absent:
        words = "A file that is named under `plans` cannot be read."
        raise InputError([Finding("CV001", words, name=NO_FILE, file=secret_in)])
    wrong = [problem for problem in read.place(read.problems) if problem.severity is Severity.ERROR]
    if read.absent or wrong:
        raise InputError([*read.absent, *wrong])
    return read


def read_plans_input(paths: Sequence[str], maps: Maps | None, *, regular: bool = False) -> PlansInput:
    """The files at `paths` as one set of plans; a folder stands for its YAML files, ``-`` for stdin.

    `maps` say which columns tables have. `regular`: nothing but files, as in every folder.

    Raises InputError for a folder that cannot be looked into; anything else that is wrong is in the result.
    """
    named = {STDIN_NAME if path == STDIN else path for path in paths}
    documents, tables, missing = opened(files_at(paths), () if regular else paths, maps)
    others = {
        each.file: other
        for each in documents
        if each not in tables and (other := of_another_kind(each, Kind.PLANS, TIP))
    }
    strangers = [other for file, other in others.items() if file in named]
    of_plans = {document.file: document for document in documents if document.file not in others}
    unreadable = [problem for document in of_plans.values() for problem in document.problems]
    links: Mapping[ItemPlace, ItemPlace] = {}
    if tables:
        from .table_links import joined

        links, lost = joined([*of_plans.values()])
        unreadable += lost
    plans, findings = read_plans([*of_plans.values()])
    unread = dict(plans.unread)
    for place, names in chain.from_iterable(each.unread.items() for each in tables):
        unread[place] = unread.get(place, frozenset()) | names
    rows_lost = any(each.table.problems for each in tables)
    plans = replace(plans, unread=unread, is_partial=plans.is_partial or bool(missing) or rows_lost)
    return PlansInput(
        plans,
        of_plans,
        tuple(told([*strangers, *unreadable, *findings])),
        tuple(missing),
        tuple(file for file in others if file not in named),
        tuple(
            (name_of(each.file), each.sha256)
            for each in documents
            if each.file in of_plans or each.file in named
        ),
        links,
        "\n".join(dict.fromkeys(each.proposal for each in tables if each.proposal)),
    )


def opened(
    files: Iterable[str], typed: Container[str], maps: Maps | None
) -> tuple[list[Document], list[PlanTable], list[Finding]]:
    """The documents in the files, those of them that are tables, and findings of files that gave nothing.

    What was `typed` may be a pipe.
    """
    documents: list[Document] = []
    tables: list[PlanTable] = []
    missing: list[Finding] = []
    for file in files:
        try:
            source = read_source(file, regular=file not in typed)
            if is_table(file):
                from .plan_tables import tables_in

                tables += (there := tables_in(source, maps))
                documents += there
            else:
                documents.append(document_in(source))
        except InputError as error:
            missing += error.findings
    return documents, tables, missing


def is_folder(path: str) -> bool:
    try:
        return path != STDIN and Path(path).is_dir()
    except (OSError, ValueError):
        return False


def files_at(paths: Sequence[str]) -> Iterator[str]:
    """Each file once, in the order of the paths; the files of a folder by name, hidden ones left out."""
    seen: set[str] = set()
    for path in paths:
        for file in in_folder(path) if is_folder(path) else (path,):
            identity = file if file == STDIN else os.path.realpath(file)
            if identity not in seen:
                seen.add(identity)
                yield file


def in_folder(path: str) -> Iterator[str]:
    for folder, folders, files in os.walk(path, onerror=refuse):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.lower().endswith(SUFFIXES) and not name.startswith("."):
                yield str(Path(folder, name))


def refuse(error: OSError) -> None:
    raise InputError([absent(str(error.filename), f"It cannot be opened: {error.strerror}.")])
