"""Paths, ``-`` and built-in names -> models, or every problem in them.

Nothing here is written, executed or fetched; a file named inside a file is looked for beside it.
"""

from __future__ import annotations

from .evidence import PlansRead, read_evidence
from .files import Source, read_source
from .plans import PlansInput, read_plans_input
from .questionnaires import BuiltIn, builtin_questionnaires, load_questionnaire
from .responses import Options, read_wave

__all__ = [
    "BuiltIn",
    "Options",
    "PlansInput",
    "PlansRead",
    "Source",
    "builtin_questionnaires",
    "load_questionnaire",
    "read_evidence",
    "read_plans_input",
    "read_source",
    "read_wave",
]
