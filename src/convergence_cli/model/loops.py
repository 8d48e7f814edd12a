"""Loops in who belongs to whom, who waits for whom."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator, Mapping, Sequence

Edges = Mapping[str, Sequence[str]]


def loops(edges: Edges) -> Iterator[list[str]]:
    """One shortest loop of every knot, beginning with the name that comes first in `edges`.

    A knot is a set of names each of which leads to every other (a strongly connected component). An edge to
    a name that has no edges of its own leads nowhere.
    """
    rank = {name: index for index, name in enumerate(edges)}
    knots = [sorted(knot, key=rank.__getitem__) for knot in knots_of(edges)]
    for knot in sorted(knots, key=lambda names: rank[names[0]]):
        loop = shortest_loop(knot[0], edges, frozenset(knot))
        if loop:
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


def shortest_loop(start: str, edges: Edges, inside: frozenset[str]) -> list[str]:
    """The shortest way from `start` back to itself; empty when there is none."""
    came_from = {start: start}
    waiting = deque([start])
    while waiting:
        name = waiting.popleft()
        for step in edges[name]:
            if step == start:
                return _way_back(name, came_from)
            if step in inside and step not in came_from:
                came_from[step] = name
                waiting.append(step)
    return []


def _way_back(name: str, came_from: Mapping[str, str]) -> list[str]:
    way = [name]
    while came_from[name] != name:
        name = came_from[name]
        way.append(name)
    return way[::-1]
