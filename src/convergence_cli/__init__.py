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
    from .api.comparisons import compare
    from .api.scores import read, score

__all__ = ["__version__", "check", "compare", "read", "score"]


HOMES = {"check": "checks", "compare": "comparisons", "read": "scores", "score": "scores"}


def __getattr__(name: str) -> Any:
    """Load a public name when it is first used, so that ``--version`` loads nothing."""
    if name not in HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f".api.{HOMES[name]}", __name__), name)
