"""One figure opened: the arithmetic as an outline, each line with its rule and its weight."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..results.score import Explanation, Trace
from .document import Document, Entry, Outline, Said, Section
from .phrases import rounded
from .run import Run

RULES = "Rules: `convergence explain` lists every figure with its formula and source."


def page(explanation: Explanation, _: Run) -> Document:
    return [Section([Outline(list(entries(explanation.explained, 0))), Said([RULES])])]


def entries(trace: Trace, depth: int) -> Iterator[Entry]:
    """This figure and all below it."""
    yield Entry(described(trace), depth)
    for part in trace.parts:
        yield from entries(part, depth + 1)


def described(trace: Trace) -> str:
    """``Responsiveness = 34.6 (S4: weighted mean; weight 1)``; of a single answer the place alone."""
    value = "no score" if trace.value is None else f"{rounded(trace.value, 1):,f}".removesuffix(".0")
    how = trace.reason.text if trace.reason else trace.how
    said = []
    if how:
        said.append(f"{trace.rule}: {how}" if trace.rule else how)
        said += [f"weight {float(Fraction(trace.weight)):g}"] if trace.weight else []
    elif trace.rule and not trace.place:
        said.append(trace.rule)
    said += [trace.place] if trace.place else []
    return f"{trace.label} = {value}" + (f" ({'; '.join(said)})" if said else "")
