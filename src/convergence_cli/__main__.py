"""``python -m convergence_cli``, and the two scripts."""

from __future__ import annotations

import sys

from . import __version__


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if sys.argv[1:] == ["--version"]:
        print(f"convergence {__version__}")  # noqa: T201 - nothing else needs to be imported for it
        sys.exit(0)
    from .cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
