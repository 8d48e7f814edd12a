"""Streams, colour, width and text made safe, on any terminal."""

from __future__ import annotations

import io
import os
import sys
import unicodedata
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from convergence_cli import terminal
from convergence_cli.terminal import ColourOption, colour_wanted, prose, safe, width


class Screen(io.StringIO):
    """A stream that says it is a terminal and has no file behind it."""

    def isatty(self) -> bool:
        return True


PIPE = io.StringIO


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Grüße, 漢字 — 100 %", "Grüße, 漢字 — 100 %"),
        ("[bold]crm[/x] :smile:", "[bold]crm[/x] :smile:"),
        ("\x1b[31mred", r"\x1b[31mred"),
        ("two\nlines\tand a tab\r", r"two\nlines\tand a tab\r"),
        ("\x9b31m\x85\x7f\x00", r"\x9b31m\x85\x7f\x00"),
        ("a\u2065b\ufff0\ue000\u3164", "a<U+2065>b<U+FFF0><U+E000><U+3164>"),
        ("total \u202e001\u202c", "total <U+202E>001<U+202C>"),
        ("\u2066\u2069\u200e\u200b\ufeff\u2028", "<U+2066><U+2069><U+200E><U+200B><U+FEFF><U+2028>"),
        ("soft\xadhyphen", r"soft\xadhyphen"),
        ("half \ud800", "half <U+D800>"),
        ("tag \U000e0041", "tag <U+E0041>"),
    ],
)
def test_what_could_steer_a_terminal_or_deceive_a_reader_is_made_visible(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_a_safe_text_has_nothing_left_to_hide_and_stays_as_it_is(text: str) -> None:
    once = safe(text)
    assert not {unicodedata.category(c) for c in once} & {"Cc", "Cf", "Cs", "Zl", "Zp"}
    assert safe(once) == once


def test_prose_written_over_several_lines_is_read_as_one() -> None:
    assert prose("  Rank the requests\n  each month.\r\n") == "Rank the requests each month."
    assert prose("ring\x07 the\nbell") == r"ring\x07 the bell"


@pytest.mark.parametrize(
    ("option", "stream", "env", "colour"),
    [
        ("auto", Screen(), {}, True),
        ("auto", PIPE(), {}, False),
        ("always", PIPE(), {"NO_COLOR": "1", "TERM": "dumb"}, True),
        ("never", Screen(), {"FORCE_COLOR": "1"}, False),
        ("auto", Screen(), {"NO_COLOR": "0"}, False),
        ("auto", Screen(), {"NO_COLOR": ""}, True),
        ("auto", PIPE(), {"FORCE_COLOR": "1"}, True),
        ("auto", PIPE(), {"FORCE_COLOR": "yes", "TERM": "dumb"}, True),
        ("auto", PIPE(), {"FORCE_COLOR": "0"}, False),
        ("auto", Screen(), {"FORCE_COLOR": "False"}, False),
        ("auto", PIPE(), {"FORCE_COLOR": ""}, False),
        ("auto", Screen(), {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("auto", Screen(), {"TERM": "dumb"}, False),
    ],
)
def test_colour_follows_the_option_then_the_environment_then_the_terminal(
    option: ColourOption, stream: io.StringIO, env: Mapping[str, str], colour: bool
) -> None:
    assert colour_wanted(option, stream, env) is colour


@pytest.mark.parametrize(
    ("option", "stream", "env", "columns"),
    [
        (None, PIPE(), {}, 80),
        (None, PIPE(), {"COLUMNS": "132"}, 80),
        (None, Screen(), {}, 80),
        (None, Screen(), {"COLUMNS": "72"}, 72),
        (None, Screen(), {"COLUMNS": "240"}, 100),
        (None, Screen(), {"COLUMNS": "7"}, 40),
        (None, Screen(), {"COLUMNS": "wide"}, 80),
        (None, Screen(), {"COLUMNS": "0"}, 80),
        (132, PIPE(), {}, 132),
        (5, Screen(), {}, 40),
    ],
)
def test_width_is_the_option_or_the_terminal_and_80_in_a_pipe(
    option: int | None, stream: io.StringIO, env: Mapping[str, str], columns: int
) -> None:
    assert width(option, stream, env) == columns


@pytest.mark.skipif(not hasattr(os, "openpty"), reason="Windows has no pseudo-terminals")
def test_the_size_of_a_real_terminal_is_asked_for() -> None:
    import fcntl
    import struct
    import termios

    ours, theirs = os.openpty()
    try:
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 66, 0, 0))
        with os.fdopen(theirs, "w", closefd=False) as stream:
            assert width(None, stream, {}) == 66
    finally:
        os.close(ours)
        os.close(theirs)


def test_data_is_utf_8_whatever_the_terminal_speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    buffer = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(buffer, encoding="ascii"))
    terminal.setup()
    terminal.write('{"name": "Zoë"}\n', data=True)
    terminal.write("Zoë\n")
    assert buffer.getvalue().splitlines() == ['{"name": "Zoë"}'.encode(), b"Zo?"]
