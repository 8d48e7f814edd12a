"""Findings with their places: line, column and excerpt, worked out for what was found alone."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from convergence_cli.documents.reading import Document
from convergence_cli.documents.text import Spot
from convergence_cli.problems import Finding, Path, Place, Related

Spots = Mapping[str, Mapping[Path, Spot]]
"""By file."""
Documents = Mapping[str, Document]
LineOf = Mapping[tuple[str, Path], int]
"""The line of each path in each file."""


def placed(findings: Iterable[Finding], documents: Documents) -> list[Finding]:
    """The findings, in the same order, with line, column and excerpt filled in from their paths.

    A related place that has a path and no line is filled in as well. What has a line already, has no
    path, or stands in a file that is not among `documents` stays as it is. Of a document that is kept secret
    the place is told, and nothing that stands there.
    """
    found = list(findings)
    spots = _spots(documents, (where for finding in found for where in _unplaced(finding)))
    secret = {file for file, document in documents.items() if document.secret}
    there = (_place(finding, spots, documents) for finding in found)
    return [finding.withheld() if finding.file in secret else finding for finding in there]


def _spots(documents: Documents, wanted: Iterable[tuple[str, Path]]) -> Spots:
    """Where the paths stand, in one pass over each file that can be read."""
    paths: defaultdict[str, list[Path]] = defaultdict(list)
    for file, path in wanted:
        if file in documents and documents[file].readable:
            paths[file].append(path)
    return {file: documents[file].find(some) for file, some in paths.items()}


def _unplaced(finding: Finding) -> Iterator[tuple[str, Path]]:
    if finding.path and finding.line is None:
        yield finding.file, finding.path
    for related in finding.related:
        if related.path and related.place.line is None:
            yield related.place.file or finding.file, related.path


def _place(finding: Finding, spots: Spots, documents: Documents) -> Finding:
    related = tuple(_place_related(one, finding.file, spots, documents) for one in finding.related)
    spot = spots.get(finding.file, {}).get(finding.path)
    if spot is None or finding.line is not None:
        return replace(finding, related=related)
    lines = documents[finding.file].lines
    span = spot.key if finding.at_key and spot.key else spot.value
    line, column = lines.place(span.start)
    excerpt = lines.excerpt(line, column, span.end - span.start)
    return replace(finding, line=line, column=column, excerpt=excerpt, related=related)


def _place_related(related: Related, file: str, spots: Spots, documents: Documents) -> Related:
    file = related.place.file or file
    spot = spots.get(file, {}).get(related.path)
    if spot is None or related.place.line is not None:
        return related
    return replace(related, place=Place(file, *documents[file].lines.place(spot.value.start)))


def lines_in(documents: Documents, wanted: Iterable[tuple[str, Path]]) -> LineOf:
    """The lines in which the values at paths of files begin, in one pass over each file."""
    return {
        (file, path): documents[file].lines.place(spot.value.start)[0]
        for file, found in _spots(documents, wanted).items()
        for path, spot in found.items()
    }
