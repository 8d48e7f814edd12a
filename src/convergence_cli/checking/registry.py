"""Every rule, in the order of the catalogue, and how a user names them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from ..model.fields import INDICATORS
from ..model.options import CheckOptions
from ..problems import READING_PROBLEMS, Finding, Hints
from . import ideas, ids, links, money, objectives, progress, reading
from .portfolio import is_named
from .rule import Rule

_FAMILIES = (reading, links, ids, objectives, progress, money, ideas)
_DECLARED = (rule for family in _FAMILIES for rule in vars(family).values() if isinstance(rule, Rule))
RULES: tuple[Rule, ...] = tuple(sorted(_DECLARED, key=lambda rule: rule.code))
RULE_BY_CODE: Mapping[str, Rule] = {rule.code: rule for rule in RULES}
NAMES = [name for rule in RULES for name in (rule.code, rule.name)]
FIELDS = tuple(dict.fromkeys(field for rule in RULES for field in rule.reads))
"""What the files need not record, and some rule is silent without."""
BEYOND_WAIVING = frozenset({*READING_PROBLEMS, "CV005", "CV006", "CV007"})


def rule_named(name: str) -> Rule | None:
    """The rule of that code or name, in capitals or not."""
    return next((rule for rule in RULES if name.casefold() in (rule.code.casefold(), rule.name)), None)


def is_among(rule: Rule, names: Iterable[str]) -> bool:
    """Whether `names` hold the rule's code, the beginning of it, or its name."""
    return any(rule.code.startswith(name.upper()) or rule.name == name.casefold() for name in names)


def is_chosen(rule: Rule, options: CheckOptions) -> bool:
    """Whether the options let a rule speak; problems in reading always do."""
    if rule.code in READING_PROBLEMS:
        return True
    return (not options.select or is_among(rule, options.select)) and not is_among(rule, options.ignore)


def unknown_names(options: CheckOptions) -> Iterator[Finding]:
    """A finding for each rule, field or indicator in the options that does not exist, or that may be two."""
    hints = Hints()
    for setting in ("select", "ignore"):
        for name in getattr(options, setting):
            if not name or not any(is_among(rule, [name]) for rule in RULES):
                hint = hints.did_you_mean(name.upper(), NAMES) or hints.did_you_mean(name, NAMES)
                yield _unknown(setting, name, "is no rule.", hint)
    for name in options.require:
        found = [field for field in FIELDS if is_named(field, name)]
        if len(found) > 1:
            yield _unknown("require", name, f"may be {' or '.join(found)}: write which.")
        if not found:
            hint = hints.did_you_mean(name, [*FIELDS, *(field.partition(".")[2] for field in FIELDS)])
            yield _unknown("require", name, "is no field that a rule reads.", hint or _known(FIELDS))
    for name in options.min:
        if name not in INDICATORS:
            hint = hints.did_you_mean(name, INDICATORS) or _known(INDICATORS)
            yield _unknown("min", name, "is no indicator.", hint)


def _known(names: Sequence[str]) -> str:
    return f"Known: {', '.join(names)}."


def _unknown(setting: str, name: str, why: str, hint: str = "") -> Finding:
    words = f"{setting}: `{name}` {why}"
    return Finding("CV004", f"{words} {hint}".strip(), name="schema", path=(setting, name))
