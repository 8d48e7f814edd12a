"""The baseline: findings of the day somebody began to check, known by what they are about, never by a line.

JSON text in, JSON text out; one sorted entry per finding.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from ..model.options import CheckOptions
from ..problems import READING_PROBLEMS, Finding, InputError
from ..results.check import CheckFinding, CheckReport
from .found import Found, Key, hit, key_of
from .reading import STALE_BASELINE
from .registry import RULE_BY_CODE, is_chosen

FORMAT = "baseline/1"
BEYOND_BASELINE = frozenset({*READING_PROBLEMS, "CV007"})
FORM = '{"format": "baseline/1", "findings": [{"rule", "plan", "objective", "names"}, ...]}'
NAMES = {"CV001": "invalid-json", "CV002": "unsafe-json", "CV004": "schema"}
BY_HAND = f"Let `--write-baseline` write it. The form is {FORM}, of texts alone."


@dataclass(frozen=True, slots=True)
class Baseline:
    """How often each finding was there; `file` is the path as it was given."""

    file: str
    entries: Counter[Key]


def read_baseline(text: str, file: str) -> Baseline:
    """The baseline that `text` holds; raises InputError for what no `--write-baseline` wrote."""
    try:
        data = json.loads(text, parse_int=len)  # no entry holds a number, and some are too long to be read
    except json.JSONDecodeError as error:
        raise _refused("CV001", "This is not JSON.", file, error.lineno) from None
    except RecursionError:
        raise _refused("CV002", "Nested too deep for a baseline.", file) from None
    entries = data.get("findings") if isinstance(data, dict) and data.get("format") == FORMAT else None
    if not isinstance(entries, list):
        raise _refused("CV004", "This is no baseline.", file)
    keys = [_key(entry) for entry in entries]
    if None in keys:
        place = keys.index(None) + 1
        raise _refused("CV004", f"This is no entry of a baseline: the one at place {place}.", file)
    return Baseline(file, Counter(filter(None, keys)))


def _refused(code: str, message: str, file: str, line: int | None = None) -> InputError:
    return InputError([Finding(code, message, BY_HAND, name=NAMES[code], file=file, line=line)])


def _key(entry: Any) -> Key | None:
    """What an entry knows a finding by; None where no baseline holds such an entry."""
    if not isinstance(entry, dict) or not entry.keys() <= {*Key._fields} or not entry.get("rule"):
        return None
    values = [entry.get(field) or "" for field in Key._fields]
    return Key(*values) if all(isinstance(value, str) and is_whole(value) for value in values) else None


def is_whole(text: str) -> bool:
    """Whether no half of a character stands in it, which cannot be written again."""
    return not any("\ud800" <= character <= "\udfff" for character in text)


def baseline_text(baseline: Baseline) -> str:
    """The baseline as it is kept in a file."""
    entries = [
        {"rule": key.rule, "plan": key.plan or None, "objective": key.objective or None, "names": key.names}
        for key in sorted(baseline.entries.elements())
    ]
    lines = ",\n".join(f"    {json.dumps(entry, ensure_ascii=False)}" for entry in entries)
    body = f"[\n{lines}\n  ]" if lines else "[]"
    return f'{{\n  "format": "{FORMAT}",\n  "findings": {body}\n}}\n'


def next_baseline(report: CheckReport, old: Baseline | None, options: CheckOptions, file: str) -> Baseline:
    """What the baseline shall hold after this check.

    Whole where there is none; else only what was in it and still occurs. Entries of rules that this check
    leaves out stay.
    """
    now = Counter(key_of(finding) for finding in report.findings if _may_enter(finding))
    if old is None:
        return Baseline(file, now)
    left_out = Counter({key: count for key, count in old.entries.items() if not _is_looked_at(key, options)})
    return Baseline(file, left_out + (now & old.entries))


def _may_enter(finding: CheckFinding | Found) -> bool:
    return finding.waived is None and finding.code not in BEYOND_BASELINE


def _is_looked_at(key: Key, options: CheckOptions) -> bool:
    rule = RULE_BY_CODE.get(key.rule)
    return rule is None or is_chosen(rule, options)


def known(found: Iterable[Found], baseline: Baseline | None) -> Iterator[bool]:
    """For each finding whether the baseline holds it; of several alike, as many as it holds."""
    left = Counter(baseline.entries if baseline else ())
    for each in found:
        is_known = _may_enter(each) and left[key_of(each)] > 0
        left[key_of(each)] -= is_known
        yield is_known


def stale(found: Iterable[Found], baseline: Baseline | None, options: CheckOptions) -> Iterator[Found]:
    """The entries of the baseline that no longer occur, among the rules that this check looks at."""
    if baseline is None:
        return
    gone = baseline.entries - Counter(key_of(each) for each in found)
    for key in sorted(gone.elements()):
        if _is_looked_at(key, options):
            about, named = " ".join(filter(None, key)), f"{key.rule} {key.names}".strip()
            message = f"The baseline holds {about}, which no longer occurs."
            subject: dict[str, Any] = {"plan": key.plan or None, "objective": key.objective or None}
            yield STALE_BASELINE.says(hit(message, file=baseline.file, brief=about, named=named, **subject))
