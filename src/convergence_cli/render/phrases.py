"""Figures and lists as people write them: rounding, plurals, joined names. Computes no score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from .document import Strip

NUMBERS = (
    *("no", "one", "two", "three", "four", "five", "six"),
    *("seven", "eight", "nine", "ten", "eleven", "twelve"),
)
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
PLURALS_WITHOUT_S = {"people", "men", "women", "staff"}
FINE = 9
FINEST = Decimal(1).scaleb(-FINE)
"""Binary fractions are set right to this place before they are rounded half up."""


def rounded(value: float, places: int = 0) -> Decimal:
    """``value`` rounded half up, as it is read aloud: 0.5 becomes 1, -0.5 becomes -1."""
    exact = Decimal(repr(float(value))).quantize(FINEST, ROUND_HALF_UP)
    return exact.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP) + 0


def points(value: float, cuts: Sequence[float] = ()) -> str:
    """Points without decimals; with as many as it takes to stand on its own side of every cut (rule S8)."""
    sides = [(rounded(value, FINE), rounded(cut, FINE)) for cut in cuts]
    for places in range(FINE):
        shown = rounded(value, places)
        if all((shown >= cut) == (exact >= cut) for exact, cut in sides):
            break
    return str(shown)


def amount(value: float) -> str:
    """A count or a sum of money: 945,000, with decimals only where it has any."""
    return f"{rounded(value, 2):,f}".removesuffix(".00")


def figure(value: float, kind: str = "figure") -> str:
    """A figure in a table: points without decimals, anything else with one where it has any."""
    return points(value) if kind == "points" else f"{rounded(value, 1):,f}".removesuffix(".0")


def percent(share: float) -> str:
    """A share (0..1) as ``39 %``; it stands beside its count, and below n = 20 the count stands alone."""
    return f"{rounded(100 * share)} %"


def in_words(count: float) -> str:
    """``four`` up to twelve, digits from there on."""
    whole = int(count)
    return NUMBERS[whole] if whole == count and 0 <= whole < len(NUMBERS) else amount(count)


def counted(count: float, one: str, many: str | None = None) -> str:
    """``1 answer``, ``5 answers``."""
    return f"{amount(count)} {one if count == 1 else many or one + 's'}"


def several(things: Sequence[object], what: str) -> str:
    """``one question``, ``four questions``."""
    return f"{in_words(len(things))} {what}{'' if len(things) == 1 else 's'}"


def listed(names: Sequence[str], last: str = "and") -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {last} {names[-1]}"


def day(iso: str) -> str:
    """``2026-11-20`` as ``20 November 2026``; anything else as it is."""
    try:
        on = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def opening(text: str) -> str:
    """``text`` fit to open a sentence."""
    return text[:1].upper() + text[1:]


def closed(text: str) -> str:
    """``text`` with the full stop that ends a sentence."""
    stripped = text.rstrip()
    return stripped if stripped.endswith((".", "!", "?")) else stripped + "."


def verb(who: str, many: str, one: str) -> str:
    """The form that agrees with a group's title: leaders say, the business says."""
    last = who.split()[-1].casefold() if who.split() else ""
    plural = last in PLURALS_WITHOUT_S or (last.endswith("s") and not last.endswith("ss"))
    return many if plural else one


def strip_in_words(cell: Strip, titles: Mapping[str, str]) -> str:
    """The strip for those who do not see it: ``business leaders 35 (28 to 43), IT leaders 64; score 50``."""
    said = []
    for mark in cell.marks:
        likely = f" ({points(mark.low)} to {points(mark.high or 0)})" if mark.low is not None else ""
        said.append(f"{titles.get(mark.letter, mark.letter)} {points(mark.points)}{likely}")
    told = [", ".join(said)] if said else []
    told += [f"{points(abs(cell.apart))} points apart"] if cell.apart is not None else []
    return "; ".join([*told, *([f"score {points(cell.score)}"] if cell.score is not None else [])])
