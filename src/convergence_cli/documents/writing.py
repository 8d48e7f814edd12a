"""Files that are never half written."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path as FilePath


def write_atomically(path: str | os.PathLike[str], data: bytes | str) -> None:
    """Write `data` (text as UTF-8) so that `path` holds either all of it or what it held before.

    An existing file keeps its mode, a link its target. Raises OSError, naming `path`.
    """
    wanted = FilePath(path)
    content = data.encode() if isinstance(data, str) else data
    if wanted.exists() and not wanted.is_file():  # a device or a pipe cannot be replaced
        wanted.write_bytes(content)
        return
    target = wanted.resolve()
    temporary = target.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        with temporary.open("xb") as stream:
            stream.write(content)
        if target.exists():
            shutil.copymode(target, temporary)
        temporary.replace(target)
    except OSError as error:
        error.filename, error.filename2 = str(path), None
        raise
    finally:
        temporary.unlink(missing_ok=True)
