"""The words of a report: the engine says codes and figures, this module the sentences."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from ..results.common import Evidence, Number, Reason, Result

T = TypeVar("T")
Figures = dict[str, Number | str | None]

REASONS = {
    "all-answered": "all {n} of {n} answered: nothing to estimate",
    "all-the-same": "all {n} answers are the same: nothing to estimate the spread from",
    "applies-to-nobody": "not applicable to anybody asked",
    "changed-alike": "everybody changed alike: no spread to estimate from",
    "counted-in-two-ways": "counted in two ways",
    "facts-alone": "facts alone: nothing to estimate",
    "fewer-than-three": "fewer than three people have an answer that counts",
    "fewer-than-two": "fewer than two people of a group in one wave: no spread to estimate from",
    "group-agrees": "a group agrees in both waves: no spread to estimate from",
    "hidden": "hidden: fewer than {least} answers",
    "no-answers": "no answers",
    "no-budgets": "no green-lit plan records budget",
    "no-fact": "no fact was given",
    "no-formality": "formality not recorded: no objective carries approved",
    "no-green-lit": "no plan is green-lit, in progress or delivered",
    "no-group-everywhere": "no group answered everywhere",
    "no-objectives": "the files hold no objectives",
    "no-plan-records": "no plan records {field}",
    "no-question-scored": "no question in it has a score",
    "no-question-shown": "no question can be shown",
    "no-total": "the budgets do not add up to an amount above 0",
    "nobody-asked": "nobody was asked",
    "nobody-could-say": "nobody could say",
    "none-decided": "no objective has the status met or missed",
    "none-enabled": "no objective records enabled_by",
    "none-listed": "the files list no {what}",
    "none-live": "no objective is live on {on}",
    "none-pursued": "no objective is active or met",
    "not-applicable": "not applicable",
    "not-scored": "not scored",
    "nothing-applies": "nothing in it applies to anybody asked",
    "nothing-mapped": "no plan records serves, part_of or no_objective_because",
    "number-in-both-waves": "a number in confidence shows its mean and spread only",
    "number-in-confidence": "a number in a confidential file shows mean and sd only",
    "numbers-in-confidence": (
        "it counts a number of each person, of which a confidential file shows mean and sd only"
    ),
    "one-answer": "one answer: no spread to estimate from",
    "one-person": "one person answered for a whole group: no spread to estimate from",
    "only-expected": "no answers from {scored}; {expecting} only say what they expect",
    "other-questions": "not made of the same questions in both waves",
    "rests-on-facts": "it rests on facts alone, and facts have no interval",
    "several-currencies": "budgets are in more than one currency: {currencies}",
    "some-budgets": "budget recorded for {recorded} of {of} green-lit plans",
    "too-little": "only {share} of its weight has a score, and {needed} is needed",
    "unread": "part of {what} could not be read",
}
"""Why a figure is null, hidden or without a range, by code; each has the figures that stand in it."""


def with_words(value: T) -> T:
    """``value``, a report or a part of one, with the text of every reason in it filled in."""
    if isinstance(value, Reason):
        return value.model_copy(update={"text": reason(value)})
    if isinstance(value, tuple):
        parts = tuple(with_words(part) for part in value)
        same = all(new is old for new, old in zip(parts, value, strict=True))
        return value if same else parts  # type: ignore[return-value]
    if isinstance(value, Result):
        now = {name: with_words(part) for name, part in value}
        update = {name: new for name, new in now.items() if new is not getattr(value, name)}
        return value.model_copy(update=update) if update else value
    return value


def evidence_said(evidence: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Indicators with the text of their reasons, which the check and the score repeat."""
    return tuple(each.model_copy(update={"reason": with_words(each.reason)}) for each in evidence)


def reason(why: Reason) -> str:
    """The sentence of a reason, without capital and full stop: it stands inside another one."""
    if why.code == "by-wave":
        return "; ".join(in_wave(why.figures, wave) for wave in ("old", "new") if wave in why.figures)
    return filled(why.code, why.figures)


def in_wave(figures: Figures, wave: str) -> str:
    """Why one of two waves has no score: ``no answers in 2026-Q2``."""
    own = {name.removeprefix(f"{wave}_"): value for name, value in figures.items()}
    return f"{filled(str(figures[wave]), own)} in {own['period']}"


def filled(code: str, figures: Figures) -> str:
    return REASONS[code].format_map({name: written(value) for name, value in figures.items()})


def written(value: Number | str | None) -> str:
    return f"{value:.0f}" if isinstance(value, float) else str(value)


def why(reason: Reason | None, otherwise: str = "") -> str:
    """The text of a reason, once it has been said; `otherwise` where there is none."""
    return reason.text if reason else otherwise
