"""Every rule, in the order of the catalogue, and how a user names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..model.options import CheckOptions
from ..problems import READING_PROBLEMS, Hints
from . import ideas, links, money, objectives, people, progress, reading, references
from .facts import FIELDS, fields_named
from .rule import Rule

_FAMILIES = (reading, links, references, objectives, progress, money, ideas, people)
RULES: tuple[Rule, ...] = tuple(
    sorted((rule for family in _FAMILIES for rule in family.RULES), key=lambda rule: rule.code)
)
RULE_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
BEYOND_WAIVING = frozenset({*READING_PROBLEMS, "CV005", "CV006", "CV007"})


def rule_named(name: str) -> Rule | None:
    """The rule of that code or name, in capitals or not."""
    return next((rule for rule in RULES if name.casefold() in (rule.code.casefold(), rule.name)), None)


def is_named(rule: Rule, names: Iterable[str]) -> bool:
    """Whether `names` hold the rule's code, the beginning of it, or its name."""
    return any(rule.code.startswith(name.upper()) or rule.name == name.casefold() for name in names)


def is_chosen(rule: Rule, options: CheckOptions) -> bool:
    """Whether the options let a rule speak; problems in reading always do."""
    if rule.code in READING_PROBLEMS:
        return True
    return (not options.select or is_named(rule, options.select)) and not is_named(rule, options.ignore)


def unknown_names(options: CheckOptions) -> Iterator[str]:
    """A sentence for each rule or field in the options that does not exist, or that may be two."""
    known = [name for rule in RULES for name in (rule.code, rule.name)]
    hints = Hints()
    for setting in ("select", "ignore"):
        for name in getattr(options, setting):
            if not name or not any(is_named(rule, [name]) for rule in RULES):
                hint = hints.did_you_mean(name.upper(), known) or hints.did_you_mean(name, known)
                yield f"{setting}: `{name}` is no rule. {hint}".strip()
    for name in options.require:
        yield from _unclear_field(name, hints)


def _unclear_field(name: str, hints: Hints) -> Iterator[str]:
    found = [field.full_name for field in fields_named(name)]
    if len(found) > 1:
        yield f"require: `{name}` may be {' or '.join(found)}: write which."
    if not found:
        names = [field.full_name for field in FIELDS]
        hint = hints.did_you_mean(name, [*names, *(field.name for field in FIELDS)])
        hint = hint or f"Known: {', '.join(names)}."
        yield f"require: `{name}` is no field that a rule reads. {hint}"
