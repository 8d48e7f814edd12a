"""The only room that knows YAML: bytes to plain data and back, and the places of that data.

One loop over the parser's events builds dicts and lists of text. Every guard stands on the
events, so a hostile file is refused before anything is built from it, however deep or large.
Places cost nothing on a clean file: a second pass finds them, and only for what has a finding.
"""

from __future__ import annotations

from convergence_cli.documents.places import placed
from convergence_cli.documents.reading import Document, Plain, parse
from convergence_cli.documents.text import MOST_BYTES, MOST_SMALL, decode, excerpt_of
from convergence_cli.documents.writing import dump, write_atomically

__all__ = [
    "MOST_BYTES",
    "MOST_SMALL",
    "Document",
    "Plain",
    "decode",
    "dump",
    "excerpt_of",
    "parse",
    "placed",
    "write_atomically",
]
