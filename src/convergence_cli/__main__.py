"""``python -m convergence_cli``, and the two scripts."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from . import __version__


def main() -> None:
    """Run the command line and end the process with its exit code."""
    if sys.argv[1:] == ["--version"] and sys.stdout is not None:
        with suppress(OSError):  # what to do without an output is known behind the one error door
            print(f"convergence {__version__}", flush=True)  # noqa: T201 - nothing else needs to be imported
            sys.exit(0)
    import gc

    # Nearly all that is read is needed to the end: looking for garbage would take a sixth of the time.
    gc.set_threshold(1_000_000)
    # No plug-in of pydantic is looked for: some write down what is read, and answers are confidential.
    os.environ["PYDANTIC_DISABLE_PLUGINS"] = "__all__"
    from .cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
