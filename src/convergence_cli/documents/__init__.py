"""The only room that knows YAML, CSV and XLSX: bytes to plain data, and the places of that data.

One loop over the parser's events builds dicts and lists of text. Every guard stands on the
events, so a hostile file is refused before anything is built from it, however deep or large.
Places cost nothing on a clean file: `Document.find` looks for what has a finding, and for nothing else.
"""

from __future__ import annotations

from convergence_cli.documents.places import LineOf, lines_in, placed
from convergence_cli.documents.reading import Document, Plain, parse
from convergence_cli.documents.table import HEADER, Table, parse_table
from convergence_cli.documents.text import MOST_BYTES, MOST_SMALL, decode
from convergence_cli.documents.writing import write_atomically

__all__ = [
    "HEADER",
    "MOST_BYTES",
    "MOST_SMALL",
    "Document",
    "LineOf",
    "Plain",
    "Table",
    "decode",
    "lines_in",
    "parse",
    "parse_table",
    "placed",
    "write_atomically",
]
