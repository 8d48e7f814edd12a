"""Plain data as YAML, and files that are never half written."""

from __future__ import annotations

import os
import secrets
import shutil
from pathlib import Path as FilePath
from typing import Any

import yaml


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


class Writer(yaml.SafeDumper):
    """Writes as our examples are written: entries indented, what is short in brackets, and no quotes around
    what every file of ours reads as text, such as days and amounts."""

    yaml_implicit_resolvers = {
        first: [(tag, form) for tag, form in forms if tag.endswith((":null", ":merge", ":value"))]
        for first, forms in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def ignore_aliases(self, data: Any) -> bool:
        return True


class Brief(dict[str, Any]):
    """A mapping that stands in braces."""


class Row(list[Any]):
    """A list that stands in brackets."""


Writer.add_representer(
    Brief, lambda writer, data: writer.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)
)
Writer.add_representer(
    Row, lambda writer, data: writer.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=True)
)


def as_yaml(data: dict[str, Any]) -> str:
    """A file of ours as text: its own lists have an entry for each item, which holds short lists."""
    whole = {
        key: [brief_in(each) for each in some] if isinstance(some, list) else some
        for key, some in data.items()
    }
    return yaml.dump(
        whole, Dumper=Writer, allow_unicode=True, sort_keys=False, default_flow_style=False, width=110
    )


def brief_in(item: dict[str, Any]) -> dict[str, Any]:
    """An item, with whatever it holds brief."""
    return {key: brief(value) for key, value in item.items()}


def brief(value: Any) -> Any:
    if isinstance(value, dict):
        return Brief({key: brief(each) for key, each in value.items()})
    return Row(map(brief, value)) if isinstance(value, list) else value
