"""The terminal we write to: its streams, encoding, colour and width, and text made safe for it.

Set up once, at the start of a command. Nothing here is specific to one report, and no library is
loaded for it, so that ``--version`` and JSON stay quick.
"""

from __future__ import annotations

import io
import os
import re
import sys
import unicodedata
from collections.abc import Mapping
from typing import Literal, NamedTuple, TextIO

ColourOption = Literal["auto", "always", "never"]

PIPE_WIDTH = 80
NARROWEST = 40
WIDEST = 100
"""Beyond this many columns a line of prose is hard to read."""

BLANKS = "\u2028\u2029\u034f\u115f\u1160\u17b4\u17b5\u3164\uffa0"
"""Line ends of Unicode, the joiner of graphemes, and the fillers of Hangul and Khmer."""


def setup() -> None:
    """Let stdout and stderr print any text: what their encoding lacks becomes ``?``, never an error."""
    stand_in_for_closed_streams()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def stand_in_for_closed_streams() -> None:
    """Streams where a shell closed its own (``<&-``, ``>&-``): to read or to print then fails, as it should.

    They are opened the wrong way round for that. What is said to nobody on stderr is said in vain.
    """
    sys.stdin = sys.stdin or os.fdopen(os.open(os.devnull, os.O_WRONLY), "r")
    sys.stdout = sys.stdout or os.fdopen(os.open(os.devnull, os.O_RDONLY), "w")
    sys.stderr = sys.stderr or os.fdopen(os.open(os.devnull, os.O_WRONLY), "w")


def write(content: str | bytes, *, data: bool = False) -> None:
    """Put one whole document on stdout.

    ``data`` (JSON, CSV) is UTF-8 with plain line ends whatever the terminal speaks, because the
    programs that read it expect that; a report for people is in the terminal's own encoding.
    """
    if data or isinstance(content, bytes):
        sys.stdout.flush()
        sys.stdout.buffer.write(content.encode() if isinstance(content, str) else content)
    else:
        sys.stdout.write(content)
    sys.stdout.flush()


def colour_wanted(option: ColourOption, stream: TextIO, env: Mapping[str, str]) -> bool:
    """Whether to style what goes to ``stream``: the option, else the environment, else a terminal.

    NO_COLOR with any value beats FORCE_COLOR; FORCE_COLOR set to 0 or false turns colour off.
    """
    if option != "auto":
        return option == "always"
    if env.get("NO_COLOR"):
        return False
    if forced := env.get("FORCE_COLOR"):
        return forced.strip().casefold() not in ("0", "false")
    return env.get("TERM") != "dumb" and stream.isatty()


def width(option: int | None, stream: TextIO, env: Mapping[str, str]) -> int:
    """Columns to fill: ``--width`` as given; 80 in a pipe, so that two runs print the same bytes;
    else COLUMNS or the terminal's own size, between 40 and 100.
    """
    if option is not None:
        return max(option, NARROWEST)
    if not stream.isatty():
        return PIPE_WIDTH
    columns = env.get("COLUMNS", "")
    size = int(columns) if re.fullmatch(r"[0-9]{1,6}", columns) else terminal_columns(stream)
    return min(max(size or PIPE_WIDTH, NARROWEST), WIDEST)


def terminal_columns(stream: TextIO) -> int:
    """The terminal's columns, 0 when it does not say."""
    try:
        return os.get_terminal_size(stream.fileno()).columns
    except (OSError, ValueError):
        return 0


class Paper(NamedTuple):
    """What a text is written on: how many columns, and whether in colour."""

    width: int
    colour: bool


def screen(color: ColourOption, option: int | None) -> Paper:
    """What stdout is."""
    return Paper(width(option, sys.stdout, os.environ), colour_wanted(color, sys.stdout, os.environ))


def file(option: int | None) -> Paper:
    """A file is the same whatever the terminal: 80 columns unless ``--width`` is given, and no colour."""
    return Paper(option or PIPE_WIDTH, False)


def safe(text: str) -> str:
    """``text`` on one line, with every character made visible that could steer a terminal or deceive
    a reader: control and C1 characters, bidirectional and other invisible ones, lone surrogates.
    """
    return text if text.isascii() and text.isprintable() else "".join(map(visible, text))


def visible(character: str) -> str:
    """``\\x1b`` for a control character, ``<U+202E>`` for an invisible one, anything else as it is."""
    if not is_invisible(character):
        return character
    code = ord(character)
    return f"<U+{code:04X}>" if code > 0xFF else character.encode("unicode_escape").decode("ascii")


def is_invisible(character: str) -> bool:
    """Control characters, those that only steer how others are shown, halves of a pair, what has no meaning
    or a private one (Cn, Co), and the few letters that show nothing.
    """
    return unicodedata.category(character)[0] == "C" or character in BLANKS


def prose(text: str) -> str:
    """:func:`safe` for a text that may have been written over several lines: line ends become spaces."""
    return safe(re.sub(r"[ \t\r\n]+", " ", text).strip())
