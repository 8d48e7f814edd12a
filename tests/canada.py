"""Turns the Government of Canada's programs and departmental results into a plans file.

    python tests/canada.py FOLDER > canada.yaml

FOLDER holds ``plans.csv`` (id, name, owner, budget), ``objectives.csv`` (id, name) and ``links.csv``
(plan, objective), as taken from the open data behind GC InfoBase. Programs become plans, departmental
results objectives.
"""

from __future__ import annotations

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path


def plans_file(folder: Path) -> str:
    """The plans file as YAML text: ids, titles, owners, links and budgets, and nothing besides."""
    links = defaultdict(list)
    for row in rows(folder / "links.csv"):
        links[row["plan"]].append(row["objective"])
    lines = ["format: plans/1", "organization: Government of Canada", "currency: CAD", "objectives:"]
    for row in rows(folder / "objectives.csv"):
        lines += [f"  - id: {row['id']}", f"    title: {quoted(row['name'])}"]
    lines.append("plans:")
    for row in rows(folder / "plans.csv"):
        lines += [f"  - id: {row['id']}", f"    title: {quoted(row['name'])}"]
        lines.append(f"    owner: {row['owner']}")
        lines += [f"    serves: [{', '.join(links[row['id']])}]"] if links[row["id"]] else []
        lines.append(f"    budget: {Decimal(row['budget']):f}")
    return "\n".join(lines) + "\n"


def rows(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def quoted(text: str) -> str:
    """A text as a double-quoted YAML scalar, which JSON's is."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    sys.stdout.write(plans_file(Path(sys.argv[1])))
