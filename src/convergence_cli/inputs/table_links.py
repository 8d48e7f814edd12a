"""Links between tables: those that a table of links gives to plans, and objectives named by their title."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any

from ..documents import Document
from ..model.complaints import shown
from ..model.plan_tables import plain
from ..model.plans import ItemPlace
from ..problems import Finding, Problems, mistake
from .plan_tables import PlanTable


def joined(documents: Sequence[Document]) -> tuple[dict[ItemPlace, ItemPlace], list[Finding]]:
    """Gives each plan the links of the tables of links, and says where those stand; and links of no plan.

    In tables an objective may be named by its title, where it is the only one of it.
    """
    plans: dict[str, tuple[ItemPlace, dict[str, Any]]] = {}
    for document in documents:
        for at, item in items_in(document, "plans"):
            plans.setdefault(item["id"], ((document.file, ("plans", at)), item))
    tables = [each for each in documents if isinstance(each, PlanTable)]
    stand: dict[ItemPlace, ItemPlace] = {}
    lost = Problems()
    for table in tables:
        for row, plan, objective in table.links:
            if plan not in plans:
                words, near = "{This} is the id of no plan.", lost.hints.did_you_mean(plan, plans)
                path = ("links", row, "plan")
                lost.add(mistake(words, path, value=shown(plan), near=near, file=table.file))
                continue
            (file, place), item = plans[plan]
            written = item.get("serves") or []
            serves = [*(written if isinstance(written, list) else [written]), objective]
            item["serves"] = serves
            stand[file, (*place, "serves", len(serves) - 1)] = table.file, ("links", row, "objective")
    if tables:
        name_objectives(documents)
    return stand, lost


def items_in(document: Document, kind: str) -> Iterator[tuple[int, dict[str, Any]]]:
    """The items of a kind that have an id, as far as the document can be read, each with its number."""
    listed_there = document.data.get(kind) if isinstance(document.data, dict) else None
    for at, item in enumerate(listed_there if isinstance(listed_there, list) else ()):
        if isinstance(item, dict) and isinstance(item.get("id"), str):
            yield at, item


def name_objectives(documents: Sequence[Document]) -> None:
    """Puts the id of an objective where a table names it by its title."""
    found = [item for document in documents for _, item in items_in(document, "objectives")]
    titled = [(plain(str(item.get("title", ""))), item["id"]) for item in found]
    often = Counter(title for title, _ in titled)
    ids = {title: name for title, name in titled if title and often[title] == 1}
    known = {item["id"] for item in found}
    for table in documents:
        for _, item in items_in(table, "plans") if isinstance(table, PlanTable) else ():
            whole = plain(", ".join(map(str, item.get("serves", ()))))
            if whole in ids:
                item["serves"] = [ids[whole]]
            elif "serves" in item:
                item["serves"] = [
                    each if each in known else ids.get(plain(each), each) for each in item["serves"]
                ]
