"""Measures how far IT and the business of an organisation have become one.

>>> from convergence_cli import read, score
>>> report = score(read("examples/responses.yaml"))
>>> report.overall.level
'aligned'
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from .api.checks import check
    from .api.scores import compare, read, score

__all__ = ["__version__", "check", "compare", "read", "score"]


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``--version`` loads nothing."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    if name == "check":
        from .api import checks

        return checks.check
    from .api import scores

    return getattr(scores, name)
