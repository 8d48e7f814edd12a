"""One figure opened: the arithmetic as an indented tree, each line with its rule and its weight."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from ..results.score import Explanation, Trace
from ..terminal import prose
from .layout import Line, paragraph, printed
from .phrases import rounded

INDENT = "  "


def render(explanation: Explanation, *, width: int = 80, colour: bool = False) -> str:
    """The tree on lines of at most `width` columns."""
    lines = [part for text, depth in rows(explanation.explained, 0) for part in entry(text, depth, width)]
    lines += entry("Rules: `convergence explain` lists every figure with its formula and source.", 0, width)
    return printed(lines, colour)


def entry(text: str, depth: int, width: int) -> list[Line]:
    indent = INDENT * min(depth, 8)
    return paragraph(prose(text), width, indent, indent + INDENT * 2)


def rows(trace: Trace, depth: int) -> Iterator[tuple[str, int]]:
    """This figure and all below it, with how deep each stands."""
    yield described(trace), depth
    for part in trace.parts:
        yield from rows(part, depth + 1)


def described(trace: Trace) -> str:
    """``Responsiveness = 34.6 (S4: weighted mean; weight 1)``."""
    value = "no score" if trace.value is None else f"{rounded(trace.value, 1):,f}".removesuffix(".0")
    how = trace.reason.text if trace.reason else trace.how
    reasons = [f"{trace.rule}: {how}" if trace.rule and how else trace.rule or how or ""]
    if trace.weight is not None and how:
        reasons.append(f"weight {weight(trace.weight)}")
    if trace.place:
        reasons = [*(reasons if how else ()), trace.place]
    said = "; ".join(filter(None, reasons))
    return f"{trace.label} = {value}" + (f" ({said})" if said else "")


def weight(text: str) -> str:
    return f"{float(Fraction(text)):g}"
