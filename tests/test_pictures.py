"""A logo: what draws stays, everything else is taken out or refused."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from running import ROOT, convergence

from convergence_cli.inputs.pictures import read_picture

RESPONSES = ROOT / "examples" / "responses.yaml"


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


HEAD = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
BODY = chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")
SVG = '<svg xmlns="http://www.w3.org/2000/svg" {}viewBox="0 0 9 9">{}</svg>'


def test_a_png_keeps_what_draws_it(tmp_path: Path) -> None:
    logo = tmp_path / "logo.png"
    logo.write_bytes(HEAD + chunk(b"tEXt", b"Author\0M. Okafor") + BODY + b"<script>")
    assert read_picture(str(logo)) == ("png", HEAD + BODY)


@pytest.mark.parametrize(
    ("more", "inside"),
    [
        ('onload="alert(1)" ', '<circle r="4" onclick="alert(1)" fill="red"/>'),
        ("", "<script>alert(1)</script>"),
        ("", '<image href="https://example.org/x.png"/>'),
        ("", '<a href="javascript:alert(1)"><circle r="4"/></a>'),
        ("", '<style>* { background: url("https://example.org") }</style>'),
        ("", '<circle r="4" style="fill: url(https://example.org)" fill="url(https://example.org)"/>'),
        ("", "<foreignObject><body/></foreignObject>"),
        ("", '<use href="https://example.org/x.svg#a"/>'),
    ],
)
def test_an_svg_keeps_shapes_alone(tmp_path: Path, more: str, inside: str) -> None:
    logo = tmp_path / "logo.svg"
    logo.write_text(SVG.format(more, f'<rect width="9" height="9" fill="navy"/>{inside}'))
    kind, data = read_picture(str(logo))
    text = data.decode()
    assert kind == "svg+xml"
    assert 'fill="navy"' in text
    assert not [bad for bad in ("script", "alert", "example.org", "foreign") if bad in text]


def test_an_svg_keeps_its_styles_and_what_it_draws_twice(tmp_path: Path) -> None:
    logo = tmp_path / "logo.svg"
    inside = '<style>.a{fill:navy}</style><symbol id="s"><rect class="a" style="opacity:.5"/></symbol>'
    logo.write_text(
        SVG.format('xmlns:xlink="http://www.w3.org/1999/xlink" ', f'{inside}<use xlink:href="#s"/>')
    )
    text = read_picture(str(logo))[1].decode()
    assert [
        each for each in (".a{fill:navy}", 'style="opacity:.5"', 'xlink:href="#s"') if each not in text
    ] == []


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (HEAD + BODY[:-3], "it is damaged"),
        (HEAD[:-1] + b"\0" + BODY, "it is damaged"),
        (b"GIF89a", "it is neither a PNG nor an SVG"),
        (b"<html/>", "it is no SVG"),
        (b'<!DOCTYPE svg [<!ENTITY a "aa">]><svg>&a;</svg>', "it declares entities or a document type"),
        (b" " * 1_000_001, "it has 1,000,001 bytes, and 1,000,000 are embedded"),
    ],
)
def test_what_is_no_picture_is_refused_before_anything_is_written(
    tmp_path: Path, data: bytes, said: str
) -> None:
    logo, report = tmp_path / "logo.png", tmp_path / "report.html"
    logo.write_bytes(data)
    run = convergence("score", RESPONSES, "--logo", logo, "-o", report)
    assert run.code == 2
    assert said in " ".join(run.err.split())
    assert not report.exists()


def test_the_report_says_whose_it_is(tmp_path: Path) -> None:
    logo, report = tmp_path / "logo.svg", tmp_path / "report.html"
    logo.write_text(SVG.format("", '<rect width="9" height="9"/>'))
    about = ("--title", "Autumn <b>review</b>", "--client", "Board of Northwind", "--logo", logo)
    convergence("score", RESPONSES, *about, "-o", report)
    page = report.read_text("utf-8")
    assert "<h1>Autumn &lt;b&gt;review&lt;/b&gt;</h1>" in page
    assert "<p>Board of Northwind</p>" in page
    assert 'src="data:image/svg+xml;base64,' in page
