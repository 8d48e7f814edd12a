"""``compare``."""

from __future__ import annotations

from ..model.wave import Wave
from ..render.say import with_words
from ..results.comparison import Comparison
from ..scoring.comparison import compare_waves
from ..scoring.report import Request
from .scores import with_evidence


def compare(old: Wave, new: Wave, *, language: str | None = None) -> Comparison:
    """What changed from `old` to `new`, both as `read` returned them: what ``compare -f json`` prints.

    Facts are counted from the plans files that each wave names itself. Raises ``problems.InputError`` for
    waves that cannot be compared, ``problems.NothingToDo`` when one has no answer and no fact.
    """
    asked = Request(language=language)
    before, after = (with_evidence(asked, wave, None, None) for wave in (old, new))
    return with_words(compare_waves(old, new, (before, after)))
