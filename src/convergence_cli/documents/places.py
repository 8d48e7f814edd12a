"""Paths to places: lines, columns and excerpts for what was found."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import replace

from convergence_cli.documents.reading import Document, Plain
from convergence_cli.documents.spots import spots
from convergence_cli.documents.text import lines_of
from convergence_cli.problems import Excerpt, Finding, Path, Place, Related


def _real(path: Path, data: Plain) -> tuple[Path, bool]:
    """The part of `path` that exists in `data`, and whether its last step does.

    Steps that do not exist, such as a union's tag in a validator's path, are left out.
    """
    steps: list[str | int] = []
    there = False
    for step in path:
        there = step in _steps(data)
        if there:
            steps.append(step)
            data = data[step]  # type: ignore[index]
    return tuple(steps), there


def _steps(data: Plain) -> Container[str | int]:
    """The steps that lead on from `data`."""
    if isinstance(data, dict):
        return data
    return range(len(data)) if isinstance(data, list) else ()


class _Atlas:
    """The places of some paths of one document."""

    def __init__(self, document: Document, paths: Iterable[Path]) -> None:
        self.document = document
        self.lines = lines_of(document.text)
        self.spots = spots(document.text, [_real(path, document.data)[0] for path in paths])

    def find(self, path: Path, at_key: bool) -> tuple[int, int, Excerpt] | None:
        real, there = _real(path, self.document.data)
        spot = self.spots.get(real)
        if spot is None:
            return None
        span = spot.key if at_key and there and spot.key else spot.value
        line, column = self.lines.place(span.start)
        return line, column, self.lines.excerpt(line, column, span.end - span.start)


def placed(findings: Iterable[Finding], documents: Mapping[str, Document]) -> list[Finding]:
    """The findings, in the same order, with line, column and excerpt filled in from their paths.

    A related place that has a path and no line is filled in as well. What has a line already, has no
    path, or stands in a file that is not among `documents` stays as it is. Of a document that is kept secret
    the place is told, and nothing that stands there.
    """
    found = list(findings)
    wanted: dict[str, list[Path]] = {}
    for file, path in (where for finding in found for where in _unplaced(finding)):
        wanted.setdefault(file, []).append(path)
    atlases = {
        file: _Atlas(documents[file], paths)
        for file, paths in wanted.items()
        if file in documents and documents[file].readable
    }
    secret = {file for file, document in documents.items() if document.secret}
    there = (_place(finding, atlases) for finding in found)
    return [finding.withheld() if finding.file in secret else finding for finding in there]


def _unplaced(finding: Finding) -> Iterator[tuple[str, Path]]:
    if finding.path and finding.line is None:
        yield finding.file, finding.path
    for related in finding.related:
        if related.path and related.place.line is None:
            yield related.place.file or finding.file, related.path


def _place(finding: Finding, atlases: Mapping[str, _Atlas]) -> Finding:
    related = tuple(_place_related(one, finding.file, atlases) for one in finding.related)
    found = None
    if finding.path and finding.line is None and finding.file in atlases:
        found = atlases[finding.file].find(finding.path, finding.at_key)
    if found is None:
        return replace(finding, related=related)
    line, column, excerpt = found
    return replace(finding, line=line, column=column, excerpt=excerpt, related=related)


def _place_related(related: Related, file: str, atlases: Mapping[str, _Atlas]) -> Related:
    file = related.place.file or file
    if not related.path or related.place.line is not None or file not in atlases:
        return related
    found = atlases[file].find(related.path, at_key=False)
    return replace(related, place=Place(file, *found[:2])) if found else related
