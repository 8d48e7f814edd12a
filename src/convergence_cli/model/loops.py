"""Loops in who belongs to whom, who waits for whom."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]


def loops(edges: Edges) -> Iterator[list[str]]:
    """One loop of every knot, the knot first whose first name stands first in `edges`.

    A knot is a set of names each of which leads to every other (a strongly connected component). An edge to
    a name that has no edges of its own leads nowhere.
    """
    rank = {name: index for index, name in enumerate(edges)}
    knots = [sorted(knot, key=rank.__getitem__) for knot in knots_of(edges)]
    for knot in sorted(knots, key=lambda names: rank[names[0]]):
        if loop := loop_in(knot, edges):
            yield loop


def knots_of(edges: Edges) -> Iterator[list[str]]:
    """Tarjan's algorithm, with its own stack: a chain of ten thousand plans is no recursion error."""
    order: dict[str, int] = {}
    low: dict[str, int] = {}
    open_names: dict[str, None] = {}
    for root in edges:
        if root in order:
            continue
        work = [(root, iter(edges[root]))]
        order[root] = low[root] = len(order)
        open_names[root] = None
        while work:
            name, rest = work[-1]
            step = next((each for each in rest if each in edges), None)
            if step is None:
                work.pop()
                if work:
                    low[work[-1][0]] = min(low[work[-1][0]], low[name])
                if low[name] == order[name]:
                    knot: list[str] = []
                    while knot[-1:] != [name]:
                        knot.append(open_names.popitem()[0])
                    yield knot
            elif step not in order:
                order[step] = low[step] = len(order)
                open_names[step] = None
                work.append((step, iter(edges[step])))
            elif step in open_names:
                low[name] = min(low[name], order[step])


def loop_in(knot: Sequence[str], edges: Edges) -> list[str]:
    """The way from the knot's first name until it meets itself; empty for one name that leads elsewhere."""
    inside = frozenset(knot)
    way: dict[str, int] = {}
    name = knot[0]
    while name not in way:
        way[name] = len(way)
        step = next((each for each in edges[name] if each in inside), None)
        if step is None:
            return []
        name = step
    return list(way)[way[name] :]
