"""The check as Markdown: the summary of a CI job, or a comment on a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..problems import ExitCode
from ..results.check import CheckFinding, CheckReport
from ..terminal import prose
from .check_words import (
    currencies,
    indicators,
    none,
    not_checked,
    place_of,
    rows,
    shown,
    told_in_full,
    verdict,
    what_was_read,
)

MOST_BYTES = 900_000
"""GitHub drops a job summary of more than a megabyte whole."""
SPECIAL = re.compile(r"[\\`*_\[\]|~$#]")
MENTION = re.compile(r"(?<!\w)@(?=\w)")


def render(report: CheckReport, *, exit_code: ExitCode | None = None) -> str:
    """Verdict, findings as a table, what was not checked, plans and money as a table."""
    code = report.exit_code if exit_code is None else exit_code
    title = "passed" if code == ExitCode.OK else "nothing to check" if code == ExitCode.NOTHING else "failed"
    blocks = [
        f"## Plans and objectives: {title}",
        plain(f"{verdict(report, code)} {what_was_read(report)}"),
        findings(shown(report)),
        plain(not_checked(report)),
        parts(report),
    ]
    return "\n\n".join(filter(None, blocks)) + "\n"


def findings(found: Sequence[CheckFinding]) -> str:
    """A row for each, as many as a summary can hold, and how many more there are."""
    if not found:
        return ""
    lines = [*header("", "Rule", "What", "Where")]
    size = 0
    for number, each in enumerate(found):
        line = row(each.severity, f"{each.code} {each.name}", told_in_full(each), place_of(each))
        size += len(line.encode("utf-8", "replace"))
        if size > MOST_BYTES:
            return "\n".join([*lines, "", f"And {none(len(found) - number, 'more finding')}."])
        lines.append(line)
    return "\n".join(lines)


def parts(report: CheckReport) -> str:
    """How the plans divide, in number and in money, and what that makes of all."""
    if not report.counts.plans:
        return ""
    table = rows(report)
    money = currencies(table)
    lines = [row("", "Plans", *money, ""), f"|---|{'---:|' * (1 + len(money))}---|"] if table else []
    lines += [row(each.label, f"{each.count:,}", *map(each.money, money), each.names) for each in table]
    return "\n".join([*lines, "", plain(" ".join(indicators(report)))]).lstrip()


def header(*cells: str) -> Iterator[str]:
    yield row(*cells)
    yield f"|{'---|' * len(cells)}"


def row(*cells: str) -> str:
    return f"| {' | '.join(map(with_code, cells))} |"


def with_code(text: str) -> str:
    """`text` with what stands between backticks as code, when they come in pairs."""
    pieces = prose(text).split("`")
    if len(pieces) % 2 == 0 or not all(pieces[1::2]):
        return plain(text)
    code = [
        f"`{piece}`".replace("|", r"\|") if odd % 2 else plain_piece(piece)
        for odd, piece in enumerate(pieces)
    ]
    return "".join(code)


def plain(text: str) -> str:
    """`text` on one line, with whatever Markdown, HTML or a host would make of it taken out."""
    return plain_piece(prose(text))


def plain_piece(text: str) -> str:
    """The same for a text that is on one line and safe already; spaces at its ends stay."""
    escaped = SPECIAL.sub(r"\\\g<0>", text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return MENTION.sub("@<!-- -->", escaped)
