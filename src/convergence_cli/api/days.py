"""The day on which plans are looked at."""

from __future__ import annotations

from datetime import UTC, date, datetime

from ..model.fields import parse_day
from ..problems import UsageError


def day_of(today: str | date | None) -> date | None:
    """The day that was asked for; raises UsageError when it is none."""
    try:
        return None if today is None else parse_day(today)
    except ValueError as error:
        raise UsageError(f"--today {today}: {error}.") from None


def today_in_utc() -> date:
    """The real date: the one clock that is ever read."""
    return datetime.now(UTC).date()
